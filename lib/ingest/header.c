/* SPDX-License-Identifier: Apache-2.0 */
/* Offices put titles, dates and signatures above a table. The header is the first row that has a
 * column for every field that the table needs, among the first rows with text. If none has, the row
 * with the most known names is taken for a header that lacks something, so that the message can say
 * what; the first such row, which is the very first row where no name is known at all.
 *
 * For a table that is not named, every table is tried on every row, and a row counts as a header
 * only if at least half of its cells are known. Of several tables the one with the most fields
 * wins, then the one with the fewest other columns, then the one with the smaller number. */
#include "header.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "csv.h"
#include "mapping.h"

#include <string.h>

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

gridgov_status gg_kept_row_set(gg_kept_row *kept, const gridgov_rows *rows, gridgov_error *err) {
    gg_buf_clear(&kept->text);
    kept->count = 0;
    kept->number = gridgov_rows_number(rows);
    for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
        size_t size = 0;
        const char *text = gridgov_rows_text(rows, i, &size);
        if (gg_grow((void **)&kept->starts, (size_t)kept->count, &kept->capacity,
                    sizeof *kept->starts) != 0) {
            return gg_fail_memory(err);
        }
        kept->starts[kept->count++] = kept->text.size;
        gg_buf_add(&kept->text, text, size);
        gg_buf_byte(&kept->text, '\0');
    }
    return gg_buf_failed(&kept->text) ? gg_fail_memory(err) : GRIDGOV_OK;
}

static gridgov_status next_kept(void *user, gridgov_error *err) {
    gg_kept_row *kept = user;
    (void)err;
    return kept->given++ == 0 ? GRIDGOV_OK : GRIDGOV_END;
}

static int64_t count_kept(void *user) {
    return ((gg_kept_row *)user)->count;
}

static const char *text_kept(void *user, int64_t index, size_t *size_out) {
    const gg_kept_row *kept = user;
    const char *text = kept->text.data + kept->starts[index];
    *size_out = strlen(text);
    return text;
}

static int64_t number_kept(void *user) {
    return ((gg_kept_row *)user)->number;
}

gridgov_status gg_kept_row_open(gridgov_rows **out, gg_kept_row *kept, const char *source,
                                gridgov_error *err) {
    gridgov_rows_source rows = {.struct_size = sizeof rows,
                                .next = next_kept,
                                .count = count_kept,
                                .text = text_kept,
                                .number = number_kept,
                                .user = kept,
                                .source = source};
    kept->given = 0;
    GG_TRY(gg_rows_open(out, &rows, 1, err));
    return gridgov_rows_next(*out, err);
}

void gg_kept_row_release(gg_kept_row *kept) {
    gg_buf_release(&kept->text);
    gg_free(kept->starts);
    kept->starts = NULL;
}

gridgov_status gg_header_try(gg_header_fit *fit, gg_columns *columns, int32_t table,
                             const gridgov_rows *rows, const gridgov_mapping *mapping,
                             gridgov_error *err) {
    gridgov_error problem;
    size_t count = 0;
    gridgov_status status;
    (void)gg_fields_of(table, &count);
    memset(fit, 0, sizeof *fit);
    status = gg_columns_bind(columns, table, rows, mapping, NULL, &problem);
    if (status == GRIDGOV_ENOMEM) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        fit->found += columns->column[i] >= 0;
        fit->missing += gg_field_needed(table, (int)i, columns->has);
    }
    for (int64_t at = 0; at < columns->width; at++) {
        size_t size = 0, field = 0;
        const char *text = gridgov_rows_text(rows, at, &size);
        while (field < count && columns->column[field] != at) {
            field++;
        }
        fit->unused += field == count && gg_text_trim(gg_str_make(text, size)).size > 0;
    }
    fit->missing += status < 0 && fit->missing == 0; // a name stands twice
    return GRIDGOV_OK;
}

/* 1 if a fit is the better one. */
static int is_better(const gg_header_fit *a, const gg_header_fit *b) {
    return a->found != b->found ? a->found > b->found : a->unused < b->unused;
}

/* The current row as a header of the table, or of the table that suits it best (*table 0). */
static gridgov_status try_row(int32_t *table, gg_header_fit *fit, int32_t wanted,
                              const gridgov_rows *rows, const gridgov_mapping *mapping,
                              gridgov_error *err) {
    gg_columns columns;
    int32_t candidate = wanted;
    *table = wanted;
    if (wanted != 0) {
        return gg_header_try(fit, &columns, wanted, rows, mapping, err);
    }
    memset(fit, 0, sizeof *fit);
    for (int64_t i = 0; gridgov_code_at(&candidate, GRIDGOV_KIND_TABLE, i) == GRIDGOV_OK; i++) {
        gg_header_fit found;
        size_t count = 0;
        if (gg_fields_of(candidate, &count) == NULL) {
            continue;
        }
        GG_TRY(gg_header_try(&found, &columns, candidate, rows, NULL, err));
        if (found.missing == 0 && found.found >= found.unused &&
            (*table == 0 || is_better(&found, fit))) {
            *table = candidate;
            *fit = found;
        }
    }
    return GRIDGOV_OK;
}

/* Fill the caller's answer from a row that is the header. */
static gridgov_status answer(gridgov_header *out, int32_t *fields, int64_t capacity, int32_t table,
                             const gg_header_fit *fit, const gridgov_rows *rows,
                             const gridgov_mapping *mapping, gridgov_error *err) {
    gridgov_header header = {.struct_size = sizeof header,
                             .table = table,
                             .row = gridgov_rows_number(rows),
                             .found = fit->found,
                             .missing = fit->missing,
                             .unused = fit->unused};
    gg_columns columns;
    gg_header_fit again;
    size_t count = 0;
    GG_TRY(gg_header_try(&again, &columns, table, rows, mapping, err));
    (void)gg_fields_of(table, &count);
    header.width = columns.width;
    for (int64_t at = 0; fields != NULL && at < capacity; at++) {
        fields[at] = GRIDGOV_NONE;
        for (size_t i = 0; i < count; i++) {
            if (columns.column[i] == at) {
                fields[at] = (int32_t)i;
            }
        }
    }
    return gg_view_copy(out, &header, sizeof header) == 0 ? GRIDGOV_OK : gg_fail_arg(err, "out");
}

static gridgov_status search(gridgov_header *out, int32_t *fields, int64_t capacity,
                             gridgov_rows *rows, int32_t wanted, const gridgov_mapping *mapping,
                             gridgov_error *err) {
    int64_t fixed = mapping == NULL ? 0 : mapping->header_row;
    gridgov_status status = GRIDGOV_OK;
    gg_header_fit fit = {0};
    int32_t table = wanted;
    for (int seen = 0; seen < GG_HEADER_ROWS;) {
        status = gridgov_rows_next(rows, err);
        if (status != GRIDGOV_OK) {
            break;
        }
        if (!gg_row_has_text(rows) || gridgov_rows_number(rows) < fixed) {
            continue;
        }
        seen++;
        GG_TRY(try_row(&table, &fit, wanted, rows, mapping, err));
        if ((table != 0 && fit.missing == 0) || fixed > 0) {
            return answer(out, fields, capacity, table, &fit, rows, mapping, err);
        }
    }
    GG_TRY(status);
    status = gg_fail(err, GG_RULE_HEADER_NONE, NULL, NULL, 0, NULL, NULL);
    gg_error_at(err, gridgov_rows_source_name(rows), 0, 0);
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
    return search(out, fields, capacity, rows, table, mapping, err);
}
