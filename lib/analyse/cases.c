/* SPDX-License-Identifier: Apache-2.0 */
/* Counting the cases of a ledger: read what is known of each at the cut-off, make it an atom, and
 * ask the atom for every metric.
 *
 * The cases of the period are the events reported in it by the cut-off, and the opening cases
 * carried into it; others count only where a metric asks for another time than that of the report.
 * A step is known if it happened by the cut-off and was recorded by the time that the tally may
 * know.
 *
 * - *closed*: the latest of its known closings, reopenings and the row's closed_at decides. Without
 * any of them, a row that says "closed" and gives no time counts as closed, unless the log dates
 * the closing after the cut-off.
 * - *suspended*: its latest known suspension or resumption; without one, the row's own word.
 * Unknown is not suspended.
 *
 * Agencies: a case counts once for each agency with a dispatch, acknowledgement, handling or
 * feedback step known at the cut-off, derived ones included. Each case is read once; agencies are
 * told apart by stamps, so nothing is searched. */
#include "count.h"

#include "base/mem.h"

#include <string.h>

#define TICK 4096
#define EARLIEST(a, b) ((a) < (b) ? (a) : (b))

/* Reads the cases of a ledger one by one. */
typedef struct case_reader {
    const gg_tally *tally;
    gg_case c;
    gg_atom atom;
    int64_t reading;    /* how many cases were read, this one included */
    int64_t *stamps;    /* per agency of the ledger: the last reading that met it */
    size_t *slots;      /* per agency: its link in that case */
    int64_t holders[2]; /* the link that had the case before the present one, and the one before */
} case_reader;

static int open_reader(case_reader *r, const gg_tally *tally) {
    const size_t agencies = (size_t)gridgov_ledger_agency_count(tally->ledger);
    r->tally = tally;
    r->stamps = gg_calloc(agencies, sizeof *r->stamps);
    r->slots = gg_calloc(agencies, sizeof *r->slots);
    r->c.links = gg_calloc(agencies, sizeof *r->c.links);
    r->atom.links = gg_calloc(agencies, sizeof *r->atom.links);
    return r->stamps == NULL || r->slots == NULL || r->c.links == NULL || r->atom.links == NULL ? -1
                                                                                                : 0;
}

static void close_reader(case_reader *r) {
    gg_free(r->stamps);
    gg_free(r->slots);
    gg_free(r->c.links);
    gg_free(r->atom.links);
}

static gridgov_time first_time(gridgov_time known, gridgov_time at) {
    return known == GRIDGOV_NO_TIME ? at : EARLIEST(known, at);
}

/* The agency's part in the case; NULL if it has none and the step gives it none. */
static gg_case_link *link_of(case_reader *r, const gridgov_step *step) {
    const int begins = step->kind == GRIDGOV_STEP_DISPATCH ||
                       step->kind == GRIDGOV_STEP_ACKNOWLEDGE ||
                       step->kind == GRIDGOV_STEP_HANDLE || step->kind == GRIDGOV_STEP_FEEDBACK;
    if (step->agency == GRIDGOV_NONE) {
        return NULL;
    }
    if (r->stamps[step->agency] != r->reading) {
        if (!begins) {
            return NULL;
        }
        r->stamps[step->agency] = r->reading;
        r->slots[step->agency] = r->c.link_count;
        r->c.links[r->c.link_count++] = (gg_case_link){.row = r->tally->agency_rows[step->agency],
                                                       .dispatched_at = GRIDGOV_NO_TIME,
                                                       .handled_at = GRIDGOV_NO_TIME};
    }
    return &r->c.links[r->slots[step->agency]];
}

/* The case comes into the hands of an agency. */
static void hold(case_reader *r, const gg_case_link *link) {
    const int64_t index = link - r->c.links;
    if (index == r->c.holder) {
        return;
    }
    if (index != r->holders[0]) {
        r->c.ping_pong |= index == r->holders[1];
        r->holders[1] = r->holders[0];
        r->holders[0] = index;
    }
    r->c.holder = index;
}

static void apply_to_agency(case_reader *r, const gridgov_step *step) {
    gg_case_link *link = link_of(r, step);
    if (link == NULL) {
        return;
    }
    switch (step->kind) {
    case GRIDGOV_STEP_DISPATCH:
        link->dispatched_at = first_time(link->dispatched_at, step->at);
        link->dispatches++;
        hold(r, link);
        break;
    case GRIDGOV_STEP_ACKNOWLEDGE:
        link->acknowledged = 1;
        hold(r, link);
        break;
    case GRIDGOV_STEP_HANDLE:
    case GRIDGOV_STEP_FEEDBACK:
        link->handled_at = step->derived ? link->handled_at : step->at;
        hold(r, link);
        break;
    case GRIDGOV_STEP_RETURN:
        link->returns++;
        r->c.holder = GRIDGOV_NONE;
        break;
    case GRIDGOV_STEP_REWORK:
        link->reworks++;
        hold(r, link);
        break;
    default:
        break;
    }
}

/* What a rating says. */
static int32_t satisfied(const char *reason) {
    static const char *const words[] = {"满意", "非常满意", "很满意", "基本满意", "satisfied"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(reason, words[i]) == 0) {
            return GRIDGOV_TRI_YES;
        }
    }
    return reason[0] == '\0' ? GRIDGOV_TRI_UNKNOWN : GRIDGOV_TRI_NO;
}

/* One step that is known at the cut-off; turned is the time of the latest closing or reopening. */
static void apply_step(gg_case *c, const gridgov_step *step, gridgov_time *turned) {
    c->steps[step->kind]++;
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
    case GRIDGOV_STEP_FEEDBACK:
        c->handled_at = step->derived ? c->handled_at : step->at;
        if (step->agency != GRIDGOV_NONE && step->kind == GRIDGOV_STEP_HANDLE) {
            c->passed_at = first_time(c->passed_at, step->at);
        }
        break;
    case GRIDGOV_STEP_RATE:
        c->satisfied = satisfied(step->reason);
        break;
    default:
        break;
    }
}

static void begin_case(case_reader *r, const gridgov_event *event) {
    gg_case *c = &r->c;
    gg_case_clear(c);
    r->reading++;
    r->holders[0] = r->holders[1] = GRIDGOV_NONE;
    c->unit_row = gg_tally_row(r->tally->into, event->unit);
    c->category_row = r->tally->category_rows[event->category];
    c->reported_at = event->reported_at;
    c->dispatch_due_at = event->dispatch_due_at;
    c->due_at = event->due_at;
    c->disposition = event->disposition;
    c->overdue = event->overdue;
    c->self_handled = event->self_handled;
    c->opening = (int8_t)event->opening;
    c->suspended = event->suspended == GRIDGOV_TRI_YES;
}

static void read_case(case_reader *r, const gridgov_event *event, int64_t index,
                      gridgov_time as_of) {
    const gridgov_time known_by = EARLIEST(as_of, r->tally->into->options.known_by);
    gg_case *c = &r->c;
    int64_t first = 0;
    int64_t count = 0;
    gridgov_time turned = GRIDGOV_NO_TIME;
    int closes_later = 0;
    begin_case(r, event);
    (void)gridgov_ledger_event_steps(&first, &count, r->tally->ledger, index);
    for (int64_t i = first; i < first + count; i++) {
        gridgov_step step = {.struct_size = sizeof step};
        (void)gridgov_ledger_step_at(&step, r->tally->ledger, i);
        if (step.at <= as_of && step.recorded_at <= known_by) { // NO_TIME is below every time
            apply_step(c, &step, &turned);
            apply_to_agency(r, &step);
        } else if (step.kind == GRIDGOV_STEP_CLOSE) {
            closes_later = 1;
        }
    }
    const gridgov_time closed_at = event->closed_at;
    if (closed_at != GRIDGOV_NO_TIME && closed_at <= as_of && closed_at > turned) {
        c->closed = 1;
        c->closed_at = closed_at;
    } else if (turned == GRIDGOV_NO_TIME && closed_at == GRIDGOV_NO_TIME && !closes_later) {
        c->closed = event->closed == GRIDGOV_TRI_YES;
    }
}

static void put_items(gg_tally *tally, int32_t dimension, int32_t cut_off, int64_t row, uint64_t is,
                      uint64_t known, int32_t disposition, const int64_t *quantities) {
    const gg_plan *plan = &tally->into->plan;
    for (size_t i = 0; i < plan->counts[dimension]; i++) {
        const gg_plan_item *item = &plan->items[dimension][i];
        if (item->cut_off != cut_off) {
            continue;
        }
        int64_t answer = gg_plan_answer(item, is, known, disposition, quantities);
        if (answer != GG_LEFT_OUT) {
            // Where the source says nothing of the matter, every case lacks it.
            const int has_data = answer != GG_LACKING && tally->covered[item->metric];
            gg_tally_put(tally, item->metric, row, has_data, answer);
        }
    }
}

void gg_tally_atom(gg_tally *tally, const gg_atom *atom, int32_t cut_off) {
    put_items(tally, GRIDGOV_DIMENSION_UNIT, cut_off, atom->unit_row, atom->is, atom->known,
              atom->disposition, atom->quantities);
    put_items(tally, GRIDGOV_DIMENSION_CATEGORY, cut_off, atom->category_row, atom->is, atom->known,
              atom->disposition, atom->quantities);
    put_items(tally, GRIDGOV_DIMENSION_TOTAL, cut_off, 0, atom->is, atom->known, atom->disposition,
              atom->quantities);
    for (size_t i = 0; i < atom->link_count; i++) {
        const gg_atom_link *link = &atom->links[i];
        put_items(tally, GRIDGOV_DIMENSION_AGENCY, cut_off, link->row, link->is, link->known,
                  atom->disposition, link->quantities);
    }
}

/* Count an event in the metrics of one cut-off. */
static void count_event(gg_tally *tally, case_reader *r, const gridgov_event *event, int64_t index,
                        const gg_atom_frame *frame, int32_t cut_off) {
    if (event->reported_at <= frame->as_of || event->opening) {
        read_case(r, event, index, frame->as_of);
        gg_atom_make(&r->atom, &r->c, frame);
        tally->trace = gg_trace_of(GRIDGOV_ATOM_EVENT, index);
        tally->trace.closed = r->c.closed;
        tally->trace.closed_at = r->c.closed_at;
        tally->trace.dispatched_at = r->c.dispatched_at;
        gg_tally_atom(tally, &r->atom, cut_off);
    }
}

/* 1 if the event makes a case of the period. */
static int is_of_period(const gridgov_tally_options *options, const gridgov_event *event) {
    return event->opening ||
           (event->reported_at >= options->period.from && event->reported_at < options->period.to &&
            event->reported_at <= options->as_of);
}

static gridgov_status count_events(gg_tally *tally, case_reader *r, gridgov_error *err) {
    gridgov_tally *into = tally->into;
    const gridgov_tally_options *options = &into->options;
    const int64_t count = gridgov_ledger_event_count(tally->ledger);
    const gg_atom_frame now = {
        .period = options->period,
        .as_of = options->as_of,
        .has_due = gridgov_ledger_covers(tally->ledger, GRIDGOV_COVERAGE_DUE),
        .has_closed = gridgov_ledger_covers(tally->ledger, GRIDGOV_COVERAGE_CLOSED),
        .roster = into->plan.asks_work ? into->roster : NULL};
    gg_atom_frame then = now;
    then.as_of = EARLIEST(options->as_of, options->period.to - 1);
    for (int64_t i = 0; i < count; i++) {
        gridgov_event event = {.struct_size = sizeof event};
        if (i % TICK == TICK - 1) {
            GG_TRY(gg_tally_tick(tally, "tally", i, count, err));
        }
        (void)gridgov_ledger_event_at(&event, tally->ledger, i);
        const int of_period = is_of_period(options, &event);
        if (of_period || into->plan.looks_outside) {
            count_event(tally, r, &event, i, &now, GRIDGOV_CUT_OFF_AS_OF);
            if (into->plan.looks_back) {
                count_event(tally, r, &event, i, &then, GRIDGOV_CUT_OFF_PERIOD);
            }
        }
        into->doubted += of_period && event.closure_doubted;
        into->outside += !of_period;
    }
    return GRIDGOV_OK;
}

gridgov_status gg_tally_cases(gg_tally *tally, gridgov_error *err) {
    case_reader r = {.tally = NULL};
    gridgov_status status =
        open_reader(&r, tally) ? gg_fail_memory(err) : count_events(tally, &r, err);
    close_reader(&r);
    return status;
}
