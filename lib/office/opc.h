/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of an Office package: reading one as XML, and the relations that lead from one to another.
 */
#ifndef GG_OPC_H
#define GG_OPC_H

#include "base/mem.h"
#include "package.h"
#include "xml_reader.h"

/* A relation of a part. */
typedef struct gg_relation {
    const char *id, *type; /* type: the last word of its URI, "worksheet" */
    int64_t part;          /* −1: not in the package */
} gg_relation;

typedef struct gg_relations {
    gg_relation *items;
    size_t count, capacity;
} gg_relations;

/* gg_xml_open() on a part. The package must outlive the reader, and nothing else of it be read. */
gridgov_status gg_part_open(gg_xml **out, gg_package *package, int64_t part,
                            const gg_xml_handlers *handlers, void *user, gridgov_error *err);
/* Read a part to its end; *xml is set for the handlers while they run. */
gridgov_status gg_part_read(gg_xml **xml, gg_package *package, int64_t part,
                            const gg_xml_handlers *handlers, void *user, gridgov_error *err);
/* Name the part in a failure that names no field. */
void gg_part_note(const gg_package *package, int64_t part, gridgov_error *err);

/* Relations of a part, of the package itself if part is −1. None are no failure. Texts are kept in
 * the arena. */
gridgov_status gg_relations_load(gg_relations *relations, gg_package *package, int64_t part,
                                 gg_arena *arena, gridgov_error *err);
/* Part of the first relation of a type, −1. */
int64_t gg_relations_of_type(const gg_relations *relations, const char *type);
const gg_relation *gg_relations_find(const gg_relations *relations, const char *id);
void gg_relations_release(gg_relations *relations);

#endif
