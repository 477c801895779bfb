/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as gridgov.validity/1; what loads can be searched with. */
#include <gridgov/gridgov.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void search(const gridgov_validity *validity) {
    gridgov_ledger *ledger = NULL;
    gridgov_signals *signals = NULL;
    gridgov_tally_options options;
    gridgov_event event;
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = 0;
    options.period.to = 86400;
    gridgov_event_init(&event, sizeof event);
    if (gridgov_ledger_new(&ledger, NULL, NULL, NULL) != GRIDGOV_OK) {
        abort();
    }
    for (int i = 0; i < 3; i++) {
        const char *const ids[] = {"a", "b", "c"};
        event.id = ids[i];
        event.persons = i == 0 ? "x" : "";
        event.reported_at = i;
        event.closed_at = i;
        event.lat_e7 = 300000000;
        event.lon_e7 = 1200000000 + i;
        if (gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL) != GRIDGOV_OK) {
            abort();
        }
    }
    if (gridgov_ledger_seal(ledger, NULL, NULL) != GRIDGOV_OK ||
        gridgov_signals_find(&signals, ledger, validity, &options, NULL, NULL) != GRIDGOV_OK) {
        abort();
    }
    gridgov_signals_free(signals);
    gridgov_ledger_free(ledger);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_validity *validity = NULL;
    gridgov_error err = {0};
    gridgov_status status = gridgov_validity_load(&validity, (const char *)data, size, NULL, &err);
    if ((status == GRIDGOV_OK) != (validity != NULL) ||
        (status != GRIDGOV_OK && err.status != status)) {
        abort();
    }
    if (validity != NULL) {
        search(validity);
    }
    gridgov_validity_free(validity);
    return 0;
}
