/* SPDX-License-Identifier: Apache-2.0 */
/* A tally: makes the rows and cells, and lets each file count its kind of atom.
 *
 * Time. The period is half-open, [from, to); the cut-off is inclusive and by default the last
 * second of the period. What lies after the cut-off is not known yet: an event reported after it is
 * counted nowhere, a step happened only if it took place by then and was recorded by known_by, a
 * day counts up to and including the day of the cut-off.
 *
 * A source is counted into a fresh tally of the same kind, which is then taken over: whatever goes
 * wrong, the tally stays as it was. Everything a tally keeps is added componentwise or united, so
 * the order of sources and the shape of merging cannot show (tally_merge.c, tally_rows.c).
 *
 * Cost: every record is looked at once for each metric that counts it; no list is searched inside a
 * loop. */
#include "count.h"

#include "base/line.h"
#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

#define MINUTES_A_DAY 1440

void gridgov_tally_options_init(gridgov_tally_options *options, size_t struct_size) {
    const gridgov_tally_options full = {.utc_offset_minutes = 480,
                                        .period = {GRIDGOV_NO_TIME, GRIDGOV_NO_TIME},
                                        .as_of = GRIDGOV_NO_TIME,
                                        .known_by = GRIDGOV_NO_TIME};
    gg_options_write(options, struct_size, &full, sizeof full);
}

int64_t gg_tally_row(const gridgov_tally *tally, int64_t unit) {
    if (unit == GRIDGOV_NONE) {
        return (int64_t)tally->tables[GRIDGOV_DIMENSION_UNIT].reference - 1;
    }
    return tally->unit_rows[unit];
}

void gg_tally_put(gg_tally *tally, size_t metric, int64_t row, int has_data, int64_t count) {
    gg_tally_cell *cell = &tally->cells[metric][row];
    if (has_data && tally->rulings != NULL) {
        count = gg_rulings_apply(tally, &tally->into->list[metric], count);
    }
    if (has_data) {
        // Counts are no less than 0, here and in what is loaded.
        if (cell->reported == INT64_MAX || cell->value > INT64_MAX - count) {
            tally->overflow = 1;
            return;
        }
        cell->reported++;
        cell->value += count;
    } else {
        if (cell->missing == INT64_MAX) {
            tally->overflow = 1;
            return;
        }
        cell->missing++;
        tally->counted[metric].lacking++;
    }
    if (tally->recorder != NULL && tally->covered[metric]) {
        gg_recorder_put(tally->recorder, &tally->trace, metric, row, has_data, count);
    }
}

int gg_tally_wants(const gg_tally *tally, int32_t measure) {
    for (size_t i = 0; i < tally->into->metric_count; i++) {
        if (tally->covered[i] && tally->into->list[i].measure == measure) {
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

gridgov_status gg_tally_options_read(gridgov_tally_options *options,
                                     const gridgov_tally_options *given, gridgov_error *err) {
    gridgov_tally_options_init(options, sizeof *options);
    if (given == NULL || gg_options_read(options, sizeof *options, given)) {
        return gg_fail_arg(err, "options");
    }
    options->struct_size = sizeof *options;
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
    if (options->known_by == GRIDGOV_NO_TIME) {
        options->known_by = options->as_of;
    }
    return GRIDGOV_OK;
}

static void take_reference(gridgov_tally *tally, const gridgov_tally_reference *reference) {
    gg_digest digest;
    tally->taxonomy = gridgov_taxonomy_hold(reference->taxonomy);
    tally->units = gridgov_units_hold(reference->units);
    tally->calendar = gridgov_calendar_hold(reference->calendar);
    tally->roster = gridgov_roster_hold(reference->roster);
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_of(gridgov_taxonomy_digest(tally->taxonomy)));
    gg_digest_text(&digest, gg_str_of(gridgov_units_digest(tally->units)));
    gg_digest_text(&digest, gg_str_of(gridgov_calendar_digest(tally->calendar)));
    gg_digest_text(&digest, gg_str_of(gridgov_roster_digest(tally->roster)));
    gg_digest_finish(&digest, tally->reference);
}

static void take_days(gridgov_tally *tally) {
    const gridgov_tally_options *options = &tally->options;
    tally->day_from = gridgov_time_day(options->period.from, options->utc_offset_minutes);
    tally->day_to = gridgov_time_day(options->period.to - 1, options->utc_offset_minutes) + 1;
    tally->day_end = gridgov_time_day(options->as_of, options->utc_offset_minutes) + 1;
    if (tally->day_end > tally->day_to) {
        tally->day_end = tally->day_to;
    }
}

/* A tally over references that are good. */
static gridgov_status make(gridgov_tally **out, const gridgov_metrics *metrics,
                           const gridgov_tally_reference *reference,
                           const gridgov_tally_options *options, gridgov_error *err) {
    gridgov_tally *tally = gg_calloc(1, sizeof *tally);
    if (tally == NULL) {
        return gg_fail_memory(err);
    }
    tally->metrics = gridgov_metrics_hold(metrics);
    tally->options = *options;
    take_reference(tally, reference);
    take_days(tally);
    tally->metric_count = (size_t)gridgov_metrics_count(metrics);
    tally->list = gg_calloc(tally->metric_count, sizeof *tally->list);
    gridgov_status status = GRIDGOV_OK;
    if (tally->list == NULL) {
        tally->metric_count = 0;
        status = gg_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < tally->metric_count; i++) {
        tally->list[i].struct_size = sizeof tally->list[i];
        (void)gridgov_metrics_at(&tally->list[i], metrics, (int64_t)i);
    }
    status =
        gg_plan_open(&tally->plan, metrics) ? gg_fail_memory(err) : gg_tally_rows_open(tally, err);
    if (status == GRIDGOV_OK) {
        status = gg_patrol_open(tally, err);
    }
done:
    if (status == GRIDGOV_OK) {
        *out = tally;
    } else {
        gridgov_tally_free(tally);
    }
    return status;
}

gridgov_status gridgov_tally_new(gridgov_tally **out, const gridgov_metrics *metrics,
                                 const gridgov_tally_reference *reference,
                                 const gridgov_tally_options *options, gridgov_error *err) {
    gridgov_tally_reference full = {.struct_size = sizeof full};
    gridgov_tally_options set;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (metrics == NULL) {
        return gg_fail_arg(err, "metrics");
    }
    if (gg_options_read(&full, sizeof full, reference)) {
        return gg_fail_arg(err, "reference");
    }
    GG_TRY(gg_tally_options_read(&set, options, err));
    if (full.units != NULL && !gridgov_units_is_sealed(full.units)) {
        return gg_fail_state(err, "the units are not sealed");
    }
    if (full.roster != NULL && gridgov_roster_digest(full.roster)[0] == '\0') {
        return gg_fail_state(err, "the roster is not sealed");
    }
    return make(out, metrics, &full, &set, err);
}

gridgov_status gg_tally_like(gridgov_tally **out, const gridgov_tally *tally, gridgov_error *err) {
    const gridgov_tally_reference reference = {.struct_size = sizeof reference,
                                               .taxonomy = tally->taxonomy,
                                               .units = tally->units,
                                               .calendar = tally->calendar,
                                               .roster = tally->roster};
    return make(out, tally->metrics, &reference, &tally->options, err);
}

void gridgov_tally_free(gridgov_tally *tally) {
    if (tally == NULL) {
        return;
    }
    gg_patrol_release(&tally->patrol);
    gg_tally_rows_release(tally);
    gg_plan_release(&tally->plan);
    gg_free(tally->list);
    gg_free(tally->given);
    gg_free(tally->adjustments);
    gg_arena_release(&tally->arena);
    gridgov_ledger_free(tally->ledger);
    gridgov_roster_free(tally->roster);
    gridgov_calendar_free(tally->calendar);
    gridgov_units_free(tally->units);
    gridgov_taxonomy_free(tally->taxonomy);
    gridgov_metrics_free(tally->metrics);
    gg_free(tally);
}

void gg_tally_report_outside(const gg_tally *tally, int64_t cases) {
    const int64_t outside = tally->into->outside;
    gridgov_error issue;
    char count[GG_NUM_TEXT_SIZE];
    if (outside == 0) {
        return;
    }
    gg_int_format(count, outside);
    gg_fail(&issue, outside == cases ? GG_RULE_ALL_OUTSIDE : GG_RULE_OUTSIDE, "reported_at", NULL,
            0, count, NULL);
    gridgov_issues_add(tally->issues, &issue);
}

static int is_covered(const gridgov_tally *tally, uint64_t told, const gridgov_metric *metric) {
    const gg_metric_needs needs = gg_metric_needs_of(metric);
    // Without a calendar nobody can say which days are workdays.
    return metric->configured && (told & needs.all) == needs.all &&
           (needs.any == 0 || (told & needs.any) != 0) &&
           (tally->calendar != NULL || !gg_measure_is_patrol(metric->measure));
}

int gg_tally_cover(gg_tally *tally, uint64_t told) {
    gridgov_tally *into = tally->into;
    tally->covered = gg_calloc(into->metric_count, sizeof *tally->covered);
    if (tally->covered == NULL) {
        return -1;
    }
    into->coverage |= told;
    for (size_t i = 0; i < into->metric_count; i++) {
        tally->covered[i] = (int8_t)(gg_recorder_wants(tally->recorder, i) &&
                                     is_covered(into, told, &into->list[i]));
        into->counted[i].covered |= tally->covered[i];
    }
    return 0;
}

/* The rows of the ledger's categories and agencies, which begin with the reference's. */
static int map_names(gg_tally *tally) {
    gridgov_tally *into = tally->into;
    const int64_t categories = gridgov_ledger_category_count(tally->ledger);
    const int64_t agencies = gridgov_ledger_agency_count(tally->ledger);
    const int64_t listed[] = {(int64_t)into->tables[GRIDGOV_DIMENSION_CATEGORY].reference,
                              (int64_t)into->tables[GRIDGOV_DIMENSION_AGENCY].reference};
    tally->category_rows = gg_calloc((size_t)categories, sizeof *tally->category_rows);
    tally->agency_rows = gg_calloc((size_t)agencies, sizeof *tally->agency_rows);
    if (tally->category_rows == NULL || tally->agency_rows == NULL) {
        return -1;
    }
    for (int64_t i = 0; i < categories; i++) {
        const char *name = gridgov_ledger_category_name(tally->ledger, i, NULL);
        tally->category_rows[i] =
            i < listed[0] ? i : gg_tally_found(into, GRIDGOV_DIMENSION_CATEGORY, name);
        if (tally->category_rows[i] == GRIDGOV_NONE) {
            return -1;
        }
    }
    for (int64_t i = 0; i < agencies; i++) {
        const char *name = gridgov_ledger_agency_name(tally->ledger, i, NULL);
        tally->agency_rows[i] =
            i < listed[1] ? i : gg_tally_found(into, GRIDGOV_DIMENSION_AGENCY, name);
        if (tally->agency_rows[i] == GRIDGOV_NONE) {
            return -1;
        }
    }
    return 0;
}

/* Each kind of atom, with the rulings that are known. */
static gridgov_status count_parts(gg_tally *tally, gridgov_error *err) {
    GG_TRY(gg_tally_cases(tally, err));
    // Said before the rest: of the wrong month nothing lies in the period.
    gg_tally_report_outside(tally, gridgov_ledger_event_count(tally->ledger));
    GG_TRY(gg_patrol_add(tally, err));
    GG_TRY(gg_tally_registers(tally, err));
    return gg_given_add(tally, err);
}

gridgov_status gg_tally_count(gg_tally *tally, gridgov_error *err) {
    uint64_t told = 0;
    for (int32_t i = 0; i < 64; i++) {
        told |= (uint64_t)(gridgov_ledger_covers(tally->ledger, i) != 0) << i;
    }
    GG_TRY(gg_tally_tick(tally, "tally", 0, gridgov_ledger_event_count(tally->ledger), err));
    if (gg_tally_cover(tally, told) || map_names(tally)) {
        return gg_fail_memory(err);
    }
    gridgov_status status = gg_rulings_open(tally, err);
    status = status == GRIDGOV_OK ? count_parts(tally, err) : status;
    GG_TRY(gg_rulings_close(tally, status, err));
    return tally->overflow ? gg_fail(err, GG_RULE_OVERFLOW, NULL, NULL, 0, "count", NULL)
                           : GRIDGOV_OK;
}

void gg_tally_close(gg_tally *tally) {
    gg_free(tally->covered);
    gg_free(tally->category_rows);
    gg_free(tally->agency_rows);
}

gridgov_status gridgov_tally_add_ledger(gridgov_tally *tally, const gridgov_ledger *ledger,
                                        gridgov_issues *issues, gridgov_job *job,
                                        gridgov_error *err) {
    if (tally == NULL || ledger == NULL) {
        return gg_fail_arg(err, tally == NULL ? "tally" : "ledger");
    }
    if (gridgov_ledger_digest(ledger)[0] == '\0') {
        return gg_fail_state(err, "the ledger is not sealed");
    }
    if (strcmp(gridgov_taxonomy_digest(gridgov_ledger_taxonomy(ledger)),
               gridgov_taxonomy_digest(tally->taxonomy)) != 0 ||
        strcmp(gridgov_units_digest(gridgov_ledger_units(ledger)),
               gridgov_units_digest(tally->units)) != 0) {
        return gg_fail(err, GG_RULE_TALLY_KIND, "reference", NULL, 0, NULL, NULL);
    }
    gridgov_tally *part = NULL;
    GG_TRY(gg_tally_like(&part, tally, err));
    gg_tally count = {.into = part,
                      .cells = part->cells,
                      .counted = part->counted,
                      .ledger = ledger,
                      .issues = issues,
                      .job = job};
    part->ledger = gridgov_ledger_hold(ledger);
    part->sources = 1;
    gridgov_status status = gg_tally_count(&count, err);
    if (status == GRIDGOV_OK) {
        status = gg_tally_take(tally, part, issues, err);
    }
    gg_tally_close(&count);
    gridgov_tally_free(part);
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
    const gridgov_tally_reference reference = {.struct_size = sizeof reference,
                                               .taxonomy = gridgov_ledger_taxonomy(ledger),
                                               .units = gridgov_ledger_units(ledger),
                                               .calendar = calendar};
    gridgov_tally *tally = NULL;
    GG_TRY(gridgov_tally_new(&tally, metrics, &reference, options, err));
    gridgov_status status = gridgov_tally_add_ledger(tally, ledger, issues, job, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_tally_finish(out, tally, issues, job, err);
    }
    gridgov_tally_free(tally);
    return status;
}
