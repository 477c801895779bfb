/* SPDX-License-Identifier: Apache-2.0 */
/* One worker's reading of position fixes in columns. */
#ifndef GG_FIX_BATCH_H
#define GG_FIX_BATCH_H

#include "fast_time.h"
#include "loader.h"
#include "notes.h"
#include "scan.h"

#include <gridgov/track.h>

/* What all workers share; nothing of it changes while they read. */
typedef struct gg_fix_source {
    gg_loader load; /* the header bound; a worker takes a copy of its cells */
    gridgov_tracks *tracks;
    int64_t column[GG_FIXES_PART + 1]; /* −1: none */
    int64_t width;                     /* cells that a row read fast has */
    int fast;        /* 1: the mapping replaces no text, and no column that is needed is missing */
    int64_t digits;  /* of an officer's code that may have lost zeros; 0: as it is */
    int plain_times; /* 1: times have any form */
    char stroke, between; /* else full stamps have this between year and month, and day and hour; 0:
                             they are read slowly */
    int has_parts;        /* 1: the table tells the parts of recordings */
    gg_map parts;         /* officer → part of the last row, as far as rows were joined */
} gg_fix_source;

enum { GG_FIX_READ, GG_FIX_SLOW, GG_FIX_OTHER, GG_FIX_NONE }; /* states of a row */

/* One worker's batch as columns. */
typedef struct gg_fix_batch {
    gg_fix_source *source;
    gg_batch batch;     /* a copy: the text stays until the rows are joined */
    size_t count, room; /* fixes; rows of the arrays */
    uint8_t *state;
    uint32_t *starts, *firsts;     /* per row: its first byte, its first cell */
    uint32_t *code_from, *code_to; /* officers, in the batch's text */
    const char **code;             /* NULL: there, else a copy of code_to − code_from bytes */
    uint32_t *number;              /* the officer's number */
    gridgov_time *at;
    int32_t *lat, *lon, *accuracy, *speed;
    int64_t *part;
    uint8_t *begins;
    int has_text; /* 1: an officer is no number */
    int has_copy; /* 1: an officer is a copy */
    gg_arena codes;
    gg_buf text; /* all codes, if one is a copy */

    size_t row;     /* being read slowly */
    gg_loader load; /* for those rows */
    gridgov_rows *cursor;
    gg_buf cells;    /* of the row at hand, each ended by a NUL */
    size_t *cell_at; /* offsets of its cells */
    size_t cell_count, cell_room;
    gg_notes notes;
    int64_t read, added, skipped, excluded;
} gg_fix_batch;

#define GG_FIX_LAT_MAX INT64_C(900000000)  /* 10⁻⁷ degrees */
#define GG_FIX_LON_MAX INT64_C(1800000000) /* 10⁻⁷ degrees */
#define GG_FIX_UNKNOWN (-1)                /* accuracy or speed */
#define GG_FIX_NO_PART INT64_MIN

/* Degrees have seven digits behind the point, metres and kilometres an hour three. */
enum { GG_FIX_DEGREE_DIGITS = 7, GG_FIX_QUANTITY_DIGITS = 3 };

/* What the bound header and the mapping say about reading rows fast. */
void gg_fix_source_plan(gg_fix_source *source);

/* Make room for the rows of a batch. */
gridgov_status gg_fix_batch_room(gg_fix_batch *b, size_t rows, gridgov_error *err);
void gg_fix_batch_release(gg_fix_batch *b);
/* Read the rows of b->batch in the forms that most systems write, column by column. Those that are
 * not read have the state GG_FIX_SLOW. */
void gg_fix_batch_read(gg_fix_batch *b);

/* An accuracy in mm from thousandths of a metre, a speed in mm/s from thousandths of a kilometre an
 * hour; unknown if negative. */
int32_t gg_fix_accuracy(int64_t value);
int32_t gg_fix_speed(int64_t value);

/* A cell of a row as it is written; empty if the row is too short. Eight bytes may be read from it.
 */
static inline gg_str gg_fix_cell(const gg_batch *batch, size_t row, int64_t column) {
    const uint32_t first = row == 0 ? 0 : batch->rows[row - 1];
    const uint32_t count = batch->rows[row] - first;
    if (column < 0 || column >= (int64_t)count) {
        return gg_str_make("\0\0\0\0\0\0\0", 0);
    }
    const size_t from = column == 0 ? gg_batch_row(batch, row)
                                    : batch->ends[first + (size_t)column - 1] + (size_t)1;
    return gg_str_make(batch->data + from, batch->ends[first + (size_t)column] - from);
}

#endif
