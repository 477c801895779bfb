/* SPDX-License-Identifier: Apache-2.0 */
/* Every kind of rule that the language has beside those of test_score.c. Points are worked out by
 * hand from the rule and the figures; "invalid_reports" and its like are mere names of counts here.
 */
#include "support/score_support.h"

enum {
    BLANK = GRIDGOV_CELL_BLANK,
    VALUE = GRIDGOV_CELL_VALUE,
    UNKNOWN = GRIDGOV_CELL_UNKNOWN,
    EMPTY = GRIDGOV_CELL_NOT_APPLICABLE
};

/* Names of counts, short in the figures below: "a=3 b=2". */
static const char *const names[][2] = {
    {"a", "invalid_reports"},  {"b", "valid_reports"}, {"c", "visits_missing"},  {"d", "cases_due"},
    {"e", "cases_due_closed"}, {"r", "required_days"}, {"v", "visits_required"},
};

/* A policy of one indicator of 100 points; members of the indicator and of the policy as given. */
static const char *document(const char *members, const char *more) {
    static char json[8192];
    int size = snprintf(
        json, sizeof json,
        "{\"schema\": \"gridgov.policy/1\", \"version\": 1, \"name\": \"one\", \"title\": \"t\","
        " \"source\": \"s\", \"certainty\": \"ours\", \"valid_from\": null, \"valid_to\": null,"
        " \"parameters\": {\"open\": {\"title\": \"t\", \"value\": null, \"min\": 1, \"max\": 9,"
        " \"decimals\": 1, \"certainty\": \"ours\"}, \"half\": {\"title\": \"t\", \"value\": "
        "\"2.5\", \"min\": 1, \"max\": 9, \"decimals\": 1, \"certainty\": \"ours\"}},"
        " \"metrics\": \"standard\", \"groups\": [{\"code\": \"g\", \"name\": \"组\", \"max\": "
        "100}],"
        " \"indicators\": [{\"code\": \"i\", \"name\": \"指标\", \"group\": \"g\", \"max\": 100,"
        " \"certainty\": \"ours\", %s}], \"bonus\": {\"name\": \"附加分\"}%s}",
        members, more);
    assert_in_range(size, 1, sizeof json - 1);
    /* quotes are written as ' above */
    for (int i = 0; i < size; i++) {
        json[i] = json[i] == '\'' ? '"' : json[i];
    }
    return json;
}

/* "a=3 b=-1": −1 is not applicable. */
static void tell(office *o, int64_t unit, const char *figures) {
    for (const char *at = figures; at[0] != '\0'; at += strcspn(at, " "), at += at[0] == ' ') {
        const char *metric = NULL;
        int64_t value = 0;
        int sign = at[2] == '-' ? -1 : 1;
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            metric = names[i][0][0] == at[0] ? names[i][1] : metric;
        }
        assert_true(metric != NULL && at[1] == '=');
        for (const char *digit = at + 2 + (sign < 0); *digit >= '0' && *digit <= '9'; digit++) {
            value = value * 10 + (*digit - '0');
        }
        office_fact(o, unit, metric, sign * value);
    }
}

static gridgov_scorecards *score(const char *json, const char *figures) {
    gridgov_policy *policy = policy_from(json, NULL);
    gridgov_scorecards *cards = NULL;
    office o = office_begin(1);
    office_open(&o);
    tell(&o, 1, figures);
    gridgov_facts *facts = office_facts(&o, policy);
    if (gridgov_score_run(&cards, facts, policy, NULL, NULL, &o.err) != GRIDGOV_OK) {
        fail_msg("%s (%s)", o.err.message, json);
    }
    gridgov_facts_free(facts);
    gridgov_policy_free(policy);
    return cards;
}

typedef struct rule_case {
    const char *rules; /* of "deductions", with ' for " */
    const char *figures;
    int32_t state;
    gridgov_points points;
    int64_t numerator, denominator, rule;
} rule_case;

#define QUOTA "{'rule': 'quota', 'metric': 'valid_reports', 'quota': 10, 'points': '0.5'}"
#define PRORATED(rounding)                                                                         \
    "{'rule': 'quota', 'metric': 'valid_reports', 'quota': 10, 'points': 1, 'rounding': "          \
    "'" rounding                                                                                   \
    "', 'in_proportion_to': {'numerator': 'required_days', 'denominator': 'visits_required'}}"
#define TASK                                                                                       \
    "{'rule': 'task_days', 'metric': 'valid_reports', 'task': 60, 'days': 'required_days', "       \
    "'points': 1}"
#define REWORK                                                                                     \
    "{'rule': 'staged', 'metric': 'invalid_reports', 'stages': [{'from': 1, 'points': '0.2'}, "    \
    "{'from': 3, 'points': '0.5'}]}"
#define TABLE                                                                                      \
    "{'rule': 'table', 'rows': {'metric': 'valid_reports', 'at_least': [20, 10]}, 'columns': "     \
    "{'numerator': 'cases_due_closed', 'denominator': 'cases_due', 'when_empty': "                 \
    "'not_assessed', 'at_least': ['95']}, 'points': [[0, 1], [2, 3], [4, '5.5']]}"
#define SHARED                                                                                     \
    "{'rule': 'per_unit', 'metric': 'invalid_reports', 'points': 1, 'shared_by': "                 \
    "'visits_required'}"
#define DOUBLE                                                                                     \
    "{'rule': 'per_unit', 'metric': [{'metric': 'invalid_reports'}, {'metric': 'visits_missing', " \
    "'times': 2}], 'points': 1}"
#define LESS                                                                                       \
    "{'rule': 'below', 'numerator': 'cases_due_closed', 'denominator': [{'metric': 'cases_due'}, " \
    "{'metric': 'visits_missing', 'times': -1}], 'threshold': 90, 'points': 2, 'when_empty': "     \
    "'full'}"
#define AT_LEAST "{'rule': 'at_least', 'metric': 'valid_reports', 'count': 3, 'points': 7}"
#define SMALL                                                                                      \
    "{'rule': 'per_percent', 'numerator': 'cases_due_closed', 'denominator': 'cases_due', "        \
    "'minimum_denominator': 5, 'threshold': 90, 'points': 1, 'part': 'exact', 'when_empty': "      \
    "'not_assessed'}"
#define ONE(metric, points) "{'rule': 'per_unit', 'metric': '" metric "', 'points': " #points "}"
#define GROUPED(kind)                                                                              \
    "{'rule': '" kind "', 'rules': [" ONE("invalid_reports", 1) ", " ONE("visits_missing", 3) "]}"

static const rule_case rule_cases[] = {
    {QUOTA, "b=10", BLANK, 0, 10, 10, 0},
    {QUOTA, "b=11", BLANK, 0, 11, 10, 0},
    {QUOTA, "b=7", VALUE, -1500, 7, 10, 0},
    {QUOTA, "b=0", VALUE, -5000, 0, 10, 0},
    {QUOTA, "", UNKNOWN, 0, 0, -1, 0},
    {QUOTA, "b=-1", EMPTY, 0, 0, -1, 0},
    /* 10 × 11/21 = 5.238…, 10 × 1/4 = 2.5, 10 × 3/4 = 7.5 */
    {PRORATED("truncate"), "b=4 r=11 v=21", VALUE, -1000, 4, 5, 0},
    {PRORATED("half_up"), "b=0 r=1 v=4", VALUE, -3000, 0, 3, 0},
    {PRORATED("half_even"), "b=0 r=1 v=4", VALUE, -2000, 0, 2, 0},
    {PRORATED("half_even"), "b=0 r=3 v=4", VALUE, -8000, 0, 8, 0},
    {PRORATED("truncate"), "b=0 r=3 v=4", VALUE, -7000, 0, 7, 0},
    {PRORATED("truncate"), "b=0 r=0 v=4", BLANK, 0, 0, 0, 0},
    {PRORATED("truncate"), "b=0 r=0 v=0", EMPTY, 0, 0, 10, 0},
    {PRORATED("truncate"), "b=0 r=3", UNKNOWN, 0, 0, -1, 0},
    /* ⌊45/60 × 22⌋ = 16 of 22; ⌊59/60 × 22⌋ = 21; more than the task is no more than all days */
    {TASK, "b=45 r=22", VALUE, -6000, 16, 22, 0},
    {TASK, "b=59 r=22", VALUE, -1000, 21, 22, 0},
    {TASK, "b=60 r=22", BLANK, 0, 22, 22, 0},
    {TASK, "b=500 r=22", BLANK, 0, 22, 22, 0},
    {TASK, "b=0 r=0", BLANK, 0, 0, 0, 0},
    {TASK, "b=45", UNKNOWN, 0, 45, -1, 0},
    /* 返工: 0.2 each, the third and later ones 0.5 */
    {REWORK, "a=0", BLANK, 0, 0, -1, 0},
    {REWORK, "a=2", VALUE, -400, 2, -1, 0},
    {REWORK, "a=3", VALUE, -900, 3, -1, 0},
    {REWORK, "a=5", VALUE, -1900, 5, -1, 0},
    /* rows ≥ 20, ≥ 10, fewer; columns ≥ 95 %, below */
    {TABLE, "b=20 e=95 d=100", BLANK, 0, 20, -1, 0},
    {TABLE, "b=20 e=949 d=1000", VALUE, -1000, 20, -1, 0},
    {TABLE, "b=19 e=95 d=100", VALUE, -2000, 19, -1, 0},
    {TABLE, "b=10 e=0 d=100", VALUE, -3000, 10, -1, 0},
    {TABLE, "b=9 e=1 d=1", VALUE, -4000, 9, -1, 0},
    {TABLE, "b=0 e=0 d=1", VALUE, -5500, 0, -1, 0},
    {TABLE, "b=0 e=0 d=0", EMPTY, 0, 0, -1, 0},
    {TABLE, "b=0 e=1 d=0", UNKNOWN, 0, 0, -1, 0},
    {TABLE, "b=0 e=1", UNKNOWN, 0, 0, -1, 0},
    /* three officers share seven: 7/3 = 2.333… */
    {SHARED, "a=7 v=3", VALUE, -2333, 7, 3, 0},
    {SHARED, "a=8 v=3", VALUE, -2667, 8, 3, 0},
    {SHARED, "a=7 v=0", EMPTY, 0, 7, 0, 0},
    {SHARED, "a=0 v=3", BLANK, 0, 0, 3, 0},
    {DOUBLE, "a=3 c=2", VALUE, -7000, 7, -1, 0},
    {DOUBLE, "a=3", UNKNOWN, 0, 3, -1, 0},
    {DOUBLE, "a=3 c=-1", EMPTY, 0, 3, -1, 0},
    /* 缓办 leaves the denominator */
    {LESS, "e=9 d=12 c=2", BLANK, 0, 9, 10, 0},
    {LESS, "e=8 d=12 c=3", VALUE, -2000, 8, 9, 0},
    {LESS, "e=0 d=3 c=3", BLANK, 0, 0, 0, 0},
    {LESS, "e=0 d=3 c=4", UNKNOWN, 0, 0, -1, 0},
    {LESS, "e=-1 d=3 c=4", UNKNOWN, 0, 0, -1, 0}, /* what cannot be outweighs what does not apply */
    {LESS, "e=-1 d=4 c=3", EMPTY, 0, 0, 1, 0},
    {TABLE, "b=-1 e=1", UNKNOWN, 0, 0, -1, 0},
    {AT_LEAST, "b=3", BLANK, 0, 3, 3, 0},
    {AT_LEAST, "b=2", VALUE, -7000, 2, 3, 0},
    {SMALL, "e=0 d=4", EMPTY, 0, 0, 4, 0},
    {SMALL, "e=4 d=5", VALUE, -10000, 4, 5, 0},
    {GROUPED("sum"), "a=2 c=1", VALUE, -5000, 2, -1, 1},
    {GROUPED("sum"), "a=0 c=1", VALUE, -3000, 1, -1, 2},
    {GROUPED("least"), "a=2 c=1", VALUE, -2000, 2, -1, 1},
    {GROUPED("least"), "a=9 c=1", VALUE, -3000, 1, -1, 2},
    {GROUPED("least"), "a=9 c=0", BLANK, 0, 0, -1, 2},
    {GROUPED("greatest"), "a=2 c=1", VALUE, -3000, 1, -1, 2},
    {GROUPED("greatest"), "a=3 c=1", VALUE, -3000, 3, -1, 1},
    {GROUPED("greatest"), "a=4 c=1", VALUE, -4000, 4, -1, 1},
    {GROUPED("greatest"), "a=4", UNKNOWN, 0, 0, -1, 2},
    {GROUPED("least"), "a=-1 c=1", EMPTY, 0, 0, -1, 1},
    {GROUPED("sum") "," ONE("valid_reports", 10), "a=0 c=0 b=1", VALUE, -10000, 1, -1, 3},
    {"{'rule': 'greatest', 'rules': [" GROUPED("sum") ", " ONE("valid_reports", 4) "]}",
     "a=1 c=1 b=1", VALUE, -4000, 1, -1, 2},
    {"{'rule': 'greatest', 'rules': [" GROUPED("sum") ", " ONE("valid_reports", 4) "]}",
     "a=1 c=1 b=2", VALUE, -8000, 2, -1, 4},
    {"{'rule': 'quota', 'metric': 'valid_reports', 'quota': {'parameter': 'open'}, 'points': 1}",
     "b=1", UNKNOWN, 0, 1, -1, 0},
};

static void test_rules(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rule_cases / sizeof rule_cases[0]; i++) {
        const rule_case *c = &rule_cases[i];
        char members[2048];
        snprintf(members, sizeof members, "'deductions': [%s]", c->rules);
        gridgov_scorecards *cards = score(document(members, ""), c->figures);
        gridgov_score_line line = line_at(cards, 0, 0);
        gridgov_scorecard card = card_at(cards, 0);
        if (line.state != c->state || line.points != c->points || line.numerator != c->numerator ||
            line.denominator != c->denominator || line.rule != c->rule) {
            fail_msg("case %zu %s %s: state %d points %lld shown %lld/%lld rule %lld", i, c->rules,
                     c->figures, (int)line.state, (long long)line.points, (long long)line.numerator,
                     (long long)line.denominator, (long long)line.rule);
        }
        assert_int_equal(card.total, card.out_of + line.points);
        gridgov_scorecards_free(cards);
    }
}

/* What an indicator makes of its rules: bounds, awards, where it starts. */
static void test_lines(void **state) {
    static const struct {
        const char *members, *figures;
        gridgov_points points, uncut, total;
    } cases[] = {
        {"'floor': '-2.5', 'deductions': [" ONE("invalid_reports", 1) "]", "a=3", -2500, -3000,
         97500},
        {"'floor': -150, 'deductions': [" ONE("invalid_reports", 1) "]", "a=120", -120000, -120000,
         -20000},
        {"'cap': 10, 'deductions': [], 'awards': [" ONE("valid_reports", 2) "]", "b=4", 8000, 8000,
         108000},
        {"'cap': 10, 'deductions': [], 'awards': [" ONE("valid_reports", 2) "]", "b=6", 10000,
         12000, 110000},
        {"'deductions': [" ONE("invalid_reports", 5) "], 'awards': [" ONE("valid_reports", 2) "]",
         "a=2 b=3", -4000, -4000, 96000},
        {"'deductions': [" ONE("invalid_reports", 5) "], 'awards': [" ONE("valid_reports", 2) "]",
         "a=1 b=30", 0, 55000, 100000},
        /* ≥ 95 → 100, 90 … → 80, else 0: earned from zero */
        {"'starts_from': 'zero', 'awards': [{'rule': 'bands', 'numerator': 'cases_due_closed', "
         "'denominator': 'cases_due', 'when_empty': 'full', 'bands': [{'at_least': 95, 'points': "
         "100}, {'at_least': 90, 'points': 80}, {'otherwise': true, 'points': 0}]}]",
         "e=94 d=100", -20000, -20000, 80000},
        {"'starts_from': 'zero', 'awards': [" ONE("valid_reports", 3) "]", "b=40", 0, 20000,
         100000},
        {"'starts_from': 'zero', 'awards': [" ONE("valid_reports", 3) "]", "b=4", -88000, -88000,
         12000},
        {"'starts_from': 'zero', 'awards': [{'rule': 'at_least', 'metric': 'valid_reports', "
         "'count': 3, 'points': 100}]",
         "b=3", 0, 0, 100000},
        {"'starts_from': 'zero', 'awards': [{'rule': 'at_least', 'metric': 'valid_reports', "
         "'count': 3, 'points': 100}]",
         "b=2", -100000, -100000, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_scorecards *cards = score(document(cases[i].members, ""), cases[i].figures);
        gridgov_score_line line = line_at(cards, 0, 0);
        if (line.points != cases[i].points || line.uncut != cases[i].uncut ||
            card_at(cards, 0).total != cases[i].total) {
            fail_msg("case %zu: points %lld uncut %lld total %lld", i, (long long)line.points,
                     (long long)line.uncut, (long long)card_at(cards, 0).total);
        }
        gridgov_scorecards_free(cards);
    }
}

/* Points are rounded once, by the method named: 7/3 = 2.333…, 5/2 = 2.5, 7/2 = 3.5 points. */
static void test_rounding_by_name(void **state) {
    static const struct {
        const char *method;
        int decimals;
        const char *figures;
        gridgov_points points;
    } cases[] = {
        {"half_up", 1, "a=7 v=3", -2300},       {"half_up", 0, "a=5 v=2", -3000},
        {"half_even", 0, "a=5 v=2", -2000},     {"half_even", 0, "a=7 v=2", -4000},
        {"half_even", 2, "a=1 v=8", -120},      {"half_even", 2, "a=3 v=8", -380},
        {"truncate", 0, "a=8 v=3", -2000},      {"truncate", 3, "a=8 v=3", -2666},
        {"half_even", 0, "a=501 v=200", -3000}, /* 2.505 lies past the half */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char more[128];
        snprintf(more, sizeof more, ", 'rounding': {'method': '%s', 'decimals': %d}",
                 cases[i].method, cases[i].decimals);
        gridgov_scorecards *cards =
            score(document("'deductions': [" SHARED "]", more), cases[i].figures);
        if (line_at(cards, 0, 0).points != cases[i].points) {
            fail_msg("case %zu: %lld", i, (long long)line_at(cards, 0, 0).points);
        }
        gridgov_scorecards_free(cards);
    }
}

/* Three months of two grids; the second is found by its name, as it has no code. */
static void test_months_in_a_row(void **state) {
    static const char rules[] =
        "'deductions': [{'rule': 'consecutive', 'months': %d, 'without_history': '%s', 'points': "
        "5, 'of': " ONE("invalid_reports", 1) "}]";
    static const struct {
        int months;
        const char *missing; /* without_history */
        int64_t now, before, earlier;
        int told; /* months of history */
        int32_t state;
        gridgov_points points;
    } cases[] = {
        {2, "full", 1, 1, 0, 1, VALUE, -5000},      {2, "full", 1, 0, 0, 1, BLANK, 0},
        {2, "full", 0, 1, 0, 1, BLANK, 0},          {2, "full", 1, 1, 0, 0, BLANK, 0},
        {2, "not_assessed", 1, 1, 0, 0, EMPTY, 0},  {2, "not_assessed", 0, 1, 0, 0, BLANK, 0},
        {3, "full", 1, 1, 1, 2, VALUE, -5000},      {3, "full", 1, 1, 0, 2, BLANK, 0},
        {3, "full", 1, 1, 1, 1, BLANK, 0},          {3, "not_assessed", 1, 0, 1, 1, BLANK, 0},
        {3, "not_assessed", 1, 1, 1, 1, EMPTY, 0},  {2, "full", 1, -1, 0, 1, BLANK, 0},
        {2, "not_assessed", 1, -1, 0, 1, EMPTY, 0},
    };
    static const char *const months[] = {"2021-09", "2021-08", "2021-07"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int64_t values[] = {cases[i].now, cases[i].before, cases[i].earlier};
        const gridgov_scorecards *history[2] = {NULL, NULL};
        gridgov_scorecards *cards[3] = {NULL, NULL, NULL};
        gridgov_score_options options;
        char members[512];
        snprintf(members, sizeof members, rules, cases[i].months, cases[i].missing);
        gridgov_policy *policy = policy_from(document(members, ""), NULL);
        gridgov_score_options_init(&options, sizeof options);
        for (int m = 2; m >= 0; m--) {
            office o = office_begin(2);
            office_open(&o);
            office_fact(&o, 2, "invalid_reports", values[m]);
            gridgov_facts *facts = office_facts_of(&o, policy, months[m]);
            history[0] = cards[1];
            history[1] = cards[2];
            options.history = history;
            options.history_count = m == 0 ? cases[i].told : 0;
            assert_int_equal(
                gridgov_score_run_with(&cards[m], facts, policy, &options, NULL, NULL, &o.err),
                GRIDGOV_OK);
            gridgov_facts_free(facts);
        }
        gridgov_score_line line = line_at(cards[0], 1, 0);
        if (line.state != cases[i].state || line.points != cases[i].points || line.rule != 0) {
            fail_msg("case %zu: state %d points %lld rule %lld", i, (int)line.state,
                     (long long)line.points, (long long)line.rule);
        }
        history[0] = cards[2]; /* a month is left out */
        options.history_count = 1;
        gridgov_scorecards *gap = NULL;
        gridgov_error err;
        assert_int_equal(gridgov_score_run_with(&gap, gridgov_scorecards_facts(cards[0]), policy,
                                                &options, NULL, NULL, &err),
                         GRIDGOV_EDATA);
        assert_null(gap);
        for (int m = 0; m < 3; m++) {
            gridgov_scorecards_free(cards[m]);
        }
        gridgov_policy_free(policy);
    }
}

/* A grid that exists on 10 of 30 days: a third of the quota of 10, cut off to 3; not assessed at
 * all where a policy asks for 11 days. */
static void test_part_of_a_month(void **state) {
    static const char rule[] =
        "'deductions': [{'rule': 'quota', 'metric': 'valid_reports', 'quota': "
        "10, 'points': 1, 'in_proportion_to': 'days', 'rounding': "
        "'truncate'}]";
    static const struct {
        const char *more;
        int32_t state; /* of the grid that was closed */
        gridgov_points points;
    } cases[] = {
        {"", VALUE, -3000},
        {", 'partial_month': {'minimum_days': 10}", VALUE, -3000},
        {", 'partial_month': {'minimum_days': 11}", EMPTY, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_policy *policy = policy_from(document(rule, cases[i].more), NULL);
        gridgov_scorecards *cards = NULL;
        gridgov_day tenth;
        office o = office_begin(1);
        assert_int_equal(gridgov_day_parse(&tenth, "2021-09-11", 10, NULL), GRIDGOV_OK);
        office_unit(&o, GRIDGOV_UNIT_GRID, "并入", o.community, tenth);
        office_open(&o);
        office_fact(&o, 1, "valid_reports", 4);
        office_fact(&o, 2, "valid_reports", 0);
        gridgov_facts *facts = office_facts(&o, policy);
        assert_int_equal(gridgov_score_run(&cards, facts, policy, NULL, NULL, &o.err), GRIDGOV_OK);
        gridgov_score_line whole = line_at(cards, 0, 0), part = line_at(cards, 1, 0);
        assert_int_equal(whole.points, -6000);
        assert_int_equal(whole.denominator, 10);
        assert_int_equal(part.state, cases[i].state);
        assert_int_equal(part.points, cases[i].points);
        assert_int_equal(part.denominator, 3);
        gridgov_facts_free(facts);
        gridgov_scorecards_free(cards);
        gridgov_policy_free(policy);
    }
}

/* Every refusal names its place. */
static void test_refusals(void **state) {
    static const struct {
        const char *members, *more, *field;
    } cases[] = {
        {"'deductions': [{'rule': 'quota', 'metric': 'valid_reports', 'quota': 0, 'points': 1}]",
         "", "/indicators/0/deductions/0/quota"},
        {"'deductions': [{'rule': 'quota', 'metric': 'valid_reports', 'quota': {'parameter': "
         "'half'}, 'points': 1}]",
         "", "/indicators/0/deductions/0/quota"},
        {"'deductions': [{'rule': 'quota', 'metric': 'valid_reports', 'quota': 5, 'points': 1, "
         "'rounding': 'half_up'}]",
         "", "/indicators/0/deductions/0/rounding"},
        {"'deductions': [{'rule': 'staged', 'metric': 'valid_reports', 'stages': [{'from': 3, "
         "'points': 1}, {'from': 3, 'points': 2}]}]",
         "", "/indicators/0/deductions/0/stages"},
        {"'deductions': [{'rule': 'table', 'rows': {'metric': 'valid_reports', 'at_least': [5]}, "
         "'columns': {'metric': 'cases_due', 'at_least': [5]}, 'points': [[1, 2]]}]",
         "", "/indicators/0/deductions/0/points"},
        {"'deductions': [{'rule': 'table', 'rows': {'metric': 'valid_reports', 'at_least': [5, "
         "5]}, 'columns': {'metric': 'cases_due', 'at_least': [5]}, 'points': [[1, 2], [1, 2], "
         "[1, 2]]}]",
         "", "/indicators/0/deductions/0/rows/at_least"},
        {"'deductions': [{'rule': 'sum', 'rules': []}]", "", "/indicators/0/deductions/0/rules"},
        {"'deductions': [{'rule': 'consecutive', 'months': 1, 'without_history': 'full', "
         "'points': 1, 'of': " ONE("valid_reports", 1) "}]",
         "", "/indicators/0/deductions/0/months"},
        {"'deductions': [], 'awards': [" QUOTA "]", "", "/indicators/0/awards/0/rule"},
        {"'starts_from': 'zero'", "", "/indicators/0/awards"},
        {"'deductions': [], 'cap': -1", "", "/indicators/0/cap"},
        {"'deductions': [{'rule': 'per_unit', 'metric': [], 'points': 1}]", "",
         "/indicators/0/deductions/0/metric"},
        {"'deductions': [{'rule': 'per_unit', 'metric': [{'metric': 'cases_due', 'times': 0}], "
         "'points': 1}]",
         "", "/indicators/0/deductions/0/metric/0/times"},
        {"'deductions': []", ", 'rounding': {'method': 'up', 'decimals': 1}", "/rounding/method"},
        {"'deductions': [], 'floor': '-0.5'",
         ", 'rounding': {'method': 'largest_remainder', 'decimals': 0}", "/rounding/decimals"},
        {"'deductions': []", ", 'not_assessed': 'zero'", "/not_assessed"},
        {"'deductions': []",
         ", 'grades': [{'code': 'a', 'name': '甲', 'at_least': 80}, {'code': 'b', 'name': '乙', "
         "'at_least': 80}, {'code': 'c', 'name': '丙', 'otherwise': true}]",
         "/grades"},
        {"'deductions': []", ", 'grades': [{'code': 'a', 'name': '甲', 'at_least': 80}]",
         "/grades/0/at_least"},
        {"'deductions': []",
         ", 'vetoes': [{'code': 'v', 'name': '否', 'grade': 'x', 'certainty': 'ours', 'rule': " ONE(
             "valid_reports", 1) "}]",
         "/vetoes/0/grade"},
        {"'deductions': []", ", 'ranking': {'method': 'dense', 'within': 'peer_group'}",
         "/ranking/within"},
        {"'deductions': []",
         ", 'ranking': {'method': 'dense', 'within': 'all', 'tie_breaks': [{'indicator': 'no'}]}",
         "/ranking/tie_breaks/0/indicator"},
        {"'deductions': []", ", 'bonus': {}", ""},
        {"'deductions': []", ", 'standard': {'below': 80}", "/standard/name"},
        {"'deductions': []", ", 'partial_month': {'minimum_days': 32}",
         "/partial_month/minimum_days"},
        {"'deductions': []", ", 'unit_means': {'decimals': 2}", "/unit_means/rounding"},
        {"'deductions': [{'rule': 'sum', 'rules': [{'rule': 'sum', 'rules': [{'rule': 'sum', "
         "'rules': [{'rule': 'sum', 'rules': [" ONE("valid_reports", 1) "]}]}]}]}]",
         "", "/indicators/0/deductions/0/rules/0/rules/0/rules/0/rules"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *json = document(cases[i].members, cases[i].more);
        gridgov_policy *policy = NULL;
        gridgov_error err = {0};
        gridgov_status status =
            gridgov_policy_load(&policy, json, strlen(json), NULL, 0, NULL, &err);
        if (status >= 0 || strncmp(err.field, cases[i].field, strlen(cases[i].field)) != 0) {
            fail_msg("case %zu: %d %s at %s", i, (int)status, err.message, err.field);
        }
        assert_null(policy);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_rounding_by_name),
        cmocka_unit_test(test_months_in_a_row),
        cmocka_unit_test(test_part_of_a_month),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
