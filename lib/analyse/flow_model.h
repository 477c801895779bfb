/* SPDX-License-Identifier: Apache-2.0 */
/* Movements from the inside. */
#ifndef GG_FLOW_MODEL_H
#define GG_FLOW_MODEL_H

#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"

#include <gridgov/flow.h>

#include <stddef.h>
#include <stdint.h>

/* Where a case stands at a moment. */
typedef struct gg_flow_place {
    int32_t open;     /* 0: it is not among the open cases, and the rest says nothing */
    int32_t holder;   /* index of the holder: 0 the street itself, then one above the agency's */
    int64_t category; /* the ledger's */
} gg_flow_place;

struct gridgov_flow {
    gridgov_ledger *ledger;
    gridgov_flow_options options; /* as resolved; its handles are not held */
    size_t holder_count, category_count, case_count;
    gridgov_flow_account *accounts;
    size_t account_count;
    gridgov_flow_handover *handovers;
    size_t handover_count;
    gridgov_flow_holder *holders;
    gg_flow_place *opening, *closing; /* per case: the two ends, as the cases stand there */
    int64_t open_seconds;
};

/* Spans, ages and the like of one case, seen at the end of the period. */
typedef struct gg_flow_counter {
    gridgov_flow *flow;
    const gridgov_cases *cases; /* at the end */
    int64_t *met;               /* per holder: one above the last case that it held */
} gg_flow_counter;

/* flow_holders.c: add what the spans of a case say; −1 on overflow. */
int gg_flow_add_spans(gg_flow_counter *n, const gridgov_case *view);

#endif
