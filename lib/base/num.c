/* SPDX-License-Identifier: Apache-2.0 */
/* Exact integers. A failed call leaves *out as it was; nothing wraps, nothing goes through a binary
 * fraction.
 *
 * gg_mul_div forms the 128-bit product of the magnitudes from four 32-bit halves (Knuth, TAOCP
 * 2, 4.3.1, algorithm M) and divides it by a 64-bit number bit by bit; the rounding looks at the
 * exact remainder, so the result is right for every input. Decimals are read digit by digit into a
 * 64-bit magnitude. */
#include "base/num.h"

#define MAGNITUDE_LIMIT                                                                            \
    ((uint64_t)1 << 63) /* of a negative number; a positive one has one less                       \
                         */
#define SCALE_LIMIT 18

int gg_add(int64_t *out, int64_t a, int64_t b) {
    if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b) {
        return -1;
    }
    *out = a + b;
    return 0;
}

int gg_sub(int64_t *out, int64_t a, int64_t b) {
    if (b < 0 ? a > INT64_MAX + b : a < INT64_MIN + b) {
        return -1;
    }
    *out = a - b;
    return 0;
}

static uint64_t magnitude(int64_t value) {
    return value < 0 ? (uint64_t) - (value + 1) + 1 : (uint64_t)value;
}

/* The number of that magnitude and sign; -1 if there is none. */
static int signed_of(int64_t *out, uint64_t size, int negative) {
    if (size > MAGNITUDE_LIMIT || (size == MAGNITUDE_LIMIT && !negative)) {
        return -1;
    }
    if (!negative) {
        *out = (int64_t)size;
    } else {
        *out = size == 0 ? 0 : -(int64_t)(size - 1) - 1;
    }
    return 0;
}

/* a·b as high·2^64 + low. */
static void product(uint64_t *high, uint64_t *low, uint64_t a, uint64_t b) {
    const uint64_t mask = 0xFFFFFFFFu;
    uint64_t a0 = a & mask;
    uint64_t a1 = a >> 32;
    uint64_t b0 = b & mask;
    uint64_t b1 = b >> 32;
    uint64_t low_part = a0 * b0;
    uint64_t middle = a1 * b0 + (low_part >> 32);
    uint64_t middle_low = (middle & mask) + a0 * b1;
    *high = a1 * b1 + (middle >> 32) + (middle_low >> 32);
    *low = middle_low << 32 | (low_part & mask);
}

int gg_mul(int64_t *out, int64_t a, int64_t b) {
    uint64_t high;
    uint64_t low;
    if (a >= INT32_MIN && a <= INT32_MAX && b >= INT32_MIN && b <= INT32_MAX) {
        *out = a * b; // most numbers are small
        return 0;
    }
    product(&high, &low, magnitude(a), magnitude(b));
    if (high != 0) {
        return -1;
    }
    return signed_of(out, low, (a < 0) != (b < 0));
}

/* Quotient and remainder of high·2^64 + low by divisor; high < divisor, so the quotient fits. */
static uint64_t divide(uint64_t *remainder, uint64_t high, uint64_t low, uint64_t divisor) {
    uint64_t quotient = 0;
    uint64_t rest = high;
    if (high == 0) {
        *remainder = low % divisor;
        return low / divisor;
    }
    for (int bit = 63; bit >= 0; bit--) {
        int carry = (int)(rest >> 63);
        rest = rest << 1 | (low >> bit & 1);
        quotient <<= 1;
        if (carry || rest >= divisor) {
            rest -= divisor;
            quotient |= 1;
        }
    }
    *remainder = rest;
    return quotient;
}

int gg_mul_div(int64_t *out, int64_t a, int64_t b, int64_t c) {
    uint64_t high;
    uint64_t low;
    uint64_t rest;
    uint64_t divisor = magnitude(c);
    product(&high, &low, magnitude(a), magnitude(b));
    if (divisor == 0 || high >= divisor) {
        return -1;
    }
    uint64_t quotient = divide(&rest, high, low, divisor);
    if (rest >= divisor - rest) {
        if (quotient == UINT64_MAX) {
            return -1;
        }
        quotient++;
    }
    return signed_of(out, quotient, ((a < 0) != (b < 0)) != (c < 0));
}

int gg_mul_div_rest(int64_t *out, int *rest, int64_t a, int64_t b, int64_t c) {
    uint64_t high;
    uint64_t low;
    uint64_t left;
    int64_t result;
    uint64_t divisor = magnitude(c);
    product(&high, &low, magnitude(a), magnitude(b));
    if (divisor == 0 || high >= divisor) {
        return -1;
    }
    uint64_t quotient = divide(&left, high, low, divisor);
    if (signed_of(&result, quotient, ((a < 0) != (b < 0)) != (c < 0)) != 0) {
        return -1;
    }
    *out = result;
    *rest = left == 0 ? 0 : left < divisor - left ? 1 : left == divisor - left ? 2 : 3;
    return 0;
}

/* Digit 0–9 at *offset, ASCII or full-width, which is passed; -1 if there is none. */
static int digit_at(gg_str text, size_t *offset) {
    if (*offset >= text.size) {
        return -1;
    }
    size_t next = *offset;
    uint32_t point = gg_utf8_next(text.data, text.size, &next);
    int digit = -1;
    if (point >= '0' && point <= '9') {
        digit = (int)(point - '0');
    } else if (point >= 0xFF10 && point <= 0xFF19) {
        digit = (int)(point - 0xFF10);
    }
    if (digit >= 0) {
        *offset = next;
    }
    return digit;
}

/* 1 and past it if the character at *offset is one of the two. */
static int passes(gg_str text, size_t *offset, uint32_t ascii, uint32_t full_width) {
    size_t next = *offset;
    if (next >= text.size) {
        return 0;
    }
    uint32_t point = gg_utf8_next(text.data, text.size, &next);
    if (point != ascii && point != full_width) {
        return 0;
    }
    *offset = next;
    return 1;
}

/* Past an optional sign; 1 if it is a minus. */
static int sign_at(gg_str text, size_t *offset) {
    if (passes(text, offset, '-', 0x2212) || passes(text, offset, 0xFF0D, 0xFF0D)) {
        return 1;
    }
    (void)passes(text, offset, '+', 0xFF0B);
    return 0;
}

/* total·10 + digit; -1 beyond any int64. */
static int push_digit(uint64_t *total, int digit) {
    if (*total > (MAGNITUDE_LIMIT - (uint64_t)digit) / 10) {
        return -1;
    }
    *total = *total * 10 + (uint64_t)digit;
    return 0;
}

int gg_int_parse(int64_t *out, gg_str text) {
    gg_str body = gg_text_trim(text);
    size_t offset = 0;
    uint64_t total = 0;
    int negative = sign_at(body, &offset);
    if (offset >= body.size) {
        return -1;
    }
    while (offset < body.size) {
        int digit = digit_at(body, &offset);
        if (digit < 0 || push_digit(&total, digit) != 0) {
            return -1;
        }
    }
    return signed_of(out, total, negative);
}

/* The whole part: digits, or groups of three behind commas. Count of digits, or -1. */
static int whole_part(uint64_t *total, gg_str text, size_t *offset) {
    int digits = 0; // of all, capped: only none, one to three, and more matter
    int group = 0;  // since the last comma
    int commas = 0;
    for (;;) {
        int digit = digit_at(text, offset);
        if (digit >= 0) {
            if (push_digit(total, digit) != 0) {
                return -1;
            }
            digits = digits < 4 ? digits + 1 : digits;
            group = group < 4 ? group + 1 : group;
            continue;
        }
        if (!passes(text, offset, ',', 0xFF0C)) {
            break;
        }
        if (commas ? group != 3 : digits < 1 || digits > 3) {
            return -1;
        }
        commas = 1;
        group = 0;
    }
    return commas && group != 3 ? -1 : digits;
}

/* Digits after the point into total, which ends in 10^-scale units; *extra is the first digit
 * beyond scale, 0 if none, and *longer tells whether any stood there. Count of digits, capped, or
 * -1. */
static int fraction_part(uint64_t *total, int *extra, int *longer, gg_str text, size_t *offset,
                         int scale) {
    int count = 0;
    for (int digit = digit_at(text, offset); digit >= 0; digit = digit_at(text, offset)) {
        if (count < scale) {
            if (push_digit(total, digit) != 0) {
                return -1;
            }
            count++;
            continue;
        }
        *extra = *longer ? *extra : digit;
        *longer = 1;
    }
    for (int i = count; i < scale; i++) {
        if (push_digit(total, 0) != 0) {
            return -1;
        }
    }
    return count + *longer;
}

static int decimal(int64_t *out, gg_str text, int scale, int round) {
    if (scale < 0 || scale > SCALE_LIMIT) {
        return -1;
    }
    gg_str body = gg_text_trim(text);
    size_t offset = 0;
    uint64_t total = 0;
    int extra = 0;
    int longer = 0;
    int negative = sign_at(body, &offset);
    int whole = whole_part(&total, body, &offset);
    int point = whole >= 0 && passes(body, &offset, '.', 0xFF0E);
    if (whole < 0 || (whole == 0 && !point)) {
        return -1;
    }
    int fraction = fraction_part(&total, &extra, &longer, body, &offset, point ? scale : 0);
    if (fraction < 0 || (point && fraction == 0) || (longer && !round) || offset != body.size) {
        return -1;
    }
    for (int i = 0; !point && i < scale; i++) {
        if (push_digit(&total, 0) != 0) {
            return -1;
        }
    }
    total += extra >= 5; // at most 2^63 + 1, which signed_of refuses
    return signed_of(out, total, negative);
}

int gg_decimal_parse(int64_t *out, gg_str text, int scale) {
    return decimal(out, text, scale, 0);
}

int gg_decimal_parse_round(int64_t *out, gg_str text, int scale) {
    return decimal(out, text, scale, 1);
}

size_t gg_int_format(char *buffer, int64_t value) {
    return gg_decimal_format(buffer, value, 0, 0);
}

size_t gg_decimal_format(char *buffer, int64_t value, int scale, int min_decimals) {
    char digits[24]; // from the last digit on
    int places = scale < 0 ? 0 : scale > SCALE_LIMIT ? SCALE_LIMIT : scale;
    int least = min_decimals < 0 ? 0 : min_decimals > places ? places : min_decimals;
    int count = 0;
    uint64_t rest = magnitude(value);
    while (rest != 0 || count <= places) {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    int last = 0;
    while (places - last > least && digits[last] == '0') {
        last++;
    }
    size_t size = 0;
    if (value < 0) {
        buffer[size++] = '-';
    }
    for (int i = count - 1; i >= last; i--) {
        buffer[size++] = digits[i];
        if (i == places && i > last) {
            buffer[size++] = '.';
        }
    }
    buffer[size] = '\0';
    return size;
}
