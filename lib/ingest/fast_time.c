/* SPDX-License-Identifier: Apache-2.0 */
/* The nineteen bytes of a full stamp are read as three overlapping words: an exclusive or with the
 * expected punctuation leaves digits as 0–9 and punctuation as 0, one addition finds every byte
 * that is neither, and one multiplication joins tens and units. Anything else goes digit by digit.
 * Gregorian days by the count of leap days before the year (Calendrical Calculations, Reingold and
 * Dershowitz, 2.2), with the months from a table. */
#include "fast_time.h"

#include "base/word.h"

#include <stdint.h>

#define FULL_SIZE 19
#define SHORTEST 12  /* 2021-9-5 8:3 */
#define TAIL_MOST 24 /* bytes of a fraction and a zone */
#define TOPS UINT64_C(0x8080808080808080)
#define DAY_SECONDS 86400
/* 0001-01-01 lies so many days before 1970-01-01. */
#define EPOCH_DAYS 719162

static const int16_t days_before[2][13] = {
    {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334},
    {0, 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335},
};
static const int8_t month_days[2][13] = {
    {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31},
    {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31},
};

static int make_time(gridgov_time *out, uint32_t year, uint32_t month, uint32_t day,
                     uint32_t second) {
    const uint32_t before = year - 1;
    const int leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    if (year == 0 || month - 1 > 11 || day - 1 >= (uint32_t)month_days[leap][month]) {
        return 0;
    }
    const int64_t days = (int64_t)before * 365 + before / 4 - before / 100 + before / 400 +
                         days_before[leap][month] + (int64_t)day - 1 - EPOCH_DAYS;
    *out = days * DAY_SECONDS + second;
    return 1;
}

/* Two digits whose first is byte n of joined tens and units. */
static uint32_t pair(uint64_t joined, int n) {
    return (uint32_t)(joined >> 8 * n) & 0xFF;
}

/* dddd?dd?dd?dd:dd:dd with equal separators of the date. */
static int read_full(gridgov_time *out, const char *text) {
    const uint64_t stroke = (uint64_t)('-' ^ '/');
    const uint64_t slashes = text[4] == '/' ? stroke << 32 | stroke << 56 : 0;
    const uint64_t date = gg_word_at(text) ^ UINT64_C(0x2D30302D30303030) ^ slashes;
    const uint64_t clock = gg_word_at(text + 11) ^ UINT64_C(0x30303A30303A3030);
    const uint32_t tens = (uint32_t)(unsigned char)text[8] - '0';
    const uint32_t units = (uint32_t)(unsigned char)text[9] - '0';
    const uint64_t wrong = (date | (date + UINT64_C(0x7F76767F76767676)) | clock |
                            (clock + UINT64_C(0x76767F76767F7676))) &
                           TOPS;
    const uint64_t date_joined = date * 10 + (date >> 8);
    const uint64_t clock_joined = clock * 10 + (clock >> 8);
    const uint32_t hour = pair(clock_joined, 0);
    const uint32_t minute = pair(clock_joined, 3);
    const uint32_t second = pair(clock_joined, 6);
    if (wrong != 0 || tens > 9 || units > 9 || (text[10] != 'T' && text[10] != ' ') || hour > 23 ||
        minute > 59 || second > 59) {
        return 0;
    }
    return make_time(out, pair(date_joined, 0) * 100 + pair(date_joined, 2), pair(date_joined, 5),
                     tens * 10 + units, hour * 3600 + minute * 60 + second);
}

/* One or two digits at *at; −1 if there is none. */
static int32_t number(const char *text, size_t size, size_t *at) {
    int32_t value = -1;
    for (int i = 0; i < 2 && *at < size && text[*at] >= '0' && text[*at] <= '9'; i++) {
        value = (value < 0 ? 0 : value * 10) + (text[(*at)++] - '0');
    }
    return value;
}

static int eat(const char *text, size_t size, size_t *at, char wanted) {
    if (*at < size && text[*at] == wanted) {
        (*at)++;
        return 1;
    }
    return 0;
}

static int read_loose(gridgov_time *out, const char *text, size_t size) {
    size_t at = 4;
    uint32_t year = 0;
    for (size_t i = 0; i < 4; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return 0;
        }
        year = year * 10 + (uint32_t)(text[i] - '0');
    }
    const char separator = text[at++];
    const int32_t month = number(text, size, &at);
    if ((separator != '-' && separator != '/') || !eat(text, size, &at, separator)) {
        return 0;
    }
    const int32_t day = number(text, size, &at);
    if (!eat(text, size, &at, ' ') && !eat(text, size, &at, 'T')) {
        return 0;
    }
    const int32_t hour = number(text, size, &at);
    if (!eat(text, size, &at, ':')) {
        return 0;
    }
    const int32_t minute = number(text, size, &at);
    const int32_t second = eat(text, size, &at, ':') ? number(text, size, &at) : 0;
    if (at != size || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 59) {
        return 0;
    }
    return make_time(out, year, (uint32_t)month, (uint32_t)day,
                     (uint32_t)(hour * 3600 + minute * 60 + second));
}

/* Two digits; −1 if they are none. */
static int32_t two_digits(const char *text) {
    const uint32_t tens = (uint32_t)(unsigned char)text[0] - '0';
    const uint32_t units = (uint32_t)(unsigned char)text[1] - '0';
    return tens > 9 || units > 9 ? -1 : (int32_t)(tens * 10 + units);
}

/* A fraction and a zone behind the seconds; *offset changes if there is a zone. */
static int read_tail(int64_t *offset, const char *text, size_t size) {
    size_t at = 0;
    if (size > TAIL_MOST) {
        return 0;
    }
    if (text[0] == '.' || text[0] == ',') {
        do {
            at++;
        } while (at < size && text[at] >= '0' && text[at] <= '9');
        if (at == 1) {
            return 0;
        }
    }
    const char *zone = text + at;
    const size_t left = size - at;
    if (left == 0 || (left == 1 && zone[0] == 'Z')) {
        *offset = left == 0 ? *offset : 0;
        return 1;
    }
    if (left < 3 || left == 4 || left > 6 || (left == 6 && zone[3] != ':') ||
        (zone[0] != '+' && zone[0] != '-')) {
        return 0;
    }
    const int32_t hours = two_digits(zone + 1);
    const int32_t minutes = left == 3 ? 0 : two_digits(zone + left - 2);
    const int64_t east = hours * 3600 + minutes * 60;
    *offset = zone[0] == '-' ? -east : east;
    return hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
}

int gg_fast_time(gridgov_time *out, const char *text, size_t size, int64_t offset) {
    int read = 0;
    if (size >= FULL_SIZE && read_full(out, text)) {
        read = size == FULL_SIZE || read_tail(&offset, text + FULL_SIZE, size - FULL_SIZE);
    } else if (size >= SHORTEST && size <= FULL_SIZE) {
        read = read_loose(out, text, size);
    }
    if (read) {
        *out -= offset;
    }
    return read;
}

/* A month that was read lately: most stamps of a column lie in one or two, of which one is even. */
typedef struct month_seen {
    uint64_t word;      /* its eight bytes, "2021-09-" */
    gridgov_time day_0; /* midnight before its first day */
    uint32_t days;      /* it has */
} month_seen;

/* A full stamp of the month seen; 0 if it is of another, or none. */
static int read_same_month(gridgov_time *out, const month_seen *seen, const char *text) {
    const uint64_t clock = gg_word_at(text + 11) ^ UINT64_C(0x30303A30303A3030);
    const uint64_t joined = clock * 10 + (clock >> 8);
    const uint32_t tens = (uint32_t)(unsigned char)text[8] - '0';
    const uint32_t units = (uint32_t)(unsigned char)text[9] - '0';
    const uint32_t day = tens * 10 + units;
    const uint32_t hour = pair(joined, 0);
    const uint32_t minute = pair(joined, 3);
    const uint32_t second = pair(joined, 6);
    const int wrong = (((clock | (clock + UINT64_C(0x76767F76767F7676))) & TOPS) != 0) |
                      (tens > 9) | (units > 9) | (day - 1 >= seen->days) | (hour > 23) |
                      (minute > 59) | (second > 59) | (text[10] != 'T' && text[10] != ' ');
    *out = seen->day_0 + (int64_t)day * DAY_SECONDS + hour * 3600 + minute * 60 + second;
    return gg_word_at(text) == seen->word && !wrong;
}

/* Remember the month of a full stamp that was read as `at`. */
static void see_month(month_seen *seen, const char *text, gridgov_time at) {
    const uint32_t year = (uint32_t)((text[0] - '0') * 1000 + (text[1] - '0') * 100 +
                                     (text[2] - '0') * 10 + (text[3] - '0'));
    const uint32_t month = (uint32_t)((text[5] - '0') * 10 + (text[6] - '0'));
    const uint32_t day = (uint32_t)((text[8] - '0') * 10 + (text[9] - '0'));
    const int leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    const int64_t second =
        (int64_t)((uint64_t)(at + EPOCH_DAYS * (int64_t)DAY_SECONDS) % DAY_SECONDS);
    seen->word = gg_word_at(text);
    seen->days = (uint32_t)month_days[leap][month];
    seen->day_0 = at - second - (int64_t)day * DAY_SECONDS;
}

size_t gg_fast_time_column(gridgov_time *out, uint8_t *state, const gg_fast_cells *cells,
                           int64_t offset, uint8_t if_empty, uint8_t if_other) {
    size_t others = 0;
    month_seen seen[2] = {{.word = 0}, {.word = 0}};
    for (size_t i = 0; i < cells->count; i++) {
        if (state[i] != 0) {
            continue;
        }
        size_t size = 0;
        const char *text = gg_fast_cell(&size, cells, i);
        int64_t east = offset;
        gridgov_time at = 0;
        if (size >= FULL_SIZE && read_same_month(&at, &seen[text[6] & 1], text) &&
            (size == FULL_SIZE || read_tail(&east, text + FULL_SIZE, size - FULL_SIZE))) {
            out[i] = at - east;
        } else if (size == 0) {
            out[i] = GRIDGOV_NO_TIME;
            state[i] = if_empty;
        } else if (gg_fast_time(&at, text, size, offset)) {
            out[i] = at;
            if (size >= FULL_SIZE && read_full(&at, text)) { // as the zone has it
                see_month(&seen[text[6] & 1], text, at);
            }
        } else {
            state[i] = if_other;
            others++;
        }
    }
    return others;
}
