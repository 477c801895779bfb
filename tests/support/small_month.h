/* SPDX-License-Identifier: Apache-2.0 */
/* A month small enough to be counted by hand: two communities, three grids (two of one name), one
 * officer a grid, six events. Tests take the tables they want and change cells with replace(). */
#ifndef SMALL_MONTH_H
#define SMALL_MONTH_H

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const char *const small_tables[GRIDGOV_TABLE_OPENING + 1] = {
    [GRIDGOV_TABLE_UNITS] = "单位,网格,网格编码\n"
                            "甲社区,一网格,330604001001001\n"
                            ",二网格,330604001001002\n"
                            "乙社区,一网格,330604001002001\n",
    [GRIDGOV_TABLE_AGENCIES] = "基层站所,平台\n派出所,综治工作\n市监所,市场监管\n",
    [GRIDGOV_TABLE_OFFICERS] = "工号,姓名,网格\n"
                               "A1,网格员甲,甲社区/一网格\n"
                               "A2,网格员乙,甲社区/二网格\n"
                               "A3,网格员丙,乙社区/一网格\n",
    [GRIDGOV_TABLE_LEAVE] = "工号,开始日期,结束日期,是否批准\nA1,2021-09-03,2021-09-03,是\n",
    [GRIDGOV_TABLE_EVENTS] =
        "事件编号,类型,网格,职能科室,上报时间,办结时间,办结时限,应流转时限,认定结果,是否超时\n"
        "E1,城市管理,甲社区/一网格,,2021-09-01 08:00,2021-09-02 08:00,2021-09-08 08:00,,有效,否\n"
        "E2,城市管理,甲社区/一网格,,2021-09-02 08:00,2021-09-03 08:00,2021-09-09 08:00,,无效,否\n"
        "E3,矛盾纠纷,甲社区/二网格,,2021-09-03 08:00,2021-09-20 08:00,2021-09-10 08:00,,有效,是\n"
        "E4,消防安全,乙社区/一网格,派出所,2021-09-04 08:00,2021-09-05 08:00,2021-09-11 08:00,"
        "2021-09-04 12:00,有效,否\n"
        "E5,城市管理,330604001002001,,2021-09-05 08:00,2021-09-06 08:00,2021-09-12 08:00,,有效,否\n"
        "E6,其他,,,2021-09-06 08:00,2021-09-07 08:00,2021-09-13 08:00,,有效,否\n",
    [GRIDGOV_TABLE_STEPS] = "事件编号,环节,时间,承办单位\n"
                            "E4,派遣,2021-09-04 09:00,派出所\n"
                            "E4,处置,2021-09-04 10:00,派出所\n"
                            "E4,结案,2021-09-05 08:00,派出所\n",
    [GRIDGOV_TABLE_REQUIRED_VISITS] =
        "网格,走访对象\n"
        "甲社区/一网格,张三\n甲社区/二网格,李四\n乙社区/一网格,王五\n",
    [GRIDGOV_TABLE_VISITS] = "网格,走访对象,走访时间\n"
                             "甲社区/一网格,张三,2021-09-10\n乙社区/一网格,王五,2021-09-11\n",
    [GRIDGOV_TABLE_DISPUTE_REPORTS] = "网格,报送时间,报送时限\n"
                                      "甲社区/一网格,2021-09-25,2021-09-28\n"
                                      "甲社区/二网格,2021-09-29,2021-09-28\n"
                                      "乙社区/一网格,,2021-09-28\n",
    [GRIDGOV_TABLE_MAINTENANCE] = "网格,检查日期,问题,数量\n乙社区/一网格,2021-09-15,错误,1\n",
    [GRIDGOV_TABLE_ADJUSTMENTS] = "编号,网格,分值,理由,批准人\n"
                                  "J1,乙社区/一网格,+10,消防演练,街道办〔2021〕1号\n"
                                  "J2,甲社区/二网格,-20,UNEXPLAINED,街道办\n",
};

/* The 22 workdays of September 2021, read off the State Council's notice. */
static const char *const small_workdays[22] = {"01", "02", "03", "06", "07", "08", "09", "10",
                                               "13", "14", "15", "16", "17", "18", "22", "23",
                                               "24", "26", "27", "28", "29", "30"};

/* Patrol days: A1 is away on the 3rd (leave), A2 misses 06 and is online for half an hour on 07, A3
 * never misses. */
static inline const char *small_patrol(char *buffer, size_t size) {
    size_t used = (size_t)snprintf(buffer, size, "工号,日期,在线时长(分钟),巡查里程(公里)\n");
    for (int officer = 1; officer <= 3; officer++) {
        for (size_t i = 0; i < 22; i++) {
            int away = (officer == 1 && strcmp(small_workdays[i], "03") == 0) ||
                       (officer == 2 && strcmp(small_workdays[i], "06") == 0);
            int half = officer == 2 && strcmp(small_workdays[i], "07") == 0;
            if (!away) {
                used += (size_t)snprintf(buffer + used, size - used, "A%d,2021-09-%s,%d,%s\n",
                                         officer, small_workdays[i], half ? 30 : 90, "3.5");
            }
        }
    }
    return buffer;
}

static const char small_parameters[] =
    "{\"schema\": \"gridgov.parameters/1\", \"version\": \"1\", \"office\": \"小街道\", "
    "\"policy_parameters\": {\"daily_distance_km\": \"2\"}}";

/* A month with every table but those in the NULL- or 0-terminated list `without`. */
static inline gridgov_month *small_month(const int32_t *without) {
    static char patrol[8192];
    gridgov_month *month = NULL;
    assert_int_equal(gridgov_month_new(&month, "2021-09", 7, NULL), GRIDGOV_OK);
    for (int32_t table = GRIDGOV_TABLE_UNITS; table <= GRIDGOV_TABLE_OPENING; table++) {
        const char *text = table == GRIDGOV_TABLE_PATROL_DAYS ? small_patrol(patrol, sizeof patrol)
                                                              : small_tables[table];
        int left_out = text == NULL;
        for (const int32_t *item = without; item != NULL && *item != 0; item++) {
            left_out |= *item == table;
        }
        if (!left_out) {
            assert_int_equal(gridgov_month_set_table(month, table, text, strlen(text), NULL, NULL),
                             GRIDGOV_OK);
        }
    }
    assert_int_equal(
        gridgov_month_set_parameters(month, small_parameters, strlen(small_parameters), NULL, NULL),
        GRIDGOV_OK);
    return month;
}

/* A month of a folder, or of the small tables that are constants, without parameters; not yet run.
 */
static inline gridgov_month *rows_month(const char *folder) {
    gridgov_month *month = NULL;
    assert_int_equal(gridgov_month_new(&month, "2021-09", 7, NULL), GRIDGOV_OK);
    if (folder != NULL) {
        assert_int_equal(gridgov_month_set_folder(month, folder, NULL, NULL), GRIDGOV_OK);
        return month;
    }
    for (int32_t table = GRIDGOV_TABLE_UNITS; table <= GRIDGOV_TABLE_OPENING; table++) {
        if (small_tables[table] != NULL) {
            assert_int_equal(gridgov_month_set_table(month, table, small_tables[table],
                                                     strlen(small_tables[table]), NULL, NULL),
                             GRIDGOV_OK);
        }
    }
    return month;
}

/* Text with the first occurrence of one piece replaced by another; fails the test if there is none.
 */
static inline const char *replace(char *buffer, size_t size, const char *text, const char *piece,
                                  const char *by) {
    const char *found = strstr(text, piece);
    assert_non_null(found);
    assert_true((size_t)snprintf(buffer, size, "%.*s%s%s", (int)(found - text), text, by,
                                 found + strlen(piece)) < size);
    return buffer;
}

static inline void run_month(gridgov_month *month, gridgov_issues *issues) {
    gridgov_error err = {0};
    char text[GRIDGOV_ERROR_TEXT_SIZE] = "";
    gridgov_status status = gridgov_month_run(month, issues, NULL, &err);
    if (status != GRIDGOV_OK) {
        gridgov_error_text(text, sizeof text, &err, GRIDGOV_LANG_EN);
        fail_msg("run: %s", text);
    }
}

/* A figure of the bulletin as printed; fails the test if there is none of that code. */
static inline const char *figure(const gridgov_month *month, const char *code) {
    const gridgov_bulletin *bulletin = gridgov_month_bulletin(month);
    int64_t index = gridgov_bulletin_figure_find(bulletin, code, strlen(code));
    if (index == GRIDGOV_NONE) {
        fail_msg("no figure %s", code);
    }
    return gridgov_bulletin_figure_text(bulletin, index);
}

/* 1 if the rendered document has the piece of text. */
static inline int document_has(const gridgov_month *month, int32_t format, const char *table,
                               const char *piece) {
    gridgov_render_options options;
    gridgov_bytes *bytes = NULL;
    int found;
    gridgov_render_options_init(&options, sizeof options);
    options.table = table;
    assert_int_equal(
        gridgov_render_bytes(&bytes, gridgov_month_bulletin(month), format, &options, NULL),
        GRIDGOV_OK);
    found = strstr(gridgov_bytes_data(bytes, NULL), piece) != NULL;
    gridgov_bytes_free(bytes);
    return found;
}

#endif
