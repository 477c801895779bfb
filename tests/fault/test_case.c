/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every request while a life cycle is loaded, versions are added and sealed, cases
 * are played, and lists of them are written. */
#include "support/small_town.h"
#include "support/sweep.h"

enum { EXACT = 4000, SAMPLED = 200 };

static const char taxonomy_json[] =
    "{\"schema\": \"gridgov.taxonomy/1\", \"name\": \"t\", \"categories\": [{\"code\": \"a\", "
    "\"name\": \"甲\", \"limits\": [{\"kind\": \"workdays\", \"count\": 7, \"condition\": \"急\"}, "
    "{\"kind\": \"workdays\", \"count\": 9}]}], \"limits\": [{\"stage\": \"accept\", \"kind\": "
    "\"minutes\", \"count\": 15, \"roster\": \"office\"}]}";

static const struct {
    int32_t kind;
    const char *agency, *key;
} steps[] = {
    {GRIDGOV_STEP_ACCEPT, "", "1"},       {GRIDGOV_STEP_DISPATCH, "甲所", "2"},
    {GRIDGOV_STEP_DISPATCH, "乙所", "2"}, {GRIDGOV_STEP_RETURN, "乙所", ""},
    {GRIDGOV_STEP_RETURN, "乙所", ""},    {GRIDGOV_STEP_SUSPEND, "", "3"},
    {GRIDGOV_STEP_RESUME, "", ""},        {GRIDGOV_STEP_EXTEND, "", "4"},
    {GRIDGOV_STEP_CLOSE, "", "5"},        {GRIDGOV_STEP_HANDLE, "乙所", "6"},
};

static gridgov_status fill(gridgov_ledger *ledger, gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    for (int i = 0; i < 6 && status == GRIDGOV_OK; i++) {
        const char id[] = {(char)('A' + i % 3), '\0'};
        gridgov_event event = town_event(id, GRIDGOV_NONE, town_at(1, i % 3));
        event.category_name = "甲";
        event.condition = "急";
        event.recorded_at = town_at(2, i);
        status = gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_VERSION, err);
    }
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == GRIDGOV_OK; i++) {
        const int64_t before = gridgov_ledger_step_count(ledger);
        gridgov_step step = town_step("B", steps[i].kind, steps[i].agency, town_at(3, (int)i));
        step.key = steps[i].key;
        step.actor = "某人";
        step.category_name = i == 7 ? "乙" : "";
        status = gridgov_ledger_add_step(ledger, &step, err);
        assert_int_equal(gridgov_ledger_step_count(ledger), before + (status == GRIDGOV_OK));
    }
    return status;
}

/* A whole list as text, noted so that a run that got through must have the same bytes. */
static gridgov_status write_lists(const gridgov_cases *cases, gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_bytes *json = NULL;
    gridgov_bytes *csv = NULL;
    gridgov_caselist_options options;
    gridgov_caselist_options_init(&options, sizeof options);
    options.only = 1;
    SWEEP_TRY(status, gridgov_caselist_json(&json, cases, &options, err), json);
    options.steps = 1;
    SWEEP_TRY(status, gridgov_caselist_csv(&csv, cases, &options, err), csv);
    if (status == GRIDGOV_OK) {
        size_t size = 0;
        const char *data = gridgov_bytes_data(json, &size);
        sweep_note(data, size);
        data = gridgov_bytes_data(csv, &size);
        sweep_note(data, size);
    }
    gridgov_bytes_free(json);
    gridgov_bytes_free(csv);
    return status;
}

static gridgov_status life(gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_lifecycle *lifecycle = NULL;
    gridgov_calendar *calendar = NULL;
    gridgov_roster *roster = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_cases *cases = NULL;
    gridgov_cases_options options;
    static const char *const names[] = {"乙所"};
    SWEEP_TRY(status,
              gridgov_taxonomy_load(&taxonomy, taxonomy_json, sizeof taxonomy_json - 1, NULL, err),
              taxonomy);
    SWEEP_TRY(status, gridgov_lifecycle_open(&lifecycle, "handover", 8, err), lifecycle);
    SWEEP_TRY(status, gridgov_calendar_open(&calendar, "china", 5, err), calendar);
    SWEEP_TRY(status, gridgov_roster_open(&roster, calendar, "office", 6, err), roster);
    SWEEP_TRY(status, gridgov_ledger_new(&ledger, taxonomy, NULL, err), ledger);
    if (status == GRIDGOV_OK) {
        status = fill(ledger, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_ledger_seal(ledger, NULL, err);
        if (status < 0) { // as it was, so that it can be sealed again
            assert_string_equal(gridgov_ledger_digest(ledger), "");
            assert_int_equal(gridgov_ledger_event_count(ledger), 3);
            assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
        }
    }
    const gridgov_roster *const rosters[] = {roster};
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = town_at(20, 0);
    options.roster = roster;
    options.rosters = rosters;
    options.roster_count = roster != NULL;
    options.agency_names = names;
    options.agency_rosters = rosters;
    options.agency_count = roster != NULL;
    SWEEP_TRY(status, gridgov_cases_run(&cases, ledger, &options, NULL, NULL, err), cases);
    gridgov_cases_free(cases);
    cases = NULL;
    options.lifecycle = lifecycle;
    options.roster = NULL; // a roster for the wall clock is opened
    SWEEP_TRY(status, gridgov_cases_run(&cases, ledger, &options, NULL, NULL, err), cases);
    if (status == GRIDGOV_OK) {
        status = write_lists(cases, err);
    }
    gridgov_cases_free(cases);
    gridgov_ledger_free(ledger);
    gridgov_roster_free(roster);
    gridgov_calendar_free(calendar);
    gridgov_lifecycle_free(lifecycle);
    gridgov_taxonomy_free(taxonomy);
    return status;
}

static void cases_out_of_memory(void **state) {
    (void)state;
    sweep("cases", life, SWEEP_STRICT, EXACT, SAMPLED);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cases_out_of_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
