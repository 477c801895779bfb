/* SPDX-License-Identifier: Apache-2.0 */
/* XML as a stream of elements, pulled: run() hands out elements until a handler pauses it. */
#ifndef GG_XML_READER_H
#define GG_XML_READER_H

#include "base/text.h"

#include <gridgov/base.h>

#include <stddef.h>

typedef struct gg_xml gg_xml;

/* Where the bytes come from: up to size bytes into data, 0 at the end. */
typedef gridgov_status (*gg_xml_source)(void *user, void *data, size_t size, size_t *read_out,
                                        gridgov_error *err);

/* What is told of the document. An element's name is local (no prefix) if its namespace is one that
 * the reader was asked for, or if it has none; otherwise it is "". Attributes are name, value,
 * name, value, … NULL. */
typedef struct gg_xml_handlers {
    void (*start)(void *user, const char *name, const char **attributes);
    void (*end)(void *user, const char *name);
    void (*text)(void *user, const char *text, size_t size); /* may be NULL; in pieces */
    const char *const *namespaces; /* NULL-terminated; NULL: names are local whatever theirs */
} gg_xml_handlers;

/* Make a reader. handlers must outlive it. */
gridgov_status gg_xml_open(gg_xml **out, gg_xml_source source, void *source_user,
                           const gg_xml_handlers *handlers, void *user, gridgov_error *err);
/* Go on: GRIDGOV_OK after a pause, GRIDGOV_END after the document, or a failure. */
gridgov_status gg_xml_run(gg_xml *xml, gridgov_error *err);
void gg_xml_close(gg_xml *xml);

/* From an end handler: let run() return. */
void gg_xml_pause(gg_xml *xml);
/* From a handler: end the document with a failure; the first one counts. */
void gg_xml_fail(gg_xml *xml, const gridgov_error *failure);

/* Value of an attribute without a namespace; NULL if there is none. */
const char *gg_xml_attribute(const char **attributes, const char *name);
/* Value of the first attribute of a local name that has a namespace (r:id, w:val); NULL. */
const char *gg_xml_foreign_attribute(const char **attributes, const char *name);

#endif
