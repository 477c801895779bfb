/* SPDX-License-Identifier: Apache-2.0 */
/* Lines into paragraphs and tables. A table goes on behind blank lines and page marks if the next
 * one repeats its header or has no header of its own and as many columns: a page break made two of
 * one. A sentence goes on behind a blank line if the line before it stops in the middle of a
 * sentence.
 *
 * Every line ends up in exactly one block, in order; a paragraph keeps where each of its pieces
 * stood. */
#include "audit_document.h"

#include "base/buf.h"
#include "base/error.h"

#include <string.h>

#define HEADING_BYTES 120
#define TICK 4096

static gridgov_status add_block(gg_audit_document *document, int32_t kind, size_t index,
                                gridgov_error *err) {
    if (gg_grow((void **)&document->blocks, document->block_count, &document->block_room,
                sizeof *document->blocks) != 0) {
        return gg_fail_memory(err);
    }
    document->blocks[document->block_count++] = (gg_audit_block){kind, index};
    return GRIDGOV_OK;
}

static int ends_with_any(gg_str text, const char *words) {
    size_t start = text.size > 3 ? text.size - 3 : 0;
    while (start < text.size && ((unsigned char)text.data[start] & 0xC0) == 0x80) {
        start++;
    }
    size_t last = text.size;
    while (last > start && ((unsigned char)text.data[last - 1] & 0xC0) == 0x80) {
        last--;
    }
    last = last > start ? last - 1 : start;
    return text.size > 0 &&
           gg_audit_has_any(gg_str_make(text.data + last, text.size - last), words);
}

/* "一、", "(二)", "1.", "第三", "#": the start of a section or an item, never the rest of a
 * sentence. */
static int starts_item(gg_str text) {
    static const char *const starts[] = {"一、", "二、", "三、", "四、", "五、", "六、", "七、",
                                         "八、", "九、", "十、", "(",    "#",    ">",    "-",
                                         "*",    "【",   "附",   "抄送", "第"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (text.size >= strlen(starts[i]) &&
            memcmp(text.data, starts[i], strlen(starts[i])) == 0) {
            return 1;
        }
    }
    size_t digits = 0;
    while (digits < text.size && text.data[digits] >= '0' && text.data[digits] <= '9') {
        digits++;
    }
    gg_str rest = gg_str_make(text.data + digits, text.size - digits);
    return digits > 0 && digits <= 2 &&
           ((rest.size > 1 && rest.data[0] == '.' && (rest.data[1] < '0' || rest.data[1] > '9')) ||
            (rest.size >= 3 && memcmp(rest.data, "、", 3) == 0));
}

/* Does a sentence stop short at the end of this line? Only a line that has the marks of prose can.
 */
static int stops_short(gg_str text) {
    return gg_audit_has_any(text, "，|。|;|、|,") && !ends_with_any(text, "。|!|?|:|…|”|)") &&
           text.size > 30;
}

/* A line that could be the rest of a sentence. */
static int goes_on(gg_str text) {
    return !starts_item(text) && gg_audit_has_any(text, "，|。|;|、|,");
}

static gridgov_status add_piece(gg_audit_document *document, size_t offset,
                                const gg_audit_line *line, gg_str body, gridgov_error *err) {
    size_t indent = 0;
    for (size_t at = 0; at < (size_t)(body.data - line->text.data); indent++) {
        (void)gg_utf8_next(line->text.data, line->text.size, &at);
    }
    if (gg_grow((void **)&document->pieces, document->piece_count, &document->piece_room,
                sizeof *document->pieces) != 0) {
        return gg_fail_memory(err);
    }
    document->pieces[document->piece_count++] = (gg_audit_piece){offset, line->number, indent};
    return GRIDGOV_OK;
}

/* The line behind a paragraph that starts at a line: joined are lines that go on after a short
 * stop. */
static size_t paragraph_end(const gg_audit_document *document, size_t line, size_t limit) {
    size_t end = line + 1;
    while (stops_short(gg_text_trim(document->lines[end - 1].text))) {
        size_t next = end;
        while (next < limit && next <= end + 4 &&
               (gg_text_trim(document->lines[next].text).size == 0 ||
                gg_audit_is_page_mark(document->lines[next].text))) {
            next++;
        }
        if (next >= limit || next > end + 4 || !goes_on(gg_text_trim(document->lines[next].text))) {
            break;
        }
        end = next + 1;
    }
    return end;
}

static gridgov_status add_paragraph(gg_audit_document *document, size_t line, size_t end,
                                    gridgov_error *err) {
    gg_audit_paragraph paragraph = {.first_piece = document->piece_count};
    size_t room = 1;
    for (size_t i = line; i < end; i++) {
        room += document->lines[i].text.size + 1;
    }
    char *text = gg_arena_alloc(&document->arena, room);
    size_t used = 0;
    if (text == NULL) {
        return gg_fail_memory(err);
    }
    for (size_t i = line; i < end; i++) {
        gg_str body = gg_text_trim(document->lines[i].text);
        if (body.size == 0 || (i > line && gg_audit_is_page_mark(body))) {
            continue;
        }
        if (used > 0) {
            text[used++] = ' ';
        }
        GG_TRY(add_piece(document, used, &document->lines[i], body, err));
        for (size_t k = 0; k < body.size; k++) {
            text[used++] = body.data[k] == '\t' ? ' ' : body.data[k];
        }
    }
    paragraph.text = gg_str_make(text, used);
    paragraph.piece_count = document->piece_count - paragraph.first_piece;
    paragraph.heading = used <= HEADING_BYTES && !gg_audit_has_any(paragraph.text, "。|，|;");
    if (gg_grow((void **)&document->paragraphs, document->paragraph_count,
                &document->paragraph_room, sizeof paragraph) != 0) {
        return gg_fail_memory(err);
    }
    document->paragraphs[document->paragraph_count++] = paragraph;
    return add_block(document, GG_BLOCK_PARAGRAPH, document->paragraph_count - 1, err);
}

/* Is the row that a continuation starts with the header of the last table, or data without a
 * header? */
static gridgov_status is_continuation(int *result, gg_audit_document *document, int32_t form,
                                      size_t line, size_t end, gridgov_error *err) {
    gg_audit_table *table = &document->tables[document->table_count - 1];
    size_t rows = document->row_count;
    size_t cells = document->cell_count;
    size_t row_count = table->row_count;
    int32_t columns = table->columns;
    *result = 0;
    if (table->form != form) {
        return GRIDGOV_OK;
    }
    GG_TRY(gg_audit_add_table(document, form, line, end < line + 2 ? end : line + 2, 1, err));
    if (document->row_count > rows) {
        gg_audit_mark_rows(document, table, row_count);
        const gg_audit_row *first = &document->rows[rows];
        int data = 0;
        for (int32_t c = 0; c < first->count; c++) {
            int32_t kind = gg_audit_cell_at(document, first, c)->kind;
            data |= kind == GG_CELL_NUMBER || kind == GG_CELL_NONE;
        }
        *result = first->kind == GG_ROW_REPEATED ||
                  (first->kind == GG_ROW_DATA && data && table->columns == columns &&
                   first->count == columns);
    }
    document->row_count = rows;
    document->cell_count = cells;
    table->row_count = row_count;
    table->columns = columns;
    return GRIDGOV_OK;
}

static gridgov_status read_table(gg_audit_document *document, int32_t form, size_t line, size_t end,
                                 int adjacent, gridgov_error *err) {
    int continues = 0;
    if (adjacent) {
        GG_TRY(is_continuation(&continues, document, form, line, end, err));
    }
    GG_TRY(gg_audit_add_table(document, form, line, end, continues, err));
    return continues ? GRIDGOV_OK
                     : add_block(document, GG_BLOCK_TABLE, document->table_count - 1, err);
}

gridgov_status gg_audit_read(gg_audit_document *document, const char *text, size_t size,
                             gridgov_job *job, gridgov_error *err) {
    int adjacent = 0; // only blank lines and page marks since the last table
    size_t ticked = 0;
    size_t prose_until = 0; // lines up to here are no table
    GG_TRY(gg_audit_split(document, text, size, err));
    for (size_t i = 0; i < document->line_count;) {
        gg_str body = gg_text_trim(document->lines[i].text);
        size_t end = i + 1;
        int32_t form = i < prose_until ? GG_FORM_NONE : gg_audit_table_at(document, i, &end);
        if (i - ticked >= TICK) {
            ticked = i;
            if (gridgov_job_tick(job, "read", (int64_t)i, (int64_t)document->line_count) != 0) {
                return gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
            }
        }
        if (form != GG_FORM_NONE) {
            GG_TRY(read_table(document, form, i, end, adjacent, err));
            adjacent = 1;
            i = end;
            continue;
        }
        prose_until = end > prose_until ? end : prose_until;
        if (body.size == 0 || (adjacent && gg_audit_is_page_mark(body))) {
            i++;
            continue;
        }
        end = paragraph_end(document, i, document->line_count);
        GG_TRY(add_paragraph(document, i, end, err));
        adjacent = 0;
        i = end;
    }
    for (size_t t = 0; t < document->table_count; t++) {
        gg_audit_mark_rows(document, &document->tables[t], 0);
    }
    return GRIDGOV_OK;
}

void gg_audit_document_release(gg_audit_document *document) {
    gg_free(document->blocks);
    gg_free(document->pieces);
    gg_free(document->paragraphs);
    gg_free(document->tables);
    gg_free(document->rows);
    gg_free(document->cells);
    gg_free(document->lines);
    gg_arena_release(&document->arena);
    memset(document, 0, sizeof *document);
}
