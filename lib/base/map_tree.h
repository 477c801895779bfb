/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a map that no chosen keys can slow down: a tree of leaves, each a key and its value.
 * Leaves and forks live in the map's pool. */
#ifndef GG_MAP_TREE_H
#define GG_MAP_TREE_H

#include "mem.h"
#include "text.h"

#include <stddef.h>
#include <stdint.h>

/* The common beginning of leaves and forks. */
typedef struct gg_map_node {
    uint32_t bit; /* 0 for a leaf */
} gg_map_node;

typedef struct gg_map_leaf {
    gg_map_node head;
    uint32_t hash; /* of the key, as the map has it */
    size_t size;
    int64_t value;
    char key[];
} gg_map_leaf;

#define GG_MAP_STEP ((size_t)16)
#define GG_MAP_CLASSES 12 /* larger pieces are not kept for reuse */

/* Memory in pieces; those given back are kept for the next of their size. */
typedef struct gg_map_pool {
    gg_arena arena;
    struct gg_map_spare *spares[GG_MAP_CLASSES];
} gg_map_pool;

/* NULL when memory is short. */
void *gg_map_pool_take(gg_map_pool *pool, size_t size);
void gg_map_pool_give(gg_map_pool *pool, void *piece, size_t size);

/* The leaf of a key; NULL if there is none. */
gg_map_leaf *gg_map_tree_get(void *root, gg_str key);
/* Add a leaf whose key is not there. 0, or −1 when memory is short, with the tree as it was. */
int gg_map_tree_add(void **root, gg_map_pool *pool, gg_map_leaf *added);
/* Take the leaf of a key out; NULL if there is none. */
gg_map_leaf *gg_map_tree_remove(void **root, gg_map_pool *pool, gg_str key);

#endif
