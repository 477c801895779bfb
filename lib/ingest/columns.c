/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the columns. A column goes by several names, the best first: what stands above it, of a
 * sub-title together with its group; the sub-title alone; both without marks and remarks; both
 * without the unit in brackets behind them. Names are compared by gg_text_key().
 *
 * Without a mapping, and for what a mapping leaves to the built-in names, these names are looked up
 * among those of the table's fields: code, Chinese title, English title, aliases, in this order of
 * preference, so that a table with both 上报时间 and 受理时间 is read by the first. What a mapping
 * names is looked up first; a mapping that names columns of its own and extends nothing leaves
 * everything else out on purpose.
 *
 * Two columns of the same name are a problem only where the name is wanted; two sub-titles of the
 * same name feed nothing until a mapping says which. */
#include "columns.h"

#include "base/error.h"
#include "base/map.h"
#include "base/num.h"
#include "base/text.h"
#include "mapping.h"
#include "title.h"

#include <string.h>

#define KEY_SIZE 512 /* bytes of a header's key; a longer one is no field's name */
#define RANKS 256    /* more than a field has names */
#define NEEDS_UNIT 1 /* bit of a name that names its field only if a unit stands behind it */

/* The names of a column, the best first. */
enum {
    BY_GROUP_AND_TITLE, /* or by its title, if it has no group */
    BY_TITLE_AND_GROUP, /* "上报" of the group "时间" */
    BY_PATH,            /* "group/title" */
    BY_SUB_TITLE,
    BY_PLAIN_GROUP_AND_TITLE,
    BY_PLAIN,
    BY_NAME_GROUP_AND_TITLE,
    BY_NAME,
    WAYS
};

/* What is known while a header is read. */
typedef struct binder {
    gg_columns *columns;
    int32_t table;
    const gg_field *fields;
    size_t field_count;
    const gg_heading *heading;
    gridgov_issues *issues;
    gridgov_error *err;
    gridgov_status status; /* of the first failure */
} binder;

/* Report something about a column (−1: none); an error also fails the call. */
static void report(binder *bind, int32_t rule, const char *field, gg_str value, int64_t column,
                   const char *more) {
    gridgov_error issue;
    gridgov_status status = gg_fail(&issue, rule, field, value.data, value.size, more, NULL);
    gg_error_at(&issue, bind->heading->source, bind->heading->number,
                column < INT32_MAX ? (int32_t)(column + 1) : 0);
    gridgov_issues_add(bind->issues, &issue);
    if (gridgov_rule_severity(rule) == GRIDGOV_SEVERITY_ERROR && bind->status == GRIDGOV_OK) {
        bind->status = status;
        if (bind->err != NULL) {
            *bind->err = issue;
        }
    }
}

/* Key of up to three texts in a buffer of KEY_SIZE; empty if it is too long. */
static gg_str key_of(char *buffer, gg_str a, const char *between, gg_str b) {
    const gg_str parts[] = {a, gg_str_of(between), b};
    size_t size = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && size <= KEY_SIZE; i++) {
        size += gg_text_key(buffer + size, KEY_SIZE - size, parts[i]);
    }
    return gg_str_make(buffer, size <= KEY_SIZE ? size : 0);
}

/* A column by one of its ways as a key, empty if it has no such name, and the unit behind it. */
static gg_str name_of(char *buffer, gg_str *unit, const gg_heading *heading, int64_t column,
                      int way) {
    const gg_str group = gg_heading_group(heading, column), none = {"", 0};
    gg_title title;
    gg_title_read(&title, gg_heading_title(heading, column));
    *unit = title.unit;
    switch (way) {
    case BY_GROUP_AND_TITLE:
        return key_of(buffer, group, "", title.whole);
    case BY_TITLE_AND_GROUP:
        return group.size == 0 ? none : key_of(buffer, title.plain, "", group);
    case BY_PATH:
        return group.size == 0 ? none : key_of(buffer, group, "/", title.whole);
    case BY_SUB_TITLE:
        return group.size == 0 ? none : key_of(buffer, title.whole, "", none);
    case BY_PLAIN_GROUP_AND_TITLE:
        return group.size == 0 ? none : key_of(buffer, group, "", title.plain);
    case BY_PLAIN:
        return key_of(buffer, title.plain, "", none);
    case BY_NAME_GROUP_AND_TITLE:
        return group.size == 0 ? none : key_of(buffer, group, "", title.name);
    default:
        return key_of(buffer, title.name, "", none);
    }
}

/* 1 if a way leaves the brackets behind the title out, so that they must say a unit. */
static int leaves_unit(int way) {
    return way == BY_NAME || way == BY_NAME_GROUP_AND_TITLE;
}

/* 1 if a way names a sub-title without its group. */
static int leaves_group(const gg_heading *heading, int64_t column, int way) {
    return gg_heading_group(heading, column).size > 0 &&
           (way == BY_SUB_TITLE || way == BY_PLAIN || way == BY_NAME);
}

/* Enter a name: key → (field · RANKS + rank) · 2 + NEEDS_UNIT; the first of a name stays, but a
 * whole name goes before one that needs a unit. */
static int enter_name(gg_map *names, gg_str key, size_t field, int64_t rank, int needs_unit) {
    const int64_t there = key.size == 0 ? 0 : gg_map_get(names, key, -1);
    return key.size > 0 && (there < 0 || ((there & NEEDS_UNIT) && !needs_unit))
               ? gg_map_set(names, key, ((int64_t)field * RANKS + rank) * 2 + needs_unit)
               : 0;
}

/* Enter a name of a field, and if it has a unit in brackets, itself in any unit. */
static int enter_title(gg_map *names, const gg_field *field, gg_str name, size_t index,
                       int64_t rank) {
    const gg_str none = {"", 0};
    char key[KEY_SIZE];
    gg_title title;
    gg_title_read(&title, name);
    return enter_name(names, key_of(key, name, "", none), index, rank, 0) != 0 ||
                   (gg_measure_find(field->view.code, title.unit) != NULL &&
                    enter_name(names, key_of(key, title.name, "", none), index, rank, NEEDS_UNIT) !=
                        0)
               ? -1
               : 0;
}

/* Enter every name of a field: code, titles, and candidates of a mapping or the aliases. */
static int enter_field(gg_map *names, const binder *bind, size_t index,
                       const gg_source_column *source) {
    const gg_field *fields = bind->fields;
    const gridgov_field *field = &fields[index].view;
    const char *fixed[] = {field->code, field->title_zh, field->title_en};
    const int listed = source != NULL && source->candidates != NULL;
    gg_str aliases = gg_str_of(listed ? "" : gg_field_aliases(bind->table, (int)index));
    int64_t rank = 0;
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        if (enter_title(names, &fields[index], gg_str_of(fixed[i]), index, rank++) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; listed && i < source->candidate_count; i++, rank += rank < RANKS - 1) {
        if (enter_title(names, &fields[index], gg_str_of(source->candidates[i]), index, rank) !=
            0) {
            return -1;
        }
    }
    while (aliases.size > 0) {
        const char *bar = memchr(aliases.data, '|', aliases.size);
        const size_t size = bar != NULL ? (size_t)(bar - aliases.data) : aliases.size;
        const size_t step = size + (bar != NULL);
        if (enter_title(names, &fields[index], gg_str_make(aliases.data, size), index, rank++) !=
            0) {
            return -1;
        }
        aliases = gg_str_make(aliases.data + step, aliases.size - step);
    }
    return 0;
}

/* 1 if the built-in names may find the column of a field. */
static int is_offered(const gridgov_mapping *mapping, size_t field) {
    return mapping == NULL || mapping->by_header || mapping->columns[field].offered;
}

static int enter_names(gg_map *names, const binder *bind, const gridgov_mapping *mapping) {
    for (size_t i = 0; i < bind->field_count; i++) {
        if (is_offered(mapping, i) &&
            enter_field(names, bind, i, mapping == NULL ? NULL : &mapping->columns[i]) != 0) {
            return -1;
        }
    }
    return 0;
}

/* What a column is called: a field, and how well the name fits; −1 if it is no name. */
static int64_t look_up(const binder *bind, const gg_map *names, int64_t column, int64_t *fit) {
    char key[KEY_SIZE];
    for (int way = 0; way < WAYS; way++) {
        gg_str unit;
        const gg_str name = name_of(key, &unit, bind->heading, column, way);
        const int64_t found = name.size == 0 ? -1 : gg_map_get(names, name, -1);
        const int64_t field = found / 2 / RANKS;
        if (found < 0 || ((leaves_unit(way) || (found & NEEDS_UNIT)) &&
                          gg_measure_find(bind->fields[field].view.code, unit) == NULL)) {
            continue;
        }
        *fit = (int64_t)way * RANKS + found / 2 % RANKS;
        return field;
    }
    return -1;
}

static int is_taken(const gg_columns *columns, int64_t column) {
    return gg_columns_field(columns, column) >= 0;
}

static void use_column(gg_columns *columns, int64_t field, int64_t column) {
    columns->column[field] = column;
    columns->has[field] = 1;
    columns->by_title[field] = 1;
}

static void forget(gg_columns *columns, int field) {
    columns->column[field] = -1;
    columns->has[field] = 0;
    columns->by_title[field] = 0;
}

/* The best column of each field that has none yet, by its names. */
static void choose_columns(binder *bind, const gg_map *names) {
    gg_columns *columns = bind->columns;
    int64_t fits[GG_FIELDS_MAX] = {0}, twice[GG_FIELDS_MAX];
    unsigned char open[GG_FIELDS_MAX] = {0}, taken[GG_FIELDS_MAX];
    for (size_t i = 0; i < bind->field_count; i++) {
        open[i] = columns->column[i] < 0;
        twice[i] = -1;
    }
    memcpy(taken, columns->has, sizeof taken);
    const gg_columns mapped = *columns;
    for (int64_t i = 0; i < columns->width; i++) {
        int64_t fit = 0;
        const int64_t field = is_taken(&mapped, i) ? -1 : look_up(bind, names, i, &fit);
        columns->sub_titles += field >= 0 && gg_heading_group(bind->heading, i).size > 0;
        if (field < 0 || !open[field]) {
            continue;
        }
        if (columns->column[field] >= 0 && fits[field] == fit) {
            twice[field] = i;
        } else if (columns->column[field] < 0 || fit < fits[field]) {
            use_column(columns, field, i);
            fits[field] = fit;
            twice[field] = -1;
        }
    }
    for (size_t i = 0; i < bind->field_count; i++) {
        if (twice[i] < 0) {
            continue;
        }
        const int alone = leaves_group(bind->heading, twice[i], (int)(fits[i] / RANKS));
        report(bind, alone ? GG_RULE_SUB_TITLE_TWICE : GG_RULE_COLUMN_TWICE,
               bind->fields[i].view.code, gg_heading_title(bind->heading, twice[i]), twice[i],
               NULL);
        if (alone) {
            forget(columns, (int)i);
            columns->has[i] = taken[i];
        }
    }
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

static gridgov_status bind_by_names(binder *bind, int32_t table, const gridgov_mapping *mapping) {
    gg_map names = {0};
    if (enter_names(&names, bind, mapping) != 0) {
        gg_map_release(&names);
        return gg_fail_memory(bind->err);
    }
    choose_columns(bind, &names);
    gg_map_release(&names);
    if (table == GRIDGOV_TABLE_UNITS) {
        choose_form(bind->columns);
    }
    return GRIDGOV_OK;
}

static void report_unused(binder *bind) {
    for (int64_t i = 0; i < bind->columns->width; i++) {
        const gg_str title = gg_heading_title(bind->heading, i);
        if (!is_taken(bind->columns, i)) {
            report(bind, GG_RULE_COLUMN_UNUSED, NULL, title, i, NULL);
        }
    }
}

/* 1 if a column has a name by one way; of a way that leaves brackets out only if they say a unit of
 * the field. */
static int has_name(const binder *bind, int64_t column, int way, gg_str wanted, const char *field) {
    char buffer[KEY_SIZE];
    gg_str unit;
    return gg_str_equal(wanted, name_of(buffer, &unit, bind->heading, column, way)) &&
           (!leaves_unit(way) || gg_measure_find(field, unit) != NULL);
}

/* Column of a name that a mapping gives, −1 if there is none; a second one of the same name is
 * reported. */
static int64_t find_title(binder *bind, const char *field, const char *name) {
    const gg_str none = {"", 0};
    char buffer[KEY_SIZE];
    const gg_str wanted = key_of(buffer, gg_str_of(name), "", none);
    for (int way = 0; wanted.size > 0 && way < WAYS; way++) {
        int64_t found = -1;
        for (int64_t i = 0; i < bind->columns->width; i++) {
            if (!has_name(bind, i, way, wanted, field)) {
                continue;
            }
            if (found >= 0) {
                report(bind, GG_RULE_COLUMN_TWICE, field, gg_heading_title(bind->heading, i), i,
                       NULL);
                return found;
            }
            found = i;
        }
        if (found >= 0) {
            return found;
        }
    }
    return -1;
}

/* Find the column that a mapping names for a field. */
static void bind_mapped(binder *bind, size_t field, const gg_source_column *source) {
    const char *code = bind->fields[field].view.code;
    int64_t found =
        source->number >= 1 && source->number <= bind->columns->width ? source->number - 1 : -1;
    const int by_title = found < 0;
    for (size_t i = 0; i < source->name_count && found < 0; i++) {
        found = find_title(bind, code, source->names[i]);
    }
    if (found >= 0) {
        use_column(bind->columns, (int64_t)field, found);
        bind->columns->by_title[field] = (unsigned char)by_title;
    }
    bind->columns->has[field] |= source->constant != NULL;
}

/* Say which columns a mapping names and the table lacks, if it can do without them. */
static void report_absent(binder *bind, size_t field, const gg_source_column *source) {
    char number[GG_NUM_TEXT_SIZE];
    gg_str wanted = gg_str_make(number, gg_int_format(number, source->number));
    if (source->mapped && bind->columns->column[field] < 0 && !bind->fields[field].view.required) {
        wanted = source->name_count > 0 ? gg_str_of(source->names[0]) : wanted;
        report(bind, GG_RULE_COLUMN_ABSENT, bind->fields[field].view.code, wanted, -1, NULL);
    }
}

/* The unit of a field's numbers: what its mapping says, or the brackets of its title; both must
 * agree. */
static void bind_measure(binder *bind, size_t field, const gg_source_column *source) {
    const char *code = bind->fields[field].view.code;
    const gg_measure *told = source == NULL ? NULL : source->measure, *read = NULL;
    const int64_t column = bind->columns->column[field];
    gg_title title;
    if (column >= 0) {
        gg_title_read(&title, gg_heading_title(bind->heading, column));
        read = gg_measure_find(code, title.unit);
    }
    if (told != NULL && read != NULL && told != read) {
        report(bind, GG_RULE_UNIT_CONFLICT, code, title.whole, column, told->unit);
    }
    bind->columns->measure[field] = told != NULL ? told : read;
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
        report(bind, GG_RULE_COLUMN_MISSING, bind->fields[i].view.code, wanted, -1, NULL);
    }
}

gridgov_status gg_columns_bind(gg_columns *columns, int32_t table, const gg_heading *heading,
                               const gridgov_mapping *mapping, gridgov_issues *issues,
                               gridgov_error *err) {
    binder bind = {
        .columns = columns, .table = table, .heading = heading, .issues = issues, .err = err};
    const int by_names = mapping == NULL || mapping->by_header || mapping->extends;
    bind.fields = gg_fields_of(table, &bind.field_count);
    memset(columns, 0, sizeof *columns);
    for (size_t i = 0; i < GG_FIELDS_MAX; i++) {
        columns->column[i] = -1;
    }
    columns->width = heading->width;
    for (size_t i = 0; mapping != NULL && i < bind.field_count; i++) {
        bind_mapped(&bind, i, &mapping->columns[i]);
    }
    if (by_names) {
        GG_TRY(bind_by_names(&bind, table, mapping));
        report_unused(&bind);
    }
    for (size_t i = 0; i < bind.field_count; i++) {
        const gg_source_column *source = mapping == NULL ? NULL : &mapping->columns[i];
        if (source != NULL) {
            report_absent(&bind, i, source);
        }
        bind_measure(&bind, i, source);
    }
    report_missing(&bind, table, mapping);
    return bind.status;
}

int gg_columns_field(const gg_columns *columns, int64_t column) {
    for (int i = 0; i < GG_FIELDS_MAX; i++) {
        if (columns->column[i] == column) {
            return i;
        }
    }
    return -1;
}
