/* SPDX-License-Identifier: Apache-2.0 */
/* A policy with metrics of its own, parameters and bands, and a month of given points scored by it:
 * out of memory at every request. */
#include "support/sweep.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char document[] =
    "{\"schema\": \"gridgov.policy/1\", \"version\": 1, \"name\": \"own\", \"title\": \"t\","
    " \"source\": \"s\", \"certainty\": \"ours\", \"valid_from\": null, \"valid_to\": null,"
    " \"parameters\": {\"minutes\": {\"title\": \"t\", \"value\": null, \"min\": 1, \"max\": 99,"
    " \"decimals\": 0, \"certainty\": \"ours\"}},"
    " \"metrics\": {\"schema\": \"gridgov.metrics/1\", \"version\": 1, \"name\": \"own\","
    " \"source\": \"s\", \"certainty\": \"ours\", \"metrics\": [{\"code\": \"short\","
    " \"name\": \"a\", \"name_en\": \"b\", \"dimension\": \"unit\","
    " \"measure\": \"patrol_failed_days\", \"minimum_minutes\": null}]},"
    " \"metric_thresholds\": {\"short\": {\"minimum_minutes\": {\"parameter\": \"minutes\"}}},"
    " \"groups\": [{\"code\": \"g\", \"name\": \"组\", \"max\": 10}],"
    " \"indicators\": [{\"code\": \"i\", \"name\": \"指标\", \"group\": \"g\", \"max\": 10,"
    " \"deductions\": [{\"rule\": \"bands\", \"metric\": \"short\", \"bands\": ["
    "{\"at_least\": 3, \"points\": 4}, {\"otherwise\": true, \"points\": 0}]}],"
    " \"certainty\": \"ours\"}], \"bonus\": {\"name\": \"附加分\"}}";

static gridgov_status policy_loaded(gridgov_policy **out, gridgov_error *err) {
    static const char values[] = "{\"minutes\": 30}";
    return gridgov_policy_load(out, document, sizeof document - 1, values, sizeof values - 1, NULL,
                               err);
}

/* Counts days by another threshold, so that a replay tallies again. */
static gridgov_status policy_other(gridgov_policy **out, gridgov_error *err) {
    static const char values[] = "{\"minutes\": 40}";
    return gridgov_policy_load(out, document, sizeof document - 1, values, sizeof values - 1, NULL,
                               err);
}

static gridgov_status give(gridgov_ledger *ledger, int32_t kind, const char *key,
                           gridgov_points points, gridgov_error *err) {
    gridgov_activity given = {.struct_size = sizeof given};
    gridgov_activity_init(&given, sizeof given);
    given.kind = kind;
    given.unit = 0;
    given.key = key;
    given.reason = "理由";
    given.authority = "街道办";
    given.amount = points;
    given.state = kind == GRIDGOV_ACTIVITY_FACT     ? GRIDGOV_CELL_VALUE
                  : kind == GRIDGOV_ACTIVITY_RULING ? GRIDGOV_RULING_UPHELD
                                                    : 0;
    given.at = kind == GRIDGOV_ACTIVITY_RULING ? 0 : GRIDGOV_NO_TIME;
    return gridgov_ledger_add_activity(ledger, &given, err);
}

/* One grid with a figure, two deductions that are joined, and a bonus. */
static gridgov_status ledger_sealed(gridgov_ledger **out, gridgov_error *err) {
    gridgov_units *units = NULL;
    gridgov_unit grid = {.struct_size = sizeof grid,
                         .kind = GRIDGOV_UNIT_GRID,
                         .parent = GRIDGOV_NONE,
                         .name = "一网格",
                         .code = "",
                         .from = GRIDGOV_NO_DAY,
                         .to = GRIDGOV_NO_DAY};
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_units_new(&units, err), units);
    if (status == GRIDGOV_OK) {
        status = gridgov_units_add(NULL, units, &grid, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_units_seal(units, err);
    }
    SWEEP_TRY(status, gridgov_ledger_new(out, NULL, units, err), *out);
    if (status == GRIDGOV_OK) {
        status = give(*out, GRIDGOV_ACTIVITY_FACT, "short", 5, err);
    }
    for (int i = 0; i < 2 && status == GRIDGOV_OK; i++) {
        status = give(*out, GRIDGOV_ACTIVITY_DEDUCTION, "指标", -2000 - i, err);
    }
    if (status == GRIDGOV_OK) {
        status = give(*out, GRIDGOV_ACTIVITY_ADJUSTMENT, "", 3000, err);
    }
    if (status == GRIDGOV_OK) {
        status = give(*out, GRIDGOV_ACTIVITY_RULING, "FJ1", 0, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_ledger_seal(*out, NULL, err);
    }
    gridgov_units_free(units);
    return status;
}

static gridgov_status scored(gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_policy *policy = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_facts *facts = NULL;
    gridgov_scorecards *cards = NULL;
    gridgov_explanation *why = NULL;
    gridgov_bytes *json = NULL, *text = NULL, *replay_json = NULL, *replay_text = NULL,
                  *certificate = NULL;
    gridgov_policy *other = NULL;
    gridgov_bulletin *slip = NULL, *restated = NULL;
    gridgov_replay *replay = NULL;
    gridgov_replay_options replay_options;
    gridgov_tally_options options;
    gridgov_tally_options_init(&options, sizeof options);
    assert_int_equal(gridgov_month_span(&options.period, "2021-09", 7, 480, NULL), GRIDGOV_OK);
    SWEEP_TRY(status, policy_loaded(&policy, err), policy);
    if (status == GRIDGOV_OK) {
        status = ledger_sealed(&ledger, err);
    }
    SWEEP_TRY(status,
              gridgov_tally_run(&facts, ledger, gridgov_policy_metrics(policy), NULL, &options,
                                NULL, NULL, err),
              facts);
    SWEEP_TRY(status, gridgov_score_run(&cards, facts, policy, NULL, NULL, err), cards);
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
    SWEEP_TRY(status, policy_other(&other, err), other);
    const gridgov_policy *const pair[] = {policy, other};
    SWEEP_TRY(status,
              gridgov_restate(&restated, NULL, NULL, facts, policy, INT64_MAX, GRIDGOV_LANG_ZH,
                              NULL, err),
              restated);
    gridgov_bulletin_free(restated);
    SWEEP_TRY(status, gridgov_slip_compose(&slip, cards, 0, NULL, GRIDGOV_LANG_EN, NULL, err),
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
