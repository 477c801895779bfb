/* SPDX-License-Identifier: Apache-2.0 */
/* No case is lost and none is counted twice, on more than a million random steps.
 *
 * A simulator of its own plays cases by the rules of the life cycle, written down here once more,
 * and keeps the books of every holder, category and month itself; the library's books have to be
 * the same, number by number. Then come logs that obey no rule at all, whose steps are mostly
 * refused: whatever becomes of them, the books balance, transfers and changes of category stand in
 * two books, the closing of a month is the opening of the next, and the seconds of the holders add
 * up to those of the cases, whatever may be known at the time. */
#include "support/random_month.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MONTHS = 3,
    HOLDERS = 7, /* the street itself and six agencies */
    CATEGORIES = 5,
    LEGAL_RUNS = 9,
    LEGAL_CASES = 12000,
    WILD_RUNS = 6,
    WILD_CASES = 6000,
    WILD_STEPS = 9,
    STACK = 64
};

static const gridgov_time month_from[MONTHS + 1] = {TOWN_FROM, TOWN_FROM + (gridgov_time)30 * 86400,
                                                    TOWN_FROM + (gridgov_time)61 * 86400,
                                                    TOWN_FROM + (gridgov_time)91 * 86400};

typedef int64_t books[MONTHS][HOLDERS][CATEGORIES][GRIDGOV_FLOW_COUNTS];

typedef enum stage {
    REPORTED,
    FILED,
    OFFERED,
    HELD,
    RETURNED,
    REOPENED,
    SUSPENDED,
    CLOSED,
    REFUSED, /* rejected or filed for record: may be reopened */
    GONE     /* void or merged */
} stage;

/* A case as the simulator sees it. */
typedef struct sim {
    char id[16];
    stage at, back;
    int holder, category; /* holder 0: the street itself */
    int stack[STACK], depth;
    gridgov_time now;
} sim;

static const char *const agency_names[HOLDERS] = {"",     "甲所", "乙所", "丙所",
                                                  "丁所", "戊所", "己所"};
static const char *const category_names[CATEGORIES] = {"一类", "二类", "三类", "四类", "五类"};

static int64_t step_total; /* over all runs */

static int month_of(gridgov_time at) {
    for (int m = 0; m < MONTHS; m++) {
        if (at < month_from[m + 1]) {
            return m;
        }
    }
    return MONTHS;
}

static void post(books b, const sim *s, int holder, int category, int32_t account) {
    const int m = month_of(s->now);
    if (m < MONTHS) {
        b[m][holder][category][account]++;
    }
}

static void add_step(gridgov_ledger *ledger, const sim *s, int32_t kind, const char *agency,
                     const char *category, uint64_t *seed) {
    gridgov_step step = town_step(s->id, kind, agency, s->now);
    step.category_name = category;
    step.recorded_at =
        below(seed, 4) ? GRIDGOV_NO_TIME : s->now + (gridgov_time)below(seed, 20) * 86400;
    step.reason = kind == GRIDGOV_STEP_REJECT || kind == GRIDGOV_STEP_VOID ||
                          kind == GRIDGOV_STEP_RETURN || kind == GRIDGOV_STEP_SUSPEND
                      ? "重复"
                      : "";
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    step_total++;
}

/* Hand the case over; returns go back to whom it came from. */
static void transfer(books b, sim *s, int to, int back) {
    if (to != s->holder) {
        post(b, s, s->holder, s->category, GRIDGOV_FLOW_TRANSFERRED_OUT);
        post(b, s, to, s->category, GRIDGOV_FLOW_TRANSFERRED_IN);
        if (back) {
            post(b, s, s->holder, s->category, GRIDGOV_FLOW_RETURNED_OUT);
        }
    }
    s->holder = to;
}

static void dispatch(gridgov_ledger *ledger, books b, sim *s, uint64_t *seed) {
    const int to = 1 + below(seed, HOLDERS - 1);
    if (s->depth == STACK) {
        return;
    }
    add_step(ledger, s, GRIDGOV_STEP_DISPATCH, agency_names[to], "", seed);
    s->stack[s->depth++] = s->holder;
    transfer(b, s, to, 0);
    s->at = OFFERED;
}

static void leave(gridgov_ledger *ledger, books b, sim *s, int32_t kind, int32_t account, stage to,
                  uint64_t *seed) {
    add_step(ledger, s, kind, "", "", seed);
    post(b, s, s->holder, s->category, account);
    s->at = to;
}

static void recategorise(gridgov_ledger *ledger, books b, sim *s, uint64_t *seed) {
    const int to = below(seed, CATEGORIES);
    add_step(ledger, s, GRIDGOV_STEP_RECATEGORISE, "", category_names[to], seed);
    if (to != s->category) {
        post(b, s, s->holder, s->category, GRIDGOV_FLOW_RECATEGORISED_OUT);
        post(b, s, s->holder, to, GRIDGOV_FLOW_RECATEGORISED_IN);
    }
    s->category = to;
}

/* What may happen to any open case. */
static void open_step(gridgov_ledger *ledger, books b, sim *s, uint64_t *seed) {
    switch (below(seed, 12)) {
    case 0:
        leave(ledger, b, s, GRIDGOV_STEP_VOID, GRIDGOV_FLOW_VOIDED, GONE, seed);
        break;
    case 1:
        leave(ledger, b, s, GRIDGOV_STEP_MERGE, GRIDGOV_FLOW_MERGED, GONE, seed);
        break;
    case 2:
    case 3:
        recategorise(ledger, b, s, seed);
        break;
    case 4:
        add_step(ledger, s, GRIDGOV_STEP_SUSPEND, "", "", seed);
        s->back = s->at;
        s->at = SUSPENDED;
        break;
    case 5:
    case 6:
        leave(ledger, b, s, GRIDGOV_STEP_CLOSE, GRIDGOV_FLOW_CLOSED, CLOSED, seed);
        break;
    default:
        dispatch(ledger, b, s, seed);
        break;
    }
}

static void give_back(gridgov_ledger *ledger, books b, sim *s, int32_t kind, uint64_t *seed) {
    add_step(ledger, s, kind, kind == GRIDGOV_STEP_RETURN ? agency_names[s->holder] : "", "", seed);
    if (s->depth > 0) {
        transfer(b, s, s->stack[--s->depth], 1);
    }
    s->at = RETURNED;
}

static void reopen(gridgov_ledger *ledger, books b, sim *s, uint64_t *seed) {
    add_step(ledger, s, GRIDGOV_STEP_REOPEN, "", "", seed);
    s->holder = s->depth = 0;
    post(b, s, 0, s->category, GRIDGOV_FLOW_REOPENED);
    s->at = REOPENED;
}

static void legal_step(gridgov_ledger *ledger, books b, sim *s, uint64_t *seed) {
    const int choice = below(seed, 4);
    s->now += 1 + below(seed, 10 * 86400);
    switch (s->at) {
    case REPORTED:
        if (choice == 0) {
            add_step(ledger, s, GRIDGOV_STEP_FILE, "", "", seed);
            s->at = FILED;
        } else if (choice == 1 && below(seed, 3) == 0) {
            leave(ledger, b, s, GRIDGOV_STEP_REJECT, GRIDGOV_FLOW_REJECTED, REFUSED, seed);
        } else if (choice == 1 && below(seed, 3) == 0) {
            leave(ledger, b, s, GRIDGOV_STEP_RECORD, GRIDGOV_FLOW_RECORDED, REFUSED, seed);
        } else {
            open_step(ledger, b, s, seed);
        }
        break;
    case OFFERED:
        if (choice == 0) {
            give_back(ledger, b, s, GRIDGOV_STEP_TIMEOUT, seed);
        } else if (choice == 1 && s->depth > 0) {
            give_back(ledger, b, s, GRIDGOV_STEP_RETURN, seed);
        } else if (choice == 2) {
            add_step(ledger, s, GRIDGOV_STEP_ACKNOWLEDGE, agency_names[s->holder], "", seed);
            s->at = HELD;
        } else {
            open_step(ledger, b, s, seed);
        }
        break;
    case HELD:
        if (choice == 0 && s->depth > 0) {
            give_back(ledger, b, s, GRIDGOV_STEP_RETURN, seed);
        } else if (choice == 1 && s->holder != 0) {
            add_step(ledger, s, GRIDGOV_STEP_HANDLE, agency_names[s->holder], "", seed);
        } else {
            open_step(ledger, b, s, seed);
        }
        break;
    case SUSPENDED:
        add_step(ledger, s, GRIDGOV_STEP_RESUME, "", "", seed);
        s->at = s->back;
        break;
    case CLOSED:
    case REFUSED:
        reopen(ledger, b, s, seed);
        break;
    case GONE:
        break;
    default:
        open_step(ledger, b, s, seed);
        break;
    }
}

static void begin(gridgov_ledger *ledger, sim *s, int number, uint64_t *seed) {
    memset(s, 0, sizeof *s);
    (void)snprintf(s->id, sizeof s->id, "S%d", number);
    s->category = below(seed, CATEGORIES);
    s->now = TOWN_FROM + (gridgov_time)below(seed, 90 * 86400);
    gridgov_event event = town_event(s->id, GRIDGOV_NONE, s->now);
    event.category_name = category_names[s->category];
    town_add_event(ledger, &event);
}

static gridgov_ledger *new_ledger(void) {
    gridgov_ledger *ledger = NULL;
    assert_int_equal(gridgov_ledger_new(&ledger, NULL, NULL, NULL), GRIDGOV_OK);
    return ledger;
}

/* Open at the end of each month, entered as its closing and the next one's opening. */
static void post_ends(books b, const sim *s, const sim *at_end[MONTHS]) {
    (void)s;
    for (int m = 0; m < MONTHS; m++) {
        if (at_end[m] == NULL || at_end[m]->at >= CLOSED) {
            continue;
        }
        b[m][at_end[m]->holder][at_end[m]->category][GRIDGOV_FLOW_CLOSING]++;
        if (m + 1 < MONTHS) {
            b[m + 1][at_end[m]->holder][at_end[m]->category][GRIDGOV_FLOW_OPENING]++;
        }
    }
}

static void play_legal(gridgov_ledger *ledger, books b, int number, uint64_t *seed) {
    sim s;
    sim kept[MONTHS];
    const sim *at_end[MONTHS] = {NULL};
    begin(ledger, &s, number, seed);
    post(b, &s, 0, s.category, GRIDGOV_FLOW_REPORTED);
    sim before = s;
    for (int steps = 6 + below(seed, 12); steps > 0 && s.at != GONE; steps--) {
        before = s;
        legal_step(ledger, b, &s, seed);
        for (int m = month_of(before.now); m < MONTHS && m < month_of(s.now); m++) {
            kept[m] = before;
            at_end[m] = &kept[m];
        }
    }
    for (int m = month_of(s.now); m < MONTHS; m++) {
        kept[m] = s;
        at_end[m] = &kept[m];
    }
    post_ends(b, &s, at_end);
}

static gridgov_flow *run_month(const gridgov_ledger *ledger, int m, gridgov_time known_by) {
    gridgov_flow *flow = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    gridgov_flow_options options;
    gridgov_flow_options_init(&options, sizeof options);
    options.period.from = month_from[m];
    options.period.to = month_from[m + 1];
    options.known_by = known_by;
    assert_int_equal(gridgov_issues_new(&issues, 1, NULL), GRIDGOV_OK);
    if (gridgov_flow_run(&flow, ledger, &options, issues, NULL, &err) != GRIDGOV_OK) {
        gridgov_error issue = {0};
        gridgov_issues_at(&issue, issues, 0);
        fail_msg("month %d: %s: %s", m, err.message, issue.message);
    }
    gridgov_issues_free(issues);
    return flow;
}

static int64_t sum_in(const int64_t *counts) {
    return counts[GRIDGOV_FLOW_OPENING] + counts[GRIDGOV_FLOW_REPORTED] +
           counts[GRIDGOV_FLOW_TRANSFERRED_IN] + counts[GRIDGOV_FLOW_REOPENED] +
           counts[GRIDGOV_FLOW_SPLIT_IN] + counts[GRIDGOV_FLOW_RECATEGORISED_IN];
}

static int64_t sum_out(const int64_t *counts) {
    return counts[GRIDGOV_FLOW_CLOSING] + counts[GRIDGOV_FLOW_CLOSED] +
           counts[GRIDGOV_FLOW_TRANSFERRED_OUT] + counts[GRIDGOV_FLOW_VOIDED] +
           counts[GRIDGOV_FLOW_REJECTED] + counts[GRIDGOV_FLOW_MERGED] +
           counts[GRIDGOV_FLOW_RECORDED] + counts[GRIDGOV_FLOW_RECATEGORISED_OUT];
}

/* The law, double entry, and the seconds of the holders. */
static void expect_law(const gridgov_flow *flow) {
    gridgov_flow_account account = {.struct_size = sizeof account};
    gridgov_flow_handover pair = {.struct_size = sizeof pair};
    gridgov_flow_holder holder = {.struct_size = sizeof holder};
    int64_t sums[GRIDGOV_FLOW_COUNTS] = {0};
    int64_t handovers = 0;
    int64_t returns = 0;
    int64_t seconds = 0;
    int64_t open = 0;
    for (int64_t i = 0; gridgov_flow_account_at(&account, flow, i) == GRIDGOV_OK; i++) {
        assert_true(sum_in(account.counts) == sum_out(account.counts));
        for (int c = 0; c < GRIDGOV_FLOW_COUNTS; c++) {
            sums[c] += account.counts[c];
        }
    }
    for (int64_t i = 0; gridgov_flow_handover_at(&pair, flow, i) == GRIDGOV_OK; i++) {
        assert_true(pair.from != pair.to && pair.count > 0);
        handovers += pair.count;
        returns += pair.returns;
    }
    for (int64_t i = 0; gridgov_flow_holder_at(&holder, flow, i) == GRIDGOV_OK; i++) {
        seconds += holder.held_seconds;
        for (int a = 0; a < GRIDGOV_FLOW_AGES; a++) {
            open += holder.ages[a];
        }
        assert_true(holder.first_time <= holder.closed && holder.work_seconds <= 0);
    }
    assert_true(sums[GRIDGOV_FLOW_TRANSFERRED_IN] == sums[GRIDGOV_FLOW_TRANSFERRED_OUT]);
    assert_true(sums[GRIDGOV_FLOW_RECATEGORISED_IN] == sums[GRIDGOV_FLOW_RECATEGORISED_OUT]);
    assert_true(handovers == sums[GRIDGOV_FLOW_TRANSFERRED_OUT]);
    assert_true(returns == sums[GRIDGOV_FLOW_RETURNED_OUT]);
    assert_true(open == sums[GRIDGOV_FLOW_CLOSING]);
    if (seconds != gridgov_flow_open_seconds(flow)) {
        fail_msg("holders %lld s, cases %lld s", (long long)seconds,
                 (long long)gridgov_flow_open_seconds(flow));
    }
}

/* The library's books into the shape of ours; names tell holders and categories. */
static void expect_books(const gridgov_flow *flow, books b, int m, uint64_t seed) {
    gridgov_flow_account account = {.struct_size = sizeof account};
    const gridgov_ledger *ledger = gridgov_flow_ledger(flow);
    int64_t found[HOLDERS][CATEGORIES][GRIDGOV_FLOW_COUNTS] = {{{0}}};
    for (int64_t i = 0; gridgov_flow_account_at(&account, flow, i) == GRIDGOV_OK; i++) {
        const char *agency = account.agency == GRIDGOV_NONE
                                 ? ""
                                 : gridgov_ledger_agency_name(ledger, account.agency, NULL);
        const char *category = gridgov_ledger_category_name(ledger, account.category, NULL);
        int h = 0;
        int c = 0;
        while (strcmp(agency, agency_names[h]) != 0) {
            h++;
        }
        while (strcmp(category, category_names[c]) != 0) {
            c++;
        }
        memcpy(found[h][c], account.counts, sizeof found[h][c]);
    }
    for (int h = 0; h < HOLDERS; h++) {
        for (int c = 0; c < CATEGORIES; c++) {
            for (int32_t k = GRIDGOV_FLOW_OPENING; k <= GRIDGOV_FLOW_RETURNED_OUT; k++) {
                if (found[h][c][k] != b[m][h][c][k]) {
                    fail_msg("seed %llu, month %d, holder %d, category %d, %s: %lld, not %lld",
                             (unsigned long long)seed, m, h, c,
                             gridgov_code_text(GRIDGOV_KIND_FLOW, k), (long long)found[h][c][k],
                             (long long)b[m][h][c][k]);
                }
            }
        }
    }
}

static void expect_chain(gridgov_flow *const *flows) {
    for (int m = 0; m + 1 < MONTHS; m++) {
        gridgov_issues *issues = NULL;
        gridgov_error issue = {0};
        int64_t differences = 0;
        assert_int_equal(gridgov_issues_new(&issues, 1, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_flow_compare(&differences, flows[m], flows[m + 1], issues, NULL),
                         GRIDGOV_OK);
        gridgov_issues_at(&issue, issues, 0);
        if (differences != 0) {
            fail_msg("%lld differences: %s", (long long)differences, issue.message);
        }
        gridgov_issues_free(issues);
    }
}

static void legal_months(void **state) {
    (void)state;
    static books b;
    for (uint64_t run = 0; run < LEGAL_RUNS; run++) {
        uint64_t seed = run;
        gridgov_flow *flows[MONTHS];
        gridgov_ledger *ledger = new_ledger();
        memset(b, 0, sizeof b);
        for (int i = 0; i < LEGAL_CASES; i++) {
            play_legal(ledger, b, i, &seed);
        }
        assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
        for (int m = 0; m < MONTHS; m++) {
            flows[m] = run_month(ledger, m, INT64_MAX);
            expect_law(flows[m]);
            expect_books(flows[m], b, m, run);
        }
        expect_chain(flows);
        for (int m = 0; m < MONTHS; m++) {
            gridgov_flow_free(flows[m]);
        }
        gridgov_ledger_free(ledger);
    }
}

/* Any step at any time by anybody, recorded whenever. */
static void play_wild(gridgov_ledger *ledger, int number, uint64_t *seed) {
    sim s;
    begin(ledger, &s, number, seed);
    for (int i = 0; i < WILD_STEPS; i++) {
        s.now = TOWN_FROM + (gridgov_time)below(seed, 95) * 86400 + below(seed, 3);
        add_step(ledger, &s, 1 + below(seed, GRIDGOV_STEP_RELIMIT),
                 agency_names[below(seed, HOLDERS)], category_names[below(seed, CATEGORIES)], seed);
    }
}

static void wild_months(void **state) {
    (void)state;
    for (uint64_t run = 0; run < WILD_RUNS; run++) {
        const gridgov_time known[] = {INT64_MAX, month_from[2], month_from[3]};
        uint64_t seed = 1000 + run;
        gridgov_flow *flows[MONTHS];
        gridgov_ledger *ledger = new_ledger();
        for (int i = 0; i < WILD_CASES; i++) {
            play_wild(ledger, i, &seed);
        }
        assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
        for (int m = 0; m < MONTHS; m++) {
            flows[m] = run_month(ledger, m, known[run % 3]);
            expect_law(flows[m]);
        }
        expect_chain(flows);
        for (int m = 0; m < MONTHS; m++) {
            gridgov_flow_free(flows[m]);
        }
        gridgov_ledger_free(ledger);
    }
    printf("%lld steps\n", (long long)step_total);
    assert_true(step_total >= 1000000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(legal_months),
                                       cmocka_unit_test(wild_months)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
