/* SPDX-License-Identifier: Apache-2.0 */
/* The time limits of a taxonomy: of each category, and of all that have none of their own. */
#ifndef GG_LIMITS_H
#define GG_LIMITS_H

#include "base/digest.h"
#include "base/json.h"
#include "base/mem.h"

#include <gridgov/taxonomy.h>

typedef struct gg_limit {
    int64_t category; /* GRIDGOV_NONE: every category */
    int64_t count;
    const char *condition, *roster;
    int32_t stage, kind, start, since;
} gg_limit;

/* Sorted as they stand in the document: those of all categories first, then category by category.
 */
typedef struct gg_limits {
    gg_limit *items;
    size_t count, capacity;
} gg_limits;

/* Read the member "limits" of an object that stands at pointer. 0, or -1 when memory is short. */
int gg_limits_read(gg_limits *limits, gg_arena *arena, gg_json_reader *reader, const json_t *object,
                   const char *pointer, int64_t category);
/* Add them to a digest; nothing if there are none. */
void gg_limits_digest(const gg_limits *limits, gg_digest *digest);
/* The index-th limit of a category; NULL past the last. */
const gg_limit *gg_limits_at(const gg_limits *limits, int64_t category, int64_t index);
/* The limit of a category alone for a stage: that of the condition, else that of none; NULL. */
const gg_limit *gg_limits_find(const gg_limits *limits, int64_t category, int32_t stage,
                               gg_str condition);
void gg_limits_release(gg_limits *limits);

#endif
