/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a CSV table as well-formed UTF-8 without NUL, whatever they come from and however
 * they are encoded. Text is loaded block by block into one buffer; its checked part is data[0,
 * good), and its reader may write into that part, and into the byte behind it. */
#ifndef GG_CSV_INPUT_H
#define GG_CSV_INPUT_H

#include "base/decoder.h"

#include <gridgov/base.h>

#include <stddef.h>
#include <stdint.h>

#define GG_CSV_BLOCK ((size_t)256 * 1024)

typedef struct gg_csv_input {
    char *data;      /* text loaded and not yet dropped */
    size_t capacity; /* bytes of data; more than end */
    size_t good;     /* data[0, good) is checked */
    size_t end;      /* data[0, end) is loaded */
    int64_t origin;  /* offset in the source of data[0]; of raw[0] where bytes are converted */

    int fd;                 /* −1: from memory */
    const char *memory;     /* borrowed */
    size_t memory_left;     /* bytes */
    const char *memory_all; /* as it was given */
    size_t memory_size;     /* bytes */
    size_t block;           /* bytes asked for at a time, at least 1 */
    int at_end;             /* 1 once the source has no more */

    int32_t bad_rule;   /* rule broken by the byte at bad_offset; 0 none */
    int64_t bad_offset; /* 1-based, in the source */

    const char *encoding; /* NULL: UTF-8; else what the decoder calls it, static */
    gg_decoder decoder;   /* open if encoding is set */
    char *raw;            /* bytes not yet converted; room for a block and a rest */
    size_t raw_size;      /* bytes */
} gg_csv_input;

/* Open a file, or memory if path is NULL. encoding as in gridgov_csv_options. On failure there is
 * nothing to close. */
gridgov_status gg_csv_input_open(gg_csv_input *input, const char *path, const char *data,
                                 size_t size, const char *encoding, size_t block,
                                 gridgov_error *err);

/* Drop the first drop bytes and load more until good has grown: GRIDGOV_OK; GRIDGOV_END when there
 * is no more; else the failure, again and again. The bytes are dropped in every case. */
gridgov_status gg_csv_input_more(gg_csv_input *input, size_t drop, gridgov_error *err);

/* Go on at another offset of UTF-8 from a regular file or from memory. */
gridgov_status gg_csv_input_seek(gg_csv_input *input, int64_t offset, gridgov_error *err);

void gg_csv_input_close(gg_csv_input *input);

#endif
