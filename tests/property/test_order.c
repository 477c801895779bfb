/* SPDX-License-Identifier: Apache-2.0 */
/* The order of rows never matters: random months are added to a ledger in order and shuffled, whole
 * and with a part that is rewound and added again; digest, facts and issues are the same. The
 * generator is seeded, so a failure repeats. Each month also holds what the tally promises of every
 * cell: rows of a dimension add up to the events of the period, and a numerator never exceeds its
 * denominator, and the atoms of every cell add up to it. */
#include "base/rules.h"
#include "support/evidence_support.h"
#include "support/explain_support.h"
#include "support/random_month.h"

#include <stdlib.h>

enum { MONTHS = 60 };

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
    with_rulings = 1;
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
