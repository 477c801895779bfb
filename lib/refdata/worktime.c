/* SPDX-License-Identifier: Apache-2.0 */
/* Working time: how much a limit counts between two moments, and when it runs out.
 *
 * F(t), the working seconds before t, is what lies before the week of t in its run, plus whole
 * weeks of one length, plus the weekdays before, plus the part of the day: the run is read from an
 * index or found by binary search, the rest is arithmetic. add() goes the other way: the last run
 * that begins below the wanted F is found by a search that gallops away from where it starts, then
 * week, weekday and slot by arithmetic; a wanted F that is reached at the end of a slot is answered
 * with that end and not with the start of the next slot, which is what makes it the earliest
 * answer.
 *
 * Invariant: nothing is answered for a moment outside a stretch of covered years, or for a pair of
 * moments in two of them. */
#include "worktime_model.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/civil.h>

#define WORKDAY_SECONDS (8 * 3600) /* 工作日 as a limit: 8 工作时 */

/* Limits by GRIDGOV_LIMIT_*: the clock, and the seconds of one unit (0: as the day has them). */
static const struct {
    int32_t working, unit;
} limits[] = {
    [GRIDGOV_LIMIT_URGENT_HOURS] = {0, 3600},
    [GRIDGOV_LIMIT_WORK_HOURS] = {1, 3600},
    [GRIDGOV_LIMIT_WORKDAYS] = {1, WORKDAY_SECONDS},
    [GRIDGOV_LIMIT_SLOT_WORKDAYS] = {1, 0},
    [GRIDGOV_LIMIT_CALENDAR_DAYS] = {0, GG_DAY_SECONDS},
    [GRIDGOV_LIMIT_MINUTES] = {0, 60},
    [GRIDGOV_LIMIT_WORK_MINUTES] = {1, 60},
};

/* Where a moment lies. */
typedef struct place {
    const gg_week_run *run;
    int64_t weeks; /* whole weeks of the run before it */
    int32_t weekday, second;
} place;

/* The stretch that a moment lies in, its end included; NULL if there is none. */
static const gg_roster_stretch *stretch_of(const gridgov_roster *roster, gridgov_time time) {
    const gg_roster_stretch *found = roster->stretches;
    size_t low = 0, high = roster->stretch_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (roster->stretches[middle].from <= time) {
            found = &roster->stretches[middle];
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return found != NULL && found->from <= time && time <= found->to ? found : NULL;
}

static const gg_week_run *run_of(const gridgov_roster *roster, int64_t week) {
    size_t low = 0, high = roster->run_count;
    if (roster->run_of_week != NULL) {
        return &roster->runs[roster->run_of_week[week]];
    }
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (roster->runs[middle].first_week <= week) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &roster->runs[low];
}

/* Of a moment inside a stretch or at its end. */
static place place_of(const gridgov_roster *roster, gridgov_time time) {
    uint64_t since = (uint64_t)(time - roster->origin);
    uint32_t day = (uint32_t)(since / GG_DAY_SECONDS);
    place at = {.weekday = (int32_t)(day % 7), .second = (int32_t)(since % GG_DAY_SECONDS)};
    at.run = run_of(roster, day / 7);
    at.weeks = day / 7 - at.run->first_week;
    return at;
}

/* Seconds of the day's slots before a second of the day. No branch depends on the second: where in
 * a day things happen is as good as random. */
static int32_t worked(const gridgov_roster *roster, const gg_day_slots *slots, int32_t second) {
    int32_t sum = 0;
    for (int32_t i = 0; i < roster->most_slots; i++) {
        int32_t length = slots->to[i] - slots->from[i], gone = second - slots->from[i];
        gone = gone > 0 ? gone : 0;
        sum += gone < length ? gone : length;
    }
    return sum;
}

/* F(t) of a moment inside a stretch or at its end. */
static int64_t counted(const gridgov_roster *roster, gridgov_time time) {
    place at = place_of(roster, time);
    return at.run->seconds_before + at.weeks * at.run->seconds[7] + at.run->seconds[at.weekday] +
           worked(roster, &roster->slots[at.run->kind[at.weekday]], at.second);
}

/* Days with slots before the day of a moment. */
static int64_t days_before(const place *at) {
    return at->run->days_before + at->weeks * at->run->days[7] + at->run->days[at->weekday];
}

/* First second of the weeks-th week of a run. */
static gridgov_time week_start(const gridgov_roster *roster, const gg_week_run *run,
                               int64_t weeks) {
    return roster->origin + (run->first_week + weeks) * GG_WEEK_SECONDS;
}

/* Of numbers that are not negative; most are small, and the division of small ones is the faster.
 */
static int64_t quotient(int64_t number, int32_t by) {
    return number <= UINT32_MAX ? (uint32_t)number / (uint32_t)by : number / by;
}

/* The earliest moment at which F is `wanted`, which lies above F at the stretch's start and not
 * above F at its end. The run in question is not before `low`. */
static gridgov_time reach(const gridgov_roster *roster, const gg_roster_stretch *stretch,
                          size_t low, int64_t wanted) {
    const gg_week_run *runs = roster->runs, *run = NULL;
    const gg_day_slots *slots = NULL;
    size_t high = stretch->end_run, step = 1;
    int32_t weekday = 0, slot = 0;
    int64_t rest = 0, weeks = 0;
    while (step < high - low && runs[low + step].seconds_before < wanted) {
        low += step;
        step *= 2;
    }
    high = step < high - low ? low + step : high;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (runs[middle].seconds_before < wanted) {
            low = middle;
        } else {
            high = middle;
        }
    }
    run = &runs[low];
    rest = wanted - run->seconds_before;
    weeks = quotient(rest - 1, run->seconds[7]);
    rest -= weeks * run->seconds[7];
    for (int i = 1; i < 7; i++) {
        weekday += run->seconds[i] < rest;
    }
    rest -= run->seconds[weekday];
    slots = &roster->slots[run->kind[weekday]];
    for (int32_t i = 1; i < roster->most_slots; i++) {
        slot += slots->before[i] < rest;
    }
    return week_start(roster, run, weeks) + (int64_t)weekday * GG_DAY_SECONDS + slots->from[slot] +
           (rest - slots->before[slot]);
}

/* GRIDGOV_OK, or GRIDGOV_ERANGE with *out at 0; err is left to the caller. */
static gridgov_status between(int64_t *out, const gridgov_roster *roster, int working,
                              gridgov_time from, gridgov_time to) {
    *out = 0;
    if (!working) {
        int64_t seconds = 0;
        if (gg_sub(&seconds, to, from) != 0 || seconds == GRIDGOV_NO_TIME) {
            return GRIDGOV_ERANGE;
        }
        *out = seconds;
        return GRIDGOV_OK;
    }
    const gg_roster_stretch *stretch = stretch_of(roster, from);
    if (stretch == NULL || to < stretch->from || to > stretch->to) {
        return GRIDGOV_ERANGE;
    }
    *out = counted(roster, to) - counted(roster, from);
    return GRIDGOV_OK;
}

/* The same for add(), with *out at GRIDGOV_NO_TIME. */
static gridgov_status add(gridgov_time *out, const gridgov_roster *roster, int working,
                          gridgov_time from, int64_t seconds) {
    int64_t wanted = 0;
    *out = GRIDGOV_NO_TIME;
    if (!working) {
        return gg_add(out, from, seconds) == 0 && *out != GRIDGOV_NO_TIME ? GRIDGOV_OK
                                                                          : GRIDGOV_ERANGE;
    }
    const gg_roster_stretch *stretch = stretch_of(roster, from);
    if (stretch == NULL || gg_add(&wanted, counted(roster, from), seconds) != 0 ||
        wanted > stretch->seconds_to || (seconds < 0 && wanted <= stretch->seconds_from)) {
        return GRIDGOV_ERANGE;
    }
    if (seconds == 0) {
        *out = from;
        return GRIDGOV_OK;
    }
    size_t low = stretch->first_run;
    if (seconds > 0) {
        low = (size_t)(place_of(roster, from).run - roster->runs);
    }
    *out = reach(roster, stretch, low, wanted);
    return GRIDGOV_OK;
}

/* Not evaluable: the moment's own year is not covered, or the first one missing on the way from it
 * towards later or earlier times. */
static gridgov_status fail_year(gridgov_error *err, const gridgov_roster *roster, gridgov_time from,
                                int later) {
    const gg_roster_stretch *stretch = stretch_of(roster, from);
    int32_t year = 0;
    gridgov_time missing = from;
    if (stretch != NULL) {
        missing = later ? stretch->to : stretch->from - 1;
    }
    if (gridgov_day_civil(&year, NULL, NULL,
                          gridgov_time_day(missing, roster->utc_offset_minutes)) != GRIDGOV_OK) {
        return gg_fail(err, GG_RULE_OVERFLOW, "time", NULL, 0, "years 1 … 9999", NULL);
    }
    return gg_fail_number(err, GG_RULE_CALENDAR_YEAR, "year", year, NULL, NULL);
}

static gridgov_status fail_range(gridgov_error *err, const gridgov_roster *roster, int32_t limit,
                                 gridgov_time from, int later) {
    return limits[limit].working ? fail_year(err, roster, from, later)
                                 : gg_fail(err, GG_RULE_OVERFLOW, "time", NULL, 0, "64 bits", NULL);
}

static gridgov_status check_roster(const gridgov_roster *roster, gridgov_error *err) {
    if (roster == NULL) {
        return gg_fail_arg(err, "roster");
    }
    return roster->sealed ? GRIDGOV_OK : gg_fail_state(err, "the roster is not sealed");
}

static gridgov_status check(const gridgov_roster *roster, int32_t limit, gridgov_error *err) {
    GG_TRY(check_roster(roster, err));
    return limit >= GRIDGOV_LIMIT_URGENT_HOURS && limit <= GRIDGOV_LIMIT_WORK_MINUTES
               ? GRIDGOV_OK
               : gg_fail_arg(err, "limit");
}

/* First second of a local day. */
static gridgov_time day_start(const gridgov_roster *roster, gridgov_day day) {
    return (int64_t)day * GG_DAY_SECONDS - (int64_t)roster->utc_offset_minutes * 60;
}

gridgov_status gridgov_roster_slot_at(gridgov_span *span_out, const gridgov_roster *roster,
                                      gridgov_day day, int64_t index, gridgov_error *err) {
    if (span_out == NULL) {
        return gg_fail_arg(err, "span_out");
    }
    GG_TRY(check_roster(roster, err));
    if (day == GRIDGOV_NO_DAY) {
        return gg_fail_arg(err, "day");
    }
    gridgov_time start = day_start(roster, day);
    const gg_roster_stretch *stretch = stretch_of(roster, start);
    if (stretch == NULL || start == stretch->to) {
        return fail_year(err, roster, start, 1);
    }
    place at = place_of(roster, start);
    const gg_day_slots *slots = &roster->slots[at.run->kind[at.weekday]];
    if (index < 0 || index >= slots->count) {
        return GRIDGOV_END;
    }
    span_out->from = start + slots->from[index];
    span_out->to = start + slots->to[index];
    return GRIDGOV_OK;
}

gridgov_status gridgov_roster_workdays(int64_t *count_out, const gridgov_roster *roster,
                                       gridgov_day from, gridgov_day to, gridgov_error *err) {
    if (count_out == NULL) {
        return gg_fail_arg(err, "count_out");
    }
    *count_out = 0;
    GG_TRY(check_roster(roster, err));
    if (from == GRIDGOV_NO_DAY || to == GRIDGOV_NO_DAY) {
        return gg_fail_arg(err, from == GRIDGOV_NO_DAY ? "from" : "to");
    }
    if (to <= from) {
        return GRIDGOV_OK;
    }
    gridgov_time first = day_start(roster, from), end = day_start(roster, to);
    const gg_roster_stretch *stretch = stretch_of(roster, first);
    if (stretch == NULL || end > stretch->to) {
        return fail_year(err, roster, first, 1);
    }
    place start = place_of(roster, first), stop = place_of(roster, end);
    *count_out = days_before(&stop) - days_before(&start);
    return GRIDGOV_OK;
}

gridgov_status gridgov_worktime_between(int64_t *seconds_out, const gridgov_roster *roster,
                                        int32_t limit, gridgov_time from, gridgov_time to,
                                        gridgov_error *err) {
    if (seconds_out == NULL) {
        return gg_fail_arg(err, "seconds_out");
    }
    *seconds_out = 0;
    GG_TRY(check(roster, limit, err));
    if (from == GRIDGOV_NO_TIME || to == GRIDGOV_NO_TIME) {
        return gg_fail_arg(err, from == GRIDGOV_NO_TIME ? "from" : "to");
    }
    if (between(seconds_out, roster, limits[limit].working, from, to) != GRIDGOV_OK) {
        return fail_range(err, roster, limit, from, to > from);
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_worktime_add(gridgov_time *time_out, const gridgov_roster *roster,
                                    int32_t limit, gridgov_time from, int64_t seconds,
                                    gridgov_error *err) {
    if (time_out == NULL) {
        return gg_fail_arg(err, "time_out");
    }
    *time_out = GRIDGOV_NO_TIME;
    GG_TRY(check(roster, limit, err));
    if (from == GRIDGOV_NO_TIME) {
        return gg_fail_arg(err, "from");
    }
    if (add(time_out, roster, limits[limit].working, from, seconds) != GRIDGOV_OK) {
        *time_out = GRIDGOV_NO_TIME;
        return fail_range(err, roster, limit, from, seconds > 0);
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_worktime_start(gridgov_time *time_out, const gridgov_roster *roster,
                                      int32_t start, gridgov_time from, gridgov_error *err) {
    if (time_out == NULL) {
        return gg_fail_arg(err, "time_out");
    }
    *time_out = GRIDGOV_NO_TIME;
    GG_TRY(check_roster(roster, err));
    if (start < GRIDGOV_START_MOMENT || start > GRIDGOV_START_NEXT_DAY) {
        return gg_fail_arg(err, "start");
    }
    if (from == GRIDGOV_NO_TIME) {
        return gg_fail_arg(err, "from");
    }
    if (start == GRIDGOV_START_MOMENT) {
        *time_out = from;
        return GRIDGOV_OK;
    }
    gridgov_day day = gridgov_time_day(from, roster->utc_offset_minutes);
    if (day == GRIDGOV_NO_DAY) {
        return gg_fail(err, GG_RULE_OVERFLOW, "time", NULL, 0, "years 1 … 9999", NULL);
    }
    *time_out = day_start(roster, day + (start == GRIDGOV_START_NEXT_DAY));
    return GRIDGOV_OK;
}

/* When share/whole of the slots of a day are done, rounded up to a second: the day that has
 * `ordinal` days with slots before it. */
static gridgov_time reach_share(const gridgov_roster *roster, const gg_roster_stretch *stretch,
                                int64_t ordinal, int64_t share, int64_t whole) {
    const gg_week_run *runs = roster->runs;
    size_t low = stretch->first_run, high = stretch->end_run;
    int weekday = 0;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (runs[middle].days_before <= ordinal) {
            low = middle;
        } else {
            high = middle;
        }
    }
    int64_t rest = ordinal - runs[low].days_before;
    int64_t weeks = rest / runs[low].days[7];
    rest -= weeks * runs[low].days[7];
    while (runs[low].days[weekday + 1] <= rest) {
        weekday++;
    }
    int64_t total = roster->slots[runs[low].kind[weekday]].total;
    int64_t part = (total * share + whole - 1) / whole;
    return reach(roster, stretch, low,
                 runs[low].seconds_before + weeks * runs[low].seconds[7] +
                     runs[low].seconds[weekday] + part);
}

/* A limit in days as long as the roster makes them. */
static gridgov_status due_in_days(gridgov_time *out, const gridgov_roster *roster, int64_t count,
                                  gridgov_time from) {
    const gg_roster_stretch *stretch = stretch_of(roster, from);
    int64_t ordinal = 0, share = 0, whole = 0;
    if (stretch == NULL) {
        return GRIDGOV_ERANGE;
    }
    if (count == 0) {
        *out = from;
        return GRIDGOV_OK;
    }
    place at = place_of(roster, from);
    const gg_day_slots *slots = &roster->slots[at.run->kind[at.weekday]];
    share = worked(roster, slots, at.second);
    whole = slots->total;
    if (gg_add(&ordinal, days_before(&at), count) != 0) {
        return GRIDGOV_ERANGE;
    }
    if (share == 0) { // Nothing of the day is gone: the limit ends with the slots of a day.
        ordinal--;
        share = whole = 1;
    }
    if (ordinal >= stretch->days_to) {
        return GRIDGOV_ERANGE;
    }
    *out = reach_share(roster, stretch, ordinal, share, whole);
    return GRIDGOV_OK;
}

gridgov_status gridgov_worktime_due(gridgov_time *time_out, const gridgov_roster *roster,
                                    int32_t limit, int64_t count, int32_t start, gridgov_time from,
                                    gridgov_error *err) {
    gridgov_time begin = GRIDGOV_NO_TIME;
    gridgov_status status = GRIDGOV_OK;
    int64_t seconds = 0;
    if (time_out == NULL) {
        return gg_fail_arg(err, "time_out");
    }
    *time_out = GRIDGOV_NO_TIME;
    GG_TRY(check(roster, limit, err));
    if (count < 0) {
        return gg_fail_arg(err, "count");
    }
    GG_TRY(gridgov_worktime_start(&begin, roster, start, from, err));
    if (limits[limit].unit == 0) {
        status = due_in_days(time_out, roster, count, begin);
    } else if (gg_mul(&seconds, count, limits[limit].unit) != 0) {
        return gg_fail(err, GG_RULE_OVERFLOW, "count", NULL, 0, "64 bits", NULL);
    } else {
        status = add(time_out, roster, limits[limit].working, begin, seconds);
    }
    if (status != GRIDGOV_OK) {
        *time_out = GRIDGOV_NO_TIME;
        return fail_range(err, roster, limit, begin, 1);
    }
    return GRIDGOV_OK;
}

static gridgov_status check_column(const void *out, const void *first, const void *second,
                                   int64_t count, gridgov_error *err) {
    if (count < 0) {
        return gg_fail_arg(err, "count");
    }
    return count == 0 || (out != NULL && first != NULL && second != NULL)
               ? GRIDGOV_OK
               : gg_fail_arg(err, "column");
}

gridgov_status gridgov_worktime_between_column(int64_t *seconds_out, int64_t *missing_out,
                                               const gridgov_roster *roster, int32_t limit,
                                               const gridgov_time *from, const gridgov_time *to,
                                               int64_t count, gridgov_error *err) {
    int64_t missing = 0;
    if (missing_out != NULL) {
        *missing_out = 0;
    }
    GG_TRY(check(roster, limit, err));
    GG_TRY(check_column(seconds_out, from, to, count, err));
    int working = limits[limit].working;
    for (int64_t i = 0; i < count; i++) {
        int64_t seconds = 0;
        if (from[i] == GRIDGOV_NO_TIME || to[i] == GRIDGOV_NO_TIME ||
            between(&seconds, roster, working, from[i], to[i]) != GRIDGOV_OK) {
            seconds = GRIDGOV_NO_TIME;
            missing++;
        }
        seconds_out[i] = seconds;
    }
    if (missing_out != NULL) {
        *missing_out = missing;
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_worktime_add_column(gridgov_time *time_out, int64_t *missing_out,
                                           const gridgov_roster *roster, int32_t limit,
                                           const gridgov_time *from, const int64_t *seconds,
                                           int64_t count, gridgov_error *err) {
    int64_t missing = 0;
    if (missing_out != NULL) {
        *missing_out = 0;
    }
    GG_TRY(check(roster, limit, err));
    GG_TRY(check_column(time_out, from, seconds, count, err));
    int working = limits[limit].working;
    for (int64_t i = 0; i < count; i++) {
        gridgov_time time = GRIDGOV_NO_TIME;
        if (from[i] == GRIDGOV_NO_TIME ||
            add(&time, roster, working, from[i], seconds[i]) != GRIDGOV_OK) {
            time = GRIDGOV_NO_TIME;
            missing++;
        }
        time_out[i] = time;
    }
    if (missing_out != NULL) {
        *missing_out = missing;
    }
    return GRIDGOV_OK;
}
