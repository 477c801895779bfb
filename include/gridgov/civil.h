/* SPDX-License-Identifier: Apache-2.0 */
/** @file civil.h
 *  Civil dates and times, exact and without a time-zone database: a stamp without a zone stands at
 *  a fixed offset from UTC (480 minutes in China). Proleptic Gregorian, years 1 … 9999.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t september(void) {
 *      gridgov_span span;
 *      if (gridgov_month_span(&span, "2021-09", 7, 480, NULL)) return -1;
 *      return (span.to - span.from) / 86400; // 30 days
 *  }
 *  @endcode */
#ifndef GRIDGOV_CIVIL_H
#define GRIDGOV_CIVIL_H

#include <gridgov/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes that hold any text written by this header's functions, the NUL included. */
#define GRIDGOV_CIVIL_TEXT_SIZE 32

/** Read a date, with or without a time of day: `2021-09-05 08:31:00`, `2021/9/5 8:31`, `20210905`,
 *  `20210905083100`, `2021-09-05T08:31:00+08:00`, `…+08`, `…Z`, `2021年9月5日8时31分`, `2021.9.5`, a trailing
 *  ` UTC`, full-width digits; the half of the day before the clock or behind it, `下午3:05`, `3:05 PM`. A date alone is 00:00; `24:00` and second 60 are refused. Fractions
 *  of a second are cut. Day-first and month-first forms are ambiguous and need
 *  gridgov_time_parse_form().
 *  @param[out] out        UTC seconds; GRIDGOV_NO_TIME on failure
 *  @param      text,size  UTF-8, blanks around it do not count
 *  @param      utc_offset_minutes  for a stamp without a zone, −1440 … 1440
 *  @param[out] err        may be NULL; `value` is the text
 *  @return GRIDGOV_OK; GRIDGOV_EDATA; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_time_parse(gridgov_time *out, const char *text, size_t size,
                                              int32_t utc_offset_minutes, gridgov_error *err);

/** Read a time of one given form. In @p form `%Y %m %d %H %M %S` take digits (one or two, four for
 *  %Y), `%y` a two-digit year (70–99 are 19xx), `%I` an hour of twelve with `%p` AM/PM (上午/下午),
 *  `%b` an English month's three letters, `%z` `Z`, `UTC` or ±hh[:]mm, `%f` a fraction that is cut,
 *  `%%` a percent sign; a blank takes any blanks, any other character itself. Parts that are not in
 *  the form are 0 (month and day 1); the year must be there, and no part twice.
 *  @param[out] out        UTC seconds; GRIDGOV_NO_TIME on failure
 *  @param      form       NUL-terminated
 *  @param      text,size  UTF-8
 *  @param      utc_offset_minutes  for a stamp without a zone
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA the text does not match; GRIDGOV_EARG the form is bad
 *  @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_time_parse_form(gridgov_time *out, const char *form,
                                                   const char *text, size_t size,
                                                   int32_t utc_offset_minutes, gridgov_error *err);

/** Write `2021-09-05T08:31:00+08:00`.
 *  @param[out] buffer  at least ::GRIDGOV_CIVIL_TEXT_SIZE bytes; empty for GRIDGOV_NO_TIME
 *  @param      time    UTC seconds
 *  @param      utc_offset_minutes  the zone to write in
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE outside the years 1 … 9999; GRIDGOV_EARG    @threads safe
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_time_format(char *buffer, gridgov_time time,
                                               int32_t utc_offset_minutes);

/** Read a date; a time of day after it is an error.
 *  @param[out] out        days since 1970-01-01; GRIDGOV_NO_DAY on failure
 *  @param      text,size  as in gridgov_time_parse()
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_day_parse(gridgov_day *out, const char *text, size_t size,
                                             gridgov_error *err);

/** Write `2021-09-05`.
 *  @param[out] buffer  at least ::GRIDGOV_CIVIL_TEXT_SIZE bytes; empty for GRIDGOV_NO_DAY
 *  @param      day     days since 1970-01-01
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_day_format(char *buffer, gridgov_day day);

/** Local day of a moment.
 *  @param time  UTC seconds inside the years 1 … 9999; otherwise the result is GRIDGOV_NO_DAY
 *  @param utc_offset_minutes  the zone
 *  @return days since 1970-01-01    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_day gridgov_time_day(gridgov_time time, int32_t utc_offset_minutes);

/** First second of a local day.
 *  @return UTC seconds; GRIDGOV_NO_TIME for GRIDGOV_NO_DAY    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_time gridgov_day_start(gridgov_day day, int32_t utc_offset_minutes);

/** Year, month and day of a day.
 *  @param[out] year,month,day_of_month  1 … 9999, 1 … 12, 1 … 31; each may be NULL
 *  @param      day  days since 1970-01-01
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_day_civil(int32_t *year, int32_t *month, int32_t *day_of_month,
                                             gridgov_day day);

/** The month `2021-09` (also `2021/9`, `2021年9月`) as a span of time.
 *  @param[out] out        [first second of the month, first second of the next)
 *  @param      text,size  the month
 *  @param      utc_offset_minutes  the zone
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_span(gridgov_span *out, const char *text, size_t size,
                                              int32_t utc_offset_minutes, gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
