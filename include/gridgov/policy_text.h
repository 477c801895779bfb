/* SPDX-License-Identifier: Apache-2.0 */
/** @file policy_text.h
 *  A policy as a document for people (考核细则), clause by clause and in the words of its numbers; and
 *  what differs between two policies, clause by clause.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static gridgov_status as_markdown(gridgov_bytes **out) {
 *      gridgov_policy *policy = NULL;
 *      gridgov_status status = gridgov_policy_open(&policy, "baiguan-2021", 12, NULL, 0, NULL);
 *      if (status == GRIDGOV_OK) {
 *          status = gridgov_policy_text(out, policy, GRIDGOV_LANG_ZH, NULL);
 *      }
 *      gridgov_policy_free(policy);
 *      return status;
 *  }
 *  @endcode */
#ifndef GRIDGOV_POLICY_TEXT_H
#define GRIDGOV_POLICY_TEXT_H

#include <gridgov/codes.h>
#include <gridgov/io.h>
#include <gridgov/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What differs between two policies; immutable. */
typedef struct gridgov_policy_diff gridgov_policy_diff;

/** One difference; pointers are borrowed. */
typedef struct gridgov_policy_change {
    uint32_t struct_size; /**< sizeof(gridgov_policy_change), set by the caller */
    int32_t kind;         /**< GRIDGOV_CHANGE_* */
    const char *place;    /**< "indicators/closure/rules" */
    const char *title;    /**< "结案率 规则" */
    const char *before;   /**< in words; "" of what was added */
    const char *after;    /**< in words; "" of what was removed */
} gridgov_policy_change;

/** The whole policy as Markdown: groups, indicators, rules in words, thresholds, what is done with the
 *  totals, parameters with value and source.
 *  @param[out] out     the text; yours to free
 *  @param      policy  any
 *  @param      lang    GRIDGOV_LANG_*
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_text(gridgov_bytes **out, const gridgov_policy *policy,
                                               int32_t lang, gridgov_error *err);

/** One rule of an indicator in words, those below it included.
 *  @param[out] out        the text; yours to free
 *  @param      policy     any
 *  @param      indicator  index
 *  @param      rule       index in the indicator's rules
 *  @param      lang       GRIDGOV_LANG_*
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_rule_text(gridgov_bytes **out,
                                                    const gridgov_policy *policy,
                                                    int64_t indicator, int64_t rule, int32_t lang,
                                                    gridgov_error *err);

/** Compare two policies, clause by clause. What stands at the same place (indicators, groups, grades
 *  and parameters by code) is compared in words; order alone is no difference.
 *  @param[out] out   the differences; yours to free
 *  @param      a,b   before and after
 *  @param      lang  GRIDGOV_LANG_* of the words
 *  @param[out] err   may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_compare(gridgov_policy_diff **out,
                                                  const gridgov_policy *a, const gridgov_policy *b,
                                                  int32_t lang, gridgov_error *err);

/** Number of differences; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_policy_diff_count(const gridgov_policy_diff *diff);
/** One difference: what was changed or removed in the order of the first policy, then what was added
 *  in the order of the second.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_diff_at(gridgov_policy_change *change_out,
                                                  const gridgov_policy_diff *diff, int64_t index);

/** The differences as JSON, `gridgov.policy-diff/1`.
 *  @param[out] out   the text; yours to free
 *  @param      diff  any
 *  @param[out] err   may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_diff_json(gridgov_bytes **out,
                                                    const gridgov_policy_diff *diff,
                                                    gridgov_error *err);

/** Free differences; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_policy_diff_free(gridgov_policy_diff *diff);

#ifdef __cplusplus
}
#endif
#endif
