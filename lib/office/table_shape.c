/* SPDX-License-Identifier: Apache-2.0 */
/* How wide the columns of a table want to be, and how room is shared out among them: what a browser
 * does for HTML by itself. Everything is integers, so that a page looks the same wherever it was
 * made. Widths come from the text alone; the faces are named in the document and not known here. */
#include "table_shape.h"

#include "base/mem.h"
#include "bulletin_view.h"

#define HEAD_WORD (2 * GG_EM)  /* Chinese headers break into lines of two characters */
#define NAME_LEAST (6 * GG_EM) /* a name is not broken into shorter lines than this */
#define NAMES_MAX 3            /* leading columns that are taken for names */

static int64_t character_em(uint32_t c) {
    if (c > 0x7F) {
        return GG_EM;
    }
    if (c == '%' || c == '@' || c == 'M' || c == 'W' || c == 'm' || c == 'w') {
        return 10;
    }
    if (c >= 'A' && c <= 'Z') {
        return 8;
    }
    return c == ' ' || c == '.' || c == ',' || c == ':' || c == ';' || c == '(' || c == ')' ||
                   c == '-' || c == '\'' || c == '/' || c == 'i' || c == 'j' || c == 'l' || c == 't'
               ? 4
               : 6;
}

int64_t gg_text_em(gg_str text) {
    int64_t em = 0;
    for (size_t at = 0; at < text.size;) {
        em += character_em(gg_utf8_next(text.data, text.size, &at));
    }
    return em;
}

static int64_t larger(int64_t a, int64_t b) {
    return a > b ? a : b;
}

/* The widest piece that a line does not break: a word, or `piece` of Chinese. */
static int64_t widest_piece(gg_str text, int64_t piece) {
    int64_t widest = 0, word = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = gg_utf8_next(text.data, text.size, &at);
        word = c == ' ' || c > 0x7F ? 0 : word + character_em(c);
        widest = larger(widest, word);
    }
    return larger(widest, gg_text_em(text) < piece ? gg_text_em(text) : piece);
}

/* A figure never breaks, not even where a wider face stands in for a missing one: a third more. */
static int64_t figure_em(gg_str text) {
    return gg_text_em(text) * 4 / 3;
}

/* The widest word of a header, which English sets bold: a quarter more and a bit, for faces that
 * stand in for a missing one. */
static int64_t bold_word(gg_str text) {
    int64_t em = widest_piece(text, 0);
    return em > 0 ? em * 5 / 4 + GG_EM / 4 : 0;
}

/* What a cell of one column adds to it. 0, or -1 when memory is short. */
static int measure(gg_table_column *column, const gridgov_bulletin *bulletin,
                   const gridgov_table_cell *cell) {
    gg_buf text = {0};
    gg_str line, rest;
    int64_t names = gg_cell_name_runs(cell);
    int figure = 0, failed;
    for (int64_t i = 0; i < cell->run_count; i++) {
        figure |= gg_bulletin_run(bulletin, cell->first_run + i).figure != GRIDGOV_NONE;
    }
    gg_bulletin_put_runs(&text, bulletin, cell->first_run, names);
    rest = gg_str_make(gg_buf_data(&text), text.size);
    while (gg_text_next_line(&line, &rest)) {
        int64_t em = figure ? figure_em(line) : gg_text_em(line);
        int64_t piece = cell->header ? HEAD_WORD : NAME_LEAST;
        column->full = larger(column->full, em);
        column->least = larger(column->least,
                               figure         ? em
                               : cell->header ? larger(widest_piece(line, piece), bold_word(line))
                                              : widest_piece(line, piece));
        column->body = cell->header ? column->body : larger(column->body, em);
        column->figure = figure && !cell->header ? larger(column->figure, em) : column->figure;
    }
    if (names < cell->run_count) { // the points at stake, in smaller print on a line of their own
        size_t from = text.size;
        gg_bulletin_put_runs(&text, bulletin, cell->first_run + names, cell->run_count - names);
        rest = gg_text_trim(gg_str_make(gg_buf_data(&text) + from, text.size - from));
        column->least = larger(column->least, gg_text_em(rest));
        column->full = larger(column->full, gg_text_em(rest));
    }
    failed = gg_buf_failed(&text);
    gg_buf_release(&text);
    return failed ? -1 : 0;
}

int gg_table_shape_make(gg_table_shape *shape, const gridgov_bulletin *bulletin,
                        const gridgov_block *block) {
    *shape = (gg_table_shape){.bulletin = bulletin, .block = *block};
    shape->columns = gg_calloc((size_t)block->column_count, sizeof *shape->columns);
    if (shape->columns == NULL) {
        return -1;
    }
    for (int64_t i = block->first_cell; i < block->first_cell + block->cell_count; i++) {
        gridgov_table_cell cell = gg_bulletin_cell(bulletin, i);
        if (cell.column_span == 1 && measure(&shape->columns[cell.column], bulletin, &cell) != 0) {
            return -1;
        }
    }
    for (int32_t c = 0; c < block->column_count && shape->columns[c].figure == 0; c++) {
        shape->columns[c].names = 1;
        shape->name_columns++;
    }
    shape->name_columns = shape->name_columns > NAMES_MAX ? NAMES_MAX : shape->name_columns;
    return 0;
}

void gg_table_shape_release(gg_table_shape *shape) {
    gg_free(shape->columns);
}

int gg_table_is_wide(const gg_table_shape *shape) {
    return shape->block.column_count > GG_WIDE_COLUMNS;
}

/* Units that a column wants, and those below which it is not made narrower. */
static int64_t wanted(const gg_table_shape *shape, int32_t c, int64_t em, int64_t padding) {
    const gg_table_column *column = &shape->columns[c];
    int64_t text = gg_table_is_wide(shape) ? larger(column->body, column->least) : column->full;
    return (text * em + GG_EM - 1) / GG_EM + padding;
}

static int64_t least(const gg_table_shape *shape, int32_t c, int64_t em, int64_t padding) {
    return (shape->columns[c].least * em + GG_EM - 1) / GG_EM + padding;
}

/* Widths where none is above cap but for what a column cannot do without; returns their sum. */
static int64_t fit_below(int64_t *widths, const gg_table_shape *shape, int64_t em, int64_t padding,
                         int64_t cap) {
    int64_t sum = 0;
    for (int32_t c = 0; c < shape->block.column_count; c++) {
        int64_t want = wanted(shape, c, em, padding);
        widths[c] = want < cap ? want : larger(cap, least(shape, c, em, padding));
        sum += widths[c];
    }
    return sum;
}

int gg_table_fit(int64_t *widths, const gg_table_shape *shape, int64_t room, int64_t em,
                 int64_t padding) {
    int64_t count = shape->block.column_count;
    int64_t low = 0, high = room; // the highest cap under which all fit
    int64_t sum = fit_below(widths, shape, em, padding, low);
    int fits = sum <= room;
    if (!fits) {
        int64_t given = 0, before = 0;
        for (int32_t c = 0; c < count; c++) { // cut in proportion, nothing lost to rounding
            int64_t end;
            before += widths[c];
            end = room * before / sum;
            widths[c] = end - given;
            given = end;
        }
        return 0;
    }
    while (low < high) {
        int64_t middle = low + (high - low + 1) / 2;
        if (fit_below(widths, shape, em, padding, middle) <= room) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    sum = fit_below(widths, shape, em, padding, low);
    for (int32_t c = 0; c < count; c++) {
        widths[c] += (room - sum) * (c + 1) / count - (room - sum) * c / count;
    }
    return 1;
}

int gg_table_rows_begin(gg_table_rows *rows, const gg_table_shape *shape) {
    size_t columns = (size_t)shape->block.column_count;
    *rows = (gg_table_rows){.bulletin = shape->bulletin,
                            .block = shape->block,
                            .row = -1,
                            .next = shape->block.first_cell};
    rows->cells = gg_calloc(columns, sizeof *rows->cells);
    rows->ends = gg_calloc(columns, sizeof *rows->ends);
    return rows->cells == NULL || rows->ends == NULL ? -1 : 0;
}

int gg_table_rows_next(gg_table_rows *rows) {
    int64_t last = rows->block.first_cell + rows->block.cell_count;
    if (++rows->row >= rows->block.row_count) {
        return 0;
    }
    for (int32_t c = 0; c < rows->block.column_count; c++) {
        rows->cells[c] = rows->ends[c] > rows->row ? rows->cells[c] : GRIDGOV_NONE;
    }
    for (; rows->next < last; rows->next++) {
        gridgov_table_cell cell = gg_bulletin_cell(rows->bulletin, rows->next);
        if (cell.row != rows->row) {
            break;
        }
        for (int64_t c = cell.column; c < cell.column + cell.column_span; c++) {
            rows->cells[c] = rows->next;
            rows->ends[c] = cell.row + cell.row_span;
        }
    }
    return 1;
}

void gg_table_rows_end(gg_table_rows *rows) {
    gg_free(rows->cells);
    gg_free(rows->ends);
}
