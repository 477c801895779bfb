/* SPDX-License-Identifier: Apache-2.0 */
/* The pieces that rules are made of: numbers, written out or named as parameters; metrics, and sums
 * of metrics with whole factors; ratios; words from closed lists.
 *
 * Invariant: a number lies within its range, a metric counts per unit, a factor is not zero, and a
 * parameter that is open clears *configured instead of passing for a zero. */
#include "policy_load.h"

#include "base/error.h"
#include "base/num.h"

#include <string.h>

#define TIMES_MAX 1000
#define TERMS_MAX 16

static const char *const number_keys[] = {"parameter", NULL};
static const char *const term_keys[] = {"metric", "times", "optional", NULL};

/* Report a number outside its range, as decimals of a scale. */
static void report_range(gg_policy_loader *loader, const char *pointer, const char *key,
                         int64_t value, int scale, int64_t min, int64_t max) {
    char text[GG_NUM_TEXT_SIZE], bound[GG_NUM_TEXT_SIZE];
    gg_buf range = {0};
    gg_decimal_format(bound, min, scale, 0);
    gg_buf_text(&range, bound);
    gg_buf_text(&range, " … ");
    gg_decimal_format(bound, max, scale, 0);
    gg_buf_text(&range, bound);
    gg_decimal_format(text, value, scale, 0);
    gg_json_problem(&loader->reader, GG_RULE_JSON_RANGE, pointer, key, text, gg_buf_data(&range));
    gg_buf_release(&range);
}

static int32_t number_of(const gg_policy_loader *loader, const char *key) {
    static const struct {
        const char *key;
        int32_t number;
    } known[] = {
        {"threshold", GG_NUMBER_THRESHOLD},
        {"quota", GG_NUMBER_LIMIT},
        {"task", GG_NUMBER_LIMIT},
        {"count", GG_NUMBER_LIMIT},
        {"at_least", GG_NUMBER_EDGE},
        {"from", GG_NUMBER_EDGE},
        {"minimum_denominator", GG_NUMBER_MINIMUM},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(known[i].key, key) == 0) {
            return known[i].number;
        }
    }
    return loader->in_steps ? GG_NUMBER_STEP_POINTS : GG_NUMBER_POINTS;
}

/* Remember that a number of the rule being read is a parameter. */
static void add_reference(gg_policy_loader *loader, const char *key,
                          const gg_policy_parameter *parameter) {
    gridgov_policy *policy = loader->policy;
    void *items = policy->references;
    int grown = gg_grow(&items, (size_t)policy->reference_count, &loader->reference_capacity,
                        sizeof *policy->references);
    policy->references = items;
    if (grown != 0) {
        loader->short_of_memory = 1;
        return;
    }
    policy->references[policy->reference_count++] = (gg_policy_reference){
        .rule = policy->rule_count, /* it is appended when its members are read */
        .band = loader->in_steps ? policy->band_count : GRIDGOV_NONE,
        .number = number_of(loader, key),
        .parameter = (int32_t)(parameter - policy->parameters)};
}

int64_t gg_policy_number(gg_policy_loader *loader, const json_t *object, const char *pointer,
                         const char *key, int64_t min, int64_t max, int32_t *configured) {
    static const int64_t scales[] = {1000, 100, 10, 1};
    const json_t *member = json_object_get(object, key);
    const gg_policy_parameter *parameter;
    char below[GG_POINTER_SIZE];
    int64_t value;
    if (!json_is_object(member)) {
        return gg_json_decimal(&loader->reader, object, pointer, key, 3, 1, 0, min, max);
    }
    gg_json_pointer_key(below, pointer, key);
    gg_json_known(&loader->reader, member, below, number_keys);
    parameter = gg_policy_parameter_of(loader, member, below);
    if (parameter != NULL) {
        add_reference(loader, key, parameter);
    }
    if (parameter == NULL || !parameter->set) {
        *configured = 0;
        return 0;
    }
    value = parameter->value * scales[parameter->decimals]; /* at most 10^12 · 10^3 */
    if (value < min || value > max) {
        report_range(loader, pointer, key, value, 3, min, max);
        return min;
    }
    return value;
}

int64_t gg_policy_whole(gg_policy_loader *loader, const json_t *object, const char *pointer,
                        const char *key, int64_t min, int64_t max, int32_t *configured) {
    int64_t value =
        gg_policy_number(loader, object, pointer, key, min * 1000, max * 1000, configured);
    if (value % 1000 != 0) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, pointer, key, key, "a whole number");
    }
    return value / 1000;
}

int64_t gg_policy_metric(gg_policy_loader *loader, const json_t *object, const char *pointer,
                         const char *key) {
    const char *code = gg_json_text(&loader->reader, object, pointer, key, 1, NULL);
    const gridgov_metrics *metrics = loader->policy->metrics;
    gridgov_metric metric = {.struct_size = sizeof metric};
    int64_t index;
    if (code == NULL || metrics == NULL) {
        return GRIDGOV_NONE;
    }
    index = gridgov_metrics_find(metrics, code, strlen(code));
    if (index == GRIDGOV_NONE || gridgov_metrics_at(&metric, metrics, index) != GRIDGOV_OK ||
        strcmp(metric.code, code) != 0) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_REFERENCE, pointer, key, code, "metric");
        return GRIDGOV_NONE;
    }
    if (metric.dimension != GRIDGOV_DIMENSION_UNIT) {
        gg_json_problem(&loader->reader, GG_RULE_POLICY_DIMENSION, pointer, key, code, NULL);
    }
    return index;
}

static void add_term(gg_policy_loader *loader, gg_policy_operand *operand, int64_t metric,
                     int64_t times, int optional) {
    gridgov_policy *policy = loader->policy;
    void *items = policy->terms;
    int grown =
        gg_grow(&items, (size_t)policy->term_count, &loader->term_capacity, sizeof *policy->terms);
    policy->terms = items;
    if (grown != 0) {
        loader->short_of_memory = 1;
    } else if (metric != GRIDGOV_NONE) {
        policy->terms[policy->term_count++] = (gg_policy_term){metric, times, optional, 0};
        operand->count++;
    }
}

/* [{"metric": code, "times": n}, …] */
static void read_terms(gg_policy_loader *loader, gg_policy_operand *operand, const json_t *array,
                       const char *pointer) {
    size_t count = json_array_size(array);
    if (count == 0 || count > TERMS_MAX) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_RANGE, pointer, NULL, "metrics", "1 … 16");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *term = json_array_get(array, i);
        char at[GG_POINTER_SIZE];
        int64_t times;
        gg_json_pointer_at(at, pointer, i);
        if (!json_is_object(term)) {
            gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, at, NULL, at, "object");
            continue;
        }
        gg_json_known(&loader->reader, term, at, term_keys);
        times = gg_json_int(&loader->reader, term, at, "times", 0, 1, -TIMES_MAX, TIMES_MAX);
        if (times == 0) {
            gg_json_problem(&loader->reader, GG_RULE_JSON_RANGE, at, "times", "0", "1 … 1000");
        }
        add_term(loader, operand, gg_policy_metric(loader, term, at, "metric"), times,
                 gg_json_bool(&loader->reader, term, at, "optional", 0));
    }
}

gg_policy_operand gg_policy_read_operand(gg_policy_loader *loader, const json_t *object,
                                         const char *pointer, const char *key) {
    gg_policy_operand operand = {.first = loader->policy->term_count};
    const json_t *member = json_object_get(object, key);
    char below[GG_POINTER_SIZE];
    if (json_is_array(member)) {
        gg_json_pointer_key(below, pointer, key);
        read_terms(loader, &operand, member, below);
        loader->policy->grown = 1;
    } else {
        add_term(loader, &operand, gg_policy_metric(loader, object, pointer, key), 1, 0);
    }
    return operand;
}

gg_policy_operand gg_policy_count_of(gg_policy_loader *loader, int64_t count) {
    gg_policy_operand operand = {.first = loader->policy->term_count};
    add_term(loader, &operand, count, 1, 0);
    return operand;
}

int64_t gg_policy_first_metric(const gg_policy_loader *loader, gg_policy_operand operand) {
    return operand.count == 0 ? GRIDGOV_NONE : loader->policy->terms[operand.first].metric;
}

int32_t gg_policy_word(gg_policy_loader *loader, const json_t *object, const char *pointer,
                       const char *key, const char *const *words, const int32_t *values,
                       const char *list) {
    const char *text = gg_json_text(&loader->reader, object, pointer, key, 1, NULL);
    if (text == NULL) {
        return values[0];
    }
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(text, words[i]) == 0) {
            return values[i];
        }
    }
    gg_json_problem(&loader->reader, GG_RULE_JSON_CODE, pointer, key, text, list);
    return values[0];
}

int32_t gg_policy_rounding(gg_policy_loader *loader, const json_t *object, const char *pointer,
                           const char *key) {
    static const char *const words[] = {"half_up", "half_even", "truncate", NULL};
    static const int32_t values[] = {GRIDGOV_ROUNDING_HALF_UP, GRIDGOV_ROUNDING_HALF_EVEN,
                                     GRIDGOV_ROUNDING_TRUNCATE};
    return gg_policy_word(loader, object, pointer, key, words, values,
                          "half_up, half_even, truncate");
}

int32_t gg_policy_when_empty(gg_policy_loader *loader, const json_t *object, const char *pointer,
                             const char *key) {
    static const char *const words[] = {"full", "not_assessed", NULL};
    static const int32_t values[] = {GRIDGOV_CELL_BLANK, GRIDGOV_CELL_NOT_APPLICABLE};
    return gg_policy_word(loader, object, pointer, key, words, values, "full, not_assessed");
}

void gg_policy_ratio(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                     const char *pointer) {
    rule->counted = gg_policy_read_operand(loader, object, pointer, "numerator");
    rule->out_of = gg_policy_read_operand(loader, object, pointer, "denominator");
    rule->numerator = gg_policy_first_metric(loader, rule->counted);
    rule->denominator = gg_policy_first_metric(loader, rule->out_of);
    rule->complement = gg_json_bool(&loader->reader, object, pointer, "complement", 0);
    rule->when_empty = gg_policy_when_empty(loader, object, pointer, "when_empty");
    if (json_object_get(object, "minimum_denominator") != NULL) {
        rule->minimum = gg_policy_whole(loader, object, pointer, "minimum_denominator", 1,
                                        GG_COUNT_MAX, &rule->configured);
        loader->policy->grown = 1;
    }
}

void gg_policy_count(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                     const char *pointer) {
    rule->counted = gg_policy_read_operand(loader, object, pointer, "metric");
    rule->numerator = gg_policy_first_metric(loader, rule->counted);
}
