/* SPDX-License-Identifier: Apache-2.0 */
/* One self-contained HTML page: no script, nothing fetched (a content policy says so), readable on
 * a phone, and printing as an official document in the spirit of GB/T 9704 (html_style.h). Tables
 * keep their spans; header cells carry a scope, the leading text cells of a body row are row
 * headers, and the table head repeats on every printed page. The language is the pin "language",
 * Chinese without one. All text goes through base/markup. */
#include "base/markup.h"
#include "html_style.h"
#include "render_parts.h"

#include <string.h>

#define WIDE_COLUMNS 8 /* a table of more columns takes smaller print */

/* State of a page being written. */
typedef struct page {
    gg_buf *buf;
    const gridgov_bulletin *bulletin;
    int64_t table_count;
    int issuer_said; /* the first line of the first issuer block is the red heading */
} page;

static int speaks_english(const gridgov_bulletin *bulletin) {
    const char *language = gridgov_bulletin_pin_value(bulletin, "language");
    return language != NULL &&
           strcmp(language, gridgov_code_text(GRIDGOV_KIND_LANG, GRIDGOV_LANG_EN)) == 0;
}

/* Text of runs as HTML, lines parted by <br>. */
static void put_inline(page *p, int64_t first, int64_t count) {
    gg_buf text = {0};
    gg_str line, rest;
    int lines = 0;
    gg_put_runs(&text, p->bulletin, first, count);
    rest = gg_str_make(gg_buf_data(&text), text.size);
    while (gg_text_next_line(&line, &rest)) {
        gg_buf_text(p->buf, lines++ > 0 ? "<br>" : "");
        gg_put_html(p->buf, line);
    }
    p->buf->failed |= gg_buf_failed(&text);
    gg_buf_release(&text);
}

/* One element a line of the block. */
static void put_lines(page *p, const gridgov_block *block, const char *open, const char *close) {
    gg_buf text = {0};
    gg_str line, rest;
    gg_put_runs(&text, p->bulletin, block->first_run, block->run_count);
    rest = gg_str_make(gg_buf_data(&text), text.size);
    while (gg_text_next_line(&line, &rest)) {
        gg_buf_text(p->buf, open);
        gg_put_html(p->buf, gg_text_trim(line));
        gg_buf_text(p->buf, close);
    }
    p->buf->failed |= gg_buf_failed(&text);
    gg_buf_release(&text);
}

static void put_issuer(page *p, const gridgov_block *block, int last) {
    gg_buf text = {0};
    gg_str line, rest;
    gg_put_runs(&text, p->bulletin, block->first_run, block->run_count);
    rest = gg_str_make(gg_buf_data(&text), text.size);
    while (gg_text_next_line(&line, &rest)) {
        gg_buf_text(p->buf, p->issuer_said ? "<p class=\"number\">" : "<p class=\"issuer\">");
        gg_put_html(p->buf, gg_text_trim(line));
        gg_buf_text(p->buf, "</p>\n");
        p->issuer_said = 1;
    }
    gg_buf_text(p->buf, last ? "<hr class=\"rule\">\n" : "");
    p->buf->failed |= gg_buf_failed(&text);
    gg_buf_release(&text);
}

/* Is there a figure among the cell's runs? */
static int holds_figure(const page *p, const gridgov_table_cell *cell) {
    for (int64_t i = 0; i < cell->run_count; i++) {
        if (gg_run_at(p->bulletin, cell->first_run + i).figure != GRIDGOV_NONE) {
            return 1;
        }
    }
    return 0;
}

static void put_cell(page *p, const gridgov_table_cell *cell, const char *tag, const char *scope) {
    gg_buf *buf = p->buf;
    int64_t name_runs = cell->header && cell->run_count > 1 ? 1 : cell->run_count;
    gg_buf_byte(buf, '<');
    gg_buf_text(buf, tag);
    gg_buf_text(buf, scope);
    if (cell->row_span > 1) {
        gg_buf_text(buf, " rowspan=\"");
        gg_buf_int(buf, cell->row_span);
        gg_buf_byte(buf, '"');
    }
    if (cell->column_span > 1) {
        gg_buf_text(buf, " colspan=\"");
        gg_buf_int(buf, cell->column_span);
        gg_buf_byte(buf, '"');
    }
    gg_buf_byte(buf, '>');
    put_inline(p, cell->first_run, name_runs);
    if (name_runs < cell->run_count) {
        gg_buf_text(buf, "<small>");
        put_inline(p, cell->first_run + name_runs, cell->run_count - name_runs);
        gg_buf_text(buf, "</small>");
    }
    gg_buf_text(buf, "</");
    gg_buf_text(buf, tag);
    gg_buf_byte(buf, '>');
}

/* Cells [first, end) of one row. Leading text before the first figure names the row; a row without
 * figures is named by its first column. */
static void put_row(page *p, int64_t first, int64_t end) {
    int64_t names = first;
    while (names < end) {
        gridgov_table_cell cell = gg_cell_at(p->bulletin, names);
        if (holds_figure(p, &cell)) {
            break;
        }
        names++;
    }
    if (names == end && first < end) {
        names = gg_cell_at(p->bulletin, first).column == 0 ? first + 1 : first;
    }
    gg_buf_text(p->buf, "<tr>");
    for (int64_t i = first; i < end; i++) {
        gridgov_table_cell cell = gg_cell_at(p->bulletin, i);
        int is_name = i < names && cell.run_count > 0;
        if (cell.header) {
            put_cell(p, &cell, "th", " scope=\"col\"");
        } else if (is_name) {
            put_cell(p, &cell, "th", " scope=\"row\"");
        } else {
            put_cell(p, &cell, "td", "");
        }
    }
    gg_buf_text(p->buf, "</tr>\n");
}

/* Rows [from, to) of a table, beginning at cell *next, which is moved on. */
static void put_rows(page *p, const gridgov_block *block, int64_t from, int64_t to, int64_t *next) {
    int64_t end = block->first_cell + block->cell_count;
    for (int64_t row = from; row < to && !gg_buf_failed(p->buf); row++) {
        int64_t first = *next;
        while (*next < end && gg_cell_at(p->bulletin, *next).row == row) {
            ++*next;
        }
        put_row(p, first, *next);
    }
}

static void put_table(page *p, const gridgov_block *block) {
    gg_buf *buf = p->buf;
    int64_t next = block->first_cell;
    int captioned = block->run_count > 0;
    p->table_count++;
    gg_buf_text(buf, "<div class=\"scroll\" tabindex=\"0\"");
    if (captioned) {
        gg_buf_text(buf, " role=\"region\" aria-labelledby=\"caption-");
        gg_buf_int(buf, p->table_count);
        gg_buf_byte(buf, '"');
    }
    gg_buf_text(buf, block->column_count > WIDE_COLUMNS ? ">\n<table class=\"wide\">\n"
                                                        : ">\n<table>\n");
    if (captioned) {
        gg_buf_text(buf, "<caption id=\"caption-");
        gg_buf_int(buf, p->table_count);
        gg_buf_text(buf, "\">");
        put_inline(p, block->first_run, block->run_count);
        gg_buf_text(buf, "</caption>\n");
    }
    if (block->header_row_count > 0) {
        gg_buf_text(buf, "<thead>\n");
        put_rows(p, block, 0, block->header_row_count, &next);
        gg_buf_text(buf, "</thead>\n");
    }
    gg_buf_text(buf, "<tbody>\n");
    put_rows(p, block, block->header_row_count, block->row_count, &next);
    gg_buf_text(buf, "</tbody>\n</table>\n</div>\n");
}

static void put_colophon(page *p, const gridgov_block *block) {
    gg_buf_text(p->buf, "<footer class=\"colophon\">\n");
    put_lines(p, block, "<p>", "</p>\n");
    gg_buf_text(p->buf, "</footer>\n");
}

static void put_heading(page *p, const gridgov_block *block, int level) {
    char open[] = "<h1>", close[] = "</h1>\n";
    open[2] = (char)('0' + level);
    close[3] = open[2];
    gg_buf_text(p->buf, open);
    put_inline(p, block->first_run, block->run_count);
    gg_buf_text(p->buf, close);
}

static void put_block(page *p, const gridgov_block *block, int next_kind) {
    switch (block->kind) {
    case GRIDGOV_BLOCK_TITLE:
        put_heading(p, block, 1);
        break;
    case GRIDGOV_BLOCK_HEADING:
        put_heading(p, block, block->level + 1);
        break;
    case GRIDGOV_BLOCK_TABLE:
        put_table(p, block);
        break;
    case GRIDGOV_BLOCK_NOTE:
        put_lines(p, block, "<p class=\"note\">", "</p>\n");
        break;
    case GRIDGOV_BLOCK_STAMP:
        put_lines(p, block, "<p class=\"stamp\" role=\"note\">", "</p>\n");
        break;
    case GRIDGOV_BLOCK_ISSUER:
        put_issuer(p, block, next_kind != GRIDGOV_BLOCK_ISSUER);
        break;
    case GRIDGOV_BLOCK_COLOPHON:
        put_colophon(p, block);
        break;
    default:
        put_lines(p, block,
                  strcmp(block->code, "addressees") == 0 ? "<p class=\"addressees\">" : "<p>",
                  "</p>\n");
        break;
    }
}

/* The page's title: the document's, else its issuer's name. */
static void put_title(page *p) {
    int64_t count = gridgov_bulletin_block_count(p->bulletin);
    int64_t best = GRIDGOV_NONE;
    for (int64_t i = count - 1; i >= 0; i--) {
        int32_t kind = gg_block_at(p->bulletin, i).kind;
        int32_t found = best == GRIDGOV_NONE ? 0 : gg_block_at(p->bulletin, best).kind;
        if (kind == GRIDGOV_BLOCK_TITLE ||
            (kind == GRIDGOV_BLOCK_ISSUER && found != GRIDGOV_BLOCK_TITLE)) {
            best = i;
        }
    }
    if (best == GRIDGOV_NONE) {
        gg_buf_text(p->buf, "gridgov");
    } else {
        gridgov_block block = gg_block_at(p->bulletin, best);
        gg_buf text = {0};
        gg_str line, rest;
        gg_put_runs(&text, p->bulletin, block.first_run, block.run_count);
        rest = gg_str_make(gg_buf_data(&text), text.size);
        if (gg_text_next_line(&line, &rest)) {
            gg_put_html(p->buf, gg_text_trim(line));
        }
        p->buf->failed |= gg_buf_failed(&text);
        gg_buf_release(&text);
    }
}

void gg_render_html(gg_buf *buf, const gridgov_bulletin *bulletin) {
    page p = {.buf = buf, .bulletin = bulletin};
    int64_t count = gridgov_bulletin_block_count(bulletin);
    gg_buf_text(buf, "<!DOCTYPE html>\n<html lang=\"");
    gg_buf_text(buf, speaks_english(bulletin) ? "en" : "zh-CN");
    gg_buf_text(buf, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" "
                     "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<title>");
    put_title(&p);
    gg_buf_text(buf, "</title>\n<style>\n");
    for (size_t i = 0; i < sizeof style_pieces / sizeof style_pieces[0]; i++) {
        gg_buf_text(buf, style_pieces[i]);
    }
    gg_buf_text(buf, "</style>\n</head>\n<body>\n<main>\n");
    for (int64_t i = 0; i < count && !gg_buf_failed(buf); i++) {
        gridgov_block block = gg_block_at(bulletin, i);
        put_block(&p, &block, gg_block_at(bulletin, i + 1).kind);
    }
    gg_buf_text(buf, "</main>\n</body>\n</html>\n");
}
