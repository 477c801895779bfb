/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger: what it accepts, duplicates and rewinding, sealing, lists of names, derived steps,
 * the digest. */
#include "base/rules.h"
#include "support/small_town.h"

static const char *seal(gridgov_ledger *ledger, gridgov_issues *issues) {
    assert_int_equal(gridgov_ledger_seal(ledger, issues, NULL), GRIDGOV_OK);
    return gridgov_ledger_digest(ledger);
}

static void init_and_sizes(void **state) {
    (void)state;
    gridgov_event event;
    memset(&event, 0x5a, sizeof event);
    gridgov_event_init(&event, sizeof event);
    assert_int_equal(event.struct_size, sizeof event);
    assert_true(event.unit == GRIDGOV_NONE && event.due_at == GRIDGOV_NO_TIME);
    assert_string_equal(event.place, "");
    // A caller of an older version has a smaller struct: nothing behind it is touched.
    gridgov_activity activity;
    memset(&activity, 0x5a, sizeof activity);
    gridgov_activity_init(&activity, offsetof(gridgov_activity, key));
    assert_int_equal(activity.struct_size, offsetof(gridgov_activity, key));
    assert_true(activity.unit == GRIDGOV_NONE);
    assert_int_equal(((unsigned char *)&activity)[offsetof(gridgov_activity, key)], 0x5a);
    gridgov_event_init(NULL, sizeof event);
    gridgov_step_init(NULL, 0);
}

static void arguments(void **state) {
    (void)state;
    gridgov_error err = {0};
    gridgov_ledger *ledger = NULL;
    gridgov_event event = town_event("A", GRIDGOV_NONE, town_at(1, 0));
    assert_int_equal(gridgov_ledger_new(NULL, NULL, NULL, &err), GRIDGOV_EARG);
    gridgov_units *open = NULL;
    assert_int_equal(gridgov_units_new(&open, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_new(&ledger, NULL, open, &err), GRIDGOV_ESTATE);
    assert_null(ledger);
    gridgov_units_free(open);
    assert_int_equal(gridgov_ledger_new(&ledger, NULL, NULL, &err), GRIDGOV_OK);
    assert_null(gridgov_ledger_taxonomy(ledger));
    assert_null(gridgov_ledger_units(ledger));
    assert_int_equal(gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_OFFICERS), 0);
    gridgov_ledger *town = town_ledger(); // its units list officers
    assert_int_equal(gridgov_ledger_covers(town, GRIDGOV_COVERAGE_OFFICERS), 1);
    assert_int_equal(gridgov_ledger_covers(town, GRIDGOV_COVERAGE_EVENTS), 0);
    assert_int_equal(gridgov_ledger_covers(town, 0), 0);
    gridgov_ledger_free(town);
    assert_int_equal(gridgov_ledger_cover(ledger, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_cover(ledger, GRIDGOV_COVERAGE_ADJUSTMENTS + 1), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 5, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_add_event(NULL, NULL, &event, 1, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, NULL, 1, &err), GRIDGOV_EARG);
    event.unit = 0; // there are no units
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, &err), GRIDGOV_EARG);
    assert_string_equal(err.field, "event.unit");
    event.struct_size = 4;
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_event_at(&event, ledger, 0), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_ledger_event_find(ledger, "A", 1), GRIDGOV_NONE);
    assert_string_equal(gridgov_ledger_digest(ledger), "");
    seal(ledger, NULL);
    event = town_event("A", GRIDGOV_NONE, town_at(1, 0));
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_ledger_cover(ledger, 1), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_ledger_event_at(&event, ledger, 0), GRIDGOV_END);
    assert_int_equal(gridgov_ledger_event_at(&event, ledger, -1), GRIDGOV_END);
    gridgov_ledger_mark mark = {0, 0, 0, 0};
    assert_int_equal(gridgov_ledger_rewind(ledger, &mark), GRIDGOV_ESTATE);
    gridgov_ledger_free(ledger);
    gridgov_ledger_free(NULL);
}

static void event_checks(void **state) {
    (void)state;
    static const char id64[] = "0123456789012345678901234567890123456789012345678901234567890123";
    static const char id65[] = "01234567890123456789012345678901234567890123456789012345678901234";
    const gridgov_time t = town_at(5, 8);
    const struct {
        const char *id;
        gridgov_time reported, closed_at;
        int32_t closed;
        int32_t rule; /* 0: accepted */
    } cases[] = {
        {"A", t, GRIDGOV_NO_TIME, GRIDGOV_TRI_UNKNOWN, 0},
        {id64, t, GRIDGOV_NO_TIME, GRIDGOV_TRI_NO, 0},
        {"B", t, t, GRIDGOV_TRI_UNKNOWN, 0},
        {"C", t, GRIDGOV_NO_TIME, GRIDGOV_TRI_YES, 0},
        {"", t, GRIDGOV_NO_TIME, 0, GG_RULE_EVENT_ID},
        {NULL, t, GRIDGOV_NO_TIME, 0, GG_RULE_EVENT_ID},
        {id65, t, GRIDGOV_NO_TIME, 0, GG_RULE_EVENT_ID},
        {"\xff", t, GRIDGOV_NO_TIME, 0, GG_RULE_UTF8},
        {"D", GRIDGOV_NO_TIME, GRIDGOV_NO_TIME, 0, GG_RULE_EVENT_REPORTED},
        {"E", t, t - 1, 0, GG_RULE_EVENT_CLOSED_EARLY},
        {"F", t, t + 1, GRIDGOV_TRI_NO, GG_RULE_EVENT_STATE},
        {"A", t, GRIDGOV_NO_TIME, 0, GG_RULE_EVENT_TWICE},
    };
    gridgov_ledger *ledger = town_ledger();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_error err = {0};
        gridgov_event event = town_event(cases[i].id, TOWN_GRID_1, cases[i].reported);
        event.closed_at = cases[i].closed_at;
        event.closed = cases[i].closed;
        int64_t before = gridgov_ledger_event_count(ledger);
        gridgov_status status =
            gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_FAIL, &err);
        assert_int_equal(err.rule, cases[i].rule);
        assert_int_equal(status == GRIDGOV_OK, cases[i].rule == 0);
        assert_int_equal(gridgov_ledger_event_count(ledger), before + (cases[i].rule == 0));
    }
    // Codes and units out of range are the caller's mistake.
    gridgov_event event = town_event("X", TOWN_POLICE, t);
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL), GRIDGOV_EARG);
    event = town_event("X", TOWN_GRID_3 + 1, t);
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL), GRIDGOV_EARG);
    event = town_event("X", TOWN_GRID_1, t);
    event.disposition = GRIDGOV_DISPOSITION_RECORDED + 1;
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL), GRIDGOV_EARG);
    event.disposition = 0;
    event.suspended = 3;
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL), GRIDGOV_EARG);
    event.suspended = 0;
    event.opening = 2;
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL), GRIDGOV_EARG);
    event.opening = 0;
    event.lat_e7 = 900000001;
    event.lon_e7 = 0;
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL), GRIDGOV_EARG);
    event.lat_e7 = 900000000;
    event.lon_e7 = GRIDGOV_NO_DEGREES; // half a position
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL), GRIDGOV_EARG);
    event.lat_e7 = GRIDGOV_NO_DEGREES;
    assert_false(gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_POSITION));
    event.closure_doubted = 2;
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL), GRIDGOV_EARG);
    event.closure_doubted = 1; // but a time of closure is there
    event.closed_at = t;
    assert_int_equal(gridgov_ledger_add_event(NULL, ledger, &event, 1, NULL), GRIDGOV_EARG);
    seal(ledger, NULL);
    gridgov_event read = {.struct_size = sizeof read};
    assert_int_equal(
        gridgov_ledger_event_at(&read, ledger, gridgov_ledger_event_find(ledger, "B", 1)),
        GRIDGOV_OK);
    assert_int_equal(read.closed, GRIDGOV_TRI_YES);
    gridgov_ledger_free(ledger);
}

static void duplicates_and_rewind(void **state) {
    (void)state;
    gridgov_ledger *ledger = town_ledger();
    gridgov_ledger_mark start;
    gridgov_ledger_mark middle;
    int32_t replaced = 7;
    gridgov_event event = town_event("A", TOWN_GRID_1, town_at(1, 0));
    town_add_event(ledger, &event);
    assert_int_equal(gridgov_ledger_mark_get(&start, ledger), GRIDGOV_OK);
    event.unit = TOWN_GRID_2;
    assert_int_equal(
        gridgov_ledger_add_event(&replaced, ledger, &event, GRIDGOV_ON_DUPLICATE_SKIP, NULL),
        GRIDGOV_OK);
    assert_int_equal(replaced, 1);
    assert_int_equal(
        gridgov_ledger_add_event(&replaced, ledger, &event, GRIDGOV_ON_DUPLICATE_REPLACE, NULL),
        GRIDGOV_OK);
    assert_int_equal(replaced, 1);
    assert_int_equal(gridgov_ledger_event_count(ledger), 1);
    event.id = "B";
    assert_int_equal(
        gridgov_ledger_add_event(&replaced, ledger, &event, GRIDGOV_ON_DUPLICATE_REPLACE, NULL),
        GRIDGOV_OK);
    assert_int_equal(replaced, 0);
    assert_int_equal(gridgov_ledger_mark_get(&middle, ledger), GRIDGOV_OK);
    event.id = "A"; // a second replacement of the same event
    event.unit = GRIDGOV_NONE;
    assert_int_equal(
        gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_REPLACE, NULL),
        GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_cover(ledger, GRIDGOV_COVERAGE_EVENTS), GRIDGOV_OK);
    town_add_step(ledger, "A", GRIDGOV_STEP_ACCEPT, "", town_at(2, 0));
    gridgov_activity day = town_activity(GRIDGOV_ACTIVITY_PATROL_DAY, GRIDGOV_NONE);
    day.officer = "001";
    day.day = TOWN_DAY_1;
    town_add_activity(ledger, &day);

    assert_int_equal(gridgov_ledger_rewind(ledger, &middle), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_EVENTS), 0);
    assert_int_equal(gridgov_ledger_step_count(ledger), 0);
    assert_int_equal(gridgov_ledger_activity_count(ledger), 0);
    town_add_activity(ledger, &day); // its place is free again
    gridgov_ledger_mark beyond = middle;
    beyond.events += 100;
    assert_int_equal(gridgov_ledger_rewind(ledger, &beyond), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_rewind(ledger, &start), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_event_count(ledger), 1);
    seal(ledger, NULL);
    gridgov_event read = {.struct_size = sizeof read};
    assert_int_equal(gridgov_ledger_event_at(&read, ledger, 0), GRIDGOV_OK);
    assert_int_equal(read.unit, TOWN_GRID_1);
    assert_int_equal(gridgov_ledger_event_find(ledger, "B", 1), GRIDGOV_NONE);
    gridgov_ledger_free(ledger);

    // Rewinding to the middle alone keeps the first replacement.
    ledger = town_ledger();
    event = town_event("A", TOWN_GRID_1, town_at(1, 0));
    town_add_event(ledger, &event);
    event.unit = TOWN_GRID_2;
    gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_REPLACE, NULL);
    gridgov_ledger_mark_get(&middle, ledger);
    event.unit = TOWN_GRID_3;
    gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_REPLACE, NULL);
    assert_int_equal(gridgov_ledger_rewind(ledger, &middle), GRIDGOV_OK);
    seal(ledger, NULL);
    assert_int_equal(gridgov_ledger_event_at(&read, ledger, 0), GRIDGOV_OK);
    assert_int_equal(read.unit, TOWN_GRID_2);
    assert_int_equal(gridgov_ledger_event_count(ledger), 1);
    gridgov_ledger_free(ledger);
}

static void step_checks(void **state) {
    (void)state;
    gridgov_ledger *ledger = town_ledger();
    gridgov_error err = {0};
    gridgov_step step = town_step("", GRIDGOV_STEP_CLOSE, "", town_at(1, 0));
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, &err), GRIDGOV_EDATA);
    assert_int_equal(err.rule, GG_RULE_EVENT_ID);
    step = town_step("A", GRIDGOV_STEP_CLOSE, "", GRIDGOV_NO_TIME);
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, &err), GRIDGOV_EDATA);
    assert_int_equal(err.rule, GG_RULE_STEP_TIME);
    step = town_step("A", 0, "", town_at(1, 0));
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, &err), GRIDGOV_EARG);
    step.kind = GRIDGOV_STEP_RELIMIT + 1;
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_add_step(ledger, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_step_count(ledger), 0);
    gridgov_ledger_free(ledger);
}

/* kind, derived, at and agency of each step of an event must be as listed. */
typedef struct expected_step {
    int32_t kind, derived;
    gridgov_time at;
    const char *agency;
} expected_step;

static void assert_steps(const gridgov_ledger *ledger, const char *id,
                         const expected_step *expected, int64_t count) {
    int64_t first = 0;
    int64_t found = 0;
    int64_t event = gridgov_ledger_event_find(ledger, id, strlen(id));
    assert_int_equal(gridgov_ledger_event_steps(&first, &found, ledger, event), GRIDGOV_OK);
    assert_int_equal(found, count);
    for (int64_t i = 0; i < count; i++) {
        gridgov_step step = {.struct_size = sizeof step};
        assert_int_equal(gridgov_ledger_step_at(&step, ledger, first + i), GRIDGOV_OK);
        assert_int_equal(step.kind, expected[i].kind);
        assert_int_equal(step.derived, expected[i].derived);
        assert_true(step.at == expected[i].at);
        assert_string_equal(step.agency_name, expected[i].agency);
        assert_string_equal(step.event_id, id);
        assert_int_equal(step.event, event);
    }
}

static void derived_steps(void **state) {
    (void)state;
    gridgov_ledger *ledger = town_ledger();
    gridgov_issues *issues = NULL;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    gridgov_event event = town_event("flat", TOWN_GRID_1, town_at(3, 9));
    event.agency_name = "派出所";
    event.closed_at = town_at(4, 9);
    town_add_event(ledger, &event);
    event.id = "sent";
    town_add_event(ledger, &event);
    event = town_event("plain", TOWN_GRID_1, town_at(3, 9));
    event.closed = GRIDGOV_TRI_YES;
    town_add_event(ledger, &event);
    town_add_step(ledger, "sent", GRIDGOV_STEP_CLOSE, "", town_at(6, 0));
    town_add_step(ledger, "sent", GRIDGOV_STEP_DISPATCH, "司法所", town_at(3, 10));
    town_add_step(ledger, "sent", GRIDGOV_STEP_ACCEPT, "", town_at(3, 8));
    town_add_step(ledger, "nowhere", GRIDGOV_STEP_CLOSE, "未知所", town_at(3, 8));
    seal(ledger, issues);

    const expected_step flat[] = {{GRIDGOV_STEP_REPORT, 1, town_at(3, 9), ""},
                                  {GRIDGOV_STEP_HANDLE, 1, town_at(3, 9), "派出所"},
                                  {GRIDGOV_STEP_CLOSE, 1, town_at(4, 9), ""}};
    assert_steps(ledger, "flat", flat, 3);
    // An explicit dispatch or close leaves nothing to derive of its kind; no dispatch is ever
    // derived.
    const expected_step sent[] = {{GRIDGOV_STEP_ACCEPT, 0, town_at(3, 8), ""},
                                  {GRIDGOV_STEP_REPORT, 1, town_at(3, 9), ""},
                                  {GRIDGOV_STEP_DISPATCH, 0, town_at(3, 10), "司法所"},
                                  {GRIDGOV_STEP_CLOSE, 0, town_at(6, 0), ""}};
    assert_steps(ledger, "sent", sent, 4);
    // Closed without a time: when is unknown, so no step says it.
    const expected_step plain[] = {{GRIDGOV_STEP_REPORT, 1, town_at(3, 9), ""}};
    assert_steps(ledger, "plain", plain, 1);
    assert_int_equal(gridgov_ledger_step_count(ledger), 8);
    assert_int_equal(town_issues(issues, GG_RULE_STEP_EVENT), 1);
    gridgov_error issue = {0};
    for (int64_t i = 0; issue.rule != GG_RULE_STEP_EVENT; i++) {
        assert_int_equal(gridgov_issues_at(&issue, issues, i), GRIDGOV_OK);
    }
    assert_string_equal(issue.source, "steps");
    assert_int_equal(town_issues(issues, GG_RULE_STEP_EARLY), 1);
    // The step that was dropped names no agency of this ledger.
    assert_int_equal(gridgov_ledger_agency_count(ledger), 2);
    assert_int_equal(town_issues(issues, GG_RULE_AGENCY_UNKNOWN), 0);
    int64_t first = 9;
    int64_t count = 9;
    assert_int_equal(gridgov_ledger_event_steps(&first, &count, ledger, 3), GRIDGOV_END);
    assert_true(first == 0 && count == 0);
    gridgov_issues_free(issues);
    gridgov_ledger_free(ledger);
}

/* A step that names another event. */
static gridgov_step with_other(const char *id, int32_t kind, const char *other, int row) {
    gridgov_step step = town_step(id, kind, "", town_at(3, row));
    step.other_event = other;
    step.source_row = row;
    return step;
}

/* Cases merged into events, and split into others, that no table has: a warning each, whatever the
 * order of the rows; an older version of a step says nothing any more. */
static void other_events(void **state) {
    (void)state;
    enum { STEPS = 7 };
    gridgov_step steps[STEPS] = {
        with_other("A", GRIDGOV_STEP_SPLIT, "B", 1),  with_other("A", GRIDGOV_STEP_SPLIT, "C", 2),
        with_other("B", GRIDGOV_STEP_MERGE, "A", 3),  with_other("B", GRIDGOV_STEP_MERGE, "X", 4),
        with_other("B", GRIDGOV_STEP_RETURN, "X", 5), with_other("A", GRIDGOV_STEP_MERGE, "Y", 6),
        with_other("A", GRIDGOV_STEP_MERGE, "B", 6),
    };
    steps[5].key = steps[6].key = "7";
    steps[5].recorded_at = town_at(4, 0);
    steps[6].recorded_at = town_at(5, 0);
    char digest[65] = "";
    for (int turn = 0; turn < STEPS; turn++) {
        gridgov_ledger *ledger = town_ledger();
        gridgov_issues *issues = NULL;
        gridgov_error issue = {0};
        const gridgov_event events[] = {town_event("A", TOWN_GRID_1, town_at(2, 0)),
                                        town_event("B", TOWN_GRID_1, town_at(2, 1))};
        assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
        for (int i = 0; i < STEPS; i++) {
            if (i == turn) {
                town_add_event(ledger, &events[turn % 2]);
            }
            if (i == STEPS - 1) {
                town_add_event(ledger, &events[1 - turn % 2]);
            }
            assert_int_equal(gridgov_ledger_add_step(ledger, &steps[(i + turn) % STEPS], NULL),
                             GRIDGOV_OK);
        }
        seal(ledger, issues);
        assert_int_equal(town_issues(issues, GG_RULE_SPLIT_EVENT), 1);
        assert_int_equal(town_issues(issues, GG_RULE_MERGE_EVENT), 1);
        for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
            char text[GRIDGOV_ERROR_TEXT_SIZE];
            gridgov_error_text(text, sizeof text, &issue, GRIDGOV_LANG_EN);
            if (issue.rule == GG_RULE_SPLIT_EVENT) {
                assert_int_equal(issue.row, 2);
                assert_string_equal(text, "steps: row 2 (other_event): event C was split "
                                          "off event A, and no table has it");
            } else if (issue.rule == GG_RULE_MERGE_EVENT) {
                assert_int_equal(issue.row, 4);
                assert_string_equal(issue.value, "B");
            }
        }
        assert_true(turn == 0 || strcmp(digest, gridgov_ledger_digest(ledger)) == 0);
        memcpy(digest, gridgov_ledger_digest(ledger), sizeof digest);
        gridgov_issues_free(issues);
        gridgov_ledger_free(ledger);
    }
}

/* Where rows come from: the table's code until it is said, and again once it is two places. */
static void sources(void **state) {
    (void)state;
    gridgov_ledger *ledger = town_ledger();
    assert_string_equal(gridgov_ledger_source(ledger, GRIDGOV_TABLE_STEPS), "steps");
    assert_int_equal(gridgov_ledger_set_source(ledger, GRIDGOV_TABLE_STEPS, "a.csv"), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_set_source(ledger, GRIDGOV_TABLE_STEPS, "a.csv"), GRIDGOV_OK);
    assert_string_equal(gridgov_ledger_source(ledger, GRIDGOV_TABLE_STEPS), "a.csv");
    assert_string_equal(gridgov_ledger_source(ledger, GRIDGOV_TABLE_EVENTS), "events");
    assert_int_equal(gridgov_ledger_set_source(ledger, GRIDGOV_TABLE_STEPS, "b.csv"), GRIDGOV_OK);
    assert_string_equal(gridgov_ledger_source(ledger, GRIDGOV_TABLE_STEPS), "steps");
    assert_int_equal(gridgov_ledger_set_source(ledger, 0, "a"), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_set_source(ledger, GRIDGOV_TABLE_CALENDAR + 1, "a"),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_set_source(ledger, GRIDGOV_TABLE_STEPS, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_set_source(NULL, GRIDGOV_TABLE_STEPS, "a"), GRIDGOV_EARG);
    assert_string_equal(gridgov_ledger_source(ledger, 0), "");
    assert_string_equal(gridgov_ledger_source(NULL, GRIDGOV_TABLE_STEPS), "");
    seal(ledger, NULL);
    assert_int_equal(gridgov_ledger_set_source(ledger, GRIDGOV_TABLE_STEPS, "a"), GRIDGOV_ESTATE);
    gridgov_ledger_free(ledger);
}

static void categories(void **state) {
    (void)state;
    gridgov_ledger *ledger = town_ledger();
    gridgov_issues *issues = NULL;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    // Two spellings of an unknown name, a known one, an alias, no category at all twice, and a name
    // like no other.
    static const char *const names[] = {"城 管 管理Ｂ", "城管管理b", "城市管理", "城管", "",
                                        "  ",           "qq"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char id[2] = {(char)('a' + i), '\0'};
        gridgov_event event = town_event(id, TOWN_GRID_1, town_at(1, (int)i));
        event.category_name = names[i];
        event.source_row = 20 - (int64_t)i;
        town_add_event(ledger, &event);
    }
    assert_int_equal(gridgov_ledger_set_source(ledger, GRIDGOV_TABLE_EVENTS, "town/events.csv"),
                     GRIDGOV_OK);
    seal(ledger, issues);
    assert_int_equal(gridgov_ledger_category_count(ledger), 13 + 3);
    int32_t known = 7;
    assert_string_equal(gridgov_ledger_category_name(ledger, 13, &known), "qq");
    assert_int_equal(known, 0);
    // Blank inside sorts below the next character: the smallest spelling is printed.
    assert_string_equal(gridgov_ledger_category_name(ledger, 14, &known), "城 管 管理Ｂ");
    assert_string_equal(gridgov_ledger_category_name(ledger, 15, &known), "未分类");
    assert_int_equal(known, 0);
    gridgov_ledger_category_name(ledger, 1, &known);
    assert_int_equal(known, 1);
    assert_null(gridgov_ledger_category_name(ledger, 16, &known));
    static const int64_t expected[] = {14, 14, 1, 1, 15, 15, 13};
    for (int64_t i = 0; i < 7; i++) {
        gridgov_event event = {.struct_size = sizeof event};
        assert_int_equal(gridgov_ledger_event_at(&event, ledger, i), GRIDGOV_OK);
        assert_int_equal(event.category, expected[i]);
        assert_string_equal(event.category_name, names[i]);
    }
    assert_int_equal(town_issues(issues, GG_RULE_CATEGORY_UNKNOWN), 1);
    assert_int_equal(town_issues(issues, GG_RULE_CATEGORY_UNKNOWN_ALONE), 1);
    assert_int_equal(town_issues(issues, GG_RULE_CATEGORY_EMPTY), 1);
    gridgov_error issue;
    assert_int_equal(gridgov_issues_at(&issue, issues, 1), GRIDGOV_OK);
    assert_int_equal(issue.rule, GG_RULE_CATEGORY_UNKNOWN);
    assert_int_equal(issue.row, 19);
    assert_string_equal(issue.source, "town/events.csv");
    assert_non_null(strstr(issue.message, "城市管理、"));
    gridgov_issues_free(issues);
    gridgov_ledger_free(ledger);

    // Without a taxonomy every name is known but the one that is not there.
    assert_int_equal(gridgov_ledger_new(&ledger, NULL, NULL, NULL), GRIDGOV_OK);
    gridgov_event event = town_event("1", GRIDGOV_NONE, town_at(1, 0));
    event.category_name = "Rats";
    town_add_event(ledger, &event);
    event.id = "2";
    event.category_name = NULL;
    event.agency_name = "INSP";
    town_add_event(ledger, &event);
    seal(ledger, NULL);
    assert_int_equal(gridgov_ledger_category_count(ledger), 2);
    assert_string_equal(gridgov_ledger_category_name(ledger, 0, &known), "Rats");
    assert_int_equal(known, 1);
    assert_string_equal(gridgov_ledger_category_name(ledger, 1, &known), "未分类");
    assert_int_equal(known, 0);
    assert_string_equal(gridgov_ledger_agency_name(ledger, 0, &known), "INSP");
    assert_int_equal(known, 1);
    gridgov_ledger_free(ledger);
}

static void agencies(void **state) {
    (void)state;
    gridgov_ledger *ledger = town_ledger();
    gridgov_issues *issues = NULL;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    static const char *const names[] = {"pcs", "派 出所", "税务所", "税务所 ", "", "　"};
    static const int64_t expected[] = {0, 0, 2, 2, GRIDGOV_NONE, GRIDGOV_NONE};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char id[2] = {(char)('a' + i), '\0'};
        gridgov_event event = town_event(id, TOWN_GRID_1, town_at(1, (int)i));
        event.agency_name = names[i];
        town_add_event(ledger, &event);
    }
    seal(ledger, issues);
    assert_int_equal(gridgov_ledger_agency_count(ledger), 3);
    int32_t known = 7;
    assert_string_equal(gridgov_ledger_agency_name(ledger, 1, &known), "司法所");
    assert_int_equal(known, 1);
    assert_string_equal(gridgov_ledger_agency_name(ledger, 2, &known), "税务所");
    assert_int_equal(known, 0);
    for (int64_t i = 0; i < 6; i++) {
        gridgov_event event = {.struct_size = sizeof event};
        assert_int_equal(gridgov_ledger_event_at(&event, ledger, i), GRIDGOV_OK);
        assert_int_equal(event.agency, expected[i]);
    }
    assert_int_equal(town_issues(issues, GG_RULE_AGENCY_UNKNOWN), 1);
    gridgov_issues_free(issues);
    gridgov_ledger_free(ledger);
}

static void activity_checks(void **state) {
    (void)state;
    enum { G1 = TOWN_GRID_1, NONE = GRIDGOV_NONE };
    const gridgov_day d = TOWN_DAY_1;
    const gridgov_time t = town_at(1, 0);
    const struct {
        int32_t kind;
        int64_t unit;
        const char *officer, *key, *reason, *authority;
        gridgov_day day, day_to;
        gridgov_time at;
        int64_t amount, metres;
        int32_t state;
        int32_t rule; /* 0: accepted; −1: the caller's mistake */
    } cases[] = {
        {GRIDGOV_ACTIVITY_LEAVE, NONE, "001", "", "", "", d, d + 1, 0, 0, -1, 2, 0},
        {GRIDGOV_ACTIVITY_LEAVE, NONE, "001", "", "", "", d, d, 0, 0, -1, 2, GG_RULE_LEAVE_DATES},
        {GRIDGOV_ACTIVITY_LEAVE, NONE, "001", "", "", "", d, GRIDGOV_NO_DAY, 0, 0, -1, 2,
         GG_RULE_LEAVE_DATES},
        {GRIDGOV_ACTIVITY_LEAVE, NONE, "", "", "", "", d, d + 1, 0, 0, -1, 2, GG_RULE_KEY_EMPTY},
        {GRIDGOV_ACTIVITY_LEAVE, NONE, "999", "", "", "", d, d + 1, 0, 0, -1, 2,
         GG_RULE_OFFICER_UNKNOWN},
        {GRIDGOV_ACTIVITY_LEAVE, NONE, "001", "", "", "", d, d + 1, 0, 0, -1, 3, -1},
        {GRIDGOV_ACTIVITY_PATROL_DAY, NONE, "001", "", "", "", d, 0, 0, 1440, -1, 0, 0},
        {GRIDGOV_ACTIVITY_PATROL_DAY, NONE, "001", "", "", "", d + 1, 0, 0, -1, 0, 0, 0},
        {GRIDGOV_ACTIVITY_PATROL_DAY, NONE, "001", "", "", "", d, 0, 0, 1, -1, 0,
         GG_RULE_PATROL_TWICE},
        {GRIDGOV_ACTIVITY_PATROL_DAY, NONE, "002", "", "", "", d, 0, 0, 1441, -1, 0,
         GG_RULE_PATROL_MINUTES},
        {GRIDGOV_ACTIVITY_PATROL_DAY, NONE, "002", "", "", "", d, 0, 0, -2, -1, 0,
         GG_RULE_NEGATIVE},
        {GRIDGOV_ACTIVITY_PATROL_DAY, NONE, "002", "", "", "", d, 0, 0, 1, -2, 0, GG_RULE_NEGATIVE},
        {GRIDGOV_ACTIVITY_PATROL_DAY, NONE, "002", "", "", "", GRIDGOV_NO_DAY, 0, 0, 1, -1, 0,
         GG_RULE_KEY_EMPTY},
        {GRIDGOV_ACTIVITY_REQUIRED_VISIT, G1, "", "张三", "", "", d, 0, 0, 0, -1, 0, 0},
        {GRIDGOV_ACTIVITY_REQUIRED_VISIT, G1, "", " 张 三", "", "", d, 0, 0, 0, -1, 0,
         GG_RULE_RECORD_TWICE},
        {GRIDGOV_ACTIVITY_REQUIRED_VISIT, TOWN_GRID_2, "", "张三", "", "", d, 0, 0, 0, -1, 0, 0},
        {GRIDGOV_ACTIVITY_REQUIRED_VISIT, NONE, "", "李四", "", "", d, 0, 0, 0, -1, 0,
         GG_RULE_KEY_EMPTY},
        {GRIDGOV_ACTIVITY_REQUIRED_VISIT, G1, "", " ", "", "", d, 0, 0, 0, -1, 0,
         GG_RULE_KEY_EMPTY},
        {GRIDGOV_ACTIVITY_VISIT, G1, "", "张三", "", "", GRIDGOV_NO_DAY, 0, t, 0, -1, 0, 0},
        {GRIDGOV_ACTIVITY_VISIT, G1, "", "张三", "", "", GRIDGOV_NO_DAY, 0, t, 0, -1, 0, 0},
        {GRIDGOV_ACTIVITY_VISIT, G1, "", "张三", "", "", GRIDGOV_NO_DAY, 0, GRIDGOV_NO_TIME, 0, -1,
         0, GG_RULE_KEY_EMPTY},
        {GRIDGOV_ACTIVITY_DISPUTE_REPORT, G1, "", "", "", "", d, 0, GRIDGOV_NO_TIME, 0, -1, 0, 0},
        {GRIDGOV_ACTIVITY_DISPUTE_REPORT, G1, "", "", "", "", d, 0, t, 0, -1, 0,
         GG_RULE_RECORD_TWICE},
        {GRIDGOV_ACTIVITY_DISPUTE_REPORT, NONE, "", "", "", "", d, 0, t, 0, -1, 0,
         GG_RULE_KEY_EMPTY},
        {GRIDGOV_ACTIVITY_MAINTENANCE, G1, "", "", "", "", d, 0, 0, 2, -1, GRIDGOV_DEFECT_STALE, 0},
        {GRIDGOV_ACTIVITY_MAINTENANCE, G1, "", "", "", "", d, 0, 0, -1, -1, GRIDGOV_DEFECT_WRONG,
         GG_RULE_NEGATIVE},
        {GRIDGOV_ACTIVITY_MAINTENANCE, G1, "", "", "", "", d, 0, 0, 1, -1, 4, -1},
        {GRIDGOV_ACTIVITY_ADJUSTMENT, G1, "", "", "理由", "书记", d, 0, 0, 10000, -1, 0, 0},
        {GRIDGOV_ACTIVITY_ADJUSTMENT, G1, "", "", "", "书记", d, 0, 0, 10000, -1, 0,
         GG_RULE_ADJUSTMENT_REASON},
        {GRIDGOV_ACTIVITY_ADJUSTMENT, G1, "", "", "UNEXPLAINED", "　", d, 0, 0, 10000, -1, 0,
         GG_RULE_ADJUSTMENT_REASON},
        {GRIDGOV_ACTIVITY_DEDUCTION, NONE, "", "timeliness", "r", "s", d, 0, 0, 0, -1, 0, 0},
        {GRIDGOV_ACTIVITY_DEDUCTION, G1, "", "timeliness", "r", "s", d, 0, 0, 1, -1, 0,
         GG_RULE_DEDUCTION_SIGN},
        {GRIDGOV_ACTIVITY_DEDUCTION, G1, "", "", "r", "s", d, 0, 0, -1, -1, 0, GG_RULE_KEY_EMPTY},
        {GRIDGOV_ACTIVITY_DEDUCTION, G1, "", "x", "", "s", d, 0, 0, -1, -1, 0,
         GG_RULE_ADJUSTMENT_REASON},
        {GRIDGOV_ACTIVITY_FACT, G1, "", "m", "", "", d, 0, 0, 0, -1, GRIDGOV_CELL_VALUE, 0},
        {GRIDGOV_ACTIVITY_FACT, G1, "", "m", "", "", d, 0, 0, -1, -1, GRIDGOV_CELL_VALUE,
         GG_RULE_NEGATIVE},
        {GRIDGOV_ACTIVITY_FACT, G1, "", "m", "", "", d, 0, 0, 5, -1, GRIDGOV_CELL_NOT_APPLICABLE,
         0},
        {GRIDGOV_ACTIVITY_FACT, G1, "", "m", "", "", d, 0, 0, 5, -1, GRIDGOV_CELL_UNKNOWN, -1},
        {GRIDGOV_ACTIVITY_FACT, G1, "", "", "", "", d, 0, 0, 5, -1, GRIDGOV_CELL_VALUE,
         GG_RULE_KEY_EMPTY},
        {0, G1, "", "", "", "", d, 0, 0, 0, -1, 0, -1},
        {GRIDGOV_ACTIVITY_RULING + 1, G1, "", "m", "", "", d, 0, 0, 0, -1, 2, -1},
        {GRIDGOV_ACTIVITY_VISIT, TOWN_POLICE, "", "张三", "", "", d, 0, t, 0, -1, 0, -1},
    };
    gridgov_ledger *ledger = town_ledger();
    int64_t accepted = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_activity activity = town_activity(cases[i].kind, cases[i].unit);
        gridgov_error err = {0};
        activity.officer = cases[i].officer;
        activity.key = cases[i].key;
        activity.reason = cases[i].reason;
        activity.authority = cases[i].authority;
        activity.day = cases[i].day;
        activity.day_to = cases[i].day_to;
        activity.at = cases[i].at;
        activity.amount = cases[i].amount;
        activity.distance_m = cases[i].metres;
        activity.state = cases[i].state;
        gridgov_status status = gridgov_ledger_add_activity(ledger, &activity, &err);
        int32_t wanted = cases[i].rule < 0 ? GG_RULE_ARGUMENT : cases[i].rule;
        if (err.rule != wanted) {
            fail_msg("case %d: rule %d instead of %d", (int)i, (int)err.rule, (int)wanted);
        }
        accepted += cases[i].rule == 0;
        assert_int_equal(status, cases[i].rule == 0  ? GRIDGOV_OK
                                 : cases[i].rule < 0 ? GRIDGOV_EARG
                                                     : GRIDGOV_EDATA);
        assert_int_equal(gridgov_ledger_activity_count(ledger), accepted);
    }
    assert_int_equal(gridgov_ledger_add_activity(ledger, NULL, NULL), GRIDGOV_EARG);
    seal(ledger, NULL);
    gridgov_activity activity = {.struct_size = sizeof activity};
    int32_t kind = 0;
    for (int64_t i = 0; gridgov_ledger_activity_at(&activity, ledger, i) == GRIDGOV_OK; i++) {
        assert_true(activity.kind >= kind);
        kind = activity.kind;
    }
    assert_int_equal(kind, GRIDGOV_ACTIVITY_FACT);
    gridgov_ledger_free(ledger);
}

/* Names longer than any buffer inside: 300 characters, the second time with a blank in the middle.
 */
static void long_names(void **state) {
    (void)state;
    enum { CHARACTERS = 300 };
    static char plain[CHARACTERS * 3 + 1];
    static char spaced[CHARACTERS * 3 + 2];
    for (int i = 0; i < CHARACTERS; i++) {
        memcpy(plain + (size_t)i * 3, "网", 3);
    }
    memcpy(spaced, plain, 450);
    spaced[450] = ' ';
    memcpy(spaced + 451, plain + 450, sizeof plain - 450);
    gridgov_ledger *ledger = town_ledger();
    gridgov_error err = {0};
    gridgov_activity visit = town_activity(GRIDGOV_ACTIVITY_REQUIRED_VISIT, TOWN_GRID_1);
    visit.key = plain;
    town_add_activity(ledger, &visit);
    visit.key = spaced;
    assert_int_equal(gridgov_ledger_add_activity(ledger, &visit, &err), GRIDGOV_EDATA);
    assert_int_equal(err.rule, GG_RULE_RECORD_TWICE);
    visit.key = plain + 3; // one character less is another object
    town_add_activity(ledger, &visit);
    gridgov_ledger_free(ledger);
}

static void order_of_events(void **state) {
    (void)state;
    static const char *const ids[] = {"c", "a", "b", "d"};
    static const int hours[] = {5, 9, 5, 1};
    static const char *const sorted[] = {"d", "b", "c", "a"};
    gridgov_ledger *ledger = town_ledger();
    for (size_t i = 0; i < 4; i++) {
        gridgov_event event = town_event(ids[i], TOWN_GRID_1, town_at(1, hours[i]));
        town_add_event(ledger, &event);
    }
    seal(ledger, NULL);
    for (int64_t i = 0; i < 4; i++) {
        gridgov_event event = {.struct_size = sizeof event};
        assert_int_equal(gridgov_ledger_event_at(&event, ledger, i), GRIDGOV_OK);
        assert_string_equal(event.id, sorted[i]);
        assert_int_equal(gridgov_ledger_event_find(ledger, sorted[i], 1), i);
    }
    gridgov_ledger_free(ledger);
}

/* The digest of one event with one field changed. */
static void digest_of(char out[72], int change) {
    gridgov_ledger *ledger = town_ledger();
    gridgov_event event = town_event("A", TOWN_GRID_1, town_at(1, 0));
    event.place = change == 1 ? "x" : "";
    event.due_at = change == 2 ? town_at(2, 0) : GRIDGOV_NO_TIME;
    event.overdue = change == 3 ? GRIDGOV_TRI_NO : GRIDGOV_TRI_UNKNOWN;
    event.source_row = change == 4 ? 77 : 2;
    town_add_event(ledger, &event);
    if (change == 5) {
        town_cover_all(ledger);
    }
    if (change == 6) {
        town_add_step(ledger, "A", GRIDGOV_STEP_REPORT, "", town_at(1, 0));
    }
    if (change == 7) {
        town_add_step(ledger, "B", GRIDGOV_STEP_REPORT, "", town_at(1, 0));
    }
    strcpy(out, seal(ledger, NULL));
    gridgov_ledger_free(ledger);
}

static void digest(void **state) {
    (void)state;
    char base[72];
    char other[72];
    digest_of(base, 0);
    assert_int_equal(strlen(base), 64);
    for (int change = 1; change <= 7; change++) {
        digest_of(other, change);
        // Row numbers are evidence only, and a step of no event was dropped.
        int same = change == 4 || change == 7;
        assert_int_equal(strcmp(base, other) == 0, same);
    }
}

static void holders(void **state) {
    (void)state;
    gridgov_ledger *ledger = town_ledger(); // taxonomy and units were freed by their maker
    gridgov_ledger *held = gridgov_ledger_hold(ledger);
    assert_ptr_equal(held, ledger);
    gridgov_ledger_free(ledger);
    assert_int_equal(gridgov_units_count(gridgov_ledger_units(held)), 6);
    assert_string_equal(gridgov_taxonomy_name(gridgov_ledger_taxonomy(held)), "zhejiang-2021");
    gridgov_ledger_free(held);
    assert_null(gridgov_ledger_hold(NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(init_and_sizes),  cmocka_unit_test(arguments),
        cmocka_unit_test(event_checks),    cmocka_unit_test(duplicates_and_rewind),
        cmocka_unit_test(step_checks),     cmocka_unit_test(derived_steps),
        cmocka_unit_test(sources),         cmocka_unit_test(other_events),
        cmocka_unit_test(categories),      cmocka_unit_test(agencies),
        cmocka_unit_test(activity_checks), cmocka_unit_test(long_names),
        cmocka_unit_test(order_of_events), cmocka_unit_test(digest),
        cmocka_unit_test(holders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
