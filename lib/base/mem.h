/* SPDX-License-Identifier: Apache-2.0 */
/* The only door to the heap. Sizes are overflow-checked, so a caller multiplies nothing itself.
 * Tests link another mem.c that fails the n-th request. Every function returns NULL when memory is
 * short; none aborts. */
#ifndef GG_MEM_H
#define GG_MEM_H

#include <stddef.h>
#include <stdint.h>

/* Zeroed memory for count elements of size bytes; NULL if count·size overflows. count 0 gives a
 * unique pointer. */
void *gg_calloc(size_t count, size_t size);
/* Resize to count elements of size bytes; new bytes are not set; NULL leaves ptr as it was. */
void *gg_realloc(void *ptr, size_t count, size_t size);
void gg_free(void *ptr);
/* Memory for count elements that are all going to be used, not set. Where the system has large
 * pages it is put into such, which are cheaper to come by and to find again. */
void *gg_large(size_t count, size_t size);

/* Make room for one more element in an array that grows by doubling: *items (of size bytes each)
 * holds count of *capacity. Returns 0, or -1 with the array as it was. */
int gg_grow(void **items, size_t count, size_t *capacity, size_t size);

/* A region whose pieces live and die together. */
typedef struct gg_arena_block gg_arena_block;
typedef struct gg_arena {
    gg_arena_block *blocks; /* newest first */
} gg_arena;

/* Memory aligned for any type, not zeroed; NULL when short. */
void *gg_arena_alloc(gg_arena *arena, size_t size);
/* Copy of text, NUL-terminated. */
const char *gg_arena_text(gg_arena *arena, const char *text, size_t size);
/* Free every piece; the arena is empty and usable again. */
void gg_arena_release(gg_arena *arena);

#endif
