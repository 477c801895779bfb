/* SPDX-License-Identifier: Apache-2.0 */
/** @file codes.h
 *  Every enumeration of the library on one page, and the table that turns each constant into its
 *  stable text code (for files), into the field's Chinese and English term (for people), and back.
 *  Numbers and codes are permanent.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int read_a_step(int32_t *step) {
 *      return gridgov_code_value(step, GRIDGOV_KIND_STEP, "派遣", 6); // also "dispatch"
 *  }
 *  @endcode */
#ifndef GRIDGOV_CODES_H
#define GRIDGOV_CODES_H

#include <gridgov/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of enumerations, the first argument of the functions below: GRIDGOV_KIND_UNIT stands for
 *  the constants GRIDGOV_UNIT_*, and so on. A status has gridgov_status_name(). */
enum {
    GRIDGOV_KIND_LANG = 1,          GRIDGOV_KIND_SEVERITY = 2,      GRIDGOV_KIND_UNIT = 3,
    GRIDGOV_KIND_STEP = 4,          GRIDGOV_KIND_DISPOSITION = 5,   GRIDGOV_KIND_TRI = 6,
    GRIDGOV_KIND_ACTIVITY = 7,      GRIDGOV_KIND_DEFECT = 8,        GRIDGOV_KIND_CELL = 9,
    GRIDGOV_KIND_MEASURE = 10,      GRIDGOV_KIND_DIMENSION = 11,    GRIDGOV_KIND_SCORE_RULE = 12,
    GRIDGOV_KIND_ORIGIN = 13,       GRIDGOV_KIND_FORMAT = 14,       GRIDGOV_KIND_DAY = 15,
    GRIDGOV_KIND_TABLE = 16,        GRIDGOV_KIND_PACK = 17,         GRIDGOV_KIND_BLOCK = 18,
    GRIDGOV_KIND_COVERAGE = 19,     GRIDGOV_KIND_ON_DUPLICATE = 20, GRIDGOV_KIND_PLATFORM = 21,
    GRIDGOV_KIND_CHECK = 22,        GRIDGOV_KIND_VERDICT = 23,      GRIDGOV_KIND_ROUNDING = 24,
    GRIDGOV_KIND_FIGURE = 25,       GRIDGOV_KIND_PART = 26,         GRIDGOV_KIND_LIMIT = 27,
    GRIDGOV_KIND_START = 28,        GRIDGOV_KIND_ROSTER_DAY = 29,   GRIDGOV_KIND_STATE = 30,
    GRIDGOV_KIND_ROLE = 31,         GRIDGOV_KIND_GUARD = 32,        GRIDGOV_KIND_CARD = 33,
    GRIDGOV_KIND_HOLDER = 34,       GRIDGOV_KIND_STAGE = 35,        GRIDGOV_KIND_BASIS = 36,
    GRIDGOV_KIND_LIGHT = 37,        GRIDGOV_KIND_CLOCK = 38,        GRIDGOV_KIND_FILTER = 39,
    GRIDGOV_KIND_CONDITION = 40,    GRIDGOV_KIND_ATTRIBUTION = 41,  GRIDGOV_KIND_CUT_OFF = 42,
    GRIDGOV_KIND_QUANTITY = 43,     GRIDGOV_KIND_FLOW = 44,         GRIDGOV_KIND_DATUM = 55,
    GRIDGOV_KIND_FILE = 60,         GRIDGOV_KIND_MERGED = 61,       GRIDGOV_KIND_SHEET = 62,
    GRIDGOV_KIND_NOT_ASSESSED = 65, GRIDGOV_KIND_RANKING = 66,      GRIDGOV_KIND_TIE_BREAK = 67,
    GRIDGOV_KIND_CHANGE = 68,       GRIDGOV_KIND_ATOM = 70,         GRIDGOV_KIND_REASON = 71,
    GRIDGOV_KIND_CAUSE = 72,        GRIDGOV_KIND_SIGNAL = 73,       GRIDGOV_KIND_ELEMENT = 74,
    GRIDGOV_KIND_RULING = 75
};

/** Languages of documents and messages. */
enum {
    GRIDGOV_LANG_ZH = 0, /**< 中文 */
    GRIDGOV_LANG_EN = 1  /**< English */
};

/** How bad an issue is. An error excluded a row; a warning kept it but something is doubtful. */
enum {
    GRIDGOV_SEVERITY_NOTE = 0,    /**< worth knowing */
    GRIDGOV_SEVERITY_WARNING = 1, /**< doubtful, kept */
    GRIDGOV_SEVERITY_ERROR = 2    /**< wrong, left out */
};

/** Yes, no or unknown. */
enum { GRIDGOV_TRI_UNKNOWN = 0, GRIDGOV_TRI_NO = 1, GRIDGOV_TRI_YES = 2 };

/** Kinds of units, from the top down; an agency (派驻机构) stands beside the tree. */
enum {
    GRIDGOV_UNIT_DISTRICT = 1,  /**< 区县 */
    GRIDGOV_UNIT_STREET = 2,    /**< 街道, 乡镇 */
    GRIDGOV_UNIT_COMMUNITY = 3, /**< 社区, 居委, 村 */
    GRIDGOV_UNIT_GRID = 4,      /**< 网格 */
    GRIDGOV_UNIT_AGENCY = 5     /**< 派驻机构, 基层站所, 办公室 */
};

/** The four platforms (基层治理四平台). */
enum {
    GRIDGOV_PLATFORM_UNKNOWN = 0,
    GRIDGOV_PLATFORM_SECURITY = 1, /**< 综治工作 */    GRIDGOV_PLATFORM_MARKET = 2, /**< 市场监管 */
    GRIDGOV_PLATFORM_ENFORCEMENT = 3, /**< 综合执法 */ GRIDGOV_PLATFORM_SERVICE = 4 /**< 便民服务 */
};

/** Steps of an event's life. */
enum {
    GRIDGOV_STEP_REPORT = 1, /**< 上报 */               GRIDGOV_STEP_ACCEPT = 2, /**< 受理 */
    GRIDGOV_STEP_REJECT = 3, /**< 不予受理 */           GRIDGOV_STEP_FILE = 4, /**< 立案 */
    GRIDGOV_STEP_DISPATCH = 5, /**< 流转, 交办, 派遣 */ GRIDGOV_STEP_ACKNOWLEDGE = 6, /**< 签收 */
    GRIDGOV_STEP_RETURN = 7, /**< 退回 */               GRIDGOV_STEP_HANDLE = 8, /**< 处置 */
    GRIDGOV_STEP_FEEDBACK = 9, /**< 反馈 */             GRIDGOV_STEP_VERIFY = 10, /**< 核查 */
    GRIDGOV_STEP_REWORK = 11, /**< 返工 */              GRIDGOV_STEP_CLOSE = 12, /**< 结案 */
    GRIDGOV_STEP_REOPEN = 13, /**< 重开 */              GRIDGOV_STEP_SUSPEND = 14, /**< 挂起, 缓办 */
    GRIDGOV_STEP_RESUME = 15, /**< 恢复 */              GRIDGOV_STEP_EXTEND = 16, /**< 延期 */
    GRIDGOV_STEP_VOID = 17, /**< 作废 */                GRIDGOV_STEP_MERGE = 18, /**< 并案 */
    GRIDGOV_STEP_SPLIT = 19, /**< 拆单 */               GRIDGOV_STEP_URGE = 20, /**< 督办 */
    GRIDGOV_STEP_RECORD = 21, /**< 备案 */              GRIDGOV_STEP_RATE = 22, /**< 评价 */
    GRIDGOV_STEP_TIMEOUT = 23,       /**< 超时未签收: an offer ran out */
    GRIDGOV_STEP_EXTEND_ASK = 24,    /**< 申请延期; EXTEND is the grant */
    GRIDGOV_STEP_EXTEND_REFUSE = 25, /**< 不予延期 */
    GRIDGOV_STEP_APPEAL = 26,        /**< 超时申诉 */
    GRIDGOV_STEP_APPEAL_GRANT = 27,  /**< 申诉通过: leaves the overdue statistics, the fact stays */
    GRIDGOV_STEP_APPEAL_REFUSE = 28, /**< 申诉驳回 */
    GRIDGOV_STEP_RECATEGORISE = 29,  /**< 改类: another category, and its limit */
    GRIDGOV_STEP_RELIMIT = 30        /**< 改限: another limit */
};

/** Classes of the states of a case; a life cycle's states each belong to one. See lifecycle.h. */
enum {
    GRIDGOV_STATE_REPORTED = 1,  /**< 待受理: nobody has taken it up */
    GRIDGOV_STATE_PENDING = 2,   /**< 待派遣: taken up, with nobody to handle it */
    GRIDGOV_STATE_OFFERED = 3,   /**< 待签收: passed on, not yet acknowledged */
    GRIDGOV_STATE_HELD = 4,      /**< 处置中: somebody handles it */
    GRIDGOV_STATE_CHECKING = 5,  /**< 待核查: said to be done, not yet confirmed */
    GRIDGOV_STATE_SUSPENDED = 6, /**< 挂起: the clock stands */
    GRIDGOV_STATE_CLOSED = 7,    /**< 已结案 */
    GRIDGOV_STATE_ENDED = 8      /**< 已终止: void, rejected, merged: over without a closing */
};

/** Who takes a step. */
enum {
    GRIDGOV_ROLE_UNKNOWN = 0,
    GRIDGOV_ROLE_REPORTER = 1, /**< 上报人: who created the case */
    GRIDGOV_ROLE_CENTER = 2,   /**< 指挥室 */           GRIDGOV_ROLE_HANDLER = 3, /**< 承办单位 */
    GRIDGOV_ROLE_CHECKER = 4,  /**< 核查员 */           GRIDGOV_ROLE_SUPERIOR = 5, /**< 上级 */
    GRIDGOV_ROLE_SYSTEM = 6    /**< 系统: by itself */
};

/** What a step is held to beside its state; each looks only at what the log tells. */
enum {
    GRIDGOV_GUARD_HOLDER = 1,     /**< 仅持有人: who acts must hold the case */
    GRIDGOV_GUARD_NOT_FIRST = 2,  /**< 首环节不可退: there is a holder before to go back to */
    GRIDGOV_GUARD_LEVEL = 3,      /**< 不低于本级: from the holder's level or above */
    GRIDGOV_GUARD_EXTENSIONS = 4, /**< 延期次数: no more than the life cycle grants */
    GRIDGOV_GUARD_ASKED = 5,      /**< 须先申请: something of the kind was asked for */
    GRIDGOV_GUARD_CREATOR = 6     /**< 仅上报人: only who created the case */
};

/** 督办 cards. */
enum {
    GRIDGOV_CARD_NONE = 0, GRIDGOV_CARD_ORDINARY = 1, /**< 普通 */
    GRIDGOV_CARD_YELLOW = 2, /**< 黄牌 */               GRIDGOV_CARD_RED = 3 /**< 红牌 */
};

/** Stages of a case that may have a limit each. */
enum {
    GRIDGOV_STAGE_ACCEPT = 1,      /**< 受理: until it is accepted or filed */
    GRIDGOV_STAGE_DISPATCH = 2,    /**< 派遣: until it is passed on */
    GRIDGOV_STAGE_ACKNOWLEDGE = 3, /**< 签收: until the agency it was offered to acknowledges it */
    GRIDGOV_STAGE_HANDLE = 4,      /**< 处置: until who holds it now has handled it */
    GRIDGOV_STAGE_VERIFY = 5,      /**< 核查: until what is said to be done is checked */
    GRIDGOV_STAGE_CLOSE = 6        /**< 结案: the whole case, until it is closed */
};

/** Why a limit is the one that applies. */
enum {
    GRIDGOV_BASIS_NONE = 0,     /**< there is no limit */
    GRIDGOV_BASIS_ROW = 1,      /**< 来源所载: the source itself gives the moment */
    GRIDGOV_BASIS_TAXONOMY = 2, /**< 分类时限: the taxonomy's for category and condition */
    GRIDGOV_BASIS_EXTENDED = 3, /**< 延期: lengthened by extensions */
    GRIDGOV_BASIS_REPLACED = 4  /**< 改限: a step of the log gave another moment */
};

/** Traffic lights of a limit. */
enum {
    GRIDGOV_LIGHT_NONE = 0,  /**< no limit, or not evaluable */
    GRIDGOV_LIGHT_GREEN = 1, /**< 绿灯: below the life cycle's share of the limit, 80 % */
    GRIDGOV_LIGHT_YELLOW = 2,/**< 黄灯: up to all of it */
    GRIDGOV_LIGHT_RED = 3    /**< 红灯: beyond */
};

/** Clocks of a case. */
enum {
    GRIDGOV_CLOCK_RESPONSE = 1,    /**< 响应: from the report to the first step anybody else takes */
    GRIDGOV_CLOCK_FIRST_CLOSE = 2, /**< 首次结案: from the report to the first closing */
    GRIDGOV_CLOCK_TOTAL = 3,       /**< 总时长: whenever it was open */
    GRIDGOV_CLOCK_HOLDER = 4       /**< 持有: one span of one holder */
};

/** Which cases a list shows. */
enum {
    GRIDGOV_FILTER_OPEN = 1,      /**< 在办 */
    GRIDGOV_FILTER_CLOSED = 2,    /**< 已结 */
    GRIDGOV_FILTER_SUSPENDED = 3, /**< 挂起 */
    GRIDGOV_FILTER_OVERDUE = 4,   /**< 超时: by our own verdict */
    GRIDGOV_FILTER_DIFFERS = 5,   /**< 判定不一: our verdict is not the source's */
    GRIDGOV_FILTER_DUE = 6,       /**< 应督办: an action is due */
    GRIDGOV_FILTER_REFUSED = 7    /**< 违规: has a step that is not allowed */
};

/** What a step does to who holds a case. */
enum {
    GRIDGOV_HOLDER_KEEP = 1,     /**< 不变 */
    GRIDGOV_HOLDER_AGENCY = 2,   /**< 转给该单位: the agency of the step; one that names none changes
                                      nothing, unless it is a dispatch */
    GRIDGOV_HOLDER_PREVIOUS = 3, /**< 退回上一持有人 */
    GRIDGOV_HOLDER_NONE = 4      /**< 收回: back to the grid or the street itself */
};

/** What was decided about a report. */
enum {
    GRIDGOV_DISPOSITION_UNKNOWN = 0,                   GRIDGOV_DISPOSITION_VALID = 1, /**< 有效 */
    GRIDGOV_DISPOSITION_INVALID = 2, /**< 无效 */      GRIDGOV_DISPOSITION_DUPLICATE = 3, /**< 重复 */
    GRIDGOV_DISPOSITION_FALSE = 4, /**< 虚假 */        GRIDGOV_DISPOSITION_JUNK = 5, /**< 垃圾 */
    GRIDGOV_DISPOSITION_RETURNED = 6, /**< 退回补充 */ GRIDGOV_DISPOSITION_VOID = 7, /**< 作废 */
    GRIDGOV_DISPOSITION_REJECTED = 8, /**< 不予受理 */ GRIDGOV_DISPOSITION_RECORDED = 9 /**< 备案 */
};

/** Dated facts that are not events. */
enum {
    GRIDGOV_ACTIVITY_LEAVE = 1,          /**< 请假: officer, first and last day */
    GRIDGOV_ACTIVITY_PATROL_DAY = 2,     /**< 巡查日: officer, day, minutes online, metres */
    GRIDGOV_ACTIVITY_REQUIRED_VISIT = 3, /**< 应走访: grid, object */
    GRIDGOV_ACTIVITY_VISIT = 4,          /**< 走访: grid, object, time */
    GRIDGOV_ACTIVITY_DISPUTE_REPORT = 5, /**< 矛盾纠纷月报: grid, submitted at or missing */
    GRIDGOV_ACTIVITY_MAINTENANCE = 6,    /**< 系统维护: grid, defect */
    GRIDGOV_ACTIVITY_ADJUSTMENT = 7,     /**< 附加分: grid, points, reason, authority */
    GRIDGOV_ACTIVITY_DEDUCTION = 8,      /**< an indicator given as signed points */
    GRIDGOV_ACTIVITY_FACT = 9,           /**< a metric given as a monthly figure */
    GRIDGOV_ACTIVITY_RULING = 10         /**< 申诉裁决: grid, what it is about, state, time, reason, authority */
};

/** What became of an appeal. */
enum {
    GRIDGOV_RULING_PENDING = 1, /**< 待裁决 */
    GRIDGOV_RULING_UPHELD = 2,  /**< 成立 */
    GRIDGOV_RULING_REJECTED = 3 /**< 不成立 */
};

/** Defects found by maintenance checks (系统维护). */
enum {
    GRIDGOV_DEFECT_NONE = 0,    /**< checked, nothing wrong */
    GRIDGOV_DEFECT_WRONG = 1,   /**< a record is wrong */
    GRIDGOV_DEFECT_MISSING = 2, /**< a record is missing */
    GRIDGOV_DEFECT_STALE = 3    /**< a record is out of date */
};

/** State of a printed or counted cell. Blank, `/` and `0` are three different values. */
enum {
    GRIDGOV_CELL_UNKNOWN = 0,        /**< no data: not assessed, prints `/` */
    GRIDGOV_CELL_NOT_APPLICABLE = 1, /**< nothing to report, prints `/` */
    GRIDGOV_CELL_VALUE = 2,          /**< a number, zero included */
    GRIDGOV_CELL_BLANK = 3           /**< assessed, nothing deducted: prints as an empty cell */
};

/** Rows of a facts table. */
enum {
    GRIDGOV_DIMENSION_UNIT = 1, GRIDGOV_DIMENSION_CATEGORY = 2, GRIDGOV_DIMENSION_AGENCY = 3,
    GRIDGOV_DIMENSION_TOTAL = 4 /**< one row: all cases together */
};

/** What a metric counts; the closed list that gridgov.metrics/1 names. See metrics.h for each. */
enum {
    GRIDGOV_MEASURE_EVENTS_REPORTED = 1,      GRIDGOV_MEASURE_EVENTS_DISPOSED = 2,
    GRIDGOV_MEASURE_CASES_DUE = 3,            GRIDGOV_MEASURE_CASES_DUE_CLOSED = 4,
    GRIDGOV_MEASURE_CASES_HELD_DUE = 5,       GRIDGOV_MEASURE_CASES_HELD_OVERDUE = 6,
    GRIDGOV_MEASURE_DISPATCH_NEEDED = 7,      GRIDGOV_MEASURE_DISPATCH_MISSED = 8,
    GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS = 9, GRIDGOV_MEASURE_PATROL_FAILED_DAYS = 10,
    GRIDGOV_MEASURE_VISITS_REQUIRED = 11,     GRIDGOV_MEASURE_VISITS_MISSING = 12,
    GRIDGOV_MEASURE_REPORTS_MISSING = 13,     GRIDGOV_MEASURE_REPORTS_LATE = 14,
    GRIDGOV_MEASURE_MAINTENANCE_DEFECTS = 15, GRIDGOV_MEASURE_AGENCY_HANDLED = 16,
    GRIDGOV_MEASURE_AGENCY_DISPATCHED = 17,   GRIDGOV_MEASURE_AGENCY_CLOSED = 18,
    GRIDGOV_MEASURE_CASES = 19,/**< cases of which the metric's own conditions hold */
    GRIDGOV_MEASURE_GIVEN = 100 /**< nothing is counted: a monthly figure says it */
};

/** What may hold of a case at a metric's cut-off; the closed list of the measure `cases`. Of an
 *  agency: those marked † hold of the agency's own part in the case. docs/metrics.md defines each. */
enum {
    GRIDGOV_CONDITION_OPENING = 1,           GRIDGOV_CONDITION_SELF_FOUND = 2, /**< † */
    GRIDGOV_CONDITION_SELF_HANDLED = 3,      GRIDGOV_CONDITION_JUDGED = 4,
    GRIDGOV_CONDITION_VALID = 5,             GRIDGOV_CONDITION_INVALID = 6,
    GRIDGOV_CONDITION_DUPLICATE = 7,         GRIDGOV_CONDITION_SENT_BACK = 8,
    GRIDGOV_CONDITION_ACCEPTED = 9,          GRIDGOV_CONDITION_REJECTED = 10,
    GRIDGOV_CONDITION_FILED = 11,            GRIDGOV_CONDITION_VOIDED = 12,
    GRIDGOV_CONDITION_RECORDED = 13,         GRIDGOV_CONDITION_MERGED = 14,
    GRIDGOV_CONDITION_SPLIT = 15,            GRIDGOV_CONDITION_DISPATCH_DUE = 16,
    GRIDGOV_CONDITION_DISPATCHED = 17, /**< † */
    GRIDGOV_CONDITION_DISPATCHED_IN_TIME = 18, GRIDGOV_CONDITION_DISPATCH_MISSED = 19,
    GRIDGOV_CONDITION_REDISPATCHED = 20,     GRIDGOV_CONDITION_ACKNOWLEDGED = 21, /**< † */
    GRIDGOV_CONDITION_RETURNED = 22, /**< † */
    GRIDGOV_CONDITION_HANDLED = 23, /**< † */ GRIDGOV_CONDITION_HANDLED_IN_TIME = 24, /**< † */
    GRIDGOV_CONDITION_AWAITING_CLOSE = 25,   GRIDGOV_CONDITION_VERIFIED = 26,
    GRIDGOV_CONDITION_REWORKED = 27, /**< † */ GRIDGOV_CONDITION_CLOSED = 28,
    GRIDGOV_CONDITION_CLOSED_IN_TIME = 29,   GRIDGOV_CONDITION_OVERDUE = 30,
    GRIDGOV_CONDITION_LIMITED = 31,          GRIDGOV_CONDITION_DUE = 32,
    GRIDGOV_CONDITION_SUSPENDED = 33,        GRIDGOV_CONDITION_EXTENDED = 34,
    GRIDGOV_CONDITION_REOPENED = 35,         GRIDGOV_CONDITION_URGED = 36,
    GRIDGOV_CONDITION_RATED = 37,            GRIDGOV_CONDITION_SATISFIED = 38,
    GRIDGOV_CONDITION_FIRST_TIME_RIGHT = 39, GRIDGOV_CONDITION_PING_PONG = 40,
    GRIDGOV_CONDITION_HELD_DUE = 41,         GRIDGOV_CONDITION_HELD_OVERDUE = 42,
    GRIDGOV_CONDITION_HOLDER = 43, /**< † */ GRIDGOV_CONDITION_EXCUSED = 44,
    GRIDGOV_CONDITION_ENDED = 45
};

/** Which time of a case must lie in the period. */
enum {
    GRIDGOV_ATTRIBUTION_PERIOD = 1,   /**< cases of the period: reported in it, or carried over */
    GRIDGOV_ATTRIBUTION_REPORT = 2,   /**< reported in it */
    GRIDGOV_ATTRIBUTION_DISPATCH = 3, /**< first dispatched in it; of an agency: to that agency */
    GRIDGOV_ATTRIBUTION_DUE = 4,      /**< its limit lies in it */
    GRIDGOV_ATTRIBUTION_CLOSE = 5     /**< closed in it */
};

/** Until when a metric looks. */
enum {
    GRIDGOV_CUT_OFF_AS_OF = 1, /**< the tally's cut-off */
    GRIDGOV_CUT_OFF_PERIOD = 2 /**< the last second of the period, if that is earlier */
};

/** Accounts of the open cases of a holder; see flow.h. */
enum {
    GRIDGOV_FLOW_OPENING = 1,         GRIDGOV_FLOW_REPORTED = 2,
    GRIDGOV_FLOW_TRANSFERRED_IN = 3,  GRIDGOV_FLOW_REOPENED = 4,
    GRIDGOV_FLOW_SPLIT_IN = 5,        GRIDGOV_FLOW_RECATEGORISED_IN = 6,
    GRIDGOV_FLOW_CLOSING = 7,         GRIDGOV_FLOW_CLOSED = 8,
    GRIDGOV_FLOW_TRANSFERRED_OUT = 9, GRIDGOV_FLOW_VOIDED = 10,
    GRIDGOV_FLOW_REJECTED = 11,       GRIDGOV_FLOW_MERGED = 12,
    GRIDGOV_FLOW_RECORDED = 13,       GRIDGOV_FLOW_RECATEGORISED_OUT = 14,
    GRIDGOV_FLOW_RETURNED_OUT = 15    /**< of the transfers out, those that went back; no account of
                                           its own */
};

/** What a metric of the measure `cases` adds up over its cases. */
enum {
    GRIDGOV_QUANTITY_CASES = 1,        /**< 1 each */
    GRIDGOV_QUANTITY_DISPATCHES = 2,   GRIDGOV_QUANTITY_RETURNS = 3,
    GRIDGOV_QUANTITY_REWORKS = 4,      GRIDGOV_QUANTITY_REOPENINGS = 5,
    GRIDGOV_QUANTITY_EXTENSIONS = 6,   GRIDGOV_QUANTITY_URGES = 7,
    GRIDGOV_QUANTITY_SECONDS = 8,      /**< from the report to the closing, or to the cut-off */
    GRIDGOV_QUANTITY_WORK_SECONDS = 9  /**< the same inside the slots of the roster */
};

/** How a score rule turns facts into points; see policy.h. */
enum {
    GRIDGOV_SCORE_RULE_PER_UNIT = 1,      /**< −points for each unit counted */
    GRIDGOV_SCORE_RULE_ANY = 2,           /**< −points once if the count is not zero */
    GRIDGOV_SCORE_RULE_BELOW = 3,         /**< −points once if the ratio is below the threshold */
    GRIDGOV_SCORE_RULE_PER_PERCENT = 4,   /**< −points for each percentage point below the threshold
                                               */
    GRIDGOV_SCORE_RULE_BANDS = 5,         /**< points by band of a count or a ratio */
    GRIDGOV_SCORE_RULE_AT_LEAST = 6,      /**< −points once if the count is smaller; as an award
                                               +points if it is reached */
    GRIDGOV_SCORE_RULE_QUOTA = 7,         /**< −points for each unit short of a quota */
    GRIDGOV_SCORE_RULE_TASK_DAYS = 8,     /**< −points a day short, days = ⌊done/task × required⌋ */
    GRIDGOV_SCORE_RULE_STAGED = 9,        /**< −points for each unit, dearer from stage to stage */
    GRIDGOV_SCORE_RULE_TABLE = 10,        /**< points by two conditions, looked up in a table */
    GRIDGOV_SCORE_RULE_CONSECUTIVE = 11,  /**< −points if its rule costs points months in a row */
    GRIDGOV_SCORE_RULE_SUM = 12,          /**< its rules together */
    GRIDGOV_SCORE_RULE_LEAST = 13,        /**< the one of its rules with the fewest points */
    GRIDGOV_SCORE_RULE_GREATEST = 14      /**< the one of its rules with the most points */
};

/** What a total does about indicators that were not assessed. */
enum {
    GRIDGOV_NOT_ASSESSED_LEAVE_OUT = 1,  /**< the total stands out of fewer points */
    GRIDGOV_NOT_ASSESSED_FULL_MARKS = 2, /**< they count as full marks */
    GRIDGOV_NOT_ASSESSED_RESCALE = 3     /**< the rest is scaled up to the full base */
};

/** How equal totals are ranked. */
enum {
    GRIDGOV_RANKING_COMPETITION = 1, /**< 1 2 2 4 */
    GRIDGOV_RANKING_DENSE = 2        /**< 1 2 2 3 */
};

/** What became of a clause between two policies. */
enum { GRIDGOV_CHANGE_ADDED = 1, GRIDGOV_CHANGE_REMOVED = 2, GRIDGOV_CHANGE_CHANGED = 3 };

/** What decides between equal totals. */
enum {
    GRIDGOV_TIE_BREAK_INDICATOR = 1, /**< fewer points lost in an indicator */
    GRIDGOV_TIE_BREAK_METRIC = 2,    /**< more, or fewer, of a metric */
    GRIDGOV_TIE_BREAK_BONUS = 3      /**< the larger bonus */
};

/** How a part of a percentage point counts in GRIDGOV_SCORE_RULE_PER_PERCENT. */
enum {
    GRIDGOV_PART_EXACT = 1,  /**< in proportion: half a point below costs half; rounded once, to a
                                  thousandth */
    GRIDGOV_PART_FULL = 2,   /**< only whole points below the threshold count */
    GRIDGOV_PART_STARTED = 3 /**< a point that has begun counts as a whole one */
};

/** Where a score line comes from. */
enum {
    GRIDGOV_ORIGIN_ROWS = 1,      /**< counted from raw rows */
    GRIDGOV_ORIGIN_FACT = 2,      /**< a monthly figure was given */
    GRIDGOV_ORIGIN_DEDUCTION = 3  /**< signed points were given with source and reason */
};

/** Output formats. */
enum {
    GRIDGOV_FORMAT_MARKDOWN = 1, GRIDGOV_FORMAT_HTML = 2,
    GRIDGOV_FORMAT_JSON = 3, GRIDGOV_FORMAT_CSV = 4
};

/** Kinds of days in a calendar. */
enum {
    GRIDGOV_DAY_WORKDAY = 1, /**< an ordinary workday */
    GRIDGOV_DAY_WEEKEND = 2, /**< Saturday or Sunday */
    GRIDGOV_DAY_HOLIDAY = 3, /**< day off by notice */
    GRIDGOV_DAY_MAKEUP = 4   /**< 调休: a weekend day that is a workday */
};

/** Kinds of time limits: a clock and a unit. See worktime.h. */
enum {
    GRIDGOV_LIMIT_URGENT_HOURS = 1,  /**< 紧急工作时: 3600 s of the wall clock, nights and holidays
                                          too */
    GRIDGOV_LIMIT_WORK_HOURS = 2,    /**< 工作时: 3600 s inside slots */
    GRIDGOV_LIMIT_WORKDAYS = 3,      /**< 工作日: 8 work hours, 28800 s inside slots */
    GRIDGOV_LIMIT_SLOT_WORKDAYS = 4, /**< 工作日 as long as the slots of the day */
    GRIDGOV_LIMIT_CALENDAR_DAYS = 5, /**< 自然日: 86400 s of the wall clock */
    GRIDGOV_LIMIT_MINUTES = 6,       /**< 分钟: 60 s of the wall clock */
    GRIDGOV_LIMIT_WORK_MINUTES = 7   /**< 工作分钟: 60 s inside slots */
};

/** When a clock begins. */
enum {
    GRIDGOV_START_MOMENT = 1,  /**< 即时起算: at the very moment */
    GRIDGOV_START_SAME_DAY = 2,/**< 当日起算: the day of start counts whole, from its first second */
    GRIDGOV_START_NEXT_DAY = 3 /**< 次日起算: the day of start does not count */
};

/** Kinds of days of a roster; see worktime.h. */
enum {
    GRIDGOV_ROSTER_DAY_MONDAY = 1,   GRIDGOV_ROSTER_DAY_TUESDAY = 2, GRIDGOV_ROSTER_DAY_WEDNESDAY = 3,
    GRIDGOV_ROSTER_DAY_THURSDAY = 4, GRIDGOV_ROSTER_DAY_FRIDAY = 5,  GRIDGOV_ROSTER_DAY_SATURDAY = 6,
    GRIDGOV_ROSTER_DAY_SUNDAY = 7,
    GRIDGOV_ROSTER_DAY_HOLIDAY = 8, /**< day off by notice, whatever weekday */
    GRIDGOV_ROSTER_DAY_MAKEUP = 9   /**< 调休: weekend day that is a workday */
};

/** Tables of a month; docs/month-folder.md describes each column. */
enum {
    GRIDGOV_TABLE_UNITS = 1,            GRIDGOV_TABLE_OFFICERS = 2,
    GRIDGOV_TABLE_LEAVE = 3,            GRIDGOV_TABLE_AGENCIES = 4,
    GRIDGOV_TABLE_EVENTS = 5,           GRIDGOV_TABLE_STEPS = 6,
    GRIDGOV_TABLE_PATROL_DAYS = 7,      GRIDGOV_TABLE_REQUIRED_VISITS = 8,
    GRIDGOV_TABLE_VISITS = 9,           GRIDGOV_TABLE_DISPUTE_REPORTS = 10,
    GRIDGOV_TABLE_MAINTENANCE = 11,     GRIDGOV_TABLE_ADJUSTMENTS = 12,
    GRIDGOV_TABLE_DEDUCTIONS = 13,      GRIDGOV_TABLE_FACTS = 14,
    GRIDGOV_TABLE_OPENING = 15,         GRIDGOV_TABLE_OPENING_STEPS = 16,
    GRIDGOV_TABLE_FIXES = 19,           GRIDGOV_TABLE_APPEALS = 22,         GRIDGOV_TABLE_CALENDAR = 24
};

/** Kinds of built-in packs. */
enum {
    GRIDGOV_PACK_CALENDAR = 1, GRIDGOV_PACK_TAXONOMY = 2, GRIDGOV_PACK_METRICS = 3,
    GRIDGOV_PACK_POLICY = 4,   GRIDGOV_PACK_LIFECYCLE = 5, GRIDGOV_PACK_ROSTER = 6,
    GRIDGOV_PACK_BARS = 8 /**< what rules in force bar as a basis of appraisal */
};

/** Kinds of blocks of a bulletin. */
enum {
    GRIDGOV_BLOCK_TITLE = 1, GRIDGOV_BLOCK_HEADING = 2, GRIDGOV_BLOCK_PARAGRAPH = 3,
    GRIDGOV_BLOCK_TABLE = 4, GRIDGOV_BLOCK_NOTE = 5,
    GRIDGOV_BLOCK_STAMP = 6,  /**< 草稿: incomplete load */
    GRIDGOV_BLOCK_ISSUER = 7, /**< 发文机关 and 发文字号 */
    GRIDGOV_BLOCK_COLOPHON = 8 /**< 版记: 抄送 and 印发 */
};

/** Kinds of figures of a bulletin, as they print. */
enum {
    GRIDGOV_FIGURE_COUNT = 1,  /**< an integer: `2975` */
    GRIDGOV_FIGURE_SHARE = 2,  /**< numerator/denominator as a percentage with 2 decimals, half up:
                                    `28.07%` */
    GRIDGOV_FIGURE_RATE = 3,   /**< the same without needless zeros: `100%`, `66.67%` */
    GRIDGOV_FIGURE_POINTS = 4, /**< thousandths of a point without needless zeros, signed: `-1`,
                                    `+10`, `-2.5` */
    GRIDGOV_FIGURE_TOTAL = 5   /**< numerator thousandths out of denominator: `99`, or `39（满分40）` if
                                    not out of the base */
};

/** What was told to a ledger at all, so that "no row" can be told apart from "no data". */
enum {
    GRIDGOV_COVERAGE_EVENTS = 1,           /**< events, one row each */
    GRIDGOV_COVERAGE_DISPOSITION = 2,      /**< whether a report was valid */
    GRIDGOV_COVERAGE_AGENCY = 3,           /**< which agency handled */
    GRIDGOV_COVERAGE_DISPATCH = 4,         /**< whether and when a case was passed on */
    GRIDGOV_COVERAGE_DISPATCH_DUE = 5,     /**< which cases needed passing on, and by when */
    GRIDGOV_COVERAGE_CLOSED = 6,           /**< when a case was closed */
    GRIDGOV_COVERAGE_DUE = 7,              /**< when a case was due */
    GRIDGOV_COVERAGE_OVERDUE = 8,          /**< the source's own overdue verdict */
    GRIDGOV_COVERAGE_OFFICERS = 9, GRIDGOV_COVERAGE_LEAVE = 10, GRIDGOV_COVERAGE_VISITS = 14,
    GRIDGOV_COVERAGE_PATROL_MINUTES = 11, GRIDGOV_COVERAGE_PATROL_DISTANCE = 12,
    GRIDGOV_COVERAGE_REQUIRED_VISITS = 13, GRIDGOV_COVERAGE_DISPUTE_REPORTS = 15,
    GRIDGOV_COVERAGE_MAINTENANCE = 16, GRIDGOV_COVERAGE_ADJUSTMENTS = 17,
    GRIDGOV_COVERAGE_POSITION = 41,        /**< where an event was: an event that has a position covers it */
    GRIDGOV_COVERAGE_REPORT = 42           /**< persons, cause, course and result of an event, as reported */
};

/** What to do with a second row of the same event number. */
enum {
    GRIDGOV_ON_DUPLICATE_FAIL = 1,   /**< the later row is a problem and is excluded */
    GRIDGOV_ON_DUPLICATE_SKIP = 2,   /**< the later row is left out, counted, no problem */
    GRIDGOV_ON_DUPLICATE_REPLACE = 3,/**< the later row takes the place of the earlier */
    GRIDGOV_ON_DUPLICATE_VERSION = 4 /**< all are kept as versions: the one recorded last counts, then
                                          the greatest bytes, whatever the order of the rows */
};

/** Kinds of identities that an audit looks for; see docs/audit.md. */
enum {
    GRIDGOV_CHECK_SUM = 1,         /**< a total is the sum of its parts */
    GRIDGOV_CHECK_ROW_TOTAL = 2,   /**< the total of a row follows from its cells */
    GRIDGOV_CHECK_SHARE = 3,       /**< a share follows from its count and the total */
    GRIDGOV_CHECK_SHARE_SUM = 4,   /**< shares without counts add up to 100 % as far as rounding
                                        allows */
    GRIDGOV_CHECK_RATE = 5,        /**< a rate follows from two counts */
    GRIDGOV_CHECK_ORDER = 6,       /**< what was closed, dispatched or met in time is no more than
                                        there was */
    GRIDGOV_CHECK_PROSE_TABLE = 7, /**< the same figure in prose and in a table */
    GRIDGOV_CHECK_RANGE = 8,       /**< a value lies in the range that its column states */
    GRIDGOV_CHECK_ADJUSTMENT = 9,  /**< an adjustment has a reason */
    GRIDGOV_CHECK_DUPLICATE = 10,  /**< a row stands once */
    GRIDGOV_CHECK_RANK = 11,       /**< a rank follows from the values ranked */
    GRIDGOV_CHECK_CHANGE = 12,     /**< a change (环比, 同比) follows from two figures */
    GRIDGOV_CHECK_MEAN = 13,       /**< a mean follows from a total and a number of days or rows */
    GRIDGOV_CHECK_PERIOD = 14,     /**< titles and body name one period */
    GRIDGOV_CHECK_CONTINUITY = 15, /**< this bulletin opens with what the one before closed with */
    GRIDGOV_CHECK_HEADER = 16      /**< repeated headers agree, and the maxima in a header add up */
};

/** What became of a single claim; see audit.h. */
enum {
    GRIDGOV_VERDICT_UNDEFINED = 0, /**< no value would be right: a denominator of 0 */
    GRIDGOV_VERDICT_FOLLOWS = 1,   /**< the printed number follows, rounded half up where it had to
                                        be rounded */
    GRIDGOV_VERDICT_TRUNCATED = 2, /**< it follows only if digits were cut off */
    GRIDGOV_VERDICT_HALF_EVEN = 3, /**< it follows only if a tie was rounded to the even digit */
    GRIDGOV_VERDICT_DIFFERS = 4    /**< it does not follow */
};

/** How a ratio was rounded to its printed digits. */
enum {
    GRIDGOV_ROUNDING_HALF_UP = 1,  /**< half away from zero */
    GRIDGOV_ROUNDING_TRUNCATE = 2, /**< towards zero */
    GRIDGOV_ROUNDING_HALF_EVEN = 3, /**< half to the even digit, as GB/T 8170 */
    GRIDGOV_ROUNDING_LARGEST_REMAINDER = 4 /**< cut off, then one more where most was cut off, until
                                                the parts give the rounded whole */
};

/** What an atom of a count is; see evidence.h. */
enum {
    GRIDGOV_ATOM_EVENT = 1,       /**< a case */
    GRIDGOV_ATOM_OFFICER_DAY = 2, /**< a required day of an officer */
    GRIDGOV_ATOM_VISIT = 3,       /**< a required visit */
    GRIDGOV_ATOM_REPORT = 4,      /**< a monthly report */
    GRIDGOV_ATOM_RECORD = 5,      /**< a row of a maintenance check */
    GRIDGOV_ATOM_FIGURE = 6,      /**< a monthly figure that was given */
    GRIDGOV_ATOM_ADJUSTMENT = 7   /**< points that were given */
};

/** Why an atom counts, or does not. */
enum {
    GRIDGOV_REASON_COUNTED = 1,         /**< it belongs to what is counted */
    GRIDGOV_REASON_NOT_COUNTED = 2,     /**< looked at, adds nothing */
    GRIDGOV_REASON_NO_DATA = 3,         /**< it lacks the data */
    GRIDGOV_REASON_DISPOSITION = 4,     /**< what was decided about the report */
    GRIDGOV_REASON_CLOSED = 5,          /**< closed by the cut-off */
    GRIDGOV_REASON_OPEN = 6,            /**< open at the cut-off */
    GRIDGOV_REASON_CLOSED_LATE = 7,     /**< closed after its limit */
    GRIDGOV_REASON_OPEN_LATE = 8,       /**< open at the cut-off, past its limit */
    GRIDGOV_REASON_VERDICT = 9,         /**< the source's own verdict decided */
    GRIDGOV_REASON_NOT_PASSED_ON = 10,  /**< needed passing on, and was not */
    GRIDGOV_REASON_PASSED_ON_LATE = 11, /**< passed on after its limit */
    GRIDGOV_REASON_NO_ROW = 12,         /**< a required day without a row */
    GRIDGOV_REASON_TIME_SHORT = 13,     /**< fewer minutes than asked */
    GRIDGOV_REASON_DISTANCE_SHORT = 14, /**< fewer metres than asked */
    GRIDGOV_REASON_BOTH_SHORT = 15,     /**< fewer of both */
    GRIDGOV_REASON_NOT_VISITED = 16,    /**< not visited in the period */
    GRIDGOV_REASON_NOT_SUBMITTED = 17,  /**< not submitted */
    GRIDGOV_REASON_SUBMITTED_LATE = 18, /**< submitted after its limit */
    GRIDGOV_REASON_DEFECT = 19,         /**< a defect was found */
    GRIDGOV_REASON_GIVEN = 20,          /**< a monthly figure or points were given */
    GRIDGOV_REASON_RULED = 22,          /**< a ruling found it to be in order */
    GRIDGOV_REASON_OFFICER_SILENT = 21  /**< the officer has no row at all in the period */
};

/** What a file is, by its content; see office.h. */
enum {
    GRIDGOV_FILE_TEXT = 1,      /**< text: CSV, Markdown, a bulletin as plain text */
    GRIDGOV_FILE_XLSX = 2,      /**< a workbook of Office Open XML (.xlsx, .xlsm) */
    GRIDGOV_FILE_XLS = 3,       /**< a workbook of Excel 5 to 2003 (.xls, and .et of WPS) */
    GRIDGOV_FILE_DOCX = 4,      /**< a document of Office Open XML (.docx) */
    GRIDGOV_FILE_ENCRYPTED = 5, /**< an Office file that needs a password */
    GRIDGOV_FILE_XLSB = 6,      /**< a binary workbook (.xlsb), which is not read */
    GRIDGOV_FILE_ODF = 7,       /**< an OpenDocument file, which is not read */
    GRIDGOV_FILE_DOC = 8,       /**< a document of Word 97 to 2003, which is not read */
    GRIDGOV_FILE_HTML = 9,      /**< HTML or XML text, whatever its name says */
    GRIDGOV_FILE_OTHER = 10     /**< anything else */
};

/** Why an indicator differs under another policy; see replay.h. */
enum {
    GRIDGOV_CAUSE_SAME = 1,     /**< it does not differ */
    GRIDGOV_CAUSE_RULE = 2,     /**< the same was counted, the rule or its numbers differ */
    GRIDGOV_CAUSE_COUNT = 3,    /**< something else was counted */
    GRIDGOV_CAUSE_ASSESSED = 4, /**< assessed under one of them only */
    GRIDGOV_CAUSE_LEFT_OUT = 5, /**< the other has it not, or it was taken out */
    GRIDGOV_CAUSE_ADDED = 6,    /**< only the other has it */
    GRIDGOV_CAUSE_MAXIMUM = 7,  /**< the same points lost, of another maximum */
    GRIDGOV_CAUSE_RESCALED = 8  /**< the total was rescaled, or made in another way */
};

/** What a merged area of a sheet means to its rows; see office.h. */
enum {
    GRIDGOV_MERGED_DOWN = 0, /**< its text stands in the first column of each of its rows */
    GRIDGOV_MERGED_NONE = 1, /**< its text stands in its first cell alone */
    GRIDGOV_MERGED_FILL = 2  /**< its text stands in all of its cells */
};

/** Whether a sheet is shown. */
enum {
    GRIDGOV_SHEET_VISIBLE = 0,    /**< shown */
    GRIDGOV_SHEET_HIDDEN = 1,     /**< hidden; a user can show it */
    GRIDGOV_SHEET_VERY_HIDDEN = 2 /**< hidden by a program */
};

/** What positions are measured against; see track.h. */
enum {
    GRIDGOV_DATUM_WGS84 = 1, /**< CGCS2000 or WGS 84, which are the same for this use */
    GRIDGOV_DATUM_GCJ02 = 2, /**< GCJ-02, as most Chinese maps shift it (高德, 腾讯) */
    GRIDGOV_DATUM_BD09 = 3   /**< BD-09, as Baidu shifts it (百度) */
};

/** What is doubtful about a report or a case; see validity.h. Never a reason to lose points. */
enum {
    GRIDGOV_SIGNAL_INCOMPLETE = 1,     /**< 要素不全: it lacks an element of a valid report */
    GRIDGOV_SIGNAL_DUPLICATE = 2,      /**< 疑似重复: it repeats an earlier report */
    GRIDGOV_SIGNAL_CLOSED_AT_ONCE = 3, /**< 秒结: closed within seconds */
    GRIDGOV_SIGNAL_BULK_CLOSING = 4,   /**< 突击结案: closed in bulk before the cut-off */
    GRIDGOV_SIGNAL_SENT_BACK = 5       /**< 来回流转: A→B→A */
};

/** Elements of a valid report. */
enum {
    GRIDGOV_ELEMENT_TIME = 1, GRIDGOV_ELEMENT_PLACE = 2, GRIDGOV_ELEMENT_PERSONS = 3,
    GRIDGOV_ELEMENT_CAUSE = 4, GRIDGOV_ELEMENT_COURSE = 5,
    GRIDGOV_ELEMENT_PARTIES = 6, /**< both parties of a dispute: two persons or more */
    GRIDGOV_ELEMENT_RESULT = 7   /**< what came of it, of a closed case */
};

/** Stable ASCII code of a constant, as files spell it: "dispatch".
 *  @param kind   GRIDGOV_KIND_*
 *  @param value  a constant of that kind
 *  @return static text; NULL if there is no such constant    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_code_text(int32_t kind, int32_t value);

/** The field's term for a constant, "流转" or "dispatch".
 *  @param kind   GRIDGOV_KIND_*
 *  @param value  a constant of that kind
 *  @param lang   GRIDGOV_LANG_*
 *  @return static text; NULL if there is no such constant    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_code_title(int32_t kind, int32_t value, int32_t lang);

/** One constant of a kind, by number upwards, so that a host can list them all. Numbers may have
 *  gaps.
 *  @param[out] value_out  the constant; 0 unless the call gives GRIDGOV_OK
 *  @param      kind       GRIDGOV_KIND_*
 *  @param      index      0 … as long as there are constants
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG no such kind    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_code_at(int32_t *value_out, int32_t kind, int64_t index);

/** The constant that a text names: its code, its Chinese term, or one of its known aliases (交办 for
 *  流转). ASCII letters match in either case; blanks around the text do not count.
 *  @param[out] value_out  the constant; 0 on failure
 *  @param      kind       GRIDGOV_KIND_*
 *  @param      text,size  UTF-8
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_code_value(int32_t *value_out, int32_t kind, const char *text,
                                              size_t size);

#ifdef __cplusplus
}
#endif
#endif
