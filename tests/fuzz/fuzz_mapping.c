/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as gridgov.mapping/1, up to a NUL; behind it a table for the mapping. Refused with a
 * rule, or accepted; and then the table is read by it, rows add up, and a failure leaves nothing in
 * the ledger. */
#include <gridgov/gridgov.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char table[] =
    "id,category,reported_at,closed_at\n1,a,2021-09-01,2021-09-02\n2,b,x,\n";

static void ingest(const gridgov_mapping *mapping, const char *csv, size_t size) {
    gridgov_ledger *ledger = NULL;
    gridgov_units *units = NULL;
    gridgov_rows *rows = NULL;
    gridgov_csv_options options = {.struct_size = sizeof options};
    gridgov_ingest_summary summary = {.struct_size = sizeof summary};
    gridgov_error err = {0};
    int32_t kind = gridgov_mapping_table(mapping);
    gridgov_status status;
    if (gridgov_units_new(&units, NULL) != GRIDGOV_OK ||
        gridgov_mapping_csv_options(&options, mapping) != GRIDGOV_OK ||
        gridgov_rows_open_csv_bytes(&rows, csv, size, &options, NULL) != GRIDGOV_OK) {
        abort();
    }
    if (kind == GRIDGOV_TABLE_UNITS || kind == GRIDGOV_TABLE_AGENCIES ||
        kind == GRIDGOV_TABLE_OFFICERS) {
        status = gridgov_ingest_units(&summary, units, kind, rows, mapping, NULL, NULL, &err);
        if (status < 0 && gridgov_units_count(units) != 0) {
            abort();
        }
    } else {
        if (gridgov_units_seal(units, NULL) != GRIDGOV_OK ||
            gridgov_ledger_new(&ledger, NULL, units, NULL) != GRIDGOV_OK) {
            abort();
        }
        status = gridgov_ingest(&summary, ledger, kind, rows, mapping, NULL, NULL, &err);
        if (status < 0 && gridgov_ledger_event_count(ledger) +
                                  gridgov_ledger_activity_count(ledger) +
                                  gridgov_ledger_step_count(ledger) !=
                              0) {
            abort();
        }
    }
    if ((status < 0 && err.rule == 0) ||
        summary.read != summary.added + summary.replaced + summary.skipped + summary.excluded) {
        abort();
    }
    gridgov_rows_free(rows);
    gridgov_ledger_free(ledger);
    gridgov_units_free(units);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const uint8_t *nul = size == 0 ? NULL : memchr(data, 0, size);
    size_t json_size = nul == NULL ? size : (size_t)(nul - data);
    gridgov_mapping *mapping = NULL;
    gridgov_error err = {0};
    gridgov_status status =
        gridgov_mapping_load(&mapping, size == 0 ? "" : (const char *)data, json_size, NULL, &err);
    if (status != GRIDGOV_OK) {
        if (mapping != NULL || err.status != status || err.rule == 0) {
            abort();
        }
        return 0;
    }
    if (nul == NULL) {
        ingest(mapping, table, sizeof table - 1);
    } else {
        ingest(mapping, (const char *)nul + 1, size - json_size - 1);
    }
    gridgov_mapping_free(mapping);
    return 0;
}
