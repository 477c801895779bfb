/* SPDX-License-Identifier: Apache-2.0 */
/* A table of events as a stream of columns: the header is read and bound as for any table, the rows
 * behind it go to the workers (scan.c), each with its own reader (event_batch.c). */
#include "event_batch.h"

#include "base/error.h"
#include "base/workers.h"
#include "mapping.h"

#include <string.h>

#define MAX_NAMES (INT64_C(1) << 22)
#define BLOCK_MOST (INT64_C(1) << 28)

typedef struct stream {
    gg_event_source source;
    gg_event_batch *batches;
    int opened[GG_WORKERS_MOST]; /* by a worker, its own */
    gg_arena arena;              /* constants */
} stream;

void gridgov_stream_options_init(gridgov_stream_options *options, size_t struct_size) {
    const gridgov_stream_options full = {.struct_size = 0};
    gg_options_write(options, struct_size, &full, sizeof full);
}

gridgov_status gridgov_columns_coverage(uint64_t *coverage_out,
                                        const gridgov_event_columns *columns) {
    gridgov_event_columns c = {0};
    if (coverage_out == NULL || gg_options_read(&c, sizeof c, columns) != 0 || columns == NULL) {
        return GRIDGOV_EARG;
    }
    const struct {
        const void *column;
        int32_t coverage;
    } told[] = {
        {c.disposition, GRIDGOV_COVERAGE_DISPOSITION},
        {c.agency, GRIDGOV_COVERAGE_AGENCY},
        {c.dispatch_due_at, GRIDGOV_COVERAGE_DISPATCH_DUE},
        {c.closed_at, GRIDGOV_COVERAGE_CLOSED},
        {c.closed, GRIDGOV_COVERAGE_CLOSED},
        {c.due_at, GRIDGOV_COVERAGE_DUE},
        {c.overdue, GRIDGOV_COVERAGE_OVERDUE},
        {c.dispatched_at, GRIDGOV_COVERAGE_DISPATCH},
    };
    *coverage_out = 0;
    if (c.opening) {
        return GRIDGOV_OK;
    }
    *coverage_out = UINT64_C(1) << GRIDGOV_COVERAGE_EVENTS;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        *coverage_out |= told[i].column != NULL ? UINT64_C(1) << told[i].coverage : 0;
    }
    return GRIDGOV_OK;
}

static int read_options(gridgov_stream_options *out, const gridgov_stream_options *given) {
    gridgov_stream_options_init(out, sizeof *out);
    if (gg_options_read(out, sizeof *out, given) != 0 || out->workers < 0 ||
        out->workers > GG_WORKERS_MOST || out->block_size < 0 || out->block_size > BLOCK_MOST ||
        out->max_names < 0 || out->max_names > INT32_MAX) {
        return -1;
    }
    out->workers = out->workers == 0 ? 1 : out->workers;
    out->max_names = out->max_names == 0 ? MAX_NAMES : out->max_names;
    return 0;
}

static int has_places(const gridgov_units *units) {
    gridgov_unit view = {.struct_size = sizeof view};
    for (int64_t i = 0; gridgov_units_at(&view, units, i) == GRIDGOV_OK; i++) {
        if (view.kind != GRIDGOV_UNIT_AGENCY) {
            return 1;
        }
    }
    return 0;
}

/* What of the mapping the fast way must know: whether it changes texts, and its constants. */
static gridgov_status read_mapping(stream *s, gridgov_error *err) {
    static const char slack[GG_INTERN_SLACK + GG_BATCH_SLACK] = {0};
    const gridgov_mapping *mapping = s->source.mapping;
    s->source.plain_times = mapping == NULL || mapping->form_count == 0;
    for (size_t i = 0; i < GG_FIELDS_MAX; i++) {
        const gg_source_column *column = mapping == NULL ? NULL : &mapping->columns[i];
        const gg_str constant = gg_str_of(column == NULL ? NULL : column->constant);
        char *copy = gg_arena_alloc(&s->arena, constant.size + sizeof slack);
        if (copy == NULL) {
            return gg_fail_memory(err);
        }
        memcpy(copy, constant.data, constant.size);
        memcpy(copy + constant.size, slack, sizeof slack);
        s->source.constants[i] = gg_str_make(copy, constant.size);
        s->source.plain[i] =
            column == NULL || !column->mapped ||
            (column->target_count == 0 && column->otherwise == NULL && column->measure == NULL);
        s->source.code_width[i] = column == NULL ? 0 : column->width;
    }
    return GRIDGOV_OK;
}

static gridgov_status take(void *user, int worker, const gg_batch *batch, gridgov_error *err) {
    stream *s = user;
    if (!s->opened[worker]) {
        s->opened[worker] = 1;
        GG_TRY(gg_event_batch_open(&s->batches[worker], &s->source, worker, err));
    }
    return gg_event_batch_take(&s->batches[worker], batch, err);
}

/* Call the taker a last time; of a table without cases it is the only time. */
static gridgov_status end_worker(stream *s, int32_t worker, gridgov_error *err) {
    if (!s->opened[worker]) {
        s->opened[worker] = 1;
        GG_TRY(gg_event_batch_open(&s->batches[worker], &s->source, worker, err));
    }
    const gridgov_status status = gg_event_batch_end(&s->batches[worker], err);
    gg_event_batch_forget(&s->batches[worker]);
    return status;
}

static gridgov_status scan(stream *s, gridgov_rows *rows, gridgov_issues *issues, gridgov_job *job,
                           gridgov_error *err) {
    const gridgov_stream_options *options = &s->source.options;
    s->source.simd = options->portable ? gg_simd_at(0) : gg_simd_best();
    const gg_scan all = {.rows = rows,
                         .workers = options->workers,
                         .block = (size_t)options->block_size,
                         .simd = s->source.simd,
                         .job = job,
                         .stage = "tally",
                         .take = take,
                         .user = s};
    int64_t stopped_at = 0;
    s->batches = gg_calloc((size_t)options->workers, sizeof *s->batches);
    if (s->batches == NULL) {
        return gg_fail_memory(err);
    }
    gridgov_status status = gg_scan_run(&all, &stopped_at, err);
    int taken = 0;
    for (int32_t i = 0; i < options->workers; i++) {
        gg_event_batch_settle(&s->batches[i]);
    }
    for (int32_t i = options->workers - 1; status == GRIDGOV_OK && i >= 0; i--) {
        taken |= s->batches[i].taken;
        if (s->batches[i].taken || (i == 0 && !taken)) {
            status = end_worker(s, i, err);
        }
    }
    gg_notes_deliver(issues, gridgov_rows_source_name(rows), &s->batches[0].notes,
                     sizeof s->batches[0], (size_t)options->workers, stopped_at);
    return status;
}

static void sum_up(gridgov_ingest_summary *full, const stream *s) {
    for (int32_t i = 0; i < s->source.options.workers; i++) {
        const gridgov_ingest_summary *part = &s->batches[i].load.summary;
        full->read += part->read;
        full->added += part->added;
        full->skipped += part->skipped;
        full->excluded += part->excluded;
    }
}

static gridgov_status run(stream *s, gridgov_rows *rows, const gridgov_units *units,
                          gridgov_issues *issues, gridgov_job *job, gridgov_error *err) {
    gg_loader header = {.issues = issues, .rows = rows};
    header.cells.rows = rows;
    header.cells.mapping = s->source.mapping;
    header.cells.table =
        s->source.mapping == NULL ? GRIDGOV_TABLE_EVENTS : gridgov_mapping_table(s->source.mapping);
    header.cells.utc_offset_minutes = gridgov_mapping_utc_offset(s->source.mapping);
    gg_digest_init(&header.digest);
    gridgov_status status = gg_loader_header(&header, err);
    gg_cells_release(&header.cells);
    GG_TRY(status);
    s->source.cells = header.cells;
    s->source.width = (size_t)header.cells.columns.width;
    s->source.units = units;
    s->source.has_places = !s->source.options.found_units && has_places(units);
    GG_TRY(read_mapping(s, err));
    return scan(s, rows, issues, job, err);
}

gridgov_status gridgov_stream_events(gridgov_ingest_summary *summary, gridgov_rows *rows,
                                     const gridgov_units *units, const gridgov_mapping *mapping,
                                     const gridgov_stream_options *options,
                                     gridgov_event_taker taker, void *user, gridgov_issues *issues,
                                     gridgov_job *job, gridgov_error *err) {
    const int32_t table = mapping == NULL ? GRIDGOV_TABLE_EVENTS : gridgov_mapping_table(mapping);
    gridgov_ingest_summary full = {.table = table};
    stream s = {.source = {.mapping = mapping, .taker = taker, .user = user}};
    if (summary != NULL && gg_view_copy(summary, &full, sizeof full) != 0) {
        return gg_fail_arg(err, "summary");
    }
    if (rows == NULL || taker == NULL) {
        return gg_fail_arg(err, rows == NULL ? "rows" : "taker");
    }
    if (table != GRIDGOV_TABLE_EVENTS && table != GRIDGOV_TABLE_OPENING) {
        return gg_fail_arg(err, "mapping");
    }
    if (read_options(&s.source.options, options) != 0) {
        return gg_fail_arg(err, "options");
    }
    if (units != NULL && !gridgov_units_is_sealed(units)) {
        return gg_fail_state(err, "the units are not sealed");
    }
    const gridgov_status status = run(&s, rows, units, issues, job, err);
    if (status == GRIDGOV_OK && summary != NULL) {
        sum_up(&full, &s);
        (void)gg_view_copy(summary, &full, sizeof full);
    }
    for (int32_t i = 0; s.batches != NULL && i < s.source.options.workers; i++) {
        if (s.opened[i]) {
            gg_event_batch_release(&s.batches[i]);
        }
    }
    gg_free(s.batches);
    gg_arena_release(&s.arena);
    return status;
}
