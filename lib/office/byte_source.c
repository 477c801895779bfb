/* SPDX-License-Identifier: Apache-2.0 */
#include "byte_source.h"

#include "base/os.h"

#include <string.h>

gridgov_status gg_byte_source_open(gg_byte_source *bytes, const gg_package_source *source,
                                   gridgov_error *err) {
    *bytes = (gg_byte_source){-1, source->data, source->size};
    return source->path == NULL ? GRIDGOV_OK : gg_file_open(&bytes->fd, source->path, err);
}

gridgov_status gg_byte_source_read(void *user, void *data, size_t size, size_t *read_out,
                                   gridgov_error *err) {
    gg_byte_source *bytes = user;
    if (bytes->fd >= 0) {
        return gg_file_read(read_out, bytes->fd, data, size, err);
    }
    *read_out = size < bytes->left ? size : bytes->left;
    if (*read_out > 0) {
        memcpy(data, bytes->data, *read_out);
        bytes->data += *read_out;
        bytes->left -= *read_out;
    }
    return GRIDGOV_OK;
}

void gg_byte_source_close(gg_byte_source *bytes) {
    gg_file_close(bytes->fd);
    bytes->fd = -1;
}
