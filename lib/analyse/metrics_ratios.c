/* SPDX-License-Identifier: Apache-2.0 */
/* Ratios and composites of a metrics document: names of metrics are resolved, dimensions have to
 * agree, weights to add up, grades to fall. What a document does not have takes no part in its
 * digest, so older documents keep theirs. */
#include "metrics_model.h"

#include "base/num.h"

#include <string.h>

#define FULL ((gridgov_points)100 * GRIDGOV_POINT)

static const char *const ratio_keys[] = {"code",      "name",        "name_en",
                                         "numerator", "denominator", "complement",
                                         "source",    "certainty",   NULL};
static const char *const composite_keys[] = {"code",   "name",   "name_en",   "terms",
                                             "grades", "source", "certainty", NULL};
static const char *const term_keys[] = {"ratio", "metric", "weight", NULL};
static const char *const grade_keys[] = {"code", "at_least", NULL};

/* Names of a ratio or composite. */
static void read_names(gg_metrics_loader *l, gg_map *names, const json_t *object,
                       const char *pointer, int64_t index, const char **code, const char **name,
                       const char **name_en) {
    *code = gg_metrics_read_name(l, names, object, pointer, "code", index);
    *name = gg_metrics_read_name(l, names, object, pointer, "name", index);
    *name_en = json_object_get(object, "name_en") == NULL
                   ? *code
                   : gg_metrics_read_name(l, names, object, pointer, "name_en", index);
    (void)gg_json_text(&l->reader, object, pointer, "source", 0, "");
    gg_metrics_check_certainty(l, object, pointer);
}

/* The metric that a member names; GRIDGOV_NONE, reported. */
static int64_t read_metric(gg_metrics_loader *l, const json_t *object, const char *pointer,
                           const char *key) {
    const char *text = gg_json_text(&l->reader, object, pointer, key, 1, NULL);
    const int64_t metric =
        text == NULL ? GRIDGOV_NONE : gg_metrics_find(&l->metrics->names, text, strlen(text));
    if (text != NULL && metric == GRIDGOV_NONE) {
        gg_json_problem(&l->reader, GG_RULE_JSON_CODE, pointer, key, text, "the metrics");
    }
    return metric;
}

static void read_ratio(gg_metrics_loader *l, size_t index, const json_t *object,
                       const char *pointer) {
    gridgov_ratio *ratio = &l->metrics->ratios[index];
    gg_json_known(&l->reader, object, pointer, ratio_keys);
    ratio->struct_size = sizeof *ratio;
    read_names(l, &l->metrics->ratio_names, object, pointer, (int64_t)index, &ratio->code,
               &ratio->name, &ratio->name_en);
    ratio->numerator = read_metric(l, object, pointer, "numerator");
    ratio->denominator = read_metric(l, object, pointer, "denominator");
    ratio->complement = gg_json_bool(&l->reader, object, pointer, "complement", 0);
    if (ratio->numerator == GRIDGOV_NONE || ratio->denominator == GRIDGOV_NONE) {
        return;
    }
    ratio->dimension = l->metrics->items[ratio->numerator].dimension;
    if (l->metrics->items[ratio->denominator].dimension != ratio->dimension) {
        gg_json_problem(&l->reader, GG_RULE_JSON_RULE, pointer, "denominator", ratio->code,
                        "numerator and denominator are of one dimension");
    }
}

/* One term; its dimension, 0 if it could not be read. */
static int32_t read_term(gg_metrics_loader *l, gridgov_composite_term *term, const json_t *object,
                         const char *pointer) {
    const gridgov_metrics *metrics = l->metrics;
    const int named = json_object_get(object, "ratio") != NULL;
    gg_json_known(&l->reader, object, pointer, term_keys);
    *term = (gridgov_composite_term){
        .struct_size = sizeof *term, .ratio = GRIDGOV_NONE, .metric = GRIDGOV_NONE};
    term->weight = gg_json_decimal(&l->reader, object, pointer, "weight", 3, 1, 1, 1, FULL);
    if (!named) {
        term->metric = read_metric(l, object, pointer, "metric");
        return term->metric == GRIDGOV_NONE ? 0 : metrics->items[term->metric].dimension;
    }
    if (json_object_get(object, "metric") != NULL) {
        gg_json_problem(&l->reader, GG_RULE_JSON_RULE, pointer, "metric", "metric",
                        "a term is a ratio or a metric");
    }
    const char *text = gg_json_text(&l->reader, object, pointer, "ratio", 1, "");
    term->ratio = gg_metrics_find(&metrics->ratio_names, text, strlen(text));
    if (term->ratio == GRIDGOV_NONE) {
        gg_json_problem(&l->reader, GG_RULE_JSON_CODE, pointer, "ratio", text, "the ratios");
        return 0;
    }
    return metrics->ratios[term->ratio].dimension;
}

static void read_terms(gg_metrics_loader *l, gg_composite *composite, const json_t *object,
                       const char *pointer) {
    const json_t *list = gg_json_array(&l->reader, object, pointer, "terms", 1);
    char below[64];
    int64_t sum = 0;
    composite->terms = gg_calloc(json_array_size(list), sizeof *composite->terms);
    if (composite->terms == NULL) {
        l->short_of_memory = 1;
        return;
    }
    composite->view.term_count = (int64_t)json_array_size(list);
    gg_json_pointer_key(below, pointer, "terms");
    for (size_t i = 0; i < json_array_size(list); i++) {
        char place[64];
        gg_json_pointer_at(place, below, i);
        const int32_t dimension =
            read_term(l, &composite->terms[i], json_array_get(list, i), place);
        if (i == 0) {
            composite->view.dimension = dimension;
        } else if (dimension != 0 && dimension != composite->view.dimension) {
            gg_json_problem(&l->reader, GG_RULE_JSON_RULE, place, NULL, composite->view.code,
                            "all terms are of one dimension");
        }
        (void)gg_add(&sum, sum, composite->terms[i].weight);
    }
    if (list != NULL && sum != FULL) {
        gg_json_problem(&l->reader, GG_RULE_JSON_RULE, pointer, "terms", composite->view.code,
                        "the weights add up to 100");
    }
}

static void read_grades(gg_metrics_loader *l, gg_composite *composite, const json_t *object,
                        const char *pointer) {
    const json_t *list = gg_json_array(&l->reader, object, pointer, "grades", 0);
    const size_t count = json_array_size(list);
    char below[64];
    int64_t before = INT64_MAX;
    composite->grades = gg_calloc(count, sizeof *composite->grades);
    if (composite->grades == NULL) {
        l->short_of_memory = 1;
        return;
    }
    composite->view.grade_count = (int64_t)count;
    gg_json_pointer_key(below, pointer, "grades");
    for (size_t i = 0; i < count; i++) {
        const json_t *grade = json_array_get(list, i);
        char place[64];
        gg_json_pointer_at(place, below, i);
        gg_json_known(&l->reader, grade, place, grade_keys);
        composite->grades[i].code =
            gg_metrics_keep(l, gg_json_text(&l->reader, grade, place, "code", 1, ""));
        composite->grades[i].at_least =
            gg_json_decimal(&l->reader, grade, place, "at_least", 3, 1, 0, 0, FULL);
        if (composite->grades[i].at_least >= before ||
            (composite->grades[i].at_least == 0) != (i + 1 == count)) {
            gg_json_problem(&l->reader, GG_RULE_JSON_RULE, place, "at_least",
                            composite->grades[i].code, "grades fall, and the last begins at 0");
        }
        before = composite->grades[i].at_least;
    }
}

static void read_composite(gg_metrics_loader *l, size_t index, const json_t *object,
                           const char *pointer) {
    gg_composite *composite = &l->metrics->composites[index];
    gridgov_composite *view = &composite->view;
    gg_json_known(&l->reader, object, pointer, composite_keys);
    view->struct_size = sizeof *view;
    read_names(l, &l->metrics->composite_names, object, pointer, (int64_t)index, &view->code,
               &view->name, &view->name_en);
    read_terms(l, composite, object, pointer);
    read_grades(l, composite, object, pointer);
}

/* The list under a key, one reader call an object. */
static void read_list(gg_metrics_loader *l, const json_t *list, const char *pointer,
                      void (*read)(gg_metrics_loader *, size_t, const json_t *, const char *)) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        char place[64];
        gg_json_pointer_at(place, pointer, i);
        if (json_is_object(object)) {
            read(l, i, object, place);
        } else {
            gg_json_problem(&l->reader, GG_RULE_JSON_TYPE, place, NULL, place, "an object");
        }
    }
}

void gg_metrics_read_ratios(gg_metrics_loader *l) {
    gridgov_metrics *metrics = l->metrics;
    const json_t *root = l->reader.root;
    const json_t *ratios = gg_json_array(&l->reader, root, "", "ratios", 0);
    const json_t *composites = gg_json_array(&l->reader, root, "", "composites", 0);
    metrics->ratios = gg_calloc(json_array_size(ratios), sizeof *metrics->ratios);
    metrics->composites = gg_calloc(json_array_size(composites), sizeof *metrics->composites);
    if (metrics->ratios == NULL || metrics->composites == NULL) {
        l->short_of_memory = 1;
        return;
    }
    metrics->ratio_count = json_array_size(ratios);
    metrics->composite_count = json_array_size(composites);
    read_list(l, ratios, "/ratios", read_ratio);
    read_list(l, composites, "/composites", read_composite);
}

static void digest_names(gg_digest *digest, const char *code, const char *name,
                         const char *name_en) {
    gg_digest_text(digest, gg_str_of(code));
    gg_digest_text(digest, gg_str_of(name));
    gg_digest_text(digest, gg_str_of(name_en));
}

void gg_metrics_digest_ratios(gg_digest *digest, const gridgov_metrics *metrics) {
    for (size_t i = 0; i < metrics->ratio_count; i++) {
        const gridgov_ratio *ratio = &metrics->ratios[i];
        gg_digest_text(digest, gg_str_of("ratio"));
        digest_names(digest, ratio->code, ratio->name, ratio->name_en);
        gg_digest_int(digest, ratio->numerator);
        gg_digest_int(digest, ratio->denominator);
        gg_digest_int(digest, ratio->complement);
    }
    for (size_t i = 0; i < metrics->composite_count; i++) {
        const gg_composite *composite = &metrics->composites[i];
        gg_digest_text(digest, gg_str_of("composite"));
        digest_names(digest, composite->view.code, composite->view.name, composite->view.name_en);
        gg_digest_int(digest, composite->view.term_count);
        for (int64_t t = 0; t < composite->view.term_count; t++) {
            gg_digest_int(digest, composite->terms[t].ratio);
            gg_digest_int(digest, composite->terms[t].metric);
            gg_digest_int(digest, composite->terms[t].weight);
        }
        for (int64_t g = 0; g < composite->view.grade_count; g++) {
            gg_digest_text(digest, gg_str_of(composite->grades[g].code));
            gg_digest_int(digest, composite->grades[g].at_least);
        }
    }
}

void gg_metrics_release_ratios(gridgov_metrics *metrics) {
    for (size_t i = 0; metrics->composites != NULL && i < metrics->composite_count; i++) {
        gg_free(metrics->composites[i].terms);
        gg_free(metrics->composites[i].grades);
    }
    gg_free(metrics->ratios);
    gg_free(metrics->composites);
    gg_map_release(&metrics->ratio_names);
    gg_map_release(&metrics->composite_names);
}

int64_t gridgov_metrics_ratio_count(const gridgov_metrics *metrics) {
    return metrics == NULL ? 0 : (int64_t)metrics->ratio_count;
}

gridgov_status gridgov_metrics_ratio_at(gridgov_ratio *ratio_out, const gridgov_metrics *metrics,
                                        int64_t index) {
    if (ratio_out == NULL || metrics == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)metrics->ratio_count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(ratio_out, &metrics->ratios[index], sizeof *metrics->ratios) ? GRIDGOV_EARG
                                                                                     : GRIDGOV_OK;
}

int64_t gridgov_metrics_ratio_find(const gridgov_metrics *metrics, const char *text, size_t size) {
    return metrics == NULL || text == NULL ? GRIDGOV_NONE
                                           : gg_metrics_find(&metrics->ratio_names, text, size);
}

int64_t gridgov_metrics_composite_count(const gridgov_metrics *metrics) {
    return metrics == NULL ? 0 : (int64_t)metrics->composite_count;
}

gridgov_status gridgov_metrics_composite_at(gridgov_composite *composite_out,
                                            const gridgov_metrics *metrics, int64_t index) {
    if (composite_out == NULL || metrics == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)metrics->composite_count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(composite_out, &metrics->composites[index].view, sizeof *composite_out)
               ? GRIDGOV_EARG
               : GRIDGOV_OK;
}

gridgov_status gridgov_metrics_term_at(gridgov_composite_term *term_out,
                                       const gridgov_metrics *metrics, int64_t composite,
                                       int64_t index) {
    if (term_out == NULL || metrics == NULL) {
        return GRIDGOV_EARG;
    }
    if (composite < 0 || composite >= (int64_t)metrics->composite_count || index < 0 ||
        index >= metrics->composites[composite].view.term_count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(term_out, &metrics->composites[composite].terms[index], sizeof *term_out)
               ? GRIDGOV_EARG
               : GRIDGOV_OK;
}

const char *gg_metrics_grade(const gridgov_metrics *metrics, int64_t composite,
                             gridgov_points points) {
    const gg_composite *at = &metrics->composites[composite];
    for (int64_t i = 0; i < at->view.grade_count; i++) {
        if (points >= at->grades[i].at_least) {
            return at->grades[i].code;
        }
    }
    return "";
}
