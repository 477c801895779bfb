/* SPDX-License-Identifier: Apache-2.0 */
/* The whole way from tables to printed cells, through public headers only, on a month that was
 * counted by hand. */
#include "support/small_month.h"

/* What a pencil gets for the small month under baiguan-2021. */
static void test_every_cell(void **state) {
    static const struct {
        const char *code, *text;
    } cells[] = {
        {"events.total", "6"},
        {"events.street", "1"},
        {"category.urban-management.count", "3"},
        {"category.urban-management.share", "50.00%"},
        {"agency.派出所.handled", "1"},
        {"agency.派出所.dispatched", "1"},
        {"agency.派出所.closed", "1"},
        {"agency.派出所.rate", "100%"},
        {"agency.市监所.handled", "/"},
        {"agency.市监所.rate", "/"},
        /* A1: leave on the 3rd is no missing day; one invalid report */
        {"grid.甲社区/一网格.online_rate", ""},
        {"grid.甲社区/一网格.valid_events", "-1"},
        {"grid.甲社区/一网格.total", "99"},
        /* A2: offline on 06, half an hour on 07; E3 overdue and the grid's own; closed late but
           closed; visit missing; report late; −20 without a reason */
        {"grid.甲社区/二网格.online_rate", "-1"},
        {"grid.甲社区/二网格.online_hours", "-2"},
        {"grid.甲社区/二网格.online_distance", "-1"},
        {"grid.甲社区/二网格.timeliness", "-2"},
        {"grid.甲社区/二网格.closure", ""},
        {"grid.甲社区/二网格.visits", "-5"},
        {"grid.甲社区/二网格.dispute_report", "-1"},
        {"grid.甲社区/二网格.bonus", "-20"},
        {"grid.甲社区/二网格.total", "68"},
        /* A3: report not submitted, one wrong record, +10 */
        {"grid.乙社区/一网格.dispute_report", "-3"},
        {"grid.乙社区/一网格.maintenance", "-1"},
        {"grid.乙社区/一网格.bonus", "+10"},
        {"grid.乙社区/一网格.total", "106"},
        {"adjustments.unexplained", "1"},
    };
    gridgov_month *month = small_month(NULL);
    (void)state;
    run_month(month, NULL);
    assert_int_equal(gridgov_month_excluded(month), 0);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        if (strcmp(figure(month, cells[i].code), cells[i].text) != 0) {
            fail_msg("%s is \"%s\", not \"%s\"", cells[i].code, figure(month, cells[i].code),
                     cells[i].text);
        }
    }
    gridgov_month_free(month);
}

static void test_line_sums(void **state) {
    gridgov_month *month = small_month(NULL);
    const gridgov_scorecards *cards;
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_score_line line = {.struct_size = sizeof line};
    int64_t count = 0;
    (void)state;
    run_month(month, NULL);
    cards = gridgov_month_scorecards(month);
    for (; gridgov_scorecards_at(&card, cards, count) == GRIDGOV_OK; count++) {
        gridgov_points sum = card.out_of + card.bonus;
        for (int64_t k = 0; gridgov_scorecards_line_at(&line, cards, count, k) == GRIDGOV_OK; k++) {
            sum += line.points;
        }
        assert_int_equal(sum, card.total);
        assert_int_equal(card.out_of, 100 * GRIDGOV_POINT);
    }
    assert_int_equal(count, 3);
    gridgov_month_free(month);
}

static void test_unknown_category(void **state) {
    char events[4096];
    gridgov_issues *issues = NULL;
    gridgov_error issue;
    gridgov_month *month = small_month(NULL);
    int named = 0;
    (void)state;
    replace(events, sizeof events, small_tables[GRIDGOV_TABLE_EVENTS], "E5,城市管理",
            "E5,城市治理");
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_EVENTS, events, strlen(events), NULL, NULL),
        GRIDGOV_OK);
    run_month(month, issues);
    assert_string_equal(figure(month, "events.total"), "6");
    assert_string_equal(figure(month, "category.城市治理.count"), "1");
    assert_string_equal(figure(month, "category.urban-management.count"), "2");
    assert_true(document_has(month, GRIDGOV_FORMAT_CSV, "categories", "城市治理（待核）,1,16.67%"));
    for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        named |= strcmp(issue.value, "城市治理") == 0 && strstr(issue.message, "城市管理") != NULL;
    }
    assert_true(named);
    assert_int_equal(gridgov_month_excluded(month), 0);
    gridgov_issues_free(issues);
    gridgov_month_free(month);
}

static void test_draft_stamp(void **state) {
    char events[4096];
    gridgov_issues *issues = NULL;
    gridgov_error issue = {0};
    gridgov_month *month = small_month(NULL);
    (void)state;
    replace(events, sizeof events, small_tables[GRIDGOV_TABLE_EVENTS], "一网格,,2021-09-02 08:00",
            "一网格,,2021-09-31 08:00");
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_month_set_table(month, GRIDGOV_TABLE_EVENTS, events, strlen(events),
                                             "九月.csv", NULL),
                     GRIDGOV_OK);
    run_month(month, issues);
    assert_int_equal(gridgov_month_excluded(month), 1);
    assert_string_equal(figure(month, "load.excluded"), "1");
    assert_true(document_has(month, GRIDGOV_FORMAT_MARKDOWN, NULL, "草稿"));
    for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        if (gridgov_rule_severity(issue.rule) == GRIDGOV_SEVERITY_ERROR) {
            break;
        }
    }
    assert_string_equal(issue.source, "九月.csv");
    assert_int_equal(issue.row, 3);
    assert_int_equal(issue.column, 5);
    assert_string_equal(issue.field, "reported_at");
    assert_string_equal(issue.value, "2021-09-31 08:00");
    gridgov_issues_free(issues);
    gridgov_month_free(month);
}

static void test_cut_off(void **state) {
    gridgov_month *month = small_month(NULL);
    (void)state;
    assert_int_equal(gridgov_month_set_view(month, "2021-09-04", GRIDGOV_LANG_ZH, NULL),
                     GRIDGOV_OK);
    run_month(month, NULL);
    assert_string_equal(figure(month, "agency.派出所.handled"), "1");
    assert_string_equal(figure(month, "agency.派出所.closed"), "0");
    assert_string_equal(figure(month, "agency.派出所.rate"), "0%");
    assert_true(document_has(month, GRIDGOV_FORMAT_MARKDOWN, NULL, "结案数截止 09 月 04 日"));
    gridgov_month_free(month);
}

/* Stamps of a folder stand in the zone of its parameters: half past midnight on the 1st is
 * September there, whatever UTC says. */
static void test_zone(void **state) {
    static const char events[] =
        "类型,上报时间\n城市管理,2021-09-01 00:30\n城市管理,2021-09-30 23:30\n";
    static const char parameters[] =
        "{\"schema\": \"gridgov.parameters/1\", \"utc_offset_minutes\": -240}";
    gridgov_month *month = NULL;
    (void)state;
    assert_int_equal(gridgov_month_new(&month, "2021-09", 7, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_EVENTS, events, strlen(events), NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(
        gridgov_month_set_parameters(month, parameters, strlen(parameters), NULL, NULL),
        GRIDGOV_OK);
    run_month(month, NULL);
    assert_string_equal(figure(month, "events.total"), "2");
    gridgov_month_free(month);
}

static void test_pins(void **state) {
    char events[4096];
    gridgov_month *first = small_month(NULL);
    gridgov_month *again = small_month(NULL);
    gridgov_month *other = small_month(NULL);
    gridgov_bytes *json = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error issue;
    int64_t differing = -1;
    size_t size = 0;
    const char *data;
    (void)state;
    run_month(first, NULL);
    run_month(again, NULL);
    replace(events, sizeof events, small_tables[GRIDGOV_TABLE_EVENTS], "E1,城市管理", "E1,其他");
    assert_int_equal(
        gridgov_month_set_table(other, GRIDGOV_TABLE_EVENTS, events, strlen(events), NULL, NULL),
        GRIDGOV_OK);
    run_month(other, NULL);
    assert_int_equal(
        gridgov_render_bytes(&json, gridgov_month_bulletin(first), GRIDGOV_FORMAT_JSON, NULL, NULL),
        GRIDGOV_OK);
    data = gridgov_bytes_data(json, &size);
    assert_int_equal(gridgov_month_compare(&differing, again, data, size, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(differing, 0);
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_month_compare(&differing, other, data, size, issues, NULL),
                     GRIDGOV_OK);
    assert_int_equal(differing, 2); /* the events and the ledger made of them */
    assert_int_equal(gridgov_issues_at(&issue, issues, 0), GRIDGOV_OK);
    assert_string_equal(issue.field, "input.events");
    assert_int_equal(gridgov_month_compare(&differing, other, "{}", 2, NULL, NULL),
                     GRIDGOV_EPOLICY);
    gridgov_issues_free(issues);
    gridgov_bytes_free(json);
    gridgov_month_free(first);
    gridgov_month_free(again);
    gridgov_month_free(other);
}

static void test_order_of_calls(void **state) {
    gridgov_month *month = small_month(NULL);
    gridgov_bytes *bytes = NULL;
    (void)state;
    assert_int_equal(gridgov_month_score_json(&bytes, month, GRIDGOV_NONE, NULL), GRIDGOV_ESTATE);
    assert_null(gridgov_month_bulletin(month));
    run_month(month, NULL);
    assert_int_equal(gridgov_month_run(month, NULL, NULL, NULL), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_month_set_table(month, GRIDGOV_TABLE_UNITS, "", 0, NULL, NULL),
                     GRIDGOV_ESTATE);
    assert_int_equal(gridgov_month_score_json(&bytes, month, 999, NULL), GRIDGOV_ENOTFOUND);
    assert_null(bytes);
    gridgov_month_free(month);
    assert_int_equal(gridgov_month_new(&month, "2021-13", 7, NULL), GRIDGOV_EDATA);
    assert_null(month);
}

static void test_find_grid(void **state) {
    gridgov_month *month = small_month(NULL);
    gridgov_error err = {0};
    int64_t unit = 0;
    (void)state;
    run_month(month, NULL);
    assert_int_equal(
        gridgov_month_find_grid(&unit, month, "乙社区/一网格", strlen("乙社区/一网格"), &err),
        GRIDGOV_OK);
    assert_int_equal(gridgov_month_find_grid(&unit, month, "330604001001002", 15, &err),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_month_find_grid(&unit, month, "一网格", strlen("一网格"), &err),
                     GRIDGOV_EDATA);
    assert_int_equal(unit, GRIDGOV_NONE);
    assert_non_null(strstr(err.message, "甲社区/一网格"));
    assert_non_null(strstr(err.message, "乙社区/一网格"));
    gridgov_month_free(month);
}

static int32_t cancel_at_once(void *user, const char *stage, int64_t done, int64_t total) {
    (void)user;
    (void)stage;
    (void)done;
    (void)total;
    return 1;
}

static void test_cancel(void **state) {
    gridgov_month *month = small_month(NULL);
    gridgov_job *job = NULL;
    (void)state;
    assert_int_equal(gridgov_job_new(&job, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_job_on_progress(job, cancel_at_once, NULL), GRIDGOV_OK);
    gridgov_job_cancel(job);
    assert_int_equal(gridgov_month_run(month, NULL, job, NULL), GRIDGOV_ECANCELLED);
    assert_null(gridgov_month_bulletin(month));
    gridgov_month_free(month);
    gridgov_job_free(job);
}

/* Blank text and JSON of another shape are broken documents, not names; the byte behind the text
 * is not read. A cut-off before the month is refused by name. */
static void test_policy_and_cut_off_refused(void **state) {
    static const char blank[2] = {' ', '\n'};
    gridgov_month *month = NULL;
    gridgov_error err = {0};
    (void)state;
    assert_int_equal(gridgov_month_new(&month, "2021-09", 7, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_month_set_policy(month, blank, sizeof blank, NULL, NULL),
                     GRIDGOV_EFORMAT);
    assert_int_equal(gridgov_month_set_policy(month, blank, 0, NULL, NULL), GRIDGOV_EFORMAT);
    assert_true(gridgov_month_set_policy(month, "[]", 2, NULL, NULL) < 0);
    assert_int_equal(gridgov_month_set_policy(month, "nope", 4, NULL, NULL), GRIDGOV_ENOTFOUND);
    assert_int_equal(gridgov_month_set_view(month, "2021-08-31", GRIDGOV_LANG_ZH, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_month_run(month, NULL, NULL, &err), GRIDGOV_ERANGE);
    assert_string_equal(err.field, "as_of");
    gridgov_month_free(month);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_cell),
        cmocka_unit_test(test_line_sums),
        cmocka_unit_test(test_unknown_category),
        cmocka_unit_test(test_draft_stamp),
        cmocka_unit_test(test_cut_off),
        cmocka_unit_test(test_pins),
        cmocka_unit_test(test_order_of_calls),
        cmocka_unit_test(test_find_grid),
        cmocka_unit_test(test_policy_and_cut_off_refused),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
