/* SPDX-License-Identifier: Apache-2.0 */
/** @file standing.h
 *  The place of a scorecard among the others, as far as its policy asks for it: grade and veto
 *  (一票否决), peer group, rank, means of units, who stands below the standard; and scores as plain
 *  columns. Only totals out of the full base are graded, ranked and averaged.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t first(const gridgov_scorecards *cards) {
 *      gridgov_score_columns columns = {.struct_size = sizeof columns};
 *      gridgov_scorecards_columns(&columns, cards);
 *      for (int64_t i = 0; i < columns.count; i++) {
 *          if (columns.ranks[i] == 1) {
 *              return i;
 *          }
 *      }
 *      return GRIDGOV_NONE;
 *  }
 *  @endcode */
#ifndef GRIDGOV_STANDING_H
#define GRIDGOV_STANDING_H

#include <gridgov/policy.h>
#include <gridgov/score.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a policy does with lines and totals. What is off is 0. */
typedef struct gridgov_policy_settings {
    uint32_t struct_size;       /**< sizeof(gridgov_policy_settings), set by the caller */
    int32_t not_assessed;       /**< GRIDGOV_NOT_ASSESSED_* */
    int32_t rounding;           /**< GRIDGOV_ROUNDING_* of the points of a rule */
    int32_t decimals;           /**< 0 … 3 of those points */
    int32_t ranking;            /**< GRIDGOV_RANKING_*; 0: off */
    int32_t ranked_by_peers;    /**< 1: each peer group has ranks of its own */
    int32_t mean_rounding;      /**< GRIDGOV_ROUNDING_* of the means of units; 0: off */
    int32_t mean_decimals;      /**< 0 … 3 */
    int32_t standard_months;    /**< months in a row below the standard that put a grid on the list;
                                     0: there is no standard */
    int32_t months;             /**< months that the longest rule looks at, this one included */
    gridgov_points standard;    /**< totals below it are listed */
    const char *standard_name;  /**< "低于标准"; borrowed; "" if there is none */
    const char *standard_name_en; /**< may be "" */
    int32_t has_bonus_floor;    /**< 1: the bonus of a card has a lower bound */
    int32_t has_bonus_cap;      /**< 1: the bonus of a card has an upper bound */
    gridgov_points bonus_floor; /**< 0 if there is none */
    gridgov_points bonus_cap;   /**< 0 if there is none */
} gridgov_policy_settings;

/** A grade; pointers are borrowed. */
typedef struct gridgov_grade {
    uint32_t struct_size;    /**< sizeof(gridgov_grade), set by the caller */
    int32_t reserved;        /**< 0 */
    const char *code;        /**< "good" */
    const char *name;        /**< "优秀" */
    const char *name_en;     /**< may be "" */
    gridgov_points at_least; /**< lowest total; INT64_MIN for the last grade */
} gridgov_grade;

/** A group of grids that are compared with each other; pointers are borrowed. */
typedef struct gridgov_peer_group {
    uint32_t struct_size; /**< sizeof(gridgov_peer_group), set by the caller */
    int32_t otherwise;    /**< 1: takes what no other group takes */
    const char *code;     /**< "village" */
    const char *name;     /**< "村" */
    const char *name_en;  /**< may be "" */
} gridgov_peer_group;

/** A veto (一票否决); pointers are borrowed. */
typedef struct gridgov_veto {
    uint32_t struct_size;  /**< sizeof(gridgov_veto), set by the caller */
    int32_t reserved;      /**< 0 */
    const char *code;      /**< "accident" */
    const char *name;      /**< "安全生产责任事故" */
    const char *name_en;   /**< may be "" */
    const char *clause;    /**< may be "" */
    const char *source;    /**< may be "" */
    const char *certainty; /**< "published", "reconstructed" or "ours" */
    int64_t grade;         /**< index of the grade it forces */
    int64_t metric;        /**< first metric of its rule; GRIDGOV_NONE */
} gridgov_veto;

/** The place of one card. */
typedef struct gridgov_standing {
    uint32_t struct_size;  /**< sizeof(gridgov_standing), set by the caller */
    int32_t grade;         /**< index of its grade; −1: none */
    int32_t peer_group;    /**< index of its peer group; −1: none */
    int32_t veto;          /**< index of the first veto that applies and forces the grade; −1: none */
    int64_t rank;          /**< from 1; 0: not ranked */
    int64_t tied;          /**< cards of this rank, itself included; 0: not ranked */
    int32_t months_below;  /**< months in a row below the standard; 0: not on the list */
    int32_t partial;       /**< 1: existed too few days of the month to be assessed */
} gridgov_standing;

/** One group of indicators on a card. */
typedef struct gridgov_card_group {
    uint32_t struct_size;  /**< sizeof(gridgov_card_group), set by the caller */
    int32_t reserved;      /**< 0 */
    gridgov_points points; /**< sum of its lines */
    gridgov_points cut;    /**< what the group's floor or cap adds to it */
    gridgov_points out_of; /**< maxima of its assessed indicators */
} gridgov_card_group;

/** A unit above grids, and the mean of their totals; pointers are borrowed. */
typedef struct gridgov_unit_mean {
    uint32_t struct_size; /**< sizeof(gridgov_unit_mean), set by the caller */
    int32_t state;        /**< GRIDGOV_CELL_VALUE; _UNKNOWN: none of its totals stands out of the base
                               */
    int64_t unit;         /**< index in the units */
    const char *name;     /**< "高丰社区" */
    int64_t cards;        /**< its grids */
    int64_t counted;      /**< those whose totals the mean is over */
    gridgov_points mean;  /**< rounded as the policy says */
} gridgov_unit_mean;

/** Scores as plain arrays, one element a card; pointers are borrowed. */
typedef struct gridgov_score_columns {
    uint32_t struct_size;         /**< sizeof(gridgov_score_columns), set by the caller */
    int32_t reserved;             /**< 0 */
    int64_t count;                /**< number of cards */
    const gridgov_points *totals; /**< thousandths; the bonus alone where nothing was assessed */
    const int64_t *ranks;         /**< 0: not ranked */
} gridgov_score_columns;

/** What a policy does with lines and totals.
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_settings_get(gridgov_policy_settings *settings_out,
                                                       const gridgov_policy *policy);

/** Number of grades; 0: no grades are given.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_policy_grade_count(const gridgov_policy *policy);
/** One grade, best first.    @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_grade_at(gridgov_grade *grade_out,
                                                   const gridgov_policy *policy, int64_t index);

/** Number of peer groups.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_policy_peer_count(const gridgov_policy *policy);
/** One peer group.    @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_peer_at(gridgov_peer_group *group_out,
                                                  const gridgov_policy *policy, int64_t index);

/** Number of vetoes.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_policy_veto_count(const gridgov_policy *policy);
/** One veto.    @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_veto_at(gridgov_veto *veto_out,
                                                  const gridgov_policy *policy, int64_t index);

/** The place of one card.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_scorecards_standing_at(gridgov_standing *standing_out,
                                                          const gridgov_scorecards *cards,
                                                          int64_t card);

/** One group of indicators on a card, in the policy's order of groups.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_scorecards_group_at(gridgov_card_group *group_out,
                                                       const gridgov_scorecards *cards,
                                                       int64_t card, int64_t group);

/** Number of units with a mean; 0 unless the policy asks for means.    @threads safe
 *  @since 0.1 */
GRIDGOV_API int64_t gridgov_scorecards_mean_count(const gridgov_scorecards *cards);
/** One unit and its mean, in the order of their first grids.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_scorecards_mean_at(gridgov_unit_mean *mean_out,
                                                      const gridgov_scorecards *cards,
                                                      int64_t index);

/** Totals and ranks as plain arrays.
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_scorecards_columns(gridgov_score_columns *columns_out,
                                                      const gridgov_scorecards *cards);

#ifdef __cplusplus
}
#endif
#endif
