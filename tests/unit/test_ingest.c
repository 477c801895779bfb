/* SPDX-License-Identifier: Apache-2.0 */
/* From rows to units and a ledger: every table, every kind of bad row with its place, columns by
 * header and by mapping, and the guarantees of ingest.h. Each expected time is civil time minus
 * eight hours, computed by hand. */
#include "base/rules.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SEP_1 INT64_C(1630425600) /* 2021-09-01T00:00+08:00 */
#define HOUR 3600
#define DAY 86400
#define SEP_1_DAY 18871

/* --- helpers
 * -------------------------------------------------------------------------------------------------
 */

typedef struct world {
    gridgov_units *units;
    gridgov_ledger *ledger;
    gridgov_issues *issues;
    gridgov_ingest_summary summary;
    gridgov_error err;
} world;

static world *new_world(void) {
    static world w;
    memset(&w, 0, sizeof w);
    w.summary.struct_size = sizeof w.summary;
    assert_int_equal(gridgov_units_new(&w.units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_issues_new(&w.issues, 0, NULL), GRIDGOV_OK);
    return &w;
}

static void free_world(world *w) {
    gridgov_ledger_free(w->ledger);
    gridgov_units_free(w->units);
    gridgov_issues_free(w->issues);
}

static gridgov_mapping *mapping_of(const char *json) {
    gridgov_mapping *mapping = NULL;
    gridgov_error err = {0};
    if (gridgov_mapping_load(&mapping, json, strlen(json), NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s %s", err.field, err.message);
    }
    return mapping;
}

/* Ingest CSV text by header, or by a mapping. The first ledger table seals the units. */
static gridgov_status feed_mapped(world *w, int32_t table, const char *csv,
                                  const gridgov_mapping *mapping) {
    gridgov_rows *rows = NULL;
    gridgov_csv_options options = {.struct_size = sizeof options};
    gridgov_status status;
    int of_units = table == GRIDGOV_TABLE_UNITS || table == GRIDGOV_TABLE_AGENCIES ||
                   table == GRIDGOV_TABLE_OFFICERS;
    assert_int_equal(gridgov_mapping_csv_options(&options, mapping), GRIDGOV_OK);
    options.source = gridgov_code_text(GRIDGOV_KIND_TABLE, table);
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, strlen(csv), &options, NULL),
                     GRIDGOV_OK);
    gridgov_issues_free(w->issues);
    assert_int_equal(gridgov_issues_new(&w->issues, 0, NULL), GRIDGOV_OK);
    memset(&w->err, 0, sizeof w->err);
    if (!of_units && w->ledger == NULL) {
        assert_int_equal(gridgov_units_seal(w->units, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_ledger_new(&w->ledger, NULL, w->units, NULL), GRIDGOV_OK);
    }
    status = of_units ? gridgov_ingest_units(&w->summary, w->units, table, rows, mapping, w->issues,
                                             NULL, &w->err)
                      : gridgov_ingest(&w->summary, w->ledger, table, rows, mapping, w->issues,
                                       NULL, &w->err);
    gridgov_rows_free(rows);
    assert_int_equal(w->summary.read, w->summary.added + w->summary.replaced + w->summary.skipped +
                                          w->summary.excluded);
    return status;
}

static gridgov_status feed(world *w, int32_t table, const char *csv) {
    return feed_mapped(w, table, csv, NULL);
}

/* All issues as "rule row:column field value" lines. */
static const char *told(const world *w) {
    static char text[8192];
    gridgov_error issue;
    size_t used = 0;
    text[0] = '\0';
    for (int64_t i = 0; gridgov_issues_at(&issue, w->issues, i) == GRIDGOV_OK; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %d:%d %s %s",
                                 i == 0 ? "" : "\n", gridgov_rule_code(issue.rule), (int)issue.row,
                                 (int)issue.column, issue.field, issue.value);
        assert_true(used < sizeof text);
        assert_true(issue.source[0] != '\0');
    }
    return text;
}

static void check(world *w, int32_t table, const char *csv, int64_t added, int64_t excluded,
                  const char *issues) {
    gridgov_status status = feed(w, table, csv);
    if (status != GRIDGOV_OK) {
        fail_msg("%s: %s %s", csv, w->err.field, w->err.message);
    }
    assert_string_equal(told(w), issues);
    assert_int_equal(w->summary.added, added);
    assert_int_equal(w->summary.excluded, excluded);
    assert_int_equal(w->summary.table, table);
}

/* Two communities, three grids, two of one name. */
static world *small_world(void) {
    world *w = new_world();
    check(w, GRIDGOV_TABLE_UNITS,
          "单位,网格,编码\n甲社区,一网格,G1\n,二网格,G2\n乙社区,一网格,G3\n", 3, 0, "");
    check(w, GRIDGOV_TABLE_OFFICERS, "工号,网格\nA1,甲社区/一网格\nA2,G2\n", 2, 0, "");
    return w;
}

static gridgov_unit unit_at(const world *w, int64_t index) {
    gridgov_unit unit = {.struct_size = sizeof unit};
    assert_int_equal(gridgov_units_at(&unit, w->units, index), GRIDGOV_OK);
    return unit;
}

static gridgov_activity activity_at(const world *w, int64_t index) {
    gridgov_activity activity = {.struct_size = sizeof activity};
    assert_int_equal(gridgov_ledger_activity_at(&activity, w->ledger, index), GRIDGOV_OK);
    return activity;
}

static gridgov_event event_at(const world *w, const char *id) {
    gridgov_event event = {.struct_size = sizeof event};
    int64_t index = gridgov_ledger_event_find(w->ledger, id, strlen(id));
    assert_int_equal(gridgov_ledger_event_at(&event, w->ledger, index), GRIDGOV_OK);
    return event;
}

static void seal(world *w) {
    assert_int_equal(gridgov_ledger_seal(w->ledger, NULL, NULL), GRIDGOV_OK);
}

static int covers(const world *w, int32_t coverage) {
    return gridgov_ledger_covers(w->ledger, coverage);
}

/* --- units, agencies, officers
 * ------------------------------------------------------------------------------- */

static void test_units_long(void **state) {
    world *w = new_world();
    gridgov_unit unit;
    (void)state;
    check(w, GRIDGOV_TABLE_UNITS,
          "类别,名称,编码,上级,启用日期,停用日期,备注\n"
          "街道,百官街道,330604001,,,,\n"
          "社区,高丰社区,330604001001,330604001,2021-01-01,,x\n"
          "网格,一网格,,高丰社区,,2021-09-15,\n"
          "村,高丰村,,百官街道,,,\n"
          "网格,一网格,,百官街道/高丰村,2021-09-16,,\n",
          5, 0, "column-unused 1:7  备注");
    assert_int_equal(gridgov_units_count(w->units), 5);
    unit = unit_at(w, 0);
    assert_int_equal(unit.kind, GRIDGOV_UNIT_STREET);
    assert_int_equal(unit.parent, GRIDGOV_NONE);
    assert_int_equal(unit.from, GRIDGOV_NO_DAY);
    unit = unit_at(w, 1);
    assert_string_equal(unit.code, "330604001001");
    assert_int_equal(unit.parent, 0);
    assert_int_equal(unit.from, SEP_1_DAY - 243);      // 2021-01-01 is 243 days before September 1
    assert_string_equal(unit_at(w, 2).name, "高丰村"); // kinds from the top down
    unit = unit_at(w, 3);
    assert_int_equal(unit.parent, 1);
    assert_int_equal(unit.to, SEP_1_DAY + 15); // the 15th is the last day
    unit = unit_at(w, 4);
    assert_int_equal(unit.parent, 2);
    free_world(w);
}

static void test_units_in_any_order(void **state) {
    world *w = new_world();
    (void)state;
    check(w, GRIDGOV_TABLE_UNITS,
          "kind,name,parent\ngrid,丙,乙\ncommunity,乙,甲\nstreet,甲,\ngrid,丁,乙\n", 4, 0, "");
    assert_string_equal(unit_at(w, 0).name, "甲");
    assert_string_equal(unit_at(w, 1).name, "乙");
    assert_string_equal(unit_at(w, 2).name, "丙"); // grids in the order of the table
    assert_string_equal(unit_at(w, 3).name, "丁");
    assert_int_equal(unit_at(w, 3).parent, 1);
    free_world(w);
}

static void test_units_problems(void **state) {
    world *w = new_world();
    (void)state;
    check(w, GRIDGOV_TABLE_UNITS,
          "类别,名称,编码,上级,启用日期,停用日期\n"
          "街道,甲,S1,,,\n"
          "星球,乙,,,,\n"
          ",丙,,,,\n"
          "社区,,,甲,,\n"
          "社区,丁,S1,甲,,\n"
          "社区,戊,,无此街道,,\n"
          "社区,己,,甲,2021-13-01,\n"
          "社区,庚,,甲,2021-09-02,2021-09-01\n"
          "社区,辛,,甲,2021-09-02,2021-09-02\n"
          "社区,辛,,甲,,\n",
          2, 8,
          "cell-code 3:1 kind 星球\n"
          "cell-empty 4:1 kind \n"
          "cell-empty 5:2 name \n"
          "bad-day 8:5 from 2021-13-01\n"
          "unit-code-twice 6:3 code S1\n"
          "unit-unknown 7:4 parent 无此街道\n"
          "unit-dates 9:6 to 庚\n"
          "unit-name-twice 11:2 name 辛");
    assert_int_equal(gridgov_units_count(w->units), 2);
    free_world(w);
}

static void test_units_short(void **state) {
    world *w = new_world();
    gridgov_unit unit;
    (void)state;
    check(w, GRIDGOV_TABLE_UNITS, "kind,name\nstreet,百官街道\n", 1, 0, "");
    check(w, GRIDGOV_TABLE_UNITS,
          "单位,网格,网格编码,启用日期\n甲社区,一网格,G1,\n, 二网格 "
          ",G2,2021-09-01\n\n乙社区,一网格,,\n甲社区,三网格,,\n"
          "百官街道,本级,,\n丙社区,,,\n",
          6, 0, "");
    assert_int_equal(gridgov_units_count(w->units), 9);
    unit = unit_at(w, 1);
    assert_string_equal(unit.name, "甲社区");
    assert_int_equal(unit.kind, GRIDGOV_UNIT_COMMUNITY);
    assert_int_equal(unit.parent, 0); // the only street
    unit = unit_at(w, 3);
    assert_string_equal(unit.name, "二网格");
    assert_string_equal(unit.code, "G2");
    assert_int_equal(unit.parent, 1);
    assert_int_equal(unit.from, SEP_1_DAY);
    unit = unit_at(w, 6);
    assert_string_equal(unit.name, "三网格");
    assert_int_equal(unit.parent, 1);
    assert_int_equal(unit_at(w, 7).parent, 0);
    assert_string_equal(unit_at(w, 8).name, "丙社区");
    check(w, GRIDGOV_TABLE_UNITS, "单位,网格\n,一网格\n甲社区,一网格\n", 0, 2,
          "cell-empty 2:1 unit \nunit-name-twice 3:2 grid 一网格");
    free_world(w);
}

static void test_agencies(void **state) {
    world *w = new_world();
    gridgov_unit unit;
    (void)state;
    check(w, GRIDGOV_TABLE_AGENCIES,
          "基层站所,平台,编码\n派出所,综治工作,P1\n市监所,market,/"
          "\n税务所,,\n国土所,火星,\n派出所,,\n,,\n,便民服务,\n",
          3, 3,
          "cell-code 5:2 platform 火星\nunit-name-twice 6:1 name 派出所\ncell-empty 8:1 name ");
    unit = unit_at(w, 0);
    assert_int_equal(unit.kind, GRIDGOV_UNIT_AGENCY);
    assert_int_equal(unit.platform, GRIDGOV_PLATFORM_SECURITY);
    assert_int_equal(unit_at(w, 1).platform, GRIDGOV_PLATFORM_MARKET);
    assert_string_equal(unit_at(w, 1).code, "");
    assert_int_equal(unit_at(w, 2).platform, GRIDGOV_PLATFORM_UNKNOWN);
    free_world(w);
}

/* A superior may stand in any row, and be named by name or code; one that is not there, is two, or
 * would stand above itself is a doubt, and the agency stays. */
static void test_superiors(void **state) {
    world *w = new_world();
    (void)state;
    check(w, GRIDGOV_TABLE_AGENCIES,
          "机构,编码,上级单位\n派出所,P1,公安 分局\n警务站,P2,p1\n公安分局,P0,\n"
          "司法所,S1,司法局\n税务所,T1,税务所\n国土所,L1,/\n",
          6, 0, "superior-unknown 5:0 superior 司法局\nsuperior-ring 6:0 superior 税务所");
    static const int64_t superiors[] = {2,           0, GRIDGOV_NONE, GRIDGOV_NONE, GRIDGOV_NONE,
                                        GRIDGOV_NONE};
    for (int64_t i = 0; i < 6; i++) {
        assert_int_equal(gridgov_units_superior(w->units, i), superiors[i]);
    }
    free_world(w);
}

static void test_officers(void **state) {
    world *w = small_world();
    gridgov_officer officer = {.struct_size = sizeof officer};
    (void)state;
    check(w, GRIDGOV_TABLE_OFFICERS,
          "工号,姓名,单位,网格,启用日期,停用日期\n"
          "B1,张三,乙社区,一网格,2021-09-01,2021-09-10\n"
          "B1,张三,甲社区,二网格,2021-09-11,\n"
          "B2,,,一网格,,\n"
          "B3,,,九网格,,\n"
          "B4,,乙社区,二网格,,\n"
          "B5,,丙社区,一网格,,\n"
          ",李四,,G1,,\n"
          "B6,,,,,\n"
          "B7,,乙社区,G3,,\n"
          "B1,,,G1,2021-09-10,2021-09-10\n"
          "B8,,,甲社区,,\n",
          3, 8,
          "unit-ambiguous 4:4 grid 一网格\n"
          "unit-unknown 5:4 grid 九网格\n"
          "unit-unknown 6:4 grid 乙社区/二网格\n"
          "unit-unknown 7:3 unit 丙社区\n"
          "cell-empty 8:1 officer \n"
          "cell-empty 9:4 grid \n"
          "officer-overlap 11:4 grid B1\n"
          "unit-unknown 12:4 grid 甲社区");
    assert_int_equal(gridgov_units_officer_count(w->units), 5);
    assert_int_equal(gridgov_units_officer_at(&officer, w->units, 2), GRIDGOV_OK);
    assert_string_equal(officer.code, "B1");
    assert_string_equal(officer.name, "张三");
    assert_string_equal(unit_at(w, officer.grid).code, "G3");
    assert_int_equal(officer.from, SEP_1_DAY);
    assert_int_equal(officer.to, SEP_1_DAY + 10);
    free_world(w);
}

/* --- events and steps
 * ---------------------------------------------------------------------------------------- */

static void test_events(void **state) {
    world *w = small_world();
    gridgov_event event;
    (void)state;
    check(w, GRIDGOV_TABLE_EVENTS,
          "事件编号,类型,单位,网格,地点,承办单位,上报时间,办结时间,是否办结,办结时限,是否超时,"
          "认定结果,应流转时限,自处置,缓办\n"
          "E1, 城市管理 ,甲社区,一网格,\"路口,东\",派出所,2021-09-01 08:30:00,2021/9/2 "
          "8:30,是,2021-09-08,否,有效,"
          "2021-09-01 12:00,是,否\n"
          "E2,,,,,/,2021-09-02,—,,N/A,,,无,,\n"
          "E3,噪声,,G3,,无,2021-09-03,NULL,否,/,是,无效,-,否,是\n"
          "E4,噪声,,甲社区,,,2021-09-03 10:00,2021-09-03,,,,,,,\n"
          "E5,噪声,乙社区,,,,2021-09-03,,,,,,,,\n",
          5, 0, "");
    seal(w);
    event = event_at(w, "E1");
    assert_string_equal(event.category_name, "城市管理");
    assert_string_equal(event.place, "路口,东");
    assert_string_equal(event.agency_name, "派出所");
    assert_string_equal(unit_at(w, event.unit).code, "G1");
    assert_int_equal(event.reported_at, SEP_1 + 8 * HOUR + 1800);
    assert_int_equal(event.closed_at, SEP_1 + DAY + 8 * HOUR + 1800);
    assert_int_equal(event.due_at, SEP_1 + 8 * DAY - 1); // a date alone: to the end of that day
    assert_int_equal(event.dispatch_due_at, SEP_1 + 12 * HOUR);
    assert_int_equal(event.closed, GRIDGOV_TRI_YES);
    assert_int_equal(event.overdue, GRIDGOV_TRI_NO);
    assert_int_equal(event.disposition, GRIDGOV_DISPOSITION_VALID);
    assert_int_equal(event.self_handled, GRIDGOV_TRI_YES);
    assert_int_equal(event.suspended, GRIDGOV_TRI_NO);
    assert_int_equal(event.opening, 0);
    assert_int_equal(event.source_row, 2);
    event = event_at(w, "E2");
    assert_string_equal(event.category_name, "");
    assert_string_equal(event.agency_name, "");
    assert_int_equal(event.unit, GRIDGOV_NONE);
    assert_int_equal(event.reported_at, SEP_1 + DAY);
    assert_int_equal(event.closed_at, GRIDGOV_NO_TIME);
    assert_int_equal(event.due_at, GRIDGOV_NO_TIME);
    assert_int_equal(event.dispatch_due_at, GRIDGOV_NO_TIME);
    assert_int_equal(event.closed, GRIDGOV_TRI_UNKNOWN);
    assert_int_equal(event.overdue, GRIDGOV_TRI_UNKNOWN);
    assert_int_equal(event.disposition, GRIDGOV_DISPOSITION_UNKNOWN);
    event = event_at(w, "E3");
    assert_string_equal(unit_at(w, event.unit).code, "G3");
    assert_int_equal(event.closed, GRIDGOV_TRI_NO);
    assert_int_equal(event.overdue, GRIDGOV_TRI_YES);
    event = event_at(w, "E4");
    assert_string_equal(unit_at(w, event.unit).name, "甲社区");
    assert_int_equal(event.closed_at, event.reported_at); // the day of the report, no earlier
    assert_string_equal(unit_at(w, event_at(w, "E5").unit).name, "乙社区");
    for (int32_t coverage = GRIDGOV_COVERAGE_EVENTS; coverage <= GRIDGOV_COVERAGE_ADJUSTMENTS;
         coverage++) {
        if (coverage == GRIDGOV_COVERAGE_OFFICERS) {
            continue; // told by the units
        }
        assert_int_equal(covers(w, coverage), coverage <= GRIDGOV_COVERAGE_OVERDUE &&
                                                  coverage != GRIDGOV_COVERAGE_DISPATCH);
    }
    free_world(w);
}

static void test_events_positions(void **state) {
    world *w = small_world();
    gridgov_event event;
    (void)state;
    check(w, GRIDGOV_TABLE_EVENTS,
          "id,category,reported_at,纬度,经度\n"
          "P1,治安隐患,2021-09-01,30.03125,120.87421111\n"
          "P2,治安隐患,2021-09-01,-90,180\n"
          "P3,治安隐患,2021-09-01,30.1,\n"
          "P4,治安隐患,2021-09-01,,\n"
          "P5,治安隐患,2021-09-01,120.8,30.0\n"
          "P6,治安隐患,2021-09-01,30,180.0000001\n",
          4, 2, "cell-range 6:4 lat 120.8\ncell-range 7:5 lon 180.0000001");
    seal(w);
    event = event_at(w, "P1");
    assert_int_equal(event.lat_e7, 300312500);
    assert_int_equal(event.lon_e7, 1208742111);
    event = event_at(w, "P2");
    assert_int_equal(event.lat_e7, -900000000);
    assert_int_equal(event.lon_e7, 1800000000);
    event = event_at(w, "P3"); // half a position is none
    assert_int_equal(event.lat_e7, GRIDGOV_NO_DEGREES);
    assert_int_equal(event.lon_e7, GRIDGOV_NO_DEGREES);
    assert_int_equal(event_at(w, "P4").lat_e7, GRIDGOV_NO_DEGREES);
    assert_true(covers(w, GRIDGOV_COVERAGE_POSITION));
    free_world(w);
}

static void test_events_problems(void **state) {
    world *w = small_world();
    (void)state;
    check(
        w, GRIDGOV_TABLE_EVENTS,
        "编号,类型,网格,上报时间,办结时间,是否办结,办结时限,是否超时,认定结果,缓办\n"
        "E1,甲,G1,2021-09-01,,,,,,\n"
        "E1,甲,G1,2021-09-01,,,,,,\n"
        ",甲,G1,2021-09-01,,,,,,\n"
        "E2,甲,G1,,,,,,,\n"
        "E3,甲,G1,/,,,,,,\n"
        "E4,甲,G1,昨天,,,,,,\n"
        "E5,甲,G1,2021-02-30,,,,,,\n"
        "E6,甲,一网格,2021-09-01,,,,,,\n"
        "E7,甲,九网格,2021-09-01,,,,,,\n"
        "E8,甲,G1,2021-09-02,2021-09-01,,,,,\n"
        "E9,甲,G1,2021-09-01,2021-09-02,否,,,,\n"
        "E10,甲,G1,2021-09-01,,,,也许,,\n"
        "E11,甲,G1,2021-09-01,,,,,很好,\n"
        "E12,甲,G1,2021-09-05,,,2021-09-04,,,\n"
        "E13,甲,G1,2021-09-01,,,x,,,也许\n"
        "E14,甲,G1,2021-09-01,,,,,,,多\n"
        "0123456789012345678901234567890123456789012345678901234567890123,甲,G1,2021-09-01,,,,,,\n"
        "01234567890123456789012345678901234567890123456789012345678901234,甲,G1,2021-09-01,,,,,,"
        "\n",
        6, 12,
        "event-twice 3:1 id E1\n"
        "cell-empty 4:1 id \n"
        "cell-empty 5:4 reported_at \n"
        "cell-empty 6:4 reported_at /\n"
        "bad-time 7:4 reported_at 昨天\n"
        "bad-time 8:4 reported_at 2021-02-30\n"
        "unit-ambiguous 9:3 grid 一网格\n"
        "unit-unknown 10:3 grid 九网格\n"
        "closed-before-report 11:5 closed_at 2021-09-01\n"
        "closed-contradiction 12:5 closed_at 2021-09-02\n"
        "cell-code 13:8 overdue 也许\n"
        "cell-code 14:9 disposition 很好\n"
        "time-order 15:7 due_at 2021-09-04\n"
        "bad-time 16:7 due_at x\n"
        "row-extra-cells 17:11  \n"
        "event-id 19:1 id 01234567890123456789012345678901234567890123456789012345678901234");
    free_world(w);
}

/* A time of closure that cannot be is given up, and the event stays; what the table says of closure
 * besides still counts. The day of the report itself is no earlier. */
static void test_doubtful_closures(void **state) {
    world *w = new_world();
    gridgov_event event;
    (void)state;
    check(w, GRIDGOV_TABLE_EVENTS,
          "编号,类型,上报时间,办结时间,是否办结\n"
          "E1,甲,2021-09-02 08:00,2021-09-02 07:59:59,\n"
          "E2,甲,2021-09-02 08:00,1900-01-01,是\n"
          "E3,甲,2021-09-02 08:00,2021-09-03,否\n"
          "E4,甲,2021-09-02 08:00,2021-09-01,否\n"
          "E5,甲,2021-09-02 08:00,2021-09-02 08:00,\n"
          "E6,甲,2021-09-02 08:00,2021-09-02,\n",
          6, 0,
          "closed-before-report 2:4 closed_at 2021-09-02 07:59:59\n"
          "closed-before-report 3:4 closed_at 1900-01-01\n"
          "closed-contradiction 4:4 closed_at 2021-09-03\n"
          "closed-before-report 5:4 closed_at 2021-09-01");
    seal(w);
    event = event_at(w, "E1");
    assert_int_equal(event.closed_at, GRIDGOV_NO_TIME);
    assert_int_equal(event.closed, GRIDGOV_TRI_UNKNOWN);
    assert_int_equal(event.closure_doubted, 1);
    assert_int_equal(event_at(w, "E5").closure_doubted, 0);
    event = event_at(w, "E2");
    assert_int_equal(event.closed_at, GRIDGOV_NO_TIME);
    assert_int_equal(event.closed, GRIDGOV_TRI_YES);
    assert_int_equal(event_at(w, "E3").closed_at, GRIDGOV_NO_TIME);
    assert_int_equal(event_at(w, "E3").closed, GRIDGOV_TRI_NO);
    assert_int_equal(event_at(w, "E4").closed, GRIDGOV_TRI_NO);
    assert_int_equal(event_at(w, "E5").closed_at, SEP_1 + DAY + 8 * HOUR);
    assert_int_equal(event_at(w, "E6").closed_at, SEP_1 + DAY + 8 * HOUR);
    free_world(w);
}

/* A doubt is not said of a row that is not there. */
static void test_doubts_of_skipped_rows(void **state) {
    world *w = new_world();
    gridgov_mapping *mapping =
        mapping_of("{\"schema\": \"gridgov.mapping/1\", \"on_duplicate\": \"skip\", \"columns\": "
                   "{\"id\": 1, \"category\": 2, \"reported_at\": 3, \"closed_at\": 4}}");
    (void)state;
    assert_int_equal(feed_mapped(w, GRIDGOV_TABLE_EVENTS,
                                 "a,b,c,d\n1,甲,2021-09-02,\n1,甲,2021-09-02,2021-09-01\n",
                                 mapping),
                     GRIDGOV_OK);
    assert_int_equal(w->summary.skipped, 1);
    assert_int_equal(gridgov_issues_count(w->issues), 0);
    gridgov_mapping_free(mapping);
    free_world(w);
}

/* Totals and signatures under a table are no records; but a record that merely begins so is one. */
static void test_footers(void **state) {
    world *w = new_world();
    (void)state;
    assert_int_equal(feed_mapped(w, GRIDGOV_TABLE_EVENTS,
                                 "类型,编号,上报时间\n"
                                 "甲,E1,2021-09-01\n"
                                 "合计纠纷,E2,2021-09-01\n"
                                 ",合 计：2,\n"
                                 "制表人：张三,,2021年10月\n"
                                 "Total,2,\n"
                                 "甲,合计,\n",
                                 NULL),
                     GRIDGOV_OK);
    assert_int_equal(w->summary.read, 6);
    assert_int_equal(w->summary.added, 2);
    assert_int_equal(w->summary.skipped, 3);
    assert_int_equal(w->summary.excluded, 1); // the last begins with a category
    assert_int_equal(gridgov_issues_severity_count(w->issues, GRIDGOV_SEVERITY_NOTE), 3);
    free_world(w);
}

/* Names as offices wrap and pad them. */
static void test_blanks_inside(void **state) {
    world *w = new_world();
    (void)state;
    check(w, GRIDGOV_TABLE_EVENTS,
          "编号,类型,地点,承办单位,上报时间\n"
          "E1,\"违法\r\n建设\",\"Main\nStreet\",城管\xC2\xA0中队,\"2021-09-01\n08:30\"\n"
          "E2,甲\xE3\x80\x80乙,a  b\t c,\"第\n\n1 组\",2021-09-01\n",
          2, 0, "");
    seal(w);
    assert_string_equal(event_at(w, "E1").category_name, "违法建设");
    assert_string_equal(event_at(w, "E1").place, "Main Street");
    assert_string_equal(event_at(w, "E1").agency_name, "城管 中队");
    assert_int_equal(event_at(w, "E1").reported_at, SEP_1 + 8 * HOUR + 1800);
    assert_string_equal(event_at(w, "E2").category_name, "甲 乙");
    assert_string_equal(event_at(w, "E2").place, "a b c");
    assert_string_equal(event_at(w, "E2").agency_name, "第1 组");
    free_world(w);
}

static void test_flat_events(void **state) {
    world *w = new_world();
    gridgov_event event;
    (void)state;
    check(w, GRIDGOV_TABLE_AGENCIES, "机构\n派出所\n", 1, 0, ""); // agencies are no places
    check(w, GRIDGOV_TABLE_EVENTS,
          "类型,社区,所属网格,地点,上报时间\n甲,东社区,一网格,路口,2021-09-01\n\n甲,,二网格,,2021-"
          "09-01\n甲,/,,,2021-09-02\n",
          3, 0, "");
    check(w, GRIDGOV_TABLE_OPENING, "category,reported_at\n甲,2021-08-01\n", 1, 0, "");
    seal(w);
    event = event_at(w, "row-2");
    assert_string_equal(event.place, "东社区 一网格 路口");
    assert_int_equal(event.unit, GRIDGOV_NONE);
    assert_string_equal(event_at(w, "row-4").place, "二网格");
    assert_string_equal(event_at(w, "row-5").place, "");
    event = event_at(w, "opening-2");
    assert_int_equal(event.opening, 1);
    for (int32_t coverage = GRIDGOV_COVERAGE_EVENTS; coverage <= GRIDGOV_COVERAGE_ADJUSTMENTS;
         coverage++) {
        assert_int_equal(covers(w, coverage), coverage == GRIDGOV_COVERAGE_EVENTS);
    }
    free_world(w);
}

static void test_opening_covers_nothing(void **state) {
    world *w = new_world();
    (void)state;
    check(w, GRIDGOV_TABLE_OPENING, "编号,类型,上报时间,办结时间\nO1,甲,2021-08-01,\n", 1, 0, "");
    for (int32_t coverage = GRIDGOV_COVERAGE_EVENTS; coverage <= GRIDGOV_COVERAGE_ADJUSTMENTS;
         coverage++) {
        assert_int_equal(covers(w, coverage), 0);
    }
    free_world(w);
}

static void test_steps(void **state) {
    world *w = new_world();
    gridgov_step step = {.struct_size = sizeof step};
    (void)state;
    check(w, GRIDGOV_TABLE_EVENTS, "编号,类型,上报时间\nE1,甲,2021-09-01\n", 1, 0, "");
    check(
        w, GRIDGOV_TABLE_STEPS,
        "事件编号,环节,时间,承办单位,原因,录入时间\n"
        "E1,交办,2021-09-01 09:00,派出所,就近,2021-09-01 09:05\n"
        "E1,跳舞,2021-09-01 09:00,,,\n"
        "E1,,2021-09-01 09:00,,,\n"
        ",派遣,2021-09-01 09:00,,,\n"
        "E1,派遣,,,,\n"
        "E1,派遣,2021-09-01 09:00,,,后来\n",
        1, 5,
        "cell-code 3:2 step 跳舞\ncell-empty 4:2 step \ncell-empty 5:1 event \ncell-empty 6:3 at \n"
        "bad-time 7:6 recorded_at 后来");
    assert_true(covers(w, GRIDGOV_COVERAGE_DISPATCH));
    assert_true(covers(w, GRIDGOV_COVERAGE_AGENCY));
    assert_true(covers(w, GRIDGOV_COVERAGE_CLOSED));
    seal(w);
    for (int64_t i = 0; gridgov_ledger_step_at(&step, w->ledger, i) == GRIDGOV_OK; i++) {
        if (step.kind == GRIDGOV_STEP_DISPATCH) {
            assert_string_equal(step.agency_name, "派出所");
            assert_string_equal(step.reason, "就近");
            assert_int_equal(step.at, SEP_1 + 9 * HOUR);
            assert_int_equal(step.recorded_at, SEP_1 + 9 * HOUR + 300);
            assert_int_equal(step.source_row, 2);
            free_world(w);
            return;
        }
    }
    fail_msg("no dispatch");
}

static void test_steps_without_agencies(void **state) {
    world *w = new_world();
    (void)state;
    check(w, GRIDGOV_TABLE_STEPS, "事件编号,环节,时间\nE1,派遣,2021-09-01 09:00\n", 1, 0, "");
    assert_true(covers(w, GRIDGOV_COVERAGE_DISPATCH));
    assert_false(covers(w, GRIDGOV_COVERAGE_AGENCY));
    free_world(w);
}

/* --- activities
 * ---------------------------------------------------------------------------------------------- */

static void test_leave(void **state) {
    world *w = small_world();
    gridgov_activity leave;
    (void)state;
    check(
        w, GRIDGOV_TABLE_LEAVE,
        "工号,开始日期,结束日期,是否批准\nA1,2021-09-01,2021-09-03,是\nA2,2021-09-01 "
        "00:00,2021-09-01,\n"
        "A1,2021-09-05,2021-09-04,是\nA9,2021-09-05,2021-09-05,是\nA1,2021-09-05 "
        "12:00,2021-09-05,是\n"
        "A1,2021-09-05,,是\nA1,2021-09-05,2021-09-05,大概\n",
        2, 5,
        "leave-dates 4:3 to A1\nofficer-unknown 5:1 officer A9\nbad-day 6:2 from 2021-09-05 12:00\n"
        "cell-empty 7:3 to \ncell-code 8:4 approved 大概");
    assert_true(covers(w, GRIDGOV_COVERAGE_LEAVE));
    check(w, GRIDGOV_TABLE_LEAVE, "officer,from,to\nA1,2021-09-20,2021-09-20\n", 1, 0, "");
    seal(w);
    leave = activity_at(w, 0);
    assert_int_equal(leave.kind, GRIDGOV_ACTIVITY_LEAVE);
    assert_string_equal(leave.officer, "A1");
    assert_int_equal(leave.day, SEP_1_DAY);
    assert_int_equal(leave.day_to, SEP_1_DAY + 3); // the 3rd is the last day
    assert_int_equal(leave.state, GRIDGOV_TRI_YES);
    assert_int_equal(activity_at(w, 1).state, GRIDGOV_TRI_YES); // no such column: approved
    assert_int_equal(activity_at(w, 2).state, GRIDGOV_TRI_UNKNOWN);
    free_world(w);
}

static void test_patrol_days(void **state) {
    world *w = small_world();
    (void)state;
    check(w, GRIDGOV_TABLE_PATROL_DAYS,
          "工号,日期,在线时长(分钟),巡查里程（公里）\n"
          "A1,2021-09-01,90,3.5\nA1,2021-09-02,,2\nA1,2021-09-03,0,/\nA1,2021-09-04,59.9,1.2345\n"
          "A1,2021-09-05,-1,1\nA1,2021-09-06,1,-0.001\nA1,2021-09-07,1441,1\nA1,2021-09-08,九十,1\n"
          "A1,2021-09-01,1,1\nA1,,1,1\n",
          4, 6,
          "negative 6:3 online_minutes -1\nnegative 7:4 distance_km -0.001\n"
          "patrol-minutes 8:3 online_minutes 1441\ncell-number 9:3 online_minutes 九十\n"
          "patrol-twice 10:1 officer A1\ncell-empty 11:2 date ");
    seal(w);
    assert_int_equal(activity_at(w, 0).amount, 90);
    assert_int_equal(activity_at(w, 0).distance_m, 3500);
    assert_int_equal(activity_at(w, 0).day, SEP_1_DAY);
    assert_int_equal(activity_at(w, 1).amount, -1);
    assert_int_equal(activity_at(w, 1).distance_m, 2000);
    assert_int_equal(activity_at(w, 2).amount, 0);
    assert_int_equal(activity_at(w, 2).distance_m, -1);
    assert_int_equal(activity_at(w, 3).amount, 59); // cut, not rounded
    assert_int_equal(activity_at(w, 3).distance_m, 1235);
    assert_true(covers(w, GRIDGOV_COVERAGE_PATROL_MINUTES) &&
                covers(w, GRIDGOV_COVERAGE_PATROL_DISTANCE));
    free_world(w);
    w = small_world();
    check(w, GRIDGOV_TABLE_PATROL_DAYS, "officer,date,distance_km\nA1,2021-09-01,1\n", 1, 0, "");
    assert_false(covers(w, GRIDGOV_COVERAGE_PATROL_MINUTES));
    assert_true(covers(w, GRIDGOV_COVERAGE_PATROL_DISTANCE));
    assert_int_equal(feed(w, GRIDGOV_TABLE_PATROL_DAYS, "officer,date\nA1,2021-09-01\n"),
                     GRIDGOV_EDATA);
    assert_string_equal(told(w), "column-missing 1:0 online_minutes 在线时长(分钟)");
    free_world(w);
}

static void test_visits_and_reports(void **state) {
    world *w = small_world();
    gridgov_activity activity;
    (void)state;
    check(w, GRIDGOV_TABLE_REQUIRED_VISITS, "网格,走访对象\nG1,张三\nG1,张 三\nG1,\nG9,李四\n", 1,
          3, "record-twice 3:2 object 张 三\ncell-empty 4:2 object \nunit-unknown 5:1 grid G9");
    check(w, GRIDGOV_TABLE_VISITS,
          "单位,网格,走访对象,走访时间\n甲社区,一网格,张三,2021-09-02 "
          "09:30\n,,张三,2021-09-02\n甲社区,,张三,2021-09-02\n,G1,张三,\n",
          1, 3, "cell-empty 3:2 grid \ncell-empty 4:2 grid \ncell-empty 5:4 visited_at ");
    check(w, GRIDGOV_TABLE_DISPUTE_REPORTS,
          "网格,报送时间,报送时限\nG1,2021-09-28 16:00,2021-09-28\nG2,,2021-09-28\nG1,,\nG3,/,\n",
          3, 1, "record-twice 4:1 grid 一网格");
    assert_true(covers(w, GRIDGOV_COVERAGE_REQUIRED_VISITS) && covers(w, GRIDGOV_COVERAGE_VISITS) &&
                covers(w, GRIDGOV_COVERAGE_DISPUTE_REPORTS));
    seal(w);
    activity = activity_at(w, 1);
    assert_int_equal(activity.kind, GRIDGOV_ACTIVITY_VISIT);
    assert_string_equal(activity.key, "张三");
    assert_int_equal(activity.at, SEP_1 + DAY + 9 * HOUR + 1800);
    assert_int_equal(activity.day, SEP_1_DAY + 1);
    activity = activity_at(w, 2);
    assert_int_equal(activity.at, SEP_1 + 27 * DAY + 16 * HOUR);
    assert_int_equal(activity.due_at, SEP_1 + 28 * DAY - 1);
    assert_int_equal(activity_at(w, 3).at, GRIDGOV_NO_TIME);
    free_world(w);
}

static void test_maintenance(void **state) {
    world *w = small_world();
    gridgov_activity activity;
    (void)state;
    check(w, GRIDGOV_TABLE_MAINTENANCE,
          "网格,检查日期,问题,记录,数量\nG1,2021-09-15 "
          "10:00,错误,人口信息,3\nG2,2021-09-15,无,,\nG1,2021-09-15,过期,,-1\n"
          "G1,2021-09-15,,,\nG1,2021-09-15,碎了,,\nG1,2021-09-15,缺失,,1.5\n",
          2, 4,
          "negative 4:5 count -1\ncell-empty 5:3 defect \ncell-code 6:3 defect 碎了\ncell-decimals "
          "7:5 count 1.5");
    seal(w);
    activity = activity_at(w, 0);
    assert_int_equal(activity.state, GRIDGOV_DEFECT_WRONG);
    assert_int_equal(activity.amount, 3);
    assert_int_equal(activity.day, SEP_1_DAY + 14);
    assert_string_equal(activity.key, "人口信息");
    assert_int_equal(activity_at(w, 1).state, GRIDGOV_DEFECT_NONE);
    assert_int_equal(activity_at(w, 1).amount, 1);
    assert_true(covers(w, GRIDGOV_COVERAGE_MAINTENANCE));
    free_world(w);
}

static void test_points_and_figures(void **state) {
    world *w = small_world();
    gridgov_activity activity;
    (void)state;
    check(w, GRIDGOV_TABLE_ADJUSTMENTS,
          "网格,分值,理由,批准人,编号\nG1,+10,消防演练,街道办,J1\nG2,－2.5,UNEXPLAINED,街道办,\nG1,"
          "1,,街道办,\nG1,1,甲,,\n"
          "G1,0.0001,甲,乙,\nG1,,甲,乙,\n",
          2, 4,
          "adjustment-without-reason 4:3 reason \nadjustment-without-reason 5:4 authority \n"
          "cell-decimals 6:2 points 0.0001\ncell-empty 7:2 points ");
    check(w, GRIDGOV_TABLE_DEDUCTIONS,
          "网格,指标,分值,来源,理由\n全部,online_rate,0,平安通,全部达标\nG1,日在线率,-1.5,平安通,"
          "缺勤\n＊,x,1,a,b\nG1,,-1,a,b\nG1,x,-1,,b\n",
          2, 3,
          "deduction-positive 4:3 points 1\ncell-empty 5:2 indicator \ncell-empty 6:4 source ");
    check(
        w, GRIDGOV_TABLE_FACTS,
        "网格,指标口径,数值,来源\nG1,invalid_reports,12,台账\nG2,无效上报数,/"
        ",台账\nG1,x,-1,台账\nG1,x,,台账\nG1,x,1.5,台账\nG1,x,无,台账\n",
        2, 4,
        "negative 4:3 value -1\ncell-empty 5:3 value \ncell-decimals 6:3 value 1.5\ncell-empty 7:3 "
        "value 无");
    assert_true(covers(w, GRIDGOV_COVERAGE_ADJUSTMENTS));
    seal(w);
    activity = activity_at(w, 0);
    assert_int_equal(activity.kind, GRIDGOV_ACTIVITY_ADJUSTMENT);
    assert_int_equal(activity.amount, 10000);
    assert_string_equal(activity.reason, "消防演练");
    assert_string_equal(activity.authority, "街道办");
    assert_string_equal(activity.key, "J1");
    assert_int_equal(activity_at(w, 1).amount, -2500);
    activity = activity_at(w, 2);
    assert_int_equal(activity.kind, GRIDGOV_ACTIVITY_DEDUCTION);
    assert_int_equal(activity.unit, GRIDGOV_NONE);
    assert_string_equal(activity.key, "online_rate");
    assert_string_equal(activity.authority, "平安通");
    assert_int_equal(activity_at(w, 3).amount, -1500);
    activity = activity_at(w, 4);
    assert_int_equal(activity.kind, GRIDGOV_ACTIVITY_FACT);
    assert_int_equal(activity.amount, 12);
    assert_int_equal(activity.state, GRIDGOV_CELL_VALUE);
    assert_int_equal(activity_at(w, 5).state, GRIDGOV_CELL_NOT_APPLICABLE);
    free_world(w);
}

static void test_no_units_no_grid(void **state) {
    world *w = new_world();
    (void)state;
    check(w, GRIDGOV_TABLE_ADJUSTMENTS, "网格,分值,理由,批准人\nG1,1,甲,乙\n", 0, 1,
          "unit-unknown 2:1 grid G1");
    free_world(w);
}

/* --- columns
 * -------------------------------------------------------------------------------------------------
 */

static void test_headers(void **state) {
    static const struct {
        const char *csv;
        gridgov_status status;
        const char *issues;
    } cases[] = {
        /* any order, any spelling of blanks, width and case */
        {"ＲＥＰＯＲＴＥＤ＿ＡＴ, 类 型\n2021-09-01,甲\n", GRIDGOV_OK, ""},
        {"Reported at,CATEGORY\n2021-09-01,甲\n", GRIDGOV_OK, ""},
        /* the title wins over an alias, the first alias over the second */
        {"受理时间,上报时间,类型\nx,2021-09-01,甲\n", GRIDGOV_OK, "column-unused 1:1  受理时间"},
        {"受理时间,登记时间,类型\nx,2021-09-01,甲\n", GRIDGOV_OK, "column-unused 1:1  受理时间"},
        {"类型,上报时间,上报 时间\n甲,2021-09-01,x\n", GRIDGOV_EDATA,
         "column-twice 1:3 reported_at 上报 时间\ncolumn-unused 1:3  上报 时间"},
        {"类型,x,,y\n", GRIDGOV_EDATA,
         "column-unused 1:2  x\ncolumn-unused 1:3  \ncolumn-unused 1:4  y\n"
         "column-missing 1:0 reported_at 上报时间"},
        {"x\n", GRIDGOV_EDATA,
         "column-unused 1:1  x\ncolumn-missing 1:0 category 类型\ncolumn-missing 1:0 reported_at "
         "上报时间"},
        {"", GRIDGOV_EDATA, "table-empty 0:0  "},
        {"\n , \n,\n", GRIDGOV_EDATA, "table-empty 0:0  "},
        {"类型,上报时间,,\n甲,2021-09-01,,\n", GRIDGOV_OK, ""},
        {"类型,上报时间\n", GRIDGOV_OK, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        world *w = new_world();
        assert_int_equal(feed(w, GRIDGOV_TABLE_EVENTS, cases[i].csv), cases[i].status);
        assert_string_equal(told(w), cases[i].issues);
        assert_int_equal(w->err.status, cases[i].status);
        if (cases[i].status < 0) {
            assert_int_equal(w->summary.read, 0);
            assert_string_equal(w->summary.digest, "");
            assert_false(covers(w, GRIDGOV_COVERAGE_EVENTS));
        }
        free_world(w);
    }
}

/* Positions of a file that was drawn on another map are those of CGCS2000 in the ledger, some
 * hundred metres from where they seem to be. */
static void test_datum(void **state) {
    static const char *const datums[] = {"", "\"datum\": \"gcj02\"", "\"datum\": \"百度坐标\""};
    static const int32_t codes[] = {GRIDGOV_DATUM_WGS84, GRIDGOV_DATUM_GCJ02, GRIDGOV_DATUM_BD09};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        world *w = new_world();
        char json[128];
        int32_t lat = 300282000, lon = 1208675000;
        const int32_t lat_written = lat, lon_written = lon;
        int64_t mm = -1;
        gridgov_event event = {.struct_size = sizeof event};
        (void)snprintf(json, sizeof json, "{\"schema\": \"gridgov.mapping/1\"%s%s}",
                       i == 0 ? "" : ", ", datums[i]);
        gridgov_mapping *mapping = mapping_of(json);
        assert_int_equal(feed_mapped(w, GRIDGOV_TABLE_EVENTS,
                                     "事件编号,类型,上报时间,纬度,经度\n"
                                     "E1,其他,2021-09-01,30.0282,120.8675\n"
                                     "E2,其他,2021-09-02,,120.8675\n",
                                     mapping),
                         GRIDGOV_OK);
        assert_int_equal(gridgov_ledger_seal(w->ledger, NULL, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_places_to_wgs84(&lat, &lon, 1, codes[i]), GRIDGOV_OK);
        assert_int_equal(gridgov_ledger_event_at(&event, w->ledger, 0), GRIDGOV_OK);
        assert_true(event.lat_e7 == lat && event.lon_e7 == lon);
        assert_int_equal(
            gridgov_distances(&mm, &event.lat_e7, &event.lon_e7, &lat_written, &lon_written, 1),
            GRIDGOV_OK);
        assert_true(i == 0 ? mm == 0 : mm > 100000 && mm < 1500000);
        assert_int_equal(gridgov_ledger_event_at(&event, w->ledger, 1), GRIDGOV_OK);
        assert_int_equal(event.lon_e7, GRIDGOV_NO_DEGREES); // half a position is none
        gridgov_mapping_free(mapping);
        free_world(w);
    }
}

#define MAPPING "{\"schema\": \"gridgov.mapping/1\", "

static void test_mapping(void **state) {
    world *w = new_world();
    gridgov_event event;
    gridgov_mapping *mapping = mapping_of(
        MAPPING "\"delimiter\": \";\", \"header_row\": 3, \"utc_offset_minutes\": 0, "
                "\"time_forms\": [\"%d/%m/%Y %H:%M\", \"%d/%m/%Y\"], \"columns\": {"
                "\"id\": [\"Nummer\", \"No\"], \"category\": {\"column\": 2, \"values\": {\"Dog\": "
                "\"动物\", \"Cat\": \"动物\"}, "
                "\"otherwise\": \"其他\"}, \"reported_at\": \"Opened\", \"due_at\": \"Due\", "
                "\"closed\": {\"column\": \"State\", \"values\": {\"OPEN\": \"no\", \"done\": "
                "\"是\", \"\": \"no\"}, "
                "\"otherwise\": \"unknown\"}, \"place\": \"Where\"}, \"constants\": {\"agency\": "
                "\"动物办\"}}");
    (void)state;
    assert_int_equal(feed_mapped(w, GRIDGOV_TABLE_EVENTS,
                                 "Report of dogs\n\nNo;What;Opened;State;Due;Other\n"
                                 "1; dog ;01/09/2021 08:00;Open;10/09/2021;x\n"
                                 "2;horse;02/09/2021;Done;;x\n"
                                 "3;;02/09/2021;;;x\n"
                                 "4;cat;2021-09-02;?;;x\n"
                                 "5;cat;02/09/2021;?;;x\n",
                                 mapping),
                     GRIDGOV_OK);
    assert_string_equal(
        told(w), "column-absent 3:0 place Where\ntime-form-mismatch 7:3 reported_at 2021-09-02");
    seal(w);
    event = event_at(w, "1");
    assert_string_equal(event.category_name, "动物");
    assert_string_equal(event.agency_name, "动物办");
    assert_int_equal(event.reported_at, SEP_1 + 16 * HOUR); // 08:00 at UTC
    assert_int_equal(event.due_at, SEP_1 + 8 * HOUR + 10 * DAY - 1);
    assert_int_equal(event.closed, GRIDGOV_TRI_NO);
    assert_int_equal(event.source_row, 4);
    event = event_at(w, "2");
    assert_string_equal(event.category_name, "其他");
    assert_int_equal(event.closed, GRIDGOV_TRI_YES);
    event = event_at(w, "3");
    assert_string_equal(event.category_name, ""); // an empty cell is not "otherwise"
    assert_int_equal(event.closed, GRIDGOV_TRI_NO);
    assert_int_equal(event_at(w, "5").closed, GRIDGOV_TRI_UNKNOWN);
    assert_true(covers(w, GRIDGOV_COVERAGE_AGENCY)); // a constant counts as told
    gridgov_mapping_free(mapping);
    free_world(w);
}

static void test_mapping_columns(void **state) {
    static const struct {
        const char *columns, *header;
        gridgov_status status;
        const char *issues;
    } cases[] = {
        {"\"category\": \"a\", \"reported_at\": \"b\"", "B,A,c", GRIDGOV_OK, ""},
        {"\"category\": \"a\", \"reported_at\": \"b\"", "a,b,b", GRIDGOV_EDATA,
         "column-twice 1:3 reported_at b"},
        {"\"category\": \"a\", \"reported_at\": \"b\"", "a,x", GRIDGOV_EDATA,
         "column-missing 1:0 reported_at b"},
        {"\"category\": \"a\", \"reported_at\": 3", "a,b", GRIDGOV_EDATA,
         "column-missing 1:0 reported_at 上报时间"},
        {"\"category\": \"a\", \"reported_at\": \"b\", \"agency\": 9, \"due_at\": [\"x\", \"y\"]",
         "a,b", GRIDGOV_OK, "column-absent 1:0 agency 9\ncolumn-absent 1:0 due_at x"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[512], csv[64];
        gridgov_mapping *mapping;
        world *w = new_world();
        snprintf(json, sizeof json, MAPPING "\"columns\": {%s}}", cases[i].columns);
        snprintf(csv, sizeof csv, "%s\n", cases[i].header);
        mapping = mapping_of(json);
        assert_int_equal(feed_mapped(w, GRIDGOV_TABLE_EVENTS, csv, mapping), cases[i].status);
        assert_string_equal(told(w), cases[i].issues);
        if (cases[i].status == GRIDGOV_OK) {
            assert_false(
                covers(w, GRIDGOV_COVERAGE_DUE)); // a column that is not there tells nothing
        }
        gridgov_mapping_free(mapping);
        free_world(w);
    }
}

static void test_duplicates(void **state) {
    static const struct {
        const char *rule;
        int64_t added, replaced, skipped, excluded;
        const char *category;
    } cases[] = {
        {"fail", 2, 0, 0, 1, "甲"}, {"skip", 2, 0, 1, 0, "甲"}, {"replace", 2, 1, 0, 0, "乙"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[256];
        gridgov_mapping *mapping;
        world *w = new_world();
        snprintf(json, sizeof json,
                 MAPPING
                 "\"on_duplicate\": \"%s\", \"columns\": {\"id\": \"i\", \"category\": \"c\", "
                 "\"reported_at\": \"r\"}}",
                 cases[i].rule);
        mapping = mapping_of(json);
        assert_int_equal(feed_mapped(w, GRIDGOV_TABLE_EVENTS,
                                     "i,c,r\n1,甲,2021-09-01\n2,丙,2021-09-01\n1,乙,2021-09-01\n",
                                     mapping),
                         GRIDGOV_OK);
        assert_int_equal(w->summary.read, 3);
        assert_int_equal(w->summary.added, cases[i].added);
        assert_int_equal(w->summary.replaced, cases[i].replaced);
        assert_int_equal(w->summary.skipped, cases[i].skipped);
        assert_int_equal(w->summary.excluded, cases[i].excluded);
        seal(w);
        assert_string_equal(event_at(w, "1").category_name, cases[i].category);
        gridgov_mapping_free(mapping);
        free_world(w);
    }
}

/* --- guarantees
 * ---------------------------------------------------------------------------------------------- */

static void test_all_or_nothing(void **state) {
    world *w = small_world();
    int64_t count = gridgov_units_count(w->units), officers = gridgov_units_officer_count(w->units);
    const char *digest;
    char before[72];
    (void)state;
    /* The bytes break off behind a good row. */
    assert_int_equal(feed(w, GRIDGOV_TABLE_UNITS, "单位,网格\n丙社区,一网格\n\"丁"),
                     GRIDGOV_EFORMAT);
    assert_int_equal(w->err.row, 3);
    assert_int_equal(gridgov_units_count(w->units), count);
    assert_int_equal(feed(w, GRIDGOV_TABLE_AGENCIES, "机构\n派出所\n\"丁"), GRIDGOV_EFORMAT);
    assert_int_equal(gridgov_units_count(w->units), count);
    assert_int_equal(feed(w, GRIDGOV_TABLE_OFFICERS, "工号,网格\nC1,G3\n\"丁"), GRIDGOV_EFORMAT);
    assert_int_equal(gridgov_units_officer_count(w->units), officers);
    assert_int_equal(w->summary.added, 0);
    /* What was taken back can be added again. */
    check(w, GRIDGOV_TABLE_AGENCIES, "机构\n派出所\n", 1, 0, "");
    check(w, GRIDGOV_TABLE_UNITS, "单位,网格\n丙社区,一网格\n", 1, 0, "");
    check(w, GRIDGOV_TABLE_OFFICERS, "工号,网格\nC1,丙社区/一网格\n", 1, 0, "");
    check(w, GRIDGOV_TABLE_EVENTS, "编号,类型,上报时间\nE1,甲,2021-09-01\n", 1, 0, "");
    assert_int_equal(
        feed(w, GRIDGOV_TABLE_EVENTS, "编号,类型,上报时间,办结时间\nE2,甲,2021-09-01,\n\"丁"),
        GRIDGOV_EFORMAT);
    assert_int_equal(
        feed(w, GRIDGOV_TABLE_VISITS, "网格,走访对象,走访时间\nG1,张三,2021-09-01\nG1,\xFF"),
        GRIDGOV_EFORMAT);
    assert_false(covers(w, GRIDGOV_COVERAGE_CLOSED));
    assert_false(covers(w, GRIDGOV_COVERAGE_VISITS));
    seal(w);
    snprintf(before, sizeof before, "%s", gridgov_ledger_digest(w->ledger));
    free_world(w);
    w = small_world();
    check(w, GRIDGOV_TABLE_AGENCIES, "机构\n派出所\n", 1, 0, "");
    check(w, GRIDGOV_TABLE_UNITS, "单位,网格\n丙社区,一网格\n", 1, 0, "");
    check(w, GRIDGOV_TABLE_OFFICERS, "工号,网格\nC1,丙社区/一网格\n", 1, 0, "");
    check(w, GRIDGOV_TABLE_EVENTS, "编号,类型,上报时间\nE1,甲,2021-09-01\n", 1, 0, "");
    seal(w);
    digest = gridgov_ledger_digest(w->ledger);
    assert_string_equal(digest, before);
    free_world(w);
}

static void test_parts_make_a_whole(void **state) {
    static const char header[] = "编号,类型,上报时间\n";
    static const char a[] = "E1,甲,2021-09-01\nE2,甲,坏\n",
                      b[] = "E3,乙,2021-09-02\nE1,甲,2021-09-05\n";
    char text[256], first[72];
    world *w = new_world();
    (void)state;
    snprintf(text, sizeof text, "%s%s", header, a);
    assert_int_equal(feed(w, GRIDGOV_TABLE_EVENTS, text), GRIDGOV_OK);
    snprintf(text, sizeof text, "%s%s", header, b);
    assert_int_equal(feed(w, GRIDGOV_TABLE_EVENTS, text), GRIDGOV_OK);
    assert_string_equal(told(w), "event-twice 3:1 id E1");
    assert_int_equal(gridgov_ledger_event_count(w->ledger), 2);
    seal(w);
    snprintf(first, sizeof first, "%s", event_at(w, "E3").category_name);
    assert_string_equal(first, "乙");
    assert_int_equal(event_at(w, "E1").reported_at, SEP_1);
    free_world(w);
}

/* Cells handed over by a source of one's own. */
typedef struct grid_source {
    const char *const (*cells)[3];
    int64_t rows, at, width;
} grid_source;

static gridgov_status grid_next(void *user, gridgov_error *err) {
    grid_source *from = user;
    (void)err;
    from->at++;
    return from->at > from->rows ? GRIDGOV_END : GRIDGOV_OK;
}

static int64_t grid_count(void *user) {
    const grid_source *from = user;
    return from->width;
}

static const char *grid_text(void *user, int64_t index, size_t *size_out) {
    const grid_source *from = user;
    const char *text = from->cells[from->at - 1][index];
    *size_out = strlen(text);
    return text;
}

static void test_digest(void **state) {
    static const char *const cells[][3] = {
        {"类型", "上报时间", ""}, {"甲", "2021-09-01", ""}, {"", "", ""}};
    static const char *const same[] = {"类型,上报时间\n甲,2021-09-01\n",
                                       "类型,上报时间,\r\n甲,2021-09-01\r\n,,,\r\n\r\n",
                                       "\xEF\xBB\xBF\"类型\",\"上报时间\"\n\n\"甲\",2021-09-01"};
    static const char *const other[] = {"类型,上报时间\n甲,2021-09-02\n",
                                        "类型,上报时间\n甲2021,-09-01\n",
                                        "类型,上报时间\n甲,2021-09-01\n甲,2021-09-01\n"};
    char digest[72] = "";
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        world *w = new_world();
        assert_int_equal(feed(w, GRIDGOV_TABLE_EVENTS, same[i]), GRIDGOV_OK);
        assert_int_equal(strlen(w->summary.digest), 64);
        if (i > 0) {
            assert_string_equal(w->summary.digest, digest);
        }
        snprintf(digest, sizeof digest, "%s", w->summary.digest);
        free_world(w);
    }
    for (size_t i = 0; i < 3; i++) {
        world *w = new_world();
        assert_int_equal(feed(w, GRIDGOV_TABLE_EVENTS, other[i]), GRIDGOV_OK);
        assert_string_not_equal(w->summary.digest, digest);
        free_world(w);
    }
    for (int64_t width = 2; width <= 3; width++) {
        grid_source from = {cells, 3, 0, width};
        gridgov_rows_source source = {.struct_size = sizeof source,
                                      .next = grid_next,
                                      .count = grid_count,
                                      .text = grid_text,
                                      .user = &from,
                                      .source = "cursor"};
        gridgov_rows *rows = NULL;
        gridgov_ledger *ledger = NULL;
        gridgov_ingest_summary summary = {.struct_size = sizeof summary};
        assert_int_equal(gridgov_rows_open_source(&rows, &source, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_ledger_new(&ledger, NULL, NULL, NULL), GRIDGOV_OK);
        assert_int_equal(
            gridgov_ingest(&summary, ledger, GRIDGOV_TABLE_EVENTS, rows, NULL, NULL, NULL, NULL),
            GRIDGOV_OK);
        assert_int_equal(summary.read, 1);
        assert_string_equal(summary.digest, digest);
        gridgov_rows_free(rows);
        gridgov_ledger_free(ledger);
    }
}

/* What a row itself told goes when another takes its place, also one of the same number of row. */
static void test_replaced_rows_take_their_steps(void **state) {
    static const char json[] = "{\"schema\": \"gridgov.mapping/1\", \"extends\": \"events\", "
                               "\"on_duplicate\": \"replace\"}";
    gridgov_mapping *mapping = mapping_of(json);
    world *w = new_world();
    gridgov_step step = {.struct_size = sizeof step};
    int dispatches = 0, accepts = 0;
    (void)state;
    assert_int_equal(feed_mapped(w, GRIDGOV_TABLE_EVENTS,
                                 "编号,类型,上报时间,签收时间,派遣时间\n"
                                 "E1,甲,2021-09-01,2021-09-02,2021-09-03\n"
                                 "E2,甲,2021-09-01,2021-09-02,2021-09-03\n",
                                 mapping),
                     GRIDGOV_OK);
    assert_int_equal(feed_mapped(w, GRIDGOV_TABLE_EVENTS,
                                 "编号,类型,上报时间,签收时间,派遣时间\n"
                                 "E1,乙,2021-09-01,,2021-09-05\nE1,丙,2021-09-01,,2021-09-06\n",
                                 mapping),
                     GRIDGOV_OK);
    assert_int_equal(w->summary.replaced, 2);
    assert_int_equal(gridgov_ledger_seal(w->ledger, w->issues, NULL), GRIDGOV_OK);
    for (int64_t i = 0; gridgov_ledger_step_at(&step, w->ledger, i) == GRIDGOV_OK; i++) {
        if (strcmp(step.event_id, "E1") != 0) {
            continue;
        }
        accepts += step.kind == GRIDGOV_STEP_ACCEPT;
        if (step.kind == GRIDGOV_STEP_DISPATCH) {
            dispatches++;
            assert_int_equal(step.at, SEP_1 + 5 * DAY);
            assert_int_equal(step.table, GRIDGOV_TABLE_EVENTS);
        }
    }
    assert_int_equal(dispatches, 1);
    assert_int_equal(accepts, 0);
    gridgov_mapping_free(mapping);
    free_world(w);
}

typedef struct watch {
    int64_t ticks, last, stop_at;
} watch;

static int32_t on_progress(void *user, const char *stage, int64_t done, int64_t total) {
    watch *seen = user;
    (void)stage;
    assert_true(done >= seen->last);
    if (total < 0) {
        assert_true(done - seen->last <= 4096); // rows
    } else {
        assert_true(done <= total && done - seen->last <= 4096 * 21); // bytes of rows of the test
    }
    seen->last = done;
    return ++seen->ticks == seen->stop_at;
}

static void test_progress_and_cancel(void **state) {
    static char csv[400000];
    size_t used = (size_t)snprintf(csv, sizeof csv, "编号,类型,上报时间\n");
    (void)state;
    for (int i = 0; i < 10000; i++) {
        used += (size_t)snprintf(csv + used, sizeof csv - used, "E%d,甲,2021-09-01\n", i);
    }
    for (int64_t stop_at = 0; stop_at <= 3; stop_at++) {
        watch seen = {.stop_at = stop_at};
        gridgov_job *job = NULL;
        gridgov_rows *rows = NULL;
        gridgov_ledger *ledger = NULL;
        gridgov_error err = {0};
        gridgov_ingest_summary summary = {.struct_size = sizeof summary, .read = 77};
        gridgov_status status;
        assert_int_equal(gridgov_job_new(&job, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_job_on_progress(job, on_progress, &seen), GRIDGOV_OK);
        assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, used, NULL, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_ledger_new(&ledger, NULL, NULL, NULL), GRIDGOV_OK);
        status =
            gridgov_ingest(&summary, ledger, GRIDGOV_TABLE_EVENTS, rows, NULL, NULL, job, &err);
        if (stop_at == 0) {
            assert_int_equal(status, GRIDGOV_OK);
            assert_int_equal(seen.ticks, 3); // at 0, 4096 and 8192 rows
            assert_true(seen.last > 8192 * 15 && seen.last < (int64_t)used);
            assert_int_equal(summary.added, 10000);
        } else {
            assert_int_equal(status, GRIDGOV_ECANCELLED);
            assert_int_equal(err.rule, GG_RULE_CANCELLED);
            assert_int_equal(gridgov_ledger_event_count(ledger), 0);
            assert_int_equal(summary.read, 0);
            assert_false(gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_EVENTS));
        }
        gridgov_rows_free(rows);
        gridgov_ledger_free(ledger);
        gridgov_job_free(job);
    }
}

static void test_units_cancelled(void **state) {
    static const char csv[] = "单位,网格\n甲社区,一网格\n";
    (void)state;
    for (int64_t stop_at = 1; stop_at <= 8; stop_at++) { // one tick while rows are read, one a kind
        watch seen = {.stop_at = stop_at};
        gridgov_job *job = NULL;
        gridgov_rows *rows = NULL;
        world *w = new_world();
        gridgov_status status;
        assert_int_equal(gridgov_job_new(&job, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_job_on_progress(job, on_progress, &seen), GRIDGOV_OK);
        assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, strlen(csv), NULL, NULL),
                         GRIDGOV_OK);
        status = gridgov_ingest_units(&w->summary, w->units, GRIDGOV_TABLE_UNITS, rows, NULL, NULL,
                                      job, &w->err);
        assert_int_equal(status, stop_at < 7 ? GRIDGOV_ECANCELLED : GRIDGOV_OK);
        assert_int_equal(gridgov_units_count(w->units), stop_at < 7 ? 0 : 2);
        gridgov_rows_free(rows);
        gridgov_job_free(job);
        free_world(w);
    }
}

static void test_arguments(void **state) {
    world *w = new_world();
    gridgov_rows *rows = NULL;
    gridgov_mapping *mapping =
        mapping_of(MAPPING "\"columns\": {\"category\": \"a\", \"reported_at\": \"b\"}}");
    (void)state;
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, "a\n", 2, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_ingest_units(NULL, NULL, GRIDGOV_TABLE_UNITS, rows, NULL, NULL, NULL, &w->err),
        GRIDGOV_EARG);
    assert_int_equal(
        gridgov_ingest_units(NULL, w->units, GRIDGOV_TABLE_EVENTS, rows, NULL, NULL, NULL, &w->err),
        GRIDGOV_EARG);
    assert_int_equal(
        gridgov_ingest_units(NULL, w->units, GRIDGOV_TABLE_UNITS, NULL, NULL, NULL, NULL, &w->err),
        GRIDGOV_EARG);
    assert_int_equal(gridgov_ingest_units(NULL, w->units, GRIDGOV_TABLE_UNITS, rows, mapping, NULL,
                                          NULL, &w->err),
                     GRIDGOV_EARG);
    assert_int_equal(
        gridgov_ingest(NULL, NULL, GRIDGOV_TABLE_EVENTS, rows, NULL, NULL, NULL, &w->err),
        GRIDGOV_EARG);
    assert_int_equal(gridgov_units_seal(w->units, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_ingest_units(NULL, w->units, GRIDGOV_TABLE_UNITS, rows, NULL, NULL, NULL, &w->err),
        GRIDGOV_ESTATE);
    assert_int_equal(gridgov_ledger_new(&w->ledger, NULL, w->units, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_ingest(NULL, w->ledger, GRIDGOV_TABLE_UNITS, rows, NULL, NULL, NULL, &w->err),
        GRIDGOV_EARG);
    assert_int_equal(gridgov_ingest(NULL, w->ledger, 99, rows, NULL, NULL, NULL, &w->err),
                     GRIDGOV_EARG);
    assert_int_equal(
        gridgov_ingest(NULL, w->ledger, GRIDGOV_TABLE_EVENTS, NULL, NULL, NULL, NULL, &w->err),
        GRIDGOV_EARG);
    assert_int_equal(
        gridgov_ingest(NULL, w->ledger, GRIDGOV_TABLE_STEPS, rows, mapping, NULL, NULL, &w->err),
        GRIDGOV_EARG);
    assert_int_equal(gridgov_rows_number(rows), 0); // nothing was read
    seal(w);
    assert_int_equal(
        gridgov_ingest(NULL, w->ledger, GRIDGOV_TABLE_EVENTS, rows, NULL, NULL, NULL, &w->err),
        GRIDGOV_ESTATE);
    gridgov_rows_free(rows);
    gridgov_mapping_free(mapping);
    free_world(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units_long),
        cmocka_unit_test(test_units_in_any_order),
        cmocka_unit_test(test_units_problems),
        cmocka_unit_test(test_units_short),
        cmocka_unit_test(test_agencies),
        cmocka_unit_test(test_superiors),
        cmocka_unit_test(test_officers),
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_events_positions),
        cmocka_unit_test(test_events_problems),
        cmocka_unit_test(test_doubtful_closures),
        cmocka_unit_test(test_doubts_of_skipped_rows),
        cmocka_unit_test(test_footers),
        cmocka_unit_test(test_blanks_inside),
        cmocka_unit_test(test_flat_events),
        cmocka_unit_test(test_opening_covers_nothing),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_steps_without_agencies),
        cmocka_unit_test(test_leave),
        cmocka_unit_test(test_patrol_days),
        cmocka_unit_test(test_visits_and_reports),
        cmocka_unit_test(test_maintenance),
        cmocka_unit_test(test_points_and_figures),
        cmocka_unit_test(test_no_units_no_grid),
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_datum),
        cmocka_unit_test(test_mapping),
        cmocka_unit_test(test_mapping_columns),
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_all_or_nothing),
        cmocka_unit_test(test_parts_make_a_whole),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_replaced_rows_take_their_steps),
        cmocka_unit_test(test_progress_and_cancel),
        cmocka_unit_test(test_units_cancelled),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
