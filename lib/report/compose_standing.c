/* SPDX-License-Identifier: Apache-2.0 */
/* What a policy makes of the totals: columns of ranks and grades beside them, the means of units,
 * the grids under a veto and those below the standard. A policy that asks for none of it adds
 * nothing. */
#include "compose.h"

#include "base/num.h"

#include <gridgov/standing.h>

void gg_standing_heads(gg_composer *c, const gridgov_policy *policy) {
    gridgov_policy_settings settings = {.struct_size = sizeof settings};
    (void)gridgov_policy_settings_get(&settings, policy);
    if (settings.ranking != 0) {
        gg_say_cell(c, 2, 1);
        if (settings.ranked_by_peers) {
            gg_say_two(c, "同类名次", "Rank among peers");
        } else {
            gg_say_two(c, "名次", "Rank");
        }
    }
    if (gridgov_policy_grade_count(policy) > 0) {
        gg_say_cell(c, 2, 1);
        gg_say_two(c, "等次", "Grade");
    }
}

void gg_standing_cells(gg_composer *c, int64_t index) {
    const gridgov_policy *policy = gridgov_scorecards_policy(c->cards);
    gridgov_policy_settings settings = {.struct_size = sizeof settings};
    gridgov_standing standing = {.struct_size = sizeof standing};
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_grade grade = {.struct_size = sizeof grade};
    (void)gridgov_policy_settings_get(&settings, policy);
    (void)gridgov_scorecards_standing_at(&standing, c->cards, index);
    (void)gridgov_scorecards_at(&card, c->cards, index);
    if (settings.ranking != 0) {
        gg_say_cell(c, 1, 1);
        gg_say_reference(
            c, gg_figure_count(c, "grid", gg_grid_path(c, &card), "rank",
                               standing.rank > 0 ? GRIDGOV_CELL_VALUE : GRIDGOV_CELL_UNKNOWN,
                               standing.rank));
    }
    if (gridgov_policy_grade_count(policy) > 0) {
        gg_say_cell(c, 1, 1);
        if (gridgov_policy_grade_at(&grade, policy, standing.grade) == GRIDGOV_OK) {
            gg_say_name(c, grade.name, grade.name_en);
        } else {
            gg_say(c, "/");
        }
    }
}

/* Means of units, in the order of their first grids. */
static void say_means(gg_composer *c) {
    gridgov_unit_mean mean = {.struct_size = sizeof mean};
    gridgov_points base = gridgov_policy_base(gridgov_scorecards_policy(c->cards));
    if (gridgov_scorecards_mean_count(c->cards) == 0) {
        return;
    }
    gg_say_block(c, GRIDGOV_BLOCK_TABLE, 0, "units");
    gg_say_two(c, "各单位平均得分", "Mean scores of units");
    gg_say_row(c, 1);
    gg_say_head(c, "单位", "Unit");
    gg_say_head(c, "网格数", "Grids");
    gg_say_head(c, "计入平均的网格数", "Grids averaged");
    gg_say_head(c, "平均分", "Mean");
    for (int64_t i = 0; gridgov_scorecards_mean_at(&mean, c->cards, i) == GRIDGOV_OK; i++) {
        char number[GG_NUM_TEXT_SIZE]; /* names of units need not be unique */
        gg_int_format(number, i + 1);
        gg_say_row(c, 0);
        gg_say_cell(c, 1, 1);
        gg_say(c, mean.name);
        gg_say_cell(c, 1, 1);
        gg_say_reference(
            c, gg_figure_count(c, "mean", number, "grids", GRIDGOV_CELL_VALUE, mean.cards));
        gg_say_cell(c, 1, 1);
        gg_say_reference(
            c, gg_figure_count(c, "mean", number, "averaged", GRIDGOV_CELL_VALUE, mean.counted));
        gg_say_cell(c, 1, 1);
        gg_say_reference(
            c, gg_figure_total(c, "mean", number, "total", mean.state, mean.mean, base, base));
    }
}

/* "高丰社区/一网格（79.5 分）" */
static void say_grid(gg_composer *c, const gridgov_scorecard *card, int first) {
    gg_say_two(c, first ? "" : "、", first ? "" : ", ");
    gg_say(c, gg_grid_path(c, card));
    gg_say_two(c, "（", " (");
    gg_say_reference(c, gg_card_total(c, card));
    gg_say_two(c, " 分）", ")");
}

/* The grids below the standard, and since when if it takes several months. */
static void say_standard(gg_composer *c, const gridgov_policy_settings *settings) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    int count = 0;
    gg_say_block(c, GRIDGOV_BLOCK_PARAGRAPH, 0, "standard");
    gg_say_name(c, settings->standard_name, settings->standard_name_en);
    gg_say_two(c, "（总分低于 ", " (totals below ");
    gg_say_points(c, settings->standard);
    gg_say_two(c, " 分", "");
    if (settings->standard_months > 1) {
        gg_say_two(c, "，连续 ", ", ");
        gg_say_int(c, settings->standard_months);
        gg_say_two(c, " 个月", " months in a row");
    }
    gg_say_two(c, "）：", "): ");
    for (int64_t i = 0; gridgov_scorecards_at(&card, c->cards, i) == GRIDGOV_OK; i++) {
        gridgov_standing standing = {.struct_size = sizeof standing};
        (void)gridgov_scorecards_standing_at(&standing, c->cards, i);
        if (standing.months_below > 0) {
            say_grid(c, &card, count++ == 0);
        }
    }
    gg_say_two(c, count > 0 ? "。" : "无。", count > 0 ? "." : "none.");
}

/* Every grid under a veto, which keeps its score and loses its grade. */
static void say_vetoes(gg_composer *c) {
    const gridgov_policy *policy = gridgov_scorecards_policy(c->cards);
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_veto veto = {.struct_size = sizeof veto};
    for (int64_t i = 0; gridgov_scorecards_at(&card, c->cards, i) == GRIDGOV_OK; i++) {
        gridgov_standing standing = {.struct_size = sizeof standing};
        (void)gridgov_scorecards_standing_at(&standing, c->cards, i);
        if (gridgov_policy_veto_at(&veto, policy, standing.veto) != GRIDGOV_OK) {
            continue;
        }
        gg_say_block(c, GRIDGOV_BLOCK_NOTE, 0, "");
        gg_say_two(c, "一票否决（", "Veto (");
        gg_say_name(c, veto.name, veto.name_en);
        gg_say_two(c, "）：", "): ");
        say_grid(c, &card, 1);
        gg_say_two(c, "，等次按规定降为最终等次，分数保留。",
                   "; the grade is forced, the score stays.");
    }
}

void gg_compose_standing(gg_composer *c) {
    gridgov_policy_settings settings = {.struct_size = sizeof settings};
    (void)gridgov_policy_settings_get(&settings, gridgov_scorecards_policy(c->cards));
    say_vetoes(c);
    say_means(c);
    if (settings.standard_months > 0) {
        say_standard(c, &settings);
    }
}
