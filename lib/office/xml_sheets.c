/* SPDX-License-Identifier: Apache-2.0 */
/* Workbooks as one XML text (SpreadsheetML of Office 2003, "XML 表格 2003"), which export functions
 * write under the name of .xls. Sheets are listed, and styles read, by a walk over the whole; the
 * rows of a sheet are pulled out of a second one. A cell tells its type: a date is one already, in
 * the form of ISO 8601. */
#include "byte_source.h"
#include "sheet_cursor.h"
#include "xlsx.h"
#include "xml_reader.h"

#include "base/error.h"
#include "base/num.h"

#include <string.h>

static const char *const namespaces[] = {"urn:schemas-microsoft-com:office:spreadsheet",
                                         "urn:schemas-microsoft-com:office:excel", NULL};

/* The walk over all of it. */

typedef struct sheet_list {
    gridgov_workbook *book;
    gg_xml *xml;
    gg_buf word; /* text of Visible or Date1904 */
    int in_word;
    int in_sheet; /* behind the beginning of a worksheet */
    char style[64];
} sheet_list;

static gg_number_format format_of(const char *code) {
    static const struct {
        const char *name, *code;
    } named[] = {{"Percent", "0.00%"}, {"Fixed", "0.00"}, {"Standard", "#,##0.00"}};
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        if (strcmp(code, named[i].name) == 0) {
            return gg_number_format_of(gg_str_of(named[i].code));
        }
    }
    return gg_number_format_of(gg_str_of(code));
}

static void list_start(void *user, const char *name, const char **attributes) {
    sheet_list *list = user;
    gridgov_workbook *book = list->book;
    gridgov_error failure;
    gridgov_status status = GRIDGOV_OK;
    const char *text = NULL;
    if (strcmp(name, "Worksheet") == 0) {
        text = gg_xml_foreign_attribute(attributes, "Name");
        list->in_sheet = 1;
        status = gg_workbook_add_sheet(book, gg_str_of(text), GRIDGOV_SHEET_VISIBLE,
                                       (int64_t)book->sheet_count, &failure);
    } else if (strcmp(name, "Style") == 0) {
        text = gg_xml_foreign_attribute(attributes, "ID");
        gg_text_copy(list->style, sizeof list->style, text, gg_str_of(text).size);
    } else if (strcmp(name, "NumberFormat") == 0 &&
               (text = gg_xml_foreign_attribute(attributes, "Format")) != NULL) {
        status = gg_workbook_add_format(book, format_of(text), &failure);
        if (status == GRIDGOV_OK && gg_map_set(&book->styles, gg_str_of(list->style),
                                               (int64_t)book->format_count - 1) != 0) {
            status = gg_fail_memory(&failure);
        }
    } else if (strcmp(name, "Visible") == 0 || strcmp(name, "Date1904") == 0) {
        gg_buf_clear(&list->word);
        list->in_word = 1;
    }
    if (status < 0) {
        gg_xml_fail(list->xml, &failure);
    }
}

static void list_text(void *user, const char *text, size_t size) {
    sheet_list *list = user;
    if (list->in_word && list->word.size + size < sizeof list->style) {
        gg_buf_add(&list->word, text, size);
    }
}

static void list_end(void *user, const char *name) {
    sheet_list *list = user;
    gridgov_workbook *book = list->book;
    if (strcmp(name, "Visible") == 0 && list->in_sheet && book->sheet_count > 0) {
        gg_sheet *sheet = &book->sheets[book->sheet_count - 1];
        const char *word = gg_buf_data(&list->word);
        sheet->state = strcmp(word, "SheetHidden") == 0       ? GRIDGOV_SHEET_HIDDEN
                       : strcmp(word, "SheetVeryHidden") == 0 ? GRIDGOV_SHEET_VERY_HIDDEN
                                                              : sheet->state;
    } else if (strcmp(name, "Date1904") == 0) {
        book->style.date_1904 = 1;
    }
    list->in_word = 0;
}

gridgov_status gg_xml_sheets_open(gridgov_workbook *book, gridgov_error *err) {
    static const gg_xml_handlers handlers = {list_start, list_end, list_text, namespaces};
    sheet_list list = {.book = book};
    gg_byte_source bytes;
    gridgov_status status;
    GG_TRY(gg_byte_source_open(&bytes, &book->source, err));
    status = gg_xml_open(&list.xml, gg_byte_source_read, &bytes, &handlers, &list, err);
    while (status == GRIDGOV_OK) {
        status = gg_xml_run(list.xml, err);
    }
    if (status == GRIDGOV_END && gg_buf_failed(&list.word)) {
        status = gg_fail_memory(err);
    }
    gg_xml_close(list.xml);
    gg_buf_release(&list.word);
    gg_byte_source_close(&bytes);
    return status == GRIDGOV_END ? GRIDGOV_OK : status;
}

/* The rows of one sheet. */

enum { TYPE_TEXT, TYPE_NUMBER, TYPE_MOMENT, TYPE_BOOL };

typedef struct xml_rows {
    gg_sheet_cursor sheet;
    gg_byte_source bytes;
    gg_xml *xml;
    int64_t worksheets; /* begun so far */
    int is_open;        /* the source */
    int in_row, in_cell, in_data, in_comment, row_ended, type;
    int64_t column, style; /* of the cell */
    int64_t across, down;  /* cells that it covers besides its own */
    gg_buf value;
} xml_rows;

static int is_wanted(const xml_rows *rows) {
    return rows->worksheets == rows->sheet.place + 1;
}

static void fail_if(xml_rows *rows, gridgov_status status, const gridgov_error *failure) {
    if (status < 0) {
        gg_xml_fail(rows->xml, failure);
    }
}

/* A number of an attribute, from 1; otherwise where there is none. */
static int64_t number_of(xml_rows *rows, const char **attributes, const char *name, int64_t least,
                         int64_t otherwise) {
    const char *text = gg_xml_foreign_attribute(attributes, name);
    int64_t number = otherwise;
    if (text != NULL &&
        (gg_int_parse(&number, gg_str_of(text)) != 0 || number < least || number > GG_SHEET_ROWS)) {
        gridgov_error failure;
        fail_if(rows,
                gg_sheet_row_fail(&rows->sheet.row, -1, GG_RULE_SHEET_REFERENCE, gg_str_of(text), 0,
                                  &failure),
                &failure);
    }
    return number;
}

static void start_cell(xml_rows *rows, const char **attributes) {
    const char *style = gg_xml_foreign_attribute(attributes, "StyleID");
    rows->column = number_of(rows, attributes, "Index", 1, rows->column + rows->across + 2) - 1;
    rows->across = number_of(rows, attributes, "MergeAcross", 0, 0);
    rows->down = number_of(rows, attributes, "MergeDown", 0, 0);
    rows->style = style == NULL ? -1 : gg_map_get(&rows->sheet.book->styles, gg_str_of(style), -1);
    rows->in_cell = 1;
    gg_buf_clear(&rows->value);
}

static void start_row(xml_rows *rows, const char **attributes) {
    gridgov_error failure;
    int64_t number = number_of(rows, attributes, "Index", 1, rows->sheet.row.number + 1);
    rows->column = -1;
    rows->across = 0;
    rows->in_row = 1;
    fail_if(rows, gg_sheet_row_begin(&rows->sheet.row, number, &failure), &failure);
}

static void on_start(void *user, const char *name, const char **attributes) {
    xml_rows *rows = user;
    const char *type;
    rows->worksheets += strcmp(name, "Worksheet") == 0;
    if (!is_wanted(rows)) {
        return;
    }
    if (strcmp(name, "Row") == 0) {
        start_row(rows, attributes);
    } else if (rows->in_row && strcmp(name, "Cell") == 0) {
        start_cell(rows, attributes);
    } else if (rows->in_cell &&
               (strcmp(name, "Comment") == 0 || strcmp(name, "PhoneticText") == 0)) {
        rows->in_comment++;
    } else if (rows->in_cell && rows->in_comment == 0 && strcmp(name, "Data") == 0) {
        type = gg_xml_foreign_attribute(attributes, "Type");
        type = type != NULL ? type : "String";
        rows->type = strcmp(type, "Number") == 0     ? TYPE_NUMBER
                     : strcmp(type, "DateTime") == 0 ? TYPE_MOMENT
                     : strcmp(type, "Boolean") == 0  ? TYPE_BOOL
                                                     : TYPE_TEXT;
        rows->in_data = 1;
    }
}

/* "2021-09-05T08:31:00.000": midnight is no time of day, and the day before 1900 no date. */
static void put_moment(gg_buf *out, gg_str text) {
    static const char *const no_days[] = {"1899-12-31", "1899-12-30", "1904-01-01"};
    gg_str day = gg_str_make(text.data, text.size < 10 ? text.size : 10);
    gg_str time =
        gg_str_make(text.data + (text.size > 11 ? 11 : text.size), text.size > 19   ? 8
                                                                   : text.size > 11 ? text.size - 11
                                                                                    : 0);
    int is_day = 1;
    for (size_t i = 0; i < sizeof no_days / sizeof no_days[0]; i++) {
        is_day &= !gg_str_equal(day, gg_str_of(no_days[i]));
    }
    if (is_day) {
        gg_buf_str(out, day);
    }
    if (time.size > 0 && (!is_day || !gg_str_equal(time, gg_str_of("00:00:00")))) {
        gg_buf_text(out, is_day ? " " : "");
        gg_buf_str(out, time);
    }
}

static gg_str show(xml_rows *rows) {
    gg_str value = gg_str_make(gg_buf_data(&rows->value), rows->value.size);
    gridgov_workbook *book = rows->sheet.book;
    gg_decimal number;
    gg_buf_clear(&rows->sheet.shown);
    switch (rows->type) {
    case TYPE_NUMBER:
        if (gg_decimal_of_text(&number, gg_text_trim(value)) != 0) {
            return value;
        }
        gg_put_number(&rows->sheet.shown, &number, gg_workbook_format(book, rows->style),
                      &book->style);
        break;
    case TYPE_MOMENT:
        put_moment(&rows->sheet.shown, gg_text_trim(value));
        break;
    case TYPE_BOOL:
        return gg_str_of(gg_xlsx_is_true(gg_buf_data(&rows->value)) ? "TRUE" : "FALSE");
    default:
        return value;
    }
    return gg_str_make(gg_buf_data(&rows->sheet.shown), rows->sheet.shown.size);
}

static gridgov_status end_cell(xml_rows *rows, gridgov_error *err) {
    gg_merge merge = {(int32_t)rows->sheet.row.number,
                      (int32_t)(rows->sheet.row.number + rows->down), (int32_t)rows->column,
                      (int32_t)(rows->column + rows->across)};
    gg_str text = rows->value.size == 0 ? gg_str_of("") : show(rows);
    if (gg_buf_failed(&rows->value) || gg_buf_failed(&rows->sheet.shown)) {
        return gg_fail_memory(err);
    }
    GG_TRY(gg_sheet_row_set(&rows->sheet.row, rows->column, text, err));
    return gg_merges_add(&rows->sheet.merges, &merge, &rows->sheet.book->limits, err);
}

static void on_end(void *user, const char *name) {
    xml_rows *rows = user;
    gridgov_error failure;
    if (!is_wanted(rows)) {
        return;
    }
    if (rows->in_cell && strcmp(name, "Cell") == 0) {
        rows->in_cell = 0;
        fail_if(rows, end_cell(rows, &failure), &failure);
    } else if (strcmp(name, "Data") == 0 && rows->in_comment == 0) {
        rows->in_data = 0;
    } else if (strcmp(name, "Comment") == 0 || strcmp(name, "PhoneticText") == 0) {
        rows->in_comment -= rows->in_comment > 0;
    } else if (rows->in_row && strcmp(name, "Row") == 0) {
        rows->in_row = 0;
        rows->row_ended = 1;
        gg_xml_pause(rows->xml);
    }
}

static void on_text(void *user, const char *text, size_t size) {
    xml_rows *rows = user;
    int64_t most = rows->sheet.book->limits.cell;
    if (!rows->in_data || !is_wanted(rows)) {
        return;
    }
    gg_buf_add(&rows->value, text, size);
    if ((int64_t)rows->value.size > most) {
        gridgov_error failure;
        fail_if(rows,
                gg_sheet_row_fail(&rows->sheet.row, rows->column, GG_RULE_CSV_CELL_LIMIT,
                                  gg_str_of(""), most, &failure),
                &failure);
    }
}

static gridgov_status next(gg_sheet_cursor *sheet, gridgov_error *err) {
    static const gg_xml_handlers handlers = {on_start, on_end, on_text, namespaces};
    xml_rows *rows = (xml_rows *)sheet;
    if (rows->xml == NULL) {
        GG_TRY(gg_byte_source_open(&rows->bytes, &sheet->book->source, err));
        rows->is_open = 1;
        GG_TRY(gg_xml_open(&rows->xml, gg_byte_source_read, &rows->bytes, &handlers, rows, err));
        sheet->merges.sorted = 1; // they come with their rows
    }
    rows->row_ended = 0;
    GG_TRY(gg_xml_run(rows->xml, err));
    return rows->row_ended ? GRIDGOV_OK : GRIDGOV_END;
}

static void release(gg_sheet_cursor *sheet) {
    xml_rows *rows = (xml_rows *)sheet;
    if (rows->is_open) {
        gg_byte_source_close(&rows->bytes);
    }
    gg_xml_close(rows->xml);
    gg_buf_release(&rows->value);
}

gridgov_status gg_xml_sheets_rows_new(gridgov_rows_source *out, gridgov_workbook *book,
                                      size_t sheet, gridgov_error *err) {
    static const gg_sheet_reader reader = {sizeof(xml_rows), next, release};
    return gg_sheet_cursor_new(out, &reader, book, sheet, err);
}
