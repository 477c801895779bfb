/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue of rules and the filling of gridgov_error from it. Nothing here allocates, so that
 * running out of memory can be explained too.
 *
 * Invariant: the message is the rule's English template with {field} and {value} filled in as they
 * were cut into the struct; gridgov_error_text() relies on that when it finds {0} and {1} again for
 * another language. */
#include "base/error.h"

#include "base/line.h"
#include "base/num.h"
#include "base/text.h"

#include <gridgov/codes.h>

#include <string.h>

#define SMALLEST_STRUCT 8 /* struct_size and one more 32-bit member */

#define RULE_ENTRY(number, name, code, severity, status, en, zh)                                   \
    {(number), GRIDGOV_SEVERITY_##severity, GRIDGOV_##status, (code), (en), (zh)},
static const gg_rule rules[] = {GG_RULES(RULE_ENTRY)};
#undef RULE_ENTRY

int64_t gg_rule_index(int32_t number) {
    int64_t index = 0;
    while (index < GG_RULES_COUNT && rules[index].number != number) {
        index++;
    }
    return index;
}

const gg_rule *gg_rule_find(int32_t number) {
    return gg_rule_at(gg_rule_index(number));
}

const gg_rule *gg_rule_at(int64_t index) {
    return index < 0 || index >= GG_RULES_COUNT ? NULL : &rules[index];
}

/* Copy into a member of the struct: well-formed, and without a NUL that would hide the rest. */
static void copy_member(char *buffer, size_t room, const char *data, size_t size) {
    size_t kept = 0;
    for (size_t offset = 0; data != NULL && offset < size;) {
        char bytes[4];
        uint32_t point = gg_utf8_next(data, size, &offset);
        size_t length = gg_utf8_put(bytes, point == 0 ? 0xFFFD : point);
        if (kept + length >= room) {
            break;
        }
        memcpy(buffer + kept, bytes, length);
        kept += length;
    }
    buffer[kept] = '\0';
}

gridgov_status gg_fail(gridgov_error *err, int32_t rule, const char *field, const char *value,
                       size_t value_size, const char *more0, const char *more1) {
    const gg_rule *found = gg_rule_find(rule);
    if (GG_NEVER(found == NULL)) {
        return gg_fail(err, GG_RULE_INTERNAL, field, value, value_size, "unknown rule", NULL);
    }
    if (err == NULL) {
        return found->status;
    }
    // Assembled aside: field and value may well be members of *err.
    gridgov_error filled;
    memset(&filled, 0, sizeof filled);
    filled.status = found->status;
    filled.rule = rule;
    copy_member(filled.field, sizeof filled.field, field, field == NULL ? 0 : strlen(field));
    copy_member(filled.value, sizeof filled.value, value, value_size);
    gg_line_parts parts = {
        gg_str_of(filled.field), gg_str_of(filled.value), {gg_str_of(more0), gg_str_of(more1)}};
    gg_line line;
    gg_line_init(&line, filled.message, sizeof filled.message);
    gg_line_template(&line, found->en, &parts);
    *err = filled;
    return found->status;
}

gridgov_status gg_fail_number(gridgov_error *err, int32_t rule, const char *field, int64_t value,
                              const char *more0, const char *more1) {
    char text[GG_NUM_TEXT_SIZE];
    size_t size = gg_int_format(text, value);
    return gg_fail(err, rule, field, text, size, more0, more1);
}

gridgov_status gg_fail_arg(gridgov_error *err, const char *parameter) {
    return gg_fail(err, GG_RULE_ARGUMENT, parameter, NULL, 0, NULL, NULL);
}

gridgov_status gg_fail_state(gridgov_error *err, const char *what) {
    return gg_fail(err, GG_RULE_STATE, NULL, NULL, 0, what, NULL);
}

gridgov_status gg_fail_memory(gridgov_error *err) {
    return gg_fail(err, GG_RULE_MEMORY, NULL, NULL, 0, NULL, NULL);
}

void gg_error_at(gridgov_error *err, const char *source, int64_t row, int32_t column) {
    if (err == NULL) {
        return;
    }
    if (err->source[0] == '\0' && source != NULL) {
        copy_member(err->source, sizeof err->source, source, strlen(source));
    }
    // A column belongs to its row: one of another row would mislead.
    if (err->column == 0 && (err->row == 0 || err->row == row || row == 0)) {
        err->column = column;
    }
    if (err->row == 0) {
        err->row = row;
    }
}

static size_t struct_size_of(const void *versioned) {
    uint32_t size;
    memcpy(&size, versioned, sizeof size);
    return size;
}

int gg_view_copy(void *out, const void *full, size_t full_size) {
    if (out == NULL || struct_size_of(out) < SMALLEST_STRUCT) {
        return -1;
    }
    size_t size = struct_size_of(out) < full_size ? struct_size_of(out) : full_size;
    const size_t head = sizeof(uint32_t);
    memcpy((char *)out + head, (const char *)full + head, size - head);
    return 0;
}

void gg_options_write(void *out, size_t struct_size, const void *full, size_t full_size) {
    const uint32_t size = (uint32_t)struct_size;
    if (out == NULL || struct_size < SMALLEST_STRUCT) {
        return;
    }
    memset(out, 0, struct_size);
    memcpy(out, full, struct_size < full_size ? struct_size : full_size);
    memcpy(out, &size, sizeof size);
}

int gg_options_read(void *defaults, size_t full_size, const void *given) {
    if (given == NULL) {
        return 0;
    }
    size_t size = struct_size_of(given);
    if (size < SMALLEST_STRUCT) {
        return -1;
    }
    memcpy(defaults, given, size < full_size ? size : full_size);
    return 0;
}
