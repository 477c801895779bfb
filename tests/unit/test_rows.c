/* SPDX-License-Identifier: Apache-2.0 */
/* The cursor over a source of one's own: counting, ending, failing, and checking what the source
 * says. */
#include "base/rules.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Three rows of two cells, or a failure at a row. */
typedef struct feed {
    int64_t at, fails_at;
    int fills_error, closed, calls;
    const char *cell;
    size_t cell_size;
} feed;

static gridgov_status feed_next(void *user, gridgov_error *err) {
    feed *from = user;
    from->calls++;
    from->at++;
    if (from->at == from->fails_at) {
        return from->fills_error ? gridgov_error_set(err, GG_RULE_OS, "cursor", NULL, 0, "gone")
                                 : GRIDGOV_EIO;
    }
    return from->at > 3 ? GRIDGOV_END : GRIDGOV_OK;
}

static int64_t feed_count(void *user) {
    (void)user;
    return 2;
}

static const char *feed_text(void *user, int64_t index, size_t *size_out) {
    const feed *from = user;
    if (index == 1) {
        *size_out = 99; // not looked at: the text is NULL
        return NULL;
    }
    *size_out = from->cell_size;
    return from->cell;
}

static int64_t feed_number(void *user) {
    const feed *from = user;
    return from->at * 10;
}

static void feed_close(void *user) {
    feed *from = user;
    from->closed++;
}

static gridgov_rows_source source_of(feed *from) {
    gridgov_rows_source source = {.struct_size = sizeof source,
                                  .next = feed_next,
                                  .count = feed_count,
                                  .text = feed_text,
                                  .close = feed_close,
                                  .user = from,
                                  .source = "cursor 1"};
    from->cell = from->cell == NULL ? "甲" : from->cell;
    from->cell_size = from->cell_size == 0 ? strlen(from->cell) : from->cell_size;
    return source;
}

static void test_a_source(void **state) {
    feed from = {.at = 0};
    gridgov_rows_source source = source_of(&from);
    gridgov_rows *rows = NULL;
    size_t size = 7;
    (void)state;
    assert_int_equal(gridgov_rows_open_source(&rows, &source, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_number(rows), 0);
    assert_int_equal(gridgov_rows_count(rows), 0);
    assert_string_equal(gridgov_rows_text(rows, 0, &size), "");
    assert_int_equal(size, 0);
    for (int64_t row = 1; row <= 3; row++) {
        assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_rows_number(rows), row);
        assert_int_equal(gridgov_rows_count(rows), 2);
        assert_string_equal(gridgov_rows_text(rows, 0, &size), "甲");
        assert_int_equal(size, 3);
        assert_string_equal(gridgov_rows_text(rows, 1, &size), "");
        assert_int_equal(size, 0);
        assert_string_equal(gridgov_rows_text(rows, 2, &size), "");
        assert_string_equal(gridgov_rows_text(rows, -1, &size), "");
    }
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_END);
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_END);
    assert_int_equal(from.calls, 4); // not asked again
    assert_int_equal(gridgov_rows_count(rows), 0);
    assert_string_equal(gridgov_rows_text(rows, 0, NULL), "");
    assert_string_equal(gridgov_rows_source_name(rows), "cursor 1");
    assert_int_equal(from.closed, 0);
    gridgov_rows_free(rows);
    assert_int_equal(from.closed, 1);
}

static void test_numbers_of_its_own(void **state) {
    feed from = {.at = 0};
    gridgov_rows_source source = source_of(&from);
    gridgov_rows *rows = NULL;
    (void)state;
    source.number = feed_number;
    source.close = NULL;
    source.source = NULL;
    assert_int_equal(gridgov_rows_open_source(&rows, &source, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_number(rows), 20);
    assert_string_equal(gridgov_rows_source_name(rows), "");
    gridgov_rows_free(rows);
    assert_int_equal(from.closed, 0);
}

static void test_failures_stay(void **state) {
    (void)state;
    for (int fills = 0; fills <= 1; fills++) {
        feed from = {.fails_at = 2, .fills_error = fills};
        gridgov_rows_source source = source_of(&from);
        gridgov_rows *rows = NULL;
        assert_int_equal(gridgov_rows_open_source(&rows, &source, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
        for (int again = 0; again < 2; again++) {
            gridgov_error err = {0};
            assert_int_equal(gridgov_rows_next(rows, &err), GRIDGOV_EIO);
            assert_int_equal(err.status, GRIDGOV_EIO);
            assert_int_equal(err.row, 2);
            assert_string_equal(err.source, "cursor 1");
            assert_string_equal(err.message, fills ? "the system refused: gone" : "");
            assert_int_equal(gridgov_rows_count(rows), 0);
        }
        assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_EIO);
        assert_int_equal(from.calls, 2);
        gridgov_rows_free(rows);
    }
}

static void test_text_is_checked(void **state) {
    static const struct {
        const char *cell;
        size_t size;
        int32_t rule;
        const char *message;
    } cases[] = {
        {"ab\xFF", 3, GG_RULE_UTF8, "byte 3 is not UTF-8"},
        {"\xE7\x94", 2, GG_RULE_UTF8, "byte 1 is not UTF-8"},
        {"a\0b", 3, GG_RULE_NUL_BYTE, "byte 2 is NUL"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        feed from = {.cell = cases[i].cell, .cell_size = cases[i].size};
        gridgov_rows_source source = source_of(&from);
        gridgov_rows *rows = NULL;
        gridgov_error err = {0};
        assert_int_equal(gridgov_rows_open_source(&rows, &source, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_rows_next(rows, &err), GRIDGOV_EFORMAT);
        assert_int_equal(err.rule, cases[i].rule);
        assert_string_equal(err.message, cases[i].message);
        assert_int_equal(err.row, 1);
        assert_int_equal(err.column, 1);
        gridgov_rows_free(rows);
    }
}

static void test_arguments(void **state) {
    feed from = {.at = 0};
    gridgov_rows_source source = source_of(&from);
    gridgov_rows *rows = (gridgov_rows *)&from;
    gridgov_error err = {0};
    (void)state;
    assert_int_equal(gridgov_rows_open_source(NULL, &source, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_open_source(&rows, NULL, &err), GRIDGOV_EARG);
    assert_null(rows);
    source.next = NULL;
    assert_int_equal(gridgov_rows_open_source(&rows, &source, &err), GRIDGOV_EARG);
    source = source_of(&from);
    source.count = NULL;
    assert_int_equal(gridgov_rows_open_source(&rows, &source, &err), GRIDGOV_EARG);
    source = source_of(&from);
    source.text = NULL;
    assert_int_equal(gridgov_rows_open_source(&rows, &source, &err), GRIDGOV_EARG);
    source = source_of(&from);
    source.struct_size = 4;
    assert_int_equal(gridgov_rows_open_source(&rows, &source, &err), GRIDGOV_EARG);
    assert_int_equal(from.closed, 0);
    assert_int_equal(gridgov_rows_next(NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_number(NULL), 0);
    assert_int_equal(gridgov_rows_count(NULL), 0);
    assert_string_equal(gridgov_rows_text(NULL, 0, NULL), "");
    assert_string_equal(gridgov_rows_source_name(NULL), "");
    gridgov_rows_free(NULL);
    gridgov_csv_options_init(NULL, 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_source),      cmocka_unit_test(test_numbers_of_its_own),
        cmocka_unit_test(test_failures_stay), cmocka_unit_test(test_text_is_checked),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
