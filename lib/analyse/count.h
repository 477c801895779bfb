/* SPDX-License-Identifier: Apache-2.0 */
/* Facts from the inside, and what the parts of a tally share. One file counts each kind of atom:
 * cases, officer-days, the registers of visits, reports and maintenance; given.c puts monthly
 * figures in their place. */
#ifndef GG_COUNT_H
#define GG_COUNT_H

#include "base/error.h"
#include "base/share.h"
#include "recorder.h"

#include <gridgov/facts.h>

#include <stddef.h>
#include <stdint.h>

#define GG_DIMENSIONS (GRIDGOV_DIMENSION_AGENCY + 1)

typedef struct gg_fact_cell {
    int64_t value, reported, missing;
    int32_t state, origin;
} gg_fact_cell;

typedef struct gg_fact_row {
    const char *name;
    int64_t unit; /* GRIDGOV_NONE: no unit */
    int32_t kind; /* GRIDGOV_UNIT_*; 0 */
    int16_t known, active;
} gg_fact_row;

typedef struct gg_fact_table {
    gg_fact_row *rows;
    size_t count;
} gg_fact_table;

struct gridgov_facts {
    gg_share share;
    gridgov_ledger *ledger;
    gridgov_metrics *metrics;
    gridgov_calendar *calendar; /* NULL: none was given */
    gridgov_span period;
    gridgov_time as_of;
    int32_t utc_offset_minutes;
    gg_fact_table tables[GG_DIMENSIONS]; /* by GRIDGOV_DIMENSION_* */
    gridgov_metric *list;                /* the metrics, in their order */
    size_t metric_count;
    gg_fact_cell **cells; /* per metric: one cell a row of its dimension */
    gridgov_adjustment *adjustments;
    size_t adjustment_count;
    int64_t outside;
    int64_t doubted; /* cases whose time of closure was not used */
};

typedef struct gg_tally {
    gridgov_facts *facts; /* being filled */
    const gridgov_ledger *ledger;
    const gridgov_units *units;       /* NULL: none */
    const gridgov_calendar *calendar; /* NULL: none */
    gridgov_issues *issues;
    gridgov_job *job;
    int64_t *unit_rows; /* unit → row of dimension unit; GRIDGOV_NONE for agencies */
    int8_t *covered;    /* per metric: 1 if its source is covered and its thresholds are set */
    int64_t *lacking;   /* per metric: atoms that lacked the data and were not reported otherwise */
    gridgov_day day_from;  /* first day of the period */
    gridgov_day day_to;    /* first day after it */
    gg_recorder *recorder; /* NULL: nobody asks for evidence */
    gg_trace trace;        /* the atom at hand, for the recorder */
    gridgov_day day_end; /* first day that is not counted: after the period or after the cut-off */
} gg_tally;

/* Row of dimension unit; unit may be GRIDGOV_NONE, the street itself. */
int64_t gg_tally_row(const gg_tally *tally, int64_t unit);
/* Count one atom in a cell of a metric: it had the data and adds count, or it lacked it. */
void gg_tally_put(gg_tally *tally, size_t metric, int64_t row, int has_data, int64_t count);
/* The same for an atom whose lack an issue of its own reports. */
void gg_tally_lack(gg_tally *tally, size_t metric, int64_t row);
/* 1 if a metric with this measure is covered. */
int gg_tally_wants(const gg_tally *tally, int32_t measure);
/* Activities of a kind: indexes [*first, *last). */
void gg_tally_activities(int64_t *first, int64_t *last, const gridgov_ledger *ledger, int32_t kind);
/* "高丰社区/一网格" in a buffer of size bytes, cut. */
void gg_tally_unit_name(char *buffer, size_t size, const gridgov_units *units, int64_t unit);
/* Tick the job; ECANCELLED fills err. */
gridgov_status gg_tally_tick(const gg_tally *tally, const char *stage, int64_t done, int64_t total,
                             gridgov_error *err);

gridgov_status gg_tally_cases(gg_tally *tally, gridgov_error *err);
gridgov_status gg_tally_patrol(gg_tally *tally, gridgov_error *err);
gridgov_status gg_tally_registers(gg_tally *tally, gridgov_error *err);
/* Monthly figures in place of counts. */
gridgov_status gg_tally_given(gg_tally *tally, gridgov_error *err);
gridgov_status gg_tally_adjustments(gg_tally *tally, gridgov_error *err);
/* Count once more what the facts counted, for the recorder alone. */
gridgov_status gg_tally_record(const gridgov_facts *facts, gg_recorder *recorder, gridgov_job *job,
                               gridgov_error *err);

#endif
