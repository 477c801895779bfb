/* SPDX-License-Identifier: Apache-2.0 */
/* One table as CSV (RFC 4180: lines end in CR LF), for programs and spreadsheets. Spans are undone
 * so that every row stands alone: a cell that spans rows is repeated in each, since it is part of
 * the key (单位, 网格); one that spans columns stands in the first. Of several header rows the
 * lowest cell over a column names it, and only its first run is the name: the runs that follow,
 * such as the points at stake, are for readers. The caption is left out. */
#include "base/error.h"
#include "base/markup.h"
#include "render_parts.h"

#include <string.h>

static const char byte_order_mark[] = "\xEF\xBB\xBF";

/* Block of the table with a code; GRIDGOV_NONE. */
static int64_t find_table(const gridgov_bulletin *bulletin, const char *code) {
    int64_t count = gridgov_bulletin_block_count(bulletin);
    for (int64_t i = 0; i < count; i++) {
        gridgov_block block = gg_block_at(bulletin, i);
        if (block.kind == GRIDGOV_BLOCK_TABLE && strcmp(block.code, code) == 0) {
            return i;
        }
    }
    return GRIDGOV_NONE;
}

static void put_row(gg_buf *buf, const gg_table_walk *walk, int defuse) {
    for (int32_t c = 0; c < walk->block.column_count; c++) {
        int64_t owner = walk->owner[c];
        gg_buf text = {0};
        if (owner != GRIDGOV_NONE) {
            gridgov_table_cell cell = gg_cell_at(walk->bulletin, owner);
            int64_t runs = cell.header && cell.run_count > 1 ? 1 : cell.run_count;
            if (cell.column == c) {
                gg_put_runs(&text, walk->bulletin, cell.first_run, runs);
            }
        }
        gg_buf_text(buf, c > 0 ? "," : "");
        buf->failed |= gg_buf_failed(&text);
        if (defuse && gg_is_formula(gg_str_make(gg_buf_data(&text), text.size))) {
            gg_buf safe = {0};
            gg_buf_byte(&safe, '\'');
            gg_buf_add(&safe, text.data, text.size);
            gg_put_csv(buf, gg_str_make(gg_buf_data(&safe), safe.size));
            buf->failed |= gg_buf_failed(&safe);
            gg_buf_release(&safe);
        } else {
            gg_put_csv(buf, gg_str_make(gg_buf_data(&text), text.size));
        }
        gg_buf_release(&text);
    }
    gg_buf_text(buf, "\r\n");
}

gridgov_status gg_render_csv(gg_buf *buf, const gridgov_bulletin *bulletin,
                             const gridgov_render_options *options, gridgov_error *err) {
    int64_t index = find_table(bulletin, options->table);
    int64_t headers, only;
    gridgov_block block;
    gg_table_walk walk;
    if (index == GRIDGOV_NONE) {
        return gg_fail(err, GG_RULE_NOT_FOUND, "table", options->table, strlen(options->table),
                       NULL, NULL);
    }
    block = gg_block_at(bulletin, index);
    headers = block.header_row_count;
    only = options->only_row > 0 ? headers + options->only_row - 1 : GRIDGOV_NONE;
    if (options->only_row > block.row_count - headers) {
        return gg_fail_number(err, GG_RULE_NOT_FOUND, "row", options->only_row, NULL, NULL);
    }
    gg_buf_text(buf, options->bom ? byte_order_mark : "");
    if (gg_table_walk_begin(&walk, bulletin, &block) != 0) {
        buf->failed = 1;
    } else {
        while (!gg_buf_failed(buf) && gg_table_walk_next(&walk)) {
            if (walk.row + 1 == headers ||
                (walk.row >= headers && (only == GRIDGOV_NONE || walk.row == only))) {
                put_row(buf, &walk, options->defuse);
            }
        }
    }
    gg_table_walk_end(&walk);
    return GRIDGOV_OK;
}
