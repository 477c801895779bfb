/* SPDX-License-Identifier: Apache-2.0 */
/* Progress and cancelling. The request is one lock-free atomic flag, which a signal handler and any
 * thread may set; it is only looked at in a tick. It stays until it is reset, so that every call
 * that shares the job stops. */
#include <gridgov/job.h>

#include "base/error.h"
#include "base/mem.h"

#include <stdatomic.h>

_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a signal handler may only touch a lock-free flag");

struct gridgov_job {
    gridgov_progress progress; /* NULL: none */
    void *user;
    atomic_int cancelled; /* 0 or 1 */
};

gridgov_status gridgov_job_new(gridgov_job **out, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    gridgov_job *job = gg_calloc(1, sizeof *job);
    if (job == NULL) {
        return gg_fail_memory(err);
    }
    atomic_init(&job->cancelled, 0);
    *out = job;
    return GRIDGOV_OK;
}

gridgov_status gridgov_job_on_progress(gridgov_job *job, gridgov_progress progress, void *user) {
    if (job == NULL) {
        return GRIDGOV_EARG;
    }
    job->progress = progress;
    job->user = user;
    return GRIDGOV_OK;
}

void gridgov_job_cancel(gridgov_job *job) {
    if (job != NULL) {
        atomic_store_explicit(&job->cancelled, 1, memory_order_relaxed);
    }
}

void gridgov_job_reset(gridgov_job *job) {
    if (job != NULL) {
        atomic_store_explicit(&job->cancelled, 0, memory_order_relaxed);
    }
}

gridgov_status gridgov_job_tick(gridgov_job *job, const char *stage, int64_t done, int64_t total) {
    if (job == NULL) {
        return GRIDGOV_OK;
    }
    if (atomic_load_explicit(&job->cancelled, memory_order_relaxed)) {
        return GRIDGOV_ECANCELLED;
    }
    if (job->progress != NULL && job->progress(job->user, stage, done, total) != 0) {
        gridgov_job_cancel(job);
        return GRIDGOV_ECANCELLED;
    }
    return GRIDGOV_OK;
}

void gridgov_job_free(gridgov_job *job) {
    gg_free(job);
}
