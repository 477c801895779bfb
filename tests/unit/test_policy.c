/* SPDX-License-Identifier: Apache-2.0 */
/* Policies: the built-in one against the published table (weights and defaults of DOMAIN §5), every
 * load check, parameters, and the digest. Documents are made from one small valid policy by
 * replacing a piece of it. */
#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char small[] =
    "{\"schema\": \"gridgov.policy/1\", \"version\": 1, \"name\": \"small\", \"title\": \"小\","
    " \"source\": \"here\", \"certainty\": \"ours\", \"valid_from\": \"2021-01-01\", \"valid_to\": "
    "null,"
    " \"parameters\": {"
    "\"km\": {\"title\": \"t\", \"value\": null, \"min\": \"0\", \"max\": \"9\", \"decimals\": 3,"
    " \"certainty\": \"ours\"},"
    "\"cut\": {\"title\": \"t\", \"value\": \"1.5\", \"min\": \"0\", \"max\": \"3\", \"decimals\": "
    "1,"
    " \"certainty\": \"ours\"}},"
    " \"metrics\": \"standard\","
    " \"metric_thresholds\": {\"near_days\": {\"minimum_metres\": {\"parameter\": \"km\", "
    "\"times\": 1000}}},"
    " \"groups\": [{\"code\": \"g\", \"name\": \"甲组\", \"name_en\": \"A\", \"max\": \"5.5\"},"
    " {\"code\": \"h\", \"name\": \"乙组\", \"max\": 4}],"
    " \"indicators\": ["
    "{\"code\": \"near\", \"name\": \"里程\", \"name_en\": \"distance\", \"group\": \"g\", "
    "\"max\": \"2.5\","
    " \"deductions\": [{\"rule\": \"per_unit\", \"metric\": \"near_days\", \"points\": \"0.5\"}],"
    " \"clause\": \"c\", \"source\": \"s\", \"certainty\": \"published\"},"
    "{\"code\": \"closed\", \"name\": \"结案率\", \"group\": \"g\", \"max\": 3,"
    " \"deductions\": [{\"rule\": \"per_percent\", \"numerator\": \"cases_due_closed\","
    " \"denominator\": \"cases_due\", \"threshold\": \"90.5\", \"points\": {\"parameter\": "
    "\"cut\"},"
    " \"when_empty\": \"full\", \"part\": \"started\"},"
    "{\"rule\": \"below\", \"numerator\": \"cases_held_overdue\", \"denominator\": "
    "\"cases_held_due\","
    " \"complement\": true, \"threshold\": 100, \"points\": 2, \"when_empty\": \"not_assessed\"}],"
    " \"certainty\": \"ours\"},"
    "{\"code\": \"bands\", \"name\": \"分档\", \"group\": \"h\", \"max\": 4,"
    " \"deductions\": [{\"rule\": \"bands\", \"metric\": \"visits_missing\", \"bands\": ["
    "{\"at_least\": 5, \"points\": 4}, {\"at_least\": \"2\", \"points\": \"1\"},"
    " {\"otherwise\": true, \"points\": 0}]}], \"certainty\": \"ours\"}],"
    " \"bonus\": {\"name\": \"附加分\", \"name_en\": \"Bonus\"}}";

/* The small policy with one piece replaced, in a static buffer. */
static const char *with(const char *piece, const char *by) {
    static char buffer[8192];
    const char *found = strstr(small, piece);
    assert_non_null(found);
    int size = snprintf(buffer, sizeof buffer, "%.*s%s%s", (int)(found - small), small, by,
                        found + strlen(piece));
    assert_in_range(size, 1, sizeof buffer - 1);
    return buffer;
}

static gridgov_policy *load(const char *json, const char *parameters) {
    gridgov_policy *policy = NULL;
    gridgov_error err = {0};
    if (gridgov_policy_load(&policy, json, strlen(json), parameters,
                            parameters == NULL ? 0 : strlen(parameters), NULL, &err) != 0) {
        fail_msg("%s at %s (%s)", err.message, err.field, err.value);
    }
    return policy;
}

static void test_published_table(void **state) {
    static const struct {
        const char *name;
        gridgov_points max;
        int64_t group;
    } published[] = {
        {"日在线率", 20000, 0},   {"日在线时长", 20000, 0}, {"日在线里程", 20000, 0},
        {"事件有效量", 20000, 1}, {"及时率", 2000, 1},      {"结案率", 3000, 1},
        {"流转率", 5000, 1},      {"走访记录", 5000, 2},    {"矛盾纠纷月报", 3000, 2},
        {"系统维护", 2000, 2},
    };
    static const struct {
        const char *name;
        gridgov_points max;
        int64_t first, count;
    } groups[] = {
        {"平安通 app 考核", 60000, 0, 3}, {"事件考核", 30000, 3, 4}, {"平安系统", 10000, 7, 3}};
    gridgov_policy *policy = NULL;
    gridgov_error err;
    (void)state;
    assert_int_equal(gridgov_policy_open(&policy, "baiguan-2021", 12, NULL, 0, &err), GRIDGOV_OK);
    assert_string_equal(gridgov_policy_name(policy), "baiguan-2021");
    assert_int_equal(gridgov_policy_base(policy), 100000);
    assert_string_equal(gridgov_policy_bonus_name(policy, GRIDGOV_LANG_ZH), "附加分");
    assert_string_equal(gridgov_policy_bonus_name(policy, GRIDGOV_LANG_EN), "Bonus");
    assert_string_equal(gridgov_policy_title(policy, GRIDGOV_LANG_EN),
                        "Baiguan sub-district, effective running of grids (2021)");
    assert_int_equal(gridgov_policy_indicator_count(policy), 10);
    for (int64_t i = 0; i < 10; i++) {
        gridgov_indicator indicator = {.struct_size = sizeof indicator};
        assert_int_equal(gridgov_policy_indicator_at(&indicator, policy, i), GRIDGOV_OK);
        assert_string_equal(indicator.name, published[i].name);
        assert_int_equal(indicator.max, published[i].max);
        assert_int_equal(indicator.group, published[i].group);
        assert_true(indicator.rule_count > 0);
        assert_true(indicator.clause[0] != '\0' && indicator.source[0] != '\0' &&
                    indicator.certainty[0] != '\0' && indicator.name_en[0] != '\0');
        assert_int_equal(
            gridgov_policy_indicator_find(policy, published[i].name, strlen(published[i].name)), i);
    }
    assert_int_equal(gridgov_policy_group_count(policy), 3);
    for (int64_t i = 0; i < 3; i++) {
        gridgov_policy_group group = {.struct_size = sizeof group};
        assert_int_equal(gridgov_policy_group_at(&group, policy, i), GRIDGOV_OK);
        assert_string_equal(group.name, groups[i].name);
        assert_int_equal(group.max, groups[i].max);
        assert_int_equal(group.first, groups[i].first);
        assert_int_equal(group.count, groups[i].count);
    }
    gridgov_policy_free(policy);
}

static gridgov_metric metric_of(const gridgov_policy *policy, const char *code) {
    const gridgov_metrics *metrics = gridgov_policy_metrics(policy);
    gridgov_metric metric = {.struct_size = sizeof metric};
    assert_int_equal(
        gridgov_metrics_at(&metric, metrics, gridgov_metrics_find(metrics, code, strlen(code))),
        GRIDGOV_OK);
    return metric;
}

static gridgov_score_rule rule_of(const gridgov_policy *policy, const char *indicator,
                                  int64_t index) {
    gridgov_score_rule rule = {.struct_size = sizeof rule};
    int64_t at = gridgov_policy_indicator_find(policy, indicator, strlen(indicator));
    assert_int_not_equal(at, GRIDGOV_NONE);
    assert_int_equal(gridgov_policy_rule_at(&rule, policy, at, index), GRIDGOV_OK);
    return rule;
}

static void test_built_in_defaults(void **state) {
    static const struct {
        const char *indicator;
        int64_t index;
        int32_t kind;
        gridgov_points points;
        int64_t threshold;
    } rules[] = {
        {"日在线率", 0, GRIDGOV_SCORE_RULE_PER_UNIT, 1000, -1},
        {"日在线时长", 0, GRIDGOV_SCORE_RULE_PER_UNIT, 1000, -1},
        {"日在线里程", 0, GRIDGOV_SCORE_RULE_PER_UNIT, 1000, -1},
        {"事件有效量", 0, GRIDGOV_SCORE_RULE_PER_UNIT, 1000, -1},
        {"及时率", 0, GRIDGOV_SCORE_RULE_BELOW, 2000, 100000},
        {"结案率", 0, GRIDGOV_SCORE_RULE_PER_PERCENT, 1000, 90000},
        {"流转率", 0, GRIDGOV_SCORE_RULE_PER_UNIT, 1000, -1},
        {"走访记录", 0, GRIDGOV_SCORE_RULE_ANY, 5000, -1},
        {"矛盾纠纷月报", 0, GRIDGOV_SCORE_RULE_PER_UNIT, 3000, -1},
        {"矛盾纠纷月报", 1, GRIDGOV_SCORE_RULE_PER_UNIT, 1000, -1},
        {"系统维护", 0, GRIDGOV_SCORE_RULE_PER_UNIT, 1000, -1},
        {"系统维护", 1, GRIDGOV_SCORE_RULE_PER_UNIT, 2000, -1},
    };
    gridgov_policy *policy = NULL;
    gridgov_day from, to, expected;
    (void)state;
    assert_int_equal(gridgov_policy_open(&policy, "baiguan-2021", 12, NULL, 0, NULL), GRIDGOV_OK);
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        gridgov_score_rule rule = rule_of(policy, rules[i].indicator, rules[i].index);
        assert_int_equal(rule.kind, rules[i].kind);
        assert_int_equal(rule.points, rules[i].points);
        assert_int_equal(rule.threshold_milli, rules[i].threshold);
        assert_int_equal(rule.configured, 1);
    }
    assert_int_equal(rule_of(policy, "及时率", 0).complement, 1);
    assert_int_equal(rule_of(policy, "及时率", 0).when_empty, GRIDGOV_CELL_NOT_APPLICABLE);
    assert_int_equal(metric_of(policy, "short_days").minimum_minutes, 60);
    assert_int_equal(metric_of(policy, "missing_days").minimum_minutes, 1);
    assert_int_equal(metric_of(policy, "near_days").configured, 0); /* no source, no default */
    assert_int_equal(gridgov_policy_validity(&from, &to, policy), GRIDGOV_OK);
    assert_int_equal(gridgov_day_parse(&expected, "2021-01-01", 10, NULL), GRIDGOV_OK);
    assert_int_equal(from, expected);
    assert_int_equal(gridgov_day_parse(&expected, "2024-01-01", 10, NULL), GRIDGOV_OK);
    assert_int_equal(to, expected);
    gridgov_policy_free(policy);
}

static void test_parameters_reach_metrics_and_rules(void **state) {
    const char *values = "{\"daily_distance_km\": \"2.5\", \"minimum_online_minutes\": 90,"
                         " \"closure_threshold\": \"87.25\", \"invalid_points\": \"0.5\"}";
    gridgov_policy *policy = NULL;
    (void)state;
    assert_int_equal(gridgov_policy_open(&policy, "baiguan-2021", 12, values, strlen(values), NULL),
                     GRIDGOV_OK);
    assert_int_equal(metric_of(policy, "near_days").minimum_metres, 2500);
    assert_int_equal(metric_of(policy, "near_days").configured, 1);
    assert_int_equal(metric_of(policy, "short_days").minimum_minutes, 90);
    assert_int_equal(rule_of(policy, "closure", 0).threshold_milli, 87250);
    assert_int_equal(rule_of(policy, "valid_events", 0).points, 500);
    gridgov_policy_free(policy);
}

static void test_small_policy_as_read(void **state) {
    gridgov_policy *policy = load(small, NULL);
    gridgov_policy_group group = {.struct_size = sizeof group};
    gridgov_score_band band = {.struct_size = sizeof band};
    gridgov_score_rule rule;
    gridgov_day from, to;
    (void)state;
    assert_int_equal(gridgov_policy_base(policy), 9500);
    assert_int_equal(gridgov_policy_validity(&from, &to, policy), GRIDGOV_OK);
    assert_int_equal(to, GRIDGOV_NO_DAY);
    assert_int_equal(gridgov_policy_group_at(&group, policy, 1), GRIDGOV_OK);
    assert_int_equal(group.first, 2);
    assert_int_equal(group.count, 1);
    assert_string_equal(group.name_en, "");
    rule = rule_of(policy, "closed", 0);
    assert_int_equal(rule.points, 1500);
    assert_int_equal(rule.threshold_milli, 90500);
    assert_int_equal(rule.part, GRIDGOV_PART_STARTED);
    assert_int_equal(rule.when_empty, GRIDGOV_CELL_BLANK);
    assert_int_equal(rule.complement, 0);
    rule = rule_of(policy, "结 案 率", 1); /* blanks do not count */
    assert_int_equal(rule.complement, 1);
    assert_int_equal(rule.part, 0);
    rule = rule_of(policy, "bands", 0);
    assert_int_equal(rule.denominator, GRIDGOV_NONE);
    assert_int_equal(rule.band_count, 3);
    assert_int_equal(gridgov_policy_band_at(&band, policy, 2, 0, 1), GRIDGOV_OK);
    assert_int_equal(band.at_least, 2);
    assert_int_equal(band.points, 1000);
    assert_int_equal(gridgov_policy_band_at(&band, policy, 2, 0, 2), GRIDGOV_OK);
    assert_int_equal(band.at_least, INT64_MIN);
    assert_int_equal(gridgov_policy_band_at(&band, policy, 2, 0, 3), GRIDGOV_END);
    gridgov_policy_free(policy);
}

typedef struct broken {
    const char *piece, *by;
    const char *pointer; /* of the first problem */
    int32_t rule;
} broken;

/* Rule numbers are permanent; they are spelt here so that a renumbering fails. */
enum {
    JSON_KEY = 201,
    JSON_MISSING = 202,
    JSON_TYPE = 203,
    JSON_RANGE = 204,
    JSON_CODE = 207,
    JSON_DUPLICATE = 208,
    JSON_REFERENCE = 209,
    BAD_DAY = 121,
    SUM = 712,
    ORDER = 713,
    BANDS = 714,
    DATES = 715,
    DIMENSION = 716,
    WHOLE = 717,
    PARAMETER = 711,
    POLICY_GAP = 1304
};

static const broken broken_documents[] = {
    {"\"version\": 1,", "\"version\": 1, \"extra\": 1,", "/extra", JSON_KEY},
    {"\"name\": \"small\",", "", "/name", JSON_MISSING},
    {"\"name\": \"small\"", "\"name\": \"\"", "/name", JSON_RANGE},
    {"\"source\": \"here\"", "\"source\": \" \"", "/source", JSON_RANGE},
    {"\"certainty\": \"ours\", \"valid", "\"certainty\": \"sure\", \"valid", "/certainty",
     JSON_CODE},
    {"\"2021-01-01\"", "\"2021-13-01\"", "/valid_from", BAD_DAY},
    {"\"valid_to\": null", "\"valid_to\": \"2020-12-31\"", "/valid_to", DATES},
    {"\"max\": \"5.5\"", "\"max\": \"0\"", "/groups/0/max", JSON_RANGE},
    {"\"max\": \"5.5\"", "\"max\": \"5.501\"", "/groups/0/max", SUM},
    {"\"max\": \"5.5\"", "\"max\": \"-5.5\"", "/groups/0/max", JSON_RANGE},
    {"\"code\": \"h\"", "\"code\": \"g\"", "/groups/1/code", JSON_DUPLICATE},
    {"\"max\": \"2.5\"", "\"max\": \"0\"", "/indicators/0/max", JSON_RANGE},
    {"\"group\": \"h\"", "\"group\": \"x\"", "/indicators/2/group", JSON_REFERENCE},
    {"\"group\": \"g\", \"max\": \"2.5\"", "\"group\": \"h\", \"max\": \"2.5\"",
     "/indicators/1/group", ORDER},
    {"\"code\": \"closed\"", "\"code\": \"near\"", "/indicators/1/code", JSON_DUPLICATE},
    {"\"name\": \"结案率\"", "\"name\": \"里 程\"", "/indicators/1/name", JSON_DUPLICATE},
    {"\"name\": \"分档\"", "\"name\": \"closed\"", "/indicators/2/name", JSON_DUPLICATE},
    {"\"metric\": \"near_days\"", "\"metric\": \"far_days\"", "/indicators/0/deductions/0/metric",
     JSON_REFERENCE},
    {"\"metric\": \"near_days\"", "\"metric\": \"agency_closed\"",
     "/indicators/0/deductions/0/metric", DIMENSION},
    {"\"metric\": \"near_days\", ", "", "/indicators/0/deductions/0/metric", JSON_MISSING},
    {"\"points\": \"0.5\"", "\"points\": \"0\"", "/indicators/0/deductions/0/points", JSON_RANGE},
    {"\"points\": \"0.5\"", "\"points\": \"0.0005\"", "/indicators/0/deductions/0/points", 0},
    {"\"points\": \"0.5\"", "\"points\": {\"parameter\": \"nobody\"}",
     "/indicators/0/deductions/0/points/parameter", JSON_REFERENCE},
    {"\"points\": \"0.5\"", "\"points\": {\"parameter\": \"cut\", \"times\": 2}",
     "/indicators/0/deductions/0/points/times", JSON_KEY},
    {"\"rule\": \"per_unit\"", "\"rule\": \"per_mile\"", "/indicators/0/deductions/0/rule",
     JSON_CODE},
    {"\"rule\": \"per_unit\"", "\"rule\": \"any\", \"part\": \"full\"",
     "/indicators/0/deductions/0/part", JSON_KEY},
    {"\"90.5\"", "\"100.001\"", "/indicators/1/deductions/0/threshold", JSON_RANGE},
    {"\"when_empty\": \"full\", ", "", "/indicators/1/deductions/0/when_empty", JSON_MISSING},
    {"\"when_empty\": \"full\"", "\"when_empty\": \"zero\"",
     "/indicators/1/deductions/0/when_empty", JSON_CODE},
    {", \"part\": \"started\"", "", "/indicators/1/deductions/0/part", JSON_MISSING},
    {"\"at_least\": \"2\"", "\"at_least\": 5", "/indicators/2/deductions/0/bands", BANDS},
    {"\"at_least\": \"2\"", "\"at_least\": \"2.5\"", "/indicators/2/deductions/0/bands/1/at_least",
     JSON_TYPE},
    {"\"otherwise\": true", "\"otherwise\": false", "/indicators/2/deductions/0/bands", BANDS},
    {"{\"otherwise\": true, \"points\": 0}", "{\"at_least\": 1, \"points\": 0}",
     "/indicators/2/deductions/0/bands/2/at_least", POLICY_GAP},
    {"\"decimals\": 3", "\"decimals\": 4", "/parameters/km/decimals", JSON_RANGE},
    {"\"value\": \"1.5\"", "\"value\": \"3.1\"", "/parameters/cut/value", JSON_RANGE},
    {"\"value\": \"1.5\", ", "", "/parameters/cut/value", JSON_MISSING},
    {"\"value\": null", "\"value\": \"0.0015\"", "/parameters/km/value", 0},
    {"\"parameter\": \"km\"", "\"parameter\": \"miles\"",
     "/metric_thresholds/near_days/minimum_metres/parameter", JSON_REFERENCE},
    {"\"near_days\": {\"minimum_metres\"", "\"no_days\": {\"minimum_metres\"",
     "/metric_thresholds/no_days", JSON_REFERENCE},
    {"{\"minimum_metres\": ", "{\"maximum_metres\": ",
     "/metric_thresholds/near_days/maximum_metres", JSON_KEY},
    {"{\"parameter\": \"km\", \"times\": 1000}", "{\"parameter\": \"cut\"}",
     "/metric_thresholds/near_days/minimum_metres", WHOLE},
    {"\"metrics\": \"standard\"", "\"metrics\": \"substandard\"", "/metrics", JSON_REFERENCE},
    {"\"metrics\": \"standard\",", "", "/metrics", JSON_MISSING},
    {"\"bonus\": {\"name\": \"附加分\", ", "\"bonus\": {", "/bonus/name", JSON_MISSING},
};

static void test_load_checks(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof broken_documents / sizeof broken_documents[0]; i++) {
        const broken *c = &broken_documents[i];
        const char *json = with(c->piece, c->by);
        gridgov_policy *policy = (gridgov_policy *)&i; /* must be cleared */
        gridgov_error err = {0}, problem;
        gridgov_issues *issues = NULL;
        int64_t found = 0;
        assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
        gridgov_status status =
            gridgov_policy_load(&policy, json, strlen(json), NULL, 0, issues, &err);
        if (status >= 0 || policy != NULL) {
            fail_msg("accepted: %s", c->by);
        }
        for (int64_t k = 0; gridgov_issues_at(&problem, issues, k) == GRIDGOV_OK; k++) {
            found += strcmp(problem.field, c->pointer) == 0 ||
                     strncmp(problem.field, c->pointer, sizeof problem.field - 1) == 0;
        }
        if (found == 0) {
            fail_msg("%s: no issue at %s, first at %s: %s", c->by, c->pointer, err.field,
                     err.message);
        }
        if (c->rule != 0 && err.rule != c->rule) {
            fail_msg("%s: rule %d at %s: %s", c->by, (int)err.rule, err.field, err.message);
        }
        gridgov_issues_free(issues);
    }
}

static void test_all_problems_in_one_pass(void **state) {
    char json[8192];
    gridgov_issues *issues = NULL;
    gridgov_policy *policy = NULL;
    gridgov_error err;
    (void)state;
    snprintf(json, sizeof json, "%s",
             with("\"metric\": \"near_days\"", "\"metric\": \"far_days\""));
    memcpy(strstr(json, "visits_missing"), "visits_forgot!", 14);
    memcpy(strstr(json, "\"started\""), "\"stopped\"", 9);
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_policy_load(&policy, json, strlen(json), NULL, 0, issues, &err),
                     GRIDGOV_EPOLICY);
    assert_int_equal(gridgov_issues_count(issues), 3);
    assert_string_equal(err.value, "far_days"); /* the first */
    gridgov_issues_free(issues);
}

static void test_parameter_values_are_checked(void **state) {
    static const struct {
        const char *values;
        gridgov_status status;
        int32_t rule;
    } cases[] = {
        {"{\"km\": \"9\"}", GRIDGOV_OK, 0},
        {"{\"km\": \"9.001\"}", GRIDGOV_EPOLICY, JSON_RANGE},
        {"{\"km\": 0}", GRIDGOV_OK, 0},
        {"{\"km\": \"-0.001\"}", GRIDGOV_EPOLICY, JSON_RANGE},
        {"{\"miles\": 1}", GRIDGOV_EPOLICY, PARAMETER},
        {"{\"km\": true}", GRIDGOV_EPOLICY, 0},
        {"{\"km\": null}", GRIDGOV_EPOLICY, 0},
        {"{\"km\": 2.5}", GRIDGOV_EFORMAT, 206}, /* a binary fraction */
        {"[]", GRIDGOV_EPOLICY, JSON_TYPE},
        {"{", GRIDGOV_EFORMAT, 200},
        {"{\"cut\": 0}", GRIDGOV_EPOLICY, JSON_RANGE}, /* inside its range, but no points */
        {"{}", GRIDGOV_OK, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_policy *policy = NULL;
        gridgov_error err = {0};
        gridgov_status status = gridgov_policy_load(&policy, small, strlen(small), cases[i].values,
                                                    strlen(cases[i].values), NULL, &err);
        if (status != cases[i].status || (cases[i].rule != 0 && err.rule != cases[i].rule)) {
            fail_msg("%s: status %d rule %d %s", cases[i].values, (int)status, (int)err.rule,
                     err.message);
        }
        assert_true((policy == NULL) == (status < 0));
        gridgov_policy_free(policy);
    }
}

static void test_an_open_parameter_leaves_a_rule_open(void **state) {
    gridgov_policy *policy =
        load(with("\"points\": \"0.5\"", "\"points\": {\"parameter\": \"km\"}"), NULL);
    gridgov_score_rule rule = rule_of(policy, "near", 0);
    (void)state;
    assert_int_equal(rule.configured, 0);
    assert_int_equal(rule.points, 0);
    gridgov_policy_free(policy);
}

/* The digest of the small policy with a piece replaced and parameters given. */
static const char *digest(const char *piece, const char *by, const char *parameters) {
    static char text[65];
    gridgov_policy *policy = load(with(piece, by), parameters);
    snprintf(text, sizeof text, "%s", gridgov_policy_digest(policy));
    gridgov_policy_free(policy);
    return text;
}

static void test_digest(void **state) {
    char base[65];
    (void)state;
    snprintf(base, sizeof base, "%s", digest("\"small\"", "\"small\"", NULL));
    assert_int_equal(strlen(base), 64);
    /* What does not change the meaning. */
    assert_string_equal(digest("\"version\": 1,", "\n \"version\" : 1 ,", NULL), base);
    assert_string_equal(digest("\"version\": 1,", "\"version\": \"1\", \"note\": \"x\",", NULL),
                        base);
    assert_string_equal(digest("\"max\": \"2.5\"", "\"max\": \"2.50\"", NULL), base);
    assert_string_equal(digest("\"small\"", "\"small\"", "{\"cut\": \"1.5\"}"), base);
    /* What does. */
    assert_string_not_equal(digest("\"small\"", "\"smaller\"", NULL), base);
    assert_string_not_equal(digest("\"small\"", "\"small\"", "{\"cut\": \"1.4\"}"), base);
    assert_string_not_equal(digest("\"small\"", "\"small\"", "{\"km\": 1}"), base);
    assert_string_not_equal(digest("\"clause\": \"c\"", "\"clause\": \"d\"", NULL), base);
    assert_string_not_equal(digest("\"at_least\": \"2\"", "\"at_least\": 3", NULL), base);
    assert_string_not_equal(digest("\"valid_to\": null", "\"valid_to\": \"2023-12-31\"", NULL),
                            base);
}

static void test_inline_metrics(void **state) {
    const char *metrics =
        "\"metrics\": {\"schema\": \"gridgov.metrics/1\", \"version\": 1, \"name\": \"own\","
        " \"source\": \"s\", \"certainty\": \"ours\", \"metrics\": ["
        "{\"code\": \"near_days\", \"name\": \"a\", \"name_en\": \"b\", \"dimension\": \"unit\","
        " \"measure\": \"patrol_failed_days\", \"minimum_metres\": null},"
        "{\"code\": \"cases_due\", \"name\": \"c\", \"name_en\": \"d\", \"dimension\": \"unit\","
        " \"measure\": \"cases_due\"},"
        "{\"code\": \"cases_due_closed\", \"name\": \"e\", \"name_en\": \"f\", \"dimension\": "
        "\"unit\","
        " \"measure\": \"cases_due_closed\"},"
        "{\"code\": \"cases_held_due\", \"name\": \"g\", \"name_en\": \"h\", \"dimension\": "
        "\"unit\","
        " \"measure\": \"cases_held_due\"},"
        "{\"code\": \"cases_held_overdue\", \"name\": \"i\", \"name_en\": \"j\", \"dimension\": "
        "\"unit\","
        " \"measure\": \"cases_held_overdue\"},"
        "{\"code\": \"visits_missing\", \"name\": \"k\", \"name_en\": \"l\", \"dimension\": "
        "\"unit\","
        " \"measure\": \"visits_missing\"}]}";
    gridgov_policy *policy = load(with("\"metrics\": \"standard\"", metrics), "{\"km\": \"1.25\"}");
    gridgov_error err = {0};
    gridgov_policy *none = NULL;
    const char *json;
    (void)state;
    assert_int_equal(gridgov_metrics_count(gridgov_policy_metrics(policy)), 6);
    assert_int_equal(metric_of(policy, "near_days").minimum_metres, 1250);
    gridgov_policy_free(policy);
    json = with("\"metrics\": \"standard\"", "\"metrics\": {\"schema\": \"gridgov.metrics/2\"}");
    assert_true(gridgov_policy_load(&none, json, strlen(json), NULL, 0, NULL, &err) < 0);
    assert_null(none);
    assert_int_equal(err.rule, 205);
}

static void test_lengths_of_text(void **state) {
    char long_text[300];
    gridgov_policy *policy = NULL;
    gridgov_error err = {0};
    (void)state;
    snprintf(long_text, sizeof long_text, "\"name\": \"%0*d\"", 256, 0);
    gridgov_policy_free(load(with("\"name\": \"small\"", long_text), NULL));
    snprintf(long_text, sizeof long_text, "\"name\": \"%0*d\"", 257, 0);
    const char *json = with("\"name\": \"small\"", long_text);
    assert_int_equal(gridgov_policy_load(&policy, json, strlen(json), NULL, 0, NULL, &err),
                     GRIDGOV_EPOLICY);
    assert_int_equal(err.rule, JSON_RANGE);
    snprintf(long_text, sizeof long_text, "\"source\": \"%0*d\"", 280, 0); /* no look-up key */
    gridgov_policy_free(load(with("\"source\": \"here\"", long_text), NULL));
}

static void test_bad_calls(void **state) {
    gridgov_policy *policy = NULL;
    gridgov_indicator indicator = {.struct_size = sizeof indicator};
    gridgov_policy_group group = {.struct_size = sizeof group};
    gridgov_score_rule rule = {.struct_size = sizeof rule};
    gridgov_score_band band = {.struct_size = 4};
    gridgov_day from, to;
    (void)state;
    assert_int_equal(gridgov_policy_open(NULL, "x", 1, NULL, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_policy_open(&policy, NULL, 0, NULL, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_policy_open(&policy, "nobody", 6, NULL, 0, NULL), GRIDGOV_ENOTFOUND);
    assert_int_equal(gridgov_policy_load(NULL, "{}", 2, NULL, 0, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_policy_load(&policy, NULL, 2, NULL, 0, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_policy_load(&policy, "{}", 2, NULL, 3, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_policy_open(&policy, "baiguan-2021", 12, "", 0, NULL), GRIDGOV_OK);
    gridgov_policy_free(policy);
    policy = NULL;
    assert_null(policy);
    assert_string_equal(gridgov_policy_name(NULL), "");
    assert_string_equal(gridgov_policy_title(NULL, GRIDGOV_LANG_ZH), "");
    assert_string_equal(gridgov_policy_digest(NULL), "");
    assert_string_equal(gridgov_policy_bonus_name(NULL, GRIDGOV_LANG_EN), "");
    assert_null(gridgov_policy_metrics(NULL));
    assert_null(gridgov_policy_hold(NULL));
    assert_int_equal(gridgov_policy_base(NULL), 0);
    assert_int_equal(gridgov_policy_indicator_find(NULL, "x", 1), GRIDGOV_NONE);
    assert_int_equal(gridgov_policy_validity(&from, &to, NULL), GRIDGOV_EARG);
    policy = load(small, NULL);
    assert_int_equal(gridgov_policy_validity(NULL, &to, policy), GRIDGOV_EARG);
    assert_int_equal(gridgov_policy_indicator_at(&indicator, policy, 3), GRIDGOV_END);
    assert_int_equal(gridgov_policy_indicator_at(&indicator, policy, -1), GRIDGOV_END);
    assert_int_equal(gridgov_policy_indicator_at(NULL, policy, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_policy_group_at(&group, policy, 2), GRIDGOV_END);
    assert_int_equal(gridgov_policy_group_at(&group, NULL, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_policy_rule_at(&rule, policy, 0, 1), GRIDGOV_END);
    assert_int_equal(gridgov_policy_rule_at(&rule, policy, 9, 0), GRIDGOV_END);
    assert_int_equal(gridgov_policy_band_at(&band, policy, 2, 0, 0), GRIDGOV_EARG); /* no view */
    assert_int_equal(gridgov_policy_band_at(NULL, policy, 2, 0, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_policy_indicator_find(policy, "nobody", 6), GRIDGOV_NONE);
    assert_int_equal(gridgov_policy_indicator_find(policy, "", 0), GRIDGOV_NONE);
    gridgov_policy_free(gridgov_policy_hold(policy));
    assert_string_equal(gridgov_policy_name(policy), "small");
    gridgov_policy_free(policy);
    gridgov_policy_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_table),
        cmocka_unit_test(test_built_in_defaults),
        cmocka_unit_test(test_parameters_reach_metrics_and_rules),
        cmocka_unit_test(test_small_policy_as_read),
        cmocka_unit_test(test_load_checks),
        cmocka_unit_test(test_all_problems_in_one_pass),
        cmocka_unit_test(test_parameter_values_are_checked),
        cmocka_unit_test(test_an_open_parameter_leaves_a_rule_open),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_inline_metrics),
        cmocka_unit_test(test_lengths_of_text),
        cmocka_unit_test(test_bad_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
