/* SPDX-License-Identifier: Apache-2.0 */
/* The same figure in prose and in a table. A list in prose and a column of a table are about the
 * same thing if at least two names stand in both and most of those names have the same count; then
 * all of them are claimed to agree, and the whole of the list with the total of the column. Names
 * are compared without blanks and without the words around them (消防 安全类诉求 is 消防安全).
 *
 * Tables are indexed by name, so the work is linear in the figures. */
#include "audit_checks.h"
#include "audit_prose.h"

#include "base/map.h"
#include "base/mem.h"

#include <string.h>

#define KEY_SIZE 128
#define LOOKUPS_MAX                                                                                \
    4000000 /* counts of prose times tables; a document beyond it is no bulletin                   \
             */

/* Figures of one table by row name: pairs of a saying and a table figure. */
typedef struct match {
    int32_t saying, figure, column;
} match;

typedef struct matches {
    match *items;
    size_t count, room;
} matches;

static gg_str key_of(char *buffer, gg_str name) {
    gg_str bare = gg_audit_bare_label(name);
    size_t size = gg_text_key(buffer, KEY_SIZE, bare);
    return gg_str_make(buffer, size < KEY_SIZE ? size : KEY_SIZE);
}

/* Row by name; a name that stands twice names no row. */
static int index_rows(gg_audit *audit, const gg_audit_table *table, gg_map *rows) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    char buffer[KEY_SIZE];
    for (size_t r = columns->first_data; r < columns->end && columns->key_count > 0; r++) {
        if (!gg_audit_is_body(audit, r, GG_BODY_PLAIN)) {
            continue;
        }
        gg_str key = key_of(buffer, gg_audit_key(audit, table, r, columns->key_count - 1));
        if (key.size == 0) {
            continue;
        }
        int64_t value = gg_map_get(rows, key, -1) == -1 ? (int64_t)r : -2;
        if (gg_map_set(rows, key, value) != 0) {
            gg_audit_out_of_memory(audit);
            return -1;
        }
    }
    return 0;
}

/* May a count of prose stand in the column? Not in one of another period, of differences or of
 * points. */
static int fits_column(const gg_audit_column *column) {
    return column->kind == GG_COLUMN_COUNT &&
           !gg_audit_has_any(column->name, "上月|上期|上周|上年|去年|同期|增|减|分");
}

static void gather(gg_audit *audit, const gg_audit_table *table, const gg_map *rows, matches *out) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    char buffer[KEY_SIZE];
    for (size_t i = 0; i < audit->prose->count; i++) {
        const gg_saying *saying = &audit->prose->items[i];
        if (saying->rough || saying->kind != GG_SAYS_COUNT) {
            continue;
        }
        int64_t row = gg_map_get(rows, key_of(buffer, saying->label), -1);
        for (int32_t c = 0; row >= 0 && c < table->columns; c++) {
            int32_t figure = fits_column(&columns->items[c])
                                 ? gg_audit_cell_figure(audit, table, (size_t)row, c)
                                 : GG_NO_FIGURE;
            if (figure == GG_NO_FIGURE) {
                continue;
            }
            if (gg_grow((void **)&out->items, out->count, &out->room, sizeof *out->items) != 0) {
                gg_audit_out_of_memory(audit);
                return;
            }
            out->items[out->count++] = (match){(int32_t)i, figure, c};
        }
    }
}

static int is_equal(const gg_audit *audit, int32_t a, int32_t b) {
    const gg_audit_figure *left = &audit->figures[a];
    const gg_audit_figure *right = &audit->figures[b];
    return left->value == right->value && left->number.decimals == right->number.decimals &&
           left->number.myriads == right->number.myriads;
}

/* The whole of a list in prose and the total of the column that it matches. */
static void match_totals(gg_audit *audit, const gg_audit_table *table, int32_t column,
                         int32_t first) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    const gg_prose *prose = audit->prose;
    int32_t total = GG_NO_FIGURE;
    for (size_t r = columns->end; r-- > columns->first_data && total == GG_NO_FIGURE;) {
        if (gg_audit_is_body(audit, r, GG_BODY_TOTAL)) {
            total = gg_audit_cell_figure(audit, table, r, column);
        }
    }
    for (size_t i = (size_t)first; i-- > 0 && total != GG_NO_FIGURE && (size_t)first - i <= 4;) {
        if (gg_audit_is_whole(&prose->items[i]) && !prose->items[i].rough &&
            prose->items[i].section == prose->items[first].section) {
            int equal = is_equal(audit, prose->items[i].figure, total);
            if (equal || gg_audit_one_digit(&audit->figures[total],
                                            audit->figures[prose->items[i].figure].value)) {
                gg_audit_same(audit, GRIDGOV_CHECK_PROSE_TABLE, GG_RULE_AUDIT_PROSE_TABLE, total,
                              prose->items[i].figure);
            }
            return;
        }
    }
}

/* Claim one column against one section of prose, if most of what they share agrees. */
static void claim(gg_audit *audit, const gg_audit_table *table, const matches *of, int32_t column,
                  int32_t section) {
    size_t count = 0;
    size_t equal = 0;
    int32_t first = -1;
    for (size_t i = 0; i < of->count; i++) {
        const match *at = &of->items[i];
        if (at->column == column && audit->prose->items[at->saying].section == section) {
            first = first < 0 ? at->saying : first;
            count++;
            equal += is_equal(audit, at->figure, audit->prose->items[at->saying].figure) ? 1 : 0;
        }
    }
    int sure = equal >= 2 && equal * 3 >= count * 2;
    for (size_t i = 0; i < of->count; i++) {
        const match *at = &of->items[i];
        int32_t figure = audit->prose->items[at->saying].figure;
        if (at->column == column && audit->prose->items[at->saying].section == section &&
            (sure || (count == 1 && is_equal(audit, at->figure, figure) &&
                      audit->figures[figure].value > 9))) {
            gg_audit_same(audit, GRIDGOV_CHECK_PROSE_TABLE, GG_RULE_AUDIT_PROSE_TABLE, at->figure,
                          figure);
        }
    }
    if (sure) {
        match_totals(audit, table, column, first);
    }
}

static void match_table(gg_audit *audit, const gg_audit_table *table) {
    gg_map rows = {0};
    matches found = {0};
    if (index_rows(audit, table, &rows) == 0) {
        gather(audit, table, &rows, &found);
    }
    // One claim a section and column; sections come in order, columns are few.
    int32_t section = -1;
    for (size_t i = 0; i < found.count && gg_audit_go_on(audit, "matches"); i++) {
        int32_t at = audit->prose->items[found.items[i].saying].section;
        if (at == section) {
            continue;
        }
        section = at;
        matches part = {found.items + i, 0, 0};
        while (i + part.count < found.count &&
               audit->prose->items[found.items[i + part.count].saying].section == section) {
            part.count++;
        }
        for (int32_t c = 0; c < table->columns; c++) {
            if (audit->columns[table->number - 1].items[c].kind == GG_COLUMN_COUNT) {
                claim(audit, table, &part, c, section);
            }
        }
    }
    gg_free(found.items);
    gg_map_release(&rows);
}

void gg_audit_check_matches(gg_audit *audit) {
    size_t each = audit->prose->count;
    size_t looked = 0;
    for (size_t t = 0; t < audit->document.table_count && each > 0 && looked < LOOKUPS_MAX &&
                       gg_audit_go_on(audit, "matches");
         t++) {
        if (gg_audit_is_regular(audit, &audit->document.tables[t])) {
            match_table(audit, &audit->document.tables[t]);
        }
        looked += each;
    }
}
