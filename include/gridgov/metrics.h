/* SPDX-License-Identifier: Apache-2.0 */
/** @file metrics.h
 *  What is counted. A metric is a named count: one *measure* from the closed list below with its
 *  parameters, over units, categories or agencies. Ratios are made of two metrics and are never
 *  stored.
 *
 *  The cases of a period are the events reported in it by the cut-off, plus the opening cases named
 *  as carried over; "by the cut-off" means at or before `as_of`, and a step counts if it happened
 *  and was recorded by then. A count whose source the ledger does not cover is unknown, and so is
 *  one all of whose atoms lack the data (*ours*: where no public definition exists, the definition
 *  below is this project's).
 *
 *  | measure | dimension | counts | needs |
 *  |---|---|---|---|
 *  | events_reported | unit, category | events reported in the period, not the opening ones | events |
 *  | events_disposed | unit | those whose disposition is in `dispositions` | disposition |
 *  | cases_due | unit | cases due by the cut-off that are not suspended; without any due time: all not suspended | closed |
 *  | cases_due_closed | unit | those of cases_due that are closed by the cut-off: the latest of closing, reopening and closed_at decides | closed |
 *  | cases_held_due | unit | cases_due that the grid itself held at their limit or close: no dispatch, no agency's handling by then | due or overdue |
 *  | cases_held_overdue | unit | those closed after their limit, or open at the cut-off and past it; the source's verdict where limit or closing is not known | due or overdue |
 *  | dispatch_needed | unit | events whose `dispatch_due_at` is set and not after the cut-off | dispatch_due |
 *  | dispatch_missed | unit | those not dispatched by then | dispatch_due, dispatch |
 *  | patrol_required_days | unit | per officer of the grid: workdays of the period that the officer held the grid, less approved leave | officers |
 *  | patrol_failed_days | unit | of those, days that miss `minimum_minutes` online or `minimum_metres`, whichever is given | officers, patrol minutes or distance |
 *  | visits_required | unit | required visits | required_visits |
 *  | visits_missing | unit | those without a visit of the same object in the period, by the cut-off | required_visits, visits |
 *  | reports_missing | unit | monthly reports not submitted by the cut-off, unless their limit lies after it | dispute_reports |
 *  | reports_late | unit | monthly reports submitted after their limit | dispute_reports |
 *  | maintenance_defects | unit | defects whose kind is in `defects` | maintenance |
 *  | agency_handled | agency | 办理数: distinct cases for which the agency held a handling step by the cut-off, self-found included | agency |
 *  | agency_dispatched | agency | 流转数: those of agency_handled that reached it by dispatch | dispatch |
 *  | agency_closed | agency | 结案数: those of agency_handled closed by the cut-off | closed |
 *  | given | unit | nothing: a monthly figure (table `facts`) says it, and without one it is unknown | the figure |
 *  | cases | any | cases, or a quantity of theirs, chosen by `where`, `any`, `among` | what the conditions need |
 *
 *  An officer without a single patrol row, a grid without an officer, or without a row in the
 *  register of reports or of required visits, is unknown in that metric: no row, no judgement.
 *  (Where patrol rows are covered, a silent officer's days are unknown in both patrol metrics.) A
 *  required day without a row fails if the officer has others. Events, steps, visits, maintenance
 *  and adjustments are complete lists: there no row means none happened.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t invalid_reports(const gridgov_policy *policy) {
 *      return gridgov_metrics_find(gridgov_policy_metrics(policy), "invalid_reports", 15);
 *  }
 *  @endcode
 *
 *  Of the measure `cases`, docs/metrics.md: a case counts if all conditions of `where` hold and, if
 *  `any` is given, one of those. `among` only says whom one asks: a case outside it is neither
 *  counted nor missing. A condition is a code of GRIDGOV_CONDITION_*, after "not " its opposite; an
 *  unknown one that decides makes the case lack the data. `where` may hold one `{"closed_within":
 *  {"seconds" | "hours" | "days" | "work_hours" | "workdays": n}}`, from the report on. `clock`
 *  ("total", "first_close", "response") takes the seconds from that clock of the case (case.h),
 *  which leaves out pauses and what lies between a closing and a reopening.
 *
 *  Document `gridgov.metrics/1`: `{"schema", "version", "name", "source", "certainty", "metrics":
 *  [{"code", "name", "name_en", "unit", "dimension", "measure", "dispositions": [], "defects": [],
 *  "minimum_minutes", "minimum_metres", "where": [], "any": [], "among": [], "attribution",
 *  "cut_off", "quantity", "clock", "source", "certainty"}]}`. */
#ifndef GRIDGOV_METRICS_H
#define GRIDGOV_METRICS_H

#include <gridgov/codes.h>
#include <gridgov/issues.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A list of metrics; immutable. */
typedef struct gridgov_metrics gridgov_metrics;

/** One metric; pointers are borrowed. */
typedef struct gridgov_metric {
    uint32_t struct_size;    /**< sizeof(gridgov_metric), set by the caller */
    int32_t measure;         /**< GRIDGOV_MEASURE_* */
    int32_t dimension;       /**< GRIDGOV_DIMENSION_* */
    int32_t configured;      /**< 0 if a threshold it needs was left open: it counts nothing and is
                                  unknown */
    uint32_t dispositions;   /**< bit n set: GRIDGOV_DISPOSITION_ n counts */
    uint32_t defects;        /**< bit n set: GRIDGOV_DEFECT_ n counts */
    int64_t minimum_minutes; /**< −1 if not used */
    int64_t minimum_metres;  /**< −1 if not used */
    const char *code;        /**< "invalid_reports" */
    const char *name;        /**< "无效上报数" */
    const char *name_en;     /**< "invalid reports" */
    const char *unit;        /**< unit of counting in Chinese, "件"; may be "" */
    int32_t attribution;     /**< GRIDGOV_ATTRIBUTION_*; _PERIOD for other measures than cases, like
                                  all that follows */
    int32_t cut_off;         /**< GRIDGOV_CUT_OFF_*; _AS_OF */
    int32_t quantity;        /**< GRIDGOV_QUANTITY_*; _CASES */
    int32_t within_work;     /**< 1: within_seconds are seconds inside the slots of the roster */
    int64_t within_seconds;  /**< closed within so many; −1 if not asked */
    uint64_t where;          /**< bit n set: GRIDGOV_CONDITION_ n must hold */
    uint64_t where_not;      /**< … must not hold */
    uint64_t any;            /**< one of these must hold, or one of any_not must not */
    uint64_t any_not;        /**< see any */
    uint64_t among;          /**< of those of which these hold */
    uint64_t among_not;      /**< and these do not */
    int32_t clock;           /**< GRIDGOV_CLOCK_*: seconds and limits of time are those of this clock
                                  of the case, which stands in pauses; 0: from the report to the
                                  closing or the cut-off, whatever was between */
    int32_t reserved;        /**< 0 */
} gridgov_metric;

/** Load a metrics document.
 *  @param[out] out        the metrics; yours to free
 *  @param      json,size  UTF-8
 *  @param      issues     takes every problem; may be NULL
 *  @param[out] err        the first problem; may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT; GRIDGOV_EPOLICY; GRIDGOV_ELIMIT too large; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_metrics_load(gridgov_metrics **out, const char *json,
                                                size_t size, gridgov_issues *issues,
                                                gridgov_error *err);

/** Number of metrics; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_metrics_count(const gridgov_metrics *metrics);

/** One metric.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_metrics_at(gridgov_metric *metric_out,
                                              const gridgov_metrics *metrics, int64_t index);

/** Index of a metric by code or by its Chinese or English name; GRIDGOV_NONE.    @threads safe
 *  @since 0.1 */
GRIDGOV_API int64_t gridgov_metrics_find(const gridgov_metrics *metrics, const char *text,
                                         size_t size);

/** SHA-256 over what the metrics say, 64 hexadecimal digits; "" for NULL.    @threads safe
 *  @since 0.1 */
GRIDGOV_API const char *gridgov_metrics_digest(const gridgov_metrics *metrics);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param metrics  may be NULL
 *  @return @p metrics    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_metrics *gridgov_metrics_hold(const gridgov_metrics *metrics);

/** Free metrics; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_metrics_free(gridgov_metrics *metrics);

#ifdef __cplusplus
}
#endif
#endif
