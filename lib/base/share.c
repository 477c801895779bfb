/* SPDX-License-Identifier: Apache-2.0 */
/* A count of holders. Taking a hold needs no order, since whoever takes it already holds the
 * object; giving one up releases, and the last one acquires, so that everything the other holders
 * did is seen before the object is destroyed. */
#include "base/share.h"

void gg_share_init(gg_share *share) {
    atomic_init(&share->holders, 1);
}

void gg_share_hold(gg_share *share) {
    atomic_fetch_add_explicit(&share->holders, 1, memory_order_relaxed);
}

int gg_share_drop(gg_share *share) {
    return atomic_fetch_sub_explicit(&share->holders, 1, memory_order_acq_rel) == 1;
}
