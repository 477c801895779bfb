/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of cells numbered from 0 in the order they are first met: as fast as a look-up can be where
 * keys are short, and bounded whatever they are. */
#ifndef GG_INTERN_H
#define GG_INTERN_H

#include "base/map.h"
#include "base/mem.h"

#include <stddef.h>
#include <stdint.h>

/* Bytes that may be read behind a text. */
#define GG_INTERN_SLACK 16
/* Texts of at most so many bytes are their own words. */
#define GG_INTERN_SHORT 16

/* The bytes of a short text, first one lowest, padded with zeros. */
typedef struct gg_intern_words {
    uint64_t low, high;
} gg_intern_words;

typedef struct gg_intern {
    uint32_t *places;       /* number + 1 in the low bits, bits of the hash above; 0 empty */
    size_t mask;            /* places less one; a power of two less one */
    unsigned bits;          /* of a number */
    gg_intern_words *words; /* by number */
    size_t count, capacity; /* texts */
    size_t most;            /* texts allowed */
    const char **texts;     /* of long texts by number; NULL for short ones */
    size_t text_capacity;
    gg_map crowded; /* texts whose places were all taken */
    gg_arena arena;
} gg_intern;

/* 0, or −1 when memory is short. */
int gg_intern_open(gg_intern *intern, size_t most);
/* Number of a text, which is not empty and holds no NUL; −1 when memory is short, −2 when there are
 * too many. *fresh becomes 1 if it is new, else it stays. */
int64_t gg_intern_get(gg_intern *intern, const char *text, size_t size, int *fresh);
void gg_intern_release(gg_intern *intern);

static inline uint64_t gg_intern_load(const char *bytes) {
    uint64_t word = 0;
    for (size_t i = 0; i < sizeof word; i++) { // one load where bytes are in this order
        word |= (uint64_t)(unsigned char)bytes[i] << 8 * i;
    }
    return word;
}

static inline uint64_t gg_intern_mix(gg_intern_words words) {
    uint64_t hash = (words.low ^ (words.low >> 29)) * UINT64_C(0x9E3779B97F4A7C15) ^
                    (words.high ^ (words.high >> 31)) * UINT64_C(0xC2B2AE3D27D4EB4F);
    hash ^= hash >> 32;
    hash *= UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* The words of a short text that is not empty. */
static inline gg_intern_words gg_intern_words_of(const char *text, size_t size) {
    const uint64_t all = ~(uint64_t)0;
    const uint64_t low = size >= 8 ? all : all >> 8 * (8 - size);
    const uint64_t high = size > 8 ? all >> 8 * (16 - size) : 0;
    const gg_intern_words words = {gg_intern_load(text) & low, gg_intern_load(text + 8) & high};
    return words;
}

/* Number of the text that a hash most likely belongs to, looking at its first four places; −1 if
 * none will do. Only the words tell whether it is. */
static inline int64_t gg_intern_guess(const gg_intern *intern, uint64_t hash) {
    const uint32_t tag = (uint32_t)(hash >> 32) >> intern->bits;
    const uint32_t a = intern->places[(size_t)hash & intern->mask];
    const uint32_t b = intern->places[((size_t)hash + 1) & intern->mask];
    const uint32_t c = intern->places[((size_t)hash + 2) & intern->mask];
    const uint32_t d = intern->places[((size_t)hash + 3) & intern->mask];
    uint32_t place = d >> intern->bits == tag ? d : 0;
    place = c >> intern->bits == tag ? c : place;
    place = b >> intern->bits == tag ? b : place;
    place = a >> intern->bits == tag ? a : place;
    return (int64_t)(place & (uint32_t)intern->mask) - 1;
}

#endif
