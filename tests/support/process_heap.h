/* SPDX-License-Identifier: Apache-2.0 */
/* The heap of the whole process, failing on demand: what libraries below ours (minizip, zlib) take
 * by themselves goes through malloc, which a program may define in the place of the C library's.
 * For sweep_over(), which still asks that no piece of the library's own heap is left behind; what
 * another library loses (minizip 1.1 one buffer, where zlib has no memory) is its own. Only with
 * glibc, and not beside a sanitizer, which has a heap of its own: else PROCESS_HEAP is not defined.
 * Include it in one file of a program. */
#ifndef PROCESS_HEAP_H
#define PROCESS_HEAP_H

#include "support/mem_fault.h"
#include "support/sweep.h"

#include <errno.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PROCESS_HEAP_TAKEN
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PROCESS_HEAP_TAKEN
#endif

#if defined(__GLIBC__) && !defined(PROCESS_HEAP_TAKEN)
#define PROCESS_HEAP
#define PROCESS_EXPORT __attribute__((visibility("default"))) // for the libraries to find

static int64_t process_requests, process_failing; /* of one thread */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *piece, size_t size);

static int process_refuses(void) {
    int refuses = ++process_requests == process_failing;
    errno = refuses ? ENOMEM : errno;
    return refuses;
}

PROCESS_EXPORT void *malloc(size_t size) {
    return process_refuses() ? NULL : __libc_malloc(size);
}

PROCESS_EXPORT void *calloc(size_t count, size_t size) {
    return process_refuses() ? NULL : __libc_calloc(count, size);
}

PROCESS_EXPORT void *realloc(void *piece, size_t size) {
    return process_refuses() ? NULL : __libc_realloc(piece, size);
}

static void process_set(int64_t nth) {
    process_requests = 0;
    process_failing = nth;
}

static int64_t process_count(void) {
    return process_requests;
}

static const sweep_heap process_heap = {process_set, process_count, gg_fault_live};
#endif

#endif
