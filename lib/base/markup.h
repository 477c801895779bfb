/* SPDX-License-Identifier: Apache-2.0 */
/* Escaping for every output format, in one place. */
#ifndef GG_MARKUP_H
#define GG_MARKUP_H

#include "buf.h"

/* HTML and XML text and attribute values in double quotes: & < > " '. Control characters that XML
 * forbids become U+FFFD. */
void gg_put_html(gg_buf *buf, gg_str text);
/* Markdown inline text (also inside a table cell): \ ` * _ [ ] < > | # ~ & escaped where they could
 * be read as markup; newlines become a blank; a list marker at the start ("1." "-" "+") is escaped
 * when at_start. */
void gg_put_markdown(gg_buf *buf, gg_str text, int at_start);
/* One CSV field: quoted only if it holds a comma, quote, CR, LF, or a blank at either end. */
void gg_put_csv(gg_buf *buf, gg_str text);
/* 1 if a spreadsheet that opens a CSV would take a cell for a formula: it begins with = + - @, tab
 * or CR (also in full width), and is not a number, perhaps with a percent sign. */
int gg_is_formula(gg_str text);

#endif
