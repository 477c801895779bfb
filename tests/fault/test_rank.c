/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every request of a ranking. One worker, so that requests come in one order. */
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

static char path[] = "/tmp/gridgov-rank-XXXXXX";

static gridgov_status rank_all(gridgov_error *err) {
    static const int64_t values[] = {3, 1, 3, 2};
    int64_t ranks[4] = {0};
    gridgov_bytes *bytes = NULL;
    size_t size = 0;
    gridgov_status status = gridgov_rank_values(ranks, NULL, values, 4, 0, err);
    SWEEP_TRY(status, gridgov_rank_file(&bytes, NULL, path, NULL, NULL, NULL, err), bytes);
    if (status == GRIDGOV_OK) {
        const char *data = gridgov_bytes_data(bytes, &size);
        sweep_note(data, size);
    }
    gridgov_bytes_free(bytes);
    return status;
}

static void test_rank(void **state) {
    static const char text[] = "key,a,b\nz,1,\"2\"\ny,x,\n\"x\",1.5,1\nx,9000000000,1\n";
    const int fd = mkstemp(path);
    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, sizeof text - 1), (ssize_t)sizeof text - 1);
    close(fd);
    sweep("rank", rank_all, SWEEP_STRICT, 1000, 100);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rank)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
