/* SPDX-License-Identifier: Apache-2.0 */
/* The place of a card: grades, vetoes, ranks with ties, peers, means of units, the standard; bounds
 * of groups and of the bonus; what is done about indicators without data; parts rounded together.
 * Expected values are worked out by hand. */
#include "support/score_support.h"

#define HEAD                                                                                       \
    "{\"schema\": \"gridgov.policy/1\", \"version\": 1, \"name\": \"one\", \"title\": \"t\","      \
    " \"source\": \"s\", \"certainty\": \"ours\", \"valid_from\": null, \"valid_to\": null,"       \
    " \"metrics\": \"standard\", "
#define INDICATOR(code, name, group, max, metric)                                                  \
    "{\"code\": \"" code "\", \"name\": \"" name "\", \"group\": \"" group "\", \"max\": " #max    \
    ", \"certainty\": \"ours\", \"deductions\": [{\"rule\": \"per_unit\", "                        \
    "\"metric\": \"" metric "\", \"points\": \"0.5\"}]}"
#define TWO                                                                                         \
    "\"groups\": [{\"code\": \"g\", \"name\": \"甲组\", \"max\": 60%s}, {\"code\": \"h\", "       \
    "\"name\": \"乙组\", \"max\": 40}], \"indicators\": [" INDICATOR(                               \
        "a", "甲", "g", 40,                                                                         \
        "invalid_reports") ", " INDICATOR("b", "乙", "g", 20,                                       \
                                          "visits_missing") ", " INDICATOR("c", "丙", "h", 40,      \
                                                                           "reports_late") "], "    \
                                                                                           "\"bon"  \
                                                                                           "us\":"  \
                                                                                           " {"     \
                                                                                           "\"nam"  \
                                                                                           "e\": "  \
                                                                                           "\"附"  \
                                                                                           "加分" \
                                                                                           "\"%s}"  \
                                                                                           "%s}"

#define GRADES                                                                                     \
    ", \"grades\": [{\"code\": \"good\", \"name\": \"优秀\", \"at_least\": 95}, {\"code\": "     \
    "\"ok\","                                                                                      \
    " \"name\": \"合格\", \"at_least\": 80}, {\"code\": \"poor\", \"name\": \"不合格\", "     \
    "\"otherwise\": true}]"

static gridgov_policy *policy_of(const char *group, const char *bonus, const char *more) {
    char json[4096];
    int size = snprintf(json, sizeof json, HEAD TWO, group, bonus, more);
    assert_in_range(size, 1, sizeof json - 1);
    return policy_from(json, NULL);
}

/* Counts of the three metrics by grid; −2: not told. */
typedef struct figures {
    int64_t a, b, c;
} figures;

/* Score grids 1 … count of one unit. */
static gridgov_scorecards *score(const gridgov_policy *policy, const figures *values, int count,
                                 gridgov_points bonus) {
    static const char *const metrics[] = {"invalid_reports", "visits_missing", "reports_late"};
    gridgov_scorecards *cards = NULL;
    office o = office_begin(count);
    office_open(&o);
    for (int i = 0; i < count; i++) {
        const int64_t told[] = {values[i].a, values[i].b, values[i].c};
        for (int m = 0; m < 3; m++) {
            if (told[m] > -2) {
                office_fact(&o, i + 1, metrics[m], told[m]);
            }
        }
    }
    if (bonus != 0) {
        office_points(&o, 1, NULL, bonus, "理由");
    }
    gridgov_facts *facts = office_facts(&o, policy);
    assert_int_equal(gridgov_score_run(&cards, facts, policy, NULL, NULL, &o.err), GRIDGOV_OK);
    gridgov_facts_free(facts);
    return cards;
}

static gridgov_standing standing_at(const gridgov_scorecards *cards, int64_t index) {
    gridgov_standing standing = {.struct_size = sizeof standing};
    assert_int_equal(gridgov_scorecards_standing_at(&standing, cards, index), GRIDGOV_OK);
    return standing;
}

static void test_off_by_default(void **state) {
    static const figures values[] = {{0, 0, 0}, {9, 9, 9}};
    gridgov_policy *policy = policy_of("", "", "");
    gridgov_scorecards *cards = score(policy, values, 2, 0);
    gridgov_score_columns columns = {.struct_size = sizeof columns};
    gridgov_policy_settings settings = {.struct_size = sizeof settings};
    (void)state;
    for (int64_t i = 0; i < 2; i++) {
        gridgov_standing standing = standing_at(cards, i);
        assert_int_equal(standing.rank, 0);
        assert_int_equal(standing.grade, -1);
        assert_int_equal(standing.peer_group, -1);
        assert_int_equal(standing.veto, -1);
        assert_int_equal(standing.months_below, 0);
    }
    assert_int_equal(gridgov_scorecards_mean_count(cards), 0);
    assert_int_equal(gridgov_policy_grade_count(policy), 0);
    assert_int_equal(gridgov_policy_settings_get(&settings, policy), GRIDGOV_OK);
    assert_int_equal(settings.ranking, 0);
    assert_int_equal(settings.not_assessed, GRIDGOV_NOT_ASSESSED_LEAVE_OUT);
    assert_int_equal(settings.rounding, GRIDGOV_ROUNDING_HALF_UP);
    assert_int_equal(settings.decimals, 3);
    assert_int_equal(settings.months, 1);
    assert_int_equal(gridgov_scorecards_columns(&columns, cards), GRIDGOV_OK);
    assert_int_equal(columns.count, 2);
    assert_int_equal(columns.totals[1], 100000 - 3 * 4500);
    assert_int_equal(columns.ranks[1], 0);
    gridgov_scorecards_free(cards);
    gridgov_policy_free(policy);
}

static void test_ranks(void **state) {
    /* totals 100, 99, 99, 98, not comparable, 98.5; grid 3 lost less in b than grid 2 */
    static const figures values[] = {{0, 0, 0}, {1, 1, 0},  {2, 0, 0},
                                     {2, 2, 0}, {0, 0, -2}, {3, 0, 0}};
    static const struct {
        const char *ranking;
        int64_t ranks[6];
    } cases[] = {
        {"\"competition\", \"within\": \"all\"", {1, 2, 2, 5, 0, 4}},
        {"\"dense\", \"within\": \"all\"", {1, 2, 2, 4, 0, 3}},
        {"\"competition\", \"within\": \"all\", \"tie_breaks\": [{\"bonus\": true}, "
         "{\"indicator\": \"b\"}]",
         {1, 3, 2, 5, 0, 4}},
        {"\"competition\", \"within\": \"all\", \"tie_breaks\": [{\"metric\": "
         "\"invalid_reports\", \"better\": \"fewer\"}]",
         {1, 2, 3, 5, 0, 4}},
        {"\"competition\", \"within\": \"all\", \"tie_breaks\": [{\"metric\": "
         "\"invalid_reports\", \"better\": \"more\"}]",
         {1, 3, 2, 5, 0, 4}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char more[512];
        snprintf(more, sizeof more, ", \"ranking\": {\"method\": %s}", cases[i].ranking);
        gridgov_policy *policy = policy_of("", "", more);
        gridgov_scorecards *cards = score(policy, values, 6, 0);
        for (int64_t k = 0; k < 6; k++) {
            gridgov_standing standing = standing_at(cards, k);
            int64_t tied = 0;
            if (standing.rank != cases[i].ranks[k]) {
                fail_msg("case %zu: grid %d has rank %d", i, (int)k, (int)standing.rank);
            }
            for (int64_t other = 0; other < 6; other++) {
                tied += standing.rank != 0 && cases[i].ranks[other] == standing.rank;
            }
            assert_int_equal(standing.tied, tied);
        }
        gridgov_scorecards_free(cards);
        gridgov_policy_free(policy);
    }
}

/* Units of two kinds; ranks of their own. */
static void test_peers_and_means(void **state) {
    static const char more[] =
        ", \"ranking\": {\"method\": \"competition\", \"within\": \"peer_group\"},"
        " \"peer_groups\": [{\"code\": \"village\", \"name\": \"村\", \"ends_with\": [\"村\"]},"
        " {\"code\": \"named\", \"name\": \"点名\", \"units\": [\"一社区\"]}],"
        " \"unit_means\": {\"decimals\": 1, \"rounding\": \"half_even\"}";
    static const struct {
        int64_t unit; /* 0 一社区, 1 二社区, 2 三村 */
        int64_t lost;
        int32_t peer;
        int64_t rank;
    } grids[] = {{0, 1, 1, 2}, {2, 5, 0, 2}, {0, 0, 1, 1}, {1, 9, -1, 0},
                 {2, 0, 0, 1}, {2, 6, 0, 3}, {0, 2, 1, 3}, {2, -2, 0, 0}};
    static const char *const names[] = {"一社区", "二社区", "三村"};
    /* 社区一: (99.5 + 100 + 99)/3 = 99.5; 二: 95.5; 村: (97.5 + 100 + 97)/3 = 98.166… */
    static const struct {
        const char *name;
        int64_t cards, counted;
        gridgov_points mean;
    } means[] = {{"一社区", 3, 3, 99500}, {"三村", 4, 3, 98200}, {"二社区", 1, 1, 95500}};
    gridgov_policy *policy = policy_of("", "", more);
    gridgov_scorecards *cards = NULL;
    gridgov_unit_mean mean = {.struct_size = sizeof mean};
    gridgov_peer_group peer = {.struct_size = sizeof peer};
    int64_t units[3], rows[8];
    office o = {.units = NULL};
    (void)state;
    assert_int_equal(gridgov_units_new(&o.units, &o.err), GRIDGOV_OK);
    for (int i = 0; i < 3; i++) {
        units[i] = office_unit(&o, GRIDGOV_UNIT_COMMUNITY, names[i], GRIDGOV_NONE, GRIDGOV_NO_DAY);
    }
    for (int i = 0; i < 8; i++) {
        char name[8];
        snprintf(name, sizeof name, "%d", i);
        rows[i] = office_unit(&o, GRIDGOV_UNIT_GRID, name, units[grids[i].unit], GRIDGOV_NO_DAY);
    }
    office_open(&o);
    for (int i = 0; i < 8; i++) {
        office_fact(&o, rows[i], "invalid_reports", grids[i].lost < 0 ? 0 : grids[i].lost);
        office_fact(&o, rows[i], "visits_missing", 0);
        if (grids[i].lost >= 0) {
            office_fact(&o, rows[i], "reports_late", 0);
        }
    }
    gridgov_facts *facts = office_facts(&o, policy);
    assert_int_equal(gridgov_score_run(&cards, facts, policy, NULL, NULL, &o.err), GRIDGOV_OK);
    gridgov_facts_free(facts);
    for (int i = 0; i < 8; i++) {
        int64_t index = gridgov_scorecards_find(cards, rows[i]);
        gridgov_standing standing = standing_at(cards, index);
        assert_int_equal(standing.peer_group, grids[i].peer);
        assert_int_equal(standing.rank, grids[i].rank);
    }
    assert_int_equal(gridgov_scorecards_mean_count(cards), 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(gridgov_scorecards_mean_at(&mean, cards, i), GRIDGOV_OK);
        assert_string_equal(mean.name, means[i].name);
        assert_int_equal(mean.cards, means[i].cards);
        assert_int_equal(mean.counted, means[i].counted);
        assert_int_equal(mean.mean, means[i].mean);
    }
    assert_int_equal(gridgov_scorecards_mean_at(&mean, cards, 3), GRIDGOV_END);
    assert_int_equal(gridgov_policy_peer_at(&peer, policy, 0), GRIDGOV_OK);
    assert_string_equal(peer.name, "村");
    assert_int_equal(gridgov_policy_peer_at(&peer, policy, 2), GRIDGOV_END);
    gridgov_scorecards_free(cards);
    gridgov_policy_free(policy);
}

static void test_grades_and_vetoes(void **state) {
    static const figures values[] = {{0, 0, 0},  {10, 0, 0}, {11, 0, 0}, {40, 0, 0},
                                     {41, 0, 0}, {0, 3, 0},  {0, 0, -2}, {0, 2, -2}};
    static const int32_t grades[] = {0, 0, 1, 1, 2, 2, -1, 2};
    static const int32_t vetoes[] = {-1, -1, -1, -1, -1, 0, -1, 0};
    gridgov_policy *policy = policy_of(
        "", "",
        GRADES ", \"vetoes\": [{\"code\": \"v\", \"name\": \"一票否决\", \"grade\": \"poor\","
               " \"certainty\": \"ours\", \"rule\": {\"rule\": \"bands\", \"metric\": "
               "\"visits_missing\", \"bands\": [{\"at_least\": 2, \"points\": 1}, "
               "{\"otherwise\": true, \"points\": 0}]}}]");
    gridgov_scorecards *cards = score(policy, values, 8, 0);
    gridgov_grade grade = {.struct_size = sizeof grade};
    gridgov_veto veto = {.struct_size = sizeof veto};
    (void)state;
    for (int64_t i = 0; i < 8; i++) {
        gridgov_standing standing = standing_at(cards, i);
        assert_int_equal(standing.grade, grades[i]);
        assert_int_equal(standing.veto, vetoes[i]);
    }
    assert_int_equal(card_at(cards, 5).total, 98500); /* a veto keeps the score */
    assert_int_equal(gridgov_policy_grade_count(policy), 3);
    assert_int_equal(gridgov_policy_grade_at(&grade, policy, 0), GRIDGOV_OK);
    assert_string_equal(grade.name, "优秀");
    assert_int_equal(grade.at_least, 95000);
    assert_int_equal(gridgov_policy_veto_at(&veto, policy, 0), GRIDGOV_OK);
    assert_int_equal(veto.grade, 2);
    assert_int_equal(gridgov_policy_veto_at(&veto, policy, 1), GRIDGOV_END);
    gridgov_scorecards_free(cards);
    gridgov_policy_free(policy);
}

static void check_sum(const gridgov_scorecards *cards, int64_t index) {
    gridgov_scorecard card = card_at(cards, index);
    gridgov_points sum = card.out_of + card.group_cut + card.rescaled + card.bonus;
    for (int64_t i = 0; i < 3; i++) {
        sum += line_at(cards, index, i).points;
    }
    assert_int_equal(card.total, sum);
}

static void test_bounds_of_groups_and_bonus(void **state) {
    static const figures values[] = {{10, 20, 4}};
    static const struct {
        const char *group, *bonus;
        gridgov_points given, group_cut, bonus_points, total;
    } cases[] = {
        {"", "", 12000, 0, 12000, 95000},
        {", \"floor\": -5", "", 0, 10000, 0, 93000},
        {", \"floor\": -15", "", 0, 0, 0, 83000},
        {"", ", \"cap\": 10", 12000, 0, 10000, 93000},
        {"", ", \"cap\": 10", -12000, 0, -12000, 71000},
        {"", ", \"floor\": -5, \"cap\": 10", -12000, 0, -5000, 78000},
        {"", ", \"floor\": 0, \"cap\": 0", 9000, 0, 0, 83000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_policy *policy = policy_of(cases[i].group, cases[i].bonus, "");
        gridgov_scorecards *cards = score(policy, values, 1, cases[i].given);
        gridgov_scorecard card = card_at(cards, 0);
        gridgov_card_group group = {.struct_size = sizeof group};
        assert_int_equal(card.group_cut, cases[i].group_cut);
        assert_int_equal(card.bonus, cases[i].bonus_points);
        assert_int_equal(card.bonus_uncut, cases[i].given);
        assert_int_equal(card.total, cases[i].total);
        check_sum(cards, 0);
        assert_int_equal(gridgov_scorecards_group_at(&group, cards, 0, 0), GRIDGOV_OK);
        assert_int_equal(group.points, -15000);
        assert_int_equal(group.cut, cases[i].group_cut);
        assert_int_equal(group.out_of, 60000);
        assert_int_equal(gridgov_scorecards_group_at(&group, cards, 0, 2), GRIDGOV_END);
        gridgov_scorecards_free(cards);
        gridgov_policy_free(policy);
    }
}

static void test_bonus_values(void **state) {
    static const figures values[] = {{0, 0, 0}};
    gridgov_policy *policy = policy_of("", ", \"values\": [2, 4, 8, 10, -5]", "");
    static const struct {
        gridgov_points given;
        int64_t issues;
    } cases[] = {{8000, 0}, {-5000, 0}, {3000, 1}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_issues *issues = NULL;
        gridgov_scorecards *cards = NULL;
        office o = office_begin(1);
        assert_int_equal(gridgov_issues_new(&issues, 10, NULL), GRIDGOV_OK);
        office_open(&o);
        office_fact(&o, 1, "invalid_reports", values[0].a);
        office_points(&o, 1, NULL, cases[i].given, "理由");
        gridgov_facts *facts = office_facts(&o, policy);
        assert_int_equal(gridgov_score_run(&cards, facts, policy, issues, NULL, &o.err),
                         GRIDGOV_OK);
        assert_int_equal(gridgov_issues_count(issues), cases[i].issues);
        assert_int_equal(card_at(cards, 0).bonus, cases[i].given);
        gridgov_facts_free(facts);
        gridgov_scorecards_free(cards);
        gridgov_issues_free(issues);
    }
    gridgov_policy_free(policy);
}

/* 60 of 100 points assessed, 6 lost: 54 of 60, 94 of 100, or 54 · 100/60 = 90; the bonus of 3 is
 * added unscaled. The third grid: 59.5 of 60 is 99.1666…% */
static void test_not_assessed(void **state) {
    static const figures values[] = {{8, 4, -2}, {-2, -2, -2}, {1, 0, -2}};
    static const struct {
        const char *word;
        gridgov_points first, third, total_of;
    } cases[] = {
        {"leave_out", 57000, 59500, 60000},
        {"full_marks", 97000, 99500, 100000},
        {"rescale", 93000, 99167, 100000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char more[64];
        snprintf(more, sizeof more, ", \"not_assessed\": \"%s\"", cases[i].word);
        gridgov_policy *policy = policy_of("", "", more);
        gridgov_scorecards *cards = score(policy, values, 3, 3000);
        assert_int_equal(card_at(cards, 0).out_of, 60000);
        assert_int_equal(card_at(cards, 0).total_of, cases[i].total_of);
        assert_int_equal(card_at(cards, 0).total, cases[i].first);
        assert_int_equal(card_at(cards, 2).total, cases[i].third);
        assert_int_equal(card_at(cards, 1).total_state, GRIDGOV_CELL_UNKNOWN);
        assert_int_equal(card_at(cards, 1).total_of, 0);
        for (int64_t k = 0; k < 3; k++) {
            check_sum(cards, k);
        }
        gridgov_scorecards_free(cards);
        gridgov_policy_free(policy);
    }
}

/* −0.5, −0.5 and −1.5 give −2.5, which rounds to −3: the line that lost most when cut off moves. */
static void test_largest_remainder(void **state) {
    static const figures values[] = {{1, 1, 3}, {1, 0, 2}, {2, 2, 2}, {1, 1, -2}};
    static const gridgov_points lines[][3] = {
        {0, -1000, -2000}, {-1000, 0, -1000}, {-1000, -1000, -1000}, {0, -1000, 0}};
    gridgov_policy *policy =
        policy_of("", "", ", \"rounding\": {\"method\": \"largest_remainder\", \"decimals\": 0}");
    gridgov_scorecards *cards = score(policy, values, 4, 0);
    (void)state;
    for (int64_t i = 0; i < 4; i++) {
        for (int64_t k = 0; k < 3; k++) {
            gridgov_score_line line = line_at(cards, i, k);
            if (line.points != lines[i][k]) {
                fail_msg("card %d line %d: %d", (int)i, (int)k, (int)line.points);
            }
        }
        check_sum(cards, i);
    }
    gridgov_scorecards_free(cards);
    gridgov_policy_free(policy);
}

static void test_standard(void **state) {
    static const figures now[] = {{39, 0, 0}, {41, 0, 0}, {50, 0, 0}, {60, 0, -2}};
    static const figures before[] = {{70, 0, 0}, {50, 0, 0}, {0, 0, 0}, {70, 0, 0}};
    static const int32_t below[2][4] = {{0, 1, 1, 0}, {0, 2, 0, 0}};
    (void)state;
    for (int months = 1; months <= 2; months++) {
        static const char *const metrics[] = {"invalid_reports", "visits_missing", "reports_late"};
        gridgov_scorecards *cards[2] = {NULL, NULL};
        char more[128];
        snprintf(more, sizeof more,
                 ", \"standard\": {\"below\": 80, \"name\": \"低于标准\", \"months\": %d}", months);
        gridgov_policy *policy = policy_of("", "", more);
        for (int m = 0; m < 2; m++) {
            const figures *values = m == 0 ? before : now;
            const gridgov_scorecards *history[1] = {cards[0]};
            gridgov_score_options options = {
                .struct_size = sizeof options, .history = history, .history_count = m};
            office o = office_begin(4);
            office_open(&o);
            for (int i = 0; i < 4; i++) {
                const int64_t told[] = {values[i].a, values[i].b, values[i].c};
                for (int k = 0; k < 3; k++) {
                    if (told[k] > -2) {
                        office_fact(&o, i + 1, metrics[k], told[k]);
                    }
                }
            }
            gridgov_facts *facts = office_facts_of(&o, policy, m == 0 ? "2021-08" : "2021-09");
            assert_int_equal(
                gridgov_score_run_with(&cards[m], facts, policy, &options, NULL, NULL, &o.err),
                GRIDGOV_OK);
            gridgov_facts_free(facts);
        }
        for (int64_t i = 0; i < 4; i++) {
            assert_int_equal(standing_at(cards[1], i).months_below, below[months - 1][i]);
        }
        gridgov_scorecards_free(cards[0]);
        gridgov_scorecards_free(cards[1]);
        gridgov_policy_free(policy);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_off_by_default),
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_peers_and_means),
        cmocka_unit_test(test_grades_and_vetoes),
        cmocka_unit_test(test_bounds_of_groups_and_bonus),
        cmocka_unit_test(test_bonus_values),
        cmocka_unit_test(test_not_assessed),
        cmocka_unit_test(test_largest_remainder),
        cmocka_unit_test(test_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
