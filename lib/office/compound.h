/* SPDX-License-Identifier: Apache-2.0 */
/* A compound file ([MS-CFB]): a file of streams, of which one is chosen and read from any offset.
 */
#ifndef GG_COMPOUND_H
#define GG_COMPOUND_H

#include "package.h"

typedef struct gg_compound gg_compound;

/* Open and list the streams. A file that breaks its own rules is GRIDGOV_EFORMAT. */
gridgov_status gg_compound_open(gg_compound **out, const gg_package_source *source,
                                gridgov_error *err);
/* A file that is one stream by itself, chosen, without a compound file around it. */
gridgov_status gg_compound_open_flat(gg_compound **out, const gg_package_source *source,
                                     gridgov_error *err);
/* 1 if a file begins as a compound file does. */
int gg_compound_begins(const unsigned char *head, size_t size);
void gg_compound_close(gg_compound *compound);

/* 1 if there is a stream of this name, in either case. */
int gg_compound_has(const gg_compound *compound, const char *name);
/* Choose the stream that is read. */
gridgov_status gg_compound_select(gg_compound *compound, const char *name, gridgov_error *err);
/* Bytes of the chosen stream. */
int64_t gg_compound_size(const gg_compound *compound);
/* Up to size bytes of the chosen stream from an offset; fewer only at its end. */
gridgov_status gg_compound_read(const gg_compound *compound, int64_t offset, void *data,
                                size_t size, size_t *read_out, gridgov_error *err);

#endif
