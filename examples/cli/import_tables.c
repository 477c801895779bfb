/* SPDX-License-Identifier: Apache-2.0 */
/* Which files and sheets there are, and what each is: its header, its columns, the shapes of its
 * times. import_load.c opens it a second time for its rows. A mapping that was given is tried on
 * every file and sheet; what it does not suit is recognised without it. In a folder a table may
 * have a mapping of its own beside it. */
#include "import_tables.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define COLUMNS_MAX 256
#define SHAPE_ROWS 1000 /* rows looked at for the shapes of times */
#define ISSUES_KEPT 200 /* problems listed of a table, unless --limit says otherwise */
#define LIMIT_MAX 1000000
#define MAPPING_ENDING ".mapping.json"

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
    if (gridgov_issues_new(&table->issues, set->limit, NULL) != GRIDGOV_OK) {
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

gridgov_status open_import_rows(gridgov_rows **rows, const import_table *table,
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

/* 1 if a failure is one of the machine, not of the file at hand. */
static int stops_all(gridgov_status status) {
    return status == GRIDGOV_EIO || status == GRIDGOV_ENOMEM || status == GRIDGOV_EARG;
}

/* Find the header, and the columns under it. */
static int recognise(const cli_options *options, import_table *table, int32_t wanted) {
    int32_t fields[COLUMNS_MAX];
    gridgov_rows *rows = NULL;
    gridgov_status status = open_import_rows(&rows, table, &table->failure);
    if (status == GRIDGOV_OK) {
        status = gridgov_header_find(&table->header, fields, COLUMNS_MAX, rows, wanted,
                                     table->mapping, &table->failure);
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
    // What is no table, or a broken one, is told with the others; they are read all the same.
    return stops_all(status) ? report_error(options, &table->failure) : EXIT_CLEAN;
}

/* By the mapping that was given, then as the name says, or by the header. A named table may lack a
 * column: then its header is wherever the names say, and loading tells. */
static int recognise_any(const cli_options *options, const import_set *set, import_table *table,
                         int32_t wanted) {
    int result = EXIT_CLEAN;
    if (table->mapping == NULL) {
        table->mapping = set->mapping;
    }
    if (table->mapping != NULL) {
        result = recognise(options, table, gridgov_mapping_table(table->mapping));
        if (result != EXIT_CLEAN || table->header.table != 0 || table->mapping != set->mapping) {
            return result;
        }
        if (set->count == 1) { // it was meant for this one: say what is missing for it
            table->header.table = gridgov_mapping_table(set->mapping);
            return EXIT_CLEAN;
        }
        table->mapping = NULL;
        if (table->book == NULL) {
            table->csv = (gridgov_csv_options){.struct_size = sizeof table->csv};
            (void)gridgov_csv_detect_file(&table->csv, table->path, NULL);
        }
    }
    result = recognise(options, table, wanted);
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

/* A file that is no workbook though it is no text: told with the others, which are read all the
 * same. */
static int add_broken(const cli_options *options, import_set *set, const char *path,
                      const gridgov_error *err) {
    import_table *table;
    if (stops_all(err->status)) {
        return report_error(options, err);
    }
    table = add_table(set, path);
    if (table == NULL) {
        return EXIT_INTERNAL;
    }
    table->kind = GRIDGOV_FILE_OTHER;
    table->failure = *err;
    return EXIT_CLEAN;
}

static int add_sheets(const cli_options *options, import_set *set, const char *path,
                      int32_t wanted) {
    void *book = NULL, **books;
    gridgov_error err = {0};
    int count = 0, result = open_book(options, path, &book, &count, &err);
    if (result != EXIT_CLEAN) {
        return err.status == GRIDGOV_OK ? result : add_broken(options, set, path, &err);
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
            result = recognise_any(options, set, table, table_number);
        }
    }
    return result;
}

static int add_file(const cli_options *options, import_set *set, const char *path, int32_t wanted,
                    const gridgov_mapping *mapping) {
    import_table *table;
    gridgov_error err = {0};
    if (is_workbook(path)) {
        return add_sheets(options, set, path, wanted);
    }
    table = add_table(set, path);
    if (table == NULL) {
        return EXIT_INTERNAL;
    }
    table->kind = GRIDGOV_FILE_TEXT;
    table->mapping = mapping;
    if ((mapping != NULL || set->mapping != NULL) &&
        gridgov_mapping_csv_options(&table->csv, mapping != NULL ? mapping : set->mapping) !=
            GRIDGOV_OK) {
        return EXIT_INTERNAL;
    }
    if (gridgov_csv_detect_file(&table->csv, path, &err) != GRIDGOV_OK) {
        return report_error(options, &err);
    }
    return recognise_any(options, set, table, wanted != 0 ? wanted : table_by_name(path));
}

static int compare_paths(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int ends_with(const char *text, const char *end) {
    size_t size = strlen(text), tail = strlen(end);
    return size >= tail && strcmp(text + size - tail, end) == 0;
}

/* The files of a folder, sorted, behind those that the set has already. */
static int list_folder(import_set *set, const char *folder) {
    DIR *stream = opendir(folder);
    struct dirent *entry;
    struct stat status;
    int first = set->path_count, result = EXIT_CLEAN;
    if (stream == NULL) {
        fprintf(stderr, "gridgov: %s: %s\n", folder, strerror(errno));
        return EXIT_INPUT;
    }
    while (result == EXIT_CLEAN && (entry = readdir(stream)) != NULL) {
        char path[PATH_SIZE];
        char **grown;
        if (entry->d_name[0] == '.' || !join_path(path, folder, entry->d_name) ||
            stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
            continue;
        }
        grown = realloc(set->paths, (size_t)(set->path_count + 1) * sizeof *grown);
        if (grown != NULL) {
            set->paths = grown;
            grown[set->path_count] = copy_text(path);
        }
        if (grown == NULL || grown[set->path_count++] == NULL) {
            result = EXIT_INTERNAL;
        }
    }
    closedir(stream);
    if (set->path_count > first) {
        qsort(set->paths + first, (size_t)(set->path_count - first), sizeof *set->paths,
              compare_paths);
    }
    return result;
}

/* Load a mapping document by name or from a file. */
static int load_mapping(const cli_options *options, const char *source, gridgov_mapping **mapping) {
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    size_t size = 0;
    char *text = read_document(options, GRIDGOV_PACK_MAPPING, source, &size);
    gridgov_status status;
    int result = EXIT_CLEAN;
    if (text == NULL) {
        return EXIT_INPUT;
    }
    status = gridgov_issues_new(&issues, 0, &err);
    status = status < 0 ? status : gridgov_mapping_load(mapping, text, size, issues, &err);
    free(text);
    if (status < 0) {
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
        result = report_failure(options, issues, &err);
    }
    gridgov_issues_free(issues);
    return result;
}

/* The mapping beside a table of a folder, events.mapping.json of events.csv; NULL if there is none.
 */
static int find_mapping(const cli_options *options, import_set *set, const char *path,
                        const gridgov_mapping **mapping) {
    char beside[PATH_SIZE];
    struct stat status;
    gridgov_mapping **grown;
    const char *dot = strrchr(path, '.');
    size_t size = dot == NULL || strchr(dot, '/') != NULL ? strlen(path) : (size_t)(dot - path);
    *mapping = NULL;
    if (size + sizeof MAPPING_ENDING > sizeof beside) {
        return EXIT_CLEAN;
    }
    memcpy(beside, path, size);
    memcpy(beside + size, MAPPING_ENDING, sizeof MAPPING_ENDING);
    if (set->mapping != NULL || stat(beside, &status) != 0) {
        return EXIT_CLEAN;
    }
    grown = realloc(set->mappings, (size_t)(set->mapping_count + 1) * sizeof *grown);
    if (grown == NULL) {
        return EXIT_INTERNAL;
    }
    set->mappings = grown;
    grown[set->mapping_count] = NULL;
    int result = load_mapping(options, beside, &grown[set->mapping_count]);
    *mapping = grown[set->mapping_count++];
    return result;
}

/* A document of a month folder: nothing to import, but not passed over in silence. */
static int add_document(import_set *set, const char *path) {
    import_table *table = add_table(set, path);
    if (table == NULL) {
        return EXIT_INTERNAL;
    }
    table->kind = GRIDGOV_FILE_TEXT;
    table->left_alone = 1;
    return EXIT_CLEAN;
}

/* A file, or all files of a folder. */
static int add_source(const cli_options *options, import_set *set, const char *source,
                      int32_t wanted) {
    struct stat status;
    int first = set->path_count, result;
    if (stat(source, &status) != 0 || !S_ISDIR(status.st_mode)) {
        return add_file(options, set, source, wanted, NULL);
    }
    result = list_folder(set, source);
    for (int i = first; result == EXIT_CLEAN && i < set->path_count; i++) {
        const gridgov_mapping *mapping = NULL;
        if (ends_with(set->paths[i], ".json")) {
            result = add_document(set, set->paths[i]);
            continue;
        }
        result = find_mapping(options, set, set->paths[i], &mapping);
        if (result == EXIT_CLEAN) {
            result = add_file(options, set, set->paths[i], wanted, mapping);
        }
    }
    return result;
}

/* The number behind --limit; 0 if it is none. */
static int64_t read_limit(const char *text) {
    char *end = NULL;
    long long limit = strtoll(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && limit >= 1 && limit <= LIMIT_MAX
               ? (int64_t)limit
               : 0;
}

int read_import(const cli_options *options, import_set *set) {
    const char *name = option_value(options, "--table"), *limit = option_value(options, "--limit");
    const char *mapping = option_value(options, "--mapping");
    gridgov_job *job = NULL;
    int32_t wanted = 0;
    int result = EXIT_CLEAN;
    set->limit = limit == NULL ? ISSUES_KEPT : read_limit(limit);
    if (set->limit == 0) {
        return usage_error(options, "--limit 应为 1 至 1000000 的整数",
                           "--limit is a whole number from 1 to 1000000", limit);
    }
    if (name != NULL &&
        (gridgov_code_value(&wanted, GRIDGOV_KIND_TABLE, name, strlen(name)) != GRIDGOV_OK ||
         gridgov_field_count(wanted) == 0)) {
        return usage_error(options, "没有这张表", "there is no such table", name);
    }
    if (mapping != NULL) {
        result = load_mapping(options, mapping, &set->mapping);
    }
    if (result == EXIT_CLEAN && set->mapping != NULL && wanted != 0 &&
        gridgov_mapping_table(set->mapping) != wanted) {
        return usage_error(options, "映射不是 --table 所指的表", "the mapping is of another table",
                           mapping);
    }
    for (int i = 0; i < options->source_count && result == EXIT_CLEAN; i++) {
        result = add_source(options, set, options->sources[i], wanted);
    }
    if (result == EXIT_CLEAN) {
        result = start_watch(options, &job);
    }
    if (result == EXIT_CLEAN) {
        result = load_import(options, set, job);
        finish_watch(job);
    }
    gridgov_job_free(job);
    return result;
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
    for (int i = 0; i < set->mapping_count; i++) {
        gridgov_mapping_free(set->mappings[i]);
    }
    for (int i = 0; i < set->path_count; i++) {
        free(set->paths[i]);
    }
    gridgov_mapping_free(set->mapping);
    free(set->mappings);
    free(set->paths);
    free(set->books);
    free(set->tables);
}
