/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing columns of 64-bit numbers, for the files simd_*.c: plain loops, which a compiler turns
 * into vectors where it is told that the processor has them. */
#ifndef GG_SIMD_COMPARE_H
#define GG_SIMD_COMPARE_H

#include <stddef.h>
#include <stdint.h>

#define GG_INLINE_LOOP static inline __attribute__((always_inline, unused))

GG_INLINE_LOOP void gg_reached_run(uint64_t *out, const int64_t *values, const int64_t limits[3],
                                   int64_t none, size_t count, int shift) {
    const int64_t a = limits[0];
    const int64_t b = limits[1];
    const int64_t c = limits[2];
    for (size_t i = 0; i < count; i++) {
        const int64_t value = values[i];
        out[i] |= ((uint64_t)(value != none) + (uint64_t)(value >= a) + (uint64_t)(value >= b) +
                   (uint64_t)(value >= c))
                  << shift;
    }
}

GG_INLINE_LOOP void gg_order_run(uint64_t *out, const int64_t *first, const int64_t *second,
                                 size_t count, int shift) {
    for (size_t i = 0; i < count; i++) {
        out[i] |= ((uint64_t)(first[i] <= second[i]) | (uint64_t)(first[i] >= second[i]) << 1)
                  << shift;
    }
}

#endif
