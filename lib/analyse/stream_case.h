/* SPDX-License-Identifier: Apache-2.0 */
/* A case out of columns, and what it adds to each metric. */
#ifndef GG_STREAM_CASE_H
#define GG_STREAM_CASE_H

#include "base/simd.h"
#include "count.h"

#include <gridgov/stream.h>

/* What one case adds to the metrics of one dimension: for each item of the plan GG_LEFT_OUT,
 * GG_LACKING or a number. */
typedef struct gg_stream_answer {
    int64_t *items[GG_DIMENSIONS]; /* as many as the plan has of the dimension */
    int of_period;                 /* 1: a case of the period */
    int doubted;                   /* 1: its time of closure was not used */
} gg_stream_answer;

/* What cases are judged by. */
typedef struct gg_stream_judge {
    const gridgov_tally *tally;
    const gg_simd *simd;                /* compares columns */
    uint64_t told;                      /* coverage of the source */
    const gridgov_tally *alone;         /* empty, of the same metrics, without reference data */
    const gridgov_lifecycle *lifecycle; /* the standard one */
} gg_stream_judge;

/* What case i of the columns adds. */
gridgov_status gg_stream_answer_of(gg_stream_answer *answer, const gg_stream_judge *judge,
                                   const gridgov_event_columns *columns, int64_t i,
                                   gridgov_error *err);

/* Two cases of the same number add the same: which times lie where, what is told, and every code. 0
 * is never given. Only for plans that ask no more (gg_stream_is_plain()). */
void gg_stream_shapes(uint64_t *shapes, const gg_stream_judge *judge,
                      const gridgov_event_columns *columns, int64_t first, int64_t count);
/* 1 if no metric of the plan adds up times, or asks for more limits of time than a shape holds. */
int gg_stream_is_plain(const gg_stream_judge *judge);

#endif
