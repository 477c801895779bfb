/* SPDX-License-Identifier: Apache-2.0 */
/* A bulletin as DOCX: one paragraph a line of a block, one table a block. Text is written as it
 * stands in the bulletin, never broken or joined, so that a reader gets back what was printed;
 * where a line should end early, as in a title of two lines, the paragraph is indented instead. */
#include "docx.h"

#include "base/error.h"
#include "base/markup.h"
#include "bulletin_view.h"
#include "package_writer.h"
#include "table_shape.h"

#include <string.h>

#define FOOTER_BELOW 1417   /* from the footer to the edge of the paper: 25 mm */
#define FOOTER_SIDEWAYS 850 /* 15 mm */
#define ISSUER_LEAST 44     /* half points: a name longer than the line breaks */
#define ISSUER_MOST 72
/* A frame of some width at the foot of the page. */
#define FOOT_FRAME(width)                                                                          \
    "<w:framePr w:w=\"" width "\" w:wrap=\"notBeside\" w:vAnchor=\"margin\" "                      \
    "w:hAnchor=\"margin\" w:xAlign=\"left\" w:yAlign=\"bottom\"/>"
#define GAP_BELOW_TABLE 240 /* twips to the paragraph behind a table */

void gg_docx_put_run(gg_buf *out, gg_str text, const char *extra) {
    gg_buf_text(out, "<w:r>");
    if (extra[0] != '\0') {
        gg_buf_text(out, "<w:rPr>");
        gg_buf_text(out, extra);
        gg_buf_text(out, "</w:rPr>");
    }
    gg_buf_text(out, "<w:t xml:space=\"preserve\">");
    gg_put_html(out, text);
    gg_buf_text(out, "</w:t></w:r>");
}

/* Properties of the section that ends here. */
static void put_section(gg_docx *d) {
    const int64_t wide = d->sideways ? GG_PAGE_LONG : GG_PAGE_SHORT;
    gg_buf_text(d->out, "<w:sectPr>");
    if (!d->footed) {
        gg_buf_text(d->out, "<w:footerReference w:type=\"default\" r:id=\"odd\"/>"
                            "<w:footerReference w:type=\"even\" r:id=\"even\"/>");
        d->footed = 1;
    }
    gg_buf_text(d->out, "<w:pgSz w:w=\"");
    gg_buf_int(d->out, wide);
    gg_buf_text(d->out, "\" w:h=\"");
    gg_buf_int(d->out, GG_PAGE_SHORT + GG_PAGE_LONG - wide);
    gg_buf_text(d->out, d->sideways ? "\" w:orient=\"landscape\"/><w:pgMar w:top=\""
                                    : "\"/><w:pgMar w:top=\"");
    gg_buf_int(d->out, d->sideways ? GG_MARGIN_LEFT : GG_MARGIN_TOP);
    gg_buf_text(d->out, "\" w:right=\"");
    gg_buf_int(d->out, d->sideways ? GG_MARGIN_TOP : GG_MARGIN_RIGHT);
    gg_buf_text(d->out, "\" w:bottom=\"");
    gg_buf_int(d->out, d->sideways ? GG_MARGIN_RIGHT : GG_MARGIN_BOTTOM);
    gg_buf_text(d->out, "\" w:left=\"");
    gg_buf_int(d->out, d->sideways ? GG_MARGIN_BOTTOM : GG_MARGIN_LEFT);
    gg_buf_text(d->out, "\" w:header=\"850\" w:footer=\"");
    gg_buf_int(d->out, d->sideways ? FOOTER_SIDEWAYS : FOOTER_BELOW);
    gg_buf_text(d->out, "\" w:gutter=\"0\"/></w:sectPr>");
}

/* A paragraph up to its runs. extra: properties that stand between the style and the spacing;
 * indent: "" or the element. */
static void open_paragraph(gg_docx *d, gg_docx_style style, const char *extra, const char *indent) {
    gg_buf_text(d->out, "<w:p><w:pPr><w:pStyle w:val=\"");
    gg_buf_text(d->out, gg_docx_style_id(style));
    gg_buf_text(d->out, "\"/>");
    gg_buf_text(d->out, extra);
    if (d->after_table) {
        gg_buf_text(d->out, "<w:spacing w:before=\"");
        gg_buf_int(d->out, GAP_BELOW_TABLE);
        gg_buf_text(d->out, "\"/>");
        d->after_table = 0;
    }
    gg_buf_text(d->out, indent);
    gg_buf_text(d->out, "</w:pPr>");
}

void gg_docx_turn(gg_docx *d, int sideways) {
    if (sideways == d->sideways || d->out->size == d->start) {
        d->sideways = sideways;
        return;
    }
    gg_buf_text(d->out, "<w:p><w:pPr><w:pStyle w:val=\"");
    gg_buf_text(d->out, gg_docx_style_id(GG_DOCX_GAP));
    gg_buf_text(d->out, "\"/>");
    put_section(d);
    gg_buf_text(d->out, "</w:pPr></w:p>");
    d->after_table = 0;
    d->sideways = sideways;
}

/* The lines of a block, one after the other. */
typedef struct lines {
    gg_buf text;
    gg_str rest;
} lines;

static void begin_lines(lines *l, const gg_docx *d, const gridgov_block *block) {
    *l = (lines){.rest = gg_str_of("")};
    gg_bulletin_put_runs(&l->text, d->bulletin, block->first_run, block->run_count);
    l->rest = gg_str_make(gg_buf_data(&l->text), l->text.size);
}

static int next_line(lines *l, gg_str *line) {
    int found = gg_text_next_line(line, &l->rest);
    *line = found ? gg_text_trim(*line) : *line;
    return found;
}

static void end_lines(lines *l, gg_docx *d) {
    d->out->failed |= gg_buf_failed(&l->text);
    gg_buf_release(&l->text);
}

static void put_lines(gg_docx *d, const gridgov_block *block, gg_docx_style style,
                      const char *extra, const char *indent) {
    lines l;
    gg_str line;
    begin_lines(&l, d, block);
    while (next_line(&l, &line)) {
        open_paragraph(d, style, extra, indent);
        gg_docx_put_run(d->out, line, "");
        gg_buf_text(d->out, "</w:p>");
    }
    end_lines(&l, d);
}

static int is_opening(uint32_t c) {
    return c == 0x201C || c == 0x300A || c == 0xFF08 || c == 0x3010 || c == 0x300C;
}

static int is_closing(uint32_t c) {
    return c == 0x201D || c == 0x300B || c == 0xFF09 || c == 0x3011 || c == 0x300D || c == 0x3001 ||
           c == 0xFF0C || c == 0xFF1A || c == 0xFF1B;
}

/* Where a title of more than a line but not more than two should break: the width of its first line
 * in twelfths of an em, the longer of the two, and at a bracket, quote, comma or blank if there is
 * one. 0: it fits one line, or needs more than two. */
static int64_t first_line_of_two(gg_str title, int64_t room) {
    const int64_t whole = gg_text_em(title);
    int64_t plain = 0, here = 0;
    uint32_t before = 0;
    if (whole <= room || whole > 2 * room) {
        return 0;
    }
    for (size_t at = 0; at < title.size && here <= room;) {
        size_t from = at;
        uint32_t c = gg_utf8_next(title.data, title.size, &at);
        if (2 * here >= whole) {
            if (is_closing(before) || is_opening(c) || before == ' ') {
                return here;
            }
            plain = plain == 0 && !is_closing(c) && c > 0x7F ? here : plain;
        }
        here += gg_text_em(gg_str_make(title.data + from, at - from));
        before = c;
    }
    return plain;
}

/* Indents on both sides that leave room for the first line and half a character more. */
static void put_title_indent(gg_buf *out, gg_str title, int english) {
    const int64_t em = (int64_t)gg_docx_style_size(GG_DOCX_TITLE, english) * 10;
    int64_t room = (int64_t)GG_TEXT_SHORT * GG_EM / em;
    int64_t first = first_line_of_two(title, english ? room * 5 / 6 : room); // bold is wider
    int64_t each = (GG_TEXT_SHORT - (first + GG_EM / 2) * em / GG_EM) / 2;
    if (first > 0 && each > 0) {
        gg_buf_text(out, "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\" w:left=\"");
        gg_buf_int(out, each);
        gg_buf_text(out, "\" w:right=\"");
        gg_buf_int(out, each);
        gg_buf_text(out, "\"/>");
    }
}

/* A second title begins a page. */
static void put_title(gg_docx *d, const gridgov_block *block) {
    gg_buf indent = {0};
    lines l;
    gg_str line;
    int64_t count = 0;
    begin_lines(&l, d, block);
    while (next_line(&l, &line)) {
        gg_buf_clear(&indent);
        put_title_indent(&indent, line, d->english);
        d->out->failed |= gg_buf_failed(&indent);
        open_paragraph(d, GG_DOCX_TITLE,
                       count > 0   ? "<w:spacing w:before=\"0\"/>"
                       : d->titled ? "<w:pageBreakBefore/>"
                                   : "",
                       gg_buf_data(&indent));
        gg_docx_put_run(d->out, line, "");
        gg_buf_text(d->out, "</w:p>");
        count++;
    }
    d->titled |= count > 0;
    gg_buf_release(&indent);
    end_lines(&l, d);
}

/* The first line of all is the issuer's name, as large as one line holds; below it the number of
 * the document, and under the last line the red rule. */
static void put_issuer(gg_docx *d, const gridgov_block *block, int last) {
    static const char rule[] = "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"16\" w:space=\"11\" "
                               "w:color=\"CC0000\"/></w:pBdr>";
    gg_buf size = {0};
    lines l;
    gg_str line;
    begin_lines(&l, d, block);
    while (next_line(&l, &line)) {
        int ends = last && gg_text_trim(l.rest).size == 0;
        gg_buf_clear(&size);
        open_paragraph(d, d->named ? GG_DOCX_NUMBER : GG_DOCX_ISSUER, ends ? rule : "", "");
        if (!d->named && !d->english) {
            int64_t fits = (int64_t)GG_TEXT_SHORT * GG_EM / 10 / (gg_text_em(line) + 1);
            fits = fits < ISSUER_LEAST ? ISSUER_LEAST : fits > ISSUER_MOST ? ISSUER_MOST : fits;
            gg_buf_text(&size, "<w:sz w:val=\"");
            gg_buf_int(&size, fits);
            gg_buf_text(&size, "\"/>");
            d->out->failed |= gg_buf_failed(&size);
        }
        gg_docx_put_run(d->out, line, gg_buf_data(&size));
        gg_buf_text(d->out, "</w:p>");
        d->named = 1;
    }
    gg_buf_release(&size);
    end_lines(&l, d);
}

/* At the foot of the last page. */
static void put_colophon(gg_docx *d, const gridgov_block *block) {
    static const char upright[] = FOOT_FRAME("8844"), sideways[] = FOOT_FRAME("12756");
    put_lines(d, block, GG_DOCX_COLOPHON, d->sideways ? sideways : upright, "");
}

static int is_coded(const gridgov_block *block, const char *code) {
    return strcmp(block->code, code) == 0;
}

/* Lines to sign stand on one page: does another one follow? */
static int goes_on(const gg_docx *d, const gridgov_block *block, int64_t index) {
    gridgov_block next = gg_bulletin_block(d->bulletin, index + 1);
    return is_coded(block, "signature") && is_coded(&next, "signature");
}

static void put_text_block(gg_docx *d, const gridgov_block *block, int64_t index) {
    static const gg_docx_style headings[] = {GG_DOCX_HEADING_1, GG_DOCX_HEADING_2,
                                             GG_DOCX_HEADING_3};
    switch (block->kind) {
    case GRIDGOV_BLOCK_TITLE:
        put_title(d, block);
        break;
    case GRIDGOV_BLOCK_HEADING:
        put_lines(d, block, headings[block->level - 1], "", "");
        break;
    case GRIDGOV_BLOCK_NOTE:
        put_lines(d, block, GG_DOCX_NOTE, "", "");
        break;
    case GRIDGOV_BLOCK_STAMP:
        put_lines(d, block, GG_DOCX_STAMP, "", "<w:ind w:left=\"1200\" w:right=\"1200\"/>");
        break;
    case GRIDGOV_BLOCK_ISSUER:
        put_issuer(d, block,
                   gg_bulletin_block(d->bulletin, index + 1).kind != GRIDGOV_BLOCK_ISSUER);
        break;
    case GRIDGOV_BLOCK_COLOPHON:
        put_colophon(d, block);
        break;
    default:
        put_lines(d, block, is_coded(block, "addressees") ? GG_DOCX_FLUSH : GG_DOCX_BODY,
                  goes_on(d, block, index) ? "<w:keepNext/>" : "", "");
        break;
    }
}

static gridgov_status put_block(gg_docx *d, int64_t index, gridgov_error *err) {
    gridgov_block block = gg_bulletin_block(d->bulletin, index);
    if (block.kind == GRIDGOV_BLOCK_TABLE) {
        return gg_docx_put_table(d, &block, err);
    }
    if (d->sideways && block.kind != GRIDGOV_BLOCK_NOTE && block.kind != GRIDGOV_BLOCK_COLOPHON) {
        gg_docx_turn(d, 0);
    }
    put_text_block(d, &block, index);
    return GRIDGOV_OK;
}

gridgov_status gg_render_docx(gg_buf *out, const gridgov_bulletin *bulletin, gridgov_error *err) {
    gg_buf document = {0};
    gg_docx d = {
        .out = &document, .bulletin = bulletin, .english = gg_bulletin_in_english(bulletin)};
    gridgov_status status = GRIDGOV_OK;
    gg_buf_text(&document, GG_XML_HEAD "<w:document xmlns:w=\"" GG_WORD_NS
                                       "\" xmlns:r=\"" GG_OFFICE_REL_NS "\"><w:body>");
    d.start = document.size;
    for (int64_t i = 0; status == GRIDGOV_OK && i < gridgov_bulletin_block_count(bulletin); i++) {
        status = put_block(&d, i, err);
    }
    if (d.after_table || document.size == d.start) {
        gg_buf_text(&document, "<w:p><w:pPr><w:pStyle w:val=\"");
        gg_buf_text(&document, gg_docx_style_id(GG_DOCX_GAP));
        gg_buf_text(&document, "\"/></w:pPr></w:p>");
    }
    put_section(&d);
    gg_buf_text(&document, "</w:body></w:document>");
    if (status == GRIDGOV_OK) {
        status = gg_docx_pack(out, &document, bulletin, d.english, err);
    }
    gg_buf_release(&document);
    return status;
}
