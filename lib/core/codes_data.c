/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of <gridgov/codes_data.h>. */
#include "core/code.h"

static const gg_code units[] = {
    {GRIDGOV_UNIT_DISTRICT, "district", "区县", "district", "区|县|县区|市区|county"},
    {GRIDGOV_UNIT_STREET, "street", "街道", "street",
     "乡镇|镇|乡|镇街|镇街道|乡镇街道|sub-district|subdistrict|town|township"},
    {GRIDGOV_UNIT_COMMUNITY, "community", "社区", "community",
     "居委|居委会|居民委员会|村|村委|村委会|村民委员会|行政村|村社|村居|village"},
    {GRIDGOV_UNIT_GRID, "grid", "网格", "grid", ""},
    {GRIDGOV_UNIT_AGENCY, "agency", "派驻机构", "agency",
     "基层站所|站所|机构|办公室|科室|职能科室|部门|office|department"},
};

static const gg_code platforms[] = {
    {GRIDGOV_PLATFORM_UNKNOWN, "unknown", "未知", "unknown", ""},
    {GRIDGOV_PLATFORM_SECURITY, "security", "综治工作", "public security", "综治|综治工作平台"},
    {GRIDGOV_PLATFORM_MARKET, "market", "市场监管", "market supervision", "市场监管平台"},
    {GRIDGOV_PLATFORM_ENFORCEMENT, "enforcement", "综合执法", "law enforcement", "综合执法平台"},
    {GRIDGOV_PLATFORM_SERVICE, "service", "便民服务", "public service", "便民服务平台"},
};

static const gg_code activities[] = {
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

static const gg_code rulings[] = {
    {GRIDGOV_RULING_PENDING, "pending", "待裁决", "pending", "未裁决|处理中"},
    {GRIDGOV_RULING_UPHELD, "upheld", "成立", "upheld", "支持|同意|申诉成立"},
    {GRIDGOV_RULING_REJECTED, "rejected", "不成立", "rejected", "驳回|维持|不支持|申诉不成立"},
};

static const gg_code defects[] = {
    {GRIDGOV_DEFECT_NONE, "none", "无", "none", "无问题|没有问题|正常|完好|ok"},
    {GRIDGOV_DEFECT_WRONG, "wrong", "错误", "wrong", "有误|不准确|信息错误"},
    {GRIDGOV_DEFECT_MISSING, "missing", "缺失", "missing", "遗漏|漏登|漏报|缺少|未录入|缺项"},
    {GRIDGOV_DEFECT_STALE, "stale", "陈旧", "stale", "过期|未更新|未及时更新|更新不及时"},
};

static const gg_code days[] = {
    {GRIDGOV_DAY_WORKDAY, "workday", "工作日", "workday", "weekday|declared_workday|上班"},
    {GRIDGOV_DAY_WEEKEND, "weekend", "周末", "weekend", "双休日|双休"},
    {GRIDGOV_DAY_HOLIDAY, "holiday", "节假日", "holiday", "放假|休|休息|假日|off"},
    {GRIDGOV_DAY_MAKEUP, "makeup", "调休上班", "make-up workday", "调休|补班|班"},
};

static const gg_code limits[] = {
    {GRIDGOV_LIMIT_URGENT_HOURS, "urgent_hours", "紧急工作时", "urgent hours", "紧急工时"},
    {GRIDGOV_LIMIT_WORK_HOURS, "work_hours", "工作时", "work hours", "工时|工作小时"},
    {GRIDGOV_LIMIT_WORKDAYS, "workdays", "工作日", "workdays", "个工作日"},
    {GRIDGOV_LIMIT_SLOT_WORKDAYS, "slot_workdays", "班次工作日", "workdays of the roster", ""},
    {GRIDGOV_LIMIT_CALENDAR_DAYS, "calendar_days", "自然日", "calendar days", "日历日"},
    {GRIDGOV_LIMIT_MINUTES, "minutes", "分钟", "minutes", ""},
    {GRIDGOV_LIMIT_WORK_MINUTES, "work_minutes", "工作分钟", "work minutes", ""},
};

static const gg_code starts[] = {
    {GRIDGOV_START_MOMENT, "moment", "即时起算", "from the moment", ""},
    {GRIDGOV_START_SAME_DAY, "same_day", "当日起算", "from the same day", ""},
    {GRIDGOV_START_NEXT_DAY, "next_day", "次日起算", "from the next day", ""},
};

static const gg_code roster_days[] = {
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

static const gg_code tables[] = {
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

static const gg_code on_duplicates[] = {
    {GRIDGOV_ON_DUPLICATE_FAIL, "fail", "报错", "fail", ""},
    {GRIDGOV_ON_DUPLICATE_SKIP, "skip", "跳过", "skip", ""},
    {GRIDGOV_ON_DUPLICATE_REPLACE, "replace", "替换", "replace", "覆盖"},
    {GRIDGOV_ON_DUPLICATE_VERSION, "version", "留存各版本", "version", "版本"},
};

static const gg_code packs[] = {
    {GRIDGOV_PACK_CALENDAR, "calendar", "日历", "calendar", ""},
    {GRIDGOV_PACK_TAXONOMY, "taxonomy", "分类", "taxonomy", ""},
    {GRIDGOV_PACK_METRICS, "metrics", "指标口径", "metrics", ""},
    {GRIDGOV_PACK_POLICY, "policy", "考核细则", "policy", ""},
    {GRIDGOV_PACK_LIFECYCLE, "lifecycle", "办理流程", "life cycle", ""},
    {GRIDGOV_PACK_ROSTER, "roster", "作息", "roster", ""},
    {GRIDGOV_PACK_BARS, "bars", "禁用考核事项", "bars", ""},
    {GRIDGOV_PACK_MAPPING, "mapping", "映射", "mapping", ""},
};

static const gg_code files[] = {
    {GRIDGOV_FILE_TEXT, "text", "文本", "text", "csv"},
    {GRIDGOV_FILE_XLSX, "xlsx", "XLSX 工作簿", "XLSX workbook", ""},
    {GRIDGOV_FILE_XLS, "xls", "XLS 工作簿", "XLS workbook", ""},
    {GRIDGOV_FILE_DOCX, "docx", "DOCX 文档", "DOCX document", ""},
    {GRIDGOV_FILE_ENCRYPTED, "encrypted", "加密的 Office 文件", "encrypted Office file", ""},
    {GRIDGOV_FILE_XLSB, "xlsb", "XLSB 二进制工作簿", "XLSB binary workbook", ""},
    {GRIDGOV_FILE_ODF, "odf", "OpenDocument 文件", "OpenDocument file", ""},
    {GRIDGOV_FILE_DOC, "doc", "DOC 文档", "DOC document", ""},
    {GRIDGOV_FILE_HTML, "html", "XML 等标记文本", "XML or other markup", ""},
    {GRIDGOV_FILE_OTHER, "other", "其他文件", "other file", ""},
    {GRIDGOV_FILE_SHEET_XML, "sheet-xml", "XML 表格（2003）", "XML workbook (2003)", ""},
    {GRIDGOV_FILE_SHEET_HTML, "sheet-html", "网页表格", "web page", ""},
};

static const gg_code mergeds[] = {
    {GRIDGOV_MERGED_DOWN, "down", "向下填充", "carried down", ""},
    {GRIDGOV_MERGED_NONE, "none", "不填充", "not carried", ""},
    {GRIDGOV_MERGED_FILL, "fill", "全部填充", "filled", ""},
};

static const gg_code sheet_states[] = {
    {GRIDGOV_SHEET_VISIBLE, "visible", "可见", "visible", ""},
    {GRIDGOV_SHEET_HIDDEN, "hidden", "隐藏", "hidden", ""},
    {GRIDGOV_SHEET_VERY_HIDDEN, "very_hidden", "深度隐藏", "very hidden", "veryhidden"},
};

static const gg_code datums[] = {
    {GRIDGOV_DATUM_WGS84, "wgs84", "CGCS2000", "WGS 84",
     "wgs-84|epsg:4326|gps|2000国家大地坐标系|国家2000|大地2000|epsg:4490|大地坐标"},
    {GRIDGOV_DATUM_GCJ02, "gcj02", "GCJ-02", "GCJ-02", "火星坐标|高德|高德坐标|amap|腾讯"},
    {GRIDGOV_DATUM_BD09, "bd09", "BD-09", "BD-09", "bd09ll|百度|百度坐标|baidu"},
};

const gg_code_table gg_codes_data[GG_CODE_KINDS] = {
    [GRIDGOV_KIND_UNIT] = GG_CODE_TABLE(units),
    [GRIDGOV_KIND_PLATFORM] = GG_CODE_TABLE(platforms),
    [GRIDGOV_KIND_ACTIVITY] = GG_CODE_TABLE(activities),
    [GRIDGOV_KIND_RULING] = GG_CODE_TABLE(rulings),
    [GRIDGOV_KIND_DEFECT] = GG_CODE_TABLE(defects),
    [GRIDGOV_KIND_DAY] = GG_CODE_TABLE(days),
    [GRIDGOV_KIND_LIMIT] = GG_CODE_TABLE(limits),
    [GRIDGOV_KIND_START] = GG_CODE_TABLE(starts),
    [GRIDGOV_KIND_ROSTER_DAY] = GG_CODE_TABLE(roster_days),
    [GRIDGOV_KIND_TABLE] = GG_CODE_TABLE(tables),
    [GRIDGOV_KIND_ON_DUPLICATE] = GG_CODE_TABLE(on_duplicates),
    [GRIDGOV_KIND_PACK] = GG_CODE_TABLE(packs),
    [GRIDGOV_KIND_FILE] = GG_CODE_TABLE(files),
    [GRIDGOV_KIND_MERGED] = GG_CODE_TABLE(mergeds),
    [GRIDGOV_KIND_SHEET] = GG_CODE_TABLE(sheet_states),
    [GRIDGOV_KIND_DATUM] = GG_CODE_TABLE(datums),
};
