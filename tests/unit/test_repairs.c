/* SPDX-License-Identifier: Apache-2.0 */
/* Number and date forms that spreadsheets make: serial dates, numbers in other units, codes without
 * their leading zeros; each as the mapping says, and each repair told. */
#include <gridgov/gridgov.h>

#include "base/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SCHEMA "{\"schema\": \"gridgov.mapping/1\", "

typedef struct loaded {
    gridgov_units *units;
    gridgov_ledger *ledger;
    gridgov_issues *issues;
    gridgov_ingest_summary summary;
} loaded;

static void load(loaded *out, int32_t table, const char *csv, const char *json) {
    static const char units_csv[] = "单位,网格,编码\n甲社区,一网格,0012\n";
    static const char officers_csv[] = "工号,网格\n0007,0012\n";
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_mapping *mapping = NULL;
    gridgov_rows *rows = NULL;
    memset(out, 0, sizeof *out);
    out->summary.struct_size = sizeof out->summary;
    assert_int_equal(gridgov_issues_new(&out->issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_units_new(&out->units, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_rows_open_csv_bytes(&rows, units_csv, sizeof units_csv - 1, NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(
        gridgov_ingest_units(NULL, out->units, GRIDGOV_TABLE_UNITS, rows, NULL, NULL, NULL, NULL),
        GRIDGOV_OK);
    gridgov_rows_free(rows);
    assert_int_equal(
        gridgov_rows_open_csv_bytes(&rows, officers_csv, sizeof officers_csv - 1, NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(gridgov_ingest_units(NULL, out->units, GRIDGOV_TABLE_OFFICERS, rows, NULL,
                                          NULL, NULL, NULL),
                     GRIDGOV_OK);
    gridgov_rows_free(rows);
    assert_int_equal(gridgov_units_seal(out->units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_taxonomy_open(&taxonomy, "zhejiang-2021", 13, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_new(&out->ledger, taxonomy, out->units, NULL), GRIDGOV_OK);
    if (json != NULL) {
        assert_int_equal(gridgov_mapping_load(&mapping, json, strlen(json), NULL, NULL),
                         GRIDGOV_OK);
    }
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, strlen(csv), NULL, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_ingest(&out->summary, out->ledger, table, rows, mapping, out->issues, NULL, NULL),
        GRIDGOV_OK);
    gridgov_rows_free(rows);
    gridgov_mapping_free(mapping);
    gridgov_taxonomy_free(taxonomy);
    assert_int_equal(gridgov_ledger_seal(out->ledger, NULL, NULL), GRIDGOV_OK);
}

static void unload(loaded *it) {
    gridgov_ledger_free(it->ledger);
    gridgov_units_free(it->units);
    gridgov_issues_free(it->issues);
}

static void serial_dates_are_read(void **state) {
    static const struct {
        const char *serial;
        int64_t seconds; /* of 2021-09-05 in Beijing; −1: no date */
    } cases[] = {
        {"44444", 0},
        {"44444.354861111", 8 * 3600 + 31 * 60},
        {"44444.99998842593", 86399},
        {"４４４４４", 0},
        {"20210905", 0}, // a date of eight digits is no serial
        {"44,444", -1},
        {"32873", -1},
        {"73051", -1},
        {"-44444", -1},
        {"444440", -1},
    };
    int64_t start = INT64_C(1630771200); /* 2021-09-05T00:00:00+08:00 */
    (void)state;
    for (int mapped = 0; mapped < 2; mapped++) {
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            char csv[128] = "编号,类型,上报时间\n1,城市管理,\"";
            gridgov_event event;
            loaded it;
            strcat(csv, cases[i].serial);
            strcat(csv, "\"\n");
            load(&it, GRIDGOV_TABLE_EVENTS, csv,
                 mapped ? SCHEMA "\"time_forms\": [\"%Y%m%d\", \"serial\"]}" : NULL);
            assert_int_equal(it.summary.excluded, cases[i].seconds < 0);
            gridgov_event_init(&event, sizeof event);
            if (cases[i].seconds >= 0) {
                assert_int_equal(gridgov_ledger_event_at(&event, it.ledger, 0), GRIDGOV_OK);
                assert_int_equal(event.reported_at, start + cases[i].seconds);
            }
            unload(&it);
        }
    }
}

static void numbers_of_other_units(void **state) {
    gridgov_activity activity = {.struct_size = sizeof activity};
    loaded it;
    (void)state;
    load(&it, GRIDGOV_TABLE_PATROL_DAYS, "工号,日期,时长,里程\n0007,2021-09-01,1.5,5640\n",
         SCHEMA "\"table\": \"patrol_days\", \"columns\": {\"officer\": \"工号\", \"date\": "
                "\"日期\", \"online_minutes\": {\"column\": \"时长\", \"unit\": \"h\"}, "
                "\"distance_km\": {\"column\": \"里程\", \"unit\": \"m\"}}}");
    assert_int_equal(it.summary.added, 1);
    assert_int_equal(gridgov_ledger_activity_at(&activity, it.ledger, 0), GRIDGOV_OK);
    assert_int_equal(activity.amount, 90);
    assert_int_equal(activity.distance_m, 5640);
    unload(&it);
}

static void codes_get_their_zeros_back(void **state) {
    gridgov_error issue;
    loaded it;
    (void)state;
    load(&it, GRIDGOV_TABLE_VISITS,
         "网格,走访对象,走访时间\n12,张三,2021-09-01\n0012,李四,2021-09-02\n",
         SCHEMA "\"table\": \"visits\", \"columns\": {\"grid\": {\"column\": \"网格\", \"width\": "
                "4}, \"object\": \"走访对象\", \"visited_at\": \"走访时间\"}}");
    assert_int_equal(it.summary.added, 2);
    assert_int_equal(gridgov_issues_count(it.issues), 1);
    assert_int_equal(gridgov_issues_at(&issue, it.issues, 0), GRIDGOV_OK);
    assert_int_equal(issue.rule, GG_RULE_CODE_REPAIRED);
    assert_int_equal(issue.row, 2);
    assert_int_equal(issue.column, 1);
    assert_string_equal(issue.value, "12");
    assert_non_null(strstr(issue.message, "0012"));
    unload(&it);
}

static void wrong_documents_are_refused(void **state) {
    static const char *const cases[] = {
        SCHEMA "\"table\": \"patrol_days\", \"columns\": {\"officer\": \"a\", \"date\": \"b\", "
               "\"online_minutes\": {\"column\": \"c\", \"unit\": \"km\"}}}",
        SCHEMA "\"columns\": {\"category\": {\"column\": \"a\", \"unit\": \"h\"}, \"reported_at\": "
               "\"b\"}}",
        SCHEMA "\"columns\": {\"category\": {\"column\": \"a\", \"width\": 0}, \"reported_at\": "
               "\"b\"}}",
        SCHEMA "\"columns\": {\"category\": {\"column\": \"a\", \"width\": 65}, \"reported_at\": "
               "\"b\"}}",
        SCHEMA "\"time_forms\": [\"serials\"]}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_mapping *mapping = NULL;
        assert_int_equal(gridgov_mapping_load(&mapping, cases[i], strlen(cases[i]), NULL, NULL),
                         GRIDGOV_EPOLICY);
        assert_null(mapping);
    }
}

/* A code of which a spreadsheet left only the first digits cannot be repaired. */
static void rounded_codes_are_refused(void **state) {
    static const struct {
        const char *cell;
        int rounded;
    } cases[] = {
        {"3.30604E+14", 1}, {"3E+14", 1},        {"3.3e+9", 1},      {"3.30604E14", 0},
        {"3.30604E+", 0},   {"E+14", 0},         {"33.0604E+14", 0}, {"3.30604E+14x", 0},
        {"330604", 0},      {"3.30604E+144", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        loaded it;
        gridgov_error issue = {0};
        char csv[128];
        snprintf(csv, sizeof csv, "id,category,reported_at\n%s,3.3E+14,2021-09-05\n",
                 cases[i].cell);
        load(&it, GRIDGOV_TABLE_EVENTS, csv, NULL);
        assert_int_equal(it.summary.excluded, cases[i].rounded);
        assert_int_equal(gridgov_issues_rule_count(it.issues, GG_RULE_CODE_ROUNDED),
                         cases[i].rounded);
        if (cases[i].rounded) {
            assert_int_equal(gridgov_issues_at(&issue, it.issues, 0), GRIDGOV_OK);
            assert_int_equal(issue.column, 1);
        }
        unload(&it);
    }
}

/* Words behind numbers, by what a mapping says of them. */
static void suffixes_multiply(void **state) {
    static const struct {
        const char *cell;
        int64_t value; /* −1: refused under rule */
        int32_t rule;
    } cases[] = {
        {"1.2万", 12000, 0},
        {"１．２万", 12000, 0},
        {"3 万", 30000, 0},
        {"300%", 3, 0},
        {"300％", 3, 0},
        {"3", 3, 0},
        {"1,200", 1200, 0},
        {"1.23456万", -1, GG_RULE_CELL_DECIMALS},
        {"73%", -1, GG_RULE_CELL_DECIMALS},
        {"3千", -1, GG_RULE_CELL_SUFFIX},
        {"万", -1, GG_RULE_CELL_NUMBER},
        {"-1万", -1, GG_RULE_NEGATIVE},
        {"9300000000000万", 93000000000000000, 0},
        {"93000000000000000万", -1, GG_RULE_CELL_NUMBER},
    };
    static const char json[] =
        SCHEMA "\"table\": \"facts\", \"columns\": {\"grid\": \"grid\", \"metric\": \"metric\", "
               "\"source\": \"source\", \"value\": {\"column\": \"value\", \"suffixes\": "
               "{\"万\": \"10000\", \"%\": \"0.01\"}}}}";
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        loaded it;
        gridgov_activity fact = {.struct_size = sizeof fact};
        char csv[256];
        snprintf(csv, sizeof csv, "grid,metric,value,source\n0012,m,\"%s\",s\n", cases[i].cell);
        load(&it, GRIDGOV_TABLE_FACTS, csv, json);
        if ((it.summary.added == 1) != (cases[i].value >= 0) ||
            (cases[i].rule != 0 && gridgov_issues_rule_count(it.issues, cases[i].rule) != 1)) {
            fail_msg("%s", cases[i].cell);
        }
        if (cases[i].value >= 0) {
            assert_int_equal(gridgov_ledger_activity_at(&fact, it.ledger, 0), GRIDGOV_OK);
            assert_int_equal(fact.amount, cases[i].value);
        }
        unload(&it);
    }
}

/* A percentage is no count, and nobody guesses. */
static void percentages_are_refused(void **state) {
    static const char *const cells[] = {"73.0%", "73％", "5‰", "３．５％"};
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        loaded it;
        char csv[256];
        snprintf(csv, sizeof csv, "grid,metric,value,source\n0012,m,%s,s\n", cells[i]);
        load(&it, GRIDGOV_TABLE_FACTS, csv, NULL);
        assert_int_equal(it.summary.excluded, 1);
        assert_int_equal(gridgov_issues_rule_count(it.issues, GG_RULE_CELL_PERCENT), 1);
        unload(&it);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounded_codes_are_refused),   cmocka_unit_test(suffixes_multiply),
        cmocka_unit_test(percentages_are_refused),     cmocka_unit_test(serial_dates_are_read),
        cmocka_unit_test(numbers_of_other_units),      cmocka_unit_test(codes_get_their_zeros_back),
        cmocka_unit_test(wrong_documents_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
