/* SPDX-License-Identifier: Apache-2.0 */
/* 网格有效运行体系指标评价表: one row a grid, the indicators in their groups, 附加分 and 总分.
 * Blank means assessed and nothing deducted,
 * `/` means not assessed; then the total says out of how many points. Consecutive grids of one unit
 * share its cell. */
#include "compose.h"

#include "base/error.h"

#include <gridgov/civil.h>

static void say_maximum(gg_composer *c, gridgov_points max, const char *before,
                        const char *after_zh, const char *after_en) {
    gg_say_break(c); /* a plain table prints the name alone */
    gg_say(c, before);
    gg_say_points(c, max);
    gg_say_two(c, after_zh, after_en);
}

static void say_header(gg_composer *c, const gridgov_policy *policy) {
    gridgov_policy_group group = {.struct_size = sizeof group};
    gridgov_indicator indicator = {.struct_size = sizeof indicator};
    gg_say_row(c, 1);
    gg_say_cell(c, 2, 1);
    gg_say_two(c, "单位", "Unit");
    gg_say_cell(c, 2, 1);
    gg_say_two(c, "网格", "Grid");
    for (int64_t i = 0; gridgov_policy_group_at(&group, policy, i) == GRIDGOV_OK; i++) {
        gg_say_cell(c, 1, (int32_t)group.count);
        gg_say_name(c, group.name, group.name_en);
        say_maximum(c, group.max, " ", " 分", " points");
    }
    gg_say_cell(c, 2, 1);
    gg_say(c, gridgov_policy_bonus_name(policy, c->lang));
    gg_say_cell(c, 2, 1);
    gg_say_two(c, "总分", "Total");
    gg_standing_heads(c, policy);
    gg_say_row(c, 1);
    for (int64_t i = 0; gridgov_policy_indicator_at(&indicator, policy, i) == GRIDGOV_OK; i++) {
        gg_say_cell(c, 1, 1);
        gg_say_name(c, indicator.name, indicator.name_en);
        say_maximum(c, indicator.max, " (", " 分)", " points)");
    }
}

/* The unit above a grid. */
static int64_t above(const gridgov_facts *facts, int64_t grid) {
    gridgov_unit unit = {.struct_size = sizeof unit, .parent = GRIDGOV_NONE};
    const gridgov_units *units = gridgov_facts_units(facts);
    return gridgov_units_at(&unit, units, grid) == GRIDGOV_OK ? unit.parent : GRIDGOV_NONE;
}

/* How many cards from first on belong to the same unit; one of the same name is another. */
static int32_t span_of(const gridgov_scorecards *cards, int64_t first) {
    const gridgov_facts *facts = gridgov_scorecards_facts(cards);
    gridgov_scorecard head = {.struct_size = sizeof head};
    gridgov_scorecard next = {.struct_size = sizeof next};
    int32_t span = 1;
    if (gridgov_scorecards_at(&head, cards, first) != GRIDGOV_OK) {
        return span;
    }
    while (gridgov_scorecards_at(&next, cards, first + span) == GRIDGOV_OK &&
           above(facts, next.unit) == above(facts, head.unit)) {
        span++;
    }
    return span;
}

int64_t gg_card_bonus(gg_composer *c, const gridgov_scorecard *card) {
    return gg_figure_points(c, "grid", gg_grid_path(c, card), "bonus", card->bonus_state,
                            card->bonus);
}

int64_t gg_card_total(gg_composer *c, const gridgov_scorecard *card) {
    return gg_figure_total(c, "grid", gg_grid_path(c, card), "total", card->total_state,
                           card->total, card->total_of,
                           gridgov_policy_base(gridgov_scorecards_policy(c->cards)));
}

static void say_card(gg_composer *c, int64_t index, int32_t unit_span) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_score_line line = {.struct_size = sizeof line};
    if (gridgov_scorecards_at(&card, c->cards, index) != GRIDGOV_OK) {
        return;
    }
    gg_say_row(c, 0);
    if (unit_span > 0) {
        gg_say_cell(c, unit_span, 1);
        gg_say(c, card.unit_name);
    }
    gg_say_cell(c, 1, 1);
    gg_say(c, card.grid_name);
    for (int64_t i = 0; gridgov_scorecards_line_at(&line, c->cards, index, i) == GRIDGOV_OK; i++) {
        gg_say_cell(c, 1, 1);
        gg_say_reference(c, gg_figure_points(c, "grid", gg_grid_path(c, &card), line.code,
                                             line.state, line.points));
    }
    gg_say_cell(c, 1, 1);
    gg_say_reference(c, gg_card_bonus(c, &card));
    gg_say_cell(c, 1, 1);
    gg_say_reference(c, gg_card_total(c, &card));
    gg_standing_cells(c, index);
}

static void say_notes(gg_composer *c, gridgov_points base) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    int64_t unexplained = 0;
    int partial = 0;
    for (int64_t i = 0; gridgov_scorecards_at(&card, c->cards, i) == GRIDGOV_OK; i++) {
        unexplained += card.unexplained;
        partial |= card.total_of != base;
    }
    gg_say_block(c, GRIDGOV_BLOCK_NOTE, 0, "");
    gg_say_two(c, "空白表示已评、未扣分。", "Blank: assessed, nothing deducted.");
    if (partial) {
        gg_say_two(c, "“/”表示该项没有数据、未评分，不计入满分；总分后括号内为已评各项的满分。",
                   " / : no data, not assessed; the total says out of how many points.");
    }
    if (unexplained > 0) {
        gg_say_two(c, "加减分中有 ", " Adjustments without a stated reason: ");
        gg_say_reference(c, gg_figure_count(c, "adjustments", "unexplained", "", GRIDGOV_CELL_VALUE,
                                            unexplained));
        gg_say_two(c, " 项未载明理由。", ".");
    }
}

static void say_validity(gg_composer *c, const gridgov_policy *policy) {
    gridgov_day from = GRIDGOV_NO_DAY, to = GRIDGOV_NO_DAY, first, last;
    gridgov_span period = {0, 0};
    int32_t offset = gridgov_facts_utc_offset(c->facts);
    gridgov_error issue;
    gridgov_facts_period(&period, c->facts);
    gridgov_policy_validity(&from, &to, policy);
    first = gridgov_time_day(period.from, offset);
    last = gridgov_time_day(period.to - 1, offset);
    if ((from == GRIDGOV_NO_DAY || from <= first) && (to == GRIDGOV_NO_DAY || last < to)) {
        return;
    }
    gg_fail(&issue, GG_RULE_POLICY_VALIDITY, "policy", gridgov_policy_name(policy),
            gg_str_of(gridgov_policy_name(policy)).size, NULL, NULL);
    gridgov_issues_add(c->issues, &issue);
    gg_say_block(c, GRIDGOV_BLOCK_NOTE, 0, "");
    gg_say_two(c, "注意：考核细则“", "Note: the policy \"");
    gg_say(c, gridgov_policy_title(policy, c->lang));
    gg_say_two(c, "”不在有效期内，本表仅供参考。", "\" is not valid in this period.");
}

void gg_compose_grids(gg_composer *c) {
    const gridgov_policy *policy = gridgov_scorecards_policy(c->cards);
    gridgov_points base = gridgov_policy_base(policy);
    int64_t count = gridgov_scorecards_count(c->cards);
    int64_t next = 0;
    if (count == 0) {
        gg_say_block(c, GRIDGOV_BLOCK_NOTE, 0, "");
        gg_say_two(c, "本期未提供网格名册，不作网格评价。",
                   "No grids were supplied for this period; none is assessed.");
        return;
    }
    gg_say_block(c, GRIDGOV_BLOCK_TABLE, 0, "grids");
    if (c->parameters->table_title[0] != '\0') {
        gg_say(c, c->parameters->table_title);
    } else {
        gg_say(c, c->parameters->office);
        gg_say_two(c, c->parameters->office[0] != '\0' ? " " : "", " ");
        gg_say_int(c, c->year);
        gg_say_two(c, " 年 ", "-");
        if (c->lang == GRIDGOV_LANG_EN) {
            gg_say_padded(c, c->month);
        } else {
            gg_say_int(c, c->month);
        }
        gg_say_two(c, " 月份网格有效运行体系指标评价表", ": evaluation of grids");
    }
    say_header(c, policy);
    for (int64_t i = 0; i < count && c->status == GRIDGOV_OK; i++) {
        int32_t span = 0;
        if (i == next) {
            span = span_of(c->cards, i);
            next = i + span;
        }
        say_card(c, i, span);
    }
    say_notes(c, base);
    say_validity(c, policy);
    gg_compose_standing(c);
}
