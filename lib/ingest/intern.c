/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing over small places: each holds a number and as many bits of the hash as are left,
 * so that nearly every look-up compares with one text alone. Texts stand by number, which puts
 * those met early, and so mostly those met often, side by side. A text of at most 16 bytes is its
 * own words, padded with zeros, which no text holds. A longer one is known by a hash and, under a
 * top byte that UTF-8 never has, by a mark, and is compared with a copy. Whoever chooses the keys
 * may make them collide; after PROBES places a text goes into a map that cannot be slowed down. */
#include "intern.h"

#include <string.h>

#define FIRST_BITS 8
#define PROBES 48
#define BITS_MOST 31
/* Second word of a long text; UTF-8 has no such byte. */
#define LONG_MARK (UINT64_C(0xFF) << 56)

/* The first size bytes of a word, size at most 8. */
static uint64_t first_bytes(uint64_t word, size_t size) {
    return size == 0 ? 0 : word & ~(uint64_t)0 >> 8 * (8 - size);
}

static gg_intern_words words_of_long(const char *text, size_t size) {
    uint64_t hash = size;
    for (size_t at = 0; at < size; at += 8) {
        const size_t left = size - at < 8 ? size - at : 8;
        const gg_intern_words words = {hash, first_bytes(gg_intern_load(text + at), left) + at};
        hash = gg_intern_mix(words);
    }
    const gg_intern_words words = {hash, LONG_MARK};
    return words;
}

static uint64_t hash_of(gg_intern_words words) {
    return words.high == LONG_MARK ? words.low : gg_intern_mix(words);
}

int gg_intern_open(gg_intern *intern, size_t most) {
    memset(intern, 0, sizeof *intern);
    intern->most = most;
    intern->bits = FIRST_BITS;
    intern->mask = ((size_t)1 << FIRST_BITS) - 1;
    intern->places = gg_calloc(intern->mask + 1, sizeof *intern->places);
    return intern->places == NULL ? -1 : 0;
}

void gg_intern_release(gg_intern *intern) {
    gg_free(intern->places);
    gg_free(intern->words);
    gg_free((void *)intern->texts);
    gg_map_release(&intern->crowded);
    gg_arena_release(&intern->arena);
}

/* Put a number into an empty place near its hash; 0 if there is none within reach. */
static int put_place(gg_intern *intern, uint64_t hash, size_t number) {
    const uint32_t tag = (uint32_t)(hash >> 32) >> intern->bits;
    for (size_t i = 0; i < PROBES; i++) {
        uint32_t *place = &intern->places[(size_t)(hash + i) & intern->mask];
        if (*place == 0) {
            *place = tag << intern->bits | (uint32_t)(number + 1);
            return 1;
        }
    }
    return 0;
}

/* Twice the places; those that are crowded out stay in the map. */
static int grow_places(gg_intern *intern) {
    gg_intern larger = *intern;
    larger.bits = intern->bits + 1;
    larger.mask = intern->mask * 2 + 1;
    larger.places = gg_calloc(larger.mask + 1, sizeof *larger.places);
    if (larger.places == NULL) {
        return -1;
    }
    for (size_t i = 0; i <= intern->mask; i++) {
        const size_t number = (size_t)(intern->places[i] & (uint32_t)intern->mask);
        if (intern->places[i] != 0 &&
            !put_place(&larger, hash_of(intern->words[number - 1]), number - 1)) {
            gg_free(larger.places); // keys made to collide: new ones go into the map
            return 0;
        }
    }
    gg_free(intern->places);
    intern->places = larger.places;
    intern->mask = larger.mask;
    intern->bits = larger.bits;
    return 0;
}

static int grow_words(gg_intern *intern) {
    return gg_grow((void **)&intern->words, intern->count, &intern->capacity,
                   sizeof *intern->words);
}

/* Keep a copy of a long text under its number. */
static int keep_text(gg_intern *intern, gg_str text) {
    if (intern->count >= intern->text_capacity) {
        const size_t capacity = intern->count * 2 + 64;
        const char **texts = gg_realloc((void *)intern->texts, capacity, sizeof *texts);
        if (texts == NULL) {
            return -1;
        }
        memset((void *)(texts + intern->text_capacity), 0,
               (capacity - intern->text_capacity) * sizeof *texts);
        intern->texts = texts;
        intern->text_capacity = capacity;
    }
    intern->texts[intern->count] = gg_arena_text(&intern->arena, text.data, text.size);
    return intern->texts[intern->count] == NULL ? -1 : 0;
}

static int64_t add(gg_intern *intern, gg_str text, gg_intern_words words, int *fresh) {
    if (intern->count >= intern->most) {
        return -2;
    }
    if ((intern->count >= intern->mask / 2 && intern->bits < BITS_MOST &&
         grow_places(intern) != 0) ||
        grow_words(intern) != 0 || (words.high == LONG_MARK && keep_text(intern, text) != 0)) {
        return -1;
    }
    // A number has to fit its bits, and a place may not be all zeros.
    if (intern->count + 1 > intern->mask || !put_place(intern, hash_of(words), intern->count)) {
        if (gg_map_set(&intern->crowded, text, (int64_t)intern->count) != 0) {
            return -1;
        }
    }
    intern->words[intern->count] = words;
    *fresh = 1;
    return (int64_t)intern->count++;
}

/* 1 if the text of a number is this one. */
static int is_text(const gg_intern *intern, size_t number, gg_intern_words words, gg_str text) {
    const gg_intern_words *known = &intern->words[number];
    if (known->low != words.low || known->high != words.high) {
        return 0;
    }
    return words.high != LONG_MARK || (strncmp(intern->texts[number], text.data, text.size) == 0 &&
                                       intern->texts[number][text.size] == '\0');
}

int64_t gg_intern_get(gg_intern *intern, const char *text, size_t size, int *fresh) {
    const gg_str whole = gg_str_make(text, size);
    const gg_intern_words words =
        size > GG_INTERN_SHORT ? words_of_long(text, size) : gg_intern_words_of(text, size);
    const uint64_t hash = hash_of(words);
    const uint32_t tag = (uint32_t)(hash >> 32) >> intern->bits;
    for (size_t i = 0; i < PROBES; i++) {
        const uint32_t place = intern->places[(size_t)(hash + i) & intern->mask];
        const size_t number = (size_t)(place & (uint32_t)intern->mask);
        if (place == 0) {
            break;
        }
        if (place >> intern->bits == tag && is_text(intern, number - 1, words, whole)) {
            return (int64_t)number - 1;
        }
    }
    const int64_t crowded =
        intern->crowded.count > 0 ? gg_map_get(&intern->crowded, whole, -1) : -1;
    return crowded >= 0 ? crowded : add(intern, whole, words, fresh);
}
