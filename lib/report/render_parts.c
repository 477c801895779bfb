/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the renderers. The walk turns cells with spans into rows of columns: it keeps one owner
 * per column and the row in which that owner ends, so a table of any length needs memory for one
 * row. Its invariant: cells come in reading order and never overlap, which the bulletin guarantees.
 */
#include "render_parts.h"

#include "base/mem.h"

gridgov_block gg_block_at(const gridgov_bulletin *bulletin, int64_t index) {
    gridgov_block block = {.struct_size = sizeof block, .code = ""};
    gridgov_bulletin_block_at(&block, bulletin, index);
    return block;
}

gridgov_table_cell gg_cell_at(const gridgov_bulletin *bulletin, int64_t index) {
    gridgov_table_cell cell = {.struct_size = sizeof cell};
    gridgov_bulletin_cell_at(&cell, bulletin, index);
    return cell;
}

gridgov_run gg_run_at(const gridgov_bulletin *bulletin, int64_t index) {
    gridgov_run run = {.struct_size = sizeof run, .figure = GRIDGOV_NONE, .text = ""};
    gridgov_bulletin_run_at(&run, bulletin, index);
    return run;
}

void gg_put_runs(gg_buf *buf, const gridgov_bulletin *bulletin, int64_t first, int64_t count) {
    for (int64_t i = first; i < first + count; i++) {
        gridgov_run run = gg_run_at(bulletin, i);
        gg_buf_add(buf, run.text, run.size);
    }
}

int gg_table_walk_begin(gg_table_walk *walk, const gridgov_bulletin *bulletin,
                        const gridgov_block *block) {
    size_t columns = (size_t)block->column_count;
    *walk = (gg_table_walk){
        .bulletin = bulletin, .block = *block, .row = -1, .next_cell = block->first_cell};
    walk->owner = gg_calloc(columns, sizeof *walk->owner);
    walk->until = gg_calloc(columns, sizeof *walk->until);
    return walk->owner == NULL || walk->until == NULL ? -1 : 0;
}

int gg_table_walk_next(gg_table_walk *walk) {
    int64_t last_cell = walk->block.first_cell + walk->block.cell_count;
    if (++walk->row >= walk->block.row_count) {
        return 0;
    }
    for (int32_t c = 0; c < walk->block.column_count; c++) {
        if (walk->until[c] <= walk->row) {
            walk->owner[c] = GRIDGOV_NONE;
        }
    }
    while (walk->next_cell < last_cell) {
        gridgov_table_cell cell = gg_cell_at(walk->bulletin, walk->next_cell);
        if (cell.row > walk->row) {
            break;
        }
        for (int32_t c = 0; c < cell.column_span; c++) {
            walk->owner[cell.column + c] = walk->next_cell;
            walk->until[cell.column + c] = cell.row + cell.row_span;
        }
        walk->next_cell++;
    }
    return 1;
}

void gg_table_walk_end(gg_table_walk *walk) {
    gg_free(walk->until);
    gg_free(walk->owner);
}
