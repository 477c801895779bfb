/* SPDX-License-Identifier: Apache-2.0 */
/* Rates, changes and means in sentences. A rate X率 has for numerator the nearest count before it
 * that is called X; for denominator the nearest count before that from which it follows, alone or
 * with a second count added to the numerator (当场 答复 and 办结 of 受理). If it follows from none,
 * it is held against the count that the words call the whole.
 *
 * A change is held against two figures only if both are printed: the earlier one (上月 24575 件),
 * or the difference (减少 5458 件). Words say the direction, so a fall of 22.21 % is printed
 * without a sign. */
#include "audit_checks.h"
#include "audit_prose.h"

#include "base/num.h"

#include <string.h>

#define LOOK_BACK 16
#define BASE_OF_RATE "应|受理|转办|派|交办|办理|立案|上报|接到|收到|回访|有效|总"
#define MAY_EXCEED "完成|关联|增长"
#define FALL_WORDS "下降|减少|降低|回落|下跌|降幅|下滑"

static gg_str stem_of(gg_str label) {
    size_t end = gg_audit_find(label, "率");
    gg_str stem = gg_text_trim(gg_str_make(label.data, end == SIZE_MAX ? 0 : end));
    static const char *const heads[] = {"总体", "综合", "整体", "实际", "平均", "其中", "事件",
                                        "工单", "案件", "全市", "全区", "全县", "部件"};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        size_t size = strlen(heads[i]);
        if (stem.size > size && memcmp(stem.data, heads[i], size) == 0) {
            stem = gg_str_make(stem.data + size, stem.size - size);
        }
    }
    return stem;
}

/* Is a count called what the rate is of? 应结案 is not what was closed, 未办结 is not what was
 * settled. */
static int is_numerator(gg_str label, gg_str stem) {
    char word[64];
    if (stem.size == 0 || stem.size >= sizeof word) {
        return 0;
    }
    gg_text_copy(word, sizeof word, stem.data, stem.size);
    size_t at = gg_audit_find(label, word);
    if (at == SIZE_MAX) {
        return 0;
    }
    gg_str before = gg_str_make(label.data, at);
    static const char *const wrong[] = {"应",   "未",   "不",   "待",  "按期",
                                        "按时", "及时", "超期", "超时"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        size_t size = strlen(wrong[i]);
        if (before.size >= size && memcmp(before.data + before.size - size, wrong[i], size) == 0) {
            return 0;
        }
    }
    return 1;
}

/* Counts before a rate. */
typedef struct counts {
    size_t num;            /* saying called like the rate; SIZE_MAX */
    size_t den[LOOK_BACK]; /* sayings before it in the paragraph and section, the nearest first */
    size_t den_count;
    size_t named; /* of den, the one that the words call the whole; SIZE_MAX */
} counts;

static void find_counts(const gg_prose *prose, size_t rate, counts *out) {
    const gg_saying *at = &prose->items[rate];
    gg_str stem = stem_of(at->label);
    *out = (counts){.num = SIZE_MAX, .named = SIZE_MAX};
    for (size_t i = rate; i-- > 0 && rate - i <= LOOK_BACK;) {
        const gg_saying *saying = &prose->items[i];
        if (saying->sentence != at->sentence || saying->clause + 6 < at->clause) {
            break;
        }
        if (saying->kind == GG_SAYS_COUNT && !saying->rough && is_numerator(saying->label, stem)) {
            out->num = i;
            break;
        }
    }
    for (size_t i = out->num == SIZE_MAX ? rate : out->num; i-- > 0 && rate - i <= LOOK_BACK * 3;) {
        const gg_saying *saying = &prose->items[i];
        if (saying->section != at->section && saying->section + 1 != at->section) {
            break;
        }
        if (saying->kind != GG_SAYS_COUNT || saying->rough || out->den_count == LOOK_BACK ||
            (out->num != SIZE_MAX && !gg_audit_same_unit(saying, &prose->items[out->num]))) {
            continue;
        }
        if (out->named == SIZE_MAX && saying->sentence == at->sentence &&
            gg_audit_has_any(saying->label, BASE_OF_RATE)) {
            out->named = i;
        }
        out->den[out->den_count++] = i;
    }
}

/* Does the rate follow from two counts together over one? Adds the identity if so. */
static int try_pairs(gg_audit *audit, size_t rate, const counts *of) {
    const gg_prose *prose = audit->prose;
    const gg_audit_figure *shown = &audit->figures[prose->items[rate].figure];
    const gg_audit_figure *num = &audit->figures[prose->items[of->num].figure];
    for (size_t a = 0; a < of->den_count; a++) {
        const gg_saying *more = &prose->items[of->den[a]];
        if (more->sentence != prose->items[rate].sentence) {
            break;
        }
        for (size_t d = 0; d < of->den_count; d++) {
            const gg_audit_figure *den = &audit->figures[prose->items[of->den[d]].figure];
            int64_t sum;
            int64_t value;
            int64_t factor = gg_audit_base(shown) * gg_power_of_ten(shown->number.decimals);
            if (a == d || !gg_audit_is_count(num) || !gg_audit_is_count(den) ||
                !gg_audit_is_count(&audit->figures[more->figure]) ||
                gg_add(&sum, num->value, audit->figures[more->figure].value) != 0 ||
                den->value <= 0 ||
                gg_ratio_round(&value, sum, den->value, factor, GRIDGOV_ROUNDING_HALF_UP) != 0 ||
                value != shown->value) {
                continue;
            }
            const gg_term terms[4] = {{prose->items[rate].figure, 1, GG_ROLE_SHOWN, 0},
                                      {prose->items[of->num].figure, 1, GG_ROLE_NUMERATOR, 0},
                                      {more->figure, 1, GG_ROLE_NUMERATOR, 0},
                                      {prose->items[of->den[d]].figure, 1, GG_ROLE_DENOMINATOR, 0}};
            gg_audit_ratio(audit, GRIDGOV_CHECK_RATE, GG_RULE_AUDIT_RATE, terms, 4, 0,
                           GRIDGOV_ROUNDING_HALF_UP, 0);
            return 1;
        }
    }
    return 0;
}

static void note_truncated(gg_audit *audit, int32_t shown) {
    char expected[48];
    gg_printed_text(expected, &audit->figures[shown].number, audit->figures[shown].value + 1);
    const gg_report report = {.rule = GG_RULE_AUDIT_TRUNCATED,
                              .severity = -1,
                              .figures = &shown,
                              .count = 1,
                              .expected = expected,
                              .extra = {"", ""}};
    gg_audit_report(audit, &report);
}

/* The figures of one way to put a rate together; more is GG_NO_FIGURE where one count is the
 * numerator. */
typedef struct way {
    int32_t shown, num, more, den;
} way;

/* A part is no more than its whole, unless the rate is one that may exceed a hundred. */
static void bound(gg_audit *audit, const way *w, gg_str label) {
    const gg_term terms[2] = {{w->num, 1, 0, 0}, {w->den, -1, 0, 0}};
    if (w->more == GG_NO_FIGURE && !gg_audit_has_any(label, MAY_EXCEED)) {
        gg_audit_at_most(audit, GRIDGOV_CHECK_ORDER, GG_RULE_AUDIT_ORDER, terms, 2, 0, w->num);
    }
}

static void claim_way(gg_audit *audit, const way *w) {
    const gg_term terms[4] = {{w->shown, 1, GG_ROLE_SHOWN, 0},
                              {w->num, 1, GG_ROLE_NUMERATOR, 0},
                              {w->den, 1, GG_ROLE_DENOMINATOR, 0},
                              {w->more, 1, GG_ROLE_NUMERATOR, 0}};
    gg_audit_ratio(audit, GRIDGOV_CHECK_RATE, GG_RULE_AUDIT_RATE, terms,
                   w->more == GG_NO_FIGURE ? 3 : 4, 0, GRIDGOV_ROUNDING_HALF_UP, 0);
}

/* No way holds: claim the one that one digit would mend, counts of the sentence first. */
static int claim_near(gg_audit *audit, size_t rate, const counts *of) {
    const gg_prose *prose = audit->prose;
    way w = {prose->items[rate].figure, prose->items[of->num].figure, GG_NO_FIGURE, GG_NO_FIGURE};
    w.den = of->named == SIZE_MAX ? GG_NO_FIGURE : prose->items[of->named].figure;
    if (w.den != GG_NO_FIGURE && gg_audit_ratio_near(audit, w.shown, w.num, w.more, w.den)) {
        claim_way(audit, &w);
        bound(audit, &w, prose->items[rate].label);
        return 1;
    }
    for (size_t d = 0; d < of->den_count; d++) {
        w.den = prose->items[of->den[d]].figure;
        if (prose->items[of->den[d]].paragraph == prose->items[rate].paragraph &&
            gg_audit_ratio_near(audit, w.shown, w.num, w.more, w.den)) {
            claim_way(audit, &w);
            bound(audit, &w, prose->items[rate].label);
            return 1;
        }
    }
    for (size_t a = 0; a < of->den_count; a++) {
        for (size_t d = 0; d < of->den_count; d++) {
            w.more = prose->items[of->den[a]].figure;
            w.den = prose->items[of->den[d]].figure;
            if (a != d && prose->items[of->den[a]].sentence == prose->items[rate].sentence &&
                prose->items[of->den[d]].sentence == prose->items[rate].sentence &&
                gg_audit_ratio_near(audit, w.shown, w.num, w.more, w.den)) {
                claim_way(audit, &w);
                return 1;
            }
        }
    }
    return 0;
}

static void check_rate(gg_audit *audit, size_t rate) {
    const gg_prose *prose = audit->prose;
    int32_t shown = prose->items[rate].figure;
    counts of;
    find_counts(prose, rate, &of);
    for (size_t i = 0; i < of.den_count && of.num != SIZE_MAX; i++) {
        int32_t num = prose->items[of.num].figure;
        int32_t den = prose->items[of.den[i]].figure;
        int32_t rounding = gg_audit_follows(audit, shown, num, den);
        // A habit of cutting off is believed of the count that the words call the whole only.
        if (rounding == GRIDGOV_ROUNDING_HALF_UP || (rounding != 0 && of.den[i] == of.named)) {
            const way w = {shown, num, GG_NO_FIGURE, den};
            gg_audit_share_of(audit, GRIDGOV_CHECK_RATE, GG_RULE_AUDIT_RATE, shown, num, den, 0,
                              rounding);
            bound(audit, &w, prose->items[rate].label);
            if (rounding == GRIDGOV_ROUNDING_TRUNCATE) {
                note_truncated(audit, shown);
            }
            return;
        }
    }
    if (of.num != SIZE_MAX && (try_pairs(audit, rate, &of) || claim_near(audit, rate, &of))) {
        return;
    }
    if (of.num != SIZE_MAX && of.named != SIZE_MAX) {
        const way w = {shown, prose->items[of.num].figure, GG_NO_FIGURE,
                       prose->items[of.named].figure};
        claim_way(audit, &w);
        bound(audit, &w, prose->items[rate].label);
    } else if (!gg_audit_has_any(prose->items[rate].label, MAY_EXCEED)) {
        const gg_term term = {shown, 1, 0, 0};
        gg_audit_at_most(audit, GRIDGOV_CHECK_RANGE, GG_RULE_AUDIT_RATE_ABOVE, &term, 1, -100,
                         shown);
    }
}

void gg_audit_check_prose_rates(gg_audit *audit) {
    for (size_t i = 0; i < audit->prose->count && gg_audit_go_on(audit, "rates"); i++) {
        if (audit->prose->items[i].kind == GG_SAYS_RATE) {
            check_rate(audit, i);
        }
    }
}

/* The figures that a change compares. */
typedef struct comparison {
    size_t current, base, difference; /* sayings; SIZE_MAX */
} comparison;

/* 同比 is measured from the same period a year before, 环比 from the period before: an earlier
 * figure of the one kind is no base of the other. Words that say neither fit both. */
static int fits(gg_str change, gg_str base) {
    int of_year = gg_audit_has_any(base, "去年|上年|同期");
    if (gg_audit_has_any(change, "同比|去年|上年|同期")) {
        return of_year || !gg_audit_has_any(base, "上月|上季|上周|上期|上半年");
    }
    return !of_year || !gg_audit_has_any(change, "环比|上月|上季|上周|上期");
}

/* Look back from a change: the difference and the base beside it, then what changed. */
static comparison compared(const gg_prose *prose, size_t change) {
    comparison found = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
    const gg_saying *at = &prose->items[change];
    for (size_t i = change; i-- > 0 && change - i <= 4;) {
        const gg_saying *saying = &prose->items[i];
        if (saying->sentence != at->sentence || saying->kind == GG_SAYS_CHANGE) {
            break;
        }
        if (saying->rough) {
            continue;
        }
        if (saying->kind == GG_SAYS_DIFFERENCE && found.difference == SIZE_MAX) {
            found.difference = i;
        } else if (saying->kind == GG_SAYS_BASE && found.base == SIZE_MAX &&
                   fits(at->label, saying->label)) {
            found.base = i;
        } else if (saying->kind == GG_SAYS_COUNT) {
            found.current = i;
            break;
        }
    }
    // 下降 24.78%（上月 22489 件）
    if (found.base == SIZE_MAX && change + 1 < prose->count &&
        prose->items[change + 1].kind == GG_SAYS_BASE && !prose->items[change + 1].rough &&
        prose->items[change + 1].sentence == at->sentence &&
        prose->items[change + 1].clause == at->clause + 1 &&
        fits(at->label, prose->items[change + 1].label)) {
        found.base = change + 1;
    }
    return found;
}

/* "增长 5.47%" of 2200 from 2086: the current figure may also stand behind the base, or two changes
 * back. */
static size_t current_before(const gg_prose *prose, size_t index, int32_t mark,
                             const gg_audit *audit) {
    for (size_t i = index; i-- > 0 && index - i <= 6;) {
        const gg_saying *saying = &prose->items[i];
        if (saying->sentence != prose->items[index].sentence) {
            break;
        }
        int percent = audit->figures[saying->figure].number.mark != GG_MARK_NONE;
        if (!saying->rough && percent == (mark != GG_MARK_NONE) &&
            (saying->kind == GG_SAYS_COUNT || saying->kind == GG_SAYS_RATE ||
             saying->kind == GG_SAYS_SHARE)) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Downwards in words, upwards in figures. */
static int32_t direction_of(const gg_audit *audit, const gg_saying *saying) {
    return audit->figures[saying->figure].number.sign ||
                   !gg_audit_has_any(saying->label, FALL_WORDS)
               ? 1
               : -1;
}

static void check_change(gg_audit *audit, size_t change) {
    const gg_prose *prose = audit->prose;
    int32_t shown = prose->items[change].figure;
    comparison of = compared(prose, change);
    if (of.current == SIZE_MAX) {
        of.current = current_before(prose, change, GG_MARK_NONE, audit);
    }
    if (of.current == SIZE_MAX) {
        return;
    }
    int32_t current = prose->items[of.current].figure;
    int32_t weight = direction_of(audit, &prose->items[change]);
    if (of.base != SIZE_MAX &&
        audit->figures[prose->items[of.base].figure].number.mark == GG_MARK_NONE) {
        int32_t base = prose->items[of.base].figure;
        const gg_term terms[4] = {{shown, 1, GG_ROLE_SHOWN, 0},
                                  {current, weight, GG_ROLE_NUMERATOR, 0},
                                  {base, -weight, GG_ROLE_NUMERATOR, 0},
                                  {base, 1, GG_ROLE_DENOMINATOR, 0}};
        gg_audit_ratio(audit, GRIDGOV_CHECK_CHANGE, GG_RULE_AUDIT_CHANGE, terms, 4, 0,
                       GRIDGOV_ROUNDING_HALF_UP, 0);
    } else if (of.difference != SIZE_MAX) {
        int32_t difference = prose->items[of.difference].figure;
        int32_t rise =
            gg_audit_has_any(prose->items[of.difference].label, FALL_WORDS "|少") ? -1 : 1;
        int32_t agrees = audit->figures[shown].number.sign ? rise : weight * rise;
        // "环比减少 62 件，降幅 5 %" and "减少 62 件，环比 5 %": a percentage without a word takes
        // the difference's.
        if (weight == 1 && !audit->figures[shown].number.sign &&
            !gg_audit_has_any(prose->items[change].label, "增|升|提高|涨|多")) {
            agrees = 1;
        }
        const gg_term terms[4] = {{shown, 1, GG_ROLE_SHOWN, 0},
                                  {difference, agrees, GG_ROLE_NUMERATOR, 0},
                                  {current, 1, GG_ROLE_DENOMINATOR, 0},
                                  {difference, -rise, GG_ROLE_DENOMINATOR, 0}};
        gg_audit_ratio(audit, GRIDGOV_CHECK_CHANGE, GG_RULE_AUDIT_CHANGE, terms, 4, 0,
                       GRIDGOV_ROUNDING_HALF_UP, 0);
    }
}

/* A difference with both of its figures: of counts, or of rates in percentage points. */
static void check_difference(gg_audit *audit, size_t index) {
    const gg_prose *prose = audit->prose;
    const gg_saying *saying = &prose->items[index];
    int points = saying->kind == GG_SAYS_POINTS;
    size_t base = SIZE_MAX;
    for (size_t i = index; i-- > 0 && index - i <= 3;) {
        if (prose->items[i].sentence != saying->sentence ||
            prose->items[i].kind == GG_SAYS_CHANGE || prose->items[i].kind == GG_SAYS_DIFFERENCE ||
            prose->items[i].kind == GG_SAYS_POINTS) {
            break;
        }
        if (prose->items[i].kind == GG_SAYS_BASE &&
            (audit->figures[prose->items[i].figure].number.mark != GG_MARK_NONE) == points) {
            base = i;
            break;
        }
    }
    size_t current = current_before(prose, index, points ? GG_MARK_PERCENT : GG_MARK_NONE, audit);
    if (base == SIZE_MAX || current == SIZE_MAX || saying->rough) {
        return;
    }
    int32_t weight = gg_audit_has_any(saying->label, FALL_WORDS "|少") ? -1 : 1;
    const gg_term terms[3] = {{saying->figure, -1, 0, 0},
                              {prose->items[current].figure, weight, 0, 0},
                              {prose->items[base].figure, -weight, 0, 0}};
    gg_audit_equation(audit, GRIDGOV_CHECK_CHANGE, GG_RULE_AUDIT_CHANGE, terms, 3, 0, 0,
                      saying->figure);
}

void gg_audit_check_prose_changes(gg_audit *audit) {
    for (size_t i = 0; i < audit->prose->count && gg_audit_go_on(audit, "changes"); i++) {
        const gg_saying *saying = &audit->prose->items[i];
        if (saying->kind == GG_SAYS_CHANGE) {
            check_change(audit, i);
        } else if (saying->kind == GG_SAYS_DIFFERENCE || saying->kind == GG_SAYS_POINTS) {
            check_difference(audit, i);
        }
    }
}

/* A daily mean of the count before it, over the days of the period. */
static void check_mean(gg_audit *audit, size_t index) {
    const gg_prose *prose = audit->prose;
    const gg_saying *saying = &prose->items[index];
    int32_t shown = saying->figure;
    int exact;
    int64_t days = gg_audit_period_days(audit, saying->paragraph, &exact);
    int64_t value;
    size_t total = index == 0 ? SIZE_MAX : index - 1;
    if (days <= 0 || total == SIZE_MAX || saying->rough || prose->items[total].rough ||
        prose->items[total].kind != GG_SAYS_COUNT ||
        prose->items[total].sentence != saying->sentence ||
        !gg_audit_same_unit(&prose->items[total], saying) ||
        !gg_audit_is_count(&audit->figures[prose->items[total].figure])) {
        return;
    }
    int64_t sum = audit->figures[prose->items[total].figure].value;
    int64_t factor = gg_power_of_ten(audit->figures[shown].number.decimals);
    int32_t rounding = 0;
    for (int32_t mode = GRIDGOV_ROUNDING_TRUNCATE; mode >= GRIDGOV_ROUNDING_HALF_UP; mode--) {
        if (gg_ratio_round(&value, sum, days, factor, mode) == 0 &&
            value == audit->figures[shown].value) {
            rounding = mode;
        }
    }
    // Another number of days, working days say, may be meant: no claim unless the period is exact.
    if (rounding == 0 && !exact && audit->figures[shown].value > 0) {
        if (gg_ratio_round(&value, sum, audit->figures[shown].value, factor,
                           GRIDGOV_ROUNDING_HALF_UP) != 0 ||
            (value * 5 >= days * 3 && value <= days)) {
            return;
        }
    }
    const gg_term terms[2] = {{shown, 1, GG_ROLE_SHOWN, 0},
                              {prose->items[total].figure, 1, GG_ROLE_NUMERATOR, 0}};
    gg_audit_ratio(audit, GRIDGOV_CHECK_MEAN, GG_RULE_AUDIT_MEAN, terms, 2, days,
                   rounding == 0 ? GRIDGOV_ROUNDING_HALF_UP : rounding, 1);
}

void gg_audit_check_prose_means(gg_audit *audit) {
    for (size_t i = 0; i < audit->prose->count && gg_audit_go_on(audit, "means"); i++) {
        if (audit->prose->items[i].kind == GG_SAYS_MEAN) {
            check_mean(audit, i);
        }
    }
}
