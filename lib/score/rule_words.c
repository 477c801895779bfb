/* SPDX-License-Identifier: Apache-2.0 */
/* Every kind of rule in plain Chinese and English. Everything is said from the numbers of the
 * policy, so that a changed parameter changes the sentence. */
#include "rule_words.h"

#include "base/num.h"

static const char *in(int32_t lang, const char *zh, const char *en) {
    return lang == GRIDGOV_LANG_EN ? en : zh;
}

void gg_put_milli(gg_buf *buf, int64_t milli) {
    char text[GG_NUM_TEXT_SIZE];
    gg_buf_add(buf, text, gg_decimal_format(text, milli, 3, 0));
}

static void put_percent(gg_buf *buf, int64_t milli) {
    gg_put_milli(buf, milli);
    gg_buf_byte(buf, '%');
}

static gridgov_metric metric_at(const gridgov_policy *policy, int64_t index) {
    gridgov_metric metric = {.struct_size = sizeof metric, .name = "", .name_en = "", .unit = ""};
    (void)gridgov_metrics_at(&metric, policy->metrics, index);
    return metric;
}

static void put_metric(gg_buf *buf, const gridgov_policy *policy, int64_t index, int32_t lang) {
    gridgov_metric metric = metric_at(policy, index);
    if (index == GRIDGOV_COUNT_GRID_DAYS) {
        gg_buf_text(buf, in(lang, "网格存续天数", "days of the grid"));
    } else if (index == GRIDGOV_COUNT_PERIOD_DAYS) {
        gg_buf_text(buf, in(lang, "当月天数", "days of the month"));
    } else {
        gg_buf_text(buf, in(lang, metric.name, metric.name_en[0] ? metric.name_en : metric.name));
    }
}

/* "甲 + 2 × 乙 − 丙". */
static void put_operand(gg_buf *buf, const gridgov_policy *policy, gg_policy_operand operand,
                        int32_t lang) {
    for (int64_t i = 0; i < operand.count; i++) {
        const gg_policy_term *term = &policy->terms[operand.first + i];
        int64_t size = term->times < 0 ? -term->times : term->times;
        if (i > 0 || term->times < 0) {
            gg_buf_text(buf, term->times < 0 ? " − " : " + ");
        }
        if (size != 1) {
            gg_buf_int(buf, size);
            gg_buf_text(buf, " × ");
        }
        put_metric(buf, policy, term->metric, lang);
    }
}

/* The same in brackets where it is a sum. */
static void put_factor(gg_buf *buf, const gridgov_policy *policy, gg_policy_operand operand,
                       int32_t lang) {
    gg_buf_text(buf, operand.count > 1 ? in(lang, "（", "(") : "");
    put_operand(buf, policy, operand, lang);
    gg_buf_text(buf, operand.count > 1 ? in(lang, "）", ")") : "");
}

void gg_put_counted(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                    int32_t lang) {
    if (rule->out_of.count == 0) {
        put_operand(buf, policy, rule->counted, lang);
        return;
    }
    if (rule->complement) {
        gg_buf_text(buf, in(lang, "（", "("));
        put_operand(buf, policy, rule->out_of, lang);
        gg_buf_text(buf, " − ");
        put_factor(buf, policy, rule->counted, lang);
        gg_buf_text(buf, in(lang, "）", ")"));
    } else {
        put_factor(buf, policy, rule->counted, lang);
    }
    gg_buf_text(buf, " ÷ ");
    put_factor(buf, policy, rule->out_of, lang);
}

static const char *unit_of(const gridgov_policy *policy, const gg_policy_rule *rule, int32_t lang) {
    /* metrics live as long as the policy, and so do their texts */
    gridgov_metric metric = metric_at(policy, rule->numerator);
    return in(lang, metric.unit, "");
}

/* "扣 2 分", "costs 2 points"; "得 2 分", "gives 2 points". */
static void put_points(gg_buf *buf, const gg_policy_rule *rule, gridgov_points points,
                       int32_t lang) {
    gg_buf_text(buf, rule->is_award ? in(lang, "得 ", "gives ") : in(lang, "扣 ", "costs "));
    gg_put_milli(buf, points);
    gg_buf_text(buf, in(lang, " 分", points == GRIDGOV_POINT ? " point" : " points"));
}

/* "≥ 95%", "其余". */
static void put_edge(gg_buf *buf, int is_ratio, int64_t edge, int32_t lang) {
    if (edge == INT64_MIN) {
        gg_buf_text(buf, in(lang, "其余", "otherwise"));
        return;
    }
    gg_buf_text(buf, "≥ ");
    if (is_ratio) {
        put_percent(buf, edge);
    } else {
        gg_buf_int(buf, edge);
    }
}

static void put_bands(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                      int32_t lang) {
    for (int64_t i = 0; i < rule->band_count; i++) {
        const gg_policy_band *band = &policy->bands[rule->first_band + i];
        gg_buf_text(buf, i == 0 ? "" : in(lang, "，", ", "));
        put_edge(buf, rule->out_of.count > 0, band->at_least, lang);
        gg_buf_text(buf, band->at_least == INT64_MIN && lang == GRIDGOV_LANG_ZH ? "" : " ");
        put_points(buf, rule, band->points, lang);
    }
}

static void put_stages(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                       int32_t lang) {
    for (int64_t i = 0; i < rule->band_count; i++) {
        const gg_policy_band *stage = &policy->bands[rule->first_band + i];
        gg_buf_text(buf, i == 0 ? "" : in(lang, "，", ", "));
        gg_buf_text(buf, in(lang, "第 ", "from no. "));
        gg_buf_int(buf, stage->at_least);
        gg_buf_byte(buf, ' ');
        gg_buf_text(buf, unit_of(policy, rule, lang));
        gg_buf_text(buf, in(lang, "起每", "on each "));
        gg_buf_text(buf, unit_of(policy, rule, lang));
        put_points(buf, rule, stage->points, lang);
    }
}

/* "≥ 20：≥ 95% 扣 0 分，其余扣 1 分；其余：…" */
static void put_table(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                      int32_t lang) {
    const gg_policy_band *rows = &policy->bands[rule->first_band];
    const gg_policy_band *columns = rows + rule->band_count;
    const gg_policy_band *cells = columns + rule->column_count;
    gg_buf_text(buf, in(lang, " 与 ", " and "));
    put_operand(buf, policy, rule->scaled, lang);
    if (rule->scale.count > 0) {
        gg_buf_text(buf, " ÷ ");
        put_factor(buf, policy, rule->scale, lang);
    }
    gg_buf_text(buf, in(lang, " 查表：", ", by table: "));
    for (int64_t i = 0; i <= rule->band_count; i++) {
        gg_buf_text(buf, i == 0 ? "" : in(lang, "；", "; "));
        put_edge(buf, rule->out_of.count > 0, i < rule->band_count ? rows[i].at_least : INT64_MIN,
                 lang);
        gg_buf_text(buf, in(lang, "：", ": "));
        for (int64_t k = 0; k <= rule->column_count; k++) {
            gg_buf_text(buf, k == 0 ? "" : in(lang, "，", ", "));
            put_edge(buf, rule->scale.count > 0,
                     k < rule->column_count ? columns[k].at_least : INT64_MIN, lang);
            gg_buf_byte(buf, ' ');
            put_points(buf, rule, cells[i * (rule->column_count + 1) + k].points, lang);
        }
    }
}

static void put_part(gg_buf *buf, int32_t part, int32_t lang) {
    if (part == GRIDGOV_PART_EXACT) {
        gg_buf_text(buf, in(lang, "，不足一个百分点的按比例扣", ", a part in proportion"));
    } else if (part == GRIDGOV_PART_FULL) {
        gg_buf_text(buf, in(lang, "，不足一个百分点的不扣", ", a part costs nothing"));
    } else if (part == GRIDGOV_PART_STARTED) {
        gg_buf_text(buf, in(lang, "，不足一个百分点的按一个计", ", a part counts as a whole"));
    }
}

/* "定额 10 件（按 甲 ÷ 乙 折算，截尾），每少一件扣 1 分" */
static void put_quota(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                      int32_t lang) {
    gg_buf_text(buf, in(lang, "定额 ", "quota "));
    gg_buf_int(buf, rule->limit);
    gg_buf_text(buf, lang == GRIDGOV_LANG_ZH ? " " : "");
    gg_buf_text(buf, unit_of(policy, rule, lang));
    if (rule->scale.count > 0) {
        gg_buf_text(buf, in(lang, "（按 ", " (in proportion to "));
        put_factor(buf, policy, rule->scaled, lang);
        gg_buf_text(buf, " ÷ ");
        put_factor(buf, policy, rule->scale, lang);
        gg_buf_text(buf, in(lang, " 折算，", ", "));
        gg_buf_text(buf, gridgov_code_title(GRIDGOV_KIND_ROUNDING, rule->rounding, lang));
        gg_buf_text(buf, in(lang, "）", ")"));
    }
    gg_buf_text(buf, in(lang, "，每少一", ", each one short "));
    gg_buf_text(buf, unit_of(policy, rule, lang));
    put_points(buf, rule, rule->points, lang);
}

static void put_count_rule(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                           int32_t lang) {
    if (rule->kind == GRIDGOV_SCORE_RULE_ANY) {
        gg_buf_text(buf, in(lang, "不为 0 即", "any but 0 "));
    } else if (rule->kind == GRIDGOV_SCORE_RULE_AT_LEAST) {
        gg_buf_text(buf, rule->is_award ? in(lang, "达到 ", "at least ")
                                        : in(lang, "少于 ", "fewer than "));
        gg_buf_int(buf, rule->limit);
        gg_buf_byte(buf, ' ');
        gg_buf_text(buf, unit_of(policy, rule, lang));
    } else {
        gg_buf_text(buf, in(lang, "每", "each "));
        gg_buf_text(buf, unit_of(policy, rule, lang));
    }
    put_points(buf, rule, rule->points, lang);
    if (rule->scale.count > 0) {
        gg_buf_text(buf, in(lang, "，由", ", shared by "));
        put_operand(buf, policy, rule->scale, lang);
        gg_buf_text(buf, in(lang, "分摊", ""));
    }
}

static void put_task(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                     int32_t lang) {
    gg_buf_text(buf, in(lang, "任务 ", "task "));
    gg_buf_int(buf, rule->limit);
    gg_buf_text(buf, lang == GRIDGOV_LANG_ZH ? " " : "");
    gg_buf_text(buf, unit_of(policy, rule, lang));
    gg_buf_text(buf, in(lang, "，完成天数 = ⌊完成数 ÷ 任务 × ", ", days done = ⌊done ÷ task × "));
    put_operand(buf, policy, rule->scaled, lang);
    gg_buf_text(buf, in(lang, "⌋，每少一天", "⌋, each day short "));
    put_points(buf, rule, rule->points, lang);
}

static void put_threshold(gg_buf *buf, const gg_policy_rule *rule, int32_t lang) {
    int per_percent = rule->kind == GRIDGOV_SCORE_RULE_PER_PERCENT;
    gg_buf_text(buf, per_percent ? in(lang, "低于 ", "each percentage point below ")
                                 : in(lang, "低于 ", "below "));
    put_percent(buf, rule->threshold);
    gg_buf_text(buf, per_percent ? in(lang, " 时，每低一个百分点", " ") : " ");
    put_points(buf, rule, rule->points, lang);
    put_part(buf, rule->part, lang);
}

/* "取其中最多的一项：（甲…）或（乙…）" */
static void put_group(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *nodes,
                      int64_t index, int32_t lang) {
    const gg_policy_rule *rule = &nodes[index];
    gg_buf_text(buf, rule->kind == GRIDGOV_SCORE_RULE_SUM ? in(lang, "合计：", "together: ")
                     : rule->kind == GRIDGOV_SCORE_RULE_LEAST
                         ? in(lang, "取其中最少的一项：", "the least of: ")
                         : in(lang, "取其中最多的一项：", "the greatest of: "));
    for (int64_t at = index + 1; at < index + rule->span; at += nodes[at].span) {
        gg_buf_text(buf, in(lang, "（", "("));
        gg_put_rule_words(buf, policy, nodes, at, lang);
        gg_buf_text(buf, in(lang, "）", ")"));
    }
}

void gg_put_rule_words(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *nodes,
                       int64_t index, int32_t lang) {
    const gg_policy_rule *rule = &nodes[index];
    if (rule->kind >= GRIDGOV_SCORE_RULE_SUM) {
        put_group(buf, policy, nodes, index, lang);
        return;
    }
    if (rule->kind == GRIDGOV_SCORE_RULE_CONSECUTIVE) {
        gg_buf_text(buf, in(lang, "连续 ", "in each of "));
        gg_buf_int(buf, rule->months);
        gg_buf_text(buf, in(lang, " 个月都因（", " months in a row points lost by ("));
        gg_put_rule_words(buf, policy, nodes, index + 1, lang);
        gg_buf_text(buf, in(lang, "）失分的，", ") "));
        put_points(buf, rule, rule->points, lang);
        return;
    }
    gg_put_counted(buf, policy, rule, lang);
    if (rule->kind == GRIDGOV_SCORE_RULE_TABLE) {
        put_table(buf, policy, rule, lang);
        return;
    }
    gg_buf_text(buf, in(lang, "：", ": "));
    switch (rule->kind) {
    case GRIDGOV_SCORE_RULE_BELOW:
    case GRIDGOV_SCORE_RULE_PER_PERCENT:
        put_threshold(buf, rule, lang);
        break;
    case GRIDGOV_SCORE_RULE_BANDS:
        put_bands(buf, policy, rule, lang);
        break;
    case GRIDGOV_SCORE_RULE_STAGED:
        put_stages(buf, policy, rule, lang);
        break;
    case GRIDGOV_SCORE_RULE_QUOTA:
        put_quota(buf, policy, rule, lang);
        break;
    case GRIDGOV_SCORE_RULE_TASK_DAYS:
        put_task(buf, policy, rule, lang);
        break;
    default:
        put_count_rule(buf, policy, rule, lang);
        break;
    }
}

void gg_put_rule_terms(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                       int32_t lang) {
    int full = rule->when_empty == GRIDGOV_CELL_BLANK;
    if (rule->out_of.count > 0) {
        gg_buf_text(buf, in(lang, "；", "; "));
        put_operand(buf, policy, rule->out_of, lang);
        if (rule->minimum > 0) {
            gg_buf_text(buf, in(lang, "少于 ", " below "));
            gg_buf_int(buf, rule->minimum);
            gg_buf_text(buf, in(lang, " ", ""));
        } else {
            gg_buf_text(buf, in(lang, "为 0 ", " of 0"));
        }
        gg_buf_text(buf, full ? in(lang, "的按满分计", ": full marks")
                              : in(lang, "的不评分", ": not assessed"));
    }
    if (rule->kind == GRIDGOV_SCORE_RULE_CONSECUTIVE) {
        gg_buf_text(
            buf, full
                     ? in(lang, "；没有往月数据的不扣", "; without earlier months nothing is lost")
                     : in(lang, "；没有往月数据的不评分", "; without earlier months not assessed"));
    }
    if (!rule->configured) {
        gg_buf_text(buf, in(lang, "；参数未定，不评分", "; a parameter is open: not assessed"));
    }
}
