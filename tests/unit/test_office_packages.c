/* SPDX-License-Identifier: Apache-2.0 */
/* Packages made to do harm, or put together wrongly: parts that overlap, lie about their sizes,
 * stand twice or are missing, and merged areas that overlap. Each is refused with what is wrong,
 * before it costs anything. */
#include "base/rules.h"

#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/workbook_support.h"

#define SHEET_PART "xl/worksheets/sheet1.xml"
#define ONE_CELL "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>x</v></c></row></sheetData>"

/* Read all of the first sheet; the rule that refused it, 0 if none did. */
static int32_t read_book(const gg_buf *book, gridgov_error *err) {
    gridgov_sheet_options options;
    gridgov_rows *rows = NULL;
    gridgov_status status;
    memset(err, 0, sizeof *err);
    gridgov_sheet_options_init(&options, sizeof options);
    options.sheet = "S";
    status = gridgov_rows_open_xlsx_bytes(&rows, book->data, book->size, &options, err);
    while (status == GRIDGOV_OK) {
        status = gridgov_rows_next(rows, err);
    }
    gridgov_rows_free(rows);
    assert_true((status < 0) == (err->rule != 0));
    return err->rule;
}

static gg_buf small_package(void) {
    small_book made = {.data = ONE_CELL};
    return make_book(&made);
}

/* Where the directory names a part: its record, 46 bytes with the name behind them. */
static unsigned char *entry_of(const gg_buf *book, const char *part) {
    for (size_t i = 0; i + 46 + strlen(part) <= book->size; i++) {
        if (memcmp(book->data + i, "PK\1\2", 4) == 0 &&
            memcmp(book->data + i + 46, part, strlen(part)) == 0) {
            return (unsigned char *)book->data + i;
        }
    }
    fail_msg("the directory has no %s", part);
    return NULL;
}

static void put_32(unsigned char *to, uint32_t value) {
    for (int i = 0; i < 4; i++) {
        to[i] = (unsigned char)(value >> 8 * i);
    }
}

static uint32_t get_32(const unsigned char *from) {
    return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 |
           (uint32_t)from[3] << 24;
}

static void directories_that_lie(void **state) {
    enum { CHECKSUM = 16, PACKED = 20, UNPACKED = 24, PLACE = 42 };
    static const struct {
        int offset;
        uint32_t value;
        int32_t rule;
    } cases[] = {
        {CHECKSUM, 0x12345678, GG_RULE_ZIP_BROKEN}, {PACKED, 3, GG_RULE_ZIP_BROKEN},
        {PACKED, 0x3FFFFFFF, GG_RULE_ZIP_BROKEN},   {UNPACKED, 10, GG_RULE_ZIP_BROKEN},
        {UNPACKED, 0x3FFFFFFF, GG_RULE_ZIP_RATIO},  {UNPACKED, 0x7FFFFFFF, GG_RULE_ZIP_SIZE},
        {PLACE, 0xFFFFFFF0, GG_RULE_ZIP_BROKEN},    {PLACE, 1, GG_RULE_ZIP_BROKEN},
    };
    gridgov_error err;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_buf book = small_package();
        put_32(entry_of(&book, SHEET_PART) + cases[i].offset, cases[i].value);
        assert_int_equal(read_book(&book, &err), cases[i].rule);
        gg_buf_release(&book);
    }
}

/* A part of 8 MiB of blanks in few bytes, under two thousand names, would unpack to 16 GiB. */
static void parts_that_overlap(void **state) {
    enum { NAMES = 2000 };
    gg_package_writer *writer = NULL;
    gg_buf blanks = {0}, one = {0}, book = {0};
    gridgov_error err;
    size_t directory;
    (void)state;
    for (int i = 0; i < 8 << 20; i += 16) {
        gg_buf_text(&blanks, "                ");
    }
    assert_int_equal(gg_package_writer_new(&writer, NULL), GRIDGOV_OK);
    assert_int_equal(gg_package_writer_add(writer, "xl/workbook.xml",
                                           gg_str_make(blanks.data, blanks.size), NULL),
                     GRIDGOV_OK);
    assert_int_equal(gg_package_writer_finish(writer, &one, NULL), GRIDGOV_OK);
    gg_package_writer_free(writer);
    directory = (size_t)(entry_of(&one, "xl/workbook.xml") - (unsigned char *)one.data);
    gg_buf_add(&book, one.data, directory);
    for (int i = 0; i < NAMES; i++) { // the same record, and the same part, under other names
        char name[16] = "xl/workbook.xml";
        name[3 + i % 8] = (char)('a' + i / 8 % 26);
        name[3 + (i + 1) % 8] = (char)('a' + i / 208);
        gg_buf_add(&book, one.data + directory, 46);
        gg_buf_add(&book, name, 15);
    }
    gg_buf_add(&book, one.data + one.size - 22, 22);
    put_32((unsigned char *)book.data + book.size - 14, NAMES | NAMES << 16);
    put_32((unsigned char *)book.data + book.size - 10, NAMES * 61);
    assert_true(get_32((unsigned char *)book.data + book.size - 6) == directory);
    assert_int_equal(read_book(&book, &err), GG_RULE_ZIP_BROKEN);
    assert_non_null(strstr(err.message, "overlap"));
    gg_buf_release(&blanks);
    gg_buf_release(&one);
    gg_buf_release(&book);
}

/* A package of these parts. */
static gg_buf package_of(const char *const parts[][2], size_t count) {
    gg_package_writer *writer = NULL;
    gg_buf out = {0};
    assert_int_equal(gg_package_writer_new(&writer, NULL), GRIDGOV_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(gg_package_writer_add(writer, parts[i][0], gg_str_of(parts[i][1]), NULL),
                         GRIDGOV_OK);
    }
    assert_int_equal(gg_package_writer_finish(writer, &out, NULL), GRIDGOV_OK);
    gg_package_writer_free(writer);
    return out;
}

#define BOOK                                                                                       \
    "<workbook " WORKBOOK_MAIN " xmlns:r=\"" WORKBOOK_REL "\"><sheets><sheet name=\"S\" "          \
    "sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
#define RELATION(target)                                                                           \
    WORKBOOK_RELS "<Relationship Id=\"s\" Type=\"" WORKBOOK_REL "/worksheet\" Target=\"" target    \
                  "\"/></Relationships>"
#define RELATIONS "xl/_rels/workbook.xml.rels"
#define SHEET "<worksheet " WORKBOOK_MAIN ">" ONE_CELL "</worksheet>"

static void parts_that_are_not_there(void **state) {
    static const struct {
        const char *parts[4][2];
        size_t count;
        int32_t rule;
    } cases[] = {
        {{{"xl/workbook.xml", BOOK}, {RELATIONS, RELATION("s.xml")}, {"xl/s.xml", SHEET}}, 3, 0},
        {{{"xl/workbook.xml", BOOK}, {RELATIONS, RELATION("/xl/s.xml")}, {"xl/s.xml", SHEET}},
         3,
         0},
        {{{"xl/workbook.xml", BOOK}, {RELATIONS, RELATION(".\\s.xml")}, {"xl\\s.xml", SHEET}},
         3,
         0},
        {{{"xl/workbook.xml", BOOK}, {RELATIONS, RELATION("../XL/S.xml")}, {"xl/s.xml", SHEET}},
         3,
         0},
        {{{"xl/workbook.xml", BOOK}, {RELATIONS, RELATION("s.xml")}}, 2, GG_RULE_PART_MISSING},
        {{{"xl/workbook.xml", BOOK}, {"xl/s.xml", SHEET}}, 2, GG_RULE_PART_MISSING},
        {{{"xl/workbook.xml", BOOK}, {RELATIONS, RELATION("../../../etc/passwd")}},
         2,
         GG_RULE_PART_MISSING},
        {{{"xl/workbook.xml", BOOK}, {RELATIONS, RELATION("workbook.xml")}}, 2, GG_RULE_PART_ROOT},
        {{{"a/workbook.xml", BOOK}}, 1, GG_RULE_PART_MISSING},
        {{{"xl/workbook.xml", BOOK},
          {RELATIONS, RELATION("s.xml")},
          {"xl/s.xml", SHEET},
          {"XL\\S.XML", SHEET}},
         4,
         GG_RULE_PART_TWICE},
        {{{"xl/workbook.xml", BOOK}, {RELATIONS, RELATION("s.xml")}, {"xl/s.xml", ""}},
         3,
         GG_RULE_XML_SYNTAX},
    };
    gridgov_error err;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_buf book = package_of(cases[i].parts, cases[i].count);
        assert_int_equal(read_book(&book, &err), cases[i].rule);
        gg_buf_release(&book);
    }
}

/* What cannot be listed says why, and is not just of another kind. */
static void packages_that_cannot_be_listed(void **state) {
    gg_buf book = small_package(), cut = {.data = book.data, .size = book.size - 30};
    gridgov_document *document = NULL;
    gridgov_error err;
    int32_t kind = 77;
    (void)state;
    assert_int_equal(read_book(&cut, &err), GG_RULE_ZIP_BROKEN);
    assert_int_equal(gridgov_document_open_bytes(&document, cut.data, cut.size, NULL, &err),
                     GRIDGOV_EFORMAT);
    assert_int_equal(err.rule, GG_RULE_ZIP_BROKEN);
    assert_null(document);
    assert_int_equal(gridgov_file_kind_bytes(&kind, cut.data, cut.size, NULL), GRIDGOV_OK);
    assert_int_equal(kind, GRIDGOV_FILE_OTHER);
    gg_buf_release(&book);
}

/* Twelve thousand areas to the end of the sheet, each one row below the last: every row would look
 * at all that have begun. */
static void merged_areas_that_overlap(void **state) {
    enum { ROWS = 12000 };
    gg_buf data = {0}, book;
    small_book made = {0};
    gridgov_error err;
    (void)state;
    gg_buf_text(&data, "<sheetData>");
    for (int i = 0; i < ROWS; i++) {
        gg_buf_text(&data, "<row><c t=\"str\"><v>x</v></c></row>");
    }
    gg_buf_text(&data, "</sheetData><mergeCells>");
    for (int i = 1; i <= ROWS; i++) {
        gg_buf_text(&data, "<mergeCell ref=\"A");
        gg_buf_int(&data, i);
        gg_buf_text(&data, ":B1048576\"/>");
    }
    gg_buf_text(&data, "</mergeCells>");
    assert_false(gg_buf_failed(&data));
    made.data = gg_buf_data(&data);
    book = make_book(&made);
    assert_int_equal(read_book(&book, &err), GG_RULE_MERGED_CELLS);
    assert_true(err.row > 5000);
    gg_buf_release(&data);
    gg_buf_release(&book);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directories_that_lie),
        cmocka_unit_test(parts_that_overlap),
        cmocka_unit_test(parts_that_are_not_there),
        cmocka_unit_test(packages_that_cannot_be_listed),
        cmocka_unit_test(merged_areas_that_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
