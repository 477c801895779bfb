/* SPDX-License-Identifier: Apache-2.0 */
/* Every lint has a policy it finds something in and one, as near as can be, in which it finds
 * nothing. */
#include "support/score_support.h"

#include "base/rules.h"

/* A policy of one indicator of 5 points; ' stands for ". */
static const char *document(const char *members, const char *more) {
    static char json[8192];
    int size = snprintf(
        json, sizeof json,
        "{'schema': 'gridgov.policy/1', 'version': 1, 'name': 'one', 'title': 't', 'source': 's',"
        " 'certainty': 'ours', 'valid_from': '2021-01-01', 'valid_to': '2021-12-31',"
        " 'parameters': {'open': {'title': '未定', 'value': null, 'min': 1, 'max': 5, 'decimals':"
        " 1, 'certainty': 'ours'}, 'wide': {'title': '宽', 'value': 2, 'min': 0, 'max': 9,"
        " 'decimals': 0, 'certainty': 'ours'}, 'share': {'title': '率', 'value': 90, 'min': 0,"
        " 'max': 100, 'decimals': 0, 'certainty': 'ours'}},"
        " 'metrics': 'standard', 'groups': [{'code': 'g', 'name': '组', 'max': 5}, {'code': 'h',"
        " 'name': '余', 'max': 95}], 'indicators': [{'code': 'i', 'name': '指标', 'group': 'g',"
        " 'max': 5, 'certainty': 'ours', %s}, {'code': 'rest', 'name': '其余', 'group': 'h', 'max':"
        " 95, 'certainty': 'ours', 'deductions': [{'rule': 'per_unit', 'metric': 'reports_late',"
        " 'points': 1}]}], 'bonus': {'name': '附加分', 'cap': 10}%s}",
        members, more);
    assert_in_range(size, 1, sizeof json - 1);
    for (int i = 0; i < size; i++) {
        json[i] = json[i] == '\'' ? '"' : json[i];
    }
    return json;
}

/* How often a rule is found; every finding's place in *place. */
static int64_t find(const char *json, int32_t rule, gridgov_day day, char place[64]) {
    gridgov_policy *policy = policy_from(json, NULL);
    gridgov_issues *issues = NULL;
    gridgov_lint_options options;
    gridgov_error err = {0};
    int64_t count = 0, found = 0;
    gridgov_lint_options_init(&options, sizeof options);
    options.day = day;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_policy_lint(&count, policy, &options, issues, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_issues_count(issues), count);
    for (int64_t i = 0; i < count; i++) {
        char text[512];
        assert_int_equal(gridgov_issues_at(&err, issues, i), GRIDGOV_OK);
        assert_true(gridgov_error_text(text, sizeof text, &err, GRIDGOV_LANG_ZH) > 0);
        assert_null(strchr(text, '{')); /* no hole is left in a sentence */
        if (err.rule == rule) {
            strcpy(place, err.field);
            found++;
        }
    }
    gridgov_issues_free(issues);
    gridgov_policy_free(policy);
    return found;
}

#define UNIT(metric, points) "{'rule': 'per_unit', 'metric': '" metric "', 'points': " points "}"
#define CLOSED "'numerator': 'cases_due_closed', 'denominator': 'cases_due'"
#define PERCENT(more)                                                                              \
    "'deductions': [{'rule': 'per_percent', " CLOSED ", 'threshold': 90, 'points': 1, 'part': "    \
    "'exact', 'when_empty': 'not_assessed'" more "}]"
#define BANDS(edges)                                                                               \
    "'deductions': [{'rule': 'bands', 'numerator': 'cases_held_overdue', 'denominator': "          \
    "'cases_held_due', 'complement': true, 'when_empty': 'not_assessed', 'bands': [" edges "]}]"
#define ANY(points) "{'rule': 'any', 'metric': 'visits_missing', 'points': " points "}"
#define FIRST "indicators/i/deductions/0"

static const struct {
    const char *lint; /* code of the rule */
    const char *bad, *bad_more, *place;
    const char *good, *good_more;
} cases[] = {
    {"lint-step-unreached",
     BANDS("{'at_least': '100.001', 'points': 0}, {'at_least': 90, 'points': 2}, {'otherwise': "
           "true, 'points': 5}"),
     "", FIRST,
     BANDS("{'at_least': 100, 'points': 0}, {'at_least': 90, 'points': 2}, {'otherwise': true, "
           "'points': 5}"),
     ""},
    {"lint-step-unreached",
     BANDS("{'at_least': 90, 'points': 2}, {'at_least': 0, 'points': 4}, {'otherwise': true, "
           "'points': 5}"),
     "", FIRST,
     BANDS("{'at_least': 90, 'points': 2}, {'at_least': '0.001', 'points': 4}, {'otherwise': true,"
           " 'points': 5}"),
     ""},
    {"lint-step-unreached",
     "'deductions': [{'rule': 'table', 'rows': {'metric': 'reports_late', 'at_least': [0]}, "
     "'columns': {'metric': 'reports_missing', 'at_least': [1]}, 'points': [[1, 2], [3, 4]]}]",
     "", FIRST,
     "'deductions': [{'rule': 'table', 'rows': {'metric': 'reports_late', 'at_least': [1]}, "
     "'columns': {'metric': 'reports_missing', 'at_least': [1]}, 'points': [[1, 2], [3, 4]]}]",
     ""},
    {"lint-points-over-maximum",
     "'deductions': [{'rule': 'table', 'rows': {'metric': 'reports_late', 'at_least': [1]}, "
     "'columns': {'metric': 'reports_missing', 'at_least': [1]}, 'points': [[1, 2], [3, 6]]}]",
     "", FIRST,
     "'deductions': [{'rule': 'table', 'rows': {'metric': 'reports_late', 'at_least': [0]}, "
     "'columns': {'metric': 'reports_missing', 'at_least': [1]}, 'points': [[1, 2], [3, 6]]}]",
     ""},
    {"lint-silence-rewarded",
     "'deductions': [{'rule': 'table', 'rows': {'metric': 'invalid_reports', 'at_least': [1]}, "
     "'columns': {'metric': 'reports_missing', 'at_least': [1]}, 'points': [[1, 2], [0, 0]]}]",
     "", "indicators/i",
     "'deductions': [{'rule': 'table', 'rows': {'metric': 'invalid_reports', 'at_least': [1]}, "
     "'columns': {'metric': 'reports_missing', 'at_least': [1]}, 'points': [[1, 2], [1, 0]]}]",
     ""},
    {"lint-step-order",
     BANDS("{'at_least': 95, 'points': 0}, {'at_least': 90, 'points': 5}, {'otherwise': true, "
           "'points': 3}"),
     "", FIRST,
     BANDS("{'at_least': 95, 'points': 0}, {'at_least': 90, 'points': 3}, {'otherwise': true, "
           "'points': 5}"),
     ""},
    {"lint-rule-without-effect",
     "'deductions': [{'rule': 'below', " CLOSED
     ", 'threshold': 0, 'points': 5, 'when_empty': 'full'}]",
     "", FIRST,
     "'deductions': [{'rule': 'below', " CLOSED
     ", 'threshold': '0.001', 'points': 5, 'when_empty': 'full'}]",
     ""},
    {"lint-rule-without-effect",
     "'deductions': [{'rule': 'least', 'rules': [" ANY(
         "1") ", {'rule': 'bands', 'metric': "
              "'reports_late', 'bands': [{'at_least': 1, 'points': 2}, {'otherwise': true, "
              "'points': 3}]}"
              "]}]",
     "", FIRST,
     "'deductions': [{'rule': 'least', 'rules': [" ANY(
         "2") ", {'rule': 'bands', 'metric': "
              "'reports_late', 'bands': [{'at_least': 1, 'points': 2}, {'otherwise': true, "
              "'points': 3}]}"
              "]}]",
     ""},
    {"lint-rule-without-effect", "'deductions': [], 'awards': [" UNIT("valid_reports", "1") "]", "",
     "indicators/i/awards/0",
     "'deductions': [], 'cap': 3, 'awards': [" UNIT("valid_reports", "1") "]", ""},
    {"lint-points-over-maximum", "'deductions': [" ANY("6") "]", "", FIRST,
     "'deductions': [" ANY("5") "]", ""},
    {"lint-points-over-maximum", "'floor': -6, 'deductions': [" ANY("5") "]", "", "indicators/i",
     "'floor': -5, 'deductions': [" ANY("5") "]", ""},
    {"lint-parameter-range", "'deductions': [" ANY("{'parameter': 'wide'}") "]", "", FIRST,
     "'deductions': [" ANY("2") "]", ""},
    {"lint-silence-rewarded", "'deductions': [" UNIT("invalid_reports", "1") "]", "",
     "indicators/i",
     "'deductions': [" UNIT("invalid_reports", "1") ", {'rule': 'quota', 'metric': "
                                                    "'valid_reports', 'quota': 5, 'points': 1}]",
     ""},
    {"lint-silence-rewarded",
     "'deductions': [{'rule': 'below', " CLOSED
     ", 'threshold': 90, 'points': 5, 'when_empty': 'full'}]",
     "", "indicators/i",
     "'deductions': [{'rule': 'below', " CLOSED
     ", 'threshold': 90, 'points': 5, 'when_empty': 'not_assessed'}]",
     ""},
    {"lint-small-denominator", PERCENT(""), "", FIRST, PERCENT(", 'minimum_denominator': 7"), ""},
    {"lint-threshold-undefined", "'deductions': [" UNIT("near_days", "1") "]", "", FIRST,
     "'deductions': [" UNIT("short_days", "1") "]", ""},
    {"lint-threshold-undefined", "'deductions': [" ANY("{'parameter': 'open'}") "]", "", FIRST,
     "'deductions': [" ANY("{'parameter': 'wide'}") "]", ""},
    {"lint-without-rule", "'deductions': []", "", "indicators/i", "'deductions': [" ANY("5") "]",
     ""},
    {"lint-counted-twice", "'deductions': [" UNIT("reports_late", "1") "]", "", "indicators/rest",
     "'deductions': [" UNIT("reports_missing", "1") "]", ""},
    {"lint-points-idle", "'deductions': [" ANY("4") "]", "", "indicators/i",
     "'deductions': [" ANY("4") ", " ANY("1") "]", ""},
    {"lint-grade-unreached", "'deductions': [" ANY("5") "]",
     ", 'grades': [{'code': 'a', 'name': '甲', 'at_least': 111}, {'code': 'b', 'name': '乙', "
     "'otherwise': true}]",
     "grades/a", "'deductions': [" ANY("5") "]",
     ", 'grades': [{'code': 'a', 'name': '甲', 'at_least': 110}, {'code': 'b', 'name': '乙', "
     "'otherwise': true}]"},
    {"lint-parameter-unused", "'deductions': [" ANY("{'parameter': 'wide'}") "]", "",
     "parameters/share",
     "'deductions': [" ANY("{'parameter': 'wide'}") ", " ANY(
         "{'parameter': 'open'}") ", {'rule': "
                                  "'below', " CLOSED ", 'threshold': {'parameter': 'share'}, "
                                  "'points': 1, 'when_empty': "
                                  "'full'}]",
     ""},
};

static int32_t rule_of(const char *code) {
    int32_t rule = gridgov_rule_find(code, strlen(code));
    assert_true(rule > 0);
    return rule;
}

static void test_each_lint(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char place[64] = "";
        int32_t rule = rule_of(cases[i].lint);
        int64_t found =
            find(document(cases[i].bad, cases[i].bad_more), rule, GRIDGOV_NO_DAY, place);
        if (found == 0 || strcmp(place, cases[i].place) != 0) {
            fail_msg("case %zu: %s found %d at %s", i, cases[i].lint, (int)found, place);
        }
        if (find(document(cases[i].good, cases[i].good_more), rule, GRIDGOV_NO_DAY, place) != 0) {
            fail_msg("case %zu: %s found at %s", i, cases[i].lint, place);
        }
    }
}

/* Words inside the document that the frame above does not let vary. */
static const char *with(const char *piece, const char *by) {
    static char buffer[8192];
    const char *json = document("'deductions': [" ANY("5") "]", "");
    const char *found = strstr(json, piece);
    assert_non_null(found);
    snprintf(buffer, sizeof buffer, "%.*s%s%s", (int)(found - json), json, by,
             found + strlen(piece));
    return buffer;
}

static void test_frame(void **state) {
    char place[64];
    const char *sound = document("'deductions': [" ANY("5") "]", "");
    gridgov_day day = GRIDGOV_NO_DAY;
    (void)state;
    assert_int_equal(find(sound, rule_of("lint-base"), day, place), 0);
    assert_int_equal(find(sound, rule_of("lint-without-dates"), day, place), 0);
    assert_int_equal(find(sound, rule_of("lint-without-source"), day, place), 0);
    assert_int_equal(find(sound, rule_of("lint-metric-unused"), day, place), 0);
    assert_int_equal(find(with("\"max\": 95, \"certainty\": \"ours\"",
                               "\"max\": 95, \"certainty\": \"published\""),
                          rule_of("lint-without-source"), day, place),
                     1);
    assert_int_equal(find(with("\"valid_from\": \"2021-01-01\"", "\"valid_from\": null"),
                          rule_of("lint-without-dates"), day, place),
                     1);
    assert_int_equal(gridgov_day_parse(&day, "2021-12-31", 10, NULL), GRIDGOV_OK);
    assert_int_equal(find(sound, rule_of("lint-validity"), day, place), 0);
    assert_int_equal(find(sound, rule_of("lint-validity"), day + 1, place), 1);
    /* a base other than 100, and a metric of its own that nothing uses */
    static const char small[] =
        "{\"schema\": \"gridgov.policy/1\", \"version\": 1, \"name\": \"o\", \"title\": \"t\","
        " \"source\": \"s\", \"certainty\": \"ours\", \"valid_from\": null, \"valid_to\": "
        "null, \"metrics\": {\"schema\": \"gridgov.metrics/1\", \"version\": 1, \"name\": "
        "\"own\", \"source\": \"s\", \"certainty\": \"ours\", \"metrics\": [{\"code\": "
        "\"late\", \"name\": \"a\", \"name_en\": \"b\", \"dimension\": \"unit\", \"measure\": "
        "\"reports_late\"}]}, \"groups\": [{\"code\": \"g\", \"name\": \"g\", \"max\": 80}],"
        " \"indicators\": [{\"code\": \"i\", \"name\": \"i\", \"group\": \"g\", \"max\": 80,"
        " \"deductions\": [], \"certainty\": \"ours\"}], \"bonus\": {\"name\": \"b\"}}";
    assert_int_equal(find(small, rule_of("lint-base"), GRIDGOV_NO_DAY, place), 1);
    assert_int_equal(find(small, rule_of("lint-metric-unused"), GRIDGOV_NO_DAY, place), 1);
}

/* App counters are barred from 2023-12-18 on by one rule and by more later. */
static void test_barred(void **state) {
    static const char app[] = "'deductions': [" UNIT("short_days", "1") "]";
    static const struct {
        const char *day;
        int64_t findings;
    } days[] = {{"2021-09-01", 0}, {"2023-12-17", 0}, {"2023-12-18", 1},
                {"2024-08-05", 1}, {"2024-08-06", 2}, {"2026-06-01", 3}};
    char place[64] = "";
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        gridgov_day day;
        assert_int_equal(gridgov_day_parse(&day, days[i].day, 10, NULL), GRIDGOV_OK);
        assert_int_equal(find(document(app, ""), rule_of("lint-barred"), day, place),
                         days[i].findings);
    }
    assert_string_equal(place, "indicators/i");
    assert_int_equal(find(document(app, ""), rule_of("lint-barred"), GRIDGOV_NO_DAY, place),
                     0); /* 2021 */
    gridgov_day today;
    assert_int_equal(gridgov_day_parse(&today, "2026-06-01", 10, NULL), GRIDGOV_OK);
    assert_int_equal(
        find(document("'deductions': [" ANY("5") "]", ""), rule_of("lint-barred"), today, place),
        0);
}

/* The bars are data. */
static void test_bars_of_ones_own(void **state) {
    static const char bars[] =
        "{\"schema\": \"gridgov.bars/1\", \"version\": 1, \"name\": \"own\", \"title\": \"t\", "
        "\"source\": \"s\", \"certainty\": \"ours\", \"bars\": [{\"code\": \"a\", \"title\": "
        "\"走访不得考核\", \"clause\": \"c\", \"from\": null, \"to\": null, \"measures\": "
        "[\"%s\"], "
        "\"source\": \"s\", \"certainty\": \"ours\"}]}";
    static const struct {
        const char *measure;
        gridgov_status status;
        int64_t findings;
    } measures[] = {{"visits_missing", GRIDGOV_OK, 1},
                    {"patrol_failed_days", GRIDGOV_OK, 0},
                    {"nothing", GRIDGOV_EPOLICY, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
        char json[1024];
        gridgov_policy *policy = policy_from(document("'deductions': [" ANY("5") "]", ""), NULL);
        gridgov_issues *issues = NULL;
        gridgov_lint_options options;
        gridgov_error err = {0};
        int64_t count = -1, found = 0;
        snprintf(json, sizeof json, bars, measures[i].measure);
        gridgov_lint_options_init(&options, sizeof options);
        options.bars = json;
        options.bars_size = strlen(json);
        assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_policy_lint(&count, policy, &options, issues, &err),
                         measures[i].status);
        for (int64_t k = 0; gridgov_issues_at(&err, issues, k) == GRIDGOV_OK; k++) {
            found += err.rule == rule_of("lint-barred");
        }
        assert_int_equal(found, measures[i].findings);
        assert_true(measures[i].status == GRIDGOV_OK || count == 0);
        gridgov_issues_free(issues);
        gridgov_policy_free(policy);
    }
}

/* Bands that say both edges: refused unless they meet. Counts are whole, ratios are not. */
static void test_gaps_and_overlaps(void **state) {
    static const struct {
        const char *operand, *bands, *code; /* NULL: accepted */
    } edges[] = {
        {"'metric': 'visits_missing'",
         "{'at_least': 5, 'points': 5}, {'at_least': 2, 'at_most': 4, 'points': 2}, {'at_least': "
         "0, 'at_most': 1, 'points': 0}",
         NULL},
        {"'metric': 'visits_missing'",
         "{'at_least': 5, 'points': 5}, {'at_least': 2, 'at_most': 3, 'points': 2}, {'otherwise': "
         "true, 'points': 0}",
         "policy-band-gap"},
        {"'metric': 'visits_missing'",
         "{'at_least': 5, 'points': 5}, {'at_least': 2, 'at_most': 5, 'points': 2}, {'otherwise': "
         "true, 'points': 0}",
         "policy-band-overlap"},
        {CLOSED ", 'when_empty': 'full'",
         "{'at_least': 95, 'points': 0}, {'at_least': 90, 'below': 95, 'points': 2}, {'otherwise':"
         " true, 'points': 5}",
         NULL},
        /* 94.5 % lies between 94 and 95 */
        {CLOSED ", 'when_empty': 'full'",
         "{'at_least': 95, 'points': 0}, {'at_least': 90, 'at_most': 94, 'points': 2}, "
         "{'otherwise': true, 'points': 5}",
         "policy-band-gap"},
        {CLOSED ", 'when_empty': 'full'",
         "{'at_least': 95, 'points': 0}, {'at_least': 90, 'at_most': 95, 'points': 2}, "
         "{'otherwise': true, 'points': 5}",
         "policy-band-overlap"},
        {CLOSED ", 'when_empty': 'full'",
         "{'at_least': 95, 'below': 100, 'points': 0}, {'otherwise': true, 'points': 5}",
         "policy-band-gap"},
        {CLOSED ", 'when_empty': 'full'",
         "{'at_least': 95, 'points': 0}, {'at_least': 60, 'points': 5}", "policy-band-gap"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
        char members[1024];
        gridgov_policy *policy = NULL;
        gridgov_error err = {0};
        snprintf(members, sizeof members, "'deductions': [{'rule': 'bands', %s, 'bands': [%s]}]",
                 edges[i].operand, edges[i].bands);
        const char *json = document(members, "");
        gridgov_status status =
            gridgov_policy_load(&policy, json, strlen(json), NULL, 0, NULL, &err);
        if (edges[i].code == NULL ? status != GRIDGOV_OK : err.rule != rule_of(edges[i].code)) {
            fail_msg("case %zu: %d %s at %s", i, (int)status, err.message, err.field);
        }
        gridgov_policy_free(policy);
    }
}

/* The built-in policy of 2021 is what it is: its findings are pinned. Its last fortnight meets the
 * first of the rules that bar app counters. */
static void test_built_in(void **state) {
    static const char *const expected[] = {"lint-threshold-undefined",
                                           "lint-silence-rewarded",
                                           "lint-small-denominator",
                                           "lint-silence-rewarded",
                                           "lint-barred",
                                           "lint-barred",
                                           "lint-barred"};
    gridgov_policy *policy = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err;
    int64_t count = 0;
    (void)state;
    assert_int_equal(gridgov_policy_open(&policy, "baiguan-2021", 12, NULL, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_policy_lint(&count, policy, NULL, issues, NULL), GRIDGOV_OK);
    for (int64_t i = 0; gridgov_issues_at(&err, issues, i) == GRIDGOV_OK; i++) {
        if (i >= 7 || err.rule != rule_of(expected[i])) {
            fail_msg("%d: %s: %s", (int)i, err.field, err.message);
        }
    }
    assert_int_equal(count, 7);
    gridgov_issues_free(issues);
    gridgov_policy_free(policy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_lint),
        cmocka_unit_test(test_frame),
        cmocka_unit_test(test_barred),
        cmocka_unit_test(test_bars_of_ones_own),
        cmocka_unit_test(test_gaps_and_overlaps),
        cmocka_unit_test(test_built_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
