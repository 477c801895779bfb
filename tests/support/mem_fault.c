/* SPDX-License-Identifier: Apache-2.0 */
/* The library's own mem.c over a counting heap: its arithmetic, growth and arenas run unchanged,
 * only malloc and its family are replaced. The counters are atomic, so that code with threads can
 * be swept, too. */
#include "support/mem_fault.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static atomic_llong requests; /* since the last gg_fault_set() */
static atomic_llong failing;  /* which of them fails; 0 none */
static atomic_llong live;     /* pieces held */

void gg_fault_set(int64_t nth) {
    atomic_store(&requests, 0);
    atomic_store(&failing, nth);
}

int64_t gg_fault_count(void) {
    return atomic_load(&requests);
}

int64_t gg_fault_live(void) {
    return atomic_load(&live);
}

static int refused(void) {
    return atomic_fetch_add(&requests, 1) + 1 == atomic_load(&failing);
}

static void *counted(void *piece) {
    if (piece != NULL) {
        atomic_fetch_add(&live, 1);
    }
    return piece;
}

static void *fault_malloc(size_t size) {
    return refused() ? NULL : counted(malloc(size));
}

static void *fault_calloc(size_t count, size_t size) {
    return refused() ? NULL : counted(calloc(count, size));
}

static void *fault_realloc(void *piece, size_t size) {
    if (refused()) {
        return NULL;
    }
    void *moved = realloc(piece, size);
    return piece == NULL ? counted(moved) : moved;
}

static void *fault_aligned_alloc(size_t alignment, size_t size) {
    return refused() ? NULL : counted(aligned_alloc(alignment, size));
}

static void fault_free(void *piece) {
    if (piece != NULL) {
        atomic_fetch_sub(&live, 1);
    }
    free(piece);
}

#define malloc fault_malloc
#define calloc fault_calloc
#define realloc fault_realloc
#define aligned_alloc fault_aligned_alloc
#define free fault_free
#include "base/mem.c"
