/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the columns. Without a mapping a header cell is looked up among the names of the table's
 * fields: code, Chinese title, English title, aliases, in this order of preference, so that a table
 * with both 上报时间 and 受理时间 is read by the first. With a mapping only what it names is looked
 * up, and what it leaves out is left out on purpose.
 *
 * Names are compared by gg_text_key(). Two columns of the same name are a problem only where the
 * name is wanted. */
#include "columns.h"

#include "base/error.h"
#include "base/map.h"
#include "base/num.h"
#include "base/text.h"
#include "mapping.h"

#include <string.h>

#define KEY_SIZE 256 /* bytes of a header's key; a longer one is no field's name */
#define RANKS 64     /* more than a field has names */

/* What is known while a header is read. */
typedef struct binder {
    gg_columns *columns;
    const gg_field *fields;
    size_t field_count;
    const gridgov_rows *rows;
    gridgov_issues *issues;
    gridgov_error *err;
    gridgov_status status; /* of the first failure */
} binder;

static gg_str header_at(const gridgov_rows *rows, int64_t column) {
    size_t size = 0;
    const char *text = gridgov_rows_text(rows, column, &size);
    return gg_text_trim(gg_str_make(text, size));
}

/* Key of a name in a buffer of KEY_SIZE; empty if it is too long. */
static gg_str key_of(char *buffer, gg_str name) {
    size_t size = gg_text_key(buffer, KEY_SIZE, name);
    return gg_str_make(buffer, size <= KEY_SIZE ? size : 0);
}

/* Report something about a column (−1: none); an error also fails the call. */
static void report(binder *bind, int32_t rule, const char *field, gg_str value, int64_t column) {
    gridgov_error issue;
    gridgov_status status = gg_fail(&issue, rule, field, value.data, value.size, NULL, NULL);
    gg_error_at(&issue, gridgov_rows_source_name(bind->rows), gridgov_rows_number(bind->rows),
                column < INT32_MAX ? (int32_t)(column + 1) : 0);
    gridgov_issues_add(bind->issues, &issue);
    if (gridgov_rule_severity(rule) == GRIDGOV_SEVERITY_ERROR && bind->status == GRIDGOV_OK) {
        bind->status = status;
        if (bind->err != NULL) {
            *bind->err = issue;
        }
    }
}

/* Enter every name of every field: key → field · RANKS + rank. */
static int enter_names(gg_map *names, const gg_field *fields, size_t count) {
    char key[KEY_SIZE];
    for (size_t i = 0; i < count; i++) {
        const gridgov_field *field = &fields[i].view;
        const char *fixed[] = {field->code, field->title_zh, field->title_en};
        gg_str aliases = gg_str_of(field->aliases);
        int64_t rank = 0;
        while (rank < 3 || aliases.size > 0) {
            gg_str name = rank < 3 ? gg_str_of(fixed[rank]) : aliases;
            if (rank >= 3) {
                const char *bar = memchr(aliases.data, '|', aliases.size);
                name.size = bar != NULL ? (size_t)(bar - aliases.data) : aliases.size;
                aliases.data += name.size + (bar != NULL);
                aliases.size -= name.size + (bar != NULL);
            }
            name = key_of(key, name);
            if (gg_map_get(names, name, -1) < 0 &&
                gg_map_set(names, name, (int64_t)i * RANKS + rank) != 0) {
                return -1;
            }
            rank++;
        }
    }
    return 0;
}

/* The best column of each field by its names. */
static void choose_columns(binder *bind, const gg_map *names) {
    int64_t ranks[GG_FIELDS_MAX] = {0};
    char key[KEY_SIZE];
    for (int64_t i = 0; i < bind->columns->width; i++) {
        gg_str header = header_at(bind->rows, i);
        int64_t found = gg_map_get(names, key_of(key, header), -1);
        int64_t field = found / RANKS, rank = found % RANKS;
        if (found < 0) {
            continue;
        }
        if (bind->columns->column[field] >= 0 && ranks[field] == rank) {
            report(bind, GG_RULE_COLUMN_TWICE, bind->fields[field].view.code, header, i);
        } else if (bind->columns->column[field] < 0 || rank < ranks[field]) {
            bind->columns->column[field] = i;
            bind->columns->has[field] = 1;
            ranks[field] = rank;
        }
    }
}

static void forget(gg_columns *columns, int field) {
    columns->column[field] = -1;
    columns->has[field] = 0;
}

/* A table of units is written in one of two forms; the columns of the other are not used. */
static void choose_form(gg_columns *columns) {
    if (columns->has[GG_UNITS_KIND]) {
        forget(columns, GG_UNITS_UNIT);
        forget(columns, GG_UNITS_GRID);
    } else if (columns->has[GG_UNITS_GRID]) {
        forget(columns, GG_UNITS_NAME);
        forget(columns, GG_UNITS_PARENT);
    }
}

static gridgov_status bind_by_names(binder *bind, int32_t table) {
    gg_map names = {0};
    if (enter_names(&names, bind->fields, bind->field_count) != 0) {
        gg_map_release(&names);
        return gg_fail_memory(bind->err);
    }
    choose_columns(bind, &names);
    gg_map_release(&names);
    if (table == GRIDGOV_TABLE_UNITS) {
        choose_form(bind->columns);
    }
    for (int64_t i = 0; i < bind->columns->width; i++) {
        int used = 0;
        for (size_t field = 0; field < bind->field_count; field++) {
            used |= bind->columns->column[field] == i;
        }
        if (!used) {
            report(bind, GG_RULE_COLUMN_UNUSED, NULL, header_at(bind->rows, i), i);
        }
    }
    return GRIDGOV_OK;
}

/* Column of a header, −1 if there is none; a second one of the same name is reported. */
static int64_t find_header(binder *bind, const char *field, const char *name) {
    char wanted_buffer[KEY_SIZE], buffer[KEY_SIZE];
    gg_str wanted = key_of(wanted_buffer, gg_str_of(name));
    int64_t found = -1;
    for (int64_t i = 0; wanted.size > 0 && i < bind->columns->width; i++) {
        gg_str header = header_at(bind->rows, i);
        if (!gg_str_equal(wanted, key_of(buffer, header))) {
            continue;
        }
        if (found >= 0) {
            report(bind, GG_RULE_COLUMN_TWICE, field, header, i);
            break;
        }
        found = i;
    }
    return found;
}

static void bind_mapped(binder *bind, size_t field, const gg_source_column *source) {
    const char *code = bind->fields[field].view.code;
    char number[GG_NUM_TEXT_SIZE];
    gg_str wanted = gg_str_make(number, gg_int_format(number, source->number));
    int64_t found =
        source->number >= 1 && source->number <= bind->columns->width ? source->number - 1 : -1;
    for (size_t i = 0; i < source->name_count && found < 0; i++) {
        found = find_header(bind, code, source->names[i]);
    }
    bind->columns->column[field] = found;
    bind->columns->has[field] = found >= 0 || source->constant != NULL;
    if (source->mapped && found < 0 && !bind->fields[field].view.required) {
        wanted = source->name_count > 0 ? gg_str_of(source->names[0]) : wanted;
        report(bind, GG_RULE_COLUMN_ABSENT, code, wanted, -1);
    }
}

static void report_missing(binder *bind, int32_t table, const gridgov_mapping *mapping) {
    for (size_t i = 0; i < bind->field_count; i++) {
        gg_str wanted = gg_str_of(bind->fields[i].view.title_zh);
        if (!gg_field_needed(table, (int)i, bind->columns->has)) {
            continue;
        }
        if (mapping != NULL && mapping->columns[i].name_count > 0) {
            wanted = gg_str_of(mapping->columns[i].names[0]);
        }
        report(bind, GG_RULE_COLUMN_MISSING, bind->fields[i].view.code, wanted, -1);
    }
}

gridgov_status gg_columns_bind(gg_columns *columns, int32_t table, const gridgov_rows *rows,
                               const gridgov_mapping *mapping, gridgov_issues *issues,
                               gridgov_error *err) {
    binder bind = {.columns = columns, .rows = rows, .issues = issues, .err = err};
    bind.fields = gg_fields_of(table, &bind.field_count);
    memset(columns, 0, sizeof *columns);
    for (size_t i = 0; i < GG_FIELDS_MAX; i++) {
        columns->column[i] = -1;
    }
    columns->width = gridgov_rows_count(rows);
    while (columns->width > 0 && header_at(rows, columns->width - 1).size == 0) {
        columns->width--;
    }
    if (mapping == NULL || mapping->by_header) {
        GG_TRY(bind_by_names(&bind, table));
        for (size_t i = 0; mapping != NULL && i < bind.field_count; i++) {
            columns->has[i] |= mapping->columns[i].constant != NULL;
        }
    } else {
        for (size_t i = 0; i < bind.field_count; i++) {
            bind_mapped(&bind, i, &mapping->columns[i]);
        }
    }
    report_missing(&bind, table, mapping);
    return bind.status;
}
