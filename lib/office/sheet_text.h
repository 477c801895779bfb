/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of a workbook's XML that its writers share. */
#ifndef GG_SHEET_TEXT_H
#define GG_SHEET_TEXT_H

#include "base/buf.h"

/* Text inside an element. What XML cannot hold is written as _xHHHH_, and so is what would be read
 * as that. */
void gg_sheet_put_text(gg_buf *out, gg_str text);
/* Letters of a 0-based column: "A", "AB". */
void gg_sheet_put_column(gg_buf *out, int64_t column);
/* Name of a 0-based column and 1-based row: "AB7". */
void gg_sheet_put_place(gg_buf *out, int64_t column, int64_t row);
/* Columns that a text takes up on paper, up to most: characters beyond ASCII are twice as wide. */
int gg_sheet_text_width(gg_str text, int most);

#endif
