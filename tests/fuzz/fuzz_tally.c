/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a saved tally: as they are, and as what stands between a good head and a good
 * checksum. What loads is canonical, saving gives the same bytes; it can be finished and merged. */
#include "base/digest.h"

#include <gridgov/gridgov.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 200, DIGITS = 64, LIMIT = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int truth) {
    if (!truth) {
        abort();
    }
}

/* A street with a grid, an agency and an officer. */
static gridgov_units *make_units(void) {
    gridgov_units *units = NULL;
    gridgov_unit unit = {.struct_size = sizeof unit,
                         .kind = GRIDGOV_UNIT_GRID,
                         .parent = GRIDGOV_NONE,
                         .code = "",
                         .name = "一网格",
                         .from = GRIDGOV_NO_DAY,
                         .to = GRIDGOV_NO_DAY};
    const gridgov_officer officer = {.struct_size = sizeof officer,
                                     .code = "001",
                                     .name = "",
                                     .from = GRIDGOV_NO_DAY,
                                     .to = GRIDGOV_NO_DAY};
    demand(gridgov_units_new(&units, NULL) == GRIDGOV_OK);
    demand(gridgov_units_add(NULL, units, &unit, NULL) == GRIDGOV_OK);
    demand(gridgov_units_add_officer(units, &officer, NULL) == GRIDGOV_OK);
    unit.kind = GRIDGOV_UNIT_AGENCY;
    unit.name = "派出所";
    demand(gridgov_units_add(NULL, units, &unit, NULL) == GRIDGOV_OK);
    demand(gridgov_units_seal(units, NULL) == GRIDGOV_OK);
    return units;
}

static void use(gridgov_tally *tally, const char *data, size_t size) {
    gridgov_bytes *bytes = NULL;
    gridgov_facts *facts = NULL;
    gridgov_error err = {0};
    size_t saved = 0;
    demand(gridgov_tally_save(&bytes, tally, NULL) == GRIDGOV_OK);
    const char *again = gridgov_bytes_data(bytes, &saved);
    demand(saved == size && memcmp(again, data, size) == 0);
    gridgov_status status = gridgov_tally_finish(&facts, tally, NULL, NULL, &err);
    demand(status == GRIDGOV_OK || status == GRIDGOV_ERANGE);
    demand(status != GRIDGOV_OK || gridgov_facts_ledger(facts) == NULL);
    gridgov_bytes_free(bytes);
    gridgov_facts_free(facts);
}

static void load(const gridgov_metrics *metrics, const gridgov_tally_reference *reference,
                 const char *data, size_t size) {
    gridgov_tally *tally = NULL;
    gridgov_tally *twin = NULL;
    gridgov_error err = {0};
    gridgov_status status = gridgov_tally_load(&tally, metrics, reference, data, size, &err);
    demand((status == GRIDGOV_OK) == (tally != NULL));
    demand(status == GRIDGOV_OK || err.rule != 0);
    if (tally == NULL) {
        return;
    }
    use(tally, data, size);
    demand(gridgov_tally_load(&twin, metrics, reference, data, size, NULL) == GRIDGOV_OK);
    status = gridgov_tally_merge(tally, twin, NULL, &err);
    demand(status == GRIDGOV_OK || status == GRIDGOV_ERANGE || status == GRIDGOV_EDATA);
    if (status != GRIDGOV_OK) {
        use(tally, data, size);
    }
    gridgov_tally_free(twin);
    gridgov_tally_free(tally);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char json[] =
        "{\"schema\":\"gridgov.metrics/1\",\"metrics\":["
        "{\"code\":\"u\",\"name\":\"件\",\"dimension\":\"unit\",\"measure\":\"events_reported\"},"
        "{\"code\":\"c\",\"name\":\"类\",\"dimension\":\"category\",\"measure\":\"cases\"},"
        "{\"code\":\"a\",\"name\":\"办\",\"dimension\":\"agency\",\"measure\":\"agency_handled\"},"
        "{\"code\":\"d\",\"name\":\"天\",\"dimension\":\"unit\",\"measure\":\"patrol_failed_days\","
        "\"minimum_minutes\":60}]}";
    gridgov_metrics *metrics = NULL;
    gridgov_calendar *calendar = NULL;
    gridgov_tally *empty = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_units *units = make_units();
    gridgov_tally_options options;
    char *built = malloc(HEAD + size + DIGITS);
    demand(built != NULL && size <= LIMIT);
    demand(gridgov_metrics_load(&metrics, json, sizeof json - 1, NULL, NULL) == GRIDGOV_OK);
    demand(gridgov_calendar_open(&calendar, "china", 5, NULL) == GRIDGOV_OK);
    const gridgov_tally_reference reference = {
        .struct_size = sizeof reference, .units = units, .calendar = calendar};
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = 1630425600; // 2021-09-01 in Beijing
    options.period.to = 1633017600;
    demand(gridgov_tally_new(&empty, metrics, &reference, &options, NULL) == GRIDGOV_OK);
    demand(gridgov_tally_save(&bytes, empty, NULL) == GRIDGOV_OK);
    memcpy(built, gridgov_bytes_data(bytes, NULL), HEAD);
    memcpy(built + HEAD, data, size);
    char digits[GG_DIGEST_TEXT_SIZE];
    gg_digest digest;
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_make(built, HEAD + size));
    gg_digest_finish(&digest, digits);
    memcpy(built + HEAD + size, digits, DIGITS);
    load(metrics, &reference, (const char *)data, size);
    load(metrics, &reference, built, HEAD + size + DIGITS);
    free(built);
    gridgov_bytes_free(bytes);
    gridgov_tally_free(empty);
    gridgov_units_free(units);
    gridgov_calendar_free(calendar);
    gridgov_metrics_free(metrics);
    return 0;
}
