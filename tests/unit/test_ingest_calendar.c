/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars made by calls and from tables: the three ways to say a day, which years a table covers,
 * rows that cannot be, and the same calendar from a table as from a document. */
#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static gridgov_day day_of(const char *text) {
    gridgov_day day = GRIDGOV_NO_DAY;
    assert_int_equal(gridgov_day_parse(&day, text, strlen(text), NULL), GRIDGOV_OK);
    return day;
}

static gridgov_calendar *new_calendar(void) {
    gridgov_calendar *calendar = NULL;
    assert_int_equal(gridgov_calendar_new(&calendar, "t", 1, NULL), GRIDGOV_OK);
    return calendar;
}

/* Read CSV into a calendar that is not sealed. */
static gridgov_ingest_summary read_into(gridgov_calendar *calendar, const char *csv,
                                        gridgov_issues *issues) {
    gridgov_ingest_summary summary = {.struct_size = sizeof summary};
    gridgov_rows *rows = NULL;
    gridgov_error err = {0};
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, strlen(csv), NULL, NULL), GRIDGOV_OK);
    if (gridgov_ingest_calendar(&summary, calendar, rows, NULL, issues, NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s", err.message);
    }
    gridgov_rows_free(rows);
    assert_int_equal(summary.read, summary.added + summary.skipped + summary.excluded);
    return summary;
}

static gridgov_calendar *calendar_of(const char *csv) {
    gridgov_calendar *calendar = new_calendar();
    gridgov_ingest_summary summary = read_into(calendar, csv, NULL);
    assert_int_equal(summary.excluded, 0);
    assert_int_equal(gridgov_calendar_seal(calendar, NULL), GRIDGOV_OK);
    return calendar;
}

static int32_t kind_of(const gridgov_calendar *calendar, const char *day) {
    int32_t kind = 0;
    return gridgov_calendar_day_kind(&kind, calendar, day_of(day), NULL) == GRIDGOV_OK ? kind : -1;
}

static void test_three_ways_to_say_a_day(void **state) {
    static const char *const tables[] = {
        "date,kind\n2021-09-18,makeup\n2021-09-20,holiday\n2021-09-19,holiday\n2021-09-25,"
        "weekend\n",
        "日期,是否休息,名称\n2021年9月18日,否,\n2021/9/20,是,中秋节\n2021-09-19,是,中秋节\n"
        "2021-09-25,是,\n",
        "day,is_workday,name\n20210918,1,\n20210920,0,中秋节\n20210919,0,中秋节\n20210925,0,\n",
        "日期,类型\n2021-09-18,班\n2021-09-20,休\n2021-09-19,放假\n2021-09-25,双休\n",
    };
    gridgov_calendar *first = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        gridgov_calendar *calendar = calendar_of(tables[i]);
        assert_int_equal(kind_of(calendar, "2021-09-18"), GRIDGOV_DAY_MAKEUP);
        assert_int_equal(kind_of(calendar, "2021-09-19"), GRIDGOV_DAY_HOLIDAY);
        assert_int_equal(kind_of(calendar, "2021-09-20"), GRIDGOV_DAY_HOLIDAY);
        assert_int_equal(kind_of(calendar, "2021-09-25"), GRIDGOV_DAY_WEEKEND);
        assert_int_equal(kind_of(calendar, "2021-09-24"), GRIDGOV_DAY_WORKDAY);
        assert_int_equal(kind_of(calendar, "2022-01-03"), -1);
        if (first != NULL) {
            assert_string_equal(gridgov_calendar_digest(calendar), gridgov_calendar_digest(first));
            gridgov_calendar_free(calendar);
        } else {
            first = calendar;
        }
    }
    gridgov_calendar_free(first);
}

/* The built-in calendar written out day by day and read again is the same one. */
static void test_every_day_of_six_years(void **state) {
    static char csv[1 << 17];
    gridgov_calendar *china = NULL, *calendar = NULL;
    size_t size = (size_t)snprintf(csv, sizeof csv, "date,kind\n");
    (void)state;
    assert_int_equal(gridgov_calendar_open(&china, "china", 5, NULL), GRIDGOV_OK);
    for (gridgov_day day = day_of("2026-12-31"); day >= day_of("2021-01-01"); day--) {
        char text[GRIDGOV_CIVIL_TEXT_SIZE];
        int32_t kind = 0;
        assert_int_equal(gridgov_day_format(text, day), GRIDGOV_OK);
        assert_int_equal(gridgov_calendar_day_kind(&kind, china, day, NULL), GRIDGOV_OK);
        size += (size_t)snprintf(csv + size, sizeof csv - size, "%s,%s\n", text,
                                 gridgov_code_text(GRIDGOV_KIND_DAY, kind));
    }
    calendar = calendar_of(csv);
    assert_string_equal(gridgov_calendar_digest(calendar), gridgov_calendar_digest(china));
    gridgov_calendar_free(calendar);
    gridgov_calendar_free(china);
}

static void test_which_years_are_covered(void **state) {
    static const struct {
        const char *csv;
        int covers_2022, covers_2023;
    } cases[] = {
        {"date,off\n2022-12-31,yes\n2023-01-02,yes\n", 0, 1}, // both from the notice for 2023
        {"date,off\n2022-12-31,yes\n", 1, 0},                 // nothing of 2023 is listed
        {"date,off\n2022-10-01,yes\n2022-12-31,yes\n2023-01-02,yes\n", 1, 1},
        {"date,off\n2022-12-25,yes\n2023-01-02,yes\n", 1, 1}, // too early for 2023's notice
        {"date,off,year\n2022-12-31,yes,2022\n2023-01-02,yes,2023\n", 1, 1},
        {"date,off,year\n2022-12-31,yes,2023\n", 0, 1},
        {"date,off,year\n2022-12-31,yes,2023\n2022-10-03,yes,\n", 1, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_calendar *calendar = calendar_of(cases[i].csv);
        assert_int_equal(gridgov_calendar_covers(calendar, 2022), cases[i].covers_2022);
        assert_int_equal(gridgov_calendar_covers(calendar, 2023), cases[i].covers_2023);
        assert_int_equal(gridgov_calendar_covers(calendar, 2024), 0);
        gridgov_calendar_free(calendar);
    }
}

static void test_rows_that_cannot_be(void **state) {
    static const struct {
        const char *row, *rule;
    } cases[] = {
        {"2021-09-20,weekend,,,", "calendar-no-weekend"}, // a Monday
        {"2021-09-20,,,,", "calendar-says-nothing"},
        {"2021-09-20,holiday,no,,", "calendar-contradiction"},
        {"2021-09-20,,yes,yes,", "calendar-contradiction"},
        {"2021-09-31,holiday,,,", "bad-day"},
        {"2021-09-20,feast,,,", "unknown-code"},
        {"2021-09-20,holiday,,,2023", "calendar-day-far"},
        {"2021-09-20,holiday,,,0", NULL},
        {"2021-09-20,holiday,,,123456", "calendar-day-far"},
        {"2021-09-21,workday,,,", "calendar-contradicts-row"},
        {"2021-09-21,holiday,yes,no,2021", NULL}, // said twice alike
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_calendar *calendar = new_calendar();
        gridgov_issues *issues = NULL;
        gridgov_error issue = {0};
        char csv[256];
        snprintf(csv, sizeof csv, "date,kind,off,workday,year\n2021-09-21,holiday,,,\n%s\n",
                 cases[i].row);
        assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
        gridgov_ingest_summary summary = read_into(calendar, csv, issues);
        assert_int_equal(summary.excluded, cases[i].rule != NULL);
        if (cases[i].rule != NULL) {
            assert_int_equal(gridgov_issues_at(&issue, issues, 0), GRIDGOV_OK);
            assert_int_equal(issue.row, 3);
            if (strcmp(cases[i].rule, "unknown-code") != 0) {
                assert_string_equal(gridgov_rule_code(issue.rule), cases[i].rule);
            }
        }
        gridgov_issues_free(issues);
        gridgov_calendar_free(calendar);
    }
}

/* Two tables into one calendar: united, and a contradiction between them refuses the seal for as
 * long as it stands. */
static void test_two_tables(void **state) {
    gridgov_calendar *calendar = new_calendar();
    gridgov_error err = {0};
    gridgov_roster *roster = NULL;
    int64_t days = 0;
    int32_t kind = 0;
    (void)state;
    read_into(calendar, "date,kind\n2021-10-01,holiday\n2021-10-09,makeup\n", NULL);
    read_into(calendar, "date,kind\n2022-10-03,holiday\n2021-10-01,holiday\n", NULL);
    assert_string_equal(gridgov_calendar_digest(calendar), "");
    assert_int_equal(gridgov_calendar_covers(calendar, 2021), 0);
    assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, day_of("2021-10-01"), NULL),
                     GRIDGOV_ESTATE);
    assert_int_equal(gridgov_calendar_workdays(&days, calendar, 18900, 18910, NULL),
                     GRIDGOV_ESTATE);
    assert_int_equal(gridgov_roster_new(&roster, calendar, 480, NULL), GRIDGOV_ESTATE);
    assert_null(roster);
    read_into(calendar, "date,kind\n2021-10-01,workday\n", NULL);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(gridgov_calendar_seal(calendar, &err), GRIDGOV_EDATA);
        assert_string_equal(err.value, "2021-10-01");
        assert_int_equal(gridgov_calendar_covers(calendar, 2021), 0);
    }
    gridgov_calendar_free(calendar);

    calendar = new_calendar();
    read_into(calendar, "date,kind\n2022-10-03,holiday\n2021-10-01,holiday\n", NULL);
    read_into(calendar, "date,kind\n2021-10-09,makeup\n2021-10-01,holiday\n", NULL);
    assert_int_equal(gridgov_calendar_seal(calendar, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_seal(calendar, NULL), GRIDGOV_ESTATE);
    assert_int_equal(kind_of(calendar, "2021-10-09"), GRIDGOV_DAY_MAKEUP);
    assert_int_equal(kind_of(calendar, "2022-10-03"), GRIDGOV_DAY_HOLIDAY);
    gridgov_rows *rows = NULL;
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, "date,kind\n", 10, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ingest_calendar(NULL, calendar, rows, NULL, NULL, NULL, NULL),
                     GRIDGOV_ESTATE);
    gridgov_rows_free(rows);
    gridgov_calendar_free(calendar);
}

static void test_days_by_calls(void **state) {
    const gridgov_calendar_day good[] = {{day_of("2022-12-31"), 1, 2023, 0},
                                         {day_of("2023-01-02"), 1, 2023, 0},
                                         {day_of("2023-01-07"), -1, 2023, 0}};
    const gridgov_calendar_day far[] = {{day_of("2023-01-02"), 1, 2023, 0},
                                        {day_of("2023-01-02"), 1, 2025, 0}};
    const gridgov_calendar_day bad[] = {{day_of("2023-01-02"), 2, 2023, 0},
                                        {day_of("2023-01-02"), 1, 10000, 0},
                                        {GRIDGOV_NO_DAY, 1, 2023, 0}};
    gridgov_calendar *calendar = new_calendar();
    gridgov_error err = {0};
    (void)state;
    assert_int_equal(gridgov_calendar_add_days(calendar, far, 2, &err), GRIDGOV_EDATA);
    assert_string_equal(err.value, "2023-01-02");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(gridgov_calendar_add_days(calendar, &bad[i], 1, NULL), GRIDGOV_EARG);
    }
    assert_int_equal(gridgov_calendar_add_days(calendar, NULL, 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_add_days(calendar, good, -1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_add_days(NULL, good, 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_add_days(calendar, good, 3, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_seal(calendar, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_add_days(calendar, good, 1, NULL), GRIDGOV_ESTATE);
    // Of the call that failed nothing was kept: 2025 is not covered.
    assert_int_equal(gridgov_calendar_covers(calendar, 2025), 0);
    assert_int_equal(gridgov_calendar_covers(calendar, 2023), 1);
    assert_int_equal(gridgov_calendar_covers(calendar, 2022), 0);
    assert_int_equal(kind_of(calendar, "2023-01-07"), GRIDGOV_DAY_WEEKEND);
    gridgov_calendar_free(calendar);
    assert_int_equal(gridgov_calendar_new(NULL, "t", 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_new(&calendar, NULL, 0, NULL), GRIDGOV_EARG);
    assert_null(calendar);
    assert_int_equal(gridgov_calendar_seal(NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_covers(NULL, 2023), 0);
}

static void test_built_in(void **state) {
    static const struct {
        const char *roster;
        int64_t seconds; /* of Saturday 2021-09-18, a make-up workday, to Wednesday 2021-09-22 */
    } cases[] = {{"office", 8 * 3600}, {"duty", 4 * 86400}};
    gridgov_calendar *calendar = NULL;
    (void)state;
    assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, NULL), GRIDGOV_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_roster *roster = NULL;
        int64_t seconds = 0;
        assert_int_equal(
            gridgov_roster_open(&roster, calendar, cases[i].roster, strlen(cases[i].roster), NULL),
            GRIDGOV_OK);
        assert_string_equal(gridgov_roster_name(roster), cases[i].roster);
        assert_int_equal(gridgov_worktime_between(&seconds, roster, GRIDGOV_LIMIT_WORK_HOURS,
                                                  gridgov_day_start(day_of("2021-09-18"), 480),
                                                  gridgov_day_start(day_of("2021-09-22"), 480),
                                                  NULL),
                         GRIDGOV_OK);
        assert_int_equal(seconds, cases[i].seconds);
        gridgov_roster_free(roster);
    }
    gridgov_roster *none = NULL;
    assert_int_equal(gridgov_roster_open(&none, calendar, "night", 5, NULL), GRIDGOV_ENOTFOUND);
    assert_null(none);
    gridgov_calendar_free(calendar);
    assert_int_equal(gridgov_calendar_open(&calendar, "weekends", 8, NULL), GRIDGOV_OK);
    assert_int_equal(kind_of(calendar, "1949-10-01"), GRIDGOV_DAY_WEEKEND);
    assert_int_equal(gridgov_calendar_covers(calendar, 1949), 1);
    gridgov_calendar_free(calendar);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_ways_to_say_a_day),
        cmocka_unit_test(test_every_day_of_six_years),
        cmocka_unit_test(test_which_years_are_covered),
        cmocka_unit_test(test_rows_that_cannot_be),
        cmocka_unit_test(test_two_tables),
        cmocka_unit_test(test_days_by_calls),
        cmocka_unit_test(test_built_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
