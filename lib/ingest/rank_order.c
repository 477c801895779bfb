/* SPDX-License-Identifier: Apache-2.0 */
/* Radix sort from the lowest digit up (Knuth, The Art of Computer Programming 3, 5.2.5), eleven
 * bits at a time. All histograms come from one pass over the values; a digit that is the same in
 * all of them costs no pass, so small numbers are sorted in one or two. */
#include "rank_order.h"

#include "base/error.h"
#include "base/mem.h"

#include <gridgov/rank.h>

#include <string.h>

#define DIGIT_BITS 11
#define DIGITS ((64 + DIGIT_BITS - 1) / DIGIT_BITS)
#define PACKED_DIGITS 3
#define BUCKETS (1 << DIGIT_BITS)

static size_t digit_of(uint64_t value, int digit) {
    return (size_t)(value >> digit * DIGIT_BITS) & (BUCKETS - 1);
}

/* From counts to the place of each bucket's first entry. */
static void sum_places(uint32_t places[BUCKETS]) {
    uint32_t sum = 0;
    for (size_t i = 0; i < BUCKETS; i++) {
        const uint32_t here = places[i];
        places[i] = sum;
        sum += here;
    }
}

uint32_t *gg_order_by(uint32_t *order, uint32_t *spare, const uint64_t *values, size_t count) {
    uint32_t places[DIGITS][BUCKETS] = {{0}};
    for (size_t i = 0; i < count; i++) {
        for (int d = 0; d < DIGITS; d++) {
            places[d][digit_of(values[order[i]], d)]++;
        }
    }
    for (int d = 0; d < DIGITS && count > 0; d++) {
        if (places[d][digit_of(values[order[0]], d)] == count) {
            continue;
        }
        sum_places(places[d]);
        for (size_t i = 0; i < count; i++) {
            spare[places[d][digit_of(values[order[i]], d)]++] = order[i];
        }
        uint32_t *sorted = spare;
        spare = order;
        order = sorted;
    }
    return order;
}

uint64_t *gg_order_packed(uint64_t *packed, uint64_t *spare, size_t count) {
    uint32_t places[PACKED_DIGITS][BUCKETS] = {{0}};
    for (size_t i = 0; i < count; i++) {
        for (int d = 0; d < PACKED_DIGITS; d++) {
            places[d][digit_of(packed[i] >> 32, d)]++;
        }
    }
    for (int d = 0; d < PACKED_DIGITS && count > 0; d++) {
        if (places[d][digit_of(packed[0] >> 32, d)] == count) {
            continue;
        }
        sum_places(places[d]);
        for (size_t i = 0; i < count; i++) {
            spare[places[d][digit_of(packed[i] >> 32, d)]++] = packed[i];
        }
        uint64_t *sorted = spare;
        spare = packed;
        packed = sorted;
    }
    return packed;
}

static void write_out(int64_t *ranks, int64_t *order_out, const int64_t *values,
                      const uint32_t *order, int64_t count) {
    int64_t rank = 0;
    for (int64_t i = 0; i < count; i++) {
        if (i == 0 || values[order[i]] != values[order[i - 1]]) {
            rank = i + 1;
        }
        if (ranks != NULL) {
            ranks[order[i]] = rank;
        }
        if (order_out != NULL) {
            order_out[i] = order[i];
        }
    }
}

gridgov_status gridgov_rank_values(int64_t *ranks, int64_t *order, const int64_t *values,
                                   int64_t count, int32_t ascending, gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    if (count < 0 || (values == NULL && count > 0)) {
        return gg_fail_arg(err, values == NULL ? "values" : "count");
    }
    if (count > UINT32_MAX) {
        return gg_fail(err, GG_RULE_RANK_ROWS, NULL, NULL, 0, NULL, NULL);
    }
    const size_t size = (size_t)count;
    uint32_t *indexes = gg_calloc(size, sizeof *indexes);
    uint32_t *spare = gg_calloc(size, sizeof *spare);
    uint64_t *keys = gg_calloc(size, sizeof *keys);
    if (indexes == NULL || spare == NULL || keys == NULL) {
        status = gg_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < size; i++) {
        indexes[i] = (uint32_t)i;
        keys[i] = gg_order_key(values[i], ascending ? INT64_MIN : INT64_MAX, ascending);
    }
    write_out(ranks, order, values, gg_order_by(indexes, spare, keys, size), count);
done:
    gg_free(indexes);
    gg_free(spare);
    gg_free(keys);
    return status;
}
