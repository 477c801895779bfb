/* SPDX-License-Identifier: Apache-2.0 */
/* The handle of cases, and the run that makes them.
 *
 * Every event has a case at its own index, so nothing is searched. A run plays the cases one after
 * the other and appends to three arrays; what a case does not have costs it nothing. Memory is
 * about 150 bytes a case and 32 a step or a span. */
#include "case_model.h"

#include "base/error.h"

#include <string.h>

#define TICK 4096

static void destroy(gridgov_cases *cases) {
    gg_free(cases->rows);
    gg_free(cases->steps);
    gg_free(cases->holds);
    gg_free(cases->findings);
    for (size_t i = 0; i < cases->roster_count && cases->rosters != NULL; i++) {
        gridgov_roster_free(cases->rosters[i]);
    }
    for (size_t i = 0; i < cases->agency_count && cases->agency_rosters != NULL; i++) {
        gridgov_roster_free(cases->agency_rosters[i]);
    }
    gg_free(cases->rosters);
    gg_free(cases->agency_rosters);
    gg_free(cases->superiors);
    gridgov_roster_free(cases->roster);
    gridgov_roster_free(cases->wall);
    gridgov_lifecycle_free(cases->lifecycle);
    gridgov_ledger_free(cases->ledger);
    gg_free(cases);
}

void gridgov_cases_options_init(gridgov_cases_options *options, size_t struct_size) {
    const gridgov_cases_options full = {.as_of = GRIDGOV_NO_TIME, .known_by = GRIDGOV_NO_TIME};
    gg_options_write(options, struct_size, &full, sizeof full);
}

int32_t gg_case_class(const gridgov_cases *cases, int32_t state) {
    gridgov_lifecycle_state view = {.struct_size = sizeof view};
    return gridgov_lifecycle_state_at(&view, cases->lifecycle, state) == GRIDGOV_OK
               ? view.state_class
               : 0;
}

static gridgov_status play_all(gridgov_cases *cases, gridgov_job *job, gridgov_error *err) {
    gg_case_scratch scratch = {.move_count = 0};
    gridgov_status status = GRIDGOV_OK;
    for (size_t i = 0; i < cases->count && status == GRIDGOV_OK; i++) {
        if (i % TICK == TICK - 1) {
            status = gridgov_job_tick(job, "cases", (int64_t)i, (int64_t)cases->count);
            if (status < 0) {
                status = gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
                break;
            }
        }
        if (gg_case_play(cases, &scratch, (int64_t)i)) {
            status = gg_fail_memory(err);
        }
    }
    cases->rows[cases->count] = (gg_case_row){.first_step = (int64_t)cases->step_count,
                                              .first_hold = (int64_t)cases->hold_count,
                                              .first_finding = (int64_t)cases->finding_count};
    gg_case_scratch_release(&scratch);
    return status;
}

static void report(const gridgov_cases *cases, gridgov_issues *issues) {
    for (size_t i = 0; i < cases->finding_count && issues != NULL; i++) {
        const gg_case_finding *finding = &cases->findings[i];
        gridgov_error problem;
        gg_case_problem(&problem, cases, finding->c,
                        &cases->steps[cases->rows[finding->c].first_step + finding->case_step]);
        gridgov_issues_add(issues, &problem);
    }
}

static int is_sealed(const gridgov_roster *roster) {
    return gridgov_roster_digest(roster)[0] != '\0';
}

static gridgov_status check_rosters(const gridgov_cases_options *options, gridgov_error *err) {
    if (options->roster_count < 0 || (options->roster_count > 0 && options->rosters == NULL)) {
        return gg_fail_arg(err, "options.rosters");
    }
    if (options->agency_count < 0 ||
        (options->agency_count > 0 &&
         (options->agency_names == NULL || options->agency_rosters == NULL))) {
        return gg_fail_arg(err, "options.agency_rosters");
    }
    int sealed = options->roster == NULL || is_sealed(options->roster);
    for (int64_t i = 0; i < options->roster_count; i++) {
        sealed &= is_sealed(options->rosters[i]);
    }
    for (int64_t i = 0; i < options->agency_count; i++) {
        sealed &= options->agency_names[i] != NULL && is_sealed(options->agency_rosters[i]);
    }
    return sealed ? GRIDGOV_OK : gg_fail_state(err, "a roster is not sealed");
}

/* Index of an agency of the ledger by name, spelled in any width and case; GRIDGOV_NONE. */
static int64_t find_agency(const gridgov_ledger *ledger, const char *name) {
    char key[256], other[256];
    const size_t size = gg_text_key(key, sizeof key, gg_str_of(name));
    for (size_t i = 0; i < ledger->agencies.count && size <= sizeof key; i++) {
        const char *its = ledger->agencies.items[i].name;
        if (gg_text_key(other, sizeof other, gg_str_of(its)) == size &&
            memcmp(key, other, size) == 0) {
            return (int64_t)i;
        }
    }
    return GRIDGOV_NONE;
}

/* Hold the rosters given. 0, or -1 when memory is short. */
static int hold_rosters(gridgov_cases *cases, const gridgov_cases_options *options) {
    cases->roster = gridgov_roster_hold(options->roster);
    cases->rosters = gg_calloc((size_t)options->roster_count, sizeof(gridgov_roster *));
    if (cases->rosters == NULL) {
        return -1;
    }
    for (int64_t i = 0; i < options->roster_count; i++) {
        cases->rosters[cases->roster_count++] = gridgov_roster_hold(options->rosters[i]);
    }
    if (options->agency_count == 0) {
        return 0;
    }
    cases->agency_rosters = gg_calloc(cases->agency_count, sizeof(gridgov_roster *));
    if (cases->agency_rosters == NULL) {
        return -1;
    }
    for (int64_t i = 0; i < options->agency_count; i++) {
        const int64_t agency = find_agency(cases->ledger, options->agency_names[i]);
        if (agency != GRIDGOV_NONE) {
            gridgov_roster_free(cases->agency_rosters[agency]);
            cases->agency_rosters[agency] = gridgov_roster_hold(options->agency_rosters[i]);
        }
    }
    return 0;
}

/* Who stands above whom, by the ledger's agencies, which begin with those of its units in the same
 * order. 0, or -1 when memory is short. */
static int find_superiors(gridgov_cases *cases) {
    const gridgov_units *units = cases->ledger->units;
    const int64_t count = gridgov_units_count(units);
    int32_t *places = gg_calloc((size_t)count, sizeof *places); /* per unit: its agency */
    int32_t agencies = 0;
    int any = 0;
    if (places == NULL) {
        return -1;
    }
    for (int64_t i = 0; i < count; i++) {
        gridgov_unit unit = {.struct_size = sizeof unit};
        (void)gridgov_units_at(&unit, units, i);
        places[i] = unit.kind == GRIDGOV_UNIT_AGENCY ? agencies++ : GRIDGOV_NONE;
        any |= gridgov_units_superior(units, i) != GRIDGOV_NONE;
    }
    if (any) {
        cases->superiors = gg_calloc(cases->agency_count, sizeof *cases->superiors);
        for (size_t i = 0; i < cases->agency_count && cases->superiors != NULL; i++) {
            cases->superiors[i] = GRIDGOV_NONE;
        }
        for (int64_t i = 0; i < count && cases->superiors != NULL; i++) {
            const int64_t superior = gridgov_units_superior(units, i);
            if (superior != GRIDGOV_NONE) {
                cases->superiors[places[i]] = places[superior];
            }
        }
    }
    gg_free(places);
    return any && cases->superiors == NULL ? -1 : 0;
}

/* A roster for limits on the wall clock, which need nothing of it but where days begin. */
static gridgov_status open_wall(gridgov_cases *cases, gridgov_error *err) {
    gridgov_calendar *calendar = NULL;
    GG_TRY(gridgov_calendar_open(&calendar, "weekends", 8, err));
    gridgov_status status = gridgov_roster_open(&cases->wall, calendar, "duty", 4, err);
    gridgov_calendar_free(calendar);
    return status;
}

gridgov_status gridgov_cases_run(gridgov_cases **out, const gridgov_ledger *ledger,
                                 const gridgov_cases_options *options, gridgov_issues *issues,
                                 gridgov_job *job, gridgov_error *err) {
    gridgov_cases_options full = {.as_of = GRIDGOV_NO_TIME, .known_by = GRIDGOV_NO_TIME};
    gridgov_status status = GRIDGOV_OK;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (ledger == NULL) {
        return gg_fail_arg(err, "ledger");
    }
    if (gg_options_read(&full, sizeof full, options)) {
        return gg_fail_arg(err, "options");
    }
    if (!ledger->sealed) {
        return gg_fail_state(err, "the ledger is not sealed");
    }
    GG_TRY(check_rosters(&full, err));
    gridgov_cases *cases = gg_calloc(1, sizeof *cases);
    if (cases == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&cases->share);
    cases->ledger = gridgov_ledger_hold(ledger);
    cases->lifecycle = gridgov_lifecycle_hold(full.lifecycle);
    cases->as_of = full.as_of == GRIDGOV_NO_TIME ? INT64_MAX : full.as_of;
    cases->known_by = full.known_by == GRIDGOV_NO_TIME ? cases->as_of : full.known_by;
    cases->count = ledger->event_count;
    cases->agency_count = ledger->agencies.count;
    cases->rows = gg_calloc(cases->count + 1, sizeof *cases->rows);
    if (cases->rows == NULL || hold_rosters(cases, &full) || find_superiors(cases)) {
        status = gg_fail_memory(err);
    } else if (cases->lifecycle == NULL) {
        status = gridgov_lifecycle_open(&cases->lifecycle, "standard", 8, err);
    }
    status = status < 0 || cases->roster != NULL ? status : open_wall(cases, err);
    status = status < 0 ? status : play_all(cases, job, err);
    if (status < 0) {
        destroy(cases);
        return status;
    }
    report(cases, issues);
    *out = cases;
    return GRIDGOV_OK;
}

const gridgov_ledger *gridgov_cases_ledger(const gridgov_cases *cases) {
    return cases == NULL ? NULL : cases->ledger;
}

const gridgov_lifecycle *gridgov_cases_lifecycle(const gridgov_cases *cases) {
    return cases == NULL ? NULL : cases->lifecycle;
}

gridgov_time gridgov_cases_as_of(const gridgov_cases *cases) {
    return cases == NULL ? GRIDGOV_NO_TIME : cases->as_of;
}

gridgov_time gridgov_cases_known_by(const gridgov_cases *cases) {
    return cases == NULL ? GRIDGOV_NO_TIME : cases->known_by;
}

gridgov_cases *gridgov_cases_hold(const gridgov_cases *cases) {
    // Holders are counted inside an object that is constant to its users.
    gridgov_cases *held = (gridgov_cases *)cases;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_cases_free(gridgov_cases *cases) {
    if (cases != NULL && gg_share_drop(&cases->share)) {
        destroy(cases);
    }
}
