/* SPDX-License-Identifier: Apache-2.0 */
/* The only file that calls malloc and its family. Every size is a checked product, a request for
 * nothing still yields a pointer of its own, and a failed request changes nothing.
 *
 * An arena is a list of blocks that grow from 4 KiB by doubling to 256 KiB. A piece that is large
 * beside the current block gets a block of its own behind it, so that the room left in the current
 * one is not wasted. Every piece starts at a multiple of the strictest alignment. */
#include "base/mem.h"

#include "base/os.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_FIRST ((size_t)4096)
#define ARENA_LARGEST ((size_t)256 * 1024)
#define LARGE_PAGE ((size_t)2 * 1024 * 1024)
#define ARRAY_FIRST ((size_t)8)

struct gg_arena_block {
    gg_arena_block *next;
    size_t used, room; /* bytes of data[] */
    alignas(max_align_t) unsigned char data[];
};

/* Product in *out, at least 1; -1 on overflow. */
static int product(size_t *out, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        return -1;
    }
    *out = count * size;
    if (*out == 0) {
        *out = 1;
    }
    return 0;
}

void *gg_calloc(size_t count, size_t size) {
    size_t bytes;
    if (product(&bytes, count, size) != 0) {
        return NULL;
    }
    return calloc(1, bytes);
}

void *gg_realloc(void *ptr, size_t count, size_t size) {
    size_t bytes;
    if (product(&bytes, count, size) != 0) {
        return NULL;
    }
    return realloc(ptr, bytes);
}

void gg_free(void *ptr) {
    free(ptr);
}

void *gg_large(size_t count, size_t size) {
    size_t bytes;
    if (product(&bytes, count, size) != 0 || bytes > SIZE_MAX - LARGE_PAGE) {
        return NULL;
    }
    if (bytes < LARGE_PAGE) {
        return malloc(bytes);
    }
    bytes = (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    void *piece = aligned_alloc(LARGE_PAGE, bytes);
    if (piece != NULL) {
        gg_pages_advise(piece, bytes);
    }
    return piece;
}

int gg_grow(void **items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) {
        return 0;
    }
    if (*capacity > SIZE_MAX / 2) {
        return -1;
    }
    size_t wanted = *capacity == 0 ? ARRAY_FIRST : *capacity * 2;
    // The caller's pointer is a T *, not a void *: copying its bytes keeps the access well defined.
    void *old;
    memcpy(&old, (const void *)items, sizeof old);
    void *grown = gg_realloc(old, wanted, size);
    if (grown == NULL) {
        return -1;
    }
    memcpy((void *)items, &grown, sizeof grown);
    *capacity = wanted;
    return 0;
}

/* A block with room for at least size bytes, not yet in any list. */
static gg_arena_block *block_new(size_t room) {
    if (room > SIZE_MAX - sizeof(gg_arena_block)) {
        return NULL;
    }
    gg_arena_block *block = malloc(sizeof(gg_arena_block) + room);
    if (block == NULL) {
        return NULL;
    }
    block->next = NULL;
    block->used = 0;
    block->room = room;
    return block;
}

void *gg_arena_alloc(gg_arena *arena, size_t size) {
    const size_t step = alignof(max_align_t);
    if (size > SIZE_MAX - step) {
        return NULL;
    }
    size_t bytes = size == 0 ? step : (size + step - 1) / step * step;
    gg_arena_block *newest = arena->blocks;
    if (newest != NULL && newest->room - newest->used >= bytes) {
        void *piece = newest->data + newest->used;
        newest->used += bytes;
        return piece;
    }
    size_t room = ARENA_FIRST;
    if (newest != NULL) {
        room = newest->room < ARENA_LARGEST / 2 ? newest->room * 2 : ARENA_LARGEST;
    }
    int alone = bytes > room / 4;
    gg_arena_block *block = block_new(alone ? bytes : room);
    if (block == NULL) {
        return NULL;
    }
    block->used = bytes;
    if (alone && newest != NULL) {
        block->next = newest->next;
        newest->next = block;
    } else {
        block->next = newest;
        arena->blocks = block;
    }
    return block->data;
}

const char *gg_arena_text(gg_arena *arena, const char *text, size_t size) {
    if (size == SIZE_MAX) {
        return NULL;
    }
    char *copy = gg_arena_alloc(arena, size + 1);
    if (copy == NULL) {
        return NULL;
    }
    if (size != 0) {
        memcpy(copy, text, size);
    }
    copy[size] = '\0';
    return copy;
}

void gg_arena_release(gg_arena *arena) {
    gg_arena_block *block = arena->blocks;
    arena->blocks = NULL;
    while (block != NULL) {
        gg_arena_block *next = block->next;
        free(block);
        block = next;
    }
}
