/* SPDX-License-Identifier: Apache-2.0 */
/** @file slip.h
 *  The slip (核对单) that a community signs before the table is published: for each of its grids the
 *  proposed total, every proposed deduction and adjustment with rule, observation and evidence, a
 *  mark for each whether it is contested, and a line to sign. It is a bulletin like any other, so
 *  every renderer prints it.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int slip(gridgov_bulletin **out, const gridgov_scorecards *cards, gridgov_error *err) {
 *      return gridgov_slip_compose(out, cards, 0, NULL, GRIDGOV_LANG_ZH, NULL, err);
 *  }
 *  @endcode */
#ifndef GRIDGOV_SLIP_H
#define GRIDGOV_SLIP_H

#include <gridgov/bulletin.h>
#include <gridgov/evidence.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Number of slips: units that stand right above a grid with a card, in the order of their first
 *  grid; grids without a unit above share one. 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_slip_count(const gridgov_scorecards *cards);

/** The unit of a slip.
 *  @param[out] unit_out  index of the unit; GRIDGOV_NONE: grids without a unit above
 *  @param      cards     any
 *  @param      index     0 … gridgov_slip_count()−1
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_slip_unit(int64_t *unit_out, const gridgov_scorecards *cards,
                                             int64_t index);

/** Compose one slip, or all of them as one document in which each begins a page.
 *  @param[out] out       the document; yours to free
 *  @param      cards     scored
 *  @param      index     0 … gridgov_slip_count()−1; GRIDGOV_NONE: all, in their order
 *  @param      evidence  as in gridgov_explain(): of all grids; NULL: found here
 *  @param      lang      GRIDGOV_LANG_*
 *  @param      job       may be NULL
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_ERANGE; GRIDGOV_ECANCELLED; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_slip_compose(gridgov_bulletin **out,
                                                const gridgov_scorecards *cards, int64_t index,
                                                const gridgov_evidence *evidence, int32_t lang,
                                                gridgov_job *job, gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
