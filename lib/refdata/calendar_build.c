/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars filled by calls.
 *
 * Days are kept as they come and judged together when the calendar is sealed, so neither the order
 * of the calls nor a day said twice makes a difference. Room for all days of a call is made before
 * the first is stored, so that a call adds all of them or none. */
#include "calendar_model.h"

#include "base/error.h"
#include "base/mem.h"

#include <gridgov/civil.h>

#include <string.h>

/* Which of the years 1 … 9999 are covered already. */
typedef struct year_set {
    uint8_t has[GG_CALENDAR_LAST_YEAR + 1];
} year_set;

gridgov_status gridgov_calendar_new(gridgov_calendar **out, const char *name, size_t size,
                                    gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (name == NULL) {
        return gg_fail_arg(err, "name");
    }
    *out = gg_calendar_make(gg_str_make(name, size));
    return *out == NULL ? gg_fail_memory(err) : GRIDGOV_OK;
}

static gridgov_status check_day(const gridgov_calendar_day *day, gridgov_error *err) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    int32_t year = 0;
    if (day->off < -1 || day->off > 1 || day->year < 0 || day->year > GG_CALENDAR_LAST_YEAR ||
        gridgov_day_civil(&year, NULL, NULL, day->day) != GRIDGOV_OK) {
        return gg_fail_arg(err, "days");
    }
    if (day->year == 0 || (year >= day->year - 1 && year <= day->year + 1)) {
        return GRIDGOV_OK;
    }
    (void)gridgov_day_format(text, day->day);
    return gg_fail(err, GG_RULE_CALENDAR_NEAR, "date", text, strlen(text), NULL, NULL);
}

/* Make room for so many items; 0, or -1 when memory is short. */
static int reserve(void **items, size_t *capacity, size_t item, size_t wanted) {
    while (*capacity < wanted) {
        if (gg_grow(items, *capacity, capacity, item) != 0) {
            return -1;
        }
    }
    return 0;
}

static void store_days(gridgov_calendar *calendar, year_set *years,
                       const gridgov_calendar_day *days, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        if (days[i].off >= 0) {
            (void)gg_calendar_add_day(calendar, days[i].day, days[i].off);
        }
        if (days[i].year > 0 && !years->has[days[i].year]) {
            years->has[days[i].year] = 1;
            (void)gg_calendar_add_year(calendar, days[i].year);
        }
    }
}

gridgov_status gridgov_calendar_add_days(gridgov_calendar *calendar,
                                         const gridgov_calendar_day *days, int64_t count,
                                         gridgov_error *err) {
    year_set years = {{0}};
    if (calendar == NULL) {
        return gg_fail_arg(err, "calendar");
    }
    if (count < 0 || (days == NULL && count > 0)) {
        return gg_fail_arg(err, count < 0 ? "count" : "days");
    }
    if (calendar->sealed) {
        return gg_fail_state(err, "the calendar is sealed");
    }
    for (int64_t i = 0; i < count; i++) {
        GG_TRY(check_day(&days[i], err));
    }
    for (size_t i = 0; i < calendar->year_count; i++) {
        years.has[calendar->years[i]] = 1;
    }
    const size_t more = (size_t)count;
    if (reserve((void **)&calendar->days, &calendar->day_capacity, sizeof *calendar->days,
                calendar->day_count + more) != 0 ||
        reserve((void **)&calendar->years, &calendar->year_capacity, sizeof *calendar->years,
                calendar->year_count +
                    (more < GG_CALENDAR_LAST_YEAR ? more : GG_CALENDAR_LAST_YEAR)) != 0) {
        return gg_fail_memory(err);
    }
    store_days(calendar, &years, days, count);
    return GRIDGOV_OK;
}

gridgov_status gridgov_calendar_seal(gridgov_calendar *calendar, gridgov_error *err) {
    gg_json_reader reader = {.source = "calendar"};
    gridgov_status status;
    if (calendar == NULL) {
        return gg_fail_arg(err, "calendar");
    }
    if (calendar->sealed) {
        return gg_fail_state(err, "the calendar is sealed");
    }
    gg_calendar_arrange(calendar, &reader);
    status = gg_json_status(&reader, err);
    if (status < 0) {
        calendar->sealed = 0;
        calendar->digest[0] = '\0';
    }
    return status;
}
