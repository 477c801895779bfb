/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of shares in tables: which column of counts each belongs to, which figures may be its
 * denominator, and what its own total must be. A share column belongs to the count column before it
 * whose shares fit best; the list of both goes to gg_audit_share_list() (audit_shares.c), which
 * finds the denominator. Shares of a whole add up to 100 but for what their rounding explains. */
#include "audit_checks.h"
#include "audit_prose.h"

#include "base/mem.h"
#include "base/num.h"

#include <string.h>

#define SHARE_WORDS "占比|比例|比重|百分比|占总|占|份额|share"
#define NOT_SHARE_WORDS "率|环比|同比|增|降|幅|较|完成"

static int is_share_column(const gg_audit_column *column) {
    if (column->kind != GG_COLUMN_PERCENT) {
        return 0;
    }
    return gg_audit_has_any(column->name, SHARE_WORDS) ||
           !gg_audit_has_any(column->name, NOT_SHARE_WORDS);
}

/* Shares without counts: they add up to a hundred as far as rounding allows. */
static void sum_shares(gg_audit *audit, const gg_audit_table *table, int32_t column,
                       gg_term *terms) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    size_t count = 0;
    int64_t sum = 0;
    int32_t decimals = -1;
    for (size_t r = columns->first_data; r < columns->end; r++) {
        int32_t shown = gg_audit_is_body(audit, r, GG_BODY_PLAIN)
                            ? gg_audit_cell_figure(audit, table, r, column)
                            : GG_NO_FIGURE;
        if (shown != GG_NO_FIGURE) {
            const gg_audit_figure *figure = &audit->figures[shown];
            if (decimals >= 0 && figure->number.decimals != decimals) {
                return;
            }
            decimals = figure->number.decimals;
            sum += figure->value;
            terms[count++] = (gg_term){shown, 1, GG_ROLE_NUMERATOR, 0};
        }
    }
    if (count < 3 || decimals < 1) {
        return;
    }
    int64_t whole = 100 * gg_power_of_ten(decimals);
    int64_t away = sum > whole ? sum - whole : whole - sum;
    if (away <= whole / 10) { // else it is no list of all
        gg_audit_equation(audit, GRIDGOV_CHECK_SHARE_SUM, GG_RULE_AUDIT_SHARE_SUM, terms, count,
                          -100, (int64_t)count / 2, terms[0].figure);
    }
}

/* Figures that may be the denominator of a column: totals of the count column, then sums in prose.
 */
static size_t find_candidates(gg_audit *audit, const gg_audit_table *table, int32_t column,
                              int32_t *out, int32_t *total) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    size_t count = 0;
    *total = GG_NO_FIGURE;
    for (size_t r = columns->end; r-- > columns->first_data && count < 8;) {
        if (gg_audit_is_body(audit, r, GG_BODY_TOTAL)) {
            int32_t figure = gg_audit_cell_figure(audit, table, r, column);
            if (figure != GG_NO_FIGURE) {
                *total = *total == GG_NO_FIGURE ? figure : *total;
                out[count++] = figure;
            }
        }
    }
    for (int32_t c = 0; c < column && count < 16; c++) { // "受理总量 38447" merged beside the rows
        int32_t figure = columns->items[c].kind == GG_COLUMN_COUNT
                             ? gg_audit_cell_figure(audit, table, columns->first_data, c)
                             : GG_NO_FIGURE;
        if (figure != GG_NO_FIGURE) {
            out[count++] = figure;
        }
    }
    // Counts in the prose above the table, the nearest first.
    const gg_prose *prose = audit->prose;
    size_t low = 0;
    size_t high = prose->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int above = audit->figures[prose->items[middle].figure].line <
                    audit->document.rows[table->first_row].line;
        low = above ? middle + 1 : low;
        high = above ? high : middle;
    }
    for (size_t i = low, looked = 0;
         i-- > 0 && looked < 4 * GG_CANDIDATES_MAX && count < GG_CANDIDATES_MAX; looked++) {
        const gg_saying *saying = &prose->items[i];
        if (saying->kind == GG_SAYS_COUNT && !saying->rough &&
            audit->figures[saying->figure].value > 1) {
            out[count++] = saying->figure;
        }
    }
    return count;
}

/* Counts and shares of the rows that have both; 其中 rows too. */
static size_t gather(gg_audit *audit, const gg_audit_table *table, int32_t num, int32_t share,
                     gg_share_item *items) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    size_t count = 0;
    for (size_t r = columns->first_data; r < columns->end; r++) {
        const gg_audit_row *row = &audit->document.rows[r];
        if (row->kind != GG_ROW_DATA || row->body == GG_BODY_TOTAL || row->body == GG_BODY_MEAN) {
            continue;
        }
        int32_t count_figure = gg_audit_cell_figure(audit, table, r, num);
        int32_t share_figure = gg_audit_cell_figure(audit, table, r, share);
        if (count_figure != GG_NO_FIGURE && share_figure != GG_NO_FIGURE) {
            items[count++] = (gg_share_item){count_figure, share_figure};
        }
    }
    return count;
}

/* The share printed in a total row is that of the whole. */
static void whole_share(gg_audit *audit, const gg_audit_table *table, int32_t num, int32_t share,
                        const gg_share_group *group) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    for (size_t r = columns->first_data; r < columns->end; r++) {
        int32_t shown = gg_audit_is_body(audit, r, GG_BODY_TOTAL)
                            ? gg_audit_cell_figure(audit, table, r, share)
                            : GG_NO_FIGURE;
        int32_t total = gg_audit_cell_figure(audit, table, r, num);
        int64_t sum = 0;
        if (shown == GG_NO_FIGURE || total == GG_NO_FIGURE) {
            continue;
        }
        // Some print the sum of the rounded shares, 100.02 %: that agrees as well.
        const gg_printed *whole = &audit->figures[shown].number;
        for (size_t i = 0; i < group->count; i++) {
            const gg_audit_figure *part = &audit->figures[group->items[i].shown];
            sum = part->number.decimals == whole->decimals && sum >= 0 ? sum + part->value : -1;
        }
        if (sum != whole->value || sum == gg_audit_share_whole(&audit->figures[shown])) {
            gg_audit_share_of(audit, GRIDGOV_CHECK_SHARE, GG_RULE_AUDIT_SHARE, shown, total, total,
                              0, GRIDGOV_ROUNDING_HALF_UP);
        }
    }
}

/* The count column beside a column of shares: the nearest that explains the most. */
static int32_t count_column(gg_audit *audit, const gg_audit_table *table, int32_t share,
                            gg_share_item *items) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int32_t best = -1;
    size_t best_fits = 0;
    int tried = 0;
    for (int32_t step = 1; step < table->columns && tried < 4; step++) {
        int32_t c = step <= share ? share - step : share + (step - share);
        if (c >= table->columns || columns->items[c].kind != GG_COLUMN_COUNT) {
            continue;
        }
        int32_t candidates[GG_CANDIDATES_MAX];
        gg_share_group group = {.items = items, .candidates = candidates};
        gg_span64 span;
        group.count = gather(audit, table, c, share, items);
        group.candidate_count = find_candidates(audit, table, c, candidates, &group.total);
        size_t by_figure = gg_audit_share_fits(audit, &group);
        size_t by_overlap = gg_audit_share_overlap(audit, &group, GRIDGOV_ROUNDING_HALF_UP, &span);
        size_t number = by_figure > by_overlap ? by_figure : by_overlap;
        if (number > best_fits) {
            best_fits = number;
            best = c;
        }
        tried += group.count > 0;
    }
    return best;
}

/* Is the total row a hundred per cent of the column, or silent about it? Else the table is a part
 * of something larger. */
static int is_whole_total(const gg_audit *audit, const gg_audit_table *table, int32_t share) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    for (size_t r = columns->end; r-- > columns->first_data;) {
        const gg_audit_row *row = &audit->document.rows[r];
        const gg_audit_cell *cell = gg_audit_cell_at(&audit->document, row, share);
        if (gg_audit_is_body(audit, r, GG_BODY_TOTAL) && cell->kind == GG_CELL_NUMBER) {
            return cell->number.value >= 90 * gg_power_of_ten(cell->number.decimals);
        }
    }
    return 1;
}

void gg_audit_check_shares(gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    gg_share_item *items = gg_calloc(table->row_count, sizeof *items);
    gg_term *terms = gg_calloc(table->row_count, sizeof *terms);
    if (items == NULL || terms == NULL) {
        gg_audit_out_of_memory(audit);
    }
    for (int32_t c = 0; c < table->columns && gg_audit_go_on(audit, "shares"); c++) {
        int32_t candidates[GG_CANDIDATES_MAX];
        gg_share_group group = {.items = items, .candidates = candidates};
        if (!is_share_column(&columns->items[c])) {
            continue;
        }
        int named = gg_audit_has_any(columns->items[c].name, SHARE_WORDS);
        int32_t num = count_column(audit, table, c, items);
        if (num < 0) {
            if (named) {
                sum_shares(audit, table, c, terms);
            }
            continue;
        }
        group.count = gather(audit, table, num, c, items);
        group.candidate_count = find_candidates(audit, table, num, candidates, &group.total);
        group.claimed = named && group.total != GG_NO_FIGURE;
        group.doubtful = !named;
        group.own_total = group.total != GG_NO_FIGURE && is_whole_total(audit, table, c);
        if (gg_audit_share_list(audit, &group) * 2 > group.count && named) {
            whole_share(audit, table, num, c, &group);
        }
    }
    gg_free(terms);
    gg_free(items);
}
