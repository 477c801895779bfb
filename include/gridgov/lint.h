/* SPDX-License-Identifier: Apache-2.0 */
/** @file lint.h
 *  What is doubtful in a policy that loads: steps that no value reaches, rules that never move a
 *  point, points beyond their maximum, silence that is rewarded, ratios that one case decides,
 *  thresholds left open, and indicators that rules in force bar as a basis of appraisal. Everything
 *  is proved on whole numbers and intervals, nothing is sampled. Each finding is an issue with a rule
 *  of its own, whose field says where in the policy it stands.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t doubts(const gridgov_policy *policy, gridgov_issues *issues) {
 *      int64_t count = 0;
 *      gridgov_policy_lint(&count, policy, NULL, issues, NULL);
 *      return count;
 *  }
 *  @endcode
 *
 *  What is barred is data: a document `gridgov.bars/1` (docs/policy.md), by default the built-in pack
 *  `china`. */
#ifndef GRIDGOV_LINT_H
#define GRIDGOV_LINT_H

#include <gridgov/issues.h>
#include <gridgov/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How to look. */
typedef struct gridgov_lint_options {
    uint32_t struct_size; /**< sizeof(gridgov_lint_options) */
    gridgov_day day;      /**< the day it is to be used on; GRIDGOV_NO_DAY: any day of its validity */
    const char *bars;     /**< a document `gridgov.bars/1`; NULL: the built-in one */
    size_t bars_size;     /**< bytes of @p bars */
} gridgov_lint_options;

/** Set options to their defaults.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_lint_options_init(gridgov_lint_options *options, size_t struct_size);

/** Look for doubts in a policy.
 *  @param[out] count_out  findings
 *  @param      policy     any
 *  @param      options    NULL: defaults
 *  @param      issues     takes the findings; may be NULL
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK, findings or not; GRIDGOV_EPOLICY, GRIDGOV_EFORMAT or GRIDGOV_ELIMIT the
 *          document of bars; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_lint(int64_t *count_out, const gridgov_policy *policy,
                                               const gridgov_lint_options *options,
                                               gridgov_issues *issues, gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
