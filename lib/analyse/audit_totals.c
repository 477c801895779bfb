/* SPDX-License-Identifier: Apache-2.0 */
/* Totals of rows. Which columns a total adds up, and from which base (100 and signed points, or 0),
 * the rows tell: over all runs of columns beside the total the one is taken for which the most rows
 * leave the same rest, which is the base. Columns called 扣分 are also tried with their sign
 * turned.
 *
 * Then ranges: a column worth 20 points takes −20 … 0 where the base is 100, and 0 … 20 where it is
 * 0. A value on the wrong side of zero, or beyond the maximum in a row whose total is right, stands
 * in the wrong column, perhaps since the text was converted: that is said as a suspicion, with the
 * column next to it that has no maximum. */
#include "audit_checks.h"

#include "base/mem.h"
#include "base/num.h"

#include <string.h>

#define SAMPLE_ROWS 256
#define FIRST_ROWS 9
#define RUN_MAX 40
#define TOTAL_COLUMN_WORDS                                                                                                                \
    "总分|合计|总计|小计|总得分|得分|总成绩|考核得分|综合得分|最终得分|总数|总量|合计得分|总件数|" \
    "total"
#define SCORE_WORDS "分|score|total"
#define BONUS_WORDS "附加|加减|加分|奖|bonus"

/* A way to put a total together. */
typedef struct model {
    int32_t from, to;        /* columns, both in */
    int32_t turned;          /* 1: columns called 扣分 count negative */
    int32_t only_sums;       /* 1: only columns that are totals themselves */
    int64_t base;            /* in units of the total's exponent 0 */
    size_t fits, rows, rich; /* rich: fitting rows with two parts or more */
} model;

static int is_total_name(gg_str name) {
    return gg_audit_is_any(name, TOTAL_COLUMN_WORDS) ||
           gg_audit_has_any(name, "总分|合计|小计|总计|总得分");
}

static int takes_part(const gg_audit_column *column, const model *m) {
    return column->kind == GG_COLUMN_COUNT && (!m->only_sums || is_total_name(column->name));
}

static int32_t weight_of(const gg_audit_column *column, const model *m) {
    return m->turned && gg_audit_has(column->name, "扣") ? -1 : 1;
}

/* "(满分40)" behind a total: out of how many points; 0 if there is none. */
static int64_t out_of(const gg_audit *audit, size_t row, int32_t column) {
    const gg_audit_cell *cell =
        gg_audit_cell_at(&audit->document, &audit->document.rows[row], column);
    static const char mark[] = "(满分";
    gg_printed number;
    size_t at = gg_audit_find(cell->unit, mark);
    if (at == SIZE_MAX ||
        gg_printed_digits(&number, cell->unit, at + sizeof mark - 1) == at + sizeof mark - 1 ||
        number.decimals != 0) {
        return 0;
    }
    return number.value;
}

/* Terms of a row's total; how many. */
static size_t row_terms(gg_audit *audit, const gg_audit_table *table, size_t row, int32_t total,
                        const model *m, gg_term *terms) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    size_t count = 0;
    int32_t figure = gg_audit_cell_figure(audit, table, row, total);
    if (figure == GG_NO_FIGURE) {
        return 0;
    }
    terms[count++] = (gg_term){figure, -1, GG_ROLE_NUMERATOR, 0};
    for (int32_t c = m->from; c <= m->to; c++) {
        int32_t part = takes_part(&columns->items[c], m)
                           ? gg_audit_cell_figure(audit, table, row, c)
                           : GG_NO_FIGURE;
        if (part != GG_NO_FIGURE) {
            terms[count++] =
                (gg_term){part, weight_of(&columns->items[c], m), GG_ROLE_NUMERATOR, 0};
        }
    }
    return count;
}

/* total − Σ parts in thousandths; -1 if it does not fit. */
static int rest_of(const gg_audit *audit, const gg_term *terms, size_t count, int64_t *rest) {
    *rest = 0;
    for (size_t i = 0; i < count; i++) {
        const gg_audit_figure *figure = &audit->figures[terms[i].figure];
        int64_t value;
        if (gg_audit_scaled(&value, figure, figure->value, -3) != 0 ||
            gg_mul(&value, value, -terms[i].weight) != 0 || gg_add(rest, *rest, value) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Majority (Boyer and Moore) of the rests of the sampled rows, and how many rows have it. */
static void try_rows(gg_audit *audit, const gg_audit_table *table, int32_t total, model *m,
                     gg_term *terms, size_t most) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int64_t candidate = 0;
    int64_t votes = 0;
    for (int pass = 0; pass < 2; pass++) {
        m->fits = m->rows = m->rich = 0;
        for (size_t r = columns->first_data; r < columns->end && m->rows < most; r++) {
            int64_t rest;
            if (!gg_audit_is_body(audit, r, GG_BODY_PLAIN) || out_of(audit, r, total) != 0) {
                continue;
            }
            size_t count = row_terms(audit, table, r, total, m, terms);
            if (count == 0 || rest_of(audit, terms, count, &rest) != 0) {
                continue;
            }
            m->rows++;
            if (pass == 0) {
                candidate = votes == 0 ? rest : candidate;
                votes += rest == candidate ? 1 : -1;
            } else if (rest == candidate) {
                m->fits++;
                m->rich += count > 2;
            }
        }
    }
    m->base = candidate / 1000;
    if (candidate % 1000 != 0) {
        m->fits = 0;
    }
}

/* A few rows first: most runs of columns add up to nothing, and that shows at once. */
static void try_model(gg_audit *audit, const gg_audit_table *table, int32_t total, model *m,
                      gg_term *terms) {
    try_rows(audit, table, total, m, terms, FIRST_ROWS);
    if (m->fits * 3 >= m->rows) {
        try_rows(audit, table, total, m, terms, SAMPLE_ROWS);
    } else {
        m->fits = 0;
    }
}

static int is_better(const model *a, const model *b) {
    if (a->fits != b->fits) {
        return a->fits > b->fits;
    }
    return a->rich > b->rich || (a->rich == b->rich && a->to - a->from > b->to - b->from);
}

static int is_open(const gg_audit_column *column) {
    return column->kind == GG_COLUMN_COUNT || column->kind == GG_COLUMN_EMPTY ||
           column->kind == GG_COLUMN_PERCENT;
}

/* The best way to put a total together, over all runs of columns on either side of it. */
static model best_model(gg_audit *audit, const gg_audit_table *table, int32_t total,
                        gg_term *terms) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    model best = {.from = 0, .to = -1};
    int variants[3] = {1, 0, 0}; // is there a column to turn, or one that is a total itself?
    for (int32_t c = 0; c < table->columns; c++) {
        variants[1] |= gg_audit_has(columns->items[c].name, "扣");
        variants[2] |= c != total && is_total_name(columns->items[c].name);
    }
    for (int32_t side = -1; side <= 1; side += 2) {
        int32_t parts = 0;
        for (int32_t c = total + side;
             c >= 0 && c < table->columns && parts < RUN_MAX && is_open(&columns->items[c]);
             c += side) {
            parts++;
            if (columns->items[c].kind != GG_COLUMN_COUNT && c > 0 && c + 1 < table->columns &&
                is_open(&columns->items[c + side])) {
                continue; // the run is the same without it
            }
            for (int32_t kind = 0; kind < 3; kind++) {
                if (kind > 0 && !variants[kind]) {
                    continue;
                }
                model m = {.from = side < 0 ? c : total + 1,
                           .to = side < 0 ? total - 1 : c,
                           .turned = kind == 1,
                           .only_sums = kind == 2};
                try_model(audit, table, total, &m, terms);
                if (m.fits > 0 && (best.to < best.from || is_better(&m, &best))) {
                    best = m;
                }
            }
        }
    }
    return best;
}

/* Is the model good enough to hold every row to it? */
static int is_claimed(const gg_audit_column *column, const model *m) {
    int named = is_total_name(column->name);
    if (m->to < m->from || m->fits == 0 || m->rich == 0) {
        // Rows of one part and a base still tell, if the total is called a total of points.
        return m->to >= m->from && named && m->base > 0 && m->fits >= (m->base == 100 ? 2u : 5u) &&
               m->fits * 3 >= m->rows * 2 && gg_audit_has_any(column->name, SCORE_WORDS);
    }
    if (m->base != 0 && !(named && gg_audit_has_any(column->name, SCORE_WORDS) && m->fits >= 2)) {
        return 0;
    }
    if (named) {
        return m->fits * 2 >= m->rows;
    }
    return m->base == 0 && m->rich >= 5 && m->fits * 5 >= m->rows * 4;
}

/* A value outside its column's range that no wrong digit explains. */
static void report_shift(gg_audit *audit, const gg_audit_table *table, int32_t figure,
                         int32_t column, int64_t low, int64_t high) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    char range[64];
    gg_str neighbour = gg_str_make("", 0);
    char name[96];
    for (int32_t step = 1; step < table->columns && neighbour.size == 0; step++) {
        for (int32_t side = 1; side >= -1 && neighbour.size == 0; side -= 2) {
            int32_t c = column + side * step;
            if (c >= 0 && c < table->columns && !columns->items[c].has_maximum &&
                gg_audit_has_any(columns->items[c].name, BONUS_WORDS)) {
                neighbour = columns->items[c].name;
            }
        }
    }
    size_t size = gg_int_format(range, low);
    memcpy(range + size, " … ", sizeof " … ");
    gg_int_format(range + size + sizeof " … " - 1, high);
    gg_text_copy(name, sizeof name, neighbour.data, neighbour.size);
    const gg_report report = {.rule = neighbour.size > 0 ? GG_RULE_AUDIT_COLUMN_SHIFT
                                                         : GG_RULE_AUDIT_RANGE,
                              .severity = -1,
                              .figures = &figure,
                              .count = 1,
                              .expected = range,
                              .extra = {name, name}};
    gg_audit_report(audit, &report);
}

/* Ranges of the cells of one row; held: its total is right. */
static void check_ranges(gg_audit *audit, const gg_audit_table *table, size_t row, int deductions,
                         int held) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    for (int32_t c = 0; c < table->columns; c++) {
        const gg_audit_column *column = &columns->items[c];
        int32_t figure =
            column->has_maximum && column->maximum.decimals == 0 && column->kind == GG_COLUMN_COUNT
                ? gg_audit_cell_figure(audit, table, row, c)
                : GG_NO_FIGURE;
        int64_t value;
        if (figure == GG_NO_FIGURE || gg_audit_scaled(&value, &audit->figures[figure],
                                                      audit->figures[figure].value, -3) != 0) {
            continue;
        }
        int64_t low = deductions ? -column->maximum.value : 0;
        int64_t high = deductions ? 0 : column->maximum.value;
        // On the wrong side of zero a value is in the wrong column, whatever the total; beyond the
        // maximum it may be wrong.
        if ((deductions ? value > 0 : value < 0) ||
            (held && (value > high * 1000 || value < low * 1000))) {
            report_shift(audit, table, figure, c, low, high);
            continue;
        }
        const gg_term above = {figure, 1, 0, 0};
        const gg_term below = {figure, -1, 0, 0};
        int64_t before = audit->findings->checked[GRIDGOV_CHECK_RANGE];
        int both = gg_audit_at_most(audit, GRIDGOV_CHECK_RANGE, GG_RULE_AUDIT_RANGE, &above, 1,
                                    -high, figure) == 1;
        both &= gg_audit_at_most(audit, GRIDGOV_CHECK_RANGE, GG_RULE_AUDIT_RANGE, &below, 1, low,
                                 figure) == 1;
        audit->findings->checked[GRIDGOV_CHECK_RANGE] = before + both; // one range, two ends
    }
}

/* Are most numbers under maxima negative? */
static int has_deductions(const gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int64_t negative = 0;
    for (size_t r = columns->first_data; r < columns->end && r < columns->first_data + SAMPLE_ROWS;
         r++) {
        const gg_audit_row *row = &audit->document.rows[r];
        for (int32_t c = 0; c < row->count && row->kind == GG_ROW_DATA; c++) {
            const gg_audit_cell *cell = gg_audit_cell_at(&audit->document, row, c);
            if (columns->items[c].has_maximum && cell->kind == GG_CELL_NUMBER) {
                negative += cell->number.value < 0 ? 1 : -1;
            }
        }
    }
    return negative > 0;
}

/* Hold every row to the model; 1 if ranges were looked at on the way. */
static int add_rows(gg_audit *audit, const gg_audit_table *table, int32_t total, const model *m,
                    gg_term *terms, int ranges) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int deductions = ranges && (m->base > 0 || has_deductions(audit, table));
    for (size_t r = columns->first_data; r < columns->end && gg_audit_go_on(audit, "totals"); r++) {
        int plain = gg_audit_is_body(audit, r, GG_BODY_PLAIN);
        int whole = m->base == 0 && (gg_audit_is_body(audit, r, GG_BODY_TOTAL) ||
                                     gg_audit_is_body(audit, r, GG_BODY_SUBTOTAL));
        if (!plain && !whole) {
            continue;
        }
        size_t count = row_terms(audit, table, r, total, m, terms);
        int64_t own = out_of(audit, r, total);
        int held = 0;
        if (count > 1 || (count == 1 && m->base != 0)) {
            held = gg_audit_equation(audit, GRIDGOV_CHECK_ROW_TOTAL, GG_RULE_AUDIT_ROW_TOTAL, terms,
                                     count, own != 0 ? own : m->base, 0, terms[0].figure) == 1;
        }
        if (plain && ranges) {
            check_ranges(audit, table, r, deductions, held);
        }
    }
    return ranges;
}

/* A maximum that every fifth value of its column exceeds is itself what is doubted; it binds nobody
 * then. */
static void doubt_maximum(gg_audit *audit, const gg_audit_table *table, int32_t column) {
    gg_audit_column *of = &audit->columns[table->number - 1].items[column];
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int64_t most = of->maximum.value * gg_power_of_ten(3);
    int64_t beyond = 0;
    for (size_t r = columns->first_data; r < columns->end; r++) {
        int32_t figure = gg_audit_is_body(audit, r, GG_BODY_PLAIN)
                             ? gg_audit_cell_figure(audit, table, r, column)
                             : GG_NO_FIGURE;
        int64_t value;
        beyond += figure != GG_NO_FIGURE &&
                  gg_audit_scaled(&value, &audit->figures[figure], audit->figures[figure].value,
                                  -3) == 0 &&
                  (value > most || value < -most);
    }
    if (of->maximum.decimals != 0 || beyond < 2 || beyond * 5 < of->numbers) {
        return;
    }
    of->has_maximum = 0;
    int32_t figure = gg_audit_text_figure(
        audit, table, (size_t)of->name_row, column,
        gg_audit_cell_at(&audit->document, &audit->document.rows[of->name_row], column)->text);
    if (figure != GG_NO_FIGURE) {
        const gg_report report = {.rule = GG_RULE_AUDIT_HEADER,
                                  .severity = -1,
                                  .figures = &figure,
                                  .count = 1,
                                  .extra = {"；多个数值超出它", "; several values exceed it"}};
        gg_audit_report(audit, &report);
    }
}

void gg_audit_check_row_totals(gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    gg_term *terms = gg_calloc((size_t)table->columns + 1, sizeof *terms);
    int32_t tried = 0;
    int maxima = 0;
    int ranged = 0;
    if (terms == NULL) {
        gg_audit_out_of_memory(audit);
        return;
    }
    for (int32_t c = 0; c < table->columns; c++) {
        if (columns->items[c].has_maximum && columns->items[c].kind == GG_COLUMN_COUNT) {
            doubt_maximum(audit, table, c);
        }
        maxima |= columns->items[c].has_maximum;
    }
    for (int32_t c = table->columns;
         c-- > 0 && tried < RUN_MAX && gg_audit_go_on(audit, "totals");) {
        if (columns->items[c].kind != GG_COLUMN_COUNT) {
            continue;
        }
        tried++;
        model m = best_model(audit, table, c, terms);
        if (is_claimed(&columns->items[c], &m)) {
            ranged |= add_rows(audit, table, c, &m, terms, maxima && !ranged);
        }
    }
    int deductions = maxima && !ranged ? has_deductions(audit, table) : 0;
    for (size_t r = columns->first_data; maxima && !ranged && r < columns->end; r++) {
        if (gg_audit_is_body(audit, r, GG_BODY_PLAIN)) {
            check_ranges(audit, table, r, deductions, 0);
        }
    }
    gg_free(terms);
}
