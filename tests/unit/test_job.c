/* SPDX-License-Identifier: Apache-2.0 */
/* Progress and cancelling, also from a signal handler. */
#include <gridgov/job.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct seen {
    int calls;
    const char *stage;
    int64_t done, total;
    int64_t stop_at;
} seen;

static int32_t watch(void *user, const char *stage, int64_t done, int64_t total) {
    seen *s = user;
    s->calls++;
    s->stage = stage;
    s->done = done;
    s->total = total;
    return done >= s->stop_at;
}

static void progress_is_reported(void **state) {
    (void)state;
    gridgov_job *job = NULL;
    seen s = {.stop_at = INT64_MAX};
    assert_int_equal(gridgov_job_new(&job, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_job_tick(job, "load", 1, 10), GRIDGOV_OK); // nobody watches
    assert_int_equal(gridgov_job_on_progress(job, watch, &s), GRIDGOV_OK);
    assert_int_equal(gridgov_job_tick(job, "load", 4096, -1), GRIDGOV_OK);
    assert_int_equal(s.calls, 1);
    assert_string_equal(s.stage, "load");
    assert_int_equal(s.done, 4096);
    assert_int_equal(s.total, -1);
    assert_int_equal(gridgov_job_on_progress(job, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_job_tick(job, "load", 1, 10), GRIDGOV_OK);
    assert_int_equal(s.calls, 1);
    gridgov_job_free(job);
}

static void a_watcher_stops_the_job_for_good(void **state) {
    (void)state;
    gridgov_job *job = NULL;
    seen s = {.stop_at = 2};
    assert_int_equal(gridgov_job_new(&job, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_job_on_progress(job, watch, &s), GRIDGOV_OK);
    assert_int_equal(gridgov_job_tick(job, "score", 1, 3), GRIDGOV_OK);
    assert_int_equal(gridgov_job_tick(job, "score", 2, 3), GRIDGOV_ECANCELLED);
    assert_int_equal(gridgov_job_tick(job, "score", 0, 3), GRIDGOV_ECANCELLED);
    assert_int_equal(s.calls, 2); // not asked again
    gridgov_job_reset(job);
    assert_int_equal(gridgov_job_tick(job, "score", 0, 3), GRIDGOV_OK);
    gridgov_job_free(job);
}

static gridgov_job *interrupted;

static void on_signal(int number) {
    (void)number;
    gridgov_job_cancel(interrupted);
}

static void a_signal_handler_may_cancel(void **state) {
    (void)state;
    assert_int_equal(gridgov_job_new(&interrupted, NULL), GRIDGOV_OK);
    void (*before)(int) = signal(SIGUSR1, on_signal);
    assert_int_equal(gridgov_job_tick(interrupted, "load", 0, -1), GRIDGOV_OK);
    assert_int_equal(raise(SIGUSR1), 0);
    assert_int_equal(gridgov_job_tick(interrupted, "load", 1, -1), GRIDGOV_ECANCELLED);
    assert_int_equal(gridgov_job_tick(interrupted, "load", 2, -1), GRIDGOV_ECANCELLED);
    signal(SIGUSR1, before);
    gridgov_job_free(interrupted);
}

static void null_never_cancels(void **state) {
    (void)state;
    gridgov_error err;
    assert_int_equal(gridgov_job_new(NULL, &err), GRIDGOV_EARG);
    assert_string_equal(err.field, "out");
    assert_int_equal(gridgov_job_on_progress(NULL, watch, NULL), GRIDGOV_EARG);
    gridgov_job_cancel(NULL);
    gridgov_job_reset(NULL);
    assert_int_equal(gridgov_job_tick(NULL, "x", 1, 2), GRIDGOV_OK);
    gridgov_job_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(progress_is_reported),
        cmocka_unit_test(a_watcher_stops_the_job_for_good),
        cmocka_unit_test(a_signal_handler_may_cancel),
        cmocka_unit_test(null_never_cancels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
