/* SPDX-License-Identifier: Apache-2.0 */
/** @file base.h
 *  What every other header stands on: status codes, the error struct, and the plain types for time,
 *  days, points and spans. There is nothing to initialise and nothing to shut down: the library
 *  has no mutable global state, never prints, never exits and never reads the environment.
 *
 *  Every fallible call returns a ::gridgov_status and writes its results through pointers that come
 *  first; the caller's ::gridgov_error comes last and may be NULL:
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <stdio.h>
 *  static int days_in_september(void) {
 *      gridgov_error err;
 *      gridgov_calendar *calendar = NULL;
 *      int64_t days = 0;
 *      if (gridgov_calendar_open(&calendar, "china", 5, &err) != GRIDGOV_OK) {
 *          char text[GRIDGOV_ERROR_TEXT_SIZE];
 *          gridgov_error_text(text, sizeof text, &err, GRIDGOV_LANG_ZH);
 *          fputs(text, stderr);
 *          return 1;
 *      }
 *      gridgov_calendar_workdays(&days, calendar, 18871, 18901, &err); // September 2021
 *      gridgov_calendar_free(calendar);
 *      return days == 22 ? 0 : 1;
 *  }
 *  @endcode */
#ifndef GRIDGOV_BASE_H
#define GRIDGOV_BASE_H

#include <stddef.h>
#include <stdint.h>

/** Marks what the library exports. */
#if defined(__GNUC__) || defined(__clang__)
#define GRIDGOV_API __attribute__((visibility("default")))
#else
#define GRIDGOV_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Version of these headers; gridgov_version_number() tells the library's. */
#define GRIDGOV_VERSION_NUMBER 1000
/** The same as text. */
#define GRIDGOV_VERSION_TEXT "0.1.0"

/** Result of a call: 0 done, positive done and nothing more, negative failed (outputs are NULL or
 *  0). */
typedef int32_t gridgov_status;

/** Status codes. Numbers are permanent. */
enum {
    GRIDGOV_OK = 0,            /**< done */
    GRIDGOV_END = 1,           /**< done, and there is nothing more */
    GRIDGOV_ENOMEM = -1,       /**< out of memory */
    GRIDGOV_EARG = -2,         /**< the caller's mistake: NULL, a bad size, an unknown constant */
    GRIDGOV_ESTATE = -3,       /**< called in the wrong order, e.g. on an unsealed ledger */
    GRIDGOV_ECANCELLED = -4,   /**< a job was cancelled; nothing was changed */
    GRIDGOV_EIO = -10,         /**< the operating system refused; `detail` is errno */
    GRIDGOV_EFORMAT = -11,     /**< bytes are not well-formed (CSV, JSON, UTF-8) */
    GRIDGOV_EDATA = -12,       /**< well-formed but impossible (unknown grid, bad date) */
    GRIDGOV_EPOLICY = -13,     /**< a policy, metrics or mapping document breaks its rules */
    GRIDGOV_ELIMIT = -20,      /**< a stated limit was exceeded */
    GRIDGOV_ERANGE = -21,      /**< arithmetic left its range, or a day is not covered */
    GRIDGOV_ENOTFOUND = -22,   /**< no such thing */
    GRIDGOV_EUNSUPPORTED = -23,/**< known but not supported here */
    GRIDGOV_ESTORE = -30,      /**< the optional store failed */
    GRIDGOV_EVERSION = -31,    /**< made by an incompatible version */
    GRIDGOV_EINTERNAL = -99    /**< a defect of this library */
};

/** Seconds since 1970-01-01T00:00:00Z; absent is ::GRIDGOV_NO_TIME. */
typedef int64_t gridgov_time;
/** No such moment. */
#define GRIDGOV_NO_TIME INT64_MIN

/** Local civil day, days since 1970-01-01; absent is ::GRIDGOV_NO_DAY. */
typedef int32_t gridgov_day;
/** No such day. */
#define GRIDGOV_NO_DAY INT32_MIN
/** No latitude or longitude, where one counts degrees · 10⁷. */
#define GRIDGOV_NO_DEGREES INT32_MIN

/** Points in thousandths: 1000 is one point. */
typedef int64_t gridgov_points;
/** One point. */
#define GRIDGOV_POINT 1000

/** An index that means "none": no unit, no category, no agency. */
#define GRIDGOV_NONE (-1)

/** Half-open span of time [from, to). */
typedef struct gridgov_span {
    gridgov_time from; /**< first second inside */
    gridgov_time to;   /**< first second after */
} gridgov_span;

/** What went wrong, in the caller's own memory; 512 bytes for ever. Written only on failure. All
 *  text is NUL-terminated UTF-8, cut at a character's boundary. Also the entry type of
 *  ::gridgov_issues. */
typedef struct gridgov_error {
    int32_t status;    /**< the status returned */
    int32_t detail;    /**< errno or another library's code; 0 if none */
    int64_t row;       /**< 1-based row of the table (the header is row 1); 0 if none */
    int32_t column;    /**< 1-based column; 0 if none */
    int32_t rule;      /**< permanent number of the rule that was broken; 0 if none */
    char field[64];    /**< field or JSON pointer */
    char source[160];  /**< file or table name */
    char value[96];    /**< the offending value */
    char message[168]; /**< one English line without position */
} gridgov_error;

/** Size of a buffer that holds any text of gridgov_error_text(). */
#define GRIDGOV_ERROR_TEXT_SIZE 1024

/** Version of the linked library: major·1 000 000 + minor·1 000 + patch.    @threads safe
 *  @since 0.1 */
GRIDGOV_API int32_t gridgov_version_number(void);

/** The same as text, "0.1.0".    @return static text    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_version_text(void);

/** Name of a status, "EDATA".
 *  @param status  any number
 *  @return static text, "UNKNOWN" for a number that is no status    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_status_name(gridgov_status status);

/** Render an error as one line in English or Chinese, with its position:
 *  `events.csv: row 7, column 3 (category) "xx": …`.
 *  @param[out] buffer  text, NUL-terminated, cut at a character's boundary; may be NULL if size is
 *                      0
 *  @param      size    bytes of @p buffer; ::GRIDGOV_ERROR_TEXT_SIZE always suffices
 *  @param      err     an error filled by this library; NULL gives no text
 *  @param      lang    ::GRIDGOV_LANG_ZH or ::GRIDGOV_LANG_EN; another value means English
 *  @return length of the whole text in bytes, without the NUL    @threads safe    @since 0.1 */
GRIDGOV_API size_t gridgov_error_text(char *buffer, size_t size, const gridgov_error *err,
                                      int32_t lang);

/** Fill an error from the catalogue, as a host does that feeds rows of its own.
 *  @param[out] err    may be NULL
 *  @param      rule   from gridgov_rule_find(); an unknown one gives ::GRIDGOV_EINTERNAL
 *  @param      field  field or JSON pointer; may be NULL
 *  @param      value,value_size  offending value; may be NULL and 0
 *  @param      more   the rule's further text ({0} of its template); may be NULL
 *  @return the rule's status, for `return gridgov_error_set(…)`    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_error_set(gridgov_error *err, int32_t rule, const char *field,
                                             const char *value, size_t value_size,
                                             const char *more);

/** Severity of a rule, one of GRIDGOV_SEVERITY_*; ::GRIDGOV_SEVERITY_ERROR for an unknown number.
 *  @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_rule_severity(int32_t rule);

/** Stable text code of a rule, "bad-time"; NULL for an unknown number.    @threads safe
 *  @since 0.1 */
GRIDGOV_API const char *gridgov_rule_code(int32_t rule);

/** Number of the rule with a text code, so that a host need not know the numbers.
 *  @param code,size  "bad-time", as gridgov_rule_code() writes it
 *  @return the number; 0 if there is none    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_rule_find(const char *code, size_t size);

/** One rule of the catalogue, by number upwards.
 *  @param[out] rule_out  its number; 0 unless the call gives GRIDGOV_OK
 *  @param      index     0 … as long as there are rules
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rule_at(int32_t *rule_out, int64_t index);

#ifdef __cplusplus
}
#endif
#endif
