/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a month as a workbook (ECMA-376 part 1, transitional). Every cell is text in a text
 * format: codes keep their leading zeros, dates stay as they are written, and a name that begins
 * with = is a name and no formula. Columns whose field has a closed list of values get a drop-down
 * list that only suggests, for aliases are understood too. The header is frozen, filters, and shows
 * a note where it is clicked: whether the column is needed, and what else it may be called; what is
 * needed is dark. On paper a sheet is as wide as a page and repeats its header. Nothing in the
 * package depends on the time or the place, so equal tables make equal bytes. */
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

#define NOTE_MAX 250 /* characters of a note (Excel: 255) */

enum { STYLE_TEXT = 1, STYLE_HEADER = 2, STYLE_NOTE = 3, STYLE_NEEDED = 4 };

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
    gg_buf_text(&fill->data, fill->rows == 1 ? "\" ht=\"24\" customHeight=\"1\">" : "\">");
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

/* The field that a column feeds; 0 if it feeds none. */
static int field_of(gridgov_field *field, const sheet_fill *fill, int32_t table, int64_t column) {
    return column < COLUMNS_MAX && fill->fields[column] != GRIDGOV_NONE &&
           gridgov_field_at(field, table, fill->fields[column]) == GRIDGOV_OK;
}

/* What a header tells of its column: 必填。也可写作：登记时间、受理时间 */
static void put_note(gg_buf *out, const gridgov_field *field) {
    gg_buf note = {0};
    const char *alias = field->aliases;
    gg_buf_text(&note, field->required ? "必填。" : "选填。");
    gg_buf_text(&note, "也可写作：");
    gg_buf_text(&note, field->code);
    while (alias[0] != '\0') {
        size_t size = strcspn(alias, "|");
        if (note.size + size > NOTE_MAX) { // bytes, at least as many as characters
            break;
        }
        gg_buf_text(&note, "、");
        gg_buf_add(&note, alias, size);
        alias += size + (alias[size] == '|');
    }
    gg_put_html(out, gg_str_make(gg_buf_data(&note), note.size));
    out->failed |= gg_buf_failed(&note);
    gg_buf_release(&note);
}

static void put_rule(gg_buf *out, const sheet_fill *fill, const gridgov_field *field,
                     int64_t column, gg_str list) {
    if (list.size > 0) {
        gg_buf_text(out, "<dataValidation type=\"list\" errorStyle=\"information\" "
                         "allowBlank=\"1\" sqref=\"");
        gg_sheet_put_column(out, column);
        gg_buf_text(out, "2:");
        gg_sheet_put_column(out, column);
        gg_buf_int(out, fill->rows + LIST_ROWS);
        gg_buf_text(out, "\"><formula1>\"");
        gg_buf_str(out, list);
        gg_buf_text(out, "\"</formula1></dataValidation>");
        return;
    }
    gg_buf_text(out, "<dataValidation allowBlank=\"1\" showInputMessage=\"1\" promptTitle=\"");
    gg_put_html(out, gg_str_of(field->title_zh));
    gg_buf_text(out, "\" prompt=\"");
    put_note(out, field);
    gg_buf_text(out, "\" sqref=\"");
    gg_sheet_put_column(out, column);
    gg_buf_text(out, "1\"/>");
}

/* Lists to choose from, and the notes of the header. */
static void put_rules(gg_buf *out, const sheet_fill *fill, int32_t table) {
    gg_buf rules = {0}, list = {0};
    gridgov_field field = {.struct_size = sizeof field};
    int64_t count = 0;
    for (int64_t column = 0; column < fill->columns; column++) {
        if (!field_of(&field, fill, table, column)) {
            continue;
        }
        gg_buf_clear(&list);
        if (field.kind != 0) {
            put_list(&list, field.kind);
        }
        rules.failed |= gg_buf_failed(&list);
        if (list.size > 0) {
            put_rule(&rules, fill, &field, column, gg_str_make(list.data, list.size));
            count++;
        }
        put_rule(&rules, fill, &field, column, gg_str_of(""));
        count++;
    }
    if (count > 0) {
        gg_buf_text(out, "<dataValidations count=\"");
        gg_buf_int(out, count);
        gg_buf_text(out, "\">");
        gg_buf_add(out, gg_buf_data(&rules), rules.size);
        gg_buf_text(out, "</dataValidations>");
    }
    out->failed |= gg_buf_failed(&rules);
    gg_buf_release(&rules);
    gg_buf_release(&list);
}

/* A1 to the last cell, of a sheet with columns. */
static void put_area(gg_buf *out, const sheet_fill *fill) {
    gg_buf_text(out, "A1:");
    gg_sheet_put_column(out, fill->columns - 1);
    gg_buf_int(out, fill->rows);
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
                GG_XML_HEAD "<worksheet " GG_SHEET_NS "><sheetPr><pageSetUpPr fitToPage=\"1\"/>"
                            "</sheetPr><sheetViews><sheetView "
                            "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
                            "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView>"
                            "</sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>");
    put_widths(&sheet->xml, fill);
    gg_buf_text(&sheet->xml, "<sheetData>");
    gg_buf_add(&sheet->xml, gg_buf_data(&fill->data), fill->data.size);
    gg_buf_text(&sheet->xml, "</sheetData>");
    if (table != 0 && fill->columns > 0) {
        gg_buf_text(&sheet->xml, "<autoFilter ref=\"");
        put_area(&sheet->xml, fill);
        gg_buf_text(&sheet->xml, "\"/>");
        put_rules(&sheet->xml, fill, table);
    }
    gg_buf_text(&sheet->xml, "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.75\" bottom=\"0.75\" "
                             "header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" "
                             "orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter>"
                             "<oddHeader>&amp;C&amp;A</oddHeader><oddFooter>&amp;C第 &amp;P 页，共 "
                             "&amp;N 页</oddFooter></headerFooter>");
    if (fill->columns > 0) {
        gg_buf_text(&sheet->xml, "<ignoredErrors><ignoredError sqref=\"");
        put_area(&sheet->xml, fill);
        gg_buf_text(&sheet->xml, "\" numberStoredAsText=\"1\"/></ignoredErrors>");
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

/* Which fields the columns of the header, the current row, feed. */
static void bind_fields(sheet_fill *fill, int32_t table, const gridgov_rows *header) {
    for (int64_t column = 0; column < COLUMNS_MAX; column++) {
        gridgov_field field = {.struct_size = sizeof field};
        const char *title = gridgov_rows_text(header, column, NULL);
        fill->fields[column] = GRIDGOV_NONE;
        for (int64_t i = 0; gridgov_field_at(&field, table, i) == GRIDGOV_OK; i++) {
            if (column < gridgov_rows_count(header) &&
                (strcmp(title, field.title_zh) == 0 || strcmp(title, field.code) == 0)) {
                fill->fields[column] = (int32_t)i;
            }
        }
    }
}

/* Style of a cell of a table. */
static int style_of(const sheet_fill *fill, int32_t table, int64_t column) {
    gridgov_field field = {.struct_size = sizeof field};
    return fill->rows > 1                                            ? STYLE_TEXT
           : field_of(&field, fill, table, column) && field.required ? STYLE_NEEDED
                                                                     : STYLE_HEADER;
}

static gridgov_status fill_rows(sheet_fill *fill, int32_t table, gridgov_rows *rows,
                                gridgov_error *err) {
    gridgov_status status;
    while ((status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
        int64_t count = gridgov_rows_count(rows);
        begin_row(fill);
        if (fill->rows == 1) {
            bind_fields(fill, table, rows);
        }
        for (int64_t column = 0; column < count; column++) {
            size_t size = 0;
            const char *text = gridgov_rows_text(rows, column, &size);
            put_cell(fill, column, gg_str_make(text, size), style_of(fill, table, column));
        }
        end_row(fill);
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

#define EDGE(side) "<" side " style=\"thin\"><color rgb=\"FFBFBFBF\"/></" side ">"
#define XF(font, fill, border, more)                                                               \
    "<xf numFmtId=\"49\" fontId=\"" font "\" fillId=\"" fill "\" borderId=\"" border               \
    "\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" "     \
    "applyAlignment=\"1\"><alignment vertical=\"center\"" more "/></xf>"

static const char styles[] = GG_XML_HEAD
    "<styleSheet " GG_SHEET_NS
    "><fonts count=\"4\"><font><sz val=\"11\"/><name val=\"宋体\"/></font>"
    "<font><b/><sz val=\"11\"/><color rgb=\"FF1F3864\"/><name val=\"宋体\"/></font><font><sz "
    "val=\"11\"/><color rgb=\"FF7F7F7F\"/><name val=\"宋体\"/></font><font><b/><sz "
    "val=\"11\"/><color "
    "rgb=\"FFFFFFFF\"/><name val=\"宋体\"/></font></fonts><fills count=\"4\"><fill><patternFill "
    "patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill>"
    "<patternFill patternType=\"solid\"><fgColor rgb=\"FFDDEBF7\"/></patternFill></fill><fill>"
    "<patternFill patternType=\"solid\"><fgColor rgb=\"FF2F5496\"/></patternFill></fill></fills>"
    "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border>" EDGE(
        "left") EDGE("right") EDGE("top")
        EDGE("bottom") "<diagonal/></border></borders>"
                       "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
                       "borderId=\"0\"/>"
                       "</cellStyleXfs><cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" "
                       "fillId=\"0\" "
                       "borderId=\"0\" xfId=\"0\"/>" XF("0", "0", "1", " wrapText=\"1\"")
                           XF("1", "2", "1", "") XF("2", "0", "0", "")
                               XF("3", "3", "1", "") "</cellXfs><cellStyles count=\"1\"><cellStyle "
                                                     "name=\"Normal\" xfId=\"0\" "
                                                     "builtinId=\"0\"/></cellStyles></styleSheet>";

/* Rows that are printed again on each page. */
static void put_print_titles(gg_buf *out, const gridgov_workbook_writer *writer) {
    for (size_t i = 0; i < writer->count; i++) {
        gg_buf_text(out, "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"");
        gg_buf_int(out, (int64_t)i);
        gg_buf_text(out, "\">'");
        gg_put_html(out, gg_str_of(gg_buf_data(&writer->sheets[i].name)));
        gg_buf_text(out, "'!$1:$1</definedName>");
    }
}

gridgov_status gridgov_workbook_writer_finish(gridgov_bytes **out,
                                              const gridgov_workbook_writer *writer,
                                              gridgov_error *err) {
    gg_buf bytes = {0}, names = {0};
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (writer == NULL || writer->count == 0) {
        return gg_fail_arg(err, "writer");
    }
    put_print_titles(&names, writer);
    status = gg_buf_failed(&names)
                 ? gg_fail_memory(err)
                 : gg_workbook_pack(
                       &bytes,
                       &(gg_workbook_parts){.sheets = writer->sheets,
                                            .count = writer->count,
                                            .styles = styles,
                                            .names = gg_str_make(gg_buf_data(&names), names.size)},
                       err);
    if (status == GRIDGOV_OK) {
        status = gg_buf_to_bytes(out, &bytes, err);
    }
    gg_buf_release(&names);
    gg_buf_release(&bytes);
    return status;
}

void gridgov_workbook_writer_free(gridgov_workbook_writer *writer) {
    if (writer != NULL) {
        gg_written_sheets_release(writer->sheets, writer->count);
        gg_free(writer);
    }
}
