/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of <gridgov/codes_case.h>. */
#include "core/code.h"

static const gg_code steps[] = {
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

static const gg_code states[] = {
    {GRIDGOV_STATE_REPORTED, "reported", "待受理", "reported", ""},
    {GRIDGOV_STATE_PENDING, "pending", "待派遣", "pending", "待流转"},
    {GRIDGOV_STATE_OFFERED, "offered", "待签收", "offered", ""},
    {GRIDGOV_STATE_HELD, "held", "处置中", "held", "办理中|处理中"},
    {GRIDGOV_STATE_CHECKING, "checking", "待核查", "checking", "核查中"},
    {GRIDGOV_STATE_SUSPENDED, "suspended", "挂起", "suspended", "缓办"},
    {GRIDGOV_STATE_CLOSED, "closed", "已结案", "closed", "已办结"},
    {GRIDGOV_STATE_ENDED, "ended", "已终止", "ended", ""},
};

static const gg_code roles[] = {
    {GRIDGOV_ROLE_UNKNOWN, "unknown", "未知", "unknown", ""},
    {GRIDGOV_ROLE_REPORTER, "reporter", "上报人", "reporter", "网格员|登记人|创建人"},
    {GRIDGOV_ROLE_CENTER, "center", "指挥室", "command room", "centre|指挥中心|派遣员|坐席"},
    {GRIDGOV_ROLE_HANDLER, "handler", "承办单位", "handler", "承办人|处置人|处置单位"},
    {GRIDGOV_ROLE_CHECKER, "checker", "核查员", "checker", "核查人"},
    {GRIDGOV_ROLE_SUPERIOR, "superior", "上级", "superior", "督办人|领导"},
    {GRIDGOV_ROLE_SYSTEM, "system", "系统", "system", "自动"},
};

static const gg_code guards[] = {
    {GRIDGOV_GUARD_HOLDER, "holder", "仅持有人可办", "only who holds the case", ""},
    {GRIDGOV_GUARD_NOT_FIRST, "not_first", "首环节不可退回", "not on the first step", ""},
    {GRIDGOV_GUARD_LEVEL, "level", "须不低于本级", "from the same level or above", ""},
    {GRIDGOV_GUARD_EXTENSIONS, "extensions", "延期次数有限", "so many extensions", ""},
    {GRIDGOV_GUARD_ASKED, "asked", "须先申请", "only after it was asked for", ""},
    {GRIDGOV_GUARD_CREATOR, "creator", "仅上报人可办", "only who created the case", ""},
    {GRIDGOV_GUARD_DIRECT, "direct", "不得越级", "to a direct subordinate or superior", ""},
};

static const gg_code cards[] = {
    {GRIDGOV_CARD_NONE, "none", "无", "none", ""},
    {GRIDGOV_CARD_ORDINARY, "ordinary", "普通督办", "ordinary", "普通"},
    {GRIDGOV_CARD_YELLOW, "yellow", "黄牌督办", "yellow card", "黄牌"},
    {GRIDGOV_CARD_RED, "red", "红牌督办", "red card", "红牌"},
};

static const gg_code holders[] = {
    {GRIDGOV_HOLDER_KEEP, "keep", "不变", "keep", ""},
    {GRIDGOV_HOLDER_AGENCY, "agency", "转给该单位", "the agency named", ""},
    {GRIDGOV_HOLDER_PREVIOUS, "previous", "退回上一持有人", "the holder before", ""},
    {GRIDGOV_HOLDER_NONE, "none", "收回", "nobody", ""},
};

static const gg_code stages[] = {
    {GRIDGOV_STAGE_ACCEPT, "accept", "受理", "acceptance", "受理阶段"},
    {GRIDGOV_STAGE_DISPATCH, "dispatch", "派遣", "dispatch", "流转|派遣阶段"},
    {GRIDGOV_STAGE_ACKNOWLEDGE, "acknowledge", "签收", "acknowledgement", "签收阶段"},
    {GRIDGOV_STAGE_HANDLE, "handle", "处置", "handling", "处置阶段"},
    {GRIDGOV_STAGE_VERIFY, "verify", "核查", "verification", "核查阶段"},
    {GRIDGOV_STAGE_CLOSE, "close", "结案", "closing", "办结|全程"},
};

static const gg_code bases[] = {
    {GRIDGOV_BASIS_NONE, "none", "无时限", "none", ""},
    {GRIDGOV_BASIS_ROW, "row", "来源所载", "the source's own", ""},
    {GRIDGOV_BASIS_TAXONOMY, "taxonomy", "分类时限", "of its category", ""},
    {GRIDGOV_BASIS_EXTENDED, "extended", "延期", "extended", ""},
    {GRIDGOV_BASIS_REPLACED, "replaced", "改限", "replaced", ""},
};

static const gg_code lights[] = {
    {GRIDGOV_LIGHT_NONE, "none", "无", "none", ""},
    {GRIDGOV_LIGHT_GREEN, "green", "绿灯", "green", ""},
    {GRIDGOV_LIGHT_YELLOW, "yellow", "黄灯", "yellow", ""},
    {GRIDGOV_LIGHT_RED, "red", "红灯", "red", ""},
};

static const gg_code clocks[] = {
    {GRIDGOV_CLOCK_RESPONSE, "response", "响应", "response", ""},
    {GRIDGOV_CLOCK_FIRST_CLOSE, "first_close", "首次结案", "first closing", ""},
    {GRIDGOV_CLOCK_TOTAL, "total", "总时长", "total", ""},
    {GRIDGOV_CLOCK_HOLDER, "holder", "持有", "holder", ""},
};

static const gg_code filters[] = {
    {GRIDGOV_FILTER_OPEN, "open", "在办", "open", "未结|未办结"},
    {GRIDGOV_FILTER_CLOSED, "closed", "已结", "closed", "已结案|已办结"},
    {GRIDGOV_FILTER_SUSPENDED, "suspended", "挂起", "suspended", "缓办"},
    {GRIDGOV_FILTER_OVERDUE, "overdue", "已超时", "overdue", "超期|逾期"},
    {GRIDGOV_FILTER_DIFFERS, "differs", "判定不一", "differing from the source", ""},
    {GRIDGOV_FILTER_DUE, "due", "应督办", "with an action due", ""},
    {GRIDGOV_FILTER_REFUSED, "refused", "违规", "with a step refused", ""},
};

static const gg_code dispositions[] = {
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

const gg_code_table gg_codes_case[GG_CODE_KINDS] = {
    [GRIDGOV_KIND_STEP] = GG_CODE_TABLE(steps),
    [GRIDGOV_KIND_STATE] = GG_CODE_TABLE(states),
    [GRIDGOV_KIND_ROLE] = GG_CODE_TABLE(roles),
    [GRIDGOV_KIND_GUARD] = GG_CODE_TABLE(guards),
    [GRIDGOV_KIND_CARD] = GG_CODE_TABLE(cards),
    [GRIDGOV_KIND_HOLDER] = GG_CODE_TABLE(holders),
    [GRIDGOV_KIND_STAGE] = GG_CODE_TABLE(stages),
    [GRIDGOV_KIND_BASIS] = GG_CODE_TABLE(bases),
    [GRIDGOV_KIND_LIGHT] = GG_CODE_TABLE(lights),
    [GRIDGOV_KIND_CLOCK] = GG_CODE_TABLE(clocks),
    [GRIDGOV_KIND_FILTER] = GG_CODE_TABLE(filters),
    [GRIDGOV_KIND_DISPOSITION] = GG_CODE_TABLE(dispositions),
};
