/* SPDX-License-Identifier: Apache-2.0 */
/* Every table of a month, field by field, with the header names that are understood: the code, the
 * Chinese title, the English title, then the aliases in order of preference. The aliases stand in
 * the built-in mappings, refdata/data/mapping-*.json, of which names.cmake makes GG_NAMES_… when
 * the library is built. Names are compared by gg_text_key(); within one table no two fields share
 * one. A name that may mean two things (状态, or 巡查里程 without a unit) is left out: such a file
 * needs a mapping. docs/month-folder.md says the same for people. */
#include "fields.h"

#include "base/error.h"
#include "field_names.h"

#include <string.h>

#define FIELD(field, required, kind, zh, en)                                                       \
    { {sizeof(gridgov_field), (required), (field), (zh), (en), "", (kind), 0}, (kind) }

static const gg_field units[] = {
    FIELD("kind", 1, GRIDGOV_KIND_UNIT, "类别", "Kind"),
    FIELD("name", 1, 0, "名称", "Name"),
    FIELD("code", 0, 0, "编码", "Code"),
    FIELD("parent", 0, 0, "上级", "Parent"),
    FIELD("unit", 0, 0, "单位", "Unit"),
    FIELD("grid", 0, 0, "网格", "Grid"),
    FIELD("from", 0, 0, "启用日期", "From"),
    FIELD("to", 0, 0, "停用日期", "To"),
};

static const gg_field agencies[] = {
    FIELD("name", 1, 0, "机构", "Name"),
    FIELD("code", 0, 0, "编码", "Code"),
    FIELD("platform", 0, GRIDGOV_KIND_PLATFORM, "平台", "Platform"),
    FIELD("superior", 0, 0, "上级机构", "Superior"),
};

static const gg_field officers[] = {
    FIELD("officer", 1, 0, "工号", "Officer"), FIELD("name", 0, 0, "姓名", "Name"),
    FIELD("unit", 0, 0, "单位", "Unit"),       FIELD("grid", 1, 0, "网格", "Grid"),
    FIELD("from", 0, 0, "启用日期", "From"),   FIELD("to", 0, 0, "停用日期", "To"),
};

static const gg_field leave[] = {
    FIELD("officer", 1, 0, "工号", "Officer"),
    FIELD("from", 1, 0, "开始日期", "From"),
    FIELD("to", 1, 0, "结束日期", "To"),
    FIELD("approved", 0, GRIDGOV_KIND_TRI, "是否批准", "Approved"),
};

static const gg_field events[] = {
    FIELD("id", 0, 0, "事件编号", "Id"),
    FIELD("category", 1, 0, "类型", "Category"),
    FIELD("unit", 0, 0, "单位", "Unit"),
    FIELD("grid", 0, 0, "网格", "Grid"),
    FIELD("place", 0, 0, "地点", "Place"),
    FIELD("agency", 0, 0, "承办单位", "Agency"),
    FIELD("reported_at", 1, 0, "上报时间", "Reported at"),
    FIELD("closed_at", 0, 0, "办结时间", "Closed at"),
    FIELD("closed", 0, GRIDGOV_KIND_TRI, "是否办结", "Closed"),
    FIELD("due_at", 0, 0, "办结时限", "Due at"),
    FIELD("overdue", 0, GRIDGOV_KIND_TRI, "是否超时", "Overdue"),
    FIELD("disposition", 0, GRIDGOV_KIND_DISPOSITION, "认定结果", "Disposition"),
    FIELD("dispatch_due_at", 0, 0, "应流转时限", "Dispatch due at"),
    FIELD("self_handled", 0, GRIDGOV_KIND_TRI, "自处置", "Self-handled"),
    FIELD("suspended", 0, GRIDGOV_KIND_TRI, "缓办", "Suspended"),
    FIELD("lat", 0, 0, "纬度", "Latitude"),
    FIELD("lon", 0, 0, "经度", "Longitude"),
    FIELD("condition", 0, 0, "立案条件", "Condition"),
    FIELD("recorded_at", 0, 0, "录入时间", "Recorded at"),
    FIELD("persons", 0, 0, "当事人", "Persons"),
    FIELD("cause", 0, 0, "起因", "Cause"),
    FIELD("course", 0, 0, "经过", "Course"),
    FIELD("result", 0, 0, "结果", "Result"),
    FIELD("accepted_at", 0, 0, "签收受理时间", "Accepted at"),
    FIELD("dispatched_at", 0, 0, "派遣时间", "Dispatched at"),
};

static const gg_field steps[] = {
    FIELD("event", 1, 0, "事件编号", "Event"),
    FIELD("step", 1, GRIDGOV_KIND_STEP, "环节", "Step"),
    FIELD("at", 1, 0, "时间", "At"),
    FIELD("agency", 0, 0, "承办单位", "Agency"),
    FIELD("reason", 0, 0, "原因", "Reason"),
    FIELD("recorded_at", 0, 0, "录入时间", "Recorded at"),
    FIELD("key", 0, 0, "环节编号", "Key"),
    FIELD("actor", 0, 0, "经办人", "Actor"),
    FIELD("role", 0, GRIDGOV_KIND_ROLE, "角色", "Role"),
    FIELD("level", 0, 0, "办理层级", "Level"),
    FIELD("category", 0, 0, "新类型", "New category"),
    FIELD("until", 0, 0, "时限至", "Until"),
    FIELD("card", 0, GRIDGOV_KIND_CARD, "督办级别", "Card"),
    FIELD("other", 0, 0, "关联事件", "Other event"),
};

static const gg_field patrol_days[] = {
    FIELD("officer", 1, 0, "工号", "Officer"),
    FIELD("date", 1, 0, "日期", "Date"),
    FIELD("online_minutes", 0, 0, "在线时长(分钟)", "Online minutes"),
    FIELD("distance_km", 0, 0, "巡查里程(公里)", "Distance km"),
};

static const gg_field fixes[] = {
    FIELD("officer", 1, 0, "工号", "Officer"),
    FIELD("at", 1, 0, "定位时间", "Time"),
    FIELD("lon", 1, 0, "经度", "Longitude"),
    FIELD("lat", 1, 0, "纬度", "Latitude"),
    FIELD("accuracy_m", 0, 0, "定位精度(米)", "Accuracy m"),
    FIELD("speed_km_h", 0, 0, "速度(公里/小时)", "Speed km/h"),
    FIELD("track_part", 0, 0, "轨迹段", "Track part"),
};

static const gg_field required_visits[] = {
    FIELD("unit", 0, 0, "单位", "Unit"),
    FIELD("grid", 1, 0, "网格", "Grid"),
    FIELD("object", 1, 0, "走访对象", "Object"),
};

static const gg_field visits[] = {
    FIELD("unit", 0, 0, "单位", "Unit"),
    FIELD("grid", 1, 0, "网格", "Grid"),
    FIELD("object", 1, 0, "走访对象", "Object"),
    FIELD("visited_at", 1, 0, "走访时间", "Visited at"),
};

static const gg_field dispute_reports[] = {
    FIELD("unit", 0, 0, "单位", "Unit"),
    FIELD("grid", 1, 0, "网格", "Grid"),
    FIELD("submitted_at", 1, 0, "报送时间", "Submitted at"),
    FIELD("due_at", 0, 0, "报送时限", "Due at"),
};

static const gg_field maintenance[] = {
    FIELD("unit", 0, 0, "单位", "Unit"),
    FIELD("grid", 1, 0, "网格", "Grid"),
    FIELD("found_at", 1, 0, "检查日期", "Found at"),
    FIELD("defect", 1, GRIDGOV_KIND_DEFECT, "问题", "Defect"),
    FIELD("record", 0, 0, "记录", "Record"),
    FIELD("count", 0, 0, "数量", "Count"),
};

static const gg_field adjustments[] = {
    FIELD("unit", 0, 0, "单位", "Unit"),
    FIELD("grid", 1, 0, "网格", "Grid"),
    FIELD("points", 1, 0, "分值", "Points"),
    FIELD("reason", 1, 0, "理由", "Reason"),
    FIELD("authority", 1, 0, "批准人", "Authority"),
    FIELD("number", 0, 0, "编号", "Number"),
};

static const gg_field deductions[] = {
    FIELD("unit", 0, 0, "单位", "Unit"),           FIELD("grid", 1, 0, "网格", "Grid"),
    FIELD("indicator", 1, 0, "指标", "Indicator"), FIELD("points", 1, 0, "分值", "Points"),
    FIELD("source", 1, 0, "来源", "Source"),       FIELD("reason", 1, 0, "理由", "Reason"),
};

static const gg_field facts[] = {
    FIELD("unit", 0, 0, "单位", "Unit"),         FIELD("grid", 1, 0, "网格", "Grid"),
    FIELD("metric", 1, 0, "指标口径", "Metric"), FIELD("value", 1, 0, "数值", "Value"),
    FIELD("source", 1, 0, "来源", "Source"),
};

static const gg_field appeals[] = {
    FIELD("unit", 0, 0, "单位", "Unit"),
    FIELD("grid", 1, 0, "网格", "Grid"),
    FIELD("ruling", 1, GRIDGOV_KIND_RULING, "裁决", "Ruling"),
    FIELD("target", 0, 0, "对象", "Target"),
    FIELD("officer", 0, 0, "网格员", "Officer"),
    FIELD("date", 0, 0, "日期", "Date"),
    FIELD("ruled_at", 0, 0, "裁决时间", "Ruled at"),
    FIELD("reason", 0, 0, "裁决理由", "Reason"),
    FIELD("authority", 0, 0, "裁决人", "Authority"),
    FIELD("contested_at", 0, 0, "申诉时间", "Contested at"),
    FIELD("ground", 0, 0, "申诉理由", "Ground"),
    FIELD("number", 0, 0, "编号", "Number"),
};

static const gg_field calendar[] = {
    FIELD("date", 1, 0, "日期", "Date"),
    FIELD("kind", 1, GRIDGOV_KIND_DAY, "类别", "Kind"),
    FIELD("off", 0, GRIDGOV_KIND_TRI, "是否休息", "Off"),
    FIELD("workday", 0, GRIDGOV_KIND_TRI, "是否上班", "Workday"),
    FIELD("name", 0, 0, "名称", "Name"),
    FIELD("year", 0, 0, "年份", "Year"),
};

#define TABLE(number, named, fields)                                                               \
    { GRIDGOV_TABLE_##number, GRIDGOV_TABLE_##named, (fields), sizeof(fields) / sizeof(fields)[0] }
static const struct {
    int32_t table, named; /* table by whose names its fields go */
    const gg_field *fields;
    size_t count;
} tables[] = {
    TABLE(UNITS, UNITS, units),
    TABLE(OFFICERS, OFFICERS, officers),
    TABLE(LEAVE, LEAVE, leave),
    TABLE(AGENCIES, AGENCIES, agencies),
    TABLE(EVENTS, EVENTS, events),
    TABLE(STEPS, STEPS, steps),
    TABLE(OPENING_STEPS, STEPS, steps),
    TABLE(PATROL_DAYS, PATROL_DAYS, patrol_days),
    TABLE(REQUIRED_VISITS, REQUIRED_VISITS, required_visits),
    TABLE(VISITS, VISITS, visits),
    TABLE(DISPUTE_REPORTS, DISPUTE_REPORTS, dispute_reports),
    TABLE(MAINTENANCE, MAINTENANCE, maintenance),
    TABLE(ADJUSTMENTS, ADJUSTMENTS, adjustments),
    TABLE(DEDUCTIONS, DEDUCTIONS, deductions),
    TABLE(FACTS, FACTS, facts),
    TABLE(APPEALS, APPEALS, appeals),
    TABLE(OPENING, EVENTS, events),
    TABLE(FIXES, FIXES, fixes),
    TABLE(CALENDAR, CALENDAR, calendar),
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

const char *gg_field_aliases(int32_t table, int field) {
    int32_t named = 0;
    const char *code = NULL;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (tables[i].table == table && field >= 0 && (size_t)field < tables[i].count) {
            named = tables[i].named;
            code = tables[i].fields[field].view.code;
        }
    }
    for (size_t i = 0; i < gg_field_names_count; i++) {
        if (gg_field_names[i].table == named && strcmp(gg_field_names[i].field, code) == 0) {
            return gg_field_names[i].names;
        }
    }
    return "";
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
    gridgov_field view = fields[index].view;
    view.aliases = gg_field_aliases(table, (int)index);
    return gg_view_copy(field_out, &view, sizeof view) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}
