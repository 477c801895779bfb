/* SPDX-License-Identifier: Apache-2.0 */
/* CSV: what is read, what is refused and where, in every encoding and at every size of blocks.
 * Expectations are written by hand after RFC 4180 and rows.h, or come from suites of other
 * projects. */
#include "base/rules.h"
#include "ingest/csv.h"

#include <jansson.h>

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BUFFER_SIZE 65536

/* Write all rows as text: cells in brackets, rows end with '\n', numbers in front; then how it
 * ended. */
static void dump(char *out, const char *data, size_t size, const gridgov_csv_options *options,
                 size_t block) {
    gridgov_rows *rows = NULL;
    gridgov_error err = {0};
    size_t used = 0;
    gridgov_status status = gg_csv_open(&rows, NULL, data, size, options, block, &err);
    assert_int_equal(status, GRIDGOV_OK);
    while ((status = gridgov_rows_next(rows, &err)) == GRIDGOV_OK) {
        used +=
            (size_t)snprintf(out + used, BUFFER_SIZE - used, "%d", (int)gridgov_rows_number(rows));
        for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
            size_t length = 0;
            const char *text = gridgov_rows_text(rows, i, &length);
            assert_int_equal(strlen(text), length);
            used += (size_t)snprintf(out + used, BUFFER_SIZE - used, "[%s]", text);
        }
        used += (size_t)snprintf(out + used, BUFFER_SIZE - used, "\n");
        assert_true(used < BUFFER_SIZE);
    }
    if (status < 0) {
        snprintf(out + used, BUFFER_SIZE - used, "%s %d:%d %s", gridgov_rule_code(err.rule),
                 (int)err.row, (int)err.column, err.message);
    } else {
        assert_int_equal(status, GRIDGOV_END);
        out[used] = '\0';
    }
    gridgov_rows_free(rows);
}

/* The same text whatever the size of blocks. */
static void check_all_blocks(const char *data, size_t size, const gridgov_csv_options *options,
                             const char *expected) {
    static char out[BUFFER_SIZE];
    for (size_t block = 1; block <= size + 1 && block <= 200; block++) {
        dump(out, data, size, options, block);
        assert_string_equal(out, expected);
    }
    dump(out, data, size, options, 1 << 18);
    assert_string_equal(out, expected);
}

static void test_what_is_read(void **state) {
    static const struct {
        const char *data, *expected;
    } cases[] = {
        {"", ""},
        {"a", "1[a]\n"},
        {"a,b\n1,2\n", "1[a][b]\n2[1][2]\n"},
        {"a,b\r\n1,2\r\n", "1[a][b]\n2[1][2]\n"},
        {"a,b\r1,2\r", "1[a][b]\n2[1][2]\n"},
        {"a,b\n1,2", "1[a][b]\n2[1][2]\n"},
        {"a,\n,b\n,\n", "1[a][]\n2[][b]\n3[][]\n"},
        {"a,", "1[a][]\n"},
        {"\n\na\n\n\nb\n", "3[a]\n6[b]\n"},
        {"\r\n\r\na\r\n", "3[a]\n"},
        {"a\n\rb", "1[a]\n3[b]\n"},
        {"a\r\n\nb", "1[a]\n3[b]\n"},
        {"\n", ""},
        {"\xEF\xBB\xBF"
         "a,b\n",
         "1[a][b]\n"},
        {"\xEF\xBB\xBF", ""},
        {"\xEF\xBB\xBF\"a\"\n", "1[a]\n"},
        {"a\n\xEF\xBB\xBF"
         "b",
         "1[a]\n2[\xEF\xBB\xBF"
         "b]\n"},
        {"\"a\"", "1[a]\n"},
        {"\"\"", "1[]\n"},
        {"\"\"\n\n", "1[]\n"},
        {"\"a,b\"\"c\"\"\",d\n", "1[a,b\"c\"][d]\n"},
        {"\"\"\"\"\n", "1[\"]\n"},
        {"\"\"\"\"\"\",x\n", "1[\"\"][x]\n"},
        {"\"a\r\nb\nc\",d\ne\n", "1[a\r\nb\nc][d]\n2[e]\n"},
        {"5\" pipe,a\"\"b\n", "1[5\" pipe][a\"\"b]\n"},
        {" \"a\" ,b\n", "1[ \"a\" ][b]\n"},
        {"一,二三四五六七八\n\"九,\"\"十\",畈埭岙\n",
         "1[一][二三四五六七八]\n2[九,\"十][畈埭岙]\n"},
        {"12345678,12345678\r\n1234567\n", "1[12345678][12345678]\n2[1234567]\n"},
        {"\xF0\x9F\x98\x80,\xEF\xBF\xBD\n", "1[\xF0\x9F\x98\x80][\xEF\xBF\xBD]\n"},
        {"a,b,c\n1\n1,2,3,4\n", "1[a][b][c]\n2[1]\n3[1][2][3][4]\n"},
        {"\x01\t,\x7F\n", "1[\x01\t][\x7F]\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_all_blocks(cases[i].data, strlen(cases[i].data), NULL, cases[i].expected);
    }
}

static void test_what_is_refused(void **state) {
#define BYTES(text) text, sizeof text - 1
    static const struct {
        const char *data;
        size_t size;
        const char *expected;
    } cases[] = {
        {BYTES("a\n\"b"), "1[a]\ncsv-open-quote 2:1 a quoted cell is never closed"},
        {BYTES("a\n1,\"b,c\nd\n"), "1[a]\ncsv-open-quote 2:2 a quoted cell is never closed"},
        {BYTES("\"a\" ,b"), "csv-text-after-quote 1:1 text follows a closing quote"},
        {BYTES("x,\"a\"b\n"), "csv-text-after-quote 1:2 text follows a closing quote"},
        {BYTES("a,b\0c\n"), "nul-byte 1:2 byte 4 is NUL"},
        {BYTES("\0"), "nul-byte 1:1 byte 1 is NUL"},
        {BYTES("a\n\0"), "1[a]\nnul-byte 2:1 byte 3 is NUL"},
        {BYTES("a\n\n\nb\0"), "1[a]\nnul-byte 4:1 byte 6 is NUL"},
        {BYTES("\"a\0\"\n"), "nul-byte 1:1 byte 3 is NUL"},
        {BYTES("a,\xFF\n"), "not-utf8 1:2 byte 3 is not UTF-8"},
        {BYTES("a\nb,\"c\xC0\x80\"\n"), "1[a]\nnot-utf8 2:2 byte 7 is not UTF-8"},
        {BYTES("ab\xE4\xB8"), "not-utf8 1:1 byte 3 is not UTF-8"},
        {BYTES("ab\xE4\xB8\x2C"),
         "not-utf8-perhaps-gb18030 1:1 byte 3 is not UTF-8; the text looks like GB18030"},
        {BYTES("\xED\xA0\x80"), "not-utf8 1:1 byte 1 is not UTF-8"},
        {BYTES("\xF4\x90\x80\x80"), "not-utf8 1:1 byte 1 is not UTF-8"},
        {BYTES("\xE4\x00\x80"), "not-utf8 1:1 byte 1 is not UTF-8"},
        {BYTES("caf\xE9 au lait\n"), "not-utf8 1:1 byte 4 is not UTF-8"},
        /* 百官街道, 百, 类别 and 网格 in GB18030. */
        {BYTES("a,b\n1,\xB0\xD9\xB9\xD9\xBD\xD6\xB5\xC0\n"),
         "1[a][b]\nnot-utf8-perhaps-gb18030 2:2 byte 7 is not UTF-8; the text looks like GB18030"},
        {BYTES("\xB0\xD9"),
         "not-utf8-perhaps-gb18030 1:1 byte 1 is not UTF-8; the text looks like GB18030"},
        {BYTES("\xC0\xE0\xB1\xF0,\xCD\xF8\xB8\xF1\n"),
         "not-utf8-perhaps-gb18030 1:1 byte 1 is not UTF-8; the text looks like GB18030"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_all_blocks(cases[i].data, cases[i].size, NULL, cases[i].expected);
    }
}

static void test_limits(void **state) {
    gridgov_csv_options options;
    (void)state;
    gridgov_csv_options_init(&options, sizeof options);
    options.max_cell = 4;
    check_all_blocks(BYTES("1234,\"1\"\"34\"\n"), &options, "1[1234][1\"34]\n");
    check_all_blocks(BYTES("a\n12345\n"), &options,
                     "1[a]\ncsv-cell-too-long 2:1 a cell is longer than 4 bytes");
    check_all_blocks(BYTES("a,\"1234\"\"\"\n"), &options,
                     "csv-cell-too-long 1:2 a cell is longer than 4 bytes");
    check_all_blocks(BYTES("a,\"12345"), &options,
                     "csv-cell-too-long 1:2 a cell is longer than 4 bytes");
    gridgov_csv_options_init(&options, sizeof options);
    options.max_row = 5;
    check_all_blocks(BYTES("12,45\r\n\"123\"\n"), &options, "1[12][45]\n2[123]\n");
    check_all_blocks(BYTES("12,456\n"), &options,
                     "csv-row-too-long 1:2 a row is longer than 5 bytes");
    check_all_blocks(BYTES("1,2,3,\n"), &options,
                     "csv-row-too-long 1:4 a row is longer than 5 bytes");
    check_all_blocks(BYTES("\"1234\"\n"), &options,
                     "csv-row-too-long 1:1 a row is longer than 5 bytes");
    options.max_cell = 3;
    check_all_blocks(BYTES("a,b,cdef\n"), &options,
                     "csv-row-too-long 1:3 a row is longer than 5 bytes");
    check_all_blocks(BYTES("a,bcdefg\n"), &options,
                     "csv-cell-too-long 1:2 a cell is longer than 3 bytes");
    gridgov_csv_options_init(&options, sizeof options);
    options.max_columns = 2;
    check_all_blocks(BYTES("1,2\n1,2,\n"), &options,
                     "1[1][2]\ncsv-too-many-columns 2:3 a row has more than 2 cells");
    gridgov_csv_options_init(&options, sizeof options);
    options.max_rows = 2;
    check_all_blocks(BYTES("\n1\n\n2\n"), &options, "2[1]\n4[2]\n");
    check_all_blocks(BYTES("1\n2\n3\n"), &options,
                     "1[1]\n2[2]\ncsv-too-many-rows 3:1 the table has more than 2 rows");
}

static void test_delimiters(void **state) {
    gridgov_csv_options options;
    (void)state;
    gridgov_csv_options_init(&options, sizeof options);
    options.delimiter = ';';
    check_all_blocks(BYTES("a,b;c\n\"x;y\";z\n"), &options, "1[a,b][c]\n2[x;y][z]\n");
    options.delimiter = '\t';
    check_all_blocks(BYTES("a\tb,c\n"), &options, "1[a][b,c]\n");
}

static void test_gb18030(void **state) {
    gridgov_csv_options options;
    (void)state;
    gridgov_csv_options_init(&options, sizeof options);
    options.encoding = "GB18030";
    /* 百官街道, 一 and the four-byte forms of U+3400 (8139EE39) and U+20000 (95328236), after GB
     * 18030-2005. */
    check_all_blocks(BYTES("\xB0\xD9\xB9\xD9\xBD\xD6\xB5\xC0,\"\xD2\xBB\"\n1,"
                           "\x81\x39\xEE\x39\x95\x32\x82\x36\r\n"),
                     &options, "1[百官街道][一]\n2[1][\xE3\x90\x80\xF0\xA0\x80\x80]\n");
    /* A byte order mark, and a trail byte that looks like ASCII: the second byte of 乗 is a
     * backslash. */
    check_all_blocks(BYTES("\x84\x31\x95\x33"
                           "a,\x81\x5C\n"),
                     &options, "1[a][乗]\n");
    check_all_blocks(BYTES("a,\xB0\xD9\xFF\n"), &options,
                     "not-in-encoding 1:2 byte 5 is not valid in GB18030");
    check_all_blocks(BYTES("a,\xB0\xD9\xB0"), &options,
                     "not-in-encoding 1:2 byte 5 is not valid in GB18030");
    check_all_blocks(BYTES("a\n\xB0\xD9\0\n"), &options, "1[a]\nnul-byte 2:1 byte 5 is NUL");
    check_all_blocks(BYTES("a\n\xB0\0\n"), &options,
                     "1[a]\nnot-in-encoding 2:1 byte 3 is not valid in GB18030");
    options.encoding = "gbk";
    check_all_blocks(BYTES("\xB0\xD9"), &options, "1[百]\n");
    options.encoding = "UTF-8";
    check_all_blocks(BYTES("百"), &options, "1[百]\n");
}

static void test_arguments(void **state) {
    gridgov_rows *rows = (gridgov_rows *)&rows;
    gridgov_error err = {0};
    gridgov_csv_options options;
    static const int32_t delimiters[] = {-1, '"', '\n', '\r', 128};
    (void)state;
    gridgov_csv_options_init(&options, sizeof options);
    options.encoding = "utf-16";
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, "a", 1, &options, &err),
                     GRIDGOV_EUNSUPPORTED);
    assert_null(rows);
    assert_int_equal(err.rule, GG_RULE_ENCODING);
    assert_string_equal(err.value, "utf-16");
    for (size_t i = 0; i < sizeof delimiters / sizeof delimiters[0]; i++) {
        gridgov_csv_options_init(&options, sizeof options);
        options.delimiter = delimiters[i];
        assert_int_equal(gridgov_rows_open_csv_bytes(&rows, "a", 1, &options, &err), GRIDGOV_EARG);
    }
    gridgov_csv_options_init(&options, sizeof options);
    options.max_cell = -1;
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, "a", 1, &options, NULL), GRIDGOV_EARG);
    options.struct_size = 0;
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, "a", 1, &options, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_open_csv_bytes(NULL, "a", 1, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, NULL, 1, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_open_csv_file(&rows, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_open_csv_file(&rows, "no/such/file.csv", NULL, &err),
                     GRIDGOV_EIO);
    assert_null(rows);
    assert_string_equal(err.source, "no/such/file.csv");
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, NULL, 0, NULL, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_next(rows, &err), GRIDGOV_END);
    gridgov_rows_free(rows);
}

static void test_a_file(void **state) {
    char path[] = "/tmp/gridgov-csv-XXXXXX";
    gridgov_rows *rows = NULL;
    gridgov_error err = {0};
    gridgov_csv_options options;
    FILE *file;
    int fd = mkstemp(path);
    int64_t count = 0;
    gridgov_status status;
    (void)state;
    assert_true(fd >= 0);
    file = fdopen(fd, "wb");
    assert_non_null(file);
    for (int i = 0; i < 60000; i++) { // more than two blocks
        fprintf(file, "%d,\"第%d行\n\"\r\n", i, i);
    }
    fputs("x,\xFF\n", file);
    fclose(file);
    assert_int_equal(gridgov_rows_open_csv_file(&rows, path, NULL, &err), GRIDGOV_OK);
    assert_string_equal(gridgov_rows_source_name(rows), path);
    while ((status = gridgov_rows_next(rows, &err)) == GRIDGOV_OK) {
        char expected[32];
        snprintf(expected, sizeof expected, "第%d行\n", (int)count);
        assert_string_equal(gridgov_rows_text(rows, 1, NULL), expected);
        count++;
    }
    assert_int_equal(status, GRIDGOV_EFORMAT);
    assert_int_equal(count, 60000);
    assert_int_equal(err.row, 60001);
    assert_int_equal(err.column, 2);
    assert_string_equal(err.source, path);
    gridgov_rows_free(rows);
    gridgov_csv_options_init(&options, sizeof options);
    options.source = "events";
    assert_int_equal(gridgov_rows_open_csv_file(&rows, path, &options, &err), GRIDGOV_OK);
    assert_string_equal(gridgov_rows_source_name(rows), "events");
    gridgov_rows_free(rows);
    remove(path);
}

/* --- suites of other projects, in a folder beside the source tree
 * ------------------------------------------------ */

static const char *shared_path(char *buffer, size_t size, const char *folder) {
    const char *root = getenv("GRIDGOV_SHARED");
#ifdef GRIDGOV_SOURCE_DIR
    static const char beside[] = GRIDGOV_SOURCE_DIR "/../shared";
#else
    static const char beside[] = "../shared";
#endif
    snprintf(buffer, size, "%s/data/%s", root != NULL ? root : beside, folder);
    return buffer;
}

static char *read_whole(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    char *data = NULL;
    if (file == NULL) {
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    data = malloc(*size + 1);
    assert_non_null(data);
    assert_int_equal(fread(data, 1, *size, file), *size);
    fclose(file);
    return data;
}

static const char *without_cr(char *buffer, size_t size, const char *text) {
    size_t used = 0;
    for (; *text != '\0'; text++) {
        if (*text != '\r') {
            assert_true(used + 1 < size);
            buffer[used++] = *text;
        }
    }
    buffer[used] = '\0';
    return buffer;
}

/* Equal but for CR: line ends of the copies of these suites were changed, in the CSV or in the
 * JSON. */
static void assert_same_but_cr(const char *got, const char *expected) {
    char left[1024], right[1024];
    assert_non_null(expected);
    assert_string_equal(without_cr(left, sizeof left, got),
                        without_cr(right, sizeof right, expected));
}

/* Compare a file with its JSON: an array of rows, each an array of cells or an object of cells by
 * header. */
static void compare_with_json(const char *csv_path, const char *json_path) {
    gridgov_rows *rows = NULL;
    json_error_t problem;
    json_t *root = json_load_file(json_path, 0, &problem);
    char *header[64] = {NULL};
    int64_t width = 0;
    assert_non_null(root);
    assert_int_equal(gridgov_rows_open_csv_file(&rows, csv_path, NULL, NULL), GRIDGOV_OK);
    if (!json_is_array(json_array_get(root, 0))) {
        assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
        width = gridgov_rows_count(rows);
        for (int64_t column = 0; column < width && column < 64; column++) {
            header[column] = strdup(gridgov_rows_text(rows, column, NULL));
        }
    }
    for (size_t i = 0; i < json_array_size(root); i++) {
        const json_t *expected = json_array_get(root, i);
        assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
        if (json_is_array(expected)) {
            assert_int_equal(gridgov_rows_count(rows), json_array_size(expected));
        }
        for (int64_t column = 0; column < gridgov_rows_count(rows); column++) {
            const json_t *cell = json_is_array(expected)
                                     ? json_array_get(expected, (size_t)column)
                                     : json_object_get(expected, header[column]);
            assert_same_but_cr(gridgov_rows_text(rows, column, NULL), json_string_value(cell));
        }
    }
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_END);
    for (size_t column = 0; column < 64; column++) {
        free(header[column]);
    }
    gridgov_rows_free(rows);
    json_decref(root);
}

/* Every .csv of csv_folder that has a .json in json_folder; how many. */
static int compare_folder(const char *csv_folder, const char *json_folder) {
    /* A line without any byte is no row here; the last one's JSON tells other values than its CSV.
     */
    static const char *const left_out[] = {"all-empty.csv", "empty-one-column.csv",
                                           "location_coordinates.csv"};
    char csv_path[1024], json_path[1024];
    DIR *folder = opendir(csv_folder);
    const struct dirent *entry;
    int compared = 0;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        size_t length = strlen(entry->d_name);
        FILE *json;
        if (length < 5 || strcmp(entry->d_name + length - 4, ".csv") != 0 ||
            strcmp(entry->d_name, left_out[0]) == 0 || strcmp(entry->d_name, left_out[1]) == 0 ||
            strcmp(entry->d_name, left_out[2]) == 0) {
            continue;
        }
        snprintf(csv_path, sizeof csv_path, "%s/%s", csv_folder, entry->d_name);
        snprintf(json_path, sizeof json_path, "%s/%.*s.json", json_folder, (int)length - 4,
                 entry->d_name);
        json = fopen(json_path, "rb");
        if (json != NULL) {
            fclose(json);
            compare_with_json(csv_path, json_path);
            compared++;
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return compared;
}

static void test_suites(void **state) {
    char csv_folder[1024], json_folder[1024], path[1100];
    static const struct {
        const char *name;
        int32_t rule;
    } bad[] = {{"bad-missing-quote.csv", GG_RULE_CSV_QUOTE_OPEN},
               {"bad-quotes-with-unescaped-quote.csv", GG_RULE_CSV_QUOTE_TEXT}};
    DIR *folder;
    (void)state;
    shared_path(csv_folder, sizeof csv_folder, "csv/csv-spectrum/csvs");
    folder = opendir(csv_folder);
    if (folder == NULL) {
        print_message("the CSV suites are not here: %s\n", csv_folder);
        skip();
    }
    closedir(folder);
    shared_path(json_folder, sizeof json_folder, "csv/csv-spectrum/json");
    assert_int_equal(compare_folder(csv_folder, json_folder), 11);
    shared_path(csv_folder, sizeof csv_folder, "csv/csv-test-data/csv");
    shared_path(json_folder, sizeof json_folder, "csv/csv-test-data/json");
    assert_int_equal(compare_folder(csv_folder, json_folder), 16);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        gridgov_rows *rows = NULL;
        gridgov_error err = {0};
        gridgov_status status;
        snprintf(path, sizeof path, "%s/%s", csv_folder, bad[i].name);
        assert_int_equal(gridgov_rows_open_csv_file(&rows, path, NULL, NULL), GRIDGOV_OK);
        while ((status = gridgov_rows_next(rows, &err)) == GRIDGOV_OK) {
        }
        assert_int_equal(status, GRIDGOV_EFORMAT);
        assert_int_equal(err.rule, bad[i].rule);
        gridgov_rows_free(rows);
    }
}

/* The whole of GB18030 as encoding_rs tests it, block by block against the reference decoding. */
static void test_whole_gb18030(void **state) {
    char path[1024];
    size_t size = 0, expected_size = 0, at = 0;
    char *data =
        read_whole(shared_path(path, sizeof path, "encodings/encoding_rs/gb18030_in.txt"), &size);
    char *expected = read_whole(
        shared_path(path, sizeof path, "encodings/encoding_rs/gb18030_in_ref.txt"), &expected_size);
    gridgov_csv_options options;
    gridgov_rows *rows = NULL;
    int64_t row = 0, differing = 0;
    (void)state;
    if (data == NULL || expected == NULL) {
        free(data);
        free(expected);
        print_message("the encoding tests are not here: %s\n", path);
        skip();
    }
    gridgov_csv_options_init(&options, sizeof options);
    options.encoding = "gb18030";
    options.delimiter = 1;
    assert_int_equal(gg_csv_open(&rows, NULL, data, size, &options, 7, NULL), GRIDGOV_OK);
    while (at < expected_size) {
        const char *end = memchr(expected + at, '\n', expected_size - at);
        size_t length = end == NULL ? expected_size - at : (size_t)(end - expected) - at;
        size_t got = 0;
        row++;
        if (length > 0) {
            const char *text;
            if (gridgov_rows_next(rows, NULL) != GRIDGOV_OK) {
                break; // the rest holds bytes that are refused here and replaced there
            }
            assert_int_equal(gridgov_rows_number(rows), row);
            text = gridgov_rows_text(rows, 0, &got);
            differing += got != length || memcmp(text, expected + at, length) != 0;
        }
        at += length + 1;
    }
    print_message("%d lines of GB18030, %d differ\n", (int)row, (int)differing);
    assert_true(row > 20000);
    assert_int_equal(differing, 0);
    gridgov_rows_free(rows);
    free(data);
    free(expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_read),  cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_limits),        cmocka_unit_test(test_delimiters),
        cmocka_unit_test(test_gb18030),       cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_a_file),        cmocka_unit_test(test_suites),
        cmocka_unit_test(test_whole_gb18030),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
