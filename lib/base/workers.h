/* SPDX-License-Identifier: Apache-2.0 */
/* Threads inside one call: they are started, work, and are joined before the call returns. */
#ifndef GG_WORKERS_H
#define GG_WORKERS_H

#include <stddef.h>

#define GG_WORKERS_MOST 64

/* A lock with a bell: who waits hears every ring. */
typedef struct gg_gate gg_gate;

/* NULL when memory is short. */
gg_gate *gg_gate_new(void);
void gg_gate_lock(gg_gate *gate);
void gg_gate_unlock(gg_gate *gate);
/* With the lock held: give it up until the bell rings, then hold it again. May return early. */
void gg_gate_wait(gg_gate *gate);
/* With the lock held: wake all that wait. */
void gg_gate_ring(gg_gate *gate);
void gg_gate_free(gg_gate *gate);

/* Call work(user, 0) on this thread and work(user, 1) … work(user, count − 1) on others, and return
 * when all are done. Where the system starts fewer threads, fewer are called, so work is shared out
 * by asking for it. Signals are delivered to none of the threads started. */
void gg_workers_run(int count, void (*work)(void *user, int worker), void *user);

/* Cut count items into shares and call work(user, share, from, to) for [from, to) of each, by
 * several workers at once. */
void gg_workers_share(size_t count, size_t shares, int workers,
                      void (*work)(void *user, size_t share, size_t from, size_t to), void *user);

#endif
