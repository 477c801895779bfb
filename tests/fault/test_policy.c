/* SPDX-License-Identifier: Apache-2.0 */
/* A policy that uses most of the language, two months scored by it, and what is doubtful in it: out
 * of memory at every request. */
#include "support/given_month.h"

static gridgov_status scored(gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_policy *policy = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_issues *doubts = NULL;
    gridgov_policy *other = NULL;
    gridgov_policy_diff *diff = NULL;
    gridgov_discrimination *report = NULL;
    gridgov_bytes *text = NULL, *json = NULL, *shares = NULL;
    int64_t count = 0;
    gridgov_facts *facts = NULL, *before = NULL;
    gridgov_scorecards *cards = NULL, *history = NULL;
    gridgov_score_options with = {.struct_size = sizeof with, .history_count = 1};
    SWEEP_TRY(status, given_policy_load(&policy, "{\"minutes\": 30}", err), policy);
    SWEEP_TRY(status, gridgov_policy_open(&other, "after-2024", 10, NULL, 0, err), other);
    if (status == GRIDGOV_OK) {
        status = given_ledger(&ledger, err);
    }
    SWEEP_TRY(status, given_facts(&before, ledger, policy, "2021-08", err), before);
    SWEEP_TRY(status, given_facts(&facts, ledger, policy, "2021-09", err), facts);
    SWEEP_TRY(status, gridgov_score_run(&history, before, policy, NULL, NULL, err), history);
    with.history = (const gridgov_scorecards *const *)&history;
    SWEEP_TRY(status, gridgov_score_run_with(&cards, facts, policy, &with, NULL, NULL, err), cards);
    if (status == GRIDGOV_OK) {
        gridgov_scorecard card = {.struct_size = sizeof card};
        assert_int_equal(gridgov_scorecards_at(&card, cards, 0), GRIDGOV_OK);
        assert_int_equal(card.total, 10000 - 4001 + 3000);
        sweep_note(gridgov_policy_digest(policy), 64);
        sweep_note((const char *)&card.total, sizeof card.total);
    }
    SWEEP_TRY(status, gridgov_issues_new(&doubts, 0, err), doubts);
    if (status == GRIDGOV_OK) {
        status = gridgov_policy_lint(&count, policy, NULL, doubts, err);
    }
    if (status == GRIDGOV_OK) {
        sweep_note((const char *)&count, sizeof count);
    }
    SWEEP_TRY(status, gridgov_policy_text(&text, policy, GRIDGOV_LANG_ZH, err), text);
    SWEEP_TRY(status, gridgov_policy_compare(&diff, policy, other, GRIDGOV_LANG_EN, err), diff);
    SWEEP_TRY(status, gridgov_policy_diff_json(&json, diff, err), json);
    SWEEP_TRY(status, gridgov_discriminate(&report, cards, err), report);
    SWEEP_TRY(status, gridgov_discrimination_json(&shares, report, err), shares);
    gridgov_bytes_free(shares);
    gridgov_discrimination_free(report);
    gridgov_bytes_free(json);
    gridgov_policy_diff_free(diff);
    gridgov_bytes_free(text);
    gridgov_policy_free(other);
    gridgov_issues_free(doubts);
    gridgov_scorecards_free(cards);
    gridgov_scorecards_free(history);
    gridgov_facts_free(before);
    gridgov_facts_free(facts);
    gridgov_ledger_free(ledger);
    gridgov_policy_free(policy);
    return status;
}

static void test_allocations(void **state) {
    (void)state;
    sweep("policy", scored, SWEEP_STRICT, 2000, 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
