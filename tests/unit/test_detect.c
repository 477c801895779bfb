/* SPDX-License-Identifier: Apache-2.0 */
/* Encoding and delimiter of text, and the header below titles. */
#include <gridgov/gridgov.h>

#include "base/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static void expect(const char *text, size_t size, const char *encoding, int delimiter) {
    gridgov_csv_options options = {.struct_size = sizeof options};
    assert_int_equal(gridgov_csv_detect_bytes(&options, text, size, NULL), GRIDGOV_OK);
    assert_string_equal(options.encoding, encoding);
    assert_int_equal(options.delimiter, delimiter);
}

#define EXPECT(text, encoding, delimiter) expect(text, sizeof(text) - 1, encoding, delimiter)

static void encodings_are_told_apart(void **state) {
    (void)state;
    EXPECT("", "utf-8", ',');
    EXPECT("a,b\n1,2\n", "utf-8", ',');
    EXPECT("单位,网格\n", "utf-8", ',');
    EXPECT("\xB5\xA5\xCE\xBB,\xCD\xF8\xB8\xF1\n", "gb18030", ','); // 单位,网格
    EXPECT("\xD2\xBB\xD2\xBB\xD2\xBB,1\n", "utf-8", ',');          // well-formed UTF-8 by chance
    EXPECT("\xD2\xBB\xD2\xBB,\xCD\xF8\xB8\xF1\n", "gb18030", ','); // and not, once more is there
    EXPECT("caf\xE9,na\xEFve\n", "utf-8", ',');                    // Latin-1 is neither
    EXPECT("\x82\x30\x81\x30,\xB5\xA5\n", "gb18030", ',');         // four bytes
    EXPECT("\xFF\xFE\x31", "utf-8", ',');
    EXPECT("\xE5\x8D", "utf-8", ','); // a character cut by the end
}

/* The window begins at the first byte that is no ASCII, wherever it stands. */
static void a_late_character_decides(void **state) {
    static char text[200000];
    (void)state;
    memset(text, 'a', sizeof text);
    for (size_t i = 99; i < sizeof text; i += 100) {
        text[i] = '\n';
    }
    memcpy(text + 150000, "\xB5\xA5\xCE\xBB\xCD\xF8", 6);
    expect(text, sizeof text, "gb18030", ',');
}

static void delimiters_are_told_apart(void **state) {
    (void)state;
    EXPECT("a\tb\tc\n1\t2\t3\n", "utf-8", '\t');
    EXPECT("a;b\n1,5;2\n3,5;4\n", "utf-8", ';');
    EXPECT("a|b|c\n1|2|3\n", "utf-8", '|');
    EXPECT("title, with a comma\na\tb\tc\n1\t2\t3\n", "utf-8", '\t');
    EXPECT("\"a;b;c\",d\n\"e;f;g\",h\n", "utf-8", ',');
    EXPECT("only\none\ncolumn\n", "utf-8", ',');
    EXPECT("a,b;c\n", "utf-8", ',');
}

static void what_was_told_wins(void **state) {
    gridgov_csv_options options = {
        .struct_size = sizeof options, .delimiter = ';', .encoding = "utf-8"};
    (void)state;
    assert_int_equal(gridgov_csv_detect_bytes(&options, "\xB5\xA5\t1\n", 5, NULL), GRIDGOV_OK);
    assert_string_equal(options.encoding, "utf-8");
    assert_int_equal(options.delimiter, ';');
    assert_int_equal(gridgov_csv_detect_bytes(NULL, "", 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_csv_detect_bytes(&options, NULL, 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_csv_detect_file(&options, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_csv_detect_file(&options, "no/such/file", NULL), GRIDGOV_EIO);
    options.struct_size = 4;
    assert_int_equal(gridgov_csv_detect_bytes(&options, "", 0, NULL), GRIDGOV_EARG);
}

static void real_files(void **state) {
    static const struct {
        const char *path, *encoding;
    } cases[] = {
        {"../shared/data/zh_tables/nbs_gdp_gbk_crlf.csv", "gb18030"},
        {"../shared/data/zh_tables/nbs_pop_gbk_lf.csv", "gb18030"},
        {"examples/data/baiguan-2021-09/events.csv", "utf-8"},
    };
    struct stat info;
    (void)state;
    if (stat("../shared/data/zh_tables", &info) != 0) {
        puts("skipped: there is no ../shared/data");
        skip();
    }
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_csv_options options = {.struct_size = sizeof options};
        assert_int_equal(gridgov_csv_detect_file(&options, cases[i].path, NULL), GRIDGOV_OK);
        assert_string_equal(options.encoding, cases[i].encoding);
        assert_int_equal(options.delimiter, ',');
    }
}

static gridgov_status find(gridgov_header *header, int32_t *fields, int64_t capacity,
                           const char *csv, int32_t table, gridgov_error *err) {
    gridgov_rows *rows = NULL;
    gridgov_status status;
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, strlen(csv), NULL, NULL), GRIDGOV_OK);
    status = gridgov_header_find(header, fields, capacity, rows, table, NULL, err);
    gridgov_rows_free(rows);
    return status;
}

static void headers_are_found_below_titles(void **state) {
    static const char csv[] = "百官街道九月事件明细,,,\n制表时间：2021-10-01,,,\n\n"
                              "工单号,事件类型,登记时间,备注\n1,城市管理,2021-09-01,\n";
    gridgov_header header = {.struct_size = sizeof header};
    gridgov_error err = {0};
    int32_t fields[6];
    (void)state;
    for (int32_t table = 0; table <= GRIDGOV_TABLE_EVENTS; table += GRIDGOV_TABLE_EVENTS) {
        assert_int_equal(find(&header, fields, 6, csv, table, &err), GRIDGOV_OK);
        assert_int_equal(header.table, GRIDGOV_TABLE_EVENTS);
        assert_int_equal(header.row, 4);
        assert_int_equal(header.width, 4);
        assert_int_equal(header.found, 3);
        assert_int_equal(header.missing, 0);
        assert_int_equal(header.unused, 1);
        assert_int_equal(fields[0], 0);
        assert_int_equal(fields[1], 1);
        assert_int_equal(fields[3], GRIDGOV_NONE);
        assert_int_equal(fields[5], GRIDGOV_NONE);
    }
    assert_int_equal(find(&header, NULL, 0, csv, GRIDGOV_TABLE_LEAVE, &err), GRIDGOV_ENOTFOUND);
    assert_int_equal(err.rule, GG_RULE_HEADER_NONE);
    assert_int_equal(find(&header, NULL, 0, "", 0, &err), GRIDGOV_ENOTFOUND);
    assert_int_equal(find(&header, NULL, 0, csv, 999, &err), GRIDGOV_EARG);
    assert_int_equal(find(&header, NULL, 1, csv, 0, &err), GRIDGOV_EARG);
}

/* Every table of the example is recognised by its header alone. */
static void tables_are_recognised(void **state) {
    (void)state;
    int32_t table;
    for (int64_t i = 0; gridgov_code_at(&table, GRIDGOV_KIND_TABLE, i) == GRIDGOV_OK; i++) {
        char path[256];
        gridgov_rows *rows = NULL;
        gridgov_header header = {.struct_size = sizeof header};
        snprintf(path, sizeof path, "examples/data/baiguan-2021-09/%s.csv",
                 gridgov_code_text(GRIDGOV_KIND_TABLE, table));
        if (gridgov_rows_open_csv_file(&rows, path, NULL, NULL) != GRIDGOV_OK) {
            continue;
        }
        assert_int_equal(gridgov_header_find(&header, NULL, 0, rows, 0, NULL, NULL), GRIDGOV_OK);
        assert_int_equal(header.table, table);
        assert_int_equal(header.row, 1);
        gridgov_rows_free(rows);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings_are_told_apart),
        cmocka_unit_test(a_late_character_decides),
        cmocka_unit_test(delimiters_are_told_apart),
        cmocka_unit_test(what_was_told_wins),
        cmocka_unit_test(real_files),
        cmocka_unit_test(headers_are_found_below_titles),
        cmocka_unit_test(tables_are_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
