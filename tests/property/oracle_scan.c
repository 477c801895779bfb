/* SPDX-License-Identifier: Apache-2.0 */
/* Rows by the thousand against the cursor that reads one at a time: the same cells in the same
 * rows, or the same refusal at the same place, for every kind of loop, any number of workers, any
 * size of blocks and any limits. */
#include "base/simd.h"
#include "ingest/csv.h"
#include "ingest/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TEXT_MAX 600
#define ROWS_MAX (TEXT_MAX + 2)
#define ROW_TEXT 2048

/* xorshift64*, so that a seed gives the same texts everywhere. */
static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(2685821657736338717);
}

static size_t pick(uint64_t *seed, size_t count) {
    return (size_t)((next_random(seed) >> 33) % count);
}

/* Mostly in order, sometimes with stray quotes, bad bytes, or a NUL. */
static size_t make_text(char *text, uint64_t *seed) {
    static const char *const pieces[] = {",",
                                         ",",
                                         "\n",
                                         "\r\n",
                                         "\r",
                                         "a",
                                         "甲乙丙",
                                         "12345678",
                                         "\n",
                                         ";",
                                         "一二三四五六七八九十",
                                         ",\"x\",",
                                         ",\"\",",
                                         ",\"a\"\"b\"\n",
                                         "\n\"q\nr\",",
                                         "\n\n",
                                         "x\"y,",
                                         "\"",
                                         "\xE4\xB8",
                                         "\xFF"};
    const size_t wild = pick(seed, 5) == 0 ? 20 : pick(seed, 4) == 0 ? 17 : 16;
    const size_t length = pick(seed, TEXT_MAX);
    size_t size = 0;
    for (;;) {
        const char *piece = pieces[pick(seed, wild)];
        const size_t bytes = strlen(piece);
        if (size + bytes + 1 > length) {
            break;
        }
        memcpy(text + size, piece, bytes);
        size += bytes;
    }
    if (size > 0 && pick(seed, 40) == 0) {
        text[pick(seed, size)] = '\0';
    }
    return size;
}

typedef struct result {
    char rows[ROWS_MAX][ROW_TEXT]; /* by number; "" none */
    char ending[600];
    int64_t stopped_at;
} result;

static void put_cell(char *row, const char *text, size_t size) {
    const size_t used = strlen(row);
    assert_true(used + size + 3 < ROW_TEXT);
    row[used] = '[';
    memcpy(row + used + 1, text, size);
    strcpy(row + used + 1 + size, "]");
}

static gridgov_status take(void *user, int worker, const gg_batch *batch, gridgov_error *err) {
    result *out = user;
    char room[TEXT_MAX];
    (void)err;
    assert_in_range(worker, 0, 2);
    for (size_t i = 0; i < batch->row_count; i++) {
        const uint32_t first = i == 0 ? 0 : batch->rows[i - 1];
        const size_t begin = gg_batch_row(batch, i);
        size_t start = begin;
        char *row = out->rows[batch->number + (int64_t)i];
        if (batch->rows[i] == first + 1 && batch->ends[first] == start && batch->written) {
            continue; // an empty line
        }
        assert_string_equal(row, "");
        for (uint32_t c = first; c < batch->rows[i]; c++) {
            const size_t size = batch->ends[c] - start;
            gg_str cell = gg_str_make(batch->data + start, size);
            if (batch->written && size > 0 && cell.data[0] == '"') {
                cell = gg_batch_unquote(room, cell.data, size);
            }
            put_cell(row, cell.data, cell.size);
            start = batch->ends[c] + (size_t)1;
        }
    }
    return GRIDGOV_OK;
}

static gridgov_rows *open_text(const char *path, const char *text, size_t size,
                               const gridgov_csv_options *options) {
    gridgov_rows *rows = NULL;
    assert_int_equal(path != NULL ? gridgov_rows_open_csv_file(&rows, path, options, NULL)
                                  : gridgov_rows_open_csv_bytes(&rows, text, size, options, NULL),
                     GRIDGOV_OK);
    return rows;
}

static void note_ending(result *out, gridgov_status status, const gridgov_error *err) {
    if (status < 0) {
        snprintf(out->ending, sizeof out->ending, "%s %d:%d %s", gridgov_rule_code(err->rule),
                 (int)err->row, (int)err->column, err->message);
    } else {
        strcpy(out->ending, "end");
    }
}

/* The first row and how it ended by the cursor, all others by the scan. */
static void read_by_scan(result *out, const char *path, const char *text, size_t size,
                         const gridgov_csv_options *options, gg_scan *scan) {
    gridgov_error err = {0};
    gridgov_rows *rows = open_text(path, text, size, options);
    gridgov_status status = gridgov_rows_next(rows, &err);
    memset(out, 0, sizeof *out);
    if (status == GRIDGOV_OK) {
        scan->rows = rows;
        scan->take = take;
        scan->user = out;
        status = gg_scan_run(scan, &out->stopped_at, &err);
        if (status == GRIDGOV_OK) {
            assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_END);
        }
    }
    note_ending(out, status, &err);
    gridgov_rows_free(rows);
}

static void read_by_cursor(result *out, const char *text, size_t size,
                           const gridgov_csv_options *options) {
    gridgov_error err = {0};
    gridgov_rows *rows = open_text(NULL, text, size, options);
    gridgov_status status = gridgov_rows_next(rows, &err);
    memset(out, 0, sizeof *out);
    while (status == GRIDGOV_OK && (status = gridgov_rows_next(rows, &err)) == GRIDGOV_OK) {
        char *row = out->rows[gridgov_rows_number(rows)];
        for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
            size_t length = 0;
            const char *cell = gridgov_rows_text(rows, i, &length);
            put_cell(row, cell, length);
        }
    }
    note_ending(out, status, &err);
    gridgov_rows_free(rows);
}

/* Rows before a refusal must be there; those behind it may be. */
static void check_same(const result *got, const result *wanted) {
    const int64_t last = got->stopped_at > 0 ? got->stopped_at : ROWS_MAX;
    assert_string_equal(got->ending, wanted->ending);
    for (int64_t i = 0; i < last; i++) {
        assert_string_equal(got->rows[i], wanted->rows[i]);
    }
}

static void set_limits(gridgov_csv_options *options, uint64_t *seed) {
    gridgov_csv_options_init(options, sizeof *options);
    options->delimiter = pick(seed, 4) == 0 ? ';' : 0;
    if (pick(seed, 3) == 0) {
        options->max_cell = (int64_t)pick(seed, 40) + 1;
        options->max_row = (int64_t)pick(seed, 200) + 1;
        options->max_columns = (int64_t)pick(seed, 20) + 1;
        options->max_rows = (int64_t)pick(seed, 40) + 1;
    }
}

static void test_random_texts(void **state) {
    static result wanted, got;
    uint64_t seed = UINT64_C(0x5EED0001);
    int refused = 0;
    (void)state;
    for (int round = 0; round < 6000; round++) {
        char text[TEXT_MAX];
        gridgov_csv_options options;
        const size_t size = make_text(text, &seed);
        set_limits(&options, &seed);
        read_by_cursor(&wanted, text, size, &options);
        refused += strcmp(wanted.ending, "end") != 0;
        for (size_t i = 0; gg_simd_at(i) != NULL; i++) {
            gg_scan scan = {.workers = 1 + round % 3, .simd = gg_simd_at(i)};
            scan.block = pick(&seed, 3) == 0 ? 1 + pick(&seed, 8) : 1 + pick(&seed, size + 8);
            read_by_scan(&got, NULL, text, size, &options, &scan);
            check_same(&got, &wanted);
        }
    }
    print_message("6000 texts, %d refused\n", refused);
    assert_in_range(refused, 600, 5000);
}

/* Every place at which blocks can part a small text that has everything. */
static void test_every_seam(void **state) {
    static const char text[] =
        "id,a\r\n1,\"x\ny\"\r\n\r\n2,\"say \"\"so\"\"\"\n3,畈埭岙\r4,5\" pipe\n"
        "\"\",\"\"\n,\n7,,,\n8";
    static result wanted, got;
    gridgov_csv_options options;
    (void)state;
    gridgov_csv_options_init(&options, sizeof options);
    read_by_cursor(&wanted, text, sizeof text - 1, &options);
    assert_string_equal(wanted.ending, "end");
    for (size_t i = 0; gg_simd_at(i) != NULL; i++) {
        for (size_t block = 1; block < sizeof text; block++) {
            for (int workers = 1; workers <= 3; workers++) {
                gg_scan scan = {.workers = workers, .simd = gg_simd_at(i), .block = block};
                read_by_scan(&got, NULL, text, sizeof text - 1, &options, &scan);
                check_same(&got, &wanted);
            }
        }
    }
}

/* Rows longer than a block and what is read along, from a file. */
static void test_long_rows_of_a_file(void **state) {
    static result wanted, got;
    char path[] = "/tmp/gridgov-scan-XXXXXX";
    const int fd = mkstemp(path);
    char text[TEXT_MAX * 2];
    size_t size = 0;
    gridgov_csv_options options;
    (void)state;
    gridgov_csv_options_init(&options, sizeof options);
    for (int i = 0; i < 4; i++) {
        text[size++] = (char)('a' + i);
        text[size++] = ',';
        memset(text + size, 'x', 250);
        size += 250;
        text[size++] = '\n';
    }
    assert_int_equal(write(fd, text, size), (ssize_t)size);
    close(fd);
    read_by_cursor(&wanted, text, size, &options);
    for (size_t block = 1; block < 300; block += 7) {
        gg_scan scan = {.workers = 2, .simd = gg_simd_best(), .block = block};
        read_by_scan(&got, path, NULL, 0, &options, &scan);
        check_same(&got, &wanted);
    }
    unlink(path);
}

static int32_t stop_at_once(void *user, const char *stage, int64_t done, int64_t total) {
    (void)user;
    (void)stage;
    (void)done;
    (void)total;
    return 1;
}

static void test_cancelled(void **state) {
    static result got;
    gridgov_csv_options options;
    gridgov_job *job = NULL;
    gg_scan scan = {.workers = 3, .simd = gg_simd_best(), .block = 8, .stage = "scan"};
    (void)state;
    gridgov_csv_options_init(&options, sizeof options);
    assert_int_equal(gridgov_job_new(&job, NULL), GRIDGOV_OK);
    gridgov_job_on_progress(job, stop_at_once, NULL);
    scan.job = job;
    read_by_scan(&got, NULL, "a\nb\nc\nd\ne\nf\ng\nh\n", 16, &options, &scan);
    assert_memory_equal(got.ending, "cancelled", 9);
    gridgov_job_free(job);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_texts),
        cmocka_unit_test(test_every_seam),
        cmocka_unit_test(test_long_rows_of_a_file),
        cmocka_unit_test(test_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
