/* SPDX-License-Identifier: Apache-2.0 */
/* What a file is: by its content, never by its name. */
#include <gridgov/codes.h>
#include <gridgov/office.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static int32_t kind_of(const char *data, size_t size) {
    int32_t kind = 77;
    assert_int_equal(gridgov_file_kind_bytes(&kind, data, size, NULL), GRIDGOV_OK);
    return kind;
}

static void first_bytes_decide(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        int32_t kind;
    } cases[] = {
        {"", 0, GRIDGOV_FILE_TEXT},
        {"a,b\n1,2\n", 8, GRIDGOV_FILE_TEXT},
        {"\xB5\xA5\xCE\xBB,1\n", 7, GRIDGOV_FILE_TEXT}, // GB18030
        {"  \r\n\t<HTML>", 11, GRIDGOV_FILE_SHEET_HTML},
        {"<!-- x --><Table>", 17, GRIDGOV_FILE_SHEET_HTML},
        {"<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", 63,
         GRIDGOV_FILE_SHEET_XML},
        {"\xEF\xBB\xBF<?xml?>", 10, GRIDGOV_FILE_HTML},
        {"a\0b", 3, GRIDGOV_FILE_OTHER},
        {"PK\3\4", 4, GRIDGOV_FILE_OTHER}, // a package cut off
        {"PK\3", 3, GRIDGOV_FILE_TEXT},
        {"PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22, GRIDGOV_FILE_OTHER}, // an empty package
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(kind_of(cases[i].bytes, cases[i].size), cases[i].kind);
    }
}

static void real_files_are_recognised(void **state) {
    static const struct {
        const char *path;
        int32_t kind;
    } cases[] = {
        {"../shared/data/xlsx/readxl/deaths.xlsx", GRIDGOV_FILE_XLSX},
        {"../shared/data/xlsx/calamine/any_sheets.xlsb", GRIDGOV_FILE_XLSB},
        {"../shared/data/xlsx/calamine/vba.xlsm", GRIDGOV_FILE_XLSX},
        {"../shared/data/zh_tables/nbs_prov.xls", GRIDGOV_FILE_XLS},
        {"../shared/data/zh_tables/nbs_gdp_gbk_crlf.csv", GRIDGOV_FILE_TEXT},
    };
    struct stat info;
    (void)state;
    if (stat("../shared/data/xlsx", &info) != 0) {
        puts("skipped: there is no ../shared/data");
        skip();
    }
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int32_t kind = 77;
        assert_int_equal(gridgov_file_kind(&kind, cases[i].path, NULL), GRIDGOV_OK);
        assert_int_equal(kind, cases[i].kind);
    }
}

static void mistakes_are_refused(void **state) {
    gridgov_error err;
    int32_t kind = 77;
    (void)state;
    assert_int_equal(gridgov_file_kind(NULL, "x", &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_file_kind(&kind, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_file_kind_bytes(&kind, NULL, 1, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_file_kind_bytes(NULL, "", 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_file_kind(&kind, "no/such/file", &err), GRIDGOV_EIO);
    assert_int_equal(kind, 0);
    assert_string_equal(err.source, "no/such/file");
    assert_int_equal(gridgov_file_kind(&kind, ".", &err), GRIDGOV_EIO);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_bytes_decide),
        cmocka_unit_test(real_files_are_recognised),
        cmocka_unit_test(mistakes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
