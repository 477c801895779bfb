/* SPDX-License-Identifier: Apache-2.0 */
/* What a ranking is made of, from the rows that workers read to the text that is written. A row
 * that has a total is a record: its total and its key, one behind the other, in slots of eight
 * bytes. Records of all workers stand in the blocks of one store, which never move, so the number
 * of its first slot names a row for good, and fits 32 bits. */
#ifndef GG_RANK_MODEL_H
#define GG_RANK_MODEL_H

#include "base/buf.h"
#include "base/mem.h"
#include "base/word.h"
#include "base/workers.h"
#include "notes.h"

#include <gridgov/job.h>
#include <gridgov/rank.h>

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Totals are integers in units of 10^-GG_RANK_SCALE. */
#define GG_RANK_SCALE 9
/* Bytes that may be read behind a record. */
#define GG_RANK_SLACK 64
#define GG_RANK_SLOT 8
#define GG_RANK_BLOCK_BITS 18 /* slots of a block, 2 MiB with the slack */
#define GG_RANK_BLOCK_SLOTS ((uint32_t)1 << GG_RANK_BLOCK_BITS)
#define GG_RANK_BLOCK_SIZE ((size_t)GG_RANK_BLOCK_SLOTS * GG_RANK_SLOT)

/* The blocks. A block for a record that is larger than all others has several entries. */
typedef struct gg_rank_store {
    gg_gate *gate; /* holds the rest while workers read */
    char **blocks;
    size_t count, capacity;
} gg_rank_store;

/* Rows of one worker that stand one behind the other in the table and in a block. */
typedef struct gg_rank_piece {
    int64_t number;       /* of its first row in the table, or of one before it */
    uint32_t first, last; /* slots of the first and the last of its records */
    uint32_t count;       /* of its records */
    uint32_t step;        /* slots of each of them; 0: they differ */
} gg_rank_piece;

/* The rows that one worker has read. */
typedef struct gg_rank_list {
    gg_rank_store *store;
    char **blocks; /* its own, to be freed */
    size_t block_count, block_capacity;
    char *at, *end; /* room left in the newest */
    uint32_t slot;  /* of at */
    gg_rank_piece *pieces;
    size_t piece_count, piece_capacity;
    size_t count;              /* records */
    int64_t smallest, largest; /* totals, if there is a record */
    uint32_t longest;          /* bytes of a key */
    int falling;               /* 1: in some piece a key is less than the one before it */
    int decimals;              /* of the finest number */
    int alike;                 /* decimals that most numbers seem to have */
    int quoted;                /* 1: most of them seem to stand in quotes */
    gg_buf scratch;
    gg_notes notes;
    int64_t read, excluded;
} gg_rank_list;

/* Columns that stand one behind the other, at most GG_DIGITS_CELLS of them. */
typedef struct gg_rank_run {
    int64_t first;
    size_t count;
} gg_rank_run;

/* The columns to read. */
typedef struct gg_rank_columns {
    int64_t key;
    gg_str key_name;
    int64_t *sums; /* columns to add up, rising */
    gg_str *names; /* of them */
    size_t count;
    gg_rank_run *runs; /* the same columns */
    size_t run_count;
} gg_rank_columns;

struct gridgov_ranking {
    gg_arena arena;
    gg_rank_store store;
    gg_rank_columns columns;
    gg_rank_list lists[GG_WORKERS_MOST];
    int workers, ascending;
    int64_t best;            /* total */
    size_t count;            /* rows with a rank */
    uint64_t *order, *spare; /* slot of each place, below what it was sorted by last */
    int far;                 /* 1: that is not the distance from the best total */
    int decimals;            /* of every total */
    uint32_t longest;        /* bytes of a key */
};

/* Records begin with the total; one byte follows: bytes of the key, or GG_RANK_LONG if they stand
 * in the four bytes behind it, and GG_RANK_QUOTED. */
#define GG_RANK_LONG 127
#define GG_RANK_QUOTED 128

static inline const char *gg_rank_record(const gg_rank_store *store, uint32_t slot) {
    return store->blocks[slot >> GG_RANK_BLOCK_BITS] +
           (size_t)(slot & (GG_RANK_BLOCK_SLOTS - 1)) * GG_RANK_SLOT;
}

static inline int64_t gg_rank_total(const char *record) {
    int64_t total;
    memcpy(&total, record, sizeof total);
    return total;
}

static inline gg_str gg_rank_key(const char *record) {
    const unsigned char head = (unsigned char)record[sizeof(int64_t)] & GG_RANK_LONG;
    gg_str key = {record + sizeof(int64_t) + 1, head};
    if (head == GG_RANK_LONG) {
        uint32_t size;
        memcpy(&size, key.data, sizeof size);
        key.data += sizeof size;
        key.size = size;
    }
    return key;
}

static inline int gg_rank_quoted(const char *record) {
    return ((unsigned char)record[sizeof(int64_t)] & GG_RANK_QUOTED) != 0;
}

/* Slots of a record. */
static inline uint32_t gg_rank_slots(const char *record) {
    const gg_str key = gg_rank_key(record);
    return (uint32_t)((size_t)(key.data - record) + key.size + GG_RANK_SLOT - 1) / GG_RANK_SLOT;
}

/* 1 if a text needs quotes where it is written as CSV. */
int gg_rank_needs_quotes(gg_str text);

/* The rows that follow begin at that number of the table; none of an earlier number follows. */
gridgov_status gg_rank_list_begin(gg_rank_list *list, int64_t number, gridgov_error *err);
/* Add a row; GG_RANK_SLACK bytes behind the key may be read. */
gridgov_status gg_rank_list_add(gg_rank_list *list, gg_str key, int64_t total, int64_t number,
                                gridgov_error *err);
void gg_rank_list_release(gg_rank_list *list);

/* Read all rows below the header on which the cursor stands. */
gridgov_status gg_rank_read(gridgov_ranking *ranking, gridgov_rows *rows, int portable,
                            gridgov_issues *issues, gridgov_job *job, gridgov_error *err);
/* Bring them into the order of their ranks. */
gridgov_status gg_rank_arrange(gridgov_ranking *ranking, gridgov_job *job, gridgov_error *err);

/* Sort count numbers by the lowest `bits` of their upper 32 bits, smallest first; equal ones keep
 * their order. spare has as much room, and the two may change places. The other bits of the upper
 * half are the same in all. 0, or −1 when memory is short. */
int gg_order_packed(uint64_t **packed, uint64_t **spare, size_t count, int bits, int workers);
/* Bits up to the highest one that is set. */
int gg_order_bits(uint64_t value);

/* value − from, or from − value if ascending is 0. */
static inline uint64_t gg_order_key(int64_t value, int64_t from, int ascending) {
    return ascending ? (uint64_t)value - (uint64_t)from : (uint64_t)from - (uint64_t)value;
}

#endif
