/* SPDX-License-Identifier: Apache-2.0 */
/* Open Packaging Conventions (ECMA-376 part 2): the relations of a/b.xml stand in
 * a/_rels/b.xml.rels. A target is relative to the folder of its source, or to the package if it
 * begins with a slash. Types are URIs, which differ between the transitional and the strict form
 * but for their last word. */
#include "opc.h"

#include "base/buf.h"
#include "base/error.h"

#include <string.h>

static gridgov_status read_package(void *user, void *data, size_t size, size_t *read_out,
                                   gridgov_error *err) {
    return gg_package_read(user, data, size, read_out, err);
}

void gg_part_note(const gg_package *package, int64_t part, gridgov_error *err) {
    if (err != NULL && err->field[0] == '\0') {
        const char *name = gg_package_name(package, part);
        gg_text_copy(err->field, sizeof err->field, name, strlen(name));
    }
}

gridgov_status gg_part_open(gg_xml **out, gg_package *package, int64_t part,
                            const gg_xml_handlers *handlers, void *user, gridgov_error *err) {
    *out = NULL;
    GG_TRY(gg_package_begin(package, part, err));
    return gg_xml_open(out, read_package, package, handlers, user, err);
}

gridgov_status gg_part_read(gg_xml **xml, gg_package *package, int64_t part,
                            const gg_xml_handlers *handlers, void *user, gridgov_error *err) {
    gridgov_status status;
    GG_TRY(gg_part_open(xml, package, part, handlers, user, err));
    do {
        status = gg_xml_run(*xml, err);
    } while (status == GRIDGOV_OK);
    gg_xml_close(*xml);
    *xml = NULL;
    if (status < 0) {
        gg_part_note(package, part, err);
        return status;
    }
    return GRIDGOV_OK;
}

typedef struct rels_loader {
    gg_relations *relations;
    gg_package *package;
    gg_str folder; /* of the source, with a slash at its end */
    gg_arena *arena;
    gg_xml *xml;
} rels_loader;

/* Add a path to a folder, dropping "." and following "..". */
static void join(gg_buf *out, gg_str folder, gg_str target) {
    if (target.size == 0 || (target.data[0] != '/' && target.data[0] != '\\')) {
        gg_buf_str(out, folder);
    }
    while (target.size > 0) {
        size_t size = 0;
        while (size < target.size && target.data[size] != '/' && target.data[size] != '\\') {
            size++;
        }
        gg_str step = gg_str_make(target.data, size);
        if (gg_str_equal(step, gg_str_of(".."))) {
            out->size -= out->size > 0;
            while (out->size > 0 && out->data[out->size - 1] != '/') {
                out->size--;
            }
        } else if (size > 0 && !gg_str_equal(step, gg_str_of("."))) {
            gg_buf_str(out, step);
            gg_buf_text(out, size < target.size ? "/" : "");
        }
        size += size < target.size;
        target = gg_str_make(target.data + size, target.size - size);
    }
}

static gridgov_status add_relation(rels_loader *load, const char **attributes, gridgov_error *err) {
    const char *id = gg_xml_attribute(attributes, "Id");
    const char *type = gg_xml_attribute(attributes, "Type");
    const char *target = gg_xml_attribute(attributes, "Target");
    const char *mode = gg_xml_attribute(attributes, "TargetMode");
    gg_relations *relations = load->relations;
    const char *word;
    gg_relation *added;
    gg_buf path = {0};
    if (id == NULL || type == NULL || target == NULL ||
        (mode != NULL && strcmp(mode, "External") == 0)) {
        return GRIDGOV_OK;
    }
    if (gg_grow((void **)&relations->items, relations->count, &relations->capacity,
                sizeof *relations->items) != 0) {
        return gg_fail_memory(err);
    }
    added = &relations->items[relations->count];
    word = strrchr(type, '/');
    word = word != NULL ? word + 1 : type;
    added->id = gg_arena_text(load->arena, id, strlen(id));
    added->type = gg_arena_text(load->arena, word, strlen(word));
    join(&path, load->folder, gg_str_of(target));
    added->part = gg_package_find(load->package, gg_str_make(gg_buf_data(&path), path.size));
    if (added->id == NULL || added->type == NULL || gg_buf_failed(&path)) {
        gg_buf_release(&path);
        return gg_fail_memory(err);
    }
    gg_buf_release(&path);
    relations->count++;
    return GRIDGOV_OK;
}

static void on_start(void *user, const char *name, const char **attributes) {
    rels_loader *load = user;
    gridgov_error failure;
    if (strcmp(name, "Relationship") == 0 && add_relation(load, attributes, &failure) < 0) {
        gg_xml_fail(load->xml, &failure);
    }
}

static void on_end(void *user, const char *name) {
    (void)user;
    (void)name;
}

gridgov_status gg_relations_load(gg_relations *relations, gg_package *package, int64_t part,
                                 gg_arena *arena, gridgov_error *err) {
    static const gg_xml_handlers handlers = {on_start, on_end, NULL, NULL};
    const char *name = gg_package_name(package, part);
    const char *slash = strrchr(name, '/');
    size_t folder = slash != NULL ? (size_t)(slash - name) + 1 : 0;
    rels_loader load = {.relations = relations,
                        .package = package,
                        .folder = gg_str_make(name, folder),
                        .arena = arena};
    gg_buf path = {0};
    gridgov_status status = GRIDGOV_OK;
    int64_t index;
    gg_buf_add(&path, name, folder);
    gg_buf_text(&path, "_rels/");
    gg_buf_text(&path, name + folder);
    gg_buf_text(&path, ".rels");
    index = gg_package_find(package, gg_str_make(gg_buf_data(&path), path.size));
    if (gg_buf_failed(&path)) {
        status = gg_fail_memory(err);
    } else if (index >= 0) {
        status = gg_part_read(&load.xml, package, index, &handlers, &load, err);
    }
    gg_buf_release(&path);
    return status;
}

int64_t gg_relations_of_type(const gg_relations *relations, const char *type) {
    for (size_t i = 0; i < relations->count; i++) {
        if (strcmp(relations->items[i].type, type) == 0 && relations->items[i].part >= 0) {
            return relations->items[i].part;
        }
    }
    return -1;
}

const gg_relation *gg_relations_find(const gg_relations *relations, const char *id) {
    for (size_t i = 0; i < relations->count; i++) {
        if (strcmp(relations->items[i].id, id) == 0) {
            return &relations->items[i];
        }
    }
    return NULL;
}

void gg_relations_release(gg_relations *relations) {
    gg_free(relations->items);
    memset(relations, 0, sizeof *relations);
}
