/* SPDX-License-Identifier: Apache-2.0 */
/* Counting officer-days. A day is required of an officer if it is a workday of the period, not
 * after the day of the cut-off, on which the officer holds the grid and the grid exists, and which
 * is not on approved leave. Leave of which nobody says whether it was approved leaves the day in
 * doubt: it lacks the data.
 *
 * A required day fails if its row shows less than a minimum, or if it has no row although the
 * officer has others in the period. A row without the figure lacks the data, unless the other
 * minimum already fails it. An officer without a single row in the period is not judged: all those
 * days lack the data, in the count of required days too, so that a ratio of the two compares like
 * with like. (Without any patrol source the required days are known all the same.) A grid without
 * an officer stays unknown.
 *
 * Officers' holds come sorted by (code, from). Rows and leaves are sorted by officer; each
 * officer's are entered into one array of days, so the cost is linear in rows and officer-days. */
#include "count.h"

#include "base/mem.h"
#include "base/num.h"

#include <stdlib.h>
#include <string.h>

#define TICK 256          /* officers */
#define UNIT_NAME_SIZE 96 /* as gridgov_error.value */

typedef struct patrol_row {
    const char *officer;
    gridgov_day day;
    int64_t minutes, metres;
    int64_t index; /* of the activity */
} patrol_row;

typedef struct leave_row {
    const char *officer;
    gridgov_day from, to;
    int32_t approved; /* GRIDGOV_TRI_* */
} leave_row;

typedef struct patrol {
    gg_tally *tally;
    patrol_row *rows;
    leave_row *leaves;
    size_t row_count, leave_count;
    size_t days;               /* from day_from up to day_end */
    uint8_t *workday;          /* per day */
    uint8_t *leave;            /* per day: GRIDGOV_TRI_* of the officer at hand */
    const patrol_row **of_day; /* per day: row of the officer at hand */
    uint8_t *has_officer;      /* per unit */
    int has_source;            /* minutes or distances are covered */
} patrol;

static int by_officer_day(const void *left, const void *right) {
    const patrol_row *a = left;
    const patrol_row *b = right;
    int order = strcmp(a->officer, b->officer);
    return order != 0 ? order : (a->day > b->day) - (a->day < b->day);
}

/* Unapproved leave before unknown before approved, so that the strongest word about a day is
 * entered last. */
static int by_officer_word(const void *left, const void *right) {
    static const int strength[] = {
        [GRIDGOV_TRI_NO] = 0, [GRIDGOV_TRI_UNKNOWN] = 1, [GRIDGOV_TRI_YES] = 2};
    const leave_row *a = left;
    const leave_row *b = right;
    int order = strcmp(a->officer, b->officer);
    return order != 0 ? order : strength[a->approved] - strength[b->approved];
}

static int load_rows(patrol *p) {
    int64_t first = 0;
    int64_t last = 0;
    gg_tally_activities(&first, &last, p->tally->ledger, GRIDGOV_ACTIVITY_PATROL_DAY);
    p->rows = gg_calloc((size_t)(last - first), sizeof *p->rows);
    if (p->rows == NULL) {
        return -1;
    }
    for (int64_t i = first; i < last; i++) {
        gridgov_activity row = {.struct_size = sizeof row};
        (void)gridgov_ledger_activity_at(&row, p->tally->ledger, i);
        if (row.day >= p->tally->day_from && row.day < p->tally->day_end) {
            p->rows[p->row_count++] =
                (patrol_row){row.officer, row.day, row.amount, row.distance_m, i};
        }
    }
    qsort(p->rows, p->row_count, sizeof *p->rows, by_officer_day);
    return 0;
}

static int load_leaves(patrol *p) {
    int64_t first = 0;
    int64_t last = 0;
    gg_tally_activities(&first, &last, p->tally->ledger, GRIDGOV_ACTIVITY_LEAVE);
    p->leaves = gg_calloc((size_t)(last - first), sizeof *p->leaves);
    if (p->leaves == NULL) {
        return -1;
    }
    for (int64_t i = first; i < last; i++) {
        gridgov_activity row = {.struct_size = sizeof row};
        (void)gridgov_ledger_activity_at(&row, p->tally->ledger, i);
        if (row.day < p->tally->day_end && row.day_to > p->tally->day_from) {
            p->leaves[p->leave_count++] = (leave_row){row.officer, row.day, row.day_to, row.state};
        }
    }
    qsort(p->leaves, p->leave_count, sizeof *p->leaves, by_officer_word);
    return 0;
}

static gridgov_status open_patrol(patrol *p, gg_tally *tally, gridgov_error *err) {
    p->tally = tally;
    p->days = (size_t)((int64_t)tally->day_end - tally->day_from);
    p->has_source = gridgov_ledger_covers(tally->ledger, GRIDGOV_COVERAGE_PATROL_MINUTES) ||
                    gridgov_ledger_covers(tally->ledger, GRIDGOV_COVERAGE_PATROL_DISTANCE);
    p->workday = gg_calloc(p->days, sizeof *p->workday);
    p->leave = gg_calloc(p->days, sizeof *p->leave);
    p->of_day = gg_calloc(p->days, sizeof *p->of_day);
    p->has_officer = gg_calloc((size_t)gridgov_units_count(tally->units), sizeof *p->has_officer);
    if (p->workday == NULL || p->leave == NULL || p->of_day == NULL || p->has_officer == NULL ||
        load_rows(p) || load_leaves(p)) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; i < p->days; i++) {
        int32_t kind = 0;
        GG_TRY(gridgov_calendar_day_kind(&kind, tally->calendar, tally->day_from + (gridgov_day)i,
                                         err));
        p->workday[i] = kind == GRIDGOV_DAY_WORKDAY || kind == GRIDGOV_DAY_MAKEUP;
    }
    return GRIDGOV_OK;
}

static void close_patrol(patrol *p) {
    gg_free(p->rows);
    gg_free(p->leaves);
    gg_free(p->workday);
    gg_free(p->leave);
    gg_free(p->of_day);
    gg_free(p->has_officer);
}

static gridgov_day later(gridgov_day a, gridgov_day b) {
    return a > b ? a : b; // NO_DAY is below every day
}

static gridgov_day earlier_end(gridgov_day a, gridgov_day b) {
    return b == GRIDGOV_NO_DAY || a < b ? a : b;
}

/* Enter the officer's rows; returns 1 if there is at least one. */
static int enter_rows(patrol *p, const char *officer) {
    size_t low = 0;
    size_t high = p->row_count;
    memset(p->of_day, 0, p->days * sizeof *p->of_day);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(p->rows[middle].officer, officer) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t first = low;
    for (; low < p->row_count && strcmp(p->rows[low].officer, officer) == 0; low++) {
        p->of_day[p->rows[low].day - p->tally->day_from] = &p->rows[low];
    }
    return low > first;
}

static void enter_leaves(patrol *p, const char *officer) {
    size_t low = 0;
    size_t high = p->leave_count;
    memset(p->leave, GRIDGOV_TRI_NO, p->days);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(p->leaves[middle].officer, officer) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < p->leave_count && strcmp(p->leaves[low].officer, officer) == 0; low++) {
        gridgov_day from = later(p->leaves[low].from, p->tally->day_from);
        gridgov_day to = earlier_end(p->tally->day_end, p->leaves[low].to);
        memset(p->leave + (from - p->tally->day_from), p->leaves[low].approved,
               (size_t)(to - from));
    }
}

/* 1 failed, 0 passed, −1 the row lacks the figure. */
static int failed_day(const gridgov_metric *metric, const patrol_row *row) {
    if (row == NULL) {
        return 1;
    }
    const int asks_minutes = metric->minimum_minutes >= 0;
    const int asks_metres = metric->minimum_metres >= 0;
    if ((asks_minutes && row->minutes >= 0 && row->minutes < metric->minimum_minutes) ||
        (asks_metres && row->metres >= 0 && row->metres < metric->minimum_metres)) {
        return 1;
    }
    return (asks_minutes && row->minutes < 0) || (asks_metres && row->metres < 0) ? -1 : 0;
}

/* Say what the atom is. */
static gg_trace trace_of(const patrol *p, const char *officer, size_t day, int silent) {
    const patrol_row *row = p->of_day[day];
    gg_trace trace = gg_trace_of(GRIDGOV_ATOM_OFFICER_DAY, row == NULL ? GRIDGOV_NONE : row->index);
    trace.officer = officer;
    trace.day = p->tally->day_from + (gridgov_day)day;
    trace.silent = silent;
    if (row != NULL) {
        trace.minutes = row->minutes;
        trace.metres = row->metres;
    }
    return trace;
}

/* Count one day of an officer who may be silent, in every metric that counts days. */
static void count_day(const patrol *p, int64_t row, size_t day, int silent) {
    gg_tally *tally = p->tally;
    const int in_doubt = p->leave[day] == GRIDGOV_TRI_UNKNOWN;
    for (size_t i = 0; i < tally->facts->metric_count; i++) {
        const gridgov_metric *metric = &tally->facts->list[i];
        int result = 1;
        if (!tally->covered[i] || (metric->measure != GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS &&
                                   metric->measure != GRIDGOV_MEASURE_PATROL_FAILED_DAYS)) {
            continue;
        }
        if (silent) {
            // Named by an issue of its own, so it does not go to the records that lack something.
            gg_tally_lack(tally, i, row);
            continue;
        }
        if (metric->measure == GRIDGOV_MEASURE_PATROL_FAILED_DAYS) {
            result = failed_day(metric, p->of_day[day]);
        }
        gg_tally_put(tally, i, row, !in_doubt && result >= 0, result);
    }
}

/* From now on the grid's cells are values; further officers change nothing. */
static void begin_grid(const patrol *p, int64_t unit) {
    const gg_tally *tally = p->tally;
    for (size_t i = 0; i < tally->facts->metric_count && !p->has_officer[unit]; i++) {
        const int32_t measure = tally->facts->list[i].measure;
        if (tally->covered[i] && (measure == GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS ||
                                  measure == GRIDGOV_MEASURE_PATROL_FAILED_DAYS)) {
            tally->facts->cells[i][gg_tally_row(tally, unit)].state = GRIDGOV_CELL_VALUE;
        }
    }
    p->has_officer[unit] = 1;
}

/* Count one hold; returns how many days were required or in doubt. */
static int64_t count_hold(const patrol *p, const gridgov_officer *hold, int silent) {
    const gg_tally *tally = p->tally;
    gridgov_unit unit = {.struct_size = sizeof unit};
    int64_t required = 0;
    (void)gridgov_units_at(&unit, tally->units, hold->grid);
    gridgov_day from = later(later(tally->day_from, hold->from), unit.from);
    gridgov_day to = earlier_end(earlier_end(tally->day_end, hold->to), unit.to);
    if (from >= to) {
        return 0;
    }
    begin_grid(p, hold->grid);
    for (gridgov_day day = from; day < to; day++) {
        size_t at = (size_t)(day - tally->day_from);
        if (p->workday[at] && p->leave[at] != GRIDGOV_TRI_YES) {
            p->tally->trace = trace_of(p, hold->code, at, silent);
            count_day(p, gg_tally_row(tally, hold->grid), at, silent);
            required++;
        }
    }
    return required;
}

/* Count all holds of the officer whose first hold is given; returns the first hold of the next
 * officer. */
static int64_t count_officer(patrol *p, int64_t first) {
    const gridgov_units *units = p->tally->units;
    gridgov_officer hold = {.struct_size = sizeof hold};
    (void)gridgov_units_officer_at(&hold, units, first);
    const char *officer = hold.code;
    const int silent = !enter_rows(p, officer) && p->has_source;
    int64_t required = 0;
    int64_t next = first;
    enter_leaves(p, officer);
    do {
        required += count_hold(p, &hold, silent);
        next++;
    } while (gridgov_units_officer_at(&hold, units, next) == GRIDGOV_OK &&
             strcmp(hold.code, officer) == 0);
    if (silent && required > 0) {
        gridgov_error issue;
        gg_fail(&issue, GG_RULE_OFFICER_SILENT, "officer", officer, strlen(officer), NULL, NULL);
        gridgov_issues_add(p->tally->issues, &issue);
    }
    return next;
}

static void report_empty_grids(const patrol *p) {
    const gg_fact_table *table = &p->tally->facts->tables[GRIDGOV_DIMENSION_UNIT];
    for (size_t row = 0; row < table->count; row++) {
        const gg_fact_row *grid = &table->rows[row];
        if (grid->kind == GRIDGOV_UNIT_GRID && grid->active && !p->has_officer[grid->unit]) {
            char name[UNIT_NAME_SIZE];
            gridgov_error issue;
            gg_tally_unit_name(name, sizeof name, p->tally->units, grid->unit);
            gg_fail(&issue, GG_RULE_GRID_NO_OFFICER, "grid", name, strlen(name), NULL, NULL);
            gridgov_issues_add(p->tally->issues, &issue);
        }
    }
}

/* Patrol days and leaves without a list of officers say nothing of any grid. */
static void report_no_officers(const gg_tally *tally) {
    static const int32_t kinds[] = {GRIDGOV_ACTIVITY_PATROL_DAY, GRIDGOV_ACTIVITY_LEAVE};
    char count[GG_NUM_TEXT_SIZE];
    gridgov_error issue;
    int64_t rows = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        int64_t first = 0, last = 0;
        gg_tally_activities(&first, &last, tally->ledger, kinds[i]);
        rows += last - first;
    }
    if (rows > 0 && gridgov_units_officer_count(tally->units) == 0) {
        (void)gg_int_format(count, rows);
        (void)gg_fail(&issue, GG_RULE_PATROL_NO_OFFICERS, "officer", NULL, 0, count, NULL);
        gridgov_issues_add(tally->issues, &issue);
    }
}

gridgov_status gg_tally_patrol(gg_tally *tally, gridgov_error *err) {
    report_no_officers(tally);
    if (!gg_tally_wants(tally, GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS) &&
        !gg_tally_wants(tally, GRIDGOV_MEASURE_PATROL_FAILED_DAYS)) {
        return GRIDGOV_OK;
    }
    patrol p = {.row_count = 0};
    const int64_t holds = gridgov_units_officer_count(tally->units);
    int64_t officers = 0;
    gridgov_status status = open_patrol(&p, tally, err);
    for (int64_t i = 0; i < holds && status == GRIDGOV_OK; officers++) {
        if (officers % TICK == 0) {
            status = gg_tally_tick(tally, "patrol", i, holds, err);
        }
        i = count_officer(&p, i);
    }
    if (status == GRIDGOV_OK) {
        report_empty_grids(&p);
    }
    close_patrol(&p);
    return status;
}
