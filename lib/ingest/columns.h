/* SPDX-License-Identifier: Apache-2.0 */
/* From a heading to the columns of a table's fields, by a mapping or by the names of the fields. */
#ifndef GG_COLUMNS_H
#define GG_COLUMNS_H

#include "fields.h"
#include "heading.h"
#include "measure.h"

typedef struct gg_columns {
    int64_t column[GG_FIELDS_MAX];            /* 0-based; −1: none */
    unsigned char has[GG_FIELDS_MAX];         /* 1 if the field has a column or a constant */
    unsigned char by_title[GG_FIELDS_MAX];    /* 1 if its column was found by its title */
    const gg_measure *measure[GG_FIELDS_MAX]; /* unit of its numbers; NULL: the field's own */
    int64_t width;                            /* cells of the header up to the last with text */
    int64_t sub_titles; /* that are built-in names, whether they feed a field or not */
} gg_columns;

/* Read a heading. Columns that are not used, or not there, go to issues; so does every required one
 * that is missing, and the first of those fails the call. */
gridgov_status gg_columns_bind(gg_columns *columns, int32_t table, const gg_heading *heading,
                               const gridgov_mapping *mapping, gridgov_issues *issues,
                               gridgov_error *err);
/* The field that a column feeds; −1. */
int gg_columns_field(const gg_columns *columns, int64_t column);

#endif
