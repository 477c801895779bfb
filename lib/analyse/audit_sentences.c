/* SPDX-License-Identifier: Apache-2.0 */
/* Shares and sums in sentences: "共上报 N 条。其中 A a 条，占 p%；…". Shares that stand together
 * are one list with one denominator; a share that follows from another count before it (a part of a
 * part) is taken out of the list.
 *
 * Parts are claimed to add up to their whole only on evidence: they do; or their shares add up to a
 * hundred; or the list names 其他; or two parts are each other's rest (办结 and 在办, 直办 and
 * 转办). A list of the five most frequent is no such list, and nothing is claimed of it. */
#include "audit_checks.h"
#include "audit_prose.h"

#include "base/mem.h"
#include "base/num.h"

#include <string.h>

#define LIST_MAX 256  /* shares or parts of one list */
#define LOOK_BACK 48  /* sayings before a list that may be its denominator */
#define PARTS_MAX 48  /* counts of one sentence */
#define WHOLES_MAX 10 /* sayings before a list that may be its whole */
#define WHOLE_WORDS "共|总|受理|上报|接到|收到|接听|接收|办理|立案|发现|采集|登记|流转"
#define REST_WORDS "其他|其它|其余"

int gg_audit_is_whole(const gg_saying *saying) {
    return saying->kind == GG_SAYS_COUNT && gg_audit_has_any(saying->label, WHOLE_WORDS);
}

int gg_audit_same_unit(const gg_saying *a, const gg_saying *b) {
    return a->unit.size == 0 || b->unit.size == 0 || gg_str_equal(a->unit, b->unit);
}

/* Pairs of labels that are each other's rest. */
static int is_rest_of(gg_str a, gg_str b) {
    static const char *const pairs[][2] = {
        {"在办|正在办理|办理中|未办结|待办|未结案|处理中",
         "办结|办理完毕|处理完毕|已处理|结案|完结"},
        {"转办|转派|派单|交办|派发|派遣|转交|转出",
         "直办|直接办理|直接解答|在线解答|当场答复|自行处理|即时答复|直接答复|在线办结|直接回复"},
        {"无效", "有效"},
        {"部件", "事件"},
        {"超时|超期|逾期|延期", "按时|按期|及时"},
        {"不满意", "满意"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        for (int turn = 0; turn < 2; turn++) {
            gg_str x = turn ? b : a;
            gg_str y = turn ? a : b;
            if (gg_audit_has_any(x, pairs[i][0]) && gg_audit_has_any(y, pairs[i][1]) &&
                !gg_audit_has_any(y, pairs[i][0])) {
                return 1;
            }
        }
    }
    return 0;
}

static int64_t value_of(const gg_audit *audit, const gg_saying *saying) {
    return audit->figures[saying->figure].value;
}

/* The count that a share at index is the share of: right before it, in its sentence. */
static size_t count_of_share(const gg_prose *prose, size_t index) {
    const gg_saying *share = &prose->items[index];
    for (size_t i = index; i-- > 0 && index - i <= 3;) {
        const gg_saying *before = &prose->items[i];
        if (before->sentence != share->sentence || before->kind == GG_SAYS_SHARE) {
            break;
        }
        if (before->kind == GG_SAYS_COUNT) {
            return share->clause - before->clause <= 2 ? i : SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

/* A list being read: indexes of sayings. */
typedef struct list {
    size_t counts[LIST_MAX], shares[LIST_MAX];
    size_t size;
    size_t first; /* saying that it begins with */
} list;

/* Counts before a list that its shares may be shares of, the nearest first; the likeliest whole in
 * *total. */
static size_t find_candidates(const gg_audit *audit, const list *of, int32_t *out, int32_t *total) {
    const gg_prose *prose = audit->prose;
    const gg_saying *first = &prose->items[of->first];
    size_t count = 0;
    int64_t largest = 0;
    int32_t small = GG_NO_FIGURE;
    *total = GG_NO_FIGURE;
    for (size_t i = 0; i < of->size; i++) {
        int64_t value = value_of(audit, &prose->items[of->counts[i]]);
        largest = value > largest ? value : largest;
    }
    for (size_t i = of->first; i-- > 0 && of->first - i <= LOOK_BACK * 4 && count < LOOK_BACK;) {
        const gg_saying *saying = &prose->items[i];
        if (saying->kind != GG_SAYS_COUNT || saying->rough || !gg_audit_same_unit(saying, first)) {
            continue;
        }
        out[count++] = saying->figure;
        if (!gg_audit_is_whole(saying) || saying->section + 1 < first->section) {
            continue;
        }
        if (*total == GG_NO_FIGURE && value_of(audit, saying) >= largest) {
            *total = saying->figure;
        } else if (small == GG_NO_FIGURE && gg_audit_has(saying->label, "共")) {
            small = saying->figure; // a digit too few, perhaps
        }
    }
    *total = *total == GG_NO_FIGURE ? small : *total;
    return count;
}

/* Do the printed shares add up to a hundred as far as rounding allows? */
static int shares_are_whole(const gg_audit *audit, const list *of) {
    int64_t sum = 0;
    int64_t halves = 0;
    for (size_t i = 0; i < of->size; i++) {
        const gg_audit_figure *figure = &audit->figures[audit->prose->items[of->shares[i]].figure];
        int64_t value;
        if (gg_audit_scaled(&value, figure, figure->value, -6) != 0 ||
            gg_add(&sum, sum, value) != 0) {
            return 0;
        }
        halves += gg_power_of_ten(6 - (figure->number.decimals < 6 ? figure->number.decimals : 6));
    }
    int64_t away = sum - 100 * gg_power_of_ten(6);
    return 2 * (away < 0 ? -away : away) <= halves;
}

static int names_rest(const gg_audit *audit, const list *of) {
    for (size_t i = 0; i < of->size; i++) {
        if (gg_audit_has_any(audit->prose->items[of->counts[i]].label, REST_WORDS)) {
            return 1;
        }
    }
    return 0;
}

/* Add whole = Σ parts. */
static void add_sum(gg_audit *audit, int32_t whole, const size_t *counts, size_t count) {
    gg_term terms[LIST_MAX + 1];
    terms[0] = (gg_term){whole, -1, GG_ROLE_NUMERATOR, 0};
    for (size_t i = 0; i < count; i++) {
        terms[i + 1] = (gg_term){audit->prose->items[counts[i]].figure, 1, GG_ROLE_NUMERATOR, 0};
    }
    gg_audit_equation(audit, GRIDGOV_CHECK_SUM, GG_RULE_AUDIT_SUM, terms, count + 1, 0, 0, whole);
}

static int64_t sum_of(const gg_audit *audit, const size_t *counts, size_t count) {
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const gg_audit_figure *figure = &audit->figures[audit->prose->items[counts[i]].figure];
        int64_t value;
        if (gg_audit_scaled(&value, figure, figure->value, -6) != 0 ||
            gg_add(&sum, sum, value) != 0) {
            return -1;
        }
    }
    return sum;
}

static int adds_up(const gg_audit *audit, int32_t whole, const size_t *counts, size_t count) {
    const gg_audit_figure *figure = &audit->figures[whole];
    int64_t value;
    return gg_audit_scaled(&value, figure, figure->value, -6) == 0 && value > 0 &&
           value == sum_of(audit, counts, count);
}

/* One share by itself: of the nearest count before it that it follows from, or of the whole its
 * sentence names. */
static void check_single(gg_audit *audit, size_t count, size_t share, const int32_t *candidates,
                         size_t candidate_count, int32_t total) {
    const gg_prose *prose = audit->prose;
    gg_share_item item = {prose->items[count].figure, prose->items[share].figure};
    gg_share_group group = {.items = &item,
                            .count = 1,
                            .candidates = candidates,
                            .candidate_count = candidate_count,
                            .total = total};
    if (gg_audit_has_any(prose->items[share].label, "率")) {
        return;
    }
    // A claim only where the whole was named right before: in this sentence, or with 其中 in the
    // last one.
    for (size_t i = count; i-- > 0 && total != GG_NO_FIGURE && count - i <= 4;) {
        if (prose->items[i].figure == total) {
            group.claimed = prose->items[i].sentence == prose->items[share].sentence ||
                            prose->items[count].of_which;
        }
    }
    // Or if a count before it is missed by one digit only, the one called the whole first.
    if (total != GG_NO_FIGURE && !group.claimed) {
        group.claimed = gg_audit_ratio_near(audit, item.shown, item.num, GG_NO_FIGURE, total);
    }
    for (size_t i = 0; i < candidate_count && !group.claimed; i++) {
        if (gg_audit_share_fits(audit, &group) == 0 &&
            gg_audit_ratio_near(audit, item.shown, item.num, GG_NO_FIGURE, candidates[i])) {
            group.total = candidates[i];
            group.claimed = 1;
        }
    }
    gg_audit_share_list(audit, &group);
}

/* Does the share at place i follow from a count that is not the list's whole: one right before it?
 */
static int is_part_of_part(const gg_audit *audit, const list *of, size_t i, int32_t *den) {
    const gg_prose *prose = audit->prose;
    size_t from = of->counts[i];
    for (size_t k = from; k-- > 0 && from - k <= 8;) {
        const gg_saying *saying = &prose->items[k];
        if (saying->kind == GG_SAYS_COUNT && saying->paragraph == prose->items[from].paragraph &&
            gg_audit_same_unit(saying, &prose->items[from]) &&
            gg_audit_follows(audit, prose->items[of->shares[i]].figure, prose->items[from].figure,
                             saying->figure) == GRIDGOV_ROUNDING_HALF_UP) {
            *den = saying->figure;
            return 1;
        }
    }
    return 0;
}

/* The denominator that most shares of the list follow from, and how many do. */
static size_t best_candidate(const gg_audit *audit, const list *of, const int32_t *candidates,
                             size_t candidate_count, int32_t *best) {
    size_t most = 0;
    *best = GG_NO_FIGURE;
    for (size_t c = 0; c < candidate_count; c++) {
        size_t fits = 0;
        for (size_t i = 0; i < of->size; i++) {
            fits += gg_audit_follows(audit, audit->prose->items[of->shares[i]].figure,
                                     audit->prose->items[of->counts[i]].figure, candidates[c]) != 0;
        }
        if (fits > most) {
            most = fits;
            *best = candidates[c];
        }
    }
    return most;
}

/* Take parts of parts out of the list: they get an identity of their own. */
static void take_out_parts(gg_audit *audit, list *of, int32_t best) {
    size_t kept = 0;
    for (size_t i = 0; i < of->size; i++) {
        const gg_prose *prose = audit->prose;
        int32_t shown = prose->items[of->shares[i]].figure;
        int32_t num = prose->items[of->counts[i]].figure;
        int32_t den;
        if (gg_audit_follows(audit, shown, num, best) == 0 && is_part_of_part(audit, of, i, &den)) {
            gg_audit_share_of(audit, GRIDGOV_CHECK_SHARE, GG_RULE_AUDIT_SHARE, shown, num, den, 0,
                              gg_audit_follows(audit, shown, num, den));
            continue;
        }
        of->counts[kept] = of->counts[i];
        of->shares[kept++] = of->shares[i];
    }
    of->size = kept;
}

/* Is the sum of the parts the whole but for one digit of the whole? */
static int misses_by_digit(const gg_audit *audit, int32_t whole, const size_t *counts,
                           size_t count) {
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const gg_audit_figure *part = &audit->figures[audit->prose->items[counts[i]].figure];
        if (gg_audit_exponent(part) != gg_audit_exponent(&audit->figures[whole]) ||
            gg_add(&sum, sum, part->value) != 0) {
            return 0;
        }
    }
    return gg_audit_one_digit(&audit->figures[whole], sum);
}

static void check_share_list(gg_audit *audit, list *of) {
    const gg_prose *prose = audit->prose;
    int32_t candidates[LOOK_BACK];
    gg_share_item items[LIST_MAX];
    int32_t total;
    int32_t best;
    size_t candidate_count = find_candidates(audit, of, candidates, &total);
    size_t fits = best_candidate(audit, of, candidates, candidate_count, &best);
    if (fits >= 2 && fits < of->size) {
        take_out_parts(audit, of, best);
    }
    int complete = shares_are_whole(audit, of) || names_rest(audit, of) ||
                   (fits > 0 && adds_up(audit, best, of->counts, of->size));
    if (of->size == 1 || (fits < 2 && !complete && of->size < 3)) {
        for (size_t i = 0; i < of->size; i++) {
            list one = {.counts = {of->counts[i]}, .shares = {of->shares[i]}, .size = 1};
            one.first = of->counts[i];
            candidate_count = find_candidates(audit, &one, candidates, &total);
            if (fits > 0 && candidate_count > 1) { // its neighbour's denominator is the likeliest
                candidates[candidate_count - 1] = candidates[0];
                candidates[0] = best;
            }
            check_single(audit, of->counts[i], of->shares[i], candidates, candidate_count, total);
        }
        return;
    }
    for (size_t i = 0; i < of->size; i++) {
        items[i] =
            (gg_share_item){prose->items[of->counts[i]].figure, prose->items[of->shares[i]].figure};
    }
    // The whole is the denominator that most follow from, or else the one that the parts miss by a
    // digit, or else the count that the text calls the whole.
    int32_t natural = fits * 2 >= of->size ? best : total;
    for (size_t i = 0; i < candidate_count && complete && fits * 2 < of->size; i++) {
        if (adds_up(audit, candidates[i], of->counts, of->size) ||
            misses_by_digit(audit, candidates[i], of->counts, of->size)) {
            natural = candidates[i];
            break;
        }
    }
    gg_share_group group = {.items = items,
                            .count = of->size,
                            .candidates = candidates,
                            .candidate_count = candidate_count,
                            .total = natural,
                            .claimed = complete};
    gg_audit_share_list(audit, &group);
    if (natural != GG_NO_FIGURE && (complete || adds_up(audit, natural, of->counts, of->size))) {
        add_sum(audit, natural, of->counts, of->size);
    }
}

/* Shares without counts: 咨询类占 77.18%，求助类占 …: they add up to a hundred if they come near
 * it. */
static void check_bare_shares(gg_audit *audit, const size_t *shares, size_t count) {
    gg_term terms[LIST_MAX];
    int64_t sum = 0;
    int rest = 0;
    const gg_audit_figure *first = &audit->figures[audit->prose->items[shares[0]].figure];
    for (size_t i = 0; i < count; i++) {
        const gg_saying *saying = &audit->prose->items[shares[i]];
        const gg_audit_figure *figure = &audit->figures[saying->figure];
        if (figure->number.decimals != first->number.decimals) {
            return;
        }
        sum += figure->value;
        rest |= gg_audit_has_any(saying->label, REST_WORDS);
        terms[i] = (gg_term){saying->figure, 1, GG_ROLE_NUMERATOR, 0};
    }
    int64_t whole = 100 * gg_power_of_ten(first->number.decimals);
    int64_t away = sum > whole ? sum - whole : whole - sum;
    if (count >= 3 && (away <= (int64_t)count / 2 || (rest && away <= whole))) {
        gg_audit_equation(audit, GRIDGOV_CHECK_SHARE_SUM, GG_RULE_AUDIT_SHARE_SUM, terms, count,
                          -100, (int64_t)count / 2, terms[0].figure);
    }
}

/* May the share at index go on the list? The same section, and no new whole in between. */
static int goes_on(const gg_audit *audit, const list *of, size_t count) {
    const gg_prose *prose = audit->prose;
    const gg_saying *last = &prose->items[of->shares[of->size - 1]];
    const gg_saying *next = &prose->items[count];
    if (of->size == LIST_MAX || next->section != last->section ||
        !gg_audit_same_unit(&prose->items[of->counts[0]], next)) {
        return 0;
    }
    if (next->paragraph != last->paragraph) {
        // One share a paragraph makes a list of paragraphs.
        int alone =
            of->size < 2 || prose->items[of->shares[of->size - 2]].paragraph != last->paragraph;
        return alone && next->paragraph == last->paragraph + 1 && !gg_audit_is_whole(next);
    }
    for (size_t i = of->shares[of->size - 1] + 1; i < count; i++) {
        if (gg_audit_is_whole(&prose->items[i])) {
            return 0;
        }
    }
    return 1;
}

static void check_shares(gg_audit *audit) {
    const gg_prose *prose = audit->prose;
    list *of = gg_calloc(1, sizeof *of);
    size_t bare[LIST_MAX];
    size_t bare_count = 0;
    if (of == NULL) {
        gg_audit_out_of_memory(audit);
        return;
    }
    for (size_t i = 0; i <= prose->count && gg_audit_go_on(audit, "shares"); i++) {
        int at_end = i == prose->count;
        if (!at_end && prose->items[i].kind != GG_SAYS_SHARE) {
            continue;
        }
        size_t count = at_end ? SIZE_MAX : count_of_share(prose, i);
        if (bare_count > 0 &&
            (at_end || count != SIZE_MAX || bare_count == LIST_MAX ||
             prose->items[bare[bare_count - 1]].sentence != prose->items[i].sentence)) {
            check_bare_shares(audit, bare, bare_count);
            bare_count = 0;
        }
        if (!at_end && count == SIZE_MAX) {
            bare[bare_count++] = i;
            continue;
        }
        if (of->size > 0 && (at_end || !goes_on(audit, of, count))) {
            check_share_list(audit, of);
            of->size = 0;
        }
        if (!at_end && !prose->items[count].rough) {
            of->first = of->size == 0 ? count : of->first;
            of->counts[of->size] = count;
            of->shares[of->size++] = i;
        }
    }
    gg_free(of);
}

/* Is a count already part of a list of shares? Then its sum was looked at there. */
static int has_share(const gg_prose *prose, size_t index) {
    return index + 1 < prose->count && prose->items[index + 1].kind == GG_SAYS_SHARE &&
           count_of_share(prose, index + 1) == index;
}

/* Would one changed digit, in the whole or in a part, make the parts add up? */
static int is_near(const gg_audit *audit, int32_t whole, const size_t *counts, size_t count) {
    int64_t rest = -audit->figures[whole].value;
    int32_t exponent = gg_audit_exponent(&audit->figures[whole]);
    for (size_t i = 0; i < count; i++) {
        const gg_audit_figure *part = &audit->figures[audit->prose->items[counts[i]].figure];
        if (gg_audit_exponent(part) != exponent || gg_add(&rest, rest, part->value) != 0) {
            return 0;
        }
    }
    if (gg_audit_one_digit(&audit->figures[whole], audit->figures[whole].value + rest)) {
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        const gg_audit_figure *part = &audit->figures[audit->prose->items[counts[i]].figure];
        if (part->value >= rest && gg_audit_one_digit(part, part->value - rest)) {
            return 1;
        }
    }
    return 0;
}

/* Counts that may be the whole of a list that begins at a place: before it, in its paragraph or the
 * one before. */
static size_t find_wholes(const gg_audit *audit, size_t first, size_t *out) {
    const gg_prose *prose = audit->prose;
    size_t count = 0;
    for (size_t k = first; k-- > 0 && first - k <= WHOLES_MAX;) {
        const gg_saying *saying = &prose->items[k];
        if (saying->paragraph + 1 < prose->items[first].paragraph) {
            break;
        }
        if (saying->kind == GG_SAYS_COUNT && !saying->rough &&
            gg_audit_same_unit(saying, &prose->items[first])) {
            out[count++] = k;
        }
    }
    return count;
}

/* The whole that the parts add up to; else, with evidence that they should, the one they miss by a
 * digit, or the nearest that the words call a whole. SIZE_MAX if there is none. */
static size_t choose_whole(const gg_audit *audit, const size_t *parts, size_t count, int evidence) {
    size_t wholes[WHOLES_MAX];
    size_t found = find_wholes(audit, parts[0], wholes);
    const gg_prose *prose = audit->prose;
    for (size_t i = 0; i < found; i++) {
        if (adds_up(audit, prose->items[wholes[i]].figure, parts, count)) {
            return wholes[i];
        }
    }
    for (size_t i = 0; i < found && evidence; i++) {
        if (is_near(audit, prose->items[wholes[i]].figure, parts, count)) {
            return wholes[i];
        }
    }
    for (size_t i = 0; i < found && evidence > 1; i++) {
        if (gg_audit_is_whole(&prose->items[wholes[i]]) &&
            prose->items[wholes[i]].sentence + 1 >= prose->items[parts[0]].sentence) {
            return wholes[i];
        }
    }
    return SIZE_MAX;
}

/* Claim parts that miss the count right before them by one digit and are most of it; 1 if there is
 * such a count. */
static int check_near(gg_audit *audit, const size_t *counts, size_t count) {
    const gg_prose *prose = audit->prose;
    size_t from = gg_audit_has(prose->items[counts[1]].label, "其中") ? 1 : 0;
    size_t wholes[WHOLES_MAX];
    size_t found = find_wholes(audit, counts[from], wholes);
    if (count < from + 2 || found == 0 ||
        audit->figures[prose->items[wholes[0]].figure].value < 100) {
        return 0;
    }
    int32_t whole = prose->items[wholes[0]].figure;
    int64_t sum = sum_of(audit, counts + from, count - from);
    int64_t all;
    if (gg_audit_scaled(&all, &audit->figures[whole], audit->figures[whole].value, -6) != 0 ||
        sum < all / 2 || sum / 2 > all || !is_near(audit, whole, counts + from, count - from)) {
        return 0;
    }
    add_sum(audit, whole, counts + from, count - from);
    return 1;
}

/* The parts of one sentence: the longest run that adds up to a whole before it, or that there is
 * evidence for. */
static void check_parts(gg_audit *audit, const size_t *counts, size_t count) {
    const gg_prose *prose = audit->prose;
    for (size_t from = 0; from < 2 && from + 2 <= count; from++) {
        for (size_t to = count; to >= from + 2; to--) {
            size_t whole = choose_whole(audit, counts + from, to - from, 0);
            if (whole != SIZE_MAX) {
                add_sum(audit, prose->items[whole].figure, counts + from, to - from);
                return;
            }
        }
    }
    for (size_t k = 0; k + 1 < count; k++) {
        if (is_rest_of(prose->items[counts[k]].label, prose->items[counts[k + 1]].label)) {
            size_t whole = choose_whole(audit, counts + k, 2, 1 + (k > 0));
            if (whole != SIZE_MAX) {
                add_sum(audit, prose->items[whole].figure, counts + k, 2);
                return;
            }
        }
    }
    // 其中 a 件、b 件 that miss the whole right before them by one digit, and are most of it
    if (prose->items[counts[1]].of_which && check_near(audit, counts, count)) {
        return;
    }
    for (size_t from = 0; from < 2; from++) {
        int rest = 0;
        for (size_t i = from; i < count; i++) {
            rest |= gg_audit_has_any(prose->items[counts[i]].label, REST_WORDS);
        }
        if (rest && count >= from + 3) {
            size_t whole = choose_whole(audit, counts + from, count - from,
                                        prose->items[counts[0]].of_which ? 2 : 1);
            if (whole != SIZE_MAX) {
                add_sum(audit, prose->items[whole].figure, counts + from, count - from);
                return;
            }
        }
    }
}

/* Counts of one sentence that have no share: a list of parts behind a whole. */
static void check_lists(gg_audit *audit) {
    const gg_prose *prose = audit->prose;
    for (size_t i = 0; i < prose->count && gg_audit_go_on(audit, "lists");) {
        size_t counts[PARTS_MAX];
        size_t count = 0;
        size_t end = i;
        while (end < prose->count && prose->items[end].sentence == prose->items[i].sentence) {
            const gg_saying *saying = &prose->items[end];
            if (saying->kind == GG_SAYS_COUNT && !saying->rough && !has_share(prose, end) &&
                count < PARTS_MAX) {
                counts[count++] = end;
            }
            end++;
        }
        if (count >= 2) {
            check_parts(audit, counts, count);
        }
        i = end;
    }
}

void gg_audit_check_prose(gg_audit *audit) {
    check_shares(audit);
    check_lists(audit);
    gg_audit_check_prose_rates(audit);
    gg_audit_check_prose_changes(audit);
    gg_audit_check_prose_means(audit);
}
