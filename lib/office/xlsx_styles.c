/* SPDX-License-Identifier: Apache-2.0 */
/* Styles of a bulletin's workbook, and from a printed figure back to the number and the format that
 * print it. The number is made from the digits as printed, so that there is one rounding in the
 * library and a cell never shows another digit than the page. */
#include "base/num.h"
#include "package_writer.h"
#include "workbook_parts.h"
#include "xlsx_render.h"

#define DIGITS_MAX 15    /* that a spreadsheet keeps */
#define FIRST_FORMAT 164 /* numbers below are built in */

enum { PLAIN, SIGNED, PERCENT };

int gg_xlsx_number(gg_buf *value, gg_xlsx_style *style, gg_str printed) {
    char text[GG_NUM_TEXT_SIZE];
    int64_t number = 0;
    int digits = 0, decimals = 0, point = 0, kind = PLAIN;
    size_t at = 0, size = printed.size;
    int negative = size > 0 && printed.data[0] == '-';
    if (negative || (size > 0 && printed.data[0] == '+')) {
        kind = SIGNED;
        at++;
    }
    if (size > 0 && printed.data[size - 1] == '%') {
        kind = PERCENT;
        size--;
    }
    for (; at < size; at++) {
        if (printed.data[at] == '.' && !point && digits > 0) {
            point = 1;
        } else if (printed.data[at] >= '0' && printed.data[at] <= '9' && digits < DIGITS_MAX) {
            number = number * 10 + (printed.data[at] - '0');
            digits++;
            decimals += point;
        } else {
            return 0;
        }
    }
    if (digits == 0 || decimals >= GG_XLSX_DECIMALS) {
        return 0;
    }
    gg_buf_add(value, text,
               gg_decimal_format(text, negative ? -number : number,
                                 kind == PERCENT ? decimals + 2 : decimals, 0));
    *style = (gg_xlsx_style)(GG_XLSX_FIGURE + kind * GG_XLSX_DECIMALS + decimals);
    return 1;
}

/* Fonts by their place in the file: face, size in points, colour. */
static const struct {
    const char *face, *size, *colour;
} fonts[] = {
    {"宋体", "11", "FF000000"},           {"仿宋", "12", "FF000000"},
    {"方正小标宋简体", "18", "FF000000"}, {"黑体", "12", "FF000000"},
    {"方正小标宋简体", "22", "FFCC0000"}, {"黑体", "12", "FFCC0000"},
    {"仿宋", "11", "FF000000"},           {"黑体", "14", "FF000000"},
    {"黑体", "11", "FF000000"},
};

enum {
    FONT_NORMAL,
    FONT_PROSE,
    FONT_TITLE,
    FONT_HEADING,
    FONT_ISSUER,
    FONT_STAMP,
    FONT_CELL,
    FONT_CAPTION,
    FONT_HEAD
};

static const struct {
    int font, fill, border;
    const char *alignment;
} plain_styles[GG_XLSX_FIGURE] = {
    [GG_XLSX_NORMAL] = {FONT_NORMAL, 0, 0, ""},
    [GG_XLSX_PROSE] = {FONT_PROSE, 0, 0, "horizontal=\"left\" vertical=\"top\" wrapText=\"1\""},
    [GG_XLSX_TITLE] = {FONT_TITLE, 0, 0,
                       "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""},
    [GG_XLSX_HEADING] = {FONT_HEADING, 0, 0,
                         "horizontal=\"left\" vertical=\"center\" wrapText=\"1\""},
    [GG_XLSX_ISSUER] = {FONT_ISSUER, 0, 0,
                        "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""},
    [GG_XLSX_NUMBER] = {FONT_PROSE, 0, 0,
                        "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""},
    [GG_XLSX_STAMP] = {FONT_STAMP, 0, 0,
                       "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""},
    [GG_XLSX_NOTE] = {FONT_CELL, 0, 0, "horizontal=\"left\" vertical=\"top\" wrapText=\"1\""},
    [GG_XLSX_CAPTION] = {FONT_CAPTION, 0, 0,
                         "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""},
    [GG_XLSX_HEAD] = {FONT_HEAD, 2, 1, "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""},
    [GG_XLSX_CELL] = {FONT_CELL, 0, 1, "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""},
    [GG_XLSX_LONG_CELL] = {FONT_CELL, 0, 1,
                           "horizontal=\"left\" vertical=\"center\" wrapText=\"1\""},
};

/* "0.00", "+0.00;-0.00;0.00", "0.00%". */
static void put_format(gg_buf *out, int kind, int decimals) {
    static const char *const zeros[GG_XLSX_DECIMALS] = {"0", "0.0", "0.00", "0.000"};
    gg_buf_text(out, kind == SIGNED ? "+" : "");
    gg_buf_text(out, zeros[decimals]);
    gg_buf_text(out, kind == PERCENT ? "%" : "");
    if (kind == SIGNED) {
        gg_buf_text(out, ";-");
        gg_buf_text(out, zeros[decimals]);
        gg_buf_byte(out, ';');
        gg_buf_text(out, zeros[decimals]);
    }
}

static void put_style(gg_buf *out, int format, int font, int fill, int border,
                      const char *alignment) {
    gg_buf_text(out, "<xf numFmtId=\"");
    gg_buf_int(out, format);
    gg_buf_text(out, "\" fontId=\"");
    gg_buf_int(out, font);
    gg_buf_text(out, "\" fillId=\"");
    gg_buf_int(out, fill);
    gg_buf_text(out, "\" borderId=\"");
    gg_buf_int(out, border);
    gg_buf_text(out, format > 0 ? "\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\""
                                : "\" xfId=\"0\" applyFont=\"1\"");
    gg_buf_text(out, fill > 0 ? " applyFill=\"1\"" : "");
    gg_buf_text(out, border > 0 ? " applyBorder=\"1\"" : "");
    gg_buf_text(out, " applyAlignment=\"1\"><alignment ");
    gg_buf_text(out, alignment);
    gg_buf_text(out, "/></xf>");
}

static void put_fonts(gg_buf *out) {
    gg_buf_text(out, "<fonts count=\"");
    gg_buf_int(out, (int64_t)(sizeof fonts / sizeof fonts[0]));
    gg_buf_text(out, "\">");
    for (size_t i = 0; i < sizeof fonts / sizeof fonts[0]; i++) {
        gg_buf_text(out, "<font><sz val=\"");
        gg_buf_text(out, fonts[i].size);
        gg_buf_text(out, "\"/><color rgb=\"");
        gg_buf_text(out, fonts[i].colour);
        gg_buf_text(out, "\"/><name val=\"");
        gg_buf_text(out, fonts[i].face);
        gg_buf_text(out, "\"/><charset val=\"134\"/></font>");
    }
    gg_buf_text(out, "</fonts>");
}

void gg_xlsx_put_styles(gg_buf *out) {
    static const char edge[] = " style=\"thin\"><color rgb=\"FF000000\"/></";
    static const char *const sides[] = {"left", "right", "top", "bottom"};
    gg_buf_text(out, GG_XML_HEAD "<styleSheet " GG_SHEET_NS "><numFmts count=\"");
    gg_buf_int(out, GG_XLSX_FORMATS);
    gg_buf_text(out, "\">");
    for (int i = 0; i < GG_XLSX_FORMATS; i++) {
        gg_buf_text(out, "<numFmt numFmtId=\"");
        gg_buf_int(out, FIRST_FORMAT + i);
        gg_buf_text(out, "\" formatCode=\"");
        put_format(out, i / GG_XLSX_DECIMALS, i % GG_XLSX_DECIMALS);
        gg_buf_text(out, "\"/>");
    }
    gg_buf_text(out, "</numFmts>");
    put_fonts(out);
    gg_buf_text(out, "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill>"
                     "<patternFill patternType=\"gray125\"/></fill><fill><patternFill "
                     "patternType=\"solid\"><fgColor rgb=\"FFF2F2F2\"/></patternFill></fill>"
                     "</fills><borders count=\"2\"><border><left/><right/><top/><bottom/>"
                     "<diagonal/></border><border>");
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        gg_buf_byte(out, '<');
        gg_buf_text(out, sides[i]);
        gg_buf_text(out, edge);
        gg_buf_text(out, sides[i]);
        gg_buf_byte(out, '>');
    }
    gg_buf_text(out, "<diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" "
                     "fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"");
    gg_buf_int(out, GG_XLSX_FIGURE + GG_XLSX_FORMATS);
    gg_buf_text(out, "\">");
    for (int i = 0; i < GG_XLSX_FIGURE; i++) {
        put_style(out, 0, plain_styles[i].font, plain_styles[i].fill, plain_styles[i].border,
                  plain_styles[i].alignment);
    }
    for (int i = 0; i < GG_XLSX_FORMATS; i++) {
        put_style(out, FIRST_FORMAT + i, FONT_CELL, 0, 1,
                  "horizontal=\"right\" vertical=\"center\"");
    }
    gg_buf_text(out, "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" "
                     "builtinId=\"0\"/></cellStyles></styleSheet>");
}
