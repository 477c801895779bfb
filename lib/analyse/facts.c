/* SPDX-License-Identifier: Apache-2.0 */
/* The handle of facts and every look into them. Nothing is computed here: settle.c fills the
 * tables once, and from then on they are constant.
 *
 * Invariant: tables[d].count cells stand behind each metric of dimension d; a cell's value is 0
 * unless its state is VALUE. Names of the reference data are borrowed from it, which the facts keep
 * alive; all other text is their own. */
#include "count.h"

#include "base/mem.h"

static void destroy(gridgov_facts *facts) {
    for (size_t i = 0; facts->cells != NULL && i < facts->metric_count; i++) {
        gg_free(facts->cells[i]);
    }
    for (size_t i = 0; i < GG_DIMENSIONS; i++) {
        gg_free(facts->tables[i].rows);
    }
    gg_free(facts->cells);
    gg_free(facts->list);
    gg_free(facts->adjustments);
    gridgov_metrics_free(facts->metrics);
    gridgov_ledger_free(facts->ledger);
    gridgov_taxonomy_free(facts->taxonomy);
    gridgov_units_free(facts->units);
    gridgov_calendar_free(facts->calendar);
    gridgov_roster_free(facts->roster);
    gg_arena_release(&facts->arena);
    gg_free(facts);
}

gridgov_facts *gridgov_facts_hold(const gridgov_facts *facts) {
    // Holders are counted inside an object that is constant to its users.
    gridgov_facts *held = (gridgov_facts *)facts;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_facts_free(gridgov_facts *facts) {
    if (facts != NULL && gg_share_drop(&facts->share)) {
        destroy(facts);
    }
}

gridgov_status gridgov_facts_period(gridgov_span *out, const gridgov_facts *facts) {
    if (out == NULL) {
        return GRIDGOV_EARG;
    }
    *out = facts == NULL ? (gridgov_span){0, 0} : facts->options.period;
    return facts == NULL ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_time gridgov_facts_known_by(const gridgov_facts *facts) {
    return facts == NULL ? GRIDGOV_NO_TIME : facts->options.known_by;
}

gridgov_time gridgov_facts_as_of(const gridgov_facts *facts) {
    return facts == NULL ? GRIDGOV_NO_TIME : facts->options.as_of;
}

int32_t gridgov_facts_utc_offset(const gridgov_facts *facts) {
    return facts == NULL ? 0 : facts->options.utc_offset_minutes;
}

const gridgov_ledger *gridgov_facts_ledger(const gridgov_facts *facts) {
    return facts == NULL ? NULL : facts->ledger;
}

const gridgov_calendar *gridgov_facts_calendar(const gridgov_facts *facts) {
    return facts == NULL ? NULL : facts->calendar;
}

const gridgov_units *gridgov_facts_units(const gridgov_facts *facts) {
    return facts == NULL ? NULL : facts->units;
}

const gridgov_taxonomy *gridgov_facts_taxonomy(const gridgov_facts *facts) {
    return facts == NULL ? NULL : facts->taxonomy;
}

int32_t gridgov_facts_covers(const gridgov_facts *facts, int32_t coverage) {
    return facts != NULL && coverage > 0 && coverage < 64 &&
           (facts->coverage & GG_BIT(coverage)) != 0;
}

const gridgov_metrics *gridgov_facts_metrics(const gridgov_facts *facts) {
    return facts == NULL ? NULL : facts->metrics;
}

static int is_dimension(int32_t dimension) {
    return dimension >= GRIDGOV_DIMENSION_UNIT && dimension < GG_DIMENSIONS;
}

int64_t gridgov_facts_row_count(const gridgov_facts *facts, int32_t dimension) {
    return facts == NULL || !is_dimension(dimension) ? 0 : (int64_t)facts->tables[dimension].count;
}

gridgov_status gridgov_facts_row_at(gridgov_facts_row *row_out, const gridgov_facts *facts,
                                    int32_t dimension, int64_t index) {
    if (row_out == NULL || facts == NULL || !is_dimension(dimension)) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)facts->tables[dimension].count) {
        return GRIDGOV_END;
    }
    const gg_fact_row *row = &facts->tables[dimension].rows[index];
    const gridgov_facts_row full = {.known = row->known,
                                    .unit = row->unit,
                                    .name = row->name,
                                    .kind = row->kind,
                                    .active = row->active};
    return gg_view_copy(row_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_status gridgov_facts_value(gridgov_cell *cell_out, const gridgov_facts *facts,
                                   int32_t dimension, int64_t row, int64_t metric) {
    if (cell_out == NULL || facts == NULL || !is_dimension(dimension)) {
        return GRIDGOV_EARG;
    }
    if (metric < 0 || metric >= (int64_t)facts->metric_count || row < 0 ||
        row >= (int64_t)facts->tables[dimension].count) {
        return GRIDGOV_END;
    }
    if (facts->list[metric].dimension != dimension) {
        return GRIDGOV_EARG;
    }
    const gg_fact_cell *cell = &facts->cells[metric][row];
    const gridgov_cell full = {.state = cell->state,
                               .value = cell->value,
                               .reported = cell->reported,
                               .missing = cell->missing,
                               .origin = cell->origin};
    return gg_view_copy(cell_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

int64_t gridgov_facts_doubted(const gridgov_facts *facts) {
    return facts == NULL ? 0 : facts->doubted;
}

int64_t gridgov_facts_outside(const gridgov_facts *facts) {
    return facts == NULL ? 0 : facts->outside;
}

int64_t gridgov_facts_adjustment_count(const gridgov_facts *facts) {
    return facts == NULL ? 0 : (int64_t)facts->adjustment_count;
}

gridgov_status gridgov_facts_adjustment_at(gridgov_adjustment *adjustment_out,
                                           const gridgov_facts *facts, int64_t index) {
    if (adjustment_out == NULL || facts == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)facts->adjustment_count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(adjustment_out, &facts->adjustments[index], sizeof(gridgov_adjustment))
               ? GRIDGOV_EARG
               : GRIDGOV_OK;
}
