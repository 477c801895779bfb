/* SPDX-License-Identifier: Apache-2.0 */
/* The collector of issues: order, limit, counts. */
#include <gridgov/codes.h>
#include <gridgov/issues.h>

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void add(gridgov_issues *issues, int32_t rule, int64_t row) {
    gridgov_error issue;
    gridgov_error_set(&issue, rule, "f", "v", 1, NULL);
    issue.row = row;
    gridgov_issues_add(issues, &issue);
}

static void entries_come_in_order_up_to_the_limit(void **state) {
    (void)state;
    gridgov_issues *issues = NULL;
    gridgov_error issue;
    assert_int_equal(gridgov_issues_new(&issues, 3, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_issues_at(&issue, issues, 0), GRIDGOV_END);
    for (int64_t row = 1; row <= 5; row++) {
        add(issues, row % 2 ? GG_RULE_TIME : GG_RULE_CATEGORY_UNKNOWN, row);
    }
    add(issues, GG_RULE_COLUMN_UNUSED, 6);
    assert_int_equal(gridgov_issues_count(issues), 3);
    assert_int_equal(gridgov_issues_dropped(issues), 3);
    for (int64_t i = 0; i < 3; i++) {
        assert_int_equal(gridgov_issues_at(&issue, issues, i), GRIDGOV_OK);
        assert_int_equal(issue.row, i + 1);
        assert_int_equal(issue.rule, i % 2 ? GG_RULE_CATEGORY_UNKNOWN : GG_RULE_TIME);
    }
    assert_int_equal(gridgov_issues_at(&issue, issues, 3), GRIDGOV_END);
    assert_int_equal(gridgov_issues_severity_count(issues, GRIDGOV_SEVERITY_ERROR), 3);
    assert_int_equal(gridgov_issues_severity_count(issues, GRIDGOV_SEVERITY_WARNING), 2);
    assert_int_equal(gridgov_issues_severity_count(issues, GRIDGOV_SEVERITY_NOTE), 1);
    assert_int_equal(gridgov_issues_rule_count(issues, GG_RULE_TIME), 3);
    assert_int_equal(gridgov_issues_rule_count(issues, GG_RULE_CATEGORY_UNKNOWN), 2);
    assert_int_equal(gridgov_issues_rule_count(issues, GG_RULE_COLUMN_UNUSED), 1);
    assert_int_equal(gridgov_issues_rule_count(issues, GG_RULE_DAY), 0);
    assert_int_equal(gridgov_issues_rule_count(issues, 0), 0);
    assert_int_equal(gridgov_issues_rule_count(NULL, GG_RULE_TIME), 0);
    assert_int_equal(gridgov_issues_severity_count(issues, -1), 0);
    assert_int_equal(gridgov_issues_severity_count(issues, 3), 0);
    gridgov_issues_free(issues);
}

static void the_default_limit_is_a_thousand(void **state) {
    (void)state;
    gridgov_issues *issues = NULL;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    for (int64_t row = 1; row <= 1001; row++) {
        add(issues, GG_RULE_TIME, row);
    }
    assert_int_equal(gridgov_issues_count(issues), 1000);
    assert_int_equal(gridgov_issues_dropped(issues), 1);
    gridgov_issues_free(issues);
}

static void an_issue_of_no_rule_counts_as_an_error(void **state) {
    (void)state;
    gridgov_issues *issues = NULL;
    gridgov_error own;
    memset(&own, 0, sizeof own);
    own.rule = 123456;
    assert_int_equal(gridgov_issues_new(&issues, 1, NULL), GRIDGOV_OK);
    gridgov_issues_add(issues, &own);
    assert_int_equal(gridgov_issues_severity_count(issues, GRIDGOV_SEVERITY_ERROR), 1);
    assert_int_equal(gridgov_issues_rule_count(issues, 0), 1);
    gridgov_issues_free(issues);
}

static void mistakes_are_refused(void **state) {
    (void)state;
    gridgov_issues *issues = (gridgov_issues *)state;
    gridgov_error err;
    assert_int_equal(gridgov_issues_new(NULL, 1, &err), GRIDGOV_EARG);
    assert_string_equal(err.field, "out");
    assert_int_equal(gridgov_issues_new(&issues, -1, &err), GRIDGOV_EARG);
    assert_null(issues);
    assert_int_equal(gridgov_issues_new(&issues, 1000001, &err), GRIDGOV_EARG);
    assert_string_equal(err.field, "limit");
    assert_int_equal(gridgov_issues_new(&issues, 1000000, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_issues_at(NULL, issues, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_issues_at(&err, issues, -1), GRIDGOV_END);
    gridgov_issues_add(issues, NULL);
    assert_int_equal(gridgov_issues_count(issues), 0);
    gridgov_issues_free(issues);
}

static void null_has_nothing(void **state) {
    (void)state;
    gridgov_error issue;
    memset(&issue, 0, sizeof issue);
    gridgov_issues_add(NULL, &issue);
    assert_int_equal(gridgov_issues_count(NULL), 0);
    assert_int_equal(gridgov_issues_dropped(NULL), 0);
    assert_int_equal(gridgov_issues_severity_count(NULL, 0), 0);
    assert_int_equal(gridgov_issues_at(&issue, NULL, 0), GRIDGOV_END);
    gridgov_issues_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_come_in_order_up_to_the_limit),
        cmocka_unit_test(the_default_limit_is_a_thousand),
        cmocka_unit_test(an_issue_of_no_rule_counts_as_an_error),
        cmocka_unit_test(mistakes_are_refused),
        cmocka_unit_test(null_has_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
