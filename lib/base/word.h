/* SPDX-License-Identifier: Apache-2.0 */
/* Eight bytes of text as one number. */
#ifndef GG_WORD_H
#define GG_WORD_H

#include <stdint.h>
#include <string.h>

/* Eight bytes, the first of them lowest, on every processor. */
static inline uint64_t gg_word_at(const char *bytes) {
    uint64_t word = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&word, bytes, sizeof word);
#else
    for (size_t i = 0; i < sizeof word; i++) {
        word |= (uint64_t)(unsigned char)bytes[i] << 8 * i;
    }
#endif
    return word;
}

#endif
