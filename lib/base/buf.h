/* SPDX-License-Identifier: Apache-2.0 */
/* A byte buffer that grows. A failed append sticks: later appends do nothing, and gg_buf_failed()
 * tells at the end, so writers need no check after every piece. Zero-initialise; release when done.
 */
#ifndef GG_BUF_H
#define GG_BUF_H

#include "text.h"

#include <gridgov/io.h>

#include <stddef.h>
#include <stdint.h>

typedef struct gg_buf {
    char *data; /* NUL-terminated once anything was added; may be NULL when empty */
    size_t size, capacity;
    int failed;
} gg_buf;

void gg_buf_add(gg_buf *buf, const void *data, size_t size);
void gg_buf_text(gg_buf *buf, const char *text); /* NUL-terminated */
void gg_buf_str(gg_buf *buf, gg_str text);
void gg_buf_byte(gg_buf *buf, char byte);
void gg_buf_int(gg_buf *buf, int64_t value);
/* A number between two texts. */
void gg_buf_around(gg_buf *buf, const char *before, int64_t value, const char *after);
void gg_buf_key(gg_buf *buf, gg_str name); /* the look-up key of a name, see gg_text_key() */
void gg_buf_clear(gg_buf *buf);            /* size 0, memory kept, failure forgotten */
int gg_buf_failed(const gg_buf *buf);
/* The text so far, "" when empty. */
const char *gg_buf_data(const gg_buf *buf);
void gg_buf_release(gg_buf *buf);
/* Turn the buffer into bytes for a caller and leave it empty; ENOMEM if an append had failed. */
gridgov_status gg_buf_to_bytes(gridgov_bytes **out, gg_buf *buf, gridgov_error *err);

#endif
