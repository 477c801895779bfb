/* SPDX-License-Identifier: Apache-2.0 */
/* Metrics made ready to ask atoms: each metric that counts cases, old measures and own conditions
 * alike, becomes sets of bits. */
#ifndef GG_PLAN_H
#define GG_PLAN_H

#include "atom.h"

#define GG_DIMENSIONS (GRIDGOV_DIMENSION_TOTAL + 1)

/* Answers of a plan item: how much the atom adds, or one of these. */
enum { GG_LEFT_OUT = -2, GG_LACKING = -1 };

typedef struct gg_plan_item {
    size_t metric;             /* index into the metrics */
    uint64_t among, among_not; /* others are neither counted nor missing */
    uint64_t needs;            /* what must be told, whatever else holds */
    uint64_t where, where_not;
    uint64_t any, any_not;
    int64_t within;        /* −1 not asked */
    uint32_t dispositions; /* 0 not asked */
    int8_t quantity;       /* what it adds, by its place among the quantities of an atom */
    int8_t taken;          /* what `within` limits, likewise */
    int8_t timed;          /* 1: it asks for a length of time that no comparison of times tells */
    int8_t cut_off;        /* GRIDGOV_CUT_OFF_* */
} gg_plan_item;

typedef struct gg_plan {
    gg_plan_item *items[GG_DIMENSIONS]; /* by GRIDGOV_DIMENSION_* */
    size_t counts[GG_DIMENSIONS];
    int looks_outside; /* a metric counts cases that are not of the period */
    int looks_back;    /* a metric has the end of the period as its cut-off */
    int asks_work;     /* a metric asks for working time */
    int clocks;        /* bit n: a metric asks for GRIDGOV_CLOCK_ n */
    int clocks_work;   /* one of those, for working time */
} gg_plan;

/* 0, or −1 when memory is short; release either way. */
int gg_plan_open(gg_plan *plan, const gridgov_metrics *metrics);
void gg_plan_release(gg_plan *plan);
/* What bits and quantities add to a metric that its source covers: a number from 0, GG_LACKING or
 * GG_LEFT_OUT. */
int64_t gg_plan_answer(const gg_plan_item *item, uint64_t is, uint64_t known, int32_t disposition,
                       const int64_t *quantities);

/* What a metric needs of a source: all of `all` and, if it is not 0, one of `any`; bit n:
 * GRIDGOV_COVERAGE_ n. */
typedef struct gg_metric_needs {
    uint64_t all, any;
} gg_metric_needs;
gg_metric_needs gg_metric_needs_of(const gridgov_metric *metric);
/* Place of a measure in tables of one row a measure, which have no gap where the numbers do. */
size_t gg_measure_index(int32_t measure);
/* 1 if the measure counts cases. */
int gg_measure_is_cases(int32_t measure);
/* 1 if the cells of the measure are a register: no row, no judgement. */
int gg_measure_is_register(int32_t measure);

#endif
