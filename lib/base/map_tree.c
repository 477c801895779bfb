/* SPDX-License-Identifier: Apache-2.0 */
/* A crit-bit tree (D. J. Bernstein; A. Langley, "Crit-bit trees"). Keys may hold any bytes, and one
 * may begin another: a key is read as 9-bit symbols, 0x100 + byte inside it and 0 behind its end.
 *
 * Invariant: a fork names the first symbol and bit in which the keys below it differ; below[0] has
 * the bit clear, below[1] set; positions grow, and bits shrink, on the way down. A search therefore
 * looks at each symbol once and compares with one leaf at the end. */
#include "base/map_tree.h"

#include <string.h>

#define INSIDE 0x100u

typedef gg_map_node node;
typedef gg_map_leaf leaf;

typedef struct fork {
    node head;
    size_t position; /* symbol */
    node *below[2];
} fork;

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

gg_map_leaf *gg_map_tree_get(void *root, gg_str key) {
    leaf *found = root == NULL ? NULL : nearest(root, key);
    return found != NULL && gg_str_equal(key_of(found), key) ? found : NULL;
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

int gg_map_tree_add(void **root, gg_map_pool *pool, gg_map_leaf *added) {
    const gg_str key = key_of(added);
    if (*root == NULL) {
        *root = added;
        return 0;
    }
    fork *split = gg_map_pool_take(pool, sizeof(fork));
    if (split == NULL) {
        return -1;
    }
    split->head.bit = difference(&split->position, key_of(nearest(*root, key)), key);
    node *at = *root;
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
    const int which = side(split, key);
    split->below[which] = &added->head;
    split->below[!which] = at;
    if (above == NULL) {
        *root = split;
    } else {
        above->below[side(above, key)] = &split->head;
    }
    return 0;
}

gg_map_leaf *gg_map_tree_remove(void **root, gg_map_pool *pool, gg_str key) {
    node *at = *root;
    fork *parent = NULL;
    fork *grandparent = NULL;
    while (at != NULL && at->bit != 0) {
        grandparent = parent;
        parent = (fork *)at;
        at = parent->below[side(parent, key)];
    }
    leaf *found = (leaf *)at;
    if (found == NULL || !gg_str_equal(key_of(found), key)) {
        return NULL;
    }
    node *sibling = parent == NULL ? NULL : parent->below[!side(parent, key)];
    if (grandparent != NULL) {
        grandparent->below[side(grandparent, key)] = sibling;
    } else {
        *root = sibling;
    }
    if (parent != NULL) {
        gg_map_pool_give(pool, parent, sizeof(fork));
    }
    return found;
}
