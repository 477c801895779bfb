/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and writing JSON (RFC 8259), jansson doing the parsing. What must be refused before
 * jansson sees it, too many bytes or levels, is found by a scan of the bytes outside strings; what
 * it lets through, numbers with a fraction, by a walk over the parsed document, which is at most 64
 * levels deep, and so is every recursion here.
 *
 * Invariant of a reader: root is the whole document, first is the first problem that was reported,
 * and the getters return something usable whatever the document says. */
#include "base/json.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_LIMIT ((size_t)16 * 1024 * 1024)
#define SIZE_LIMIT_TEXT "16777216"
#define DEPTH_LIMIT 64
#define DEPTH_LIMIT_TEXT "64"
#define POINTER_SIZE sizeof(((gg_json_reader *)0)->pointer)

/* Where a walk over the source text stands. */
typedef struct scanner {
    const char *json;
    size_t size, offset;
} scanner;

/* Past the string whose quote stands before offset. */
static void skip_string(scanner *at) {
    while (at->offset < at->size) {
        char byte = at->json[at->offset++];
        if (byte == '"') {
            return;
        }
        at->offset += byte == '\\';
    }
}

static gridgov_status check_depth(const char *json, size_t size, gridgov_error *err) {
    scanner at = {json, size, 0};
    int depth = 0;
    while (at.offset < size) {
        char byte = json[at.offset++];
        if (byte == '"') {
            skip_string(&at);
        } else if (byte == '[' || byte == '{') {
            depth++;
        } else if (byte == ']' || byte == '}') {
            depth--;
        }
        if (depth > DEPTH_LIMIT) {
            return gg_fail(err, GG_RULE_JSON_DEPTH, NULL, NULL, 0, DEPTH_LIMIT_TEXT, NULL);
        }
    }
    return GRIDGOV_OK;
}

/* The next number with a fraction or an exponent, as the source spells it; "" at the end. */
static gg_str next_real(scanner *at) {
    while (at->offset < at->size) {
        char byte = at->json[at->offset++];
        if (byte == '"') {
            skip_string(at);
        } else if (byte == '-' || (byte >= '0' && byte <= '9')) {
            size_t start = at->offset - 1;
            int real = 0;
            while (at->offset < at->size && strchr("+-.0123456789eE", at->json[at->offset]) &&
                   at->json[at->offset] != '\0') {
                real |= strchr(".eE", at->json[at->offset++]) != NULL;
            }
            if (real) {
                return gg_str_make(at->json + start, at->offset - start);
            }
        }
    }
    return gg_str_of("");
}

static void problem(gg_json_reader *reader, int32_t rule, const char *pointer, gg_str value,
                    const char *more) {
    gridgov_error entry;
    gg_fail(&entry, rule, pointer, value.data, value.size, more, NULL);
    gg_error_at(&entry, reader->source, 0, 0);
    gridgov_issues_add(reader->issues, &entry);
    if (reader->first.status == 0) {
        reader->first = entry;
    }
}

void gg_json_problem(gg_json_reader *reader, int32_t rule, const char *pointer, const char *key,
                     const char *value, const char *more) {
    char place[POINTER_SIZE];
    if (key == NULL) {
        gg_text_copy(place, sizeof place, pointer, strlen(pointer));
    } else {
        gg_json_pointer_key(place, pointer, key);
    }
    problem(reader, rule, place, gg_str_of(value), more);
}

/* Report every real number; values come in the order of the source, since an object keeps its
 * members' order and no key stands twice. */
static void refuse_reals(gg_json_reader *reader, const json_t *value, const char *pointer,
                         scanner *source) {
    char below[POINTER_SIZE];
    if (json_is_real(value)) {
        problem(reader, GG_RULE_JSON_REAL, pointer, next_real(source), NULL);
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            gg_json_pointer_at(below, pointer, i);
            refuse_reals(reader, json_array_get(value, i), below, source);
        }
    } else if (json_is_object(value)) {
        const char *key;
        json_t *member;
        json_object_foreach((json_t *)value, key, member) {
            gg_json_pointer_key(below, pointer, key);
            refuse_reals(reader, member, below, source);
        }
    }
}

static gridgov_status fail_syntax(gridgov_error *err, const json_error_t *from) {
    // Some of jansson's own failed requests leave no text; every defect of the document does.
    if (json_error_code(from) == json_error_out_of_memory || from->text[0] == '\0') {
        return gg_fail_memory(err);
    }
    gridgov_status status = gg_fail(err, GG_RULE_JSON_SYNTAX, NULL, NULL, 0, from->text, NULL);
    gg_error_at(err, NULL, from->line > 0 ? from->line : 0, from->column > 0 ? from->column : 0);
    return status;
}

static gridgov_status parse(json_t **root, const char *json, size_t size, gridgov_error *err) {
    char number[GG_NUM_TEXT_SIZE];
    json_error_t from;
    if (size > SIZE_LIMIT) {
        return gg_fail(err, GG_RULE_JSON_SIZE, NULL, NULL, 0, SIZE_LIMIT_TEXT, NULL);
    }
    size_t valid = gg_utf8_valid(json, size);
    if (valid != size) {
        gg_int_format(number, (int64_t)valid + 1);
        return gg_fail(err, GG_RULE_UTF8, NULL, NULL, 0, number, NULL);
    }
    GG_TRY(check_depth(json, size, err));
    *root = json_loadb(json, size, JSON_REJECT_DUPLICATES, &from);
    return *root == NULL ? fail_syntax(err, &from) : GRIDGOV_OK;
}

gridgov_status gg_json_open(gg_json_reader *reader, const char *source, const char *json,
                            size_t size, const char *schema, gridgov_issues *issues,
                            gridgov_error *err) {
    gridgov_error own; // issues want the problem even when the caller does not
    gg_str body = gg_str_make(json, size);
    memset(reader, 0, sizeof *reader);
    reader->source = source;
    reader->issues = issues;
    if (body.size >= 3 && memcmp(body.data, "\xEF\xBB\xBF", 3) == 0) {
        body = gg_str_make(body.data + 3, body.size - 3);
    }
    gridgov_status status = parse(&reader->root, body.data, body.size, &own);
    if (status < 0) {
        gg_error_at(&own, source, 0, 0);
        if (status != GRIDGOV_ENOMEM) {
            gridgov_issues_add(issues, &own);
        }
        if (err != NULL) {
            *err = own;
        }
        return status;
    }
    scanner reals = {body.data, body.size, 0};
    refuse_reals(reader, reader->root, "", &reals);
    if (!json_is_object(reader->root)) {
        gg_json_problem(reader, GG_RULE_JSON_TYPE, "", NULL, "JSON", "an object");
    } else if (schema != NULL) {
        const char *given = gg_json_text(reader, reader->root, "", "schema", 1, NULL);
        if (given != NULL && strcmp(given, schema) != 0) {
            gg_json_problem(reader, GG_RULE_JSON_SCHEMA, "", "schema", given, schema);
        }
    }
    status = gg_json_status(reader, err);
    if (status < 0) {
        gg_json_close(reader);
    }
    return status;
}

gridgov_status gg_json_status(const gg_json_reader *reader, gridgov_error *err) {
    if (reader->first.status != 0 && err != NULL) {
        *err = reader->first;
    }
    return reader->first.status;
}

void gg_json_close(gg_json_reader *reader) {
    json_decref(reader->root);
    reader->root = NULL;
}

void gg_json_known(gg_json_reader *reader, const json_t *object, const char *pointer,
                   const char *const *keys) {
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)object, key, member) {
        int known = key[0] == '$' || strncmp(key, "note", 4) == 0;
        for (size_t i = 0; keys[i] != NULL && !known; i++) {
            known = strcmp(keys[i], key) == 0;
        }
        if (!known) {
            gg_json_problem(reader, GG_RULE_JSON_KEY, pointer, key, key, NULL);
        }
    }
}

/* The member; NULL, and a problem if it is required, when it is absent. Nothing is said about an
 * object that is NULL: its own absence was reported already. */
static json_t *member_of(gg_json_reader *reader, const json_t *object, const char *pointer,
                         const char *key, int required) {
    json_t *member = json_object_get(object, key);
    if (member == NULL && required && object != NULL) {
        gg_json_problem(reader, GG_RULE_JSON_MISSING, pointer, key, key, NULL);
    }
    return member;
}

static void wrong_type(gg_json_reader *reader, const char *pointer, const char *key,
                       const char *expected) {
    gg_json_problem(reader, GG_RULE_JSON_TYPE, pointer, key, key, expected);
}

const char *gg_json_text(gg_json_reader *reader, const json_t *object, const char *pointer,
                         const char *key, int required, const char *fallback) {
    const json_t *member = member_of(reader, object, pointer, key, required);
    if (member == NULL) {
        return fallback;
    }
    if (!json_is_string(member)) {
        wrong_type(reader, pointer, key, "text");
        return fallback;
    }
    return json_string_value(member);
}

static gg_str text_of(const json_t *member) {
    return gg_str_make(json_string_value(member), json_string_length(member));
}

/* Report a number that lies outside; both bounds are printed in units of 10^-scale. */
static void out_of_range(gg_json_reader *reader, const char *pointer, const char *key, gg_str value,
                         int scale, int64_t min, int64_t max) {
    char place[POINTER_SIZE];
    char range[2 * GG_NUM_TEXT_SIZE + 8];
    size_t size = gg_decimal_format(range, min, scale, 0);
    memcpy(range + size, " … ", sizeof " … ");
    size += sizeof " … " - 1;
    gg_decimal_format(range + size, max, scale, 0);
    gg_json_pointer_key(place, pointer, key);
    problem(reader, GG_RULE_JSON_RANGE, place, value, range);
}

/* A number in units of 10^-scale, read from a JSON integer or from text. 0; 1 if it leaves every
 * range; -1 if it is none. */
static int number_of(int64_t *out, const json_t *member, int scale) {
    int64_t unit = 1;
    for (int i = 0; i < scale; i++) {
        unit *= 10;
    }
    if (json_is_integer(member)) {
        return gg_mul(out, json_integer_value(member), unit) == 0 ? 0 : 1;
    }
    if (!json_is_string(member)) {
        return -1;
    }
    return scale == 0 ? gg_int_parse(out, text_of(member))
                      : gg_decimal_parse(out, text_of(member), scale);
}

static int64_t number_in(gg_json_reader *reader, const json_t *member, const char *pointer,
                         const char *key, int scale, int64_t fallback, int64_t min, int64_t max) {
    char digits[GG_NUM_TEXT_SIZE];
    int64_t value = 0;
    int read = number_of(&value, member, scale);
    if (read < 0) {
        wrong_type(reader, pointer, key,
                   scale == 0 ? "a whole number" : "a decimal such as \"2.5\"");
        return fallback;
    }
    if (read == 0 && value >= min && value <= max) {
        return value;
    }
    gg_str spelled = text_of(member);
    if (json_is_integer(member)) {
        size_t size = gg_int_format(digits, json_integer_value(member));
        spelled = gg_str_make(digits, size);
    }
    out_of_range(reader, pointer, key, spelled, scale, min, max);
    return fallback;
}

int64_t gg_json_int(gg_json_reader *reader, const json_t *object, const char *pointer,
                    const char *key, int required, int64_t fallback, int64_t min, int64_t max) {
    const json_t *member = member_of(reader, object, pointer, key, required);
    return member == NULL ? fallback
                          : number_in(reader, member, pointer, key, 0, fallback, min, max);
}

int64_t gg_json_decimal(gg_json_reader *reader, const json_t *object, const char *pointer,
                        const char *key, int scale, int required, int64_t fallback, int64_t min,
                        int64_t max) {
    const json_t *member = member_of(reader, object, pointer, key, required);
    return member == NULL ? fallback
                          : number_in(reader, member, pointer, key, scale, fallback, min, max);
}

int gg_json_bool(gg_json_reader *reader, const json_t *object, const char *pointer, const char *key,
                 int fallback) {
    const json_t *member = member_of(reader, object, pointer, key, 0);
    if (member == NULL) {
        return fallback;
    }
    if (!json_is_boolean(member)) {
        wrong_type(reader, pointer, key, "true or false");
        return fallback;
    }
    return json_is_true(member);
}

json_t *gg_json_array(gg_json_reader *reader, const json_t *object, const char *pointer,
                      const char *key, int required) {
    json_t *member = member_of(reader, object, pointer, key, required);
    if (member != NULL && !json_is_array(member)) {
        wrong_type(reader, pointer, key, "an array");
        return NULL;
    }
    return member;
}

json_t *gg_json_object(gg_json_reader *reader, const json_t *object, const char *pointer,
                       const char *key, int required) {
    json_t *member = member_of(reader, object, pointer, key, required);
    if (member != NULL && !json_is_object(member)) {
        wrong_type(reader, pointer, key, "an object");
        return NULL;
    }
    return member;
}

void gg_json_pointer_at(char *buffer, const char *pointer, size_t index) {
    char digits[GG_NUM_TEXT_SIZE];
    gg_int_format(digits, (int64_t)index);
    gg_json_pointer_key(buffer, pointer, digits);
}

void gg_json_pointer_key(char *buffer, const char *pointer, const char *key) {
    char joined[POINTER_SIZE +
                4]; // aside, since buffer may be pointer; room for one character too much
    size_t size = strlen(pointer) < POINTER_SIZE ? strlen(pointer) : POINTER_SIZE;
    memcpy(joined, pointer, size);
    joined[size++] = '/';
    for (; *key != '\0' && size < POINTER_SIZE; key++) {
        if (*key == '~' || *key == '/') { // RFC 6901 §3
            joined[size++] = '~';
            joined[size++] = *key == '~' ? '0' : '1';
        } else {
            joined[size++] = *key;
        }
    }
    gg_text_copy(buffer, POINTER_SIZE, joined, size);
}

void gg_json_put_text(gg_buf *buf, gg_str text) {
    static const char hex[] = "0123456789abcdef";
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    gg_buf_byte(buf, '"');
    for (size_t offset = 0; offset < text.size;) {
        char bytes[4];
        uint32_t point = gg_utf8_next(text.data, text.size, &offset);
        const char *found = point == 0 || point > 0x7F ? NULL : strchr(plain, (int)point);
        if (found != NULL) {
            gg_buf_byte(buf, '\\');
            gg_buf_byte(buf, letters[found - plain]);
        } else if (point < 0x20 || point == 0x7F) {
            gg_buf_text(buf, "\\u00");
            gg_buf_byte(buf, hex[point >> 4]);
            gg_buf_byte(buf, hex[point & 15]);
        } else {
            size_t size = gg_utf8_put(bytes, point);
            gg_buf_add(buf, bytes, size);
        }
    }
    gg_buf_byte(buf, '"');
}

void gg_json_put_key(gg_buf *buf, const char *before, const char *key) {
    gg_buf_text(buf, before);
    gg_json_put_text(buf, gg_str_of(key));
    gg_buf_text(buf, ": ");
}

void gg_json_put_member(gg_buf *buf, const char *before, const char *key, const char *text) {
    gg_json_put_key(buf, before, key);
    gg_json_put_text(buf, gg_str_of(text));
}

void gg_json_put_number(gg_buf *buf, const char *before, const char *key, int64_t number) {
    gg_json_put_key(buf, before, key);
    gg_buf_int(buf, number);
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void put_value(gg_buf *buf, const json_t *value, int depth);

static void put_object(gg_buf *buf, const json_t *object, int depth) {
    const char *key;
    json_t *member;
    size_t count = 0;
    const char **keys = gg_calloc(json_object_size(object), sizeof *keys);
    if (keys == NULL) {
        buf->failed = 1;
        return;
    }
    json_object_foreach((json_t *)object, key, member) {
        keys[count++] = key;
    }
    qsort(keys, count, sizeof *keys, by_bytes);
    gg_buf_byte(buf, '{');
    for (size_t i = 0; i < count; i++) {
        gg_buf_text(buf, i == 0 ? "" : ",");
        gg_json_put_text(buf, gg_str_of(keys[i]));
        gg_buf_byte(buf, ':');
        put_value(buf, json_object_get(object, keys[i]), depth + 1);
    }
    gg_buf_byte(buf, '}');
    gg_free(keys);
}

static void put_value(gg_buf *buf, const json_t *value, int depth) {
    if (depth > DEPTH_LIMIT) {
        buf->failed = 1; // no opened document is that deep
        return;
    }
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        put_object(buf, value, depth);
        break;
    case JSON_ARRAY:
        gg_buf_byte(buf, '[');
        for (size_t i = 0; i < json_array_size(value); i++) {
            gg_buf_text(buf, i == 0 ? "" : ",");
            put_value(buf, json_array_get(value, i), depth + 1);
        }
        gg_buf_byte(buf, ']');
        break;
    case JSON_STRING:
        gg_json_put_text(buf, text_of(value));
        break;
    case JSON_INTEGER:
        gg_buf_int(buf, json_integer_value(value));
        break;
    case JSON_TRUE:
        gg_buf_text(buf, "true");
        break;
    case JSON_FALSE:
        gg_buf_text(buf, "false");
        break;
    case JSON_NULL:
        gg_buf_text(buf, "null");
        break;
    case JSON_REAL: // no opened document has one
        buf->failed = 1;
        break;
    }
}

void gg_json_put_canonical(gg_buf *buf, const json_t *value) {
    put_value(buf, value, 0);
}
