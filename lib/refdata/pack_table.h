/* SPDX-License-Identifier: Apache-2.0 */
/* The table of built-in documents, which embed.cmake generates from data/ at build time. */
#ifndef GG_PACK_TABLE_H
#define GG_PACK_TABLE_H

#include <stddef.h>
#include <stdint.h>

typedef struct gg_pack_entry {
    int32_t kind;              /* GRIDGOV_PACK_* */
    const char *name;          /* "china" */
    const unsigned char *data; /* JSON text, NUL-terminated */
    size_t size;               /* bytes without the NUL */
} gg_pack_entry;

/* Sorted by kind, then by the bytes of the name. */
extern const gg_pack_entry gg_pack_table[];
extern const size_t gg_pack_table_count;

#endif
