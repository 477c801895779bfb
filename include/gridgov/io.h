/* SPDX-License-Identifier: Apache-2.0 */
/** @file io.h
 *  Where bytes go: into memory that you own (::gridgov_bytes) or through a callback
 *  (::gridgov_sink).
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <stdio.h>
 *  static int32_t to_stdout(void *user, const void *data, size_t size) {
 *      (void)user;
 *      return fwrite(data, 1, size, stdout) == size ? 0 : 1;
 *  }
 *  static int print(const gridgov_bulletin *bulletin, gridgov_error *err) {
 *      gridgov_sink sink = {to_stdout, NULL};
 *      return gridgov_render(&sink, bulletin, GRIDGOV_FORMAT_MARKDOWN, NULL, err);
 *  }
 *  @endcode */
#ifndef GRIDGOV_IO_H
#define GRIDGOV_IO_H

#include <gridgov/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A buffer that the library made and you own. */
typedef struct gridgov_bytes gridgov_bytes;

/** Where a renderer writes. Nonzero from @p write stops the call with ::GRIDGOV_EIO and that number
 *  in `detail`. The callback returns normally: no longjmp, no exception. */
typedef struct gridgov_sink {
    /** Takes @p size bytes of @p data; returns 0 if all were taken. */
    int32_t (*write)(void *user, const void *data, size_t size);
    void *user; /**< handed back to @p write */
} gridgov_sink;

/** The bytes, followed by a NUL that is not counted.
 *  @param      bytes     a buffer; NULL gives NULL
 *  @param[out] size_out  bytes without the NUL; may be NULL
 *  @return borrowed until the buffer is freed    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_bytes_data(const gridgov_bytes *bytes, size_t *size_out);

/** Write the bytes to a file: all of them, or the file stays as it was. What is no regular file (a
 *  pipe, a device) is written straight through.
 *
 *  @param      bytes  a buffer
 *  @param      path   UTF-8
 *  @param[out] err    may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bytes_save(const gridgov_bytes *bytes, const char *path,
                                              gridgov_error *err);

/** Free a buffer; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_bytes_free(gridgov_bytes *bytes);

#ifdef __cplusplus
}
#endif
#endif
