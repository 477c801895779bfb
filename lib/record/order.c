/* SPDX-License-Identifier: Apache-2.0 */
/* The orders that sealing and playing share: of rows of one event, of steps of one event, and when
 * a record became known. Every comparison goes on to the last field that says something, so that
 * the order of adding never shows; row numbers are only evidence and take no part. */
#include "model.h"

#include <string.h>

static int compare_int(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

gridgov_time gg_event_recorded(const gg_event_row *row) {
    return row->recorded_at == GRIDGOV_NO_TIME ? row->reported_at : row->recorded_at;
}

gridgov_time gg_step_recorded(const gg_step_row *row) {
    return row->recorded_at == GRIDGOV_NO_TIME ? row->at : row->recorded_at;
}

static const char *text_of(const gg_name *name) {
    return name == NULL ? "" : name->text;
}

/* By what two rows of one event say; the row numbers are only evidence. */
int gg_event_compare(const gg_event_row *a, const gg_event_row *b) {
    int order = compare_int(gg_event_recorded(a), gg_event_recorded(b));
    order = order != 0 ? order : compare_int(a->recorded_at, b->recorded_at);
    order = order != 0 ? order : strcmp(a->category->text, b->category->text);
    order = order != 0 ? order : strcmp(a->agency->text, b->agency->text);
    order = order != 0 ? order : strcmp(a->place, b->place);
    order = order != 0 ? order : strcmp(text_of(a->condition), text_of(b->condition));
    order = order != 0 ? order : compare_int(a->unit, b->unit);
    order = order != 0 ? order : compare_int(a->reported_at, b->reported_at);
    order = order != 0 ? order : compare_int(a->dispatch_due_at, b->dispatch_due_at);
    order = order != 0 ? order : compare_int(a->due_at, b->due_at);
    order = order != 0 ? order : compare_int(a->closed_at, b->closed_at);
    order = order != 0 ? order : compare_int(a->disposition, b->disposition);
    order = order != 0 ? order : compare_int(a->overdue, b->overdue);
    order = order != 0 ? order : compare_int(a->self_handled, b->self_handled);
    order = order != 0 ? order : compare_int(a->suspended, b->suspended);
    order = order != 0 ? order : compare_int(a->opening, b->opening);
    order = order != 0 ? order : compare_int(a->closed, b->closed);
    order = order != 0 ? order : strcmp(a->persons, b->persons);
    order = order != 0 ? order : strcmp(a->cause, b->cause);
    order = order != 0 ? order : strcmp(a->course, b->course);
    order = order != 0 ? order : strcmp(a->result, b->result);
    order = order != 0 ? order : compare_int(a->lat_e7, b->lat_e7);
    order = order != 0 ? order : compare_int(a->lon_e7, b->lon_e7);
    return order != 0 ? order : compare_int(a->closure_doubted, b->closure_doubted);
}

/* Numbers of steps are short and mostly digits: the longer one is the later. */
static int compare_key(const char *a, const char *b) {
    const size_t size_a = strlen(a);
    const size_t size_b = strlen(b);
    return size_a != size_b ? (size_a > size_b) - (size_a < size_b) : strcmp(a, b);
}

/* Steps of one second that have no numbers stand in the order of a case's life, which for the first
 * 22 kinds is that of their constants; those with numbers stand where a handling would. */
static int kind_rank(const gg_step_row *row) {
    if (row->more != NULL && row->more->key[0] != '\0') {
        return 2 * GRIDGOV_STEP_HANDLE + 1;
    }
    switch (row->kind) {
    case GRIDGOV_STEP_TIMEOUT:
        return 2 * GRIDGOV_STEP_RETURN + 1;
    case GRIDGOV_STEP_EXTEND_ASK:
        return 2 * GRIDGOV_STEP_EXTEND - 1;
    case GRIDGOV_STEP_EXTEND_REFUSE:
    case GRIDGOV_STEP_RELIMIT:
        return 2 * GRIDGOV_STEP_EXTEND + 1;
    case GRIDGOV_STEP_RECATEGORISE:
        return 2 * GRIDGOV_STEP_FILE + 1;
    default:
        return 2 * row->kind;
    }
}

const char *gg_step_key(const gg_step_row *row) {
    return row->more == NULL ? "" : row->more->key;
}

static int compare_more(const gg_step_more *a, const gg_step_more *b) {
    if (a == NULL || b == NULL) {
        return (a != NULL) - (b != NULL);
    }
    int order = strcmp(text_of(a->actor), text_of(b->actor));
    order = order != 0 ? order : strcmp(a->other_event, b->other_event);
    order = order != 0 ? order : strcmp(text_of(a->category), text_of(b->category));
    order = order != 0 ? order : compare_int(a->until, b->until);
    order = order != 0 ? order : compare_int(a->role, b->role);
    order = order != 0 ? order : compare_int(a->card, b->card);
    return order != 0 ? order : compare_int(a->level, b->level);
}

int gg_step_compare(const gg_step_row *a, const gg_step_row *b) {
    int order = compare_int(a->at, b->at);
    order = order != 0 ? order : kind_rank(a) - kind_rank(b);
    order = order != 0 ? order : compare_key(gg_step_key(a), gg_step_key(b));
    order = order != 0 ? order : compare_int(a->kind, b->kind);
    order = order != 0 ? order : compare_int(a->derived, b->derived);
    order = order != 0 ? order : compare_int(a->recorded_at, b->recorded_at);
    order = order != 0 ? order : strcmp(a->agency->text, b->agency->text);
    order = order != 0 ? order : strcmp(a->reason->text, b->reason->text);
    return order != 0 ? order : compare_more(a->more, b->more);
}
