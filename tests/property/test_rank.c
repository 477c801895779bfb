/* SPDX-License-Identifier: Apache-2.0 */
/* Random tables against a ranking that knows the value of every cell before it writes it: numbers
 * of every form, alike in a table and not, keys that rise and keys that do not, long ones and short
 * ones, any column, quotes, blanks, rows to be left out. Every table is ranked by one, two and
 * three workers, with and without vectors, into memory and into a file; all give the bytes
 * expected. The generator is seeded, so a failure repeats. */
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

enum { TABLES = 80, COLUMNS_MOST = 70, KEY_ROOM = 320 };

static uint64_t seed = UINT64_C(0x9E3779B97F4A7C15);

static int pick(int count) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int)((seed * UINT64_C(2685821657736338717) >> 33) % (uint64_t)count);
}

/* What the rows of a table are like. */
typedef struct shape {
    int rows, columns, key_column;
    int decimals; /* of all numbers; −1: any */
    int64_t most; /* mantissa of a number */
    int odd;      /* one cell in so many is written in another way; 0: none */
    int key_kind;
    int spread; /* different keys */
    int quoted; /* one cell in so many is quoted; 0: none */
    int bad;    /* one row in so many is to be left out; 0: none */
    int ascending;
    const char *eol;
} shape;

typedef struct ranked_row {
    char *key;
    int64_t total; /* 10^-9 */
    int place;
} ranked_row;

static int ascending;

static int by_rank(const void *left, const void *right) {
    const ranked_row *a = left;
    const ranked_row *b = right;
    if (a->total != b->total) {
        return (a->total < b->total) == ascending ? -1 : 1;
    }
    const int order = strcmp(a->key, b->key);
    return order != 0 ? order : a->place - b->place;
}

static int64_t power(int exponent) {
    int64_t value = 1;
    while (exponent-- > 0) {
        value *= 10;
    }
    return value;
}

/* A number that is written with point and sign, but nothing else. */
static void write_number(char *out, int64_t mantissa, int decimals) {
    const int64_t size = mantissa < 0 ? -mantissa : mantissa;
    out += sprintf(out, "%s%lld", mantissa < 0 ? "-" : "", (long long)(size / power(decimals)));
    if (decimals > 0) {
        *out++ = '.';
    }
    for (int i = decimals - 1; i >= 0; i--) {
        *out++ = (char)('0' + size / power(i) % 10);
    }
    *out = '\0';
}

/* The same number in a way that few tables write it. */
static void write_oddly(char *out, const char *plain) {
    switch (pick(4)) {
    case 0:
        sprintf(out, " %s\t", plain);
        break;
    case 1:
        sprintf(out, "%s%s", plain[0] == '-' ? "" : "+", plain);
        break;
    case 2:
        sprintf(out, "\xE3\x80\x80%s", plain); // an ideographic space
        break;
    default:
        for (const char *c = plain; *c != '\0'; c++) {
            if (*c >= '0' && *c <= '9') {
                out += sprintf(out, "\xEF\xBC%c", 0x90 + (*c - '0')); // full width
            } else {
                *out++ = *c;
            }
        }
        *out = '\0';
    }
}

/* A cell; its value in 10^-9. */
static int64_t make_number(char *out, int *decimals, const shape *s) {
    const int scale = s->decimals >= 0 ? s->decimals : pick(10);
    int64_t mantissa = (int64_t)(((uint64_t)pick(INT32_MAX) << 31 | (uint64_t)pick(INT32_MAX)) %
                                 (uint64_t)s->most);
    char plain[64];
    mantissa = pick(3) == 0 ? -mantissa : mantissa;
    *decimals = scale;
    write_number(plain, mantissa, scale);
    if (s->odd > 0 && pick(s->odd) == 0) {
        const int kind = pick(8);
        if (kind < 2) { // nothing is written
            strcpy(out, kind == 0 ? "" : "/");
            *decimals = 0;
            return 0;
        }
        if (kind == 2 && plain[0] == '0' && plain[1] == '.') {
            strcpy(out, plain + 1);
        } else if (kind == 3) {
            sprintf(out, "%s000%s", mantissa < 0 ? "-" : "", plain + (mantissa < 0));
        } else {
            write_oddly(out, plain);
        }
    } else {
        strcpy(out, plain);
    }
    return mantissa * power(9 - scale);
}

static void make_key(char *out, const shape *s, int row) {
    static const char *const towns[] = {"浙江省绍兴市柯桥区柯岩街道", "浙江省绍兴市柯桥区华舍街道",
                                        "浙江省绍兴市越城区"};
    const int number = pick(s->spread);
    switch (s->key_kind) {
    case 0: // rising, one width
        sprintf(out, "3301010000%08d", row);
        break;
    case 1: // one width, any order
        sprintf(out, "3301%08d", number);
        break;
    case 2: // any width
        sprintf(out, "%d", number);
        break;
    case 3:
        sprintf(out, "%s第%d网格", towns[pick(3)], number);
        break;
    case 4: // alike for longer than any word
        memset(out, 'k', 200);
        sprintf(out + 200, "%d", number);
        break;
    case 5: // different in more bits than a word has
        for (int i = 0; i < 24; i++) {
            out[i] = (char)('!' + pick(90));
        }
        sprintf(out + 24, "%d", number % 3);
        break;
    case 6: // one begins with the other
        memset(out, 'a', (size_t)(1 + number % 300));
        out[1 + number % 300] = '\0';
        break;
    default: // quotes needed
        sprintf(out, "%d%c%d", number % 7, ",\"\n;"[pick(4)], number % 5);
        break;
    }
}

static char *put_cell(char *out, const char *text, int quoted) {
    if (!quoted && strpbrk(text, ",\"\r\n") == NULL) {
        return out + sprintf(out, "%s", text);
    }
    *out++ = '"';
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            *out++ = '"';
        }
        *out++ = *text;
    }
    *out++ = '"';
    return out;
}

/* Write a table; how many rows have a rank, and the finest number among them. */
static int make_table(char *out, ranked_row *rows, int *decimals, const shape *s) {
    int count = 0;
    *decimals = 0;
    for (int c = 0; c <= s->columns; c++) {
        out += sprintf(out, "%s%s%d", c > 0 ? "," : "", c == s->key_column ? "key" : "v", c);
    }
    out += sprintf(out, "%s", s->eol);
    for (int i = 0; i < s->rows; i++) {
        char key[KEY_ROOM];
        int64_t total = 0;
        int finest = 0;
        const int bad = s->bad > 0 && pick(s->bad) == 0 ? pick(s->columns + 1) : -1;
        make_key(key, s, i);
        for (int c = 0; c <= s->columns; c++) {
            char cell[128];
            int places = 0;
            if (c > 0) {
                *out++ = ',';
            }
            if (c == bad) {
                out += sprintf(out, "%s", c == s->key_column ? " " : "1.2.3");
            } else if (c == s->key_column) {
                out = put_cell(out, key, s->quoted > 0 && pick(s->quoted) == 0);
            } else {
                total += make_number(cell, &places, s);
                out = put_cell(out, cell, s->quoted > 0 && pick(s->quoted) == 0);
            }
            finest = places > finest ? places : finest;
        }
        out += sprintf(out, "%s", s->eol);
        // A row without a key has a total, and says how fine totals are.
        *decimals = (bad < 0 || bad == s->key_column) && finest > *decimals ? finest : *decimals;
        if (bad < 0) {
            rows[count] = (ranked_row){strdup(key), total, i};
            count++;
        }
    }
    *out = '\0';
    return count;
}

static void write_expected(char *out, ranked_row *rows, int count, int decimals, const shape *s) {
    int rank = 1;
    ascending = s->ascending;
    qsort(rows, (size_t)count, sizeof rows[0], by_rank);
    out += sprintf(out, "key%d,total,rank\n", s->key_column);
    for (int i = 0; i < count; i++) {
        char total[64];
        rank = i > 0 && rows[i].total == rows[i - 1].total ? rank : i + 1;
        write_number(total, rows[i].total / power(9 - decimals), decimals);
        out = put_cell(out, rows[i].key, 0);
        out += sprintf(out, ",%s,%d\n", total, rank);
    }
}

static shape make_shape(int table) {
    static const int64_t most[] = {1001, 100, 1000000, 100000000, INT64_C(10000000000)};
    shape s = {.columns = 1 + pick(4) * pick(5),
               .decimals = pick(4) == 0 ? -1 : pick(10),
               .odd = pick(2) * (1 + pick(400)),
               .key_kind = table % 8,
               .spread = pick(2) ? 20 : 1000000,
               .quoted = pick(2) ? pick(2) * (1 + pick(50)) : pick(2),
               .bad = pick(2) * (2 + pick(50)),
               .ascending = pick(2),
               .eol = pick(3) ? "\n" : "\r\n"};
    s.columns = table % 10 == 9 ? 29 + pick(COLUMNS_MOST - 29) : s.columns;
    s.key_column = pick(2) ? 0 : pick(s.columns + 1);
    s.most = most[pick(s.decimals > 5 ? 5 : 4)];
    // Totals must fit: 70 columns of 10^7 units at most.
    while (s.decimals >= 0 && s.most * power(9 - s.decimals) > INT64_C(100000000000000000)) {
        s.most /= 10;
    }
    s.most = s.decimals < 0 ? 1001 : s.most;
    s.rows = table % 24 == 0 ? 40000 : 1 + pick(pick(2) ? 30 : 3000);
    return s;
}

static void check(const char *path, const char *saved, const char *expected, const shape *s,
                  int way) {
    char key[16];
    gridgov_rank_options options;
    gridgov_ranking *ranking = NULL;
    gridgov_bytes *bytes = NULL;
    size_t size = 0;
    gridgov_rank_options_init(&options, sizeof options);
    sprintf(key, "key%d", s->key_column);
    options.key = s->key_column == 0 ? NULL : key;
    options.workers = 1 + way % 3;
    options.portable = way == 3;
    options.ascending = s->ascending;
    assert_int_equal(gridgov_ranking_load(&ranking, NULL, path, &options, NULL, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_ranking_bytes(&bytes, ranking, NULL, NULL), GRIDGOV_OK);
    assert_string_equal(gridgov_bytes_data(bytes, &size), expected);
    assert_int_equal(size, strlen(expected));
    assert_int_equal(gridgov_ranking_save(ranking, saved, NULL, NULL), GRIDGOV_OK);
    FILE *file = fopen(saved, "rb");
    char *text = malloc(size + 1);
    assert_non_null(file);
    assert_int_equal(fread(text, 1, size + 1, file), size);
    assert_memory_equal(text, expected, size);
    fclose(file);
    free(text);
    gridgov_bytes_free(bytes);
    gridgov_ranking_free(ranking);
}

static void test_tables(void **state) {
    char folder[] = "/tmp/gridgov-rank-XXXXXX";
    char path[64];
    char saved[64];
    (void)state;
    assert_non_null(mkdtemp(folder));
    sprintf(path, "%s/table.csv", folder);
    sprintf(saved, "%s/ranked.csv", folder);
    for (int table = 0; table < TABLES; table++) {
        const shape s = make_shape(table);
        const size_t room = ((size_t)s.rows + 1) * (KEY_ROOM + 48 * (size_t)(s.columns + 1));
        char *text = malloc(room);
        char *expected = malloc(((size_t)s.rows + 1) * (2 * KEY_ROOM + 64));
        ranked_row *rows = calloc((size_t)s.rows, sizeof *rows);
        int decimals = 0;
        const int count = make_table(text, rows, &decimals, &s);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
        fclose(file);
        write_expected(expected, rows, count, decimals, &s);
        for (int way = 0; way < 4; way++) {
            check(path, saved, expected, &s, way);
        }
        for (int i = 0; i < count; i++) {
            free(rows[i].key);
        }
        free(rows);
        free(expected);
        free(text);
    }
    unlink(path);
    unlink(saved);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
