/* SPDX-License-Identifier: Apache-2.0 */
/** @file calendar.h
 *  When work counts: which days are workdays, holidays and make-up workdays (调休). A calendar covers
 *  whole years; asking about a day it does not cover is an error, never a guess, unless the
 *  calendar was loaded as weekends-only. The built-in calendar `china` covers 2021–2026 after the
 *  State Council's yearly notices.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int is_makeup_saturday(const gridgov_calendar *calendar) {
 *      int32_t kind = 0;
 *      gridgov_day day = 0;
 *      gridgov_day_parse(&day, "2021-09-18", 10, NULL);
 *      gridgov_calendar_day_kind(&kind, calendar, day, NULL);
 *      return kind == GRIDGOV_DAY_MAKEUP;
 *  }
 *  @endcode
 *
 *  Document `gridgov.calendar/1`: `{"schema", "version", "name", "source", "certainty",
 *  "weekends_only": false, "years": [{"year": 2021, "source": "…", "certainty", "days": [{"date":
 *  "2021-01-01", "off": true, "name": "元旦"}]}]}`. A day may stand in the list of a neighbouring
 *  year; the union counts; two entries that contradict each other are an error. Certainty is
 *  `published`, `reconstructed` or `ours`. The same as a table, calendar.csv: docs/worktime.md. */
#ifndef GRIDGOV_CALENDAR_H
#define GRIDGOV_CALENDAR_H

#include <gridgov/codes.h>
#include <gridgov/issues.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A calendar; once sealed (a loaded one is) it is immutable and shared freely between threads. */
typedef struct gridgov_calendar gridgov_calendar;

/** One day that is said to be off or working. */
typedef struct gridgov_calendar_day {
    gridgov_day day;  /**< days since 1970-01-01 */
    int32_t off;      /**< 1 a day off, 0 a working day; −1: what its weekday says, but see @p year */
    int32_t year;     /**< the year that is covered by a list in which the day stands, 1 … 9999: its
                           own or a neighbour; 0: no year is covered for its sake */
    int32_t reserved; /**< 0 */
} gridgov_calendar_day;

/** Open a built-in calendar.
 *  @param[out] out        the calendar; yours to free
 *  @param      name,size  "china"
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_calendar_open(gridgov_calendar **out, const char *name,
                                                 size_t size, gridgov_error *err);

/** Load a calendar document.
 *  @param[out] out        the calendar; yours to free
 *  @param      json,size  UTF-8
 *  @param      issues     takes every problem of the document; may be NULL
 *  @param[out] err        the first problem; may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT no JSON; GRIDGOV_EPOLICY a key or a value breaks the schema;
 *          GRIDGOV_EDATA a bad date or a contradiction; GRIDGOV_ELIMIT too large; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_calendar_load(gridgov_calendar **out, const char *json,
                                                 size_t size, gridgov_issues *issues,
                                                 gridgov_error *err);

/** Make a calendar of yearly notices in the form that the public collection holiday-cn keeps them:
 *  `{"year": 2021, "papers": ["http://…"], "days": [{"name": "元旦", "date": "2021-01-01",
 *  "isOffDay": true}]}`. Each document covers its year, and the days of all are united, since a
 *  notice may speak of the last days of the year before: hand over the neighbouring years too.
 *  @param[out] out        the calendar; yours to free
 *  @param      name,size  what to call it
 *  @param      notices    @p count documents, UTF-8
 *  @param      sizes      their sizes in bytes
 *  @param      count      ≥ 1
 *  @param      issues     takes every problem; the JSON pointer begins with the document's index
 *  @param[out] err        the first problem; may be NULL
 *  @return as gridgov_calendar_load(); a year given twice is GRIDGOV_EPOLICY    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_calendar_load_notices(gridgov_calendar **out, const char *name,
                                                         size_t size, const char *const *notices,
                                                         const size_t *sizes, int64_t count,
                                                         gridgov_issues *issues,
                                                         gridgov_error *err);

/** Make an empty calendar, to be filled by calls. gridgov_ingest_calendar() fills one from CSV.
 *  @param[out] out        the calendar, not sealed; yours to free
 *  @param      name,size  what to call it
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_calendar_new(gridgov_calendar **out, const char *name,
                                                size_t size, gridgov_error *err);

/** Add days, all or none. A day may be said twice alike; what contradicts itself is told by
 *  gridgov_calendar_seal().
 *  @param calendar  not sealed
 *  @param days      @p count days in any order
 *  @param count     ≥ 0; with 0 @p days may be NULL
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA a day that does not lie in its list's year or a neighbour;
 *          GRIDGOV_ESTATE sealed; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_calendar_add_days(gridgov_calendar *calendar,
                                                     const gridgov_calendar_day *days,
                                                     int64_t count, gridgov_error *err);

/** Finish; from here on the calendar is immutable.
 *  @return GRIDGOV_OK; GRIDGOV_EDATA a day is said to be both off and working (the calendar stays as
 *          it was); GRIDGOV_ESTATE already sealed; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_calendar_seal(gridgov_calendar *calendar, gridgov_error *err);

/** 1 if a year is covered, 0 if not; every year of a weekends-only calendar is, none of one that is
 *  not sealed.    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int32_t gridgov_calendar_covers(const gridgov_calendar *calendar, int32_t year);

/** Name of the calendar.    @return borrowed; "" for NULL    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_calendar_name(const gridgov_calendar *calendar);

/** SHA-256 over what the calendar says (not over its spelling), 64 hexadecimal digits.
 *  @return borrowed; "" for NULL and before it is sealed    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_calendar_digest(const gridgov_calendar *calendar);

/** Kind of a day.
 *  @param[out] kind_out  GRIDGOV_DAY_*
 *  @param      calendar  any calendar
 *  @param      day       days since 1970-01-01
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE the year is not covered; GRIDGOV_ESTATE not sealed;
 *          GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_calendar_day_kind(int32_t *kind_out,
                                                     const gridgov_calendar *calendar,
                                                     gridgov_day day, gridgov_error *err);

/** Workdays in [from, to), make-up workdays included. O(log n) in the number of listed days.
 *  @param[out] count_out  days; 0 if @p to is not after @p from
 *  @param      calendar   any calendar
 *  @param      from,to    days since 1970-01-01, all of them in covered years
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE; GRIDGOV_ESTATE not sealed; GRIDGOV_EARG    @threads safe
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_calendar_workdays(int64_t *count_out,
                                                     const gridgov_calendar *calendar,
                                                     gridgov_day from, gridgov_day to,
                                                     gridgov_error *err);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param calendar  may be NULL
 *  @return @p calendar    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_calendar *gridgov_calendar_hold(const gridgov_calendar *calendar);

/** Free a calendar; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_calendar_free(gridgov_calendar *calendar);

#ifdef __cplusplus
}
#endif
#endif
