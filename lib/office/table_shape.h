/* SPDX-License-Identifier: Apache-2.0 */
/* The shape of a table of a bulletin: what stands where, and how wide its columns want to be.
 * Widths are in twelfths of an em of the table's print, so that they fit any size of it. */
#ifndef GG_TABLE_SHAPE_H
#define GG_TABLE_SHAPE_H

#include <gridgov/bulletin.h>

#include "base/text.h"

#define GG_EM 12 /* twelfths */

/* Width of a text in twelfths of an em: an estimate that is exact for Chinese, digits and blanks of
 * the usual faces. */
int64_t gg_text_em(gg_str text);

typedef struct gg_table_column {
    int64_t full;   /* its widest cell on one line, headers included */
    int64_t body;   /* the same without headers */
    int64_t least;  /* with lines broken wherever they may be; figures stay whole */
    int64_t figure; /* the widest of its figures; 0: it has none */
    int names;      /* 1: it stands before the first column with figures */
} gg_table_column;

typedef struct gg_table_shape {
    const gridgov_bulletin *bulletin;
    gridgov_block block;
    gg_table_column *columns; /* block.column_count */
    int32_t name_columns;     /* leading columns of names, at most 3 */
} gg_table_shape;

/* Measure a table. 0, or -1 when memory is short; to be released in either case. */
int gg_table_shape_make(gg_table_shape *shape, const gridgov_bulletin *bulletin,
                        const gridgov_block *block);
void gg_table_shape_release(gg_table_shape *shape);

/* Columns above which a table takes smaller print. */
#define GG_WIDE_COLUMNS 8
int gg_table_is_wide(const gg_table_shape *shape);

/* Give every column a width, in any unit: room is shared out in `widths`, one em being `em` units,
 * and `padding` of a column carrying no text. Returns 1; or 0 if the table does not fit, where
 * every column has been cut in proportion. */
int gg_table_fit(int64_t *widths, const gg_table_shape *shape, int64_t room, int64_t em,
                 int64_t padding);

/* A walk over the rows. After each step cells[column] is the index of the cell that covers the
 * column in this row, or GRIDGOV_NONE. */
typedef struct gg_table_rows {
    const gridgov_bulletin *bulletin;
    gridgov_block block;
    int64_t row;    /* of the last step; −1 before the first */
    int64_t *cells; /* block.column_count */
    int64_t *ends;  /* row behind the last that the cell covers */
    int64_t next;   /* cell */
} gg_table_rows;

/* 0, or -1 when memory is short; to be ended in either case. */
int gg_table_rows_begin(gg_table_rows *rows, const gg_table_shape *shape);
/* Step to the next row; 0 past the last. */
int gg_table_rows_next(gg_table_rows *rows);
void gg_table_rows_end(gg_table_rows *rows);

#endif
