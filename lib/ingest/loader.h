/* SPDX-License-Identifier: Apache-2.0 */
/* One run over the rows of a table, shared by the readers of all tables. */
#ifndef GG_LOADER_H
#define GG_LOADER_H

#include "base/digest.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"
#include "cells.h"

/* What became of a row that was read without a problem. */
enum {
    GG_ROW_ADDED,
    GG_ROW_REPLACED,
    GG_ROW_SKIPPED,
    GG_ROW_WAITS /* its reader will count it later */
};

typedef struct gg_loader {
    gg_cells cells;
    gridgov_rows *rows;
    gridgov_issues *issues; /* may be NULL */
    gridgov_job *job;       /* may be NULL */
    gridgov_ingest_summary summary;
    gg_digest digest;
    int outcome; /* GG_ROW_* of the current row */
    int32_t on_duplicate;

    gridgov_ledger *ledger;     /* NULL while units are read */
    const gridgov_units *units; /* of the ledger; may be NULL */
    int has_places;             /* 1 if the units are more than agencies */
    gg_buf joined;              /* text made of several cells */

    gridgov_units *target;        /* units being filled */
    gg_arena arena;               /* text of waiting units */
    struct gg_waiting_unit *list; /* rows of units that wait to be added */
    size_t list_count, list_capacity;
    void *user;             /* the reader's own */
    const char *unit_above; /* the last unit named, for a merged cell; NULL none */

    gridgov_calendar_day *days; /* days of a calendar that wait to be added */
    int64_t *day_rows;          /* the row of each */
    size_t day_count, day_capacity, row_capacity;
    gg_map day_index; /* day → index of the first of them */
} gg_loader;

/* Reads the current row: GRIDGOV_OK, or a failure written to cells.problem. */
typedef gridgov_status (*gg_row_reader)(gg_loader *load);

/* 1 if a failure concerns one row and the call may go on. */
int gg_is_row_problem(gridgov_status status);
/* Write down a problem of a row and count the row as left out. */
void gg_loader_exclude(gg_loader *load, int64_t row);
/* Run reader over all rows. */
gridgov_status gg_loader_run(gg_loader *load, gg_row_reader reader, gridgov_error *err);
/* Add a doubt about a row that stays. */
void gg_loader_warn(gg_loader *load, int32_t rule, int field, gg_str value);

/* What happens to a second row of a number where no mapping says so: rows that tell when they were
 * recorded are versions. */
int32_t gg_events_duplicates(const gg_cells *cells);
/* Row readers; NULL for a table that is not among theirs. */
gg_row_reader gg_units_reader(int32_t table);
gg_row_reader gg_events_reader(int32_t table);
gg_row_reader gg_activities_reader(int32_t table);
gg_row_reader gg_calendar_reader(void);
/* Decide which years the waiting days cover. */
void gg_loader_cover_years(gg_loader *load);
/* Add the units that wait. */
gridgov_status gg_loader_add_units(gg_loader *load, gridgov_error *err);
/* The row of an event, read. Text is borrowed until the row ends. */
typedef struct gg_event_record {
    gridgov_event event;
    gridgov_time accepted_at, dispatched_at; /* GRIDGOV_NO_TIME none */
    int32_t closure_rule;                    /* why its time of closure is not used; 0 */
    char number[GG_NUM_TEXT_SIZE + 16];      /* made where the table has none */
} gg_event_record;
gridgov_status gg_event_read(gg_event_record *record, gg_loader *load);
/* Warn of what is doubtful in a row that stays. */
void gg_event_doubts(gg_loader *load, const gg_event_record *record);
/* What a table of events or steps covers: bit n for GRIDGOV_COVERAGE_ n. */
uint64_t gg_events_coverage(const gg_cells *cells);
/* Clear the caller's summary, if there is one; EARG if its size was not set. */
gridgov_status gg_summary_clear(gridgov_ingest_summary *summary, gridgov_error *err);
/* Begin and end a run over a table; the end frees what it held and hands out the summary. */
gridgov_status gg_loader_begin(gg_loader *load, int32_t table, gridgov_rows *rows,
                               const gridgov_mapping *mapping, gridgov_issues *issues,
                               gridgov_job *job, gridgov_error *err);
gridgov_status gg_loader_end(gg_loader *load, gridgov_ingest_summary *summary,
                             gridgov_status status);
/* Read the row on which the cursor stands, which has text, and count what became of it. */
gridgov_status gg_loader_row(gg_loader *load, gg_row_reader reader, gridgov_error *err);
/* Find the header and bind the columns. */
gridgov_status gg_loader_header(gg_loader *load, gridgov_error *err);
/* Tell the ledger what the table covers. */
gridgov_status gg_events_cover(gg_loader *load);
gridgov_status gg_activities_cover(gg_loader *load);

#endif
