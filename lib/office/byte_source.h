/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a file or of memory from the first to the last, for the readers of text. */
#ifndef GG_BYTE_SOURCE_H
#define GG_BYTE_SOURCE_H

#include "package.h"

typedef struct gg_byte_source {
    int fd;           /* −1: memory */
    const char *data; /* borrowed */
    size_t left;      /* bytes of it */
} gg_byte_source;

/* Open; on failure there is nothing to close. */
gridgov_status gg_byte_source_open(gg_byte_source *bytes, const gg_package_source *source,
                                   gridgov_error *err);
/* A gg_xml_source; user: a gg_byte_source. */
gridgov_status gg_byte_source_read(void *user, void *data, size_t size, size_t *read_out,
                                   gridgov_error *err);
void gg_byte_source_close(gg_byte_source *bytes);

#endif
