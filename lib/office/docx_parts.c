/* SPDX-License-Identifier: Apache-2.0 */
/* What a DOCX has beside its text and its styles (ECMA-376 part 1, transitional): settings, the two
 * footers, and the lists that bind the parts together. */
#include "docx.h"
#include "file_properties.h"

#include "base/error.h"

#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

/* Odd pages have their number on the right, even ones on the left, one character from the edge. */
static void put_footer(gg_buf *out, int even) {
    gg_buf_text(out,
                GG_XML_HEAD "<w:ftr xmlns:w=\"" GG_WORD_NS "\"><w:p><w:pPr><w:pStyle w:val=\"");
    gg_buf_text(out, gg_docx_style_id(GG_DOCX_FOOTER));
    gg_buf_text(out, even ? "\"/><w:ind w:left=\"280\"/><w:jc w:val=\"left\"/></w:pPr>"
                          : "\"/><w:ind w:right=\"280\"/><w:jc w:val=\"right\"/></w:pPr>");
    gg_buf_text(out, "<w:r><w:t xml:space=\"preserve\">— </w:t></w:r><w:r><w:fldChar "
                     "w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> "
                     "PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
                     "<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r>"
                     "<w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>");
}

static const char settings[] = GG_XML_HEAD
    "<w:settings xmlns:w=\"" GG_WORD_NS "\"><w:zoom w:percent=\"100\"/><w:defaultTabStop "
    "w:val=\"420\"/><w:evenAndOddHeaders/><w:characterSpacingControl "
    "w:val=\"compressPunctuation\"/>"
    "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/><w:compatSetting "
    "w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
    "</w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>";

static const char relations[] = GG_XML_HEAD
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"styles\" Type=\"" GG_OFFICE_REL_NS "/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"settings\" Type=\"" GG_OFFICE_REL_NS "/settings\" Target=\"settings.xml\"/>"
    "<Relationship Id=\"fonts\" Type=\"" GG_OFFICE_REL_NS "/fontTable\" Target=\"fontTable.xml\"/>"
    "<Relationship Id=\"odd\" Type=\"" GG_OFFICE_REL_NS "/footer\" Target=\"footer1.xml\"/>"
    "<Relationship Id=\"even\" Type=\"" GG_OFFICE_REL_NS "/footer\" Target=\"footer2.xml\"/>"
    "</Relationships>";

static void put_types(gg_buf *out, const gridgov_bulletin *bulletin) {
    static const char *const parts[][2] = {
        {"document", "document.main"}, {"styles", "styles"},  {"settings", "settings"},
        {"fontTable", "fontTable"},    {"footer1", "footer"}, {"footer2", "footer"},
    };
    gg_buf_text(out, GG_XML_HEAD
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                "<Default Extension=\"rels\" "
                "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                "<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        gg_buf_text(out, "<Override PartName=\"/word/");
        gg_buf_text(out, parts[i][0]);
        gg_buf_text(out, ".xml\" ContentType=\"" WORD_TYPE);
        gg_buf_text(out, parts[i][1]);
        gg_buf_text(out, "+xml\"/>");
    }
    gg_properties_put_types(out, bulletin);
    gg_buf_text(out, "</Types>");
}

/* Write a part, and clear the buffer for the next. */
static gridgov_status add(gg_package_writer *package, const char *name, gg_buf *text,
                          gridgov_error *err) {
    gridgov_status status = gg_package_writer_add_text(package, name, text, err);
    gg_buf_clear(text);
    return status;
}

static gridgov_status add_parts(gg_package_writer *package, gg_buf *text, const gg_buf *document,
                                const gridgov_bulletin *bulletin, int english, gridgov_error *err) {
    put_types(text, bulletin);
    GG_TRY(add(package, "[Content_Types].xml", text, err));
    gg_properties_put_roots(text, "word/document.xml", bulletin);
    GG_TRY(add(package, "_rels/.rels", text, err));
    GG_TRY(gg_package_writer_add_text(package, "word/document.xml", document, err));
    GG_TRY(
        gg_package_writer_add(package, "word/_rels/document.xml.rels", gg_str_of(relations), err));
    gg_docx_put_styles(text, english);
    GG_TRY(add(package, "word/styles.xml", text, err));
    GG_TRY(gg_package_writer_add(package, "word/settings.xml", gg_str_of(settings), err));
    gg_docx_put_fonts(text);
    GG_TRY(add(package, "word/fontTable.xml", text, err));
    put_footer(text, 0);
    GG_TRY(add(package, "word/footer1.xml", text, err));
    put_footer(text, 1);
    GG_TRY(add(package, "word/footer2.xml", text, err));
    return gg_properties_add(package, bulletin, err);
}

gridgov_status gg_docx_pack(gg_buf *out, const gg_buf *document, const gridgov_bulletin *bulletin,
                            int english, gridgov_error *err) {
    gg_buf text = {0};
    gg_package_writer *package = NULL;
    gridgov_status status = gg_package_writer_new(&package, err);
    if (status == GRIDGOV_OK) {
        status = add_parts(package, &text, document, bulletin, english, err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_package_writer_finish(package, out, err);
    }
    gg_package_writer_free(package);
    gg_buf_release(&text);
    return status;
}
