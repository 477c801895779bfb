/* SPDX-License-Identifier: Apache-2.0 */
/* From broken identities to the smallest sets of figures that explain them.
 *
 * A figure explains the broken identities it stands in if there is a value for it that keeps all of
 * its identities, those that hold today included: so a figure that other identities confirm is
 * never accused. Broken identities that share figures are taken together. The figures that explain
 * the most of them are the finding, one figure if one alone does, all of them if they cannot be
 * told apart; what is left is explained the same way. If nothing explains an identity, all of its
 * figures are the finding.
 *
 * Each pass looks at every term of a group once and there are at most PASSES_MAX passes a group, so
 * the work is linear in the number of terms. */
#include "audit_model.h"

#include "base/line.h"
#include "base/mem.h"
#include "base/num.h"

#include <string.h>

#define PASSES_MAX 64
#define CELLS_MAX 512 /* cells of one finding */

typedef struct solver {
    gg_audit *audit;
    size_t *start;   /* of a figure's terms in list; figure_count + 1 */
    int32_t *list;   /* term indexes, ordered by figure, then identity */
    int32_t *parent; /* of a broken identity in its group; union by least index */
    int32_t *next;   /* next broken identity of the group, −1 at the end */
    int32_t *seen;   /* by figure: pass that looked at it last */
    int32_t *marked; /* by identity: pass that marked it last */
    int32_t *chosen; /* figures of the finding */
    int32_t pass;
} solver;

static int32_t root_of(int32_t *parent, int32_t index) {
    while (parent[index] != index) {
        parent[index] = parent[parent[index]];
        index = parent[index];
    }
    return index;
}

static void unite(int32_t *parent, int32_t a, int32_t b) {
    int32_t left = root_of(parent, a);
    int32_t right = root_of(parent, b);
    if (left != right) {
        parent[left > right ? left : right] = left > right ? right : left;
    }
}

static void index_terms(solver *s) {
    const gg_audit *audit = s->audit;
    for (size_t i = 0; i < audit->term_count; i++) {
        s->start[audit->terms[i].figure + 1]++;
    }
    for (size_t f = 0; f < audit->figure_count; f++) {
        s->start[f + 1] += s->start[f];
    }
    for (size_t i = audit->term_count;
         i-- > 0;) { // from the back: each figure's end is its fill mark
        size_t figure = (size_t)audit->terms[i].figure;
        s->list[--s->start[figure + 1]] = (int32_t)i;
    }
    // start[f + 1] is now where f begins; shift back by one
    for (size_t f = 0; f < audit->figure_count; f++) {
        s->start[f] = s->start[f + 1];
    }
    s->start[audit->figure_count] = audit->term_count;
}

/* Groups of broken identities that share figures, linked in order from their roots. */
static void make_groups(solver *s) {
    gg_audit *audit = s->audit;
    int32_t *last = s->marked; // by root: last member, while groups are made
    for (size_t i = 0; i < audit->identity_count; i++) {
        s->parent[i] = (int32_t)i;
        s->next[i] = -1;
    }
    for (size_t f = 0; f < audit->figure_count; f++) {
        int32_t first = -1;
        for (size_t k = s->start[f]; k < s->start[f + 1]; k++) {
            int32_t identity = audit->terms[s->list[k]].identity;
            if (audit->identities[identity].broken) {
                first = first < 0 ? identity : first;
                unite(s->parent, first, identity);
            }
        }
    }
    for (size_t i = 0; i < audit->identity_count; i++) {
        if (audit->identities[i].broken) {
            int32_t root = root_of(s->parent, (int32_t)i);
            if (root != (int32_t)i) {
                s->next[last[root]] = (int32_t)i;
            }
            last[root] = (int32_t)i;
        }
    }
    memset(s->marked, 0, audit->identity_count * sizeof *s->marked);
}

/* How many open identities a figure explains; the values that keep all of its identities in *span.
 */
static int32_t explains(const solver *s, int32_t figure, gg_span64 *span) {
    const gg_audit *audit = s->audit;
    int32_t count = 0;
    *span = (gg_span64){INT64_MIN, INT64_MAX};
    for (size_t k = s->start[figure]; k < s->start[figure + 1];) {
        gg_term terms[4];
        size_t used = 0;
        const gg_term *first = &audit->terms[s->list[k]];
        const gg_identity *identity = &audit->identities[first->identity];
        while (k < s->start[figure + 1] && audit->terms[s->list[k]].identity == first->identity) {
            if (used < 4) {
                terms[used++] = audit->terms[s->list[k]];
            }
            k++;
        }
        if (identity->settled) {
            continue;
        }
        gg_span64 own = gg_audit_solve_for(audit, identity, terms, used);
        span->low = own.low > span->low ? own.low : span->low;
        span->high = own.high < span->high ? own.high : span->high;
        if (span->low > span->high) {
            return 0;
        }
        count += identity->broken;
    }
    return count;
}

/* Does the figure stand in as many open identities of the marked set as it explains? */
static int same_set(const solver *s, int32_t figure) {
    const gg_audit *audit = s->audit;
    for (size_t k = s->start[figure]; k < s->start[figure + 1]; k++) {
        int32_t index = audit->terms[s->list[k]].identity;
        const gg_identity *identity = &audit->identities[index];
        if (identity->broken && !identity->settled && s->marked[index] != s->pass) {
            return 0;
        }
    }
    return 1;
}

/* The figures that explain the most of a group, in s->chosen; the number of identities in *best. */
static size_t choose(solver *s, int32_t group, int32_t *best) {
    const gg_audit *audit = s->audit;
    size_t count = 0;
    gg_span64 span;
    *best = 0;
    for (int round = 0; round < 2; round++) {
        s->pass++;
        if (round == 1 && *best == 0) {
            break;
        }
        if (round == 1) { // mark what the first best figure explains
            for (size_t k = s->start[s->chosen[0]]; k < s->start[s->chosen[0] + 1]; k++) {
                s->marked[audit->terms[s->list[k]].identity] = s->pass;
            }
        }
        for (int32_t i = group; i >= 0; i = s->next[i]) {
            const gg_identity *identity = &audit->identities[i];
            for (size_t k = 0; k < identity->count && !identity->settled; k++) {
                int32_t figure = audit->terms[identity->first + k].figure;
                if (s->seen[figure] == s->pass) {
                    continue;
                }
                s->seen[figure] = s->pass;
                int32_t number = explains(s, figure, &span);
                if (round == 0 && number > *best) {
                    *best = number;
                    s->chosen[0] = figure;
                } else if (round == 1 && number == *best && same_set(s, figure) &&
                           count < CELLS_MAX) {
                    s->chosen[count++] = figure;
                }
            }
        }
    }
    return count;
}

/* The identity that the finding speaks of: one whose target is the figure, else the first
 * explained. */
static int32_t primary_of(const solver *s, int32_t figure) {
    const gg_audit *audit = s->audit;
    int32_t first = -1;
    for (size_t k = s->start[figure]; k < s->start[figure + 1]; k++) {
        int32_t index = audit->terms[s->list[k]].identity;
        const gg_identity *identity = &audit->identities[index];
        if (!identity->broken || identity->settled) {
            continue;
        }
        if (identity->target == figure) {
            return index;
        }
        first = first < 0 ? index : first;
    }
    return first;
}

/* The value of an identity's target that keeps it, as text; "" if there is no single one. */
static void expect(char *buffer, const solver *s, int32_t identity, int32_t figure) {
    const gg_audit *audit = s->audit;
    const gg_identity *of = &audit->identities[identity];
    for (size_t k = 0; k < of->count; k++) {
        const gg_term *term = &audit->terms[of->first + k];
        if (term->figure == figure) {
            gg_span64 span = gg_audit_solve_for(audit, of, term, 1);
            if (span.low == span.high) {
                gg_printed_text(buffer, &audit->figures[figure].number, span.low);
            }
            return;
        }
    }
}

static void report_figures(solver *s, int32_t identity, size_t count, gg_span64 span) {
    gg_audit *audit = s->audit;
    const gg_identity *of = &audit->identities[identity];
    char expected[96] = "";
    char detail[GG_NUM_TEXT_SIZE + 1];
    char zh[96] = "";
    char en[96] = "";
    gg_report report = {.rule = of->rule, .severity = -1, .figures = s->chosen, .count = count};
    if (count == 1 && span.low == span.high) {
        gg_printed_text(expected, &audit->figures[s->chosen[0]].number, span.low);
    } else if (count == 1 && span.low > INT64_MIN && span.high < INT64_MAX) {
        size_t size = gg_printed_text(expected, &audit->figures[s->chosen[0]].number, span.low);
        memcpy(expected + size, "–", 3);
        gg_printed_text(expected + size + 3, &audit->figures[s->chosen[0]].number, span.high);
    } else if (count > 1) {
        gg_line line;
        for (size_t i = 0; i < count; i++) { // speak of the target if it is among them
            if (s->chosen[i] == of->target) {
                s->chosen[i] = s->chosen[0];
                s->chosen[0] = of->target;
            }
        }
        expect(expected, s, identity, s->chosen[0]);
        gg_line_init(&line, zh, sizeof zh);
        gg_line_text(&line, "；这 ");
        gg_line_int(&line, (int64_t)count);
        gg_line_text(&line, " 个数中至少一个有误，不能确定是哪一个");
        gg_line_init(&line, en, sizeof en);
        gg_line_text(&line, "; at least one of these ");
        gg_line_int(&line, (int64_t)count);
        gg_line_text(&line, " figures is wrong, it cannot be told which");
    }
    report.expected = expected[0] != '\0' ? expected : "?";
    if (of->rule == GG_RULE_AUDIT_SHARE_SUM) { // speaks of the sum, not of one share
        size_t size = gg_decimal_format(detail, of->sum + 100 * gg_power_of_ten(-of->exponent),
                                        -of->exponent, -of->exponent);
        memcpy(detail + size, "%", 2);
        report.detail = detail;
        report.expected = "?";
    }
    report.extra[GRIDGOV_LANG_ZH] = zh;
    report.extra[GRIDGOV_LANG_EN] = en;
    gg_audit_report(audit, &report);
}

/* The open identities of a figure are explained; a single one with a single value takes that value.
 */
static void settle(solver *s, size_t count, gg_span64 span) {
    gg_audit *audit = s->audit;
    int32_t figure = s->chosen[0];
    for (size_t k = s->start[figure]; k < s->start[figure + 1]; k++) {
        gg_identity *identity = &audit->identities[audit->terms[s->list[k]].identity];
        identity->settled |= identity->broken;
    }
    for (size_t i = 0; i < count; i++) {
        audit->figures[s->chosen[i]].faulty = count == 1 ? 1 : 2;
    }
    if (count == 1 && span.low == span.high) {
        audit->figures[figure].value = span.low;
        for (size_t k = s->start[figure]; k < s->start[figure + 1]; k++) {
            gg_audit_reevaluate(audit, audit->terms[s->list[k]].identity);
        }
    }
}

/* What no single figure explains: each identity by itself, with all of its figures. */
static void report_rest(solver *s, int32_t group) {
    gg_audit *audit = s->audit;
    for (int32_t i = group; i >= 0; i = s->next[i]) {
        gg_identity *identity = &audit->identities[i];
        size_t count = 0;
        s->pass++;
        for (size_t k = 0; k < identity->count && identity->broken && !identity->settled; k++) {
            int32_t figure = audit->terms[identity->first + k].figure;
            if (s->seen[figure] != s->pass && count < CELLS_MAX) {
                s->seen[figure] = s->pass;
                s->chosen[count++] = figure;
                audit->figures[figure].faulty = 2;
            }
        }
        if (count > 0) {
            report_figures(s, i, count, (gg_span64){INT64_MIN, INT64_MAX});
        }
        identity->settled = 1;
    }
}

static void solve_group(solver *s, int32_t group) {
    for (int pass = 0; pass < PASSES_MAX; pass++) {
        int32_t best;
        gg_span64 span;
        size_t count = choose(s, group, &best);
        if (best == 0 || count == 0) {
            break;
        }
        explains(s, s->chosen[0], &span);
        int32_t first = s->chosen[0];
        report_figures(s, primary_of(s, first), count, span);
        settle(s, count, span);
    }
    report_rest(s, group);
}

void gg_audit_solve(gg_audit *audit) {
    size_t identities = audit->identity_count;
    size_t figures = audit->figure_count;
    solver s = {.audit = audit};
    if (audit->status != GRIDGOV_OK || identities == 0) {
        return;
    }
    s.start = gg_calloc(figures + 2, sizeof *s.start);
    s.list = gg_calloc(audit->term_count, sizeof *s.list);
    s.parent = gg_calloc(identities, sizeof *s.parent);
    s.next = gg_calloc(identities, sizeof *s.next);
    s.seen = gg_calloc(figures, sizeof *s.seen);
    s.marked = gg_calloc(identities, sizeof *s.marked);
    s.chosen = gg_calloc(CELLS_MAX, sizeof *s.chosen);
    if (s.start == NULL || s.list == NULL || s.parent == NULL || s.next == NULL || s.seen == NULL ||
        s.marked == NULL || s.chosen == NULL) {
        gg_audit_out_of_memory(audit);
    } else {
        index_terms(&s);
        make_groups(&s);
        for (size_t i = 0; i < identities && audit->status == GRIDGOV_OK; i++) {
            if (audit->identities[i].broken && s.parent[i] == (int32_t)i) {
                solve_group(&s, (int32_t)i);
            }
        }
    }
    gg_free(s.chosen);
    gg_free(s.marked);
    gg_free(s.seen);
    gg_free(s.next);
    gg_free(s.parent);
    gg_free(s.list);
    gg_free(s.start);
}
