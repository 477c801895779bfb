/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every request while Office files are read and written: the status and the error
 * say so, and nothing leaks. Reading is swept a second time over the heap of the whole process,
 * with the requests of minizip and zlib. Writing is not: minizip 1.1 writes through a pointer that
 * it has not looked at when it has no memory for the entry of a part. */
#include "support/process_heap.h"
#include "support/sweep.h"

#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/os.h"
#include "support/workbook_support.h"

#define XLS_PATH "tests/fuzz/corpus/office/file.xls" /* behind one byte of the corpus */

static gg_buf book, xls, docx;
static char folder[] = "/tmp/gridgov-fault-XXXXXX";
static char month_path[64], table_path[64];

static const char document_xml[] =
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
    "<w:p><w:r><w:t>一、情况</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></"
    "w:p>"
    "</w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";

/* Note the cells of all rows, and free the rows. */
static gridgov_status note_rows(gridgov_status status, gridgov_rows *rows, gridgov_error *err) {
    while (status == GRIDGOV_OK && (status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
        for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
            sweep_note(gridgov_rows_text(rows, i, NULL), strlen(gridgov_rows_text(rows, i, NULL)));
        }
    }
    gridgov_rows_free(rows);
    return status == GRIDGOV_END ? GRIDGOV_OK : status;
}

static gridgov_status read_workbook(gridgov_error *err) {
    gridgov_rows *rows = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_rows_open_xlsx_bytes(&rows, book.data, book.size, NULL, err), rows);
    return note_rows(status, rows, err);
}

static gridgov_status read_xls(gridgov_error *err) {
    gridgov_rows *rows = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_rows_open_xls_bytes(&rows, xls.data + 1, xls.size - 1, NULL, err),
              rows);
    return note_rows(status, rows, err);
}

static gridgov_status read_markup(const char *text, gridgov_error *err) {
    gridgov_workbook *markup = NULL;
    gridgov_rows *rows = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_workbook_open_bytes(&markup, text, strlen(text), NULL, err), markup);
    SWEEP_TRY(status, gridgov_workbook_rows(&rows, markup, 0, err), rows);
    gridgov_workbook_free(markup);
    return note_rows(status, rows, err);
}

static gridgov_status read_page(gridgov_error *err) {
    return read_markup("<table><tr><td rowspan=2>a&amp;</td><td>b</td></tr><tr><td>c</table>", err);
}

static gridgov_status read_xml_book(gridgov_error *err) {
    return read_markup("<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
                       "xmlns:s=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles><Style "
                       "s:ID=\"a\"><NumberFormat s:Format=\"0.0\"/></Style></Styles><Worksheet "
                       "s:Name=\"S\"><Table><Row><Cell s:MergeDown=\"1\" s:StyleID=\"a\"><Data "
                       "s:Type=\"Number\">1</Data></Cell></Row><Row><Cell s:Index=\"2\"><Data "
                       "s:Type=\"String\">b</Data></Cell></Row></Table></Worksheet></Workbook>",
                       err);
}

static gridgov_status read_track(gridgov_error *err) {
    static const char gpx[] = "<gpx><trk><name>甲</name><trkseg><trkpt lat=\"30.1\" lon=\"120.8\">"
                              "<time>2021-09-05T00:31:00Z</time></trkpt></trkseg></trk></gpx>";
    gridgov_rows *rows = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_rows_open_track_bytes(&rows, gpx, sizeof gpx - 1, "甲", err), rows);
    return note_rows(status, rows, err);
}

static gridgov_status read_text(const gg_buf *file, gridgov_error *err) {
    gridgov_document *document = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_document_open_bytes(&document, file->data, file->size, NULL, err),
              document);
    if (status == GRIDGOV_OK) {
        size_t size = 0;
        const char *text = gridgov_document_text(document, &size);
        sweep_note(text, size);
    }
    gridgov_document_free(document);
    return status;
}

static gridgov_status read_document(gridgov_error *err) {
    return read_text(&docx, err);
}

static gridgov_status read_sheets_as_text(gridgov_error *err) {
    return read_text(&book, err);
}

static gridgov_status fill_month(gridgov_status (*fill)(gridgov_month *, gridgov_issues *,
                                                        gridgov_error *),
                                 gridgov_error *err) {
    gridgov_month *month = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_month_new(&month, "2021-09", 7, err), month);
    if (status == GRIDGOV_OK) {
        status = fill(month, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        sweep_note("filled", 6);
    }
    gridgov_month_free(month);
    return status;
}

static gridgov_status fill_from_workbook(gridgov_month *month, gridgov_issues *issues,
                                         gridgov_error *err) {
    return gridgov_month_set_workbook(month, month_path, NULL, issues, err);
}

static gridgov_status fill_from_folder(gridgov_month *month, gridgov_issues *issues,
                                       gridgov_error *err) {
    return gridgov_month_set_office_folder(month, folder, NULL, issues, err);
}

static gridgov_status take_workbook(gridgov_error *err) {
    return fill_month(fill_from_workbook, err);
}

static gridgov_status take_folder(gridgov_error *err) {
    return fill_month(fill_from_folder, err);
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

/* A month of one table, and the table by itself, on the disk. */
static void store_month(void) {
    static const char csv[] = "单位,网格\n甲社区,一网格\n";
    gridgov_workbook_writer *writer = NULL;
    gridgov_rows *rows = NULL;
    gridgov_bytes *bytes = NULL;
    size_t size = 0;
    const char *data;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(month_path, sizeof month_path, "%s.xlsx", folder);
    (void)snprintf(table_path, sizeof table_path, "%s/units.xlsx", folder);
    assert_int_equal(gridgov_workbook_writer_new(&writer, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, sizeof csv - 1, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_workbook_writer_add_table(writer, GRIDGOV_TABLE_UNITS, rows, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_workbook_writer_finish(&bytes, writer, NULL), GRIDGOV_OK);
    data = gridgov_bytes_data(bytes, &size);
    assert_int_equal(gg_file_store(month_path, data, size, NULL), GRIDGOV_OK);
    assert_int_equal(gg_file_store(table_path, data, size, NULL), GRIDGOV_OK);
    gridgov_bytes_free(bytes);
    gridgov_rows_free(rows);
    gridgov_workbook_writer_free(writer);
}

static int setup(void **state) {
    small_book made = {
        .strings = "<si><t>甲</t></si><si><r><t>乙</t></r></si>",
        .styles = "<numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy-mm-dd\"/></numFmts><cellXfs>"
                  "<xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs>",
        .data = "<sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c><c s=\"1\"><v>44444</v></c></row>"
                "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>1</v></c></row></sheetData><mergeCells>"
                "<mergeCell ref=\"A1:A2\"/></mergeCells>"};
    gg_package_writer *package = NULL;
    (void)state;
    book = make_book(&made);
    assert_int_equal(gg_file_load(&xls, XLS_PATH, 1 << 20, NULL), GRIDGOV_OK);
    assert_int_equal(gg_package_writer_new(&package, NULL), GRIDGOV_OK);
    assert_int_equal(
        gg_package_writer_add(package, "word/document.xml", gg_str_of(document_xml), NULL),
        GRIDGOV_OK);
    assert_int_equal(gg_package_writer_finish(package, &docx, NULL), GRIDGOV_OK);
    gg_package_writer_free(package);
    store_month();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    gg_buf_release(&book);
    gg_buf_release(&xls);
    gg_buf_release(&docx);
    (void)unlink(month_path);
    (void)unlink(table_path);
    return rmdir(folder);
}

static const struct {
    const char *name;
    sweep_scenario scenario;
} readings[] = {
    {"a workbook", read_workbook},
    {"an old workbook", read_xls},
    {"a document", read_document},
    {"sheets as a document", read_sheets_as_text},
    {"a track", read_track},
    {"a month as a workbook", take_workbook},
    {"a month as a folder", take_folder},
    {"a web page", read_page},
    {"a workbook in XML", read_xml_book},
};

static void reading(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        sweep(readings[i].name, readings[i].scenario, SWEEP_STRICT, 3000, 100);
    }
}

static void reading_with_what_others_take(void **state) {
    (void)state;
#ifdef PROCESS_HEAP
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        sweep_over(&process_heap, readings[i].name, readings[i].scenario, SWEEP_STRICT, 3000, 100);
    }
#else
    print_message("the heap of the process is not ours to fail\n");
    skip();
#endif
}

static void writing_a_workbook(void **state) {
    (void)state;
    sweep("a written workbook", write_workbook, SWEEP_STRICT, 3000, 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading),
        cmocka_unit_test(reading_with_what_others_take),
        cmocka_unit_test(writing_a_workbook),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
