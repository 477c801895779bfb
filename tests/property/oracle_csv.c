/* SPDX-License-Identifier: Apache-2.0 */
/* Random CSV against a naive reader that has the whole text before it and goes byte by byte. Both
 * must find the same cells in the same rows, or both must refuse at the same row and column; at any
 * size of blocks. */
#include "ingest/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TEXT_MAX 200
#define OUT_MAX 4096

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

static size_t make_text(char *text, uint64_t *seed) {
    static const char *const pieces[] = {",",    ",",        "\"",  "\"",    "\"\"", "\n",
                                         "\r",   "\r\n",     "a",   "b",     " ",    "甲",
                                         "乙丙", "12345678", "x\"", "\",\"", "\"\n"};
    size_t size = 0, length = pick(seed, 40);
    for (size_t i = 0; i < length; i++) {
        const char *piece = pieces[pick(seed, sizeof pieces / sizeof pieces[0])];
        size_t bytes = strlen(piece);
        if (size + bytes > TEXT_MAX) {
            break;
        }
        memcpy(text + size, piece, bytes);
        size += bytes;
    }
    return size;
}

static void put(char *out, const char *text) {
    size_t used = strlen(out);
    assert_true(used + strlen(text) < OUT_MAX);
    memcpy(out + used, text, strlen(text) + 1);
}

/* The naive reader. Cells in brackets; a refusal as "!row:column". */
static void read_naively(char *out, const char *text, size_t size) {
    size_t at = 0, row = 0;
    int line = 0;
    char note[64];
    out[0] = '\0';
    while (at < size) {
        int column = 1;
        line++;
        if (text[at] == '\n' || text[at] == '\r') { // an empty line
            at += text[at] == '\r' && at + 1 < size && text[at + 1] == '\n' ? 2 : 1;
            continue;
        }
        row = strlen(out);
        snprintf(note, sizeof note, "%d", line);
        put(out, note);
        for (;;) {
            char cell[TEXT_MAX + 1];
            size_t length = 0;
            int quoted = at < size && text[at] == '"', closed = 0;
            at += (size_t)quoted;
            while (at < size && !closed) {
                if (quoted && text[at] == '"' && at + 1 < size && text[at + 1] == '"') {
                    cell[length++] = '"';
                    at += 2;
                } else if (quoted && text[at] == '"') {
                    closed = 1;
                    at++;
                } else if (!quoted && strchr(",\r\n", text[at]) != NULL) {
                    break;
                } else {
                    cell[length++] = text[at++];
                }
            }
            if ((quoted && !closed) || (closed && at < size && strchr(",\r\n", text[at]) == NULL)) {
                snprintf(note, sizeof note, "!%d:%d", line, column);
                out[row] = '\0'; // nothing of a row that is refused
                put(out, note);
                return;
            }
            cell[length] = '\0';
            put(out, "[");
            put(out, cell);
            put(out, "]");
            if (at < size && text[at] == ',') {
                at++;
                column++;
                continue;
            }
            break;
        }
        put(out, "\x1E\n");
        if (at < size) {
            at += text[at] == '\r' && at + 1 < size && text[at + 1] == '\n' ? 2 : 1;
        }
    }
}

static void read_rows(char *out, const char *text, size_t size, size_t block) {
    gridgov_rows *rows = NULL;
    gridgov_error err = {0};
    char note[64];
    gridgov_status status;
    out[0] = '\0';
    assert_int_equal(gg_csv_open(&rows, NULL, text, size, NULL, block, NULL), GRIDGOV_OK);
    while ((status = gridgov_rows_next(rows, &err)) == GRIDGOV_OK) {
        snprintf(note, sizeof note, "%d", (int)gridgov_rows_number(rows));
        put(out, note);
        for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
            put(out, "[");
            put(out, gridgov_rows_text(rows, i, NULL));
            put(out, "]");
        }
        put(out, "\x1E\n");
    }
    if (status < 0) {
        snprintf(note, sizeof note, "!%d:%d", (int)err.row, (int)err.column);
        put(out, note);
    }
    gridgov_rows_free(rows);
}

static void test_random_texts(void **state) {
    uint64_t seed = UINT64_C(0x20210905);
    int refused = 0;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[TEXT_MAX + 1], expected[OUT_MAX], got[OUT_MAX];
        size_t size = make_text(text, &seed);
        read_naively(expected, text, size);
        refused += strchr(expected, '!') != NULL;
        read_rows(got, text, size, 1 + pick(&seed, size + 2));
        assert_string_equal(got, expected);
        read_rows(got, text, size, 1 << 18);
        assert_string_equal(got, expected);
    }
    print_message("20000 texts, %d refused by both\n", refused);
    assert_true(refused > 1000 && refused < 19000);
}

/* Cells written with quotes where needed come back as they were. */
static void test_written_and_read(void **state) {
    uint64_t seed = UINT64_C(0x330604001);
    (void)state;
    for (int round = 0; round < 2000; round++) {
        char text[4 * TEXT_MAX], cells[8][TEXT_MAX + 1];
        size_t size = 0, count = 1 + pick(&seed, 8), bytes;
        gridgov_rows *rows = NULL;
        for (size_t i = 0; i < count; i++) {
            do {
                bytes = make_text(cells[i], &seed);
            } while (bytes > 30);
            cells[i][bytes] = '\0';
            text[size++] = '"';
            for (size_t k = 0; k < bytes; k++) {
                if (cells[i][k] == '"') {
                    text[size++] = '"';
                }
                text[size++] = cells[i][k];
            }
            text[size++] = '"';
            text[size++] = i + 1 < count ? ',' : '\n';
        }
        assert_int_equal(gg_csv_open(&rows, NULL, text, size, NULL, 1 + pick(&seed, 50), NULL), 0);
        assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_rows_count(rows), count);
        for (size_t i = 0; i < count; i++) {
            assert_string_equal(gridgov_rows_text(rows, (int64_t)i, NULL), cells[i]);
        }
        assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_END);
        gridgov_rows_free(rows);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_texts),
        cmocka_unit_test(test_written_and_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
