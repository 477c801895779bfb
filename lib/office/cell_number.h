/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of spreadsheets as decimal digits: read from their text or from the bits of a double,
 * written as a number, a percentage, or the date and time they stand for. No floating point. */
#ifndef GG_CELL_NUMBER_H
#define GG_CELL_NUMBER_H

#include "base/buf.h"
#include "number_format.h"

#include <stdint.h>

#define GG_DECIMAL_DIGITS 40

/* 0.d1d2d3…dn · 10^point, without leading or trailing zeros; count 0: zero. */
typedef struct gg_decimal {
    int negative, count, point;
    int whole; /* 1: written as digits alone, however many */
    unsigned char digits[GG_DECIMAL_DIGITS];
} gg_decimal;

/* Read "12", "-0.5", "4.4E4". Digits beyond the room are cut, which no spreadsheet reaches. 0, or
 * −1. */
int gg_decimal_of_text(gg_decimal *out, gg_str text);
/* The value of an IEEE 754 double in 17 significant digits; −1 if it is infinite or no number. */
int gg_decimal_of_bits(gg_decimal *out, uint64_t bits);
/* A whole number divided by 1 or 100, as compressed cells of XLS are. */
void gg_decimal_of_int(gg_decimal *out, int64_t value, int hundredths);

/* How cells are written. */
typedef struct gg_cell_style {
    int date_1904; /* 1: days count from 1904-01-01 */
    int printed;   /* 1: rounded to the digits that the format shows */
} gg_cell_style;

/* Write a number in its format: "12.5", "98.76%", "2021-09-05 08:31:00". */
void gg_put_number(gg_buf *out, const gg_decimal *number, gg_number_format format,
                   const gg_cell_style *style);

#endif
