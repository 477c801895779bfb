/* SPDX-License-Identifier: Apache-2.0 */
/* Counting columns into a tally: one counter a worker, all of them into one part. */
#ifndef GG_STREAM_COUNT_H
#define GG_STREAM_COUNT_H

#include "stream_case.h"

#include "base/workers.h"

/* What the workers of one source share. */
typedef struct gg_stream {
    gg_tally count;      /* into a fresh tally; held by who holds the gate's lock */
    uint64_t told;       /* coverage of the source; set by the first columns */
    int opened;          /* 1 once it is */
    int64_t cases;       /* folded */
    const gg_simd *simd; /* the best there is, unless set otherwise */
    gg_stream_judge judge;
    gridgov_tally *alone;
    gridgov_lifecycle *lifecycle;
    int plain;            /* 1: by shapes */
    int64_t *agency_rows; /* unit → row of its agency */
    gg_gate *gate;
} gg_stream;

typedef struct gg_stream_counter gg_stream_counter;

/* A fresh tally like one for a stream to go into. Close it whatever is returned. */
gridgov_status gg_stream_open(gg_stream *stream, const gridgov_tally *tally, gridgov_issues *issues,
                              gridgov_job *job, gridgov_error *err);
/* Take the part over into a tally. */
gridgov_status gg_stream_finish(gg_stream *stream, gridgov_tally *tally, gridgov_error *err);
void gg_stream_close(gg_stream *stream);

/* A worker's counter; NULL when memory is short. */
gg_stream_counter *gg_stream_counter_new(gg_stream *stream);
/* Count columns that are good. */
gridgov_status gg_stream_count(gg_stream_counter *counter, const gridgov_event_columns *columns,
                               gridgov_error *err);
/* Bring what was counted into the part. The columns' names must be those of the last call. */
gridgov_status gg_stream_fold(gg_stream_counter *counter, const gridgov_event_columns *columns,
                              gridgov_error *err);
void gg_stream_counter_free(gg_stream_counter *counter);

#endif
