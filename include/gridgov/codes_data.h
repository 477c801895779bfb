/* SPDX-License-Identifier: Apache-2.0 */
/** @file codes_data.h
 *  What is told: units, dated facts, days and limits, and the tables, files and packs they come
 *  in. Part of codes.h, whose functions turn each constant into its text and back. */
#ifndef GRIDGOV_CODES_DATA_H
#define GRIDGOV_CODES_DATA_H

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

/** What to do with a second row of the same event number. */
enum {
    GRIDGOV_ON_DUPLICATE_FAIL = 1,   /**< the later row is a problem and is excluded */
    GRIDGOV_ON_DUPLICATE_SKIP = 2,   /**< the later row is left out, counted, no problem */
    GRIDGOV_ON_DUPLICATE_REPLACE = 3,/**< the later row takes the place of the earlier */
    GRIDGOV_ON_DUPLICATE_VERSION = 4 /**< all are kept as versions: the one recorded last counts, then
                                          the greatest bytes, whatever the order of the rows */
};

/** Kinds of built-in packs. */
enum {
    GRIDGOV_PACK_CALENDAR = 1, GRIDGOV_PACK_TAXONOMY = 2, GRIDGOV_PACK_METRICS = 3,
    GRIDGOV_PACK_POLICY = 4,   GRIDGOV_PACK_LIFECYCLE = 5, GRIDGOV_PACK_ROSTER = 6,
    GRIDGOV_PACK_BARS = 8,   /**< what rules in force bar as a basis of appraisal */
    GRIDGOV_PACK_MAPPING = 9 /**< header names of tables, and forms of known exports */
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
    GRIDGOV_FILE_HTML = 9,      /**< markup of another kind, such as GPX */
    GRIDGOV_FILE_OTHER = 10,    /**< anything else */
    GRIDGOV_FILE_SHEET_XML = 11, /**< a workbook as one XML text (Office 2003), often called .xls */
    GRIDGOV_FILE_SHEET_HTML = 12 /**< a web page, often called .xls: its tables are a sheet */
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

#endif
