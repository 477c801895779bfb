/* SPDX-License-Identifier: Apache-2.0 */
/* Laying out a roster: from a calendar and the slots of each kind of day to runs of equal weeks.
 *
 * Weeks are gone through in order, but those without a listed day are taken all at once, so the
 * work follows the number of listed days and not the number of years: weekends-only, all of 9999
 * years, is one run. A week at the edge of the covered years has days of no kind, which have no
 * slots; nothing is ever asked about them.
 *
 * Invariant: runs of a stretch lie side by side without a gap, neighbours differ in shape, and
 * seconds_before and days_before only grow along all runs. */
#include "worktime_model.h"

#include "base/error.h"
#include "base/mem.h"
#include "calendar_model.h"

#include <string.h>

/* Weeks since Monday 1969-12-29. */
static int64_t week_of(int64_t day) {
    int64_t since = day + 3;
    return since >= 0 ? since / 7 : -((6 - since) / 7);
}

static int64_t monday_of(int64_t week) {
    return week * 7 - 3;
}

/* A running layout. */
typedef struct layout {
    gridgov_roster *roster;
    int64_t origin_week; /* weeks since 1969-12-29 */
    int64_t seconds, days;
    gridgov_day first, last; /* of the stretch in hand */
} layout;

static uint8_t kind_of(const layout *at, int64_t day, int weekday) {
    int32_t kind = 0;
    if (day < at->first || day > at->last ||
        GG_NEVER(gridgov_calendar_day_kind(&kind, at->roster->calendar, (gridgov_day)day, NULL) !=
                 GRIDGOV_OK)) {
        return 0;
    }
    if (kind == GRIDGOV_DAY_HOLIDAY) {
        return GRIDGOV_ROSTER_DAY_HOLIDAY;
    }
    if (kind == GRIDGOV_DAY_MAKEUP) {
        return GRIDGOV_ROSTER_DAY_MAKEUP;
    }
    return (uint8_t)(GRIDGOV_ROSTER_DAY_MONDAY + weekday);
}

/* Put `weeks` weeks from `week` on, all like the first of them. 0, or -1 when memory is short. */
static int put_weeks(layout *at, int64_t week, int64_t weeks) {
    gridgov_roster *roster = at->roster;
    gg_week_run run = {.first_week = week - at->origin_week,
                       .seconds_before = at->seconds,
                       .days_before = at->days};
    const gg_week_run *last = NULL;
    for (int i = 0; i < 7; i++) {
        run.kind[i] = kind_of(at, monday_of(week) + i, i);
        const gg_day_slots *slots = &roster->slots[run.kind[i]];
        run.seconds[i + 1] = run.seconds[i] + slots->total;
        run.days[i + 1] = (uint8_t)(run.days[i] + (slots->count > 0));
    }
    at->seconds += run.seconds[7] * weeks;
    at->days += run.days[7] * weeks;
    if (roster->run_count > roster->stretches[roster->stretch_count - 1].first_run) {
        last = &roster->runs[roster->run_count - 1];
    }
    if (last != NULL && memcmp(last->kind, run.kind, sizeof run.kind) == 0) {
        return 0;
    }
    if (gg_grow((void **)&roster->runs, roster->run_count, &roster->run_capacity,
                sizeof *roster->runs) != 0) {
        return -1;
    }
    roster->runs[roster->run_count++] = run;
    return 0;
}

/* The weeks of at->first to at->last. 0, or -1 when memory is short. */
static int put_stretch(layout *at) {
    int64_t end = week_of(at->last) + 1;
    for (int64_t week = week_of(at->first), next = 0; week < end; week = next) {
        int64_t monday = monday_of(week);
        int64_t listed = gg_calendar_next_listed(at->roster->calendar, monday);
        next = week + 1;
        if (monday >= at->first && listed > monday + 6 && monday + 6 <= at->last) {
            int64_t plain = week_of((int64_t)at->last + 1);
            next = listed <= at->last && week_of(listed) < plain ? week_of(listed) : plain;
        }
        if (put_weeks(at, week, next - week) != 0) {
            return -1;
        }
    }
    return 0;
}

static gridgov_time start_of(const gridgov_roster *roster, int64_t day) {
    return day * GG_DAY_SECONDS - (int64_t)roster->utc_offset_minutes * 60;
}

/* Which run each week belongs to, one week more than there are: the moment at which the last
 * stretch ends is asked for too. 0, or -1 when memory is short. */
static int put_index(gridgov_roster *roster, int64_t weeks) {
    size_t run = 0;
    if (weeks >= GG_INDEXED_WEEKS) {
        return 0;
    }
    roster->run_of_week = gg_calloc((size_t)weeks + 1, sizeof *roster->run_of_week);
    if (roster->run_of_week == NULL) {
        return -1;
    }
    for (int64_t week = 0; week <= weeks; week++) {
        while (run + 1 < roster->run_count && roster->runs[run + 1].first_week <= week) {
            run++;
        }
        roster->run_of_week[week] = (uint32_t)run;
    }
    return 0;
}

int gg_roster_lay_out(gridgov_roster *roster) {
    layout at = {.roster = roster};
    size_t year = 0;
    while (gg_calendar_next_stretch(&at.first, &at.last, roster->calendar, &year)) {
        gg_roster_stretch stretch = {.from = start_of(roster, at.first),
                                     .to = start_of(roster, (int64_t)at.last + 1),
                                     .seconds_from = at.seconds,
                                     .first_run = roster->run_count};
        if (gg_grow((void **)&roster->stretches, roster->stretch_count, &roster->stretch_capacity,
                    sizeof *roster->stretches) != 0) {
            return -1;
        }
        roster->stretches[roster->stretch_count++] = stretch;
        if (roster->stretch_count == 1) {
            at.origin_week = week_of(at.first);
            roster->origin = start_of(roster, monday_of(at.origin_week));
        }
        if (put_stretch(&at) != 0) {
            return -1;
        }
        roster->stretches[roster->stretch_count - 1].seconds_to = at.seconds;
        roster->stretches[roster->stretch_count - 1].days_to = at.days;
        roster->stretches[roster->stretch_count - 1].end_run = roster->run_count;
    }
    return put_index(roster, week_of(at.last) + 1 - at.origin_week);
}
