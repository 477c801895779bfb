/* SPDX-License-Identifier: Apache-2.0 */
/* Adding up decimals that are written alike, for the files simd_*.c. The bytes of a cell lie in one
 * word, its last byte highest, so digits of the same worth lie in the same byte of every word, and
 * are added there before anything is multiplied. Whatever is no such number leaves something behind
 * that is looked at once. */
#ifndef GG_SIMD_DIGITS_H
#define GG_SIMD_DIGITS_H

#include "base/simd.h"
#include "base/word.h"

#define GG_DIGITS_WORD 8 /* bytes */
#define GG_DIGITS_ONES UINT64_C(0x0101010101010101)
#define GG_DIGITS_SIGN ('-' ^ '0') /* what is left of a sign where '0' is taken off */

/* All bits of the byte in which the point stands; 0 if there is none. */
static inline uint64_t gg_digits_point(int decimals) {
    return decimals == 0 ? 0 : UINT64_C(0xFF) << 8 * (GG_DIGITS_WORD - 1 - decimals);
}

/* Bytes without the one of the point, which is zero. */
static inline uint64_t gg_digits_close(uint64_t bytes, uint64_t point) {
    const uint64_t before = point == 0 ? 0 : (point & (0 - point)) - 1;
    return (bytes & before) << 8 | (bytes & ~before);
}

static inline __attribute__((always_inline)) int gg_digits_run(gg_digits *out, const char *data,
                                                               size_t start, const uint32_t *ends,
                                                               size_t count, int decimals,
                                                               int quotes) {
    const uint64_t point = gg_digits_point(decimals);
    const uint64_t dot = GG_DIGITS_ONES * ('.' ^ '0') & point;
    uint64_t sum = 0;
    uint64_t negative = 0;
    uint64_t bytes = 0; // every bit that is set in a word
    uint64_t above = 0; // top bits of bytes above nine
    size_t sizes = 0;   // every bit that is set in a size less one
    uint64_t other = 0; // not nought if something else is wrong
    const size_t quote = (size_t)quotes;
    for (size_t i = 0; i < count; i++) {
        const size_t size = ends[i] - start - 2 * quote;
        uint64_t word = gg_word_at(data + start + quote) ^ GG_DIGITS_ONES * '0';
        const uint64_t minus = (uint64_t)0 - ((word & 0xFF) == GG_DIGITS_SIGN);
        word ^= minus & GG_DIGITS_SIGN; // a zero in front
        word = word << (8 * (GG_DIGITS_WORD - size) & 63) ^ dot;
        sizes |= size - 1;
        other |= minus & (size == 1);
        other |= quote & (data[start] != '"');
        bytes |= word;
        above |= word + GG_DIGITS_ONES * (0x7F - 9);
        sum += word;
        negative += word & minus;
        start = ends[i] + (size_t)1;
    }
    out->sum = gg_digits_close(sum, point);
    out->negative = gg_digits_close(negative, point);
    return (((bytes | above) & GG_DIGITS_ONES << 7) | (bytes & point) | sizes / GG_DIGITS_WORD |
            other) == 0;
}

#endif
