/* SPDX-License-Identifier: Apache-2.0 */
/** @file job.h
 *  Progress and cancelling of long calls. A call that takes a job ticks it every 4096 rows or
 *  fewer; a cancelled call returns ::GRIDGOV_ECANCELLED, its outputs NULL and its inputs as they
 *  were.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int32_t stop_soon(void *user, const char *stage, int64_t done, int64_t total) {
 *      (void)user; (void)stage; (void)total;
 *      return done > 10000;
 *  }
 *  static int watched(gridgov_job **job, gridgov_error *err) {
 *      int status = gridgov_job_new(job, err);
 *      return status ? status : gridgov_job_on_progress(*job, stop_soon, NULL);
 *  }
 *  @endcode */
#ifndef GRIDGOV_JOB_H
#define GRIDGOV_JOB_H

#include <gridgov/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A long operation's controls. */
typedef struct gridgov_job gridgov_job;

/** Called at a tick. @p stage is static ASCII text; @p total is −1 if unknown. Return nonzero to
 *  cancel. */
typedef int32_t (*gridgov_progress)(void *user, const char *stage, int64_t done, int64_t total);

/** Make a job.
 *  @param[out] out  the job; yours to free
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_job_new(gridgov_job **out, gridgov_error *err);

/** Set or clear (NULL) the callback.
 *  @param job       a job no call is using
 *  @param progress  called at each tick, on the thread of the call
 *  @param user      handed back
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_job_on_progress(gridgov_job *job, gridgov_progress progress,
                                                   void *user);

/** Ask the call that uses @p job to stop at its next tick; sticky until gridgov_job_reset().
 *  @threads any thread, and from a signal handler    @since 0.1 */
GRIDGOV_API void gridgov_job_cancel(gridgov_job *job);

/** Forget a cancel request.    @since 0.1 */
GRIDGOV_API void gridgov_job_reset(gridgov_job *job);

/** Report progress and learn whether to stop; for hosts whose own long work runs beside the
 *  library's.
 *  @param job    may be NULL, which never cancels
 *  @param stage  ASCII text that outlives the call
 *  @param done   units done
 *  @param total  units in all, −1 if unknown
 *  @return GRIDGOV_OK; GRIDGOV_ECANCELLED    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_job_tick(gridgov_job *job, const char *stage, int64_t done,
                                            int64_t total);

/** Free a job; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_job_free(gridgov_job *job);

#ifdef __cplusplus
}
#endif
#endif
