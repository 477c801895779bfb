/* SPDX-License-Identifier: Apache-2.0 */
/* Counting, measure by measure: what is inside the period, what is known at the cut-off, and the
 * difference between zero, not applicable and unknown. September 2021 has 22 workdays: 10 up to the
 * 14th and 12 from the 15th on. */
#include "base/rules.h"
#include "support/small_town.h"

#define COVERED(...) ((const int32_t[]){__VA_ARGS__})
#define COUNT(...) (sizeof COVERED(__VA_ARGS__) / sizeof(int32_t))
#define COVER(ledger, ...) town_cover(ledger, COVERED(__VA_ARGS__), COUNT(__VA_ARGS__))

enum { U = -1, NA = -2 }; /* unknown, not applicable */

/* A ledger, what it was counted with, and the result. */
typedef struct bench {
    gridgov_ledger *ledger;
    gridgov_metrics *metrics;
    gridgov_calendar *calendar;
    gridgov_issues *issues;
    gridgov_facts *facts;
} bench;

static void open_bench(bench *b) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    memset(b, 0, sizeof *b);
    b->ledger = town_ledger();
    assert_int_equal(gridgov_pack_find(&pack, GRIDGOV_PACK_METRICS, "standard", 8, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_metrics_load(&b->metrics, pack.data, pack.size, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_open(&b->calendar, "china", 5, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_issues_new(&b->issues, 0, NULL), GRIDGOV_OK);
}

static void run(bench *b, gridgov_time as_of) {
    gridgov_error err = {0};
    gridgov_tally_options options;
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    options.as_of = as_of;
    assert_int_equal(gridgov_ledger_seal(b->ledger, b->issues, NULL), GRIDGOV_OK);
    if (gridgov_tally_run(&b->facts, b->ledger, b->metrics, b->calendar, &options, b->issues, NULL,
                          &err) != GRIDGOV_OK) {
        fail_msg("%s", err.message);
    }
}

static void close_bench(bench *b) {
    gridgov_facts_free(b->facts);
    gridgov_ledger_free(b->ledger);
    gridgov_metrics_free(b->metrics);
    gridgov_calendar_free(b->calendar);
    gridgov_issues_free(b->issues);
}

static gridgov_cell cell_of(const bench *b, int32_t dimension, int64_t row, const char *code) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    int64_t metric = gridgov_metrics_find(b->metrics, code, strlen(code));
    assert_int_equal(gridgov_facts_value(&cell, b->facts, dimension, row, metric), GRIDGOV_OK);
    return cell;
}

/* The cell as one number: its value, U or NA. */
static int64_t value_of(const bench *b, int32_t dimension, int64_t row, const char *code) {
    gridgov_cell cell = cell_of(b, dimension, row, code);
    assert_true(cell.state == GRIDGOV_CELL_VALUE || cell.value == 0);
    return cell.state == GRIDGOV_CELL_VALUE     ? cell.value
           : cell.state == GRIDGOV_CELL_UNKNOWN ? U
                                                : NA;
}

static void expect(const bench *b, int64_t row, const char *code, int64_t value, int64_t missing) {
    int64_t found = value_of(b, GRIDGOV_DIMENSION_UNIT, row, code);
    if (found != value) {
        fail_msg("%s of row %d is %d, not %d", code, (int)row, (int)found, (int)value);
    }
    gridgov_cell cell = cell_of(b, GRIDGOV_DIMENSION_UNIT, row, code);
    if (cell.missing != missing) {
        fail_msg("%s of row %d lacks %d, not %d", code, (int)row, (int)cell.missing, (int)missing);
    }
}

static void expect_agency(const bench *b, int64_t row, int64_t handled, int64_t dispatched,
                          int64_t closed) {
    assert_int_equal(value_of(b, GRIDGOV_DIMENSION_AGENCY, row, "agency_handled"), handled);
    assert_int_equal(value_of(b, GRIDGOV_DIMENSION_AGENCY, row, "agency_dispatched"), dispatched);
    assert_int_equal(value_of(b, GRIDGOV_DIMENSION_AGENCY, row, "agency_closed"), closed);
}

static void add_event_at(bench *b, const char *id, int64_t unit, gridgov_time at, int32_t opening) {
    gridgov_event event = town_event(id, unit, at);
    event.opening = opening;
    town_add_event(b->ledger, &event);
}

static void period(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_EVENTS);
    add_event_at(&b, "before", TOWN_GRID_1, TOWN_FROM - 1, 0);
    add_event_at(&b, "first", TOWN_GRID_1, TOWN_FROM, 0);
    add_event_at(&b, "last", TOWN_GRID_1, TOWN_TO - 1, 0);
    add_event_at(&b, "after", TOWN_GRID_1, TOWN_TO, 0);
    add_event_at(&b, "opening", TOWN_GRID_1, TOWN_FROM - 1, 1);
    add_event_at(&b, "street", GRIDGOV_NONE, TOWN_FROM, 0);
    add_event_at(&b, "community", TOWN_COMMUNITY, TOWN_FROM, 0);
    run(&b, GRIDGOV_NO_TIME);
    assert_true(gridgov_facts_as_of(b.facts) == TOWN_TO - 1);
    expect(&b, ROW_GRID_1, "events_reported", 2, 0);
    expect(&b, ROW_GRID_2, "events_reported", 0, 0);
    expect(&b, ROW_STREET, "events_reported", 1, 0);
    expect(&b, ROW_COMMUNITY, "events_reported", 1, 0);
    assert_int_equal(value_of(&b, GRIDGOV_DIMENSION_CATEGORY, 1, "category_events"), 4);
    assert_int_equal(value_of(&b, GRIDGOV_DIMENSION_CATEGORY, 0, "category_events"), 0);
    assert_int_equal(gridgov_facts_outside(b.facts), 2);
    assert_int_equal(town_issues(b.issues, GG_RULE_OUTSIDE), 1);
    // Nothing else was told, so nothing else is known.
    expect(&b, ROW_GRID_1, "invalid_reports", U, 0);
    expect(&b, ROW_GRID_1, "cases_due", U, 0);
    expect(&b, ROW_GRID_1, "cases_held_overdue", U, 0);
    expect(&b, ROW_GRID_1, "dispatch_missed", U, 0);
    expect(&b, ROW_GRID_1, "missing_days", U, 0);
    expect(&b, ROW_GRID_1, "required_days", 22, 0); // units with officers cover them
    expect(&b, ROW_GRID_1, "visits_missing", U, 0);
    expect(&b, ROW_GRID_1, "reports_late", U, 0);
    expect(&b, ROW_GRID_1, "maintenance_wrong", U, 0);
    expect_agency(&b, 0, U, U, U);
    close_bench(&b);
}

static void cut_off(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_EVENTS);
    add_event_at(&b, "at", TOWN_GRID_1, town_at(10, 0), 0);
    add_event_at(&b, "later", TOWN_GRID_1, town_at(10, 0) + 1, 0);
    run(&b, town_at(10, 0));
    expect(&b, ROW_GRID_1, "events_reported", 1, 0);
    assert_int_equal(gridgov_facts_outside(b.facts), 1);
    assert_int_equal(town_issues(b.issues, GG_RULE_ALL_OUTSIDE), 0);
    close_bench(&b);
}

static void nothing_in_the_period(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_EVENTS);
    add_event_at(&b, "before", TOWN_GRID_1, TOWN_FROM - 1, 0);
    run(&b, GRIDGOV_NO_TIME);
    assert_int_equal(town_issues(b.issues, GG_RULE_OUTSIDE), 0);
    assert_int_equal(town_issues(b.issues, GG_RULE_ALL_OUTSIDE), 1);
    close_bench(&b);
}

static void complete_lists_are_zero(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    town_cover_all(b.ledger);
    run(&b, GRIDGOV_NO_TIME);
    static const char *const lists[] = {"events_reported",  "invalid_reports", "cases_due",
                                        "cases_due_closed", "cases_held_due",  "cases_held_overdue",
                                        "dispatch_needed",  "dispatch_missed", "maintenance_wrong"};
    static const char *const registers[] = {"visits_required", "visits_missing", "reports_missing",
                                            "reports_late"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        expect(&b, ROW_GRID_1, lists[i], 0, 0);
        expect(&b, ROW_STREET, lists[i], 0, 0);
    }
    for (size_t i = 0; i < sizeof registers / sizeof registers[0]; i++) {
        expect(&b, ROW_GRID_1, registers[i], U, 0);
    }
    expect_agency(&b, 0, NA, NA, NA);
    expect_agency(&b, 1, NA, NA, NA);
    close_bench(&b);
}

static void dispositions(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_EVENTS, GRIDGOV_COVERAGE_DISPOSITION);
    static const int32_t given[] = {GRIDGOV_DISPOSITION_VALID,     GRIDGOV_DISPOSITION_INVALID,
                                    GRIDGOV_DISPOSITION_DUPLICATE, GRIDGOV_DISPOSITION_RECORDED,
                                    GRIDGOV_DISPOSITION_UNKNOWN,   GRIDGOV_DISPOSITION_JUNK};
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        char id[2] = {(char)('a' + i), '\0'};
        gridgov_event event = town_event(id, TOWN_GRID_1, town_at(1, 0));
        event.disposition = given[i];
        town_add_event(b.ledger, &event);
    }
    add_event_at(&b, "unknown", TOWN_GRID_2, town_at(1, 0), 0);
    gridgov_event old = town_event("old", TOWN_GRID_1, TOWN_FROM - 9);
    old.opening = 1;
    old.disposition = GRIDGOV_DISPOSITION_INVALID;
    town_add_event(b.ledger, &old);
    run(&b, GRIDGOV_NO_TIME);
    expect(&b, ROW_GRID_1, "invalid_reports", 3, 1);
    expect(&b, ROW_GRID_1, "valid_reports", 1, 1);
    assert_int_equal(cell_of(&b, GRIDGOV_DIMENSION_UNIT, ROW_GRID_1, "valid_reports").reported, 5);
    // Nobody knows anything about the only event of grid 2, and there is none in grid 3.
    expect(&b, ROW_GRID_2, "invalid_reports", U, 1);
    expect(&b, ROW_GRID_3, "invalid_reports", 0, 0);
    assert_int_equal(town_issues(b.issues, GG_RULE_PARTLY_MISSING), 2);
    close_bench(&b);
}

/* One event of grid 1 and what it adds to the four case metrics; L: it lacks the data. */
enum { L = 9 };
typedef struct case_row {
    gridgov_time due, closed_at;
    int32_t closed, overdue, suspended, opening;
    const char *agency;
    int due_count, due_closed, held, held_overdue;
} case_row;

static void check_metric(const bench *b, const char *code, int expected) {
    expect(b, ROW_GRID_1, code, expected == L ? U : expected, expected == L);
}

static void check_cases(const case_row *rows, size_t count, const int32_t *coverage,
                        size_t coverage_count) {
    for (size_t i = 0; i < count; i++) {
        bench b;
        open_bench(&b);
        town_cover(b.ledger, coverage, coverage_count);
        gridgov_event event =
            town_event("A", TOWN_GRID_1, rows[i].opening ? TOWN_FROM - 1 : town_at(5, 0));
        event.due_at = rows[i].due;
        event.closed_at = rows[i].closed_at;
        event.closed = rows[i].closed;
        event.overdue = rows[i].overdue;
        event.suspended = rows[i].suspended;
        event.opening = rows[i].opening;
        event.agency_name = rows[i].agency;
        town_add_event(b.ledger, &event);
        run(&b, town_at(20, 0));
        check_metric(&b, "cases_due", rows[i].due_count);
        check_metric(&b, "cases_due_closed", rows[i].due_closed);
        check_metric(&b, "cases_held_due", rows[i].held);
        check_metric(&b, "cases_held_overdue", rows[i].held_overdue);
        close_bench(&b);
    }
}

static void cases_with_limits(void **state) {
    (void)state;
    const gridgov_time none = GRIDGOV_NO_TIME;
    const gridgov_time at = town_at(20, 0); /* the cut-off */
    enum { YES = GRIDGOV_TRI_YES, NO = GRIDGOV_TRI_NO };
    const case_row rows[] = {
        // due at the cut-off exactly, open: due, and overdue
        {at, none, 0, 0, 0, 0, "", 1, 0, 1, 1},
        // due a second later: not due yet
        {at + 1, none, 0, 0, 0, 0, "", 0, 0, 0, 0},
        // closed at the limit, one second after it, at the cut-off, after the cut-off
        {town_at(9, 0), town_at(9, 0), 0, 0, 0, 0, "", 1, 1, 1, 0},
        {town_at(9, 0), town_at(9, 0) + 1, 0, 0, 0, 0, "", 1, 1, 1, 1},
        {town_at(9, 0), at, 0, 0, 0, 0, "", 1, 1, 1, 1},
        {town_at(9, 0), at + 1, 0, 0, 0, 0, "", 1, 0, 1, 1},
        // closed early, due later: not due by the cut-off
        {at + 1, town_at(6, 0), 0, 0, 0, 0, "", 0, 0, 0, 0},
        // closed, nobody says when: the verdict counts, or it lacks the data
        {town_at(9, 0), none, YES, NO, 0, 0, "", 1, 1, 1, 0},
        {town_at(9, 0), none, YES, YES, 0, 0, "", 1, 1, 1, 1},
        {town_at(9, 0), none, YES, 0, 0, 0, "", 1, 1, L, L},
        // no limit: it lacks the data; the verdict helps the second pair alone
        {none, none, 0, 0, 0, 0, "", L, L, L, L},
        {none, none, 0, YES, 0, 0, "", L, L, 1, 1},
        {none, town_at(6, 0), 0, NO, 0, 0, "", L, L, 1, 0},
        // suspended: left out
        {town_at(9, 0), none, 0, YES, YES, 0, "", 0, 0, 0, 0},
        // carried over
        {town_at(9, 0), none, 0, 0, 0, 1, "", 1, 0, 1, 1},
        // an agency had it from the report on: not the grid's, even without a limit
        {town_at(9, 0), none, 0, 0, 0, 0, "派出所", 1, 0, 0, 0},
        {none, none, 0, 0, 0, 0, "派出所", L, L, 0, 0},
    };
    const int32_t coverage[] = {GRIDGOV_COVERAGE_EVENTS, GRIDGOV_COVERAGE_DUE,
                                GRIDGOV_COVERAGE_CLOSED, GRIDGOV_COVERAGE_OVERDUE,
                                GRIDGOV_COVERAGE_AGENCY};
    check_cases(rows, sizeof rows / sizeof rows[0], coverage, 5);
}

static void cases_without_limits(void **state) {
    (void)state;
    const gridgov_time none = GRIDGOV_NO_TIME;
    enum { YES = GRIDGOV_TRI_YES, NO = GRIDGOV_TRI_NO };
    const case_row rows[] = {
        {none, none, 0, NO, 0, 0, "", 1, 0, 1, 0},
        {none, none, NO, YES, 0, 0, "", 1, 0, 1, 1},
        {none, none, YES, 0, 0, 0, "", 1, 1, L, L},
        {none, town_at(20, 0), 0, NO, 0, 0, "", 1, 1, 1, 0},
        {none, town_at(20, 0) + 1, 0, NO, 0, 0, "", 1, 0, 1, 0},
        {none, none, 0, YES, YES, 0, "", 0, 0, 0, 0},
        {none, none, 0, YES, NO, 0, "", 1, 0, 1, 1},
    };
    const int32_t coverage[] = {GRIDGOV_COVERAGE_EVENTS, GRIDGOV_COVERAGE_CLOSED,
                                GRIDGOV_COVERAGE_OVERDUE};
    check_cases(rows, sizeof rows / sizeof rows[0], coverage, 3);
}

/* Limits without closing times: nobody is called late for what was not told. */
static void limits_without_closings(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_EVENTS, GRIDGOV_COVERAGE_DUE);
    gridgov_event event = town_event("A", TOWN_GRID_1, town_at(5, 0));
    event.due_at = town_at(9, 0);
    town_add_event(b.ledger, &event);
    run(&b, GRIDGOV_NO_TIME);
    expect(&b, ROW_GRID_1, "cases_due", U, 0);
    expect(&b, ROW_GRID_1, "cases_held_due", U, 1);
    expect(&b, ROW_GRID_1, "cases_held_overdue", U, 1);
    expect(&b, ROW_GRID_2, "cases_held_overdue", 0, 0);
    close_bench(&b);
}

/* The log of one case and whether it is closed, suspended at the cut-off of the 20th. */
typedef struct log_row {
    struct {
        int32_t kind;
        gridgov_time at, recorded_at;
    } steps[4];
    gridgov_time closed_at;
    int32_t closed;
    int due, due_closed;
} log_row;

static void closed_by_the_log(void **state) {
    (void)state;
    const gridgov_time no = GRIDGOV_NO_TIME;
    enum {
        CLOSE = GRIDGOV_STEP_CLOSE,
        REOPEN = GRIDGOV_STEP_REOPEN,
        SUSPEND = GRIDGOV_STEP_SUSPEND,
        RESUME = GRIDGOV_STEP_RESUME
    };
    const gridgov_time cut = town_at(20, 0);
    const log_row rows[] = {
        {{{CLOSE, cut, no}}, no, 0, 1, 1},
        {{{CLOSE, cut + 1, no}}, no, 0, 1, 0},
        // it happened in time but was recorded after the cut-off
        {{{CLOSE, town_at(9, 0), cut + 1}}, no, 0, 1, 0},
        {{{CLOSE, town_at(9, 0), cut}}, no, 0, 1, 1},
        {{{CLOSE, town_at(9, 0), no}, {REOPEN, town_at(10, 0), no}}, no, 0, 1, 0},
        {{{CLOSE, town_at(9, 0), no}, {REOPEN, town_at(10, 0), no}, {CLOSE, town_at(11, 0), no}},
         no,
         0,
         1,
         1},
        // reopened after the cut-off
        {{{CLOSE, town_at(9, 0), no}, {REOPEN, cut + 1, no}}, no, 0, 1, 1},
        // the row knows a later closing than the log
        {{{CLOSE, town_at(9, 0), no}, {REOPEN, town_at(10, 0), no}}, town_at(12, 0), 0, 1, 1},
        {{{REOPEN, town_at(10, 0), no}}, town_at(9, 0), 0, 1, 0},
        // "closed" without a time, but the log closes it after the cut-off
        {{{CLOSE, cut + 1, no}}, no, GRIDGOV_TRI_YES, 1, 0},
        {{{GRIDGOV_STEP_ACCEPT, town_at(6, 0), no}}, no, GRIDGOV_TRI_YES, 1, 1},
        {{{SUSPEND, town_at(9, 0), no}}, no, 0, 0, 0},
        {{{SUSPEND, cut + 1, no}}, no, 0, 1, 0},
        {{{SUSPEND, town_at(9, 0), no}, {RESUME, town_at(10, 0), no}}, no, 0, 1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench b;
        open_bench(&b);
        COVER(b.ledger, GRIDGOV_COVERAGE_EVENTS, GRIDGOV_COVERAGE_CLOSED);
        gridgov_event event = town_event("A", TOWN_GRID_1, town_at(5, 0));
        event.closed_at = rows[i].closed_at;
        event.closed = rows[i].closed;
        town_add_event(b.ledger, &event);
        for (size_t j = 0; j < 4 && rows[i].steps[j].kind != 0; j++) {
            gridgov_step step = town_step("A", rows[i].steps[j].kind, "", rows[i].steps[j].at);
            step.recorded_at = rows[i].steps[j].recorded_at;
            assert_int_equal(gridgov_ledger_add_step(b.ledger, &step, NULL), GRIDGOV_OK);
        }
        run(&b, cut);
        expect(&b, ROW_GRID_1, "cases_due", rows[i].due, 0);
        expect(&b, ROW_GRID_1, "cases_due_closed", rows[i].due_closed, 0);
        close_bench(&b);
    }
}

static void held_until_passed_on(void **state) {
    (void)state;
    const struct {
        int32_t kind;
        const char *agency;
        gridgov_time at;
        int held;
    } rows[] = {
        {GRIDGOV_STEP_DISPATCH, "派出所", town_at(9, 0), 0},     // at the limit: taken over
        {GRIDGOV_STEP_DISPATCH, "", town_at(9, 0), 0},           // passed on, nobody says to whom
        {GRIDGOV_STEP_DISPATCH, "派出所", town_at(9, 0) + 1, 1}, // too late for the grid
        {GRIDGOV_STEP_HANDLE, "派出所", town_at(8, 0), 0},
        {GRIDGOV_STEP_HANDLE, "", town_at(8, 0), 1}, // the grid itself handled it
        {GRIDGOV_STEP_FEEDBACK, "派出所", town_at(8, 0), 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench b;
        open_bench(&b);
        town_cover_all(b.ledger);
        gridgov_event event = town_event("A", TOWN_GRID_1, town_at(5, 0));
        event.due_at = town_at(9, 0);
        town_add_event(b.ledger, &event);
        town_add_step(b.ledger, "A", rows[i].kind, rows[i].agency, rows[i].at);
        run(&b, GRIDGOV_NO_TIME);
        expect(&b, ROW_GRID_1, "cases_due", 1, 0);
        expect(&b, ROW_GRID_1, "cases_held_due", rows[i].held, 0);
        expect(&b, ROW_GRID_1, "cases_held_overdue", rows[i].held, 0);
        close_bench(&b);
    }
}

static void passing_on(void **state) {
    (void)state;
    for (int covered = 0; covered <= 1; covered++) {
        bench b;
        open_bench(&b);
        COVER(b.ledger, GRIDGOV_COVERAGE_EVENTS, GRIDGOV_COVERAGE_DISPATCH_DUE);
        if (covered) {
            COVER(b.ledger, GRIDGOV_COVERAGE_DISPATCH);
        }
        static const char *const ids[] = {"never", "in time", "late", "not yet", "no need"};
        for (size_t i = 0; i < 5; i++) {
            gridgov_event event = town_event(ids[i], TOWN_GRID_1, town_at(5, 0));
            event.dispatch_due_at = i < 3    ? town_at(9, 0)
                                    : i == 3 ? town_at(20, 0) + 1
                                             : GRIDGOV_NO_TIME;
            town_add_event(b.ledger, &event);
        }
        town_add_step(b.ledger, "in time", GRIDGOV_STEP_DISPATCH, "派出所", town_at(9, 0));
        town_add_step(b.ledger, "in time", GRIDGOV_STEP_DISPATCH, "司法所", town_at(12, 0));
        town_add_step(b.ledger, "late", GRIDGOV_STEP_DISPATCH, "派出所", town_at(9, 0) + 1);
        run(&b, town_at(20, 0));
        expect(&b, ROW_GRID_1, "dispatch_needed", 3, 0);
        expect(&b, ROW_GRID_1, "dispatch_missed", covered ? 2 : U, 0);
        expect(&b, ROW_GRID_2, "dispatch_missed", covered ? 0 : U, 0);
        close_bench(&b);
    }
}

static void agency_figures(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_EVENTS, GRIDGOV_COVERAGE_AGENCY, GRIDGOV_COVERAGE_DISPATCH,
          GRIDGOV_COVERAGE_CLOSED);
    gridgov_event event = town_event("self-found", TOWN_GRID_1, town_at(5, 0));
    event.agency_name = "派出所";
    event.closed_at = town_at(6, 0);
    town_add_event(b.ledger, &event);
    event = town_event("sent twice", GRIDGOV_NONE, town_at(5, 0));
    town_add_event(b.ledger, &event);
    town_add_step(b.ledger, "sent twice", GRIDGOV_STEP_DISPATCH, "派出所", town_at(6, 0));
    town_add_step(b.ledger, "sent twice", GRIDGOV_STEP_DISPATCH, "派出所", town_at(7, 0));
    town_add_step(b.ledger, "sent twice", GRIDGOV_STEP_ACKNOWLEDGE, "派出所", town_at(8, 0));
    town_add_step(b.ledger, "sent twice", GRIDGOV_STEP_HANDLE, "税务所", town_at(9, 0));
    town_add_step(b.ledger, "sent twice", GRIDGOV_STEP_URGE, "司法所", town_at(9, 0));
    event = town_event("old", GRIDGOV_NONE, TOWN_FROM - 1);
    event.opening = 1;
    event.agency_name = "派出所";
    event.closed_at = town_at(20, 0) + 1; // after the cut-off
    town_add_event(b.ledger, &event);
    event = town_event("outside", GRIDGOV_NONE, TOWN_FROM - 1);
    event.agency_name = "派出所";
    town_add_event(b.ledger, &event);
    event = town_event("sent later", GRIDGOV_NONE, town_at(5, 0));
    town_add_event(b.ledger, &event);
    town_add_step(b.ledger, "sent later", GRIDGOV_STEP_DISPATCH, "派出所", town_at(20, 0) + 1);
    run(&b, town_at(20, 0));
    expect_agency(&b, 0, 3, 1, 1);
    expect_agency(&b, 1, NA, NA, NA); // urging is no handling
    expect_agency(&b, 2, 1, 0, 0);
    gridgov_facts_row row = {.struct_size = sizeof row};
    assert_int_equal(gridgov_facts_row_at(&row, b.facts, GRIDGOV_DIMENSION_AGENCY, 2), GRIDGOV_OK);
    assert_string_equal(row.name, "税务所");
    assert_int_equal(row.known, 0);
    assert_true(row.unit == GRIDGOV_NONE);
    close_bench(&b);

    // Without a log nobody knows how a case reached its agency.
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_EVENTS, GRIDGOV_COVERAGE_AGENCY, GRIDGOV_COVERAGE_CLOSED);
    event = town_event("flat", TOWN_GRID_1, town_at(5, 0));
    event.agency_name = "PCS";
    town_add_event(b.ledger, &event);
    run(&b, GRIDGOV_NO_TIME);
    expect_agency(&b, 0, 1, U, 0);
    expect_agency(&b, 1, NA, NA, NA);
    close_bench(&b);
}

static void add_day(bench *b, const char *officer, int day, int64_t minutes, int64_t metres) {
    gridgov_activity row = town_activity(GRIDGOV_ACTIVITY_PATROL_DAY, GRIDGOV_NONE);
    row.officer = officer;
    row.day = TOWN_DAY_1 + day - 1;
    row.amount = minutes;
    row.distance_m = metres;
    town_add_activity(b->ledger, &row);
}

static void add_leave(bench *b, const char *officer, int from, int to, int32_t approved) {
    gridgov_activity row = town_activity(GRIDGOV_ACTIVITY_LEAVE, GRIDGOV_NONE);
    row.officer = officer;
    row.day = TOWN_DAY_1 + from - 1;
    row.day_to = TOWN_DAY_1 + to - 1;
    row.state = approved;
    town_add_activity(b->ledger, &row);
}

static void add_month(bench *b, const char *officer, int64_t minutes) {
    for (int day = 1; day <= 30; day++) {
        add_day(b, officer, day, minutes, -1);
    }
}

static void officer_days(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_OFFICERS, GRIDGOV_COVERAGE_LEAVE,
          GRIDGOV_COVERAGE_PATROL_MINUTES);
    // 001: 60 minutes on the 1st, 59 on the 2nd, 0 on the 3rd, unknown on the 6th; the rest of the
    // month nothing.
    add_day(&b, "001", 1, 60, -1);
    add_day(&b, "001", 2, 59, -1);
    add_day(&b, "001", 3, 0, -1);
    add_day(&b, "001", 6, -1, -1);
    add_day(&b, "001", 4, 0, -1); // a Saturday is not required
    // Leave from the 7th to the 14th (6 workdays), refused on the 15th, in doubt on the 16th.
    add_leave(&b, "001", 7, 15, GRIDGOV_TRI_YES);
    add_leave(&b, "001", 7, 10, GRIDGOV_TRI_NO);
    add_leave(&b, "001", 15, 16, GRIDGOV_TRI_NO);
    add_leave(&b, "001", 16, 17, GRIDGOV_TRI_UNKNOWN);
    add_month(&b, "003", 61);
    run(&b, GRIDGOV_NO_TIME);
    expect(&b, ROW_GRID_1, "required_days", 22 - 6 - 1, 1);
    // Missing: the 3rd and eleven workdays from the 15th on without a row (the 16th is in doubt,
    // the 6th unknown).
    expect(&b, ROW_GRID_1, "missing_days", 1 + 11, 2);
    expect(&b, ROW_GRID_1, "short_days", 2 + 11, 2);
    expect(&b, ROW_GRID_1, "near_days", U, 0); // not configured
    // 002 has no row at all.
    expect(&b, ROW_GRID_2, "required_days", U, 22);
    expect(&b, ROW_GRID_2, "short_days", U, 22);
    assert_int_equal(town_issues(b.issues, GG_RULE_OFFICER_SILENT), 1);
    // Grid 3 opened on the 15th.
    expect(&b, ROW_GRID_3, "required_days", 12, 0);
    expect(&b, ROW_GRID_3, "short_days", 0, 0);
    expect(&b, ROW_COMMUNITY, "required_days", U, 0);
    expect(&b, ROW_STREET, "required_days", U, 0);
    assert_int_equal(town_issues(b.issues, GG_RULE_GRID_NO_OFFICER), 0);
    assert_int_equal(town_issues(b.issues, GG_RULE_METRIC_OPEN), 1);
    close_bench(&b);
}

static void officer_days_to_the_cut_off(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_OFFICERS, GRIDGOV_COVERAGE_PATROL_MINUTES);
    add_month(&b, "001", 0);
    add_day(&b, "002", 15, 100, -1); // after the cut-off: silent so far
    run(&b, town_at(14, 0));
    expect(&b, ROW_GRID_1, "required_days", 10, 0); // the day of the cut-off is the tenth
    expect(&b, ROW_GRID_1, "missing_days", 10, 0);
    expect(&b, ROW_GRID_2, "missing_days", U, 10);
    expect(&b, ROW_GRID_3, "required_days", U, 0); // not open yet
    close_bench(&b);
}

/* Without any patrol source the required days are known all the same. */
static void required_days_alone(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_OFFICERS);
    run(&b, GRIDGOV_NO_TIME);
    expect(&b, ROW_GRID_1, "required_days", 22, 0);
    expect(&b, ROW_GRID_1, "missing_days", U, 0);
    assert_int_equal(town_issues(b.issues, GG_RULE_OFFICER_SILENT), 0);
    close_bench(&b);
}

/* Officers who move, share a grid, or are missing. */
static void holds_in_time(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    gridgov_ledger_free(b.ledger);
    gridgov_units *units = NULL;
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    for (int i = 0; i < 3; i++) {
        char name[2] = {(char)('a' + i), '\0'};
        town_unit(units, GRIDGOV_UNIT_GRID, GRIDGOV_NONE, "", name, GRIDGOV_NO_DAY);
    }
    gridgov_unit gone = {.struct_size = sizeof gone,
                         .kind = GRIDGOV_UNIT_GRID,
                         .parent = GRIDGOV_NONE,
                         .code = "",
                         .name = "gone",
                         .from = GRIDGOV_NO_DAY,
                         .to = TOWN_DAY_1};
    assert_int_equal(gridgov_units_add(NULL, units, &gone, NULL), GRIDGOV_OK);
    town_officer(units, "m", 0, GRIDGOV_NO_DAY, TOWN_DAY_1 + 14); // to the 14th, then grid b
    town_officer(units, "m", 1, TOWN_DAY_1 + 14, GRIDGOV_NO_DAY);
    town_officer(units, "s", 0, TOWN_DAY_1, TOWN_DAY_1 + 1); // shares grid a on the 1st
    assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_new(&b.ledger, NULL, units, NULL), GRIDGOV_OK);
    gridgov_units_free(units);
    COVER(b.ledger, GRIDGOV_COVERAGE_OFFICERS, GRIDGOV_COVERAGE_PATROL_MINUTES);
    add_day(&b, "m", 1, 100, -1); // one row is enough not to be silent in either grid
    add_day(&b, "s", 2, 100, -1);
    run(&b, GRIDGOV_NO_TIME);
    expect(&b, 0, "required_days", 10 + 1, 0);
    expect(&b, 0, "missing_days", 9 + 1, 0);
    expect(&b, 1, "required_days", 12, 0);
    expect(&b, 1, "missing_days", 12, 0);
    expect(&b, 2, "required_days", U, 0);
    expect(&b, 3, "required_days", U, 0);
    assert_int_equal(town_issues(b.issues, GG_RULE_GRID_NO_OFFICER),
                     1); // c; "gone" is no grid of the period
    gridgov_facts_row row = {.struct_size = sizeof row};
    assert_int_equal(gridgov_facts_row_at(&row, b.facts, GRIDGOV_DIMENSION_UNIT, 3), GRIDGOV_OK);
    assert_int_equal(row.active, 0);
    close_bench(&b);
}

static void distances(void **state) {
    (void)state;
    static const char json[] =
        "{\"schema\": \"gridgov.metrics/1\", \"metrics\": ["
        "{\"code\": \"near\", \"name\": \"n\", \"dimension\": \"unit\", \"measure\": "
        "\"patrol_failed_days\", \"minimum_metres\": 2500},"
        "{\"code\": \"both\", \"name\": \"b\", \"dimension\": \"unit\", \"measure\": "
        "\"patrol_failed_days\", \"minimum_metres\": 2500, \"minimum_minutes\": 60}]}";
    bench b;
    open_bench(&b);
    gridgov_metrics_free(b.metrics);
    assert_int_equal(gridgov_metrics_load(&b.metrics, json, sizeof json - 1, NULL, NULL),
                     GRIDGOV_OK);
    COVER(b.ledger, GRIDGOV_COVERAGE_OFFICERS, GRIDGOV_COVERAGE_PATROL_MINUTES,
          GRIDGOV_COVERAGE_PATROL_DISTANCE);
    static const int64_t days[][2] = {{60, 2500}, {60, 2499}, {59, 2500}, {-1, 2500},
                                      {-1, 2499}, {59, -1},   {60, -1},   {-1, -1}};
    static const int dates[] = {1, 2, 3, 6, 7, 8, 9, 10};
    for (size_t i = 0; i < 8; i++) {
        add_day(&b, "001", dates[i], days[i][0], days[i][1]);
    }
    run(&b, town_at(10, 12));
    expect(&b, ROW_GRID_1, "near", 2, 3);
    expect(&b, ROW_GRID_1, "both", 4, 3);
    close_bench(&b);
}

static void add_visit(bench *b, int32_t kind, int64_t unit, const char *object, gridgov_time at,
                      gridgov_day day) {
    gridgov_activity row = town_activity(kind, unit);
    row.key = object;
    row.at = at;
    row.day = day;
    town_add_activity(b->ledger, &row);
}

static void visits(void **state) {
    (void)state;
    enum { MUST = GRIDGOV_ACTIVITY_REQUIRED_VISIT, DID = GRIDGOV_ACTIVITY_VISIT };
    const gridgov_time no = GRIDGOV_NO_TIME;
    const gridgov_day none = GRIDGOV_NO_DAY;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_REQUIRED_VISITS, GRIDGOV_COVERAGE_VISITS);
    static const char *const objects[] = {"in",        "twice",  "before",    "after",
                                          "elsewhere", "on day", "day after", "王 五"};
    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        add_visit(&b, MUST, TOWN_GRID_1, objects[i], no, none);
    }
    add_visit(&b, MUST, TOWN_GRID_2, "in", no, none);
    add_visit(&b, DID, TOWN_GRID_1, "in", town_at(20, 0), none);
    add_visit(&b, DID, TOWN_GRID_1, "twice", town_at(2, 0), none);
    add_visit(&b, DID, TOWN_GRID_1, "twice", town_at(3, 0), none);
    add_visit(&b, DID, TOWN_GRID_1, "before", TOWN_FROM - 1, none);
    add_visit(&b, DID, TOWN_GRID_1, "after", town_at(20, 0) + 1, none);
    add_visit(&b, DID, TOWN_GRID_2, "elsewhere", town_at(2, 0), none);
    add_visit(&b, DID, TOWN_GRID_1, "on day", no, TOWN_DAY_1 + 19);
    add_visit(&b, DID, TOWN_GRID_1, "day after", no, TOWN_DAY_1 + 20);
    add_visit(&b, DID, TOWN_GRID_1, "王五", town_at(2, 0), none);
    add_visit(&b, DID, TOWN_GRID_3, "not required", town_at(2, 0), none);
    run(&b, town_at(20, 0));
    expect(&b, ROW_GRID_1, "visits_required", 8, 0);
    expect(&b, ROW_GRID_1, "visits_missing", 4, 0);
    expect(&b, ROW_GRID_2, "visits_missing", 1, 0);
    expect(&b, ROW_GRID_3, "visits_required", U, 0);
    expect(&b, ROW_GRID_3, "visits_missing", U, 0);
    // Grid 2 need not visit "elsewhere", and grid 3 nobody; visits outside the period do not tell.
    assert_int_equal(town_issues(b.issues, GG_RULE_VISIT_UNREGISTERED), 1);
    gridgov_error issue = {0};
    for (int64_t i = 0; issue.rule != GG_RULE_VISIT_UNREGISTERED; i++) {
        assert_int_equal(gridgov_issues_at(&issue, b.issues, i), GRIDGOV_OK);
    }
    assert_memory_equal(issue.message, "2 visits", 8);
    assert_string_equal(issue.source, "visits");
    close_bench(&b);
}

static void reports(void **state) {
    (void)state;
    const gridgov_time no = GRIDGOV_NO_TIME;
    const gridgov_time cut = town_at(20, 0);
    const struct {
        gridgov_time at, due;
        int missing, late;
    } rows[] = {
        {no, no, 1, 0},       {no, cut, 1, 0},          {no, cut + 1, 0, 0},
        {cut, no, 0, 0},      {cut, cut, 0, 0},         {cut, cut - 1, 0, 1},
        {cut + 1, cut, 1, 0}, {cut + 1, cut + 1, 0, 0}, {town_at(1, 0), cut + 1, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench b;
        open_bench(&b);
        COVER(b.ledger, GRIDGOV_COVERAGE_DISPUTE_REPORTS);
        gridgov_activity row = town_activity(GRIDGOV_ACTIVITY_DISPUTE_REPORT, TOWN_GRID_1);
        row.at = rows[i].at;
        row.due_at = rows[i].due;
        town_add_activity(b.ledger, &row);
        run(&b, cut);
        expect(&b, ROW_GRID_1, "reports_missing", rows[i].missing, 0);
        expect(&b, ROW_GRID_1, "reports_late", rows[i].late, 0);
        expect(&b, ROW_GRID_2, "reports_missing", U, 0);
        close_bench(&b);
    }
}

static void maintenance(void **state) {
    (void)state;
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_MAINTENANCE);
    const struct {
        int32_t state;
        int64_t count;
        gridgov_day day;
    } rows[] = {
        {GRIDGOV_DEFECT_WRONG, 2, GRIDGOV_NO_DAY},  {GRIDGOV_DEFECT_MISSING, 1, TOWN_DAY_1},
        {GRIDGOV_DEFECT_STALE, 4, TOWN_DAY_1 + 29}, {GRIDGOV_DEFECT_NONE, 9, TOWN_DAY_1},
        {GRIDGOV_DEFECT_WRONG, 50, TOWN_DAY_1 - 1}, {GRIDGOV_DEFECT_WRONG, 50, TOWN_DAY_1 + 30}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gridgov_activity row = town_activity(GRIDGOV_ACTIVITY_MAINTENANCE, TOWN_GRID_1);
        row.state = rows[i].state;
        row.amount = rows[i].count;
        row.day = rows[i].day;
        town_add_activity(b.ledger, &row);
    }
    run(&b, GRIDGOV_NO_TIME);
    expect(&b, ROW_GRID_1, "maintenance_wrong", 3, 0);
    expect(&b, ROW_GRID_1, "maintenance_stale", 4, 0);
    expect(&b, ROW_GRID_2, "maintenance_wrong", 0, 0);
    close_bench(&b);
}

static void overflow(void **state) {
    (void)state;
    bench b;
    gridgov_error err = {0};
    gridgov_tally_options options;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_MAINTENANCE);
    for (int i = 0; i < 2; i++) {
        gridgov_activity row = town_activity(GRIDGOV_ACTIVITY_MAINTENANCE, TOWN_GRID_1);
        row.state = GRIDGOV_DEFECT_WRONG;
        row.amount = INT64_MAX / 2 + 1;
        town_add_activity(b.ledger, &row);
    }
    assert_int_equal(gridgov_ledger_seal(b.ledger, NULL, NULL), GRIDGOV_OK);
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    assert_int_equal(
        gridgov_tally_run(&b.facts, b.ledger, b.metrics, NULL, &options, NULL, NULL, &err),
        GRIDGOV_ERANGE);
    assert_null(b.facts);
    assert_int_equal(err.rule, GG_RULE_OVERFLOW);
    close_bench(&b);
}

static void add_figure(bench *b, int64_t unit, const char *metric, int32_t state, int64_t value) {
    gridgov_activity row = town_activity(GRIDGOV_ACTIVITY_FACT, unit);
    row.key = metric;
    row.state = state;
    row.amount = value;
    town_add_activity(b->ledger, &row);
}

static void monthly_figures(void **state) {
    (void)state;
    enum { V = GRIDGOV_CELL_VALUE, N = GRIDGOV_CELL_NOT_APPLICABLE };
    bench b;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_EVENTS);
    add_event_at(&b, "A", TOWN_GRID_1, town_at(1, 0), 0);
    add_figure(&b, TOWN_GRID_1, "events_reported", V, 40);
    add_figure(&b, TOWN_GRID_1, "未走访数", V, 0);
    add_figure(&b, TOWN_GRID_2, "visits_missing", N, 7);
    add_figure(&b, TOWN_GRID_1, "short_days", V, 1);
    add_figure(&b, TOWN_GRID_1, "short_days", V, 1); // twice: a contradiction even so
    add_figure(&b, TOWN_GRID_1, "short_days", V, 2);
    add_figure(&b, GRIDGOV_NONE, "near_days", V, 3); // every grid without its own
    add_figure(&b, TOWN_GRID_2, "near_days", V, 5);
    add_figure(&b, GRIDGOV_NONE, "reports_late", V, 1);
    add_figure(&b, GRIDGOV_NONE, "reports_late", V, 2);
    add_figure(&b, TOWN_GRID_1, "reports_late", V, 0);
    add_figure(&b, TOWN_GRID_1, "no such metric", V, 1);
    add_figure(&b, TOWN_GRID_1, "agency_closed", V, 1);
    run(&b, GRIDGOV_NO_TIME);
    expect(&b, ROW_GRID_1, "events_reported", 40, 0);
    assert_int_equal(cell_of(&b, GRIDGOV_DIMENSION_UNIT, ROW_GRID_1, "events_reported").origin,
                     GRIDGOV_ORIGIN_FACT);
    assert_int_equal(cell_of(&b, GRIDGOV_DIMENSION_UNIT, ROW_GRID_2, "events_reported").origin,
                     GRIDGOV_ORIGIN_ROWS);
    expect(&b, ROW_GRID_1, "visits_missing", 0, 0);
    expect(&b, ROW_GRID_2, "visits_missing", NA, 0);
    expect(&b, ROW_GRID_3, "visits_missing", U, 0);
    expect(&b, ROW_GRID_1, "short_days", U, 0);
    expect(&b, ROW_GRID_1, "near_days", 3, 0);
    expect(&b, ROW_GRID_2, "near_days", 5, 0);
    expect(&b, ROW_GRID_3, "near_days", 3, 0);
    expect(&b, ROW_COMMUNITY, "near_days", U, 0);
    expect(&b, ROW_STREET, "near_days", U, 0);
    expect(&b, ROW_GRID_1, "reports_late", 0, 0);
    expect(&b, ROW_GRID_2, "reports_late", U, 0);
    assert_int_equal(town_issues(b.issues, GG_RULE_FACT_CONFLICT), 3);
    assert_int_equal(town_issues(b.issues, GG_RULE_METRIC_UNKNOWN), 1);
    assert_int_equal(town_issues(b.issues, GG_RULE_METRIC_DIMENSION), 1);
    // Every grid has its figure, so nobody misses the open threshold.
    assert_int_equal(town_issues(b.issues, GG_RULE_METRIC_OPEN), 0);
    close_bench(&b);
}

static int32_t stop_at_once(void *user, const char *stage, int64_t done, int64_t total) {
    (void)user;
    (void)stage;
    (void)done;
    (void)total;
    return 1;
}

static void refusals(void **state) {
    (void)state;
    bench b;
    gridgov_error err = {0};
    gridgov_tally_options options;
    open_bench(&b);
    COVER(b.ledger, GRIDGOV_COVERAGE_OFFICERS);
    gridgov_tally_options_init(&options, sizeof options);
    gridgov_facts *facts = NULL;
#define RUN(c, job) gridgov_tally_run(&facts, b.ledger, b.metrics, (c), &options, NULL, (job), &err)
    assert_int_equal(RUN(b.calendar, NULL), GRIDGOV_EARG); // no period
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    assert_int_equal(RUN(b.calendar, NULL), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_ledger_seal(b.ledger, NULL, NULL), GRIDGOV_OK);
    options.period.to = TOWN_FROM;
    assert_int_equal(RUN(b.calendar, NULL), GRIDGOV_EARG);
    options.period.to = INT64_MAX;
    assert_int_equal(RUN(b.calendar, NULL), GRIDGOV_EARG);
    options.period.to = TOWN_TO;
    options.as_of = TOWN_FROM - 1;
    assert_int_equal(RUN(b.calendar, NULL), GRIDGOV_EARG);
    assert_string_equal(err.field, "options.as_of");
    options.as_of = GRIDGOV_NO_TIME;
    options.utc_offset_minutes = 1441;
    assert_int_equal(RUN(b.calendar, NULL), GRIDGOV_EARG);
    options.utc_offset_minutes = 480;
    assert_int_equal(gridgov_tally_run(NULL, b.ledger, b.metrics, NULL, &options, NULL, NULL, &err),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_tally_run(&facts, NULL, b.metrics, NULL, &options, NULL, NULL, &err),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_tally_run(&facts, b.ledger, NULL, NULL, &options, NULL, NULL, &err),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_tally_run(&facts, b.ledger, b.metrics, NULL, NULL, NULL, NULL, &err),
                     GRIDGOV_EARG);
    gridgov_job *job = NULL;
    assert_int_equal(gridgov_job_new(&job, NULL), GRIDGOV_OK);
    gridgov_job_on_progress(job, stop_at_once, NULL);
    assert_int_equal(RUN(b.calendar, job), GRIDGOV_ECANCELLED);
    assert_int_equal(err.rule, GG_RULE_CANCELLED);
    assert_null(facts);
    gridgov_job_free(job);
    // A year that the calendar does not cover matters only where days are counted.
    options.period.from -= (gridgov_time)3652 * 86400;
    options.period.to -= (gridgov_time)3652 * 86400;
    assert_int_equal(RUN(b.calendar, NULL), GRIDGOV_ERANGE);
    assert_null(facts);
    assert_int_equal(RUN(NULL, NULL), GRIDGOV_OK);
#undef RUN
    gridgov_facts_free(facts);
    close_bench(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(period),
        cmocka_unit_test(cut_off),
        cmocka_unit_test(nothing_in_the_period),
        cmocka_unit_test(complete_lists_are_zero),
        cmocka_unit_test(dispositions),
        cmocka_unit_test(cases_with_limits),
        cmocka_unit_test(cases_without_limits),
        cmocka_unit_test(limits_without_closings),
        cmocka_unit_test(closed_by_the_log),
        cmocka_unit_test(held_until_passed_on),
        cmocka_unit_test(passing_on),
        cmocka_unit_test(agency_figures),
        cmocka_unit_test(officer_days),
        cmocka_unit_test(officer_days_to_the_cut_off),
        cmocka_unit_test(required_days_alone),
        cmocka_unit_test(holds_in_time),
        cmocka_unit_test(distances),
        cmocka_unit_test(visits),
        cmocka_unit_test(reports),
        cmocka_unit_test(maintenance),
        cmocka_unit_test(overflow),
        cmocka_unit_test(monthly_figures),
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
