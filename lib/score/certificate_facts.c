/* SPDX-License-Identifier: Apache-2.0 */
/* The facts of a certificate: every cell that a rule reads with all of its atoms, of the month and
 * of those before that a rule of several months looks at. */
#include "certificate_model.h"

#include "base/error.h"
#include "base/json.h"

#include <gridgov/civil.h>

#include <string.h>

/* A month whose cells are certified, and the row of the grid there. */
typedef struct month_cells {
    const gridgov_facts *facts;
    const gridgov_evidence *evidence;
    int64_t row;
} month_cells;

static void put_atom(gg_certifying *c, const gridgov_atom *atom) {
    gg_buf *buf = &c->section;
    char day[GRIDGOV_CIVIL_TEXT_SIZE] = "";
    if (atom->day != GRIDGOV_NO_DAY) {
        (void)gridgov_day_format(day, atom->day);
    }
    gg_buf_byte(buf, '{');
    gg_certificate_time(buf, "at", atom->at, c->offset);
    gg_certificate_int(buf, "count", atom->count);
    gg_certificate_text(buf, "day", day);
    gg_certificate_flag(buf, "has_data", atom->has_data);
    gg_certificate_text(buf, "id", atom->id);
    gg_certificate_code(buf, "kind", GRIDGOV_KIND_ATOM, atom->kind);
    gg_certificate_time(buf, "limit_at", atom->limit_at, c->offset);
    gg_certificate_int(buf, "metres", atom->metres);
    gg_certificate_int(buf, "minimum_metres", atom->minimum_metres);
    gg_certificate_int(buf, "minimum_minutes", atom->minimum_minutes);
    gg_certificate_int(buf, "minutes", atom->minutes);
    gg_certificate_code(buf, "reason", GRIDGOV_KIND_REASON, atom->reason);
    gg_certificate_int(buf, "row", atom->source_row);
    gg_certificate_code(buf, "state",
                        atom->kind == GRIDGOV_ATOM_RECORD ? GRIDGOV_KIND_DEFECT
                                                          : GRIDGOV_KIND_DISPOSITION,
                        atom->state);
    gg_certificate_code(buf, "table", GRIDGOV_KIND_TABLE, atom->table);
    gg_buf_byte(buf, '}');
}

/* Dispositions or defects that a metric counts. */
static void put_set(gg_buf *buf, const char *key, int32_t kind, uint32_t set) {
    int32_t value = 0;
    int listed = 0;
    gg_certificate_key(buf, key);
    gg_buf_byte(buf, '[');
    for (int64_t i = 0; gridgov_code_at(&value, kind, i) == GRIDGOV_OK; i++) {
        if ((set >> value & 1) != 0) {
            gg_buf_text(buf, listed++ == 0 ? "" : ",");
            gg_json_put_text(buf, gg_str_of(gridgov_code_text(kind, value)));
        }
    }
    gg_buf_byte(buf, ']');
}

/* One cell that the policy reads, with its metric and its atoms. */
static void put_fact(gg_certifying *c, const month_cells *month, int64_t index) {
    gg_buf *buf = &c->section;
    gridgov_cell cell = {.struct_size = sizeof cell};
    gridgov_metric metric = {.struct_size = sizeof metric};
    int64_t first = 0, count = 0;
    (void)gridgov_metrics_at(&metric, c->policy->metrics, index);
    (void)gridgov_facts_value(&cell, month->facts, GRIDGOV_DIMENSION_UNIT, month->row, index);
    (void)gridgov_evidence_cell(&first, &count, month->evidence, month->row, index);
    gg_buf_byte(buf, '{');
    gg_certificate_key(buf, "atoms");
    gg_buf_byte(buf, '[');
    for (int64_t i = first; i < first + count; i++) {
        gridgov_atom atom = {.struct_size = sizeof atom};
        (void)gridgov_evidence_at(&atom, month->evidence, i);
        gg_buf_text(buf, i == first ? "" : ",");
        put_atom(c, &atom);
    }
    gg_buf_byte(buf, ']');
    put_set(buf, "defects", GRIDGOV_KIND_DEFECT, metric.defects);
    put_set(buf, "dispositions", GRIDGOV_KIND_DISPOSITION, metric.dispositions);
    gg_certificate_code(buf, "measure", GRIDGOV_KIND_MEASURE, metric.measure);
    gg_certificate_text(buf, "metric", metric.code);
    gg_certificate_int(buf, "minimum_metres", metric.minimum_metres);
    gg_certificate_int(buf, "minimum_minutes", metric.minimum_minutes);
    gg_certificate_int(buf, "missing", cell.missing);
    gg_certificate_code(buf, "origin", GRIDGOV_KIND_ORIGIN, cell.origin);
    gg_certificate_int(buf, "reported", cell.reported);
    gg_certificate_code(buf, "state", GRIDGOV_KIND_CELL, cell.state);
    gg_certificate_int(buf, "value", cell.value);
    gg_buf_byte(buf, '}');
}

static void mark(uint8_t *used, const gridgov_policy *policy, gg_policy_operand operand) {
    for (int64_t i = 0; i < operand.count; i++) {
        const int64_t metric = policy->terms[operand.first + i].metric;
        if (metric >= 0) {
            used[metric] = 1;
        }
    }
}

static void mark_rule(uint8_t *used, const gridgov_policy *policy, const gg_policy_rule *rule) {
    mark(used, policy, rule->counted);
    mark(used, policy, rule->out_of);
    mark(used, policy, rule->scaled);
    mark(used, policy, rule->scale);
}

/* Metrics that the rules of the indicators read: in this month, or in each of the months before,
 * which only rules below a rule of several months do. */
static void mark_used(uint8_t *used, const gridgov_policy *policy, int earlier) {
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        const gg_policy_indicator *indicator = &policy->indicators[i];
        const gg_policy_rule *nodes = &policy->rules[indicator->first_rule];
        int64_t until = 0; /* behind the rules below the latest rule of several months */
        for (int64_t k = 0; k < indicator->rule_count; k++) {
            if (nodes[k].kind == GRIDGOV_SCORE_RULE_CONSECUTIVE) {
                until = k + nodes[k].span;
            }
            if (!earlier || k < until) {
                mark_rule(used, policy, &nodes[k]);
            }
        }
    }
}

/* The cells that the rules of the indicators read, in the order of the metrics. */
static void put_facts(gg_certifying *c, const uint8_t *used) {
    const month_cells month = {c->facts, c->evidence, c->card.row};
    const int64_t count = gridgov_metrics_count(c->policy->metrics);
    int64_t listed = 0;
    gg_buf_text(&c->out, ",\n  \"facts\": [");
    for (int64_t i = 0; i < count; i++) {
        if (used[i]) {
            put_fact(c, &month, i);
            gg_certificate_link_item(c, "facts", listed++);
        }
    }
    gg_buf_byte(&c->out, ']');
}

/* One earlier month; without facts if the grid is not found there. */
static void put_earlier_month(gg_certifying *c, int64_t index, const uint8_t *used) {
    const gg_score_past *past = &c->cards->past;
    const month_cells month = {past->facts[index], c->past[index], past->rows[index][c->card.row]};
    const int64_t count = gridgov_metrics_count(c->policy->metrics);
    gg_buf *buf = &c->section;
    gridgov_span period = {0, 0};
    int listed = 0;
    (void)gridgov_facts_period(&period, month.facts);
    gg_buf_byte(buf, '{');
    gg_certificate_time(buf, "as_of", gridgov_facts_as_of(month.facts), c->offset);
    gg_certificate_key(buf, "facts");
    gg_buf_byte(buf, '[');
    for (int64_t i = 0; i < count && month.row != GRIDGOV_NONE; i++) {
        if (used[i]) {
            gg_buf_text(buf, listed++ == 0 ? "" : ",");
            put_fact(c, &month, i);
        }
    }
    gg_buf_byte(buf, ']');
    gg_certificate_flag(buf, "found", month.row != GRIDGOV_NONE);
    gg_certificate_time(buf, "from", period.from, c->offset);
    gg_certificate_int(buf, "grid_days",
                       month.row == GRIDGOV_NONE
                           ? 0
                           : gg_score_days(month.facts, month.row, GRIDGOV_COUNT_GRID_DAYS));
    gg_certificate_text(buf, "ledger", gridgov_ledger_digest(gridgov_facts_ledger(month.facts)));
    gg_certificate_int(buf, "period_days",
                       gg_score_days(month.facts, month.row, GRIDGOV_COUNT_PERIOD_DAYS));
    gg_certificate_time(buf, "to", period.to, c->offset);
    gg_buf_byte(buf, '}');
}

/* How many of the months before a rule of the indicators looks at; a veto and the list of those
 * below the standard decide no point. */
static int64_t months_before(const gridgov_policy *policy) {
    int64_t most = 0;
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        const gg_policy_indicator *indicator = &policy->indicators[i];
        for (int64_t k = 0; k < indicator->rule_count; k++) {
            const gg_policy_rule *rule = &policy->rules[indicator->first_rule + k];
            if (rule->kind == GRIDGOV_SCORE_RULE_CONSECUTIVE && rule->months - 1 > most) {
                most = rule->months - 1;
            }
        }
    }
    return most;
}

static int64_t months_certified(const gg_certifying *c) {
    const int64_t most = months_before(c->policy);
    return most < c->cards->past.count ? most : c->cards->past.count;
}

/* The evidence of the earlier months. */
gridgov_status gg_certificate_find_past(gg_certifying *c, gridgov_job *job, gridgov_error *err) {
    const gg_score_past *past = &c->cards->past;
    for (int64_t i = 0; i < months_certified(c); i++) {
        const int64_t row = past->rows[i][c->card.row];
        if (row != GRIDGOV_NONE) {
            GG_TRY(gridgov_evidence_find(&c->past[i], past->facts[i], GRIDGOV_DIMENSION_UNIT, row,
                                         GRIDGOV_NONE, job, err));
        }
    }
    return GRIDGOV_OK;
}

/* Facts of this month and of those before. 0, or -1. */
int gg_certificate_facts(gg_certifying *c) {
    const int64_t count = gridgov_metrics_count(c->policy->metrics);
    uint8_t *used = gg_calloc((size_t)count, sizeof *used);
    if (used == NULL) {
        return -1;
    }
    mark_used(used, c->policy, 0);
    put_facts(c, used);
    memset(used, 0, (size_t)count * sizeof *used);
    mark_used(used, c->policy, 1);
    gg_buf_text(&c->out, ",\n  \"earlier\": [");
    for (int64_t i = 0; i < months_certified(c); i++) {
        put_earlier_month(c, i, used);
        gg_certificate_link_item(c, "earlier", i);
    }
    gg_buf_byte(&c->out, ']');
    gg_free(used);
    return 0;
}
