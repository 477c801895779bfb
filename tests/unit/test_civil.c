/* SPDX-License-Identifier: Apache-2.0 */
/* Civil dates and times. Every day of the years 1 to 9999 is held against a day-by-day calendar;
 * seconds in the tables were computed with Python's datetime. */
#include <gridgov/civil.h>

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define CHINA 480
#define AT INT64_C(1630801860) /* 2021-09-05 08:31:00 +08:00 */
#define MIDNIGHT INT64_C(1630771200)

static void every_day_has_its_date(void **state) {
    (void)state;
    int32_t year = 1;
    int32_t month = 1;
    int32_t day = 1;
    int32_t count = -719162; // 0001-01-01
    static const int32_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    while (year <= 9999) {
        int32_t y;
        int32_t m;
        int32_t d;
        if (gridgov_day_civil(&y, &m, &d, count) != GRIDGOV_OK || y != year || m != month ||
            d != day) {
            fail_msg("%d-%d-%d", (int)year, (int)month, (int)day);
        }
        if (day % 7 == 0 || day >= 28) { // and back
            char text[GRIDGOV_CIVIL_TEXT_SIZE];
            gridgov_day back;
            assert_int_equal(gridgov_day_format(text, count), GRIDGOV_OK);
            assert_int_equal(gridgov_day_parse(&back, text, strlen(text), NULL), GRIDGOV_OK);
            assert_int_equal(back, count);
        }
        int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        count++;
        day++;
        if (day > days[month - 1] + (leap && month == 2)) {
            day = 1;
            month++;
        }
        if (month > 12) {
            month = 1;
            year++;
        }
    }
    assert_int_equal(count - 1, 2932896);
    int32_t y = 5;
    assert_int_equal(gridgov_day_civil(&y, NULL, NULL, count), GRIDGOV_ERANGE);
    assert_int_equal(y, 0);
    assert_int_equal(gridgov_day_civil(&y, NULL, NULL, -719163), GRIDGOV_ERANGE);
    assert_int_equal(gridgov_day_civil(NULL, NULL, NULL, GRIDGOV_NO_DAY), GRIDGOV_ERANGE);
    assert_int_equal(gridgov_day_civil(NULL, NULL, NULL, 0), GRIDGOV_OK);
}

static void times_in_many_forms(void **state) {
    (void)state;
    static const struct {
        const char *text;
        gridgov_time expected;
    } cases[] = {
        {"2021-09-05 08:31:00", AT},
        {"2021-09-05 08:31", AT},
        {"2021/9/5 8:31", AT},
        {"2021/9/5 8:31:00", AT},
        {"2021.9.5 8:31", AT},
        {"2021.9.5", MIDNIGHT},
        {"2021-09-05", MIDNIGHT},
        {"20210905", MIDNIGHT},
        {"20210905083100", AT},
        {"20210905 0831", AT},
        {"20210905T083100Z", AT + 28800},
        {"2021-09-05T08:31:00+08:00", AT},
        {"2021-09-05T08:31:00+0800", AT},
        {"2021-09-05 08:31:00+08", AT},
        {"2021-09-05 08:31:00.123456+08", AT},
        {"2021-09-05T08:31:00 +08:00", AT},
        {"2021-09-05t00:31:00z", AT},
        {"2021-09-05 00:31:00 UTC", AT},
        {"2021-09-05 00:31:00 utc", AT},
        {"2021-09-04T20:01:00-04:30", AT},
        {"2021-09-05 08:31:00.999", AT},
        {"2021-09-05 08:31:00,5", AT},
        {"2021-09-05T00:31:00.123456789Z", AT},
        {"2021年9月5日8时31分", AT},
        {"2021年9月5日上午8:31", AT},
        {"2021/9/5 上午 8:31:00", AT},
        {"2021-09-05 8:31 AM", AT},
        {"2021-09-05 08:31am", AT},
        {"2021-09-05 下午8:31", AT + 12 * 3600},
        {"2021-09-05 下午20:31", AT + 12 * 3600},
        {"2021-09-05 8:31 PM", AT + 12 * 3600},
        {"2021-09-05 12:31 AM", AT - 8 * 3600},
        {"2021-09-05 12:31 PM", AT + 4 * 3600},
        {"2021-09-05 上午12:31", AT - 8 * 3600},
        {"2021年09月05日 08时31分00秒", AT},
        {"2021年9月5日 8:31", AT},
        {"2021年9月5日8点31分", AT},
        {"2021年9月5日8时", AT - 31 * 60},
        {"2021年9月5号", MIDNIGHT},
        {"２０２１－０９－０５　０８：３１：００", AT},
        {"２０２１年９月５日", MIDNIGHT},
        {" \t2021-09-05  \xC2\xA0 08:31:00\r\n", AT},
        {"2021-09-05 8:5:3", MIDNIGHT + 8 * 3600 + 5 * 60 + 3},
        {"2021-09-05 23:59:59", MIDNIGHT + 86399},
        {"2020-02-29", INT64_C(1582905600)},
        {"2000-02-29", INT64_C(951753600)},
        {"0001-01-01", INT64_C(-62135625600)},
        {"9999-12-31 23:59:59", INT64_C(253402271999)},
        {"1970-01-01T00:00:00Z", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_time out = 5;
        if (gridgov_time_parse(&out, cases[i].text, strlen(cases[i].text), CHINA, NULL) !=
                GRIDGOV_OK ||
            out != cases[i].expected) {
            fail_msg("%s", cases[i].text);
        }
    }
    gridgov_time out;
    assert_int_equal(gridgov_time_parse(&out, "2011-07-01 00:00:00", 19, -240, NULL), GRIDGOV_OK);
    assert_true(out == INT64_C(1309492800));
    assert_int_equal(gridgov_time_parse(&out, "2021-09-05xx", 10, 0, NULL),
                     GRIDGOV_OK); // the size counts
    assert_true(out == MIDNIGHT + 28800);
}

static const char *const bad_times[] = {
    "",
    " ",
    "x",
    "2021",
    "2021-09",
    "44444",
    "44444.5", // a serial number is no date here
    "2021-13-01",
    "2021-00-01",
    "2021-09-00",
    "2021-09-31",
    "2021-02-29",
    "1900-02-29",
    "0000-01-01",
    "2021-9-05-1",
    "2021-09/05",
    "2021.09-05",
    "21-09-05",
    "12021-09-05",
    "05/09/2021",
    "9/5/2021",
    "5.9.2021",
    "2021-09-05 24:00",
    "2021-09-05 24:00:00",
    "2021-09-05 08:60",
    "2021-09-05 08:31:60",
    "2021-09-05 25:00",
    "2021-09-05 08",
    "2021-09-05 8",
    "2021-09-05 08:",
    "2021-09-05 08:31:",
    "2021-09-05 08:31:00.",
    "2021-09-05 08:31:00.x",
    "2021-09-0508:31",
    "2021-09-05T",
    "2021-09-05 T08:31",
    "2021-09-05 08:31:00 CST",
    "2021-09-05 08:31:00+8",
    "2021-09-05 08:31:00+24:00",
    "2021-09-05 08:31:00+08:60",
    "2021-09-05 08:31:00Z+08:00",
    "2021-09-05 08:31:00 ZZ",
    "2021-09-05Z",
    "2021-09-05 UTC",
    "2021-09-05+08:00",
    "-2021-09-05",
    "+2021-09-05",
    "2021-+9-05",
    "2021--9-05",
    "2021-009-05",
    "2021- 9- 5",
    "2021-09-05 -8:31",
    "2021年9月",
    "2021年9月5",
    "2021年13月5日",
    "2021年9月5日8时31",
    "2021-09-05 上午13:31",
    "2021-09-05 13:31 AM",
    "2021-09-05 上午",
    "2021-09-05 PM",
    "2021-09-05 上午8:31 PM",
    "2021-09-05上午8:31",
    "2021年9月5日8时31分5",
    "2021年9月5日24时",
    "2021-9月-5日",
    "202109050",
    "2021090508",
    "202109050831",
    "2021090508310",
    "202109050831000",
    "二〇二一年九月五日",
    "2021-09-05\00108:31",
    "2021-09-05 08:31:00\xFF",
    "0x7E5-09-05",
};

static void what_is_no_time_is_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad_times / sizeof bad_times[0]; i++) {
        gridgov_time out = 5;
        gridgov_error err;
        gridgov_status status =
            gridgov_time_parse(&out, bad_times[i], strlen(bad_times[i]), CHINA, &err);
        if (status != GRIDGOV_EDATA || out != GRIDGOV_NO_TIME) {
            fail_msg("%s", bad_times[i]);
        }
        assert_int_equal(err.rule, GG_RULE_TIME);
    }
    gridgov_error err;
    gridgov_time out = 5;
    assert_int_equal(gridgov_time_parse(&out, "2021-09-31 8:00", 15, CHINA, &err), GRIDGOV_EDATA);
    assert_string_equal(err.value, "2021-09-31 8:00");
    assert_string_equal(err.message, "\"2021-09-31 8:00\" is not a date or time");
    assert_int_equal(gridgov_time_parse(&out, "2021-09-05\0", 11, CHINA, &err), GRIDGOV_EDATA);
}

static void hostile_text_is_refused_quickly(void **state) {
    (void)state;
    static char text[1000000];
    gridgov_time out;
    gridgov_day day;
    gridgov_span span;
    static const char fills[] = "0 9-:\xE5%";
    for (size_t i = 0; i < sizeof fills - 1; i++) {
        memset(text, fills[i], sizeof text);
        memcpy(text, "2021-09-05 08:31:00.", 20);
        gridgov_status status = gridgov_time_parse(&out, text, sizeof text, CHINA, NULL);
        assert_int_equal(status, GRIDGOV_EDATA);
        assert_int_equal(gridgov_day_parse(&day, text, sizeof text, NULL), GRIDGOV_EDATA);
        assert_int_equal(gridgov_month_span(&span, text, sizeof text, CHINA, NULL), GRIDGOV_EDATA);
        assert_int_equal(
            gridgov_time_parse_form(&out, "%Y-%m-%d %H:%M:%S.%f", text, sizeof text, CHINA, NULL),
            GRIDGOV_EDATA);
    }
}

static void times_of_a_given_form(void **state) {
    (void)state;
    static const struct {
        const char *form, *text;
        gridgov_time expected; // GRIDGOV_NO_TIME: does not match
    } cases[] = {
        {"%Y-%m-%d %H:%M:%S", "2021-09-05 08:31:00", AT},
        {"%Y-%m-%d %H:%M:%S", "2021-9-5 8:31:0", AT},
        {"%Y-%m-%d %H:%M:%S UTC", "2021-09-05 00:31:00 UTC", AT - 28800}, // literal: no zone
        {"%Y-%m-%d %H:%M:%S %z", "2021-09-05 00:31:00 UTC", AT},
        {"%Y-%m-%dT%H:%M:%S%z", "2021-09-05T00:31:00Z", AT},
        {"%Y-%m-%dT%H:%M:%S.%f%z", "2021-09-05T04:31:00.123+0400", AT},
        {"%d/%m/%Y", "05/09/2021", MIDNIGHT},
        {"%m/%d/%Y %I:%M:%S %p", "09/05/2021 08:31:00 AM", AT},
        {"%m/%d/%Y %I:%M:%S %p", "9/5/2021 8:31:00 pm", AT + 43200},
        {"%m/%d/%Y %I:%M %p", "09/05/2021 12:31 AM", AT - 8 * 3600},
        {"%m/%d/%Y %I:%M %p", "09/05/2021 12:31 PM", AT + 4 * 3600},
        {"%Y/%m/%d %p%I:%M", "2021/9/5 上午8:31", AT},
        {"%Y/%m/%d %p %I:%M", "2021/9/5 下午8:31", AT + 43200},
        {"%d-%b-%y %H:%M", "05-sep-21 08:31", AT},
        {"%y%m%d", "700101", -28800},
        {"%y%m%d", "691231", INT64_C(3155644800)},
        {"%Y%m%d%H%M", "202109050831", AT},
        {"%Y年%m月%d日", "2021年9月5日", MIDNIGHT},
        {"%Y-%m", "2021-09", INT64_C(1630425600)},
        {"%Y", "2021", INT64_C(1609430400)},
        {"%Y %m", "2021\xE3\x80\x80\xC2\xA0 9", INT64_C(1630425600)},
        {"%Y %m", "20219", INT64_C(1630425600)}, // a blank takes any blanks, none too
        {"100%% %Y", "100% 2021", INT64_C(1609430400)},
        {"%Y-%m-%d", "２０２１-９-５", MIDNIGHT},
        {"%Y-%m-%d", "2021-09-05 08:31", GRIDGOV_NO_TIME},
        {"%Y-%m-%d %H:%M", "2021-09-05", GRIDGOV_NO_TIME},
        {"%Y-%m-%d", "21-09-05", GRIDGOV_NO_TIME},
        {"%y-%m-%d", "2021-09-05", GRIDGOV_NO_TIME},
        {"%d/%m/%Y", "31/09/2021", GRIDGOV_NO_TIME},
        {"%m/%d/%Y %I:%M %p", "09/05/2021 13:31 PM", GRIDGOV_NO_TIME},
        {"%m/%d/%Y %I:%M %p", "09/05/2021 0:31 AM", GRIDGOV_NO_TIME},
        {"%m/%d/%Y %I:%M %p", "09/05/2021 8:31", GRIDGOV_NO_TIME},
        {"%Y-%m-%d %H:%M", "2021-09-05 24:00", GRIDGOV_NO_TIME},
        {"%Y-%m-%d %H:%M:%S", "2021-09-05 08:31:60", GRIDGOV_NO_TIME},
        {"%b %d %Y", "Sept 5 2021", GRIDGOV_NO_TIME},
        {"%b %d %Y", "Mai 5 2021", GRIDGOV_NO_TIME},
        {"%y", "1", GRIDGOV_NO_TIME},
        {"%Y.%f", "2021.", GRIDGOV_NO_TIME},
        {"%Y", "", GRIDGOV_NO_TIME},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_time out = 5;
        gridgov_error err;
        gridgov_status status = gridgov_time_parse_form(&out, cases[i].form, cases[i].text,
                                                        strlen(cases[i].text), CHINA, &err);
        if (status != (cases[i].expected == GRIDGOV_NO_TIME ? GRIDGOV_EDATA : GRIDGOV_OK) ||
            out != cases[i].expected) {
            fail_msg("%s as %s", cases[i].text, cases[i].form);
        }
    }
    gridgov_error err;
    gridgov_time out;
    assert_int_equal(gridgov_time_parse_form(&out, "%d/%m/%Y", "x", 1, CHINA, &err), GRIDGOV_EDATA);
    assert_string_equal(err.message, "\"x\" does not match the form %d/%m/%Y");
}

static void bad_forms_are_the_callers_mistake(void **state) {
    (void)state;
    static const char *const forms[] = {"",         "%m-%d",    "%Y-%y",  "%Y %Y",    "%Y %",
                                        "%Y %Q",    "%Y %I",    "%Y %p",  "%Y %H %p", "%Y %H %I %p",
                                        "%Y %m %b", "%Y %z %z", "%Y\x01", "%Y %f %f"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        gridgov_time out = 5;
        gridgov_error err;
        if (gridgov_time_parse_form(&out, forms[i], "2021", 4, CHINA, &err) != GRIDGOV_EARG) {
            fail_msg("%s", forms[i]);
        }
        assert_true(out == GRIDGOV_NO_TIME);
        assert_string_equal(err.field, "form");
    }
    static char large[1000];
    gridgov_time out;
    memset(large, 'x', sizeof large - 1);
    memcpy(large, "%Y", 2);
    assert_int_equal(gridgov_time_parse_form(&out, large, "2021", 4, CHINA, NULL), GRIDGOV_EARG);
}

static void days_have_no_time(void **state) {
    (void)state;
    static const struct {
        const char *text;
        gridgov_day expected;
    } cases[] = {
        {"2021-09-05", 18875},
        {"2021/9/5", 18875},
        {"2021.09.5", 18875},
        {"20210905", 18875},
        {"2021年9月5日", 18875},
        {" ２０２１/９/５ ", 18875},
        {"1970-01-01", 0},
        {"1969-12-31", -1},
        {"2021-09-05 00:00:00", GRIDGOV_NO_DAY},
        {"2021-09-05T00:00", GRIDGOV_NO_DAY},
        {"2021-09-05 ", 18875},
        {"2021-09", GRIDGOV_NO_DAY},
        {"20210905000000", GRIDGOV_NO_DAY},
        {"2021-02-29", GRIDGOV_NO_DAY},
        {"", GRIDGOV_NO_DAY},
        {"/", GRIDGOV_NO_DAY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_day out = 5;
        gridgov_error err;
        gridgov_status status = gridgov_day_parse(&out, cases[i].text, strlen(cases[i].text), &err);
        assert_int_equal(status, cases[i].expected == GRIDGOV_NO_DAY ? GRIDGOV_EDATA : GRIDGOV_OK);
        assert_int_equal(out, cases[i].expected);
        if (status < 0) {
            assert_int_equal(err.rule, GG_RULE_DAY);
            assert_string_equal(err.value, cases[i].text);
        }
    }
}

static void months_are_spans(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int32_t offset;
        gridgov_time from, to; // equal: refused
    } cases[] = {
        {"2021-09", CHINA, INT64_C(1630425600), INT64_C(1633017600)},
        {"2021/9", CHINA, INT64_C(1630425600), INT64_C(1633017600)},
        {"2021年9月", CHINA, INT64_C(1630425600), INT64_C(1633017600)},
        {" ２０２１－０９ ", CHINA, INT64_C(1630425600), INT64_C(1633017600)},
        {"2021-12", 0, INT64_C(1638316800), INT64_C(1640995200)},
        {"2020-02", 0, INT64_C(1580515200), INT64_C(1583020800)},
        {"2011-07", -240, INT64_C(1309492800), INT64_C(1312171200)},
        {"9999-12", 0, INT64_C(253399622400), INT64_C(253402300800)},
        {"0001-01", 0, INT64_C(-62135596800), INT64_C(-62132918400)},
        {"2021-13", 0, 0, 0},
        {"2021-00", 0, 0, 0},
        {"0000-01", 0, 0, 0},
        {"2021", 0, 0, 0},
        {"2021-9-", 0, 0, 0},
        {"2021-09-05", 0, 0, 0},
        {"2021.1", 0, 0, 0}, // perhaps October
        {"21-09", 0, 0, 0},
        {"202109", 0, 0, 0},
        {"2021年9", 0, 0, 0},
        {"", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_span out = {7, 8};
        gridgov_error err;
        gridgov_status status =
            gridgov_month_span(&out, cases[i].text, strlen(cases[i].text), cases[i].offset, &err);
        int good = cases[i].from != cases[i].to;
        if (status != (good ? GRIDGOV_OK : GRIDGOV_EDATA) || out.from != cases[i].from ||
            out.to != cases[i].to) {
            fail_msg("%s", cases[i].text);
        }
        if (!good) {
            assert_int_equal(err.rule, GG_RULE_MONTH);
        }
    }
}

static void times_are_written(void **state) {
    (void)state;
    static const struct {
        gridgov_time time;
        int32_t offset;
        gridgov_status status;
        const char *expected;
    } cases[] = {
        {AT, CHINA, GRIDGOV_OK, "2021-09-05T08:31:00+08:00"},
        {AT, 0, GRIDGOV_OK, "2021-09-05T00:31:00+00:00"},
        {AT, -270, GRIDGOV_OK, "2021-09-04T20:01:00-04:30"},
        {AT, 1440, GRIDGOV_OK, "2021-09-06T00:31:00+24:00"},
        {-1, 0, GRIDGOV_OK, "1969-12-31T23:59:59+00:00"},
        {GRIDGOV_NO_TIME, CHINA, GRIDGOV_OK, ""},
        {INT64_C(-62135596800), 0, GRIDGOV_OK, "0001-01-01T00:00:00+00:00"},
        {INT64_C(-62135596801), 0, GRIDGOV_ERANGE, ""},
        {INT64_C(-62135596801), 1, GRIDGOV_OK, "0001-01-01T00:00:59+00:01"},
        {INT64_C(253402300799), 0, GRIDGOV_OK, "9999-12-31T23:59:59+00:00"},
        {INT64_C(253402300800), 0, GRIDGOV_ERANGE, ""},
        {INT64_MAX, CHINA, GRIDGOV_ERANGE, ""},
        {INT64_MIN + 1, -CHINA, GRIDGOV_ERANGE, ""},
        {AT, 1441, GRIDGOV_EARG, ""},
        {AT, -1441, GRIDGOV_EARG, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[GRIDGOV_CIVIL_TEXT_SIZE] = "#";
        assert_int_equal(gridgov_time_format(buffer, cases[i].time, cases[i].offset),
                         cases[i].status);
        assert_string_equal(buffer, cases[i].expected);
    }
    char buffer[GRIDGOV_CIVIL_TEXT_SIZE] = "#";
    assert_int_equal(gridgov_time_format(NULL, AT, CHINA), GRIDGOV_EARG);
    assert_int_equal(gridgov_day_format(NULL, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_day_format(buffer, GRIDGOV_NO_DAY), GRIDGOV_OK);
    assert_string_equal(buffer, "");
    assert_int_equal(gridgov_day_format(buffer, 2932897), GRIDGOV_ERANGE);
    assert_int_equal(gridgov_day_format(buffer, -719163), GRIDGOV_ERANGE);
    assert_int_equal(gridgov_day_format(buffer, 18875), GRIDGOV_OK);
    assert_string_equal(buffer, "2021-09-05");
}

static void days_and_times_meet(void **state) {
    (void)state;
    assert_int_equal(gridgov_time_day(AT, CHINA), 18875);
    assert_int_equal(gridgov_time_day(MIDNIGHT, CHINA), 18875);
    assert_int_equal(gridgov_time_day(MIDNIGHT - 1, CHINA), 18874);
    assert_int_equal(gridgov_time_day(-1, 0), -1);
    assert_int_equal(gridgov_time_day(-86400, 0), -1);
    assert_int_equal(gridgov_time_day(-86401, 0), -2);
    assert_int_equal(gridgov_time_day(GRIDGOV_NO_TIME, CHINA), GRIDGOV_NO_DAY);
    assert_int_equal(gridgov_time_day(GRIDGOV_NO_TIME, -CHINA), GRIDGOV_NO_DAY);
    assert_int_equal(gridgov_time_day(INT64_MAX, CHINA), GRIDGOV_NO_DAY);
    assert_int_equal(gridgov_time_day(INT64_C(253402300800), 0), GRIDGOV_NO_DAY);
    assert_true(gridgov_day_start(18875, CHINA) == MIDNIGHT);
    assert_true(gridgov_day_start(0, -240) == 14400);
    assert_true(gridgov_day_start(GRIDGOV_NO_DAY, CHINA) == GRIDGOV_NO_TIME);
}

static void mistakes_are_refused(void **state) {
    (void)state;
    gridgov_time time = 5;
    gridgov_day day = 5;
    gridgov_span span = {5, 6};
    gridgov_error err;
    assert_int_equal(gridgov_time_parse(NULL, "2021-09-05", 10, 0, &err), GRIDGOV_EARG);
    assert_string_equal(err.field, "out");
    assert_int_equal(gridgov_time_parse(&time, NULL, 0, 0, &err), GRIDGOV_EARG);
    assert_true(time == GRIDGOV_NO_TIME);
    assert_string_equal(err.field, "text");
    assert_int_equal(gridgov_time_parse(&time, "2021-09-05", 10, 1441, &err), GRIDGOV_EARG);
    assert_string_equal(err.field, "utc_offset_minutes");
    assert_int_equal(gridgov_time_parse(&time, "2021-09-05", 10, -1441, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_time_parse(&time, "2021-09-05", 10, -1440, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_time_parse_form(NULL, "%Y", "2021", 4, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_time_parse_form(&time, NULL, "2021", 4, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_time_parse_form(&time, "%Y", NULL, 4, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_time_parse_form(&time, "%Y", "2021", 4, 1441, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_day_parse(NULL, "2021-09-05", 10, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_day_parse(&day, NULL, 0, &err), GRIDGOV_EARG);
    assert_int_equal(day, GRIDGOV_NO_DAY);
    assert_int_equal(gridgov_month_span(NULL, "2021-09", 7, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_month_span(&span, NULL, 7, 0, &err), GRIDGOV_EARG);
    assert_true(span.from == 0 && span.to == 0);
    assert_int_equal(gridgov_month_span(&span, "2021-09", 7, 1441, &err), GRIDGOV_EARG);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_has_its_date),
        cmocka_unit_test(times_in_many_forms),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(hostile_text_is_refused_quickly),
        cmocka_unit_test(times_of_a_given_form),
        cmocka_unit_test(bad_forms_are_the_callers_mistake),
        cmocka_unit_test(days_have_no_time),
        cmocka_unit_test(months_are_spans),
        cmocka_unit_test(times_are_written),
        cmocka_unit_test(days_and_times_meet),
        cmocka_unit_test(mistakes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
