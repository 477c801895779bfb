/* SPDX-License-Identifier: Apache-2.0 */
/* What a finished month tells: its parts, its scorecards as JSON (gridgov.scorecards/1), and in
 * which pins it differs from an earlier bulletin.json. Points are written twice, as printed text
 * and as whole thousandths, so that no reader needs a binary fraction. */
#include "month_model.h"

#include "base/error.h"
#include "base/json.h"
#include "base/num.h"

#include <gridgov/standing.h>

static int is_done(const gridgov_month *month) {
    return month != NULL && month->state == GG_MONTH_DONE;
}

static gridgov_status check_done(const gridgov_month *month, gridgov_error *err) {
    if (month == NULL) {
        return gg_fail_arg(err, "month");
    }
    return is_done(month) ? GRIDGOV_OK : gg_fail_state(err, "the month has not been run");
}

int64_t gridgov_month_excluded(const gridgov_month *month) {
    return is_done(month) ? month->excluded : 0;
}

gridgov_status gridgov_month_summary(gridgov_ingest_summary *summary_out,
                                     const gridgov_month *month, int32_t table) {
    if (summary_out == NULL || month == NULL || table < GRIDGOV_TABLE_UNITS ||
        table >= GG_TABLE_COUNT) {
        return GRIDGOV_EARG;
    }
    if (!is_done(month)) {
        return GRIDGOV_ESTATE;
    }
    if (!month->tables[table].loaded) {
        return GRIDGOV_ENOTFOUND;
    }
    return gg_view_copy(summary_out, &month->tables[table].summary,
                        sizeof month->tables[table].summary)
               ? GRIDGOV_EARG
               : GRIDGOV_OK;
}

const gridgov_facts *gridgov_month_facts(const gridgov_month *month) {
    return is_done(month) ? month->facts : NULL;
}

const gridgov_scorecards *gridgov_month_scorecards(const gridgov_month *month) {
    return is_done(month) ? month->cards : NULL;
}

const gridgov_bulletin *gridgov_month_bulletin(const gridgov_month *month) {
    return is_done(month) ? month->bulletin : NULL;
}

gridgov_status gridgov_month_find_grid(int64_t *unit_out, const gridgov_month *month,
                                       const char *text, size_t size, gridgov_error *err) {
    if (unit_out == NULL) {
        return gg_fail_arg(err, "unit_out");
    }
    *unit_out = GRIDGOV_NONE;
    GG_TRY(check_done(month, err));
    return gridgov_units_find(unit_out, NULL, month->units, GRIDGOV_UNIT_GRID, text, size, err);
}

/* "key": "99", "key_milli": 99000 — or both null where there is no value. */
static void put_points(gg_buf *buf, const char *key, int32_t state, gridgov_points points) {
    char text[GG_NUM_TEXT_SIZE];
    int value = state == GRIDGOV_CELL_VALUE || state == GRIDGOV_CELL_BLANK;
    gg_decimal_format(text, points, 3, 0);
    gg_buf_text(buf, ", \"");
    gg_buf_text(buf, key);
    gg_buf_text(buf, "\": ");
    if (value) {
        gg_json_put_text(buf, gg_str_of(text));
    } else {
        gg_buf_text(buf, "null");
    }
    gg_buf_text(buf, ", \"");
    gg_buf_text(buf, key);
    gg_buf_text(buf, "_milli\": ");
    if (value) {
        gg_buf_int(buf, points);
    } else {
        gg_buf_text(buf, "null");
    }
}

static void put_line(gg_buf *buf, const gridgov_score_line *line, int64_t index) {
    gg_buf_text(buf, index == 0 ? "\n      " : ",\n      ");
    gg_json_put_member(buf, "{", "indicator", line->code);
    gg_json_put_member(buf, ", ", "name", line->name);
    gg_json_put_member(buf, ", ", "state", gridgov_code_text(GRIDGOV_KIND_CELL, line->state));
    put_points(buf, "points", line->state, line->points);
    gg_json_put_number(buf, ", ", "max_milli", line->max);
    if (line->state == GRIDGOV_CELL_VALUE || line->state == GRIDGOV_CELL_BLANK) {
        gg_json_put_member(buf, ", ", "origin",
                           gridgov_code_text(GRIDGOV_KIND_ORIGIN, line->origin));
        if (line->origin == GRIDGOV_ORIGIN_DEDUCTION) {
            gg_json_put_member(buf, ", ", "reason", line->reason);
            gg_json_put_member(buf, ", ", "source", line->source);
        } else {
            gg_json_put_number(buf, ", ", "numerator", line->numerator);
            if (line->denominator >= 0) {
                gg_json_put_number(buf, ", ", "denominator", line->denominator);
            }
            gg_json_put_number(buf, ", ", "missing", line->missing);
        }
    }
    gg_buf_byte(buf, '}');
}

/* What the policy makes of a total, as far as it asks for it. */
static void put_standing(gg_buf *buf, const gridgov_scorecards *cards, int64_t index) {
    const gridgov_policy *policy = gridgov_scorecards_policy(cards);
    gridgov_policy_settings settings = {.struct_size = sizeof settings};
    gridgov_standing standing = {.struct_size = sizeof standing};
    gridgov_grade grade = {.struct_size = sizeof grade};
    gridgov_peer_group peer = {.struct_size = sizeof peer};
    gridgov_veto veto = {.struct_size = sizeof veto};
    (void)gridgov_policy_settings_get(&settings, policy);
    (void)gridgov_scorecards_standing_at(&standing, cards, index);
    if (standing.rank > 0) {
        gg_json_put_number(buf, ", ", "rank", standing.rank);
        gg_json_put_number(buf, ", ", "tied", standing.tied);
    }
    if (gridgov_policy_grade_at(&grade, policy, standing.grade) == GRIDGOV_OK) {
        gg_json_put_member(buf, ", ", "grade", grade.code);
    }
    if (gridgov_policy_veto_at(&veto, policy, standing.veto) == GRIDGOV_OK) {
        gg_json_put_member(buf, ", ", "veto", veto.code);
    }
    if (gridgov_policy_peer_at(&peer, policy, standing.peer_group) == GRIDGOV_OK) {
        gg_json_put_member(buf, ", ", "peer_group", peer.code);
    }
    if (settings.standard_months > 0) {
        gg_json_put_number(buf, ", ", "months_below", standing.months_below);
    }
    if (standing.partial) {
        gg_buf_text(buf, ", \"partial\": true");
    }
}

static void put_card(gg_buf *buf, const gridgov_scorecards *cards, int64_t index, int first) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_score_line line = {.struct_size = sizeof line};
    if (gridgov_scorecards_at(&card, cards, index) != GRIDGOV_OK) {
        return;
    }
    gg_buf_text(buf, first ? "\n    " : ",\n    ");
    gg_json_put_member(buf, "{", "unit", card.unit_name);
    gg_json_put_member(buf, ", ", "grid", card.grid_name);
    gg_json_put_member(buf, ", ", "code", card.grid_code);
    put_points(buf, "total", card.total_state, card.total);
    gg_json_put_number(buf, ", ", "out_of_milli", card.out_of);
    if (card.total_of != card.out_of) {
        gg_json_put_number(buf, ", ", "total_of_milli", card.total_of);
        gg_json_put_number(buf, ", ", "rescaled_milli", card.rescaled);
    }
    if (card.group_cut != 0) {
        gg_json_put_number(buf, ", ", "group_cut_milli", card.group_cut);
    }
    put_standing(buf, cards, index);
    gg_json_put_member(buf, ", ", "bonus_state",
                       gridgov_code_text(GRIDGOV_KIND_CELL, card.bonus_state));
    put_points(buf, "bonus", card.bonus_state, card.bonus);
    gg_json_put_number(buf, ", ", "unexplained", card.unexplained);
    gg_buf_text(buf, ", \"lines\": [");
    for (int64_t i = 0; gridgov_scorecards_line_at(&line, cards, index, i) == GRIDGOV_OK; i++) {
        put_line(buf, &line, i);
    }
    gg_buf_text(buf, "]}");
}

gridgov_status gridgov_month_score_json(gridgov_bytes **out, const gridgov_month *month,
                                        int64_t unit, gridgov_error *err) {
    gg_buf buf = {0};
    gridgov_status status;
    int64_t only;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(check_done(month, err));
    only = unit == GRIDGOV_NONE ? GRIDGOV_NONE : gridgov_scorecards_find(month->cards, unit);
    if (unit != GRIDGOV_NONE && only == GRIDGOV_NONE) {
        return gg_fail_number(err, GG_RULE_NOT_FOUND, "grid", unit, NULL, NULL);
    }
    gg_buf_text(&buf, "{\n  ");
    gg_json_put_member(&buf, "", "schema", "gridgov.scorecards/1");
    gg_json_put_member(&buf, ",\n  ", "library", gridgov_version_text());
    gg_json_put_member(&buf, ",\n  ", "month", month->text);
    gg_json_put_member(&buf, ",\n  ", "policy", gridgov_policy_name(month->policy));
    gg_json_put_member(&buf, ",\n  ", "policy_digest", gridgov_policy_digest(month->policy));
    gg_buf_text(&buf, ",\n  \"base_milli\": ");
    gg_buf_int(&buf, gridgov_policy_base(month->policy));
    gg_buf_text(&buf, ",\n  \"excluded_rows\": ");
    gg_buf_int(&buf, month->excluded);
    gg_buf_text(&buf, ",\n  \"grids\": [");
    for (int64_t i = 0; i < gridgov_scorecards_count(month->cards); i++) {
        if (only == GRIDGOV_NONE || only == i) {
            put_card(&buf, month->cards, i, only != GRIDGOV_NONE || i == 0);
        }
    }
    gg_buf_text(&buf, "]\n}\n");
    status = gg_buf_to_bytes(out, &buf, err);
    gg_buf_release(&buf);
    return status;
}

static void note_difference(gridgov_issues *issues, const char *name, const char *now,
                            const char *was) {
    gridgov_error issue;
    gg_fail(&issue, GG_RULE_PIN_DIFFERS, name, NULL, 0, now, was);
    gg_error_at(&issue, "bulletin.json", 0, 0);
    gridgov_issues_add(issues, &issue);
}

/* Digests are long and a message is short: twelve digits tell two of them apart. */
static const char *shorten(char buffer[16], const char *value) {
    gg_str text = gg_str_of(value);
    gg_text_copy(buffer, 16, value, text.size == 64 ? 12 : text.size);
    return text.size == 64 ? buffer : value;
}

static int64_t compare_pins(const gridgov_bulletin *bulletin, json_t *pins,
                            gridgov_issues *issues) {
    gridgov_pin pin = {.struct_size = sizeof pin};
    int64_t differing = 0;
    const char *key;
    json_t *value;
    char now[16], was[16];
    for (int64_t i = 0; gridgov_bulletin_pin_at(&pin, bulletin, i) == GRIDGOV_OK; i++) {
        const json_t *old = json_object_get(pins, pin.name);
        const char *text = json_is_string(old) ? json_string_value(old) : "none";
        if (!gg_str_equal(gg_str_of(text), gg_str_of(pin.value))) {
            note_difference(issues, pin.name, shorten(now, pin.value), shorten(was, text));
            differing++;
        }
    }
    json_object_foreach(pins, key, value) {
        int found = 0;
        for (int64_t i = 0; gridgov_bulletin_pin_at(&pin, bulletin, i) == GRIDGOV_OK; i++) {
            found |= gg_str_equal(gg_str_of(pin.name), gg_str_of(key));
        }
        if (!found) {
            note_difference(issues, key, "none",
                            json_is_string(value) ? shorten(was, json_string_value(value)) : "?");
            differing++;
        }
    }
    return differing;
}

gridgov_status gridgov_month_compare(int64_t *differing_out, const gridgov_month *month,
                                     const char *previous, size_t size, gridgov_issues *issues,
                                     gridgov_error *err) {
    gg_json_reader reader;
    json_t *pins;
    if (differing_out == NULL) {
        return gg_fail_arg(err, "differing_out");
    }
    *differing_out = 0;
    GG_TRY(check_done(month, err));
    if (previous == NULL) {
        return gg_fail_arg(err, "previous");
    }
    GG_TRY(gg_json_open(&reader, "bulletin.json", previous, size, "gridgov.bulletin/1", NULL, err));
    pins = json_object_get(reader.root, "pins");
    if (!json_is_object(pins)) {
        gg_json_close(&reader);
        return gg_fail(err, GG_RULE_PREVIOUS, NULL, NULL, 0, NULL, NULL);
    }
    *differing_out = compare_pins(month->bulletin, pins, issues);
    gg_json_close(&reader);
    return GRIDGOV_OK;
}
