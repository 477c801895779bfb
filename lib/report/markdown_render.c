/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown (CommonMark with GitHub's tables). GitHub's tables know neither spans nor a second
 * header row: a cell that spans rows prints its text in the first and stays empty below; header
 * rows are merged into one, the texts above a column joined by " · "; a cell that spans columns in
 * the body prints in the first. All text is escaped in base/markup. */
#include "base/markup.h"
#include "base/mem.h"
#include "render_parts.h"

static void put_escaped(gg_buf *buf, const gg_buf *text, int at_start) {
    gg_put_markdown(buf, gg_str_make(gg_buf_data(text), text->size), at_start);
    buf->failed |= gg_buf_failed(text);
}

/* Text of a cell, its lines joined by <br>. */
static void put_cell(gg_buf *buf, const gridgov_bulletin *bulletin, int64_t index) {
    gridgov_table_cell cell = gg_cell_at(bulletin, index);
    gg_buf text = {0};
    gg_str line, rest;
    int first = 1;
    gg_put_runs(&text, bulletin, cell.first_run, cell.run_count);
    rest = gg_str_make(gg_buf_data(&text), text.size);
    while (gg_text_next_line(&line, &rest)) {
        gg_buf_text(buf, first ? "" : "<br>");
        gg_put_markdown(buf, line, 0);
        first = 0;
    }
    buf->failed |= gg_buf_failed(&text);
    gg_buf_release(&text);
}

/* The header rows merged into one, one buffer a column; each cell stands once in a column. */
static void merge_header(gg_buf *heads, gg_table_walk *walk) {
    for (int64_t r = 0; r < walk->block.header_row_count && gg_table_walk_next(walk); r++) {
        for (int32_t c = 0; c < walk->block.column_count; c++) {
            int64_t owner = walk->owner[c];
            if (owner == GRIDGOV_NONE || gg_cell_at(walk->bulletin, owner).row != r) {
                continue;
            }
            gg_buf_text(&heads[c], heads[c].size > 0 ? " · " : "");
            put_cell(&heads[c], walk->bulletin, owner);
        }
    }
}

static void put_header(gg_buf *buf, gg_table_walk *walk) {
    size_t columns = (size_t)walk->block.column_count;
    gg_buf *heads = gg_calloc(columns, sizeof *heads);
    if (heads == NULL) {
        buf->failed = 1;
        return;
    }
    merge_header(heads, walk);
    for (size_t c = 0; c < columns; c++) {
        gg_buf_text(buf, "| ");
        gg_buf_add(buf, gg_buf_data(&heads[c]), heads[c].size);
        gg_buf_text(buf, heads[c].size > 0 ? " " : "");
        buf->failed |= gg_buf_failed(&heads[c]);
        gg_buf_release(&heads[c]);
    }
    gg_buf_text(buf, "|\n");
    for (size_t c = 0; c < columns; c++) {
        gg_buf_text(buf, "| --- ");
    }
    gg_buf_text(buf, "|\n");
    gg_free(heads);
}

static void put_body_row(gg_buf *buf, const gg_table_walk *walk) {
    for (int32_t c = 0; c < walk->block.column_count; c++) {
        int64_t owner = walk->owner[c];
        size_t before;
        gg_buf_text(buf, "| ");
        before = buf->size;
        if (owner != GRIDGOV_NONE) {
            gridgov_table_cell cell = gg_cell_at(walk->bulletin, owner);
            if (cell.row == walk->row && cell.column == c) {
                put_cell(buf, walk->bulletin, owner);
            }
        }
        gg_buf_text(buf, buf->size > before ? " " : "");
    }
    gg_buf_text(buf, "|\n");
}

static void put_table(gg_buf *buf, const gridgov_bulletin *bulletin, const gridgov_block *block) {
    gg_table_walk walk;
    if (block->run_count > 0) {
        gg_buf caption = {0};
        gg_put_runs(&caption, bulletin, block->first_run, block->run_count);
        gg_buf_text(buf, "**");
        put_escaped(buf, &caption, 0);
        gg_buf_text(buf, "**\n\n");
        gg_buf_release(&caption);
    }
    if (gg_table_walk_begin(&walk, bulletin, block) != 0) {
        buf->failed = 1;
    } else if (block->column_count > 0) {
        put_header(buf, &walk);
        while (!gg_buf_failed(buf) && gg_table_walk_next(&walk)) {
            put_body_row(buf, &walk);
        }
    }
    gg_table_walk_end(&walk);
}

/* How the lines of a block open and close, and what stands between two of them. */
typedef struct block_form {
    const char *open, *close, *between;
} block_form;

static block_form form_of(const gridgov_block *block) {
    static const block_form headings[] = {{"## ", "", " "}, {"### ", "", " "}, {"#### ", "", " "}};
    switch (block->kind) {
    case GRIDGOV_BLOCK_TITLE:
        return (block_form){"# ", "", " "};
    case GRIDGOV_BLOCK_HEADING:
        return headings[block->level - 1];
    case GRIDGOV_BLOCK_NOTE:
        return (block_form){"> ", "", "\\\n> "};
    case GRIDGOV_BLOCK_STAMP:
        return (block_form){"> **", "**", "**\\\n> **"};
    case GRIDGOV_BLOCK_ISSUER:
        return (block_form){"**", "**", "**\n\n**"};
    case GRIDGOV_BLOCK_COLOPHON:
        return (block_form){"---\n\n", "", "\\\n"};
    default:
        return (block_form){"", "", "\n\n"};
    }
}

static void put_lines(gg_buf *buf, const gridgov_bulletin *bulletin, const gridgov_block *block) {
    block_form form = form_of(block);
    gg_buf text = {0};
    gg_str line, rest;
    int first = 1;
    gg_put_runs(&text, bulletin, block->first_run, block->run_count);
    rest = gg_str_make(gg_buf_data(&text), text.size);
    while (gg_text_next_line(&line, &rest)) {
        gg_buf_text(buf, first ? form.open : form.between);
        gg_put_markdown(buf, gg_text_trim(line),
                        block->kind == GRIDGOV_BLOCK_PARAGRAPH ||
                            block->kind == GRIDGOV_BLOCK_NOTE ||
                            block->kind == GRIDGOV_BLOCK_COLOPHON);
        first = 0;
    }
    gg_buf_text(buf, first ? "" : form.close);
    gg_buf_text(buf, first ? "" : "\n");
    buf->failed |= gg_buf_failed(&text);
    gg_buf_release(&text);
}

void gg_render_markdown(gg_buf *buf, const gridgov_bulletin *bulletin) {
    int64_t count = gridgov_bulletin_block_count(bulletin);
    for (int64_t i = 0; i < count && !gg_buf_failed(buf); i++) {
        gridgov_block block = gg_block_at(bulletin, i);
        gg_buf_text(buf, buf->size > 0 ? "\n" : "");
        if (block.kind == GRIDGOV_BLOCK_TABLE) {
            put_table(buf, bulletin, &block);
        } else {
            put_lines(buf, bulletin, &block);
        }
    }
}
