/* SPDX-License-Identifier: Apache-2.0 */
/* Section 三、下一步计划: steps that follow from named rules with thresholds. A rule without a hit
 * says nothing; without any rule configured nobody is named, and the section says so. A rule never
 * looks at what was not assessed. */
#include "compose.h"

#include "base/num.h"

#define NAMES_MAX 20 /* names printed by one rule; the rest are counted */

typedef struct step_writer {
    gg_composer *c;
    const char *zh, *en; /* how the step begins: what is to be done */
    const gg_next_rule *rule;
    int64_t number; /* steps written so far */
    int64_t names;  /* names of the current step */
} step_writer;

static void say_threshold(gg_composer *c, const gg_next_rule *rule) {
    static const struct {
        const char *zh[2], *en[2];
    } words[] = {
        [GG_NEXT_TOTAL_BELOW] = {{"（总分低于 ", " 分）"}, {" (total below ", ")"}},
        [GG_NEXT_INVALID_AT_LEAST] = {{"（无效上报达到 ", " 件）"},
                                      {" (invalid reports at least ", ")"}},
        [GG_NEXT_CATEGORY_ABOVE] = {{"（占比高于 ", "%）"}, {" (share above ", "%)"}},
        [GG_NEXT_GROUP_LOST] = {{"（扣分达到 ", " 分）"}, {" (points lost at least ", ")"}},
        [GG_NEXT_CLOSURE_BELOW] = {{"（结案率低于 ", "%）"}, {" (closure rate below ", "%)"}},
    };
    if (rule->kind == GG_NEXT_UNEXPLAINED) {
        return;
    }
    gg_say_two(c, words[rule->kind].zh[0], words[rule->kind].en[0]);
    gg_say_points(c, rule->threshold);
    gg_say_two(c, words[rule->kind].zh[1], words[rule->kind].en[1]);
}

/* Begin a step with its first name, or go on with the next one. Returns 0 when the name is only
 * counted. */
static int say_name(step_writer *w, const char *name) {
    gg_composer *c = w->c;
    w->names++;
    if (w->names > NAMES_MAX) {
        return 0;
    }
    if (w->names == 1) {
        w->number++;
        gg_say_block(c, GRIDGOV_BLOCK_PARAGRAPH, 0, "");
        gg_say_int(c, w->number);
        gg_say(c, ". ");
        gg_say_two(c, w->zh, w->en);
        say_threshold(c, w->rule);
        gg_say_two(c, "：", ": ");
    } else {
        gg_say_two(c, "、", ", ");
    }
    gg_say(c, name);
    return 1;
}

static void say_value(gg_composer *c, int64_t figure) {
    if (figure != GRIDGOV_NONE) {
        gg_say_two(c, "（", " (");
        gg_say_reference(c, figure);
        gg_say_two(c, "）", ")");
    }
}

static void end_step(step_writer *w) {
    if (w->names > NAMES_MAX) {
        gg_say_two(w->c, " 等，共 ", " and others, in all ");
        gg_say_int(w->c, w->names);
        gg_say_two(w->c, " 个", "");
    }
    if (w->names > 0) {
        gg_say_two(w->c, "。", ".");
    }
}

static void totals_below(step_writer *w) {
    gg_composer *c = w->c;
    gridgov_scorecard card = {.struct_size = sizeof card};
    for (int64_t i = 0; gridgov_scorecards_at(&card, c->cards, i) == GRIDGOV_OK; i++) {
        if (card.total_state == GRIDGOV_CELL_VALUE && card.total < w->rule->threshold &&
            card.total_of == gridgov_policy_base(gridgov_scorecards_policy(c->cards)) &&
            say_name(w, gg_grid_path(c, &card))) {
            say_value(c, gg_card_total(c, &card));
        }
    }
}

static void invalid_reports(step_writer *w) {
    gg_composer *c = w->c;
    gridgov_scorecard card = {.struct_size = sizeof card};
    int64_t metric = gridgov_metrics_find(gridgov_facts_metrics(c->facts), "invalid_reports",
                                          sizeof "invalid_reports" - 1);
    for (int64_t i = 0; gridgov_scorecards_at(&card, c->cards, i) == GRIDGOV_OK; i++) {
        gridgov_cell cell = gg_cell_of(c->facts, GRIDGOV_DIMENSION_UNIT, card.row, metric);
        int64_t milli;
        if (cell.state == GRIDGOV_CELL_VALUE && cell.value > 0 &&
            !gg_mul(&milli, cell.value, 1000) && milli >= w->rule->threshold &&
            say_name(w, gg_grid_path(c, &card))) {
            say_value(c, gg_figure_count(c, "grid", gg_grid_path(c, &card), "invalid_reports",
                                         cell.state, cell.value));
        }
    }
}

/* share > threshold, by cross-multiplication: count·100·1000 > threshold·total */
static void category_above(step_writer *w) {
    gg_composer *c = w->c;
    gridgov_figure figure = {.struct_size = sizeof figure};
    const gridgov_taxonomy *taxonomy = gridgov_facts_taxonomy(c->facts);
    gridgov_category category = {.struct_size = sizeof category};
    int64_t index =
        gridgov_taxonomy_find(taxonomy, w->rule->category, gg_str_of(w->rule->category).size);
    const char *code = w->rule->category;
    gg_buf name = {0};
    int64_t share, left, right;
    if (index != GRIDGOV_NONE && gridgov_taxonomy_at(&category, taxonomy, index) == GRIDGOV_OK) {
        code = category.code;
    }
    gg_buf_text(&name, "category.");
    gg_buf_text(&name, code);
    gg_buf_text(&name, ".share");
    share = gridgov_bulletin_figure_find(c->bulletin, gg_buf_data(&name), name.size);
    gg_buf_release(&name);
    if (gridgov_bulletin_figure_at(&figure, c->bulletin, share) != GRIDGOV_OK ||
        figure.state != GRIDGOV_CELL_VALUE || gg_mul(&left, figure.numerator, 100000) ||
        gg_mul(&right, figure.denominator, w->rule->threshold) || left <= right) {
        return;
    }
    say_name(w, index != GRIDGOV_NONE ? category.name : w->rule->category);
    say_value(c, share);
}

static void group_lost(step_writer *w) {
    gg_composer *c = w->c;
    const gridgov_policy *policy = gridgov_scorecards_policy(c->cards);
    gridgov_policy_group group = {.struct_size = sizeof group};
    gridgov_scorecard card = {.struct_size = sizeof card};
    int64_t found = GRIDGOV_NONE;
    gg_str wanted = gg_str_of(w->rule->group);
    for (int64_t i = 0;
         found == GRIDGOV_NONE && gridgov_policy_group_at(&group, policy, i) == GRIDGOV_OK; i++) {
        if (gg_str_equal(gg_str_of(group.code), wanted) ||
            gg_str_equal(gg_str_of(group.name), wanted)) {
            found = i;
        }
    }
    for (int64_t i = 0;
         found != GRIDGOV_NONE && gridgov_scorecards_at(&card, c->cards, i) == GRIDGOV_OK; i++) {
        int64_t lost = 0;
        for (int64_t k = group.first; k < group.first + group.count; k++) {
            gridgov_score_line line = {.struct_size = sizeof line};
            if (gridgov_scorecards_line_at(&line, c->cards, i, k) == GRIDGOV_OK) {
                lost -= line.points;
            }
        }
        if (lost > 0 && lost >= w->rule->threshold) {
            say_name(w, gg_grid_path(c, &card));
        }
    }
}

static void closure_below(step_writer *w) {
    gg_composer *c = w->c;
    gridgov_facts_row row = {.struct_size = sizeof row};
    for (int64_t i = 0;
         gridgov_facts_row_at(&row, c->facts, GRIDGOV_DIMENSION_AGENCY, i) == GRIDGOV_OK; i++) {
        gridgov_figure figure = {.struct_size = sizeof figure};
        gg_buf code = {0};
        int64_t index, left, right;
        gg_buf_text(&code, "agency.");
        gg_buf_text(&code, row.name);
        gg_buf_text(&code, ".rate");
        index = gridgov_bulletin_figure_find(c->bulletin, gg_buf_data(&code), code.size);
        gg_buf_release(&code);
        if (gridgov_bulletin_figure_at(&figure, c->bulletin, index) == GRIDGOV_OK &&
            figure.state == GRIDGOV_CELL_VALUE && !gg_mul(&left, figure.numerator, 100000) &&
            !gg_mul(&right, figure.denominator, w->rule->threshold) && left < right &&
            say_name(w, row.name)) {
            say_value(c, index);
        }
    }
}

static void unexplained(step_writer *w) {
    gg_composer *c = w->c;
    gridgov_adjustment adjustment = {.struct_size = sizeof adjustment};
    for (int64_t i = 0; gridgov_facts_adjustment_at(&adjustment, c->facts, i) == GRIDGOV_OK; i++) {
        gridgov_scorecard card = {.struct_size = sizeof card};
        gridgov_facts_row row = {.struct_size = sizeof row};
        if (!adjustment.unexplained || adjustment.row == GRIDGOV_NONE ||
            gridgov_facts_row_at(&row, c->facts, GRIDGOV_DIMENSION_UNIT, adjustment.row) !=
                GRIDGOV_OK ||
            gridgov_scorecards_at(&card, c->cards, gridgov_scorecards_find(c->cards, row.unit)) !=
                GRIDGOV_OK) {
            continue;
        }
        if (say_name(w, gg_grid_path(c, &card))) {
            say_value(c, gg_card_bonus(c, &card));
        }
    }
}

void gg_compose_next(gg_composer *c) {
    static const struct {
        void (*run)(step_writer *);
        int needs_cards;
        const char *zh, *en;
    } rules[] = {
        [GG_NEXT_TOTAL_BELOW] = {totals_below, 1, "对下列网格的网格员重点进行培训",
                                 "Train the officers of these grids"},
        [GG_NEXT_INVALID_AT_LEAST] = {invalid_reports, 1,
                                      "减少无效信息和垃圾类信息，督促下列网格提高上报质量",
                                      "Reduce invalid reports in these grids"},
        [GG_NEXT_CATEGORY_ABOVE] = {category_above, 0, "控制下列类型事件的比例",
                                    "Watch the share of these categories"},
        [GG_NEXT_GROUP_LOST] = {group_lost, 1, "加强对下列网格相关考核要求的业务培训",
                                "Explain the requirements to the officers of these grids"},
        [GG_NEXT_CLOSURE_BELOW] = {closure_below, 0, "督促下列机构按期结案",
                                   "Urge these agencies to close their cases"},
        [GG_NEXT_UNEXPLAINED] = {unexplained, 1, "核实下列网格加减分的理由",
                                 "State the reasons for the adjustments of these grids"},
    };
    step_writer w = {.c = c};
    gg_say_block(c, GRIDGOV_BLOCK_HEADING, 1, "next");
    gg_say_two(c, "三、下一步计划", "3. Next steps");
    for (int64_t i = 0; i < c->parameters->next_count && c->status == GRIDGOV_OK; i++) {
        w.rule = &c->parameters->next[i];
        if (rules[w.rule->kind].needs_cards && c->cards == NULL) {
            continue;
        }
        w.names = 0;
        w.zh = rules[w.rule->kind].zh;
        w.en = rules[w.rule->kind].en;
        rules[w.rule->kind].run(&w);
        end_step(&w);
    }
    if (w.number == 0) {
        gg_say_block(c, GRIDGOV_BLOCK_PARAGRAPH, 0, "");
        if (c->parameters->next_count == 0) {
            gg_say_two(c, "本期未设定阈值，不列名单。",
                       "No thresholds are configured; nobody is named.");
        } else {
            gg_say_two(c, "各项均未触及所设阈值。", "No configured threshold was touched.");
        }
    }
}
