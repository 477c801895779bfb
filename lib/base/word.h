/* SPDX-License-Identifier: Apache-2.0 */
/* Eight bytes of text as one number, and hashes made of such. */
#ifndef GG_WORD_H
#define GG_WORD_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Eight bytes, the first of them lowest, on every processor. */
static inline uint64_t gg_word_at(const char *bytes) {
    uint64_t word = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&word, bytes, sizeof word);
#else
    for (size_t i = 0; i < sizeof word; i++) {
        word |= (uint64_t)(unsigned char)bytes[i] << 8 * i;
    }
#endif
    return word;
}

/* A hash of two words: every bit of both moves every bit of it. It holds no secret: whoever chooses
 * the words can choose it. */
static inline uint64_t gg_word_mix(uint64_t low, uint64_t high) {
    uint64_t hash = (low ^ (low >> 29)) * UINT64_C(0x9E3779B97F4A7C15) ^
                    (high ^ (high >> 31)) * UINT64_C(0xC2B2AE3D27D4EB4F);
    hash ^= hash >> 32;
    hash *= UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* The top bit of every byte of eight tags that is this one; above the lowest, perhaps of some that
 * are not. */
static inline uint64_t gg_word_matches(const uint8_t *tags, uint8_t tag) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t other = gg_word_at((const char *)tags) ^ (tag * ones);
    return (other - ones) & ~other & (ones << 7);
}

#endif
