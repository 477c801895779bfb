/* SPDX-License-Identifier: Apache-2.0 */
/* Text into lines, and which lines are a table. Normalising maps one character to one, so that a
 * position in a line stays a position in the customer's file; only zero-width characters are
 * dropped.
 *
 * A table is a run of lines with the same separator: tabs, pipes, commas, or gaps of two blanks and
 * more. Tabs and pipes say so themselves; commas and gaps also stand in prose, so there the lines
 * must agree in the number of cells, be free of the marks of a sentence, and hold numbers. Each
 * line is looked at a bounded number of times. */
#include "audit_document.h"

#include "base/error.h"
#include "base/num.h"

#include <string.h>

#define CSV_CELL_BYTES 120 /* of a cell on average: prose has longer ones */
#define CSV_LINES_MAX 64   /* lines of one record with quoted line ends */

size_t gg_audit_find(gg_str text, const char *word) {
    size_t size = strlen(word);
    if (size == 0 || text.size < size) {
        return SIZE_MAX;
    }
    const char *at = text.data;
    const char *last = text.data + (text.size - size);
    while (at <= last) {
        at = memchr(at, word[0], (size_t)(last - at) + 1);
        if (at == NULL) {
            break;
        }
        if (memcmp(at, word, size) == 0) {
            return (size_t)(at - text.data);
        }
        at++;
    }
    return SIZE_MAX;
}

int gg_audit_has(gg_str text, const char *word) {
    return gg_audit_find(text, word) != SIZE_MAX;
}

/* The next of the words separated by '|'; "" when there is none left. */
static gg_str next_word(const char **words) {
    size_t size = strcspn(*words, "|");
    gg_str word = gg_str_make(*words, size);
    *words += size;
    *words += **words == '|';
    return word;
}

int gg_audit_has_any(gg_str text, const char *words) {
    while (*words != '\0') {
        gg_str word = next_word(&words);
        char buffer[48];
        gg_text_copy(buffer, sizeof buffer, word.data, word.size);
        if (gg_audit_has(text, buffer)) {
            return 1;
        }
    }
    return 0;
}

int gg_audit_is_any(gg_str text, const char *words) {
    char key[48];
    char other[48];
    size_t size = gg_text_key(key, sizeof key, text);
    while (*words != '\0' && size <= sizeof key) {
        gg_str word = next_word(&words);
        size_t needed = gg_text_key(other, sizeof other, word);
        if (needed == size && memcmp(key, other, size) == 0) {
            return 1;
        }
    }
    return 0;
}

int gg_audit_is_page_mark(gg_str text) {
    gg_str body = gg_text_trim(text);
    int digits = 0;
    if (body.size == 0 || body.size > 32) {
        return 0;
    }
    for (size_t offset = 0; offset < body.size;) {
        uint32_t point = gg_utf8_next(body.data, body.size, &offset);
        if (point >= '0' && point <= '9') {
            digits++;
        } else if (point != '-' && point != ' ' && point != 0x2014 && point != 0x2013 &&
                   point != 0x7B2C && point != 0x9875 && point != 0x5171 && point != '/') {
            return 0; // neither a dash nor 第 页 共
        }
    }
    return digits > 0 && digits <= 8;
}

/* The normal form of a character; 0 drops it. */
static uint32_t normal(uint32_t point) {
    if (point == 0x200B || point == 0xFEFF || point == 0x200C || point == 0x200D) {
        return 0;
    }
    if (point == 0xFF0C || point == 0xFF5C || point < 0x80) {
        return point; // the comma of a list is not the comma of a number
    }
    if (point >= 0xFF01 && point <= 0xFF5E) {
        return point - 0xFEE0;
    }
    if (point == 0x2212 || point == 0x2011 || point == 0xFE63) {
        return '-';
    }
    if (point == 0xFE6A) {
        return '%';
    }
    return point != 0x2028 && point != 0x2029 && gg_is_blank(point) ? ' ' : point;
}

static gridgov_status add_line(gg_audit_document *document, size_t from, size_t to, int64_t number,
                               gridgov_error *err) {
    if (gg_grow((void **)&document->lines, document->line_count, &document->line_room,
                sizeof *document->lines) != 0) {
        return gg_fail_memory(err);
    }
    document->lines[document->line_count++] =
        (gg_audit_line){gg_str_make(document->text + from, to - from), number};
    return GRIDGOV_OK;
}

/* Say where the bytes stop being UTF-8, and whether they look like GB18030: pairs of high bytes. */
static gridgov_status fail_utf8(const char *text, size_t size, size_t at, gridgov_error *err) {
    char number[GG_NUM_TEXT_SIZE];
    const unsigned char *bytes = (const unsigned char *)text + at;
    int looks = size - at >= 4;
    for (size_t i = 0; looks && i < 4; i += 2) {
        looks = bytes[i] >= 0x81 && bytes[i] <= 0xFE && bytes[i + 1] >= 0x40;
    }
    gg_int_format(number, (int64_t)at + 1);
    return gg_fail(err, looks ? GG_RULE_UTF8_GB : GG_RULE_UTF8, NULL, NULL, 0, number, NULL);
}

gridgov_status gg_audit_split(gg_audit_document *document, const char *text, size_t size,
                              gridgov_error *err) {
    if (size > GG_AUDIT_BYTES_MAX) {
        return gg_fail(err, GG_RULE_AUDIT_LIMIT, NULL, NULL, 0, "64 MiB", NULL);
    }
    size_t valid = gg_utf8_valid(text, size);
    if (valid < size) {
        return fail_utf8(text, size, valid, err);
    }
    document->text = gg_arena_alloc(&document->arena, size + 1);
    if (document->text == NULL) {
        return gg_fail_memory(err);
    }
    size_t used = 0;
    size_t start = 0;
    int64_t number = 1;
    for (size_t offset = 0; offset < size;) {
        uint32_t point = (unsigned char)text[offset];
        if (point >= 0x80) {
            point = normal(gg_utf8_next(text, size, &offset));
        } else {
            offset++;
        }
        if (point == '\r' && offset < size && text[offset] == '\n') {
            continue;
        }
        if (point == '\n' || point == '\r') {
            GG_TRY(add_line(document, start, used, number++, err));
            start = used;
        } else if (point != 0) {
            used +=
                gg_utf8_put(document->text + used, point == '\f' || point == '\v' ? ' ' : point);
        }
    }
    if (used > start) {
        GG_TRY(add_line(document, start, used, number, err));
    }
    return GRIDGOV_OK;
}

static size_t count_byte(gg_str text, char byte) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        count += text.data[i] == byte;
    }
    return count;
}

static int is_blank_line(gg_str text) {
    return gg_text_trim(text).size == 0;
}

static int has_digit(gg_str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] >= '0' && text.data[i] <= '9') {
            return 1;
        }
    }
    return 0;
}

static int is_sentence(gg_str text) {
    return gg_audit_has_any(text, "。|;|，|、") && text.size > 60;
}

static int is_pipe_row(gg_str text) {
    gg_str body = gg_text_trim(text);
    size_t pipes = count_byte(body, '|');
    return pipes >= 2 || (pipes == 1 && body.data[0] != '|' && body.data[body.size - 1] != '|' &&
                          body.size < 200);
}

/* Cells of a line of gaps: pieces with two blanks or more between them. */
static int32_t gap_cells(gg_str text) {
    gg_str body = gg_text_trim(text);
    int32_t cells = body.size > 0;
    for (size_t i = 1; i < body.size; i++) {
        cells +=
            body.data[i] != ' ' && body.data[i - 1] == ' ' && i >= 2 && body.data[i - 2] == ' ';
    }
    return cells;
}

/* Commas outside quotes of the record that starts at a line, and the line behind it; -1 if a quote
 * stays open. */
static int32_t record_commas(const gg_audit_document *document, size_t line, size_t *end) {
    int32_t commas = 0;
    int quoted = 0;
    for (size_t i = line; i < document->line_count && i < line + CSV_LINES_MAX; i++) {
        gg_str text = document->lines[i].text;
        for (size_t k = 0; k < text.size; k++) {
            quoted ^= text.data[k] == '"';
            commas += !quoted && text.data[k] == ',';
        }
        if (!quoted) {
            *end = i + 1;
            return commas;
        }
    }
    *end = line + 1;
    return -1;
}

static int is_csv_row(gg_str text, int32_t commas) {
    return commas > 0 && !is_sentence(text) && !gg_audit_has(text, "。") &&
           text.size / (size_t)(commas + 1) <= CSV_CELL_BYTES;
}

/* Lines that all have as many cells as the first, at least two of them, at least one with a digit.
 * A run that is no table is none from any of its lines, so *end is behind it either way. */
static int32_t even_table(const gg_audit_document *document, size_t line, size_t *end,
                          int32_t form) {
    size_t next = line;
    size_t rows = 0;
    int digits = 0;
    int32_t wanted = 0;
    while (next < document->line_count) {
        gg_str text = document->lines[next].text;
        size_t behind = next + 1;
        int32_t cells =
            form == GG_FORM_COMMA ? record_commas(document, next, &behind) + 1 : gap_cells(text);
        int fits =
            form == GG_FORM_COMMA ? is_csv_row(text, cells - 1) : cells >= 2 && !is_sentence(text);
        if (!fits || (wanted != 0 && cells != wanted)) {
            break;
        }
        wanted = cells;
        digits |= rows > 0 && has_digit(text);
        rows++;
        next = behind;
    }
    size_t least = form == GG_FORM_COMMA ? 2 : 3;
    *end = next;
    return rows >= least && digits ? form : GG_FORM_NONE;
}

/* Between two rows with tabs a short line without one is a row whose empty cells were cut off. */
static int is_short_row(const gg_audit_document *document, size_t line) {
    return line + 1 < document->line_count && document->lines[line].text.size <= 60 &&
           !gg_audit_has_any(document->lines[line].text, "。|，|;") &&
           count_byte(document->lines[line + 1].text, '\t') > 0;
}

static size_t tab_rows(const gg_audit_document *document, size_t line) {
    size_t next = line;
    while (next < document->line_count) {
        gg_str text = document->lines[next].text;
        if (is_blank_line(text) && count_byte(text, '\t') < 2) {
            break;
        }
        if (count_byte(text, '\t') == 0 && !is_short_row(document, next)) {
            break;
        }
        next++;
    }
    return next;
}

int32_t gg_audit_table_at(const gg_audit_document *document, size_t line, size_t *end) {
    gg_str text = document->lines[line].text;
    gg_str body = gg_text_trim(text);
    *end = line + 1;
    if (body.size == 0) {
        return GG_FORM_NONE;
    }
    if (memchr(body.data, '\t', body.size) != NULL ||
        (text.data[0] == '\t' && count_byte(text, '\t') > 1)) {
        size_t next = tab_rows(document, line);
        if (next > line + 1 || (count_byte(body, '\t') > 1 && !is_sentence(body))) {
            *end = next;
            return GG_FORM_TAB;
        }
        return GG_FORM_NONE;
    }
    if (is_pipe_row(text)) {
        size_t next = line;
        while (next < document->line_count && is_pipe_row(document->lines[next].text)) {
            next++;
        }
        *end = next;
        return next > line + 1 ? GG_FORM_PIPE : GG_FORM_NONE;
    }
    int32_t form = GG_FORM_NONE;
    if (memchr(text.data, ',', text.size) != NULL) {
        form = even_table(document, line, end, GG_FORM_COMMA);
    } else if (gg_audit_has(body, "  ")) {
        form = even_table(document, line, end, GG_FORM_GAP);
    }
    return form;
}
