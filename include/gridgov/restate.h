/* SPDX-License-Identifier: Apache-2.0 */
/** @file restate.h
 *  What an appeal changed: the same period as it was known when the table was published, and as it
 *  is known once rulings were made, and the difference as a document (更正通报): every grid whose
 *  points differ with its old and new points and total, and the rulings with reason and authority.
 *  Both tables stay computable from one ledger for good, because a ruling is a dated fact like any
 *  other.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int corrections(gridgov_bulletin **out, const gridgov_facts *printed,
 *                         const gridgov_policy *policy, gridgov_time now, gridgov_error *err) {
 *      return gridgov_restate(out, NULL, NULL, printed, policy, now, GRIDGOV_LANG_ZH, NULL, NULL,
 *                             err);
 *  }
 *  @endcode */
#ifndef GRIDGOV_RESTATE_H
#define GRIDGOV_RESTATE_H

#include <gridgov/bulletin.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Compare a table as printed with what is known later.
 *  @param[out] out       the document; yours to free
 *  @param[out] old_out   the scorecards as printed; yours to free; may be NULL
 *  @param[out] new_out   the scorecards as known by @p known_by; yours to free; may be NULL
 *  @param      printed   facts as they were counted for print, from a ledger that may know more
 *  @param      policy    whose metrics they were counted by
 *  @param      known_by  what was recorded by then, inclusive
 *  @param      lang      GRIDGOV_LANG_*
 *  @param      options   NULL: defaults; the months before as both tables look at them, with which
 *                        the one as printed was scored
 *  @param      job       may be NULL
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE facts of other metrics; GRIDGOV_EDATA a gap between the months
 *          before; GRIDGOV_ERANGE; GRIDGOV_ECANCELLED;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_restate(gridgov_bulletin **out, gridgov_scorecards **old_out,
                                           gridgov_scorecards **new_out,
                                           const gridgov_facts *printed,
                                           const gridgov_policy *policy, gridgov_time known_by,
                                           int32_t lang, const gridgov_score_options *options,
                                           gridgov_job *job, gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
