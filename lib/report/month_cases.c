/* SPDX-License-Identifier: Apache-2.0 */
/* The cases of a month: its life cycle and working hours, and the run that plays its ledger.
 *
 * Hours need a calendar. A month that has none of its own takes the built-in one; a limit beyond
 * its years is not evaluable, which fails nothing. Without a word about hours they are those of the
 * built-in roster `office`. */
#include "month_model.h"

#include "base/error.h"

#include <string.h>

static gridgov_status open_calendar(gridgov_calendar **out, const gridgov_month *month,
                                    gridgov_error *err) {
    *out = gridgov_calendar_hold(month->calendar);
    return *out != NULL ? GRIDGOV_OK : gridgov_calendar_open(out, "china", 5, err);
}

/* A roster by name: that of the folder, else a built-in one. */
static gridgov_status open_roster(gridgov_roster **out, const gridgov_month *month,
                                  const gridgov_calendar *calendar, const char *name,
                                  gridgov_error *err) {
    if (month->roster != NULL && strcmp(gridgov_roster_name(month->roster), name) == 0) {
        *out = gridgov_roster_hold(month->roster);
        return GRIDGOV_OK;
    }
    return gridgov_roster_open(out, calendar, name, strlen(name), err);
}

static gridgov_status open_agencies(gridgov_month *month, const gg_parameters *parameters,
                                    const gridgov_calendar *calendar, gridgov_error *err) {
    const size_t count = (size_t)parameters->agency_count;
    month->agency_rosters = gg_calloc(count, sizeof(gridgov_roster *));
    month->agency_names = gg_calloc(count, sizeof(char *));
    if (month->agency_rosters == NULL || month->agency_names == NULL) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        const size_t size = strlen(parameters->agency_names[i]) + 1;
        month->agency_names[i] = gg_calloc(size, 1);
        if (month->agency_names[i] == NULL) {
            return gg_fail_memory(err);
        }
        month->agency_count++;
        memcpy(month->agency_names[i], parameters->agency_names[i], size);
        GG_TRY(open_roster(&month->agency_rosters[i], month, calendar,
                           parameters->agency_rosters[i], err));
    }
    return GRIDGOV_OK;
}

gridgov_status gg_month_open_cases(gridgov_month *month, const gg_parameters *parameters,
                                   gridgov_issues *issues, gridgov_error *err) {
    const char *lifecycle = parameters->lifecycle[0] == '\0' ? "standard" : parameters->lifecycle;
    const char *name = parameters->roster[0] == '\0' ? "office" : parameters->roster;
    gridgov_calendar *calendar = NULL;
    if (month->lifecycle_json.size > 0) {
        GG_TRY(gridgov_lifecycle_load(&month->lifecycle, month->lifecycle_json.data,
                                      month->lifecycle_json.size, issues, err));
    } else {
        GG_TRY(gridgov_lifecycle_open(&month->lifecycle, lifecycle, strlen(lifecycle), err));
    }
    GG_TRY(open_calendar(&calendar, month, err));
    gridgov_status status =
        month->roster_json.size > 0
            ? gridgov_roster_load(&month->roster, calendar, month->roster_json.data,
                                  month->roster_json.size, issues, err)
            : gridgov_roster_open(&month->roster, calendar, name, strlen(name), err);
    if (status == GRIDGOV_OK) {
        status = open_agencies(month, parameters, calendar, err);
    }
    gridgov_calendar_free(calendar);
    return status;
}

void gg_month_close_cases(gridgov_month *month) {
    for (int64_t i = 0; i < month->agency_count; i++) {
        gridgov_roster_free(month->agency_rosters[i]);
        gg_free(month->agency_names[i]);
    }
    gg_free(month->agency_rosters);
    gg_free(month->agency_names);
    gridgov_roster_free(month->roster);
    gridgov_lifecycle_free(month->lifecycle);
}

int32_t gridgov_month_utc_offset(const gridgov_month *month) {
    return month == NULL || month->state != GG_MONTH_DONE ? 0 : month->utc_offset;
}

gridgov_status gridgov_month_cases(gridgov_cases **out, const gridgov_month *month,
                                   gridgov_time as_of, gridgov_time known_by,
                                   gridgov_issues *issues, gridgov_job *job, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (month == NULL) {
        return gg_fail_arg(err, "month");
    }
    if (month->state != GG_MONTH_DONE) {
        return gg_fail_state(err, "the month has not been run");
    }
    gridgov_cases_options options;
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = as_of == GRIDGOV_NO_TIME ? month->as_of : as_of;
    options.known_by = known_by != GRIDGOV_NO_TIME ? known_by
                       : as_of == GRIDGOV_NO_TIME  ? month->known_by
                                                   : as_of;
    options.lifecycle = month->lifecycle;
    options.roster = month->roster;
    options.agency_names = (const char *const *)month->agency_names;
    options.agency_rosters = (const gridgov_roster *const *)month->agency_rosters;
    options.agency_count = month->agency_count;
    return gridgov_cases_run(out, month->ledger, &options, issues, job, err);
}
