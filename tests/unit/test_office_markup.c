/* SPDX-License-Identifier: Apache-2.0 */
/* Markup under the name of a workbook: web pages and the XML of Office 2003. Pages are read the
 * same wherever the blocks of the file end; every cut and every changed byte does no harm; limits
 * hold. */
#include "base/rules.h"

#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BLOCK 16384 /* of the reader of pages */

/* All rows of the first visible sheet as text, and how it ended. */
static gridgov_status read_sheet(gg_buf *out, const char *data, size_t size,
                                 gridgov_sheet_options *options, gridgov_error *err) {
    gridgov_workbook *book = NULL;
    gridgov_rows *rows = NULL;
    gridgov_sheet sheet = {.struct_size = sizeof sheet};
    gridgov_status status = gridgov_workbook_open_bytes(&book, data, size, options, err);
    int64_t index = 0;
    while (status == GRIDGOV_OK && gridgov_workbook_sheet_at(&sheet, book, index) == GRIDGOV_OK &&
           sheet.state != GRIDGOV_SHEET_VISIBLE) {
        index++;
    }
    if (status == GRIDGOV_OK) {
        status = index < gridgov_workbook_sheet_count(book)
                     ? gridgov_workbook_rows(&rows, book, index, err)
                     : GRIDGOV_END;
    }
    while (status == GRIDGOV_OK && (status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
        gg_buf_int(out, gridgov_rows_number(rows));
        for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
            gg_buf_text(out, i == 0 ? ":" : "|");
            gg_buf_text(out, gridgov_rows_text(rows, i, NULL));
        }
        gg_buf_text(out, "\n");
    }
    gridgov_rows_free(rows);
    gridgov_workbook_free(book);
    return status;
}

static void expect(const char *data, const char *expected) {
    gg_buf text = {0};
    gridgov_error err = {0};
    assert_int_equal(read_sheet(&text, data, strlen(data), NULL, &err), GRIDGOV_END);
    assert_string_equal(gg_buf_data(&text), expected);
    gg_buf_release(&text);
}

static void pages(void **state) {
    static const struct {
        const char *page, *text;
    } cases[] = {
        {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "1:a|b\n2:c\n"},
        {"<HTML><TABLE><TR><TH>a<TH>b<TR><TD>c<TD>d</TABLE>",
         "1:a|b\n2:c|d\n"},                                 // nothing is closed
        {"<table><td>a</td><td>b</td></table>", "1:a|b\n"}, // no row
        {"<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
         "1:a|b\n2:a|c\n"},
        {"<table><tr><td colspan='2'>a</td><td>b</td></tr></table>", "1:a||b\n"},
        {"<table><tr><td>x</td><td rowspan=\"3\" COLSPAN = "
         "2>m</td></tr><tr><td>y</td><td>z</td></tr>"
         "</table>",
         "1:x|m\n2:y|m||z\n"},
        {"<table><tr><td x=\"a>b\" y='>'>a</td></tr></table>", "1:a\n"},
        {"<table><tr><td> a \n\t b<br>c<br/> d </td></tr></table>", "1:a b\nc\nd\n"},
        {"<table><tr><td><p>a</p><p>b</p></td></tr></table>", "1:a\n\nb\n"},
        {"<table><tr><td>&lt;&amp;&#65;&#x4e00;&nbsp;&bogus;&</td></tr></table>",
         "1:<&A一\xC2\xA0&bogus;&\n"},
        {"<table><tr><td>&#0;&#xD800;&#1114112;&#x;</td></tr></table>",
         "1:&#0;&#xD800;&#1114112;&#x;\n"},
        {"<table><!-- <tr><td>no</td></tr> --><tr><td>a<!--b-->c</td></tr></table>", "1:ac\n"},
        {"<table><tr><td><script>if (a<b) '<td>'</script>a<style>td{}</style></td></tr></table>",
         "1:a\n"},
        {"<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table>d</td></tr></table>",
         "1:a\nb c\nd\n"},
        {"<table><tr><td>a</td></tr></table>text<table><tr><td>b</td></tr></table>", "1:a\n3:b\n"},
        {"<html><body>请重新登录</body></html>", ""},
        {"<table><tr><td>a", "1:a\n"},
        {"<table><tr></tr><tr><td>a</td></tr></table>", "1\n2:a\n"},
        {"<table><tr><td>\x01</td></tr></table>", "1\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect(cases[i].page, cases[i].text);
    }
}

static void encodings_of_pages(void **state) {
    (void)state;
    expect("<meta charset=gb2312><table><tr><td>\xB0\xD9\xB9\xD9</td></tr></table>", "1:百官\n");
    expect("<table><tr><td>\xB0\xD9\xB9\xD9</td></tr></table>", "1:百官\n"); // by its bytes
    expect("<meta content=\"text/html; charset='UTF-8'\"><table><tr><td>百</td></tr></table>",
           "1:百\n");
    expect("\xEF\xBB\xBF<meta charset=gbk><table><tr><td>百</td></tr></table>", "1:百\n");
    gg_buf text = {0};
    gridgov_error err = {0};
    static const char wrong[] = "<meta charset=utf-8><table><tr><td>\xB0\xD9</td></tr></table>";
    assert_int_equal(read_sheet(&text, wrong, sizeof wrong - 1, NULL, &err), GRIDGOV_EFORMAT);
    assert_int_equal(err.rule, GG_RULE_UTF8);
    assert_non_null(strstr(err.message, "byte 36 "));
    gg_buf_release(&text);
}

/* The same rows wherever the first block ends. */
static void pages_in_blocks(void **state) {
    static const struct {
        const char *page;
        const char *text;
    } cases[] = {
        {"<table><tr><td "
         "rowspan=2>百官&amp;</td><td>b<br>c</td></tr><!--x--><tr><td>一</td></tr></table>",
         "1:百官&|b\nc\n2:百官&|一\n"},
        {"<meta charset=gbk><table><tr><td>\xB0\xD9\xB9\xD9\x81\x35\xF4\x37</td></tr></table>",
         "1:百官\xEE\x9F\x87\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t size = strlen(cases[i].page);
        for (size_t before = BLOCK - size; before <= BLOCK; before++) {
            gg_buf page = {0};
            size_t head = i == 1 ? 18 : 0; // the charset stands in the first block
            gg_buf_text(&page, "<html>");
            gg_buf_add(&page, cases[i].page, head);
            while (page.size < before) {
                gg_buf_byte(&page, ' ');
            }
            gg_buf_add(&page, cases[i].page + head, size - head);
            assert_false(gg_buf_failed(&page));
            expect(gg_buf_data(&page), cases[i].text);
            gg_buf_release(&page);
        }
    }
}

#define XML_BOOK                                                                                   \
    "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "     \
    "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" "                                   \
    "xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"
#define XML_SHEET(rows)                                                                            \
    XML_BOOK "<Worksheet ss:Name=\"S\"><Table>" rows "</Table></Worksheet></Workbook>"
#define XML_CELL(type, text) "<Cell><Data ss:Type=\"" type "\">" text "</Data></Cell>"

static void xml_workbooks(void **state) {
    static const struct {
        const char *book, *text;
    } cases[] = {
        {XML_SHEET("<Row>" XML_CELL("String", "a &lt; b") XML_CELL("Number", "12.50") "</Row>"),
         "1:a < b|12.5\n"},
        {XML_SHEET(
             "<Row ss:Index=\"3\"><Cell ss:Index=\"2\"/>" XML_CELL("String", "a") "</Row><Row/>"),
         "3:||a\n4\n"},
        {XML_SHEET("<Row>" XML_CELL("DateTime", "2021-09-05T08:31:00.000")
                       XML_CELL("DateTime", "2021-09-05T00:00:00.000")
                           XML_CELL("DateTime", "1899-12-31T08:31:00.000") "</Row>"),
         "1:2021-09-05 08:31:00|2021-09-05|08:31:00\n"},
        {XML_SHEET("<Row>" XML_CELL("Boolean", "1") XML_CELL("Boolean", "0")
                       XML_CELL("Error", "#N/A") "</Row>"),
         "1:TRUE|FALSE|#N/A\n"},
        {XML_SHEET("<Row><Cell ss:MergeDown=\"1\" ss:MergeAcross=\"1\"><Data "
                   "ss:Type=\"String\">甲</Data></Cell>" XML_CELL(
                       "String", "b") "</Row><Row><Cell ss:Index=\"3\"><Data "
                                      "ss:Type=\"String\">c</Data></Cell></Row>"),
         "1:甲||b\n2:甲||c\n"},
        {XML_SHEET("<Row><Cell><Data ss:Type=\"String\">a</Data><Comment><Data "
                   "ss:Type=\"String\">no</Data></Comment>"
                   "</Cell><Cell><ss:Data ss:Type=\"String\" "
                   "xmlns=\"http://www.w3.org/TR/REC-html40\">b<B>c</B>"
                   "</ss:Data></Cell></Row>"),
         "1:a|bc\n"},
        {XML_BOOK
         "<Styles><Style ss:ID=\"p\"><NumberFormat ss:Format=\"Percent\"/></Style><Style "
         "ss:ID=\"z\">"
         "<NumberFormat ss:Format=\"0000\"/></Style></Styles><Worksheet ss:Name=\"S\"><Table><Row>"
         "<Cell ss:StyleID=\"p\"><Data ss:Type=\"Number\">0.9876</Data></Cell><Cell "
         "ss:StyleID=\"z\">"
         "<Data ss:Type=\"Number\">12</Data></Cell><Cell ss:StyleID=\"none\"><Data "
         "ss:Type=\"Number\">7</Data>"
         "</Cell></Row></Table></Worksheet></Workbook>",
         "1:98.76%|0012|7\n"},
        {XML_BOOK "<Worksheet ss:Name=\"H\"><Table><Row>" XML_CELL(
             "String", "hidden") "</Row></Table>"
                                 "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></"
                                 "x:WorksheetOptions></Worksheet>"
                                 "<Worksheet ss:Name=\"S\"><Table><Row>" XML_CELL(
                                     "String", "shown") "</Row></Table></Worksheet></Workbook>",
         "1:shown\n"},
    };
    static const struct {
        const char *book;
        int32_t rule;
    } broken[] = {
        {XML_SHEET("<Row ss:Index=\"2\"/><Row ss:Index=\"1\"/>"), GG_RULE_SHEET_ROW},
        {XML_SHEET("<Row ss:Index=\"0\"/>"), GG_RULE_SHEET_REFERENCE},
        {XML_SHEET("<Row><Cell ss:Index=\"x\"/></Row>"), GG_RULE_SHEET_REFERENCE},
        {XML_SHEET("<Row><Cell ss:MergeDown=\"1048577\"/></Row>"), GG_RULE_SHEET_REFERENCE},
        {XML_SHEET("<Row><Cell ss:Index=\"16385\"><Data ss:Type=\"String\">a</Data></Cell></Row>"),
         GG_RULE_CSV_COLUMN_LIMIT},
        {XML_BOOK "<Worksheet>", GG_RULE_XML_SYNTAX},
        {"<!DOCTYPE a [<!ENTITY b \"c\">]>" XML_BOOK "</Workbook>", GG_RULE_XML_DOCTYPE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect(cases[i].book, cases[i].text);
    }
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        gg_buf text = {0};
        gridgov_error err = {0};
        assert_true(read_sheet(&text, broken[i].book, strlen(broken[i].book), NULL, &err) < 0);
        assert_int_equal(err.rule, broken[i].rule);
        gg_buf_release(&text);
    }
}

static const char page[] = "<html><meta charset=gbk><table border=1><tr><td "
                           "rowspan=2>a&amp;</td><td colspan=\"2\">b<br>c</td></tr>"
                           "<tr><td>d<td>e</tr></table>";
static const char book[] =
    XML_SHEET("<Row><Cell ss:MergeDown=\"1\"><Data ss:Type=\"String\">a</Data></Cell>" XML_CELL(
        "Number", "1") "</Row><Row ss:Index=\"2\">" XML_CELL("DateTime",
                                                             "2021-09-05T08:31:00") "</Row>");

static void limits_hold(void **state) {
    static const struct {
        size_t offset;
        int64_t enough;
        int32_t rule;
        const char *text;
    } cases[] = {
        {offsetof(gridgov_sheet_options, max_cell), 6, GG_RULE_CSV_CELL_LIMIT, page},
        {offsetof(gridgov_sheet_options, max_columns), 3, GG_RULE_CSV_COLUMN_LIMIT, page},
        {offsetof(gridgov_sheet_options, max_rows), 2, GG_RULE_CSV_ROWS_LIMIT, page},
        {offsetof(gridgov_sheet_options, max_merges), 2, GG_RULE_MERGES_LIMIT, page},
        {offsetof(gridgov_sheet_options, max_cell), 19, GG_RULE_CSV_CELL_LIMIT, book},
        {offsetof(gridgov_sheet_options, max_columns), 2, GG_RULE_CSV_COLUMN_LIMIT, book},
        {offsetof(gridgov_sheet_options, max_rows), 2, GG_RULE_CSV_ROWS_LIMIT, book},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int short_by = 0; short_by < 2; short_by++) {
            gridgov_sheet_options options;
            gridgov_error err = {0};
            gg_buf text = {0};
            gridgov_sheet_options_init(&options, sizeof options);
            *(int64_t *)((char *)&options + cases[i].offset) = cases[i].enough - short_by;
            assert_int_equal(
                read_sheet(&text, cases[i].text, strlen(cases[i].text), &options, &err),
                short_by ? GRIDGOV_ELIMIT : GRIDGOV_END);
            assert_int_equal(err.rule, short_by ? cases[i].rule : 0);
            gg_buf_release(&text);
        }
    }
}

static void damage_does_no_harm(void **state) {
    static const char *const texts[] = {page, book};
    (void)state;
    for (size_t t = 0; t < 2; t++) {
        size_t size = strlen(texts[t]);
        char *copy = malloc(size);
        assert_non_null(copy);
        for (size_t i = 0; i < size; i++) {
            static const char bytes[] = "<>&;\"/\xB0\xFF";
            gg_buf text = {0};
            memcpy(copy, texts[t], i);
            (void)read_sheet(&text, copy, i, NULL, NULL);
            memcpy(copy, texts[t], size);
            copy[i] = bytes[i % (sizeof bytes - 1)];
            (void)read_sheet(&text, copy, size, NULL, NULL);
            gg_buf_release(&text);
        }
        free(copy);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages),           cmocka_unit_test(encodings_of_pages),
        cmocka_unit_test(pages_in_blocks), cmocka_unit_test(xml_workbooks),
        cmocka_unit_test(limits_hold),     cmocka_unit_test(damage_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
