/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that one worker has read for a ranking. */
#ifndef GG_RANK_LIST_H
#define GG_RANK_LIST_H

#include "base/buf.h"
#include "notes.h"

#include <gridgov/rank.h>

#include <stddef.h>
#include <stdint.h>

/* Totals are integers in units of 10^-GG_RANK_SCALE. */
#define GG_RANK_SCALE 9

/* The rows of one batch. */
typedef struct gg_rank_piece {
    int64_t number; /* of the batch's first row in the table */
    size_t first;   /* index of its first row in the list */
    size_t keys;    /* offset of that row's key */
} gg_rank_piece;

typedef struct gg_rank_list {
    int64_t *totals;
    size_t count, capacity;
    gg_buf keys; /* per row: size of the key (four bytes, lowest first), and its bytes */
    uint32_t shortest, longest; /* bytes of a key */
    int quotes;                 /* 1: a key needs quotes where it is written as CSV */
    gg_rank_piece *pieces;
    size_t piece_count, piece_capacity;
    gg_buf scratch;
    gg_notes notes;
    int64_t read, excluded;
    int decimals; /* of the finest number */
} gg_rank_list;

/* A batch begins, which has at most so many rows. */
gridgov_status gg_rank_list_begin(gg_rank_list *list, int64_t number, size_t most,
                                  gridgov_error *err);
/* Add a row of it. */
gridgov_status gg_rank_list_add(gg_rank_list *list, gg_str key, int64_t total, gridgov_error *err);
void gg_rank_list_release(gg_rank_list *list);

/* Put lists together, rank, and write everything as CSV. */
gridgov_status gg_rank_write(gridgov_bytes **out, const gg_rank_list *lists, size_t count,
                             gg_str key_name, int32_t ascending, gridgov_error *err);

#endif
