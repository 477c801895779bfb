/* SPDX-License-Identifier: Apache-2.0 */
/* A growing byte buffer, and gridgov_bytes, the sealed buffer that a caller owns.
 *
 * Invariant: data is NULL with capacity 0, or capacity > size and data[size] is NUL. The capacity
 * doubles, so a million single bytes cost twenty reallocations. A failed append leaves what stood
 * there and sticks. */
#include "base/buf.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/os.h"

#include <string.h>

#define FIRST_CAPACITY ((size_t)256)

struct gridgov_bytes {
    char *data; /* size bytes and a NUL */
    size_t size;
};

/* Make room for size more bytes and the NUL; 0, or -1 with the failure noted. */
static int reserve(gg_buf *buf, size_t size) {
    if (buf->failed) {
        return -1;
    }
    if (size < buf->capacity - buf->size) {
        return 0;
    }
    if (size > SIZE_MAX / 2 - buf->size - FIRST_CAPACITY) {
        buf->failed = 1;
        return -1;
    }
    size_t wanted = buf->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : buf->capacity * 2;
    if (wanted <= buf->size + size) {
        wanted = buf->size + size + 1;
    }
    char *grown = gg_realloc(buf->data, wanted, 1);
    if (grown == NULL) {
        buf->failed = 1;
        return -1;
    }
    buf->data = grown;
    buf->capacity = wanted;
    return 0;
}

void gg_buf_add(gg_buf *buf, const void *data, size_t size) {
    if (reserve(buf, size) != 0) {
        return;
    }
    if (size != 0) {
        memcpy(buf->data + buf->size, data, size);
        buf->size += size;
    }
    buf->data[buf->size] = '\0';
}

void gg_buf_text(gg_buf *buf, const char *text) {
    gg_buf_str(buf, gg_str_of(text));
}

void gg_buf_str(gg_buf *buf, gg_str text) {
    gg_buf_add(buf, text.data, text.size);
}

void gg_buf_byte(gg_buf *buf, char byte) {
    gg_buf_add(buf, &byte, 1);
}

void gg_buf_int(gg_buf *buf, int64_t value) {
    char text[GG_NUM_TEXT_SIZE];
    size_t size = gg_int_format(text, value);
    gg_buf_add(buf, text, size);
}

void gg_buf_around(gg_buf *buf, const char *before, int64_t value, const char *after) {
    gg_buf_text(buf, before);
    gg_buf_int(buf, value);
    gg_buf_text(buf, after);
}

void gg_buf_key(gg_buf *buf, gg_str name) {
    char piece[256];
    for (size_t done = 0; done < name.size;) {
        // A key never grows and each character has its own, so pieces of whole characters may be
        // folded alone.
        size_t left = name.size - done;
        size_t size = left <= sizeof piece ? left : gg_utf8_cut(name.data + done, sizeof piece);
        gg_buf_add(buf, piece,
                   gg_text_key(piece, sizeof piece, gg_str_make(name.data + done, size)));
        done += size;
    }
}

void gg_buf_clear(gg_buf *buf) {
    buf->size = 0;
    buf->failed = 0;
    if (buf->data != NULL) {
        buf->data[0] = '\0';
    }
}

int gg_buf_failed(const gg_buf *buf) {
    return buf->failed;
}

const char *gg_buf_data(const gg_buf *buf) {
    return buf->data == NULL ? "" : buf->data;
}

void gg_buf_release(gg_buf *buf) {
    gg_free(buf->data);
    memset(buf, 0, sizeof *buf);
}

gridgov_status gg_buf_to_bytes(gridgov_bytes **out, gg_buf *buf, gridgov_error *err) {
    *out = NULL;
    gg_buf_add(buf, "", 0); // an empty buffer gets its NUL
    gridgov_bytes *bytes = gg_buf_failed(buf) ? NULL : gg_calloc(1, sizeof *bytes);
    if (bytes == NULL) {
        gg_buf_release(buf);
        return gg_fail_memory(err);
    }
    bytes->data = buf->data;
    bytes->size = buf->size;
    memset(buf, 0, sizeof *buf);
    *out = bytes;
    return GRIDGOV_OK;
}

const char *gridgov_bytes_data(const gridgov_bytes *bytes, size_t *size_out) {
    if (size_out != NULL) {
        *size_out = bytes == NULL ? 0 : bytes->size;
    }
    return bytes == NULL ? NULL : bytes->data;
}

gridgov_status gridgov_bytes_save(const gridgov_bytes *bytes, const char *path,
                                  gridgov_error *err) {
    size_t size = 0;
    const char *data = gridgov_bytes_data(bytes, &size);
    if (bytes == NULL || path == NULL) {
        return gg_fail_arg(err, bytes == NULL ? "bytes" : "path");
    }
    return gg_file_store(path, data, size, err);
}

void gridgov_bytes_free(gridgov_bytes *bytes) {
    if (bytes != NULL) {
        gg_free(bytes->data);
        gg_free(bytes);
    }
}
