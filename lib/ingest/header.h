/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the header of a table below titles. */
#ifndef GG_HEADER_H
#define GG_HEADER_H

#include "columns.h"

/* Rows with text among which a header is looked for. */
#define GG_HEADER_ROWS 30

/* 1 if a row has a cell with text. */
int gg_row_has_text(const gridgov_rows *rows);

/* How a heading would do for a table. */
typedef struct gg_header_fit {
    int32_t found, missing, unused; /* fields with a column, needed fields without, other columns */
} gg_header_fit;

/* A search, and what it found. Zero-initialise but for the first members; release when done. */
typedef struct gg_header_search {
    gridgov_rows *rows;
    const gridgov_mapping *mapping; /* may be NULL */
    int32_t wanted;                 /* table; 0: the one that suits best */
    /* Told of every row with text down to the end of the header, in their order; may be NULL. */
    void (*passed)(void *user, const gg_kept_row *row);
    void *user;

    int32_t table;      /* of the heading; 0: there is none */
    int32_t nearest;    /* then, if any table would do: the one that came nearest; 0 */
    gg_heading heading; /* found; else the one that came nearest */
    gg_header_fit fit;
    int64_t above; /* rows with text above it */
} gg_header_search;

/* Search; the cursor stands on the heading then, both rows of it in one. A table without one ends
 * with table 0 and the status GRIDGOV_OK. */
gridgov_status gg_header_search_run(gg_header_search *search, gridgov_error *err);
void gg_header_search_release(gg_header_search *search);

#endif
