/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a sheet as a gridgov_rows_source, whatever the workbook is written in. A reader puts
 * this in front of its own struct, fills one row at a time and knows nothing of cursors. */
#ifndef GG_SHEET_CURSOR_H
#define GG_SHEET_CURSOR_H

#include "workbook.h"

typedef struct gg_sheet_cursor gg_sheet_cursor;

typedef struct gg_sheet_reader {
    size_t size; /* of its struct */
    /* Read the next row, GRIDGOV_END behind the last; merged areas are not its matter. */
    gridgov_status (*next)(gg_sheet_cursor *sheet, gridgov_error *err);
    /* Give back what the reader itself holds. */
    void (*release)(gg_sheet_cursor *sheet);
} gg_sheet_reader;

struct gg_sheet_cursor {
    const gg_sheet_reader *reader;
    gridgov_workbook *book; /* a hold of it */
    int64_t place;          /* of the sheet, see gg_sheet */
    gg_sheet_row row;
    gg_merges merges;
    gg_buf shown;        /* text of the cell being read, as it is handed out */
    int32_t *uncomputed; /* columns of the row with formulas that have no value, from 1 */
    size_t uncomputed_count, uncomputed_room, uncomputed_told;
};

/* A formula of the row, in a 0-based column, has no value: it is read as an empty cell, and told.
 * 0, or -1 when memory is short. */
int gg_sheet_cursor_uncomputed(gg_sheet_cursor *sheet, int64_t column);

/* Make a zeroed reader for a sheet, behind the callbacks of a source; takes a hold of the book,
 * which close gives back with everything else. */
gridgov_status gg_sheet_cursor_new(gridgov_rows_source *out, const gg_sheet_reader *reader,
                                   gridgov_workbook *book, size_t sheet, gridgov_error *err);

#endif
