/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a gridgov.policy/1 document: its head, groups and indicators. Parameters and metrics stand
 * in policy_parameters.c, rules in policy_rules.c, ranks and grades in policy_standing.c.
 *
 * Invariant of what comes out: every maximum is positive, a group's maximum is the sum of its
 * indicators', indicators stand group by group, every reference (group, metric, parameter) is an
 * index that exists, and no two indicators answer to the same code or printed name. A document that
 * breaks any of this is refused with all its problems. */
#include "policy_load.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

static const char *const policy_keys[] = {
    "schema",     "version",           "name",        "title",         "title_en",
    "source",     "certainty",         "valid_from",  "valid_to",      "parameters",
    "metrics",    "metric_thresholds", "groups",      "indicators",    "bonus",
    "rounding",   "not_assessed",      "grades",      "ranking",       "vetoes",
    "unit_means", "standard",          "peer_groups", "partial_month", NULL};
static const char *const group_keys[] = {"code", "name", "name_en", "max", "floor", "cap", NULL};
static const char *const indicator_keys[] = {
    "code",   "name",   "name_en",   "group", "max", "deductions",  "awards",
    "clause", "source", "certainty", "floor", "cap", "starts_from", NULL};
static const char *const bonus_keys[] = {"name", "name_en", "floor", "cap", "values", NULL};
static const char *const rounding_keys[] = {"method", "decimals", NULL};

const char *gg_policy_text(gg_policy_loader *loader, const char *text) {
    const char *copy = gg_arena_text(&loader->policy->arena, text, strlen(text));
    if (copy == NULL) {
        loader->short_of_memory = 1;
        return "";
    }
    return copy;
}

void gg_policy_adopt(gg_policy_loader *loader, const gridgov_error *problem) {
    if (problem->status == GRIDGOV_ENOMEM) {
        loader->short_of_memory = 1;
    } else if (loader->reader.first.status == GRIDGOV_OK) {
        loader->reader.first = *problem;
    }
}

const char *gg_policy_name_text(gg_policy_loader *loader, const json_t *object, const char *pointer,
                                const char *key) {
    const char *text = gg_json_text(&loader->reader, object, pointer, key, 1, NULL);
    char folded[GG_INDICATOR_KEY_SIZE];
    if (text == NULL) {
        return "";
    }
    if (gg_policy_key(folded, gg_str_of(text)).size == 0) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_RANGE, pointer, key, text, "1 … 256 bytes");
        return "";
    }
    return gg_policy_text(loader, text);
}

const char *gg_policy_certainty(gg_policy_loader *loader, const json_t *object,
                                const char *pointer) {
    static const char *const levels[] = {"published", "reconstructed", "ours"};
    const char *text = gg_json_text(&loader->reader, object, pointer, "certainty", 1, NULL);
    if (text == NULL) {
        return "";
    }
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (strcmp(text, levels[i]) == 0) {
            return levels[i];
        }
    }
    gg_json_problem(&loader->reader, GG_RULE_JSON_CODE, pointer, "certainty", text,
                    "published, reconstructed, ours");
    return "";
}

/* A text member of any length that must say something. */
static const char *required_text(gg_policy_loader *loader, const json_t *object,
                                 const char *pointer, const char *key) {
    const char *text = gg_json_text(&loader->reader, object, pointer, key, 1, NULL);
    if (text != NULL && gg_text_trim(gg_str_of(text)).size == 0) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_RANGE, pointer, key, text, "1 …");
    }
    return gg_policy_text(loader, text == NULL ? "" : text);
}

/* A text member that may be missing. */
const char *gg_policy_optional_text(gg_policy_loader *loader, const json_t *object,
                                    const char *pointer, const char *key) {
    return gg_policy_text(loader, gg_json_text(&loader->reader, object, pointer, key, 0, ""));
}

/* A date, or null where the validity is open. */
static gridgov_day read_day(gg_policy_loader *loader, const char *key) {
    const json_t *root = loader->reader.root;
    gridgov_day day = GRIDGOV_NO_DAY;
    const char *text;
    if (json_is_null(json_object_get(root, key))) {
        return GRIDGOV_NO_DAY;
    }
    text = gg_json_text(&loader->reader, root, "", key, 1, NULL);
    if (text != NULL && gridgov_day_parse(&day, text, strlen(text), NULL) != GRIDGOV_OK) {
        gg_json_problem(&loader->reader, GG_RULE_DAY, "", key, text, NULL);
    }
    return day;
}

/* A bound of points within [min, max]; fallback where it is not said. */
static gridgov_points read_bound(gg_policy_loader *loader, const json_t *object,
                                 const char *pointer, const char *key, gridgov_points min,
                                 gridgov_points max, gridgov_points fallback) {
    if (json_object_get(object, key) == NULL) {
        return fallback;
    }
    loader->policy->grown = 1;
    return gg_json_decimal(&loader->reader, object, pointer, key, 3, 1, 0, min, max);
}

/* The only points that one adjustment may have: "2", "4", "8", "10". */
static void read_bonus_values(gg_policy_loader *loader, const json_t *bonus) {
    gridgov_policy *policy = loader->policy;
    const json_t *array = gg_json_array(&loader->reader, bonus, "/bonus", "values", 0);
    size_t count = json_array_size(array);
    if (array == NULL) {
        return;
    }
    if (count == 0) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_RANGE, "/bonus", "values", "0", "1 …");
    }
    policy->grown = 1;
    policy->bonus_values = gg_calloc(count, sizeof *policy->bonus_values);
    if (policy->bonus_values == NULL) {
        loader->short_of_memory = 1;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        json_t *holder = json_pack("{s:O}", "values", json_array_get(array, i));
        if (holder == NULL) {
            loader->short_of_memory = 1;
            return;
        }
        policy->bonus_values[policy->bonus_value_count++] = gg_json_decimal(
            &loader->reader, holder, "/bonus", "values", 3, 1, 0, -GG_POINTS_MAX, GG_POINTS_MAX);
        json_decref(holder);
    }
}

static void read_bonus(gg_policy_loader *loader) {
    gridgov_policy *policy = loader->policy;
    const json_t *bonus = gg_json_object(&loader->reader, loader->reader.root, "", "bonus", 1);
    policy->bonus_name = "";
    policy->bonus_name_en = "";
    policy->bonus_floor = GG_NO_FLOOR;
    policy->bonus_cap = GG_NO_CAP;
    if (bonus == NULL) {
        return;
    }
    gg_json_known(&loader->reader, bonus, "/bonus", bonus_keys);
    policy->bonus_name = gg_policy_name_text(loader, bonus, "/bonus", "name");
    policy->bonus_name_en = gg_policy_optional_text(loader, bonus, "/bonus", "name_en");
    policy->bonus_floor =
        read_bound(loader, bonus, "/bonus", "floor", -GG_POINTS_MAX, 0, GG_NO_FLOOR);
    policy->bonus_cap = read_bound(loader, bonus, "/bonus", "cap", 0, GG_POINTS_MAX, GG_NO_CAP);
    read_bonus_values(loader, bonus);
}

/* How points of rules are rounded, and what a total does about what was not assessed. */
static void read_rounding(gg_policy_loader *loader) {
    static const char *const methods[] = {"half_up", "half_even", "truncate", "largest_remainder",
                                          NULL};
    static const int32_t method_values[] = {GRIDGOV_ROUNDING_HALF_UP, GRIDGOV_ROUNDING_HALF_EVEN,
                                            GRIDGOV_ROUNDING_TRUNCATE,
                                            GRIDGOV_ROUNDING_LARGEST_REMAINDER};
    static const char *const words[] = {"leave_out", "full_marks", "rescale", NULL};
    static const int32_t values[] = {GRIDGOV_NOT_ASSESSED_LEAVE_OUT,
                                     GRIDGOV_NOT_ASSESSED_FULL_MARKS, GRIDGOV_NOT_ASSESSED_RESCALE};
    gridgov_policy *policy = loader->policy;
    gg_json_reader *reader = &loader->reader;
    const json_t *object = gg_json_object(reader, reader->root, "", "rounding", 0);
    policy->rounding = GRIDGOV_ROUNDING_HALF_UP;
    policy->decimals = 3;
    policy->not_assessed = GRIDGOV_NOT_ASSESSED_LEAVE_OUT;
    if (object != NULL) {
        gg_json_known(reader, object, "/rounding", rounding_keys);
        policy->rounding =
            gg_policy_word(loader, object, "/rounding", "method", methods, method_values,
                           "half_up, half_even, truncate, largest_remainder");
        policy->decimals =
            (int32_t)gg_json_int(reader, object, "/rounding", "decimals", 1, 3, 0, 3);
        policy->grown = 1;
    }
    if (json_object_get(reader->root, "not_assessed") != NULL) {
        policy->not_assessed = gg_policy_word(loader, reader->root, "", "not_assessed", words,
                                              values, "leave_out, full_marks, rescale");
        policy->grown |= policy->not_assessed != GRIDGOV_NOT_ASSESSED_LEAVE_OUT;
    }
}

static void read_head(gg_policy_loader *loader) {
    gridgov_policy *policy = loader->policy;
    gg_json_reader *reader = &loader->reader;
    const json_t *root = reader->root;
    gridgov_day last;
    gg_json_known(reader, root, "", policy_keys);
    policy->version = gg_json_int(reader, root, "", "version", 1, 0, 1, INT32_MAX);
    policy->name = gg_policy_name_text(loader, root, "", "name");
    policy->title = required_text(loader, root, "", "title");
    policy->title_en = gg_policy_optional_text(loader, root, "", "title_en");
    policy->source = required_text(loader, root, "", "source");
    policy->certainty = gg_policy_certainty(loader, root, "");
    policy->from = read_day(loader, "valid_from");
    last = read_day(loader, "valid_to");
    policy->to = last == GRIDGOV_NO_DAY ? GRIDGOV_NO_DAY : last + 1;
    if (last != GRIDGOV_NO_DAY && policy->from != GRIDGOV_NO_DAY && last < policy->from) {
        gg_json_problem(reader, GG_RULE_POLICY_DATES, "", "valid_to",
                        json_string_value(json_object_get(root, "valid_to")), NULL);
    }
    read_bonus(loader);
    read_rounding(loader);
}

/* Element index of an array that must hold objects; reports it otherwise. */
const json_t *gg_policy_element(gg_policy_loader *loader, const json_t *array, const char *name,
                                size_t index, char pointer[GG_POINTER_SIZE]) {
    const json_t *object = json_array_get(array, index);
    gg_json_pointer_at(pointer, name, index);
    if (!json_is_object(object)) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, pointer, NULL, pointer, "object");
        return NULL;
    }
    return object;
}

static void read_groups(gg_policy_loader *loader, const json_t *array) {
    gridgov_policy *policy = loader->policy;
    size_t count = json_array_size(array);
    policy->groups = gg_calloc(count, sizeof *policy->groups);
    if (policy->groups == NULL) {
        loader->short_of_memory = 1;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        char pointer[GG_POINTER_SIZE];
        const json_t *object = gg_policy_element(loader, array, "/groups", i, pointer);
        gg_policy_group *group = &policy->groups[policy->group_count++];
        *group = (gg_policy_group){
            .code = "", .name = "", .name_en = "", .floor = GG_NO_FLOOR, .cap = GG_NO_CAP};
        if (object == NULL) {
            continue;
        }
        gg_json_known(&loader->reader, object, pointer, group_keys);
        group->code = gg_policy_name_text(loader, object, pointer, "code");
        group->name = gg_policy_name_text(loader, object, pointer, "name");
        group->name_en = gg_policy_optional_text(loader, object, pointer, "name_en");
        group->max =
            gg_json_decimal(&loader->reader, object, pointer, "max", 3, 1, 0, 1, GG_POINTS_MAX);
        group->floor = read_bound(loader, object, pointer, "floor", -GG_POINTS_MAX, 0, GG_NO_FLOOR);
        group->cap = read_bound(loader, object, pointer, "cap", 0, GG_POINTS_MAX, GG_NO_CAP);
        for (size_t k = 0; k < i; k++) {
            if (group->code[0] != '\0' && strcmp(policy->groups[k].code, group->code) == 0) {
                gg_json_problem(&loader->reader, GG_RULE_JSON_DUPLICATE, pointer, "code",
                                group->code, NULL);
            }
        }
    }
}

/* An indicator answers to its code and to its printed name; nobody else may. */
static void index_indicator(gg_policy_loader *loader, int64_t index, const char *text,
                            const char *pointer, const char *key) {
    gg_map *map = &loader->policy->indicator_index;
    char buffer[GG_INDICATOR_KEY_SIZE];
    gg_str folded = gg_policy_key(buffer, gg_str_of(text));
    int64_t other;
    if (folded.size == 0) {
        return;
    }
    other = gg_map_get(map, folded, GRIDGOV_NONE);
    if (other != GRIDGOV_NONE && other != index) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_DUPLICATE, pointer, key, text, NULL);
    } else if (gg_map_set(map, folded, index) != 0) {
        loader->short_of_memory = 1;
    }
}

static void join_group(gg_policy_loader *loader, gg_policy_indicator *indicator,
                       const json_t *object, const char *pointer) {
    gridgov_policy *policy = loader->policy;
    const char *code = gg_json_text(&loader->reader, object, pointer, "group", 1, NULL);
    int64_t index = policy->indicator_count - 1; /* of this indicator */
    int64_t before = index > 0 ? policy->indicators[index - 1].group : 0;
    indicator->group = before;
    if (code == NULL) {
        return;
    }
    for (int64_t i = 0; i < policy->group_count; i++) {
        if (strcmp(policy->groups[i].code, code) == 0) {
            indicator->group = i;
            if (i < before) {
                gg_json_problem(&loader->reader, GG_RULE_POLICY_ORDER, pointer, "group",
                                indicator->code, NULL);
                indicator->group = before;
            } else if (policy->groups[i].count++ == 0) {
                policy->groups[i].first = index;
            }
            return;
        }
    }
    gg_json_problem(&loader->reader, GG_RULE_JSON_REFERENCE, pointer, "group", code, "group");
}

/* What the line of an indicator is made of: its rules, where it starts, and its bounds. */
static void read_line(gg_policy_loader *loader, gg_policy_indicator *indicator,
                      const json_t *object, const char *pointer) {
    static const char *const words[] = {"full", "zero", NULL};
    static const int32_t values[] = {0, 1};
    const json_t *rules;
    char below[GG_POINTER_SIZE];
    if (json_object_get(object, "starts_from") != NULL) {
        indicator->from_zero =
            gg_policy_word(loader, object, pointer, "starts_from", words, values, "full, zero");
        loader->policy->grown |= indicator->from_zero;
    }
    indicator->floor =
        read_bound(loader, object, pointer, "floor", -GG_POINTS_MAX, 0, -indicator->max);
    indicator->cap = read_bound(loader, object, pointer, "cap", 0, GG_POINTS_MAX, 0);
    indicator->first_rule = loader->policy->rule_count;
    loader->owner_first = indicator->first_rule;
    rules = gg_json_array(&loader->reader, object, pointer, "deductions", !indicator->from_zero);
    gg_json_pointer_key(below, pointer, "deductions");
    if (rules != NULL) {
        gg_policy_read_rules(loader, rules, below, 0);
    }
    rules = gg_json_array(&loader->reader, object, pointer, "awards", indicator->from_zero);
    gg_json_pointer_key(below, pointer, "awards");
    if (rules != NULL) {
        indicator->has_awards = gg_policy_read_rules(loader, rules, below, 1) > 0;
        loader->policy->grown = 1;
    }
    indicator->rule_count = loader->policy->rule_count - indicator->first_rule;
}

static void read_indicator(gg_policy_loader *loader, const json_t *object, const char *pointer) {
    gridgov_policy *policy = loader->policy;
    int64_t index = policy->indicator_count++;
    gg_policy_indicator *indicator = &policy->indicators[index];
    *indicator = (gg_policy_indicator){
        .code = "", .name = "", .name_en = "", .clause = "", .source = "", .certainty = ""};
    if (object == NULL) {
        return;
    }
    gg_json_known(&loader->reader, object, pointer, indicator_keys);
    indicator->code = gg_policy_name_text(loader, object, pointer, "code");
    indicator->name = gg_policy_name_text(loader, object, pointer, "name");
    indicator->name_en = gg_policy_optional_text(loader, object, pointer, "name_en");
    indicator->clause = gg_policy_optional_text(loader, object, pointer, "clause");
    indicator->source = gg_policy_optional_text(loader, object, pointer, "source");
    indicator->certainty = gg_policy_certainty(loader, object, pointer);
    indicator->max =
        gg_json_decimal(&loader->reader, object, pointer, "max", 3, 1, 0, 1, GG_POINTS_MAX);
    policy->base += indicator->max; /* at most 2^24 elements of 10^9 */
    index_indicator(loader, index, indicator->code, pointer, "code");
    index_indicator(loader, index, indicator->name, pointer, "name");
    join_group(loader, indicator, object, pointer);
    read_line(loader, indicator, object, pointer);
}

static void read_indicators(gg_policy_loader *loader, const json_t *array) {
    gridgov_policy *policy = loader->policy;
    size_t count = json_array_size(array);
    policy->indicators = gg_calloc(count, sizeof *policy->indicators);
    if (policy->indicators == NULL) {
        loader->short_of_memory = 1;
        return;
    }
    if (count == 0) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_RANGE, "", "indicators", "0", "1 …");
    }
    for (size_t i = 0; i < count && !loader->short_of_memory; i++) {
        char pointer[GG_POINTER_SIZE];
        const json_t *object = gg_policy_element(loader, array, "/indicators", i, pointer);
        read_indicator(loader, object, pointer);
    }
}

static void check_sums(gg_policy_loader *loader) {
    gridgov_policy *policy = loader->policy;
    for (int64_t i = 0; i < policy->group_count; i++) {
        const gg_policy_group *group = &policy->groups[i];
        gridgov_points sum = 0;
        for (int64_t k = 0; k < group->count; k++) {
            sum += policy->indicators[group->first + k].max;
        }
        if (sum != group->max) {
            char pointer[GG_POINTER_SIZE];
            char text[GG_NUM_TEXT_SIZE];
            gg_decimal_format(text, sum, 3, 0);
            gg_json_pointer_at(pointer, "/groups", (size_t)i);
            gg_json_problem(&loader->reader, GG_RULE_POLICY_SUM, pointer, "max", group->code, text);
        }
    }
}

/* Parts of a whole can only be rounded to units that their bounds are made of. */
static void check_decimals(gg_policy_loader *loader) {
    static const int64_t units[] = {1000, 100, 10, 1};
    const gridgov_policy *policy = loader->policy;
    int64_t unit = units[policy->decimals];
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        const gg_policy_indicator *indicator = &policy->indicators[i];
        if (policy->rounding == GRIDGOV_ROUNDING_LARGEST_REMAINDER &&
            (indicator->floor % unit != 0 || indicator->cap % unit != 0 ||
             indicator->max % unit != 0)) {
            gg_json_problem(&loader->reader, GG_RULE_POLICY_DECIMALS, "/rounding", "decimals",
                            indicator->code, NULL);
        }
    }
}

gridgov_status gg_policy_read(gridgov_policy *policy, const char *json, size_t size,
                              const char *parameters, size_t parameters_size,
                              gridgov_issues *issues, gridgov_error *err) {
    gg_policy_loader loader = {.policy = policy};
    const json_t *groups, *indicators;
    gridgov_status status;
    GG_TRY(gg_json_open(&loader.reader, "policy", json, size, "gridgov.policy/1", issues, err));
    policy->rules = gg_calloc(1, sizeof *policy->rules); /* so that no rule is still a place */
    loader.rule_capacity = policy->rules != NULL;
    loader.short_of_memory = policy->rules == NULL;
    read_head(&loader);
    gg_policy_read_parameters(&loader, parameters, parameters_size);
    gg_policy_read_metrics(&loader);
    groups = gg_json_array(&loader.reader, loader.reader.root, "", "groups", 1);
    indicators = gg_json_array(&loader.reader, loader.reader.root, "", "indicators", 1);
    if (groups != NULL && !loader.short_of_memory) {
        read_groups(&loader, groups);
    }
    if (indicators != NULL && !loader.short_of_memory) {
        read_indicators(&loader, indicators);
        check_sums(&loader);
        check_decimals(&loader);
        gg_policy_read_standing(&loader);
    }
    status = loader.short_of_memory ? gg_fail_memory(err) : gg_json_status(&loader.reader, err);
    gg_map_release(&loader.parameter_index);
    gg_json_close(&loader.reader);
    return status;
}
