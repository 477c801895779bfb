/* SPDX-License-Identifier: Apache-2.0 */
/* The fields of every table of a month. The numbers below are indexes into gg_fields_of() for their
 * table. */
#ifndef GG_FIELDS_H
#define GG_FIELDS_H

#include <gridgov/codes.h>
#include <gridgov/ingest.h>

#include <stddef.h>
#include <stdint.h>

/* No table has more fields. */
#define GG_FIELDS_MAX 32

enum {
    GG_UNITS_KIND,
    GG_UNITS_NAME,
    GG_UNITS_CODE,
    GG_UNITS_PARENT,
    GG_UNITS_UNIT,
    GG_UNITS_GRID,
    GG_UNITS_FROM,
    GG_UNITS_TO
};
enum { GG_AGENCIES_NAME, GG_AGENCIES_CODE, GG_AGENCIES_PLATFORM, GG_AGENCIES_SUPERIOR };
enum {
    GG_OFFICERS_OFFICER,
    GG_OFFICERS_NAME,
    GG_OFFICERS_UNIT,
    GG_OFFICERS_GRID,
    GG_OFFICERS_FROM,
    GG_OFFICERS_TO
};
enum { GG_LEAVE_OFFICER, GG_LEAVE_FROM, GG_LEAVE_TO, GG_LEAVE_APPROVED };
enum { /* events and opening cases */
       GG_EVENTS_ID,
       GG_EVENTS_CATEGORY,
       GG_EVENTS_UNIT,
       GG_EVENTS_GRID,
       GG_EVENTS_PLACE,
       GG_EVENTS_AGENCY,
       GG_EVENTS_REPORTED_AT,
       GG_EVENTS_CLOSED_AT,
       GG_EVENTS_CLOSED,
       GG_EVENTS_DUE_AT,
       GG_EVENTS_OVERDUE,
       GG_EVENTS_DISPOSITION,
       GG_EVENTS_DISPATCH_DUE_AT,
       GG_EVENTS_SELF_HANDLED,
       GG_EVENTS_SUSPENDED,
       GG_EVENTS_LAT,
       GG_EVENTS_LON,
       GG_EVENTS_CONDITION,
       GG_EVENTS_RECORDED_AT,
       GG_EVENTS_PERSONS,
       GG_EVENTS_CAUSE,
       GG_EVENTS_COURSE,
       GG_EVENTS_RESULT,
       GG_EVENTS_ACCEPTED_AT,
       GG_EVENTS_DISPATCHED_AT
};
enum {
    GG_STEPS_EVENT,
    GG_STEPS_STEP,
    GG_STEPS_AT,
    GG_STEPS_AGENCY,
    GG_STEPS_REASON,
    GG_STEPS_RECORDED_AT,
    GG_STEPS_KEY,
    GG_STEPS_ACTOR,
    GG_STEPS_ROLE,
    GG_STEPS_LEVEL,
    GG_STEPS_CATEGORY,
    GG_STEPS_UNTIL,
    GG_STEPS_CARD,
    GG_STEPS_OTHER
};
enum { GG_PATROL_OFFICER, GG_PATROL_DATE, GG_PATROL_MINUTES, GG_PATROL_DISTANCE };
enum { /* every table of a grid's facts begins with these two */
       GG_OF_UNIT,
       GG_OF_GRID
};
enum { /* position fixes */
       GG_FIXES_OFFICER,
       GG_FIXES_AT,
       GG_FIXES_LON,
       GG_FIXES_LAT,
       GG_FIXES_ACCURACY,
       GG_FIXES_SPEED,
       GG_FIXES_PART
};
enum { GG_REQUIRED_OBJECT = 2 };
enum { GG_VISITS_OBJECT = 2, GG_VISITS_VISITED_AT };
enum { GG_REPORTS_SUBMITTED_AT = 2, GG_REPORTS_DUE_AT };
enum {
    GG_MAINTENANCE_FOUND_AT = 2,
    GG_MAINTENANCE_DEFECT,
    GG_MAINTENANCE_RECORD,
    GG_MAINTENANCE_COUNT
};
enum {
    GG_ADJUSTMENTS_POINTS = 2,
    GG_ADJUSTMENTS_REASON,
    GG_ADJUSTMENTS_AUTHORITY,
    GG_ADJUSTMENTS_NUMBER
};
enum {
    GG_DEDUCTIONS_INDICATOR = 2,
    GG_DEDUCTIONS_POINTS,
    GG_DEDUCTIONS_SOURCE,
    GG_DEDUCTIONS_REASON
};
enum {
    GG_APPEALS_RULING = 2,
    GG_APPEALS_TARGET,
    GG_APPEALS_OFFICER,
    GG_APPEALS_DATE,
    GG_APPEALS_RULED_AT,
    GG_APPEALS_REASON,
    GG_APPEALS_AUTHORITY,
    GG_APPEALS_CONTESTED_AT,
    GG_APPEALS_GROUND,
    GG_APPEALS_NUMBER
};
enum { GG_FACTS_METRIC = 2, GG_FACTS_VALUE, GG_FACTS_SOURCE };
enum {
    GG_CALENDAR_DATE,
    GG_CALENDAR_KIND,
    GG_CALENDAR_OFF,
    GG_CALENDAR_WORKDAY,
    GG_CALENDAR_NAME,
    GG_CALENDAR_YEAR
};

typedef struct gg_field {
    gridgov_field view; /* all text static; aliases "" */
    int32_t kind;       /* GRIDGOV_KIND_* of its values; 0: text, time or number */
} gg_field;

/* The fields of a table in the order above; NULL and 0 for no table. */
const gg_field *gg_fields_of(int32_t table, size_t *count_out);
/* Further header names of a field, separated by '|'. */
const char *gg_field_aliases(int32_t table, int field);
/* Index of the field with a code; −1. */
int gg_field_find(int32_t table, const char *code);
/* 1 if a table whose present columns are has[] cannot be loaded for want of a field. */
int gg_field_needed(int32_t table, int field, const unsigned char has[GG_FIELDS_MAX]);

#endif
