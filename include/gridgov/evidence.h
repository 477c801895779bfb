/* SPDX-License-Identifier: Apache-2.0 */
/** @file evidence.h
 *  The atoms behind a count: which events, officer-days, visits, reports, maintenance rows and
 *  monthly figures a cell was counted from, each with what it adds, why, and the figures that
 *  decided. Evidence is no part of facts: it is found again in the ledger, by counting once more
 *  with a recorder at the very place where every atom enters its cell, so that count and evidence
 *  cannot disagree. For every cell
 *
 *  - the atoms that had the data number `reported`, those that lacked it `missing`;
 *  - if the cell is a value, their counts add up to `value`.
 *
 *  Atoms that were looked at and add nothing (a case that was closed in time) are listed too, with
 *  a count of 0.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <stdio.h>
 *  static int print_invalid(const gridgov_facts *facts, int64_t row, int64_t metric) {
 *      gridgov_evidence *evidence = NULL;
 *      gridgov_atom atom = {.struct_size = sizeof atom};
 *      int status = gridgov_evidence_find(&evidence, facts, GRIDGOV_DIMENSION_UNIT, row, metric,
 *                                         NULL, NULL);
 *      for (int64_t i = 0; gridgov_evidence_at(&atom, evidence, i) == GRIDGOV_OK; i++) {
 *          if (atom.count != 0) printf("%s\n", atom.id);
 *      }
 *      gridgov_evidence_free(evidence);
 *      return status;
 *  }
 *  @endcode */
#ifndef GRIDGOV_EVIDENCE_H
#define GRIDGOV_EVIDENCE_H

#include <gridgov/facts.h>
#include <gridgov/job.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The atoms of one cell or of many; immutable. */
typedef struct gridgov_evidence gridgov_evidence;

/** One atom; pointers are borrowed from the ledger, which the evidence keeps alive. */
typedef struct gridgov_atom {
    uint32_t struct_size;    /**< sizeof(gridgov_atom), set by the caller */
    int32_t kind;            /**< GRIDGOV_ATOM_* */
    int32_t has_data;        /**< 1; 0: it lacked the data, and adds nothing */
    int32_t reason;          /**< GRIDGOV_REASON_*: why it counts, or does not */
    int64_t row;             /**< row of the cell */
    int64_t metric;          /**< index of the metric */
    int64_t count;           /**< what it adds to the cell */
    int64_t index;           /**< of the event in the ledger, or of the activity; GRIDGOV_NONE for a
                                  day of which there is no row */
    const char *id;          /**< number of the event, code of the officer, object of the visit, name
                                  of the record or of the metric; "" */
    const char *text;        /**< category of the event, source of the monthly figure; "" */
    gridgov_time at;         /**< the moment that decided: closing, dispatch, submission, visit;
                                  GRIDGOV_NO_TIME: none */
    gridgov_time limit_at;   /**< the limit it was held to; GRIDGOV_NO_TIME: none */
    gridgov_day day;         /**< day of an officer-day, report or defect; GRIDGOV_NO_DAY */
    int32_t state;           /**< GRIDGOV_DISPOSITION_* of an event, GRIDGOV_DEFECT_* of a record; else
                                  0 */
    int64_t minutes;         /**< of an officer-day: minutes online; −1 unknown */
    int64_t minimum_minutes; /**< what was asked; −1 nothing */
    int64_t metres;          /**< of an officer-day: metres patrolled; −1 unknown */
    int64_t minimum_metres;  /**< what was asked; −1 nothing */
    int32_t table;           /**< GRIDGOV_TABLE_* it stands in; 0 none */
    int32_t reserved;        /**< 0 */
    int64_t source_row;      /**< row of that table; 0 unknown */
} gridgov_atom;

/** Find the atoms of one cell, of a row or of a whole table.
 *  @param[out] out        the evidence; yours to free. It keeps the facts alive
 *  @param      facts      counted from a ledger
 *  @param      dimension  GRIDGOV_DIMENSION_*
 *  @param      row        row of the dimension; GRIDGOV_NONE: all rows
 *  @param      metric     index of the metric, of that dimension; GRIDGOV_NONE: all of them
 *  @param      job        may be NULL
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_END no such row or metric; GRIDGOV_ECANCELLED; GRIDGOV_EARG also a
 *          metric of another dimension; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_evidence_find(gridgov_evidence **out, const gridgov_facts *facts,
                                                 int32_t dimension, int64_t row, int64_t metric,
                                                 gridgov_job *job, gridgov_error *err);

/** Number of atoms; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_evidence_count(const gridgov_evidence *evidence);

/** One atom, by row, metric, then in the order of counting: events by time of report, days by
 *  officer and date, the rest as the ledger sorts it.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_evidence_at(gridgov_atom *atom_out,
                                               const gridgov_evidence *evidence, int64_t index);

/** The atoms of one cell among those found: indexes [*first_out, *first_out + *count_out).
 *  @param[out] first_out,count_out  both 0 if the cell has none
 *  @param      evidence             any
 *  @param      row,metric           of the cell
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_evidence_cell(int64_t *first_out, int64_t *count_out,
                                                 const gridgov_evidence *evidence, int64_t row,
                                                 int64_t metric);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param evidence  may be NULL
 *  @return @p evidence    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_evidence *gridgov_evidence_hold(const gridgov_evidence *evidence);

/** Free evidence; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_evidence_free(gridgov_evidence *evidence);

#ifdef __cplusplus
}
#endif
#endif
