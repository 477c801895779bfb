/* SPDX-License-Identifier: Apache-2.0 */
/* From a header row to the columns of a table's fields, by a mapping or by the names of the fields.
 */
#ifndef GG_COLUMNS_H
#define GG_COLUMNS_H

#include "fields.h"

typedef struct gg_columns {
    int64_t column[GG_FIELDS_MAX];    /* 0-based; −1: none */
    unsigned char has[GG_FIELDS_MAX]; /* 1 if the field has a column or a constant */
    int64_t width;                    /* cells of the header up to the last that is not blank */
} gg_columns;

/* Read the header on which rows stands. Columns that are not used, or not there, go to issues; so
 * does every required one that is missing, and the first of those fails the call. */
gridgov_status gg_columns_bind(gg_columns *columns, int32_t table, const gridgov_rows *rows,
                               const gridgov_mapping *mapping, gridgov_issues *issues,
                               gridgov_error *err);

#endif
