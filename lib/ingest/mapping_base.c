/* SPDX-License-Identifier: Apache-2.0 */
/* What a mapping extends: a built-in one. Of a base that lists candidates, names that a file may
 * have, nothing is copied: the fields stay open to their built-in names, which are the same. Any
 * other base is copied into the document, member by member and column by column, where the document
 * says nothing itself; then the whole is read as if it had been written so. The base is kept under
 * a key of its own, so that the digest covers it. */
#include "mapping.h"

#include "base/error.h"

#include <gridgov/pack.h>

#include <string.h>

#define BASE_KEY "$base"

/* Copy a member that the document lacks; -1 when memory is short. */
static int copy_member(json_t *to, const char *key, json_t *value) {
    json_t *copy;
    if (json_object_get(to, key) != NULL) {
        return 0;
    }
    copy = json_deep_copy(value);
    return copy == NULL ? -1 : json_object_set_new(to, key, copy); // which frees it on failure
}

/* Copy members of an object, "columns" or "constants", that neither it nor its counterpart has. */
static int merge(json_t *root, const json_t *base, const char *name, const char *counterpart) {
    const json_t *other = json_object_get(root, counterpart);
    json_t *from = json_object_get(base, name), *to = json_object_get(root, name), *value;
    const char *key;
    if (from == NULL || (to != NULL && !json_is_object(to))) {
        return 0; // a wrong type is reported by who reads it
    }
    if (to == NULL) {
        to = json_object();
        if (to == NULL || json_object_set_new(root, name, to) != 0) {
            return -1;
        }
    }
    json_object_foreach(from, key, value) {
        if (json_object_get(other, key) == NULL && copy_member(to, key, value) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Copy everything that the document does not say itself. */
static int copy_base(json_t *root, json_t *base) {
    static const char *const members[] = {"delimiter",  "encoding",     "header_row",
                                          "time_forms", "on_duplicate", "utc_offset_minutes",
                                          "parameters"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        json_t *value = json_object_get(base, members[i]);
        if (value != NULL && copy_member(root, members[i], value) != 0) {
            return -1;
        }
    }
    return merge(root, base, "columns", "constants") != 0 ||
                   merge(root, base, "constants", "columns") != 0
               ? -1
               : 0;
}

/* 1 if a document is of the base's table, or of one with the same fields; it says the base's if it
 * says none. */
static int suits(json_t *root, json_t *base, int *no_memory) {
    const char *theirs = json_string_value(json_object_get(base, "table"));
    const char *ours = json_string_value(json_object_get(root, "table"));
    int32_t a = 0, b = 0;
    size_t count;
    if (json_object_get(root, "table") == NULL) {
        *no_memory |= copy_member(root, "table", json_object_get(base, "table")) != 0;
        return 1;
    }
    return ours != NULL && theirs != NULL &&
           gridgov_code_value(&a, GRIDGOV_KIND_TABLE, ours, strlen(ours)) == GRIDGOV_OK &&
           gridgov_code_value(&b, GRIDGOV_KIND_TABLE, theirs, strlen(theirs)) == GRIDGOV_OK &&
           gg_fields_of(a, &count) == gg_fields_of(b, &count);
}

gridgov_status gg_mapping_extend(gg_json_reader *reader, int *offers, gridgov_error *err) {
    const char *name = gg_json_text(reader, reader->root, "", "extends", 0, NULL);
    gridgov_pack pack = {.struct_size = sizeof pack};
    gg_json_reader base;
    int no_memory = 0;
    if (name == NULL) {
        return GRIDGOV_OK;
    }
    if (gridgov_pack_find(&pack, GRIDGOV_PACK_MAPPING, name, strlen(name), NULL) != GRIDGOV_OK) {
        gg_json_problem(reader, GG_RULE_JSON_REFERENCE, "", "extends", name, "mapping");
        return GRIDGOV_OK;
    }
    GG_TRY(gg_json_open(&base, "mapping", pack.data, pack.size, NULL, NULL, err));
    if (!suits(reader->root, base.root, &no_memory)) {
        const char *table = json_string_value(json_object_get(reader->root, "table"));
        gg_json_problem(reader, GG_RULE_JSON_BASE, "", "extends", name, table == NULL ? "" : table);
    } else if (json_is_true(json_object_get(base.root, "candidates"))) {
        *offers = 1;
    } else {
        no_memory |= copy_base(reader->root, base.root) != 0;
    }
    no_memory |= json_object_set(reader->root, BASE_KEY, base.root) != 0;
    gg_json_close(&base);
    return no_memory ? gg_fail_memory(err) : GRIDGOV_OK;
}

gridgov_status gridgov_mapping_open(gridgov_mapping **out, const char *name, size_t size,
                                    gridgov_error *err) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(gridgov_pack_find(&pack, GRIDGOV_PACK_MAPPING, name, size, err));
    return gridgov_mapping_load(out, pack.data, pack.size, NULL, err);
}
