/* SPDX-License-Identifier: Apache-2.0 */
/* A row that was read and left, cell by cell. */
#ifndef GG_KEPT_ROW_H
#define GG_KEPT_ROW_H

#include "base/buf.h"

#include <gridgov/rows.h>

/* Zero-initialise; release when done. */
typedef struct gg_kept_row {
    gg_buf text;    /* cells one behind the other, each with its NUL */
    size_t *starts; /* of each */
    size_t capacity;
    int64_t count, number;
} gg_kept_row;

/* Make it an empty row with a number, and give it a cell more. */
void gg_kept_row_begin(gg_kept_row *kept, int64_t number);
gridgov_status gg_kept_row_add(gg_kept_row *kept, gg_str cell, gridgov_error *err);
/* Keep the row on which a cursor stands. */
gridgov_status gg_kept_row_copy(gg_kept_row *kept, const gridgov_rows *rows, gridgov_error *err);
/* A cell; "" where the row has none. */
gg_str gg_kept_row_at(const gg_kept_row *kept, int64_t index);
/* 1 if a cell has more than blanks. */
int gg_kept_row_has_text(const gg_kept_row *kept);
void gg_kept_row_release(gg_kept_row *kept);

#endif
