/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting indexes by 64-bit numbers in time linear in their count. */
#ifndef GG_RANK_ORDER_H
#define GG_RANK_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* Sort order[0, count), indexes into values, by values, smallest first; equal ones keep their
 * order. spare has as much room as order. Returns the array that holds the result, order or spare.
 */
uint32_t *gg_order_by(uint32_t *order, uint32_t *spare, const uint64_t *values, size_t count);

/* Sort count numbers by their upper 32 bits, smallest first; equal ones keep their order. spare has
 * as much room. Returns the array that holds the result. */
uint64_t *gg_order_packed(uint64_t *packed, uint64_t *spare, size_t count);

/* value − from, or from − value if ascending is 0, as what gg_order_by() sorts. */
static inline uint64_t gg_order_key(int64_t value, int64_t from, int ascending) {
    return ascending ? (uint64_t)value - (uint64_t)from : (uint64_t)from - (uint64_t)value;
}

#endif
