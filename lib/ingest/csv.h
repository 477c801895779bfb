/* SPDX-License-Identifier: Apache-2.0 */
/* CSV as a source of rows, and how a cursor is made from a source. */
#ifndef GG_CSV_H
#define GG_CSV_H

#include "kept_row.h"

#include <stddef.h>

/* gridgov_rows_open_csv_file() and _bytes() with a size of blocks of the caller's choice, at
 * least 1. path NULL: from memory. */
gridgov_status gg_csv_open(gridgov_rows **out, const char *path, const char *data, size_t size,
                           const gridgov_csv_options *options, size_t block, gridgov_error *err);

/* Where a CSV cursor stands: behind its current row. */
typedef struct gg_csv_place {
    int64_t offset; /* of the byte behind the row in the source */
    int64_t number; /* of the row, empty lines counted */
    int64_t rows;   /* rows so far, empty lines not counted */
    int after_cr;   /* 1 if the row ended with a CR, whose LF may follow */
} gg_csv_place;

/* The bytes behind a CSV cursor, and what they may cost. */
typedef struct gg_csv_bytes {
    int fd;                     /* -1: in memory */
    const char *memory;         /* from offset 0 on */
    int64_t size;               /* bytes */
    gridgov_csv_options limits; /* no zeros */
} gg_csv_bytes;

/* What a cursor reads and where it stands, if it reads UTF-8 from a regular file or from memory and
 * has read a row: 0; else -1. */
int gg_csv_place_get(gg_csv_bytes *bytes, gg_csv_place *place, const gridgov_rows *rows);
/* Let a cursor for which gg_csv_place_get() gives 0 go on at another place of its source. */
gridgov_status gg_csv_place_set(gridgov_rows *rows, const gg_csv_place *place, gridgov_error *err);

/* The user pointer of a cursor whose source has this function; NULL for any other. */
void *gg_rows_user(const gridgov_rows *rows, gridgov_status (*next)(void *, gridgov_error *));

/* Let a cursor stand on a row of the caller's, which is taken, until it goes on. again: the row
 * that the source gave last comes next, once more. */
void gg_rows_show(gridgov_rows *rows, gg_kept_row *row, int again);

/* A cursor over a source; checked: the source answers for its text being UTF-8 without NUL. */
gridgov_status gg_rows_open(gridgov_rows **out, const gridgov_rows_source *source, int checked,
                            gridgov_error *err);

#endif
