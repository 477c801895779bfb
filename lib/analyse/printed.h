/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as printed: digits with their decimals and marks, and which ratios give those digits. */
#ifndef GG_PRINTED_H
#define GG_PRINTED_H

#include "base/text.h"

#include <gridgov/codes.h>

#include <stdint.h>

/* What stands behind the digits. */
enum { GG_MARK_NONE = 0, GG_MARK_PERCENT = 1, GG_MARK_PERMILLE = 2 };

typedef struct gg_printed {
    int64_t value;    /* in units of the last digit, signed */
    int32_t decimals; /* 0 … 9 */
    int32_t mark;     /* GG_MARK_* */
    int32_t myriads;  /* power of ten behind the digits: 4 for 万, 8 for 亿, else 0 */
    int32_t sign;     /* 1 if + or − was printed or an arrow or word stands for it */
} gg_printed;

/* What a cell of a table holds. */
enum { GG_CELL_TEXT = 0, GG_CELL_BLANK = 1, GG_CELL_NONE = 2, GG_CELL_NUMBER = 3 };

/* Digits at offset: thousands commas in groups of three, a decimal point, no sign. Returns the
 * offset behind them, or offset itself if there is no number of at most 15 digits. */
size_t gg_printed_digits(gg_printed *out, gg_str text, size_t offset);
/* The same with what belongs to the number behind it: 万 or 亿, %, ‰. */
size_t gg_printed_read(gg_printed *out, gg_str text, size_t offset);
/* A whole cell: GG_CELL_*. Signs, arrows, words of rise and fall, and one unit of measure (件, 分
 * …) are read; *unit_out is the unit behind the number. `/` and dashes are GG_CELL_NONE. */
int gg_printed_cell(gg_printed *out, gg_str *unit_out, gg_str cell);
/* The number as text again; buffer of 40 bytes. Returns the size. */
size_t gg_printed_text(char *buffer, const gg_printed *printed, int64_t value);

/* 10 to the power of exponent, 0 … 18. */
int64_t gg_power_of_ten(int32_t exponent);

/* num·factor/den rounded one way (GRIDGOV_ROUNDING_*); -1 on overflow or a zero denominator. */
int gg_ratio_round(int64_t *out, int64_t num, int64_t den, int64_t factor, int32_t rounding);
/* Denominators D ≥ 1 with round(num·factor/D) == shown, for num ≥ 1, shown ≥ 0: *low … *high, or 1
 * … 0 if none. */
void gg_ratio_denominators(int64_t *low, int64_t *high, int64_t num, int64_t shown, int64_t factor,
                           int32_t rounding);

#endif
