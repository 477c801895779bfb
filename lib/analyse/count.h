/* SPDX-License-Identifier: Apache-2.0 */
/* Tallies and facts from the inside, and what the parts of a count share. One file counts each kind
 * of atom: cases, officer-days, the registers of visits, reports and maintenance; given.c keeps
 * monthly figures and adjustments; settle.c turns a tally into facts. */
#ifndef GG_COUNT_H
#define GG_COUNT_H

#include "plan.h"
#include "recorder.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/share.h"

#include <gridgov/lifecycle.h>
#include <gridgov/tally.h>

#include <stddef.h>
#include <stdint.h>

typedef struct gg_fact_cell {
    int64_t value, reported, missing;
    int32_t state, origin;
} gg_fact_cell;

typedef struct gg_fact_row {
    const char *name;
    const char *key; /* look-up key of a name that only the data have; NULL for others */
    int64_t unit;    /* GRIDGOV_NONE: no unit */
    int32_t kind;    /* GRIDGOV_UNIT_*; 0 */
    int16_t known, active;
} gg_fact_row;

typedef struct gg_fact_table {
    gg_fact_row *rows;
    size_t count;
} gg_fact_table;

struct gridgov_facts {
    gg_share share;
    gridgov_ledger *ledger; /* NULL unless one ledger is the only source */
    gridgov_metrics *metrics;
    gridgov_taxonomy *taxonomy; /* NULL: none */
    gridgov_units *units;       /* NULL: none */
    gridgov_calendar *calendar; /* NULL: none */
    gridgov_roster *roster;     /* NULL: none */
    gg_arena arena;             /* names found only in the data, texts of adjustments */
    gridgov_tally_options options;
    uint64_t coverage;                   /* bit n: GRIDGOV_COVERAGE_ n */
    gg_fact_table tables[GG_DIMENSIONS]; /* by GRIDGOV_DIMENSION_* */
    gridgov_metric *list;                /* the metrics, in their order */
    size_t metric_count;
    gg_fact_cell **cells; /* per metric: one cell a row of its dimension */
    gridgov_adjustment *adjustments;
    size_t adjustment_count;
    int64_t outside;
    int64_t doubted; /* cases whose time of closure was not used */
};

/* A cell is a triple of numbers, added componentwise. */
typedef struct gg_tally_cell {
    int64_t value, reported, missing;
} gg_tally_cell;

/* Rows of a dimension: first those of the reference data, in its order, then those found only in
 * the data, in order of finding, which never shows: they are sorted whenever a tally is read. */
typedef struct gg_tally_rows {
    gg_fact_row *rows;
    size_t count, capacity, reference;
    gg_map found; /* look-up key → row */
} gg_tally_rows;

/* Officer-days: for each officer of the units, sets of days as bits of words; see patrol.c. */
typedef struct gg_tally_patrol {
    uint64_t **officers; /* by the officer's first hold; NULL: nothing was told */
    size_t count;        /* holds in the units */
    size_t words;        /* of one set */
    size_t sets;         /* of an officer */
    int has_source;      /* minutes or distances were covered */
} gg_tally_patrol;

/* A monthly figure in place of a cell. */
typedef struct gg_given {
    int64_t metric, row; /* row GRIDGOV_NONE: every grid without a figure of its own */
    int64_t value;
    int64_t times; /* how often it was given: more than once, it is unknown and value 0 */
    int32_t state; /* GRIDGOV_CELL_* */
    int32_t reserved;
} gg_given;

typedef struct gg_tally_metric {
    int64_t lacking; /* atoms that lacked the data and were not reported otherwise */
    int32_t covered; /* 1 if a source covered it */
    int32_t reserved;
} gg_tally_metric;

struct gridgov_tally {
    gridgov_metrics *metrics;
    gridgov_taxonomy *taxonomy;
    gridgov_units *units;
    gridgov_calendar *calendar;
    gridgov_roster *roster;
    gridgov_tally_options options;
    char reference[GG_DIGEST_TEXT_SIZE]; /* digest of taxonomy, units, calendar, roster */
    gridgov_day day_from;                /* first day of the period */
    gridgov_day day_to;                  /* first day after it */
    gridgov_day day_end;  /* first day that is not counted: after the period or the cut-off */
    gridgov_metric *list; /* the metrics, in their order */
    size_t metric_count;
    gg_plan plan;
    int64_t *unit_rows; /* unit → row of dimension unit; GRIDGOV_NONE for agencies */
    /* From here on what is counted. */
    gg_tally_rows tables[GG_DIMENSIONS];
    gg_tally_cell **cells; /* per metric: as many as its dimension has room for */
    gg_tally_metric *counted;
    uint64_t coverage;
    gg_tally_patrol patrol;
    gg_given *given; /* sorted by (metric, row) */
    size_t given_count, given_capacity;
    gridgov_adjustment *adjustments; /* sorted */
    size_t adjustment_count, adjustment_capacity;
    int64_t outside, doubted;
    gg_arena arena;
    gridgov_ledger *ledger; /* the only source so far; NULL */
    int64_t sources;
};

/* A count in progress: one source going into one tally, or a tally being settled. */
typedef struct gg_rulings gg_rulings;

typedef struct gg_tally {
    gridgov_tally *into;
    gg_tally_cell **cells;              /* where counts go, per metric */
    gg_tally_metric *counted;           /* and what is said of each metric */
    const gridgov_ledger *ledger;       /* NULL: no ledger at hand */
    const gridgov_lifecycle *lifecycle; /* NULL: the standard one, read for this count */
    gridgov_issues *issues;
    gridgov_job *job;
    int8_t *covered;        /* per metric: 1 if this source covers it and its thresholds are set */
    int64_t *category_rows; /* the ledger's index → row */
    int64_t *agency_rows;
    int overflow;          /* 1: a cell left its range */
    gg_recorder *recorder; /* NULL: nobody asks for evidence */
    gg_trace trace;        /* the atom at hand, for the recorder and the rulings */
    gg_rulings *rulings;   /* NULL: there are none */
} gg_tally;

/* Row of dimension unit; unit may be GRIDGOV_NONE, the street itself. */
int64_t gg_tally_row(const gridgov_tally *tally, int64_t unit);
/* Count one atom in a cell of a metric: it had the data and adds count, or it lacked it. Every
 * count goes through here. */
void gg_tally_put(gg_tally *tally, size_t metric, int64_t row, int has_data, int64_t count);
/* 1 if a metric with this measure is covered by the source. */
int gg_tally_wants(const gg_tally *tally, int32_t measure);
/* Activities of a kind: indexes [*first, *last). */
void gg_tally_activities(int64_t *first, int64_t *last, const gridgov_ledger *ledger, int32_t kind);
/* "高丰社区/一网格" in a buffer of size bytes, cut. */
void gg_tally_unit_name(char *buffer, size_t size, const gridgov_units *units, int64_t unit);
/* Tick the job; ECANCELLED fills err. */
gridgov_status gg_tally_tick(const gg_tally *tally, const char *stage, int64_t done, int64_t total,
                             gridgov_error *err);

/* Note which metrics the source covers, which tells this (bit n: GRIDGOV_COVERAGE_ n); 0, or −1
 * when memory is short. */
int gg_tally_cover(gg_tally *tally, uint64_t told);
/* Say how many of the source's cases lie outside the period. */
void gg_tally_report_outside(const gg_tally *tally, int64_t cases);

/* tally_rows.c: the rows of a tally and the cells behind them. */
gridgov_status gg_tally_rows_open(gridgov_tally *tally, gridgov_error *err);
void gg_tally_rows_release(gridgov_tally *tally);
/* Row of a name that the reference data do not know, made if it is new; −1 when memory is short. */
int64_t gg_tally_found(gridgov_tally *tally, int32_t dimension, const char *name);
/* Room for so many rows at once. 0, or −1 when memory is short. */
int gg_tally_expect(gridgov_tally *tally, int32_t dimension, size_t count);
/* Another spelling of such a row; the smaller one stays. name is the tally's. */
void gg_tally_spell(gridgov_tally *tally, int32_t dimension, int64_t row, const char *name);
/* Forget the rows from count on; nothing may have been counted in them. */
void gg_tally_rows_cut(gridgov_tally *tally, int32_t dimension, size_t count);
/* The rows as they are read, *out[place] = row: the reference in its order, then names by bytes,
 * 未分类 last. 0, or −1 when memory is short; free *out either way. */
int gg_tally_order(int64_t **out, const gridgov_tally *tally, int32_t dimension);
/* 1 if the row stands for cases without a category. */
int gg_tally_is_unclassified(const gridgov_tally *tally, int32_t dimension, size_t row);

/* tally_merge.c: take over what part counted, which is of one kind; part is left with anything. On
 * failure the tally is as it was. */
gridgov_status gg_tally_take(gridgov_tally *tally, gridgov_tally *part, gridgov_issues *issues,
                             gridgov_error *err);
/* Options as given, completed; EARG for what cannot be. */
gridgov_status gg_tally_options_read(gridgov_tally_options *options,
                                     const gridgov_tally_options *given, gridgov_error *err);
/* A new tally of the same kind in which nothing is counted. */
gridgov_status gg_tally_like(gridgov_tally **out, const gridgov_tally *tally, gridgov_error *err);

/* Count an atom, whose cut-off is the one given, in every metric. */
void gg_tally_atom(gg_tally *tally, const gg_atom *atom, int32_t cut_off);
gridgov_status gg_tally_cases(gg_tally *tally, gridgov_error *err);

/* patrol.c: officer-days are kept as bits and judged when all are there. */
gridgov_status gg_patrol_open(gridgov_tally *tally, gridgov_error *err);
void gg_patrol_release(gg_tally_patrol *patrol);
/* The sets of an officer, made if there are none; NULL when memory is short. */
uint64_t *gg_patrol_sets(gg_tally_patrol *patrol, size_t officer);
gridgov_status gg_patrol_add(gg_tally *tally, gridgov_error *err);
/* Make room for the days of another tally; EDATA if both have one. */
gridgov_status gg_patrol_prepare(gridgov_tally *tally, const gridgov_tally *other,
                                 gridgov_error *err);
void gg_patrol_unite(gg_tally_patrol *patrol, const gg_tally_patrol *other);
/* Count the days into cells of officer-days; begun tells the rows whose grid an officer holds. */
gridgov_status gg_patrol_settle(gg_tally *tally, int8_t *begun, gridgov_error *err);
int gg_measure_is_patrol(int32_t measure);

gridgov_status gg_tally_registers(gg_tally *tally, gridgov_error *err);

/* given.c */
gridgov_status gg_given_add(gg_tally *tally, gridgov_error *err);
/* The order of figures: by row, then metric. */
int gg_given_compare(const gg_given *a, const gg_given *b);
/* Enter the figures of another tally, for which there must be room; one that both have is an issue.
 */
void gg_given_unite(gridgov_tally *tally, const gridgov_tally *other, gridgov_issues *issues);
/* Room for so many more figures and adjustments; −1 when memory is short. */
int gg_given_reserve(gridgov_tally *tally, size_t figures, size_t adjustments);
void gg_adjustments_sort(gridgov_tally *tally);
/* Order of two adjustments, their source rows last. */
int gg_adjustment_compare(const gridgov_adjustment *a, const gridgov_adjustment *b);
/* 1 if the reason says that the office gave none. */
int32_t gg_adjustment_unexplained(const char *reason);
/* A copy whose texts live in an arena; −1 when memory is short. */
int gg_adjustment_copy(gridgov_adjustment *out, const gridgov_adjustment *given, gg_arena *arena);
/* Put the figures in place of the cells of facts. */
void gg_given_settle(gridgov_facts *facts, const gridgov_tally *tally);
/* Name the figures of the ledger at hand to the recorder, cell by cell. */
void gg_given_record(const gg_tally *tally);

/* Count a ledger into a fresh tally of a count in progress. */
gridgov_status gg_tally_count(gg_tally *tally, gridgov_error *err);
/* Free what a count in progress holds beside the tally. */
void gg_tally_close(gg_tally *tally);
/* settle.c: count once more what the facts counted, for the recorder alone. */
gridgov_status gg_tally_record(const gridgov_facts *facts, gg_recorder *recorder, gridgov_job *job,
                               gridgov_error *err);

/* rulings.c: what was upheld on appeal and is known. Open before counting, close after it. */
gridgov_status gg_rulings_open(gg_tally *tally, gridgov_error *err);
gridgov_status gg_rulings_close(gg_tally *tally, gridgov_status status, gridgov_error *err);
/* What the atom at hand adds to a metric once its ruling is heard. */
int64_t gg_rulings_apply(gg_tally *tally, const gridgov_metric *metric, int64_t count);
/* 1 if a ruling voids what goes by a name in a unit. */
int gg_rulings_void(gg_tally *tally, int64_t unit, const char *name);
/* 1 if a ruling is upheld and known. */
int gg_ruling_holds(const gg_tally *tally, const gridgov_activity *row);

#endif
