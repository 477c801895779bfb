/* SPDX-License-Identifier: Apache-2.0 */
/* A bulletin as the writers of Office files look at it, through its public accessors. */
#include "bulletin_view.h"

#include <string.h>

gridgov_block gg_bulletin_block(const gridgov_bulletin *bulletin, int64_t index) {
    gridgov_block block = {.struct_size = sizeof block, .code = ""};
    (void)gridgov_bulletin_block_at(&block, bulletin, index);
    return block;
}

gridgov_table_cell gg_bulletin_cell(const gridgov_bulletin *bulletin, int64_t index) {
    gridgov_table_cell cell = {.struct_size = sizeof cell};
    (void)gridgov_bulletin_cell_at(&cell, bulletin, index);
    return cell;
}

gridgov_run gg_bulletin_run(const gridgov_bulletin *bulletin, int64_t index) {
    gridgov_run run = {.struct_size = sizeof run, .figure = GRIDGOV_NONE, .text = ""};
    (void)gridgov_bulletin_run_at(&run, bulletin, index);
    return run;
}

void gg_bulletin_put_runs(gg_buf *out, const gridgov_bulletin *bulletin, int64_t first,
                          int64_t count) {
    for (int64_t i = first; i < first + count; i++) {
        gridgov_run run = gg_bulletin_run(bulletin, i);
        gg_buf_add(out, run.text, run.size);
    }
}

void gg_bulletin_title(gg_buf *out, const gridgov_bulletin *bulletin) {
    static const int32_t kinds[] = {GRIDGOV_BLOCK_TITLE, GRIDGOV_BLOCK_ISSUER};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        for (int64_t i = 0; i < gridgov_bulletin_block_count(bulletin); i++) {
            gridgov_block block = gg_bulletin_block(bulletin, i);
            if (block.kind == kinds[k]) {
                gg_buf text = {0};
                gg_str line = gg_str_of(""), rest;
                gg_bulletin_put_runs(&text, bulletin, block.first_run, block.run_count);
                rest = gg_str_make(gg_buf_data(&text), text.size);
                (void)gg_text_next_line(&line, &rest);
                gg_buf_str(out, gg_text_trim(line));
                out->failed |= gg_buf_failed(&text);
                gg_buf_release(&text);
                return;
            }
        }
    }
}

int gg_bulletin_in_english(const gridgov_bulletin *bulletin) {
    const char *language = gridgov_bulletin_pin_value(bulletin, "language");
    return language != NULL &&
           strcmp(language, gridgov_code_text(GRIDGOV_KIND_LANG, GRIDGOV_LANG_EN)) == 0;
}

int64_t gg_cell_name_runs(const gridgov_table_cell *cell) {
    return cell->header && cell->run_count > 1 ? 1 : cell->run_count;
}

int64_t gg_cell_figure(const gridgov_bulletin *bulletin, const gridgov_table_cell *cell) {
    gridgov_figure figure = {.struct_size = sizeof figure};
    int64_t index =
        cell->run_count == 1 ? gg_bulletin_run(bulletin, cell->first_run).figure : GRIDGOV_NONE;
    return gridgov_bulletin_figure_at(&figure, bulletin, index) == GRIDGOV_OK &&
                   figure.state == GRIDGOV_CELL_VALUE
               ? index
               : GRIDGOV_NONE;
}
