/* SPDX-License-Identifier: Apache-2.0 */
/* The names are those that exports of tables use: markup, blanks, and the signs of Chinese text
 * that Latin-1 has. Others stay as they stand. */
#include "html_entity.h"

#include <string.h>

#define NAME_MAX 10

static const struct {
    const char *name;
    uint32_t code_point;
} names[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},      {"apos", '\''},
    {"nbsp", 0xA0},    {"ensp", 0x2002},  {"emsp", 0x2003},  {"middot", 0xB7},   {"times", 0xD7},
    {"divide", 0xF7},  {"yen", 0xA5},     {"deg", 0xB0},     {"plusmn", 0xB1},   {"sect", 0xA7},
    {"copy", 0xA9},    {"reg", 0xAE},     {"ldquo", 0x201C}, {"rdquo", 0x201D},  {"lsquo", 0x2018},
    {"rsquo", 0x2019}, {"mdash", 0x2014}, {"ndash", 0x2013}, {"hellip", 0x2026}, {"permil", 0x2030},
    {"laquo", 0xAB},   {"raquo", 0xBB},   {"bull", 0x2022},
};

static int digit_of(char c, uint32_t base) {
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    return digit < (int)base ? digit : -1;
}

/* The number behind &#; 0 if it is no character. */
static uint32_t number_of(gg_str text) {
    uint32_t base = 10, value = 0;
    size_t at = 0;
    if (text.size > 0 && (text.data[0] == 'x' || text.data[0] == 'X')) {
        base = 16;
        at = 1;
    }
    if (at == text.size) {
        return 0;
    }
    for (; at < text.size; at++) {
        int digit = digit_of(text.data[at], base);
        if (digit < 0 || value > 0x10FFFF) {
            return 0;
        }
        value = value * base + (uint32_t)digit;
    }
    return value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) ? 0 : value;
}

size_t gg_html_entity(gg_buf *out, gg_str text) {
    size_t end = 1;
    uint32_t code_point = 0;
    char bytes[4];
    gg_str name;
    while (end < text.size && end <= NAME_MAX && text.data[end] != ';') {
        end++;
    }
    if (end >= text.size || text.data[end] != ';') {
        return 0;
    }
    name = gg_str_make(text.data + 1, end - 1);
    if (name.size > 0 && name.data[0] == '#') {
        code_point = number_of(gg_str_make(name.data + 1, name.size - 1));
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (gg_str_equal(name, gg_str_of(names[i].name))) {
            code_point = names[i].code_point;
        }
    }
    if (code_point == 0) {
        return 0;
    }
    gg_buf_add(out, bytes, gg_utf8_put(bytes, code_point));
    return end + 1;
}
