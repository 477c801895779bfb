/* SPDX-License-Identifier: Apache-2.0 */
/* The styles of a DOCX, and its fonts. All measures are those of GB/T 9704-2012: title 22 pt, body
 * 16 pt in 22 lines of 28 characters, captions, notes and colophon 14 pt. English has the sizes of
 * a report. Fonts are named, never embedded: where the one an official document asks for is
 * missing, the font table names others to take in its place. */
#include "docx.h"
#include "package_writer.h"

/* Faces: what Chinese characters and what Latin letters and digits are set in. */
typedef enum face { XIAO_BIAO_SONG, FANG_SONG, KAI, HEI, SONG } face;

typedef struct face_names {
    const char *chinese, *latin[2]; /* latin: by language, Chinese first */
} face_names;

static const face_names faces[] = {
    [XIAO_BIAO_SONG] = {"方正小标宋简体", {"方正小标宋简体", "Times New Roman"}},
    [FANG_SONG] = {"仿宋_GB2312", {"Times New Roman", "Times New Roman"}},
    [KAI] = {"楷体_GB2312", {"Times New Roman", "Times New Roman"}},
    [HEI] = {"黑体", {"黑体", "Arial"}},
    [SONG] = {"宋体", {"宋体", "Times New Roman"}},
};

/* Replacements of a face, the best first, for programs that look at the font table. */
static const struct {
    const char *name, *instead, *panose, *family, *charset;
} fonts[] = {
    {"方正小标宋简体",
     "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
     "02010601030101010101", "auto", "86"},
    {"仿宋_GB2312", "仿宋,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC", "02010609030101010101",
     "modern", "86"},
    {"楷体_GB2312", "楷体,KaiTi,华文楷体,STKaiti,Noto Serif CJK SC", "02010609030101010101",
     "modern", "86"},
    {"黑体", "SimHei,微软雅黑,Microsoft YaHei,Noto Sans CJK SC", "02010609060101010101", "modern",
     "86"},
    {"宋体", "SimSun,Songti SC,Noto Serif CJK SC", "02010600030101010101", "auto", "86"},
    {"Times New Roman", "Liberation Serif", "02020603050405020304", "roman", "00"},
    {"Arial", "Liberation Sans", "020B0604020202020204", "swiss", "00"},
};

/* How one language sets a style. */
typedef struct type {
    int32_t size;          /* half points */
    int32_t line, exact;   /* twips if exact, else 240ths of the font's own line */
    int32_t before, after; /* twips */
    int32_t indent;        /* of the first line, hundredths of a character */
    int32_t bold;
} type;

typedef struct paragraph_style {
    const char *id, *name; /* the names of Word's own styles mean something to it */
    face face;
    const char *justify;
    int32_t outline;    /* level of a heading from 0; −1: none */
    const char *before; /* properties that stand before the spacing in the schema */
    const char *colour; /* NULL: black */
} paragraph_style;

#define KEEP "<w:keepNext/><w:keepLines/>"
#define RED "CC0000"
#define BOX(side) "<w:" side " w:val=\"double\" w:sz=\"6\" w:space=\"4\" w:color=\"" RED "\"/>"
#define RED_BOX "<w:pBdr>" BOX("top") BOX("left") BOX("bottom") BOX("right") "</w:pBdr>"
#define LINE(side, size)                                                                           \
    "<w:" side " w:val=\"single\" w:sz=\"" size "\" w:space=\"1\" w:color=\"000000\"/>"
#define RULES "<w:pBdr>" LINE("top", "8") LINE("bottom", "8") LINE("between", "4") "</w:pBdr>"

static const paragraph_style styles[GG_DOCX_STYLES] = {
    [GG_DOCX_BODY] = {"Normal", "Normal", FANG_SONG, "both", -1, "", NULL},
    [GG_DOCX_FLUSH] = {"Addressees", "Addressees", FANG_SONG, "both", -1, "", NULL},
    [GG_DOCX_TITLE] = {"Title", "Title", XIAO_BIAO_SONG, "center", -1, KEEP, NULL},
    [GG_DOCX_HEADING_1] = {"Heading1", "heading 1", HEI, "both", 0, KEEP, NULL},
    [GG_DOCX_HEADING_2] = {"Heading2", "heading 2", KAI, "both", 1, KEEP, NULL},
    [GG_DOCX_HEADING_3] = {"Heading3", "heading 3", FANG_SONG, "both", 2, KEEP, NULL},
    [GG_DOCX_ISSUER] = {"Issuer", "Issuer", XIAO_BIAO_SONG, "center", -1, KEEP, RED},
    [GG_DOCX_NUMBER] = {"DocumentNumber", "Document Number", FANG_SONG, "center", -1, KEEP, NULL},
    [GG_DOCX_STAMP] = {"Stamp", "Stamp", HEI, "center", -1, RED_BOX, RED},
    [GG_DOCX_NOTE] = {"Note", "Note", FANG_SONG, "both", -1, "", NULL},
    [GG_DOCX_COLOPHON] = {"Colophon", "Colophon", FANG_SONG, "both", -1, KEEP RULES, NULL},
    [GG_DOCX_CAPTION] = {"Caption", "caption", HEI, "center", -1, KEEP, NULL},
    [GG_DOCX_HEAD] = {"TableHead", "Table Head", HEI, "center", -1, "<w:keepNext/>", NULL},
    [GG_DOCX_CELL] = {"TableCell", "Table Cell", FANG_SONG, "center", -1, "", NULL},
    [GG_DOCX_FIGURE] = {"TableFigure", "Table Figure", FANG_SONG, "right", -1, "", NULL},
    [GG_DOCX_SMALL_HEAD] = {"WideTableHead", "Wide Table Head", HEI, "center", -1, "<w:keepNext/>",
                            NULL},
    [GG_DOCX_SMALL_CELL] = {"WideTableCell", "Wide Table Cell", FANG_SONG, "center", -1, "", NULL},
    [GG_DOCX_SMALL_FIGURE] = {"WideTableFigure", "Wide Table Figure", FANG_SONG, "right", -1, "",
                              NULL},
    [GG_DOCX_FOOTER] = {"Footer", "footer", SONG, "right", -1, "", NULL},
    [GG_DOCX_GAP] = {"Gap", "Gap", FANG_SONG, "both", -1, "", NULL},
};

/* By style and language, Chinese first. */
static const type types[GG_DOCX_STYLES][2] = {
    [GG_DOCX_BODY] = {{32, 579, 1, 0, 0, 200, 0}, {24, 312, 0, 0, 120, 0, 0}},
    [GG_DOCX_FLUSH] = {{32, 579, 1, 0, 0, 0, 0}, {24, 312, 0, 0, 120, 0, 0}},
    [GG_DOCX_TITLE] = {{44, 720, 1, 580, 480, 0, 0}, {36, 264, 0, 240, 320, 0, 1}},
    [GG_DOCX_HEADING_1] = {{32, 579, 1, 0, 0, 200, 0}, {28, 264, 0, 240, 120, 0, 1}},
    [GG_DOCX_HEADING_2] = {{32, 579, 1, 0, 0, 200, 0}, {24, 264, 0, 200, 100, 0, 1}},
    [GG_DOCX_HEADING_3] = {{32, 579, 1, 0, 0, 200, 1}, {24, 264, 0, 160, 80, 0, 1}},
    [GG_DOCX_ISSUER] = {{58, 240, 0, 0, 0, 0, 0}, {40, 240, 0, 0, 0, 0, 1}},
    [GG_DOCX_NUMBER] = {{32, 579, 1, 580, 0, 0, 0}, {24, 312, 0, 240, 0, 0, 0}},
    [GG_DOCX_STAMP] = {{32, 579, 1, 400, 240, 0, 0}, {24, 288, 0, 240, 240, 0, 1}},
    [GG_DOCX_NOTE] = {{28, 460, 1, 0, 0, 200, 0}, {20, 264, 0, 0, 80, 0, 0}},
    [GG_DOCX_COLOPHON] = {{28, 480, 1, 0, 0, 100, 0}, {20, 300, 0, 0, 0, 100, 0}},
    [GG_DOCX_CAPTION] = {{28, 440, 1, 240, 120, 0, 0}, {22, 264, 0, 240, 120, 0, 1}},
    [GG_DOCX_HEAD] = {{24, 264, 0, 40, 40, 0, 0}, {20, 252, 0, 30, 30, 0, 1}},
    [GG_DOCX_CELL] = {{24, 264, 0, 30, 30, 0, 0}, {20, 252, 0, 30, 30, 0, 0}},
    [GG_DOCX_FIGURE] = {{24, 264, 0, 30, 30, 0, 0}, {20, 252, 0, 30, 30, 0, 0}},
    [GG_DOCX_SMALL_HEAD] = {{18, 240, 0, 20, 20, 0, 0}, {17, 240, 0, 20, 20, 0, 1}},
    [GG_DOCX_SMALL_CELL] = {{18, 240, 0, 24, 24, 0, 0}, {17, 240, 0, 24, 24, 0, 0}},
    [GG_DOCX_SMALL_FIGURE] = {{18, 240, 0, 24, 24, 0, 0}, {17, 240, 0, 24, 24, 0, 0}},
    [GG_DOCX_FOOTER] = {{28, 240, 0, 0, 0, 0, 0}, {20, 240, 0, 0, 0, 0, 0}},
    [GG_DOCX_GAP] = {{2, 20, 1, 0, 0, 0, 0}, {2, 20, 1, 0, 0, 0, 0}},
};

const char *gg_docx_style_id(gg_docx_style style) {
    return styles[style].id;
}

int32_t gg_docx_style_size(gg_docx_style style, int english) {
    return types[style][english].size;
}

static void put_spacing(gg_buf *out, const type *t) {
    gg_buf_around(out, "<w:spacing w:before=\"", t->before, "\"");
    gg_buf_around(out, " w:after=\"", t->after, "\"");
    gg_buf_around(out, " w:line=\"", t->line,
                  t->exact ? "\" w:lineRule=\"exact\"/>" : "\" w:lineRule=\"auto\"/>");
    // In characters, and in twips for programs that do not count characters.
    gg_buf_around(out, "<w:ind w:firstLineChars=\"", t->indent, "\"");
    gg_buf_around(out, " w:firstLine=\"", (int64_t)t->indent * t->size / 10, "\"/>");
}

/* 16 pt is a little more than a 28th of 156 mm: body lines of Chinese are set a quarter of a point
 * closer, so that 28 characters stand in one. */
static int is_tight(gg_docx_style style, int english) {
    return !english && (style == GG_DOCX_BODY || style == GG_DOCX_FLUSH);
}

static void put_style(gg_buf *out, gg_docx_style number, int english) {
    const paragraph_style *s = &styles[number];
    const type *t = &types[number][english];
    gg_buf_text(out, number == GG_DOCX_BODY
                         ? "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\""
                         : "<w:style w:type=\"paragraph\" w:styleId=\"");
    gg_buf_text(out, s->id);
    gg_buf_text(out, "\"><w:name w:val=\"");
    gg_buf_text(out, s->name);
    gg_buf_text(out, s->outline >= 0 ? "\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr>"
                                     : "\"/><w:qFormat/><w:pPr>");
    gg_buf_text(out, s->before);
    put_spacing(out, t);
    gg_buf_text(out, "<w:jc w:val=\"");
    gg_buf_text(out, english && s->justify[0] == 'b' ? "left" : s->justify);
    gg_buf_text(out, "\"/>");
    if (s->outline >= 0) {
        gg_buf_around(out, "<w:outlineLvl w:val=\"", s->outline, "\"/>");
    }
    gg_buf_text(out, "</w:pPr><w:rPr><w:rFonts ");
    gg_buf_text(out, english ? "w:ascii=\"" : "w:hint=\"eastAsia\" w:ascii=\"");
    gg_buf_text(out, faces[s->face].latin[english]);
    gg_buf_text(out, "\" w:eastAsia=\"");
    gg_buf_text(out, faces[s->face].chinese);
    gg_buf_text(out, "\" w:hAnsi=\"");
    gg_buf_text(out, faces[s->face].latin[english]);
    gg_buf_text(out, "\" w:cs=\"Times New Roman\"/>");
    gg_buf_text(out, t->bold ? "<w:b/>" : "");
    gg_buf_text(out, s->colour != NULL ? "<w:color w:val=\"" : "");
    gg_buf_text(out, s->colour != NULL ? s->colour : "");
    gg_buf_text(out, s->colour != NULL ? "\"/>" : "");
    gg_buf_text(out, is_tight(number, english) ? "<w:spacing w:val=\"-5\"/>" : "");
    gg_buf_around(out, "<w:sz w:val=\"", t->size, "\"/>");
    gg_buf_around(out, "<w:szCs w:val=\"", t->size, "\"/></w:rPr></w:style>");
}

void gg_docx_put_styles(gg_buf *out, int english) {
    static const char *const borders[] = {"top", "left", "bottom", "right", "insideH", "insideV"};
    gg_buf_text(out,
                GG_XML_HEAD "<w:styles xmlns:w=\"" GG_WORD_NS "\"><w:docDefaults><w:rPrDefault>"
                            "<w:rPr><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" "
                            "w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/>"
                            "</w:docDefaults>");
    for (int i = 0; i < GG_DOCX_STYLES; i++) {
        put_style(out, (gg_docx_style)i, english);
    }
    gg_buf_text(out,
                "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"BulletinTable\"><w:name "
                "w:val=\"Bulletin Table\"/><w:tblPr><w:tblBorders>");
    for (size_t i = 0; i < sizeof borders / sizeof borders[0]; i++) {
        gg_buf_text(out, "<w:");
        gg_buf_text(out, borders[i]);
        gg_buf_text(out, " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    }
    gg_buf_text(out, "</w:tblBorders></w:tblPr></w:style></w:styles>");
}

void gg_docx_put_fonts(gg_buf *out) {
    gg_buf_text(out, GG_XML_HEAD "<w:fonts xmlns:w=\"" GG_WORD_NS "\">");
    for (size_t i = 0; i < sizeof fonts / sizeof fonts[0]; i++) {
        gg_buf_text(out, "<w:font w:name=\"");
        gg_buf_text(out, fonts[i].name);
        gg_buf_text(out, "\"><w:altName w:val=\"");
        gg_buf_text(out, fonts[i].instead);
        gg_buf_text(out, "\"/><w:panose1 w:val=\"");
        gg_buf_text(out, fonts[i].panose);
        gg_buf_text(out, "\"/><w:charset w:val=\"");
        gg_buf_text(out, fonts[i].charset);
        gg_buf_text(out, "\"/><w:family w:val=\"");
        gg_buf_text(out, fonts[i].family);
        gg_buf_text(out, "\"/></w:font>");
    }
    gg_buf_text(out, "</w:fonts>");
}
