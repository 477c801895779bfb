/* SPDX-License-Identifier: Apache-2.0 */
/* Scoring. Expected points are worked out by hand from the rule and the two counts; the published
 * rows are those of 百办〔2021〕45号. */
#include "support/score_support.h"

enum {
    BLANK = GRIDGOV_CELL_BLANK,
    VALUE = GRIDGOV_CELL_VALUE,
    UNKNOWN = GRIDGOV_CELL_UNKNOWN,
    EMPTY = GRIDGOV_CELL_NOT_APPLICABLE
};

/* A policy of one indicator of 100 points with the given deductions. */
static gridgov_policy *policy_of(const char *deductions) {
    char json[2048];
    int size = snprintf(
        json, sizeof json,
        "{\"schema\": \"gridgov.policy/1\", \"version\": 1, \"name\": \"one\", \"title\": \"t\","
        " \"source\": \"s\", \"certainty\": \"ours\", \"valid_from\": null, \"valid_to\": null,"
        " \"parameters\": {\"open\": {\"title\": \"t\", \"value\": null, \"min\": 1, \"max\": 9,"
        " \"decimals\": 0, \"certainty\": \"ours\"}},"
        " \"metrics\": \"standard\", \"groups\": [{\"code\": \"g\", \"name\": \"组\", \"max\": "
        "100}],"
        " \"indicators\": [{\"code\": \"i\", \"name\": \"指标\", \"group\": \"g\", \"max\": 100,"
        " \"deductions\": [%s], \"certainty\": \"ours\"}], \"bonus\": {\"name\": \"附加分\"}}",
        deductions);
    assert_in_range(size, 1, sizeof json - 1);
    return policy_from(json, NULL);
}

static gridgov_scorecards *score(office *o, const gridgov_policy *policy, gridgov_issues *issues) {
    gridgov_facts *facts = office_facts(o, policy);
    gridgov_scorecards *cards = NULL;
    assert_int_equal(gridgov_score_run(&cards, facts, policy, issues, NULL, &o->err), GRIDGOV_OK);
    gridgov_facts_free(facts); /* the cards keep it alive */
    return cards;
}

typedef struct rule_case {
    const char *deductions;
    const char *first; /* metric code, NULL: not told */
    int64_t first_value;
    const char *second;
    int64_t second_value;
    int32_t state;
    gridgov_points points;
    int64_t numerator, denominator;
} rule_case;

#define PER_UNIT "{\"rule\": \"per_unit\", \"metric\": \"invalid_reports\", \"points\": \"1.5\"}"
#define ANY "{\"rule\": \"any\", \"metric\": \"visits_missing\", \"points\": 5}"
#define CLOSED "\"numerator\": \"cases_due_closed\", \"denominator\": \"cases_due\", "
#define HELD                                                                                       \
    "\"numerator\": \"cases_held_overdue\", \"denominator\": \"cases_held_due\", \"complement\": " \
    "true, "
#define BELOW(threshold)                                                                           \
    "{\"rule\": \"below\", " CLOSED "\"threshold\": \"" threshold                                  \
    "\", \"points\": 2, \"when_empty\": \"full\"}"
#define IN_TIME                                                                                    \
    "{\"rule\": \"below\", " HELD                                                                  \
    "\"threshold\": 100, \"points\": 2, \"when_empty\": \"not_assessed\"}"
#define PER_PERCENT(part)                                                                          \
    "{\"rule\": \"per_percent\", " CLOSED "\"threshold\": 90, \"points\": 1, \"when_empty\": "     \
    "\"not_assessed\", \"part\": \"" part "\"}"
#define COUNT_BANDS                                                                                \
    "{\"rule\": \"bands\", \"metric\": \"invalid_reports\", \"bands\": [{\"at_least\": 5, "        \
    "\"points\": 4},"                                                                              \
    " {\"at_least\": 2, \"points\": 1}, {\"otherwise\": true, \"points\": 0}]}"
#define RATIO_BANDS                                                                                \
    "{\"rule\": \"bands\", " CLOSED "\"when_empty\": \"not_assessed\", \"bands\": ["               \
    "{\"at_least\": 95, \"points\": 0}, {\"at_least\": \"89.5\", \"points\": 2}, "                 \
    "{\"otherwise\": true, \"points\": 10}]}"
#define INVALID "invalid_reports"
#define MISSING "visits_missing"
#define DUE "cases_due"
#define DONE "cases_due_closed"
#define LATE "cases_held_overdue"
#define HELD_DUE "cases_held_due"

static const rule_case rule_cases[] = {
    {PER_UNIT, INVALID, 0, NULL, 0, BLANK, 0, 0, -1},
    {PER_UNIT, INVALID, 3, NULL, 0, VALUE, -4500, 3, -1},
    {PER_UNIT, INVALID, 66, NULL, 0, VALUE, -99000, 66, -1},
    {PER_UNIT, INVALID, 67, NULL, 0, VALUE, -100000, 67, -1}, /* 100.5 cut */
    {PER_UNIT, INVALID, -1, NULL, 0, EMPTY, 0, 0, -1},
    {PER_UNIT, NULL, 0, NULL, 0, UNKNOWN, 0, 0, -1},
    {ANY, MISSING, 0, NULL, 0, BLANK, 0, 0, -1},
    {ANY, MISSING, 1, NULL, 0, VALUE, -5000, 1, -1},
    {ANY, MISSING, 9, NULL, 0, VALUE, -5000, 9, -1},
    /* a threshold is met exactly, and missed by the smallest fraction */
    {BELOW("90"), DONE, 9, DUE, 10, BLANK, 0, 9, 10},
    {BELOW("90"), DONE, 899999999, DUE, 1000000000, VALUE, -2000, 899999999, 1000000000},
    {BELOW("66.667"), DONE, 2, DUE, 3, VALUE, -2000, 2, 3}, /* 66.6666… is below */
    {BELOW("66.666"), DONE, 2, DUE, 3, BLANK, 0, 2, 3},
    {BELOW("0"), DONE, 0, DUE, 3, BLANK, 0, 0, 3},
    {BELOW("90"), DONE, 0, DUE, 0, BLANK, 0, 0, 0}, /* full by the policy's word */
    {BELOW("90"), DONE, 11, DUE, 10, UNKNOWN, 0, 11, 10},
    {BELOW("90"), DONE, 1, DUE, 0, UNKNOWN, 0, 1, 0},
    {BELOW("90"), DONE, 1, NULL, 0, UNKNOWN, 0, 1, 0},
    {BELOW("90"), DONE, -1, DUE, 4, EMPTY, 0, 0, 4},
    {BELOW("90"), DONE, -1, NULL, 0, UNKNOWN, 0, 0, 0}, /* unknown outweighs */
    /* the complement: in time = not overdue */
    {IN_TIME, LATE, 0, HELD_DUE, 7, BLANK, 0, 7, 7},
    {IN_TIME, LATE, 1, HELD_DUE, 1000000, VALUE, -2000, 999999, 1000000},
    {IN_TIME, LATE, 7, HELD_DUE, 7, VALUE, -2000, 0, 7},
    {IN_TIME, LATE, 0, HELD_DUE, 0, EMPTY, 0, 0, 0}, /* 0/0 is not assessed */
    {IN_TIME, LATE, 8, HELD_DUE, 7, UNKNOWN, 0, 8, 7},
    /* −1 a percentage point below 90 */
    {PER_PERCENT("exact"), DONE, 90, DUE, 100, BLANK, 0, 90, 100},
    {PER_PERCENT("exact"), DONE, 100, DUE, 100, BLANK, 0, 100, 100},
    {PER_PERCENT("exact"), DONE, 89, DUE, 100, VALUE, -1000, 89, 100},
    {PER_PERCENT("exact"), DONE, 895, DUE, 1000, VALUE, -500, 895, 1000},
    {PER_PERCENT("exact"), DONE, 2, DUE, 3, VALUE, -23333, 2, 3},                   /* 23.3333… */
    {PER_PERCENT("exact"), DONE, 1, DUE, 3, VALUE, -56667, 1, 3},                   /* 56.6666… */
    {PER_PERCENT("exact"), DONE, 899995, DUE, 1000000, VALUE, -1, 899995, 1000000}, /* 0.0005 up */
    {PER_PERCENT("exact"), DONE, 899996, DUE, 1000000, BLANK, 0, 899996, 1000000},  /* 0.0004 */
    {PER_PERCENT("exact"), DONE, 0, DUE, 5, VALUE, -90000, 0, 5},
    {PER_PERCENT("exact"), DONE, 0, DUE, 0, EMPTY, 0, 0, 0},
    {PER_PERCENT("full"), DONE, 895, DUE, 1000, BLANK, 0, 895, 1000},
    {PER_PERCENT("full"), DONE, 89, DUE, 100, VALUE, -1000, 89, 100},
    {PER_PERCENT("full"), DONE, 8801, DUE, 10000, VALUE, -1000, 8801, 10000},
    {PER_PERCENT("started"), DONE, 8999, DUE, 10000, VALUE, -1000, 8999, 10000},
    {PER_PERCENT("started"), DONE, 89, DUE, 100, VALUE, -1000, 89, 100},
    {PER_PERCENT("started"), DONE, 8899, DUE, 10000, VALUE, -2000, 8899, 10000},
    {COUNT_BANDS, INVALID, 1, NULL, 0, BLANK, 0, 1, -1},
    {COUNT_BANDS, INVALID, 2, NULL, 0, VALUE, -1000, 2, -1},
    {COUNT_BANDS, INVALID, 4, NULL, 0, VALUE, -1000, 4, -1},
    {COUNT_BANDS, INVALID, 5, NULL, 0, VALUE, -4000, 5, -1},
    {RATIO_BANDS, DONE, 95, DUE, 100, BLANK, 0, 95, 100},
    {RATIO_BANDS, DONE, 949, DUE, 1000, VALUE, -2000, 949, 1000},
    {RATIO_BANDS, DONE, 895, DUE, 1000, VALUE, -2000, 895, 1000},
    {RATIO_BANDS, DONE, 894, DUE, 1000, VALUE, -10000, 894, 1000},
    {RATIO_BANDS, DONE, 3, DUE, 2, BLANK, 0, 3, 2}, /* 150 % may be, in bands */
    {RATIO_BANDS, DONE, 0, DUE, 0, EMPTY, 0, 0, 0},
    {RATIO_BANDS, DONE, 1, DUE, 0, UNKNOWN, 0, 1, 0},
    {"", INVALID, 0, NULL, 0, UNKNOWN, 0, 0, -1}, /* no rule: only given points assess it */
};

static void test_rules(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rule_cases / sizeof rule_cases[0]; i++) {
        const rule_case *c = &rule_cases[i];
        gridgov_policy *policy = policy_of(c->deductions);
        office o = office_begin(1);
        office_open(&o);
        if (c->first != NULL) {
            office_fact(&o, 1, c->first, c->first_value);
        }
        if (c->second != NULL) {
            office_fact(&o, 1, c->second, c->second_value);
        }
        gridgov_scorecards *cards = score(&o, policy, NULL);
        gridgov_score_line line = line_at(cards, 0, 0);
        gridgov_scorecard card = card_at(cards, 0);
        if (line.state != c->state || line.points != c->points || line.numerator != c->numerator ||
            line.denominator != c->denominator) {
            fail_msg("case %zu %s %lld/%lld: state %d points %lld shown %lld/%lld", i,
                     c->deductions, (long long)c->first_value, (long long)c->second_value,
                     (int)line.state, (long long)line.points, (long long)line.numerator,
                     (long long)line.denominator);
        }
        int assessed = c->state == BLANK || c->state == VALUE;
        assert_int_equal(card.out_of, assessed ? 100000 : 0);
        assert_int_equal(card.total, card.out_of + line.points);
        assert_int_equal(card.total_state, assessed ? VALUE : UNKNOWN);
        assert_int_equal(line.origin, c->first == NULL || c->deductions[0] == '\0'
                                          ? GRIDGOV_ORIGIN_ROWS
                                          : GRIDGOV_ORIGIN_FACT);
        gridgov_scorecards_free(cards);
        gridgov_policy_free(policy);
    }
}

static void test_several_rules_of_a_line(void **state) {
    static const struct {
        int64_t missing, late; /* −2: not told */
        int32_t state;
        gridgov_points points, uncut;
        int64_t rule;
    } cases[] = {
        {0, 0, BLANK, 0, 0, 0},           {1, 0, VALUE, -60000, -60000, 0},
        {0, 1, VALUE, -1000, -1000, 1}, /* shown: the rule that deducted */
        {1, 1, VALUE, -61000, -61000, 0}, {2, 1, VALUE, -100000, -121000, 0},
        {1, -2, UNKNOWN, 0, 0, 1}, /* half of the evidence is none */
        {-2, 1, UNKNOWN, 0, 0, 0},        {-1, 1, EMPTY, 0, 0, 0},
        {-1, -2, UNKNOWN, 0, 0, 1},       {-2, -1, UNKNOWN, 0, 0, 0},
        {1, -1, EMPTY, 0, 0, 1},
    };
    gridgov_policy *policy =
        policy_of("{\"rule\": \"per_unit\", \"metric\": \"reports_missing\", \"points\": 60},"
                  "{\"rule\": \"per_unit\", \"metric\": \"reports_late\", \"points\": 1}");
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        office o = office_begin(1);
        office_open(&o);
        if (cases[i].missing > -2) {
            office_fact(&o, 1, "reports_missing", cases[i].missing);
        }
        if (cases[i].late > -2) {
            office_fact(&o, 1, "reports_late", cases[i].late);
        }
        gridgov_scorecards *cards = score(&o, policy, NULL);
        gridgov_score_line line = line_at(cards, 0, 0);
        assert_int_equal(line.state, cases[i].state);
        assert_int_equal(line.points, cases[i].points);
        assert_int_equal(line.uncut, cases[i].uncut);
        assert_int_equal(line.rule, cases[i].rule);
        gridgov_scorecards_free(cards);
    }
    gridgov_policy_free(policy);
}

/* How many issues have a rule. */
static int64_t issues_of(const gridgov_issues *issues, int32_t rule) {
    gridgov_error issue;
    int64_t count = 0;
    for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        count += issue.rule == rule;
    }
    return count;
}

static gridgov_issues *collector(void) {
    gridgov_issues *issues = NULL;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    return issues;
}

static void test_given_deductions(void **state) {
    gridgov_policy *policy = policy_of(PER_UNIT);
    gridgov_issues *issues = collector();
    office o = office_begin(6);
    (void)state;
    office_open(&o);
    office_fact(&o, GRIDGOV_NONE, INVALID, 2);
    office_points(&o, 2, "i", -5000, "甲");      /* by code */
    office_points(&o, 3, "指 标", -5000, "乙");  /* by name, blanks apart */
    office_points(&o, 3, "i", -2500, "丙");      /* summed */
    office_points(&o, 4, "i", 0, "丁");          /* assessed, nothing deducted */
    office_points(&o, 5, "i", -100001, "戊");    /* beyond the maximum */
    office_points(&o, 6, "nobody", -1000, "己"); /* no such indicator */
    office_points(&o, 0, "i", -1000, "庚");      /* a community is no grid */
    gridgov_scorecards *cards = score(&o, policy, issues);
    static const struct {
        int32_t state;
        gridgov_points points, uncut;
        int32_t origin;
        const char *reason;
    } expected[] = {
        {VALUE, -3000, -3000, GRIDGOV_ORIGIN_FACT, ""},
        {VALUE, -5000, -5000, GRIDGOV_ORIGIN_DEDUCTION, "甲"},
        {VALUE, -7500, -7500, GRIDGOV_ORIGIN_DEDUCTION, NULL},
        {BLANK, 0, 0, GRIDGOV_ORIGIN_DEDUCTION, "丁"},
        {VALUE, -100000, -100001, GRIDGOV_ORIGIN_DEDUCTION, "戊"},
        {VALUE, -3000, -3000, GRIDGOV_ORIGIN_FACT, ""},
    };
    assert_int_equal(gridgov_scorecards_count(cards), 6);
    for (int64_t i = 0; i < 6; i++) {
        gridgov_score_line line = line_at(cards, i, 0);
        assert_int_equal(line.state, expected[i].state);
        assert_int_equal(line.points, expected[i].points);
        assert_int_equal(line.uncut, expected[i].uncut);
        assert_int_equal(line.origin, expected[i].origin);
        assert_int_equal(line.rule, line.origin == GRIDGOV_ORIGIN_DEDUCTION ? GRIDGOV_NONE : 0);
        if (expected[i].reason != NULL) {
            assert_string_equal(line.reason, expected[i].reason);
        } else {
            assert_non_null(strstr(line.reason, "乙"));
            assert_non_null(strstr(line.reason, "丙"));
        }
    }
    assert_string_equal(line_at(cards, 1, 0).source, "街道办");
    assert_int_equal(issues_of(issues, 700), 1);
    assert_int_equal(issues_of(issues, 701), 1);
    assert_int_equal(issues_of(issues, 703), 1);
    assert_int_equal(gridgov_issues_count(issues), 3);
    gridgov_scorecards_free(cards);
    gridgov_issues_free(issues);
    gridgov_policy_free(policy);
}

static void test_deductions_for_all_grids(void **state) {
    gridgov_policy *policy = policy_of(PER_UNIT);
    gridgov_issues *issues = collector();
    office o = office_begin(3);
    (void)state;
    office_open(&o);
    office_fact(&o, GRIDGOV_NONE, INVALID, 2);
    office_points(&o, GRIDGOV_NONE, "i", -100500, "全部");
    office_points(&o, 2, "i", -1000, "自有");
    gridgov_scorecards *cards = score(&o, policy, issues);
    assert_int_equal(line_at(cards, 0, 0).points, -100000);
    assert_int_equal(line_at(cards, 1, 0).points, -1000);
    assert_int_equal(line_at(cards, 2, 0).points, -100000);
    assert_string_equal(line_at(cards, 2, 0).reason, "全部");
    assert_int_equal(issues_of(issues, 701), 1); /* once, not once a grid */
    gridgov_scorecards_free(cards);
    gridgov_issues_free(issues);
    gridgov_policy_free(policy);
}

static void test_bonus(void **state) {
    gridgov_policy *policy = policy_of(PER_UNIT);
    (void)state;
    for (int covered = 0; covered < 2; covered++) {
        office o = office_begin(5);
        office_open(&o);
        office_fact(&o, GRIDGOV_NONE, INVALID, 0);
        office_points(&o, 2, NULL, 10000, "演练");
        office_points(&o, 3, NULL, -20000, "UNEXPLAINED");
        office_points(&o, 4, NULL, 5000, "a");
        office_points(&o, 4, NULL, -5000, "b");
        if (covered) {
            assert_int_equal(gridgov_ledger_cover(o.ledger, GRIDGOV_COVERAGE_ADJUSTMENTS), 0);
        }
        gridgov_scorecards *cards = score(&o, policy, NULL);
        static const gridgov_points bonus[] = {0, 10000, -20000, 0, 0};
        for (int64_t i = 0; i < 5; i++) {
            gridgov_scorecard card = card_at(cards, i);
            int32_t without = covered ? BLANK : UNKNOWN;
            assert_int_equal(card.bonus, bonus[i]);
            assert_int_equal(card.bonus_state, i >= 1 && i <= 3 ? VALUE : without);
            assert_int_equal(card.total, 100000 + bonus[i]); /* no cap */
            assert_int_equal(card.unexplained, i == 2);
        }
        gridgov_scorecards_free(cards);
    }
    gridgov_policy_free(policy);
}

static void test_nothing_assessed(void **state) {
    gridgov_policy *policy = policy_of(PER_UNIT);
    office o = office_begin(1);
    (void)state;
    office_open(&o);
    office_points(&o, 1, NULL, 3000, "x");
    gridgov_scorecards *cards = score(&o, policy, NULL);
    gridgov_scorecard card = card_at(cards, 0);
    assert_int_equal(card.total_state, UNKNOWN);
    assert_int_equal(card.out_of, 0);
    assert_int_equal(card.total, 3000); /* the bonus alone */
    gridgov_scorecards_free(cards);
    gridgov_policy_free(policy);
}

static void test_contradictions_and_open_parameters_are_reported(void **state) {
    gridgov_policy *policy =
        policy_of(BELOW("90") ", {\"rule\": \"any\", \"metric\": \"visits_missing\", \"points\": "
                              "{\"parameter\": \"open\"}}");
    gridgov_issues *issues = collector();
    gridgov_error issue;
    office o = office_begin(2);
    (void)state;
    office_open(&o);
    office_fact(&o, GRIDGOV_NONE, MISSING, 0);
    office_fact(&o, GRIDGOV_NONE, DUE, 4);
    office_fact(&o, 1, DONE, 4);
    office_fact(&o, 2, DONE, 5);
    gridgov_scorecards *cards = score(&o, policy, issues);
    assert_int_equal(line_at(cards, 0, 0).state, UNKNOWN); /* the open one */
    assert_int_equal(line_at(cards, 0, 0).rule, 1);
    assert_int_equal(line_at(cards, 1, 0).state, UNKNOWN);
    assert_int_equal(line_at(cards, 1, 0).rule, 0);
    assert_int_equal(issues_of(issues, 604), 1); /* once for the indicator */
    assert_int_equal(issues_of(issues, 704), 1);
    assert_int_equal(gridgov_issues_at(&issue, issues, 1), GRIDGOV_OK);
    assert_string_equal(issue.message, "指标 of 2: 5 of 4 cannot be; not assessed");
    gridgov_scorecards_free(cards);
    gridgov_issues_free(issues);
    gridgov_policy_free(policy);
}

static void test_cards_are_the_grids_of_the_period(void **state) {
    gridgov_policy *policy = policy_of(PER_UNIT);
    gridgov_day september;
    office o = office_begin(2);
    (void)state;
    assert_int_equal(gridgov_day_parse(&september, "2021-09-01", 10, NULL), GRIDGOV_OK);
    int64_t closed = office_unit(&o, GRIDGOV_UNIT_GRID, "closed", o.community, september);
    int64_t last = office_unit(&o, GRIDGOV_UNIT_GRID, "last", o.community, september + 1);
    int64_t agency = office_unit(&o, GRIDGOV_UNIT_AGENCY, "派出所", GRIDGOV_NONE, GRIDGOV_NO_DAY);
    int64_t alone = office_unit(&o, GRIDGOV_UNIT_GRID, "alone", GRIDGOV_NONE, GRIDGOV_NO_DAY);
    office_open(&o);
    office_points(&o, closed, NULL, 1000, "x");
    gridgov_issues *issues = collector();
    gridgov_scorecards *cards = score(&o, policy, issues);
    assert_int_equal(issues_of(issues, 703), 1); /* ended the day before */
    assert_int_equal(gridgov_scorecards_count(cards), 4);
    assert_string_equal(card_at(cards, 0).grid_name, "1");
    assert_string_equal(card_at(cards, 0).unit_name, "社区");
    assert_string_equal(card_at(cards, 2).grid_name, "last");
    assert_string_equal(card_at(cards, 3).grid_name, "alone");
    assert_string_equal(card_at(cards, 3).unit_name, "");
    assert_int_equal(gridgov_scorecards_find(cards, 1), 0);
    assert_int_equal(gridgov_scorecards_find(cards, last), 2);
    assert_int_equal(gridgov_scorecards_find(cards, alone), 3);
    assert_int_equal(gridgov_scorecards_find(cards, closed), GRIDGOV_NONE);
    assert_int_equal(gridgov_scorecards_find(cards, agency), GRIDGOV_NONE);
    assert_int_equal(gridgov_scorecards_find(cards, o.community), GRIDGOV_NONE);
    assert_int_equal(gridgov_scorecards_find(cards, -1), GRIDGOV_NONE);
    assert_int_equal(gridgov_scorecards_find(cards, 99), GRIDGOV_NONE);
    gridgov_issues_free(issues);
    gridgov_scorecards_free(cards);
    gridgov_policy_free(policy);
}

/* Rows of the published table, from the counts that the built-in rules read. */
static void test_published_rows(void **state) {
    static const struct {
        int64_t invalid, late, visits;
        gridgov_points bonus, total;
    } rows[] = {
        {1, 0, 0, 0, 99000},      /* 一号桥网格 */
        {0, 0, 0, 0, 100000},     /* 星辰首府网格 */
        {1, 0, 0, -20000, 79000}, /* 江南一品网格 */
        {0, 0, 1, -20000, 75000}, /* 高丰社区一网格 */
        {1, 0, 2, 0, 94000},      /* 华维路西网格 */
        {0, 0, 0, 10000, 110000}, /* 华维路东网格, the +10 taken as 附加分 */
        {4, 0, 0, 0, 96000},      /* 青春路西网格 */
        {3, 1, 0, 0, 95000},      /* 平阳山网格 */
    };
    static const char *const quiet[] = {"missing_days",      "short_days",       "near_days",
                                        "dispatch_missed",   "reports_missing",  "reports_late",
                                        "maintenance_wrong", "maintenance_stale"};
    gridgov_policy *policy = NULL;
    office o = office_begin(8);
    (void)state;
    assert_int_equal(gridgov_policy_open(&policy, "baiguan-2021", 12, NULL, 0, NULL), GRIDGOV_OK);
    office_open(&o);
    for (size_t i = 0; i < sizeof quiet / sizeof quiet[0]; i++) {
        office_fact(&o, GRIDGOV_NONE, quiet[i], 0);
    }
    office_fact(&o, GRIDGOV_NONE, DUE, 46);
    office_fact(&o, GRIDGOV_NONE, DONE, 46);
    office_fact(&o, GRIDGOV_NONE, HELD_DUE, 46);
    for (int64_t i = 0; i < 8; i++) {
        office_fact(&o, i + 1, INVALID, rows[i].invalid);
        office_fact(&o, i + 1, LATE, rows[i].late);
        office_fact(&o, i + 1, MISSING, rows[i].visits);
        if (rows[i].bonus != 0) {
            office_points(&o, i + 1, NULL, rows[i].bonus, "UNEXPLAINED");
        }
    }
    gridgov_scorecards *cards = score(&o, policy, NULL);
    for (int64_t i = 0; i < 8; i++) {
        /* The office has set the distance by giving the figure; nothing is left open. */
        assert_int_equal(card_at(cards, i).out_of, 100000);
        assert_int_equal(card_at(cards, i).total, rows[i].total);
    }
    assert_string_equal(gridgov_policy_name(gridgov_scorecards_policy(cards)), "baiguan-2021");
    gridgov_policy_free(policy); /* the cards keep it alive */
    assert_string_equal(line_at(cards, 7, 4).name, "及时率");
    assert_int_equal(line_at(cards, 7, 4).points, -2000);
    gridgov_scorecards_free(cards);
}

static void test_failures(void **state) {
    const char *other_minutes = "{\"minimum_online_minutes\": 61}";
    gridgov_policy *policy = policy_of(PER_UNIT);
    gridgov_policy *other = NULL;
    gridgov_scorecards *cards = NULL;
    gridgov_job *job = NULL;
    gridgov_error err = {0};
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_score_line line = {.struct_size = sizeof line};
    office o = office_begin(1);
    (void)state;
    office_open(&o);
    office_fact(&o, 1, INVALID, INT64_MAX);
    gridgov_facts *facts = office_facts(&o, policy);
    assert_int_equal(gridgov_score_run(&cards, facts, policy, NULL, NULL, &err), GRIDGOV_ERANGE);
    assert_null(cards);
    assert_string_equal(err.field, "i");
    assert_int_equal(
        gridgov_policy_open(&other, "baiguan-2021", 12, other_minutes, strlen(other_minutes), NULL),
        GRIDGOV_OK);
    assert_int_equal(gridgov_score_run(&cards, facts, other, NULL, NULL, &err), GRIDGOV_ESTATE);
    assert_int_equal(err.rule, 702);
    gridgov_policy_free(other);
    assert_int_equal(gridgov_job_new(&job, &err), GRIDGOV_OK);
    gridgov_job_cancel(job);
    assert_int_equal(gridgov_score_run(&cards, facts, policy, NULL, job, &err), GRIDGOV_ECANCELLED);
    assert_int_equal(err.status, GRIDGOV_ECANCELLED);
    assert_null(cards);
    gridgov_job_free(job);
    assert_int_equal(gridgov_score_run(NULL, facts, policy, NULL, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_score_run(&cards, NULL, policy, NULL, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_score_run(&cards, facts, NULL, NULL, NULL, NULL), GRIDGOV_EARG);
    gridgov_facts_free(facts);
    assert_int_equal(gridgov_scorecards_count(NULL), 0);
    assert_int_equal(gridgov_scorecards_at(&card, NULL, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_scorecards_line_at(&line, NULL, 0, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_scorecards_find(NULL, 0), GRIDGOV_NONE);
    assert_null(gridgov_scorecards_policy(NULL));
    gridgov_scorecards_free(NULL);
    gridgov_policy_free(policy);
}

static void test_points_that_leave_their_range(void **state) {
    gridgov_policy *policy = policy_of("");
    static const char *const indicators[] = {"i", NULL};
    (void)state;
    for (int i = 0; i < 2; i++) {
        gridgov_scorecards *cards = NULL;
        office o = office_begin(1);
        office_open(&o);
        office_points(&o, 1, indicators[i], -INT64_MAX, "a");
        office_points(&o, 1, indicators[i], -INT64_MAX, "b");
        gridgov_facts *facts = office_facts(&o, policy);
        assert_int_equal(gridgov_score_run(&cards, facts, policy, NULL, NULL, &o.err),
                         GRIDGOV_ERANGE);
        gridgov_facts_free(facts);
    }
    gridgov_policy_free(policy);
}

static void test_end_of_lists(void **state) {
    gridgov_policy *policy = policy_of(PER_UNIT);
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_score_line line = {.struct_size = sizeof line};
    office o = office_begin(1);
    (void)state;
    office_open(&o);
    gridgov_scorecards *cards = score(&o, policy, NULL);
    assert_int_equal(gridgov_scorecards_at(&card, cards, 1), GRIDGOV_END);
    assert_int_equal(gridgov_scorecards_at(&card, cards, -1), GRIDGOV_END);
    assert_int_equal(gridgov_scorecards_line_at(&line, cards, 0, 1), GRIDGOV_END);
    assert_int_equal(gridgov_scorecards_line_at(&line, cards, 1, 0), GRIDGOV_END);
    assert_int_equal(gridgov_scorecards_at(NULL, cards, 0), GRIDGOV_EARG);
    card.struct_size = 4;
    assert_int_equal(gridgov_scorecards_at(&card, cards, 0), GRIDGOV_EARG);
    gridgov_scorecards_free(cards);
    gridgov_policy_free(policy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_several_rules_of_a_line),
        cmocka_unit_test(test_given_deductions),
        cmocka_unit_test(test_deductions_for_all_grids),
        cmocka_unit_test(test_bonus),
        cmocka_unit_test(test_nothing_assessed),
        cmocka_unit_test(test_contradictions_and_open_parameters_are_reported),
        cmocka_unit_test(test_cards_are_the_grids_of_the_period),
        cmocka_unit_test(test_published_rows),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_points_that_leave_their_range),
        cmocka_unit_test(test_end_of_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
