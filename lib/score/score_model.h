/* SPDX-License-Identifier: Apache-2.0 */
/* Scorecards as stored: a row of lines per card. Names are borrowed from the facts' ledger and
 * units, and from the policy, which the cards keep alive. */
#ifndef GG_SCORE_MODEL_H
#define GG_SCORE_MODEL_H

#include "base/buf.h"
#include "policy_model.h"

#include <gridgov/score.h>

typedef struct gg_score_card {
    int64_t unit, row;
    const char *unit_name, *grid_name, *grid_code;
    gridgov_points total, out_of, bonus;
    gridgov_points bonus_uncut, group_cut, rescaled;
    int32_t bonus_state, total_state, unexplained;
    int32_t partial; /* 1: existed too few days to be assessed */
} gg_score_card;

typedef struct gg_score_line {
    int16_t state, origin; /* origin 0: not set */
    int32_t rule;          /* node shown; -1: none */
    int32_t given;         /* in the texts of given deductions; -1: none */
    int32_t reserved;
    gridgov_points points, uncut;
    int64_t numerator, denominator, missing;
} gg_score_line;

/* Why points were given. */
typedef struct gg_score_text {
    const char *reason, *source;
} gg_score_text;

/* Place of a card among the others; all zero unless the policy asks for it. */
typedef struct gg_score_standing {
    int64_t rank, tied; /* rank from 1, 0: not ranked; cards of the same rank, itself included */
    int32_t grade;      /* -1: none */
    int32_t peer;       /* -1: none */
    int32_t veto;       /* first veto that applies; -1: none */
    int32_t below;      /* months in a row below the standard, if enough to be listed; else 0 */
} gg_score_standing;

/* A unit above grids and the mean of their totals. */
typedef struct gg_score_unit {
    int64_t unit, cards, counted; /* cards below it, and those whose total stands out of the base */
    gridgov_points sum, mean;
} gg_score_unit;

#define GG_HISTORY_MAX 11 /* months before this one */

/* The months before that a policy looks at, newest first, and where their rows are. */
typedef struct gg_score_past {
    int64_t count;
    gridgov_facts *facts[GG_HISTORY_MAX]; /* held */
    int64_t *rows[GG_HISTORY_MAX]; /* by row of dimension unit of this month: the row there, or
                                      GRIDGOV_NONE */
} gg_score_past;

struct gridgov_scorecards {
    gg_share share;
    gridgov_facts *facts;
    gridgov_policy *policy;
    gg_score_past past;
    gg_arena arena;
    gg_score_card *cards;
    gg_score_line *lines;  /* card_count rows of the policy's indicators */
    int64_t *card_of_unit; /* GRIDGOV_NONE: no card */
    gg_score_text *texts;
    gg_score_standing *standings; /* one a card */
    gg_score_unit *units;
    gridgov_points *totals; /* one a card, as columns */
    int64_t *ranks;
    int64_t card_count, unit_count, text_count, mean_count;
};

/* Where a rule is evaluated. */
typedef struct gg_rule_place {
    const gridgov_policy *policy;
    const gridgov_facts *facts;
    int64_t row;
    const gg_score_past *past; /* NULL: none */
} gg_rule_place;

/* What one rule finds in one row of the facts. */
typedef struct gg_rule_result {
    int32_t state;            /* GRIDGOV_CELL_UNKNOWN, _NOT_APPLICABLE or _VALUE */
    int32_t origin;           /* GRIDGOV_ORIGIN_ROWS or _FACT */
    gridgov_points deduction; /* zero or positive; 0 unless state is _VALUE; of an award what it
                                 gives */
    int64_t numerator;        /* of a complement: what is left of the denominator */
    int64_t denominator;      /* −1 for counts */
    int64_t missing;
    int64_t rule;          /* the node that is shown */
    int32_t contradiction; /* 1: a part larger than its whole, which leaves it unknown */
    int32_t reserved;
} gg_rule_result;

/* Evaluate a node and those below it; nodes are its owner's. 0, or -1 when a number leaves its
 * range. */
int gg_rule_evaluate(gg_rule_result *result, const gg_rule_place *place,
                     const gg_policy_rule *nodes, int64_t index);
/* A node in an earlier month of the same grid: 1 if it cost points there, 0 if not, -1 if that is
 * not known, -2 on overflow. */
int gg_rule_cost_before(const gg_rule_place *place, const gg_policy_rule *nodes, int64_t index,
                        int64_t months_ago);
/* Calendar days of the period: all, or those on which the grid of a row exists. */
int64_t gg_score_days(const gridgov_facts *facts, int64_t row, int64_t count);
/* How far a state is from a number: the farthest decides. */
int gg_rule_doubt(int32_t state);
/* a·b/c rounded by a named method, half up for those that are none of one number. 0, or -1. */
int gg_round_quotient(int64_t *out, int64_t a, int64_t b, int64_t c, int32_t rounding);
/* The last decimal that the policy keeps, in thousandths. */
int64_t gg_policy_unit(const gridgov_policy *policy);

/* score_history.c: hold the facts of earlier months and find the rows there. What was filled is to
 * be released in any case. */
gridgov_status gg_past_open(gg_score_past *past, const gridgov_facts *facts,
                            const gridgov_policy *policy, const gridgov_scorecards *const *months,
                            int64_t count, gridgov_error *err);
void gg_past_release(gg_score_past *past);

/* score_total.c: from lines to the total of a card. 0, or -1 on overflow. */
int gg_score_total(gg_score_card *card, gg_score_line *lines, const gridgov_policy *policy);
/* Sum of a group's lines and what its bounds add to it, from the lines of a card. 0, or -1. */
int gg_score_group_cut(gridgov_points *cut, gridgov_points *sum, const gg_score_line *lines,
                       const gg_policy_group *group);
/* Out of how many points the total stands: the base unless unassessed indicators are left out. */
gridgov_points gg_score_total_of(const gg_score_card *card, const gridgov_policy *policy);

/* score_standing.c: grades, vetoes, ranks, means, columns. */
gridgov_status gg_score_stand(gridgov_scorecards *cards, const gridgov_scorecards *const *history,
                              gridgov_error *err);

#endif
