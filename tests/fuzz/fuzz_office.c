/* SPDX-License-Identifier: Apache-2.0 */
/* Office files: any bytes as a workbook and as a document. The first byte chooses: 0 the bytes are
 * a file; otherwise they are the XML of a sheet (1), of shared strings (2), of styles (3) or of a
 * document (4) in a package made around them, so that the parsers are reached without a ZIP that is
 * right. */
#include "office/package_writer.h"

#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static void read_rows(gridgov_workbook *book) {
    for (int64_t sheet = 0; sheet < gridgov_workbook_sheet_count(book); sheet++) {
        gridgov_rows *rows = NULL;
        int64_t last = 0;
        if (gridgov_workbook_rows(&rows, book, sheet, NULL) != GRIDGOV_OK) {
            continue;
        }
        while (gridgov_rows_next(rows, NULL) == GRIDGOV_OK) {
            for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
                size_t length = 0;
                const char *text = gridgov_rows_text(rows, i, &length);
                if (text[length] != '\0') {
                    abort();
                }
            }
            if (gridgov_rows_number(rows) <= last) {
                abort();
            }
            last = gridgov_rows_number(rows);
        }
        gridgov_rows_free(rows);
    }
}

static void read_file(const char *data, size_t size) {
    gridgov_sheet_options options;
    gridgov_workbook *book = NULL;
    gridgov_document *document = NULL;
    int32_t kind = 0;
    gridgov_sheet_options_init(&options, sizeof options);
    options.merged = (int32_t)(size % 3);
    options.max_unpacked = 1 << 22;
    options.max_strings = 1 << 20;
    options.max_row = 1 << 16;
    options.max_merges = 1000;
    (void)gridgov_file_kind_bytes(&kind, data, size, NULL);
    if (gridgov_workbook_open_bytes(&book, data, size, &options, NULL) == GRIDGOV_OK) {
        read_rows(book);
        gridgov_workbook_free(book);
    }
    if (gridgov_document_open_bytes(&document, data, size, &options, NULL) == GRIDGOV_OK) {
        gridgov_document_place place = {.struct_size = sizeof place};
        size_t length = 0, lines = 0;
        const char *text = gridgov_document_text(document, &length);
        for (size_t i = 0; i < length; i++) {
            lines += text[i] == '\n';
        }
        if ((lines > 0 && gridgov_document_place_at(&place, document, (int64_t)lines) != 0) ||
            gridgov_document_place_at(&place, document, (int64_t)lines + 1) != GRIDGOV_END) {
            abort();
        }
        gridgov_document_free(document);
    }
}

static void add(gg_package_writer *package, const char *name, const char *text, size_t size) {
    (void)gg_package_writer_add(package, name, gg_str_make(text, size), NULL);
}

static void read_part(int which, const char *data, size_t size) {
    static const char *const names[] = {"xl/sheet.xml", "xl/strings.xml", "xl/styles.xml",
                                        "word/document.xml"};
    static const char rels[] =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"a\" Type=\"" REL "/worksheet\" Target=\"sheet.xml\"/><Relationship "
        "Id=\"b\" Type=\"" REL "/sharedStrings\" Target=\"strings.xml\"/><Relationship Id=\"c\" "
        "Type=\"" REL "/styles\" Target=\"styles.xml\"/></Relationships>";
    static const char book[] =
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
        "xmlns:r=\"" REL "\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>";
    static const char sheet[] =
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
        "<row><c t=\"s\"><v>0</v></c><c s=\"1\"><v>44444.5</v></c></row></sheetData></worksheet>";
    gg_package_writer *package = NULL;
    gg_buf bytes = {0};
    if (gg_package_writer_new(&package, NULL) != GRIDGOV_OK) {
        return;
    }
    add(package, names[which], data, size);
    if (which < 3) {
        add(package, "xl/workbook.xml", book, sizeof book - 1);
        add(package, "xl/_rels/workbook.xml.rels", rels, sizeof rels - 1);
    }
    if (which == 1 || which == 2) {
        add(package, "xl/sheet.xml", sheet, sizeof sheet - 1);
    }
    if (gg_package_writer_finish(package, &bytes, NULL) == GRIDGOV_OK) {
        read_file(bytes.data, bytes.size);
    }
    gg_package_writer_free(package);
    gg_buf_release(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    if (size == 0) {
        return 0;
    }
    if (data[0] % 5 == 0) {
        read_file(text + 1, size - 1);
    } else {
        read_part(data[0] % 5 - 1, text + 1, size - 1);
    }
    return 0;
}
