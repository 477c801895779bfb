/* SPDX-License-Identifier: Apache-2.0 */
/* Position fixes from a table into tracks. Several workers take batches of rows (scan.c), each
 * turns its rows into plain columns, and then, in the order of the batches, hands them to the
 * tracks: who is late, and by how much, depends on the order, and must not depend on the workers.
 *
 * Rows in the forms that most systems write are read fast, column by column (fix_batch.c). Any
 * other goes through the code that reads every table (cells.c) by a cursor over just that row, so
 * that what is understood, and what is said about what is not, is the same as everywhere. */
#include "fix_batch.h"

#include "base/error.h"
#include "base/num.h"
#include "base/workers.h"
#include "csv.h"
#include "header.h"
#include "mapping.h"

#include <string.h>

#define ROW_ISSUES 64

/* ---- rows read slowly */

static gridgov_status row_next(void *user, gridgov_error *err) {
    gg_fix_batch *b = user;
    const uint32_t first = b->row == 0 ? 0 : b->batch.rows[b->row - 1];
    const int64_t count = (int64_t)(b->batch.rows[b->row] - first);
    gg_buf_clear(&b->cells);
    b->cell_count = 0;
    for (int64_t i = 0; i < count; i++) {
        gg_str cell = gg_fix_cell(&b->batch, b->row, i);
        if (gg_grow((void **)&b->cell_at, b->cell_count, &b->cell_room, sizeof *b->cell_at) != 0) {
            return gg_fail_memory(err);
        }
        b->cell_at[b->cell_count++] = b->cells.size;
        gg_buf_str(&b->cells, cell);
        gg_buf_byte(&b->cells, '\0');
        if (gg_buf_failed(&b->cells)) {
            return gg_fail_memory(err);
        }
        if (b->batch.written && cell.size > 0 && cell.data[0] == '"') {
            char *room = b->cells.data + b->cell_at[b->cell_count - 1];
            cell = gg_batch_unquote(room, cell.data, cell.size);
            room[cell.size] = '\0';
            b->cells.size = b->cell_at[b->cell_count - 1] + cell.size + 1;
        }
    }
    return GRIDGOV_OK;
}

static int64_t row_count(void *user) {
    const gg_fix_batch *b = user;
    return (int64_t)b->cell_count;
}

static const char *row_text(void *user, int64_t index, size_t *size_out) {
    const gg_fix_batch *b = user;
    const size_t at = b->cell_at[index];
    const size_t end = (size_t)index + 1 < b->cell_count ? b->cell_at[index + 1] : b->cells.size;
    *size_out = end - at - 1;
    return b->cells.data + at;
}

static int64_t row_number(void *user) {
    const gg_fix_batch *b = user;
    return b->batch.number + (int64_t)b->row;
}

/* Degrees with a hemisphere before or behind them, 30.0197N or W 58.4; 1 if they are that. */
static int read_hemisphere(int64_t *out, gg_str text, int field) {
    const char *const letters = field == GG_FIXES_LAT ? "NSns" : "EWew";
    if (text.size < 2) {
        return 0;
    }
    const char *letter = memchr(letters, text.data[0], 4);
    const size_t before = letter != NULL;
    letter = before ? letter : memchr(letters, text.data[text.size - 1], 4);
    const gg_str number = gg_text_trim(gg_str_make(text.data + before, text.size - 1));
    if (letter == NULL || number.size == 0 || number.data[0] < '0' || number.data[0] > '9' ||
        gg_decimal_parse_round(out, number, GG_FIX_DEGREE_DIGITS) != 0) {
        return 0;
    }
    *out = (letter - letters) % 2 == 1 ? -*out : *out;
    return 1;
}

static gridgov_status read_degrees(gg_cells *cells, int field, int64_t most, int32_t *out) {
    const gg_measure *unit = cells->columns.measure[field];
    int64_t value = INT64_MAX;
    gg_str text;
    GG_TRY(gg_cells_text(cells, field, GG_REQUIRED, &text));
    if ((unit != NULL && unit->factor != unit->divisor) || !read_hemisphere(&value, text, field)) {
        GG_TRY(gg_cells_decimal(cells, field, GG_REQUIRED, GG_FIX_DEGREE_DIGITS, 0, &value));
    }
    if (value < -most || value > most) {
        return gg_cells_fail(cells, GG_RULE_CELL_RANGE, field, text,
                             most == GG_FIX_LAT_MAX ? "-90 … 90" : "-180 … 180");
    }
    *out = (int32_t)value;
    return GRIDGOV_OK;
}

/* A decimal that may be missing, converted; unknown then. */
static gridgov_status read_quantity(gg_cells *cells, int field, int32_t (*convert)(int64_t value),
                                    int32_t *out) {
    int64_t value = GG_FIX_UNKNOWN;
    *out = GG_FIX_UNKNOWN;
    GG_TRY(gg_cells_decimal(cells, field, GG_OPTIONAL, GG_FIX_QUANTITY_DIGITS, 0, &value));
    *out = convert(value);
    return GRIDGOV_OK;
}

/* A row of the table of fixes, into its place of the columns. */
static gridgov_status read_slowly(gg_loader *load) {
    gg_fix_batch *b = load->user;
    gg_cells *cells = &load->cells;
    const size_t i = b->row;
    gg_str code;
    GG_TRY(gg_cells_text(cells, GG_FIXES_OFFICER, GG_REQUIRED, &code));
    GG_TRY(gg_cells_time(cells, GG_FIXES_AT, GG_REQUIRED, &b->at[i], NULL));
    GG_TRY(read_degrees(cells, GG_FIXES_LON, GG_FIX_LON_MAX, &b->lon[i]));
    GG_TRY(read_degrees(cells, GG_FIXES_LAT, GG_FIX_LAT_MAX, &b->lat[i]));
    GG_TRY(read_quantity(cells, GG_FIXES_ACCURACY, gg_fix_accuracy, &b->accuracy[i]));
    GG_TRY(read_quantity(cells, GG_FIXES_SPEED, gg_fix_speed, &b->speed[i]));
    b->part[i] = GG_FIX_NO_PART;
    GG_TRY(gg_cells_decimal(cells, GG_FIXES_PART, GG_OPTIONAL, 0, 1, &b->part[i]));
    const gg_str given = gg_fix_cell(&b->batch, i, b->source->column[GG_FIXES_OFFICER]);
    b->has_text = 1;
    if (given.size == code.size && memcmp(given.data, code.data, code.size) == 0) {
        b->code[i] = NULL;
        b->code_from[i] = (uint32_t)(given.data - b->batch.data);
    } else {
        b->code[i] = gg_arena_text(&b->codes, code.data, code.size);
        b->code_from[i] = 0;
        b->has_copy = 1;
        if (b->code[i] == NULL) {
            return gg_fail_memory(&cells->problem);
        }
    }
    b->code_to[i] = b->code_from[i] + (uint32_t)code.size;
    return GRIDGOV_OK;
}

static gridgov_status read_row_slowly(gg_fix_batch *b, size_t row, gridgov_error *err) {
    b->row = row;
    b->state[row] = GG_FIX_NONE;
    GG_TRY(gridgov_rows_next(b->cursor, err));
    if (!gg_row_has_text(b->cursor)) {
        b->read--;
        return GRIDGOV_OK;
    }
    const gridgov_ingest_summary before = b->load.summary;
    GG_TRY(gg_loader_row(&b->load, read_slowly, err));
    b->state[row] = b->load.summary.added > before.added ? GG_FIX_READ : GG_FIX_NONE;
    b->skipped += b->load.summary.skipped - before.skipped;
    b->excluded += b->load.summary.excluded - before.excluded;
    return gg_notes_drain(&b->notes, &b->load.issues, ROW_ISSUES, err);
}

/* ---- batches */

/* Close the ranks: only rows that were read stay. */
static void gather(gg_fix_batch *b) {
    size_t kept = 0;
    for (size_t i = 0; i < b->batch.row_count; i++) {
        b->code[kept] = b->code[i];
        b->code_from[kept] = b->code_from[i];
        b->code_to[kept] = b->code_to[i];
        b->number[kept] = b->number[i];
        b->at[kept] = b->at[i];
        b->lat[kept] = b->lat[i];
        b->lon[kept] = b->lon[i];
        b->accuracy[kept] = b->accuracy[i];
        b->speed[kept] = b->speed[i];
        b->part[kept] = b->part[i];
        kept += b->state[i] == GG_FIX_READ;
    }
    b->count = kept;
}

static gridgov_status take(void *user, int worker, const gg_batch *batch, gridgov_error *err) {
    gg_fix_batch *b = (gg_fix_batch *)user + worker;
    size_t lost = 0;
    b->batch = *batch;
    b->count = batch->row_count;
    b->read += (int64_t)batch->row_count;
    GG_TRY(gg_fix_batch_room(b, batch->row_count, err));
    gg_fix_batch_read(b);
    for (size_t row = 0; row < batch->row_count; row++) {
        if (b->state[row] != GG_FIX_READ) {
            GG_TRY(read_row_slowly(b, row, err));
            lost += b->state[row] != GG_FIX_READ;
        }
    }
    if (lost > 0) {
        gather(b);
    }
    b->added += (int64_t)b->count;
    return GRIDGOV_OK;
}

/* An officer's code, as text. */
static gg_str code_of(const gg_fix_batch *b, size_t i) {
    const char *text = b->code[i] != NULL ? b->code[i] : b->batch.data + b->code_from[i];
    return gg_str_make(text, b->code_to[i] - b->code_from[i]);
}

/* Bring all codes together, since some stand in the batch and others do not. */
static gridgov_status write_codes(gg_fix_batch *b, gridgov_error *err) {
    gg_buf_clear(&b->text);
    for (size_t i = 0; i < b->count; i++) {
        const gg_str code = code_of(b, i);
        b->code_from[i] = (uint32_t)b->text.size;
        gg_buf_str(&b->text, code);
        b->code_to[i] = (uint32_t)b->text.size;
    }
    return gg_buf_failed(&b->text) || b->text.size > UINT32_MAX ? gg_fail_memory(err) : GRIDGOV_OK;
}

/* Which fixes begin a part: those whose part is not that of the officer's fix before. */
static gridgov_status find_parts(gg_fix_source *source, gg_fix_batch *b, gridgov_error *err) {
    for (size_t i = 0; i < b->count; i++) {
        const gg_str code = code_of(b, i);
        const int64_t missing = b->part[i] == GG_FIX_NO_PART ? 0 : GG_FIX_NO_PART;
        b->begins[i] = gg_map_get(&source->parts, code, missing) != b->part[i];
        if (b->begins[i] && gg_map_set(&source->parts, code, b->part[i]) != 0) {
            return gg_fail_memory(err);
        }
    }
    return GRIDGOV_OK;
}

/* Hand fixes to the tracks; row is that of the only one, 0 of many. */
static gridgov_status add_columns(const gg_fix_source *source, const gridgov_fix_columns *columns,
                                  int64_t row, gridgov_error *err) {
    gridgov_status status = gridgov_tracks_add_columns(source->tracks, columns, NULL, err);
    if (status < 0 && err != NULL) {
        err->row = 0; // of the columns, not of the table
        gg_error_at(err, gridgov_rows_source_name(source->load.rows), row, 0);
    }
    return status;
}

static gridgov_status join(void *user, int worker, gridgov_error *err) {
    gg_fix_batch *b = (gg_fix_batch *)user + worker;
    gg_fix_source *source = b->source;
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
    if (source->has_parts) {
        GG_TRY(find_parts(source, b, err));
        columns.begins = b->begins;
    }
    if (b->has_copy) {
        GG_TRY(write_codes(b, err));
    }
    if (b->has_text) {
        columns.officer_text = b->has_copy ? gg_buf_data(&b->text) : b->batch.data;
        columns.officer_from = b->code_from;
        columns.officer_to = b->code_to;
    } else {
        columns.officer_u32 = b->number;
    }
    return add_columns(source, &columns, 0, err);
}

static gridgov_status open_batch(gg_fix_batch *b, gg_fix_source *source, gridgov_error *err) {
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

static void release_batch(gg_fix_batch *b) {
    gridgov_rows_free(b->cursor);
    gridgov_issues_free(b->load.issues);
    gg_cells_release(&b->load.cells);
    gg_buf_release(&b->load.joined);
    gg_buf_release(&b->cells);
    gg_free(b->cell_at);
    gg_notes_release(&b->notes);
    gg_fix_batch_release(b);
}

static gridgov_status scan_all(gg_fix_source *source, gg_fix_batch *batches, int workers,
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

/* 1 if a mapping without header_row names the columns of a fix by their numbers, so that the table
 * may have no header at all. */
static int may_have_no_header(const gg_cells *cells) {
    if (cells->mapping == NULL || cells->mapping->by_header || cells->mapping->header_row > 0) {
        return 0;
    }
    for (int field = 0; field <= GG_FIXES_LAT; field++) {
        if (cells->columns.column[field] >= 0 && cells->columns.by_title[field]) {
            return 0;
        }
    }
    return 1;
}

/* One fix, with the text of its officer's code. */
typedef struct first_fix {
    gg_str code;
    gridgov_time at;
    int32_t lat, lon, accuracy, speed;
    int64_t part;
} first_fix;

static gridgov_status read_first(first_fix *out, gg_cells *cells) {
    out->part = GG_FIX_NO_PART;
    GG_TRY(gg_cells_time(cells, GG_FIXES_AT, GG_REQUIRED, &out->at, NULL));
    GG_TRY(read_degrees(cells, GG_FIXES_LON, GG_FIX_LON_MAX, &out->lon));
    GG_TRY(read_degrees(cells, GG_FIXES_LAT, GG_FIX_LAT_MAX, &out->lat));
    GG_TRY(read_quantity(cells, GG_FIXES_ACCURACY, gg_fix_accuracy, &out->accuracy));
    GG_TRY(read_quantity(cells, GG_FIXES_SPEED, gg_fix_speed, &out->speed));
    GG_TRY(gg_cells_decimal(cells, GG_FIXES_PART, GG_OPTIONAL, 0, 1, &out->part));
    return gg_cells_text(cells, GG_FIXES_OFFICER, GG_REQUIRED, &out->code);
}

/* The row on which the cursor stands, where a header is expected, is a fix if it reads as one. */
static gridgov_status take_first(gg_fix_source *source, gridgov_error *err) {
    first_fix fix;
    const uint8_t begins = 1;
    const uint32_t from = 0;
    if (!may_have_no_header(&source->load.cells)) {
        return GRIDGOV_OK;
    }
    const gridgov_status status = read_first(&fix, &source->load.cells);
    if (status < 0) {
        return status == GRIDGOV_ENOMEM ? gg_fail_memory(err) : GRIDGOV_OK; // it is a header
    }
    const uint32_t to = (uint32_t)fix.code.size;
    const gridgov_fix_columns columns = {.struct_size = sizeof columns,
                                         .count = 1,
                                         .officer_text = fix.code.data,
                                         .officer_from = &from,
                                         .officer_to = &to,
                                         .at = &fix.at,
                                         .lat_e7 = &fix.lat,
                                         .lon_e7 = &fix.lon,
                                         .accuracy_mm = &fix.accuracy,
                                         .speed_mm_s = &fix.speed,
                                         .begins = source->has_parts ? &begins : NULL};
    if (source->has_parts && gg_map_set(&source->parts, fix.code, fix.part) != 0) {
        return gg_fail_memory(err);
    }
    source->load.summary.read++;
    source->load.summary.added++;
    return add_columns(source, &columns, gridgov_rows_number(source->load.rows), err);
}

gridgov_status gridgov_ingest_tracks(gridgov_ingest_summary *summary, gridgov_tracks *tracks,
                                     gridgov_rows *rows, const gridgov_mapping *mapping,
                                     int32_t workers, gridgov_issues *issues, gridgov_job *job,
                                     gridgov_error *err) {
    gg_fix_source source = {.tracks = tracks};
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
    gg_fix_batch *batches = NULL;
    if (status == GRIDGOV_OK) {
        gg_fix_source_plan(&source);
        status = take_first(&source, err);
    }
    if (status == GRIDGOV_OK) {
        batches = gg_calloc((size_t)workers, sizeof *batches);
        status = batches == NULL ? gg_fail_memory(err)
                                 : scan_all(&source, batches, workers, issues, err);
        gg_free(batches);
    }
    gg_map_release(&source.parts);
    return gg_loader_end(&source.load, summary, status);
}
