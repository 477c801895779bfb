/* SPDX-License-Identifier: Apache-2.0 */
/* Totals and ranks: what is written, what is left out and why, and random tables against a ranking
 * that counts the better rows of every row. */
#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ROWS 400

static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(2685821657736338717);
}

static int pick(uint64_t *seed, int count) {
    return (int)((next_random(seed) >> 33) % (uint64_t)count);
}

static void write_file(char *path, const char *text, size_t size) {
    strcpy(path, "/tmp/gridgov-rank-XXXXXX");
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, size), (ssize_t)size);
    close(fd);
}

/* The ranked table, with issues as lines behind it. */
static void rank_text(char *out, size_t room, const char *text,
                      const gridgov_rank_options *options) {
    char path[64];
    gridgov_bytes *bytes = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    gridgov_error issue;
    gridgov_rank_summary summary = {.struct_size = sizeof summary};
    write_file(path, text, strlen(text));
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    const int status = gridgov_rank_file(&bytes, &summary, path, options, issues, NULL, &err);
    const char *ranked = status == GRIDGOV_OK ? gridgov_bytes_data(bytes, NULL) : err.message;
    size_t used = (size_t)snprintf(out, room, "%s", ranked);
    for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        used += (size_t)snprintf(out + used, room - used, "!%s %d:%d %s\n",
                                 gridgov_rule_code(issue.rule), (int)issue.row, (int)issue.column,
                                 issue.field);
    }
    assert_true(used < room);
    assert_int_equal(summary.read, summary.ranked + summary.excluded);
    gridgov_issues_free(issues);
    gridgov_bytes_free(bytes);
    unlink(path);
}

static void test_tables(void **state) {
    static const char *const sum_names[] = {"b", "c"};
    static const gridgov_rank_options by_default = {.struct_size = sizeof by_default};
    static const gridgov_rank_options smallest = {.struct_size = sizeof smallest, .ascending = 1};
    static const gridgov_rank_options named = {
        .struct_size = sizeof named, .key = "d", .columns = sum_names, .column_count = 2};
    static const char *const same_names[] = {"b", "b"};
    static const gridgov_rank_options twice = {
        .struct_size = sizeof twice, .key = "d", .columns = same_names, .column_count = 2};
    static const struct {
        const char *text, *expected;
        const gridgov_rank_options *options;
    } cases[] = {
        {"k,a,b\nx,0.1,0.2\ny,0.3,\nz,-1.5,1\n", "k,total,rank\nx,0.3,1\ny,0.3,1\nz,-0.5,3\n",
         &by_default},
        {"k,a,b\nx,0.1,0.2\ny,0.3,\nz,-1.5,1\n", "k,total,rank\nz,-0.5,1\nx,0.3,2\ny,0.3,2\n",
         &smallest},
        {"a,b,c,d\n9,1,2,q\n9,2,2,p\n", "d,total,rank\np,4,1\nq,3,2\n", &named},
        {"a,b,d\n1,2.5,q\n", "d,total,rank\nq,5.0,1\n", &twice},
        {"k,a\nb,1\na,1\n\nb,1\n", "k,total,rank\na,1,1\nb,1,1\nb,1,1\n", &by_default},
        {"k,a\n\"x,1\",2.50\n\"say \"\"so\"\"\",\"3\"\n",
         "k,total,rank\n\"say \"\"so\"\"\",3.00,1\n\"x,1\",2.50,2\n", &by_default},
        {"k,a,b\nx,/,1\ny,oops,1\n,1,1\nz,2\n,,\n",
         "k,total,rank\nz,2,1\nx,1,2\n!cell-number 3:2 a\n!cell-empty 4:1 k\n", &by_default},
        {"k,a\nx, 1,234 \n", "k,total,rank\nx,1,1\n", &by_default},
        {"k,a\nx,１２.５\ny,1234567890\nz,0.000000001\n",
         "k,total,rank\ny,1234567890.000000000,1\nx,12.500000000,2\nz,0.000000001,3\n",
         &by_default},
        {"k,a,b\nx,9000000000,900000000\n", "k,total,rank\n!cell-range 2:3 b\n", &by_default},
        {"k,a\nx,1.2.3\ny,--1\nz,.\nw,-\n",
         "k,total,rank\n!cell-number 2:2 a\n!cell-number 3:2 a\n!cell-number 4:2 a\n"
         "!cell-number 5:2 a\n",
         &by_default},
        // What looks like the row before it, but is not.
        {"k,a\na,1\nb,-\nc,2\nd,--2\ne,-3\n",
         "k,total,rank\nc,2,1\na,1,2\ne,-3,3\n!cell-number 3:2 a\n!cell-number 5:2 a\n",
         &by_default},
        {"k,a\na,1.5\nb,.5\nc,-.5\nd,5.\ne,1:5\nf,15\n",
         "k,total,rank\nf,15.0,1\na,1.5,2\nb,0.5,3\nc,-0.5,4\n!cell-number 5:2 a\n"
         "!cell-number 6:2 a\n",
         &by_default},
        {"k,a,b\na,1.25,\nb,1.25,/\nc,,1.25\nd,1.25\ne,1.25,1.250\n",
         "k,total,rank\ne,2.500,1\na,1.250,2\nb,1.250,2\nc,1.250,2\nd,1.250,2\n", &by_default},
        {"k,a\na,12345.67\nb,123456.78\nc,-12345.6\nd,-1234.56\ne,-123456.78\n",
         "k,total,rank\nb,123456.78,1\na,12345.67,2\nd,-1234.56,3\nc,-12345.60,4\n"
         "e,-123456.78,5\n",
         &by_default},
        {"k,a\na,0.12345678\nb,0.123456789\nc,.1234567\nd,0.1234567890\n",
         "k,total,rank\nb,0.123456789,1\na,0.123456780,2\nc,0.123456700,3\n"
         "!cell-number 5:2 a\n",
         &by_default},
        {"k,a\na,\"1.50\"\nb,1.50\nc,\"1\"\"5\"\nd,\" 1.50 \"\n",
         "k,total,rank\na,1.50,1\nb,1.50,1\nd,1.50,1\n!cell-number 4:2 a\n", &by_default},
        // Sums that overflow on the way are refused where they do, and only there.
        {"k,a,b,c\nx,9000000000,900000000,-900000000\ny,9000000000,-900000000,900000000\n",
         "k,total,rank\ny,9000000000,1\n!cell-range 2:3 b\n", &by_default},
        {"k,a\nx,9223372036.854775807\ny,-9223372036.854775808\nz,9223372036.854775808\n",
         "k,total,rank\nx,9223372036.854775807,1\ny,-9223372036.854775808,2\n"
         "!cell-number 4:2 a\n",
         &by_default},
        // Keys by their bytes, whatever is at their ends; of equal ones, by their place.
        {"k,a\n  b ,1\n\xE3\x80\x80"
         "a\xC2\xA0,1\n\" c\",1\naa,1\n",
         "k,total,rank\na,1,1\naa,1,1\nb,1,1\nc,1,1\n", &by_default},
        {"2024年3月得分表\n\n,,\n填报单位：柯桥区,,\nk,a,b\nx,1,2\ny,1,3\n",
         "k,total,rank\ny,4,1\nx,3,2\n", &by_default},
        {"k\nx\n", "the table has no column to add up", &by_default},
        {"", "the table has no header row", &by_default},
        {"k,a\nx,1\n\"y", "a quoted cell is never closed", &by_default},
    };
    char out[4096];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rank_text(out, sizeof out, cases[i].text, cases[i].options);
        assert_string_equal(out, cases[i].expected);
    }
}

static void test_values(void **state) {
    uint64_t seed = 7;
    (void)state;
    for (int round = 0; round < 50; round++) {
        int64_t values[ROWS];
        int64_t ranks[ROWS];
        int64_t order[ROWS];
        const int count = pick(&seed, ROWS);
        const int wide = round % 2;
        for (int i = 0; i < count; i++) {
            values[i] = wide ? (int64_t)next_random(&seed) : pick(&seed, 40) - 20;
        }
        const int ascending = round % 3 == 0;
        assert_int_equal(gridgov_rank_values(ranks, order, values, count, ascending, NULL),
                         GRIDGOV_OK);
        for (int i = 0; i < count; i++) {
            int64_t better = 0;
            for (int k = 0; k < count; k++) {
                better += ascending ? values[k] < values[i] : values[k] > values[i];
            }
            assert_int_equal(ranks[i], better + 1);
            assert_true(i == 0 || ranks[order[i]] > ranks[order[i - 1]] ||
                        (ranks[order[i]] == ranks[order[i - 1]] && order[i] > order[i - 1]));
        }
    }
    assert_int_equal(gridgov_rank_values(NULL, NULL, NULL, 0, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rank_values(NULL, NULL, NULL, 1, 0, NULL), GRIDGOV_EARG);
}

/* A random table and, by brute force, what must come out. Totals are in hundredths. */
typedef struct table_row {
    char key[24];
    int64_t total;
    int place;
} table_row;

static int by_rank(const void *left, const void *right) {
    const table_row *a = left;
    const table_row *b = right;
    if (a->total != b->total) {
        return a->total < b->total ? 1 : -1;
    }
    const int order = strcmp(a->key, b->key);
    return order != 0 ? order : a->place - b->place;
}

static size_t make_table(char *text, table_row *rows, int count, uint64_t *seed) {
    size_t size = (size_t)sprintf(text, "key,v1,v2,v3\n0,0.00,,\n");
    rows[0] = (table_row){"0", 0, 0};
    for (int i = 1; i < count; i++) {
        table_row *row = &rows[i];
        row->total = 0;
        row->place = i;
        snprintf(row->key, sizeof row->key, "%s%d", pick(seed, 2) ? "330604001" : "甲",
                 pick(seed, 1000));
        size += (size_t)sprintf(text + size, pick(seed, 9) ? "%s" : "\"%s\"", row->key);
        for (int c = 0; c < 3; c++) {
            const int value = pick(seed, 2001) - 1000;
            const int quoted = pick(seed, 9) == 0;
            row->total += value;
            size += (size_t)sprintf(text + size, quoted ? ",\"%s%d.%02d\"" : ",%s%d.%02d",
                                    value < 0 ? "-" : "", abs(value) / 100, abs(value) % 100);
        }
        size += (size_t)sprintf(text + size, pick(seed, 5) ? "\n" : "\r\n");
    }
    return size;
}

static void test_random_tables(void **state) {
    static char text[ROWS * 100], expected[ROWS * 64], out[ROWS * 64];
    static table_row rows[ROWS];
    uint64_t seed = UINT64_C(0xABCDEF);
    (void)state;
    for (int round = 0; round < 40; round++) {
        const int count = 1 + pick(&seed, ROWS - 1);
        int rank = 1;
        make_table(text, rows, count, &seed);
        qsort(rows, (size_t)count, sizeof rows[0], by_rank);
        size_t used = (size_t)sprintf(expected, "key,total,rank\n");
        for (int i = 0; i < count; i++) {
            const int64_t total = rows[i].total;
            rank = i > 0 && rows[i - 1].total == total ? rank : i + 1;
            used += (size_t)sprintf(expected + used, "%s,%s%d.%02d,%d\n", rows[i].key,
                                    total < 0 ? "-" : "", (int)(llabs(total) / 100),
                                    (int)(llabs(total) % 100), rank);
        }
        for (int way = 0; way < 4; way++) {
            gridgov_rank_options options;
            gridgov_rank_options_init(&options, sizeof options);
            options.workers = 1 + way % 3;
            options.portable = way == 3;
            rank_text(out, sizeof out, text, &options);
            assert_string_equal(out, expected);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_random_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
