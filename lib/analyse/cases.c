/* SPDX-License-Identifier: Apache-2.0 */
/* Counting cases: the events reported in the period by the cut-off, and the opening cases carried
 * into it.
 *
 * What is known of a case at the cut-off:
 * - *closed*: the latest of its known closings, reopenings and the row's closed_at decides. Without
 * any of them, a row that says "closed" and gives no time counts as closed, unless the log dates
 * the closing after the cut-off.
 * - *suspended*: its latest known suspension or resumption; without one, the row's own word.
 * Unknown is not suspended.
 * - *due*: where limits are covered, a case with a limit at or before the cut-off is due, one
 * without a limit lacks the data. Where they are not, every case is due. A suspended case leaves
 * the count.
 * - *held by the grid*: no agency had it, that is no dispatch at all and no handling by an agency,
 * at or before the earliest of limit, closing and cut-off. A case that an agency had is not the
 * grid's, whatever else is known.
 * - *overdue*: closed after its limit, or open at the cut-off with the limit reached. Where a
 * limit, the closing times or the time of this closing is unknown, the source's own verdict counts;
 * without a verdict the case lacks the data.
 * - *passed on in time*: a dispatch at or before dispatch_due_at.
 *
 * Agencies: a case counts once for each agency with a dispatch, acknowledgement, handling or
 * feedback step known at the cut-off, derived ones included. An agency without any case has nothing
 * to report: "not applicable" in all three figures. Each case is read once; agencies are told apart
 * by stamps, so nothing is searched. */
#include "count.h"

#include "base/mem.h"

#define TICK 4096
#define EARLIEST(a, b) ((a) < (b) ? (a) : (b))

/* Answers about one case that lacks nothing are 0 or 1. */
enum { LEFT_OUT = -2, LACKING = -1 };

typedef struct case_view {
    gridgov_event event;
    int64_t row;                /* of dimension unit */
    gridgov_time closed_at;     /* GRIDGOV_NO_TIME: open, or closed at an unknown time */
    gridgov_time passed_at;     /* first moment an agency had it; GRIDGOV_NO_TIME */
    gridgov_time dispatched_at; /* first dispatch; GRIDGOV_NO_TIME */
    int closed, suspended;
} case_view;

/* Figures of agencies, and which of them the case at hand has met. */
typedef struct agency_count {
    int64_t *handled, *dispatched, *closed; /* per agency */
    int64_t *met, *sent;                    /* per agency: last case that met it, was sent to it */
    int64_t *list;                          /* agencies of the case at hand */
    int64_t listed;
} agency_count;

typedef struct counter {
    gg_tally *tally;
    agency_count agencies;
    size_t *unit_metrics; /* covered metrics of dimension unit that count cases */
    size_t unit_metric_count;
    size_t *category_metrics;
    size_t category_metric_count;
    int has_due, has_closed; /* coverage */
} counter;

static int is_agency_step(int32_t kind) {
    return kind == GRIDGOV_STEP_DISPATCH || kind == GRIDGOV_STEP_ACKNOWLEDGE ||
           kind == GRIDGOV_STEP_HANDLE || kind == GRIDGOV_STEP_FEEDBACK;
}

static void meet_agency(agency_count *agencies, const gridgov_step *step) {
    if (agencies->met == NULL || step->agency == GRIDGOV_NONE || !is_agency_step(step->kind)) {
        return;
    }
    // Stamps are one above the index of the case, so that 0 means none yet.
    if (agencies->met[step->agency] != step->event + 1) {
        agencies->met[step->agency] = step->event + 1;
        agencies->list[agencies->listed++] = step->agency;
        agencies->handled[step->agency]++;
    }
    if (step->kind == GRIDGOV_STEP_DISPATCH && agencies->sent[step->agency] != step->event + 1) {
        agencies->sent[step->agency] = step->event + 1;
        agencies->dispatched[step->agency]++;
    }
}

static gridgov_time first_time(gridgov_time known, gridgov_time at) {
    return known == GRIDGOV_NO_TIME ? at : EARLIEST(known, at);
}

/* One step that is known at the cut-off; turned is the time of the latest closing or reopening. */
static void apply_step(case_view *c, const gridgov_step *step, gridgov_time *turned) {
    switch (step->kind) {
    case GRIDGOV_STEP_CLOSE:
        c->closed = 1;
        c->closed_at = *turned = step->at;
        break;
    case GRIDGOV_STEP_REOPEN:
        c->closed = 0;
        c->closed_at = GRIDGOV_NO_TIME;
        *turned = step->at;
        break;
    case GRIDGOV_STEP_SUSPEND:
        c->suspended = 1;
        break;
    case GRIDGOV_STEP_RESUME:
        c->suspended = 0;
        break;
    case GRIDGOV_STEP_DISPATCH:
        c->dispatched_at = first_time(c->dispatched_at, step->at);
        c->passed_at = first_time(c->passed_at, step->at);
        break;
    case GRIDGOV_STEP_HANDLE:
        if (step->agency != GRIDGOV_NONE) {
            c->passed_at = first_time(c->passed_at, step->at);
        }
        break;
    default:
        break;
    }
}

static void read_case(case_view *c, counter *n, int64_t index) {
    const gg_tally *tally = n->tally;
    const gridgov_time as_of = tally->facts->as_of;
    int64_t first = 0;
    int64_t count = 0;
    gridgov_time turned = GRIDGOV_NO_TIME;
    int closes_later = 0;
    c->row = gg_tally_row(tally, c->event.unit);
    c->closed = 0;
    c->suspended = c->event.suspended == GRIDGOV_TRI_YES;
    c->closed_at = c->passed_at = c->dispatched_at = GRIDGOV_NO_TIME;
    n->agencies.listed = 0;
    (void)gridgov_ledger_event_steps(&first, &count, tally->ledger, index);
    for (int64_t i = first; i < first + count; i++) {
        gridgov_step step = {.struct_size = sizeof step};
        (void)gridgov_ledger_step_at(&step, tally->ledger, i);
        if (step.at <= as_of && step.recorded_at <= as_of) { // NO_TIME is below every time
            apply_step(c, &step, &turned);
            meet_agency(&n->agencies, &step);
        } else if (step.kind == GRIDGOV_STEP_CLOSE) {
            closes_later = 1;
        }
    }
    const gridgov_time closed_at = c->event.closed_at;
    if (closed_at != GRIDGOV_NO_TIME && closed_at <= as_of && closed_at > turned) {
        c->closed = 1;
        c->closed_at = closed_at;
    } else if (turned == GRIDGOV_NO_TIME && closed_at == GRIDGOV_NO_TIME && !closes_later) {
        c->closed = c->event.closed == GRIDGOV_TRI_YES;
    }
}

static int is_due(const case_view *c, const counter *n) {
    if (c->suspended) {
        return LEFT_OUT;
    }
    if (!n->has_due) {
        return 1;
    }
    if (c->event.due_at == GRIDGOV_NO_TIME) {
        return LACKING;
    }
    return c->event.due_at <= n->tally->facts->as_of;
}

/* 1 if the case was the grid's to keep in time, and *overdue whether it was late. */
static int is_held(int *overdue, const case_view *c, const counter *n) {
    const gridgov_time as_of = n->tally->facts->as_of;
    const gridgov_time due_at = c->event.due_at;
    gridgov_time moment = as_of;
    *overdue = 0;
    if (c->suspended) {
        return LEFT_OUT;
    }
    moment = due_at == GRIDGOV_NO_TIME ? moment : EARLIEST(moment, due_at);
    moment = c->closed_at == GRIDGOV_NO_TIME ? moment : EARLIEST(moment, c->closed_at);
    if ((c->passed_at != GRIDGOV_NO_TIME && c->passed_at <= moment) || due_at > as_of) {
        return 0;
    }
    const int closing_known = n->has_closed && (!c->closed || c->closed_at != GRIDGOV_NO_TIME);
    if (due_at != GRIDGOV_NO_TIME && closing_known) {
        *overdue = !c->closed || c->closed_at > due_at;
        return 1;
    }
    *overdue = c->event.overdue == GRIDGOV_TRI_YES;
    return c->event.overdue == GRIDGOV_TRI_UNKNOWN ? LACKING : 1;
}

static int missed_dispatch(const case_view *c, const counter *n) {
    const gridgov_time due_at = c->event.dispatch_due_at;
    if (due_at == GRIDGOV_NO_TIME || due_at > n->tally->facts->as_of) {
        return 0;
    }
    return c->dispatched_at == GRIDGOV_NO_TIME || c->dispatched_at > due_at;
}

/* What a case adds to a metric of dimension unit. */
static int answer(const gridgov_metric *metric, const case_view *c, const counter *n) {
    int overdue = 0;
    int held = 0;
    int due = 0;
    switch (metric->measure) {
    case GRIDGOV_MEASURE_EVENTS_REPORTED:
        return c->event.opening ? LEFT_OUT : 1;
    case GRIDGOV_MEASURE_EVENTS_DISPOSED:
        if (c->event.opening) {
            return LEFT_OUT;
        }
        return c->event.disposition == GRIDGOV_DISPOSITION_UNKNOWN
                   ? LACKING
                   : (int)(metric->dispositions >> c->event.disposition & 1);
    case GRIDGOV_MEASURE_CASES_DUE:
        return is_due(c, n);
    case GRIDGOV_MEASURE_CASES_DUE_CLOSED:
        due = is_due(c, n);
        return due == 1 ? c->closed : due;
    case GRIDGOV_MEASURE_CASES_HELD_DUE:
        return is_held(&overdue, c, n);
    case GRIDGOV_MEASURE_CASES_HELD_OVERDUE:
        held = is_held(&overdue, c, n);
        return held == 1 ? overdue : held;
    case GRIDGOV_MEASURE_DISPATCH_NEEDED:
        return c->event.dispatch_due_at != GRIDGOV_NO_TIME &&
               c->event.dispatch_due_at <= n->tally->facts->as_of;
    case GRIDGOV_MEASURE_DISPATCH_MISSED:
        return missed_dispatch(c, n);
    default:
        return LEFT_OUT;
    }
}

/* Agencies are counted on the way; here each atom of theirs is named to the recorder. */
static void record_agencies(const counter *n, const case_view *c, int64_t index) {
    const gg_tally *tally = n->tally;
    for (size_t i = 0; tally->recorder != NULL && i < tally->facts->metric_count; i++) {
        const int32_t measure = tally->facts->list[i].measure;
        if (!tally->covered[i] || tally->facts->list[i].dimension != GRIDGOV_DIMENSION_AGENCY) {
            continue;
        }
        for (int64_t k = 0; k < n->agencies.listed; k++) {
            const int64_t agency = n->agencies.list[k];
            const int count = measure == GRIDGOV_MEASURE_AGENCY_HANDLED ? 1
                              : measure == GRIDGOV_MEASURE_AGENCY_DISPATCHED
                                  ? n->agencies.sent[agency] == index + 1
                                  : c->closed;
            gg_recorder_put(tally->recorder, &tally->trace, i, agency, 1, count);
        }
    }
}

static void count_case(counter *n, const case_view *c, int64_t index) {
    gg_tally *tally = n->tally;
    tally->trace = gg_trace_of(GRIDGOV_ATOM_EVENT, index);
    tally->trace.closed = c->closed;
    tally->trace.closed_at = c->closed_at;
    tally->trace.dispatched_at = c->dispatched_at;
    for (size_t i = 0; i < n->unit_metric_count; i++) {
        size_t metric = n->unit_metrics[i];
        int result = answer(&n->tally->facts->list[metric], c, n);
        if (result != LEFT_OUT) {
            gg_tally_put(n->tally, metric, c->row, result != LACKING, result);
        }
    }
    for (size_t i = 0; i < n->category_metric_count && !c->event.opening; i++) {
        gg_tally_put(n->tally, n->category_metrics[i], c->event.category, 1, 1);
    }
    for (int64_t i = 0; i < n->agencies.listed; i++) {
        n->agencies.closed[n->agencies.list[i]] += c->closed;
    }
    record_agencies(n, c, index);
}

/* 1 if the event makes a case of the period. */
static int is_inside(const gridgov_facts *facts, const gridgov_event *event) {
    return event->opening ||
           (event->reported_at >= facts->period.from && event->reported_at < facts->period.to &&
            event->reported_at <= facts->as_of);
}

static int is_case_measure(int32_t measure) {
    return measure >= GRIDGOV_MEASURE_EVENTS_REPORTED && measure <= GRIDGOV_MEASURE_DISPATCH_MISSED;
}

static int open_counter(counter *n, gg_tally *tally) {
    const size_t metrics = tally->facts->metric_count;
    const size_t agencies = tally->facts->tables[GRIDGOV_DIMENSION_AGENCY].count;
    agency_count *a = &n->agencies;
    n->tally = tally;
    n->has_due = gridgov_ledger_covers(tally->ledger, GRIDGOV_COVERAGE_DUE);
    n->has_closed = gridgov_ledger_covers(tally->ledger, GRIDGOV_COVERAGE_CLOSED);
    n->unit_metrics = gg_calloc(metrics, sizeof *n->unit_metrics);
    n->category_metrics = gg_calloc(metrics, sizeof *n->category_metrics);
    a->handled = gg_calloc(agencies, sizeof *a->handled);
    a->dispatched = gg_calloc(agencies, sizeof *a->dispatched);
    a->closed = gg_calloc(agencies, sizeof *a->closed);
    a->met = gg_calloc(agencies, sizeof *a->met);
    a->sent = gg_calloc(agencies, sizeof *a->sent);
    a->list = gg_calloc(agencies, sizeof *a->list);
    if (n->unit_metrics == NULL || n->category_metrics == NULL || a->handled == NULL ||
        a->dispatched == NULL || a->closed == NULL || a->met == NULL || a->sent == NULL ||
        a->list == NULL) {
        return -1;
    }
    for (size_t i = 0; i < metrics; i++) {
        const gridgov_metric *metric = &tally->facts->list[i];
        if (tally->covered[i] && is_case_measure(metric->measure)) {
            if (metric->dimension == GRIDGOV_DIMENSION_UNIT) {
                n->unit_metrics[n->unit_metric_count++] = i;
            } else {
                n->category_metrics[n->category_metric_count++] = i;
            }
        }
    }
    return 0;
}

static void close_counter(counter *n) {
    gg_free(n->unit_metrics);
    gg_free(n->category_metrics);
    gg_free(n->agencies.handled);
    gg_free(n->agencies.dispatched);
    gg_free(n->agencies.closed);
    gg_free(n->agencies.met);
    gg_free(n->agencies.sent);
    gg_free(n->agencies.list);
}

/* Copy the agencies' figures into the cells of every metric that asks for them. */
static void settle_agencies(const counter *n) {
    gridgov_facts *facts = n->tally->facts;
    const int covered = gridgov_ledger_covers(n->tally->ledger, GRIDGOV_COVERAGE_AGENCY);
    for (size_t i = 0; i < facts->metric_count && covered; i++) {
        const int32_t measure = facts->list[i].measure;
        if (facts->list[i].dimension != GRIDGOV_DIMENSION_AGENCY) {
            continue;
        }
        for (size_t row = 0; row < facts->tables[GRIDGOV_DIMENSION_AGENCY].count; row++) {
            gg_fact_cell *cell = &facts->cells[i][row];
            const int64_t handled = n->agencies.handled[row];
            cell->reported = n->tally->covered[i] ? handled : 0;
            cell->value = measure == GRIDGOV_MEASURE_AGENCY_HANDLED ? handled
                          : measure == GRIDGOV_MEASURE_AGENCY_DISPATCHED
                              ? n->agencies.dispatched[row]
                              : n->agencies.closed[row];
            if (handled == 0) {
                cell->state = GRIDGOV_CELL_NOT_APPLICABLE;
            }
        }
    }
}

gridgov_status gg_tally_cases(gg_tally *tally, gridgov_error *err) {
    counter n = {.unit_metric_count = 0};
    gridgov_status status = GRIDGOV_OK;
    const int64_t count = gridgov_ledger_event_count(tally->ledger);
    if (open_counter(&n, tally)) {
        status = gg_fail_memory(err);
        goto done;
    }
    case_view c = {.event = {.struct_size = sizeof(gridgov_event)}};
    for (int64_t i = 0; i < count; i++) {
        if (i % TICK == TICK - 1) {
            status = gg_tally_tick(tally, "tally", i, count, err);
            if (status < 0) {
                goto done;
            }
        }
        (void)gridgov_ledger_event_at(&c.event, tally->ledger, i);
        if (is_inside(tally->facts, &c.event)) {
            read_case(&c, &n, i);
            count_case(&n, &c, i);
            tally->facts->doubted += c.event.closure_doubted;
        } else {
            tally->facts->outside++;
        }
    }
    settle_agencies(&n);
done:
    close_counter(&n);
    return status;
}
