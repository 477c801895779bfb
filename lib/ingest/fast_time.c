/* SPDX-License-Identifier: Apache-2.0 */
/* A full stamp is read in two parts: its month, of which a column has few, and the rest, which is
 * read many at a time (base/simd.h). Anything else goes digit by digit. Gregorian days by the count
 * of leap days before the year (Calendrical Calculations, Reingold and Dershowitz, 2.2), with the
 * months from a table. */
#include "fast_time.h"

#include "base/simd_stamp.h"
#include "base/word.h"

#include <stdint.h>

#define CHUNK 128    /* rows whose stamps are read together */
#define MONTHS 64    /* remembered: any two years */
#define SHORTEST 12  /* 2021-9-5 8:3 */
#define TAIL_MOST 24 /* bytes of a fraction and a zone */
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

/* dddd?dd?dd?dd:dd:dd with equal separators of the date. */
static int read_full(gridgov_time *out, const char *text) {
    const uint64_t stroke = (uint64_t)('-' ^ '/');
    const uint64_t slashes = text[4] == '/' ? stroke << 32 | stroke << 56 : 0;
    const uint64_t date = gg_word_at(text) ^ UINT64_C(0x2D30302D30303030) ^ slashes;
    const uint64_t wrong =
        (date | (date + UINT64_C(0x7F76767F76767676))) & UINT64_C(0x8080808080808080);
    const uint64_t joined = date * 10 + (date >> 8);
    const int32_t seconds = gg_stamp_seconds(text);
    if (wrong != 0 || seconds < 0) {
        return 0;
    }
    return make_time(out, (uint32_t)(joined & 0xFF) * 100 + (uint32_t)(joined >> 16 & 0xFF),
                     (uint32_t)(joined >> 40 & 0xFF), (uint32_t)seconds / DAY_SECONDS,
                     (uint32_t)seconds % DAY_SECONDS);
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
    if (size >= GG_STAMP_SIZE && read_full(out, text)) {
        read =
            size == GG_STAMP_SIZE || read_tail(&offset, text + GG_STAMP_SIZE, size - GG_STAMP_SIZE);
    } else if (size >= SHORTEST && size <= GG_STAMP_SIZE) {
        read = read_loose(out, text, size);
    }
    if (read) {
        *out -= offset;
    }
    return read;
}

/* A month that was read before. */
typedef struct month_seen {
    uint64_t word;      /* its eight bytes, "2021-09-" */
    gridgov_time day_0; /* midnight before its first day */
    uint32_t end;       /* seconds from there to the end of its last day */
} month_seen;

/* The place of a stamp's month: by the last digit of the year, odd or even, and the month. */
static month_seen *month_of(month_seen *seen, uint64_t word) {
    return &seen[(word >> 48 & 15) | (word >> 40 & 1) << 4 | (word >> 24 & 1) << 5];
}

/* Remember the month of a full stamp. */
static void see_month(month_seen *seen, const char *text) {
    const uint32_t year = (uint32_t)((text[0] - '0') * 1000 + (text[1] - '0') * 100 +
                                     (text[2] - '0') * 10 + (text[3] - '0'));
    const uint32_t month = (uint32_t)((text[5] - '0') * 10 + (text[6] - '0'));
    const int leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    gridgov_time first = 0;
    (void)make_time(&first, year, month, 1, 0);
    seen->word = gg_word_at(text);
    seen->day_0 = first - DAY_SECONDS;
    seen->end = (uint32_t)(month_days[leap][month] + 1) * DAY_SECONDS;
}

/* The stamps of some rows, full ones with or without a tail. */
typedef struct stamps {
    size_t count;
    uint32_t from[CHUNK];  /* offset */
    uint32_t sizes[CHUNK]; /* bytes */
    uint32_t rows[CHUNK];
    int32_t seconds[CHUNK]; /* as gg_simd has them */
} stamps;

/* The times of the stamps of a chunk; how many were left. */
static size_t read_stamps(gridgov_time *out, uint8_t *state, const stamps *s, month_seen *months,
                          const char *data, int64_t offset, uint8_t if_other) {
    size_t others = 0;
    for (size_t k = 0; k < s->count; k++) {
        const char *text = data + s->from[k];
        month_seen *seen = month_of(months, gg_word_at(text));
        const gridgov_time at = seen->day_0 + s->seconds[k];
        const int known = (gg_word_at(text) == seen->word) & ((uint32_t)s->seconds[k] < seen->end);
        int64_t east = offset;
        gridgov_time whole = 0;
        if (known && (s->sizes[k] == GG_STAMP_SIZE ||
                      read_tail(&east, text + GG_STAMP_SIZE, s->sizes[k] - GG_STAMP_SIZE))) {
            out[s->rows[k]] = at - east;
        } else if (gg_fast_time(&out[s->rows[k]], text, s->sizes[k], offset)) {
            if (read_full(&whole, text)) {
                see_month(seen, text);
            }
        } else {
            state[s->rows[k]] = if_other;
            others++;
        }
    }
    return others;
}

size_t gg_fast_time_column(gridgov_time *out, uint8_t *state, const gg_fast_cells *cells,
                           const gg_simd *simd, int64_t offset, uint8_t if_empty,
                           uint8_t if_other) {
    month_seen months[MONTHS] = {{.word = 0}};
    stamps s;
    size_t others = 0;
    for (size_t first = 0; first < cells->count; first += CHUNK) {
        const size_t end = cells->count - first < CHUNK ? cells->count : first + CHUNK;
        s.count = 0;
        for (size_t i = first; i < end; i++) {
            size_t size = 0;
            if (state[i] != 0) {
                continue;
            }
            const char *text = gg_fast_cell(&size, cells, i);
            // Whether a cell is empty is hard to foresee: no branch asks.
            s.from[s.count] = (uint32_t)(text - cells->data);
            s.sizes[s.count] = (uint32_t)size;
            s.rows[s.count] = (uint32_t)i;
            s.count += size >= GG_STAMP_SIZE;
            out[i] = GRIDGOV_NO_TIME;
            state[i] = size == 0 ? if_empty : 0;
            if (size - 1 < GG_STAMP_SIZE - 1 && !gg_fast_time(&out[i], text, size, offset)) {
                state[i] = if_other;
                others++;
            }
        }
        simd->stamps(s.seconds, cells->data, s.from, s.count);
        others += read_stamps(out, state, &s, months, cells->data, offset, if_other);
    }
    return others;
}
