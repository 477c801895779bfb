/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing in groups of eight slots: a byte of each slot is a tag, seven bits of the hash of
 * the key that stands there, and one operation on a word compares all eight. Whoever chooses the
 * keys may make them collide: after PROBES groups a key goes into a tree that cannot be slowed down
 * (map_tree.c), so that every operation costs a bounded number of comparisons.
 *
 * Invariant: a key stands in the first group within its reach that had room when it came, or in the
 * tree if none had. An empty slot therefore ends a search of the slots; one whose key was removed
 * does not. */
#include "base/map.h"

#include "base/map_tree.h"
#include "base/word.h"

#include <string.h>

#define GROUP 8
#define PROBES 6
#define FIRST_GROUPS 2 /* a power of two */
#define EMPTY 0
#define REMOVED 1

struct gg_map_spare {
    struct gg_map_spare *next;
};

static struct gg_map_spare **spares_of(gg_map_pool *pool, size_t size) {
    const size_t class = (size + GG_MAP_STEP - 1) / GG_MAP_STEP;
    return class < GG_MAP_CLASSES ? &pool->spares[class] : NULL;
}

void *gg_map_pool_take(gg_map_pool *pool, size_t size) {
    struct gg_map_spare **list = spares_of(pool, size);
    if (list != NULL && *list != NULL) {
        struct gg_map_spare *piece = *list;
        *list = piece->next;
        return piece;
    }
    return gg_arena_alloc(&pool->arena, (size + GG_MAP_STEP - 1) / GG_MAP_STEP * GG_MAP_STEP);
}

void gg_map_pool_give(gg_map_pool *pool, void *piece, size_t size) {
    struct gg_map_spare **list = spares_of(pool, size);
    if (list != NULL) {
        struct gg_map_spare *kept = piece;
        kept->next = *list;
        *list = kept;
    }
}

static uint64_t hash_of(gg_str key) {
    uint64_t hash = key.size;
    size_t at = 0;
    for (; key.size - at > 2 * sizeof hash; at += 2 * sizeof hash) {
        hash =
            gg_word_mix(gg_word_at(key.data + at) ^ hash, gg_word_at(key.data + at + sizeof hash));
    }
    char rest[2 * sizeof hash] = {0};
    if (key.size > at) {
        memcpy(rest, key.data + at, key.size - at);
    }
    return gg_word_mix(gg_word_at(rest) ^ hash, gg_word_at(rest + sizeof hash));
}

static uint8_t tag_of(uint64_t hash) {
    return (uint8_t)(hash >> 57 | 0x80);
}

/* The slot of a key; SIZE_MAX if it stands in none. */
static size_t find_slot(const gg_map *map, gg_str key, uint64_t hash) {
    for (size_t i = 0; map->slots != NULL && i < PROBES; i++) {
        const size_t first = ((size_t)(hash + i) & map->groups) * GROUP;
        uint64_t matches = gg_word_matches(map->tags + first, tag_of(hash));
        for (; matches != 0; matches &= matches - 1) {
            const size_t slot = first + (size_t)__builtin_ctzll(matches) / 8;
            const gg_map_leaf *leaf = map->slots[slot];
            if (leaf != NULL && leaf->hash == (uint32_t)hash &&
                gg_str_equal(gg_str_make(leaf->key, leaf->size), key)) {
                return slot;
            }
        }
        if (gg_word_matches(map->tags + first, EMPTY) != 0) {
            break;
        }
    }
    return SIZE_MAX;
}

static gg_map_leaf *find(const gg_map *map, gg_str key, uint64_t hash) {
    const size_t slot = find_slot(map, key, hash);
    return slot != SIZE_MAX ? map->slots[slot] : gg_map_tree_get(map->root, key);
}

int64_t gg_map_get(const gg_map *map, gg_str key, int64_t missing) {
    const gg_map_leaf *leaf = map->count == 0 ? NULL : find(map, key, hash_of(key));
    return leaf == NULL ? missing : leaf->value;
}

/* Put a leaf into a free slot near its hash; 0 if there is none within reach. */
static int put(gg_map *map, gg_map_leaf *leaf, uint64_t hash) {
    for (size_t i = 0; map->slots != NULL && i < PROBES; i++) {
        const size_t first = ((size_t)(hash + i) & map->groups) * GROUP;
        for (size_t slot = first; slot < first + GROUP; slot++) {
            if (map->tags[slot] == EMPTY || map->tags[slot] == REMOVED) {
                map->used += map->tags[slot] == EMPTY;
                map->tags[slot] = tag_of(hash);
                map->slots[slot] = leaf;
                return 1;
            }
        }
    }
    return 0;
}

/* More slots, or as many without the traces of removed keys; if keys were made to collide, all
 * stays as it is. 0, or −1 when memory is short. */
static int make_slots(gg_map *map) {
    const size_t old = map->slots == NULL ? 0 : (map->groups + 1) * GROUP;
    const size_t groups =
        old == 0 ? FIRST_GROUPS : (map->groups + 1) << (map->count >= old / 2 ? 1 : 0);
    gg_map larger = *map;
    larger.groups = groups - 1;
    larger.used = 0;
    larger.tags = groups > SIZE_MAX / GROUP ? NULL : gg_calloc(groups, GROUP);
    larger.slots = larger.tags == NULL ? NULL : gg_calloc(groups, GROUP * sizeof *larger.slots);
    if (larger.slots == NULL) {
        gg_free(larger.tags);
        return -1;
    }
    int fits = 1;
    for (size_t slot = 0; fits && slot < old; slot++) {
        gg_map_leaf *leaf = map->slots[slot];
        fits = leaf == NULL || put(&larger, leaf, hash_of(gg_str_make(leaf->key, leaf->size)));
    }
    gg_free(fits ? map->tags : larger.tags);
    gg_free((void *)(fits ? map->slots : larger.slots));
    *map = fits ? larger : *map;
    map->full = !fits;
    return 0;
}

int gg_map_set(gg_map *map, gg_str key, int64_t value) {
    const uint64_t hash = hash_of(key);
    gg_map_leaf *leaf = map->count == 0 ? NULL : find(map, key, hash);
    if (leaf != NULL) {
        leaf->value = value;
        return 0;
    }
    if (map->nodes == NULL) {
        map->nodes = gg_calloc(1, sizeof(gg_map_pool));
    }
    const int crowded = map->slots == NULL || map->used >= (map->groups + 1) * GROUP / 4 * 3;
    if (map->nodes == NULL || key.size > SIZE_MAX / 2 ||
        (crowded && !map->full && make_slots(map) != 0)) {
        return -1;
    }
    leaf = gg_map_pool_take(map->nodes, sizeof *leaf + key.size);
    if (leaf == NULL) {
        return -1;
    }
    *leaf = (gg_map_leaf){.hash = (uint32_t)hash, .size = key.size, .value = value};
    if (key.size > 0) {
        memcpy(leaf->key, key.data, key.size);
    }
    if (!put(map, leaf, hash) && gg_map_tree_add(&map->root, map->nodes, leaf) != 0) {
        gg_map_pool_give(map->nodes, leaf, sizeof *leaf + key.size);
        return -1;
    }
    map->count++;
    return 0;
}

void gg_map_remove(gg_map *map, gg_str key) {
    const size_t slot = map->count == 0 ? SIZE_MAX : find_slot(map, key, hash_of(key));
    gg_map_leaf *leaf = NULL;
    if (slot != SIZE_MAX) {
        leaf = map->slots[slot];
        map->slots[slot] = NULL;
        map->tags[slot] = REMOVED;
    } else {
        leaf = gg_map_tree_remove(&map->root, map->nodes, key);
    }
    if (leaf != NULL) {
        gg_map_pool_give(map->nodes, leaf, sizeof *leaf + leaf->size);
        map->count--;
    }
}

void gg_map_release(gg_map *map) {
    gg_map_pool *pool = map->nodes;
    if (pool != NULL) {
        gg_arena_release(&pool->arena);
        gg_free(pool);
    }
    gg_free(map->tags);
    gg_free((void *)map->slots);
    memset(map, 0, sizeof *map);
}
