/* SPDX-License-Identifier: Apache-2.0 */
/* Text → int64: slots found by a hash, and a tree for keys that crowd there, so that no chosen
 * input can slow it down and no seeds are needed. Keys are copied. Zero-initialise; release when
 * done. */
#ifndef GG_MAP_H
#define GG_MAP_H

#include "text.h"

#include <stddef.h>
#include <stdint.h>

typedef struct gg_map {
    size_t count;
    struct gg_map_leaf **slots;
    uint8_t *tags;      /* by slot */
    size_t groups;      /* of slots, less one; a power of two less one */
    size_t used;        /* slots that are not empty, or were not */
    int full;           /* 1: there can be no more slots */
    void *root, *nodes; /* the tree; what all keys live in */
} gg_map;

/* Value of a key; missing if it is not there. */
int64_t gg_map_get(const gg_map *map, gg_str key, int64_t missing);
/* Set a key. 0, or -1 when memory is short, with the map as it was. */
int gg_map_set(gg_map *map, gg_str key, int64_t value);
/* Remove a key; does nothing if it is not there. */
void gg_map_remove(gg_map *map, gg_str key);
void gg_map_release(gg_map *map);

#endif
