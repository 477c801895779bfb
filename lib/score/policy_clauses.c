/* SPDX-License-Identifier: Apache-2.0 */
/* A policy taken apart into clauses, each with a place that stays when the policy is edited (codes,
 * not numbers), a title and a text in words made from the numbers. */
#include "policy_clauses.h"
#include "rule_words.h"

#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

typedef struct writer {
    gg_clauses *clauses;
    const gridgov_policy *policy;
    int32_t lang, reserved;
    gg_buf text, place;
} writer;

static const char *in(const writer *w, const char *zh, const char *en) {
    return w->lang == GRIDGOV_LANG_EN ? en : zh;
}

/* The English name, where there is one and it is asked for. */
static const char *named(const writer *w, const char *name, const char *name_en) {
    return w->lang == GRIDGOV_LANG_EN && name_en[0] != '\0' ? name_en : name;
}

static const char *keep(writer *w, const gg_buf *buf) {
    const char *copy =
        gg_buf_failed(buf) ? NULL : gg_arena_text(&w->clauses->arena, gg_buf_data(buf), buf->size);
    if (copy == NULL) {
        w->clauses->short_of_memory = 1;
        return "";
    }
    return copy;
}

/* Stand at "section/code/part"; code and part may be "". */
static void stand(writer *w, const char *section, const char *code, const char *part) {
    gg_buf_clear(&w->place);
    gg_buf_text(&w->place, section);
    if (code[0] != '\0') {
        gg_buf_byte(&w->place, '/');
        gg_buf_text(&w->place, code);
    }
    if (part[0] != '\0') {
        gg_buf_byte(&w->place, '/');
        gg_buf_text(&w->place, part);
    }
}

/* What was written so far becomes a clause, unless it is empty. */
static void end_clause(writer *w, int32_t kind, const char *owner, const char *title) {
    void *items = w->clauses->items;
    if (w->text.size == 0) {
        return;
    }
    if (gg_grow(&items, w->clauses->count, &w->clauses->capacity, sizeof *w->clauses->items) != 0) {
        w->clauses->short_of_memory = 1;
    } else {
        w->clauses->items = items;
        w->clauses->items[w->clauses->count++] = (gg_clause){.kind = kind,
                                                             .place = keep(w, &w->place),
                                                             .owner = owner,
                                                             .title = title,
                                                             .text = keep(w, &w->text)};
    }
    gg_buf_clear(&w->text);
}

static void put(writer *w, const char *zh, const char *en) {
    gg_buf_text(&w->text, in(w, zh, en));
}

static void put_points(writer *w, gridgov_points points) {
    gg_put_milli(&w->text, points);
    put(w, " 分", points == GRIDGOV_POINT ? " point" : " points");
}

static void put_day(writer *w, gridgov_day day) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    if (day == GRIDGOV_NO_DAY) {
        put(w, "不限", "open");
    } else if (gridgov_day_format(text, day) == GRIDGOV_OK) {
        gg_buf_text(&w->text, text);
    }
}

static const char *certainty_of(const writer *w, const char *certainty) {
    return strcmp(certainty, "published") == 0       ? in(w, "原文公布", "published")
           : strcmp(certainty, "reconstructed") == 0 ? in(w, "据公开材料整理", "reconstructed")
                                                     : in(w, "本项目拟定（ours）", "ours");
}

/* "来源（可信度）" */
static void put_source(writer *w, const char *source, const char *certainty) {
    gg_buf_text(&w->text, source);
    put(w, source[0] != '\0' ? "（" : "", source[0] != '\0' ? " (" : "");
    gg_buf_text(&w->text, certainty_of(w, certainty));
    put(w, source[0] != '\0' ? "）" : "", source[0] != '\0' ? ")" : "");
}

static void write_head(writer *w) {
    const gridgov_policy *p = w->policy;
    stand(w, "title", "", "");
    gg_buf_text(&w->text, named(w, p->title, p->title_en));
    end_clause(w, GG_CLAUSE_HEAD, "", in(w, "名称", "Title"));
    stand(w, "valid", "", "");
    put_day(w, p->from);
    put(w, " 至 ", " to ");
    put_day(w, p->to == GRIDGOV_NO_DAY ? p->to : p->to - 1);
    end_clause(w, GG_CLAUSE_HEAD, "", in(w, "有效期", "Valid"));
    stand(w, "source", "", "");
    put_source(w, p->source, p->certainty);
    end_clause(w, GG_CLAUSE_HEAD, "", in(w, "来源", "Source"));
    stand(w, "base", "", "");
    put_points(w, p->base);
    put(w, "；得分 = 已评各项满分之和 + 各项得失分 + 附加分，按整数计算",
        "; total = maxima of what was assessed + lines + bonus, in whole numbers");
    end_clause(w, GG_CLAUSE_HEAD, "", in(w, "总分", "Points"));
    stand(w, "rounding", "", "");
    gg_buf_text(&w->text, gridgov_code_title(GRIDGOV_KIND_ROUNDING, p->rounding, w->lang));
    put(w, "，保留 ", ", ");
    gg_buf_int(&w->text, p->decimals);
    put(w, " 位小数", " decimals");
    end_clause(w, GG_CLAUSE_HEAD, "", in(w, "取舍", "Rounding"));
    stand(w, "not_assessed", "", "");
    gg_buf_text(&w->text, gridgov_code_title(GRIDGOV_KIND_NOT_ASSESSED, p->not_assessed, w->lang));
    end_clause(w, GG_CLAUSE_HEAD, "", in(w, "没有数据的指标", "Indicators without data"));
    stand(w, "partial_month", "", "");
    if (p->partial_days > 0) {
        put(w, "当月存续不足 ", "grids that existed fewer than ");
        gg_buf_int(&w->text, p->partial_days);
        put(w, " 天的网格不评分", " days of the month are not assessed");
    }
    end_clause(w, GG_CLAUSE_HEAD, "", in(w, "月中增减的网格", "Grids of part of a month"));
}

static void put_bounds(writer *w, gridgov_points floor, gridgov_points cap) {
    if (floor != GG_NO_FLOOR) {
        put(w, "最低 ", "at least ");
        put_points(w, floor);
    }
    if (floor != GG_NO_FLOOR && cap != GG_NO_CAP) {
        put(w, "，", ", ");
    }
    if (cap != GG_NO_CAP) {
        put(w, "最高 ", "at most ");
        put_points(w, cap);
    }
}

static void write_rules(writer *w, const gg_policy_rule *nodes, int64_t count, int is_award) {
    int64_t number = 0;
    for (int64_t i = 0; i < count; i += nodes[i].span) {
        if (nodes[i].is_award != is_award) {
            continue;
        }
        put(w, number > 0 ? "。" : "", number > 0 ? ". " : "");
        number++;
        gg_put_rule_words(&w->text, w->policy, nodes, i, w->lang);
        for (int64_t k = i; k < i + nodes[i].span; k++) {
            gg_put_rule_terms(&w->text, w->policy, &nodes[k], w->lang);
        }
        if (nodes[i].clause[0] != '\0') {
            put(w, "（原文：", " (");
            gg_buf_text(&w->text, nodes[i].clause);
            put(w, "）", ")");
        }
        if (nodes[i].source[0] != '\0' || nodes[i].certainty[0] != '\0') {
            put(w, "［", " [");
            put_source(w, nodes[i].source,
                       nodes[i].certainty[0] != '\0' ? nodes[i].certainty : "ours");
            put(w, "］", "]");
        }
    }
}

static void write_indicator(writer *w, const gg_policy_indicator *indicator) {
    const char *name = named(w, indicator->name, indicator->name_en);
    const gg_policy_rule *nodes = &w->policy->rules[indicator->first_rule];
    stand(w, "indicators", indicator->code, "");
    gg_buf_text(&w->text, name);
    put(w, "（", " (");
    put_points(w, indicator->max);
    put(w, indicator->from_zero ? "，从零计分）" : "）",
        indicator->from_zero ? ", earned from zero)" : ")");
    end_clause(w, GG_CLAUSE_INDICATOR, name, in(w, "指标", "Indicator"));
    stand(w, "indicators", indicator->code, "clause");
    gg_buf_text(&w->text, indicator->clause);
    end_clause(w, GG_CLAUSE_LINE, name, in(w, "细则", "Clause"));
    stand(w, "indicators", indicator->code, "deductions");
    write_rules(w, nodes, indicator->rule_count, 0);
    end_clause(w, GG_CLAUSE_LINE, name, in(w, "扣分", "Deductions"));
    stand(w, "indicators", indicator->code, "awards");
    write_rules(w, nodes, indicator->rule_count, 1);
    end_clause(w, GG_CLAUSE_LINE, name, in(w, "得分", "Awards"));
    if (indicator->rule_count == 0) {
        stand(w, "indicators", indicator->code, "deductions");
        put(w, "没有规则，只能直接给分", "no rule: its points can only be given");
        end_clause(w, GG_CLAUSE_LINE, name, in(w, "扣分", "Deductions"));
    }
    stand(w, "indicators", indicator->code, "bounds");
    if (indicator->floor != -indicator->max || indicator->cap != 0) {
        put_bounds(w, indicator->floor, indicator->cap);
    }
    end_clause(w, GG_CLAUSE_LINE, name, in(w, "上下限", "Bounds"));
    stand(w, "indicators", indicator->code, "source");
    put_source(w, indicator->source, indicator->certainty);
    end_clause(w, GG_CLAUSE_LINE, name, in(w, "来源", "Source"));
}

static void write_groups(writer *w) {
    for (int64_t i = 0; i < w->policy->group_count; i++) {
        const gg_policy_group *group = &w->policy->groups[i];
        stand(w, "groups", group->code, "");
        gg_buf_text(&w->text, named(w, group->name, group->name_en));
        put(w, "（", " (");
        put_points(w, group->max);
        if (group->floor != GG_NO_FLOOR || group->cap != GG_NO_CAP) {
            put(w, "；本组合计", "; together ");
            put_bounds(w, group->floor, group->cap);
        }
        put(w, "）", ")");
        end_clause(w, GG_CLAUSE_GROUP, "", in(w, "分组", "Group"));
        for (int64_t k = group->first; k < group->first + group->count; k++) {
            write_indicator(w, &w->policy->indicators[k]);
        }
    }
}

static void write_bonus(writer *w) {
    const gridgov_policy *p = w->policy;
    stand(w, "bonus", "", "");
    gg_buf_text(&w->text, named(w, p->bonus_name, p->bonus_name_en));
    put(w, "：逐笔登记分值、理由和批准人，可正可负",
        ": an itemised ledger of points, reason and authority, signed");
    if (p->bonus_floor == GG_NO_FLOOR && p->bonus_cap == GG_NO_CAP) {
        put(w, "，不设上下限", ", without bounds");
    } else {
        put(w, "，合计", ", together ");
        put_bounds(w, p->bonus_floor, p->bonus_cap);
    }
    for (int64_t i = 0; i < p->bonus_value_count; i++) {
        put(w, i == 0 ? "；每笔只能是 " : "、", i == 0 ? "; each one of " : ", ");
        gg_put_milli(&w->text, p->bonus_values[i]);
    }
    end_clause(w, GG_CLAUSE_TOTAL, "", in(w, "附加分", "Bonus"));
}

static void write_grades(writer *w) {
    const gridgov_policy *p = w->policy;
    for (int64_t i = 0; i < p->grade_count; i++) {
        const gg_policy_grade *grade = &p->grades[i];
        stand(w, "grades", grade->code, "");
        gg_buf_text(&w->text, named(w, grade->name, grade->name_en));
        put(w, "：", ": ");
        if (grade->at_least == INT64_MIN) {
            put(w, "其余", "otherwise");
        } else {
            gg_buf_text(&w->text, "≥ ");
            put_points(w, grade->at_least);
        }
        end_clause(w, GG_CLAUSE_TOTAL, "", in(w, "等次", "Grade"));
    }
    for (int64_t i = 0; i < p->veto_count; i++) {
        const gg_policy_veto *veto = &p->vetoes[i];
        stand(w, "vetoes", veto->code, "");
        gg_buf_text(&w->text, named(w, veto->name, veto->name_en));
        put(w, "：等次定为“", ": forces the grade \"");
        gg_buf_text(&w->text,
                    named(w, p->grades[veto->grade].name, p->grades[veto->grade].name_en));
        put(w, "”，分数不变；", "\", keeps the score; ");
        gg_put_rule_words(&w->text, p, &p->rules[veto->first_rule], 0, w->lang);
        if (veto->clause[0] != '\0') {
            put(w, "（原文：", " (");
            gg_buf_text(&w->text, veto->clause);
            put(w, "）", ")");
        }
        put(w, "；来源：", "; source: ");
        put_source(w, veto->source, veto->certainty);
        end_clause(w, GG_CLAUSE_TOTAL, "", in(w, "一票否决", "Veto"));
    }
}

static void put_tie_break(writer *w, const gg_policy_tie_break *tie) {
    gridgov_metric metric = {.struct_size = sizeof metric, .name = "", .name_en = ""};
    switch (tie->kind) {
    case GRIDGOV_TIE_BREAK_INDICATOR:
        gg_buf_text(&w->text, named(w, w->policy->indicators[tie->index].name,
                                    w->policy->indicators[tie->index].name_en));
        put(w, "扣分少者", ": fewer points lost");
        break;
    case GRIDGOV_TIE_BREAK_METRIC:
        (void)gridgov_metrics_at(&metric, w->policy->metrics, tie->index);
        gg_buf_text(&w->text, named(w, metric.name, metric.name_en));
        put(w, tie->fewer ? "少者" : "多者", tie->fewer ? ": fewer" : ": more");
        break;
    default:
        put(w, "附加分多者", "the larger bonus");
        break;
    }
}

static void write_peers(writer *w) {
    for (int64_t i = 0; i < w->policy->peer_count; i++) {
        const gg_policy_peer *peer = &w->policy->peers[i];
        int number = 0;
        stand(w, "peer_groups", peer->code, "");
        gg_buf_text(&w->text, named(w, peer->name, peer->name_en));
        put(w, "：", ": ");
        for (size_t k = 0; peer->units[k] != NULL; k++) {
            put(w, number > 0 ? "、" : "", number > 0 ? ", " : "");
            number++;
            gg_buf_text(&w->text, peer->units[k]);
        }
        for (size_t k = 0; peer->endings[k] != NULL; k++) {
            put(w, number > 0 ? "、" : "", number > 0 ? ", " : "");
            number++;
            put(w, "名称以“", "names ending in \"");
            gg_buf_text(&w->text, peer->endings[k]);
            put(w, "”结尾的单位", "\"");
        }
        if (peer->otherwise) {
            put(w, number > 0 ? "和其余单位" : "其余单位",
                number > 0 ? " and all others" : "all others");
        }
        end_clause(w, GG_CLAUSE_TOTAL, "", in(w, "同类单位", "Peers"));
    }
}

static void write_standing(writer *w) {
    const gridgov_policy *p = w->policy;
    write_grades(w);
    write_peers(w);
    stand(w, "ranking", "", "");
    if (p->ranking != 0) {
        gg_buf_text(&w->text, gridgov_code_title(GRIDGOV_KIND_RANKING, p->ranking, w->lang));
        put(w, p->ranked_by_peers ? "，在同类单位内排名" : "，全部网格一起排名",
            p->ranked_by_peers ? ", among peers" : ", all grids together");
        for (int64_t i = 0; i < p->tie_break_count; i++) {
            put(w, i == 0 ? "；总分相同时依次比较：" : "、", i == 0 ? "; of equal totals: " : ", ");
            put_tie_break(w, &p->tie_breaks[i]);
        }
    } else {
        put(w, "不排名", "none");
    }
    end_clause(w, GG_CLAUSE_TOTAL, "", in(w, "排名", "Ranking"));
    stand(w, "unit_means", "", "");
    if (p->unit_means != 0) {
        put(w, "各单位取所属网格总分的平均数，", "mean of the totals of a unit's grids, ");
        gg_buf_text(&w->text, gridgov_code_title(GRIDGOV_KIND_ROUNDING, p->unit_means, w->lang));
        put(w, "，保留 ", ", ");
        gg_buf_int(&w->text, p->mean_decimals);
        put(w, " 位小数", " decimals");
    }
    end_clause(w, GG_CLAUSE_TOTAL, "", in(w, "单位平均", "Means of units"));
    stand(w, "standard", "", "");
    if (p->standard != GG_NO_FLOOR) {
        gg_buf_text(&w->text, named(w, p->standard_name, p->standard_name_en));
        put(w, "：总分低于 ", ": totals below ");
        put_points(w, p->standard);
        if (p->standard_months > 1) {
            put(w, "，连续 ", ", ");
            gg_buf_int(&w->text, p->standard_months);
            put(w, " 个月", " months in a row");
        }
    }
    end_clause(w, GG_CLAUSE_TOTAL, "", in(w, "标准线", "Standard"));
}

static void write_parameters(writer *w) {
    for (int64_t i = 0; i < w->policy->parameter_count; i++) {
        const gg_policy_parameter *parameter = &w->policy->parameters[i];
        char text[GG_NUM_TEXT_SIZE];
        stand(w, "parameters", parameter->name, "");
        if (parameter->set) {
            gg_buf_add(&w->text, text,
                       gg_decimal_format(text, parameter->value, parameter->decimals, 0));
        } else {
            put(w, "未定", "open");
        }
        gg_buf_text(&w->text, parameter->unit[0] != '\0' ? " " : "");
        gg_buf_text(&w->text, parameter->unit);
        put(w, "（", " (");
        gg_buf_add(&w->text, text, gg_decimal_format(text, parameter->min, parameter->decimals, 0));
        gg_buf_text(&w->text, " … ");
        gg_buf_add(&w->text, text, gg_decimal_format(text, parameter->max, parameter->decimals, 0));
        put(w, "）；来源：", "); source: ");
        put_source(w, parameter->source, parameter->certainty);
        end_clause(w, GG_CLAUSE_PARAMETER, parameter->name, parameter->title);
    }
}

void gg_clauses_read(gg_clauses *clauses, const gridgov_policy *policy, int32_t lang) {
    writer w = {.clauses = clauses, .policy = policy, .lang = lang};
    write_head(&w);
    write_groups(&w);
    write_bonus(&w);
    write_standing(&w);
    write_parameters(&w);
    clauses->short_of_memory |= gg_buf_failed(&w.text) || gg_buf_failed(&w.place);
    gg_buf_release(&w.text);
    gg_buf_release(&w.place);
}

void gg_clauses_release(gg_clauses *clauses) {
    gg_free(clauses->items);
    gg_arena_release(&clauses->arena);
    *clauses = (gg_clauses){0};
}
