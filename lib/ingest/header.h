/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the header of a table below titles. */
#ifndef GG_HEADER_H
#define GG_HEADER_H

#include "base/buf.h"
#include "columns.h"

/* Rows with text among which a header is looked for. */
#define GG_HEADER_ROWS 30

/* A row that was read and left, as rows of its own; zero-initialise. */
typedef struct gg_kept_row {
    gg_buf text;    /* cells one behind the other, each with its NUL */
    size_t *starts; /* of each cell */
    int64_t count, number;
    size_t capacity;
    int given; /* 1 once its rows stand on it */
} gg_kept_row;

/* 1 if a row has a cell with text. */
int gg_row_has_text(const gridgov_rows *rows);
/* Keep the current row in the place of another. */
gridgov_status gg_kept_row_set(gg_kept_row *kept, const gridgov_rows *rows, gridgov_error *err);
/* The kept row as a cursor that stands on it; the row must outlive it. */
gridgov_status gg_kept_row_open(gridgov_rows **out, gg_kept_row *kept, const char *source,
                                gridgov_error *err);
void gg_kept_row_release(gg_kept_row *kept);

/* How a row would do as the header of a table. */
typedef struct gg_header_fit {
    int32_t found, missing, unused; /* fields with a column, needed fields without, other columns */
} gg_header_fit;
gridgov_status gg_header_try(gg_header_fit *fit, gg_columns *columns, int32_t table,
                             const gridgov_rows *rows, const gridgov_mapping *mapping,
                             gridgov_error *err);

#endif
