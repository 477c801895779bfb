/* SPDX-License-Identifier: Apache-2.0 */
/* A ZIP package, from a file or from memory, read part by part at bounded cost. */
#ifndef GG_PACKAGE_H
#define GG_PACKAGE_H

#include "base/text.h"

#include <gridgov/base.h>

#include <stddef.h>
#include <stdint.h>

typedef struct gg_package gg_package;

/* What a package may cost; no zeros. */
typedef struct gg_package_limits {
    int64_t parts;    /* in the package */
    int64_t unpacked; /* bytes of one part */
    int64_t ratio;    /* unpacked to packed, of a part above GG_PACKAGE_SMALL */
} gg_package_limits;

/* Parts up to this many unpacked bytes may be packed as tightly as they like. */
#define GG_PACKAGE_SMALL ((int64_t)8 << 20)
extern const gg_package_limits gg_package_defaults;

/* Where the bytes are: a path, or (path NULL) memory, which is borrowed. */
typedef struct gg_package_source {
    const char *path;
    const void *data;
    size_t size;
} gg_package_source;

/* Open and list the parts. err gets no source: the caller knows the name. */
gridgov_status gg_package_open(gg_package **out, const gg_package_source *source,
                               const gg_package_limits *limits, gridgov_error *err);
void gg_package_close(gg_package *package);

/* Index of a part, −1 if there is none. Names are compared without case, a leading slash or
 * direction of slashes, as some writers need. */
int64_t gg_package_find(const gg_package *package, gg_str name);
/* Name of a part, "" outside the list. */
const char *gg_package_name(const gg_package *package, int64_t index);

/* Begin to read a part; another one that is open ends. */
gridgov_status gg_package_begin(gg_package *package, int64_t index, gridgov_error *err);
/* Up to size bytes; 0 at the end, where the checksum has been compared. */
gridgov_status gg_package_read(gg_package *package, void *data, size_t size, size_t *read_out,
                               gridgov_error *err);
/* Unpacked bytes of the part that is open, as its header says. */
int64_t gg_package_size(const gg_package *package);

#endif
