/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two policies: their clauses matched by place, which is made of codes, and
 * compared in words. What is only in the first was removed, what is only in the second added. */
#include "policy_clauses.h"

#include "base/error.h"
#include "base/json.h"

#include <gridgov/policy_text.h>

#include <string.h>

struct gridgov_policy_diff {
    gg_clauses a, b;
    gridgov_policy_change *items;
    size_t count;
    gg_arena arena;
    char names[2][256], digests[2][GG_DIGEST_TEXT_SIZE];
};

static int index_places(gg_map *map, const gg_clauses *clauses) {
    for (size_t i = 0; i < clauses->count; i++) {
        if (gg_map_set(map, gg_str_of(clauses->items[i].place), (int64_t)i) != 0) {
            return -1;
        }
    }
    return 0;
}

/* "结案率 扣分" */
static const char *title_of(gridgov_policy_diff *diff, const gg_clause *clause) {
    gg_buf buf = {0};
    const char *title;
    gg_buf_text(&buf, clause->owner);
    gg_buf_text(&buf, clause->owner[0] != '\0' ? " " : "");
    gg_buf_text(&buf, clause->title);
    title = gg_buf_failed(&buf) ? NULL : gg_arena_text(&diff->arena, gg_buf_data(&buf), buf.size);
    gg_buf_release(&buf);
    return title;
}

static int add(gridgov_policy_diff *diff, int32_t kind, const gg_clause *clause, const char *before,
               const char *after) {
    const char *title = title_of(diff, clause);
    if (title == NULL) {
        return -1;
    }
    diff->items[diff->count++] = (gridgov_policy_change){.struct_size = sizeof *diff->items,
                                                         .kind = kind,
                                                         .place = clause->place,
                                                         .title = title,
                                                         .before = before,
                                                         .after = after};
    return 0;
}

static int compare(gridgov_policy_diff *diff) {
    gg_map map_a = {0}, map_b = {0};
    int failed = index_places(&map_a, &diff->a) != 0 || index_places(&map_b, &diff->b) != 0;
    for (size_t i = 0; i < diff->a.count && !failed; i++) {
        const gg_clause *clause = &diff->a.items[i];
        int64_t other = gg_map_get(&map_b, gg_str_of(clause->place), GRIDGOV_NONE);
        if (other == GRIDGOV_NONE) {
            failed = add(diff, GRIDGOV_CHANGE_REMOVED, clause, clause->text, "");
        } else if (strcmp(diff->b.items[other].text, clause->text) != 0) {
            failed =
                add(diff, GRIDGOV_CHANGE_CHANGED, clause, clause->text, diff->b.items[other].text);
        }
    }
    for (size_t i = 0; i < diff->b.count && !failed; i++) {
        const gg_clause *clause = &diff->b.items[i];
        if (gg_map_get(&map_a, gg_str_of(clause->place), GRIDGOV_NONE) == GRIDGOV_NONE) {
            failed = add(diff, GRIDGOV_CHANGE_ADDED, clause, "", clause->text);
        }
    }
    gg_map_release(&map_a);
    gg_map_release(&map_b);
    return failed;
}

gridgov_status gridgov_policy_compare(gridgov_policy_diff **out, const gridgov_policy *a,
                                      const gridgov_policy *b, int32_t lang, gridgov_error *err) {
    gridgov_policy_diff *diff;
    int failed;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (a == NULL || b == NULL) {
        return gg_fail_arg(err, a == NULL ? "a" : "b");
    }
    diff = gg_calloc(1, sizeof *diff);
    if (diff == NULL) {
        return gg_fail_memory(err);
    }
    gg_text_copy(diff->names[0], sizeof diff->names[0], a->name, strlen(a->name));
    gg_text_copy(diff->names[1], sizeof diff->names[1], b->name, strlen(b->name));
    memcpy(diff->digests[0], a->digest, sizeof diff->digests[0]);
    memcpy(diff->digests[1], b->digest, sizeof diff->digests[1]);
    gg_clauses_read(&diff->a, a, lang);
    gg_clauses_read(&diff->b, b, lang);
    failed = diff->a.short_of_memory || diff->b.short_of_memory;
    if (!failed) {
        diff->items = gg_calloc(diff->a.count + diff->b.count, sizeof *diff->items);
        failed = diff->items == NULL || compare(diff) != 0;
    }
    if (failed) {
        gridgov_policy_diff_free(diff);
        return gg_fail_memory(err);
    }
    *out = diff;
    return GRIDGOV_OK;
}

int64_t gridgov_policy_diff_count(const gridgov_policy_diff *diff) {
    return diff == NULL ? 0 : (int64_t)diff->count;
}

gridgov_status gridgov_policy_diff_at(gridgov_policy_change *change_out,
                                      const gridgov_policy_diff *diff, int64_t index) {
    if (change_out == NULL || diff == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)diff->count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(change_out, &diff->items[index], sizeof *change_out) == 0 ? GRIDGOV_OK
                                                                                  : GRIDGOV_EARG;
}

static void put_member(gg_buf *buf, const char *before, const char *key, const char *value) {
    gg_buf_text(buf, before);
    gg_buf_byte(buf, '"');
    gg_buf_text(buf, key);
    gg_buf_text(buf, "\": ");
    gg_json_put_text(buf, gg_str_of(value));
}

gridgov_status gridgov_policy_diff_json(gridgov_bytes **out, const gridgov_policy_diff *diff,
                                        gridgov_error *err) {
    gg_buf buf = {0};
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (diff == NULL) {
        return gg_fail_arg(err, "diff");
    }
    put_member(&buf, "{\n  ", "schema", "gridgov.policy-diff/1");
    put_member(&buf, ",\n  ", "a", diff->names[0]);
    put_member(&buf, ",\n  ", "a_digest", diff->digests[0]);
    put_member(&buf, ",\n  ", "b", diff->names[1]);
    put_member(&buf, ",\n  ", "b_digest", diff->digests[1]);
    gg_buf_text(&buf, ",\n  \"changes\": [");
    for (size_t i = 0; i < diff->count; i++) {
        const gridgov_policy_change *change = &diff->items[i];
        put_member(&buf, i == 0 ? "\n    {" : ",\n    {", "change",
                   gridgov_code_text(GRIDGOV_KIND_CHANGE, change->kind));
        put_member(&buf, ", ", "place", change->place);
        put_member(&buf, ", ", "title", change->title);
        put_member(&buf, ", ", "before", change->before);
        put_member(&buf, ", ", "after", change->after);
        gg_buf_byte(&buf, '}');
    }
    gg_buf_text(&buf, "]\n}\n");
    status = gg_buf_to_bytes(out, &buf, err);
    gg_buf_release(&buf);
    return status;
}

void gridgov_policy_diff_free(gridgov_policy_diff *diff) {
    if (diff != NULL) {
        gg_clauses_release(&diff->a);
        gg_clauses_release(&diff->b);
        gg_arena_release(&diff->arena);
        gg_free(diff->items);
        gg_free(diff);
    }
}
