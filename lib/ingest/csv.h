/* SPDX-License-Identifier: Apache-2.0 */
/* CSV as a source of rows, and how a cursor is made from a source. */
#ifndef GG_CSV_H
#define GG_CSV_H

#include <gridgov/rows.h>

#include <stddef.h>

/* gridgov_rows_open_csv_file() and _bytes() with a size of blocks of the caller's choice, at
 * least 1. path NULL: from memory. */
gridgov_status gg_csv_open(gridgov_rows **out, const char *path, const char *data, size_t size,
                           const gridgov_csv_options *options, size_t block, gridgov_error *err);

/* A cursor over a source; checked: the source answers for its text being UTF-8 without NUL. */
gridgov_status gg_rows_open(gridgov_rows **out, const gridgov_rows_source *source, int checked,
                            gridgov_error *err);

#endif
