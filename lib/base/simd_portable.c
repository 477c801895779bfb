/* SPDX-License-Identifier: Apache-2.0 */
/* For every processor: eight bytes in a 64-bit word at a time. Words are put together with shifts,
 * so that the order of a processor's bytes does not matter. Also here: the choice among the kinds,
 * and the cutter that goes byte by byte and takes any quotes. */
#include "base/simd_compare.h"
#include "base/simd_cut.h"
#include "base/simd_digits.h"
#include "base/simd_stamp.h"
#include "base/simd_x86.h"
#include "base/text.h"

#define ONES UINT64_C(0x0101010101010101)
#define TOPS (ONES << 7)
#define LOWS (~TOPS)
/* Multiplying by this moves the lowest bit of each byte into the top byte, first byte lowest. */
#define GATHER UINT64_C(0x0102040810204080)

/* One bit for each byte of word that is zero. */
static uint64_t zero_bytes(uint64_t word) {
    const uint64_t rest = ~(((word & LOWS) + LOWS) | word | LOWS); // top bit of each zero byte
    return (rest >> 7) * GATHER >> 56;
}

static void portable_masks(gg_masks *masks, const char *block, char delimiter) {
    gg_masks m = {0, 0, 0, 0};
    for (unsigned i = 0; i < GG_BLOCK / 8; i++) {
        const uint64_t word = gg_word_at(block + 8 * i);
        m.quotes |= zero_bytes(word ^ ONES * '"') << 8 * i;
        m.delimiters |= zero_bytes(word ^ ONES * (unsigned char)delimiter) << 8 * i;
        m.lfs |= zero_bytes(word ^ ONES * '\n') << 8 * i;
        m.crs |= zero_bytes(word ^ ONES * '\r') << 8 * i;
    }
    *masks = m;
}

static void portable_positions(uint32_t *out, uint64_t bits, uint32_t offset) {
    while (bits != 0) {
        *out++ = offset + (uint32_t)__builtin_ctzll(bits);
        bits &= bits - 1;
    }
}

static void portable_cut(gg_cut *cut) {
    gg_cut_run(cut, portable_masks, portable_positions);
}

static size_t portable_utf8(int *nul, const char *data, size_t size) {
    size_t at = 0;
    while (size - at >= 8) {
        const uint64_t word = gg_word_at(data + at);
        if ((word & TOPS) != 0) {
            const size_t length = gg_utf8_length(data + at, size - at);
            if (length == 0) {
                break;
            }
            *nul |= data[at] == '\0';
            at += length;
            continue;
        }
        *nul |= zero_bytes(word) != 0;
        at += 8;
    }
    return at;
}

static void portable_reached(uint64_t *out, const int64_t *values, const int64_t limits[3],
                             int64_t none, size_t count, int shift) {
    gg_reached_run(out, values, limits, none, count, shift);
}

static void portable_order(uint64_t *out, const int64_t *first, const int64_t *second, size_t count,
                           int shift) {
    gg_order_run(out, first, second, count, shift);
}

static int portable_digits(gg_digits *out, const char *data, size_t start, const uint32_t *ends,
                           size_t count, int decimals, int quotes) {
    return gg_digits_run(out, data, start, ends, count, decimals, quotes);
}

static void portable_stamps(int32_t *out, const char *data, const uint32_t *from, size_t count) {
    for (size_t i = 0; i < count; i++) {
        out[i] = gg_stamp_seconds(data + from[i]);
    }
}

static const gg_simd portable = {"portable",     portable_utf8,   portable_cut,   portable_reached,
                                 portable_order, portable_digits, portable_stamps};

const gg_simd *gg_simd_at(size_t index) {
    return index == 0 ? &portable : gg_simd_x86_at(index - 1);
}

const gg_simd *gg_simd_best(void) {
    const gg_simd *best = &portable;
    for (size_t i = 0; gg_simd_at(i) != NULL; i++) {
        best = gg_simd_at(i);
    }
    return best;
}

/* The byte behind a cell that begins at `at`: a separator, or the end of the text. */
static size_t find_cell_end(gg_cut *cut, size_t at) {
    const char *data = cut->data;
    const int quoted = at < cut->size && data[at] == '"';
    if (!quoted) {
        while (at < cut->size && data[at] != cut->delimiter && data[at] != '\n' &&
               data[at] != '\r') {
            at++;
        }
        return at;
    }
    for (at++;; at += 2) {
        const char *quote = at < cut->size ? memchr(data + at, '"', cut->size - at) : NULL;
        if (quote == NULL) {
            cut->inside = 1;
            return cut->size;
        }
        at = (size_t)(quote - data);
        if (at + 1 == cut->size || data[at + 1] != '"') {
            break;
        }
    }
    at++;
    if (at < cut->size && data[at] != cut->delimiter && data[at] != '\n' && data[at] != '\r') {
        cut->bad = at;
    }
    return at;
}

void gg_cut_exactly(gg_cut *cut) {
    size_t at = 0;
    cut->end_count = cut->row_count = 0;
    cut->bad = GG_CUT_NONE;
    cut->inside = 0;
    while (at < cut->size) {
        at = find_cell_end(cut, at);
        if (at == cut->size || cut->bad != GG_CUT_NONE) {
            return;
        }
        cut->ends[cut->end_count++] = (uint32_t)at;
        if (cut->data[at] != cut->delimiter) {
            cut->rows[cut->row_count++] = (uint32_t)cut->end_count;
            at += cut->data[at] == '\r' && at + 1 < cut->size && cut->data[at + 1] == '\n';
        }
        at++;
    }
}
