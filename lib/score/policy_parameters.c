/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers that an office sets, and the metrics that they reach into. A parameter is a decimal
 * with a range and perhaps a default; without one it stays open until the caller gives a value. The
 * metrics document is opened (inline, or a built-in pack by name), thresholds named in
 * "metric_thresholds" are written into it, and the result is loaded like any other metrics
 * document, so the two can never mean different things. An open threshold becomes null: the metric
 * is then not configured, and counts nothing.
 *
 * Invariant: parameters are sorted by name, every value lies within its range, and no binary
 * fraction takes part. */
#include "policy_load.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/pack.h>

#include <stdlib.h>
#include <string.h>

#define PARAMETER_MAX ((int64_t)1000000000000) /* 10^12 units of the last decimal */
#define TIMES_MAX 1000000

static const char *const parameter_keys[] = {"title",    "unit",   "value",     "min", "max",
                                             "decimals", "source", "certainty", NULL};
static const char *const reference_keys[] = {"parameter", "times", NULL};
static const char *const threshold_keys[] = {"minimum_minutes", "minimum_metres", NULL};

static void read_parameter(gg_policy_loader *loader, const char *name, const json_t *object) {
    gg_json_reader *reader = &loader->reader;
    gg_policy_parameter *parameter = &loader->policy->parameters[loader->policy->parameter_count++];
    char pointer[GG_POINTER_SIZE];
    const json_t *value;
    gg_json_pointer_key(pointer, "/parameters", name);
    *parameter = (gg_policy_parameter){.name = gg_policy_text(loader, name),
                                       .title = "",
                                       .unit = "",
                                       .source = "",
                                       .certainty = ""};
    if (!json_is_object(object)) {
        gg_json_problem(reader, GG_RULE_JSON_TYPE, pointer, NULL, name, "object");
        return;
    }
    gg_json_known(reader, object, pointer, parameter_keys);
    parameter->title =
        gg_policy_text(loader, gg_json_text(reader, object, pointer, "title", 1, ""));
    parameter->unit = gg_policy_text(loader, gg_json_text(reader, object, pointer, "unit", 0, ""));
    parameter->source =
        gg_policy_text(loader, gg_json_text(reader, object, pointer, "source", 0, ""));
    parameter->certainty = gg_policy_certainty(loader, object, pointer);
    parameter->decimals = (int32_t)gg_json_int(reader, object, pointer, "decimals", 1, 0, 0, 3);
    parameter->min = gg_json_decimal(reader, object, pointer, "min", parameter->decimals, 1, 0,
                                     -PARAMETER_MAX, PARAMETER_MAX);
    parameter->max = gg_json_decimal(reader, object, pointer, "max", parameter->decimals, 1, 0,
                                     parameter->min, PARAMETER_MAX);
    value = json_object_get(object, "value");
    if (!json_is_null(value)) {
        parameter->value = gg_json_decimal(reader, object, pointer, "value", parameter->decimals, 1,
                                           0, parameter->min, parameter->max);
        parameter->set = 1;
    }
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const gg_policy_parameter *)a)->name, ((const gg_policy_parameter *)b)->name);
}

/* Values over the defaults: one object of decimals. */
static void read_values(gg_policy_loader *loader, const char *values, size_t size) {
    gg_json_reader reader;
    gridgov_error problem;
    const char *name;
    json_t *value;
    if (gg_json_open(&reader, "parameters", values, size, NULL, loader->reader.issues, &problem) <
        0) {
        gg_policy_adopt(loader, &problem);
        return;
    }
    if (!json_is_object(reader.root)) {
        gg_json_problem(&reader, GG_RULE_JSON_TYPE, "", NULL, "parameters", "object");
    }
    json_object_foreach(reader.root, name, value) {
        int64_t index = gg_map_get(&loader->parameter_index, gg_str_of(name), GRIDGOV_NONE);
        gg_policy_parameter *parameter;
        if (index == GRIDGOV_NONE) {
            gg_json_problem(&reader, GG_RULE_PARAMETER_UNKNOWN, "", name, name, NULL);
            continue;
        }
        parameter = &loader->policy->parameters[index];
        parameter->value = gg_json_decimal(&reader, reader.root, "", name, parameter->decimals, 1,
                                           0, parameter->min, parameter->max);
        parameter->set = 1;
    }
    if (gg_json_status(&reader, &problem) < 0) {
        gg_policy_adopt(loader, &problem);
    }
    gg_json_close(&reader);
}

void gg_policy_read_parameters(gg_policy_loader *loader, const char *values, size_t size) {
    gridgov_policy *policy = loader->policy;
    json_t *section = gg_json_object(&loader->reader, loader->reader.root, "", "parameters", 0);
    const char *name;
    json_t *value;
    policy->parameters = gg_calloc(json_object_size(section), sizeof *policy->parameters);
    if (policy->parameters == NULL) {
        loader->short_of_memory = 1;
        return;
    }
    json_object_foreach(section, name, value) {
        read_parameter(loader, name, value);
    }
    qsort(policy->parameters, (size_t)policy->parameter_count, sizeof *policy->parameters, by_name);
    for (int64_t i = 0; i < policy->parameter_count; i++) {
        if (gg_map_set(&loader->parameter_index, gg_str_of(policy->parameters[i].name), i) != 0) {
            loader->short_of_memory = 1;
            return;
        }
    }
    if (values != NULL && size > 0) {
        read_values(loader, values, size);
    }
}

gg_policy_parameter *gg_policy_parameter_of(gg_policy_loader *loader, const json_t *reference,
                                            const char *pointer) {
    const char *name = gg_json_text(&loader->reader, reference, pointer, "parameter", 1, NULL);
    int64_t index;
    if (name == NULL) {
        return NULL;
    }
    index = gg_map_get(&loader->parameter_index, gg_str_of(name), GRIDGOV_NONE);
    if (index == GRIDGOV_NONE) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_REFERENCE, pointer, "parameter", name,
                        "parameter");
        return NULL;
    }
    return &loader->policy->parameters[index];
}

/* Write one threshold of a metric: a whole number, or null while its parameter is open. */
static void set_threshold(gg_policy_loader *loader, json_t *metric, const char *key,
                          const json_t *reference, const char *pointer) {
    static const int64_t scales[] = {1, 10, 100, 1000};
    gg_policy_parameter *parameter;
    json_t *value;
    int64_t times;
    if (!json_is_object(reference)) {
        gg_json_problem(&loader->reader, GG_RULE_JSON_TYPE, pointer, NULL, key, "object");
        return;
    }
    gg_json_known(&loader->reader, reference, pointer, reference_keys);
    times = gg_json_int(&loader->reader, reference, pointer, "times", 0, 1, 1, TIMES_MAX);
    parameter = gg_policy_parameter_of(loader, reference, pointer);
    if (parameter == NULL) {
        return;
    }
    parameter->in_metrics = 1;
    if (parameter->set) {
        int64_t product = parameter->value * times; /* at most 10^12 · 10^6 */
        if (product % scales[parameter->decimals] != 0) {
            gg_json_problem(&loader->reader, GG_RULE_POLICY_WHOLE, pointer, NULL, parameter->name,
                            key);
            return;
        }
        value = json_integer(product / scales[parameter->decimals]);
    } else {
        value = json_null();
    }
    if (json_object_set_new(metric, key, value) != 0) {
        loader->short_of_memory = 1;
    }
}

static json_t *metric_with_code(json_t *document, const char *code) {
    json_t *metrics = json_object_get(document, "metrics");
    for (size_t i = 0; i < json_array_size(metrics); i++) {
        json_t *metric = json_array_get(metrics, i);
        const char *text = json_string_value(json_object_get(metric, "code"));
        if (text != NULL && strcmp(text, code) == 0) {
            return metric;
        }
    }
    return NULL;
}

static void set_thresholds(gg_policy_loader *loader, json_t *document) {
    const char *section = "/metric_thresholds";
    gg_json_reader *reader = &loader->reader;
    json_t *thresholds = gg_json_object(reader, reader->root, "", "metric_thresholds", 0);
    const char *code, *key;
    json_t *members, *reference;
    json_object_foreach(thresholds, code, members) {
        json_t *metric = metric_with_code(document, code);
        char pointer[GG_POINTER_SIZE], below[GG_POINTER_SIZE];
        gg_json_pointer_key(pointer, section, code);
        if (metric == NULL) {
            gg_json_problem(reader, GG_RULE_JSON_REFERENCE, section, code, code, "metric");
            continue;
        }
        if (!json_is_object(members)) {
            gg_json_problem(reader, GG_RULE_JSON_TYPE, pointer, NULL, code, "object");
            continue;
        }
        gg_json_known(reader, members, pointer, threshold_keys);
        json_object_foreach(members, key, reference) {
            gg_json_pointer_key(below, pointer, key);
            set_threshold(loader, metric, key, reference, below);
        }
    }
}

/* The metrics document as text: canonical if it stands inline, the pack's if it is named. */
static int metrics_text(gg_policy_loader *loader, gg_buf *inlined, const char **text,
                        size_t *size) {
    gg_json_reader *reader = &loader->reader;
    json_t *member = json_object_get(reader->root, "metrics");
    gridgov_pack pack = {.struct_size = sizeof pack};
    gridgov_error problem;
    if (json_is_object(member)) {
        loader->policy->own_metrics = 1;
        gg_json_put_canonical(inlined, member);
        loader->short_of_memory |= gg_buf_failed(inlined);
        *text = gg_buf_data(inlined);
        *size = inlined->size;
        return !loader->short_of_memory;
    }
    if (member == NULL) {
        gg_json_problem(reader, GG_RULE_JSON_MISSING, "", "metrics", "metrics", NULL);
    } else if (!json_is_string(member)) {
        gg_json_problem(reader, GG_RULE_JSON_TYPE, "", "metrics", "metrics", "object, text");
    } else if (gridgov_pack_find(&pack, GRIDGOV_PACK_METRICS, json_string_value(member),
                                 json_string_length(member), &problem) != GRIDGOV_OK) {
        gg_json_problem(reader, GG_RULE_JSON_REFERENCE, "", "metrics", json_string_value(member),
                        "metrics");
    } else {
        *text = pack.data;
        *size = pack.size;
        return 1;
    }
    return 0;
}

void gg_policy_read_metrics(gg_policy_loader *loader) {
    gg_buf inlined = {0}, final = {0};
    gg_json_reader document;
    gridgov_error problem;
    const char *text = NULL;
    size_t size = 0;
    if (!metrics_text(loader, &inlined, &text, &size)) {
        goto done;
    }
    if (gg_json_open(&document, "metrics", text, size, "gridgov.metrics/1", loader->reader.issues,
                     &problem) < 0) {
        gg_policy_adopt(loader, &problem);
        goto done;
    }
    set_thresholds(loader, document.root);
    gg_json_put_canonical(&final, document.root);
    gg_json_close(&document);
    if (gg_buf_failed(&final)) {
        loader->short_of_memory = 1;
    } else if (gridgov_metrics_load(&loader->policy->metrics, gg_buf_data(&final), final.size,
                                    loader->reader.issues, &problem) < 0) {
        gg_policy_adopt(loader, &problem);
    }
done:
    gg_buf_release(&final);
    gg_buf_release(&inlined);
}
