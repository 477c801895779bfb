/* SPDX-License-Identifier: Apache-2.0 */
/* Counting the cases of a ledger: take what the life cycle made of each at the cut-off (case.h),
 * make it an atom, and ask the atom for every metric.
 *
 * The cases of the period are the events reported in it by the cut-off, and the opening cases
 * carried into it; others count only where a metric asks for another time than that of the report.
 * A step counts if it happened by the cut-off, was recorded by the time that the tally may know,
 * and was allowed.
 *
 * Agencies: a case counts once for each agency with a dispatch, acknowledgement, handling or
 * feedback step, derived ones included. Each case is read once; agencies are told apart by stamps,
 * so nothing is searched. */
#include "count.h"

#include "base/mem.h"

#include <gridgov/case.h>

#include <string.h>

#define TICK 4096
#define EARLIEST(a, b) ((a) < (b) ? (a) : (b))

/* Reads the cases of a ledger, seen from one cut-off, one by one. */
typedef struct case_reader {
    const gg_tally *tally;
    gridgov_cases *cases;
    gg_case c;
    gg_atom atom;
    int64_t *stamps;    /* per agency of the ledger: one above the last case that met it */
    size_t *slots;      /* per agency: its link in that case */
    int64_t holders[2]; /* the link that has the case or had it last, and the one before */
} case_reader;

static gridgov_status open_reader(case_reader *r, const gg_tally *tally, gridgov_time as_of,
                                  gridgov_error *err) {
    const size_t agencies = (size_t)gridgov_ledger_agency_count(tally->ledger);
    gridgov_cases_options options;
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = as_of;
    options.known_by = tally->into->options.known_by;
    options.lifecycle = tally->lifecycle;
    options.roster = tally->into->plan.clocks_work ? tally->into->roster : NULL;
    r->tally = tally;
    r->stamps = gg_calloc(agencies, sizeof *r->stamps);
    r->slots = gg_calloc(agencies, sizeof *r->slots);
    r->c.links = gg_calloc(agencies, sizeof *r->c.links);
    r->atom.links = gg_calloc(agencies, sizeof *r->atom.links);
    if (r->stamps == NULL || r->slots == NULL || r->c.links == NULL || r->atom.links == NULL) {
        return gg_fail_memory(err);
    }
    return gridgov_cases_run(&r->cases, tally->ledger, &options, NULL, tally->job, err);
}

static void close_reader(case_reader *r) {
    gridgov_cases_free(r->cases);
    gg_free(r->stamps);
    gg_free(r->slots);
    gg_free(r->c.links);
    gg_free(r->atom.links);
}

static gridgov_time first_time(gridgov_time known, gridgov_time at) {
    return known == GRIDGOV_NO_TIME ? at : EARLIEST(known, at);
}

/* The agency's part in the case; NULL if it has none and the step gives it none. */
static gg_case_link *link_of(case_reader *r, int64_t c, const gridgov_case_step *step) {
    const int begins = step->kind == GRIDGOV_STEP_DISPATCH ||
                       step->kind == GRIDGOV_STEP_ACKNOWLEDGE ||
                       step->kind == GRIDGOV_STEP_HANDLE || step->kind == GRIDGOV_STEP_FEEDBACK;
    if (step->agency == GRIDGOV_NONE) {
        return NULL;
    }
    if (r->stamps[step->agency] != c + 1) {
        if (!begins) {
            return NULL;
        }
        r->stamps[step->agency] = c + 1;
        r->slots[step->agency] = r->c.link_count;
        r->c.links[r->c.link_count++] = (gg_case_link){.row = r->tally->agency_rows[step->agency],
                                                       .dispatched_at = GRIDGOV_NO_TIME,
                                                       .handled_at = GRIDGOV_NO_TIME};
    }
    return &r->c.links[r->slots[step->agency]];
}

/* The case comes into the hands of an agency. */
static void hold(case_reader *r, int64_t link) {
    if (link != r->holders[0]) {
        r->c.ping_pong |= link == r->holders[1];
        r->holders[1] = r->holders[0];
        r->holders[0] = link;
    }
}

static void apply_to_agency(case_reader *r, int64_t c, const gridgov_case_step *step) {
    gg_case_link *link = link_of(r, c, step);
    if (link == NULL) {
        return;
    }
    switch (step->kind) {
    case GRIDGOV_STEP_DISPATCH:
        link->dispatched_at = first_time(link->dispatched_at, step->at);
        link->dispatches++;
        break;
    case GRIDGOV_STEP_ACKNOWLEDGE:
        link->acknowledged = 1;
        break;
    case GRIDGOV_STEP_HANDLE:
    case GRIDGOV_STEP_FEEDBACK:
        link->handled_at = step->derived ? link->handled_at : step->at;
        break;
    case GRIDGOV_STEP_RETURN:
        link->returns++;
        return;
    case GRIDGOV_STEP_REWORK:
        link->reworks++;
        break;
    default:
        return;
    }
    hold(r, link - r->c.links);
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

/* What a step says in words or as a new limit, which the case does not repeat. */
static void apply_words(gg_case *c, const gridgov_ledger *ledger, const gridgov_case_step *step) {
    gridgov_step said = {.struct_size = sizeof said, .until = GRIDGOV_NO_TIME, .reason = ""};
    if (step->kind != GRIDGOV_STEP_RATE && step->kind != GRIDGOV_STEP_EXTEND &&
        step->kind != GRIDGOV_STEP_RELIMIT) {
        return;
    }
    if (gridgov_ledger_step_at(&said, ledger, step->step) != GRIDGOV_OK) {
        return;
    }
    if (step->kind == GRIDGOV_STEP_RATE) {
        c->satisfied = satisfied(said.reason);
    } else if (said.until != GRIDGOV_NO_TIME) {
        c->due_at = said.until;
    }
}

static void begin_case(case_reader *r, const gridgov_event *event, const gridgov_case *view) {
    gg_case *c = &r->c;
    gg_case_clear(c);
    r->holders[0] = r->holders[1] = GRIDGOV_NONE;
    c->unit_row = gg_tally_row(r->tally->into, view->unit);
    c->category_row = r->tally->category_rows[view->category];
    c->reported_at = view->reported_at;
    c->dispatch_due_at = event->dispatch_due_at;
    c->due_at = event->due_at;
    c->disposition = event->disposition;
    c->overdue = event->overdue;
    c->self_handled = event->self_handled;
    c->opening = (int8_t)view->opening;
    c->suspended = (int8_t)view->suspended;
    c->closed = (int8_t)view->closed;
    c->ended = (int8_t)view->ended;
    c->excused = view->appeal == GRIDGOV_STEP_APPEAL_GRANT;
    c->closed_at = view->closed_at;
    c->handled_at = view->handled_at;
}

/* When the case was first passed on, and first in the hands of an agency. */
static void apply_passing(gg_case *c, const gridgov_case_step *step) {
    if (step->kind == GRIDGOV_STEP_DISPATCH) {
        c->dispatched_at = first_time(c->dispatched_at, step->at);
        c->passed_at = first_time(c->passed_at, step->at);
    } else if (step->kind == GRIDGOV_STEP_HANDLE && step->agency != GRIDGOV_NONE) {
        c->passed_at = first_time(c->passed_at, step->at);
    }
}

/* The clocks that a metric asks for. Of a case that only its row calls suspended, since when is not
 * known. */
static void read_clocks(case_reader *r, int64_t index) {
    const int clocks = r->tally->into->plan.clocks;
    const int unknown = r->c.suspended && r->c.steps[GRIDGOV_STEP_SUSPEND] == 0;
    for (int32_t clock = 1; clock <= GG_CLOCKS && !unknown; clock++) {
        gridgov_case_clock ran = {.struct_size = sizeof ran};
        if (clocks >> clock & 1 &&
            gridgov_case_clock_at(&ran, r->cases, index, clock - 1) == GRIDGOV_OK) {
            r->c.clocks[clock - 1][0] = ran.wall_seconds < 0 ? -1 : ran.wall_seconds;
            r->c.clocks[clock - 1][1] = ran.work_seconds < 0 ? -1 : ran.work_seconds;
        }
    }
}

static void read_case(case_reader *r, const gridgov_event *event, const gridgov_case *view) {
    const int64_t index = view->event;
    begin_case(r, event, view);
    for (int64_t i = 0; i < view->step_count; i++) {
        gridgov_case_step step = {.struct_size = sizeof step};
        (void)gridgov_case_step_at(&step, r->cases, index, i);
        apply_passing(&r->c, &step);
        apply_to_agency(r, index, &step);
        if (step.accepted) {
            r->c.steps[step.kind]++;
            apply_words(&r->c, r->tally->ledger, &step);
        }
    }
    if (view->agency != GRIDGOV_NONE && r->stamps[view->agency] == index + 1) {
        r->c.holder = (int64_t)r->slots[view->agency];
    }
    read_clocks(r, index);
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
static void count_event(gg_tally *tally, case_reader *r, int64_t index, const gg_atom_frame *frame,
                        int32_t cut_off) {
    const gridgov_tally_options *options = &tally->into->options;
    gridgov_event event = {.struct_size = sizeof event};
    gridgov_case view = {.struct_size = sizeof view};
    (void)gridgov_case_at(&view, r->cases, index);
    if (!view.known) {
        (void)gridgov_ledger_event_at(&event, tally->ledger, index);
    }
    const int known = view.known && gridgov_ledger_event_known(&event, tally->ledger, index,
                                                               options->known_by) == GRIDGOV_OK;
    const int of_period = known && (view.opening || (view.reported_at >= options->period.from &&
                                                     view.reported_at < options->period.to));
    if (cut_off == GRIDGOV_CUT_OFF_AS_OF) {
        tally->into->outside += !of_period && !event.opening;
        tally->into->doubted += of_period && event.closure_doubted;
    }
    if (!known) {
        return;
    }
    if (of_period || tally->into->plan.looks_outside) {
        read_case(r, &event, &view);
        gg_atom_make(&r->atom, &r->c, frame);
        tally->trace = gg_trace_of(GRIDGOV_ATOM_EVENT, index);
        tally->trace.closed = r->c.closed;
        tally->trace.closed_at = r->c.closed_at;
        tally->trace.dispatched_at = r->c.dispatched_at;
        gg_tally_atom(tally, &r->atom, cut_off);
    }
}

/* Count all events in the metrics of one cut-off. */
static gridgov_status count_events(gg_tally *tally, int32_t cut_off, gridgov_error *err) {
    const gridgov_tally_options *options = &tally->into->options;
    const int64_t count = gridgov_ledger_event_count(tally->ledger);
    const int now = cut_off == GRIDGOV_CUT_OFF_AS_OF;
    const gg_atom_frame frame = {
        .period = options->period,
        .as_of = now ? options->as_of : EARLIEST(options->as_of, options->period.to - 1),
        .has_due = gridgov_ledger_covers(tally->ledger, GRIDGOV_COVERAGE_DUE),
        .has_closed = gridgov_ledger_covers(tally->ledger, GRIDGOV_COVERAGE_CLOSED),
        .roster = tally->into->plan.asks_work ? tally->into->roster : NULL};
    case_reader r = {.tally = NULL};
    gridgov_status status = open_reader(&r, tally, frame.as_of, err);
    for (int64_t i = 0; i < count && status == GRIDGOV_OK; i++) {
        count_event(tally, &r, i, &frame, cut_off);
        if (i % TICK == TICK - 1) {
            status = gg_tally_tick(tally, "tally", i, count, err);
        }
    }
    close_reader(&r);
    return status;
}

gridgov_status gg_tally_cases(gg_tally *tally, gridgov_error *err) {
    GG_TRY(count_events(tally, GRIDGOV_CUT_OFF_AS_OF, err));
    return tally->into->plan.looks_back ? count_events(tally, GRIDGOV_CUT_OFF_PERIOD, err)
                                        : GRIDGOV_OK;
}
