/* SPDX-License-Identifier: Apache-2.0 */
/* A row of columns is answered by the ledger itself: one of a single event, with the steps whose
 * times the row gives, is counted like any other, and the cells are the answer. So a stream cannot
 * count otherwise than the record does, whatever the life cycle allows.
 *
 * That is done once for each *shape*. What a case adds depends on times only through comparisons:
 * with the edges of the period, the cut-offs, each other, and the metrics' own limits. A shape is
 * the outcome of all of them beside the codes, packed into one number; cases of one shape add the
 * same to every metric that counts cases. */
#include "stream_case.h"

#include <string.h>

#define LIMITS_MOST 8 /* different limits of time that a shape has room for */
#define EVENT_ID "1"
#define ANY_NAME "x"

/* Bits of a shape, from the lowest. */
enum {
    AT_REPORTED = 1, /* three bits each: how many of the moments that matter it has reached */
    AT_ACCEPTED = 4,
    AT_DISPATCHED = 7,
    AT_CLOSED = 10,
    AT_DUE = 13,
    AT_DISPATCH_DUE = 16,
    AT_ORDER = 19,  /* two bits each of six pairs: less, equal, more */
    AT_LIMIT = 31,  /* four bits: not after a limit */
    AT_WITHIN = 35, /* LIMITS_MOST bits */
    AT_AGENCY = 43,
    AT_DOUBTED = 44,
    AT_CLOSED_CODE = 45, /* two bits each */
    AT_OVERDUE = 47,
    AT_SELF = 49,
    AT_SUSPENDED = 51,
    AT_DISPOSITION = 53
};

static gridgov_time time_at(const gridgov_time *column, int64_t i) {
    return column == NULL ? GRIDGOV_NO_TIME : column[i];
}

static int32_t code_at(const int8_t *column, int64_t i) {
    return column == NULL ? 0 : column[i];
}

static gridgov_status add_step(gridgov_ledger *ledger, int32_t kind, gridgov_time at,
                               const char *agency, gridgov_error *err) {
    gridgov_step step = {.struct_size = sizeof step};
    if (at == GRIDGOV_NO_TIME) {
        return GRIDGOV_OK;
    }
    gridgov_step_init(&step, sizeof step);
    step.event_id = EVENT_ID;
    step.kind = kind;
    step.at = at;
    step.agency_name = agency;
    return gridgov_ledger_add_step(ledger, &step, err);
}

/* Put case i into a ledger, and seal it. */
static gridgov_status record(gridgov_ledger *ledger, uint64_t told,
                             const gridgov_event_columns *columns, int64_t i, gridgov_error *err) {
    const int agency = columns->agency != NULL && columns->agency[i] != GRIDGOV_NONE;
    gridgov_event event = {.struct_size = sizeof event};
    int32_t stood_before = 0;
    gridgov_event_init(&event, sizeof event);
    event.id = EVENT_ID;
    event.category_name = ANY_NAME;
    event.agency_name = agency ? ANY_NAME : "";
    event.reported_at = columns->reported_at[i];
    event.closed_at = time_at(columns->closed_at, i);
    event.due_at = time_at(columns->due_at, i);
    event.dispatch_due_at = time_at(columns->dispatch_due_at, i);
    event.closed = code_at(columns->closed, i);
    event.overdue = code_at(columns->overdue, i);
    event.disposition = code_at(columns->disposition, i);
    event.self_handled = code_at(columns->self_handled, i);
    event.suspended = code_at(columns->suspended, i);
    event.closure_doubted = code_at(columns->closure_doubted, i);
    event.opening = columns->opening != 0;
    if (event.closed_at != GRIDGOV_NO_TIME) {
        event.closed = GRIDGOV_TRI_YES;
    }
    GG_TRY(gridgov_ledger_add_event(&stood_before, ledger, &event, GRIDGOV_ON_DUPLICATE_FAIL, err));
    GG_TRY(add_step(ledger, GRIDGOV_STEP_ACCEPT, time_at(columns->accepted_at, i), "", err));
    GG_TRY(add_step(ledger, GRIDGOV_STEP_DISPATCH, time_at(columns->dispatched_at, i),
                    event.agency_name, err));
    for (int32_t k = 0; k < 64; k++) {
        if (told >> k & 1) {
            GG_TRY(gridgov_ledger_cover(ledger, k));
        }
    }
    return gridgov_ledger_seal(ledger, NULL, err);
}

/* What stands in the cells of a tally that counted one case. */
static void read_answer(gg_stream_answer *answer, const gridgov_tally *tally) {
    answer->of_period = tally->outside == 0;
    answer->doubted = tally->doubted > 0;
    for (size_t d = 1; d < GG_DIMENSIONS; d++) {
        for (size_t k = 0; k < tally->plan.counts[d]; k++) {
            const gg_tally_cell *cells = tally->cells[tally->plan.items[d][k].metric];
            answer->items[d][k] = GG_LEFT_OUT;
            for (size_t row = 0; row < tally->tables[d].count; row++) {
                if (cells[row].reported > 0) {
                    answer->items[d][k] = cells[row].value;
                } else if (cells[row].missing > 0) {
                    answer->items[d][k] = GG_LACKING;
                }
            }
        }
    }
}

/* Count a ledger of one case. */
static gridgov_status count_alone(gg_stream_answer *answer, const gg_stream_judge *judge,
                                  gridgov_ledger *ledger, gridgov_error *err) {
    gridgov_tally *part = NULL;
    GG_TRY(gg_tally_like(&part, judge->alone, err));
    gg_tally count = {.into = part,
                      .cells = part->cells,
                      .counted = part->counted,
                      .ledger = ledger,
                      .lifecycle = judge->lifecycle};
    const gridgov_status status = gg_tally_count(&count, err);
    if (status == GRIDGOV_OK) {
        read_answer(answer, part);
    }
    gg_tally_close(&count);
    gridgov_tally_free(part);
    return status;
}

gridgov_status gg_stream_answer_of(gg_stream_answer *answer, const gg_stream_judge *judge,
                                   const gridgov_event_columns *columns, int64_t i,
                                   gridgov_error *err) {
    gridgov_ledger *ledger = NULL;
    gridgov_status status = gridgov_ledger_new(&ledger, NULL, NULL, err);
    if (status == GRIDGOV_OK) {
        status = record(ledger, judge->told, columns, i, err);
    }
    if (status == GRIDGOV_OK) {
        status = count_alone(answer, judge, ledger, err);
    }
    gridgov_ledger_free(ledger);
    return status;
}

/* The different limits of time of a plan, at most LIMITS_MOST + 1. */
static size_t limits_of(int64_t limits[LIMITS_MOST + 1], const gg_plan *plan) {
    size_t count = 0;
    for (size_t d = 0; d < GG_DIMENSIONS; d++) {
        for (size_t k = 0; k < plan->counts[d]; k++) {
            const int64_t within = plan->items[d][k].within;
            size_t at = 0;
            while (at < count && limits[at] != within) {
                at++;
            }
            if (within >= 0 && at == count && count <= LIMITS_MOST) {
                limits[count++] = within;
            }
        }
    }
    return count;
}

int gg_stream_is_plain(const gg_stream_judge *judge) {
    const gg_plan *plan = &judge->tally->plan;
    int64_t limits[LIMITS_MOST + 1];
    for (size_t d = 0; d < GG_DIMENSIONS; d++) {
        for (size_t k = 0; k < plan->counts[d]; k++) {
            if (plan->items[d][k].timed) {
                return 0;
            }
        }
    }
    return limits_of(limits, plan) <= LIMITS_MOST;
}

static void add_stages(uint64_t *shapes, const gridgov_time *times, int64_t count, int shift,
                       const gg_stream_judge *judge) {
    const gridgov_tally_options *options = &judge->tally->options;
    const int64_t moments[] = {options->period.from, options->period.to, options->as_of + 1};
    if (times != NULL) {
        judge->simd->reached(shapes, times, moments, GRIDGOV_NO_TIME, (size_t)count, shift);
    }
}

static void add_order(uint64_t *shapes, const gridgov_time *first, const gridgov_time *second,
                      int64_t count, int shift, const gg_stream_judge *judge) {
    if (first != NULL && second != NULL) {
        judge->simd->order(shapes, first, second, (size_t)count, shift);
    }
}

static void add_limit(uint64_t *shapes, const gridgov_time *at, const gridgov_time *limit,
                      int64_t count, int shift) {
    for (int64_t i = 0; at != NULL && limit != NULL && i < count; i++) {
        shapes[i] |= (uint64_t)(at[i] <= limit[i]) << shift;
    }
}

static void add_codes(uint64_t *shapes, const int8_t *codes, int64_t count, int shift) {
    for (int64_t i = 0; codes != NULL && i < count; i++) {
        shapes[i] |= (uint64_t)(uint8_t)codes[i] << shift;
    }
}

/* Closed within each limit; at the cut-off a case without a time of closing is never. */
static void add_limits(uint64_t *shapes, const gridgov_time *reported, const gridgov_time *closed,
                       int64_t count, const gg_plan *plan) {
    int64_t limits[LIMITS_MOST + 1];
    const size_t limit_count = limits_of(limits, plan);
    for (size_t k = 0; closed != NULL && k < limit_count; k++) {
        for (int64_t i = 0; i < count; i++) {
            const int kept = closed[i] != GRIDGOV_NO_TIME && closed[i] - limits[k] <= reported[i];
            shapes[i] |= (uint64_t)kept << (AT_WITHIN + k);
        }
    }
}

static const gridgov_time *from_row(const gridgov_time *column, int64_t first) {
    return column == NULL ? NULL : column + first;
}

static const int8_t *code_from_row(const int8_t *column, int64_t first) {
    return column == NULL ? NULL : column + first;
}

void gg_stream_shapes(uint64_t *shapes, const gg_stream_judge *judge,
                      const gridgov_event_columns *columns, int64_t first, int64_t count) {
    const gridgov_time *reported = from_row(columns->reported_at, first);
    const gridgov_time *dispatched = from_row(columns->dispatched_at, first);
    const gridgov_time *closed = from_row(columns->closed_at, first);
    const gridgov_time *due = from_row(columns->due_at, first);
    const gridgov_time *dispatch_due = from_row(columns->dispatch_due_at, first);
    for (int64_t i = 0; i < count; i++) {
        shapes[i] = 1;
    }
    const gridgov_time *accepted = from_row(columns->accepted_at, first);
    add_stages(shapes, reported, count, AT_REPORTED, judge);
    add_stages(shapes, accepted, count, AT_ACCEPTED, judge);
    add_stages(shapes, dispatched, count, AT_DISPATCHED, judge);
    add_stages(shapes, closed, count, AT_CLOSED, judge);
    add_stages(shapes, due, count, AT_DUE, judge);
    add_stages(shapes, dispatch_due, count, AT_DISPATCH_DUE, judge);
    add_order(shapes, reported, accepted, count, AT_ORDER, judge);
    add_order(shapes, reported, dispatched, count, AT_ORDER + 2, judge);
    add_order(shapes, reported, closed, count, AT_ORDER + 4, judge);
    add_order(shapes, accepted, dispatched, count, AT_ORDER + 6, judge);
    add_order(shapes, accepted, closed, count, AT_ORDER + 8, judge);
    add_order(shapes, dispatched, closed, count, AT_ORDER + 10, judge);
    add_limit(shapes, closed, due, count, AT_LIMIT);
    add_limit(shapes, dispatched, due, count, AT_LIMIT + 1);
    add_limit(shapes, reported, due, count, AT_LIMIT + 2);
    add_limit(shapes, dispatched, dispatch_due, count, AT_LIMIT + 3);
    add_limits(shapes, reported, closed, count, &judge->tally->plan);
    for (int64_t i = 0; columns->agency != NULL && i < count; i++) {
        shapes[i] |= (uint64_t)(columns->agency[first + i] != GRIDGOV_NONE) << AT_AGENCY;
    }
    add_codes(shapes, code_from_row(columns->closure_doubted, first), count, AT_DOUBTED);
    add_codes(shapes, code_from_row(columns->closed, first), count, AT_CLOSED_CODE);
    add_codes(shapes, code_from_row(columns->overdue, first), count, AT_OVERDUE);
    add_codes(shapes, code_from_row(columns->self_handled, first), count, AT_SELF);
    add_codes(shapes, code_from_row(columns->suspended, first), count, AT_SUSPENDED);
    add_codes(shapes, code_from_row(columns->disposition, first), count, AT_DISPOSITION);
}
