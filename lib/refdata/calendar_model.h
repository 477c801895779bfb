/* SPDX-License-Identifier: Apache-2.0 */
/* What a calendar is made of, for the files of refdata that fill one or walk over its days. */
#ifndef GG_CALENDAR_MODEL_H
#define GG_CALENDAR_MODEL_H

#include "base/digest.h"
#include "base/json.h"
#include "base/share.h"

#include <gridgov/calendar.h>

#define GG_CALENDAR_FIRST_YEAR 1
#define GG_CALENDAR_LAST_YEAR 9999

typedef struct gg_listed_day {
    gridgov_day day;
    int32_t off;    /* 1 off, 0 working */
    int64_t before; /* what the entries before this one add to Monday-to-Friday counting */
} gg_listed_day;

struct gridgov_calendar {
    gg_share share;
    int32_t weekends_only;
    int32_t sealed; /* 1: sorted, summed, digested and constant */
    char *name;
    int32_t *years;
    size_t year_count, year_capacity;
    gg_listed_day *days;
    size_t day_count, day_capacity;
    char digest[GG_DIGEST_TEXT_SIZE];
};

/* Filling one. An empty calendar, NULL when memory is short; 0, or -1 when memory is short. */
gridgov_calendar *gg_calendar_make(gg_str name);
int gg_calendar_add_year(gridgov_calendar *calendar, int32_t year);
int gg_calendar_add_day(gridgov_calendar *calendar, gridgov_day day, int off);
/* 1 if a day may stand in the list of a year: it lies in that year or a neighbour. Otherwise a
 * problem at pointer/key. */
int gg_calendar_near(gg_json_reader *reader, const char *pointer, const char *key, gridgov_day day,
                     int32_t year);
/* Cover a year (0: it was no year, a problem told already) and read its days, which stand at
 * pointer/days, each by the form of its document. 0, or -1 when memory is short. */
typedef int (*gg_calendar_day_reader)(gridgov_calendar *calendar, gg_json_reader *reader,
                                      const json_t *object, const char *pointer, int32_t year);
int gg_calendar_read_days(gridgov_calendar *calendar, gg_json_reader *reader, int32_t year,
                          const json_t *days, const char *pointer, gg_calendar_day_reader read);
/* Sort, drop doubles, report contradictions to the reader (their entries stay), make the calendar
 * ready for questions and take its digest. */
void gg_calendar_arrange(gridgov_calendar *calendar, gg_json_reader *reader);

/* The next stretch of covered years without a gap, as its first and last day: 1, or 0 when there is
 * none. *at begins at 0. */
int gg_calendar_next_stretch(gridgov_day *first, gridgov_day *last,
                             const gridgov_calendar *calendar, size_t *at);
/* First listed day that is not before a day; INT64_MAX if there is none. */
int64_t gg_calendar_next_listed(const gridgov_calendar *calendar, int64_t day);

#endif
