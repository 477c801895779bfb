/* SPDX-License-Identifier: Apache-2.0 */
/* Every kind of the loops of base/simd.h against readers that go byte by byte and know nothing of
 * masks, on random and on hostile bytes, at every alignment and every length. */
#include "base/simd.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROUNDS 20000
#define SIZE_MOST 1000

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

/* Well-formed UTF-8 by decoding: the shortest form of a scalar value. Bytes of the first bad one,
 * or size. */
static size_t naive_utf8(const unsigned char *bytes, size_t size) {
    size_t at = 0;
    while (at < size) {
        const unsigned lead = bytes[at];
        const size_t length = lead < 0x80   ? 1
                              : lead < 0xC0 ? 0
                              : lead < 0xE0 ? 2
                              : lead < 0xF0 ? 3
                              : lead < 0xF8 ? 4
                                            : 0;
        uint32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        if (length == 0 || size - at < length) {
            return at;
        }
        for (size_t i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return at;
            }
            point = point << 6 | (bytes[at + i] & 0x3F);
        }
        if ((length == 2 && point < 0x80) || (length == 3 && point < 0x800) ||
            (length == 4 && point < 0x10000) || point > 0x10FFFF ||
            (point >= 0xD800 && point <= 0xDFFF)) {
            return at;
        }
        at += length;
    }
    return at;
}

/* Characters at the edges of every rule, and then perhaps one byte changed. */
static size_t make_utf8(char *text, size_t most, uint64_t *seed) {
    static const uint32_t points[] = {0x1,     'a',      0x7F,   0x80,   0x7FF,  0x800,
                                      0xFFF,   0x1000,   0xD7FF, 0xE000, 0xFFFF, 0x4E00,
                                      0x10000, 0x10FFFF, 0x9FA5, 0};
    const int plain = pick(seed, 3) == 0;
    size_t size = 0;
    while (size + 4 <= most) {
        const uint32_t point = plain ? 'a' : points[pick(seed, pick(seed, 20) == 0 ? 16 : 15)];
        size += gg_utf8_put(text + size, point);
    }
    if (size > 0 && pick(seed, 2) == 0) {
        text[pick(seed, size)] = (char)next_random(seed);
    }
    return size > 0 ? size - pick(seed, 4) % size : 0;
}

static void check_utf8(const gg_simd *simd, const char *text, size_t size) {
    int nul = 0;
    const size_t naive = naive_utf8((const unsigned char *)text, size);
    const size_t good = simd->utf8(&nul, text, size);
    assert_true(good <= naive);
    assert_int_equal(naive_utf8((const unsigned char *)text, good), good);
    assert_int_equal(nul, good > 0 && memchr(text, 0, good) != NULL);
    if (naive == size) { // all but a rest must be found good at once, or it would be slow
        assert_true(size - good < 64 + 4);
    }
}

static void test_utf8(void **state) {
    uint64_t seed = UINT64_C(0x20240301);
    char room[SIZE_MOST + 64];
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char *text = room + pick(&seed, 64);
        const size_t size = make_utf8(text, pick(&seed, SIZE_MOST), &seed);
        for (size_t i = 0; gg_simd_at(i) != NULL; i++) {
            check_utf8(gg_simd_at(i), text, size);
        }
        assert_int_equal(gg_utf8_valid(text, size), naive_utf8((const unsigned char *)text, size));
    }
}

/* Every sequence of four bytes in which something may be wrong, at the seams of the blocks. */
static void test_utf8_sequences(void **state) {
    static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                          0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
                                          0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF};
    const size_t count = sizeof edges;
    char text[192];
    (void)state;
    memset(text, 'a', sizeof text);
    for (size_t n = 0; n < count * count * count * count; n++) {
        const size_t place = 61 + n % 7;
        const unsigned char bytes[4] = {edges[n % count], edges[n / count % count],
                                        edges[n / count / count % count],
                                        edges[n / count / count / count]};
        memcpy(text + place, bytes, 4);
        const size_t naive = naive_utf8((const unsigned char *)text, sizeof text);
        assert_int_equal(gg_utf8_valid(text, sizeof text), naive);
        for (size_t i = 1; gg_simd_at(i) != NULL; i++) {
            int nul = 0;
            const size_t good = gg_simd_at(i)->utf8(&nul, text, sizeof text);
            assert_int_equal(good == sizeof text, naive == sizeof text);
        }
        memset(text + place, 'a', 4);
    }
}

/* The cutter again, as a machine of states over single bytes. */
typedef struct naive_cut {
    uint32_t ends[SIZE_MOST], rows[SIZE_MOST];
    size_t end_count, row_count;
    int stray;   /* a quote inside a cell that does not begin with one */
    int refused; /* text behind a closing quote */
    int inside;
} naive_cut;

static void cut_naively(naive_cut *cut, const char *data, size_t size, char delimiter) {
    enum { BEGIN, PLAIN, QUOTED, CLOSED } now = BEGIN;
    memset(cut, 0, sizeof *cut);
    for (size_t i = 0; i < size; i++) {
        const char c = data[i];
        const int row = c == '\n' || c == '\r';
        if (now == QUOTED) {
            now = c == '"' ? CLOSED : QUOTED;
        } else if (c == '\n' && i > 0 && data[i - 1] == '\r' && now == BEGIN) {
            continue; // of CRLF; a CR inside quotes would not have led here
        } else if (c == delimiter || row) {
            cut->ends[cut->end_count++] = (uint32_t)i;
            if (row) {
                cut->rows[cut->row_count++] = (uint32_t)cut->end_count;
            }
            now = BEGIN;
        } else if (c == '"' && (now == BEGIN || now == CLOSED)) {
            now = QUOTED;
        } else if (now == CLOSED) {
            cut->refused = 1;
            return;
        } else {
            cut->stray |= c == '"';
            now = PLAIN;
        }
    }
    cut->inside = now == QUOTED;
}

static size_t make_csv(char *text, size_t most, char delimiter, uint64_t *seed) {
    static const char *const pieces[] = {",",    ",",          "\n", "\r",    "\r\n", "a",
                                         "甲乙", "12345678",   "\n", ",",     ";",    "\"x\"",
                                         "\"\"", "\"a\"\"b\"", "\"", "\"\n\""};
    const size_t kinds = pick(seed, 4) == 0 ? 16 : 12;
    const int long_cells = pick(seed, 2) == 0;
    size_t size = 0;
    for (;;) {
        const char *piece = pieces[long_cells && pick(seed, 3) ? 7 : pick(seed, kinds)];
        const size_t bytes = strlen(piece);
        // Quoted pieces stand between separators, so that most texts are in order.
        const int apart = piece[0] == '"' && bytes > 1;
        if (size + bytes + 2 > most) {
            return size;
        }
        if (apart && size > 0) {
            text[size++] = delimiter;
        }
        memcpy(text + size, piece, bytes);
        size += bytes;
        if (apart) {
            text[size++] = pick(seed, 2) ? delimiter : '\n';
        }
    }
}

static void check_cut(const gg_cut *got, const naive_cut *naive) {
    assert_int_equal(got->end_count, naive->end_count);
    assert_int_equal(got->row_count, naive->row_count);
    assert_memory_equal(got->ends, naive->ends, naive->end_count * sizeof *got->ends);
    assert_memory_equal(got->rows, naive->rows, naive->row_count * sizeof *got->rows);
    assert_int_equal(got->inside, naive->inside);
}

static void test_cut(void **state) {
    static uint32_t ends[SIZE_MOST + 64], rows[SIZE_MOST + 64];
    static naive_cut naive;
    uint64_t seed = UINT64_C(0x20210905);
    char room[SIZE_MOST + 64];
    int in_order = 0;
    int refused = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char *text = room + pick(&seed, 64);
        const char delimiter = pick(&seed, 3) ? ',' : ';';
        gg_cut cut = {.data = text, .delimiter = delimiter, .ends = ends, .rows = rows};
        cut.size = make_csv(text, pick(&seed, SIZE_MOST), delimiter, &seed);
        cut_naively(&naive, text, cut.size, delimiter);
        gg_cut_exactly(&cut);
        assert_int_equal(cut.bad != GG_CUT_NONE, naive.refused);
        check_cut(&cut, &naive);
        in_order += !naive.stray && !naive.refused;
        refused += naive.refused;
        for (size_t i = 0; gg_simd_at(i) != NULL; i++) {
            gg_simd_at(i)->cut(&cut);
            assert_int_equal(cut.bad != GG_CUT_NONE, naive.stray || naive.refused);
            if (cut.bad == GG_CUT_NONE) {
                check_cut(&cut, &naive);
            }
        }
    }
    print_message("%d texts, %d in order, %d refused\n", ROUNDS, in_order, refused);
    assert_true(in_order > ROUNDS / 4 && refused > ROUNDS / 100);
}

static void test_compare(void **state) {
    uint64_t seed = 5;
    (void)state;
    for (int round = 0; round < 2000; round++) {
        int64_t a[70], b[70];
        int64_t limits[3];
        const size_t count = pick(&seed, 70);
        for (size_t i = 0; i < count; i++) {
            a[i] = pick(&seed, 5) == 0 ? INT64_MIN : (int64_t)pick(&seed, 20) - 10;
            b[i] = pick(&seed, 5) == 0 ? INT64_MIN : (int64_t)next_random(&seed);
            b[i] = pick(&seed, 2) ? a[i] : b[i];
        }
        for (size_t i = 0; i < 3; i++) {
            limits[i] = pick(&seed, 4) == 0 ? INT64_MAX : (int64_t)pick(&seed, 20) - 10;
        }
        for (size_t k = 0; gg_simd_at(k) != NULL; k++) {
            uint64_t out[70] = {0};
            gg_simd_at(k)->reached(out, a, limits, INT64_MIN, count, 7);
            gg_simd_at(k)->order(out, a, b, count, 20);
            for (size_t i = 0; i < count; i++) {
                uint64_t reached = a[i] != INT64_MIN;
                for (size_t n = 0; n < 3; n++) {
                    reached += a[i] >= limits[n];
                }
                assert_int_equal(out[i] >> 7 & 7, reached);
                assert_int_equal(out[i] >> 20, a[i] < b[i] ? 1 : a[i] > b[i] ? 2 : 3);
                assert_int_equal(out[i] & 0x7F, 0);
            }
        }
    }
}

/* Add the digits of a cell, the last one into the highest byte; 0 if it is no such number. */
static int add_naively(uint64_t *sum, uint64_t *negative, const char *cell, size_t size,
                       int decimals) {
    const int minus = size > 0 && cell[0] == '-';
    uint64_t bytes = 0;
    int place = 7;
    if (size > 8 || size - (size_t)minus <= (size_t)decimals) {
        return 0;
    }
    for (size_t i = size; i > (size_t)minus; i--) {
        if (decimals > 0 && size - i == (size_t)decimals) {
            if (cell[i - 1] != '.') {
                return 0;
            }
            continue;
        }
        if (cell[i - 1] < '0' || cell[i - 1] > '9') {
            return 0;
        }
        bytes += (uint64_t)(cell[i - 1] - '0') << 8 * place--;
    }
    *sum += bytes;
    *negative += minus ? bytes : 0;
    return 1;
}

/* A cell that is such a number, or nearly one. */
static size_t make_cell(char *out, int decimals, uint64_t *seed) {
    static const char others[] = "-.+,/:09 \xFF\x80\x7F\"";
    size_t size = pick(seed, 40) == 0 ? pick(seed, 30) : (size_t)decimals + 1 + pick(seed, 3);
    for (size_t i = 0; i < size; i++) {
        out[i] = (char)('0' + pick(seed, 10));
    }
    if (decimals > 0 && size > (size_t)decimals) {
        out[size - 1 - (size_t)decimals] = '.';
    }
    if (size > 0 && pick(seed, 4) == 0) {
        out[0] = '-';
    }
    if (size > 0 && pick(seed, 60) == 0) {
        out[pick(seed, size)] = others[pick(seed, sizeof others - 1)];
    }
    return size;
}

static void test_digits(void **state) {
    uint64_t seed = UINT64_C(0xD161750000000001);
    int taken = 0;
    (void)state;
    for (int round = 0; round < 4 * ROUNDS; round++) {
        const int decimals = (int)pick(&seed, 8);
        const size_t count = 1 + pick(&seed, GG_DIGITS_CELLS);
        const size_t start = pick(&seed, 70);
        const int quotes = pick(&seed, 3) == 0;
        uint32_t ends[GG_DIGITS_CELLS];
        uint64_t sum = 0;
        uint64_t negative = 0;
        size_t size = start;
        int good = 1;
        char cells[SIZE_MOST];
        for (size_t i = 0; i < count; i++) {
            const int open = quotes && pick(&seed, 200) != 0;
            cells[size] = open ? '"' : '5';
            size += (size_t)quotes;
            const size_t cell = make_cell(cells + size, decimals, &seed);
            good &= add_naively(&sum, &negative, cells + size, cell, decimals) && open == quotes;
            size += cell;
            cells[size] = '"';
            size += (size_t)quotes;
            ends[i] = (uint32_t)size;
            cells[size++] = ',';
        }
        // Nothing behind the 64 bytes that follow the last cell may be read.
        char *text = malloc(ends[count - 1] + 64U);
        memset(text, pick(&seed, 2) ? '.' : '5', ends[count - 1] + 64U);
        memcpy(text, cells, ends[count - 1]);
        for (size_t i = 0; gg_simd_at(i) != NULL; i++) {
            gg_digits digits = {0};
            assert_int_equal(
                gg_simd_at(i)->digits(&digits, text, start, ends, count, decimals, quotes), good);
            if (good) {
                assert_int_equal(digits.sum, sum);
                assert_int_equal(digits.negative, negative);
            }
        }
        taken += good;
        free(text);
    }
    assert_in_range(taken, ROUNDS / 2, 3 * ROUNDS);
}

/* The day and the clock of a stamp, byte by byte. */
static int32_t stamp_naively(const char *text) {
    static const char form[] = "dd dd:dd:dd";
    int32_t pairs[4] = {0};
    size_t digits = 0;
    for (size_t i = 0; i < sizeof form - 1; i++) {
        const char byte = text[8 + i];
        if (form[i] == 'd') {
            if (byte < '0' || byte > '9') {
                return -1;
            }
            pairs[digits / 2] = pairs[digits / 2] * 10 + (byte - '0');
            digits++;
        } else if (byte != form[i] && !(form[i] == ' ' && byte == 'T')) {
            return -1;
        }
    }
    if (pairs[0] < 1 || pairs[0] > 31 || pairs[1] > 23 || pairs[2] > 59 || pairs[3] > 59) {
        return -1;
    }
    return ((pairs[0] * 24 + pairs[1]) * 60 + pairs[2]) * 60 + pairs[3];
}

/* Every byte at every place of a stamp, all pairs of digits, and any number of stamps at once. */
static void test_stamps(void **state) {
    enum { MOST = 40, ROOM = 32 };
    uint64_t seed = 6;
    int good = 0;
    (void)state;
    for (int round = 0; round < 40000; round++) {
        char data[MOST * ROOM];
        uint32_t from[MOST];
        int32_t wanted[MOST];
        const size_t count = pick(&seed, MOST + 1);
        for (size_t i = 0; i < count; i++) {
            char *text = data + i * ROOM;
            char stamp[ROOM];
            (void)snprintf(stamp, sizeof stamp, "2021-09-%02d%c%02d:%02d:%02d,,,,,,,,,,,,",
                           (int)pick(&seed, 35), "T "[pick(&seed, 2)], (int)pick(&seed, 26),
                           (int)pick(&seed, 62), (int)pick(&seed, 62));
            memcpy(text, stamp, ROOM);
            if (pick(&seed, 2) == 0) {
                text[8 + pick(&seed, 11)] = (char)pick(&seed, 256);
            }
            from[i] = (uint32_t)(i * ROOM);
            wanted[i] = stamp_naively(text);
            good += wanted[i] >= 0;
        }
        for (size_t k = 0; gg_simd_at(k) != NULL; k++) {
            int32_t out[MOST];
            gg_simd_at(k)->stamps(out, data, from, count);
            assert_memory_equal(out, wanted, count * sizeof out[0]);
        }
    }
    print_message("%d good stamps\n", good);
    assert_true(good > 100000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8),   cmocka_unit_test(test_utf8_sequences),
        cmocka_unit_test(test_cut),    cmocka_unit_test(test_compare),
        cmocka_unit_test(test_digits), cmocka_unit_test(test_stamps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
