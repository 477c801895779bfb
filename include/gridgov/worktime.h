/* SPDX-License-Identifier: Apache-2.0 */
/** @file worktime.h
 *  Working time, in whole seconds and exact. A *roster* (作息) is a calendar, a fixed offset from
 *  UTC and the slots in which somebody works on each kind of day: an office with a lunch break, a
 *  post that is never closed, an agency that opens on one weekday. Two questions are asked of it:
 *  how much time a limit counts between two moments, and when a limit runs out.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static gridgov_status due(gridgov_time *out, const gridgov_calendar *calendar,
 *                            gridgov_time reported, gridgov_error *err) {
 *      static const char json[] = "{\"schema\": \"gridgov.roster/1\", \"name\": \"office\", "
 *                                 "\"slots\": {\"workday\": [\"08:00-12:00\", \"14:00-18:00\"]}}";
 *      gridgov_roster *roster = NULL;
 *      gridgov_status status = gridgov_roster_load(&roster, calendar, json, sizeof json - 1, NULL,
 *                                                  err);
 *      if (status == GRIDGOV_OK) { // seven workdays, of which the day of the report is none
 *          status = gridgov_worktime_due(out, roster, GRIDGOV_LIMIT_WORKDAYS, 7,
 *                                        GRIDGOV_START_NEXT_DAY, reported, err);
 *      }
 *      gridgov_roster_free(roster);
 *      return status;
 *  }
 *  @endcode
 *
 *  **Clocks.** GRIDGOV_LIMIT_* names a clock and a unit. On the wall clock every second counts:
 *  urgent hours (紧急工作时), minutes, calendar days (自然日). On the working clock those count that
 *  lie in a slot: work hours (工作时), work minutes, workdays of 8 hours (工作日), and workdays as
 *  long as the roster makes them. Let F(t) be the seconds counted up to t. Then between(a, b) is
 *  F(b) − F(a), negative if b is earlier, and add(a, d) is the earliest t with F(t) = F(a) + d;
 *  add(a, 0) is a. So between(a, add(a, d)) = d, between(a, b) + between(b, c) = between(a, c),
 *  add(add(a, d), e) = add(a, d + e) for d, e > 0, and none of it ever runs backwards. A slot holds
 *  its first second and not its last; the end of a slot is when work counted in it is complete.
 *
 *  **What is not known is not answered.** The working clock needs every year from one moment to the
 *  other in the calendar. Otherwise, and for a deadline beyond it, the answer is GRIDGOV_ERANGE:
 *  not evaluable. The wall clock needs no calendar.
 *
 *  Document `gridgov.roster/1`: `{"schema", "version", "name", "source", "certainty",
 *  "utc_offset_minutes": 480, "slots": {…}}`. Members of `slots` are lists of `"08:00-12:00"`
 *  (`"08:00:30-24:00"`) under `workday` (Monday to Friday and make-up workdays), `weekend`
 *  (Saturday and Sunday), `monday` … `sunday`, `holiday` and `makeup` (调休); a day's own list
 *  goes before the two collective ones. What has no list has no slots, but for `makeup`, which must
 *  be there if `workday` is not. Slots of a day may touch and must not overlap. One that passes
 *  midnight is two, `"22:00-24:00"` and `"00:00-06:00"`, since the two days may be of different
 *  kinds. */
#ifndef GRIDGOV_WORKTIME_H
#define GRIDGOV_WORKTIME_H

#include <gridgov/calendar.h>
#include <gridgov/codes.h>
#include <gridgov/issues.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A roster; once sealed it is immutable and shared freely between threads. */
typedef struct gridgov_roster gridgov_roster;

/** Most slots on one kind of day. */
#define GRIDGOV_ROSTER_SLOTS 16

/** Open a built-in roster; it is sealed.
 *  @param[out] out        the roster; yours to free
 *  @param      calendar   sealed, kept alive by the roster
 *  @param      name,size  "office" (08:00–12:00 and 14:00–18:00 on workdays) or "duty" (never closed)
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_ESTATE the calendar is not sealed; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_roster_open(gridgov_roster **out,
                                               const gridgov_calendar *calendar, const char *name,
                                               size_t size, gridgov_error *err);

/** Load a roster document; the roster is sealed.
 *  @param[out] out        the roster; yours to free
 *  @param      calendar   sealed, kept alive by the roster
 *  @param      json,size  UTF-8
 *  @param      issues     takes every problem of the document; may be NULL
 *  @param[out] err        the first problem; may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT no JSON; GRIDGOV_EPOLICY a key or a value breaks the schema;
 *          GRIDGOV_EDATA slots that overlap, pass midnight, or none at all; GRIDGOV_ELIMIT too
 *          large; GRIDGOV_ESTATE the calendar is not sealed; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_roster_load(gridgov_roster **out,
                                               const gridgov_calendar *calendar, const char *json,
                                               size_t size, gridgov_issues *issues,
                                               gridgov_error *err);

/** Make a roster without slots, to be filled by calls.
 *  @param[out] out       the roster; yours to free
 *  @param      calendar  sealed, kept alive by the roster
 *  @param      utc_offset_minutes  where its days begin, −1440 … 1440; 480 in China
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE the calendar is not sealed; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_roster_new(gridgov_roster **out,
                                              const gridgov_calendar *calendar,
                                              int32_t utc_offset_minutes, gridgov_error *err);

/** Add a slot to one kind of day. No kind follows from another: a roster that works on make-up
 *  workdays is told so.
 *  @param roster    not sealed
 *  @param day_kind  GRIDGOV_ROSTER_DAY_*
 *  @param from,to   seconds since midnight, 0 ≤ from < to ≤ 86400
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA an overlap, or beyond the day; GRIDGOV_ELIMIT more than
 *          ::GRIDGOV_ROSTER_SLOTS; GRIDGOV_ESTATE sealed; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_roster_add_slot(gridgov_roster *roster, int32_t day_kind,
                                                   int32_t from, int32_t to, gridgov_error *err);

/** Finish; from here on the roster is immutable.
 *  @return GRIDGOV_OK; GRIDGOV_EDATA no slot at all; GRIDGOV_ESTATE already sealed; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_roster_seal(gridgov_roster *roster, gridgov_error *err);

/** Name of the roster; "" for one built by calls.
 *  @return borrowed; "" for NULL    @threads safe once sealed    @since 0.1 */
GRIDGOV_API const char *gridgov_roster_name(const gridgov_roster *roster);

/** SHA-256 over calendar, offset and slots, 64 hexadecimal digits; "" before it is sealed.
 *  @return borrowed; "" for NULL    @threads safe once sealed    @since 0.1 */
GRIDGOV_API const char *gridgov_roster_digest(const gridgov_roster *roster);

/** Offset from UTC in minutes; 0 for NULL.    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int32_t gridgov_roster_utc_offset(const gridgov_roster *roster);

/** Another hold of the same object; free it once more.
 *  @return @p roster    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_roster *gridgov_roster_hold(const gridgov_roster *roster);

/** Free a roster.    @since 0.1 */
GRIDGOV_API void gridgov_roster_free(gridgov_roster *roster);

/** One slot of one day, as moments.
 *  @param[out] span_out  [first second of the slot, first second after it)
 *  @param      roster    sealed
 *  @param      day       days since 1970-01-01, local
 *  @param      index     0 …, by time; slots that touch are one
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_END the day has no further slot; GRIDGOV_ERANGE the year is not
 *          covered; GRIDGOV_ESTATE; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_roster_slot_at(gridgov_span *span_out,
                                                  const gridgov_roster *roster, gridgov_day day,
                                                  int64_t index, gridgov_error *err);

/** Days with a slot in [from, to).
 *  @param[out] count_out  days; 0 if @p to is not after @p from
 *  @param      roster     sealed
 *  @param      from,to    days since 1970-01-01, all of them in covered years
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE; GRIDGOV_ESTATE; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_roster_workdays(int64_t *count_out,
                                                   const gridgov_roster *roster, gridgov_day from,
                                                   gridgov_day to, gridgov_error *err);

/** Seconds that a limit counts between two moments. O(log n) in the listed days of the calendar.
 *  @param[out] seconds_out  F(to) − F(from); below 0 if @p to is the earlier one
 *  @param      roster       sealed
 *  @param      limit        GRIDGOV_LIMIT_*
 *  @param      from,to      UTC seconds
 *  @param[out] err          may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE a year is not covered, or a number left its range;
 *          GRIDGOV_ESTATE; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_worktime_between(int64_t *seconds_out,
                                                    const gridgov_roster *roster, int32_t limit,
                                                    gridgov_time from, gridgov_time to,
                                                    gridgov_error *err);

/** The earliest moment that lies so many counted seconds from another. O(log n).
 *  @param[out] time_out  UTC seconds; GRIDGOV_NO_TIME on failure
 *  @param      roster    sealed
 *  @param      limit     GRIDGOV_LIMIT_*
 *  @param      from      UTC seconds
 *  @param      seconds   counted seconds; 0 gives @p from itself, below 0 looks back
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE not evaluable: the calendar ends before (looking back: it
 *          cannot tell which moment is the earliest); GRIDGOV_ESTATE; GRIDGOV_EARG
 *  @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_worktime_add(gridgov_time *time_out,
                                                const gridgov_roster *roster, int32_t limit,
                                                gridgov_time from, int64_t seconds,
                                                gridgov_error *err);

/** When a clock begins that was set off at a moment: at the moment, or at the first second of its
 *  local day or of the next one.
 *  @param[out] time_out  UTC seconds; GRIDGOV_NO_TIME on failure
 *  @param      roster    sealed
 *  @param      start     GRIDGOV_START_*
 *  @param      from      UTC seconds
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE; GRIDGOV_ESTATE; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_worktime_start(gridgov_time *time_out,
                                                  const gridgov_roster *roster, int32_t start,
                                                  gridgov_time from, gridgov_error *err);

/** When a limit of so many units runs out; what happens at that moment or before it is in time. For
 *  GRIDGOV_LIMIT_SLOT_WORKDAYS the day of start gives the share of it that is left, and the last
 *  day takes the same share of its own slots, rounded up to a second; for every other kind it is
 *  gridgov_worktime_add() of count times the unit.
 *  @param[out] time_out  UTC seconds; GRIDGOV_NO_TIME on failure
 *  @param      roster    sealed
 *  @param      limit     GRIDGOV_LIMIT_*
 *  @param      count     hours, minutes or days, as the kind says; ≥ 0
 *  @param      start     GRIDGOV_START_*
 *  @param      from      UTC seconds
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE not evaluable; GRIDGOV_ESTATE; GRIDGOV_EARG    @threads safe
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_worktime_due(gridgov_time *time_out,
                                                const gridgov_roster *roster, int32_t limit,
                                                int64_t count, int32_t start, gridgov_time from,
                                                gridgov_error *err);

/** gridgov_worktime_between() for many pairs. A pair that is not evaluable, or of which a moment is
 *  GRIDGOV_NO_TIME, gives GRIDGOV_NO_TIME and does not fail the call.
 *  @param[out] seconds_out  @p count numbers; may be @p from or @p to
 *  @param[out] missing_out  pairs without a result; may be NULL
 *  @param      roster       sealed
 *  @param      limit        GRIDGOV_LIMIT_*
 *  @param      from,to      @p count moments each
 *  @param      count        ≥ 0; with 0 the arrays may be NULL
 *  @param[out] err          may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_worktime_between_column(
    int64_t *seconds_out, int64_t *missing_out, const gridgov_roster *roster, int32_t limit,
    const gridgov_time *from, const gridgov_time *to, int64_t count, gridgov_error *err);

/** gridgov_worktime_add() for many moments; GRIDGOV_NO_TIME where it is not evaluable or was given.
 *  @param[out] time_out     @p count moments; may be @p from or @p seconds
 *  @param[out] missing_out  moments without a result; may be NULL
 *  @param      roster       sealed
 *  @param      limit        GRIDGOV_LIMIT_*
 *  @param      from         @p count moments
 *  @param      seconds      @p count numbers
 *  @param      count        ≥ 0; with 0 the arrays may be NULL
 *  @param[out] err          may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_worktime_add_column(
    gridgov_time *time_out, int64_t *missing_out, const gridgov_roster *roster, int32_t limit,
    const gridgov_time *from, const int64_t *seconds, int64_t count, gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
