/* SPDX-License-Identifier: Apache-2.0 */
/* The entries of the Office renderers. Bytes leave only after the whole file has been made. */
#include <gridgov/office_render.h>

#include "base/error.h"
#include "base/os.h"
#include "docx.h"
#include "xlsx_render.h"

static gridgov_status render_into(gg_buf *out, const gridgov_bulletin *bulletin, int32_t format,
                                  gridgov_error *err) {
    if (bulletin == NULL) {
        return gg_fail_arg(err, "bulletin");
    }
    if (format != GRIDGOV_FORMAT_DOCX && format != GRIDGOV_FORMAT_XLSX) {
        return gg_fail_arg(err, "format");
    }
    return format == GRIDGOV_FORMAT_DOCX ? gg_render_docx(out, bulletin, err)
                                         : gg_render_xlsx(out, bulletin, err);
}

gridgov_status gridgov_render_office_bytes(gridgov_bytes **out, const gridgov_bulletin *bulletin,
                                           int32_t format, gridgov_error *err) {
    gg_buf buf = {0};
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    status = render_into(&buf, bulletin, format, err);
    if (status == GRIDGOV_OK) {
        status = gg_buf_to_bytes(out, &buf, err);
    }
    gg_buf_release(&buf);
    return status;
}

gridgov_status gridgov_render_office_file(const char *path, const gridgov_bulletin *bulletin,
                                          int32_t format, gridgov_error *err) {
    gg_buf buf = {0};
    gridgov_status status;
    if (path == NULL) {
        return gg_fail_arg(err, "path");
    }
    status = render_into(&buf, bulletin, format, err);
    if (status == GRIDGOV_OK) {
        status = gg_file_store(path, gg_buf_data(&buf), buf.size, err);
    }
    gg_buf_release(&buf);
    return status;
}
