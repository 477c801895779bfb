/* SPDX-License-Identifier: Apache-2.0 */
/* Position fixes from a table into tracks. Several workers take batches of rows (scan.c), each
 * turns its rows into plain columns, and then, in the order of the batches, hands them to the
 * tracks: who is late, and by how much, depends on the order, and must not depend on the workers.
 *
 * A row in the form that most systems write is read fast: an officer's number, a time of the usual
 * form, two decimals, and nothing to replace. Any other goes through the code that
 * reads every table (cells.c) by a cursor over just that row, so that what is understood, and what
 * is said about what is not, is the same as everywhere. */
#include "loader.h"

#include "base/error.h"
#include "base/num.h"
#include "base/workers.h"
#include "csv.h"
#include "fast_time.h"
#include "header.h"
#include "mapping.h"
#include "notes.h"
#include "scan.h"

#include <string.h>

#define DEGREE_DIGITS 7
#define LAT_MAX INT64_C(900000000)
#define LON_MAX INT64_C(1800000000)
#define MINUTE 60
#define ALL_BYTES UINT64_C(0x0101010101010101)
#define ROW_ISSUES 64
#define UNKNOWN (-1)
#define MM_A_METRE 1000

/* What all workers share. */
typedef struct fix_source {
    gg_loader load; /* the header bound; a worker takes a copy of its cells */
    gridgov_tracks *tracks;
    int64_t column[GG_FIXES_SPEED + 1]; /* −1: none */
    int fast; /* 1: no cell is replaced, and times have no forms of their own */
} fix_source;

/* One worker's batch as columns. */
typedef struct fix_batch {
    const fix_source *source;
    const gg_batch *batch;
    size_t row; /* being read */

    size_t count, room; /* fixes of the batch */
    const char **code;  /* officer; NULL: a number */
    uint32_t *size;     /* bytes of code */
    uint32_t *number;
    gridgov_time *at;
    int32_t *lat, *lon, *accuracy, *speed;
    int has_text;   /* 1: an officer is no number */
    gg_arena codes; /* of rows that were read slowly */
    gg_buf text;    /* all codes, if one is no number */
    uint32_t *from, *to;

    gg_loader load; /* for the rows that are read slowly */
    gridgov_rows *cursor;
    gg_buf cells;    /* of the row at hand, each ended by a NUL */
    size_t *cell_at; /* offsets of its cells */
    size_t cell_count, cell_room;
    gg_notes notes;
    int64_t read, added, skipped, excluded;
} fix_batch;

/* Cell of a row of the batch, as it is written; empty if the row is too short. Eight bytes may be
 * read from it. */
static inline gg_str cell_of(const gg_batch *batch, size_t row, int64_t column) {
    const uint32_t first = row == 0 ? 0 : batch->rows[row - 1];
    const uint32_t count = batch->rows[row] - first;
    if (column < 0 || column >= (int64_t)count) {
        return gg_str_make("\0\0\0\0\0\0\0", 0);
    }
    const size_t from = column == 0 ? gg_batch_row(batch, row)
                                    : batch->ends[first + (size_t)column - 1] + (size_t)1;
    return gg_str_make(batch->data + from, batch->ends[first + (size_t)column] - from);
}

/* ---- fast */

/* Value of one to eight digits; −1 if a byte is none. Eight bytes may be read from text. */
static int64_t fast_digits(const char *text, size_t size) {
    uint64_t word = 0;
    for (size_t i = 0; i < sizeof word; i++) { // one load where bytes are in this order
        word |= (uint64_t)(unsigned char)text[i] << 8 * i;
    }
    word ^= ALL_BYTES * '0';
    word <<= 8 * (sizeof word - size); // zeros before the first digit
    if (((word + ALL_BYTES * 0x76) | word) & ALL_BYTES * 0x80) {
        return -1;
    }
    word = (word * 10 + (word >> 8)) & UINT64_C(0x00FF00FF00FF00FF); // pairs, then fours, then all
    word = (word * 100 + (word >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
    return (int64_t)((word * 10000 + (word >> 32)) & UINT64_C(0xFFFFFFFF));
}

/* Whole number without sign and leading zero, of at most eight digits; −1 for anything else. */
static int64_t fast_number(gg_str text) {
    return text.size == 0 || text.size > 8 || (text.data[0] == '0' && text.size > 1)
               ? -1
               : fast_digits(text.data, text.size);
}

/* Degrees such as -120.870612 in 10^-7; 1, or 0 if they are written otherwise or too large. */
static int fast_degrees(int32_t *out, gg_str text, int64_t most) {
    static const int32_t scale[DEGREE_DIGITS + 1] = {10000000, 1000000, 100000, 10000,
                                                     1000,     100,     10,     1};
    const size_t negative = text.size > 0 && text.data[0] == '-';
    const char *const whole = text.data + negative;
    const size_t left = text.size - negative;
    size_t digits = 0;
    while (digits < 4 && digits < left && whole[digits] != '.') {
        digits++;
    }
    if (digits == 0 || digits > 3) {
        return 0;
    }
    int64_t value = fast_digits(whole, digits);
    const size_t decimals = digits < left ? left - digits - 1 : 0;
    if (value < 0 || decimals > DEGREE_DIGITS || digits + 1 == left) {
        return 0;
    }
    value *= scale[0];
    if (decimals > 0) {
        const int64_t fraction = fast_digits(whole + digits + 1, decimals);
        if (fraction < 0) {
            return 0;
        }
        value += fraction * scale[decimals];
    }
    if (value > most) {
        return 0;
    }
    *out = (int32_t)(negative ? -value : value);
    return 1;
}

/* Read the row fast; 0 if that cannot be done. */
static int read_fast(fix_batch *b, size_t row) {
    const fix_source *source = b->source;
    const size_t i = b->count;
    gg_str cells[GG_FIXES_LAT + 1];
    if (!source->fast) {
        return 0;
    }
    for (int field = 0; field <= GG_FIXES_LAT; field++) {
        cells[field] = cell_of(b->batch, row, source->column[field]);
    }
    const int64_t number = fast_number(cells[GG_FIXES_OFFICER]);
    const gg_str at = cells[GG_FIXES_AT];
    const int64_t offset = (int64_t)source->load.cells.utc_offset_minutes * MINUTE;
    if (number < 0 || !gg_fast_time(&b->at[i], at.data, at.size, offset) ||
        !fast_degrees(&b->lon[i], cells[GG_FIXES_LON], LON_MAX) ||
        !fast_degrees(&b->lat[i], cells[GG_FIXES_LAT], LAT_MAX)) {
        return 0;
    }
    b->number[i] = (uint32_t)number;
    b->code[i] = NULL;
    b->accuracy[i] = b->speed[i] = UNKNOWN;
    b->count++;
    return 1;
}

/* ---- slowly */

static gridgov_status row_next(void *user, gridgov_error *err) {
    fix_batch *b = user;
    const uint32_t first = b->row == 0 ? 0 : b->batch->rows[b->row - 1];
    const int64_t count = (int64_t)(b->batch->rows[b->row] - first);
    gg_buf_clear(&b->cells);
    b->cell_count = 0;
    for (int64_t i = 0; i < count; i++) {
        gg_str cell = cell_of(b->batch, b->row, i);
        if (gg_grow((void **)&b->cell_at, b->cell_count, &b->cell_room, sizeof *b->cell_at) != 0) {
            return gg_fail_memory(err);
        }
        b->cell_at[b->cell_count++] = b->cells.size;
        gg_buf_str(&b->cells, cell);
        gg_buf_byte(&b->cells, '\0');
        if (gg_buf_failed(&b->cells)) {
            return gg_fail_memory(err);
        }
        if (b->batch->written && cell.size > 0 && cell.data[0] == '"') {
            char *room = b->cells.data + b->cell_at[b->cell_count - 1];
            cell = gg_batch_unquote(room, cell.data, cell.size);
            room[cell.size] = '\0';
            b->cells.size = b->cell_at[b->cell_count - 1] + cell.size + 1;
        }
    }
    return GRIDGOV_OK;
}

static int64_t row_count(void *user) {
    const fix_batch *b = user;
    return (int64_t)b->cell_count;
}

static const char *row_text(void *user, int64_t index, size_t *size_out) {
    const fix_batch *b = user;
    const size_t at = b->cell_at[index];
    const size_t end = (size_t)index + 1 < b->cell_count ? b->cell_at[index + 1] : b->cells.size;
    *size_out = end - at - 1;
    return b->cells.data + at;
}

static int64_t row_number(void *user) {
    const fix_batch *b = user;
    return b->batch->number + (int64_t)b->row;
}

static gridgov_status read_degrees(gg_cells *cells, int field, int64_t most, int32_t *out) {
    int64_t value = INT64_MAX;
    gg_str text;
    GG_TRY(gg_cells_decimal(cells, field, GG_REQUIRED, DEGREE_DIGITS, 0, &value));
    if (value < -most || value > most) {
        GG_TRY(gg_cells_text(cells, field, GG_REQUIRED, &text));
        return gg_cells_fail(cells, GG_RULE_CELL_RANGE, field, text,
                             most == LAT_MAX ? "-90 … 90" : "-180 … 180");
    }
    *out = (int32_t)value;
    return GRIDGOV_OK;
}

/* A quantity of three decimals that is not negative, times up and by down; unknown if there is
 * none. */
static gridgov_status read_quantity(gg_cells *cells, int field, int64_t up, int64_t down,
                                    int32_t *out) {
    int64_t value = UNKNOWN;
    *out = UNKNOWN;
    GG_TRY(gg_cells_decimal(cells, field, GG_OPTIONAL, 3, 0, &value));
    if (value >= 0) {
        value = value > (int64_t)INT32_MAX * down / up ? INT32_MAX : value * up / down;
        *out = (int32_t)value;
    }
    return GRIDGOV_OK;
}

/* A row of the table of fixes, into the next place of the columns. */
static gridgov_status read_slowly(gg_loader *load) {
    fix_batch *b = load->user;
    const size_t i = b->count;
    gg_str code;
    GG_TRY(gg_cells_text(&load->cells, GG_FIXES_OFFICER, GG_REQUIRED, &code));
    GG_TRY(gg_cells_time(&load->cells, GG_FIXES_AT, GG_REQUIRED, &b->at[i], NULL));
    GG_TRY(read_degrees(&load->cells, GG_FIXES_LON, LON_MAX, &b->lon[i]));
    GG_TRY(read_degrees(&load->cells, GG_FIXES_LAT, LAT_MAX, &b->lat[i]));
    GG_TRY(read_quantity(&load->cells, GG_FIXES_ACCURACY, 1, 1, &b->accuracy[i]));
    // km/h in thousandths are metres an hour; mm/s are those · 1000/3600.
    GG_TRY(read_quantity(&load->cells, GG_FIXES_SPEED, 1000, 3600, &b->speed[i]));
    b->code[i] = gg_arena_text(&b->codes, code.data, code.size);
    b->size[i] = (uint32_t)code.size;
    b->has_text = 1;
    return b->code[i] == NULL ? gg_fail_memory(&load->cells.problem) : GRIDGOV_OK;
}

static gridgov_status read_row_slowly(fix_batch *b, size_t row, gridgov_error *err) {
    b->row = row;
    GG_TRY(gridgov_rows_next(b->cursor, err));
    if (!gg_row_has_text(b->cursor)) {
        b->read--;
        return GRIDGOV_OK;
    }
    const gridgov_ingest_summary before = b->load.summary;
    GG_TRY(gg_loader_row(&b->load, read_slowly, err));
    b->count += b->load.summary.added > before.added;
    b->skipped += b->load.summary.skipped - before.skipped;
    b->excluded += b->load.summary.excluded - before.excluded;
    return gg_notes_drain(&b->notes, &b->load.issues, ROW_ISSUES, err);
}

/* ---- batches */

static int resize(void **array, size_t count, size_t size) {
    void *old;
    memcpy(&old, (const void *)array, sizeof old);
    void *grown = gg_realloc(old, count, size);
    if (grown == NULL) {
        return -1;
    }
    memcpy((void *)array, &grown, sizeof grown);
    return 0;
}

static gridgov_status make_room(fix_batch *b, size_t rows, gridgov_error *err) {
    if (rows <= b->room) {
        return GRIDGOV_OK;
    }
    const size_t room = rows + rows / 4;
    if (resize((void **)&b->code, room, sizeof *b->code) ||
        resize((void **)&b->size, room, sizeof *b->size) ||
        resize((void **)&b->number, room, sizeof *b->number) ||
        resize((void **)&b->at, room, sizeof *b->at) ||
        resize((void **)&b->lat, room, sizeof *b->lat) ||
        resize((void **)&b->lon, room, sizeof *b->lon) ||
        resize((void **)&b->accuracy, room, sizeof *b->accuracy) ||
        resize((void **)&b->speed, room, sizeof *b->speed) ||
        resize((void **)&b->from, room, sizeof *b->from) ||
        resize((void **)&b->to, room, sizeof *b->to)) {
        return gg_fail_memory(err);
    }
    b->room = room;
    return GRIDGOV_OK;
}

static gridgov_status take(void *user, int worker, const gg_batch *batch, gridgov_error *err) {
    fix_batch *b = (fix_batch *)user + worker;
    b->batch = batch;
    b->count = 0;
    b->has_text = 0;
    gg_arena_release(&b->codes);
    GG_TRY(make_room(b, batch->row_count, err));
    b->read += (int64_t)batch->row_count;
    for (size_t row = 0; row < batch->row_count; row++) {
        if (!read_fast(b, row)) {
            GG_TRY(read_row_slowly(b, row, err));
        }
    }
    b->added += (int64_t)b->count;
    return GRIDGOV_OK;
}

/* All codes of the batch as text, side by side. */
static gridgov_status write_codes(fix_batch *b, gridgov_error *err) {
    gg_buf_clear(&b->text);
    for (size_t i = 0; i < b->count; i++) {
        b->from[i] = (uint32_t)b->text.size;
        if (b->code[i] != NULL) {
            gg_buf_add(&b->text, b->code[i], b->size[i]);
        } else {
            gg_buf_int(&b->text, b->number[i]);
        }
        b->to[i] = (uint32_t)b->text.size;
    }
    return gg_buf_failed(&b->text) || b->text.size > UINT32_MAX ? gg_fail_memory(err) : GRIDGOV_OK;
}

static gridgov_status join(void *user, int worker, gridgov_error *err) {
    fix_batch *b = (fix_batch *)user + worker;
    gridgov_fix_columns columns = {.struct_size = sizeof columns,
                                   .count = (int64_t)b->count,
                                   .at = b->at,
                                   .lat_e7 = b->lat,
                                   .lon_e7 = b->lon,
                                   .accuracy_mm = b->accuracy,
                                   .speed_mm_s = b->speed};
    if (b->count == 0) {
        return GRIDGOV_OK;
    }
    if (b->has_text) {
        GG_TRY(write_codes(b, err));
        columns.officer_text = gg_buf_data(&b->text);
        columns.officer_from = b->from;
        columns.officer_to = b->to;
    } else {
        columns.officer_u32 = b->number;
    }
    gridgov_status status = gridgov_tracks_add_columns(b->source->tracks, &columns, NULL, err);
    if (status < 0 && err != NULL) {
        err->row = 0; // of the batch, not of the table
        gg_error_at(err, gridgov_rows_source_name(b->source->load.rows), 0, 0);
    }
    return status;
}

static gridgov_status open_batch(fix_batch *b, const fix_source *source, gridgov_error *err) {
    const gridgov_rows_source rows = {.struct_size = sizeof rows,
                                      .next = row_next,
                                      .count = row_count,
                                      .text = row_text,
                                      .number = row_number,
                                      .user = b,
                                      .source = gridgov_rows_source_name(source->load.rows)};
    b->source = source;
    GG_TRY(gg_rows_open(&b->cursor, &rows, 1, err));
    b->load.cells = source->load.cells;
    b->load.cells.rows = b->cursor;
    b->load.rows = b->cursor;
    b->load.user = b;
    return gridgov_issues_new(&b->load.issues, ROW_ISSUES, err);
}

static void release_batch(fix_batch *b) {
    gridgov_rows_free(b->cursor);
    gridgov_issues_free(b->load.issues);
    gg_cells_release(&b->load.cells);
    gg_buf_release(&b->load.joined);
    gg_buf_release(&b->cells);
    gg_buf_release(&b->text);
    gg_arena_release(&b->codes);
    gg_notes_release(&b->notes);
    gg_free(b->cell_at);
    gg_free((void *)b->code);
    gg_free(b->size);
    gg_free(b->number);
    gg_free(b->at);
    gg_free(b->lat);
    gg_free(b->lon);
    gg_free(b->accuracy);
    gg_free(b->speed);
    gg_free(b->from);
    gg_free(b->to);
}

/* What the header says about reading rows fast. */
static void plan(fix_source *source) {
    const gridgov_mapping *mapping = source->load.cells.mapping;
    source->fast = mapping == NULL || mapping->form_count == 0;
    for (int field = 0; field <= GG_FIXES_SPEED; field++) {
        source->column[field] = source->load.cells.columns.column[field];
        const int needed = field <= GG_FIXES_LAT;
        if (needed != (source->column[field] >= 0) || // accuracy and speed are read slowly
            (mapping != NULL && (mapping->columns[field].constant != NULL ||
                                 mapping->columns[field].target_count > 0 ||
                                 mapping->columns[field].otherwise != NULL))) {
            source->fast = 0;
        }
    }
}

static gridgov_status scan_all(fix_source *source, fix_batch *batches, int workers,
                               gridgov_issues *issues, gridgov_error *err) {
    const gg_scan scan = {.rows = source->load.rows,
                          .workers = workers,
                          .simd = gg_simd_best(),
                          .job = source->load.job,
                          .stage = "tracks",
                          .take = take,
                          .join = join,
                          .user = batches};
    int64_t stopped_at = 0;
    gridgov_status status = GRIDGOV_OK;
    for (int i = 0; i < workers && status == GRIDGOV_OK; i++) {
        status = open_batch(&batches[i], source, err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_scan_run(&scan, &stopped_at, err);
    }
    gg_notes_deliver(issues, gridgov_rows_source_name(source->load.rows), &batches[0].notes,
                     sizeof batches[0], (size_t)workers, stopped_at);
    for (int i = 0; i < workers; i++) {
        source->load.summary.read += batches[i].read;
        source->load.summary.added += batches[i].added;
        source->load.summary.skipped += batches[i].skipped;
        source->load.summary.excluded += batches[i].excluded;
        release_batch(&batches[i]);
    }
    return status;
}

gridgov_status gridgov_ingest_tracks(gridgov_ingest_summary *summary, gridgov_tracks *tracks,
                                     gridgov_rows *rows, const gridgov_mapping *mapping,
                                     int32_t workers, gridgov_issues *issues, gridgov_job *job,
                                     gridgov_error *err) {
    fix_source source = {.tracks = tracks};
    GG_TRY(gg_summary_clear(summary, err));
    if (tracks == NULL || workers < 0 || workers > GG_WORKERS_MOST) {
        return gg_fail_arg(err, tracks == NULL ? "tracks" : "workers");
    }
    workers = workers == 0 ? 1 : workers;
    gridgov_status status =
        gg_loader_begin(&source.load, GRIDGOV_TABLE_FIXES, rows, mapping, issues, job, err);
    if (status == GRIDGOV_OK) {
        gg_digest_init(&source.load.digest);
        status = gg_loader_header(&source.load, err);
    }
    fix_batch *batches = NULL;
    if (status == GRIDGOV_OK) {
        plan(&source);
        batches = gg_calloc((size_t)workers, sizeof *batches);
        status = batches == NULL ? gg_fail_memory(err)
                                 : scan_all(&source, batches, workers, issues, err);
        gg_free(batches);
    }
    return gg_loader_end(&source.load, summary, status);
}
