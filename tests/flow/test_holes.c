/* SPDX-License-Identifier: Apache-2.0 */
/* Months with holes: each table left out in turn. What needs it is not assessed, everything else
 * keeps its value, and the total says out of how many points. Nothing becomes zero or full marks by
 * being unknown. */
#include "support/small_month.h"

#define INDICATORS 10

static const char *const codes[INDICATORS] = {
    "online_rate", "online_hours", "online_distance", "valid_events",   "timeliness",
    "closure",     "dispatch",     "visits",          "dispute_report", "maintenance"};

/* For each table: the indicators that cannot be assessed without it, as a mask in the order of
 * codes, and what is left. */
static const struct {
    int32_t table;
    int lost[INDICATORS];
    const char *out_of; /* of 甲社区/一网格 */
} holes[] = {
    {GRIDGOV_TABLE_AGENCIES, {0}, "100"},
    {GRIDGOV_TABLE_OFFICERS, {1, 1, 1, 0, 0, 0, 0, 0, 0, 0}, "40"},
    {GRIDGOV_TABLE_LEAVE, {0}, "100"},
    {GRIDGOV_TABLE_EVENTS, {0, 0, 0, 1, 1, 1, 1, 0, 0, 0}, "70"},
    {GRIDGOV_TABLE_STEPS, {0, 0, 0, 0, 0, 0, 1, 0, 0, 0}, "95"},
    {GRIDGOV_TABLE_PATROL_DAYS, {1, 1, 1, 0, 0, 0, 0, 0, 0, 0}, "40"},
    {GRIDGOV_TABLE_REQUIRED_VISITS, {0, 0, 0, 0, 0, 0, 0, 1, 0, 0}, "95"},
    {GRIDGOV_TABLE_VISITS, {0, 0, 0, 0, 0, 0, 0, 1, 0, 0}, "95"},
    {GRIDGOV_TABLE_DISPUTE_REPORTS, {0, 0, 0, 0, 0, 0, 0, 0, 1, 0}, "97"},
    {GRIDGOV_TABLE_MAINTENANCE, {0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, "98"},
};

static const char *const grids[] = {"甲社区/一网格", "甲社区/二网格", "乙社区/一网格"};

static const char *cell(const gridgov_month *month, const char *grid, const char *code) {
    char name[256];
    snprintf(name, sizeof name, "grid.%s.%s", grid, code);
    return figure(month, name);
}

static void check_hole(const gridgov_month *whole, const gridgov_month *holed, size_t hole) {
    for (size_t g = 0; g < 3; g++) {
        for (size_t i = 0; i < INDICATORS; i++) {
            const char *now = cell(holed, grids[g], codes[i]);
            const char *was = cell(whole, grids[g], codes[i]);
            /* without leave the day away is a missing day: the one value that rightly changes */
            if (holes[hole].table == GRIDGOV_TABLE_LEAVE && g == 0 && i < 3) {
                was = "-1";
            }
            if (strcmp(now, holes[hole].lost[i] ? "/" : was) != 0) {
                fail_msg("without %s, %s of %s is \"%s\" (was \"%s\")",
                         gridgov_code_text(GRIDGOV_KIND_TABLE, holes[hole].table), codes[i],
                         grids[g], now, was);
            }
        }
    }
}

static void test_each_table(void **state) {
    gridgov_month *whole = small_month(NULL);
    (void)state;
    run_month(whole, NULL);
    for (size_t i = 0; i < sizeof holes / sizeof holes[0]; i++) {
        const int32_t without[] = {
            holes[i].table, holes[i].table == GRIDGOV_TABLE_EVENTS ? GRIDGOV_TABLE_STEPS : 0, 0};
        gridgov_month *holed = small_month(without);
        char tail[64];
        run_month(holed, NULL);
        check_hole(whole, holed, i);
        snprintf(tail, sizeof tail, "（满分%s）", holes[i].out_of);
        if (strcmp(holes[i].out_of, "100") == 0) {
            assert_null(strstr(cell(holed, grids[0], "total"), "满分"));
        } else {
            assert_non_null(strstr(cell(holed, grids[0], "total"), tail));
        }
        gridgov_month_free(holed);
    }
    gridgov_month_free(whole);
}

static void test_no_adjustments(void **state) {
    const int32_t without[] = {GRIDGOV_TABLE_ADJUSTMENTS, 0};
    gridgov_month *month = small_month(without);
    (void)state;
    run_month(month, NULL);
    assert_string_equal(cell(month, grids[2], "bonus"), "/");
    assert_string_equal(cell(month, grids[2], "total"), "96");
    gridgov_month_free(month);
}

/* The threshold of the daily distance has no default: without it that indicator alone is not
 * assessed. */
static void test_no_threshold(void **state) {
    gridgov_month *month = small_month(NULL);
    static const char none[] = "{\"schema\": \"gridgov.parameters/1\", \"version\": \"1\"}";
    (void)state;
    assert_int_equal(gridgov_month_set_parameters(month, none, strlen(none), NULL, NULL),
                     GRIDGOV_OK);
    run_month(month, NULL);
    assert_string_equal(cell(month, grids[0], "online_distance"), "/");
    assert_string_equal(cell(month, grids[0], "online_hours"), "");
    assert_string_equal(cell(month, grids[0], "total"), "79（满分80）");
    gridgov_month_free(month);
}

/* A column left out is a hole too: without 认定结果 nobody knows which reports were valid. */
static void test_no_column(void **state) {
    static const char events[] = "类型,网格,上报时间\n城市管理,甲社区/一网格,2021-09-01\n";
    gridgov_month *month = small_month(NULL);
    (void)state;
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_EVENTS, events, strlen(events), NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(gridgov_month_set_table(month, GRIDGOV_TABLE_STEPS, "事件编号,环节,时间\n",
                                             strlen("事件编号,环节,时间\n"), NULL, NULL),
                     GRIDGOV_OK);
    run_month(month, NULL);
    assert_string_equal(figure(month, "events.total"), "1");
    assert_string_equal(cell(month, grids[0], "valid_events"), "/");
    assert_string_equal(cell(month, grids[0], "timeliness"), "/");
    assert_string_equal(cell(month, grids[0], "dispatch"), "/");
    gridgov_month_free(month);
}

/* Events alone: totals and shares, no agencies, no grids. */
static void test_events_alone(void **state) {
    static const char events[] = "类型,上报时间\n城市管理,2021-09-01\n矛盾纠纷,2021-09-02\n"
                                 "城市管理,2021-10-02\n";
    gridgov_month *month = NULL;
    (void)state;
    assert_int_equal(gridgov_month_new(&month, "2021-09", 7, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_EVENTS, events, strlen(events), NULL, NULL),
        GRIDGOV_OK);
    run_month(month, NULL);
    assert_string_equal(figure(month, "events.total"), "2");
    assert_string_equal(figure(month, "category.urban-management.share"), "50.00%");
    assert_int_equal(gridgov_scorecards_count(gridgov_month_scorecards(month)), 0);
    assert_true(document_has(month, GRIDGOV_FORMAT_MARKDOWN, NULL, "本期未提供派驻机构数据"));
    gridgov_month_free(month);
}

/* Units alone: every cell is `/`, and so is the total. */
static void test_units_alone(void **state) {
    gridgov_month *month = NULL;
    const char *units = small_tables[GRIDGOV_TABLE_UNITS];
    (void)state;
    assert_int_equal(gridgov_month_new(&month, "2021-09", 7, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_UNITS, units, strlen(units), NULL, NULL),
        GRIDGOV_OK);
    run_month(month, NULL);
    for (size_t i = 0; i < INDICATORS; i++) {
        assert_string_equal(cell(month, grids[0], codes[i]), "/");
    }
    assert_string_equal(cell(month, grids[0], "total"), "/");
    assert_true(document_has(month, GRIDGOV_FORMAT_MARKDOWN, NULL, "本期未提供事件数据"));
    gridgov_month_free(month);
}

/* A grid whose officer has no patrol row at all is not assessed; the others are. */
static void test_silent_officer(void **state) {
    static const char officers[] = "工号,姓名,网格\nA1,甲,甲社区/一网格\nA9,丁,甲社区/二网格\n"
                                   "A3,丙,乙社区/一网格\n";
    gridgov_month *month = small_month((const int32_t[]){GRIDGOV_TABLE_PATROL_DAYS, 0});
    static char patrol[8192], named[8192];
    gridgov_issues *issues = NULL;
    gridgov_error issue;
    int named_officer = 0;
    (void)state;
    small_patrol(patrol, sizeof patrol);
    /* keep the rows of A1 and A3: those of A2 belong to nobody now and would be refused */
    snprintf(named, sizeof named, "%.*s%s", (int)(strstr(patrol, "A2,") - patrol), patrol,
             strstr(patrol, "A3,"));
    assert_int_equal(gridgov_month_set_table(month, GRIDGOV_TABLE_OFFICERS, officers,
                                             strlen(officers), NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_PATROL_DAYS, named, strlen(named), NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    run_month(month, issues);
    assert_string_equal(cell(month, grids[1], "online_rate"), "/");
    assert_string_equal(cell(month, grids[0], "online_rate"), "");
    for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        named_officer |= strcmp(issue.value, "A9") == 0;
    }
    assert_true(named_officer);
    gridgov_issues_free(issues);
    gridgov_month_free(month);
}

/* A figure of the month, or signed points with source and reason, may stand in for rows. */
static void test_given_figures(void **state) {
    static const char facts[] = "网格,指标,数值,来源\n甲社区/一网格,missing_days,2,平安通后台\n"
                                "甲社区/二网格,missing_days,/,平安通后台\n";
    static const char deductions[] = "网格,指标,分值,来源,理由\n"
                                     "*,日在线时长,0,平安通后台,九月汇总\n"
                                     "乙社区/一网格,日在线时长,-4,平安通后台,四天不足一小时\n";
    gridgov_month *month = small_month((const int32_t[]){
        GRIDGOV_TABLE_PATROL_DAYS, GRIDGOV_TABLE_OFFICERS, GRIDGOV_TABLE_LEAVE, 0});
    (void)state;
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_FACTS, facts, strlen(facts), NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(gridgov_month_set_table(month, GRIDGOV_TABLE_DEDUCTIONS, deductions,
                                             strlen(deductions), NULL, NULL),
                     GRIDGOV_OK);
    run_month(month, NULL);
    assert_string_equal(cell(month, grids[0], "online_rate"), "-2");
    assert_string_equal(cell(month, grids[1], "online_rate"), "/");
    assert_string_equal(cell(month, grids[2], "online_rate"), "/");
    assert_string_equal(cell(month, grids[0], "online_hours"), "");
    assert_string_equal(cell(month, grids[2], "online_hours"), "-4");
    assert_string_equal(cell(month, grids[0], "online_distance"), "/");
    gridgov_month_free(month);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_table),     cmocka_unit_test(test_no_adjustments),
        cmocka_unit_test(test_no_threshold),   cmocka_unit_test(test_no_column),
        cmocka_unit_test(test_events_alone),   cmocka_unit_test(test_units_alone),
        cmocka_unit_test(test_silent_officer), cmocka_unit_test(test_given_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
