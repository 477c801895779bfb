/* SPDX-License-Identifier: Apache-2.0 */
/* XLSX workbooks made of known XML: what each kind of cell reads to, merged areas, the choice of a
 * sheet, every limit, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/workbook_support.h"

#include "base/error.h"

/* All rows as text: cells by |, rows by their numbers. */
static gridgov_status read_all(char *out, size_t size, const gg_buf *book,
                               const gridgov_sheet_options *options, gridgov_error *err) {
    gridgov_rows *rows = NULL;
    gg_buf text = {0};
    gridgov_status status =
        gridgov_rows_open_xlsx_bytes(&rows, book->data, book->size, options, err);
    while (status == GRIDGOV_OK && (status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
        gg_buf_int(&text, gridgov_rows_number(rows));
        for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
            gg_buf_text(&text, i == 0 ? ":" : "|");
            gg_buf_text(&text, gridgov_rows_text(rows, i, NULL));
        }
        gg_buf_text(&text, "\n");
    }
    gg_text_copy(out, size, gg_buf_data(&text), text.size);
    gg_buf_release(&text);
    gridgov_rows_free(rows);
    return status;
}

static void expect_with(const small_book *made, const gridgov_sheet_options *options,
                        const char *expected) {
    char text[4096];
    gridgov_error err = {0};
    gg_buf book = make_book(made);
    gridgov_status status = read_all(text, sizeof text, &book, options, &err);
    if (status != GRIDGOV_END) {
        printf("%s %s %s\n", err.message, err.value, err.field);
    }
    assert_int_equal(status, GRIDGOV_END);
    assert_string_equal(text, expected);
    gg_buf_release(&book);
}

static void expect_data(const char *data, const char *expected) {
    small_book made = {.data = data,
                       .strings = "<si><t>甲</t></si><si><r><t xml:space=\"preserve\">a </t></r>"
                                  "<r><t>b</t></r><rPh sb=\"0\" eb=\"1\"><t>ka</t></rPh></si>"
                                  "<si/><si><t>x_x000D_y_x005F_z</t></si><si><t> t </t></si>",
                       .styles =
                           "<numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy-mm-dd h:mm\"/>"
                           "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                           "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "
                           "numFmtId=\"170\"/><xf numFmtId=\"10\"/></cellXfs>"};
    expect_with(&made, NULL, expected);
}

static void every_kind_of_cell(void **state) {
    (void)state;
    expect_data("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "
                "t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" "
                "t=\"s\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>4</v></c></row></sheetData>",
                "1:甲|a b||x\ry_z|t\n");
    expect_data("<sheetData><row r=\"2\"><c r=\"A2\"><v>2.2999999999999998</v></c><c r=\"B2\" "
                "s=\"1\"><v>44444</v></c><c r=\"C2\" s=\"2\"><v>44444.354861111111</v></c><c "
                "r=\"D2\" s=\"3\"><v>0.98760000000000003</v></c><c r=\"E2\" s=\"99\"><v>7</v></c>"
                "</row></sheetData>",
                "2:2.3|2021-09-05|2021-09-05 08:31:00|98.76%|7\n");
    expect_data("<sheetData><row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\">"
                "<v>#N/A</v></c><c t=\"str\"><f>A1&amp;\"x\"</f><v>ax</v></c><c><f>1+1</f>"
                "<v>2</v></c><c t=\"d\"><v>2021-09-05T08:31:00.000</v></c><c><f>1+1</f></c></row>"
                "</sheetData>",
                "1:TRUE|FALSE|#N/A|ax|2|2021-09-05 08:31:00\n");
    expect_data("<sheetData><row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>甲 &lt;乙&gt;</t></is>"
                "</c><c r=\"D3\" t=\"inlineStr\"><is><r><t>一</t></r><r><t>二</t></r></is><v>9</v>"
                "</c></row></sheetData>",
                "3:|甲 <乙>||一二\n");
}

static void rows_and_cells_without_references(void **state) {
    (void)state;
    expect_data("<sheetData><row><c><v>1</v></c><c r=\"D1\"><v>2</v></c><c><v>3</v></c></row><row "
                "r=\"5\"/><row><c><v>4</v></c></row></sheetData>",
                "1:1|||2|3\n5\n6:4\n");
    small_book empty = {.data = "<sheetData/>"};
    gg_buf book = make_book(&empty);
    gridgov_error err;
    char text[64];
    assert_int_equal(read_all(text, sizeof text, &book, NULL, &err), GRIDGOV_ENOTFOUND);
    assert_int_equal(err.rule, GG_RULE_SHEET_NONE);
    gg_buf_release(&book);
}

static void dates_of_1904(void **state) {
    small_book made = {.book_pr = "date1904=\"1\"",
                       .styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>",
                       .data = "<sheetData><row r=\"1\"><c s=\"0\"><v>42982</v></c></row>"
                               "</sheetData>"};
    (void)state;
    expect_with(&made, NULL, "1:2021-09-05\n");
    made.book_pr = "date1904=\"false\"";
    expect_with(&made, NULL, "1:2017-09-04\n");
}

static const char merged_data[] =
    "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>题</v></c></row><row r=\"2\"><c r=\"A2\" "
    "t=\"str\"><v>甲</v></c><c r=\"B2\"><v>1</v></c></row><row r=\"3\"><c r=\"B3\"><v>2</v></c>"
    "</row><row r=\"4\"><c r=\"A4\"/></row><row r=\"5\"><c r=\"B5\"><v>3</v></c></row></sheetData>"
    "<mergeCells count=\"3\"><mergeCell ref=\"A2:A5\"/><mergeCell ref=\"A1:C1\"/><mergeCell "
    "ref=\"B5:C5\"/></mergeCells>";

static void merged_areas(void **state) {
    small_book made = {.data = merged_data};
    gridgov_sheet_options options;
    (void)state;
    gridgov_sheet_options_init(&options, sizeof options);
    // Row 4 has no text of its own: it is no record.
    expect_with(&made, &options, "1:题\n2:甲|1\n3:甲|2\n4\n5:甲|3\n");
    options.merged = GRIDGOV_MERGED_NONE;
    expect_with(&made, &options, "1:题\n2:甲|1\n3:|2\n4\n5:|3\n");
    options.merged = GRIDGOV_MERGED_FILL;
    expect_with(&made, &options, "1:题|题|题\n2:甲|1\n3:甲|2\n4\n5:甲|3|3\n");
}

static void sheets_are_chosen(void **state) {
    small_book made = {
        .sheets =
            "<sheet name=\"藏\" state=\"hidden\" sheetId=\"3\" r:id=\"s2\"/><sheet name=\"图\" "
            "sheetId=\"4\" r:id=\"c1\"/><sheet name=\"事 件\" sheetId=\"1\" r:id=\"s1\"/>",
        .data = "<sheetData><row r=\"1\"><c t=\"str\"><v>shown</v></c></row></sheetData>",
        .data_2 = "<sheetData><row r=\"1\"><c t=\"str\"><v>hidden</v></c></row></sheetData>"};
    gridgov_sheet_options options;
    gridgov_workbook *workbook = NULL;
    gridgov_sheet sheet = {.struct_size = sizeof sheet};
    gridgov_error err;
    gg_buf book = make_book(&made);
    char text[256];
    (void)state;
    gridgov_sheet_options_init(&options, sizeof options);
    expect_with(&made, &options, "1:shown\n");
    options.sheet = "藏";
    expect_with(&made, &options, "1:hidden\n");
    options.sheet = "事件"; // blanks do not count
    expect_with(&made, &options, "1:shown\n");
    options.sheet = "走访";
    assert_int_equal(read_all(text, sizeof text, &book, &options, &err), GRIDGOV_ENOTFOUND);
    assert_int_equal(err.rule, GG_RULE_SHEET_UNKNOWN);
    assert_non_null(strstr(err.message, "藏, 事 件"));
    assert_int_equal(gridgov_workbook_open_bytes(&workbook, book.data, book.size, NULL, &err),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_workbook_kind(workbook), GRIDGOV_FILE_XLSX);
    assert_int_equal(gridgov_workbook_sheet_count(workbook), 2);
    assert_int_equal(gridgov_workbook_sheet_at(&sheet, workbook, 0), GRIDGOV_OK);
    assert_string_equal(sheet.name, "藏");
    assert_int_equal(sheet.state, GRIDGOV_SHEET_HIDDEN);
    assert_int_equal(gridgov_workbook_sheet_at(&sheet, workbook, 2), GRIDGOV_END);
    assert_int_equal(gridgov_workbook_sheet_at(&sheet, workbook, -1), GRIDGOV_END);
    gridgov_workbook_free(workbook);
    gg_buf_release(&book);
}

/* Cursors of two sheets in turn, and after the workbook was given up. */
static void cursors_keep_the_workbook(void **state) {
    small_book made = {
        .sheets = "<sheet name=\"a\" sheetId=\"1\" r:id=\"s1\"/><sheet name=\"b\" sheetId=\"2\" "
                  "r:id=\"s2\"/>",
        .strings = "<si><t>one</t></si><si><t>two</t></si>",
        .data = "<sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c></row><row r=\"2\"><c "
                "t=\"s\"><v>1</v></c></row></sheetData>",
        .data_2 = "<sheetData><row r=\"7\"><c t=\"s\"><v>1</v></c></row></sheetData>"};
    gg_buf book = make_book(&made);
    gridgov_workbook *workbook = NULL;
    gridgov_rows *a = NULL, *b = NULL;
    (void)state;
    assert_int_equal(gridgov_workbook_open_bytes(&workbook, book.data, book.size, NULL, NULL), 0);
    assert_int_equal(gridgov_workbook_rows(&a, workbook, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_workbook_rows(&b, workbook, 2, NULL), GRIDGOV_EARG);
    assert_null(b);
    assert_int_equal(gridgov_workbook_rows(&b, workbook, 1, NULL), GRIDGOV_OK);
    gridgov_workbook_free(workbook);
    assert_int_equal(gridgov_rows_next(a, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_next(b, NULL), GRIDGOV_OK);
    assert_string_equal(gridgov_rows_text(a, 0, NULL), "one");
    assert_string_equal(gridgov_rows_text(b, 0, NULL), "two");
    assert_int_equal(gridgov_rows_number(b), 7);
    assert_string_equal(gridgov_rows_source_name(a), "memory[a]");
    assert_int_equal(gridgov_rows_next(a, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_next(a, NULL), GRIDGOV_END);
    assert_int_equal(gridgov_rows_next(a, NULL), GRIDGOV_END);
    gridgov_rows_free(a);
    gridgov_rows_free(b);
    gg_buf_release(&book);
}

/* A formula that was never computed is an empty cell, and told with its place; one whose result is
 * an empty text is not. */
static void formulas_without_values(void **state) {
    small_book made = {
        .data = "<sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>类型</t></is></c><c "
                "t=\"inlineStr\"><is><t>上报时间</t></is></c><c "
                "t=\"inlineStr\"><is><t>地点</t></is></c>"
                "</row><row r=\"3\"><c "
                "t=\"str\"><f>A1</f><v>噪声</v></c><c><f>TODAY()</f></c><c><f>B1</f>"
                "<v></v></c></row><row r=\"4\"><c t=\"inlineStr\"><is><t>噪声</t></is></c><c "
                "t=\"inlineStr\"><is><t>2021-09-05</t></is></c><c "
                "t=\"str\"><f>\"\"</f><v></v></c></row>"
                "</sheetData>"};
    static const struct {
        int32_t rule, column;
        int64_t row;
    } told[] = {
        {GG_RULE_FORMULA_EMPTY, 2, 3}, {GG_RULE_FORMULA_EMPTY, 3, 3}, {GG_RULE_CELL_EMPTY, 2, 3}};
    gg_buf book = make_book(&made);
    gridgov_workbook *workbook = NULL;
    gridgov_rows *rows = NULL;
    gridgov_units *units = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_issues *issues = NULL;
    gridgov_ingest_summary summary = {.struct_size = sizeof summary};
    (void)state;
    assert_int_equal(gridgov_workbook_open_bytes(&workbook, book.data, book.size, NULL, NULL), 0);
    assert_int_equal(gridgov_workbook_rows(&rows, workbook, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_new(&ledger, NULL, units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_ingest(&summary, ledger, GRIDGOV_TABLE_EVENTS, rows, NULL, issues, NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(summary.added, 1);
    assert_int_equal(gridgov_issues_count(issues), 3);
    for (int i = 0; i < 3; i++) {
        gridgov_error issue;
        assert_int_equal(gridgov_issues_at(&issue, issues, i), GRIDGOV_OK);
        assert_int_equal(issue.rule, told[i].rule);
        assert_int_equal(issue.row, told[i].row);
        assert_int_equal(issue.column, told[i].column);
        assert_string_equal(issue.source, "memory[S]");
    }
    gridgov_rows_free(rows);
    gridgov_workbook_free(workbook);
    gridgov_issues_free(issues);
    gridgov_ledger_free(ledger);
    gridgov_units_free(units);
    gg_buf_release(&book);
}

/* Groups merged across, titles merged down: a header of two rows. */
static void headers_of_merged_cells(void **state) {
    small_book made = {
        .data =
            "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>九月台账</t></is></c></row>"
            "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>编号</t></is></c><c r=\"B2\" "
            "t=\"inlineStr\"><is><t>类型</t></is></c><c r=\"C2\" "
            "t=\"inlineStr\"><is><t>时间</t></is></c>"
            "<c r=\"E2\" t=\"inlineStr\"><is><t>备注</t></is></c></row>"
            "<row r=\"3\"><c r=\"C3\" t=\"inlineStr\"><is><t>上报</t></is></c><c r=\"D3\" "
            "t=\"inlineStr\"><is><t>办结</t></is></c></row>"
            "<row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"B4\" "
            "t=\"inlineStr\"><is><t>噪声</t></is></c><c "
            "r=\"C4\" t=\"inlineStr\"><is><t>2021-09-05</t></is></c></row></sheetData>"
            "<mergeCells><mergeCell ref=\"A1:E1\"/><mergeCell ref=\"A2:A3\"/><mergeCell "
            "ref=\"B2:B3\"/><mergeCell ref=\"C2:D2\"/><mergeCell ref=\"E2:E3\"/></mergeCells>"};
    static const int32_t merged[] = {GRIDGOV_MERGED_DOWN, GRIDGOV_MERGED_FILL, GRIDGOV_MERGED_NONE};
    static const char *const fields[] = {"id", "category", "reported_at", "closed_at"};
    (void)state;
    for (size_t i = 0; i < sizeof merged / sizeof merged[0]; i++) {
        gg_buf book = make_book(&made);
        gridgov_sheet_options options;
        gridgov_workbook *workbook = NULL;
        gridgov_rows *rows = NULL;
        gridgov_header header = {.struct_size = sizeof header};
        int32_t found[8];
        gridgov_sheet_options_init(&options, sizeof options);
        options.merged = merged[i];
        assert_int_equal(
            gridgov_workbook_open_bytes(&workbook, book.data, book.size, &options, NULL), 0);
        assert_int_equal(gridgov_workbook_rows(&rows, workbook, 0, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_header_find(&header, found, 8, rows, 0, NULL, NULL), GRIDGOV_OK);
        assert_int_equal(header.table, GRIDGOV_TABLE_EVENTS);
        assert_int_equal(header.row, 3);
        assert_int_equal(header.rows, 2);
        for (size_t k = 0; k < sizeof fields / sizeof fields[0]; k++) {
            gridgov_field field = {.struct_size = sizeof field};
            assert_int_equal(gridgov_field_at(&field, header.table, found[k]), GRIDGOV_OK);
            assert_string_equal(field.code, fields[k]);
        }
        assert_string_equal(gridgov_rows_text(rows, 3, NULL), "时间/办结");
        assert_string_equal(gridgov_rows_text(rows, 4, NULL), "备注");
        assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
        assert_string_equal(gridgov_rows_text(rows, 0, NULL), "7");
        gridgov_rows_free(rows);
        gridgov_workbook_free(workbook);
        gg_buf_release(&book);
    }
}

/* What breaks a rule names it. */
static void what_is_broken_is_refused(void **state) {
    static const struct {
        const char *data;
        int32_t rule;
    } cases[] = {
        {"<sheetData><row r=\"2\"/><row r=\"2\"/></sheetData>", GG_RULE_SHEET_ROW},
        {"<sheetData><row r=\"0\"/></sheetData>", GG_RULE_SHEET_ROW},
        {"<sheetData><row r=\"x\"/></sheetData>", GG_RULE_SHEET_ROW},
        {"<sheetData><row r=\"1048577\"/></sheetData>", GG_RULE_SHEET_ROW},
        {"<sheetData><row><c r=\"XFE1\"/></row></sheetData>", GG_RULE_SHEET_REFERENCE},
        {"<sheetData><row><c r=\"1\"/></row></sheetData>", GG_RULE_SHEET_REFERENCE},
        {"<sheetData><row><c r=\"A1:B2\"/></row></sheetData>", GG_RULE_SHEET_REFERENCE},
        {"<sheetData><row><c t=\"s\"><v>5</v></c></row></sheetData>", GG_RULE_SHARED_STRING},
        {"<sheetData><row><c t=\"s\"><v>-1</v></c></row></sheetData>", GG_RULE_SHARED_STRING},
        {"<sheetData><row><c t=\"s\"><v>x</v></c></row></sheetData>", GG_RULE_SHARED_STRING},
        {"<sheetData><row></sheetData>", GG_RULE_XML_SYNTAX},
        {"<sheetData/><mergeCells><mergeCell ref=\"A1:\"/></mergeCells>", GG_RULE_SHEET_REFERENCE},
        {"<sheetData/><mergeCells><mergeCell/></mergeCells>", GG_RULE_SHEET_REFERENCE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        small_book made = {.data = cases[i].data, .strings = "<si><t>a</t></si>"};
        gridgov_sheet_options options;
        gridgov_error err = {0};
        gg_buf book = make_book(&made);
        char text[256];
        gridgov_sheet_options_init(&options, sizeof options);
        options.sheet = "S";
        assert_true(read_all(text, sizeof text, &book, &options, &err) < 0);
        assert_int_equal(err.rule, cases[i].rule);
        assert_string_equal(err.source, "memory[S]");
        gg_buf_release(&book);
    }
}

/* A limit of n lets n pass and refuses n + 1. */
static void every_limit_holds(void **state) {
    static const char wide[] =
        "<sheetData><row><c t=\"str\"><v>abcdef</v></c><c t=\"str\"><v>abcdef</v></c></row><row><c "
        "t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row></sheetData><mergeCells><mergeCell "
        "ref=\"A1:A2\"/><mergeCell ref=\"B1:B2\"/></mergeCells>";
    static const struct {
        size_t offset;
        int64_t enough;
        int32_t rule;
    } cases[] = {
        {offsetof(gridgov_sheet_options, max_cell), 6, GG_RULE_CSV_CELL_LIMIT},
        {offsetof(gridgov_sheet_options, max_row), 14, GG_RULE_CSV_ROW_LIMIT},
        {offsetof(gridgov_sheet_options, max_columns), 2, GG_RULE_CSV_COLUMN_LIMIT},
        {offsetof(gridgov_sheet_options, max_rows), 2, GG_RULE_CSV_ROWS_LIMIT},
        {offsetof(gridgov_sheet_options, max_strings), 14, GG_RULE_STRINGS_LIMIT},
        {offsetof(gridgov_sheet_options, max_merges), 2, GG_RULE_MERGES_LIMIT},
        {offsetof(gridgov_sheet_options, max_parts), 5, GG_RULE_ZIP_PARTS},
    };
    small_book made = {.data = wide, .strings = "<si><t>one</t></si><si><t>two</t></si>"};
    gg_buf book = make_book(&made);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int short_by = 0; short_by < 2; short_by++) {
            gridgov_sheet_options options;
            gridgov_error err = {0};
            char text[256];
            gridgov_status status;
            gridgov_sheet_options_init(&options, sizeof options);
            options.sheet = "S";
            *(int64_t *)((char *)&options + cases[i].offset) = cases[i].enough - short_by;
            status = read_all(text, sizeof text, &book, &options, &err);
            if (status != (short_by ? GRIDGOV_ELIMIT : GRIDGOV_END)) {
                printf("limit %d of rule %d: %s\n", (int)cases[i].enough, (int)cases[i].rule,
                       err.message);
            }
            assert_int_equal(status, short_by ? GRIDGOV_ELIMIT : GRIDGOV_END);
            assert_int_equal(err.rule, short_by ? cases[i].rule : 0);
        }
    }
    gg_buf_release(&book);
}

/* A sheet of blanks that unpacks to a thousand times its size. */
static void bombs_are_refused(void **state) {
    gg_buf blanks = {0}, book;
    gridgov_sheet_options options;
    gridgov_error err;
    small_book made = {0};
    char text[64];
    (void)state;
    for (int i = 0; i < 10 << 20; i += 16) {
        gg_buf_text(&blanks, "                ");
    }
    gg_buf_text(&blanks, "<sheetData><row><c><v>1</v></c></row></sheetData>");
    made.data = gg_buf_data(&blanks);
    book = make_book(&made);
    gridgov_sheet_options_init(&options, sizeof options);
    assert_int_equal(read_all(text, sizeof text, &book, &options, &err), GRIDGOV_ELIMIT);
    assert_int_equal(err.rule, GG_RULE_ZIP_RATIO);
    options.max_ratio = 2000;
    assert_int_equal(read_all(text, sizeof text, &book, &options, &err), GRIDGOV_END);
    assert_string_equal(text, "1:1\n");
    options.max_unpacked = 10 << 20;
    assert_int_equal(read_all(text, sizeof text, &book, &options, &err), GRIDGOV_ELIMIT);
    assert_int_equal(err.rule, GG_RULE_ZIP_SIZE);
    gg_buf_release(&book);
    gg_buf_release(&blanks);
}

static gg_buf one_part(const char *name, const char *text) {
    gg_package_writer *writer = NULL;
    gg_buf out = {0};
    assert_int_equal(gg_package_writer_new(&writer, NULL), GRIDGOV_OK);
    assert_int_equal(gg_package_writer_add(writer, name, gg_str_of(text), NULL), GRIDGOV_OK);
    assert_int_equal(gg_package_writer_finish(writer, &out, NULL), GRIDGOV_OK);
    gg_package_writer_free(writer);
    return out;
}

static void hostile_xml_is_refused(void **state) {
    static const char entities[] =
        "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
        "<workbook " WORKBOOK_MAIN ">&b;</workbook>";
    gg_buf book = one_part("xl/workbook.xml", entities), deep = {0}, tag = {0};
    gridgov_error err;
    char text[64];
    (void)state;
    assert_true(read_all(text, sizeof text, &book, NULL, &err) < 0);
    assert_int_equal(err.rule, GG_RULE_XML_DOCTYPE);
    gg_buf_release(&book);
    for (int i = 0; i < 300; i++) {
        gg_buf_text(&deep, "<a>");
    }
    book = one_part("xl/workbook.xml", gg_buf_data(&deep));
    assert_true(read_all(text, sizeof text, &book, NULL, &err) < 0);
    assert_int_equal(err.rule, GG_RULE_XML_DEPTH);
    gg_buf_release(&book);
    gg_buf_text(&tag, "<workbook a=\"");
    for (int i = 0; i < 6 << 20; i += 16) {
        gg_buf_text(&tag, "0123456789abcdef");
    }
    book = one_part("xl/workbook.xml", gg_buf_data(&tag));
    assert_true(read_all(text, sizeof text, &book, NULL, &err) < 0);
    assert_int_equal(err.rule, GG_RULE_XML_TOKEN);
    gg_buf_release(&book);
    gg_buf_release(&deep);
    gg_buf_release(&tag);
    book = one_part("xl/workbook.bin", "x");
    assert_int_equal(read_all(text, sizeof text, &book, NULL, &err), GRIDGOV_EUNSUPPORTED);
    assert_string_equal(err.value, "xlsb");
    gg_buf_release(&book);
}

/* Every cut and every changed byte of a small workbook: an answer, and no harm. */
static void damaged_packages_do_no_harm(void **state) {
    small_book made = {.data = merged_data, .strings = "<si><t>甲</t></si>"};
    gg_buf book = make_book(&made);
    char *copy = malloc(book.size), text[1024];
    (void)state;
    assert_non_null(copy);
    for (size_t size = 0; size < book.size; size++) {
        gg_buf cut = {.data = copy, .size = size};
        memcpy(copy, book.data, size);
        (void)read_all(text, sizeof text, &cut, NULL, NULL);
    }
    for (size_t i = 0; i < book.size; i++) {
        gg_buf changed = {.data = copy, .size = book.size};
        memcpy(copy, book.data, book.size);
        copy[i] = (char)(copy[i] ^ (1 << i % 8));
        (void)read_all(text, sizeof text, &changed, NULL, NULL);
    }
    free(copy);
    gg_buf_release(&book);
}

static void mistakes_are_refused(void **state) {
    gridgov_sheet_options options;
    gridgov_rows *rows = NULL;
    gridgov_workbook *workbook = NULL;
    gridgov_error err;
    (void)state;
    gridgov_sheet_options_init(&options, sizeof options);
    options.merged = 3;
    assert_int_equal(gridgov_rows_open_xlsx_bytes(&rows, "PK", 2, &options, &err), GRIDGOV_EARG);
    options.merged = 0;
    options.max_cell = -1;
    assert_int_equal(gridgov_rows_open_xlsx_bytes(&rows, "PK", 2, &options, &err), GRIDGOV_EARG);
    options.struct_size = 4;
    assert_int_equal(gridgov_rows_open_xls_bytes(&rows, "PK", 2, &options, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_open_xlsx_bytes(NULL, "PK", 2, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_open_xlsx_bytes(&rows, NULL, 0, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_open_xls_file(&rows, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_open_xlsx_file(&rows, "no/such", NULL, &err), GRIDGOV_EIO);
    assert_int_equal(gridgov_rows_open_file(&rows, "no/such", NULL, &err), GRIDGOV_EIO);
    assert_string_equal(err.source, "no/such");
    assert_int_equal(gridgov_rows_open_xlsx_bytes(&rows, "a,b\n", 4, NULL, &err),
                     GRIDGOV_EUNSUPPORTED);
    assert_int_equal(err.rule, GG_RULE_FILE_KIND);
    assert_null(rows);
    assert_int_equal(gridgov_workbook_open_file(&workbook, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_workbook_rows(&rows, NULL, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_workbook_kind(NULL), 0);
    assert_int_equal(gridgov_workbook_sheet_count(NULL), 0);
    gridgov_workbook_free(NULL);
    gridgov_sheet_options_init(NULL, 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_cell),
        cmocka_unit_test(rows_and_cells_without_references),
        cmocka_unit_test(dates_of_1904),
        cmocka_unit_test(merged_areas),
        cmocka_unit_test(sheets_are_chosen),
        cmocka_unit_test(cursors_keep_the_workbook),
        cmocka_unit_test(formulas_without_values),
        cmocka_unit_test(headers_of_merged_cells),
        cmocka_unit_test(what_is_broken_is_refused),
        cmocka_unit_test(every_limit_holds),
        cmocka_unit_test(bombs_are_refused),
        cmocka_unit_test(hostile_xml_is_refused),
        cmocka_unit_test(damaged_packages_do_no_harm),
        cmocka_unit_test(mistakes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
