/* SPDX-License-Identifier: Apache-2.0 */
/* A month of given points scored after another one, explained, certified, replayed and restated:
 * out of memory at every request. */
#include "support/given_month.h"

static gridgov_status scored(gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_policy *policy = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_facts *facts = NULL, *before = NULL;
    gridgov_scorecards *cards = NULL, *history = NULL;
    gridgov_score_options with = {.struct_size = sizeof with, .history_count = 1};
    gridgov_explanation *why = NULL;
    gridgov_bytes *json = NULL, *text = NULL, *replay_json = NULL, *replay_text = NULL,
                  *certificate = NULL;
    gridgov_policy *other = NULL;
    gridgov_bulletin *slip = NULL, *restated = NULL;
    gridgov_replay *replay = NULL;
    gridgov_replay_options replay_options;
    SWEEP_TRY(status, given_policy_load(&policy, "{\"minutes\": 30}", err), policy);
    if (status == GRIDGOV_OK) {
        status = given_ledger(&ledger, err);
    }
    SWEEP_TRY(status, given_facts(&facts, ledger, policy, "2021-09", err), facts);
    SWEEP_TRY(status, given_facts(&before, ledger, policy, "2021-08", err), before);
    SWEEP_TRY(status, gridgov_score_run(&history, before, policy, NULL, NULL, err), history);
    with.history = (const gridgov_scorecards *const *)&history;
    SWEEP_TRY(status, gridgov_score_run_with(&cards, facts, policy, &with, NULL, NULL, err), cards);
    gridgov_scorecards_free(history); // the cards keep the facts of the month before
    if (status == GRIDGOV_OK) {
        gridgov_scorecard card = {.struct_size = sizeof card};
        assert_int_equal(gridgov_scorecards_at(&card, cards, 0), GRIDGOV_OK);
        assert_int_equal(card.total, 10000 - 4001 + 3000);
        sweep_note(gridgov_policy_digest(policy), 64);
        sweep_note((const char *)&card.total, sizeof card.total);
    }
    SWEEP_TRY(status, gridgov_explain(&why, cards, 0, NULL, GRIDGOV_LANG_ZH, NULL, err), why);
    SWEEP_TRY(status, gridgov_explanation_json(&json, why, err), json);
    SWEEP_TRY(status, gridgov_explanation_text(&text, why, err), text);
    if (status == GRIDGOV_OK) {
        size_t size = 0;
        const char *data = gridgov_bytes_data(json, &size);
        sweep_note(data, size);
    }
    SWEEP_TRY(status, given_policy_load(&other, "{\"minutes\": 40}", err), other);
    const gridgov_policy *const pair[] = {policy, other};
    SWEEP_TRY(status,
              gridgov_restate(&restated, NULL, NULL, facts, policy, INT64_MAX, GRIDGOV_LANG_ZH,
                              NULL, NULL, err),
              restated);
    gridgov_bulletin_free(restated);
    SWEEP_TRY(status, gridgov_slip_compose(&slip, cards, 0, NULL, GRIDGOV_LANG_EN, NULL, err),
              slip);
    gridgov_bulletin_free(slip);
    slip = NULL;
    SWEEP_TRY(status,
              gridgov_slip_compose(&slip, cards, GRIDGOV_NONE, NULL, GRIDGOV_LANG_ZH, NULL, err),
              slip);
    gridgov_bulletin_free(slip);
    SWEEP_TRY(status, gridgov_certificate_make(&certificate, NULL, cards, 0, NULL, NULL, err),
              certificate);
    gridgov_bytes_free(certificate);
    gridgov_replay_options_init(&replay_options, sizeof replay_options);
    replay_options.rescale = 1;
    SWEEP_TRY(status,
              gridgov_replay_run(&replay, (const gridgov_facts *const *)&facts, 1, pair, 2,
                                 &replay_options, NULL, err),
              replay);
    SWEEP_TRY(status, gridgov_replay_json(&replay_json, replay, err), replay_json);
    SWEEP_TRY(status, gridgov_replay_text(&replay_text, replay, GRIDGOV_LANG_EN, err), replay_text);
    gridgov_bytes_free(replay_text);
    gridgov_bytes_free(replay_json);
    gridgov_replay_free(replay);
    gridgov_policy_free(other);
    gridgov_bytes_free(text);
    gridgov_bytes_free(json);
    gridgov_explanation_free(why);
    gridgov_scorecards_free(cards);
    gridgov_facts_free(before);
    gridgov_facts_free(facts);
    gridgov_ledger_free(ledger);
    gridgov_policy_free(policy);
    return status;
}

static void test_allocations(void **state) {
    (void)state;
    sweep("score", scored, SWEEP_STRICT, 2000, 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
