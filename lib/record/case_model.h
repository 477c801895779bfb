/* SPDX-License-Identifier: Apache-2.0 */
/* What cases are made of: a fixed record a case, and three arrays over all cases, each case's share
 * of which lies between its own first index and the next one's. */
#ifndef GG_RECORD_CASE_MODEL_H
#define GG_RECORD_CASE_MODEL_H

#include "model.h"

#include <gridgov/case.h>

/* One step as it was played. Agencies are indexes into the ledger's agencies, GRIDGOV_NONE none. */
typedef struct gg_case_step {
    int64_t step; /* index into the ledger's steps; GRIDGOV_NONE */
    gridgov_time at;
    int32_t agency, holder; /* named; holding afterwards */
    int16_t rule;           /* 0: accepted */
    int8_t kind, derived, before, after;
} gg_case_step;

typedef struct gg_case_hold {
    gridgov_time from, acknowledged_at, to;
    int32_t agency;
    int32_t ended_by;
} gg_case_hold;

/* A refused step, by its place among the played ones. */
typedef struct gg_case_finding {
    int64_t c, case_step;
} gg_case_finding;

typedef struct gg_case_row {
    const gg_event_row *event; /* the version known; NULL: not known yet */
    int64_t first_step, first_hold, first_finding;
    gridgov_time accepted_at, dispatched_at, acknowledged_at, passed_at, handled_at;
    gridgov_time first_closed_at, closed_at, ended_at, state_since;
    int32_t agency, category;
    int32_t dispatches, returns, timeouts, reworks, reopens, extensions, urges;
    int8_t state, suspended, self_found, card, appeal;
    int8_t reason; /* of the closing or ending that stands; GRIDGOV_NONE */
} gg_case_row;

struct gridgov_cases {
    gg_share share;
    gridgov_ledger *ledger;
    gridgov_lifecycle *lifecycle;
    gridgov_time as_of, known_by;
    gridgov_roster *roster; /* NULL: unknown */
    gridgov_roster *wall;   /* for limits on the wall clock where there is no other */
    gridgov_roster **rosters;
    size_t roster_count, agency_count;
    gridgov_roster **agency_rosters; /* by agency; NULL: the usual one. NULL if no agency has one */
    int32_t *superiors; /* by agency: the agency above it, GRIDGOV_NONE; NULL if none has one */
    gg_case_row *rows;  /* one a case and one more, for where its shares begin */
    size_t count;
    gg_case_step *steps;
    size_t step_count, step_capacity;
    gg_case_hold *holds;
    size_t hold_count, hold_capacity;
    gg_case_finding *findings;
    size_t finding_count, finding_capacity;
};

/* Room that playing needs, kept from case to case. */
typedef struct gg_case_scratch {
    struct gg_case_move *moves;
    size_t move_count, move_capacity;
    int32_t *holders; /* those to go back to, the latest last */
    size_t holder_count, holder_capacity;
} gg_case_scratch;

/* Play one case and append what became of it. 0, or -1 when memory is short. */
int gg_case_play(gridgov_cases *cases, gg_case_scratch *scratch, int64_t index);
void gg_case_scratch_release(gg_case_scratch *scratch);
/* Class of a state; 0 for none. */
int32_t gg_case_class(const gridgov_cases *cases, int32_t state);
/* A stretch between two steps. */
typedef struct gg_segment {
    gridgov_time from, to; /* to: GRIDGOV_NO_TIME if its end is not known */
    int32_t class, holder;
    int32_t lasts; /* 1: it is the last, and to is as_of */
} gg_segment;
/* Walk over the segments of a case: 1 while there is one. *place begins at 0. */
int gg_segment_next(gg_segment *segment, size_t *place, const gridgov_cases *cases, int64_t c);
/* The hours of an agency; NULL: unknown. */
const gridgov_roster *gg_case_roster(const gridgov_cases *cases, int64_t agency);
/* Put a refusal into words. */
void gg_case_problem(gridgov_error *problem, const gridgov_cases *cases, int64_t c,
                     const gg_case_step *step);

#endif
