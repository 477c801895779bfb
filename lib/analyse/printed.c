/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as printed. A printed number keeps its decimals and its percent sign: "28.1" and "28.10"
 * are different claims.
 *
 * A share shown as p units of the last digit is a statement about an interval of ratios, and so,
 * for a known count n, about an interval of denominators D. With f = 100·10^decimals: half up    p
 * − ½ ≤ n·f/D < p + ½     D from ⌊2nf/(2p + 1)⌋ + 1 to ⌊2nf/(2p − 1)⌋ truncate   p ≤ n·f/D < p + 1
 * D from ⌊nf/(p + 1)⌋ + 1 to ⌊nf/p⌋ half even  as half up, with both ends in for an even p and both
 * out for an odd one Quotients are exact (gg_mul_div_rest), so every integer that fits lies in the
 * interval and no other does. */
#include "printed.h"

#include "base/num.h"

#include <string.h>

#define DIGITS_MAX 15

int64_t gg_power_of_ten(int32_t exponent) {
    int64_t power = 1;
    for (int32_t i = 0; i < exponent; i++) {
        power *= 10;
    }
    return power;
}

static int is_digit(gg_str text, size_t offset) {
    return offset < text.size && text.data[offset] >= '0' && text.data[offset] <= '9';
}

/* A comma with exactly three digits behind it, after one to three digits or another group. */
static int is_group(gg_str text, size_t comma) {
    return comma < text.size && text.data[comma] == ',' && is_digit(text, comma + 1) &&
           is_digit(text, comma + 2) && is_digit(text, comma + 3) && !is_digit(text, comma + 4);
}

size_t gg_printed_digits(gg_printed *out, gg_str text, size_t offset) {
    gg_printed number = {0};
    size_t at = offset;
    int digits = 0;
    while (is_digit(text, at) && digits <= DIGITS_MAX) {
        number.value = number.value * 10 + (text.data[at++] - '0');
        digits++;
    }
    if (digits == 0 || digits > DIGITS_MAX) {
        return offset;
    }
    if (digits <= 3) {
        while (is_group(text, at) && digits + 3 <= DIGITS_MAX) {
            for (size_t i = at + 1; i <= at + 3; i++) {
                number.value = number.value * 10 + (text.data[i] - '0');
            }
            digits += 3;
            at += 4;
        }
    }
    if (at < text.size && text.data[at] == '.' && is_digit(text, at + 1)) {
        at++;
        while (is_digit(text, at) && digits < DIGITS_MAX && number.decimals < 9) {
            number.value = number.value * 10 + (text.data[at++] - '0');
            number.decimals++;
            digits++;
        }
        if (is_digit(text, at) || number.decimals == 0 ||
            (at < text.size && text.data[at] == '.' && is_digit(text, at + 1))) {
            return offset; // too long, or a date or version such as 2021.9.30
        }
    }
    *out = number;
    return at;
}

static size_t skip_blanks(gg_str text, size_t offset) {
    while (offset < text.size && text.data[offset] == ' ') {
        offset++;
    }
    return offset;
}

/* Behind word if it stands at offset, else 0. */
static size_t past(gg_str text, size_t offset, const char *word) {
    size_t size = strlen(word);
    if (offset + size > text.size || memcmp(text.data + offset, word, size) != 0) {
        return 0;
    }
    return offset + size;
}

size_t gg_printed_read(gg_printed *out, gg_str text, size_t offset) {
    static const struct {
        const char *word;
        int32_t mark, myriads;
    } suffixes[] = {{"%", GG_MARK_PERCENT, 0},
                    {"‰", GG_MARK_PERMILLE, 0},
                    {"万", GG_MARK_NONE, 4},
                    {"亿", GG_MARK_NONE, 8}};
    size_t end = gg_printed_digits(out, text, offset);
    if (end == offset) {
        return offset;
    }
    size_t next = skip_blanks(text, end);
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        size_t behind = past(text, next, suffixes[i].word);
        if (behind != 0) {
            out->mark = suffixes[i].mark;
            out->myriads = suffixes[i].myriads;
            return behind;
        }
    }
    return end;
}

/* Sign, arrow or word of direction at *offset, which is passed: −1, +1, or 0 for none. */
static int direction_at(gg_str text, size_t *offset) {
    static const struct {
        const char *word;
        int direction;
    } words[] = {{"+", 1},     {"-", -1},    {"↑", 1},     {"↓", -1},    {"▲", 1},
                 {"▼", -1},    {"上升", 1},  {"增长", 1},  {"增加", 1},  {"提高", 1},
                 {"下降", -1}, {"减少", -1}, {"降低", -1}, {"回落", -1}, {"上涨", 1}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t behind = past(text, *offset, words[i].word);
        if (behind != 0) {
            *offset = skip_blanks(text, behind);
            return words[i].direction;
        }
    }
    return 0;
}

/* A cell that says "nothing": a stroke, dashes, 无. */
static int is_nothing(gg_str cell) {
    static const char *const words[] = {"/",  "-",  "--",  "---", "—",  "——",    "–",
                                        "\\", "//", "N/A", "n/a", "无", "无数据"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (gg_str_equal(cell, gg_str_of(words[i]))) {
            return 1;
        }
    }
    return 0;
}

/* What stands behind the number may be a measure word, or the "(满分40)" of a total out of fewer
 * points; "12网格" is a name. */
static int is_unit(gg_str rest) {
    static const char *const units[] = {
        "",   "件", "条", "宗",   "个",   "起",   "次",   "分",   "人", "户", "名",    "处", "项",
        "例", "元", "天", "小时", "分钟", "公里", "人次", "件次", "票", "单", "家",    "辆", "张",
        "份", "场", "所", "间",   "位",   "座",   "只",   "批",   "年", "吨", "points"};
    if (past(rest, 0, "(满分") != 0) {
        return 1;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (gg_str_equal(rest, gg_str_of(units[i]))) {
            return 1;
        }
    }
    return 0;
}

int gg_printed_cell(gg_printed *out, gg_str *unit_out, gg_str cell) {
    gg_printed number = {0};
    size_t offset = 0;
    *unit_out = gg_str_make("", 0);
    if (cell.size == 0) {
        return GG_CELL_BLANK;
    }
    if (is_nothing(cell)) {
        return GG_CELL_NONE;
    }
    if (cell.size > 64) {
        return GG_CELL_TEXT;
    }
    int direction = direction_at(cell, &offset);
    size_t from = offset;
    offset = gg_printed_read(&number, cell, offset);
    if (offset == from) {
        return GG_CELL_TEXT;
    }
    offset = skip_blanks(cell, offset);
    if (direction == 0) {
        static const char *const arrows[] = {"↑", "↓", "▲", "▼"};
        for (size_t i = 0; i < 4 && direction == 0; i++) {
            if (past(cell, offset, arrows[i]) != 0) {
                direction = direction_at(cell, &offset);
            }
        }
    }
    gg_str rest = gg_text_trim(gg_str_make(cell.data + offset, cell.size - offset));
    if (!is_unit(rest)) {
        return GG_CELL_TEXT;
    }
    number.sign = direction != 0;
    number.value = direction < 0 ? -number.value : number.value;
    *unit_out = rest;
    *out = number;
    return GG_CELL_NUMBER;
}

size_t gg_printed_text(char *buffer, const gg_printed *printed, int64_t value) {
    static const char *const marks[] = {"", "%", "‰"};
    size_t size = 0;
    if (printed->sign && value > 0) {
        buffer[size++] = '+';
    }
    size += gg_decimal_format(buffer + size, value, printed->decimals, printed->decimals);
    const char *behind = printed->myriads == 4 ? "万" : printed->myriads == 8 ? "亿" : "";
    for (int i = 0; i < 2; i++) {
        size_t length = strlen(behind);
        memcpy(buffer + size, behind, length);
        size += length;
        behind = marks[printed->mark];
    }
    buffer[size] = '\0';
    return size;
}

int gg_ratio_round(int64_t *out, int64_t num, int64_t den, int64_t factor, int32_t rounding) {
    int64_t quotient;
    int rest;
    if (gg_mul_div_rest(&quotient, &rest, num, factor, den) != 0) {
        return -1;
    }
    int up = 0;
    if (rounding == GRIDGOV_ROUNDING_HALF_UP) {
        up = rest >= 2;
    } else if (rounding == GRIDGOV_ROUNDING_HALF_EVEN) {
        up = rest == 3 || (rest == 2 && quotient % 2 != 0);
    }
    int negative = ((num < 0) != (factor < 0)) != (den < 0);
    return gg_add(out, quotient, up ? (negative ? -1 : 1) : 0);
}

/* ⌊a·b/c⌋, or ⌈a·b/c⌉ − 1 for the strict bound; INT64_MAX where it does not fit or c is not
 * positive. */
static int64_t quotient_below(int64_t a, int64_t b, int64_t c, int strict) {
    int64_t quotient;
    int rest;
    if (c <= 0 || gg_mul_div_rest(&quotient, &rest, a, b, c) != 0) {
        return INT64_MAX;
    }
    return strict && rest == 0 ? quotient - 1 : quotient;
}

void gg_ratio_denominators(int64_t *low, int64_t *high, int64_t num, int64_t shown, int64_t factor,
                           int32_t rounding) {
    int64_t least;
    *low = 1;
    *high = 0;
    if (num < 1 || shown < 0 || shown > INT64_MAX / 4 || factor < 1 || factor > INT64_MAX / 4) {
        return;
    }
    if (rounding == GRIDGOV_ROUNDING_TRUNCATE) {
        *high = quotient_below(num, factor, shown, 0);
        least = quotient_below(num, factor, shown + 1, 0);
    } else {
        int even = rounding == GRIDGOV_ROUNDING_HALF_EVEN;
        int odd = shown % 2 != 0;
        *high = quotient_below(num, 2 * factor, 2 * shown - 1, even && odd);
        least = quotient_below(num, 2 * factor, 2 * shown + 1, even && !odd);
    }
    // One that leaves the range leaves nothing; the strict bound of a tie is itself excluded below.
    *low = least == INT64_MAX ? INT64_MAX : least + 1;
    if (*low < 1) {
        *low = 1;
    }
    if (*low > *high) {
        *low = 1;
        *high = 0;
    }
}
