/* SPDX-License-Identifier: Apache-2.0 */
/* Working time on the built-in calendar: the cases that other systems got wrong, each by its name,
 * with moments worked out by hand; the odd days of September 2021; kinds of limits and starts;
 * rosters by calls and from documents; and everything that is refused. */
#include "base/rules.h"

#include <gridgov/civil.h>
#include <gridgov/worktime.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HOUR 3600
#define HEAD "{\"schema\":\"gridgov.roster/1\",\"name\":\"t\",\"slots\":"
#define OFFICE HEAD "{\"workday\":[\"08:00-12:00\",\"14:00-18:00\"]}}"
#define ALWAYS                                                                                     \
    HEAD "{\"workday\":[\"00:00-24:00\"],\"weekend\":[\"00:00-24:00\"],\"holiday\":[\"00:00-24:"   \
         "00\"]}}"
#define WEDNESDAYS HEAD "{\"wednesday\":[\"09:00-11:00\"],\"makeup\":[]}}"

static gridgov_calendar *china;
static gridgov_roster *office;

static gridgov_roster *load(const char *json) {
    gridgov_roster *roster = NULL;
    gridgov_error err = {0};
    if (gridgov_roster_load(&roster, china, json, strlen(json), NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s: %s", err.field, err.message);
    }
    return roster;
}

static gridgov_time at(const char *text) {
    gridgov_time time = GRIDGOV_NO_TIME;
    assert_int_equal(gridgov_time_parse(&time, text, strlen(text), 480, NULL), GRIDGOV_OK);
    return time;
}

static gridgov_day day_of(const char *text) {
    gridgov_day day = GRIDGOV_NO_DAY;
    assert_int_equal(gridgov_day_parse(&day, text, strlen(text), NULL), GRIDGOV_OK);
    return day;
}

static int64_t between_of(const gridgov_roster *roster, const char *from, const char *to) {
    int64_t seconds = -1;
    assert_int_equal(gridgov_worktime_between(&seconds, roster, GRIDGOV_LIMIT_WORK_HOURS, at(from),
                                              at(to), NULL),
                     GRIDGOV_OK);
    return seconds;
}

static int64_t between(const char *from, const char *to) {
    return between_of(office, from, to);
}

static gridgov_time add(const char *from, int64_t seconds) {
    gridgov_time time = 0;
    assert_int_equal(
        gridgov_worktime_add(&time, office, GRIDGOV_LIMIT_WORK_HOURS, at(from), seconds, NULL),
        GRIDGOV_OK);
    return time;
}

static void assert_moment(gridgov_time found, const char *expected) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    if (found != at(expected)) {
        assert_int_equal(gridgov_time_format(text, found, 480), GRIDGOV_OK);
        fail_msg("%s, not %s", text, expected);
    }
}

static void assert_due(const gridgov_roster *roster, int32_t limit, int64_t count, int32_t start,
                       const char *from, const char *expected) {
    gridgov_time time = 0;
    assert_int_equal(gridgov_worktime_due(&time, roster, limit, count, start, at(from), NULL),
                     GRIDGOV_OK);
    assert_moment(time, expected);
}

/* Suspended Friday 17:00, resumed Monday 09:00: one hour of Friday and one of Monday were paused,
 * not sixty-four. */
static void test_trap_pause_over_a_weekend(void **state) {
    int64_t used = between("2021-09-10 16:00", "2021-09-10 17:00");
    int64_t paused = between("2021-09-10 17:00", "2021-09-13 09:00");
    (void)state;
    assert_int_equal(used, 1 * HOUR);
    assert_int_equal(paused, 2 * HOUR);
    assert_moment(add("2021-09-13 09:00", 8 * HOUR - used), "2021-09-13 18:00");
    assert_moment(add("2021-09-10 16:00", 8 * HOUR + paused), "2021-09-13 18:00");
}

/* Two hours were used when the case was suspended; meanwhile 8 work hours became 24. What counts on
 * is the new limit less what was used, from the moment it was resumed. */
static void test_trap_limit_replaced_while_paused(void **state) {
    int64_t used = between("2021-09-10 10:00", "2021-09-10 12:00");
    (void)state;
    assert_int_equal(used, 2 * HOUR);
    assert_moment(add("2021-09-14 08:00", 24 * HOUR - used), "2021-09-16 16:00");
    assert_moment(add("2021-09-14 08:00", 8 * HOUR - used), "2021-09-14 16:00");
}

/* Closed Monday noon, reopened Wednesday 14:00, closed again at 16:00: the time between counts
 * neither as work nor as a pause. */
static void test_trap_closed_interval_before_a_reopen(void **state) {
    int64_t first = between("2021-09-13 08:00", "2021-09-13 12:00");
    int64_t closed = between("2021-09-13 12:00", "2021-09-15 14:00");
    int64_t second = between("2021-09-15 14:00", "2021-09-15 16:00");
    (void)state;
    assert_int_equal(first + second, 6 * HOUR);
    assert_int_equal(closed, 16 * HOUR);
    assert_int_equal(between("2021-09-13 08:00", "2021-09-15 16:00"), first + closed + second);
}

/* The limit ended on Monday evening, the second holder got the case on Tuesday at ten. */
static void test_trap_second_holder_starts_in_debt(void **state) {
    gridgov_time due = add("2021-09-13 08:00", 8 * HOUR), back = 0;
    int64_t left = 0;
    (void)state;
    assert_moment(due, "2021-09-13 18:00");
    assert_int_equal(gridgov_worktime_between(&left, office, GRIDGOV_LIMIT_WORK_HOURS,
                                              at("2021-09-14 10:00"), due, NULL),
                     GRIDGOV_OK);
    assert_int_equal(left, -2 * HOUR);
    /* Looking back, the earliest moment from which so much was gone. */
    assert_int_equal(gridgov_worktime_add(&back, office, GRIDGOV_LIMIT_WORK_HOURS,
                                          at("2021-09-14 10:00"), left, NULL),
                     GRIDGOV_OK);
    assert_moment(back, "2021-09-13 18:00");
}

static void test_trap_created_outside_hours(void **state) {
    (void)state;
    assert_int_equal(between("2021-09-11 23:30", "2021-09-13 08:00"), 0);
    assert_moment(add("2021-09-11 23:30", 1 * HOUR), "2021-09-13 09:00");
    assert_moment(add("2021-09-10 18:00", 1), "2021-09-13 08:00:01");
    assert_moment(add("2021-09-13 07:59:59", 4 * HOUR), "2021-09-13 12:00");
    assert_moment(add("2021-09-13 03:00", 4 * HOUR + 1), "2021-09-13 14:00:01");
    assert_due(office, GRIDGOV_LIMIT_URGENT_HOURS, 1, GRIDGOV_START_MOMENT, "2021-09-11 23:30",
               "2021-09-12 00:30");
}

static void test_trap_lunch_break(void **state) {
    (void)state;
    assert_moment(add("2021-09-13 11:30", HOUR), "2021-09-13 14:30");
    /* The earliest answer: noon, though nothing more is counted until two. */
    assert_moment(add("2021-09-13 11:30", HOUR / 2), "2021-09-13 12:00");
    assert_int_equal(between("2021-09-13 11:30", "2021-09-13 13:59:59"), HOUR / 2);
    assert_int_equal(between("2021-09-13 12:00", "2021-09-13 14:00"), 0);
    assert_int_equal(between("2021-09-13 11:59:59", "2021-09-13 14:00:01"), 2);
    assert_moment(add("2021-09-13 13:00", 0), "2021-09-13 13:00");
}

/* Wednesdays from nine to eleven. 6 October is a holiday. */
static void test_trap_schedule_of_one_weekday(void **state) {
    gridgov_roster *roster = load(WEDNESDAYS);
    (void)state;
    assert_due(roster, GRIDGOV_LIMIT_WORK_HOURS, 3, GRIDGOV_START_MOMENT, "2021-09-16 08:00",
               "2021-09-29 10:00");
    assert_due(roster, GRIDGOV_LIMIT_WORK_HOURS, 5, GRIDGOV_START_MOMENT, "2021-09-16 08:00",
               "2021-10-13 10:00");
    assert_due(roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, 2, GRIDGOV_START_NEXT_DAY, "2021-09-22 09:00",
               "2021-10-13 11:00");
    assert_int_equal(between_of(roster, "2021-09-01 00:00", "2021-10-01 00:00"), 5 * 2 * HOUR);
    gridgov_roster_free(roster);
}

/* Paused from eleven to three: four hours by the clock on the wall, two of them worked. Who adds
 * the four to the time of creation ends up at Tuesday noon. */
static void test_trap_pause_added_to_the_creation_time(void **state) {
    int64_t used = between("2021-09-13 08:00", "2021-09-13 11:00");
    int64_t paused = between("2021-09-13 11:00", "2021-09-13 15:00");
    (void)state;
    assert_int_equal(paused, 2 * HOUR);
    assert_moment(add("2021-09-13 15:00", 8 * HOUR - used), "2021-09-14 10:00");
    assert_moment(add("2021-09-13 08:00", 8 * HOUR + paused), "2021-09-14 10:00");
    assert_moment(add("2021-09-13 12:00", 8 * HOUR), "2021-09-14 12:00");
}

/* Mid-Autumn Festival, 19 to 21 September. */
static void test_trap_pausing_on_a_holiday(void **state) {
    (void)state;
    assert_int_equal(between("2021-09-19 10:00", "2021-09-21 10:00"), 0);
    assert_int_equal(between("2021-09-18 10:00", "2021-09-22 10:00"), 8 * HOUR);
    assert_moment(add("2021-09-21 10:00", 2 * HOUR), "2021-09-22 10:00");
    assert_moment(add("2021-09-19 10:00", 2 * HOUR), "2021-09-22 10:00");
}

static void test_trap_first_versus_total_resolution(void **state) {
    int64_t first = between("2021-09-13 08:00", "2021-09-14 10:00");
    int64_t again = between("2021-09-16 09:00", "2021-09-16 11:00");
    (void)state;
    assert_int_equal(first, 10 * HOUR);
    assert_int_equal(first + again, 12 * HOUR);
    assert_int_equal(between("2021-09-13 08:00", "2021-09-16 11:00"), 27 * HOUR);
}

/* Twenty minutes of work lie between creation and acceptance, but four days between the deadlines:
 * one is on the make-up Saturday, the other after the holiday. */
static void test_trap_clock_from_creation_or_acceptance(void **state) {
    (void)state;
    assert_int_equal(between("2021-09-17 17:50", "2021-09-18 08:10"), 20 * 60);
    assert_moment(add("2021-09-17 17:50", 8 * HOUR), "2021-09-18 17:50");
    assert_moment(add("2021-09-18 08:10", 8 * HOUR), "2021-09-22 08:10");
}

static void test_trap_a_weekend_day_that_is_a_workday(void **state) {
    (void)state;
    assert_int_equal(between("2021-09-18 00:00", "2021-09-19 00:00"), 8 * HOUR);
    assert_int_equal(between("2021-09-26 00:00", "2021-09-27 00:00"), 8 * HOUR);
    assert_int_equal(between("2021-09-25 00:00", "2021-09-26 00:00"), 0);
    assert_moment(add("2021-09-17 18:00", 8 * HOUR), "2021-09-18 18:00");
    assert_moment(add("2021-09-24 18:00", 8 * HOUR + 1), "2021-09-27 08:00:01");
}

/* 18 and 26 September are weekend days that work, 20 and 21 weekdays off. */
static void test_the_odd_days_of_september_2021(void **state) {
    static const struct {
        const char *day;
        int64_t hours;
    } days[] = {{"2021-09-17", 8}, {"2021-09-18", 8}, {"2021-09-19", 0},
                {"2021-09-20", 0}, {"2021-09-21", 0}, {"2021-09-22", 8},
                {"2021-09-25", 0}, {"2021-09-26", 8}, {"2021-09-27", 8}};
    gridgov_span span = {0, 0};
    int64_t count = 0;
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        gridgov_day day = day_of(days[i].day);
        gridgov_time start = gridgov_day_start(day, 480);
        int64_t seconds = -1;
        assert_int_equal(gridgov_worktime_between(&seconds, office, GRIDGOV_LIMIT_WORKDAYS, start,
                                                  start + 86400, NULL),
                         GRIDGOV_OK);
        assert_int_equal(seconds, days[i].hours * HOUR);
        assert_int_equal(gridgov_roster_workdays(&count, office, day, day + 1, NULL), GRIDGOV_OK);
        assert_int_equal(count, days[i].hours > 0);
        assert_int_equal(gridgov_roster_slot_at(&span, office, day, 0, NULL),
                         days[i].hours > 0 ? GRIDGOV_OK : GRIDGOV_END);
    }
    assert_int_equal(gridgov_roster_slot_at(&span, office, day_of("2021-09-18"), 1, NULL),
                     GRIDGOV_OK);
    assert_moment(span.from, "2021-09-18 14:00");
    assert_moment(span.to, "2021-09-18 18:00");
    assert_int_equal(gridgov_roster_slot_at(&span, office, day_of("2021-09-18"), 2, NULL),
                     GRIDGOV_END);
    assert_int_equal(gridgov_roster_slot_at(&span, office, day_of("2021-09-18"), -1, NULL),
                     GRIDGOV_END);
}

/* The State Council's notices, month by month, as days and as hours. */
static void test_working_days_of_72_months(void **state) {
    static const int expected[72] = {20, 17, 23, 22, 19, 21, 22, 22, 22, 17, 22, 23, 21, 16, 23,
                                     21, 20, 21, 21, 23, 21, 18, 22, 22, 18, 20, 23, 20, 21, 21,
                                     21, 23, 20, 19, 22, 21, 22, 18, 21, 22, 21, 19, 23, 22, 21,
                                     19, 21, 22, 19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23,
                                     21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23};
    (void)state;
    for (int month = 0; month < 72; month++) {
        char text[] = "2020-00";
        gridgov_span span;
        int64_t days = 0, seconds = 0;
        text[3] = (char)('1' + month / 12);
        text[5] = (char)('0' + (month % 12 + 1) / 10);
        text[6] = (char)('0' + (month % 12 + 1) % 10);
        assert_int_equal(gridgov_month_span(&span, text, 7, 480, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_roster_workdays(&days, office, gridgov_time_day(span.from, 480),
                                                 gridgov_time_day(span.to, 480), NULL),
                         GRIDGOV_OK);
        assert_int_equal(gridgov_worktime_between(&seconds, office, GRIDGOV_LIMIT_WORK_HOURS,
                                                  span.from, span.to, NULL),
                         GRIDGOV_OK);
        assert_int_equal(days, expected[month]);
        assert_int_equal(seconds, expected[month] * 8 * HOUR);
    }
}

/* Monday 13 September, ten o'clock, is the moment; nights, the make-up Saturday and the holiday of
 * 19 to 21 September lie on the way. */
static void test_kinds_of_limits_and_starts(void **state) {
    static const struct {
        int32_t limit;
        int64_t count;
        int32_t start;
        const char *due;
    } cases[] = {
        {GRIDGOV_LIMIT_URGENT_HOURS, 2, GRIDGOV_START_MOMENT, "2021-09-13 12:00"},
        {GRIDGOV_LIMIT_URGENT_HOURS, 24, GRIDGOV_START_MOMENT, "2021-09-14 10:00"},
        {GRIDGOV_LIMIT_MINUTES, 15, GRIDGOV_START_MOMENT, "2021-09-13 10:15"},
        {GRIDGOV_LIMIT_WORK_MINUTES, 150, GRIDGOV_START_MOMENT, "2021-09-13 14:30"},
        {GRIDGOV_LIMIT_WORK_HOURS, 2, GRIDGOV_START_MOMENT, "2021-09-13 12:00"},
        {GRIDGOV_LIMIT_WORK_HOURS, 3, GRIDGOV_START_MOMENT, "2021-09-13 15:00"},
        {GRIDGOV_LIMIT_WORKDAYS, 1, GRIDGOV_START_MOMENT, "2021-09-14 10:00"},
        {GRIDGOV_LIMIT_WORKDAYS, 1, GRIDGOV_START_SAME_DAY, "2021-09-13 18:00"},
        {GRIDGOV_LIMIT_WORKDAYS, 1, GRIDGOV_START_NEXT_DAY, "2021-09-14 18:00"},
        {GRIDGOV_LIMIT_WORKDAYS, 5, GRIDGOV_START_MOMENT, "2021-09-18 10:00"},
        {GRIDGOV_LIMIT_WORKDAYS, 5, GRIDGOV_START_NEXT_DAY, "2021-09-18 18:00"},
        {GRIDGOV_LIMIT_WORKDAYS, 6, GRIDGOV_START_MOMENT, "2021-09-22 10:00"},
        {GRIDGOV_LIMIT_WORKDAYS, 15, GRIDGOV_START_MOMENT, "2021-10-09 10:00"},
        {GRIDGOV_LIMIT_SLOT_WORKDAYS, 6, GRIDGOV_START_MOMENT, "2021-09-22 10:00"},
        {GRIDGOV_LIMIT_SLOT_WORKDAYS, 6, GRIDGOV_START_NEXT_DAY, "2021-09-22 18:00"},
        {GRIDGOV_LIMIT_SLOT_WORKDAYS, 0, GRIDGOV_START_MOMENT, "2021-09-13 10:00"},
        {GRIDGOV_LIMIT_CALENDAR_DAYS, 7, GRIDGOV_START_MOMENT, "2021-09-20 10:00"},
        {GRIDGOV_LIMIT_CALENDAR_DAYS, 7, GRIDGOV_START_NEXT_DAY, "2021-09-21 00:00"},
        {GRIDGOV_LIMIT_CALENDAR_DAYS, 1, GRIDGOV_START_SAME_DAY, "2021-09-14 00:00"},
    };
    gridgov_time start = 0;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_due(office, cases[i].limit, cases[i].count, cases[i].start, "2021-09-13 10:00",
                   cases[i].due);
    }
    assert_int_equal(gridgov_worktime_start(&start, office, GRIDGOV_START_SAME_DAY,
                                            at("2021-09-13 00:00"), NULL),
                     GRIDGOV_OK);
    assert_moment(start, "2021-09-13 00:00");
    assert_int_equal(gridgov_worktime_start(&start, office, GRIDGOV_START_NEXT_DAY,
                                            at("2021-09-13 23:59:59"), NULL),
                     GRIDGOV_OK);
    assert_moment(start, "2021-09-14 00:00");
}

/* Fridays are half as long, the make-up day has its own hours. */
static void test_workdays_as_long_as_the_roster_makes_them(void **state) {
    gridgov_roster *roster =
        load(HEAD "{\"workday\":[\"08:00-12:00\",\"14:00-17:00\"],\"friday\":[\"08:30-12:00\"],"
                  "\"makeup\":[\"09:00-10:00:01\"]}}");
    (void)state;
    assert_due(roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, 1, GRIDGOV_START_NEXT_DAY, "2021-09-16 10:00",
               "2021-09-17 12:00");
    assert_due(roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, 3, GRIDGOV_START_NEXT_DAY, "2021-09-16 10:00",
               "2021-09-22 17:00");
    /* Two hours of seven were gone on Thursday: two sevenths of three and a half on Friday. */
    assert_due(roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, 1, GRIDGOV_START_MOMENT, "2021-09-16 10:00",
               "2021-09-17 09:30");
    /* And of 3601 seconds on Saturday, 1028.86, which are done after 1029. */
    assert_due(roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, 2, GRIDGOV_START_MOMENT, "2021-09-16 10:00",
               "2021-09-18 09:17:09");
    /* All of Thursday gone, and nothing of Friday. */
    assert_due(roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, 1, GRIDGOV_START_MOMENT, "2021-09-16 22:00",
               "2021-09-17 12:00");
    assert_due(roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, 1, GRIDGOV_START_MOMENT, "2021-09-19 12:00",
               "2021-09-22 17:00");
    /* Eight hours are eight hours all the same. */
    assert_due(roster, GRIDGOV_LIMIT_WORKDAYS, 1, GRIDGOV_START_NEXT_DAY, "2021-09-13 10:00",
               "2021-09-15 09:00");
    gridgov_roster_free(roster);
}

/* A post that is never closed: the working clock is the clock on the wall, holidays and all. */
static void test_duty_post(void **state) {
    gridgov_roster *roster = load(ALWAYS);
    int64_t days = 0;
    (void)state;
    assert_int_equal(between_of(roster, "2021-09-17 23:00", "2021-09-22 01:00"), 98 * HOUR);
    assert_due(roster, GRIDGOV_LIMIT_WORK_HOURS, 26, GRIDGOV_START_MOMENT, "2021-09-19 23:00",
               "2021-09-21 01:00");
    assert_due(roster, GRIDGOV_LIMIT_WORK_HOURS, 25, GRIDGOV_START_MOMENT, "2021-09-19 23:00",
               "2021-09-21 00:00");
    assert_int_equal(
        gridgov_roster_workdays(&days, roster, day_of("2021-01-01"), day_of("2027-01-01"), NULL),
        GRIDGOV_OK);
    assert_int_equal(days, 2191);
    gridgov_roster_free(roster);
}

/* A night shift is written as two slots; each follows the kind of its own day. */
static void test_night_shift(void **state) {
    gridgov_roster *roster = load(HEAD "{\"workday\":[\"22:00-24:00\",\"00:00-06:00\"]}}");
    (void)state;
    assert_int_equal(between_of(roster, "2021-09-13 12:00", "2021-09-14 12:00"), 8 * HOUR);
    /* Friday night before an ordinary weekend ends at midnight. */
    assert_int_equal(between_of(roster, "2021-09-10 12:00", "2021-09-11 12:00"), 2 * HOUR);
    assert_due(roster, GRIDGOV_LIMIT_WORK_HOURS, 3, GRIDGOV_START_MOMENT, "2021-09-10 22:00",
               "2021-09-13 01:00");
    gridgov_roster_free(roster);
}

static void test_negative_spans(void **state) {
    gridgov_time time = 0;
    (void)state;
    assert_int_equal(between("2021-09-14 10:00", "2021-09-13 10:00"), -8 * HOUR);
    assert_int_equal(between("2021-09-14 10:00", "2021-09-14 10:00"), 0);
    assert_moment(add("2021-09-14 10:00", -8 * HOUR), "2021-09-13 10:00");
    assert_moment(add("2021-09-13 09:00", -HOUR), "2021-09-10 18:00");
    assert_moment(add("2021-09-13 09:00", -HOUR - 1), "2021-09-10 17:59:59");
    assert_moment(add("2021-09-13 09:00", -HOUR + 1), "2021-09-13 08:00:01");
    assert_moment(add("2021-09-22 08:00", -1), "2021-09-18 17:59:59");
    /* 4 January 2021 is the first workday: what lay before is not known, so neither is the earliest
     * moment with nothing counted up to there. */
    assert_int_equal(gridgov_worktime_add(&time, office, GRIDGOV_LIMIT_WORK_HOURS,
                                          at("2021-01-04 09:00"), -HOUR + 1, NULL),
                     GRIDGOV_OK);
    assert_moment(time, "2021-01-04 08:00:01");
    assert_int_equal(gridgov_worktime_add(&time, office, GRIDGOV_LIMIT_WORK_HOURS,
                                          at("2021-01-04 09:00"), -HOUR, NULL),
                     GRIDGOV_ERANGE);
    assert_true(time == GRIDGOV_NO_TIME);
}

static void assert_not_evaluable(int32_t limit, const char *from, int64_t seconds,
                                 const char *year) {
    gridgov_error err = {0};
    gridgov_time time = 0;
    assert_int_equal(gridgov_worktime_add(&time, office, limit, at(from), seconds, &err),
                     GRIDGOV_ERANGE);
    assert_true(time == GRIDGOV_NO_TIME);
    assert_int_equal(err.rule, GG_RULE_CALENDAR_YEAR);
    assert_string_equal(err.value, year);
}

static void test_beyond_the_calendar(void **state) {
    gridgov_error err = {0};
    gridgov_time time = 0;
    gridgov_span span = {1, 2};
    int64_t seconds = 1, days = 1;
    (void)state;
    /* 31 December 2026 is a Thursday and a workday. */
    assert_moment(add("2026-12-31 16:00", 2 * HOUR), "2026-12-31 18:00");
    assert_not_evaluable(GRIDGOV_LIMIT_WORK_HOURS, "2026-12-31 16:00", 2 * HOUR + 1, "2027");
    assert_not_evaluable(GRIDGOV_LIMIT_WORK_HOURS, "2021-01-01 00:00", INT64_MAX, "2027");
    assert_not_evaluable(GRIDGOV_LIMIT_WORK_HOURS, "2026-12-31 16:00", INT64_MIN, "2020");
    assert_not_evaluable(GRIDGOV_LIMIT_WORK_HOURS, "2020-12-31 23:59:59", 1, "2020");
    assert_not_evaluable(GRIDGOV_LIMIT_WORK_HOURS, "2020-12-31 23:59:59", 0, "2020");
    assert_not_evaluable(GRIDGOV_LIMIT_WORK_HOURS, "2027-01-01 00:00:01", 0, "2027");
    assert_int_equal(between("2021-01-01 00:00", "2027-01-01 00:00"), 1495LL * 8 * HOUR);
    assert_int_equal(gridgov_worktime_between(&seconds, office, GRIDGOV_LIMIT_WORKDAYS,
                                              at("2026-12-31 12:00"), at("2027-01-01 00:00:01"),
                                              &err),
                     GRIDGOV_ERANGE);
    assert_string_equal(err.value, "2027");
    assert_int_equal(seconds, 0);
    assert_int_equal(gridgov_worktime_between(&seconds, office, GRIDGOV_LIMIT_WORKDAYS,
                                              at("2021-01-01 00:00"), at("2020-12-31 23:59:59"),
                                              &err),
                     GRIDGOV_ERANGE);
    assert_string_equal(err.value, "2020");
    assert_int_equal(gridgov_worktime_due(&time, office, GRIDGOV_LIMIT_SLOT_WORKDAYS, 1,
                                          GRIDGOV_START_NEXT_DAY, at("2026-12-31 10:00"), &err),
                     GRIDGOV_ERANGE);
    assert_string_equal(err.value, "2027");
    assert_int_equal(gridgov_worktime_due(&time, office, GRIDGOV_LIMIT_SLOT_WORKDAYS, 1,
                                          GRIDGOV_START_NEXT_DAY, at("2026-12-30 10:00"), &err),
                     GRIDGOV_OK);
    assert_moment(time, "2026-12-31 18:00");
    assert_int_equal(gridgov_worktime_due(&time, office, GRIDGOV_LIMIT_SLOT_WORKDAYS, INT64_MAX,
                                          GRIDGOV_START_MOMENT, at("2021-09-13 10:00"), &err),
                     GRIDGOV_ERANGE);
    assert_int_equal(gridgov_worktime_due(&time, office, GRIDGOV_LIMIT_WORKDAYS, INT64_MAX,
                                          GRIDGOV_START_MOMENT, at("2021-09-13 10:00"), &err),
                     GRIDGOV_ERANGE);
    assert_int_equal(err.rule, GG_RULE_OVERFLOW);
    assert_int_equal(
        gridgov_roster_workdays(&days, office, day_of("2026-12-31"), day_of("2027-01-02"), &err),
        GRIDGOV_ERANGE);
    assert_int_equal(days, 0);
    assert_int_equal(gridgov_roster_slot_at(&span, office, day_of("2027-01-01"), 0, &err),
                     GRIDGOV_ERANGE);
    assert_string_equal(err.value, "2027");
    assert_int_equal(gridgov_roster_slot_at(&span, office, INT32_MAX, 0, &err), GRIDGOV_ERANGE);
    assert_int_equal(span.from, 1);
}

/* The wall clock needs no calendar, and its numbers may be any that fit. */
static void test_wall_clock(void **state) {
    gridgov_error err = {0};
    gridgov_time time = 0;
    int64_t seconds = 0;
    (void)state;
    assert_due(office, GRIDGOV_LIMIT_CALENDAR_DAYS, 366, GRIDGOV_START_MOMENT, "2027-12-31 10:00",
               "2028-12-31 10:00");
    assert_int_equal(
        gridgov_worktime_add(&time, office, GRIDGOV_LIMIT_MINUTES, INT64_MAX - 5, 5, &err),
        GRIDGOV_OK);
    assert_true(time == INT64_MAX);
    assert_int_equal(
        gridgov_worktime_add(&time, office, GRIDGOV_LIMIT_MINUTES, INT64_MAX - 5, 6, &err),
        GRIDGOV_ERANGE);
    assert_int_equal(err.rule, GG_RULE_OVERFLOW);
    /* The least number is no moment. */
    assert_int_equal(
        gridgov_worktime_add(&time, office, GRIDGOV_LIMIT_MINUTES, INT64_MIN + 5, -4, &err),
        GRIDGOV_OK);
    assert_int_equal(
        gridgov_worktime_add(&time, office, GRIDGOV_LIMIT_MINUTES, INT64_MIN + 5, -5, &err),
        GRIDGOV_ERANGE);
    assert_true(time == GRIDGOV_NO_TIME);
    assert_int_equal(
        gridgov_worktime_between(&seconds, office, GRIDGOV_LIMIT_MINUTES, -2, INT64_MAX - 1, &err),
        GRIDGOV_ERANGE);
    assert_int_equal(
        gridgov_worktime_between(&seconds, office, GRIDGOV_LIMIT_MINUTES, 1, INT64_MIN + 1, &err),
        GRIDGOV_ERANGE);
    assert_int_equal(
        gridgov_worktime_between(&seconds, office, GRIDGOV_LIMIT_MINUTES, -1, INT64_MAX - 1, &err),
        GRIDGOV_OK);
    assert_true(seconds == INT64_MAX);
    assert_int_equal(gridgov_worktime_start(&time, office, GRIDGOV_START_NEXT_DAY, INT64_MAX, &err),
                     GRIDGOV_ERANGE);
    assert_true(time == GRIDGOV_NO_TIME);
}

/* Weekends only: every year there is, 400 of which have 20871 weeks; and years with a gap. */
static void test_other_calendars(void **state) {
    static const char weekends[] = "{\"schema\":\"gridgov.calendar/1\",\"name\":\"w\","
                                   "\"weekends_only\":true}";
    static const char gap[] = "{\"schema\":\"gridgov.calendar/1\",\"name\":\"g\",\"years\":["
                              "{\"year\":2021,\"days\":[]},{\"year\":2023,\"days\":[]}]}";
    static const char none[] = "{\"schema\":\"gridgov.calendar/1\",\"name\":\"n\",\"years\":[]}";
    gridgov_calendar *calendar = NULL;
    gridgov_roster *roster = NULL;
    gridgov_error err = {0};
    gridgov_time time = 0;
    int64_t seconds = 0;
    (void)state;
    assert_int_equal(gridgov_calendar_load(&calendar, weekends, sizeof weekends - 1, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_roster_load(&roster, calendar, OFFICE, strlen(OFFICE), NULL, NULL),
                     GRIDGOV_OK);
    gridgov_calendar_free(calendar); /* the roster keeps it alive */
    assert_int_equal(between_of(roster, "1600-01-01 00:00", "2000-01-01 00:00"),
                     20871LL * 5 * 8 * HOUR);
    assert_due(roster, GRIDGOV_LIMIT_WORK_HOURS, 20871LL * 5 * 8, GRIDGOV_START_MOMENT,
               "1600-01-03 08:00", "1999-12-31 18:00");
    assert_due(roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, 20871LL * 5, GRIDGOV_START_MOMENT,
               "1600-01-03 08:00", "1999-12-31 18:00");
    assert_int_equal(gridgov_worktime_add(&time, roster, GRIDGOV_LIMIT_WORK_HOURS,
                                          at("9999-12-31 17:00"), HOUR + 1, &err),
                     GRIDGOV_ERANGE);
    assert_int_equal(err.rule, GG_RULE_OVERFLOW);
    gridgov_roster_free(roster);

    assert_int_equal(gridgov_calendar_load(&calendar, gap, sizeof gap - 1, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_roster_load(&roster, calendar, OFFICE, strlen(OFFICE), NULL, NULL),
                     GRIDGOV_OK);
    gridgov_calendar_free(calendar);
    assert_int_equal(between_of(roster, "2021-01-01 00:00", "2022-01-01 00:00"), 261 * 8 * HOUR);
    assert_int_equal(between_of(roster, "2024-01-01 00:00", "2023-01-01 00:00"), -260 * 8 * HOUR);
    assert_int_equal(gridgov_worktime_between(&seconds, roster, GRIDGOV_LIMIT_WORK_HOURS,
                                              at("2021-12-31 12:00"), at("2023-01-02 12:00"), &err),
                     GRIDGOV_ERANGE);
    assert_string_equal(err.value, "2022");
    assert_int_equal(gridgov_worktime_add(&time, roster, GRIDGOV_LIMIT_WORK_HOURS,
                                          at("2021-12-31 17:00"), 2 * HOUR, &err),
                     GRIDGOV_ERANGE);
    assert_string_equal(err.value, "2022");
    assert_int_equal(gridgov_worktime_add(&time, roster, GRIDGOV_LIMIT_WORK_HOURS,
                                          at("2023-01-02 09:00"), -2 * HOUR, &err),
                     GRIDGOV_ERANGE);
    assert_string_equal(err.value, "2022");
    gridgov_roster_free(roster);

    assert_int_equal(gridgov_calendar_load(&calendar, none, sizeof none - 1, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_roster_load(&roster, calendar, OFFICE, strlen(OFFICE), NULL, NULL),
                     GRIDGOV_OK);
    gridgov_calendar_free(calendar);
    assert_int_equal(gridgov_worktime_add(&time, roster, GRIDGOV_LIMIT_WORK_HOURS, 0, 1, &err),
                     GRIDGOV_ERANGE);
    assert_string_equal(err.value, "1970");
    gridgov_roster_free(roster);
}

/* Monday has one hour, Tuesday two, and so on; a calendar of a single year, which may begin and end
 * on any weekday. */
static void test_every_weekday_at_the_edge_of_a_year(void **state) {
    char json[] = "{\"schema\":\"gridgov.calendar/1\",\"name\":\"y\",\"years\":["
                  "{\"year\":20YY,\"days\":[]}]}";
    char *digits = strstr(json, "YY"), text[] = "20YY-01-01";
    (void)state;
    for (int year = 1; year <= 28; year++) {
        gridgov_calendar *calendar = NULL;
        gridgov_roster *roster = NULL;
        int64_t hours = 0;
        text[2] = digits[0] = (char)('0' + year / 10);
        text[3] = digits[1] = (char)('0' + year % 10);
        assert_int_equal(gridgov_calendar_load(&calendar, json, sizeof json - 1, NULL, NULL),
                         GRIDGOV_OK);
        assert_int_equal(gridgov_roster_new(&roster, calendar, 480, NULL), GRIDGOV_OK);
        for (int32_t i = 1; i <= 7; i++) {
            assert_int_equal(gridgov_roster_add_slot(roster, i, HOUR, HOUR + i * HOUR, NULL),
                             GRIDGOV_OK);
        }
        assert_int_equal(gridgov_roster_seal(roster, NULL), GRIDGOV_OK);
        gridgov_day first = day_of(text);
        gridgov_time start = gridgov_day_start(first, 480);
        for (int i = 0; i <= 365 + (year % 4 == 0); i++) {
            int64_t seconds = -1;
            assert_int_equal(gridgov_worktime_between(&seconds, roster, GRIDGOV_LIMIT_WORK_HOURS,
                                                      start, start + i * 86400LL, NULL),
                             GRIDGOV_OK);
            assert_int_equal(seconds, hours * HOUR);
            hours += (first + i + 3) % 7 + 1;
        }
        gridgov_roster_free(roster);
        gridgov_calendar_free(calendar);
    }
}

static void test_other_offsets(void **state) {
    gridgov_roster *roster =
        load("{\"schema\":\"gridgov.roster/1\",\"name\":\"t\",\"utc_offset_minutes\":-210,"
             "\"slots\":{\"workday\":[\"08:00-12:00\"]}}");
    (void)state;
    assert_int_equal(gridgov_roster_utc_offset(roster), -210);
    assert_int_equal(gridgov_roster_utc_offset(office), 480);
    assert_string_equal(gridgov_roster_name(roster), "t");
    /* 08:00 at −03:30 is 19:30 in China. */
    assert_int_equal(between_of(roster, "2021-09-13 19:29:59", "2021-09-13 19:30:01"), 1);
    assert_due(roster, GRIDGOV_LIMIT_WORK_HOURS, 4, GRIDGOV_START_MOMENT, "2021-09-13 00:00",
               "2021-09-13 23:30");
    gridgov_roster_free(roster);
}

static void test_roster_by_calls(void **state) {
    static const int32_t days[] = {1, 2, 3, 4, 5, GRIDGOV_ROSTER_DAY_MAKEUP};
    gridgov_roster *roster = NULL, *held = NULL;
    gridgov_error err = {0};
    int64_t seconds = 0;
    gridgov_span span = {0, 0};
    (void)state;
    assert_int_equal(gridgov_roster_new(&roster, china, 480, NULL), GRIDGOV_OK);
    assert_string_equal(gridgov_roster_digest(roster), "");
    assert_int_equal(
        gridgov_worktime_between(&seconds, roster, GRIDGOV_LIMIT_WORK_HOURS, 0, 1, &err),
        GRIDGOV_ESTATE);
    assert_int_equal(gridgov_roster_seal(roster, &err), GRIDGOV_EDATA);
    assert_int_equal(err.rule, GG_RULE_ROSTER_EMPTY);
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        /* Out of order, and in pieces that touch. */
        assert_int_equal(gridgov_roster_add_slot(roster, days[i], 14 * HOUR, 18 * HOUR, NULL), 0);
        assert_int_equal(gridgov_roster_add_slot(roster, days[i], 10 * HOUR, 12 * HOUR, NULL), 0);
        assert_int_equal(gridgov_roster_add_slot(roster, days[i], 8 * HOUR, 9 * HOUR, NULL), 0);
        assert_int_equal(gridgov_roster_add_slot(roster, days[i], 9 * HOUR, 10 * HOUR, NULL), 0);
    }
    assert_int_equal(gridgov_roster_seal(roster, NULL), GRIDGOV_OK);
    assert_string_equal(gridgov_roster_digest(roster), gridgov_roster_digest(office));
    assert_int_equal(strlen(gridgov_roster_digest(roster)), 64);
    assert_string_equal(gridgov_roster_name(roster), "");
    assert_int_equal(gridgov_roster_slot_at(&span, roster, day_of("2021-09-13"), 0, NULL),
                     GRIDGOV_OK);
    assert_int_equal(span.to - span.from, 4 * HOUR);
    assert_int_equal(gridgov_roster_seal(roster, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_roster_add_slot(roster, 1, 0, 1, &err), GRIDGOV_ESTATE);
    held = gridgov_roster_hold(roster);
    gridgov_roster_free(roster);
    assert_int_equal(between_of(held, "2021-09-13 08:00", "2021-09-13 09:00"), HOUR);
    gridgov_roster_free(held);
}

static void test_slots_that_are_refused(void **state) {
    static const struct {
        int32_t day, from, to;
        gridgov_status status;
        int32_t rule;
    } cases[] = {
        {1, 8 * HOUR, 8 * HOUR, GRIDGOV_EDATA, GG_RULE_ROSTER_MIDNIGHT},
        {1, 22 * HOUR, 6 * HOUR, GRIDGOV_EDATA, GG_RULE_ROSTER_MIDNIGHT},
        {1, -1, 6 * HOUR, GRIDGOV_EDATA, GG_RULE_ROSTER_DAY},
        {1, 23 * HOUR, 86401, GRIDGOV_EDATA, GG_RULE_ROSTER_DAY},
        {1, 9 * HOUR, 10 * HOUR, GRIDGOV_EDATA, GG_RULE_ROSTER_OVERLAP}, /* the same */
        {1, 9 * HOUR - 1, 9 * HOUR + 1, GRIDGOV_EDATA, GG_RULE_ROSTER_OVERLAP},
        {1, 10 * HOUR - 1, 11 * HOUR, GRIDGOV_EDATA, GG_RULE_ROSTER_OVERLAP},
        {1, 8 * HOUR, 18 * HOUR, GRIDGOV_EDATA, GG_RULE_ROSTER_OVERLAP},
        {1, 10 * HOUR, 12 * HOUR + 1, GRIDGOV_EDATA, GG_RULE_ROSTER_OVERLAP},
        {0, 0, 1, GRIDGOV_EARG, GG_RULE_ARGUMENT},
        {10, 0, 1, GRIDGOV_EARG, GG_RULE_ARGUMENT},
    };
    gridgov_roster *roster = NULL;
    gridgov_error err = {0};
    (void)state;
    assert_int_equal(gridgov_roster_new(&roster, china, 480, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_roster_add_slot(roster, 1, 9 * HOUR, 10 * HOUR, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_roster_add_slot(roster, 1, 12 * HOUR, 13 * HOUR, NULL), GRIDGOV_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(
            gridgov_roster_add_slot(roster, cases[i].day, cases[i].from, cases[i].to, &err),
            cases[i].status);
        if (err.rule != cases[i].rule) {
            fail_msg("case %d: rule %d, %s", (int)i, (int)err.rule, err.message);
        }
    }
    /* Both gaps closed: one slot from nine to one, and room for fifteen more. */
    assert_int_equal(gridgov_roster_add_slot(roster, 1, 10 * HOUR, 12 * HOUR, NULL), GRIDGOV_OK);
    for (int32_t i = 1; i < GRIDGOV_ROSTER_SLOTS; i++) {
        assert_int_equal(
            gridgov_roster_add_slot(roster, 1, 14 * HOUR + i * 60, 14 * HOUR + i * 60 + 30, NULL),
            GRIDGOV_OK);
    }
    assert_int_equal(gridgov_roster_add_slot(roster, 1, 0, 1, &err), GRIDGOV_ELIMIT);
    assert_int_equal(gridgov_roster_add_slot(roster, 1, 13 * HOUR, 13 * HOUR + 1, &err),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_roster_seal(roster, NULL), GRIDGOV_OK);
    assert_int_equal(between_of(roster, "2021-09-13 00:00", "2021-09-14 00:00"),
                     4 * HOUR + 1 + 15 * 30);
    gridgov_roster_free(roster);
}

static void test_documents(void **state) {
    gridgov_roster *one = load(HEAD "{\"workday\":[\"08:00-18:00\"],\"saturday\":[\"09:00-12:00\"],"
                                    "\"weekend\":[\"10:00-11:00\"],\"note\":\"x\"}}");
    gridgov_roster *same =
        load("{\"slots\":{\"makeup\":[\"08:00-12:00\",\"12:00-18:00\"],"
             "\"monday\":[\"08:00:00-18:00\"],\"tuesday\":[\"08:00-18:00\"],"
             "\"wednesday\":[\"08:00-18:00\"],\"thursday\":[\"08:00-18:00\"],"
             "\"friday\":[\"12:00-18:00\",\"08:00-12:00\"],\"saturday\":[\"09:00-12:00\"],"
             "\"sunday\":[\"10:00-11:00\"],\"holiday\":[]},\"utc_offset_minutes\":480,"
             "\"version\":2,\"source\":\"s\",\"certainty\":\"ours\",\"name\":\"u\","
             "\"schema\":\"gridgov.roster/1\"}");
    (void)state;
    assert_string_equal(gridgov_roster_digest(one), gridgov_roster_digest(same));
    assert_string_not_equal(gridgov_roster_digest(one), gridgov_roster_digest(office));
    assert_int_equal(between_of(one, "2021-09-11 00:00", "2021-09-12 00:00"), 3 * HOUR);
    assert_int_equal(between_of(one, "2021-09-12 00:00", "2021-09-13 00:00"), HOUR);
    /* A listed day off that is a Sunday is a holiday and no Sunday. */
    assert_int_equal(between_of(one, "2021-09-19 00:00", "2021-09-20 00:00"), 0);
    gridgov_roster_free(one);
    gridgov_roster_free(same);
}

#define WORKDAY(list) HEAD "{\"workday\":[" list "]}}"

static void test_bad_documents(void **state) {
    static const struct {
        const char *json;
        gridgov_status status;
        int32_t rule;
        const char *field;
    } cases[] = {
        {"{", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, NULL},
        {"{\"schema\":\"gridgov.calendar/1\"}", GRIDGOV_EPOLICY, GG_RULE_JSON_SCHEMA, NULL},
        {"{\"schema\":\"gridgov.roster/1\",\"name\":\"x\"}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING,
         "/slots"},
        {"{\"schema\":\"gridgov.roster/1\",\"slots\":{\"makeup\":[\"08:00-09:00\"]}}",
         GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING, "/name"},
        {HEAD "[]}", GRIDGOV_EPOLICY, GG_RULE_JSON_TYPE, "/slots"},
        {HEAD "{\"monday\":[\"08:00-09:00\"]}}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING,
         "/slots/makeup"},
        {HEAD "{\"workdays\":[\"08:00-09:00\"],\"makeup\":[]}}", GRIDGOV_EPOLICY, GG_RULE_JSON_KEY,
         NULL},
        {HEAD "{\"workday\":\"08:00-09:00\"}}", GRIDGOV_EPOLICY, GG_RULE_JSON_TYPE,
         "/slots/workday"},
        {HEAD "{\"workday\":[\"08:00-09:00\"]},\"utc_offset_minutes\":1441}", GRIDGOV_EPOLICY,
         GG_RULE_JSON_RANGE, "/utc_offset_minutes"},
        {WORKDAY(""), GRIDGOV_EDATA, GG_RULE_ROSTER_EMPTY, "/slots"},
        {WORKDAY("8"), GRIDGOV_EPOLICY, GG_RULE_JSON_TYPE, "/slots/workday/0"},
        {WORKDAY("\"\""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"08:00\""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"8:00-12:00\""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"08:00-12:60\""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"08:00-24:01\""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"08:00-24:00:01\""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"08:00-25:00\""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"08:00-12:00 \""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"08:00-12:00-13:00\""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"08 00-12:00\""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"08:00:00-12:00.00\""), GRIDGOV_EDATA, GG_RULE_ROSTER_SLOT, "/slots/workday/0"},
        {WORKDAY("\"22:00-06:00\""), GRIDGOV_EDATA, GG_RULE_ROSTER_MIDNIGHT, "/slots/workday/0"},
        {WORKDAY("\"08:00-12:00\",\"11:59-13:00\""), GRIDGOV_EDATA, GG_RULE_ROSTER_OVERLAP,
         "/slots/workday/1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_roster *roster = office;
        gridgov_error err = {0};
        gridgov_status status =
            gridgov_roster_load(&roster, china, cases[i].json, strlen(cases[i].json), NULL, &err);
        if (status != cases[i].status || err.rule != cases[i].rule) {
            fail_msg("case %d: status %d, rule %d, %s: %s", (int)i, (int)status, (int)err.rule,
                     err.field, err.message);
        }
        assert_null(roster);
        if (cases[i].field != NULL) {
            assert_string_equal(err.field, cases[i].field);
        }
    }
}

static void test_every_problem_is_listed(void **state) {
    static const char json[] = HEAD "{\"workday\":[\"x\",\"08:00-07:00\",3],\"sonday\":[]},"
                                    "\"zone\":8}";
    gridgov_roster *roster = NULL;
    gridgov_issues *issues = NULL;
    (void)state;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_roster_load(&roster, china, json, sizeof json - 1, issues, NULL),
                     GRIDGOV_EPOLICY);
    assert_int_equal(gridgov_issues_count(issues), 5);
    gridgov_issues_free(issues);
}

static void test_arguments(void **state) {
    gridgov_roster *none = office;
    gridgov_time time = 0, moments[1] = {0};
    int64_t seconds = 5, missing = 5;
    gridgov_span span = {0, 0};
    (void)state;
    assert_int_equal(gridgov_roster_new(NULL, china, 480, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_new(&none, NULL, 480, NULL), GRIDGOV_EARG);
    assert_null(none);
    assert_int_equal(gridgov_roster_new(&none, china, 1441, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_new(&none, china, -1441, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_load(NULL, china, "{}", 2, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_load(&none, NULL, "{}", 2, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_load(&none, china, NULL, 2, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_add_slot(NULL, 1, 0, 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_seal(NULL, NULL), GRIDGOV_EARG);
    assert_string_equal(gridgov_roster_name(NULL), "");
    assert_string_equal(gridgov_roster_digest(NULL), "");
    assert_int_equal(gridgov_roster_utc_offset(NULL), 0);
    assert_null(gridgov_roster_hold(NULL));
    gridgov_roster_free(NULL);
    assert_int_equal(gridgov_roster_slot_at(NULL, office, 0, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_slot_at(&span, NULL, 0, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_slot_at(&span, office, GRIDGOV_NO_DAY, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_workdays(NULL, office, 0, 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_workdays(&seconds, NULL, 0, 1, NULL), GRIDGOV_EARG);
    assert_int_equal(seconds, 0);
    assert_int_equal(gridgov_roster_workdays(&seconds, office, GRIDGOV_NO_DAY, 1, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_roster_workdays(&seconds, office, 9, 9, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_worktime_between(NULL, office, 1, 0, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_between(&seconds, NULL, 1, 0, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_between(&seconds, office, 0, 0, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_between(&seconds, office, 8, 0, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_between(&seconds, office, 1, GRIDGOV_NO_TIME, 0, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_between(&seconds, office, 1, 0, GRIDGOV_NO_TIME, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_add(NULL, office, 1, 0, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_add(&time, office, 1, GRIDGOV_NO_TIME, 0, NULL),
                     GRIDGOV_EARG);
    assert_true(time == GRIDGOV_NO_TIME);
    assert_int_equal(gridgov_worktime_start(NULL, office, 1, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_start(&time, office, 0, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_start(&time, office, 4, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_start(&time, office, 1, GRIDGOV_NO_TIME, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_due(NULL, office, 1, 1, 1, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_due(&time, office, 1, -1, 1, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_due(&time, office, 1, 1, 0, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(
        gridgov_worktime_between_column(NULL, &missing, office, 1, NULL, NULL, 0, NULL),
        GRIDGOV_OK);
    assert_int_equal(missing, 0);
    assert_int_equal(
        gridgov_worktime_between_column(NULL, NULL, office, 1, moments, moments, 1, NULL),
        GRIDGOV_EARG);
    assert_int_equal(
        gridgov_worktime_between_column(&seconds, NULL, office, 1, moments, moments, -1, NULL),
        GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_add_column(&time, NULL, office, 0, moments, moments, 1, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_add_column(&time, NULL, office, 1, moments, NULL, 1, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_worktime_add_column(&time, NULL, office, 1, moments, moments, 1, NULL),
                     GRIDGOV_OK);
    assert_true(time == 0);
}

static int open_office(void **state) {
    (void)state;
    return gridgov_calendar_open(&china, "china", 5, NULL) ||
           gridgov_roster_load(&office, china, OFFICE, strlen(OFFICE), NULL, NULL);
}

static int close_office(void **state) {
    (void)state;
    gridgov_calendar_free(china);
    gridgov_roster_free(office);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trap_pause_over_a_weekend),
        cmocka_unit_test(test_trap_limit_replaced_while_paused),
        cmocka_unit_test(test_trap_closed_interval_before_a_reopen),
        cmocka_unit_test(test_trap_second_holder_starts_in_debt),
        cmocka_unit_test(test_trap_created_outside_hours),
        cmocka_unit_test(test_trap_lunch_break),
        cmocka_unit_test(test_trap_schedule_of_one_weekday),
        cmocka_unit_test(test_trap_pause_added_to_the_creation_time),
        cmocka_unit_test(test_trap_pausing_on_a_holiday),
        cmocka_unit_test(test_trap_first_versus_total_resolution),
        cmocka_unit_test(test_trap_clock_from_creation_or_acceptance),
        cmocka_unit_test(test_trap_a_weekend_day_that_is_a_workday),
        cmocka_unit_test(test_the_odd_days_of_september_2021),
        cmocka_unit_test(test_working_days_of_72_months),
        cmocka_unit_test(test_kinds_of_limits_and_starts),
        cmocka_unit_test(test_workdays_as_long_as_the_roster_makes_them),
        cmocka_unit_test(test_duty_post),
        cmocka_unit_test(test_night_shift),
        cmocka_unit_test(test_negative_spans),
        cmocka_unit_test(test_beyond_the_calendar),
        cmocka_unit_test(test_wall_clock),
        cmocka_unit_test(test_other_calendars),
        cmocka_unit_test(test_every_weekday_at_the_edge_of_a_year),
        cmocka_unit_test(test_other_offsets),
        cmocka_unit_test(test_roster_by_calls),
        cmocka_unit_test(test_slots_that_are_refused),
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_bad_documents),
        cmocka_unit_test(test_every_problem_is_listed),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, open_office, close_office);
}
