/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every request while a ledger is filled, sealed and counted. A failed add leaves
 * the ledger as it was; a ledger whose sealing failed can be sealed again. */
#include "support/small_town.h"
#include "support/sweep.h"

enum { EXACT = 3000, SAMPLED = 200 };

static const char metrics_json[] =
    "{\"schema\": \"gridgov.metrics/1\", \"metrics\": ["
    "{\"code\": \"n\", \"name\": \"件\", \"dimension\": \"unit\", \"measure\": "
    "\"events_reported\"},"
    "{\"code\": \"d\", \"name\": \"天\", \"dimension\": \"unit\", \"measure\": "
    "\"patrol_failed_days\","
    " \"minimum_minutes\": 60},"
    "{\"code\": \"v\", \"name\": \"户\", \"dimension\": \"unit\", \"measure\": \"visits_missing\"},"
    "{\"code\": \"a\", \"name\": \"办\", \"dimension\": \"agency\", \"measure\": "
    "\"agency_handled\"},"
    "{\"code\": \"t\", \"name\": \"总\", \"dimension\": \"agency\", \"measure\": \"cases\", "
    "\"where\": "
    "[\"closed\"], \"cut_off\": \"period\"}],"
    "\"ratios\": [{\"code\": \"r\", \"name\": \"率\", \"numerator\": \"t\", \"denominator\": "
    "\"a\"}],"
    "\"composites\": [{\"code\": \"c\", \"name\": \"综\", \"terms\": [{\"ratio\": \"r\", "
    "\"weight\": "
    "\"100\"}], \"grades\": [{\"code\": \"E\", \"at_least\": \"0\"}]}]}";

/* The town's units; NULL when memory is short. */
static gridgov_units *make_units(gridgov_status *status, gridgov_error *err) {
    gridgov_units *units = NULL;
    gridgov_unit grid = {.struct_size = sizeof grid,
                         .kind = GRIDGOV_UNIT_GRID,
                         .parent = GRIDGOV_NONE,
                         .code = "",
                         .name = "一网格",
                         .from = GRIDGOV_NO_DAY,
                         .to = GRIDGOV_NO_DAY};
    gridgov_officer officer = {.struct_size = sizeof officer,
                               .code = "001",
                               .name = "",
                               .from = GRIDGOV_NO_DAY,
                               .to = GRIDGOV_NO_DAY};
    SWEEP_TRY(*status, gridgov_units_new(&units, err), units);
    if (*status == GRIDGOV_OK) {
        *status = gridgov_units_add(NULL, units, &grid, err);
    }
    if (*status == GRIDGOV_OK) {
        *status = gridgov_units_add_officer(units, &officer, err);
    }
    if (*status == GRIDGOV_OK) {
        *status = gridgov_units_seal(units, err);
    }
    return units;
}

static gridgov_status fill(gridgov_ledger *ledger, gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    for (int i = 0; i < 40 && status == GRIDGOV_OK; i++) {
        char id[] = "E00";
        id[1] = (char)('0' + i / 10);
        id[2] = (char)('0' + i % 10);
        int64_t events = gridgov_ledger_event_count(ledger);
        int64_t steps = gridgov_ledger_step_count(ledger);
        int64_t activities = gridgov_ledger_activity_count(ledger);
        gridgov_event event = town_event(id, i % 2 ? 0 : GRIDGOV_NONE, town_at(1, i));
        event.category_name = i % 3 ? "甲" : "";
        event.agency_name = i % 4 ? "" : "所";
        event.persons = i % 7 ? "" : "甲、乙";
        event.place = i % 5 ? "路" : "";
        event.lat_e7 = i % 2 ? 300000000 + i * 2000 : GRIDGOV_NO_DEGREES;
        event.lon_e7 = i % 2 ? 1200000000 : GRIDGOV_NO_DEGREES;
        status = gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_FAIL, err);
        assert_int_equal(gridgov_ledger_event_count(ledger), events + (status == GRIDGOV_OK));
        gridgov_step step = town_step(id, GRIDGOV_STEP_DISPATCH, "另所", town_at(2, i));
        if (status == GRIDGOV_OK && i % 5 == 0) {
            status = gridgov_ledger_add_step(ledger, &step, err);
            assert_int_equal(gridgov_ledger_step_count(ledger), steps + (status == GRIDGOV_OK));
        }
        gridgov_activity row =
            town_activity(i % 2 ? GRIDGOV_ACTIVITY_PATROL_DAY : GRIDGOV_ACTIVITY_REQUIRED_VISIT, 0);
        row.officer = "001";
        row.key = id;
        row.day = TOWN_DAY_1 + i;
        if (status == GRIDGOV_OK) {
            status = gridgov_ledger_add_activity(ledger, &row, err);
            assert_int_equal(gridgov_ledger_activity_count(ledger),
                             activities + (status == GRIDGOV_OK));
        }
    }
    return status;
}

static gridgov_status month(gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_ledger *ledger = NULL;
    gridgov_metrics *metrics = NULL;
    gridgov_calendar *calendar = NULL;
    gridgov_facts *facts = NULL;
    gridgov_evidence *evidence = NULL;
    gridgov_signals *signals = NULL;
    gridgov_bytes *json = NULL;
    gridgov_tally_options options;
    gridgov_units *units = make_units(&status, err);
    SWEEP_TRY(status, gridgov_ledger_new(&ledger, NULL, units, err), ledger);
    if (status == GRIDGOV_OK) {
        status = fill(ledger, err);
    }
    for (int32_t i = 1; i <= GRIDGOV_COVERAGE_ADJUSTMENTS && status == GRIDGOV_OK; i++) {
        status = gridgov_ledger_cover(ledger, i);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_ledger_seal(ledger, NULL, err);
        if (status < 0) {
            assert_string_equal(gridgov_ledger_digest(ledger), "");
            assert_int_equal(gridgov_ledger_event_count(ledger), 40);
            assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
            assert_int_equal(gridgov_ledger_category_count(ledger), 2);
        }
    }
    SWEEP_TRY(status,
              gridgov_metrics_load(&metrics, metrics_json, sizeof metrics_json - 1, NULL, err),
              metrics);
    SWEEP_TRY(status, gridgov_calendar_open(&calendar, "china", 5, err), calendar);
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    SWEEP_TRY(status,
              gridgov_tally_run(&facts, ledger, metrics, calendar, &options, NULL, NULL, err),
              facts);
    if (status == GRIDGOV_OK) {
        gridgov_cell cell = {.struct_size = sizeof cell};
        assert_int_equal(gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_UNIT, 0, 2),
                         GRIDGOV_OK);
        assert_int_equal(cell.value, 20);
    }
    SWEEP_TRY(status,
              gridgov_evidence_find(&evidence, facts, GRIDGOV_DIMENSION_UNIT, 0, 2, NULL, err),
              evidence);
    gridgov_evidence_free(evidence);
    SWEEP_TRY(status, gridgov_signals_find(&signals, ledger, NULL, &options, NULL, err), signals);
    SWEEP_TRY(status, gridgov_signals_json(&json, signals, err), json);
    gridgov_bytes_free(json);
    gridgov_signals_free(signals);
    gridgov_flow *flow = NULL;
    gridgov_flow_options months;
    gridgov_flow_options_init(&months, sizeof months);
    months.period = options.period;
    SWEEP_TRY(status, gridgov_flow_run(&flow, ledger, &months, NULL, NULL, err), flow);
    gridgov_flow_free(flow);
    gridgov_facts_free(facts);
    gridgov_calendar_free(calendar);
    gridgov_metrics_free(metrics);
    gridgov_ledger_free(ledger);
    gridgov_units_free(units);
    return status;
}

/* Two ledgers into two tallies, one of them through its bytes, merged: the tally that a failed call
 * had in hand stays as it was. */
static gridgov_status merge(gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_units *units = make_units(&status, err);
    gridgov_metrics *metrics = NULL;
    gridgov_tally *tally = NULL;
    gridgov_tally *loaded = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_facts *facts = NULL;
    gridgov_tally_options options;
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    const gridgov_tally_reference reference = {.struct_size = sizeof reference, .units = units};
    SWEEP_TRY(status,
              gridgov_metrics_load(&metrics, metrics_json, sizeof metrics_json - 1, NULL, err),
              metrics);
    SWEEP_TRY(status, gridgov_tally_new(&tally, metrics, &reference, &options, err), tally);
    for (int part = 0; part < 2; part++) {
        gridgov_ledger *ledger = NULL;
        SWEEP_TRY(status, gridgov_ledger_new(&ledger, NULL, units, err), ledger);
        for (int i = 0; i < 4 && status == GRIDGOV_OK; i++) {
            const char *const names[] = {"甲", "乙", "丙", ""};
            const char *const ids[] = {"A", "B", "C", "D"};
            gridgov_event event = town_event(ids[i], i % 2 ? 0 : GRIDGOV_NONE, town_at(1, i));
            event.category_name = names[(i + part) % 4];
            event.agency_name = names[i];
            status = gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_FAIL, err);
        }
        gridgov_activity row = town_activity(GRIDGOV_ACTIVITY_ADJUSTMENT, 0);
        row.key = part ? "1" : "2";
        row.amount = 1000;
        row.reason = row.authority = "r";
        if (status == GRIDGOV_OK) {
            status = gridgov_ledger_add_activity(ledger, &row, err);
        }
        row = town_activity(GRIDGOV_ACTIVITY_PATROL_DAY, GRIDGOV_NONE);
        row.officer = "001";
        row.day = TOWN_DAY_1 + part;
        if (status == GRIDGOV_OK) {
            status = gridgov_ledger_add_activity(ledger, &row, err);
        }
        for (int32_t i = 1; i <= GRIDGOV_COVERAGE_ADJUSTMENTS && status == GRIDGOV_OK; i++) {
            status = gridgov_ledger_cover(ledger, i);
        }
        if (status == GRIDGOV_OK) {
            status = gridgov_ledger_seal(ledger, NULL, err);
        }
        if (status == GRIDGOV_OK) {
            status = gridgov_tally_add_ledger(tally, ledger, NULL, NULL, err);
        }
        gridgov_ledger_free(ledger);
        if (part == 0) {
            SWEEP_TRY(status, gridgov_tally_save(&bytes, tally, err), bytes);
            gridgov_tally_free(tally);
            tally = NULL;
            SWEEP_TRY(status, gridgov_tally_new(&tally, metrics, &reference, &options, err), tally);
        }
    }
    size_t size = 0;
    const char *data = gridgov_bytes_data(bytes, &size);
    SWEEP_TRY(status, gridgov_tally_load(&loaded, metrics, &reference, data, size, err), loaded);
    if (status == GRIDGOV_OK) {
        status = gridgov_tally_merge(loaded, tally, NULL, err);
    }
    if (status != GRIDGOV_OK && loaded != NULL) {
        gridgov_bytes *after = NULL;
        size_t saved = 0;
        assert_int_equal(gridgov_tally_save(&after, loaded, NULL), GRIDGOV_OK);
        const char *kept = gridgov_bytes_data(after, &saved);
        assert_true(saved == size && memcmp(kept, data, size) == 0);
        gridgov_bytes_free(after);
    }
    SWEEP_TRY(status, gridgov_tally_finish(&facts, loaded, NULL, NULL, err), facts);
    if (status == GRIDGOV_OK) {
        assert_int_equal(gridgov_facts_row_count(facts, GRIDGOV_DIMENSION_CATEGORY), 4);
        assert_int_equal(gridgov_facts_adjustment_count(facts), 2);
        gridgov_bytes_free(bytes);
        bytes = NULL;
        SWEEP_TRY(status, gridgov_tally_save(&bytes, loaded, err), bytes);
        data = gridgov_bytes_data(bytes, &size);
        sweep_note(data, size);
    }
    gridgov_facts_free(facts);
    gridgov_bytes_free(bytes);
    gridgov_tally_free(loaded);
    gridgov_tally_free(tally);
    gridgov_metrics_free(metrics);
    gridgov_units_free(units);
    return status;
}

static void merge_sweep(void **state) {
    (void)state;
    sweep("tallies merged", merge, SWEEP_STRICT, EXACT, SAMPLED);
}

static void month_sweep(void **state) {
    (void)state;
    sweep("ledger and tally", month, SWEEP_STRICT, EXACT, SAMPLED);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(month_sweep),
                                       cmocka_unit_test(merge_sweep)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
