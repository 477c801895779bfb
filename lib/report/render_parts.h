/* SPDX-License-Identifier: Apache-2.0 */
/* What the renderers share: text of runs, a walk over a table's rows, and the entry of each format.
 * A renderer appends to a buffer whose failure sticks. */
#ifndef GG_RENDER_PARTS_H
#define GG_RENDER_PARTS_H

#include "base/buf.h"

#include <gridgov/render.h>

/* Views by index; all zero past the last. */
gridgov_block gg_block_at(const gridgov_bulletin *bulletin, int64_t index);
gridgov_table_cell gg_cell_at(const gridgov_bulletin *bulletin, int64_t index);
gridgov_run gg_run_at(const gridgov_bulletin *bulletin, int64_t index);

/* Append the text of runs [first, first + count). */
void gg_put_runs(gg_buf *buf, const gridgov_bulletin *bulletin, int64_t first, int64_t count);

/* A walk over the rows of a table: after each step owner[column] is the cell that covers the column
 * in this row, or GRIDGOV_NONE where the row is shorter than the table. */
typedef struct gg_table_walk {
    const gridgov_bulletin *bulletin;
    gridgov_block block;
    int64_t *owner; /* column_count entries */
    int64_t *until; /* first row in which the owner no longer covers the column */
    int64_t row;    /* of the last step; −1 before the first */
    int64_t next_cell;
} gg_table_walk;

/* 0, or -1 when memory is short. To be ended in either case. */
int gg_table_walk_begin(gg_table_walk *walk, const gridgov_bulletin *bulletin,
                        const gridgov_block *block);
/* Step to the next row; 0 past the last. */
int gg_table_walk_next(gg_table_walk *walk);
void gg_table_walk_end(gg_table_walk *walk);

/* The formats. A shortage of memory shows in the buffer. */
void gg_render_markdown(gg_buf *buf, const gridgov_bulletin *bulletin);
void gg_render_html(gg_buf *buf, const gridgov_bulletin *bulletin);
void gg_render_json(gg_buf *buf, const gridgov_bulletin *bulletin);
/* One table; ENOTFOUND if none has that code, or if it has no such row. */
gridgov_status gg_render_csv(gg_buf *buf, const gridgov_bulletin *bulletin,
                             const gridgov_render_options *options, gridgov_error *err);

#endif
