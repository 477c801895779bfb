/* SPDX-License-Identifier: Apache-2.0 */
/* Exact integers: checked arithmetic, one rounding, decimals from their digits. No floating point.
 */
#ifndef GG_NUM_H
#define GG_NUM_H

#include "text.h"

#include <stdint.h>

/* Each returns 0, or -1 on overflow with *out untouched. */
int gg_add(int64_t *out, int64_t a, int64_t b);
int gg_sub(int64_t *out, int64_t a, int64_t b);
int gg_mul(int64_t *out, int64_t a, int64_t b);
/* a·b/c rounded half away from zero, exact for every int64 input; -1 on overflow or c == 0. */
int gg_mul_div(int64_t *out, int64_t a, int64_t b, int64_t c);

/* a·b/c cut off towards zero, exact for every int64 input, and in *rest what was cut off: 0
 * nothing, 1 less than half, 2 half, 3 more than half of a unit. -1 on overflow or c == 0. */
int gg_mul_div_rest(int64_t *out, int *rest, int64_t a, int64_t b, int64_t c);

/* Read a whole number: optional sign, ASCII or full-width digits, blanks around it. 0, or -1. */
int gg_int_parse(int64_t *out, gg_str text);
/* Read a decimal into 10^-scale units (scale 0–9): "2.5" with scale 3 is 2500. Optional sign (also
 * U+2212), ASCII or full-width digits and point, thousands commas in groups of three, blanks
 * around; the whole part may be absent (".5"). More decimals than scale, or anything else: -1. */
int gg_decimal_parse(int64_t *out, gg_str text, int scale);
/* The same, but digits beyond scale are rounded half away from zero. */
int gg_decimal_parse_round(int64_t *out, gg_str text, int scale);

#define GG_NUM_TEXT_SIZE 32
/* Write a whole number; returns its length. buffer holds GG_NUM_TEXT_SIZE bytes. */
size_t gg_int_format(char *buffer, int64_t value);
/* Write value·10^-scale with at least min_decimals and at most scale decimals, needless zeros cut:
 * (−2500, 3, 0) "-2.5". */
size_t gg_decimal_format(char *buffer, int64_t value, int scale, int min_decimals);

#endif
