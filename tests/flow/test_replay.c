/* SPDX-License-Identifier: Apache-2.0 */
/* Replays of whole months: what the differences add up to, for several months and policies in one
 * call, with and without re-tallying; and months small enough to be worked out by hand. */
#include "support/small_month.h"

#include <stdlib.h>

static gridgov_month *run(const char *folder) {
    gridgov_month *month = rows_month(folder);
    run_month(month, NULL);
    return month;
}

static gridgov_policy *policy_with(const char *parameters) {
    gridgov_policy *policy = NULL;
    gridgov_error err = {0};
    if (gridgov_policy_open(&policy, "baiguan-2021", 12, parameters, strlen(parameters), &err) !=
        GRIDGOV_OK) {
        fail_msg("%s", err.message);
    }
    return policy;
}

/* Σ effect = difference in every grid, and the summary counts what the grids say. */
static void assert_adds_up(const gridgov_replay *replay) {
    for (int64_t m = 0; m < gridgov_replay_month_count(replay); m++) {
        for (int64_t p = 1; p < gridgov_replay_policy_count(replay); p++) {
            gridgov_replay_summary summary = {.struct_size = sizeof summary};
            gridgov_replay_grid grid = {.struct_size = sizeof grid};
            gridgov_replay_change change = {.struct_size = sizeof change};
            int64_t changed = 0, moved = 0, all = 0, grids = 0;
            assert_int_equal(gridgov_replay_summary_at(&summary, replay, m, p), GRIDGOV_OK);
            for (; gridgov_replay_grid_at(&grid, replay, m, p, grids) == GRIDGOV_OK; grids++) {
                gridgov_points sum = 0;
                for (int64_t i = 0;
                     gridgov_replay_change_at(&change, replay, m, p, grids, i) == GRIDGOV_OK; i++) {
                    sum += change.effect;
                    assert_true(change.cause != GRIDGOV_CAUSE_SAME || change.effect == 0);
                }
                if (grid.state_a == GRIDGOV_CELL_VALUE && grid.state_b == GRIDGOV_CELL_VALUE) {
                    assert_int_equal(grid.total_b - grid.total_a, grid.difference);
                    assert_int_equal(sum, grid.difference);
                }
                changed += grid.difference != 0 || grid.state_a != grid.state_b;
                moved += grid.rank_a != grid.rank_b;
                all += grid.difference;
            }
            assert_int_equal(summary.grids, grids);
            assert_int_equal(summary.changed, changed);
            assert_int_equal(summary.moved, moved);
            assert_int_equal(summary.difference, all);
        }
    }
}

static void test_many_months(void **state) {
    gridgov_month *first = run("examples/data/baiguan-2021-09"), *second = run(NULL);
    const gridgov_facts *const months[] = {gridgov_month_facts(first), gridgov_month_facts(second)};
    gridgov_policy *policies[] = {
        policy_with("{\"daily_distance_km\": \"2\"}"),
        policy_with("{\"daily_distance_km\": \"2\", \"invalid_points\": \"2.5\"}"),
        policy_with("{\"daily_distance_km\": \"3\", \"minimum_online_minutes\": \"90\"}"),
        policy_with("{}"),
    };
    const char *const without[] = {"走访记录", "app"};
    (void)state;
    for (int variant = 0; variant < 4; variant++) {
        gridgov_replay *replay = NULL;
        gridgov_replay_options options;
        gridgov_replay_options_init(&options, sizeof options);
        options.rescale = variant & 1;
        options.without = without;
        options.without_count = variant & 2;
        assert_int_equal(gridgov_replay_run(&replay, months, 2,
                                            (const gridgov_policy *const *)policies, 4, &options,
                                            NULL, NULL),
                         GRIDGOV_OK);
        assert_int_equal(gridgov_replay_month_count(replay), 2);
        assert_int_equal(gridgov_replay_policy_count(replay), 4);
        assert_adds_up(replay);
        gridgov_replay_summary summary = {.struct_size = sizeof summary};
        for (int64_t p = 1; p < 4; p++) {
            assert_int_equal(gridgov_replay_summary_at(&summary, replay, 0, p), GRIDGOV_OK);
            assert_int_equal(summary.retallied, p != 1); // invalid_points is no metric's threshold
            assert_int_equal(summary.left_out, variant & 2 ? 65000 : 0);
            assert_int_equal(summary.full_b, 100000);
        }
        gridgov_replay_free(replay);
    }
    for (size_t i = 0; i < 4; i++) {
        gridgov_policy_free(policies[i]);
    }
    gridgov_month_free(first);
    gridgov_month_free(second);
}

static gridgov_replay_change change_of(const gridgov_replay *replay, int64_t grid,
                                       const char *code) {
    gridgov_replay_change change = {.struct_size = sizeof change};
    for (int64_t i = 0; gridgov_replay_change_at(&change, replay, 0, 1, grid, i) == GRIDGOV_OK;
         i++) {
        if (strcmp(change.code, code) == 0) {
            return change;
        }
    }
    fail_msg("no change %s", code);
    return change;
}

/* The small month by hand. Nothing of the app is told, so 40 points are assessed.
 *   甲/一网格 one invalid report −1                                            39
 *   甲/二网格 late −2, not visited −5, report late −1, bonus −20               12
 *   乙/一网格 report missing −3, a record wrong −1, bonus +10; nothing of its own was due: 及时率
 *            counts E5 alone, in time                                          46
 * An invalid report costs 2.5 under the other policy, and 走访记录 is taken out there:
 *   40 − 5 = 35 points are left; 35 − 2.5 = 32.5; 35 − 3 − 20 = 12; 35 − 4 + 10 = 41.
 * Rescaled to 100 (the first: ×100/40, the other: ×100/35), the bonus kept:
 *   97.5 → 92.857 (92.8571…); 80 − 20 = 60 → 91.429 − 20 = 71.429; 90 + 10 = 100 → 88.571 + 10. */
static void test_by_hand(void **state) {
    static const struct {
        gridgov_points a, b, rescaled_a, rescaled_b;
        int64_t rank_a, rank_b;
    } grids[] = {{39000, 32500, 97500, 92857, 2, 2},
                 {12000, 12000, 60000, 71429, 3, 3},
                 {46000, 41000, 100000, 98571, 1, 1}};
    gridgov_month *month = run(NULL);
    const gridgov_facts *facts = gridgov_month_facts(month);
    gridgov_policy *a = policy_with("{}"), *b = policy_with("{\"invalid_points\": \"2.5\"}");
    const gridgov_policy *const policies[] = {a, b};
    const char *const without[] = {"visits"};
    gridgov_replay_options options;
    (void)state;
    gridgov_replay_options_init(&options, sizeof options);
    options.without = without;
    options.without_count = 1;
    for (int rescale = 0; rescale < 2; rescale++) {
        gridgov_replay *replay = NULL;
        gridgov_replay_grid grid = {.struct_size = sizeof grid};
        options.rescale = rescale;
        assert_int_equal(gridgov_replay_run(&replay, &facts, 1, policies, 2, &options, NULL, NULL),
                         GRIDGOV_OK);
        for (int64_t i = 0; i < 3; i++) {
            assert_int_equal(gridgov_replay_grid_at(&grid, replay, 0, 1, i), GRIDGOV_OK);
            assert_int_equal(grid.total_a, rescale ? grids[i].rescaled_a : grids[i].a);
            assert_int_equal(grid.total_b, rescale ? grids[i].rescaled_b : grids[i].b);
            assert_int_equal(grid.out_of_a, rescale ? 100000 : 40000);
            assert_int_equal(grid.out_of_b, rescale ? 100000 : 35000);
            assert_int_equal(grid.rank_a, grids[i].rank_a);
            assert_int_equal(grid.rank_b, grids[i].rank_b);
        }
        assert_adds_up(replay);
        gridgov_replay_change change = change_of(replay, 0, "valid_events");
        assert_int_equal(change.cause, GRIDGOV_CAUSE_RULE);
        assert_int_equal(change.effect, -1500);
        change = change_of(replay, 1, "visits"); // five lost, and five that are no longer at stake
        assert_int_equal(change.cause, GRIDGOV_CAUSE_LEFT_OUT);
        assert_int_equal(change.effect, 0);
        assert_int_equal(change_of(replay, 0, "visits").effect, -5000);
        assert_int_equal(change_of(replay, 1, "bonus").effect, 0);
        assert_int_equal(change_of(replay, 0, "online_rate").cause, GRIDGOV_CAUSE_SAME);
        assert_int_equal(change_of(replay, 0, "rescaled").effect, rescale ? 1857 : 0);
        gridgov_replay_free(replay);
    }
    gridgov_policy_free(a);
    gridgov_policy_free(b);
    gridgov_month_free(month);
}

static void test_nothing_left(void **state) {
    gridgov_month *month = run(NULL);
    const gridgov_facts *facts = gridgov_month_facts(month);
    gridgov_policy *a = policy_with("{}");
    const gridgov_policy *const policies[] = {a, a};
    const char *const without[] = {"app", "events", "system"};
    gridgov_replay_options options;
    gridgov_replay *replay = NULL;
    gridgov_replay_grid grid = {.struct_size = sizeof grid};
    gridgov_bytes *bytes = NULL;
    (void)state;
    gridgov_replay_options_init(&options, sizeof options);
    options.without = without;
    options.without_count = 3;
    assert_int_equal(gridgov_replay_run(&replay, &facts, 1, policies, 2, &options, NULL, NULL),
                     GRIDGOV_OK);
    assert_adds_up(replay);
    assert_int_equal(gridgov_replay_grid_at(&grid, replay, 0, 1, 0), GRIDGOV_OK);
    assert_int_equal(grid.state_b, GRIDGOV_CELL_UNKNOWN);
    assert_int_equal(grid.rank_b, 0);
    assert_int_equal(gridgov_replay_text(&bytes, replay, GRIDGOV_LANG_ZH, NULL), GRIDGOV_OK);
    assert_non_null(strstr(gridgov_bytes_data(bytes, NULL), "39/40 → /（0），名次 2 → 0"));
    gridgov_bytes_free(bytes);
    gridgov_replay_free(replay);
    gridgov_policy_free(a);
    gridgov_month_free(month);
}

/* The facts of a month without the ledger that they were counted from. */
static gridgov_facts *without_ledger(const gridgov_facts *facts) {
    const gridgov_tally_reference reference = {.struct_size = sizeof reference,
                                               .taxonomy = gridgov_facts_taxonomy(facts),
                                               .units = gridgov_facts_units(facts),
                                               .calendar = gridgov_facts_calendar(facts)};
    gridgov_tally_options options;
    gridgov_tally *tally = NULL, *loaded = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_facts *out = NULL;
    size_t size = 0;
    gridgov_tally_options_init(&options, sizeof options);
    (void)gridgov_facts_period(&options.period, facts);
    options.as_of = gridgov_facts_as_of(facts);
    assert_int_equal(
        gridgov_tally_new(&tally, gridgov_facts_metrics(facts), &reference, &options, NULL),
        GRIDGOV_OK);
    assert_int_equal(gridgov_tally_add_ledger(tally, gridgov_facts_ledger(facts), NULL, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_tally_save(&bytes, tally, NULL), GRIDGOV_OK);
    const char *data = gridgov_bytes_data(bytes, &size);
    assert_int_equal(
        gridgov_tally_load(&loaded, gridgov_facts_metrics(facts), &reference, data, size, NULL),
        GRIDGOV_OK);
    assert_int_equal(gridgov_tally_finish(&out, loaded, NULL, NULL, NULL), GRIDGOV_OK);
    gridgov_bytes_free(bytes);
    gridgov_tally_free(loaded);
    gridgov_tally_free(tally);
    return out;
}

/* Facts whose ledger is gone can be scored by other points, but not counted by other metrics. */
static void test_no_ledger(void **state) {
    gridgov_month *month = run(NULL);
    gridgov_facts *facts = without_ledger(gridgov_month_facts(month));
    const gridgov_facts *months[] = {facts};
    gridgov_policy *a = policy_with("{}");
    gridgov_policy *b = policy_with("{\"invalid_points\": \"2.5\"}");
    gridgov_policy *c = policy_with("{\"minimum_online_minutes\": \"90\"}");
    const gridgov_policy *points[] = {a, b}, *metrics[] = {a, c};
    gridgov_replay *replay = NULL;
    gridgov_error err = {0};
    (void)state;
    assert_null(gridgov_facts_ledger(facts));
    assert_int_equal(gridgov_replay_run(&replay, months, 1, points, 2, NULL, NULL, NULL),
                     GRIDGOV_OK);
    assert_adds_up(replay);
    gridgov_replay_free(replay);
    assert_int_equal(gridgov_replay_run(&replay, months, 1, metrics, 2, NULL, NULL, &err),
                     GRIDGOV_ESTATE);
    assert_null(replay);
    assert_int_equal(err.status, GRIDGOV_ESTATE);
    gridgov_policy_free(a);
    gridgov_policy_free(b);
    gridgov_policy_free(c);
    gridgov_facts_free(facts);
    gridgov_month_free(month);
}

static void test_arguments(void **state) {
    gridgov_month *month = run(NULL);
    const gridgov_facts *facts = gridgov_month_facts(month);
    const gridgov_facts *none = NULL;
    gridgov_policy *a = policy_with("{}");
    const gridgov_policy *policies[] = {a, a};
    const char *const unknown[] = {"no-such"};
    gridgov_replay_options options;
    gridgov_replay *replay = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gridgov_replay_summary summary = {.struct_size = sizeof summary};
    gridgov_replay_grid grid = {.struct_size = sizeof grid};
    gridgov_replay_change change = {.struct_size = sizeof change};
    (void)state;
    assert_int_equal(gridgov_replay_run(NULL, &facts, 1, policies, 2, NULL, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_replay_run(&replay, NULL, 1, policies, 2, NULL, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_replay_run(&replay, &none, 1, policies, 2, NULL, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_replay_run(&replay, &facts, 0, policies, 2, NULL, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_replay_run(&replay, &facts, 1, policies, 1, NULL, NULL, NULL),
                     GRIDGOV_EARG);
    gridgov_replay_options_init(&options, sizeof options);
    options.without = unknown;
    options.without_count = 1;
    assert_int_equal(gridgov_replay_run(&replay, &facts, 1, policies, 2, &options, NULL, &err),
                     GRIDGOV_ENOTFOUND);
    assert_string_equal(err.value, "no-such");
    options.without = NULL;
    assert_int_equal(gridgov_replay_run(&replay, &facts, 1, policies, 2, &options, NULL, NULL),
                     GRIDGOV_EARG);
    assert_null(replay);
    assert_int_equal(gridgov_replay_run(&replay, &facts, 1, policies, 2, NULL, NULL, NULL),
                     GRIDGOV_OK);
    gridgov_policy_free(a);
    gridgov_month_free(month); // the replay keeps what it needs
    assert_adds_up(replay);
    assert_int_equal(gridgov_scorecards_count(gridgov_replay_cards(replay, 0, 1)), 3);
    assert_null(gridgov_replay_cards(replay, 0, 2));
    assert_null(gridgov_replay_cards(NULL, 0, 0));
    assert_int_equal(gridgov_replay_summary_at(&summary, replay, 1, 1), GRIDGOV_END);
    assert_int_equal(gridgov_replay_summary_at(&summary, replay, 0, 0), GRIDGOV_END);
    assert_int_equal(gridgov_replay_grid_at(&grid, replay, 0, 1, 3), GRIDGOV_END);
    assert_int_equal(gridgov_replay_grid_at(NULL, replay, 0, 1, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_replay_change_at(&change, replay, 0, 1, 3, 0), GRIDGOV_END);
    assert_int_equal(gridgov_replay_change_at(&change, replay, 0, 1, 0, -1), GRIDGOV_END);
    assert_int_equal(gridgov_replay_change_at(&change, replay, 0, 1, 0, 12), GRIDGOV_END);
    assert_int_equal(gridgov_replay_json(NULL, replay, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_replay_json(&bytes, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_replay_text(&bytes, NULL, 0, NULL), GRIDGOV_EARG);
    gridgov_replay_free(replay);
    gridgov_replay_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_months), cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_no_ledger),   cmocka_unit_test(test_nothing_left),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
