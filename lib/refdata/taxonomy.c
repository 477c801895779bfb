/* SPDX-License-Identifier: Apache-2.0 */
/* Taxonomies: the categories of events in the system's order, and the look-ups by code, name and
 * alias. A code wins over a name, a name over an alias. Nearest names are ranked by edits
 * (Levenshtein, in code points), then by order. */
#include "taxonomy_model.h"

#include "base/error.h"

#include <string.h>

gg_str gg_category_key_of(gg_category_key *key, gg_str text, size_t limit) {
    key->size = gg_text_key(key->data, limit, text);
    if (key->size > limit) {
        key->size = 0;
    }
    return gg_str_make(key->data, key->size);
}

static gridgov_status view_limit(gridgov_time_limit *out, const gg_limit *limit) {
    const gridgov_time_limit full = {.stage = limit->stage,
                                     .kind = limit->kind,
                                     .start = limit->start,
                                     .since = limit->since,
                                     .category = limit->category,
                                     .count = limit->count,
                                     .condition = limit->condition,
                                     .roster = limit->roster};
    return gg_view_copy(out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_status gridgov_taxonomy_limit_at(gridgov_time_limit *limit_out,
                                         const gridgov_taxonomy *taxonomy, int64_t owner,
                                         int64_t index) {
    if (limit_out == NULL || taxonomy == NULL) {
        return GRIDGOV_EARG;
    }
    const gg_limit *limit = gg_limits_at(&taxonomy->limits, owner, index);
    return limit == NULL ? GRIDGOV_END : view_limit(limit_out, limit);
}

gridgov_status gridgov_taxonomy_limit_find(gridgov_time_limit *limit_out,
                                           const gridgov_taxonomy *taxonomy, int64_t owner,
                                           int32_t stage, const char *condition, size_t size) {
    if (limit_out == NULL || condition == NULL) {
        return GRIDGOV_EARG;
    }
    if (taxonomy == NULL || owner >= (int64_t)taxonomy->count) {
        owner = GRIDGOV_NONE;
    }
    while (taxonomy != NULL && taxonomy->limits.count > 0) {
        const gg_limit *limit =
            gg_limits_find(&taxonomy->limits, owner, stage, gg_str_make(condition, size));
        if (limit != NULL) {
            return view_limit(limit_out, limit);
        }
        if (owner < 0) {
            break;
        }
        owner = taxonomy->items[owner].parent;
    }
    return GRIDGOV_ENOTFOUND;
}

const char *gridgov_taxonomy_name(const gridgov_taxonomy *taxonomy) {
    return taxonomy == NULL ? "" : taxonomy->name;
}

const char *gridgov_taxonomy_digest(const gridgov_taxonomy *taxonomy) {
    return taxonomy == NULL ? "" : taxonomy->digest;
}

int32_t gridgov_taxonomy_is_open(const gridgov_taxonomy *taxonomy) {
    return taxonomy == NULL ? 0 : taxonomy->open;
}

int64_t gridgov_taxonomy_count(const gridgov_taxonomy *taxonomy) {
    return taxonomy == NULL ? 0 : (int64_t)taxonomy->count;
}

gridgov_status gridgov_taxonomy_at(gridgov_category *category_out, const gridgov_taxonomy *taxonomy,
                                   int64_t index) {
    gridgov_category view = {0};
    const gg_category *item = NULL;
    if (category_out == NULL || taxonomy == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)taxonomy->count) {
        return GRIDGOV_END;
    }
    item = &taxonomy->items[index];
    view.platform = item->platform;
    view.parent = item->parent;
    view.code = item->code;
    view.name = item->name;
    view.from = item->from;
    view.to = item->to;
    return gg_view_copy(category_out, &view, sizeof view) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

int64_t gridgov_taxonomy_find(const gridgov_taxonomy *taxonomy, const char *text, size_t size) {
    gg_category_key buffer;
    gg_str key;
    int64_t index = GG_CATEGORY_MISSING;
    if (taxonomy == NULL || text == NULL) {
        return GRIDGOV_NONE;
    }
    key = gg_category_key_of(&buffer, gg_str_make(text, size), GG_CATEGORY_PATH);
    if (key.size == 0) {
        return GRIDGOV_NONE;
    }
    index = gg_map_get(&taxonomy->codes, key, GG_CATEGORY_MISSING);
    if (index == GG_CATEGORY_MISSING) {
        index = gg_map_get(&taxonomy->names, key, GG_CATEGORY_MISSING);
    }
    if (index == GG_CATEGORY_MISSING) {
        index = gg_map_get(&taxonomy->aliases, key, GG_CATEGORY_MISSING);
    }
    return index >= 0 ? index : GRIDGOV_NONE;
}

/* Edits from a text to a category's name or its nearest alias; -1 if none shares a character. */
static int distance(const gg_category *item, gg_str text) {
    int best = -1;
    for (size_t i = 0; i <= item->alias_count; i++) {
        gg_str name = gg_str_of(i == 0 ? item->name : item->aliases[i - 1]);
        if (gg_text_share(name, text)) {
            int edits = gg_text_edits(name, text);
            best = best < 0 || edits < best ? edits : best;
        }
    }
    return best;
}

int64_t gridgov_taxonomy_nearest(int64_t *indexes, int64_t count, const gridgov_taxonomy *taxonomy,
                                 const char *text, size_t size) {
    int64_t written = 0;
    gg_str wanted;
    if (indexes == NULL || count <= 0 || taxonomy == NULL || text == NULL) {
        return 0;
    }
    wanted = gg_text_trim(gg_str_make(text, size));
    for (int64_t i = 0; i < (int64_t)taxonomy->count; i++) {
        int edits = distance(&taxonomy->items[i], wanted);
        int64_t at = written;
        if (edits < 0) {
            continue;
        }
        /* The list is short: its distances are taken again rather than kept. */
        while (at > 0 && distance(&taxonomy->items[indexes[at - 1]], wanted) > edits) {
            at--;
        }
        if (at >= count) {
            continue;
        }
        written += written < count;
        for (int64_t k = written - 1; k > at; k--) {
            indexes[k] = indexes[k - 1];
        }
        indexes[at] = i;
    }
    return written;
}

gridgov_taxonomy *gridgov_taxonomy_hold(const gridgov_taxonomy *taxonomy) {
    /* The count of holders is the one part of an immutable object that changes. */
    gridgov_taxonomy *held = (gridgov_taxonomy *)taxonomy;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_taxonomy_free(gridgov_taxonomy *taxonomy) {
    if (taxonomy == NULL || !gg_share_drop(&taxonomy->share)) {
        return;
    }
    gg_map_release(&taxonomy->codes);
    gg_map_release(&taxonomy->names);
    gg_map_release(&taxonomy->aliases);
    gg_map_release(&taxonomy->pairs);
    gg_arena_release(&taxonomy->arena);
    gg_free(taxonomy->items);
    gg_limits_release(&taxonomy->limits);
    gg_free(taxonomy);
}
