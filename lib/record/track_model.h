/* SPDX-License-Identifier: Apache-2.0 */
/* What tracks are made of. Officers are shared out among shards, one a worker, by a hash of their
 * code; a shard has everything of its officers, so workers never meet. */
#ifndef GG_TRACK_MODEL_H
#define GG_TRACK_MODEL_H

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"

#include <gridgov/track.h>

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#define GG_TRACK_NONE UINT32_MAX
#define GG_TRACK_DAY_ZERO                                                                          \
    2                      /* 1970-01-01 as a stored day; the days before and after fit 16 bits    \
                            */
#define GG_TRACK_BLOCK 512 /* fixes taken at a time: their officers fit the nearest cache */
#define GG_TRACK_PAIRS (3 * GG_TRACK_BLOCK) /* segments of fixes that were not the newest */

/* A fix as it is kept. Order is by time, then latitude, then longitude, so that a set of fixes has
 * one order. */
typedef struct gg_track_point {
    uint32_t at;        /* UTC seconds */
    int32_t lat_begins; /* latitude · 2, and 1 if the fix is not joined to the one before it */
    int32_t lon;
} gg_track_point;

static inline int gg_track_begins(const gg_track_point *point) {
    return point->lat_begins & 1;
}

static inline int32_t gg_track_lat(const gg_track_point *point) {
    return (point->lat_begins - (point->lat_begins & 1)) / 2;
}

/* Sums of one officer-day. */
typedef struct gg_track_sums {
    int64_t distance_mm;
    uint32_t fixes, online_s, fast, far; /* the last two: segments that broke */
} gg_track_sums;

/* A day whose sums are put away, in as little as nearly all days need: a province has half a
 * million. Sums that are larger stand in the shard's list of those. */
typedef struct gg_track_record {
    uint32_t next;        /* the officer's next earlier day; GG_TRACK_NONE */
    uint32_t distance_mm; /* or, if the sums are large, their index */
    uint32_t online_s;    /* GG_TRACK_NONE: the sums are large */
    uint16_t day;         /* stored */
    uint16_t fixes, fast, far;
} gg_track_record;

#define GG_TRACK_NEAR 16 /* points of a ring that stands beside its officer */

/* One officer. The ring holds the fixes that a late one might yet come between, in order: all
 * within the lateness of the last, the newest before them, and any that were not yet dropped. It
 * goes round its room, which is a power of two: at first beside the officer, so that a fix touches
 * one page of memory, and in the pool once it is too small. */
typedef struct gg_track_officer {
    gg_track_sums sums;   /* of the open day */
    gg_track_point last;  /* newest fix */
    uint32_t ring;        /* first point of the ring's room in the pool; not used by class 0 */
    uint32_t head, count; /* points of the ring: from head on, head below the room */
    uint32_t until;       /* the open day is that of the newest fix, and ends here; 0: it is not */
    uint16_t day;         /* the open day, stored; 0: none */
    uint16_t last_day;    /* of the newest fix; 0: no fix yet */
    uint8_t room;         /* class of the ring's room */
    uint8_t begins;       /* 1: a fix that began a part was left out, so the next one begins it */
    uint16_t unused[3];   /* to the end of the line */
    gg_track_point near[GG_TRACK_NEAR]; /* the ring's room of class 0 */
} gg_track_officer;

/* An array in pieces that stay where they are, each at the start of a cache line. */
typedef struct gg_track_pool {
    unsigned char **pieces; /* where the array's parts begin */
    void **blocks;          /* the memory that each lies in */
    size_t count, piece_room, block_room;
} gg_track_pool;

/* Number or hash of a code → slot. Open addressing; what does not find room nearby goes to a map
 * whose cost no choice of codes can raise. */
typedef struct gg_track_cell {
    uint32_t tag;
    uint32_t slot; /* + 1; 0: free */
} gg_track_cell;

typedef struct gg_track_table {
    gg_track_cell *cells;
    uint32_t bits; /* cells are 2^bits; 0: none yet */
    uint32_t used;
} gg_track_table;

/* A code: a whole number below 2^32 as such, any other as text. */
typedef struct gg_track_code {
    const char *text; /* NULL: a number */
    uint32_t size;    /* bytes of text */
    uint32_t number;
    uint32_t hash; /* of either */
} gg_track_code;

/* Codes of a block, side by side so that a block of numbers costs no more than they do. */
typedef struct gg_track_codes {
    size_t count;
    uint32_t hash[GG_TRACK_BLOCK], number[GG_TRACK_BLOCK];
    const char *text[GG_TRACK_BLOCK]; /* NULL: a number */
    uint32_t size[GG_TRACK_BLOCK];    /* bytes of text */
    uint32_t row[GG_TRACK_BLOCK];     /* offset of the fix from the block's first */
    int has_text;                     /* 0: all are numbers; text and size are not set */
} gg_track_codes;

/* Fixes on their way to their officers, side by side. */
typedef struct gg_track_block {
    size_t count;
    uint32_t slot[GG_TRACK_BLOCK];
    uint32_t at[GG_TRACK_BLOCK];
    int32_t lat[GG_TRACK_BLOCK], lon[GG_TRACK_BLOCK];
    uint8_t begins[GG_TRACK_BLOCK]; /* 1: not joined to the fix before it; 2: left out, and the
                                       officer's next fix begins in its place */
} gg_track_block;

/* The segments that end in the fixes of a block. */
typedef struct gg_track_steps {
    int32_t lat[GG_TRACK_BLOCK], lon[GG_TRACK_BLOCK]; /* where each begins */
    int32_t seconds[GG_TRACK_BLOCK];                  /* −1: no segment */
    uint16_t day[GG_TRACK_BLOCK];
    int64_t mm[GG_TRACK_BLOCK];
} gg_track_steps;

/* Segments beside fixes that were not the newest, waiting to be measured together. */
typedef struct gg_track_pairs {
    int32_t lat1[GG_TRACK_PAIRS], lon1[GG_TRACK_PAIRS];
    int32_t lat2[GG_TRACK_PAIRS], lon2[GG_TRACK_PAIRS];
    int64_t mm[GG_TRACK_PAIRS];
    uint32_t slot[GG_TRACK_PAIRS];
    int32_t seconds[GG_TRACK_PAIRS];
    uint16_t day[GG_TRACK_PAIRS];
    int8_t sign[GG_TRACK_PAIRS]; /* 1 counts, −1 no longer counts */
    size_t count;
} gg_track_pairs;

enum {
    GG_TRACK_OFFICER_BITS = 8,           /* officers of a piece */
    GG_TRACK_RECORD_BITS = 12,           /* records of a piece */
    GG_TRACK_POINT_BITS = 16,            /* points of a piece */
    GG_TRACK_ROOM_FIRST = GG_TRACK_NEAR, /* points of a ring of class 0; each class doubles it */
    GG_TRACK_ROOM_CLASSES = 13           /* the largest has 65,536 points */
};

typedef struct gg_track_spill gg_track_spill;

/* What a worker has of the fixes that a call adds. */
typedef struct gg_track_work {
    gg_track_codes codes;
    gg_track_block block;
    uint8_t lost[GG_TRACK_BLOCK];                  /* 1: there is no such time or place */
    char digits[GG_TRACK_BLOCK][GG_NUM_TEXT_SIZE]; /* of numbers from 2^32 on, which are texts */
} gg_track_work;

typedef struct gg_track_shard {
    const gridgov_track_options *options; /* of the tracks */
    int32_t index;                        /* of this shard */

    gg_track_table numbers, texts;
    gg_map crowded;         /* codes that found no room in their table → slot */
    uint64_t *codes;        /* per slot: a number, or bit 63 and an offset into code_text */
    gg_buf code_text;       /* NUL-terminated codes */
    uint32_t *newest;       /* per slot: newest day put away; GG_TRACK_NONE */
    gg_track_pool officers; /* gg_track_officer, as long as fixes are taken */
    size_t officer_count, code_room, newest_room;
    int bare; /* 1: days alone are put away, no fixes are taken */

    gg_track_pool points; /* gg_track_point: room for rings, none of which crosses a piece */
    size_t point_count;
    uint32_t
        free_rings[GG_TRACK_ROOM_CLASSES]; /* first free room; GG_TRACK_NONE; its at is the next */
    gg_track_pool records;                 /* gg_track_record */
    size_t record_count;
    gg_track_sums *large; /* sums that a record has no room for */
    size_t large_count, large_room;

    gg_track_steps steps;
    gg_track_pairs pairs;
    gridgov_track_summary counts;
    gg_track_spill *spill; /* NULL: none */
    gg_track_work *work;   /* of the call that adds fixes */
    int sorted;            /* 1: fixes come in order, so no ring is kept */
    gridgov_status status; /* first failure of this shard */
    gridgov_error error;
} gg_track_shard;

/* An officer of sealed tracks, in printed order. */
typedef struct gg_track_listed {
    const char *code;
    int64_t first_day; /* index of its first day among all */
    uint32_t shard, slot;
} gg_track_listed;

struct gridgov_tracks {
    gridgov_track_options options; /* own copy; the folder's name too */
    char *folder;
    gg_track_shard **shards; /* options.workers of them */
    int sealed, failed;
    int64_t read;
    gg_buf code_text;        /* sealed: the codes of officers that are numbers */
    gg_track_listed *listed; /* sealed: officers with days, by code */
    size_t listed_count;
    uint32_t *days; /* sealed: per day its record, officer by officer, days upwards */
    int64_t day_count;
};

/* One more piece of size bytes. 0, or −1 when memory is short. */
int gg_track_pool_grow(gg_track_pool *pool, size_t size);
/* Free one piece, which nobody will ask for again. */
void gg_track_pool_drop(gg_track_pool *pool, size_t index);
void gg_track_pool_release(gg_track_pool *pool);

static inline gg_track_officer *gg_track_officer_at(const gg_track_shard *shard, uint32_t slot) {
    unsigned char *piece = shard->officers.pieces[slot >> GG_TRACK_OFFICER_BITS];
    return (gg_track_officer *)(void *)piece + (slot & ((1U << GG_TRACK_OFFICER_BITS) - 1));
}

static inline gg_track_point *gg_track_point_at(const gg_track_shard *shard, uint32_t index) {
    unsigned char *piece = shard->points.pieces[index >> GG_TRACK_POINT_BITS];
    return (gg_track_point *)(void *)piece + (index & ((1U << GG_TRACK_POINT_BITS) - 1));
}

static inline gg_track_record *gg_track_record_at(const gg_track_shard *shard, uint32_t index) {
    unsigned char *piece = shard->records.pieces[index >> GG_TRACK_RECORD_BITS];
    return (gg_track_record *)(void *)piece + (index & ((1U << GG_TRACK_RECORD_BITS) - 1));
}

/* track_options.c: refuse options outside their ranges. */
gridgov_status gg_track_options_check(const gridgov_track_options *options, gridgov_error *err);

/* 2^64 divided by the golden ratio: neighbouring numbers fall far apart. */
#define GG_TRACK_SCATTER UINT64_C(0x9E3779B97F4A7C15)

static inline uint32_t gg_track_number_hash(uint32_t number) {
    return (uint32_t)(number * GG_TRACK_SCATTER >> 32);
}

/* track_officers.c: code of a number or text (which is a number if it is written as one). */
void gg_track_code_number(gg_track_code *out, uint32_t number);
void gg_track_code_text(gg_track_code *out, const char *text, size_t size);
/* Slots of a block's officers, who are entered if new; first is the index of the block's first fix,
 * for messages. */
gridgov_status gg_track_slots(uint32_t *slots, gg_track_shard *shard, const gg_track_codes *codes,
                              int64_t first, gridgov_error *err);
/* 1 if the officer goes by a number, which is written to *number_out; else *text_out. */
int gg_track_slot_code(const gg_track_shard *shard, uint32_t slot, uint32_t *number_out,
                       const char **text_out);

/* track_ring.c: take fixes that have passed every filter that looks at one alone. */
gridgov_status gg_track_take(gg_track_shard *shard, const gg_track_block *block);
/* Put every open day away and give up the rings. */
gridgov_status gg_track_close(gg_track_shard *shard);
/* The local day of a moment, stored. */
uint16_t gg_track_day_of(const gridgov_track_options *options, uint32_t at);

/* track_records.c: the record of an officer's day; GG_TRACK_NONE if there is none. */
uint32_t gg_track_record_find(const gg_track_shard *shard, uint32_t slot, uint16_t day);
/* The same, made if it is not there; GG_TRACK_NONE when memory is short. */
uint32_t gg_track_record_make(gg_track_shard *shard, uint32_t slot, uint16_t day);
gg_track_sums gg_track_record_sums(const gg_track_shard *shard, uint32_t index);
/* 0, or −1 when memory is short. */
int gg_track_record_put(gg_track_shard *shard, uint32_t index, const gg_track_sums *sums);

/* track_spill.c: fixes to be sorted, in memory and, if there is a folder, on disk. */
gridgov_status gg_track_spill_open(gg_track_spill **out, const char *folder, int64_t memory,
                                   gridgov_error *err);
gridgov_status gg_track_spill_add(gg_track_spill *spill, uint32_t slot, const gg_track_point *point,
                                  gridgov_error *err);
/* Hand all fixes to the shard, sorted by slot and point; through block, which is room for them. */
gridgov_status gg_track_spill_replay(gg_track_spill *spill, gg_track_shard *shard,
                                     gg_track_block *block, atomic_int *stop, gridgov_error *err);
void gg_track_spill_free(gg_track_spill *spill);

/* track_days.c: list the officers of closed shards. */
gridgov_status gg_track_list(gridgov_tracks *tracks, gridgov_error *err);
/* Add what became of fixes, but for those read. */
void gg_track_add_counts(gridgov_track_summary *sum, const gridgov_track_summary *part);

#endif
