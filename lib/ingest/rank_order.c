/* SPDX-License-Identifier: Apache-2.0 */
/* Radix sort from the lowest digit up (Knuth, The Art of Computer Programming 3, 5.2.5), by digits
 * of at most eleven bits, all of the same width, and no more of them than there are bits that
 * differ. Every worker counts the digits of its share and then knows where each of its numbers
 * goes: behind the smaller digits of all shares and the same digit of the shares before. So the
 * result is the same for any number of workers. */
#include "rank_model.h"

#include "base/error.h"

#define DIGIT_BITS 11 /* at most */
#define BUCKETS (1 << DIGIT_BITS)
/* What is not worth another thread. */
#define SHARE_LEAST ((size_t)32768)

typedef uint32_t places[BUCKETS];

typedef struct pass {
    const uint64_t *from;
    uint64_t *to;
    places *shares; /* first the numbers of each digit, then the place of the next one */
    int shift;
    uint64_t mask;
} pass;

static void count_digits(void *user, size_t share, size_t from, size_t to) {
    const pass *p = user;
    uint32_t *counts = p->shares[share];
    memset(counts, 0, sizeof p->shares[share]);
    for (size_t i = from; i < to; i++) {
        counts[p->from[i] >> p->shift & p->mask]++;
    }
}

static void place_digits(void *user, size_t share, size_t from, size_t to) {
    const pass *p = user;
    uint32_t *at = p->shares[share];
    for (size_t i = from; i < to; i++) {
        const uint64_t number = p->from[i];
        p->to[at[number >> p->shift & p->mask]++] = number;
    }
}

/* From the counts of all shares to their places. */
static void sum_up(const pass *p, size_t shares) {
    uint32_t sum = 0;
    for (size_t digit = 0; digit <= p->mask; digit++) {
        for (size_t i = 0; i < shares; i++) {
            const uint32_t here = p->shares[i][digit];
            p->shares[i][digit] = sum;
            sum += here;
        }
    }
}

int gg_order_packed(uint64_t **packed, uint64_t **spare, size_t count, int bits, int workers) {
    const int passes = (bits + DIGIT_BITS - 1) / DIGIT_BITS;
    const int width = passes == 0 ? 0 : (bits + passes - 1) / passes;
    const size_t fair = count / SHARE_LEAST + 1;
    const size_t shares = fair < (size_t)workers ? fair : (size_t)workers;
    pass p = {.shift = 32, .mask = ((uint64_t)1 << width) - 1};
    if (passes == 0) {
        return 0;
    }
    p.shares = gg_realloc(NULL, shares, sizeof *p.shares);
    if (p.shares == NULL) {
        return -1;
    }
    for (int i = 0; i < passes; i++, p.shift += width) {
        p.from = *packed;
        p.to = *spare;
        gg_workers_share(count, shares, workers, count_digits, &p);
        sum_up(&p, shares);
        gg_workers_share(count, shares, workers, place_digits, &p);
        *spare = *packed;
        *packed = p.to;
    }
    gg_free(p.shares);
    return 0;
}

int gg_order_bits(uint64_t value) {
    int bits = 0;
    for (; value != 0; value >>= 1) {
        bits++;
    }
    return bits;
}

/* Sort count indexes, below 2^32 and in their order, by keys of so many bits. */
static int order_by(uint64_t **order, uint64_t **spare, const uint64_t *keys, size_t count,
                    int bits) {
    for (int shift = 0; shift < bits; shift += 32) {
        for (size_t i = 0; i < count; i++) {
            const uint32_t index = (uint32_t)(*order)[i];
            (*order)[i] = keys[index] >> shift << 32 | index;
        }
        if (gg_order_packed(order, spare, count, bits - shift < 32 ? bits - shift : 32, 1) != 0) {
            return -1;
        }
    }
    return 0;
}

static void write_out(int64_t *ranks, int64_t *order_out, const int64_t *values,
                      const uint64_t *order, int64_t count) {
    int64_t rank = 0;
    for (int64_t i = 0; i < count; i++) {
        const uint32_t index = (uint32_t)order[i];
        if (i == 0 || values[index] != values[(uint32_t)order[i - 1]]) {
            rank = i + 1;
        }
        if (ranks != NULL) {
            ranks[index] = rank;
        }
        if (order_out != NULL) {
            order_out[i] = index;
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
    uint64_t *indexes = gg_realloc(NULL, size, sizeof *indexes);
    uint64_t *spare = gg_realloc(NULL, size, sizeof *spare);
    uint64_t *keys = gg_realloc(NULL, size, sizeof *keys);
    uint64_t different = 0;
    if (indexes == NULL || spare == NULL || keys == NULL) {
        status = gg_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < size; i++) {
        indexes[i] = i;
        keys[i] = gg_order_key(values[i], ascending ? INT64_MIN : INT64_MAX, ascending);
        different |= keys[i] ^ keys[0];
    }
    if (order_by(&indexes, &spare, keys, size, gg_order_bits(different)) != 0) {
        status = gg_fail_memory(err);
        goto done;
    }
    write_out(ranks, order, values, indexes, count);
done:
    gg_free(indexes);
    gg_free(spare);
    gg_free(keys);
    return status;
}
