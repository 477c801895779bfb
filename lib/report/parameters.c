/* SPDX-License-Identifier: Apache-2.0 */
/* The document gridgov.parameters/1: names, titles and thresholds of one office. Everything is
 * copied into one arena, so that the JSON tree does not outlive the call. An unknown key, rule or
 * form is a problem with its JSON pointer; every problem is reported, the first one fails the call.
 */
#include "parameters.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/json.h"

#include <gridgov/civil.h>

static const char *const known_keys[] = {"schema",
                                         "version",
                                         "office",
                                         "issuer",
                                         "document_number",
                                         "title",
                                         "addressees",
                                         "preamble",
                                         "cc",
                                         "printed_by",
                                         "printed_on",
                                         "taxonomy",
                                         "calendar",
                                         "policy",
                                         "policy_parameters",
                                         "next_steps",
                                         "table_title",
                                         "utc_offset_minutes",
                                         "lifecycle",
                                         "roster",
                                         "agency_rosters",
                                         "known_by",
                                         NULL};

static const char *const known_rule_keys[] = {"rule", "threshold", "category", "group", NULL};

static const struct {
    const char *name;
    int32_t kind;
    int needs_threshold, needs_category, needs_group;
} next_rules[] = {
    {"total_below", GG_NEXT_TOTAL_BELOW, 1, 0, 0},
    {"invalid_reports_at_least", GG_NEXT_INVALID_AT_LEAST, 1, 0, 0},
    {"category_share_above", GG_NEXT_CATEGORY_ABOVE, 1, 1, 0},
    {"group_points_lost_at_least", GG_NEXT_GROUP_LOST, 1, 0, 1},
    {"closure_rate_below", GG_NEXT_CLOSURE_BELOW, 1, 0, 0},
    {"unexplained_adjustments", GG_NEXT_UNEXPLAINED, 0, 0, 0},
};

/* Room for a hundred million points or a percentage of any size a threshold makes sense for. */
#define THRESHOLD_MAX INT64_C(100000000000)

static const char *copy_text(gg_parameters *parameters, gg_json_reader *reader,
                             const json_t *object, const char *pointer, const char *key,
                             int required, int *failed) {
    const char *text = gg_json_text(reader, object, pointer, key, required, "");
    const char *copy = gg_arena_text(&parameters->arena, text, gg_str_of(text).size);
    if (copy == NULL) {
        *failed = 1;
        return "";
    }
    return copy;
}

static void read_rule(gg_parameters *parameters, gg_json_reader *reader, const json_t *object,
                      const char *pointer, int *failed) {
    gg_next_rule *rule = &parameters->next[parameters->next_count];
    const char *name = gg_json_text(reader, object, pointer, "rule", 1, "");
    gg_json_known(reader, object, pointer, known_rule_keys);
    for (size_t i = 0; i < sizeof next_rules / sizeof next_rules[0]; i++) {
        if (!gg_str_equal(gg_str_of(name), gg_str_of(next_rules[i].name))) {
            continue;
        }
        rule->kind = next_rules[i].kind;
        rule->threshold = gg_json_decimal(reader, object, pointer, "threshold", 3,
                                          next_rules[i].needs_threshold, 0, 0, THRESHOLD_MAX);
        rule->category = copy_text(parameters, reader, object, pointer, "category",
                                   next_rules[i].needs_category, failed);
        rule->group = copy_text(parameters, reader, object, pointer, "group",
                                next_rules[i].needs_group, failed);
        parameters->next_count++;
        return;
    }
    if (name[0] != '\0') {
        gg_json_problem(reader, GG_RULE_JSON_CODE, pointer, "rule", name,
                        "total_below, invalid_reports_at_least, category_share_above, "
                        "group_points_lost_at_least, closure_rate_below, unexplained_adjustments");
    }
}

static void read_rules(gg_parameters *parameters, gg_json_reader *reader, int *failed) {
    const json_t *rules = gg_json_array(reader, reader->root, "", "next_steps", 0);
    if (rules == NULL || json_array_size(rules) == 0) {
        return;
    }
    parameters->next =
        gg_arena_alloc(&parameters->arena, json_array_size(rules) * sizeof *parameters->next);
    if (parameters->next == NULL) {
        *failed = 1;
        return;
    }
    for (size_t i = 0; i < json_array_size(rules); i++) {
        char pointer[64];
        const json_t *object = json_array_get(rules, i);
        gg_json_pointer_at(pointer, "/next_steps", i);
        if (!json_is_object(object)) {
            gg_json_problem(reader, GG_RULE_JSON_TYPE, pointer, NULL, pointer, "an object");
            continue;
        }
        read_rule(parameters, reader, object, pointer, failed);
    }
}

static void read_nested(gg_parameters *parameters, gg_json_reader *reader, int *failed) {
    const json_t *object = gg_json_object(reader, reader->root, "", "policy_parameters", 0);
    gg_buf canonical = {0};
    gg_digest digest;
    if (object != NULL) {
        gg_json_put_canonical(&canonical, object);
        parameters->policy_parameters =
            gg_arena_text(&parameters->arena, gg_buf_data(&canonical), canonical.size);
        *failed |= parameters->policy_parameters == NULL || gg_buf_failed(&canonical);
    }
    gg_buf_clear(&canonical);
    gg_json_put_canonical(&canonical, reader->root);
    *failed |= gg_buf_failed(&canonical);
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_make(gg_buf_data(&canonical), canonical.size));
    gg_digest_finish(&digest, parameters->digest);
    gg_buf_release(&canonical);
}

static void read_texts(gg_parameters *parameters, gg_json_reader *reader, int *failed) {
    const struct {
        const char *key;
        const char **target;
    } texts[] = {
        {"office", &parameters->office},
        {"issuer", &parameters->issuer},
        {"document_number", &parameters->document_number},
        {"title", &parameters->title},
        {"table_title", &parameters->table_title},
        {"addressees", &parameters->addressees},
        {"preamble", &parameters->preamble},
        {"cc", &parameters->cc},
        {"printed_by", &parameters->printed_by},
        {"taxonomy", &parameters->taxonomy},
        {"calendar", &parameters->calendar},
        {"policy", &parameters->policy},
        {"lifecycle", &parameters->lifecycle},
        {"roster", &parameters->roster},
        {"known_by", &parameters->known_by},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i].target = copy_text(parameters, reader, reader->root, "", texts[i].key, 0, failed);
    }
}

/* Agencies with hours of their own: an object of agency → name of a roster. */
static void read_rosters(gg_parameters *parameters, gg_json_reader *reader, int *failed) {
    json_t *object = gg_json_object(reader, reader->root, "", "agency_rosters", 0);
    const size_t count = json_object_size(object);
    const char *name;
    json_t *value;
    if (count == 0) {
        return;
    }
    parameters->agency_names = gg_arena_alloc(&parameters->arena, count * sizeof(char *));
    parameters->agency_rosters = gg_arena_alloc(&parameters->arena, count * sizeof(char *));
    if (parameters->agency_names == NULL || parameters->agency_rosters == NULL) {
        *failed = 1;
        return;
    }
    json_object_foreach(object, name, value) {
        const int64_t i = parameters->agency_count;
        if (!json_is_string(value)) {
            gg_json_problem(reader, GG_RULE_JSON_TYPE, "/agency_rosters", name, name, "text");
            continue;
        }
        parameters->agency_names[i] = gg_arena_text(&parameters->arena, name, gg_str_of(name).size);
        parameters->agency_rosters[i] =
            copy_text(parameters, reader, object, "/agency_rosters", name, 1, failed);
        *failed |= parameters->agency_names[i] == NULL;
        parameters->agency_count++;
    }
}

static void read_day(gg_parameters *parameters, gg_json_reader *reader) {
    const char *text = gg_json_text(reader, reader->root, "", "printed_on", 0, "");
    gg_str day = gg_str_of(text);
    if (day.size > 0 &&
        gridgov_day_parse(&parameters->printed_on, day.data, day.size, NULL) != GRIDGOV_OK) {
        gg_json_problem(reader, GG_RULE_DAY, "", "printed_on", text, NULL);
    }
}

static void set_defaults(gg_parameters *parameters) {
    *parameters = (gg_parameters){.office = "",
                                  .issuer = "",
                                  .document_number = "",
                                  .title = "",
                                  .addressees = "",
                                  .preamble = "",
                                  .cc = "",
                                  .printed_by = "",
                                  .table_title = "",
                                  .printed_on = GRIDGOV_NO_DAY,
                                  .taxonomy = "",
                                  .calendar = "",
                                  .policy = "",
                                  .lifecycle = "",
                                  .roster = "",
                                  .known_by = "",
                                  .policy_parameters = "",
                                  .utc_offset_minutes = INT32_MIN};
}

gridgov_status gg_parameters_load(gg_parameters *parameters, const char *json, size_t size,
                                  gridgov_issues *issues, gridgov_error *err) {
    gg_json_reader reader;
    gridgov_status status;
    int failed = 0;
    set_defaults(parameters);
    if (json == NULL || size == 0) {
        return GRIDGOV_OK;
    }
    GG_TRY(gg_json_open(&reader, "parameters", json, size, "gridgov.parameters/1", issues, err));
    gg_json_known(&reader, reader.root, "", known_keys);
    read_texts(parameters, &reader, &failed);
    read_day(parameters, &reader);
    read_rosters(parameters, &reader, &failed);
    parameters->utc_offset_minutes = (int32_t)gg_json_int(
        &reader, reader.root, "", "utc_offset_minutes", 0, INT32_MIN, -1440, 1440);
    read_rules(parameters, &reader, &failed);
    read_nested(parameters, &reader, &failed);
    status = failed ? gg_fail_memory(err) : gg_json_status(&reader, err);
    gg_json_close(&reader);
    return status;
}

void gg_parameters_release(gg_parameters *parameters) {
    gg_arena_release(&parameters->arena);
    set_defaults(parameters);
}
