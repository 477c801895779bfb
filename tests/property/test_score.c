/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold for any facts: total = out of + Σ lines + bonus, exactly; a line lies within
 * [−max, 0] and is cut from its uncut value; only assessed lines count; and better facts never
 * score less. The generator is seeded, so a failure repeats. */
#include "support/score_support.h"

#define ROUNDS 60
#define GRIDS 40 /* pairs: an even one, and the next, which is as good or better in one metric */

static uint64_t seed = 20210930;

/* xorshift64*, Vigna 2016. */
static int64_t draw(int64_t below) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int64_t)((seed * UINT64_C(2685821657736338717)) >> 33) % below;
}

/* Metrics the built-in policy reads. A part never exceeds its whole. */
typedef struct metric_case {
    const char *code;
    int whole; /* index of the whole; −1: a plain count */
    int more_is_better;
} metric_case;

static const metric_case metrics[] = {
    {"missing_days", -1, 0},      {"short_days", -1, 0},       {"near_days", -1, 0},
    {"invalid_reports", -1, 0},   {"dispatch_missed", -1, 0},  {"visits_missing", -1, 0},
    {"reports_missing", -1, 0},   {"reports_late", -1, 0},     {"maintenance_wrong", -1, 0},
    {"maintenance_stale", -1, 0}, {"cases_held_due", -1, 0},   {"cases_held_overdue", 10, 0},
    {"cases_due", -1, 0},         {"cases_due_closed", 12, 1},
};
#define METRICS (sizeof metrics / sizeof metrics[0])

static gridgov_policy *random_policy(void) {
    char parameters[512];
    gridgov_policy *policy = NULL;
    gridgov_error err;
    int size = snprintf(parameters, sizeof parameters,
                        "{\"daily_distance_km\": \"2\", \"invalid_points\": \"%d.%03d\","
                        " \"closure_threshold\": \"%d.%03d\", \"timeliness_threshold\": \"%d\","
                        " \"closure_points\": \"%d.%03d\"}",
                        (int)draw(20), 1 + (int)draw(999), (int)draw(100), (int)draw(1000),
                        (int)draw(101), (int)draw(3), 1 + (int)draw(999));
    assert_int_equal(
        gridgov_policy_open(&policy, "baiguan-2021", 12, parameters, (size_t)size, &err),
        GRIDGOV_OK);
    return policy;
}

/* Values of one grid; −1: not applicable, −2: not told. */
static void random_values(int64_t values[METRICS]) {
    for (size_t i = 0; i < METRICS; i++) {
        int64_t kind = draw(12);
        int64_t top = draw(3) == 0 ? 1000000 : 30;
        int64_t whole = metrics[i].whole < 0 ? top : values[metrics[i].whole];
        values[i] = kind == 0 ? -2 : kind == 1 ? -1 : whole < 0 ? 0 : draw(whole + 1);
    }
}

/* Make one metric as good or better, if it is a number and has room. */
static void improve(int64_t values[METRICS]) {
    size_t i = (size_t)draw((int64_t)METRICS);
    int is_whole = i == 10 || i == 12;
    if (values[i] < 0 || is_whole) {
        return;
    }
    if (!metrics[i].more_is_better) {
        values[i] -= draw(values[i] + 1);
    } else if (values[metrics[i].whole] >= values[i]) {
        values[i] += draw(values[metrics[i].whole] - values[i] + 1);
    }
}

static void tell(office *o, int64_t unit, const int64_t values[METRICS]) {
    for (size_t i = 0; i < METRICS; i++) {
        if (values[i] > -2) {
            office_fact(o, unit, metrics[i].code, values[i]);
        }
    }
}

static void check_card(const gridgov_scorecards *cards, int64_t index) {
    gridgov_scorecard card = card_at(cards, index);
    gridgov_points sum = 0, out_of = 0;
    int assessed = 0;
    for (int64_t i = 0; i < 10; i++) {
        gridgov_score_line line = line_at(cards, index, i);
        if (line.state == GRIDGOV_CELL_BLANK || line.state == GRIDGOV_CELL_VALUE) {
            assert_int_equal(line.state == GRIDGOV_CELL_BLANK, line.points == 0);
            assert_int_equal(line.points, line.uncut < -line.max ? -line.max : line.uncut);
            out_of += line.max;
            assessed = 1;
        } else {
            assert_int_equal(line.points, 0);
        }
        assert_true(line.points >= -line.max && line.points <= 0);
        sum += line.points;
    }
    assert_int_equal(card.out_of, out_of);
    assert_int_equal(card.total, card.out_of + sum + card.bonus);
    assert_int_equal(card.total_state, assessed ? GRIDGOV_CELL_VALUE : GRIDGOV_CELL_UNKNOWN);
    assert_true(card.bonus == 0 || card.bonus_state == GRIDGOV_CELL_VALUE);
}

static void test_sums_bounds_and_monotony(void **state) {
    static const char *const indicators[] = {"online_rate", "结案率", "走访记录", "maintenance"};
    int64_t better = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        gridgov_policy *policy = random_policy();
        gridgov_scorecards *cards = NULL;
        office o = office_begin(GRIDS);
        office_open(&o);
        for (int64_t grid = 0; grid < GRIDS; grid += 2) {
            int64_t values[METRICS];
            int64_t bonus = draw(3) == 0 ? draw(60001) - 30000 : 0;
            int64_t lost = draw(4) == 0 ? draw(30000) : -1;
            const char *indicator = indicators[draw(4)];
            random_values(values);
            for (int64_t k = 1; k <= 2; k++) {
                tell(&o, grid + k, values);
                improve(values);
                if (bonus != 0) {
                    office_points(&o, grid + k, NULL, bonus, "x");
                }
                if (lost >= 0) {
                    office_points(&o, grid + k, indicator, -lost, "x");
                }
            }
        }
        gridgov_facts *facts = office_facts(&o, policy);
        assert_int_equal(gridgov_score_run(&cards, facts, policy, NULL, NULL, &o.err), GRIDGOV_OK);
        gridgov_facts_free(facts);
        assert_int_equal(gridgov_scorecards_count(cards), GRIDS);
        for (int64_t grid = 0; grid < GRIDS; grid++) {
            check_card(cards, grid);
        }
        for (int64_t grid = 0; grid < GRIDS; grid += 2) {
            gridgov_scorecard first = card_at(cards, grid), second = card_at(cards, grid + 1);
            assert_int_equal(first.out_of, second.out_of);
            assert_true(second.total >= first.total);
            better += second.total > first.total;
        }
        gridgov_scorecards_free(cards);
        gridgov_policy_free(policy);
    }
    assert_true(better > ROUNDS); /* the improvements are seen at all */
}

/* A reader with a pencil: the exact shortfall in per-mille points, by long division in whole
 * numbers. */
static void test_per_percent_against_long_division(void **state) {
    gridgov_policy *policy = NULL;
    (void)state;
    assert_int_equal(gridgov_policy_open(&policy, "baiguan-2021", 12, NULL, 0, NULL), GRIDGOV_OK);
    for (int round = 0; round < 10; round++) {
        int64_t due[GRIDS], closed[GRIDS];
        gridgov_scorecards *cards = NULL;
        office o = office_begin(GRIDS);
        office_open(&o);
        for (int64_t i = 0; i < GRIDS; i++) {
            due[i] = 1 + draw(5000);
            closed[i] = draw(due[i] + 1);
            office_fact(&o, i + 1, "cases_due", due[i]);
            office_fact(&o, i + 1, "cases_due_closed", closed[i]);
        }
        gridgov_facts *facts = office_facts(&o, policy);
        assert_int_equal(gridgov_score_run(&cards, facts, policy, NULL, NULL, &o.err), GRIDGOV_OK);
        for (int64_t i = 0; i < GRIDS; i++) {
            /* 90 − 100·c/d points, in thousandths: (90 000·d − 100 000·c)/d, half up. */
            int64_t top = 90000 * due[i] - 100000 * closed[i];
            int64_t lost = top <= 0 ? 0 : (2 * top + due[i]) / (2 * due[i]);
            assert_int_equal(line_at(cards, i, 5).uncut, -lost);
            assert_int_equal(line_at(cards, i, 5).points, lost > 3000 ? -3000 : -lost);
        }
        gridgov_facts_free(facts);
        gridgov_scorecards_free(cards);
    }
    gridgov_policy_free(policy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums_bounds_and_monotony),
        cmocka_unit_test(test_per_percent_against_long_division),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
