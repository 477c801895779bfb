/* SPDX-License-Identifier: Apache-2.0 */
/* Properties of an Office file (ECMA-376 part 1, 15.2.12, and part 2, 11): docProps/core.xml has
 * the title, docProps/custom.xml one text for every pin. There is no date in them. */
#include "file_properties.h"

#include "base/error.h"
#include "base/markup.h"
#include "bulletin_view.h"

#include <string.h>

#define PACKAGE_NS "http://schemas.openxmlformats.org/package/2006/"
/* Of properties that are a user's own; 0 and 1 are reserved. */
#define CUSTOM_ID "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#define FIRST_ID 2

static int has_pins(const gridgov_bulletin *bulletin) {
    gridgov_pin pin = {.struct_size = sizeof pin};
    return gridgov_bulletin_pin_at(&pin, bulletin, 0) == GRIDGOV_OK;
}

void gg_properties_put_types(gg_buf *out, const gridgov_bulletin *bulletin) {
    if (bulletin == NULL) {
        return;
    }
    gg_buf_text(out,
                "<Override PartName=\"/docProps/core.xml\" "
                "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>");
    if (has_pins(bulletin)) {
        gg_buf_text(out, "<Override PartName=\"/docProps/custom.xml\" ContentType=\"application/"
                         "vnd.openxmlformats-officedocument.custom-properties+xml\"/>");
    }
}

void gg_properties_put_roots(gg_buf *out, const char *main_part, const gridgov_bulletin *bulletin) {
    gg_buf_text(out,
                GG_XML_HEAD "<Relationships xmlns=\"" PACKAGE_NS
                            "relationships\"><Relationship Id=\"rId1\" Type=\"" GG_OFFICE_REL_NS
                            "/officeDocument\" Target=\"");
    gg_buf_text(out, main_part);
    gg_buf_text(out, "\"/>");
    if (bulletin != NULL) {
        gg_buf_text(out, "<Relationship Id=\"rId2\" Type=\"" PACKAGE_NS
                         "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>");
    }
    if (bulletin != NULL && has_pins(bulletin)) {
        gg_buf_text(out, "<Relationship Id=\"rId3\" Type=\"" GG_OFFICE_REL_NS
                         "/custom-properties\" Target=\"docProps/custom.xml\"/>");
    }
    gg_buf_text(out, "</Relationships>");
}

static void put_core(gg_buf *out, const gridgov_bulletin *bulletin) {
    gg_buf title = {0};
    gg_bulletin_title(&title, bulletin);
    gg_buf_text(out, GG_XML_HEAD
                "<cp:coreProperties xmlns:cp=\"" PACKAGE_NS
                "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                "<dc:title>");
    gg_put_html(out, gg_str_make(gg_buf_data(&title), title.size));
    gg_buf_text(out, "</dc:title><dc:language>");
    gg_buf_text(out, gg_bulletin_in_english(bulletin) ? "en" : "zh-CN");
    gg_buf_text(out, "</dc:language></cp:coreProperties>");
    out->failed |= gg_buf_failed(&title);
    gg_buf_release(&title);
}

static void put_custom(gg_buf *out, const gridgov_bulletin *bulletin) {
    gridgov_pin pin = {.struct_size = sizeof pin};
    gg_buf_text(out, GG_XML_HEAD
                "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                "custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/"
                "officeDocument/2006/docPropsVTypes\">");
    for (int64_t i = 0; gridgov_bulletin_pin_at(&pin, bulletin, i) == GRIDGOV_OK; i++) {
        gg_buf_text(out, "<property fmtid=\"" CUSTOM_ID "\" pid=\"");
        gg_buf_int(out, i + FIRST_ID);
        gg_buf_text(out, "\" name=\"gridgov.");
        gg_put_html(out, gg_str_of(pin.name));
        gg_buf_text(out, "\"><vt:lpwstr>");
        gg_put_html(out, gg_str_of(pin.value));
        gg_buf_text(out, "</vt:lpwstr></property>");
    }
    gg_buf_text(out, "</Properties>");
}

gridgov_status gg_properties_add(gg_package_writer *package, const gridgov_bulletin *bulletin,
                                 gridgov_error *err) {
    gg_buf core = {0}, custom = {0};
    gridgov_status status;
    if (bulletin == NULL) {
        return GRIDGOV_OK;
    }
    put_core(&core, bulletin);
    put_custom(&custom, bulletin);
    status = gg_package_writer_add_text(package, "docProps/core.xml", &core, err);
    if (status == GRIDGOV_OK && has_pins(bulletin)) {
        status = gg_package_writer_add_text(package, "docProps/custom.xml", &custom, err);
    }
    gg_buf_release(&core);
    gg_buf_release(&custom);
    return status;
}
