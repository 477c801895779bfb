/* SPDX-License-Identifier: Apache-2.0 */
/* Headers as offices write them: other names, marks, remarks and units, two rows; what is found and
 * what is left alone. */
#include <gridgov/gridgov.h>

#include "base/rules.h"
#include "ingest/title.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SCHEMA "{\"schema\": \"gridgov.mapping/1\", "

static gridgov_rows *open_csv(const char *csv) {
    gridgov_rows *rows = NULL;
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, strlen(csv), NULL, NULL), GRIDGOV_OK);
    return rows;
}

static gridgov_mapping *mapping_of(const char *json) {
    gridgov_mapping *mapping = NULL;
    gridgov_error err = {0};
    if (json != NULL &&
        gridgov_mapping_load(&mapping, json, strlen(json), NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s: %s %s", json, err.field, err.message);
    }
    return mapping;
}

/* "table row/rows: field field - field": the field of each column, "-" for none. */
static const char *found(int32_t table, const char *csv, const char *json) {
    static char text[1024];
    gridgov_mapping *mapping = mapping_of(json);
    gridgov_rows *rows = open_csv(csv);
    gridgov_header header = {.struct_size = sizeof header};
    gridgov_error err = {0};
    int32_t fields[64];
    size_t used;
    gridgov_status status = gridgov_header_find(&header, fields, 64, rows, table, mapping, &err);
    if (status != GRIDGOV_OK) {
        used = (size_t)snprintf(text, sizeof text, "%s", gridgov_rule_code(err.rule));
    } else {
        used = (size_t)snprintf(text, sizeof text,
                                "%s %d/%d:", gridgov_code_text(GRIDGOV_KIND_TABLE, header.table),
                                (int)header.row, (int)header.rows);
    }
    for (int i = 0; status == GRIDGOV_OK && i < header.width; i++) {
        gridgov_field field = {.struct_size = sizeof field, .code = "-"};
        if (fields[i] >= 0) {
            assert_int_equal(gridgov_field_at(&field, header.table, fields[i]), GRIDGOV_OK);
        }
        used += (size_t)snprintf(text + used, sizeof text - used, " %s", field.code);
    }
    gridgov_rows_free(rows);
    gridgov_mapping_free(mapping);
    return text;
}

/* Every alias of the field's notes, one at a time, in a header of its own. */
static void test_names_of_the_domain(void **state) {
    static const struct {
        const char *field, *names;
    } cases[] = {
        {"id", "事件编号|工单号|案件编码|案件编号|工单编号|Case ID"},
        {"reported_at", "上报时间|登记时间|立案时间|受理时间|Created at"},
        {"closed_at", "办结时间|结案时间|Closed date"},
        {"category", "问题类型|事件类型|案件类型|事件分类"},
        {"agency", "处置部门|职能科室|承办单位|责任部门|Department"},
        {"dispatched_at", "派遣时间|流转时间|交办时间"},
        {"grid", "所属网格|网格名称|责任网格"},
        {"place", "事发地址|地点|事发地点|案发地址"},
        {"lon", "经度|lng"},
        {"lat", "纬度|lat"},
        {"overdue", "是否超时|是否逾期"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *name = cases[i].names;
        while (*name != '\0') {
            const int size = (int)strcspn(name, "|");
            char csv[256], wanted[64];
            snprintf(csv, sizeof csv, "category,reported_at,%.*s\n", size, name);
            if (strcmp(cases[i].field, "category") == 0) {
                snprintf(csv, sizeof csv, "x,reported_at,%.*s\n", size, name);
            } else if (strcmp(cases[i].field, "reported_at") == 0) {
                snprintf(csv, sizeof csv, "category,x,%.*s\n", size, name);
            }
            snprintf(wanted, sizeof wanted, " %s", cases[i].field);
            const char *text = found(GRIDGOV_TABLE_EVENTS, csv, NULL);
            const size_t length = strlen(text), tail = strlen(wanted);
            if (length < tail || strcmp(text + length - tail, wanted) != 0) {
                fail_msg("%s: %s", csv, text);
            }
            name += size + (name[size] == '|');
        }
    }
}

static void test_marks_and_remarks(void **state) {
    static const struct {
        const char *title, *field;
    } cases[] = {
        {"*事件编号", "id"},
        {"事件编号*", "id"},
        {"＊ 事件编号", "id"},
        {"事件编号：", "id"},
        {"事件编号（必填）", "id"},
        {"【必填】事件编号", "id"},
        {"事件编号(必填)(文本)", "id"},
        {"*事件编号[必填项]*", "id"},
        {"办结时间(yyyy-MM-dd HH:mm:ss)", "closed_at"},
        {"办结时间（YYYY/MM/DD）", "closed_at"},
        {"办结时间（格式：2021-09-01）", "closed_at"},
        {"办结时间(年-月-日)", "-"}, // no letters: it might mean anything
        {"办结时间(计划)", "-"},
        {"经度(度)", "lon"},
        {"经度(GCJ-02)", "-"}, // another datum must not go in unseen
        {"经度(米)", "-"},
        {"*", "-"},
        {"(必填)", "-"},
        {"（", "-"},
        {")", "-"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char csv[256], wanted[128];
        snprintf(csv, sizeof csv, "category,reported_at,\"%s\"\n", cases[i].title);
        snprintf(wanted, sizeof wanted, "events 1/1: category reported_at %s", cases[i].field);
        assert_string_equal(found(GRIDGOV_TABLE_EVENTS, csv, NULL), wanted);
    }
}

/* A title of any length costs no more than reading it. */
static void test_long_titles(void **state) {
    static char text[1 << 20];
    gg_title title;
    (void)state;
    memset(text, '*', sizeof text);
    text[sizeof text - 1] = ')';
    gg_title_read(&title, gg_str_make(text, sizeof text));
    assert_int_equal(title.plain.size, sizeof text);
    assert_int_equal(title.unit.size, 0);
}

static void test_units_in_titles(void **state) {
    static const struct {
        const char *title, *cell;
        int64_t minutes; /* −1: refused */
    } cases[] = {
        {"在线时长(分钟)", "90", 90},        {"在线时长（小时）", "1.5", 90},
        {"在线时长(h)", "1.5", 90},          {"在线时长(秒)", "5430", 90},
        {"在线时长(单位：小时)", "2", 120},  {"*在线时长（小时）（必填）", "2", 120},
        {"在线时间(时)", "0.5", 30},         {"Online time (hours)", "2", 120},
        {"在线时长(小时)", "90分钟", -1},    {"在线时长(分钟)", "90分钟", 90},
        {"online_minutes", "1.5小时", 90},   {"online_minutes", "1小时30分", 90},
        {"online_minutes", "1:30:59", 90},   {"online_minutes", "1:30", -1},
        {"online_minutes", "30分1小时", -1}, {"online_minutes", "1小时75分", -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_units *units = NULL;
        gridgov_ledger *ledger = NULL;
        gridgov_ingest_summary summary = {.struct_size = sizeof summary};
        gridgov_activity activity = {.struct_size = sizeof activity};
        gridgov_rows *rows = open_csv("工号,网格\nA1,G\n"), *grids = open_csv("网格\nG\n");
        char csv[256];
        assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
        assert_int_equal(
            gridgov_ingest_units(NULL, units, GRIDGOV_TABLE_UNITS, grids, NULL, NULL, NULL, NULL),
            GRIDGOV_OK);
        assert_int_equal(
            gridgov_ingest_units(NULL, units, GRIDGOV_TABLE_OFFICERS, rows, NULL, NULL, NULL, NULL),
            GRIDGOV_OK);
        gridgov_rows_free(rows);
        gridgov_rows_free(grids);
        assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_ledger_new(&ledger, NULL, units, NULL), GRIDGOV_OK);
        snprintf(csv, sizeof csv, "工号,日期,%s\nA1,2021-09-01,%s\n", cases[i].title,
                 cases[i].cell);
        rows = open_csv(csv);
        assert_int_equal(gridgov_ingest(&summary, ledger, GRIDGOV_TABLE_PATROL_DAYS, rows, NULL,
                                        NULL, NULL, NULL),
                         GRIDGOV_OK);
        gridgov_rows_free(rows);
        if ((summary.added == 1) != (cases[i].minutes >= 0)) {
            fail_msg("%s", csv);
        }
        assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
        if (summary.added == 1) {
            assert_int_equal(gridgov_ledger_activity_at(&activity, ledger, 0), GRIDGOV_OK);
            if (activity.amount != cases[i].minutes) {
                fail_msg("%s: %lld", csv, (long long)activity.amount);
            }
        }
        gridgov_ledger_free(ledger);
        gridgov_units_free(units);
    }
    // A name without its unit may mean any.
    assert_string_equal(found(GRIDGOV_TABLE_PATROL_DAYS, "工号,日期,在线时长,巡查里程(米)\n", NULL),
                        "patrol_days 1/1: officer date - distance_km");
    assert_string_equal(found(GRIDGOV_TABLE_PATROL_DAYS, "工号,日期,巡查里程(步)\n", NULL),
                        "header-none");
}

static void test_contradicting_units(void **state) {
    static const char json[] = SCHEMA
        "\"table\": \"patrol_days\", \"columns\": {\"officer\": \"工号\", \"date\": \"日期\", "
        "\"distance_km\": {\"column\": \"巡查里程\", \"unit\": \"km\"}}}";
    static const char csv[] = "工号,日期,巡查里程(米)\nA1,2021-09-01,5\n";
    gridgov_mapping *mapping = mapping_of(json);
    gridgov_units *units = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_rows *rows = open_csv(csv);
    gridgov_error err = {0};
    (void)state;
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_new(&ledger, NULL, units, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_ingest(NULL, ledger, GRIDGOV_TABLE_PATROL_DAYS, rows, mapping, NULL, NULL, &err),
        GRIDGOV_EDATA);
    assert_int_equal(err.rule, GG_RULE_UNIT_CONFLICT);
    assert_int_equal(err.row, 1);
    assert_int_equal(err.column, 3);
    assert_string_equal(err.value, "巡查里程(米)");
    gridgov_rows_free(rows);
    gridgov_ledger_free(ledger);
    gridgov_units_free(units);
    gridgov_mapping_free(mapping);
}

static void test_two_rows(void **state) {
    static const struct {
        const char *csv, *header;
    } cases[] = {
        // groups above the first of their columns
        {"编号,类型,上报时间,位置,,办结时间\n,,,经度,纬度,\n1,a,2021-09-01,120,30,\n",
         "events 2/2: id category reported_at lon lat closed_at"},
        // merged downwards, as workbooks give it: the second row is a whole header
        {"编号,类型,上报时间,位置,位置,办结时间\n编号,类型,上报时间,经度,纬度,办结时间\n",
         "events 2/1: id category reported_at lon lat closed_at"},
        // the group is a field's name itself
        {"编号,类型,上报时间,地点,\n,,,经度,纬度\n", "events 2/2: id category reported_at lon lat"},
        // group and sub-title make the name together, in either order
        {"编号,类型,时间,,处置,\n,,上报,办结,部门,结果\n",
         "events 2/2: id category reported_at closed_at agency result"},
        // a title above both, sub-titles with remarks
        {"九月台账\n\n编号,类型,上报,\n,,时间（必填）,网格\n",
         "events 4/2: id category reported_at grid"},
        // a sub-title that stands under two groups feeds nothing
        {"编号,类型,上报时间,联系人,,经办人,\n,,,地点,电话,地点,电话\n",
         "events 2/2: id category reported_at - - - -"},
        // data below a header of one row, with and without gaps
        {"编号,类型,上报时间,位置,备注\n1,a,2021-09-01,120,30\n",
         "events 1/1: id category reported_at place -"},
        {"编号,类型,上报时间,备注\n,,2021-09-01,经度\n", "events 1/1: id category reported_at -"},
        {"编号,类型,上报时间,说明\n,,,无\n", "events 1/1: id category reported_at -"},
        // a whole header below, which the row above completes
        {"序号,基本信息,,,备注\n,编号,类型,上报时间,\n1,a,b,2021-09-01,\n",
         "events 2/2: - id category reported_at -"},
        // a header below a title is no second row
        {"九月台账,,\n,编号,类型,上报时间\n", "events 2/1: - id category reported_at"},
        {"制表：甲,,2021-10-01\n编号,类型,上报时间\n", "events 2/1: id category reported_at"},
        {"编号\n编号,类型,上报时间\n", "events 2/1: id category reported_at"},
        // two rows that lack something together
        {"编号,位置,\n,经度,纬度\n", "header-none"},
        {"编号,类型,时间\n", "header-none"},
        {"编号,类型,上报时间", "events 1/1: id category reported_at"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *text = found(GRIDGOV_TABLE_EVENTS, cases[i].csv, NULL);
        if (strcmp(text, cases[i].header) != 0) {
            fail_msg("%s%s, not %s", cases[i].csv, text, cases[i].header);
        }
    }
    // A mapping names a sub-title, with its group where it must; by numbers nothing is joined.
    assert_string_equal(
        found(GRIDGOV_TABLE_EVENTS,
              "号,类,上报,,经办,\n,,时刻,人,时刻,人\n1,a,2021-09-01,b,2021-09-02,c\n",
              SCHEMA
              "\"columns\": {\"id\": \"号\", \"category\": \"类\", \"reported_at\": \"上报/时刻\", "
              "\"closed_at\": \"经办/时刻\"}}"),
        "events 2/2: id category reported_at - closed_at -");
    assert_string_equal(found(GRIDGOV_TABLE_EVENTS, "号,类,上报\n,,时刻\n",
                              SCHEMA "\"columns\": {\"category\": 2, \"reported_at\": 3}}"),
                        "events 1/1: - category reported_at");
    assert_string_equal(found(GRIDGOV_TABLE_EVENTS, "号,类,位置,\n,,经度,x\n",
                              SCHEMA "\"header_row\": 1, \"columns\": {\"category\": \"类\", "
                                     "\"reported_at\": \"时刻\"}}"),
                        "events 1/1: - category -");
}

/* What comes nearest to a header is named, with what it lacks. */
static void test_nearest(void **state) {
    static const struct {
        const char *csv, *told;
    } cases[] = {
        {"台账\n编号,类型,地点\n",
         "no row is the header of a known table; row 2 comes nearest, to events, "
         "but lacks 上报时间"},
        {"类型,类型,上报时间\n",
         "no row is the header of a known table; row 1 comes nearest, to events, "
         "but 类型 stands in it twice"},
        {"姓名,部门\n", "no row among the first 30 is a header of a known table"},
        {"", "no row among the first 30 is a header of a known table"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_header header = {.struct_size = sizeof header};
        gridgov_rows *rows = open_csv(cases[i].csv);
        gridgov_error err = {0};
        assert_int_equal(gridgov_header_find(&header, NULL, 0, rows, 0, NULL, &err),
                         GRIDGOV_ENOTFOUND);
        assert_string_equal(err.message, cases[i].told);
        gridgov_rows_free(rows);
    }
}

/* Both rows belong to the header: the rest is data, in a stream too, and the digest has all rows.
 */
static void test_rows_below_two(void **state) {
    static const char csv[] = "编号,类型,时间,\n,,上报,办结\n1,a,2021-09-01,2021-09-02\n"
                              "2,b,2021-09-03,\n";
    static const char plain[] = "编号,类型,上报时间,办结时间\n1,a,2021-09-01,2021-09-02\n"
                                "2,b,2021-09-03,\n";
    static const char *const both[] = {csv, plain};
    (void)state;
    for (int i = 0; i < 2; i++) {
        gridgov_units *units = NULL;
        gridgov_ledger *ledger = NULL;
        gridgov_issues *issues = NULL;
        gridgov_ingest_summary summary = {.struct_size = sizeof summary};
        gridgov_error issue;
        gridgov_rows *rows = open_csv(both[i]);
        int joined = 0;
        assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_ledger_new(&ledger, NULL, units, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
        assert_int_equal(
            gridgov_ingest(&summary, ledger, GRIDGOV_TABLE_EVENTS, rows, NULL, issues, NULL, NULL),
            GRIDGOV_OK);
        assert_int_equal(summary.read, 2);
        assert_int_equal(summary.added, 2);
        for (int64_t k = 0; gridgov_issues_at(&issue, issues, k) == GRIDGOV_OK; k++) {
            joined += issue.rule == GG_RULE_HEADER_JOINED && issue.row == 2;
        }
        assert_int_equal(joined, i == 0);
        gridgov_rows_free(rows);
        gridgov_issues_free(issues);
        gridgov_ledger_free(ledger);
        gridgov_units_free(units);
    }
}

static gridgov_status count_cases(void *user, int32_t worker, const gridgov_event_columns *columns,
                                  gridgov_error *err) {
    (void)worker;
    (void)err;
    *(int64_t *)user += columns->count;
    return GRIDGOV_OK;
}

static void test_streams_below_two(void **state) {
    static const char *const tables[] = {
        "编号,类型,时间,\n,,上报,办结\n1,a,2021-09-01,2021-09-02\n2,b,2021-09-03,\n",
        "编号,类型,上报时间\n\n1,a,2021-09-01\n2,b,2021-09-03\n",
        "编号,类型,上报时间\n1,a,2021-09-01\n2,b,2021-09-03\n",
        "标题\n编号,类型,上报时间\r\n1,a,2021-09-01\r\n2,b,2021-09-03\r\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        gridgov_rows *rows = open_csv(tables[i]);
        gridgov_ingest_summary summary = {.struct_size = sizeof summary};
        int64_t cases = 0;
        assert_int_equal(gridgov_stream_events(&summary, rows, NULL, NULL, NULL, count_cases,
                                               &cases, NULL, NULL, NULL),
                         GRIDGOV_OK);
        assert_int_equal(summary.read, 2);
        assert_int_equal(summary.added, 2);
        assert_int_equal(cases, 2);
        gridgov_rows_free(rows);
    }
}

/* The cursor stands on the heading, joined, and goes on with the first row of data. */
static void test_where_the_cursor_stands(void **state) {
    gridgov_header header = {.struct_size = sizeof header};
    gridgov_rows *rows = open_csv("编号,类型,时间,\n,,上报,办结\n1,a,2021-09-01,\n");
    (void)state;
    assert_int_equal(gridgov_header_find(&header, NULL, 0, rows, GRIDGOV_TABLE_EVENTS, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_rows_number(rows), 2);
    assert_int_equal(gridgov_rows_count(rows), 4);
    assert_string_equal(gridgov_rows_text(rows, 3, NULL), "时间/办结");
    assert_string_equal(gridgov_rows_text(rows, 4, NULL), "");
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_number(rows), 3);
    assert_string_equal(gridgov_rows_text(rows, 0, NULL), "1");
    gridgov_rows_free(rows);
    rows = open_csv("编号,类型,上报时间\n1,a,2021-09-01\n");
    assert_int_equal(gridgov_header_find(&header, NULL, 0, rows, GRIDGOV_TABLE_EVENTS, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(header.rows, 1);
    assert_string_equal(gridgov_rows_text(rows, 0, NULL), "编号");
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
    assert_string_equal(gridgov_rows_text(rows, 0, NULL), "1");
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_END);
    gridgov_rows_free(rows);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_the_domain),
        cmocka_unit_test(test_marks_and_remarks),
        cmocka_unit_test(test_long_titles),
        cmocka_unit_test(test_units_in_titles),
        cmocka_unit_test(test_contradicting_units),
        cmocka_unit_test(test_two_rows),
        cmocka_unit_test(test_rows_below_two),
        cmocka_unit_test(test_streams_below_two),
        cmocka_unit_test(test_where_the_cursor_stands),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
