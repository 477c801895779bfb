/* SPDX-License-Identifier: Apache-2.0 */
/* Every table of a month, field by field, with the header names that are understood: the code, the
 * Chinese title, the English title, then the aliases in order of preference. Names are compared by
 * gg_text_key(); within one table no two fields share a name. A name that may mean two things
 * (巡查里程 in metres or kilometres, 状态) is left out: such a file needs a mapping.
 * docs/month-folder.md says the same for people. */
#include "fields.h"

#include "base/error.h"

#include <string.h>

#define FIELD(code, required, kind, zh, en, aliases)                                               \
    { {sizeof(gridgov_field), (required), (code), (zh), (en), (aliases), (kind), 0}, (kind) }

#define EVENT_NUMBERS "工单号|案件编码|工单编号|案件编号|事项编号|事件编码|任务号|编号"
#define OFFICER_NUMBERS "网格员工号|网格员编号|员工编号|手机号"
#define GRID_NAMES "所属网格|网格名称|责任网格|网格编码"
#define UNIT_NAMES "所属单位|社区|所属社区|村社|村居"
#define FROM_NAMES "生效日期|启用时间"
#define TO_NAMES "失效日期|停用时间"
#define UNIT_FIELD FIELD("unit", 0, 0, "单位", "Unit", UNIT_NAMES)
#define GRID_FIELD FIELD("grid", 1, 0, "网格", "Grid", GRID_NAMES)

static const gg_field units[] = {
    FIELD("kind", 1, GRIDGOV_KIND_UNIT, "类别", "Kind", "层级|级别|类型"),
    FIELD("name", 1, 0, "名称", "Name", ""),
    FIELD("code", 0, 0, "编码", "Code", "网格编码|单位编码|区划代码|代码"),
    FIELD("parent", 0, 0, "上级", "Parent", "上级单位|上级编码|上级名称"),
    FIELD("unit", 0, 0, "单位", "Unit", "所属单位|单位名称|社区|所属社区|村社|村居"),
    FIELD("grid", 0, 0, "网格", "Grid", "网格名称"),
    FIELD("from", 0, 0, "启用日期", "From", FROM_NAMES),
    FIELD("to", 0, 0, "停用日期", "To", TO_NAMES),
};

static const gg_field agencies[] = {
    FIELD("name", 1, 0, "机构", "Name", "基层站所|机构名称|派驻机构|名称|单位|单位名称"),
    FIELD("code", 0, 0, "编码", "Code", "机构编码|代码"),
    FIELD("platform", 0, GRIDGOV_KIND_PLATFORM, "平台", "Platform", "所属平台"),
    FIELD("superior", 0, 0, "上级机构", "Superior", "上级|上级单位|主管机构|主管单位"),
};

static const gg_field officers[] = {
    FIELD("officer", 1, 0, "工号", "Officer", OFFICER_NUMBERS),
    FIELD("name", 0, 0, "姓名", "Name", "网格员姓名|网格员"),
    UNIT_FIELD,
    GRID_FIELD,
    FIELD("from", 0, 0, "启用日期", "From", FROM_NAMES "|上岗日期|开始日期"),
    FIELD("to", 0, 0, "停用日期", "To", TO_NAMES "|离岗日期|结束日期"),
};

static const gg_field leave[] = {
    FIELD("officer", 1, 0, "工号", "Officer", OFFICER_NUMBERS),
    FIELD("from", 1, 0, "开始日期", "From", "请假开始日期|起始日期"),
    FIELD("to", 1, 0, "结束日期", "To", "请假结束日期|截止日期"),
    FIELD("approved", 0, GRIDGOV_KIND_TRI, "是否批准", "Approved", "批准|是否审批"),
};

static const gg_field events[] = {
    FIELD("id", 0, 0, "事件编号", "Id", EVENT_NUMBERS),
    FIELD("category", 1, 0, "类型", "Category", "事件类型|类别|事件类别|案件类型|问题类型|分类"),
    UNIT_FIELD,
    FIELD("grid", 0, 0, "网格", "Grid", GRID_NAMES "|上报网格"),
    FIELD("place", 0, 0, "地点", "Place", "事发地点|事件地点|发生地点|案发地址|地址|位置"),
    FIELD("agency", 0, 0, "承办单位", "Agency",
          "职能科室|处置单位|处置部门|承办部门|办理单位|责任单位|责任部门|主办单位"),
    FIELD("reported_at", 1, 0, "上报时间", "Reported at",
          "登记时间|上报日期|登记日期|创建时间|来件时间|受理时间|受理日期"),
    FIELD("closed_at", 0, 0, "办结时间", "Closed at", "结案时间|办结日期|结案日期|完成时间"),
    FIELD("closed", 0, GRIDGOV_KIND_TRI, "是否办结", "Closed", "是否结案"),
    FIELD("due_at", 0, 0, "办结时限", "Due at", "截止时间|应办结时间|办理时限|处置时限|办结期限"),
    FIELD("overdue", 0, GRIDGOV_KIND_TRI, "是否超时", "Overdue", "是否超期|是否逾期"),
    FIELD("disposition", 0, GRIDGOV_KIND_DISPOSITION, "认定结果", "Disposition", "有效性|审核结果"),
    FIELD("dispatch_due_at", 0, 0, "应流转时限", "Dispatch due at", "流转时限|应流转时间"),
    FIELD("self_handled", 0, GRIDGOV_KIND_TRI, "自处置", "Self-handled", "是否自处置|是否自办"),
    FIELD("suspended", 0, GRIDGOV_KIND_TRI, "缓办", "Suspended", "是否缓办|是否挂起"),
    FIELD("lat", 0, 0, "纬度", "Latitude", "北纬"),
    FIELD("lon", 0, 0, "经度", "Longitude", "东经"),
    FIELD("condition", 0, 0, "立案条件", "Condition", "立案标准"),
    FIELD("recorded_at", 0, 0, "录入时间", "Recorded at", "记录时间"),
    FIELD("persons", 0, 0, "当事人", "Persons", "当事人员|涉事人员|相关人员"),
    FIELD("cause", 0, 0, "起因", "Cause", "事由|事件起因|发生原因"),
    FIELD("course", 0, 0, "经过", "Course", "事件描述|事件经过|事件内容|问题描述|简要情况"),
    FIELD("result", 0, 0, "结果", "Result", "处理结果|处置结果|办理结果"),
    FIELD("accepted_at", 0, 0, "签收受理时间", "Accepted at", "受理完成时间"),
    FIELD("dispatched_at", 0, 0, "派遣时间", "Dispatched at", "交办时间|分派时间|流转时间"),
};

static const gg_field steps[] = {
    FIELD("event", 1, 0, "事件编号", "Event", EVENT_NUMBERS),
    FIELD("step", 1, GRIDGOV_KIND_STEP, "环节", "Step", "办理环节|流程环节|步骤"),
    FIELD("at", 1, 0, "时间", "At", "办理时间|操作时间|处理时间"),
    FIELD("agency", 0, 0, "承办单位", "Agency",
          "职能科室|接收单位|处置单位|处置部门|办理单位|机构"),
    FIELD("reason", 0, 0, "原因", "Reason", "理由|办理意见|意见|说明"),
    FIELD("recorded_at", 0, 0, "录入时间", "Recorded at", "记录时间"),
    FIELD("key", 0, 0, "环节编号", "Key", "流水号|步骤编号|环节序号"),
    FIELD("actor", 0, 0, "经办人", "Actor", "操作人|办理人"),
    FIELD("role", 0, GRIDGOV_KIND_ROLE, "角色", "Role", "经办角色|操作角色"),
    FIELD("level", 0, 0, "办理层级", "Level", ""),
    FIELD("category", 0, 0, "新类型", "New category", "变更后类型"),
    FIELD("until", 0, 0, "时限至", "Until", "延期至|新时限|变更后时限"),
    FIELD("card", 0, GRIDGOV_KIND_CARD, "督办级别", "Card", "督办类型"),
    FIELD("other", 0, 0, "关联事件", "Other event", "关联事件编号|主案编号|子单编号"),
};

static const gg_field patrol_days[] = {
    FIELD("officer", 1, 0, "工号", "Officer", OFFICER_NUMBERS),
    FIELD("date", 1, 0, "日期", "Date", "巡查日期"),
    FIELD("online_minutes", 0, 0, "在线时长(分钟)", "Online minutes",
          "在线时长(分)|在线分钟|在线分钟数"),
    FIELD("distance_km", 0, 0, "巡查里程(公里)", "Distance km",
          "巡查里程(km)|在线里程(公里)|在线里程(km)|里程(公里)|里程(km)|巡查公里数"),
};

static const gg_field fixes[] = {
    FIELD("officer", 1, 0, "工号", "Officer", OFFICER_NUMBERS "|officer_id|user_id|人员编号"),
    FIELD("at", 1, 0, "定位时间", "Time", "时间|上报时间|采集时间|timestamp|gps_time"),
    FIELD("lon", 1, 0, "经度", "Longitude", "东经|lng"),
    FIELD("lat", 1, 0, "纬度", "Latitude", "北纬"),
    FIELD("accuracy_m", 0, 0, "定位精度(米)", "Accuracy m", "精度(米)|定位精度(m)|精度(m)"),
    FIELD("speed_km_h", 0, 0, "速度(公里/小时)", "Speed km/h", "速度(km/h)|时速(公里)"),
};

static const gg_field required_visits[] = {
    UNIT_FIELD,
    GRID_FIELD,
    FIELD("object", 1, 0, "走访对象", "Object", "应走访对象|对象"),
};

static const gg_field visits[] = {
    UNIT_FIELD,
    GRID_FIELD,
    FIELD("object", 1, 0, "走访对象", "Object", "对象"),
    FIELD("visited_at", 1, 0, "走访时间", "Visited at", "走访日期|时间|日期"),
};

static const gg_field dispute_reports[] = {
    UNIT_FIELD,
    GRID_FIELD,
    FIELD("submitted_at", 1, 0, "报送时间", "Submitted at", "报送日期|提交时间"),
    FIELD("due_at", 0, 0, "报送时限", "Due at", "报送截止时间|应报送时间|截止时间"),
};

static const gg_field maintenance[] = {
    UNIT_FIELD,
    GRID_FIELD,
    FIELD("found_at", 1, 0, "检查日期", "Found at", "检查时间|发现日期|日期"),
    FIELD("defect", 1, GRIDGOV_KIND_DEFECT, "问题", "Defect", "问题类型|存在问题"),
    FIELD("record", 0, 0, "记录", "Record", "记录名称|记录编号|检查内容"),
    FIELD("count", 0, 0, "数量", "Count", "条数"),
};

static const gg_field adjustments[] = {
    UNIT_FIELD,
    GRID_FIELD,
    FIELD("points", 1, 0, "分值", "Points", "附加分|加减分"),
    FIELD("reason", 1, 0, "理由", "Reason", "事由|原因"),
    FIELD("authority", 1, 0, "批准人", "Authority", "依据|批准单位|审批人"),
    FIELD("number", 0, 0, "编号", "Number", "序号|文号"),
};

static const gg_field deductions[] = {
    UNIT_FIELD,
    GRID_FIELD,
    FIELD("indicator", 1, 0, "指标", "Indicator", "考核指标|指标名称"),
    FIELD("points", 1, 0, "分值", "Points", "扣分"),
    FIELD("source", 1, 0, "来源", "Source", "数据来源|依据"),
    FIELD("reason", 1, 0, "理由", "Reason", "事由|原因"),
};

static const gg_field facts[] = {
    UNIT_FIELD,
    GRID_FIELD,
    FIELD("metric", 1, 0, "指标口径", "Metric", "口径|指标"),
    FIELD("value", 1, 0, "数值", "Value", "数据|值"),
    FIELD("source", 1, 0, "来源", "Source", "数据来源|依据"),
};

static const gg_field appeals[] = {
    UNIT_FIELD,
    GRID_FIELD,
    FIELD("ruling", 1, GRIDGOV_KIND_RULING, "裁决", "Ruling", "裁决结果|处理结果"),
    FIELD("target", 0, 0, "对象", "Target", "申诉对象|申诉事项"),
    FIELD("officer", 0, 0, "网格员", "Officer", "工号|网格员工号"),
    FIELD("date", 0, 0, "日期", "Date", "申诉日期所指"),
    FIELD("ruled_at", 0, 0, "裁决时间", "Ruled at", "裁决日期"),
    FIELD("reason", 0, 0, "裁决理由", "Reason", "裁决意见"),
    FIELD("authority", 0, 0, "裁决人", "Authority", "裁决单位"),
    FIELD("contested_at", 0, 0, "申诉时间", "Contested at", "申诉日期"),
    FIELD("ground", 0, 0, "申诉理由", "Ground", ""),
    FIELD("number", 0, 0, "编号", "Number", "申诉编号"),
};

static const gg_field calendar[] = {
    FIELD("date", 1, 0, "日期", "Date", "day|年月日"),
    FIELD("kind", 1, GRIDGOV_KIND_DAY, "类别", "Kind", "类型|性质"),
    FIELD("off", 0, GRIDGOV_KIND_TRI, "是否休息", "Off", "是否放假|isOffDay|is_off_day|is_off"),
    FIELD("workday", 0, GRIDGOV_KIND_TRI, "是否上班", "Workday", "是否工作日|is_workday|isWorkday"),
    FIELD("name", 0, 0, "名称", "Name", "节日|节假日|节日名称|假期"),
    FIELD("year", 0, 0, "年份", "Year", "通知年份|年度"),
};

#define TABLE(number, fields)                                                                      \
    { (number), (fields), sizeof(fields) / sizeof(fields)[0] }
static const struct {
    int32_t table;
    const gg_field *fields;
    size_t count;
} tables[] = {
    TABLE(GRIDGOV_TABLE_UNITS, units),
    TABLE(GRIDGOV_TABLE_OFFICERS, officers),
    TABLE(GRIDGOV_TABLE_LEAVE, leave),
    TABLE(GRIDGOV_TABLE_AGENCIES, agencies),
    TABLE(GRIDGOV_TABLE_EVENTS, events),
    TABLE(GRIDGOV_TABLE_STEPS, steps),
    TABLE(GRIDGOV_TABLE_OPENING_STEPS, steps),
    TABLE(GRIDGOV_TABLE_PATROL_DAYS, patrol_days),
    TABLE(GRIDGOV_TABLE_REQUIRED_VISITS, required_visits),
    TABLE(GRIDGOV_TABLE_VISITS, visits),
    TABLE(GRIDGOV_TABLE_DISPUTE_REPORTS, dispute_reports),
    TABLE(GRIDGOV_TABLE_MAINTENANCE, maintenance),
    TABLE(GRIDGOV_TABLE_ADJUSTMENTS, adjustments),
    TABLE(GRIDGOV_TABLE_DEDUCTIONS, deductions),
    TABLE(GRIDGOV_TABLE_FACTS, facts),
    TABLE(GRIDGOV_TABLE_APPEALS, appeals),
    TABLE(GRIDGOV_TABLE_OPENING, events),
    TABLE(GRIDGOV_TABLE_FIXES, fixes),
    TABLE(GRIDGOV_TABLE_CALENDAR, calendar),
};

_Static_assert(sizeof steps / sizeof steps[0] == GG_STEPS_OTHER + 1, "one number a field");
_Static_assert(sizeof events / sizeof events[0] == GG_EVENTS_DISPATCHED_AT + 1,
               "one number a field");
_Static_assert(sizeof events / sizeof events[0] <= GG_FIELDS_MAX, "events have the most fields");
_Static_assert(sizeof units / sizeof units[0] == GG_UNITS_TO + 1, "one number a field");

const gg_field *gg_fields_of(int32_t table, size_t *count_out) {
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (tables[i].table == table) {
            *count_out = tables[i].count;
            return tables[i].fields;
        }
    }
    *count_out = 0;
    return NULL;
}

int gg_field_find(int32_t table, const char *code) {
    size_t count = 0;
    const gg_field *fields = gg_fields_of(table, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].view.code, code) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int gg_field_needed(int32_t table, int field, const unsigned char has[GG_FIELDS_MAX]) {
    size_t count = 0;
    const gg_field *fields = gg_fields_of(table, &count);
    if (has[field]) {
        return 0;
    }
    if (table == GRIDGOV_TABLE_UNITS && has[GG_UNITS_GRID] && !has[GG_UNITS_KIND]) {
        return 0; // the short form
    }
    if (table == GRIDGOV_TABLE_PATROL_DAYS && field == GG_PATROL_MINUTES) {
        return !has[GG_PATROL_DISTANCE];
    }
    if (table == GRIDGOV_TABLE_CALENDAR && field == GG_CALENDAR_KIND) {
        return !has[GG_CALENDAR_OFF] && !has[GG_CALENDAR_WORKDAY];
    }
    return fields[field].view.required;
}

int64_t gridgov_field_count(int32_t table) {
    size_t count = 0;
    (void)gg_fields_of(table, &count);
    return (int64_t)count;
}

gridgov_status gridgov_field_at(gridgov_field *field_out, int32_t table, int64_t index) {
    size_t count = 0;
    const gg_field *fields = gg_fields_of(table, &count);
    if (field_out == NULL || fields == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || (uint64_t)index >= count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(field_out, &fields[index].view, sizeof fields[index].view) == 0
               ? GRIDGOV_OK
               : GRIDGOV_EARG;
}
