/* SPDX-License-Identifier: Apache-2.0 */
/* A replay from the inside: replay.c scores and ranks, replay_write.c writes. */
#ifndef GG_REPLAY_MODEL_H
#define GG_REPLAY_MODEL_H

#include "base/share.h"

#include <gridgov/replay.h>

/* One grid under one policy, after taking out and rescaling. */
typedef struct gg_replay_total {
    gridgov_points total, out_of, rescaled; /* rescaled: what rescaling added */
    int64_t rank;
    int32_t state, reserved;
} gg_replay_total;

/* One month under one policy. */
typedef struct gg_replay_result {
    gridgov_scorecards *cards;
    gg_replay_total *totals; /* a card each */
    int32_t retallied, reserved;
} gg_replay_result;

struct gridgov_replay {
    gg_share share;
    gridgov_policy **policies;
    uint8_t **left_out;        /* per policy: 1 for each indicator that is taken out */
    gg_replay_result *results; /* month_count rows of policy_count */
    int64_t month_count, policy_count;
    int32_t rescale, reserved;
};

#endif
