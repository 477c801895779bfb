/* SPDX-License-Identifier: Apache-2.0 */
/* The policies of docs/policies/, each written from rules that other places have published, against
 * totals worked out by hand from the text that stands in the document. */
#include "support/score_support.h"

static char text[1 << 16];

static gridgov_policy *example(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "docs/policies/%s.json", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    assert_in_range(size, 1, sizeof text - 2);
    text[size] = '\0';
    return policy_from(text, NULL);
}

static gridgov_scorecards *score(office *o, const gridgov_policy *policy, const char *month,
                                 const gridgov_scorecards *before) {
    const gridgov_scorecards *history[1] = {before};
    gridgov_score_options options = {
        .struct_size = sizeof options, .history = history, .history_count = before != NULL};
    gridgov_facts *facts = office_facts_of(o, policy, month);
    gridgov_scorecards *cards = NULL;
    assert_int_equal(gridgov_score_run_with(&cards, facts, policy, &options, NULL, NULL, &o->err),
                     GRIDGOV_OK);
    gridgov_facts_free(facts);
    return cards;
}

static void test_bands_and_bonus(void **state) {
    static const struct {
        int64_t closed, due, valid, content, asked;
        gridgov_points bonus, lines[2], total;
    } cases[] = {
        {95, 100, 20, 95, 100, 4000, {0, 0}, 24000},
        {949, 1000, 19, 95, 100, 0, {-2000, -2000}, 16000}, /* 94.9 % is no 95 */
        {90, 100, 10, 94, 100, 0, {-2000, -4000}, 14000},
        {80, 100, 9, 79, 100, 0, {-5000, -10000}, 5000},
        {799, 1000, 9, 100, 100, 8000, {-10000, -5000}, 13000},
        {100, 100, 20, 80, 100, 12000, {0, -2000}, 28000}, /* the bonus stops at 10 */
    };
    gridgov_policy *policy = example("bands-and-bonus");
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        office o = office_begin(1);
        office_open(&o);
        office_fact(&o, 1, "closed", cases[i].closed);
        office_fact(&o, 1, "due", cases[i].due);
        office_fact(&o, 1, "valid", cases[i].valid);
        office_fact(&o, 1, "content", cases[i].content);
        office_fact(&o, 1, "asked", cases[i].asked);
        if (cases[i].bonus > 10000) {
            office_points(&o, 1, NULL, 8000, "市级表彰");
            office_points(&o, 1, NULL, 4000, "区级表彰");
        } else if (cases[i].bonus > 0) {
            office_points(&o, 1, NULL, cases[i].bonus, "表彰");
        }
        gridgov_scorecards *cards = score(&o, policy, "2022-09", NULL);
        assert_int_equal(line_at(cards, 0, 0).points, cases[i].lines[0]);
        assert_int_equal(line_at(cards, 0, 1).points, cases[i].lines[1]);
        assert_int_equal(card_at(cards, 0).bonus_uncut, cases[i].bonus);
        assert_int_equal(card_at(cards, 0).total, cases[i].total);
        gridgov_scorecards_free(cards);
    }
    gridgov_policy_free(policy);
}

static void test_task_and_leave(void **state) {
    gridgov_policy *policy = example("task-and-leave");
    gridgov_scorecards *cards;
    gridgov_day closed, early;
    office o = office_begin(1);
    (void)state;
    assert_int_equal(gridgov_day_parse(&closed, "2022-09-11", 10, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_day_parse(&early, "2022-09-05", 10, NULL), GRIDGOV_OK);
    office_unit(&o, GRIDGOV_UNIT_GRID, "并入", o.community, closed);
    office_unit(&o, GRIDGOV_UNIT_GRID, "撤销", o.community, early);
    office_open(&o);
    for (int64_t grid = 1; grid <= 3; grid++) {
        office_fact(&o, grid, "reported", grid == 1 ? 45 : 20);
        office_fact(&o, grid, "days", grid == 1 ? 18 : 6);
        office_fact(&o, grid, "valid", 2);
        office_fact(&o, grid, "reworked", grid == 1 ? 5 : 2);
    }
    cards = score(&o, policy, "2022-09", NULL);
    /* ⌊45/60 × 18⌋ = 13, five short; 8 of 10 short, −16; 0.2 + 0.2 + 3 × 0.5 = 1.9 */
    assert_int_equal(line_at(cards, 0, 0).points, -5000);
    assert_int_equal(line_at(cards, 0, 1).points, -16000);
    assert_int_equal(line_at(cards, 0, 2).points, -1900);
    assert_int_equal(card_at(cards, 0).total, 50000 - 22900);
    /* 10 of 30 days: ⌊20/60 × 6⌋ = 2 of 6; a quota of ⌊10 × 10/30⌋ = 3, one short; 0.4 */
    assert_int_equal(line_at(cards, 1, 0).points, -4000);
    assert_int_equal(line_at(cards, 1, 1).points, -2000);
    assert_int_equal(line_at(cards, 1, 1).denominator, 3);
    assert_int_equal(line_at(cards, 1, 2).points, -400);
    /* 4 days are too few */
    assert_int_equal(card_at(cards, 2).total_state, GRIDGOV_CELL_UNKNOWN);
    gridgov_scorecards_free(cards);
    gridgov_policy_free(policy);
}

static void test_poor_months(void **state) {
    static const struct {
        int64_t closed, due, missing, accidents; /* of the month */
        int64_t closed_before;                   /* of 100 */
        gridgov_points total;
        const char *grade;
        int32_t below;
        int64_t rank; /* among the six */
    } grids[] = {
        {100, 100, 0, 0, 100, 100000, "excellent", 0, 1},
        {895, 1000, 3, 0, 100, 92000, "qualified", 0, 3}, /* half a point begun: −2, and −6 */
        {895, 1000, 0, 0, 80, 88000, "qualified", 0, 5},  /* and −10 for the second month */
        {85, 100, 8, 0, 70, 64000, "unqualified", 2, 6},  /* 60 before, 64 now */
        {0, 0, 2, 0, 100, 90000, "qualified", 0, 4},      /* 36 of 40 is 90 of 100 */
        {99, 100, 2, 1, 100, 96000, "unqualified", 0, 2}, /* the veto keeps the score */
    };
    gridgov_policy *policy = example("poor-months");
    gridgov_scorecards *cards[2] = {NULL, NULL};
    gridgov_grade grade = {.struct_size = sizeof grade};
    (void)state;
    for (int month = 0; month < 2; month++) {
        office o = office_begin(6);
        office_open(&o);
        for (int64_t i = 0; i < 6; i++) {
            office_fact(&o, i + 1, "closed", month == 0 ? grids[i].closed_before : grids[i].closed);
            office_fact(&o, i + 1, "due", month == 0 ? 100 : grids[i].due);
            office_fact(&o, i + 1, "missing", month == 0 ? 0 : grids[i].missing);
            office_fact(&o, i + 1, "accidents", month == 0 ? 0 : grids[i].accidents);
        }
        cards[month] = score(&o, policy, month == 0 ? "2022-08" : "2022-09", cards[0]);
    }
    for (int64_t i = 0; i < 6; i++) {
        gridgov_standing standing = {.struct_size = sizeof standing};
        assert_int_equal(gridgov_scorecards_standing_at(&standing, cards[1], i), GRIDGOV_OK);
        if (card_at(cards[1], i).total != grids[i].total) {
            fail_msg("grid %d: %d", (int)i, (int)card_at(cards[1], i).total);
        }
        assert_int_equal(gridgov_policy_grade_at(&grade, policy, standing.grade), GRIDGOV_OK);
        assert_string_equal(grade.code, grids[i].grade);
        assert_int_equal(standing.months_below, grids[i].below);
        assert_int_equal(standing.rank, grids[i].rank);
        assert_int_equal(standing.peer_group, 1); /* "社区" */
    }
    gridgov_scorecards_free(cards[0]);
    gridgov_scorecards_free(cards[1]);
    gridgov_policy_free(policy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bands_and_bonus),
        cmocka_unit_test(test_task_and_leave),
        cmocka_unit_test(test_poor_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
