/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what a policy does with the totals: grades and vetoes, ranking and its tie-breaks, peer
 * groups, means of units, the standard below which grids are listed, and how long a grid must have
 * existed to be assessed. All of it is off unless the document says so.
 *
 * Invariant: grades fall strictly and the last one catches everything; a veto names a grade;
 * ranking among peers has peers. */
#include "policy_load.h"

#include "base/error.h"
#include "base/num.h"

#include <string.h>

#define GRADES_MAX 16
#define PEERS_MAX 64
#define TIE_BREAKS_MAX 16
#define MONTHS_MAX 12
#define DAYS_MAX 31

static const char *const grade_keys[] = {"code", "name", "name_en", "at_least", NULL};
static const char *const last_grade_keys[] = {"code", "name", "name_en", "otherwise", NULL};
static const char *const veto_keys[] = {"code",   "name",   "name_en",   "rule", "grade",
                                        "clause", "source", "certainty", NULL};
static const char *const ranking_keys[] = {"method", "within", "tie_breaks", NULL};
static const char *const indicator_tie_keys[] = {"indicator", NULL};
static const char *const metric_tie_keys[] = {"metric", "better", NULL};
static const char *const bonus_tie_keys[] = {"bonus", NULL};
static const char *const peer_keys[] = {"code",      "name",      "name_en", "units",
                                        "ends_with", "otherwise", NULL};
static const char *const mean_keys[] = {"decimals", "rounding", NULL};
static const char *const standard_keys[] = {"below", "name", "name_en", "months", NULL};
static const char *const partial_keys[] = {"minimum_days", NULL};

/* An array of at most limit objects; its size, and 0 with a report if it is longer or empty. */
static size_t list_size(gg_policy_loader *loader, const json_t *array, const char *pointer,
                        size_t limit) {
    size_t count = json_array_size(array);
    if (array != NULL && (count == 0 || count > limit)) {
        char text[GG_NUM_TEXT_SIZE], range[GG_NUM_TEXT_SIZE + 8];
        gg_int_format(text, (int64_t)count);
        memcpy(range, "1 … ", sizeof "1 … ");
        gg_int_format(range + sizeof "1 … " - 1, (int64_t)limit);
        gg_json_problem(&loader->reader, GG_RULE_JSON_RANGE, pointer, NULL, text, range);
        return 0;
    }
    loader->policy->grown |= array != NULL;
    return count;
}

/* Zeroed room for the elements of a section. */
static void *room(gg_policy_loader *loader, size_t count, size_t size) {
    void *items = gg_calloc(count, size);
    loader->short_of_memory |= items == NULL;
    return items;
}

static void read_grades(gg_policy_loader *loader) {
    gridgov_policy *policy = loader->policy;
    gg_json_reader *reader = &loader->reader;
    const json_t *array = gg_json_array(reader, reader->root, "", "grades", 0);
    size_t count = list_size(loader, array, "/grades", GRADES_MAX);
    int in_order = 1;
    policy->grades = room(loader, count, sizeof *policy->grades);
    for (size_t i = 0; policy->grades != NULL && i < count; i++) {
        char pointer[GG_POINTER_SIZE];
        const json_t *object = gg_policy_element(loader, array, "/grades", i, pointer);
        gg_policy_grade *grade = &policy->grades[policy->grade_count++];
        int last = i + 1 == count;
        *grade = (gg_policy_grade){.code = "", .name = "", .name_en = "", .at_least = INT64_MIN};
        if (object == NULL) {
            continue;
        }
        gg_json_known(reader, object, pointer, last ? last_grade_keys : grade_keys);
        grade->code = gg_policy_name_text(loader, object, pointer, "code");
        grade->name = gg_policy_name_text(loader, object, pointer, "name");
        grade->name_en = gg_policy_optional_text(loader, object, pointer, "name_en");
        if (last) {
            in_order &= gg_json_bool(reader, object, pointer, "otherwise", 0);
        } else {
            grade->at_least = gg_json_decimal(reader, object, pointer, "at_least", 3, 1, 0,
                                              -GG_POINTS_MAX, GG_POINTS_MAX);
            in_order &= i == 0 || grade->at_least < policy->grades[i - 1].at_least;
        }
        for (size_t k = 0; k < i; k++) {
            if (grade->code[0] != '\0' && strcmp(policy->grades[k].code, grade->code) == 0) {
                gg_json_problem(reader, GG_RULE_JSON_DUPLICATE, pointer, "code", grade->code, NULL);
            }
        }
    }
    if (!in_order) {
        gg_json_problem(reader, GG_RULE_POLICY_BANDS, "", "grades", NULL, NULL);
    }
}

static int64_t find_grade(gg_policy_loader *loader, const json_t *object, const char *pointer) {
    const char *code = gg_json_text(&loader->reader, object, pointer, "grade", 1, NULL);
    const gridgov_policy *policy = loader->policy;
    for (int64_t i = 0; code != NULL && i < policy->grade_count; i++) {
        if (strcmp(policy->grades[i].code, code) == 0) {
            return i;
        }
    }
    if (code != NULL) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_REFERENCE, pointer, "grade", code, "grade");
    }
    return 0;
}

static void read_vetoes(gg_policy_loader *loader) {
    gridgov_policy *policy = loader->policy;
    gg_json_reader *reader = &loader->reader;
    const json_t *array = gg_json_array(reader, reader->root, "", "vetoes", 0);
    size_t count = list_size(loader, array, "/vetoes", GRADES_MAX);
    policy->vetoes = room(loader, count, sizeof *policy->vetoes);
    for (size_t i = 0; policy->vetoes != NULL && i < count; i++) {
        char pointer[GG_POINTER_SIZE];
        const json_t *object = gg_policy_element(loader, array, "/vetoes", i, pointer);
        gg_policy_veto *veto = &policy->vetoes[policy->veto_count++];
        *veto = (gg_policy_veto){
            .code = "", .name = "", .name_en = "", .clause = "", .source = "", .certainty = ""};
        if (object == NULL) {
            continue;
        }
        gg_json_known(reader, object, pointer, veto_keys);
        veto->code = gg_policy_name_text(loader, object, pointer, "code");
        veto->name = gg_policy_name_text(loader, object, pointer, "name");
        veto->name_en = gg_policy_optional_text(loader, object, pointer, "name_en");
        veto->clause = gg_policy_optional_text(loader, object, pointer, "clause");
        veto->source = gg_policy_optional_text(loader, object, pointer, "source");
        veto->certainty = gg_policy_certainty(loader, object, pointer);
        veto->grade = find_grade(loader, object, pointer);
        veto->first_rule = policy->rule_count;
        loader->owner_first = veto->first_rule;
        veto->rule_count = gg_policy_read_rule(loader, object, pointer, "rule");
    }
}

static void read_tie_break(gg_policy_loader *loader, gg_policy_tie_break *tie, const json_t *object,
                           const char *pointer) {
    static const char *const words[] = {"more", "fewer", NULL};
    static const int32_t values[] = {0, 1};
    gg_json_reader *reader = &loader->reader;
    tie->index = GRIDGOV_NONE;
    if (json_object_get(object, "indicator") != NULL) {
        const char *code = gg_json_text(reader, object, pointer, "indicator", 1, "");
        gg_json_known(reader, object, pointer, indicator_tie_keys);
        tie->kind = GRIDGOV_TIE_BREAK_INDICATOR;
        tie->index = gridgov_policy_indicator_find(loader->policy, code, strlen(code));
        if (tie->index == GRIDGOV_NONE ||
            strcmp(loader->policy->indicators[tie->index].code, code) != 0) {
            gg_json_problem(reader, GG_RULE_JSON_REFERENCE, pointer, "indicator", code,
                            "indicator");
        }
    } else if (json_object_get(object, "bonus") != NULL) {
        gg_json_known(reader, object, pointer, bonus_tie_keys);
        tie->kind = GRIDGOV_TIE_BREAK_BONUS;
        if (!gg_json_bool(reader, object, pointer, "bonus", 0)) {
            gg_json_problem(reader, GG_RULE_JSON_TYPE, pointer, "bonus", "bonus", "true");
        }
    } else {
        gg_json_known(reader, object, pointer, metric_tie_keys);
        tie->kind = GRIDGOV_TIE_BREAK_METRIC;
        tie->index = gg_policy_metric(loader, object, pointer, "metric");
        tie->fewer =
            gg_policy_word(loader, object, pointer, "better", words, values, "more, fewer");
    }
}

static void read_ranking(gg_policy_loader *loader) {
    static const char *const methods[] = {"competition", "dense", NULL};
    static const int32_t method_values[] = {GRIDGOV_RANKING_COMPETITION, GRIDGOV_RANKING_DENSE};
    static const char *const scopes[] = {"all", "peer_group", NULL};
    static const int32_t scope_values[] = {0, 1};
    gridgov_policy *policy = loader->policy;
    gg_json_reader *reader = &loader->reader;
    const json_t *object = gg_json_object(reader, reader->root, "", "ranking", 0);
    const json_t *array;
    size_t count;
    if (object == NULL) {
        return;
    }
    policy->grown = 1;
    gg_json_known(reader, object, "/ranking", ranking_keys);
    policy->ranking = gg_policy_word(loader, object, "/ranking", "method", methods, method_values,
                                     "competition, dense");
    policy->ranked_by_peers = gg_policy_word(loader, object, "/ranking", "within", scopes,
                                             scope_values, "all, peer_group");
    if (policy->ranked_by_peers && policy->peer_count == 0) {
        gg_json_problem(reader, GG_RULE_JSON_REFERENCE, "/ranking", "within", "peer_group",
                        "peer_groups");
    }
    array = gg_json_array(reader, object, "/ranking", "tie_breaks", 0);
    count = list_size(loader, array, "/ranking/tie_breaks", TIE_BREAKS_MAX);
    policy->tie_breaks = room(loader, count, sizeof *policy->tie_breaks);
    for (size_t i = 0; policy->tie_breaks != NULL && i < count; i++) {
        char pointer[GG_POINTER_SIZE];
        const json_t *tie = gg_policy_element(loader, array, "/ranking/tie_breaks", i, pointer);
        if (tie != NULL) {
            read_tie_break(loader, &policy->tie_breaks[policy->tie_break_count++], tie, pointer);
        }
    }
}

/* Names in the policy's arena, NULL at the end. */
static const char *const *read_names(gg_policy_loader *loader, const json_t *object,
                                     const char *pointer, const char *key) {
    const json_t *array = gg_json_array(&loader->reader, object, pointer, key, 0);
    size_t count = json_array_size(array);
    const char **names = gg_arena_alloc(&loader->policy->arena, (count + 1) * sizeof *names);
    if (names == NULL) {
        loader->short_of_memory = 1;
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(array, i));
        if (text == NULL || text[0] == '\0') {
            gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, pointer, key, key, "text");
            text = " ";
        }
        names[i] = gg_policy_text(loader, text);
    }
    names[count] = NULL;
    return names;
}

static void read_peers(gg_policy_loader *loader) {
    static const char *const none[] = {NULL};
    gridgov_policy *policy = loader->policy;
    gg_json_reader *reader = &loader->reader;
    const json_t *array = gg_json_array(reader, reader->root, "", "peer_groups", 0);
    size_t count = list_size(loader, array, "/peer_groups", PEERS_MAX);
    policy->peers = room(loader, count, sizeof *policy->peers);
    for (size_t i = 0; policy->peers != NULL && i < count && !loader->short_of_memory; i++) {
        char pointer[GG_POINTER_SIZE];
        const json_t *object = gg_policy_element(loader, array, "/peer_groups", i, pointer);
        gg_policy_peer *peer = &policy->peers[policy->peer_count++];
        *peer =
            (gg_policy_peer){.code = "", .name = "", .name_en = "", .units = none, .endings = none};
        if (object == NULL) {
            continue;
        }
        gg_json_known(reader, object, pointer, peer_keys);
        peer->code = gg_policy_name_text(loader, object, pointer, "code");
        peer->name = gg_policy_name_text(loader, object, pointer, "name");
        peer->name_en = gg_policy_optional_text(loader, object, pointer, "name_en");
        peer->units = read_names(loader, object, pointer, "units");
        peer->endings = read_names(loader, object, pointer, "ends_with");
        peer->otherwise = gg_json_bool(reader, object, pointer, "otherwise", 0);
        if (peer->otherwise && i + 1 != count) {
            gg_json_problem(reader, GG_RULE_POLICY_BANDS, pointer, "otherwise", NULL, NULL);
        }
        for (size_t k = 0; k < i; k++) {
            if (peer->code[0] != '\0' && strcmp(policy->peers[k].code, peer->code) == 0) {
                gg_json_problem(reader, GG_RULE_JSON_DUPLICATE, pointer, "code", peer->code, NULL);
            }
        }
    }
}

static void read_means(gg_policy_loader *loader) {
    gg_json_reader *reader = &loader->reader;
    const json_t *object = gg_json_object(reader, reader->root, "", "unit_means", 0);
    if (object == NULL) {
        return;
    }
    loader->policy->grown = 1;
    gg_json_known(reader, object, "/unit_means", mean_keys);
    loader->policy->unit_means = gg_policy_rounding(loader, object, "/unit_means", "rounding");
    loader->policy->mean_decimals =
        (int32_t)gg_json_int(reader, object, "/unit_means", "decimals", 1, 3, 0, 3);
}

static void read_standard(gg_policy_loader *loader) {
    gridgov_policy *policy = loader->policy;
    gg_json_reader *reader = &loader->reader;
    const json_t *object = gg_json_object(reader, reader->root, "", "standard", 0);
    policy->standard = GG_NO_FLOOR;
    policy->standard_name = "";
    policy->standard_name_en = "";
    policy->standard_months = 1;
    if (object == NULL) {
        return;
    }
    policy->grown = 1;
    gg_json_known(reader, object, "/standard", standard_keys);
    policy->standard = gg_json_decimal(reader, object, "/standard", "below", 3, 1, 0,
                                       -GG_POINTS_MAX, GG_POINTS_MAX);
    policy->standard_name = gg_policy_name_text(loader, object, "/standard", "name");
    policy->standard_name_en = gg_policy_optional_text(loader, object, "/standard", "name_en");
    policy->standard_months =
        (int32_t)gg_json_int(reader, object, "/standard", "months", 0, 1, 1, MONTHS_MAX);
    if (policy->standard_months > policy->months) {
        policy->months = policy->standard_months;
    }
}

static void read_partial(gg_policy_loader *loader) {
    gg_json_reader *reader = &loader->reader;
    const json_t *object = gg_json_object(reader, reader->root, "", "partial_month", 0);
    if (object == NULL) {
        return;
    }
    loader->policy->grown = 1;
    gg_json_known(reader, object, "/partial_month", partial_keys);
    loader->policy->partial_days =
        (int32_t)gg_json_int(reader, object, "/partial_month", "minimum_days", 1, 1, 1, DAYS_MAX);
}

void gg_policy_read_standing(gg_policy_loader *loader) {
    read_grades(loader);
    read_vetoes(loader);
    read_peers(loader);
    read_ranking(loader);
    read_means(loader);
    read_standard(loader);
    read_partial(loader);
}
