/* SPDX-License-Identifier: Apache-2.0 */
/* A workbook of BIFF8 made by hand (tests/fuzz/corpus/office/file.xls): each kind of cell, a merged
 * area, dates; and every cut and every changed byte of it does no harm. */
#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include "base/buf.h"
#include "base/os.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FILE_PATH "tests/fuzz/corpus/office/file.xls"

static gg_buf bytes; /* of the workbook, behind one byte of the corpus */

static int setup(void **state) {
    (void)state;
    return gg_file_load(&bytes, FILE_PATH, 1 << 20, NULL) == GRIDGOV_OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    gg_buf_release(&bytes);
    return 0;
}

static gridgov_status read_all(gg_buf *out, const char *data, size_t size) {
    gridgov_rows *rows = NULL;
    gridgov_status status = gridgov_rows_open_xls_bytes(&rows, data, size, NULL, NULL);
    while (status == GRIDGOV_OK && (status = gridgov_rows_next(rows, NULL)) == GRIDGOV_OK) {
        gg_buf_int(out, gridgov_rows_number(rows));
        for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
            gg_buf_text(out, i == 0 ? ":" : "|");
            gg_buf_text(out, gridgov_rows_text(rows, i, NULL));
        }
        gg_buf_text(out, "\n");
    }
    gridgov_rows_free(rows);
    return status;
}

static void every_kind_of_cell(void **state) {
    gg_buf text = {0};
    (void)state;
    assert_int_equal(read_all(&text, bytes.data + 1, bytes.size - 1), GRIDGOV_END);
    assert_string_equal(gg_buf_data(&text), "1:甲社区|2021-09-05|12.34\n"
                                            "2:甲社区|7|2021-09-05 12:00:00\n"
                                            "3:formula|TRUE|#N/A\n"
                                            "4:label\n");
    gg_buf_release(&text);
}

static void it_is_recognised_and_named(void **state) {
    gridgov_workbook *book = NULL;
    gridgov_sheet sheet = {.struct_size = sizeof sheet};
    gridgov_rows *rows = NULL;
    int32_t kind = 0;
    (void)state;
    assert_int_equal(gridgov_file_kind_bytes(&kind, bytes.data + 1, bytes.size - 1, NULL), 0);
    assert_int_equal(kind, GRIDGOV_FILE_XLS);
    assert_int_equal(gridgov_workbook_open_bytes(&book, bytes.data + 1, bytes.size - 1, NULL, NULL),
                     0);
    assert_int_equal(gridgov_workbook_kind(book), GRIDGOV_FILE_XLS);
    assert_int_equal(gridgov_workbook_sheet_at(&sheet, book, 0), GRIDGOV_OK);
    assert_string_equal(sheet.name, "事件");
    gridgov_workbook_free(book);
    assert_int_equal(
        gridgov_rows_open_xlsx_bytes(&rows, bytes.data + 1, bytes.size - 1, NULL, NULL),
        GRIDGOV_EUNSUPPORTED);
}

static void damage_does_no_harm(void **state) {
    size_t size = bytes.size - 1;
    char *copy = malloc(size);
    (void)state;
    assert_non_null(copy);
    for (size_t cut = 0; cut < size; cut += 7) {
        gg_buf text = {0};
        memcpy(copy, bytes.data + 1, cut);
        (void)read_all(&text, copy, cut);
        gg_buf_release(&text);
    }
    for (size_t i = 0; i < size; i++) {
        gg_buf text = {0};
        memcpy(copy, bytes.data + 1, size);
        copy[i] = (char)(copy[i] ^ (i % 2 ? 0xFF : 1 << i % 8));
        (void)read_all(&text, copy, size);
        gg_buf_release(&text);
    }
    free(copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_cell),
        cmocka_unit_test(it_is_recognised_and_named),
        cmocka_unit_test(damage_does_no_harm),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
