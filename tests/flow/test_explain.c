/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations of whole months: every grid of the example month, and a month small enough to be
 * counted by hand, word by word. */
#include "support/explain_support.h"
#include "support/small_month.h"

static gridgov_month *run(const char *folder, int with_deduction) {
    static const char deductions[] = "网格,指标,分值,来源,理由\n"
                                     "乙社区/一网格,走访记录,-2,市里通报,抽查不实\n"
                                     "乙社区/一网格,走访记录,-1,市里通报,UNEXPLAINED\n";
    static const char facts[] = "网格,指标口径,数值,来源\n乙社区/一网格,short_days,3,平台月报\n";
    gridgov_month *month = rows_month(folder);
    if (with_deduction) {
        assert_int_equal(gridgov_month_set_table(month, GRIDGOV_TABLE_DEDUCTIONS, deductions,
                                                 strlen(deductions), NULL, NULL),
                         GRIDGOV_OK);
        assert_int_equal(
            gridgov_month_set_table(month, GRIDGOV_TABLE_FACTS, facts, strlen(facts), NULL, NULL),
            GRIDGOV_OK);
    }
    run_month(month, NULL);
    return month;
}

static void test_every_grid(void **state) {
    static const char *const folders[] = {"examples/data/baiguan-2021-09", NULL};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        gridgov_month *month = run(folders[i], 1);
        assert_explained(gridgov_month_scorecards(month));
        gridgov_month_free(month);
    }
}

/* The first piece of evidence of a line; "" if there is none. */
static const char *first_item(const gridgov_explanation *why, const gridgov_explained *line) {
    const char *text = "";
    if (line->item_count > 0) {
        assert_int_equal(gridgov_explanation_item_at(NULL, &text, why, line->first_item),
                         GRIDGOV_OK);
    }
    return text;
}

static void test_words(void **state) {
    static const struct {
        int64_t card, line;
        int32_t lang;
        const char *observed, *threshold, *item, *shortfall;
    } cases[] = {
        {0, 3, 0, "无效上报数 1 件", "0 件", "事件 E2（城市管理），认定为无效",
         "无效上报数须为 0，多出 1 件"},
        {0, 3, 1, "invalid reports 1", "0", "event E2 (城市管理), disposition: invalid",
         "invalid reports must be 0, over by 1"},
        {1, 4, 0, "（网格自办应结案数 − 网格自办超期数） ÷ 网格自办应结案数 0/1 = 0%", "100%",
         "事件 E3（矛盾纠纷），时限 2021-09-10 08:00，2021-09-20 08:00 办结，超时 10 天",
         "得满分须有 1/1，还差 1 件"},
        {1, 7, 0, "未走访数 1 户", "0 户", "走访对象 李四，本期没有走访记录",
         "未走访数须为 0，多出 1 户"},
        {1, 8, 1, "monthly reports missing 0; monthly reports late 1", "0; 0",
         "monthly report, limit 2021-09-28 23:59, submitted 2021-09-29 00:00, late by 1 min",
         "monthly reports late must be 0, over by 1"},
        {2, 9, 0, "系统维护差错数 1 条；系统维护过期数 0 条", "0 条；0 条",
         "维护检查 2021-09-15：错误 1 条", "系统维护差错数须为 0，多出 1 条"},
        {1, 10, 0, "直接给出 -20 分", "", "-20 分：单位没有载明理由（编号 J2，批准 街道办）", ""},
        {2, 10, 1, "given: 10", "", "+10 points: 消防演练 (number J1, authority 街道办〔2021〕1号)",
         ""},
        {0, 10, 0, "无", "", "", ""},
        {2, 7, 0, "直接给出 -3 分", "", "-1 分：单位没有载明理由（来源 市里通报）", ""},
        {2, 1, 0, "在线时长不足天数 3 天", "应在线日每日在线不少于 60 分钟",
         "月度数 short_days = 3（来源 平台月报）", "在线时长不足天数须为 0，多出 3 天"},
    };
    gridgov_month *month = run(NULL, 1);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_explanation *why = NULL;
        gridgov_explained line = {.struct_size = sizeof line};
        assert_int_equal(gridgov_explain(&why, gridgov_month_scorecards(month), cases[i].card, NULL,
                                         cases[i].lang, NULL, NULL),
                         GRIDGOV_OK);
        assert_int_equal(gridgov_explanation_line_at(&line, why, cases[i].line), GRIDGOV_OK);
        assert_string_equal(line.observed, cases[i].observed);
        assert_string_equal(line.threshold, cases[i].threshold);
        assert_string_equal(first_item(why, &line), cases[i].item);
        assert_string_equal(line.shortfall, cases[i].shortfall);
        gridgov_explanation_free(why);
    }
    gridgov_month_free(month);
}

static void test_arguments(void **state) {
    gridgov_month *month = run(NULL, 0);
    const gridgov_scorecards *cards = gridgov_month_scorecards(month);
    const gridgov_scorecards *of = NULL;
    gridgov_explanation *why = NULL;
    gridgov_explained line = {.struct_size = sizeof line};
    gridgov_atom atom = {.struct_size = sizeof atom};
    gridgov_bytes *bytes = NULL;
    int64_t index = -1;
    (void)state;
    assert_int_equal(gridgov_explain(NULL, cards, 0, NULL, 0, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_explain(&why, NULL, 0, NULL, 0, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_explain(&why, cards, 0, NULL, 2, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_explain(&why, cards, -1, NULL, 0, NULL, NULL), GRIDGOV_END);
    assert_int_equal(gridgov_explain(&why, cards, 3, NULL, 0, NULL, NULL), GRIDGOV_END);
    assert_null(why);
    assert_int_equal(gridgov_explain(&why, cards, 2, NULL, 0, NULL, NULL), GRIDGOV_OK);
    gridgov_month_free(month); // the explanation keeps what it needs
    assert_int_equal(gridgov_explanation_line_count(why), 11);
    assert_int_equal(gridgov_explanation_line_at(&line, why, 11), GRIDGOV_END);
    assert_int_equal(gridgov_explanation_line_at(&line, why, -1), GRIDGOV_END);
    assert_int_equal(gridgov_explanation_line_at(NULL, why, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_explanation_item_at(&atom, NULL, why, 10000), GRIDGOV_END);
    assert_int_equal(gridgov_explanation_item_at(&atom, NULL, NULL, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_explanation_card(&of, &index, why), GRIDGOV_OK);
    assert_int_equal(index, 2);
    assert_int_equal(gridgov_scorecards_count(of), 3);
    assert_int_equal(gridgov_explanation_card(&of, &index, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_explanation_json(NULL, why, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_explanation_json(&bytes, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_explanation_text(NULL, why, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_explanation_text(&bytes, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_explanation_json(&bytes, why, NULL), GRIDGOV_OK);
    gridgov_bytes_free(bytes);
    gridgov_explanation_free(why);
    gridgov_explanation_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_grid),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
