/* SPDX-License-Identifier: Apache-2.0 */
/* Working time against a second-by-second account. Random calendars and rosters; for each a window
 * of some weeks is written out second by second, straight from the lists they were made of and
 * without a civil function of the library. Then random questions: between() is a difference of that
 * account, add() the first second at which it reaches a number. The laws are asked of the same
 * numbers. Longer spans are held against a loop over days and slots.
 *
 *   oracle_worktime [CASES [SEED]]    1200000 cases unless told otherwise */
#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    DAY = 86400,
    WINDOW_DAYS = 24,
    WINDOW = WINDOW_DAYS * DAY,
    YEARS = 3,         /* 2023, 2024, 2025; one or two of them covered, or a gap between them */
    DAYS = 1096,       /* of the three years */
    FIRST_DAY = 19358, /* 2023-01-01, a Sunday */
    CASES_A_ROSTER = 6000,
    KINDS = 10
};

static int64_t cases_wanted = 1200000;
static uint64_t seed = 20210918;

static uint64_t next_random(void) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return seed * UINT64_C(2685821657736338717);
}

static int64_t pick(int64_t count) {
    return (int64_t)((next_random() >> 33) % (uint64_t)count);
}

/* What a roster is made of, day by day. */
typedef struct world {
    int covered[YEARS];
    int always;       /* weekends only: every year is covered, far beyond the three */
    int listed[DAYS]; /* 0 not listed, 1 off, 2 working */
    int slots[KINDS], from[KINDS][4], to[KINDS][4];
    int offset; /* minutes */
    gridgov_calendar *calendar;
    gridgov_roster *roster;
} world;

static const int year_days[YEARS] = {365, 366, 365};

static int year_of(int day) {
    return day < 365 ? 0 : day < 731 ? 1 : 2;
}

static int kind_of(const world *w, int day) {
    int weekday = (day + 6) % 7; /* Monday 0 */
    if (!w->covered[year_of(day)]) {
        return 0;
    }
    if (w->listed[day] == 1) {
        return GRIDGOV_ROSTER_DAY_HOLIDAY;
    }
    return w->listed[day] == 2 && weekday >= 5 ? GRIDGOV_ROSTER_DAY_MAKEUP : weekday + 1;
}

static void put_date(char *text, size_t room, int day) {
    static const int months[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = year_of(day), month = 0;
    day -= year > 0 ? 365 : 0;
    day -= year > 1 ? 366 : 0;
    while (day >= months[month] + (year == 1 && month == 1)) {
        day -= months[month] + (year == 1 && month == 1);
        month++;
    }
    (void)snprintf(text, room, "%d-%02d-%02d", 2023 + year, month + 1, day + 1);
}

static void make_calendar(world *w) {
    static char json[200000];
    size_t used = 0, room = sizeof json;
    int day = 0, comma = 0;
    used += (size_t)snprintf(json, room,
                             "{\"schema\":\"gridgov.calendar/1\",\"name\":\"r\","
                             "\"weekends_only\":%s,\"years\":[",
                             w->always ? "true" : "false");
    for (int year = 0; year < YEARS; year++) {
        int first = 1;
        if (w->covered[year]) {
            used += (size_t)snprintf(json + used, room - used, "%s{\"year\":%d,\"days\":[",
                                     comma ? "," : "", 2023 + year);
            comma = 1;
        }
        for (int i = 0; i < year_days[year]; i++, day++) {
            char date[40];
            if (!w->covered[year] || w->listed[day] == 0) {
                continue;
            }
            put_date(date, sizeof date, day);
            used +=
                (size_t)snprintf(json + used, room - used, "%s{\"date\":\"%s\",\"off\":%s}",
                                 first ? "" : ",", date, w->listed[day] == 1 ? "true" : "false");
            first = 0;
        }
        if (w->covered[year]) {
            used += (size_t)snprintf(json + used, room - used, "]}");
        }
    }
    used += (size_t)snprintf(json + used, room - used, "]}");
    assert_true(used < room);
    assert_int_equal(gridgov_calendar_load(&w->calendar, json, used, NULL, NULL), GRIDGOV_OK);
}

static void make_slots(world *w, int kind, int busy) {
    int at = 0;
    w->slots[kind] = 0;
    for (int i = 0; i < 4 && pick(10) < busy; i++) {
        int from = at + (int)pick(DAY / 3), to = from + 1 + (int)pick(DAY / 4);
        if (pick(3) > 0) { /* mostly whole minutes */
            from -= from % 60;
            to -= to % 60;
        }
        if (from < at || to <= from || to > DAY) {
            break;
        }
        w->from[kind][w->slots[kind]] = from;
        w->to[kind][w->slots[kind]++] = to;
        at = to;
    }
    if (pick(12) == 0) { /* a post that is never closed */
        w->slots[kind] = 1;
        w->from[kind][0] = 0;
        w->to[kind][0] = DAY;
    }
}

/* Of the second kind: weekends only, with days listed all the same. */
static void make_world(world *w, int always) {
    static const int patterns[] = {1, 2, 3, 4, 5, 6, 7, 7, 7}; /* bit a year; 5 has a gap */
    int pattern = patterns[pick(9)], density = (int)pick(30);
    int total = 0;
    memset(w, 0, sizeof *w);
    w->always = always;
    for (int i = 0; i < YEARS; i++) {
        w->covered[i] = always || (pattern >> i & 1) != 0;
    }
    for (int i = 0; i < DAYS; i++) {
        w->listed[i] = pick(100) < density ? 1 + (int)pick(2) : 0;
    }
    w->offset = pick(3) > 0 ? 480 : (int)pick(2881) - 1440;
    make_calendar(w);
    assert_int_equal(gridgov_roster_new(&w->roster, w->calendar, w->offset, NULL), GRIDGOV_OK);
    while (total == 0) {
        for (int kind = 1; kind < KINDS; kind++) {
            int busy = kind == GRIDGOV_ROSTER_DAY_SATURDAY || kind == GRIDGOV_ROSTER_DAY_SUNDAY ||
                               kind == GRIDGOV_ROSTER_DAY_HOLIDAY
                           ? 2
                           : 8;
            make_slots(w, kind, busy);
            total += w->slots[kind];
        }
    }
    for (int kind = 1; kind < KINDS; kind++) {
        for (int i = w->slots[kind] - 1; i >= 0; i--) { /* the order of adding does not matter */
            assert_int_equal(
                gridgov_roster_add_slot(w->roster, kind, w->from[kind][i], w->to[kind][i], NULL),
                GRIDGOV_OK);
        }
    }
    assert_int_equal(gridgov_roster_seal(w->roster, NULL), GRIDGOV_OK);
}

static void free_world(world *w) {
    gridgov_calendar_free(w->calendar);
    gridgov_roster_free(w->roster);
}

static gridgov_time start_of(const world *w, int day) {
    return (int64_t)(FIRST_DAY + day) * DAY - (int64_t)w->offset * 60;
}

/* Working seconds of a window before each of its seconds, and the first second at which there are
 * so many. Both indexes count from the window's first second. */
static int32_t sum[WINDOW + 1], when[WINDOW + 1];

static void write_out(const world *w, int first) {
    int32_t at = 0;
    sum[0] = 0;
    when[0] = 0;
    for (int day = first; day < first + WINDOW_DAYS; day++) {
        int kind = kind_of(w, day);
        for (int second = 0; second < DAY; second++, at++) {
            int works = 0;
            for (int i = 0; i < w->slots[kind]; i++) {
                works |= second >= w->from[kind][i] && second < w->to[kind][i];
            }
            sum[at + 1] = sum[at] + works;
            if (works) {
                when[sum[at + 1]] = at + 1;
            }
        }
    }
}

static int is_working(int32_t limit) {
    return limit == GRIDGOV_LIMIT_WORK_HOURS || limit == GRIDGOV_LIMIT_WORKDAYS ||
           limit == GRIDGOV_LIMIT_SLOT_WORKDAYS || limit == GRIDGOV_LIMIT_WORK_MINUTES;
}

/* A second of the window; often one where something happens. */
static int32_t moment(const world *w, int first) {
    int32_t day = (int32_t)pick(WINDOW_DAYS);
    int kind = kind_of(w, first + day);
    int32_t at = day * DAY;
    if (pick(2) == 0) {
        return (int32_t)pick(WINDOW + 1);
    }
    if (w->slots[kind] > 0) {
        int i = (int)pick(w->slots[kind]);
        at += pick(2) ? w->from[kind][i] : w->to[kind][i];
    }
    at += (int32_t)pick(3) - 1;
    return at < 0 ? 0 : at > WINDOW ? WINDOW : at;
}

/* One case: two moments, and a number of seconds. */
static void ask(const world *w, int first, int32_t limit) {
    gridgov_time base = start_of(w, first), a = 0, b = 0, t = 0, u = 0;
    int32_t i = moment(w, first), k = moment(w, first), m = moment(w, first);
    int64_t seconds = -1, other = 0, d = 0, expected = 0;
    a = base + i;
    b = base + k;
    expected = is_working(limit) ? sum[k] - sum[i] : k - i;
    assert_int_equal(gridgov_worktime_between(&seconds, w->roster, limit, a, b, NULL), GRIDGOV_OK);
    if (seconds != expected) {
        fail_msg("between %d and %d of day %d: %d, not %d", (int)i, (int)k, first, (int)seconds,
                 (int)expected);
    }
    /* Additivity over a third moment, before, between or after. */
    assert_int_equal(gridgov_worktime_between(&d, w->roster, limit, a, base + m, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_worktime_between(&other, w->roster, limit, base + m, b, NULL),
                     GRIDGOV_OK);
    assert_int_equal(d + other, seconds);
    /* add() within the window: as far as the second moment, and as far as between says. */
    d = expected;
    if (d < 0 && (!is_working(limit) || sum[k] == 0)) {
        d = -d; /* what lies before the window was not written out */
        i = k;
        a = b;
    }
    if (gridgov_worktime_add(&t, w->roster, limit, a, d, NULL) != GRIDGOV_OK) {
        fail_msg("add %d to %d of day %d", (int)d, (int)i, first);
    }
    expected = !is_working(limit) ? i + d : d == 0 ? i : when[sum[i] + d];
    if (t != base + expected) {
        fail_msg("add %d to %d of day %d: %d, not %d", (int)d, (int)i, first, (int)(t - base),
                 (int)expected);
    }
    assert_int_equal(gridgov_worktime_between(&other, w->roster, limit, a, t, NULL), GRIDGOV_OK);
    assert_int_equal(other, d);
    if (d > 1) {
        int64_t part = 1 + pick(d - 1);
        assert_int_equal(gridgov_worktime_add(&u, w->roster, limit, a, part, NULL), GRIDGOV_OK);
        assert_true(u < t); /* monotone, and strictly so in the seconds */
        assert_int_equal(gridgov_worktime_add(&u, w->roster, limit, u, d - part, NULL), GRIDGOV_OK);
        assert_int_equal(u, t);
    }
}

/* First day of a window that is covered as a whole; the first and the last days of covered years
 * more often than others. */
static int window_of(const world *w) {
    for (;;) {
        int edges[] = {0, 365 - WINDOW_DAYS, 365, 731 - WINDOW_DAYS, 731, DAYS - WINDOW_DAYS};
        int first = pick(2) ? edges[pick(6)] : (int)pick(DAYS - WINDOW_DAYS + 1);
        if (w->covered[year_of(first)] && w->covered[year_of(first + WINDOW_DAYS - 1)]) {
            return first;
        }
    }
}

static void test_second_by_second(void **state) {
    static const int32_t working[] = {GRIDGOV_LIMIT_WORK_HOURS, GRIDGOV_LIMIT_WORKDAYS,
                                      GRIDGOV_LIMIT_SLOT_WORKDAYS, GRIDGOV_LIMIT_WORK_MINUTES};
    int64_t done = 0;
    int worlds = 0;
    (void)state;
    while (done < cases_wanted) {
        world w;
        make_world(&w, pick(4) == 0);
        int first = window_of(&w);
        write_out(&w, first);
        for (int i = 0; i < CASES_A_ROSTER; i++, done++) {
            ask(&w, first, pick(16) == 0 ? 1 + (int32_t)pick(7) : working[pick(4)]);
        }
        free_world(&w);
        worlds++;
    }
    print_message("%lld cases over %d rosters\n", (long long)done, worlds);
}

/* Columns give what single calls give, missing values and all. */
static void test_columns(void **state) {
    enum { ROWS = 5000 };
    static int64_t from[ROWS], to[ROWS], out[ROWS];
    (void)state;
    for (int round = 0; round < 20; round++) {
        world w;
        int64_t missing = -1, expected = 0;
        int32_t limit = 1 + (int32_t)pick(7);
        make_world(&w, 0);
        for (int i = 0; i < ROWS; i++) {
            from[i] =
                pick(50) ? start_of(&w, -30) + pick((DAYS + 60) * (int64_t)DAY) : GRIDGOV_NO_TIME;
            to[i] =
                pick(50) ? start_of(&w, -30) + pick((DAYS + 60) * (int64_t)DAY) : GRIDGOV_NO_TIME;
        }
        assert_int_equal(
            gridgov_worktime_between_column(out, &missing, w.roster, limit, from, to, ROWS, NULL),
            GRIDGOV_OK);
        for (int i = 0; i < ROWS; i++) {
            int64_t one = 0;
            gridgov_status status =
                gridgov_worktime_between(&one, w.roster, limit, from[i], to[i], NULL);
            assert_int_equal(out[i], status == GRIDGOV_OK ? one : GRIDGOV_NO_TIME);
            expected += status != GRIDGOV_OK;
        }
        assert_int_equal(missing, expected);
        for (int i = 0; i < ROWS; i++) {
            to[i] = pick(40 * DAY) - 10 * DAY;
            out[i] = to[i];
        }
        expected = 0;
        assert_int_equal(/* in place of the seconds */
                         gridgov_worktime_add_column(out, &missing, w.roster, limit, from, out,
                                                     ROWS, NULL),
                         GRIDGOV_OK);
        for (int i = 0; i < ROWS; i++) {
            gridgov_time one = 0;
            gridgov_status status =
                gridgov_worktime_add(&one, w.roster, limit, from[i], to[i], NULL);
            assert_int_equal(out[i], status == GRIDGOV_OK ? one : GRIDGOV_NO_TIME);
            expected += status != GRIDGOV_OK;
        }
        assert_int_equal(missing, expected);
        free_world(&w);
    }
}

/* Seconds of all slots between two moments, day by day and slot by slot. */
static int64_t loop(const world *w, gridgov_time a, gridgov_time b) {
    int64_t seconds = 0;
    for (int day = 0; day < DAYS; day++) {
        int kind = kind_of(w, day);
        for (int i = 0; i < w->slots[kind]; i++) {
            int64_t from = start_of(w, day) + w->from[kind][i];
            int64_t to = start_of(w, day) + w->to[kind][i];
            from = from > a ? from : a;
            to = to < b ? to : b;
            seconds += to > from ? to - from : 0;
        }
    }
    return seconds;
}

/* Any span of the three years: the answer of the loop, or that it is not evaluable, at the very
 * second at which a year begins or ends. */
static void test_long_spans_and_edges(void **state) {
    (void)state;
    for (int round = 0; round < 60; round++) {
        world w;
        make_world(&w, 0);
        for (int i = 0; i < 300; i++) {
            static const int edges[] = {0, 365, 731, DAYS};
            gridgov_time moments[2], t = 0;
            int64_t seconds = 0, back = 0, all = 0;
            int first_year = 0, last_year = 0, known = 1;
            for (int k = 0; k < 2; k++) {
                moments[k] = pick(2) ? start_of(&w, edges[pick(4)]) + pick(3) - 1
                                     : start_of(&w, 0) + pick((int64_t)DAYS * DAY);
            }
            if (moments[0] > moments[1]) {
                gridgov_time swap = moments[0];
                moments[0] = moments[1];
                moments[1] = swap;
            }
            /* Covered without a gap: each year that [from, to] touches, but the years beside a
             * moment on the border may be either. */
            known = moments[0] >= start_of(&w, 0) && moments[1] <= start_of(&w, DAYS);
            while (first_year < YEARS - 1 && moments[0] >= start_of(&w, edges[first_year + 1])) {
                first_year++;
            }
            while (last_year < YEARS - 1 && moments[1] > start_of(&w, edges[last_year + 1])) {
                last_year++;
            }
            for (int year = first_year; known && year <= last_year; year++) {
                known = w.covered[year];
            }
            if (first_year > last_year) { /* both at the border */
                known = w.covered[first_year] || w.covered[last_year];
            }
            gridgov_status status = gridgov_worktime_between(
                &seconds, w.roster, GRIDGOV_LIMIT_WORK_HOURS, moments[0], moments[1], NULL);
            assert_int_equal(status, known ? GRIDGOV_OK : GRIDGOV_ERANGE);
            if (!known) {
                assert_int_equal(seconds, 0);
                continue;
            }
            assert_int_equal(seconds, loop(&w, moments[0], moments[1]));
            assert_int_equal(gridgov_worktime_between(&back, w.roster, GRIDGOV_LIMIT_WORK_HOURS,
                                                      moments[1], moments[0], NULL),
                             GRIDGOV_OK);
            assert_int_equal(back, -seconds);
            /* Up to the last covered second there is a deadline, beyond it there is none. */
            for (last_year = first_year > last_year ? last_year : first_year;
                 last_year < YEARS && (w.covered[last_year] || last_year < first_year);
                 last_year++) {
            }
            all = loop(&w, moments[0], start_of(&w, last_year < YEARS ? edges[last_year] : DAYS));
            status =
                gridgov_worktime_add(&t, w.roster, GRIDGOV_LIMIT_WORK_HOURS, moments[0], all, NULL);
            assert_int_equal(status, GRIDGOV_OK);
            status = gridgov_worktime_add(&t, w.roster, GRIDGOV_LIMIT_WORK_HOURS, moments[0],
                                          all + 1, NULL);
            assert_int_equal(status, GRIDGOV_ERANGE);
            assert_true(t == GRIDGOV_NO_TIME);
        }
        free_world(&w);
    }
}

/* Days as long as the roster makes them: at the answer, and not a second earlier, as many days and
 * shares of days are done as were asked for. Compared crosswise, so without a fraction. */
static void test_days_of_the_roster(void **state) {
    (void)state;
    for (int round = 0; round < 40; round++) {
        world w;
        make_world(&w, pick(4) == 0);
        int first = window_of(&w);
        write_out(&w, first);
        for (int i = 0; i < 200; i++) {
            int32_t at = moment(&w, first), day = at / DAY, length = 0, gone = 0, last = 0;
            int64_t count = 1 + pick(6), left = count;
            gridgov_time t = 0;
            if (day >= WINDOW_DAYS) {
                continue;
            }
            length = sum[(day + 1) * DAY] - sum[day * DAY];
            gone = sum[at] - sum[day * DAY];
            last = day;
            if (gone == 0) { /* whole days, this one the first if it has slots */
                left -= length > 0;
            }
            while (left > 0 && ++last < WINDOW_DAYS) {
                left -= sum[(last + 1) * DAY] > sum[last * DAY];
            }
            if (last >= WINDOW_DAYS) {
                continue;
            }
            int32_t expected = last * DAY;
            int64_t total = sum[(last + 1) * DAY] - sum[last * DAY];
            int64_t share = gone == 0 ? 1 : gone, whole = gone == 0 ? 1 : length;
            while ((sum[expected] - sum[last * DAY]) * whole < total * share) {
                expected++;
            }
            assert_int_equal(gridgov_worktime_due(&t, w.roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, count,
                                                  GRIDGOV_START_MOMENT, start_of(&w, first) + at,
                                                  NULL),
                             GRIDGOV_OK);
            assert_int_equal(t - start_of(&w, first), expected);
        }
        free_world(&w);
    }
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_second_by_second),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_long_spans_and_edges),
        cmocka_unit_test(test_days_of_the_roster),
    };
    if (argc > 1) {
        cases_wanted = strtoll(argv[1], NULL, 10);
    }
    if (argc > 2) {
        seed = strtoull(argv[2], NULL, 10) | 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
