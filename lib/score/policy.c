/* SPDX-License-Identifier: Apache-2.0 */
/* A loaded policy: opening, asking, holding and freeing. Views copy what the loader laid out in
 * flat arrays; nothing is computed here. */
#include "policy_load.h"

#include "base/error.h"

#include <gridgov/pack.h>

#include <string.h>

gg_str gg_policy_key(char buffer[GG_INDICATOR_KEY_SIZE], gg_str text) {
    size_t needed = gg_text_key(buffer, GG_INDICATOR_KEY_SIZE, text);
    return gg_str_make(buffer, needed <= GG_INDICATOR_KEY_SIZE ? needed : 0);
}

static void destroy(gridgov_policy *policy) {
    gg_free(policy->parameters);
    gg_free(policy->groups);
    gg_free(policy->indicators);
    gg_free(policy->rules);
    gg_free(policy->bands);
    gg_free(policy->terms);
    gg_free(policy->references);
    gg_free(policy->vetoes);
    gg_free(policy->grades);
    gg_free(policy->peers);
    gg_free(policy->tie_breaks);
    gg_free(policy->bonus_values);
    gg_map_release(&policy->indicator_index);
    gridgov_metrics_free(policy->metrics);
    gg_arena_release(&policy->arena);
    gg_free(policy);
}

gridgov_status gridgov_policy_open(gridgov_policy **out, const char *name, size_t size,
                                   const char *parameters, size_t parameters_size,
                                   gridgov_error *err) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (name == NULL) {
        return gg_fail_arg(err, "name");
    }
    GG_TRY(gridgov_pack_find(&pack, GRIDGOV_PACK_POLICY, name, size, err));
    return gridgov_policy_load(out, pack.data, pack.size, parameters, parameters_size, NULL, err);
}

gridgov_status gridgov_policy_load(gridgov_policy **out, const char *json, size_t size,
                                   const char *parameters, size_t parameters_size,
                                   gridgov_issues *issues, gridgov_error *err) {
    gridgov_policy *policy;
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (json == NULL) {
        return gg_fail_arg(err, "json");
    }
    if (parameters == NULL && parameters_size > 0) {
        return gg_fail_arg(err, "parameters");
    }
    policy = gg_calloc(1, sizeof *policy);
    if (policy == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&policy->share);
    status = gg_policy_read(policy, json, size, parameters, parameters_size, issues, err);
    if (status < 0) {
        destroy(policy);
        return status;
    }
    gg_policy_digest(policy);
    *out = policy;
    return GRIDGOV_OK;
}

const char *gridgov_policy_name(const gridgov_policy *policy) {
    return policy == NULL ? "" : policy->name;
}

static const char *in_language(const char *zh, const char *en, int32_t lang) {
    return lang == GRIDGOV_LANG_EN && en[0] != '\0' ? en : zh;
}

const char *gridgov_policy_title(const gridgov_policy *policy, int32_t lang) {
    return policy == NULL ? "" : in_language(policy->title, policy->title_en, lang);
}

const char *gridgov_policy_digest(const gridgov_policy *policy) {
    return policy == NULL ? "" : policy->digest;
}

const gridgov_metrics *gridgov_policy_metrics(const gridgov_policy *policy) {
    return policy == NULL ? NULL : policy->metrics;
}

gridgov_status gridgov_policy_validity(gridgov_day *from, gridgov_day *to,
                                       const gridgov_policy *policy) {
    if (from != NULL) {
        *from = GRIDGOV_NO_DAY;
    }
    if (to != NULL) {
        *to = GRIDGOV_NO_DAY;
    }
    if (from == NULL || to == NULL || policy == NULL) {
        return GRIDGOV_EARG;
    }
    *from = policy->from;
    *to = policy->to;
    return GRIDGOV_OK;
}

gridgov_points gridgov_policy_base(const gridgov_policy *policy) {
    return policy == NULL ? 0 : policy->base;
}

const char *gridgov_policy_bonus_name(const gridgov_policy *policy, int32_t lang) {
    return policy == NULL ? "" : in_language(policy->bonus_name, policy->bonus_name_en, lang);
}

/* Copy a view out, or say that the caller's struct is none. */
static gridgov_status copy_out(void *out, const void *view, size_t size) {
    return gg_view_copy(out, view, size) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

int64_t gridgov_policy_parameter_count(const gridgov_policy *policy) {
    return policy == NULL ? 0 : policy->parameter_count;
}

gridgov_status gridgov_policy_parameter_at(gridgov_policy_parameter *parameter_out,
                                           const gridgov_policy *policy, int64_t index) {
    const gg_policy_parameter *parameter;
    if (parameter_out == NULL || policy == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= policy->parameter_count) {
        return GRIDGOV_END;
    }
    parameter = &policy->parameters[index];
    return copy_out(parameter_out,
                    &(gridgov_policy_parameter){.configured = parameter->set,
                                                .name = parameter->name,
                                                .title = parameter->title,
                                                .unit = parameter->unit,
                                                .value = parameter->value,
                                                .min = parameter->min,
                                                .max = parameter->max,
                                                .decimals = parameter->decimals,
                                                .source = parameter->source,
                                                .certainty = parameter->certainty},
                    sizeof(gridgov_policy_parameter));
}

int64_t gridgov_policy_group_count(const gridgov_policy *policy) {
    return policy == NULL ? 0 : policy->group_count;
}

gridgov_status gridgov_policy_group_at(gridgov_policy_group *group_out,
                                       const gridgov_policy *policy, int64_t index) {
    const gg_policy_group *group;
    if (group_out == NULL || policy == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= policy->group_count) {
        return GRIDGOV_END;
    }
    group = &policy->groups[index];
    return copy_out(group_out,
                    &(gridgov_policy_group){.code = group->code,
                                            .name = group->name,
                                            .max = group->max,
                                            .first = group->first,
                                            .count = group->count,
                                            .name_en = group->name_en,
                                            .floor = group->floor,
                                            .cap = group->cap},
                    sizeof(gridgov_policy_group));
}

int64_t gridgov_policy_indicator_count(const gridgov_policy *policy) {
    return policy == NULL ? 0 : policy->indicator_count;
}

static const gg_policy_indicator *indicator_of(const gridgov_policy *policy, int64_t index) {
    if (policy == NULL || index < 0 || index >= policy->indicator_count) {
        return NULL;
    }
    return &policy->indicators[index];
}

gridgov_status gridgov_policy_indicator_at(gridgov_indicator *indicator_out,
                                           const gridgov_policy *policy, int64_t index) {
    const gg_policy_indicator *indicator = indicator_of(policy, index);
    if (indicator_out == NULL || policy == NULL) {
        return GRIDGOV_EARG;
    }
    if (indicator == NULL) {
        return GRIDGOV_END;
    }
    return copy_out(indicator_out,
                    &(gridgov_indicator){.rule_count = (int32_t)indicator->rule_count,
                                         .code = indicator->code,
                                         .name = indicator->name,
                                         .max = indicator->max,
                                         .group = indicator->group,
                                         .clause = indicator->clause,
                                         .source = indicator->source,
                                         .certainty = indicator->certainty,
                                         .name_en = indicator->name_en,
                                         .floor = indicator->floor,
                                         .cap = indicator->cap,
                                         .from_zero = indicator->from_zero},
                    sizeof(gridgov_indicator));
}

int64_t gridgov_policy_indicator_find(const gridgov_policy *policy, const char *text, size_t size) {
    char buffer[GG_INDICATOR_KEY_SIZE];
    gg_str key;
    if (policy == NULL || text == NULL) {
        return GRIDGOV_NONE;
    }
    key = gg_policy_key(buffer, gg_str_make(text, size));
    return key.size == 0 ? GRIDGOV_NONE : gg_map_get(&policy->indicator_index, key, GRIDGOV_NONE);
}

static const gg_policy_rule *rule_of(const gridgov_policy *policy, int64_t indicator,
                                     int64_t index) {
    const gg_policy_indicator *owner = indicator_of(policy, indicator);
    if (owner == NULL || index < 0 || index >= owner->rule_count) {
        return NULL;
    }
    return &policy->rules[owner->first_rule + index];
}

static int64_t first_metric(const gridgov_policy *policy, gg_policy_operand operand) {
    return operand.count == 0 ? GRIDGOV_NONE : policy->terms[operand.first].metric;
}

/* Steps that a rule has: its bands or stages, or a table's edges and cells. */
static int64_t step_count(const gg_policy_rule *rule) {
    return rule->kind != GRIDGOV_SCORE_RULE_TABLE
               ? rule->band_count
               : rule->band_count + rule->column_count +
                     (rule->band_count + 1) * (rule->column_count + 1);
}

gridgov_status gridgov_policy_rule_at(gridgov_score_rule *rule_out, const gridgov_policy *policy,
                                      int64_t indicator, int64_t index) {
    const gg_policy_rule *rule = rule_of(policy, indicator, index);
    if (rule_out == NULL || policy == NULL) {
        return GRIDGOV_EARG;
    }
    if (rule == NULL) {
        return GRIDGOV_END;
    }
    return copy_out(rule_out,
                    &(gridgov_score_rule){.kind = rule->kind,
                                          .numerator = rule->numerator,
                                          .denominator = rule->denominator,
                                          .points = rule->points,
                                          .threshold_milli = rule->threshold,
                                          .when_empty = rule->when_empty,
                                          .band_count = (int32_t)rule->band_count,
                                          .complement = rule->complement,
                                          .part = rule->part,
                                          .configured = rule->configured,
                                          .limit = rule->limit,
                                          .minimum_denominator = rule->minimum,
                                          .parent = rule->parent,
                                          .span = rule->span,
                                          .is_award = rule->is_award,
                                          .months = rule->months,
                                          .rounding = rule->rounding,
                                          .scale = first_metric(policy, rule->scaled),
                                          .scale_out_of = first_metric(policy, rule->scale),
                                          .column_count = (int32_t)rule->column_count,
                                          .term_count = (int32_t)rule->counted.count,
                                          .clause = rule->clause,
                                          .source = rule->source,
                                          .certainty = rule->certainty},
                    sizeof(gridgov_score_rule));
}

gridgov_status gridgov_policy_term_at(gridgov_score_term *term_out, const gridgov_policy *policy,
                                      int64_t indicator, int64_t rule, int32_t operand,
                                      int64_t index) {
    const gg_policy_rule *owner = rule_of(policy, indicator, rule);
    const gg_policy_term *term;
    gg_policy_operand from;
    if (term_out == NULL || policy == NULL || operand < GRIDGOV_OPERAND_NUMERATOR ||
        operand > GRIDGOV_OPERAND_SCALE_OUT_OF) {
        return GRIDGOV_EARG;
    }
    if (owner == NULL) {
        return GRIDGOV_END;
    }
    from = operand == GRIDGOV_OPERAND_NUMERATOR     ? owner->counted
           : operand == GRIDGOV_OPERAND_DENOMINATOR ? owner->out_of
           : operand == GRIDGOV_OPERAND_SCALE       ? owner->scaled
                                                    : owner->scale;
    if (index < 0 || index >= from.count) {
        return GRIDGOV_END;
    }
    term = &policy->terms[from.first + index];
    return copy_out(term_out,
                    &(gridgov_score_term){
                        .optional = term->optional, .metric = term->metric, .times = term->times},
                    sizeof(gridgov_score_term));
}

gridgov_status gridgov_policy_band_at(gridgov_score_band *band_out, const gridgov_policy *policy,
                                      int64_t indicator, int64_t rule, int64_t index) {
    const gg_policy_rule *owner = rule_of(policy, indicator, rule);
    const gg_policy_band *band;
    if (band_out == NULL || policy == NULL) {
        return GRIDGOV_EARG;
    }
    if (owner == NULL || index < 0 || index >= step_count(owner)) {
        return GRIDGOV_END;
    }
    band = &policy->bands[owner->first_band + index];
    return copy_out(band_out,
                    &(gridgov_score_band){.at_least = band->at_least, .points = band->points},
                    sizeof(gridgov_score_band));
}

gridgov_policy *gridgov_policy_hold(const gridgov_policy *policy) {
    gridgov_policy *held =
        (gridgov_policy *)(uintptr_t)policy; /* only the count of holders changes */
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_policy_free(gridgov_policy *policy) {
    if (policy != NULL && gg_share_drop(&policy->share)) {
        destroy(policy);
    }
}
