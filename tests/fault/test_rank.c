/* SPDX-License-Identifier: Apache-2.0 */
/* A ranking that runs out of memory at every request, or is cancelled at every tick. Out of memory
 * with one worker, so that requests come in one order. */
#include "support/sweep.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/gridgov-rank-XXXXXX";
static char path[64], saved[64];

static void open_folder(void) {
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    assert_non_null(mkdtemp(folder));
    sprintf(path, "%s/table.csv", folder);
    sprintf(saved, "%s/ranked.csv", folder);
}

static void close_folder(void) {
    unlink(path);
    unlink(saved);
    assert_int_equal(rmdir(folder), 0); // nothing half done is left in it
}

static void write_table(const char *text, int rows) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    for (int i = 0; i < rows; i++) {
        fprintf(file, "%d,%d.50,1.25\n", rows - i, i);
    }
    fclose(file);
}

static gridgov_status rank_all(gridgov_error *err) {
    static const int64_t values[] = {3, 1, 3, 2};
    int64_t ranks[4] = {0};
    gridgov_bytes *bytes = NULL;
    gridgov_ranking *ranking = NULL;
    size_t size = 0;
    gridgov_status status = gridgov_rank_values(ranks, NULL, values, 4, 0, err);
    SWEEP_TRY(status, gridgov_rank_file(&bytes, NULL, path, NULL, NULL, NULL, err), bytes);
    SWEEP_TRY(status, gridgov_ranking_load(&ranking, NULL, path, NULL, NULL, NULL, err), ranking);
    if (status == GRIDGOV_OK) {
        status = gridgov_ranking_save(ranking, saved, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        const char *data = gridgov_bytes_data(bytes, &size);
        sweep_note(data, size);
    }
    gridgov_ranking_free(ranking);
    gridgov_bytes_free(bytes);
    return status;
}

static void test_memory(void **state) {
    // Keys that differ in more bits than a word has, and agree in those.
    static const char text[] = "key,a,b\nz,1,\"2\"\ny,x,\n\"x\",1.5,1\nx,9000000000,1\n"
                               "abcdefghijklmnopqrstuvwxyz2,1,1\nabcdefghijklmnopqrstuvwxyz1,1,1\n"
                               "ZYXWVUTSRQPONMLKJIHGFEDCBA3,1,1\n\"say \"\"so\"\"\",1,1\n";
    (void)state;
    open_folder();
    write_table(text, 0);
    sweep("rank", rank_all, SWEEP_STRICT, 1000, 100);
    close_folder();
}

static int32_t stop_at(void *user, const char *stage, int64_t done, int64_t total) {
    int *left = user;
    (void)stage;
    (void)done;
    (void)total;
    return (*left)-- == 0;
}

/* Load and save, stopped at the n-th tick; the status. */
static gridgov_status rank_until(int n, int workers) {
    gridgov_rank_options options;
    gridgov_ranking *ranking = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_job *job = NULL;
    gridgov_error err = {0};
    gridgov_rank_options_init(&options, sizeof options);
    options.workers = workers;
    assert_int_equal(gridgov_job_new(&job, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_job_on_progress(job, stop_at, &n), GRIDGOV_OK);
    gridgov_status status = gridgov_ranking_load(&ranking, NULL, path, &options, NULL, job, &err);
    assert_true((ranking != NULL) == (status == GRIDGOV_OK));
    if (status == GRIDGOV_OK) {
        status = gridgov_ranking_save(ranking, saved, job, &err);
        assert_int_equal(access(saved, F_OK), status == GRIDGOV_OK ? 0 : -1);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_ranking_bytes(&bytes, ranking, job, &err);
        assert_true((bytes != NULL) == (status == GRIDGOV_OK));
    }
    assert_int_equal(err.status, status);
    unlink(saved);
    gridgov_bytes_free(bytes);
    gridgov_ranking_free(ranking);
    gridgov_job_free(job);
    return status;
}

static void test_cancel(void **state) {
    (void)state;
    open_folder();
    write_table("key,a,b\n", 20000);
    for (int workers = 1; workers <= 3; workers++) {
        int ticks = 0;
        gridgov_status status = GRIDGOV_ECANCELLED;
        while (status != GRIDGOV_OK) {
            status = rank_until(ticks, workers);
            assert_true(status == GRIDGOV_OK || status == GRIDGOV_ECANCELLED);
            ticks++;
            assert_true(ticks < 10000);
        }
        assert_true(ticks > 2); // how many depends on what the first worker comes to do
    }
    close_folder();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_memory),
                                       cmocka_unit_test(test_cancel)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
