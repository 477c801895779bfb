/* SPDX-License-Identifier: Apache-2.0 */
/* A spreadsheet keeps doubles and shows 15 digits of them: 2.3 is stored as 2.2999999999999998.
 * What a reader saw when it was typed is meant, so a number is rounded half up to 15 significant
 * digits; whole numbers that are written as digits alone keep all of them, for they may be codes.
 *
 * A date is a count of days with a fraction (ECMA-376 part 1, 18.17.4). The fraction becomes
 * seconds with one rounding, half up. A day behind a format of times alone is not lost: the cell is
 * written with it. In the 1900 system day 60 is 1900-02-29, which never was; it
 * is written like that, and the days before count from 1899-12-31. What no calendar has (below 0,
 * beyond 9999) stays a number.
 *
 * A double's value is exact in decimal: mantissa · 2^e is worked out in a long integer of 10^9
 * digits and cut to 17 digits with one rounding, half up, which is enough to tell any two doubles
 * apart. */
#include "cell_number.h"

#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

#define SIGNIFICANT 15
#define SIGNIFICANT_BITS 17
#define PLAIN_MAX                                                                                  \
    31 /* digits before or zeros behind the point, beyond which an exponent is written */
#define DAY_SCALE 11 /* a day is 10^11 units, 0.86 microseconds each */
#define DAY_UNITS INT64_C(100000000000)
#define DAY_SECONDS 86400
#define EPOCH_1900 25569 /* serial of 1970-01-01 */
#define EPOCH_1904 24107
#define LEAP_BUG 60
#define LAST_SERIAL 2958465 /* 9999-12-31 */

/* Drop zeros at both ends, so that equal numbers look alike. */
static void normalise(gg_decimal *d) {
    int from = 0;
    while (from < d->count && d->digits[from] == 0) {
        from++;
    }
    memmove(d->digits, d->digits + from, (size_t)(d->count - from));
    d->count -= from;
    d->point -= from;
    while (d->count > 0 && d->digits[d->count - 1] == 0) {
        d->count--;
    }
    if (d->count == 0) {
        d->point = 0;
        d->negative = 0;
    }
}

/* Round to the first `keep` digits (0 or below: to nothing or to one unit), half up. */
static void round_to(gg_decimal *d, int keep) {
    int carry, i;
    if (keep >= d->count) {
        return;
    }
    carry = keep >= 0 && d->digits[keep] >= 5;
    d->count = keep > 0 ? keep : 0;
    for (i = d->count - 1; i >= 0 && carry; i--) {
        carry = d->digits[i] == 9;
        d->digits[i] = carry ? 0 : (unsigned char)(d->digits[i] + 1);
    }
    if (carry) {
        memmove(d->digits + 1, d->digits, (size_t)d->count);
        d->digits[0] = 1;
        d->count++;
        d->point++;
    }
    normalise(d);
}

/* The exponent behind an E; −1 if it is none. */
static int read_exponent(int *out, gg_str text) {
    int value = 0, negative = 0;
    size_t i = 0;
    if (i < text.size && (text.data[i] == '+' || text.data[i] == '-')) {
        negative = text.data[i++] == '-';
    }
    if (i == text.size || text.size - i > 4) {
        return -1;
    }
    for (; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return -1;
        }
        value = value * 10 + (text.data[i] - '0');
    }
    *out = negative ? -value : value;
    return 0;
}

int gg_decimal_of_text(gg_decimal *out, gg_str text) {
    gg_decimal d = {0};
    int seen = 0, behind = 0, exponent = 0, dropped = 0;
    size_t i = 0;
    if (i < text.size && (text.data[i] == '-' || text.data[i] == '+')) {
        d.negative = text.data[i++] == '-';
    }
    d.whole = 1;
    for (; i < text.size && text.data[i] != 'e' && text.data[i] != 'E'; i++) {
        char c = text.data[i];
        if (c == '.' && !behind) {
            behind = 1;
            d.whole = 0;
        } else if (c < '0' || c > '9') {
            return -1;
        } else {
            seen = 1;
            d.point += !behind && (d.count > 0 || c != '0');
            d.point -= behind && d.count == 0 && c == '0';
            dropped |= d.count == GG_DECIMAL_DIGITS;
            if (d.count < GG_DECIMAL_DIGITS && (d.count > 0 || c != '0')) {
                d.digits[d.count++] = (unsigned char)(c - '0');
            }
        }
    }
    if (i < text.size) {
        d.whole = 0;
        if (read_exponent(&exponent, gg_str_make(text.data + i + 1, text.size - i - 1)) != 0) {
            return -1;
        }
    }
    if (!seen) {
        return -1;
    }
    d.whole &= !dropped;
    d.point += exponent;
    normalise(&d);
    *out = d;
    return 0;
}

#define LIMBS                                                                                      \
    130 /* of 9 digits: 2^1024 has 309, 2^-1074 has 767 significant ones and 1074 in all */
#define LIMB 1000000000U

/* A long integer, least limb first. */
typedef struct long_int {
    uint32_t limb[LIMBS];
    int count;
} long_int;

static void multiply(long_int *n, uint32_t factor) {
    uint64_t carry = 0;
    for (int i = 0; i < n->count; i++) {
        carry += (uint64_t)n->limb[i] * factor;
        n->limb[i] = (uint32_t)(carry % LIMB);
        carry /= LIMB;
    }
    while (carry > 0) {
        n->limb[n->count++] = (uint32_t)(carry % LIMB);
        carry /= LIMB;
    }
}

/* n · base^power, twelve factors at a time. */
static void raise_to(long_int *n, uint32_t base, int power) {
    while (power > 0) {
        uint32_t factor = 1;
        for (int i = 0; i < 12 && power > 0; i++, power--) {
            factor *= base;
        }
        multiply(n, factor);
    }
}

/* The leading digits of a long integer, and how many it has. */
static void take_digits(gg_decimal *d, const long_int *n) {
    int total = 0;
    for (int i = n->count - 1; i >= 0; i--) {
        uint32_t unit = LIMB / 10;
        for (int k = 0; k < 9; k++, unit /= 10) {
            unsigned char digit = (unsigned char)(n->limb[i] / unit % 10);
            if (total == 0 && digit == 0) {
                continue;
            }
            if (d->count < GG_DECIMAL_DIGITS) {
                d->digits[d->count++] = digit;
            }
            total++;
        }
    }
    d->point = total;
}

int gg_decimal_of_bits(gg_decimal *out, uint64_t bits) {
    int exponent = (int)(bits >> 52 & 0x7FF);
    uint64_t mantissa = bits & ((UINT64_C(1) << 52) - 1);
    gg_decimal d = {.negative = (int)(bits >> 63)};
    long_int n = {.count = 0};
    if (exponent == 0x7FF) {
        return -1;
    }
    mantissa |= exponent > 0 ? UINT64_C(1) << 52 : 0;
    exponent = (exponent > 0 ? exponent : 1) - 1075;
    while (mantissa > 0 && (mantissa & 1) == 0 && exponent < 0) {
        mantissa >>= 1; // fewer steps below
        exponent++;
    }
    for (uint64_t left = mantissa; left > 0; left /= LIMB) {
        n.limb[n.count++] = (uint32_t)(left % LIMB);
    }
    raise_to(&n, 2, exponent > 0 ? exponent : 0);
    raise_to(&n, 5, exponent < 0 ? -exponent : 0); // m · 2^-k = m · 5^k · 10^-k
    take_digits(&d, &n);
    d.point += exponent < 0 ? exponent : 0;
    round_to(&d, SIGNIFICANT_BITS);
    normalise(&d);
    *out = d;
    return 0;
}

void gg_decimal_of_int(gg_decimal *out, int64_t value, int hundredths) {
    char text[GG_NUM_TEXT_SIZE];
    size_t size = gg_int_format(text, value);
    (void)gg_decimal_of_text(out, gg_str_make(text, size));
    out->point -= hundredths && out->count > 0 ? 2 : 0;
    out->whole = !hundredths;
}

static void put_digits(gg_buf *out, const gg_decimal *d, int from, int to) {
    for (int i = from; i < to; i++) {
        gg_buf_byte(out, i >= 0 && i < d->count ? (char)('0' + d->digits[i]) : '0');
    }
}

/* Digits with a point, and at least `decimals` behind it. */
static void put_plain(gg_buf *out, const gg_decimal *d, int decimals) {
    int behind = d->count - d->point > decimals ? d->count - d->point : decimals;
    if (d->negative) {
        gg_buf_byte(out, '-');
    }
    if (d->point <= 0) {
        gg_buf_byte(out, '0');
    }
    put_digits(out, d, 0, d->point);
    if (behind > 0) {
        gg_buf_byte(out, '.');
        put_digits(out, d, d->point, d->point + behind);
    }
}

static void put_general(gg_buf *out, const gg_decimal *number) {
    gg_decimal d = *number;
    if (!d.whole) {
        round_to(&d, SIGNIFICANT);
    }
    if (d.point <= GG_DECIMAL_DIGITS && d.point <= (d.whole ? GG_DECIMAL_DIGITS : PLAIN_MAX) &&
        d.point >= -PLAIN_MAX) {
        put_plain(out, &d, 0);
        return;
    }
    int exponent = d.point - 1;
    d.point = 1;
    put_plain(out, &d, 0);
    gg_buf_text(out, exponent < 0 ? "E" : "E+");
    gg_buf_int(out, exponent);
}

/* Rounded to what the format shows, "-0.0" becoming "0.0". */
static void put_fixed(gg_buf *out, const gg_decimal *number, int decimals) {
    gg_decimal d = *number;
    round_to(&d, SIGNIFICANT);
    round_to(&d, d.point + decimals);
    put_plain(out, &d, decimals);
}

/* A whole number with zeros in front up to so many digits; any other as it is. */
static void put_code(gg_buf *out, const gg_decimal *number, int digits) {
    if (number->negative || number->count > number->point || number->point > digits) {
        put_general(out, number);
        return;
    }
    for (int i = number->point; i < digits; i++) {
        gg_buf_byte(out, '0');
    }
    put_digits(out, number, 0, number->point);
}

/* The number in units of 10^-DAY_SCALE, if it is a day of the calendar. */
static int day_units(int64_t *out, const gg_decimal *number) {
    gg_decimal d = *number;
    int64_t value = 0;
    if (d.negative || d.point > 7) {
        return -1;
    }
    round_to(&d, d.point + DAY_SCALE);
    for (int i = 0; i < d.point + DAY_SCALE; i++) {
        value = value * 10 + (i < d.count ? d.digits[i] : 0);
    }
    *out = value;
    return value / DAY_UNITS <= LAST_SERIAL ? 0 : -1;
}

static void put_two(gg_buf *out, int64_t value) {
    if (value < 10) {
        gg_buf_byte(out, '0');
    }
    gg_buf_int(out, value);
}

static void put_clock(gg_buf *out, int64_t seconds) {
    put_two(out, seconds / 3600);
    gg_buf_byte(out, ':');
    put_two(out, seconds / 60 % 60);
    gg_buf_byte(out, ':');
    put_two(out, seconds % 60);
}

static void put_day(gg_buf *out, int64_t serial, const gg_cell_style *style) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    int64_t day = serial - EPOCH_1900 + (serial < LEAP_BUG);
    if (style->date_1904) {
        day = serial - EPOCH_1904;
    } else if (serial == LEAP_BUG) {
        gg_buf_text(out, "1900-02-29");
        return;
    }
    if (gridgov_day_format(text, (gridgov_day)day) == GRIDGOV_OK) {
        gg_buf_text(out, text);
    }
}

/* 1 if the number was written as a date or time. */
static int put_moment(gg_buf *out, const gg_decimal *number, int kind, const gg_cell_style *style) {
    int64_t units, serial, seconds;
    if (day_units(&units, number) != 0) {
        return 0;
    }
    serial = units / DAY_UNITS;
    (void)gg_mul_div(&seconds, units % DAY_UNITS, DAY_SECONDS, DAY_UNITS);
    if (kind == GG_FORMAT_DURATION) {
        put_clock(out, serial * DAY_SECONDS + seconds);
        return 1;
    }
    serial += seconds / DAY_SECONDS;
    seconds %= DAY_SECONDS;
    if (serial == 0 && !style->date_1904 && kind == GG_FORMAT_DATE && seconds == 0) {
        return 0; // no day at all
    }
    if (kind == GG_FORMAT_TIME ? serial == 0 || style->printed
                               : serial == 0 && !style->date_1904 && kind != GG_FORMAT_DATE) {
        put_clock(out, seconds);
        return 1;
    }
    put_day(out, serial, style);
    if (kind != GG_FORMAT_DATE || seconds > 0) {
        gg_buf_byte(out, ' ');
        put_clock(out, seconds);
    }
    return 1;
}

static int is_positive(const gg_decimal *number) {
    return number->count > 0 && !number->negative;
}

void gg_put_number(gg_buf *out, const gg_decimal *number, gg_number_format format,
                   const gg_cell_style *style) {
    gg_decimal shifted = *number;
    switch (format.kind) {
    case GG_FORMAT_DATE:
    case GG_FORMAT_TIME:
    case GG_FORMAT_DATETIME:
    case GG_FORMAT_DURATION:
        if (!put_moment(out, number, format.kind, style)) {
            put_general(out, number);
        }
        return;
    case GG_FORMAT_PERCENT:
        round_to(&shifted, SIGNIFICANT);
        shifted.point += shifted.count > 0 ? 2 : 0;
        shifted.whole = 0;
        if (style->printed) {
            put_fixed(out, &shifted, format.decimals);
        } else {
            put_general(out, &shifted);
        }
        gg_buf_byte(out, '%');
        return;
    case GG_FORMAT_ZEROS:
        put_code(out, number, format.decimals);
        return;
    case GG_FORMAT_SIGNED:
    case GG_FORMAT_FIXED:
        if (style->printed) {
            gg_buf_text(out, format.kind == GG_FORMAT_SIGNED && is_positive(number) ? "+" : "");
            put_fixed(out, number, format.decimals);
            return;
        }
        break;
    default:
        break;
    }
    put_general(out, number);
}
