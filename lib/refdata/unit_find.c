/* SPDX-License-Identifier: Apache-2.0 */
/* Which unit a text means: a code, a name, or a path such as 高丰社区/一网格.
 *
 * A code wins over a name, a name over a path: the first of the three that fits anything decides.
 * Candidates come in published order. A name is answered from its chain, whose length is at hand. A
 * path a/b/c starts at every unit called a (or at the one whose code is a) and goes down by
 * (parent, name), which is unique; if names hold slashes, the first split that leads anywhere
 * counts. Nothing is allocated, and a text of any length costs one pass over it. */
#include "unit_set.h"

#include "base/error.h"

#include <string.h>

#define PATH_LIMIT 2048    /* bytes of the key of a look-up */
#define CANDIDATES_SIZE 96 /* bytes of candidates in a message, at most */

/* The units that a look-up may mean. */
typedef struct matches {
    int64_t *indexes; /* the first `room` in published order */
    int64_t room, count;
} matches;

/* Unit called @name under @parent; GG_UNIT_MISSING if there is none. */
static int64_t child_of(const gridgov_units *units, int64_t parent, gg_str name) {
    gg_unit_key buffer;
    if (name.size == 0 || name.size > GG_UNIT_TEXT_LIMIT) {
        return GG_UNIT_MISSING;
    }
    return gg_map_get(&units->pairs, gg_unit_number_key(&buffer, parent, name), GG_UNIT_MISSING);
}

static const gg_unit_chain *chain_of(const gridgov_units *units, int32_t kind, gg_str name) {
    gg_unit_key buffer;
    int64_t index = GG_UNIT_MISSING;
    if (name.size > 0 && name.size <= GG_UNIT_TEXT_LIMIT) {
        index = gg_map_get(&units->names, gg_unit_number_key(&buffer, kind, name), GG_UNIT_MISSING);
    }
    return index == GG_UNIT_MISSING ? NULL : &units->chains[index];
}

static int kind_fits(int32_t kind, int32_t wanted) {
    return wanted == 0 ? kind != GRIDGOV_UNIT_AGENCY : kind == wanted;
}

/* Note a match. Keeps the first `room` in published order, whatever the order they are found in. */
static void add_match(matches *found, int64_t index) {
    int64_t kept = found->count < found->room ? found->count : found->room, at = kept;
    found->count++;
    while (at > 0 && found->indexes[at - 1] > index) {
        at--;
    }
    if (at >= found->room) {
        return;
    }
    for (int64_t k = kept < found->room ? kept : kept - 1; k > at; k--) {
        found->indexes[k] = found->indexes[k - 1];
    }
    found->indexes[at] = index;
}

/* The units of a name: chains of several kinds merged in published order, as far as room goes. */
static void match_name(matches *found, const gridgov_units *units, int32_t wanted, gg_str name) {
    int64_t next[GG_UNIT_LAST_KIND + 1], written = 0;
    for (int32_t kind = GG_UNIT_FIRST_KIND; kind <= GG_UNIT_LAST_KIND; kind++) {
        const gg_unit_chain *members = kind_fits(kind, wanted) ? chain_of(units, kind, name) : NULL;
        next[kind] = members == NULL ? GG_UNIT_MISSING : members->first;
        found->count += members == NULL ? 0 : members->count;
    }
    while (written < found->room && written < found->count) {
        int32_t best = 0;
        for (int32_t kind = GG_UNIT_FIRST_KIND; kind <= GG_UNIT_LAST_KIND; kind++) {
            if (next[kind] != GG_UNIT_MISSING && (best == 0 || next[kind] < next[best])) {
                best = kind;
            }
        }
        if (GG_NEVER(best == 0)) {
            return;
        }
        found->indexes[written++] = next[best];
        next[best] = units->items[next[best]].next;
    }
}

/* Go down from a unit along rest, "a/b/c"; a name may itself hold a slash if it is the last.
 * GG_UNIT_MISSING if the path leads nowhere. */
static int64_t descend(const gridgov_units *units, int64_t at, gg_str rest) {
    while (rest.size > 0) {
        int64_t child = child_of(units, at, rest);
        const char *slash = NULL;
        size_t size = 0;
        if (child != GG_UNIT_MISSING) {
            return child;
        }
        slash = memchr(rest.data, '/', rest.size);
        if (slash == NULL) {
            return GG_UNIT_MISSING;
        }
        size = (size_t)(slash - rest.data);
        at = child_of(units, at, gg_str_make(rest.data, size));
        if (at == GG_UNIT_MISSING) {
            return GG_UNIT_MISSING;
        }
        rest = gg_str_make(slash + 1, rest.size - size - 1);
    }
    return GG_UNIT_MISSING;
}

/* The units of a path whose first part is `start`. */
static void match_path(matches *found, const gridgov_units *units, int32_t wanted, gg_str start,
                       gg_str rest) {
    int64_t coded = gg_map_get(&units->codes, start, GG_UNIT_MISSING);
    if (coded != GG_UNIT_MISSING) {
        int64_t at = descend(units, coded, rest);
        if (at != GG_UNIT_MISSING && kind_fits(units->items[at].kind, wanted)) {
            add_match(found, at);
        }
        return;
    }
    for (int32_t kind = GG_UNIT_FIRST_KIND; kind < GRIDGOV_UNIT_GRID; kind++) {
        const gg_unit_chain *members = chain_of(units, kind, start);
        int64_t from = members == NULL ? GG_UNIT_MISSING : members->first;
        for (; from != GG_UNIT_MISSING; from = units->items[from].next) {
            int64_t at = descend(units, from, rest);
            if (at != GG_UNIT_MISSING && kind_fits(units->items[at].kind, wanted)) {
                add_match(found, at);
            }
        }
    }
}

/* Everything that a text may name: a code, else a name, else the first split into a path that leads
 * anywhere. */
static void match(matches *found, const gridgov_units *units, int32_t wanted, gg_str text) {
    char buffer[PATH_LIMIT];
    gg_str key = gg_str_make(buffer, gg_text_key(buffer, sizeof buffer, text));
    int64_t coded = GG_UNIT_MISSING;
    if (key.size == 0 || key.size > sizeof buffer) {
        return;
    }
    coded = gg_map_get(&units->codes, key, GG_UNIT_MISSING);
    if (coded != GG_UNIT_MISSING && kind_fits(units->items[coded].kind, wanted)) {
        add_match(found, coded);
        return;
    }
    match_name(found, units, wanted, key);
    for (size_t i = 1; i + 1 < key.size && found->count == 0; i++) {
        if (key.data[i] == '/') {
            match_path(found, units, wanted, gg_str_make(key.data, i),
                       gg_str_make(key.data + i + 1, key.size - i - 1));
        }
    }
}

/* "高丰社区/一网格, 阳光社区/一网格, …" in a buffer of CANDIDATES_SIZE bytes. */
static void list_candidates(char *buffer, const gridgov_units *units, const matches *found) {
    static const char more[] = "…";
    size_t used = 0, reserve = sizeof ", " - 1 + sizeof more;
    for (int64_t i = 0; i < found->count; i++) {
        const gg_unit *item = i < found->room ? &units->items[found->indexes[i]] : NULL;
        const char *above =
            item == NULL || item->parent == GRIDGOV_NONE ? NULL : units->items[item->parent].name;
        size_t name = item == NULL ? 0 : strlen(item->name);
        size_t parent = above == NULL ? 0 : strlen(above) + 1;
        size_t comma = i == 0 ? 0 : 2;
        memcpy(buffer + used, ", ", comma);
        used += comma;
        if (item == NULL || used + parent + name + reserve > CANDIDATES_SIZE) {
            memcpy(buffer + used, more, sizeof more);
            return;
        }
        if (above != NULL) {
            memcpy(buffer + used, above, parent - 1);
            buffer[used + parent - 1] = '/';
        }
        memcpy(buffer + used + parent, item->name, name);
        used += parent + name;
    }
    buffer[used] = '\0';
}

gridgov_status gridgov_units_find(int64_t *index_out, int64_t *count_out,
                                  const gridgov_units *units, int32_t kind, const char *text,
                                  size_t size, gridgov_error *err) {
    int64_t indexes[8];
    char candidates[CANDIDATES_SIZE];
    matches found = {.indexes = indexes, .room = sizeof indexes / sizeof indexes[0]};
    if (count_out != NULL) {
        *count_out = 0;
    }
    if (index_out == NULL) {
        return gg_fail_arg(err, "index_out");
    }
    *index_out = GRIDGOV_NONE;
    if (units == NULL || text == NULL) {
        return gg_fail_arg(err, units == NULL ? "units" : "text");
    }
    if (kind < 0 || kind > GG_UNIT_LAST_KIND) {
        return gg_fail_arg(err, "kind");
    }
    match(&found, units, kind, gg_str_make(text, size));
    if (count_out != NULL) {
        *count_out = found.count;
    }
    if (found.count == 1) {
        *index_out = indexes[0];
        return GRIDGOV_OK;
    }
    if (found.count == 0) {
        return gg_fail(err, GG_RULE_UNIT_UNKNOWN, "unit", text, size, NULL, NULL);
    }
    list_candidates(candidates, units, &found);
    return gg_fail(err, GG_RULE_UNIT_AMBIGUOUS, "unit", text, size, candidates, NULL);
}

int64_t gridgov_units_candidates(int64_t *indexes, int64_t count, const gridgov_units *units,
                                 int32_t kind, const char *text, size_t size) {
    matches found = {.indexes = indexes, .room = indexes == NULL || count < 0 ? 0 : count};
    if (units == NULL || text == NULL || kind < 0 || kind > GG_UNIT_LAST_KIND) {
        return 0;
    }
    match(&found, units, kind, gg_str_make(text, size));
    return found.count;
}
