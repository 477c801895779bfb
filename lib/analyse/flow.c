/* SPDX-License-Identifier: Apache-2.0 */
/* The books of a period.
 *
 * Each case is followed through its steps. What a step moves is told by comparing where the case
 * stood before it with where it stands after it: into the open cases, out of them, to another
 * holder, into another category. What happened before the period leads up to the opening, what
 * happens in it is booked. A closing of which only the fact is known counts with the step before
 * it; that of a case carried over counts in the period.
 *
 * The two ends are not taken from that walk: they are the cases as the life cycle leaves them at
 * either moment, both with the same knowledge. So the law is a check, not a definition. It holds
 * for the sums because it holds for every case, which is what is tested here; a case that fails it
 * is named. */
#include "flow_model.h"

#include <string.h>

#define TICK 4096

/* A walk through all cases. */
typedef struct walk {
    gridgov_flow *flow;
    const gridgov_lifecycle *lifecycle;
    int64_t *books;     /* holders × categories × GRIDGOV_FLOW_COUNTS */
    int64_t *handovers; /* holders × holders × {all, returns} */
    uint8_t *split_off; /* per case: 1 if another case was split into it */
    int64_t unbalanced;
} walk;

void gridgov_flow_options_init(gridgov_flow_options *options, size_t struct_size) {
    const gridgov_flow_options full = {.period = {GRIDGOV_NO_TIME, GRIDGOV_NO_TIME},
                                       .as_of = GRIDGOV_NO_TIME,
                                       .known_by = GRIDGOV_NO_TIME};
    gg_options_write(options, struct_size, &full, sizeof full);
}

static int32_t holder_of(int64_t agency) {
    return (int32_t)(agency + 1);
}

static int is_open_class(int32_t class) {
    return class != 0 && class != GRIDGOV_STATE_CLOSED && class != GRIDGOV_STATE_ENDED;
}

static int32_t class_of(const walk *w, int32_t state) {
    gridgov_lifecycle_state view = {.struct_size = sizeof view};
    return gridgov_lifecycle_state_at(&view, w->lifecycle, state) == GRIDGOV_OK ? view.state_class
                                                                                : 0;
}

/* Where each case stands, as the cases say. */
static int list_places(gg_flow_place **out, const gridgov_cases *cases) {
    const int64_t count = gridgov_case_count(cases);
    *out = gg_calloc((size_t)count, sizeof **out);
    for (int64_t i = 0; *out != NULL && i < count; i++) {
        gridgov_case view = {.struct_size = sizeof view};
        (void)gridgov_case_at(&view, cases, i);
        if (view.known && is_open_class(view.state_class)) {
            (*out)[i] = (gg_flow_place){1, holder_of(view.agency), view.category};
        }
    }
    return *out == NULL ? -1 : 0;
}

static void book(walk *w, const gg_flow_place *place, int32_t account) {
    const size_t at = (size_t)place->holder * w->flow->category_count + (size_t)place->category;
    w->books[at * GRIDGOV_FLOW_COUNTS + (size_t)account]++;
}

static int32_t ending_account(int32_t kind) {
    switch (kind) {
    case GRIDGOV_STEP_VOID:
        return GRIDGOV_FLOW_VOIDED;
    case GRIDGOV_STEP_REJECT:
        return GRIDGOV_FLOW_REJECTED;
    case GRIDGOV_STEP_MERGE:
        return GRIDGOV_FLOW_MERGED;
    case GRIDGOV_STEP_RECORD:
        return GRIDGOV_FLOW_RECORDED;
    default:
        return GRIDGOV_FLOW_CLOSED;
    }
}

/* Book what one step moved. */
static void book_move(walk *w, int64_t c, const gg_flow_place *from, const gg_flow_place *to,
                      int32_t kind) {
    if (!from->open && to->open) {
        book(w, to,
             kind != GRIDGOV_STEP_REPORT ? GRIDGOV_FLOW_REOPENED
             : w->split_off[c]           ? GRIDGOV_FLOW_SPLIT_IN
                                         : GRIDGOV_FLOW_REPORTED);
        return;
    }
    if (from->open && !to->open) {
        book(w, from, ending_account(kind));
        return;
    }
    if (from->open && from->holder != to->holder) {
        const int back = kind == GRIDGOV_STEP_RETURN || kind == GRIDGOV_STEP_TIMEOUT;
        const gg_flow_place moved = {1, to->holder, from->category};
        int64_t *pair =
            &w->handovers[2 * ((size_t)from->holder * w->flow->holder_count + (size_t)to->holder)];
        book(w, from, GRIDGOV_FLOW_TRANSFERRED_OUT);
        book(w, &moved, GRIDGOV_FLOW_TRANSFERRED_IN);
        if (back) {
            book(w, from, GRIDGOV_FLOW_RETURNED_OUT);
        }
        pair[0]++;
        pair[1] += back;
    }
    if (from->open && from->category != to->category) {
        const gg_flow_place left = {1, to->holder, from->category};
        book(w, &left, GRIDGOV_FLOW_RECATEGORISED_OUT);
        book(w, to, GRIDGOV_FLOW_RECATEGORISED_IN);
    }
}

/* Where a case stands after a step. */
static gg_flow_place place_after(const walk *w, const gg_flow_place *before,
                                 const gridgov_case_step *step) {
    gg_flow_place after = {is_open_class(class_of(w, step->after)), holder_of(step->holder),
                           before->category};
    if (step->kind == GRIDGOV_STEP_RECATEGORISE) {
        gridgov_step said = {.struct_size = sizeof said, .category = GRIDGOV_NONE};
        (void)gridgov_ledger_step_at(&said, w->flow->ledger, step->step);
        after.category = said.category == GRIDGOV_NONE ? after.category : said.category;
    }
    return after;
}

static int is_same(const gg_flow_place *a, const gg_flow_place *b) {
    return a->open == b->open &&
           (!a->open || (a->holder == b->holder && a->category == b->category));
}

static void report_unbalanced(walk *w, const gridgov_event *event, gridgov_issues *issues) {
    gridgov_error issue;
    w->unbalanced++;
    gg_fail(&issue, GG_RULE_FLOW_BROKEN, "event", event->id, strlen(event->id), NULL, NULL);
    gridgov_issues_add(issues, &issue);
}

/* Follow one case. */
static void follow(walk *w, const gridgov_cases *cases, int64_t c, gridgov_issues *issues) {
    const gridgov_flow_options *options = &w->flow->options;
    gridgov_event event = {.struct_size = sizeof event};
    gridgov_case view = {.struct_size = sizeof view};
    (void)gridgov_case_at(&view, cases, c);
    if (!view.known ||
        gridgov_ledger_event_known(&event, w->flow->ledger, c, options->known_by) != GRIDGOV_OK) {
        return;
    }
    gg_flow_place place = {.category = event.category};
    gridgov_time at = event.reported_at;
    int begun = 0;
    for (int64_t i = 0; i < view.step_count; i++) {
        gridgov_case_step step = {.struct_size = sizeof step};
        (void)gridgov_case_step_at(&step, cases, c, i);
        if (!step.accepted) {
            continue;
        }
        if (step.at != GRIDGOV_NO_TIME) {
            // There is no case before its report, whatever a step claims.
            at = step.at < event.reported_at ? event.reported_at : step.at;
        } else if (event.opening && at < options->period.from) {
            at = options->period.from;
        }
        if (at >= options->period.from && !begun) {
            begun = 1;
            if (!is_same(&place, &w->flow->opening[c])) {
                report_unbalanced(w, &event, issues);
            }
        }
        const gg_flow_place after = place_after(w, &place, &step);
        if (begun) {
            book_move(w, c, &place, &after, step.kind);
        }
        place = after;
    }
    if (!is_same(&place, &w->flow->closing[c]) ||
        (!begun && !is_same(&place, &w->flow->opening[c]))) {
        report_unbalanced(w, &event, issues);
    }
}

/* Which cases were split off others; their report is no report of anybody. */
static void mark_split(walk *w) {
    const gridgov_ledger *ledger = w->flow->ledger;
    const int64_t count = gridgov_ledger_step_count(ledger);
    for (int64_t i = 0; i < count; i++) {
        gridgov_step step = {.struct_size = sizeof step, .other_event = ""};
        (void)gridgov_ledger_step_at(&step, ledger, i);
        if (step.kind == GRIDGOV_STEP_SPLIT && step.other_event[0] != '\0' &&
            step.recorded_at <= w->flow->options.known_by) {
            const int64_t other =
                gridgov_ledger_event_find(ledger, step.other_event, strlen(step.other_event));
            if (other != GRIDGOV_NONE && strcmp(step.other_event, step.event_id) != 0) {
                w->split_off[other] = 1;
            }
        }
    }
}

/* The ends, into the books, and the rows that are not all zeros out of them. */
static int close_books(walk *w) {
    gridgov_flow *flow = w->flow;
    const size_t rows = flow->holder_count * flow->category_count;
    for (size_t i = 0; i < flow->case_count; i++) {
        if (flow->opening[i].open) {
            book(w, &flow->opening[i], GRIDGOV_FLOW_OPENING);
        }
        if (flow->closing[i].open) {
            book(w, &flow->closing[i], GRIDGOV_FLOW_CLOSING);
        }
    }
    flow->accounts = gg_calloc(rows, sizeof *flow->accounts);
    flow->handovers = gg_calloc(flow->holder_count * flow->holder_count, sizeof *flow->handovers);
    if (flow->accounts == NULL || flow->handovers == NULL) {
        return -1;
    }
    static const int64_t zeros[GRIDGOV_FLOW_COUNTS] = {0};
    for (size_t i = 0; i < rows; i++) {
        const int64_t *counts = &w->books[i * GRIDGOV_FLOW_COUNTS];
        if (memcmp(counts, zeros, sizeof zeros) != 0) {
            gridgov_flow_account *account = &flow->accounts[flow->account_count++];
            account->agency = (int64_t)(i / flow->category_count) - 1;
            account->category = (int64_t)(i % flow->category_count);
            memcpy(account->counts, counts, sizeof zeros);
        }
    }
    for (size_t i = 0; i < flow->holder_count * flow->holder_count; i++) {
        if (w->handovers[2 * i] != 0) {
            flow->handovers[flow->handover_count++] =
                (gridgov_flow_handover){.from = (int64_t)(i / flow->holder_count) - 1,
                                        .to = (int64_t)(i % flow->holder_count) - 1,
                                        .count = w->handovers[2 * i],
                                        .returns = w->handovers[2 * i + 1]};
        }
    }
    return 0;
}

static gridgov_status run_cases(gridgov_cases **out, const gridgov_flow *flow, gridgov_time as_of,
                                gridgov_job *job, gridgov_error *err) {
    gridgov_cases_options options;
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = as_of;
    options.known_by = flow->options.known_by;
    options.lifecycle = flow->options.lifecycle;
    return gridgov_cases_run(out, flow->ledger, &options, NULL, job, err);
}

/* Cases said to be carried over are open at the opening, whenever they were reported. */
static void carry_over(gridgov_flow *flow, const gridgov_cases *before) {
    for (size_t i = 0; i < flow->case_count; i++) {
        gridgov_case view = {.struct_size = sizeof view};
        gridgov_event event = {.struct_size = sizeof event};
        (void)gridgov_case_at(&view, before, (int64_t)i);
        if (gridgov_ledger_event_known(&event, flow->ledger, (int64_t)i, flow->options.known_by) ==
                GRIDGOV_OK &&
            event.opening && view.known && view.closed && view.closed_at == GRIDGOV_NO_TIME) {
            flow->opening[i] = (gg_flow_place){1, holder_of(view.agency), view.category};
        }
    }
}

static gridgov_status walk_all(walk *w, gridgov_issues *issues, gridgov_job *job,
                               gridgov_error *err) {
    gridgov_flow *flow = w->flow;
    gridgov_cases *before = NULL;
    gridgov_cases *now = NULL;
    gg_flow_counter n = {.flow = flow};
    gridgov_status status = run_cases(&before, flow, flow->options.period.from - 1, job, err);
    status = status < 0 ? status : run_cases(&now, flow, flow->options.as_of, job, err);
    if (status < 0) {
        goto done;
    }
    n.cases = now;
    n.met = gg_calloc(flow->holder_count, sizeof *n.met);
    if (n.met == NULL || list_places(&flow->opening, before) || list_places(&flow->closing, now)) {
        status = gg_fail_memory(err);
        goto done;
    }
    w->lifecycle = gridgov_cases_lifecycle(now);
    carry_over(flow, before);
    mark_split(w);
    for (size_t i = 0; i < flow->case_count && status == GRIDGOV_OK; i++) {
        gridgov_case view = {.struct_size = sizeof view};
        (void)gridgov_case_at(&view, now, (int64_t)i);
        follow(w, now, (int64_t)i, issues);
        if (view.known && gg_flow_add_spans(&n, &view)) {
            status = gg_fail(err, GG_RULE_OVERFLOW, NULL, NULL, 0, "seconds", NULL);
        } else if (i % TICK == TICK - 1 &&
                   gridgov_job_tick(job, "flow", (int64_t)i, (int64_t)flow->case_count) < 0) {
            status = gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
        }
    }
    if (status == GRIDGOV_OK && close_books(w)) {
        status = gg_fail_memory(err);
    }
    if (status == GRIDGOV_OK && w->unbalanced > 0) {
        status = gg_fail(err, GG_RULE_INTERNAL, NULL, NULL, 0, "the books do not balance", NULL);
    }
done:
    gg_free(n.met);
    gridgov_cases_free(before);
    gridgov_cases_free(now);
    return status;
}

static gridgov_status read_options(gridgov_flow_options *out, const gridgov_flow_options *given,
                                   gridgov_error *err) {
    gridgov_flow_options_init(out, sizeof *out);
    if (given == NULL || gg_options_read(out, sizeof *out, given)) {
        return gg_fail_arg(err, "options");
    }
    if (out->period.from >= out->period.to || out->period.from == GRIDGOV_NO_TIME) {
        return gg_fail_arg(err, "options.period");
    }
    if (out->as_of == GRIDGOV_NO_TIME || out->as_of >= out->period.to) {
        out->as_of = out->period.to - 1;
    }
    if (out->as_of < out->period.from) {
        return gg_fail_arg(err, "options.as_of");
    }
    out->known_by = out->known_by == GRIDGOV_NO_TIME ? out->as_of : out->known_by;
    return GRIDGOV_OK;
}

gridgov_status gridgov_flow_run(gridgov_flow **out, const gridgov_ledger *ledger,
                                const gridgov_flow_options *options, gridgov_issues *issues,
                                gridgov_job *job, gridgov_error *err) {
    gridgov_flow_options set;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (ledger == NULL) {
        return gg_fail_arg(err, "ledger");
    }
    GG_TRY(read_options(&set, options, err));
    if (gridgov_ledger_digest(ledger)[0] == '\0') {
        return gg_fail_state(err, "the ledger is not sealed");
    }
    gridgov_flow *flow = gg_calloc(1, sizeof *flow);
    if (flow == NULL) {
        return gg_fail_memory(err);
    }
    flow->ledger = gridgov_ledger_hold(ledger);
    flow->options = set;
    flow->holder_count = (size_t)gridgov_ledger_agency_count(ledger) + 1;
    flow->category_count = (size_t)gridgov_ledger_category_count(ledger);
    flow->case_count = (size_t)gridgov_ledger_event_count(ledger);
    flow->holders = gg_calloc(flow->holder_count, sizeof *flow->holders);
    walk w = {.flow = flow,
              .books = gg_calloc(flow->holder_count * flow->category_count,
                                 GRIDGOV_FLOW_COUNTS * sizeof *w.books),
              .handovers =
                  gg_calloc(flow->holder_count * flow->holder_count, 2 * sizeof *w.handovers),
              .split_off = gg_calloc(flow->case_count, sizeof *w.split_off)};
    gridgov_status status = GRIDGOV_OK;
    if (flow->holders == NULL || w.books == NULL || w.handovers == NULL || w.split_off == NULL) {
        status = gg_fail_memory(err);
    } else {
        status = walk_all(&w, issues, job, err);
    }
    gg_free(w.books);
    gg_free(w.handovers);
    gg_free(w.split_off);
    if (status == GRIDGOV_OK) {
        *out = flow;
    } else {
        gridgov_flow_free(flow);
    }
    return status;
}
