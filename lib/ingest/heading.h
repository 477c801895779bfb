/* SPDX-License-Identifier: Apache-2.0 */
/* The heading of a table: one row of titles, or two, groups above and sub-titles below. */
#ifndef GG_HEADING_H
#define GG_HEADING_H

#include "kept_row.h"

/* Zero-initialise; release when done. */
typedef struct gg_heading {
    const char *source; /* name of the table, borrowed */
    gg_kept_row titles; /* of each column its own title, without blanks at its ends */
    gg_kept_row groups; /* of each column its group; "" none */
    int64_t number;     /* of its last row */
    int64_t width;      /* columns up to the last that has a title */
    int rows;           /* 1 or 2 */
} gg_heading;

/* Make the heading of one row, or of two (lower not NULL). */
gridgov_status gg_heading_make(gg_heading *heading, const char *source, const gg_kept_row *upper,
                               const gg_kept_row *lower, gridgov_error *err);
gg_str gg_heading_title(const gg_heading *heading, int64_t column);
gg_str gg_heading_group(const gg_heading *heading, int64_t column);
/* As one row: "group/title". */
gridgov_status gg_heading_join(gg_kept_row *out, const gg_heading *heading, gridgov_error *err);
void gg_heading_release(gg_heading *heading);

#endif
