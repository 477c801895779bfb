/* SPDX-License-Identifier: Apache-2.0 */
/* Looking into facts: rows and cells of each dimension, adjustments and their order, what facts
 * keep alive. */
#include "base/rules.h"
#include "support/small_town.h"

static const char metrics_json[] =
    "{\"schema\": \"gridgov.metrics/1\", \"metrics\": ["
    "{\"code\": \"u\", \"name\": \"单位数\", \"dimension\": \"unit\", \"measure\": "
    "\"events_reported\"},"
    "{\"code\": \"c\", \"name\": \"类型数\", \"dimension\": \"category\", \"measure\": "
    "\"events_reported\"},"
    "{\"code\": \"a\", \"name\": \"办理数\", \"dimension\": \"agency\", \"measure\": "
    "\"agency_handled\"}]}";

static gridgov_metrics *load_metrics(void) {
    gridgov_metrics *metrics = NULL;
    assert_int_equal(
        gridgov_metrics_load(&metrics, metrics_json, sizeof metrics_json - 1, NULL, NULL),
        GRIDGOV_OK);
    return metrics;
}

/* Seal and count; the caller's holds of ledger and metrics are given up. */
static gridgov_facts *count(gridgov_ledger *ledger, gridgov_issues *issues) {
    gridgov_metrics *metrics = load_metrics();
    gridgov_facts *facts = NULL;
    gridgov_tally_options options;
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    options.as_of = town_at(20, 0);
    assert_int_equal(gridgov_ledger_seal(ledger, issues, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tally_run(&facts, ledger, metrics, NULL, &options, issues, NULL, NULL),
                     GRIDGOV_OK);
    gridgov_metrics_free(metrics);
    gridgov_ledger_free(ledger);
    return facts;
}

static void options_defaults(void **state) {
    (void)state;
    gridgov_tally_options options;
    gridgov_tally_options_init(&options, sizeof options);
    assert_int_equal(options.struct_size, sizeof options);
    assert_int_equal(options.utc_offset_minutes, 480);
    assert_true(options.as_of == GRIDGOV_NO_TIME && options.period.from == GRIDGOV_NO_TIME);
    gridgov_tally_options_init(NULL, sizeof options);
}

static void expect_row(const gridgov_facts *facts, int32_t dimension, int64_t index,
                       const char *name, int64_t unit, int32_t kind, int32_t known) {
    gridgov_facts_row row = {.struct_size = sizeof row};
    assert_int_equal(gridgov_facts_row_at(&row, facts, dimension, index), GRIDGOV_OK);
    assert_string_equal(row.name, name);
    assert_true(row.unit == unit);
    assert_int_equal(row.kind, kind);
    assert_int_equal(row.known, known);
    assert_int_equal(row.active, 1);
}

static void rows(void **state) {
    (void)state;
    gridgov_ledger *ledger = town_ledger();
    gridgov_event event = town_event("A", TOWN_GRID_1, town_at(1, 0));
    event.agency_name = "税务所";
    event.category_name = "稀奇";
    town_add_event(ledger, &event);
    gridgov_facts *facts = count(ledger, NULL);
    const int64_t none = GRIDGOV_NONE;
    assert_int_equal(gridgov_facts_row_count(facts, GRIDGOV_DIMENSION_UNIT), ROW_COUNT);
    expect_row(facts, GRIDGOV_DIMENSION_UNIT, ROW_COMMUNITY, "高丰社区", TOWN_COMMUNITY,
               GRIDGOV_UNIT_COMMUNITY, 1);
    expect_row(facts, GRIDGOV_DIMENSION_UNIT, ROW_GRID_3, "三网格", TOWN_GRID_3, GRIDGOV_UNIT_GRID,
               1);
    expect_row(facts, GRIDGOV_DIMENSION_UNIT, ROW_STREET, "", none, 0, 1);
    assert_int_equal(gridgov_facts_row_count(facts, GRIDGOV_DIMENSION_CATEGORY), 14);
    expect_row(facts, GRIDGOV_DIMENSION_CATEGORY, 1, "城市管理", none, 0, 1);
    expect_row(facts, GRIDGOV_DIMENSION_CATEGORY, 13, "稀奇", none, 0, 0);
    assert_int_equal(gridgov_facts_row_count(facts, GRIDGOV_DIMENSION_AGENCY), 3);
    expect_row(facts, GRIDGOV_DIMENSION_AGENCY, 0, "派出所", TOWN_POLICE, GRIDGOV_UNIT_AGENCY, 1);
    expect_row(facts, GRIDGOV_DIMENSION_AGENCY, 1, "司法所", TOWN_JUSTICE, GRIDGOV_UNIT_AGENCY, 1);
    expect_row(facts, GRIDGOV_DIMENSION_AGENCY, 2, "税务所", none, GRIDGOV_UNIT_AGENCY, 0);

    gridgov_facts_row row = {.struct_size = sizeof row};
    assert_int_equal(gridgov_facts_row_at(&row, facts, GRIDGOV_DIMENSION_UNIT, ROW_COUNT),
                     GRIDGOV_END);
    assert_int_equal(gridgov_facts_row_at(&row, facts, GRIDGOV_DIMENSION_UNIT, -1), GRIDGOV_END);
    assert_int_equal(gridgov_facts_row_at(&row, facts, 0, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_facts_row_at(&row, facts, 5, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_facts_row_at(NULL, facts, 1, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_facts_row_count(facts, 0), 0);
    assert_int_equal(gridgov_facts_row_count(NULL, 1), 0);

    gridgov_cell cell = {.struct_size = sizeof cell};
    assert_int_equal(gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_UNIT, 0, 1), GRIDGOV_EARG);
    assert_int_equal(gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_UNIT, 0, 3), GRIDGOV_END);
    assert_int_equal(gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_UNIT, ROW_COUNT, 0),
                     GRIDGOV_END);
    assert_int_equal(gridgov_facts_value(&cell, facts, 9, 0, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_facts_value(NULL, facts, 1, 0, 0), GRIDGOV_EARG);
    cell.struct_size = 7;
    assert_int_equal(gridgov_facts_value(&cell, facts, 1, 0, 0), GRIDGOV_EARG);
    // An older caller's smaller view is filled as far as it goes.
    cell.struct_size = offsetof(gridgov_cell, reported);
    cell.reported = 77;
    assert_int_equal(gridgov_facts_value(&cell, facts, 1, 0, 0), GRIDGOV_OK);
    assert_int_equal(cell.reported, 77);
    gridgov_facts_free(facts);
}

static void what_was_counted(void **state) {
    (void)state;
    gridgov_facts *facts = count(town_ledger(), NULL);
    gridgov_span span = {1, 1};
    assert_int_equal(gridgov_facts_period(&span, facts), GRIDGOV_OK);
    assert_true(span.from == TOWN_FROM && span.to == TOWN_TO);
    assert_true(gridgov_facts_as_of(facts) == town_at(20, 0));
    assert_int_equal(gridgov_facts_utc_offset(facts), 480);
    // Ledger and metrics were given up by their makers.
    assert_int_equal(gridgov_metrics_count(gridgov_facts_metrics(facts)), 3);
    assert_int_equal(strlen(gridgov_ledger_digest(gridgov_facts_ledger(facts))), 64);
    gridgov_facts *held = gridgov_facts_hold(facts);
    gridgov_facts_free(facts);
    assert_int_equal(gridgov_facts_row_count(held, GRIDGOV_DIMENSION_UNIT), ROW_COUNT);
    gridgov_facts_free(held);
    assert_int_equal(gridgov_facts_period(&span, NULL), GRIDGOV_EARG);
    assert_true(span.from == 0 && span.to == 0);
    assert_int_equal(gridgov_facts_period(NULL, NULL), GRIDGOV_EARG);
    assert_true(gridgov_facts_as_of(NULL) == GRIDGOV_NO_TIME);
    assert_null(gridgov_facts_ledger(NULL));
    assert_null(gridgov_facts_metrics(NULL));
    assert_null(gridgov_facts_hold(NULL));
    gridgov_facts_free(NULL);
}

typedef struct points_row {
    int32_t kind;
    int64_t unit;
    const char *key, *reason;
    int64_t points;
} points_row;

static void adjustments(void **state) {
    (void)state;
    enum { ADD = GRIDGOV_ACTIVITY_ADJUSTMENT, CUT = GRIDGOV_ACTIVITY_DEDUCTION };
    const points_row given[] = {
        {CUT, TOWN_GRID_1, "timeliness", "r", -2000},
        {ADD, TOWN_GRID_2, "2", "UNEXPLAINED", -20000},
        {ADD, TOWN_GRID_2, "1", "z", 10000},
        {ADD, TOWN_GRID_1, "", "b", 500},
        {CUT, GRIDGOV_NONE, "closure", "r", 0},
        {ADD, TOWN_GRID_1, "", "a", 1000},
        {ADD, TOWN_GRID_1, "", "a", -1000},
    };
    static const int sorted[] = {4, 6, 5, 3, 0, 2, 1};
    gridgov_ledger *ledger = town_ledger();
    gridgov_issues *issues = NULL;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        gridgov_activity row = town_activity(given[i].kind, given[i].unit);
        row.key = given[i].key;
        row.reason = given[i].reason;
        row.authority = "街道";
        row.amount = given[i].points;
        row.source_row = (int64_t)i + 2;
        town_add_activity(ledger, &row);
    }
    gridgov_facts *facts = count(ledger, issues);
    assert_int_equal(gridgov_facts_adjustment_count(facts), 7);
    gridgov_adjustment found = {.struct_size = sizeof found};
    for (int64_t i = 0; i < 7; i++) {
        const points_row *wanted = &given[sorted[i]];
        const int cut = wanted->kind == CUT;
        assert_int_equal(gridgov_facts_adjustment_at(&found, facts, i), GRIDGOV_OK);
        assert_int_equal(found.kind, wanted->kind);
        assert_true(found.points == wanted->points);
        assert_string_equal(found.indicator, cut ? wanted->key : "");
        assert_string_equal(found.key, cut ? "" : wanted->key);
        assert_string_equal(found.reason, wanted->reason);
        assert_string_equal(found.authority, "街道");
        assert_int_equal(found.unexplained, sorted[i] == 1);
        assert_int_equal(found.source_row, sorted[i] + 2);
        assert_true(found.row == (wanted->unit == GRIDGOV_NONE  ? GRIDGOV_NONE
                                  : wanted->unit == TOWN_GRID_1 ? ROW_GRID_1
                                                                : ROW_GRID_2));
    }
    assert_int_equal(gridgov_facts_adjustment_at(&found, facts, 7), GRIDGOV_END);
    assert_int_equal(gridgov_facts_adjustment_at(&found, NULL, 0), GRIDGOV_EARG);
    gridgov_error issue;
    assert_int_equal(town_issues(issues, GG_RULE_ADJUSTMENT_UNEXPLAINED), 1);
    assert_int_equal(gridgov_issues_at(&issue, issues, 0), GRIDGOV_OK);
    assert_string_equal(issue.value, "-20");
    assert_int_equal(issue.row, 3);
    gridgov_issues_free(issues);
    gridgov_facts_free(facts);
}

/* Without units there is the street alone. */
static void no_units(void **state) {
    (void)state;
    gridgov_ledger *ledger = NULL;
    assert_int_equal(gridgov_ledger_new(&ledger, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_cover(ledger, GRIDGOV_COVERAGE_EVENTS), GRIDGOV_OK);
    gridgov_event event = town_event("A", GRIDGOV_NONE, town_at(1, 0));
    town_add_event(ledger, &event);
    gridgov_facts *facts = count(ledger, NULL);
    gridgov_cell cell = {.struct_size = sizeof cell};
    assert_int_equal(gridgov_facts_row_count(facts, GRIDGOV_DIMENSION_UNIT), 1);
    assert_int_equal(gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_UNIT, 0, 0), GRIDGOV_OK);
    assert_int_equal(cell.state, GRIDGOV_CELL_VALUE);
    assert_int_equal(cell.value, 1);
    assert_int_equal(gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_CATEGORY, 0, 1),
                     GRIDGOV_OK);
    assert_int_equal(cell.value, 1);
    assert_int_equal(gridgov_facts_row_count(facts, GRIDGOV_DIMENSION_AGENCY), 0);
    gridgov_facts_free(facts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_defaults), cmocka_unit_test(rows),
        cmocka_unit_test(what_was_counted), cmocka_unit_test(adjustments),
        cmocka_unit_test(no_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
