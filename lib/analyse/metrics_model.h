/* SPDX-License-Identifier: Apache-2.0 */
/* Metrics from the inside, and what the files that read the document share. */
#ifndef GG_METRICS_MODEL_H
#define GG_METRICS_MODEL_H

#include "base/digest.h"
#include "base/error.h"
#include "base/json.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/share.h"

#include <gridgov/ratio.h>

#include <stddef.h>

typedef struct gg_grade {
    const char *code;
    gridgov_points at_least;
} gg_grade;

typedef struct gg_composite {
    gridgov_composite view;
    gridgov_composite_term *terms;
    gg_grade *grades; /* falling; the last begins at 0 */
} gg_composite;

struct gridgov_metrics {
    gg_share share;
    gridgov_ratio *ratios;
    size_t ratio_count;
    gg_map ratio_names; /* look-up key of a code or name → index */
    gg_composite *composites;
    size_t composite_count;
    gg_map composite_names;
    gridgov_metric *items;
    size_t count;
    gg_map names; /* look-up key of a code or name → index */
    gg_arena arena;
    char digest[GG_DIGEST_TEXT_SIZE];
};

/* A document on its way to metrics. */
typedef struct gg_metrics_loader {
    gg_json_reader reader;
    gridgov_metrics *metrics;
    int short_of_memory;
} gg_metrics_loader;

/* The members that only the measure of all cases takes; elsewhere each is a problem. */
void gg_metrics_read_conditions(gg_metrics_loader *l, gridgov_metric *metric, const json_t *object,
                                const char *pointer, int takes);
void gg_metrics_digest_conditions(gg_digest *digest, const gridgov_metric *metric);

/* Ratios and composites, after the metrics that they name. */
void gg_metrics_read_ratios(gg_metrics_loader *l);
void gg_metrics_digest_ratios(gg_digest *digest, const gridgov_metrics *metrics);
void gg_metrics_release_ratios(gridgov_metrics *metrics);
/* Code of the grade that so many points earn; "" without grades. */
const char *gg_metrics_grade(const gridgov_metrics *metrics, int64_t composite,
                             gridgov_points points);

/* The text in the metrics' own memory; "" and a mark when memory is short. */
const char *gg_metrics_keep(gg_metrics_loader *l, const char *text);
/* A code or name: not empty, short, and of no other index in names. */
const char *gg_metrics_read_name(gg_metrics_loader *l, gg_map *names, const json_t *object,
                                 const char *pointer, const char *key, int64_t index);
void gg_metrics_check_certainty(gg_metrics_loader *l, const json_t *object, const char *pointer);
/* Index under a text's look-up key; GRIDGOV_NONE. */
int64_t gg_metrics_find(const gg_map *names, const char *text, size_t size);

#endif
