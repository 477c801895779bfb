/* SPDX-License-Identifier: Apache-2.0 */
/* From the records of all workers to the order of their ranks. The pieces of the lists, sorted by
 * their numbers, are the table again; every row is then one number, the slot of its record, and is
 * sorted by 32 bits that are put above it, as often as it takes: the least important bits first, as
 * in any radix sort. Those are the bits in which keys differ, unless keys rise in the table anyway,
 * and then the distance from the best total, in units of the finest decimal.
 *
 * Of keys, 64 bits are enough nearly always: digits differ in four bits a byte, and what all keys
 * begin with differs in none. Keys that agree in these are compared as a whole. */
#include "rank_model.h"

#include "base/error.h"
#include "base/hint.h"

#include <stdlib.h>

#define AHEAD 16  /* records asked for before they are needed */
#define WINDOW 32 /* bytes of keys that are looked at, behind those they all begin with */
#define KEY_BITS 64
#define SHARE_LEAST ((size_t)8192)

/* Where a piece comes to stand. */
typedef struct placed {
    gg_rank_piece piece;
    size_t at; /* of its first row */
} placed;

/* Bits of a byte that tell keys apart. */
typedef struct key_byte {
    unsigned char at, shift, width; /* behind the common beginning; bits */
} key_byte;

typedef struct arranging {
    gridgov_ranking *ranking;
    placed *pieces;
    size_t piece_count;
    size_t shares;
    size_t borders[GG_WORKERS_MOST + 1]; /* between shares; no group of equal keys crosses one */
    size_t common[GG_WORKERS_MOST];      /* bytes that the keys of a share begin with */
    unsigned char differ[GG_WORKERS_MOST][WINDOW]; /* bits in which the bytes behind differ */
    size_t start;                                  /* bytes that all keys begin with */
    key_byte bytes[WINDOW];
    size_t byte_count;
    int key_bits; /* of all of them */
    int whole;    /* 1: keys that agree in them are the same */
    int by_key, shift;
    uint64_t inverse; /* of 5^n, where a unit of the totals is 10^n */
    int unit;         /* that n */
    int failed[GG_WORKERS_MOST];
} arranging;

static const char *record_at(const gridgov_ranking *ranking, size_t place) {
    return gg_rank_record(&ranking->store, (uint32_t)ranking->order[place]);
}

/* The same, and ask for one that is needed later; places from end on are another worker's. */
static const char *next_record(const gridgov_ranking *ranking, size_t place, size_t end) {
    if (place + AHEAD < end) {
        GG_PREFETCH_READ(record_at(ranking, place + AHEAD));
    }
    return record_at(ranking, place);
}

/* Put the pieces of all lists in order. */
static gridgov_status join(arranging *a, gridgov_error *err) {
    const gridgov_ranking *ranking = a->ranking;
    size_t next[GG_WORKERS_MOST] = {0};
    size_t count = 0;
    size_t at = 0;
    for (int i = 0; i < ranking->workers; i++) {
        count += ranking->lists[i].piece_count;
    }
    a->pieces = gg_realloc(NULL, count, sizeof *a->pieces);
    if (a->pieces == NULL) {
        return gg_fail_memory(err);
    }
    for (; a->piece_count < count; a->piece_count++) {
        const gg_rank_piece *best = NULL;
        int from = 0;
        for (int i = 0; i < ranking->workers; i++) {
            const gg_rank_list *list = &ranking->lists[i];
            if (next[i] < list->piece_count &&
                (best == NULL || list->pieces[next[i]].number < best->number)) {
                best = &list->pieces[next[i]];
                from = i;
            }
        }
        next[from]++;
        a->pieces[a->piece_count] = (placed){*best, at};
        at += best->count;
    }
    return GRIDGOV_OK;
}

static void list_slots(void *user, size_t share, size_t from, size_t to) {
    const arranging *a = user;
    (void)share;
    for (size_t i = from; i < to; i++) {
        const gg_rank_piece *piece = &a->pieces[i].piece;
        uint64_t *order = a->ranking->order + a->pieces[i].at;
        uint32_t slot = piece->first;
        for (uint32_t k = 0; k < piece->count; k++) {
            order[k] = slot;
            slot += piece->step > 0 ? piece->step
                                    : gg_rank_slots(gg_rank_record(&a->ranking->store, slot));
        }
    }
}

static int keys_rise(const arranging *a) {
    const gg_rank_store *store = &a->ranking->store;
    const gg_rank_piece *before = NULL;
    for (int i = 0; i < a->ranking->workers; i++) {
        if (a->ranking->lists[i].falling) {
            return 0;
        }
    }
    for (size_t i = 0; i < a->piece_count; i++) {
        const gg_rank_piece *piece = &a->pieces[i].piece;
        if (piece->count == 0) {
            continue;
        }
        if (before != NULL &&
            gg_str_compare(gg_rank_key(gg_rank_record(store, before->last)),
                           gg_rank_key(gg_rank_record(store, piece->first))) > 0) {
            return 0;
        }
        before = piece;
    }
    return 1;
}

static void find_common(void *user, size_t share, size_t from, size_t to) {
    arranging *a = user;
    const gg_str first = gg_rank_key(record_at(a->ranking, 0));
    size_t common = first.size;
    for (size_t i = from; i < to; i++) {
        const gg_str key = gg_rank_key(next_record(a->ranking, i, to));
        size_t same = 0;
        common = key.size < common ? key.size : common;
        while (same < common && key.data[same] == first.data[same]) {
            same++;
        }
        common = same;
    }
    a->common[share] = common;
}

/* Bytes of a key behind the common beginning, and zeros. */
static void window_of(unsigned char out[WINDOW], gg_str key, size_t start) {
    const size_t size = key.size - start < WINDOW ? key.size - start : WINDOW;
    memset(out, 0, WINDOW);
    memcpy(out, key.data + start, size);
}

static void find_differences(void *user, size_t share, size_t from, size_t to) {
    arranging *a = user;
    unsigned char first[WINDOW];
    unsigned char bytes[WINDOW];
    unsigned char differ[WINDOW] = {0};
    window_of(first, gg_rank_key(record_at(a->ranking, 0)), a->start);
    for (size_t i = from; i < to; i++) {
        window_of(bytes, gg_rank_key(next_record(a->ranking, i, to)), a->start);
        for (size_t k = 0; k < WINDOW; k++) {
            differ[k] |= bytes[k] ^ first[k];
        }
    }
    memcpy(a->differ[share], differ, sizeof differ);
}

/* Find the bits of keys to sort by. */
static void study_keys(arranging *a) {
    const gridgov_ranking *ranking = a->ranking;
    gg_workers_share(ranking->count, a->shares, ranking->workers, find_common, a);
    a->start = a->common[0];
    for (size_t i = 1; i < a->shares; i++) {
        a->start = a->common[i] < a->start ? a->common[i] : a->start;
    }
    gg_workers_share(ranking->count, a->shares, ranking->workers, find_differences, a);
    a->whole = ranking->longest <= a->start + WINDOW;
    for (size_t k = 0; k < WINDOW; k++) {
        unsigned char differ = 0;
        key_byte byte = {.at = (unsigned char)k};
        for (size_t i = 0; i < a->shares; i++) {
            differ |= a->differ[i][k];
        }
        if (differ == 0) {
            continue;
        }
        while ((differ >> byte.shift & 1) == 0) {
            byte.shift++;
        }
        byte.width = (unsigned char)(gg_order_bits(differ) - byte.shift);
        if (a->key_bits + byte.width > KEY_BITS) {
            a->whole = 0;
            return;
        }
        a->key_bits += byte.width;
        a->bytes[a->byte_count++] = byte;
    }
}

static uint64_t key_bits_of(const arranging *a, const char *record) {
    unsigned char bytes[WINDOW];
    uint64_t bits = 0;
    window_of(bytes, gg_rank_key(record), a->start);
    for (size_t i = 0; i < a->byte_count; i++) {
        const key_byte *byte = &a->bytes[i];
        bits = bits << byte->width | (bytes[byte->at] >> byte->shift & ((1U << byte->width) - 1));
    }
    return bits;
}

/* How far a total is from the best, in units: a multiple of 10^n divided by it, which is a shift
 * and a product modulo 2^64. */
static uint64_t distance(const arranging *a, int64_t total) {
    return (gg_order_key(total, a->ranking->best, a->ranking->ascending) >> a->unit) * a->inverse;
}

static void fill(void *user, size_t share, size_t from, size_t to) {
    const arranging *a = user;
    uint64_t *order = a->ranking->order;
    (void)share;
    for (size_t i = from; i < to; i++) {
        const char *record = next_record(a->ranking, i, to);
        const uint64_t value =
            a->by_key ? key_bits_of(a, record) : distance(a, gg_rank_total(record));
        order[i] = value >> a->shift << 32 | (uint32_t)order[i];
    }
}

/* Sort by so many bits. */
static gridgov_status sort_by(arranging *a, int by_key, int bits, gridgov_job *job,
                              gridgov_error *err) {
    gridgov_ranking *ranking = a->ranking;
    a->by_key = by_key;
    for (a->shift = 0; a->shift < bits; a->shift += 32) {
        const int left = bits - a->shift;
        if (gridgov_job_tick(job, "rank", 0, (int64_t)ranking->count) != GRIDGOV_OK) {
            return gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
        }
        gg_workers_share(ranking->count, a->shares, ranking->workers, fill, a);
        if (gg_order_packed(&ranking->order, &ranking->spare, ranking->count, left < 32 ? left : 32,
                            ranking->workers) != 0) {
            return gg_fail_memory(err);
        }
    }
    return GRIDGOV_OK;
}

typedef struct keyed {
    gg_str key;
    uint64_t slot;
    size_t place;
} keyed;

static int compare_keys(const void *left, const void *right) {
    const keyed *a = left;
    const keyed *b = right;
    const int order = gg_str_compare(a->key, b->key);
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

/* Sort the rows of places [from, to), whose keys agree in what was sorted by, by their whole keys.
 */
static int settle_group(const gridgov_ranking *ranking, size_t from, size_t to) {
    keyed *rows = gg_realloc(NULL, to - from, sizeof *rows);
    if (rows == NULL) {
        return -1;
    }
    for (size_t i = from; i < to; i++) {
        rows[i - from] = (keyed){gg_rank_key(record_at(ranking, i)), ranking->order[i], i};
    }
    qsort(rows, to - from, sizeof *rows, compare_keys);
    for (size_t i = from; i < to; i++) {
        ranking->order[i] = rows[i - from].slot;
    }
    gg_free(rows);
    return 0;
}

static void settle(void *user, size_t share, size_t from, size_t to) {
    arranging *a = user;
    const gridgov_ranking *ranking = a->ranking;
    const size_t end = a->borders[share + 1];
    (void)from;
    (void)to;
    for (size_t i = a->borders[share]; i < end;) {
        const uint64_t bits = key_bits_of(a, record_at(ranking, i));
        size_t behind = i + 1;
        while (behind < end && key_bits_of(a, next_record(ranking, behind, end)) == bits) {
            behind++;
        }
        if (behind - i > 1 && settle_group(ranking, i, behind) != 0) {
            a->failed[share] = 1;
            return;
        }
        i = behind;
    }
}

/* Sort the keys that agree in what was sorted by. */
static gridgov_status settle_keys(arranging *a, gridgov_error *err) {
    const gridgov_ranking *ranking = a->ranking;
    for (size_t i = 1; i < a->shares; i++) {
        size_t border = ranking->count / a->shares * i;
        border = border < a->borders[i - 1] ? a->borders[i - 1] : border;
        while (border > 0 && border < ranking->count &&
               key_bits_of(a, record_at(ranking, border)) ==
                   key_bits_of(a, record_at(ranking, border - 1))) {
            border++;
        }
        a->borders[i] = border;
    }
    a->borders[a->shares] = ranking->count;
    gg_workers_share(a->shares, a->shares, ranking->workers, settle, a);
    for (size_t i = 0; i < a->shares; i++) {
        if (a->failed[i]) {
            return gg_fail_memory(err);
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status sort_rows(arranging *a, int64_t worst, gridgov_job *job, gridgov_error *err) {
    gridgov_ranking *ranking = a->ranking;
    uint64_t five = 1;
    a->shares = ranking->count / SHARE_LEAST + 1;
    a->shares = a->shares < (size_t)ranking->workers ? a->shares : (size_t)ranking->workers;
    gg_workers_share(a->piece_count, a->piece_count, ranking->workers, list_slots, a);
    if (!keys_rise(a)) {
        study_keys(a);
        GG_TRY(sort_by(a, 1, a->key_bits, job, err));
        if (!a->whole) {
            GG_TRY(settle_keys(a, err));
        }
    }
    a->unit = GG_RANK_SCALE - ranking->decimals;
    for (int i = 0; i < a->unit; i++) {
        five *= 5;
    }
    a->inverse = five; // right in the lowest three bits, and each step doubles them
    for (int bits = 3; bits < 64; bits *= 2) {
        a->inverse *= 2 - five * a->inverse;
    }
    const int bits = gg_order_bits(distance(a, worst));
    ranking->far = bits == 0 || bits > 32;
    return sort_by(a, 0, bits, job, err);
}

/* What the lists have in common; the worst total. */
static int64_t sum_up(gridgov_ranking *ranking) {
    int64_t smallest = INT64_MAX;
    int64_t largest = INT64_MIN;
    for (int i = 0; i < ranking->workers; i++) {
        const gg_rank_list *list = &ranking->lists[i];
        ranking->decimals = list->decimals > ranking->decimals ? list->decimals : ranking->decimals;
        if (list->count == 0) {
            continue;
        }
        smallest = list->smallest < smallest ? list->smallest : smallest;
        largest = list->largest > largest ? list->largest : largest;
        ranking->longest = list->longest > ranking->longest ? list->longest : ranking->longest;
        ranking->count += list->count;
    }
    ranking->best = ranking->ascending ? smallest : largest;
    return ranking->ascending ? largest : smallest;
}

gridgov_status gg_rank_arrange(gridgov_ranking *ranking, gridgov_job *job, gridgov_error *err) {
    arranging *a = gg_calloc(1, sizeof *a);
    const int64_t worst = sum_up(ranking);
    gridgov_status status = GRIDGOV_OK;
    ranking->order = gg_large(ranking->count, sizeof *ranking->order);
    ranking->spare = gg_large(ranking->count, sizeof *ranking->spare);
    if (a == NULL || ranking->order == NULL || ranking->spare == NULL) {
        status = gg_fail_memory(err);
    } else {
        a->ranking = ranking;
        status = join(a, err);
    }
    if (status == GRIDGOV_OK && ranking->count > 0) {
        status = sort_rows(a, worst, job, err);
    }
    gg_free(ranking->spare);
    ranking->spare = NULL;
    if (a != NULL) {
        gg_free(a->pieces);
    }
    gg_free(a);
    return status;
}
