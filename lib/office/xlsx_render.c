/* SPDX-License-Identifier: Apache-2.0 */
/* A bulletin as a workbook: its prose on the first sheet, line by line; each table on a sheet of
 * its own, caption, header, rows and the notes that follow it. Cells are merged as on the page, and
 * every covered cell is there with its border. Heights are computed, because programs do not
 * measure merged cells. */
#include "xlsx_render.h"

#include "base/error.h"
#include "base/mem.h"
#include "bulletin_view.h"
#include "sheet_text.h"
#include "table_shape.h"
#include "workbook_parts.h"

#define NAME_MAX 31      /* characters of a sheet's name */
#define CELL_MAX 32767   /* characters of a cell */
#define ROWS_MAX 1048576 /* of a sheet */
#define PROSE_WIDTH 84   /* columns of ASCII: what A4 holds between the margins */
#define WIDTH_MIN 7
#define CELL_EDGES 2   /* at both sides of a text */
#define TABLE_LEAST 72 /* columns of ASCII of a whole table */
#define WIDTH_MAX 56
#define SIDEWAYS 130          /* a wider sheet is printed across */
#define HEIGHT_MAX 409        /* points of a row (Excel) */
#define LINE_HEIGHT 15        /* points, of 11 pt */
#define CHARACTER (GG_EM / 2) /* a column of ASCII, in twelfths of an em */

/* A sheet while it is filled. */
typedef struct fill {
    const gridgov_bulletin *bulletin;
    gg_written_sheet *sheet;
    gg_buf rows, merges;
    int64_t row, merge_count;
    gridgov_error *err;
} fill;

typedef struct book {
    const gridgov_bulletin *bulletin;
    gg_written_sheet *sheets;
    size_t count, capacity;
    gg_buf names; /* elements definedName */
    gridgov_error *err;
} book;

static int64_t lines_of(gg_str text, int64_t width) {
    gg_str line, rest = text;
    int64_t lines = 0;
    while (gg_text_next_line(&line, &rest)) {
        int64_t em = gg_text_em(line);
        lines += em == 0 ? 1 : (em + width * CHARACTER - 1) / (width * CHARACTER);
    }
    return lines > 0 ? lines : 1;
}

static gridgov_status begin_row(fill *f, int64_t height) {
    if (f->row == ROWS_MAX) {
        return gg_fail_number(f->err, GG_RULE_TABLE_ROWS, NULL, ROWS_MAX, NULL, NULL);
    }
    f->row++;
    gg_buf_text(&f->rows, "<row r=\"");
    gg_buf_int(&f->rows, f->row);
    gg_buf_text(&f->rows, "\" ht=\"");
    gg_buf_int(&f->rows, height < HEIGHT_MAX ? height : HEIGHT_MAX);
    gg_buf_text(&f->rows, "\" customHeight=\"1\">");
    return GRIDGOV_OK;
}

static void end_row(fill *f) {
    gg_buf_text(&f->rows, "</row>");
}

static void open_cell(fill *f, int64_t column, gg_xlsx_style style) {
    gg_buf_text(&f->rows, "<c r=\"");
    gg_sheet_put_place(&f->rows, column, f->row);
    gg_buf_text(&f->rows, "\" s=\"");
    gg_buf_int(&f->rows, style);
}

static gridgov_status put_text(fill *f, int64_t column, gg_str text, gg_xlsx_style style) {
    int64_t characters = 0;
    for (size_t at = 0; at < text.size; characters++) {
        characters += gg_utf8_next(text.data, text.size, &at) > 0xFFFF; // two units of UTF-16
    }
    if (characters > CELL_MAX) {
        return gg_fail_number(f->err, GG_RULE_CELL_CHARACTERS, NULL, characters, "32767", NULL);
    }
    open_cell(f, column, style);
    if (text.size == 0) {
        gg_buf_text(&f->rows, "\"/>");
        return GRIDGOV_OK;
    }
    gg_buf_text(&f->rows, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    gg_sheet_put_text(&f->rows, text);
    gg_buf_text(&f->rows, "</t></is></c>");
    return GRIDGOV_OK;
}

/* An area of more than one cell, whose top left corner is in the row being written. */
static void merge(fill *f, int64_t column, int64_t columns, int64_t rows) {
    if (columns > 1 || rows > 1) {
        gg_buf_text(&f->merges, "<mergeCell ref=\"");
        gg_sheet_put_place(&f->merges, column, f->row);
        gg_buf_byte(&f->merges, ':');
        gg_sheet_put_place(&f->merges, column + columns - 1, f->row + rows - 1);
        gg_buf_text(&f->merges, "\"/>");
        f->merge_count++;
    }
}

/* How lines of prose are set. */
typedef struct line_form {
    gg_xlsx_style style;
    int64_t width;  /* columns of ASCII that a line of it holds */
    int64_t height; /* points of one line */
} line_form;

/* One line over so many columns. */
static gridgov_status put_line(fill *f, gg_str line, const line_form *form, int64_t columns) {
    GG_TRY(begin_row(f, lines_of(line, form->width) * form->height + 4));
    GG_TRY(put_text(f, 0, line, form->style));
    merge(f, 0, columns, 1);
    end_row(f);
    return GRIDGOV_OK;
}

/* The lines of a block, a row each; the first may be set in another way. */
static gridgov_status put_lines(fill *f, const gridgov_block *block, const line_form *first,
                                const line_form *others, int64_t columns) {
    gg_buf text = {0};
    gg_str line, rest;
    gridgov_status status = GRIDGOV_OK;
    gg_bulletin_put_runs(&text, f->bulletin, block->first_run, block->run_count);
    rest = gg_str_make(gg_buf_data(&text), text.size);
    while (status == GRIDGOV_OK && gg_text_next_line(&line, &rest)) {
        status = put_line(f, gg_text_trim(line), first, columns);
        first = others;
    }
    f->rows.failed |= gg_buf_failed(&text);
    gg_buf_release(&text);
    return status;
}

/* Characters of a sheet's name: none that Excel forbids, and at most most of them, in UTF-16. */
static void put_name(gg_buf *out, gg_str text, int most) {
    int units = 0;
    for (size_t at = 0; at < text.size;) {
        char bytes[4];
        size_t size;
        uint32_t c = gg_utf8_next(text.data, text.size, &at);
        units += c > 0xFFFF ? 2 : 1;
        if (units > most) {
            break;
        }
        size = gg_utf8_put(bytes, c);
        if (c < ' ' || c == '[' || c == ']' || c == ':' || c == '*' || c == '?' || c == '/' ||
            c == '\\' || (c == '\'' && (out->size == 0 || at == text.size))) {
            units -= 1;
        } else {
            gg_buf_add(out, bytes, size);
        }
    }
}

static int is_taken(const book *b, gg_str name) {
    for (size_t i = 0; i + 1 < b->count; i++) {
        const gg_buf *other = &b->sheets[i].name;
        if (gg_str_equal_nocase(gg_str_make(gg_buf_data(other), other->size), name)) {
            return 1;
        }
    }
    return 0;
}

/* Name the last sheet; where another has that name, or there is none, its number says which. */
static gridgov_status name_sheet(book *b, gg_str wanted) {
    gg_buf *name = &b->sheets[b->count - 1].name;
    int64_t number = (int64_t)b->count;
    put_name(name, gg_text_trim(wanted), NAME_MAX);
    while (!gg_buf_failed(name) &&
           (name->size == 0 || is_taken(b, gg_str_make(gg_buf_data(name), name->size)))) {
        gg_buf_clear(name);
        put_name(name, gg_text_trim(wanted), NAME_MAX - 8);
        gg_buf_text(name, name->size > 0 ? " (" : "(");
        gg_buf_int(name, number++);
        gg_buf_byte(name, ')');
    }
    return gg_buf_failed(name) ? gg_fail_memory(b->err) : GRIDGOV_OK;
}

static gridgov_status begin_sheet(book *b, fill *f) {
    if (gg_grow((void **)&b->sheets, b->count, &b->capacity, sizeof *b->sheets) != 0) {
        return gg_fail_memory(b->err);
    }
    b->sheets[b->count] = (gg_written_sheet){0};
    *f = (fill){.bulletin = b->bulletin, .sheet = &b->sheets[b->count++], .err = b->err};
    return GRIDGOV_OK;
}

/* The sheet from its pieces; `head` rows and `names` columns stay in sight. */
static gridgov_status end_sheet(fill *f, const int64_t *widths, int64_t columns, int64_t head,
                                int64_t names) {
    gg_buf *xml = &f->sheet->xml;
    int64_t total = 0;
    gg_buf_text(xml, GG_XML_HEAD "<worksheet " GG_SHEET_NS "><sheetPr><pageSetUpPr "
                                 "fitToPage=\"1\"/></sheetPr><sheetViews><sheetView "
                                 "showGridLines=\"0\" workbookViewId=\"0\"");
    gg_buf_text(xml, head > 0 ? "><pane" : "/>");
    if (head > 0) {
        if (names > 0) {
            gg_buf_around(xml, " xSplit=\"", names, "\"");
        }
        gg_buf_around(xml, " ySplit=\"", head, "\" topLeftCell=\"");
        gg_sheet_put_place(xml, names, head + 1);
        gg_buf_text(xml, names > 0 ? "\" activePane=\"bottomRight\" state=\"frozen\"/></sheetView>"
                                   : "\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView>");
    }
    gg_buf_text(xml, "</sheetViews><sheetFormatPr defaultRowHeight=\"16\"/><cols>");
    for (int64_t c = 0; c < columns; c++) {
        gg_buf_around(xml, "<col min=\"", c + 1, "\"");
        gg_buf_around(xml, " max=\"", c + 1, "\"");
        gg_buf_around(xml, " width=\"", widths[c], "\" customWidth=\"1\"/>");
        total += widths[c];
    }
    gg_buf_text(xml, "</cols><sheetData>");
    gg_buf_add(xml, gg_buf_data(&f->rows), f->rows.size);
    gg_buf_text(xml, "</sheetData>");
    if (f->merge_count > 0) {
        gg_buf_around(xml, "<mergeCells count=\"", f->merge_count, "\">");
        gg_buf_add(xml, gg_buf_data(&f->merges), f->merges.size);
        gg_buf_text(xml, "</mergeCells>");
    }
    gg_buf_text(xml, "<printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.9\" "
                     "right=\"0.9\" top=\"1\" bottom=\"1\" header=\"0.5\" footer=\"0.5\"/>"
                     "<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"");
    gg_buf_text(xml, total > SIDEWAYS ? "landscape" : "portrait");
    gg_buf_text(xml, "\"/><headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter>"
                     "</worksheet>");
    xml->failed |= gg_buf_failed(&f->rows) | gg_buf_failed(&f->merges);
    return gg_buf_failed(xml) ? gg_fail_memory(f->err) : GRIDGOV_OK;
}

static void release_fill(fill *f) {
    gg_buf_release(&f->rows);
    gg_buf_release(&f->merges);
}

/* Prose */

static gridgov_status put_prose(fill *f, const gridgov_block *block, int *named) {
    static const line_form title = {GG_XLSX_TITLE, PROSE_WIDTH * 11 / 18, 30},
                           heading = {GG_XLSX_HEADING, PROSE_WIDTH * 11 / 12, 20},
                           stamp = {GG_XLSX_STAMP, PROSE_WIDTH * 11 / 12, 20},
                           note = {GG_XLSX_NOTE, PROSE_WIDTH, LINE_HEIGHT},
                           issuer = {GG_XLSX_ISSUER, PROSE_WIDTH / 2, 34},
                           number = {GG_XLSX_NUMBER, PROSE_WIDTH * 11 / 12, 20},
                           prose = {GG_XLSX_PROSE, PROSE_WIDTH * 11 / 12, 18};
    switch (block->kind) {
    case GRIDGOV_BLOCK_TITLE:
        return put_lines(f, block, &title, &title, 1);
    case GRIDGOV_BLOCK_HEADING:
        return put_lines(f, block, &heading, &heading, 1);
    case GRIDGOV_BLOCK_STAMP:
        return put_lines(f, block, &stamp, &stamp, 1);
    case GRIDGOV_BLOCK_NOTE:
        return put_lines(f, block, &note, &note, 1);
    case GRIDGOV_BLOCK_ISSUER: {
        const line_form *first = *named ? &number : &issuer;
        *named = 1;
        return put_lines(f, block, first, &number, 1);
    }
    default:
        return put_lines(f, block, &prose, &prose, 1);
    }
}

/* Does the block get a sheet of its own? A table without a cell is its caption, as prose. */
static int is_table(const gridgov_block *block) {
    return block->kind == GRIDGOV_BLOCK_TABLE && block->column_count > 0;
}

static gridgov_status put_front(book *b) {
    static const int64_t widths[] = {PROSE_WIDTH};
    int64_t count = gridgov_bulletin_block_count(b->bulletin);
    int named = 0, below = 0; // a table: its notes are on its sheet
    fill f;
    gridgov_status status = begin_sheet(b, &f);
    if (status != GRIDGOV_OK) {
        return status;
    }
    status = name_sheet(b, gg_str_of(gg_bulletin_in_english(b->bulletin) ? "Text" : "正文"));
    for (int64_t i = 0; status == GRIDGOV_OK && i < count; i++) {
        gridgov_block block = gg_bulletin_block(b->bulletin, i);
        below = is_table(&block) || (below && block.kind == GRIDGOV_BLOCK_NOTE);
        if (!below) {
            status = put_prose(&f, &block, &named);
        }
    }
    status = status == GRIDGOV_OK ? end_sheet(&f, widths, 1, 0, 0) : status;
    release_fill(&f);
    return status;
}

/* Tables */

typedef struct table {
    fill *f;
    gg_table_shape shape;
    int64_t *widths; /* characters, by column */
} table;

static void choose_widths(table *t) {
    int wide = gg_table_is_wide(&t->shape);
    int32_t count = t->shape.block.column_count;
    int64_t sum = 0;
    for (int32_t c = 0; c < count; c++) {
        const gg_table_column *column = &t->shape.columns[c];
        int64_t em = !wide                          ? column->full
                     : column->body > column->least ? column->body
                                                    : column->least;
        int64_t width = (em + CHARACTER - 1) / CHARACTER + CELL_EDGES;
        t->widths[c] = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
        sum += t->widths[c];
    }
    for (int32_t c = 0; !wide && c < count && sum < TABLE_LEAST; c++) {
        t->widths[c] += (TABLE_LEAST - sum) / count;
    }
}

static int64_t width_of(const table *t, int64_t from, int64_t columns) {
    int64_t width = 0;
    for (int64_t c = from; c < from + columns; c++) {
        width += t->widths[c];
    }
    return width;
}

static int64_t height_of(table *t, const gg_table_rows *rows) {
    int64_t most = 1;
    gg_buf text = {0};
    for (int32_t c = 0; c < t->shape.block.column_count; c++) {
        gridgov_table_cell cell = gg_bulletin_cell(t->f->bulletin, rows->cells[c]);
        if (rows->cells[c] != GRIDGOV_NONE && cell.row_span == 1 && cell.column == c) {
            int64_t lines;
            gg_buf_clear(&text);
            gg_bulletin_put_runs(&text, t->f->bulletin, cell.first_run, cell.run_count);
            lines = lines_of(gg_str_make(gg_buf_data(&text), text.size),
                             width_of(t, c, cell.column_span) - 1);
            most = lines > most ? lines : most;
            t->f->rows.failed |= gg_buf_failed(&text);
        }
    }
    gg_buf_release(&text);
    return most * LINE_HEIGHT + 3;
}

static gridgov_status put_cell(table *t, const gridgov_table_cell *cell) {
    fill *f = t->f;
    gg_buf text = {0}, value = {0};
    gg_xlsx_style style = GG_XLSX_CELL;
    const gg_table_column *column = &t->shape.columns[cell->column];
    gridgov_status status = GRIDGOV_OK;
    gg_str printed;
    gg_bulletin_put_runs(&text, f->bulletin, cell->first_run, cell->run_count);
    printed = gg_text_trim(gg_str_make(gg_buf_data(&text), text.size));
    if (gg_cell_figure(f->bulletin, cell) != GRIDGOV_NONE &&
        gg_xlsx_number(&value, &style, printed)) {
        open_cell(f, cell->column, style);
        gg_buf_text(&f->rows, "\"><v>");
        gg_buf_add(&f->rows, gg_buf_data(&value), value.size);
        gg_buf_text(&f->rows, "</v></c>");
    } else {
        style = cell->header ? GG_XLSX_HEAD
                : column->figure == 0 && column->body > (WIDTH_MAX / 2) * CHARACTER
                    ? GG_XLSX_LONG_CELL
                    : GG_XLSX_CELL;
        status = put_text(f, cell->column, printed, style);
    }
    f->rows.failed |= gg_buf_failed(&text) | gg_buf_failed(&value);
    gg_buf_release(&text);
    gg_buf_release(&value);
    return status;
}

static gridgov_status put_row(table *t, const gg_table_rows *rows) {
    fill *f = t->f;
    gridgov_status status = begin_row(f, height_of(t, rows));
    for (int32_t c = 0; status == GRIDGOV_OK && c < t->shape.block.column_count; c++) {
        gridgov_table_cell cell = gg_bulletin_cell(f->bulletin, rows->cells[c]);
        if (rows->cells[c] != GRIDGOV_NONE && cell.row == rows->row && cell.column == c) {
            merge(f, c, cell.column_span, cell.row_span);
            status = put_cell(t, &cell);
        } else { // covered, or beyond the row's end: its border is there
            status = put_text(f, c, gg_str_of(""), cell.header ? GG_XLSX_HEAD : GG_XLSX_CELL);
        }
    }
    end_row(f);
    return status;
}

static gridgov_status put_rows(table *t) {
    gg_table_rows rows;
    gridgov_status status = GRIDGOV_OK;
    if (gg_table_rows_begin(&rows, &t->shape) != 0) {
        status = gg_fail_memory(t->f->err);
    }
    while (status == GRIDGOV_OK && !gg_buf_failed(&t->f->rows) && gg_table_rows_next(&rows)) {
        status = put_row(t, &rows);
    }
    gg_table_rows_end(&rows);
    return status;
}

static gridgov_status put_notes(table *t, int64_t index) {
    int64_t columns = t->shape.block.column_count;
    const line_form form = {GG_XLSX_NOTE, width_of(t, 0, columns), LINE_HEIGHT};
    gridgov_status status = GRIDGOV_OK;
    for (int64_t i = index + 1; status == GRIDGOV_OK; i++) {
        gridgov_block note = gg_bulletin_block(t->f->bulletin, i);
        if (note.kind != GRIDGOV_BLOCK_NOTE) {
            break;
        }
        status = put_lines(t->f, &note, &form, &form, columns);
    }
    return status;
}

/* Rows 1 … head of the last sheet are printed on every page. */
static void repeat_rows(book *b, int64_t head) {
    const gg_buf *name = &b->sheets[b->count - 1].name;
    gg_buf quoted = {0};
    for (size_t i = 0; i < name->size; i++) {
        gg_buf_text(&quoted, name->data[i] == '\'' ? "'" : "");
        gg_buf_byte(&quoted, name->data[i]);
    }
    gg_buf_around(&b->names, "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"",
                  (int64_t)b->count - 1, "\">'");
    gg_sheet_put_text(&b->names, gg_str_make(gg_buf_data(&quoted), quoted.size));
    gg_buf_around(&b->names, "'!$1:$", head, "</definedName>");
    b->names.failed |= gg_buf_failed(&quoted);
    gg_buf_release(&quoted);
}

static gridgov_status fill_table(book *b, table *t, int64_t index) {
    const gridgov_block *block = &t->shape.block;
    int64_t columns = block->column_count, head;
    line_form caption = {GG_XLSX_CAPTION, 0, 22};
    gridgov_status status;
    choose_widths(t);
    caption.width = width_of(t, 0, columns) * 11 / 14;
    GG_TRY(put_lines(t->f, block, &caption, &caption, columns));
    head = t->f->row + block->header_row_count;
    GG_TRY(put_rows(t));
    status = put_notes(t, index);
    if (status == GRIDGOV_OK && head > 0) {
        repeat_rows(b, head);
    }
    return status != GRIDGOV_OK
               ? status
               : end_sheet(t->f, t->widths, columns, head,
                           gg_table_is_wide(&t->shape) ? t->shape.name_columns : 0);
}

/* A sheet is named after the caption; without one, by the table's code. */
static gridgov_status name_table(book *b, const gridgov_block *block) {
    gg_buf text = {0};
    gg_str line = gg_str_of(block->code), rest;
    gridgov_status status;
    gg_bulletin_put_runs(&text, b->bulletin, block->first_run, block->run_count);
    rest = gg_str_make(gg_buf_data(&text), text.size);
    (void)gg_text_next_line(&line, &rest);
    status = gg_buf_failed(&text) ? gg_fail_memory(b->err) : name_sheet(b, line);
    gg_buf_release(&text);
    return status;
}

static gridgov_status put_table(book *b, const gridgov_block *block, int64_t index) {
    fill f;
    table t = {.f = &f};
    gridgov_status status = begin_sheet(b, &f);
    if (status != GRIDGOV_OK) {
        return status;
    }
    status = name_table(b, block);
    t.widths = gg_calloc((size_t)block->column_count, sizeof *t.widths);
    if (gg_table_shape_make(&t.shape, b->bulletin, block) != 0 || t.widths == NULL) {
        status = gg_fail_memory(b->err);
    }
    status = status == GRIDGOV_OK ? fill_table(b, &t, index) : status;
    gg_table_shape_release(&t.shape);
    gg_free(t.widths);
    release_fill(&f);
    return status;
}

gridgov_status gg_render_xlsx(gg_buf *out, const gridgov_bulletin *bulletin, gridgov_error *err) {
    book b = {.bulletin = bulletin, .err = err};
    gg_buf styles = {0};
    gridgov_status status = put_front(&b);
    for (int64_t i = 0; status == GRIDGOV_OK && i < gridgov_bulletin_block_count(bulletin); i++) {
        gridgov_block block = gg_bulletin_block(bulletin, i);
        if (is_table(&block)) {
            status = put_table(&b, &block, i);
        }
    }
    gg_xlsx_put_styles(&styles);
    if (status == GRIDGOV_OK && (gg_buf_failed(&styles) || gg_buf_failed(&b.names))) {
        status = gg_fail_memory(err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_workbook_pack(
            out,
            &(gg_workbook_parts){.sheets = b.sheets,
                                 .count = b.count,
                                 .styles = gg_buf_data(&styles),
                                 .names = gg_str_make(gg_buf_data(&b.names), b.names.size),
                                 .bulletin = bulletin},
            err);
    }
    gg_written_sheets_release(b.sheets, b.count);
    gg_buf_release(&b.names);
    gg_buf_release(&styles);
    return status;
}
