/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue of messages: one line a rule, with its permanent number, stable code, severity, status, and an English and
 * a Chinese template. {field} and {value} are the error's own members, {0} and {1} further text. The only place where the
 * messages of all folders meet; numbers are never reused. */
#ifndef GG_RULES_H
#define GG_RULES_H

#include <stdint.h>

/* X(number, NAME, code, severity, status, english, chinese) */
#define GG_RULES_GENERAL(X) \
    X(1, MEMORY, "out-of-memory", ERROR, ENOMEM, "out of memory", "内存不足") \
    X(2, ARGUMENT, "bad-argument", ERROR, EARG, "argument {field} is invalid", "参数 {field} 无效") \
    X(3, STATE, "wrong-order", ERROR, ESTATE, "called in the wrong order: {0}", "调用次序不对：{0}") \
    X(4, CANCELLED, "cancelled", ERROR, ECANCELLED, "cancelled", "已取消") \
    X(5, INTERNAL, "internal", ERROR, EINTERNAL, "internal defect: {0}", "内部缺陷：{0}") \
    X(6, OVERFLOW, "overflow", ERROR, ERANGE, "a number left its range: {0}", "数值超出范围：{0}") \
    X(7, NOT_FOUND, "not-found", ERROR, ENOTFOUND, "{field} \"{value}\" does not exist", "{field}“{value}”不存在") \
    X(20, OS, "os-refused", ERROR, EIO, "the system refused: {0}", "系统拒绝：{0}") \
    X(21, FILE_LIMIT, "file-too-large", ERROR, ELIMIT, "the file is larger than {0} bytes", "文件超过 {0} 字节") \
    X(22, SINK, "sink-refused", ERROR, EIO, "the sink refused the bytes", "输出端拒绝写入")

#define GG_RULES_TEXT(X) \
    X(100, UTF8, "not-utf8", ERROR, EFORMAT, "byte {0} is not UTF-8", "第 {0} 字节不是 UTF-8 编码") \
    X(101, UTF8_GB, "not-utf8-perhaps-gb18030", ERROR, EFORMAT, "byte {0} is not UTF-8; the text looks like GB18030", "第 {0} 字节不是 UTF-8 编码，疑为 GB18030（GBK）编码") \
    X(102, NUL_BYTE, "nul-byte", ERROR, EFORMAT, "byte {0} is NUL", "第 {0} 字节是空字符") \
    X(103, ENCODING, "unknown-encoding", ERROR, EUNSUPPORTED, "encoding \"{value}\" is not supported", "不支持编码“{value}”") \
    X(104, ENCODED, "not-in-encoding", ERROR, EFORMAT, "byte {0} is not valid in {1}", "第 {0} 字节不符合 {1} 编码") \
    X(110, CSV_QUOTE_OPEN, "csv-open-quote", ERROR, EFORMAT, "a quoted cell is never closed", "引号未闭合") \
    X(111, CSV_QUOTE_TEXT, "csv-text-after-quote", ERROR, EFORMAT, "text follows a closing quote", "闭合引号后还有文字") \
    X(112, CSV_CELL_LIMIT, "csv-cell-too-long", ERROR, ELIMIT, "a cell is longer than {0} bytes", "单元格超过 {0} 字节") \
    X(113, CSV_ROW_LIMIT, "csv-row-too-long", ERROR, ELIMIT, "a row is longer than {0} bytes", "一行超过 {0} 字节") \
    X(114, CSV_COLUMN_LIMIT, "csv-too-many-columns", ERROR, ELIMIT, "a row has more than {0} cells", "一行超过 {0} 个单元格") \
    X(115, CSV_ROWS_LIMIT, "csv-too-many-rows", ERROR, ELIMIT, "the table has more than {0} rows", "表格超过 {0} 行") \
    X(120, TIME, "bad-time", ERROR, EDATA, "\"{value}\" is not a date or time", "“{value}”不是日期或时间") \
    X(121, DAY, "bad-day", ERROR, EDATA, "\"{value}\" is not a date", "“{value}”不是日期") \
    X(122, MONTH, "bad-month", ERROR, EDATA, "\"{value}\" is not a month such as 2021-09", "“{value}”不是月份（如 2021-09）") \
    X(123, TIME_FORM, "time-form-mismatch", ERROR, EDATA, "\"{value}\" does not match the form {0}", "“{value}”不符合格式 {0}")

#define GG_RULES_JSON(X) \
    X(200, JSON_SYNTAX, "json-syntax", ERROR, EFORMAT, "not valid JSON: {0}", "不是有效的 JSON：{0}") \
    X(201, JSON_KEY, "json-unknown-key", ERROR, EPOLICY, "unknown key {value}", "未知的键 {value}") \
    X(202, JSON_MISSING, "json-missing-key", ERROR, EPOLICY, "key {value} is missing", "缺少键 {value}") \
    X(203, JSON_TYPE, "json-wrong-type", ERROR, EPOLICY, "{value} is expected to be {0}", "{value} 应为 {0}") \
    X(204, JSON_RANGE, "json-out-of-range", ERROR, EPOLICY, "{value} lies outside {0}", "{value} 超出 {0}") \
    X(205, JSON_SCHEMA, "json-schema", ERROR, EPOLICY, "schema \"{value}\" is not {0}", "schema“{value}”不是 {0}") \
    X(206, JSON_REAL, "json-real-number", ERROR, EFORMAT, "a number with a fraction must be written as text: {value}", "带小数的数须写成字符串：{value}") \
    X(207, JSON_CODE, "json-unknown-code", ERROR, EPOLICY, "\"{value}\" is not one of {0}", "“{value}”不在可选值 {0} 之中") \
    X(208, JSON_DUPLICATE, "json-duplicate", ERROR, EPOLICY, "\"{value}\" stands twice", "“{value}”重复") \
    X(209, JSON_REFERENCE, "json-reference", ERROR, EPOLICY, "\"{value}\" names no {0}", "“{value}”不是已定义的{0}") \
    X(210, JSON_RULE, "json-broken-rule", ERROR, EPOLICY, "{value}: {0}", "{value}：{0}") \
    X(211, JSON_SIZE, "json-too-large", ERROR, ELIMIT, "the document is larger than {0} bytes", "文档超过 {0} 字节") \
    X(212, JSON_DEPTH, "json-too-deep", ERROR, ELIMIT, "values are nested more than {0} levels deep", "嵌套超过 {0} 层")

#define GG_RULES_REFDATA(X) \
    X(300, CALENDAR_YEAR, "calendar-year-not-covered", ERROR, ERANGE, "the calendar does not cover {value}", "日历未涵盖 {value}") \
    X(301, CALENDAR_CONFLICT, "calendar-contradiction", ERROR, EDATA, "{value} is said to be both off and working", "{value} 既标为休息又标为上班") \
    X(310, UNIT_PARENT, "unit-parent", ERROR, EDATA, "the unit above \"{value}\" must be of a higher kind", "“{value}”的上级单位层级不对") \
    X(311, UNIT_CODE_TWICE, "unit-code-twice", ERROR, EDATA, "code {value} stands twice", "编码 {value} 重复") \
    X(312, UNIT_NAME_TWICE, "unit-name-twice", ERROR, EDATA, "\"{value}\" stands twice under the same unit", "同一单位下“{value}”重名") \
    X(313, UNIT_NAME_EMPTY, "unit-name-empty", ERROR, EDATA, "a unit has no name", "单位没有名称") \
    X(314, UNIT_DATES, "unit-dates", ERROR, EDATA, "\"{value}\" ends before it begins", "“{value}”的停用日期早于启用日期") \
    X(315, UNIT_UNKNOWN, "unit-unknown", ERROR, ENOTFOUND, "no unit is called \"{value}\"", "没有叫“{value}”的单位或网格") \
    X(316, UNIT_AMBIGUOUS, "unit-ambiguous", ERROR, EDATA, "\"{value}\" may be any of: {0}", "“{value}”有多个候选：{0}") \
    X(317, UNIT_TEXT_LONG, "unit-text-too-long", ERROR, ELIMIT, "{field} is longer than {0} bytes", "{field} 超过 {0} 字节") \
    X(320, OFFICER_GRID, "officer-grid", ERROR, EDATA, "officer {value} holds no grid but a unit of another kind", "网格员 {value} 所属不是网格") \
    X(321, OFFICER_OVERLAP, "officer-overlap", ERROR, EDATA, "officer {value} holds two grids at once", "网格员 {value} 同时负责两个网格") \
    X(322, OFFICER_CODE, "officer-code-empty", ERROR, EDATA, "an officer has no number", "网格员没有工号") \
    X(323, OFFICER_UNKNOWN, "officer-unknown", ERROR, EDATA, "no officer has the number \"{value}\"", "没有工号为“{value}”的网格员") \
    X(324, OFFICER_HOLDS, "officer-too-many-holds", ERROR, ELIMIT, "officer {value} holds more than {0} grids over time", "网格员 {value} 先后负责的网格超过 {0} 个") \
    X(325, OFFICER_DATES, "officer-dates", ERROR, EDATA, "officer {value} stops holding the grid before beginning", "网格员 {value} 的止期早于起期") \
    X(330, ROSTER_SLOT, "roster-slot", ERROR, EDATA, "\"{value}\" is not a slot such as 08:00-12:00", "“{value}”不是 08:00-12:00 这样的时段") \
    X(331, ROSTER_MIDNIGHT, "roster-slot-order", ERROR, EDATA, "slot {value} ends before it begins; one that passes midnight is written as two", "时段 {value} 的止早于起；跨零点的时段须写成两段") \
    X(332, ROSTER_DAY, "roster-slot-beyond-day", ERROR, EDATA, "slot {value} reaches beyond its day", "时段 {value} 超出当日") \
    X(333, ROSTER_OVERLAP, "roster-slot-overlap", ERROR, EDATA, "slot {value} overlaps another of its day", "时段 {value} 与当日另一时段重叠") \
    X(334, ROSTER_SLOTS, "roster-slot-limit", ERROR, ELIMIT, "a day has more than {0} slots", "一天的时段超过 {0} 个") \
    X(335, ROSTER_EMPTY, "roster-empty", ERROR, EDATA, "the roster has no slot", "作息表没有任何时段")

#define GG_RULES_LEDGER(X) \
    X(400, EVENT_ID, "event-id", ERROR, EDATA, "an event number has 1 to 64 bytes", "事件编号应为 1 至 64 字节") \
    X(401, EVENT_TWICE, "event-twice", ERROR, EDATA, "event {value} stands twice", "事件 {value} 重复") \
    X(402, EVENT_REPORTED, "event-not-reported", ERROR, EDATA, "event {value} has no time of report", "事件 {value} 没有上报时间") \
    X(403, EVENT_CLOSED_EARLY, "event-closed-before-report", ERROR, EDATA, "event {value} was closed before it was reported", "事件 {value} 的办结时间早于上报时间") \
    X(404, CATEGORY_UNKNOWN, "category-unknown", WARNING, EDATA, "category \"{value}\" is not in the taxonomy; nearest: {0}", "类型“{value}”不在分类表中（待核），相近的有：{0}") \
    X(405, CATEGORY_UNKNOWN_ALONE, "category-unknown-alone", WARNING, EDATA, "category \"{value}\" is not in the taxonomy", "类型“{value}”不在分类表中（待核）") \
    X(406, AGENCY_UNKNOWN, "agency-unknown", WARNING, EDATA, "agency \"{value}\" is not on the list of agencies", "机构“{value}”不在派驻机构名单中（待核）") \
    X(407, CATEGORY_EMPTY, "category-empty", WARNING, EDATA, "{0} events have no category", "{0} 件事件没有类型") \
    X(408, EVENT_STATE, "event-closed-contradiction", ERROR, EDATA, "event {value} is said to be open but has a time of closure", "事件 {value} 标为未结案却有办结时间") \
    X(410, STEP_EVENT, "step-without-event", ERROR, EDATA, "step of event {value}, which does not exist", "环节所属事件 {value} 不存在") \
    X(411, STEP_TIME, "step-without-time", ERROR, EDATA, "a step of event {value} has no time", "事件 {value} 的环节没有时间") \
    X(412, STEP_EARLY, "step-before-report", WARNING, EDATA, "a step of event {value} lies before its report", "事件 {value} 的环节早于上报时间") \
    X(420, NEGATIVE, "negative", ERROR, EDATA, "{field} must not be negative: {value}", "{field} 不能为负：{value}") \
    X(421, ADJUSTMENT_REASON, "adjustment-without-reason", ERROR, EDATA, "an adjustment needs a reason and an authority; write UNEXPLAINED where the office printed none", "加减分须有理由和批准人；原件未载明理由的写 UNEXPLAINED") \
    X(422, ADJUSTMENT_UNEXPLAINED, "adjustment-unexplained", WARNING, EDATA, "{value} points for {0} without a reason", "{0} 的 {value} 分没有载明理由") \
    X(423, DEDUCTION_SIGN, "deduction-positive", ERROR, EDATA, "a deduction must not be positive: {value}", "扣分不能为正数：{value}") \
    X(424, LEAVE_DATES, "leave-dates", ERROR, EDATA, "leave ends before it begins: {value}", "请假结束日期早于开始日期：{value}") \
    X(425, PATROL_MINUTES, "patrol-minutes", ERROR, EDATA, "a day has at most 1440 minutes: {value}", "一天至多 1440 分钟：{value}") \
    X(426, PATROL_TWICE, "patrol-twice", ERROR, EDATA, "officer {value} has two rows for one day", "网格员 {value} 同一天有两行") \
    X(427, KEY_EMPTY, "key-empty", ERROR, EDATA, "{field} is empty", "{field} 为空") \
    X(428, RECORD_TWICE, "record-twice", ERROR, EDATA, "{field} {value} stands twice", "{field} {value} 重复")

#define GG_RULES_INGEST(X) \
    X(500, COLUMN_MISSING, "column-missing", ERROR, EDATA, "required column {field} is missing", "缺少必需的列 {field}") \
    X(501, COLUMN_TWICE, "column-twice", ERROR, EDATA, "two columns are called {field}", "有两列都是 {field}") \
    X(502, COLUMN_UNUSED, "column-unused", NOTE, EDATA, "column \"{value}\" is not used", "未使用的列“{value}”") \
    X(503, TABLE_EMPTY, "table-empty", ERROR, EDATA, "the table has no header row", "表格没有表头") \
    X(504, CELL_EMPTY, "cell-empty", ERROR, EDATA, "{field} is empty", "{field} 为空") \
    X(505, CELL_NUMBER, "cell-number", ERROR, EDATA, "\"{value}\" is not a number", "“{value}”不是数字") \
    X(506, CELL_CODE, "cell-code", ERROR, EDATA, "\"{value}\" is none of the known values of {field}", "“{value}”不是 {field} 的已知取值") \
    X(507, CELL_RANGE, "cell-range", ERROR, EDATA, "{value} lies outside {0}", "{value} 超出 {0}") \
    X(508, ROW_EXTRA, "row-extra-cells", WARNING, EDATA, "the row has more cells than the header", "该行单元格多于表头") \
    X(509, FILE_UNUSED, "file-unused", NOTE, EDATA, "file {value} belongs to no table", "文件 {value} 不属于任何表") \
    X(510, SOURCE_EMPTY, "source-empty", ERROR, ENOTFOUND, "there is no table in {value}", "{value} 中没有任何表格") \
    X(511, CELL_DUE_ORDER, "time-order", WARNING, EDATA, "{field} {value} lies before the report", "{field} {value} 早于上报时间") \
    X(512, COLUMN_ABSENT, "column-absent", WARNING, EDATA, "the table has no column \"{value}\" for {field}", "表中没有 {field} 对应的列“{value}”") \
    X(513, CELL_CLOSED_ORDER, "closed-before-report", WARNING, EDATA, "{field} {value} lies before the report and is not used; the event stays", "{field} {value} 早于上报时间，不予采用，事件保留") \
    X(514, CELL_CLOSED_STATE, "closed-contradiction", WARNING, EDATA, "{field} {value} contradicts the word that the event is not closed, and is not used; the event stays", "事件标为未结案，{field} {value} 与之矛盾，不予采用，事件保留") \
    X(515, ROW_TOTAL, "row-of-totals", NOTE, EDATA, "the row \"{value}\" is a total or a signature, no record", "“{value}”一行是合计或落款，不是记录") \
    X(516, CELL_DECIMALS, "cell-decimals", ERROR, EDATA, "\"{value}\" has more than {0} decimals", "“{value}”的小数超过 {0} 位")

#define GG_RULES_TALLY(X) \
    X(600, OFFICER_SILENT, "officer-without-rows", WARNING, EDATA, "officer {value} has no patrol row in the period; not assessed", "网格员 {value} 本期没有巡查记录，不予评分") \
    X(601, METRIC_UNKNOWN, "metric-unknown", ERROR, EDATA, "no metric is called \"{value}\"", "没有叫“{value}”的指标口径") \
    X(602, GRID_NO_OFFICER, "grid-without-officer", WARNING, EDATA, "grid {value} has no officer in the period", "网格 {value} 本期没有网格员") \
    X(603, OUTSIDE, "events-outside-period", NOTE, EDATA, "{0} events were reported outside the period or after the cut-off", "{0} 件事件不在本期内或在截止时间之后上报") \
    X(604, METRIC_OPEN, "threshold-not-configured", WARNING, EDATA, "{value} is not assessed: its threshold is not configured", "{value} 未评分：未配置阈值") \
    X(605, PARTLY_MISSING, "partly-missing", WARNING, EDATA, "{value}: {0} records lack the data and were not counted", "{value}：{0} 条记录缺少数据，未计入") \
    X(606, FACT_CONFLICT, "fact-twice", ERROR, EDATA, "{value} is given twice", "{value} 重复给出") \
    X(607, METRIC_DIMENSION, "metric-dimension", ERROR, EDATA, "metric \"{value}\" is not counted by grid; the figure is not used", "口径“{value}”不按网格统计，该数未使用") \
    X(608, PATROL_NO_OFFICERS, "patrol-without-officers", WARNING, EDATA, "there is no list of officers, so {0} rows of patrol days and leave belong to no grid and are not used", "没有网格员名单，{0} 行巡查和请假记录无法归入网格，未使用") \
    X(609, VISIT_UNREGISTERED, "visits-not-required", NOTE, EDATA, "{0} visits of the period are to objects that their grid need not visit; they do not count", "本期 {0} 次走访的对象不在该网格应走访名册内，不计入") \
    X(610, ALL_OUTSIDE, "no-event-in-period", WARNING, EDATA, "none of the {0} events was reported in the period", "{0} 件事件无一在本期内上报")

#define GG_RULES_SCORE(X) \
    X(700, INDICATOR_UNKNOWN, "indicator-unknown", ERROR, EDATA, "no indicator is called \"{value}\"", "没有叫“{value}”的考核指标") \
    X(701, DEDUCTION_OVER, "deduction-over-maximum", WARNING, EDATA, "{value} points exceed the maximum of {0}; cut", "{value} 分超过该项满分 {0}，已按满分封顶") \
    X(702, FACTS_FOREIGN, "facts-of-other-metrics", ERROR, ESTATE, "the facts were counted with other metrics", "事实数据按另一套口径统计") \
    X(703, DEDUCTION_NO_GRID, "deduction-not-a-grid", WARNING, EDATA, "{value} is no grid of the period; its points are not used", "{value} 不是本期的网格，分值未使用") \
    X(704, RATIO_OVER, "ratio-over-one", WARNING, EDATA, "{field} of {value}: {0} of {1} cannot be; not assessed", "{value}的{field}：{0}/{1} 不可能成立，不予评分") \
    X(710, POLICY_VALIDITY, "policy-out-of-validity", WARNING, EDATA, "policy {value} is not valid in this period", "考核细则 {value} 不适用于本期") \
    X(711, PARAMETER_UNKNOWN, "parameter-unknown", ERROR, EPOLICY, "the policy has no parameter {value}", "考核细则没有参数 {value}") \
    X(712, POLICY_SUM, "policy-group-sum", ERROR, EPOLICY, "the maxima of the indicators of group {value} add up to {0}", "分组 {value} 各指标满分之和为 {0}") \
    X(713, POLICY_ORDER, "policy-group-order", ERROR, EPOLICY, "indicator {value} stands outside its group: indicators stand group by group", "指标 {value} 不在所属分组之内：指标须按分组依次排列") \
    X(714, POLICY_BANDS, "policy-bands", ERROR, EPOLICY, "bands fall strictly and end with one \"otherwise\"", "分档须严格递减，并以 otherwise 收尾") \
    X(715, POLICY_DATES, "policy-dates", ERROR, EPOLICY, "the policy ends on {value}, before it begins", "考核细则的截止日 {value} 早于起始日") \
    X(716, POLICY_DIMENSION, "policy-metric-dimension", ERROR, EPOLICY, "metric {value} is not counted per unit", "口径 {value} 不是按单位统计的") \
    X(717, POLICY_WHOLE, "policy-threshold-whole", ERROR, EPOLICY, "parameter {value} gives no whole number of {0}", "参数 {value} 换算后的 {0} 不是整数")

#define GG_RULES_REPORT(X) \
    X(800, FIGURE_TWICE, "figure-twice", ERROR, EDATA, "figure {value} stands twice", "数据项 {value} 重复") \
    X(801, FIGURE_RATIO, "figure-without-denominator", ERROR, EDATA, "figure {value} has no denominator", "数据项 {value} 没有分母") \
    X(802, PIN_DIFFERS, "pin-differs", NOTE, EDATA, "{field} differs from the earlier bulletin: {0} was {1}", "{field} 与上次不同：现为 {0}，原为 {1}") \
    X(803, PREVIOUS, "previous-not-a-bulletin", ERROR, EFORMAT, "not a bulletin.json of this library", "不是本库生成的 bulletin.json") \
    X(804, AS_OF_EARLY, "cut-off-before-period", ERROR, ERANGE, "the cut-off {value} lies before the month", "截止时间 {value} 早于本月")

#define GG_RULES_AUDIT(X) \
    X(900, AUDIT_LIMIT, "audit-limit", ERROR, ELIMIT, "the text has more than {0}", "文本超过上限：{0}") \
    X(901, AUDIT_NUMBER, "audit-not-a-number", ERROR, EDATA, "\"{value}\" is not a printed number", "“{value}”不是数字") \
    X(910, AUDIT_SUM, "sum", ERROR, EDATA, "{field}: {value} is printed, the parts give {0}{1}", "{field}：印为 {value}，按各项推算为 {0}{1}") \
    X(911, AUDIT_ROW_TOTAL, "row-total", ERROR, EDATA, "{field}: {value} is printed, the cells of the row give {0}{1}", "{field}：印为 {value}，按本行各项推算为 {0}{1}") \
    X(912, AUDIT_SHARE, "share", ERROR, EDATA, "{field}: {value} is printed, count and total give {0}{1}", "{field}：印为 {value}，按件数与总数推算为 {0}{1}") \
    X(913, AUDIT_DENOMINATOR, "share-denominator", ERROR, EDATA, "the shares were computed from {0}, not from the total {field}{1}", "占比是按 {0} 计算的，不是按合计 {field} 计算的{1}") \
    X(914, AUDIT_RATE, "rate", ERROR, EDATA, "{field}: {value} is printed, the counts give {0}{1}", "{field}：印为 {value}，按件数推算为 {0}{1}") \
    X(915, AUDIT_RATE_ABOVE, "rate-above-100", WARNING, EDATA, "{field}: {value} is more than 100 %", "{field}：{value} 超过 100%") \
    X(916, AUDIT_ORDER, "order", ERROR, EDATA, "{field}: {value} is printed, a part cannot exceed its whole{1}", "{field}：印为 {value}，部分不应大于整体{1}") \
    X(917, AUDIT_PROSE_TABLE, "prose-table", ERROR, EDATA, "{field}: prose and table differ, {value} is printed, elsewhere {0}{1}", "{field}：文字与表格不一致，此处印为 {value}，另一处为 {0}{1}") \
    X(918, AUDIT_RANGE, "range", WARNING, EDATA, "{field}: {value} lies outside {0}", "{field}：{value} 超出 {0}") \
    X(919, AUDIT_COLUMN_SHIFT, "column-shift", WARNING, EDATA, "{field}: {value} lies outside {0}; suspected to belong to column \"{1}\"", "{field}：{value} 超出 {0}，疑为“{1}”一列的数错位") \
    X(920, AUDIT_ADJUSTMENT, "adjustment-without-reason-printed", WARNING, EDATA, "{field}: {value} points, and no reason is printed", "{field}：{value} 分，未见理由") \
    X(921, AUDIT_ADJUSTMENT_DECLARED, "adjustment-declared-unexplained", NOTE, EDATA, "{field}: {value} points, and the document itself says that no reason was stated", "{field}：{value} 分，文中已注明未载明理由") \
    X(922, AUDIT_GRID_TWICE, "grid-twice", ERROR, EDATA, "{field} stands twice", "{field} 重复出现") \
    X(923, AUDIT_ROW_TWICE, "row-twice", WARNING, EDATA, "{field} stands twice", "{field} 重复出现") \
    X(924, AUDIT_RANK, "rank", ERROR, EDATA, "{field}: rank {value} is printed, the values give {0}{1}", "{field}：名次印为 {value}，按数值应为 {0}{1}") \
    X(925, AUDIT_CHANGE, "change", ERROR, EDATA, "{field}: {value} is printed, the two figures give {0}{1}", "{field}：印为 {value}，按两期数字推算为 {0}{1}") \
    X(926, AUDIT_MEAN, "mean", ERROR, EDATA, "{field}: {value} is printed, the figures give {0}{1}", "{field}：印为 {value}，按数字推算为 {0}{1}") \
    X(927, AUDIT_PERIOD, "period", WARNING, EDATA, "{value} is printed, elsewhere the period is {0}", "印为 {value}，而文中其他处为 {0}") \
    X(928, AUDIT_CONTINUITY, "continuity", WARNING, EDATA, "{field}: {value} is printed, the bulletin before says {0}", "{field}：印为 {value}，上期为 {0}") \
    X(929, AUDIT_HEADER, "header", WARNING, EDATA, "{field}: {value} stands in the header, expected {0}{1}", "{field}：表头印为 {value}，应为 {0}{1}") \
    X(930, AUDIT_TRUNCATED, "truncated", NOTE, EDATA, "{field}: {value} was cut off, rounded it is {0}", "{field}：{value} 是截尾所得，四舍五入应为 {0}") \
    X(931, AUDIT_SHARE_SUM, "share-sum", WARNING, EDATA, "{field}: the shares add up to {0}, more than rounding explains{1}", "{field}：各项占比之和为 {0}，超出舍入所能解释的范围{1}") \
    X(932, AUDIT_DATE, "date", WARNING, EDATA, "{value} is no date", "{value} 不是有效日期")

#define GG_RULES_LIFE(X) \
    X(1000, STEP_STATE, "step-not-allowed", ERROR, EDATA, "{field} is not allowed in state {value} ({1}); allowed: {0}", "“{1}”（{value}）状态下不可{field}；可办：{0}") \
    X(1001, STEP_ROLE, "step-not-for-role", ERROR, EDATA, "{field} is not for the role {value}; allowed to: {0}", "{field}不由{value}办；可由：{0}") \
    X(1002, STEP_REASON, "step-reason", ERROR, EDATA, "{field} may not give the reason \"{value}\"; allowed: {0}", "{field}不可用理由“{value}”；可用：{0}") \
    X(1003, STEP_REASON_MISSING, "step-reason-missing", ERROR, EDATA, "{field} needs a reason", "{field}须载明理由") \
    X(1004, STEP_HOLDER, "step-not-by-holder", ERROR, EDATA, "{field} by {value}, who does not hold the case; {0} does; allowed: dispatch to the other first", "{field}由 {value} 办，但案件由 {0} 持有；须先流转") \
    X(1005, STEP_FIRST, "return-on-first-step", ERROR, EDATA, "{field}: nobody held the case before, so there is nowhere to go back to; allowed: {0}", "{field}：首个环节之前无人持有，无处可退；可办：{0}") \
    X(1006, STEP_LEVEL, "urged-from-below", ERROR, EDATA, "{field} from level {value}; allowed from level {0} upwards", "{field}来自第 {value} 级；须由第 {0} 级及以上") \
    X(1007, STEP_EXTENSIONS, "extended-too-often", ERROR, EDATA, "{field} for the {value}. time; allowed: {0} times", "第 {value} 次{field}；至多 {0} 次") \
    X(1008, STEP_ASKED, "not-asked-for", ERROR, EDATA, "{field}: nothing was asked for; allowed: {0}", "{field}：此前没有申请；可办：{0}") \
    X(1009, STEP_CREATOR, "not-by-reporter", ERROR, EDATA, "{field} by {value}; allowed only to who reported the case, {0}", "{field}由{value}办；只可由{0}办") \
    X(1020, STEP_KEY, "step-key", ERROR, EDATA, "the number of a step has at most 64 bytes", "环节编号至多 64 字节") \
    X(1021, STEP_CORRECTED, "step-corrected", NOTE, EDATA, "step {value} of event {0} was recorded again, differently; the later recording counts from then on", "事件 {0} 的环节 {value} 后来另有记录且内容不同，自该记录起以后者为准") \
    X(1022, STEP_CONTRADICTED, "step-contradicted", WARNING, EDATA, "step {value} of event {0} was recorded twice at once, differently; the greater by its bytes counts", "事件 {0} 的环节 {value} 同一时间有两条内容不同的记录，以字节序大者为准") \
    X(1023, EVENT_CORRECTED, "event-corrected", NOTE, EDATA, "event {value} was recorded again, differently; the later recording counts from then on", "事件 {value} 后来另有记录且内容不同，自该记录起以后者为准") \
    X(1024, EVENT_CONTRADICTED, "event-contradicted", WARNING, EDATA, "event {value} was recorded twice at once, differently; the greater by its bytes counts", "事件 {value} 同一时间有两条内容不同的记录，以字节序大者为准")

#define GG_RULES_TRACKS(X) \
    X(1200, TRACK_CODE, "officer-code-too-long", ERROR, ELIMIT, "the code of an officer is longer than {0} bytes", "网格员编号超过 {0} 字节") \
    X(1201, TRACK_DATUM, "datum-mixed", ERROR, EDATA, "places in {value} cannot be added to tracks in {0}", "轨迹已声明坐标系 {0}，不能混入 {value} 的位置") \
    X(1202, TRACK_DENSE, "fixes-too-dense", ERROR, ELIMIT, "an officer has {value} fixes and more within the lateness; lower the lateness or name a spill folder", "单个网格员在迟到时限内的定位点超过 {value} 个，请缩短迟到时限或指定溢出目录") \
    X(1203, TRACK_INVALID, "fixes-invalid", ERROR, EDATA, "{value} fixes were left out: no such time or place", "{value} 个定位点被剔除：时间或位置无效") \
    X(1204, TRACK_LATE, "fixes-too-late", ERROR, EDATA, "{value} fixes were left out: they came more than {0} s late, and no spill folder is named", "{value} 个定位点被剔除：迟到超过 {0} 秒，且未指定溢出目录") \
    X(1205, TRACK_INACCURATE, "fixes-inaccurate", NOTE, EDATA, "{value} fixes were left out: less accurate than {0} m", "{value} 个定位点被剔除：精度低于 {0} 米") \
    X(1206, TRACK_FAST, "fixes-too-fast", NOTE, EDATA, "{value} fixes were left out: the device was faster than {0} mm/s", "{value} 个定位点被剔除：设备速度超过 {0} 毫米/秒") \
    X(1207, TRACK_OUTSIDE, "fixes-outside", NOTE, EDATA, "{value} fixes were left out: outside the days or hours that count", "{value} 个定位点被剔除：不在统计日期或时段内") \
    X(1208, TRACK_DUPLICATE, "fixes-duplicate", NOTE, EDATA, "{value} fixes stand twice and count once", "{value} 个定位点重复，只计一次") \
    X(1209, TRACK_JUMPS, "segments-too-long", WARNING, EDATA, "{value} segments were longer than {0} m and broke the track", "{value} 段位移超过 {0} 米，轨迹在此中断") \
    X(1210, TRACK_FAST_SEGMENTS, "segments-too-fast", WARNING, EDATA, "{value} segments were faster than {0} mm/s and broke the track", "{value} 段速度超过 {0} 毫米/秒，轨迹在此中断") \
    X(1211, TRACK_SORT, "fixes-too-many-to-sort", ERROR, ELIMIT, "more than {value} fixes cannot be sorted in memory; name a spill folder", "需排序的定位点超过 {value} 个，请指定溢出目录") \
    X(1212, TRACK_FILE, "not-a-track-file", ERROR, EUNSUPPORTED, "the XML is neither GPX nor TCX: its root is \"{value}\"", "XML 既非 GPX 也非 TCX：根元素为“{value}”") \
    X(1213, TRACK_TWICE, "tracks-day-twice", ERROR, EDATA, "both tracks have a day of officer {value}", "两份轨迹都有网格员 {value} 的同一天") \
    X(1214, TRACK_BYTES, "track-bytes", ERROR, EFORMAT, "not saved tracks: {0}", "不是保存的轨迹结果：{0}") \
    X(1215, TRACK_VERSION, "track-version", ERROR, EVERSION, "tracks saved by another version", "轨迹结果由其他版本保存")

#define GG_RULES_OFFICE(X) \
    X(1250, ZIP_BROKEN, "zip-broken", ERROR, EFORMAT, "the ZIP package is damaged: {0}", "ZIP 包已损坏：{0}") \
    X(1251, FILE_ENCRYPTED, "file-encrypted", ERROR, EUNSUPPORTED, "the file is encrypted; save it without a password", "文件已加密，请另存为不带密码的文件") \
    X(1252, ZIP_METHOD, "zip-method", ERROR, EUNSUPPORTED, "part {value} is packed by a method that is not supported", "不支持部件 {value} 的压缩方法") \
    X(1253, ZIP_PARTS, "zip-too-many-parts", ERROR, ELIMIT, "the package has more than {0} parts", "包内部件超过 {0} 个") \
    X(1254, ZIP_SIZE, "unpacked-too-large", ERROR, ELIMIT, "part {value} unpacks to more than {0} bytes", "部件 {value} 解压后超过 {0} 字节") \
    X(1255, ZIP_RATIO, "packed-too-tightly", ERROR, ELIMIT, "part {value} unpacks to more than {0} times its size, as a decompression bomb does", "部件 {value} 解压后超过压缩前的 {0} 倍，疑为解压炸弹") \
    X(1256, PART_MISSING, "part-missing", ERROR, EFORMAT, "the package has no part {value}", "包内没有部件 {value}") \
    X(1257, XML_SYNTAX, "xml-syntax", ERROR, EFORMAT, "not well-formed XML: {0}", "不是有效的 XML：{0}") \
    X(1258, XML_DOCTYPE, "xml-doctype", ERROR, EUNSUPPORTED, "the XML declares a document type, which no Office file does", "XML 含文档类型声明，Office 文件不应有此声明") \
    X(1259, XML_DEPTH, "xml-too-deep", ERROR, ELIMIT, "XML elements are nested more than {0} levels deep", "XML 元素嵌套超过 {0} 层") \
    X(1260, XML_TOKEN, "xml-token-too-long", ERROR, ELIMIT, "a tag of the XML is longer than {0} bytes", "XML 的一个标记超过 {0} 字节") \
    X(1261, FILE_KIND, "file-kind", ERROR, EUNSUPPORTED, "the file is of the kind {value}; expected: {0}", "文件类型为 {value}，应为：{0}") \
    X(1262, SHEET_ROW, "sheet-row", ERROR, EFORMAT, "row {value} is out of order or beyond the sheet", "第 {value} 行次序不对或超出工作表") \
    X(1263, SHEET_REFERENCE, "sheet-reference", ERROR, EFORMAT, "\"{value}\" is no cell of the sheet", "“{value}”不是工作表中的单元格") \
    X(1264, SHARED_STRING, "shared-string", ERROR, EFORMAT, "shared string {value} does not exist", "共享字符串 {value} 不存在") \
    X(1265, STRINGS_LIMIT, "shared-strings-too-large", ERROR, ELIMIT, "the shared strings take more than {0} bytes", "共享字符串超过 {0} 字节") \
    X(1266, MERGES_LIMIT, "too-many-merged-areas", ERROR, ELIMIT, "the sheet has more than {0} merged areas", "合并区域超过 {0} 个") \
    X(1267, MERGED_CELLS, "merged-cells-limit", ERROR, ELIMIT, "merged areas fill more than {0} cells", "合并区域填充的单元格超过 {0} 个") \
    X(1268, SHEET_UNKNOWN, "sheet-unknown", ERROR, ENOTFOUND, "no sheet is called \"{value}\"; there are: {0}", "没有叫“{value}”的工作表，现有：{0}") \
    X(1269, SHEET_NONE, "sheet-none", ERROR, ENOTFOUND, "no visible sheet holds text", "可见的工作表都没有内容") \
    X(1270, SHEET_TWICE, "sheet-twice", ERROR, EDATA, "sheets \"{value}\" and \"{0}\" are both the table {field}", "工作表“{value}”和“{0}”都是表 {field}") \
    X(1271, XLS_BROKEN, "xls-broken", ERROR, EFORMAT, "the workbook is damaged: {0}", "工作簿已损坏：{0}") \
    X(1272, XLS_VERSION, "xls-version", ERROR, EUNSUPPORTED, "workbooks of this version are not read (BIFF {value})", "不支持此版本的工作簿（BIFF {value}）") \
    X(1273, SHEET_UNUSED, "sheet-unused", NOTE, EDATA, "sheet \"{value}\" belongs to no table", "工作表“{value}”不属于任何表") \
    X(1274, HEADER_NONE, "header-none", ERROR, ENOTFOUND, "no row among the first 30 is a header of a known table", "前 30 行中没有可识别的表头") \
    X(1275, HEADER_BELOW, "header-below-titles", NOTE, EDATA, "the header stands in this row; {0} rows above it are titles", "表头在本行，其上 {0} 行是标题") \
    X(1276, OVERVIEW_KEY, "overview-unknown-key", WARNING, EDATA, "\"{value}\" is no parameter of a month", "“{value}”不是月度参数") \
    X(1277, SHEET_NO_TABLE, "sheet-no-table", ERROR, ENOTFOUND, "no visible sheet has the columns of table {value}", "可见的工作表都没有表 {value} 所需的列") \
    X(1278, CODE_REPAIRED, "code-repaired", WARNING, EDATA, "{field} {value} has lost its leading zeros; read as {0}", "{field} {value} 缺前导零，按 {0} 读取")

#define GG_RULES_CALENDAR(X) \
    X(1500, CALENDAR_NEAR, "calendar-day-far", ERROR, EDATA, "{value} lies neither in the year of its list nor in a neighbouring one", "{value} 既不在所列年份，也不在相邻年份") \
    X(1501, CALENDAR_WEEKEND, "calendar-no-weekend", ERROR, EDATA, "{value} is no Saturday or Sunday", "{value} 不是星期六或星期日") \
    X(1502, CALENDAR_SILENT, "calendar-says-nothing", ERROR, EDATA, "nothing says whether {value} is off or working", "未说明 {value} 是休息还是上班") \
    X(1503, CALENDAR_TWICE, "calendar-contradicts-row", ERROR, EDATA, "{value} is said to be both off and working; the other row is row {0}", "{value} 既标为休息又标为上班，另见第 {0} 行") \
    X(1504, CALENDAR_BOTH, "calendar-given-twice", ERROR, EDATA, "the calendar is given as a document and as a table", "日历既以文件（calendar.json）又以表格（calendar.csv）给出")

#define GG_RULES_STREAM(X) \
    X(1150, FILE_CHANGED, "file-changed", ERROR, EIO, "the file was changed while it was read", "读取过程中文件被改动") \
    X(1151, NOTES_MORE, "more-problems", WARNING, EDATA, "{0} more problems of rows are not listed", "另有 {0} 处行内问题未列出") \
    X(1152, RANK_ROWS, "rank-too-many", ERROR, ELIMIT, "more than 4294967295 values cannot be ranked", "排名的行数超过 4294967295") \
    X(1153, RANK_COLUMNS, "rank-no-columns", ERROR, EDATA, "the table has no column to add up", "表中没有可相加的列") \
    X(1154, STREAM_NAMES, "too-many-names", ERROR, ELIMIT, "the column has more than {0} different texts", "该列不同文本超过 {0} 种")

#define GG_RULES_COUNT(X) \
    X(1100, TALLY_KIND, "tally-of-another-kind", ERROR, ESTATE, "the two count over other {field}", "两者的统计口径不同：{field}") \
    X(1101, TALLY_DAY, "officer-day-twice", ERROR, EDATA, "a day of officer {value} was counted already", "网格员 {value} 的同一天已统计过") \
    X(1102, TALLY_BYTES, "tally-bytes", ERROR, EFORMAT, "not a saved tally: {0}", "不是保存的统计结果：{0}") \
    X(1103, TALLY_DAMAGED, "tally-damaged", ERROR, EFORMAT, "the saved tally is damaged: its checksum differs", "保存的统计结果已损坏：校验和不符") \
    X(1104, TALLY_VERSION, "tally-version", ERROR, EVERSION, "the saved tally has version {value}, this library reads {0}", "保存的统计结果为第 {value} 版，本库读取第 {0} 版") \
    X(1105, TALLY_IMPOSSIBLE, "tally-impossible", ERROR, EDATA, "the saved tally cannot be: {0}", "保存的统计结果不可能成立：{0}") \
    X(1110, FLOW_BROKEN, "flow-broken", ERROR, EINTERNAL, "the steps of event {value} do not lead from where it stood to where it stands", "事件 {value} 的环节不能由期初状态推至期末状态") \
    X(1111, FLOW_LOST, "flow-lost", ERROR, EDATA, "event {value} was open at the end of the period before and is not carried over", "事件 {value} 上期末在办，本期期初没有") \
    X(1112, FLOW_DOUBLED, "flow-from-nowhere", ERROR, EDATA, "event {value} is carried over, but was not open at the end of the period before", "事件 {value} 本期期初在办，上期末没有") \
    X(1113, FLOW_RECATEGORISED, "flow-recategorised", ERROR, EDATA, "event {value} closed the period before as {0} and opens this one as {1}", "事件 {value} 上期末为“{0}”，本期期初为“{1}”") \
    X(1114, FLOW_MOVED, "flow-moved", ERROR, EDATA, "event {value} closed the period before with \"{0}\" and opens this one with \"{1}\"", "事件 {value} 上期末在“{0}”，本期期初在“{1}”")

#define GG_RULES_POLICY(X) \
    X(1300, POLICY_STAGES, "policy-stages", ERROR, EPOLICY, "stages rise strictly from 1 up", "分次扣分的起点须从 1 起严格递增") \
    X(1301, POLICY_TABLE, "policy-table", ERROR, EPOLICY, "a table has one row of points more than edges of rows, and each has one cell more than edges of columns", "分值表的行数须比行分界多一，列数须比列分界多一") \
    X(1302, POLICY_DEPTH, "policy-depth", ERROR, EPOLICY, "rules stand more than four levels below each other", "规则嵌套超过四层") \
    X(1303, POLICY_DECIMALS, "policy-decimals", ERROR, EPOLICY, "the bounds of {value} have more decimals than its points are rounded to", "{value} 的满分或上下限小数位多于取舍位数") \
    X(1304, POLICY_GAP, "policy-band-gap", ERROR, EPOLICY, "values lie in no band beside {value}", "分档在 {value} 处有空档") \
    X(1305, POLICY_OVERLAP, "policy-band-overlap", ERROR, EPOLICY, "values lie in two bands beside {value}", "分档在 {value} 处重叠") \
    X(1310, BONUS_VALUE, "bonus-value", WARNING, EDATA, "{value} is none of the points that the policy allows for {0}", "{value} 不在考核细则规定的{0}分值之中") \
    X(1311, HISTORY_GAP, "history-gap", ERROR, EDATA, "month {value} of the history does not end where the next one begins", "往期数据第 {value} 个月与后一个月不相接") \
    X(1320, LINT_BASE, "lint-base", NOTE, EPOLICY, "the maxima add up to {value}, not to 100", "各项满分合计 {value} 分，不是 100 分") \
    X(1321, LINT_DEAD_STEP, "lint-step-unreached", WARNING, EPOLICY, "{field}: no value reaches the step {value}", "{field}：没有数值能落入“{value}”一档") \
    X(1322, LINT_STEP_ORDER, "lint-step-order", WARNING, EPOLICY, "{field}: points do not go one way from step to step, see {value}", "{field}：各档分值不是单调变化，见“{value}”") \
    X(1323, LINT_DEAD_RULE, "lint-rule-without-effect", WARNING, EPOLICY, "{field} never moves a point", "{field} 永远不会影响得分") \
    X(1324, LINT_OVER_MAX, "lint-points-over-maximum", WARNING, EPOLICY, "{field}: {value} points at once exceed the maximum of {0}", "{field}：一次 {value} 分超过该项满分 {0}") \
    X(1325, LINT_RANGE, "lint-parameter-range", WARNING, EPOLICY, "{field}: parameter {value} may be set to {0}, which this rule refuses", "{field}：参数 {value} 可以设为 {0}，而该规则不接受") \
    X(1326, LINT_SILENCE, "lint-silence-rewarded", WARNING, EPOLICY, "{field}: a grid that reports nothing keeps full marks, and no rule asks it to report", "{field}：什么都不上报也得满分，且没有规则要求上报") \
    X(1327, LINT_SMALL, "lint-small-denominator", WARNING, EPOLICY, "{field}: with up to {0} {value} one case alone costs {1} points", "{field}：{value}不超过 {0} 时，仅一件即可扣 {1} 分") \
    X(1328, LINT_OPEN, "lint-threshold-undefined", WARNING, EPOLICY, "{field} has no threshold: {value} is not configured", "{field} 没有阈值：{value} 未配置") \
    X(1329, LINT_BARRED, "lint-barred", WARNING, EPOLICY, "{field} rests on {value}, barred as a basis of appraisal by {0}, from {1}", "{field} 以“{value}”为依据，{0}（{1} 起）不得作为考核依据") \
    X(1330, LINT_EXPIRED, "lint-validity", WARNING, EPOLICY, "the policy is not valid on {value}", "考核细则在 {value} 不在有效期内") \
    X(1331, LINT_UNUSED, "lint-metric-unused", NOTE, EPOLICY, "no rule uses the metric {value}", "没有规则使用口径 {value}") \
    X(1332, LINT_NO_RULE, "lint-without-rule", NOTE, EPOLICY, "{field} has no rule; its points can only be given", "{field} 没有规则，只能直接给分") \
    X(1333, LINT_TWICE, "lint-counted-twice", NOTE, EPOLICY, "{field} and {0} both take points for {value}", "{field} 与 {0} 都按“{value}”扣分") \
    X(1334, LINT_GRADE, "lint-grade-unreached", WARNING, EPOLICY, "no total reaches the grade {value}", "没有总分能达到等次“{value}”") \
    X(1335, LINT_IDLE, "lint-points-idle", NOTE, EPOLICY, "{field}: at most {0} of {value} points can be lost", "{field}：{value} 分中至多能扣 {0} 分") \
    X(1336, LINT_SOURCE, "lint-without-source", NOTE, EPOLICY, "{field} is said to be {value} and names no source", "{field} 标为 {value}，却没有来源") \
    X(1337, LINT_OPEN_ENDED, "lint-without-dates", NOTE, EPOLICY, "the policy does not say from when it is valid", "考核细则没有写明生效日期") \
    X(1338, LINT_PARAMETER, "lint-parameter-unused", NOTE, EPOLICY, "no rule uses the parameter {value}", "没有规则使用参数 {value}")

#define GG_RULES_EXPLAIN(X) \
    X(1400, RULING_TEXT, "ruling-incomplete", ERROR, EDATA, "a ruling needs {0}", "裁决须有{0}") \
    X(1401, RULING_UNUSED, "ruling-without-effect", WARNING, EDATA, "{0} upheld rulings have no effect: nothing by their name counted against their grid", "{0} 件成立的申诉没有效果：该网格没有以此计错的事项")

#define GG_RULES_MONTHS(X) \
    X(1510, MONTH_EARLIER, "too-many-earlier-months", ERROR, ELIMIT, "more than {0} earlier months", "以前的月份超过 {0} 个")

#define GG_RULES_RANK(X) \
    X(1550, RANK_KEYS, "rank-keys", ERROR, ELIMIT, "the keys need more than {0} of memory", "主键所需内存超过 {0}")

#define GG_RULES_MAPPING(X) \
    X(1575, HEADER_JOINED, "header-of-two-rows", NOTE, EDATA, "the header has two rows, groups and sub-titles", "表头有两行：上行为组名，下行为列名") \
    X(1576, UNIT_CONFLICT, "unit-contradiction", ERROR, EDATA, "{field}: \"{value}\" names another unit than {0}", "{field}：“{value}”的计量单位与 {0} 不一致") \
    X(1577, SUB_TITLE_TWICE, "sub-title-twice", WARNING, EDATA, "{field}: the sub-title \"{value}\" stands under several groups and is not used; a mapping names it as group/sub-title", "{field}：多个组下都有列“{value}”，未使用；可在映射中写作“组名/列名”") \
    X(1578, CELL_PERCENT, "cell-percent", ERROR, EDATA, "\"{value}\" is a percentage, {field} is none; a mapping may say what the sign multiplies by", "“{value}”是百分数，{field} 不是；可在映射的 suffixes 中说明该符号的倍数") \
    X(1579, CELL_SUFFIX, "cell-number-word", ERROR, EDATA, "\"{value}\": the number is followed by \"{0}\", which nothing explains; a mapping may say what it multiplies by", "“{value}”的数字后有“{0}”，含义不明；可在映射的 suffixes 中说明其倍数") \
    X(1580, FORMULA_EMPTY, "formula-without-value", WARNING, EDATA, "the formula has no saved value and is read as an empty cell; open and save the workbook once", "公式没有已存的结果，按空单元格读取；请用表格软件打开并保存一次") \
    X(1581, JSON_BASE, "mapping-base", ERROR, EPOLICY, "\"{value}\" is no built-in mapping of {0}", "“{value}”不是{0}表的内置映射") \
    X(1582, HEADER_NEAR, "header-near", ERROR, ENOTFOUND, "no row is the header of a known table; row {value} comes nearest, to {field}, but lacks {0}", "没有可识别的表头；第 {value} 行最接近表 {field}，但缺少 {0}") \
    X(1583, HEADER_TWICE, "header-near-twice", ERROR, ENOTFOUND, "no row is the header of a known table; row {value} comes nearest, to {field}, but {0} stands in it twice", "没有可识别的表头；第 {value} 行最接近表 {field}，但其中“{0}”重复") \
    X(1584, CODE_ROUNDED, "code-rounded", ERROR, EDATA, "{field}: \"{value}\" was a code that a spreadsheet took for a number; its last digits are lost", "{field}：“{value}”原是编码，被表格软件当作数字，末位已丢失")

#define GG_RULES_FILES(X) \
    X(1600, DOCUMENT_EMPTY, "document-empty", ERROR, ENOTFOUND, "there is no text to audit; a scanned page is a picture", "没有可检查的文字；扫描件只是图片") \
    X(1601, TABLE_TWICE, "table-twice", ERROR, EDATA, "files \"{value}\" and \"{0}\" are both the table {field}; keep one", "文件“{value}”和“{0}”都是表 {field}，请只留一个") \
    X(1602, TABLE_FORM, "table-as-workbook", ERROR, EUNSUPPORTED, "{value} holds the table {0} as a workbook, which is not read here; save it as CSV", "{value} 以工作簿保存表 {0}，此处不读取；请另存为 CSV") \
    X(1603, SHEET_ALSO, "sheet-also-table", WARNING, EDATA, "sheet \"{value}\" has the columns of table {field} as well, but \"{0}\" is that table; it is not read", "工作表“{value}”也有表 {field} 的列，但该表已取自“{0}”，未读取") \
    X(1604, PART_TWICE, "part-twice", ERROR, EFORMAT, "the package has two parts {value}", "包内有两个部件 {value}") \
    X(1605, PART_ROOT, "part-not-expected", ERROR, EFORMAT, "part {value} is no {0}", "部件 {value} 不是 {0}") \
    X(1606, SHEET_DISORDER, "sheet-out-of-order", ERROR, ELIMIT, "the rows of the sheet are out of order, and it is longer than {0} bytes", "工作表的行次序混乱，且超过 {0} 字节")

#define GG_RULES_PRINT(X) \
    X(1625, FORMAT_OFFICE, "format-by-office", ERROR, EUNSUPPORTED, "the format {value} is made by the library gridgov::office", "{value} 格式由 gridgov::office 库生成") \
    X(1626, TABLE_COLUMNS, "table-too-wide", ERROR, ELIMIT, "the table {field} has {value} columns; a DOCX holds {0}", "表 {field} 有 {value} 列，DOCX 的表最多 {0} 列") \
    X(1627, TABLE_ROWS, "table-too-long", ERROR, ELIMIT, "a table and its notes take more than the {value} rows of a sheet", "一个表连同附注超过工作表的 {value} 行") \
    X(1628, CELL_CHARACTERS, "cell-too-long-for-sheet", ERROR, ELIMIT, "a text of {value} characters does not fit a cell of a sheet, which holds {0}", "{value} 个字符的文字放不进工作表的单元格，最多 {0} 个")

#define GG_RULES_OTHERS(X) \
    X(1640, MERGE_EVENT, "merged-into-nothing", WARNING, EDATA, "event {value} was merged into event {0}, which no table has", "事件 {value} 并入事件 {0}，而各表中没有该事件") \
    X(1641, SPLIT_EVENT, "split-into-nothing", WARNING, EDATA, "event {0} was split off event {value}, and no table has it", "事件 {value} 拆出事件 {0}，而各表中没有该事件") \
    X(1642, STEP_ITSELF, "with-itself", ERROR, EDATA, "{field}: the other event is {value} itself; allowed: {0}", "{field}：对方事件就是 {value} 本身；可办：{0}") \
    X(1643, STEP_DIRECT, "not-step-by-step", ERROR, EDATA, "{field} to {value}, which stands under {0}; allowed only from its direct superior, or to one's own", "{field}给 {value}，其直接上级是 {0}；只可由直接上级交办，或报直接上级") \
    X(1644, SUPERIOR_UNKNOWN, "superior-unknown", WARNING, EDATA, "no single agency is called \"{value}\", so who stands above \"{0}\" is not known", "没有唯一的机构叫“{value}”，“{0}”的上级按未知处理") \
    X(1645, SUPERIOR_RING, "superior-ring", ERROR, EDATA, "agency \"{value}\" would stand above itself", "机构“{value}”会成为自己的上级")

#define GG_RULES(X) \
    GG_RULES_GENERAL(X) GG_RULES_TEXT(X) GG_RULES_JSON(X) GG_RULES_REFDATA(X) GG_RULES_LEDGER(X) \
    GG_RULES_INGEST(X) GG_RULES_TALLY(X) GG_RULES_SCORE(X) GG_RULES_REPORT(X) GG_RULES_AUDIT(X) \
    GG_RULES_LIFE(X) GG_RULES_COUNT(X) GG_RULES_STREAM(X) GG_RULES_TRACKS(X) GG_RULES_OFFICE(X) \
    GG_RULES_POLICY(X) GG_RULES_EXPLAIN(X) GG_RULES_CALENDAR(X) \
    GG_RULES_MONTHS(X) \
    GG_RULES_RANK(X) \
    GG_RULES_MAPPING(X) \
    GG_RULES_FILES(X) \
    GG_RULES_PRINT(X) \
    GG_RULES_OTHERS(X)

#define GG_RULE_ENUM(number, name, code, severity, status, en, zh) GG_RULE_##name = (number),
enum { GG_RULES(GG_RULE_ENUM) };
#undef GG_RULE_ENUM

#define GG_RULE_ONE(number, name, code, severity, status, en, zh) +1
enum { GG_RULES_COUNT = GG_RULES(GG_RULE_ONE) };
#undef GG_RULE_ONE

/* One entry of the catalogue; NULL for an unknown number. */
typedef struct gg_rule {
    int32_t number, severity, status;
    const char *code, *en, *zh;
} gg_rule;
const gg_rule *gg_rule_find(int32_t number);
/* Its index, 0 … GG_RULES_COUNT − 1; GG_RULES_COUNT for an unknown number. */
int64_t gg_rule_index(int32_t number);
/* Entries in the order of their numbers; NULL past the last. */
const gg_rule *gg_rule_at(int64_t index);

#endif
