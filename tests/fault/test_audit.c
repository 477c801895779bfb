/* SPDX-License-Identifier: Apache-2.0 */
/* An audit of prose and tables with faults, against an earlier bulletin, and its JSON: out of
 * memory at every request. */
#include "support/sweep.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char text[] =
    "2021年9月通报\n\n本期共上报 100 条。其中其他 20 条，占 20.00%；城市 50 条，占 50.00%；消防 30 "
    "条，占 31.00%。"
    "办结 99 条，办结率99%，环比（120条）下降16.67%。\n\n"
    "类型\t数量\t占比\n其他\t20\t20.00%\n城市\t50\t50.00%\n消防\t30\t30.00%\n合计\t101\t\n\n"
    "| 单位 | 网格 | 走访 (5 分) | 附加分 | 总分 | 排名 |\n|---|---|---|---|---|---|\n| 甲 | 一 | "
    "-1 | | 99 | 2 |\n"
    "| | 二 | +9 | | 109 | 1 |\n| 乙 | 一 | | -20 | 80 | 3 |\n| 乙 | 一 | -2 | | 98 | 4 |\n\n"
    "机构,上月结转,结转下月\n\"甲,所\",2,3\n";
static const char before[] = "机构,上月结转,结转下月\n\"甲,所\",1,1\n";

static gridgov_status audited(gridgov_error *err) {
    gridgov_findings *findings = NULL;
    gridgov_bytes *json = NULL;
    gridgov_audit_options options;
    gridgov_status status = GRIDGOV_OK;
    gridgov_audit_options_init(&options, sizeof options);
    options.previous = before;
    options.previous_size = sizeof before - 1;
    SWEEP_TRY(status, gridgov_audit_text(&findings, text, sizeof text - 1, &options, NULL, err),
              findings);
    if (status == GRIDGOV_OK) {
        assert_true(gridgov_findings_count(findings) >= 6);
    }
    SWEEP_TRY(status, gridgov_findings_json(&json, findings, GRIDGOV_LANG_ZH, err), json);
    gridgov_bytes_free(json);
    gridgov_findings_free(findings);
    return status;
}

static void test_audit(void **state) {
    (void)state;
    sweep("audit", audited, SWEEP_STRICT, 2000, 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_audit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
