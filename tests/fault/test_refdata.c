/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every request while reference data and the small helpers are made. */
#include "support/sweep.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { EXACT = 2000, SAMPLED = 300 };

static gridgov_status calendar_built_in(gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_calendar *calendar = NULL;
    int64_t days = 0;
    SWEEP_TRY(status, gridgov_calendar_open(&calendar, "china", 5, err), calendar);
    SWEEP_TRY(status, gridgov_calendar_workdays(&days, calendar, 18871, 18901, err), days);
    if (status == GRIDGOV_OK) {
        assert_int_equal(days, 22);
    }
    gridgov_calendar_free(calendar);
    return status;
}

static gridgov_status calendar_of_notices(gridgov_error *err) {
    static const char *const notices[] = {
        "{\"year\":2022,\"papers\":[],\"days\":[{\"name\":\"n\",\"date\":\"2022-10-08\","
        "\"isOffDay\":false}]}",
        "{\"year\":2023,\"papers\":[],\"days\":[{\"name\":\"n\",\"date\":\"2022-12-31\","
        "\"isOffDay\":true}]}"};
    const size_t sizes[] = {strlen(notices[0]), strlen(notices[1])};
    gridgov_status status = GRIDGOV_OK;
    gridgov_calendar *calendar = NULL;
    SWEEP_TRY(status,
              gridgov_calendar_load_notices(&calendar, "n", 1, notices, sizes, 2, NULL, err),
              calendar);
    gridgov_calendar_free(calendar);
    return status;
}

/* A table of days: a call that failed left the calendar as it was, so that it can be repeated. */
static gridgov_status calendar_of_a_table(gridgov_error *err) {
    static const char csv[] = "日期,类别,名称\n2022-12-31,休,元旦\n2023-01-02,休,元旦\n"
                              "2023-01-28,班,\n2023-01-28,班,\n2023-01-29,休,\n2023-01-29,班,\n";
    gridgov_status status = GRIDGOV_OK;
    gridgov_calendar *calendar = NULL;
    gridgov_rows *rows = NULL;
    gridgov_ingest_summary summary = {.struct_size = sizeof summary};
    int64_t days = 0;
    SWEEP_TRY(status, gridgov_calendar_new(&calendar, "table", 5, err), calendar);
    SWEEP_TRY(status, gridgov_rows_open_csv_bytes(&rows, csv, sizeof csv - 1, NULL, err), rows);
    if (status == GRIDGOV_OK) {
        status = gridgov_ingest_calendar(&summary, calendar, rows, NULL, NULL, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        assert_int_equal(summary.added + summary.skipped + summary.excluded, 6);
        status = gridgov_calendar_seal(calendar, err);
    } else if (calendar != NULL) {
        assert_int_equal(gridgov_calendar_seal(calendar, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_calendar_covers(calendar, 2023), 0);
    }
    if (status == GRIDGOV_OK) { // January 2023 with one day off and one make-up workday
        assert_int_equal(gridgov_calendar_workdays(&days, calendar, 19358, 19389, err), GRIDGOV_OK);
        assert_int_equal(days, 22 - 1 + 1);
    }
    gridgov_rows_free(rows);
    gridgov_calendar_free(calendar);
    return status;
}

/* A roster by calls whose sealing failed can be sealed again. */
static gridgov_status roster_made(gridgov_error *err) {
    static const char json[] = "{\"schema\":\"gridgov.roster/1\",\"name\":\"office\",\"slots\":"
                               "{\"workday\":[\"08:00-12:00\",\"14:00-18:00\"]}}";
    gridgov_status status = GRIDGOV_OK;
    gridgov_calendar *calendar = NULL;
    gridgov_roster *roster = NULL, *built = NULL;
    int64_t seconds = 0;
    SWEEP_TRY(status, gridgov_calendar_open(&calendar, "china", 5, err), calendar);
    SWEEP_TRY(status, gridgov_roster_load(&roster, calendar, json, sizeof json - 1, NULL, err),
              roster);
    SWEEP_TRY(status, gridgov_roster_new(&built, calendar, 480, err), built);
    SWEEP_TRY(status, gridgov_roster_add_slot(built, GRIDGOV_ROSTER_DAY_MONDAY, 0, 3600, err), 0);
    if (status == GRIDGOV_OK) {
        status = gridgov_roster_seal(built, err);
        if (status < 0) {
            assert_int_equal(gridgov_roster_seal(built, NULL), GRIDGOV_OK);
        }
        assert_int_equal(gridgov_worktime_between(&seconds, built, GRIDGOV_LIMIT_WORK_HOURS,
                                                  1630454400, 1633046400, NULL),
                         GRIDGOV_OK); /* September 2021 has four Mondays, of which one is off */
        assert_int_equal(seconds, 3 * 3600);
    }
    gridgov_roster_free(built);
    gridgov_roster_free(roster);
    gridgov_calendar_free(calendar);
    return status;
}

static gridgov_status taxonomy_built_in(gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_taxonomy *held = NULL;
    SWEEP_TRY(status, gridgov_taxonomy_open(&taxonomy, "zhejiang-2021", 13, err), taxonomy);
    if (status == GRIDGOV_OK) {
        held = gridgov_taxonomy_hold(taxonomy);
        assert_int_equal(gridgov_taxonomy_count(held), 13);
    }
    gridgov_taxonomy_free(taxonomy);
    gridgov_taxonomy_free(held);
    return status;
}

static gridgov_status policy_built_in(gridgov_error *err) {
    static const char parameters[] = "{\"daily_distance_km\": \"2.5\"}";
    gridgov_status status = GRIDGOV_OK;
    gridgov_policy *policy = NULL;
    SWEEP_TRY(status,
              gridgov_policy_open(&policy, "baiguan-2021", 12, parameters, strlen(parameters), err),
              policy);
    gridgov_policy_free(policy);
    return status;
}

static gridgov_status units_built(gridgov_error *err) {
    static const char *const names[] = {"一网格", "二网格", "三网格", "四网格", "五网格",
                                        "六网格", "七网格", "八网格", "九网格", "十网格"};
    gridgov_status status = GRIDGOV_OK;
    gridgov_units *units = NULL;
    int64_t community = 0, grid = 0;
    gridgov_unit unit = {.struct_size = sizeof unit,
                         .kind = GRIDGOV_UNIT_COMMUNITY,
                         .parent = GRIDGOV_NONE,
                         .code = "",
                         .name = "高丰社区",
                         .from = GRIDGOV_NO_DAY,
                         .to = GRIDGOV_NO_DAY};
    gridgov_officer officer = {.struct_size = sizeof officer,
                               .code = "WG001",
                               .name = "",
                               .from = GRIDGOV_NO_DAY,
                               .to = GRIDGOV_NO_DAY};
    SWEEP_TRY(status, gridgov_units_new(&units, err), units);
    if (status == GRIDGOV_OK) {
        status = gridgov_units_add(&community, units, &unit, err);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0] && status == GRIDGOV_OK; i++) {
        int64_t before = gridgov_units_count(units);
        unit.kind = GRIDGOV_UNIT_GRID;
        unit.parent = community;
        unit.name = names[i];
        status = gridgov_units_add(&grid, units, &unit, err);
        assert_int_equal(gridgov_units_count(units), before + (status == GRIDGOV_OK));
    }
    if (status == GRIDGOV_OK) {
        officer.grid = grid;
        status = gridgov_units_add_officer(units, &officer, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_units_seal(units, err);
    }
    gridgov_units_free(units);
    return status;
}

static gridgov_status job_made(gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_job *job = NULL;
    SWEEP_TRY(status, gridgov_job_new(&job, err), job);
    gridgov_job_free(job);
    return status;
}

/* Adding never fails: what cannot be kept is counted as dropped. */
static gridgov_status issues_filled(gridgov_error *err) {
    enum { ADDED = 100 };
    gridgov_status status = GRIDGOV_OK;
    gridgov_issues *issues = NULL;
    SWEEP_TRY(status, gridgov_issues_new(&issues, 0, err), issues);
    if (status == GRIDGOV_OK) {
        gridgov_error issue;
        gridgov_error_set(&issue, 1, NULL, NULL, 0, NULL);
        for (int i = 0; i < ADDED; i++) {
            gridgov_issues_add(issues, &issue);
        }
        assert_int_equal(gridgov_issues_count(issues) + gridgov_issues_dropped(issues), ADDED);
        assert_int_equal(gridgov_issues_severity_count(issues, GRIDGOV_SEVERITY_ERROR), ADDED);
    }
    gridgov_issues_free(issues);
    return status;
}

static void test_calendar(void **state) {
    (void)state;
    sweep("calendar", calendar_built_in, SWEEP_STRICT, EXACT, SAMPLED);
}

static void test_notices(void **state) {
    (void)state;
    sweep("notices", calendar_of_notices, SWEEP_STRICT, EXACT, SAMPLED);
    sweep("calendar of a table", calendar_of_a_table, SWEEP_STRICT, EXACT, SAMPLED);
}

static void test_roster(void **state) {
    (void)state;
    sweep("roster", roster_made, SWEEP_STRICT, EXACT, SAMPLED);
}

static void test_taxonomy(void **state) {
    (void)state;
    sweep("taxonomy", taxonomy_built_in, SWEEP_STRICT, EXACT, SAMPLED);
}

static void test_policy(void **state) {
    (void)state;
    sweep("policy", policy_built_in, SWEEP_STRICT, EXACT, SAMPLED);
}

static void test_units(void **state) {
    (void)state;
    sweep("units", units_built, SWEEP_STRICT, EXACT, SAMPLED);
}

static void test_job(void **state) {
    (void)state;
    sweep("job", job_made, SWEEP_STRICT, EXACT, SAMPLED);
}

static void test_issues(void **state) {
    (void)state;
    sweep("issues", issues_filled, SWEEP_ABSORBS, EXACT, SAMPLED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar), cmocka_unit_test(test_notices),
        cmocka_unit_test(test_roster),   cmocka_unit_test(test_taxonomy),
        cmocka_unit_test(test_policy),   cmocka_unit_test(test_units),
        cmocka_unit_test(test_job),      cmocka_unit_test(test_issues),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
