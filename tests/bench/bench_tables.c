/* SPDX-License-Identifier: Apache-2.0 */
/* Tables for benchmarks, the same for the same seed. bench_tables cases|scores ROWS [SEED]
 * cases: a month of finished cases of 65,000 grids, 13 categories and 17 agencies, two of a hundred
 * with a quoted description (commas, doubled quotes, line breaks). scores: ten indicators and a
 * bonus, two decimals, for each grid. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GRIDS 65000
#define AGENCIES 17
#define MONTH_SECONDS (31 * 86400)
#define ROOM 8192

static const char *const categories[] = {"城市管理", "矛盾纠纷", "其他",     "食药安全", "消防安全",
                                         "治安隐患", "生态环境", "交通安全", "工商监管", "疫情防控",
                                         "农林水利", "自然灾害", "治危拆违"};

/* xorshift64*. */
static uint64_t state;

static uint64_t next_random(void) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * UINT64_C(2685821657736338717);
}

static uint32_t pick(uint32_t count) {
    return (uint32_t)(((next_random() >> 32) * count) >> 32);
}

static char *put_digits(char *at, uint64_t value, int width) {
    for (int i = width - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return at + width;
}

static char *put_text(char *at, const char *text) {
    const size_t size = strlen(text);
    memcpy(at, text, size);
    return at + size;
}

/* A moment of 2024, seconds from the first of March on. */
static char *put_time(char *at, uint32_t second) {
    static const uint32_t days[] = {31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t day = second / 86400;
    uint32_t month = 0;
    while (month < 9 && day >= days[month]) {
        day -= days[month++];
    }
    at = put_text(at, "2024-");
    at = put_digits(at, month + 3, 2);
    *at++ = '-';
    at = put_digits(at, day + 1, 2);
    *at++ = 'T';
    at = put_digits(at, second / 3600 % 24, 2);
    *at++ = ':';
    at = put_digits(at, second / 60 % 60, 2);
    *at++ = ':';
    return put_digits(at, second % 60, 2);
}

static char *put_character(char *at) {
    const uint32_t point = 0x4E00 + pick(0x51A0);
    *at++ = (char)(0xE0 | point >> 12);
    *at++ = (char)(0x80 | (point >> 6 & 0x3F));
    *at++ = (char)(0x80 | (point & 0x3F));
    return at;
}

static char *put_description(char *at) {
    static const char *const odd[] = {",", "\"\"", "\n", ","};
    const int quoted = pick(50) == 0;
    const uint32_t length = 20 + pick(20);
    if (quoted) {
        *at++ = '"';
    }
    for (uint32_t i = 0; i < length; i++) {
        at = put_character(at);
        if (quoted && i == length / 2) {
            at = put_text(at, odd[pick(4)]);
        }
    }
    if (quoted) {
        *at++ = '"';
    }
    return at;
}

static char *put_grid(char *at, uint32_t grid) {
    at = put_digits(at, 330100 + grid / 6500 * 100 + grid / 650 % 10, 6);
    at = put_digits(at, grid / 65 % 10 + 1, 3);
    at = put_digits(at, grid / 5 % 13 + 201, 3);
    return put_digits(at, grid % 5 + 1, 3);
}

static char *put_case(char *at, uint64_t number, uint64_t rows) {
    static const uint32_t weights[] = {28, 47, 64, 75, 85, 93, 97, 98, 99, 100, 101, 102, 103};
    const uint32_t reported = (uint32_t)(number * (MONTH_SECONDS - 1) / rows);
    const uint32_t accepted = reported + 60 + pick(7000);
    const uint32_t dispatched = accepted + 60 + pick(14000);
    const uint32_t closed = dispatched + 60 + pick(3) * 86400 + pick(200000);
    const uint32_t grid =
        pick(2) ? pick(GRIDS) : (uint32_t)((uint64_t)pick(GRIDS) * pick(GRIDS) / GRIDS);
    const int has_agency = pick(8) == 0;
    const uint32_t share = pick(103);
    int category = 0;
    while (weights[category] <= share) {
        category++;
    }
    at = put_text(at, "SJ");
    at = put_digits(at, number, 13);
    *at++ = ',';
    at = put_grid(at, grid);
    *at++ = ',';
    at = put_text(at, categories[category]);
    *at++ = ',';
    at = put_time(at, reported);
    *at++ = ',';
    at = pick(25) == 0 ? at : put_time(at, accepted);
    *at++ = ',';
    at = has_agency ? put_time(at, dispatched) : at;
    *at++ = ',';
    at = pick(14) == 0 ? at : put_time(at, closed);
    *at++ = ',';
    if (has_agency) {
        at = put_text(at, "AG");
        at = put_digits(at, 1 + pick(AGENCIES), 2);
    }
    *at++ = ',';
    *at++ = pick(33) == 0 ? '0' : '1';
    *at++ = ',';
    at = put_description(at);
    *at++ = '\n';
    return at;
}

static char *put_score(char *at, uint64_t number, uint64_t rows) {
    (void)rows;
    at = put_digits(at, UINT64_C(330101000000000) + number * 3, 15);
    for (int i = 0; i < 11; i++) {
        const uint32_t value = pick(1001);
        const int bonus = i == 10;
        const uint32_t size = bonus ? (value > 500 ? value - 500 : 500 - value) : value;
        *at++ = ',';
        at = bonus && value < 500 ? put_text(at, "-") : at;
        at = size >= 1000 ? put_text(at, "1") : at;
        at = put_digits(at, size / 100 % 10, 1);
        *at++ = '.';
        at = put_digits(at, size % 100, 2);
    }
    *at++ = '\n';
    return at;
}

int main(int argc, char **argv) {
    static char text[1 << 20];
    const int cases = argc > 1 && strcmp(argv[1], "cases") == 0;
    const uint64_t rows = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    char *at = text;
    if (argc < 3 || (!cases && strcmp(argv[1], "scores") != 0)) {
        fputs("usage: bench_tables cases|scores ROWS [SEED]\n", stderr);
        return 2;
    }
    state = argc > 3 ? strtoull(argv[3], NULL, 10) | 1 : 20240301;
    at = put_text(at, cases ? "event_id,grid_code,category,reported_at,accepted_at,dispatched_at,"
                              "closed_at,agency_id,valid,description\n"
                            : "grid_code,i1,i2,i3,i4,i5,i6,i7,i8,i9,i10,bonus\n");
    for (uint64_t i = 0; i < rows; i++) {
        at = cases ? put_case(at, i, rows) : put_score(at, i, rows);
        if (at > text + sizeof text - ROOM) {
            fwrite(text, 1, (size_t)(at - text), stdout);
            at = text;
        }
    }
    fwrite(text, 1, (size_t)(at - text), stdout);
    return fflush(stdout) != 0;
}
