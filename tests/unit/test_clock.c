/* SPDX-License-Identifier: Apache-2.0 */
/* Limits and clocks of cases. The twelve mistakes that other systems made come first, each by
 * name; every expected moment was worked out by hand on the calendar of September 2021: Friday the
 * 3rd, Monday the 6th; Saturday the 18th is a workday, the 19th to the 21st are holidays. Hours are
 * those of the office, 08:00–12:00 and 14:00–18:00, unless a test says otherwise. */
#include "base/rules.h"
#include "support/small_town.h"

/* A moment of September 2021, local. */
#define AT(day, hour, minute) (town_at((day), (hour)) + (gridgov_time)(minute)*60)

static const char taxonomy_json[] =
    "{\"schema\": \"gridgov.taxonomy/1\", \"name\": \"t\", \"categories\": ["
    "{\"code\": \"a\", \"name\": \"甲\", \"limits\": [{\"kind\": \"work_hours\", \"count\": 8},"
    " {\"stage\": \"handle\", \"kind\": \"work_hours\", \"count\": 4}]},"
    "{\"code\": \"b\", \"name\": \"乙\", \"limits\": [{\"kind\": \"work_hours\", \"count\": 16}]},"
    "{\"code\": \"c\", \"name\": \"丙\", \"limits\": [{\"kind\": \"work_hours\", \"count\": 2}]},"
    "{\"code\": \"d\", \"name\": \"丁\", \"limits\": [{\"kind\": \"work_hours\", \"count\": 4}]},"
    "{\"code\": \"e\", \"name\": \"戊\", \"limits\": [{\"kind\": \"work_hours\", \"count\": 4,"
    " \"since\": \"accept\"}]},"
    "{\"code\": \"f\", \"name\": \"己\", \"limits\": [{\"kind\": \"work_hours\", \"count\": 3}]},"
    "{\"code\": \"g\", \"name\": \"庚\", \"limits\": [{\"kind\": \"urgent_hours\", \"count\": 2,"
    " \"condition\": \"urgent\"}, {\"kind\": \"workdays\", \"count\": 7, \"start\": \"next_day\"},"
    " {\"stage\": \"accept\", \"kind\": \"calendar_days\", \"count\": 2}]},"
    "{\"code\": \"g1\", \"name\": \"庚一\", \"parent\": \"g\"},"
    "{\"code\": \"h\", \"name\": \"辛\"}],"
    "\"limits\": [{\"stage\": \"accept\", \"kind\": \"minutes\", \"count\": 15},"
    " {\"stage\": \"dispatch\", \"kind\": \"minutes\", \"count\": 15},"
    " {\"stage\": \"verify\", \"kind\": \"minutes\", \"count\": 30}]}";

static gridgov_roster *office(void) {
    gridgov_calendar *calendar = NULL;
    gridgov_roster *roster = NULL;
    assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_roster_open(&roster, calendar, "office", 6, NULL), GRIDGOV_OK);
    gridgov_calendar_free(calendar);
    return roster;
}

/* A ledger under the taxonomy above, with one event "A" and whatever the test adds. */
static gridgov_ledger *ledger_of(const char *category, gridgov_time reported_at) {
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_error err = {0};
    if (gridgov_taxonomy_load(&taxonomy, taxonomy_json, sizeof taxonomy_json - 1, NULL, &err) !=
        GRIDGOV_OK) {
        fail_msg("%s: %s", err.field, err.message);
    }
    assert_int_equal(gridgov_ledger_new(&ledger, taxonomy, NULL, NULL), GRIDGOV_OK);
    gridgov_taxonomy_free(taxonomy);
    gridgov_event event = town_event("A", GRIDGOV_NONE, reported_at);
    event.category_name = category;
    town_add_event(ledger, &event);
    return ledger;
}

/* Seal, free and play, with the office's hours. */
static gridgov_cases *play(gridgov_ledger *ledger, gridgov_time as_of) {
    gridgov_cases_options options = {.struct_size = sizeof options};
    gridgov_roster *roster = office();
    gridgov_cases *cases = NULL;
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = as_of;
    options.roster = roster;
    assert_int_equal(gridgov_cases_run(&cases, ledger, &options, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_case_finding_count(cases), 0);
    gridgov_roster_free(roster);
    gridgov_ledger_free(ledger);
    return cases;
}

static gridgov_case_stage stage_of(const gridgov_cases *cases, int32_t stage) {
    gridgov_case_stage view = {.struct_size = sizeof view};
    assert_int_equal(gridgov_case_stage_at(&view, cases, 0, stage), GRIDGOV_OK);
    return view;
}

static gridgov_case_clock clock_of(const gridgov_cases *cases, int64_t index) {
    gridgov_case_clock view = {.struct_size = sizeof view};
    assert_int_equal(gridgov_case_clock_at(&view, cases, 0, index), GRIDGOV_OK);
    return view;
}

/* The case's limit is this moment; frees the cases. */
static void assert_due(gridgov_cases *cases, gridgov_time due_at) {
    const gridgov_case_stage stage = stage_of(cases, GRIDGOV_STAGE_CLOSE);
    assert_true(stage.evaluable);
    if (stage.due_at != due_at) {
        fail_msg("due %lld s later than expected", (long long)(stage.due_at - due_at));
    }
    gridgov_cases_free(cases);
}

static void trap_pause_over_a_weekend(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = ledger_of("甲", AT(3, 16, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_SUSPEND, "", AT(3, 17, 0)); // 1 of 8 hours used
    town_add_step(ledger, "A", GRIDGOV_STEP_RESUME, "", AT(6, 9, 0));
    assert_due(play(ledger, AT(6, 10, 0)), AT(6, 18, 0));
}

static void trap_limit_replaced_while_paused(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = ledger_of("甲", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_SUSPEND, "", AT(6, 12, 0)); // 4 hours used
    gridgov_step step = town_step("A", GRIDGOV_STEP_RECATEGORISE, "", AT(6, 15, 0));
    step.category_name = "乙"; // 16 hours instead of 8
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    town_add_step(ledger, "A", GRIDGOV_STEP_RESUME, "", AT(7, 8, 0));
    assert_due(play(ledger, AT(7, 9, 0)), AT(8, 12, 0));
}

static void trap_closed_interval_before_a_reopen(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = ledger_of("甲", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_CLOSE, "", AT(6, 10, 0)); // 2 hours used
    town_add_step(ledger, "A", GRIDGOV_STEP_REOPEN, "", AT(8, 8, 0));
    gridgov_cases *cases = play(ledger, AT(8, 9, 0));
    const gridgov_case_clock total = clock_of(cases, 2);
    assert_int_equal(total.clock, GRIDGOV_CLOCK_TOTAL);
    assert_true(total.running && total.to == AT(8, 9, 0));
    assert_int_equal(total.wall_seconds, 3 * 3600);
    assert_int_equal(total.work_seconds, 3 * 3600);
    assert_int_equal(total.paused_seconds, 0);
    assert_due(cases, AT(8, 16, 0));
}

static void trap_second_holder_starts_in_debt(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = ledger_of("甲", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_DISPATCH, "甲所", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_DISPATCH, "乙所", AT(8, 8, 0)); // 16 hours later
    town_add_step(ledger, "A", GRIDGOV_STEP_HANDLE, "乙所", AT(8, 11, 0));
    gridgov_cases *cases = play(ledger, AT(8, 17, 0));
    const gridgov_case_stage stage = stage_of(cases, GRIDGOV_STAGE_HANDLE);
    assert_true(stage.from == AT(8, 8, 0) && stage.due_at == AT(8, 12, 0));
    assert_true(stage.done_at == AT(8, 11, 0));
    assert_int_equal(stage.overdue, GRIDGOV_TRI_NO);
    assert_int_equal(stage.used_seconds, 3 * 3600);
    assert_string_equal(gridgov_ledger_agency_name(gridgov_cases_ledger(cases), stage.agency, NULL),
                        "乙所");
    // The whole case is late all the same, and each answers for the time it held it.
    assert_int_equal(stage_of(cases, GRIDGOV_STAGE_CLOSE).overdue, GRIDGOV_TRI_YES);
    assert_int_equal(clock_of(cases, 4).work_seconds, 16 * 3600);
    assert_int_equal(clock_of(cases, 5).work_seconds, 7 * 3600);
    gridgov_cases_free(cases);
}

static void trap_created_outside_hours(void **unused) {
    (void)unused;
    assert_due(play(ledger_of("丙", AT(3, 22, 0)), AT(3, 23, 0)), AT(6, 10, 0));
}

static void trap_lunch_break(void **unused) {
    (void)unused;
    assert_due(play(ledger_of("丙", AT(6, 11, 0)), AT(6, 11, 30)), AT(6, 15, 0));
}

static void trap_schedule_of_one_weekday(void **unused) {
    (void)unused;
    static const char json[] = "{\"schema\": \"gridgov.roster/1\", \"name\": \"wednesdays\", "
                               "\"slots\": {\"makeup\": [], \"wednesday\": [\"09:00-11:00\"]}}";
    gridgov_calendar *calendar = NULL;
    gridgov_roster *roster = NULL;
    gridgov_cases *cases = NULL;
    gridgov_cases_options options = {.struct_size = sizeof options};
    assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_roster_load(&roster, calendar, json, sizeof json - 1, NULL, NULL),
                     GRIDGOV_OK);
    gridgov_calendar_free(calendar);
    gridgov_ledger *ledger = ledger_of("己", AT(2, 8, 0)); // 3 hours, on a Thursday
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = AT(2, 9, 0);
    options.roster = roster;
    assert_int_equal(gridgov_cases_run(&cases, ledger, &options, NULL, NULL, NULL), GRIDGOV_OK);
    gridgov_roster_free(roster);
    gridgov_ledger_free(ledger);
    assert_due(cases, AT(15, 10, 0)); // two on the 8th, one on the 15th
}

static void trap_pause_added_to_the_creation_time(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = ledger_of("甲", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_SUSPEND, "", AT(6, 12, 30)); // all of it at lunch
    town_add_step(ledger, "A", GRIDGOV_STEP_RESUME, "", AT(6, 13, 30));
    assert_due(play(ledger, AT(6, 15, 0)), AT(6, 18, 0));
}

static void trap_pausing_on_a_holiday(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = ledger_of("乙", AT(18, 8, 0)); // 16 hours, 8 of them on the 18th
    town_add_step(ledger, "A", GRIDGOV_STEP_SUSPEND, "", AT(19, 10, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_RESUME, "", AT(21, 10, 0));
    assert_due(play(ledger, AT(21, 12, 0)), AT(22, 18, 0));
}

static void trap_first_versus_total_resolution(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = ledger_of("甲", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_CLOSE, "", AT(6, 10, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_REOPEN, "", AT(8, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_CLOSE, "", AT(8, 9, 0));
    gridgov_cases *cases = play(ledger, AT(30, 0, 0));
    const gridgov_case_clock first = clock_of(cases, 1);
    const gridgov_case_clock total = clock_of(cases, 2);
    assert_int_equal(first.clock, GRIDGOV_CLOCK_FIRST_CLOSE);
    assert_true(first.to == AT(6, 10, 0) && !first.running);
    assert_int_equal(first.work_seconds, 2 * 3600);
    assert_true(total.to == AT(8, 9, 0) && !total.running);
    assert_int_equal(total.work_seconds, 3 * 3600);
    assert_int_equal(total.wall_seconds, 3 * 3600);
    assert_int_equal(stage_of(cases, GRIDGOV_STAGE_CLOSE).overdue, GRIDGOV_TRI_NO);
    gridgov_cases_free(cases);
}

static void trap_clock_from_creation_or_from_acceptance(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = ledger_of("丁", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_ACCEPT, "", AT(6, 14, 0));
    assert_due(play(ledger, AT(6, 15, 0)), AT(6, 12, 0));
    ledger = ledger_of("戊", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_ACCEPT, "", AT(6, 14, 0));
    assert_due(play(ledger, AT(6, 15, 0)), AT(6, 18, 0));
    // Not accepted: the clock has not begun, and nothing is late.
    gridgov_cases *cases = play(ledger_of("戊", AT(6, 8, 0)), AT(30, 0, 0));
    const gridgov_case_stage stage = stage_of(cases, GRIDGOV_STAGE_CLOSE);
    assert_int_equal(stage.basis, GRIDGOV_BASIS_TAXONOMY);
    assert_true(stage.from == GRIDGOV_NO_TIME && stage.due_at == GRIDGOV_NO_TIME);
    assert_int_equal(stage.overdue, GRIDGOV_TRI_UNKNOWN);
    gridgov_cases_free(cases);
}

static void trap_weekend_day_that_is_a_workday(void **unused) {
    (void)unused;
    assert_due(play(ledger_of("丁", AT(17, 16, 0)), AT(17, 17, 0)), AT(18, 10, 0));
}

static void limits_of_condition_parent_and_document(void **unused) {
    (void)unused;
    gridgov_cases *cases = play(ledger_of("庚一", AT(1, 10, 0)), AT(3, 10, 0));
    gridgov_case_stage stage = stage_of(cases, GRIDGOV_STAGE_CLOSE); // of its parent
    assert_int_equal(stage.kind, GRIDGOV_LIMIT_WORKDAYS);
    assert_true(stage.due_at == AT(10, 18, 0)); // seven workdays from the 2nd on
    stage = stage_of(cases, GRIDGOV_STAGE_ACCEPT);
    assert_int_equal(stage.kind, GRIDGOV_LIMIT_CALENDAR_DAYS);
    assert_true(stage.due_at == AT(3, 10, 0));
    assert_int_equal(stage.overdue, GRIDGOV_TRI_YES); // reached and not done
    assert_int_equal(stage.light, GRIDGOV_LIGHT_RED);
    gridgov_cases_free(cases);
    cases = play(ledger_of("辛", AT(1, 10, 0)), AT(1, 10, 11)); // nothing of its own
    stage = stage_of(cases, GRIDGOV_STAGE_ACCEPT);
    assert_int_equal(stage.kind, GRIDGOV_LIMIT_MINUTES);
    assert_int_equal(stage.light, GRIDGOV_LIGHT_GREEN);
    assert_int_equal(stage_of(cases, GRIDGOV_STAGE_CLOSE).basis, GRIDGOV_BASIS_NONE);
    gridgov_cases_free(cases);
    cases = play(ledger_of("辛", AT(1, 10, 0)), AT(1, 10, 12)); // 80 %
    assert_int_equal(stage_of(cases, GRIDGOV_STAGE_ACCEPT).light, GRIDGOV_LIGHT_YELLOW);
    gridgov_cases_free(cases);
    gridgov_ledger *ledger = ledger_of("辛", AT(1, 0, 0));
    gridgov_event event = town_event("0", GRIDGOV_NONE, AT(1, 0, 0)); // before A in order
    event.category_name = "庚";
    event.condition = "urgent";
    town_add_event(ledger, &event);
    assert_due(play(ledger, AT(1, 1, 0)), AT(1, 2, 0));
}

static void extensions_replacements_and_rows(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = ledger_of("丙", AT(6, 8, 0)); // 2 hours
    town_add_step(ledger, "A", GRIDGOV_STEP_EXTEND_ASK, "", AT(6, 9, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_EXTEND, "", AT(6, 9, 30));
    town_add_step(ledger, "A", GRIDGOV_STEP_EXTEND, "", AT(6, 9, 40));
    gridgov_cases *cases = play(ledger, AT(6, 9, 50));
    assert_int_equal(stage_of(cases, GRIDGOV_STAGE_CLOSE).basis, GRIDGOV_BASIS_EXTENDED);
    assert_int_equal(stage_of(cases, GRIDGOV_STAGE_CLOSE).extensions, 2);
    assert_due(cases, AT(6, 16, 0)); // three times two hours
    ledger = ledger_of("丙", AT(6, 8, 0));
    gridgov_step step = town_step("A", GRIDGOV_STEP_RELIMIT, "", AT(6, 9, 0));
    step.until = AT(20, 3, 0);
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    cases = play(ledger, AT(6, 9, 50));
    assert_int_equal(stage_of(cases, GRIDGOV_STAGE_CLOSE).basis, GRIDGOV_BASIS_REPLACED);
    assert_due(cases, AT(20, 3, 0));
    // The moment of a row stands as printed; a pause that came after it was recorded moves it.
    for (int told = 0; told < 2; told++) {
        ledger = ledger_of("辛", AT(6, 8, 0));
        gridgov_event event = town_event("0", GRIDGOV_NONE, AT(6, 0, 0));
        event.category_name = "甲";
        event.due_at = AT(7, 0, 0);
        event.recorded_at = told ? AT(6, 0, 0) : GRIDGOV_NO_TIME;
        event.overdue = GRIDGOV_TRI_NO;
        town_add_event(ledger, &event);
        town_add_step(ledger, "0", GRIDGOV_STEP_SUSPEND, "", AT(6, 10, 0));
        town_add_step(ledger, "0", GRIDGOV_STEP_RESUME, "", AT(6, 13, 0));
        town_add_step(ledger, "0", GRIDGOV_STEP_APPEAL, "", AT(6, 14, 0));
        town_add_step(ledger, "0", GRIDGOV_STEP_APPEAL_GRANT, "", AT(6, 15, 0));
        town_add_step(ledger, "0", GRIDGOV_STEP_CLOSE, "", AT(7, 2, 0));
        cases = play(ledger, AT(8, 0, 0));
        const gridgov_case_stage stage = stage_of(cases, GRIDGOV_STAGE_CLOSE);
        assert_int_equal(stage.basis, GRIDGOV_BASIS_ROW);
        assert_int_equal(stage.overdue, told ? GRIDGOV_TRI_NO : GRIDGOV_TRI_YES);
        assert_int_equal(stage.source_overdue, GRIDGOV_TRI_NO);
        assert_true(stage.excused);
        assert_due(cases, told ? AT(7, 3, 0) : AT(7, 0, 0));
    }
}

static void what_is_not_known_is_not_answered(void **unused) {
    (void)unused;
    gridgov_cases_options options = {.struct_size = sizeof options};
    gridgov_cases *cases = NULL;
    gridgov_ledger *ledger = ledger_of("甲", AT(6, 8, 0));
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = AT(8, 9, 0);
    assert_int_equal(gridgov_cases_run(&cases, ledger, &options, NULL, NULL, NULL), GRIDGOV_OK);
    gridgov_case_stage stage = stage_of(cases, GRIDGOV_STAGE_CLOSE); // no roster
    assert_true(!stage.evaluable && stage.basis == GRIDGOV_BASIS_TAXONOMY);
    assert_int_equal(stage.overdue, GRIDGOV_TRI_UNKNOWN);
    stage = stage_of(cases, GRIDGOV_STAGE_ACCEPT); // the wall clock needs none
    assert_true(stage.evaluable && stage.due_at == AT(6, 8, 15));
    assert_true(clock_of(cases, 2).work_seconds == GRIDGOV_NO_TIME);
    assert_int_equal(clock_of(cases, 2).wall_seconds, 2 * 86400 + 3600);
    gridgov_cases_free(cases);
    gridgov_ledger_free(ledger);
    // Suspended now: nothing is due, nothing is late.
    ledger = ledger_of("甲", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_SUSPEND, "", AT(6, 9, 0));
    cases = play(ledger, AT(20, 9, 0));
    stage = stage_of(cases, GRIDGOV_STAGE_CLOSE);
    assert_true(stage.paused && stage.due_at == GRIDGOV_NO_TIME);
    assert_int_equal(stage.overdue, GRIDGOV_TRI_NO);
    assert_int_equal(stage.used_seconds, 3600);
    gridgov_cases_free(cases);
    gridgov_case_stage view = {.struct_size = sizeof view};
    assert_int_equal(gridgov_case_stage_at(&view, NULL, 0, 1), GRIDGOV_EARG);
    cases = play(ledger_of("甲", AT(6, 8, 0)), AT(1, 0, 0)); // not reported yet
    assert_int_equal(gridgov_case_stage_at(&view, cases, 0, 1), GRIDGOV_END);
    gridgov_case_clock clock = {.struct_size = sizeof clock};
    assert_int_equal(gridgov_case_clock_at(&clock, cases, 0, 0), GRIDGOV_END);
    gridgov_cases_free(cases);
}

static void an_offer_ends_where_it_ends(void **unused) {
    (void)unused;
    // The acceptance stands in the second of the dispatch, and is no answer to it.
    gridgov_ledger *ledger = ledger_of("甲", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_ACCEPT, "", AT(6, 9, 0));
    gridgov_step step = town_step("A", GRIDGOV_STEP_DISPATCH, "甲所", AT(6, 9, 0));
    step.until = AT(6, 9, 15);
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    gridgov_cases *cases = play(ledger, AT(6, 10, 0));
    gridgov_case_stage stage = stage_of(cases, GRIDGOV_STAGE_ACKNOWLEDGE);
    assert_true(stage.running && stage.due_at == AT(6, 9, 15));
    assert_int_equal(stage.overdue, GRIDGOV_TRI_YES);
    gridgov_cases_free(cases);
    // A case that its row calls closed is over, though nobody knows since when.
    ledger = ledger_of("甲", AT(6, 0, 0));
    gridgov_event event = town_event("0", GRIDGOV_NONE, AT(6, 0, 0));
    event.category_name = "甲";
    event.closed = GRIDGOV_TRI_YES;
    town_add_event(ledger, &event);
    step.event_id = "0";
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    cases = play(ledger, AT(20, 0, 0));
    gridgov_case_action action = {.struct_size = sizeof action};
    for (int32_t i = GRIDGOV_STAGE_ACCEPT; i <= GRIDGOV_STAGE_CLOSE; i++) {
        assert_false(stage_of(cases, i).running);
    }
    assert_int_equal(stage_of(cases, GRIDGOV_STAGE_ACKNOWLEDGE).overdue, GRIDGOV_TRI_UNKNOWN);
    assert_int_equal(gridgov_case_action_at(&action, cases, 0, 0), GRIDGOV_END);
    gridgov_cases_free(cases);
}

static void agencies_have_hours_of_their_own(void **unused) {
    (void)unused;
    gridgov_calendar *calendar = NULL;
    gridgov_roster *duty = NULL;
    gridgov_roster *roster = office();
    gridgov_cases *cases = NULL;
    gridgov_cases_options options = {.struct_size = sizeof options};
    static const char *const names[] = {"甲 所", "没有的所"};
    assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_roster_open(&duty, calendar, "duty", 4, NULL), GRIDGOV_OK);
    gridgov_calendar_free(calendar);
    const gridgov_roster *const rosters[] = {duty, duty};
    gridgov_ledger *ledger = ledger_of("甲", AT(6, 18, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_DISPATCH, "甲所", AT(6, 20, 0));
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = AT(6, 21, 0);
    options.roster = roster;
    options.agency_names = names;
    options.agency_rosters = rosters;
    options.agency_count = 2;
    assert_int_equal(gridgov_cases_run(&cases, ledger, &options, NULL, NULL, NULL), GRIDGOV_OK);
    gridgov_roster_free(duty);
    gridgov_roster_free(roster);
    gridgov_ledger_free(ledger);
    assert_true(stage_of(cases, GRIDGOV_STAGE_HANDLE).due_at ==
                AT(7, 0, 0)); // four hours, at night
    assert_int_equal(clock_of(cases, 3).work_seconds, 0);
    assert_int_equal(clock_of(cases, 4).work_seconds, 3600);
    assert_int_equal(clock_of(cases, 2).work_seconds, 3600);
    gridgov_cases_free(cases);
}

static void actions_follow_the_ladder(void **unused) {
    (void)unused;
    gridgov_case_action action = {.struct_size = sizeof action};
    gridgov_cases *cases = play(ledger_of("甲", AT(6, 8, 0)), AT(6, 16, 20)); // 6 h 20 of 8 h
    gridgov_lifecycle_rung rung = {.struct_size = sizeof rung};
    assert_int_equal(gridgov_case_action_at(&action, cases, 0, 0), GRIDGOV_OK);
    assert_int_equal(action.stage, GRIDGOV_STAGE_ACCEPT); // within 15 minutes
    assert_true(action.since == AT(6, 8, 15));
    assert_int_equal(gridgov_case_action_at(&action, cases, 0, 1), GRIDGOV_OK);
    assert_int_equal(action.stage, GRIDGOV_STAGE_DISPATCH);
    assert_int_equal(gridgov_case_action_at(&action, cases, 0, 2), GRIDGOV_END);
    gridgov_cases_free(cases);
    gridgov_ledger *ledger = ledger_of("甲", AT(6, 8, 0));
    town_add_step(ledger, "A", GRIDGOV_STEP_ACCEPT, "", AT(6, 8, 5));
    town_add_step(ledger, "A", GRIDGOV_STEP_DISPATCH, "甲所", AT(6, 8, 10));
    gridgov_step step = town_step("A", GRIDGOV_STEP_URGE, "", AT(6, 18, 0));
    step.card = GRIDGOV_CARD_ORDINARY;
    step.level = 3;
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    cases = play(ledger, AT(7, 14, 0)); // 12 of 8 hours: 150 %
    assert_int_equal(gridgov_case_action_at(&action, cases, 0, 0), GRIDGOV_OK);
    assert_int_equal(gridgov_lifecycle_rung_at(&rung, gridgov_cases_lifecycle(cases), action.rung),
                     GRIDGOV_OK);
    assert_string_equal(rung.code, "yellow-card"); // reminder and ordinary card were shown
    assert_true(action.since == AT(7, 12, 0));
    assert_int_equal(action.agency, 0);
    assert_int_equal(gridgov_case_action_at(&action, cases, 0, 1), GRIDGOV_END);
    gridgov_cases_free(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trap_pause_over_a_weekend),
        cmocka_unit_test(trap_limit_replaced_while_paused),
        cmocka_unit_test(trap_closed_interval_before_a_reopen),
        cmocka_unit_test(trap_second_holder_starts_in_debt),
        cmocka_unit_test(trap_created_outside_hours),
        cmocka_unit_test(trap_lunch_break),
        cmocka_unit_test(trap_schedule_of_one_weekday),
        cmocka_unit_test(trap_pause_added_to_the_creation_time),
        cmocka_unit_test(trap_pausing_on_a_holiday),
        cmocka_unit_test(trap_first_versus_total_resolution),
        cmocka_unit_test(trap_clock_from_creation_or_from_acceptance),
        cmocka_unit_test(trap_weekend_day_that_is_a_workday),
        cmocka_unit_test(limits_of_condition_parent_and_document),
        cmocka_unit_test(extensions_replacements_and_rows),
        cmocka_unit_test(what_is_not_known_is_not_answered),
        cmocka_unit_test(an_offer_ends_where_it_ends),
        cmocka_unit_test(agencies_have_hours_of_their_own),
        cmocka_unit_test(actions_follow_the_ladder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
