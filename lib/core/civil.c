/* SPDX-License-Identifier: Apache-2.0 */
/* Civil dates and times without a time-zone database. Days and dates are turned into each other by
 * Howard Hinnant's algorithms days_from_civil and civil_from_days ("chrono-Compatible Low-Level
 * Date Algorithms"), which count in eras of 400 years beginning on 1 March, so that the leap day
 * comes last; they are exact for every proleptic Gregorian date.
 *
 * Reading first folds the text into a short buffer of its own: blanks trimmed and made one,
 * full-width forms made ASCII. What is longer than any date, or holds control characters, is none.
 * A reader then goes over the buffer once, so hostile text costs a bounded amount. Leap seconds
 * (:60) and 24:00 name moments twice and are refused. */
#include <gridgov/civil.h>

#include "base/error.h"
#include "base/num.h"
#include "base/text.h"

#include <string.h>

#define FOLDED_SIZE 96      /* bytes; the longest form with a long fraction needs about 60 */
#define DAY_FIRST (-719162) /* 0001-01-01 */
#define DAY_LAST 2932896    /* 9999-12-31 */
#define DAY_SECONDS 86400
#define OFFSET_LIMIT 1440 /* minutes */
#define ERA_DAYS 146097   /* 400 years */

/* A date and time as written. */
typedef struct stamp {
    int32_t year, month, day;
    int32_t hour, minute, second;
    int32_t offset; /* minutes east of UTC */
} stamp;

/* Text being read: data[at, size). */
typedef struct reader {
    char data[FOLDED_SIZE];
    size_t size, at;
} reader;

static int32_t day_of(int32_t year, int32_t month, int32_t day) {
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t era = (y >= 0 ? y : y - 399) / 400;
    int32_t year_of_era = y - era * 400;
    int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - 719468;
}

static void date_of(stamp *out, int32_t days) {
    int32_t shifted = days + 719468;
    int32_t era = (shifted >= 0 ? shifted : shifted - (ERA_DAYS - 1)) / ERA_DAYS;
    int32_t day_of_era = shifted - era * ERA_DAYS;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t march_month = (5 * day_of_year + 2) / 153;
    out->day = day_of_year - (153 * march_month + 2) / 5 + 1;
    out->month = march_month < 10 ? march_month + 3 : march_month - 9;
    out->year = year_of_era + era * 400 + (out->month <= 2);
}

static int32_t month_days(int32_t year, int32_t month) {
    static const int32_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static int is_date(const stamp *s) {
    return s->year >= 1 && s->year <= 9999 && s->month >= 1 && s->month <= 12 && s->day >= 1 &&
           s->day <= month_days(s->year, s->month);
}

static int is_stamp(const stamp *s) {
    return is_date(s) && s->hour >= 0 && s->hour <= 23 && s->minute >= 0 && s->minute <= 59 &&
           s->second >= 0 && s->second <= 59;
}

static gridgov_time time_of(const stamp *s) {
    int64_t day = day_of(s->year, s->month, s->day);
    return day * DAY_SECONDS + s->hour * 3600 + s->minute * 60 + s->second -
           (int64_t)s->offset * 60;
}

/* Fold text into the reader; 0, or -1 if it cannot be a date. */
static int fold(reader *r, gg_str text) {
    gg_str body = gg_text_trim(text);
    int blank = 0;
    memset(r, 0, sizeof *r);
    for (size_t offset = 0; offset < body.size;) {
        const char byte = body.data[offset];
        if (byte > ' ' && byte < 0x7F && r->size + 4 <= sizeof r->data) { // as nearly all are
            r->data[r->size++] = byte;
            offset++;
            blank = 0;
            continue;
        }
        uint32_t point = gg_utf8_next(body.data, body.size, &offset);
        int was_blank = blank;
        blank = gg_is_blank(point);
        if (blank && was_blank) {
            continue;
        }
        if (point >= 0xFF01 && point <= 0xFF5E) {
            point -= 0xFEE0;
        }
        point = blank ? ' ' : point == 0x2212 ? '-' : point; // U+2212 is the minus sign
        if (point < ' ' || point == 0x7F || r->size + 4 > sizeof r->data) {
            return -1;
        }
        r->size += gg_utf8_put(r->data + r->size, point);
    }
    return 0;
}

static int at_end(const reader *r) {
    return r->at == r->size;
}

/* Past text if it stands here, ASCII letters in either case. */
static int eat(reader *r, const char *text) {
    gg_str wanted = gg_str_of(text);
    if (r->size - r->at < wanted.size ||
        !gg_str_equal_nocase(gg_str_make(r->data + r->at, wanted.size), wanted)) {
        return 0;
    }
    r->at += wanted.size;
    return 1;
}

static size_t digits_here(const reader *r) {
    size_t count = 0;
    while (r->at + count < r->size && r->data[r->at + count] >= '0' &&
           r->data[r->at + count] <= '9') {
        count++;
    }
    return count;
}

/* A number of least to most digits; takes no more than most. 0 if there is none. */
static int number(int32_t *out, reader *r, size_t least, size_t most) {
    size_t count = digits_here(r);
    if (count < least) {
        return 0;
    }
    *out = 0;
    for (size_t i = 0; i < count && i < most; i++) {
        *out = *out * 10 + (r->data[r->at++] - '0');
    }
    return 1;
}

/* Year, month and day without separators, "20210905". */
static int compact_date(stamp *s, reader *r) {
    return number(&s->year, r, 4, 4) && number(&s->month, r, 2, 2) && number(&s->day, r, 2, 2);
}

/* The separator of a date, which must be the same twice. */
static int separator(char *out, reader *r, const char *allowed) {
    if (at_end(r) || strchr(allowed, r->data[r->at]) == NULL) {
        return 0;
    }
    *out = r->data[r->at++];
    return 1;
}

/* A date in any form; *chinese tells 年月日, behind which a time needs no blank. */
static int read_date(stamp *s, reader *r, int *chinese) {
    char first;
    char second;
    size_t digits = digits_here(r);
    *chinese = 0;
    if (digits == 8 || digits == 14) {
        return compact_date(s, r);
    }
    if (digits != 4 || !number(&s->year, r, 4, 4)) {
        return 0;
    }
    if (eat(r, "年")) {
        *chinese = 1;
        return number(&s->month, r, 1, 2) && eat(r, "月") && number(&s->day, r, 1, 2) &&
               (eat(r, "日") || eat(r, "号"));
    }
    return separator(&first, r, "-/.") && number(&s->month, r, 1, 2) &&
           separator(&second, r, "-/.") && first == second && number(&s->day, r, 1, 2);
}

/* Past a fraction of a second, which is cut. */
static int skip_fraction(reader *r) {
    size_t digits = digits_here(r);
    r->at += digits;
    return digits != 0;
}

/* 8时, 8时31分, 8点31分5秒: the hour is read already. */
static int chinese_time(stamp *s, reader *r) {
    if (digits_here(r) == 0) {
        return 1;
    }
    if (!number(&s->minute, r, 1, 2) || !eat(r, "分")) {
        return 0;
    }
    return digits_here(r) == 0 || (number(&s->second, r, 1, 2) && eat(r, "秒"));
}

static int read_clock(stamp *s, reader *r) {
    size_t digits = digits_here(r);
    if (digits == 4 || digits == 6) { // 0831, 083100
        return number(&s->hour, r, 2, 2) && number(&s->minute, r, 2, 2) &&
               (digits == 4 || number(&s->second, r, 2, 2));
    }
    if (digits > 2 || !number(&s->hour, r, 1, 2)) {
        return 0;
    }
    if (eat(r, "时") || eat(r, "点")) {
        return chinese_time(s, r);
    }
    if (!eat(r, ":") || !number(&s->minute, r, 1, 2)) {
        return 0;
    }
    if (!eat(r, ":")) {
        return 1;
    }
    if (!number(&s->second, r, 1, 2)) {
        return 0;
    }
    return eat(r, ".") || eat(r, ",") ? skip_fraction(r) : 1;
}

/* *afternoon is 1 if the hour is one after noon. */
static int half_day(int *afternoon, reader *r) {
    *afternoon = eat(r, "PM") || eat(r, "下午");
    return *afternoon || eat(r, "AM") || eat(r, "上午");
}

/* An hour of twelve to one of the day; an afternoon hour beyond twelve stays. */
static int fold_hour(stamp *s, int afternoon) {
    if (s->hour > 12) {
        return afternoon;
    }
    s->hour = s->hour % 12 + (afternoon ? 12 : 0);
    return 1;
}

/* A clock with its half of the day in front, 下午3:05, or behind, 3:05 PM, or without. */
static int read_time(stamp *s, reader *r) {
    int afternoon = 0;
    const int before = half_day(&afternoon, r);
    if (before) {
        (void)eat(r, " ");
    }
    if (!read_clock(s, r)) {
        return 0;
    }
    (void)eat(r, " ");
    return before || half_day(&afternoon, r) ? fold_hour(s, afternoon) : 1;
}

/* Z, UTC, +08:00, +0800 or +08 into the offset; 0 if what stands here is none of them. */
static int read_zone(stamp *s, reader *r) {
    int32_t hours;
    int32_t minutes = 0;
    if (eat(r, "UTC") || eat(r, "Z")) {
        s->offset = 0;
        return 1;
    }
    int west = eat(r, "-");
    if ((!west && !eat(r, "+")) || !number(&hours, r, 2, 2)) {
        return 0;
    }
    if ((eat(r, ":") || digits_here(r) > 0) && !number(&minutes, r, 2, 2)) {
        return 0;
    }
    if (hours > 23 || minutes > 59) {
        return 0;
    }
    s->offset = (west ? -1 : 1) * (hours * 60 + minutes);
    return 1;
}

/* Everything: a date, and perhaps a time and a zone. */
static int read_stamp(stamp *s, reader *r) {
    int chinese;
    size_t digits = digits_here(r);
    if (!read_date(s, r, &chinese)) {
        return 0;
    }
    if (at_end(r)) {
        return 1;
    }
    int blank = eat(r, " ") || eat(r, "T");
    if ((!blank && !chinese && digits != 14) || !read_time(s, r)) {
        return 0;
    }
    (void)eat(r, " ");
    return at_end(r) || (read_zone(s, r) && at_end(r));
}

static int offset_fits(int32_t minutes) {
    return minutes >= -OFFSET_LIMIT && minutes <= OFFSET_LIMIT;
}

gridgov_status gridgov_time_parse(gridgov_time *out, const char *text, size_t size,
                                  int32_t utc_offset_minutes, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = GRIDGOV_NO_TIME;
    if (text == NULL || !offset_fits(utc_offset_minutes)) {
        return gg_fail_arg(err, text == NULL ? "text" : "utc_offset_minutes");
    }
    reader r;
    stamp s = {.offset = utc_offset_minutes};
    if (fold(&r, gg_str_make(text, size)) != 0 || !read_stamp(&s, &r) || !is_stamp(&s)) {
        return gg_fail(err, GG_RULE_TIME, NULL, text, size, NULL, NULL);
    }
    *out = time_of(&s);
    return GRIDGOV_OK;
}

/* What a form's directives have given so far, one bit each. */
enum {
    SEEN_YEAR = 1,
    SEEN_MONTH = 2,
    SEEN_DAY = 4,
    SEEN_HOUR = 8,
    SEEN_MINUTE = 16,
    SEEN_SECOND = 32,
    SEEN_HALF = 64, /* AM or PM */
    SEEN_ZONE = 128,
    SEEN_FRACTION = 256,
    SEEN_TWELVE = 512 /* the hour counts to twelve */
};

static const struct {
    char letter;
    int seen; /* what it gives; no two of a form may give the same */
} directives[] = {
    {'Y', SEEN_YEAR},   {'y', SEEN_YEAR},
    {'m', SEEN_MONTH},  {'b', SEEN_MONTH},
    {'d', SEEN_DAY},    {'H', SEEN_HOUR},
    {'M', SEEN_MINUTE}, {'S', SEEN_SECOND},
    {'p', SEEN_HALF},   {'I', SEEN_HOUR | SEEN_TWELVE},
    {'z', SEEN_ZONE},   {'f', SEEN_FRACTION},
};

/* Is the form one that gives a date? A year is needed; a twelve-hour clock needs its half of the
 * day, and no other has one. */
static int is_form(const reader *form) {
    int seen = 0;
    for (size_t i = 0; i < form->size; i++) {
        if (form->data[i] != '%') {
            continue;
        }
        int gives = 0;
        i++;
        for (size_t k = 0; i < form->size && k < sizeof directives / sizeof directives[0]; k++) {
            gives |= directives[k].letter == form->data[i] ? directives[k].seen : 0;
        }
        if ((gives == 0 && (i >= form->size || form->data[i] != '%')) || (seen & gives) != 0) {
            return 0;
        }
        seen |= gives;
    }
    return (seen & SEEN_YEAR) != 0 && !(seen & SEEN_HALF) == !(seen & SEEN_TWELVE);
}

static int month_name(stamp *s, reader *r) {
    static const char *const names[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (int32_t i = 0; i < 12; i++) {
        if (eat(r, names[i])) {
            s->month = i + 1;
            return 1;
        }
    }
    return 0;
}

static int short_year(stamp *s, reader *r) {
    if (!number(&s->year, r, 2, 2)) {
        return 0;
    }
    s->year += s->year >= 70 ? 1900 : 2000;
    return 1;
}

static int read_directive(stamp *s, reader *r, char letter, int *afternoon) {
    switch (letter) {
    case 'Y':
        return number(&s->year, r, 4, 4);
    case 'y':
        return short_year(s, r);
    case 'm':
        return number(&s->month, r, 1, 2);
    case 'b':
        return month_name(s, r);
    case 'd':
        return number(&s->day, r, 1, 2);
    case 'I':
        return number(&s->hour, r, 1, 2) && s->hour >= 1 && s->hour <= 12;
    case 'H':
        return number(&s->hour, r, 1, 2);
    case 'M':
        return number(&s->minute, r, 1, 2);
    case 'S':
        return number(&s->second, r, 1, 2);
    case 'p':
        return half_day(afternoon, r);
    case 'z':
        return read_zone(s, r);
    case 'f':
        return skip_fraction(r);
    default: // '%': is_form() let nothing else through
        return eat(r, "%");
    }
}

static int read_form(stamp *s, reader *r, const reader *form) {
    int afternoon = -1; // no half of the day given
    for (size_t i = 0; i < form->size; i++) {
        if (form->data[i] == ' ') {
            (void)eat(r, " ");
        } else if (form->data[i] != '%') {
            if (at_end(r) || r->data[r->at] != form->data[i]) {
                return 0;
            }
            r->at++;
        } else if (!read_directive(s, r, form->data[++i], &afternoon)) {
            return 0;
        }
    }
    if (afternoon >= 0) {
        s->hour = s->hour % 12 + (afternoon ? 12 : 0);
    }
    return at_end(r);
}

gridgov_status gridgov_time_parse_form(gridgov_time *out, const char *form, const char *text,
                                       size_t size, int32_t utc_offset_minutes,
                                       gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = GRIDGOV_NO_TIME;
    reader pattern;
    if (form == NULL || fold(&pattern, gg_str_of(form)) != 0 || !is_form(&pattern)) {
        return gg_fail_arg(err, "form");
    }
    if (text == NULL || !offset_fits(utc_offset_minutes)) {
        return gg_fail_arg(err, text == NULL ? "text" : "utc_offset_minutes");
    }
    reader r;
    stamp s = {.month = 1, .day = 1, .offset = utc_offset_minutes};
    if (fold(&r, gg_str_make(text, size)) != 0 || !read_form(&s, &r, &pattern) || !is_stamp(&s)) {
        return gg_fail(err, GG_RULE_TIME_FORM, NULL, text, size, form, NULL);
    }
    *out = time_of(&s);
    return GRIDGOV_OK;
}

/* value in at least width digits. */
static char *put_number(char *at, int32_t value, int width) {
    for (int i = width - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return at + width;
}

static char *put_date(char *at, const stamp *s) {
    at = put_number(at, s->year, 4);
    *at++ = '-';
    at = put_number(at, s->month, 2);
    *at++ = '-';
    return put_number(at, s->day, 2);
}

gridgov_status gridgov_time_format(char *buffer, gridgov_time time, int32_t utc_offset_minutes) {
    if (buffer == NULL) {
        return GRIDGOV_EARG;
    }
    buffer[0] = '\0';
    if (!offset_fits(utc_offset_minutes)) {
        return GRIDGOV_EARG;
    }
    if (time == GRIDGOV_NO_TIME) {
        return GRIDGOV_OK;
    }
    gridgov_day day = gridgov_time_day(time, utc_offset_minutes);
    if (day == GRIDGOV_NO_DAY) {
        return GRIDGOV_ERANGE;
    }
    stamp s;
    int32_t second = (int32_t)(time - gridgov_day_start(day, utc_offset_minutes));
    int32_t east = utc_offset_minutes < 0 ? -utc_offset_minutes : utc_offset_minutes;
    date_of(&s, day);
    char *at = put_date(buffer, &s);
    *at++ = 'T';
    at = put_number(at, second / 3600, 2);
    *at++ = ':';
    at = put_number(at, second / 60 % 60, 2);
    *at++ = ':';
    at = put_number(at, second % 60, 2);
    *at++ = utc_offset_minutes < 0 ? '-' : '+';
    at = put_number(at, east / 60, 2);
    *at++ = ':';
    at = put_number(at, east % 60, 2);
    *at = '\0';
    return GRIDGOV_OK;
}

gridgov_status gridgov_day_parse(gridgov_day *out, const char *text, size_t size,
                                 gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = GRIDGOV_NO_DAY;
    if (text == NULL) {
        return gg_fail_arg(err, "text");
    }
    reader r;
    stamp s = {.year = 0};
    int chinese;
    if (fold(&r, gg_str_make(text, size)) != 0 || !read_date(&s, &r, &chinese) || !at_end(&r) ||
        !is_date(&s)) {
        return gg_fail(err, GG_RULE_DAY, NULL, text, size, NULL, NULL);
    }
    *out = day_of(s.year, s.month, s.day);
    return GRIDGOV_OK;
}

gridgov_status gridgov_day_format(char *buffer, gridgov_day day) {
    if (buffer == NULL) {
        return GRIDGOV_EARG;
    }
    buffer[0] = '\0';
    if (day == GRIDGOV_NO_DAY) {
        return GRIDGOV_OK;
    }
    if (day < DAY_FIRST || day > DAY_LAST) {
        return GRIDGOV_ERANGE;
    }
    stamp s;
    date_of(&s, day);
    *put_date(buffer, &s) = '\0';
    return GRIDGOV_OK;
}

gridgov_day gridgov_time_day(gridgov_time time, int32_t utc_offset_minutes) {
    int64_t local;
    if (gg_add(&local, time, (int64_t)utc_offset_minutes * 60) != 0) {
        return GRIDGOV_NO_DAY;
    }
    int64_t day = local / DAY_SECONDS - (local % DAY_SECONDS < 0);
    return day < DAY_FIRST || day > DAY_LAST ? GRIDGOV_NO_DAY : (gridgov_day)day;
}

gridgov_time gridgov_day_start(gridgov_day day, int32_t utc_offset_minutes) {
    if (day == GRIDGOV_NO_DAY) {
        return GRIDGOV_NO_TIME;
    }
    return (int64_t)day * DAY_SECONDS - (int64_t)utc_offset_minutes * 60;
}

gridgov_status gridgov_day_civil(int32_t *year, int32_t *month, int32_t *day_of_month,
                                 gridgov_day day) {
    stamp s = {.year = 0};
    int inside = day >= DAY_FIRST && day <= DAY_LAST;
    if (inside) {
        date_of(&s, day);
    }
    if (year != NULL) {
        *year = s.year;
    }
    if (month != NULL) {
        *month = s.month;
    }
    if (day_of_month != NULL) {
        *day_of_month = s.day;
    }
    return inside ? GRIDGOV_OK : GRIDGOV_ERANGE;
}

/* 2021-09, 2021/9 or 2021年9月. A point is refused: a spreadsheet makes 2021.1 of 2021.10. */
static int read_month(stamp *s, reader *r) {
    char any;
    s->day = 1;
    if (digits_here(r) != 4 || !number(&s->year, r, 4, 4)) {
        return 0;
    }
    if (eat(r, "年")) {
        return number(&s->month, r, 1, 2) && eat(r, "月") && at_end(r);
    }
    return separator(&any, r, "-/") && number(&s->month, r, 1, 2) && at_end(r);
}

gridgov_status gridgov_month_span(gridgov_span *out, const char *text, size_t size,
                                  int32_t utc_offset_minutes, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    out->from = 0;
    out->to = 0;
    if (text == NULL || !offset_fits(utc_offset_minutes)) {
        return gg_fail_arg(err, text == NULL ? "text" : "utc_offset_minutes");
    }
    reader r;
    stamp s = {.year = 0};
    if (fold(&r, gg_str_make(text, size)) != 0 || !read_month(&s, &r) || !is_date(&s)) {
        return gg_fail(err, GG_RULE_MONTH, NULL, text, size, NULL, NULL);
    }
    gridgov_day first = day_of(s.year, s.month, 1);
    out->from = gridgov_day_start(first, utc_offset_minutes);
    out->to = gridgov_day_start(first + month_days(s.year, s.month), utc_offset_minutes);
    return GRIDGOV_OK;
}
