/* SPDX-License-Identifier: Apache-2.0 */
/* Number formats (ECMA-376 part 1, 18.8.30 and 18.8.31). Of a code the first section counts, and of
 * it the letters that stand outside quotes, escapes and brackets: y, d and e (the year of an era)
 * make a date, h and s a time, m a month or, beside h or s, minutes; [h], [m] and [s] a duration.
 * An E before a sign is an exponent; aaa is the day of the week, bb a year. Colours and locales in
 * brackets say nothing. A code of zeros alone, two or more, is that of a number which is a code. */
#include "number_format.h"

#include <string.h>

#define DECIMALS_MAX 30

gg_number_format gg_number_format_builtin(int64_t id) {
    static const struct {
        int16_t first, last, kind, decimals;
    } known[] = {
        {1, 1, GG_FORMAT_FIXED, 0},      {2, 2, GG_FORMAT_FIXED, 2},
        {3, 3, GG_FORMAT_FIXED, 0},      {4, 4, GG_FORMAT_FIXED, 2},
        {5, 6, GG_FORMAT_FIXED, 0},      {7, 8, GG_FORMAT_FIXED, 2},
        {9, 9, GG_FORMAT_PERCENT, 0},    {10, 10, GG_FORMAT_PERCENT, 2},
        {14, 17, GG_FORMAT_DATE, 0},     {18, 21, GG_FORMAT_TIME, 0},
        {22, 22, GG_FORMAT_DATETIME, 0}, {27, 31, GG_FORMAT_DATE, 0},
        {32, 35, GG_FORMAT_TIME, 0},     {36, 36, GG_FORMAT_DATE, 0},
        {37, 38, GG_FORMAT_FIXED, 0},    {39, 40, GG_FORMAT_FIXED, 2},
        {45, 45, GG_FORMAT_TIME, 0},     {46, 46, GG_FORMAT_DURATION, 0},
        {47, 47, GG_FORMAT_TIME, 0},     {50, 54, GG_FORMAT_DATE, 0},
        {55, 56, GG_FORMAT_TIME, 0},     {57, 58, GG_FORMAT_DATE, 0},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (id >= known[i].first && id <= known[i].last) {
            return (gg_number_format){known[i].kind, known[i].decimals};
        }
    }
    return (gg_number_format){GG_FORMAT_GENERAL, 0};
}

/* What was seen in a code. */
typedef struct signs {
    int date, time, month, elapsed, percent, digits, behind, decimals;
    int zeros, other; /* places of the digits: 0, and any other or an exponent */
} signs;

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Past a bracket; [h], [mm] and [ss] make a duration. */
static size_t read_bracket(signs *seen, gg_str code, size_t at) {
    const char *close = memchr(code.data + at, ']', code.size - at);
    size_t end = close != NULL ? (size_t)(close - code.data) : code.size;
    int elapsed = end > at;
    for (size_t i = at; i < end; i++) {
        char c = lower(code.data[i]);
        elapsed &= (c == 'h' || c == 'm' || c == 's') && c == lower(code.data[at]);
    }
    seen->elapsed |= elapsed;
    return end < code.size ? end + 1 : end;
}

/* A run of a, the day of the week, or of b, a year; AM/PM and A/P say nothing new beside an hour.
 */
static size_t read_run(signs *seen, gg_str code, size_t at) {
    static const char *const halves[] = {"AM/PM", "A/P"};
    gg_str rest = gg_str_make(code.data + at, code.size - at);
    size_t size = 1;
    for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
        size_t length = strlen(halves[i]);
        if (rest.size >= length &&
            gg_str_equal_nocase(gg_str_make(rest.data, length), gg_str_of(halves[i]))) {
            return length;
        }
    }
    while (size < rest.size && lower(rest.data[size]) == lower(rest.data[0])) {
        size++;
    }
    seen->date |= size > (lower(rest.data[0]) == 'a' ? 2 : 1);
    return size;
}

/* One character outside quotes and brackets; returns how many were read. */
static size_t read_letter(signs *seen, gg_str code, size_t at) {
    char c = lower(code.data[at]);
    char next = at + 1 < code.size ? code.data[at + 1] : '\0';
    switch (c) {
    case 'e':
        seen->date |= next != '+' && next != '-';
        seen->other = 1;
        return next == '+' || next == '-' ? 2 : 1;
    case 'a':
    case 'b':
        return read_run(seen, code, at);
    case 'y':
    case 'd':
        seen->date = 1;
        return 1;
    case 'h':
    case 's':
        seen->time = 1;
        return 1;
    case 'm':
        seen->month = 1;
        return 1;
    case '%':
        seen->percent = 1;
        return 1;
    case '.':
        seen->behind = 1;
        return 1;
    case '0':
    case '#':
    case '?':
        seen->digits = 1;
        seen->zeros += c == '0' && seen->zeros < DECIMALS_MAX;
        seen->other |= c != '0';
        seen->decimals += seen->behind && seen->decimals < DECIMALS_MAX;
        return 1;
    default:
        return 1;
    }
}

static void read_code(signs *seen, gg_str code) {
    size_t at = 0;
    while (at < code.size && code.data[at] != ';') {
        char c = code.data[at];
        if (c == '"') {
            const char *close = memchr(code.data + at + 1, '"', code.size - at - 1);
            at = close != NULL ? (size_t)(close - code.data) + 1 : code.size;
        } else if (c == '\\' || c == '_' || c == '*') {
            at += 2;
        } else if (c == '[') {
            at = read_bracket(seen, code, at + 1);
        } else {
            at += read_letter(seen, code, at);
        }
    }
}

gg_number_format gg_number_format_of(gg_str code) {
    static const char general[] = "general";
    signs seen = {0};
    gg_number_format format = {GG_FORMAT_GENERAL, 0};
    if (gg_str_equal_nocase(gg_str_make(code.data, code.size < 7 ? code.size : 7),
                            gg_str_of(general)) ||
        (code.size > 0 && code.data[0] == '@') ||
        (code.size > 2 && memcmp(code.data, "G/", 2) == 0)) {
        return format;
    }
    read_code(&seen, code);
    if (seen.elapsed) {
        format.kind = GG_FORMAT_DURATION;
    } else if (seen.date && seen.time) {
        format.kind = GG_FORMAT_DATETIME;
    } else if (seen.date || (seen.month && !seen.time)) {
        format.kind = GG_FORMAT_DATE;
    } else if (seen.time) {
        format.kind = GG_FORMAT_TIME;
    } else if (seen.zeros > 1 && !seen.other && !seen.behind && !seen.percent) {
        format.kind = GG_FORMAT_ZEROS;
        format.decimals = (int16_t)seen.zeros;
    } else if (seen.digits) {
        format.kind = seen.percent          ? GG_FORMAT_PERCENT
                      : code.data[0] == '+' ? GG_FORMAT_SIGNED
                                            : GG_FORMAT_FIXED;
        format.decimals = (int16_t)seen.decimals;
    }
    return format;
}
