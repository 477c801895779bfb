/* SPDX-License-Identifier: Apache-2.0 */
/* One worker's reading of events in columns. */
#ifndef GG_EVENT_BATCH_H
#define GG_EVENT_BATCH_H

#include "fast_cells.h"
#include "intern.h"
#include "loader.h"
#include "notes.h"
#include "scan.h"

#include <gridgov/stream.h>

/* The times, codes and names of an event, in columns. */
enum {
    GG_TIME_REPORTED,
    GG_TIME_ACCEPTED,
    GG_TIME_DISPATCHED,
    GG_TIME_CLOSED,
    GG_TIME_DUE,
    GG_TIME_DISPATCH_DUE,
    GG_TIME_RECORDED, /* read, not handed over */
    GG_TIMES
};
enum {
    GG_CODE_CLOSED,
    GG_CODE_OVERDUE,
    GG_CODE_DISPOSITION,
    GG_CODE_SELF,
    GG_CODE_SUSPENDED,
    GG_CODES
};
enum { GG_NAME_UNIT, GG_NAME_CATEGORY, GG_NAME_AGENCY, GG_NAMES };

/* What all workers share; nothing of it changes while they work. */
typedef struct gg_event_source {
    gg_cells cells; /* the header bound; a worker takes a copy */
    const gridgov_units *units;
    const gridgov_mapping *mapping;
    gridgov_stream_options options;
    const gg_simd *simd;
    int has_places;                    /* 1: grids are looked up among the units */
    int plain_times;                   /* 1: gg_fast_time() reads what the mapping says */
    int plain[GG_FIELDS_MAX];          /* 1: the mapping replaces no text of the field, nor counts
                                          it in another unit */
    int64_t code_width[GG_FIELDS_MAX]; /* digits of a code that may have lost zeros; 0: none */
    gg_str constants[GG_FIELDS_MAX];   /* with slack behind; empty: none */
    size_t width;                      /* cells of a row as the header has them */
    gridgov_event_taker taker;
    void *user;
} gg_event_source;

#define GG_EVENT_FEW 256 /* a power of two */

/* The texts of a column, or of the two that name a grid, and what they mean: the value of a text is
 * what stands in the column, the index of a unit or the text's own number, or GRIDGOV_NONE. */
typedef struct gg_event_names {
    gg_intern texts;    /* as they stand in cells */
    const char **names; /* by number, of names that are not looked up; NULL: none */
    size_t capacity;
    const char *empty; /* what an empty cell means; NULL: not known yet */
    /* Where there are few: records of known texts, each in the place that its words lead to. */
    gg_intern_record few[GG_EVENT_FEW];
} gg_event_names;

/* The texts of a column of codes and their values. */
typedef struct gg_event_codes {
    gg_intern texts;     /* of more than one byte */
    int32_t single[256]; /* by the only byte; GG_INTERN_UNKNOWN: not known yet */
    int32_t empty;
} gg_event_codes;

typedef struct gg_event_batch {
    const gg_event_source *source;
    int32_t worker;
    gg_loader load;       /* for the rows that are read slowly */
    gridgov_rows *cursor; /* over the one row at hand */
    const gg_batch *batch;
    size_t row; /* index of the row at hand */
    char *text; /* its cells, each ended by a NUL */
    size_t text_capacity;
    size_t *cell_ends;
    size_t cell_count, cell_capacity;
    gg_event_names names[GG_NAMES];
    gg_event_codes codes[GG_CODES];
    gg_buf joined;  /* unit and grid as one text, as they stand in cells */
    gg_buf found;   /* and as they are called */
    gg_arena arena; /* names */

    size_t capacity;  /* rows of the arrays */
    uint32_t *starts; /* per row: offset of its first byte */
    uint32_t *firsts; /* per row: index of its first cell */
    uint8_t *state;   /* GG_STATE_* below */
    gridgov_time *times[GG_TIMES];
    int8_t *code[GG_CODES];
    int8_t *doubted;
    int32_t *name[GG_NAMES];

    gg_event_record record; /* the row read slowly */
    int record_filled;      /* 1 if it was read without a problem */
    gg_notes notes;
    int taken; /* 1 once cases were handed over */
} gg_event_batch;

/* A row's cells are understood so far; it is to be read slowly; it is none; one of its times is in
 * another form. */
enum { GG_STATE_FAST, GG_STATE_SLOW, GG_STATE_NONE, GG_STATE_OTHER };

gridgov_status gg_event_batch_open(gg_event_batch *b, const gg_event_source *source, int32_t worker,
                                   gridgov_error *err);
/* No more rows come: free what finds texts, which is most of the memory; names stay. */
void gg_event_batch_settle(gg_event_batch *b);
/* Free the names, which nobody will ask for again; what was counted and noted stays. */
void gg_event_batch_forget(gg_event_batch *b);
void gg_event_batch_release(gg_event_batch *b);
/* Read the rows of a batch and hand them to the taker. */
gridgov_status gg_event_batch_take(gg_event_batch *b, const gg_batch *batch, gridgov_error *err);

/* All rows were read: call the taker a last time. */
gridgov_status gg_event_batch_end(gg_event_batch *b, gridgov_error *err);

/* A column of the batch at hand. */
gg_fast_cells gg_event_column(const gg_event_batch *b, int64_t column);
/* Text of a field in a row: its cell, without quotes that only wrap it, or the constant; empty if
 * the row has none. */
gg_str gg_event_text(const gg_event_batch *b, size_t row, int field);

/* event_names.c: what is remembered of a column of names. */
gridgov_status gg_event_names_open(gg_event_names *names, const gg_event_source *source, int name,
                                   gridgov_error *err);
void gg_event_names_release(gg_event_names *names);
/* 1 if rows have such a name at all. */
int gg_event_has_name(const gg_event_batch *b, int name);
/* Read a column of names. */
gridgov_status gg_event_read_names(gg_event_batch *b, int name, gridgov_error *err);
/* A row that was read slowly has a name that means `meaning`, or stands for a unit: enter it, and
 * remember what its text means. */
gridgov_status gg_event_learn_name(gg_event_batch *b, size_t row, int name, gg_str meaning,
                                   gridgov_error *err);
gridgov_status gg_event_learn_unit(gg_event_batch *b, size_t row, int32_t unit, gridgov_error *err);
/* Memory is short (short_of), or a column has more texts than are allowed. */
gridgov_status gg_event_fail_texts(const gg_event_batch *b, size_t row, int field, int short_of,
                                   gridgov_error *err);
/* Remember what a cell of a code means. */
gridgov_status gg_event_learn_code(gg_event_batch *b, size_t row, int code, int8_t value,
                                   gridgov_error *err);

/* event_slow.c: read one row by the code that reads every table, into its place of the columns.
 * state[row] says whether it stays. */
gridgov_status gg_event_slowly(gg_event_batch *b, size_t row, gridgov_error *err);
/* Open and release what that needs. */
gridgov_status gg_event_slow_open(gg_event_batch *b, gridgov_error *err);
void gg_event_slow_release(gg_event_batch *b);

extern const int gg_time_fields[GG_TIMES], gg_code_fields[GG_CODES];

/* Cell of a row of the batch, as it is written. */
static inline gg_str gg_event_cell(const gg_batch *batch, size_t row, size_t start,
                                   int64_t column) {
    const uint32_t first = row == 0 ? 0 : batch->rows[row - 1];
    const size_t from = column == 0 ? start : batch->ends[first + column - 1] + (size_t)1;
    const gg_str cell = {batch->data + from, batch->ends[first + column] - from};
    return cell;
}

#endif
