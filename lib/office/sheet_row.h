/* SPDX-License-Identifier: Apache-2.0 */
/* One row of a sheet while it is read, and the merged cells that reach into it; the same for XLSX
 * and XLS. */
#ifndef GG_SHEET_ROW_H
#define GG_SHEET_ROW_H

#include "base/buf.h"

#include <gridgov/base.h>

#include <stdint.h>

/* Rows and columns of the largest sheet there is (ECMA-376, 16 384 columns of 1 048 576 rows). */
#define GG_SHEET_ROWS 1048576
#define GG_SHEET_COLUMNS 16384

/* What a sheet may cost; no zeros. */
typedef struct gg_sheet_limits {
    int64_t cell;    /* bytes of a cell */
    int64_t row;     /* bytes of a row */
    int64_t columns; /* of a row */
    int64_t rows;    /* with a cell */
    int64_t strings; /* bytes of the shared strings, with 8 for each */
    int64_t merges;  /* merged areas of a sheet */
} gg_sheet_limits;

typedef struct gg_cell {
    size_t start, size;
} gg_cell;

typedef struct gg_sheet_row {
    const gg_sheet_limits *limits;
    gg_buf text;    /* of all cells, each with a NUL behind it */
    gg_cell *cells; /* by column; those not given are empty */
    size_t count, capacity;
    int64_t number; /* 1-based */
    int64_t seen;   /* rows so far */
    int has_text;   /* 1 if a cell is not empty */
} gg_sheet_row;

/* Begin an empty row; numbers go upwards. */
gridgov_status gg_sheet_row_begin(gg_sheet_row *row, int64_t number, gridgov_error *err);
/* Give a cell its text; the last one given counts. column is 0-based. */
gridgov_status gg_sheet_row_set(gg_sheet_row *row, int64_t column, gg_str text, gridgov_error *err);
/* Text of a cell, "" where there is none, borrowed until the row changes. */
gg_str gg_sheet_row_text(const gg_sheet_row *row, int64_t column);
/* Fail with the row and a column in the error. */
gridgov_status gg_sheet_row_fail(const gg_sheet_row *row, int64_t column, int32_t rule,
                                 gg_str value, int64_t limit, gridgov_error *err);
void gg_sheet_row_release(gg_sheet_row *row);

/* A merged area; rows 1-based, columns 0-based, both inclusive. */
typedef struct gg_merge {
    int32_t first_row, last_row, first_column, last_column;
} gg_merge;

typedef struct gg_merges {
    gg_merge *items;
    size_t count, capacity, next; /* next: the first that has not begun */
    struct gg_open_merge *open;   /* those that reach into the current row */
    size_t open_count, open_capacity;
    int64_t open_bytes;
    int64_t carried; /* cells so far */
    int64_t reached; /* rows under open areas so far, for each area */
    int sorted;
} gg_merges;

/* What is done with merged areas; the values of GRIDGOV_MERGED_*. */
gridgov_status gg_merges_add(gg_merges *merges, const gg_merge *merge,
                             const gg_sheet_limits *limits, gridgov_error *err);
/* Carry the text of merged areas into a complete row: down the first column, or over all of the
 * area. A row without text of its own stays empty. */
gridgov_status gg_merges_apply(gg_merges *merges, gg_sheet_row *row, int32_t how,
                               gridgov_error *err);
void gg_merges_release(gg_merges *merges);

#endif
