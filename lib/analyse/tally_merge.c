/* SPDX-License-Identifier: Apache-2.0 */
/* Merging tallies. Cells are added componentwise, sets of days united, rows that only one part has
 * found are made; figures and adjustments are kept as sorted lists. Each of these is associative
 * and commutative, so their product is.
 *
 * First everything is prepared that can fail: rows, memory, the question whether a number leaves
 * its range. Then the counts are added, which cannot fail. Rows made for nothing are cut again. */
#include "count.h"

#include "base/num.h"

#include <string.h>

/* One merge: where the rows of the other tally stand in this one, and its spellings copied. */
typedef struct merge {
    gridgov_tally *tally;
    const gridgov_tally *other;
    size_t rows_before[GG_DIMENSIONS];
    int64_t *rows[GG_DIMENSIONS];
    const char **names[GG_DIMENSIONS];
} merge;

static int map_rows(merge *m) {
    for (int32_t d = 1; d < GG_DIMENSIONS; d++) {
        const gg_tally_rows *table = &m->other->tables[d];
        m->rows[d] = gg_calloc(table->count, sizeof *m->rows[d]);
        m->names[d] = gg_calloc(table->count, sizeof *m->names[d]);
        if (m->rows[d] == NULL || m->names[d] == NULL) {
            return -1;
        }
        for (size_t i = 0; i < table->count; i++) {
            const char *name = table->rows[i].name;
            m->rows[d][i] = (int64_t)i;
            if (i < table->reference) {
                continue;
            }
            m->rows[d][i] = gg_tally_found(m->tally, d, name);
            m->names[d][i] = gg_arena_text(&m->tally->arena, name, strlen(name));
            if (m->rows[d][i] == GRIDGOV_NONE || m->names[d][i] == NULL) {
                return -1;
            }
        }
    }
    return 0;
}

/* Behind those counted; they become part of the tally when the count is raised. */
static int copy_adjustments(merge *m) {
    gridgov_tally *tally = m->tally;
    for (size_t i = 0; i < m->other->adjustment_count; i++) {
        if (gg_adjustment_copy(&tally->adjustments[tally->adjustment_count + i],
                               &m->other->adjustments[i], &tally->arena)) {
            return -1;
        }
    }
    return 0;
}

static int overflows(int64_t a, int64_t b) {
    int64_t sum = 0;
    return gg_add(&sum, a, b) != 0;
}

static int cells_overflow(const merge *m) {
    const gridgov_tally *tally = m->tally;
    int over = overflows(tally->outside, m->other->outside) ||
               overflows(tally->doubted, m->other->doubted) ||
               overflows(tally->sources, m->other->sources);
    for (size_t i = 0; i < tally->metric_count && !over; i++) {
        const int32_t d = tally->list[i].dimension;
        over = overflows(tally->counted[i].lacking, m->other->counted[i].lacking);
        for (size_t row = 0; row < m->other->tables[d].count && !over; row++) {
            const gg_tally_cell *from = &m->other->cells[i][row];
            const gg_tally_cell *to = &tally->cells[i][m->rows[d][row]];
            over = overflows(to->value, from->value) || overflows(to->reported, from->reported) ||
                   overflows(to->missing, from->missing);
        }
    }
    return over;
}

static void add_cells(const merge *m) {
    gridgov_tally *tally = m->tally;
    for (size_t i = 0; i < tally->metric_count; i++) {
        const int32_t d = tally->list[i].dimension;
        for (size_t row = 0; row < m->other->tables[d].count; row++) {
            const gg_tally_cell *from = &m->other->cells[i][row];
            gg_tally_cell *to = &tally->cells[i][m->rows[d][row]];
            to->value += from->value;
            to->reported += from->reported;
            to->missing += from->missing;
        }
        tally->counted[i].lacking += m->other->counted[i].lacking;
        tally->counted[i].covered |= m->other->counted[i].covered;
    }
}

/* Nothing here can fail: there is room for everything. */
static void commit(const merge *m, gridgov_issues *issues) {
    gridgov_tally *tally = m->tally;
    const gridgov_tally *other = m->other;
    for (int32_t d = 1; d < GG_DIMENSIONS; d++) {
        for (size_t i = other->tables[d].reference; i < other->tables[d].count; i++) {
            gg_tally_spell(tally, d, m->rows[d][i], m->names[d][i]);
        }
    }
    add_cells(m);
    gg_patrol_unite(&tally->patrol, &other->patrol);
    gg_given_unite(tally, other, issues);
    tally->adjustment_count += other->adjustment_count;
    gg_adjustments_sort(tally);
    tally->coverage |= other->coverage;
    tally->outside += other->outside;
    tally->doubted += other->doubted;
    if (tally->sources == 0 && other->ledger != NULL) {
        tally->ledger = gridgov_ledger_hold(other->ledger);
    } else if (other->sources != 0) {
        gridgov_ledger_free(tally->ledger);
        tally->ledger = NULL;
    }
    tally->sources += other->sources;
}

static gridgov_status add(gridgov_tally *tally, const gridgov_tally *other, gridgov_issues *issues,
                          gridgov_error *err) {
    merge m = {.tally = tally, .other = other};
    gridgov_status status = GRIDGOV_OK;
    for (int32_t d = 1; d < GG_DIMENSIONS; d++) {
        m.rows_before[d] = tally->tables[d].count;
    }
    if (map_rows(&m) || gg_given_reserve(tally, other->given_count, other->adjustment_count) ||
        copy_adjustments(&m)) {
        status = gg_fail_memory(err);
    } else if (cells_overflow(&m)) {
        status = gg_fail(err, GG_RULE_OVERFLOW, NULL, NULL, 0, "count", NULL);
    } else {
        status = gg_patrol_prepare(tally, other, err);
    }
    if (status == GRIDGOV_OK) {
        commit(&m, issues);
    }
    for (int32_t d = 1; d < GG_DIMENSIONS; d++) {
        if (status != GRIDGOV_OK) {
            gg_tally_rows_cut(tally, d, m.rows_before[d]);
        }
        gg_free(m.rows[d]);
        gg_free((void *)m.names[d]);
    }
    return status;
}

gridgov_status gg_tally_take(gridgov_tally *tally, gridgov_tally *part, gridgov_issues *issues,
                             gridgov_error *err) {
    if (tally->sources == 0) {
        const gridgov_tally empty = *tally;
        *tally = *part;
        *part = empty;
        return GRIDGOV_OK;
    }
    return add(tally, part, issues, err);
}

gridgov_status gridgov_tally_merge(gridgov_tally *tally, const gridgov_tally *other,
                                   gridgov_issues *issues, gridgov_error *err) {
    if (tally == NULL || other == NULL || other == tally) {
        return gg_fail_arg(err, tally == NULL ? "tally" : "other");
    }
    const gridgov_tally_options *a = &tally->options;
    const gridgov_tally_options *b = &other->options;
    const char *differs = NULL;
    if (strcmp(gridgov_metrics_digest(tally->metrics), gridgov_metrics_digest(other->metrics)) !=
        0) {
        differs = "metrics";
    } else if (strcmp(tally->reference, other->reference) != 0) {
        differs = "reference";
    } else if (a->period.from != b->period.from || a->period.to != b->period.to ||
               a->utc_offset_minutes != b->utc_offset_minutes) {
        differs = "period";
    } else if (a->as_of != b->as_of || a->known_by != b->known_by) {
        differs = "as_of";
    }
    if (differs != NULL) {
        return gg_fail(err, GG_RULE_TALLY_KIND, differs, NULL, 0, NULL, NULL);
    }
    return add(tally, other, issues, err);
}
