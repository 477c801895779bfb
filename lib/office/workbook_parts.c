/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a workbook that list and bind its sheets (ECMA-376 part 1, transitional). Nothing in
 * the package depends on the time or the place, so equal sheets make equal bytes. */
#include "workbook_parts.h"

#include "base/error.h"
#include "base/markup.h"
#include "base/mem.h"
#include "file_properties.h"

typedef struct lists {
    gg_buf types, roots, book, relations;
} lists;

static void put_types(gg_buf *types, const gg_workbook_parts *parts) {
    static const char type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    gg_buf_text(types, GG_XML_HEAD
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                "content-types\"><Default Extension=\"rels\" "
                "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override "
                "PartName=\"/xl/workbook.xml\" ContentType=\"");
    gg_buf_text(types, type);
    gg_buf_text(types, "sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"");
    gg_buf_text(types, type);
    gg_buf_text(types, "styles+xml\"/>");
    gg_properties_put_types(types, parts->bulletin);
    for (size_t i = 0; i < parts->count; i++) {
        gg_buf_text(types, "<Override PartName=\"/xl/worksheets/sheet");
        gg_buf_int(types, (int64_t)i + 1);
        gg_buf_text(types, ".xml\" ContentType=\"");
        gg_buf_text(types, type);
        gg_buf_text(types, "worksheet+xml\"/>");
    }
    gg_buf_text(types, "</Types>");
}

static void put_book(gg_buf *book, gg_buf *relations, const gg_workbook_parts *parts) {
    gg_buf_text(book,
                GG_XML_HEAD "<workbook " GG_SHEET_NS " xmlns:r=\"" GG_OFFICE_REL_NS "\"><sheets>");
    gg_buf_text(relations,
                GG_XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/"
                            "2006/relationships\"><Relationship Id=\"styles\" "
                            "Type=\"" GG_OFFICE_REL_NS "/styles\" Target=\"styles.xml\"/>");
    for (size_t i = 0; i < parts->count; i++) {
        const gg_buf *name = &parts->sheets[i].name;
        int64_t n = (int64_t)i + 1;
        gg_buf_text(book, "<sheet name=\"");
        gg_put_html(book, gg_str_make(gg_buf_data(name), name->size));
        gg_buf_text(book, "\" sheetId=\"");
        gg_buf_int(book, n);
        gg_buf_text(book, "\" r:id=\"rId");
        gg_buf_int(book, n);
        gg_buf_text(book, "\"/>");
        gg_buf_text(relations, "<Relationship Id=\"rId");
        gg_buf_int(relations, n);
        gg_buf_text(relations, "\" Type=\"" GG_OFFICE_REL_NS "/worksheet\" "
                               "Target=\"worksheets/sheet");
        gg_buf_int(relations, n);
        gg_buf_text(relations, ".xml\"/>");
    }
    gg_buf_text(book, "</sheets>");
    gg_buf_text(book, parts->names.size > 0 ? "<definedNames>" : "");
    gg_buf_str(book, parts->names);
    gg_buf_text(book, parts->names.size > 0 ? "</definedNames></workbook>" : "</workbook>");
    gg_buf_text(relations, "</Relationships>");
}

static gridgov_status add_lists(gg_package_writer *package, lists *l,
                                const gg_workbook_parts *parts, gridgov_error *err) {
    put_types(&l->types, parts);
    gg_properties_put_roots(&l->roots, "xl/workbook.xml", parts->bulletin);
    put_book(&l->book, &l->relations, parts);
    GG_TRY(gg_package_writer_add_text(package, "[Content_Types].xml", &l->types, err));
    GG_TRY(gg_package_writer_add_text(package, "_rels/.rels", &l->roots, err));
    GG_TRY(gg_package_writer_add_text(package, "xl/workbook.xml", &l->book, err));
    GG_TRY(gg_package_writer_add_text(package, "xl/_rels/workbook.xml.rels", &l->relations, err));
    GG_TRY(gg_package_writer_add(package, "xl/styles.xml", gg_str_of(parts->styles), err));
    return gg_properties_add(package, parts->bulletin, err);
}

static gridgov_status add_sheets(gg_package_writer *package, const gg_workbook_parts *parts,
                                 gg_buf *name, gridgov_error *err) {
    for (size_t i = 0; i < parts->count; i++) {
        gg_buf_clear(name);
        gg_buf_text(name, "xl/worksheets/sheet");
        gg_buf_int(name, (int64_t)i + 1);
        gg_buf_text(name, ".xml");
        if (gg_buf_failed(name)) {
            return gg_fail_memory(err);
        }
        GG_TRY(gg_package_writer_add_text(package, name->data, &parts->sheets[i].xml, err));
    }
    return GRIDGOV_OK;
}

gridgov_status gg_workbook_pack(gg_buf *out, const gg_workbook_parts *parts, gridgov_error *err) {
    lists l = {0};
    gg_buf name = {0};
    gg_package_writer *package = NULL;
    gridgov_status status = gg_package_writer_new(&package, err);
    if (status == GRIDGOV_OK) {
        status = add_lists(package, &l, parts, err);
    }
    if (status == GRIDGOV_OK) {
        status = add_sheets(package, parts, &name, err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_package_writer_finish(package, out, err);
    }
    gg_package_writer_free(package);
    gg_buf_release(&l.types);
    gg_buf_release(&l.roots);
    gg_buf_release(&l.book);
    gg_buf_release(&l.relations);
    gg_buf_release(&name);
    return status;
}

void gg_written_sheets_release(gg_written_sheet *sheets, size_t count) {
    for (size_t i = 0; i < count; i++) {
        gg_buf_release(&sheets[i].name);
        gg_buf_release(&sheets[i].xml);
    }
    gg_free(sheets);
}
