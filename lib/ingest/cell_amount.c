/* SPDX-License-Identifier: Apache-2.0 */
/* Cells that hold a number. It may be written with full-width digits, a sign, and commas between
 * thousands. Behind it may stand the unit of the column, 3.5公里, or a word that the mapping
 * explains, 1.2万; anything else behind it is refused, and so is a unit that contradicts the
 * column's. A percent sign is one of those words: no field of a table is a rate.
 *
 * A length of time may also be written in parts, 1小时30分, or as hours, minutes and seconds,
 * 1:30:00.
 *
 * Units and words are exact factors. The digits are read whole, with as many decimals as fit, and
 * what comes out is rounded once. */
#include "cells.h"

#include "base/error.h"
#include "base/num.h"
#include "mapping.h"

#include <string.h>

#define SCALE_MAX 15 /* decimals that are read; those beyond are rounded */
#define PARTS_MAX 3  /* of a length of time: hours, minutes, seconds */
#define WORD_SIZE 32

/* A number on its way: digits · 10^-scale · factor / divisor in the field's own unit. */
typedef struct amount {
    int64_t digits, factor, divisor;
    int scale;
} amount;

static const char *code_of(const gg_cells *cells, int field) {
    size_t count = 0;
    return gg_fields_of(cells->table, &count)[field].view.code;
}

/* Read digits with as many decimals as fit. */
static int parse_most(amount *out, gg_str text, int (*parse)(int64_t *, gg_str, int)) {
    for (out->scale = SCALE_MAX; out->scale >= 0; out->scale--) {
        if (parse(&out->digits, text, out->scale) == 0) {
            return 0;
        }
    }
    return -1;
}

/* Read digits, without needless zeros at their end. */
static int read_digits(amount *out, gg_str text) {
    if (parse_most(out, text, gg_decimal_parse) != 0 &&
        parse_most(out, text, gg_decimal_parse_round) != 0) {
        return -1;
    }
    while (out->scale > 0 && out->digits % 10 == 0) {
        out->digits /= 10;
        out->scale--;
    }
    return 0;
}

static int64_t power_of_ten(int exponent) {
    int64_t power = 1;
    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

/* In units of 10^-scale, rounded once; *rest is 0 if nothing had to be. -1 on overflow. */
static int convert(int64_t *out, int *rest, const amount *a, int scale) {
    int64_t factor = a->factor, divisor = a->divisor;
    if (a->scale > scale ? gg_mul(&divisor, divisor, power_of_ten(a->scale - scale))
                         : gg_mul(&factor, factor, power_of_ten(scale - a->scale))) {
        return -1;
    }
    return gg_mul_div_rest(out, rest, a->digits, factor, divisor) != 0
               ? -1
               : gg_mul_div(out, a->digits, factor, divisor);
}

/* Bytes of the digit with which a character begins, ASCII or full-width; 0 if it is none. */
static size_t digit_size(const char *text, size_t size) {
    if (text[0] >= '0' && text[0] <= '9') {
        return 1;
    }
    return size >= 3 && (unsigned char)text[0] == 0xEF && (unsigned char)text[1] == 0xBC &&
                   (unsigned char)text[2] >= 0x90 && (unsigned char)text[2] <= 0x99
               ? 3
               : 0;
}

/* Cut a text behind its last digit. */
static void split(gg_str text, gg_str *number, gg_str *word) {
    size_t end = 0;
    for (size_t at = 0; at < text.size; at++) {
        const size_t size = digit_size(text.data + at, text.size - at);
        end = size > 0 ? at + size : end;
    }
    *number = gg_str_make(text.data, end);
    *word = gg_text_trim(gg_str_make(text.data + end, text.size - end));
}

/* Take a word that the mapping explains off the end of another, 万 of 万米; 1 if there was one. */
static int take_suffix(const gg_source_column *column, gg_str *word, amount *a) {
    char buffer[WORD_SIZE];
    const size_t size = gg_text_key(buffer, sizeof buffer, *word);
    for (size_t i = 0; size <= sizeof buffer && i < column->suffix_count; i++) {
        const gg_suffix *suffix = &column->suffixes[i];
        if (gg_str_equal(gg_str_make(buffer, size), gg_str_of(suffix->key))) {
            a->factor = suffix->factor;
            a->divisor = suffix->divisor;
            *word = gg_str_of("");
            return 1;
        }
    }
    return 0;
}

static int is_percent(gg_str word) {
    static const char *const signs[] = {"%", "％", "‰", "﹪"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (gg_str_equal(word, gg_str_of(signs[i]))) {
            return 1;
        }
    }
    return 0;
}

static gridgov_status fail_number(gg_cells *cells, int field, gg_str text) {
    return gg_cells_fail(cells, GG_RULE_CELL_NUMBER, field, text, NULL);
}

/* Explain the word behind a number: a unit, or what the mapping says. */
static gridgov_status explain(gg_cells *cells, int field, gg_str text, gg_str word, amount *a) {
    const gg_source_column *column =
        cells->mapping == NULL ? NULL : &cells->mapping->columns[field];
    const gg_measure *stated = cells->columns.measure[field], *said = stated;
    char shown[WORD_SIZE];
    if (column != NULL) {
        (void)take_suffix(column, &word, a);
    }
    if (word.size > 0) {
        said = gg_measure_find(code_of(cells, field), word);
    }
    if (word.size > 0 && said == NULL) {
        gg_text_copy(shown, sizeof shown, word.data, word.size);
        return gg_cells_fail(cells, is_percent(word) ? GG_RULE_CELL_PERCENT : GG_RULE_CELL_SUFFIX,
                             field, text, shown);
    }
    if (stated != NULL && said != stated) {
        return gg_cells_fail(cells, GG_RULE_UNIT_CONFLICT, field, text, stated->unit);
    }
    if (said != NULL && (gg_mul(&a->factor, a->factor, said->factor) != 0 ||
                         gg_mul(&a->divisor, a->divisor, said->divisor) != 0)) {
        return fail_number(cells, field, text);
    }
    return GRIDGOV_OK;
}

/* Whole number at *at, which is moved behind it; -1 if there is none. */
static int read_whole(int64_t *out, gg_str text, size_t *at) {
    const size_t from = *at;
    size_t size;
    while (*at < text.size && (size = digit_size(text.data + *at, text.size - *at)) > 0) {
        *at += size;
    }
    return *at == from ? -1 : gg_int_parse(out, gg_str_make(text.data + from, *at - from));
}

/* "1小时30分", "1:30:00": a length of time in whole parts, as seconds; -1 if it is none. */
static int read_parts(int64_t *seconds, gg_str text) {
    static const char *const units[PARTS_MAX] = {"h", "min", "s"};
    static const int64_t sizes[PARTS_MAX] = {3600, 60, 1};
    int count = 0, colons = 0, last = -1;
    *seconds = 0;
    for (size_t at = 0; at < text.size; count++) {
        int64_t part = 0;
        size_t end;
        int unit = count;
        if (count == PARTS_MAX || read_whole(&part, text, &at) != 0) {
            return -1;
        }
        for (end = at; end < text.size && digit_size(text.data + end, text.size - end) == 0;) {
            end++;
        }
        const gg_str word = gg_text_trim(gg_str_make(text.data + at, end - at));
        if (gg_str_equal(word, gg_str_of(":")) || gg_str_equal(word, gg_str_of("：")) ||
            (word.size == 0 && end == text.size)) {
            colons += word.size > 0;
        } else {
            const gg_measure *measure = gg_measure_find("online_minutes", word);
            for (unit = 0; measure != NULL && unit < PARTS_MAX; unit++) {
                if (strcmp(units[unit], measure->unit) == 0) {
                    break;
                }
            }
            if (measure == NULL || colons > 0) {
                return -1;
            }
        }
        if (unit <= last || (last >= 0 && part >= 60) || gg_mul(&part, part, sizes[unit]) != 0 ||
            gg_add(seconds, *seconds, part) != 0) {
            return -1;
        }
        last = unit;
        at = end;
    }
    // One part is read elsewhere; of two with a colon nobody knows which they are.
    return count < 2 || (colons > 0 && (colons != 2 || count != 3)) ? -1 : 0;
}

static gridgov_status read_amount(gg_cells *cells, int field, gg_str text, amount *a) {
    gg_str number, word;
    *a = (amount){.factor = 1, .divisor = 1};
    if (strcmp(code_of(cells, field), "online_minutes") == 0 && read_parts(&a->digits, text) == 0) {
        a->divisor = 60;
        return GRIDGOV_OK;
    }
    split(text, &number, &word);
    if (word.size == 0) {
        number = text; // digits alone, or a point behind them
    }
    if (read_digits(a, number) != 0) {
        return fail_number(cells, field, text);
    }
    return explain(cells, field, text, word, a);
}

/* Read a plain number in the field's own unit, as most are; 1 if it is one. */
static int read_plain(int64_t *out, const gg_cells *cells, int field, gg_str text, int scale,
                      int exact) {
    const gg_measure *measure = cells->columns.measure[field];
    return (measure == NULL || measure->factor == measure->divisor) &&
           (exact ? gg_decimal_parse(out, text, scale)
                  : gg_decimal_parse_round(out, text, scale)) == 0;
}

gridgov_status gg_cells_decimal(gg_cells *cells, int field, int required, int scale, int exact,
                                int64_t *out) {
    amount a;
    gg_str text;
    int64_t value = 0;
    int rest = 0;
    GG_TRY(gg_cells_value(cells, field, required, &text));
    if (text.size == 0) {
        return GRIDGOV_OK;
    }
    if (read_plain(out, cells, field, text, scale, exact)) {
        return GRIDGOV_OK;
    }
    GG_TRY(read_amount(cells, field, text, &a));
    if (convert(&value, &rest, &a, scale) != 0) {
        return fail_number(cells, field, text);
    }
    if (exact && rest != 0) {
        char most[GG_NUM_TEXT_SIZE];
        (void)gg_int_format(most, scale);
        return gg_cells_fail(cells, GG_RULE_CELL_DECIMALS, field, text, most);
    }
    *out = value;
    return GRIDGOV_OK;
}
