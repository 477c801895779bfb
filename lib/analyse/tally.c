/* SPDX-License-Identifier: Apache-2.0 */
/* A tally: sets up the rows and cells, lets each file count its kind of atom, and settles the
 * cells.
 *
 * Time. The period is half-open, [from, to); the cut-off is inclusive and by default the last
 * second of the period. What lies after the cut-off is not known yet: an event reported after it is
 * counted nowhere, a step happened only if it both took place and was recorded by then, a day
 * counts up to and including the day of the cut-off.
 *
 * States. A cell is unknown while its metric has an open threshold or a source that the ledger does
 * not cover. Over a covered source a cell of a *complete list* (events, steps, maintenance) begins
 * as the value 0; a cell of a *register* (officers, required visits, reports) begins unknown and
 * becomes a value with the first row of its unit: no row, no judgement. A cell all of whose atoms
 * lacked the data goes back to unknown, with the number of atoms at hand.
 *
 * Cost: every record is looked at once for each metric that counts it, every officer-day once; no
 * list is searched inside a loop. */
#include "count.h"

#include "base/line.h"
#include "base/mem.h"
#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

#define MINUTES_A_DAY 1440
#define COVER(n) (UINT32_C(1) << GRIDGOV_COVERAGE_##n)

/* What a measure needs: all of `all` and, if it is not 0, one of `any`; and what its cells begin
 * as. */
typedef struct measure_source {
    int32_t measure;
    uint32_t all, any;
    int32_t begins; /* GRIDGOV_CELL_VALUE a complete list, _UNKNOWN a register */
} measure_source;

static const measure_source measure_sources[] = {
    {GRIDGOV_MEASURE_EVENTS_REPORTED, COVER(EVENTS), 0, GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_EVENTS_DISPOSED, COVER(DISPOSITION), 0, GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_CASES_DUE, COVER(CLOSED), 0, GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_CASES_DUE_CLOSED, COVER(CLOSED), 0, GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_CASES_HELD_DUE, 0, COVER(DUE) | COVER(OVERDUE), GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_CASES_HELD_OVERDUE, 0, COVER(DUE) | COVER(OVERDUE), GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_DISPATCH_NEEDED, COVER(DISPATCH_DUE), 0, GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_DISPATCH_MISSED, COVER(DISPATCH_DUE) | COVER(DISPATCH), 0, GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS, COVER(OFFICERS), 0, GRIDGOV_CELL_UNKNOWN},
    {GRIDGOV_MEASURE_PATROL_FAILED_DAYS, COVER(OFFICERS), 0, GRIDGOV_CELL_UNKNOWN},
    {GRIDGOV_MEASURE_VISITS_REQUIRED, COVER(REQUIRED_VISITS), 0, GRIDGOV_CELL_UNKNOWN},
    {GRIDGOV_MEASURE_VISITS_MISSING, COVER(REQUIRED_VISITS) | COVER(VISITS), 0,
     GRIDGOV_CELL_UNKNOWN},
    {GRIDGOV_MEASURE_REPORTS_MISSING, COVER(DISPUTE_REPORTS), 0, GRIDGOV_CELL_UNKNOWN},
    {GRIDGOV_MEASURE_REPORTS_LATE, COVER(DISPUTE_REPORTS), 0, GRIDGOV_CELL_UNKNOWN},
    {GRIDGOV_MEASURE_MAINTENANCE_DEFECTS, COVER(MAINTENANCE), 0, GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_AGENCY_HANDLED, COVER(AGENCY), 0, GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_AGENCY_DISPATCHED, COVER(AGENCY) | COVER(DISPATCH), 0, GRIDGOV_CELL_VALUE},
    {GRIDGOV_MEASURE_AGENCY_CLOSED, COVER(AGENCY) | COVER(CLOSED), 0, GRIDGOV_CELL_VALUE},
};
_Static_assert(sizeof measure_sources / sizeof measure_sources[0] == GRIDGOV_MEASURE_AGENCY_CLOSED,
               "one source a measure, in the order of their numbers");

void gridgov_tally_options_init(gridgov_tally_options *options, size_t struct_size) {
    const gridgov_tally_options full = {.utc_offset_minutes = 480,
                                        .period = {GRIDGOV_NO_TIME, GRIDGOV_NO_TIME},
                                        .as_of = GRIDGOV_NO_TIME};
    const uint32_t size = (uint32_t)struct_size;
    if (options == NULL || struct_size < 2 * sizeof size) {
        return;
    }
    memcpy(options, &full, struct_size < sizeof full ? struct_size : sizeof full);
    memcpy(options, &size, sizeof size);
}

int64_t gg_tally_row(const gg_tally *tally, int64_t unit) {
    if (unit == GRIDGOV_NONE) {
        return (int64_t)tally->facts->tables[GRIDGOV_DIMENSION_UNIT].count - 1;
    }
    return tally->unit_rows[unit];
}

void gg_tally_put(gg_tally *tally, size_t metric, int64_t row, int has_data, int64_t count) {
    gg_fact_cell *cell = &tally->facts->cells[metric][row];
    if (has_data) {
        cell->reported++;
        cell->value += count;
    } else {
        cell->missing++;
        tally->lacking[metric]++;
    }
    gg_recorder_put(tally->recorder, &tally->trace, metric, row, has_data, count);
}

void gg_tally_lack(gg_tally *tally, size_t metric, int64_t row) {
    tally->facts->cells[metric][row].missing++;
    gg_recorder_put(tally->recorder, &tally->trace, metric, row, 0, 0);
}

int gg_tally_wants(const gg_tally *tally, int32_t measure) {
    for (size_t i = 0; i < tally->facts->metric_count; i++) {
        if (tally->covered[i] && tally->facts->list[i].measure == measure) {
            return 1;
        }
    }
    return 0;
}

static int32_t kind_at(const gridgov_ledger *ledger, int64_t index) {
    gridgov_activity activity = {.struct_size = sizeof activity};
    (void)gridgov_ledger_activity_at(&activity, ledger, index);
    return activity.kind;
}

/* First activity whose kind is not below the given one: they are sorted by kind. */
static int64_t first_of_kind(const gridgov_ledger *ledger, int32_t kind) {
    int64_t low = 0;
    int64_t high = gridgov_ledger_activity_count(ledger);
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (kind_at(ledger, middle) < kind) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void gg_tally_activities(int64_t *first, int64_t *last, const gridgov_ledger *ledger,
                         int32_t kind) {
    *first = first_of_kind(ledger, kind);
    *last = first_of_kind(ledger, kind + 1);
}

void gg_tally_unit_name(char *buffer, size_t size, const gridgov_units *units, int64_t unit) {
    gridgov_unit view = {.struct_size = sizeof view};
    gridgov_unit parent = {.struct_size = sizeof parent};
    gg_line line;
    gg_line_init(&line, buffer, size);
    if (gridgov_units_at(&view, units, unit) != GRIDGOV_OK) {
        return;
    }
    if (view.parent != GRIDGOV_NONE &&
        gridgov_units_at(&parent, units, view.parent) == GRIDGOV_OK) {
        gg_line_text(&line, parent.name);
        gg_line_text(&line, "/");
    }
    gg_line_text(&line, view.name);
}

gridgov_status gg_tally_tick(const gg_tally *tally, const char *stage, int64_t done, int64_t total,
                             gridgov_error *err) {
    gridgov_status status = gridgov_job_tick(tally->job, stage, done, total);
    if (status == GRIDGOV_ECANCELLED) {
        return gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
    }
    return status;
}

/* 1 if [from, to) of a unit meets the days of the period. */
static int16_t is_active(const gg_tally *tally, const gridgov_unit *unit) {
    return (unit->from == GRIDGOV_NO_DAY || unit->from < tally->day_to) &&
           (unit->to == GRIDGOV_NO_DAY || unit->to > tally->day_from);
}

/* Units in published order, then the street itself; agencies as the ledger lists them, which begins
 * with those of the units in their order. */
static int make_unit_rows(gg_tally *tally) {
    gg_fact_table *table = &tally->facts->tables[GRIDGOV_DIMENSION_UNIT];
    gg_fact_table *agencies = &tally->facts->tables[GRIDGOV_DIMENSION_AGENCY];
    const int64_t units = gridgov_units_count(tally->units);
    const int64_t agency_count = gridgov_ledger_agency_count(tally->ledger);
    tally->unit_rows = gg_calloc((size_t)units, sizeof *tally->unit_rows);
    table->rows = gg_calloc((size_t)units + 1, sizeof *table->rows);
    agencies->rows = gg_calloc((size_t)agency_count, sizeof *agencies->rows);
    if (tally->unit_rows == NULL || table->rows == NULL || agencies->rows == NULL) {
        return -1;
    }
    for (int64_t i = 0; i < agency_count; i++) {
        int32_t known = 0;
        const char *name = gridgov_ledger_agency_name(tally->ledger, i, &known);
        agencies->rows[i] =
            (gg_fact_row){name, GRIDGOV_NONE, GRIDGOV_UNIT_AGENCY, (int16_t)known, 1};
    }
    agencies->count = (size_t)agency_count;
    int64_t agency = 0;
    for (int64_t i = 0; i < units; i++) {
        gridgov_unit unit = {.struct_size = sizeof unit};
        (void)gridgov_units_at(&unit, tally->units, i);
        int16_t active = is_active(tally, &unit);
        tally->unit_rows[i] = GRIDGOV_NONE;
        if (unit.kind == GRIDGOV_UNIT_AGENCY) {
            agencies->rows[agency].unit = i;
            agencies->rows[agency++].active = active;
            continue;
        }
        tally->unit_rows[i] = (int64_t)table->count;
        table->rows[table->count++] = (gg_fact_row){unit.name, i, unit.kind, 1, active};
    }
    table->rows[table->count++] = (gg_fact_row){"", GRIDGOV_NONE, 0, 1, 1};
    return 0;
}

static int make_category_rows(gg_tally *tally) {
    gg_fact_table *table = &tally->facts->tables[GRIDGOV_DIMENSION_CATEGORY];
    const int64_t count = gridgov_ledger_category_count(tally->ledger);
    table->rows = gg_calloc((size_t)count, sizeof *table->rows);
    if (table->rows == NULL) {
        return -1;
    }
    for (int64_t i = 0; i < count; i++) {
        int32_t known = 0;
        const char *name = gridgov_ledger_category_name(tally->ledger, i, &known);
        table->rows[i] = (gg_fact_row){name, GRIDGOV_NONE, 0, (int16_t)known, 1};
    }
    table->count = (size_t)count;
    return 0;
}

static int is_covered(const gg_tally *tally, const gridgov_metric *metric) {
    const measure_source *source = &measure_sources[metric->measure - 1];
    uint32_t all = source->all;
    uint32_t told = 0;
    for (int32_t i = GRIDGOV_COVERAGE_EVENTS; i <= GRIDGOV_COVERAGE_ADJUSTMENTS; i++) {
        told |= (uint32_t)gridgov_ledger_covers(tally->ledger, i) << i;
    }
    if (metric->measure == GRIDGOV_MEASURE_PATROL_FAILED_DAYS) {
        all |= metric->minimum_minutes >= 0 ? COVER(PATROL_MINUTES) : 0;
        all |= metric->minimum_metres >= 0 ? COVER(PATROL_DISTANCE) : 0;
    }
    if (metric->measure == GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS ||
        metric->measure == GRIDGOV_MEASURE_PATROL_FAILED_DAYS) {
        // Without a calendar nobody can say which days are workdays.
        return metric->configured && tally->calendar != NULL && (told & all) == all;
    }
    return metric->configured && (told & all) == all &&
           (source->any == 0 || (told & source->any) != 0);
}

static int make_cells(gg_tally *tally) {
    gridgov_facts *facts = tally->facts;
    size_t count = (size_t)gridgov_metrics_count(facts->metrics);
    facts->list = gg_calloc(count, sizeof *facts->list);
    facts->cells = gg_calloc(count, sizeof *facts->cells);
    tally->covered = gg_calloc(count, sizeof *tally->covered);
    tally->lacking = gg_calloc(count, sizeof *tally->lacking);
    if (facts->list == NULL || facts->cells == NULL || tally->covered == NULL ||
        tally->lacking == NULL) {
        return -1;
    }
    facts->metric_count = count;
    for (size_t i = 0; i < count; i++) {
        gridgov_metric *metric = &facts->list[i];
        metric->struct_size = sizeof *metric;
        (void)gridgov_metrics_at(metric, facts->metrics, (int64_t)i);
        tally->covered[i] =
            (int8_t)(gg_recorder_wants(tally->recorder, i) && is_covered(tally, metric));
        int32_t state =
            tally->covered[i] ? measure_sources[metric->measure - 1].begins : GRIDGOV_CELL_UNKNOWN;
        size_t rows = facts->tables[metric->dimension].count;
        facts->cells[i] = gg_calloc(rows, sizeof **facts->cells);
        if (facts->cells[i] == NULL) {
            return -1;
        }
        for (size_t row = 0; row < rows; row++) {
            facts->cells[i][row].state = state;
            facts->cells[i][row].origin = GRIDGOV_ORIGIN_ROWS;
        }
    }
    return 0;
}

/* Cells whose atoms all lacked the data are unknown; only values keep their number. */
static void settle_cells(gridgov_facts *facts) {
    for (size_t i = 0; i < facts->metric_count; i++) {
        for (size_t row = 0; row < facts->tables[facts->list[i].dimension].count; row++) {
            gg_fact_cell *cell = &facts->cells[i][row];
            if (cell->state == GRIDGOV_CELL_VALUE && cell->reported == 0 && cell->missing > 0) {
                cell->state = GRIDGOV_CELL_UNKNOWN;
            }
            if (cell->state != GRIDGOV_CELL_VALUE) {
                cell->value = 0;
            }
        }
    }
}

/* 1 if a grid of the period has no monthly figure for the metric, so that what the rows lack is
 * missed by somebody. */
static int counts_for_grids(const gridgov_facts *facts, size_t metric) {
    const gg_fact_table *table = &facts->tables[facts->list[metric].dimension];
    for (size_t row = 0; row < table->count; row++) {
        if (table->rows[row].kind == GRIDGOV_UNIT_GRID && table->rows[row].active &&
            facts->cells[metric][row].origin == GRIDGOV_ORIGIN_ROWS) {
            return 1;
        }
    }
    return 0;
}

static void report_doubts(const gg_tally *tally) {
    const gridgov_facts *facts = tally->facts;
    gridgov_error issue;
    char count[GG_NUM_TEXT_SIZE];
    for (size_t i = 0; i < facts->metric_count; i++) {
        const char *name = facts->list[i].name;
        if (!facts->list[i].configured && counts_for_grids(facts, i)) {
            gg_fail(&issue, GG_RULE_METRIC_OPEN, facts->list[i].code, name, strlen(name), NULL,
                    NULL);
            gridgov_issues_add(tally->issues, &issue);
        }
        if (tally->lacking[i] > 0 &&
            (facts->list[i].dimension != GRIDGOV_DIMENSION_UNIT || counts_for_grids(facts, i))) {
            gg_int_format(count, tally->lacking[i]);
            gg_fail(&issue, GG_RULE_PARTLY_MISSING, facts->list[i].code, name, strlen(name), count,
                    NULL);
            gridgov_issues_add(tally->issues, &issue);
        }
    }
}

/* Said before the rest: a ledger of which nothing lies in the period was given the wrong month. */
static void report_outside(const gg_tally *tally) {
    const gridgov_facts *facts = tally->facts;
    gridgov_error issue;
    char count[GG_NUM_TEXT_SIZE];
    if (facts->outside == 0) {
        return;
    }
    gg_int_format(count, facts->outside);
    gg_fail(&issue,
            facts->outside == gridgov_ledger_event_count(tally->ledger) ? GG_RULE_ALL_OUTSIDE
                                                                        : GG_RULE_OUTSIDE,
            "reported_at", NULL, 0, count, NULL);
    gridgov_issues_add(tally->issues, &issue);
}

static gridgov_status check_options(gridgov_tally_options *options,
                                    const gridgov_tally_options *given, gridgov_error *err) {
    gridgov_tally_options_init(options, sizeof *options);
    if (given == NULL || gg_options_read(options, sizeof *options, given)) {
        return gg_fail_arg(err, "options");
    }
    if (options->utc_offset_minutes < -MINUTES_A_DAY ||
        options->utc_offset_minutes > MINUTES_A_DAY) {
        return gg_fail_arg(err, "options.utc_offset_minutes");
    }
    if (options->period.from >= options->period.to ||
        gridgov_time_day(options->period.from, options->utc_offset_minutes) == GRIDGOV_NO_DAY ||
        gridgov_time_day(options->period.to - 1, options->utc_offset_minutes) == GRIDGOV_NO_DAY) {
        return gg_fail_arg(err, "options.period");
    }
    if (options->as_of == GRIDGOV_NO_TIME) {
        options->as_of = options->period.to - 1;
    }
    if (options->as_of < options->period.from ||
        gridgov_time_day(options->as_of, options->utc_offset_minutes) == GRIDGOV_NO_DAY) {
        return gg_fail_arg(err, "options.as_of");
    }
    return GRIDGOV_OK;
}

static gridgov_status count_all(gg_tally *tally, gridgov_error *err) {
    GG_TRY(gg_tally_tick(tally, "tally", 0, gridgov_ledger_event_count(tally->ledger), err));
    if (make_unit_rows(tally) || make_category_rows(tally) || make_cells(tally)) {
        return gg_fail_memory(err);
    }
    GG_TRY(gg_tally_cases(tally, err));
    report_outside(tally);
    GG_TRY(gg_tally_patrol(tally, err));
    GG_TRY(gg_tally_registers(tally, err));
    settle_cells(tally->facts);
    GG_TRY(gg_tally_given(tally, err));
    GG_TRY(gg_tally_adjustments(tally, err));
    report_doubts(tally);
    return GRIDGOV_OK;
}

/* Count with options that were checked. */
static gridgov_status run(gridgov_facts **out, const gridgov_ledger *ledger,
                          const gridgov_metrics *metrics, const gridgov_calendar *calendar,
                          const gridgov_tally_options *set, gg_tally *tally, gridgov_error *err) {
    gridgov_facts *facts = gg_calloc(1, sizeof *facts);
    if (facts == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&facts->share);
    facts->ledger = gridgov_ledger_hold(ledger);
    facts->metrics = gridgov_metrics_hold(metrics);
    facts->calendar = gridgov_calendar_hold(calendar);
    facts->period = set->period;
    facts->as_of = set->as_of;
    facts->utc_offset_minutes = set->utc_offset_minutes;
    tally->facts = facts;
    tally->ledger = ledger;
    tally->units = gridgov_ledger_units(ledger);
    tally->calendar = calendar;
    tally->day_from = gridgov_time_day(set->period.from, set->utc_offset_minutes);
    tally->day_to = gridgov_time_day(set->period.to - 1, set->utc_offset_minutes) + 1;
    tally->day_end = gridgov_time_day(set->as_of, set->utc_offset_minutes) + 1;
    if (tally->day_end > tally->day_to) {
        tally->day_end = tally->day_to;
    }
    gridgov_status status = count_all(tally, err);
    if (status == GRIDGOV_OK) {
        *out = facts;
    } else {
        gridgov_facts_free(facts);
    }
    gg_free(tally->unit_rows);
    gg_free(tally->covered);
    gg_free(tally->lacking);
    return status;
}

gridgov_status gridgov_tally_run(gridgov_facts **out, const gridgov_ledger *ledger,
                                 const gridgov_metrics *metrics, const gridgov_calendar *calendar,
                                 const gridgov_tally_options *options, gridgov_issues *issues,
                                 gridgov_job *job, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (ledger == NULL || metrics == NULL) {
        return gg_fail_arg(err, ledger == NULL ? "ledger" : "metrics");
    }
    gridgov_tally_options set;
    GG_TRY(check_options(&set, options, err));
    if (gridgov_ledger_digest(ledger)[0] == '\0') {
        return gg_fail_state(err, "the ledger is not sealed");
    }
    gg_tally tally = {.issues = issues, .job = job};
    return run(out, ledger, metrics, calendar, &set, &tally, err);
}

gridgov_status gg_tally_record(const gridgov_facts *facts, gg_recorder *recorder, gridgov_job *job,
                               gridgov_error *err) {
    const gridgov_tally_options set = {.struct_size = sizeof set,
                                       .utc_offset_minutes = facts->utc_offset_minutes,
                                       .period = facts->period,
                                       .as_of = facts->as_of};
    gridgov_facts *again = NULL;
    gg_tally tally = {.recorder = recorder, .job = job};
    gridgov_status status =
        run(&again, facts->ledger, facts->metrics, facts->calendar, &set, &tally, err);
    gridgov_facts_free(again);
    return status;
}
