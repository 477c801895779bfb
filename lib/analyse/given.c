/* SPDX-License-Identifier: Apache-2.0 */
/* What was given instead of counted: monthly figures, adjustments and deductions.
 *
 * A monthly figure takes the place of one cell of dimension unit, and the cell says so by its
 * origin. A figure without a unit stands for every grid of the period that has none of its own. Two
 * figures for the same cell contradict each other, even if they are equal: the cell is unknown and
 * the second is an issue.
 *
 * Adjustments and deductions are only handed on, in an order that does not depend on the order of
 * adding: by row (those without a unit first), kind, indicator, number, reason, points, authority
 * and at last the row of the source. */
#include "count.h"

#include "base/line.h"
#include "base/mem.h"
#include "base/num.h"

#include <stdlib.h>
#include <string.h>

#define UNEXPLAINED "UNEXPLAINED"
#define VALUE_SIZE 96 /* as gridgov_error.value */

/* A figure for every grid, per metric. */
typedef struct general_figure {
    int64_t value;
    int64_t index; /* of the activity */
    int32_t state;
    int32_t given;
} general_figure;

static void report_figure(const gg_tally *tally, int32_t rule, const gridgov_activity *row) {
    char value[VALUE_SIZE];
    char unit[VALUE_SIZE] = "";
    gridgov_error issue;
    gg_line line;
    gg_line_init(&line, value, sizeof value);
    if (rule == GG_RULE_FACT_CONFLICT && row->unit != GRIDGOV_NONE) {
        gg_tally_unit_name(unit, sizeof unit, tally->units, row->unit);
        gg_line_text(&line, unit);
        gg_line_text(&line, " ");
    }
    gg_line_text(&line, row->key);
    gg_fail(&issue, rule, "metric", value, strlen(value), NULL, NULL);
    gg_error_at(&issue, gridgov_ledger_source(tally->ledger, GRIDGOV_TABLE_FACTS), row->source_row,
                0);
    gridgov_issues_add(tally->issues, &issue);
}

/* Put a figure into its cell; index is its activity. */
static void set_cell(gg_tally *tally, size_t metric, int64_t row, int32_t state, int64_t value,
                     int64_t index) {
    const gg_trace trace = gg_trace_of(GRIDGOV_ATOM_FIGURE, index);
    gg_recorder_put(tally->recorder, &trace, metric, row, 1, value);
    tally->facts->cells[metric][row] =
        (gg_fact_cell){.value = state == GRIDGOV_CELL_VALUE ? value : 0,
                       .reported = state == GRIDGOV_CELL_VALUE,
                       .state = state,
                       .origin = GRIDGOV_ORIGIN_FACT};
}

/* Put one figure in its place. Those without a unit come first and wait in general. */
static void take_figure(gg_tally *tally, general_figure *general, const gridgov_activity *row,
                        int64_t index) {
    int64_t metric = gridgov_metrics_find(tally->facts->metrics, row->key, strlen(row->key));
    if (metric == GRIDGOV_NONE) {
        report_figure(tally, GG_RULE_METRIC_UNKNOWN, row);
        return;
    }
    if (tally->facts->list[metric].dimension != GRIDGOV_DIMENSION_UNIT) {
        report_figure(tally, GG_RULE_METRIC_DIMENSION, row);
        return;
    }
    if (row->unit == GRIDGOV_NONE) {
        general_figure *figure = &general[metric];
        if (figure->given) {
            report_figure(tally, GG_RULE_FACT_CONFLICT, row);
        }
        *figure = (general_figure){row->amount, index,
                                   figure->given ? GRIDGOV_CELL_UNKNOWN : row->state, 1};
        return;
    }
    const int64_t at = gg_tally_row(tally, row->unit);
    if (tally->facts->cells[metric][at].origin == GRIDGOV_ORIGIN_FACT) {
        report_figure(tally, GG_RULE_FACT_CONFLICT, row);
        set_cell(tally, (size_t)metric, at, GRIDGOV_CELL_UNKNOWN, 0, index);
    } else {
        set_cell(tally, (size_t)metric, at, row->state, row->amount, index);
    }
}

static void spread_figure(gg_tally *tally, size_t metric, const general_figure *figure) {
    const gg_fact_table *table = &tally->facts->tables[GRIDGOV_DIMENSION_UNIT];
    for (size_t row = 0; row < table->count; row++) {
        const gg_fact_cell *cell = &tally->facts->cells[metric][row];
        if (table->rows[row].kind == GRIDGOV_UNIT_GRID && table->rows[row].active &&
            cell->origin == GRIDGOV_ORIGIN_ROWS) {
            set_cell(tally, metric, (int64_t)row, figure->state, figure->value, figure->index);
        }
    }
}

gridgov_status gg_tally_given(gg_tally *tally, gridgov_error *err) {
    int64_t first = 0;
    int64_t last = 0;
    general_figure *general = gg_calloc(tally->facts->metric_count, sizeof *general);
    if (general == NULL) {
        return gg_fail_memory(err);
    }
    gg_tally_activities(&first, &last, tally->ledger, GRIDGOV_ACTIVITY_FACT);
    for (int64_t i = first; i < last; i++) {
        gridgov_activity row = {.struct_size = sizeof row};
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        take_figure(tally, general, &row, i);
    }
    for (size_t i = 0; i < tally->facts->metric_count; i++) {
        if (general[i].given) {
            spread_figure(tally, i, &general[i]);
        }
    }
    gg_free(general);
    return GRIDGOV_OK;
}

static int by_adjustment(const void *left, const void *right) {
    const gridgov_adjustment *a = left;
    const gridgov_adjustment *b = right;
    int order = (a->row > b->row) - (a->row < b->row);
    order = order != 0 ? order : (a->kind > b->kind) - (a->kind < b->kind);
    order = order != 0 ? order : strcmp(a->indicator, b->indicator);
    order = order != 0 ? order : strcmp(a->key, b->key);
    order = order != 0 ? order : strcmp(a->reason, b->reason);
    order = order != 0 ? order : (a->points > b->points) - (a->points < b->points);
    order = order != 0 ? order : strcmp(a->authority, b->authority);
    return order != 0 ? order : (a->source_row > b->source_row) - (a->source_row < b->source_row);
}

static void add_adjustment(gg_tally *tally, const gridgov_activity *row) {
    const int deduction = row->kind == GRIDGOV_ACTIVITY_DEDUCTION;
    gridgov_adjustment *out = &tally->facts->adjustments[tally->facts->adjustment_count++];
    *out = (gridgov_adjustment){
        .struct_size = sizeof *out,
        .unexplained = strcmp(row->reason, UNEXPLAINED) == 0,
        .kind = row->kind,
        .row = row->unit == GRIDGOV_NONE ? GRIDGOV_NONE : gg_tally_row(tally, row->unit),
        .indicator = deduction ? row->key : "",
        .points = row->amount,
        .key = deduction ? "" : row->key,
        .reason = row->reason,
        .authority = row->authority,
        .source_row = row->source_row,
    };
}

static void report_unexplained(const gg_tally *tally) {
    const gridgov_facts *facts = tally->facts;
    for (size_t i = 0; i < facts->adjustment_count; i++) {
        const gridgov_adjustment *adjustment = &facts->adjustments[i];
        char points[GG_NUM_TEXT_SIZE + 1] = "+";
        char unit[VALUE_SIZE] = "*";
        gridgov_error issue;
        if (!adjustment->unexplained) {
            continue;
        }
        if (adjustment->row != GRIDGOV_NONE) {
            const gg_fact_table *table = &facts->tables[GRIDGOV_DIMENSION_UNIT];
            gg_tally_unit_name(unit, sizeof unit, tally->units, table->rows[adjustment->row].unit);
        }
        gg_decimal_format(points + (adjustment->points > 0), adjustment->points, 3, 0);
        gg_fail(&issue, GG_RULE_ADJUSTMENT_UNEXPLAINED, "points", points, strlen(points), unit,
                NULL);
        gg_error_at(
            &issue,
            gridgov_ledger_source(tally->ledger, adjustment->kind == GRIDGOV_ACTIVITY_DEDUCTION
                                                     ? GRIDGOV_TABLE_DEDUCTIONS
                                                     : GRIDGOV_TABLE_ADJUSTMENTS),
            adjustment->source_row, 0);
        gridgov_issues_add(tally->issues, &issue);
    }
}

gridgov_status gg_tally_adjustments(gg_tally *tally, gridgov_error *err) {
    int64_t first = 0;
    int64_t last = 0;
    int64_t ignored = 0;
    // The two kinds follow each other in the ledger's order.
    gg_tally_activities(&first, &ignored, tally->ledger, GRIDGOV_ACTIVITY_ADJUSTMENT);
    gg_tally_activities(&ignored, &last, tally->ledger, GRIDGOV_ACTIVITY_DEDUCTION);
    tally->facts->adjustments = gg_calloc((size_t)(last - first), sizeof(gridgov_adjustment));
    if (tally->facts->adjustments == NULL) {
        return gg_fail_memory(err);
    }
    for (int64_t i = first; i < last; i++) {
        gridgov_activity row = {.struct_size = sizeof row};
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        add_adjustment(tally, &row);
    }
    qsort(tally->facts->adjustments, tally->facts->adjustment_count, sizeof(gridgov_adjustment),
          by_adjustment);
    report_unexplained(tally);
    return GRIDGOV_OK;
}
