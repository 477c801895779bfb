/* SPDX-License-Identifier: Apache-2.0 */
/* Holders of a shared immutable object, counted atomically, so that handles may be freed in any
 * order. */
#ifndef GG_SHARE_H
#define GG_SHARE_H

#include <stdatomic.h>
#include <stdint.h>

typedef struct gg_share {
    atomic_int_least32_t holders; /* 1 after init */
} gg_share;

void gg_share_init(gg_share *share);
void gg_share_hold(gg_share *share);
/* 1 if that was the last holder and the object is to be destroyed. */
int gg_share_drop(gg_share *share);

#endif
