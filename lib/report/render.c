/* SPDX-License-Identifier: Apache-2.0 */
/* The entries of the renderers: choose the format, render into one buffer, and hand it to a sink,
 * to the caller or to a file. Bytes leave only after the whole document has been made, so a lack of
 * memory never cuts one short, and a file is written beside its place and renamed. */
#include "base/error.h"
#include "base/os.h"
#include "render_parts.h"

#include <string.h>

#define SINK_PIECE 65536 /* bytes a call, so that a sink may stop early */

void gridgov_render_options_init(gridgov_render_options *options, size_t struct_size) {
    const gridgov_render_options full = {.bom = 1};
    gg_options_write(options, struct_size, &full, sizeof full);
}

/* The document in buf, which is the caller's to release whatever the status. */
static gridgov_status render_into(gg_buf *buf, const gridgov_bulletin *bulletin, int32_t format,
                                  const gridgov_render_options *options, gridgov_error *err) {
    gridgov_render_options chosen;
    gridgov_render_options_init(&chosen, sizeof chosen);
    if (bulletin == NULL) {
        return gg_fail_arg(err, "bulletin");
    }
    if (gg_options_read(&chosen, sizeof chosen, options) != 0) {
        return gg_fail_arg(err, "options");
    }
    switch (format) {
    case GRIDGOV_FORMAT_MARKDOWN:
        gg_render_markdown(buf, bulletin);
        break;
    case GRIDGOV_FORMAT_HTML:
        gg_render_html(buf, bulletin);
        break;
    case GRIDGOV_FORMAT_JSON:
        gg_render_json(buf, bulletin);
        break;
    case GRIDGOV_FORMAT_CSV:
        if (chosen.table == NULL || chosen.only_row < 0) {
            return gg_fail_arg(err, chosen.table == NULL ? "table" : "only_row");
        }
        GG_TRY(gg_render_csv(buf, bulletin, &chosen, err));
        break;
    case GRIDGOV_FORMAT_DOCX:
    case GRIDGOV_FORMAT_XLSX: {
        const char *name = gridgov_code_text(GRIDGOV_KIND_FORMAT, format);
        return gg_fail(err, GG_RULE_FORMAT_OFFICE, NULL, name, strlen(name), NULL, NULL);
    }
    default:
        return gg_fail_arg(err, "format");
    }
    return gg_buf_failed(buf) ? gg_fail_memory(err) : GRIDGOV_OK;
}

gridgov_status gridgov_render(const gridgov_sink *sink, const gridgov_bulletin *bulletin,
                              int32_t format, const gridgov_render_options *options,
                              gridgov_error *err) {
    gg_buf buf = {0};
    gridgov_status status;
    if (sink == NULL || sink->write == NULL) {
        return gg_fail_arg(err, "sink");
    }
    status = render_into(&buf, bulletin, format, options, err);
    for (size_t at = 0; status == GRIDGOV_OK && at < buf.size;) {
        size_t size = buf.size - at < SINK_PIECE ? buf.size - at : SINK_PIECE;
        int32_t refused = sink->write(sink->user, buf.data + at, size);
        if (refused != 0) {
            status = gg_fail(err, GG_RULE_SINK, NULL, NULL, 0, NULL, NULL);
            if (err != NULL) {
                err->detail = refused;
            }
        }
        at += size;
    }
    gg_buf_release(&buf);
    return status;
}

gridgov_status gridgov_render_bytes(gridgov_bytes **out, const gridgov_bulletin *bulletin,
                                    int32_t format, const gridgov_render_options *options,
                                    gridgov_error *err) {
    gg_buf buf = {0};
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    status = render_into(&buf, bulletin, format, options, err);
    if (status == GRIDGOV_OK) {
        status = gg_buf_to_bytes(out, &buf, err);
    }
    gg_buf_release(&buf);
    return status;
}

gridgov_status gridgov_render_file(const char *path, const gridgov_bulletin *bulletin,
                                   int32_t format, const gridgov_render_options *options,
                                   gridgov_error *err) {
    gg_buf buf = {0};
    gridgov_status status;
    if (path == NULL) {
        return gg_fail_arg(err, "path");
    }
    status = render_into(&buf, bulletin, format, options, err);
    if (status == GRIDGOV_OK) {
        status = gg_file_store(path, gg_buf_data(&buf), buf.size, err);
    }
    gg_buf_release(&buf);
    return status;
}
