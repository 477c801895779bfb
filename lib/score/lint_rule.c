/* SPDX-License-Identifier: Apache-2.0 */
/* Doubts about one rule. What a rule can cost is an interval, worked out from its numbers by rules
 * of intervals: a share of a whole lies within 0 … 100 percent, a count has no upper end, a sum
 * adds ends, the least and the greatest take the least and the greatest of the ends. A step is dead
 * if its interval of values does not meet the interval that values can have. All ends are whole
 * numbers; GG_ENDLESS stays endless. */
#include "lint_model.h"

#include "base/error.h"
#include "base/num.h"

#include <string.h>

#define WHOLE 100000 /* 100 percent, in thousandths */

static int64_t plus(int64_t a, int64_t b) {
    int64_t sum;
    return a == GG_ENDLESS || b == GG_ENDLESS || gg_add(&sum, a, b) != 0 ? GG_ENDLESS : sum;
}

static int64_t times(int64_t a, int64_t b) {
    int64_t product;
    return gg_mul(&product, a, b) != 0 ? GG_ENDLESS : product;
}

/* Largest value that a rule compares with its edges. */
static int64_t largest_value(const gg_policy_rule *rule) {
    return rule->complement ? WHOLE : GG_ENDLESS;
}

/* Can a value up to the largest lie in step i of so many edges? The step behind them is the rest.
 */
static int is_reached(const gg_policy_band *edges, int64_t count, int64_t i, int64_t largest) {
    int64_t low = i == count || edges[i].at_least == INT64_MIN ? 0 : edges[i].at_least;
    int64_t above = i == 0 ? GG_ENDLESS : edges[i - 1].at_least; /* values below it */
    return low <= largest && low < above;
}

static gg_reach reach_of_bands(const gridgov_policy *policy, const gg_policy_rule *rule) {
    gg_reach reach = {GG_ENDLESS, 0};
    for (int64_t i = 0; i < rule->band_count; i++) {
        gridgov_points points = policy->bands[rule->first_band + i].points;
        if (is_reached(&policy->bands[rule->first_band], rule->band_count, i,
                       largest_value(rule))) {
            reach.low = points < reach.low ? points : reach.low;
            reach.high = points > reach.high ? points : reach.high;
        }
    }
    // 0/0 that counts as full marks moves nothing
    reach.low =
        rule->denominator != GRIDGOV_NONE && rule->when_empty == GRIDGOV_CELL_BLANK ? 0 : reach.low;
    return reach;
}

static gg_reach reach_of_table(const gridgov_policy *policy, const gg_policy_rule *rule) {
    const gg_policy_band *rows = &policy->bands[rule->first_band];
    const gg_policy_band *columns = rows + rule->band_count;
    const gg_policy_band *cell = columns + rule->column_count;
    gg_reach reach = {GG_ENDLESS, 0};
    for (int64_t i = 0; i <= rule->band_count; i++) {
        for (int64_t k = 0; k <= rule->column_count; k++, cell++) {
            if (is_reached(rows, rule->band_count, i, largest_value(rule)) &&
                is_reached(columns, rule->column_count, k, GG_ENDLESS)) {
                reach.low = cell->points < reach.low ? cell->points : reach.low;
                reach.high = cell->points > reach.high ? cell->points : reach.high;
            }
        }
    }
    // 0/0 that counts as full marks moves nothing
    if ((rule->out_of.count > 0 && rule->when_empty == GRIDGOV_CELL_BLANK) ||
        (rule->scale.count > 0 && rule->scale_empty == GRIDGOV_CELL_BLANK)) {
        reach.low = 0;
    }
    return reach;
}

static gg_reach reach_of_stages(const gridgov_policy *policy, const gg_policy_rule *rule) {
    const gg_policy_band *stages = &policy->bands[rule->first_band];
    gg_reach reach = {0, 0};
    for (int64_t i = 0; i < rule->band_count; i++) {
        int64_t units =
            i + 1 < rule->band_count ? stages[i + 1].at_least - stages[i].at_least : GG_ENDLESS;
        int64_t cost = stages[i].points == 0 ? 0 : times(stages[i].points, units);
        reach.high = plus(reach.high, cost);
    }
    return reach;
}

static gg_reach join(gg_reach a, gg_reach b, int32_t kind) {
    switch (kind) {
    case GRIDGOV_SCORE_RULE_LEAST:
        return (gg_reach){a.low < b.low ? a.low : b.low, a.high < b.high ? a.high : b.high};
    case GRIDGOV_SCORE_RULE_GREATEST:
        return (gg_reach){a.low > b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
    default:
        return (gg_reach){plus(a.low, b.low), plus(a.high, b.high)};
    }
}

/* t/100 · points percentage points are below a threshold of t thousandths, started ones whole. */
static int64_t most_below(const gg_policy_rule *rule) {
    int64_t points = rule->threshold / 1000;
    int64_t whole = times(rule->points, points);
    if (rule->threshold % 1000 == 0 || rule->part == GRIDGOV_PART_FULL) {
        return whole;
    }
    return rule->part == GRIDGOV_PART_STARTED ? times(rule->points, points + 1)
                                              : plus(whole, rule->points);
}

static gg_reach reach_of_leaf(const gridgov_policy *policy, const gg_policy_rule *rule) {
    switch (rule->kind) {
    case GRIDGOV_SCORE_RULE_ANY:
    case GRIDGOV_SCORE_RULE_AT_LEAST:
    case GRIDGOV_SCORE_RULE_CONSECUTIVE:
        return (gg_reach){0, rule->points};
    case GRIDGOV_SCORE_RULE_BELOW:
        return (gg_reach){0, rule->threshold == 0 ? 0 : rule->points};
    case GRIDGOV_SCORE_RULE_PER_PERCENT:
        return (gg_reach){0, most_below(rule)};
    case GRIDGOV_SCORE_RULE_QUOTA:
        return (gg_reach){0, rule->scale.count > 0 ? GG_ENDLESS : times(rule->points, rule->limit)};
    case GRIDGOV_SCORE_RULE_BANDS:
        return reach_of_bands(policy, rule);
    case GRIDGOV_SCORE_RULE_TABLE:
        return reach_of_table(policy, rule);
    case GRIDGOV_SCORE_RULE_STAGED:
        return reach_of_stages(policy, rule);
    default:
        return (gg_reach){0, GG_ENDLESS};
    }
}

gg_reach gg_lint_reach(const gridgov_policy *policy, const gg_policy_rule *nodes, int64_t index) {
    const gg_policy_rule *rule = &nodes[index];
    gg_reach reach;
    if (!rule->configured) {
        return (gg_reach){0, GG_ENDLESS};
    }
    if (rule->kind == GRIDGOV_SCORE_RULE_CONSECUTIVE &&
        gg_lint_reach(policy, nodes, index + 1).high == 0) {
        return (gg_reach){0, 0};
    }
    if (rule->kind < GRIDGOV_SCORE_RULE_SUM) {
        return reach_of_leaf(policy, rule);
    }
    reach = gg_lint_reach(policy, nodes, index + 1);
    for (int64_t at = index + 1 + nodes[index + 1].span; at < index + rule->span;
         at += nodes[at].span) {
        reach = join(reach, gg_lint_reach(policy, nodes, at), rule->kind);
    }
    return reach;
}

/* "≥ 90%", "≥ 5", "otherwise". */
static void put_edge(char text[GG_NUM_TEXT_SIZE + 8], int64_t edge, int is_ratio) {
    size_t size;
    if (edge == INT64_MIN) {
        memcpy(text, "otherwise", sizeof "otherwise");
        return;
    }
    memcpy(text, "≥ ", sizeof "≥ " - 1);
    size = sizeof "≥ " - 1;
    if (!is_ratio) {
        gg_int_format(text + size, edge);
    } else {
        size += gg_decimal_format(text + size, edge, 3, 0);
        memcpy(text + size, "%", 2);
    }
}

/* Steps that nothing reaches, and the first place where points turn back from step to step. */
static void look_at_bands(gg_lint *lint, const gg_policy_rule *rule) {
    const gg_policy_band *bands = &lint->policy->bands[rule->first_band];
    const int is_ratio = rule->denominator != GRIDGOV_NONE;
    const gg_policy_band *before = NULL; /* the last one that is reached */
    char text[GG_NUM_TEXT_SIZE + 8];
    int direction = 0;
    int turned = 0;
    for (int64_t i = 0; i < rule->band_count; i++) {
        put_edge(text, bands[i].at_least, is_ratio);
        if (!is_reached(bands, rule->band_count, i, largest_value(rule))) {
            gg_lint_report(lint, GG_RULE_LINT_DEAD_STEP, text, NULL, NULL);
            continue;
        }
        if (before != NULL && bands[i].points != before->points && !turned) {
            int turn = bands[i].points > before->points ? 1 : -1;
            turned = direction != 0 && turn != direction;
            direction = turn;
            if (turned) {
                gg_lint_report(lint, GG_RULE_LINT_STEP_ORDER, text, NULL, NULL);
            }
        }
        before = &bands[i];
    }
}

/* Steps of one axis of a table that nothing reaches. */
static void look_at_axis(gg_lint *lint, int64_t first, int64_t count, int64_t largest,
                         int is_ratio) {
    const gg_policy_band *edges = &lint->policy->bands[first];
    char text[GG_NUM_TEXT_SIZE + 8];
    for (int64_t i = 0; i <= count; i++) {
        if (!is_reached(edges, count, i, largest)) {
            put_edge(text, i == count ? INT64_MIN : edges[i].at_least, is_ratio);
            gg_lint_report(lint, GG_RULE_LINT_DEAD_STEP, text, NULL, NULL);
        }
    }
}

static void look_at_table(gg_lint *lint, const gg_policy_rule *rule) {
    look_at_axis(lint, rule->first_band, rule->band_count, largest_value(rule),
                 rule->out_of.count > 0);
    look_at_axis(lint, rule->first_band + rule->band_count, rule->column_count, GG_ENDLESS,
                 rule->scale.count > 0);
}

/* Largest denominator at which one miss costs as much as it can: at d cases, one of them is 100/d
 * percentage points, so 100·(d−1)/d ≤ reached, d ≤ 100/(100 − reached). 0 if one never does. */
static int64_t largest_small(const gg_policy_rule *rule, gridgov_points cost) {
    int64_t reached = rule->threshold; /* thousandths of a percent that still cost it */
    if (rule->kind == GRIDGOV_SCORE_RULE_PER_PERCENT) {
        int64_t percents;
        if (gg_mul_div(&percents, cost, 1000, rule->points) != 0) {
            return 0;
        }
        reached -= percents;
    } else {
        reached--; /* strictly below */
    }
    return reached < 0 ? 0 : reached >= WHOLE ? GG_ENDLESS : WHOLE / (WHOLE - reached);
}

/* A ratio that few cases decide, where no smallest denominator is set. */
static void look_at_ratio(gg_lint *lint, const gg_policy_rule *rule, gridgov_points max) {
    gridgov_metric metric = {.struct_size = sizeof metric, .name = ""};
    char points[GG_NUM_TEXT_SIZE], number[GG_NUM_TEXT_SIZE];
    gridgov_points cost = rule->points < max ? rule->points : max;
    int64_t small;
    if (rule->kind == GRIDGOV_SCORE_RULE_PER_PERCENT) {
        int64_t most = most_below(rule);
        cost = most < max ? most : max;
    }
    small = largest_small(rule, cost);
    if (rule->minimum > small || small <= 1 || small > WHOLE / 2) { // 100 percent: however many
        return;
    }
    gridgov_metrics_at(&metric, lint->policy->metrics, rule->denominator);
    gg_int_format(number, small);
    gg_decimal_format(points, cost, 3, 0);
    gg_lint_report(lint, GG_RULE_LINT_SMALL, metric.name, number, points);
}

/* Metrics of a rule whose threshold was left open. */
static void look_at_operand(gg_lint *lint, gg_policy_operand operand) {
    for (int64_t i = 0; i < operand.count; i++) {
        gridgov_metric metric = {.struct_size = sizeof metric, .name = ""};
        if (gridgov_metrics_at(&metric, lint->policy->metrics,
                               lint->policy->terms[operand.first + i].metric) == GRIDGOV_OK &&
            !metric.configured) {
            gg_lint_report(lint, GG_RULE_LINT_OPEN, metric.name, NULL, NULL);
        }
    }
}

/* Numbers that are parameters: open ones, and values that are allowed there and refused here. */
static void look_at_parameters(gg_lint *lint, const gg_policy_rule *rule, gridgov_points max) {
    static const int64_t scales[] = {1000, 100, 10, 1};
    const gridgov_policy *policy = lint->policy;
    for (int64_t i = 0; i < policy->reference_count; i++) {
        const gg_policy_reference *reference = &policy->references[i];
        const gg_policy_parameter *parameter = &policy->parameters[reference->parameter];
        int64_t scale = scales[parameter->decimals];
        char text[GG_NUM_TEXT_SIZE];
        int is_points =
            reference->number == GG_NUMBER_POINTS || reference->number == GG_NUMBER_STEP_POINTS;
        int64_t least = reference->number == GG_NUMBER_POINTS ? 1 : 0;
        int64_t most = is_points                                  ? max
                       : reference->number == GG_NUMBER_THRESHOLD ? WHOLE
                                                                  : GG_ENDLESS;
        if (&policy->rules[reference->rule] != rule) {
            continue;
        }
        if (!parameter->set) {
            gg_lint_report(lint, GG_RULE_LINT_OPEN, parameter->title, NULL, NULL);
        }
        if (parameter->min * scale < least) {
            gg_decimal_format(text, parameter->min, parameter->decimals, 0);
            gg_lint_report(lint, GG_RULE_LINT_RANGE, parameter->name, text, NULL);
        }
        if (most != GG_ENDLESS && parameter->max > most / scale) {
            gg_decimal_format(text, parameter->max, parameter->decimals, 0);
            gg_lint_report(lint, GG_RULE_LINT_RANGE, parameter->name, text, NULL);
        }
    }
}

/* Points that a rule moves at once, whatever is counted. */
static gridgov_points at_once(const gridgov_policy *policy, const gg_policy_rule *rule) {
    switch (rule->kind) {
    case GRIDGOV_SCORE_RULE_BANDS:
    case GRIDGOV_SCORE_RULE_TABLE:
        return reach_of_leaf(policy, rule).high;
    case GRIDGOV_SCORE_RULE_STAGED:
    case GRIDGOV_SCORE_RULE_SUM:
    case GRIDGOV_SCORE_RULE_LEAST:
    case GRIDGOV_SCORE_RULE_GREATEST:
        return 0;
    default:
        return rule->points;
    }
}

/* A rule below "least" or "greatest" that never decides. */
static void look_at_branches(gg_lint *lint, const gg_policy_rule *nodes, int64_t index) {
    const gg_policy_rule *rule = &nodes[index];
    int least = rule->kind == GRIDGOV_SCORE_RULE_LEAST;
    for (int64_t at = index + 1; at < index + rule->span; at += nodes[at].span) {
        gg_reach own = gg_lint_reach(lint->policy, nodes, at);
        for (int64_t k = index + 1; k < index + rule->span; k += nodes[k].span) {
            gg_reach other = gg_lint_reach(lint->policy, nodes, k);
            if (k != at && (least ? own.low > other.high : own.high < other.low)) {
                char number[GG_NUM_TEXT_SIZE];
                gg_int_format(number, at - index);
                gg_lint_report(lint, GG_RULE_LINT_DEAD_RULE, number, NULL, NULL);
                break;
            }
        }
    }
}

void gg_lint_rule(gg_lint *lint, const gg_policy_rule *nodes, int64_t index, gridgov_points max) {
    const gg_policy_rule *rule = &nodes[index];
    gridgov_points once = at_once(lint->policy, rule);
    gg_reach reach = gg_lint_reach(lint->policy, nodes, index);
    look_at_parameters(lint, rule, max);
    look_at_operand(lint, rule->counted);
    look_at_operand(lint, rule->out_of);
    look_at_operand(lint, rule->scaled);
    look_at_operand(lint, rule->scale);
    if (rule->configured && reach.high == 0) {
        gg_lint_report(lint, GG_RULE_LINT_DEAD_RULE, NULL, NULL, NULL);
    }
    if (once > max) {
        gg_lint_points(lint, GG_RULE_LINT_OVER_MAX, once, max);
    }
    if (rule->kind == GRIDGOV_SCORE_RULE_BANDS && rule->configured) {
        look_at_bands(lint, rule);
    }
    if (rule->kind == GRIDGOV_SCORE_RULE_TABLE && rule->configured) {
        look_at_table(lint, rule);
    }
    if ((rule->kind == GRIDGOV_SCORE_RULE_BELOW || rule->kind == GRIDGOV_SCORE_RULE_PER_PERCENT) &&
        rule->configured &&
        (rule->parent == GRIDGOV_NONE ||
         nodes[rule->parent].kind != GRIDGOV_SCORE_RULE_CONSECUTIVE)) {
        look_at_ratio(lint, rule, max);
    }
    if (rule->kind == GRIDGOV_SCORE_RULE_LEAST || rule->kind == GRIDGOV_SCORE_RULE_GREATEST) {
        look_at_branches(lint, nodes, index);
    }
    if (rule->kind >= GRIDGOV_SCORE_RULE_CONSECUTIVE) {
        for (int64_t at = index + 1; at < index + rule->span; at += nodes[at].span) {
            gg_lint_rule(lint, nodes, at, max);
        }
    }
}
