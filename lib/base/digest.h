/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 over a sequence of fields. Each field goes in with its length before it (8 bytes,
 * big-endian), so that no two different sequences look alike. */
#ifndef GG_DIGEST_H
#define GG_DIGEST_H

#include "text.h"

#include <sys/types.h>

#include <sha2.h>
#include <stdint.h>

#define GG_DIGEST_TEXT_SIZE 72 /* 64 hexadecimal digits, NUL, room to align */

typedef struct gg_digest {
    SHA2_CTX state;
} gg_digest;

void gg_digest_init(gg_digest *digest);
void gg_digest_text(gg_digest *digest, gg_str text);
void gg_digest_int(gg_digest *digest, int64_t value); /* 8 bytes, big-endian two's complement */
/* 64 lower-case hexadecimal digits and NUL. */
void gg_digest_finish(gg_digest *digest, char out[GG_DIGEST_TEXT_SIZE]);

#endif
