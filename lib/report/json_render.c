/* SPDX-License-Identifier: Apache-2.0 */
/* The model itself as JSON, gridgov.bulletin/1: pins, figures, blocks. Keys stand in a fixed order
 * and each pin, figure, block and row has a line of its own, so that two bulletins compare line by
 * line. Runs refer to figures by code and repeat the printed text, so a reader needs no rules of
 * rounding. Numbers of points and totals are thousandths. */
#include "base/json.h"
#include "figure.h"
#include "render_parts.h"

#include <string.h>

static void put_pins(gg_buf *buf, const gridgov_bulletin *bulletin) {
    gridgov_pin pin = {.struct_size = sizeof pin};
    int64_t i = 0;
    gg_buf_text(buf, "\"pins\": {");
    for (; gridgov_bulletin_pin_at(&pin, bulletin, i) == GRIDGOV_OK; i++) {
        gg_json_put_member(buf, i == 0 ? "\n  " : ",\n  ", pin.name, pin.value);
    }
    gg_buf_text(buf, i > 0 ? "\n},\n" : "},\n");
}

static void put_figures(gg_buf *buf, const gridgov_bulletin *bulletin) {
    gridgov_figure figure = {.struct_size = sizeof figure};
    int64_t i = 0;
    gg_buf_text(buf, "\"figures\": [");
    for (; gridgov_bulletin_figure_at(&figure, bulletin, i) == GRIDGOV_OK; i++) {
        gg_json_put_member(buf, i == 0 ? "\n  {" : ",\n  {", "code", figure.code);
        gg_json_put_member(buf, ", ", "kind", gridgov_code_text(GRIDGOV_KIND_FIGURE, figure.kind));
        gg_json_put_member(buf, ", ", "state", gridgov_code_text(GRIDGOV_KIND_CELL, figure.state));
        if (figure.state == GRIDGOV_CELL_VALUE) {
            gg_json_put_number(buf, ", ", "numerator", figure.numerator);
            gg_json_put_number(buf, ", ", "denominator", figure.denominator);
        }
        if (figure.kind == GRIDGOV_FIGURE_TOTAL) {
            gg_json_put_number(buf, ", ", "base", figure.base);
        }
        gg_json_put_member(buf, ", ", "text", gridgov_bulletin_figure_text(bulletin, i));
        gg_buf_text(buf, "}");
    }
    gg_buf_text(buf, i > 0 ? "\n],\n" : "],\n");
}

static void put_run_list(gg_buf *buf, const gridgov_bulletin *bulletin, int64_t first,
                         int64_t count) {
    gg_buf_text(buf, ", \"runs\": [");
    for (int64_t i = 0; i < count; i++) {
        gridgov_run run = gg_run_at(bulletin, first + i);
        gridgov_figure figure = {.struct_size = sizeof figure};
        gg_buf_text(buf, i == 0 ? "{" : ", {");
        if (gridgov_bulletin_figure_at(&figure, bulletin, run.figure) == GRIDGOV_OK) {
            gg_json_put_member(buf, "", "figure", figure.code);
            gg_buf_text(buf, ", ");
        }
        gg_buf_text(buf, "\"text\": ");
        gg_json_put_text(buf, gg_str_make(run.text, run.size));
        gg_buf_text(buf, "}");
    }
    gg_buf_text(buf, "]");
}

/* The rows of a table, each a line; a row that only spans from above is an empty list. */
static void put_rows(gg_buf *buf, const gridgov_bulletin *bulletin, const gridgov_block *block) {
    int64_t next = block->first_cell;
    gg_buf_text(buf, ", \"rows\": [");
    for (int64_t row = 0; row < block->row_count && !gg_buf_failed(buf); row++) {
        int64_t first = next;
        gg_buf_text(buf, row == 0 ? "\n    [" : ",\n    [");
        for (; next < block->first_cell + block->cell_count; next++) {
            gridgov_table_cell cell = gg_cell_at(bulletin, next);
            if (cell.row != row) {
                break;
            }
            gg_json_put_number(buf, next == first ? "{" : ", {", "column", cell.column);
            gg_json_put_number(buf, ", ", "row_span", cell.row_span);
            gg_json_put_number(buf, ", ", "column_span", cell.column_span);
            gg_buf_text(buf, cell.header ? ", \"header\": true" : ", \"header\": false");
            put_run_list(buf, bulletin, cell.first_run, cell.run_count);
            gg_buf_text(buf, "}");
        }
        gg_buf_text(buf, "]");
    }
    gg_buf_text(buf, block->row_count > 0 ? "\n  ]" : "]");
}

static void put_blocks(gg_buf *buf, const gridgov_bulletin *bulletin) {
    int64_t count = gridgov_bulletin_block_count(bulletin);
    gg_buf_text(buf, "\"blocks\": [");
    for (int64_t i = 0; i < count && !gg_buf_failed(buf); i++) {
        gridgov_block block = gg_block_at(bulletin, i);
        gg_json_put_member(buf, i == 0 ? "\n  {" : ",\n  {", "kind",
                           gridgov_code_text(GRIDGOV_KIND_BLOCK, block.kind));
        gg_json_put_number(buf, ", ", "level", block.level);
        gg_json_put_member(buf, ", ", "code", block.code);
        put_run_list(buf, bulletin, block.first_run, block.run_count);
        if (block.kind == GRIDGOV_BLOCK_TABLE) {
            put_rows(buf, bulletin, &block);
        }
        gg_buf_text(buf, "}");
    }
    gg_buf_text(buf, count > 0 ? "\n]\n" : "]\n");
}

void gg_render_json(gg_buf *buf, const gridgov_bulletin *bulletin) {
    gg_json_put_member(buf, "{\n", "schema", "gridgov.bulletin/1");
    gg_json_put_member(buf, ",\n", "library", gridgov_version_text());
    gg_buf_text(buf, ",\n");
    put_pins(buf, bulletin);
    put_figures(buf, bulletin);
    put_blocks(buf, bulletin);
    gg_buf_text(buf, "}\n");
}
