/* SPDX-License-Identifier: Apache-2.0 */
/* What the two files that read XLSX share. */
#ifndef GG_XLSX_H
#define GG_XLSX_H

#include "base/buf.h"

/* Of elements, NULL-terminated. */
extern const char *const gg_xlsx_namespaces[];

/* 1 for "1", "true" and "on". */
int gg_xlsx_is_true(const char *text);
/* Text with _xHHHH_ replaced by the characters. */
void gg_put_xstring(gg_buf *out, gg_str text);

/* 1 if an element's own text keeps the blanks at its ends (xml:space). */
int gg_xlsx_keeps_blanks(const char **attributes);
/* Text of an element without blanks at its ends: what was added to a buffer from an offset on. */
void gg_xlsx_trim(gg_buf *text, size_t from);

#endif
