/* SPDX-License-Identifier: Apache-2.0 */
/* The measure `cases`: what every condition says of cases told step by step, whose part in a case
 * is an agency's own, and which time, cut-off and quantity a metric asks for; and the documents
 * that are refused. Times are in September 2021, the cut-off is the end of the 20th. */
#include "base/rules.h"
#include "support/small_town.h"

#include <stdio.h>
#include <stdlib.h>

#define LAST GRIDGOV_CONDITION_ENDED
#define HOLDS(name) (UINT64_C(1) << GRIDGOV_CONDITION_##name)

enum { DOCUMENT_SIZE = 1 << 16 };

typedef struct told_step {
    int32_t kind;
    const char *agency;
    int day, hour;
    const char *reason;
} told_step;

/* One metric a condition, of a dimension. */
static gridgov_metrics *condition_metrics(int32_t dimension) {
    char *json = malloc(DOCUMENT_SIZE);
    gridgov_metrics *metrics = NULL;
    size_t used = 0;
    assert_non_null(json);
    used +=
        (size_t)snprintf(json, DOCUMENT_SIZE, "{\"schema\":\"gridgov.metrics/1\",\"metrics\":[");
    for (int32_t c = 1; c <= LAST; c++) {
        const char *code = gridgov_code_text(GRIDGOV_KIND_CONDITION, c);
        used += (size_t)snprintf(json + used, DOCUMENT_SIZE - used,
                                 "%s{\"code\":\"%s\",\"name\":\"名%s\",\"dimension\":\"%s\","
                                 "\"measure\":\"cases\",\"where\":[\"%s\"]}",
                                 c == 1 ? "" : ",", code, code,
                                 gridgov_code_text(GRIDGOV_KIND_DIMENSION, dimension), code);
    }
    used += (size_t)snprintf(json + used, DOCUMENT_SIZE - used, "]}");
    assert_int_equal(gridgov_metrics_load(&metrics, json, used, NULL, NULL), GRIDGOV_OK);
    free(json);
    return metrics;
}

static gridgov_facts *tally(gridgov_ledger *ledger, const gridgov_metrics *metrics,
                            gridgov_time as_of, gridgov_time known_by) {
    gridgov_facts *facts = NULL;
    gridgov_error err = {0};
    gridgov_tally_options options;
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    options.as_of = as_of;
    options.known_by = known_by;
    if (gridgov_tally_run(&facts, ledger, metrics, NULL, &options, NULL, NULL, &err) !=
        GRIDGOV_OK) {
        fail_msg("%s", err.message);
    }
    return facts;
}

static gridgov_ledger *ledger_of(const gridgov_event *event, const told_step *steps, size_t count) {
    gridgov_ledger *ledger = town_ledger();
    town_cover_all(ledger);
    town_add_event(ledger, event);
    for (size_t i = 0; i < count; i++) {
        gridgov_step step = town_step(event->id, steps[i].kind, steps[i].agency,
                                      town_at(steps[i].day, steps[i].hour));
        step.reason = steps[i].reason == NULL ? "" : steps[i].reason;
        assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    }
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    return ledger;
}

/* What holds in a row, and what is unknown there. */
static void ask(uint64_t *holds, uint64_t *unknown, const gridgov_facts *facts, int32_t dimension,
                int64_t row) {
    *holds = *unknown = 0;
    for (int32_t c = 1; c <= LAST; c++) {
        gridgov_cell cell = {.struct_size = sizeof cell};
        assert_int_equal(gridgov_facts_value(&cell, facts, dimension, row, c - 1), GRIDGOV_OK);
        *holds |= (uint64_t)(cell.value == 1) << c;
        *unknown |= (uint64_t)(cell.missing == 1) << c;
        assert_true(cell.value + cell.missing <= 1);
    }
}

static void expect_set(const char *what, uint64_t found, uint64_t wanted) {
    for (int32_t c = 1; c <= LAST; c++) {
        if ((found ^ wanted) >> c & 1) {
            fail_msg("%s: %s is %d", what, gridgov_code_text(GRIDGOV_KIND_CONDITION, c),
                     (int)(found >> c & 1));
        }
    }
}

static void expect_case(const char *what, const gridgov_event *event, const told_step *steps,
                        size_t count, uint64_t wanted_holds, uint64_t wanted_unknown) {
    gridgov_metrics *metrics = condition_metrics(GRIDGOV_DIMENSION_UNIT);
    gridgov_ledger *ledger = ledger_of(event, steps, count);
    gridgov_facts *facts = tally(ledger, metrics, town_at(21, 0) - 1, GRIDGOV_NO_TIME);
    uint64_t holds = 0;
    uint64_t unknown = 0;
    ask(&holds, &unknown, facts, GRIDGOV_DIMENSION_UNIT, ROW_GRID_1);
    expect_set(what, unknown, wanted_unknown);
    expect_set(what, holds, wanted_holds);
    gridgov_facts_free(facts);
    gridgov_ledger_free(ledger);
    gridgov_metrics_free(metrics);
}

#define CASE(what, event, steps, holds, unknown)                                                   \
    expect_case(what, &(event), steps, sizeof(steps) / sizeof *(steps), holds, unknown)

/* Unknown of any case that says nothing of itself. */
#define SAYS_NOTHING                                                                               \
    (HOLDS(SELF_HANDLED) | HOLDS(VALID) | HOLDS(INVALID) | HOLDS(DUPLICATE) | HOLDS(SENT_BACK) |   \
     HOLDS(DISPATCHED_IN_TIME) | HOLDS(SATISFIED))

static void conditions(void **state) {
    (void)state;
    gridgov_event event = town_event("A", TOWN_GRID_1, town_at(5, 0));
    CASE("nothing but a report", event,
         ((const told_step[]){{GRIDGOV_STEP_REPORT, "", 5, 0, NULL}}), HOLDS(SELF_FOUND),
         SAYS_NOTHING | HOLDS(OVERDUE) | HOLDS(DUE) | HOLDS(HELD_DUE) | HOLDS(HELD_OVERDUE));
    event.due_at = town_at(10, 0);
    event.dispatch_due_at = town_at(6, 0);
    event.disposition = GRIDGOV_DISPOSITION_VALID;
    event.self_handled = GRIDGOV_TRI_NO;
    CASE("the straight way", event,
         ((const told_step[]){{GRIDGOV_STEP_FILE, "", 5, 1, NULL},
                              {GRIDGOV_STEP_DISPATCH, "派出所", 5, 2, NULL},
                              {GRIDGOV_STEP_ACKNOWLEDGE, "派出所", 5, 3, NULL},
                              {GRIDGOV_STEP_HANDLE, "派出所", 6, 0, NULL},
                              {GRIDGOV_STEP_CLOSE, "", 7, 0, NULL},
                              {GRIDGOV_STEP_RATE, "", 8, 0, "满意"}}),
         HOLDS(JUDGED) | HOLDS(VALID) | HOLDS(ACCEPTED) | HOLDS(FILED) | HOLDS(DISPATCH_DUE) |
             HOLDS(DISPATCHED) | HOLDS(DISPATCHED_IN_TIME) | HOLDS(ACKNOWLEDGED) | HOLDS(HANDLED) |
             HOLDS(HANDLED_IN_TIME) | HOLDS(CLOSED) | HOLDS(CLOSED_IN_TIME) | HOLDS(LIMITED) |
             HOLDS(DUE) | HOLDS(RATED) | HOLDS(SATISFIED) | HOLDS(FIRST_TIME_RIGHT) | HOLDS(HOLDER),
         0);
    event.disposition = GRIDGOV_DISPOSITION_DUPLICATE;
    CASE("to and fro", event,
         ((const told_step[]){{GRIDGOV_STEP_DISPATCH, "派出所", 7, 0, NULL},
                              {GRIDGOV_STEP_DISPATCH, "司法所", 8, 0, NULL},
                              {GRIDGOV_STEP_RETURN, "司法所", 9, 0, "不属本级"},
                              {GRIDGOV_STEP_DISPATCH, "派出所", 9, 1, NULL},
                              {GRIDGOV_STEP_HANDLE, "派出所", 11, 0, NULL},
                              {GRIDGOV_STEP_URGE, "", 11, 1, NULL}}),
         HOLDS(JUDGED) | HOLDS(INVALID) | HOLDS(DUPLICATE) | HOLDS(DISPATCH_DUE) |
             HOLDS(DISPATCHED) | HOLDS(DISPATCH_MISSED) | HOLDS(REDISPATCHED) | HOLDS(RETURNED) |
             HOLDS(HANDLED) | HOLDS(AWAITING_CLOSE) | HOLDS(OVERDUE) | HOLDS(LIMITED) | HOLDS(DUE) |
             HOLDS(URGED) | HOLDS(PING_PONG) | HOLDS(HOLDER),
         HOLDS(SATISFIED));
    event = town_event("A", TOWN_GRID_1, town_at(5, 0));
    event.due_at = town_at(25, 0);
    event.suspended = GRIDGOV_TRI_YES;
    event.overdue = GRIDGOV_TRI_NO;
    CASE("suspended, not due", event,
         ((const told_step[]){{GRIDGOV_STEP_DISPATCH, "派出所", 6, 0, NULL}}),
         HOLDS(DISPATCHED) | HOLDS(LIMITED) | HOLDS(SUSPENDED) | HOLDS(HOLDER), SAYS_NOTHING);
}

static void ends(void **state) {
    (void)state;
    gridgov_event event = town_event("A", TOWN_GRID_1, town_at(5, 0));
    event.overdue = GRIDGOV_TRI_YES;
    event.opening = 1;
    const uint64_t always = HOLDS(OPENING) | HOLDS(SELF_FOUND);
    const uint64_t unknown = SAYS_NOTHING | HOLDS(DUE);
    CASE("void", event, ((const told_step[]){{GRIDGOV_STEP_VOID, "", 6, 0, "重复"}}),
         always | HOLDS(VOIDED) | HOLDS(ENDED) | HOLDS(OVERDUE) | HOLDS(HELD_DUE) |
             HOLDS(HELD_OVERDUE),
         unknown);
    CASE("rejected", event, ((const told_step[]){{GRIDGOV_STEP_REJECT, "", 6, 0, "不属本级"}}),
         always | HOLDS(REJECTED) | HOLDS(ENDED) | HOLDS(OVERDUE) | HOLDS(HELD_DUE) |
             HOLDS(HELD_OVERDUE),
         unknown);
    CASE("closed, excused, rated badly", event,
         ((const told_step[]){{GRIDGOV_STEP_CLOSE, "", 6, 0, NULL},
                              {GRIDGOV_STEP_APPEAL, "", 7, 0, NULL},
                              {GRIDGOV_STEP_APPEAL_GRANT, "", 8, 0, NULL},
                              {GRIDGOV_STEP_RATE, "", 9, 0, "不满意"}}),
         always | HOLDS(HANDLED) | HOLDS(CLOSED) | HOLDS(OVERDUE) | HOLDS(EXCUSED) | HOLDS(RATED) |
             HOLDS(FIRST_TIME_RIGHT) | HOLDS(HELD_DUE) | HOLDS(HELD_OVERDUE),
         unknown & ~HOLDS(SATISFIED));
}

/* The part of each agency in one case is its own. */
static void agencies(void **state) {
    (void)state;
    static const told_step steps[] = {{GRIDGOV_STEP_DISPATCH, "派出所", 6, 0, NULL},
                                      {GRIDGOV_STEP_ACKNOWLEDGE, "派出所", 6, 1, NULL},
                                      {GRIDGOV_STEP_RETURN, "派出所", 6, 2, "不属本级"},
                                      {GRIDGOV_STEP_DISPATCH, "司法所", 6, 3, NULL},
                                      {GRIDGOV_STEP_HANDLE, "司法所", 7, 0, NULL},
                                      {GRIDGOV_STEP_REWORK, "司法所", 8, 0, NULL},
                                      {GRIDGOV_STEP_CLOSE, "", 9, 0, NULL}};
    gridgov_event event = town_event("A", TOWN_GRID_1, town_at(5, 0));
    event.due_at = town_at(10, 0);
    gridgov_metrics *metrics = condition_metrics(GRIDGOV_DIMENSION_AGENCY);
    gridgov_ledger *ledger = ledger_of(&event, steps, sizeof steps / sizeof steps[0]);
    gridgov_facts *facts = tally(ledger, metrics, GRIDGOV_NO_TIME, GRIDGOV_NO_TIME);
    const uint64_t own = HOLDS(SELF_FOUND) | HOLDS(DISPATCHED) | HOLDS(ACKNOWLEDGED) |
                         HOLDS(RETURNED) | HOLDS(HANDLED) | HOLDS(HANDLED_IN_TIME) |
                         HOLDS(REWORKED) | HOLDS(HOLDER);
    uint64_t holds = 0;
    uint64_t unknown = 0;
    ask(&holds, &unknown, facts, GRIDGOV_DIMENSION_AGENCY, 0);
    expect_set("first agency", holds & own,
               HOLDS(DISPATCHED) | HOLDS(ACKNOWLEDGED) | HOLDS(RETURNED));
    assert_true(holds & HOLDS(CLOSED) && holds & HOLDS(REDISPATCHED));
    ask(&holds, &unknown, facts, GRIDGOV_DIMENSION_AGENCY, 1);
    expect_set("second agency", holds & own,
               HOLDS(DISPATCHED) | HOLDS(HANDLED) | HOLDS(HANDLED_IN_TIME) | HOLDS(REWORKED) |
                   HOLDS(HOLDER));
    gridgov_facts_free(facts);
    gridgov_ledger_free(ledger);
    gridgov_metrics_free(metrics);
}

#define M(code, rest)                                                                              \
    "{\"code\":\"" code "\",\"name\":\"名" code                                                    \
    "\",\"dimension\":\"total\",\"measure\":\"cases\"" rest "}"

/* A case that crosses months, under each attribution and cut-off; and what was recorded late. */
/* Metrics of the measure `cases` over the total, one for each text of further members. */
static gridgov_metrics *total_metrics(const char *const *rests, size_t count) {
    char json[8192] = "{\"schema\":\"gridgov.metrics/1\",\"metrics\":[";
    gridgov_metrics *metrics = NULL;
    gridgov_error err = {0};
    size_t used = strlen(json);
    for (size_t i = 0; i < count; i++) {
        used += (size_t)snprintf(json + used, sizeof json - used,
                                 "%s{\"code\":\"m%d\",\"name\":\"名%d\",\"dimension\":\"total\","
                                 "\"measure\":\"cases\"%s}",
                                 i == 0 ? "" : ",", (int)i, (int)i, rests[i]);
    }
    used += (size_t)snprintf(json + used, sizeof json - used, "]}");
    if (gridgov_metrics_load(&metrics, json, used, NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s %s", err.field, err.message);
    }
    return metrics;
}

static gridgov_cell total_cell(const gridgov_facts *facts, int64_t metric) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    assert_int_equal(gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_TOTAL, 0, metric),
                     GRIDGOV_OK);
    return cell;
}

static void times(void **state) {
    (void)state;
    static const char *const rests[] = {
        "",
        ",\"attribution\":\"report\"",
        ",\"attribution\":\"dispatch\"",
        ",\"attribution\":\"due\"",
        ",\"attribution\":\"close\"",
        ",\"attribution\":\"due\",\"where\":[\"closed\"]",
        ",\"attribution\":\"due\",\"where\":[\"closed\"],\"cut_off\":\"period\"",
        ",\"attribution\":\"due\",\"where\":[{\"closed_within\":{\"days\":29}}]",
        ",\"attribution\":\"due\",\"where\":[{\"closed_within\":{\"hours\":671}}]",
        ",\"attribution\":\"due\",\"quantity\":\"seconds\"",
        ",\"attribution\":\"due\",\"quantity\":\"dispatches\"",
    };
    // Reported on 30 August, dispatched on 2 September, due on the 10th, closed as given.
    const struct {
        int close_day;
        gridgov_time recorded_at, as_of, known_by;
        int64_t values[11];
    } rows[] = {
        {27,
         GRIDGOV_NO_TIME,
         GRIDGOV_NO_TIME,
         GRIDGOV_NO_TIME,
         {0, 0, 1, 1, 1, 1, 1, 1, 0, INT64_C(28) * 86400, 1}},
        // Closed in October, seen in October: not within the period, and not by its end.
        {32,
         GRIDGOV_NO_TIME,
         town_at(35, 0),
         GRIDGOV_NO_TIME,
         {0, 0, 1, 1, 0, 1, 0, 0, 0, INT64_C(33) * 86400, 1}},
        // Closed in September, recorded in October: not known at the end of September.
        {27,
         town_at(33, 0),
         GRIDGOV_NO_TIME,
         GRIDGOV_NO_TIME,
         {0, 0, 1, 1, 0, 0, 0, 0, 0, INT64_C(32) * 86400 - 1, 1}},
        // The same, asked later what had happened by the end of September.
        {27,
         town_at(33, 0),
         GRIDGOV_NO_TIME,
         town_at(34, 0),
         {0, 0, 1, 1, 1, 1, 1, 1, 0, INT64_C(28) * 86400, 1}},
    };
    gridgov_metrics *metrics = total_metrics(rests, sizeof rests / sizeof rests[0]);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gridgov_ledger *ledger = town_ledger();
        town_cover_all(ledger);
        gridgov_event event = town_event("A", TOWN_GRID_1, town_at(-1, 0));
        event.due_at = town_at(10, 0);
        town_add_event(ledger, &event);
        town_add_step(ledger, "A", GRIDGOV_STEP_DISPATCH, "派出所", town_at(2, 0));
        gridgov_step close = town_step("A", GRIDGOV_STEP_CLOSE, "", town_at(rows[i].close_day, 0));
        close.recorded_at = rows[i].recorded_at;
        assert_int_equal(gridgov_ledger_add_step(ledger, &close, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
        gridgov_facts *facts = tally(ledger, metrics, rows[i].as_of, rows[i].known_by);
        for (int64_t m = 0; m < 11; m++) {
            const gridgov_cell cell = total_cell(facts, m);
            if (cell.value != rows[i].values[m]) {
                fail_msg("row %d, metric %d: %lld", (int)i, (int)m, (long long)cell.value);
            }
        }
        gridgov_facts_free(facts);
        gridgov_ledger_free(ledger);
    }
    gridgov_metrics_free(metrics);
}

#define SECONDS(clock) ",\"quantity\":\"seconds\",\"clock\":\"" clock "\""
#define WITHIN(hours, clock)                                                                       \
    ",\"where\":[{\"closed_within\":{\"hours\":" hours "}}],\"clock\":\"" clock "\""

/* Clocks of a case that was suspended for two days, and reopened a day after its first closing. */
static void clocks(void **state) {
    (void)state;
    static const char *const rests[] = {
        ",\"quantity\":\"seconds\"",
        SECONDS("total"),
        SECONDS("first_close"),
        SECONDS("response"),
        WITHIN("96", "total"),
        WITHIN("95", "total"),
        WITHIN("48", "first_close"),
        WITHIN("47", "first_close"),
        ",\"where\":[{\"closed_within\":{\"hours\":167}}]",
        ",\"quantity\":\"seconds\",\"clock\":\"total\",\"cut_off\":\"period\"",
    };
    static const told_step steps[] = {
        {GRIDGOV_STEP_DISPATCH, "派出所", 5, 2, NULL},
        {GRIDGOV_STEP_ACKNOWLEDGE, "派出所", 5, 3, NULL},
        {GRIDGOV_STEP_SUSPEND, "派出所", 6, 0, NULL},
        {GRIDGOV_STEP_RESUME, "派出所", 8, 0, NULL},
        {GRIDGOV_STEP_HANDLE, "派出所", 8, 12, NULL},
        {GRIDGOV_STEP_CLOSE, "", 9, 0, NULL},
        {GRIDGOV_STEP_REOPEN, "", 10, 0, NULL},
        {GRIDGOV_STEP_CLOSE, "", 12, 0, NULL},
    };
    enum { HOUR = 3600, DAY = 86400 };
    const struct {
        size_t steps;
        gridgov_time as_of;
        int64_t values[10];
    } rows[] = {
        {8, town_at(21, 0) - 1, {7 * DAY, 4 * DAY, 2 * DAY, 2 * HOUR, 1, 0, 1, 0, 0, 4 * DAY}},
        // Suspended at the cut-off: its clock has stood still since.
        {3, town_at(7, 0), {2 * DAY, DAY, DAY, 2 * HOUR, 0, 0, 0, 0, 0, DAY}},
        // Closed for a day, not yet reopened.
        {6, town_at(9, 12), {4 * DAY, 2 * DAY, 2 * DAY, 2 * HOUR, 1, 1, 1, 0, 1, 2 * DAY}},
        // Open again: no closing stands, and the first one is what it was.
        {7, town_at(11, 0), {6 * DAY, 3 * DAY, 2 * DAY, 2 * HOUR, 0, 0, 0, 0, 0, 3 * DAY}},
        // Nobody has answered: the clock of the response runs to the cut-off.
        {0, town_at(6, 0), {DAY, DAY, DAY, DAY, 0, 0, 0, 0, 0, DAY}},
    };
    gridgov_metrics *metrics = total_metrics(rests, sizeof rests / sizeof rests[0]);
    gridgov_event event = town_event("A", TOWN_GRID_1, town_at(5, 0));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gridgov_ledger *ledger = ledger_of(&event, steps, rows[i].steps);
        gridgov_facts *facts = tally(ledger, metrics, rows[i].as_of, GRIDGOV_NO_TIME);
        for (int64_t m = 0; m < 10; m++) {
            const gridgov_cell cell = total_cell(facts, m);
            if (cell.state != GRIDGOV_CELL_VALUE || cell.value != rows[i].values[m]) {
                fail_msg("row %d, metric %d: %lld", (int)i, (int)m, (long long)cell.value);
            }
        }
        gridgov_facts_free(facts);
        gridgov_ledger_free(ledger);
    }
    // Its row says that it is suspended, and nobody says since when: all but the first are unknown.
    event.suspended = GRIDGOV_TRI_YES;
    gridgov_ledger *ledger = ledger_of(&event, steps, 1);
    gridgov_facts *facts = tally(ledger, metrics, town_at(7, 0), GRIDGOV_NO_TIME);
    assert_int_equal(total_cell(facts, 0).value, 2 * DAY);
    for (int64_t m = 1; m < 4; m++) {
        assert_int_equal(total_cell(facts, m).state, GRIDGOV_CELL_UNKNOWN);
        assert_int_equal(total_cell(facts, m).missing, 1);
    }
    gridgov_facts_free(facts);
    gridgov_ledger_free(ledger);
    gridgov_metrics_free(metrics);
}

/* Working time of a case that was suspended from Thursday over a weekend. */
static void working_clocks(void **state) {
    (void)state;
    static const char *const rests[] = {
        ",\"quantity\":\"work_seconds\"",
        ",\"quantity\":\"work_seconds\",\"clock\":\"total\"",
        ",\"where\":[{\"closed_within\":{\"work_hours\":8}}]",
        ",\"where\":[{\"closed_within\":{\"workdays\":1}}],\"clock\":\"total\"",
        ",\"where\":[{\"closed_within\":{\"work_hours\":7}}],\"clock\":\"total\"",
    };
    static const int64_t values[] = {16 * 3600, 8 * 3600, 0, 1, 0};
    static const told_step steps[] = {
        {GRIDGOV_STEP_DISPATCH, "派出所", 1, 9, NULL},
        {GRIDGOV_STEP_ACKNOWLEDGE, "派出所", 1, 10, NULL},
        {GRIDGOV_STEP_SUSPEND, "派出所", 2, 8, NULL},
        {GRIDGOV_STEP_RESUME, "派出所", 6, 8, NULL},
        {GRIDGOV_STEP_CLOSE, "", 6, 12, NULL},
    };
    gridgov_metrics *metrics = total_metrics(rests, sizeof rests / sizeof rests[0]);
    gridgov_event event = town_event("A", TOWN_GRID_1, town_at(1, 8));
    gridgov_ledger *ledger = ledger_of(&event, steps, sizeof steps / sizeof steps[0]);
    gridgov_roster *roster = town_mornings();
    for (int with_roster = 0; with_roster < 2; with_roster++) {
        const gridgov_tally_reference reference = {
            .struct_size = sizeof reference,
            .taxonomy = gridgov_ledger_taxonomy(ledger),
            .units = gridgov_ledger_units(ledger),
            .roster = with_roster ? roster : NULL,
        };
        gridgov_tally_options options;
        gridgov_tally *tally = NULL;
        gridgov_facts *facts = NULL;
        gridgov_tally_options_init(&options, sizeof options);
        options.period.from = TOWN_FROM;
        options.period.to = TOWN_TO;
        assert_int_equal(gridgov_tally_new(&tally, metrics, &reference, &options, NULL),
                         GRIDGOV_OK);
        assert_int_equal(gridgov_tally_add_ledger(tally, ledger, NULL, NULL, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_tally_finish(&facts, tally, NULL, NULL, NULL), GRIDGOV_OK);
        for (int64_t m = 0; m < 5; m++) {
            const gridgov_cell cell = total_cell(facts, m);
            assert_int_equal(cell.state, with_roster ? GRIDGOV_CELL_VALUE : GRIDGOV_CELL_UNKNOWN);
            assert_int_equal(cell.value, with_roster ? values[m] : 0);
        }
        gridgov_facts_free(facts);
        gridgov_tally_free(tally);
    }
    gridgov_roster_free(roster);
    gridgov_ledger_free(ledger);
    gridgov_metrics_free(metrics);
}

/* Each fixed measure beside its own conditions. */
static gridgov_metrics *paired_metrics(void) {
    static const struct {
        const char *dimension, *measure, *rest, *own;
    } pairs[] = {
        {"unit", "events_reported", "", ",\"among\":[\"not opening\"]"},
        {"unit", "events_disposed", ",\"dispositions\":[\"void\",\"false\"]",
         ",\"among\":[\"not opening\"],\"dispositions\":[\"false\",\"void\"]"},
        {"unit", "cases_due", "", ",\"among\":[\"not suspended\"],\"where\":[\"due\"]"},
        {"unit", "cases_held_overdue", "",
         ",\"among\":[\"not suspended\"],\"where\":[\"held_overdue\"]"},
        {"unit", "dispatch_missed", "", ",\"where\":[\"dispatch_missed\"]"},
        {"agency", "agency_handled", "", ""},
        {"agency", "agency_dispatched", "", ",\"where\":[\"not self_found\"]"},
        {"agency", "agency_closed", "", ",\"where\":[\"closed\"]"},
    };
    char json[8192] = "{\"schema\":\"gridgov.metrics/1\",\"metrics\":[";
    gridgov_metrics *metrics = NULL;
    size_t used = strlen(json);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        used += (size_t)snprintf(
            json + used, sizeof json - used,
            "%s{\"code\":\"%s\",\"name\":\"旧%s\",\"dimension\":\"%s\",\"measure\":\"%s\"%s},"
            "{\"code\":\"my_%s\",\"name\":\"新%s\",\"dimension\":\"%s\",\"measure\":\"cases\"%s}",
            i == 0 ? "" : ",", pairs[i].measure, pairs[i].measure, pairs[i].dimension,
            pairs[i].measure, pairs[i].rest, pairs[i].measure, pairs[i].measure, pairs[i].dimension,
            pairs[i].own);
    }
    used += (size_t)snprintf(json + used, sizeof json - used, "]}");
    assert_int_equal(gridgov_metrics_load(&metrics, json, used, NULL, NULL), GRIDGOV_OK);
    return metrics;
}

/* The fixed measures and their own conditions say the same of every cell. */
static void measures_are_conditions(void **state) {
    (void)state;
    gridgov_metrics *metrics = paired_metrics();
    gridgov_ledger *ledger = town_ledger();
    town_cover_all(ledger);
    for (int i = 0; i < 200; i++) {
        char id[8];
        (void)snprintf(id, sizeof id, "E%03d", i);
        gridgov_event event = town_event(id, i % 3 ? TOWN_GRID_1 : TOWN_GRID_2, town_at(1, i));
        event.disposition = i % 10;
        event.opening = i % 7 == 0;
        event.suspended = i % 3;
        event.overdue = i % 3;
        event.due_at = i % 4 ? town_at(1 + i % 30, 0) + INT64_C(86400) * 9 : GRIDGOV_NO_TIME;
        event.dispatch_due_at = i % 5 ? town_at(1, i + i % 11) : GRIDGOV_NO_TIME;
        event.closed_at = i % 2 ? town_at(1, i + i % 300) : GRIDGOV_NO_TIME;
        event.agency_name = i % 6 ? "" : "司法所";
        town_add_event(ledger, &event);
        if (i % 5 < 2) {
            town_add_step(ledger, id, GRIDGOV_STEP_DISPATCH, i % 2 ? "派出所" : "司法所",
                          town_at(1, i + 3));
        }
    }
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    gridgov_facts *facts = tally(ledger, metrics, GRIDGOV_NO_TIME, GRIDGOV_NO_TIME);
    for (int64_t m = 0; m < gridgov_metrics_count(metrics); m += 2) {
        gridgov_metric metric = {.struct_size = sizeof metric};
        assert_int_equal(gridgov_metrics_at(&metric, metrics, m), GRIDGOV_OK);
        int64_t sum = 0;
        for (int64_t row = 0; row < gridgov_facts_row_count(facts, metric.dimension); row++) {
            gridgov_cell left = {.struct_size = sizeof left};
            gridgov_cell right = {.struct_size = sizeof right};
            gridgov_facts_value(&left, facts, metric.dimension, row, m);
            gridgov_facts_value(&right, facts, metric.dimension, row, m + 1);
            if (memcmp(&left, &right, sizeof left) != 0) {
                fail_msg("%s, row %d: %d and %d", metric.code, (int)row, (int)left.value,
                         (int)right.value);
            }
            sum += left.value;
        }
        assert_true(sum > 0);
    }
    gridgov_facts_free(facts);
    gridgov_ledger_free(ledger);
    gridgov_metrics_free(metrics);
}

static void refusals(void **state) {
    (void)state;
#define DOCUMENT(rest) "{\"schema\":\"gridgov.metrics/1\",\"metrics\":[" M("a", rest) "]}"
    const struct {
        const char *json;
        int32_t rule;
        const char *field;
    } rows[] = {
        {DOCUMENT(",\"where\":[\"closing\"]"), GG_RULE_JSON_CODE, "/metrics/0/where/0"},
        {DOCUMENT(",\"where\":[\"not\"]"), GG_RULE_JSON_CODE, "/metrics/0/where/0"},
        {DOCUMENT(",\"where\":[\"closed\",\"not closed\"]"), GG_RULE_JSON_DUPLICATE,
         "/metrics/0/where/1"},
        {DOCUMENT(",\"any\":[\"closed\",\"closed\"]"), GG_RULE_JSON_DUPLICATE, "/metrics/0/any/1"},
        {DOCUMENT(",\"any\":[{\"closed_within\":{\"days\":1}}]"), GG_RULE_JSON_TYPE,
         "/metrics/0/any/0"},
        {DOCUMENT(",\"where\":[{\"closed_within\":{\"days\":1,\"hours\":1}}]"), GG_RULE_JSON_RULE,
         "/metrics/0/where/0/closed_within"},
        {DOCUMENT(",\"where\":[{\"closed_within\":{\"weeks\":1}}]"), GG_RULE_JSON_KEY,
         "/metrics/0/where/0/closed_within/weeks"},
        {DOCUMENT(",\"where\":[{\"closed_within\":{\"days\":-1}}]"), GG_RULE_JSON_RANGE,
         "/metrics/0/where/0/closed_within/days"},
        {DOCUMENT(",\"attribution\":\"birth\""), GG_RULE_JSON_CODE, "/metrics/0/attribution"},
        {DOCUMENT(",\"cut_off\":\"never\""), GG_RULE_JSON_CODE, "/metrics/0/cut_off"},
        {DOCUMENT(",\"quantity\":\"kilos\""), GG_RULE_JSON_CODE, "/metrics/0/quantity"},
        {DOCUMENT(",\"quantity\":\"seconds\",\"clock\":\"sun\""), GG_RULE_JSON_CODE,
         "/metrics/0/clock"},
        {DOCUMENT(",\"quantity\":\"seconds\",\"clock\":\"holder\""), GG_RULE_JSON_RULE,
         "/metrics/0/clock"},
        {DOCUMENT(",\"clock\":\"total\""), GG_RULE_JSON_RULE, "/metrics/0/clock"},
        {DOCUMENT(",\"quantity\":\"returns\",\"clock\":\"total\""), GG_RULE_JSON_RULE,
         "/metrics/0/clock"},
        {DOCUMENT(WITHIN("2", "response")), GG_RULE_JSON_RULE, "/metrics/0/clock"},
        {"{\"schema\":\"gridgov.metrics/1\",\"metrics\":[{\"code\":\"a\",\"name\":\"n\","
         "\"dimension\":\"unit\",\"measure\":\"cases_due\",\"clock\":\"total\"}]}",
         GG_RULE_JSON_RULE, "/metrics/0/clock"},
        {DOCUMENT(",\"minimum_minutes\":1"), GG_RULE_JSON_RULE, "/metrics/0/minimum_minutes"},
        {"{\"schema\":\"gridgov.metrics/1\",\"metrics\":[{\"code\":\"a\",\"name\":\"n\","
         "\"dimension\":\"unit\",\"measure\":\"cases_due\",\"where\":[\"closed\"]}]}",
         GG_RULE_JSON_RULE, "/metrics/0/where"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gridgov_metrics *metrics = NULL;
        gridgov_error err = {0};
        assert_true(gridgov_metrics_load(&metrics, rows[i].json, strlen(rows[i].json), NULL, &err) <
                    0);
        if (err.rule != rows[i].rule || strcmp(err.field, rows[i].field) != 0) {
            fail_msg("%s: rule %d at %s: %s", rows[i].json, (int)err.rule, err.field, err.message);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions),
        cmocka_unit_test(ends),
        cmocka_unit_test(agencies),
        cmocka_unit_test(times),
        cmocka_unit_test(clocks),
        cmocka_unit_test(working_clocks),
        cmocka_unit_test(measures_are_conditions),
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
