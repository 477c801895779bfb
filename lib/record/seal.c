/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing: sort, link steps to events, derive the steps that a flat row implies, name categories
 * and agencies.
 *
 * Events are sorted by (reported_at, id), which is total because numbers are unique. The steps of
 * an event are counted, given their places by prefix sums and then sorted within the event, where
 * those that are equal in all but their row become one; activities are sorted as a whole. Every
 * comparison goes on to the last field, so the order of adding never shows. All of it costs O(n log
 * n).
 *
 * Derived steps, marked as such: a report at reported_at and, if closed_at is known, a close at
 * closed_at, unless the log has a step of that kind; and, for an event with an agency of whose way
 * there is neither a dispatch nor a handling step, that agency's handling at reported_at. A
 * dispatch is never derived: a flat row does not say how a case reached an agency.
 *
 * Versions: of the rows kept of one event the one recorded last counts, then the greatest by its
 * fields; the others stay, the newest first, for whoever asks what was known earlier. Steps of one
 * event with one key are chained from each version to the one recorded next.
 *
 * Everything is built beside the ledger and put in place at the end, so a failure leaves the ledger
 * as it was. */
#include "seal_plan.h"

#include <stdlib.h>
#include <string.h>

typedef struct sort_key {
    gridgov_time at;
    const gg_event_row *row; /* the version that counts */
    size_t slot;             /* the newest slot of its number */
} sort_key;

static int compare_int(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int by_report(const void *left, const void *right) {
    const sort_key *a = left;
    const sort_key *b = right;
    int order = compare_int(a->at, b->at);
    return order != 0 ? order : strcmp(a->row->id, b->row->id);
}

/* The newest first; of equal rows the one that stands first in its table. */
static int by_newness(const void *left, const void *right) {
    const gg_event_row *a = *(const gg_event_row *const *)left;
    const gg_event_row *b = *(const gg_event_row *const *)right;
    int order = gg_event_compare(b, a);
    return order != 0 ? order : compare_int(a->source_row, b->source_row);
}

static int by_step(const void *left, const void *right) {
    const gg_step_row *a = left;
    const gg_step_row *b = right;
    int order = gg_step_compare(a, b);
    return order != 0 ? order : compare_int(a->source_row, b->source_row);
}

/* Versions of one key together, the one recorded last behind the others. */
static int by_version(const void *left, const void *right) {
    const gg_step_row *a = *(gg_step_row *const *)left;
    const gg_step_row *b = *(gg_step_row *const *)right;
    int order = strcmp(gg_step_key(a), gg_step_key(b));
    order = order != 0 ? order : compare_int(gg_step_recorded(a), gg_step_recorded(b));
    order = order != 0 ? order : compare_int(a->recorded_at, b->recorded_at);
    return order != 0 ? order : gg_step_compare(a, b);
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

static void plan_release(gg_seal_plan *p) {
    gg_free(p->events);
    gg_free(p->order);
    gg_free(p->steps);
    gg_free(p->orphans);
    gg_free(p->first_step);
    gg_free(p->has);
    gg_free(p->versions);
    gg_free(p->first_version);
    gg_free(p->chain);
    gg_free(p->activities);
    gg_free(p->categories.items);
    gg_free(p->agencies.items);
}

/* Rows of one number that are kept as versions; a row that replaced another ends the chain. */
static size_t chain_length(const gridgov_ledger *ledger, size_t slot) {
    size_t length = 1;
    while (ledger->events[slot].keeps && ledger->events[slot].replaces != GRIDGOV_NONE) {
        slot = (size_t)ledger->events[slot].replaces;
        length++;
    }
    return length;
}

/* Collect the versions of a slot, the newest first and each once. */
static size_t list_versions(const gg_event_row **list, const gridgov_ledger *ledger, size_t slot,
                            size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        list[i] = &ledger->events[slot];
        slot = (size_t)ledger->events[slot].replaces;
    }
    qsort(list, length, sizeof *list, by_newness);
    for (size_t i = 0; i < length; i++) {
        if (i == 0 || gg_event_compare(list[count - 1], list[i]) != 0) {
            list[count++] = list[i];
        }
    }
    return count;
}

/* Choose the version that counts of each event. longest is the longest chain. */
static int choose_versions(sort_key *keys, size_t *longest, const gridgov_ledger *ledger) {
    size_t count = 0;
    *longest = 1;
    for (size_t slot = 0; slot < ledger->event_count; slot++) {
        if (!ledger->events[slot].replaced) {
            const size_t length = chain_length(ledger, slot);
            *longest = length > *longest ? length : *longest;
        }
    }
    const gg_event_row **list = gg_calloc(*longest, sizeof *list);
    if (list == NULL) {
        return -1;
    }
    for (size_t slot = 0; slot < ledger->event_count; slot++) {
        if (!ledger->events[slot].replaced) {
            (void)list_versions(list, ledger, slot, chain_length(ledger, slot));
            keys[count++] = (sort_key){list[0]->reported_at, list[0], slot};
        }
    }
    gg_free(list);
    return 0;
}

/* Keep the older versions of the sorted events. */
static int keep_versions(gg_seal_plan *p, const sort_key *keys, size_t longest,
                         const gridgov_ledger *ledger) {
    if (longest == 1) {
        return 0;
    }
    const gg_event_row **list = gg_calloc(longest, sizeof *list);
    p->versions = gg_calloc(ledger->replaced_count, sizeof *p->versions);
    p->first_version = gg_calloc(p->event_count + 1, sizeof *p->first_version);
    if (list == NULL || p->versions == NULL || p->first_version == NULL) {
        gg_free(list);
        return -1;
    }
    for (size_t i = 0; i < p->event_count; i++) {
        const size_t count =
            list_versions(list, ledger, keys[i].slot, chain_length(ledger, keys[i].slot));
        for (size_t v = 1; v < count; v++) {
            p->versions[p->version_count++] = *list[v];
        }
        p->first_version[i + 1] = (int64_t)p->version_count;
    }
    gg_free(list);
    return 0;
}

static int sort_events(gg_seal_plan *p, const gridgov_ledger *ledger) {
    size_t longest;
    int result = -1;
    p->event_count = ledger->event_count - ledger->replaced_count;
    sort_key *keys = gg_calloc(p->event_count, sizeof *keys);
    p->events = gg_calloc(p->event_count, sizeof *p->events);
    p->order = gg_calloc(ledger->event_count, sizeof *p->order);
    if (keys == NULL || p->events == NULL || p->order == NULL ||
        choose_versions(keys, &longest, ledger)) {
        goto done;
    }
    for (size_t slot = 0; slot < ledger->event_count; slot++) {
        p->order[slot] = GRIDGOV_NONE;
    }
    qsort(keys, p->event_count, sizeof *keys, by_report);
    for (size_t i = 0; i < p->event_count; i++) {
        p->events[i] = *keys[i].row;
        p->order[keys[i].slot] = (int64_t)i;
    }
    result = keep_versions(p, keys, longest, ledger);
done:
    gg_free(keys);
    return result;
}

int gg_step_is_of_row(int32_t table) {
    return table == GRIDGOV_TABLE_EVENTS || table == GRIDGOV_TABLE_OPENING;
}

/* 1 if a step was told by a row that another has replaced since. */
static int is_stale(const gg_seal_plan *p, const gg_step_row *step) {
    return step->event != GRIDGOV_NONE && gg_step_is_of_row(step->table) &&
           step->generation != p->events[step->event].generation;
}

uint8_t gg_step_has(int32_t kind) {
    return kind == GRIDGOV_STEP_REPORT     ? GG_HAS_REPORT
           : kind == GRIDGOV_STEP_CLOSE    ? GG_HAS_CLOSE
           : kind == GRIDGOV_STEP_DISPATCH ? GG_HAS_AGENCY
           : kind == GRIDGOV_STEP_HANDLE   ? GG_HAS_AGENCY
                                           : 0;
}

/* Index of a step's event; GRIDGOV_NONE. The slot it was given when it was added serves if the
 * event still stands there: a number is one text in the arena, so the pointer tells. Sealing that
 * failed may have left an index there, which is told by the same. */
static int64_t find_event(const gg_seal_plan *p, const gridgov_ledger *ledger,
                          const gg_step_row *step) {
    int64_t slot = step->event;
    if (slot == GRIDGOV_NONE || slot >= (int64_t)ledger->event_count ||
        ledger->events[slot].id != step->event_id || ledger->events[slot].replaced) {
        slot = gg_map_get(&ledger->ids, gg_str_of(step->event_id), GRIDGOV_NONE);
    }
    return slot == GRIDGOV_NONE ? GRIDGOV_NONE : p->order[slot];
}

/* Find each step's event, count the steps of each and note which kinds they are. */
static int link_steps(gg_seal_plan *p, gridgov_ledger *ledger) {
    p->first_step = gg_calloc(p->event_count + 1, sizeof *p->first_step);
    p->has = gg_calloc(p->event_count, sizeof *p->has);
    if (p->first_step == NULL || p->has == NULL) {
        return -1;
    }
    for (size_t i = 0; i < ledger->step_count; i++) {
        gg_step_row *step = &ledger->steps[i];
        step->event = find_event(p, ledger, step);
        if (step->event == GRIDGOV_NONE) {
            p->orphan_count++;
            continue;
        }
        if (is_stale(p, step)) {
            continue;
        }
        p->first_step[step->event]++;
        p->has[step->event] |= gg_step_has(step->kind);
    }
    return 0;
}

int gg_step_derive(gg_step_row *out, const gg_event_row *event, int64_t index, uint8_t has,
                   gg_name *none) {
    int count = 0;
    gg_step_row step = {.event_id = event->id,
                        .agency = none,
                        .reason = none,
                        .at = event->reported_at,
                        .recorded_at = GRIDGOV_NO_TIME,
                        .event = index,
                        .newer = GRIDGOV_NONE,
                        .source_row = event->source_row,
                        .derived = 1};
    if (!(has & GG_HAS_REPORT)) {
        step.kind = GRIDGOV_STEP_REPORT;
        out[count++] = step;
    }
    if (!(has & GG_HAS_AGENCY) && event->agency->agency != GRIDGOV_NONE) {
        step.kind = GRIDGOV_STEP_HANDLE;
        step.agency = event->agency;
        out[count++] = step;
    }
    if (!(has & GG_HAS_CLOSE) && event->closed_at != GRIDGOV_NO_TIME) {
        step.kind = GRIDGOV_STEP_CLOSE;
        step.agency = none;
        step.at = event->closed_at;
        out[count++] = step;
    }
    return count;
}

/* Turn counts into places. */
static void place_steps(gg_seal_plan *p, gg_name *none) {
    gg_step_row derived[3];
    int64_t total = 0;
    for (size_t i = 0; i < p->event_count; i++) {
        int64_t count = p->first_step[i];
        p->first_step[i] = total;
        total += count + gg_step_derive(derived, &p->events[i], (int64_t)i, p->has[i], none);
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

static int collect_steps(gg_seal_plan *p, const gridgov_ledger *ledger, gg_name *none) {
    int64_t *next = gg_calloc(p->event_count, sizeof *next);
    p->steps = gg_calloc(p->step_count, sizeof *p->steps);
    p->orphans = gg_calloc(p->orphan_count, sizeof *p->orphans);
    if (next == NULL || p->steps == NULL || p->orphans == NULL) {
        gg_free(next);
        return -1;
    }
    for (size_t i = 0; i < p->event_count; i++) {
        next[i] = p->first_step[i] + gg_step_derive(&p->steps[p->first_step[i]], &p->events[i],
                                                    (int64_t)i, p->has[i], none);
    }
    size_t orphans = 0;
    for (size_t i = 0; i < ledger->step_count; i++) {
        const gg_step_row *step = &ledger->steps[i];
        if (step->event == GRIDGOV_NONE) {
            p->orphans[orphans++] = *step;
        } else if (!is_stale(p, step)) {
            p->steps[next[step->event]++] = *step;
        }
    }
    gg_free(next);
    qsort(p->orphans, p->orphan_count, sizeof *p->orphans, by_event_id);
    return 0;
}

/* Sort the steps of each event, and make one of those that are equal in all but their row. */
static void order_steps(gg_seal_plan *p) {
    int64_t kept = 0;
    int64_t first = 0;
    for (size_t i = 0; i < p->event_count; i++) {
        gg_step_row *steps = &p->steps[first];
        const int64_t count = p->first_step[i + 1] - first;
        first = p->first_step[i + 1];
        if (!is_sorted(steps, count)) {
            qsort(steps, (size_t)count, sizeof *steps, by_step);
        }
        p->first_step[i] = kept;
        for (int64_t k = 0; k < count; k++) {
            if (k == 0 || gg_step_compare(&p->steps[kept - 1], &steps[k]) != 0) {
                p->steps[kept++] = steps[k];
            }
        }
    }
    p->first_step[p->event_count] = kept;
    p->step_count = (size_t)kept;
}

/* Chain the versions of each step from the earlier recording to the later. */
static int chain_steps(gg_seal_plan *p) {
    size_t keyed = 0;
    for (size_t i = 0; i < p->step_count; i++) {
        keyed += gg_step_key(&p->steps[i])[0] != '\0';
    }
    p->chain = gg_calloc(keyed, sizeof *p->chain);
    if (p->chain == NULL) {
        return -1;
    }
    for (size_t i = 0; i < p->event_count && keyed > 0; i++) {
        size_t count = 0;
        for (int64_t k = p->first_step[i]; k < p->first_step[i + 1]; k++) {
            if (gg_step_key(&p->steps[k])[0] != '\0') {
                p->chain[count++] = &p->steps[k];
            }
        }
        if (count > 1) {
            qsort(p->chain, count, sizeof *p->chain, by_version);
        }
        for (size_t k = 1; k < count; k++) {
            if (strcmp(gg_step_key(p->chain[k - 1]), gg_step_key(p->chain[k])) == 0) {
                p->chain[k - 1]->newer = p->chain[k] - p->steps;
            }
        }
    }
    return 0;
}

static int sort_activities(gg_seal_plan *p, const gridgov_ledger *ledger) {
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
static void mark_names(const gg_seal_plan *p, gridgov_ledger *ledger) {
    for (size_t i = 0; i < ledger->name_count; i++) {
        gg_name *name = ledger->names[i];
        *name = (gg_name){.text = name->text, .category = GRIDGOV_NONE, .agency = GRIDGOV_NONE};
    }
    for (size_t i = 0; i < p->event_count; i++) {
        const gg_event_row *event = &p->events[i];
        gg_name *category = event->category;
        category->events++;
        category->is_category = 1;
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
    for (size_t i = 0; i < p->version_count; i++) {
        p->versions[i].category->is_category = 1;
        p->versions[i].agency->is_agency = 1;
    }
    for (size_t i = 0; i < ledger->step_count; i++) {
        const gg_step_row *step = &ledger->steps[i];
        if (step->event != GRIDGOV_NONE) {
            step->agency->is_agency = 1;
            if (step->more != NULL && step->more->category != NULL) {
                step->more->category->is_category = 1;
            }
        }
    }
}

/* Put the sorted arrays in place; nothing here can fail. */
static void commit(gridgov_ledger *ledger, gg_seal_plan *p) {
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
    ledger->versions = p->versions;
    ledger->first_version = p->first_version;
    ledger->categories = p->categories;
    ledger->agencies = p->agencies;
    gg_map_release(&ledger->unique);
    gg_map_release(&ledger->name_index);
    gg_buf_release(&ledger->scratch);
    gg_ledger_digest(ledger);
    ledger->sealed = 1;
    gg_free(p->orphans);
    gg_free(p->has);
    gg_free(p->chain);
}

gridgov_status gridgov_ledger_seal(gridgov_ledger *ledger, gridgov_issues *issues,
                                   gridgov_error *err) {
    if (ledger == NULL) {
        return gg_fail_arg(err, "ledger");
    }
    if (ledger->sealed) {
        return gg_fail_state(err, "the ledger is sealed");
    }
    gg_seal_plan p = {.event_count = 0};
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
    order_steps(&p);
    if (chain_steps(&p)) {
        goto fail;
    }
    gg_catalog_report(ledger, &p.categories, &p.agencies, issues);
    gg_seal_report(&p, ledger, issues);
    commit(ledger, &p);
    ledger->no_name = none;
    return GRIDGOV_OK;
fail:
    plan_release(&p);
    return gg_fail_memory(err);
}
