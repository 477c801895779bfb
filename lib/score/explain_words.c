/* SPDX-License-Identifier: Apache-2.0 */
/* Rules and what they found, in plain Chinese and English. Everything is said from the numbers of
 * the policy, so that a changed parameter changes the sentence; the clause in the words of the
 * office stands beside it.
 *
 * A ratio is shown as a percentage rounded half up to two decimals beside its two numbers; the
 * threshold it was compared with is exact. */
#include "explain_model.h"
#include "rule_words.h"

#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

#define WHOLE 100000 /* 100 percent, in thousandths */
#define DATE_SIZE 10
#define MOMENT_SIZE 16 /* of 2021-09-07T14:40:10+08:00 */

const char *gg_in(int32_t lang, const char *zh, const char *en) {
    return lang == GRIDGOV_LANG_EN ? en : zh;
}

void gg_put_points(gg_buf *buf, gridgov_points points) {
    char text[GG_NUM_TEXT_SIZE];
    gg_buf_add(buf, text, gg_decimal_format(text, points, 3, 0));
}

void gg_put_moment(gg_buf *buf, gridgov_time time, int32_t utc_offset_minutes) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    if (gridgov_time_format(text, time, utc_offset_minutes) == GRIDGOV_OK && text[0] != '\0') {
        text[DATE_SIZE] = ' ';
        gg_buf_add(buf, text, MOMENT_SIZE);
    }
}

void gg_put_day(gg_buf *buf, gridgov_day day) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    if (gridgov_day_format(text, day) == GRIDGOV_OK) {
        gg_buf_text(buf, text);
    }
}

static gridgov_metric metric_at(const gridgov_policy *policy, int64_t index) {
    gridgov_metric metric = {.struct_size = sizeof metric, .name = "", .name_en = "", .unit = ""};
    (void)gridgov_metrics_at(&metric, policy->metrics, index);
    return metric;
}

static void put_name(gg_buf *buf, const gridgov_policy *policy, int64_t index, int32_t lang) {
    gridgov_metric metric = metric_at(policy, index);
    gg_buf_text(buf, gg_in(lang, metric.name, metric.name_en[0] ? metric.name_en : metric.name));
}

/* " 件"; in English the number stands alone. */
static void put_unit(gg_buf *buf, const gridgov_policy *policy, int64_t index, int32_t lang) {
    gridgov_metric metric = metric_at(policy, index);
    if (lang == GRIDGOV_LANG_ZH && metric.unit[0] != '\0') {
        gg_buf_byte(buf, ' ');
        gg_buf_text(buf, metric.unit);
    }
}

static void put_percent(gg_buf *buf, int64_t milli) {
    gg_put_points(buf, milli);
    gg_buf_byte(buf, '%');
}

static void put_edge(gg_buf *buf, const gridgov_score_rule *rule, int64_t at_least) {
    if (rule->denominator == GRIDGOV_NONE) {
        gg_buf_int(buf, at_least);
    } else {
        put_percent(buf, at_least);
    }
}

void gg_put_rule(gg_buf *buf, const gridgov_policy *policy, int64_t indicator, int64_t index,
                 int32_t lang) {
    const gg_policy_rule *nodes = &policy->rules[policy->indicators[indicator].first_rule];
    gg_put_rule_words(buf, policy, nodes, index, lang);
}

/* What a metric itself asks of a day. */
static int put_minimum(gg_buf *buf, const gridgov_metric *metric, int32_t lang) {
    const int with_both = metric->minimum_minutes >= 0 && metric->minimum_metres >= 0;
    if (metric->measure != GRIDGOV_MEASURE_PATROL_FAILED_DAYS || !metric->configured) {
        return 0;
    }
    gg_buf_text(buf, gg_in(lang, "应在线日每日", "every required day "));
    if (metric->minimum_minutes >= 0) {
        gg_buf_text(buf, gg_in(lang, "在线不少于 ", "at least "));
        gg_buf_int(buf, metric->minimum_minutes);
        gg_buf_text(buf, gg_in(lang, " 分钟", " minutes online"));
    }
    gg_buf_text(buf, with_both ? gg_in(lang, "、", ", ") : "");
    if (metric->minimum_metres >= 0) {
        gg_buf_text(buf, gg_in(lang, "里程不少于 ", "at least "));
        gg_put_points(buf, metric->minimum_metres);
        gg_buf_text(buf, gg_in(lang, " 公里", " km"));
    }
    return 1;
}

void gg_put_threshold(gg_buf *buf, const gridgov_policy *policy, int64_t indicator, int64_t index,
                      int32_t lang) {
    gridgov_score_rule rule = {.struct_size = sizeof rule};
    gridgov_score_band band = {.struct_size = sizeof band};
    if (gridgov_policy_rule_at(&rule, policy, indicator, index) != GRIDGOV_OK) {
        return;
    }
    gridgov_metric metric = metric_at(policy, rule.numerator);
    if (!rule.configured || !metric.configured) {
        gg_buf_text(buf, gg_in(lang, "未配置", "not configured"));
    } else if (rule.threshold_milli >= 0) {
        put_percent(buf, rule.threshold_milli);
    } else if (rule.kind == GRIDGOV_SCORE_RULE_BANDS) {
        if (gridgov_policy_band_at(&band, policy, indicator, index, 0) == GRIDGOV_OK &&
            band.at_least != INT64_MIN) {
            gg_buf_text(buf, "≥ ");
            put_edge(buf, &rule, band.at_least);
        }
    } else if (!put_minimum(buf, &metric, lang)) {
        gg_buf_byte(buf, '0');
        put_unit(buf, policy, rule.numerator, lang);
    }
}

void gg_put_observed(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                     const gg_rule_result *result, int32_t lang) {
    int64_t percent = 0;
    gg_put_counted(buf, policy, rule, lang);
    gg_buf_byte(buf, ' ');
    if (result->state == GRIDGOV_CELL_UNKNOWN) {
        gg_buf_text(buf, gg_in(lang, "没有数据", "unknown"));
        return;
    }
    if (result->state == GRIDGOV_CELL_NOT_APPLICABLE) {
        gg_buf_text(buf, gg_in(lang, "没有应评事项", "nothing to judge"));
        return;
    }
    gg_buf_int(buf, result->numerator);
    if (result->denominator < 0) {
        put_unit(buf, policy, rule->numerator, lang);
        return;
    }
    gg_buf_byte(buf, '/');
    gg_buf_int(buf, result->denominator);
    if (rule->out_of.count > 0 && result->denominator > 0 &&
        gg_mul_div(&percent, result->numerator, WHOLE / 10, result->denominator) == 0) {
        char text[GG_NUM_TEXT_SIZE];
        gg_buf_text(buf, " = ");
        gg_buf_add(buf, text, gg_decimal_format(text, percent, 2, 0));
        gg_buf_byte(buf, '%');
    }
}

/* The smallest part of a whole that reaches a threshold; -1 on overflow. */
static int needed(int64_t *out, int64_t threshold, int64_t denominator) {
    int64_t scaled, rounded;
    if (gg_mul(&scaled, threshold, denominator) != 0 || gg_add(&rounded, scaled, WHOLE - 1) != 0) {
        return -1;
    }
    *out = rounded / WHOLE;
    return 0;
}

void gg_put_shortfall(gg_buf *buf, const gridgov_policy *policy, const gridgov_score_rule *rule,
                      const gg_rule_result *result, int32_t lang) {
    int64_t enough = 0;
    if (result->state == GRIDGOV_CELL_NOT_APPLICABLE) {
        gg_buf_text(buf, gg_in(lang, "没有应评事项，不评分，不计入满分",
                               "nothing to judge: not assessed, and not part of the full marks"));
        return;
    }
    if (result->state != GRIDGOV_CELL_VALUE) {
        gg_buf_text(buf, rule->configured
                             ? gg_in(lang, "缺少数据，不评分，不计入满分",
                                     "no data: not assessed, and not part of the full marks")
                             : gg_in(lang, "阈值未配置，不评分，不计入满分",
                                     "threshold not configured: not assessed, and not part of the "
                                     "full marks"));
        return;
    }
    if (result->deduction == 0) {
        return;
    }
    if (rule->threshold_milli >= 0) {
        if (needed(&enough, rule->threshold_milli, result->denominator) == 0) {
            gg_buf_text(buf, gg_in(lang, "得满分须有 ", "full marks need "));
            gg_buf_int(buf, enough);
            gg_buf_byte(buf, '/');
            gg_buf_int(buf, result->denominator);
            gg_buf_text(buf, gg_in(lang, "，还差 ", ", short by "));
            gg_buf_int(buf, enough - result->numerator);
            put_unit(buf, policy, rule->numerator, lang);
        }
        return;
    }
    if (rule->kind == GRIDGOV_SCORE_RULE_PER_UNIT || rule->kind == GRIDGOV_SCORE_RULE_ANY) {
        put_name(buf, policy, rule->numerator, lang);
        gg_buf_text(buf, gg_in(lang, "须为 0，多出 ", " must be 0, over by "));
        gg_buf_int(buf, result->numerator);
        put_unit(buf, policy, rule->numerator, lang);
    }
}
