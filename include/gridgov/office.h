/* SPDX-License-Identifier: Apache-2.0 */
/** @file office.h
 *  The files that offices really have. This header belongs to the optional library
 *  `gridgov::office` (`gridgov-office.pc`), which is linked beside the core; gridgov.h does not
 *  include it. What a file is, its content says, never its name.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <gridgov/office.h>
 *  #include <stdio.h>
 *  static int what_is(const char *path, gridgov_error *err) {
 *      int32_t kind = 0;
 *      int status = gridgov_file_kind(&kind, path, err);
 *      if (status == GRIDGOV_OK) puts(gridgov_code_title(GRIDGOV_KIND_FILE, kind,
 * GRIDGOV_LANG_ZH)); return status;
 *  }
 *  @endcode */
#ifndef GRIDGOV_OFFICE_H
#define GRIDGOV_OFFICE_H

#include <gridgov/base.h>
#include <gridgov/codes.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a file is, by its content.
 *  @param[out] kind_out  GRIDGOV_FILE_*; 0 on failure
 *  @param      path      NUL-terminated
 *  @param[out] err       may be NULL; `source` is the path
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_file_kind(int32_t *kind_out, const char *path,
                                             gridgov_error *err);

/** The same of a file in memory.
 *  @param[out] kind_out   GRIDGOV_FILE_*; 0 on failure
 *  @param      data,size  the whole file
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_file_kind_bytes(int32_t *kind_out, const void *data, size_t size,
                                                   gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
