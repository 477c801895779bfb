/* SPDX-License-Identifier: Apache-2.0 */
/* Times in the forms that most systems write, read without asking much. */
#ifndef GG_FAST_TIME_H
#define GG_FAST_TIME_H

#include "base/simd.h"
#include "fast_cells.h"

#include <gridgov/base.h>

#include <stddef.h>
#include <stdint.h>

/* Bytes that may be read behind a text. */
#define GG_FAST_TIME_SLACK 32

/* `2021-09-05T08:31:00`, with a blank for the T or strokes for the hyphens; behind it a fraction,
 * which is cut, and a zone (Z, +08, +0800, +08:00), or neither. Or the same without seconds or with
 * parts of one digit, and nothing behind. 1 and the moment, which lies `offset` seconds east of UTC
 * unless a zone says otherwise: exactly what gridgov_time_parse() makes of it. 0 for anything else,
 * which that function may still read. */
int gg_fast_time(gridgov_time *out, const char *text, size_t size, int64_t offset);

/* Read the times of all rows whose state is 0. An empty cell is GRIDGOV_NO_TIME and leaves if_empty
 * in the row's state; what gg_fast_time() does not read leaves if_other, and is counted. */
size_t gg_fast_time_column(gridgov_time *out, uint8_t *state, const gg_fast_cells *cells,
                           const gg_simd *simd, int64_t offset, uint8_t if_empty, uint8_t if_other);

#endif
