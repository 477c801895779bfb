/* SPDX-License-Identifier: Apache-2.0 */
/* The months before, for rules that look at several in a row. Each earlier month has units of its
 * own, so a grid is found again by its code, or by its name under the name of the unit above it.
 *
 * Invariant: the months follow each other without a gap, and were counted with the metrics of the
 * policy at hand; a grid that is not found, or stands there twice, has no history. */
#include "score_model.h"

#include "base/error.h"

#include <string.h>

#define AMBIGUOUS (-2)

/* "c" and the code, or "n", the unit above, a NUL, and the grid. */
static gg_str key_of(gg_buf *buf, const gridgov_units *units, const gridgov_unit *unit,
                     int by_code) {
    gridgov_unit above = {.struct_size = sizeof above, .name = ""};
    gg_buf_clear(buf);
    if (by_code) {
        gg_buf_text(buf, unit->code[0] == '\0' ? "" : "c");
        gg_buf_text(buf, unit->code);
    } else {
        gridgov_units_at(&above, units, unit->parent);
        gg_buf_byte(buf, 'n');
        gg_buf_key(buf, gg_str_of(above.name));
        gg_buf_byte(buf, '\0');
        gg_buf_key(buf, gg_str_of(unit->name));
    }
    return gg_str_make(gg_buf_data(buf), buf->size);
}

/* The unit of a row that can be scored; 0 if there is none. */
static int unit_of_row(gridgov_unit *unit, const gridgov_facts *facts, int64_t index) {
    const gridgov_units *units = gridgov_facts_units(facts);
    gridgov_facts_row row = {.struct_size = sizeof row};
    *unit = (gridgov_unit){.struct_size = sizeof *unit, .name = "", .code = ""};
    return gridgov_facts_row_at(&row, facts, GRIDGOV_DIMENSION_UNIT, index) == GRIDGOV_OK &&
           row.kind == GRIDGOV_UNIT_GRID && row.active &&
           gridgov_units_at(unit, units, row.unit) == GRIDGOV_OK;
}

static int index_rows(gg_map *map, gg_buf *buf, const gridgov_facts *facts) {
    const gridgov_units *units = gridgov_facts_units(facts);
    int64_t count = gridgov_facts_row_count(facts, GRIDGOV_DIMENSION_UNIT);
    for (int64_t i = 0; i < count; i++) {
        gridgov_unit unit;
        if (!unit_of_row(&unit, facts, i)) {
            continue;
        }
        for (int by_code = 0; by_code < 2; by_code++) {
            gg_str key = key_of(buf, units, &unit, by_code);
            int64_t known = gg_map_get(map, key, GRIDGOV_NONE);
            if (gg_buf_failed(buf) ||
                (key.size > 0 &&
                 gg_map_set(map, key, known == GRIDGOV_NONE ? i : AMBIGUOUS) != 0)) {
                return -1;
            }
        }
    }
    return 0;
}

/* Rows of one earlier month by rows of this one. */
static int find_rows(int64_t *rows, const gridgov_facts *facts, const gridgov_facts *then) {
    const gridgov_units *units = gridgov_facts_units(facts);
    int64_t count = gridgov_facts_row_count(facts, GRIDGOV_DIMENSION_UNIT);
    gg_map map = {0};
    gg_buf buf = {0};
    int failed = index_rows(&map, &buf, then);
    for (int64_t i = 0; i < count && !failed; i++) {
        gridgov_unit unit;
        rows[i] = GRIDGOV_NONE;
        if (!unit_of_row(&unit, facts, i)) {
            continue;
        }
        for (int by_code = 1; by_code >= 0 && rows[i] == GRIDGOV_NONE; by_code--) {
            gg_str key = key_of(&buf, units, &unit, by_code);
            rows[i] = key.size == 0 ? GRIDGOV_NONE : gg_map_get(&map, key, GRIDGOV_NONE);
        }
        rows[i] = rows[i] == AMBIGUOUS ? GRIDGOV_NONE : rows[i];
        failed = gg_buf_failed(&buf);
    }
    gg_map_release(&map);
    gg_buf_release(&buf);
    return failed;
}

gridgov_status gg_past_open(gg_score_past *past, const gridgov_facts *facts,
                            const gridgov_policy *policy, const gridgov_scorecards *const *months,
                            int64_t count, gridgov_error *err) {
    gridgov_span period = {0, 0}, then = {0, 0};
    int64_t rows = gridgov_facts_row_count(facts, GRIDGOV_DIMENSION_UNIT);
    int64_t needed = policy->months > 1 ? policy->months - 1 : 0;
    gridgov_facts_period(&period, facts);
    for (int64_t i = 0; i < count && i < needed; i++) {
        if (months[i] == NULL) {
            return gg_fail_arg(err, "history");
        }
        if (strcmp(gridgov_metrics_digest(gridgov_facts_metrics(months[i]->facts)),
                   gridgov_metrics_digest(policy->metrics)) != 0) {
            return gg_fail(err, GG_RULE_FACTS_FOREIGN, "history", NULL, 0, NULL, NULL);
        }
        gridgov_facts_period(&then, months[i]->facts);
        if (then.to != period.from) {
            return gg_fail_number(err, GG_RULE_HISTORY_GAP, "history", i + 1, NULL, NULL);
        }
        period = then;
        past->rows[i] = gg_calloc((size_t)rows, sizeof **past->rows);
        if (past->rows[i] == NULL) {
            return gg_fail_memory(err);
        }
        past->facts[i] = gridgov_facts_hold(months[i]->facts);
        past->count = i + 1;
        if (find_rows(past->rows[i], facts, months[i]->facts) != 0) {
            return gg_fail_memory(err);
        }
    }
    return GRIDGOV_OK;
}

void gg_past_release(gg_score_past *past) {
    for (int64_t i = 0; i < GG_HISTORY_MAX; i++) {
        gg_free(past->rows[i]);
        gridgov_facts_free(past->facts[i]);
    }
}
