/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of a batch as fast readers want them: where they lie, and without quotes that do nothing
 * but wrap a cell. */
#ifndef GG_FAST_CELLS_H
#define GG_FAST_CELLS_H

#include <stddef.h>
#include <stdint.h>

/* One column of many rows. */
typedef struct gg_fast_cells {
    const char *data;
    const uint32_t *ends;   /* offset behind each cell of all rows */
    const uint32_t *starts; /* per row: offset of its first byte */
    const uint32_t *firsts; /* per row: index of its first cell's end */
    size_t count;           /* rows */
    size_t column;          /* every row that is looked at has it */
    int written;            /* 1: cells are as written in CSV, perhaps quoted */
} gg_fast_cells;

/* What stands between the quotes of a cell that begins with one; *size becomes its size. A cell
 * with a quote inside stays as it is written. */
const char *gg_fast_unquote(size_t *size, const char *cell);

/* A cell as it is written, or what its quotes wrap. */
static inline const char *gg_fast_cell(size_t *size, const gg_fast_cells *cells, size_t row) {
    const uint32_t *end = cells->ends + cells->firsts[row] + cells->column;
    const uint32_t from = cells->column == 0 ? cells->starts[row] : end[-1] + 1;
    const char *cell = cells->data + from;
    *size = *end - from;
    return cells->written && *cell == '"' ? gg_fast_unquote(size, cell) : cell;
}

#endif
