/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a taxonomy from gridgov.taxonomy/1, and the digest of what it says. */
#include "taxonomy_model.h"

#include "base/error.h"
#include "base/json.h"
#include "base/num.h"
#include "refdoc.h"

#include <gridgov/pack.h>

#include <stdlib.h>
#include <string.h>

static int compare_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Copy of a NUL-terminated text in the arena; NULL when memory is short. */
static const char *keep(gridgov_taxonomy *taxonomy, const char *text) {
    return gg_arena_text(&taxonomy->arena, text, strlen(text));
}

/* [from, to) of an object, which inherits what it does not say. */
static void read_validity(gridgov_day *from, gridgov_day *to, gg_json_reader *reader,
                          const json_t *object, const char *pointer) {
    gridgov_day first = gg_refdoc_day(reader, object, pointer, "valid_from", 0);
    gridgov_day after = gg_refdoc_day(reader, object, pointer, "valid_to", 0);
    *from = first == GRIDGOV_NO_DAY ? *from : first;
    *to = after == GRIDGOV_NO_DAY ? *to : after;
    if (*from != GRIDGOV_NO_DAY && *to != GRIDGOV_NO_DAY && *from >= *to) {
        gg_json_problem(reader, GG_RULE_JSON_RULE, pointer, "valid_to", "valid_to",
                        "must lie after valid_from");
    }
}

static int32_t read_platform(gg_json_reader *reader, const json_t *object, const char *pointer,
                             int required) {
    const char *text = gg_json_text(reader, object, pointer, "platform", required, NULL);
    int32_t platform = GRIDGOV_PLATFORM_UNKNOWN;
    if (text != NULL &&
        gridgov_code_value(&platform, GRIDGOV_KIND_PLATFORM, text, strlen(text)) != GRIDGOV_OK) {
        gg_json_problem(reader, GG_RULE_JSON_CODE, pointer, "platform", text, "the platforms");
    }
    return platform;
}

/* A code is ASCII, visible, without slash: it goes into files and addresses. */
static int code_is_good(const char *code) {
    size_t size = strlen(code);
    for (size_t i = 0; i < size; i++) {
        if (code[i] <= ' ' || code[i] > '~' || code[i] == '/') {
            return 0;
        }
    }
    return size > 0 && size <= GG_CATEGORY_KEY;
}

/* Note a name or path: a second owner makes it ambiguous. 0, or -1 when memory is short. */
static int note_name(gridgov_taxonomy *taxonomy, gg_str key, int64_t index) {
    int64_t owner = gg_map_get(&taxonomy->names, key, GG_CATEGORY_MISSING);
    if (owner == index) {
        return 0;
    }
    return gg_map_set(&taxonomy->names, key,
                      owner == GG_CATEGORY_MISSING ? index : GG_CATEGORY_AMBIGUOUS);
}

/* Enter the code of a category. 0, or -1 when memory is short. */
static int enter_code(gridgov_taxonomy *taxonomy, gg_json_reader *reader, int64_t index,
                      const char *pointer) {
    gg_category_key key;
    const char *code = taxonomy->items[index].code;
    gg_str text;
    if (!code_is_good(code)) {
        if (*code != '\0') {
            gg_json_problem(reader, GG_RULE_JSON_RULE, pointer, "code", code,
                            "a code is 1 to 256 visible ASCII characters without a slash");
        }
        return 0;
    }
    text = gg_category_key_of(&key, gg_str_of(code), GG_CATEGORY_KEY);
    if (gg_map_get(&taxonomy->codes, text, GG_CATEGORY_MISSING) != GG_CATEGORY_MISSING) {
        gg_json_problem(reader, GG_RULE_JSON_DUPLICATE, pointer, "code", code, NULL);
        return 0;
    }
    return gg_map_set(&taxonomy->codes, text, index);
}

/* Enter the name of a category, alone and under its parent. 0, or -1 when memory is short. */
static int enter_name(gridgov_taxonomy *taxonomy, gg_json_reader *reader, int64_t index,
                      const char *pointer) {
    const gg_category *item = &taxonomy->items[index];
    char pair[GG_NUM_TEXT_SIZE + 1 + GG_CATEGORY_KEY];
    gg_category_key own, path;
    size_t size = 0;
    gg_str key = gg_category_key_of(&own, gg_str_of(item->name), GG_CATEGORY_KEY), pair_key;
    if (key.size == 0) {
        gg_json_problem(reader, GG_RULE_JSON_RULE, pointer, "name", item->name,
                        "a name has 1 to 256 bytes");
        return 0;
    }
    size = gg_int_format(pair, item->parent);
    pair[size++] = '/';
    memcpy(pair + size, key.data, key.size);
    pair_key = gg_str_make(pair, size + key.size);
    if (gg_map_get(&taxonomy->pairs, pair_key, GG_CATEGORY_MISSING) != GG_CATEGORY_MISSING) {
        gg_json_problem(reader, GG_RULE_JSON_DUPLICATE, pointer, "name", item->name, NULL);
        return 0;
    }
    if (gg_map_set(&taxonomy->pairs, pair_key, index) != 0 ||
        note_name(taxonomy, key, index) != 0) {
        return -1;
    }
    if (item->parent == GRIDGOV_NONE) {
        return 0;
    }
    (void)gg_category_key_of(&path, gg_str_of(taxonomy->items[item->parent].name), GG_CATEGORY_KEY);
    path.data[path.size++] = '/';
    memcpy(path.data + path.size, key.data, key.size);
    return note_name(taxonomy, gg_str_make(path.data, path.size + key.size), index);
}

/* Read the list of aliases. 0, or -1 when memory is short. */
static int read_aliases(gridgov_taxonomy *taxonomy, gg_json_reader *reader, const json_t *object,
                        int64_t index, const char *pointer) {
    gg_category *item = &taxonomy->items[index];
    const json_t *list = gg_json_array(reader, object, pointer, "aliases", 0);
    size_t count = json_array_size(list);
    char where[GG_POINTER_SIZE];
    if (count == 0) {
        return 0;
    }
    item->aliases = gg_arena_alloc(&taxonomy->arena, count * sizeof *item->aliases);
    if (item->aliases == NULL) {
        return -1;
    }
    gg_json_pointer_key(where, pointer, "aliases");
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text == NULL) {
            gg_json_problem(reader, GG_RULE_JSON_TYPE, where, NULL, "aliases", "a list of text");
            continue;
        }
        item->aliases[item->alias_count] = keep(taxonomy, text);
        if (item->aliases[item->alias_count] == NULL) {
            return -1;
        }
        item->alias_count++;
    }
    if (item->alias_count > 0) {
        qsort(item->aliases, item->alias_count, sizeof *item->aliases, compare_text);
    }
    return 0;
}

/* Enter the aliases of a category once all names are known. 0, or -1 when memory is short. */
static int enter_aliases(gridgov_taxonomy *taxonomy, gg_json_reader *reader, int64_t index) {
    const gg_category *item = &taxonomy->items[index];
    char where[GG_POINTER_SIZE];
    gg_json_pointer_at(where, "/categories", (size_t)index);
    for (size_t i = 0; i < item->alias_count; i++) {
        gg_category_key own;
        gg_str key = gg_category_key_of(&own, gg_str_of(item->aliases[i]), GG_CATEGORY_KEY);
        int64_t name = gg_map_get(&taxonomy->names, key, GG_CATEGORY_MISSING);
        int64_t alias = gg_map_get(&taxonomy->aliases, key, GG_CATEGORY_MISSING);
        if (key.size == 0) {
            gg_json_problem(reader, GG_RULE_JSON_RULE, where, "aliases", item->aliases[i],
                            "an alias has 1 to 256 bytes");
        } else if ((name != GG_CATEGORY_MISSING && name != index) ||
                   (alias != GG_CATEGORY_MISSING && alias != index)) {
            gg_json_problem(reader, GG_RULE_JSON_DUPLICATE, where, "aliases", item->aliases[i],
                            NULL);
        } else if (gg_map_set(&taxonomy->aliases, key, index) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Index of the parent that an object names; GRIDGOV_NONE if it names none. */
static int64_t read_parent(const gridgov_taxonomy *taxonomy, gg_json_reader *reader,
                           const json_t *object, const char *pointer) {
    const char *text = gg_json_text(reader, object, pointer, "parent", 0, NULL);
    int64_t parent = GRIDGOV_NONE;
    gg_category_key key;
    if (text == NULL) {
        return GRIDGOV_NONE;
    }
    parent =
        gg_map_get(&taxonomy->codes, gg_category_key_of(&key, gg_str_of(text), GG_CATEGORY_KEY),
                   GG_CATEGORY_MISSING);
    if (parent == GG_CATEGORY_MISSING) {
        gg_json_problem(reader, GG_RULE_JSON_REFERENCE, pointer, "parent", text,
                        "category further up");
        return GRIDGOV_NONE;
    }
    return parent;
}

/* One category. 0, or -1 when memory is short. */
static int read_category(gridgov_taxonomy *taxonomy, gg_json_reader *reader, const json_t *object,
                         const char *pointer) {
    static const char *const keys[] = {
        "code",   "name",       "aliases",  "platform", "platform_source", "platform_certainty",
        "parent", "valid_from", "valid_to", "source",   "certainty",       "limits",
        NULL};
    int64_t index = (int64_t)taxonomy->count;
    gg_category *item = &taxonomy->items[index];
    gg_json_known(reader, object, pointer, keys);
    item->from = taxonomy->from;
    item->to = taxonomy->to;
    item->code = keep(taxonomy, gg_json_text(reader, object, pointer, "code", 1, ""));
    item->name = keep(taxonomy, gg_json_text(reader, object, pointer, "name", 1, ""));
    if (item->code == NULL || item->name == NULL) {
        return -1;
    }
    item->parent = read_parent(taxonomy, reader, object, pointer);
    item->platform = read_platform(reader, object, pointer, 0);
    read_validity(&item->from, &item->to, reader, object, pointer);
    (void)gg_json_text(reader, object, pointer, "source", 0, NULL);
    (void)gg_json_text(reader, object, pointer, "platform_source", 0, NULL);
    gg_refdoc_certainty(reader, object, pointer, "certainty");
    gg_refdoc_certainty(reader, object, pointer, "platform_certainty");
    if (gg_limits_read(&taxonomy->limits, &taxonomy->arena, reader, object, pointer, index) != 0 ||
        read_aliases(taxonomy, reader, object, index, pointer) != 0 ||
        enter_code(taxonomy, reader, index, pointer) != 0) {
        return -1;
    }
    taxonomy->count++;
    return enter_name(taxonomy, reader, index, pointer);
}

/* The lists that the library hands on but does not use itself: only their form is checked. */
static void check_platforms(gg_json_reader *reader) {
    static const char *const keys[] = {"platform", "name",      "successor",
                                       "source",   "certainty", NULL};
    const json_t *list = gg_json_array(reader, reader->root, "", "platforms", 0);
    char where[GG_POINTER_SIZE];
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = gg_refdoc_item(reader, list, i, "/platforms", where);
        if (item != NULL) {
            gg_json_known(reader, item, where, keys);
            (void)read_platform(reader, item, where, 1);
            (void)gg_json_text(reader, item, where, "name", 1, NULL);
            (void)gg_json_text(reader, item, where, "successor", 0, NULL);
            (void)gg_json_text(reader, item, where, "source", 0, NULL);
            gg_refdoc_certainty(reader, item, where, "certainty");
        }
    }
}

static void check_crosswalk(const gridgov_taxonomy *taxonomy, gg_json_reader *reader) {
    static const char *const keys[] = {"from", "to", "taxonomy", "source", "certainty", NULL};
    const json_t *list = gg_json_array(reader, reader->root, "", "crosswalk", 0);
    char where[GG_POINTER_SIZE];
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = gg_refdoc_item(reader, list, i, "/crosswalk", where);
        const char *from = NULL;
        gg_category_key key;
        if (item == NULL) {
            continue;
        }
        gg_json_known(reader, item, where, keys);
        from = gg_json_text(reader, item, where, "from", 1, NULL);
        (void)gg_json_text(reader, item, where, "to", 1, NULL);
        (void)gg_json_text(reader, item, where, "taxonomy", 1, NULL);
        (void)gg_json_text(reader, item, where, "source", 0, NULL);
        gg_refdoc_certainty(reader, item, where, "certainty");
        if (from != NULL &&
            gg_map_get(&taxonomy->codes, gg_category_key_of(&key, gg_str_of(from), GG_CATEGORY_KEY),
                       GG_CATEGORY_MISSING) == GG_CATEGORY_MISSING) {
            gg_json_problem(reader, GG_RULE_JSON_REFERENCE, where, "from", from, "category");
        }
    }
}

/* The whole document. 0, or -1 when memory is short. */
static int read_document(gridgov_taxonomy *taxonomy, gg_json_reader *reader) {
    static const char *const keys[] = {
        "schema",     "version",  "name",       "title",     "source",    "certainty", "open",
        "valid_from", "valid_to", "categories", "platforms", "crosswalk", "limits",    NULL};
    const json_t *root = reader->root, *list = NULL;
    char where[GG_POINTER_SIZE];
    gg_json_known(reader, root, "", keys);
    (void)gg_json_int(reader, root, "", "version", 0, 1, 1, INT32_MAX);
    (void)gg_json_text(reader, root, "", "title", 0, NULL);
    (void)gg_json_text(reader, root, "", "source", 0, NULL);
    gg_refdoc_certainty(reader, root, "", "certainty");
    taxonomy->name = keep(taxonomy, gg_json_text(reader, root, "", "name", 1, ""));
    taxonomy->open = gg_json_bool(reader, root, "", "open", 0) != 0;
    read_validity(&taxonomy->from, &taxonomy->to, reader, root, "");
    list = gg_json_array(reader, root, "", "categories", !taxonomy->open);
    taxonomy->items = gg_calloc(json_array_size(list) + 1, sizeof *taxonomy->items);
    if (taxonomy->name == NULL || taxonomy->items == NULL) {
        return -1;
    }
    if (gg_limits_read(&taxonomy->limits, &taxonomy->arena, reader, root, "", GRIDGOV_NONE) != 0) {
        return -1;
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = gg_refdoc_item(reader, list, i, "/categories", where);
        if (item != NULL && read_category(taxonomy, reader, item, where) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < taxonomy->count; i++) {
        if (enter_aliases(taxonomy, reader, (int64_t)i) != 0) {
            return -1;
        }
    }
    check_platforms(reader);
    check_crosswalk(taxonomy, reader);
    return 0;
}

/* Add the members of each object of a list. */
static void digest_list(gg_digest *digest, const json_t *list, const char *const *members) {
    gg_digest_int(digest, (int64_t)json_array_size(list));
    for (size_t i = 0; i < json_array_size(list); i++) {
        for (const char *const *member = members; *member != NULL; member++) {
            const json_t *value = json_object_get(json_array_get(list, i), *member);
            gg_digest_text(digest, gg_str_of(json_string_value(value)));
        }
    }
}

/* Over what the taxonomy says: no notes, no sources, no order of keys or aliases. */
static void take_digest(gridgov_taxonomy *taxonomy, const json_t *root) {
    static const char *const platform_members[] = {"platform", "name", "successor", NULL};
    static const char *const crosswalk_members[] = {"from", "to", "taxonomy", NULL};
    gg_digest digest;
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_of("gridgov.taxonomy/1"));
    gg_digest_int(&digest, taxonomy->open);
    gg_digest_int(&digest, (int64_t)taxonomy->count);
    for (size_t i = 0; i < taxonomy->count; i++) {
        const gg_category *item = &taxonomy->items[i];
        gg_digest_text(&digest, gg_str_of(item->code));
        gg_digest_text(&digest, gg_str_of(item->name));
        gg_digest_int(&digest, item->parent);
        gg_digest_int(&digest, item->platform);
        gg_digest_int(&digest, item->from);
        gg_digest_int(&digest, item->to);
        gg_digest_int(&digest, (int64_t)item->alias_count);
        for (size_t k = 0; k < item->alias_count; k++) {
            gg_digest_text(&digest, gg_str_of(item->aliases[k]));
        }
    }
    digest_list(&digest, json_object_get(root, "platforms"), platform_members);
    digest_list(&digest, json_object_get(root, "crosswalk"), crosswalk_members);
    gg_limits_digest(&taxonomy->limits, &digest);
    gg_digest_finish(&digest, taxonomy->digest);
}

gridgov_status gridgov_taxonomy_open(gridgov_taxonomy **out, const char *name, size_t size,
                                     gridgov_error *err) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(gridgov_pack_find(&pack, GRIDGOV_PACK_TAXONOMY, name, size, err));
    return gridgov_taxonomy_load(out, pack.data, pack.size, NULL, err);
}

gridgov_status gridgov_taxonomy_load(gridgov_taxonomy **out, const char *json, size_t size,
                                     gridgov_issues *issues, gridgov_error *err) {
    gg_json_reader reader = {0};
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_status status = GRIDGOV_OK;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (json == NULL) {
        return gg_fail_arg(err, "json");
    }
    GG_TRY(gg_json_open(&reader, "taxonomy", json, size, "gridgov.taxonomy/1", issues, err));
    taxonomy = gg_calloc(1, sizeof *taxonomy);
    if (taxonomy == NULL) {
        status = gg_fail_memory(err);
        goto done;
    }
    gg_share_init(&taxonomy->share);
    taxonomy->from = GRIDGOV_NO_DAY;
    taxonomy->to = GRIDGOV_NO_DAY;
    if (read_document(taxonomy, &reader) != 0) {
        status = gg_fail_memory(err);
        goto done;
    }
    status = gg_json_status(&reader, err);
    if (status < 0) {
        goto done;
    }
    gg_map_release(&taxonomy->pairs);
    take_digest(taxonomy, reader.root);
    *out = taxonomy;
    taxonomy = NULL;
done:
    gridgov_taxonomy_free(taxonomy);
    gg_json_close(&reader);
    return status;
}
