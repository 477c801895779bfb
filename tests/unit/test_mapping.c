/* SPDX-License-Identifier: Apache-2.0 */
/* The document gridgov.mapping/1: what is accepted, and every problem with its JSON pointer. */
#include "base/rules.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "{\"schema\": \"gridgov.mapping/1\", "
#define COLUMNS "\"columns\": {\"category\": \"类型\", \"reported_at\": \"上报时间\"}"

static gridgov_mapping *load(const char *json) {
    gridgov_mapping *mapping = NULL;
    gridgov_error err = {0};
    gridgov_status status = gridgov_mapping_load(&mapping, json, strlen(json), NULL, &err);
    if (status != GRIDGOV_OK) {
        fail_msg("%s: %s %s", json, err.field, err.message);
    }
    return mapping;
}

static void test_defaults(void **state) {
    gridgov_mapping *mapping = load(HEAD COLUMNS "}");
    gridgov_csv_options options = {.struct_size = sizeof options};
    size_t size = 9;
    (void)state;
    assert_int_equal(gridgov_mapping_table(mapping), GRIDGOV_TABLE_EVENTS);
    assert_int_equal(gridgov_mapping_utc_offset(mapping), 480);
    assert_string_equal(gridgov_mapping_parameters(mapping, &size), "");
    assert_int_equal(size, 0);
    assert_int_equal(strlen(gridgov_mapping_digest(mapping)), 64);
    assert_int_equal(gridgov_mapping_csv_options(&options, mapping), GRIDGOV_OK);
    assert_int_equal(options.delimiter, 0); // as the file itself says
    assert_null(options.encoding);
    assert_int_equal(options.max_cell, 0);
    assert_null(options.source);
    gridgov_mapping_free(mapping);
}

static void test_everything(void **state) {
    gridgov_mapping *mapping = load(
        HEAD "\"version\": 3, \"name\": \"n\", \"source\": \"s\", \"table\": \"steps\", "
             "\"delimiter\": \"\\t\", "
             "\"encoding\": \"GB18030\", \"header_row\": 4, \"utc_offset_minutes\": -240, "
             "\"time_forms\": [\"%Y-%m-%d %H:%M\", \"%d/%m/%y\"], \"on_duplicate\": \"replace\", "
             "\"note\": [1], "
             "\"columns\": {\"event\": [\"编号\", \"工单号\"], \"at\": 3, \"note\": 0, "
             "\"step\": {\"column\": [\"环节\"], \"values\": {\"转\": \"dispatch\", \"结\": "
             "\"结案\"}, \"otherwise\": "
             "\"unknown\"}, \"reason\": {\"column\": 5}}, "
             "\"constants\": {\"agency\": \"派出所\"}, \"parameters\": {\"b\": 1, \"a\": \"办\"}}");
    gridgov_csv_options options = {.struct_size = sizeof options};
    size_t size = 0;
    (void)state;
    assert_int_equal(gridgov_mapping_table(mapping), GRIDGOV_TABLE_STEPS);
    assert_int_equal(gridgov_mapping_utc_offset(mapping), -240);
    assert_string_equal(gridgov_mapping_parameters(mapping, &size), "{\"a\":\"办\",\"b\":1}");
    assert_int_equal(size, strlen("{\"a\":\"办\",\"b\":1}"));
    assert_int_equal(gridgov_mapping_csv_options(&options, mapping), GRIDGOV_OK);
    assert_int_equal(options.delimiter, '\t');
    assert_string_equal(options.encoding, "gb18030");
    gridgov_mapping_free(mapping);
}

static void test_problems(void **state) {
    static const struct {
        const char *json, *pointer;
        int32_t rule;
    } cases[] = {
        {HEAD "\"colour\": 1, " COLUMNS "}", "/colour", GG_RULE_JSON_KEY},
        {"{\"schema\": \"gridgov.mapping/2\", " COLUMNS "}", "/schema", GG_RULE_JSON_SCHEMA},
        {HEAD "\"version\": 0, " COLUMNS "}", "/version", GG_RULE_JSON_RANGE},
        {HEAD "\"table\": \"weather\", " COLUMNS "}", "/table", GG_RULE_JSON_CODE},
        {HEAD "\"table\": 5, " COLUMNS "}", "/table", GG_RULE_JSON_TYPE},
        {HEAD "\"delimiter\": \"\", " COLUMNS "}", "/delimiter", GG_RULE_JSON_RULE},
        {HEAD "\"delimiter\": \";;\", " COLUMNS "}", "/delimiter", GG_RULE_JSON_RULE},
        {HEAD "\"delimiter\": \"\\\"\", " COLUMNS "}", "/delimiter", GG_RULE_JSON_RULE},
        {HEAD "\"delimiter\": \"\\n\", " COLUMNS "}", "/delimiter", GG_RULE_JSON_RULE},
        {HEAD "\"delimiter\": \"、\", " COLUMNS "}", "/delimiter", GG_RULE_JSON_RULE},
        {HEAD "\"encoding\": \"big5\", " COLUMNS "}", "/encoding", GG_RULE_JSON_CODE},
        {HEAD "\"header_row\": 0, " COLUMNS "}", "/header_row", GG_RULE_JSON_RANGE},
        {HEAD "\"utc_offset_minutes\": 1441, " COLUMNS "}", "/utc_offset_minutes",
         GG_RULE_JSON_RANGE},
        {HEAD "\"utc_offset_minutes\": -1441, " COLUMNS "}", "/utc_offset_minutes",
         GG_RULE_JSON_RANGE},
        {HEAD "\"time_forms\": \"%Y\", " COLUMNS "}", "/time_forms", GG_RULE_JSON_TYPE},
        {HEAD "\"time_forms\": [], " COLUMNS "}", "/time_forms", GG_RULE_JSON_RULE},
        {HEAD "\"time_forms\": [\"%Y\", 7], " COLUMNS "}", "/time_forms/1", GG_RULE_JSON_TYPE},
        {HEAD "\"time_forms\": [\"%Y-%Q\"], " COLUMNS "}", "/time_forms/0", GG_RULE_JSON_RULE},
        {HEAD "\"on_duplicate\": \"merge\", " COLUMNS "}", "/on_duplicate", GG_RULE_JSON_CODE},
        {HEAD "\"datum\": \"mars\", " COLUMNS "}", "/datum", GG_RULE_JSON_CODE},
        {HEAD "\"table\": \"fixes\", \"datum\": \"gcj02\"}", "/datum", GG_RULE_JSON_RULE},
        {HEAD "\"columns\": []}", "/columns", GG_RULE_JSON_TYPE},
        {HEAD "\"columns\": {\"category\": \"类型\"}}", "/columns/reported_at",
         GG_RULE_JSON_MISSING},
        {HEAD "\"columns\": {\"category\": \"a\", \"reported_at\": \"b\", \"colour\": \"c\"}}",
         "/columns/colour", GG_RULE_JSON_KEY},
        {HEAD "\"columns\": {\"category\": \"\", \"reported_at\": \"b\"}}", "/columns/category",
         GG_RULE_JSON_TYPE},
        {HEAD "\"columns\": {\"category\": 0, \"reported_at\": \"b\"}}", "/columns/category",
         GG_RULE_JSON_TYPE},
        {HEAD "\"columns\": {\"category\": [], \"reported_at\": \"b\"}}", "/columns/category",
         GG_RULE_JSON_RULE},
        {HEAD "\"columns\": {\"category\": [\"a\", \"\"], \"reported_at\": \"b\"}}",
         "/columns/category/1", GG_RULE_JSON_TYPE},
        {HEAD "\"columns\": {\"category\": {}, \"reported_at\": \"b\"}}",
         "/columns/category/column", GG_RULE_JSON_MISSING},
        {HEAD "\"columns\": {\"category\": {\"column\": true}, \"reported_at\": \"b\"}}",
         "/columns/category/column", GG_RULE_JSON_TYPE},
        {HEAD
         "\"columns\": {\"category\": {\"column\": \"a\", \"value\": {}}, \"reported_at\": \"b\"}}",
         "/columns/category/value", GG_RULE_JSON_KEY},
        {HEAD "\"columns\": {\"category\": {\"column\": \"a\", \"values\": []}, \"reported_at\": "
              "\"b\"}}",
         "/columns/category/values", GG_RULE_JSON_TYPE},
        {HEAD "\"columns\": {\"category\": {\"column\": \"a\", \"values\": {\"x\": 1}}, "
              "\"reported_at\": \"b\"}}",
         "/columns/category/values/x", GG_RULE_JSON_TYPE},
        {HEAD "\"columns\": {\"category\": {\"column\": \"a\", \"values\": {\"x y\": \"1\", "
              "\"XY\": \"2\"}}, "
              "\"reported_at\": \"b\"}}",
         "/columns/category/values/XY", GG_RULE_JSON_DUPLICATE},
        {HEAD "\"columns\": {\"category\": \"a\", \"reported_at\": \"b\", \"overdue\": "
              "{\"column\": \"c\", "
              "\"values\": {\"late\": \"maybe\"}}}}",
         "/columns/overdue/values/late", GG_RULE_JSON_CODE},
        {HEAD "\"columns\": {\"category\": \"a\", \"reported_at\": \"b\", \"overdue\": "
              "{\"column\": \"c\", "
              "\"otherwise\": \"maybe\"}}}",
         "/columns/overdue/otherwise", GG_RULE_JSON_CODE},
        {HEAD COLUMNS ", \"constants\": {\"category\": \"x\"}}", "/constants/category",
         GG_RULE_JSON_DUPLICATE},
        {HEAD COLUMNS ", \"constants\": {\"colour\": \"x\"}}", "/constants/colour",
         GG_RULE_JSON_KEY},
        {HEAD COLUMNS ", \"constants\": {\"agency\": 1}}", "/constants/agency", GG_RULE_JSON_TYPE},
        {HEAD COLUMNS ", \"constants\": {\"closed\": \"perhaps\"}}", "/constants/closed",
         GG_RULE_JSON_CODE},
        {HEAD COLUMNS ", \"parameters\": 1}", "/parameters", GG_RULE_JSON_TYPE},
        {HEAD "\"table\": \"units\", \"columns\": {\"name\": \"n\"}}", "/columns/kind",
         GG_RULE_JSON_MISSING},
        {HEAD "\"table\": \"patrol_days\", \"columns\": {\"officer\": \"a\", \"date\": \"b\"}}",
         "/columns/online_minutes", GG_RULE_JSON_MISSING},
        {"[]", "", GG_RULE_JSON_TYPE},
        {"{", "", GG_RULE_JSON_SYNTAX},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_mapping *mapping = (gridgov_mapping *)&cases;
        gridgov_issues *issues = NULL;
        gridgov_error err = {0}, issue = {0};
        gridgov_status status;
        assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
        status = gridgov_mapping_load(&mapping, cases[i].json, strlen(cases[i].json), issues, &err);
        if (status >= 0 || err.rule != cases[i].rule || strcmp(err.field, cases[i].pointer) != 0) {
            fail_msg("%s: got %d at \"%s\" (%s), not %d at \"%s\"", cases[i].json, (int)err.rule,
                     err.field, err.message, (int)cases[i].rule, cases[i].pointer);
        }
        assert_null(mapping);
        assert_int_equal(status, err.status);
        assert_int_equal(gridgov_issues_count(issues), 1);
        assert_int_equal(gridgov_issues_at(&issue, issues, 0), GRIDGOV_OK);
        assert_int_equal(issue.rule, cases[i].rule);
        assert_string_equal(issue.source, "mapping");
        gridgov_issues_free(issues);
    }
}

static void test_every_problem_is_told(void **state) {
    static const char json[] =
        HEAD "\"version\": 0, \"header_row\": \"x\", \"columns\": {\"colour\": 1}}";
    gridgov_mapping *mapping = NULL;
    gridgov_issues *issues = NULL;
    (void)state;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_mapping_load(&mapping, json, strlen(json), issues, NULL),
                     GRIDGOV_EPOLICY);
    assert_int_equal(gridgov_issues_count(issues),
                     5); // version, header_row, colour, and two columns
    gridgov_issues_free(issues);
}

static void test_digest(void **state) {
    gridgov_mapping *a = load(HEAD COLUMNS "}");
    gridgov_mapping *b = load("{ " COLUMNS ",\n \"schema\": \"gridgov.mapping/1\"}");
    gridgov_mapping *c = load(HEAD COLUMNS ", \"header_row\": 2}");
    (void)state;
    assert_string_equal(gridgov_mapping_digest(a), gridgov_mapping_digest(b));
    assert_string_not_equal(gridgov_mapping_digest(a), gridgov_mapping_digest(c));
    gridgov_mapping_free(a);
    gridgov_mapping_free(b);
    gridgov_mapping_free(c);
}

static void test_nothing(void **state) {
    gridgov_mapping *mapping = NULL;
    gridgov_csv_options options = {.struct_size = sizeof options, .delimiter = 7};
    gridgov_error err = {0};
    size_t size = 9;
    (void)state;
    assert_int_equal(gridgov_mapping_load(NULL, "{}", 2, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_mapping_load(&mapping, NULL, 0, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_mapping_csv_options(&options, NULL), GRIDGOV_OK);
    assert_int_equal(options.delimiter, 0);
    assert_null(options.encoding);
    assert_int_equal(gridgov_mapping_csv_options(NULL, NULL), GRIDGOV_EARG);
    options.struct_size = 0;
    assert_int_equal(gridgov_mapping_csv_options(&options, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_mapping_table(NULL), 0);
    assert_int_equal(gridgov_mapping_utc_offset(NULL), 480);
    assert_string_equal(gridgov_mapping_parameters(NULL, &size), "");
    assert_int_equal(size, 0);
    assert_string_equal(gridgov_mapping_digest(NULL), "");
    gridgov_mapping_free(NULL);
}

/* The columns that a mapping finds in a header: codes of fields, "-" for none. */
static void check_columns(const char *json, const char *header, const char *wanted) {
    gridgov_mapping *mapping = load(json);
    gridgov_rows *rows = NULL;
    gridgov_header found = {.struct_size = sizeof found};
    int32_t fields[16];
    char text[256] = "";
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, header, strlen(header), NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_header_find(&found, fields, 16, rows, gridgov_mapping_table(mapping),
                                         mapping, NULL),
                     GRIDGOV_OK);
    for (int64_t i = 0; i < found.width; i++) {
        gridgov_field field = {.struct_size = sizeof field, .code = "-"};
        if (fields[i] >= 0) {
            assert_int_equal(gridgov_field_at(&field, found.table, fields[i]), GRIDGOV_OK);
        }
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i == 0 ? "" : " ",
                 field.code);
    }
    assert_string_equal(text, wanted);
    gridgov_rows_free(rows);
    gridgov_mapping_free(mapping);
}

static void test_extending(void **state) {
    gridgov_mapping *plain, *extended;
    (void)state;
    // What is named comes first, all else by the names of the base.
    check_columns(HEAD "\"extends\": \"events\", \"columns\": {\"id\": \"案卷流水\"}}",
                  "案卷流水,工单号,问题类型,上报时间,办结时间\n",
                  "id - category reported_at closed_at");
    check_columns(HEAD "\"extends\": \"events\", \"columns\": {\"id\": \"案卷流水\"}}",
                  "工单号,问题类型,上报时间\n", "id category reported_at");
    // A column that is taken feeds no other field.
    check_columns(HEAD "\"extends\": \"events\", \"columns\": {\"place\": \"办结时间\"}}",
                  "工单号,问题类型,上报时间,办结时间\n", "id category reported_at place");
    // Words for the column that the base finds.
    check_columns(HEAD "\"extends\": \"events\", \"columns\": {\"overdue\": {\"values\": "
                       "{\"超\": \"yes\"}}}}",
                  "问题类型,上报时间,是否超时\n", "category reported_at overdue");
    check_columns(HEAD "\"extends\": \"events\", \"table\": \"opening\"}", "问题类型,上报时间\n",
                  "category reported_at");
    // Candidates of a document's own, beside code and titles.
    check_columns(HEAD "\"candidates\": true, \"columns\": {\"id\": [\"甲\", \"乙\"], "
                       "\"category\": []}}",
                  "乙,类型,reported_at,工单号\n", "id category reported_at -");
    plain = load(HEAD COLUMNS "}");
    extended = load(HEAD "\"extends\": \"events\", " COLUMNS "}");
    assert_string_not_equal(gridgov_mapping_digest(plain), gridgov_mapping_digest(extended));
    gridgov_mapping_free(plain);
    gridgov_mapping_free(extended);
}

static void test_bad_bases(void **state) {
    static const struct {
        const char *json, *pointer;
        int32_t rule;
    } cases[] = {
        {HEAD "\"extends\": \"weather\"}", "/extends", GG_RULE_JSON_REFERENCE},
        {HEAD "\"extends\": 1}", "/extends", GG_RULE_JSON_TYPE},
        {HEAD "\"extends\": \"events\", \"table\": \"units\"}", "/extends", GG_RULE_JSON_BASE},
        {HEAD "\"extends\": \"events\", \"table\": \"nothing\"}", "/extends", GG_RULE_JSON_BASE},
        {HEAD "\"candidates\": true, \"columns\": {\"id\": {\"column\": \"x\"}}}", "/columns/id",
         GG_RULE_JSON_TYPE},
        {HEAD "\"candidates\": 1}", "/candidates", GG_RULE_JSON_TYPE},
        {HEAD "\"columns\": {\"category\": {\"column\": \"a\", \"unit\": \"m\"}, "
              "\"reported_at\": \"b\"}}",
         "/columns/category/unit", GG_RULE_JSON_CODE},
        {HEAD "\"table\": \"facts\", \"columns\": {\"grid\": 1, \"metric\": 2, \"source\": 3, "
              "\"value\": {\"column\": 4, \"suffixes\": {\"万\": 0}}}}",
         "/columns/value/suffixes/万", GG_RULE_JSON_TYPE},
        {HEAD "\"table\": \"facts\", \"columns\": {\"grid\": 1, \"metric\": 2, \"source\": 3, "
              "\"value\": {\"column\": 4, \"suffixes\": {\"万\": \"x\"}}}}",
         "/columns/value/suffixes/万", GG_RULE_JSON_TYPE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_mapping *mapping = NULL;
        gridgov_error err = {0};
        assert_true(
            gridgov_mapping_load(&mapping, cases[i].json, strlen(cases[i].json), NULL, &err) < 0);
        if (err.rule != cases[i].rule || strcmp(err.field, cases[i].pointer) != 0) {
            fail_msg("%s: %s %s %s", cases[i].json, gridgov_rule_code(err.rule), err.field,
                     err.message);
        }
    }
}

static void test_opening(void **state) {
    gridgov_mapping *mapping = NULL;
    gridgov_error err = {0};
    (void)state;
    assert_int_equal(gridgov_mapping_open(&mapping, "patrol-days", 11, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_mapping_table(mapping), GRIDGOV_TABLE_PATROL_DAYS);
    gridgov_mapping_free(mapping);
    assert_int_equal(gridgov_mapping_open(&mapping, "nothing", 7, &err), GRIDGOV_ENOTFOUND);
    assert_null(mapping);
    assert_int_equal(gridgov_mapping_open(NULL, "events", 6, &err), GRIDGOV_EARG);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_everything),
        cmocka_unit_test(test_extending),
        cmocka_unit_test(test_bad_bases),
        cmocka_unit_test(test_opening),
        cmocka_unit_test(test_problems),
        cmocka_unit_test(test_every_problem_is_told),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
