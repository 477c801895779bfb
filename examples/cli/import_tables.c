/* SPDX-License-Identifier: Apache-2.0 */
/* Each table is opened twice: once for its header and the shapes of its times, once to load its
 * rows. Units, agencies and officers are loaded before all others, whatever the order of the files,
 * as a month does. */
#include "import_tables.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX 256
#define SHAPE_ROWS 1000 /* rows looked at for the shapes of times */
#define ISSUES_KEPT 200
#define OTHER_TABLES 3 /* the last step of loading */
#define TAXONOMY "zhejiang-2021"

static import_table *add_table(import_set *set, const char *path) {
    if (set->count == set->capacity) {
        int capacity = set->capacity == 0 ? 16 : set->capacity * 2;
        import_table *tables = realloc(set->tables, (size_t)capacity * sizeof *tables);
        if (tables == NULL) {
            return NULL;
        }
        set->tables = tables;
        set->capacity = capacity;
    }
    import_table *table = &set->tables[set->count];
    memset(table, 0, sizeof *table);
    table->path = path;
    table->csv.struct_size = sizeof table->csv;
    table->summary.struct_size = sizeof table->summary;
    table->header.struct_size = sizeof table->header;
    if (gridgov_issues_new(&table->issues, ISSUES_KEPT, NULL) != GRIDGOV_OK) {
        return NULL;
    }
    set->count++;
    return table;
}

static char *copy_text(const char *text) {
    char *copy = malloc(strlen(text) + 1);
    if (copy != NULL) {
        memcpy(copy, text, strlen(text) + 1);
    }
    return copy;
}

static gridgov_status open_rows(gridgov_rows **rows, const import_table *table,
                                gridgov_error *err) {
    return table->book != NULL ? book_rows(rows, table->book, table->index, err)
                               : gridgov_rows_open_csv_file(rows, table->path, &table->csv, err);
}

/* The table that the last part of a path or the name of a sheet names; 0. */
static int32_t table_by_name(const char *name) {
    const char *slash = strrchr(name, '/'), *dot;
    int32_t table = 0;
    name = slash != NULL ? slash + 1 : name;
    dot = strrchr(name, '.');
    if (gridgov_code_value(&table, GRIDGOV_KIND_TABLE, name,
                           dot != NULL ? (size_t)(dot - name) : strlen(name)) != GRIDGOV_OK ||
        gridgov_field_count(table) == 0) {
        return 0;
    }
    return table;
}

static int is_time(const gridgov_field *field) {
    size_t size = field->code == NULL ? 0 : strlen(field->code);
    return size > 0 && (strcmp(field->code, "at") == 0 || strcmp(field->code, "from") == 0 ||
                        strcmp(field->code, "to") == 0 || strcmp(field->code, "date") == 0 ||
                        (size > 3 && strcmp(field->code + size - 3, "_at") == 0));
}

/* Note the shape of a time: its digits as 9. */
static void note_shape(import_column *column, const char *text, size_t size) {
    char shape[IMPORT_SHAPE_SIZE];
    size_t kept = 0;
    if (size == 0 || size >= sizeof shape) {
        return;
    }
    for (; kept < size; kept++) {
        shape[kept] = text[kept] >= '0' && text[kept] <= '9' ? '9' : text[kept];
    }
    shape[kept] = '\0';
    for (int i = 0; i < column->shape_count; i++) {
        if (strcmp(column->shapes[i], shape) == 0) {
            return;
        }
    }
    if (column->shape_count < IMPORT_SHAPES) {
        memcpy(column->shapes[column->shape_count++], shape, kept + 1);
    }
}

static void read_shapes(import_table *table, gridgov_rows *rows) {
    for (int row = 0; row < SHAPE_ROWS && gridgov_rows_next(rows, NULL) == GRIDGOV_OK; row++) {
        for (int i = 0; i < table->column_count; i++) {
            size_t size = 0;
            const char *text = gridgov_rows_text(rows, i, &size);
            if (is_time(&table->columns[i].field)) {
                note_shape(&table->columns[i], text, size);
            }
        }
    }
}

/* Find the header, and the columns under it. */
static int recognise(const cli_options *options, import_table *table, int32_t wanted) {
    int32_t fields[COLUMNS_MAX];
    gridgov_rows *rows = NULL;
    gridgov_status status = open_rows(&rows, table, &table->failure);
    if (status == GRIDGOV_OK) {
        status = gridgov_header_find(&table->header, fields, COLUMNS_MAX, rows, wanted, NULL,
                                     &table->failure);
    }
    if (status == GRIDGOV_OK) {
        table->column_count =
            table->header.width < COLUMNS_MAX ? (int)table->header.width : COLUMNS_MAX;
        table->columns = calloc((size_t)table->column_count + 1, sizeof *table->columns);
    }
    for (int i = 0; table->columns != NULL && i < table->column_count; i++) {
        import_column *column = &table->columns[i];
        column->header = copy_text(gridgov_rows_text(rows, i, NULL));
        column->field.struct_size = sizeof column->field;
        if (fields[i] != GRIDGOV_NONE) {
            (void)gridgov_field_at(&column->field, table->header.table, fields[i]);
        }
    }
    if (table->columns != NULL) {
        read_shapes(table, rows);
    }
    gridgov_rows_free(rows);
    if (status == GRIDGOV_OK || status == GRIDGOV_ENOTFOUND) {
        return EXIT_CLEAN;
    }
    return report_error(options, &table->failure);
}

/* A named table may lack a column: then its header is wherever the names say, and loading tells. */
static int recognise_named(const cli_options *options, import_table *table, int32_t wanted) {
    int result = recognise(options, table, wanted);
    if (result == EXIT_CLEAN && table->header.table == 0 && wanted != 0) {
        table->header.table = wanted;
    }
    return result;
}

/* 1 if a sheet holds the parameters of a month. */
static int is_overview(const char *name) {
    static const char *const names[] = {"总览", "参数", "parameters", "overview"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

static int add_sheets(const cli_options *options, import_set *set, const char *path,
                      int32_t wanted) {
    void *book = NULL, **books;
    int count = 0, result = open_book(options, path, &book, &count);
    if (result != EXIT_CLEAN) {
        return result;
    }
    books = realloc(set->books, (size_t)(set->book_count + 1) * sizeof *books);
    if (books == NULL) {
        close_book(book);
        return EXIT_INTERNAL;
    }
    set->books = books;
    set->books[set->book_count++] = book;
    for (int i = 0; i < count && result == EXIT_CLEAN; i++) {
        import_table *table = add_table(set, path);
        const char *name;
        int32_t table_number;
        if (table == NULL) {
            return EXIT_INTERNAL;
        }
        table->book = book;
        table->index = i;
        table->kind = book_kind(book);
        book_sheet(book, i, &name, &table->state);
        table->sheet = copy_text(name);
        table->left_alone = table->state != GRIDGOV_SHEET_VISIBLE || is_overview(name);
        table_number = wanted != 0 ? wanted : table_by_name(name);
        if (!table->left_alone) {
            result = recognise_named(options, table, table_number);
        }
    }
    return result;
}

static int add_file(const cli_options *options, import_set *set, const char *path, int32_t wanted) {
    import_table *table;
    gridgov_error err = {0};
    int result;
    if (is_workbook(path)) {
        return add_sheets(options, set, path, wanted);
    }
    table = add_table(set, path);
    if (table == NULL) {
        return EXIT_INTERNAL;
    }
    table->kind = GRIDGOV_FILE_TEXT;
    if (gridgov_csv_detect_file(&table->csv, path, &err) != GRIDGOV_OK) {
        return report_error(options, &err);
    }
    result = recognise_named(options, table, wanted != 0 ? wanted : table_by_name(path));
    return result;
}

/* When a table is loaded: those that others refer to first. */
static int step_of(int32_t table) {
    return table == GRIDGOV_TABLE_UNITS      ? 0
           : table == GRIDGOV_TABLE_AGENCIES ? 1
           : table == GRIDGOV_TABLE_OFFICERS ? 2
                                             : OTHER_TABLES;
}

/* Load the tables of one step. */
static void load_tables(import_set *set, int step, gridgov_units *units, gridgov_ledger *ledger) {
    for (int i = 0; i < set->count; i++) {
        import_table *table = &set->tables[i];
        int32_t number = table->header.table;
        gridgov_rows *rows = NULL;
        gridgov_error err = {0};
        gridgov_status status;
        if (number == 0 || step_of(number) != step) {
            continue;
        }
        status = open_rows(&rows, table, &err);
        if (status == GRIDGOV_OK) {
            status = step != OTHER_TABLES
                         ? gridgov_ingest_units(&table->summary, units, number, rows, NULL,
                                                table->issues, NULL, &err)
                         : gridgov_ingest(&table->summary, ledger, number, rows, NULL,
                                          table->issues, NULL, &err);
        }
        gridgov_rows_free(rows);
        if (status < 0 &&
            gridgov_issues_severity_count(table->issues, GRIDGOV_SEVERITY_ERROR) == 0) {
            gridgov_issues_add(table->issues, &err);
        }
    }
}

static int load_all(const cli_options *options, import_set *set) {
    gridgov_units *units = NULL;
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_error err = {0};
    gridgov_status status = gridgov_units_new(&units, &err);
    if (status == GRIDGOV_OK) {
        status = gridgov_taxonomy_open(&taxonomy, TAXONOMY, strlen(TAXONOMY), &err);
    }
    if (status == GRIDGOV_OK) {
        for (int step = 0; step < OTHER_TABLES; step++) {
            load_tables(set, step, units, NULL);
        }
        status = gridgov_units_seal(units, &err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_ledger_new(&ledger, taxonomy, units, &err);
    }
    if (status == GRIDGOV_OK) {
        load_tables(set, OTHER_TABLES, NULL, ledger);
    }
    gridgov_ledger_free(ledger);
    gridgov_taxonomy_free(taxonomy);
    gridgov_units_free(units);
    return status == GRIDGOV_OK ? EXIT_CLEAN : report_error(options, &err);
}

int read_import(const cli_options *options, import_set *set) {
    const char *name = option_value(options, "--table");
    int32_t wanted = 0;
    int result = EXIT_CLEAN;
    if (name != NULL &&
        (gridgov_code_value(&wanted, GRIDGOV_KIND_TABLE, name, strlen(name)) != GRIDGOV_OK ||
         gridgov_field_count(wanted) == 0)) {
        return usage_error(options, "没有这张表", "there is no such table", name);
    }
    for (int i = 0; i < options->source_count && result == EXIT_CLEAN; i++) {
        result = add_file(options, set, options->sources[i], wanted);
    }
    return result == EXIT_CLEAN ? load_all(options, set) : result;
}

void free_import(import_set *set) {
    for (int i = 0; i < set->count; i++) {
        import_table *table = &set->tables[i];
        for (int k = 0; table->columns != NULL && k < table->column_count; k++) {
            free(table->columns[k].header);
        }
        free(table->columns);
        free(table->sheet);
        gridgov_issues_free(table->issues);
    }
    for (int i = 0; i < set->book_count; i++) {
        close_book(set->books[i]);
    }
    free(set->books);
    free(set->tables);
}
