/* SPDX-License-Identifier: Apache-2.0 */
/* From the lists of all workers to a ranked table. The pieces of the lists, sorted by their
 * numbers, are the table again. If its keys do not rise already, rows are sorted by them: by radix
 * over the first eight bytes in which they differ at all, the few that agree in those by comparing.
 * A row is then one number, its distance from the best total above its place in the table, and a
 * radix sort of these that keeps the order of equal distances is the ranking.
 *
 * Writing is shared out; the length of every share is found first, then all write into one buffer.
 * Only keys are looked up out of order, each once. */
#include "rank_list.h"
#include "rank_order.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/workers.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_BYTES 4 /* of a key's size in a list */
/* Most of what follows a key in its line. */
#define TAIL_SIZE (2 * GG_NUM_TEXT_SIZE)
/* Keys of at most so many bytes are copied as so many, which is faster. */
#define SHORT_KEY 16

/* All rows, in the order of the table; once sorted, in that of their keys. */
typedef struct rank_table {
    const char **keys; /* entries of the lists */
    int64_t *totals;
    uint64_t *packed, *spare; /* group above row: rows of a group share their total */
    size_t count;
    int decimals, ascending;
    uint32_t shortest, longest; /* bytes of a key */
    int quotes;                 /* 1: keys may need quotes */
} rank_table;

/* One worker's share of the writing: places [from, to) of the ranking. */
typedef struct rank_share {
    size_t from, to;
    size_t size; /* bytes */
    char *out;
} rank_share;

typedef struct rank_writer {
    const rank_table *table;
    rank_share shares[GG_WORKERS_MOST];
    int counting; /* 1: only find the sizes */
    size_t count; /* of shares */
    gg_gate *gate;
    size_t next;
} rank_writer;

gridgov_status gg_rank_list_begin(gg_rank_list *list, int64_t number, size_t most,
                                  gridgov_error *err) {
    const size_t needed = list->count + most;
    if (gg_grow((void **)&list->pieces, list->piece_count, &list->piece_capacity,
                sizeof *list->pieces) != 0) {
        return gg_fail_memory(err);
    }
    list->pieces[list->piece_count++] = (gg_rank_piece){number, list->count, list->keys.size};
    if (needed <= list->capacity) {
        return GRIDGOV_OK;
    }
    const size_t capacity = needed + needed / 2;
    int64_t *totals = gg_realloc(list->totals, capacity, sizeof *totals);
    if (totals == NULL) {
        return gg_fail_memory(err);
    }
    list->totals = totals;
    list->capacity = capacity;
    return GRIDGOV_OK;
}

static int needs_quotes(gg_str text) {
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.data[i];
        if (c == ',' || c == '"' || c == '\n' || c == '\r') {
            return 1;
        }
    }
    return 0;
}

gridgov_status gg_rank_list_add(gg_rank_list *list, gg_str key, int64_t total, gridgov_error *err) {
    const uint32_t size = (uint32_t)key.size; // a cell is far below 4 GiB
    static const char slack[SHORT_KEY] = {0};
    char bytes[SIZE_BYTES];
    for (int i = 0; i < SIZE_BYTES; i++) {
        bytes[i] = (char)(unsigned char)(size >> 8 * i);
    }
    if (list->keys.capacity - list->keys.size <= sizeof bytes + key.size + sizeof slack) {
        gg_buf_add(&list->keys, bytes, sizeof bytes);
        gg_buf_str(&list->keys, key);
        gg_buf_add(&list->keys, slack, sizeof slack);
        if (gg_buf_failed(&list->keys)) {
            return gg_fail_memory(err);
        }
        list->keys.size -= sizeof slack;
    } else { // there is room: the same, at once
        memcpy(list->keys.data + list->keys.size, bytes, sizeof bytes);
        memcpy(list->keys.data + list->keys.size + sizeof bytes, key.data, key.size);
        list->keys.size += sizeof bytes + key.size;
    }
    list->shortest = list->count == 0 || size < list->shortest ? size : list->shortest;
    list->longest = size > list->longest ? size : list->longest;
    list->quotes = list->quotes || needs_quotes(key);
    list->totals[list->count++] = total;
    return GRIDGOV_OK;
}

void gg_rank_list_release(gg_rank_list *list) {
    gg_free(list->totals);
    gg_free(list->pieces);
    gg_buf_release(&list->keys);
    gg_buf_release(&list->scratch);
    gg_notes_release(&list->notes);
}

static gg_str key_of(const char *entry) {
    const unsigned char *bytes = (const unsigned char *)entry;
    const uint32_t size =
        bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    return gg_str_make(entry + SIZE_BYTES, size);
}

/* Copy a piece into the table from row at on; the row behind it. */
static size_t join_piece(rank_table *table, size_t at, const gg_rank_list *list, size_t piece) {
    const size_t end = piece + 1 < list->piece_count ? list->pieces[piece + 1].first : list->count;
    const char *entry = gg_buf_data(&list->keys) + list->pieces[piece].keys;
    for (size_t i = list->pieces[piece].first; i < end; i++, at++) {
        table->keys[at] = entry;
        table->totals[at] = list->totals[i];
        entry += SIZE_BYTES + key_of(entry).size;
    }
    return at;
}

/* Copy all pieces into the table in the order of their numbers. */
static void join(rank_table *table, const gg_rank_list *lists, size_t count) {
    size_t next[GG_WORKERS_MOST] = {0};
    size_t at = 0;
    for (;;) {
        size_t best = count;
        for (size_t i = 0; i < count; i++) {
            if (next[i] < lists[i].piece_count &&
                (best == count ||
                 lists[i].pieces[next[i]].number < lists[best].pieces[next[best]].number)) {
                best = i;
            }
        }
        if (best == count) {
            return;
        }
        at = join_piece(table, at, &lists[best], next[best]++);
    }
}

static int keys_are_sorted(const rank_table *table) {
    for (size_t i = 1; i < table->count; i++) {
        if (gg_str_compare(key_of(table->keys[i - 1]), key_of(table->keys[i])) > 0) {
            return 0;
        }
    }
    return 1;
}

/* Bytes with which every key begins. */
static size_t common_start(const rank_table *table) {
    const gg_str first = key_of(table->keys[0]);
    size_t common = first.size;
    for (size_t i = 1; i < table->count; i++) {
        const gg_str key = key_of(table->keys[i]);
        size_t same = 0;
        common = key.size < common ? key.size : common;
        while (same < common && key.data[same] == first.data[same]) {
            same++;
        }
        common = same;
    }
    return common;
}

typedef struct keyed {
    gg_str key;
    uint32_t index;
} keyed;

static int by_key(const void *left, const void *right) {
    const keyed *a = left;
    const keyed *b = right;
    const int order = gg_str_compare(a->key, b->key);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* Sort the count rows of order, whose keys agree in what was sorted, by their whole keys. */
static int settle_keys(const rank_table *table, uint32_t *order, size_t count) {
    keyed *rows = gg_calloc(count, sizeof *rows);
    if (rows == NULL) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        rows[i] = (keyed){key_of(table->keys[order[i]]), order[i]};
    }
    qsort(rows, count, sizeof *rows, by_key);
    for (size_t i = 0; i < count; i++) {
        order[i] = rows[i].index;
    }
    gg_free(rows);
    return 0;
}

static int settle_all(const rank_table *table, uint32_t *order, const uint64_t *starts) {
    for (size_t i = 0; i < table->count;) {
        size_t end = i + 1;
        while (end < table->count && starts[order[end]] == starts[order[i]]) {
            end++;
        }
        if (end - i > 1 && settle_keys(table, order + i, end - i) != 0) {
            return -1;
        }
        i = end;
    }
    return 0;
}

/* Bring the rows into an order. */
static int permute(rank_table *table, const uint32_t *order) {
    const char **keys = gg_calloc(table->count, sizeof *keys);
    int64_t *totals = gg_calloc(table->count, sizeof *totals);
    if (keys == NULL || totals == NULL) {
        gg_free(keys);
        gg_free(totals);
        return -1;
    }
    for (size_t i = 0; i < table->count; i++) {
        keys[i] = table->keys[order[i]];
        totals[i] = table->totals[order[i]];
    }
    gg_free(table->keys);
    gg_free(table->totals);
    table->keys = keys;
    table->totals = totals;
    return 0;
}

static int sort_by_key(rank_table *table) {
    const size_t skip = common_start(table);
    uint64_t *starts = gg_calloc(table->count, sizeof *starts);
    uint32_t *order = gg_calloc(table->count, sizeof *order);
    uint32_t *spare = gg_calloc(table->count, sizeof *spare);
    int result = -1;
    if (starts != NULL && order != NULL && spare != NULL) {
        for (size_t i = 0; i < table->count; i++) {
            const gg_str key = key_of(table->keys[i]);
            order[i] = (uint32_t)i;
            for (size_t k = skip; k < skip + 8; k++) {
                starts[i] = starts[i] << 8 | (k < key.size ? (unsigned char)key.data[k] : 0);
            }
        }
        uint32_t *sorted = gg_order_by(order, spare, starts, table->count);
        result = settle_all(table, sorted, starts) != 0 ? -1 : permute(table, sorted);
    }
    gg_free(starts);
    gg_free(order);
    gg_free(spare);
    return result;
}

static int64_t power_of_ten(int exponent) {
    int64_t power = 1;
    for (int i = 0; i < exponent; i++) {
        power *= 10;
    }
    return power;
}

/* Totals too far apart for 32 bits: number the different ones. */
static int pack_far(rank_table *table, int64_t best) {
    uint32_t *order = gg_calloc(table->count, sizeof *order);
    uint32_t *spare = gg_calloc(table->count, sizeof *spare);
    uint64_t group = 0;
    if (order == NULL || spare == NULL) {
        gg_free(order);
        gg_free(spare);
        return -1;
    }
    for (size_t i = 0; i < table->count; i++) {
        order[i] = (uint32_t)i;
        table->spare[i] = gg_order_key(table->totals[i], best, table->ascending);
    }
    const uint32_t *sorted = gg_order_by(order, spare, table->spare, table->count);
    for (size_t i = 0; i < table->count; i++) {
        group += i > 0 && table->totals[sorted[i]] != table->totals[sorted[i - 1]];
        table->packed[i] = group << 32 | sorted[i];
    }
    gg_free(order);
    gg_free(spare);
    return 0;
}

/* Rank the rows: packed holds them, the best first. */
static int rank_rows(rank_table *table) {
    const uint64_t unit = (uint64_t)power_of_ten(GG_RANK_SCALE - table->decimals);
    int64_t best = table->totals[0];
    int64_t worst = best;
    for (size_t i = 0; i < table->count; i++) {
        const int64_t total = table->totals[i];
        best = (table->ascending ? total < best : total > best) ? total : best;
        worst = (table->ascending ? total > worst : total < worst) ? total : worst;
    }
    if (gg_order_key(worst, best, table->ascending) / unit > UINT32_MAX) {
        return pack_far(table, best);
    }
    for (size_t i = 0; i < table->count; i++) {
        table->packed[i] = gg_order_key(table->totals[i], best, table->ascending) / unit << 32 | i;
    }
    uint64_t *sorted = gg_order_packed(table->packed, table->spare, table->count);
    if (sorted != table->packed) {
        table->spare = table->packed;
        table->packed = sorted;
    }
    return 0;
}

static size_t digits_of(uint64_t value) {
    size_t digits = 1;
    while (value >= 10) {
        value /= 10;
        digits++;
    }
    return digits;
}

/* value in exactly so many digits. */
static char *put_digits(char *out, uint64_t value, size_t digits) {
    for (size_t i = digits; i > 0; i--) {
        out[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
    return out + digits;
}

/* ",total,rank\n". */
static char *put_tail(char *out, const rank_table *table, int64_t total, size_t rank) {
    const int64_t exact = total / power_of_ten(GG_RANK_SCALE - table->decimals);
    const uint64_t size = exact < 0 ? (uint64_t)0 - (uint64_t)exact : (uint64_t)exact;
    const uint64_t unit = (uint64_t)power_of_ten(table->decimals);
    *out++ = ',';
    if (exact < 0) {
        *out++ = '-';
    }
    out = put_digits(out, size / unit, digits_of(size / unit));
    if (table->decimals > 0) {
        *out++ = '.';
        out = put_digits(out, size % unit, (size_t)table->decimals);
    }
    *out++ = ',';
    out = put_digits(out, rank, digits_of(rank));
    *out++ = '\n';
    return out;
}

static size_t quoted_size(gg_str text) {
    size_t size = text.size + 2;
    for (size_t i = 0; i < text.size; i++) {
        size += text.data[i] == '"';
    }
    return size;
}

static char *put_quoted(char *out, gg_str text) {
    *out++ = '"';
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"') {
            *out++ = '"';
        }
        *out++ = text.data[i];
    }
    *out++ = '"';
    return out;
}

/* Bytes of a key in its line. */
static size_t key_size(const rank_table *table, uint32_t row) {
    if (!table->quotes && table->shortest == table->longest) {
        return table->longest;
    }
    const gg_str key = key_of(table->keys[row]);
    return table->quotes && needs_quotes(key) ? quoted_size(key) : key.size;
}

/* Write the key of a row; limit ends the share's room. */
static char *put_key(char *out, const char *limit, const rank_table *table, uint32_t row) {
    const gg_str key = key_of(table->keys[row]);
    if (table->quotes && needs_quotes(key)) {
        return put_quoted(out, key);
    }
    if (key.size <= SHORT_KEY && limit - out >= SHORT_KEY) {
        memcpy(out, key.data, SHORT_KEY); // there is room behind the last key of a list
    } else {
        memcpy(out, key.data, key.size);
    }
    return out + key.size;
}

/* Rank of a place: one more than the rows of better groups. */
static size_t rank_at(const rank_table *table, size_t place) {
    const uint64_t group = table->packed[place] >> 32;
    while (place > 0 && table->packed[place - 1] >> 32 == group) {
        place--;
    }
    return place + 1;
}

/* Write the rows of a share, or only count their bytes. */
static void write_share(const rank_table *table, rank_share *share, int counting) {
    char tail[TAIL_SIZE];
    char *out = share->out;
    const char *limit = counting ? NULL : out + share->size;
    size_t tail_size = 0;
    size_t size = 0;
    for (size_t i = share->from; i < share->to; i++) {
        const uint32_t row = (uint32_t)table->packed[i];
        if (i == share->from || table->packed[i] >> 32 != table->packed[i - 1] >> 32) {
            const size_t rank = i == share->from ? rank_at(table, i) : i + 1;
            tail_size = (size_t)(put_tail(tail, table, table->totals[row], rank) - tail);
        }
        if (counting) {
            size += key_size(table, row) + tail_size;
        } else {
            out = put_key(out, limit, table, row);
            memcpy(out, tail, tail_size);
            out += tail_size;
        }
    }
    share->size = counting ? size : share->size;
}

static void write_shares(void *user, int worker) {
    rank_writer *writer = user;
    (void)worker;
    for (;;) {
        gg_gate_lock(writer->gate);
        const size_t share = writer->next++;
        gg_gate_unlock(writer->gate);
        if (share >= writer->count) {
            return;
        }
        write_share(writer->table, &writer->shares[share], writer->counting);
    }
}

static void run_shares(rank_writer *writer, int counting) {
    writer->counting = counting;
    writer->next = 0;
    gg_workers_run((int)writer->count, write_shares, writer);
}

static char *put_header(char *out, gg_str key_name) {
    static const char rest[] = ",total,rank\n";
    if (needs_quotes(key_name)) {
        out = put_quoted(out, key_name);
    } else {
        memcpy(out, key_name.data, key_name.size);
        out += key_name.size;
    }
    memcpy(out, rest, sizeof rest - 1);
    return out + sizeof rest - 1;
}

static gridgov_status write_table(gridgov_bytes **out, const rank_table *table, size_t workers,
                                  gg_str key_name, gridgov_error *err) {
    rank_writer writer = {.table = table, .count = workers, .gate = gg_gate_new()};
    gg_buf text = {0};
    size_t size = quoted_size(key_name) + TAIL_SIZE;
    if (writer.gate == NULL) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; i < workers; i++) {
        writer.shares[i].from = table->count / workers * i;
        writer.shares[i].to = i + 1 == workers ? table->count : table->count / workers * (i + 1);
    }
    run_shares(&writer, 1);
    for (size_t i = 0; i < workers; i++) {
        size += writer.shares[i].size;
    }
    text.data = gg_realloc(NULL, size, 1);
    if (text.data != NULL) {
        char *at = put_header(text.data, key_name);
        text.capacity = size;
        for (size_t i = 0; i < workers; i++) {
            writer.shares[i].out = at;
            at += writer.shares[i].size;
        }
        run_shares(&writer, 0);
        text.size = (size_t)(at - text.data);
        text.data[text.size] = '\0';
    }
    gg_gate_free(writer.gate);
    return text.data == NULL ? gg_fail_memory(err) : gg_buf_to_bytes(out, &text, err);
}

static void open_table(rank_table *table, const gg_rank_list *lists, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const gg_rank_list *list = &lists[i];
        if (list->count > 0) {
            table->shortest = table->count == 0 || list->shortest < table->shortest
                                  ? list->shortest
                                  : table->shortest;
            table->longest = list->longest > table->longest ? list->longest : table->longest;
        }
        table->count += list->count;
        table->decimals = list->decimals > table->decimals ? list->decimals : table->decimals;
        table->quotes |= list->quotes;
    }
}

gridgov_status gg_rank_write(gridgov_bytes **out, const gg_rank_list *lists, size_t count,
                             gg_str key_name, int32_t ascending, gridgov_error *err) {
    rank_table table = {.ascending = ascending != 0};
    gridgov_status status = GRIDGOV_OK;
    open_table(&table, lists, count);
    if (table.count > UINT32_MAX) {
        return gg_fail(err, GG_RULE_RANK_ROWS, NULL, NULL, 0, NULL, NULL);
    }
    table.keys = gg_calloc(table.count, sizeof *table.keys);
    table.totals = gg_calloc(table.count, sizeof *table.totals);
    table.packed = gg_calloc(table.count, sizeof *table.packed);
    table.spare = gg_calloc(table.count, sizeof *table.spare);
    if (table.keys == NULL || table.totals == NULL || table.packed == NULL || table.spare == NULL) {
        status = gg_fail_memory(err);
    } else {
        join(&table, lists, count);
        if (table.count > 0 &&
            ((!keys_are_sorted(&table) && sort_by_key(&table) != 0) || rank_rows(&table) != 0)) {
            status = gg_fail_memory(err);
        }
    }
    if (status == GRIDGOV_OK) {
        status = write_table(out, &table, count, key_name, err);
    }
    gg_free(table.keys);
    gg_free(table.totals);
    gg_free(table.packed);
    gg_free(table.spare);
    return status;
}
