/* SPDX-License-Identifier: Apache-2.0 */
/* Rulings on appeals, as dated facts: what was upheld, and recorded by known_by, takes effect; a
 * table computed as known earlier stays as it was.
 *
 * A ruling names the grid and what it is about: an event's number, the object of a visit, the name
 * of a maintenance record, the number of an adjustment, or nothing for the monthly report. What it
 * is about no longer counts as a fault: an event counts as valid, in time and passed on, a visit as
 * made, a report as submitted in time, a record as right. (A day of an officer counts as leave,
 * patrol.c; an adjustment is left out, given.c.) Names are compared by their look-up keys.
 *
 * The rulings stand in one map from grid and name, so that an atom costs one look-up where there
 * are rulings and nothing where there are none. */
#include "count.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"

#include <string.h>

struct gg_rulings {
    gg_map map;   /* unit, '/', look-up key → 1, or 2 once something was found */
    int64_t used; /* of them */
    gg_buf key;
    const gridgov_ledger *ledger;
    int failed;
};

static gg_str key_of(gg_rulings *r, int64_t unit, const char *name) {
    gg_buf_clear(&r->key);
    gg_buf_int(&r->key, unit);
    gg_buf_byte(&r->key, '/');
    gg_buf_key(&r->key, gg_str_of(name));
    r->failed |= gg_buf_failed(&r->key);
    return gg_str_make(gg_buf_data(&r->key), r->key.size);
}

int gg_ruling_holds(const gg_tally *tally, const gridgov_activity *row) {
    return row->state == GRIDGOV_RULING_UPHELD && row->at <= tally->into->options.known_by;
}

gridgov_status gg_rulings_open(gg_tally *tally, gridgov_error *err) {
    int64_t first = 0, last = 0;
    gg_tally_activities(&first, &last, tally->ledger, GRIDGOV_ACTIVITY_RULING);
    if (first == last) {
        return GRIDGOV_OK;
    }
    tally->rulings = gg_calloc(1, sizeof *tally->rulings);
    if (tally->rulings == NULL) {
        return gg_fail_memory(err);
    }
    tally->rulings->ledger = tally->ledger;
    for (int64_t i = first; i < last; i++) {
        gridgov_activity row = {.struct_size = sizeof row};
        (void)gridgov_ledger_activity_at(&row, tally->ledger, i);
        if (row.officer[0] == '\0' && gg_ruling_holds(tally, &row) &&
            (gg_map_set(&tally->rulings->map, key_of(tally->rulings, row.unit, row.key), 1) ||
             tally->rulings->failed)) {
            return gg_fail_memory(err);
        }
    }
    return GRIDGOV_OK;
}

int gg_rulings_void(gg_tally *tally, int64_t unit, const char *name) {
    gg_rulings *r = tally->rulings;
    if (r == NULL) {
        return 0;
    }
    const gg_str key = key_of(r, unit, name);
    const int64_t found = gg_map_get(&r->map, key, 0);
    if (found == 1) {
        r->failed |= gg_map_set(&r->map, key, 2) != 0;
        r->used++;
    }
    return found != 0;
}

/* What an event that was ruled to be in order adds to a metric. */
static int64_t event_count(const gridgov_metric *metric, int64_t count) {
    switch (metric->measure) {
    case GRIDGOV_MEASURE_EVENTS_DISPOSED:
        return metric->dispositions >> GRIDGOV_DISPOSITION_VALID & 1;
    case GRIDGOV_MEASURE_CASES_HELD_OVERDUE:
    case GRIDGOV_MEASURE_DISPATCH_MISSED:
        return 0;
    default:
        return count;
    }
}

static int64_t activity_count(const gridgov_metric *metric, int64_t count) {
    switch (metric->measure) {
    case GRIDGOV_MEASURE_VISITS_MISSING:
    case GRIDGOV_MEASURE_REPORTS_MISSING:
    case GRIDGOV_MEASURE_REPORTS_LATE:
    case GRIDGOV_MEASURE_MAINTENANCE_DEFECTS:
        return 0;
    default:
        return count;
    }
}

int64_t gg_rulings_apply(gg_tally *tally, const gridgov_metric *metric, int64_t count) {
    const int is_event = tally->trace.kind == GRIDGOV_ATOM_EVENT;
    gridgov_event event = {.struct_size = sizeof event};
    gridgov_activity row = {.struct_size = sizeof row};
    const int64_t ruled = is_event ? event_count(metric, count) : activity_count(metric, count);
    if (ruled == count || tally->trace.index == GRIDGOV_NONE ||
        tally->trace.kind == GRIDGOV_ATOM_OFFICER_DAY) {
        return count;
    }
    if (is_event) {
        (void)gridgov_ledger_event_at(&event, tally->ledger, tally->trace.index);
    } else {
        (void)gridgov_ledger_activity_at(&row, tally->ledger, tally->trace.index);
    }
    tally->trace.ruled =
        gg_rulings_void(tally, is_event ? event.unit : row.unit, is_event ? event.id : row.key);
    return tally->trace.ruled ? ruled : count;
}

/* A ruling whose name stands nowhere is often a name written in another way. */
static void report_unused(const gg_tally *tally) {
    const int64_t unused = (int64_t)tally->rulings->map.count - tally->rulings->used;
    char count[GG_NUM_TEXT_SIZE];
    gridgov_error issue;
    if (unused > 0) {
        (void)gg_int_format(count, unused);
        (void)gg_fail(&issue, GG_RULE_RULING_UNUSED, "target", NULL, 0, count, NULL);
        gg_error_at(&issue, gridgov_ledger_source(tally->ledger, GRIDGOV_TABLE_APPEALS), 0, 0);
        gridgov_issues_add(tally->issues, &issue);
    }
}

gridgov_status gg_rulings_close(gg_tally *tally, gridgov_status status, gridgov_error *err) {
    if (tally->rulings == NULL) {
        return status;
    }
    if (status == GRIDGOV_OK && tally->rulings->failed) {
        status = gg_fail_memory(err);
    }
    report_unused(tally);
    gg_map_release(&tally->rulings->map);
    gg_buf_release(&tally->rulings->key);
    gg_free(tally->rulings);
    tally->rulings = NULL;
    return status;
}
