/* SPDX-License-Identifier: Apache-2.0 */
/* Columns that compare two periods: differences (增减), changes in per cent (环比, 同比, 增幅) and
 * differences of rates in percentage points. Which two columns are compared, the data tell, as with
 * rates; headers that say 上月 or 去年同期 decide where there are only one or two rows. */
#include "audit_checks.h"

#include "base/num.h"

#define COLUMNS_TRIED 24
#define SAMPLE_ROWS 128
#define CHANGE_WORDS "环比|同比|增|降|幅|较|变化|change"
#define DIFFERENCE_WORDS "增减|增/减|升降|变化|差|较上|比上|增量|环比|同比|+/-|±"
#define BASE_WORDS "上月|上周|上期|上季|上年|去年|同期|基期|previous"
#define CURRENT_WORDS "本月|本周|本期|本季|今年|当月|当期|current"

enum { KIND_PERCENT = 1, KIND_DIFFERENCE = 2 };

typedef struct pair {
    int32_t current, base;
    size_t fits, rows, moved; /* moved: fitting rows whose change is not 0 */
    int named;
} pair;

/* 1 if current − base is the shown number. */
static int is_difference(const gg_audit *audit, int32_t shown, int32_t current, int32_t base) {
    const int32_t figures[3] = {shown, current, base};
    int64_t values[3];
    int32_t exponent = 0;
    for (int i = 0; i < 3; i++) {
        int32_t own = gg_audit_exponent(&audit->figures[figures[i]]);
        exponent = own < exponent ? own : exponent;
    }
    for (int i = 0; i < 3; i++) {
        const gg_audit_figure *figure = &audit->figures[figures[i]];
        if (gg_audit_scaled(&values[i], figure, figure->value, exponent) != 0) {
            return 0;
        }
    }
    int64_t difference;
    return gg_sub(&difference, values[1], values[2]) == 0 && difference == values[0];
}

static int is_data(const gg_audit *audit, size_t row) {
    const gg_audit_row *at = &audit->document.rows[row];
    return at->kind == GG_ROW_DATA && at->body != GG_BODY_MEAN && at->body != GG_BODY_SECTION;
}

static void try_pair(gg_audit *audit, const gg_audit_table *table, int32_t column, int kind,
                     pair *p) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    for (size_t r = columns->first_data; r < columns->end && p->rows < SAMPLE_ROWS; r++) {
        int32_t shown =
            is_data(audit, r) ? gg_audit_cell_figure(audit, table, r, column) : GG_NO_FIGURE;
        if (shown == GG_NO_FIGURE) {
            continue;
        }
        int32_t current = gg_audit_cell_figure(audit, table, r, p->current);
        int32_t base = gg_audit_cell_figure(audit, table, r, p->base);
        if (current == GG_NO_FIGURE || base == GG_NO_FIGURE) {
            continue;
        }
        p->rows++;
        int fits = kind == KIND_PERCENT ? gg_audit_change_follows(audit, shown, current, base) != 0
                                        : is_difference(audit, shown, current, base);
        p->fits += (size_t)fits;
        p->moved += fits && audit->figures[shown].value != 0;
    }
}

/* The pair of columns that most rows of a change follow from. */
static pair best_pair(gg_audit *audit, const gg_audit_table *table, int32_t column, int kind) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    pair best = {.current = -1};
    int32_t wanted = kind == KIND_PERCENT ? GG_COLUMN_COUNT : columns->items[column].kind;
    for (int32_t c = 0; c < table->columns && c < COLUMNS_TRIED; c++) {
        for (int32_t b = 0; b < table->columns && b < COLUMNS_TRIED; b++) {
            if (c == b || c == column || b == column || columns->items[c].kind != wanted ||
                columns->items[b].kind != wanted) {
                continue;
            }
            pair p = {.current = c, .base = b};
            p.named = gg_audit_has_any(columns->items[b].name, BASE_WORDS) &&
                      !gg_audit_has_any(columns->items[c].name, BASE_WORDS);
            p.named += p.named && gg_audit_has_any(columns->items[c].name, CURRENT_WORDS);
            try_pair(audit, table, column, kind, &p);
            if (p.rows > 0 && (best.current < 0 || p.fits > best.fits ||
                               (p.fits == best.fits && p.named > best.named))) {
                best = p;
            }
        }
    }
    return best;
}

static int is_claimed(const pair *p) {
    if (p->current < 0) {
        return 0;
    }
    return (p->fits * 5 >= p->rows * 3 && p->moved >= (p->named ? 1u : 2u)) ||
           (p->named == 2 && p->rows <= 2);
}

static void add_changes(gg_audit *audit, const gg_audit_table *table, int32_t column, int kind,
                        const pair *p) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    for (size_t r = columns->first_data; r < columns->end && gg_audit_go_on(audit, "changes");
         r++) {
        int32_t shown =
            is_data(audit, r) ? gg_audit_cell_figure(audit, table, r, column) : GG_NO_FIGURE;
        if (shown == GG_NO_FIGURE) {
            continue;
        }
        int32_t current = gg_audit_cell_figure(audit, table, r, p->current);
        int32_t base = gg_audit_cell_figure(audit, table, r, p->base);
        if (current == GG_NO_FIGURE || base == GG_NO_FIGURE) {
            continue;
        }
        if (kind == KIND_PERCENT) {
            const gg_term terms[4] = {{shown, 1, GG_ROLE_SHOWN, 0},
                                      {current, 1, GG_ROLE_NUMERATOR, 0},
                                      {base, -1, GG_ROLE_NUMERATOR, 0},
                                      {base, 1, GG_ROLE_DENOMINATOR, 0}};
            gg_audit_ratio(audit, GRIDGOV_CHECK_CHANGE, GG_RULE_AUDIT_CHANGE, terms, 4, 0,
                           GRIDGOV_ROUNDING_HALF_UP, 0);
        } else {
            const gg_term terms[3] = {{shown, -1, 0, 0}, {current, 1, 0, 0}, {base, -1, 0, 0}};
            gg_audit_equation(audit, GRIDGOV_CHECK_CHANGE, GG_RULE_AUDIT_CHANGE, terms, 3, 0, 0,
                              shown);
        }
    }
}

/* Signed numbers in a table of points are deductions, not differences. */
static int has_points(const gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    for (int32_t c = 0; c < table->columns; c++) {
        if (columns->items[c].has_maximum ||
            gg_audit_has_any(columns->items[c].name, "分|score|points|Bonus")) {
            return 1;
        }
    }
    return 0;
}

void gg_audit_check_changes(gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int points = has_points(audit, table);
    int32_t tried = 0;
    for (int32_t c = 0; c < table->columns && tried < COLUMNS_TRIED; c++) {
        const gg_audit_column *column = &columns->items[c];
        int percent =
            column->kind == GG_COLUMN_PERCENT && (gg_audit_has_any(column->name, CHANGE_WORDS) ||
                                                  gg_audit_has_any(column->group, CHANGE_WORDS));
        int difference =
            (column->kind == GG_COLUMN_COUNT || column->kind == GG_COLUMN_PERCENT) &&
            (gg_audit_has_any(column->name, DIFFERENCE_WORDS) ||
             gg_audit_has_any(column->group, DIFFERENCE_WORDS) || (column->signs > 0 && !points));
        if ((!percent && !difference) || !gg_audit_go_on(audit, "changes")) {
            continue;
        }
        tried++;
        pair p = percent ? best_pair(audit, table, c, KIND_PERCENT) : (pair){.current = -1};
        if (is_claimed(&p)) {
            add_changes(audit, table, c, KIND_PERCENT, &p);
            continue;
        }
        p = difference ? best_pair(audit, table, c, KIND_DIFFERENCE) : p;
        if (difference && is_claimed(&p)) {
            add_changes(audit, table, c, KIND_DIFFERENCE, &p);
        }
    }
}
