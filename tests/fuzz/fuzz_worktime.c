/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as gridgov.roster/1 over the built-in calendar; what loads obeys the laws of working
 * time. */
#include <gridgov/gridgov.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int right) {
    if (!right) {
        abort();
    }
}

static void check_laws(const gridgov_roster *roster) {
    const int32_t limit = GRIDGOV_LIMIT_WORK_HOURS;
    const gridgov_time base = 1631980800; /* 2021-09-18, at 16:00Z */
    for (gridgov_time a = base; a < base + 5 * 86400; a += 7001) {
        int64_t seconds = 0, slots = 0, d = (a - base) / 3 + 1;
        gridgov_time t = 0, before = 0;
        gridgov_span span = {0, 0};
        gridgov_day day = gridgov_time_day(a, gridgov_roster_utc_offset(roster));
        gridgov_time start = gridgov_day_start(day, gridgov_roster_utc_offset(roster));
        for (int64_t i = 0; gridgov_roster_slot_at(&span, roster, day, i, NULL) == GRIDGOV_OK;
             i++) {
            slots += span.to - span.from;
        }
        check(gridgov_worktime_between(&seconds, roster, limit, start, start + 86400, NULL) ==
              GRIDGOV_OK);
        check(seconds == slots);
        if (gridgov_worktime_add(&t, roster, limit, a, d, NULL) != GRIDGOV_OK) {
            continue; /* slots on holidays only, for example */
        }
        check(t > a);
        check(gridgov_worktime_between(&seconds, roster, limit, a, t, NULL) == GRIDGOV_OK);
        check(seconds == d);
        check(gridgov_worktime_between(&seconds, roster, limit, a, t - 1, NULL) == GRIDGOV_OK);
        check(seconds == d - 1);
        if (gridgov_worktime_due(&t, roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, 3, GRIDGOV_START_MOMENT,
                                 a, NULL) == GRIDGOV_OK) {
            check(gridgov_worktime_due(&before, roster, GRIDGOV_LIMIT_SLOT_WORKDAYS, 2,
                                       GRIDGOV_START_MOMENT, a, NULL) == GRIDGOV_OK);
            check(before > a && before < t);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_calendar *calendar = NULL;
    gridgov_roster *roster = NULL;
    gridgov_error err = {0};
    gridgov_status status = GRIDGOV_OK;
    check(gridgov_calendar_open(&calendar, "china", 5, NULL) == GRIDGOV_OK);
    status = gridgov_roster_load(&roster, calendar, (const char *)data, size, NULL, &err);
    check((status == GRIDGOV_OK) == (roster != NULL));
    if (roster != NULL) {
        check_laws(roster);
    }
    gridgov_roster_free(roster);
    gridgov_calendar_free(calendar);
    return 0;
}
