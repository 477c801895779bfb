/* SPDX-License-Identifier: Apache-2.0 */
/* Times in the forms that most systems write, read without asking much. */
#ifndef GG_FAST_TIME_H
#define GG_FAST_TIME_H

#include <gridgov/base.h>

#include <stddef.h>
#include <stdint.h>

/* Bytes that may be read behind a text. */
#define GG_FAST_TIME_SLACK 24

/* `2021-09-05T08:31:00`, with a blank for the T, strokes for the hyphens, without seconds, or with
 * parts of one digit: 1 and the seconds since 1970 as if the zone were UTC, exactly what
 * gridgov_time_parse() makes of it; 0 for anything else, which that function may still read. */
int gg_fast_time(gridgov_time *out, const char *text, size_t size);

/* One column of many rows. */
typedef struct gg_fast_cells {
    const char *data;
    const uint32_t *ends;   /* offset behind each cell of all rows */
    const uint32_t *starts; /* per row: offset of its first byte */
    const uint32_t *firsts; /* per row: index of its first cell's end */
    size_t count;           /* rows */
    size_t column;          /* every row that is looked at has it */
} gg_fast_cells;

static inline const char *gg_fast_cell(size_t *size, const gg_fast_cells *cells, size_t row) {
    const uint32_t *end = cells->ends + cells->firsts[row] + cells->column;
    const uint32_t from = cells->column == 0 ? cells->starts[row] : end[-1] + 1;
    *size = *end - from;
    return cells->data + from;
}

/* Read the times of all rows whose state is 0, less offset seconds. An empty cell is
 * GRIDGOV_NO_TIME and leaves if_empty in the row's state; what gg_fast_time() does not read leaves
 * if_other. */
void gg_fast_time_column(gridgov_time *out, uint8_t *state, const gg_fast_cells *cells,
                         int64_t offset, uint8_t if_empty, uint8_t if_other);

#endif
