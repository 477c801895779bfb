/* SPDX-License-Identifier: Apache-2.0 */
/* Totals and ranks of a CSV file: which columns are read, and what a caller sees. Rows are read in
 * rank_read.c, kept in rank_list.c, put in order in rank_arrange.c and written in rank_write.c. */
#include "rank_model.h"

#include "base/error.h"
#include "base/simd.h"

#define COLUMNS_MOST 4096
#define TITLES_MOST 20 /* rows above the header */

void gridgov_rank_options_init(gridgov_rank_options *options, size_t struct_size) {
    const gridgov_rank_options full = {.struct_size = 0};
    gg_options_write(options, struct_size, &full, sizeof full);
}

static gg_str header_at(const gridgov_rows *rows, int64_t column) {
    size_t size = 0;
    const char *text = gridgov_rows_text(rows, column, &size);
    return gg_text_trim(gg_str_make(text, size));
}

/* The column of a header. */
static gridgov_status find_column(int64_t *out, const gridgov_rows *rows, const char *name,
                                  gridgov_error *err) {
    for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
        if (gg_str_equal(header_at(rows, i), gg_text_trim(gg_str_of(name)))) {
            *out = i;
            return GRIDGOV_OK;
        }
    }
    (void)gg_fail(err, GG_RULE_COLUMN_MISSING, name, NULL, 0, NULL, NULL);
    gg_error_at(err, gridgov_rows_source_name(rows), gridgov_rows_number(rows), 0);
    return GRIDGOV_EDATA;
}

static void sort_columns(gg_rank_columns *columns) {
    for (size_t i = 1; i < columns->count; i++) {
        for (size_t k = i; k > 0 && columns->sums[k] < columns->sums[k - 1]; k--) {
            const int64_t column = columns->sums[k];
            columns->sums[k] = columns->sums[k - 1];
            columns->sums[k - 1] = column;
        }
    }
}

/* Find the columns in the first row. sums has room for all. */
static gridgov_status find_columns(gg_rank_columns *columns, const gridgov_rows *rows,
                                   const gridgov_rank_options *options, gridgov_error *err) {
    const int64_t width = gridgov_rows_count(rows);
    if (options->key != NULL) {
        GG_TRY(find_column(&columns->key, rows, options->key, err));
    }
    for (int64_t i = 0; options->columns != NULL && i < options->column_count; i++) {
        GG_TRY(find_column(&columns->sums[columns->count++], rows, options->columns[i], err));
    }
    for (int64_t i = 0; options->columns == NULL && i < width && i < COLUMNS_MOST; i++) {
        if (i != columns->key && header_at(rows, i).size > 0) {
            columns->sums[columns->count++] = i;
        }
    }
    if (columns->count == 0) {
        return gg_fail(err, GG_RULE_RANK_COLUMNS, NULL, NULL, 0, NULL, NULL);
    }
    sort_columns(columns);
    return GRIDGOV_OK;
}

/* Find the runs of columns. runs has room for as many as there are columns. */
static void find_runs(gg_rank_columns *columns) {
    for (size_t i = 0; i < columns->count; i++) {
        if (i > 0 && columns->sums[i] == columns->sums[i - 1] + 1 &&
            columns->runs[columns->run_count - 1].count < GG_DIGITS_CELLS) {
            columns->runs[columns->run_count - 1].count++;
        } else {
            columns->runs[columns->run_count++] = (gg_rank_run){columns->sums[i], 1};
        }
    }
}

/* A copy of a name: the header's row does not stay. */
static gridgov_status keep_name(gg_str *out, gg_arena *arena, const gridgov_rows *rows,
                                int64_t column, gridgov_error *err) {
    const gg_str name = header_at(rows, column);
    const char *copy = gg_arena_text(arena, name.data, name.size);
    *out = gg_str_of(copy);
    return copy == NULL ? gg_fail_memory(err) : GRIDGOV_OK;
}

static gridgov_status bind(gridgov_ranking *ranking, const gridgov_rows *rows,
                           const gridgov_rank_options *options, gridgov_error *err) {
    gg_rank_columns *columns = &ranking->columns;
    const int64_t width = gridgov_rows_count(rows);
    const size_t most = (size_t)(options->columns != NULL ? options->column_count : width);
    columns->sums = gg_arena_alloc(&ranking->arena, most * sizeof *columns->sums);
    columns->names = gg_arena_alloc(&ranking->arena, most * sizeof *columns->names);
    columns->runs = gg_arena_alloc(&ranking->arena, most * sizeof *columns->runs);
    if (columns->sums == NULL || columns->names == NULL || columns->runs == NULL) {
        return gg_fail_memory(err);
    }
    GG_TRY(find_columns(columns, rows, options, err));
    find_runs(columns);
    GG_TRY(keep_name(&columns->key_name, &ranking->arena, rows, columns->key, err));
    for (size_t i = 0; i < columns->count; i++) {
        GG_TRY(keep_name(&columns->names[i], &ranking->arena, rows, columns->sums[i], err));
    }
    return GRIDGOV_OK;
}

/* Stand on the first row that has two cells with text; titles above it are passed over. */
static gridgov_status find_header(gridgov_rows *rows, gridgov_error *err) {
    for (int read = 0; read <= TITLES_MOST; read++) {
        const gridgov_status status = gridgov_rows_next(rows, err);
        int64_t filled = 0;
        if (status == GRIDGOV_END && read == 0) {
            return gg_fail(err, GG_RULE_TABLE_EMPTY, NULL, NULL, 0, NULL, NULL);
        }
        if (status != GRIDGOV_OK) {
            return status < 0 ? status
                              : gg_fail(err, GG_RULE_RANK_COLUMNS, NULL, NULL, 0, NULL, NULL);
        }
        for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
            filled += header_at(rows, i).size > 0;
        }
        if (filled > 1) {
            return GRIDGOV_OK;
        }
    }
    return gg_fail(err, GG_RULE_RANK_COLUMNS, NULL, NULL, 0, NULL, NULL);
}

static int read_options(gridgov_rank_options *out, const gridgov_rank_options *given) {
    gridgov_rank_options_init(out, sizeof *out);
    return gg_options_read(out, sizeof *out, given) == 0 && out->workers >= 0 &&
                   out->workers <= GG_WORKERS_MOST && out->column_count >= 0 &&
                   out->column_count <= COLUMNS_MOST &&
                   (out->columns == NULL) == (out->column_count == 0)
               ? 0
               : -1;
}

static gridgov_status read_table(gridgov_ranking *ranking, gridgov_rows *rows,
                                 const gridgov_rank_options *options, gridgov_issues *issues,
                                 gridgov_job *job, gridgov_error *err) {
    GG_TRY(find_header(rows, err));
    GG_TRY(bind(ranking, rows, options, err));
    GG_TRY(gg_rank_read(ranking, rows, options->portable, issues, job, err));
    return gg_rank_arrange(ranking, job, err);
}

static gridgov_status open_ranking(gridgov_ranking **out, const gridgov_rank_options *options,
                                   gridgov_error *err) {
    gridgov_ranking *ranking = gg_calloc(1, sizeof *ranking);
    gg_gate *gate = gg_gate_new();
    if (ranking == NULL || gate == NULL) {
        gg_free(ranking);
        gg_gate_free(gate);
        return gg_fail_memory(err);
    }
    ranking->store.gate = gate;
    ranking->workers = options->workers == 0 ? 1 : options->workers;
    ranking->ascending = options->ascending != 0;
    for (int i = 0; i < ranking->workers; i++) {
        ranking->lists[i].store = &ranking->store;
    }
    *out = ranking;
    return GRIDGOV_OK;
}

static void sum_up(gridgov_rank_summary *full, const gridgov_ranking *ranking) {
    full->decimals = ranking->decimals;
    full->ranked = (int64_t)ranking->count;
    for (int i = 0; i < ranking->workers; i++) {
        full->read += ranking->lists[i].read;
        full->excluded += ranking->lists[i].excluded;
    }
}

gridgov_status gridgov_ranking_load(gridgov_ranking **out, gridgov_rank_summary *summary,
                                    const char *path, const gridgov_rank_options *options,
                                    gridgov_issues *issues, gridgov_job *job, gridgov_error *err) {
    gridgov_rank_summary full = {0};
    gridgov_rank_options set;
    gridgov_ranking *ranking = NULL;
    gridgov_rows *rows = NULL;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (summary != NULL && gg_view_copy(summary, &full, sizeof full) != 0) {
        return gg_fail_arg(err, "summary");
    }
    if (path == NULL || read_options(&set, options) != 0) {
        return gg_fail_arg(err, path == NULL ? "path" : "options");
    }
    gridgov_status status = open_ranking(&ranking, &set, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_rows_open_csv_file(&rows, path, set.csv, err);
    }
    if (status == GRIDGOV_OK) {
        status = read_table(ranking, rows, &set, issues, job, err);
        gg_error_at(status < 0 ? err : NULL, path, 0, 0);
    }
    gridgov_rows_free(rows);
    if (status < 0) {
        gridgov_ranking_free(ranking);
        return status;
    }
    sum_up(&full, ranking);
    if (summary != NULL) {
        (void)gg_view_copy(summary, &full, sizeof full);
    }
    *out = ranking;
    return GRIDGOV_OK;
}

void gridgov_ranking_free(gridgov_ranking *ranking) {
    if (ranking == NULL) {
        return;
    }
    for (int i = 0; i < ranking->workers; i++) {
        gg_rank_list_release(&ranking->lists[i]);
    }
    gg_free(ranking->store.blocks);
    gg_gate_free(ranking->store.gate);
    gg_free(ranking->order);
    gg_arena_release(&ranking->arena);
    gg_free(ranking);
}

gridgov_status gridgov_rank_file(gridgov_bytes **out, gridgov_rank_summary *summary,
                                 const char *path, const gridgov_rank_options *options,
                                 gridgov_issues *issues, gridgov_job *job, gridgov_error *err) {
    gridgov_ranking *ranking = NULL;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    gridgov_status status =
        gridgov_ranking_load(&ranking, summary, path, options, issues, job, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_ranking_bytes(out, ranking, job, err);
        if (status < 0 && summary != NULL) {
            const gridgov_rank_summary none = {0};
            (void)gg_view_copy(summary, &none, sizeof none);
        }
    }
    gridgov_ranking_free(ranking);
    return status;
}
