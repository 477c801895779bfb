/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and finding time limits. A category has a handful, so they are walked; the place where
 * each category's begin is found by halving, since the list is sorted by category.
 *
 * Invariant: one category has one limit for a stage and a condition. */
#include "limits.h"

#include "base/error.h"
#include "refdoc.h"

#include <string.h>

#define COUNT_MAX 1000000

/* The step from which a stage counts if the document does not say. */
static int32_t usual_since(int32_t stage) {
    switch (stage) {
    case GRIDGOV_STAGE_DISPATCH:
        return GRIDGOV_STEP_ACCEPT;
    case GRIDGOV_STAGE_ACKNOWLEDGE:
    case GRIDGOV_STAGE_HANDLE:
        return GRIDGOV_STEP_DISPATCH;
    case GRIDGOV_STAGE_VERIFY:
        return GRIDGOV_STEP_FEEDBACK;
    default:
        return GRIDGOV_STEP_REPORT;
    }
}

/* One limit. 0, or -1 when memory is short. */
static int read_limit(gg_limits *limits, gg_arena *arena, gg_json_reader *reader,
                      const json_t *object, const char *pointer, int64_t category) {
    static const char *const keys[] = {"stage",     "kind",   "count",  "start",     "since",
                                       "condition", "roster", "source", "certainty", NULL};
    gg_json_known(reader, object, pointer, keys);
    (void)gg_json_text(reader, object, pointer, "source", 0, NULL);
    gg_refdoc_certainty(reader, object, pointer, "certainty");
    const char *condition = gg_json_text(reader, object, pointer, "condition", 0, "");
    const char *roster = gg_json_text(reader, object, pointer, "roster", 0, "");
    gg_limit limit = {
        .category = category,
        .count = gg_json_int(reader, object, pointer, "count", 1, 1, 1, COUNT_MAX),
        .condition = gg_arena_text(arena, condition, strlen(condition)),
        .roster = gg_arena_text(arena, roster, strlen(roster)),
        .stage = gg_refdoc_code(reader, object, pointer, "stage", GRIDGOV_KIND_STAGE, 0,
                                GRIDGOV_STAGE_CLOSE),
        .kind = gg_refdoc_code(reader, object, pointer, "kind", GRIDGOV_KIND_LIMIT, 1,
                               GRIDGOV_LIMIT_WORKDAYS),
        .start = gg_refdoc_code(reader, object, pointer, "start", GRIDGOV_KIND_START, 0,
                                GRIDGOV_START_MOMENT),
    };
    limit.since = gg_refdoc_code(reader, object, pointer, "since", GRIDGOV_KIND_STEP, 0,
                                 usual_since(limit.stage));
    if (limit.condition == NULL || limit.roster == NULL) {
        return -1;
    }
    if (limit.since != GRIDGOV_STEP_REPORT && limit.since != GRIDGOV_STEP_ACCEPT &&
        limit.since != GRIDGOV_STEP_DISPATCH && limit.since != usual_since(limit.stage)) {
        gg_json_problem(reader, GG_RULE_JSON_CODE, pointer, "since",
                        gridgov_code_text(GRIDGOV_KIND_STEP, limit.since),
                        "report, accept, dispatch");
    }
    for (size_t i = 0; i < limits->count; i++) {
        const gg_limit *other = &limits->items[limits->count - 1 - i];
        if (other->category != category) {
            break;
        }
        if (other->stage == limit.stage && strcmp(other->condition, limit.condition) == 0) {
            gg_json_problem(reader, GG_RULE_JSON_DUPLICATE, pointer, "stage",
                            gridgov_code_text(GRIDGOV_KIND_STAGE, limit.stage), NULL);
        }
    }
    if (gg_grow((void **)&limits->items, limits->count, &limits->capacity, sizeof limit)) {
        return -1;
    }
    limits->items[limits->count++] = limit;
    return 0;
}

int gg_limits_read(gg_limits *limits, gg_arena *arena, gg_json_reader *reader, const json_t *object,
                   const char *pointer, int64_t category) {
    const json_t *list = gg_json_array(reader, object, pointer, "limits", 0);
    char base[GG_POINTER_SIZE];
    char where[GG_POINTER_SIZE];
    gg_json_pointer_key(base, pointer, "limits");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = gg_refdoc_item(reader, list, i, base, where);
        if (item != NULL && read_limit(limits, arena, reader, item, where, category)) {
            return -1;
        }
    }
    return 0;
}

void gg_limits_digest(const gg_limits *limits, gg_digest *digest) {
    for (size_t i = 0; i < limits->count; i++) {
        const gg_limit *limit = &limits->items[i];
        gg_digest_text(digest, gg_str_of("limit"));
        gg_digest_int(digest, limit->category);
        gg_digest_int(digest, limit->stage);
        gg_digest_int(digest, limit->kind);
        gg_digest_int(digest, limit->count);
        gg_digest_int(digest, limit->start);
        gg_digest_int(digest, limit->since);
        gg_digest_text(digest, gg_str_of(limit->condition));
        gg_digest_text(digest, gg_str_of(limit->roster));
    }
}

/* Index of the first limit of a category or of a later one. */
static size_t lower_bound(const gg_limits *limits, int64_t category) {
    size_t from = 0;
    size_t to = limits->count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (limits->items[middle].category < category) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

const gg_limit *gg_limits_at(const gg_limits *limits, int64_t category, int64_t index) {
    const size_t first = lower_bound(limits, category);
    if (index < 0 || (size_t)index >= limits->count - first ||
        limits->items[first + (size_t)index].category != category) {
        return NULL;
    }
    return &limits->items[first + (size_t)index];
}

const gg_limit *gg_limits_find(const gg_limits *limits, int64_t category, int32_t stage,
                               gg_str condition) {
    const gg_limit *found = NULL;
    for (size_t i = lower_bound(limits, category);
         i < limits->count && limits->items[i].category == category; i++) {
        const gg_limit *limit = &limits->items[i];
        if (limit->stage != stage) {
            continue;
        }
        if (gg_str_equal(gg_str_of(limit->condition), condition)) {
            return limit;
        }
        found = limit->condition[0] == '\0' ? limit : found;
    }
    return found;
}

void gg_limits_release(gg_limits *limits) {
    gg_free(limits->items);
    *limits = (gg_limits){0};
}
