/* SPDX-License-Identifier: Apache-2.0 */
/* Ratios and composites of facts. A ratio stays numerator and denominator until its one rounding;
 * the terms of a composite are rounded one by one to thousandths of a point and added, so that a
 * reader with a pencil gets the same sum. */
#include "count.h"
#include "metrics_model.h"

#include "base/num.h"

#define HUNDREDTHS 10000 /* of a per cent in a whole */

static gridgov_cell cell_of(const gridgov_facts *facts, int64_t row, int64_t metric) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    (void)gridgov_facts_value(&cell, facts, facts->list[metric].dimension, row, metric);
    return cell;
}

/* The ratio of two cells. */
static gridgov_ratio_value divide(const gridgov_cell *part, const gridgov_cell *whole,
                                  int complement) {
    gridgov_ratio_value value = {.state = GRIDGOV_CELL_UNKNOWN,
                                 .missing = part->missing > whole->missing ? part->missing
                                                                           : whole->missing};
    int64_t numerator = part->value;
    if (whole->state == GRIDGOV_CELL_NOT_APPLICABLE || part->state == GRIDGOV_CELL_NOT_APPLICABLE ||
        (whole->state == GRIDGOV_CELL_VALUE && whole->value == 0)) {
        value.state = GRIDGOV_CELL_NOT_APPLICABLE;
        return value;
    }
    if (part->state != GRIDGOV_CELL_VALUE || whole->state != GRIDGOV_CELL_VALUE ||
        (complement && gg_sub(&numerator, whole->value, part->value)) ||
        gg_mul_div(&value.percent_hundredths, numerator, HUNDREDTHS, whole->value)) {
        return value;
    }
    value.state = GRIDGOV_CELL_VALUE;
    value.numerator = numerator;
    value.denominator = whole->value;
    return value;
}

gridgov_status gridgov_facts_ratio(gridgov_ratio_value *value_out, const gridgov_facts *facts,
                                   int64_t row, int64_t ratio) {
    if (value_out == NULL || facts == NULL) {
        return GRIDGOV_EARG;
    }
    if (ratio < 0 || ratio >= (int64_t)facts->metrics->ratio_count) {
        return GRIDGOV_END;
    }
    const gridgov_ratio *of = &facts->metrics->ratios[ratio];
    if (row < 0 || row >= gridgov_facts_row_count(facts, of->dimension)) {
        return GRIDGOV_END;
    }
    const gridgov_cell part = cell_of(facts, row, of->numerator);
    const gridgov_cell whole = cell_of(facts, row, of->denominator);
    const gridgov_ratio_value full = divide(&part, &whole, of->complement);
    return gg_view_copy(value_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

/* A count as a share of the greatest among the rows. */
static gridgov_ratio_value share_of_greatest(const gridgov_facts *facts, int64_t row,
                                             int64_t metric) {
    const int64_t rows = gridgov_facts_row_count(facts, facts->list[metric].dimension);
    const gridgov_cell part = cell_of(facts, row, metric);
    gridgov_cell greatest = part;
    for (int64_t i = 0; i < rows; i++) {
        const gridgov_cell cell = cell_of(facts, i, metric);
        if (cell.state == GRIDGOV_CELL_VALUE && cell.value > greatest.value) {
            greatest = cell;
        }
    }
    return divide(&part, &greatest, 0);
}

gridgov_status gridgov_facts_composite(gridgov_composite_value *value_out,
                                       const gridgov_facts *facts, int64_t row, int64_t composite) {
    gridgov_composite_value full = {.state = GRIDGOV_CELL_VALUE, .grade = ""};
    if (value_out == NULL || facts == NULL) {
        return GRIDGOV_EARG;
    }
    if (composite < 0 || composite >= (int64_t)facts->metrics->composite_count) {
        return GRIDGOV_END;
    }
    const gg_composite *of = &facts->metrics->composites[composite];
    if (row < 0 || row >= gridgov_facts_row_count(facts, of->view.dimension)) {
        return GRIDGOV_END;
    }
    for (int64_t i = 0; i < of->view.term_count; i++) {
        const gridgov_composite_term *term = &of->terms[i];
        gridgov_ratio_value value = {.struct_size = sizeof value};
        gridgov_points points = 0;
        if (term->metric != GRIDGOV_NONE) {
            value = share_of_greatest(facts, row, term->metric);
        } else {
            (void)gridgov_facts_ratio(&value, facts, row, term->ratio);
        }
        if (value.state != GRIDGOV_CELL_VALUE ||
            gg_mul_div(&points, term->weight, value.numerator, value.denominator) ||
            gg_add(&full.points, full.points, points)) {
            // Not applicable only if nothing is unknown.
            full.state =
                full.state == GRIDGOV_CELL_UNKNOWN || value.state != GRIDGOV_CELL_NOT_APPLICABLE
                    ? GRIDGOV_CELL_UNKNOWN
                    : GRIDGOV_CELL_NOT_APPLICABLE;
        }
    }
    if (full.state == GRIDGOV_CELL_VALUE) {
        full.grade = gg_metrics_grade(facts->metrics, composite, full.points);
    } else {
        full.points = 0;
    }
    return gg_view_copy(value_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}
