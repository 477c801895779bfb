/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the rules of an indicator or a veto. Each kind of rule has a closed list of members;
 * numbers stand in the document or refer to a parameter. A rule whose parameter is open is kept and
 * marked as not configured, so that its indicator is not assessed instead of silently full.
 *
 * Rules are trees, kept as nodes in pre-order. Invariant: points are positive, thresholds lie
 * within 0 … 100 percent, metrics count per unit, only sums, least, greatest and consecutive months
 * have rules below them, and a tree is at most DEPTH_MAX deep. */
#include "policy_load.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/codes.h>

#include <string.h>

#define PERCENT ((int64_t)100 * 1000) /* 100 percent in thousandths */
#define DEPTH_MAX 4
#define RULES_MAX 32 /* below one rule */
#define MONTHS_MAX 12

#define COMMON "rule", "clause", "source", "certainty", NULL
#define RATIO "numerator", "denominator", "complement", "when_empty", "minimum_denominator"

static const char *const count_keys[] = {"metric", "points", COMMON};
static const char *const shared_keys[] = {"metric", "points", "shared_by", COMMON};
static const char *const at_least_keys[] = {"metric", "count", "points", COMMON};
static const char *const quota_keys[] = {"metric",           "quota",    "points",
                                         "in_proportion_to", "rounding", COMMON};
static const char *const task_keys[] = {"metric", "task", "days", "points", COMMON};
static const char *const stage_keys[] = {"metric", "stages", COMMON};
static const char *const table_keys[] = {"rows", "columns", "points", COMMON};
static const char *const below_keys[] = {RATIO, "threshold", "points", COMMON};
static const char *const percent_keys[] = {RATIO, "threshold", "points", "part", COMMON};
static const char *const count_band_keys[] = {"metric", "bands", COMMON};
static const char *const ratio_band_keys[] = {RATIO, "bands", COMMON};
static const char *const consecutive_keys[] = {"months", "of", "points", "without_history", COMMON};
static const char *const group_keys[] = {"rules", COMMON};
static const char *const proportion_keys[] = {"numerator", "denominator", NULL};

static void read_points(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                        const char *pointer) {
    rule->points =
        gg_policy_number(loader, object, pointer, "points", 1, GG_POINTS_MAX, &rule->configured);
}

static void read_below(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                       const char *pointer) {
    static const char *const words[] = {"exact", "full", "started", NULL};
    static const int32_t values[] = {GRIDGOV_PART_EXACT, GRIDGOV_PART_FULL, GRIDGOV_PART_STARTED};
    int per_percent = rule->kind == GRIDGOV_SCORE_RULE_PER_PERCENT;
    gg_json_known(&loader->reader, object, pointer, per_percent ? percent_keys : below_keys);
    gg_policy_ratio(loader, rule, object, pointer);
    rule->threshold =
        gg_policy_number(loader, object, pointer, "threshold", 0, PERCENT, &rule->configured);
    read_points(loader, rule, object, pointer);
    if (per_percent) {
        rule->part =
            gg_policy_word(loader, object, pointer, "part", words, values, "exact, full, started");
    }
}

static void read_count(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                       const char *pointer) {
    gg_policy_count(loader, rule, object, pointer);
    if (rule->kind == GRIDGOV_SCORE_RULE_AT_LEAST) {
        gg_json_known(&loader->reader, object, pointer, at_least_keys);
        rule->limit =
            gg_policy_whole(loader, object, pointer, "count", 1, GG_COUNT_MAX, &rule->configured);
    } else if (rule->kind == GRIDGOV_SCORE_RULE_PER_UNIT) {
        gg_json_known(&loader->reader, object, pointer, shared_keys);
        if (json_object_get(object, "shared_by") != NULL) {
            rule->scale = gg_policy_read_operand(loader, object, pointer, "shared_by");
            loader->policy->grown = 1;
        }
    } else {
        gg_json_known(&loader->reader, object, pointer, count_keys);
    }
    read_points(loader, rule, object, pointer);
}

static void read_quota(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                       const char *pointer) {
    const json_t *proportion;
    char below[GG_POINTER_SIZE];
    gg_json_known(&loader->reader, object, pointer, quota_keys);
    gg_policy_count(loader, rule, object, pointer);
    rule->limit =
        gg_policy_whole(loader, object, pointer, "quota", 1, GG_COUNT_MAX, &rule->configured);
    read_points(loader, rule, object, pointer);
    if (json_is_string(json_object_get(object, "in_proportion_to"))) {
        static const char *const words[] = {"days", NULL};
        static const int32_t values[] = {0};
        (void)gg_policy_word(loader, object, pointer, "in_proportion_to", words, values, "days");
        rule->scaled = gg_policy_count_of(loader, GRIDGOV_COUNT_GRID_DAYS);
        rule->scale = gg_policy_count_of(loader, GRIDGOV_COUNT_PERIOD_DAYS);
        rule->rounding = gg_policy_rounding(loader, object, pointer, "rounding");
        return;
    }
    proportion = gg_json_object(&loader->reader, object, pointer, "in_proportion_to", 0);
    if (proportion != NULL) {
        gg_json_pointer_key(below, pointer, "in_proportion_to");
        gg_json_known(&loader->reader, proportion, below, proportion_keys);
        rule->scaled = gg_policy_read_operand(loader, proportion, below, "numerator");
        rule->scale = gg_policy_read_operand(loader, proportion, below, "denominator");
        rule->rounding = gg_policy_rounding(loader, object, pointer, "rounding");
    } else if (json_object_get(object, "rounding") != NULL) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_KEY, pointer, "rounding", "rounding", NULL);
    }
}

static void read_task(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                      const char *pointer) {
    gg_json_known(&loader->reader, object, pointer, task_keys);
    gg_policy_count(loader, rule, object, pointer);
    rule->limit =
        gg_policy_whole(loader, object, pointer, "task", 1, GG_COUNT_MAX, &rule->configured);
    rule->scaled = gg_policy_read_operand(loader, object, pointer, "days");
    read_points(loader, rule, object, pointer);
}

static void read_bands(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                       const char *pointer) {
    if (json_object_get(object, "metric") != NULL) {
        gg_json_known(&loader->reader, object, pointer, count_band_keys);
        gg_policy_count(loader, rule, object, pointer);
    } else {
        gg_json_known(&loader->reader, object, pointer, ratio_band_keys);
        gg_policy_ratio(loader, rule, object, pointer);
    }
    gg_policy_read_bands(loader, rule, object, pointer);
}

static void read_consecutive(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                             const char *pointer) {
    gridgov_policy *policy = loader->policy;
    gg_json_known(&loader->reader, object, pointer, consecutive_keys);
    rule->months =
        (int32_t)gg_json_int(&loader->reader, object, pointer, "months", 1, 2, 2, MONTHS_MAX);
    rule->when_empty = gg_policy_when_empty(loader, object, pointer, "without_history");
    read_points(loader, rule, object, pointer);
    policy->months = rule->months > policy->months ? rule->months : policy->months;
}

/* Fill a rule of a known kind. */
static void read_members(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                         const char *pointer) {
    switch (rule->kind) {
    case GRIDGOV_SCORE_RULE_BELOW:
    case GRIDGOV_SCORE_RULE_PER_PERCENT:
        read_below(loader, rule, object, pointer);
        break;
    case GRIDGOV_SCORE_RULE_BANDS:
        read_bands(loader, rule, object, pointer);
        break;
    case GRIDGOV_SCORE_RULE_QUOTA:
        read_quota(loader, rule, object, pointer);
        break;
    case GRIDGOV_SCORE_RULE_TASK_DAYS:
        read_task(loader, rule, object, pointer);
        break;
    case GRIDGOV_SCORE_RULE_STAGED:
        gg_json_known(&loader->reader, object, pointer, stage_keys);
        gg_policy_count(loader, rule, object, pointer);
        gg_policy_read_stages(loader, rule, object, pointer);
        break;
    case GRIDGOV_SCORE_RULE_TABLE:
        gg_json_known(&loader->reader, object, pointer, table_keys);
        gg_policy_read_table(loader, rule, object, pointer);
        break;
    case GRIDGOV_SCORE_RULE_CONSECUTIVE:
        read_consecutive(loader, rule, object, pointer);
        break;
    case GRIDGOV_SCORE_RULE_SUM:
    case GRIDGOV_SCORE_RULE_LEAST:
    case GRIDGOV_SCORE_RULE_GREATEST:
        gg_json_known(&loader->reader, object, pointer, group_keys);
        break;
    default:
        read_count(loader, rule, object, pointer);
        break;
    }
    if (!rule->configured) {
        rule->points = 0;
    }
}

/* Rules that give points as well as take them. */
static int may_award(int32_t kind) {
    return kind == GRIDGOV_SCORE_RULE_PER_UNIT || kind == GRIDGOV_SCORE_RULE_ANY ||
           kind == GRIDGOV_SCORE_RULE_BANDS || kind == GRIDGOV_SCORE_RULE_AT_LEAST ||
           kind == GRIDGOV_SCORE_RULE_STAGED || kind == GRIDGOV_SCORE_RULE_TABLE ||
           kind >= GRIDGOV_SCORE_RULE_SUM;
}

/* Kind of a rule by its stable code; 0, reported, if there is none. */
static int32_t read_kind(gg_policy_loader *loader, const json_t *object, const char *pointer,
                         int is_award) {
    const char *text = gg_json_text(&loader->reader, object, pointer, "rule", 1, NULL);
    if (text == NULL) {
        return 0;
    }
    for (int32_t kind = GRIDGOV_SCORE_RULE_PER_UNIT; kind <= GRIDGOV_SCORE_RULE_GREATEST; kind++) {
        const char *code = gridgov_code_text(GRIDGOV_KIND_SCORE_RULE, kind);
        if (code != NULL && strcmp(text, code) == 0 && (!is_award || may_award(kind)) &&
            (kind != GRIDGOV_SCORE_RULE_CONSECUTIVE || !loader->in_history)) {
            loader->policy->grown |= kind > GRIDGOV_SCORE_RULE_BANDS;
            return kind;
        }
    }
    gg_json_problem(&loader->reader, GG_RULE_JSON_CODE, pointer, "rule", text,
                    is_award ? "per_unit, any, at_least, bands, staged, table, sum, least, greatest"
                             : "per_unit, any, at_least, below, per_percent, bands, quota, "
                               "task_days, staged, table, consecutive, sum, least, greatest");
    return 0;
}

/* The words of a rule of its own: what is not said is the indicator's. */
static void read_words(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                       const char *pointer) {
    rule->clause = gg_policy_optional_text(loader, object, pointer, "clause");
    rule->source = gg_policy_optional_text(loader, object, pointer, "source");
    rule->certainty = "";
    if (json_object_get(object, "certainty") != NULL) {
        rule->certainty = gg_policy_certainty(loader, object, pointer);
    }
    loader->policy->grown |=
        rule->clause[0] != '\0' || rule->source[0] != '\0' || rule->certainty[0] != '\0';
}

static int64_t append(gg_policy_loader *loader, const gg_policy_rule *rule) {
    gridgov_policy *policy = loader->policy;
    void *items = policy->rules;
    if (gg_grow(&items, (size_t)policy->rule_count, &loader->rule_capacity,
                sizeof *policy->rules) != 0) {
        loader->short_of_memory = 1;
        return GRIDGOV_NONE;
    }
    policy->rules = items;
    policy->rules[policy->rule_count] = *rule;
    return policy->rule_count++;
}

static int64_t read_list(gg_policy_loader *loader, const json_t *rules, const char *pointer,
                         int is_award, int64_t parent, int depth);

/* One rule and those below it; parent among the owner's nodes. */
static void read_node(gg_policy_loader *loader, const json_t *object, const char *pointer,
                      int is_award, int64_t parent, int depth) {
    gg_policy_rule rule = {.configured = 1,
                           .span = 1,
                           .is_award = is_award,
                           .parent = parent,
                           .numerator = GRIDGOV_NONE,
                           .denominator = GRIDGOV_NONE,
                           .threshold = -1,
                           .when_empty = GRIDGOV_CELL_BLANK};
    char below[GG_POINTER_SIZE];
    int64_t index, self = loader->policy->rule_count - loader->owner_first;
    if (!json_is_object(object)) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, pointer, NULL, pointer, "object");
        return;
    }
    rule.kind = read_kind(loader, object, pointer, is_award);
    if (rule.kind == 0) {
        return;
    }
    if (depth > DEPTH_MAX) {
        gg_json_problem(&loader->reader, GG_RULE_POLICY_DEPTH, pointer, NULL, NULL, NULL);
        return;
    }
    read_words(loader, &rule, object, pointer);
    read_members(loader, &rule, object, pointer);
    index = append(loader, &rule);
    if (index == GRIDGOV_NONE) {
        return;
    }
    if (rule.kind == GRIDGOV_SCORE_RULE_CONSECUTIVE) {
        const json_t *of = gg_json_object(&loader->reader, object, pointer, "of", 1);
        gg_json_pointer_key(below, pointer, "of");
        if (of != NULL) {
            loader->in_history = 1; /* an earlier month has no earlier months of its own */
            read_node(loader, of, below, is_award, self, depth + 1);
            loader->in_history = 0;
        }
    } else if (rule.kind >= GRIDGOV_SCORE_RULE_SUM) {
        const json_t *rules = gg_json_array(&loader->reader, object, pointer, "rules", 1);
        size_t count = json_array_size(rules);
        gg_json_pointer_key(below, pointer, "rules");
        if (rules != NULL && (count < 1 || count > RULES_MAX)) {
            gg_json_problem(&loader->reader, GG_RULE_JSON_RANGE, below, NULL, "rules", "1 … 32");
        } else if (rules != NULL) {
            read_list(loader, rules, below, is_award, self, depth + 1);
        }
    }
    loader->policy->rules[index].span = (int32_t)(loader->policy->rule_count - index);
}

static int64_t read_list(gg_policy_loader *loader, const json_t *rules, const char *pointer,
                         int is_award, int64_t parent, int depth) {
    int64_t before = loader->policy->rule_count;
    for (size_t i = 0; i < json_array_size(rules) && !loader->short_of_memory; i++) {
        char at[GG_POINTER_SIZE];
        gg_json_pointer_at(at, pointer, i);
        read_node(loader, json_array_get(rules, i), at, is_award, parent, depth);
    }
    return loader->policy->rule_count - before;
}

int64_t gg_policy_read_rules(gg_policy_loader *loader, const json_t *rules, const char *pointer,
                             int is_award) {
    return read_list(loader, rules, pointer, is_award, GRIDGOV_NONE, 1);
}

int64_t gg_policy_read_rule(gg_policy_loader *loader, const json_t *object, const char *pointer,
                            const char *key) {
    int64_t before = loader->policy->rule_count;
    const json_t *rule = gg_json_object(&loader->reader, object, pointer, key, 1);
    char below[GG_POINTER_SIZE];
    gg_json_pointer_key(below, pointer, key);
    if (rule != NULL) {
        read_node(loader, rule, below, 0, GRIDGOV_NONE, 1);
    }
    return loader->policy->rule_count - before;
}
