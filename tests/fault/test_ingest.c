/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every request while tables are read: units, ledger and rows are as they were,
 * and nothing leaks. */
#include "support/sweep.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { EXACT = 3000, SAMPLED = 100 };

static const char units_csv[] =
    "单位,网格,编码\n甲社区,一网格,G1\n, 二网格 ,G2\n乙社区,一网格,G3\n乙社区,一网格,G4\n";
static const char long_csv[] = "类别,名称,上级\n网格,三网格,丙社区\n社区,丙社区,街道\n街道,街道,\n";
static const char officers_csv[] =
    "工号,姓名,单位,网格\nA1 ,甲,甲社区,一网格\nA2,乙,,G2\nA1,丙,,G3\n";
static const char events_csv[] =
    "事件编号,类型,单位,网格,地点,承办单位,上报时间,办结时间,备注\n"
    "E1 ,城市管理,甲社区,一网格,路口,派出所,2021-09-01,2021-09-02,\n"
    "E2,噪声,,G3,,,2021-09-01,,\nE1,噪声,,,,,2021-09-03,,\nE3,x,,,,,昨天,,\n";
static const char visits_csv[] = "网格,走访对象\nG1,张三\nG2 , 李四 \nG1,张三\n";
static const char mapping_json[] =
    "{\"schema\": \"gridgov.mapping/1\", \"encoding\": \"gb18030\", \"time_forms\": [\"%Y-%m-%d\", "
    "\"%d/%m/%Y\"], "
    "\"on_duplicate\": \"replace\", \"columns\": {\"id\": [\"i\", \"n\"], \"category\": "
    "{\"column\": 2, \"values\": "
    "{\"a\": \"甲\", \"b\": \"乙\"}, \"otherwise\": \"其他\"}, \"reported_at\": \"r\", \"due_at\": "
    "\"d\"}, "
    "\"constants\": {\"place\": \"街道\"}, \"parameters\": {\"office\": \"某街道\"}}";
static const char mapped_csv[] = "n,k,r\n1,a ,2021-09-01\n2,c,02/09/2021\n1,b,2021-09-03\n3,b,x\n";

/* One table into units or a ledger; counts must not change if it fails. */
static gridgov_status feed(gridgov_units *units, gridgov_ledger *ledger, int32_t table,
                           const char *csv, const gridgov_mapping *mapping, gridgov_error *err) {
    gridgov_rows *rows = NULL;
    gridgov_csv_options options = {.struct_size = sizeof options};
    gridgov_ingest_summary summary = {.struct_size = sizeof summary, .read = 9};
    int64_t unit_count = gridgov_units_count(units), holds = gridgov_units_officer_count(units);
    int64_t events = gridgov_ledger_event_count(ledger);
    int64_t activities = gridgov_ledger_activity_count(ledger);
    gridgov_status status = gridgov_mapping_csv_options(&options, mapping);
    SWEEP_TRY(status, gridgov_rows_open_csv_bytes(&rows, csv, strlen(csv), &options, err), rows);
    if (status == GRIDGOV_OK) {
        status = ledger == NULL
                     ? gridgov_ingest_units(&summary, units, table, rows, mapping, NULL, NULL, err)
                     : gridgov_ingest(&summary, ledger, table, rows, mapping, NULL, NULL, err);
        if (status < 0) {
            assert_int_equal(summary.read, 0);
            assert_int_equal(gridgov_units_count(units), unit_count);
            assert_int_equal(gridgov_units_officer_count(units), holds);
            assert_int_equal(gridgov_ledger_event_count(ledger), events);
            assert_int_equal(gridgov_ledger_activity_count(ledger), activities);
        }
    }
    gridgov_rows_free(rows);
    return status;
}

static gridgov_status tables_by_header(gridgov_error *err) {
    gridgov_units *units = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_units_new(&units, err), units);
    if (status == GRIDGOV_OK) {
        status = feed(units, NULL, GRIDGOV_TABLE_UNITS, units_csv, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        status = feed(units, NULL, GRIDGOV_TABLE_UNITS, long_csv, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        status = feed(units, NULL, GRIDGOV_TABLE_OFFICERS, officers_csv, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        assert_int_equal(gridgov_units_count(units), 8);
        assert_int_equal(gridgov_units_officer_count(units), 2);
        status = gridgov_units_seal(units, err);
    }
    SWEEP_TRY(status, gridgov_ledger_new(&ledger, NULL, units, err), ledger);
    if (status == GRIDGOV_OK) {
        status = feed(units, ledger, GRIDGOV_TABLE_EVENTS, events_csv, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        status = feed(units, ledger, GRIDGOV_TABLE_REQUIRED_VISITS, visits_csv, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        assert_int_equal(gridgov_ledger_event_count(ledger), 2);
        assert_int_equal(gridgov_ledger_activity_count(ledger), 2);
    }
    gridgov_ledger_free(ledger);
    gridgov_units_free(units);
    return status;
}

static gridgov_status table_by_mapping(gridgov_error *err) {
    gridgov_mapping *mapping = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_mapping_load(&mapping, mapping_json, strlen(mapping_json), NULL, err),
              mapping);
    SWEEP_TRY(status, gridgov_ledger_new(&ledger, NULL, NULL, err), ledger);
    if (status == GRIDGOV_OK) {
        status = feed(NULL, ledger, GRIDGOV_TABLE_EVENTS, mapped_csv, mapping, err);
    }
    if (status == GRIDGOV_OK) {
        assert_int_equal(gridgov_ledger_event_count(ledger), 2);
    }
    gridgov_ledger_free(ledger);
    gridgov_mapping_free(mapping);
    return status;
}

static void test_tables_by_header(void **state) {
    (void)state;
    sweep("tables by header", tables_by_header, SWEEP_STRICT, EXACT, SAMPLED);
}

static void test_table_by_mapping(void **state) {
    (void)state;
    sweep("table by mapping", table_by_mapping, SWEEP_STRICT, EXACT, SAMPLED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables_by_header),
        cmocka_unit_test(test_table_by_mapping),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
