/* SPDX-License-Identifier: Apache-2.0 */
/* What was given instead of counted: monthly figures, adjustments and deductions.
 *
 * A monthly figure takes the place of one cell of dimension unit, and the cell says so by its
 * origin. A figure without a unit stands for every grid of the period that has none of its own. Two
 * figures for the same cell contradict each other, even if they are equal: the cell is unknown and
 * the second is an issue. Figures are kept beside the cells, with how often each was given, and
 * take their places when the tally is settled; so it does not matter in which part they came. They
 * are sorted by row, then metric: a ledger gives them row by row, so each is put at the end or near
 * it.
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

static void report_figure(gridgov_issues *issues, int32_t rule, const gridgov_tally *tally,
                          const char *metric, int64_t unit, const char *source, int64_t row) {
    char value[VALUE_SIZE];
    char name[VALUE_SIZE] = "";
    gridgov_error issue;
    gg_line line;
    gg_line_init(&line, value, sizeof value);
    if (rule == GG_RULE_FACT_CONFLICT && unit != GRIDGOV_NONE) {
        gg_tally_unit_name(name, sizeof name, tally->units, unit);
        gg_line_text(&line, name);
        gg_line_text(&line, " ");
    }
    gg_line_text(&line, metric);
    gg_fail(&issue, rule, "metric", value, strlen(value), NULL, NULL);
    gg_error_at(&issue, source, row, 0);
    gridgov_issues_add(issues, &issue);
}

static void report_conflict(gridgov_issues *issues, const gridgov_tally *tally,
                            const gg_given *figure) {
    const int64_t unit = figure->row == GRIDGOV_NONE
                             ? GRIDGOV_NONE
                             : tally->tables[GRIDGOV_DIMENSION_UNIT].rows[figure->row].unit;
    report_figure(issues, GG_RULE_FACT_CONFLICT, tally, tally->list[figure->metric].code, unit,
                  NULL, 0);
}

int gg_given_compare(const gg_given *a, const gg_given *b) {
    const int order = (a->row > b->row) - (a->row < b->row);
    return order != 0 ? order : (a->metric > b->metric) - (a->metric < b->metric);
}

/* Place of a cell among the figures, or where it would be. */
static size_t place_of(const gridgov_tally *tally, const gg_given *figure) {
    size_t low = 0;
    size_t high = tally->given_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (gg_given_compare(&tally->given[middle], figure) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int has_figure(const gridgov_tally *tally, const gg_given *figure) {
    const size_t place = place_of(tally, figure);
    return place < tally->given_count && gg_given_compare(&tally->given[place], figure) == 0;
}

/* A cell's figure meets another one: it says nothing any more. */
static void contradict(gg_given *at, const gg_given *figure) {
    if (gg_add(&at->times, at->times, figure->times)) {
        at->times = INT64_MAX; // more than any office gives
    }
    at->value = 0;
    at->state = GRIDGOV_CELL_UNKNOWN;
}

/* Enter one figure among those given; −1 when memory is short. *twice is 1 if it was given before.
 */
static int put_figure(gridgov_tally *tally, const gg_given *figure, int *twice) {
    const size_t place = place_of(tally, figure);
    *twice = has_figure(tally, figure);
    if (*twice) {
        contradict(&tally->given[place], figure);
        return 0;
    }
    if (gg_given_reserve(tally, 1, 0)) {
        return -1;
    }
    gg_given *at = &tally->given[place];
    memmove(at + 1, at, (tally->given_count - place) * sizeof *at);
    *at = *figure;
    tally->given_count++;
    return 0;
}

void gg_given_unite(gridgov_tally *tally, const gridgov_tally *other, gridgov_issues *issues) {
    gg_given *into = tally->given;
    size_t mine = tally->given_count;
    size_t theirs = other->given_count;
    const size_t end = mine + theirs;
    size_t at = end;
    for (size_t i = 0; i < theirs; i++) {
        if (has_figure(tally, &other->given[i])) {
            report_conflict(issues, tally, &other->given[i]);
        }
    }
    // From the back, so that nothing is in the way; there are never more places left than figures.
    while (theirs > 0) {
        const gg_given *figure = &other->given[theirs - 1];
        const int order = mine == 0 ? -1 : gg_given_compare(&into[mine - 1], figure);
        if (order < 0) {
            into[--at] = *figure;
            theirs--;
            continue;
        }
        into[--at] = into[--mine];
        if (order == 0) {
            contradict(&into[at], figure);
            theirs--;
        }
    }
    // Each figure that both had has left one place over, before those that were moved.
    if (at > mine) {
        memmove(into + mine, into + at, (end - at) * sizeof *into);
    }
    tally->given_count = mine + (end - at);
}

int gg_given_reserve(gridgov_tally *tally, size_t figures, size_t adjustments) {
    const size_t given = tally->given_count + figures;
    const size_t adjusted = tally->adjustment_count + adjustments;
    if (given > tally->given_capacity) {
        const size_t capacity = given + tally->given_capacity; // doubles, figure by figure
        gg_given *more = gg_realloc(tally->given, capacity, sizeof *more);
        if (more == NULL) {
            return -1;
        }
        tally->given = more;
        tally->given_capacity = capacity;
    }
    if (adjusted > tally->adjustment_capacity) {
        gridgov_adjustment *more = gg_realloc(tally->adjustments, adjusted, sizeof *more);
        if (more == NULL) {
            return -1;
        }
        tally->adjustments = more;
        tally->adjustment_capacity = adjusted;
    }
    return 0;
}

/* Put one figure in its place. */
static int take_figure(gg_tally *tally, const gridgov_activity *row) {
    gridgov_tally *into = tally->into;
    const char *source = gridgov_ledger_source(tally->ledger, GRIDGOV_TABLE_FACTS);
    const int64_t metric = gridgov_metrics_find(into->metrics, row->key, strlen(row->key));
    int twice = 0;
    if (metric == GRIDGOV_NONE || into->list[metric].dimension != GRIDGOV_DIMENSION_UNIT) {
        report_figure(tally->issues,
                      metric == GRIDGOV_NONE ? GG_RULE_METRIC_UNKNOWN : GG_RULE_METRIC_DIMENSION,
                      into, row->key, row->unit, source, row->source_row);
        return 0;
    }
    const gg_given figure = {.metric = metric,
                             .row = row->unit == GRIDGOV_NONE ? GRIDGOV_NONE
                                                              : gg_tally_row(into, row->unit),
                             .value = row->state == GRIDGOV_CELL_VALUE ? row->amount : 0,
                             .times = 1,
                             .state = row->state};
    if (put_figure(into, &figure, &twice)) {
        return -1;
    }
    if (twice) {
        report_figure(tally->issues, GG_RULE_FACT_CONFLICT, into, row->key, row->unit, source,
                      row->source_row);
    }
    return 0;
}

static void set_cell(gg_fact_cell *cell, const gg_given *figure) {
    const int is_value = figure->state == GRIDGOV_CELL_VALUE;
    *cell = (gg_fact_cell){.value = is_value ? figure->value : 0,
                           .reported = is_value,
                           .state = figure->state,
                           .origin = GRIDGOV_ORIGIN_FACT};
}

static void spread_figure(gridgov_facts *facts, const gg_given *figure) {
    const gg_fact_table *table = &facts->tables[GRIDGOV_DIMENSION_UNIT];
    for (size_t row = 0; row < table->count; row++) {
        gg_fact_cell *cell = &facts->cells[figure->metric][row];
        if (table->rows[row].kind == GRIDGOV_UNIT_GRID && table->rows[row].active &&
            cell->origin == GRIDGOV_ORIGIN_ROWS) {
            set_cell(cell, figure);
        }
    }
}

void gg_given_settle(gridgov_facts *facts, const gridgov_tally *tally) {
    for (size_t i = 0; i < tally->given_count; i++) {
        const gg_given *figure = &tally->given[i];
        if (figure->row != GRIDGOV_NONE) {
            set_cell(&facts->cells[figure->metric][figure->row], figure);
        }
    }
    for (size_t i = 0; i < tally->given_count; i++) {
        if (tally->given[i].row == GRIDGOV_NONE) {
            spread_figure(facts, &tally->given[i]);
        }
    }
}

void gg_given_record(const gg_tally *tally) {
    const gridgov_tally *into = tally->into;
    const gg_tally_rows *table = &into->tables[GRIDGOV_DIMENSION_UNIT];
    int64_t first = 0;
    int64_t last = 0;
    gg_tally_activities(&first, &last, tally->ledger, GRIDGOV_ACTIVITY_FACT);
    for (int64_t i = first; i < last; i++) {
        gridgov_activity given = {.struct_size = sizeof given};
        (void)gridgov_ledger_activity_at(&given, tally->ledger, i);
        const gg_trace trace = gg_trace_of(GRIDGOV_ATOM_FIGURE, i);
        const int64_t metric = gridgov_metrics_find(into->metrics, given.key, strlen(given.key));
        if (metric == GRIDGOV_NONE || into->list[metric].dimension != GRIDGOV_DIMENSION_UNIT) {
            continue;
        }
        for (size_t row = 0; row < table->count && given.unit == GRIDGOV_NONE; row++) {
            if (table->rows[row].kind == GRIDGOV_UNIT_GRID && table->rows[row].active &&
                !has_figure(into, &(gg_given){.metric = metric, .row = (int64_t)row})) {
                gg_recorder_put(tally->recorder, &trace, (size_t)metric, (int64_t)row, 1,
                                given.amount);
            }
        }
        if (given.unit != GRIDGOV_NONE) {
            gg_recorder_put(tally->recorder, &trace, (size_t)metric, gg_tally_row(into, given.unit),
                            1, given.amount);
        }
    }
}

int gg_adjustment_compare(const gridgov_adjustment *a, const gridgov_adjustment *b) {
    int order = (a->row > b->row) - (a->row < b->row);
    order = order != 0 ? order : (a->kind > b->kind) - (a->kind < b->kind);
    order = order != 0 ? order : strcmp(a->indicator, b->indicator);
    order = order != 0 ? order : strcmp(a->key, b->key);
    order = order != 0 ? order : strcmp(a->reason, b->reason);
    order = order != 0 ? order : (a->points > b->points) - (a->points < b->points);
    order = order != 0 ? order : strcmp(a->authority, b->authority);
    return order != 0 ? order : (a->source_row > b->source_row) - (a->source_row < b->source_row);
}

static int by_adjustment(const void *left, const void *right) {
    return gg_adjustment_compare(left, right);
}

int32_t gg_adjustment_unexplained(const char *reason) {
    return strcmp(reason, UNEXPLAINED) == 0;
}

void gg_adjustments_sort(gridgov_tally *tally) {
    if (tally->adjustment_count > 0) {
        qsort(tally->adjustments, tally->adjustment_count, sizeof *tally->adjustments,
              by_adjustment);
    }
}

int gg_adjustment_copy(gridgov_adjustment *out, const gridgov_adjustment *given, gg_arena *arena) {
    *out = *given;
    out->indicator = gg_arena_text(arena, given->indicator, strlen(given->indicator));
    out->key = gg_arena_text(arena, given->key, strlen(given->key));
    out->reason = gg_arena_text(arena, given->reason, strlen(given->reason));
    out->authority = gg_arena_text(arena, given->authority, strlen(given->authority));
    return out->indicator == NULL || out->key == NULL || out->reason == NULL ||
                   out->authority == NULL
               ? -1
               : 0;
}

static int add_adjustment(gg_tally *tally, const gridgov_activity *row) {
    gridgov_tally *into = tally->into;
    const int deduction = row->kind == GRIDGOV_ACTIVITY_DEDUCTION;
    const gridgov_adjustment given = {
        .struct_size = sizeof given,
        .unexplained = gg_adjustment_unexplained(row->reason),
        .kind = row->kind,
        .row = row->unit == GRIDGOV_NONE ? GRIDGOV_NONE : gg_tally_row(into, row->unit),
        .indicator = deduction ? row->key : "",
        .points = row->amount,
        .key = deduction ? "" : row->key,
        .reason = row->reason,
        .authority = row->authority,
        .source_row = row->source_row,
    };
    return gg_adjustment_copy(&into->adjustments[into->adjustment_count++], &given, &into->arena);
}

static void report_unexplained(const gg_tally *tally) {
    const gridgov_tally *into = tally->into;
    for (size_t i = 0; i < into->adjustment_count; i++) {
        const gridgov_adjustment *adjustment = &into->adjustments[i];
        char points[GG_NUM_TEXT_SIZE + 1] = "+";
        char unit[VALUE_SIZE] = "*";
        gridgov_error issue;
        if (!adjustment->unexplained) {
            continue;
        }
        if (adjustment->row != GRIDGOV_NONE) {
            const gg_tally_rows *table = &into->tables[GRIDGOV_DIMENSION_UNIT];
            gg_tally_unit_name(unit, sizeof unit, into->units, table->rows[adjustment->row].unit);
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

gridgov_status gg_given_add(gg_tally *tally, gridgov_error *err) {
    gridgov_activity row = {.struct_size = sizeof row};
    int64_t first = 0;
    int64_t ignored = 0;
    int64_t last = 0;
    gg_tally_activities(&first, &last, tally->ledger, GRIDGOV_ACTIVITY_FACT);
    for (int64_t i = first; i < last; i++) {
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        if (take_figure(tally, &row)) {
            return gg_fail_memory(err);
        }
    }
    // The two kinds follow each other in the ledger's order.
    gg_tally_activities(&first, &ignored, tally->ledger, GRIDGOV_ACTIVITY_ADJUSTMENT);
    gg_tally_activities(&ignored, &last, tally->ledger, GRIDGOV_ACTIVITY_DEDUCTION);
    if (gg_given_reserve(tally->into, 0, (size_t)(last - first))) {
        return gg_fail_memory(err);
    }
    for (int64_t i = first; i < last; i++) {
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        if (row.kind == GRIDGOV_ACTIVITY_ADJUSTMENT && row.key[0] != '\0' &&
            gg_rulings_void(tally, row.unit, row.key)) {
            continue;
        }
        if (add_adjustment(tally, &row)) {
            return gg_fail_memory(err);
        }
    }
    gg_adjustments_sort(tally->into);
    report_unexplained(tally);
    return GRIDGOV_OK;
}
