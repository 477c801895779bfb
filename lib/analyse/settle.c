/* SPDX-License-Identifier: Apache-2.0 */
/* From a tally to facts: officer-days are judged, rows put in order, and each cell gets its state.
 *
 * States. A cell is unknown while its metric has an open threshold or a source that nobody covered.
 * Over a covered source a cell of a *complete list* (events, steps, maintenance) is a value, 0
 * without any row; a cell of a *register* (officers, required visits, reports) is unknown until the
 * first row of its unit: no row, no judgement. An agency that no case met has nothing to report:
 * "not applicable". A cell all of whose atoms lacked the data is unknown, with the number of atoms
 * at hand. Where a metric was covered by some sources only, the atoms of the others lack the data.
 */
#include "count.h"

#include "base/num.h"

#include <string.h>

typedef struct settling {
    const gridgov_tally *tally;
    gridgov_facts *facts;
    gg_tally_cell **cells;    /* per metric: the tally's, or its own of officer-days */
    gg_tally_metric *counted; /* a copy */
    int8_t *covered;          /* per metric */
    int8_t *begun;            /* per row of dimension unit: an officer holds the grid */
    int64_t *order[GG_DIMENSIONS];
} settling;

static int open_settling(settling *s) {
    const gridgov_tally *tally = s->tally;
    s->cells = gg_calloc(tally->metric_count, sizeof *s->cells);
    s->counted = gg_calloc(tally->metric_count, sizeof *s->counted);
    s->covered = gg_calloc(tally->metric_count, sizeof *s->covered);
    s->begun = gg_calloc(tally->tables[GRIDGOV_DIMENSION_UNIT].count, sizeof *s->begun);
    if (s->cells == NULL || s->counted == NULL || s->covered == NULL || s->begun == NULL) {
        return -1;
    }
    for (size_t i = 0; i < tally->metric_count; i++) {
        const gridgov_metric *metric = &tally->list[i];
        s->counted[i] = tally->counted[i];
        s->covered[i] = (int8_t)tally->counted[i].covered;
        s->cells[i] = tally->cells[i];
        if (gg_measure_is_patrol(metric->measure)) {
            s->cells[i] = gg_calloc(tally->tables[metric->dimension].count, sizeof **s->cells);
            if (s->cells[i] == NULL) {
                return -1;
            }
        }
    }
    for (int32_t d = 1; d < GG_DIMENSIONS; d++) {
        if (gg_tally_order(&s->order[d], tally, d)) {
            return -1;
        }
    }
    return 0;
}

static void close_settling(settling *s) {
    for (size_t i = 0; s->cells != NULL && i < s->tally->metric_count; i++) {
        if (gg_measure_is_patrol(s->tally->list[i].measure)) {
            gg_free(s->cells[i]);
        }
    }
    for (int32_t d = 1; d < GG_DIMENSIONS; d++) {
        gg_free(s->order[d]);
    }
    gg_free(s->cells);
    gg_free(s->counted);
    gg_free(s->covered);
    gg_free(s->begun);
}

static int copy_rows(const settling *s) {
    gridgov_facts *facts = s->facts;
    for (int32_t d = 1; d < GG_DIMENSIONS; d++) {
        const gg_tally_rows *table = &s->tally->tables[d];
        gg_fact_row *rows = gg_calloc(table->count, sizeof *rows);
        facts->tables[d].rows = rows;
        if (rows == NULL) {
            return -1;
        }
        facts->tables[d].count = table->count;
        for (size_t i = 0; i < table->count; i++) {
            rows[i] = table->rows[s->order[d][i]];
            if (i >= table->reference) {
                rows[i].name = gg_arena_text(&facts->arena, rows[i].name, strlen(rows[i].name));
                rows[i].key = NULL;
                if (rows[i].name == NULL) {
                    return -1;
                }
            }
        }
    }
    return 0;
}

/* State of a cell that no monthly figure has replaced. */
static int32_t state_of(const settling *s, size_t metric, size_t row) {
    const gg_tally_cell *cell = &s->cells[metric][row];
    const gridgov_metric *of = &s->tally->list[metric];
    const int any = cell->reported > 0 || cell->missing > 0;
    if (of->dimension == GRIDGOV_DIMENSION_AGENCY && !any &&
        (s->tally->coverage & GG_BIT(GRIDGOV_COVERAGE_AGENCY)) != 0) {
        return GRIDGOV_CELL_NOT_APPLICABLE;
    }
    if (!s->covered[metric] || (cell->reported == 0 && cell->missing > 0)) {
        return GRIDGOV_CELL_UNKNOWN;
    }
    if (gg_measure_is_patrol(of->measure)) {
        return s->begun[row] ? GRIDGOV_CELL_VALUE : GRIDGOV_CELL_UNKNOWN;
    }
    return any || !gg_measure_is_register(of->measure) ? GRIDGOV_CELL_VALUE : GRIDGOV_CELL_UNKNOWN;
}

static int copy_cells(const settling *s) {
    gridgov_facts *facts = s->facts;
    const size_t count = s->tally->metric_count;
    facts->list = gg_calloc(count, sizeof *facts->list);
    facts->cells = gg_calloc(count, sizeof *facts->cells);
    if (facts->list == NULL || facts->cells == NULL) {
        return -1;
    }
    facts->metric_count = count;
    for (size_t i = 0; i < count; i++) {
        const int32_t d = s->tally->list[i].dimension;
        const size_t rows = facts->tables[d].count;
        facts->list[i] = s->tally->list[i];
        facts->cells[i] = gg_calloc(rows, sizeof **facts->cells);
        if (facts->cells[i] == NULL) {
            return -1;
        }
        for (size_t place = 0; place < rows; place++) {
            const size_t row = (size_t)s->order[d][place];
            const gg_tally_cell *from = &s->cells[i][row];
            gg_fact_cell *to = &facts->cells[i][place];
            to->state = state_of(s, i, row);
            to->origin = GRIDGOV_ORIGIN_ROWS;
            // What nobody covered has no atoms.
            to->value = to->state == GRIDGOV_CELL_VALUE ? from->value : 0;
            to->reported = s->covered[i] ? from->reported : 0;
            to->missing = s->covered[i] ? from->missing : 0;
        }
    }
    return 0;
}

static int copy_adjustments(const settling *s) {
    gridgov_facts *facts = s->facts;
    facts->adjustments = gg_calloc(s->tally->adjustment_count, sizeof *facts->adjustments);
    if (facts->adjustments == NULL) {
        return -1;
    }
    for (size_t i = 0; i < s->tally->adjustment_count; i++) {
        if (gg_adjustment_copy(&facts->adjustments[i], &s->tally->adjustments[i], &facts->arena)) {
            return -1;
        }
    }
    facts->adjustment_count = s->tally->adjustment_count;
    return 0;
}

/* 1 if a grid of the period has no monthly figure for the metric, so that what the rows lack is
 * missed by somebody. */
static int counts_for_grids(const gridgov_facts *facts, size_t metric) {
    const gg_fact_table *table = &facts->tables[facts->list[metric].dimension];
    for (size_t row = 0; row < table->count; row++) {
        if (table->rows[row].kind == GRIDGOV_UNIT_GRID && table->rows[row].active &&
            facts->cells[metric][row].origin == GRIDGOV_ORIGIN_ROWS) {
            return 1;
        }
    }
    return 0;
}

static void report_doubts(const settling *s, gridgov_issues *issues) {
    const gridgov_facts *facts = s->facts;
    gridgov_error issue;
    char count[GG_NUM_TEXT_SIZE];
    for (size_t i = 0; i < facts->metric_count; i++) {
        const char *name = facts->list[i].name;
        if (!facts->list[i].configured && counts_for_grids(facts, i)) {
            gg_fail(&issue, GG_RULE_METRIC_OPEN, facts->list[i].code, name, strlen(name), NULL,
                    NULL);
            gridgov_issues_add(issues, &issue);
        }
        if (s->covered[i] && s->counted[i].lacking > 0 &&
            (facts->list[i].dimension != GRIDGOV_DIMENSION_UNIT || counts_for_grids(facts, i))) {
            gg_int_format(count, s->counted[i].lacking);
            gg_fail(&issue, GG_RULE_PARTLY_MISSING, facts->list[i].code, name, strlen(name), count,
                    NULL);
            gridgov_issues_add(issues, &issue);
        }
    }
}

static gridgov_status settle(settling *s, gridgov_issues *issues, gridgov_job *job,
                             gridgov_error *err) {
    if (open_settling(s)) {
        return gg_fail_memory(err);
    }
    // Judging officer-days changes no part of the tally but the cells put in their place.
    gg_tally count = {.into = (gridgov_tally *)s->tally,
                      .cells = s->cells,
                      .counted = s->counted,
                      .covered = s->covered,
                      .issues = issues,
                      .job = job};
    GG_TRY(gg_patrol_settle(&count, s->begun, err));
    if (count.overflow) {
        return gg_fail(err, GG_RULE_OVERFLOW, NULL, NULL, 0, "days", NULL);
    }
    if (copy_rows(s) || copy_cells(s) || copy_adjustments(s)) {
        return gg_fail_memory(err);
    }
    gg_given_settle(s->facts, s->tally);
    report_doubts(s, issues);
    return GRIDGOV_OK;
}

gridgov_status gridgov_tally_finish(gridgov_facts **out, const gridgov_tally *tally,
                                    gridgov_issues *issues, gridgov_job *job, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (tally == NULL) {
        return gg_fail_arg(err, "tally");
    }
    gridgov_facts *facts = gg_calloc(1, sizeof *facts);
    if (facts == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&facts->share);
    facts->ledger = gridgov_ledger_hold(tally->ledger);
    facts->metrics = gridgov_metrics_hold(tally->metrics);
    facts->taxonomy = gridgov_taxonomy_hold(tally->taxonomy);
    facts->units = gridgov_units_hold(tally->units);
    facts->calendar = gridgov_calendar_hold(tally->calendar);
    facts->roster = gridgov_roster_hold(tally->roster);
    facts->options = tally->options;
    facts->coverage = tally->coverage;
    facts->outside = tally->outside;
    facts->doubted = tally->doubted;
    settling s = {.tally = tally, .facts = facts};
    gridgov_status status = settle(&s, issues, job, err);
    close_settling(&s);
    if (status == GRIDGOV_OK) {
        *out = facts;
    } else {
        gridgov_facts_free(facts);
    }
    return status;
}

gridgov_status gg_tally_record(const gridgov_facts *facts, gg_recorder *recorder, gridgov_job *job,
                               gridgov_error *err) {
    const gridgov_tally_reference reference = {.struct_size = sizeof reference,
                                               .taxonomy = facts->taxonomy,
                                               .units = facts->units,
                                               .calendar = facts->calendar,
                                               .roster = facts->roster};
    gridgov_tally *tally = NULL;
    if (facts->ledger == NULL) {
        return gg_fail_state(err, "no ledger stands behind these facts");
    }
    GG_TRY(gridgov_tally_new(&tally, facts->metrics, &reference, &facts->options, err));
    settling s = {.tally = tally};
    gg_tally count = {.into = tally,
                      .cells = tally->cells,
                      .counted = tally->counted,
                      .ledger = facts->ledger,
                      .job = job,
                      .recorder = recorder};
    gridgov_status status = gg_tally_count(&count, err);
    if (status == GRIDGOV_OK) {
        status = open_settling(&s) ? gg_fail_memory(err) : GRIDGOV_OK;
    }
    if (status == GRIDGOV_OK) {
        count.cells = s.cells;
        status = gg_patrol_settle(&count, s.begun, err);
    }
    if (status == GRIDGOV_OK) {
        gg_given_record(&count);
    }
    close_settling(&s);
    gg_tally_close(&count);
    gridgov_tally_free(tally);
    return status;
}
