/* SPDX-License-Identifier: Apache-2.0 */
/* A bulletin as XLSX. */
#ifndef GG_XLSX_RENDER_H
#define GG_XLSX_RENDER_H

#include "base/buf.h"

#include <gridgov/bulletin.h>

/* Styles of cells, by their place in xl/styles.xml. */
typedef enum gg_xlsx_style {
    GG_XLSX_NORMAL,
    GG_XLSX_PROSE,
    GG_XLSX_TITLE,
    GG_XLSX_HEADING,
    GG_XLSX_ISSUER,
    GG_XLSX_NUMBER, /* of the document */
    GG_XLSX_STAMP,
    GG_XLSX_NOTE,
    GG_XLSX_CAPTION,
    GG_XLSX_HEAD,
    GG_XLSX_CELL,
    GG_XLSX_LONG_CELL, /* text of several lines, from the left */
    GG_XLSX_FIGURE     /* the first of GG_XLSX_FORMATS */
} gg_xlsx_style;

#define GG_XLSX_DECIMALS 4                     /* a figure has 0 … 3 of them */
#define GG_XLSX_FORMATS (3 * GG_XLSX_DECIMALS) /* plain, signed and percentages */

/* The number of a figure as printed, and the style that prints it again; 0 if it is no number, or
 * has more digits than a spreadsheet keeps. */
int gg_xlsx_number(gg_buf *value, gg_xlsx_style *style, gg_str printed);
/* xl/styles.xml. */
void gg_xlsx_put_styles(gg_buf *out);

/* The whole file, appended to out. */
gridgov_status gg_render_xlsx(gg_buf *out, const gridgov_bulletin *bulletin, gridgov_error *err);

#endif
