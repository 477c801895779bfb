/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of cells numbered from 0 in the order they are first met, each with a value of its owner's:
 * as fast as a look-up can be where keys are short, and bounded whatever they are. */
#ifndef GG_INTERN_H
#define GG_INTERN_H

#include "base/hint.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/word.h"

#include <stddef.h>
#include <stdint.h>

/* Bytes that may be read behind a text. */
#define GG_INTERN_SLACK 16
/* Texts of at most so many bytes are their own words. */
#define GG_INTERN_SHORT 16
/* Second word of a longer text; UTF-8 has no such byte. */
#define GG_INTERN_LONG (UINT64_C(0xFF) << 56)
/* Slots that are looked at together, one tag each in a word. */
#define GG_INTERN_GROUP 8
/* Value of a text that has got none. */
#define GG_INTERN_UNKNOWN INT32_MIN

/* The bytes of a short text, first one lowest, padded with zeros; of a longer one a hash and
 * GG_INTERN_LONG. */
typedef struct gg_intern_words {
    uint64_t low, high;
} gg_intern_words;

/* What is known of a text. */
typedef struct gg_intern_record {
    gg_intern_words words; /* zeros in an empty slot */
    int32_t number;
    int32_t value;
} gg_intern_record;

typedef struct gg_intern {
    uint8_t *tags;             /* by slot: bits of the hash; 0: empty */
    gg_intern_record *records; /* by slot */
    size_t groups;             /* less one; a power of two less one */
    int crowds;                /* 1: keys were made to collide, more slots would not help */
    size_t count;              /* texts */
    size_t most;               /* texts allowed */
    const char **texts;        /* of long texts by number; NULL for short ones */
    size_t text_capacity;
    gg_map crowd; /* texts for which no slot was near: index among the crowded */
    gg_intern_record *crowded;
    size_t crowded_count, crowded_capacity;
    gg_arena arena;
} gg_intern;

/* 0, or −1 when memory is short. */
int gg_intern_open(gg_intern *intern, size_t most);
/* The record of a text, which is not empty and holds no NUL; made if it is new. Good until the next
 * call. NULL with *short_of 1 when memory is short, or 0 when there are too many texts. */
gg_intern_record *gg_intern_get(gg_intern *intern, const char *text, size_t size, int *short_of);
void gg_intern_release(gg_intern *intern);

/* Words of a text of more than GG_INTERN_SHORT bytes. */
gg_intern_words gg_intern_words_of_long(const char *text, size_t size);

/* Words of any text; of an empty one they are zeros. */
static inline gg_intern_words gg_intern_words_of(const char *text, size_t size) {
    static const unsigned char masks[2 * GG_INTERN_SHORT] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    if (size > GG_INTERN_SHORT) {
        return gg_intern_words_of_long(text, size);
    }
    const char *mask = (const char *)masks + (GG_INTERN_SHORT - size);
    const gg_intern_words words = {gg_word_at(text) & gg_word_at(mask),
                                   gg_word_at(text + 8) & gg_word_at(mask + 8)};
    return words;
}

static inline uint64_t gg_intern_hash(gg_intern_words words) {
    return words.high == GG_INTERN_LONG ? words.low : gg_word_mix(words.low, words.high);
}

/* The slots of a group that a hash may stand in (gg_word_matches()). */
static inline uint64_t gg_intern_matches(const gg_intern *intern, size_t group, uint64_t hash) {
    return gg_word_matches(intern->tags + group * GG_INTERN_GROUP, (uint8_t)(hash >> 57 | 0x80));
}

/* Where a text of this hash most likely is, and else some slot: only its words can tell. */
static inline size_t gg_intern_guess(const gg_intern *intern, uint64_t hash) {
    const size_t group = (size_t)hash & intern->groups;
    const uint64_t matches = gg_intern_matches(intern, group, hash) | UINT64_C(1) << 63;
    return group * GG_INTERN_GROUP + (size_t)__builtin_ctzll(matches) / 8;
}

/* 1 if a longer text is the one of a number. */
int gg_intern_is_long(const gg_intern *intern, int32_t number, const char *text, size_t size);

/* 1 if a record is that of a text, which is not empty and has these words. */
static inline int gg_intern_is(const gg_intern *intern, const gg_intern_record *record,
                               gg_intern_words words, const char *text, size_t size) {
    const uint64_t differ = (record->words.low ^ words.low) | (record->words.high ^ words.high);
    return differ == 0 &&
           (words.high != GG_INTERN_LONG || gg_intern_is_long(intern, record->number, text, size));
}

#endif
