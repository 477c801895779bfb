/* SPDX-License-Identifier: Apache-2.0 */
/* What a policy is made of, once loaded: flat arrays that refer to each other by index. Text lives
 * in the arena, so that the whole policy lives and dies as one. */
#ifndef GG_POLICY_MODEL_H
#define GG_POLICY_MODEL_H

#include "base/digest.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/share.h"

#include <gridgov/policy.h>

typedef struct gg_policy_parameter {
    const char *name, *title, *unit, *source, *certainty;
    int64_t value, min, max; /* 10^-decimals units; value counts only if set */
    int32_t decimals;        /* 0 … 3 */
    int32_t set;             /* 0: left open */
} gg_policy_parameter;

typedef struct gg_policy_group {
    const char *code, *name, *name_en;
    gridgov_points max;
    int64_t first, count; /* indicators */
} gg_policy_group;

typedef struct gg_policy_band {
    int64_t at_least; /* INT64_MIN for the last */
    gridgov_points points;
} gg_policy_band;

typedef struct gg_policy_rule {
    int32_t kind, when_empty, complement, part;
    int32_t configured, reserved;
    int64_t numerator, denominator; /* metrics; GRIDGOV_NONE for a count's denominator */
    gridgov_points points;
    int64_t threshold;              /* thousandths of a percent; −1 if not used */
    int64_t first_band, band_count; /* in the policy's bands */
} gg_policy_rule;

typedef struct gg_policy_indicator {
    const char *code, *name, *name_en, *clause, *source, *certainty;
    gridgov_points max;
    int64_t group;
    int64_t first_rule, rule_count; /* in the policy's rules */
} gg_policy_indicator;

struct gridgov_policy {
    gg_share share;
    gg_arena arena;
    gridgov_metrics *metrics;
    const char *name, *title, *title_en, *source, *certainty;
    const char *bonus_name, *bonus_name_en;
    int64_t version;
    gridgov_points base; /* sum of all maxima */
    gridgov_day from, to;
    int32_t reserved;
    gg_policy_parameter *parameters; /* sorted by name */
    gg_policy_group *groups;
    gg_policy_indicator *indicators;
    gg_policy_rule *rules;
    gg_policy_band *bands;
    int64_t parameter_count, group_count, indicator_count, rule_count, band_count;
    gg_map indicator_index; /* codes and printed names, as gg_text_key() folds them */
    char digest[GG_DIGEST_TEXT_SIZE];
};

/* Fold an indicator's code or name into buffer for look-ups; cut at its 256 bytes. */
#define GG_INDICATOR_KEY_SIZE 256
gg_str gg_policy_key(char buffer[GG_INDICATOR_KEY_SIZE], gg_str text);

#endif
