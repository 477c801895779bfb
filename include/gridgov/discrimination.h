/* SPDX-License-Identifier: Apache-2.0 */
/** @file discrimination.h
 *  What the scores of a month tell grids apart by: the share of the totals' variance that each
 *  indicator and the bonus carry, points that tell nobody from anybody, ties, and how much hangs on
 *  a single adjustment. It says what a table measures, not whether that is right.
 *
 *  A share is the covariance of a column with the total over the variance of the total. Shares are
 *  exact ratios of whole numbers, add up to 1, and may be negative. They are taken over the cards
 *  whose totals stand out of the same points: the most frequent, and the most points of those.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t idle_points(const gridgov_scorecards *cards) {
 *      gridgov_discrimination *report = NULL;
 *      gridgov_discrimination_summary summary = {.struct_size = sizeof summary};
 *      if (gridgov_discriminate(&report, cards, NULL) == GRIDGOV_OK) {
 *          gridgov_discrimination_summary_get(&summary, report);
 *      }
 *      gridgov_discrimination_free(report);
 *      return summary.idle;
 *  }
 *  @endcode */
#ifndef GRIDGOV_DISCRIMINATION_H
#define GRIDGOV_DISCRIMINATION_H

#include <gridgov/io.h>
#include <gridgov/score.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A report; immutable. It keeps its scorecards alive. */
typedef struct gridgov_discrimination gridgov_discrimination;

/** The report in numbers. */
typedef struct gridgov_discrimination_summary {
    uint32_t struct_size;    /**< sizeof(gridgov_discrimination_summary), set by the caller */
    int32_t has_variance;    /**< 0: all totals are equal, and every share is 0/0 */
    int64_t cards;           /**< cards compared */
    int64_t left_out;        /**< cards out of other points, or not assessed */
    gridgov_points total_of; /**< out of how many points the totals compared stand */
    gridgov_points idle;     /**< maxima of the indicators without variance */
    int64_t distinct;        /**< different totals */
    int64_t tied;            /**< cards that share their total with another */
    int64_t largest_tie;     /**< cards of the most frequent total */
    gridgov_points tie_total;/**< that total; the highest if several are as frequent */
    gridgov_points sum;      /**< of the totals compared */
} gridgov_discrimination_summary;

/** One column of the table; pointers are borrowed. */
typedef struct gridgov_discrimination_item {
    uint32_t struct_size; /**< sizeof(gridgov_discrimination_item), set by the caller */
    int32_t has_variance; /**< 0: every card has the same points here */
    int64_t indicator;    /**< index in the policy; GRIDGOV_NONE for the bonus and for the rest */
    const char *code;     /**< the indicator's code; "bonus"; "rest" for bounds of groups and rescaling
                               */
    const char *name;     /**< printed name */
    gridgov_points max;   /**< the indicator's maximum; 0 for the others */
    int64_t moved;        /**< cards with points other than 0 */
    int64_t numerator;    /**< of the share */
    int64_t denominator;  /**< of the share, the same for all; 0 if the totals have no variance */
} gridgov_discrimination_item;

/** What hangs on the bonus of one card. */
typedef struct gridgov_leverage {
    uint32_t struct_size;   /**< sizeof(gridgov_leverage), set by the caller */
    int32_t reserved;       /**< 0 */
    int64_t card;           /**< index of the card */
    gridgov_points points;  /**< its bonus */
    int64_t numerator;      /**< of the share of the totals' variance that goes if the bonus does */
    int64_t denominator;    /**< of that share */
    int64_t passed;         /**< cards whose order to this one changes if the bonus goes */
} gridgov_leverage;

/** Look at the scores of a month.
 *  @param[out] out    the report; yours to free
 *  @param      cards  any
 *  @param[out] err    may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE a sum leaves its range; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_discriminate(gridgov_discrimination **out,
                                                const gridgov_scorecards *cards,
                                                gridgov_error *err);

/** The report in numbers.    @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status
gridgov_discrimination_summary_get(gridgov_discrimination_summary *summary_out,
                                   const gridgov_discrimination *report);

/** One column: the indicators in the policy's order, then the bonus, then the rest.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_discrimination_at(gridgov_discrimination_item *item_out,
                                                     const gridgov_discrimination *report,
                                                     int64_t index);

/** One card with a bonus, in the order of cards.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_discrimination_leverage_at(gridgov_leverage *leverage_out,
                                                              const gridgov_discrimination *report,
                                                              int64_t index);

/** The report as JSON, `gridgov.discrimination/1`.
 *  @param[out] out     the text; yours to free
 *  @param      report  any
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_discrimination_json(gridgov_bytes **out,
                                                       const gridgov_discrimination *report,
                                                       gridgov_error *err);

/** Free a report; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_discrimination_free(gridgov_discrimination *report);

#ifdef __cplusplus
}
#endif
#endif
