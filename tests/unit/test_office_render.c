/* SPDX-License-Identifier: Apache-2.0 */
/* Bulletins as DOCX and XLSX, part by part: how a printed figure becomes a number and its format,
 * what keeps rows and pages together, names of sheets, the page turned sideways, limits, bad calls.
 * What is expected is written by hand from ECMA-376 part 1 and GB/T 9704-2012. */
#include "base/buf.h"
#include "office/package.h"
#include "office/table_shape.h"
#include "office/xlsx_render.h"

#include <gridgov/gridgov.h>
#include <gridgov/office.h>
#include <gridgov/office_render.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static gridgov_bulletin *new_bulletin(void) {
    gridgov_bulletin *b = NULL;
    assert_int_equal(gridgov_bulletin_new(&b, NULL), GRIDGOV_OK);
    return b;
}

static void say(gridgov_bulletin *b, const char *text) {
    assert_int_equal(gridgov_bulletin_add_text(b, text, strlen(text), NULL), GRIDGOV_OK);
}

static void block(gridgov_bulletin *b, int32_t kind, const char *text) {
    int32_t level = kind == GRIDGOV_BLOCK_HEADING ? 1 : 0;
    assert_int_equal(gridgov_bulletin_add_block(b, kind, level, "code", NULL), GRIDGOV_OK);
    say(b, text);
}

static void row(gridgov_bulletin *b, int32_t header) {
    assert_int_equal(gridgov_bulletin_add_row(b, header, NULL), GRIDGOV_OK);
}

static void cell(gridgov_bulletin *b, int32_t rows, int32_t columns, const char *text) {
    assert_int_equal(gridgov_bulletin_add_cell(b, rows, columns, NULL), GRIDGOV_OK);
    if (text[0] != '\0') {
        say(b, text);
    }
}

static void points(gridgov_bulletin *b, const char *code, int64_t value) {
    gridgov_figure figure = {.struct_size = sizeof figure,
                             .kind = GRIDGOV_FIGURE_POINTS,
                             .state = GRIDGOV_CELL_VALUE,
                             .numerator = value,
                             .denominator = 1,
                             .code = code};
    int64_t index = 0;
    cell(b, 1, 1, "");
    assert_int_equal(gridgov_bulletin_add_figure(&index, b, &figure, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_reference(b, index, NULL), GRIDGOV_OK);
}

/* One part of the rendered file, to be released by the caller. */
static gg_buf part_of(const gridgov_bulletin *b, int32_t format, const char *name) {
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gg_package *package = NULL;
    gg_package_source source = {0};
    gg_buf out = {0};
    char piece[512];
    size_t size = 1;
    int64_t part;
    if (gridgov_render_office_bytes(&bytes, b, format, &err) != GRIDGOV_OK) {
        fail_msg("%s", err.message);
    }
    source.data = gridgov_bytes_data(bytes, &source.size);
    assert_int_equal(gg_package_open(&package, &source, &gg_package_defaults, NULL), GRIDGOV_OK);
    part = gg_package_find(package, gg_str_of(name));
    assert_true(part >= 0);
    assert_int_equal(gg_package_begin(package, part, NULL), GRIDGOV_OK);
    while (size > 0) {
        assert_int_equal(gg_package_read(package, piece, sizeof piece, &size, NULL), GRIDGOV_OK);
        gg_buf_add(&out, piece, size);
    }
    gg_package_close(package);
    gridgov_bytes_free(bytes);
    return out;
}

static int times(const char *text, const char *piece) {
    int count = 0;
    for (const char *at = strstr(text, piece); at != NULL; at = strstr(at + 1, piece)) {
        count++;
    }
    return count;
}

static void check_part(const gridgov_bulletin *b, int32_t format, const char *name, int count,
                       const char *piece) {
    gg_buf text = part_of(b, format, name);
    if (times(gg_buf_data(&text), piece) != count) {
        fail_msg("%s has %d times, not %d: %s\n%s", name, times(gg_buf_data(&text), piece), count,
                 piece, gg_buf_data(&text));
    }
    gg_buf_release(&text);
}

static void check_document(const gridgov_bulletin *b, int count, const char *piece) {
    check_part(b, GRIDGOV_FORMAT_DOCX, "word/document.xml", count, piece);
}

static void check_sheet(const gridgov_bulletin *b, int number, int count, const char *piece) {
    char name[40];
    snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", number);
    check_part(b, GRIDGOV_FORMAT_XLSX, name, count, piece);
}

static void test_numbers_of_figures(void **state) {
    static const struct {
        const char *printed, *value;
        int format; /* from GG_XLSX_FIGURE: plain, signed, percent, each by decimals */
    } cases[] = {
        {"0", "0", 0},
        {"2975", "2975", 0},
        {"99.5", "99.5", 1},
        {"0.125", "0.125", 3},
        {"-1", "-1", 4},
        {"+10", "10", 4},
        {"-0.25", "-0.25", 6},
        {"28.07%", "0.2807", 10},
        {"0.10%", "0.001", 10},
        {"100%", "1", 8},
        {"66.7%", "0.667", 9},
        {"-3.5%", "-0.035", 9},
        {"999999999999999", "999999999999999", 0},
        {"1000000000000000", NULL, 0}, // 16 digits: a spreadsheet would drop the last
        {"/", NULL, 0},
        {"", NULL, 0},
        {"%", NULL, 0},
        {"-", NULL, 0},
        {"1.", "1", 0},
        {".5", NULL, 0},
        {"1.2.3", NULL, 0},
        {"0.0001", NULL, 0},
        {"39（满分40）", NULL, 0},
        {"1 000", NULL, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_buf value = {0};
        gg_xlsx_style style = GG_XLSX_NORMAL;
        int found = gg_xlsx_number(&value, &style, gg_str_of(cases[i].printed));
        assert_int_equal(found, cases[i].value != NULL);
        if (found) {
            assert_string_equal(gg_buf_data(&value), cases[i].value);
            assert_int_equal(style, GG_XLSX_FIGURE + cases[i].format);
        }
        gg_buf_release(&value);
    }
}

static void test_widths(void **state) {
    (void)state;
    assert_int_equal(gg_text_em(gg_str_of("城市")), 2 * GG_EM);
    assert_int_equal(gg_text_em(gg_str_of("99")), GG_EM);
    assert_int_equal(gg_text_em(gg_str_of("(i)")), GG_EM);
    assert_int_equal(gg_text_em(gg_str_of("")), 0);
}

/* Two header rows, a unit of two grids, signed points and a total row. */
static gridgov_bulletin *small_table(void) {
    gridgov_bulletin *b = new_bulletin();
    block(b, GRIDGOV_BLOCK_TABLE, "评价[表]: 九月");
    row(b, 1);
    cell(b, 2, 1, "单位");
    cell(b, 1, 2, "考核");
    row(b, 1);
    cell(b, 1, 1, "及时率");
    say(b, " (2 分)");
    cell(b, 1, 1, "结案率");
    row(b, 0);
    cell(b, 2, 1, "甲社区");
    points(b, "a", -1000);
    points(b, "b", 500);
    row(b, 0);
    points(b, "c", 0);
    points(b, "d", 10000);
    row(b, 0);
    cell(b, 1, 1, "=合计");
    return b;
}

static void test_docx_table(void **state) {
    gridgov_bulletin *b = small_table();
    (void)state;
    check_document(b, 2, "<w:cantSplit/><w:tblHeader/>");
    check_document(b, 5, "<w:cantSplit/>");
    check_document(b, 1, "<w:gridSpan w:val=\"2\"/>");
    check_document(b, 2, "<w:vMerge w:val=\"restart\"/>");
    check_document(b, 2, "<w:vMerge/>");
    check_document(b, 3, "<w:gridCol ");
    // 4 rows stay with the next one: the headers, the first of the unit's, the last but one
    check_document(b, 4 * 3 - 1, "<w:keepNext/>");
    check_document(b, 1, "评价[表]: 九月");
    // the points at stake stand below the name, smaller, and in no other weight than the cells
    check_document(b, 1,
                   "及时率</w:t></w:r><w:r><w:br/></w:r><w:r><w:rPr><w:b w:val=\"0\"/>"
                   "<w:sz w:val=\"19\"/></w:rPr><w:t xml:space=\"preserve\"> (2 分)</w:t>");
    check_document(b, 4, "<w:pStyle w:val=\"TableFigure\"/>");
    check_document(b, 1, "<w:p><w:pPr><w:pStyle w:val=\"Gap\"/></w:pPr></w:p><w:sectPr>");
    gridgov_bulletin_free(b);
}

static void test_xlsx_table(void **state) {
    gridgov_bulletin *b = small_table();
    (void)state;
    check_part(b, GRIDGOV_FORMAT_XLSX, "xl/workbook.xml", 1,
               "<sheet name=\"正文\" sheetId=\"1\" r:id=\"rId1\"/>"
               "<sheet name=\"评价表 九月\" sheetId=\"2\" r:id=\"rId2\"/>");
    check_part(b, GRIDGOV_FORMAT_XLSX, "xl/workbook.xml", 1,
               "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">"
               "'评价表 九月'!$1:$3</definedName>");
    check_sheet(b, 2, 1, "ySplit=\"3\" topLeftCell=\"A4\"");
    check_sheet(b, 2, 1,
                "<mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A2:A3\"/>"
                "<mergeCell ref=\"B2:C2\"/><mergeCell ref=\"A4:A5\"/></mergeCells>");
    check_sheet(b, 2, 1, "<c r=\"B4\" s=\"16\"><v>-1</v></c><c r=\"C4\" s=\"17\"><v>0.5</v></c>");
    check_sheet(b, 2, 1, "<c r=\"B5\" s=\"12\"><v>0</v></c><c r=\"C5\" s=\"16\"><v>10</v></c>");
    check_sheet(b, 2, 1, "t=\"inlineStr\"><is><t xml:space=\"preserve\">=合计</t>");
    check_sheet(b, 2, 1, "<c r=\"B6\" s=\"10\"/><c r=\"C6\" s=\"10\"/></row>");
    check_sheet(b, 2, 1, "paperSize=\"9\" fitToHeight=\"0\" orientation=\"portrait\"");
    check_part(b, GRIDGOV_FORMAT_XLSX, "xl/styles.xml", 1, "formatCode=\"+0.0;-0.0;0.0\"");
    gridgov_bulletin_free(b);
}

static void test_names_of_sheets(void **state) {
    static const char *const captions[] = {
        "情况",
        "情况",
        "QK",
        "qk",
        "[]:*?/\\",
        "'引号'",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三",
        "𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷"};
    static const char *const names[] = {
        "name=\"情况\"",
        "name=\"情况 (3)\"",
        "name=\"QK\"",
        "name=\"qk (5)\"",
        "name=\"(6)\"",
        "name=\"引号\"",
        "name=\"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一\"",
        "name=\"𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷\""};
    gridgov_bulletin *b = new_bulletin();
    (void)state;
    for (size_t i = 0; i < sizeof captions / sizeof captions[0]; i++) {
        block(b, GRIDGOV_BLOCK_TABLE, captions[i]);
        row(b, 0);
        cell(b, 1, 1, "x");
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        check_part(b, GRIDGOV_FORMAT_XLSX, "xl/workbook.xml", 1, names[i]);
    }
    // a caption above a table is what keeps two of them apart
    check_document(b, 8, "</w:tbl>");
    check_document(b, 7, "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Caption\"/>");
    gridgov_bulletin_free(b);
}

static void test_tables_without_captions_stay_apart(void **state) {
    gridgov_bulletin *b = new_bulletin();
    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(gridgov_bulletin_add_block(b, GRIDGOV_BLOCK_TABLE, 0, "t", NULL), 0);
        row(b, 0);
        cell(b, 1, 1, "x");
    }
    check_document(b, 1, "</w:tbl><w:p/><w:tbl>");
    check_part(b, GRIDGOV_FORMAT_XLSX, "xl/workbook.xml", 1, "name=\"t\"");
    check_part(b, GRIDGOV_FORMAT_XLSX, "xl/workbook.xml", 1, "name=\"t (3)\"");
    gridgov_bulletin_free(b);
}

static void wide_table(gridgov_bulletin *b, int columns, const char *text) {
    block(b, GRIDGOV_BLOCK_TABLE, "宽表");
    row(b, 1);
    for (int i = 0; i < columns; i++) {
        cell(b, 1, 1, text);
    }
}

static void test_sideways(void **state) {
    gridgov_bulletin *b = new_bulletin();
    (void)state;
    block(b, GRIDGOV_BLOCK_PARAGRAPH, "前文");
    wide_table(b, 9, "Responsibilities");
    block(b, GRIDGOV_BLOCK_NOTE, "附注");
    block(b, GRIDGOV_BLOCK_PARAGRAPH, "后文");
    check_document(b, 3, "<w:sectPr>");
    check_document(b, 1, "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>");
    check_document(b, 1, "附注</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"Gap\"/><w:sectPr>");
    check_document(b, 1, "<w:footerReference w:type=\"default\" r:id=\"odd\"/>");
    gridgov_bulletin_free(b);

    b = new_bulletin(); // nothing before it: no empty page
    wide_table(b, 9, "Responsibilities");
    check_document(b, 1, "<w:sectPr>");
    check_document(b, 1, "w:orient=\"landscape\"");
    gridgov_bulletin_free(b);

    b = new_bulletin(); // as many columns of Chinese stand on an upright page
    wide_table(b, 14, "日在线时长");
    check_document(b, 0, "w:orient=\"landscape\"");
    gridgov_bulletin_free(b);
}

static void test_front(void **state) {
    gridgov_bulletin *b = new_bulletin();
    (void)state;
    block(b, GRIDGOV_BLOCK_ISSUER, "绍兴市上虞区百官街道办事处文件\n百办〔2021〕45号");
    block(b, GRIDGOV_BLOCK_STAMP, "草稿");
    block(b, GRIDGOV_BLOCK_TITLE, "百官街道九月份“基层治理四平台”事件数据分析研判报告");
    assert_int_equal(gridgov_bulletin_add_block(b, GRIDGOV_BLOCK_PARAGRAPH, 0, "addressees", NULL),
                     0);
    say(b, "各村：");
    block(b, GRIDGOV_BLOCK_HEADING, "一、情况");
    block(b, GRIDGOV_BLOCK_COLOPHON, "抄送：区府办。\n办公室印发");
    block(b, GRIDGOV_BLOCK_TITLE, "另一份");
    assert_int_equal(gridgov_bulletin_add_pin(b, "policy", "12<3", NULL), 0);
    // 15 characters fill 442 pt at 29 pt; the rule is below the number
    check_document(b, 1, "<w:sz w:val=\"58\"/></w:rPr><w:t xml:space=\"preserve\">绍兴市");
    check_document(b, 1, "<w:pStyle w:val=\"DocumentNumber\"/><w:pBdr><w:bottom ");
    // the title breaks behind its quotation: 16 characters of 22 pt and a half in 442 pt
    check_document(b, 1,
                   "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\" w:left=\"792\" "
                   "w:right=\"792\"/></w:pPr><w:r><w:t xml:space=\"preserve\">百官街道九月份“");
    check_document(b, 1, "<w:pStyle w:val=\"Title\"/><w:pageBreakBefore/>");
    check_document(b, 1, "<w:pStyle w:val=\"Addressees\"/>");
    check_document(b, 1, "<w:pStyle w:val=\"Heading1\"/>");
    check_document(b, 2, "<w:pStyle w:val=\"Colophon\"/><w:framePr w:w=\"8844\"");
    check_part(b, GRIDGOV_FORMAT_DOCX, "docProps/core.xml", 1,
               "<dc:title>百官街道九月份“基层治理四平台”事件数据分析研判报告</dc:title>");
    check_part(b, GRIDGOV_FORMAT_DOCX, "docProps/custom.xml", 1,
               "pid=\"2\" name=\"gridgov.policy\"><vt:lpwstr>12&lt;3</vt:lpwstr>");
    check_part(b, GRIDGOV_FORMAT_XLSX, "docProps/custom.xml", 1, "gridgov.policy");
    check_part(b, GRIDGOV_FORMAT_DOCX, "word/styles.xml", 1,
               "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"right\"/></w:pPr>"
               "<w:rPr><w:rFonts w:hint=\"eastAsia\" w:ascii=\"宋体\"");
    check_part(b, GRIDGOV_FORMAT_DOCX, "word/footer1.xml", 1, "> PAGE </w:instrText>");
    gridgov_bulletin_free(b);
}

static void test_empty(void **state) {
    gridgov_bulletin *b = new_bulletin();
    (void)state;
    check_document(b, 1, "<w:body><w:p><w:pPr><w:pStyle w:val=\"Gap\"/></w:pPr></w:p><w:sectPr>");
    check_sheet(b, 1, 1, "<sheetData></sheetData>");
    assert_int_equal(gridgov_bulletin_add_block(b, GRIDGOV_BLOCK_TABLE, 0, "t", NULL), 0);
    say(b, "无内容的表");
    check_document(b, 0, "<w:tbl>");
    check_document(b, 1, "无内容的表");
    check_sheet(b, 1, 1, "无内容的表");
    gridgov_bulletin_free(b);
}

static void test_limits(void **state) {
    static char text[32768];
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gridgov_bulletin *b = new_bulletin();
    (void)state;
    wide_table(b, 63, "a");
    assert_int_equal(gridgov_render_office_bytes(&bytes, b, GRIDGOV_FORMAT_DOCX, &err), 0);
    gridgov_bytes_free(bytes);
    wide_table(b, 64, "a");
    assert_int_equal(gridgov_render_office_bytes(&bytes, b, GRIDGOV_FORMAT_DOCX, &err),
                     GRIDGOV_ELIMIT);
    assert_null(bytes);
    assert_string_equal(err.message, "the table code has 64 columns; a DOCX holds 63");
    assert_int_equal(gridgov_render_office_bytes(&bytes, b, GRIDGOV_FORMAT_XLSX, &err), 0);
    gridgov_bytes_free(bytes);

    memset(text, 'x', 32767);
    block(b, GRIDGOV_BLOCK_PARAGRAPH, text);
    check_sheet(b, 1, 1, "<row r=\"1\" ht=\"409\" customHeight=\"1\">");
    say(b, "𠮷");
    assert_int_equal(gridgov_render_office_bytes(&bytes, b, GRIDGOV_FORMAT_XLSX, &err),
                     GRIDGOV_ELIMIT);
    assert_string_equal(err.message, "a text of 32769 characters does not fit a cell of a sheet, "
                                     "which holds 32767");
    gridgov_bulletin_free(b);
}

static void test_file_is_whole_or_not_there(void **state) {
    char path[] = "/tmp/gridgov-render-XXXXXX";
    char missing[] = "/tmp/gridgov-no-such-folder/x.docx";
    gridgov_error err = {0};
    gridgov_document *document = NULL;
    gridgov_bulletin *b = new_bulletin();
    int file = mkstemp(path);
    (void)state;
    assert_true(file >= 0);
    close(file);
    block(b, GRIDGOV_BLOCK_PARAGRAPH, "正文");
    assert_int_equal(gridgov_render_office_file(path, b, GRIDGOV_FORMAT_DOCX, &err), 0);
    assert_int_equal(gridgov_document_open_file(&document, path, NULL, &err), 0);
    assert_string_equal(gridgov_document_text(document, NULL), "正文\n");
    gridgov_document_free(document);
    assert_int_equal(gridgov_render_office_file(missing, b, GRIDGOV_FORMAT_XLSX, &err),
                     GRIDGOV_EIO);
    assert_int_equal(gridgov_render_office_file(path, b, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_document_open_file(&document, path, NULL, &err), 0); // still there
    gridgov_document_free(document);
    unlink(path);
    gridgov_bulletin_free(b);
}

static void test_bad_calls(void **state) {
    gridgov_bulletin *b = new_bulletin();
    gridgov_bytes *bytes = NULL;
    (void)state;
    assert_int_equal(gridgov_render_office_bytes(NULL, b, GRIDGOV_FORMAT_DOCX, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_render_office_bytes(&bytes, NULL, GRIDGOV_FORMAT_DOCX, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_render_office_bytes(&bytes, b, GRIDGOV_FORMAT_HTML, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_render_office_file(NULL, b, GRIDGOV_FORMAT_DOCX, NULL), GRIDGOV_EARG);
    assert_null(bytes);
    assert_null(gridgov_bulletin_pin_value(b, "language"));
    assert_null(gridgov_bulletin_pin_value(b, NULL));
    assert_null(gridgov_bulletin_pin_value(NULL, "language"));
    assert_int_equal(gridgov_bulletin_add_pin(b, "language", "en", NULL), 0);
    assert_string_equal(gridgov_bulletin_pin_value(b, "language"), "en");
    gridgov_bulletin_free(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_of_figures),
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_docx_table),
        cmocka_unit_test(test_xlsx_table),
        cmocka_unit_test(test_names_of_sheets),
        cmocka_unit_test(test_tables_without_captions_stay_apart),
        cmocka_unit_test(test_sideways),
        cmocka_unit_test(test_front),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_file_is_whole_or_not_there),
        cmocka_unit_test(test_bad_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
