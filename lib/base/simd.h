/* SPDX-License-Identifier: Apache-2.0 */
/* The loops that touch every byte or every cell of a table: is it UTF-8, where do its cells end,
 * how do times compare, what do numbers add up to, what do stamps say. Each is written for several
 * kinds of processor; which of them run here is asked of the processor, and all of them give the
 * same results. */
#ifndef GG_SIMD_H
#define GG_SIMD_H

#include <stddef.h>
#include <stdint.h>

#define GG_CUT_NONE SIZE_MAX

/* Text to be cut, and where its cells end. The text begins with a row. A cell ends at a separator:
 * the delimiter, or the end of a row (LF, CR, or CR of CRLF), none of them inside quotes. Cells are
 * numbered through the whole text. What lies behind the last separator is no cell yet. */
typedef struct gg_cut {
    const char *data;
    size_t size;    /* bytes, below 2^32 − 64 */
    char delimiter; /* ASCII, no quote and no line end */
    uint32_t *ends; /* room for size + 64: offset of the separator behind each cell */
    uint32_t *rows; /* room for size + 64: cells up to the end of each row, empty lines too */
    size_t end_count, row_count;
    size_t bad; /* offset of a byte at which the quotes are out of order; GG_CUT_NONE */
    int inside; /* 1 if the text ends inside quotes */
} gg_cut;

/* Digits added up place by place: a byte for each, the last one highest, none above 9 times the
 * cells.
 */
typedef struct gg_digits {
    uint64_t sum;      /* of all numbers, whatever their sign */
    uint64_t negative; /* of those below zero */
} gg_digits;

/* Cells of which digits may be added up at once. */
#define GG_DIGITS_CELLS 24

typedef struct gg_simd {
    const char *name;
    /* Bytes at the beginning of data that are well-formed UTF-8 and end with a character; what is
     * left may be well-formed too. *nul becomes 1 if one of them is a NUL, else it stays. */
    size_t (*utf8)(int *nul, const char *data, size_t size);
    /* Cut where every quote opens a cell, closes it or is doubled: otherwise bad is set (near the
     * offending quote, never behind it by more than one byte) and the cells from there on mean
     * nothing. */
    void (*cut)(gg_cut *cut);
    /* For each value: 0 if it is none, else 1 and how many of the limits it has reached; or that
     * into out from bit shift on. none is below every limit. */
    void (*reached)(uint64_t *out, const int64_t *values, const int64_t limits[3], int64_t none,
                    size_t count, int shift);
    /* For each pair: 1 if the first is less, 2 if it is more, 3 if they are equal; or that into out
     * from bit shift on. */
    void (*order)(uint64_t *out, const int64_t *first, const int64_t *second, size_t count,
                  int shift);
    /* Add up the digits of cells in a row, of which the first begins at start and each other one
     * byte behind the end of the one before: 1 if every one is a decimal of at most eight bytes,
     * sign and point included, with exactly that many decimals, 0 to 7, and perhaps no digit before
     * the point; else 0. At most GG_DIGITS_CELLS cells; 64 bytes behind the last one may be read.
     * With quotes 1 every one must begin with a quote, and its last byte is taken for another. */
    int (*digits)(gg_digits *out, const char *data, size_t start, const uint32_t *ends,
                  size_t count, int decimals, int quotes);
    /* For each text at data + from[i], of which 32 bytes may be read: if its bytes from the ninth
     * on are `05T08:31:00`, or the same with a blank, the day of the month (1 … 31) times 86400 and
     * the seconds of that day; else −1. */
    void (*stamps)(int32_t *out, const char *data, const uint32_t *from, size_t count);
} gg_simd;

/* The fastest of them that this processor runs. */
const gg_simd *gg_simd_best(void);
/* All that this processor runs, the portable one first; NULL past the last. */
const gg_simd *gg_simd_at(size_t index);

/* Cut any text, byte by byte: a quote inside a cell that does not begin with one stands for itself.
 * Text behind a closing quote is bad, and ends the work. */
void gg_cut_exactly(gg_cut *cut);

#endif
