/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of an audit, in the order in which they run. Each adds figures and identities; those
 * behind the solver look at believed values and report by themselves. */
#ifndef GG_AUDIT_CHECKS_H
#define GG_AUDIT_CHECKS_H

#include "audit_columns.h"
#include "audit_model.h"

/* audit_sums.c: total, subtotal and mean rows. */
void gg_audit_check_sums(gg_audit *audit, const gg_audit_table *table);
/* audit_shares.c: columns of shares. */
void gg_audit_check_shares(gg_audit *audit, const gg_audit_table *table);
/* audit_rates.c: columns of rates, and which column is part of which. */
void gg_audit_check_rates(gg_audit *audit, const gg_audit_table *table);
/* audit_changes.c: columns of differences and of changes in per cent. */
void gg_audit_check_changes(gg_audit *audit, const gg_audit_table *table);
/* audit_totals.c: row totals, ranges of columns. */
void gg_audit_check_row_totals(gg_audit *audit, const gg_audit_table *table);
/* audit_header.c: repeated headers outvote one that differs, before columns are read; then maxima
 * add up. */
void gg_audit_vote_headers(gg_audit *audit, const gg_audit_table *table);
void gg_audit_check_header(gg_audit *audit, const gg_audit_table *table);
/* audit_match.c: prose against tables. */
void gg_audit_check_matches(gg_audit *audit);
/* audit_continuity.c: the bulletin before against this one. */
void gg_audit_check_continuity(gg_audit *audit, gg_audit *previous);

/* Behind the solver. */
/* audit_ranks.c */
void gg_audit_check_ranks(gg_audit *audit, const gg_audit_table *table);
void gg_audit_check_duplicates(gg_audit *audit, const gg_audit_table *table);
/* audit_adjustments.c */
void gg_audit_check_adjustments(gg_audit *audit, const gg_audit_table *table);
/* audit_period.c */
void gg_audit_check_periods(gg_audit *audit);

#define GG_CANDIDATES_MAX 64 /* figures tried as the denominator of one list of shares */

/* A list of shares that have one denominator. */
typedef struct gg_share_item {
    int32_t num, shown; /* figures */
} gg_share_item;

typedef struct gg_share_group {
    const gg_share_item *items;
    size_t count;
    const int32_t *candidates; /* figures that may be the denominator, the likeliest first */
    size_t candidate_count;
    int32_t total;     /* the printed total; GG_NO_FIGURE */
    int32_t claimed;   /* 1 the text says that these are shares of the total */
    int32_t own_total; /* 1 the total is a row of the list's own table */
    int32_t doubtful;  /* 1 they may be no shares at all: only all of them together convince */
} gg_share_group;

/* Find the denominator and add the identities. Returns how many of the shares follow from one
 * denominator. */
size_t gg_audit_share_list(gg_audit *audit, const gg_share_group *group);
/* How many would follow, nothing added. */
size_t gg_audit_share_fits(const gg_audit *audit, const gg_share_group *group);
/* The denominators that the most shares leave under a rounding, as an interval; how many shares
 * that is. */
size_t gg_audit_share_overlap(gg_audit *audit, const gg_share_group *group, int32_t rounding,
                              gg_span64 *span);
/* A hundred per cent in units of the last printed digit: 10000 for two decimals. */
int64_t gg_audit_share_whole(const gg_audit_figure *shown);

/* Would one changed digit, in one of the figures, make shown follow from (num + more)/den? more may
 * be GG_NO_FIGURE. */
int gg_audit_ratio_near(const gg_audit *audit, int32_t shown, int32_t num, int32_t more,
                        int32_t den);

/* A figure for the text of a cell that is no number. */
int32_t gg_audit_text_figure(gg_audit *audit, const gg_audit_table *table, size_t row,
                             int32_t column, gg_str text);

/* Does a figure's printed number differ by one digit from value? */
int gg_audit_one_digit(const gg_audit_figure *figure, int64_t value);

#endif
