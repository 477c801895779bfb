/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4, by libmd) over a sequence of fields. A length stands before each field, so
 * ("ab", "c") and ("a", "bc") differ; numbers are written big-endian by shifts, so every machine
 * gets the same digest. */
#include "base/digest.h"

#define WORD_BYTES 8

static void put_word(gg_digest *digest, uint64_t value) {
    uint8_t bytes[WORD_BYTES];
    for (int i = 0; i < WORD_BYTES; i++) {
        bytes[i] = (uint8_t)(value >> (56 - 8 * i));
    }
    SHA256Update(&digest->state, bytes, sizeof bytes);
}

void gg_digest_init(gg_digest *digest) {
    SHA256Init(&digest->state);
}

void gg_digest_text(gg_digest *digest, gg_str text) {
    put_word(digest, text.size);
    if (text.size != 0) {
        SHA256Update(&digest->state, (const uint8_t *)text.data, text.size);
    }
}

void gg_digest_int(gg_digest *digest, int64_t value) {
    put_word(digest, WORD_BYTES);
    put_word(digest, (uint64_t)value);
}

void gg_digest_finish(gg_digest *digest, char out[GG_DIGEST_TEXT_SIZE]) {
    static const char hex[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_LENGTH];
    SHA256Final(bytes, &digest->state);
    for (size_t i = 0; i < sizeof bytes; i++) {
        out[2 * i] = hex[bytes[i] >> 4];
        out[2 * i + 1] = hex[bytes[i] & 15];
    }
    out[2 * sizeof bytes] = '\0';
}
