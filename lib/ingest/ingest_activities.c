/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of what is no event: leave, patrol days, visits, reports, maintenance, adjustments,
 * and the two in which an office gives points or figures of its own. One row is one activity of the
 * ledger, whose rules of its own (unknown officer, two rows for one day, a reason that is missing)
 * hold here too.
 *
 * Exact or rounded: points are never rounded, since they are someone's decision; minutes and metres
 * come from instruments with any number of digits, so metres are rounded and minutes cut (59.9
 * minutes are not an hour). */
#include "loader.h"

#include "base/error.h"
#include <gridgov/civil.h>

#define POINTS_SCALE 3  /* thousandths of a point */
#define KM_SCALE 3      /* metres */
#define MINUTES_SCALE 6 /* digits that are looked at before they are cut */
#define MINUTES_UNIT 1000000
#define UNKNOWN (-1) /* minutes, metres */
#define NO_AMOUNT INT64_MIN

static void init(gg_loader *load, gridgov_activity *activity, int32_t kind) {
    gridgov_activity_init(activity, sizeof *activity);
    activity->kind = kind;
    activity->source_row = gridgov_rows_number(load->rows);
}

static gridgov_status add(gg_loader *load, const gridgov_activity *activity) {
    return gridgov_ledger_add_activity(load->ledger, activity, &load->cells.problem);
}

static gridgov_status read_text(gg_loader *load, int field, int required, const char **out) {
    gg_str text;
    GG_TRY(gg_cells_text(&load->cells, field, required, &text));
    *out = text.data;
    return GRIDGOV_OK;
}

static gridgov_status read_grid(gg_loader *load, gridgov_activity *activity) {
    gg_str text;
    GG_TRY(gg_cells_text(&load->cells, GG_OF_GRID, GG_REQUIRED, &text));
    if (load->units == NULL) {
        return gg_cells_fail(&load->cells, GG_RULE_UNIT_UNKNOWN, GG_OF_GRID, text, NULL);
    }
    GG_TRY(gg_cells_grid(&load->cells, load->units, GG_OF_UNIT, GG_OF_GRID, 0, &activity->unit));
    return activity->unit == GRIDGOV_NONE
               ? gg_cells_fail(&load->cells, GG_RULE_CELL_EMPTY, GG_OF_GRID, text, NULL)
               : GRIDGOV_OK;
}

/* A number that must not be negative, in units of 10^-scale. *out stays as it is if there is none.
 */
static gridgov_status read_amount(gg_loader *load, int field, int required, int scale, int exact,
                                  int64_t *out) {
    int64_t value = NO_AMOUNT;
    gg_str text;
    GG_TRY(gg_cells_decimal(&load->cells, field, required, scale, exact, &value));
    if (value == NO_AMOUNT) {
        return GRIDGOV_OK;
    }
    if (value < 0) {
        GG_TRY(gg_cells_text(&load->cells, field, GG_OPTIONAL, &text));
        return gg_cells_fail(&load->cells, GG_RULE_NEGATIVE, field, text, NULL);
    }
    *out = value;
    return GRIDGOV_OK;
}

static gridgov_status read_leave(gg_loader *load) {
    gridgov_activity leave;
    init(load, &leave, GRIDGOV_ACTIVITY_LEAVE);
    leave.state =
        gg_cells_has(&load->cells, GG_LEAVE_APPROVED) ? GRIDGOV_TRI_UNKNOWN : GRIDGOV_TRI_YES;
    GG_TRY(read_text(load, GG_LEAVE_OFFICER, GG_REQUIRED, &leave.officer));
    GG_TRY(gg_cells_day(&load->cells, GG_LEAVE_FROM, GG_REQUIRED, 0, &leave.day));
    GG_TRY(gg_cells_day_after(&load->cells, GG_LEAVE_TO, GG_REQUIRED, &leave.day_to));
    GG_TRY(gg_cells_code(&load->cells, GG_LEAVE_APPROVED, GG_OPTIONAL, &leave.state));
    return add(load, &leave);
}

static gridgov_status read_patrol_day(gg_loader *load) {
    gridgov_activity patrol;
    int64_t minutes = UNKNOWN;
    init(load, &patrol, GRIDGOV_ACTIVITY_PATROL_DAY);
    GG_TRY(read_text(load, GG_PATROL_OFFICER, GG_REQUIRED, &patrol.officer));
    GG_TRY(gg_cells_day(&load->cells, GG_PATROL_DATE, GG_REQUIRED, 0, &patrol.day));
    GG_TRY(read_amount(load, GG_PATROL_MINUTES, GG_OPTIONAL, MINUTES_SCALE, 0, &minutes));
    GG_TRY(read_amount(load, GG_PATROL_DISTANCE, GG_OPTIONAL, KM_SCALE, 0, &patrol.distance_m));
    patrol.amount = minutes == UNKNOWN ? UNKNOWN : minutes / MINUTES_UNIT;
    return add(load, &patrol);
}

static gridgov_status read_required_visit(gg_loader *load) {
    gridgov_activity visit;
    init(load, &visit, GRIDGOV_ACTIVITY_REQUIRED_VISIT);
    GG_TRY(read_grid(load, &visit));
    GG_TRY(read_text(load, GG_REQUIRED_OBJECT, GG_REQUIRED, &visit.key));
    return add(load, &visit);
}

static gridgov_status read_visit(gg_loader *load) {
    gridgov_activity visit;
    init(load, &visit, GRIDGOV_ACTIVITY_VISIT);
    GG_TRY(read_grid(load, &visit));
    GG_TRY(read_text(load, GG_VISITS_OBJECT, GG_REQUIRED, &visit.key));
    GG_TRY(gg_cells_time(&load->cells, GG_VISITS_VISITED_AT, GG_REQUIRED, &visit.at, NULL));
    visit.day = gridgov_time_day(visit.at, load->cells.utc_offset_minutes);
    return add(load, &visit);
}

static gridgov_status read_dispute_report(gg_loader *load) {
    gridgov_activity report;
    init(load, &report, GRIDGOV_ACTIVITY_DISPUTE_REPORT);
    GG_TRY(read_grid(load, &report));
    GG_TRY(gg_cells_time(&load->cells, GG_REPORTS_SUBMITTED_AT, GG_OPTIONAL, &report.at, NULL));
    GG_TRY(gg_cells_limit(&load->cells, GG_REPORTS_DUE_AT, &report.due_at));
    return add(load, &report);
}

static gridgov_status read_maintenance(gg_loader *load) {
    gridgov_activity check;
    init(load, &check, GRIDGOV_ACTIVITY_MAINTENANCE);
    check.amount = 1;
    GG_TRY(read_grid(load, &check));
    GG_TRY(gg_cells_day(&load->cells, GG_MAINTENANCE_FOUND_AT, GG_REQUIRED, 1, &check.day));
    GG_TRY(gg_cells_code(&load->cells, GG_MAINTENANCE_DEFECT, GG_REQUIRED, &check.state));
    GG_TRY(read_text(load, GG_MAINTENANCE_RECORD, GG_OPTIONAL, &check.key));
    GG_TRY(read_amount(load, GG_MAINTENANCE_COUNT, GG_OPTIONAL, 0, 1, &check.amount));
    return add(load, &check);
}

static gridgov_status read_adjustment(gg_loader *load) {
    gridgov_activity adjustment;
    init(load, &adjustment, GRIDGOV_ACTIVITY_ADJUSTMENT);
    GG_TRY(read_grid(load, &adjustment));
    GG_TRY(gg_cells_decimal(&load->cells, GG_ADJUSTMENTS_POINTS, GG_REQUIRED, POINTS_SCALE, 1,
                            &adjustment.amount));
    GG_TRY(read_text(load, GG_ADJUSTMENTS_REASON, GG_OPTIONAL, &adjustment.reason));
    GG_TRY(read_text(load, GG_ADJUSTMENTS_AUTHORITY, GG_OPTIONAL, &adjustment.authority));
    GG_TRY(read_text(load, GG_ADJUSTMENTS_NUMBER, GG_OPTIONAL, &adjustment.key));
    return add(load, &adjustment);
}

/* 1 if the grid's cell says "all grids". */
static int names_all(gg_str text) {
    char key[8];
    size_t size = gg_text_key(key, sizeof key, text);
    return size <= sizeof key && (gg_str_equal(gg_str_make(key, size), gg_str_of("*")) ||
                                  gg_str_equal(gg_str_make(key, size), gg_str_of("全部")));
}

static gridgov_status read_deduction(gg_loader *load) {
    gridgov_activity deduction;
    gg_str grid;
    init(load, &deduction, GRIDGOV_ACTIVITY_DEDUCTION);
    GG_TRY(gg_cells_text(&load->cells, GG_OF_GRID, GG_REQUIRED, &grid));
    if (!names_all(grid)) {
        GG_TRY(read_grid(load, &deduction));
    }
    GG_TRY(read_text(load, GG_DEDUCTIONS_INDICATOR, GG_REQUIRED, &deduction.key));
    GG_TRY(gg_cells_decimal(&load->cells, GG_DEDUCTIONS_POINTS, GG_REQUIRED, POINTS_SCALE, 1,
                            &deduction.amount));
    GG_TRY(read_text(load, GG_DEDUCTIONS_SOURCE, GG_REQUIRED, &deduction.authority));
    GG_TRY(read_text(load, GG_DEDUCTIONS_REASON, GG_REQUIRED, &deduction.reason));
    return add(load, &deduction);
}

static gridgov_status read_fact(gg_loader *load) {
    gridgov_activity fact;
    gg_str value;
    init(load, &fact, GRIDGOV_ACTIVITY_FACT);
    GG_TRY(read_grid(load, &fact));
    GG_TRY(read_text(load, GG_FACTS_METRIC, GG_REQUIRED, &fact.key));
    GG_TRY(gg_cells_text(&load->cells, GG_FACTS_VALUE, GG_REQUIRED, &value));
    if (gg_str_equal(value, gg_str_of("/")) || gg_str_equal(value, gg_str_of("／"))) {
        fact.state = GRIDGOV_CELL_NOT_APPLICABLE;
    } else {
        fact.state = GRIDGOV_CELL_VALUE;
        GG_TRY(read_amount(load, GG_FACTS_VALUE, GG_REQUIRED, 0, 1, &fact.amount));
    }
    GG_TRY(read_text(load, GG_FACTS_SOURCE, GG_REQUIRED, &fact.authority));
    return add(load, &fact);
}

/* What was contested, when and on what ground stays in the table; the ledger keeps the ruling. */
static gridgov_status read_ruling(gg_loader *load) {
    gridgov_activity ruling;
    init(load, &ruling, GRIDGOV_ACTIVITY_RULING);
    GG_TRY(read_grid(load, &ruling));
    GG_TRY(gg_cells_code(&load->cells, GG_APPEALS_RULING, GG_REQUIRED, &ruling.state));
    GG_TRY(read_text(load, GG_APPEALS_TARGET, GG_OPTIONAL, &ruling.key));
    GG_TRY(read_text(load, GG_APPEALS_OFFICER, GG_OPTIONAL, &ruling.officer));
    GG_TRY(gg_cells_day(&load->cells, GG_APPEALS_DATE, GG_OPTIONAL, 0, &ruling.day));
    GG_TRY(gg_cells_time(&load->cells, GG_APPEALS_RULED_AT, GG_OPTIONAL, &ruling.at, NULL));
    GG_TRY(read_text(load, GG_APPEALS_REASON, GG_OPTIONAL, &ruling.reason));
    GG_TRY(read_text(load, GG_APPEALS_AUTHORITY, GG_OPTIONAL, &ruling.authority));
    GG_TRY(gg_cells_time(&load->cells, GG_APPEALS_CONTESTED_AT, GG_OPTIONAL, &ruling.due_at, NULL));
    return add(load, &ruling);
}

/* Coverage 0: none. Patrol days cover what they have a column for. */
static const struct {
    int32_t table, coverage;
    gg_row_reader reader;
} readers[] = {
    {GRIDGOV_TABLE_LEAVE, GRIDGOV_COVERAGE_LEAVE, read_leave},
    {GRIDGOV_TABLE_PATROL_DAYS, 0, read_patrol_day},
    {GRIDGOV_TABLE_REQUIRED_VISITS, GRIDGOV_COVERAGE_REQUIRED_VISITS, read_required_visit},
    {GRIDGOV_TABLE_VISITS, GRIDGOV_COVERAGE_VISITS, read_visit},
    {GRIDGOV_TABLE_DISPUTE_REPORTS, GRIDGOV_COVERAGE_DISPUTE_REPORTS, read_dispute_report},
    {GRIDGOV_TABLE_MAINTENANCE, GRIDGOV_COVERAGE_MAINTENANCE, read_maintenance},
    {GRIDGOV_TABLE_ADJUSTMENTS, GRIDGOV_COVERAGE_ADJUSTMENTS, read_adjustment},
    {GRIDGOV_TABLE_DEDUCTIONS, 0, read_deduction},
    {GRIDGOV_TABLE_FACTS, 0, read_fact},
    {GRIDGOV_TABLE_APPEALS, 0, read_ruling},
};

gg_row_reader gg_activities_reader(int32_t table) {
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        if (readers[i].table == table) {
            return readers[i].reader;
        }
    }
    return NULL;
}

gridgov_status gg_activities_cover(gg_loader *load) {
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        if (readers[i].table == load->cells.table && readers[i].coverage != 0) {
            GG_TRY(gridgov_ledger_cover(load->ledger, readers[i].coverage));
        }
    }
    if (load->cells.table != GRIDGOV_TABLE_PATROL_DAYS) {
        return GRIDGOV_OK;
    }
    if (gg_cells_has(&load->cells, GG_PATROL_MINUTES)) {
        GG_TRY(gridgov_ledger_cover(load->ledger, GRIDGOV_COVERAGE_PATROL_MINUTES));
    }
    if (gg_cells_has(&load->cells, GG_PATROL_DISTANCE)) {
        GG_TRY(gridgov_ledger_cover(load->ledger, GRIDGOV_COVERAGE_PATROL_DISTANCE));
    }
    return GRIDGOV_OK;
}
