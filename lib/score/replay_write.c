/* SPDX-License-Identifier: Apache-2.0 */
/* A replay as JSON (gridgov.replay/1) and as plain text: every month and policy with its summary,
 * then the grids whose total or rank differs, each with the changes that have an effect. */
#include "explain_model.h"
#include "replay_model.h"

#include "base/error.h"
#include "base/json.h"

#include <gridgov/civil.h>

/* "key": {"a": …, "b": …}; null where there is no total. */
static void put_pair(gg_buf *buf, const char *key, int known_a, int64_t a, int known_b, int64_t b) {
    gg_json_put_key(buf, ", ", key);
    gg_buf_text(buf, "{\"a\": ");
    if (known_a) {
        gg_buf_int(buf, a);
    } else {
        gg_buf_text(buf, "null");
    }
    gg_buf_text(buf, ", \"b\": ");
    if (known_b) {
        gg_buf_int(buf, b);
    } else {
        gg_buf_text(buf, "null");
    }
    gg_buf_byte(buf, '}');
}

static int is_shown(const gridgov_replay_grid *grid) {
    return grid->difference != 0 || grid->rank_a != grid->rank_b || grid->state_a != grid->state_b;
}

static void put_change(gg_buf *buf, const gridgov_replay_change *change, int first) {
    gg_buf_text(buf, first ? "" : ", ");
    gg_buf_text(buf, "{\"indicator\": ");
    gg_json_put_text(buf, gg_str_of(change->code));
    gg_json_put_member(buf, ", ", "name", change->name);
    gg_json_put_member(buf, ", ", "cause", gridgov_code_text(GRIDGOV_KIND_CAUSE, change->cause));
    put_pair(buf, "points_milli", 1, change->points_a, 1, change->points_b);
    put_pair(buf, "max_milli", 1, change->max_a, 1, change->max_b);
    gg_json_put_number(buf, ", ", "effect_milli", change->effect);
    gg_buf_byte(buf, '}');
}

static void put_grid(gg_buf *buf, const gridgov_replay *replay, int64_t month, int64_t policy,
                     int64_t index, const gridgov_replay_grid *grid) {
    const int known_a = grid->state_a == GRIDGOV_CELL_VALUE;
    const int known_b = grid->state_b == GRIDGOV_CELL_VALUE;
    gridgov_replay_change change = {.struct_size = sizeof change};
    int first = 1;
    gg_buf_text(buf, "{\"unit\": ");
    gg_json_put_text(buf, gg_str_of(grid->unit_name));
    gg_json_put_member(buf, ", ", "grid", grid->grid_name);
    gg_json_put_member(buf, ", ", "code", grid->grid_code);
    put_pair(buf, "total_milli", known_a, grid->total_a, known_b, grid->total_b);
    put_pair(buf, "out_of_milli", known_a, grid->out_of_a, known_b, grid->out_of_b);
    put_pair(buf, "rank", known_a, grid->rank_a, known_b, grid->rank_b);
    gg_json_put_number(buf, ", ", "difference_milli", grid->difference);
    gg_buf_text(buf, ", \"changes\": [");
    for (int64_t i = 0;
         gridgov_replay_change_at(&change, replay, month, policy, index, i) == GRIDGOV_OK; i++) {
        if (change.cause != GRIDGOV_CAUSE_SAME) {
            put_change(buf, &change, first);
            first = 0;
        }
    }
    gg_buf_text(buf, "]}");
}

static void put_day(gg_buf *buf, const char *key, gridgov_day day) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    (void)gridgov_day_format(text, day);
    gg_json_put_member(buf, ", ", key, text);
}

/* The first day of a month's facts, and the last. */
static void period_of(gridgov_day *first, gridgov_day *last, const gridgov_replay *replay,
                      int64_t month) {
    const gridgov_facts *facts = gridgov_scorecards_facts(gridgov_replay_cards(replay, month, 0));
    const int32_t offset = gridgov_facts_utc_offset(facts);
    gridgov_span period = {0, 0};
    (void)gridgov_facts_period(&period, facts);
    *first = gridgov_time_day(period.from, offset);
    *last = gridgov_time_day(period.to - 1, offset);
}

static void put_comparison(gg_buf *buf, const gridgov_replay *replay, int64_t month,
                           int64_t policy) {
    gridgov_replay_summary summary = {.struct_size = sizeof summary};
    gridgov_replay_grid grid = {.struct_size = sizeof grid};
    gridgov_day first, last;
    int shown = 0;
    (void)gridgov_replay_summary_at(&summary, replay, month, policy);
    period_of(&first, &last, replay, month);
    gg_buf_text(buf, "{\"policy\": ");
    gg_buf_int(buf, policy);
    put_day(buf, "from", first);
    put_day(buf, "to", last);
    gg_json_put_key(buf, ", ", "retallied");
    gg_buf_text(buf, summary.retallied ? "true" : "false");
    gg_json_put_number(buf, ", ", "grids", summary.grids);
    gg_json_put_number(buf, ", ", "changed", summary.changed);
    gg_json_put_number(buf, ", ", "moved", summary.moved);
    gg_json_put_number(buf, ", ", "difference_milli", summary.difference);
    gg_json_put_number(buf, ", ", "left_out_milli", summary.left_out);
    gg_buf_text(buf, ",\n    \"differing\": [");
    for (int64_t i = 0; gridgov_replay_grid_at(&grid, replay, month, policy, i) == GRIDGOV_OK;
         i++) {
        if (is_shown(&grid)) {
            gg_buf_text(buf, shown++ == 0 ? "\n      " : ",\n      ");
            put_grid(buf, replay, month, policy, i, &grid);
        }
    }
    gg_buf_text(buf, "]}");
}

gridgov_status gridgov_replay_json(gridgov_bytes **out, const gridgov_replay *replay,
                                   gridgov_error *err) {
    gg_buf buf = {0};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (replay == NULL) {
        return gg_fail_arg(err, "replay");
    }
    gg_buf_text(&buf, "{\n  \"schema\": \"gridgov.replay/1\"");
    gg_json_put_member(&buf, ", ", "library", gridgov_version_text());
    gg_json_put_member(&buf, ", ", "totals", replay->rescale ? "rescaled" : "out_of_fewer_points");
    gg_json_put_member(&buf, ", ", "bonus", "kept");
    gg_buf_text(&buf, ",\n  \"policies\": [");
    for (int64_t i = 0; i < replay->policy_count; i++) {
        gg_buf_text(&buf, i == 0 ? "\n    {\"name\": " : ",\n    {\"name\": ");
        gg_json_put_text(&buf, gg_str_of(gridgov_policy_name(replay->policies[i])));
        gg_json_put_member(&buf, ", ", "digest", gridgov_policy_digest(replay->policies[i]));
        gg_json_put_number(&buf, ", ", "full_milli", gridgov_policy_base(replay->policies[i]));
        gg_buf_text(&buf, ", \"without\": [");
        gridgov_indicator indicator = {.struct_size = sizeof indicator};
        int listed = 0;
        for (int64_t k = 0;
             gridgov_policy_indicator_at(&indicator, replay->policies[i], k) == GRIDGOV_OK; k++) {
            if (replay->left_out[i][k]) {
                gg_buf_text(&buf, listed++ == 0 ? "" : ", ");
                gg_json_put_text(&buf, gg_str_of(indicator.code));
            }
        }
        gg_buf_text(&buf, "]}");
    }
    gg_buf_text(&buf, "],\n  \"comparisons\": [");
    for (int64_t month = 0; month < replay->month_count; month++) {
        for (int64_t policy = 1; policy < replay->policy_count; policy++) {
            gg_buf_text(&buf, month + policy == 1 ? "\n    " : ",\n    ");
            put_comparison(&buf, replay, month, policy);
        }
    }
    gg_buf_text(&buf, "]\n}\n");
    return gg_buf_to_bytes(out, &buf, err);
}

static void put_signed(gg_buf *buf, gridgov_points points) {
    gg_buf_text(buf, points > 0 ? "+" : "");
    gg_put_points(buf, points);
}

static void put_total(gg_buf *buf, int32_t state, gridgov_points total, gridgov_points out_of) {
    if (state != GRIDGOV_CELL_VALUE) {
        gg_buf_byte(buf, '/');
        return;
    }
    gg_put_points(buf, total);
    gg_buf_byte(buf, '/');
    gg_put_points(buf, out_of);
}

static void put_grid_text(gg_buf *buf, const gridgov_replay *replay, int64_t month, int64_t policy,
                          int64_t index, const gridgov_replay_grid *grid, int32_t lang) {
    gridgov_replay_change change = {.struct_size = sizeof change};
    gg_buf_text(buf, "  ");
    gg_buf_text(buf, grid->unit_name);
    gg_buf_byte(buf, '/');
    gg_buf_text(buf, grid->grid_name);
    gg_buf_text(buf, gg_in(lang, "：", ": "));
    put_total(buf, grid->state_a, grid->total_a, grid->out_of_a);
    gg_buf_text(buf, " → ");
    put_total(buf, grid->state_b, grid->total_b, grid->out_of_b);
    gg_buf_text(buf, gg_in(lang, "（", " ("));
    put_signed(buf, grid->difference);
    gg_buf_text(buf, gg_in(lang, "），名次 ", "), rank "));
    gg_buf_int(buf, grid->rank_a);
    gg_buf_text(buf, " → ");
    gg_buf_int(buf, grid->rank_b);
    gg_buf_byte(buf, '\n');
    for (int64_t i = 0;
         gridgov_replay_change_at(&change, replay, month, policy, index, i) == GRIDGOV_OK; i++) {
        if (change.effect != 0) {
            gg_buf_text(buf, "    · ");
            gg_buf_text(buf, change.name);
            gg_buf_byte(buf, ' ');
            put_signed(buf, change.effect);
            gg_buf_text(buf, gg_in(lang, "：", ": "));
            gg_buf_text(buf, gridgov_code_title(GRIDGOV_KIND_CAUSE, change.cause, lang));
            gg_buf_byte(buf, '\n');
        }
    }
}

static void put_summary_text(gg_buf *buf, const gridgov_replay *replay, int64_t month,
                             int64_t policy, int32_t lang) {
    gridgov_replay_summary summary = {.struct_size = sizeof summary};
    gridgov_day first, last;
    (void)gridgov_replay_summary_at(&summary, replay, month, policy);
    period_of(&first, &last, replay, month);
    gg_put_day(buf, first);
    gg_buf_text(buf, gg_in(lang, " 至 ", " to "));
    gg_put_day(buf, last);
    gg_buf_text(buf, gg_in(lang, "：", ": "));
    gg_buf_text(buf, gridgov_policy_name(replay->policies[0]));
    gg_buf_text(buf, " → ");
    gg_buf_text(buf, gridgov_policy_name(replay->policies[policy]));
    if (summary.left_out != 0) {
        gg_buf_text(buf, gg_in(lang, "，去掉 ", ", without "));
        gg_put_points(buf, summary.left_out);
        gg_buf_text(buf, gg_in(lang, " 分的指标", " points"));
    }
    gg_buf_byte(buf, '\n');
    gg_buf_text(buf, replay->rescale
                         ? gg_in(lang, "总分按满分折算，附加分不折算",
                                 "Totals are rescaled to the full marks, the bonus is not")
                         : gg_in(lang, "总分不折算，按剩余满分计；附加分照旧",
                                 "Totals stay out of the points that are left; the bonus is kept"));
    gg_buf_text(buf, summary.retallied ? gg_in(lang, "；口径不同，已重新统计\n",
                                               "; counted again by other metrics\n")
                                       : "\n");
    gg_buf_int(buf, summary.grids);
    gg_buf_text(buf, gg_in(lang, " 个网格，总分有变化 ", " grids, totals that differ: "));
    gg_buf_int(buf, summary.changed);
    gg_buf_text(buf, gg_in(lang, " 个，名次有变化 ", ", ranks that differ: "));
    gg_buf_int(buf, summary.moved);
    gg_buf_text(buf, gg_in(lang, " 个\n", "\n"));
}

gridgov_status gridgov_replay_text(gridgov_bytes **out, const gridgov_replay *replay, int32_t lang,
                                   gridgov_error *err) {
    gridgov_replay_grid grid = {.struct_size = sizeof grid};
    gg_buf buf = {0};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (replay == NULL) {
        return gg_fail_arg(err, "replay");
    }
    for (int64_t month = 0; month < replay->month_count; month++) {
        for (int64_t policy = 1; policy < replay->policy_count; policy++) {
            gg_buf_text(&buf, month + policy == 1 ? "" : "\n");
            put_summary_text(&buf, replay, month, policy, lang);
            for (int64_t i = 0;
                 gridgov_replay_grid_at(&grid, replay, month, policy, i) == GRIDGOV_OK; i++) {
                if (is_shown(&grid)) {
                    put_grid_text(&buf, replay, month, policy, i, &grid, lang);
                }
            }
        }
    }
    return gg_buf_to_bytes(out, &buf, err);
}
