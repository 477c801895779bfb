/* SPDX-License-Identifier: Apache-2.0 */
/* The list of metrics: a strict document, each metric one measure with its parameters.
 *
 * A table says for each measure over which rows it may run and which parameters it takes. A
 * parameter that the measure does not take is refused, so a document cannot seem to say more than
 * it does. A threshold of null is a question left open: the metric stands in the list, is not
 * configured, and counts nothing.
 *
 * Invariant of what comes out: codes, names and English names answer to one metric each, compared
 * by their look-up key (no blanks, one width, one case); a metric may bear the same text twice. */
#include "metrics_model.h"
#include "plan.h"

#include "base/mem.h"
#include "base/num.h"

#include <string.h>

#define TEXT_LIMIT 200                /* bytes of a code or name */
#define MINUTES_MAX 1440              /* of a day */
#define METRES_MAX ((int64_t)1000000) /* of a day: a thousand kilometres */
#define BIT(n) (UINT32_C(1) << (n))

/* Parameters that a measure may take. */
enum { TAKES_DISPOSITIONS = 1, TAKES_DEFECTS = 2, TAKES_MINIMUM = 4, TAKES_CONDITIONS = 8 };

typedef struct measure_rule {
    int32_t measure;
    uint32_t dimensions; /* bit n: GRIDGOV_DIMENSION_ n */
    int takes;
} measure_rule;

#define UNIT BIT(GRIDGOV_DIMENSION_UNIT)
#define CATEGORY BIT(GRIDGOV_DIMENSION_CATEGORY)
#define AGENCY BIT(GRIDGOV_DIMENSION_AGENCY)
#define TOTAL BIT(GRIDGOV_DIMENSION_TOTAL)

static const measure_rule measure_rules[] = {
    {GRIDGOV_MEASURE_EVENTS_REPORTED, UNIT | CATEGORY, 0},
    {GRIDGOV_MEASURE_EVENTS_DISPOSED, UNIT, TAKES_DISPOSITIONS},
    {GRIDGOV_MEASURE_CASES_DUE, UNIT, 0},
    {GRIDGOV_MEASURE_CASES_DUE_CLOSED, UNIT, 0},
    {GRIDGOV_MEASURE_CASES_HELD_DUE, UNIT, 0},
    {GRIDGOV_MEASURE_CASES_HELD_OVERDUE, UNIT, 0},
    {GRIDGOV_MEASURE_DISPATCH_NEEDED, UNIT, 0},
    {GRIDGOV_MEASURE_DISPATCH_MISSED, UNIT, 0},
    {GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS, UNIT, 0},
    {GRIDGOV_MEASURE_PATROL_FAILED_DAYS, UNIT, TAKES_MINIMUM},
    {GRIDGOV_MEASURE_VISITS_REQUIRED, UNIT, 0},
    {GRIDGOV_MEASURE_VISITS_MISSING, UNIT, 0},
    {GRIDGOV_MEASURE_REPORTS_MISSING, UNIT, 0},
    {GRIDGOV_MEASURE_REPORTS_LATE, UNIT, 0},
    {GRIDGOV_MEASURE_MAINTENANCE_DEFECTS, UNIT, TAKES_DEFECTS},
    {GRIDGOV_MEASURE_AGENCY_HANDLED, AGENCY, 0},
    {GRIDGOV_MEASURE_AGENCY_DISPATCHED, AGENCY, 0},
    {GRIDGOV_MEASURE_AGENCY_CLOSED, AGENCY, 0},
    {GRIDGOV_MEASURE_CASES, UNIT | CATEGORY | AGENCY | TOTAL, TAKES_CONDITIONS},
    {GRIDGOV_MEASURE_GIVEN, UNIT, 0},
};
_Static_assert(sizeof measure_rules / sizeof measure_rules[0] == GRIDGOV_MEASURE_CASES + 1,
               "one rule a measure, in the order of their numbers");

static const char *const document_keys[] = {
    "schema", "version", "name", "source", "certainty", "metrics", "ratios", "composites", NULL};
static const char *const metric_keys[] = {
    "code",         "name",        "name_en",         "unit",           "dimension", "measure",
    "dispositions", "defects",     "minimum_minutes", "minimum_metres", "where",     "any",
    "among",        "attribution", "cut_off",         "quantity",       "clock",     "source",
    "certainty",    NULL};

static void destroy(gridgov_metrics *metrics) {
    gg_metrics_release_ratios(metrics);
    gg_free(metrics->items);
    gg_map_release(&metrics->names);
    gg_arena_release(&metrics->arena);
    gg_free(metrics);
}

const char *gg_metrics_keep(gg_metrics_loader *l, const char *text) {
    const char *copy = gg_arena_text(&l->metrics->arena, text, strlen(text));
    if (copy == NULL) {
        l->short_of_memory = 1;
        return "";
    }
    return copy;
}

void gg_metrics_check_certainty(gg_metrics_loader *l, const json_t *object, const char *pointer) {
    static const char *const known[] = {"published", "reconstructed", "ours"};
    const char *text = gg_json_text(&l->reader, object, pointer, "certainty", 0, NULL);
    for (size_t i = 0; text != NULL && i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(text, known[i]) == 0) {
            return;
        }
    }
    if (text != NULL) {
        gg_json_problem(&l->reader, GG_RULE_JSON_CODE, pointer, "certainty", text,
                        "published, reconstructed, ours");
    }
}

/* The look-up key of a text in a buffer of TEXT_LIMIT bytes; empty if it has none or is too long.
 */
static gg_str key_of(char *buffer, gg_str text) {
    size_t size = gg_text_key(buffer, TEXT_LIMIT, text);
    return gg_str_make(buffer, size <= TEXT_LIMIT ? size : 0);
}

/* A code or name: not empty, short, and no other metric's. */
const char *gg_metrics_read_name(gg_metrics_loader *l, gg_map *names, const json_t *object,
                                 const char *pointer, const char *key, int64_t index) {
    char buffer[TEXT_LIMIT];
    const char *text = gg_json_text(&l->reader, object, pointer, key, 1, NULL);
    if (text == NULL) {
        return "";
    }
    gg_str folded = key_of(buffer, gg_str_of(text));
    if (folded.size == 0 || strlen(text) > TEXT_LIMIT) {
        gg_json_problem(&l->reader, GG_RULE_JSON_RANGE, pointer, key, text, "1 … 200 bytes");
        return "";
    }
    int64_t owner = gg_map_get(names, folded, index);
    if (owner != index) {
        gg_json_problem(&l->reader, GG_RULE_JSON_DUPLICATE, pointer, key, text, NULL);
        return "";
    }
    if (gg_map_set(names, folded, index)) {
        l->short_of_memory = 1;
    }
    return gg_metrics_keep(l, text);
}

/* A member that names a constant of a kind; 0, reported, if it does not. */
static int32_t read_code(gg_metrics_loader *l, const json_t *object, const char *pointer,
                         const char *key, int32_t kind) {
    int32_t value = 0;
    const char *text = gg_json_text(&l->reader, object, pointer, key, 1, NULL);
    if (text != NULL && gridgov_code_value(&value, kind, text, strlen(text)) != GRIDGOV_OK) {
        gg_json_problem(&l->reader, GG_RULE_JSON_CODE, pointer, key, text,
                        kind == GRIDGOV_KIND_MEASURE ? "the measures"
                                                     : "unit, category, agency, total");
    }
    return value;
}

/* The member is allowed only where the measure takes it; 1 if it is there and may be. */
static int may_have(gg_metrics_loader *l, const json_t *object, const char *pointer,
                    const char *key, int takes) {
    if (json_object_get(object, key) == NULL) {
        return 0;
    }
    if (!takes) {
        gg_json_problem(&l->reader, GG_RULE_JSON_RULE, pointer, key, key,
                        "not a parameter of this measure");
    }
    return takes;
}

/* A list of constants as bits; "unknown" and "none" are no members of a list, for nothing is
 * counted by not knowing. */
static uint32_t read_bits(gg_metrics_loader *l, const json_t *object, const char *pointer,
                          const char *key, int32_t kind, int takes) {
    uint32_t bits = 0;
    if (!takes) {
        (void)may_have(l, object, pointer, key, 0);
        return 0;
    }
    const json_t *list = gg_json_array(&l->reader, object, pointer, key, 1);
    char below[64];
    gg_json_pointer_key(below, pointer, key);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        char place[64];
        int32_t value = 0;
        gg_json_pointer_at(place, below, i);
        if (text == NULL) {
            gg_json_problem(&l->reader, GG_RULE_JSON_TYPE, place, NULL, key, "text");
        } else if (gridgov_code_value(&value, kind, text, strlen(text)) != GRIDGOV_OK ||
                   value == 0) {
            gg_json_problem(&l->reader, GG_RULE_JSON_CODE, place, NULL, text, key);
        } else if (bits & BIT(value)) {
            gg_json_problem(&l->reader, GG_RULE_JSON_DUPLICATE, place, NULL, text, NULL);
        }
        bits |= value == 0 ? 0 : BIT(value);
    }
    if (list != NULL && json_array_size(list) == 0) {
        gg_json_problem(&l->reader, GG_RULE_JSON_RULE, pointer, key, key, "the list is empty");
    }
    return bits;
}

/* A threshold; −1 if it is not used or left open. */
static int64_t read_minimum(gg_metrics_loader *l, gridgov_metric *metric, const json_t *object,
                            const char *pointer, const char *key, int64_t max) {
    if (json_is_null(json_object_get(object, key))) {
        metric->configured = 0;
        return -1;
    }
    return gg_json_int(&l->reader, object, pointer, key, 0, -1, 0, max);
}

static void read_minima(gg_metrics_loader *l, gridgov_metric *metric, const json_t *object,
                        const char *pointer, int takes) {
    metric->minimum_minutes = metric->minimum_metres = -1;
    int minutes = may_have(l, object, pointer, "minimum_minutes", takes);
    int metres = may_have(l, object, pointer, "minimum_metres", takes);
    if (minutes) {
        metric->minimum_minutes =
            read_minimum(l, metric, object, pointer, "minimum_minutes", MINUTES_MAX);
    }
    if (metres) {
        metric->minimum_metres =
            read_minimum(l, metric, object, pointer, "minimum_metres", METRES_MAX);
    }
    if (takes && !minutes && !metres) {
        gg_json_problem(&l->reader, GG_RULE_JSON_RULE, pointer, NULL, metric->code,
                        "minimum_minutes or minimum_metres is needed");
    }
}

static void read_metric(gg_metrics_loader *l, int64_t index, const json_t *object,
                        const char *pointer) {
    gridgov_metric *metric = &l->metrics->items[index];
    gg_json_known(&l->reader, object, pointer, metric_keys);
    metric->configured = 1;
    metric->code = gg_metrics_read_name(l, &l->metrics->names, object, pointer, "code", index);
    metric->name = gg_metrics_read_name(l, &l->metrics->names, object, pointer, "name", index);
    metric->name_en =
        json_object_get(object, "name_en") == NULL
            ? metric->code
            : gg_metrics_read_name(l, &l->metrics->names, object, pointer, "name_en", index);
    metric->unit = gg_metrics_keep(l, gg_json_text(&l->reader, object, pointer, "unit", 0, ""));
    (void)gg_json_text(&l->reader, object, pointer, "source", 0, "");
    gg_metrics_check_certainty(l, object, pointer);
    metric->measure = read_code(l, object, pointer, "measure", GRIDGOV_KIND_MEASURE);
    metric->dimension = read_code(l, object, pointer, "dimension", GRIDGOV_KIND_DIMENSION);
    if (metric->measure == 0) {
        return; // without its measure nobody can say what the metric takes
    }
    const measure_rule *rule = &measure_rules[gg_measure_index(metric->measure)];
    if (metric->dimension != 0 && !(rule->dimensions & BIT(metric->dimension))) {
        gg_json_problem(&l->reader, GG_RULE_JSON_RULE, pointer, "dimension",
                        gridgov_code_text(GRIDGOV_KIND_DIMENSION, metric->dimension),
                        "not a dimension of this measure");
    }
    gg_metrics_read_conditions(l, metric, object, pointer, rule->takes & TAKES_CONDITIONS);
    // The measure of all cases may do without a list of dispositions, the other one may not.
    const int disposed =
        (rule->takes & TAKES_DISPOSITIONS) ||
        ((rule->takes & TAKES_CONDITIONS) && json_object_get(object, "dispositions") != NULL);
    metric->dispositions =
        read_bits(l, object, pointer, "dispositions", GRIDGOV_KIND_DISPOSITION, disposed);
    metric->defects =
        read_bits(l, object, pointer, "defects", GRIDGOV_KIND_DEFECT, rule->takes & TAKES_DEFECTS);
    read_minima(l, metric, object, pointer, rule->takes & TAKES_MINIMUM);
}

static void read_document(gg_metrics_loader *l) {
    gg_json_reader *reader = &l->reader;
    const json_t *root = reader->root;
    gg_json_known(reader, root, "", document_keys);
    (void)gg_json_int(reader, root, "", "version", 0, 1, 1, INT32_MAX);
    (void)gg_json_text(reader, root, "", "name", 0, "");
    (void)gg_json_text(reader, root, "", "source", 0, "");
    gg_metrics_check_certainty(l, root, "");
    const json_t *list = gg_json_array(reader, root, "", "metrics", 1);
    l->metrics->count = json_array_size(list);
    l->metrics->items = gg_calloc(l->metrics->count, sizeof *l->metrics->items);
    if (l->metrics->items == NULL) {
        l->short_of_memory = 1;
        return;
    }
    for (size_t i = 0; i < l->metrics->count; i++) {
        const json_t *object = json_array_get(list, i);
        char pointer[64];
        gg_json_pointer_at(pointer, "/metrics", i);
        if (json_is_object(object)) {
            read_metric(l, (int64_t)i, object, pointer);
        } else {
            gg_json_problem(reader, GG_RULE_JSON_TYPE, pointer, NULL, pointer, "an object");
        }
    }
    gg_metrics_read_ratios(l);
}

static void make_digest(gridgov_metrics *metrics) {
    gg_digest digest;
    gg_digest_init(&digest);
    gg_digest_int(&digest, (int64_t)metrics->count);
    for (size_t i = 0; i < metrics->count; i++) {
        const gridgov_metric *metric = &metrics->items[i];
        gg_digest_text(&digest, gg_str_of(metric->code));
        gg_digest_text(&digest, gg_str_of(metric->name));
        gg_digest_text(&digest, gg_str_of(metric->name_en));
        gg_digest_text(&digest, gg_str_of(metric->unit));
        gg_digest_int(&digest, metric->measure);
        gg_digest_int(&digest, metric->dimension);
        gg_digest_int(&digest, metric->configured);
        gg_digest_int(&digest, metric->dispositions);
        gg_digest_int(&digest, metric->defects);
        gg_digest_int(&digest, metric->minimum_minutes);
        gg_digest_int(&digest, metric->minimum_metres);
        if (metric->measure == GRIDGOV_MEASURE_CASES) {
            gg_metrics_digest_conditions(&digest, metric);
        }
    }
    gg_metrics_digest_ratios(&digest, metrics);
    gg_digest_finish(&digest, metrics->digest);
}

gridgov_status gridgov_metrics_load(gridgov_metrics **out, const char *json, size_t size,
                                    gridgov_issues *issues, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (json == NULL) {
        return gg_fail_arg(err, "json");
    }
    gg_metrics_loader l = {.short_of_memory = 0};
    GG_TRY(gg_json_open(&l.reader, "metrics", json, size, "gridgov.metrics/1", issues, err));
    gridgov_status status = GRIDGOV_OK;
    l.metrics = gg_calloc(1, sizeof *l.metrics);
    if (l.metrics == NULL) {
        status = gg_fail_memory(err);
        goto done;
    }
    gg_share_init(&l.metrics->share);
    read_document(&l);
    status = l.short_of_memory ? gg_fail_memory(err) : gg_json_status(&l.reader, err);
    if (status == GRIDGOV_OK) {
        make_digest(l.metrics);
        *out = l.metrics;
    } else {
        destroy(l.metrics);
    }
done:
    gg_json_close(&l.reader);
    return status;
}

int64_t gridgov_metrics_count(const gridgov_metrics *metrics) {
    return metrics == NULL ? 0 : (int64_t)metrics->count;
}

gridgov_status gridgov_metrics_at(gridgov_metric *metric_out, const gridgov_metrics *metrics,
                                  int64_t index) {
    if (metric_out == NULL || metrics == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)metrics->count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(metric_out, &metrics->items[index], sizeof metrics->items[index])
               ? GRIDGOV_EARG
               : GRIDGOV_OK;
}

int64_t gg_metrics_find(const gg_map *names, const char *text, size_t size) {
    char buffer[TEXT_LIMIT];
    gg_str key = key_of(buffer, gg_str_make(text, size));
    return key.size == 0 ? GRIDGOV_NONE : gg_map_get(names, key, GRIDGOV_NONE);
}

int64_t gridgov_metrics_find(const gridgov_metrics *metrics, const char *text, size_t size) {
    return metrics == NULL || text == NULL ? GRIDGOV_NONE
                                           : gg_metrics_find(&metrics->names, text, size);
}

const char *gridgov_metrics_digest(const gridgov_metrics *metrics) {
    return metrics == NULL ? "" : metrics->digest;
}

gridgov_metrics *gridgov_metrics_hold(const gridgov_metrics *metrics) {
    // Holders are counted inside an object that is constant to its users.
    gridgov_metrics *held = (gridgov_metrics *)metrics;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_metrics_free(gridgov_metrics *metrics) {
    if (metrics != NULL && gg_share_drop(&metrics->share)) {
        destroy(metrics);
    }
}
