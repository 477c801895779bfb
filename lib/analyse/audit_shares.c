/* SPDX-License-Identifier: Apache-2.0 */
/* Shares, and the denominator they were computed from. Each count with its printed share leaves an
 * interval of denominators (printed.c); a denominator that lies in all of them, or in all but a
 * few, is the one that was used.
 *
 * If a printed figure fits, it is the denominator, and the few shares that do not follow from it
 * are broken identities. If none does, but the intervals of at least three shares meet where the
 * printed total is not, the total was not the denominator: rounding moves a share by half a last
 * digit and so cannot explain it, and one finding names the shares that differ and what the true
 * denominator might be: the sum without its last rows, another sum, another figure. */
#include "audit_checks.h"
#include "audit_prose.h"

#include "base/line.h"
#include "base/mem.h"
#include "base/num.h"

#include <stdlib.h>
#include <string.h>

/* An end of an interval of denominators. */
typedef struct edge {
    int64_t at;
    int32_t step; /* 1 begins, −1 ends behind */
} edge;

static int by_edge(const void *left, const void *right) {
    const edge *a = left;
    const edge *b = right;
    if (a->at != b->at) {
        return a->at < b->at ? -1 : 1;
    }
    return b->step - a->step; // begin before end: intervals are closed
}

int gg_audit_one_digit(const gg_audit_figure *figure, int64_t value) {
    char printed[GG_NUM_TEXT_SIZE];
    char wanted[GG_NUM_TEXT_SIZE];
    size_t size = gg_int_format(printed, figure->number.value);
    int differing = 0;
    if (gg_int_format(wanted, value) != size) {
        return 0;
    }
    for (size_t i = 0; i < size; i++) {
        differing += printed[i] != wanted[i];
    }
    return differing == 1;
}

/* values: shown, numerator, more of it, denominator */
static int follows(const int64_t values[4], const gg_audit_figure *shown) {
    int64_t sum;
    int64_t value;
    int64_t factor = gg_audit_base(shown) * gg_power_of_ten(shown->number.decimals);
    return gg_add(&sum, values[1], values[2]) == 0 && values[3] > 0 &&
           gg_ratio_round(&value, sum, values[3], factor, GRIDGOV_ROUNDING_HALF_UP) == 0 &&
           value == values[0];
}

int gg_audit_ratio_near(const gg_audit *audit, int32_t shown, int32_t num, int32_t more,
                        int32_t den) {
    const int32_t figures[4] = {shown, num, more, den};
    int64_t values[4] = {0, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
        if (figures[i] != GG_NO_FIGURE) {
            const gg_audit_figure *figure = &audit->figures[figures[i]];
            if (i > 0 && !gg_audit_is_count(figure)) {
                return 0;
            }
            values[i] = figure->value;
        }
    }
    for (int i = 0; i < 4; i++) {
        int64_t printed = values[i];
        for (int64_t unit = 1; figures[i] != GG_NO_FIGURE && printed > 0 && unit <= printed;
             unit *= 10) {
            int64_t digit = printed / unit % 10;
            for (int64_t other = 0; other < 10; other++) {
                values[i] = printed + (other - digit) * unit;
                if (follows(values, &audit->figures[shown])) {
                    return 1;
                }
            }
            if (unit > INT64_MAX / 10) {
                break;
            }
        }
        values[i] = printed;
    }
    return 0;
}

int64_t gg_audit_share_whole(const gg_audit_figure *shown) {
    return gg_audit_base(shown) * gg_power_of_ten(shown->number.decimals);
}

static int fits(const gg_audit *audit, const gg_share_item *item, int32_t den, int64_t constant,
                int32_t rounding) {
    const gg_audit_figure *shown = &audit->figures[item->shown];
    const gg_audit_figure *num = &audit->figures[item->num];
    int64_t value;
    if (den != GG_NO_FIGURE) {
        const gg_audit_figure *under = &audit->figures[den];
        if (gg_audit_exponent(under) != gg_audit_exponent(num)) {
            return gg_audit_follows(audit, item->shown, item->num, den) == rounding;
        }
        constant = under->value;
    }
    if (num->number.myriads > 0 && constant > 0) { // both are rounded: one last digit and a half
        return gg_ratio_round(&value, num->value, constant, gg_audit_share_whole(shown),
                              rounding) == 0 &&
               value - shown->value <= 1 && value - shown->value >= -1;
    }
    return constant > 0 &&
           gg_ratio_round(&value, num->value, constant, gg_audit_share_whole(shown), rounding) ==
               0 &&
           value == shown->value;
}

static size_t count_fits(const gg_audit *audit, const gg_share_group *group, int32_t den,
                         int64_t constant, int32_t rounding) {
    size_t count = 0;
    for (size_t i = 0; i < group->count; i++) {
        count += (size_t)fits(audit, &group->items[i], den, constant, rounding);
    }
    return count;
}

size_t gg_audit_share_overlap(gg_audit *audit, const gg_share_group *group, int32_t rounding,
                              gg_span64 *span) {
    edge *edges = gg_calloc(group->count * 2, sizeof *edges);
    size_t count = 0;
    size_t best = 0;
    size_t open = 0;
    *span = (gg_span64){1, 0};
    if (edges == NULL) {
        gg_audit_out_of_memory(audit);
        return 0;
    }
    for (size_t i = 0; i < group->count; i++) {
        const gg_audit_figure *shown = &audit->figures[group->items[i].shown];
        int64_t low;
        int64_t high;
        gg_ratio_denominators(&low, &high, audit->figures[group->items[i].num].value, shown->value,
                              gg_audit_share_whole(shown), rounding);
        if (low <= high) {
            edges[count++] = (edge){low, 1};
            edges[count++] = (edge){high, -1};
        }
    }
    qsort(edges, count, sizeof *edges, by_edge);
    for (size_t i = 0; i < count; i++) {
        if (edges[i].step < 0) {
            open--;
            continue;
        }
        if (++open > best) {
            best = open;
            span->low = edges[i].at;
            span->high =
                edges[i + 1].at; // an end: behind another beginning it would not be the best
        }
    }
    gg_free(edges);
    return best;
}

/* What denominator and rounding were used. */
typedef struct denominator {
    int32_t figure; /* GG_NO_FIGURE: the constant */
    int64_t constant;
    int32_t rounding;
    size_t fitting;
} denominator;

static denominator best_figure(const gg_audit *audit, const gg_share_group *group,
                               int32_t last_rounding) {
    denominator best = {.figure = GG_NO_FIGURE, .rounding = GRIDGOV_ROUNDING_HALF_UP};
    for (int32_t rounding = GRIDGOV_ROUNDING_HALF_UP; rounding <= last_rounding; rounding++) {
        for (size_t i = 0; i < group->candidate_count && i < GG_CANDIDATES_MAX; i++) {
            int32_t figure = group->candidates[i];
            if (!gg_audit_is_count(&audit->figures[figure]) &&
                audit->figures[figure].number.myriads == 0) {
                continue;
            }
            size_t fitting = count_fits(audit, group, figure, 0, rounding);
            // A figure from elsewhere has to explain all of it, and none does where the list has a
            // total of its own.
            if (group->total != GG_NO_FIGURE && figure != group->total &&
                (fitting < group->count || group->own_total)) {
                continue;
            }
            // Another rounding has to explain much more than the usual one.
            if (fitting >
                best.fitting + (rounding != GRIDGOV_ROUNDING_HALF_UP && best.fitting > 0)) {
                best = (denominator){figure, 0, rounding, fitting};
            }
        }
    }
    return best;
}

size_t gg_audit_share_fits(const gg_audit *audit, const gg_share_group *group) {
    return best_figure(audit, group, GRIDGOV_ROUNDING_HALF_EVEN).fitting;
}

static int64_t sum_of(const gg_audit *audit, const gg_share_group *group) {
    int64_t sum = 0;
    for (size_t i = 0; i < group->count; i++) {
        if (gg_add(&sum, sum, audit->figures[group->items[i].num].value) != 0) {
            return 0;
        }
    }
    return sum;
}

/* What else the denominator might be, as text for {1}. */
static void explain_denominator(const gg_audit *audit, const gg_share_group *group,
                                int64_t reference, int64_t constant, char *zh, char *en,
                                size_t room) {
    int64_t rest = reference - constant;
    int64_t tail = 0;
    gg_line line[2];
    gg_line_init(&line[0], zh, room);
    gg_line_init(&line[1], en, room);
    if (constant == sum_of(audit, group)) {
        gg_line_text(&line[0], "；它是各项之和");
        gg_line_text(&line[1], "; it is the sum of the parts");
        return;
    }
    for (size_t n = 1; n < group->count && n <= 5; n++) { // a sum that stopped short
        tail += audit->figures[group->items[group->count - n].num].value;
        if (tail == rest) {
            gg_line_text(&line[0], "；它等于不含最后 ");
            gg_line_int(&line[0], (int64_t)n);
            gg_line_text(&line[0], " 行的合计");
            gg_line_text(&line[1], n == 1 ? "; it is the sum without the last row"
                                          : "; it is the sum without the last ");
            if (n > 1) {
                gg_line_int(&line[1], (int64_t)n);
                gg_line_text(&line[1], " rows");
            }
            return;
        }
    }
    tail = 0;
    for (size_t n = 1; n < group->count && n <= 5; n++) {
        tail += audit->figures[group->items[n - 1].num].value;
        if (tail == rest) {
            gg_line_text(&line[0], "；它等于不含最前 ");
            gg_line_int(&line[0], (int64_t)n);
            gg_line_text(&line[0], " 行的合计");
            gg_line_text(&line[1], "; it is the sum without the first ");
            gg_line_int(&line[1], (int64_t)n);
            gg_line_text(&line[1], n == 1 ? " row" : " rows");
            return;
        }
    }
    for (size_t i = 0; i < group->count; i++) {
        if (audit->figures[group->items[i].num].value == rest) {
            gg_line_text(&line[0], "；它等于少计一行（");
            gg_line_int(&line[0], rest);
            gg_line_text(&line[0], "）的合计");
            gg_line_text(&line[1], "; it is the sum without one row (");
            gg_line_int(&line[1], rest);
            gg_line_text(&line[1], ")");
            return;
        }
    }
}

/* One finding for all shares that follow from the constant and not from the total. */
static void report_denominator(gg_audit *audit, const gg_share_group *group, size_t *differing,
                               int64_t reference, const denominator *used, gg_span64 span) {
    int32_t *cells = gg_calloc(group->count, sizeof *cells);
    char detail[64];
    char expected[48];
    char zh[96] = "";
    char en[96] = "";
    char field[GG_NUM_TEXT_SIZE];
    size_t count = 0;
    gg_line line;
    if (cells == NULL) {
        gg_audit_out_of_memory(audit);
        return;
    }
    for (size_t i = 0; i < group->count; i++) {
        const gg_share_item *item = &group->items[i];
        if (fits(audit, item, GG_NO_FIGURE, used->constant, used->rounding) &&
            !fits(audit, item, GG_NO_FIGURE, reference, used->rounding)) {
            cells[count++] = item->shown;
        }
    }
    gg_line_init(&line, detail, sizeof detail);
    gg_line_int(&line, span.low);
    if (span.high > span.low) {
        gg_line_text(&line, "–");
        gg_line_int(&line, span.high);
    }
    explain_denominator(audit, group, reference, used->constant, zh, en, sizeof zh);
    gg_int_format(field, reference);
    if (count > 0) {
        const gg_audit_figure *first = &audit->figures[cells[0]];
        for (size_t i = 0; i < group->count; i++) {
            int64_t value = first->value;
            if (group->items[i].shown == cells[0] &&
                gg_ratio_round(&value, audit->figures[group->items[i].num].value, reference,
                               gg_audit_share_whole(first), used->rounding) == 0) {
                gg_printed_text(expected, &first->number, value);
            }
        }
        const gg_report report = {.rule = GG_RULE_AUDIT_DENOMINATOR,
                                  .severity = -1,
                                  .figures = cells,
                                  .count = count,
                                  .field = field,
                                  .expected = expected,
                                  .detail = detail,
                                  .extra = {zh, en}};
        gg_audit_report(audit, &report);
    }
    *differing = count;
    gg_free(cells);
}

/* A list that was cut off rather than rounded: a note, once, with the shares where it shows. */
static void report_truncated(gg_audit *audit, const gg_share_group *group,
                             const denominator *used) {
    for (size_t i = 0; i < group->count; i++) {
        const gg_share_item *item = &group->items[i];
        const gg_audit_figure *shown = &audit->figures[item->shown];
        int64_t under =
            used->figure == GG_NO_FIGURE ? used->constant : audit->figures[used->figure].value;
        int64_t value;
        char expected[48];
        if (gg_ratio_round(&value, audit->figures[item->num].value, under,
                           gg_audit_share_whole(shown), GRIDGOV_ROUNDING_HALF_UP) != 0 ||
            value == shown->value || value - shown->value > 1) {
            continue;
        }
        gg_printed_text(expected, &shown->number, value);
        const gg_report report = {.rule = GG_RULE_AUDIT_TRUNCATED,
                                  .severity = -1,
                                  .figures = &item->shown,
                                  .count = 1,
                                  .expected = expected,
                                  .extra = {"", ""}};
        gg_audit_report(audit, &report);
        return;
    }
}

static void add_shares(gg_audit *audit, const gg_share_group *group, const denominator *used) {
    for (size_t i = 0; i < group->count; i++) {
        gg_audit_share_of(audit, GRIDGOV_CHECK_SHARE, GG_RULE_AUDIT_SHARE, group->items[i].shown,
                          group->items[i].num, used->figure, used->constant, used->rounding);
    }
    if (used->rounding == GRIDGOV_ROUNDING_TRUNCATE) {
        report_truncated(audit, group, used);
    }
}

static int stands_elsewhere(const gg_audit *audit, const gg_share_group *group, int64_t value) {
    for (size_t i = 0; i < group->candidate_count; i++) {
        if (group->candidates[i] != group->total &&
            audit->figures[group->candidates[i]].value == value) {
            return 1;
        }
    }
    return 0;
}

/* No printed figure is the denominator; did the shares have another one in common? */
static size_t try_constant(gg_audit *audit, const gg_share_group *group,
                           const denominator *figure) {
    gg_span64 span;
    int64_t sum = sum_of(audit, group);
    size_t overlap = gg_audit_share_overlap(audit, group, GRIDGOV_ROUNDING_HALF_UP, &span);
    size_t against = group->total == GG_NO_FIGURE
                         ? 0
                         : count_fits(audit, group, group->total, 0, GRIDGOV_ROUNDING_HALF_UP);
    size_t known = figure->fitting > against ? figure->fitting : against;
    int64_t printed = group->total == GG_NO_FIGURE ? sum : audit->figures[group->total].value;
    // Two shares more than any printed figure explains; or all of them, where the total is in doubt
    // itself.
    int all = overlap == group->count && overlap > known && overlap >= 5 && sum != printed;
    if (overlap < 3 || overlap * 4 < group->count * 3 || (overlap < known + 2 && !all) ||
        span.high == INT64_MAX) {
        return 0;
    }
    size_t differing = 0;
    int64_t total = printed;
    denominator used = {GG_NO_FIGURE, span.low, GRIDGOV_ROUNDING_HALF_UP, overlap};
    if (sum >= span.low && sum <= span.high) {
        used.constant = sum;
    }
    if (group->total != GG_NO_FIGURE && used.constant == sum && sum != total &&
        overlap == group->count &&
        (stands_elsewhere(audit, group, sum) || !stands_elsewhere(audit, group, total))) {
        // The parts and their shares agree with each other and not with the total: that is what is
        // doubtful.
        used.figure = group->total;
        used.constant = 0;
    } else if (group->claimed && (total < span.low || total > span.high)) {
        // Where total and sum differ, the one that stands elsewhere as well is what the shares are
        // measured by.
        int torn = sum != total && stands_elsewhere(audit, group, sum) &&
                   !stands_elsewhere(audit, group, total);
        report_denominator(audit, group, &differing, torn ? sum : total, &used, span);
    }
    add_shares(audit, group, &used);
    // What follows from the wrong denominator only is not confirmed.
    audit->findings->checked[GRIDGOV_CHECK_SHARE] -= (int64_t)differing;
    return overlap;
}

size_t gg_audit_share_list(gg_audit *audit, const gg_share_group *group) {
    denominator used = best_figure(audit, group, GRIDGOV_ROUNDING_HALF_EVEN);
    gg_span64 span;
    // No other rounding is believed where some denominator explains as much with the usual one.
    if (used.rounding != GRIDGOV_ROUNDING_HALF_UP && group->count > 1 &&
        gg_audit_share_overlap(audit, group, GRIDGOV_ROUNDING_HALF_UP, &span) >= used.fitting) {
        used = best_figure(audit, group, GRIDGOV_ROUNDING_HALF_UP);
    }
    if (group->count == 0 || audit->status != GRIDGOV_OK) {
        return 0;
    }
    if (used.fitting < group->count && !group->doubtful) {
        size_t overlap = try_constant(audit, group, &used);
        if (overlap > 0) {
            return overlap;
        }
    }
    if ((used.fitting == group->count && (!group->doubtful || group->count >= 3)) ||
        (used.fitting >= 2 && used.fitting * 5 >= group->count * 3 && !group->doubtful)) {
        add_shares(audit, group, &used);
        return used.fitting;
    }
    if (group->claimed && group->total != GG_NO_FIGURE) {
        used = (denominator){group->total, 0, GRIDGOV_ROUNDING_HALF_UP, 0};
        add_shares(audit, group, &used);
    }
    return 0;
}
