/* SPDX-License-Identifier: Apache-2.0 */
/* Total, subtotal and mean rows. A subtotal adds up the rows since the last one, or those up to the
 * next one where subtotals stand above their rows; a total adds up the subtotals and the rows in
 * none. Which way round a table is, its first rows tell. A column of rates, points or ranks is not
 * summed unless it happens to add up.
 *
 * Where no column of a total row adds up, the row is a total of something else (a list of the top
 * five, say) and no claim is made. */
#include "audit_checks.h"

#include "base/mem.h"

#define NOT_SUMMED "率|均|得分|评分|分值|指数|排名|名次|单价|人均"

/* The rows that a total adds up. */
typedef struct parts {
    size_t *rows;
    size_t count;
} parts;

static int is_summed(const gg_audit_column *column) {
    return !gg_audit_has_any(column->name, NOT_SUMMED) &&
           !gg_audit_has_any(column->group, NOT_SUMMED);
}

/* Add total = Σ parts for a column if it is to be claimed; 1 it holds, 0 it does not, −1 there is
 * nothing to add up. */
static int sum_column(gg_audit *audit, const gg_audit_table *table, size_t total, const parts *of,
                      int32_t column, int commit, gg_term *terms) {
    int32_t target = gg_audit_cell_figure(audit, table, total, column);
    size_t count = 0;
    int64_t sum = 0;
    int32_t exponent = 0;
    if (target == GG_NO_FIGURE) {
        return -1;
    }
    terms[count++] = (gg_term){target, -1, GG_ROLE_NUMERATOR, 0};
    for (size_t i = 0; i < of->count; i++) {
        int32_t part = gg_audit_cell_figure(audit, table, of->rows[i], column);
        if (part != GG_NO_FIGURE) {
            terms[count++] = (gg_term){part, 1, GG_ROLE_NUMERATOR, 0};
        }
    }
    if (count < 3) {
        return -1;
    }
    if (commit) {
        return gg_audit_equation(audit, GRIDGOV_CHECK_SUM, GG_RULE_AUDIT_SUM, terms, count, 0, 0,
                                 target);
    }
    for (size_t i = 0; i < count; i++) {
        int32_t own = gg_audit_exponent(&audit->figures[terms[i].figure]);
        exponent = own < exponent ? own : exponent;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t value;
        const gg_audit_figure *figure = &audit->figures[terms[i].figure];
        if (gg_audit_scaled(&value, figure, figure->value, exponent) != 0 ||
            value > INT64_MAX / 1000000 / 8 || value < -(INT64_MAX / 1000000 / 8)) {
            return -1;
        }
        sum += terms[i].weight * value;
    }
    return sum == 0;
}

static void sum_row(gg_audit *audit, const gg_audit_table *table, size_t total, const parts *of,
                    gg_term *terms) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int tried = 0;
    int held = 0;
    for (int32_t c = 0; c < table->columns; c++) {
        if (columns->items[c].kind == GG_COLUMN_COUNT && is_summed(&columns->items[c])) {
            int result = sum_column(audit, table, total, of, c, 0, terms);
            tried += result >= 0;
            held += result == 1;
        }
    }
    for (int32_t c = 0; c < table->columns && gg_audit_go_on(audit, "sums"); c++) {
        if (columns->items[c].kind != GG_COLUMN_COUNT) {
            continue;
        }
        int claimed = is_summed(&columns->items[c]) && (held > 0 || tried == 1);
        if (claimed || sum_column(audit, table, total, of, c, 0, terms) == 1) {
            sum_column(audit, table, total, of, c, 1, terms);
        }
    }
}

/* A mean row: claimed once two of its columns are means of the rows above. */
static void mean_row(gg_audit *audit, const gg_audit_table *table, size_t mean, const parts *of,
                     gg_term *terms) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    for (int32_t c = 0; c < table->columns; c++) {
        int32_t kind = columns->items[c].kind;
        int32_t shown = gg_audit_cell_figure(audit, table, mean, c);
        size_t count = 0;
        if (shown == GG_NO_FIGURE || (kind != GG_COLUMN_COUNT && kind != GG_COLUMN_PERCENT)) {
            continue;
        }
        terms[count++] = (gg_term){shown, 1, GG_ROLE_SHOWN, 0};
        for (size_t i = 0; i < of->count; i++) {
            int32_t part = gg_audit_cell_figure(audit, table, of->rows[i], c);
            if (part != GG_NO_FIGURE) {
                terms[count++] = (gg_term){part, 1, GG_ROLE_NUMERATOR, 0};
            }
        }
        if (count < 3) {
            continue;
        }
        size_t identities = audit->identity_count;
        if (gg_audit_ratio(audit, GRIDGOV_CHECK_MEAN, GG_RULE_AUDIT_MEAN, terms, count,
                           (int64_t)count - 1, GRIDGOV_ROUNDING_HALF_UP, 1) == 0 &&
            kind == GG_COLUMN_PERCENT) {
            // the rate of all is not the mean of the rates
            audit->term_count = audit->identities[identities].first;
            audit->identity_count = identities;
        }
    }
}

/* Rows that a subtotal at `at` covers: since the last subtotal, or up to the next. */
static void subtotal_parts(const gg_audit *audit, const gg_audit_columns *columns, size_t at,
                           int below, parts *of) {
    of->count = 0;
    if (below) {
        for (size_t r = at + 1; r < columns->end; r++) {
            if (gg_audit_is_body(audit, r, GG_BODY_SUBTOTAL) ||
                gg_audit_is_body(audit, r, GG_BODY_TOTAL)) {
                break;
            }
            if (gg_audit_is_body(audit, r, GG_BODY_PLAIN)) {
                of->rows[of->count++] = r;
            }
        }
        return;
    }
    for (size_t r = at; r-- > columns->first_data;) {
        if (gg_audit_is_body(audit, r, GG_BODY_SUBTOTAL) ||
            gg_audit_is_body(audit, r, GG_BODY_TOTAL)) {
            break;
        }
        if (gg_audit_is_body(audit, r, GG_BODY_PLAIN)) {
            of->rows[of->count++] = r;
        }
    }
}

/* Rows that a mean covers: those above, up to another mean. */
static void mean_parts(const gg_audit *audit, const gg_audit_columns *columns, size_t at,
                       parts *of) {
    of->count = 0;
    for (size_t r = at; r-- > columns->first_data;) {
        if (gg_audit_is_body(audit, r, GG_BODY_MEAN)) {
            break;
        }
        if (gg_audit_is_body(audit, r, GG_BODY_PLAIN)) {
            of->rows[of->count++] = r;
        }
    }
}

/* Rows that a total covers: subtotals, and plain rows that no subtotal covers. */
static void total_parts(const gg_audit *audit, const gg_audit_columns *columns, int below,
                        parts *of) {
    size_t from = columns->first_data;
    int open = below; // rows before the first subtotal are in none where subtotals stand above
    of->count = 0;
    for (size_t r = columns->first_data; r < columns->end; r++) {
        if (gg_audit_is_body(audit, r, GG_BODY_SUBTOTAL)) {
            if (!below) { // the rows gathered since the last one are in it
                while (of->count > 0 && of->rows[of->count - 1] >= from &&
                       gg_audit_is_body(audit, of->rows[of->count - 1], GG_BODY_PLAIN)) {
                    of->count--;
                }
            }
            of->rows[of->count++] = r;
            from = r + 1;
            open = 0;
        } else if (gg_audit_is_body(audit, r, GG_BODY_PLAIN) && (!below || open)) {
            of->rows[of->count++] = r;
        }
    }
}

void gg_audit_check_sums(gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    parts of = {gg_calloc(table->row_count, sizeof *of.rows), 0};
    gg_term *terms = gg_calloc(table->row_count + 1, sizeof *terms);
    size_t totals = 0;
    size_t last_total = 0;
    int seen_plain = 0;
    int below = -1; // 1: subtotals stand above their rows
    if (of.rows == NULL || terms == NULL) {
        gg_audit_out_of_memory(audit);
        goto done;
    }
    for (size_t r = columns->first_data; r < columns->end; r++) {
        seen_plain |= gg_audit_is_body(audit, r, GG_BODY_PLAIN);
        if (gg_audit_is_body(audit, r, GG_BODY_SUBTOTAL) && below < 0) {
            below = !seen_plain;
        }
        if (gg_audit_is_body(audit, r, GG_BODY_TOTAL)) {
            totals++;
            last_total = r;
        }
    }
    if (totals > 1) { // all but the last are subtotals
        below = below < 0 ? 0 : below;
        for (size_t r = columns->first_data; r < last_total; r++) {
            gg_audit_row *row = &audit->document.rows[r];
            row->body = row->kind == GG_ROW_DATA && row->body == GG_BODY_TOTAL ? GG_BODY_SUBTOTAL
                                                                               : row->body;
        }
    }
    for (size_t r = columns->first_data; r < columns->end && gg_audit_go_on(audit, "sums"); r++) {
        if (gg_audit_is_body(audit, r, GG_BODY_SUBTOTAL)) {
            subtotal_parts(audit, columns, r, below > 0, &of);
            sum_row(audit, table, r, &of, terms);
        } else if (gg_audit_is_body(audit, r, GG_BODY_TOTAL)) {
            total_parts(audit, columns, below > 0, &of);
            sum_row(audit, table, r, &of, terms);
        } else if (gg_audit_is_body(audit, r, GG_BODY_MEAN)) {
            mean_parts(audit, columns, r, &of);
            mean_row(audit, table, r, &of, terms);
        }
    }
done:
    gg_free(terms);
    gg_free(of.rows);
}
