/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing in groups of eight slots: a byte of each slot is a tag, seven bits of the hash of
 * what stands there, and one operation on a word compares all eight, so that nearly every look-up
 * touches one group of tags and one record (the idea is that of Google's Swiss tables). A text of
 * at most 16 bytes is its own words, padded with zeros, which no text holds. A longer one is known
 * by a hash and, under a top byte that UTF-8 never has, by a mark, and is compared with a copy.
 * Whoever chooses the keys may make them collide; after PROBES groups a text goes into a map that
 * cannot be slowed down. */
#include "intern.h"

#include <string.h>

#define FIRST_GROUPS 32 /* a power of two */
#define PROBES 6

gg_intern_words gg_intern_words_of_long(const char *text, size_t size) {
    uint64_t hash = size;
    for (size_t at = 0; at < size; at += GG_INTERN_SHORT) {
        const size_t left = size - at < GG_INTERN_SHORT ? size - at : GG_INTERN_SHORT;
        const gg_intern_words words = gg_intern_words_of(text + at, left);
        hash = gg_word_mix(words.low ^ hash, words.high);
    }
    const gg_intern_words words = {hash, GG_INTERN_LONG};
    return words;
}

/* Slots for so many groups; 0, or −1. */
static int make_slots(gg_intern *intern, size_t groups) {
    intern->groups = groups - 1;
    intern->tags = gg_calloc(groups * GG_INTERN_GROUP, sizeof *intern->tags);
    intern->records = gg_calloc(groups * GG_INTERN_GROUP, sizeof *intern->records);
    if (intern->tags == NULL || intern->records == NULL) {
        gg_free(intern->tags);
        gg_free(intern->records);
        return -1;
    }
    return 0;
}

int gg_intern_open(gg_intern *intern, size_t most) {
    memset(intern, 0, sizeof *intern);
    intern->most = most;
    if (make_slots(intern, FIRST_GROUPS) != 0) {
        memset(intern, 0, sizeof *intern);
        return -1;
    }
    return 0;
}

void gg_intern_release(gg_intern *intern) {
    gg_free(intern->tags);
    gg_free(intern->records);
    gg_free((void *)intern->texts);
    gg_free(intern->crowded);
    gg_map_release(&intern->crowd);
    gg_arena_release(&intern->arena);
}

/* An empty slot near a hash, marked with its tag; NULL if there is none within reach. */
static gg_intern_record *take_slot(gg_intern *intern, uint64_t hash) {
    for (size_t i = 0; i < PROBES; i++) {
        const size_t first = ((size_t)(hash + i) & intern->groups) * GG_INTERN_GROUP;
        for (size_t slot = first; slot < first + GG_INTERN_GROUP; slot++) {
            if (intern->tags[slot] == 0) {
                intern->tags[slot] = (uint8_t)(hash >> 57 | 0x80);
                return &intern->records[slot];
            }
        }
    }
    return NULL;
}

/* Twice the slots; if keys were made to collide, all stays as it is from then on. */
static int grow_slots(gg_intern *intern) {
    gg_intern larger = *intern;
    if (intern->groups >= SIZE_MAX / 4 / GG_INTERN_GROUP ||
        make_slots(&larger, (intern->groups + 1) * 2) != 0) {
        return -1;
    }
    for (size_t slot = 0; slot < (intern->groups + 1) * GG_INTERN_GROUP; slot++) {
        const gg_intern_record *record = &intern->records[slot];
        gg_intern_record *to =
            intern->tags[slot] == 0 ? NULL : take_slot(&larger, gg_intern_hash(record->words));
        if (to == NULL && intern->tags[slot] != 0) {
            gg_free(larger.tags);
            gg_free(larger.records);
            intern->crowds = 1;
            return 0;
        }
        if (to != NULL) {
            *to = *record;
        }
    }
    gg_free(intern->tags);
    gg_free(intern->records);
    intern->tags = larger.tags;
    intern->records = larger.records;
    intern->groups = larger.groups;
    return 0;
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

/* A record for a text for which there is no slot. */
static gg_intern_record *crowd_in(gg_intern *intern, gg_str text) {
    if (gg_grow((void **)&intern->crowded, intern->crowded_count, &intern->crowded_capacity,
                sizeof *intern->crowded) != 0 ||
        gg_map_set(&intern->crowd, text, (int64_t)intern->crowded_count) != 0) {
        return NULL;
    }
    return &intern->crowded[intern->crowded_count++];
}

static gg_intern_record *add(gg_intern *intern, gg_str text, gg_intern_words words, int *short_of) {
    *short_of = intern->count < intern->most;
    if (intern->count >= intern->most) {
        return NULL;
    }
    const size_t slots = (intern->groups + 1) * GG_INTERN_GROUP;
    if ((intern->count >= slots / 4 * 3 && !intern->crowds && grow_slots(intern) != 0) ||
        (words.high == GG_INTERN_LONG && keep_text(intern, text) != 0)) {
        return NULL;
    }
    gg_intern_record *record = take_slot(intern, gg_intern_hash(words));
    record = record != NULL ? record : crowd_in(intern, text);
    if (record == NULL) {
        return NULL;
    }
    *record = (gg_intern_record){
        .words = words, .number = (int32_t)intern->count++, .value = GG_INTERN_UNKNOWN};
    return record;
}

int gg_intern_is_long(const gg_intern *intern, int32_t number, const char *text, size_t size) {
    return strncmp(intern->texts[number], text, size) == 0 && intern->texts[number][size] == '\0';
}

gg_intern_record *gg_intern_get(gg_intern *intern, const char *text, size_t size, int *short_of) {
    const gg_str whole = gg_str_make(text, size);
    const gg_intern_words words = gg_intern_words_of(text, size);
    const uint64_t hash = gg_intern_hash(words);
    for (size_t i = 0; i < PROBES; i++) {
        const size_t group = (size_t)(hash + i) & intern->groups;
        uint64_t matches = gg_intern_matches(intern, group, hash);
        for (; matches != 0; matches &= matches - 1) {
            gg_intern_record *record =
                &intern->records[group * GG_INTERN_GROUP + (size_t)__builtin_ctzll(matches) / 8];
            if (gg_intern_is(intern, record, words, text, size)) {
                return record;
            }
        }
    }
    const int64_t crowded = intern->crowd.count > 0 ? gg_map_get(&intern->crowd, whole, -1) : -1;
    return crowded >= 0 ? &intern->crowded[crowded] : add(intern, whole, words, short_of);
}
