/* SPDX-License-Identifier: Apache-2.0 */
/* An audit in progress: figures, the identities between them, and findings. Checks add figures and
 * identities; the solver (audit_solve.c) finds which are broken and the smallest set of figures
 * that explains it. */
#ifndef GG_AUDIT_MODEL_H
#define GG_AUDIT_MODEL_H

#include "audit_document.h"

#include "base/buf.h"
#include "base/rules.h"

#include <gridgov/audit.h>

#define GG_CHECKS 17 /* GRIDGOV_CHECK_* are below it */
#define GG_NO_FIGURE (-1)

typedef struct gg_audit_figure {
    gg_printed number;
    gg_str text; /* as printed */
    gg_str name; /* in prose: what it counts; "" in a table, where row and column say it */
    int64_t line;
    int32_t table;  /* 1-based; 0 in prose */
    int32_t row;    /* in a table: index into the document's rows */
    int32_t column; /* in a table 0-based; in prose the 1-based position in the line */
    int32_t faulty; /* 1 once a finding has named it alone */
    int64_t value;  /* believed: the printed value, or the one that agrees if it is faulty */
} gg_audit_figure;

/* One figure in an identity. */
enum { GG_ROLE_NUMERATOR = 0, GG_ROLE_DENOMINATOR = 1, GG_ROLE_SHOWN = 2 };
typedef struct gg_term {
    int32_t figure;
    int32_t weight;   /* −1 or 1 */
    int32_t role;     /* GG_ROLE_*; an equation has numerators only */
    int32_t identity; /* set when added */
} gg_term;

/* Equation: Σ weight·figure + constant lies within ±tolerance. At most: the same is 0 or less.
 * Ratio: shown is (Σ numerators + …)/(Σ denominators + constant)·base, rounded. */
enum { GG_EQUATION = 1, GG_AT_MOST = 2, GG_RATIO = 3 };

typedef struct gg_identity {
    int32_t kind;        /* GG_EQUATION … */
    int32_t check;       /* GRIDGOV_CHECK_* */
    int32_t rule;        /* of the finding if it is broken */
    int32_t rounding;    /* of a ratio: GRIDGOV_ROUNDING_* */
    int32_t base;        /* of a ratio: 100 or 1000 for percentages, 1 */
    int32_t slack;       /* of a ratio: last digits it may be off, for figures in 万 */
    int32_t exponent;    /* common unit of the terms: 10^exponent */
    int32_t target;      /* figure that the finding speaks of; also the shown one of a ratio */
    int64_t constant;    /* in units of 10^0: of an equation, or of the denominator */
    int64_t tolerance;   /* of an equation, in the common unit */
    size_t first, count; /* terms */
    int32_t broken;      /* 1 it does not hold */
    int32_t settled;     /* 1 a finding explains it */
    int64_t sum, den;    /* of the terms, in the common unit: Σ, and the denominator of a ratio */
} gg_identity;

/* A finding before it is public. Text lives in the arena. */
typedef struct gg_audit_finding {
    int32_t rule, severity;
    size_t first, count; /* cells */
    const char *printed, *expected;
    const char *explanation[2]; /* by GRIDGOV_LANG_* */
} gg_audit_finding;

typedef struct gg_audit_place {
    int64_t line, row, column;
    int32_t table;
    const char *name, *printed;
} gg_audit_place;

struct gridgov_findings {
    gg_arena arena;
    gg_audit_finding *items;
    size_t count, room;
    gg_audit_place *cells;
    size_t cell_count, cell_room;
    size_t limit;
    int64_t checked[GG_CHECKS];
    int64_t severity[3]; /* those beyond the limit included */
};

typedef struct gg_audit {
    gg_audit_document document;
    gridgov_findings *findings;
    struct gg_audit_columns *columns; /* one a table, see audit_columns.h */
    struct gg_prose *prose;           /* see audit_prose.h */
    gg_audit_figure *figures;
    size_t figure_count, figure_room;
    gg_identity *identities;
    size_t identity_count, identity_room;
    gg_term *terms;
    size_t term_count, term_room;
    gridgov_job *job;
    gridgov_error *err;
    gridgov_status status; /* first failure; later work does nothing */
    int32_t truncates;     /* 1 the document's ratios are cut off rather than rounded */
} gg_audit;

/* audit.c: is there data, and is the table about as wide as its rows? Else looking at every place
 * of it would cost more than the text is long. */
int gg_audit_is_regular(const gg_audit *audit, const gg_audit_table *table);

/* audit_figures.c */
gridgov_status gg_audit_out_of_memory(gg_audit *audit);
/* 0 while nothing failed; ticks the job. */
int gg_audit_go_on(gg_audit *audit, const char *stage);
/* Index of a new figure, GG_NO_FIGURE on failure. */
int32_t gg_audit_add_figure(gg_audit *audit, const gg_audit_figure *figure);
/* The figure of a table's cell, made when first asked for; GG_NO_FIGURE if the cell holds no
 * number. */
int32_t gg_audit_cell_figure(gg_audit *audit, const gg_audit_table *table, size_t row,
                             int32_t column);
/* Text in the arena of the findings; "" when memory is short. */
const char *gg_audit_keep(gg_audit *audit, gg_str text);
/* What a figure is the figure of: "高丰社区/一网格 及时率"; in the arena. */
const char *gg_audit_figure_name(gg_audit *audit, int32_t figure);
/* Its value in units of 10^exponent; -1 on overflow. */
int gg_audit_scaled(int64_t *out, const gg_audit_figure *figure, int64_t value, int32_t exponent);
int32_t gg_audit_exponent(const gg_audit_figure *figure);
/* Is the printed value a whole number of units (no decimals, no 万)? */
int gg_audit_is_count(const gg_audit_figure *figure);

/* audit_identity.c: add identities. Terms are copied. Returns 1 if it holds, 0 if it is broken, -1
 * if it was not added because a number leaves its range. The constant of a ratio is part of its
 * denominator; base 0 is that of the shown figure's mark. */
int gg_audit_equation(gg_audit *audit, int32_t check, int32_t rule, const gg_term *terms,
                      size_t count, int64_t constant, int64_t tolerance, int32_t target);
int gg_audit_at_most(gg_audit *audit, int32_t check, int32_t rule, const gg_term *terms,
                     size_t count, int64_t constant, int32_t target);
int gg_audit_ratio(gg_audit *audit, int32_t check, int32_t rule, const gg_term *terms, size_t count,
                   int64_t constant, int32_t rounding, int32_t base);
/* shown is num of den, or of the constant where den is GG_NO_FIGURE. */
int gg_audit_share_of(gg_audit *audit, int32_t check, int32_t rule, int32_t shown, int32_t num,
                      int32_t den, int64_t constant, int32_t rounding);
/* The same two figures printed twice. */
int gg_audit_same(gg_audit *audit, int32_t check, int32_t rule, int32_t target, int32_t other);
/* Does shown follow from num/den by some rounding (GRIDGOV_ROUNDING_*, tried in order)? 0 if by
 * none. */
int32_t gg_audit_follows(const gg_audit *audit, int32_t shown, int32_t num, int32_t den);
/* The same with a change: (current − base)/base. */
int32_t gg_audit_change_follows(const gg_audit *audit, int32_t shown, int32_t current,
                                int32_t base);
/* Judge an identity again after a figure has taken its believed value; if it holds now it is open
 * again and binds. */
void gg_audit_reevaluate(gg_audit *audit, int32_t identity);
/* 100, 1000 or 1, by the mark of the printed number. */
int32_t gg_audit_base(const gg_audit_figure *figure);

/* The values of a figure that keep an identity, first to last; terms are those of the figure in it.
 */
typedef struct gg_span64 {
    int64_t low, high;
} gg_span64;
gg_span64 gg_audit_solve_for(const gg_audit *audit, const gg_identity *identity,
                             const gg_term *terms, size_t count);

/* audit_solve.c: findings for all broken identities. */
void gg_audit_solve(gg_audit *audit);

/* audit_findings.c: add a finding about figures; expected and extra (zh, en) may be NULL. */
typedef struct gg_report {
    int32_t rule;
    int32_t severity;       /* −1: the rule's */
    const int32_t *figures; /* the cells, the one spoken of first */
    size_t count;
    const char *field;    /* NULL: the name of the first figure */
    const char *expected; /* what would agree with the first cell; {0} unless detail is given */
    const char *detail;   /* {0} */
    const char *extra[2]; /* {1}, by GRIDGOV_LANG_* */
} gg_report;
void gg_audit_report(gg_audit *audit, const gg_report *report);
/* Order them by place. */
gridgov_status gg_audit_sort_findings(gridgov_findings *findings, gridgov_error *err);
/* Empty findings; limit 0 is the default. */
gridgov_status gg_audit_findings_new(gridgov_findings **out, int64_t limit, gridgov_error *err);

#endif
