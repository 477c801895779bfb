/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence of whole months: every cell of the example month is held to its atoms, and a month small
 * enough to be counted by hand says which events, days, visits and reports stand behind what, and
 * why. */
#include "support/evidence_support.h"
#include "support/small_month.h"

#define EXAMPLE "examples/data/baiguan-2021-09"

static void test_example_month(void **state) {
    gridgov_month *month = rows_month(EXAMPLE);
    (void)state;
    run_month(month, NULL);
    // 28 + 9 + 7 units, 65 grids and the street in every metric of theirs, categories, agencies.
    assert_true(assert_evidence(gridgov_month_facts(month), 0) > 110 * 14);
    gridgov_month_free(month);
}

/* The atoms of one cell that add something, as "id reason; " in order. */
static const char *told(const gridgov_facts *facts, int32_t dimension, int64_t row,
                        const char *metric) {
    static char text[4096];
    gridgov_evidence *evidence = NULL;
    gridgov_atom atom = {.struct_size = sizeof atom};
    int64_t m = gridgov_metrics_find(gridgov_facts_metrics(facts), metric, strlen(metric));
    size_t size = 0;
    assert_int_equal(gridgov_evidence_find(&evidence, facts, dimension, row, m, NULL, NULL),
                     GRIDGOV_OK);
    text[0] = '\0';
    for (int64_t i = 0; gridgov_evidence_at(&atom, evidence, i) == GRIDGOV_OK; i++) {
        if (atom.count != 0 || !atom.has_data) {
            size += (size_t)snprintf(text + size, sizeof text - size, "%s %s; ", atom.id,
                                     gridgov_code_text(GRIDGOV_KIND_REASON, atom.reason));
        }
    }
    gridgov_evidence_free(evidence);
    return text;
}

/* Row of a grid by its place in units.csv: units, then each grid below its own. */
enum { GRID_A1 = 1, GRID_A2 = 2, GRID_B1 = 4 };

static void test_small_month(void **state) {
    static const struct {
        int32_t dimension;
        int64_t row;
        const char *metric, *expected;
    } cells[] = {
        {1, GRID_A1, "events_reported", "E1 counted; E2 counted; "},
        {1, GRID_A1, "invalid_reports", "E2 disposition; "},
        {1, GRID_A2, "cases_held_overdue", "E3 closed_late; "},
        {1, GRID_B1, "dispatch_needed", "E4 counted; "},
        {1, GRID_B1, "dispatch_missed", ""},
        {1, GRID_A2, "visits_missing", "李四 not_visited; "},
        {1, GRID_B1, "reports_missing", " not_submitted; "},
        {1, GRID_A2, "reports_late", " submitted_late; "},
        {1, GRID_B1, "maintenance_wrong", " defect; "},
        {3, 0, "agency_handled", "E4 counted; "},
        {3, 0, "agency_closed", "E4 closed; "},
        {3, 1, "agency_handled", ""},
    };
    gridgov_month *month = rows_month(NULL);
    (void)state;
    run_month(month, NULL);
    const gridgov_facts *facts = gridgov_month_facts(month);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        assert_string_equal(told(facts, cells[i].dimension, cells[i].row, cells[i].metric),
                            cells[i].expected);
    }
    gridgov_month_free(month);
}

/* Officer A1: on leave on the 3rd, no row on the 6th, 59 minutes on the 7th, 1.9 km on the 8th,
 * both short on the 9th, no minutes told on the 10th, exactly enough on all others. */
static void test_days(void **state) {
    static const char *const parameters =
        "{\"schema\": \"gridgov.parameters/1\", \"policy\": \"baiguan-2021\","
        " \"policy_parameters\": {\"daily_distance_km\": \"2\"}}";
    char days[4096] = "工号,日期,在线时长(分钟),巡查里程(公里)\n";
    gridgov_month *month = rows_month(NULL);
    gridgov_evidence *evidence = NULL;
    gridgov_atom atom = {.struct_size = sizeof atom};
    gridgov_error err = {0};
    (void)state;
    for (size_t i = 0; i < 22; i++) {
        const char *day = small_workdays[i];
        const char *minutes = strcmp(day, "07") == 0 || strcmp(day, "09") == 0 ? "59"
                              : strcmp(day, "10") == 0                         ? ""
                                                                               : "60";
        const char *km = strcmp(day, "08") == 0 || strcmp(day, "09") == 0 ? "1.999" : "2";
        size_t size = strlen(days);
        if (strcmp(day, "06") != 0 && strcmp(day, "03") != 0) {
            snprintf(days + size, sizeof days - size, "A1,2021-09-%s,%s,%s\n", day, minutes, km);
        }
    }
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_PATROL_DAYS, days, strlen(days), NULL, &err),
        GRIDGOV_OK);
    assert_int_equal(
        gridgov_month_set_parameters(month, parameters, strlen(parameters), NULL, &err),
        GRIDGOV_OK);
    run_month(month, NULL);
    const gridgov_facts *facts = gridgov_month_facts(month);
    assert_true(assert_evidence(facts, 1) > 0);
    assert_string_equal(told(facts, 1, GRID_A1, "short_days"),
                        "A1 no_row; A1 time_short; A1 time_short; A1 no_data; ");
    assert_string_equal(told(facts, 1, GRID_A1, "near_days"),
                        "A1 no_row; A1 distance_short; A1 distance_short; ");
    int64_t metric = gridgov_metrics_find(gridgov_facts_metrics(facts), "near_days", 9);
    assert_int_equal(gridgov_evidence_find(&evidence, facts, 1, GRID_A1, metric, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_evidence_count(evidence), 21); // the 3rd is no required day
    assert_int_equal(gridgov_evidence_at(&atom, evidence, 4), GRIDGOV_OK);
    assert_int_equal(atom.day, 18871 + 7); // 2021-09-08
    assert_int_equal(atom.metres, 1999);
    assert_int_equal(atom.minimum_metres, 2000);
    assert_int_equal(atom.minutes, 60);
    assert_int_equal(atom.minimum_minutes, -1);
    assert_int_equal(atom.table, GRIDGOV_TABLE_PATROL_DAYS);
    gridgov_evidence_free(evidence);
    // Officer A2 has no row at all: not judged, and every day says so.
    assert_int_equal(gridgov_evidence_find(&evidence, facts, 1, GRID_A2, metric, NULL, NULL),
                     GRIDGOV_OK);
    gridgov_month_free(month); // evidence outlives what it came from
    assert_int_equal(gridgov_evidence_count(evidence), 22);
    assert_int_equal(gridgov_evidence_at(&atom, evidence, 21), GRIDGOV_OK);
    assert_string_equal(atom.id, "A2");
    assert_int_equal(atom.reason, GRIDGOV_REASON_OFFICER_SILENT);
    assert_int_equal(atom.has_data, 0);
    gridgov_evidence_free(evidence);
}

static void test_arguments(void **state) {
    gridgov_month *month = rows_month(NULL);
    gridgov_evidence *evidence = NULL;
    gridgov_atom atom = {.struct_size = sizeof atom};
    int64_t first, count;
    (void)state;
    run_month(month, NULL);
    const gridgov_facts *facts = gridgov_month_facts(month);
    int64_t agency = gridgov_metrics_find(gridgov_facts_metrics(facts), "agency_closed", 13);
    assert_int_equal(gridgov_evidence_find(NULL, facts, 1, 0, 0, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_evidence_find(&evidence, NULL, 1, 0, 0, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_evidence_find(&evidence, facts, 0, 0, 0, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_evidence_find(&evidence, facts, 4, 0, 0, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_evidence_find(&evidence, facts, 1, 0, agency, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_evidence_find(&evidence, facts, 1, GRIDGOV_NONE, agency, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_evidence_find(&evidence, facts, 1, 99, 0, NULL, NULL), GRIDGOV_END);
    assert_int_equal(gridgov_evidence_find(&evidence, facts, 1, -2, 0, NULL, NULL), GRIDGOV_END);
    assert_int_equal(gridgov_evidence_find(&evidence, facts, 1, 0, 99, NULL, NULL), GRIDGOV_END);
    assert_null(evidence);
    assert_int_equal(gridgov_evidence_count(NULL), 0);
    assert_int_equal(gridgov_evidence_at(&atom, NULL, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_evidence_cell(&first, &count, NULL, 0, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_evidence_find(&evidence, facts, 3, 0, agency, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_evidence_at(&atom, evidence, -1), GRIDGOV_END);
    assert_int_equal(gridgov_evidence_at(&atom, evidence, 1), GRIDGOV_END);
    assert_int_equal(gridgov_evidence_cell(&first, &count, evidence, 7, agency), GRIDGOV_OK);
    assert_int_equal(count, 0);
    assert_ptr_equal(gridgov_evidence_hold(evidence), evidence);
    gridgov_evidence_free(evidence);
    gridgov_evidence_free(evidence);
    gridgov_evidence_free(NULL);
    gridgov_month_free(month);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_example_month),
        cmocka_unit_test(test_small_month),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
