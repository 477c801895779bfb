/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of <gridgov/codes_score.h>. */
#include "core/code.h"

static const gg_code score_rules[] = {
    {GRIDGOV_SCORE_RULE_PER_UNIT, "per_unit", "每件扣分", "per unit", ""},
    {GRIDGOV_SCORE_RULE_ANY, "any", "发生即扣", "any", ""},
    {GRIDGOV_SCORE_RULE_BELOW, "below", "低于即扣", "below", ""},
    {GRIDGOV_SCORE_RULE_PER_PERCENT, "per_percent", "每低一个百分点扣分", "per percentage point",
     ""},
    {GRIDGOV_SCORE_RULE_BANDS, "bands", "分档", "bands", ""},
    {GRIDGOV_SCORE_RULE_AT_LEAST, "at_least", "达到件数", "at least", ""},
    {GRIDGOV_SCORE_RULE_QUOTA, "quota", "定额", "quota", ""},
    {GRIDGOV_SCORE_RULE_TASK_DAYS, "task_days", "任务折算天数", "days by task", ""},
    {GRIDGOV_SCORE_RULE_STAGED, "staged", "分次扣分", "staged", ""},
    {GRIDGOV_SCORE_RULE_TABLE, "table", "查表", "table", ""},
    {GRIDGOV_SCORE_RULE_CONSECUTIVE, "consecutive", "连续多月", "consecutive months", ""},
    {GRIDGOV_SCORE_RULE_SUM, "sum", "合计", "sum", ""},
    {GRIDGOV_SCORE_RULE_LEAST, "least", "取最少", "least", ""},
    {GRIDGOV_SCORE_RULE_GREATEST, "greatest", "取最多", "greatest", ""},
};

static const gg_code parts[] = {
    {GRIDGOV_PART_EXACT, "exact", "按比例", "exact", ""},
    {GRIDGOV_PART_FULL, "full", "只计整百分点", "full points", ""},
    {GRIDGOV_PART_STARTED, "started", "不足按一计", "started points", ""},
};

static const gg_code not_assessed[] = {
    {GRIDGOV_NOT_ASSESSED_LEAVE_OUT, "leave_out", "不计入满分", "left out", ""},
    {GRIDGOV_NOT_ASSESSED_FULL_MARKS, "full_marks", "按满分计", "full marks", ""},
    {GRIDGOV_NOT_ASSESSED_RESCALE, "rescale", "按比例折算", "rescaled", ""},
};

static const gg_code rankings[] = {
    {GRIDGOV_RANKING_COMPETITION, "competition", "并列占位", "competition", ""},
    {GRIDGOV_RANKING_DENSE, "dense", "并列不占位", "dense", ""},
};

static const gg_code tie_breaks[] = {
    {GRIDGOV_TIE_BREAK_INDICATOR, "indicator", "指标", "indicator", ""},
    {GRIDGOV_TIE_BREAK_METRIC, "metric", "口径", "metric", ""},
    {GRIDGOV_TIE_BREAK_BONUS, "bonus", "附加分", "bonus", ""},
};

static const gg_code origins[] = {
    {GRIDGOV_ORIGIN_ROWS, "rows", "明细", "rows", ""},
    {GRIDGOV_ORIGIN_FACT, "fact", "月度数据", "monthly figure", ""},
    {GRIDGOV_ORIGIN_DEDUCTION, "deduction", "直接扣分", "deduction", ""},
};

static const gg_code changes[] = {
    {GRIDGOV_CHANGE_ADDED, "added", "新增", "added", ""},
    {GRIDGOV_CHANGE_REMOVED, "removed", "删除", "removed", ""},
    {GRIDGOV_CHANGE_CHANGED, "changed", "修改", "changed", ""},
};

static const gg_code causes[] = {
    {GRIDGOV_CAUSE_SAME, "same", "相同", "the same", ""},
    {GRIDGOV_CAUSE_RULE, "rule", "扣分规则或数值不同", "another rule or number", ""},
    {GRIDGOV_CAUSE_COUNT, "count", "统计所得不同", "counted otherwise", ""},
    {GRIDGOV_CAUSE_ASSESSED, "assessed", "只有一方评分", "assessed under one only", ""},
    {GRIDGOV_CAUSE_LEFT_OUT, "left_out", "该指标不再计入", "left out", ""},
    {GRIDGOV_CAUSE_ADDED, "added", "新增指标", "added", ""},
    {GRIDGOV_CAUSE_MAXIMUM, "maximum", "满分不同", "another maximum", ""},
    {GRIDGOV_CAUSE_RESCALED, "rescaled", "总分折算", "the total was rescaled", ""},
};

const gg_code_table gg_codes_score[GG_CODE_KINDS] = {
    [GRIDGOV_KIND_SCORE_RULE] = GG_CODE_TABLE(score_rules),
    [GRIDGOV_KIND_PART] = GG_CODE_TABLE(parts),
    [GRIDGOV_KIND_NOT_ASSESSED] = GG_CODE_TABLE(not_assessed),
    [GRIDGOV_KIND_RANKING] = GG_CODE_TABLE(rankings),
    [GRIDGOV_KIND_TIE_BREAK] = GG_CODE_TABLE(tie_breaks),
    [GRIDGOV_KIND_ORIGIN] = GG_CODE_TABLE(origins),
    [GRIDGOV_KIND_CHANGE] = GG_CODE_TABLE(changes),
    [GRIDGOV_KIND_CAUSE] = GG_CODE_TABLE(causes),
};
