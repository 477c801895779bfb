/* SPDX-License-Identifier: Apache-2.0 */
/* The document gridgov.parameters/1: what an office says about a month that is no row of a table.
 */
#ifndef GG_PARAMETERS_H
#define GG_PARAMETERS_H

#include "base/mem.h"

#include <gridgov/issues.h>

/* Named rules from which next steps follow. */
enum {
    GG_NEXT_TOTAL_BELOW = 1,      /* grids whose total is below a threshold */
    GG_NEXT_INVALID_AT_LEAST = 2, /* grids with at least so many invalid reports */
    GG_NEXT_CATEGORY_ABOVE = 3,   /* a category whose share is above a threshold */
    GG_NEXT_GROUP_LOST = 4,       /* grids that lose at least so many points in a group */
    GG_NEXT_CLOSURE_BELOW = 5,    /* agencies whose closure rate is below a threshold */
    GG_NEXT_UNEXPLAINED = 6       /* adjustments without a reason */
};

typedef struct gg_next_rule {
    int32_t kind;         /* GG_NEXT_* */
    int64_t threshold;    /* thousandths of a point, of a percent, or of a count; 0 where unused */
    const char *category; /* of GG_NEXT_CATEGORY_ABOVE */
    const char *group;    /* of GG_NEXT_GROUP_LOST: code or name */
} gg_next_rule;

/* Text members are "" when the document does not give them. */
typedef struct gg_parameters {
    gg_arena arena;
    const char *office, *issuer, *document_number, *title, *addressees, *preamble;
    const char *cc, *printed_by, *table_title;
    gridgov_day printed_on;                   /* GRIDGOV_NO_DAY if not given */
    const char *taxonomy, *calendar, *policy; /* names of packs */
    const char *lifecycle, *roster;           /* the same */
    const char *known_by;                     /* a day or a time; "" the cut-off */
    const char **agency_names;                /* agencies with hours of their own */
    const char **agency_rosters;              /* the names of those */
    int64_t agency_count;
    const char *policy_parameters; /* JSON object, or "" */
    int32_t utc_offset_minutes;    /* INT32_MIN if not given */
    gg_next_rule *next;
    int64_t next_count;
    char digest[72]; /* over what the document says; "" without one */
} gg_parameters;

/* Read a document; NULL and 0 give the empty one. The result is to be released whatever the status.
 */
gridgov_status gg_parameters_load(gg_parameters *parameters, const char *json, size_t size,
                                  gridgov_issues *issues, gridgov_error *err);
void gg_parameters_release(gg_parameters *parameters);

#endif
