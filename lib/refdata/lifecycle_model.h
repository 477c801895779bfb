/* SPDX-License-Identifier: Apache-2.0 */
/* What a life cycle is made of. */
#ifndef GG_LIFECYCLE_MODEL_H
#define GG_LIFECYCLE_MODEL_H

#include "base/digest.h"
#include "base/json.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/share.h"

#include <gridgov/lifecycle.h>

#define GG_LIFECYCLE_STATES 64  /* most states */
#define GG_LIFECYCLE_REASONS 63 /* most reasons: they are bits of a set */
#define GG_STEP_KINDS 64        /* steps are bits of a set, so their numbers stay below */

typedef struct gg_lifecycle_state {
    const char *code, *name, *title;
    int32_t state_class;
} gg_lifecycle_state;

typedef struct gg_lifecycle_reason {
    const char *code, *name, *title;
} gg_lifecycle_reason;

typedef struct gg_lifecycle_rung {
    const char *code, *name, *title;
    int32_t stage, percent, card;
} gg_lifecycle_rung;

/* A transition out of one state. */
typedef struct gg_transition {
    uint64_t reasons;
    uint32_t roles, guards;
    int32_t step, from, to, holder, reason_required, rule;
} gg_transition;

struct gridgov_lifecycle {
    gg_share share;
    gg_arena arena;
    const char *name;
    gg_lifecycle_state *states;
    gg_lifecycle_reason *reasons;
    gg_transition *transitions; /* sorted by (from, step, rule) */
    gg_lifecycle_rung *rungs;
    size_t rung_count, state_count, reason_count, transition_count, transition_capacity;
    int32_t extensions, suspension_days, yellow_percent;
    gg_map state_index;  /* key of a code or name → state */
    gg_map reason_index; /* key of a code, name or alias → reason */
    /* First transition of (from + 1, step); the next pair's is where it ends. */
    int32_t first[(GG_LIFECYCLE_STATES + 1) * GG_STEP_KINDS + 1];
    uint64_t allowed[GG_LIFECYCLE_STATES + 1]; /* by from + 1 */
    char digest[GG_DIGEST_TEXT_SIZE];
};

/* Read the document into an empty life cycle. 0, or -1 when memory is short. */
int gg_lifecycle_read(gridgov_lifecycle *lifecycle, gg_json_reader *reader);
/* Sort the transitions, index them and take the digest. */
void gg_lifecycle_finish(gridgov_lifecycle *lifecycle);
/* Value of a text's look-up key in one of the maps; GRIDGOV_NONE. */
int32_t gg_lifecycle_lookup(const gg_map *map, const char *text, size_t size);

#endif
