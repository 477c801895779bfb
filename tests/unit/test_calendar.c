/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars: the published working days of 2021–2026, the odd days of September 2021, years that
 * are not covered, documents that contradict themselves, and workdays() against a count day by day.
 */
#include "base/rules.h"

#include <gridgov/calendar.h>
#include <gridgov/civil.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "{\"schema\":\"gridgov.calendar/1\",\"name\":\"t\","

static gridgov_day day_of(const char *text) {
    gridgov_day day = GRIDGOV_NO_DAY;
    assert_int_equal(gridgov_day_parse(&day, text, strlen(text), NULL), GRIDGOV_OK);
    return day;
}

static gridgov_calendar *load(const char *json) {
    gridgov_calendar *calendar = NULL;
    gridgov_error err = {0};
    if (gridgov_calendar_load(&calendar, json, strlen(json), NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s: %s", err.field, err.message);
    }
    return calendar;
}

static gridgov_calendar *open_china(void) {
    gridgov_calendar *calendar = NULL;
    assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, NULL), GRIDGOV_OK);
    return calendar;
}

/* First day of a month counted from January 2021. */
static gridgov_day month_start(int month) {
    static const char digits[] = "0123456789";
    int year = 2021 + month / 12, of_year = month % 12 + 1;
    char text[] = "2020-00-01";
    text[2] = digits[year / 10 % 10];
    text[3] = digits[year % 10];
    text[5] = digits[of_year / 10];
    text[6] = digits[of_year % 10];
    return day_of(text);
}

/* The State Council's notices, month by month. */
static void test_workdays_of_72_months(void **state) {
    static const int expected[72] = {20, 17, 23, 22, 19, 21, 22, 22, 22, 17, 22, 23, 21, 16, 23,
                                     21, 20, 21, 21, 23, 21, 18, 22, 22, 18, 20, 23, 20, 21, 21,
                                     21, 23, 20, 19, 22, 21, 22, 18, 21, 22, 21, 19, 23, 22, 21,
                                     19, 21, 22, 19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23,
                                     21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23};
    gridgov_calendar *calendar = open_china();
    int64_t count = 0, total = 0, sum = 0;
    (void)state;
    for (int month = 0; month < 72; month++) {
        assert_int_equal(gridgov_calendar_workdays(&count, calendar, month_start(month),
                                                   month_start(month + 1), NULL),
                         GRIDGOV_OK);
        assert_int_equal(count, expected[month]);
        sum += expected[month];
    }
    assert_int_equal(
        gridgov_calendar_workdays(&total, calendar, month_start(0), month_start(72), NULL),
        GRIDGOV_OK);
    assert_int_equal(total, sum);
    gridgov_calendar_free(calendar);
}

static void test_kinds_of_days(void **state) {
    static const struct {
        const char *day;
        int32_t kind;
    } cases[] = {
        {"2021-09-17", GRIDGOV_DAY_WORKDAY}, {"2021-09-18", GRIDGOV_DAY_MAKEUP},
        {"2021-09-19", GRIDGOV_DAY_HOLIDAY}, {"2021-09-20", GRIDGOV_DAY_HOLIDAY},
        {"2021-09-21", GRIDGOV_DAY_HOLIDAY}, {"2021-09-22", GRIDGOV_DAY_WORKDAY},
        {"2021-09-25", GRIDGOV_DAY_WEEKEND}, {"2021-09-26", GRIDGOV_DAY_MAKEUP},
        {"2021-09-27", GRIDGOV_DAY_WORKDAY}, {"2021-01-01", GRIDGOV_DAY_HOLIDAY},
        {"2022-12-30", GRIDGOV_DAY_WORKDAY}, {"2022-12-31", GRIDGOV_DAY_HOLIDAY},
        {"2023-01-02", GRIDGOV_DAY_HOLIDAY}, {"2023-01-03", GRIDGOV_DAY_WORKDAY},
        {"2026-12-31", GRIDGOV_DAY_WORKDAY},
    };
    gridgov_calendar *calendar = open_china();
    int32_t kind = 0;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, day_of(cases[i].day), NULL),
                         GRIDGOV_OK);
        if (kind != cases[i].kind) {
            fail_msg("%s is %d", cases[i].day, (int)kind);
        }
    }
    assert_string_equal(gridgov_calendar_name(calendar), "china");
    gridgov_calendar_free(calendar);
}

/* workdays() is arithmetic; a loop over day_kind() is the other way to know. */
static void test_workdays_against_a_loop(void **state) {
    gridgov_calendar *calendar = open_china();
    gridgov_day first = day_of("2021-01-01"), end = day_of("2027-01-01");
    int64_t count = 0;
    (void)state;
    for (gridgov_day from = first; from < end; from += 53) {
        int64_t expected = 0;
        for (gridgov_day to = from; to <= end; to++) {
            int32_t kind = 0;
            assert_int_equal(gridgov_calendar_workdays(&count, calendar, from, to, NULL),
                             GRIDGOV_OK);
            assert_int_equal(count, expected);
            if (to < end) {
                assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, to, NULL), GRIDGOV_OK);
                expected += kind == GRIDGOV_DAY_WORKDAY || kind == GRIDGOV_DAY_MAKEUP;
            }
        }
    }
    gridgov_calendar_free(calendar);
}

static void test_years_not_covered(void **state) {
    gridgov_calendar *calendar = open_china(), *gap = NULL;
    gridgov_error err = {0};
    int32_t kind = 7;
    int64_t count = 7;
    gridgov_day first = day_of("2021-01-01"), end = day_of("2027-01-01");
    (void)state;
    assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, first - 1, &err), GRIDGOV_ERANGE);
    assert_int_equal(err.rule, GG_RULE_CALENDAR_YEAR);
    assert_string_equal(err.value, "2020");
    assert_int_equal(kind, 0);
    assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, first, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, end - 1, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, end, &err), GRIDGOV_ERANGE);
    assert_int_equal(gridgov_calendar_workdays(&count, calendar, first - 1, first, &err),
                     GRIDGOV_ERANGE);
    assert_int_equal(count, 0);
    assert_int_equal(gridgov_calendar_workdays(&count, calendar, end - 1, end + 1, &err),
                     GRIDGOV_ERANGE);
    assert_string_equal(err.value, "2027");
    assert_int_equal(gridgov_calendar_workdays(&count, calendar, end - 1, end, &err), GRIDGOV_OK);
    assert_int_equal(count, 1);
    /* Nothing to count is 0 even outside. */
    assert_int_equal(gridgov_calendar_workdays(&count, calendar, end + 9, end + 9, &err),
                     GRIDGOV_OK);
    assert_int_equal(count, 0);
    assert_int_equal(gridgov_calendar_workdays(&count, calendar, end, first, &err), GRIDGOV_OK);
    assert_int_equal(count, 0);
    assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, INT32_MAX, &err), GRIDGOV_ERANGE);
    gridgov_calendar_free(calendar);

    gap = load(HEAD "\"years\":[{\"year\":2023,\"days\":[]},{\"year\":2021,\"days\":[]}]}");
    assert_int_equal(gridgov_calendar_workdays(&count, gap, first, day_of("2024-01-01"), &err),
                     GRIDGOV_ERANGE);
    assert_string_equal(err.value, "2022");
    assert_int_equal(gridgov_calendar_workdays(&count, gap, first, day_of("2022-01-01"), &err),
                     GRIDGOV_OK);
    assert_int_equal(count, 261);
    gridgov_calendar_free(gap);
}

static void test_weekends_only(void **state) {
    gridgov_calendar *calendar = load(HEAD "\"weekends_only\":true}");
    int64_t count = 0;
    int32_t kind = 0;
    (void)state;
    assert_int_equal(gridgov_calendar_workdays(&count, calendar, day_of("2021-09-01"),
                                               day_of("2021-10-01"), NULL),
                     GRIDGOV_OK);
    assert_int_equal(count, 22);
    assert_int_equal(gridgov_calendar_workdays(&count, calendar, day_of("2021-10-01"),
                                               day_of("2021-11-01"), NULL),
                     GRIDGOV_OK);
    assert_int_equal(count, 21);
    /* 400 years have 20871 weeks. */
    assert_int_equal(gridgov_calendar_workdays(&count, calendar, day_of("1600-01-01"),
                                               day_of("2000-01-01"), NULL),
                     GRIDGOV_OK);
    assert_int_equal(count, 20871 * 5);
    /* 1969-12-28 was a Sunday. */
    for (int32_t i = 0; i < 14; i++) {
        assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, day_of("1969-12-28") + i, NULL),
                         GRIDGOV_OK);
        assert_int_equal(kind,
                         i % 7 == 0 || i % 7 == 6 ? GRIDGOV_DAY_WEEKEND : GRIDGOV_DAY_WORKDAY);
    }
    gridgov_calendar_free(calendar);

    /* A listed day counts all the same; other days follow the week. */
    calendar = load(HEAD "\"weekends_only\":true,\"years\":[{\"year\":2030,\"days\":["
                         "{\"date\":\"2030-01-01\",\"off\":true}]}]}");
    assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, day_of("2030-01-01"), NULL),
                     GRIDGOV_OK);
    assert_int_equal(kind, GRIDGOV_DAY_HOLIDAY);
    assert_int_equal(gridgov_calendar_day_kind(&kind, calendar, day_of("2031-01-01"), NULL),
                     GRIDGOV_OK);
    assert_int_equal(kind, GRIDGOV_DAY_WORKDAY);
    gridgov_calendar_free(calendar);
}

/* A day of 2022 stands in the list of 2023, as in the real notice. */
static void test_neighbouring_year(void **state) {
    gridgov_calendar *calendar =
        load(HEAD "\"years\":[{\"year\":2022,\"days\":[{\"date\":\"2022-12-30\",\"off\":true}]},"
                  "{\"year\":2023,\"days\":[{\"date\":\"2022-12-30\",\"off\":true},"
                  "{\"date\":\"2022-12-31\",\"off\":false}]}]}");
    int64_t count = 0;
    (void)state;
    assert_int_equal(gridgov_calendar_workdays(&count, calendar, day_of("2022-12-26"),
                                               day_of("2023-01-01"), NULL),
                     GRIDGOV_OK);
    assert_int_equal(count, 5); /* Monday to Thursday and the Saturday */
    gridgov_calendar_free(calendar);
}

#define YEAR_2021 "\"years\":[{\"year\":2021,\"days\":["
#define END "]}]}"

static void test_bad_documents(void **state) {
    static const struct {
        const char *json;
        gridgov_status status;
        int32_t rule;
        const char *field;
    } cases[] = {
        {"{", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, NULL},
        {"{\"schema\":\"gridgov.policy/1\"}", GRIDGOV_EPOLICY, GG_RULE_JSON_SCHEMA, NULL},
        {HEAD "\"years\":{}}", GRIDGOV_EPOLICY, GG_RULE_JSON_TYPE, "/years"},
        {HEAD "\"version\":1}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING, "/years"},
        {"{\"schema\":\"gridgov.calendar/1\",\"years\":[]}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING,
         "/name"},
        {HEAD "\"yaers\":[],\"years\":[]}", GRIDGOV_EPOLICY, GG_RULE_JSON_KEY, NULL},
        {HEAD "\"certainty\":\"sure\",\"years\":[]}", GRIDGOV_EPOLICY, GG_RULE_JSON_CODE,
         "/certainty"},
        {HEAD "\"years\":[7]}", GRIDGOV_EPOLICY, GG_RULE_JSON_TYPE, "/years/0"},
        {HEAD "\"years\":[{\"days\":[]}]}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING, "/years/0/year"},
        {HEAD "\"years\":[{\"year\":10000,\"days\":[]}]}", GRIDGOV_EPOLICY, GG_RULE_JSON_RANGE,
         "/years/0/year"},
        {HEAD "\"years\":[{\"year\":2021,\"days\":[]},{\"year\":2021,\"days\":[]}]}",
         GRIDGOV_EPOLICY, GG_RULE_JSON_DUPLICATE, "/years"},
        {HEAD YEAR_2021 "{\"date\":\"2021-02-29\",\"off\":true}" END, GRIDGOV_EDATA, GG_RULE_DAY,
         "/years/0/days/0/date"},
        {HEAD YEAR_2021 "{\"date\":\"2019-12-31\",\"off\":true}" END, GRIDGOV_EPOLICY,
         GG_RULE_JSON_RANGE, "/years/0/days/0/date"},
        {HEAD YEAR_2021 "{\"date\":\"2023-01-01\",\"off\":true}" END, GRIDGOV_EPOLICY,
         GG_RULE_JSON_RANGE, "/years/0/days/0/date"},
        {HEAD YEAR_2021 "{\"date\":\"2021-01-01\"}" END, GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING,
         "/years/0/days/0/off"},
        {HEAD YEAR_2021 "{\"date\":\"2021-01-01\",\"off\":1}" END, GRIDGOV_EPOLICY,
         GG_RULE_JSON_TYPE, "/years/0/days/0/off"},
        {HEAD YEAR_2021 "{\"off\":true}" END, GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING,
         "/years/0/days/0/date"},
        {HEAD YEAR_2021 "{\"date\":\"2021-01-01\",\"off\":true},"
                        "{\"date\":\"2021-01-01\",\"off\":false}" END,
         GRIDGOV_EDATA, GG_RULE_CALENDAR_CONFLICT, "/years"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_calendar *calendar = (gridgov_calendar *)&cases;
        gridgov_error err = {0};
        gridgov_status status =
            gridgov_calendar_load(&calendar, cases[i].json, strlen(cases[i].json), NULL, &err);
        if (status != cases[i].status || err.rule != cases[i].rule) {
            fail_msg("case %d: status %d, rule %d, %s: %s", (int)i, (int)status, (int)err.rule,
                     err.field, err.message);
        }
        assert_int_equal(err.status, status);
        assert_null(calendar);
        if (cases[i].field != NULL) {
            assert_string_equal(err.field, cases[i].field);
        }
    }
}

static void test_every_problem_is_listed(void **state) {
    static const char json[] =
        HEAD "\"wrong\":1," YEAR_2021 "{\"date\":\"x\",\"off\":true},"
             "{\"date\":\"2021-01-01\",\"off\":true},{\"date\":\"2021-01-01\",\"off\":false}" END;
    gridgov_calendar *calendar = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0}, issue = {0};
    (void)state;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_load(&calendar, json, sizeof json - 1, issues, &err),
                     GRIDGOV_EPOLICY);
    assert_null(calendar);
    assert_int_equal(gridgov_issues_count(issues), 3);
    assert_int_equal(err.rule, GG_RULE_JSON_KEY);
    assert_int_equal(gridgov_issues_at(&issue, issues, 2), GRIDGOV_OK);
    assert_int_equal(issue.rule, GG_RULE_CALENDAR_CONFLICT);
    assert_string_equal(issue.value, "2021-01-01");
    gridgov_issues_free(issues);
}

/* The digest follows what is said, not how it is spelt. */
static void test_digest(void **state) {
    gridgov_calendar *plain = load(HEAD YEAR_2021 "{\"date\":\"2021-01-01\",\"off\":true},"
                                                  "{\"date\":\"2021-02-07\",\"off\":false}" END);
    gridgov_calendar *same =
        load("{\"years\":[{\"source\":\"s\",\"days\":[{\"off\":false,\"date\":\"2021/2/7\","
             "\"name\":\"n\"},{\"off\":false,\"date\":\"2021-03-01\"},"
             "{\"off\":true,\"date\":\"2021-01-01\"},{\"off\":true,\"date\":\"2021-01-01\"}],"
             "\"year\":2021}],\"note\":\"x\",\"name\":\"u\",\"schema\":\"gridgov.calendar/1\"}");
    gridgov_calendar *other = load(HEAD YEAR_2021 "{\"date\":\"2021-01-01\",\"off\":true}" END);
    gridgov_calendar *longer =
        load(HEAD "\"years\":[{\"year\":2022,\"days\":[]},{\"year\":2021,\"days\":["
                  "{\"date\":\"2021-01-01\",\"off\":true},{\"date\":\"2021-02-07\",\"off\":false}"
                  "]}]}");
    (void)state;
    assert_int_equal(strlen(gridgov_calendar_digest(plain)), 64);
    assert_string_equal(gridgov_calendar_digest(plain), gridgov_calendar_digest(same));
    assert_string_not_equal(gridgov_calendar_digest(plain), gridgov_calendar_digest(other));
    assert_string_not_equal(gridgov_calendar_digest(plain), gridgov_calendar_digest(longer));
    gridgov_calendar_free(plain);
    gridgov_calendar_free(same);
    gridgov_calendar_free(other);
    gridgov_calendar_free(longer);
}

#define NOTICE_2022                                                                                \
    "{\"$schema\":\"s\",\"year\":2022,\"papers\":[],\"days\":["                                    \
    "{\"name\":\"国庆节\",\"date\":\"2022-10-08\",\"isOffDay\":false},"                         \
    "{\"name\":\"国庆节\",\"date\":\"2022-10-07\",\"isOffDay\":true}]}"
#define NOTICE_2023                                                                                \
    "{\"year\":2023,\"papers\":[\"http://www.gov.cn/\"],\"days\":["                                \
    "{\"name\":\"元旦\",\"date\":\"2022-12-30\",\"isOffDay\":true},"                             \
    "{\"name\":\"元旦\",\"date\":\"2023-01-02\",\"isOffDay\":true}]}"

static gridgov_status load_notices(gridgov_calendar **out, const char *first, const char *second,
                                   gridgov_error *err) {
    const char *const notices[] = {first, second};
    const size_t sizes[] = {strlen(first), strlen(second)};
    return gridgov_calendar_load_notices(out, "n", 1, notices, sizes, 2, NULL, err);
}

/* Two notices in either order are one calendar, the same as the document that says so. */
static void test_notices_are_united(void **state) {
    gridgov_calendar *one = NULL, *other = NULL;
    gridgov_calendar *same = load(
        HEAD "\"years\":[{\"year\":2022,\"days\":[{\"date\":\"2022-10-07\",\"off\":true},"
             "{\"date\":\"2022-10-08\",\"off\":false},{\"date\":\"2022-12-30\",\"off\":true}]},"
             "{\"year\":2023,\"days\":[{\"date\":\"2023-01-02\",\"off\":true}]}]}");
    int32_t kind = 0;
    (void)state;
    assert_int_equal(load_notices(&one, NOTICE_2022, NOTICE_2023, NULL), GRIDGOV_OK);
    assert_int_equal(load_notices(&other, NOTICE_2023, NOTICE_2022, NULL), GRIDGOV_OK);
    assert_string_equal(gridgov_calendar_name(one), "n");
    assert_string_equal(gridgov_calendar_digest(one), gridgov_calendar_digest(same));
    assert_string_equal(gridgov_calendar_digest(other), gridgov_calendar_digest(same));
    assert_int_equal(gridgov_calendar_day_kind(&kind, one, day_of("2022-10-08"), NULL), GRIDGOV_OK);
    assert_int_equal(kind, GRIDGOV_DAY_MAKEUP);
    assert_int_equal(gridgov_calendar_day_kind(&kind, one, day_of("2022-12-30"), NULL), GRIDGOV_OK);
    assert_int_equal(kind, GRIDGOV_DAY_HOLIDAY);
    assert_int_equal(gridgov_calendar_day_kind(&kind, one, day_of("2021-12-31"), NULL),
                     GRIDGOV_ERANGE);
    gridgov_calendar_free(one);
    gridgov_calendar_free(other);
    gridgov_calendar_free(same);
}

#define NOTICE_DAY(day) "{\"year\":2023,\"papers\":[],\"days\":[" day "]}"

static void test_bad_notices(void **state) {
    static const struct {
        const char *second;
        gridgov_status status;
        int32_t rule;
        const char *field;
    } cases[] = {
        {"{", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, "/1"},
        {"[]", GRIDGOV_EPOLICY, GG_RULE_JSON_TYPE, "/1"},
        {"{\"days\":[]}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING, "/1/year"},
        {"{\"year\":2023}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING, "/1/days"},
        {"{\"year\":2023,\"days\":[],\"off\":1}", GRIDGOV_EPOLICY, GG_RULE_JSON_KEY, "/1/off"},
        {NOTICE_2022, GRIDGOV_EPOLICY, GG_RULE_JSON_DUPLICATE, "/years"},
        {NOTICE_DAY("7"), GRIDGOV_EPOLICY, GG_RULE_JSON_TYPE, "/1/days/0"},
        {NOTICE_DAY("{\"date\":\"2023-01-01\"}"), GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING,
         "/1/days/0/isOffDay"},
        {NOTICE_DAY("{\"date\":\"2023-13-01\",\"isOffDay\":true}"), GRIDGOV_EDATA, GG_RULE_DAY,
         "/1/days/0/date"},
        {NOTICE_DAY("{\"date\":\"2021-01-01\",\"isOffDay\":true}"), GRIDGOV_EPOLICY,
         GG_RULE_JSON_RANGE, "/1/days/0/date"},
        {NOTICE_DAY("{\"date\":\"2022-10-08\",\"isOffDay\":true}"), GRIDGOV_EDATA,
         GG_RULE_CALENDAR_CONFLICT, "/years"},
    };
    const char *const notices[] = {NOTICE_2022, NULL};
    const size_t sizes[] = {sizeof NOTICE_2022 - 1, 0};
    gridgov_calendar *calendar = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_error err = {0};
        calendar = (gridgov_calendar *)&cases;
        gridgov_status status = load_notices(&calendar, NOTICE_2022, cases[i].second, &err);
        if (status != cases[i].status || err.rule != cases[i].rule ||
            strcmp(err.field, cases[i].field) != 0) {
            fail_msg("case %d: status %d, rule %d, %s: %s", (int)i, (int)status, (int)err.rule,
                     err.field, err.message);
        }
        assert_null(calendar);
    }
    assert_int_equal(gridgov_calendar_load_notices(NULL, "n", 1, notices, sizes, 1, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(
        gridgov_calendar_load_notices(&calendar, NULL, 1, notices, sizes, 1, NULL, NULL),
        GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_load_notices(&calendar, "n", 1, NULL, sizes, 1, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_load_notices(&calendar, "n", 1, notices, NULL, 1, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(
        gridgov_calendar_load_notices(&calendar, "n", 1, notices, sizes, 0, NULL, NULL),
        GRIDGOV_EARG);
    assert_int_equal(
        gridgov_calendar_load_notices(&calendar, "n", 1, notices, sizes, 2, NULL, NULL),
        GRIDGOV_EARG);
}

static void test_arguments_and_holders(void **state) {
    gridgov_calendar *calendar = open_china(), *second = gridgov_calendar_hold(calendar);
    gridgov_calendar *none = (gridgov_calendar *)&state;
    gridgov_error err = {0};
    int32_t kind = 1;
    int64_t count = 1;
    (void)state;
    assert_ptr_equal(second, calendar);
    gridgov_calendar_free(calendar);
    assert_int_equal(gridgov_calendar_day_kind(&kind, second, 18871, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_open(&none, "mars", 4, &err), GRIDGOV_ENOTFOUND);
    assert_null(none);
    assert_string_equal(err.value, "mars");
    assert_int_equal(gridgov_calendar_open(NULL, "china", 5, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_open(&none, NULL, 5, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_load(NULL, "{}", 2, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_load(&none, NULL, 2, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_day_kind(NULL, second, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_day_kind(&kind, NULL, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_day_kind(&kind, second, GRIDGOV_NO_DAY, &err), GRIDGOV_EARG);
    assert_int_equal(kind, 0);
    assert_int_equal(gridgov_calendar_workdays(NULL, second, 0, 1, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_workdays(&count, NULL, 0, 1, &err), GRIDGOV_EARG);
    assert_int_equal(count, 0);
    assert_int_equal(gridgov_calendar_workdays(&count, second, GRIDGOV_NO_DAY, 1, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_calendar_workdays(&count, second, 0, GRIDGOV_NO_DAY, NULL),
                     GRIDGOV_EARG);
    assert_string_equal(gridgov_calendar_name(NULL), "");
    assert_string_equal(gridgov_calendar_digest(NULL), "");
    assert_null(gridgov_calendar_hold(NULL));
    gridgov_calendar_free(second);
    gridgov_calendar_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_workdays_of_72_months),
        cmocka_unit_test(test_kinds_of_days),
        cmocka_unit_test(test_workdays_against_a_loop),
        cmocka_unit_test(test_years_not_covered),
        cmocka_unit_test(test_weekends_only),
        cmocka_unit_test(test_neighbouring_year),
        cmocka_unit_test(test_bad_documents),
        cmocka_unit_test(test_every_problem_is_listed),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_notices_are_united),
        cmocka_unit_test(test_bad_notices),
        cmocka_unit_test(test_arguments_and_holders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
