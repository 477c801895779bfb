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

static void put_16(gg_buf *out, int value) {
    gg_buf_byte(out, (char)(value & 0xFF));
    gg_buf_byte(out, (char)(value >> 8 & 0xFF));
}

/* A record: its type, and its data written as pairs of hexadecimal digits. */
static void put_record(gg_buf *out, int type, const char *hex) {
    static const char digits[] = "0123456789ABCDEF";
    put_16(out, type);
    put_16(out, (int)strlen(hex) / 2);
    for (; hex[0] != '\0'; hex += 2) {
        gg_buf_byte(out, (char)((strchr(digits, hex[0]) - digits) * 16 +
                                (strchr(digits, hex[1]) - digits)));
    }
}

typedef struct hex_record {
    int type;
    const char *hex;
} hex_record;

#define END_RECORD                                                                                 \
    { 0x000A, "" }

/* Records without a compound file around them, up to the end of the sheet. */
static void expect_records(const hex_record *records, const char *expected) {
    gg_buf stream = {0}, text = {0};
    int32_t kind = 0;
    for (size_t i = 0; i == 0 || records[i - 1].type != 0x000A; i++) {
        put_record(&stream, records[i].type, records[i].hex);
    }
    assert_int_equal(gridgov_file_kind_bytes(&kind, stream.data, stream.size, NULL), GRIDGOV_OK);
    assert_int_equal(kind, GRIDGOV_FILE_XLS);
    assert_int_equal(read_all(&text, stream.data, stream.size), GRIDGOV_END);
    assert_string_equal(gg_buf_data(&text), expected);
    gg_buf_release(&stream);
    gg_buf_release(&text);
}

/* What programs write that know how little Excel needs: BOF of BIFF5 without a version, numbers and
 * text in the code page of the machine. */
static void records_by_themselves(void **state) {
    static const hex_record delphi[] = {{0x0809, "0000100000000000"},
                                        {0x0204, "0000000000000400B0D9B9D9"},     // A1 百官
                                        {0x0203, "0000010000000000000000002940"}, // B1 12.5
                                        {0x027E, "010000000000"
                                                 "1E000000"}, // A2 7
                                        END_RECORD};
    static const hex_record biff4[] = {{0x0409, "040410000000"},
                                       {0x041E, "0000"
                                                "0747656E6572616C"}, // General
                                       {0x041E, "0000"
                                                "0A797979792D6D6D2D6464"}, // yyyy-mm-dd
                                       {0x0443, "000000000000000000000000"},
                                       {0x0443, "000100000000000000000000"},
                                       {0x0042, "A803"}, // 936
                                       {0x0204, "0000000000000200B0D9"},
                                       {0x0203, "000001000100"
                                                "00000000"
                                                "80B3E540"}, // 44444
                                       END_RECORD};
    static const hex_record biff2[] = {{0x0009, "02001000"},
                                       {0x001E, "0747656E6572616C"},
                                       {0x001E, "0A797979792D6D6D2D6464"},
                                       {0x0004, "00000000"
                                                "000000"
                                                "02"
                                                "B0D9"},
                                       {0x0002, "00000100"
                                                "000100"
                                                "9CAD"}, // 44444
                                       {0x0003, "00000200"
                                                "000000"
                                                "0000000000002940"}, // 12.5
                                       {0x0005, "01000000"
                                                "000000"
                                                "01"
                                                "00"},
                                       {0x0006, "01000100"
                                                "000000"
                                                "000000000000FFFF"
                                                "0000"
                                                "00"},
                                       {0x0007, "02"
                                                "B0D9"},
                                       END_RECORD};
    (void)state;
    expect_records(delphi, "1:百官|12.5\n2:7\n");
    expect_records(biff4, "1:百|2021-09-05\n");
    expect_records(biff2, "1:百|2021-09-05|12.5\n2:TRUE|百\n");
}

/* Cells column by column, the text of a formula behind it. */
static void rows_out_of_order(void **state) {
    static const hex_record columns[] = {{0x0809, "0005100000000000"},
                                         {0x0204, "0200"
                                                  "0000"
                                                  "0000"
                                                  "0100"
                                                  "63"},
                                         {0x0006, "0000"
                                                  "0000"
                                                  "0000"
                                                  "000000000000FFFF"
                                                  "0000"
                                                  "00000000"
                                                  "0000"},
                                         {0x0207, "0100"
                                                  "61"},
                                         {0x0204, "0100"
                                                  "0000"
                                                  "0000"
                                                  "0100"
                                                  "62"},
                                         {0x0204, "0200"
                                                  "0100"
                                                  "0000"
                                                  "0100"
                                                  "43"},
                                         {0x0204, "0000"
                                                  "0100"
                                                  "0000"
                                                  "0100"
                                                  "41"},
                                         END_RECORD};
    (void)state;
    expect_records(columns, "1:a|A\n2:b\n3:c|C\n");
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
        cmocka_unit_test(every_kind_of_cell),    cmocka_unit_test(it_is_recognised_and_named),
        cmocka_unit_test(records_by_themselves), cmocka_unit_test(rows_out_of_order),
        cmocka_unit_test(damage_does_no_harm),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
