/* SPDX-License-Identifier: Apache-2.0 */
/** @file codes_count.h
 *  What is counted: rows and measures of facts, conditions, the books of holders, what a count is
 *  made of, and what is doubtful. Part of codes.h, whose functions turn each constant into its
 *  text and back. */
#ifndef GRIDGOV_CODES_COUNT_H
#define GRIDGOV_CODES_COUNT_H

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

/** What a metric of the measure `cases` adds up over its cases. */
enum {
    GRIDGOV_QUANTITY_CASES = 1,        /**< 1 each */
    GRIDGOV_QUANTITY_DISPATCHES = 2,   GRIDGOV_QUANTITY_RETURNS = 3,
    GRIDGOV_QUANTITY_REWORKS = 4,      GRIDGOV_QUANTITY_REOPENINGS = 5,
    GRIDGOV_QUANTITY_EXTENSIONS = 6,   GRIDGOV_QUANTITY_URGES = 7,
    GRIDGOV_QUANTITY_SECONDS = 8,      /**< from the report to the closing, or to the cut-off */
    GRIDGOV_QUANTITY_WORK_SECONDS = 9  /**< the same inside the slots of the roster */
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

#endif
