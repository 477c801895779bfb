/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a stamp behind its month, for the files simd_*.c and whoever reads one stamp alone.
 * An exclusive or with the expected punctuation leaves digits as 0–9 and punctuation as 0, one
 * addition finds every byte that is neither, and one multiplication joins tens and units. */
#ifndef GG_SIMD_STAMP_H
#define GG_SIMD_STAMP_H

#include "base/word.h"

#include <stdint.h>

#define GG_STAMP_SIZE 19 /* 2021-09-05T08:31:00 */
#define GG_STAMP_DAY 8   /* offset of its day */

/* Seconds of a day and a clock as gg_simd has them, −1 if the text is none; 24 bytes may be read.
 */
static inline int32_t gg_stamp_seconds(const char *text) {
    const uint64_t clock = gg_word_at(text + 11) ^ UINT64_C(0x30303A30303A3030);
    const uint64_t joined = clock * 10 + (clock >> 8);
    const uint32_t tens = (uint32_t)(unsigned char)text[GG_STAMP_DAY] - '0';
    const uint32_t units = (uint32_t)(unsigned char)text[GG_STAMP_DAY + 1] - '0';
    const uint32_t day = tens * 10 + units;
    const uint32_t hour = (uint32_t)joined & 0xFF;
    const uint32_t minute = (uint32_t)(joined >> 24) & 0xFF;
    const uint32_t second = (uint32_t)(joined >> 48) & 0xFF;
    const int wrong =
        (((clock | (clock + UINT64_C(0x76767F76767F7676))) & UINT64_C(0x8080808080808080)) != 0) |
        (tens > 9) | (units > 9) | (day - 1 >= 31) | (hour > 23) | (minute > 59) | (second > 59) |
        (text[10] != 'T' && text[10] != ' ');
    return wrong ? -1 : (int32_t)(day * 86400 + hour * 3600 + minute * 60 + second);
}

#endif
