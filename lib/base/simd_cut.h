/* SPDX-License-Identifier: Apache-2.0 */
/* The cutting loop, for the files simd_*.c: 64 bytes at a time become four masks, one bit a byte.
 * Bytes inside quotes are the prefix XOR of the quotes (Langdale and Lemire, "Parsing gigabytes of
 * JSON per second", VLDB Journal 28, 2019). That holds for CSV as long as every quote is in order:
 * an opening one stands at the beginning of a cell or right behind a closing one (then the two are
 * one doubled quote), and behind a closing one there is a separator or such an opening one. The
 * loop checks both for every quote.
 *
 * The function is inlined into one caller for each kind of processor, with that caller's way to
 * make masks and to write down positions. */
#ifndef GG_SIMD_CUT_H
#define GG_SIMD_CUT_H

#include "base/simd.h"

#include <string.h>

#define GG_BLOCK 64
#define GG_ALWAYS_INLINE static inline __attribute__((always_inline, unused))

typedef struct gg_masks {
    uint64_t quotes, delimiters, lfs, crs;
} gg_masks;

typedef void (*gg_masks_of)(gg_masks *masks, const char *block, char delimiter);
/* Write offset + n for every bit n of bits; may write up to 64 entries. */
typedef void (*gg_positions_of)(uint32_t *out, uint64_t bits, uint32_t offset);

/* What goes from one block to the next: bit 0 of each says what the last byte was. */
typedef struct gg_cut_carry {
    uint64_t inside;            /* all ones inside quotes */
    uint64_t border, close, cr; /* separator of any kind, closing quote, CR that ended a row */
} gg_cut_carry;

GG_ALWAYS_INLINE uint64_t gg_prefix_xor(uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
}

GG_ALWAYS_INLINE uint64_t gg_bits_count(uint64_t bits) {
    return (uint64_t)__builtin_popcountll(bits);
}

/* Separators of a block, and among them the ends of rows; bad gets a bit for every quote that is
 * out of order. */
GG_ALWAYS_INLINE uint64_t gg_cut_block(uint64_t *row_ends, uint64_t *bad, gg_cut_carry *carry,
                                       const gg_masks *m) {
    uint64_t borders = m->delimiters | m->lfs | m->crs;
    uint64_t twins = 0; // an LF behind its CR
    *bad = 0;
    if ((m->quotes | carry->inside | carry->close) != 0) {
        const uint64_t inside = gg_prefix_xor(m->quotes) ^ carry->inside;
        const uint64_t opening = m->quotes & inside;
        const uint64_t closing = m->quotes & ~inside;
        const uint64_t behind_close = closing << 1 | carry->close;
        borders &= ~inside;
        *bad = (opening & ~(borders << 1 | carry->border | behind_close)) |
               (behind_close & ~(borders | opening));
        carry->inside = (uint64_t)0 - (inside >> 63);
        carry->close = closing >> 63;
    }
    if ((m->crs | carry->cr) != 0) {
        const uint64_t crs = m->crs & borders;
        twins = (crs << 1 | carry->cr) & m->lfs & borders;
        carry->cr = crs >> 63;
    }
    carry->border = borders >> 63;
    *row_ends = borders & (m->lfs | m->crs) & ~twins;
    return borders & ~twins;
}

GG_ALWAYS_INLINE void gg_cut_run(gg_cut *cut, gg_masks_of masks_of, gg_positions_of positions_of) {
    gg_cut_carry carry = {.border = 1};
    uint32_t *ends = cut->ends;
    uint32_t *rows = cut->rows;
    char rest[GG_BLOCK] = {0};
    cut->bad = GG_CUT_NONE;
    for (size_t at = 0; at < cut->size; at += GG_BLOCK) {
        const char *block = cut->data + at;
        gg_masks masks;
        uint64_t row_ends;
        uint64_t bad;
        if (cut->size - at < GG_BLOCK) {
            memcpy(rest, block, cut->size - at);
            block = rest;
        }
        masks_of(&masks, block, cut->delimiter);
        uint64_t separators = gg_cut_block(&row_ends, &bad, &carry, &masks);
        if (bad != 0) {
            const size_t offset = at + (size_t)__builtin_ctzll(bad);
            if (offset < cut->size) {
                cut->bad = offset;
                break;
            }
        }
        positions_of(ends, separators, (uint32_t)at);
        // Most blocks hold at most one end of a row: that one costs no branch.
        *rows = (uint32_t)(ends - cut->ends) +
                (uint32_t)gg_bits_count(separators & (row_ends ^ (row_ends - 1)));
        rows += row_ends != 0;
        for (row_ends &= row_ends - 1; row_ends != 0; row_ends &= row_ends - 1) {
            *rows++ = (uint32_t)(ends - cut->ends) +
                      (uint32_t)gg_bits_count(separators & (row_ends ^ (row_ends - 1)));
        }
        ends += gg_bits_count(separators);
    }
    cut->end_count = (size_t)(ends - cut->ends);
    cut->row_count = (size_t)(rows - cut->rows);
    cut->inside = carry.inside != 0;
}

#endif
