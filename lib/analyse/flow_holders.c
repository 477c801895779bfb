/* SPDX-License-Identifier: Apache-2.0 */
/* What holders had to do with the cases of a period, and every look into the movements.
 *
 * A case is in somebody's hands on every second that it is open, so the seconds of all holders add
 * up to the seconds that cases were open. Both are counted, the one from the spans of the case, the
 * other from its states, and a test holds them to each other. */
#include "flow_model.h"

#include "base/num.h"

#include <string.h>

#define DAY 86400

/* The part of [from, to) that lies in the period up to the end, and not before the report of the
 * case; 0 if none. */
static int64_t inside(const gridgov_flow_options *options, const gridgov_case *view,
                      gridgov_time *from, gridgov_time *to) {
    const gridgov_time end = options->as_of + 1;
    const gridgov_time first =
        view->reported_at > options->period.from ? view->reported_at : options->period.from;
    *from = *from < first ? first : *from;
    *to = *to == GRIDGOV_NO_TIME || *to > end ? end : *to;
    return *to > *from ? *to - *from : 0;
}

static int add_work(gridgov_flow_holder *holder, const gridgov_roster *roster, gridgov_time from,
                    gridgov_time to) {
    int64_t seconds = 0;
    if (holder->work_seconds < 0) {
        return 0;
    }
    if (roster == NULL || gridgov_worktime_between(&seconds, roster, GRIDGOV_LIMIT_WORK_HOURS, from,
                                                   to, NULL) != GRIDGOV_OK) {
        holder->work_seconds = -1;
        return 0;
    }
    return gg_add(&holder->work_seconds, holder->work_seconds, seconds);
}

static int32_t class_of(const gg_flow_counter *n, int32_t state) {
    gridgov_lifecycle_state view = {.struct_size = sizeof view};
    (void)gridgov_lifecycle_state_at(&view, gridgov_cases_lifecycle(n->cases), state);
    return view.state_class;
}

/* 1 if the step closes the case: a closing, or a confirmation of one. */
static int closes(const gg_flow_counter *n, const gridgov_case_step *step) {
    return class_of(n, step->after) == GRIDGOV_STATE_CLOSED &&
           class_of(n, step->before) != GRIDGOV_STATE_CLOSED;
}

/* The steps that say what a holder did: returns, reworks, closings, and cases that come back. */
static void add_steps(gg_flow_counter *n, const gridgov_case *view) {
    const gridgov_flow_options *options = &n->flow->options;
    int64_t holders[2] = {GRIDGOV_NONE - 1, GRIDGOV_NONE - 1}; // the present one and the one before
    int64_t holder = GRIDGOV_NONE;
    int straight = 1;
    for (int64_t i = 0; i < view->step_count; i++) {
        gridgov_case_step step = {.struct_size = sizeof step};
        (void)gridgov_case_step_at(&step, n->cases, view->event, i);
        if (!step.accepted) {
            continue;
        }
        const int counts = step.at >= options->period.from && step.at <= options->as_of;
        gridgov_flow_holder *had = &n->flow->holders[holder + 1];
        if (step.kind == GRIDGOV_STEP_RETURN || step.kind == GRIDGOV_STEP_REWORK ||
            step.kind == GRIDGOV_STEP_REOPEN) {
            straight = 0;
            had->returns += counts && step.kind == GRIDGOV_STEP_RETURN;
            had->reworks += counts && step.kind == GRIDGOV_STEP_REWORK;
        }
        if (view->closed && step.at == view->closed_at && closes(n, &step)) {
            had->closed += counts;
            had->first_time += counts && straight;
        }
        if (step.holder != holder && step.holder != GRIDGOV_NONE && step.holder != holders[0]) {
            n->flow->holders[step.holder + 1].ping_pong += counts && step.holder == holders[1];
            holders[1] = holders[0];
            holders[0] = step.holder;
        }
        holder = step.holder;
    }
}

static void add_age(gg_flow_counter *n, const gridgov_case *view) {
    static const int64_t days[GRIDGOV_FLOW_AGES - 1] = {1, 3, 7, 15, 30};
    const gg_flow_place *place = &n->flow->closing[view->event];
    const int64_t age = n->flow->options.as_of - view->reported_at;
    size_t bucket = 0;
    while (bucket < GRIDGOV_FLOW_AGES - 1 && age > days[bucket] * DAY) {
        bucket++;
    }
    if (place->open) {
        n->flow->holders[place->holder].ages[bucket]++;
    }
}

/* Seconds of the period in which the case was open, by its states. */
static int add_open(gg_flow_counter *n, const gridgov_case *view) {
    const gridgov_flow_options *options = &n->flow->options;
    gridgov_time since = GRIDGOV_NO_TIME;
    gridgov_time at = view->reported_at;
    for (int64_t i = 0; i <= view->step_count; i++) {
        gridgov_case_step step = {.struct_size = sizeof step};
        const int last = i == view->step_count;
        int32_t class = GRIDGOV_STATE_ENDED;
        if (!last) {
            (void)gridgov_case_step_at(&step, n->cases, view->event, i);
            at = step.at == GRIDGOV_NO_TIME ? at : step.at;
            class = class_of(n, step.after);
        }
        const int open =
            class != 0 && class != GRIDGOV_STATE_CLOSED && class != GRIDGOV_STATE_ENDED;
        if (since != GRIDGOV_NO_TIME && (last || !open)) {
            gridgov_time from = since;
            gridgov_time to = last ? GRIDGOV_NO_TIME : at;
            if (gg_add(&n->flow->open_seconds, n->flow->open_seconds,
                       inside(options, view, &from, &to))) {
                return -1;
            }
            since = GRIDGOV_NO_TIME;
        } else if (since == GRIDGOV_NO_TIME && open) {
            since = at;
        }
    }
    return 0;
}

int gg_flow_add_spans(gg_flow_counter *n, const gridgov_case *view) {
    const gridgov_flow_options *options = &n->flow->options;
    for (int64_t i = 0; i < view->hold_count; i++) {
        gridgov_case_hold hold = {.struct_size = sizeof hold};
        (void)gridgov_case_hold_at(&hold, n->cases, view->event, i);
        gridgov_flow_holder *holder = &n->flow->holders[hold.agency + 1];
        gridgov_time from = hold.from;
        gridgov_time to = hold.to;
        if (hold.ended_by != 0 && hold.to == GRIDGOV_NO_TIME) {
            continue; // it ended at an unknown time
        }
        const int64_t seconds = inside(options, view, &from, &to);
        if (seconds == 0) {
            continue;
        }
        if (n->met[hold.agency + 1] != view->event + 1) {
            n->met[hold.agency + 1] = view->event + 1;
            holder->held++;
        }
        if (gg_add(&holder->held_seconds, holder->held_seconds, seconds) ||
            add_work(holder, options->roster, from, to)) {
            return -1;
        }
    }
    add_steps(n, view);
    add_age(n, view);
    return add_open(n, view);
}

const gridgov_ledger *gridgov_flow_ledger(const gridgov_flow *flow) {
    return flow == NULL ? NULL : flow->ledger;
}

int64_t gridgov_flow_open_seconds(const gridgov_flow *flow) {
    return flow == NULL ? 0 : flow->open_seconds;
}

gridgov_status gridgov_flow_account_at(gridgov_flow_account *account_out, const gridgov_flow *flow,
                                       int64_t index) {
    if (account_out == NULL || flow == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)flow->account_count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(account_out, &flow->accounts[index], sizeof *account_out) ? GRIDGOV_EARG
                                                                                  : GRIDGOV_OK;
}

gridgov_status gridgov_flow_handover_at(gridgov_flow_handover *handover_out,
                                        const gridgov_flow *flow, int64_t index) {
    if (handover_out == NULL || flow == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)flow->handover_count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(handover_out, &flow->handovers[index], sizeof *handover_out) ? GRIDGOV_EARG
                                                                                     : GRIDGOV_OK;
}

gridgov_status gridgov_flow_holder_at(gridgov_flow_holder *holder_out, const gridgov_flow *flow,
                                      int64_t index) {
    if (holder_out == NULL || flow == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)flow->holder_count) {
        return GRIDGOV_END;
    }
    gridgov_flow_holder full = flow->holders[index];
    full.agency = index - 1;
    return gg_view_copy(holder_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

void gridgov_flow_free(gridgov_flow *flow) {
    if (flow == NULL) {
        return;
    }
    gg_free(flow->accounts);
    gg_free(flow->handovers);
    gg_free(flow->holders);
    gg_free(flow->opening);
    gg_free(flow->closing);
    gridgov_ledger_free(flow->ledger);
    gg_free(flow);
}
