/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation as JSON (gridgov.explain/1) and as plain text. Points are written as numbers of
 * points, with as many decimals as they have, and once more as whole thousandths, so that a reader
 * may add either. */
#include "explain_model.h"

#include "base/error.h"
#include "base/json.h"
#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

#define ITEMS_SHOWN 31 /* of a line in plain text; a month has no more days */

/* "key": -2.5, "key_milli": -2500. */
static void put_points(gg_buf *buf, const char *key, const char *key_milli, gridgov_points points) {
    gg_json_put_key(buf, ", ", key);
    gg_put_points(buf, points);
    gg_json_put_number(buf, ", ", key_milli, points);
}

static void put_time(gg_buf *buf, const char *key, gridgov_time time, int32_t offset) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    if (time != GRIDGOV_NO_TIME && gridgov_time_format(text, time, offset) == GRIDGOV_OK) {
        gg_json_put_member(buf, ", ", key, text);
    }
}

static void put_asked(gg_buf *buf, const char *key, const char *asked_key, int64_t value,
                      int64_t asked) {
    if (value >= 0) {
        gg_json_put_number(buf, ", ", key, value);
    }
    if (asked >= 0) {
        gg_json_put_number(buf, ", ", asked_key, asked);
    }
}

static const char *metric_code(const gridgov_explanation *e, int64_t index) {
    gridgov_metric metric = {.struct_size = sizeof metric, .code = ""};
    (void)gridgov_metrics_at(&metric, e->cards->policy->metrics, index);
    return metric.code;
}

static void put_state(gg_buf *buf, const gridgov_atom *atom) {
    if (atom->kind == GRIDGOV_ATOM_EVENT && atom->state != GRIDGOV_DISPOSITION_UNKNOWN) {
        gg_json_put_member(buf, ", ", "disposition",
                           gridgov_code_text(GRIDGOV_KIND_DISPOSITION, atom->state));
    } else if (atom->kind == GRIDGOV_ATOM_RECORD) {
        gg_json_put_member(buf, ", ", "defect",
                           gridgov_code_text(GRIDGOV_KIND_DEFECT, atom->state));
    }
}

static void put_adjustment(gg_buf *buf, const gridgov_explanation *e, const gridgov_atom *atom) {
    gridgov_adjustment given = {.struct_size = sizeof given, .reason = "", .authority = ""};
    (void)gridgov_facts_adjustment_at(&given, e->cards->facts, atom->index);
    put_points(buf, "points", "points_milli", given.points);
    if (given.unexplained) {
        gg_json_put_key(buf, ", ", "unexplained");
        gg_buf_text(buf, "true");
    } else {
        gg_json_put_member(buf, ", ", "given_reason", given.reason);
    }
    gg_json_put_member(buf, ", ", "authority", given.authority);
}

static void put_item(gg_buf *buf, const gridgov_explanation *e, const gg_explain_item *item) {
    const gridgov_atom *atom = &item->atom;
    gg_buf_text(buf, "{\"kind\": ");
    gg_json_put_text(buf, gg_str_of(gridgov_code_text(GRIDGOV_KIND_ATOM, atom->kind)));
    gg_json_put_member(buf, ", ", "id", atom->id);
    gg_json_put_member(buf, ", ", "reason", gridgov_code_text(GRIDGOV_KIND_REASON, atom->reason));
    if (atom->kind == GRIDGOV_ATOM_ADJUSTMENT) {
        put_adjustment(buf, e, atom);
    } else {
        gg_json_put_member(buf, ", ", "metric", metric_code(e, atom->metric));
        gg_json_put_number(buf, ", ", "count", atom->count);
        if (!atom->has_data) {
            gg_json_put_key(buf, ", ", "lacks_data");
            gg_buf_text(buf, "true");
        }
        if (atom->text[0] != '\0') {
            gg_json_put_member(
                buf, ", ", atom->kind == GRIDGOV_ATOM_EVENT ? "category" : "given_by", atom->text);
        }
    }
    put_state(buf, atom);
    if (atom->day != GRIDGOV_NO_DAY) {
        char text[GRIDGOV_CIVIL_TEXT_SIZE];
        (void)gridgov_day_format(text, atom->day);
        gg_json_put_member(buf, ", ", "day", text);
    }
    put_time(buf, "at", atom->at, e->utc_offset_minutes);
    put_time(buf, "limit_at", atom->limit_at, e->utc_offset_minutes);
    put_asked(buf, "minutes", "minimum_minutes", atom->minutes, atom->minimum_minutes);
    put_asked(buf, "metres", "minimum_metres", atom->metres, atom->minimum_metres);
    if (atom->table != 0) {
        gg_json_put_member(
            buf, ", ", "source",
            gridgov_ledger_source(gridgov_facts_ledger(e->cards->facts), atom->table));
        gg_json_put_number(buf, ", ", "row", atom->source_row);
    }
    gg_json_put_member(buf, ", ", "text", item->text);
    gg_buf_byte(buf, '}');
}

static int is_assessed(const gridgov_explained *line) {
    return line->state == GRIDGOV_CELL_VALUE || line->state == GRIDGOV_CELL_BLANK;
}

static void put_line(gg_buf *buf, const gridgov_explanation *e, const gridgov_explained *line) {
    gg_buf_text(buf, "{\"indicator\": ");
    gg_json_put_text(buf, gg_str_of(line->code));
    gg_json_put_member(buf, ", ", "name", line->name);
    gg_json_put_member(buf, ", ", "group", line->group);
    gg_json_put_member(buf, ", ", "group_name", line->group_name);
    put_points(buf, "max", "max_milli", line->max);
    put_points(buf, "points", "points_milli", line->points);
    gg_json_put_member(buf, ", ", "state", gridgov_code_text(GRIDGOV_KIND_CELL, line->state));
    if (line->indicator != GRIDGOV_NONE && is_assessed(line)) {
        gg_json_put_member(buf, ", ", "origin",
                           gridgov_code_text(GRIDGOV_KIND_ORIGIN, line->origin));
    }
    if (line->origin == GRIDGOV_ORIGIN_ROWS || line->origin == GRIDGOV_ORIGIN_FACT) {
        gg_json_put_number(buf, ", ", "numerator", line->numerator);
        if (line->denominator >= 0) {
            gg_json_put_number(buf, ", ", "denominator", line->denominator);
        }
    }
    gg_json_put_member(buf, ", ", "observed", line->observed);
    gg_json_put_member(buf, ", ", "threshold", line->threshold);
    gg_json_put_member(buf, ", ", "rule", line->rule);
    gg_json_put_member(buf, ", ", "clause", line->clause);
    gg_json_put_member(buf, ", ", "clause_source", line->source);
    gg_json_put_member(buf, ", ", "shortfall", line->shortfall);
    gg_buf_text(buf, ", \"evidence\": [");
    for (int64_t i = 0; i < line->item_count; i++) {
        gg_buf_text(buf, i == 0 ? "\n      " : ",\n      ");
        put_item(buf, e, &e->items[line->first_item + i]);
    }
    gg_buf_text(buf, "]}");
}

static void put_head(gg_buf *buf, const gridgov_explanation *e, const gridgov_scorecard *card) {
    const gridgov_facts *facts = e->cards->facts;
    gridgov_span period = {0, 0};
    (void)gridgov_facts_period(&period, facts);
    gg_buf_text(buf, "{\n  \"schema\": \"gridgov.explain/1\"");
    gg_json_put_member(buf, ", ", "library", gridgov_version_text());
    gg_buf_text(buf, ",\n  \"unit\": ");
    gg_json_put_text(buf, gg_str_of(card->unit_name));
    gg_json_put_member(buf, ", ", "grid", card->grid_name);
    gg_json_put_member(buf, ", ", "code", card->grid_code);
    gg_buf_text(buf, ",\n  \"period\": {\"offset_minutes\": ");
    gg_buf_int(buf, e->utc_offset_minutes);
    put_time(buf, "from", period.from, e->utc_offset_minutes);
    put_time(buf, "to", period.to, e->utc_offset_minutes);
    put_time(buf, "as_of", gridgov_facts_as_of(facts), e->utc_offset_minutes);
    gg_buf_text(buf, "},\n  \"policy\": ");
    gg_json_put_text(buf, gg_str_of(gridgov_policy_name(e->cards->policy)));
    gg_json_put_member(buf, ", ", "policy_digest", gridgov_policy_digest(e->cards->policy));
    gg_json_put_member(buf, ", ", "ledger_digest",
                       gridgov_ledger_digest(gridgov_facts_ledger(facts)));
    gg_buf_text(buf, ",\n  \"full\": ");
    gg_put_points(buf, gridgov_policy_base(e->cards->policy));
    put_points(buf, "base", "base_milli", card->out_of);
    put_points(buf, "total", "total_milli", card->total);
    gg_json_put_member(buf, ", ", "total_state",
                       gridgov_code_text(GRIDGOV_KIND_CELL, card->total_state));
}

gridgov_status gridgov_explanation_json(gridgov_bytes **out, const gridgov_explanation *explanation,
                                        gridgov_error *err) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    gg_buf buf = {0};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (explanation == NULL) {
        return gg_fail_arg(err, "explanation");
    }
    (void)gridgov_scorecards_at(&card, explanation->cards, explanation->card);
    put_head(&buf, explanation, &card);
    gg_buf_text(&buf, ",\n  \"lines\": [");
    for (int64_t i = 0; i < explanation->line_count; i++) {
        gg_buf_text(&buf, i == 0 ? "\n    " : ",\n    ");
        put_line(&buf, explanation, &explanation->lines[i]);
    }
    gg_buf_text(&buf, "]\n}\n");
    return gg_buf_to_bytes(out, &buf, err);
}

/* One labelled line of plain text, left out if it says nothing. */
static void put_labelled(gg_buf *buf, const char *label, const char *text) {
    if (text[0] != '\0') {
        gg_buf_text(buf, "      ");
        gg_buf_text(buf, label);
        gg_buf_text(buf, text);
        gg_buf_byte(buf, '\n');
    }
}

static void put_items(gg_buf *buf, const gridgov_explanation *e, const gridgov_explained *line) {
    for (int64_t i = 0; i < line->item_count; i++) {
        const gg_explain_item *item = &e->items[line->first_item + i];
        if (i == ITEMS_SHOWN) {
            gg_buf_text(buf, gg_in(e->lang, "        ……另有 ", "        … and "));
            gg_buf_int(buf, line->item_count - i);
            gg_buf_text(buf, gg_in(e->lang, " 条\n", " more\n"));
            return;
        }
        gg_buf_text(buf, "        · ");
        gg_buf_text(buf, item->text);
        if (item->atom.table != 0 && item->atom.source_row > 0) {
            gg_buf_text(buf, gg_in(e->lang, "〔", " ["));
            gg_buf_text(buf, gridgov_ledger_source(gridgov_facts_ledger(e->cards->facts),
                                                   item->atom.table));
            gg_buf_text(buf, gg_in(e->lang, " 第 ", " row "));
            gg_buf_int(buf, item->atom.source_row);
            gg_buf_text(buf, gg_in(e->lang, " 行〕", "]"));
        }
        gg_buf_byte(buf, '\n');
    }
}

static void put_verdict(gg_buf *buf, const gridgov_explained *line, int32_t lang) {
    if (line->indicator == GRIDGOV_NONE) {
        gg_buf_text(buf, line->points > 0 ? "+" : "");
        gg_put_points(buf, line->points);
    } else if (!is_assessed(line)) {
        gg_buf_text(buf, gg_in(lang, "未评分", "not assessed"));
    } else if (line->points == 0) {
        gg_buf_text(buf, gg_in(lang, "不扣分", "nothing deducted"));
    } else {
        gg_put_points(buf, line->points);
    }
}

static void put_line_text(gg_buf *buf, const gridgov_explanation *e,
                          const gridgov_explained *line) {
    const int32_t lang = e->lang;
    gg_buf_text(buf, "  ");
    gg_buf_text(buf, line->name);
    if (line->indicator != GRIDGOV_NONE) {
        gg_buf_text(buf, gg_in(lang, "（", " ("));
        gg_put_points(buf, line->max);
        gg_buf_text(buf, gg_in(lang, " 分）", " points)"));
    }
    gg_buf_text(buf, gg_in(lang, "：", ": "));
    put_verdict(buf, line, lang);
    gg_buf_byte(buf, '\n');
    put_labelled(buf, gg_in(lang, "实际：", "observed: "), line->observed);
    put_labelled(buf, gg_in(lang, "标准：", "threshold: "), line->threshold);
    put_labelled(buf, gg_in(lang, "规则：", "rule: "), line->rule);
    put_labelled(buf, gg_in(lang, "条款：", "clause: "), line->clause);
    put_labelled(buf, gg_in(lang, "出处：", "source of the clause: "), line->source);
    put_labelled(buf, gg_in(lang, "差距：", "short of full marks: "), line->shortfall);
    if (line->item_count > 0) {
        gg_buf_text(buf, gg_in(lang, "      依据：\n", "      evidence:\n"));
        put_items(buf, e, line);
    }
}

/* "总分 75 = 100 − 5 − 20". */
static void put_sum(gg_buf *buf, const gridgov_explanation *e, const gridgov_scorecard *card) {
    gg_buf_text(buf, gg_in(e->lang, "总分 ", "total "));
    if (card->total_state != GRIDGOV_CELL_VALUE) {
        gg_buf_text(buf, gg_in(e->lang, "/（没有一项可以评分）\n", "/ (nothing was assessed)\n"));
        return;
    }
    gg_put_points(buf, card->total);
    gg_buf_text(buf, " = ");
    gg_put_points(buf, card->out_of);
    for (int64_t i = 0; i < e->line_count; i++) {
        const gridgov_points points = e->lines[i].points;
        if (points != 0) {
            gg_buf_text(buf, points < 0 ? " − " : " + ");
            gg_put_points(buf, points < 0 ? -points : points);
        }
    }
    if (card->out_of != gridgov_policy_base(e->cards->policy)) {
        gg_buf_text(buf, gg_in(e->lang, "（满分 ", " (out of "));
        gg_put_points(buf, card->out_of);
        gg_buf_text(
            buf, gg_in(e->lang, "，未评分的指标不计入）", "; what was not assessed is left out)"));
    }
    gg_buf_byte(buf, '\n');
}

static void put_title(gg_buf *buf, const gridgov_explanation *e, const gridgov_scorecard *card) {
    gridgov_span period = {0, 0};
    (void)gridgov_facts_period(&period, e->cards->facts);
    gg_buf_text(buf, card->unit_name);
    gg_buf_text(buf, card->unit_name[0] == '\0' ? "" : "/");
    gg_buf_text(buf, card->grid_name);
    if (card->grid_code[0] != '\0') {
        gg_buf_byte(buf, ' ');
        gg_buf_text(buf, card->grid_code);
    }
    gg_buf_byte(buf, '\n');
    gg_put_day(buf, gridgov_time_day(period.from, e->utc_offset_minutes));
    gg_buf_text(buf, gg_in(e->lang, " 至 ", " to "));
    gg_put_day(buf, gridgov_time_day(period.to - 1, e->utc_offset_minutes));
    gg_buf_text(buf, gg_in(e->lang, "，截止 ", ", cut-off "));
    gg_put_moment(buf, gridgov_facts_as_of(e->cards->facts), e->utc_offset_minutes);
    gg_buf_text(buf, gg_in(e->lang, "，考核细则 ", ", policy "));
    gg_buf_text(buf, gridgov_policy_name(e->cards->policy));
    gg_buf_byte(buf, '\n');
    put_sum(buf, e, card);
}

gridgov_status gridgov_explanation_text(gridgov_bytes **out, const gridgov_explanation *explanation,
                                        gridgov_error *err) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    const char *group = "";
    gg_buf buf = {0};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (explanation == NULL) {
        return gg_fail_arg(err, "explanation");
    }
    (void)gridgov_scorecards_at(&card, explanation->cards, explanation->card);
    put_title(&buf, explanation, &card);
    for (int64_t i = 0; i < explanation->line_count; i++) {
        const gridgov_explained *line = &explanation->lines[i];
        if (strcmp(group, line->group) != 0) {
            group = line->group;
            gg_buf_byte(&buf, '\n');
            gg_buf_text(&buf, line->group_name);
            gg_buf_text(&buf, group[0] == '\0' ? "" : "\n");
        }
        put_line_text(&buf, explanation, line);
    }
    return gg_buf_to_bytes(out, &buf, err);
}
