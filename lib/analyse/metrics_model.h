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

#include <gridgov/metrics.h>

#include <stddef.h>

struct gridgov_metrics {
    gg_share share;
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

#endif
