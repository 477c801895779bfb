/* SPDX-License-Identifier: Apache-2.0 */
/* A bulletin as DOCX while it is written. Lengths are twentieths of a point ("twips"), sizes of
 * type half points, as in the file. */
#ifndef GG_DOCX_H
#define GG_DOCX_H

#include "base/buf.h"

#include <gridgov/bulletin.h>

/* GB/T 9704-2012: A4, margins 37/26/35/28 mm, so that 156 mm by 225 mm are for the text. */
#define GG_PAGE_SHORT 11906 /* 210 mm */
#define GG_PAGE_LONG 16838  /* 297 mm */
#define GG_MARGIN_TOP 2098
#define GG_MARGIN_RIGHT 1474
#define GG_MARGIN_BOTTOM 1984
#define GG_MARGIN_LEFT 1588
#define GG_TEXT_SHORT (GG_PAGE_SHORT - GG_MARGIN_LEFT - GG_MARGIN_RIGHT)
#define GG_TEXT_LONG (GG_PAGE_LONG - GG_MARGIN_TOP - GG_MARGIN_BOTTOM)

/* Styles of paragraphs, by the numbers of the tables in docx_styles.c. */
typedef enum gg_docx_style {
    GG_DOCX_BODY,
    GG_DOCX_FLUSH, /* the body without its indent: to whom it goes */
    GG_DOCX_TITLE,
    GG_DOCX_HEADING_1,
    GG_DOCX_HEADING_2,
    GG_DOCX_HEADING_3,
    GG_DOCX_ISSUER,
    GG_DOCX_NUMBER,
    GG_DOCX_STAMP,
    GG_DOCX_NOTE,
    GG_DOCX_COLOPHON,
    GG_DOCX_CAPTION,
    GG_DOCX_HEAD, /* of a table */
    GG_DOCX_CELL,
    GG_DOCX_FIGURE,
    GG_DOCX_SMALL_HEAD, /* the same of a wide table */
    GG_DOCX_SMALL_CELL,
    GG_DOCX_SMALL_FIGURE,
    GG_DOCX_FOOTER,
    GG_DOCX_GAP, /* an empty line of no height, where the format wants a paragraph */
    GG_DOCX_STYLES
} gg_docx_style;

#define GG_WORD_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

const char *gg_docx_style_id(gg_docx_style style);
int32_t gg_docx_style_size(gg_docx_style style, int english);
/* word/styles.xml and word/fontTable.xml. */
void gg_docx_put_styles(gg_buf *out, int english);
void gg_docx_put_fonts(gg_buf *out);

typedef struct gg_docx {
    gg_buf *out; /* word/document.xml */
    const gridgov_bulletin *bulletin;
    int english;
    int sideways;      /* 1: the section being written is */
    int footed;        /* 1: a section has named the footers, which the others inherit */
    int after_table;   /* 1: nothing stands between a table and here */
    int titled, named; /* 1: a title, the issuer's name has been written */
    size_t start;      /* size of the document before its first paragraph */
} gg_docx;

/* Go on on pages that are upright or turned sideways: ends the section, if there is one. */
void gg_docx_turn(gg_docx *d, int sideways);
/* A run of text; extra: properties of the run in the order of the schema. */
void gg_docx_put_run(gg_buf *out, gg_str text, const char *extra);

/* A table with its caption. ELIMIT if a DOCX cannot have so many columns. */
gridgov_status gg_docx_put_table(gg_docx *d, const gridgov_block *block, gridgov_error *err);

/* Pack word/document.xml with everything else that a DOCX has. */
gridgov_status gg_docx_pack(gg_buf *out, const gg_buf *document, const gridgov_bulletin *bulletin,
                            int english, gridgov_error *err);
/* The whole file, appended to out. */
gridgov_status gg_render_docx(gg_buf *out, const gridgov_bulletin *bulletin, gridgov_error *err);

#endif
