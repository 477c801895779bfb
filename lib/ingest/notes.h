/* SPDX-License-Identifier: Apache-2.0 */
/* Problems of rows that several workers find, brought into the order of the rows, at bounded
 * memory. */
#ifndef GG_NOTES_H
#define GG_NOTES_H

#include <gridgov/issues.h>

#include <stddef.h>
#include <stdint.h>

/* Entries handed on; what is more is counted in one entry behind them. */
#define GG_NOTES_MOST 4096

/* The problems that one worker found. Rows must come in rising order. Zero-initialise. */
typedef struct gg_notes {
    gridgov_error *items;
    size_t count, capacity;
    int64_t dropped; /* not kept; every row of them lies behind those kept */
} gg_notes;

void gg_notes_add(gg_notes *notes, const gridgov_error *issue);
/* Move what one row was told about from its issues, of which limit are kept, to the notes. */
gridgov_status gg_notes_drain(gg_notes *notes, gridgov_issues **issues, int64_t limit,
                              gridgov_error *err);
/* Hand the first GG_NOTES_MOST problems of all workers to issues, by row. stopped_at: row from
 * which on nothing is told; 0 none. Workers are workers[0], workers[stride] and so on, in bytes. */
void gg_notes_deliver(gridgov_issues *issues, const char *source, const gg_notes *workers,
                      size_t stride, size_t count, int64_t stopped_at);
void gg_notes_release(gg_notes *notes);

#endif
