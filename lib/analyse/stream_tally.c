/* SPDX-License-Identifier: Apache-2.0 */
/* Streams into tallies: columns of the caller's, checked first, and tables read by workers. */
#include "stream_count.h"

#include <gridgov/civil.h>

#include <string.h>

/* Arithmetic on times of these years cannot leave int64. */
#define YEARS_9999 INT64_C(253402387200)
#define YEARS_1 (-INT64_C(62135769600))

/* A table on its way into a tally. */
typedef struct table_stream {
    gg_stream stream;
    gg_stream_counter *counters[GG_WORKERS_MOST]; /* each made by its worker */
} table_stream;

static int times_ok(const gridgov_time *times, int64_t count, int required) {
    for (int64_t i = 0; times != NULL && i < count; i++) {
        const gridgov_time at = times[i];
        if (at == GRIDGOV_NO_TIME ? required : at < YEARS_1 || at > YEARS_9999) {
            return 0;
        }
    }
    return 1;
}

static int codes_ok(const int8_t *codes, int64_t count, int8_t most) {
    for (int64_t i = 0; codes != NULL && i < count; i++) {
        if (codes[i] < 0 || codes[i] > most) {
            return 0;
        }
    }
    return 1;
}

static int names_ok(const int32_t *numbers, int64_t count, int64_t names, const char *const *list) {
    for (int64_t i = 0; numbers != NULL && i < count; i++) {
        if (numbers[i] < GRIDGOV_NONE || numbers[i] >= names) {
            return 0;
        }
    }
    return numbers == NULL || names == 0 || list != NULL;
}

/* A closing before the report is no closing. */
static int closings_ok(const gridgov_event_columns *c) {
    for (int64_t i = 0; c->closed_at != NULL && i < c->count; i++) {
        if (c->closed_at[i] != GRIDGOV_NO_TIME && c->closed_at[i] < c->reported_at[i]) {
            return 0;
        }
    }
    return 1;
}

/* The name of a column that cannot be; NULL if all can. */
static const char *bad_column(const gridgov_event_columns *c, const gridgov_tally *tally) {
    const struct {
        const char *name;
        const gridgov_time *times;
    } times[] = {{"reported_at", c->reported_at},
                 {"accepted_at", c->accepted_at},
                 {"dispatched_at", c->dispatched_at},
                 {"closed_at", c->closed_at},
                 {"due_at", c->due_at},
                 {"dispatch_due_at", c->dispatch_due_at}};
    const struct {
        const char *name;
        const int8_t *codes;
        int8_t most;
    } codes[] = {{"closed", c->closed, GRIDGOV_TRI_YES},
                 {"overdue", c->overdue, GRIDGOV_TRI_YES},
                 {"self_handled", c->self_handled, GRIDGOV_TRI_YES},
                 {"suspended", c->suspended, GRIDGOV_TRI_YES},
                 {"disposition", c->disposition, GRIDGOV_DISPOSITION_RECORDED},
                 {"closure_doubted", c->closure_doubted, 1}};
    if (c->count < 0 || (c->count > 0 && c->reported_at == NULL)) {
        return c->count < 0 ? "count" : "reported_at";
    }
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        if (!times_ok(times[i].times, c->count, i == 0)) {
            return times[i].name;
        }
    }
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (!codes_ok(codes[i].codes, c->count, codes[i].most)) {
            return codes[i].name;
        }
    }
    if (!closings_ok(c)) {
        return "closed_at";
    }
    const int named = c->unit_names != NULL;
    if ((named && tally->units != NULL) ||
        !names_ok(c->unit, c->count, named ? c->unit_name_count : gridgov_units_count(tally->units),
                  named ? c->unit_names : (const char *const *)&tally->units)) {
        return "unit";
    }
    if (!names_ok(c->category, c->count, c->category_name_count, c->category_names)) {
        return "category";
    }
    return names_ok(c->agency, c->count, c->agency_name_count, c->agency_names) ? NULL : "agency";
}

static gridgov_status count_columns(gg_stream *stream, const gridgov_event_columns *columns,
                                    gridgov_error *err) {
    gg_stream_counter *counter = gg_stream_counter_new(stream);
    if (counter == NULL) {
        return gg_fail_memory(err);
    }
    gridgov_status status = gg_tally_tick(&stream->count, "tally", 0, columns->count, err);
    if (status == GRIDGOV_OK) {
        status = gg_stream_count(counter, columns, err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_stream_fold(counter, columns, err);
    }
    gg_stream_counter_free(counter);
    return status;
}

gridgov_status gridgov_tally_add_columns(gridgov_tally *tally, const gridgov_event_columns *columns,
                                         gridgov_issues *issues, gridgov_job *job,
                                         gridgov_error *err) {
    gridgov_event_columns full = {.struct_size = sizeof full};
    gg_stream stream;
    if (tally == NULL) {
        return gg_fail_arg(err, "tally");
    }
    if (columns == NULL || gg_options_read(&full, sizeof full, columns) != 0) {
        return gg_fail_arg(err, "columns");
    }
    const char *bad = bad_column(&full, tally);
    if (bad != NULL) {
        return gg_fail_arg(err, bad);
    }
    gridgov_status status = gg_stream_open(&stream, tally, issues, job, err);
    if (status == GRIDGOV_OK) {
        status = count_columns(&stream, &full, err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_stream_finish(&stream, tally, err);
    }
    gg_stream_close(&stream);
    return status;
}

static gridgov_status take(void *user, int32_t worker, const gridgov_event_columns *columns,
                           gridgov_error *err) {
    table_stream *table = user;
    if (table->counters[worker] == NULL) {
        table->counters[worker] = gg_stream_counter_new(&table->stream);
        if (table->counters[worker] == NULL) {
            return gg_fail_memory(err);
        }
    }
    if (columns->count > 0) {
        return gg_stream_count(table->counters[worker], columns, err);
    }
    GG_TRY(gg_stream_fold(table->counters[worker], columns, err));
    gg_stream_counter_free(table->counters[worker]);
    table->counters[worker] = NULL;
    return GRIDGOV_OK;
}

gridgov_status gridgov_tally_add_rows(gridgov_ingest_summary *summary, gridgov_tally *tally,
                                      gridgov_rows *rows, const gridgov_mapping *mapping,
                                      const gridgov_stream_options *options, gridgov_issues *issues,
                                      gridgov_job *job, gridgov_error *err) {
    gridgov_stream_options set = {.struct_size = sizeof set};
    if (tally == NULL || gg_options_read(&set, sizeof set, options) != 0) {
        return gg_fail_arg(err, tally == NULL ? "tally" : "options");
    }
    if (set.found_units && tally->units != NULL) {
        return gg_fail_arg(err, "options.found_units");
    }
    table_stream *table = gg_calloc(1, sizeof *table);
    if (table == NULL) {
        return gg_fail_memory(err);
    }
    gridgov_status status = gg_stream_open(&table->stream, tally, issues, job, err);
    table->stream.simd = set.portable ? gg_simd_at(0) : table->stream.simd;
    if (status == GRIDGOV_OK) {
        status = gridgov_stream_events(summary, rows, tally->units, mapping, options, take, table,
                                       issues, job, err);
    }
    for (size_t i = 0; i < GG_WORKERS_MOST; i++) {
        gg_stream_counter_free(table->counters[i]);
    }
    if (status == GRIDGOV_OK) {
        status = gg_stream_finish(&table->stream, tally, err);
    }
    gg_stream_close(&table->stream);
    gg_free(table);
    return status;
}

gridgov_status gridgov_tally_add_file(gridgov_ingest_summary *summary, gridgov_tally *tally,
                                      const char *path, const gridgov_mapping *mapping,
                                      const gridgov_stream_options *options, gridgov_issues *issues,
                                      gridgov_job *job, gridgov_error *err) {
    gridgov_csv_options csv = {.struct_size = sizeof csv};
    gridgov_rows *rows = NULL;
    if (tally == NULL || path == NULL) {
        return gg_fail_arg(err, tally == NULL ? "tally" : "path");
    }
    GG_TRY(gridgov_mapping_csv_options(&csv, mapping));
    GG_TRY(gridgov_csv_detect_file(&csv, path, err));
    GG_TRY(gridgov_rows_open_csv_file(&rows, path, &csv, err));
    const gridgov_status status =
        gridgov_tally_add_rows(summary, tally, rows, mapping, options, issues, job, err);
    gridgov_rows_free(rows);
    return status;
}
