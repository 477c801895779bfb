/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 without a locale. Well-formed means table 3-7 of the Unicode Standard 15: no overlong form,
 * no surrogate, nothing above U+10FFFF. Nothing here reads beyond the size given, and nothing
 * allocates, so every function may meet bytes from anywhere.
 *
 * The distance between names is Levenshtein's, by the dynamic programme over two rows; both texts
 * are cut to 64 code points, which bounds the work at 4096 steps whatever comes in. */
#include "base/text.h"

#include "base/simd.h"

#include <string.h>

#define REPLACEMENT 0xFFFDu
#define EDIT_POINTS 64
/* Shorter texts are not worth asking the processor what it can do. */
#define FAST_SIZE 128

gg_str gg_str_of(const char *text) {
    gg_str result = {"", 0};
    if (text != NULL) {
        result.data = text;
        result.size = strlen(text);
    }
    return result;
}

gg_str gg_str_make(const char *data, size_t size) {
    gg_str result = {"", 0};
    if (data != NULL) {
        result.data = data;
        result.size = size;
    }
    return result;
}

int gg_str_equal(gg_str a, gg_str b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

int gg_str_compare(gg_str a, gg_str b) {
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    if (order != 0) {
        return order;
    }
    return (a.size > b.size) - (a.size < b.size);
}

static unsigned char ascii_lower(unsigned char byte) {
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}

int gg_str_equal_nocase(gg_str a, gg_str b) {
    if (a.size != b.size) {
        return 0;
    }
    for (size_t i = 0; i < a.size; i++) {
        if (ascii_lower((unsigned char)a.data[i]) != ascii_lower((unsigned char)b.data[i])) {
            return 0;
        }
    }
    return 1;
}

/* Bytes of the well-formed character at the start of data, 0 if there is none. */
static size_t character(const unsigned char *data, size_t size) {
    unsigned char lead = data[0];
    if (lead < 0x80) {
        return 1;
    }
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || size < length) {
        return 0;
    }
    // The second byte alone tells overlong forms, surrogates and what lies above U+10FFFF.
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (data[1] < low || data[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((data[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

size_t gg_utf8_length(const char *data, size_t size) {
    return character((const unsigned char *)data, size);
}

size_t gg_utf8_valid(const char *data, size_t size) {
    const unsigned char *bytes = (const unsigned char *)data;
    int nul = 0;
    size_t offset = size < FAST_SIZE ? 0 : gg_simd_best()->utf8(&nul, data, size);
    while (offset < size) {
        size_t length = character(bytes + offset, size - offset);
        if (length == 0) {
            return offset;
        }
        offset += length;
    }
    return size;
}

uint32_t gg_utf8_next(const char *data, size_t size, size_t *offset) {
    static const unsigned char lead_bits[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    if (*offset >= size) {
        return REPLACEMENT;
    }
    const unsigned char *bytes = (const unsigned char *)data + *offset;
    size_t length = character(bytes, size - *offset);
    if (length == 0) {
        (*offset)++;
        return REPLACEMENT;
    }
    uint32_t point = (uint32_t)(bytes[0] & lead_bits[length]);
    for (size_t i = 1; i < length; i++) {
        point = point << 6 | (uint32_t)(bytes[i] & 0x3F);
    }
    *offset += length;
    return point;
}

size_t gg_utf8_put(char *out, uint32_t code_point) {
    uint32_t point = code_point;
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        point = REPLACEMENT;
    }
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

size_t gg_utf8_cut(const char *data, size_t size) {
    const unsigned char *bytes = (const unsigned char *)data;
    for (size_t back = 1; back <= 3 && back <= size; back++) {
        unsigned char byte = bytes[size - back];
        if ((byte & 0xC0) == 0x80) {
            continue;
        }
        size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return length > back ? size - back : size;
    }
    return size;
}

void gg_text_copy(char *buffer, size_t room, const char *data, size_t size) {
    if (room == 0) {
        return;
    }
    size_t kept = 0;
    if (data != NULL && size != 0) {
        kept = size < room ? size : gg_utf8_cut(data, room - 1);
        memcpy(buffer, data, kept);
    }
    buffer[kept] = '\0';
}

int gg_is_blank(uint32_t code_point) {
    return code_point == ' ' || (code_point >= '\t' && code_point <= '\r') || code_point == 0xA0 ||
           (code_point >= 0x2000 && code_point <= 0x200B) || code_point == 0x202F ||
           code_point == 0x3000 || code_point == 0xFEFF;
}

/* 1 if a text that ends with this byte may end with a blank. */
static int may_end_blank(unsigned char byte) {
    return byte <= ' ' || (byte >= 0x80 && byte <= 0x8B) || byte == 0xA0 || byte == 0xAF ||
           byte == 0xBF;
}

gg_str gg_text_trim(gg_str text) {
    size_t start = 0;
    size_t offset = 0;
    while (offset < text.size && gg_is_blank(gg_utf8_next(text.data, text.size, &offset))) {
        start = offset;
    }
    size_t end = start < text.size ? offset : start; // behind the last that is no blank
    if (end < text.size && !may_end_blank((unsigned char)text.data[text.size - 1])) {
        end = text.size;
    }
    for (offset = end; offset < text.size;) {
        if (!gg_is_blank(gg_utf8_next(text.data, text.size, &offset))) {
            end = offset;
        }
    }
    return gg_str_make(text.data == NULL ? "" : text.data + start, end - start);
}

int gg_text_next_line(gg_str *line, gg_str *rest) {
    while (rest->size > 0) {
        const char *end = memchr(rest->data, '\n', rest->size);
        size_t size = end == NULL ? rest->size : (size_t)(end - rest->data);
        size_t step = end == NULL ? size : size + 1;
        *line = gg_str_make(rest->data, size);
        *rest = gg_str_make(rest->data + step, rest->size - step);
        if (gg_text_trim(*line).size > 0) {
            return 1;
        }
    }
    return 0;
}

size_t gg_text_key(char *buffer, size_t room, gg_str text) {
    size_t needed = 0;
    for (size_t offset = 0; offset < text.size;) {
        size_t before = offset;
        uint32_t point = gg_utf8_next(text.data, text.size, &offset);
        if (gg_is_blank(point)) {
            continue;
        }
        char bytes[4];
        size_t length;
        if (point == REPLACEMENT) {
            // A bad byte stays itself: two different bad names must not get the same key.
            length = offset - before;
            memcpy(bytes, text.data + before, length);
        } else {
            point = point >= 0xFF01 && point <= 0xFF5E ? point - 0xFEE0 : point;
            point = point < 0x80 ? ascii_lower((unsigned char)point) : point;
            length = gg_utf8_put(bytes, point);
        }
        if (needed < room) {
            memcpy(buffer + needed, bytes, length < room - needed ? length : room - needed);
        }
        needed += length;
    }
    return needed;
}

static int code_points(uint32_t *points, gg_str text) {
    int count = 0;
    for (size_t offset = 0; offset < text.size && count < EDIT_POINTS;) {
        points[count++] = gg_utf8_next(text.data, text.size, &offset);
    }
    return count;
}

int gg_text_edits(gg_str a, gg_str b) {
    uint32_t left[EDIT_POINTS];
    uint32_t right[EDIT_POINTS];
    int rows[2][EDIT_POINTS + 1];
    int left_count = code_points(left, a);
    int right_count = code_points(right, b);
    for (int j = 0; j <= right_count; j++) {
        rows[0][j] = j;
    }
    for (int i = 1; i <= left_count; i++) {
        const int *above = rows[(i - 1) & 1];
        int *here = rows[i & 1];
        here[0] = i;
        for (int j = 1; j <= right_count; j++) {
            int best = above[j - 1] + (left[i - 1] != right[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = here[j - 1] + 1 < best ? here[j - 1] + 1 : best;
            here[j] = best;
        }
    }
    return rows[left_count & 1][right_count];
}

int gg_text_share(gg_str a, gg_str b) {
    for (size_t i = 0; i < a.size;) {
        uint32_t wanted = gg_utf8_next(a.data, a.size, &i);
        if (gg_is_blank(wanted)) {
            continue;
        }
        for (size_t j = 0; j < b.size;) {
            if (gg_utf8_next(b.data, b.size, &j) == wanted) {
                return 1;
            }
        }
    }
    return 0;
}
