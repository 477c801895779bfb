/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing: sort, link steps to events, derive the steps that a flat row implies, name categories
 * and agencies.
 *
 * Events are sorted by (reported_at, id), which is total because numbers are unique. The steps of
 * an event are counted, given their places by prefix sums and then sorted within the event;
 * activities are sorted as a whole. Every comparison goes on to the last field, so the order of
 * adding never shows. All of it costs O(n log n).
 *
 * Derived steps, marked as such: a report at reported_at and, if closed_at is known, a close at
 * closed_at, unless the log has a step of that kind; and, for an event with an agency of whose way
 * there is neither a dispatch nor a handling step, that agency's handling at reported_at. A
 * dispatch is never derived: a flat row does not say how a case reached an agency.
 *
 * Everything is built beside the ledger and put in place at the end, so a failure leaves the ledger
 * as it was. */
#include "model.h"

#include <stdlib.h>
#include <string.h>

/* What an event's log has of its own. */
enum { HAS_REPORT = 1, HAS_CLOSE = 2, HAS_AGENCY = 4 };

typedef struct sort_key {
    gridgov_time at;
    const gg_event_row *row;
} sort_key;

typedef struct plan {
    gg_event_row *events;
    int64_t *order;
    gg_step_row *steps, *orphans;
    int64_t *first_step;
    uint8_t *has; /* per event: HAS_* */
    gg_activity_row *activities;
    gg_list categories, agencies;
    size_t event_count, step_count, orphan_count;
} plan;

static int compare_int(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int by_report(const void *left, const void *right) {
    const sort_key *a = left;
    const sort_key *b = right;
    int order = compare_int(a->at, b->at);
    return order != 0 ? order : strcmp(a->row->id, b->row->id);
}

static int by_step(const void *left, const void *right) {
    const gg_step_row *a = left;
    const gg_step_row *b = right;
    int order = compare_int(a->at, b->at);
    order = order != 0 ? order : compare_int(a->kind, b->kind);
    order = order != 0 ? order : compare_int(a->derived, b->derived);
    order = order != 0 ? order : compare_int(a->recorded_at, b->recorded_at);
    order = order != 0 ? order : strcmp(a->agency->text, b->agency->text);
    order = order != 0 ? order : strcmp(a->reason->text, b->reason->text);
    return order != 0 ? order : compare_int(a->source_row, b->source_row);
}

static int by_event_id(const void *left, const void *right) {
    int order =
        strcmp(((const gg_step_row *)left)->event_id, ((const gg_step_row *)right)->event_id);
    return order != 0 ? order : by_step(left, right);
}

static int by_activity(const void *left, const void *right) {
    const gg_activity_row *a = left;
    const gg_activity_row *b = right;
    int order = compare_int(a->kind, b->kind);
    order = order != 0 ? order : compare_int(a->unit, b->unit);
    order = order != 0 ? order : strcmp(a->officer->text, b->officer->text);
    order = order != 0 ? order : compare_int(a->day, b->day);
    order = order != 0 ? order : strcmp(a->key, b->key);
    order = order != 0 ? order : compare_int(a->at, b->at);
    order = order != 0 ? order : compare_int(a->day_to, b->day_to);
    order = order != 0 ? order : compare_int(a->due_at, b->due_at);
    order = order != 0 ? order : compare_int(a->amount, b->amount);
    order = order != 0 ? order : compare_int(a->distance_m, b->distance_m);
    order = order != 0 ? order : compare_int(a->state, b->state);
    order = order != 0 ? order : strcmp(a->reason->text, b->reason->text);
    order = order != 0 ? order : strcmp(a->authority->text, b->authority->text);
    return order != 0 ? order : compare_int(a->source_row, b->source_row);
}

static void plan_release(plan *p) {
    gg_free(p->events);
    gg_free(p->order);
    gg_free(p->steps);
    gg_free(p->orphans);
    gg_free(p->first_step);
    gg_free(p->has);
    gg_free(p->activities);
    gg_free(p->categories.items);
    gg_free(p->agencies.items);
}

static int sort_events(plan *p, const gridgov_ledger *ledger) {
    p->event_count = ledger->event_count - ledger->replaced_count;
    sort_key *keys = gg_calloc(p->event_count, sizeof *keys);
    p->events = gg_calloc(p->event_count, sizeof *p->events);
    p->order = gg_calloc(ledger->event_count, sizeof *p->order);
    if (keys == NULL || p->events == NULL || p->order == NULL) {
        gg_free(keys);
        return -1;
    }
    size_t count = 0;
    for (size_t slot = 0; slot < ledger->event_count; slot++) {
        p->order[slot] = GRIDGOV_NONE;
        if (!ledger->events[slot].replaced) {
            keys[count++] = (sort_key){ledger->events[slot].reported_at, &ledger->events[slot]};
        }
    }
    qsort(keys, count, sizeof *keys, by_report);
    for (size_t i = 0; i < count; i++) {
        p->events[i] = *keys[i].row;
        p->order[keys[i].row - ledger->events] = (int64_t)i;
    }
    gg_free(keys);
    return 0;
}

/* Find each step's event, count the steps of each and note which kinds they are. */
static int link_steps(plan *p, gridgov_ledger *ledger) {
    p->first_step = gg_calloc(p->event_count + 1, sizeof *p->first_step);
    p->has = gg_calloc(p->event_count, sizeof *p->has);
    if (p->first_step == NULL || p->has == NULL) {
        return -1;
    }
    for (size_t i = 0; i < ledger->step_count; i++) {
        gg_step_row *step = &ledger->steps[i];
        int64_t slot = gg_map_get(&ledger->ids, gg_str_of(step->event_id), GRIDGOV_NONE);
        step->event = slot == GRIDGOV_NONE ? GRIDGOV_NONE : p->order[slot];
        if (step->event == GRIDGOV_NONE) {
            p->orphan_count++;
            continue;
        }
        p->first_step[step->event]++;
        p->has[step->event] |= step->kind == GRIDGOV_STEP_REPORT     ? HAS_REPORT
                               : step->kind == GRIDGOV_STEP_CLOSE    ? HAS_CLOSE
                               : step->kind == GRIDGOV_STEP_DISPATCH ? HAS_AGENCY
                               : step->kind == GRIDGOV_STEP_HANDLE   ? HAS_AGENCY
                                                                     : 0;
    }
    return 0;
}

/* The steps that a flat row implies and its log does not have; returns how many were written (at
 * most 3). */
static int derive(gg_step_row *out, const gg_event_row *event, int64_t index, uint8_t has,
                  gg_name *none) {
    int count = 0;
    gg_step_row step = {.event_id = event->id,
                        .agency = none,
                        .reason = none,
                        .at = event->reported_at,
                        .recorded_at = GRIDGOV_NO_TIME,
                        .event = index,
                        .source_row = event->source_row,
                        .derived = 1};
    if (!(has & HAS_REPORT)) {
        step.kind = GRIDGOV_STEP_REPORT;
        out[count++] = step;
    }
    if (!(has & HAS_AGENCY) && event->agency->agency != GRIDGOV_NONE) {
        step.kind = GRIDGOV_STEP_HANDLE;
        step.agency = event->agency;
        out[count++] = step;
    }
    if (!(has & HAS_CLOSE) && event->closed_at != GRIDGOV_NO_TIME) {
        step.kind = GRIDGOV_STEP_CLOSE;
        step.agency = none;
        step.at = event->closed_at;
        out[count++] = step;
    }
    return count;
}

/* Turn counts into places. */
static void place_steps(plan *p, gg_name *none) {
    gg_step_row derived[3];
    int64_t total = 0;
    for (size_t i = 0; i < p->event_count; i++) {
        int64_t count = p->first_step[i];
        p->first_step[i] = total;
        total += count + derive(derived, &p->events[i], (int64_t)i, p->has[i], none);
    }
    p->first_step[p->event_count] = total;
    p->step_count = (size_t)total;
}

static int is_sorted(const gg_step_row *steps, int64_t count) {
    for (int64_t i = 1; i < count; i++) {
        if (by_step(&steps[i - 1], &steps[i]) > 0) {
            return 0;
        }
    }
    return 1;
}

static int collect_steps(plan *p, const gridgov_ledger *ledger, gg_name *none) {
    int64_t *next = gg_calloc(p->event_count, sizeof *next);
    p->steps = gg_calloc(p->step_count, sizeof *p->steps);
    p->orphans = gg_calloc(p->orphan_count, sizeof *p->orphans);
    if (next == NULL || p->steps == NULL || p->orphans == NULL) {
        gg_free(next);
        return -1;
    }
    for (size_t i = 0; i < p->event_count; i++) {
        next[i] = p->first_step[i] +
                  derive(&p->steps[p->first_step[i]], &p->events[i], (int64_t)i, p->has[i], none);
    }
    size_t orphans = 0;
    for (size_t i = 0; i < ledger->step_count; i++) {
        const gg_step_row *step = &ledger->steps[i];
        if (step->event == GRIDGOV_NONE) {
            p->orphans[orphans++] = *step;
        } else {
            p->steps[next[step->event]++] = *step;
        }
    }
    gg_free(next);
    for (size_t i = 0; i < p->event_count; i++) {
        gg_step_row *first = &p->steps[p->first_step[i]];
        int64_t count = p->first_step[i + 1] - p->first_step[i];
        if (!is_sorted(first, count)) {
            qsort(first, (size_t)count, sizeof *first, by_step);
        }
    }
    qsort(p->orphans, p->orphan_count, sizeof *p->orphans, by_event_id);
    return 0;
}

static int sort_activities(plan *p, const gridgov_ledger *ledger) {
    p->activities = gg_calloc(ledger->activity_count, sizeof *p->activities);
    if (p->activities == NULL) {
        return -1;
    }
    if (ledger->activity_count > 0) {
        memcpy(p->activities, ledger->activities, ledger->activity_count * sizeof *p->activities);
        qsort(p->activities, ledger->activity_count, sizeof *p->activities, by_activity);
    }
    return 0;
}

/* Note which names the surviving records use, and how. */
static void mark_names(const plan *p, gridgov_ledger *ledger) {
    for (size_t i = 0; i < ledger->name_count; i++) {
        gg_name *name = ledger->names[i];
        *name = (gg_name){.text = name->text, .category = GRIDGOV_NONE, .agency = GRIDGOV_NONE};
    }
    for (size_t i = 0; i < p->event_count; i++) {
        const gg_event_row *event = &p->events[i];
        gg_name *category = event->category;
        category->events++;
        // Opening cases stand in another table, whose rows would mislead.
        if (!event->opening && event->source_row > 0 &&
            (category->row == 0 || event->source_row < category->row)) {
            category->row = event->source_row;
        }
        event->agency->is_agency = 1;
        if (!event->opening && event->source_row > 0 &&
            (event->agency->agency_row == 0 || event->source_row < event->agency->agency_row)) {
            event->agency->agency_row = event->source_row;
        }
    }
    for (size_t i = 0; i < ledger->step_count; i++) {
        if (ledger->steps[i].event != GRIDGOV_NONE) {
            ledger->steps[i].agency->is_agency = 1;
        }
    }
}

static void report_steps(const plan *p, const gridgov_ledger *ledger, gridgov_issues *issues) {
    const char *source = gridgov_ledger_source(ledger, GRIDGOV_TABLE_STEPS);
    gridgov_error issue;
    for (size_t i = 0; i < p->orphan_count; i++) {
        const char *id = p->orphans[i].event_id;
        gg_fail(&issue, GG_RULE_STEP_EVENT, "event", id, strlen(id), NULL, NULL);
        gg_error_at(&issue, source, p->orphans[i].source_row, 0);
        gridgov_issues_add(issues, &issue);
    }
    for (size_t i = 0; i < p->step_count; i++) {
        const gg_step_row *step = &p->steps[i];
        if (step->at < p->events[step->event].reported_at) {
            gg_fail(&issue, GG_RULE_STEP_EARLY, "at", step->event_id, strlen(step->event_id), NULL,
                    NULL);
            gg_error_at(&issue, source, step->source_row, 0);
            gridgov_issues_add(issues, &issue);
        }
    }
}

/* Put the sorted arrays in place; nothing here can fail. */
static void commit(gridgov_ledger *ledger, plan *p) {
    gg_free(ledger->events);
    gg_free(ledger->steps);
    gg_free(ledger->activities);
    ledger->events = p->events;
    ledger->event_count = p->event_count;
    ledger->replaced_count = 0;
    ledger->steps = p->steps;
    ledger->step_count = p->step_count;
    ledger->activities = p->activities;
    ledger->order = p->order;
    ledger->first_step = p->first_step;
    ledger->categories = p->categories;
    ledger->agencies = p->agencies;
    gg_map_release(&ledger->unique);
    gg_map_release(&ledger->name_index);
    gg_buf_release(&ledger->scratch);
    gg_ledger_digest(ledger);
    ledger->sealed = 1;
    gg_free(p->orphans);
    gg_free(p->has);
}

gridgov_status gridgov_ledger_seal(gridgov_ledger *ledger, gridgov_issues *issues,
                                   gridgov_error *err) {
    if (ledger == NULL) {
        return gg_fail_arg(err, "ledger");
    }
    if (ledger->sealed) {
        return gg_fail_state(err, "the ledger is sealed");
    }
    plan p = {.event_count = 0};
    gg_name *none = gg_ledger_name(ledger, "");
    if (none == NULL || sort_events(&p, ledger) || link_steps(&p, ledger)) {
        goto fail;
    }
    mark_names(&p, ledger);
    if (gg_catalog_build(&p.categories, &p.agencies, ledger)) {
        goto fail;
    }
    place_steps(&p, none);
    if (collect_steps(&p, ledger, none) || sort_activities(&p, ledger)) {
        goto fail;
    }
    gg_catalog_report(ledger, &p.categories, &p.agencies, issues);
    report_steps(&p, ledger, issues);
    commit(ledger, &p);
    return GRIDGOV_OK;
fail:
    plan_release(&p);
    return gg_fail_memory(err);
}
