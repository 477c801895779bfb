/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a gridgov.policy/1 document: its head, groups and indicators. Parameters and metrics stand
 * in policy_parameters.c, deduction rules in policy_rules.c.
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

#define POINTS_MAX ((int64_t)1000000 * GRIDGOV_POINT) /* of one indicator or group */

static const char *const policy_keys[] = {
    "schema",    "version",    "name",     "title",      "title_en", "source",
    "certainty", "valid_from", "valid_to", "parameters", "metrics",  "metric_thresholds",
    "groups",    "indicators", "bonus",    NULL};
static const char *const group_keys[] = {"code", "name", "name_en", "max", NULL};
static const char *const indicator_keys[] = {"code",       "name",   "name_en", "group",     "max",
                                             "deductions", "clause", "source",  "certainty", NULL};
static const char *const bonus_keys[] = {"name", "name_en", NULL};

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
static const char *optional_text(gg_policy_loader *loader, const json_t *object,
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

static void read_head(gg_policy_loader *loader) {
    gridgov_policy *policy = loader->policy;
    gg_json_reader *reader = &loader->reader;
    const json_t *root = reader->root;
    const json_t *bonus;
    gridgov_day last;
    gg_json_known(reader, root, "", policy_keys);
    policy->version = gg_json_int(reader, root, "", "version", 1, 0, 1, INT32_MAX);
    policy->name = gg_policy_name_text(loader, root, "", "name");
    policy->title = required_text(loader, root, "", "title");
    policy->title_en = optional_text(loader, root, "", "title_en");
    policy->source = required_text(loader, root, "", "source");
    policy->certainty = gg_policy_certainty(loader, root, "");
    policy->from = read_day(loader, "valid_from");
    last = read_day(loader, "valid_to");
    policy->to = last == GRIDGOV_NO_DAY ? GRIDGOV_NO_DAY : last + 1;
    if (last != GRIDGOV_NO_DAY && policy->from != GRIDGOV_NO_DAY && last < policy->from) {
        gg_json_problem(reader, GG_RULE_POLICY_DATES, "", "valid_to",
                        json_string_value(json_object_get(root, "valid_to")), NULL);
    }
    bonus = gg_json_object(reader, root, "", "bonus", 1);
    policy->bonus_name = "";
    policy->bonus_name_en = "";
    if (bonus != NULL) {
        gg_json_known(reader, bonus, "/bonus", bonus_keys);
        policy->bonus_name = gg_policy_name_text(loader, bonus, "/bonus", "name");
        policy->bonus_name_en = optional_text(loader, bonus, "/bonus", "name_en");
    }
}

/* Element index of an array that must hold objects; reports it otherwise. */
static const json_t *element(gg_policy_loader *loader, const json_t *array, const char *name,
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
        const json_t *object = element(loader, array, "/groups", i, pointer);
        gg_policy_group *group = &policy->groups[policy->group_count++];
        *group = (gg_policy_group){.code = "", .name = "", .name_en = ""};
        if (object == NULL) {
            continue;
        }
        gg_json_known(&loader->reader, object, pointer, group_keys);
        group->code = gg_policy_name_text(loader, object, pointer, "code");
        group->name = gg_policy_name_text(loader, object, pointer, "name");
        group->name_en = optional_text(loader, object, pointer, "name_en");
        group->max =
            gg_json_decimal(&loader->reader, object, pointer, "max", 3, 1, 0, 1, POINTS_MAX);
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

static void read_indicator(gg_policy_loader *loader, const json_t *object, const char *pointer) {
    gridgov_policy *policy = loader->policy;
    int64_t index = policy->indicator_count++;
    gg_policy_indicator *indicator = &policy->indicators[index];
    char below[GG_POINTER_SIZE];
    const json_t *deductions;
    *indicator = (gg_policy_indicator){
        .code = "", .name = "", .name_en = "", .clause = "", .source = "", .certainty = ""};
    if (object == NULL) {
        return;
    }
    gg_json_known(&loader->reader, object, pointer, indicator_keys);
    indicator->code = gg_policy_name_text(loader, object, pointer, "code");
    indicator->name = gg_policy_name_text(loader, object, pointer, "name");
    indicator->name_en = optional_text(loader, object, pointer, "name_en");
    indicator->clause = optional_text(loader, object, pointer, "clause");
    indicator->source = optional_text(loader, object, pointer, "source");
    indicator->certainty = gg_policy_certainty(loader, object, pointer);
    indicator->max =
        gg_json_decimal(&loader->reader, object, pointer, "max", 3, 1, 0, 1, POINTS_MAX);
    policy->base += indicator->max; /* at most 2^24 elements of 10^9 */
    index_indicator(loader, index, indicator->code, pointer, "code");
    index_indicator(loader, index, indicator->name, pointer, "name");
    join_group(loader, indicator, object, pointer);
    deductions = gg_json_array(&loader->reader, object, pointer, "deductions", 1);
    gg_json_pointer_key(below, pointer, "deductions");
    indicator->first_rule = policy->rule_count;
    if (deductions != NULL) {
        gg_policy_read_rules(loader, indicator, deductions, below);
    }
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
        const json_t *object = element(loader, array, "/indicators", i, pointer);
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

gridgov_status gg_policy_read(gridgov_policy *policy, const char *json, size_t size,
                              const char *parameters, size_t parameters_size,
                              gridgov_issues *issues, gridgov_error *err) {
    gg_policy_loader loader = {.policy = policy};
    const json_t *groups, *indicators;
    gridgov_status status;
    GG_TRY(gg_json_open(&loader.reader, "policy", json, size, "gridgov.policy/1", issues, err));
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
    }
    status = loader.short_of_memory ? gg_fail_memory(err) : gg_json_status(&loader.reader, err);
    gg_map_release(&loader.parameter_index);
    gg_json_close(&loader.reader);
    return status;
}
