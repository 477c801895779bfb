/* SPDX-License-Identifier: Apache-2.0 */
/* The foundation when memory runs out: each piece of work is done again and again, each time with a
 * later request failing, until it succeeds. A failed run returns ENOMEM or says so in its own way,
 * leaks nothing, and leaves its inputs usable. */
#include "support/mem_fault.h"

#include "base/json.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/os.h"

#include <gridgov/codes.h>
#include <gridgov/job.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ENOUGH 1000 /* no work below needs as many requests */

/* Work that returns 1 if it succeeded and 0 if memory ran out, and has freed what it made. */
typedef int (*work)(void);

static void sweep(work w) {
    int64_t failures = 0;
    for (int64_t nth = 1; nth < ENOUGH; nth++) {
        gg_fault_set(nth);
        int done = w();
        int64_t requests = gg_fault_count();
        gg_fault_set(0);
        assert_int_equal(gg_fault_live(), 0);
        if (requests < nth) {
            assert_true(done);
            assert_true(failures > 0);
            return;
        }
        assert_false(done);
        failures++;
    }
    fail_msg("it never succeeded");
}

static int fill_an_array(void) {
    int *items = NULL;
    size_t capacity = 0;
    size_t count = 0;
    while (count < 100 && gg_grow((void **)&items, count, &capacity, sizeof *items) == 0) {
        items[count] = (int)count;
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(items[i], (int)i);
    }
    gg_free(items);
    return count == 100;
}

static int fill_an_arena(void) {
    gg_arena arena = {NULL};
    int done = 1;
    for (size_t i = 1; i < 40; i++) {
        char *piece = gg_arena_alloc(&arena, i * 100);
        done = done && piece != NULL && gg_arena_text(&arena, "abc", 3) != NULL;
        if (piece != NULL) {
            memset(piece, 'x', i * 100);
        }
    }
    gg_arena_release(&arena);
    return done;
}

static int fill_a_buffer(void) {
    gg_buf buf = {0};
    gridgov_bytes *bytes = NULL;
    gridgov_error err;
    for (int i = 0; i < 2000; i++) {
        gg_buf_byte(&buf, 'a');
    }
    gridgov_status status = gg_buf_to_bytes(&bytes, &buf, &err);
    assert_null(buf.data);
    if (status != GRIDGOV_OK) {
        assert_int_equal(status, GRIDGOV_ENOMEM);
        assert_int_equal(err.status, GRIDGOV_ENOMEM);
        assert_null(bytes);
    }
    gridgov_bytes_free(bytes);
    return status == GRIDGOV_OK;
}

static int fill_a_map(void) {
    gg_map map = {0};
    int done = 1;
    for (int64_t i = 0; i < 300; i++) {
        char key[GG_NUM_TEXT_SIZE];
        size_t size = gg_int_format(key, i * 7919);
        size_t before = map.count;
        if (gg_map_set(&map, gg_str_make(key, size), i) != 0) {
            assert_int_equal(map.count, before);
            assert_int_equal(gg_map_get(&map, gg_str_make(key, size), -1), -1);
            done = 0;
            // the map is as it was: the same key can be set now
            assert_int_equal(gg_map_set(&map, gg_str_make(key, size), i) == 0, 1);
        }
        assert_int_equal(gg_map_get(&map, gg_str_make(key, size), -1), i);
    }
    assert_int_equal(map.count, 300);
    gg_map_release(&map);
    return done;
}

static int write_canonical_json(void) {
    static const char text[] = "{\"b\": {\"d\": [1, {\"x\": {}}], \"c\": \"text\"}, \"a\": {}}";
    gg_json_reader reader;
    gg_buf buf = {0};
    gridgov_error err;
    // jansson has a heap of its own, so that reading needs nothing of this one
    assert_int_equal(gg_json_open(&reader, "policy", text, sizeof text - 1, NULL, NULL, &err),
                     GRIDGOV_OK);
    gg_json_put_canonical(&buf, reader.root);
    int done = !gg_buf_failed(&buf);
    if (done) {
        assert_string_equal(gg_buf_data(&buf),
                            "{\"a\":{},\"b\":{\"c\":\"text\",\"d\":[1,{\"x\":{}}]}}");
    }
    gg_buf_release(&buf);
    gg_json_close(&reader);
    return done;
}

static int collect_issues(void) {
    gridgov_issues *issues = (gridgov_issues *)&issues;
    gridgov_error err;
    int done = 0;
    gridgov_error_set(&err, 1, NULL, NULL, 0, NULL);
    gridgov_status status = gridgov_issues_new(&issues, 0, NULL);
    if (status != GRIDGOV_OK) {
        assert_int_equal(status, GRIDGOV_ENOMEM);
        assert_null(issues);
        return 0;
    }
    for (int i = 0; i < 30; i++) {
        gridgov_issues_add(issues, &err);
    }
    assert_int_equal(gridgov_issues_count(issues) + gridgov_issues_dropped(issues), 30);
    assert_int_equal(gridgov_issues_severity_count(issues, GRIDGOV_SEVERITY_ERROR), 30);
    done = gridgov_issues_dropped(issues) == 0;
    gridgov_issues_free(issues);
    return done;
}

static int make_a_job(void) {
    gridgov_job *job = (gridgov_job *)&job;
    gridgov_status status = gridgov_job_new(&job, NULL);
    assert_int_equal(status, job == NULL ? GRIDGOV_ENOMEM : GRIDGOV_OK);
    gridgov_job_free(job);
    return status == GRIDGOV_OK;
}

static char folder[64];
static char file[80];

static int set_up(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/gridgov-fault-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(file, sizeof file, "%s/file", folder);
    return gg_file_store(file, "bytes", 5, NULL);
}

static int tear_down(void **state) {
    (void)state;
    return unlink(file) == 0 && rmdir(folder) == 0 ? 0 : -1; // nothing else was left behind
}

static int load_a_file(void) {
    gg_buf buf = {0};
    gridgov_error err;
    gridgov_status status = gg_file_load(&buf, file, 1000, &err);
    assert_int_equal(buf.size, status == GRIDGOV_OK ? 5 : 0);
    if (status != GRIDGOV_OK) {
        assert_int_equal(status, GRIDGOV_ENOMEM);
        assert_int_equal(err.status, GRIDGOV_ENOMEM);
    }
    gg_buf_release(&buf);
    return status == GRIDGOV_OK;
}

static int store_a_file(void) {
    gridgov_error err;
    gridgov_status status = gg_file_store(file, "other", 5, &err);
    if (status != GRIDGOV_OK) {
        assert_int_equal(status, GRIDGOV_ENOMEM);
        assert_string_equal(err.source, file);
    }
    return status == GRIDGOV_OK;
}

static int list_a_folder(void) {
    gg_buf names = {0};
    gridgov_error err;
    gridgov_status status = gg_folder_list(&names, folder, &err);
    if (status != GRIDGOV_OK) {
        assert_int_equal(status, GRIDGOV_ENOMEM);
        assert_string_equal(err.source, folder);
    } else {
        assert_memory_equal(gg_buf_data(&names), "file\0", 6);
    }
    gg_buf_release(&names);
    return status == GRIDGOV_OK;
}

static void an_array(void **state) {
    (void)state;
    sweep(fill_an_array);
}

static void an_arena(void **state) {
    (void)state;
    sweep(fill_an_arena);
}

static void a_buffer(void **state) {
    (void)state;
    sweep(fill_a_buffer);
}

static void a_map(void **state) {
    (void)state;
    sweep(fill_a_map);
}

static void canonical_json(void **state) {
    (void)state;
    sweep(write_canonical_json);
}

static void issues_are_dropped_and_counted(void **state) {
    (void)state;
    sweep(collect_issues);
}

static void a_job(void **state) {
    (void)state;
    sweep(make_a_job);
}

static void files_and_folders(void **state) {
    (void)state;
    sweep(load_a_file);
    sweep(store_a_file);
    sweep(list_a_folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_array),       cmocka_unit_test(an_arena),
        cmocka_unit_test(a_buffer),       cmocka_unit_test(a_map),
        cmocka_unit_test(canonical_json), cmocka_unit_test(issues_are_dropped_and_counted),
        cmocka_unit_test(a_job),          cmocka_unit_test(files_and_folders),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
