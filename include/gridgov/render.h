/* SPDX-License-Identifier: Apache-2.0 */
/** @file render.h
 *  From a bulletin to bytes: Markdown, one self-contained HTML page, JSON (`gridgov.bulletin/1`),
 *  or one table as CSV. The same bulletin always gives the same bytes. The pin "language", "zh" or
 *  "en", names the language of the page; without it that is Chinese.
 *
 *  JSON: `{"schema", "library", "pins": {name: value}, "figures": [{"code", "kind", "state",
 *  "numerator", "denominator", "base", "text"}], "blocks": [{"kind", "level", "code", "runs":
 *  [{"figure", "text"}], "rows": [[{"column", "row_span", "column_span", "header", "runs"}]]}]}`.
 *  Numbers stand only in figures whose state is "value"; points and totals are thousandths.
 *  docs/formats.md describes every member, and the CSV files.
 *
 *  CSV: cells that span rows are repeated in each row; a column is named by the first run of the
 *  lowest header cell above it.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int as_html(gridgov_bytes **out, const gridgov_bulletin *bulletin, gridgov_error *err) {
 *      return gridgov_render_bytes(out, bulletin, GRIDGOV_FORMAT_HTML, NULL, err);
 *  }
 *  @endcode */
#ifndef GRIDGOV_RENDER_H
#define GRIDGOV_RENDER_H

#include <gridgov/bulletin.h>
#include <gridgov/io.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How to render. */
typedef struct gridgov_render_options {
    uint32_t struct_size; /**< sizeof(gridgov_render_options) */
    int32_t bom;          /**< 1: CSV begins with a UTF-8 byte order mark, for spreadsheet programs;
                               default 1 */
    const char *table;    /**< CSV: code of the table, "categories", "agencies" or "grids"; required
                               for CSV */
    int64_t only_row;     /**< CSV: 1 … n: the header and that body row alone; 0: all rows */
    int32_t defuse;       /**< CSV: 1: a cell that a spreadsheet would take for a formula (it begins
                               with = + - @, tab or CR and is no number) gets an apostrophe in
                               front; default 0, the text as it is */
    int32_t reserved;     /**< 0 */
} gridgov_render_options;

/** Set options to their defaults.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_render_options_init(gridgov_render_options *options, size_t struct_size);

/** Render into a sink.
 *  @param sink      takes the bytes
 *  @param bulletin  any
 *  @param format    GRIDGOV_FORMAT_*
 *  @param options   NULL for the defaults
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EIO the sink refused; GRIDGOV_ENOTFOUND no such table or row;
 *          GRIDGOV_EUNSUPPORTED DOCX and XLSX, which gridgov_render_office_bytes() makes;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_render(const gridgov_sink *sink,
                                          const gridgov_bulletin *bulletin, int32_t format,
                                          const gridgov_render_options *options,
                                          gridgov_error *err);

/** Render into memory.
 *  @param[out] out       the bytes; yours to free with gridgov_bytes_free()
 *  @param      bulletin  any
 *  @param      format    GRIDGOV_FORMAT_*
 *  @param      options   NULL for the defaults
 *  @param[out] err       may be NULL
 *  @return as gridgov_render()    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_render_bytes(gridgov_bytes **out,
                                                const gridgov_bulletin *bulletin, int32_t format,
                                                const gridgov_render_options *options,
                                                gridgov_error *err);

/** Render into a file, whole or not at all: the file is written beside its place and renamed.
 *  @param      path      NUL-terminated; an existing file is replaced
 *  @param      bulletin  any
 *  @param      format    GRIDGOV_FORMAT_*
 *  @param      options   NULL for the defaults
 *  @param[out] err       may be NULL
 *  @return as gridgov_render(); GRIDGOV_EIO with errno in `detail`    @threads safe
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_render_file(const char *path, const gridgov_bulletin *bulletin,
                                               int32_t format,
                                               const gridgov_render_options *options,
                                               gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
