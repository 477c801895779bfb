/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the deduction rules of an indicator. Each kind of rule has a closed list of members;
 * numbers stand in the document or refer to a parameter. A rule whose parameter is open is kept and
 * marked as not configured, so that its indicator is not assessed instead of silently full.
 *
 * Invariant: points are positive, thresholds lie within 0 … 100 percent, metrics count per unit,
 * bands fall strictly and the last one catches everything. */
#include "policy_load.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/codes.h>

#include <string.h>

#define POINTS_MAX ((int64_t)1000000 * GRIDGOV_POINT)
#define PERCENT ((int64_t)100 * 1000)     /* 100 percent in thousandths */
#define EDGE_MAX ((int64_t)1000000000000) /* of a band */

static const char *const count_keys[] = {"rule", "metric", "points", NULL};
static const char *const below_keys[] = {"rule",      "numerator", "denominator", "complement",
                                         "threshold", "points",    "when_empty",  NULL};
static const char *const percent_keys[] = {"rule",       "numerator", "denominator",
                                           "complement", "threshold", "points",
                                           "when_empty", "part",      NULL};
static const char *const count_band_keys[] = {"rule", "metric", "bands", NULL};
static const char *const ratio_band_keys[] = {
    "rule", "numerator", "denominator", "complement", "when_empty", "bands", NULL};
static const char *const band_keys[] = {"at_least", "points", NULL};
static const char *const last_band_keys[] = {"otherwise", "points", NULL};
static const char *const number_keys[] = {"parameter", NULL};

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

/* A member in thousandths, written out or as {"parameter": name}. An open parameter clears
 * *configured and gives 0. */
static int64_t read_number(gg_policy_loader *loader, const json_t *object, const char *pointer,
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

/* Index of the metric that a member names by its code; it must count per unit. */
static int64_t read_metric(gg_policy_loader *loader, const json_t *object, const char *pointer,
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

/* One of a few words; the value of the word. */
static int32_t read_word(gg_policy_loader *loader, const json_t *object, const char *pointer,
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

static void read_ratio(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                       const char *pointer) {
    static const char *const words[] = {"full", "not_assessed", NULL};
    static const int32_t values[] = {GRIDGOV_CELL_BLANK, GRIDGOV_CELL_NOT_APPLICABLE};
    rule->numerator = read_metric(loader, object, pointer, "numerator");
    rule->denominator = read_metric(loader, object, pointer, "denominator");
    rule->complement = gg_json_bool(&loader->reader, object, pointer, "complement", 0);
    rule->when_empty =
        read_word(loader, object, pointer, "when_empty", words, values, "full, not_assessed");
}

/* Append a band; edge in the rule's own unit. */
static void add_band(gg_policy_loader *loader, gg_policy_rule *rule, int64_t at_least,
                     gridgov_points points) {
    gridgov_policy *policy = loader->policy;
    void *items = policy->bands;
    int grown =
        gg_grow(&items, (size_t)policy->band_count, &loader->band_capacity, sizeof *policy->bands);
    policy->bands = items;
    if (grown != 0) {
        loader->short_of_memory = 1;
        return;
    }
    policy->bands[policy->band_count++] = (gg_policy_band){at_least, points};
    rule->band_count++;
}

/* Edge of a band in the rule's own unit: a whole count, or thousandths of a percent. */
static int64_t read_edge(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                         const char *pointer) {
    int64_t edge = read_number(loader, object, pointer, "at_least", 0, EDGE_MAX, &rule->configured);
    if (rule->denominator != GRIDGOV_NONE || edge % 1000 == 0) {
        return rule->denominator != GRIDGOV_NONE ? edge : edge / 1000;
    }
    gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, pointer, "at_least", "at_least",
                    "a whole number");
    return edge / 1000;
}

static void read_bands(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                       const char *pointer) {
    const json_t *array = gg_json_array(&loader->reader, object, pointer, "bands", 1);
    char list[GG_POINTER_SIZE], at[GG_POINTER_SIZE];
    size_t count = json_array_size(array);
    int64_t before = INT64_MAX;
    int in_order = array == NULL || count > 0;
    gg_json_pointer_key(list, pointer, "bands");
    rule->first_band = loader->policy->band_count;
    for (size_t i = 0; i < count && !loader->short_of_memory; i++) {
        const json_t *band = json_array_get(array, i);
        int64_t edge = INT64_MIN;
        gridgov_points points;
        int last = i + 1 == count;
        gg_json_pointer_at(at, list, i);
        if (!json_is_object(band)) {
            gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, at, NULL, at, "object");
            continue;
        }
        gg_json_known(&loader->reader, band, at, last ? last_band_keys : band_keys);
        if (last) {
            in_order &= gg_json_bool(&loader->reader, band, at, "otherwise", 0);
        } else {
            edge = read_edge(loader, rule, band, at);
            in_order &= edge < before || !rule->configured;
            before = edge;
        }
        points = read_number(loader, band, at, "points", 0, POINTS_MAX, &rule->configured);
        add_band(loader, rule, edge, points);
    }
    if (!in_order) {
        gg_json_problem(&loader->reader, GG_RULE_POLICY_BANDS, pointer, "bands", NULL, NULL);
    }
}

static void read_below(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                       const char *pointer) {
    static const char *const words[] = {"exact", "full", "started", NULL};
    static const int32_t values[] = {GRIDGOV_PART_EXACT, GRIDGOV_PART_FULL, GRIDGOV_PART_STARTED};
    read_ratio(loader, rule, object, pointer);
    rule->threshold =
        read_number(loader, object, pointer, "threshold", 0, PERCENT, &rule->configured);
    rule->points = read_number(loader, object, pointer, "points", 1, POINTS_MAX, &rule->configured);
    if (rule->kind == GRIDGOV_SCORE_RULE_PER_PERCENT) {
        rule->part =
            read_word(loader, object, pointer, "part", words, values, "exact, full, started");
    }
}

/* Fill a rule of a known kind. */
static void read_rule(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                      const char *pointer) {
    gg_json_reader *reader = &loader->reader;
    switch (rule->kind) {
    case GRIDGOV_SCORE_RULE_BELOW:
        gg_json_known(reader, object, pointer, below_keys);
        read_below(loader, rule, object, pointer);
        break;
    case GRIDGOV_SCORE_RULE_PER_PERCENT:
        gg_json_known(reader, object, pointer, percent_keys);
        read_below(loader, rule, object, pointer);
        break;
    case GRIDGOV_SCORE_RULE_BANDS:
        if (json_object_get(object, "metric") != NULL) {
            gg_json_known(reader, object, pointer, count_band_keys);
            rule->numerator = read_metric(loader, object, pointer, "metric");
        } else {
            gg_json_known(reader, object, pointer, ratio_band_keys);
            read_ratio(loader, rule, object, pointer);
        }
        read_bands(loader, rule, object, pointer);
        break;
    default:
        gg_json_known(reader, object, pointer, count_keys);
        rule->numerator = read_metric(loader, object, pointer, "metric");
        rule->points =
            read_number(loader, object, pointer, "points", 1, POINTS_MAX, &rule->configured);
        break;
    }
    if (!rule->configured) {
        rule->points = 0;
    }
}

/* Kind of a rule by its stable code; 0, reported, if there is none. */
static int32_t read_kind(gg_policy_loader *loader, const json_t *object, const char *pointer) {
    const char *text = gg_json_text(&loader->reader, object, pointer, "rule", 1, NULL);
    if (text == NULL) {
        return 0;
    }
    for (int32_t kind = GRIDGOV_SCORE_RULE_PER_UNIT; kind <= GRIDGOV_SCORE_RULE_BANDS; kind++) {
        const char *code = gridgov_code_text(GRIDGOV_KIND_SCORE_RULE, kind);
        if (code != NULL && strcmp(text, code) == 0) {
            return kind;
        }
    }
    gg_json_problem(&loader->reader, GG_RULE_JSON_CODE, pointer, "rule", text,
                    "per_unit, any, below, per_percent, bands");
    return 0;
}

void gg_policy_read_rules(gg_policy_loader *loader, gg_policy_indicator *indicator,
                          const json_t *deductions, const char *pointer) {
    gridgov_policy *policy = loader->policy;
    size_t count = json_array_size(deductions);
    for (size_t i = 0; i < count && !loader->short_of_memory; i++) {
        const json_t *object = json_array_get(deductions, i);
        gg_policy_rule rule = {.configured = 1,
                               .numerator = GRIDGOV_NONE,
                               .denominator = GRIDGOV_NONE,
                               .threshold = -1,
                               .when_empty = GRIDGOV_CELL_BLANK};
        void *items = policy->rules;
        char at[GG_POINTER_SIZE];
        gg_json_pointer_at(at, pointer, i);
        if (!json_is_object(object)) {
            gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, at, NULL, at, "object");
            continue;
        }
        rule.kind = read_kind(loader, object, at);
        if (rule.kind == 0) {
            continue;
        }
        read_rule(loader, &rule, object, at);
        if (gg_grow(&items, (size_t)policy->rule_count, &loader->rule_capacity,
                    sizeof *policy->rules) != 0) {
            loader->short_of_memory = 1;
            return;
        }
        policy->rules = items;
        policy->rules[policy->rule_count++] = rule;
        indicator->rule_count++;
    }
}
