/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence: a tally run once more with a recorder, and the reasons of what it kept.
 *
 * Invariant: gg_tally_put() and the few places beside it that change a cell call
 * gg_recorder_put() with the same cell and the same count, so the atoms of a cell add up to it. A
 * test holds every cell of the example month and of random months to it.
 *
 * The recorder keeps what the counter knew; the reason is derived afterwards from the measure, the
 * answer and the record itself. A monthly figure takes the place of what was counted, so in the end
 * the atoms that were counted in such a cell are dropped, and the figure too where two contradict
 * each other. */
#include "count.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

typedef struct kept_atom {
    gridgov_atom view;
    gg_trace trace;
    int64_t sequence;
    int32_t dropped;
    int32_t measure;
} kept_atom;

struct gridgov_evidence {
    gg_share share;
    gridgov_facts *facts;
    kept_atom *atoms;
    int64_t count;
};

struct gg_recorder {
    const gridgov_facts *facts;
    int32_t dimension;
    int64_t row, metric; /* GRIDGOV_NONE: all */
    kept_atom *atoms;
    size_t count, capacity;
    int failed;
};

gg_trace gg_trace_of(int32_t kind, int64_t index) {
    return (gg_trace){.kind = kind,
                      .index = index,
                      .officer = "",
                      .closed_at = GRIDGOV_NO_TIME,
                      .dispatched_at = GRIDGOV_NO_TIME,
                      .day = GRIDGOV_NO_DAY,
                      .minutes = -1,
                      .metres = -1};
}

int gg_recorder_wants(const gg_recorder *recorder, size_t metric) {
    return recorder == NULL ||
           (recorder->facts->list[metric].dimension == recorder->dimension &&
            (recorder->metric == GRIDGOV_NONE || recorder->metric == (int64_t)metric));
}

static int takes(const gg_recorder *recorder, size_t metric, int64_t row) {
    return recorder != NULL && gg_recorder_wants(recorder, metric) &&
           (recorder->row == GRIDGOV_NONE || recorder->row == row);
}

void gg_recorder_put(gg_recorder *recorder, const gg_trace *trace, size_t metric, int64_t row,
                     int has_data, int64_t count) {
    if (!takes(recorder, metric, row) || recorder->failed) {
        return;
    }
    if (gg_grow((void **)&recorder->atoms, recorder->count, &recorder->capacity,
                sizeof *recorder->atoms)) {
        recorder->failed = 1;
        return;
    }
    recorder->atoms[recorder->count] = (kept_atom){
        .view = {.kind = trace->kind,
                 .has_data = has_data,
                 .row = row,
                 .metric = (int64_t)metric,
                 .count = has_data ? count : 0,
                 .index = trace->index,
                 .id = "",
                 .text = "",
                 .at = GRIDGOV_NO_TIME,
                 .limit_at = GRIDGOV_NO_TIME,
                 .day = trace->day,
                 .minutes = trace->minutes,
                 .minimum_minutes = -1,
                 .metres = trace->metres,
                 .minimum_metres = -1},
        .trace = *trace,
        .sequence = (int64_t)recorder->count,
        .measure = recorder->facts->list[metric].measure,
    };
    recorder->count++;
}

/* The reason of a case that was held to a limit. */
static int32_t limit_reason(gridgov_atom *view, const gg_trace *trace, const gridgov_event *event) {
    view->at = trace->closed_at;
    view->limit_at = event->due_at;
    if (event->due_at == GRIDGOV_NO_TIME ||
        (trace->closed && trace->closed_at == GRIDGOV_NO_TIME)) {
        return GRIDGOV_REASON_VERDICT;
    }
    if (view->count == 0) {
        // One that was closed late all the same was an agency's to keep in time.
        return trace->closed && trace->closed_at <= event->due_at ? GRIDGOV_REASON_CLOSED
                                                                  : GRIDGOV_REASON_NOT_COUNTED;
    }
    return trace->closed ? GRIDGOV_REASON_CLOSED_LATE : GRIDGOV_REASON_OPEN_LATE;
}

static int32_t event_reason(gridgov_atom *view, const kept_atom *kept, const gridgov_event *event) {
    switch (kept->measure) {
    case GRIDGOV_MEASURE_EVENTS_DISPOSED:
        return view->count != 0 ? GRIDGOV_REASON_DISPOSITION : GRIDGOV_REASON_NOT_COUNTED;
    case GRIDGOV_MEASURE_CASES_DUE:
        view->limit_at = event->due_at;
        return view->count != 0 ? GRIDGOV_REASON_COUNTED : GRIDGOV_REASON_NOT_COUNTED;
    case GRIDGOV_MEASURE_CASES_DUE_CLOSED:
    case GRIDGOV_MEASURE_AGENCY_CLOSED:
        view->at = kept->trace.closed_at;
        view->limit_at = event->due_at;
        return kept->trace.closed ? GRIDGOV_REASON_CLOSED : GRIDGOV_REASON_OPEN;
    case GRIDGOV_MEASURE_CASES_HELD_OVERDUE:
        return limit_reason(view, &kept->trace, event);
    case GRIDGOV_MEASURE_DISPATCH_NEEDED:
    case GRIDGOV_MEASURE_DISPATCH_MISSED:
        view->at = kept->trace.dispatched_at;
        view->limit_at = event->dispatch_due_at;
        if (kept->measure == GRIDGOV_MEASURE_DISPATCH_NEEDED || view->count == 0) {
            break;
        }
        return view->at == GRIDGOV_NO_TIME ? GRIDGOV_REASON_NOT_PASSED_ON
                                           : GRIDGOV_REASON_PASSED_ON_LATE;
    default:
        break;
    }
    return view->count != 0 ? GRIDGOV_REASON_COUNTED : GRIDGOV_REASON_NOT_COUNTED;
}

static void describe_event(kept_atom *kept, const gridgov_ledger *ledger) {
    gridgov_atom *view = &kept->view;
    gridgov_event event = {.struct_size = sizeof event};
    (void)gridgov_ledger_event_at(&event, ledger, view->index);
    view->id = event.id;
    view->text = event.category_name;
    view->state = event.disposition;
    view->table = event.opening ? GRIDGOV_TABLE_OPENING : GRIDGOV_TABLE_EVENTS;
    view->source_row = event.source_row;
    view->reason = event_reason(view, kept, &event);
}

static void describe_day(kept_atom *kept, const gridgov_ledger *ledger,
                         const gridgov_metric *metric) {
    gridgov_atom *view = &kept->view;
    view->id = kept->trace.officer;
    if (view->index != GRIDGOV_NONE) {
        gridgov_activity row = {.struct_size = sizeof row};
        (void)gridgov_ledger_activity_at(&row, ledger, view->index);
        view->table = GRIDGOV_TABLE_PATROL_DAYS;
        view->source_row = row.source_row;
    }
    if (metric->measure == GRIDGOV_MEASURE_PATROL_FAILED_DAYS) {
        view->minimum_minutes = metric->minimum_minutes;
        view->minimum_metres = metric->minimum_metres;
    }
    const int is_short = view->minutes >= 0 && view->minutes < view->minimum_minutes;
    const int is_near = view->metres >= 0 && view->metres < view->minimum_metres;
    if (!view->has_data) {
        view->reason = kept->trace.silent ? GRIDGOV_REASON_OFFICER_SILENT : GRIDGOV_REASON_NO_DATA;
    } else if (metric->measure != GRIDGOV_MEASURE_PATROL_FAILED_DAYS || view->count == 0) {
        view->reason = view->count != 0 ? GRIDGOV_REASON_COUNTED : GRIDGOV_REASON_NOT_COUNTED;
    } else if (view->index == GRIDGOV_NONE) {
        view->reason = GRIDGOV_REASON_NO_ROW;
    } else {
        view->reason = is_short && is_near ? GRIDGOV_REASON_BOTH_SHORT
                       : is_near           ? GRIDGOV_REASON_DISTANCE_SHORT
                                           : GRIDGOV_REASON_TIME_SHORT;
    }
}

static void describe_activity(kept_atom *kept, const gridgov_ledger *ledger) {
    static const struct {
        int32_t kind, table, counted, measure;
    } rows[] = {
        {GRIDGOV_ATOM_VISIT, GRIDGOV_TABLE_REQUIRED_VISITS, GRIDGOV_REASON_NOT_VISITED,
         GRIDGOV_MEASURE_VISITS_MISSING},
        {GRIDGOV_ATOM_REPORT, GRIDGOV_TABLE_DISPUTE_REPORTS, GRIDGOV_REASON_NOT_SUBMITTED,
         GRIDGOV_MEASURE_REPORTS_MISSING},
        {GRIDGOV_ATOM_REPORT, GRIDGOV_TABLE_DISPUTE_REPORTS, GRIDGOV_REASON_SUBMITTED_LATE,
         GRIDGOV_MEASURE_REPORTS_LATE},
        {GRIDGOV_ATOM_RECORD, GRIDGOV_TABLE_MAINTENANCE, GRIDGOV_REASON_DEFECT,
         GRIDGOV_MEASURE_MAINTENANCE_DEFECTS},
        {GRIDGOV_ATOM_FIGURE, GRIDGOV_TABLE_FACTS, GRIDGOV_REASON_GIVEN, 0},
    };
    gridgov_atom *view = &kept->view;
    gridgov_activity row = {.struct_size = sizeof row};
    (void)gridgov_ledger_activity_at(&row, ledger, view->index);
    view->id = row.key;
    view->at = row.at;
    view->limit_at = row.due_at;
    view->day = row.day;
    view->source_row = row.source_row;
    view->reason = view->count != 0 ? GRIDGOV_REASON_COUNTED : GRIDGOV_REASON_NOT_COUNTED;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].kind != view->kind) {
            continue;
        }
        view->table = rows[i].table;
        if (view->count != 0 && (rows[i].measure == kept->measure || rows[i].measure == 0)) {
            view->reason = rows[i].counted;
        }
    }
    if (view->kind == GRIDGOV_ATOM_RECORD) {
        view->state = row.state;
    } else if (view->kind == GRIDGOV_ATOM_FIGURE) {
        view->text = row.authority;
        view->reason = GRIDGOV_REASON_GIVEN;
    }
}

static void describe(kept_atom *kept, const gridgov_facts *facts) {
    if (kept->view.kind == GRIDGOV_ATOM_EVENT) {
        describe_event(kept, facts->ledger);
    } else if (kept->view.kind == GRIDGOV_ATOM_OFFICER_DAY) {
        describe_day(kept, facts->ledger, &facts->list[kept->view.metric]);
    } else {
        describe_activity(kept, facts->ledger);
    }
    if (kept->trace.ruled) {
        kept->view.reason = GRIDGOV_REASON_RULED;
    }
    if (!kept->view.has_data && kept->view.kind != GRIDGOV_ATOM_OFFICER_DAY) {
        kept->view.reason = GRIDGOV_REASON_NO_DATA;
    }
}

/* 1 if the atom does not stand behind its cell after all. */
static int is_dropped(const kept_atom *kept, const gridgov_facts *facts) {
    const gg_fact_cell *cell = &facts->cells[kept->view.metric][kept->view.row];
    return cell->origin == GRIDGOV_ORIGIN_FACT &&
           (kept->view.kind != GRIDGOV_ATOM_FIGURE || cell->state != GRIDGOV_CELL_VALUE);
}

static int compare(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

/* Dropped atoms last. */
static int by_cell(const void *left, const void *right) {
    const kept_atom *a = left;
    const kept_atom *b = right;
    int order = compare(a->dropped, b->dropped);
    order = order != 0 ? order : compare(a->view.row, b->view.row);
    order = order != 0 ? order : compare(a->view.metric, b->view.metric);
    return order != 0 ? order : compare(a->sequence, b->sequence);
}

static gridgov_status check(const gridgov_facts *facts, int32_t dimension, int64_t row,
                            int64_t metric, gridgov_error *err) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    if (dimension < GRIDGOV_DIMENSION_UNIT || dimension > GRIDGOV_DIMENSION_AGENCY) {
        return gg_fail_arg(err, "dimension");
    }
    if (row < GRIDGOV_NONE || row >= gridgov_facts_row_count(facts, dimension) ||
        metric < GRIDGOV_NONE || metric >= (int64_t)facts->metric_count) {
        return GRIDGOV_END;
    }
    if (metric != GRIDGOV_NONE && row != GRIDGOV_NONE &&
        gridgov_facts_value(&cell, facts, dimension, row, metric) == GRIDGOV_EARG) {
        return gg_fail_arg(err, "metric");
    }
    return metric != GRIDGOV_NONE && facts->list[metric].dimension != dimension
               ? gg_fail_arg(err, "metric")
               : GRIDGOV_OK;
}

gridgov_status gridgov_evidence_find(gridgov_evidence **out, const gridgov_facts *facts,
                                     int32_t dimension, int64_t row, int64_t metric,
                                     gridgov_job *job, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (facts == NULL) {
        return gg_fail_arg(err, "facts");
    }
    gridgov_status status = check(facts, dimension, row, metric, err);
    if (status != GRIDGOV_OK) {
        return status;
    }
    gg_recorder recorder = {.facts = facts, .dimension = dimension, .row = row, .metric = metric};
    gridgov_evidence *evidence = gg_calloc(1, sizeof *evidence);
    if (evidence == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&evidence->share);
    evidence->facts = gridgov_facts_hold(facts);
    status = gg_tally_record(facts, &recorder, job, err);
    if (status == GRIDGOV_OK && recorder.failed) {
        status = gg_fail_memory(err);
    }
    evidence->atoms = recorder.atoms;
    if (status != GRIDGOV_OK) {
        gridgov_evidence_free(evidence);
        return status;
    }
    for (size_t i = 0; i < recorder.count; i++) {
        recorder.atoms[i].dropped = is_dropped(&recorder.atoms[i], facts);
    }
    if (recorder.count > 0) {
        qsort(recorder.atoms, recorder.count, sizeof *recorder.atoms, by_cell);
    }
    while ((size_t)evidence->count < recorder.count && !recorder.atoms[evidence->count].dropped) {
        describe(&recorder.atoms[evidence->count++], facts);
    }
    *out = evidence;
    return GRIDGOV_OK;
}

int64_t gridgov_evidence_count(const gridgov_evidence *evidence) {
    return evidence == NULL ? 0 : evidence->count;
}

gridgov_status gridgov_evidence_at(gridgov_atom *atom_out, const gridgov_evidence *evidence,
                                   int64_t index) {
    if (atom_out == NULL || evidence == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= evidence->count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(atom_out, &evidence->atoms[index].view, sizeof *atom_out) ? GRIDGOV_EARG
                                                                                  : GRIDGOV_OK;
}

/* First atom of a cell at or after (row, metric). */
static int64_t first_at(const gridgov_evidence *evidence, int64_t row, int64_t metric) {
    int64_t low = 0;
    int64_t high = evidence->count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        const gridgov_atom *view = &evidence->atoms[middle].view;
        if (view->row < row || (view->row == row && view->metric < metric)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

gridgov_status gridgov_evidence_cell(int64_t *first_out, int64_t *count_out,
                                     const gridgov_evidence *evidence, int64_t row,
                                     int64_t metric) {
    if (first_out == NULL || count_out == NULL || evidence == NULL || metric == INT64_MAX) {
        return GRIDGOV_EARG;
    }
    const int64_t first = first_at(evidence, row, metric);
    const int64_t count = first_at(evidence, row, metric + 1) - first;
    *first_out = count == 0 ? 0 : first;
    *count_out = count;
    return GRIDGOV_OK;
}

gridgov_evidence *gridgov_evidence_hold(const gridgov_evidence *evidence) {
    // Holders are counted inside an object that is constant to its users.
    gridgov_evidence *held = (gridgov_evidence *)evidence;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_evidence_free(gridgov_evidence *evidence) {
    if (evidence != NULL && gg_share_drop(&evidence->share)) {
        gg_free(evidence->atoms);
        gridgov_facts_free(evidence->facts);
        gg_free(evidence);
    }
}
