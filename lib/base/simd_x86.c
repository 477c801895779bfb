/* SPDX-License-Identifier: Apache-2.0 */
/* x86-64 with AVX2 (32 bytes at a time) and with AVX-512 (64 bytes, BW and VBMI2).
 *
 * UTF-8 by three look-ups of sixteen entries each: Keiser and Lemire, "Validating UTF-8 in less
 * than one instruction per byte", Software: Practice and Experience 51, 2021. Every pair of
 * neighbouring bytes is looked up by three nibbles (high and low of the first, high of the second);
 * the entries are sets of ways in which a pair can be wrong, and what all three allow is wrong.
 * Only sequences of three and four bytes remain: a byte two behind a lead of E0 or above, or three
 * behind one of F0 or above, must continue, and in no other place may a continuation follow a
 * continuation.
 *
 * Neighbours are loaded from memory one, two and three bytes earlier; the first block is therefore
 * copied behind zeros. */
#include "base/simd_x86.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))

#include "base/simd_compare.h"
#include "base/simd_cut.h"
#include "base/simd_digits.h"
#include "base/simd_stamp.h"

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#define AVX512                                                                                     \
    __attribute__((                                                                                \
        target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt")))

/* Blocks between two looks at what was found. */
#define GROUP 16

/* Ways in which two bytes in a row are wrong. */
enum {
    TOO_SHORT = 1 << 0,     /* a lead without a continuation */
    TOO_LONG = 1 << 1,      /* a continuation behind ASCII */
    OVERLONG_3 = 1 << 2,    /* E0 80–9F */
    TOO_LARGE = 1 << 3,     /* F4 90–BF, and F5–FF 90–BF */
    SURROGATE = 1 << 4,     /* ED A0–BF */
    OVERLONG_2 = 1 << 5,    /* C0, C1 */
    OVERLONG_4 = 1 << 6,    /* F0 80–8F; F5–FF 80–8F are too large, which is told likewise */
    TOO_LARGE_LOW = 1 << 6, /* F5–FF 80–8F */
    TWO_FOLLOW = 1 << 7     /* a continuation behind a continuation: not always wrong */
};

#define ANY_LOW (TOO_SHORT | TOO_LONG | TWO_FOLLOW)
#define LARGE_LOW (ANY_LOW | TOO_LARGE | TOO_LARGE_LOW)
#define FOLLOWS (TOO_LONG | OVERLONG_2 | TWO_FOLLOW)

static const unsigned char first_high[16] = {TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TWO_FOLLOW,
                                             TWO_FOLLOW,
                                             TWO_FOLLOW,
                                             TWO_FOLLOW,
                                             TOO_SHORT | OVERLONG_2,
                                             TOO_SHORT,
                                             TOO_SHORT | OVERLONG_3 | SURROGATE,
                                             TOO_SHORT | TOO_LARGE | OVERLONG_4};
static const unsigned char first_low[16] = {ANY_LOW | OVERLONG_2 | OVERLONG_3 | OVERLONG_4,
                                            ANY_LOW | OVERLONG_2,
                                            ANY_LOW,
                                            ANY_LOW,
                                            ANY_LOW | TOO_LARGE,
                                            LARGE_LOW,
                                            LARGE_LOW,
                                            LARGE_LOW,
                                            LARGE_LOW,
                                            LARGE_LOW,
                                            LARGE_LOW,
                                            LARGE_LOW,
                                            LARGE_LOW,
                                            LARGE_LOW | SURROGATE,
                                            LARGE_LOW,
                                            LARGE_LOW};
static const unsigned char second_high[16] = {TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              FOLLOWS | OVERLONG_3 | OVERLONG_4,
                                              FOLLOWS | OVERLONG_3 | TOO_LARGE,
                                              FOLLOWS | SURROGATE | TOO_LARGE,
                                              FOLLOWS | SURROGATE | TOO_LARGE,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT};

/* Up to three bytes before at that begin a character which does not end there. */
static size_t before_cut_character(const char *data, size_t at) {
    for (size_t back = 1; back <= 3 && back <= at; back++) {
        const unsigned char byte = (unsigned char)data[at - back];
        if (byte >= 0xC0) {
            const size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            return length > back ? at - back : at;
        }
    }
    return at;
}

AVX2 static inline __m256i avx2_errors(const char *block) {
    const __m256i nibble = _mm256_set1_epi8(0x0F);
    const __m256i high_1 = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)first_high));
    const __m256i low_1 = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)first_low));
    const __m256i high_2 = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)second_high));
    const __m256i now = _mm256_loadu_si256((const void *)block);
    const __m256i back_1 = _mm256_loadu_si256((const void *)(block - 1));
    const __m256i back_2 = _mm256_loadu_si256((const void *)(block - 2));
    const __m256i back_3 = _mm256_loadu_si256((const void *)(block - 3));
    const __m256i wrong = _mm256_and_si256(
        _mm256_and_si256(
            _mm256_shuffle_epi8(high_1, _mm256_and_si256(_mm256_srli_epi16(back_1, 4), nibble)),
            _mm256_shuffle_epi8(low_1, _mm256_and_si256(back_1, nibble))),
        _mm256_shuffle_epi8(high_2, _mm256_and_si256(_mm256_srli_epi16(now, 4), nibble)));
    // The top bit: set where a third or fourth byte must stand.
    const __m256i follow = _mm256_or_si256(_mm256_subs_epu8(back_2, _mm256_set1_epi8(0xE0 - 0x80)),
                                           _mm256_subs_epu8(back_3, _mm256_set1_epi8(0xF0 - 0x80)));
    return _mm256_xor_si256(_mm256_and_si256(follow, _mm256_set1_epi8((char)0x80)), wrong);
}

AVX2 static size_t avx2_utf8(int *nul, const char *data, size_t size) {
    char first[GG_BLOCK + 4] = {0};
    size_t at = 0;
    if (size < GG_BLOCK) {
        return 0;
    }
    memcpy(first + 4, data, GG_BLOCK);
    while (size - at >= GG_BLOCK) {
        const size_t from = at;
        __m256i errors = _mm256_setzero_si256();
        __m256i zeros = _mm256_setzero_si256();
        for (int i = 0; i < GROUP && size - at >= GG_BLOCK; i++, at += GG_BLOCK) {
            const char *block = at == 0 ? first + 4 : data + at;
            const __m256i a = _mm256_loadu_si256((const void *)block);
            const __m256i b = _mm256_loadu_si256((const void *)(block + 32));
            errors = _mm256_or_si256(errors, avx2_errors(block));
            errors = _mm256_or_si256(errors, avx2_errors(block + 32));
            zeros = _mm256_or_si256(
                zeros, _mm256_cmpeq_epi8(_mm256_min_epu8(a, b), _mm256_setzero_si256()));
        }
        if (!_mm256_testz_si256(errors, errors)) {
            at = from;
            break;
        }
        *nul |= !_mm256_testz_si256(zeros, zeros);
    }
    return before_cut_character(data, at);
}

AVX2 static inline uint64_t avx2_equal(__m256i a, __m256i b, char byte) {
    const __m256i wanted = _mm256_set1_epi8(byte);
    const uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, wanted));
    const uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, wanted));
    return low | (uint64_t)high << 32;
}

AVX2 static inline void avx2_masks(gg_masks *masks, const char *block, char delimiter) {
    const __m256i a = _mm256_loadu_si256((const void *)block);
    const __m256i b = _mm256_loadu_si256((const void *)(block + 32));
    masks->quotes = avx2_equal(a, b, '"');
    masks->delimiters = avx2_equal(a, b, delimiter);
    masks->lfs = avx2_equal(a, b, '\n');
    masks->crs = avx2_equal(a, b, '\r');
}

/* Four at a time without a question: what is written too much is written over later. */
AVX2 static inline void avx2_positions(uint32_t *out, uint64_t bits, uint32_t offset) {
    const uint32_t *end = out + _mm_popcnt_u64(bits);
    while (out < end) {
        for (int i = 0; i < 4; i++) {
            out[i] = offset + (uint32_t)_tzcnt_u64(bits);
            bits = _blsr_u64(bits);
        }
        out += 4;
    }
}

AVX2 static void avx2_cut(gg_cut *cut) {
    gg_cut_run(cut, avx2_masks, avx2_positions);
}

AVX512 static inline uint64_t avx512_errors(uint64_t *zeros, const char *block) {
    const __m512i nibble = _mm512_set1_epi8(0x0F);
    const __m512i high_1 = _mm512_broadcast_i32x4(_mm_loadu_si128((const void *)first_high));
    const __m512i low_1 = _mm512_broadcast_i32x4(_mm_loadu_si128((const void *)first_low));
    const __m512i high_2 = _mm512_broadcast_i32x4(_mm_loadu_si128((const void *)second_high));
    const __m512i now = _mm512_loadu_si512((const void *)block);
    const __m512i back_1 = _mm512_loadu_si512((const void *)(block - 1));
    const __m512i back_2 = _mm512_loadu_si512((const void *)(block - 2));
    const __m512i back_3 = _mm512_loadu_si512((const void *)(block - 3));
    const __m512i wrong = _mm512_and_si512(
        _mm512_and_si512(
            _mm512_shuffle_epi8(high_1, _mm512_and_si512(_mm512_srli_epi16(back_1, 4), nibble)),
            _mm512_shuffle_epi8(low_1, _mm512_and_si512(back_1, nibble))),
        _mm512_shuffle_epi8(high_2, _mm512_and_si512(_mm512_srli_epi16(now, 4), nibble)));
    const __m512i follow = _mm512_or_si512(_mm512_subs_epu8(back_2, _mm512_set1_epi8(0xE0 - 0x80)),
                                           _mm512_subs_epu8(back_3, _mm512_set1_epi8(0xF0 - 0x80)));
    const __m512i errors =
        _mm512_xor_si512(_mm512_and_si512(follow, _mm512_set1_epi8((char)0x80)), wrong);
    *zeros |= _mm512_testn_epi8_mask(now, now);
    return _mm512_test_epi8_mask(errors, errors);
}

AVX512 static size_t avx512_utf8(int *nul, const char *data, size_t size) {
    char first[GG_BLOCK + 4] = {0};
    size_t at = 0;
    if (size < GG_BLOCK) {
        return 0;
    }
    memcpy(first + 4, data, GG_BLOCK);
    while (size - at >= GG_BLOCK) {
        const size_t from = at;
        uint64_t errors = 0;
        uint64_t zeros = 0;
        for (int i = 0; i < GROUP && size - at >= GG_BLOCK; i++, at += GG_BLOCK) {
            errors |= avx512_errors(&zeros, at == 0 ? first + 4 : data + at);
        }
        if (errors != 0) {
            at = from;
            break;
        }
        *nul |= zeros != 0;
    }
    return before_cut_character(data, at);
}

AVX512 static inline void avx512_masks(gg_masks *masks, const char *block, char delimiter) {
    const __m512i now = _mm512_loadu_si512((const void *)block);
    masks->quotes = _mm512_cmpeq_epi8_mask(now, _mm512_set1_epi8('"'));
    masks->delimiters = _mm512_cmpeq_epi8_mask(now, _mm512_set1_epi8(delimiter));
    masks->lfs = _mm512_cmpeq_epi8_mask(now, _mm512_set1_epi8('\n'));
    masks->crs = _mm512_cmpeq_epi8_mask(now, _mm512_set1_epi8('\r'));
}

static const unsigned char counting[GG_BLOCK] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

AVX512 static inline void avx512_positions(uint32_t *out, uint64_t bits, uint32_t offset) {
    const __m512i numbers = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(counting));
    const __m512i base = _mm512_set1_epi32((int)offset);
    const long long count = _mm_popcnt_u64(bits);
    _mm512_storeu_si512(
        out, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(numbers))));
    if (__builtin_expect(count > 16, 0)) {
        _mm512_storeu_si512(
            out + 16,
            _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(numbers, 1))));
        _mm512_storeu_si512(
            out + 32,
            _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(numbers, 2))));
        _mm512_storeu_si512(
            out + 48,
            _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(numbers, 3))));
    }
}

AVX512 static void avx512_cut(gg_cut *cut) {
    gg_cut_run(cut, avx512_masks, avx512_positions);
}

AVX2 static void avx2_reached(uint64_t *out, const int64_t *values, const int64_t limits[3],
                              int64_t none, size_t count, int shift) {
    gg_reached_run(out, values, limits, none, count, shift);
}

AVX2 static void avx2_order(uint64_t *out, const int64_t *first, const int64_t *second,
                            size_t count, int shift) {
    gg_order_run(out, first, second, count, shift);
}

AVX512 static void avx512_reached(uint64_t *out, const int64_t *values, const int64_t limits[3],
                                  int64_t none, size_t count, int shift) {
    gg_reached_run(out, values, limits, none, count, shift);
}

AVX512 static void avx512_order(uint64_t *out, const int64_t *first, const int64_t *second,
                                size_t count, int shift) {
    gg_order_run(out, first, second, count, shift);
}

AVX2 static int avx2_digits(gg_digits *out, const char *data, size_t start, const uint32_t *ends,
                            size_t count, int decimals, int quotes) {
    return gg_digits_run(out, data, start, ends, count, decimals, quotes);
}

/* Eight cells at a time, each in a lane of its own: the bytes of all of them are in the 128 that
 * follow the first one, or there is another way. */
AVX512 static int avx512_digits(gg_digits *out, const char *data, size_t start,
                                const uint32_t *ends, size_t count, int decimals, int quotes) {
    const uint64_t point = gg_digits_point(decimals);
    const __m512i dot = _mm512_set1_epi64((long long)(GG_DIGITS_ONES * ('.' ^ '0') & point));
    const __m512i most = _mm512_set1_epi64((long long)(GG_DIGITS_ONES * 9 & ~point));
    const __m512i first_of_lane = _mm512_set_epi64(0x0808080808080808, 0, 0x0808080808080808, 0,
                                                   0x0808080808080808, 0, 0x0808080808080808, 0);
    const __m512i steps = _mm512_set1_epi64(0x0706050403020100);
    __m512i sum = _mm512_setzero_si512();
    __m512i negative = sum;
    uint64_t wrong = 0;
    for (size_t i = 0; i < count; i += 8) {
        const size_t left = count - i < 8 ? count - i : 8;
        const __mmask8 lanes = (__mmask8)((1U << left) - 1);
        const __m256i end = _mm256_maskz_loadu_epi32(lanes, ends + i);
        const __m256i begin = _mm256_mask_set1_epi32( // behind the end of the cell before
            _mm256_add_epi32(_mm256_maskz_expand_epi32(0xFE, end), _mm256_set1_epi32(1)), 1,
            (int)(uint32_t)start);
        const size_t span = (left == 1 ? start : ends[i + left - 2] + (size_t)1) + 9 - start;
        if (span > 128) {
            return gg_digits_run(out, data, start, ends, count, decimals, quotes);
        }
        const __m512i near = _mm512_loadu_si512(data + start);
        const __m512i far = _mm512_maskz_loadu_epi8(span <= 64 ? 0 : ~UINT64_C(0) >> (128 - span),
                                                    data + start + 64);
        const __m512i at =
            _mm512_cvtepu32_epi64(_mm256_sub_epi32(begin, _mm256_set1_epi32((int)(uint32_t)start)));
        const __m512i size = _mm512_sub_epi64(_mm512_cvtepu32_epi64(_mm256_sub_epi32(end, begin)),
                                              _mm512_set1_epi64(2LL * quotes));
        __m512i bytes = _mm512_add_epi8(_mm512_shuffle_epi8(at, first_of_lane), steps);
        __m512i word = _mm512_permutex2var_epi8(near, bytes, far);
        if (quotes) {
            wrong |= _mm512_mask_cmpneq_epi64_mask(
                lanes, _mm512_and_si512(word, _mm512_set1_epi64(0xFF)), _mm512_set1_epi64('"'));
            bytes = _mm512_add_epi8(bytes, _mm512_set1_epi8(1));
            word = _mm512_permutex2var_epi8(near, bytes, far);
        }
        word = _mm512_xor_si512(word, _mm512_set1_epi8('0'));
        const __mmask8 minus =
            _mm512_mask_cmpeq_epi64_mask(lanes, _mm512_and_si512(word, _mm512_set1_epi64(0xFF)),
                                         _mm512_set1_epi64(GG_DIGITS_SIGN));
        word = _mm512_mask_xor_epi64(word, minus, word, _mm512_set1_epi64(GG_DIGITS_SIGN));
        word = _mm512_sllv_epi64(
            word, _mm512_sub_epi64(_mm512_set1_epi64(64), _mm512_slli_epi64(size, 3)));
        word = _mm512_maskz_xor_epi64(lanes, word, dot);
        wrong |= _mm512_cmpgt_epu8_mask(word, most);
        wrong |= _mm512_mask_cmpgt_epu64_mask(lanes, _mm512_sub_epi64(size, _mm512_set1_epi64(1)),
                                              _mm512_set1_epi64(7));
        wrong |= _mm512_mask_cmpeq_epi64_mask(minus, size, _mm512_set1_epi64(1));
        sum = _mm512_add_epi64(sum, word);
        negative = _mm512_mask_add_epi64(negative, minus, negative, word);
        start = ends[i + left - 1] + (size_t)1;
    }
    out->sum = gg_digits_close((uint64_t)_mm512_reduce_add_epi64(sum), point);
    out->negative = gg_digits_close((uint64_t)_mm512_reduce_add_epi64(negative), point);
    return wrong == 0;
}

/* What is made of the sixteen bytes from a stamp's day on: pairs of digits first, then what stands
 * between them. */
static const unsigned char stamp_order[16] = {0, 1, 3, 4,   6,   7,   9,   10,
                                              2, 5, 8, 128, 128, 128, 128, 128};
static const unsigned char stamp_base[16] = "00000000T::";
static const unsigned char stamp_most[16] = {9, 9, 9, 9, 9, 9, 9, 9};
static const unsigned char stamp_other[16] = "00000000 ::"; /* also right */
static const signed char stamp_join[16] = {10, 1, 10, 1, 10, 1, 10, 1};
static const int16_t stamp_first[8] = {1};
static const int16_t stamp_last[8] = {31, 23, 59, 59};
static const int16_t stamp_weigh[8] = {1440, 60, 60, 1};
static const int32_t stamp_minutes[4] = {60, 1};

/* Two stamps: seconds in the lowest part of each half, all ones in *good where they count. */
AVX2 static inline __m256i avx2_stamp(__m256i *good, __m256i text) {
#define BOTH(table) _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)(table)))
    const __m256i ones = _mm256_set1_epi8(-1);
    const __m256i ordered = _mm256_shuffle_epi8(text, BOTH(stamp_order));
    const __m256i digits = _mm256_sub_epi8(ordered, BOTH(stamp_base));
    const __m256i right =
        _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(digits, BOTH(stamp_most)), digits),
                        _mm256_cmpeq_epi8(ordered, BOTH(stamp_other)));
    const __m256i parts = _mm256_maddubs_epi16(digits, BOTH(stamp_join));
    const __m256i within = _mm256_cmpeq_epi16(
        _mm256_max_epi16(_mm256_min_epi16(parts, BOTH(stamp_last)), BOTH(stamp_first)), parts);
    const __m256i sums =
        _mm256_mullo_epi32(_mm256_madd_epi16(parts, BOTH(stamp_weigh)), BOTH(stamp_minutes));
    const __m256i halves = _mm256_cmpeq_epi64(_mm256_and_si256(right, within), ones);
    *good = _mm256_and_si256(halves, _mm256_srli_si256(halves, 8));
    return _mm256_add_epi32(sums, _mm256_srli_epi64(sums, 32));
#undef BOTH
}

AVX2 static inline __m128i stamp_text(const char *data, uint32_t from) {
    return _mm_loadu_si128((const void *)(data + from + GG_STAMP_DAY));
}

AVX2 static void avx2_stamps(int32_t *out, const char *data, const uint32_t *from, size_t count) {
    size_t i = 0;
    for (; i + 2 <= count; i += 2) {
        __m256i good;
        const __m256i text = _mm256_inserti128_si256(
            _mm256_castsi128_si256(stamp_text(data, from[i])), stamp_text(data, from[i + 1]), 1);
        const __m256i seconds = avx2_stamp(&good, text);
        const __m256i told = _mm256_or_si256(_mm256_and_si256(seconds, good),
                                             _mm256_xor_si256(good, _mm256_set1_epi8(-1)));
        out[i] = _mm256_extract_epi32(told, 0);
        out[i + 1] = _mm256_extract_epi32(told, 4);
    }
    for (; i < count; i++) {
        out[i] = gg_stamp_seconds(data + from[i]);
    }
}

AVX512 static void avx512_stamps(int32_t *out, const char *data, const uint32_t *from,
                                 size_t count) {
#define ALL(table) _mm512_broadcast_i32x4(_mm_loadu_si128((const void *)(table)))
    const __m512i order = ALL(stamp_order), base = ALL(stamp_base), most = ALL(stamp_most);
    const __m512i other = ALL(stamp_other), join = ALL(stamp_join), weigh = ALL(stamp_weigh);
    const __m512i first = ALL(stamp_first), last = ALL(stamp_last), minutes = ALL(stamp_minutes);
#undef ALL
    const __m512i ones = _mm512_set1_epi8(-1);
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        __m512i text = _mm512_castsi128_si512(stamp_text(data, from[i]));
        text = _mm512_inserti32x4(text, stamp_text(data, from[i + 1]), 1);
        text = _mm512_inserti32x4(text, stamp_text(data, from[i + 2]), 2);
        text = _mm512_inserti32x4(text, stamp_text(data, from[i + 3]), 3);
        const __m512i ordered = _mm512_shuffle_epi8(text, order);
        const __m512i digits = _mm512_sub_epi8(ordered, base);
        const __mmask64 right =
            _mm512_cmple_epu8_mask(digits, most) | _mm512_cmpeq_epi8_mask(ordered, other);
        const __m512i parts = _mm512_maddubs_epi16(digits, join);
        const __mmask32 within =
            _mm512_cmple_epi16_mask(parts, last) & _mm512_cmpge_epi16_mask(parts, first);
        const __mmask8 bytes = _mm512_cmpeq_epi64_mask(_mm512_movm_epi8(right), ones);
        const __mmask8 words = _mm512_cmpeq_epi64_mask(_mm512_movm_epi16(within), ones);
        const uint32_t both = (uint32_t)bytes & words;
        const uint32_t good = both & both >> 1 & 0x55; // of lane k, bit 2 · k
        __m512i sums = _mm512_mullo_epi32(_mm512_madd_epi16(parts, weigh), minutes);
        sums = _mm512_add_epi32(sums, _mm512_srli_epi64(sums, 32));
        const __m512i told =
            _mm512_mask_blend_epi64((__mmask8)good, ones, sums); // halves of a lane
        _mm_storeu_si128((void *)(out + i),
                         _mm512_castsi512_si128(_mm512_maskz_compress_epi32(0x1111, told)));
    }
    for (; i < count; i++) {
        out[i] = gg_stamp_seconds(data + from[i]);
    }
}

static const gg_simd avx2 = {"avx2",     avx2_utf8,   avx2_cut,   avx2_reached,
                             avx2_order, avx2_digits, avx2_stamps};
static const gg_simd avx512 = {"avx512",     avx512_utf8,   avx512_cut,   avx512_reached,
                               avx512_order, avx512_digits, avx512_stamps};

const gg_simd *gg_simd_x86_at(size_t index) {
    const int has_2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                      __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    const int has_512 =
        has_2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
    const int counted = has_2 + has_512;
    return index >= (size_t)counted ? NULL : index == 0 ? &avx2 : &avx512;
}

#else

const gg_simd *gg_simd_x86_at(size_t index) {
    (void)index;
    return NULL;
}

#endif
