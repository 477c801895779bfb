/* SPDX-License-Identifier: Apache-2.0 */
/* A small town for the tests of ledger and tally: one community with three grids (the third one
 * opened on 2021-09-15), two agencies, three officers; and short ways to add records to a ledger
 * and to read cells. Times are in September 2021 at UTC+8. */
#ifndef SMALL_TOWN_H
#define SMALL_TOWN_H

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Indexes of the units, in the order of adding. */
enum { TOWN_COMMUNITY = 0, TOWN_GRID_1, TOWN_GRID_2, TOWN_POLICE, TOWN_JUSTICE, TOWN_GRID_3 };
/* Rows of dimension unit: agencies stand in a table of their own, the street itself is last. */
enum { ROW_COMMUNITY = 0, ROW_GRID_1, ROW_GRID_2, ROW_GRID_3, ROW_STREET, ROW_COUNT };

#define TOWN_DAY_1 ((gridgov_day)18871) /* 2021-09-01, a Wednesday */
#define TOWN_FROM ((gridgov_time)18871 * 86400 - 8 * 3600)
#define TOWN_TO (TOWN_FROM + (gridgov_time)30 * 86400)

/* A moment of September 2021, local. */
static inline gridgov_time town_at(int day, int hour) {
    return TOWN_FROM + (gridgov_time)(day - 1) * 86400 + (gridgov_time)hour * 3600;
}

static inline int64_t town_unit(gridgov_units *units, int32_t kind, int64_t parent,
                                const char *code, const char *name, gridgov_day from) {
    gridgov_unit unit = {.struct_size = sizeof unit,
                         .kind = kind,
                         .parent = parent,
                         .code = code,
                         .name = name,
                         .from = from,
                         .to = GRIDGOV_NO_DAY};
    int64_t index = GRIDGOV_NONE;
    assert_int_equal(gridgov_units_add(&index, units, &unit, NULL), GRIDGOV_OK);
    return index;
}

static inline void town_officer(gridgov_units *units, const char *code, int64_t grid,
                                gridgov_day from, gridgov_day to) {
    gridgov_officer officer = {.struct_size = sizeof officer,
                               .code = code,
                               .name = "",
                               .grid = grid,
                               .from = from,
                               .to = to};
    assert_int_equal(gridgov_units_add_officer(units, &officer, NULL), GRIDGOV_OK);
}

/* Officer 001 holds grid 1, 002 grid 2 and 003 grid 3 without limits of their own. */
static inline gridgov_units *town_units(void) {
    gridgov_units *units = NULL;
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    town_unit(units, GRIDGOV_UNIT_COMMUNITY, GRIDGOV_NONE, "", "高丰社区", GRIDGOV_NO_DAY);
    town_unit(units, GRIDGOV_UNIT_GRID, TOWN_COMMUNITY, "G1", "一网格", GRIDGOV_NO_DAY);
    town_unit(units, GRIDGOV_UNIT_GRID, TOWN_COMMUNITY, "G2", "二网格", GRIDGOV_NO_DAY);
    town_unit(units, GRIDGOV_UNIT_AGENCY, GRIDGOV_NONE, "PCS", "派出所", GRIDGOV_NO_DAY);
    town_unit(units, GRIDGOV_UNIT_AGENCY, GRIDGOV_NONE, "", "司法所", GRIDGOV_NO_DAY);
    town_unit(units, GRIDGOV_UNIT_GRID, TOWN_COMMUNITY, "G3", "三网格", TOWN_DAY_1 + 14);
    town_officer(units, "001", TOWN_GRID_1, GRIDGOV_NO_DAY, GRIDGOV_NO_DAY);
    town_officer(units, "002", TOWN_GRID_2, GRIDGOV_NO_DAY, GRIDGOV_NO_DAY);
    town_officer(units, "003", TOWN_GRID_3, GRIDGOV_NO_DAY, GRIDGOV_NO_DAY);
    assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
    return units;
}

/* Mondays to Fridays, from 8 to 12. */
static inline gridgov_roster *town_mornings(void) {
    gridgov_calendar *calendar = NULL;
    gridgov_roster *roster = NULL;
    assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_roster_new(&roster, calendar, 480, NULL), GRIDGOV_OK);
    for (int32_t day = GRIDGOV_ROSTER_DAY_MONDAY; day <= GRIDGOV_ROSTER_DAY_FRIDAY; day++) {
        assert_int_equal(gridgov_roster_add_slot(roster, day, 8 * 3600, 12 * 3600, NULL),
                         GRIDGOV_OK);
    }
    assert_int_equal(gridgov_roster_seal(roster, NULL), GRIDGOV_OK);
    gridgov_calendar_free(calendar);
    return roster;
}

/* A ledger of the town; its taxonomy is zhejiang-2021. */
static inline gridgov_ledger *town_ledger(void) {
    gridgov_units *units = town_units();
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_ledger *ledger = NULL;
    assert_int_equal(gridgov_taxonomy_open(&taxonomy, "zhejiang-2021", 13, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_new(&ledger, taxonomy, units, NULL), GRIDGOV_OK);
    gridgov_taxonomy_free(taxonomy);
    gridgov_units_free(units);
    return ledger;
}

static inline gridgov_event town_event(const char *id, int64_t unit, gridgov_time reported_at) {
    gridgov_event event;
    gridgov_event_init(&event, sizeof event);
    event.id = id;
    event.category_name = "城市管理";
    event.unit = unit;
    event.reported_at = reported_at;
    return event;
}

static inline void town_add_event(gridgov_ledger *ledger, const gridgov_event *event) {
    gridgov_error err = {0};
    if (gridgov_ledger_add_event(NULL, ledger, event, GRIDGOV_ON_DUPLICATE_FAIL, &err) !=
        GRIDGOV_OK) {
        fail_msg("event %s: %s", event->id, err.message);
    }
}

static inline gridgov_step town_step(const char *id, int32_t kind, const char *agency,
                                     gridgov_time at) {
    gridgov_step step;
    gridgov_step_init(&step, sizeof step);
    step.event_id = id;
    step.kind = kind;
    step.agency_name = agency;
    step.at = at;
    return step;
}

static inline void town_add_step(gridgov_ledger *ledger, const char *id, int32_t kind,
                                 const char *agency, gridgov_time at) {
    gridgov_step step = town_step(id, kind, agency, at);
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
}

static inline gridgov_activity town_activity(int32_t kind, int64_t unit) {
    gridgov_activity activity;
    gridgov_activity_init(&activity, sizeof activity);
    activity.kind = kind;
    activity.unit = unit;
    return activity;
}

static inline void town_add_activity(gridgov_ledger *ledger, const gridgov_activity *activity) {
    gridgov_error err = {0};
    if (gridgov_ledger_add_activity(ledger, activity, &err) != GRIDGOV_OK) {
        fail_msg("activity of kind %d: %s", (int)activity->kind, err.message);
    }
}

static inline void town_cover(gridgov_ledger *ledger, const int32_t *coverage, size_t count) {
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(gridgov_ledger_cover(ledger, coverage[i]), GRIDGOV_OK);
    }
}

static inline void town_cover_all(gridgov_ledger *ledger) {
    for (int32_t i = GRIDGOV_COVERAGE_EVENTS; i <= GRIDGOV_COVERAGE_ADJUSTMENTS; i++) {
        assert_int_equal(gridgov_ledger_cover(ledger, i), GRIDGOV_OK);
    }
}

/* Issues of one rule. */
static inline int town_issues(const gridgov_issues *issues, int32_t rule) {
    gridgov_error issue;
    int count = 0;
    for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        count += issue.rule == rule;
    }
    return count;
}

#endif
