/* SPDX-License-Identifier: Apache-2.0 */
/* What a taxonomy holds, and the keys of its look-ups.
 *
 * Invariant of a loaded taxonomy: codes are unique, (parent, name) is unique, aliases are unique
 * and no name of another category; a parent has a smaller index than its children, so that there
 * are no rings.
 *
 * Look-ups go through keys (gg_text_key: no blanks, half-width, lower case), so a wrapped or
 * full-width name is found all the same. A name that stands under several parents is kept as
 * GG_CATEGORY_AMBIGUOUS and found only as `parent/name`, which is a key of its own. */
#ifndef GG_REFDATA_TAXONOMY_MODEL_H
#define GG_REFDATA_TAXONOMY_MODEL_H

#include <gridgov/taxonomy.h>

#include "base/digest.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/share.h"
#include "base/text.h"
#include "limits.h"

#include <stddef.h>
#include <stdint.h>

#define GG_CATEGORY_KEY 256                        /* bytes of the key of one name */
#define GG_CATEGORY_PATH (2 * GG_CATEGORY_KEY + 1) /* parent, slash, name */
#define GG_CATEGORY_MISSING (-1)
#define GG_CATEGORY_AMBIGUOUS (-2)

typedef struct gg_category {
    const char *code, *name;
    const char **aliases; /* sorted by bytes */
    size_t alias_count;
    int64_t parent;
    int32_t platform;
    gridgov_day from, to;
} gg_category;

struct gridgov_taxonomy {
    gg_share share;
    int32_t open;
    gridgov_day from, to;
    const char *name;
    gg_category *items;
    size_t count;
    gg_map codes;   /* key of a code → index */
    gg_map names;   /* key of a name or of parent/name → index or GG_CATEGORY_AMBIGUOUS */
    gg_map aliases; /* key of an alias → index */
    gg_limits limits;
    gg_map pairs; /* parent index/key of a name → index; only while loading */
    gg_arena arena;
    char digest[GG_DIGEST_TEXT_SIZE];
};

/* A name's key in a buffer. size 0 if it has none or is too long. */
typedef struct gg_category_key {
    char data[GG_CATEGORY_PATH];
    size_t size;
} gg_category_key;

/* Fill the key of a text, of so many bytes at most, and give it as text. */
gg_str gg_category_key_of(gg_category_key *key, gg_str text, size_t limit);

#endif
