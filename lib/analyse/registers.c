/* SPDX-License-Identifier: Apache-2.0 */
/* Counting visits, monthly reports and maintenance.
 *
 * - A required visit is made if the same object of the same grid was visited in the period by the
 * cut-off. A visit given with a day only counts on that day. Objects are the same if their look-up
 * keys are (no blanks, one width, one case).
 * - A report is missing if it was not submitted by the cut-off, unless its limit lies after the
 * cut-off: then it is not expected yet. It is late if it was submitted by the cut-off and after its
 * limit; without a limit it is never late.
 * - Defects are summed over the rows of the period; a row without a day belongs to it.
 *
 * Required visits and reports are registers: the cells of a grid become values with its first row.
 * Maintenance is a complete list. The atoms are a required visit with the visits of its object, a
 * report, a row of maintenance: each stands whole in one source. */
#include "count.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/num.h"

#include <string.h>

/* What is known of a visit of the period. */
enum { MADE = 1, ASKED_FOR = 2 };

static int has_measure(const gg_tally *tally, size_t metric, int32_t measure) {
    return tally->covered[metric] && tally->into->list[metric].measure == measure;
}

/* Count one row of a register in every metric of a measure. */
static void put_row(gg_tally *tally, int32_t measure, int64_t unit, int64_t count) {
    const int64_t row = gg_tally_row(tally->into, unit);
    for (size_t i = 0; i < tally->into->metric_count; i++) {
        if (has_measure(tally, i, measure)) {
            gg_tally_put(tally, i, row, 1, count);
        }
    }
}

static int is_in_period(const gg_tally *tally, const gridgov_activity *visit) {
    const gridgov_tally_options *options = &tally->into->options;
    if (visit->at == GRIDGOV_NO_TIME) {
        return visit->day >= tally->into->day_from && visit->day < tally->into->day_end;
    }
    return visit->at >= options->period.from && visit->at < options->period.to &&
           visit->at <= options->as_of;
}

/* The key of (grid, object) in a buffer. */
static gg_str visit_key(gg_buf *buf, const gridgov_activity *visit) {
    gg_buf_clear(buf);
    gg_buf_int(buf, visit->unit);
    gg_buf_byte(buf, '/');
    gg_buf_key(buf, gg_str_of(visit->key));
    return gg_str_make(gg_buf_data(buf), buf->size);
}

/* Visits of the period that no required one asks for: often a name written in another way. */
static gridgov_status report_unregistered(const gg_tally *tally, const gg_map *made, gg_buf *key,
                                          int64_t first, int64_t last, gridgov_error *err) {
    gridgov_activity row = {.struct_size = sizeof row};
    gridgov_error issue;
    char count[GG_NUM_TEXT_SIZE];
    int64_t strangers = 0;
    for (int64_t i = first; i < last; i++) {
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        strangers += is_in_period(tally, &row) && gg_map_get(made, visit_key(key, &row), 0) == MADE;
        if (gg_buf_failed(key)) {
            return gg_fail_memory(err);
        }
    }
    if (strangers > 0) {
        (void)gg_int_format(count, strangers);
        (void)gg_fail(&issue, GG_RULE_VISIT_UNREGISTERED, "object", NULL, 0, count, NULL);
        gg_error_at(&issue, gridgov_ledger_source(tally->ledger, GRIDGOV_TABLE_VISITS), 0, 0);
        gridgov_issues_add(tally->issues, &issue);
    }
    return GRIDGOV_OK;
}

static gridgov_status count_visits(gg_tally *tally, gridgov_error *err) {
    gg_map made = {0};
    gg_buf key = {0};
    int64_t first = 0;
    int64_t last = 0;
    gridgov_status status = GRIDGOV_OK;
    gridgov_activity row = {.struct_size = sizeof row};
    gg_tally_activities(&first, &last, tally->ledger, GRIDGOV_ACTIVITY_VISIT);
    for (int64_t i = first; i < last; i++) {
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        if (is_in_period(tally, &row) &&
            (gg_map_set(&made, visit_key(&key, &row), MADE) || gg_buf_failed(&key))) {
            status = gg_fail_memory(err);
            goto done;
        }
    }
    gg_tally_activities(&first, &last, tally->ledger, GRIDGOV_ACTIVITY_REQUIRED_VISIT);
    for (int64_t i = first; i < last; i++) {
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        int64_t missing = !gg_map_get(&made, visit_key(&key, &row), 0);
        if (gg_buf_failed(&key) ||
            (!missing && gg_map_set(&made, gg_str_make(gg_buf_data(&key), key.size), ASKED_FOR))) {
            status = gg_fail_memory(err);
            goto done;
        }
        tally->trace = gg_trace_of(GRIDGOV_ATOM_VISIT, i);
        put_row(tally, GRIDGOV_MEASURE_VISITS_REQUIRED, row.unit, 1);
        put_row(tally, GRIDGOV_MEASURE_VISITS_MISSING, row.unit, missing);
    }
    gg_tally_activities(&first, &last, tally->ledger, GRIDGOV_ACTIVITY_VISIT);
    status = report_unregistered(tally, &made, &key, first, last, err);
done:
    gg_map_release(&made);
    gg_buf_release(&key);
    return status;
}

static void count_reports(gg_tally *tally) {
    const gridgov_time as_of = tally->into->options.as_of;
    int64_t first = 0;
    int64_t last = 0;
    gg_tally_activities(&first, &last, tally->ledger, GRIDGOV_ACTIVITY_DISPUTE_REPORT);
    for (int64_t i = first; i < last; i++) {
        gridgov_activity row = {.struct_size = sizeof row};
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        const int submitted = row.at != GRIDGOV_NO_TIME && row.at <= as_of;
        const int limited = row.due_at != GRIDGOV_NO_TIME;
        tally->trace = gg_trace_of(GRIDGOV_ATOM_REPORT, i);
        put_row(tally, GRIDGOV_MEASURE_REPORTS_MISSING, row.unit,
                !submitted && !(limited && row.due_at > as_of));
        put_row(tally, GRIDGOV_MEASURE_REPORTS_LATE, row.unit,
                submitted && limited && row.at > row.due_at);
    }
}

static void count_defects(gg_tally *tally) {
    int64_t first = 0;
    int64_t last = 0;
    gg_tally_activities(&first, &last, tally->ledger, GRIDGOV_ACTIVITY_MAINTENANCE);
    for (int64_t i = first; i < last; i++) {
        gridgov_activity row = {.struct_size = sizeof row};
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        if (row.day != GRIDGOV_NO_DAY &&
            (row.day < tally->into->day_from || row.day >= tally->into->day_end)) {
            continue;
        }
        tally->trace = gg_trace_of(GRIDGOV_ATOM_RECORD, i);
        for (size_t m = 0; m < tally->into->metric_count; m++) {
            if (has_measure(tally, m, GRIDGOV_MEASURE_MAINTENANCE_DEFECTS)) {
                const int counts = (tally->into->list[m].defects >> row.state & 1) != 0;
                gg_tally_put(tally, m, gg_tally_row(tally->into, row.unit), 1,
                             counts ? row.amount : 0);
            }
        }
    }
}

gridgov_status gg_tally_registers(gg_tally *tally, gridgov_error *err) {
    if (gg_tally_wants(tally, GRIDGOV_MEASURE_VISITS_REQUIRED) ||
        gg_tally_wants(tally, GRIDGOV_MEASURE_VISITS_MISSING)) {
        GG_TRY(count_visits(tally, err));
    }
    count_reports(tally);
    count_defects(tally);
    return GRIDGOV_OK;
}
