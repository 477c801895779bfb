/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a tally and the cells behind them.
 *
 * Units stand in published order, then the street itself; categories as the taxonomy lists them;
 * agencies as the units do. Names that the reference data do not know get rows as they are found,
 * one for all spellings that differ in blanks, width or case, printed in the smallest spelling by
 * bytes. Where rows are read, those found stand sorted by bytes behind the others, cases without a
 * category (未分类) last: neither order of finding nor splitting of the data can show.
 *
 * Invariant: behind each metric stand at least as many cells as its dimension has rows; the cells
 * of rows beyond the count are zero. */
#include "count.h"

#include "base/buf.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define UNCLASSIFIED "未分类"
#define KEY_SMALL 64 /* bytes of a key that needs no memory of its own */

/* 1 if [from, to) of a unit meets the days of the period. */
static int16_t is_active(const gridgov_tally *tally, const gridgov_unit *unit) {
    return (unit->from == GRIDGOV_NO_DAY || unit->from < tally->day_to) &&
           (unit->to == GRIDGOV_NO_DAY || unit->to > tally->day_from);
}

/* Room for so many rows of a dimension, in its table and behind every metric. */
static int reserve(gridgov_tally *tally, int32_t dimension, size_t capacity) {
    gg_tally_rows *table = &tally->tables[dimension];
    if (capacity <= table->capacity) {
        return 0;
    }
    gg_fact_row *rows = gg_realloc(table->rows, capacity, sizeof *rows);
    if (rows == NULL) {
        return -1;
    }
    table->rows = rows;
    for (size_t i = 0; i < tally->metric_count; i++) {
        if (tally->list[i].dimension != dimension) {
            continue;
        }
        gg_tally_cell *cells = gg_calloc(capacity, sizeof *cells);
        if (cells == NULL) {
            return -1;
        }
        if (table->capacity > 0) {
            memcpy(cells, tally->cells[i], table->capacity * sizeof *cells);
        }
        gg_free(tally->cells[i]);
        tally->cells[i] = cells;
    }
    table->capacity = capacity;
    return 0;
}

static int list_units(gridgov_tally *tally) {
    gg_tally_rows *table = &tally->tables[GRIDGOV_DIMENSION_UNIT];
    gg_tally_rows *agencies = &tally->tables[GRIDGOV_DIMENSION_AGENCY];
    const int64_t units = gridgov_units_count(tally->units);
    tally->unit_rows = gg_calloc((size_t)units, sizeof *tally->unit_rows);
    if (tally->unit_rows == NULL || reserve(tally, GRIDGOV_DIMENSION_UNIT, (size_t)units + 1) ||
        reserve(tally, GRIDGOV_DIMENSION_AGENCY, (size_t)units + 1)) {
        return -1;
    }
    for (int64_t i = 0; i < units; i++) {
        gridgov_unit unit = {.struct_size = sizeof unit};
        (void)gridgov_units_at(&unit, tally->units, i);
        const gg_fact_row row = {unit.name, NULL, i, unit.kind, 1, is_active(tally, &unit)};
        if (unit.kind == GRIDGOV_UNIT_AGENCY) {
            tally->unit_rows[i] = GRIDGOV_NONE;
            agencies->rows[agencies->count++] = row;
        } else {
            tally->unit_rows[i] = (int64_t)table->count;
            table->rows[table->count++] = row;
        }
    }
    table->rows[table->count++] = (gg_fact_row){"", NULL, GRIDGOV_NONE, 0, 1, 1};
    table->reference = table->count;
    agencies->reference = agencies->count;
    return 0;
}

static int list_categories(gridgov_tally *tally) {
    gg_tally_rows *table = &tally->tables[GRIDGOV_DIMENSION_CATEGORY];
    const int64_t count = gridgov_taxonomy_count(tally->taxonomy);
    if (reserve(tally, GRIDGOV_DIMENSION_CATEGORY, (size_t)count + 1)) {
        return -1;
    }
    for (int64_t i = 0; i < count; i++) {
        gridgov_category category = {.struct_size = sizeof category};
        (void)gridgov_taxonomy_at(&category, tally->taxonomy, i);
        table->rows[table->count++] = (gg_fact_row){category.name, NULL, GRIDGOV_NONE, 0, 1, 1};
    }
    table->reference = table->count;
    return 0;
}

static int list_total(gridgov_tally *tally) {
    gg_tally_rows *table = &tally->tables[GRIDGOV_DIMENSION_TOTAL];
    if (reserve(tally, GRIDGOV_DIMENSION_TOTAL, 1)) {
        return -1;
    }
    table->rows[0] = (gg_fact_row){"", NULL, GRIDGOV_NONE, 0, 1, 1};
    table->count = table->reference = 1;
    return 0;
}

gridgov_status gg_tally_rows_open(gridgov_tally *tally, gridgov_error *err) {
    tally->cells = gg_calloc(tally->metric_count, sizeof *tally->cells);
    tally->counted = gg_calloc(tally->metric_count, sizeof *tally->counted);
    if (tally->cells == NULL || tally->counted == NULL || list_units(tally) ||
        list_categories(tally) || list_total(tally)) {
        return gg_fail_memory(err);
    }
    return GRIDGOV_OK;
}

void gg_tally_rows_release(gridgov_tally *tally) {
    for (size_t i = 0; tally->cells != NULL && i < tally->metric_count; i++) {
        gg_free(tally->cells[i]);
    }
    for (size_t i = 0; i < GG_DIMENSIONS; i++) {
        gg_free(tally->tables[i].rows);
        gg_map_release(&tally->tables[i].found);
    }
    gg_free(tally->cells);
    gg_free(tally->counted);
    gg_free(tally->unit_rows);
}

int gg_tally_is_unclassified(const gridgov_tally *tally, int32_t dimension, size_t row) {
    const gg_tally_rows *table = &tally->tables[dimension];
    return dimension == GRIDGOV_DIMENSION_CATEGORY && row >= table->reference &&
           strcmp(table->rows[row].key, UNCLASSIFIED) == 0;
}

/* The row that a name gets that nobody has found before. */
static gg_fact_row new_row(const gridgov_tally *tally, int32_t dimension, const char *name,
                           const char *key) {
    const gg_tally_rows *table = &tally->tables[dimension];
    gg_fact_row row = {.name = name, .key = key, .unit = GRIDGOV_NONE, .active = 1};
    if (dimension == GRIDGOV_DIMENSION_UNIT) {
        row.kind = GRIDGOV_UNIT_GRID;
        row.known = 1;
    } else if (dimension == GRIDGOV_DIMENSION_AGENCY) {
        row.kind = GRIDGOV_UNIT_AGENCY;
        row.known = table->reference == 0;
    } else {
        const int open = tally->taxonomy == NULL || gridgov_taxonomy_is_open(tally->taxonomy);
        row.known = (int16_t)(open && strcmp(key, UNCLASSIFIED) != 0);
    }
    return row;
}

/* The row of a look-up key, made if there is none. Most names are their own keys. */
static int64_t row_of_key(gridgov_tally *tally, int32_t dimension, gg_str key, const char *name) {
    gg_tally_rows *table = &tally->tables[dimension];
    int64_t row = gg_map_get(&table->found, key, GRIDGOV_NONE);
    if (row != GRIDGOV_NONE) {
        return row;
    }
    const gg_str text = gg_str_of(name);
    const char *kept = gg_arena_text(&tally->arena, text.data, text.size);
    const char *copy =
        gg_str_equal(key, text) ? kept : gg_arena_text(&tally->arena, key.data, key.size);
    if (kept == NULL || copy == NULL ||
        (table->count == table->capacity && reserve(tally, dimension, 2 * table->capacity)) ||
        gg_map_set(&table->found, key, (int64_t)table->count)) {
        return GRIDGOV_NONE;
    }
    row = (int64_t)table->count++;
    table->rows[row] = new_row(tally, dimension, kept, copy);
    return row;
}

int gg_tally_expect(gridgov_tally *tally, int32_t dimension, size_t count) {
    size_t capacity = 1;
    while (capacity < count && capacity <= SIZE_MAX / 2) {
        capacity *= 2;
    }
    return reserve(tally, dimension, capacity);
}

int64_t gg_tally_found(gridgov_tally *tally, int32_t dimension, const char *name) {
    char small[KEY_SMALL];
    gg_buf key = {0};
    int64_t row = GRIDGOV_NONE;
    const gg_str text = gg_str_of(name);
    const size_t size =
        text.size <= sizeof small ? gg_text_key(small, sizeof small, text) : sizeof small + 1;
    if (size <= sizeof small) {
        return row_of_key(tally, dimension, gg_str_make(small, size), name);
    }
    gg_buf_key(&key, text);
    if (!gg_buf_failed(&key)) {
        row = row_of_key(tally, dimension, gg_str_make(gg_buf_data(&key), key.size), name);
    }
    gg_buf_release(&key);
    return row;
}

void gg_tally_spell(gridgov_tally *tally, int32_t dimension, int64_t row, const char *name) {
    gg_fact_row *found = &tally->tables[dimension].rows[row];
    if (strcmp(name, found->name) < 0) {
        found->name = name;
    }
}

void gg_tally_rows_cut(gridgov_tally *tally, int32_t dimension, size_t count) {
    gg_tally_rows *table = &tally->tables[dimension];
    while (table->count > count) {
        gg_map_remove(&table->found, gg_str_of(table->rows[--table->count].key));
    }
}

/* A row to be put in its place: the first bytes of its name are at hand, as numbers that compare as
 * they do. */
typedef struct place {
    uint64_t head[2];
    const char *name;
    uint32_t row;
    int32_t last;
} place;

static int by_place(const void *left, const void *right) {
    const place *a = left;
    const place *b = right;
    if (a->last != b->last) {
        return a->last < b->last ? -1 : 1;
    }
    for (size_t i = 0; i < 2; i++) {
        if (a->head[i] != b->head[i]) {
            return a->head[i] < b->head[i] ? -1 : 1;
        }
    }
    return strcmp(a->name, b->name);
}

static place place_of(const gridgov_tally *tally, int32_t dimension, size_t row) {
    const char *name = tally->tables[dimension].rows[row].name;
    place p = {.name = name,
               .row = (uint32_t)row,
               .last = gg_tally_is_unclassified(tally, dimension, row)};
    for (size_t i = 0; i < sizeof p.head && name[i] != '\0'; i++) {
        p.head[i / 8] |= (uint64_t)(unsigned char)name[i] << (56 - 8 * (i % 8));
    }
    return p;
}

int gg_tally_order(int64_t **out, const gridgov_tally *tally, int32_t dimension) {
    const gg_tally_rows *table = &tally->tables[dimension];
    place *places = gg_calloc(table->count, sizeof *places);
    int64_t *order = gg_calloc(table->count, sizeof *order);
    *out = order;
    if (places == NULL || order == NULL) {
        gg_free(places);
        return -1;
    }
    for (size_t i = table->reference; i < table->count; i++) {
        places[i] = place_of(tally, dimension, i);
    }
    qsort(places + table->reference, table->count - table->reference, sizeof *places, by_place);
    for (size_t i = 0; i < table->count; i++) {
        order[i] = (int64_t)(i < table->reference ? i : places[i].row);
    }
    gg_free(places);
    return 0;
}
