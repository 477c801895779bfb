/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a row as text, times, days, numbers and codes. Each reader returns GRIDGOV_OK, or a
 * failure that it has written to problem with row, column, field and value. An empty cell is "not
 * known": it leaves *out at the value for that. So do `/`, `-`, `—`, `无`, NULL and N/A where a
 * cell may be empty. */
#ifndef GG_CELLS_H
#define GG_CELLS_H

#include "base/buf.h"
#include "base/text.h"
#include "columns.h"

#include <gridgov/units.h>

enum { GG_OPTIONAL = 0, GG_REQUIRED = 1 };

/* The code that was found last in a column: most rows repeat it. */
typedef struct gg_known_code {
    char text[32];
    size_t size; /* 0: none yet */
    int32_t value;
} gg_known_code;

typedef struct gg_cells {
    const gridgov_rows *rows;
    const gridgov_mapping *mapping; /* may be NULL */
    gridgov_issues *issues;         /* takes what was repaired; may be NULL */
    int32_t table;
    int32_t utc_offset_minutes;
    gg_columns columns;
    gg_buf scratch[GG_FIELDS_MAX]; /* text that had to be copied, one a field */
    gg_buf key;
    gg_known_code known[GG_FIELDS_MAX];
    int64_t repaired[GG_FIELDS_MAX]; /* row whose repair was told last */
    gridgov_error problem;           /* the first of the row */
} gg_cells;

/* 1 if the table has the field, as a column or a constant. */
int gg_cells_has(const gg_cells *cells, int field);
/* Report a rule broken by a field; the rule's status. */
gridgov_status gg_cells_fail(gg_cells *cells, int32_t rule, int field, gg_str value,
                             const char *more);

/* Text of a time, a number or a code: as below, but a mark for "none" is no text. */
gridgov_status gg_cells_value(gg_cells *cells, int field, int required, gg_str *out);
/* Text without blanks at its ends, NUL-terminated, borrowed until the row ends. */
gridgov_status gg_cells_text(gg_cells *cells, int field, int required, gg_str *out);
/* The same, but a mark for "none" is read as "". */
gridgov_status gg_cells_name(gg_cells *cells, int field, gg_str *out);
/* A time; GRIDGOV_NO_TIME if there is none. *date_only (may be NULL) is 1 if it was a date without
 * a time of day. */
gridgov_status gg_cells_time(gg_cells *cells, int field, int required, gridgov_time *out,
                             int *date_only);
/* A limit, which may be missing: a date alone means the end of that day. */
gridgov_status gg_cells_limit(gg_cells *cells, int field, gridgov_time *out);
/* A day, perhaps with a time at midnight; with its time of day if any_time. GRIDGOV_NO_DAY if there
 * is none. */
gridgov_status gg_cells_day(gg_cells *cells, int field, int required, int any_time,
                            gridgov_day *out);
/* A last day, as the first day after it. */
gridgov_status gg_cells_day_after(gg_cells *cells, int field, int required, gridgov_day *out);
/* A constant of the field's closed list; *out stays as it is if there is none. */
gridgov_status gg_cells_code(gg_cells *cells, int field, int required, int32_t *out);
/* cell_amount.c: a decimal in units of 10^-scale, in the field's own unit; more digits are rounded
 * once, or refused if exact. *out stays as it is if there is none. */
gridgov_status gg_cells_decimal(gg_cells *cells, int field, int required, int scale, int exact,
                                int64_t *out);
/* A grid by code, name or path, which the unit column may qualify; any other unit but an agency if
 * any_kind. GRIDGOV_NONE if both cells are empty. */
gridgov_status gg_cells_grid(gg_cells *cells, const gridgov_units *units, int unit_field,
                             int grid_field, int any_kind, int64_t *out);

/* 1 if a text that is not empty surely reads as it stands: no blanks at its ends, none but single
 * spaces inside. */
int gg_cells_is_tidy(gg_str text);
/* A time in one of the mapping's forms, or in any that is understood, in a tidy text; 0, or −1. */
int gg_cells_tidy_time(const gg_cells *cells, gg_str text, gridgov_time *out, int *date_only);
/* 1 if a character that begins with this byte may be a blank. */
int gg_cells_may_be_blank(unsigned char byte);

void gg_cells_release(gg_cells *cells);

#endif
