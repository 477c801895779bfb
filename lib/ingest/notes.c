/* SPDX-License-Identifier: Apache-2.0 */
/* Each worker keeps the first problems it meets, as many as can be told in all, so that the first
 * ones of the whole table are among them whoever met them. */
#include "notes.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"

#include <gridgov/codes.h>

void gg_notes_add(gg_notes *notes, const gridgov_error *issue) {
    if (notes->count == GG_NOTES_MOST ||
        gg_grow((void **)&notes->items, notes->count, &notes->capacity, sizeof *issue) != 0) {
        notes->dropped++;
        return;
    }
    notes->items[notes->count++] = *issue;
}

gridgov_status gg_notes_drain(gg_notes *notes, gridgov_issues **issues, int64_t limit,
                              gridgov_error *err) {
    gridgov_error issue;
    if (gridgov_issues_count(*issues) == 0) {
        return GRIDGOV_OK;
    }
    for (int64_t i = 0; gridgov_issues_at(&issue, *issues, i) == GRIDGOV_OK; i++) {
        gg_notes_add(notes, &issue);
    }
    gridgov_issues_free(*issues);
    *issues = NULL;
    return gridgov_issues_new(issues, limit, err);
}

static const gg_notes *at(const gg_notes *workers, size_t stride, size_t index) {
    return (const gg_notes *)(const void *)((const char *)workers + stride * index);
}

/* The worker whose next problem stands first in the table; count if there is none. */
static size_t first_worker(const gg_notes *workers, size_t stride, size_t count,
                           const size_t *next) {
    size_t best = count;
    for (size_t i = 0; i < count; i++) {
        const gg_notes *notes = at(workers, stride, i);
        if (next[i] < notes->count &&
            (best == count ||
             notes->items[next[i]].row < at(workers, stride, best)->items[next[best]].row)) {
            best = i;
        }
    }
    return best;
}

void gg_notes_deliver(gridgov_issues *issues, const char *source, const gg_notes *workers,
                      size_t stride, size_t count, int64_t stopped_at) {
    size_t *next = gg_calloc(count, sizeof *next);
    int64_t told = 0;
    int64_t more = 0;
    size_t i;
    if (next == NULL || issues == NULL) {
        gg_free(next);
        return;
    }
    while ((i = first_worker(workers, stride, count, next)) < count) {
        gridgov_error issue = at(workers, stride, i)->items[next[i]++];
        if (stopped_at > 0 && issue.row >= stopped_at) {
            continue;
        }
        if (told++ < GG_NOTES_MOST) {
            gg_error_at(&issue, source, 0, 0);
            gridgov_issues_add(issues, &issue);
        } else {
            more++;
        }
    }
    for (i = 0; i < count; i++) {
        more += at(workers, stride, i)->dropped;
    }
    if (more > 0) {
        gridgov_error issue;
        char text[GG_NUM_TEXT_SIZE];
        (void)gg_int_format(text, more);
        (void)gg_fail(&issue, GG_RULE_NOTES_MORE, NULL, NULL, 0, text, NULL);
        gg_error_at(&issue, source, 0, 0);
        gridgov_issues_add(issues, &issue);
    }
    gg_free(next);
}

void gg_notes_release(gg_notes *notes) {
    gg_free(notes->items);
    notes->items = NULL;
    notes->count = notes->capacity = 0;
}
