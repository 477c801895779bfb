/* SPDX-License-Identifier: Apache-2.0 */
/** @file codes_case.h
 *  The life of a case: its steps, states, holders, clocks and limits, and what was decided about
 *  it. Part of codes.h, whose functions turn each constant into its text and back. */
#ifndef GRIDGOV_CODES_CASE_H
#define GRIDGOV_CODES_CASE_H

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
    GRIDGOV_GUARD_CREATOR = 6,    /**< 仅上报人: only who created the case */
    GRIDGOV_GUARD_DIRECT = 7      /**< 不得越级: to a direct subordinate, or to the direct superior */
};

/** 督办 cards. */
enum {
    GRIDGOV_CARD_NONE = 0, GRIDGOV_CARD_ORDINARY = 1, /**< 普通 */
    GRIDGOV_CARD_YELLOW = 2, /**< 黄牌 */               GRIDGOV_CARD_RED = 3 /**< 红牌 */
};

/** What a step does to who holds a case. */
enum {
    GRIDGOV_HOLDER_KEEP = 1,     /**< 不变 */
    GRIDGOV_HOLDER_AGENCY = 2,   /**< 转给该单位: the agency of the step; one that names none changes
                                      nothing, unless it is a dispatch */
    GRIDGOV_HOLDER_PREVIOUS = 3, /**< 退回上一持有人 */
    GRIDGOV_HOLDER_NONE = 4      /**< 收回: back to the grid or the street itself */
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

/** What was decided about a report. */
enum {
    GRIDGOV_DISPOSITION_UNKNOWN = 0,                   GRIDGOV_DISPOSITION_VALID = 1, /**< 有效 */
    GRIDGOV_DISPOSITION_INVALID = 2, /**< 无效 */      GRIDGOV_DISPOSITION_DUPLICATE = 3, /**< 重复 */
    GRIDGOV_DISPOSITION_FALSE = 4, /**< 虚假 */        GRIDGOV_DISPOSITION_JUNK = 5, /**< 垃圾 */
    GRIDGOV_DISPOSITION_RETURNED = 6, /**< 退回补充 */ GRIDGOV_DISPOSITION_VOID = 7, /**< 作废 */
    GRIDGOV_DISPOSITION_REJECTED = 8, /**< 不予受理 */ GRIDGOV_DISPOSITION_RECORDED = 9 /**< 备案 */
};

#endif
