/* SPDX-License-Identifier: Apache-2.0 */
/* Small XLSX workbooks for tests: parts of XML text put into a package. */
#ifndef WORKBOOK_SUPPORT_H
#define WORKBOOK_SUPPORT_H

#include "office/package_writer.h"

#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include <string.h>

#define WORKBOOK_MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define WORKBOOK_REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define WORKBOOK_RELS                                                                              \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

/* What a small workbook is made of; NULL: nothing of it. */
typedef struct small_book {
    const char *sheets;  /* inside <sheets>; NULL: one sheet S over sheet1.xml */
    const char *book_pr; /* attributes of <workbookPr> */
    const char *styles;  /* inside <styleSheet> */
    const char *strings; /* inside <sst> */
    const char *data;    /* inside <worksheet> of sheet1.xml: <sheetData>… */
    const char *data_2;  /* of sheet2.xml, relation s2 */
} small_book;

static void add_part(gg_package_writer *writer, const char *name, const char *before,
                     const char *body, const char *after) {
    gg_buf text = {0};
    if (body == NULL) {
        return;
    }
    gg_buf_text(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    gg_buf_text(&text, before);
    gg_buf_text(&text, body);
    gg_buf_text(&text, after);
    assert_int_equal(
        gg_package_writer_add(writer, name, gg_str_make(gg_buf_data(&text), text.size), NULL),
        GRIDGOV_OK);
    gg_buf_release(&text);
}

/* The bytes of a workbook, to be released by the caller. */
static gg_buf make_book(const small_book *book) {
    gg_package_writer *writer = NULL;
    gg_buf out = {0}, main_part = {0};
    assert_int_equal(gg_package_writer_new(&writer, NULL), GRIDGOV_OK);
    add_part(writer, "_rels/.rels", WORKBOOK_RELS,
             "<Relationship Id=\"r1\" Type=\"" WORKBOOK_REL
             "/officeDocument\" Target=\"xl/workbook.xml\"/>",
             "</Relationships>");
    add_part(writer, "xl/_rels/workbook.xml.rels", WORKBOOK_RELS,
             "<Relationship Id=\"s1\" Type=\"" WORKBOOK_REL
             "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
             "<Relationship Id=\"s2\" Type=\"" WORKBOOK_REL
             "/worksheet\" Target=\"/xl/worksheets/../worksheets/sheet2.xml\"/>"
             "<Relationship Id=\"c1\" Type=\"" WORKBOOK_REL
             "/chartsheet\" Target=\"chartsheets/sheet1.xml\"/>"
             "<Relationship Id=\"y\" Type=\"" WORKBOOK_REL "/styles\" Target=\"styles.xml\"/>"
             "<Relationship Id=\"t\" Type=\"" WORKBOOK_REL
             "/sharedStrings\" Target=\"./sharedStrings.xml\"/>",
             "</Relationships>");
    gg_buf_text(&main_part, "<workbookPr ");
    gg_buf_text(&main_part, book->book_pr != NULL ? book->book_pr : "");
    gg_buf_text(&main_part, "/><sheets>");
    gg_buf_text(&main_part, book->sheets != NULL ? book->sheets
                                                 : "<sheet name=\"S\" sheetId=\"1\" r:id=\"s1\"/>");
    add_part(writer, "xl/workbook.xml", "<workbook " WORKBOOK_MAIN " xmlns:r=\"" WORKBOOK_REL "\">",
             gg_buf_data(&main_part), "</sheets></workbook>");
    add_part(writer, "xl/styles.xml", "<styleSheet " WORKBOOK_MAIN ">", book->styles,
             "</styleSheet>");
    add_part(writer, "xl/sharedStrings.xml", "<sst " WORKBOOK_MAIN ">", book->strings, "</sst>");
    add_part(writer, "xl/worksheets/sheet1.xml", "<worksheet " WORKBOOK_MAIN ">", book->data,
             "</worksheet>");
    add_part(writer, "xl/worksheets/sheet2.xml", "<worksheet " WORKBOOK_MAIN ">", book->data_2,
             "</worksheet>");
    assert_int_equal(gg_package_writer_finish(writer, &out, NULL), GRIDGOV_OK);
    gg_package_writer_free(writer);
    gg_buf_release(&main_part);
    return out;
}

#endif
