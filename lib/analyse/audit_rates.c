/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of rates: which two columns of counts a rate was computed from, the data tell. A pair is
 * taken if most rows follow from it; with one row or two the names decide (结案率 from 结案数 and
 * 办理数). A pair that fits is then an identity of every row, totals included, and the numerator
 * cannot exceed the denominator.
 *
 * Pairs are tried on at most SAMPLE_ROWS rows and COLUMNS_TRIED columns, so the work is bounded for
 * a table of any size. */
#include "audit_checks.h"

#include "base/mem.h"

#include <string.h>

#define COLUMNS_TRIED 24
#define SAMPLE_ROWS 128
#define NOT_RATE_WORDS "环比|同比|增|降|幅|较|变化|占比|比例|比重|百分比|份额|占"
#define MAY_EXCEED_WORDS "完成|关联|增|降|幅|环比|同比|较|变化"
#define WHOLE_WORDS "办理|受理|应|总|派|交办|转办|上报|立案|任务|件数|数量"

static int is_rate_column(const gg_audit_column *column) {
    if (column->kind == GG_COLUMN_PERCENT) {
        return !gg_audit_has_any(column->name, NOT_RATE_WORDS);
    }
    return column->kind == GG_COLUMN_COUNT && gg_audit_has(column->name, "率") &&
           !gg_audit_has_any(column->name, NOT_RATE_WORDS);
}

/* The name of a rate without 率 and brackets: what its numerator should be called. */
static gg_str stem_of(gg_str name) {
    size_t end = gg_audit_find(name, "率");
    gg_str stem = gg_str_make(name.data, end == SIZE_MAX ? 0 : end);
    static const char *const heads[] = {"事件", "工单", "案件", "总体", "综合", "整体"};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        size_t size = strlen(heads[i]);
        if (stem.size > size && memcmp(stem.data, heads[i], size) == 0) {
            stem = gg_str_make(stem.data + size, stem.size - size);
        }
    }
    return gg_text_trim(stem);
}

static int has_stem(gg_str name, gg_str stem) {
    char buffer[64];
    if (stem.size == 0 || stem.size >= sizeof buffer) {
        return 0;
    }
    gg_text_copy(buffer, sizeof buffer, stem.data, stem.size);
    size_t at = gg_audit_find(name, buffer);
    // 按期结案数 is not the numerator of 结案率, nor is what was not closed.
    return at == 0 || (at != SIZE_MAX && !gg_audit_has_any(name, "按期|按时|应|未|超|不|及时"));
}

/* One rate and the two columns of a guess. */
typedef struct guess {
    int32_t num, den;
    size_t fits, rows;
    int stem, named; /* the numerator is called like the rate; the denominator like a whole */
    int left;        /* the denominator stands left of the numerator */
} guess;

/* Rows with a rate: those that follow from a pair, and those that could. */
static void try_pair(gg_audit *audit, const gg_audit_table *table, int32_t rate, guess *pair) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    pair->fits = pair->rows = 0;
    for (size_t r = columns->first_data; r < columns->end && pair->rows < SAMPLE_ROWS; r++) {
        if (audit->document.rows[r].kind != GG_ROW_DATA ||
            audit->document.rows[r].body == GG_BODY_MEAN) {
            continue;
        }
        int32_t shown = gg_audit_cell_figure(audit, table, r, rate);
        if (shown == GG_NO_FIGURE) {
            continue;
        }
        int32_t num = gg_audit_cell_figure(audit, table, r, pair->num);
        int32_t den = gg_audit_cell_figure(audit, table, r, pair->den);
        if (num != GG_NO_FIGURE && den != GG_NO_FIGURE && audit->figures[den].value > 0) {
            pair->rows++;
            pair->fits += gg_audit_follows(audit, shown, num, den) != 0;
        }
    }
}

/* More rows that follow; but a pair whose names say so may have one wrong row more than one that
 * fits by chance. */
static int is_better(const guess *a, const guess *b) {
    size_t left = a->fits + (a->stem && a->named ? 1u : 0u);
    size_t right = b->fits + (b->stem && b->named ? 1u : 0u);
    if (left != right) {
        return left > right;
    }
    int names = 2 * a->stem + 2 * a->named + a->left - 2 * b->stem - 2 * b->named - b->left;
    return names != 0 ? names > 0 : a->rows > b->rows;
}

static guess best_pair(gg_audit *audit, const gg_audit_table *table, int32_t rate) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    gg_str stem = stem_of(columns->items[rate].name);
    guess best = {.num = -1};
    int32_t tried = 0;
    for (int32_t num = 0; num < table->columns && tried < COLUMNS_TRIED; num++) {
        if (columns->items[num].kind != GG_COLUMN_COUNT || num == rate) {
            continue;
        }
        tried++;
        int32_t dens = 0;
        for (int32_t den = 0; den < table->columns && dens < COLUMNS_TRIED; den++) {
            if (columns->items[den].kind != GG_COLUMN_COUNT || den == num || den == rate) {
                continue;
            }
            dens++;
            guess pair = {.num = num, .den = den};
            pair.stem = has_stem(columns->items[num].name, stem);
            pair.named = gg_audit_has_any(columns->items[den].name, WHOLE_WORDS);
            pair.left = den < num;
            try_pair(audit, table, rate, &pair);
            if (pair.rows > 0 && (best.num < 0 || is_better(&pair, &best))) {
                best = pair;
            }
        }
    }
    return best;
}

/* Is a pair good enough to hold every row to it? */
static int is_claimed(const guess *pair) {
    if (pair->num < 0) {
        return 0;
    }
    if (pair->fits * 5 >= pair->rows * 3 && pair->fits >= (pair->stem ? 1u : 3u)) {
        return 1;
    }
    return pair->stem && pair->named && pair->rows <= 2;
}

static int32_t rounding_of(gg_audit *audit, const gg_audit_table *table, int32_t rate,
                           const guess *pair) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    size_t counts[4] = {0};
    for (size_t r = columns->first_data; r < columns->end && r < columns->first_data + SAMPLE_ROWS;
         r++) {
        int32_t shown = gg_audit_cell_figure(audit, table, r, rate);
        int32_t num = gg_audit_cell_figure(audit, table, r, pair->num);
        int32_t den = gg_audit_cell_figure(audit, table, r, pair->den);
        if (shown != GG_NO_FIGURE && num != GG_NO_FIGURE && den != GG_NO_FIGURE) {
            counts[gg_audit_follows(audit, shown, num, den)]++;
        }
    }
    // Cut-off figures that round down by themselves count as half up; two that do not make a habit.
    return counts[GRIDGOV_ROUNDING_TRUNCATE] >= 2 &&
                   counts[GRIDGOV_ROUNDING_TRUNCATE] * 4 > counts[GRIDGOV_ROUNDING_HALF_UP]
               ? GRIDGOV_ROUNDING_TRUNCATE
               : GRIDGOV_ROUNDING_HALF_UP;
}

static void add_rates(gg_audit *audit, const gg_audit_table *table, int32_t rate,
                      const guess *pair) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int32_t rounding = rounding_of(audit, table, rate, pair);
    int bounded = !gg_audit_has_any(columns->items[rate].name, MAY_EXCEED_WORDS);
    for (size_t r = columns->first_data; r < columns->end && gg_audit_go_on(audit, "rates"); r++) {
        if (audit->document.rows[r].kind != GG_ROW_DATA ||
            audit->document.rows[r].body == GG_BODY_MEAN) {
            continue;
        }
        int32_t shown = gg_audit_cell_figure(audit, table, r, rate);
        int32_t num = gg_audit_cell_figure(audit, table, r, pair->num);
        int32_t den = gg_audit_cell_figure(audit, table, r, pair->den);
        if (num == GG_NO_FIGURE || den == GG_NO_FIGURE) {
            continue;
        }
        if (shown != GG_NO_FIGURE) {
            gg_audit_share_of(audit, GRIDGOV_CHECK_RATE, GG_RULE_AUDIT_RATE, shown, num, den, 0,
                              rounding);
        }
        if (bounded) {
            const gg_term terms[2] = {{num, 1, 0, 0}, {den, -1, 0, 0}};
            gg_audit_at_most(audit, GRIDGOV_CHECK_ORDER, GG_RULE_AUDIT_ORDER, terms, 2, 0, num);
        }
    }
}

/* Rates that no pair explains can still not exceed a hundred. */
static void bound_rates(gg_audit *audit, const gg_audit_table *table, int32_t rate) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    if (columns->items[rate].kind != GG_COLUMN_PERCENT ||
        gg_audit_has_any(columns->items[rate].name, MAY_EXCEED_WORDS) ||
        !gg_audit_has(columns->items[rate].name, "率")) {
        return;
    }
    for (size_t r = columns->first_data; r < columns->end; r++) {
        int32_t shown = gg_audit_is_body(audit, r, GG_BODY_SECTION)
                            ? GG_NO_FIGURE
                            : gg_audit_cell_figure(audit, table, r, rate);
        if (shown != GG_NO_FIGURE && audit->figures[shown].number.mark == GG_MARK_PERCENT) {
            const gg_term term = {shown, 1, 0, 0};
            gg_audit_at_most(audit, GRIDGOV_CHECK_RANGE, GG_RULE_AUDIT_RATE_ABOVE, &term, 1, -100,
                             shown);
        }
    }
}

/* 流转数 and 结案数 are parts of 办理数 by their names alone. */
static void order_by_name(gg_audit *audit, const gg_audit_table *table, const guess *claimed,
                          int32_t claims) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int32_t whole = -1;
    for (int32_t c = 0; c < table->columns; c++) {
        if (columns->items[c].kind == GG_COLUMN_COUNT &&
            gg_audit_is_any(columns->items[c].name, "办理数|办理件数|办理量|handled")) {
            whole = c;
        }
    }
    for (int32_t c = 0; whole >= 0 && c < table->columns; c++) {
        if (columns->items[c].kind != GG_COLUMN_COUNT ||
            !gg_audit_is_any(columns->items[c].name,
                             "流转数|结案数|办结数|流转件数|结案件数|办结件数|dispatched|closed")) {
            continue;
        }
        int known = 0; // as numerator and denominator of a rate
        for (int32_t i = 0; i < claims; i++) {
            known |= claimed[i].num == c && claimed[i].den == whole;
        }
        for (size_t r = columns->first_data; r < columns->end && !known; r++) {
            int32_t part = gg_audit_cell_figure(audit, table, r, c);
            int32_t all = gg_audit_cell_figure(audit, table, r, whole);
            if (part != GG_NO_FIGURE && all != GG_NO_FIGURE) {
                const gg_term terms[2] = {{part, 1, 0, 0}, {all, -1, 0, 0}};
                gg_audit_at_most(audit, GRIDGOV_CHECK_ORDER, GG_RULE_AUDIT_ORDER, terms, 2, 0,
                                 part);
            }
        }
    }
}

void gg_audit_check_rates(gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    guess claimed[COLUMNS_TRIED];
    int32_t claims = 0;
    int32_t rates = 0;
    for (int32_t c = 0; c < table->columns && rates < COLUMNS_TRIED; c++) {
        if (!is_rate_column(&columns->items[c]) || !gg_audit_go_on(audit, "rates")) {
            continue;
        }
        rates++;
        guess pair = best_pair(audit, table, c);
        if (is_claimed(&pair)) {
            add_rates(audit, table, c, &pair);
            claimed[claims++] = pair;
        } else {
            bound_rates(audit, table, c);
        }
    }
    order_by_name(audit, table, claimed, claims);
}
