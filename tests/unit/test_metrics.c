/* SPDX-License-Identifier: Apache-2.0 */
/* Metrics documents: what is read, what is refused, look-ups, the digest and the built-in list. */
#include "base/rules.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "{\"schema\": \"gridgov.metrics/1\", \"version\": 1, \"metrics\": ["
#define TAIL "]}"
#define NAMES(code) "\"code\": \"" code "\", \"name\": \"名" code "\", \"name_en\": \"en " code "\""
#define UNIT "\"dimension\": \"unit\", "
#define BITS(...) (UINT32_C(0) __VA_ARGS__)
#define OR(n) | (UINT32_C(1) << (n))

static gridgov_metrics *load(const char *json) {
    gridgov_metrics *metrics = NULL;
    gridgov_error err = {0};
    if (gridgov_metrics_load(&metrics, json, strlen(json), NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s: %s", err.field, err.message);
    }
    return metrics;
}

static void reads(void **state) {
    (void)state;
    gridgov_metrics *metrics = load(HEAD "{" NAMES(
        "bad") ", \"unit\": \"件\", " UNIT "\"measure\": \"events_disposed\","
               "\"dispositions\": [\"invalid\", \"重复\"], \"source\": \"s\", \"certainty\": "
               "\"ours\"},"
               "{" NAMES(
                   "old") ", " UNIT
                          "\"measure\": \"maintenance_defects\", \"defects\": [\"stale\"]},"
                          "{" NAMES(
                              "far") ", " UNIT "\"measure\": \"patrol_failed_days\","
                                     "\"minimum_minutes\": \"60\", \"minimum_metres\": null},"
                                     "{\"code\": \"per\", \"name\": \"分类\", \"dimension\": "
                                     "\"category\","
                                     "\"measure\": \"events_reported\", \"note\": \"free\"}" TAIL);
    gridgov_metric metric = {.struct_size = sizeof metric};
    assert_int_equal(gridgov_metrics_count(metrics), 4);
    assert_int_equal(gridgov_metrics_at(&metric, metrics, 0), GRIDGOV_OK);
    assert_string_equal(metric.code, "bad");
    assert_string_equal(metric.name, "名bad");
    assert_string_equal(metric.name_en, "en bad");
    assert_string_equal(metric.unit, "件");
    assert_int_equal(metric.measure, GRIDGOV_MEASURE_EVENTS_DISPOSED);
    assert_int_equal(metric.dimension, GRIDGOV_DIMENSION_UNIT);
    assert_int_equal(metric.dispositions,
                     BITS(OR(GRIDGOV_DISPOSITION_INVALID) OR(GRIDGOV_DISPOSITION_DUPLICATE)));
    assert_int_equal(metric.configured, 1);
    assert_int_equal(metric.minimum_minutes, -1);
    assert_int_equal(gridgov_metrics_at(&metric, metrics, 1), GRIDGOV_OK);
    assert_int_equal(metric.defects, BITS(OR(GRIDGOV_DEFECT_STALE)));
    assert_int_equal(gridgov_metrics_at(&metric, metrics, 2), GRIDGOV_OK);
    assert_int_equal(metric.configured, 0);
    assert_int_equal(metric.minimum_minutes, 60);
    assert_int_equal(metric.minimum_metres, -1);
    assert_int_equal(gridgov_metrics_at(&metric, metrics, 3), GRIDGOV_OK);
    assert_string_equal(metric.name_en, "per");
    assert_string_equal(metric.unit, "");
    assert_int_equal(gridgov_metrics_at(&metric, metrics, 4), GRIDGOV_END);
    assert_int_equal(gridgov_metrics_at(&metric, metrics, -1), GRIDGOV_END);
    assert_int_equal(gridgov_metrics_at(NULL, metrics, 0), GRIDGOV_EARG);
    metric.struct_size = 4;
    assert_int_equal(gridgov_metrics_at(&metric, metrics, 0), GRIDGOV_EARG);

    assert_int_equal(gridgov_metrics_find(metrics, "old", 3), 1);
    assert_int_equal(gridgov_metrics_find(metrics, " 名 old", 8), 1);
    assert_int_equal(gridgov_metrics_find(metrics, "EN Far", 6), 2);
    assert_int_equal(gridgov_metrics_find(metrics, "none", 4), GRIDGOV_NONE);
    assert_int_equal(gridgov_metrics_find(metrics, "", 0), GRIDGOV_NONE);
    assert_int_equal(gridgov_metrics_find(NULL, "old", 3), GRIDGOV_NONE);
    gridgov_metrics *held = gridgov_metrics_hold(metrics);
    gridgov_metrics_free(metrics);
    assert_int_equal(gridgov_metrics_count(held), 4);
    gridgov_metrics_free(held);
    gridgov_metrics_free(NULL);
}

static void refusals(void **state) {
    (void)state;
    const struct {
        const char *json;
        int32_t rule;
        const char *field;
    } cases[] = {
        {"", GG_RULE_JSON_SYNTAX, NULL},
        {"[]", GG_RULE_JSON_TYPE, NULL},
        {"{\"schema\": \"gridgov.metrics/2\", \"metrics\": []}", GG_RULE_JSON_SCHEMA, "/schema"},
        {"{\"schema\": \"gridgov.metrics/1\"}", GG_RULE_JSON_MISSING, "/metrics"},
        {HEAD "]", GG_RULE_JSON_SYNTAX, NULL},
        {HEAD "7" TAIL, GG_RULE_JSON_TYPE, "/metrics/0"},
        {HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"cases_due\", \"weight\": 1}" TAIL,
         GG_RULE_JSON_KEY, "/metrics/0/weight"},
        {HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"all\"}" TAIL, GG_RULE_JSON_CODE,
         "/metrics/0/measure"},
        {HEAD "{" NAMES("a") ", \"dimension\": \"grid\", \"measure\": \"cases_due\"}" TAIL,
         GG_RULE_JSON_CODE, "/metrics/0/dimension"},
        {HEAD "{" NAMES("a") ", \"dimension\": \"category\", \"measure\": \"cases_due\"}" TAIL,
         GG_RULE_JSON_RULE, "/metrics/0/dimension"},
        {HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"agency_closed\"}" TAIL, GG_RULE_JSON_RULE,
         "/metrics/0/dimension"},
        {HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"events_disposed\"}" TAIL,
         GG_RULE_JSON_MISSING, "/metrics/0/dispositions"},
        {HEAD "{" NAMES("a") ", " UNIT
                             "\"measure\": \"events_disposed\", \"dispositions\": []}" TAIL,
         GG_RULE_JSON_RULE, "/metrics/0/dispositions"},
        {HEAD
         "{" NAMES("a") ", " UNIT
                        "\"measure\": \"events_disposed\", \"dispositions\": [\"unknown\"]}" TAIL,
         GG_RULE_JSON_CODE, "/metrics/0/dispositions/0"},
        {HEAD "{" NAMES(
             "a") ", " UNIT
                  "\"measure\": \"events_disposed\", \"dispositions\": [\"void\", \"void\"]}" TAIL,
         GG_RULE_JSON_DUPLICATE, "/metrics/0/dispositions/1"},
        {HEAD "{" NAMES("a") ", " UNIT
                             "\"measure\": \"events_disposed\", \"dispositions\": [1]}" TAIL,
         GG_RULE_JSON_TYPE, "/metrics/0/dispositions/0"},
        {HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"cases_due\", \"defects\": [\"stale\"]}" TAIL,
         GG_RULE_JSON_RULE, "/metrics/0/defects"},
        {HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"cases_due\", \"minimum_metres\": 1}" TAIL,
         GG_RULE_JSON_RULE, "/metrics/0/minimum_metres"},
        {HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"patrol_failed_days\"}" TAIL,
         GG_RULE_JSON_RULE, "/metrics/0"},
        {HEAD "{" NAMES("a") ", " UNIT
                             "\"measure\": \"patrol_failed_days\", \"minimum_minutes\": 1441}" TAIL,
         GG_RULE_JSON_RANGE, "/metrics/0/minimum_minutes"},
        {HEAD "{" NAMES("a") ", " UNIT
                             "\"measure\": \"patrol_failed_days\", \"minimum_metres\": -1}" TAIL,
         GG_RULE_JSON_RANGE, "/metrics/0/minimum_metres"},
        {HEAD "{" NAMES("a") ", " UNIT
                             "\"measure\": \"patrol_failed_days\", \"minimum_metres\": 1.5}" TAIL,
         GG_RULE_JSON_REAL, "/metrics/0/minimum_metres"},
        {HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"cases_due\", \"certainty\": \"sure\"}" TAIL,
         GG_RULE_JSON_CODE, "/metrics/0/certainty"},
        {HEAD "{\"code\": \" \", \"name\": \"n\", " UNIT "\"measure\": \"cases_due\"}" TAIL,
         GG_RULE_JSON_RANGE, "/metrics/0/code"},
        {HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"cases_due\"}, {" NAMES(
             "A") ", " UNIT "\"measure\": \"cases_due\"}" TAIL,
         GG_RULE_JSON_DUPLICATE, "/metrics/1/code"},
        {HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"cases_due\"}, {\"code\": \"b\", \"name\": "
                             "\"名a\", " UNIT "\"measure\": \"cases_due\"}" TAIL,
         GG_RULE_JSON_DUPLICATE, "/metrics/1/name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_metrics *metrics = (gridgov_metrics *)&cases;
        gridgov_error err = {0};
        gridgov_status status =
            gridgov_metrics_load(&metrics, cases[i].json, strlen(cases[i].json), NULL, &err);
        assert_true(status < 0);
        assert_null(metrics);
        if (err.rule != cases[i].rule) {
            fail_msg("%s: rule %d: %s", cases[i].json, (int)err.rule, err.message);
        }
        assert_int_equal(err.status, status);
        if (cases[i].field != NULL) {
            assert_string_equal(err.field, cases[i].field);
        }
    }
    gridgov_metrics *metrics = NULL;
    assert_int_equal(gridgov_metrics_load(NULL, "", 0, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_metrics_load(&metrics, NULL, 0, NULL, NULL), GRIDGOV_EARG);
}

static void all_problems(void **state) {
    (void)state;
    static const char json[] = HEAD "{" NAMES("a") ", " UNIT "\"measure\": \"nothing\"}, {" NAMES(
        "b") ", " UNIT "\"measure\": \"cases_due\", \"x\": 1, \"certainty\": 5}" TAIL;
    gridgov_metrics *metrics = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    gridgov_error issue;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_metrics_load(&metrics, json, sizeof json - 1, issues, &err),
                     GRIDGOV_EPOLICY);
    assert_int_equal(gridgov_issues_count(issues), 3);
    assert_int_equal(gridgov_issues_at(&issue, issues, 0), GRIDGOV_OK);
    assert_memory_equal(&issue, &err, sizeof err);
    gridgov_issues_free(issues);
}

static void digests(void **state) {
    (void)state;
    gridgov_metrics *base = load(HEAD "{" NAMES(
        "a") ", " UNIT "\"measure\": \"patrol_failed_days\", \"minimum_minutes\": 60}" TAIL);
    // Another spelling of the same.
    gridgov_metrics *same = load("{\"schema\": \"gridgov.metrics/1\", \"metrics\": [{" UNIT NAMES(
        "a") ",\"minimum_minutes\":\"60\",\"measure\":\"patrol_failed_days\""
             "}]}");
    gridgov_metrics *other = load(HEAD "{" NAMES(
        "a") ", " UNIT "\"measure\": \"patrol_failed_days\", \"minimum_minutes\": 61}" TAIL);
    gridgov_metrics *open = load(HEAD "{" NAMES(
        "a") ", " UNIT "\"measure\": \"patrol_failed_days\", \"minimum_minutes\": null}" TAIL);
    assert_int_equal(strlen(gridgov_metrics_digest(base)), 64);
    assert_string_equal(gridgov_metrics_digest(base), gridgov_metrics_digest(same));
    assert_string_not_equal(gridgov_metrics_digest(base), gridgov_metrics_digest(other));
    assert_string_not_equal(gridgov_metrics_digest(base), gridgov_metrics_digest(open));
    assert_string_equal(gridgov_metrics_digest(NULL), "");
    gridgov_metrics_free(base);
    gridgov_metrics_free(same);
    gridgov_metrics_free(other);
    gridgov_metrics_free(open);
}

static void built_in(void **state) {
    (void)state;
    static const char *const codes[] = {
        "events_reported", "category_events",   "invalid_reports",   "valid_reports",
        "cases_due",       "cases_due_closed",  "cases_held_due",    "cases_held_overdue",
        "dispatch_needed", "dispatch_missed",   "required_days",     "missing_days",
        "short_days",      "near_days",         "visits_required",   "visits_missing",
        "reports_missing", "reports_late",      "maintenance_wrong", "maintenance_stale",
        "agency_handled",  "agency_dispatched", "agency_closed"};
    gridgov_pack pack = {.struct_size = sizeof pack};
    assert_int_equal(gridgov_pack_find(&pack, GRIDGOV_PACK_METRICS, "standard", 8, NULL),
                     GRIDGOV_OK);
    gridgov_metrics *metrics = load(pack.data);
    assert_int_equal(gridgov_metrics_count(metrics), sizeof codes / sizeof codes[0]);
    gridgov_metric metric = {.struct_size = sizeof metric};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        int64_t index = gridgov_metrics_find(metrics, codes[i], strlen(codes[i]));
        assert_int_equal(index, i);
        assert_int_equal(gridgov_metrics_at(&metric, metrics, index), GRIDGOV_OK);
        // The distance has no public source: it must stay open until somebody sets it.
        assert_int_equal(metric.configured, strcmp(codes[i], "near_days") != 0);
    }
    gridgov_metrics_at(&metric, metrics, gridgov_metrics_find(metrics, "invalid_reports", 15));
    assert_int_equal(metric.dispositions,
                     BITS(OR(GRIDGOV_DISPOSITION_INVALID) OR(GRIDGOV_DISPOSITION_DUPLICATE)
                              OR(GRIDGOV_DISPOSITION_FALSE) OR(GRIDGOV_DISPOSITION_JUNK)));
    gridgov_metrics_at(&metric, metrics, gridgov_metrics_find(metrics, "short_days", 10));
    assert_int_equal(metric.minimum_minutes, 60);
    gridgov_metrics_free(metrics);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),   cmocka_unit_test(refusals), cmocka_unit_test(all_problems),
        cmocka_unit_test(digests), cmocka_unit_test(built_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
