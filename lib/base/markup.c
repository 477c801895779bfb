/* SPDX-License-Identifier: Apache-2.0 */
/* Escaping. Every function takes any bytes and writes well-formed text of its format: bad UTF-8 and
 * characters that XML 1.0 §2.2 forbids become U+FFFD.
 *
 * Markdown follows CommonMark 0.30 and the tables of GitHub. Which characters could be read as
 * markup depends on their neighbours, so that plain Chinese prose, "C_1" or "-5" come out as they
 * are; a character that is escaped without need would still be drawn right. */
#include "base/markup.h"

#include "base/num.h"

#include <string.h>

#define REPLACEMENT 0xFFFDu

static void put_point(gg_buf *buf, uint32_t point) {
    char bytes[4];
    size_t size = gg_utf8_put(bytes, point);
    gg_buf_add(buf, bytes, size);
}

/* May the character stand in an XML document? */
static int is_xml(uint32_t point) {
    return point >= 0x20 ? point != 0xFFFE && point != 0xFFFF
                         : point == '\t' || point == '\n' || point == '\r';
}

void gg_put_html(gg_buf *buf, gg_str text) {
    for (size_t offset = 0; offset < text.size;) {
        uint32_t point = gg_utf8_next(text.data, text.size, &offset);
        switch (point) {
        case '&':
            gg_buf_text(buf, "&amp;");
            break;
        case '<':
            gg_buf_text(buf, "&lt;");
            break;
        case '>':
            gg_buf_text(buf, "&gt;");
            break;
        case '"':
            gg_buf_text(buf, "&quot;");
            break;
        case '\'':
            gg_buf_text(buf, "&#39;");
            break;
        default:
            put_point(buf, is_xml(point) ? point : REPLACEMENT);
            break;
        }
    }
}

static int is_digit(int byte) {
    return byte >= '0' && byte <= '9';
}

/* A byte inside a word: a letter or digit of any script. */
static int is_word(int byte) {
    return is_digit(byte) || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           byte >= 0x80;
}

static int byte_at(gg_str text, size_t offset) {
    return offset < text.size ? (unsigned char)text.data[offset] : -1;
}

/* Does a character of ASCII at offset need a backslash? Markers at the start of a block are seen to
 * elsewhere. */
static int is_markdown(gg_str text, size_t offset) {
    int byte = byte_at(text, offset);
    int before = offset == 0 ? -1 : byte_at(text, offset - 1);
    int after = byte_at(text, offset + 1);
    switch (byte) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '|':
    case '~':
        return 1;
    case '_': // no emphasis begins or ends inside a word
        return !(is_word(before) && before < 0x80 && is_word(after) && after < 0x80);
    case '#': // also the closing marks of a heading
        return before < 0 || before == ' ' || before == '\t' || before == '\r' || before == '\n';
    case '&': // a character reference
        return after == '#' || (is_word(after) && after < 0x80);
    default:
        return 0;
    }
}

/* The marker of a list, quotation or underline at the start of a block: how many bytes stand before
 * the one that needs a backslash, or -1. */
static int start_marker(gg_str text) {
    int first = byte_at(text, 0);
    int next = byte_at(text, 1);
    if (first == '>' || first == '=') {
        return 0;
    }
    if (first == '-' || first == '+') {
        return next < 0 || next == ' ' || next == '\t' || next == '\r' || next == '\n' ||
                       next == first
                   ? 0
                   : -1;
    }
    int digits = 0;
    while (digits < 10 && is_digit(byte_at(text, (size_t)digits))) {
        digits++;
    }
    int mark = byte_at(text, (size_t)digits);
    return digits > 0 && digits < 10 && (mark == '.' || mark == ')') ? digits : -1;
}

/* Is a numbered marker followed by what makes it one? "2.5" is a number. */
static int is_numbered(gg_str text, int mark) {
    int after = byte_at(text, (size_t)mark + 1);
    return mark == 0 || after < 0 || after == ' ' || after == '\t' || after == '\r' ||
           after == '\n';
}

void gg_put_markdown(gg_buf *buf, gg_str text, int at_start) {
    size_t offset = 0;
    int marker = -1;
    if (at_start) {
        while (offset < text.size && gg_is_blank((unsigned char)text.data[offset]) &&
               (unsigned char)text.data[offset] < 0x80) {
            offset++; // four blanks would make it a code block
        }
        gg_str rest = gg_str_make(text.data + offset, text.size - offset);
        int found = start_marker(rest);
        marker = found >= 0 && is_numbered(rest, found) ? found + (int)offset : -1;
    }
    while (offset < text.size) {
        size_t here = offset;
        uint32_t point = gg_utf8_next(text.data, text.size, &offset);
        if (point == '\r' && byte_at(text, offset) == '\n') {
            continue;
        }
        if (point == '\n' || point == '\r' || point == '\t') {
            gg_buf_byte(buf, ' ');
            continue;
        }
        if ((marker >= 0 && here == (size_t)marker) || (point < 0x80 && is_markdown(text, here))) {
            gg_buf_byte(buf, '\\');
        }
        put_point(buf, is_xml(point) ? point : REPLACEMENT);
    }
}

/* Does a blank stand at either end? A reader that trims would lose it. */
static int has_outer_blank(gg_str text) {
    return gg_text_trim(text).size != text.size;
}

void gg_put_csv(gg_buf *buf, gg_str text) {
    int quoted = has_outer_blank(text);
    for (size_t i = 0; i < text.size && !quoted; i++) {
        char byte = text.data[i];
        quoted = byte == ',' || byte == '"' || byte == '\r' || byte == '\n';
    }
    if (!quoted) {
        gg_buf_str(buf, text);
        return;
    }
    gg_buf_byte(buf, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"') {
            gg_buf_byte(buf, '"');
        }
        gg_buf_byte(buf, text.data[i]);
    }
    gg_buf_byte(buf, '"');
}

int gg_is_formula(gg_str text) {
    static const char *const beginnings[] = {"=",  "+",  "-",  "@",  "\t",
                                             "\r", "＝", "＋", "－", "＠"};
    int64_t ignored;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        gg_str begin = gg_str_of(beginnings[i]);
        if (text.size >= begin.size && memcmp(text.data, begin.data, begin.size) == 0) {
            size_t size = text.size - (text.data[text.size - 1] == '%');
            return text.size == begin.size ||
                   gg_decimal_parse_round(&ignored, gg_str_make(text.data, size), 0) != 0;
        }
    }
    return 0;
}
