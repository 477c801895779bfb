/* SPDX-License-Identifier: Apache-2.0 */
/* Strict documents over jansson: at most 16 MiB and 64 levels, no duplicate keys, no real numbers
 * (decimals are strings), no NUL in text. A gg_json_reader walks a document, knows the JSON pointer
 * of where it stands, reports every problem to issues and keeps the first for err. Getters never
 * fail hard: they report and return the default, so one pass finds all problems; gg_json_status()
 * tells at the end. */
#ifndef GG_JSON_H
#define GG_JSON_H

#include "buf.h"
#include "text.h"

#include <gridgov/base.h>
#include <gridgov/issues.h>

#include <jansson.h>

typedef struct gg_json_reader {
    json_t *root;           /* owned */
    gridgov_issues *issues; /* may be NULL */
    gridgov_error first;    /* the first problem; status 0 if none */
    const char *source;     /* what the document is, for messages: "policy"; static */
    char pointer[64];       /* of the object being read, cut */
} gg_json_reader;

/* Parse. On failure nothing needs to be released. schema: required value of the member "schema", or
 * NULL. */
gridgov_status gg_json_open(gg_json_reader *reader, const char *source, const char *json,
                            size_t size, const char *schema, gridgov_issues *issues,
                            gridgov_error *err);
/* First problem so far as a status (GRIDGOV_OK if none), copied to err. */
gridgov_status gg_json_status(const gg_json_reader *reader, gridgov_error *err);
void gg_json_close(gg_json_reader *reader);

/* Report a problem at pointer/key (key NULL: the pointer itself) under a rule of the catalogue. */
void gg_json_problem(gg_json_reader *reader, int32_t rule, const char *pointer, const char *key,
                     const char *value, const char *more);
/* Report every key of object that is not among the NULL-terminated keys. Keys beginning with "$" or
 * "note" are free. */
void gg_json_known(gg_json_reader *reader, const json_t *object, const char *pointer,
                   const char *const *keys);
/* Text member; fallback if absent; a problem if it is absent and required, or no text. Borrowed
 * from the document. */
const char *gg_json_text(gg_json_reader *reader, const json_t *object, const char *pointer,
                         const char *key, int required, const char *fallback);
/* Whole number within [min, max]: a JSON integer, or text of digits. */
int64_t gg_json_int(gg_json_reader *reader, const json_t *object, const char *pointer,
                    const char *key, int required, int64_t fallback, int64_t min, int64_t max);
/* Decimal in 10^-scale units within [min, max]: text such as "2.5", or a JSON integer. */
int64_t gg_json_decimal(gg_json_reader *reader, const json_t *object, const char *pointer,
                        const char *key, int scale, int required, int64_t fallback, int64_t min,
                        int64_t max);
int gg_json_bool(gg_json_reader *reader, const json_t *object, const char *pointer, const char *key,
                 int fallback);
/* Array or object member; NULL if absent (a problem if required) or of another type (always a
 * problem). */
json_t *gg_json_array(gg_json_reader *reader, const json_t *object, const char *pointer,
                      const char *key, int required);
json_t *gg_json_object(gg_json_reader *reader, const json_t *object, const char *pointer,
                       const char *key, int required);
/* Write pointer/index or pointer/key into buffer of 64 bytes, cut at the end. */
void gg_json_pointer_at(char *buffer, const char *pointer, size_t index);
void gg_json_pointer_key(char *buffer, const char *pointer, const char *key);

/* Writing. Text in quotes with escapes (\uXXXX only for control characters; invalid UTF-8 becomes
 * U+FFFD). */
void gg_json_put_text(gg_buf *buf, gg_str text);
/* before"key": and, of a member, its value; before is "{", ", " or whatever stands in front. */
void gg_json_put_key(gg_buf *buf, const char *before, const char *key);
void gg_json_put_member(gg_buf *buf, const char *before, const char *key, const char *text);
void gg_json_put_number(gg_buf *buf, const char *before, const char *key, int64_t number);
/* Canonical form of a value (keys sorted by bytes, no blanks), for digests. */
void gg_json_put_canonical(gg_buf *buf, const json_t *value);

#endif
