/* SPDX-License-Identifier: Apache-2.0 */
/* Ratios and composites: one rounding, nothing out of nothing, complements, the greatest among
 * rows, grades on both sides of their bounds, and documents that are refused. */
#include "base/rules.h"
#include "support/small_town.h"

#include <stdio.h>

#define M(code, rest)                                                                              \
    "{\"code\":\"" code "\",\"name\":\"名" code                                                    \
    "\",\"dimension\":\"agency\",\"measure\":\"cases\"" rest "}"
#define HEAD                                                                                       \
    "{\"schema\":\"gridgov.metrics/1\",\"metrics\":[" M("n", "") "," M(                            \
        "closed",                                                                                  \
        ",\"where\":[\"closed\"]") "," M("valid",                                                  \
                                         ",\"where\":[\"valid\"]") "," M("void",                   \
                                                                         ",\"where\":["            \
                                                                         "\"voided\"]") ",{"       \
                                                                                        "\"code\"" \
                                                                                        ":\"all\"" \
                                                                                        ",\"name"  \
                                                                                        "\":"      \
                                                                                        "\"全\"," \
                                                                                        "\"dimens" \
                                                                                        "ion\":"   \
                                                                                        "\"total"  \
                                                                                        "\","      \
                                                                                        "\"measur" \
                                                                                        "e\":"     \
                                                                                        "\"cases"  \
                                                                                        "\"}]"
#define RATIOS                                                                                     \
    ",\"ratios\":[{\"code\":\"rate\",\"name\":\"率\",\"name_en\":\"the rate\",\"numerator\":"     \
    "\"closed\",\"denominator\":\"n\"},"                                                           \
    "{\"code\":\"rest\",\"name\":\"余\",\"numerator\":\"closed\",\"denominator\":\"n\","          \
    "\"complement\":true},"                                                                        \
    "{\"code\":\"of_void\",\"name\":\"废\",\"numerator\":\"closed\",\"denominator\":\"void\"},"   \
    "{\"code\":\"of_valid\",\"name\":\"效\",\"numerator\":\"valid\",\"denominator\":\"n\"}]"
#define COMPOSITE(terms, grades)                                                                   \
    ",\"composites\":[{\"code\":\"c\",\"name\":\"综合\",\"terms\":[" terms "],\"grades\":[" grades \
    "]}]"

static const char document[] = HEAD RATIOS COMPOSITE(
    "{\"metric\":\"n\",\"weight\":\"10\"},{\"ratio\":\"rate\",\"weight\":\"60\"},"
    "{\"ratio\":\"rest\",\"weight\":\"30\"}",
    "{\"code\":\"A\",\"at_least\":\"50\"},{\"code\":\"B\",\"at_least\":\"45\"},"
    "{\"code\":\"E\",\"at_least\":\"0\"}") "}";

static gridgov_metrics *load(void) {
    gridgov_metrics *metrics = NULL;
    gridgov_error err = {0};
    if (gridgov_metrics_load(&metrics, document, sizeof document - 1, NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s: %s", err.field, err.message);
    }
    return metrics;
}

/* 派出所 has 3 cases and 2 closed, 税务所 6 and 3 closed, 司法所 none. */
static gridgov_facts *count(const gridgov_metrics *metrics, int covered) {
    static const int32_t all[] = {GRIDGOV_COVERAGE_EVENTS, GRIDGOV_COVERAGE_AGENCY,
                                  GRIDGOV_COVERAGE_CLOSED};
    gridgov_ledger *ledger = town_ledger();
    gridgov_facts *facts = NULL;
    gridgov_tally_options options;
    town_cover(ledger, all, covered ? 3 : 1);
    for (int i = 0; i < 9; i++) {
        char id[4];
        (void)snprintf(id, sizeof id, "E%d", i);
        gridgov_event event = town_event(id, TOWN_GRID_1, town_at(1, i));
        event.agency_name = i < 3 ? "派出所" : "税务所";
        event.closed_at = i < 2 || i > 5 ? town_at(2, i) : GRIDGOV_NO_TIME;
        town_add_event(ledger, &event);
    }
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    assert_int_equal(gridgov_tally_run(&facts, ledger, metrics, NULL, &options, NULL, NULL, NULL),
                     GRIDGOV_OK);
    gridgov_ledger_free(ledger);
    return facts;
}

static gridgov_ratio_value ratio_of(const gridgov_facts *facts, int64_t row, const char *code) {
    gridgov_ratio_value value = {.struct_size = sizeof value};
    int64_t ratio = gridgov_metrics_ratio_find(gridgov_facts_metrics(facts), code, strlen(code));
    assert_int_equal(gridgov_facts_ratio(&value, facts, row, ratio), GRIDGOV_OK);
    return value;
}

static void expect_ratio(const gridgov_facts *facts, int64_t row, const char *code, int32_t state,
                         int64_t numerator, int64_t denominator, int64_t percent_hundredths) {
    const gridgov_ratio_value value = ratio_of(facts, row, code);
    assert_int_equal(value.state, state);
    assert_int_equal(value.numerator, numerator);
    assert_int_equal(value.denominator, denominator);
    assert_int_equal(value.percent_hundredths, percent_hundredths);
}

static void ratios(void **state) {
    (void)state;
    gridgov_metrics *metrics = load();
    gridgov_facts *facts = count(metrics, 1);
    gridgov_ratio ratio = {.struct_size = sizeof ratio};
    expect_ratio(facts, 0, "rate", GRIDGOV_CELL_VALUE, 2, 3, 6667);
    expect_ratio(facts, 0, "率", GRIDGOV_CELL_VALUE, 2, 3, 6667);
    expect_ratio(facts, 0, "rest", GRIDGOV_CELL_VALUE, 1, 3, 3333);
    expect_ratio(facts, 2, "the rate", GRIDGOV_CELL_VALUE, 3, 6, 5000);
    // Nothing handled, nothing void: 0/0 is neither 0 % nor 100 %.
    expect_ratio(facts, 1, "rate", GRIDGOV_CELL_NOT_APPLICABLE, 0, 0, 0);
    expect_ratio(facts, 0, "of_void", GRIDGOV_CELL_NOT_APPLICABLE, 0, 0, 0);
    // Nobody was told what is valid.
    expect_ratio(facts, 0, "of_valid", GRIDGOV_CELL_UNKNOWN, 0, 0, 0);
    assert_int_equal(gridgov_metrics_ratio_count(metrics), 4);
    assert_int_equal(gridgov_metrics_ratio_at(&ratio, metrics, 1), GRIDGOV_OK);
    assert_string_equal(ratio.name_en, "rest");
    assert_true(ratio.complement && ratio.dimension == GRIDGOV_DIMENSION_AGENCY);
    assert_int_equal(gridgov_metrics_ratio_at(&ratio, metrics, 4), GRIDGOV_END);
    gridgov_ratio_value value = {.struct_size = sizeof value};
    assert_int_equal(gridgov_facts_ratio(&value, facts, 3, 0), GRIDGOV_END);
    assert_int_equal(gridgov_facts_ratio(&value, facts, 0, -1), GRIDGOV_END);
    assert_int_equal(gridgov_facts_ratio(NULL, facts, 0, 0), GRIDGOV_EARG);
    gridgov_facts_free(facts);
    facts = count(metrics, 0);
    expect_ratio(facts, 0, "rate", GRIDGOV_CELL_UNKNOWN, 0, 0, 0);
    gridgov_facts_free(facts);
    gridgov_metrics_free(metrics);
}

static void expect_composite(const gridgov_facts *facts, int64_t row, int32_t state,
                             gridgov_points points, const char *grade) {
    gridgov_composite_value value = {.struct_size = sizeof value};
    assert_int_equal(gridgov_facts_composite(&value, facts, row, 0), GRIDGOV_OK);
    assert_int_equal(value.state, state);
    assert_int_equal(value.points, points);
    assert_string_equal(value.grade, grade);
}

static void composites(void **state) {
    (void)state;
    gridgov_metrics *metrics = load();
    gridgov_facts *facts = count(metrics, 1);
    gridgov_composite composite = {.struct_size = sizeof composite};
    gridgov_composite_term term = {.struct_size = sizeof term};
    // 10·3/6 + 60·2/3 + 30·1/3, each term rounded: 5 + 40 + 10.
    expect_composite(facts, 0, GRIDGOV_CELL_VALUE, 55000, "A");
    // 10 + 60·3/6 + 30·3/6: 10 + 30 + 15.
    expect_composite(facts, 2, GRIDGOV_CELL_VALUE, 55000, "A");
    expect_composite(facts, 1, GRIDGOV_CELL_NOT_APPLICABLE, 0, "");
    assert_int_equal(gridgov_metrics_composite_count(metrics), 1);
    assert_int_equal(gridgov_metrics_composite_at(&composite, metrics, 0), GRIDGOV_OK);
    assert_int_equal(composite.term_count, 3);
    assert_int_equal(composite.grade_count, 3);
    assert_int_equal(gridgov_metrics_term_at(&term, metrics, 0, 0), GRIDGOV_OK);
    assert_true(term.ratio == GRIDGOV_NONE && term.metric == 0 && term.weight == 10000);
    assert_int_equal(gridgov_metrics_term_at(&term, metrics, 0, 3), GRIDGOV_END);
    gridgov_facts_free(facts);
    facts = count(metrics, 0);
    expect_composite(facts, 0, GRIDGOV_CELL_UNKNOWN, 0, "");
    gridgov_facts_free(facts);
    gridgov_metrics_free(metrics);
}

static void refusals(void **state) {
    (void)state;
    static const struct {
        const char *json;
        int32_t rule;
        const char *field;
    } rows[] = {
        {HEAD ",\"ratios\":[{\"code\":\"r\",\"name\":\"r\",\"numerator\":\"x\",\"denominator\":"
              "\"n\"}]}",
         GG_RULE_JSON_CODE, "/ratios/0/numerator"},
        {HEAD ",\"ratios\":[{\"code\":\"r\",\"name\":\"r\",\"numerator\":\"n\",\"denominator\":"
              "\"all\"}]}",
         GG_RULE_JSON_RULE, "/ratios/0/denominator"},
        {HEAD RATIOS COMPOSITE("{\"ratio\":\"rate\",\"weight\":\"99\"}", "") "}", GG_RULE_JSON_RULE,
         "/composites/0/terms"},
        {HEAD RATIOS COMPOSITE("{\"ratio\":\"no\",\"weight\":\"100\"}", "") "}", GG_RULE_JSON_CODE,
         "/composites/0/terms/0/ratio"},
        {HEAD RATIOS COMPOSITE("{\"ratio\":\"rate\",\"weight\":\"40\"},{\"metric\":\"all\","
                               "\"weight\":\"60\"}",
                               "") "}",
         GG_RULE_JSON_RULE, "/composites/0/terms/1"},
        {HEAD RATIOS COMPOSITE("{\"ratio\":\"rate\",\"metric\":\"n\",\"weight\":\"100\"}", "") "}",
         GG_RULE_JSON_RULE, "/composites/0/terms/0/metric"},
        {HEAD RATIOS COMPOSITE("{\"ratio\":\"rate\",\"weight\":\"100\"}",
                               "{\"code\":\"A\",\"at_least\":\"5\"}") "}",
         GG_RULE_JSON_RULE, "/composites/0/grades/0/at_least"},
        {HEAD RATIOS COMPOSITE("7", "") "}", GG_RULE_JSON_TYPE, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gridgov_metrics *metrics = NULL;
        gridgov_error err = {0};
        assert_true(gridgov_metrics_load(&metrics, rows[i].json, strlen(rows[i].json), NULL, &err) <
                    0);
        assert_null(metrics);
        if (rows[i].field != NULL &&
            (err.rule != rows[i].rule || strcmp(err.field, rows[i].field) != 0)) {
            fail_msg("%s: rule %d at %s: %s", rows[i].json, (int)err.rule, err.field, err.message);
        }
    }
}

/* The built-in pack names what it should, and its digest does not depend on being read twice. */
static void cityops(void **state) {
    (void)state;
    static const char *const names[] = {"立案率",
                                        "派遣准确率",
                                        "按时派遣率",
                                        "处置率",
                                        "按期处置率",
                                        "结案率",
                                        "按期结案率",
                                        "返工率",
                                        "延期率",
                                        "有效上报率",
                                        "准确立案率",
                                        "作废率",
                                        "满意率",
                                        "及时率（有期限的）",
                                        "及时率（全部结案）",
                                        "及时率（全部案件）"};
    gridgov_pack pack = {.struct_size = sizeof pack};
    gridgov_metrics *metrics = NULL;
    assert_int_equal(gridgov_pack_find(&pack, GRIDGOV_PACK_METRICS, "cityops", 7, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_metrics_load(&metrics, pack.data, pack.size, NULL, NULL), GRIDGOV_OK);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_true(gridgov_metrics_ratio_find(metrics, names[i], strlen(names[i])) >= 0);
    }
    assert_int_equal(gridgov_metrics_composite_count(metrics), 1);
    gridgov_metrics_free(metrics);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(ratios), cmocka_unit_test(composites),
                                       cmocka_unit_test(refusals), cmocka_unit_test(cityops)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
