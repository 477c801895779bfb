/* SPDX-License-Identifier: Apache-2.0 */
/* Looking for signals: elements that a report lacks, cases closed within seconds, closings in bulk
 * before the cut-off, cases that came back to an agency that had passed them on. Nothing is judged
 * and nothing is written to the ledger.
 *
 * An element that no event of the ledger tells is not asked for. Closings are those known at the
 * cut-off: the latest closing step that no reopening follows, else the row's own. A closing belongs
 * to the agency of the step, else of the event, else to the grid. Every list is walked once; the
 * closings are sorted by who closed and when, and a window slides over them. */
#include "signals.h"

#include "base/text.h"

#include <gridgov/taxonomy.h>

#include <stdlib.h>
#include <string.h>

#define TICK 4096
#define KEY_LIMIT 256

typedef struct closing {
    int64_t actor; /* agency; below GRIDGOV_NONE: −2 − unit */
    gridgov_time at;
    int64_t event;
} closing;

typedef struct looking {
    const gg_search *search;
    uint32_t told;         /* elements that some event tells */
    uint32_t *by_category; /* elements that a category asks for */
    int64_t *met;          /* per agency: last event that it had, plus one */
    closing *closings;
    size_t closing_count;
} looking;

int gg_search_inside(const gg_search *search, const gridgov_event *event) {
    return !event->opening && event->reported_at >= search->period.from &&
           event->reported_at < search->period.to && event->reported_at <= search->as_of;
}

gridgov_status gg_search_add(const gg_search *search, const gridgov_signal *signal,
                             gridgov_error *err) {
    gridgov_signals *signals = search->signals;
    if (gg_grow((void **)&signals->items, signals->count, &signals->capacity,
                sizeof *signals->items)) {
        return gg_fail_memory(err);
    }
    signals->items[signals->count++] = *signal;
    return GRIDGOV_OK;
}

/* Two persons or more: names with a mark between them. */
static int has_parties(const char *persons) {
    static const char *const marks[] = {"、", "；", ";", "，", ",", "/", "与", "和"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *mark = strstr(persons, marks[i]);
        if (mark != NULL && mark != persons && mark[strlen(marks[i])] != '\0') {
            return 1;
        }
    }
    return 0;
}

/* The elements that an event tells. */
static uint32_t elements_of(const gridgov_event *event) {
    const struct {
        int32_t element;
        int is_told;
    } found[] = {
        {GRIDGOV_ELEMENT_TIME, 1},
        {GRIDGOV_ELEMENT_PLACE, event->place[0] != '\0' || event->lat_e7 != GRIDGOV_NO_DEGREES},
        {GRIDGOV_ELEMENT_PERSONS, event->persons[0] != '\0'},
        {GRIDGOV_ELEMENT_CAUSE, event->cause[0] != '\0'},
        {GRIDGOV_ELEMENT_COURSE, event->course[0] != '\0'},
        {GRIDGOV_ELEMENT_PARTIES, has_parties(event->persons)},
        {GRIDGOV_ELEMENT_RESULT, event->result[0] != '\0'},
    };
    uint32_t bits = 0;
    for (size_t i = 0; i < sizeof found / sizeof found[0]; i++) {
        bits |= found[i].is_told ? GG_ELEMENT_BIT(found[i].element) : 0;
    }
    return bits;
}

/* What each category of the ledger asks for. 0, or -1. */
static int find_required(looking *l) {
    const gridgov_validity *v = l->search->validity;
    const int64_t count = gridgov_ledger_category_count(l->search->ledger);
    char key[KEY_LIMIT];
    l->by_category = gg_calloc((size_t)count, sizeof *l->by_category);
    if (l->by_category == NULL) {
        return -1;
    }
    for (int64_t i = 0; i < count; i++) {
        const char *name = gridgov_ledger_category_name(l->search->ledger, i, NULL);
        const size_t size = gg_text_key(key, sizeof key, gg_str_of(name));
        l->by_category[i] = v->required;
        for (size_t k = 0; k < v->category_count; k++) {
            const char *wanted = v->categories[k].key;
            if (strlen(wanted) == size && size <= sizeof key && memcmp(wanted, key, size) == 0) {
                l->by_category[i] |= v->categories[k].required;
            }
        }
    }
    return 0;
}

/* When and by whom a case was closed that is closed at the cut-off; GRIDGOV_NO_TIME. */
static gridgov_time closing_of(int64_t *actor, const looking *l, const gridgov_event *event,
                               int64_t index) {
    const gridgov_time as_of = l->search->as_of;
    gridgov_time at = GRIDGOV_NO_TIME;
    int64_t first = 0, count = 0;
    *actor = event->agency;
    (void)gridgov_ledger_event_steps(&first, &count, l->search->ledger, index);
    for (int64_t i = first; i < first + count; i++) {
        gridgov_step step = {.struct_size = sizeof step};
        (void)gridgov_ledger_step_at(&step, l->search->ledger, i);
        if (step.at > as_of || step.recorded_at > as_of) {
            continue;
        }
        if (step.kind == GRIDGOV_STEP_CLOSE) {
            at = step.at;
            *actor = step.agency != GRIDGOV_NONE ? step.agency : *actor;
        } else if (step.kind == GRIDGOV_STEP_REOPEN) {
            at = GRIDGOV_NO_TIME;
        }
    }
    *actor = *actor == GRIDGOV_NONE ? -2 - event->unit : *actor;
    return at;
}

static const char *actor_name(const looking *l, int64_t actor) {
    return actor < 0 ? "" : gridgov_ledger_agency_name(l->search->ledger, actor, NULL);
}

static gridgov_status look_for_missing(const looking *l, const gridgov_event *event, int64_t index,
                                       int closed, gridgov_error *err) {
    uint32_t asked = l->by_category[event->category] | (closed ? l->search->validity->closed : 0);
    uint32_t missing = asked & l->told & ~elements_of(event);
    int64_t count = 0;
    for (uint32_t bits = missing; bits != 0; bits &= bits - 1) {
        count++;
    }
    return missing == 0 ? GRIDGOV_OK
                        : gg_search_add(l->search,
                                        &(gridgov_signal){.kind = GRIDGOV_SIGNAL_INCOMPLETE,
                                                          .event = index,
                                                          .other = GRIDGOV_NONE,
                                                          .measured = count,
                                                          .seconds = -1,
                                                          .missing = missing,
                                                          .event_id = event->id,
                                                          .other_id = "",
                                                          .agency = ""},
                                        err);
}

static gridgov_status look_for_haste(const looking *l, const gridgov_event *event, int64_t index,
                                     gridgov_time closed_at, gridgov_error *err) {
    const gridgov_validity *v = l->search->validity;
    if (closed_at == GRIDGOV_NO_TIME || closed_at - event->reported_at > v->at_once_seconds ||
        (event->self_handled == GRIDGOV_TRI_YES && !v->with_self_handled)) {
        return GRIDGOV_OK;
    }
    return gg_search_add(l->search,
                         &(gridgov_signal){.kind = GRIDGOV_SIGNAL_CLOSED_AT_ONCE,
                                           .event = index,
                                           .other = GRIDGOV_NONE,
                                           .measured = closed_at - event->reported_at,
                                           .threshold = v->at_once_seconds,
                                           .seconds = -1,
                                           .event_id = event->id,
                                           .other_id = "",
                                           .agency = ""},
                         err);
}

static int gives_to_agency(const gridgov_step *step) {
    return step->agency != GRIDGOV_NONE &&
           (step->kind == GRIDGOV_STEP_DISPATCH || step->kind == GRIDGOV_STEP_ACKNOWLEDGE ||
            step->kind == GRIDGOV_STEP_HANDLE);
}

/* A→B→A: how often an agency has the case again after another one had it. */
static gridgov_status look_for_return(looking *l, const gridgov_event *event, int64_t index,
                                      gridgov_error *err) {
    int64_t first = 0, count = 0, holder = GRIDGOV_NONE, times = 0, back = GRIDGOV_NONE;
    (void)gridgov_ledger_event_steps(&first, &count, l->search->ledger, index);
    for (int64_t i = first; i < first + count; i++) {
        gridgov_step step = {.struct_size = sizeof step};
        (void)gridgov_ledger_step_at(&step, l->search->ledger, i);
        if (step.at > l->search->as_of || step.recorded_at > l->search->as_of ||
            !gives_to_agency(&step) || step.agency == holder) {
            continue;
        }
        if (l->met[step.agency] == index + 1) {
            times++;
            back = back == GRIDGOV_NONE ? step.agency : back;
        }
        l->met[step.agency] = index + 1;
        holder = step.agency;
    }
    return times < l->search->validity->back_times
               ? GRIDGOV_OK
               : gg_search_add(l->search,
                               &(gridgov_signal){.kind = GRIDGOV_SIGNAL_SENT_BACK,
                                                 .event = index,
                                                 .other = GRIDGOV_NONE,
                                                 .measured = times,
                                                 .threshold = l->search->validity->back_times,
                                                 .seconds = -1,
                                                 .event_id = event->id,
                                                 .other_id = "",
                                                 .agency = actor_name(l, back)},
                               err);
}

static gridgov_status look_at(looking *l, int64_t index, gridgov_error *err) {
    gridgov_event event = {.struct_size = sizeof event};
    int64_t actor = GRIDGOV_NONE;
    (void)gridgov_ledger_event_at(&event, l->search->ledger, index);
    const gridgov_time closed_at = closing_of(&actor, l, &event, index);
    const int closed = closed_at != GRIDGOV_NO_TIME || event.closed == GRIDGOV_TRI_YES;
    if (closed_at != GRIDGOV_NO_TIME &&
        closed_at >= l->search->as_of - l->search->validity->bulk_before) {
        l->closings[l->closing_count++] = (closing){actor, closed_at, index};
    }
    if (!gg_search_inside(l->search, &event)) {
        return GRIDGOV_OK;
    }
    GG_TRY(look_for_missing(l, &event, index, closed, err));
    GG_TRY(look_for_haste(l, &event, index, closed_at, err));
    return look_for_return(l, &event, index, err);
}

static int by_actor(const void *left, const void *right) {
    const closing *a = left;
    const closing *b = right;
    int order = (a->actor > b->actor) - (a->actor < b->actor);
    order = order != 0 ? order : (a->at > b->at) - (a->at < b->at);
    return order != 0 ? order : (a->event > b->event) - (a->event < b->event);
}

/* Windows of closings by one actor; a closing is named in the first window that holds enough. */
static gridgov_status look_for_bulk(looking *l, gridgov_error *err) {
    const gridgov_validity *v = l->search->validity;
    size_t from = 0, named = 0;
    if (l->closing_count > 0) {
        qsort(l->closings, l->closing_count, sizeof *l->closings, by_actor);
    }
    for (size_t i = 0; i < l->closing_count; i++) {
        const closing *last = &l->closings[i];
        while (l->closings[from].actor != last->actor ||
               last->at - l->closings[from].at > v->bulk_window) {
            from++;
        }
        const size_t cases = i - from + 1;
        if ((int64_t)cases < v->bulk_cases) {
            continue;
        }
        for (named = named > from ? named : from; named <= i; named++) {
            gridgov_event event = {.struct_size = sizeof event};
            (void)gridgov_ledger_event_at(&event, l->search->ledger, l->closings[named].event);
            GG_TRY(gg_search_add(l->search,
                                 &(gridgov_signal){.kind = GRIDGOV_SIGNAL_BULK_CLOSING,
                                                   .event = l->closings[named].event,
                                                   .other = GRIDGOV_NONE,
                                                   .measured = (int64_t)cases,
                                                   .threshold = v->bulk_cases,
                                                   .seconds = v->bulk_window,
                                                   .event_id = event.id,
                                                   .other_id = "",
                                                   .agency = actor_name(l, last->actor)},
                                 err));
        }
    }
    return GRIDGOV_OK;
}

/* What the ledger tells at all. */
static void find_told(looking *l) {
    gridgov_signals *signals = l->search->signals;
    const gridgov_ledger *ledger = l->search->ledger;
    gridgov_event event = {.struct_size = sizeof event};
    int has_place = 0;
    for (int64_t i = 0; gridgov_ledger_event_at(&event, ledger, i) == GRIDGOV_OK; i++) {
        l->told |= elements_of(&event);
        has_place |= event.place[0] != '\0';
    }
    if ((l->told & GG_ELEMENT_BIT(GRIDGOV_ELEMENT_PERSONS)) != 0) {
        l->told |= GG_ELEMENT_BIT(GRIDGOV_ELEMENT_PARTIES);
    }
    signals->covered |= gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_REPORT)
                            ? UINT32_C(1) << GRIDGOV_SIGNAL_INCOMPLETE
                            : 0;
    signals->covered |= gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_POSITION) ||
                                (has_place && l->search->validity->by_place)
                            ? UINT32_C(1) << GRIDGOV_SIGNAL_DUPLICATE
                            : 0;
    signals->covered |= gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_CLOSED)
                            ? UINT32_C(1) << GRIDGOV_SIGNAL_CLOSED_AT_ONCE |
                                  UINT32_C(1) << GRIDGOV_SIGNAL_BULK_CLOSING
                            : 0;
    signals->covered |= gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_DISPATCH)
                            ? UINT32_C(1) << GRIDGOV_SIGNAL_SENT_BACK
                            : 0;
    if ((signals->covered & UINT32_C(1) << GRIDGOV_SIGNAL_INCOMPLETE) == 0) {
        l->told = 0;
    }
}

static int by_event(const void *left, const void *right) {
    const gridgov_signal *a = left;
    const gridgov_signal *b = right;
    int order = (a->event > b->event) - (a->event < b->event);
    return order != 0 ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

static gridgov_status search_all(gg_search *search, gridgov_error *err) {
    const int64_t count = gridgov_ledger_event_count(search->ledger);
    looking l = {.search = search};
    gridgov_status status = GRIDGOV_OK;
    l.met = gg_calloc((size_t)gridgov_ledger_agency_count(search->ledger), sizeof *l.met);
    l.closings = gg_calloc((size_t)count, sizeof *l.closings);
    if (l.met == NULL || l.closings == NULL || find_required(&l)) {
        status = gg_fail_memory(err);
        goto done;
    }
    find_told(&l);
    for (int64_t i = 0; i < count && status == GRIDGOV_OK; i++) {
        if (i % TICK == 0 && gridgov_job_tick(search->job, "signals", i, count) != GRIDGOV_OK) {
            status = gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
            break;
        }
        status = look_at(&l, i, err);
    }
    status = status == GRIDGOV_OK ? look_for_bulk(&l, err) : status;
    status = status == GRIDGOV_OK ? gg_search_near(search, err) : status;
    if (status == GRIDGOV_OK && search->signals->count > 0) {
        qsort(search->signals->items, search->signals->count, sizeof *search->signals->items,
              by_event);
    }
done:
    gg_free(l.by_category);
    gg_free(l.closings);
    gg_free(l.met);
    return status;
}

static gridgov_status check_options(gridgov_tally_options *set, const gridgov_tally_options *given,
                                    gridgov_error *err) {
    gridgov_tally_options_init(set, sizeof *set);
    if (given == NULL || gg_options_read(set, sizeof *set, given)) {
        return gg_fail_arg(err, "options");
    }
    if (set->period.from >= set->period.to) {
        return gg_fail_arg(err, "options.period");
    }
    set->as_of = set->as_of == GRIDGOV_NO_TIME ? set->period.to - 1 : set->as_of;
    return GRIDGOV_OK;
}

gridgov_status gridgov_signals_find(gridgov_signals **out, const gridgov_ledger *ledger,
                                    const gridgov_validity *validity,
                                    const gridgov_tally_options *options, gridgov_job *job,
                                    gridgov_error *err) {
    gridgov_tally_options set;
    gridgov_validity *standard = NULL;
    size_t size = 0;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (ledger == NULL) {
        return gg_fail_arg(err, "ledger");
    }
    GG_TRY(check_options(&set, options, err));
    if (gridgov_ledger_digest(ledger)[0] == '\0') {
        return gg_fail_state(err, "the ledger is not sealed");
    }
    if (validity == NULL) {
        const char *json = gridgov_validity_standard(&size);
        GG_TRY(gridgov_validity_load(&standard, json, size, NULL, err));
    }
    gridgov_signals *signals = gg_calloc(1, sizeof *signals);
    gridgov_status status = signals == NULL ? gg_fail_memory(err) : GRIDGOV_OK;
    if (signals != NULL) {
        gg_share_init(&signals->share);
        signals->ledger = gridgov_ledger_hold(ledger);
        signals->utc_offset_minutes = set.utc_offset_minutes;
        gg_search search = {.signals = signals,
                            .ledger = ledger,
                            .validity = validity == NULL ? standard : validity,
                            .period = set.period,
                            .as_of = set.as_of,
                            .job = job};
        status = search_all(&search, err);
    }
    gridgov_validity_free(standard);
    if (status != GRIDGOV_OK) {
        gridgov_signals_free(signals);
        return status;
    }
    *out = signals;
    return GRIDGOV_OK;
}

int64_t gridgov_signals_count(const gridgov_signals *signals) {
    return signals == NULL ? 0 : (int64_t)signals->count;
}

gridgov_status gridgov_signals_at(gridgov_signal *signal_out, const gridgov_signals *signals,
                                  int64_t index) {
    if (signal_out == NULL || signals == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)signals->count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(signal_out, &signals->items[index], sizeof *signals->items) ? GRIDGOV_EARG
                                                                                    : GRIDGOV_OK;
}

uint32_t gridgov_signals_covered(const gridgov_signals *signals) {
    return signals == NULL ? 0 : signals->covered;
}

void gridgov_signals_free(gridgov_signals *signals) {
    if (signals != NULL && gg_share_drop(&signals->share)) {
        gg_free(signals->items);
        gridgov_ledger_free(signals->ledger);
        gg_free(signals);
    }
}
