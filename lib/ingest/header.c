/* SPDX-License-Identifier: Apache-2.0 */
/* Offices put titles, dates and signatures above a table. The header is the first row that has a
 * column for every field that the table needs, among the first rows with text. If none has, the row
 * with the most known names is taken for a header that lacks something, so that the message can say
 * what; the first such row, which is the very first row where no name is known at all.
 *
 * A header may have two rows, groups above and sub-titles below. The second row is known by what
 * stands in it: beneath a name that is known there is nothing, or the same again where two cells
 * are merged, and beneath a group there is a known name. Rows of data look otherwise: what is
 * beneath their known names is no name. A row that is a whole header by itself is a second one only
 * if the row above completes it. To see all that, one row more is read and then given back.
 *
 * For a table that is not named, every table is tried on every row, and a row counts as a header
 * only if at least half of its cells are known. Of several tables the one with the most fields
 * wins, then the one with the fewest other columns, then the one with the smaller number. */
#include "header.h"

#include "base/error.h"
#include "base/num.h"
#include "base/text.h"
#include "csv.h"
#include "mapping.h"

#include <string.h>

#define NEAR_FIELDS 2 /* that a row must have to come near the header of a table */

int gg_row_has_text(const gridgov_rows *rows) {
    int64_t count = gridgov_rows_count(rows);
    for (int64_t i = 0; i < count; i++) {
        size_t size = 0;
        const char *text = gridgov_rows_text(rows, i, &size);
        if (gg_text_trim(gg_str_make(text, size)).size > 0) {
            return 1;
        }
    }
    return 0;
}

/* Bind a heading without a word about it. */
static gridgov_status try_heading(gg_header_fit *fit, gg_columns *columns, int32_t table,
                                  const gg_heading *heading, const gridgov_mapping *mapping,
                                  gridgov_error *err) {
    gridgov_error problem;
    size_t count = 0;
    gridgov_status status;
    (void)gg_fields_of(table, &count);
    memset(fit, 0, sizeof *fit);
    status = gg_columns_bind(columns, table, heading, mapping, NULL, &problem);
    if (status == GRIDGOV_ENOMEM) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        fit->found += columns->column[i] >= 0;
        fit->missing += gg_field_needed(table, (int)i, columns->has);
    }
    for (int64_t at = 0; at < columns->width; at++) {
        fit->unused += gg_columns_field(columns, at) < 0 && gg_heading_title(heading, at).size > 0;
    }
    fit->missing += status < 0 && fit->missing == 0; // a name stands twice, or units contradict
    return GRIDGOV_OK;
}

/* 1 if a fit is the better one. */
static int is_better(const gg_header_fit *a, const gg_header_fit *b) {
    return a->found != b->found ? a->found > b->found : a->unused < b->unused;
}

/* One or two rows as a heading, and how they do. */
typedef struct attempt {
    gg_heading heading;
    gg_columns columns;
    gg_header_fit fit;
} attempt;

/* 1 if the lower row says nothing against being sub-titles, and something for it. */
static int has_sub_titles(const attempt *single, const attempt *pair, const gg_kept_row *upper,
                          const gg_kept_row *lower) {
    int known = 0;
    for (int64_t i = 0; i < lower->count; i++) {
        const gg_str below = gg_text_trim(gg_kept_row_at(lower, i));
        const gg_str above = gg_text_trim(gg_kept_row_at(upper, i));
        const int field = gg_columns_field(&pair->columns, i);
        if (below.size == 0 || (gg_heading_group(&pair->heading, i).size == 0 && above.size > 0)) {
            continue; // nothing, or the same again
        }
        if (field >= 0 && pair->columns.by_title[field]) {
            known++;
        } else if (gg_columns_field(&single->columns, i) >= 0) {
            return 0;
        }
    }
    return known > 0 || pair->columns.sub_titles > 0;
}

/* The two rows of a search that are at hand. */
typedef struct window {
    gg_kept_row upper, lower;
    int has_lower;
    attempt single, pair;
} window;

/* 1 if the upper row names a column that the lower one leaves open, as cells merged downwards do; a
 * title over the first column alone does not count. */
static int completes(const window *w) {
    int64_t named = 0, open = 0;
    for (int64_t i = 0; i < w->lower.count; i++) {
        const int above = gg_text_trim(gg_kept_row_at(&w->upper, i)).size > 0;
        named += above;
        open += above && gg_text_trim(gg_kept_row_at(&w->lower, i)).size == 0;
    }
    return open > 0 && named > 1;
}

/* The upper row, or both, as the heading of a table: *best is the attempt that does better. */
static gridgov_status try_table(const attempt **best, window *w, const gg_header_search *search,
                                int32_t table, gridgov_error *err) {
    const gridgov_mapping *mapping = search->mapping;
    const char *source = gridgov_rows_source_name(search->rows);
    const int fixed = mapping != NULL && mapping->header_row > 0;
    *best = &w->single;
    GG_TRY(gg_heading_make(&w->single.heading, source, &w->upper, NULL, err));
    GG_TRY(
        try_heading(&w->single.fit, &w->single.columns, table, &w->single.heading, mapping, err));
    if (!w->has_lower) {
        return GRIDGOV_OK;
    }
    GG_TRY(gg_heading_make(&w->pair.heading, source, &w->lower, NULL, err));
    GG_TRY(try_heading(&w->pair.fit, &w->pair.columns, table, &w->pair.heading, mapping, err));
    if (w->pair.fit.missing == 0 && w->single.fit.missing > 0 && !completes(w)) {
        return GRIDGOV_OK; // a header by itself, below a title
    }
    GG_TRY(gg_heading_make(&w->pair.heading, source, &w->upper, &w->lower, err));
    GG_TRY(try_heading(&w->pair.fit, &w->pair.columns, table, &w->pair.heading, mapping, err));
    if ((w->pair.fit.missing == 0 || (fixed && w->pair.fit.missing < w->single.fit.missing)) &&
        has_sub_titles(&w->single, &w->pair, &w->upper, &w->lower)) {
        *best = &w->pair;
    }
    return GRIDGOV_OK;
}

/* Keep an attempt as the best so far. */
static gridgov_status keep(gg_header_search *search, const attempt *best, const window *w,
                           gridgov_error *err) {
    const gg_kept_row *lower = best == &w->pair ? &w->lower : NULL;
    search->fit = best->fit;
    return gg_heading_make(&search->heading, gridgov_rows_source_name(search->rows), &w->upper,
                           lower, err);
}

/* Try the rows at hand for the wanted table, or for all; *found is 1 if they are a header. */
static gridgov_status try_rows(int *found, gg_header_search *search, window *w,
                               gridgov_error *err) {
    const int fixed = search->mapping != NULL && search->mapping->header_row > 0;
    const attempt *best;
    int32_t candidate = 0;
    *found = 0;
    if (search->wanted != 0) {
        GG_TRY(try_table(&best, w, search, search->wanted, err));
        *found = best->fit.missing == 0 || fixed;
        if (*found || best->fit.found > search->fit.found) {
            GG_TRY(keep(search, best, w, err));
        }
        search->table = *found ? search->wanted : 0;
        return GRIDGOV_OK;
    }
    for (int64_t i = 0; gridgov_code_at(&candidate, GRIDGOV_KIND_TABLE, i) == GRIDGOV_OK; i++) {
        size_t count = 0;
        if (gg_fields_of(candidate, &count) == NULL) {
            continue;
        }
        GG_TRY(try_table(&best, w, search, candidate, err));
        const int whole = best->fit.missing == 0 && best->fit.found >= best->fit.unused;
        if (whole && (*found == 0 || is_better(&best->fit, &search->fit))) {
            GG_TRY(keep(search, best, w, err));
            search->table = candidate;
            *found = 1;
        } else if (*found == 0 && best->fit.found >= NEAR_FIELDS &&
                   best->fit.found >= best->fit.unused && best->fit.found > search->fit.found) {
            GG_TRY(keep(search, best, w, err));
            search->nearest = candidate;
        }
    }
    return GRIDGOV_OK;
}

/* The next row with text into the upper one: the lower one, if it was read already. */
static gridgov_status next_upper(window *w, gg_header_search *search, gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    if (w->has_lower) {
        const gg_kept_row spare = w->upper;
        w->upper = w->lower;
        w->lower = spare;
        w->has_lower = 0;
        return GRIDGOV_OK;
    }
    do {
        status = gridgov_rows_next(search->rows, err);
    } while (status == GRIDGOV_OK && !gg_row_has_text(search->rows));
    return status == GRIDGOV_OK ? gg_kept_row_copy(&w->upper, search->rows, err) : status;
}

/* Let the cursor stand on the heading. What was read beyond it is given back: a CSV cursor, whose
 * bytes others may go on to read without it, returns to its place. */
static gridgov_status stand(gg_header_search *search, window *w, int returns,
                            const gg_csv_place *place, gridgov_error *err) {
    gg_kept_row shown = {0};
    const int read_beyond = w->has_lower && search->heading.rows == 1;
    gridgov_status status = gg_heading_join(&shown, &search->heading, err);
    if (status == GRIDGOV_OK && read_beyond && returns) {
        status = gg_csv_place_set(search->rows, place, err);
    }
    if (status == GRIDGOV_OK) {
        gg_rows_show(search->rows, &shown, read_beyond && !returns);
    }
    gg_kept_row_release(&shown);
    return status;
}

static void pass(const gg_header_search *search, const gg_kept_row *row) {
    if (search->passed != NULL) {
        search->passed(search->user, row);
    }
}

static gridgov_status run(gg_header_search *search, window *w, gridgov_error *err) {
    const int64_t fixed = search->mapping == NULL ? 0 : search->mapping->header_row;
    gg_csv_bytes bytes;
    gg_csv_place place;
    for (int64_t seen = 0; seen < GG_HEADER_ROWS;) {
        int found = 0, returns;
        gridgov_status status = next_upper(w, search, err);
        if (status != GRIDGOV_OK) {
            return status < 0 ? status : GRIDGOV_OK;
        }
        pass(search, &w->upper);
        if (w->upper.number < fixed) {
            continue;
        }
        returns = gg_csv_place_get(&bytes, &place, search->rows) == 0;
        status = gridgov_rows_next(search->rows, NULL);
        if (status == GRIDGOV_ENOMEM) {
            return gg_fail_memory(err);
        }
        if (status == GRIDGOV_OK) { // any other failure is met again by whoever goes on
            GG_TRY(gg_kept_row_copy(&w->lower, search->rows, err));
            w->has_lower = 1;
        }
        GG_TRY(try_rows(&found, search, w, err));
        if (found) {
            search->above = seen;
            if (search->heading.rows == 2) {
                pass(search, &w->lower);
            }
            return stand(search, w, returns, &place, err);
        }
        w->has_lower = w->has_lower && gg_kept_row_has_text(&w->lower);
        seen++;
    }
    return GRIDGOV_OK;
}

gridgov_status gg_header_search_run(gg_header_search *search, gridgov_error *err) {
    window w = {.has_lower = 0};
    search->table = search->nearest = 0;
    search->fit = (gg_header_fit){.found = -1};
    const gridgov_status status = run(search, &w, err);
    gg_kept_row_release(&w.upper);
    gg_kept_row_release(&w.lower);
    gg_heading_release(&w.single.heading);
    gg_heading_release(&w.pair.heading);
    return status;
}

void gg_header_search_release(gg_header_search *search) {
    gg_heading_release(&search->heading);
}

/* Fill the caller's answer from a heading. */
static gridgov_status answer(gridgov_header *out, int32_t *fields, int64_t capacity,
                             const gg_header_search *search, gridgov_error *err) {
    gridgov_header header = {.struct_size = sizeof header,
                             .table = search->table,
                             .row = search->heading.number,
                             .width = search->heading.width,
                             .found = search->fit.found,
                             .missing = search->fit.missing,
                             .unused = search->fit.unused,
                             .rows = search->heading.rows};
    gg_columns columns;
    gg_header_fit again;
    GG_TRY(try_heading(&again, &columns, search->table, &search->heading, search->mapping, err));
    for (int64_t at = 0; fields != NULL && at < capacity; at++) {
        const int field = gg_columns_field(&columns, at);
        fields[at] = field < 0 ? (int32_t)GRIDGOV_NONE : field;
    }
    return gg_view_copy(out, &header, sizeof header) == 0 ? GRIDGOV_OK : gg_fail_arg(err, "out");
}

/* No row would do: say what the nearest one lacks. */
static gridgov_status fail_none(const gg_header_search *search, gridgov_error *err) {
    gg_columns columns;
    gridgov_error problem = {0};
    gridgov_status status;
    gg_buf lacks = {0};
    size_t count = 0;
    char number[GG_NUM_TEXT_SIZE];
    const size_t size = gg_int_format(number, search->heading.number);
    const char *table = gridgov_code_text(GRIDGOV_KIND_TABLE, search->nearest);
    const gg_field *fields = gg_fields_of(search->nearest, &count);
    status = search->nearest == 0 ? GRIDGOV_OK
                                  : gg_columns_bind(&columns, search->nearest, &search->heading,
                                                    search->mapping, NULL, &problem);
    if (status == GRIDGOV_ENOMEM) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; search->nearest != 0 && i < count; i++) {
        if (gg_field_needed(search->nearest, (int)i, columns.has)) {
            gg_buf_text(&lacks, lacks.size == 0 ? "" : ", ");
            gg_buf_text(&lacks, fields[i].view.title_zh);
        }
    }
    if (gg_buf_failed(&lacks)) {
        status = gg_fail_memory(err);
    } else if (lacks.size > 0) {
        status = gg_fail(err, GG_RULE_HEADER_NEAR, table, number, size, gg_buf_data(&lacks), NULL);
    } else if (search->nearest != 0) {
        status = gg_fail(err, GG_RULE_HEADER_TWICE, table, number, size, problem.value, NULL);
    } else {
        status = gg_fail(err, GG_RULE_HEADER_NONE, NULL, NULL, 0, NULL, NULL);
    }
    gg_error_at(err, gridgov_rows_source_name(search->rows),
                search->nearest == 0 ? 0 : search->heading.number, 0);
    gg_buf_release(&lacks);
    return status;
}

gridgov_status gridgov_header_find(gridgov_header *out, int32_t *fields, int64_t capacity,
                                   gridgov_rows *rows, int32_t table,
                                   const gridgov_mapping *mapping, gridgov_error *err) {
    size_t count = 0;
    gridgov_header none = {.struct_size = sizeof none};
    if (out == NULL || gg_view_copy(out, &none, sizeof none) != 0) {
        return gg_fail_arg(err, "out");
    }
    if (rows == NULL || (fields == NULL && capacity != 0) || capacity < 0) {
        return gg_fail_arg(err, rows == NULL ? "rows" : "fields");
    }
    if ((table != 0 && gg_fields_of(table, &count) == NULL) ||
        (mapping != NULL && mapping->table != table)) {
        return gg_fail_arg(err, "table");
    }
    gg_header_search search = {.rows = rows, .mapping = mapping, .wanted = table};
    gridgov_status status = gg_header_search_run(&search, err);
    if (status == GRIDGOV_OK && search.table == 0) {
        status = fail_none(&search, err);
    } else if (status == GRIDGOV_OK) {
        status = answer(out, fields, capacity, &search, err);
    }
    gg_header_search_release(&search);
    return status;
}
