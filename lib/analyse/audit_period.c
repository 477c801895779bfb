/* SPDX-License-Identifier: Apache-2.0 */
/* The period that a bulletin is about, as its titles, captions and first words say it. A title that
 * names another month than the body, a caption that was left over from last year: the mention in
 * the minority is the finding, both where there are only two. Only mentions that speak of the
 * bulletin's own period are compared: a line without the marks of a sentence, or the beginning of a
 * paragraph; never a date with a day, a range of months, or a month beside 上月, 去年, 环比. */
#include "audit_checks.h"
#include "audit_prose.h"

#include "base/line.h"
#include "base/mem.h"

#include <string.h>

#define MENTIONS_MAX 256
#define HEAD_BYTES 600
#define OTHER_PERIOD_WORDS "上月|上年|去年|同期|环比|同比|较|截至|截止|印发|发布|至|下月|季度|半年"

typedef struct mention {
    int32_t year, month; /* 0 if not said */
    gg_str text;
    int64_t line;
    int32_t column;
} mention;

/* A small number at offset, in digits or in Chinese (一 … 十二); 0 if there is none. *end is behind
 * it. */
static int32_t number_at(gg_str text, size_t offset, size_t *end) {
    static const char *const digits[] = {"一", "二", "三", "四", "五",   "六",
                                         "七", "八", "九", "十", "十一", "十二"};
    int32_t value = 0;
    *end = offset;
    while (*end < text.size && text.data[*end] >= '0' && text.data[*end] <= '9' &&
           *end < offset + 4) {
        value = value * 10 + (text.data[(*end)++] - '0');
    }
    for (int32_t i = 11; i >= 0 && value == 0; i--) {
        size_t size = strlen(digits[i]);
        if (offset + size <= text.size && memcmp(text.data + offset, digits[i], size) == 0) {
            value = i + 1;
            *end = offset + size;
        }
    }
    while (value != 0 && *end < text.size && text.data[*end] == ' ') {
        (*end)++;
    }
    return value;
}

static int is_at(gg_str text, size_t offset, const char *word) {
    size_t size = strlen(word);
    return offset + size <= text.size && memcmp(text.data + offset, word, size) == 0;
}

static int four_digits(gg_str text, size_t offset) {
    size_t count = 0;
    while (offset + count < text.size && text.data[offset + count] >= '0' &&
           text.data[offset + count] <= '9') {
        count++;
    }
    return count == 4;
}

/* The month that is named in text, if exactly one is and no day with it. */
static int read_mention(gg_str text, mention *out) {
    int found = 0;
    *out = (mention){0};
    for (size_t i = 0; i < text.size; i++) {
        size_t end;
        unsigned char byte = (unsigned char)text.data[i];
        int digit = byte >= '0' && byte <= '9';
        if ((!digit && byte < 0xE4) ||
            (digit && i > 0 && text.data[i - 1] >= '0' && text.data[i - 1] <= '9')) {
            continue;
        }
        int32_t value = number_at(text, i, &end);
        if (four_digits(text, i) && is_at(text, end, "年")) {
            if (out->year != 0) {
                return 0;
            }
            out->year = value;
            out->text = gg_str_make(text.data + i, end + strlen("年") - i);
        } else if (value >= 1 && value <= 99 && is_at(text, end, "月")) {
            size_t behind = end + strlen("月");
            size_t day;
            behind += is_at(text, behind, "份") ? strlen("份") : 0;
            if (found++ > 0 || is_at(text, behind, "-") || is_at(text, behind, "至") ||
                (i > 0 && (text.data[i - 1] == '-' || text.data[i - 1] == '.'))) {
                return 0;
            }
            while (behind < text.size && text.data[behind] == ' ') {
                behind++;
            }
            if (number_at(text, behind, &day) != 0 &&
                (is_at(text, day, "日") || is_at(text, day, "号"))) {
                return 0;
            }
            out->month = value;
            const char *start = out->year != 0 ? out->text.data : text.data + i;
            out->text = gg_str_make(start, (size_t)(text.data + behind - start));
            i = behind - 1;
        } else if (digit && end > i + 1) {
            i = end - 1;
        }
    }
    return out->month != 0;
}

/* A mention at the beginning of a paragraph, or anywhere in a title. */
static int own_mention(const gg_audit_paragraph *paragraph, mention *out) {
    gg_str text = paragraph->text;
    if (!paragraph->heading) {
        size_t cut = text.size < 48 ? text.size : gg_utf8_cut(text.data, 48);
        text = gg_str_make(text.data, cut);
        size_t comma = gg_audit_find(text, "，");
        text = comma == SIZE_MAX ? text : gg_str_make(text.data, comma);
        if (!read_mention(text, out) || out->text.data != text.data) {
            return 0; // later in a sentence any month may be spoken of
        }
    } else if (!read_mention(text, out)) {
        return 0;
    }
    return !gg_audit_has_any(text, OTHER_PERIOD_WORDS);
}

static size_t find_mentions(const gg_audit *audit, mention *mentions) {
    size_t count = 0;
    for (size_t p = 0; p < audit->document.paragraph_count && count < MENTIONS_MAX; p++) {
        const gg_audit_paragraph *paragraph = &audit->document.paragraphs[p];
        if (own_mention(paragraph, &mentions[count])) {
            const gg_audit_piece *piece = &audit->document.pieces[paragraph->first_piece];
            size_t column = piece->indent;
            for (size_t at = 0; paragraph->text.data + at < mentions[count].text.data; column++) {
                (void)gg_utf8_next(paragraph->text.data, paragraph->text.size, &at);
            }
            mentions[count].line = piece->line;
            mentions[count].column = (int32_t)column + 1;
            count++;
        }
    }
    return count;
}

/* The month most mentions name, and the year most of those with one name: Boyer and Moore's vote
 * needs a majority, a count of every pair does not, and there are at most MENTIONS_MAX. */
static mention usual_period(const mention *mentions, size_t count, size_t *months, size_t *years) {
    mention best = {0};
    *months = *years = 0;
    for (size_t i = 0; i < count; i++) {
        size_t number = 0;
        for (size_t k = 0; k < count; k++) {
            number += mentions[k].month == mentions[i].month;
        }
        if (number > *months) {
            *months = number;
            best = mentions[i];
        }
    }
    int32_t year = 0;
    for (size_t i = 0; i < count; i++) {
        size_t number = 0;
        for (size_t k = 0; k < count; k++) {
            number += mentions[i].year != 0 && mentions[k].year == mentions[i].year;
        }
        if (number > *years) {
            *years = number;
            year = mentions[i].year;
        }
    }
    best.year = year;
    for (size_t i = 0; i < count; i++) { // the fullest text for the finding
        if (mentions[i].month == best.month && mentions[i].year == year) {
            best.text = mentions[i].text;
            best.line = mentions[i].line;
            best.column = mentions[i].column;
            break;
        }
    }
    return best;
}

static int32_t figure_of(gg_audit *audit, const mention *at) {
    const gg_audit_figure figure = {.text = gg_text_trim(at->text),
                                    .name = gg_text_trim(at->text),
                                    .line = at->line,
                                    .column = at->column};
    return gg_audit_add_figure(audit, &figure);
}

static void report_period(gg_audit *audit, const mention *odd, const mention *usual, int both) {
    int32_t figures[2] = {figure_of(audit, odd), figure_of(audit, usual)};
    char expected[48];
    gg_text_copy(expected, sizeof expected, gg_text_trim(usual->text).data,
                 gg_text_trim(usual->text).size);
    if (figures[0] == GG_NO_FIGURE || figures[1] == GG_NO_FIGURE) {
        return;
    }
    const gg_report report = {.rule = GG_RULE_AUDIT_PERIOD,
                              .severity = -1,
                              .figures = figures,
                              .count = both ? 2 : 1,
                              .expected = expected,
                              .extra = {"", ""}};
    gg_audit_report(audit, &report);
}

static int64_t month_days(int32_t year, int32_t month) {
    static const int32_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Dates that are none, "9月31日", anywhere in prose. */
static void check_dates(gg_audit *audit, size_t paragraph) {
    gg_str text = audit->document.paragraphs[paragraph].text;
    const gg_audit_piece *piece =
        &audit->document.pieces[audit->document.paragraphs[paragraph].first_piece];
    for (size_t i = 0; i < text.size; i++) {
        size_t end;
        size_t day_end;
        if (text.data[i] < '0' || text.data[i] > '9' ||
            (i > 0 && text.data[i - 1] >= '0' && text.data[i - 1] <= '9')) {
            continue;
        }
        int32_t month = number_at(text, i, &end);
        if (!is_at(text, end, "月")) {
            continue;
        }
        size_t from = end + strlen("月");
        while (from < text.size && text.data[from] == ' ') {
            from++;
        }
        int32_t day = number_at(text, from, &day_end);
        if (day == 0 || !is_at(text, day_end, "日") ||
            (month >= 1 && month <= 12 && day <= month_days(2024, month))) {
            continue;
        }
        mention at = {.text = gg_str_make(text.data + i, day_end + strlen("日") - i),
                      .line = piece->line};
        size_t column = piece->indent;
        for (size_t k = 0; k < i; column++) {
            (void)gg_utf8_next(text.data, text.size, &k);
        }
        at.column = (int32_t)column + 1;
        int32_t figure = figure_of(audit, &at);
        if (figure != GG_NO_FIGURE) {
            const gg_report report = {.rule = GG_RULE_AUDIT_DATE,
                                      .severity = -1,
                                      .figures = &figure,
                                      .count = 1,
                                      .extra = {"", ""}};
            gg_audit_report(audit, &report);
        }
    }
}

void gg_audit_check_periods(gg_audit *audit) {
    mention *mentions = gg_calloc(MENTIONS_MAX, sizeof *mentions);
    if (mentions == NULL) {
        gg_audit_out_of_memory(audit);
        return;
    }
    size_t count = find_mentions(audit, mentions);
    size_t months;
    size_t years;
    mention usual = usual_period(mentions, count, &months, &years);
    size_t dated = 0;
    for (size_t i = 0; i < count; i++) {
        dated += mentions[i].year != 0;
    }
    for (size_t i = 0; i < count && gg_audit_go_on(audit, "periods"); i++) {
        int wrong_month = mentions[i].month != usual.month && months * 2 >= count;
        int wrong_year =
            mentions[i].year != 0 && mentions[i].year != usual.year && years * 2 >= dated;
        if (wrong_month || wrong_year) {
            report_period(audit, &mentions[i], &usual,
                          wrong_month ? months * 2 <= count : years * 2 <= dated);
        } else {
            // a document about many months has no month of its own
            audit->findings->checked[GRIDGOV_CHECK_PERIOD] += count > 1 && months * 2 >= count;
        }
    }
    gg_free(mentions);
    for (size_t p = 0; p < audit->document.paragraph_count && gg_audit_go_on(audit, "dates"); p++) {
        check_dates(audit, p);
    }
}

/* "7月8日—7月14日": the days of a range within a year, both ends in; 0 if there is none. */
static int64_t range_days(gg_str text, int32_t year) {
    int32_t months[2];
    int32_t days[2];
    size_t found = 0;
    size_t last_end = 0;
    for (size_t i = 0; i < text.size && found < 2; i++) {
        size_t end;
        size_t day_end;
        int digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (!digit || (i > 0 && text.data[i - 1] >= '0' && text.data[i - 1] <= '9')) {
            continue;
        }
        int32_t month = number_at(text, i, &end);
        int32_t day = 0;
        if (month >= 1 && month <= 12 && is_at(text, end, "月")) {
            day = number_at(text, end + strlen("月"), &day_end);
        } else if (found == 1 && i < last_end + 12) { // 7月8日—14日
            day = month;
            month = months[0];
            day_end = end;
        }
        if (day < 1 || day > 31 || !is_at(text, day_end, "日") ||
            (found == 1 && i > last_end + 12)) {
            continue;
        }
        months[found] = month;
        days[found++] = day;
        last_end = day_end + strlen("日");
        i = day_end;
    }
    if (found < 2 || months[1] < months[0] || (months[1] == months[0] && days[1] < days[0])) {
        return 0;
    }
    int64_t count = days[1] - days[0] + 1;
    for (int32_t month = months[0]; month < months[1]; month++) {
        count += month_days(year, month);
    }
    return count;
}

/* Where a paragraph says what period it is about. */
static gg_str head_of(gg_str text) {
    return text.size <= HEAD_BYTES ? text
                                   : gg_str_make(text.data, gg_utf8_cut(text.data, HEAD_BYTES));
}

/* "2024年，全市…": a whole year. */
static int year_only(gg_str text, int32_t *year) {
    size_t end;
    int32_t value = text.size > 0 ? number_at(text, 0, &end) : 0;
    if (value < 1990 || value > 2100 || !is_at(text, end, "年") ||
        (!is_at(text, end + strlen("年"), "，") && !is_at(text, end + strlen("年"), "全"))) {
        return 0;
    }
    *year = value;
    return 1;
}

/* A year printed anywhere near the top. */
static int32_t year_of(const gg_audit *audit, int32_t paragraph) {
    for (int32_t p = paragraph; p >= 0 && p > paragraph - 40; p--) {
        gg_str text = head_of(audit->document.paragraphs[p].text);
        for (size_t at = gg_audit_find(text, "年"); at != SIZE_MAX && at >= 4; at = SIZE_MAX) {
            size_t from = text.data[at - 1] == ' ' && at >= 5 ? at - 5 : at - 4;
            size_t end;
            int32_t year = number_at(text, from, &end);
            if (year >= 1990 && year <= 2100) {
                return year;
            }
        }
    }
    return 0;
}

int64_t gg_audit_period_days(const gg_audit *audit, int32_t paragraph, int *exact) {
    gg_str text = head_of(audit->document.paragraphs[paragraph].text);
    int32_t year = year_of(audit, paragraph);
    mention at;
    *exact = 1;
    int64_t days = range_days(text, year == 0 ? 2023 : year);
    if (days > 0) {
        return days;
    }
    if (gg_audit_has_any(text, "本周|第") && gg_audit_has(text, "周")) {
        return 7;
    }
    *exact = 0;
    if (year_only(text, &year)) {
        return month_days(year, 2) + 337;
    }
    for (int32_t p = paragraph; p >= 0 && p > paragraph - 40; p--) {
        const gg_audit_paragraph *of = &audit->document.paragraphs[p];
        if (own_mention(of, &at)) {
            int32_t own = at.year != 0 ? at.year : year;
            return at.month > 12 || (own == 0 && at.month == 2)
                       ? 0
                       : month_days(own == 0 ? 2023 : own, at.month);
        }
        if (gg_audit_has_any(head_of(of->text), "季度|半年|全年")) {
            return 0; // not every quarter has as many days; nothing is claimed
        }
    }
    return 0;
}
