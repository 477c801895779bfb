/* SPDX-License-Identifier: Apache-2.0 */
/* Random lives. The generator knows nothing of life cycles: steps of every kind fall at random,
 * many of them impossible, with numbers that repeat, recordings that come late and rows of events
 * in several versions. Whatever falls,
 *  - any order of the rows, with any of them doubled, gives the same digest and the same cases;
 *  - what is recorded later never changes what was known earlier;
 *  - every step is played once, accepted or found, and none vanishes;
 *  - the spans of the holders follow each other and add up to the total, on both clocks.
 * Seeded, so that a failure repeats. */
#include "base/rules.h"
#include "support/small_town.h"

#include <stdlib.h>

enum { EVENTS = 12, ROWS = 160, LIVES = 400 };

static uint64_t seed = 20210930;

static uint64_t draw(uint64_t below) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (seed >> 11) % below;
}

/* One row to be added: an event's or a step's. */
typedef struct random_row {
    int is_event;
    gridgov_event event;
    gridgov_step step;
    char id[4], key[4], other[4];
} random_row;

/* One spelling each: an agency goes by its smallest one, which a later row may bring. */
static const char *const agencies[] = {"", "派出所", "司法所", "城管中队", "市监所"};

static void draw_event(random_row *row, int number) {
    row->event = town_event(row->id, TOWN_GRID_1, town_at(1 + (int)(number % 5), 8));
    row->event.agency_name = draw(3) == 0 ? agencies[draw(5)] : "";
    row->event.closed_at =
        draw(3) == 0 ? row->event.reported_at + (gridgov_time)draw(86400 * 25) : GRIDGOV_NO_TIME;
    row->event.closed = row->event.closed_at == GRIDGOV_NO_TIME && draw(5) == 0
                            ? GRIDGOV_TRI_YES
                            : GRIDGOV_TRI_UNKNOWN;
    row->event.suspended = draw(6) == 0 ? GRIDGOV_TRI_YES : GRIDGOV_TRI_UNKNOWN;
    row->event.recorded_at = row->event.reported_at + (gridgov_time)draw(86400 * 60);
    row->event.due_at = draw(2) == 0 ? row->event.reported_at + 86400 * 4 : GRIDGOV_NO_TIME;
}

static void draw_step(random_row *row) {
    // Whole hours, so that many steps fall together; the common kinds more often than the rare.
    const int32_t kind =
        (int32_t)(draw(2) == 0 ? 1 + draw(GRIDGOV_STEP_CLOSE) : 1 + draw(GRIDGOV_STEP_RELIMIT));
    row->step =
        town_step(row->id, kind, agencies[draw(5)], town_at(1 + (int)draw(28), (int)draw(24)));
    row->step.role = (int32_t)(draw(3) == 0 ? draw(GRIDGOV_ROLE_SYSTEM + 1) : 0);
    row->step.level = (int32_t)(draw(4) == 0 ? 1 + draw(4) : 0);
    row->step.card = (int32_t)(draw(4) == 0 ? draw(4) : 0);
    row->step.reason = draw(4) == 0 ? "说明" : "";
    row->step.until = draw(6) == 0 ? row->step.at + (gridgov_time)draw(86400 * 9) : GRIDGOV_NO_TIME;
    row->step.category_name = kind == GRIDGOV_STEP_RECATEGORISE ? "消防安全" : "";
    row->step.recorded_at = row->step.at + (gridgov_time)(draw(3) == 0 ? draw(86400 * 40) : 0);
    if (draw(2) == 0) {
        row->key[0] = (char)('0' + draw(10));
        row->step.key = row->key;
    }
}

/* Every event has at least one row. */
static void draw_rows(random_row *rows) {
    memset(rows, 0, ROWS * sizeof *rows);
    for (int i = 0; i < ROWS; i++) {
        const int number = i < EVENTS ? i : (int)draw(EVENTS);
        rows[i].is_event = i < EVENTS || draw(8) == 0;
        rows[i].id[0] = (char)('A' + number);
        if (rows[i].is_event) {
            draw_event(&rows[i], number);
        } else {
            draw_step(&rows[i]);
        }
    }
}

static void add_row(gridgov_ledger *ledger, const random_row *row) {
    gridgov_error err = {0};
    const gridgov_status status = row->is_event
                                      ? gridgov_ledger_add_event(NULL, ledger, &row->event,
                                                                 GRIDGOV_ON_DUPLICATE_VERSION, &err)
                                      : gridgov_ledger_add_step(ledger, &row->step, &err);
    if (status != GRIDGOV_OK) {
        fail_msg("%s", err.message);
    }
}

/* A sealed ledger of the rows recorded by a moment, shuffled and with doubles if asked. */
static gridgov_ledger *ledger_of(const random_row *rows, gridgov_time by, int shuffled) {
    gridgov_ledger *ledger = town_ledger();
    int order[2 * ROWS];
    int count = 0;
    for (int i = 0; i < ROWS; i++) {
        const gridgov_time recorded =
            rows[i].is_event ? rows[i].event.recorded_at : rows[i].step.recorded_at;
        if (recorded <= by) {
            order[count++] = i;
            if (shuffled && draw(3) == 0) {
                order[count++] = i;
            }
        }
    }
    for (int i = count - 1; i > 0 && shuffled; i--) {
        const int other = (int)draw((uint64_t)i + 1);
        const int kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
    for (int i = 0; i < count; i++) {
        add_row(ledger, &rows[order[i]]);
    }
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    return ledger;
}

static gridgov_cases *run(const gridgov_ledger *ledger, const gridgov_roster *roster,
                          gridgov_time as_of, gridgov_time known_by) {
    gridgov_cases_options options = {.struct_size = sizeof options};
    gridgov_cases *cases = NULL;
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = as_of;
    options.known_by = known_by;
    options.roster = roster;
    assert_int_equal(gridgov_cases_run(&cases, ledger, &options, NULL, NULL, NULL), GRIDGOV_OK);
    return cases;
}

/* The JSON says all there is to say of cases; but it names rows of the ledger, which are none. */
static void assert_same(const gridgov_cases *a, const gridgov_cases *b) {
    gridgov_bytes *text_a = NULL;
    gridgov_bytes *text_b = NULL;
    gridgov_caselist_options options = {.struct_size = sizeof options};
    gridgov_caselist_options_init(&options, sizeof options);
    for (int64_t i = 0; i < EVENTS; i++) {
        gridgov_event event = {.struct_size = sizeof event};
        if (!gridgov_caselist_match(a, i, 0)) {
            continue;
        }
        assert_int_equal(gridgov_ledger_event_at(&event, gridgov_cases_ledger(a), i), GRIDGOV_OK);
        options.only = i;
        assert_int_equal(gridgov_caselist_json(&text_a, a, &options, NULL), GRIDGOV_OK);
        options.only =
            gridgov_ledger_event_find(gridgov_cases_ledger(b), event.id, strlen(event.id));
        assert_int_equal(gridgov_caselist_json(&text_b, b, &options, NULL), GRIDGOV_OK);
        size_t size_a = 0, size_b = 0;
        const char *whole_a = gridgov_bytes_data(text_a, &size_a);
        const char *whole_b = gridgov_bytes_data(text_b, &size_b);
        // From the case on: the head has the digest of the ledger, which may have learnt more.
        whole_a = strstr(whole_a, "\"cases\": [");
        whole_b = strstr(whole_b, "\"cases\": [");
        assert_string_equal(whole_a, whole_b);
        gridgov_bytes_free(text_a);
        gridgov_bytes_free(text_b);
    }
}

static gridgov_roster *office(void) {
    gridgov_calendar *calendar = NULL;
    gridgov_roster *roster = NULL;
    assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_roster_open(&roster, calendar, "office", 6, NULL), GRIDGOV_OK);
    gridgov_calendar_free(calendar);
    return roster;
}

/* Spans follow each other, and their clocks add up to the total. */
static void check_clocks(const gridgov_cases *cases, int64_t c) {
    gridgov_case_clock total = {.struct_size = sizeof total};
    gridgov_case_clock clock = {.struct_size = sizeof clock};
    gridgov_case_hold hold = {.struct_size = sizeof hold};
    int64_t wall = 0, work = 0, paused = 0;
    gridgov_time before = GRIDGOV_NO_TIME;
    int unknown = 0;
    assert_int_equal(gridgov_case_clock_at(&total, cases, c, 2), GRIDGOV_OK);
    for (int64_t i = 0; gridgov_case_hold_at(&hold, cases, c, i) == GRIDGOV_OK; i++) {
        assert_true(hold.from >= before);
        before = hold.to == GRIDGOV_NO_TIME ? hold.from : hold.to;
        assert_true(before >= hold.from);
        assert_int_equal(gridgov_case_clock_at(&clock, cases, c, 3 + i), GRIDGOV_OK);
        assert_true(clock.from == hold.from && clock.agency == hold.agency);
        unknown |= clock.wall_seconds == GRIDGOV_NO_TIME;
        wall += unknown ? 0 : clock.wall_seconds;
        work += unknown ? 0 : clock.work_seconds;
        paused += unknown ? 0 : clock.paused_seconds;
    }
    assert_int_equal(total.wall_seconds == GRIDGOV_NO_TIME, unknown);
    if (!unknown) {
        assert_int_equal(total.wall_seconds, wall);
        assert_int_equal(total.work_seconds, work);
        assert_int_equal(total.paused_seconds, paused);
        assert_true(total.work_seconds <= total.wall_seconds);
    }
}

/* Every step that was known is played once; what is not accepted is a finding, and nothing else. */
static int64_t check_steps(const gridgov_cases *cases, int64_t c, gridgov_time as_of,
                           gridgov_time known_by) {
    const gridgov_ledger *ledger = gridgov_cases_ledger(cases);
    gridgov_case view = {.struct_size = sizeof view};
    gridgov_case_step step = {.struct_size = sizeof step};
    int64_t first = 0, count = 0, known = 0, given = 0, refused = 0;
    int32_t state = GRIDGOV_LIFECYCLE_START;
    assert_int_equal(gridgov_case_at(&view, cases, c), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_event_steps(&first, &count, ledger, c), GRIDGOV_OK);
    for (int64_t i = first; i < first + count && view.known; i++) {
        gridgov_step row = {.struct_size = sizeof row};
        gridgov_step newer = {.struct_size = sizeof newer};
        assert_int_equal(gridgov_ledger_step_at(&row, ledger, i), GRIDGOV_OK);
        const int superseded = row.newer != GRIDGOV_NONE &&
                               gridgov_ledger_step_at(&newer, ledger, row.newer) == GRIDGOV_OK &&
                               newer.recorded_at <= known_by;
        known += !row.derived && row.at <= as_of && row.recorded_at <= known_by && !superseded;
    }
    for (int64_t i = 0; gridgov_case_step_at(&step, cases, c, i) == GRIDGOV_OK; i++) {
        assert_int_equal(step.before, state);
        assert_true(step.accepted || step.after == step.before);
        state = step.after;
        given += !step.derived;
        refused += !step.accepted;
    }
    assert_int_equal(given, known);
    assert_int_equal(view.finding_count, refused);
    assert_int_equal(view.state, state);
    assert_int_equal(view.closed, view.state_class == GRIDGOV_STATE_CLOSED);
    return refused;
}

static void whatever_falls_the_laws_hold(void **unused) {
    (void)unused;
    static random_row rows[ROWS];
    gridgov_roster *roster = office();
    int64_t findings = 0;
    for (int life = 0; life < LIVES; life++) {
        draw_rows(rows);
        const gridgov_time as_of = town_at(2 + (int)draw(28), (int)draw(24));
        const gridgov_time known_by = as_of + (gridgov_time)draw(86400 * 20);
        gridgov_ledger *whole = ledger_of(rows, INT64_MAX, 0);
        gridgov_ledger *shuffled = ledger_of(rows, INT64_MAX, 1);
        gridgov_ledger *early = ledger_of(rows, known_by, 1);
        assert_string_equal(gridgov_ledger_digest(whole), gridgov_ledger_digest(shuffled));
        gridgov_cases *cases = run(whole, roster, as_of, known_by);
        gridgov_cases *again = run(shuffled, roster, as_of, known_by);
        gridgov_cases *then = run(early, roster, as_of, known_by);
        assert_same(cases, again);
        assert_same(cases, then); // what came later is not known
        int64_t refused = 0;
        for (int64_t c = 0; c < gridgov_case_count(cases); c++) {
            refused += check_steps(cases, c, as_of, known_by);
            if (gridgov_caselist_match(cases, c, 0)) {
                check_clocks(cases, c);
            }
        }
        assert_int_equal(gridgov_case_finding_count(cases), refused);
        findings += refused;
        gridgov_cases_free(cases);
        gridgov_cases_free(again);
        gridgov_cases_free(then);
        gridgov_ledger_free(whole);
        gridgov_ledger_free(shuffled);
        gridgov_ledger_free(early);
    }
    assert_true(findings > LIVES); // the generator does find what is not allowed
    gridgov_roster_free(roster);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_falls_the_laws_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
