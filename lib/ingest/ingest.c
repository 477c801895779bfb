/* SPDX-License-Identifier: Apache-2.0 */
/* The loop over a table's rows: find the header, hand each row to the reader of its table, count
 * what became of it, digest every cell, and take everything back if the call fails.
 *
 * Invariant: read = added + replaced + skipped + excluded, and each excluded row has exactly one
 * problem. A line of totals under the rows is skipped. A row without any text is no row: it is
 * neither counted nor digested, so a table has one digest whether its last rows were left empty or
 * cut off. For the same reason empty cells at the end of a row are not digested. */
#include "loader.h"

#include "base/error.h"
#include "base/num.h"
#include "csv.h"
#include "header.h"
#include "mapping.h"

#include <string.h>

#define TICK 4096     /* rows */
#define FOOTER_KEY 16 /* bytes of a cell's key that tell a footer */

/* Names that the ledger and the units have for fields of ours. */
static const struct {
    const char *theirs, *ours;
} field_names[] = {
    {"event_id", "event"},     {"day_to", "to"}, {"minutes", "online_minutes"},
    {"metres", "distance_km"}, {"name", "grid"}, {"code", "officer"},
    {"unit", "parent"},
};

int gg_is_row_problem(gridgov_status status) {
    return status == GRIDGOV_EDATA || status == GRIDGOV_ENOTFOUND || status == GRIDGOV_EFORMAT ||
           status == GRIDGOV_ELIMIT || status == GRIDGOV_ERANGE;
}

/* The column of the field that a problem names, 1-based; 0 unknown. Gives the field our name. */
static int32_t find_column(const gg_cells *cells, gridgov_error *problem) {
    int field = gg_field_find(cells->table, problem->field);
    for (size_t i = 0; i < sizeof field_names / sizeof field_names[0] &&
                       (field < 0 || !gg_cells_has(cells, field));
         i++) {
        if (strcmp(problem->field, field_names[i].theirs) == 0) {
            field = gg_field_find(cells->table, field_names[i].ours);
            if (field >= 0) {
                gg_text_copy(problem->field, sizeof problem->field, field_names[i].ours,
                             strlen(field_names[i].ours));
            }
            break;
        }
    }
    return field < 0 || cells->columns.column[field] >= INT32_MAX
               ? 0
               : (int32_t)(cells->columns.column[field] + 1);
}

void gg_loader_exclude(gg_loader *load, int64_t row) {
    gridgov_error *problem = &load->cells.problem;
    int32_t column = problem->column != 0 ? problem->column : find_column(&load->cells, problem);
    gg_error_at(problem, gridgov_rows_source_name(load->rows), row, column);
    gridgov_issues_add(load->issues, problem);
    load->summary.excluded++;
}

void gg_loader_warn(gg_loader *load, int32_t rule, int field, gg_str value) {
    gridgov_error kept = load->cells.problem;
    (void)gg_cells_fail(&load->cells, rule, field, value, NULL);
    gridgov_issues_add(load->issues, &load->cells.problem);
    load->cells.problem = kept;
}

static gg_str cell_at(const gridgov_rows *rows, int64_t index) {
    size_t size = 0;
    const char *text = gridgov_rows_text(rows, index, &size);
    return gg_str_make(text, size);
}

/* 1 if a cell from `from` on has text. */
static int has_text(const gridgov_rows *rows, int64_t from) {
    int64_t count = gridgov_rows_count(rows);
    for (int64_t i = from; i < count; i++) {
        if (gg_text_trim(cell_at(rows, i)).size > 0) {
            return 1;
        }
    }
    return 0;
}

static void digest_cells(gg_digest *digest, const gg_kept_row *row) {
    int64_t count = row->count;
    while (count > 0 && gg_kept_row_at(row, count - 1).size == 0) {
        count--;
    }
    gg_digest_int(digest, count);
    for (int64_t i = 0; i < count; i++) {
        gg_digest_text(digest, gg_kept_row_at(row, i));
    }
}

static void digest_row(gg_loader *load) {
    int64_t count = gridgov_rows_count(load->rows);
    while (count > 0 && cell_at(load->rows, count - 1).size == 0) {
        count--;
    }
    gg_digest_int(&load->digest, count);
    for (int64_t i = 0; i < count; i++) {
        gg_digest_text(&load->digest, cell_at(load->rows, i));
    }
}

/* Go to the next row that has text. */
static gridgov_status next_row(gg_loader *load, gridgov_error *err) {
    gridgov_status status;
    do {
        status = gridgov_rows_next(load->rows, err);
    } while (status == GRIDGOV_OK && !has_text(load->rows, 0));
    if (status == GRIDGOV_OK) {
        gridgov_error issue;
        digest_row(load);
        while (gridgov_rows_note(load->rows, &issue) == GRIDGOV_OK) {
            gridgov_issues_add(load->issues, &issue);
        }
    }
    return status;
}

static gridgov_status fail_empty(gg_loader *load, gridgov_error *err) {
    gridgov_error problem;
    gridgov_status status = gg_fail(&problem, GG_RULE_TABLE_EMPTY, NULL, NULL, 0, NULL, NULL);
    gg_error_at(&problem, gridgov_rows_source_name(load->rows), 0, 0);
    gridgov_issues_add(load->issues, &problem);
    if (err != NULL) {
        *err = problem;
    }
    return status;
}

/* Say something about a heading that is no problem. */
static void note_heading(gg_loader *load, const gg_heading *heading, int32_t rule,
                         const char *more) {
    gridgov_error note;
    (void)gg_fail(&note, rule, NULL, NULL, 0, more, NULL);
    gg_error_at(&note, gridgov_rows_source_name(load->rows), heading->number, 0);
    gridgov_issues_add(load->issues, &note);
}

/* Bind the heading that was found, or say what the nearest one lacks. */
static gridgov_status bind_heading(gg_loader *load, const gg_header_search *search,
                                   gridgov_error *err) {
    const gg_heading *heading = &search->heading;
    if (heading->rows == 0) {
        return fail_empty(load, err);
    }
    if (search->table != 0 && search->above > 0) {
        char count[GG_NUM_TEXT_SIZE];
        (void)gg_int_format(count, search->above);
        note_heading(load, heading, GG_RULE_HEADER_BELOW, count);
    }
    if (search->table != 0 && heading->rows > 1) {
        note_heading(load, heading, GG_RULE_HEADER_JOINED, NULL);
    }
    return gg_columns_bind(&load->cells.columns, load->cells.table, heading, load->cells.mapping,
                           load->issues, err);
}

static void pass_row(void *user, const gg_kept_row *row) {
    digest_cells(&((gg_loader *)user)->digest, row);
}

gridgov_status gg_loader_header(gg_loader *load, gridgov_error *err) {
    gg_header_search search = {.rows = load->rows,
                               .mapping = load->cells.mapping,
                               .wanted = load->cells.table,
                               .passed = pass_row,
                               .user = load};
    gridgov_status status = gg_header_search_run(&search, err);
    if (status == GRIDGOV_OK) {
        status = bind_heading(load, &search, err);
    }
    gg_header_search_release(&search);
    return status;
}

/* 1 if the row begins like a line of totals or a signature under a table, which offices export with
 * the rows. Asked only of a row that cannot be loaded, so that no record is mistaken for one. */
static int is_footer(const gridgov_rows *rows, gg_str *first) {
    static const char *const words[] = {"合计", "总计",  "小计",     "共计", "累计",
                                        "制表", "填表",  "填报",     "审核", "签发",
                                        "注:",  "说明:", "数据来源", "total"};
    char key[FOOTER_KEY];
    int64_t count = gridgov_rows_count(rows), i = 0;
    size_t size;
    while (i < count && gg_text_trim(cell_at(rows, i)).size == 0) {
        i++;
    }
    *first = gg_text_trim(cell_at(rows, i));
    size = gg_text_key(key, sizeof key, *first);
    size = size < sizeof key ? size : sizeof key;
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        size_t length = strlen(words[w]);
        if (size >= length && memcmp(key, words[w], length) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Name a footer, and count it among the rows that are left out as told. */
static void skip_footer(gg_loader *load, gg_str first) {
    gridgov_error issue;
    (void)gg_fail(&issue, GG_RULE_ROW_TOTAL, NULL, first.data, first.size, NULL, NULL);
    gg_error_at(&issue, gridgov_rows_source_name(load->rows), gridgov_rows_number(load->rows), 0);
    gridgov_issues_add(load->issues, &issue);
    load->summary.skipped++;
}

/* Count a row, or report it. A failure here is one of the whole call. */
static gridgov_status finish_row(gg_loader *load, gridgov_status status, gridgov_error *err) {
    gg_str first;
    if (gg_is_row_problem(status) && is_footer(load->rows, &first)) {
        skip_footer(load, first);
        return GRIDGOV_OK;
    }
    if (gg_is_row_problem(status)) {
        gg_loader_exclude(load, gridgov_rows_number(load->rows));
        return GRIDGOV_OK;
    }
    if (status < 0) {
        gg_error_at(&load->cells.problem, gridgov_rows_source_name(load->rows),
                    gridgov_rows_number(load->rows), 0);
        if (err != NULL) {
            *err = load->cells.problem;
        }
        return status;
    }
    load->summary.added += load->outcome == GG_ROW_ADDED;
    load->summary.replaced += load->outcome == GG_ROW_REPLACED;
    load->summary.skipped += load->outcome == GG_ROW_SKIPPED;
    if (has_text(load->rows, load->cells.columns.width)) {
        gridgov_error issue;
        (void)gg_fail(&issue, GG_RULE_ROW_EXTRA, NULL, NULL, 0, NULL, NULL);
        gg_error_at(&issue, gridgov_rows_source_name(load->rows), gridgov_rows_number(load->rows),
                    (int32_t)(load->cells.columns.width + 1));
        gridgov_issues_add(load->issues, &issue);
    }
    return GRIDGOV_OK;
}

/* Progress in bytes where the source knows how many there are, else in rows. */
static gridgov_status tick(const gg_loader *load, gridgov_error *err) {
    gg_csv_bytes bytes;
    gg_csv_place place;
    int64_t done = load->summary.read, total = -1;
    if (load->job == NULL || load->summary.read % TICK != 0) {
        return GRIDGOV_OK;
    }
    if (gg_csv_place_get(&bytes, &place, load->rows) == 0 && bytes.size > 0) {
        done = place.offset;
        total = bytes.size;
    }
    if (gridgov_job_tick(load->job, "ingest", done, total) != GRIDGOV_OK) {
        return gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
    }
    return GRIDGOV_OK;
}

gridgov_status gg_loader_row(gg_loader *load, gg_row_reader reader, gridgov_error *err) {
    static const gridgov_error none = {0};
    load->summary.read++;
    load->cells.problem = none;
    load->cells.issues = load->issues; // which a stream changes from row to row
    load->outcome = GG_ROW_ADDED;
    return finish_row(load, reader(load), err);
}

gridgov_status gg_loader_run(gg_loader *load, gg_row_reader reader, gridgov_error *err) {
    gridgov_status status;
    gg_digest_init(&load->digest);
    GG_TRY(tick(load, err));
    GG_TRY(gg_loader_header(load, err));
    if (load->on_duplicate == 0) {
        load->on_duplicate = gg_events_duplicates(&load->cells);
    }
    while ((status = next_row(load, err)) == GRIDGOV_OK) {
        GG_TRY(gg_loader_row(load, reader, err));
        GG_TRY(tick(load, err));
    }
    GG_TRY(status);
    gg_digest_finish(&load->digest, load->summary.digest);
    return GRIDGOV_OK;
}

/* Clear the caller's summary, if there is one; EARG if its size was not set. */
gridgov_status gg_summary_clear(gridgov_ingest_summary *summary, gridgov_error *err) {
    static const gridgov_ingest_summary none = {0};
    return summary == NULL || gg_view_copy(summary, &none, sizeof none) == 0
               ? GRIDGOV_OK
               : gg_fail_arg(err, "summary");
}

gridgov_status gg_loader_begin(gg_loader *load, int32_t table, gridgov_rows *rows,
                               const gridgov_mapping *mapping, gridgov_issues *issues,
                               gridgov_job *job, gridgov_error *err) {
    if (rows == NULL) {
        return gg_fail_arg(err, "rows");
    }
    if (mapping != NULL && mapping->table != table) {
        return gg_fail_arg(err, "mapping");
    }
    load->cells.rows = rows;
    load->cells.mapping = mapping;
    load->cells.issues = issues;
    load->cells.table = table;
    load->cells.utc_offset_minutes = gridgov_mapping_utc_offset(mapping);
    load->rows = rows;
    load->issues = issues;
    load->job = job;
    load->summary.table = table;
    load->on_duplicate = mapping == NULL ? 0 : mapping->on_duplicate;
    return GRIDGOV_OK;
}

/* Free what the run held, and hand out the summary unless it failed. */
gridgov_status gg_loader_end(gg_loader *load, gridgov_ingest_summary *summary,
                             gridgov_status status) {
    gg_cells_release(&load->cells);
    gg_buf_release(&load->joined);
    gg_arena_release(&load->arena);
    gg_free(load->list);
    gg_free(load->days);
    gg_free(load->day_rows);
    gg_map_release(&load->day_index);
    if (summary != NULL && status >= 0) {
        (void)gg_view_copy(summary, &load->summary, sizeof load->summary);
    }
    return status;
}

gridgov_status gridgov_ingest_units(gridgov_ingest_summary *summary, gridgov_units *units,
                                    int32_t table, gridgov_rows *rows,
                                    const gridgov_mapping *mapping, gridgov_issues *issues,
                                    gridgov_job *job, gridgov_error *err) {
    gg_loader load = {.target = units};
    gg_row_reader reader = gg_units_reader(table);
    int64_t count = gridgov_units_count(units), officers = gridgov_units_officer_count(units);
    gridgov_status status = GRIDGOV_OK;
    GG_TRY(gg_summary_clear(summary, err));
    if (units == NULL || reader == NULL) {
        status = gg_fail_arg(err, units == NULL ? "units" : "table");
    } else if (gridgov_units_is_sealed(units)) {
        status = gg_fail_state(err, "the units are sealed");
    } else {
        status = gg_loader_begin(&load, table, rows, mapping, issues, job, err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_loader_run(&load, reader, err);
        if (status == GRIDGOV_OK) {
            status = gg_loader_add_units(&load, err);
        }
        if (status < 0) {
            (void)gridgov_units_rewind(units, count, officers, NULL);
        }
    }
    return gg_loader_end(&load, summary, status);
}

gridgov_status gridgov_ingest_calendar(gridgov_ingest_summary *summary, gridgov_calendar *calendar,
                                       gridgov_rows *rows, const gridgov_mapping *mapping,
                                       gridgov_issues *issues, gridgov_job *job,
                                       gridgov_error *err) {
    gg_loader load = {.rows = NULL};
    gridgov_status status;
    GG_TRY(gg_summary_clear(summary, err));
    if (calendar == NULL) {
        return gg_fail_arg(err, "calendar");
    }
    status = gridgov_calendar_add_days(calendar, NULL, 0, err); // refused if it is sealed
    if (status == GRIDGOV_OK) {
        status = gg_loader_begin(&load, GRIDGOV_TABLE_CALENDAR, rows, mapping, issues, job, err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_loader_run(&load, gg_calendar_reader(), err);
    }
    if (status == GRIDGOV_OK) {
        gg_loader_cover_years(&load);
        status = gridgov_calendar_add_days(calendar, load.days, (int64_t)load.day_count, err);
    }
    return gg_loader_end(&load, summary, status);
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

gridgov_status gridgov_ingest(gridgov_ingest_summary *summary, gridgov_ledger *ledger,
                              int32_t table, gridgov_rows *rows, const gridgov_mapping *mapping,
                              gridgov_issues *issues, gridgov_job *job, gridgov_error *err) {
    gg_loader load = {.ledger = ledger, .units = gridgov_ledger_units(ledger)};
    gg_row_reader reader = gg_events_reader(table);
    int is_activity = reader == NULL;
    gridgov_ledger_mark mark;
    gridgov_status status = GRIDGOV_OK;
    GG_TRY(gg_summary_clear(summary, err));
    reader = is_activity ? gg_activities_reader(table) : reader;
    if (ledger == NULL || reader == NULL) {
        return gg_loader_end(&load, summary, gg_fail_arg(err, ledger == NULL ? "ledger" : "table"));
    }
    status = gg_loader_begin(&load, table, rows, mapping, issues, job, err);
    if (status == GRIDGOV_OK && (gridgov_ledger_mark_get(&mark, ledger) != GRIDGOV_OK ||
                                 gridgov_ledger_rewind(ledger, &mark) != GRIDGOV_OK)) {
        status = gg_fail_state(err, "the ledger is sealed"); // it cannot be taken back to the mark
    }
    if (status == GRIDGOV_OK) {
        load.has_places = has_places(load.units);
        status = gg_loader_run(&load, reader, err);
        if (status == GRIDGOV_OK) {
            status = is_activity ? gg_activities_cover(&load) : gg_events_cover(&load);
        }
        if (status == GRIDGOV_OK &&
            gridgov_ledger_set_source(ledger, table, gridgov_rows_source_name(rows)) < 0) {
            status = gg_fail_memory(err);
        }
        if (status < 0) {
            (void)gridgov_ledger_rewind(ledger, &mark);
        }
    }
    return gg_loader_end(&load, summary, status);
}
