/* SPDX-License-Identifier: Apache-2.0 */
/* Position fixes read fast: a column at a time, over all rows of a batch, so that each loop does
 * one thing and what it meets next is like what it met before. A cell is first found and freed of
 * its quotes; then
 *
 * - an officer's code is taken as it stands if nothing in it could be a blank, and as a number if
 *   it is written as one;
 * - a time is mostly a full stamp, perhaps with a fraction and a zone;
 * - degrees, metres and kilometres an hour are a sign, digits, a point and more digits.
 *
 * Whatever is written otherwise leaves its row to the code that reads every table. What is read
 * here means exactly what it means there: the property tests hold the two together. */
#include "fix_batch.h"

#include "base/error.h"
#include "base/num.h"
#include "base/simd_stamp.h"
#include "base/word.h"
#include "mapping.h"

#include <string.h>

#define MINUTE 60
#define ALL_BYTES UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)
#define CODE_MOST 256 /* bytes of an officer's code */

/* Value of one to eight digits; −1 if a byte is none. Eight bytes may be read from text. */
static inline int64_t digits_of(const char *text, size_t size) {
    uint64_t word = gg_word_at(text) ^ ALL_BYTES * '0';
    word <<= 8 * (sizeof word - size); // zeros before the first digit
    if (((word + ALL_BYTES * 0x76) | word) & TOPS) {
        return -1;
    }
    word = (word * 10 + (word >> 8)) & UINT64_C(0x00FF00FF00FF00FF); // pairs, then fours, then all
    word = (word * 100 + (word >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
    return (int64_t)((word * 10000 + (word >> 32)) & UINT64_C(0xFFFFFFFF));
}

/* ---- cells */

/* Where the rows begin, and which of them have all cells. */
static void find_rows(gg_fix_batch *b) {
    const gg_batch *batch = &b->batch;
    uint32_t first = 0;
    for (size_t i = 0; i < batch->row_count; i++) {
        const uint32_t next = batch->rows[i];
        b->starts[i] = (uint32_t)gg_batch_row(batch, i);
        b->firsts[i] = first;
        b->state[i] = b->source->fast && (int64_t)(next - first) >= b->source->width ? GG_FIX_READ
                                                                                     : GG_FIX_SLOW;
        first = next;
    }
}

/* A column that the table has. */
static gg_fast_cells cells_of(const gg_fix_batch *b, int field) {
    return (gg_fast_cells){.data = b->batch.data,
                           .ends = b->batch.ends,
                           .starts = b->starts,
                           .firsts = b->firsts,
                           .count = b->batch.row_count,
                           .column = (size_t)b->source->column[field],
                           .written = b->batch.written};
}

/* ---- officers */

/* 1 if a text of one or more bytes stands for itself. Eight bytes may be read behind it. */
static inline int is_plain_code(const char *text, size_t size) {
    uint64_t odd = 0; // a byte up to the blank, or beyond ASCII
    size_t at = 0;
    for (; at + 8 <= size; at += 8) {
        const uint64_t word = gg_word_at(text + at);
        odd |= word | (word - ALL_BYTES * 0x21);
    }
    if (at < size) {
        const uint64_t word = gg_word_at(text + at) << 8 * (8 - (size - at));
        const uint64_t fill = (ALL_BYTES * 0x7F) >> 8 * (size - at);
        odd |= word | ((word | fill) - ALL_BYTES * 0x21);
    }
    return text[0] != '"' && ((odd & TOPS) == 0 || gg_cells_is_tidy(gg_str_make(text, size)));
}

static void read_officers(gg_fix_batch *b) {
    const gg_fast_cells cells = cells_of(b, GG_FIXES_OFFICER);
    const size_t narrow = (size_t)b->source->digits;
    for (size_t i = 0; i < cells.count; i++) {
        size_t size = 0;
        if (b->state[i] != GG_FIX_READ) {
            continue;
        }
        const char *text = gg_fast_cell(&size, &cells, i);
        const int64_t number =
            size - 1 < 8 && (text[0] != '0' || size == 1) ? digits_of(text, size) : -1;
        b->code_from[i] = (uint32_t)(text - cells.data);
        b->code_to[i] = b->code_from[i] + (uint32_t)size;
        b->code[i] = NULL;
        b->number[i] = (uint32_t)number;
        if (size == 0 || size < narrow || size > CODE_MOST ||
            (number < 0 && !is_plain_code(text, size))) {
            b->state[i] = GG_FIX_SLOW;
        } else if (number < 0) {
            b->has_text = 1;
        }
    }
}

/* ---- times */

/* 1 if a text is a full stamp in the form that the mapping names first. */
static int is_form(const gg_fix_source *source, const char *text, size_t size) {
    return size == GG_STAMP_SIZE && text[4] == source->stroke && text[7] == source->stroke &&
           text[10] == source->between;
}

static void read_times(gg_fix_batch *b) {
    const gg_fix_source *source = b->source;
    const gg_fast_cells cells = cells_of(b, GG_FIXES_AT);
    const int64_t offset = (int64_t)source->load.cells.utc_offset_minutes * MINUTE;
    size_t others = 0, size = 0;
    for (size_t i = 0; !source->plain_times && i < cells.count; i++) {
        if (b->state[i] == GG_FIX_READ) {
            const char *text = gg_fast_cell(&size, &cells, i);
            b->state[i] = is_form(source, text, size) ? GG_FIX_READ : GG_FIX_OTHER;
            others += b->state[i] == GG_FIX_OTHER;
        }
    }
    others += gg_fast_time_column(b->at, b->state, &cells, gg_simd_best(), offset, GG_FIX_SLOW,
                                  GG_FIX_OTHER);
    for (size_t i = 0; others > 0 && i < cells.count; i++) {
        int date_only = 0;
        if (b->state[i] == GG_FIX_OTHER) {
            const char *text = gg_fast_cell(&size, &cells, i);
            const int read = gg_cells_tidy_time(&source->load.cells, gg_str_make(text, size),
                                                &b->at[i], &date_only) == 0;
            b->state[i] = read ? GG_FIX_READ : GG_FIX_SLOW;
        }
    }
}

/* ---- numbers */

static const int64_t power[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};

/* A decimal such as -120.870612 in units of 10^-scale, rounded; 1, or 0 if it is written otherwise.
 * Up to eight digits may stand before the point, and scale and up to eight more behind it. */
static inline int read_decimal(int64_t *out, const char *text, size_t size, size_t scale,
                               size_t more) {
    const size_t negative = size > 0 && text[0] == '-';
    const char *const whole = text + negative;
    const size_t left = size - negative;
    size_t digits = 0;
    while (digits < 9 && digits < left && whole[digits] != '.') {
        digits++;
    }
    if (digits == 0 || digits > 8 || digits + 1 == left) {
        return 0;
    }
    int64_t value = digits_of(whole, digits);
    if (value < 0) {
        return 0;
    }
    value *= power[scale];
    if (digits < left) {
        const char *const behind = whole + digits + 1;
        const size_t given = left - digits - 1, kept = given < scale ? given : scale;
        if (kept > 0) {
            const int64_t fraction = digits_of(behind, kept);
            if (fraction < 0) {
                return 0;
            }
            value += fraction * power[scale - kept];
        }
        if (given > kept) {
            if (given - kept > more || digits_of(behind + kept, given - kept) < 0) {
                return 0;
            }
            value += behind[kept] >= '5';
        }
    }
    *out = negative ? -value : value;
    return 1;
}

static void read_degrees(gg_fix_batch *b, int field, int32_t *out, int64_t most) {
    const gg_fast_cells cells = cells_of(b, field);
    for (size_t i = 0; i < cells.count; i++) {
        int64_t value = 0;
        size_t size = 0;
        if (b->state[i] != GG_FIX_READ) {
            continue;
        }
        const char *text = gg_fast_cell(&size, &cells, i);
        if (!read_decimal(&value, text, size, GG_FIX_DEGREE_DIGITS, 8) || value > most ||
            value < -most) {
            b->state[i] = GG_FIX_SLOW;
        }
        out[i] = (int32_t)value;
    }
}

static int32_t quantity(int64_t value, int64_t up, int64_t down) {
    if (value < 0) {
        return GG_FIX_UNKNOWN;
    }
    return value > (int64_t)INT32_MAX * down / up ? INT32_MAX : (int32_t)(value * up / down);
}

int32_t gg_fix_accuracy(int64_t value) {
    return quantity(value, 1, 1);
}

int32_t gg_fix_speed(int64_t value) {
    return quantity(value, 1000, 3600); // metres an hour in mm/s
}

/* Quantities that may be missing. Where the column has another unit, only what has no more digits
 * than are kept is read, so that it is rounded once. */
static void read_quantities(gg_fix_batch *b, int field, int32_t *out,
                            int32_t (*convert)(int64_t value)) {
    const gg_measure *unit = b->source->load.cells.columns.measure[field];
    const int is_own = unit == NULL || unit->factor == unit->divisor;
    if (b->source->column[field] < 0) {
        for (size_t i = 0; i < b->batch.row_count; i++) {
            out[i] = GG_FIX_UNKNOWN;
        }
        return;
    }
    const gg_fast_cells cells = cells_of(b, field);
    for (size_t i = 0; i < cells.count; i++) {
        int64_t value = GG_FIX_UNKNOWN;
        size_t size = 0;
        if (b->state[i] != GG_FIX_READ) {
            continue;
        }
        const char *text = gg_fast_cell(&size, &cells, i);
        if (size > 0 &&
            (!read_decimal(&value, text, size, GG_FIX_QUANTITY_DIGITS, is_own ? 8 : 0) ||
             (!is_own && gg_mul_div(&value, value, unit->factor, unit->divisor) != 0))) {
            b->state[i] = GG_FIX_SLOW;
        }
        out[i] = size > 0 ? convert(value) : GG_FIX_UNKNOWN;
    }
}

static void read_parts(gg_fix_batch *b) {
    const gg_fast_cells cells = cells_of(b, GG_FIXES_PART);
    for (size_t i = 0; i < cells.count; i++) {
        size_t size = 0;
        b->part[i] = GG_FIX_NO_PART;
        if (b->state[i] != GG_FIX_READ) {
            continue;
        }
        const char *text = gg_fast_cell(&size, &cells, i);
        if (size > 0 && !read_decimal(&b->part[i], text, size, 0, 0)) {
            b->state[i] = GG_FIX_SLOW;
        }
    }
}

/* ---- batches */

/* Remember the mapping's first form if it is one of full stamps. */
static void see_form(gg_fix_source *source, const char *form) {
    static const char *const forms[] = {"%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S",
                                        "%Y-%m-%dT%H:%M:%S", "%Y/%m/%dT%H:%M:%S"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (strcmp(form, forms[i]) == 0) {
            source->stroke = form[2];
            source->between = form[8];
        }
    }
}

void gg_fix_source_plan(gg_fix_source *source) {
    const gridgov_mapping *mapping = source->load.cells.mapping;
    source->fast = 1;
    source->plain_times = mapping == NULL || mapping->form_count == 0;
    if (!source->plain_times) {
        see_form(source, mapping->forms[0]);
    }
    for (int field = 0; field <= GG_FIXES_PART; field++) {
        const gg_source_column *column = mapping == NULL ? NULL : &mapping->columns[field];
        const int64_t at = source->load.cells.columns.column[field];
        source->column[field] = at;
        source->width = at >= source->width ? at + 1 : source->width;
        const gg_measure *unit = source->load.cells.columns.measure[field];
        const int converted = unit != NULL && unit->factor != unit->divisor;
        if ((field <= GG_FIXES_LAT && (at < 0 || converted)) ||
            (column != NULL &&
             (column->constant != NULL || column->target_count > 0 || column->otherwise != NULL))) {
            source->fast = 0;
        }
    }
    source->digits = mapping == NULL ? 0 : mapping->columns[GG_FIXES_OFFICER].width;
    source->has_parts = source->load.cells.columns.has[GG_FIXES_PART];
}

static int resize(void **array, size_t count, size_t size) {
    void *old;
    memcpy(&old, (const void *)array, sizeof old);
    void *grown = gg_realloc(old, count, size);
    if (grown == NULL) {
        return -1;
    }
    memcpy((void *)array, &grown, sizeof grown);
    return 0;
}

#define ROOM(array) resize((void **)&(array), room, sizeof *(array))

gridgov_status gg_fix_batch_room(gg_fix_batch *b, size_t rows, gridgov_error *err) {
    if (rows <= b->room) {
        return GRIDGOV_OK;
    }
    const size_t room = rows + rows / 4;
    if (ROOM(b->state) || ROOM(b->starts) || ROOM(b->firsts) || ROOM(b->code_from) ||
        ROOM(b->code_to) || ROOM(b->code) || ROOM(b->number) || ROOM(b->at) || ROOM(b->lat) ||
        ROOM(b->lon) || ROOM(b->accuracy) || ROOM(b->speed) || ROOM(b->part) || ROOM(b->begins)) {
        return gg_fail_memory(err);
    }
    b->room = room;
    return GRIDGOV_OK;
}

void gg_fix_batch_release(gg_fix_batch *b) {
    gg_free(b->state);
    gg_free(b->starts);
    gg_free(b->firsts);
    gg_free(b->code_from);
    gg_free(b->code_to);
    gg_free((void *)b->code);
    gg_free(b->number);
    gg_free(b->at);
    gg_free(b->lat);
    gg_free(b->lon);
    gg_free(b->accuracy);
    gg_free(b->speed);
    gg_free(b->part);
    gg_free(b->begins);
    gg_arena_release(&b->codes);
    gg_buf_release(&b->text);
}

void gg_fix_batch_read(gg_fix_batch *b) {
    b->has_text = b->has_copy = 0;
    gg_arena_release(&b->codes);
    find_rows(b);
    if (!b->source->fast) {
        return;
    }
    read_officers(b);
    read_times(b);
    read_degrees(b, GG_FIXES_LON, b->lon, GG_FIX_LON_MAX);
    read_degrees(b, GG_FIXES_LAT, b->lat, GG_FIX_LAT_MAX);
    read_quantities(b, GG_FIXES_ACCURACY, b->accuracy, gg_fix_accuracy);
    read_quantities(b, GG_FIXES_SPEED, b->speed, gg_fix_speed);
    if (b->source->has_parts) {
        read_parts(b);
    }
}
