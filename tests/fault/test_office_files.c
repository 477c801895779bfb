/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every request while Office files are read and written: the status and the error
 * say so, and nothing leaks. What minizip and zlib take by themselves is not failed. */
#include "support/sweep.h"

#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/workbook_support.h"

static gg_buf book;

static const char document_xml[] =
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
    "<w:p><w:r><w:t>一、情况</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></"
    "w:p>"
    "</w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";

static gridgov_status read_workbook(gridgov_error *err) {
    gridgov_rows *rows = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_rows_open_xlsx_bytes(&rows, book.data, book.size, NULL, err), rows);
    while (status == GRIDGOV_OK && (status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
        for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
            sweep_note(gridgov_rows_text(rows, i, NULL), strlen(gridgov_rows_text(rows, i, NULL)));
        }
    }
    gridgov_rows_free(rows);
    return status == GRIDGOV_END ? GRIDGOV_OK : status;
}

static gridgov_status read_document(gridgov_error *err) {
    gg_package_writer *package = NULL;
    gg_buf bytes = {0};
    gridgov_document *document = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gg_package_writer_new(&package, err), package);
    if (status == GRIDGOV_OK) {
        status = gg_package_writer_add(package, "word/document.xml", gg_str_of(document_xml), err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_package_writer_finish(package, &bytes, err);
    }
    SWEEP_TRY(status, gridgov_document_open_bytes(&document, bytes.data, bytes.size, NULL, err),
              document);
    if (status == GRIDGOV_OK) {
        size_t size = 0;
        const char *text = gridgov_document_text(document, &size);
        sweep_note(text, size);
    }
    gridgov_document_free(document);
    gg_package_writer_free(package);
    gg_buf_release(&bytes);
    return status;
}

static gridgov_status write_workbook(gridgov_error *err) {
    static const char csv[] = "工号,开始日期,结束日期,是否批准\n0001,2021-09-06,2021-09-08,是\n";
    static const char json[] = "{\"schema\": \"gridgov.parameters/1\", \"office\": \"街道\"}";
    gridgov_workbook_writer *writer = NULL;
    gridgov_rows *rows = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_workbook_writer_new(&writer, err), writer);
    SWEEP_TRY(status, gridgov_rows_open_csv_bytes(&rows, csv, sizeof csv - 1, NULL, err), rows);
    if (status == GRIDGOV_OK) {
        status = gridgov_workbook_writer_add_table(writer, GRIDGOV_TABLE_LEAVE, rows, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_workbook_writer_add_parameters(writer, json, sizeof json - 1, err);
    }
    SWEEP_TRY(status, gridgov_workbook_writer_finish(&bytes, writer, err), bytes);
    if (status == GRIDGOV_OK) {
        size_t size = 0;
        const char *data = gridgov_bytes_data(bytes, &size);
        sweep_note(data, size);
    }
    gridgov_bytes_free(bytes);
    gridgov_rows_free(rows);
    gridgov_workbook_writer_free(writer);
    return status;
}

static void reading_a_workbook(void **state) {
    small_book made = {
        .strings = "<si><t>甲</t></si><si><r><t>乙</t></r></si>",
        .styles = "<numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy-mm-dd\"/></numFmts><cellXfs>"
                  "<xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs>",
        .data = "<sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c><c s=\"1\"><v>44444</v></c></row>"
                "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>1</v></c></row></sheetData><mergeCells>"
                "<mergeCell ref=\"A1:A2\"/></mergeCells>"};
    (void)state;
    book = make_book(&made);
    sweep("a workbook", read_workbook, SWEEP_STRICT, 3000, 100);
    gg_buf_release(&book);
}

static void reading_a_document(void **state) {
    (void)state;
    sweep("a document", read_document, SWEEP_STRICT, 3000, 100);
}

static void writing_a_workbook(void **state) {
    (void)state;
    sweep("a written workbook", write_workbook, SWEEP_STRICT, 3000, 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_a_workbook),
        cmocka_unit_test(reading_a_document),
        cmocka_unit_test(writing_a_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
