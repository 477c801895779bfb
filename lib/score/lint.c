/* SPDX-License-Identifier: Apache-2.0 */
/* Doubts about a policy as a whole, and the walk over its indicators. Doubts about single rules
 * stand in lint_rule.c, rules in force that bar an indicator in lint_bars.c.
 *
 * Invariant: a finding is a proof, never a guess from samples; what cannot be proved is not said.
 */
#include "lint_model.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

#define HUNDRED ((gridgov_points)100 * GRIDGOV_POINT)

void gg_lint_report(gg_lint *lint, int32_t rule, const char *value, const char *more0,
                    const char *more1) {
    gridgov_error issue;
    gg_fail(&issue, rule, gg_buf_data(&lint->place), value, value == NULL ? 0 : strlen(value),
            more0, more1);
    gridgov_issues_add(lint->issues, &issue);
    lint->count++;
}

void gg_lint_points(gg_lint *lint, int32_t rule, gridgov_points value, gridgov_points more) {
    char first[GG_NUM_TEXT_SIZE], second[GG_NUM_TEXT_SIZE];
    gg_decimal_format(first, value, 3, 0);
    gg_decimal_format(second, more, 3, 0);
    gg_lint_report(lint, rule, first, second, NULL);
}

/* Stand at "indicators/closure/deductions/0"; index GRIDGOV_NONE: at the owner alone. */
static void stand_at(gg_lint *lint, const char *section, const char *code, const char *list,
                     int64_t index) {
    gg_buf_clear(&lint->place);
    gg_buf_text(&lint->place, section);
    gg_buf_byte(&lint->place, '/');
    gg_buf_text(&lint->place, code);
    if (index != GRIDGOV_NONE) {
        gg_buf_byte(&lint->place, '/');
        gg_buf_text(&lint->place, list);
        gg_buf_byte(&lint->place, '/');
        gg_buf_int(&lint->place, index);
    }
}

/* 1 if a count is of what grids report, so that it is 0 where nothing is reported. */
static int is_reported(const gridgov_policy *policy, int64_t index) {
    gridgov_metric metric = {.struct_size = sizeof metric};
    if (gridgov_metrics_at(&metric, policy->metrics, index) != GRIDGOV_OK) {
        return 0;
    }
    switch (metric.measure) {
    case GRIDGOV_MEASURE_EVENTS_REPORTED:
    case GRIDGOV_MEASURE_EVENTS_DISPOSED:
    case GRIDGOV_MEASURE_CASES_DUE:
    case GRIDGOV_MEASURE_CASES_DUE_CLOSED:
    case GRIDGOV_MEASURE_CASES_HELD_DUE:
    case GRIDGOV_MEASURE_CASES_HELD_OVERDUE:
    case GRIDGOV_MEASURE_DISPATCH_NEEDED:
    case GRIDGOV_MEASURE_DISPATCH_MISSED:
    case GRIDGOV_MEASURE_CASES:
        return 1;
    default:
        return 0;
    }
}

/* 1 if all that is added up is of what grids report. */
static int are_reported(const gridgov_policy *policy, gg_policy_operand operand) {
    int all = operand.count > 0;
    for (int64_t i = 0; i < operand.count; i++) {
        all &= is_reported(policy, policy->terms[operand.first + i].metric);
    }
    return all;
}

/* Place of the step that a count of 0 falls into, behind the last edge if it reaches none. */
static int64_t step_of_zero(const gridgov_policy *policy, int64_t first, int64_t count) {
    int64_t i = 0;
    while (i < count && policy->bands[first + i].at_least > 0) {
        i++;
    }
    return i;
}

/* What a leaf costs when every count is 0. */
static gridgov_points cost_of_zero(const gridgov_policy *policy, const gg_policy_rule *rule) {
    gridgov_points cost = 0;
    switch (rule->kind) {
    case GRIDGOV_SCORE_RULE_AT_LEAST:
        return rule->points;
    case GRIDGOV_SCORE_RULE_QUOTA:
        return gg_mul(&cost, rule->points, rule->limit) == 0 ? cost : GG_ENDLESS;
    case GRIDGOV_SCORE_RULE_TASK_DAYS:
        return rule->points;
    case GRIDGOV_SCORE_RULE_BANDS:
        // The last band is for everything else, so that 0 falls into one of them.
        return rule->denominator != GRIDGOV_NONE || rule->band_count == 0
                   ? 0
                   : policy
                         ->bands[rule->first_band +
                                 step_of_zero(policy, rule->first_band, rule->band_count)]
                         .points;
    default:
        return 0;
    }
}

/* The most that a table costs where nothing is reported: an axis of what grids report stands at 0,
 * the other one anywhere. */
static gridgov_points silent_table(const gridgov_policy *policy, const gg_policy_rule *rule) {
    const int rows_fixed =
        are_reported(policy, rule->out_of.count > 0 ? rule->out_of : rule->counted);
    const int columns_fixed =
        are_reported(policy, rule->scale.count > 0 ? rule->scale : rule->scaled);
    const int64_t columns = rule->first_band + rule->band_count;
    const int64_t cells = columns + rule->column_count;
    const int64_t row = step_of_zero(policy, rule->first_band, rule->band_count);
    const int64_t column = step_of_zero(policy, columns, rule->column_count);
    const int no_rows = rows_fixed && rule->out_of.count > 0;
    const int no_columns = columns_fixed && rule->scale.count > 0;
    gridgov_points most = 0;
    if (!rows_fixed && !columns_fixed) {
        return GG_NOT_ON_REPORTS;
    }
    if ((no_rows && rule->when_empty != GRIDGOV_CELL_BLANK) ||
        (no_columns && rule->scale_empty != GRIDGOV_CELL_BLANK)) {
        return GG_UNASSESSED;
    }
    if (no_rows || no_columns) {
        return 0; // 0/0 that counts as full marks
    }
    for (int64_t i = rows_fixed ? row : 0; i <= (rows_fixed ? row : rule->band_count); i++) {
        for (int64_t k = columns_fixed ? column : 0;
             k <= (columns_fixed ? column : rule->column_count); k++) {
            const gridgov_points points =
                policy->bands[cells + i * (rule->column_count + 1) + k].points;
            most = points > most ? points : most;
        }
    }
    return most;
}

gridgov_points gg_lint_silent(const gridgov_policy *policy, const gg_policy_rule *nodes,
                              int64_t index) {
    const gg_policy_rule *rule = &nodes[index];
    gridgov_points most = GG_NOT_ON_REPORTS;
    if (rule->kind >= GRIDGOV_SCORE_RULE_CONSECUTIVE) {
        for (int64_t at = index + 1; at < index + rule->span; at += nodes[at].span) {
            gridgov_points cost = gg_lint_silent(policy, nodes, at);
            if (cost == GG_UNASSESSED) {
                return cost;
            }
            if (rule->kind == GRIDGOV_SCORE_RULE_LEAST && most >= 0 && cost >= 0) {
                most = cost < most ? cost : most;
            } else {
                most = cost > most ? cost : most;
            }
        }
        return most;
    }
    if (rule->kind == GRIDGOV_SCORE_RULE_TABLE) {
        return silent_table(policy, rule);
    }
    if (!are_reported(policy, rule->out_of.count > 0 ? rule->out_of : rule->counted)) {
        return GG_NOT_ON_REPORTS;
    }
    if (rule->out_of.count > 0 && rule->when_empty != GRIDGOV_CELL_BLANK) {
        return GG_UNASSESSED;
    }
    // Shared among none, in proportion to nothing, no days: that is not assessed, or costs nothing.
    if (are_reported(policy, rule->scale)) {
        return rule->kind == GRIDGOV_SCORE_RULE_TASK_DAYS ? 0 : GG_UNASSESSED;
    }
    return cost_of_zero(policy, rule);
}

/* Is there a rule anywhere that costs a grid points for reporting nothing? */
static int asks_for_reports(const gridgov_policy *policy) {
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        const gg_policy_indicator *indicator = &policy->indicators[i];
        const gg_policy_rule *nodes = &policy->rules[indicator->first_rule];
        for (int64_t k = 0; k < indicator->rule_count; k += nodes[k].span) {
            if (indicator->from_zero && gg_lint_silent(policy, nodes, k) >= 0) {
                return 1;
            }
            if (!nodes[k].is_award && gg_lint_silent(policy, nodes, k) > 0) {
                return 1;
            }
        }
    }
    return 0;
}

static void look_at_indicator(gg_lint *lint, const gg_policy_indicator *indicator, int asked) {
    const gridgov_policy *policy = lint->policy;
    const gg_policy_rule *nodes = &policy->rules[indicator->first_rule];
    gridgov_points most = indicator->from_zero ? indicator->max : 0;
    int64_t deductions = 0, number = 0;
    int silent = 0, unassessed = 0;
    for (int64_t i = 0; i < indicator->rule_count; i += nodes[i].span, number++) {
        gg_reach reach = gg_lint_reach(policy, nodes, i);
        deductions += !nodes[i].is_award;
        stand_at(lint, "indicators", indicator->code, nodes[i].is_award ? "awards" : "deductions",
                 nodes[i].is_award ? number - deductions : number);
        gg_lint_rule(lint, nodes, i,
                     nodes[i].is_award && !indicator->from_zero && indicator->cap > 0
                         ? indicator->cap
                         : indicator->max);
        if (nodes[i].is_award && !indicator->from_zero && indicator->cap == 0 && deductions == 0) {
            gg_lint_report(lint, GG_RULE_LINT_DEAD_RULE, NULL, NULL, NULL);
        }
        if (!nodes[i].is_award) {
            most = reach.high == GG_ENDLESS || most > GG_ENDLESS - reach.high ? GG_ENDLESS
                                                                              : most + reach.high;
            silent |= gg_lint_silent(policy, nodes, i) == 0;
            unassessed |= gg_lint_silent(policy, nodes, i) == GG_UNASSESSED;
        }
    }
    stand_at(lint, "indicators", indicator->code, NULL, GRIDGOV_NONE);
    if (indicator->rule_count == 0) {
        gg_lint_report(lint, GG_RULE_LINT_NO_RULE, NULL, NULL, NULL);
    } else if (most < indicator->max) {
        gg_lint_points(lint, GG_RULE_LINT_IDLE, indicator->max, most);
    }
    if (silent && !unassessed && !asked) {
        gg_lint_report(lint, GG_RULE_LINT_SILENCE, NULL, NULL, NULL);
    }
    if (indicator->floor < -indicator->max) {
        gg_lint_points(lint, GG_RULE_LINT_OVER_MAX, -indicator->floor, indicator->max);
    }
    if (indicator->source[0] == '\0' && strcmp(indicator->certainty, "ours") != 0) {
        gg_lint_report(lint, GG_RULE_LINT_SOURCE, indicator->certainty, NULL, NULL);
    }
}

static int operand_has(const gridgov_policy *policy, gg_policy_operand operand, int64_t metric) {
    for (int64_t i = 0; i < operand.count; i++) {
        if (policy->terms[operand.first + i].metric == metric) {
            return 1;
        }
    }
    return 0;
}

static int rule_has(const gridgov_policy *policy, const gg_policy_rule *rule, int64_t metric) {
    return operand_has(policy, rule->counted, metric) ||
           operand_has(policy, rule->out_of, metric) || operand_has(policy, rule->scaled, metric) ||
           operand_has(policy, rule->scale, metric);
}

/* Metrics of the policy's own that nothing uses. */
static void look_at_metrics(gg_lint *lint) {
    const gridgov_policy *policy = lint->policy;
    gridgov_metric metric = {.struct_size = sizeof metric};
    for (int64_t i = 0;
         policy->own_metrics && gridgov_metrics_at(&metric, policy->metrics, i) == GRIDGOV_OK;
         i++) {
        int used = metric.dimension != GRIDGOV_DIMENSION_UNIT;
        for (int64_t k = 0; k < policy->rule_count && !used; k++) {
            used = rule_has(policy, &policy->rules[k], i);
        }
        for (int64_t k = 0; k < policy->tie_break_count && !used; k++) {
            used = policy->tie_breaks[k].kind == GRIDGOV_TIE_BREAK_METRIC &&
                   policy->tie_breaks[k].index == i;
        }
        if (!used) {
            stand_at(lint, "metrics", metric.code, NULL, GRIDGOV_NONE);
            gg_lint_report(lint, GG_RULE_LINT_UNUSED, metric.code, NULL, NULL);
        }
    }
}

/* The first indicator before index that deducts for a plain count of the same metric. */
static const char *earlier_use(const gridgov_policy *policy, int64_t index, int64_t metric) {
    for (int64_t i = 0; i < index; i++) {
        const gg_policy_indicator *indicator = &policy->indicators[i];
        for (int64_t k = 0; k < indicator->rule_count; k++) {
            const gg_policy_rule *rule = &policy->rules[indicator->first_rule + k];
            if (!rule->is_award && rule->numerator == metric && rule->denominator == GRIDGOV_NONE) {
                return indicator->code;
            }
        }
    }
    return NULL;
}

/* One count that costs points in two indicators. */
static void look_for_doubles(gg_lint *lint) {
    const gridgov_policy *policy = lint->policy;
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        const gg_policy_indicator *indicator = &policy->indicators[i];
        for (int64_t k = 0; k < indicator->rule_count; k++) {
            const gg_policy_rule *rule = &policy->rules[indicator->first_rule + k];
            gridgov_metric metric = {.struct_size = sizeof metric, .name = ""};
            const char *other;
            if (rule->is_award || rule->numerator == GRIDGOV_NONE ||
                rule->denominator != GRIDGOV_NONE) {
                continue;
            }
            other = earlier_use(policy, i, rule->numerator);
            if (other != NULL) {
                gridgov_metrics_at(&metric, policy->metrics, rule->numerator);
                stand_at(lint, "indicators", indicator->code, NULL, GRIDGOV_NONE);
                gg_lint_report(lint, GG_RULE_LINT_TWICE, metric.name, other, NULL);
            }
        }
    }
}

/* Grades above the highest total that lines alone can give, unless a bonus may lift it. */
static void look_at_grades(gg_lint *lint) {
    const gridgov_policy *policy = lint->policy;
    gridgov_points highest = policy->base; /* at most 2^24 caps of 10^9 more */
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        highest += policy->indicators[i].cap;
    }
    for (int64_t i = 0; i < policy->grade_count; i++) {
        gridgov_points reach =
            policy->bonus_cap == GG_NO_CAP ? GG_ENDLESS : highest + policy->bonus_cap;
        if (policy->grades[i].at_least > reach) {
            stand_at(lint, "grades", policy->grades[i].code, NULL, GRIDGOV_NONE);
            gg_lint_report(lint, GG_RULE_LINT_GRADE, policy->grades[i].name, NULL, NULL);
        }
    }
}

static void look_at_dates(gg_lint *lint, gridgov_day day) {
    const gridgov_policy *policy = lint->policy;
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    stand_at(lint, "valid_from", "valid_to", NULL, GRIDGOV_NONE);
    if (policy->from == GRIDGOV_NO_DAY) {
        gg_lint_report(lint, GG_RULE_LINT_OPEN_ENDED, NULL, NULL, NULL);
    }
    if (day != GRIDGOV_NO_DAY &&
        ((policy->from != GRIDGOV_NO_DAY && day < policy->from) ||
         (policy->to != GRIDGOV_NO_DAY && day >= policy->to)) &&
        gridgov_day_format(text, day) == GRIDGOV_OK) {
        gg_lint_report(lint, GG_RULE_LINT_EXPIRED, text, NULL, NULL);
    }
}

/* Parameters that neither a rule nor a threshold of a metric names. */
static void look_at_parameters(gg_lint *lint) {
    const gridgov_policy *policy = lint->policy;
    for (int64_t i = 0; i < policy->parameter_count; i++) {
        int used = policy->parameters[i].in_metrics;
        for (int64_t k = 0; k < policy->reference_count && !used; k++) {
            used = policy->references[k].parameter == i;
        }
        if (!used) {
            stand_at(lint, "parameters", policy->parameters[i].name, NULL, GRIDGOV_NONE);
            gg_lint_report(lint, GG_RULE_LINT_PARAMETER, policy->parameters[i].name, NULL, NULL);
        }
    }
}

void gridgov_lint_options_init(gridgov_lint_options *options, size_t struct_size) {
    const gridgov_lint_options full = {.struct_size = 0, .day = GRIDGOV_NO_DAY};
    gg_options_write(options, struct_size, &full, sizeof full);
}

static gridgov_status look(gg_lint *lint, const gridgov_lint_options *options, gridgov_error *err) {
    const gridgov_policy *policy = lint->policy;
    int asked = asks_for_reports(policy);
    if (policy->base != HUNDRED) {
        char text[GG_NUM_TEXT_SIZE];
        gg_buf_text(&lint->place, "groups");
        gg_decimal_format(text, policy->base, 3, 0);
        gg_lint_report(lint, GG_RULE_LINT_BASE, text, NULL, NULL);
    }
    look_at_dates(lint, options->day);
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        look_at_indicator(lint, &policy->indicators[i], asked);
    }
    for (int64_t i = 0; i < policy->veto_count; i++) {
        const gg_policy_veto *veto = &policy->vetoes[i];
        stand_at(lint, "vetoes", veto->code, NULL, GRIDGOV_NONE);
        gg_lint_rule(lint, &policy->rules[veto->first_rule], 0, GG_ENDLESS);
    }
    look_for_doubles(lint);
    look_at_grades(lint);
    look_at_metrics(lint);
    look_at_parameters(lint);
    GG_TRY(gg_lint_bars(lint, options->bars, options->bars_size, options->day, err));
    return gg_buf_failed(&lint->place) ? gg_fail_memory(err) : GRIDGOV_OK;
}

gridgov_status gridgov_policy_lint(int64_t *count_out, const gridgov_policy *policy,
                                   const gridgov_lint_options *options, gridgov_issues *issues,
                                   gridgov_error *err) {
    gridgov_lint_options how = {.day = GRIDGOV_NO_DAY};
    gg_lint lint = {.policy = policy, .issues = issues};
    gridgov_status status;
    if (count_out == NULL) {
        return gg_fail_arg(err, "count_out");
    }
    *count_out = 0;
    if (policy == NULL) {
        return gg_fail_arg(err, "policy");
    }
    if (gg_options_read(&how, sizeof how, options) != 0 ||
        (how.bars == NULL && how.bars_size > 0)) {
        return gg_fail_arg(err, "options");
    }
    status = look(&lint, &how, err);
    gg_buf_release(&lint.place);
    if (status < 0) {
        return status;
    }
    *count_out = lint.count;
    return GRIDGOV_OK;
}
