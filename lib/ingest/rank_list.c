/* SPDX-License-Identifier: Apache-2.0 */
/* Records of rows, one behind the other in blocks. A worker fills blocks of its own, and asks the
 * store for another when one is full, so a row is added without a lock and nothing is ever moved. A
 * key is copied eight bytes at a time; what lies behind it is written over by the next record. */
#include "rank_model.h"

#include "base/error.h"

#define WORD 8 /* bytes copied at a time */
#define ONES UINT64_C(0x0101010101010101)
#define BLOCKS_MOST ((size_t)1 << (32 - GG_RANK_BLOCK_BITS))
#define STORE_TEXT "32 GiB"

int gg_rank_needs_quotes(gg_str text) {
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.data[i];
        if (c == ',' || c == '"' || c == '\n' || c == '\r') {
            return 1;
        }
    }
    return 0;
}

/* Enter a block of so many entries; the store's lock is held. Its first entry, or −1. */
static int64_t enter(gg_rank_store *store, char *block, size_t entries) {
    const size_t first = store->count;
    for (size_t i = 0; i < entries; i++) {
        if (gg_grow((void **)&store->blocks, store->count, &store->capacity,
                    sizeof *store->blocks) != 0) {
            store->count = first;
            return -1;
        }
        store->blocks[store->count++] = block + i * GG_RANK_BLOCK_SIZE;
    }
    return (int64_t)first;
}

/* Another block, with room for a record of so many bytes. */
static gridgov_status open_block(gg_rank_list *list, size_t bytes, gridgov_error *err) {
    const size_t entries = (bytes + GG_RANK_SLACK + GG_RANK_BLOCK_SIZE - 1) / GG_RANK_BLOCK_SIZE;
    gg_rank_store *store = list->store;
    int64_t first = -1;
    if (gg_grow((void **)&list->blocks, list->block_count, &list->block_capacity,
                sizeof *list->blocks) != 0) {
        return gg_fail_memory(err);
    }
    char *block = gg_large(entries, GG_RANK_BLOCK_SIZE);
    if (block == NULL) {
        return gg_fail_memory(err);
    }
    list->blocks[list->block_count++] = block;
    gg_gate_lock(store->gate);
    const int full = entries > BLOCKS_MOST - store->count;
    if (!full) {
        first = enter(store, block, entries);
    }
    gg_gate_unlock(store->gate);
    if (full) {
        return gg_fail(err, GG_RULE_RANK_KEYS, NULL, NULL, 0, STORE_TEXT, NULL);
    }
    if (first < 0) {
        return gg_fail_memory(err);
    }
    list->at = block;
    list->end = block + entries * GG_RANK_BLOCK_SIZE - GG_RANK_SLACK;
    list->slot = (uint32_t)first << GG_RANK_BLOCK_BITS;
    return GRIDGOV_OK;
}

gridgov_status gg_rank_list_begin(gg_rank_list *list, int64_t number, gridgov_error *err) {
    if (list->piece_count > 0 && list->pieces[list->piece_count - 1].count == 0) {
        list->pieces[list->piece_count - 1].number = number;
        return GRIDGOV_OK;
    }
    if (gg_grow((void **)&list->pieces, list->piece_count, &list->piece_capacity,
                sizeof *list->pieces) != 0) {
        return gg_fail_memory(err);
    }
    list->pieces[list->piece_count++] = (gg_rank_piece){.number = number};
    return GRIDGOV_OK;
}

/* Copy a key; 1 if a byte of it stands before the digits and letters, as all do that ask for
 * quotes.
 */
static int copy_key(char *out, const char *key, size_t size) {
    uint64_t low = 0;
    for (size_t at = 0; at < size; at += WORD) {
        uint64_t word = gg_word_at(key + at);
        memcpy(out + at, key + at, WORD);
        if (size - at < WORD) { // what lies behind the key does not count
            word |= ~UINT64_C(0) << 8 * (size - at);
        }
        low |= (word - ONES * '-') & ~word;
    }
    return (low & ONES << 7) != 0;
}

/* 1 if a key is less than the one before it. There is slack behind both. */
static int falls(gg_str before, gg_str key) {
    const size_t size = key.size < before.size ? key.size : before.size;
    for (size_t at = 0; at < size; at += WORD) {
        uint64_t differ = gg_word_at(key.data + at) ^ gg_word_at(before.data + at);
        if (size - at < WORD) {
            differ &= ~(~UINT64_C(0) << 8 * (size - at));
        }
        if (differ != 0) {
            const uint64_t lowest = differ & (0 - differ);
            size_t byte = at;
            while (lowest >> 8 * (byte - at) > 0xFF) {
                byte++;
            }
            return (unsigned char)key.data[byte] < (unsigned char)before.data[byte];
        }
    }
    return key.size < before.size;
}

/* Compare a key with the one before it, which must be done before anything is written behind that.
 */
static void watch_order(gg_rank_list *list, gg_str key) {
    const gg_rank_piece *piece = &list->pieces[list->piece_count - 1];
    if (piece->count > 0 && !list->falling) {
        const char *before = list->at - (size_t)(list->slot - piece->last) * GG_RANK_SLOT;
        list->falling = falls(gg_rank_key(before), key);
    }
}

static void note_row(gg_rank_list *list, uint32_t slots, gg_str key, int64_t total) {
    gg_rank_piece *piece = &list->pieces[list->piece_count - 1];
    const uint32_t size = (uint32_t)key.size;
    if (piece->count == 0) {
        piece->first = list->slot;
        piece->step = slots;
    }
    piece->step = piece->step == slots ? slots : 0;
    piece->last = list->slot;
    piece->count++;
    if (list->count == 0) {
        list->smallest = list->largest = total;
    }
    list->smallest = total < list->smallest ? total : list->smallest;
    list->largest = total > list->largest ? total : list->largest;
    list->longest = size > list->longest ? size : list->longest;
    list->count++;
    list->at += (size_t)slots * GG_RANK_SLOT;
    list->slot += slots;
}

gridgov_status gg_rank_list_add(gg_rank_list *list, gg_str key, int64_t total, int64_t number,
                                gridgov_error *err) {
    const uint32_t size = (uint32_t)key.size; // a cell is far below 4 GiB
    const size_t head = sizeof total + 1 + (size < GG_RANK_LONG ? 0 : sizeof size);
    const size_t slots = (head + key.size + GG_RANK_SLOT - 1) / GG_RANK_SLOT;
    unsigned char first = (unsigned char)(size < GG_RANK_LONG ? size : GG_RANK_LONG);
    if ((size_t)(list->end - list->at) < slots * GG_RANK_SLOT) {
        GG_TRY(open_block(list, slots * GG_RANK_SLOT, err));
        GG_TRY(gg_rank_list_begin(list, number, err));
    }
    watch_order(list, key);
    char *record = list->at;
    memcpy(record, &total, sizeof total);
    if (first == GG_RANK_LONG) {
        memcpy(record + sizeof total + 1, &size, sizeof size);
    }
    if (copy_key(record + head, key.data, key.size) && gg_rank_needs_quotes(key)) {
        first |= GG_RANK_QUOTED;
    }
    record[sizeof total] = (char)first;
    note_row(list, (uint32_t)slots, key, total);
    return GRIDGOV_OK;
}

void gg_rank_list_release(gg_rank_list *list) {
    for (size_t i = 0; i < list->block_count; i++) {
        gg_free(list->blocks[i]);
    }
    gg_free(list->blocks);
    gg_free(list->pieces);
    gg_buf_release(&list->scratch);
    gg_notes_release(&list->notes);
}
