/* SPDX-License-Identifier: Apache-2.0 */
/* XML over expat, which takes its memory from base/mem.h. When memory is short, expat 2.5 may take
 * a prefix for unbound, or go on without what it could not keep, so its own word for why it stopped
 * is not believed: a request that failed during a call makes that call fail for want of memory. Its
 * functions get no pointer of ours, hence a mark by thread. A document type is refused, and with it
 * every entity of the document's own, so that text costs what its bytes cost; depth and the length
 * of a tag are bounded; text comes in pieces, whatever its length.
 *
 * A pause is expat's resumable stop: the bytes of the current block stay with the parser, and the
 * next run goes on behind the element that paused it. */
#include "xml_reader.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"

#include <expat.h>
#include <string.h>

#define BLOCK 32768
#define DEPTH_MAX 256
#define TOKEN_MAX ((int64_t)4 << 20)
#define SEPARATOR '|' /* between namespace and name; no namespace of Office holds it */

/* 1 if a request of the parser failed during the current call. */
static _Thread_local int starved;

static void *take(size_t size) {
    void *piece = gg_realloc(NULL, size, 1);
    starved |= piece == NULL;
    return piece;
}

static void *resize(void *piece, size_t size) {
    void *moved = gg_realloc(piece, size, 1);
    starved |= moved == NULL;
    return moved;
}

struct gg_xml {
    XML_Parser parser;
    gg_xml_source source;
    void *source_user;
    const gg_xml_handlers *handlers;
    void *user;
    int depth, paused, at_end;
    int64_t fed;           /* bytes given to the parser */
    gridgov_error failure; /* status 0 while all is well */
};

void gg_xml_fail(gg_xml *xml, const gridgov_error *failure) {
    if (xml->failure.status == 0) {
        xml->failure = *failure;
        (void)XML_StopParser(xml->parser, XML_FALSE);
    }
}

void gg_xml_pause(gg_xml *xml) {
    if (xml->failure.status == 0) {
        xml->paused = XML_StopParser(xml->parser, XML_TRUE) == XML_STATUS_OK;
    }
}

static void fail_number(gg_xml *xml, int32_t rule, int64_t limit) {
    gridgov_error failure;
    char digits[GG_NUM_TEXT_SIZE];
    (void)gg_int_format(digits, limit);
    (void)gg_fail(&failure, rule, NULL, NULL, 0, digits, NULL);
    gg_xml_fail(xml, &failure);
}

/* See gg_xml_handlers. */
static const char *local_name(const gg_xml *xml, const char *name) {
    const char *const *spaces = xml->handlers->namespaces;
    const char *bar = strrchr(name, SEPARATOR);
    if (bar == NULL || spaces == NULL) {
        return bar == NULL ? name : bar + 1;
    }
    for (size_t i = 0; spaces[i] != NULL; i++) {
        if (strlen(spaces[i]) == (size_t)(bar - name) &&
            memcmp(spaces[i], name, (size_t)(bar - name)) == 0) {
            return bar + 1;
        }
    }
    return "";
}

static void XMLCALL on_start(void *user, const char *name, const char **attributes) {
    gg_xml *xml = user;
    if (++xml->depth > DEPTH_MAX) {
        fail_number(xml, GG_RULE_XML_DEPTH, DEPTH_MAX);
    } else if (xml->failure.status == 0) {
        xml->handlers->start(xml->user, local_name(xml, name), attributes);
    }
}

static void XMLCALL on_end(void *user, const char *name) {
    gg_xml *xml = user;
    xml->depth--;
    if (xml->failure.status == 0) {
        xml->handlers->end(xml->user, local_name(xml, name));
    }
}

static void XMLCALL on_text(void *user, const char *text, int size) {
    gg_xml *xml = user;
    if (xml->failure.status == 0 && size > 0) {
        xml->handlers->text(xml->user, text, (size_t)size);
    }
}

static void XMLCALL on_doctype(void *user, const char *name, const char *system_id,
                               const char *public_id, int has_internal) {
    gridgov_error failure;
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_internal;
    (void)gg_fail(&failure, GG_RULE_XML_DOCTYPE, NULL, NULL, 0, NULL, NULL);
    gg_xml_fail(user, &failure);
}

gridgov_status gg_xml_open(gg_xml **out, gg_xml_source source, void *source_user,
                           const gg_xml_handlers *handlers, void *user, gridgov_error *err) {
    static const XML_Memory_Handling_Suite heap = {take, resize, gg_free};
    static const XML_Char separator[] = {SEPARATOR, '\0'};
    gg_xml *xml = gg_calloc(1, sizeof *xml);
    *out = NULL;
    if (xml == NULL) {
        return gg_fail_memory(err);
    }
    xml->parser = XML_ParserCreate_MM(NULL, &heap, separator);
    if (xml->parser == NULL) {
        gg_free(xml);
        return gg_fail_memory(err);
    }
    xml->source = source;
    xml->source_user = source_user;
    xml->handlers = handlers;
    xml->user = user;
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    if (handlers->text != NULL) {
        XML_SetCharacterDataHandler(xml->parser, on_text);
    }
    *out = xml;
    return GRIDGOV_OK;
}

/* The parser stopped: by a handler's failure, or by what is no XML. */
static gridgov_status fail_parser(gg_xml *xml, gridgov_error *err) {
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    if (xml->failure.status == 0) {
        if (starved || code == XML_ERROR_NO_MEMORY) {
            (void)gg_fail_memory(&xml->failure);
        } else {
            (void)gg_fail(&xml->failure, GG_RULE_XML_SYNTAX, NULL, NULL, 0, XML_ErrorString(code),
                          NULL);
        }
    }
    if (err != NULL) {
        *err = xml->failure;
    }
    return xml->failure.status;
}

/* Read a block and parse it. */
static enum XML_Status feed(gg_xml *xml) {
    size_t size = 0;
    void *block = XML_GetBuffer(xml->parser, BLOCK);
    if (block == NULL) {
        if (XML_GetErrorCode(xml->parser) != XML_ERROR_FINISHED) {
            (void)gg_fail_memory(&xml->failure);
        }
        return XML_STATUS_ERROR;
    }
    if (xml->source(xml->source_user, block, BLOCK, &size, &xml->failure) < 0) {
        return XML_STATUS_ERROR;
    }
    xml->fed += (int64_t)size;
    xml->at_end = size == 0;
    return XML_ParseBuffer(xml->parser, (int)size, size == 0);
}

gridgov_status gg_xml_run(gg_xml *xml, gridgov_error *err) {
    enum XML_Status status;
    if (xml->failure.status != 0) {
        return fail_parser(xml, err);
    }
    starved = 0;
    status = xml->paused ? XML_ResumeParser(xml->parser) : XML_STATUS_OK;
    if (xml->paused && status != XML_STATUS_SUSPENDED) {
        xml->paused = 0;
    }
    while (status == XML_STATUS_OK && !xml->at_end) {
        int64_t unread = xml->fed - (int64_t)XML_GetCurrentByteIndex(xml->parser);
        if (xml->fed > 0 && unread > TOKEN_MAX) {
            fail_number(xml, GG_RULE_XML_TOKEN, TOKEN_MAX);
            return fail_parser(xml, err);
        }
        status = feed(xml);
    }
    if (status == XML_STATUS_ERROR || starved) {
        return fail_parser(xml, err);
    }
    return status == XML_STATUS_SUSPENDED ? GRIDGOV_OK : GRIDGOV_END;
}

void gg_xml_close(gg_xml *xml) {
    if (xml != NULL) {
        XML_ParserFree(xml->parser);
        gg_free(xml);
    }
}

const char *gg_xml_attribute(const char **attributes, const char *name) {
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(attributes[i], name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}

const char *gg_xml_foreign_attribute(const char **attributes, const char *name) {
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        const char *bar = strrchr(attributes[i], SEPARATOR);
        if (bar != NULL && strcmp(bar + 1, name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}
