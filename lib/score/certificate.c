/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate of a card (gridgov.certificate/1).
 *
 * A certificate is a list of sections. Each is written once, in canonical form (RFC 8785, with
 * integers and text alone): members sorted by name, no blanks. The chain of digests is
 *
 *     link[k] = SHA-256(link[k−1] in hexadecimal, LF, name of the section, LF, canonical section)
 *
 * with nothing before the first LF of the first link; so a link binds all sections up to its own,
 * and their order. Nothing that decides a point is left out: operands as lists of metrics, every
 * atom of every cell that a rule reads, the points that were given. Members below are written in
 * the order of their names, which a test of the checker holds them to. */
#include "certificate_model.h"

#include "base/error.h"
#include "base/json.h"
#include "base/line.h"

#include <gridgov/certificate.h>
#include <gridgov/civil.h>

#include <string.h>

#define NAME_SIZE 32

/* The chain takes plain bytes, so that any language can follow it. */
static void hash(char out[GG_DIGEST_TEXT_SIZE], const char *before, const char *name,
                 gg_str section) {
    static const char hex[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_LENGTH];
    SHA2_CTX state;
    SHA256Init(&state);
    SHA256Update(&state, (const uint8_t *)before, strlen(before));
    SHA256Update(&state, (const uint8_t *)"\n", 1);
    SHA256Update(&state, (const uint8_t *)name, strlen(name));
    SHA256Update(&state, (const uint8_t *)"\n", 1);
    SHA256Update(&state, (const uint8_t *)section.data, section.size);
    SHA256Final(bytes, &state);
    for (size_t i = 0; i < sizeof bytes; i++) {
        out[2 * i] = hex[bytes[i] >> 4];
        out[2 * i + 1] = hex[bytes[i] & 15];
    }
    out[2 * sizeof bytes] = '\0';
}

/* Link the section at hand; the caller has put whatever stands before it into the document. */
static void link_section(gg_certifying *c, const char *name) {
    char next[GG_DIGEST_TEXT_SIZE];
    const gg_str section = gg_str_make(gg_buf_data(&c->section), c->section.size);
    hash(next, c->link, name, section);
    memcpy(c->link, next, sizeof next);
    gg_buf_str(&c->out, section);
    gg_buf_text(&c->links, c->links.size == 0 ? "\n    [" : ",\n    [");
    gg_json_put_text(&c->links, gg_str_of(name));
    gg_buf_text(&c->links, ", \"");
    gg_buf_text(&c->links, next);
    gg_buf_text(&c->links, "\"]");
    c->out.failed |= gg_buf_failed(&c->section);
    gg_buf_clear(&c->section);
}

void gg_certificate_link_item(gg_certifying *c, const char *list, int64_t index) {
    char name[NAME_SIZE];
    gg_line line;
    gg_line_init(&line, name, sizeof name);
    gg_line_text(&line, list);
    gg_line_text(&line, "/");
    gg_line_int(&line, index);
    gg_buf_text(&c->out, index == 0 ? "\n    " : ",\n    ");
    link_section(c, name);
}

void gg_certificate_key(gg_buf *buf, const char *key) {
    const char last = buf->size == 0 ? '\0' : buf->data[buf->size - 1];
    gg_buf_text(buf, last == '{' || last == '\0' ? "" : ",");
    gg_json_put_text(buf, gg_str_of(key));
    gg_buf_byte(buf, ':');
}

void gg_certificate_text(gg_buf *buf, const char *key, const char *text) {
    gg_certificate_key(buf, key);
    gg_json_put_text(buf, gg_str_of(text));
}

void gg_certificate_int(gg_buf *buf, const char *key, int64_t value) {
    gg_certificate_key(buf, key);
    gg_buf_int(buf, value);
}

/* A number, or null for the value that means none. */
static void put_bound(gg_buf *buf, const char *key, int64_t value, int64_t none) {
    gg_certificate_key(buf, key);
    if (value == none) {
        gg_buf_text(buf, "null");
    } else {
        gg_buf_int(buf, value);
    }
}

void gg_certificate_flag(gg_buf *buf, const char *key, int32_t value) {
    gg_certificate_key(buf, key);
    gg_buf_text(buf, value ? "true" : "false");
}

void gg_certificate_code(gg_buf *buf, const char *key, int32_t kind, int32_t value) {
    const char *code = gridgov_code_text(kind, value);
    gg_certificate_text(buf, key, code == NULL ? "" : code);
}

void gg_certificate_time(gg_buf *buf, const char *key, gridgov_time time, int32_t offset) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE] = "";
    if (time != GRIDGOV_NO_TIME) {
        (void)gridgov_time_format(text, time, offset);
    }
    gg_certificate_text(buf, key, text);
}

/* Days in place of a metric go by names that no metric can have. */
static const char *metric_code(const gg_certifying *c, int64_t index) {
    gridgov_metric metric = {.struct_size = sizeof metric, .code = ""};
    if (index < GRIDGOV_NONE) {
        return index == GRIDGOV_COUNT_GRID_DAYS ? "#grid_days" : "#period_days";
    }
    (void)gridgov_metrics_at(&metric, c->policy->metrics, index);
    return metric.code;
}

static void put_subject(gg_certifying *c) {
    gg_buf *buf = &c->section;
    gg_buf_byte(buf, '{');
    gg_certificate_text(buf, "code", c->card.grid_code);
    gg_certificate_text(buf, "grid", c->card.grid_name);
    gg_certificate_text(buf, "unit", c->card.unit_name);
    gg_buf_byte(buf, '}');
}

static void put_period(gg_certifying *c) {
    gg_buf *buf = &c->section;
    gridgov_span period = {0, 0};
    (void)gridgov_facts_period(&period, c->facts);
    gg_buf_byte(buf, '{');
    gg_certificate_time(buf, "as_of", gridgov_facts_as_of(c->facts), c->offset);
    gg_certificate_time(buf, "from", period.from, c->offset);
    gg_certificate_int(buf, "grid_days",
                       gg_score_days(c->facts, c->card.row, GRIDGOV_COUNT_GRID_DAYS));
    gg_certificate_int(buf, "period_days",
                       gg_score_days(c->facts, c->card.row, GRIDGOV_COUNT_PERIOD_DAYS));
    gg_certificate_time(buf, "to", period.to, c->offset);
    gg_buf_byte(buf, '}');
}

static void put_digests(gg_certifying *c) {
    gg_buf *buf = &c->section;
    gg_buf_byte(buf, '{');
    gg_certificate_text(buf, "ledger", gridgov_ledger_digest(gridgov_facts_ledger(c->facts)));
    gg_certificate_text(buf, "metrics", gridgov_metrics_digest(c->policy->metrics));
    gg_certificate_text(buf, "policy", gridgov_policy_digest(c->policy));
    gg_buf_byte(buf, '}');
}

static void put_operand(gg_certifying *c, const char *key, gg_policy_operand operand) {
    gg_buf *buf = &c->section;
    gg_certificate_key(buf, key);
    gg_buf_byte(buf, '[');
    for (int64_t i = 0; i < operand.count; i++) {
        const gg_policy_term *term = &c->policy->terms[operand.first + i];
        gg_buf_text(buf, i == 0 ? "[" : ",[");
        gg_json_put_text(buf, gg_str_of(metric_code(c, term->metric)));
        gg_buf_byte(buf, ',');
        gg_buf_int(buf, term->times);
        gg_buf_text(buf, term->optional ? ",true]" : ",false]");
    }
    gg_buf_byte(buf, ']');
}

/* Edges and points of bands, stages and tables, as [edge or null, points]. */
static void put_bands(gg_certifying *c, const gg_policy_rule *rule) {
    gg_buf *buf = &c->section;
    const int is_table = rule->kind == GRIDGOV_SCORE_RULE_TABLE;
    const int64_t count = is_table ? rule->band_count + rule->column_count +
                                         (rule->band_count + 1) * (rule->column_count + 1)
                                   : rule->band_count;
    gg_certificate_key(buf, "bands");
    gg_buf_byte(buf, '[');
    for (int64_t i = 0; i < count; i++) {
        const gg_policy_band *band = &c->policy->bands[rule->first_band + i];
        gg_buf_text(buf, i == 0 ? "[" : ",[");
        if (band->at_least == INT64_MIN) {
            gg_buf_text(buf, "null");
        } else {
            gg_buf_int(buf, band->at_least);
        }
        gg_buf_byte(buf, ',');
        gg_buf_int(buf, band->points);
        gg_buf_byte(buf, ']');
    }
    gg_buf_byte(buf, ']');
}

static void put_rule(gg_certifying *c, const gg_policy_rule *rule) {
    gg_buf *buf = &c->section;
    gg_buf_byte(buf, '{');
    gg_certificate_flag(buf, "award", rule->is_award);
    gg_certificate_int(buf, "band_count", rule->band_count);
    put_bands(c, rule);
    gg_certificate_int(buf, "column_count", rule->column_count);
    gg_certificate_flag(buf, "complement", rule->complement);
    gg_certificate_flag(buf, "configured", rule->configured);
    put_operand(c, "counted", rule->counted);
    gg_certificate_code(buf, "kind", GRIDGOV_KIND_SCORE_RULE, rule->kind);
    gg_certificate_int(buf, "limit", rule->limit);
    gg_certificate_int(buf, "minimum", rule->minimum);
    gg_certificate_int(buf, "months", rule->months);
    put_operand(c, "out_of", rule->out_of);
    gg_certificate_code(buf, "part", GRIDGOV_KIND_PART, rule->part);
    gg_certificate_int(buf, "points_milli", rule->points);
    gg_certificate_code(buf, "rounding", GRIDGOV_KIND_ROUNDING, rule->rounding);
    put_operand(c, "scale", rule->scale);
    gg_certificate_code(buf, "scale_empty", GRIDGOV_KIND_CELL, rule->scale_empty);
    put_operand(c, "scaled", rule->scaled);
    gg_certificate_int(buf, "span", rule->span);
    gg_certificate_int(buf, "threshold_milli", rule->threshold);
    gg_certificate_code(buf, "when_empty", GRIDGOV_KIND_CELL, rule->when_empty);
    gg_buf_byte(buf, '}');
}

static void put_indicator(gg_certifying *c, const gg_policy_indicator *indicator) {
    gg_buf *buf = &c->section;
    gg_buf_byte(buf, '{');
    gg_certificate_int(buf, "cap_milli", indicator->cap);
    gg_certificate_text(buf, "clause", indicator->clause);
    gg_certificate_text(buf, "code", indicator->code);
    gg_certificate_int(buf, "floor_milli", indicator->floor);
    gg_certificate_flag(buf, "from_zero", indicator->from_zero);
    gg_certificate_text(buf, "group", c->policy->groups[indicator->group].code);
    gg_certificate_int(buf, "max_milli", indicator->max);
    gg_certificate_text(buf, "name", indicator->name);
    gg_certificate_key(buf, "rules");
    gg_buf_byte(buf, '[');
    for (int64_t i = 0; i < indicator->rule_count; i++) {
        gg_buf_text(buf, i == 0 ? "" : ",");
        put_rule(c, &c->policy->rules[indicator->first_rule + i]);
    }
    gg_buf_text(buf, "]}");
}

static void put_groups(gg_certifying *c) {
    gg_buf *buf = &c->section;
    gg_certificate_key(buf, "groups");
    gg_buf_byte(buf, '[');
    for (int64_t i = 0; i < c->policy->group_count; i++) {
        const gg_policy_group *group = &c->policy->groups[i];
        gg_buf_text(buf, i == 0 ? "{" : ",{");
        put_bound(buf, "cap_milli", group->cap, GG_NO_CAP);
        gg_certificate_text(buf, "code", group->code);
        put_bound(buf, "floor_milli", group->floor, GG_NO_FLOOR);
        gg_buf_byte(buf, '}');
    }
    gg_buf_byte(buf, ']');
}

static void put_policy(gg_certifying *c) {
    const gridgov_policy *policy = c->policy;
    gg_buf *buf = &c->section;
    gg_buf_byte(buf, '{');
    gg_certificate_int(buf, "base_milli", policy->base);
    put_bound(buf, "bonus_cap_milli", policy->bonus_cap, GG_NO_CAP);
    put_bound(buf, "bonus_floor_milli", policy->bonus_floor, GG_NO_FLOOR);
    gg_certificate_int(buf, "decimals", policy->decimals);
    put_groups(c);
    gg_certificate_text(buf, "name", policy->name);
    gg_certificate_code(buf, "not_assessed", GRIDGOV_KIND_NOT_ASSESSED, policy->not_assessed);
    gg_certificate_int(buf, "partial_days", policy->partial_days);
    gg_certificate_code(buf, "rounding", GRIDGOV_KIND_ROUNDING, policy->rounding);
    gg_buf_byte(buf, '}');
}

/* Points that were given to this grid or to all grids. */
static void put_given(gg_certifying *c) {
    gridgov_adjustment given = {.struct_size = sizeof given};
    gg_buf *buf = &c->section;
    int64_t listed = 0;
    gg_buf_text(&c->out, ",\n  \"given\": [");
    for (int64_t i = 0; gridgov_facts_adjustment_at(&given, c->facts, i) == GRIDGOV_OK; i++) {
        if (given.row != c->card.row && given.row != GRIDGOV_NONE) {
            continue;
        }
        const int64_t indicator =
            gridgov_policy_indicator_find(c->policy, given.indicator, strlen(given.indicator));
        gg_buf_byte(buf, '{');
        gg_certificate_text(buf, "authority", given.authority);
        gg_certificate_text(buf, "indicator",
                            given.kind != GRIDGOV_ACTIVITY_DEDUCTION ? "bonus"
                            : indicator == GRIDGOV_NONE              ? ""
                                                        : c->policy->indicators[indicator].code);
        gg_certificate_text(buf, "number", given.key);
        gg_certificate_int(buf, "points_milli", given.points);
        gg_certificate_text(buf, "reason", given.unexplained ? "" : given.reason);
        gg_certificate_int(buf, "row", given.source_row);
        gg_certificate_text(buf, "scope", given.row == GRIDGOV_NONE ? "all" : "grid");
        gg_certificate_flag(buf, "unexplained", given.unexplained);
        gg_buf_byte(buf, '}');
        gg_certificate_link_item(c, "given", listed++);
    }
    gg_buf_byte(&c->out, ']');
}

static void put_lines(gg_certifying *c) {
    gridgov_score_line line = {.struct_size = sizeof line};
    gg_buf *buf = &c->section;
    gg_buf_text(&c->out, ",\n  \"lines\": [");
    for (int64_t i = 0; gridgov_scorecards_line_at(&line, c->cards, c->index, i) == GRIDGOV_OK;
         i++) {
        gg_buf_byte(buf, '{');
        gg_certificate_text(buf, "indicator", line.code);
        gg_certificate_code(buf, "origin", GRIDGOV_KIND_ORIGIN, line.origin);
        gg_certificate_int(buf, "points_milli", line.points);
        gg_certificate_code(buf, "state", GRIDGOV_KIND_CELL, line.state);
        gg_certificate_int(buf, "uncut_milli", line.uncut);
        gg_buf_byte(buf, '}');
        gg_certificate_link_item(c, "lines", i);
    }
    gg_buf_byte(&c->out, ']');
}

static void put_total(gg_certifying *c) {
    gg_buf *buf = &c->section;
    gg_buf_byte(buf, '{');
    gg_certificate_int(buf, "bonus_milli", c->card.bonus);
    gg_certificate_code(buf, "bonus_state", GRIDGOV_KIND_CELL, c->card.bonus_state);
    gg_certificate_int(buf, "bonus_uncut_milli", c->card.bonus_uncut);
    gg_certificate_int(buf, "group_cut_milli", c->card.group_cut);
    gg_certificate_int(buf, "out_of_milli", c->card.out_of);
    gg_certificate_flag(buf, "partial", c->cards->cards[c->index].partial);
    gg_certificate_int(buf, "rescaled_milli", c->card.rescaled);
    gg_certificate_code(buf, "state", GRIDGOV_KIND_CELL, c->card.total_state);
    gg_certificate_int(buf, "total_milli", c->card.total);
    gg_certificate_int(buf, "total_of_milli", c->card.total_of);
    gg_certificate_int(buf, "unexplained", c->card.unexplained);
    gg_buf_byte(buf, '}');
}

static void put_section(gg_certifying *c, const char *name, void (*put)(gg_certifying *)) {
    gg_buf_text(&c->out, ",\n  \"");
    gg_buf_text(&c->out, name);
    gg_buf_text(&c->out, "\": ");
    put(c);
    link_section(c, name);
}

/* The whole document. 0, or -1. */
static int write_all(gg_certifying *c) {
    gg_buf_text(&c->out, "{\n  \"schema\": ");
    gg_json_put_text(&c->section, gg_str_of("gridgov.certificate/1"));
    link_section(c, "schema");
    gg_buf_text(&c->out, ",\n  \"library\": ");
    gg_json_put_text(&c->section, gg_str_of(gridgov_version_text()));
    link_section(c, "library");
    put_section(c, "subject", put_subject);
    put_section(c, "period", put_period);
    put_section(c, "digests", put_digests);
    put_section(c, "policy", put_policy);
    gg_buf_text(&c->out, ",\n  \"indicators\": [");
    for (int64_t i = 0; i < c->policy->indicator_count; i++) {
        put_indicator(c, &c->policy->indicators[i]);
        gg_certificate_link_item(c, "indicators", i);
    }
    gg_buf_byte(&c->out, ']');
    if (gg_certificate_facts(c)) {
        return -1;
    }
    put_given(c);
    put_lines(c);
    put_section(c, "total", put_total);
    gg_buf_text(&c->out, ",\n  \"links\": [");
    gg_buf_str(&c->out, gg_str_make(gg_buf_data(&c->links), c->links.size));
    gg_buf_text(&c->out, "],\n  \"seal\": \"");
    gg_buf_text(&c->out, c->link);
    gg_buf_text(&c->out, "\"\n}\n");
    return gg_buf_failed(&c->out) || gg_buf_failed(&c->links) ? -1 : 0;
}

gridgov_status gridgov_certificate_make(gridgov_bytes **out, char *seal,
                                        const gridgov_scorecards *cards, int64_t card,
                                        const gridgov_evidence *evidence, gridgov_job *job,
                                        gridgov_error *err) {
    gridgov_evidence *found = NULL;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (seal != NULL) {
        seal[0] = '\0';
    }
    if (cards == NULL) {
        return gg_fail_arg(err, "cards");
    }
    gg_certifying c = {.cards = cards,
                       .facts = cards->facts,
                       .policy = cards->policy,
                       .card = {.struct_size = sizeof c.card},
                       .index = card,
                       .offset = gridgov_facts_utc_offset(cards->facts)};
    gridgov_status status = gridgov_scorecards_at(&c.card, cards, card);
    if (status != GRIDGOV_OK) {
        return status;
    }
    if (evidence == NULL) {
        GG_TRY(gridgov_evidence_find(&found, cards->facts, GRIDGOV_DIMENSION_UNIT, c.card.row,
                                     GRIDGOV_NONE, job, err));
    }
    c.evidence = evidence == NULL ? found : evidence;
    status = gg_certificate_find_past(&c, job, err);
    if (status == GRIDGOV_OK) {
        status = write_all(&c) ? gg_fail_memory(err) : gg_buf_to_bytes(out, &c.out, err);
    }
    if (status == GRIDGOV_OK && seal != NULL) {
        memcpy(seal, c.link, GRIDGOV_SEAL_SIZE);
    }
    gg_buf_release(&c.out);
    gg_buf_release(&c.section);
    gg_buf_release(&c.links);
    for (int64_t i = 0; i < GG_HISTORY_MAX; i++) {
        gridgov_evidence_free(c.past[i]);
    }
    gridgov_evidence_free(found);
    return status;
}
