/* SPDX-License-Identifier: Apache-2.0 */
/* Every enumeration as a table: number, stable code, the field's Chinese and English terms, and the
 * further words that people and other systems write for it. One row feeds files, documents and
 * bindings alike.
 *
 * Words are compared by gg_text_key(), so blanks, full-width forms and the case of ASCII letters
 * make no difference. No two rows of one kind share a word; a test holds the tables to it. Chinese
 * words are those of deployed systems. */
#include <gridgov/codes.h>

#include "base/error.h"
#include "base/text.h"

#include <string.h>

#define KEY_SIZE 96 /* bytes; longer than any word below */

typedef struct code {
    int32_t value;
    const char *text, *zh, *en;
    const char *aliases; /* separated by '|'; may be "" */
} code;

static const code langs[] = {
    {GRIDGOV_LANG_ZH, "zh", "中文", "Chinese", "zh-cn|zh_CN|汉语|简体中文"},
    {GRIDGOV_LANG_EN, "en", "英文", "English", "en-us|en-gb|英语"},
};

static const code severities[] = {
    {GRIDGOV_SEVERITY_NOTE, "note", "提示", "note", "说明|info"},
    {GRIDGOV_SEVERITY_WARNING, "warning", "警告", "warning", "warn"},
    {GRIDGOV_SEVERITY_ERROR, "error", "错误", "error", ""},
};

static const code units[] = {
    {GRIDGOV_UNIT_DISTRICT, "district", "区县", "district", "区|县|县区|市区|county"},
    {GRIDGOV_UNIT_STREET, "street", "街道", "street",
     "乡镇|镇|乡|镇街|镇街道|乡镇街道|sub-district|subdistrict|town|township"},
    {GRIDGOV_UNIT_COMMUNITY, "community", "社区", "community",
     "居委|居委会|居民委员会|村|村委|村委会|村民委员会|行政村|村社|村居|village"},
    {GRIDGOV_UNIT_GRID, "grid", "网格", "grid", ""},
    {GRIDGOV_UNIT_AGENCY, "agency", "派驻机构", "agency",
     "基层站所|站所|机构|办公室|科室|职能科室|部门|office|department"},
};

static const code steps[] = {
    {GRIDGOV_STEP_REPORT, "report", "上报", "report", "报送|登记|事件上报|reported"},
    {GRIDGOV_STEP_ACCEPT, "accept", "受理", "accept", "事件受理|accepted"},
    {GRIDGOV_STEP_REJECT, "reject", "不予受理", "reject", "不受理|rejected"},
    {GRIDGOV_STEP_FILE, "file", "立案", "file", "filed"},
    {GRIDGOV_STEP_DISPATCH, "dispatch", "流转", "dispatch",
     "交办|派遣|派发|派单|分派|转办|转派|下派|事件流转|dispatched"},
    {GRIDGOV_STEP_ACKNOWLEDGE, "acknowledge", "签收", "acknowledge", "接单|acknowledged"},
    {GRIDGOV_STEP_RETURN, "return", "退回", "return", "退单|驳回|回退|returned"},
    {GRIDGOV_STEP_HANDLE, "handle", "处置", "handle", "办理|处理|handled"},
    {GRIDGOV_STEP_FEEDBACK, "feedback", "反馈", "feedback", "feed back|结果反馈"},
    {GRIDGOV_STEP_VERIFY, "verify", "核查", "verify", "核实|验证|复核|查验|verified"},
    {GRIDGOV_STEP_REWORK, "rework", "返工", "rework", "重办|返工重办"},
    {GRIDGOV_STEP_CLOSE, "close", "结案", "close", "办结|结案归档|归档|关闭|closed"},
    {GRIDGOV_STEP_REOPEN, "reopen", "重开", "reopen", "重新打开|重启|reopened"},
    {GRIDGOV_STEP_SUSPEND, "suspend", "挂起", "suspend", "缓办|暂停|suspended"},
    {GRIDGOV_STEP_RESUME, "resume", "恢复", "resume", "解挂|恢复办理|取消挂起|resumed"},
    {GRIDGOV_STEP_EXTEND, "extend", "延期", "extend", "同意延期|延期通过|extended"},
    {GRIDGOV_STEP_VOID, "void", "作废", "void", "废除|voided"},
    {GRIDGOV_STEP_MERGE, "merge", "并案", "merge", "合并|merged"},
    {GRIDGOV_STEP_SPLIT, "split", "拆单", "split", "拆分|分案"},
    {GRIDGOV_STEP_URGE, "urge", "督办", "urge", "催办|催单|urged"},
    {GRIDGOV_STEP_RECORD, "record", "备案", "file for record", "recorded"},
    {GRIDGOV_STEP_RATE, "rate", "评价", "rate", "满意度评价|评议|rated"},
    {GRIDGOV_STEP_TIMEOUT, "timeout", "超时未签收", "timed out", "签收超时|超时收回"},
    {GRIDGOV_STEP_EXTEND_ASK, "extend_ask", "申请延期", "ask for extension", "延期申请"},
    {GRIDGOV_STEP_EXTEND_REFUSE, "extend_refuse", "不予延期", "refuse extension",
     "延期驳回|延期不通过"},
    {GRIDGOV_STEP_APPEAL, "appeal", "超时申诉", "appeal", "申诉|appealed"},
    {GRIDGOV_STEP_APPEAL_GRANT, "appeal_grant", "申诉通过", "appeal granted", "同意申诉|申诉成立"},
    {GRIDGOV_STEP_APPEAL_REFUSE, "appeal_refuse", "申诉驳回", "appeal refused",
     "申诉不通过|申诉不成立"},
    {GRIDGOV_STEP_RECATEGORISE, "recategorise", "改类", "recategorise",
     "变更类型|类型变更|recategorize"},
    {GRIDGOV_STEP_RELIMIT, "relimit", "改限", "new limit", "变更时限|时限变更|调整时限"},
};

static const code states[] = {
    {GRIDGOV_STATE_REPORTED, "reported", "待受理", "reported", ""},
    {GRIDGOV_STATE_PENDING, "pending", "待派遣", "pending", "待流转"},
    {GRIDGOV_STATE_OFFERED, "offered", "待签收", "offered", ""},
    {GRIDGOV_STATE_HELD, "held", "处置中", "held", "办理中|处理中"},
    {GRIDGOV_STATE_CHECKING, "checking", "待核查", "checking", "核查中"},
    {GRIDGOV_STATE_SUSPENDED, "suspended", "挂起", "suspended", "缓办"},
    {GRIDGOV_STATE_CLOSED, "closed", "已结案", "closed", "已办结"},
    {GRIDGOV_STATE_ENDED, "ended", "已终止", "ended", ""},
};

static const code roles[] = {
    {GRIDGOV_ROLE_UNKNOWN, "unknown", "未知", "unknown", ""},
    {GRIDGOV_ROLE_REPORTER, "reporter", "上报人", "reporter", "网格员|登记人|创建人"},
    {GRIDGOV_ROLE_CENTER, "center", "指挥室", "command room", "centre|指挥中心|派遣员|坐席"},
    {GRIDGOV_ROLE_HANDLER, "handler", "承办单位", "handler", "承办人|处置人|处置单位"},
    {GRIDGOV_ROLE_CHECKER, "checker", "核查员", "checker", "核查人"},
    {GRIDGOV_ROLE_SUPERIOR, "superior", "上级", "superior", "督办人|领导"},
    {GRIDGOV_ROLE_SYSTEM, "system", "系统", "system", "自动"},
};

static const code guards[] = {
    {GRIDGOV_GUARD_HOLDER, "holder", "仅持有人可办", "only who holds the case", ""},
    {GRIDGOV_GUARD_NOT_FIRST, "not_first", "首环节不可退回", "not on the first step", ""},
    {GRIDGOV_GUARD_LEVEL, "level", "须不低于本级", "from the same level or above", ""},
    {GRIDGOV_GUARD_EXTENSIONS, "extensions", "延期次数有限", "so many extensions", ""},
    {GRIDGOV_GUARD_ASKED, "asked", "须先申请", "only after it was asked for", ""},
    {GRIDGOV_GUARD_CREATOR, "creator", "仅上报人可办", "only who created the case", ""},
};

static const code cards[] = {
    {GRIDGOV_CARD_NONE, "none", "无", "none", ""},
    {GRIDGOV_CARD_ORDINARY, "ordinary", "普通督办", "ordinary", "普通"},
    {GRIDGOV_CARD_YELLOW, "yellow", "黄牌督办", "yellow card", "黄牌"},
    {GRIDGOV_CARD_RED, "red", "红牌督办", "red card", "红牌"},
};

static const code stages[] = {
    {GRIDGOV_STAGE_ACCEPT, "accept", "受理", "acceptance", "受理阶段"},
    {GRIDGOV_STAGE_DISPATCH, "dispatch", "派遣", "dispatch", "流转|派遣阶段"},
    {GRIDGOV_STAGE_ACKNOWLEDGE, "acknowledge", "签收", "acknowledgement", "签收阶段"},
    {GRIDGOV_STAGE_HANDLE, "handle", "处置", "handling", "处置阶段"},
    {GRIDGOV_STAGE_VERIFY, "verify", "核查", "verification", "核查阶段"},
    {GRIDGOV_STAGE_CLOSE, "close", "结案", "closing", "办结|全程"},
};

static const code bases[] = {
    {GRIDGOV_BASIS_NONE, "none", "无时限", "none", ""},
    {GRIDGOV_BASIS_ROW, "row", "来源所载", "the source's own", ""},
    {GRIDGOV_BASIS_TAXONOMY, "taxonomy", "分类时限", "of its category", ""},
    {GRIDGOV_BASIS_EXTENDED, "extended", "延期", "extended", ""},
    {GRIDGOV_BASIS_REPLACED, "replaced", "改限", "replaced", ""},
};

static const code lights[] = {
    {GRIDGOV_LIGHT_NONE, "none", "无", "none", ""},
    {GRIDGOV_LIGHT_GREEN, "green", "绿灯", "green", ""},
    {GRIDGOV_LIGHT_YELLOW, "yellow", "黄灯", "yellow", ""},
    {GRIDGOV_LIGHT_RED, "red", "红灯", "red", ""},
};

static const code clocks[] = {
    {GRIDGOV_CLOCK_RESPONSE, "response", "响应", "response", ""},
    {GRIDGOV_CLOCK_FIRST_CLOSE, "first_close", "首次结案", "first closing", ""},
    {GRIDGOV_CLOCK_TOTAL, "total", "总时长", "total", ""},
    {GRIDGOV_CLOCK_HOLDER, "holder", "持有", "holder", ""},
};

static const code filters[] = {
    {GRIDGOV_FILTER_OPEN, "open", "在办", "open", "未结|未办结"},
    {GRIDGOV_FILTER_CLOSED, "closed", "已结", "closed", "已结案|已办结"},
    {GRIDGOV_FILTER_SUSPENDED, "suspended", "挂起", "suspended", "缓办"},
    {GRIDGOV_FILTER_OVERDUE, "overdue", "已超时", "overdue", "超期|逾期"},
    {GRIDGOV_FILTER_DIFFERS, "differs", "判定不一", "differing from the source", ""},
    {GRIDGOV_FILTER_DUE, "due", "应督办", "with an action due", ""},
    {GRIDGOV_FILTER_REFUSED, "refused", "违规", "with a step refused", ""},
};

static const code holders[] = {
    {GRIDGOV_HOLDER_KEEP, "keep", "不变", "keep", ""},
    {GRIDGOV_HOLDER_AGENCY, "agency", "转给该单位", "the agency named", ""},
    {GRIDGOV_HOLDER_PREVIOUS, "previous", "退回上一持有人", "the holder before", ""},
    {GRIDGOV_HOLDER_NONE, "none", "收回", "nobody", ""},
};

static const code dispositions[] = {
    {GRIDGOV_DISPOSITION_UNKNOWN, "unknown", "未知", "unknown", "不详|待定|未认定"},
    {GRIDGOV_DISPOSITION_VALID, "valid", "有效", "valid", "有效事件|有效上报|有效件"},
    {GRIDGOV_DISPOSITION_INVALID, "invalid", "无效", "invalid", "无效事件|无效上报|无效件"},
    {GRIDGOV_DISPOSITION_DUPLICATE, "duplicate", "重复", "duplicate", "重复事件|重复上报|重复件"},
    {GRIDGOV_DISPOSITION_FALSE, "false", "虚假", "false", "虚假事件|虚假上报|不实|不属实"},
    {GRIDGOV_DISPOSITION_JUNK, "junk", "垃圾", "junk", "垃圾事件|垃圾信息|垃圾件"},
    {GRIDGOV_DISPOSITION_RETURNED, "returned", "退回补充", "returned for completion",
     "退回|退回修改|补充材料"},
    {GRIDGOV_DISPOSITION_VOID, "void", "作废", "void", "已作废|废件"},
    {GRIDGOV_DISPOSITION_REJECTED, "rejected", "不予受理", "rejected", "不受理"},
    {GRIDGOV_DISPOSITION_RECORDED, "recorded", "备案", "filed for record", "已备案|仅备案"},
};

static const code tris[] = {
    {GRIDGOV_TRI_UNKNOWN, "unknown", "未知", "unknown", "不详|不明|待定|n/a|/|-|—"},
    {GRIDGOV_TRI_NO, "no", "否", "no", "n|false|f|0|无|没有|不是|不|假|×|✗"},
    {GRIDGOV_TRI_YES, "yes", "是", "yes", "y|true|t|1|有|是的|真|对|√|✓"},
};

static const code activities[] = {
    {GRIDGOV_ACTIVITY_LEAVE, "leave", "请假", "leave", ""},
    {GRIDGOV_ACTIVITY_PATROL_DAY, "patrol_day", "巡查日", "patrol day", ""},
    {GRIDGOV_ACTIVITY_REQUIRED_VISIT, "required_visit", "应走访", "required visit", ""},
    {GRIDGOV_ACTIVITY_VISIT, "visit", "走访", "visit", "走访记录"},
    {GRIDGOV_ACTIVITY_DISPUTE_REPORT, "dispute_report", "矛盾纠纷月报", "dispute report", ""},
    {GRIDGOV_ACTIVITY_MAINTENANCE, "maintenance", "系统维护", "maintenance", ""},
    {GRIDGOV_ACTIVITY_ADJUSTMENT, "adjustment", "附加分", "adjustment", "加减分"},
    {GRIDGOV_ACTIVITY_DEDUCTION, "deduction", "扣分", "deduction", ""},
    {GRIDGOV_ACTIVITY_FACT, "fact", "月度数据", "monthly figure", ""},
    {GRIDGOV_ACTIVITY_RULING, "ruling", "申诉裁决", "ruling", ""},
};

static const code defects[] = {
    {GRIDGOV_DEFECT_NONE, "none", "无", "none", "无问题|没有问题|正常|完好|ok"},
    {GRIDGOV_DEFECT_WRONG, "wrong", "错误", "wrong", "有误|不准确|信息错误"},
    {GRIDGOV_DEFECT_MISSING, "missing", "缺失", "missing", "遗漏|漏登|漏报|缺少|未录入|缺项"},
    {GRIDGOV_DEFECT_STALE, "stale", "陈旧", "stale", "过期|未更新|未及时更新|更新不及时"},
};

static const code cells[] = {
    {GRIDGOV_CELL_UNKNOWN, "unknown", "未知", "unknown", ""},
    {GRIDGOV_CELL_NOT_APPLICABLE, "not_applicable", "不适用", "not applicable", "n/a"},
    {GRIDGOV_CELL_VALUE, "value", "数值", "value", ""},
    {GRIDGOV_CELL_BLANK, "blank", "空白", "blank", ""},
};

static const code measures[] = {
    {GRIDGOV_MEASURE_EVENTS_REPORTED, "events_reported", "上报事件数", "events reported", ""},
    {GRIDGOV_MEASURE_EVENTS_DISPOSED, "events_disposed", "按认定结果的事件数", "events disposed",
     ""},
    {GRIDGOV_MEASURE_CASES_DUE, "cases_due", "应结案数", "cases due", ""},
    {GRIDGOV_MEASURE_CASES_DUE_CLOSED, "cases_due_closed", "应结案中已结案数",
     "cases due and closed", ""},
    {GRIDGOV_MEASURE_CASES_HELD_DUE, "cases_held_due", "网格自办到期数", "cases held when due", ""},
    {GRIDGOV_MEASURE_CASES_HELD_OVERDUE, "cases_held_overdue", "网格自办超时数",
     "cases held and overdue", ""},
    {GRIDGOV_MEASURE_DISPATCH_NEEDED, "dispatch_needed", "应流转数", "dispatch needed", ""},
    {GRIDGOV_MEASURE_DISPATCH_MISSED, "dispatch_missed", "未按时流转数", "dispatch missed", ""},
    {GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS, "patrol_required_days", "应巡查天数",
     "patrol days required", ""},
    {GRIDGOV_MEASURE_PATROL_FAILED_DAYS, "patrol_failed_days", "巡查不达标天数",
     "patrol days failed", ""},
    {GRIDGOV_MEASURE_VISITS_REQUIRED, "visits_required", "应走访数", "visits required", ""},
    {GRIDGOV_MEASURE_VISITS_MISSING, "visits_missing", "未走访数", "visits missing", ""},
    {GRIDGOV_MEASURE_REPORTS_MISSING, "reports_missing", "月报缺报数", "reports missing", ""},
    {GRIDGOV_MEASURE_REPORTS_LATE, "reports_late", "月报迟报数", "reports late", ""},
    {GRIDGOV_MEASURE_MAINTENANCE_DEFECTS, "maintenance_defects", "系统维护问题数",
     "maintenance defects", ""},
    {GRIDGOV_MEASURE_AGENCY_HANDLED, "agency_handled", "办理数", "handled by the agency", ""},
    {GRIDGOV_MEASURE_AGENCY_DISPATCHED, "agency_dispatched", "流转数", "dispatched to the agency",
     ""},
    {GRIDGOV_MEASURE_AGENCY_CLOSED, "agency_closed", "结案数", "closed by the agency", ""},
    {GRIDGOV_MEASURE_CASES, "cases", "案件数", "cases", ""},
    {GRIDGOV_MEASURE_GIVEN, "given", "直接给出", "given", ""},
};

static const code dimensions[] = {
    {GRIDGOV_DIMENSION_UNIT, "unit", "单位", "unit", ""},
    {GRIDGOV_DIMENSION_CATEGORY, "category", "类型", "category", ""},
    {GRIDGOV_DIMENSION_AGENCY, "agency", "派驻机构", "agency", ""},
    {GRIDGOV_DIMENSION_TOTAL, "total", "合计", "total", ""},
};

static const code score_rules[] = {
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

static const code not_assessed[] = {
    {GRIDGOV_NOT_ASSESSED_LEAVE_OUT, "leave_out", "不计入满分", "left out", ""},
    {GRIDGOV_NOT_ASSESSED_FULL_MARKS, "full_marks", "按满分计", "full marks", ""},
    {GRIDGOV_NOT_ASSESSED_RESCALE, "rescale", "按比例折算", "rescaled", ""},
};

static const code rankings[] = {
    {GRIDGOV_RANKING_COMPETITION, "competition", "并列占位", "competition", ""},
    {GRIDGOV_RANKING_DENSE, "dense", "并列不占位", "dense", ""},
};

static const code changes[] = {
    {GRIDGOV_CHANGE_ADDED, "added", "新增", "added", ""},
    {GRIDGOV_CHANGE_REMOVED, "removed", "删除", "removed", ""},
    {GRIDGOV_CHANGE_CHANGED, "changed", "修改", "changed", ""},
};

static const code tie_breaks[] = {
    {GRIDGOV_TIE_BREAK_INDICATOR, "indicator", "指标", "indicator", ""},
    {GRIDGOV_TIE_BREAK_METRIC, "metric", "口径", "metric", ""},
    {GRIDGOV_TIE_BREAK_BONUS, "bonus", "附加分", "bonus", ""},
};

static const code origins[] = {
    {GRIDGOV_ORIGIN_ROWS, "rows", "明细", "rows", ""},
    {GRIDGOV_ORIGIN_FACT, "fact", "月度数据", "monthly figure", ""},
    {GRIDGOV_ORIGIN_DEDUCTION, "deduction", "直接扣分", "deduction", ""},
};

static const code formats[] = {
    {GRIDGOV_FORMAT_MARKDOWN, "markdown", "Markdown", "Markdown", "md"},
    {GRIDGOV_FORMAT_HTML, "html", "网页", "web page", "htm"},
    {GRIDGOV_FORMAT_JSON, "json", "JSON", "JSON", ""},
    {GRIDGOV_FORMAT_CSV, "csv", "CSV", "CSV", ""},
};

static const code days[] = {
    {GRIDGOV_DAY_WORKDAY, "workday", "工作日", "workday", "weekday|declared_workday|上班"},
    {GRIDGOV_DAY_WEEKEND, "weekend", "周末", "weekend", "双休日|双休"},
    {GRIDGOV_DAY_HOLIDAY, "holiday", "节假日", "holiday", "放假|休|休息|假日|off"},
    {GRIDGOV_DAY_MAKEUP, "makeup", "调休上班", "make-up workday", "调休|补班|班"},
};

static const code tables[] = {
    {GRIDGOV_TABLE_UNITS, "units", "单位", "units", "网格"},
    {GRIDGOV_TABLE_OFFICERS, "officers", "网格员", "officers", "网格员名单"},
    {GRIDGOV_TABLE_LEAVE, "leave", "请假", "leave", "请假记录"},
    {GRIDGOV_TABLE_AGENCIES, "agencies", "派驻机构", "agencies", "机构"},
    {GRIDGOV_TABLE_EVENTS, "events", "事件", "events", "事件清单|事件明细"},
    {GRIDGOV_TABLE_STEPS, "steps", "环节", "steps", "流转|事件环节"},
    {GRIDGOV_TABLE_PATROL_DAYS, "patrol_days", "巡查", "patrol days", "巡查日"},
    {GRIDGOV_TABLE_REQUIRED_VISITS, "required_visits", "应走访", "required visits", "应走访对象"},
    {GRIDGOV_TABLE_VISITS, "visits", "走访", "visits", "走访记录"},
    {GRIDGOV_TABLE_DISPUTE_REPORTS, "dispute_reports", "矛盾纠纷月报", "dispute reports", "月报"},
    {GRIDGOV_TABLE_MAINTENANCE, "maintenance", "系统维护", "maintenance", "维护"},
    {GRIDGOV_TABLE_ADJUSTMENTS, "adjustments", "附加分", "adjustments", "加减分|调整"},
    {GRIDGOV_TABLE_DEDUCTIONS, "deductions", "扣分", "deductions", ""},
    {GRIDGOV_TABLE_FACTS, "facts", "月度数据", "monthly figures", ""},
    {GRIDGOV_TABLE_OPENING, "opening", "期初在办", "opening cases", "结转|上期结转"},
    {GRIDGOV_TABLE_OPENING_STEPS, "opening_steps", "期初环节", "steps of opening cases", ""},
    {GRIDGOV_TABLE_FIXES, "fixes", "定位点", "position fixes", "轨迹点|巡查轨迹|轨迹"},
    {GRIDGOV_TABLE_APPEALS, "appeals", "申诉", "appeals", "申诉台账|申诉裁决"},
    {GRIDGOV_TABLE_CALENDAR, "calendar", "日历", "calendar", "节假日|放假安排"},
};

static const code packs[] = {
    {GRIDGOV_PACK_CALENDAR, "calendar", "日历", "calendar", ""},
    {GRIDGOV_PACK_TAXONOMY, "taxonomy", "分类", "taxonomy", ""},
    {GRIDGOV_PACK_METRICS, "metrics", "指标口径", "metrics", ""},
    {GRIDGOV_PACK_POLICY, "policy", "考核细则", "policy", ""},
    {GRIDGOV_PACK_LIFECYCLE, "lifecycle", "办理流程", "life cycle", ""},
    {GRIDGOV_PACK_ROSTER, "roster", "作息", "roster", ""},
    {GRIDGOV_PACK_BARS, "bars", "禁用考核事项", "bars", ""},
};

static const code blocks[] = {
    {GRIDGOV_BLOCK_TITLE, "title", "标题", "title", ""},
    {GRIDGOV_BLOCK_HEADING, "heading", "小标题", "heading", ""},
    {GRIDGOV_BLOCK_PARAGRAPH, "paragraph", "段落", "paragraph", ""},
    {GRIDGOV_BLOCK_TABLE, "table", "表格", "table", ""},
    {GRIDGOV_BLOCK_NOTE, "note", "注", "note", ""},
    {GRIDGOV_BLOCK_STAMP, "stamp", "草稿", "stamp", "戳记"},
    {GRIDGOV_BLOCK_ISSUER, "issuer", "发文机关", "issuer", ""},
    {GRIDGOV_BLOCK_COLOPHON, "colophon", "版记", "colophon", ""},
};

static const code coverages[] = {
    {GRIDGOV_COVERAGE_EVENTS, "events", "事件", "events", ""},
    {GRIDGOV_COVERAGE_DISPOSITION, "disposition", "认定结果", "disposition", ""},
    {GRIDGOV_COVERAGE_AGENCY, "agency", "承办单位", "agency", ""},
    {GRIDGOV_COVERAGE_DISPATCH, "dispatch", "流转", "dispatch", ""},
    {GRIDGOV_COVERAGE_DISPATCH_DUE, "dispatch_due", "应流转时限", "dispatch due", ""},
    {GRIDGOV_COVERAGE_CLOSED, "closed", "办结时间", "closed", ""},
    {GRIDGOV_COVERAGE_DUE, "due", "办结时限", "due", ""},
    {GRIDGOV_COVERAGE_OVERDUE, "overdue", "是否超时", "overdue", ""},
    {GRIDGOV_COVERAGE_OFFICERS, "officers", "网格员", "officers", ""},
    {GRIDGOV_COVERAGE_LEAVE, "leave", "请假", "leave", ""},
    {GRIDGOV_COVERAGE_PATROL_MINUTES, "patrol_minutes", "在线时长", "patrol minutes", ""},
    {GRIDGOV_COVERAGE_PATROL_DISTANCE, "patrol_distance", "巡查里程", "patrol distance", ""},
    {GRIDGOV_COVERAGE_REQUIRED_VISITS, "required_visits", "应走访", "required visits", ""},
    {GRIDGOV_COVERAGE_VISITS, "visits", "走访", "visits", ""},
    {GRIDGOV_COVERAGE_DISPUTE_REPORTS, "dispute_reports", "矛盾纠纷月报", "dispute reports", ""},
    {GRIDGOV_COVERAGE_MAINTENANCE, "maintenance", "系统维护", "maintenance", ""},
    {GRIDGOV_COVERAGE_ADJUSTMENTS, "adjustments", "附加分", "adjustments", ""},
    {GRIDGOV_COVERAGE_POSITION, "position", "坐标", "position", ""},
    {GRIDGOV_COVERAGE_REPORT, "report", "上报要素", "report", ""},
};

static const code on_duplicates[] = {
    {GRIDGOV_ON_DUPLICATE_FAIL, "fail", "报错", "fail", ""},
    {GRIDGOV_ON_DUPLICATE_SKIP, "skip", "跳过", "skip", ""},
    {GRIDGOV_ON_DUPLICATE_REPLACE, "replace", "替换", "replace", "覆盖"},
    {GRIDGOV_ON_DUPLICATE_VERSION, "version", "留存各版本", "version", "版本"},
};

static const code platforms[] = {
    {GRIDGOV_PLATFORM_UNKNOWN, "unknown", "未知", "unknown", ""},
    {GRIDGOV_PLATFORM_SECURITY, "security", "综治工作", "public security", "综治|综治工作平台"},
    {GRIDGOV_PLATFORM_MARKET, "market", "市场监管", "market supervision", "市场监管平台"},
    {GRIDGOV_PLATFORM_ENFORCEMENT, "enforcement", "综合执法", "law enforcement", "综合执法平台"},
    {GRIDGOV_PLATFORM_SERVICE, "service", "便民服务", "public service", "便民服务平台"},
};

static const code checks[] = {
    {GRIDGOV_CHECK_SUM, "sum", "合计", "sums", ""},
    {GRIDGOV_CHECK_ROW_TOTAL, "row_total", "行总分", "row totals", ""},
    {GRIDGOV_CHECK_SHARE, "share", "占比", "shares", ""},
    {GRIDGOV_CHECK_SHARE_SUM, "share_sum", "占比之和", "sums of shares", ""},
    {GRIDGOV_CHECK_RATE, "rate", "比率", "rates", ""},
    {GRIDGOV_CHECK_ORDER, "order", "大小关系", "orders of size", ""},
    {GRIDGOV_CHECK_PROSE_TABLE, "prose_table", "文表一致", "prose against tables", ""},
    {GRIDGOV_CHECK_RANGE, "range", "取值范围", "ranges", ""},
    {GRIDGOV_CHECK_ADJUSTMENT, "adjustment", "加减分理由", "reasons of adjustments", ""},
    {GRIDGOV_CHECK_DUPLICATE, "duplicate", "行不重复", "rows that stand once", ""},
    {GRIDGOV_CHECK_RANK, "rank", "排名", "ranks", ""},
    {GRIDGOV_CHECK_CHANGE, "change", "环比同比", "changes", ""},
    {GRIDGOV_CHECK_MEAN, "mean", "平均数", "means", ""},
    {GRIDGOV_CHECK_PERIOD, "period", "期间一致", "periods", ""},
    {GRIDGOV_CHECK_CONTINUITY, "continuity", "前后期衔接", "continuity", ""},
    {GRIDGOV_CHECK_HEADER, "header", "表头一致", "headers", ""},
};

static const code verdicts[] = {
    {GRIDGOV_VERDICT_UNDEFINED, "undefined", "无定义", "undefined", ""},
    {GRIDGOV_VERDICT_FOLLOWS, "follows", "相符", "follows", ""},
    {GRIDGOV_VERDICT_TRUNCATED, "truncated", "截尾后相符", "truncated", ""},
    {GRIDGOV_VERDICT_HALF_EVEN, "half_even", "四舍六入五成双后相符", "half to even", ""},
    {GRIDGOV_VERDICT_DIFFERS, "differs", "不符", "differs", ""},
};

static const code roundings[] = {
    {GRIDGOV_ROUNDING_HALF_UP, "half_up", "四舍五入", "half up", ""},
    {GRIDGOV_ROUNDING_TRUNCATE, "truncate", "截尾", "truncation", "去尾"},
    {GRIDGOV_ROUNDING_HALF_EVEN, "half_even", "四舍六入五成双", "half to even", ""},
    {GRIDGOV_ROUNDING_LARGEST_REMAINDER, "largest_remainder", "最大余额", "largest remainder", ""},
};

static const code figures[] = {
    {GRIDGOV_FIGURE_COUNT, "count", "计数", "count", ""},
    {GRIDGOV_FIGURE_SHARE, "share", "占比", "share", ""},
    {GRIDGOV_FIGURE_RATE, "rate", "比率", "rate", ""},
    {GRIDGOV_FIGURE_POINTS, "points", "分值", "points", ""},
    {GRIDGOV_FIGURE_TOTAL, "total", "总分", "total", ""},
};

static const code parts[] = {
    {GRIDGOV_PART_EXACT, "exact", "按比例", "exact", ""},
    {GRIDGOV_PART_FULL, "full", "只计整百分点", "full points", ""},
    {GRIDGOV_PART_STARTED, "started", "不足按一计", "started points", ""},
};

static const code limits[] = {
    {GRIDGOV_LIMIT_URGENT_HOURS, "urgent_hours", "紧急工作时", "urgent hours", "紧急工时"},
    {GRIDGOV_LIMIT_WORK_HOURS, "work_hours", "工作时", "work hours", "工时|工作小时"},
    {GRIDGOV_LIMIT_WORKDAYS, "workdays", "工作日", "workdays", "个工作日"},
    {GRIDGOV_LIMIT_SLOT_WORKDAYS, "slot_workdays", "班次工作日", "workdays of the roster", ""},
    {GRIDGOV_LIMIT_CALENDAR_DAYS, "calendar_days", "自然日", "calendar days", "日历日"},
    {GRIDGOV_LIMIT_MINUTES, "minutes", "分钟", "minutes", ""},
    {GRIDGOV_LIMIT_WORK_MINUTES, "work_minutes", "工作分钟", "work minutes", ""},
};

static const code starts[] = {
    {GRIDGOV_START_MOMENT, "moment", "即时起算", "from the moment", ""},
    {GRIDGOV_START_SAME_DAY, "same_day", "当日起算", "from the same day", ""},
    {GRIDGOV_START_NEXT_DAY, "next_day", "次日起算", "from the next day", ""},
};

static const code roster_days[] = {
    {GRIDGOV_ROSTER_DAY_MONDAY, "monday", "星期一", "Monday", "周一|mon"},
    {GRIDGOV_ROSTER_DAY_TUESDAY, "tuesday", "星期二", "Tuesday", "周二|tue"},
    {GRIDGOV_ROSTER_DAY_WEDNESDAY, "wednesday", "星期三", "Wednesday", "周三|wed"},
    {GRIDGOV_ROSTER_DAY_THURSDAY, "thursday", "星期四", "Thursday", "周四|thu"},
    {GRIDGOV_ROSTER_DAY_FRIDAY, "friday", "星期五", "Friday", "周五|fri"},
    {GRIDGOV_ROSTER_DAY_SATURDAY, "saturday", "星期六", "Saturday", "周六|sat"},
    {GRIDGOV_ROSTER_DAY_SUNDAY, "sunday", "星期日", "Sunday", "周日|星期天|sun"},
    {GRIDGOV_ROSTER_DAY_HOLIDAY, "holiday", "节假日", "holiday", "放假"},
    {GRIDGOV_ROSTER_DAY_MAKEUP, "makeup", "调休上班", "make-up workday", "调休|补班"},
};

static const code atoms[] = {
    {GRIDGOV_ATOM_EVENT, "event", "事件", "event", ""},
    {GRIDGOV_ATOM_OFFICER_DAY, "officer_day", "网格员工作日", "officer's day", ""},
    {GRIDGOV_ATOM_VISIT, "visit", "应走访", "required visit", ""},
    {GRIDGOV_ATOM_REPORT, "report", "月报", "monthly report", ""},
    {GRIDGOV_ATOM_RECORD, "record", "维护检查记录", "maintenance check", ""},
    {GRIDGOV_ATOM_FIGURE, "figure", "直接给出的月度数", "monthly figure", ""},
    {GRIDGOV_ATOM_ADJUSTMENT, "adjustment", "直接给出的分值", "points given", ""},
};

static const code reasons[] = {
    {GRIDGOV_REASON_COUNTED, "counted", "计入", "counted", ""},
    {GRIDGOV_REASON_NOT_COUNTED, "not_counted", "未计入", "not counted", ""},
    {GRIDGOV_REASON_NO_DATA, "no_data", "缺少数据", "no data", ""},
    {GRIDGOV_REASON_DISPOSITION, "disposition", "认定结果", "disposition", ""},
    {GRIDGOV_REASON_CLOSED, "closed", "已办结", "closed", ""},
    {GRIDGOV_REASON_OPEN, "open", "未办结", "open", ""},
    {GRIDGOV_REASON_CLOSED_LATE, "closed_late", "超时办结", "closed late", ""},
    {GRIDGOV_REASON_OPEN_LATE, "open_late", "逾期未办结", "open past its limit", ""},
    {GRIDGOV_REASON_VERDICT, "verdict", "来源的超时认定", "the source's verdict", ""},
    {GRIDGOV_REASON_NOT_PASSED_ON, "not_passed_on", "应流转未流转", "not passed on", ""},
    {GRIDGOV_REASON_PASSED_ON_LATE, "passed_on_late", "流转超时", "passed on late", ""},
    {GRIDGOV_REASON_NO_ROW, "no_row", "当日无在线记录", "no row that day", ""},
    {GRIDGOV_REASON_TIME_SHORT, "time_short", "在线时长不足", "online too short", ""},
    {GRIDGOV_REASON_DISTANCE_SHORT, "distance_short", "里程不足", "distance too short", ""},
    {GRIDGOV_REASON_BOTH_SHORT, "both_short", "时长和里程均不足", "time and distance too short",
     ""},
    {GRIDGOV_REASON_NOT_VISITED, "not_visited", "未走访", "not visited", ""},
    {GRIDGOV_REASON_NOT_SUBMITTED, "not_submitted", "未报送", "not submitted", ""},
    {GRIDGOV_REASON_SUBMITTED_LATE, "submitted_late", "逾期报送", "submitted late", ""},
    {GRIDGOV_REASON_DEFECT, "defect", "检查发现问题", "defect found", ""},
    {GRIDGOV_REASON_GIVEN, "given", "直接给出", "given", ""},
    {GRIDGOV_REASON_OFFICER_SILENT, "officer_silent", "网格员本期无任何在线记录",
     "the officer has no row at all", ""},
    {GRIDGOV_REASON_RULED, "ruled", "申诉成立", "ruled to be in order", ""},
};

static const code files[] = {
    {GRIDGOV_FILE_TEXT, "text", "文本", "text", "csv"},
    {GRIDGOV_FILE_XLSX, "xlsx", "XLSX 工作簿", "XLSX workbook", ""},
    {GRIDGOV_FILE_XLS, "xls", "XLS 工作簿", "XLS workbook", ""},
    {GRIDGOV_FILE_DOCX, "docx", "DOCX 文档", "DOCX document", ""},
    {GRIDGOV_FILE_ENCRYPTED, "encrypted", "加密的 Office 文件", "encrypted Office file", ""},
    {GRIDGOV_FILE_XLSB, "xlsb", "XLSB 二进制工作簿", "XLSB binary workbook", ""},
    {GRIDGOV_FILE_ODF, "odf", "OpenDocument 文件", "OpenDocument file", ""},
    {GRIDGOV_FILE_DOC, "doc", "DOC 文档", "DOC document", ""},
    {GRIDGOV_FILE_HTML, "html", "网页或 XML", "HTML or XML", ""},
    {GRIDGOV_FILE_OTHER, "other", "其他文件", "other file", ""},
};

static const code causes[] = {
    {GRIDGOV_CAUSE_SAME, "same", "相同", "the same", ""},
    {GRIDGOV_CAUSE_RULE, "rule", "扣分规则或数值不同", "another rule or number", ""},
    {GRIDGOV_CAUSE_COUNT, "count", "统计所得不同", "counted otherwise", ""},
    {GRIDGOV_CAUSE_ASSESSED, "assessed", "只有一方评分", "assessed under one only", ""},
    {GRIDGOV_CAUSE_LEFT_OUT, "left_out", "该指标不再计入", "left out", ""},
    {GRIDGOV_CAUSE_ADDED, "added", "新增指标", "added", ""},
    {GRIDGOV_CAUSE_MAXIMUM, "maximum", "满分不同", "another maximum", ""},
    {GRIDGOV_CAUSE_RESCALED, "rescaled", "总分折算", "the total was rescaled", ""},
};

static const code conditions[] = {
    {GRIDGOV_CONDITION_OPENING, "opening", "期初在办", "carried over", ""},
    {GRIDGOV_CONDITION_SELF_FOUND, "self_found", "自行发现", "self-found", ""},
    {GRIDGOV_CONDITION_SELF_HANDLED, "self_handled", "自处置", "self-handled", ""},
    {GRIDGOV_CONDITION_JUDGED, "judged", "已认定", "judged", ""},
    {GRIDGOV_CONDITION_VALID, "valid", "有效", "valid", ""},
    {GRIDGOV_CONDITION_INVALID, "invalid", "无效", "invalid", ""},
    {GRIDGOV_CONDITION_DUPLICATE, "duplicate", "重复", "duplicate", ""},
    {GRIDGOV_CONDITION_SENT_BACK, "sent_back", "退回补充", "sent back", ""},
    {GRIDGOV_CONDITION_ACCEPTED, "accepted", "受理", "accepted", ""},
    {GRIDGOV_CONDITION_REJECTED, "rejected", "不予受理", "rejected", ""},
    {GRIDGOV_CONDITION_FILED, "filed", "立案", "filed", ""},
    {GRIDGOV_CONDITION_VOIDED, "voided", "作废", "voided", ""},
    {GRIDGOV_CONDITION_RECORDED, "recorded", "备案", "recorded", ""},
    {GRIDGOV_CONDITION_MERGED, "merged", "并案", "merged", ""},
    {GRIDGOV_CONDITION_SPLIT, "split", "拆单", "split", ""},
    {GRIDGOV_CONDITION_DISPATCH_DUE, "dispatch_due", "应流转", "dispatch due", ""},
    {GRIDGOV_CONDITION_DISPATCHED, "dispatched", "流转", "dispatched", ""},
    {GRIDGOV_CONDITION_DISPATCHED_IN_TIME, "dispatched_in_time", "按时派遣", "dispatched in time",
     "按时流转"},
    {GRIDGOV_CONDITION_DISPATCH_MISSED, "dispatch_missed", "未按时流转", "dispatch missed", ""},
    {GRIDGOV_CONDITION_REDISPATCHED, "redispatched", "改派", "redispatched", "错派"},
    {GRIDGOV_CONDITION_ACKNOWLEDGED, "acknowledged", "签收", "acknowledged", ""},
    {GRIDGOV_CONDITION_RETURNED, "returned", "退回", "returned", "退单"},
    {GRIDGOV_CONDITION_HANDLED, "handled", "处置", "handled", ""},
    {GRIDGOV_CONDITION_HANDLED_IN_TIME, "handled_in_time", "按期处置", "handled in time", ""},
    {GRIDGOV_CONDITION_AWAITING_CLOSE, "awaiting_close", "待结案", "awaiting closure", ""},
    {GRIDGOV_CONDITION_VERIFIED, "verified", "核查", "verified", ""},
    {GRIDGOV_CONDITION_REWORKED, "reworked", "返工", "reworked", ""},
    {GRIDGOV_CONDITION_CLOSED, "closed", "结案", "closed", "办结"},
    {GRIDGOV_CONDITION_CLOSED_IN_TIME, "closed_in_time", "按期结案", "closed in time", ""},
    {GRIDGOV_CONDITION_OVERDUE, "overdue", "超期", "overdue", ""},
    {GRIDGOV_CONDITION_LIMITED, "limited", "有期限", "has a limit", ""},
    {GRIDGOV_CONDITION_DUE, "due", "到期", "due", ""},
    {GRIDGOV_CONDITION_SUSPENDED, "suspended", "缓办", "suspended", "挂起"},
    {GRIDGOV_CONDITION_EXTENDED, "extended", "延期", "extended", ""},
    {GRIDGOV_CONDITION_REOPENED, "reopened", "重开", "reopened", ""},
    {GRIDGOV_CONDITION_URGED, "urged", "督办", "urged", ""},
    {GRIDGOV_CONDITION_RATED, "rated", "评价", "rated", ""},
    {GRIDGOV_CONDITION_SATISFIED, "satisfied", "满意", "satisfied", ""},
    {GRIDGOV_CONDITION_FIRST_TIME_RIGHT, "first_time_right", "一次办结", "right at the first time",
     ""},
    {GRIDGOV_CONDITION_PING_PONG, "ping_pong", "往返流转", "ping-pong", ""},
    {GRIDGOV_CONDITION_HELD_DUE, "held_due", "网格自办到期", "held by the grid when due", ""},
    {GRIDGOV_CONDITION_HELD_OVERDUE, "held_overdue", "网格自办超期", "held by the grid and overdue",
     ""},
    {GRIDGOV_CONDITION_HOLDER, "holder", "现办", "in hand", ""},
    {GRIDGOV_CONDITION_EXCUSED, "excused", "申诉成立", "excused", ""},
    {GRIDGOV_CONDITION_ENDED, "ended", "已终止", "ended", ""},
};

static const code attributions[] = {
    {GRIDGOV_ATTRIBUTION_PERIOD, "period", "本期案件", "cases of the period", ""},
    {GRIDGOV_ATTRIBUTION_REPORT, "report", "上报时间", "time of report", "上报"},
    {GRIDGOV_ATTRIBUTION_DISPATCH, "dispatch", "流转时间", "time of dispatch", "流转"},
    {GRIDGOV_ATTRIBUTION_DUE, "due", "到期时间", "limit", "到期"},
    {GRIDGOV_ATTRIBUTION_CLOSE, "close", "结案时间", "time of closing", "结案"},
};

static const code cut_offs[] = {
    {GRIDGOV_CUT_OFF_AS_OF, "as_of", "统计截止时间", "cut-off of the count", ""},
    {GRIDGOV_CUT_OFF_PERIOD, "period", "期末", "end of the period", ""},
};

static const code flows[] = {
    {GRIDGOV_FLOW_OPENING, "opening", "期初在办", "opening", ""},
    {GRIDGOV_FLOW_REPORTED, "reported", "新报", "reported", ""},
    {GRIDGOV_FLOW_TRANSFERRED_IN, "transferred_in", "转入", "transferred in", ""},
    {GRIDGOV_FLOW_REOPENED, "reopened", "重开", "reopened", ""},
    {GRIDGOV_FLOW_SPLIT_IN, "split_in", "拆入", "split in", ""},
    {GRIDGOV_FLOW_RECATEGORISED_IN, "recategorised_in", "改类转入", "recategorised in", ""},
    {GRIDGOV_FLOW_CLOSING, "closing", "期末在办", "closing", ""},
    {GRIDGOV_FLOW_CLOSED, "closed", "结案", "closed", ""},
    {GRIDGOV_FLOW_TRANSFERRED_OUT, "transferred_out", "转出", "transferred out", ""},
    {GRIDGOV_FLOW_VOIDED, "voided", "作废", "voided", ""},
    {GRIDGOV_FLOW_REJECTED, "rejected", "不予受理", "rejected", ""},
    {GRIDGOV_FLOW_MERGED, "merged", "并案", "merged", ""},
    {GRIDGOV_FLOW_RECORDED, "recorded", "备案", "recorded", ""},
    {GRIDGOV_FLOW_RECATEGORISED_OUT, "recategorised_out", "改类转出", "recategorised out", ""},
    {GRIDGOV_FLOW_RETURNED_OUT, "returned_out", "退回", "returned out", ""},
};

static const code quantities[] = {
    {GRIDGOV_QUANTITY_CASES, "cases", "件数", "cases", ""},
    {GRIDGOV_QUANTITY_DISPATCHES, "dispatches", "流转次数", "dispatches", ""},
    {GRIDGOV_QUANTITY_RETURNS, "returns", "退回次数", "returns", ""},
    {GRIDGOV_QUANTITY_REWORKS, "reworks", "返工次数", "reworks", ""},
    {GRIDGOV_QUANTITY_REOPENINGS, "reopenings", "重开次数", "reopenings", ""},
    {GRIDGOV_QUANTITY_EXTENSIONS, "extensions", "延期次数", "extensions", ""},
    {GRIDGOV_QUANTITY_URGES, "urges", "督办次数", "urges", ""},
    {GRIDGOV_QUANTITY_SECONDS, "seconds", "历时秒数", "seconds", ""},
    {GRIDGOV_QUANTITY_WORK_SECONDS, "work_seconds", "工作历时秒数", "working seconds", ""},
};

static const code mergeds[] = {
    {GRIDGOV_MERGED_DOWN, "down", "向下填充", "carried down", ""},
    {GRIDGOV_MERGED_NONE, "none", "不填充", "not carried", ""},
    {GRIDGOV_MERGED_FILL, "fill", "全部填充", "filled", ""},
};

static const code sheet_states[] = {
    {GRIDGOV_SHEET_VISIBLE, "visible", "可见", "visible", ""},
    {GRIDGOV_SHEET_HIDDEN, "hidden", "隐藏", "hidden", ""},
    {GRIDGOV_SHEET_VERY_HIDDEN, "very_hidden", "深度隐藏", "very hidden", "veryhidden"},
};

static const code datums[] = {
    {GRIDGOV_DATUM_WGS84, "wgs84", "CGCS2000", "WGS 84",
     "wgs-84|epsg:4326|gps|2000国家大地坐标系|国家2000|大地2000|epsg:4490|大地坐标"},
    {GRIDGOV_DATUM_GCJ02, "gcj02", "GCJ-02", "GCJ-02", "火星坐标|高德|高德坐标|amap|腾讯"},
    {GRIDGOV_DATUM_BD09, "bd09", "BD-09", "BD-09", "bd09ll|百度|百度坐标|baidu"},
};

static const code signals[] = {
    {GRIDGOV_SIGNAL_INCOMPLETE, "incomplete", "要素不全", "incomplete", ""},
    {GRIDGOV_SIGNAL_DUPLICATE, "duplicate", "疑似重复", "duplicate", ""},
    {GRIDGOV_SIGNAL_CLOSED_AT_ONCE, "closed_at_once", "秒结", "closed at once", ""},
    {GRIDGOV_SIGNAL_BULK_CLOSING, "bulk_closing", "突击结案", "closed in bulk", ""},
    {GRIDGOV_SIGNAL_SENT_BACK, "sent_back", "来回流转", "sent back", ""},
};

static const code elements[] = {
    {GRIDGOV_ELEMENT_TIME, "time", "时间", "time", ""},
    {GRIDGOV_ELEMENT_PLACE, "place", "地点", "place", ""},
    {GRIDGOV_ELEMENT_PERSONS, "persons", "人物", "persons", "当事人"},
    {GRIDGOV_ELEMENT_CAUSE, "cause", "起因", "cause", ""},
    {GRIDGOV_ELEMENT_COURSE, "course", "经过", "course", ""},
    {GRIDGOV_ELEMENT_PARTIES, "parties", "双方当事人", "both parties", ""},
    {GRIDGOV_ELEMENT_RESULT, "result", "结果", "result", ""},
};

static const code rulings[] = {
    {GRIDGOV_RULING_PENDING, "pending", "待裁决", "pending", "未裁决|处理中"},
    {GRIDGOV_RULING_UPHELD, "upheld", "成立", "upheld", "支持|同意|申诉成立"},
    {GRIDGOV_RULING_REJECTED, "rejected", "不成立", "rejected", "驳回|维持|不支持|申诉不成立"},
};

#define KIND(rows)                                                                                 \
    { (rows), sizeof(rows) / sizeof((rows)[0]) }

/* By GRIDGOV_KIND_*. */
static const struct {
    const code *rows;
    size_t count;
} kinds[] = {
    [GRIDGOV_KIND_LANG] = KIND(langs),
    [GRIDGOV_KIND_SEVERITY] = KIND(severities),
    [GRIDGOV_KIND_UNIT] = KIND(units),
    [GRIDGOV_KIND_STEP] = KIND(steps),
    [GRIDGOV_KIND_DISPOSITION] = KIND(dispositions),
    [GRIDGOV_KIND_TRI] = KIND(tris),
    [GRIDGOV_KIND_ACTIVITY] = KIND(activities),
    [GRIDGOV_KIND_DEFECT] = KIND(defects),
    [GRIDGOV_KIND_CELL] = KIND(cells),
    [GRIDGOV_KIND_MEASURE] = KIND(measures),
    [GRIDGOV_KIND_DIMENSION] = KIND(dimensions),
    [GRIDGOV_KIND_SCORE_RULE] = KIND(score_rules),
    [GRIDGOV_KIND_ORIGIN] = KIND(origins),
    [GRIDGOV_KIND_FORMAT] = KIND(formats),
    [GRIDGOV_KIND_DAY] = KIND(days),
    [GRIDGOV_KIND_TABLE] = KIND(tables),
    [GRIDGOV_KIND_PACK] = KIND(packs),
    [GRIDGOV_KIND_BLOCK] = KIND(blocks),
    [GRIDGOV_KIND_COVERAGE] = KIND(coverages),
    [GRIDGOV_KIND_ON_DUPLICATE] = KIND(on_duplicates),
    [GRIDGOV_KIND_PLATFORM] = KIND(platforms),
    [GRIDGOV_KIND_CHECK] = KIND(checks),
    [GRIDGOV_KIND_VERDICT] = KIND(verdicts),
    [GRIDGOV_KIND_ROUNDING] = KIND(roundings),
    [GRIDGOV_KIND_FIGURE] = KIND(figures),
    [GRIDGOV_KIND_PART] = KIND(parts),
    [GRIDGOV_KIND_LIMIT] = KIND(limits),
    [GRIDGOV_KIND_START] = KIND(starts),
    [GRIDGOV_KIND_ROSTER_DAY] = KIND(roster_days),
    [GRIDGOV_KIND_NOT_ASSESSED] = KIND(not_assessed),
    [GRIDGOV_KIND_RANKING] = KIND(rankings),
    [GRIDGOV_KIND_TIE_BREAK] = KIND(tie_breaks),
    [GRIDGOV_KIND_CHANGE] = KIND(changes),
    [GRIDGOV_KIND_STATE] = KIND(states),
    [GRIDGOV_KIND_ROLE] = KIND(roles),
    [GRIDGOV_KIND_GUARD] = KIND(guards),
    [GRIDGOV_KIND_CARD] = KIND(cards),
    [GRIDGOV_KIND_HOLDER] = KIND(holders),
    [GRIDGOV_KIND_STAGE] = KIND(stages),
    [GRIDGOV_KIND_BASIS] = KIND(bases),
    [GRIDGOV_KIND_LIGHT] = KIND(lights),
    [GRIDGOV_KIND_CLOCK] = KIND(clocks),
    [GRIDGOV_KIND_FILTER] = KIND(filters),
    [GRIDGOV_KIND_ATOM] = KIND(atoms),
    [GRIDGOV_KIND_REASON] = KIND(reasons),
    [GRIDGOV_KIND_CAUSE] = KIND(causes),
    [GRIDGOV_KIND_SIGNAL] = KIND(signals),
    [GRIDGOV_KIND_ELEMENT] = KIND(elements),
    [GRIDGOV_KIND_RULING] = KIND(rulings),
    [GRIDGOV_KIND_DATUM] = KIND(datums),
    [GRIDGOV_KIND_FILE] = KIND(files),
    [GRIDGOV_KIND_CONDITION] = KIND(conditions),
    [GRIDGOV_KIND_ATTRIBUTION] = KIND(attributions),
    [GRIDGOV_KIND_CUT_OFF] = KIND(cut_offs),
    [GRIDGOV_KIND_QUANTITY] = KIND(quantities),
    [GRIDGOV_KIND_FLOW] = KIND(flows),
    [GRIDGOV_KIND_MERGED] = KIND(mergeds),
    [GRIDGOV_KIND_SHEET] = KIND(sheet_states),
};

/* Kinds have gaps between them, whose rows are NULL. */
static int is_kind(int32_t kind) {
    return kind >= 0 && (size_t)kind < sizeof kinds / sizeof kinds[0] && kinds[kind].rows != NULL;
}

static const code *find(int32_t kind, int32_t value) {
    for (size_t i = 0; is_kind(kind) && i < kinds[kind].count; i++) {
        if (kinds[kind].rows[i].value == value) {
            return &kinds[kind].rows[i];
        }
    }
    return NULL;
}

const char *gridgov_code_text(int32_t kind, int32_t value) {
    const code *found = find(kind, value);
    return found == NULL ? NULL : found->text;
}

const char *gridgov_code_title(int32_t kind, int32_t value, int32_t lang) {
    const code *found = find(kind, value);
    if (found == NULL) {
        return NULL;
    }
    return lang == GRIDGOV_LANG_ZH ? found->zh : found->en;
}

gridgov_status gridgov_code_at(int32_t *value_out, int32_t kind, int64_t index) {
    if (value_out == NULL) {
        return GRIDGOV_EARG;
    }
    *value_out = 0;
    if (!is_kind(kind)) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || (uint64_t)index >= kinds[kind].count) {
        return GRIDGOV_END;
    }
    *value_out = kinds[kind].rows[index].value;
    return GRIDGOV_OK;
}

/* Is the word's key the one looked for? */
static int is_word(gg_str key, const char *word, size_t size) {
    char buffer[KEY_SIZE];
    size_t needed = gg_text_key(buffer, sizeof buffer, gg_str_make(word, size));
    return needed == key.size && memcmp(buffer, key.data, needed) == 0;
}

static int names(const code *row, gg_str key) {
    if (is_word(key, row->text, strlen(row->text)) || is_word(key, row->zh, strlen(row->zh)) ||
        is_word(key, row->en, strlen(row->en))) {
        return 1;
    }
    for (const char *word = row->aliases; *word != '\0';) {
        size_t size = strcspn(word, "|");
        if (is_word(key, word, size)) {
            return 1;
        }
        word += size;
        word += *word == '|';
    }
    return 0;
}

gridgov_status gridgov_code_value(int32_t *value_out, int32_t kind, const char *text, size_t size) {
    char buffer[KEY_SIZE];
    if (value_out == NULL) {
        return GRIDGOV_EARG;
    }
    *value_out = 0;
    if (!is_kind(kind) || text == NULL) {
        return GRIDGOV_EARG;
    }
    size_t needed = gg_text_key(buffer, sizeof buffer, gg_str_make(text, size));
    if (needed == 0 || needed > sizeof buffer) {
        return GRIDGOV_ENOTFOUND;
    }
    gg_str key = gg_str_make(buffer, needed);
    for (size_t i = 0; i < kinds[kind].count; i++) {
        if (names(&kinds[kind].rows[i], key)) {
            *value_out = kinds[kind].rows[i].value;
            return GRIDGOV_OK;
        }
    }
    return GRIDGOV_ENOTFOUND;
}
