/* SPDX-License-Identifier: Apache-2.0 */
/* A crit-bit tree (D. J. Bernstein; A. Langley, "Crit-bit trees"). Keys may hold any bytes, and one
 * may begin another: a key is read as 9-bit symbols, 0x100 + byte inside it and 0 behind its end.
 *
 * Invariant: a fork names the first symbol and bit in which the keys below it differ; below[0] has
 * the bit clear, below[1] set; positions grow, and bits shrink, on the way down. A search therefore
 * looks at each symbol once and compares with one leaf at the end. Nodes live in one arena; those
 * removed are kept for the next key of their size. */
#include "base/map.h"

#include "base/mem.h"

#include <string.h>

#define INSIDE 0x100u
#define LEAF_STEP ((size_t)16)
#define LEAF_CLASSES 10 /* leaves above 160 bytes are not kept for reuse */

/* The common beginning of both kinds of nodes. */
typedef struct node {
    uint32_t bit; /* 0 for a leaf */
} node;

typedef struct leaf {
    node head;
    size_t size;
    int64_t value;
    char key[];
} leaf;

typedef struct fork {
    node head;
    size_t position; /* symbol */
    node *below[2];
} fork;

/* A removed node while it waits. */
typedef struct spare {
    struct spare *next;
} spare;

typedef struct pool {
    gg_arena arena;
    spare *forks;
    spare *leaves[LEAF_CLASSES];
} pool;

static uint32_t symbol(gg_str key, size_t position) {
    return position < key.size ? INSIDE | (unsigned char)key.data[position] : 0;
}

static int side(const fork *at, gg_str key) {
    return (symbol(key, at->position) & at->head.bit) != 0;
}

/* The leaf that a key leads to; the tree is not empty. */
static leaf *nearest(node *root, gg_str key) {
    node *at = root;
    while (at->bit != 0) {
        const fork *f = (const fork *)at;
        at = f->below[side(f, key)];
    }
    return (leaf *)at;
}

static gg_str key_of(const leaf *l) {
    return gg_str_make(l->key, l->size);
}

int64_t gg_map_get(const gg_map *map, gg_str key, int64_t missing) {
    if (map->root == NULL) {
        return missing;
    }
    const leaf *found = nearest(map->root, key);
    return gg_str_equal(key_of(found), key) ? found->value : missing;
}

static size_t leaf_class(size_t key_size) {
    return (sizeof(leaf) + key_size) / LEAF_STEP;
}

static void *take(pool *p, spare **list, size_t size) {
    if (list != NULL && *list != NULL) {
        spare *piece = *list;
        *list = piece->next;
        return piece;
    }
    return gg_arena_alloc(&p->arena, size);
}

static void give(spare **list, void *piece) {
    if (list != NULL) {
        spare *kept = piece;
        kept->next = *list;
        *list = kept;
    }
}

static spare **leaf_list(pool *p, size_t key_size) {
    size_t class = leaf_class(key_size);
    return class < LEAF_CLASSES ? &p->leaves[class] : NULL;
}

static leaf *leaf_new(pool *p, gg_str key, int64_t value) {
    if (key.size > SIZE_MAX / 2) {
        return NULL;
    }
    leaf *l = take(p, leaf_list(p, key.size), (leaf_class(key.size) + 1) * LEAF_STEP);
    if (l == NULL) {
        return NULL;
    }
    l->head.bit = 0;
    l->size = key.size;
    l->value = value;
    if (key.size != 0) {
        memcpy(l->key, key.data, key.size);
    }
    return l;
}

static pool *pool_of(gg_map *map) {
    if (map->nodes == NULL) {
        map->nodes = gg_calloc(1, sizeof(pool));
    }
    return map->nodes;
}

/* Position and highest bit of the first difference; the keys differ. */
static uint32_t difference(size_t *position, gg_str a, gg_str b) {
    size_t at = 0;
    while (symbol(a, at) == symbol(b, at)) {
        at++;
    }
    *position = at;
    uint32_t bits = symbol(a, at) ^ symbol(b, at);
    uint32_t bit = INSIDE;
    while ((bits & bit) == 0) {
        bit >>= 1;
    }
    return bit;
}

int gg_map_set(gg_map *map, gg_str key, int64_t value) {
    pool *p = pool_of(map);
    if (p == NULL) {
        return -1;
    }
    leaf *near = map->root == NULL ? NULL : nearest(map->root, key);
    if (near != NULL && gg_str_equal(key_of(near), key)) {
        near->value = value;
        return 0;
    }
    leaf *added = leaf_new(p, key, value);
    if (added == NULL) {
        return -1;
    }
    if (near == NULL) {
        map->root = added;
        map->count = 1;
        return 0;
    }
    fork *split = take(p, &p->forks, sizeof(fork));
    if (split == NULL) {
        give(leaf_list(p, key.size), added);
        return -1;
    }
    split->head.bit = difference(&split->position, key_of(near), key);
    node *at = map->root;
    fork *above = NULL;
    while (at->bit != 0) {
        fork *f = (fork *)at;
        if (f->position > split->position ||
            (f->position == split->position && f->head.bit < split->head.bit)) {
            break;
        }
        above = f;
        at = f->below[side(f, key)];
    }
    int which = side(split, key);
    split->below[which] = &added->head;
    split->below[!which] = at;
    if (above == NULL) {
        map->root = split;
    } else {
        above->below[side(above, key)] = &split->head;
    }
    map->count++;
    return 0;
}

void gg_map_remove(gg_map *map, gg_str key) {
    pool *p = map->nodes;
    node *at = map->root;
    fork *parent = NULL;
    fork *grandparent = NULL;
    while (at != NULL && at->bit != 0) {
        grandparent = parent;
        parent = (fork *)at;
        at = parent->below[side(parent, key)];
    }
    leaf *found = (leaf *)at;
    if (found == NULL || !gg_str_equal(key_of(found), key)) {
        return;
    }
    node *sibling = parent == NULL ? NULL : parent->below[!side(parent, key)];
    if (grandparent != NULL) {
        grandparent->below[side(grandparent, key)] = sibling;
    } else {
        map->root = sibling;
    }
    give(leaf_list(p, found->size), found);
    if (parent != NULL) {
        give(&p->forks, parent);
    }
    map->count--;
}

void gg_map_release(gg_map *map) {
    pool *p = map->nodes;
    if (p != NULL) {
        gg_arena_release(&p->arena);
        gg_free(p);
    }
    memset(map, 0, sizeof *map);
}
