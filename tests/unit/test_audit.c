/* SPDX-License-Identifier: Apache-2.0 */
/* Whole texts through the audit: layouts that are right and must stay without findings; one fault
 * each, with the code and the place that must be said; limits, bad bytes and arguments. The
 * published bulletin of September 2021 itself is audited where it is at hand (GRIDGOV_SHARED, by
 * default beside the source tree). */
#include "support/audit_layouts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static gridgov_findings *audit(const char *text, const char *previous) {
    gridgov_findings *findings = NULL;
    gridgov_audit_options options;
    gridgov_error err;
    gridgov_audit_options_init(&options, sizeof options);
    options.previous = previous;
    options.previous_size = previous == NULL ? 0 : strlen(previous);
    if (gridgov_audit_text(&findings, text, strlen(text), &options, NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s", err.message);
    }
    return findings;
}

static int64_t doubts(const gridgov_findings *findings) {
    return gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_ERROR) +
           gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_WARNING);
}

static void test_layouts_are_clean(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof audit_layouts / sizeof audit_layouts[0]; i++) {
        const audit_layout *layout = &audit_layouts[i];
        gridgov_findings *findings = audit(layout->text, NULL);
        if (doubts(findings) != 0) {
            fail_msg("%s: %s", layout->name,
                     gridgov_findings_explanation(findings, 0, GRIDGOV_LANG_ZH));
        }
        for (size_t k = 0; k < 3 && layout->checks[k].check != 0; k++) {
            if (gridgov_findings_checked(findings, layout->checks[k].check) <
                layout->checks[k].least) {
                fail_msg("%s: fewer %s than %d", layout->name,
                         gridgov_code_text(GRIDGOV_KIND_CHECK, layout->checks[k].check),
                         (int)layout->checks[k].least);
            }
        }
        gridgov_findings_free(findings);
    }
}

/* A text with one fault: what must be found first, where, and the cells and value. */
typedef struct fault {
    const char *text, *code;
    int64_t line, column, cells;
    const char *printed, *expected;
} fault;

static void test_faults(void **state) {
    static const fault faults[] = {
        {"类型\t数量\n甲\t5\n乙\t7\n合计\t13\n", "sum", 4, 2, 3, "13", "12"},
        {"共上报 100 条。其中其他 20 条，占 20.00%；城市 50 条，占 50.00%；消防 30 条，占 "
         "31.00%。\n",
         "share", 1, 57, 1, "31.00%", "30.00%"},
        {"共上报 110 条。其中其他 20 条，占 20.00%；城市 50 条，占 50.00%；消防 30 条，占 "
         "30.00%。\n",
         "sum", 1, 5, 1, "110", "100"},
        {"机构\t办理数\t结案数\t结案率\n甲\t4\t2\t50%\n乙\t5\t4\t80%\n丙\t3\t1\t33.34%\n", "rate",
         4, 4, 1, "33.34%", "33.33%"},
        {"机构\t办理数\t结案数\n甲\t4\t2\n乙\t5\t6\n", "order", 3, 3, 2, "6", ""},
        {"热线受理100件，办结99件，办结率101%。\n", "rate", 1, 19, 1, "101%", "99%"},
        {"机构\t满意率\n甲\t98%\n乙\t118%\n", "rate-above-100", 3, 2, 1, "118%", ""},
        {"单位\t网格\t走访 (5 "
         "分)\t附加分\t总分\n甲\t一\t-1\t\t99\n甲\t二\t-1\t\t99\n甲\t三\t-"
         "2\t\t99\n甲\t四\t\t\t100\n"
         "甲\t五\t\t\t100\n",
         "row-total", 4, 5, 2, "99", "98"},
        {"单位\t网格\t走访 (5 "
         "分)\t附加分\t总分\n甲\t一\t+10\t\t110\n甲\t二\t-1\t\t99\n甲\t三\t-"
         "2\t\t98\n甲\t四\t\t\t100\n"
         "甲\t五\t\t\t100\n",
         "column-shift", 2, 3, 1, "+10", "-5 … 0"},
        {"单位\t网格\t走访\t附加分\t总分\n甲\t一\t\t-20\t80\n甲\t二\t-"
         "1\t\t99\n甲\t三\t\t\t100\n甲\t四\t\t\t100\n\n以上，特此通报。\n",
         "adjustment-without-reason-printed", 2, 4, 1, "-20", ""},
        {"单位\t网格\t上报\n甲\t一\t3\n乙\t一\t4\n甲\t一\t5\n", "grid-twice", 4, 2, 2, "一", ""},
        {"镇街\t得分\t排名\n甲\t99\t1\n乙\t98\t2\n丙\t97\t4\n丁\t96\t4\n", "rank", 4, 3, 1, "4",
         "3"},
        {"类型\t本月\t上月\t环比\n甲\t110\t100\t10%\n乙\t90\t100\t-10%\n丙\t50\t40\t35%\n",
         "change", 4, 4, 3, "35%", "25%"},
        {"本月办结率99.95%，较上月（99.60%）上升0.45个百分点。\n", "change", 1, 26, 2, "0.45",
         "0.35"},
        {"2024年第28周（7月8日—7月14日），热线共受理诉求71184件，日均10269件。\n", "mean", 1, 39, 2,
         "10269", "10169"},
        {"甲街道2021年9月份通报\n\n九月份共上报情况如下。\n\n2021年8月情况表\n", "period", 5, 1, 1,
         "2021年8月", "2021年9月份"},
        {"结案数截止 9 月 31 日。\n", "date", 1, 7, 1, "9 月 31 日", ""},
        {"共上报 9 件。其中甲类 4 件，占 44.44%；乙类 3 件，占 33.33%；丙类 2 件，占 22.22%。\n\n"
         "类型\t数量\n甲\t4\n乙\t3\n丙\t5\n",
         "prose-table", 6, 2, 1, "5", "2"},
        {"甲占 41.50%，乙占 33.26%，丙占 19.52%，丁占 2.17%，其他占 4.55%。\n", "share-sum", 1, 4,
         5, "41.50%", ""},
        {"类型\t数量\t占比\n甲\t60\t63.16%\n乙\t35\t36.84%\n丙\t3\t3.16%\n丁\t2\t2.11%"
         "\n合计\t100\t\n",
         "share-denominator", 2, 3, 4, "63.16%", "60.00%"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        gridgov_findings *findings = audit(faults[i].text, NULL);
        gridgov_finding finding = {.struct_size = sizeof finding};
        if (gridgov_findings_at(&finding, findings, 0) != GRIDGOV_OK) {
            fail_msg("nothing found: %s", faults[i].text);
        }
        print_message("%s: %s\n", finding.code,
                      gridgov_findings_explanation(findings, 0, GRIDGOV_LANG_EN));
        assert_string_equal(finding.code, faults[i].code);
        assert_int_equal(finding.line, faults[i].line);
        assert_int_equal(finding.column, faults[i].column);
        assert_int_equal(finding.cell_count, faults[i].cells);
        assert_string_equal(finding.printed, faults[i].printed);
        assert_string_equal(finding.expected, faults[i].expected);
        assert_int_equal(gridgov_findings_count(findings), 1);
        gridgov_findings_free(findings);
    }
}

static void test_headers_vote(void **state) {
    static const char text[] =
        "单位\t网格\t巡查 60 分\t\t总分\n\t\t在线 (20 分)\t里程 (40 "
        "分)\t\n甲\t一\t-1\t\t99\n甲\t二\t\t-2\t98\n\n"
        "单位\t网格\t巡查 60 分\t\t总分\n\t\t在线 (20 分)\t里程 (90 分)\t\n乙\t一\t\t\t100\n\n"
        "单位\t网格\t巡查 60 分\t\t总分\n\t\t在线 (20 分)\t里程 (40 分)\t\n丙\t一\t\t\t100\n";
    gridgov_finding finding = {.struct_size = sizeof finding};
    gridgov_findings *findings = audit(text, NULL);
    (void)state;
    assert_int_equal(gridgov_findings_count(findings), 1);
    assert_int_equal(gridgov_findings_at(&finding, findings, 0), GRIDGOV_OK);
    assert_string_equal(finding.code, "header");
    assert_int_equal(finding.line, 7);
    assert_int_equal(finding.column, 4);
    assert_string_equal(finding.expected, "里程 (40 分)");
    assert_int_equal(gridgov_findings_checked(findings, GRIDGOV_CHECK_ROW_TOTAL), 4);
    gridgov_findings_free(findings);
}

static void test_continuity(void **state) {
    static const char before[] =
        "单位\t上月结转\t受理\t办结\t结转下月\n甲\t1\t5\t4\t2\n乙\t0\t7\t4\t3\n";
    static const char good[] =
        "单位\t上月结转\t受理\t办结\t结转下月\n甲\t2\t5\t4\t3\n乙\t3\t7\t4\t6\n";
    static const char bad[] =
        "单位\t上月结转\t受理\t办结\t结转下月\n甲\t2\t5\t4\t3\n乙\t4\t7\t4\t7\n";
    gridgov_finding finding = {.struct_size = sizeof finding};
    gridgov_findings *findings = audit(good, before);
    (void)state;
    assert_int_equal(gridgov_findings_count(findings), 0);
    assert_int_equal(gridgov_findings_checked(findings, GRIDGOV_CHECK_CONTINUITY), 2);
    gridgov_findings_free(findings);
    findings = audit(bad, before);
    assert_int_equal(gridgov_findings_at(&finding, findings, 0), GRIDGOV_OK);
    assert_string_equal(finding.code, "continuity");
    assert_int_equal(finding.line, 3);
    assert_int_equal(finding.column, 2);
    assert_string_equal(finding.expected, "3");
    gridgov_findings_free(findings);
}

static void test_declared_reasons_are_notes(void **state) {
    static const char text[] =
        "单位\t网格\t附加分\t总分\n甲\t一\t-20\t80\n甲\t二\t\t100\n甲\t三\t\t100\n\n"
        "加减分中有 1 项未载明理由。\n";
    gridgov_findings *findings = audit(text, NULL);
    (void)state;
    assert_int_equal(doubts(findings), 0);
    assert_int_equal(gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_NOTE), 1);
    gridgov_findings_free(findings);
}

static void test_bytes_and_limits(void **state) {
    gridgov_findings *findings = NULL;
    gridgov_audit_options options;
    gridgov_error err;
    (void)state;
    assert_int_equal(gridgov_audit_text(&findings, "ab\xff", 3, NULL, NULL, &err), GRIDGOV_EFORMAT);
    assert_null(findings);
    assert_non_null(strstr(err.message, "byte 3"));
    assert_int_equal(gridgov_audit_text(&findings, "\xb9\xb2\xc9\xcf\xb1\xa8", 6, NULL, NULL, &err),
                     GRIDGOV_EFORMAT);
    assert_string_equal(gridgov_rule_code(err.rule), "not-utf8-perhaps-gb18030");
    assert_int_equal(gridgov_audit_text(&findings, NULL, 0, NULL, NULL, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_findings_count(findings), 0);
    gridgov_findings_free(findings);
    assert_int_equal(gridgov_audit_text(NULL, "", 0, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_audit_text(&findings, NULL, 1, NULL, NULL, &err), GRIDGOV_EARG);
    gridgov_audit_options_init(&options, sizeof options);
    options.finding_limit = -1;
    assert_int_equal(gridgov_audit_text(&findings, "", 0, &options, NULL, &err), GRIDGOV_EARG);
    options.finding_limit = 0;
    options.previous = "\xff";
    options.previous_size = 1;
    assert_int_equal(gridgov_audit_text(&findings, "", 0, &options, NULL, &err), GRIDGOV_EFORMAT);
    assert_string_equal(err.source, "previous");
    gridgov_finding finding = {.struct_size = sizeof finding};
    assert_int_equal(gridgov_findings_at(&finding, NULL, -1), GRIDGOV_END);
    assert_int_equal(gridgov_findings_count(NULL), 0);
    assert_int_equal(gridgov_findings_checked(NULL, GRIDGOV_CHECK_SUM), 0);
    assert_null(gridgov_findings_explanation(NULL, 0, GRIDGOV_LANG_ZH));
    gridgov_findings_free(NULL);

    char *wide = calloc(1, 4100);
    assert_non_null(wide);
    memset(wide, '\t', 1030);
    memcpy(wide, "a", 1);
    memcpy(wide + 1030, "z\nb\t1\n", 7);
    assert_int_equal(gridgov_audit_text(&findings, wide, strlen(wide), NULL, NULL, &err),
                     GRIDGOV_ELIMIT);
    free(wide);
}

static void test_limit_of_findings(void **state) {
    gridgov_findings *findings = NULL;
    gridgov_audit_options options;
    gridgov_bytes *json = NULL;
    static const char text[] = "机构\t满意率\n甲\t198%\n乙\t118%\n丙\t128%\n";
    (void)state;
    gridgov_audit_options_init(&options, sizeof options);
    options.finding_limit = 2;
    assert_int_equal(gridgov_audit_text(&findings, text, strlen(text), &options, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_findings_count(findings), 2);
    assert_int_equal(gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_WARNING), 3);
    assert_int_equal(gridgov_findings_json(&json, findings, GRIDGOV_LANG_EN, NULL), GRIDGOV_OK);
    assert_non_null(strstr(gridgov_bytes_data(json, NULL), "\"not_listed\":1"));
    gridgov_bytes_free(json);
    gridgov_findings_free(findings);
}

static int32_t stop(void *user, const char *stage, int64_t done, int64_t total) {
    int *left = user;
    (void)stage;
    (void)done;
    (void)total;
    return (*left)-- <= 0;
}

static void test_cancelling(void **state) {
    static const char text[] = "类型\t数量\n甲\t5\n乙\t7\n合计\t13\n";
    gridgov_job *job = NULL;
    int finished = 0;
    (void)state;
    assert_int_equal(gridgov_job_new(&job, NULL), GRIDGOV_OK);
    for (int ticks = 0; ticks < 100 && !finished; ticks++) {
        int left = ticks;
        gridgov_findings *findings = NULL;
        gridgov_job_reset(job);
        gridgov_job_on_progress(job, stop, &left);
        gridgov_status status = gridgov_audit_text(&findings, text, strlen(text), NULL, job, NULL);
        finished = status == GRIDGOV_OK;
        assert_true(finished || (status == GRIDGOV_ECANCELLED && findings == NULL));
        gridgov_findings_free(findings);
    }
    assert_true(finished);
    gridgov_job_free(job);
}

static void test_published_bulletin(void **state) {
    const char *shared = getenv("GRIDGOV_SHARED");
    char path[1024];
    static char text[65536];
    static const struct {
        const char *code;
        int64_t line, cells;
    } wanted[] = {{"share-denominator", 23, 7},
                  {"adjustment-without-reason-printed", 86, 1},
                  {"adjustment-without-reason-printed", 95, 1},
                  {"column-shift", 104, 1}};
    (void)state;
    snprintf(path, sizeof path, "%s/bulletins/baiguan-2021-09.txt",
             shared != NULL ? shared : "../shared");
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        print_message("no %s: the published bulletin is skipped\n", path);
        skip();
    }
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    gridgov_findings *findings = audit(text, NULL);
    gridgov_finding finding = {.struct_size = sizeof finding};
    assert_int_equal(gridgov_findings_count(findings), 4);
    for (int64_t i = 0; i < 4; i++) {
        assert_int_equal(gridgov_findings_at(&finding, findings, i), GRIDGOV_OK);
        assert_string_equal(finding.code, wanted[i].code);
        assert_int_equal(finding.line, wanted[i].line);
        assert_int_equal(finding.cell_count, wanted[i].cells);
    }
    assert_non_null(strstr(gridgov_findings_explanation(findings, 0, GRIDGOV_LANG_EN), "2970"));
    assert_non_null(strstr(gridgov_findings_explanation(findings, 0, GRIDGOV_LANG_EN),
                           "without the last 2 rows"));
    assert_int_equal(gridgov_findings_checked(findings, GRIDGOV_CHECK_ROW_TOTAL), 65);
    assert_int_equal(gridgov_findings_checked(findings, GRIDGOV_CHECK_PROSE_TABLE), 14);
    assert_int_equal(gridgov_findings_checked(findings, GRIDGOV_CHECK_SUM), 2);
    assert_int_equal(gridgov_findings_checked(findings, GRIDGOV_CHECK_SHARE),
                     19); /* 13 of 2975, 6 of either */
    gridgov_findings_free(findings);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layouts_are_clean),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_headers_vote),
        cmocka_unit_test(test_continuity),
        cmocka_unit_test(test_declared_reasons_are_notes),
        cmocka_unit_test(test_bytes_and_limits),
        cmocka_unit_test(test_limit_of_findings),
        cmocka_unit_test(test_cancelling),
        cmocka_unit_test(test_published_bulletin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
