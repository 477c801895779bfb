/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of a workbook's XML: text, names of columns and cells, widths. */
#include "sheet_text.h"

#include "base/markup.h"

void gg_sheet_put_text(gg_buf *out, gg_str text) {
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        int looks_escaped =
            c == '_' && i + 6 < text.size && text.data[i + 1] == 'x' && text.data[i + 6] == '_';
        if ((c >= ' ' || c == '\t' || c == '\n') && !looks_escaped) {
            continue;
        }
        gg_put_html(out, gg_str_make(text.data + from, i - from));
        gg_buf_text(out, "_x00");
        gg_buf_byte(out, hex[c >> 4]);
        gg_buf_byte(out, hex[c & 15]);
        gg_buf_byte(out, '_');
        from = i + 1;
    }
    gg_put_html(out, gg_str_make(text.data + from, text.size - from));
}

void gg_sheet_put_column(gg_buf *out, int64_t column) {
    if (column >= 26) {
        gg_sheet_put_column(out, column / 26 - 1);
    }
    gg_buf_byte(out, (char)('A' + column % 26));
}

void gg_sheet_put_place(gg_buf *out, int64_t column, int64_t row) {
    gg_sheet_put_column(out, column);
    gg_buf_int(out, row);
}

int gg_sheet_text_width(gg_str text, int most) {
    int width = 0;
    for (size_t at = 0; at < text.size && width < most;) {
        width += gg_utf8_next(text.data, text.size, &at) > 0x7F ? 2 : 1;
    }
    return width;
}
