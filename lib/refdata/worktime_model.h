/* SPDX-License-Identifier: Apache-2.0 */
/* What a roster is made of.
 *
 * A sealed roster describes its calendar as *runs*: weeks, Monday to Sunday, one behind the other,
 * that have the same slots on the same weekdays. An ordinary stretch is one run however long it is;
 * a week with a holiday or a make-up workday is mostly a run of its own. Each run knows what lies
 * before it, so a question costs one search among the runs and no loop over days. */
#ifndef GG_WORKTIME_MODEL_H
#define GG_WORKTIME_MODEL_H

#include "base/digest.h"
#include "base/share.h"

#include <gridgov/worktime.h>

#define GG_DAY_SECONDS 86400
#define GG_WEEK_SECONDS (7 * GG_DAY_SECONDS)
#define GG_ROSTER_DAY_KINDS 10 /* GRIDGOV_ROSTER_DAY_*, and 0: a day without slots */
/* Up to so many weeks the run of each is written down; beyond, it is searched for. */
#define GG_INDEXED_WEEKS 8192

/* Slots of one kind of day, by time; no two touch. Seconds since midnight. Behind the last slot
 * from and to are 0 and before is beyond any day, so that counting may go over as many slots as the
 * fullest day has without asking how many this one has. */
typedef struct gg_day_slots {
    int32_t count;
    int32_t total; /* seconds in all of them */
    int32_t from[GRIDGOV_ROSTER_SLOTS], to[GRIDGOV_ROSTER_SLOTS];
    int32_t before[GRIDGOV_ROSTER_SLOTS]; /* seconds in the earlier ones */
} gg_day_slots;

/* Weeks of one shape. Counts begin at the roster's first week; index 7 is the whole week. */
typedef struct gg_week_run {
    int64_t first_week;
    int64_t seconds_before, days_before; /* working seconds, days with slots before first_week */
    int32_t seconds[8];                  /* of one week, before each weekday */
    uint8_t days[8];
    uint8_t kind[8]; /* GRIDGOV_ROSTER_DAY_*, or 0 where the calendar does not reach; [7] unused */
} gg_week_run;

/* Covered years without a gap between them. */
typedef struct gg_roster_stretch {
    gridgov_time from, to;                     /* first second, and first second after */
    int64_t seconds_from, seconds_to, days_to; /* counted at from and to */
    size_t first_run, end_run;
} gg_roster_stretch;

struct gridgov_roster {
    gg_share share;
    int32_t utc_offset_minutes;
    int32_t sealed;
    gridgov_calendar *calendar;
    char *name; /* NULL is "" */
    gg_day_slots slots[GG_ROSTER_DAY_KINDS];
    int32_t most_slots;  /* of one kind of day */
    gridgov_time origin; /* Monday 00:00 of the first week */
    gg_week_run *runs;
    size_t run_count, run_capacity;
    gg_roster_stretch *stretches;
    size_t stretch_count, stretch_capacity;
    uint32_t *run_of_week; /* NULL beyond GG_INDEXED_WEEKS */
    char digest[GG_DIGEST_TEXT_SIZE];
};

/* Add a slot to one kind of day. 0, or the rule that is broken. */
int32_t gg_roster_put_slot(gg_day_slots *slots, int32_t from, int32_t to);
/* Fill runs, stretches and the index from calendar and slots. 0, or -1 when memory is short. */
int gg_roster_lay_out(gridgov_roster *roster);

#endif
