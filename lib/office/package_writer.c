/* SPDX-License-Identifier: Apache-2.0 */
/* A ZIP package over minizip, which writes to a stream that can seek: here a buffer with a place in
 * it. minizip goes back to fill in sizes and checksums, so a write may lie inside the buffer.
 *
 * When memory is short, the stream goes on as if nothing were wrong and keeps no bytes: minizip 1.1
 * loses memory of its own when a write fails. The failure is told when the call returns. */
#include "package_writer.h"

#include "base/error.h"
#include "base/mem.h"

#include <string.h>
#include <zip.h>

#define DOS_DATE 0x00210000U /* 1980-01-01 00:00 */
#define LEVEL 6              /* of zlib */

struct gg_package_writer {
    zipFile zip;
    gg_buf bytes;
    size_t at, end; /* where the next byte goes; behind the last */
};

static voidpf open_stream(voidpf opaque, const void *name, int mode) {
    (void)name;
    (void)mode;
    return opaque;
}

static uLong read_stream(voidpf opaque, voidpf stream, void *buffer, uLong size) {
    (void)opaque;
    (void)stream;
    (void)buffer;
    (void)size;
    return 0;
}

static uLong write_stream(voidpf opaque, voidpf stream, const void *buffer, uLong size) {
    gg_package_writer *writer = stream;
    (void)opaque;
    if (!gg_buf_failed(&writer->bytes)) {
        size_t inside = writer->bytes.size - writer->at;
        inside = inside < size ? inside : size;
        if (inside > 0) {
            memcpy(writer->bytes.data + writer->at, buffer, inside);
        }
        gg_buf_add(&writer->bytes, (const char *)buffer + inside, size - inside);
    }
    writer->at += size;
    writer->end = writer->at > writer->end ? writer->at : writer->end;
    return size;
}

static ZPOS64_T tell_stream(voidpf opaque, voidpf stream) {
    (void)opaque;
    return ((gg_package_writer *)stream)->at;
}

static long seek_stream(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin) {
    gg_package_writer *writer = stream;
    size_t base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? writer->at
                  : origin == ZLIB_FILEFUNC_SEEK_END ? writer->end
                                                     : 0;
    (void)opaque;
    if (offset > writer->end - base) {
        return -1;
    }
    writer->at = base + (size_t)offset;
    return 0;
}

static int close_stream(voidpf opaque, voidpf stream) {
    (void)opaque;
    (void)stream;
    return 0;
}

static int error_stream(voidpf opaque, voidpf stream) {
    (void)opaque;
    (void)stream;
    return 0;
}

gridgov_status gg_package_writer_new(gg_package_writer **out, gridgov_error *err) {
    gg_package_writer *writer = gg_calloc(1, sizeof *writer);
    zlib_filefunc64_def functions = {open_stream, read_stream,  write_stream, tell_stream,
                                     seek_stream, close_stream, error_stream, writer};
    *out = NULL;
    if (writer != NULL) {
        writer->zip = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &functions);
    }
    if (writer == NULL || writer->zip == NULL) {
        gg_free(writer);
        return gg_fail_memory(err);
    }
    *out = writer;
    return GRIDGOV_OK;
}

gridgov_status gg_package_writer_add(gg_package_writer *writer, const char *name, gg_str data,
                                     gridgov_error *err) {
    zip_fileinfo info = {.dosDate = DOS_DATE};
    int result =
        zipOpenNewFileInZip(writer->zip, name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED, LEVEL);
    while (result == ZIP_OK && data.size > 0) {
        unsigned size = data.size < (size_t)1 << 30 ? (unsigned)data.size : 1U << 30;
        result = zipWriteInFileInZip(writer->zip, data.data, size);
        data = gg_str_make(data.data + size, data.size - size);
    }
    if (result == ZIP_OK) {
        result = zipCloseFileInZip(writer->zip);
    }
    return result == ZIP_OK && !gg_buf_failed(&writer->bytes) ? GRIDGOV_OK : gg_fail_memory(err);
}

gridgov_status gg_package_writer_add_text(gg_package_writer *writer, const char *name,
                                          const gg_buf *text, gridgov_error *err) {
    return gg_buf_failed(text) ? gg_fail_memory(err)
                               : gg_package_writer_add(
                                     writer, name, gg_str_make(gg_buf_data(text), text->size), err);
}

gridgov_status gg_package_writer_finish(gg_package_writer *writer, gg_buf *out,
                                        gridgov_error *err) {
    int result = zipClose(writer->zip, NULL);
    writer->zip = NULL;
    gg_buf_add(out, writer->bytes.data, writer->bytes.size);
    return result == ZIP_OK && !gg_buf_failed(&writer->bytes) && !gg_buf_failed(out)
               ? GRIDGOV_OK
               : gg_fail_memory(err);
}

void gg_package_writer_free(gg_package_writer *writer) {
    if (writer == NULL) {
        return;
    }
    if (writer->zip != NULL) {
        (void)zipClose(writer->zip, NULL);
    }
    gg_buf_release(&writer->bytes);
    gg_free(writer);
}
