/* SPDX-License-Identifier: Apache-2.0 */
/** @file score.h
 *  One scorecard a grid: a line for every indicator, the bonus, the total, and out of how many
 *  points. Scoring is a pure function of facts and policy, in integers. For every card
 *  `total = out_of + Σ line points + group_cut + rescaled + bonus`, exactly; a line lies between −max
 *  and 0 unless its policy sets another floor and cap; the total has no cap. An indicator without
 *  data is *not assessed*: its maximum leaves `out_of`, so it is neither full marks nor zero, unless
 *  the policy counts it as full marks or rescales the rest.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static gridgov_points total(const gridgov_scorecards *cards, int64_t index) {
 *      gridgov_scorecard card = {.struct_size = sizeof card};
 *      return gridgov_scorecards_at(&card, cards, index) == GRIDGOV_OK ? card.total : 0;
 *  }
 *  @endcode */
#ifndef GRIDGOV_SCORE_H
#define GRIDGOV_SCORE_H

#include <gridgov/facts.h>
#include <gridgov/issues.h>
#include <gridgov/job.h>
#include <gridgov/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The scorecards of a period; immutable. */
typedef struct gridgov_scorecards gridgov_scorecards;

/** One grid's result; pointers are borrowed. */
typedef struct gridgov_scorecard {
    uint32_t struct_size;   /**< sizeof(gridgov_scorecard), set by the caller */
    int32_t bonus_state;    /**< GRIDGOV_CELL_UNKNOWN no ledger of adjustments, _BLANK none, _VALUE
                                 */
    int64_t unit;           /**< index of the grid in the units */
    int64_t row;            /**< row of dimension unit in the facts */
    const char *unit_name;  /**< name of the unit above, "高丰社区"; "" if none */
    const char *grid_name;  /**< "一网格" */
    const char *grid_code;  /**< may be "" */
    gridgov_points total;   /**< thousandths */
    gridgov_points out_of;  /**< sum of the maxima of the assessed indicators */
    gridgov_points bonus;   /**< sum of the adjustments; 0 unless bonus_state is _VALUE */
    int32_t total_state;    /**< _VALUE, or _UNKNOWN if nothing was assessed */
    int32_t unexplained;    /**< adjustments and deductions of its own that have no reason */
    gridgov_points group_cut;   /**< what floors and caps of groups add; 0 unless the policy has any */
    gridgov_points rescaled;    /**< what full marks for, or scaling over, unassessed indicators add */
    gridgov_points total_of;    /**< out of how many points the total stands: out_of, or the base */
    gridgov_points bonus_uncut; /**< the bonus before the policy's floor and cap */
} gridgov_scorecard;

/** One line of a card; pointers are borrowed. */
typedef struct gridgov_score_line {
    uint32_t struct_size;     /**< sizeof(gridgov_score_line), set by the caller */
    int32_t state;            /**< _BLANK nothing deducted, _VALUE, _UNKNOWN or _NOT_APPLICABLE not
                                   assessed */
    int64_t indicator;        /**< index in the policy */
    const char *code;         /**< the indicator's code */
    const char *name;         /**< the indicator's printed name */
    gridgov_points points;    /**< zero or negative; above zero only if the indicator has a cap above */
    gridgov_points uncut;     /**< before floor and cap, and before parts are rounded together */
    gridgov_points max;       /**< the indicator's maximum */
    int64_t numerator;        /**< what the rule shown counted; of a complement, what is left of the
                                   denominator */
    int64_t denominator;      /**< out of, or the quota in force; −1 for plain counts */
    int64_t rule;             /**< the rule shown: the first that leaves the line unassessed, else
                                   the first that moved points, else the first; GRIDGOV_NONE for a
                                   given deduction */
    int32_t origin;           /**< GRIDGOV_ORIGIN_* */
    int32_t reserved;         /**< 0 */
    int64_t missing;          /**< atoms that lacked the data, see gridgov_cell */
    const char *reason;       /**< of a given deduction; else "" */
    const char *source;       /**< of a given deduction; else "" */
} gridgov_score_line;

/** Score every grid that exists on a day of the period.
 *  @param[out] out     the cards in published order; yours to free. They keep facts' ledger alive.
 *  @param      facts   counted with this policy's metrics
 *  @param      policy  any; kept alive
 *  @param      issues  doubts: given deductions of unknown indicators, of no grid or beyond the
 *                      maximum, open parameters, monthly figures that contradict each other; may be
 *                      NULL
 *  @param      job     may be NULL
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE facts of other metrics; GRIDGOV_ERANGE overflow;
 *          GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_score_run(gridgov_scorecards **out, const gridgov_facts *facts,
                                             const gridgov_policy *policy, gridgov_issues *issues,
                                             gridgov_job *job, gridgov_error *err);

/** How to score; what is zero is not used. */
typedef struct gridgov_score_options {
    uint32_t struct_size;  /**< sizeof(gridgov_score_options) */
    int32_t reserved;      /**< 0 */
    const gridgov_scorecards *const *history; /**< the months before, the latest first, without a gap,
                                for rules that look at several months; may be NULL */
    int64_t history_count; /**< how many; more than the policy looks at are not used */
} gridgov_score_options;

/** Set options to their defaults.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_score_options_init(gridgov_score_options *options, size_t struct_size);

/** As gridgov_score_run(), with options. A grid is found in earlier months by its code, or by its
 *  name under the name of its unit.
 *  @param[out] out      as gridgov_score_run()
 *  @param      facts    as gridgov_score_run()
 *  @param      policy   as gridgov_score_run()
 *  @param      options  NULL: defaults; the history is only read during the call; its facts are
 *                       kept alive by the scorecards
 *  @param      issues   as gridgov_score_run()
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return as gridgov_score_run(); GRIDGOV_EDATA a gap in the history    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_score_run_with(gridgov_scorecards **out,
                                                  const gridgov_facts *facts,
                                                  const gridgov_policy *policy,
                                                  const gridgov_score_options *options,
                                                  gridgov_issues *issues, gridgov_job *job,
                                                  gridgov_error *err);

/** Number of cards; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_scorecards_count(const gridgov_scorecards *cards);

/** One card.    @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_scorecards_at(gridgov_scorecard *card_out,
                                                 const gridgov_scorecards *cards, int64_t index);

/** One line of a card, in the policy's order of indicators.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_scorecards_line_at(gridgov_score_line *line_out,
                                                      const gridgov_scorecards *cards, int64_t card,
                                                      int64_t line);

/** Index of the card of a grid; GRIDGOV_NONE.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_scorecards_find(const gridgov_scorecards *cards, int64_t unit);

/** The policy that scored; borrowed.    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_policy *gridgov_scorecards_policy(const gridgov_scorecards *cards);

/** The facts that were scored; borrowed.    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_facts *gridgov_scorecards_facts(const gridgov_scorecards *cards);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param cards  may be NULL
 *  @return @p cards    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_scorecards *gridgov_scorecards_hold(const gridgov_scorecards *cards);

/** Free cards; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_scorecards_free(gridgov_scorecards *cards);

#ifdef __cplusplus
}
#endif
#endif
