/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a table into rows of cells, and which rows are header. The markup of Markdown and the
 * quotes of CSV are taken off; a cell that is a number is read as one.
 *
 * The leading rows without a number are the header, at most four of them; years and maxima ("20
 * 分") do not make a row data. A later row is a repeated header if four of five of its cells say
 * what the header says, so that a copy with one digit changed is still recognised as a copy, and
 * the change is found. */
#include "audit_document.h"

#include "base/error.h"

#include <string.h>

#define HEADER_ROWS_MAX 4
#define PUNCTUATION "\\`*_[]<>|#~&-+.()!"

static const gg_audit_cell blank_cell = {{"", 0}, {"", 0}, {0, 0, 0, 0, 0}, GG_CELL_BLANK, -1};

const gg_audit_cell *gg_audit_cell_at(const gg_audit_document *document, const gg_audit_row *row,
                                      int32_t column) {
    return column < row->count ? &document->cells[row->first + (size_t)column] : &blank_cell;
}

/* Text of a Markdown cell: no emphasis around it, no backslashes, line breaks as blanks. */
static gridgov_status strip_markdown(gg_str *text, gg_arena *arena, gridgov_error *err) {
    gg_str body = *text;
    while (body.size >= 2 && (body.data[0] == '*' || body.data[0] == '`') &&
           body.data[body.size - 1] == body.data[0]) {
        body = gg_text_trim(gg_str_make(body.data + 1, body.size - 2));
    }
    *text = body;
    if (memchr(body.data, '\\', body.size) == NULL && memchr(body.data, '<', body.size) == NULL) {
        return GRIDGOV_OK;
    }
    char *copy = gg_arena_alloc(arena, body.size + 1);
    size_t used = 0;
    if (copy == NULL) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; i < body.size; i++) {
        if (body.data[i] == '\\' && i + 1 < body.size && body.data[i + 1] != '\0' &&
            strchr(PUNCTUATION, body.data[i + 1]) != NULL) {
            i++;
        } else if (body.size - i >= 4 && memcmp(body.data + i, "<br>", 4) == 0) {
            copy[used++] = ' ';
            i += 3;
            continue;
        }
        copy[used++] = body.data[i];
    }
    *text = gg_text_trim(gg_str_make(copy, used));
    return GRIDGOV_OK;
}

static gridgov_status add_cell(gg_audit_document *document, gg_audit_row *row, gg_str text,
                               int32_t form, gridgov_error *err) {
    gg_audit_cell cell = blank_cell;
    if (row->count >= GG_AUDIT_COLUMNS_MAX) {
        return gg_fail(err, GG_RULE_AUDIT_LIMIT, NULL, NULL, 0, "1024 columns", NULL);
    }
    if (document->cell_count >= GG_AUDIT_CELLS_MAX) {
        return gg_fail(err, GG_RULE_AUDIT_LIMIT, NULL, NULL, 0, "4194304 cells", NULL);
    }
    cell.text = gg_text_trim(text);
    if (form == GG_FORM_PIPE) {
        GG_TRY(strip_markdown(&cell.text, &document->arena, err));
    }
    cell.kind = gg_printed_cell(&cell.number, &cell.unit, cell.text);
    if (gg_grow((void **)&document->cells, document->cell_count, &document->cell_room,
                sizeof cell) != 0) {
        return gg_fail_memory(err);
    }
    document->cells[document->cell_count++] = cell;
    row->count++;
    return GRIDGOV_OK;
}

/* Do all lines begin with a pipe? Then it opens the row; else it closes an empty cell. */
static int opens_with_pipe(const gg_audit_document *document, size_t line, size_t end) {
    for (size_t i = line; i < end; i++) {
        gg_str text = gg_text_trim(document->lines[i].text);
        if (text.size == 0 || text.data[0] != '|') {
            return 0;
        }
    }
    return 1;
}

/* Cells between tabs or pipes. */
static gridgov_status cut_marked(gg_audit_document *document, gg_audit_row *row, gg_str line,
                                 int32_t form, int opens, gridgov_error *err) {
    char mark = form == GG_FORM_TAB ? '\t' : '|';
    gg_str text = form == GG_FORM_PIPE ? gg_text_trim(line) : line;
    size_t from = 0;
    if (opens) {
        from = 1;
    }
    for (size_t i = from; i <= text.size; i++) {
        int escaped = form == GG_FORM_PIPE && i > 0 && text.data[i - 1] == '\\';
        if (i < text.size && (text.data[i] != mark || escaped)) {
            continue;
        }
        if (form == GG_FORM_PIPE && i == text.size && from == i && i > 0) {
            break; // nothing behind the closing pipe
        }
        GG_TRY(add_cell(document, row, gg_str_make(text.data + from, i - from), form, err));
        from = i + 1;
    }
    return GRIDGOV_OK;
}

static gridgov_status cut_gaps(gg_audit_document *document, gg_audit_row *row, gg_str line,
                               gridgov_error *err) {
    gg_str text = gg_text_trim(line);
    size_t from = 0;
    for (size_t i = 0; i <= text.size; i++) {
        int gap = i + 1 < text.size && text.data[i] == ' ' && text.data[i + 1] == ' ';
        if (i < text.size && !gap) {
            continue;
        }
        GG_TRY(add_cell(document, row, gg_str_make(text.data + from, i - from), GG_FORM_GAP, err));
        while (i < text.size && text.data[i] == ' ') {
            i++;
        }
        from = i;
        if (i == text.size) {
            break;
        }
    }
    return GRIDGOV_OK;
}

/* One CSV record from a line on; *next is the line behind it. A quoted line end becomes a blank. */
static gridgov_status cut_record(gg_audit_document *document, gg_audit_row *row, size_t line,
                                 size_t end, size_t *next, gridgov_error *err) {
    size_t room = 1;
    int quoted = 0;
    size_t last = line;
    for (; last < end; last++) {
        gg_str text = document->lines[last].text;
        room += text.size + 1;
        for (size_t k = 0; k < text.size; k++) {
            quoted ^= text.data[k] == '"';
        }
        if (!quoted) {
            break;
        }
    }
    char *copy = gg_arena_alloc(&document->arena, room);
    size_t used = 0;
    size_t from = 0;
    if (copy == NULL) {
        return gg_fail_memory(err);
    }
    *next = last < end ? last + 1 : end;
    quoted = 0;
    for (size_t i = line; i < *next; i++) {
        gg_str text = document->lines[i].text;
        for (size_t k = 0; k < text.size; k++) {
            if (text.data[k] == '"') {
                if (quoted && k + 1 < text.size && text.data[k + 1] == '"') {
                    copy[used++] = text.data[k++];
                } else {
                    quoted = !quoted;
                }
            } else if (text.data[k] == ',' && !quoted) {
                GG_TRY(add_cell(document, row, gg_str_make(copy + from, used - from), GG_FORM_COMMA,
                                err));
                from = used;
            } else {
                copy[used++] = text.data[k];
            }
        }
        if (i + 1 < *next) {
            copy[used++] = ' ';
        }
    }
    return add_cell(document, row, gg_str_make(copy + from, used - from), GG_FORM_COMMA, err);
}

/* "| --- | :-: |" under a Markdown header, or a row without any text. */
static int is_rule_row(const gg_audit_document *document, const gg_audit_row *row) {
    for (int32_t c = 0; c < row->count; c++) {
        gg_str text = gg_audit_cell_at(document, row, c)->text;
        for (size_t i = 0; i < text.size; i++) {
            if (text.data[i] != '-' && text.data[i] != ':' && text.data[i] != ' ' &&
                text.data[i] != '=') {
                return 0;
            }
        }
        if (text.size > 0 && text.size < 3) {
            return 0; // a dash is a value
        }
    }
    return 1;
}

static gridgov_status cut_row(gg_audit_document *document, gg_audit_row *row, int32_t form,
                              int opens, size_t line, size_t end, size_t *next,
                              gridgov_error *err) {
    gg_str text = document->lines[line].text;
    *next = line + 1;
    if (form == GG_FORM_COMMA) {
        return cut_record(document, row, line, end, next, err);
    }
    return form == GG_FORM_GAP ? cut_gaps(document, row, text, err)
                               : cut_marked(document, row, text, form, opens, err);
}

gridgov_status gg_audit_add_table(gg_audit_document *document, int32_t form, size_t line,
                                  size_t end, int continues, gridgov_error *err) {
    if (!continues) {
        if (gg_grow((void **)&document->tables, document->table_count, &document->table_room,
                    sizeof *document->tables) != 0) {
            return gg_fail_memory(err);
        }
        document->tables[document->table_count] = (gg_audit_table){
            .first_row = document->row_count,
            .form = form,
            .number = (int32_t)document->table_count + 1,
        };
        document->table_count++;
    }
    gg_audit_table *table = &document->tables[document->table_count - 1];
    int opens = form == GG_FORM_PIPE && opens_with_pipe(document, line, end);
    for (size_t i = line; i < end;) {
        size_t next;
        gg_audit_row row = {.line = document->lines[i].number,
                            .number = (int32_t)table->row_count + 1,
                            .first = document->cell_count};
        GG_TRY(cut_row(document, &row, form, opens, i, end, &next, err));
        i = next;
        if (is_rule_row(document, &row)) {
            document->cell_count = row.first;
            continue;
        }
        if (gg_grow((void **)&document->rows, document->row_count, &document->row_room,
                    sizeof row) != 0) {
            return gg_fail_memory(err);
        }
        document->rows[document->row_count++] = row;
        table->row_count++;
        table->columns = row.count > table->columns ? row.count : table->columns;
    }
    return GRIDGOV_OK;
}

/* A number that may stand in a header: a year, or points at stake. */
static int is_header_number(const gg_audit_cell *cell) {
    const gg_printed *number = &cell->number;
    int year = number->decimals == 0 && number->mark == GG_MARK_NONE && number->value >= 1990 &&
               number->value <= 2100 && cell->text.size <= 7;
    return gg_audit_is_any(cell->unit, "分|points") || (year && gg_audit_is_any(cell->unit, "|年"));
}

static int is_header_row(const gg_audit_document *document, const gg_audit_row *row) {
    int texts = 0;
    int numbers = 0;
    for (int32_t c = 0; c < row->count; c++) {
        const gg_audit_cell *cell = gg_audit_cell_at(document, row, c);
        texts += cell->kind == GG_CELL_TEXT;
        if (cell->kind == GG_CELL_NONE ||
            (cell->kind == GG_CELL_NUMBER && !is_header_number(cell))) {
            return 0;
        }
        numbers += cell->kind == GG_CELL_NUMBER;
    }
    return texts > 0 || numbers > 1;
}

/* How many cells of a row have text, and how many of those a header row has in the same column. */
static int copies(const gg_audit_document *document, const gg_audit_row *row,
                  const gg_audit_row *header) {
    int filled = 0;
    int equal = 0;
    int32_t columns = row->count > header->count ? row->count : header->count;
    if (row->count < header->count / 2) {
        return 0; // short rows are not laid over wide headers one by one
    }
    for (int32_t c = 0; c < columns; c++) {
        const gg_audit_cell *cell = gg_audit_cell_at(document, row, c);
        const gg_audit_cell *head = gg_audit_cell_at(document, header, c);
        filled += cell->text.size > 0 || head->text.size > 0;
        equal += head->text.size > 0 && gg_str_equal(cell->text, head->text);
    }
    return filled > 0 && equal >= 1 && equal * 5 >= filled * 4 - (filled < 5);
}

/* One cell with text and nothing beside it: a caption inside the table, if more columns follow. */
static int is_caption_row(const gg_audit_document *document, const gg_audit_table *table,
                          const gg_audit_row *row) {
    int filled = 0;
    for (int32_t c = 0; c < row->count; c++) {
        filled += gg_audit_cell_at(document, row, c)->text.size > 0;
    }
    return filled == 1 && table->columns > 1 && gg_audit_cell_at(document, row, 0)->text.size > 0;
}

void gg_audit_mark_rows(gg_audit_document *document, gg_audit_table *table, size_t from) {
    gg_audit_row *rows = document->rows + table->first_row;
    size_t count = table->row_count;
    size_t head = 0;
    while (head < count && head < HEADER_ROWS_MAX && is_header_row(document, &rows[head])) {
        rows[head].kind =
            is_caption_row(document, table, &rows[head]) ? GG_ROW_CAPTION : GG_ROW_HEADER;
        head++;
    }
    // A section name alone in its row right above the data is no header.
    while (head > 1 && rows[head - 1].kind == GG_ROW_CAPTION &&
           rows[head - 2].kind == GG_ROW_HEADER) {
        rows[--head].kind = GG_ROW_DATA;
    }
    table->header_rows = (int32_t)head;
    for (size_t r = from > head ? from : head; r < count; r++) {
        rows[r].kind = GG_ROW_DATA;
        // Behind a copy of one header row comes the copy of the next, however much of it was
        // changed.
        size_t next =
            r > head && rows[r - 1].kind == GG_ROW_REPEATED ? (size_t)rows[r - 1].header + 1 : head;
        if (next < head && rows[next].kind == GG_ROW_HEADER && is_header_row(document, &rows[r])) {
            rows[r].kind = GG_ROW_REPEATED;
            rows[r].header = (int32_t)next;
            continue;
        }
        for (size_t h = 0; h < head; h++) {
            if (rows[h].kind == GG_ROW_HEADER && is_header_row(document, &rows[r]) &&
                copies(document, &rows[r], &rows[h])) {
                rows[r].kind = GG_ROW_REPEATED;
                rows[r].header = (int32_t)h;
                break;
            }
        }
    }
}
