/* SPDX-License-Identifier: Apache-2.0 */
/** @file facts.h
 *  Integer counts per unit, category and agency for one period: what a policy scores and a bulletin
 *  prints. A cell has three values, unknown, not applicable, or a number (zero included), and keeps
 *  them apart to the last printed digit.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t closed(const gridgov_facts *facts, int64_t agency, int64_t metric) {
 *      gridgov_cell cell = {.struct_size = sizeof cell};
 *      gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_AGENCY, agency, metric);
 *      return cell.state == GRIDGOV_CELL_VALUE ? cell.value : -1;
 *  }
 *  @endcode */
#ifndef GRIDGOV_FACTS_H
#define GRIDGOV_FACTS_H

#include <gridgov/calendar.h>
#include <gridgov/job.h>
#include <gridgov/ledger.h>
#include <gridgov/metrics.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Counts of one period; immutable. */
typedef struct gridgov_facts gridgov_facts;

/** What to count. */
typedef struct gridgov_tally_options {
    uint32_t struct_size;        /**< sizeof(gridgov_tally_options) */
    int32_t utc_offset_minutes;  /**< zone of local days; 480 by default */
    gridgov_span period;         /**< required */
    gridgov_time as_of;          /**< cut-off, inclusive; GRIDGOV_NO_TIME: the last second of the
                                      period */
    gridgov_time known_by;       /**< steps recorded later are not known yet; GRIDGOV_NO_TIME: the
                                      cut-off */
} gridgov_tally_options;

/** One cell. */
typedef struct gridgov_cell {
    uint32_t struct_size; /**< sizeof(gridgov_cell), set by the caller */
    int32_t state;        /**< GRIDGOV_CELL_UNKNOWN, _NOT_APPLICABLE or _VALUE */
    int64_t value;        /**< the count; 0 unless state is _VALUE */
    int64_t reported;     /**< atoms (cases, officer-days, …) that had the data */
    int64_t missing;      /**< atoms that lacked it: the count is then over those that had it */
    int32_t origin;       /**< GRIDGOV_ORIGIN_ROWS or _FACT */
    int32_t reserved;     /**< 0 */
} gridgov_cell;

/** One row of a dimension; pointers are borrowed. */
typedef struct gridgov_facts_row {
    uint32_t struct_size; /**< sizeof(gridgov_facts_row), set by the caller */
    int32_t known;        /**< 0: a name found only in the data (待核) */
    int64_t unit;         /**< index into the units; GRIDGOV_NONE for the street itself, categories,
                               unlisted agencies */
    const char *name;     /**< printed name; "" for the street itself */
    int32_t kind;         /**< GRIDGOV_UNIT_*; 0 for the street itself and for categories */
    int32_t active;       /**< 1 if the unit exists on a day of the period */
} gridgov_facts_row;

/** Signed points that were given rather than counted; pointers are borrowed. */
typedef struct gridgov_adjustment {
    uint32_t struct_size;  /**< sizeof(gridgov_adjustment), set by the caller */
    int32_t unexplained;   /**< 1: the office gave no reason and none is invented */
    int32_t kind;          /**< GRIDGOV_ACTIVITY_ADJUSTMENT or GRIDGOV_ACTIVITY_DEDUCTION */
    int32_t reserved;      /**< 0 */
    int64_t row;           /**< row of dimension unit; GRIDGOV_NONE: all grids without a row of
                                their own */
    const char *indicator; /**< indicator as written; "" for an adjustment */
    gridgov_points points; /**< signed thousandths */
    const char *key;       /**< the adjustment's number, or "" */
    const char *reason;    /**< as written */
    const char *authority; /**< who decided, or the source */
    int64_t source_row;    /**< row of the source table; 0 unknown */
} gridgov_adjustment;

/** Set options to their defaults; the period is still to be set.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_tally_options_init(gridgov_tally_options *options, size_t struct_size);

/** Count one ledger: gridgov_tally_new(), _add_ledger() and _finish() of tally.h in one call.
 *  @param[out] out       the facts; yours to free. They keep the ledger alive.
 *  @param      ledger    sealed
 *  @param      metrics   what to count
 *  @param      calendar  covers the period; NULL: patrol metrics are unknown
 *  @param      options   required
 *  @param      issues    doubts: officers without a single row, grids without an officer, open
 *                        thresholds, records that lack the data, monthly figures of unknown metrics
 *                        or given twice; may be NULL
 *  @param      job       may be NULL
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE; GRIDGOV_ERANGE the calendar does not cover the period, or a
 *          count overflows; GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tally_run(gridgov_facts **out, const gridgov_ledger *ledger,
                                             const gridgov_metrics *metrics,
                                             const gridgov_calendar *calendar,
                                             const gridgov_tally_options *options,
                                             gridgov_issues *issues, gridgov_job *job,
                                             gridgov_error *err);

/** The period counted.    @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_facts_period(gridgov_span *out, const gridgov_facts *facts);

/** The cut-off, inclusive.    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_time gridgov_facts_as_of(const gridgov_facts *facts);

/** Zone of local days, minutes.    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_facts_utc_offset(const gridgov_facts *facts);

/** The ledger that was counted; borrowed. NULL if the facts come from several, from a stream or from
 *  saved bytes: then nothing shows the records behind a count.    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_ledger *gridgov_facts_ledger(const gridgov_facts *facts);

/** What was recorded by then was known, inclusive.    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_time gridgov_facts_known_by(const gridgov_facts *facts);

/** The calendar that told the workdays; borrowed; NULL if none was given.    @threads safe
 *  @since 0.1 */
GRIDGOV_API const gridgov_calendar *gridgov_facts_calendar(const gridgov_facts *facts);

/** The units that were counted over; borrowed; NULL if none.    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_units *gridgov_facts_units(const gridgov_facts *facts);

/** The taxonomy that was counted over; borrowed; NULL if none.    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_taxonomy *gridgov_facts_taxonomy(const gridgov_facts *facts);

/** 1 if one of the sources supplied this, 0 if not.
 *  @param facts     any
 *  @param coverage  GRIDGOV_COVERAGE_*    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_facts_covers(const gridgov_facts *facts, int32_t coverage);

/** The metrics that were counted; borrowed, kept alive by the facts.    @threads safe
 *  @since 0.1 */
GRIDGOV_API const gridgov_metrics *gridgov_facts_metrics(const gridgov_facts *facts);

/** Rows of a dimension. Units: every unit that is no agency, in published order, then the street
 *  itself (events without a grid). Categories and agencies: as the ledger lists them.
 *  @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_facts_row_count(const gridgov_facts *facts, int32_t dimension);

/** One row.    @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_facts_row_at(gridgov_facts_row *row_out,
                                                const gridgov_facts *facts, int32_t dimension,
                                                int64_t index);

/** One cell.
 *  @param[out] cell_out   the cell
 *  @param      facts      any
 *  @param      dimension  GRIDGOV_DIMENSION_*
 *  @param      row        0 … row_count−1
 *  @param      metric     index into the metrics counted, of the same dimension
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG the metric is of another dimension
 *  @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_facts_value(gridgov_cell *cell_out, const gridgov_facts *facts,
                                               int32_t dimension, int64_t row, int64_t metric);

/** Cases of the period whose rows gave a time of closure that cannot be, so that it was not used;
 *  0 for NULL.
 *  @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_facts_doubted(const gridgov_facts *facts);

/** Events of the ledger that were reported outside the period or after the cut-off and are not
 *  opening cases: counted nowhere.
 *  @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_facts_outside(const gridgov_facts *facts);

/** Number of adjustments and given deductions.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_facts_adjustment_count(const gridgov_facts *facts);

/** One adjustment or given deduction, by row (those for all grids first), kind, indicator, key,
 *  reason, points.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_facts_adjustment_at(gridgov_adjustment *adjustment_out,
                                                       const gridgov_facts *facts, int64_t index);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param facts  may be NULL
 *  @return @p facts    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_facts *gridgov_facts_hold(const gridgov_facts *facts);

/** Free facts; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_facts_free(gridgov_facts *facts);

#ifdef __cplusplus
}
#endif
#endif
