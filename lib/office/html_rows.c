/* SPDX-License-Identifier: Apache-2.0 */
/* Web pages under the name of a workbook: what many systems call their export is an HTML table,
 * which Excel and WPS open as a sheet. The rows of all tables of the page, one behind the other
 * with an empty row between, are one sheet; a table inside a cell is text of the cell. rowspan and
 * colspan are merged areas.
 *
 * The markup is taken as it comes: a cell ends where the next one, its row or its table does, tags
 * and their attributes may be written in any case, with or without quotes. Text is shown as a page
 * shows it: runs of blanks are one, <br> is a line end, scripts and styles are no text. The
 * encoding is that of the byte order mark, of the page's charset, or UTF-8 if the first block is
 * that, else GB18030. */
#include "byte_source.h"
#include "html_entity.h"
#include "sheet_cursor.h"

#include "base/decoder.h"
#include "base/error.h"
#include "base/num.h"

#include <string.h>

#define BLOCK 16384
#define RAW_REST 8    /* bytes of a character that the end of a block cuts, rounded up */
#define TAG_MAX 4096  /* bytes of a tag that are looked at */
#define SPAN_MAX 1000 /* columns that a cell may cover, as in browsers */
#define LINE_END '\x01'

enum { IN_TEXT, IN_TAG, IN_COMMENT, IN_SCRIPT };

typedef struct html_rows {
    gg_sheet_cursor sheet;
    gg_byte_source bytes;
    gg_decoder decoder; /* open unless the page is UTF-8 */
    int is_open, at_end;
    char raw[BLOCK + RAW_REST]; /* bytes not yet checked or converted */
    size_t raw_size;
    int64_t origin; /* offset in the file of raw */
    char text[BLOCK * GG_DECODED_MAX + RAW_REST * GG_DECODED_MAX];
    size_t text_size, at; /* of the text; of the next byte of it */
    int state;
    char quote;            /* of the attribute's value that is open; 0 */
    char tag[TAG_MAX + 1]; /* what stands between < and > */
    size_t tag_size;
    const char *script; /* name of the element whose text is none */
    int tables;         /* depth */
    int in_row, in_cell, row_ended;
    int64_t across, down; /* what the cell covers */
    int64_t column;       /* the next free one */
    int64_t number;       /* of the last row */
    int32_t *below;       /* by column: rows that a cell above still covers */
    size_t below_count, below_capacity;
    gg_buf value;
} html_rows;

/* Bytes */

/* "charset=gb2312" in the first block, as the decoder knows it; NULL if there is none. */
static const char *find_charset(const char *head, size_t size) {
    static const char word[] = "charset";
    static const struct {
        const char *name, *encoding;
    } known[] = {{"gb", "GB18030"},
                 {"cp936", "GB18030"},
                 {"utf-8", "UTF-8"},
                 {"utf8", "UTF-8"},
                 {"big5", "BIG5"}};
    for (size_t i = 0; i + sizeof word - 1 < size; i++) {
        size_t at = i + sizeof word - 1;
        if (!gg_str_equal_nocase(gg_str_make(head + i, sizeof word - 1), gg_str_of(word))) {
            continue;
        }
        while (at < size &&
               (head[at] == '=' || head[at] == ' ' || head[at] == '"' || head[at] == '\'')) {
            at++;
        }
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
            size_t length = strlen(known[k].name);
            if (size - at >= length &&
                gg_str_equal_nocase(gg_str_make(head + at, length), gg_str_of(known[k].name))) {
                return known[k].encoding;
            }
        }
    }
    return NULL;
}

/* Choose the encoding by the first block. */
static gridgov_status begin_text(html_rows *rows, gridgov_error *err) {
    static const char mark[] = "\xEF\xBB\xBF";
    const char *charset = find_charset(rows->raw, rows->raw_size);
    size_t valid = gg_utf8_valid(rows->raw, rows->raw_size);
    int has_mark = rows->raw_size >= 3 && memcmp(rows->raw, mark, 3) == 0;
    if (has_mark || (charset != NULL && strcmp(charset, "UTF-8") == 0) ||
        (charset == NULL && rows->raw_size - valid < RAW_REST)) {
        return GRIDGOV_OK;
    }
    charset = charset != NULL ? charset : "GB18030";
    return gg_decoder_open(&rows->decoder, charset) == 0
               ? GRIDGOV_OK
               : gg_fail(err, GG_RULE_ENCODING, "charset", charset, strlen(charset), NULL, NULL);
}

static gridgov_status fail_byte(const html_rows *rows, size_t at, gridgov_error *err) {
    char offset[GG_NUM_TEXT_SIZE];
    (void)gg_int_format(offset, rows->origin + (int64_t)at + 1);
    return rows->decoder.iconv != NULL
               ? gg_fail(err, GG_RULE_ENCODED, NULL, NULL, 0, offset, "charset")
               : gg_fail(err, GG_RULE_UTF8, NULL, NULL, 0, offset, NULL);
}

/* The next block as checked text; none at the end. */
static gridgov_status load_text(html_rows *rows, gridgov_error *err) {
    const char *from = rows->raw;
    char *to = rows->text;
    size_t size = 0, left, room = sizeof rows->text, used;
    int is_cut;
    GG_TRY(gg_byte_source_read(&rows->bytes, rows->raw + rows->raw_size, BLOCK, &size, err));
    rows->at_end = size == 0;
    rows->raw_size += size;
    if (rows->origin == 0 && rows->decoder.iconv == NULL) {
        GG_TRY(begin_text(rows, err));
    }
    left = rows->raw_size;
    if (rows->decoder.iconv != NULL) {
        is_cut = gg_decoder_run(&rows->decoder, &from, &left, &to, &room) == GG_DECODED_CUT;
        used = rows->raw_size - left;
        rows->text_size = (size_t)(to - rows->text);
    } else {
        used = gg_utf8_valid(rows->raw, rows->raw_size);
        left = rows->raw_size - used;
        is_cut = 1;
        memcpy(rows->text, rows->raw, used);
        rows->text_size = used;
    }
    if (left > 0 && (!is_cut || rows->at_end || left >= RAW_REST)) {
        return fail_byte(rows, used, err);
    }
    memmove(rows->raw, rows->raw + used, left);
    rows->raw_size = left;
    rows->origin += (int64_t)used;
    rows->at = 0;
    return GRIDGOV_OK;
}

/* Cells */

/* Text as a page shows it, in place of the cell's value. */
static gridgov_status put_value(html_rows *rows, gridgov_error *err) {
    gg_buf *out = &rows->sheet.shown;
    gg_str value = gg_str_make(gg_buf_data(&rows->value), rows->value.size);
    int blank = 0;
    gg_buf_clear(out);
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        size_t length = 0;
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            blank = 1;
            continue;
        }
        if (blank && out->size > 0 && out->data[out->size - 1] != '\n' && c != LINE_END) {
            gg_buf_byte(out, ' ');
        }
        blank = 0;
        if (c == LINE_END) {
            gg_buf_byte(out, '\n');
        } else if (c == '&' && (length = gg_html_entity(
                                    out, gg_str_make(value.data + i, value.size - i))) > 0) {
            i += length - 1;
        } else {
            gg_buf_byte(out, c);
        }
    }
    return gg_buf_failed(&rows->value) || gg_buf_failed(out) ? gg_fail_memory(err) : GRIDGOV_OK;
}

/* Columns up to this one have a count of the rows below. */
static gridgov_status reach(html_rows *rows, int64_t column, gridgov_error *err) {
    while ((int64_t)rows->below_count <= column) {
        if (column >= rows->sheet.book->limits.columns) {
            return gg_sheet_row_fail(&rows->sheet.row, column, GG_RULE_CSV_COLUMN_LIMIT,
                                     gg_str_of(""), rows->sheet.book->limits.columns, err);
        }
        if (gg_grow((void **)&rows->below, rows->below_count, &rows->below_capacity,
                    sizeof *rows->below) != 0) {
            return gg_fail_memory(err);
        }
        rows->below[rows->below_count++] = 0;
    }
    return GRIDGOV_OK;
}

static gridgov_status end_cell(html_rows *rows, gridgov_error *err) {
    gg_sheet_row *row = &rows->sheet.row;
    int64_t column = rows->column, last;
    gg_merge merge;
    rows->in_cell = 0;
    while (column < (int64_t)rows->below_count && rows->below[column] > 0) {
        column++; // a cell above reaches into this row
    }
    last = column + rows->across - 1;
    GG_TRY(reach(rows, last, err));
    GG_TRY(put_value(rows, err));
    GG_TRY(gg_sheet_row_set(
        row, column,
        gg_text_trim(gg_str_make(gg_buf_data(&rows->sheet.shown), rows->sheet.shown.size)), err));
    for (int64_t i = column; i <= last; i++) {
        rows->below[i] = (int32_t)rows->down;
    }
    rows->column = last + 1;
    merge = (gg_merge){(int32_t)row->number, (int32_t)(row->number + rows->down - 1),
                       (int32_t)column, (int32_t)last};
    return gg_merges_add(&rows->sheet.merges, &merge, &rows->sheet.book->limits, err);
}

static gridgov_status end_row(html_rows *rows, gridgov_error *err) {
    if (rows->in_cell) {
        GG_TRY(end_cell(rows, err));
    }
    if (rows->in_row) {
        for (size_t i = 0; i < rows->below_count; i++) {
            rows->below[i] -= rows->below[i] > 0;
        }
        rows->in_row = 0;
        rows->row_ended = 1;
    }
    return GRIDGOV_OK;
}

static gridgov_status begin_row(html_rows *rows, gridgov_error *err) {
    rows->column = 0;
    rows->in_row = 1;
    return gg_sheet_row_begin(&rows->sheet.row, ++rows->number, err);
}

/* A number of an attribute of the tag, 1 where there is none. */
static int64_t span_of(const html_rows *rows, const char *name, int64_t most) {
    size_t length = strlen(name);
    int64_t value = 0;
    for (size_t i = 1; i + length < rows->tag_size; i++) {
        size_t at = i + length;
        char before = rows->tag[i - 1];
        if ((before != ' ' && before != '\t' && before != '\r' && before != '\n' && before != '"' &&
             before != '\'') ||
            !gg_str_equal_nocase(gg_str_make(rows->tag + i, length), gg_str_of(name))) {
            continue;
        }
        while (at < rows->tag_size && (rows->tag[at] == ' ' || rows->tag[at] == '=' ||
                                       rows->tag[at] == '"' || rows->tag[at] == '\'')) {
            at++;
        }
        for (; at < rows->tag_size && rows->tag[at] >= '0' && rows->tag[at] <= '9' && value <= most;
             at++) {
            value = value * 10 + (rows->tag[at] - '0');
        }
        return value < 1 ? 1 : value > most ? most : value;
    }
    return 1;
}

static gridgov_status begin_cell(html_rows *rows, gridgov_error *err) {
    if (rows->in_cell) {
        GG_TRY(end_cell(rows, err));
    }
    if (!rows->in_row) {
        GG_TRY(begin_row(rows, err));
    }
    rows->in_cell = 1;
    rows->across = span_of(rows, "colspan", SPAN_MAX);
    rows->down = span_of(rows, "rowspan", GG_SHEET_ROWS - rows->sheet.row.number);
    gg_buf_clear(&rows->value);
    return GRIDGOV_OK;
}

/* Tags */

static int is_called(const html_rows *rows, const char *name) {
    size_t size = strlen(name), at = 0;
    at += at < rows->tag_size && rows->tag[at] == '/';
    return rows->tag_size >= at + size &&
           gg_str_equal_nocase(gg_str_make(rows->tag + at, size), gg_str_of(name)) &&
           (rows->tag_size == at + size || strchr(" \t\r\n/", rows->tag[at + size]) != NULL);
}

static gridgov_status take_table(html_rows *rows, int is_end, gridgov_error *err) {
    if (!is_end) {
        rows->tables++;
        if (rows->tables == 1) {
            rows->number += rows->number > 0; // an empty row between tables
        }
        return GRIDGOV_OK;
    }
    if (rows->tables == 1) {
        GG_TRY(end_row(rows, err));
        rows->below_count = 0;
    }
    rows->tables -= rows->tables > 0;
    return GRIDGOV_OK;
}

/* The tag is complete. */
static gridgov_status take_tag(html_rows *rows, gridgov_error *err) {
    static const char *const breaks[] = {"br", "p", "div", "li", "tr"};
    static const char *const scripts[] = {"script", "style"};
    int is_end = rows->tag_size > 0 && rows->tag[0] == '/';
    int is_cell;
    rows->state = IN_TEXT;
    if (is_called(rows, "table")) {
        return take_table(rows, is_end, err);
    }
    for (size_t i = 0; !is_end && i < sizeof scripts / sizeof scripts[0]; i++) {
        if (is_called(rows, scripts[i])) {
            rows->script = scripts[i];
            rows->state = IN_SCRIPT;
        }
    }
    if (rows->tables == 1 && is_called(rows, "tr")) {
        GG_TRY(end_row(rows, err));
        return is_end ? GRIDGOV_OK : begin_row(rows, err);
    }
    is_cell = is_called(rows, "td") || is_called(rows, "th");
    if (rows->tables == 1 && is_cell) {
        return is_end ? (rows->in_cell ? end_cell(rows, err) : GRIDGOV_OK) : begin_cell(rows, err);
    }
    for (size_t i = 0; rows->in_cell && i < sizeof breaks / sizeof breaks[0]; i++) {
        if (is_called(rows, breaks[i]) && (!is_end || i > 0) && rows->value.size > 0) {
            gg_buf_byte(&rows->value, LINE_END);
        }
    }
    if (rows->in_cell && is_cell) {
        gg_buf_byte(&rows->value, ' '); // of a table inside
    }
    return GRIDGOV_OK;
}

static gridgov_status take_text(html_rows *rows, char c, gridgov_error *err) {
    int64_t most = rows->sheet.book->limits.cell;
    if (c == '<') {
        rows->state = IN_TAG;
        rows->tag_size = 0;
        rows->quote = '\0';
    } else if (rows->in_cell) {
        gg_buf_byte(&rows->value, c == LINE_END || c == '\0' ? ' ' : c);
        if ((int64_t)rows->value.size > most) {
            return gg_sheet_row_fail(&rows->sheet.row, rows->column, GG_RULE_CSV_CELL_LIMIT,
                                     gg_str_of(""), most, err);
        }
    }
    return GRIDGOV_OK;
}

/* 1 if the last bytes of the tag are these. */
static int ends_with(const html_rows *rows, const char *end) {
    size_t size = strlen(end);
    return rows->tag_size >= size && memcmp(rows->tag + rows->tag_size - size, end, size) == 0;
}

/* A byte of a tag, or of what is no text: the last bytes are kept. */
static void keep_byte(html_rows *rows, char c) {
    if (rows->tag_size == TAG_MAX && rows->state != IN_TAG) {
        memmove(rows->tag, rows->tag + TAG_MAX - 16, 16);
        rows->tag_size = 16;
    }
    if (rows->tag_size < TAG_MAX) {
        rows->tag[rows->tag_size++] = c;
    }
}

static gridgov_status take_byte(html_rows *rows, char c, gridgov_error *err) {
    if (rows->state == IN_TEXT) {
        return take_text(rows, c, err);
    }
    if (rows->state == IN_TAG && c == '>' && rows->quote == '\0') {
        return take_tag(rows, err);
    }
    keep_byte(rows, c);
    if (rows->state == IN_TAG) {
        if (rows->quote != '\0') {
            rows->quote = c == rows->quote ? '\0' : rows->quote;
        } else if ((c == '"' || c == '\'') && rows->tag_size > 1 &&
                   strchr("= ", rows->tag[rows->tag_size - 2]) != NULL) {
            rows->quote = c;
        } else if (rows->tag_size == 3 && ends_with(rows, "!--")) {
            rows->state = IN_COMMENT;
            rows->tag_size = 0;
        }
    } else if (rows->state == IN_COMMENT) {
        rows->state = ends_with(rows, "-->") ? IN_TEXT : IN_COMMENT;
    } else if (c == '>' && rows->tag_size >= strlen(rows->script) + 3) {
        size_t size = strlen(rows->script);
        const char *end = rows->tag + rows->tag_size - size - 1;
        if (end[-1] == '/' && end[-2] == '<' &&
            gg_str_equal_nocase(gg_str_make(end, size), gg_str_of(rows->script))) {
            rows->state = IN_TEXT;
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status next(gg_sheet_cursor *sheet, gridgov_error *err) {
    html_rows *rows = (html_rows *)sheet;
    if (!rows->is_open) {
        GG_TRY(gg_byte_source_open(&rows->bytes, &sheet->book->source, err));
        rows->is_open = 1;
        sheet->merges.sorted = 1; // they come with their rows
    }
    rows->row_ended = 0;
    while (!rows->row_ended) {
        if (rows->at < rows->text_size) {
            // A row that the next tag begins is begun after this one was handed out.
            int begins = rows->state == IN_TAG && rows->in_row && rows->tables == 1 &&
                         rows->text[rows->at] == '>' && rows->quote == '\0' &&
                         is_called(rows, "tr") && rows->tag[0] != '/';
            if (begins) {
                GG_TRY(end_row(rows, err));
                break;
            }
            GG_TRY(take_byte(rows, rows->text[rows->at++], err));
        } else if (rows->at_end) {
            GG_TRY(end_row(rows, err));
            return rows->row_ended ? GRIDGOV_OK : GRIDGOV_END;
        } else {
            GG_TRY(load_text(rows, err));
        }
    }
    return GRIDGOV_OK;
}

static void release(gg_sheet_cursor *sheet) {
    html_rows *rows = (html_rows *)sheet;
    if (rows->is_open) {
        gg_byte_source_close(&rows->bytes);
    }
    gg_decoder_close(&rows->decoder);
    gg_buf_release(&rows->value);
    gg_free(rows->below);
}

gridgov_status gg_html_open(gridgov_workbook *book, gridgov_error *err) {
    static const char name[] = "Sheet1";
    return gg_workbook_add_sheet(book, gg_str_make(name, sizeof name - 1), GRIDGOV_SHEET_VISIBLE, 0,
                                 err);
}

gridgov_status gg_html_rows_new(gridgov_rows_source *out, gridgov_workbook *book, size_t sheet,
                                gridgov_error *err) {
    static const gg_sheet_reader reader = {sizeof(html_rows), next, release};
    return gg_sheet_cursor_new(out, &reader, book, sheet, err);
}
