/* SPDX-License-Identifier: Apache-2.0 */
/** @file codes.h
 *  Every enumeration of the library, and what turns each constant into its stable text code (for
 *  files), into the field's Chinese and English term (for people), and back. Numbers and codes are
 *  permanent. The constants stand in five parts, which this header includes:
 *
 *  | part | constants of |
 *  |---|---|
 *  | codes_data.h | units, dated facts, days and limits, tables, files and packs |
 *  | codes_case.h | the life of a case |
 *  | codes_count.h | metrics, facts, evidence, doubts |
 *  | codes_score.h | rules, totals and ranks |
 *  | codes_document.h | documents, and audits of them |
 *
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int read_a_step(int32_t *step) {
 *      return gridgov_code_value(step, GRIDGOV_KIND_STEP, "派遣", 6); // also "dispatch"
 *  }
 *  @endcode */
#ifndef GRIDGOV_CODES_H
#define GRIDGOV_CODES_H

#include <gridgov/base.h>
#include <gridgov/codes_case.h>
#include <gridgov/codes_count.h>
#include <gridgov/codes_data.h>
#include <gridgov/codes_document.h>
#include <gridgov/codes_score.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of enumerations, the first argument of the functions below: GRIDGOV_KIND_UNIT stands for
 *  the constants GRIDGOV_UNIT_*, and so on. A status has gridgov_status_name(). */
enum {
    GRIDGOV_KIND_LANG = 1,          GRIDGOV_KIND_SEVERITY = 2,      GRIDGOV_KIND_UNIT = 3,
    GRIDGOV_KIND_STEP = 4,          GRIDGOV_KIND_DISPOSITION = 5,   GRIDGOV_KIND_TRI = 6,
    GRIDGOV_KIND_ACTIVITY = 7,      GRIDGOV_KIND_DEFECT = 8,        GRIDGOV_KIND_CELL = 9,
    GRIDGOV_KIND_MEASURE = 10,      GRIDGOV_KIND_DIMENSION = 11,    GRIDGOV_KIND_SCORE_RULE = 12,
    GRIDGOV_KIND_ORIGIN = 13,       GRIDGOV_KIND_FORMAT = 14,       GRIDGOV_KIND_DAY = 15,
    GRIDGOV_KIND_TABLE = 16,        GRIDGOV_KIND_PACK = 17,         GRIDGOV_KIND_BLOCK = 18,
    GRIDGOV_KIND_COVERAGE = 19,     GRIDGOV_KIND_ON_DUPLICATE = 20, GRIDGOV_KIND_PLATFORM = 21,
    GRIDGOV_KIND_CHECK = 22,        GRIDGOV_KIND_VERDICT = 23,      GRIDGOV_KIND_ROUNDING = 24,
    GRIDGOV_KIND_FIGURE = 25,       GRIDGOV_KIND_PART = 26,         GRIDGOV_KIND_LIMIT = 27,
    GRIDGOV_KIND_START = 28,        GRIDGOV_KIND_ROSTER_DAY = 29,   GRIDGOV_KIND_STATE = 30,
    GRIDGOV_KIND_ROLE = 31,         GRIDGOV_KIND_GUARD = 32,        GRIDGOV_KIND_CARD = 33,
    GRIDGOV_KIND_HOLDER = 34,       GRIDGOV_KIND_STAGE = 35,        GRIDGOV_KIND_BASIS = 36,
    GRIDGOV_KIND_LIGHT = 37,        GRIDGOV_KIND_CLOCK = 38,        GRIDGOV_KIND_FILTER = 39,
    GRIDGOV_KIND_CONDITION = 40,    GRIDGOV_KIND_ATTRIBUTION = 41,  GRIDGOV_KIND_CUT_OFF = 42,
    GRIDGOV_KIND_QUANTITY = 43,     GRIDGOV_KIND_FLOW = 44,         GRIDGOV_KIND_DATUM = 55,
    GRIDGOV_KIND_FILE = 60,         GRIDGOV_KIND_MERGED = 61,       GRIDGOV_KIND_SHEET = 62,
    GRIDGOV_KIND_NOT_ASSESSED = 65, GRIDGOV_KIND_RANKING = 66,      GRIDGOV_KIND_TIE_BREAK = 67,
    GRIDGOV_KIND_CHANGE = 68,       GRIDGOV_KIND_ATOM = 70,         GRIDGOV_KIND_REASON = 71,
    GRIDGOV_KIND_CAUSE = 72,        GRIDGOV_KIND_SIGNAL = 73,       GRIDGOV_KIND_ELEMENT = 74,
    GRIDGOV_KIND_RULING = 75
};

/** Languages of documents and messages. */
enum {
    GRIDGOV_LANG_ZH = 0, /**< 中文 */
    GRIDGOV_LANG_EN = 1  /**< English */
};

/** How bad an issue is. An error excluded a row; a warning kept it but something is doubtful. */
enum {
    GRIDGOV_SEVERITY_NOTE = 0,    /**< worth knowing */
    GRIDGOV_SEVERITY_WARNING = 1, /**< doubtful, kept */
    GRIDGOV_SEVERITY_ERROR = 2    /**< wrong, left out */
};

/** Yes, no or unknown. */
enum { GRIDGOV_TRI_UNKNOWN = 0, GRIDGOV_TRI_NO = 1, GRIDGOV_TRI_YES = 2 };

/** Stable ASCII code of a constant, as files spell it: "dispatch".
 *  @param kind   GRIDGOV_KIND_*
 *  @param value  a constant of that kind
 *  @return static text; NULL if there is no such constant    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_code_text(int32_t kind, int32_t value);

/** The field's term for a constant, "流转" or "dispatch".
 *  @param kind   GRIDGOV_KIND_*
 *  @param value  a constant of that kind
 *  @param lang   GRIDGOV_LANG_*
 *  @return static text; NULL if there is no such constant    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_code_title(int32_t kind, int32_t value, int32_t lang);

/** One constant of a kind, by number upwards, so that a host can list them all. Numbers may have
 *  gaps.
 *  @param[out] value_out  the constant; 0 unless the call gives GRIDGOV_OK
 *  @param      kind       GRIDGOV_KIND_*
 *  @param      index      0 … as long as there are constants
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG no such kind    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_code_at(int32_t *value_out, int32_t kind, int64_t index);

/** The constant that a text names: its code, its Chinese term, or one of its known aliases (交办 for
 *  流转). ASCII letters match in either case; blanks around the text do not count.
 *  @param[out] value_out  the constant; 0 on failure
 *  @param      kind       GRIDGOV_KIND_*
 *  @param      text,size  UTF-8
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_code_value(int32_t *value_out, int32_t kind, const char *text,
                                              size_t size);

#ifdef __cplusplus
}
#endif
#endif
