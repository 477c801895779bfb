/* SPDX-License-Identifier: Apache-2.0 */
/* What a file is, for the readers of this folder. */
#ifndef GG_FILE_KIND_H
#define GG_FILE_KIND_H

#include "package.h"

/* GRIDGOV_FILE_* of a source. A package that cannot be listed is GRIDGOV_FILE_OTHER; what is wrong
 * with it is then in *damage (may be NULL), whose status is 0 otherwise. */
gridgov_status gg_file_kind(int32_t *kind_out, const gg_package_source *source,
                            gridgov_error *damage, gridgov_error *err);
/* Refuse a file that is not what was expected, which names the kinds that would do. */
gridgov_status gg_fail_kind(int32_t kind, const char *expected, gridgov_error *err);

#endif
