/* SPDX-License-Identifier: Apache-2.0 */
/** @file pack.h
 *  The reference data compiled into the library: calendars, taxonomies, metrics and policies as the
 *  same JSON text that the `_load` functions read from a file. Each pack says where it comes from
 *  and how certain that is; `ours` marks a decision of this project.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <stdio.h>
 *  static void list(void) {
 *      gridgov_pack pack = {.struct_size = sizeof pack};
 *      for (int64_t i = 0; gridgov_pack_at(&pack, i) == GRIDGOV_OK; i++) {
 *          printf("%s %s\n", gridgov_code_text(GRIDGOV_KIND_PACK, pack.kind), pack.name);
 *      }
 *  }
 *  @endcode */
#ifndef GRIDGOV_PACK_H
#define GRIDGOV_PACK_H

#include <gridgov/codes.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One built-in document; all pointers are static. Set `struct_size` before the call. */
typedef struct gridgov_pack {
    uint32_t struct_size; /**< sizeof(gridgov_pack), set by the caller */
    int32_t kind;         /**< GRIDGOV_PACK_* */
    const char *name;     /**< "zhejiang-2021" */
    const char *data;     /**< the JSON text, NUL-terminated */
    size_t size;          /**< bytes of @p data without the NUL */
} gridgov_pack;

/** Number of built-in packs.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_pack_count(void);

/** One pack, sorted by kind, then name.
 *  @param[out] pack_out  the pack
 *  @param      index     0 … count−1
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_pack_at(gridgov_pack *pack_out, int64_t index);

/** A pack by name.
 *  @param[out] pack_out   the pack
 *  @param      kind       GRIDGOV_PACK_*
 *  @param      name,size  "baiguan-2021"
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_pack_find(gridgov_pack *pack_out, int32_t kind, const char *name,
                                             size_t size, gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
