/* SPDX-License-Identifier: Apache-2.0 */
/** @file codes_score.h
 *  Points: rules, totals, ranks, where a line comes from, and why it differs under another
 *  policy. Part of codes.h, whose functions turn each constant into its text and back. */
#ifndef GRIDGOV_CODES_SCORE_H
#define GRIDGOV_CODES_SCORE_H

/** How a score rule turns facts into points; see policy.h. */
enum {
    GRIDGOV_SCORE_RULE_PER_UNIT = 1,      /**< −points for each unit counted */
    GRIDGOV_SCORE_RULE_ANY = 2,           /**< −points once if the count is not zero */
    GRIDGOV_SCORE_RULE_BELOW = 3,         /**< −points once if the ratio is below the threshold */
    GRIDGOV_SCORE_RULE_PER_PERCENT = 4,   /**< −points for each percentage point below the threshold
                                               */
    GRIDGOV_SCORE_RULE_BANDS = 5,         /**< points by band of a count or a ratio */
    GRIDGOV_SCORE_RULE_AT_LEAST = 6,      /**< −points once if the count is smaller; as an award
                                               +points if it is reached */
    GRIDGOV_SCORE_RULE_QUOTA = 7,         /**< −points for each unit short of a quota */
    GRIDGOV_SCORE_RULE_TASK_DAYS = 8,     /**< −points a day short, days = ⌊done/task × required⌋ */
    GRIDGOV_SCORE_RULE_STAGED = 9,        /**< −points for each unit, dearer from stage to stage */
    GRIDGOV_SCORE_RULE_TABLE = 10,        /**< points by two conditions, looked up in a table */
    GRIDGOV_SCORE_RULE_CONSECUTIVE = 11,  /**< −points if its rule costs points months in a row */
    GRIDGOV_SCORE_RULE_SUM = 12,          /**< its rules together */
    GRIDGOV_SCORE_RULE_LEAST = 13,        /**< the one of its rules with the fewest points */
    GRIDGOV_SCORE_RULE_GREATEST = 14      /**< the one of its rules with the most points */
};

/** How a part of a percentage point counts in GRIDGOV_SCORE_RULE_PER_PERCENT. */
enum {
    GRIDGOV_PART_EXACT = 1,  /**< in proportion: half a point below costs half; rounded once, to a
                                  thousandth */
    GRIDGOV_PART_FULL = 2,   /**< only whole points below the threshold count */
    GRIDGOV_PART_STARTED = 3 /**< a point that has begun counts as a whole one */
};

/** What a total does about indicators that were not assessed. */
enum {
    GRIDGOV_NOT_ASSESSED_LEAVE_OUT = 1,  /**< the total stands out of fewer points */
    GRIDGOV_NOT_ASSESSED_FULL_MARKS = 2, /**< they count as full marks */
    GRIDGOV_NOT_ASSESSED_RESCALE = 3     /**< the rest is scaled up to the full base */
};

/** How equal totals are ranked. */
enum {
    GRIDGOV_RANKING_COMPETITION = 1, /**< 1 2 2 4 */
    GRIDGOV_RANKING_DENSE = 2        /**< 1 2 2 3 */
};

/** What decides between equal totals. */
enum {
    GRIDGOV_TIE_BREAK_INDICATOR = 1, /**< fewer points lost in an indicator */
    GRIDGOV_TIE_BREAK_METRIC = 2,    /**< more, or fewer, of a metric */
    GRIDGOV_TIE_BREAK_BONUS = 3      /**< the larger bonus */
};

/** Where a score line comes from. */
enum {
    GRIDGOV_ORIGIN_ROWS = 1,      /**< counted from raw rows */
    GRIDGOV_ORIGIN_FACT = 2,      /**< a monthly figure was given */
    GRIDGOV_ORIGIN_DEDUCTION = 3  /**< signed points were given with source and reason */
};

/** What became of a clause between two policies. */
enum { GRIDGOV_CHANGE_ADDED = 1, GRIDGOV_CHANGE_REMOVED = 2, GRIDGOV_CHANGE_CHANGED = 3 };

/** Why an indicator differs under another policy; see replay.h. */
enum {
    GRIDGOV_CAUSE_SAME = 1,     /**< it does not differ */
    GRIDGOV_CAUSE_RULE = 2,     /**< the same was counted, the rule or its numbers differ */
    GRIDGOV_CAUSE_COUNT = 3,    /**< something else was counted */
    GRIDGOV_CAUSE_ASSESSED = 4, /**< assessed under one of them only */
    GRIDGOV_CAUSE_LEFT_OUT = 5, /**< the other has it not, or it was taken out */
    GRIDGOV_CAUSE_ADDED = 6,    /**< only the other has it */
    GRIDGOV_CAUSE_MAXIMUM = 7,  /**< the same points lost, of another maximum */
    GRIDGOV_CAUSE_RESCALED = 8  /**< the total was rescaled, or made in another way */
};

#endif
