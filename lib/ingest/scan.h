/* SPDX-License-Identifier: Apache-2.0 */
/* Rows by the thousand, to several workers at once. A batch is some whole rows one behind the
 * other, as text and the offsets at which their cells end. CSV in UTF-8 is read in blocks from any
 * place of its source and stays as it is written; whatever else a cursor reads is copied together.
 */
#ifndef GG_SCAN_H
#define GG_SCAN_H

#include "base/simd.h"
#include "base/text.h"

#include <gridgov/job.h>
#include <gridgov/rows.h>

#include <stddef.h>
#include <stdint.h>

/* Bytes that may be read behind the end of a batch's last cell. */
#define GG_BATCH_SLACK 64

typedef struct gg_batch {
    const char *data;     /* UTF-8 without NUL inside cells */
    const uint32_t *ends; /* offset behind each cell */
    const uint32_t *rows; /* per row: cells up to its end, those of earlier rows included */
    size_t row_count;     /* rows; a row of one empty cell may be an empty line */
    int64_t number;       /* of the first row; the others follow one by one */
    int written;          /* 1: cells are as written in CSV, perhaps quoted; 0: their plain text */
} gg_batch;

/* What to read, and who takes it. take is called by several threads at once, each with a number of
 * its own, worker; any failure it returns ends the whole scan. */
typedef struct gg_scan {
    gridgov_rows *rows; /* on the row behind which to begin; at its end afterwards */
    int workers;        /* 1 … GG_WORKERS_MOST */
    size_t block;       /* bytes read at a time; 0: GG_SCAN_BLOCK */
    const gg_simd *simd;
    gridgov_job *job; /* ticked with bytes; may be NULL */
    const char *stage;
    gridgov_status (*take)(void *user, int worker, const gg_batch *batch, gridgov_error *err);
    /* Called after take, by the same thread, in the order of the batches and by one thread at a
     * time; never for a batch behind one that failed. NULL: none. */
    gridgov_status (*join)(void *user, int worker, gridgov_error *err);
    void *user;
} gg_scan;

#define GG_SCAN_BLOCK ((size_t)256 * 1024)

/* Read all rows. On failure *stopped_at is the number of the row that failed: all rows before it
 * have been handed out, and perhaps some behind it. */
gridgov_status gg_scan_run(const gg_scan *scan, int64_t *stopped_at, gridgov_error *err);

/* Offset of the first byte of a row, which is not below that of the row before. */
static inline size_t gg_batch_row(const gg_batch *batch, size_t row) {
    size_t at;
    if (row == 0) {
        return 0;
    }
    at = batch->ends[batch->rows[row - 1] - 1];
    return at + 1 + (batch->data[at] == '\r' && batch->data[at + 1] == '\n');
}

/* The text of a written cell that begins with a quote, without its quotes; room holds size bytes.
 */
gg_str gg_batch_unquote(char *room, const char *cell, size_t size);

#endif
