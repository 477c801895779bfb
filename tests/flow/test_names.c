/* SPDX-License-Identifier: Apache-2.0 */
/* Names that stand more than once: grids of one name in communities of one name, and grids without
 * a unit above. Each keeps its own figures, whatever it is called. */
#include "support/small_month.h"

static gridgov_month *month_of(const char *units, const char *events) {
    gridgov_month *month = NULL;
    assert_int_equal(gridgov_month_new(&month, "2021-09", 7, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_UNITS, units, strlen(units), NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_EVENTS, events, strlen(events), NULL, NULL),
        GRIDGOV_OK);
    run_month(month, NULL);
    return month;
}

static void test_two_communities_of_one_name(void **state) {
    gridgov_month *month = month_of("类别,名称,编码,上级\n"
                                    "街道,东街道,1,\n街道,西街道,2,\n"
                                    "社区,甲社区,11,1\n社区,甲社区,21,2\n社区,乙社区,22,2\n"
                                    "网格,一网格,111,11\n网格,一网格,211,21\n网格,一网格,221,22\n",
                                    "事件编号,类型,网格,上报时间,认定结果\n"
                                    "1,城市管理,111,2021-09-05 08:31,无效\n"
                                    "2,城市管理,211,2021-09-05 08:31,有效\n"
                                    "3,城市管理,221,2021-09-05 08:31,有效\n");
    (void)state;
    assert_string_equal(figure(month, "grid.东街道/甲社区/一网格.valid_events"), "-1");
    assert_string_equal(figure(month, "grid.西街道/甲社区/一网格.valid_events"), "");
    assert_string_equal(figure(month, "grid.乙社区/一网格.valid_events"), "");
    assert_string_equal(figure(month, "grid.东街道/甲社区/一网格.total"), "19（满分20）");
    assert_string_equal(figure(month, "grid.西街道/甲社区/一网格.total"), "20（满分20）");
    assert_true(document_has(month, GRIDGOV_FORMAT_CSV, "grids",
                             "甲社区,一网格,/,/,/,-1,/,/,/,/,/,/,/,19（满分20）\r\n"
                             "甲社区,一网格,/,/,/,,/,/,/,/,/,/,/,20（满分20）\r\n"));
    assert_true(document_has(month, GRIDGOV_FORMAT_MARKDOWN, NULL,
                             "| 甲社区 | 一网格 | / | / | / | -1 | / | / | / | / | / | / | / | "
                             "19（满分20） |\n| 甲社区 | 一网格 |"));
    gridgov_month_free(month);
}

static void test_a_grid_without_a_unit_above(void **state) {
    gridgov_month *month = month_of("类别,名称,编码,上级\n网格,一网格,,\n社区,甲社区,,\n"
                                    "网格,一网格,111,甲社区\n",
                                    "事件编号,类型,网格,上报时间,认定结果\n"
                                    "1,城市管理,111,2021-09-05 08:31,无效\n");
    gridgov_scorecard card = {.struct_size = sizeof card};
    const gridgov_scorecards *cards = gridgov_month_scorecards(month);
    gridgov_points totals[2] = {0, 0};
    (void)state;
    for (int64_t i = 0; gridgov_scorecards_at(&card, cards, i) == GRIDGOV_OK; i++) {
        totals[card.unit_name[0] != '\0'] = card.total;
    }
    assert_int_equal(totals[0], 20000);
    assert_int_equal(totals[1], 19000);
    assert_string_equal(figure(month, "grid.甲社区/一网格.total"), "19（满分20）");
    assert_string_equal(figure(month, "grid.一网格.total"), "20（满分20）");
    gridgov_month_free(month);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_communities_of_one_name),
        cmocka_unit_test(test_a_grid_without_a_unit_above),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
