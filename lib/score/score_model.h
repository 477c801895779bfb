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
    int32_t bonus_state, total_state, unexplained, reserved;
} gg_score_card;

typedef struct gg_score_line {
    int32_t state, origin; /* origin 0: not set */
    gridgov_points points, uncut;
    int64_t numerator, denominator, rule, missing;
    const char *reason, *source;
} gg_score_line;

struct gridgov_scorecards {
    gg_share share;
    gridgov_facts *facts;
    gridgov_policy *policy;
    gg_arena arena;
    gg_score_card *cards;
    gg_score_line *lines;  /* card_count rows of the policy's indicators */
    int64_t *card_of_unit; /* GRIDGOV_NONE: no card */
    int64_t card_count, unit_count;
};

/* What one rule finds in one row of the facts. */
typedef struct gg_rule_result {
    int32_t state;            /* GRIDGOV_CELL_UNKNOWN, _NOT_APPLICABLE or _VALUE */
    int32_t origin;           /* GRIDGOV_ORIGIN_ROWS or _FACT */
    gridgov_points deduction; /* zero or positive; 0 unless state is _VALUE */
    int64_t numerator;        /* of a complement: what is left of the denominator */
    int64_t denominator;      /* −1 for counts */
    int64_t missing;
    int32_t contradiction; /* 1: a part larger than its whole, which leaves it unknown */
    int32_t reserved;
} gg_rule_result;

/* Evaluate a rule. 0, or -1 when a number leaves its range. */
int gg_rule_evaluate(gg_rule_result *result, const gridgov_policy *policy,
                     const gg_policy_rule *rule, const gridgov_facts *facts, int64_t row);

#endif
