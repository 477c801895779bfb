/* SPDX-License-Identifier: Apache-2.0 */
/* Rules over one row of facts. A ratio n/d is compared with a threshold of t thousandths of a
 * percent as 100 000·n against t·d, so nothing is rounded before the points are; the shortfall of
 * "per_percent" is (t·d − 100 000·n)/(1000·d) percentage points. What a rule costs is rounded once,
 * by the method and to the decimals that the policy names.
 *
 * 0/0 is neither full nor empty: the policy says per rule whether it counts as full marks or is not
 * assessed; so it is with a denominator below the smallest that is judged. A part larger than its
 * whole and a difference below zero cannot be counted (only wrong figures give them) and are left
 * unassessed; bands over a plain ratio may pass 100 percent, as more visits than were required do.
 *
 * A tree is walked over its nodes in pre-order: the node after a rule is the first below it, and
 * its span leads past the last. */
#include "score_model.h"

#include "base/num.h"

#include <gridgov/civil.h>
#include <gridgov/units.h>

#define WHOLE 100000 /* 100 percent, in thousandths */
#define PERCENT 1000 /* one percentage point, in thousandths */

int gg_round_quotient(int64_t *out, int64_t a, int64_t b, int64_t c, int32_t rounding) {
    int rest = 0;
    int64_t quotient;
    if (gg_mul_div_rest(&quotient, &rest, a, b, c) != 0) {
        return -1;
    }
    switch (rounding) {
    case GRIDGOV_ROUNDING_TRUNCATE:
        rest = 0;
        break;
    case GRIDGOV_ROUNDING_HALF_EVEN:
        rest = rest == 3 || (rest == 2 && quotient % 2 != 0);
        break;
    default:
        rest = rest >= 2;
        break;
    }
    return gg_add(out, quotient, rest == 0 ? 0 : (a < 0) != (b < 0) ? -1 : 1);
}

int64_t gg_policy_unit(const gridgov_policy *policy) {
    static const int64_t units[] = {1000, 100, 10, 1};
    return units[policy->decimals];
}

/* points · n/d, rounded as the policy says. Parts of a whole are rounded later, together. */
static int rounded_points(int64_t *out, const gridgov_policy *policy, gridgov_points points,
                          int64_t n, int64_t d) {
    int together = policy->rounding == GRIDGOV_ROUNDING_LARGEST_REMAINDER;
    int64_t unit = together ? 1 : gg_policy_unit(policy);
    int64_t divisor, steps;
    return gg_mul(&divisor, d, unit) != 0 ||
                   gg_round_quotient(&steps, points, n, divisor, policy->rounding) != 0
               ? -1
               : gg_mul(out, steps, unit);
}

/* 100 000·n − t·d: negative below the threshold. 0, or -1 on overflow. */
static int compare_ratio(int64_t *out, int64_t n, int64_t d, int64_t threshold) {
    int64_t left, right;
    return gg_mul(&left, WHOLE, n) != 0 || gg_mul(&right, threshold, d) != 0
               ? -1
               : gg_sub(out, left, right);
}

/* Points for each percentage point below the threshold. */
static int per_percent(gg_rule_result *r, const gridgov_policy *policy,
                       const gg_policy_rule *rule) {
    int64_t distance, unit, steps;
    if (compare_ratio(&distance, r->numerator, r->denominator, rule->threshold) != 0 ||
        gg_mul(&unit, PERCENT, r->denominator) != 0) {
        return -1;
    }
    if (distance >= 0) {
        return 0;
    }
    distance = -distance; /* at most t·d, which fits */
    if (rule->part == GRIDGOV_PART_EXACT) {
        return rounded_points(&r->deduction, policy, rule->points, distance, unit);
    }
    steps = distance / unit;
    if (rule->part == GRIDGOV_PART_STARTED && distance % unit != 0) {
        steps++;
    }
    return gg_mul(&r->deduction, rule->points, steps);
}

/* The first of count edges from first on that n, or n/d unless d is negative, reaches; count if it
 * reaches none. */
static int find_step(int64_t *out, const gridgov_policy *policy, int64_t first, int64_t count,
                     int64_t n, int64_t d) {
    for (*out = 0; *out < count; (*out)++) {
        int64_t edge = policy->bands[first + *out].at_least;
        int64_t above = 0;
        if (edge == INT64_MIN || (d < 0 && n >= edge)) {
            return 0;
        }
        if (d >= 0 && compare_ratio(&above, n, d, edge) != 0) {
            return -1;
        }
        if (d >= 0 && above >= 0) {
            return 0;
        }
    }
    return 0;
}

static int by_band(gg_rule_result *r, const gridgov_policy *policy, const gg_policy_rule *rule) {
    int64_t step;
    if (find_step(&step, policy, rule->first_band, rule->band_count, r->numerator,
                  r->denominator) != 0) {
        return -1;
    }
    r->deduction = step < rule->band_count ? policy->bands[rule->first_band + step].points : 0;
    return 0;
}

/* Each unit costs what its stage says; those before the first stage cost nothing. */
static int by_stage(gg_rule_result *r, const gridgov_policy *policy, const gg_policy_rule *rule) {
    for (int64_t i = 0; i < rule->band_count; i++) {
        const gg_policy_band *stage = &policy->bands[rule->first_band + i];
        int64_t last = i + 1 < rule->band_count ? stage[1].at_least - 1 : r->numerator;
        int64_t units = (last < r->numerator ? last : r->numerator) - stage->at_least + 1;
        int64_t cost;
        if (units > 0 && (gg_mul(&cost, stage->points, units) != 0 ||
                          gg_add(&r->deduction, r->deduction, cost) != 0)) {
            return -1;
        }
    }
    return 0;
}

int64_t gg_score_days(const gridgov_facts *facts, int64_t row, int64_t count) {
    int32_t offset = gridgov_facts_utc_offset(facts);
    gridgov_span period = {0, 0};
    gridgov_facts_row view = {.struct_size = sizeof view, .unit = GRIDGOV_NONE};
    gridgov_unit unit = {.struct_size = sizeof unit, .from = GRIDGOV_NO_DAY, .to = GRIDGOV_NO_DAY};
    gridgov_day from, to;
    gridgov_facts_period(&period, facts);
    from = gridgov_time_day(period.from, offset);
    to = gridgov_time_day(period.to - 1, offset) + 1;
    if (count == GRIDGOV_COUNT_GRID_DAYS) {
        gridgov_facts_row_at(&view, facts, GRIDGOV_DIMENSION_UNIT, row);
        gridgov_units_at(&unit, gridgov_facts_units(facts), view.unit);
        from = unit.from != GRIDGOV_NO_DAY && unit.from > from ? unit.from : from;
        to = unit.to != GRIDGOV_NO_DAY && unit.to < to ? unit.to : to;
    }
    return to > from ? to - from : 0;
}

/* Take one cell into the result; unknown outweighs not applicable. */
static int64_t take_cell(gg_rule_result *r, const gg_rule_place *place, int64_t metric,
                         int optional) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    if (metric < GRIDGOV_NONE) {
        return gg_score_days(place->facts, place->row, metric);
    }
    gridgov_facts_value(&cell, place->facts, GRIDGOV_DIMENSION_UNIT, place->row, metric);
    if (optional && cell.state != GRIDGOV_CELL_VALUE) {
        return 0;
    }
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

/* Σ times · metric. A sum of numbers below zero is a contradiction. */
static int take_operand(int64_t *out, gg_rule_result *r, const gg_rule_place *place,
                        gg_policy_operand operand) {
    const gg_policy_term *terms = &place->policy->terms[operand.first];
    const int32_t before = r->state;
    int64_t sum = 0;
    r->state = GRIDGOV_CELL_VALUE;
    for (int64_t i = 0; i < operand.count; i++) {
        int64_t value = take_cell(r, place, terms[i].metric, terms[i].optional);
        if (terms[i].times != 1 && gg_mul(&value, value, terms[i].times) != 0) {
            return -1;
        }
        if (gg_add(&sum, sum, value) != 0) {
            return -1;
        }
    }
    if (sum < 0 && r->state == GRIDGOV_CELL_VALUE) {
        r->state = GRIDGOV_CELL_UNKNOWN;
        r->contradiction = 1;
    }
    r->state = gg_rule_doubt(before) > gg_rule_doubt(r->state) ? before : r->state;
    *out = sum;
    return 0;
}

/* A ratio's own cases: a part larger than the whole, nothing out of nothing, too few to judge, and
 * the complement. 1 if points follow. */
static int enter_ratio(gg_rule_result *r, const gg_policy_rule *rule) {
    int is_part = rule->complement || (rule->kind != GRIDGOV_SCORE_RULE_BANDS &&
                                       rule->kind != GRIDGOV_SCORE_RULE_TABLE);
    if (r->numerator > r->denominator && (is_part || r->denominator == 0)) {
        r->state = GRIDGOV_CELL_UNKNOWN;
        r->contradiction = 1;
        return 0;
    }
    if (r->denominator == 0 || r->denominator < rule->minimum) {
        r->state = rule->when_empty == GRIDGOV_CELL_BLANK ? GRIDGOV_CELL_VALUE
                                                          : GRIDGOV_CELL_NOT_APPLICABLE;
        return 0;
    }
    if (rule->complement) {
        r->numerator = r->denominator - r->numerator;
    }
    return 1;
}

/* The further numbers of a rule: proportion of a quota, days of a task, a table's columns, whom a
 * count is shared by. */
typedef struct further {
    int64_t scaled, scale;
} further;

/* A count that several share: officers, days. */
static int per_unit(gg_rule_result *r, const gridgov_policy *policy, const gg_policy_rule *rule,
                    const further *more) {
    if (rule->scale.count == 0) {
        return gg_mul(&r->deduction, rule->points, r->numerator);
    }
    r->denominator = more->scale;
    if (r->denominator == 0) {
        r->state = GRIDGOV_CELL_NOT_APPLICABLE;
        return 0;
    }
    return rounded_points(&r->deduction, policy, rule->points, r->numerator, r->denominator);
}

/* Points for each unit short of a quota, which may stand in proportion to two metrics. */
static int by_quota(gg_rule_result *r, const gg_policy_rule *rule, const further *more) {
    r->denominator = rule->limit;
    if (rule->scale.count > 0 && more->scale == 0) {
        r->state = GRIDGOV_CELL_NOT_APPLICABLE;
        return 0;
    }
    if (rule->scale.count > 0 && gg_round_quotient(&r->denominator, rule->limit, more->scaled,
                                                   more->scale, rule->rounding) != 0) {
        return -1;
    }
    return r->numerator >= r->denominator
               ? 0
               : gg_mul(&r->deduction, rule->points, r->denominator - r->numerator);
}

/* ⌊done/task × days⌋ days are fulfilled, at most all of them. */
static int by_task(gg_rule_result *r, const gg_policy_rule *rule, const further *more) {
    r->denominator = more->scaled;
    if (gg_round_quotient(&r->numerator, r->numerator, more->scaled, rule->limit,
                          GRIDGOV_ROUNDING_TRUNCATE) != 0) {
        return -1;
    }
    r->numerator = r->numerator > r->denominator ? r->denominator : r->numerator;
    return gg_mul(&r->deduction, rule->points, r->denominator - r->numerator);
}

/* State of a table's columns: a number, 0/0 as the policy says, or something out of nothing. */
static int32_t column_state(const gg_policy_rule *rule, const further *more) {
    if (rule->scale.count == 0 || more->scale > 0) {
        return GRIDGOV_CELL_VALUE;
    }
    return more->scaled > 0                          ? GRIDGOV_CELL_UNKNOWN
           : rule->scale_empty == GRIDGOV_CELL_BLANK ? GRIDGOV_CELL_VALUE
                                                     : GRIDGOV_CELL_NOT_APPLICABLE;
}

/* The cell of a table: its row by the first condition, its column by the second. */
static int by_table(gg_rule_result *r, const gridgov_policy *policy, const gg_policy_rule *rule,
                    const further *more) {
    int has_row = rule->out_of.count == 0 || enter_ratio(r, rule);
    int has_column = rule->scale.count == 0 || more->scale > 0;
    int32_t state = column_state(rule, more);
    int64_t row, column, cell;
    r->contradiction |= state == GRIDGOV_CELL_UNKNOWN;
    r->state = gg_rule_doubt(state) > gg_rule_doubt(r->state) ? state : r->state;
    if (!has_row || !has_column) {
        return 0;
    }
    if (find_step(&row, policy, rule->first_band, rule->band_count, r->numerator, r->denominator) !=
            0 ||
        find_step(&column, policy, rule->first_band + rule->band_count, rule->column_count,
                  more->scaled, rule->scale.count > 0 ? more->scale : -1) != 0) {
        return -1;
    }
    cell = rule->first_band + rule->band_count + rule->column_count +
           row * (rule->column_count + 1) + column;
    r->deduction = policy->bands[cell].points;
    return 0;
}

/* Points of a rule whose first numbers are known. */
static int deduct(gg_rule_result *r, const gridgov_policy *policy, const gg_policy_rule *rule,
                  const further *more) {
    int64_t distance;
    switch (rule->kind) {
    case GRIDGOV_SCORE_RULE_PER_UNIT:
        return per_unit(r, policy, rule, more);
    case GRIDGOV_SCORE_RULE_ANY:
        r->deduction = r->numerator != 0 ? rule->points : 0;
        return 0;
    case GRIDGOV_SCORE_RULE_AT_LEAST:
        r->denominator = rule->limit;
        r->deduction = (r->numerator >= rule->limit) == rule->is_award ? rule->points : 0;
        return 0;
    case GRIDGOV_SCORE_RULE_BELOW:
        if (compare_ratio(&distance, r->numerator, r->denominator, rule->threshold) != 0) {
            return -1;
        }
        r->deduction = distance < 0 ? rule->points : 0;
        return 0;
    case GRIDGOV_SCORE_RULE_PER_PERCENT:
        return per_percent(r, policy, rule);
    case GRIDGOV_SCORE_RULE_QUOTA:
        return by_quota(r, rule, more);
    case GRIDGOV_SCORE_RULE_TASK_DAYS:
        return by_task(r, rule, more);
    case GRIDGOV_SCORE_RULE_STAGED:
        return by_stage(r, policy, rule);
    case GRIDGOV_SCORE_RULE_TABLE:
        return by_table(r, policy, rule, more);
    default:
        return by_band(r, policy, rule);
    }
}

static int evaluate_leaf(gg_rule_result *r, const gg_rule_place *place,
                         const gg_policy_rule *rule) {
    further more = {0, 0};
    if (take_operand(&r->numerator, r, place, rule->counted) != 0 ||
        (rule->out_of.count > 0 && take_operand(&r->denominator, r, place, rule->out_of) != 0) ||
        (rule->scaled.count > 0 && take_operand(&more.scaled, r, place, rule->scaled) != 0) ||
        (rule->scale.count > 0 && take_operand(&more.scale, r, place, rule->scale) != 0)) {
        return -1;
    }
    if (!rule->configured) {
        r->state = GRIDGOV_CELL_UNKNOWN;
    }
    if (r->state != GRIDGOV_CELL_VALUE ||
        (rule->out_of.count > 0 && rule->kind != GRIDGOV_SCORE_RULE_TABLE &&
         !enter_ratio(r, rule))) {
        return 0;
    }
    if (deduct(r, place->policy, rule, &more) != 0) {
        return -1;
    }
    r->deduction = r->state == GRIDGOV_CELL_VALUE ? r->deduction : 0;
    return 0;
}

int gg_rule_doubt(int32_t state) {
    return state == GRIDGOV_CELL_UNKNOWN ? 2 : state == GRIDGOV_CELL_NOT_APPLICABLE ? 1 : 0;
}

/* Take one rule of a sum, or of the least or greatest, into the whole. What is shown is the first
 * that leaves it unassessed, else the one that decides, else the first. */
static int join(gg_rule_result *whole, const gg_rule_result *part, int32_t kind, int first) {
    int is_sum = kind == GRIDGOV_SCORE_RULE_SUM;
    int decides =
        is_sum ? whole->deduction == 0 && part->deduction > 0
               : (kind == GRIDGOV_SCORE_RULE_LEAST) == (part->deduction < whole->deduction) &&
                     part->deduction != whole->deduction;
    gg_rule_result before = *whole;
    if (first || gg_rule_doubt(part->state) > gg_rule_doubt(before.state) ||
        (gg_rule_doubt(part->state) == 0 && gg_rule_doubt(before.state) == 0 && decides)) {
        *whole = *part;
    }
    whole->contradiction = before.contradiction | part->contradiction;
    whole->origin = before.origin == GRIDGOV_ORIGIN_FACT ? GRIDGOV_ORIGIN_FACT : part->origin;
    if (is_sum && !first) {
        return gg_add(&whole->deduction, before.deduction, part->deduction);
    }
    return 0;
}

int gg_rule_cost_before(const gg_rule_place *place, const gg_policy_rule *nodes, int64_t index,
                        int64_t months_ago) {
    const gg_score_past *past = place->past;
    gg_rule_place then = *place;
    gg_rule_result result;
    if (past == NULL || months_ago > past->count) {
        return -1;
    }
    then.facts = past->facts[months_ago - 1];
    then.row = past->rows[months_ago - 1][place->row];
    then.past = NULL;
    if (then.row == GRIDGOV_NONE) {
        return -1;
    }
    if (gg_rule_evaluate(&result, &then, nodes, index) != 0) {
        return -2;
    }
    return result.state != GRIDGOV_CELL_VALUE ? -1 : result.deduction > 0;
}

static int consecutive(gg_rule_result *r, const gg_rule_place *place, const gg_policy_rule *nodes,
                       int64_t index) {
    const gg_policy_rule *rule = &nodes[index];
    if (gg_rule_evaluate(r, place, nodes, index + 1) != 0) {
        return -1;
    }
    int poor = r->deduction > 0;
    r->rule = index;
    r->deduction = 0;
    if (!rule->configured) {
        r->state = GRIDGOV_CELL_UNKNOWN;
    }
    for (int64_t ago = 1; ago < rule->months && poor && r->state == GRIDGOV_CELL_VALUE; ago++) {
        int cost = gg_rule_cost_before(place, nodes, index + 1, ago);
        if (cost == -2) {
            return -1;
        }
        if (cost < 0 && rule->when_empty != GRIDGOV_CELL_BLANK) {
            r->state = GRIDGOV_CELL_NOT_APPLICABLE;
        }
        poor = cost == 1;
    }
    r->deduction = poor && r->state == GRIDGOV_CELL_VALUE ? rule->points : 0;
    return 0;
}

int gg_rule_evaluate(gg_rule_result *result, const gg_rule_place *place,
                     const gg_policy_rule *nodes, int64_t index) {
    const gg_policy_rule *rule = &nodes[index];
    *result = (gg_rule_result){.state = GRIDGOV_CELL_VALUE,
                               .origin = GRIDGOV_ORIGIN_ROWS,
                               .denominator = -1,
                               .rule = index};
    if (rule->kind == GRIDGOV_SCORE_RULE_CONSECUTIVE) {
        return consecutive(result, place, nodes, index);
    }
    if (rule->kind < GRIDGOV_SCORE_RULE_SUM) {
        return evaluate_leaf(result, place, rule);
    }
    for (int64_t at = index + 1; at < index + rule->span; at += nodes[at].span) {
        gg_rule_result part;
        if (gg_rule_evaluate(&part, place, nodes, at) != 0 ||
            join(result, &part, rule->kind, at == index + 1) != 0) {
            return -1;
        }
    }
    if (result->state != GRIDGOV_CELL_VALUE) {
        result->deduction = 0;
    }
    return 0;
}
