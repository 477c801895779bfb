/* SPDX-License-Identifier: Apache-2.0 */
/* Messages without memory. Characters go in one by one, whole or not at all, and once one did not
 * fit none follows, so that the kept text is a prefix of the whole text.
 *
 * Invariant: size < room, data[size] is NUL, size <= whole. */
#include "base/line.h"

#include "base/num.h"

#include <string.h>

void gg_line_init(gg_line *line, char *buffer, size_t room) {
    line->data = buffer;
    line->room = buffer == NULL ? 0 : room;
    line->size = 0;
    line->whole = 0;
    if (line->room != 0) {
        buffer[0] = '\0';
    }
}

static int is_control(uint32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

void gg_line_str(gg_line *line, gg_str text) {
    for (size_t offset = 0; offset < text.size;) {
        uint32_t point = gg_utf8_next(text.data, text.size, &offset);
        char bytes[4];
        size_t length = gg_utf8_put(bytes, is_control(point) ? ' ' : point);
        if (line->size == line->whole && line->size + length < line->room) {
            memcpy(line->data + line->size, bytes, length);
            line->size += length;
            line->data[line->size] = '\0';
        }
        line->whole += length;
    }
}

void gg_line_text(gg_line *line, const char *text) {
    gg_line_str(line, gg_str_of(text));
}

void gg_line_int(gg_line *line, int64_t value) {
    char text[GG_NUM_TEXT_SIZE];
    size_t size = gg_int_format(text, value);
    gg_line_str(line, gg_str_make(text, size));
}

const char *gg_line_piece(gg_str *literal, int *part, const char *template) {
    static const char *const names[4] = {"{field}", "{value}", "{0}", "{1}"};
    const char *at = template;
    for (; *at != '\0'; at++) {
        for (int i = 0; *at == '{' && i < 4; i++) {
            size_t size = strlen(names[i]);
            if (strncmp(at, names[i], size) == 0) {
                *literal = gg_str_make(template, (size_t)(at - template));
                *part = i;
                return at + size;
            }
        }
    }
    *literal = gg_str_make(template, (size_t)(at - template));
    *part = -1;
    return at;
}

void gg_line_template(gg_line *line, const char *template, const gg_line_parts *parts) {
    const gg_str texts[4] = {parts->field, parts->value, parts->more[0], parts->more[1]};
    int part = 0;
    while (part >= 0) {
        gg_str literal;
        template = gg_line_piece(&literal, &part, template);
        gg_line_str(line, literal);
        if (part >= 0) {
            gg_line_str(line, texts[part]);
        }
    }
}
