/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a month as a workbook (ECMA-376 part 1, transitional). Every cell is text in a text
 * format: codes keep their leading zeros, dates stay as they are written, and a name that begins
 * with = is a name and no formula. Columns whose field has a closed list of values get a drop-down
 * list that only suggests, for aliases are understood too. Nothing in the package depends on the
 * time or the place, so equal tables make equal bytes. */
#include "overview.h"
#include "sheet_text.h"
#include "workbook_parts.h"

#include "base/error.h"
#include "base/markup.h"
#include "base/mem.h"

#include <gridgov/ingest.h>
#include <gridgov/office.h>

#include <string.h>

#define COLUMNS_MAX 64 /* that get a width and a list of their own */
#define WIDTH_MIN 9    /* characters */
#define WIDTH_MAX 60
#define LIST_MAX 255   /* characters of a drop-down list (Excel) */
#define LIST_ROWS 5000 /* rows below the header that a list reaches */

enum { STYLE_TEXT = 1, STYLE_HEADER = 2, STYLE_NOTE = 3 };

struct gridgov_workbook_writer {
    gg_written_sheet *sheets;
    size_t count, capacity;
};

/* A sheet while it is filled. */
typedef struct sheet_fill {
    gg_buf data, head; /* rows; what stands before them */
    int widths[COLUMNS_MAX];
    int32_t fields[COLUMNS_MAX];
    int64_t columns, rows;
} sheet_fill;

static void begin_row(sheet_fill *fill) {
    fill->rows++;
    gg_buf_text(&fill->data, "<row r=\"");
    gg_buf_int(&fill->data, fill->rows);
    gg_buf_text(&fill->data, "\">");
}

static void put_cell(sheet_fill *fill, int64_t column, gg_str text, int style) {
    if (column < COLUMNS_MAX) {
        int width = gg_sheet_text_width(text, WIDTH_MAX);
        fill->widths[column] = width > fill->widths[column] ? width : fill->widths[column];
    }
    fill->columns = column >= fill->columns ? column + 1 : fill->columns;
    if (text.size == 0) {
        return;
    }
    gg_buf_text(&fill->data, "<c r=\"");
    gg_sheet_put_column(&fill->data, column);
    gg_buf_int(&fill->data, fill->rows);
    gg_buf_text(&fill->data, "\" s=\"");
    gg_buf_int(&fill->data, style);
    gg_buf_text(&fill->data, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    gg_sheet_put_text(&fill->data, text);
    gg_buf_text(&fill->data, "</t></is></c>");
}

static void end_row(sheet_fill *fill) {
    gg_buf_text(&fill->data, "</row>");
}

/* Titles of a closed list, separated by commas; empty if there are none or too many. */
static void put_list(gg_buf *out, int32_t kind) {
    int32_t value = 0;
    int size = 0;
    for (int64_t i = 0; gridgov_code_at(&value, kind, i) == GRIDGOV_OK; i++) {
        const char *title = gridgov_code_title(kind, value, GRIDGOV_LANG_ZH);
        for (size_t at = 0; at < strlen(title); size++) {
            (void)gg_utf8_next(title, strlen(title), &at);
        }
        size++;
        gg_buf_text(out, i > 0 ? "," : "");
        gg_put_html(out, gg_str_of(title));
    }
    if (size > LIST_MAX && !gg_buf_failed(out)) {
        gg_buf_clear(out);
    }
}

static void put_lists(gg_buf *out, const sheet_fill *fill, int32_t table) {
    gg_buf lists = {0}, list = {0};
    int64_t count = 0;
    for (int64_t column = 0; column < fill->columns && column < COLUMNS_MAX; column++) {
        gridgov_field field = {.struct_size = sizeof field};
        if (fill->fields[column] == GRIDGOV_NONE ||
            gridgov_field_at(&field, table, fill->fields[column]) != GRIDGOV_OK ||
            field.kind == 0) {
            continue;
        }
        gg_buf_clear(&list);
        put_list(&list, field.kind);
        lists.failed |= gg_buf_failed(&list);
        if (list.size == 0) {
            continue;
        }
        gg_buf_text(&lists, "<dataValidation type=\"list\" errorStyle=\"information\" "
                            "allowBlank=\"1\" sqref=\"");
        gg_sheet_put_column(&lists, column);
        gg_buf_text(&lists, "2:");
        gg_sheet_put_column(&lists, column);
        gg_buf_int(&lists, fill->rows + LIST_ROWS);
        gg_buf_text(&lists, "\"><formula1>\"");
        gg_buf_add(&lists, list.data, list.size);
        gg_buf_text(&lists, "\"</formula1></dataValidation>");
        count++;
    }
    if (count > 0) {
        gg_buf_text(out, "<dataValidations count=\"");
        gg_buf_int(out, count);
        gg_buf_text(out, "\">");
        gg_buf_add(out, gg_buf_data(&lists), lists.size);
        gg_buf_text(out, "</dataValidations>");
    }
    out->failed |= gg_buf_failed(&lists);
    gg_buf_release(&lists);
    gg_buf_release(&list);
}

static void put_widths(gg_buf *out, const sheet_fill *fill) {
    if (fill->columns == 0) {
        return;
    }
    gg_buf_text(out, "<cols>");
    for (int64_t column = 0; column < fill->columns && column < COLUMNS_MAX; column++) {
        int width = fill->widths[column] + 2;
        width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
        gg_buf_text(out, "<col min=\"");
        gg_buf_int(out, column + 1);
        gg_buf_text(out, "\" max=\"");
        gg_buf_int(out, column + 1);
        gg_buf_text(out, "\" width=\"");
        gg_buf_int(out, width);
        gg_buf_text(out, "\" style=\"1\" customWidth=\"1\"/>");
    }
    gg_buf_text(out, "</cols>");
}

/* Put the parts of a sheet together and keep it. */
static gridgov_status keep_sheet(gridgov_workbook_writer *writer, const char *name,
                                 sheet_fill *fill, int32_t table, gridgov_error *err) {
    gg_written_sheet *sheet;
    int failed;
    if (gg_grow((void **)&writer->sheets, writer->count, &writer->capacity,
                sizeof *writer->sheets) != 0) {
        return gg_fail_memory(err);
    }
    sheet = &writer->sheets[writer->count++];
    memset(sheet, 0, sizeof *sheet);
    gg_buf_text(&sheet->name, name);
    gg_buf_text(&sheet->xml,
                GG_XML_HEAD "<worksheet " GG_SHEET_NS "><sheetViews><sheetView "
                            "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
                            "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView>"
                            "</sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>");
    put_widths(&sheet->xml, fill);
    gg_buf_text(&sheet->xml, "<sheetData>");
    gg_buf_add(&sheet->xml, gg_buf_data(&fill->data), fill->data.size);
    gg_buf_text(&sheet->xml, "</sheetData>");
    if (table != 0) {
        put_lists(&sheet->xml, fill, table);
    }
    gg_buf_text(&sheet->xml, "</worksheet>");
    failed =
        gg_buf_failed(&sheet->name) || gg_buf_failed(&sheet->xml) || gg_buf_failed(&fill->data);
    return failed ? gg_fail_memory(err) : GRIDGOV_OK;
}

gridgov_status gridgov_workbook_writer_new(gridgov_workbook_writer **out, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = gg_calloc(1, sizeof **out);
    return *out == NULL ? gg_fail_memory(err) : GRIDGOV_OK;
}

/* Which fields the columns of the header feed. */
static void bind_fields(sheet_fill *fill, int32_t table, const char *const *titles, size_t count) {
    for (size_t column = 0; column < COLUMNS_MAX; column++) {
        gridgov_field field = {.struct_size = sizeof field};
        fill->fields[column] = GRIDGOV_NONE;
        for (int64_t i = 0; column < count && gridgov_field_at(&field, table, i) == GRIDGOV_OK;
             i++) {
            if (strcmp(titles[column], field.title_zh) == 0 ||
                strcmp(titles[column], field.code) == 0) {
                fill->fields[column] = (int32_t)i;
            }
        }
    }
}

static gridgov_status fill_rows(sheet_fill *fill, int32_t table, gridgov_rows *rows,
                                gridgov_error *err) {
    gridgov_status status;
    while ((status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
        const char *titles[COLUMNS_MAX];
        int64_t count = gridgov_rows_count(rows);
        begin_row(fill);
        for (int64_t column = 0; column < count; column++) {
            size_t size = 0;
            const char *text = gridgov_rows_text(rows, column, &size);
            if (column < COLUMNS_MAX) {
                titles[column] = text;
            }
            put_cell(fill, column, gg_str_make(text, size),
                     fill->rows == 1 ? STYLE_HEADER : STYLE_TEXT);
        }
        end_row(fill);
        if (fill->rows == 1) {
            bind_fields(fill, table, titles, count < COLUMNS_MAX ? (size_t)count : COLUMNS_MAX);
        }
    }
    return status < 0 ? status : GRIDGOV_OK;
}

gridgov_status gridgov_workbook_writer_add_table(gridgov_workbook_writer *writer, int32_t table,
                                                 gridgov_rows *rows, gridgov_error *err) {
    const char *name = gridgov_code_title(GRIDGOV_KIND_TABLE, table, GRIDGOV_LANG_ZH);
    sheet_fill fill = {.rows = 0};
    gridgov_status status;
    if (writer == NULL || rows == NULL || name == NULL) {
        return gg_fail_arg(err, writer == NULL ? "writer" : rows == NULL ? "rows" : "table");
    }
    bind_fields(&fill, table, NULL, 0);
    status = fill_rows(&fill, table, rows, err);
    if (status == GRIDGOV_OK) {
        status = keep_sheet(writer, name, &fill, table, err);
    }
    gg_buf_release(&fill.data);
    return status;
}

static void put_overview(void *user, const char *name, const char *content, const char *note) {
    sheet_fill *fill = user;
    begin_row(fill);
    put_cell(fill, 0, gg_str_of(name), STYLE_HEADER);
    put_cell(fill, 1, gg_str_of(content), STYLE_TEXT);
    put_cell(fill, 2, gg_str_of(note), STYLE_NOTE);
    end_row(fill);
}

gridgov_status gridgov_workbook_writer_add_parameters(gridgov_workbook_writer *writer,
                                                      const char *json, size_t size,
                                                      gridgov_error *err) {
    sheet_fill fill = {.rows = 0};
    gridgov_status status;
    if (writer == NULL || json == NULL) {
        return gg_fail_arg(err, writer == NULL ? "writer" : "json");
    }
    begin_row(&fill);
    put_cell(&fill, 0, gg_str_of("项目"), STYLE_HEADER);
    put_cell(&fill, 1, gg_str_of("内容"), STYLE_HEADER);
    put_cell(&fill, 2, gg_str_of("说明"), STYLE_HEADER);
    end_row(&fill);
    status = gg_overview_write(put_overview, &fill, json, size, err);
    if (status == GRIDGOV_OK) {
        status = keep_sheet(writer, GG_OVERVIEW_NAME, &fill, 0, err);
    }
    gg_buf_release(&fill.data);
    return status;
}

static const char styles[] = GG_XML_HEAD
    "<styleSheet " GG_SHEET_NS
    "><fonts count=\"3\"><font><sz val=\"11\"/><name val=\"宋体\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"宋体\"/></font><font><sz val=\"11\"/><color "
    "rgb=\"FF7F7F7F\"/><name val=\"宋体\"/></font></fonts><fills count=\"3\"><fill><patternFill "
    "patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill>"
    "<patternFill patternType=\"solid\"><fgColor rgb=\"FFDDEBF7\"/></patternFill></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
    "</cellStyleXfs><cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
    "borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" "
    "xfId=\"0\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" "
    "borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"/><xf "
    "numFmtId=\"49\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" "
    "applyFont=\"1\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" "
    "builtinId=\"0\"/></cellStyles></styleSheet>";

gridgov_status gridgov_workbook_writer_finish(gridgov_bytes **out,
                                              const gridgov_workbook_writer *writer,
                                              gridgov_error *err) {
    gg_buf bytes = {0};
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (writer == NULL || writer->count == 0) {
        return gg_fail_arg(err, "writer");
    }
    status = gg_workbook_pack(&bytes,
                              &(gg_workbook_parts){.sheets = writer->sheets,
                                                   .count = writer->count,
                                                   .styles = styles,
                                                   .names = gg_str_of("")},
                              err);
    if (status == GRIDGOV_OK) {
        status = gg_buf_to_bytes(out, &bytes, err);
    }
    gg_buf_release(&bytes);
    return status;
}

void gridgov_workbook_writer_free(gridgov_workbook_writer *writer) {
    if (writer != NULL) {
        gg_written_sheets_release(writer->sheets, writer->count);
        gg_free(writer);
    }
}
