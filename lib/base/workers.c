/* SPDX-License-Identifier: Apache-2.0 */
/* POSIX threads. Every signal is blocked in the threads started here, so that a host's handlers run
 * on the host's own threads. */
#include "base/workers.h"

#include "base/mem.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

struct gg_gate {
    pthread_mutex_t mutex;
    pthread_cond_t bell;
};

gg_gate *gg_gate_new(void) {
    gg_gate *gate = gg_calloc(1, sizeof *gate);
    if (gate == NULL) {
        return NULL;
    }
    if (pthread_mutex_init(&gate->mutex, NULL) != 0) {
        gg_free(gate);
        return NULL;
    }
    if (pthread_cond_init(&gate->bell, NULL) != 0) {
        pthread_mutex_destroy(&gate->mutex);
        gg_free(gate);
        return NULL;
    }
    return gate;
}

void gg_gate_lock(gg_gate *gate) {
    (void)pthread_mutex_lock(&gate->mutex);
}

void gg_gate_unlock(gg_gate *gate) {
    (void)pthread_mutex_unlock(&gate->mutex);
}

void gg_gate_wait(gg_gate *gate) {
    (void)pthread_cond_wait(&gate->bell, &gate->mutex);
}

void gg_gate_ring(gg_gate *gate) {
    (void)pthread_cond_broadcast(&gate->bell);
}

void gg_gate_free(gg_gate *gate) {
    if (gate != NULL) {
        pthread_cond_destroy(&gate->bell);
        pthread_mutex_destroy(&gate->mutex);
        gg_free(gate);
    }
}

typedef struct worker {
    pthread_t thread;
    void (*work)(void *user, int worker);
    void *user;
    int number;
} worker;

static void *start(void *argument) {
    const worker *self = argument;
    self->work(self->user, self->number);
    return NULL;
}

void gg_workers_run(int count, void (*work)(void *user, int worker), void *user) {
    worker others[GG_WORKERS_MOST];
    int started = 1;
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    if (count > 1 && pthread_sigmask(SIG_SETMASK, &all, &before) == 0) {
        for (; started < count && started < GG_WORKERS_MOST; started++) {
            others[started] = (worker){.work = work, .user = user, .number = started};
            if (pthread_create(&others[started].thread, NULL, start, &others[started]) != 0) {
                break;
            }
        }
        (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    work(user, 0);
    for (int i = 1; i < started; i++) {
        (void)pthread_join(others[i].thread, NULL);
    }
}

typedef struct sharing {
    size_t count, shares;
    void (*work)(void *user, size_t share, size_t from, size_t to);
    void *user;
    atomic_size_t next; /* share to be given out */
} sharing;

static void take_shares(void *user, int number) {
    sharing *all = user;
    (void)number;
    for (;;) {
        const size_t share = atomic_fetch_add(&all->next, 1);
        if (share >= all->shares) {
            return;
        }
        const size_t each = all->count / all->shares;
        const size_t more = all->count % all->shares; // the first ones hold one item more
        const size_t from = each * share + (share < more ? share : more);
        all->work(all->user, share, from, from + each + (share < more));
    }
}

void gg_workers_share(size_t count, size_t shares, int workers,
                      void (*work)(void *user, size_t share, size_t from, size_t to), void *user) {
    sharing all = {.count = count, .shares = shares, .work = work, .user = user};
    atomic_init(&all.next, 0);
    gg_workers_run(shares < (size_t)workers ? (int)shares : workers, take_shares, &all);
}
