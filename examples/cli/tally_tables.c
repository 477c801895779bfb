/* SPDX-License-Identifier: Apache-2.0 */
/* by_category.csv, by_grid.csv and by_agency.csv. A column is called after its metric's code, less
 * the name of the table in front of it ("grid_closed" is "closed"). Shares and rates are integers
 * divided with one rounding, half up, to nine decimals.
 *
 * All tables are made in memory and written beside their places first; only when all are written do
 * they take them, one rename each. */
#include "tally_tables.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DECIMALS 9
#define SCALE 1000000000
#define METRICS_MOST 256
#define TABLES 3

static const struct {
    const char *name, *file;
    int32_t dimension;
} tables[TABLES] = {{"category", "by_category.csv", GRIDGOV_DIMENSION_CATEGORY},
                    {"grid", "by_grid.csv", GRIDGOV_DIMENSION_UNIT},
                    {"agency", "by_agency.csv", GRIDGOV_DIMENSION_AGENCY}};

/* A rate that is written where a table has both of its columns. */
static const struct {
    const char *table, *part, *whole;
} rates[] = {{"grid", "ontime", "n"}, {"agency", "closed", "dispatched"}};

/* One table on its way out. */
typedef struct table_text {
    char *data;
    size_t size, capacity;
    int failed; /* 1 when memory is short */
} table_text;

typedef struct table {
    int index; /* into tables */
    int64_t metrics[METRICS_MOST];
    const char *names[METRICS_MOST]; /* of columns */
    int64_t metric_count;
    int64_t *order; /* rows of the facts that are written */
    int64_t row_count;
    int64_t total; /* of the first metric */
} table;

static void put(table_text *text, const char *data, size_t size) {
    if (text->failed) {
        return;
    }
    if (text->size + size > text->capacity) {
        const size_t capacity = (text->size + size) * 2 + 4096;
        char *room = realloc(text->data, capacity);
        if (room == NULL) {
            text->failed = 1;
            return;
        }
        text->data = room;
        text->capacity = capacity;
    }
    memcpy(text->data + text->size, data, size);
    text->size += size;
}

static void put_text(table_text *text, const char *data) {
    put(text, data, strlen(data));
}

static void put_cell(table_text *text, const char *cell) {
    if (strpbrk(cell, ",\"\r\n") == NULL) {
        put_text(text, cell);
        return;
    }
    put_text(text, "\"");
    for (; *cell != '\0'; cell++) {
        put(text, cell, 1);
        put_text(text, *cell == '"' ? "\"" : "");
    }
    put_text(text, "\"");
}

static void put_number(table_text *text, int64_t value) {
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t rest = (uint64_t)value; // counts are not negative
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    put(text, at, (size_t)(digits + sizeof digits - at));
}

/* part / whole to nine decimals, half up; both far below 2^63 / 10. */
static void put_ratio(table_text *text, int64_t part, int64_t whole) {
    char decimals[DECIMALS];
    if (whole <= 0 || part < 0) {
        put_text(text, "/");
        return;
    }
    int64_t units = part / whole;
    int64_t rest = part % whole;
    int64_t fraction = 0;
    for (int i = 0; i < DECIMALS; i++) {
        rest *= 10;
        fraction = fraction * 10 + rest / whole;
        rest %= whole;
    }
    fraction += rest >= whole - rest;
    units += fraction / SCALE;
    fraction %= SCALE;
    put_number(text, units);
    for (int i = DECIMALS - 1; i >= 0; i--) {
        decimals[i] = (char)('0' + fraction % 10);
        fraction /= 10;
    }
    put_text(text, ".");
    put(text, decimals, DECIMALS);
}

static int64_t value_at(const gridgov_facts *facts, const table *t, int64_t row, int64_t metric) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    return gridgov_facts_value(&cell, facts, tables[t->index].dimension, row, t->metrics[metric]) ==
                       GRIDGOV_OK &&
                   cell.state == GRIDGOV_CELL_VALUE
               ? cell.value
               : -1;
}

static void find_metrics(table *t, const gridgov_facts *facts) {
    const gridgov_metrics *metrics = gridgov_facts_metrics(facts);
    const size_t prefix = strlen(tables[t->index].name);
    gridgov_metric metric = {.struct_size = sizeof metric};
    for (int64_t i = 0; gridgov_metrics_at(&metric, metrics, i) == GRIDGOV_OK; i++) {
        if (metric.dimension == tables[t->index].dimension && t->metric_count < METRICS_MOST) {
            const int cut = strncmp(metric.code, tables[t->index].name, prefix) == 0 &&
                            metric.code[prefix] == '_';
            t->names[t->metric_count] = metric.code + (cut ? prefix + 1 : 0);
            t->metrics[t->metric_count++] = i;
        }
    }
}

/* The table whose rows are being sorted. */
typedef struct sortable {
    int64_t row, first;
} sortable;

/* Most first; equal ones in the order of the facts. */
static int by_count(const void *left, const void *right) {
    const sortable *a = left;
    const sortable *b = right;
    if (a->first != b->first) {
        return a->first < b->first ? 1 : -1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* The rows in which anything was counted; categories by count. */
static int find_rows(table *t, const gridgov_facts *facts) {
    const int64_t count = gridgov_facts_row_count(facts, tables[t->index].dimension);
    sortable *rows = calloc((size_t)count + 1, sizeof *rows);
    t->order = calloc((size_t)count + 1, sizeof *t->order);
    if (rows == NULL || t->order == NULL) {
        free(rows);
        return -1;
    }
    for (int64_t i = 0; i < count; i++) {
        int counted = 0;
        for (int64_t k = 0; k < t->metric_count && !counted; k++) {
            counted = value_at(facts, t, i, k) > 0;
        }
        if (counted) {
            const int64_t first = value_at(facts, t, i, 0);
            rows[t->row_count++] = (sortable){i, first};
            t->total += first > 0 ? first : 0;
        }
    }
    if (tables[t->index].dimension == GRIDGOV_DIMENSION_CATEGORY) {
        qsort(rows, (size_t)t->row_count, sizeof *rows, by_count);
    }
    for (int64_t i = 0; i < t->row_count; i++) {
        t->order[i] = rows[i].row;
    }
    free(rows);
    return 0;
}

static int64_t find_column(const table *t, const char *name) {
    for (int64_t i = 0; i < t->metric_count; i++) {
        if (strcmp(t->names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

/* The rate that the table has, as indexes of its columns; 0 if none. */
static int find_rate(const table *t, int64_t *part, int64_t *whole) {
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        *part = find_column(t, rates[i].part);
        *whole = find_column(t, rates[i].whole);
        if (strcmp(rates[i].table, tables[t->index].name) == 0 && *part >= 0 && *whole >= 0) {
            return 1;
        }
    }
    return 0;
}

static void put_row(table_text *text, const table *t, const gridgov_facts *facts, int64_t row,
                    int64_t part, int64_t whole) {
    gridgov_facts_row view = {.struct_size = sizeof view};
    const int shares = tables[t->index].dimension != GRIDGOV_DIMENSION_AGENCY;
    (void)gridgov_facts_row_at(&view, facts, tables[t->index].dimension, row);
    put_cell(text, view.name);
    for (int64_t k = 0; k < t->metric_count; k++) {
        const int64_t value = value_at(facts, t, row, k);
        put_text(text, ",");
        if (value < 0) {
            put_text(text, "/");
        } else {
            put_number(text, value);
        }
        if (k == 0 && shares) {
            put_text(text, ",");
            put_ratio(text, value, t->total);
        }
    }
    if (part >= 0) {
        put_text(text, ",");
        put_ratio(text, value_at(facts, t, row, part), value_at(facts, t, row, whole));
    }
    put_text(text, "\n");
}

static int make_table(table_text *text, int index, const gridgov_facts *facts) {
    table t = {.index = index};
    int64_t part = -1;
    int64_t whole = -1;
    find_metrics(&t, facts);
    if (find_rows(&t, facts) != 0) {
        free(t.order);
        return -1;
    }
    if (!find_rate(&t, &part, &whole)) {
        part = -1;
    }
    put_text(text, tables[index].name);
    for (int64_t k = 0; k < t.metric_count; k++) {
        put_text(text, ",");
        put_cell(text, t.names[k]);
        put_text(text,
                 k == 0 && tables[index].dimension != GRIDGOV_DIMENSION_AGENCY ? ",share" : "");
    }
    put_text(text, part >= 0 ? ",rate\n" : "\n");
    for (int64_t i = 0; i < t.row_count; i++) {
        put_row(text, &t, facts, t.order[i], part, whole);
    }
    free(t.order);
    return text->failed ? -1 : 0;
}

/* 1 if a name stands in a list of names between commas; every name does where there is no list. */
static int is_listed(const char *list, const char *name) {
    const size_t size = strlen(name);
    for (const char *at = list; at != NULL; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, name, size) == 0 && (at[size] == ',' || at[size] == '\0')) {
            return 1;
        }
    }
    return list == NULL;
}

static int file_error(const char *path) {
    fprintf(stderr, "gridgov: %s: %s\n", path, strerror(errno));
    return EXIT_OUTPUT;
}

static int write_beside(const char *path, const table_text *text) {
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return file_error(path);
    }
    const int written = fwrite(text->data, 1, text->size, file) == text->size;
    return fclose(file) == 0 && written ? EXIT_CLEAN : file_error(path);
}

static int write_all(const cli_options *options, const char *folder, const table_text texts[]) {
    char beside[TABLES][PATH_SIZE];
    char path[PATH_SIZE];
    int written = 0;
    int result = make_folders(options, folder);
    for (int i = 0; result == EXIT_CLEAN && i < TABLES; i++) {
        beside[i][0] = '\0';
        written = i + 1;
        if (texts[i].data != NULL) {
            snprintf(path, sizeof path, ".gridgov-%ld-%s", (long)getpid(), tables[i].file);
            result = join_path(beside[i], folder, path) ? write_beside(beside[i], &texts[i])
                                                        : EXIT_USAGE;
        }
    }
    for (int i = 0; i < written; i++) {
        if (beside[i][0] == '\0') {
            continue;
        }
        if (result == EXIT_CLEAN && join_path(path, folder, tables[i].file) &&
            rename(beside[i], path) != 0) {
            result = file_error(path);
        } else if (result != EXIT_CLEAN) {
            (void)unlink(beside[i]);
        }
    }
    return result;
}

/* Say of a table without rows that it is one: a name, or what its metrics ask, may stand in a
 * column that was not recognised. */
static void say_if_empty(const cli_options *options, int index, const table_text *text) {
    const char *end = text->size == 0 ? NULL : memchr(text->data, '\n', text->size);
    if (end != NULL && (size_t)(end - text->data) + 1 == text->size) {
        fprintf(stderr,
                say(options,
                    "警告：%s 没有行：计入的事件都没有其名称或口径所问的内容；若有列未被识别，可用 "
                    "--mapping 指明\n",
                    "warning: %s has no rows: no event that was counted has both a name there and "
                    "what its metrics ask; a column that was missed can be named with --mapping\n"),
                tables[index].file);
    }
}

int write_tables(const cli_options *options, const gridgov_facts *facts) {
    table_text texts[TABLES] = {{NULL, 0, 0, 0}};
    const char *by = option_value(options, "--by");
    int result = EXIT_CLEAN;
    for (int i = 0; result == EXIT_CLEAN && i < TABLES; i++) {
        if (is_listed(by, tables[i].name) && make_table(&texts[i], i, facts) != 0) {
            fputs("gridgov: out of memory\n", stderr);
            result = EXIT_INTERNAL;
        }
    }
    if (result == EXIT_CLEAN) {
        result = write_all(options, option_value(options, "-o"), texts);
    }
    for (int i = 0; result == EXIT_CLEAN && i < TABLES; i++) {
        say_if_empty(options, i, &texts[i]);
    }
    for (int i = 0; i < TABLES; i++) {
        free(texts[i].data);
    }
    return result;
}
