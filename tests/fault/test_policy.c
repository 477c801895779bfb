/* SPDX-License-Identifier: Apache-2.0 */
/* A policy that uses most of the language, two months scored by it, and what is doubtful in it: out
 * of memory at every request. */
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
    "{\"at_least\": 3, \"points\": 4}, {\"otherwise\": true, \"points\": 0}]},"
    " {\"rule\": \"consecutive\", \"months\": 2, \"without_history\": \"full\", \"points\": 1,"
    " \"of\": {\"rule\": \"greatest\", \"rules\": [{\"rule\": \"staged\", \"metric\": ["
    "{\"metric\": \"short\"}], \"stages\": [{\"from\": 1, \"points\": 1}]}, {\"rule\": \"table\","
    " \"rows\": {\"metric\": \"short\", \"at_least\": [1]}, \"columns\": {\"metric\": \"short\","
    " \"at_least\": [1]}, \"points\": [[1, 2], [3, 4]]}]}}],"
    " \"certainty\": \"ours\"}], \"bonus\": {\"name\": \"附加分\", \"values\": [3, 5]},"
    " \"grades\": [{\"code\": \"a\", \"name\": \"甲\", \"otherwise\": true}],"
    " \"vetoes\": [{\"code\": \"v\", \"name\": \"否\", \"grade\": \"a\", \"certainty\": \"ours\","
    " \"rule\": {\"rule\": \"any\", \"metric\": \"short\", \"points\": 1}}],"
    " \"peer_groups\": [{\"code\": \"p\", \"name\": \"组一\", \"units\": [\"x\"], \"ends_with\":"
    " [\"村\"], \"otherwise\": true}], \"ranking\": {\"method\": \"dense\", \"within\":"
    " \"peer_group\", \"tie_breaks\": [{\"bonus\": true}]}, \"unit_means\": {\"decimals\": 2,"
    " \"rounding\": \"half_up\"}, \"standard\": {\"below\": 80, \"name\": \"低\", \"months\": 2}}";

static gridgov_status policy_loaded(gridgov_policy **out, gridgov_error *err) {
    static const char values[] = "{\"minutes\": 30}";
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
    given.state = kind == GRIDGOV_ACTIVITY_FACT ? GRIDGOV_CELL_VALUE : 0;
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
        status = gridgov_ledger_seal(*out, NULL, err);
    }
    gridgov_units_free(units);
    return status;
}

/* The facts of a month. */
static gridgov_status counted(gridgov_facts **out, const gridgov_ledger *ledger,
                              const gridgov_policy *policy, const char *month, gridgov_error *err) {
    gridgov_tally_options options;
    gridgov_tally_options_init(&options, sizeof options);
    assert_int_equal(gridgov_month_span(&options.period, month, 7, 480, NULL), GRIDGOV_OK);
    return gridgov_tally_run(out, ledger, gridgov_policy_metrics(policy), NULL, &options, NULL,
                             NULL, err);
}

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
    SWEEP_TRY(status, policy_loaded(&policy, err), policy);
    SWEEP_TRY(status, gridgov_policy_open(&other, "after-2024", 10, NULL, 0, err), other);
    if (status == GRIDGOV_OK) {
        status = ledger_sealed(&ledger, err);
    }
    SWEEP_TRY(status, counted(&before, ledger, policy, "2021-08", err), before);
    SWEEP_TRY(status, counted(&facts, ledger, policy, "2021-09", err), facts);
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
