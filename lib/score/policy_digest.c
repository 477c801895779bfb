/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a policy, taken over what it says after loading, not over its bytes: key order,
 * blanks and notes do not count, while the metrics and every configured parameter do. Two policies
 * of one digest score alike.
 *
 * What the first edition of the language could say is digested as it was then, so that a policy
 * that says no more keeps its digest; what grew since follows only where a policy uses it. */
#include "policy_model.h"

static void put(gg_digest *digest, const char *text) {
    gg_digest_text(digest, gg_str_of(text));
}

static void digest_rule(gg_digest *digest, const gridgov_policy *policy,
                        const gg_policy_rule *rule) {
    gg_digest_int(digest, rule->kind);
    gg_digest_int(digest, rule->when_empty);
    gg_digest_int(digest, rule->complement);
    gg_digest_int(digest, rule->part);
    gg_digest_int(digest, rule->configured);
    gg_digest_int(digest, rule->numerator);
    gg_digest_int(digest, rule->denominator);
    gg_digest_int(digest, rule->points);
    gg_digest_int(digest, rule->threshold);
    gg_digest_int(digest, rule->band_count);
    for (int64_t i = 0; i < rule->band_count; i++) {
        gg_digest_int(digest, policy->bands[rule->first_band + i].at_least);
        gg_digest_int(digest, policy->bands[rule->first_band + i].points);
    }
}

static void digest_indicator(gg_digest *digest, const gridgov_policy *policy,
                             const gg_policy_indicator *indicator) {
    put(digest, indicator->code);
    put(digest, indicator->name);
    put(digest, indicator->name_en);
    put(digest, indicator->clause);
    put(digest, indicator->source);
    put(digest, indicator->certainty);
    gg_digest_int(digest, indicator->max);
    gg_digest_int(digest, indicator->group);
    gg_digest_int(digest, indicator->rule_count);
    for (int64_t i = 0; i < indicator->rule_count; i++) {
        digest_rule(digest, policy, &policy->rules[indicator->first_rule + i]);
    }
}

static void digest_operand(gg_digest *digest, const gridgov_policy *policy,
                           gg_policy_operand operand) {
    gg_digest_int(digest, operand.count);
    for (int64_t i = 0; i < operand.count; i++) {
        gg_digest_int(digest, policy->terms[operand.first + i].metric);
        gg_digest_int(digest, policy->terms[operand.first + i].times);
        gg_digest_int(digest, policy->terms[operand.first + i].optional);
    }
}

static void digest_grown_rule(gg_digest *digest, const gridgov_policy *policy,
                              const gg_policy_rule *rule) {
    int64_t steps = rule->band_count;
    digest_rule(digest, policy, rule);
    digest_operand(digest, policy, rule->counted);
    digest_operand(digest, policy, rule->out_of);
    digest_operand(digest, policy, rule->scaled);
    digest_operand(digest, policy, rule->scale);
    gg_digest_int(digest, rule->span);
    gg_digest_int(digest, rule->is_award);
    gg_digest_int(digest, rule->months);
    gg_digest_int(digest, rule->limit);
    gg_digest_int(digest, rule->minimum);
    gg_digest_int(digest, rule->rounding);
    gg_digest_int(digest, rule->scale_empty);
    gg_digest_int(digest, rule->column_count);
    if (rule->kind == GRIDGOV_SCORE_RULE_TABLE) {
        steps += rule->column_count + (rule->band_count + 1) * (rule->column_count + 1);
    }
    for (int64_t i = rule->band_count; i < steps; i++) {
        gg_digest_int(digest, policy->bands[rule->first_band + i].at_least);
        gg_digest_int(digest, policy->bands[rule->first_band + i].points);
    }
    put(digest, rule->clause);
    put(digest, rule->source);
    put(digest, rule->certainty);
}

static void digest_names(gg_digest *digest, const char *const *names) {
    for (size_t i = 0; names[i] != NULL; i++) {
        put(digest, names[i]);
    }
    put(digest, "");
}

/* What is done with the totals. */
static void digest_standing(gg_digest *digest, const gridgov_policy *policy) {
    gg_digest_int(digest, policy->ranking);
    gg_digest_int(digest, policy->ranked_by_peers);
    gg_digest_int(digest, policy->unit_means);
    gg_digest_int(digest, policy->mean_decimals);
    gg_digest_int(digest, policy->standard);
    gg_digest_int(digest, policy->standard_months);
    put(digest, policy->standard_name);
    put(digest, policy->standard_name_en);
    gg_digest_int(digest, policy->partial_days);
    gg_digest_int(digest, policy->grade_count);
    for (int64_t i = 0; i < policy->grade_count; i++) {
        put(digest, policy->grades[i].code);
        put(digest, policy->grades[i].name);
        put(digest, policy->grades[i].name_en);
        gg_digest_int(digest, policy->grades[i].at_least);
    }
    gg_digest_int(digest, policy->veto_count);
    for (int64_t i = 0; i < policy->veto_count; i++) {
        const gg_policy_veto *veto = &policy->vetoes[i];
        put(digest, veto->code);
        put(digest, veto->name);
        put(digest, veto->name_en);
        put(digest, veto->clause);
        put(digest, veto->source);
        put(digest, veto->certainty);
        gg_digest_int(digest, veto->grade);
        gg_digest_int(digest, veto->rule_count);
    }
    gg_digest_int(digest, policy->peer_count);
    for (int64_t i = 0; i < policy->peer_count; i++) {
        put(digest, policy->peers[i].code);
        put(digest, policy->peers[i].name);
        put(digest, policy->peers[i].name_en);
        digest_names(digest, policy->peers[i].units);
        digest_names(digest, policy->peers[i].endings);
        gg_digest_int(digest, policy->peers[i].otherwise);
    }
    gg_digest_int(digest, policy->tie_break_count);
    for (int64_t i = 0; i < policy->tie_break_count; i++) {
        gg_digest_int(digest, policy->tie_breaks[i].kind);
        gg_digest_int(digest, policy->tie_breaks[i].fewer);
        gg_digest_int(digest, policy->tie_breaks[i].index);
    }
}

static void digest_grown(gg_digest *digest, const gridgov_policy *policy) {
    put(digest, "grown");
    gg_digest_int(digest, policy->rounding);
    gg_digest_int(digest, policy->decimals);
    gg_digest_int(digest, policy->not_assessed);
    gg_digest_int(digest, policy->bonus_floor);
    gg_digest_int(digest, policy->bonus_cap);
    gg_digest_int(digest, policy->bonus_value_count);
    for (int64_t i = 0; i < policy->bonus_value_count; i++) {
        gg_digest_int(digest, policy->bonus_values[i]);
    }
    for (int64_t i = 0; i < policy->group_count; i++) {
        gg_digest_int(digest, policy->groups[i].floor);
        gg_digest_int(digest, policy->groups[i].cap);
    }
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        gg_digest_int(digest, policy->indicators[i].floor);
        gg_digest_int(digest, policy->indicators[i].cap);
        gg_digest_int(digest, policy->indicators[i].from_zero);
    }
    for (int64_t i = 0; i < policy->rule_count; i++) {
        digest_grown_rule(digest, policy, &policy->rules[i]);
    }
    digest_standing(digest, policy);
}

void gg_policy_digest(gridgov_policy *policy) {
    gg_digest digest;
    gg_digest_init(&digest);
    put(&digest, "gridgov.policy/1");
    gg_digest_int(&digest, policy->version);
    put(&digest, policy->name);
    put(&digest, policy->title);
    put(&digest, policy->title_en);
    put(&digest, policy->source);
    put(&digest, policy->certainty);
    put(&digest, policy->bonus_name);
    put(&digest, policy->bonus_name_en);
    gg_digest_int(&digest, policy->from);
    gg_digest_int(&digest, policy->to);
    put(&digest, gridgov_metrics_digest(policy->metrics));
    gg_digest_int(&digest, policy->parameter_count);
    for (int64_t i = 0; i < policy->parameter_count; i++) {
        const gg_policy_parameter *parameter = &policy->parameters[i];
        put(&digest, parameter->name);
        gg_digest_int(&digest, parameter->decimals);
        gg_digest_int(&digest, parameter->set);
        gg_digest_int(&digest, parameter->set ? parameter->value : 0);
    }
    gg_digest_int(&digest, policy->group_count);
    for (int64_t i = 0; i < policy->group_count; i++) {
        put(&digest, policy->groups[i].code);
        put(&digest, policy->groups[i].name);
        put(&digest, policy->groups[i].name_en);
        gg_digest_int(&digest, policy->groups[i].max);
    }
    gg_digest_int(&digest, policy->indicator_count);
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        digest_indicator(&digest, policy, &policy->indicators[i]);
    }
    if (policy->grown) {
        digest_grown(&digest, policy);
    }
    gg_digest_finish(&digest, policy->digest);
}
