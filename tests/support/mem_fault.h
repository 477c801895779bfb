/* SPDX-License-Identifier: Apache-2.0 */
/* A heap that fails on demand, in place of lib/base/mem.c. Link it before the library and sweep:
 *
 *     for (int64_t nth = 1;; nth++) {
 *         gg_fault_set(nth);
 *         ... the call under test; release what it made ...
 *         if (gg_fault_count() < nth) break;     // it succeeded without ever reaching the nth
 * request assert_int_equal(gg_fault_live(), 0);  // nothing leaked
 *     }
 *     gg_fault_set(0); */
#ifndef MEM_FAULT_H
#define MEM_FAULT_H

#include <stdint.h>

/* Let the nth request from now on fail, and only that one; 0: none. Starts the count anew. */
void gg_fault_set(int64_t nth);
/* Requests since gg_fault_set(), the failed one included. */
int64_t gg_fault_count(void);
/* Pieces held now and not yet freed. */
int64_t gg_fault_live(void);

#endif
