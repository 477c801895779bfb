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
    int32_t in_metrics;      /* 1: a threshold of a metric */
    int32_t reserved;
} gg_policy_parameter;

#define GG_NO_FLOOR INT64_MIN
#define GG_NO_CAP INT64_MAX

typedef struct gg_policy_group {
    const char *code, *name, *name_en;
    gridgov_points max;
    gridgov_points floor, cap; /* of the sum of its lines; GG_NO_FLOOR, GG_NO_CAP */
    int64_t first, count;      /* indicators */
} gg_policy_group;

/* Bands of a count or a ratio; edges and points of the other rules that look up in steps, too. */
typedef struct gg_policy_band {
    int64_t at_least; /* INT64_MIN for the last */
    gridgov_points points;
} gg_policy_band;

/* One metric of an operand: operand = Σ times · metric. */
typedef struct gg_policy_term {
    int64_t metric, times;
    int32_t optional; /* 1: adds nothing where it is unknown */
    int32_t reserved;
} gg_policy_term;

/* Terms [first, first + count) of the policy; count 0: not used. */
typedef struct gg_policy_operand {
    int64_t first, count;
} gg_policy_operand;

/* Which number of a rule is a parameter. */
enum {
    GG_NUMBER_POINTS = 1,
    GG_NUMBER_THRESHOLD = 2,
    GG_NUMBER_LIMIT = 3, /* quota, task, or count to reach */
    GG_NUMBER_MINIMUM = 4,
    GG_NUMBER_EDGE = 5, /* of a step */
    GG_NUMBER_STEP_POINTS = 6
};

/* A number that is a parameter's value. */
typedef struct gg_policy_reference {
    int64_t rule;      /* in the policy's rules */
    int64_t band;      /* in the policy's bands; GRIDGOV_NONE unless it belongs to a step */
    int32_t number;    /* GG_NUMBER_* */
    int32_t parameter; /* in the policy's parameters */
} gg_policy_reference;

/* A node of a rule. Nodes of one owner stand in pre-order, so the nodes below one follow it. */
typedef struct gg_policy_rule {
    int32_t kind, when_empty, complement, part;
    int32_t configured;
    int32_t span; /* nodes below this one, itself included */
    int32_t is_award;
    int32_t months;                    /* GRIDGOV_SCORE_RULE_CONSECUTIVE; 0 if not used */
    int64_t parent;                    /* among its owner's nodes; GRIDGOV_NONE at the top */
    int64_t numerator, denominator;    /* first metric of each operand; GRIDGOV_NONE if not used */
    gg_policy_operand counted, out_of; /* what is counted, and of a ratio out of what */
    gg_policy_operand scaled, scale;   /* proportion of a quota; the days of a task; whom a count is
                                          shared by; the columns of a table */
    gridgov_points points;
    int64_t threshold;              /* thousandths of a percent; −1 if not used */
    int64_t limit;                  /* whole units: quota, count to reach, task; 0 if not used */
    int64_t minimum;                /* smallest denominator that is judged; 0: any */
    int64_t first_band, band_count; /* in the policy's bands; of a table: its rows' edges */
    int64_t column_count;           /* of a table: edges of its columns, after those of the rows;
                                       then its cells, row by row */
    int32_t rounding;               /* GRIDGOV_ROUNDING_* of a quota in proportion; 0 if not used */
    int32_t scale_empty;            /* a table's columns: when_empty of the ratio */
    const char *clause, *source, *certainty; /* "": the indicator's */
} gg_policy_rule;

typedef struct gg_policy_indicator {
    const char *code, *name, *name_en, *clause, *source, *certainty;
    gridgov_points max;
    gridgov_points floor, cap; /* of the line; −max and 0 unless the policy says otherwise */
    int64_t group;
    int64_t first_rule, rule_count; /* nodes in the policy's rules: deductions, then awards */
    int32_t from_zero;              /* 1: earns its points, instead of losing them */
    int32_t has_awards;
} gg_policy_indicator;

/* 一票否决: a rule that forces the grade when it costs anything. */
typedef struct gg_policy_veto {
    const char *code, *name, *name_en, *clause, *source, *certainty;
    int64_t grade;
    int64_t first_rule, rule_count;
} gg_policy_veto;

typedef struct gg_policy_grade {
    const char *code, *name, *name_en;
    gridgov_points at_least; /* INT64_MIN for the last */
} gg_policy_grade;

/* Grids that are compared with each other, by the unit above them. */
typedef struct gg_policy_peer {
    const char *code, *name, *name_en;
    const char *const *units;   /* names, NULL at the end */
    const char *const *endings; /* of names, NULL at the end */
    int32_t otherwise, reserved;
} gg_policy_peer;

/* What decides between equal totals: more (or fewer) of a metric, fewer points lost in an
 * indicator, or the larger bonus. */
typedef struct gg_policy_tie_break {
    int32_t kind;  /* GRIDGOV_TIE_BREAK_* */
    int32_t fewer; /* 1: fewer is better */
    int64_t index; /* metric or indicator; GRIDGOV_NONE */
} gg_policy_tie_break;

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
    int32_t not_assessed;       /* GRIDGOV_NOT_ASSESSED_* */
    int32_t rounding, decimals; /* of the points of a rule: GRIDGOV_ROUNDING_*, 0 … 3 */
    gridgov_points bonus_floor, bonus_cap; /* of the sum; GG_NO_FLOOR, GG_NO_CAP */
    gridgov_points *bonus_values;          /* the only ones an adjustment may have, if any */
    int64_t bonus_value_count;
    int32_t ranking; /* GRIDGOV_RANKING_*; 0: off */
    int32_t ranked_by_peers;
    int32_t unit_means, mean_decimals; /* unit_means: GRIDGOV_ROUNDING_*; 0: off */
    gridgov_points standard;           /* totals below it are listed; GG_NO_FLOOR: off */
    const char *standard_name, *standard_name_en;
    int32_t standard_months;         /* in a row, this one included; 1: this one alone */
    int32_t partial_days;            /* a grid of fewer days is not assessed; 0: off */
    gg_policy_parameter *parameters; /* sorted by name */
    gg_policy_group *groups;
    gg_policy_indicator *indicators;
    gg_policy_rule *rules;
    gg_policy_band *bands;
    gg_policy_term *terms;
    gg_policy_reference *references; /* by rule, then as the document has them */
    gg_policy_veto *vetoes;
    gg_policy_grade *grades;
    gg_policy_peer *peers;
    gg_policy_tie_break *tie_breaks;
    int64_t parameter_count, group_count, indicator_count, rule_count, band_count, term_count;
    int64_t reference_count;
    int64_t veto_count, grade_count, peer_count, tie_break_count;
    int32_t months;      /* how many months the longest rule looks at, this one included */
    int32_t own_metrics; /* 1 if the metrics stand in the document itself */
    int32_t grown; /* 1 if it says anything that the first edition of the language could not */
    gg_map indicator_index; /* codes and printed names, as gg_text_key() folds them */
    char digest[GG_DIGEST_TEXT_SIZE];
};

/* Fold an indicator's code or name into buffer for look-ups; cut at its 256 bytes. */
#define GG_INDICATOR_KEY_SIZE 256
gg_str gg_policy_key(char buffer[GG_INDICATOR_KEY_SIZE], gg_str text);

/* Fill policy->digest from what the policy says. */
void gg_policy_digest(gridgov_policy *policy);

#endif
