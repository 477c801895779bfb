/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a bulletin as a document: paragraphs and tables in reading order. Text is normalised
 * (full-width forms of ASCII become ASCII, rare blanks become a blank), one character for one, and
 * lives in the document's arena. */
#ifndef GG_AUDIT_DOCUMENT_H
#define GG_AUDIT_DOCUMENT_H

#include "base/mem.h"
#include "base/text.h"
#include "printed.h"

#include <gridgov/job.h>

#define GG_AUDIT_BYTES_MAX ((size_t)64 << 20)
#define GG_AUDIT_COLUMNS_MAX 1024
#define GG_AUDIT_CELLS_MAX ((size_t)4 << 20)

typedef struct gg_audit_line {
    gg_str text;
    int64_t number; /* 1-based */
} gg_audit_line;

/* Kinds of rows. A caption row stands above the header inside a table. */
enum { GG_ROW_DATA = 0, GG_ROW_HEADER = 1, GG_ROW_REPEATED = 2, GG_ROW_CAPTION = 3 };

typedef struct gg_audit_cell {
    gg_str text;
    gg_str unit; /* behind the number; of a header cell that its copies outvote: its own text */
    gg_printed number; /* if kind is GG_CELL_NUMBER */
    int32_t kind;      /* GG_CELL_* */
    int32_t figure;    /* index, −1 before figures are made */
} gg_audit_cell;

/* What a row of data is. */
enum {
    GG_BODY_PLAIN = 0,
    GG_BODY_TOTAL = 1,
    GG_BODY_SUBTOTAL = 2,
    GG_BODY_MEAN = 3,
    GG_BODY_OF_WHICH = 4, /* 其中: counted in another row */
    GG_BODY_SECTION = 5   /* no number in it */
};

typedef struct gg_audit_row {
    int64_t line;   /* of the text */
    int32_t number; /* 1-based in the table, header rows counted */
    int32_t kind;   /* GG_ROW_* */
    int32_t header; /* of a repeated header: which header row it repeats */
    int32_t count;  /* cells */
    int32_t body;   /* GG_BODY_* of a data row */
    size_t first;   /* index of the first cell */
} gg_audit_row;

/* How the cells of a table were separated. */
enum { GG_FORM_NONE = 0, GG_FORM_TAB = 1, GG_FORM_PIPE = 2, GG_FORM_COMMA = 3, GG_FORM_GAP = 4 };

typedef struct gg_audit_table {
    size_t first_row, row_count; /* rows of the document */
    int32_t form;                /* GG_FORM_* */
    int32_t columns;             /* of the widest row */
    int32_t number;              /* 1-based */
    int32_t header_rows;         /* leading rows that are GG_ROW_HEADER or GG_ROW_CAPTION */
} gg_audit_table;

/* Where a piece of a paragraph stood. */
typedef struct gg_audit_piece {
    size_t offset; /* in the paragraph */
    int64_t line;
    size_t indent; /* characters of the line before the piece */
} gg_audit_piece;

typedef struct gg_audit_paragraph {
    gg_str text;
    size_t first_piece, piece_count;
    int32_t heading; /* 1 a short line without the marks of a sentence */
} gg_audit_paragraph;

enum { GG_BLOCK_PARAGRAPH = 0, GG_BLOCK_TABLE = 1 };

typedef struct gg_audit_block {
    int32_t kind; /* GG_BLOCK_* */
    size_t index;
} gg_audit_block;

typedef struct gg_audit_document {
    gg_arena arena;
    char *text;
    gg_audit_line *lines;
    size_t line_count, line_room;
    gg_audit_cell *cells;
    size_t cell_count, cell_room;
    gg_audit_row *rows;
    size_t row_count, row_room;
    gg_audit_table *tables;
    size_t table_count, table_room;
    gg_audit_paragraph *paragraphs;
    size_t paragraph_count, paragraph_room;
    gg_audit_piece *pieces;
    size_t piece_count, piece_room;
    gg_audit_block *blocks;
    size_t block_count, block_room;
} gg_audit_document;

/* Read a text. Release the document whatever came back. */
gridgov_status gg_audit_read(gg_audit_document *document, const char *text, size_t size,
                             gridgov_job *job, gridgov_error *err);
void gg_audit_document_release(gg_audit_document *document);

/* audit_lines.c: normalise and split into lines; ELIMIT, EFORMAT, ENOMEM. */
gridgov_status gg_audit_split(gg_audit_document *document, const char *text, size_t size,
                              gridgov_error *err);
/* Form of the table that starts at a line, and the first line behind it; GG_FORM_NONE if none
 * starts at any of the lines up to there. */
int32_t gg_audit_table_at(const gg_audit_document *document, size_t line, size_t *end);

/* audit_rows.c: cut the lines into cells and add them as a table, or to the last one that they
 * continue. */
gridgov_status gg_audit_add_table(gg_audit_document *document, int32_t form, size_t line,
                                  size_t end, int continues, gridgov_error *err);
/* Tell header rows, repeated headers and captions from data, among the first rows and those from a
 * row on. */
void gg_audit_mark_rows(gg_audit_document *document, gg_audit_table *table, size_t from);

/* A cell; a blank one where the row is short. */
const gg_audit_cell *gg_audit_cell_at(const gg_audit_document *document, const gg_audit_row *row,
                                      int32_t column);
/* Does the text contain the word? Offset of the first place, or SIZE_MAX. */
size_t gg_audit_find(gg_str text, const char *word);
int gg_audit_has(gg_str text, const char *word);
/* Does it contain one of the words, separated by '|'? */
int gg_audit_has_any(gg_str text, const char *words);
/* Is it one of them, blanks apart? */
int gg_audit_is_any(gg_str text, const char *words);
/* The marks of a printed page between two lines of prose: "— 3 —", "第3页", "3". */
int gg_audit_is_page_mark(gg_str text);

#endif
