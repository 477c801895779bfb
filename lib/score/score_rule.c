/* SPDX-License-Identifier: Apache-2.0 */
/* One deduction rule over one row of facts. A ratio n/d is compared with a threshold of t
 * thousandths of a percent as 100 000·n against t·d, so nothing is rounded before the points are;
 * the shortfall of "per_percent" is (t·d − 100 000·n)/(1000·d) percentage points and is rounded
 * once, half away from zero, to a thousandth of a point.
 *
 * 0/0 is neither full nor empty: the policy says per rule whether it counts as full marks or is not
 * assessed. A part larger than its whole cannot be counted (only a wrong monthly figure gives it)
 * and is left unassessed; bands over a plain ratio may pass 100 percent, as more visits than were
 * required do. */
#include "score_model.h"

#include "base/num.h"

#define WHOLE 100000 /* 100 percent, in thousandths */
#define PERCENT 1000 /* one percentage point, in thousandths */

/* 100 000·n − t·d: negative below the threshold. 0, or -1 on overflow. */
static int compare_ratio(int64_t *out, const gg_rule_result *r, int64_t threshold) {
    int64_t left, right;
    return gg_mul(&left, WHOLE, r->numerator) != 0 || gg_mul(&right, threshold, r->denominator) != 0
               ? -1
               : gg_sub(out, left, right);
}

/* Points for each percentage point below the threshold. */
static int per_percent(gg_rule_result *r, const gg_policy_rule *rule) {
    int64_t distance, unit, steps;
    if (compare_ratio(&distance, r, rule->threshold) != 0 ||
        gg_mul(&unit, PERCENT, r->denominator) != 0) {
        return -1;
    }
    if (distance >= 0) {
        return 0;
    }
    distance = -distance; /* at most t·d, which fits */
    if (rule->part == GRIDGOV_PART_EXACT) {
        return gg_mul_div(&r->deduction, rule->points, distance, unit);
    }
    steps = distance / unit;
    if (rule->part == GRIDGOV_PART_STARTED && distance % unit != 0) {
        steps++;
    }
    return gg_mul(&r->deduction, rule->points, steps);
}

/* Points of the first band that the value reaches. */
static int by_band(gg_rule_result *r, const gridgov_policy *policy, const gg_policy_rule *rule) {
    for (int64_t i = 0; i < rule->band_count; i++) {
        const gg_policy_band *band = &policy->bands[rule->first_band + i];
        int64_t above = 0;
        if (band->at_least != INT64_MIN) {
            if (r->denominator < 0) {
                above = r->numerator >= band->at_least ? 0 : -1;
            } else if (compare_ratio(&above, r, band->at_least) != 0) {
                return -1;
            }
        }
        if (above >= 0) {
            r->deduction = band->points;
            return 0;
        }
    }
    return 0;
}

/* Points of a rule whose numbers are known. */
static int deduct(gg_rule_result *r, const gridgov_policy *policy, const gg_policy_rule *rule) {
    int64_t distance;
    switch (rule->kind) {
    case GRIDGOV_SCORE_RULE_PER_UNIT:
        return gg_mul(&r->deduction, rule->points, r->numerator);
    case GRIDGOV_SCORE_RULE_ANY:
        r->deduction = r->numerator != 0 ? rule->points : 0;
        return 0;
    case GRIDGOV_SCORE_RULE_BELOW:
        if (compare_ratio(&distance, r, rule->threshold) != 0) {
            return -1;
        }
        r->deduction = distance < 0 ? rule->points : 0;
        return 0;
    case GRIDGOV_SCORE_RULE_PER_PERCENT:
        return per_percent(r, rule);
    default:
        return by_band(r, policy, rule);
    }
}

/* Take one cell into the result; unknown outweighs not applicable. */
static int64_t take_cell(gg_rule_result *r, const gridgov_facts *facts, int64_t row,
                         int64_t metric) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_UNIT, row, metric);
    if (cell.state == GRIDGOV_CELL_UNKNOWN) {
        r->state = GRIDGOV_CELL_UNKNOWN;
    } else if (cell.state == GRIDGOV_CELL_NOT_APPLICABLE && r->state == GRIDGOV_CELL_VALUE) {
        r->state = GRIDGOV_CELL_NOT_APPLICABLE;
    }
    if (cell.origin == GRIDGOV_ORIGIN_FACT) {
        r->origin = GRIDGOV_ORIGIN_FACT;
    }
    r->missing = cell.missing > r->missing ? cell.missing : r->missing;
    return cell.value;
}

/* A ratio's own cases: a part larger than the whole, nothing out of nothing, and the complement. 1
 * if points follow. */
static int enter_ratio(gg_rule_result *r, const gg_policy_rule *rule) {
    int is_part = rule->complement || rule->kind != GRIDGOV_SCORE_RULE_BANDS;
    if (r->numerator > r->denominator && (is_part || r->denominator == 0)) {
        r->state = GRIDGOV_CELL_UNKNOWN;
        r->contradiction = 1;
        return 0;
    }
    if (r->denominator == 0) {
        r->state = rule->when_empty == GRIDGOV_CELL_BLANK ? GRIDGOV_CELL_VALUE
                                                          : GRIDGOV_CELL_NOT_APPLICABLE;
        return 0;
    }
    if (rule->complement) {
        r->numerator = r->denominator - r->numerator;
    }
    return 1;
}

int gg_rule_evaluate(gg_rule_result *result, const gridgov_policy *policy,
                     const gg_policy_rule *rule, const gridgov_facts *facts, int64_t row) {
    *result = (gg_rule_result){
        .state = GRIDGOV_CELL_VALUE, .origin = GRIDGOV_ORIGIN_ROWS, .denominator = -1};
    result->numerator = take_cell(result, facts, row, rule->numerator);
    if (rule->denominator != GRIDGOV_NONE) {
        result->denominator = take_cell(result, facts, row, rule->denominator);
    }
    if (!rule->configured) {
        result->state = GRIDGOV_CELL_UNKNOWN;
    }
    if (result->state != GRIDGOV_CELL_VALUE ||
        (rule->denominator != GRIDGOV_NONE && !enter_ratio(result, rule))) {
        return 0;
    }
    return deduct(result, policy, rule);
}
