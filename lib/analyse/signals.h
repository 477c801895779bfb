/* SPDX-License-Identifier: Apache-2.0 */
/* Signals from the inside: validity.c holds thresholds and required elements, signals.c looks for
 * patterns in single cases and in closings, signals_near.c for repeated reports, signals_write.c
 * puts what was found into words. */
#ifndef GG_SIGNALS_H
#define GG_SIGNALS_H

#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/share.h"

#include <gridgov/validity.h>

#define GG_ELEMENT_BIT(n) (UINT32_C(1) << (n))

/* What one category asks beyond the elements that all ask. */
typedef struct gg_validity_category {
    const char *key; /* look-up key of the category's name or code */
    uint32_t required;
} gg_validity_category;

struct gridgov_validity {
    gg_share share;
    gg_arena arena;
    uint32_t required, closed; /* elements of every report; of a closed one */
    gg_validity_category *categories;
    size_t category_count;
    int64_t duplicate_mm, duplicate_seconds;
    int64_t at_once_seconds;
    int64_t bulk_cases, bulk_window, bulk_before; /* seconds */
    int64_t back_times;
    int32_t by_place, with_self_handled;
};

struct gridgov_signals {
    gg_share share;
    gridgov_ledger *ledger;
    gridgov_signal *items;
    size_t count, capacity;
    uint32_t covered; /* bit n: GRIDGOV_SIGNAL_ n was looked for */
    int32_t utc_offset_minutes;
};

/* State of one search. */
typedef struct gg_search {
    gridgov_signals *signals;
    const gridgov_ledger *ledger;
    const gridgov_validity *validity;
    gridgov_span period;
    gridgov_time as_of;
    gridgov_job *job;
} gg_search;

/* 1 if an event is reported in the period by the cut-off, and no opening case. */
int gg_search_inside(const gg_search *search, const gridgov_event *event);
/* Keep a signal; ENOMEM. */
gridgov_status gg_search_add(const gg_search *search, const gridgov_signal *signal,
                             gridgov_error *err);
/* Reports that repeat an earlier one. */
gridgov_status gg_search_near(const gg_search *search, gridgov_error *err);

#endif
