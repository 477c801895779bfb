/* SPDX-License-Identifier: Apache-2.0 */
/* How a tally hands its atoms to a recorder: the counter says what the atom at hand is, the funnel
 * that puts it into a cell passes it on. Without a recorder nothing is kept and nothing is slower
 * than a test for NULL. */
#ifndef GG_RECORDER_H
#define GG_RECORDER_H

#include <gridgov/evidence.h>

/* The atom at hand; members that its kind does not use stay as gg_atom_init() left them. */
typedef struct gg_trace {
    int32_t kind;   /* GRIDGOV_ATOM_* */
    int32_t closed; /* of an event: 1 closed by the cut-off */
    int64_t index;  /* of the event or activity; GRIDGOV_NONE */
    const char *officer;
    gridgov_time closed_at, dispatched_at; /* known at the cut-off */
    gridgov_day day;
    int32_t silent; /* 1: an officer without a single row in the period */
    int64_t minutes, metres;
    int32_t ruled; /* 1: a ruling on an appeal decided what it counts */
    int32_t reserved;
} gg_trace;

typedef struct gg_recorder gg_recorder;

gg_trace gg_trace_of(int32_t kind, int64_t index);
/* 1 if the recorder takes atoms of a metric; always 1 without a recorder. */
int gg_recorder_wants(const gg_recorder *recorder, size_t metric);
/* Keep one atom of a cell. A failure is remembered and reported by gridgov_evidence_find(). */
void gg_recorder_put(gg_recorder *recorder, const gg_trace *trace, size_t metric, int64_t row,
                     int has_data, int64_t count);

#endif
