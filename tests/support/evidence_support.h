/* SPDX-License-Identifier: Apache-2.0 */
/* Holds every cell of facts to its evidence: found cell by cell and in one go, the atoms are the
 * same and add up to the cell. */
#ifndef EVIDENCE_SUPPORT_H
#define EVIDENCE_SUPPORT_H

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The atoms [first, first + count) are those of one cell and add up to it. */
static inline void assert_adds_up(const gridgov_evidence *evidence, int64_t first, int64_t count,
                                  const gridgov_cell *cell, const gridgov_metric *metric) {
    int64_t sum = 0, reported = 0, missing = 0;
    for (int64_t i = first; i < first + count; i++) {
        gridgov_atom atom = {.struct_size = sizeof atom};
        assert_int_equal(gridgov_evidence_at(&atom, evidence, i), GRIDGOV_OK);
        assert_non_null(gridgov_code_text(GRIDGOV_KIND_ATOM, atom.kind));
        assert_non_null(gridgov_code_text(GRIDGOV_KIND_REASON, atom.reason));
        assert_int_equal((atom.kind == GRIDGOV_ATOM_FIGURE), cell->origin == GRIDGOV_ORIGIN_FACT);
        assert_true(atom.has_data || atom.count == 0);
        sum += atom.count;
        reported += atom.has_data;
        missing += !atom.has_data;
    }
    if (reported != cell->reported || missing != cell->missing ||
        (cell->state == GRIDGOV_CELL_VALUE && sum != cell->value)) {
        fail_msg("%s: %lld of %lld, %lld lack; the cell says %lld of %lld, %lld lack", metric->code,
                 (long long)sum, (long long)reported, (long long)missing, (long long)cell->value,
                 (long long)cell->reported, (long long)cell->missing);
    }
}

/* Returns how many cells were held to their evidence. */
static inline int64_t assert_evidence(const gridgov_facts *facts, int each_alone) {
    int64_t cells = 0;
    for (int32_t dimension = GRIDGOV_DIMENSION_UNIT; dimension <= GRIDGOV_DIMENSION_AGENCY;
         dimension++) {
        gridgov_evidence *all = NULL;
        gridgov_metric metric = {.struct_size = sizeof metric};
        int64_t atoms = 0;
        assert_int_equal(
            gridgov_evidence_find(&all, facts, dimension, GRIDGOV_NONE, GRIDGOV_NONE, NULL, NULL),
            GRIDGOV_OK);
        for (int64_t m = 0;
             gridgov_metrics_at(&metric, gridgov_facts_metrics(facts), m) == GRIDGOV_OK; m++) {
            for (int64_t row = 0;
                 metric.dimension == dimension && row < gridgov_facts_row_count(facts, dimension);
                 row++) {
                gridgov_cell cell = {.struct_size = sizeof cell};
                int64_t first = -1, count = -1;
                assert_int_equal(gridgov_facts_value(&cell, facts, dimension, row, m), GRIDGOV_OK);
                assert_int_equal(gridgov_evidence_cell(&first, &count, all, row, m), GRIDGOV_OK);
                assert_adds_up(all, first, count, &cell, &metric);
                atoms += count;
                cells++;
                if (each_alone) {
                    gridgov_evidence *one = NULL;
                    assert_int_equal(
                        gridgov_evidence_find(&one, facts, dimension, row, m, NULL, NULL),
                        GRIDGOV_OK);
                    assert_int_equal(gridgov_evidence_count(one), count);
                    assert_adds_up(one, 0, count, &cell, &metric);
                    gridgov_evidence_free(one);
                }
            }
        }
        assert_int_equal(atoms, gridgov_evidence_count(all));
        gridgov_evidence_free(all);
    }
    return cells;
}

#endif
