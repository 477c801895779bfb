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
 * Whether an officer has other rows is known only when everything has been added. So a tally keeps
 * sets of days, a bit a day, and the days are judged when it is settled. Sets of parts are united;
 * a day whose row is in two parts was counted twice and is refused. Of two words about the leave of
 * a day the stronger counts, approved before unknown.
 *
 * Officers' holds come sorted by (code, from); an officer goes by the first. */
#include "count.h"

#include "base/mem.h"
#include "base/num.h"

#include <stdlib.h>
#include <string.h>

#define TICK 256          /* officers */
#define UNIT_NAME_SIZE 96 /* as gridgov_error.value */
#define WORD 64

/* Sets of an officer; behind them two for each metric of failed days. */
enum { HAS_ROW, ON_LEAVE, LEAVE_IN_DOUBT, FIRST_FAILED };

typedef struct day_row {
    const char *officer;
    gridgov_day day;
    int64_t index, minutes, metres;
} day_row;

typedef struct judging {
    gg_tally *tally;
    size_t days;      /* from day_from up to day_end */
    uint8_t *workday; /* per day */
    int8_t *begun;    /* per row of dimension unit: 1 if an officer holds the grid */
    day_row *rows;    /* for a recorder only: by officer and day */
    size_t row_count;
} judging;

int gg_measure_is_patrol(int32_t measure) {
    return measure == GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS ||
           measure == GRIDGOV_MEASURE_PATROL_FAILED_DAYS;
}

static int asks_patrol(const gridgov_tally *tally, int32_t measure) {
    for (size_t i = 0; i < tally->metric_count; i++) {
        if (tally->list[i].measure == measure) {
            return 1;
        }
    }
    return 0;
}

gridgov_status gg_patrol_open(gridgov_tally *tally, gridgov_error *err) {
    gg_tally_patrol *patrol = &tally->patrol;
    if (!asks_patrol(tally, GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS) &&
        !asks_patrol(tally, GRIDGOV_MEASURE_PATROL_FAILED_DAYS)) {
        return GRIDGOV_OK;
    }
    patrol->count = (size_t)gridgov_units_officer_count(tally->units);
    patrol->words = ((size_t)((int64_t)tally->day_end - tally->day_from) + WORD - 1) / WORD;
    patrol->sets = FIRST_FAILED;
    for (size_t i = 0; i < tally->metric_count; i++) {
        patrol->sets += tally->list[i].measure == GRIDGOV_MEASURE_PATROL_FAILED_DAYS ? 2 : 0;
    }
    patrol->officers = gg_calloc(patrol->count, sizeof *patrol->officers);
    return patrol->officers == NULL ? gg_fail_memory(err) : GRIDGOV_OK;
}

void gg_patrol_release(gg_tally_patrol *patrol) {
    for (size_t i = 0; patrol->officers != NULL && i < patrol->count; i++) {
        gg_free(patrol->officers[i]);
    }
    gg_free(patrol->officers);
}

uint64_t *gg_patrol_sets(gg_tally_patrol *patrol, size_t officer) {
    if (patrol->officers[officer] == NULL) {
        patrol->officers[officer] = gg_calloc(patrol->sets * patrol->words, sizeof(uint64_t));
    }
    return patrol->officers[officer];
}

static void set_day(const gg_tally_patrol *patrol, uint64_t *sets, size_t set, size_t day) {
    sets[set * patrol->words + day / WORD] |= UINT64_C(1) << (day % WORD);
}

static int has_day(const gg_tally_patrol *patrol, const uint64_t *sets, size_t set, size_t day) {
    return sets != NULL && (sets[set * patrol->words + day / WORD] >> (day % WORD) & 1) != 0;
}

/* 1 failed, 0 passed, −1 the row lacks the figure. */
static int failed_day(const gridgov_metric *metric, const gridgov_activity *row) {
    const int asks_minutes = metric->minimum_minutes >= 0;
    const int asks_metres = metric->minimum_metres >= 0;
    if ((asks_minutes && row->amount >= 0 && row->amount < metric->minimum_minutes) ||
        (asks_metres && row->distance_m >= 0 && row->distance_m < metric->minimum_metres)) {
        return 1;
    }
    return (asks_minutes && row->amount < 0) || (asks_metres && row->distance_m < 0) ? -1 : 0;
}

static void enter_row(const gridgov_tally *tally, uint64_t *sets, const gridgov_activity *row) {
    const size_t day = (size_t)(row->day - tally->day_from);
    size_t set = FIRST_FAILED;
    set_day(&tally->patrol, sets, HAS_ROW, day);
    for (size_t i = 0; i < tally->metric_count; i++) {
        if (tally->list[i].measure == GRIDGOV_MEASURE_PATROL_FAILED_DAYS) {
            const int failed = failed_day(&tally->list[i], row);
            if (failed != 0) {
                set_day(&tally->patrol, sets, failed > 0 ? set : set + 1, day);
            }
            set += 2;
        }
    }
}

static gridgov_day later(gridgov_day a, gridgov_day b) {
    return a > b ? a : b; // NO_DAY is below every day
}

static gridgov_day earlier_end(gridgov_day a, gridgov_day b) {
    return b == GRIDGOV_NO_DAY || a < b ? a : b;
}

static void enter_leave(const gridgov_tally *tally, uint64_t *sets, const gridgov_activity *row) {
    const gridgov_day from = later(row->day, tally->day_from);
    const gridgov_day to = earlier_end(tally->day_end, row->day_to);
    for (gridgov_day day = from; day < to && row->state != GRIDGOV_TRI_NO; day++) {
        set_day(&tally->patrol, sets, row->state == GRIDGOV_TRI_YES ? ON_LEAVE : LEAVE_IN_DOUBT,
                (size_t)(day - tally->day_from));
    }
}

/* First hold of the officer of that very code; GRIDGOV_NONE. */
static int64_t officer_of(const gridgov_units *units, const char *code) {
    gridgov_officer hold = {.struct_size = sizeof hold};
    const int64_t first = gridgov_units_officer_find(units, code, strlen(code), GRIDGOV_NO_DAY);
    return gridgov_units_officer_at(&hold, units, first) == GRIDGOV_OK &&
                   strcmp(hold.code, code) == 0
               ? first
               : GRIDGOV_NONE;
}

/* Enter the activities of a kind. */
static gridgov_status enter(gg_tally *tally, int32_t kind, gridgov_error *err) {
    gridgov_tally *into = tally->into;
    int64_t first = 0;
    int64_t last = 0;
    gg_tally_activities(&first, &last, tally->ledger, kind);
    for (int64_t i = first; i < last; i++) {
        gridgov_activity row = {.struct_size = sizeof row};
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        if (kind == GRIDGOV_ACTIVITY_RULING) {
            // An upheld day is not required, as on approved leave.
            if (row.officer[0] == '\0' || !gg_ruling_holds(tally, &row)) {
                continue;
            }
            row.day_to = row.day + 1;
            row.state = GRIDGOV_TRI_YES;
        }
        const gridgov_day to = kind == GRIDGOV_ACTIVITY_PATROL_DAY ? row.day + 1 : row.day_to;
        const int64_t officer = officer_of(into->units, row.officer);
        if (officer == GRIDGOV_NONE || row.day >= into->day_end || to <= into->day_from) {
            continue;
        }
        uint64_t *sets = gg_patrol_sets(&into->patrol, (size_t)officer);
        if (sets == NULL) {
            return gg_fail_memory(err);
        }
        if (kind != GRIDGOV_ACTIVITY_PATROL_DAY) {
            enter_leave(into, sets, &row);
        } else {
            enter_row(into, sets, &row);
        }
    }
    return GRIDGOV_OK;
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
    if (rows > 0 && gridgov_units_officer_count(tally->into->units) == 0) {
        (void)gg_int_format(count, rows);
        (void)gg_fail(&issue, GG_RULE_PATROL_NO_OFFICERS, "officer", NULL, 0, count, NULL);
        gridgov_issues_add(tally->issues, &issue);
    }
}

gridgov_status gg_patrol_add(gg_tally *tally, gridgov_error *err) {
    report_no_officers(tally);
    if (tally->into->patrol.count == 0) {
        return GRIDGOV_OK;
    }
    tally->into->patrol.has_source |=
        gridgov_ledger_covers(tally->ledger, GRIDGOV_COVERAGE_PATROL_MINUTES) ||
        gridgov_ledger_covers(tally->ledger, GRIDGOV_COVERAGE_PATROL_DISTANCE);
    GG_TRY(enter(tally, GRIDGOV_ACTIVITY_PATROL_DAY, err));
    GG_TRY(enter(tally, GRIDGOV_ACTIVITY_LEAVE, err));
    return enter(tally, GRIDGOV_ACTIVITY_RULING, err);
}

gridgov_status gg_patrol_prepare(gridgov_tally *tally, const gridgov_tally *other,
                                 gridgov_error *err) {
    const gg_tally_patrol *from = &other->patrol;
    for (size_t i = 0; i < from->count; i++) {
        if (from->officers[i] == NULL) {
            continue;
        }
        const uint64_t *sets = gg_patrol_sets(&tally->patrol, i);
        if (sets == NULL) {
            return gg_fail_memory(err);
        }
        for (size_t word = 0; word < from->words; word++) {
            const size_t at = HAS_ROW * from->words + word;
            if ((sets[at] & from->officers[i][at]) != 0) {
                gridgov_officer hold = {.struct_size = sizeof hold, .code = ""};
                (void)gridgov_units_officer_at(&hold, tally->units, (int64_t)i);
                return gg_fail(err, GG_RULE_TALLY_DAY, "officer", hold.code, strlen(hold.code),
                               NULL, NULL);
            }
        }
    }
    return GRIDGOV_OK;
}

void gg_patrol_unite(gg_tally_patrol *patrol, const gg_tally_patrol *other) {
    for (size_t i = 0; i < other->count; i++) {
        for (size_t at = 0; other->officers[i] != NULL && at < other->sets * other->words; at++) {
            patrol->officers[i][at] |= other->officers[i][at];
        }
    }
    patrol->has_source |= other->has_source;
}

static int is_silent(const gg_tally_patrol *patrol, const uint64_t *sets) {
    for (size_t i = 0; sets != NULL && i < patrol->words; i++) {
        if (sets[HAS_ROW * patrol->words + i] != 0) {
            return 0;
        }
    }
    return patrol->has_source;
}

static int by_officer_day(const void *left, const void *right) {
    const day_row *a = left;
    const day_row *b = right;
    const int order = strcmp(a->officer, b->officer);
    return order != 0 ? order : (a->day > b->day) - (a->day < b->day);
}

/* The rows behind the days, which only a recorder asks for. */
static int list_rows(judging *p) {
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
        p->rows[p->row_count++] = (day_row){row.officer, row.day, i, row.amount, row.distance_m};
    }
    qsort(p->rows, p->row_count, sizeof *p->rows, by_officer_day);
    return 0;
}

/* Say what the atom is. */
static void set_trace(const judging *p, const char *officer, size_t day, int silent) {
    gg_trace *trace = &p->tally->trace;
    *trace = gg_trace_of(GRIDGOV_ATOM_OFFICER_DAY, GRIDGOV_NONE);
    trace->officer = officer;
    trace->day = p->tally->into->day_from + (gridgov_day)day;
    trace->silent = silent;
    const day_row wanted = {.officer = officer, .day = trace->day};
    const day_row *row = p->row_count == 0 ? NULL
                                           : bsearch(&wanted, p->rows, p->row_count,
                                                     sizeof *p->rows, by_officer_day);
    if (row != NULL) {
        trace->index = row->index;
        trace->minutes = row->minutes;
        trace->metres = row->metres;
    }
}

/* Count one day of an officer who may be silent, in every metric that counts days. */
static void count_day(const judging *p, int64_t row, const uint64_t *sets, size_t day, int silent) {
    const gridgov_tally *into = p->tally->into;
    const int in_doubt = has_day(&into->patrol, sets, LEAVE_IN_DOUBT, day);
    size_t set = FIRST_FAILED;
    for (size_t i = 0; i < into->metric_count; i++) {
        const int32_t measure = into->list[i].measure;
        const int failed_days = measure == GRIDGOV_MEASURE_PATROL_FAILED_DAYS;
        if (p->tally->covered[i] && gg_measure_is_patrol(measure)) {
            const int lacks = failed_days && has_day(&into->patrol, sets, set + 1, day);
            const int failed = !failed_days || !has_day(&into->patrol, sets, HAS_ROW, day) ||
                               has_day(&into->patrol, sets, set, day);
            gg_tally_put(p->tally, i, row, !silent && !in_doubt && !lacks, failed);
            // Named by an issue of its own, so it does not go to the records that lack something.
            p->tally->counted[i].lacking -= silent;
        }
        set += failed_days ? 2 : 0;
    }
}

/* Count one hold; returns how many days were required or in doubt. */
static int64_t count_hold(const judging *p, const gridgov_officer *hold, const uint64_t *sets,
                          int silent) {
    const gridgov_tally *into = p->tally->into;
    const int64_t row = gg_tally_row(into, hold->grid);
    gridgov_unit unit = {.struct_size = sizeof unit};
    int64_t required = 0;
    (void)gridgov_units_at(&unit, into->units, hold->grid);
    gridgov_day from = later(later(into->day_from, hold->from), unit.from);
    gridgov_day to = earlier_end(earlier_end(into->day_end, hold->to), unit.to);
    p->begun[row] |= from < to;
    for (gridgov_day day = from; day < to; day++) {
        const size_t at = (size_t)(day - into->day_from);
        if (p->workday[at] && !has_day(&into->patrol, sets, ON_LEAVE, at)) {
            if (p->tally->recorder != NULL) {
                set_trace(p, hold->code, at, silent);
            }
            count_day(p, row, sets, at, silent);
            required++;
        }
    }
    return required;
}

/* Count all holds of the officer whose first hold is given; returns the first hold of the next
 * officer. */
static int64_t count_officer(const judging *p, int64_t first) {
    const gridgov_tally *into = p->tally->into;
    const uint64_t *sets = into->patrol.officers[first];
    const int silent = is_silent(&into->patrol, sets);
    gridgov_officer hold = {.struct_size = sizeof hold};
    (void)gridgov_units_officer_at(&hold, into->units, first);
    const char *officer = hold.code;
    int64_t required = 0;
    int64_t next = first;
    do {
        required += count_hold(p, &hold, sets, silent);
        next++;
    } while (gridgov_units_officer_at(&hold, into->units, next) == GRIDGOV_OK &&
             strcmp(hold.code, officer) == 0);
    if (silent && required > 0) {
        gridgov_error issue;
        gg_fail(&issue, GG_RULE_OFFICER_SILENT, "officer", officer, strlen(officer), NULL, NULL);
        gridgov_issues_add(p->tally->issues, &issue);
    }
    return next;
}

static void report_empty_grids(const judging *p) {
    const gg_tally_rows *table = &p->tally->into->tables[GRIDGOV_DIMENSION_UNIT];
    for (size_t row = 0; row < table->count; row++) {
        const gg_fact_row *grid = &table->rows[row];
        if (grid->kind == GRIDGOV_UNIT_GRID && grid->active && !p->begun[row]) {
            char name[UNIT_NAME_SIZE];
            gridgov_error issue;
            gg_tally_unit_name(name, sizeof name, p->tally->into->units, grid->unit);
            gg_fail(&issue, GG_RULE_GRID_NO_OFFICER, "grid", name, strlen(name), NULL, NULL);
            gridgov_issues_add(p->tally->issues, &issue);
        }
    }
}

static gridgov_status list_workdays(judging *p, gridgov_error *err) {
    const gridgov_tally *into = p->tally->into;
    p->days = (size_t)((int64_t)into->day_end - into->day_from);
    p->workday = gg_calloc(p->days, sizeof *p->workday);
    if (p->workday == NULL) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; i < p->days; i++) {
        int32_t kind = 0;
        GG_TRY(
            gridgov_calendar_day_kind(&kind, into->calendar, into->day_from + (gridgov_day)i, err));
        p->workday[i] = kind == GRIDGOV_DAY_WORKDAY || kind == GRIDGOV_DAY_MAKEUP;
    }
    return GRIDGOV_OK;
}

gridgov_status gg_patrol_settle(gg_tally *tally, int8_t *begun, gridgov_error *err) {
    if (!gg_tally_wants(tally, GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS) &&
        !gg_tally_wants(tally, GRIDGOV_MEASURE_PATROL_FAILED_DAYS)) {
        return GRIDGOV_OK;
    }
    judging p = {.tally = tally, .begun = begun};
    const int64_t holds = gridgov_units_officer_count(tally->into->units);
    int64_t officers = 0;
    gridgov_status status = list_workdays(&p, err);
    if (status == GRIDGOV_OK && tally->recorder != NULL && list_rows(&p)) {
        status = gg_fail_memory(err);
    }
    for (int64_t i = 0; i < holds && status == GRIDGOV_OK; officers++) {
        if (officers % TICK == 0) {
            status = gg_tally_tick(tally, "patrol", i, holds, err);
        }
        if (status == GRIDGOV_OK) {
            i = count_officer(&p, i);
        }
    }
    if (status == GRIDGOV_OK) {
        report_empty_grids(&p);
    }
    gg_free(p.workday);
    gg_free(p.rows);
    return status;
}
