/* SPDX-License-Identifier: Apache-2.0 */
/* What gridgov.h promises for every function, held to with public headers only: views of every
 * size, indexes that lie outside, errors written on failure alone, outputs cleared, and holds that
 * outlive the handle they came from. */
#include "support/small_month.h"

#define VIEW_ROOM 256
#define UNTOUCHED 0xA5

static gridgov_month *month;
static gridgov_policy *own_policy; /* with bands, which the built-in one lacks */

static const char policy_with_bands[] =
    "{\"schema\": \"gridgov.policy/1\", \"version\": 1, \"name\": \"p\", \"title\": \"细则\","
    " \"source\": \"s\", \"certainty\": \"ours\", \"valid_from\": null, \"valid_to\": null,"
    " \"parameters\": {\"quota\": {\"title\": \"t\", \"value\": \"2.5\", \"min\": 1, \"max\": 9,"
    " \"decimals\": 1, \"certainty\": \"ours\"}}, \"metrics\": \"standard\","
    " \"groups\": [{\"code\": \"g\", \"name\": \"G\", \"max\": 3}],"
    " \"indicators\": [{\"code\": \"i\", \"name\": \"I\", \"group\": \"g\", \"max\": 3,"
    " \"deductions\": [{\"rule\": \"bands\", \"metric\": \"valid_reports\", \"bands\": ["
    "{\"at_least\": 1, \"points\": 0}, {\"otherwise\": true, \"points\": 3}]}],"
    " \"clause\": \"\", \"source\": \"\", \"certainty\": \"ours\"}],"
    " \"bonus\": {\"name\": \"附加分\"}}";

static int set_up(void **state) {
    (void)state;
    month = small_month(NULL);
    run_month(month, NULL);
    return gridgov_policy_load(&own_policy, policy_with_bands, strlen(policy_with_bands), NULL, 0,
                               NULL, NULL);
}

static int tear_down(void **state) {
    (void)state;
    gridgov_month_free(month);
    gridgov_policy_free(own_policy);
    return 0;
}

static const gridgov_ledger *ledger_of(void) {
    return gridgov_facts_ledger(gridgov_month_facts(month));
}

static const gridgov_units *units_of(void) {
    return gridgov_ledger_units(ledger_of());
}

/* --- every view --------------------------------------------------------------------------- */

#define VIEW(name, type, ...)                                                                      \
    static gridgov_status at_##name(void *out, int64_t i) {                                        \
        type *view = out;                                                                          \
        return __VA_ARGS__;                                                                        \
    }

VIEW(pack, gridgov_pack, gridgov_pack_at(view, i))
VIEW(category, gridgov_category, gridgov_taxonomy_at(view, gridgov_ledger_taxonomy(ledger_of()), i))
VIEW(unit, gridgov_unit, gridgov_units_at(view, units_of(), i))
VIEW(officer, gridgov_officer, gridgov_units_officer_at(view, units_of(), i))
VIEW(event, gridgov_event, gridgov_ledger_event_at(view, ledger_of(), i))
VIEW(step, gridgov_step, gridgov_ledger_step_at(view, ledger_of(), i))
VIEW(activity, gridgov_activity, gridgov_ledger_activity_at(view, ledger_of(), i))
VIEW(field, gridgov_field, gridgov_field_at(view, GRIDGOV_TABLE_EVENTS, i))
VIEW(metric, gridgov_metric, gridgov_metrics_at(view, gridgov_policy_metrics(own_policy), i))
VIEW(row, gridgov_facts_row,
     gridgov_facts_row_at(view, gridgov_month_facts(month), GRIDGOV_DIMENSION_UNIT, i))
VIEW(cell, gridgov_cell,
     gridgov_facts_value(view, gridgov_month_facts(month), GRIDGOV_DIMENSION_UNIT, i, 0))
VIEW(adjustment, gridgov_adjustment,
     gridgov_facts_adjustment_at(view, gridgov_month_facts(month), i))
VIEW(group, gridgov_policy_group, gridgov_policy_group_at(view, own_policy, i))
VIEW(parameter, gridgov_policy_parameter, gridgov_policy_parameter_at(view, own_policy, i))
VIEW(indicator, gridgov_indicator, gridgov_policy_indicator_at(view, own_policy, i))
VIEW(rule, gridgov_score_rule, gridgov_policy_rule_at(view, own_policy, 0, i))
VIEW(band, gridgov_score_band, gridgov_policy_band_at(view, own_policy, 0, 0, i))
VIEW(card, gridgov_scorecard, gridgov_scorecards_at(view, gridgov_month_scorecards(month), i))
VIEW(line, gridgov_score_line,
     gridgov_scorecards_line_at(view, gridgov_month_scorecards(month), 0, i))
VIEW(block, gridgov_block, gridgov_bulletin_block_at(view, gridgov_month_bulletin(month), i))
VIEW(table_cell, gridgov_table_cell,
     gridgov_bulletin_cell_at(view, gridgov_month_bulletin(month), i))
VIEW(run, gridgov_run, gridgov_bulletin_run_at(view, gridgov_month_bulletin(month), i))
VIEW(figure, gridgov_figure, gridgov_bulletin_figure_at(view, gridgov_month_bulletin(month), i))
VIEW(pin, gridgov_pin, gridgov_bulletin_pin_at(view, gridgov_month_bulletin(month), i))
VIEW(summary, gridgov_ingest_summary,
     i == 0 ? gridgov_month_summary(view, month, GRIDGOV_TABLE_EVENTS) : GRIDGOV_END)

static const struct {
    const char *name;
    gridgov_status (*at)(void *out, int64_t i);
    uint32_t size;
} views[] = {
    {"pack", at_pack, sizeof(gridgov_pack)},
    {"category", at_category, sizeof(gridgov_category)},
    {"unit", at_unit, sizeof(gridgov_unit)},
    {"officer", at_officer, sizeof(gridgov_officer)},
    {"event", at_event, sizeof(gridgov_event)},
    {"step", at_step, sizeof(gridgov_step)},
    {"activity", at_activity, sizeof(gridgov_activity)},
    {"field", at_field, sizeof(gridgov_field)},
    {"metric", at_metric, sizeof(gridgov_metric)},
    {"row", at_row, sizeof(gridgov_facts_row)},
    {"cell", at_cell, sizeof(gridgov_cell)},
    {"adjustment", at_adjustment, sizeof(gridgov_adjustment)},
    {"group", at_group, sizeof(gridgov_policy_group)},
    {"parameter", at_parameter, sizeof(gridgov_policy_parameter)},
    {"indicator", at_indicator, sizeof(gridgov_indicator)},
    {"rule", at_rule, sizeof(gridgov_score_rule)},
    {"band", at_band, sizeof(gridgov_score_band)},
    {"card", at_card, sizeof(gridgov_scorecard)},
    {"line", at_line, sizeof(gridgov_score_line)},
    {"block", at_block, sizeof(gridgov_block)},
    {"table cell", at_table_cell, sizeof(gridgov_table_cell)},
    {"run", at_run, sizeof(gridgov_run)},
    {"figure", at_figure, sizeof(gridgov_figure)},
    {"pin", at_pin, sizeof(gridgov_pin)},
    {"summary", at_summary, sizeof(gridgov_ingest_summary)},
};

/* Memory for a view, as a caller of struct_size size would hand it in; the rest is marked. */
static gridgov_status ask(unsigned char room[VIEW_ROOM], size_t view, uint32_t size, int64_t i) {
    memset(room, UNTOUCHED, VIEW_ROOM);
    memcpy(room, &size, sizeof size);
    return views[view].at(room, i);
}

static void untouched_from(const unsigned char *room, size_t from, const char *name) {
    for (size_t i = from; i < VIEW_ROOM; i++) {
        if (room[i] != UNTOUCHED) {
            fail_msg("%s: byte %d was written", name, (int)i);
        }
    }
}

static void test_views_of_every_size(void **state) {
    _Alignas(16) unsigned char whole[VIEW_ROOM], room[VIEW_ROOM];
    (void)state;
    for (size_t v = 0; v < sizeof views / sizeof views[0]; v++) {
        const uint32_t full = views[v].size;
        assert_true(full <= VIEW_ROOM - 64);
        assert_int_equal(ask(whole, v, full, 0), GRIDGOV_OK);
        for (uint32_t size = 0; size <= full + 64; size++) {
            uint32_t known = size < full ? size : full;
            gridgov_status status = ask(room, v, size, 0);
            if (status != (size < 8 ? GRIDGOV_EARG : GRIDGOV_OK)) {
                fail_msg("%s: status %d at size %d", views[v].name, (int)status, (int)size);
            }
            assert_memory_equal(room, &size, sizeof size);
            if (size >= 8) {
                assert_memory_equal(room + 4, whole + 4, known - 4);
            }
            untouched_from(room, size < 8 ? 4 : known, views[v].name);
        }
    }
}

static void test_indexes_outside(void **state) {
    static const int64_t outside[] = {-1, INT64_MIN, INT64_MAX, INT32_MAX};
    _Alignas(16) unsigned char room[VIEW_ROOM];
    (void)state;
    for (size_t v = 0; v < sizeof views / sizeof views[0]; v++) {
        for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
            if (ask(room, v, views[v].size, outside[i]) != GRIDGOV_END) {
                fail_msg("%s: index %lld", views[v].name, (long long)outside[i]);
            }
            untouched_from(room, 4, views[v].name);
        }
        if (views[v].at != at_summary) { // which takes a table
            assert_int_equal(views[v].at(NULL, 0), GRIDGOV_EARG);
        }
    }
}

/* --- outputs and errors ------------------------------------------------------------------- */

static void test_failures_clear_outputs(void **state) {
    void *const garbage = (void *)&month;
    gridgov_error err;
    (void)state;
#define CLEARS(type, ...)                                                                          \
    {                                                                                              \
        gridgov_##type *out = garbage;                                                             \
        memset(&err, 0, sizeof err);                                                               \
        gridgov_status status = __VA_ARGS__;                                                       \
        assert_true(status < 0);                                                                   \
        assert_null(out);                                                                          \
        assert_int_equal(err.status, status);                                                      \
        assert_string_equal(gridgov_rule_code(err.rule) != NULL ? "known" : "unknown", "known");   \
        assert_true(err.message[0] != '\0');                                                       \
    }
    CLEARS(calendar, gridgov_calendar_open(&out, "none", 4, &err))
    CLEARS(calendar, gridgov_calendar_load(&out, "{", 1, NULL, &err))
    CLEARS(taxonomy, gridgov_taxonomy_open(&out, NULL, 0, &err))
    CLEARS(taxonomy, gridgov_taxonomy_load(&out, "{}", 2, NULL, &err))
    CLEARS(metrics, gridgov_metrics_load(&out, NULL, 0, NULL, &err))
    CLEARS(policy, gridgov_policy_open(&out, "none", 4, NULL, 0, &err))
    CLEARS(policy, gridgov_policy_load(&out, "[]", 2, NULL, 0, NULL, &err))
    CLEARS(mapping, gridgov_mapping_load(&out, "[]", 2, NULL, &err))
    CLEARS(issues, gridgov_issues_new(&out, -1, &err))
    CLEARS(rows, gridgov_rows_open_csv_file(&out, "/nowhere/at.csv", NULL, &err))
    CLEARS(rows, gridgov_rows_open_csv_bytes(&out, NULL, 1, NULL, &err))
    CLEARS(rows, gridgov_rows_open_source(&out, NULL, &err))
    CLEARS(facts, gridgov_tally_run(&out, NULL, NULL, NULL, NULL, NULL, NULL, &err))
    CLEARS(scorecards, gridgov_score_run(&out, NULL, own_policy, NULL, NULL, &err))
    CLEARS(scorecards,
           gridgov_score_run(&out, gridgov_month_facts(month), own_policy, NULL, NULL, &err))
    CLEARS(bulletin,
           gridgov_bulletin_compose(&out, NULL, NULL, NULL, 0, 0, GRIDGOV_LANG_ZH, NULL, &err))
    CLEARS(bytes, gridgov_render_bytes(&out, NULL, GRIDGOV_FORMAT_HTML, NULL, &err))
    CLEARS(bytes, gridgov_month_score_json(&out, month, 99, &err))
    CLEARS(bytes, gridgov_month_agencies_json(&out, month, "none", 4, &err))
    CLEARS(bytes, gridgov_agencies_json(&out, gridgov_month_facts(month), NULL, &err))
    CLEARS(tally, gridgov_tally_new(&out, NULL, NULL, NULL, &err))
    CLEARS(tally, gridgov_tally_load(&out, gridgov_facts_metrics(gridgov_month_facts(month)), NULL,
                                     "GGTALLY", 7, &err))
    CLEARS(bytes, gridgov_tally_save(&out, NULL, &err))
    CLEARS(facts, gridgov_tally_finish(&out, NULL, NULL, NULL, &err))
    CLEARS(flow, gridgov_flow_run(&out, NULL, NULL, NULL, NULL, &err))
    CLEARS(month, gridgov_month_new(&out, NULL, 0, &err))
    CLEARS(month, gridgov_month_new(&out, "2021-13", 7, &err))
#undef CLEARS
}

static void test_success_leaves_the_error_alone(void **state) {
    gridgov_error err, before;
    gridgov_month *another = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_issues *issues = NULL;
    gridgov_calendar *calendar = NULL;
    int64_t days = 0;
    gridgov_time time = 0;
    (void)state;
    memset(&err, UNTOUCHED, sizeof err);
    before = err;
    assert_int_equal(gridgov_time_parse(&time, "2021-09-01", 10, 480, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_workdays(&days, calendar, 18871, 18901, &err), GRIDGOV_OK);
    assert_int_equal(days, 22);
    assert_int_equal(gridgov_issues_new(&issues, 0, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_month_new(&another, "2021-09", 7, &err), GRIDGOV_OK);
    for (int32_t table = GRIDGOV_TABLE_UNITS; table <= GRIDGOV_TABLE_OPENING; table++) {
        const char *csv = small_tables[table];
        if (csv != NULL) {
            assert_int_equal(gridgov_month_set_table(another, table, csv, strlen(csv), NULL, &err),
                             GRIDGOV_OK);
        }
    }
    assert_int_equal(gridgov_month_run(another, issues, NULL, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_month_score_json(&bytes, another, GRIDGOV_NONE, &err), GRIDGOV_OK);
    gridgov_bytes_free(bytes);
    assert_int_equal(gridgov_render_bytes(&bytes, gridgov_month_bulletin(another),
                                          GRIDGOV_FORMAT_HTML, NULL, &err),
                     GRIDGOV_OK);
    assert_memory_equal(&err, &before, sizeof err);
    gridgov_bytes_free(bytes);
    gridgov_month_free(another);
    gridgov_issues_free(issues);
    gridgov_calendar_free(calendar);
}

static void test_a_summary_needs_its_size(void **state) {
    const char *csv = small_tables[GRIDGOV_TABLE_UNITS];
    gridgov_ingest_summary summary = {.struct_size = 0, .read = 7};
    gridgov_units *units = NULL;
    gridgov_rows *rows = NULL;
    (void)state;
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, strlen(csv), NULL, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_ingest_units(&summary, units, GRIDGOV_TABLE_UNITS, rows, NULL, NULL, NULL, NULL),
        GRIDGOV_EARG);
    assert_int_equal(gridgov_units_count(units), 0);
    summary.struct_size = sizeof summary;
    assert_int_equal(
        gridgov_ingest_units(&summary, units, GRIDGOV_TABLE_UNITS, rows, NULL, NULL, NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(summary.read, 3);
    gridgov_rows_free(rows);
    gridgov_units_free(units);
}

/* --- constants and parameters by text ----------------------------------------------------- */

static void test_rules_are_found_by_code(void **state) {
    int32_t rule = 77, last = 0;
    int64_t count = 0;
    (void)state;
    for (; gridgov_rule_at(&rule, count) == GRIDGOV_OK; count++) {
        const char *code = gridgov_rule_code(rule);
        assert_true(rule > last);
        last = rule;
        assert_non_null(code);
        assert_int_equal(gridgov_rule_find(code, strlen(code)), rule);
    }
    assert_int_equal(rule, 0);
    assert_true(count > 100);
    assert_int_equal(gridgov_rule_at(NULL, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_rule_at(&rule, -1), GRIDGOV_END);
    assert_int_equal(gridgov_rule_find("bad-time", 8), 120);
    assert_int_equal(gridgov_rule_find("bad-tim", 7), 0);
    assert_int_equal(gridgov_rule_find("", 0), 0);
    assert_int_equal(gridgov_rule_find(NULL, 0), 0);
}

static void test_parameters_of_a_policy(void **state) {
    static const char *const given = "{\"daily_distance_km\": \"2.5\"}";
    gridgov_policy_parameter parameter = {.struct_size = sizeof parameter};
    gridgov_policy *open = NULL, *set = NULL;
    char last[64] = "";
    int64_t found = -1;
    (void)state;
    assert_int_equal(gridgov_policy_open(&open, "baiguan-2021", 12, NULL, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_policy_open(&set, "baiguan-2021", 12, given, strlen(given), NULL),
                     GRIDGOV_OK);
    for (int64_t i = 0; gridgov_policy_parameter_at(&parameter, open, i) == GRIDGOV_OK; i++) {
        assert_true(strcmp(last, parameter.name) < 0);
        snprintf(last, sizeof last, "%s", parameter.name);
        assert_true(parameter.title[0] != '\0' && parameter.certainty[0] != '\0');
        assert_true(!parameter.configured ||
                    (parameter.min <= parameter.value && parameter.value <= parameter.max));
        found = strcmp(parameter.name, "daily_distance_km") == 0 ? i : found;
    }
    assert_int_equal(gridgov_policy_parameter_at(&parameter, open, found), GRIDGOV_OK);
    assert_int_equal(parameter.configured, 0);
    assert_int_equal(parameter.value, 0);
    assert_string_equal(parameter.unit, "公里");
    assert_int_equal(parameter.decimals, 3);
    assert_int_equal(parameter.min, 1);
    assert_int_equal(parameter.max, 100000);
    assert_int_equal(gridgov_policy_parameter_at(&parameter, set, found), GRIDGOV_OK);
    assert_int_equal(parameter.configured, 1);
    assert_int_equal(parameter.value, 2500);
    assert_int_equal(gridgov_policy_parameter_count(set), gridgov_policy_parameter_count(open));
    assert_int_equal(gridgov_policy_parameter_count(NULL), 0);
    gridgov_policy_free(open);
    gridgov_policy_free(set);
}

/* --- holds -------------------------------------------------------------------------------- */

static void test_holds_outlive_the_month(void **state) {
    gridgov_month *short_lived = small_month(NULL);
    gridgov_scorecards *cards;
    gridgov_bulletin *bulletin;
    gridgov_facts *facts;
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_bytes *bytes = NULL;
    (void)state;
    run_month(short_lived, NULL);
    cards = gridgov_scorecards_hold(gridgov_month_scorecards(short_lived));
    bulletin = gridgov_bulletin_hold(gridgov_month_bulletin(short_lived));
    facts = gridgov_facts_hold(gridgov_scorecards_facts(cards));
    gridgov_month_free(short_lived);
    assert_int_equal(gridgov_scorecards_at(&card, cards, 1), GRIDGOV_OK);
    assert_string_equal(card.grid_name, "二网格");
    assert_int_equal(card.total, 68000);
    gridgov_scorecards_free(cards);
    assert_int_equal(gridgov_ledger_event_count(gridgov_facts_ledger(facts)), 6);
    gridgov_facts_free(facts);
    assert_int_equal(gridgov_render_bytes(&bytes, bulletin, GRIDGOV_FORMAT_MARKDOWN, NULL, NULL),
                     GRIDGOV_OK);
    gridgov_bulletin_free(bulletin);
    assert_non_null(strstr(gridgov_bytes_data(bytes, NULL), "二网格"));
    gridgov_bytes_free(bytes);
    assert_null(gridgov_scorecards_hold(NULL));
    assert_null(gridgov_scorecards_facts(NULL));
    assert_null(gridgov_bulletin_hold(NULL));
    assert_null(gridgov_mapping_hold(NULL));
}

static void test_a_month_keeps_its_mapping(void **state) {
    static const char json[] = "{\"schema\": \"gridgov.mapping/1\", \"table\": \"events\","
                               " \"columns\": {\"id\": \"a\", \"reported_at\": \"b\","
                               " \"category\": \"c\"}}";
    static const char csv[] = "a,b,c\n1,2021-09-02 08:00,其他\n";
    gridgov_ingest_summary summary = {.struct_size = sizeof summary};
    gridgov_mapping *mapping = NULL;
    gridgov_month *own = NULL;
    gridgov_rows *rows = NULL;
    (void)state;
    assert_int_equal(gridgov_mapping_load(&mapping, json, strlen(json), NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_month_new(&own, "2021-09", 7, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, strlen(csv), NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_month_set_rows(own, GRIDGOV_TABLE_EVENTS, rows, mapping, NULL),
                     GRIDGOV_OK);
    gridgov_mapping_free(mapping);
    run_month(own, NULL);
    assert_int_equal(gridgov_month_summary(&summary, own, GRIDGOV_TABLE_EVENTS), GRIDGOV_OK);
    assert_int_equal(summary.added, 1);
    gridgov_month_free(own);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views_of_every_size),
        cmocka_unit_test(test_indexes_outside),
        cmocka_unit_test(test_failures_clear_outputs),
        cmocka_unit_test(test_success_leaves_the_error_alone),
        cmocka_unit_test(test_a_summary_needs_its_size),
        cmocka_unit_test(test_rules_are_found_by_code),
        cmocka_unit_test(test_parameters_of_a_policy),
        cmocka_unit_test(test_holds_outlive_the_month),
        cmocka_unit_test(test_a_month_keeps_its_mapping),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
