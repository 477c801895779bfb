/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of an XLSX sheet, pulled one by one out of the part as it is unpacked (ECMA-376 part 1,
 * 18.3.1). Memory is that of one row, whatever the sheet holds.
 *
 * The list of merged areas stands behind the rows that need it, so the part is unpacked once more
 * before the first row and searched for the word; only if it is there, it is parsed for the areas.
 * Text of cells may hold the word and costs a pass, no more. */
#include "opc.h"
#include "sheet_cursor.h"
#include "xlsx.h"

#include "base/error.h"
#include "base/num.h"

#include <string.h>

#define BLOCK 65536
#define MERGE_WORD "mergeCell"

enum { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_INLINE, TYPE_BOOL, TYPE_ERROR, TYPE_DATE };

typedef struct xlsx_rows {
    gg_sheet_cursor sheet;
    gg_package *package;
    gg_xml *xml;
    int only_merges; /* 1 during the pass for merged areas */
    int has_root;
    int in_data, in_row, in_cell; /* where the parser is */
    int in_value, in_phonetic, keeps_blanks;
    size_t run; /* where the text of the run began */
    int row_ended;
    int type;
    int64_t style, number, column; /* of the cell; of the row, as given */
    int has_formula, has_value;    /* of the cell: elements that it has */
    gg_buf value;                  /* text of the cell as it stands in the part */
} xlsx_rows;

static void fail(xlsx_rows *rows, int32_t rule, const char *value) {
    gridgov_error failure;
    (void)gg_sheet_row_fail(&rows->sheet.row, rows->in_cell ? rows->column : -1, rule,
                            gg_str_of(value), 0, &failure);
    gg_xml_fail(rows->xml, &failure);
}

/* "BC23" or "$BC$23" into 1-based row and 0-based column; returns what follows, NULL if it is none.
 */
static const char *read_reference(const char *text, int64_t *row, int64_t *column) {
    int64_t r = 0, c = 0;
    text += *text == '$';
    for (; (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z'); text++) {
        c = c * 26 + (*text >= 'a' ? *text - 'a' : *text - 'A') + 1;
        if (c > GG_SHEET_COLUMNS) {
            return NULL;
        }
    }
    text += *text == '$';
    for (; *text >= '0' && *text <= '9'; text++) {
        r = r * 10 + (*text - '0');
        if (r > GG_SHEET_ROWS) {
            return NULL;
        }
    }
    *row = r;
    *column = c - 1;
    return r > 0 && c > 0 ? text : NULL;
}

static void add_merge(xlsx_rows *rows, const char **attributes) {
    const char *text = gg_xml_attribute(attributes, "ref"), *rest;
    int64_t row = 0, column = 0, last_row = 0, last_column = 0;
    gridgov_error failure;
    gg_merge merge;
    rest = text == NULL ? NULL : read_reference(text, &row, &column);
    if (rest != NULL && *rest == ':') {
        rest = read_reference(rest + 1, &last_row, &last_column);
    }
    if (rest == NULL || *rest != '\0') {
        fail(rows, GG_RULE_SHEET_REFERENCE, text);
        return;
    }
    merge = (gg_merge){(int32_t)row, (int32_t)last_row, (int32_t)column, (int32_t)last_column};
    if (last_row > 0 &&
        gg_merges_add(&rows->sheet.merges, &merge, &rows->sheet.book->limits, &failure) < 0) {
        gg_xml_fail(rows->xml, &failure);
    }
}

static void start_row(xlsx_rows *rows, const char **attributes) {
    const char *text = gg_xml_attribute(attributes, "r");
    gridgov_error failure;
    int64_t number = rows->sheet.row.number + 1;
    if (text != NULL && gg_int_parse(&number, gg_str_of(text)) != 0) {
        fail(rows, GG_RULE_SHEET_ROW, text);
        return;
    }
    rows->column = -1;
    rows->in_row = 1;
    if (gg_sheet_row_begin(&rows->sheet.row, number, &failure) < 0) {
        gg_xml_fail(rows->xml, &failure);
    }
}

static void start_cell(xlsx_rows *rows, const char **attributes) {
    static const struct {
        const char *name;
        int type;
    } types[] = {
        {"n", TYPE_NUMBER}, {"s", TYPE_SHARED}, {"str", TYPE_TEXT}, {"inlineStr", TYPE_INLINE},
        {"b", TYPE_BOOL},   {"e", TYPE_ERROR},  {"d", TYPE_DATE},
    };
    const char *reference = gg_xml_attribute(attributes, "r");
    const char *type = gg_xml_attribute(attributes, "t");
    const char *style = gg_xml_attribute(attributes, "s");
    int64_t row = 0, column = rows->column + 1;
    if (reference != NULL) {
        const char *rest = read_reference(reference, &row, &column);
        if (rest == NULL || *rest != '\0') {
            fail(rows, GG_RULE_SHEET_REFERENCE, reference);
            return;
        }
    }
    rows->column = column;
    rows->style = 0;
    if (style != NULL) {
        (void)gg_int_parse(&rows->style, gg_str_of(style));
    }
    rows->type = TYPE_NUMBER;
    for (size_t i = 0; type != NULL && i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(type, types[i].name) == 0) {
            rows->type = types[i].type;
        }
    }
    rows->in_cell = 1;
    rows->has_formula = rows->has_value = 0;
    gg_buf_clear(&rows->value);
}

static void on_start(void *user, const char *name, const char **attributes) {
    xlsx_rows *rows = user;
    if (!rows->has_root) {
        rows->has_root = 1;
        if (strcmp(name, "worksheet") != 0) {
            const char *part = gg_package_name(rows->package, rows->sheet.place);
            gridgov_error failure;
            (void)gg_fail(&failure, GG_RULE_PART_ROOT, NULL, part, strlen(part), "worksheet", NULL);
            gg_xml_fail(rows->xml, &failure);
            return;
        }
    }
    if (rows->only_merges) {
        if (strcmp(name, "mergeCell") == 0) {
            add_merge(rows, attributes);
        }
        return;
    }
    if (strcmp(name, "sheetData") == 0) {
        rows->in_data = 1;
    } else if (rows->in_data && strcmp(name, "row") == 0) {
        start_row(rows, attributes);
    } else if (rows->in_row && strcmp(name, "c") == 0) {
        start_cell(rows, attributes);
    } else if (rows->in_cell && strcmp(name, "f") == 0) {
        rows->has_formula = 1;
    } else if (rows->in_cell && strcmp(name, "rPh") == 0) {
        rows->in_phonetic = 1;
    } else if (rows->in_cell && (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)) {
        // A cell of inline text may carry a value beside it, which repeats it.
        rows->has_value |= name[0] == 'v';
        rows->in_value = (name[0] == 't') == (rows->type == TYPE_INLINE) && !rows->in_phonetic;
        rows->keeps_blanks = name[0] == 'v' || gg_xlsx_keeps_blanks(attributes);
        rows->run = rows->value.size;
    }
}

/* A date as ISO 8601 has it: a blank in place of the T, no fraction, no zone. */
static void put_iso(gg_buf *out, gg_str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '.' || c == 'Z') {
            return;
        }
        gg_buf_byte(out, c == 'T' ? ' ' : c);
    }
}

/* Whole number of a shared string's index. */
static int parse_index(uint64_t *out, gg_str text) {
    int64_t value;
    if (gg_int_parse(&value, text) != 0 || value < 0) {
        return -1;
    }
    *out = (uint64_t)value;
    return 0;
}

/* The cell's text; the value is not empty but for inline text. */
static gg_str show(xlsx_rows *rows) {
    gg_str value = gg_str_make(gg_buf_data(&rows->value), rows->value.size);
    gg_decimal number;
    uint64_t index = 0;
    int found = 0;
    switch (rows->type) {
    case TYPE_SHARED:
        value = gg_text_trim(value);
        if (value.size > 0) {
            gg_str text = gg_str_of("");
            if (parse_index(&index, value) == 0) {
                text = gg_strings_at(&rows->sheet.book->strings, index, &found);
            }
            if (!found) {
                fail(rows, GG_RULE_SHARED_STRING, gg_buf_data(&rows->value));
            }
            return text;
        }
        return value;
    case TYPE_BOOL:
        return gg_str_of(value.size == 0                              ? ""
                         : gg_xlsx_is_true(gg_buf_data(&rows->value)) ? "TRUE"
                                                                      : "FALSE");
    case TYPE_NUMBER:
        if (gg_decimal_of_text(&number, gg_text_trim(value)) != 0) {
            return value;
        }
        gg_put_number(&rows->sheet.shown, &number,
                      gg_workbook_format(rows->sheet.book, rows->style), &rows->sheet.book->style);
        break;
    case TYPE_DATE:
        put_iso(&rows->sheet.shown, value);
        break;
    case TYPE_ERROR:
        return value;
    default:
        gg_put_xstring(&rows->sheet.shown, value);
        break;
    }
    return gg_str_make(gg_buf_data(&rows->sheet.shown), rows->sheet.shown.size);
}

/* 1 if the cell is a formula that was never computed. One whose result is an empty text has a
 * value, which is empty. */
static int is_uncomputed(const xlsx_rows *rows) {
    return rows->has_formula && rows->value.size == 0 &&
           !(rows->type == TYPE_TEXT && rows->has_value);
}

static void end_cell(xlsx_rows *rows) {
    gridgov_error failure;
    gg_str text;
    gg_buf_clear(&rows->sheet.shown);
    text = show(rows);
    if (gg_buf_failed(&rows->value) || gg_buf_failed(&rows->sheet.shown) ||
        (is_uncomputed(rows) && gg_sheet_cursor_uncomputed(&rows->sheet, rows->column) != 0)) {
        (void)gg_fail_memory(&failure);
        gg_xml_fail(rows->xml, &failure);
    } else if (gg_sheet_row_set(&rows->sheet.row, rows->column, text, &failure) < 0) {
        gg_xml_fail(rows->xml, &failure);
    }
    rows->in_cell = 0;
}

static void on_end(void *user, const char *name) {
    xlsx_rows *rows = user;
    if (rows->only_merges) {
        return;
    }
    if (rows->in_cell && strcmp(name, "c") == 0) {
        end_cell(rows);
    } else if (rows->in_cell && (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)) {
        if (rows->in_value && !rows->keeps_blanks) {
            gg_xlsx_trim(&rows->value, rows->run);
        }
        rows->in_value = 0;
    } else if (strcmp(name, "rPh") == 0) {
        rows->in_phonetic = 0;
    } else if (rows->in_row && strcmp(name, "row") == 0) {
        rows->in_row = 0;
        rows->row_ended = 1;
        gg_xml_pause(rows->xml);
    } else if (strcmp(name, "sheetData") == 0) {
        rows->in_data = 0;
    }
}

static void on_text(void *user, const char *text, size_t size) {
    xlsx_rows *rows = user;
    if (!rows->in_value) {
        return;
    }
    gg_buf_add(&rows->value, text, size);
    if ((int64_t)rows->value.size > rows->sheet.book->limits.cell) {
        gridgov_error failure;
        (void)gg_sheet_row_fail(&rows->sheet.row, rows->column, GG_RULE_CSV_CELL_LIMIT,
                                gg_str_of(""), rows->sheet.book->limits.cell, &failure);
        gg_xml_fail(rows->xml, &failure);
    }
}

static const gg_xml_handlers handlers = {on_start, on_end, on_text, gg_xlsx_namespaces};

/* 1 in *found if the part may list merged areas: it has the word, or is UTF-16. */
static gridgov_status search_merges(xlsx_rows *rows, int *found, gridgov_error *err) {
    static const size_t word = sizeof MERGE_WORD - 1;
    gg_buf block = {0};
    gridgov_status status;
    size_t kept = 0, size = 0;
    *found = 0;
    gg_buf_add(&block, "", 0);
    for (size_t i = 0; i < BLOCK + word; i++) {
        gg_buf_byte(&block, ' ');
    }
    status = gg_buf_failed(&block) ? gg_fail_memory(err)
                                   : gg_package_begin(rows->package, rows->sheet.place, err);
    while (status == GRIDGOV_OK && !*found) {
        char *data = block.data;
        status = gg_package_read(rows->package, data + kept, BLOCK, &size, err);
        if (status < 0 || size == 0) {
            break;
        }
        size += kept;
        *found = size >= 2 && ((data[0] == '\xFF' && data[1] == '\xFE') ||
                               (data[0] == '\xFE' && data[1] == '\xFF'));
        for (const char *at = data; !*found && at != NULL && (size_t)(at - data) + word <= size;) {
            at = memchr(at, MERGE_WORD[0], size - (size_t)(at - data) - word + 1);
            *found = at != NULL && memcmp(at, MERGE_WORD, word) == 0;
            at = at != NULL ? at + 1 : NULL;
        }
        kept = size < word - 1 ? size : word - 1;
        memmove(data, data + size - kept, kept);
    }
    gg_buf_release(&block);
    return status;
}

static gridgov_status begin(xlsx_rows *rows, gridgov_error *err) {
    int found = 0;
    GG_TRY(gg_package_open(&rows->package, &rows->sheet.book->source,
                           &rows->sheet.book->package_limits, err));
    if (rows->sheet.book->merged != GRIDGOV_MERGED_NONE) {
        GG_TRY(search_merges(rows, &found, err));
    }
    if (found) {
        rows->only_merges = 1;
        GG_TRY(gg_part_read(&rows->xml, rows->package, rows->sheet.place, &handlers, rows, err));
        rows->only_merges = 0;
    }
    return gg_part_open(&rows->xml, rows->package, rows->sheet.place, &handlers, rows, err);
}

static gridgov_status next(gg_sheet_cursor *sheet, gridgov_error *err) {
    xlsx_rows *rows = (xlsx_rows *)sheet;
    gridgov_status status;
    if (rows->package == NULL) {
        GG_TRY(begin(rows, err));
    }
    rows->row_ended = 0;
    status = gg_xml_run(rows->xml, err);
    if (status < 0) {
        gg_part_note(rows->package, sheet->place, err);
        return status;
    }
    return rows->row_ended ? GRIDGOV_OK : GRIDGOV_END;
}

static void release(gg_sheet_cursor *sheet) {
    xlsx_rows *rows = (xlsx_rows *)sheet;
    gg_xml_close(rows->xml);
    gg_package_close(rows->package);
    gg_buf_release(&rows->value);
}

gridgov_status gg_xlsx_rows_new(gridgov_rows_source *out, gridgov_workbook *book, size_t sheet,
                                gridgov_error *err) {
    static const gg_sheet_reader reader = {sizeof(xlsx_rows), next, release};
    return gg_sheet_cursor_new(out, &reader, book, sheet, err);
}
