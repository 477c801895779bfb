/* SPDX-License-Identifier: Apache-2.0 */
/* A table of a bulletin in a DOCX. Columns have fixed widths (table_shape.h), so that the page does
 * not depend on how a program measures text. Header rows repeat on every page, no row is split, and
 * rows that share a merged cell stay together, as do the last two. Figures of one column end at one
 * line, which is moved in so that they stand below the middle of their header. */
#include "docx.h"

#include "base/error.h"
#include "base/mem.h"
#include "bulletin_view.h"
#include "table_shape.h"

#define COLUMNS_MAX 63 /* of a table (Word) */
#define GROUP_MAX 8    /* rows of a merged cell that are kept on one page */
#define PADDING 80     /* twips at each side of a cell */
#define SMALL_PADDING 28
#define LONG_TEXT (16 * GG_EM) /* text of such columns begins at the left */
#define DETAIL_PERCENT 80      /* size of the points at stake below a name */

/* A table while it is written. */
typedef struct table {
    gg_docx *d;
    gg_table_shape shape;
    int64_t *widths; /* twips, by column */
    int64_t padding;
    int small; /* 1: a wide table's print */
} table;

static gg_docx_style style_of(const table *t, gg_docx_style style) {
    return t->small ? (gg_docx_style)(style + (GG_DOCX_SMALL_HEAD - GG_DOCX_HEAD)) : style;
}

/* One em of the table's print. */
static int64_t em_of(const table *t) {
    return (int64_t)gg_docx_style_size(style_of(t, GG_DOCX_CELL), t->d->english) * 10;
}

/* Where the figures of a column end: from the right edge of its text. */
static int64_t figure_indent(const table *t, int64_t column) {
    int64_t room = t->widths[column] - 2 * t->padding;
    int64_t widest = (t->shape.columns[column].figure * em_of(t) + GG_EM - 1) / GG_EM;
    return room > widest ? (room - widest) / 2 : 0;
}

/* Lines of runs [first, first + count), parted by line breaks. */
static void put_cell_runs(table *t, int64_t first, int64_t count, const char *extra) {
    gg_buf *out = t->d->out, text = {0};
    gg_str line, rest;
    int lines = 0;
    gg_bulletin_put_runs(&text, t->d->bulletin, first, count);
    rest = gg_str_make(gg_buf_data(&text), text.size);
    while (gg_text_next_line(&line, &rest)) {
        gg_buf_text(out, lines++ > 0 ? "<w:r><w:br/></w:r>" : "");
        gg_docx_put_run(out, line, extra);
    }
    out->failed |= gg_buf_failed(&text);
    gg_buf_release(&text);
}

static void put_cell_text(table *t, const gridgov_table_cell *cell, int keep) {
    gg_buf *out = t->d->out, detail = {0};
    int64_t names = gg_cell_name_runs(cell);
    const gg_table_column *column = &t->shape.columns[cell->column];
    int figure = gg_cell_figure(t->d->bulletin, cell) != GRIDGOV_NONE && cell->column_span == 1;
    gg_docx_style style = style_of(t, cell->header ? GG_DOCX_HEAD
                                      : figure     ? GG_DOCX_FIGURE
                                                   : GG_DOCX_CELL);
    gg_buf_text(out, "<w:p><w:pPr><w:pStyle w:val=\"");
    gg_buf_text(out, gg_docx_style_id(style));
    gg_buf_text(out, keep ? "\"/><w:keepNext/>" : "\"/>");
    if (figure && !cell->header) {
        gg_buf_around(out, "<w:ind w:right=\"", figure_indent(t, cell->column), "\"/>");
    } else if (!cell->header && column->figure == 0 &&
               (column->body > LONG_TEXT || (t->d->english && column->names))) {
        gg_buf_text(out, "<w:jc w:val=\"left\"/>");
    }
    gg_buf_text(out, "</w:pPr>");
    put_cell_runs(t, cell->first_run, names, "");
    if (names < cell->run_count) { // below the name of one column, behind that of several
        gg_buf_text(out, cell->column_span == 1 ? "<w:r><w:br/></w:r>" : "");
        gg_buf_around(&detail, "<w:b w:val=\"0\"/><w:sz w:val=\"",
                      gg_docx_style_size(style, t->d->english) * DETAIL_PERCENT / 100, "\"/>");
        put_cell_runs(t, cell->first_run + names, cell->run_count - names, gg_buf_data(&detail));
        out->failed |= gg_buf_failed(&detail);
        gg_buf_release(&detail);
    }
    gg_buf_text(out, "</w:p>");
}

/* The cell that covers columns [from, to) of the row; index GRIDGOV_NONE: nothing does. */
static void put_cell(table *t, int64_t row, int64_t index, int64_t from, int64_t to, int keep) {
    gg_buf *out = t->d->out;
    gridgov_table_cell cell = gg_bulletin_cell(t->d->bulletin, index);
    int64_t width = 0;
    for (int64_t c = from; c < to; c++) {
        width += t->widths[c];
    }
    gg_buf_around(out, "<w:tc><w:tcPr><w:tcW w:w=\"", width, "\" w:type=\"dxa\"/>");
    if (to - from > 1) {
        gg_buf_around(out, "<w:gridSpan w:val=\"", to - from, "\"/>");
    }
    if (cell.row_span > 1) {
        gg_buf_text(out, cell.row == row ? "<w:vMerge w:val=\"restart\"/>" : "<w:vMerge/>");
    }
    gg_buf_text(out,
                cell.header ? "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>" : "");
    gg_buf_text(out, "<w:vAlign w:val=\"center\"/></w:tcPr>");
    if (index != GRIDGOV_NONE && cell.row == row) {
        put_cell_text(t, &cell, keep);
    } else {
        gg_buf_text(out, "<w:p><w:pPr><w:pStyle w:val=\"");
        gg_buf_text(out, gg_docx_style_id(style_of(t, GG_DOCX_CELL)));
        gg_buf_text(out, keep ? "\"/><w:keepNext/></w:pPr></w:p>" : "\"/></w:pPr></w:p>");
    }
    gg_buf_text(out, "</w:tc>");
}

/* Does the row stay with the one below? */
static int is_kept(const table *t, const gg_table_rows *rows) {
    const gridgov_block *block = &t->shape.block;
    if (rows->row < block->header_row_count || rows->row == block->row_count - 2) {
        return 1;
    }
    for (int32_t c = 0; c < block->column_count; c++) {
        if (rows->cells[c] != GRIDGOV_NONE && rows->ends[c] > rows->row + 1 &&
            gg_bulletin_cell(t->d->bulletin, rows->cells[c]).row_span <= GROUP_MAX) {
            return 1;
        }
    }
    return 0;
}

static void put_row(table *t, const gg_table_rows *rows) {
    gg_buf *out = t->d->out;
    int32_t columns = t->shape.block.column_count;
    int keep = is_kept(t, rows);
    gg_buf_text(out, rows->row < t->shape.block.header_row_count
                         ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
                         : "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (int32_t from = 0, to; from < columns; from = to) {
        for (to = from + 1; to < columns && rows->cells[from] != GRIDGOV_NONE &&
                            rows->cells[to] == rows->cells[from];
             to++) {
        }
        put_cell(t, rows->row, rows->cells[from], from, to, keep);
    }
    gg_buf_text(out, "</w:tr>");
}

static void put_caption(gg_docx *d, const gridgov_block *block) {
    gg_buf text = {0};
    gg_str line, rest;
    gg_bulletin_put_runs(&text, d->bulletin, block->first_run, block->run_count);
    rest = gg_str_make(gg_buf_data(&text), text.size);
    while (gg_text_next_line(&line, &rest)) {
        gg_buf_text(d->out, "<w:p><w:pPr><w:pStyle w:val=\"");
        gg_buf_text(d->out, gg_docx_style_id(GG_DOCX_CAPTION));
        gg_buf_text(d->out, "\"/></w:pPr>");
        gg_docx_put_run(d->out, gg_text_trim(line), "");
        gg_buf_text(d->out, "</w:p>");
        d->after_table = 0;
    }
    d->out->failed |= gg_buf_failed(&text);
    gg_buf_release(&text);
    if (d->after_table) { // two tables without a paragraph between them would be one
        gg_buf_text(d->out, "<w:p/>");
    }
}

static void put_table_head(table *t) {
    gg_buf *out = t->d->out;
    int64_t sum = 0;
    for (int32_t c = 0; c < t->shape.block.column_count; c++) {
        sum += t->widths[c];
    }
    gg_buf_around(out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"BulletinTable\"/><w:tblW w:w=\"", sum,
                  "\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/>");
    gg_buf_around(out, "<w:tblCellMar><w:left w:w=\"", t->padding, "\" w:type=\"dxa\"/>");
    gg_buf_around(out, "<w:right w:w=\"", t->padding, "\" w:type=\"dxa\"/></w:tblCellMar>");
    gg_buf_text(out, "</w:tblPr><w:tblGrid>");
    for (int32_t c = 0; c < t->shape.block.column_count; c++) {
        gg_buf_around(out, "<w:gridCol w:w=\"", t->widths[c], "\"/>");
    }
    gg_buf_text(out, "</w:tblGrid>");
}

/* Widths on an upright page, else on one turned sideways; the section is changed to that page. */
static void choose_page(table *t) {
    gg_docx *d = t->d;
    int sideways = !gg_table_fit(t->widths, &t->shape, GG_TEXT_SHORT, em_of(t), 2 * t->padding);
    if (sideways) {
        (void)gg_table_fit(t->widths, &t->shape, GG_TEXT_LONG, em_of(t), 2 * t->padding);
    }
    gg_docx_turn(d, sideways);
}

static gridgov_status put_table(table *t, gridgov_error *err) {
    gg_table_rows rows;
    t->small = gg_table_is_wide(&t->shape);
    t->padding = t->small ? SMALL_PADDING : PADDING;
    choose_page(t);
    put_caption(t->d, &t->shape.block);
    if (gg_table_rows_begin(&rows, &t->shape) != 0) {
        gg_table_rows_end(&rows);
        return gg_fail_memory(err);
    }
    put_table_head(t);
    while (!gg_buf_failed(t->d->out) && gg_table_rows_next(&rows)) {
        put_row(t, &rows);
    }
    gg_buf_text(t->d->out, "</w:tbl>");
    t->d->after_table = 1;
    gg_table_rows_end(&rows);
    return GRIDGOV_OK;
}

gridgov_status gg_docx_put_table(gg_docx *d, const gridgov_block *block, gridgov_error *err) {
    table t = {.d = d};
    gridgov_status status;
    if (block->column_count > COLUMNS_MAX) {
        return gg_fail_number(err, GG_RULE_TABLE_COLUMNS, block->code, block->column_count, "63",
                              NULL);
    }
    if (block->column_count == 0) { // a table without a cell is its caption
        put_caption(d, block);
        return GRIDGOV_OK;
    }
    t.widths = gg_calloc((size_t)block->column_count, sizeof *t.widths);
    status = gg_table_shape_make(&t.shape, d->bulletin, block) != 0 || t.widths == NULL
                 ? gg_fail_memory(err)
                 : put_table(&t, err);
    gg_table_shape_release(&t.shape);
    gg_free(t.widths);
    return status;
}
