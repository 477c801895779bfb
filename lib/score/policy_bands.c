/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that look their points up in steps: bands of a count or a ratio, stages of a count, and the
 * table of two conditions.
 *
 * Invariant: edges of bands and of a table fall strictly and the last step catches everything, so
 * that no value lies in two steps or in none; stages rise strictly from one unit up. A band that
 * says both its edges is held to its neighbour, on whole numbers for counts and on all between for
 * ratios. */
#include "policy_load.h"

#include "base/error.h"
#include "base/num.h"

#include <string.h>

#define STEPS_MAX 64

static const char *const band_keys[] = {"at_least", "below", "at_most", "points", NULL};
static const char *const last_band_keys[] = {"otherwise", "at_least", "below",
                                             "at_most",   "points",   NULL};
static const char *const stage_keys[] = {"from", "points", NULL};
static const char *const count_axis_keys[] = {"metric", "at_least", NULL};
static const char *const ratio_axis_keys[] = {"numerator",  "denominator",         "complement",
                                              "when_empty", "minimum_denominator", "at_least",
                                              NULL};
static const char *const ratio_column_keys[] = {"numerator", "denominator", "when_empty",
                                                "at_least", NULL};

static void add_band(gg_policy_loader *loader, int64_t at_least, gridgov_points points) {
    gridgov_policy *policy = loader->policy;
    void *items = policy->bands;
    int grown =
        gg_grow(&items, (size_t)policy->band_count, &loader->band_capacity, sizeof *policy->bands);
    policy->bands = items;
    if (grown != 0) {
        loader->short_of_memory = 1;
    } else {
        policy->bands[policy->band_count++] = (gg_policy_band){at_least, points};
    }
}

/* Edge of a step in the rule's own unit: a whole count, or thousandths of a percent. */
static int64_t read_edge(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                         const char *pointer) {
    if (rule->denominator != GRIDGOV_NONE) {
        return gg_policy_number(loader, object, pointer, "at_least", 0, GG_COUNT_MAX * 1000,
                                &rule->configured);
    }
    return gg_policy_whole(loader, object, pointer, "at_least", 0, GG_COUNT_MAX, &rule->configured);
}

/* The upper edge of a band, if it says one, against the lower edge of the band above it. Values of
 * a ratio lie everywhere between two numbers, those of a count only on whole ones; so a band
 * "at_most" 94 meets one "at_least" 95 in a count, and leaves a gap in a ratio. */
static void check_upper(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *band,
                        const char *pointer, int64_t above) {
    int is_ratio = rule->denominator != GRIDGOV_NONE;
    const char *key = json_object_get(band, "below") != NULL ? "below" : "at_most";
    int closed = strcmp(key, "at_most") == 0;
    char text[GG_NUM_TEXT_SIZE];
    int64_t upper, first;
    if (json_object_get(band, key) == NULL) {
        return;
    }
    if (json_object_get(band, "below") != NULL && json_object_get(band, "at_most") != NULL) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_KEY, pointer, "at_most", "at_most", NULL);
    }
    upper = is_ratio
                ? gg_policy_number(loader, band, pointer, key, 0, GG_COUNT_MAX * 1000,
                                   &rule->configured)
                : gg_policy_whole(loader, band, pointer, key, 0, GG_COUNT_MAX, &rule->configured);
    first = closed && !is_ratio ? upper + 1 : upper; /* the first value above this band */
    if (!rule->configured || (first == above && !(closed && is_ratio))) {
        return;
    }
    gg_decimal_format(text, upper, is_ratio ? 3 : 0, 0);
    gg_json_problem(&loader->reader,
                    above == INT64_MAX || first < above ? GG_RULE_POLICY_GAP
                                                        : GG_RULE_POLICY_OVERLAP,
                    pointer, key, text, NULL);
}

/* Lower edge of a band; the last catches what is left, by "otherwise" or from 0 up. */
static int64_t read_lower(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *band,
                          const char *pointer, int last, int *in_order) {
    int64_t edge;
    if (last && json_object_get(band, "at_least") == NULL) {
        *in_order &= gg_json_bool(&loader->reader, band, pointer, "otherwise", 0);
        return INT64_MIN;
    }
    edge = read_edge(loader, rule, band, pointer);
    if (!last) {
        return edge;
    }
    if (json_object_get(band, "otherwise") != NULL) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_KEY, pointer, "otherwise", "otherwise", NULL);
    } else if (edge > 0 && rule->configured) {
        char text[GG_NUM_TEXT_SIZE];
        gg_decimal_format(text, edge, rule->denominator != GRIDGOV_NONE ? 3 : 0, 0);
        gg_json_problem(&loader->reader, GG_RULE_POLICY_GAP, pointer, "at_least", text, NULL);
    }
    return INT64_MIN;
}

void gg_policy_read_bands(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                          const char *pointer) {
    const json_t *array = gg_json_array(&loader->reader, object, pointer, "bands", 1);
    char list[GG_POINTER_SIZE], at[GG_POINTER_SIZE];
    size_t count = json_array_size(array);
    int64_t before = INT64_MAX;
    int in_order = array == NULL || count > 0;
    gg_json_pointer_key(list, pointer, "bands");
    rule->first_band = loader->policy->band_count;
    loader->in_steps = 1;
    for (size_t i = 0; i < count && !loader->short_of_memory; i++) {
        const json_t *band = json_array_get(array, i);
        int64_t edge;
        int last = i + 1 == count;
        gg_json_pointer_at(at, list, i);
        if (!json_is_object(band)) {
            gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, at, NULL, at, "object");
            continue;
        }
        gg_json_known(&loader->reader, band, at, last ? last_band_keys : band_keys);
        check_upper(loader, rule, band, at, before);
        edge = read_lower(loader, rule, band, at, last, &in_order);
        in_order &= edge < before || !rule->configured;
        before = edge;
        add_band(loader, edge,
                 gg_policy_number(loader, band, at, "points", 0, GG_POINTS_MAX, &rule->configured));
    }
    loader->in_steps = 0;
    rule->band_count = loader->policy->band_count - rule->first_band;
    if (!in_order) {
        gg_json_problem(&loader->reader, GG_RULE_POLICY_BANDS, pointer, "bands", NULL, NULL);
    }
}

void gg_policy_read_stages(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                           const char *pointer) {
    const json_t *array = gg_json_array(&loader->reader, object, pointer, "stages", 1);
    char list[GG_POINTER_SIZE], at[GG_POINTER_SIZE];
    size_t count = json_array_size(array);
    int64_t before = 0;
    int in_order = array == NULL || (count > 0 && count <= STEPS_MAX);
    gg_json_pointer_key(list, pointer, "stages");
    rule->first_band = loader->policy->band_count;
    loader->in_steps = 1;
    for (size_t i = 0; i < count && !loader->short_of_memory; i++) {
        const json_t *stage = json_array_get(array, i);
        int64_t from;
        gg_json_pointer_at(at, list, i);
        if (!json_is_object(stage)) {
            gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, at, NULL, at, "object");
            continue;
        }
        gg_json_known(&loader->reader, stage, at, stage_keys);
        from = gg_policy_whole(loader, stage, at, "from", 1, GG_COUNT_MAX, &rule->configured);
        in_order &= from > before || !rule->configured;
        before = from;
        add_band(
            loader, from,
            gg_policy_number(loader, stage, at, "points", 0, GG_POINTS_MAX, &rule->configured));
    }
    loader->in_steps = 0;
    rule->band_count = loader->policy->band_count - rule->first_band;
    if (!in_order) {
        gg_json_problem(&loader->reader, GG_RULE_POLICY_STAGES, pointer, "stages", NULL, NULL);
    }
}

/* The edges of one axis of a table, as many bands; their number. */
static int64_t read_edges(gg_policy_loader *loader, gg_policy_rule *axis, const json_t *object,
                          const char *pointer) {
    const json_t *array = gg_json_array(&loader->reader, object, pointer, "at_least", 1);
    int64_t before = INT64_MAX;
    size_t count = json_array_size(array);
    char list[GG_POINTER_SIZE];
    gg_json_pointer_key(list, pointer, "at_least");
    if (array != NULL && (count == 0 || count > STEPS_MAX)) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_RANGE, list, NULL, "at_least", "1 … 64");
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        /* each edge is read as the member of an object, as those of bands are */
        json_t *holder = json_pack("{s:O}", "at_least", json_array_get(array, i));
        int64_t edge;
        if (holder == NULL) {
            loader->short_of_memory = 1;
            return 0;
        }
        loader->in_steps = 1;
        edge = read_edge(loader, axis, holder, list);
        loader->in_steps = 0;
        json_decref(holder);
        if (edge >= before && axis->configured) {
            gg_json_problem(&loader->reader, GG_RULE_POLICY_BANDS, list, NULL, NULL, NULL);
        }
        before = edge;
        add_band(loader, edge, 0);
    }
    return (int64_t)count;
}

/* One axis: a count or a ratio, and its edges. */
static int64_t read_axis(gg_policy_loader *loader, gg_policy_rule *axis, const json_t *table,
                         const char *pointer, const char *key, const char *const *ratio_keys) {
    const json_t *object = gg_json_object(&loader->reader, table, pointer, key, 1);
    char below[GG_POINTER_SIZE];
    gg_json_pointer_key(below, pointer, key);
    if (object == NULL) {
        return 0;
    }
    if (json_object_get(object, "metric") != NULL) {
        gg_json_known(&loader->reader, object, below, count_axis_keys);
        gg_policy_count(loader, axis, object, below);
    } else {
        gg_json_known(&loader->reader, object, below, ratio_keys);
        gg_policy_ratio(loader, axis, object, below);
    }
    return read_edges(loader, axis, object, below);
}

/* The points of one row of cells. */
static void read_cells(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *row,
                       const char *pointer) {
    if (!json_is_array(row) || json_array_size(row) != (size_t)rule->column_count + 1) {
        gg_json_problem(&loader->reader, GG_RULE_POLICY_TABLE, pointer, NULL, NULL, NULL);
        return;
    }
    for (size_t i = 0; i < json_array_size(row) && !loader->short_of_memory; i++) {
        json_t *holder = json_pack("{s:O}", "points", json_array_get(row, i));
        if (holder == NULL) {
            loader->short_of_memory = 1;
            return;
        }
        loader->in_steps = 1;
        add_band(loader, INT64_MIN,
                 gg_policy_number(loader, holder, pointer, "points", 0, GG_POINTS_MAX,
                                  &rule->configured));
        loader->in_steps = 0;
        json_decref(holder);
    }
}

void gg_policy_read_table(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                          const char *pointer) {
    gg_policy_rule columns = *rule;
    const json_t *cells;
    char below[GG_POINTER_SIZE], at[GG_POINTER_SIZE];
    rule->first_band = loader->policy->band_count;
    rule->band_count = read_axis(loader, rule, object, pointer, "rows", ratio_axis_keys);
    rule->column_count = read_axis(loader, &columns, object, pointer, "columns", ratio_column_keys);
    rule->scaled = columns.counted;
    rule->scale = columns.out_of;
    rule->scale_empty = columns.when_empty;
    rule->configured &= columns.configured;
    cells = gg_json_array(&loader->reader, object, pointer, "points", 1);
    gg_json_pointer_key(below, pointer, "points");
    if (cells != NULL && json_array_size(cells) != (size_t)rule->band_count + 1) {
        gg_json_problem(&loader->reader, GG_RULE_POLICY_TABLE, below, NULL, NULL, NULL);
        return;
    }
    for (size_t i = 0; i < json_array_size(cells) && !loader->short_of_memory; i++) {
        gg_json_pointer_at(at, below, i);
        read_cells(loader, rule, json_array_get(cells, i), at);
    }
}
