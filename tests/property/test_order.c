/* SPDX-License-Identifier: Apache-2.0 */
/* The order of rows never matters: random months are added to a ledger in order and shuffled, whole
 * and with a part that is rewound and added again; digest, facts and issues are the same. The
 * generator is seeded, so a failure repeats. Each month also holds what the tally promises of every
 * cell: rows of a dimension add up to the events of the period, and a numerator never exceeds its
 * denominator, and the atoms of every cell add up to it. */
#include "base/rules.h"
#include "support/evidence_support.h"
#include "support/explain_support.h"
#include "support/small_town.h"

#include <stdlib.h>

enum {
    MONTHS = 60,
    EVENTS = 60,
    STEPS = 80,
    ACTIVITIES = 90,
    RECORDS = EVENTS + STEPS + ACTIVITIES
};

/* splitmix64: small, and the same everywhere. */
static uint64_t next_random(uint64_t *seed) {
    uint64_t z = (*seed += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int below(uint64_t *seed, int limit) {
    return (int)(next_random(seed) % (uint64_t)limit);
}

/* One record of any kind. */
typedef struct record {
    int sort; /* 0 event, 1 step, 2 activity */
    char id[16];
    gridgov_event event;
    gridgov_step step;
    gridgov_activity activity;
} record;

static const char *const categories[] = {"城市管理", "城 市管理", "消防安全", "怪事", "怪 事", ""};
static const char *const agencies[] = {"", "", "派出所", "PCS", "税务所", "税务 所"};

static gridgov_time some_time(uint64_t *seed) {
    return TOWN_FROM + (gridgov_time)below(seed, 34 * 24) * 3600 - (gridgov_time)2 * 86400;
}

static gridgov_time perhaps(uint64_t *seed, gridgov_time time) {
    return below(seed, 3) == 0 ? GRIDGOV_NO_TIME : time;
}

static int64_t some_unit(uint64_t *seed) {
    static const int64_t units[] = {TOWN_GRID_1, TOWN_GRID_2, TOWN_GRID_3, TOWN_COMMUNITY,
                                    GRIDGOV_NONE};
    return units[below(seed, 5)];
}

static void make_event(record *r, uint64_t *seed, int number) {
    r->sort = 0;
    memcpy(r->id, "E00", 4);
    r->id[1] = (char)('0' + number / 10);
    r->id[2] = (char)('0' + number % 10);
    r->event = town_event(r->id, some_unit(seed), some_time(seed));
    r->event.category_name = categories[below(seed, 6)];
    r->event.agency_name = agencies[below(seed, 6)];
    r->event.disposition = below(seed, 10);
    r->event.overdue = below(seed, 3);
    r->event.suspended = below(seed, 3);
    r->event.opening = below(seed, 8) == 0;
    r->event.closed = below(seed, 2) * GRIDGOV_TRI_YES;
    r->event.due_at = perhaps(seed, r->event.reported_at + below(seed, 9) * 86400);
    r->event.dispatch_due_at = perhaps(seed, r->event.reported_at + below(seed, 9) * 3600);
    r->event.closed_at = perhaps(seed, r->event.reported_at + below(seed, 9) * 86400);
}

static void make_step(record *r, uint64_t *seed) {
    int number = below(seed, EVENTS + 3); // some events do not exist
    r->sort = 1;
    memcpy(r->id, "E00", 4);
    r->id[1] = (char)('0' + number / 10);
    r->id[2] = (char)('0' + number % 10);
    r->step = town_step(r->id, 1 + below(seed, GRIDGOV_STEP_RATE), agencies[below(seed, 6)],
                        some_time(seed));
    r->step.recorded_at = perhaps(seed, some_time(seed));
    r->step.reason = below(seed, 2) ? "" : "缘由";
}

static void make_activity(record *r, uint64_t *seed, int number) {
    static const char *const officers[] = {"001", "002", "003"};
    static const char *const metrics[] = {"short_days", "visits_missing", "nothing",
                                          "agency_closed"};
    gridgov_activity *a = &r->activity;
    r->sort = 2;
    // The number makes rows that may stand only once differ; duplicates are another test's matter.
    memcpy(r->id, "o000", 5);
    r->id[2] = (char)('0' + number / 10);
    r->id[3] = (char)('0' + number % 10);
    *a = town_activity(1 + below(seed, GRIDGOV_ACTIVITY_FACT), TOWN_GRID_1);
    a->unit = below(seed, 2) ? TOWN_GRID_1 : TOWN_GRID_2;
    a->officer = officers[below(seed, 3)];
    a->key = r->id;
    a->day = TOWN_DAY_1 + below(seed, 33) - 1;
    a->day_to = a->day + 1 + below(seed, 4);
    a->at = some_time(seed);
    a->due_at = perhaps(seed, some_time(seed));
    a->amount = below(seed, 120);
    a->state = below(seed, 3);
    a->reason = below(seed, 2) ? "UNEXPLAINED" : "r";
    a->authority = "s";
    switch (a->kind) {
    case GRIDGOV_ACTIVITY_PATROL_DAY:
        a->officer = officers[number % 3];
        a->day = TOWN_DAY_1 + number / 3;
        break;
    case GRIDGOV_ACTIVITY_VISIT:
        a->key = "o001";
        break;
    case GRIDGOV_ACTIVITY_DISPUTE_REPORT:
        a->kind = number < 2 ? a->kind : GRIDGOV_ACTIVITY_MAINTENANCE;
        a->unit = number == 0 ? TOWN_GRID_1 : TOWN_GRID_2;
        break;
    case GRIDGOV_ACTIVITY_DEDUCTION:
        a->amount = -a->amount;
        break;
    case GRIDGOV_ACTIVITY_FACT:
        a->unit = below(seed, 2) ? GRIDGOV_NONE : a->unit;
        a->key = metrics[below(seed, 4)];
        a->state = GRIDGOV_CELL_NOT_APPLICABLE + below(seed, 2);
        break;
    default:
        break;
    }
}

static void make_month(record *records, uint64_t *seed) {
    for (int i = 0; i < EVENTS; i++) {
        make_event(&records[i], seed, i);
    }
    for (int i = 0; i < STEPS; i++) {
        make_step(&records[EVENTS + i], seed);
    }
    for (int i = 0; i < ACTIVITIES; i++) {
        make_activity(&records[EVENTS + STEPS + i], seed, i);
    }
}

static void add(gridgov_ledger *ledger, const record *r) {
    if (r->sort == 0) {
        town_add_event(ledger, &r->event);
    } else if (r->sort == 1) {
        assert_int_equal(gridgov_ledger_add_step(ledger, &r->step, NULL), GRIDGOV_OK);
    } else {
        town_add_activity(ledger, &r->activity);
    }
}

static void shuffle(int *order, uint64_t *seed) {
    for (int i = RECORDS - 1; i > 0; i--) {
        int j = below(seed, i + 1);
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

typedef struct result {
    gridgov_ledger *ledger;
    gridgov_facts *facts;
    gridgov_issues *issues;
} result;

static void count(result *out, const record *records, const int *order, int redo,
                  const gridgov_metrics *metrics, const gridgov_calendar *calendar,
                  uint64_t coverage) {
    gridgov_ledger_mark mark;
    gridgov_tally_options options;
    out->ledger = town_ledger();
    assert_int_equal(gridgov_issues_new(&out->issues, 0, NULL), GRIDGOV_OK);
    for (int32_t i = GRIDGOV_COVERAGE_EVENTS; i <= GRIDGOV_COVERAGE_ADJUSTMENTS; i++) {
        if (coverage >> i & 1) {
            assert_int_equal(gridgov_ledger_cover(out->ledger, i), GRIDGOV_OK);
        }
    }
    for (int i = 0; i < RECORDS; i++) {
        if (i == RECORDS / 2 && redo) {
            assert_int_equal(gridgov_ledger_mark_get(&mark, out->ledger), GRIDGOV_OK);
        }
        add(out->ledger, &records[order[i]]);
    }
    if (redo) {
        assert_int_equal(gridgov_ledger_rewind(out->ledger, &mark), GRIDGOV_OK);
        for (int i = RECORDS - 1; i >= RECORDS / 2; i--) {
            add(out->ledger, &records[order[i]]);
        }
    }
    assert_int_equal(gridgov_ledger_seal(out->ledger, out->issues, NULL), GRIDGOV_OK);
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    options.as_of = town_at(25, 12);
    assert_int_equal(gridgov_tally_run(&out->facts, out->ledger, metrics, calendar, &options,
                                       out->issues, NULL, NULL),
                     GRIDGOV_OK);
}

static void release(result *r) {
    gridgov_facts_free(r->facts);
    gridgov_ledger_free(r->ledger);
    gridgov_issues_free(r->issues);
}

static gridgov_cell cell_at(const gridgov_facts *facts, int32_t dimension, int64_t row,
                            int64_t metric) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    assert_int_equal(gridgov_facts_value(&cell, facts, dimension, row, metric), GRIDGOV_OK);
    return cell;
}

static void assert_same(const result *a, const result *b, const gridgov_metrics *metrics) {
    assert_string_equal(gridgov_ledger_digest(a->ledger), gridgov_ledger_digest(b->ledger));
    gridgov_metric metric = {.struct_size = sizeof metric};
    for (int64_t i = 0; gridgov_metrics_at(&metric, metrics, i) == GRIDGOV_OK; i++) {
        int64_t rows = gridgov_facts_row_count(a->facts, metric.dimension);
        assert_int_equal(rows, gridgov_facts_row_count(b->facts, metric.dimension));
        for (int64_t row = 0; row < rows; row++) {
            gridgov_cell x = cell_at(a->facts, metric.dimension, row, i);
            gridgov_cell y = cell_at(b->facts, metric.dimension, row, i);
            assert_memory_equal(&x, &y, sizeof x);
        }
    }
    int64_t adjustments = gridgov_facts_adjustment_count(a->facts);
    assert_int_equal(adjustments, gridgov_facts_adjustment_count(b->facts));
    for (int64_t i = 0; i < adjustments; i++) {
        gridgov_adjustment x = {.struct_size = sizeof x};
        gridgov_adjustment y = {.struct_size = sizeof y};
        gridgov_facts_adjustment_at(&x, a->facts, i);
        gridgov_facts_adjustment_at(&y, b->facts, i);
        assert_true(x.row == y.row && x.points == y.points && x.kind == y.kind);
        assert_string_equal(x.reason, y.reason);
        assert_string_equal(x.key, y.key);
    }
    assert_int_equal(gridgov_issues_count(a->issues), gridgov_issues_count(b->issues));
    gridgov_error issue;
    for (int64_t i = 0; gridgov_issues_at(&issue, a->issues, i) == GRIDGOV_OK; i++) {
        gridgov_error other;
        gridgov_issues_at(&other, b->issues, i);
        assert_string_equal(issue.message, other.message);
    }
}

/* Sum of a metric over its rows; −1 if a cell is unknown. */
static int64_t sum_of(const result *r, const gridgov_metrics *metrics, int32_t dimension,
                      const char *code) {
    int64_t metric = gridgov_metrics_find(metrics, code, strlen(code));
    int64_t sum = 0;
    for (int64_t row = 0; row < gridgov_facts_row_count(r->facts, dimension); row++) {
        gridgov_cell cell = cell_at(r->facts, dimension, row, metric);
        if (cell.state == GRIDGOV_CELL_UNKNOWN) {
            return -1;
        }
        sum += cell.value;
    }
    return sum;
}

static void assert_part(const result *r, const gridgov_metrics *metrics, int32_t dimension,
                        const char *part, const char *whole) {
    int64_t numerator = gridgov_metrics_find(metrics, part, strlen(part));
    int64_t denominator = gridgov_metrics_find(metrics, whole, strlen(whole));
    for (int64_t row = 0; row < gridgov_facts_row_count(r->facts, dimension); row++) {
        gridgov_cell x = cell_at(r->facts, dimension, row, numerator);
        gridgov_cell y = cell_at(r->facts, dimension, row, denominator);
        if (x.origin == GRIDGOV_ORIGIN_ROWS && x.state == GRIDGOV_CELL_VALUE &&
            y.origin == GRIDGOV_ORIGIN_ROWS && y.state == GRIDGOV_CELL_VALUE && x.value > y.value) {
            fail_msg("%s exceeds %s in row %d", part, whole, (int)row);
        }
    }
}

static void assert_sound(const result *r, const gridgov_metrics *metrics, uint64_t coverage) {
    enum { UNIT = GRIDGOV_DIMENSION_UNIT, AGENCY = GRIDGOV_DIMENSION_AGENCY };
    if (coverage >> GRIDGOV_COVERAGE_EVENTS & 1) {
        int64_t openings = 0;
        gridgov_event event = {.struct_size = sizeof event};
        for (int64_t i = 0; gridgov_ledger_event_at(&event, r->ledger, i) == GRIDGOV_OK; i++) {
            openings += event.opening;
        }
        int64_t inside = EVENTS - openings - gridgov_facts_outside(r->facts);
        assert_int_equal(sum_of(r, metrics, UNIT, "events_reported"), inside);
        assert_int_equal(sum_of(r, metrics, GRIDGOV_DIMENSION_CATEGORY, "category_events"), inside);
    }
    assert_part(r, metrics, UNIT, "cases_due_closed", "cases_due");
    assert_part(r, metrics, UNIT, "cases_held_overdue", "cases_held_due");
    assert_part(r, metrics, UNIT, "dispatch_missed", "dispatch_needed");
    assert_part(r, metrics, UNIT, "short_days", "required_days");
    assert_part(r, metrics, UNIT, "missing_days", "short_days");
    assert_part(r, metrics, UNIT, "visits_missing", "visits_required");
    assert_part(r, metrics, AGENCY, "agency_dispatched", "agency_handled");
    assert_part(r, metrics, AGENCY, "agency_closed", "agency_handled");
}

/* The month scored by the built-in policy, and every card explained. */
static void assert_reasons(const gridgov_ledger *ledger, const gridgov_policy *policy,
                           const gridgov_calendar *calendar) {
    gridgov_tally_options options;
    gridgov_facts *facts = NULL;
    gridgov_scorecards *cards = NULL;
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    options.as_of = town_at(25, 12);
    assert_int_equal(gridgov_tally_run(&facts, ledger, gridgov_policy_metrics(policy), calendar,
                                       &options, NULL, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_score_run(&cards, facts, policy, NULL, NULL, NULL), GRIDGOV_OK);
    assert_explained(cards);
    gridgov_scorecards_free(cards);
    gridgov_facts_free(facts);
}

static void shuffled_months(void **state) {
    (void)state;
    static record records[RECORDS];
    static int order[RECORDS];
    gridgov_pack pack = {.struct_size = sizeof pack};
    gridgov_metrics *metrics = NULL;
    gridgov_calendar *calendar = NULL;
    gridgov_policy *policy = NULL;
    static const char parameters[] = "{\"daily_distance_km\": \"2\"}";
    assert_int_equal(gridgov_pack_find(&pack, GRIDGOV_PACK_METRICS, "standard", 8, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_metrics_load(&metrics, pack.data, pack.size, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_policy_open(&policy, "baiguan-2021", 12, parameters, sizeof parameters - 1, NULL),
        GRIDGOV_OK);
    for (uint64_t month = 0; month < MONTHS; month++) {
        uint64_t seed = month;
        uint64_t coverage = month % 3 == 0 ? UINT64_MAX : next_random(&seed);
        result plain;
        result mixed;
        make_month(records, &seed);
        for (int i = 0; i < RECORDS; i++) {
            order[i] = i;
        }
        count(&plain, records, order, 0, metrics, calendar, coverage);
        shuffle(order, &seed);
        count(&mixed, records, order, (int)(month % 2), metrics, calendar, coverage);
        assert_same(&plain, &mixed, metrics);
        assert_sound(&plain, metrics, coverage);
        assert_true(assert_evidence(plain.facts, month % 10 == 0) > 0);
        assert_reasons(plain.ledger, policy, calendar);
        release(&plain);
        release(&mixed);
    }
    gridgov_metrics_free(metrics);
    gridgov_calendar_free(calendar);
    gridgov_policy_free(policy);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shuffled_months)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
