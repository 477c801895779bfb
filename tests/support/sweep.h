/* SPDX-License-Identifier: Apache-2.0 */
/* The n-th allocation fails, for every n. A scenario is a function that uses the library and gives
 * everything back; sweep() runs it until it succeeds, each time failing a later request of the
 * library's heap, and demands of each run: the status and the error say ENOMEM, and no memory is
 * left behind. The scenario itself demands that outputs are NULL or 0 after a failure (SWEEP_TRY).
 *
 * Jansson keeps the heap of its own: its lexer (2.14) goes on with one character less when it
 * cannot append one, so a sweep over its requests would test jansson. */
#ifndef SWEEP_H
#define SWEEP_H

#include <gridgov/base.h>

#include <stddef.h>
#include <stdint.h>

/* Uses the library, frees all it made, and returns the first status that is not GRIDGOV_OK, with
 * err filled. */
typedef gridgov_status (*sweep_scenario)(gridgov_error *err);

/* How a failed request may end: it is reported or changes nothing; or, in a scenario that collects
 * issues, one that could not be collected is counted there. */
enum { SWEEP_STRICT = 0, SWEEP_ABSORBS = 1 };

/* In a scenario: bytes that it made. A run that succeeds although a request failed (a buffer that
 * was not needed after all) must have noted the very bytes of the run without failures. */
void sweep_note(const char *data, size_t size);

/* Run the sweep inside a cmocka test. The first `exact` requests fail one by one, up to `sampled`
 * of those behind them at equal distances. Prints how many requests there were and how many were
 * tried. */
void sweep(const char *name, sweep_scenario scenario, int mode, int64_t exact, int64_t sampled);

/* A heap that fails on demand: the functions of mem_fault.h, or such for another one. */
typedef struct sweep_heap {
    void (*set)(int64_t nth);
    int64_t (*count)(void);
    int64_t (*live)(void);
} sweep_heap;
/* The same over another heap than the library's. */
void sweep_over(const sweep_heap *heap, const char *name, sweep_scenario scenario, int mode,
                int64_t exact, int64_t sampled);

/* In a scenario: the call's status; a failed call must have left the output, a pointer or a number,
 * at 0. */
#define SWEEP_TRY(status, call, output)                                                            \
    do {                                                                                           \
        if ((status) == GRIDGOV_OK) {                                                              \
            (status) = (call);                                                                     \
            if ((status) < 0) {                                                                    \
                assert_true((output) == 0);                                                        \
            }                                                                                      \
        }                                                                                          \
    } while (0)

#endif
