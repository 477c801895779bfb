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
    gridgov_lifecycle_free(cases->lifecycle);
    gridgov_ledger_free(cases->ledger);
    gg_free(cases);
}

void gridgov_cases_options_init(gridgov_cases_options *options, size_t struct_size) {
    const gridgov_cases_options full = {.as_of = GRIDGOV_NO_TIME, .known_by = GRIDGOV_NO_TIME};
    const uint32_t size = (uint32_t)struct_size;
    if (options == NULL || struct_size < 2 * sizeof size) {
        return;
    }
    memcpy(options, &full, struct_size < sizeof full ? struct_size : sizeof full);
    memcpy(options, &size, sizeof size);
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
    cases->rows = gg_calloc(cases->count + 1, sizeof *cases->rows);
    if (cases->rows == NULL) {
        status = gg_fail_memory(err);
    } else if (cases->lifecycle == NULL) {
        status = gridgov_lifecycle_open(&cases->lifecycle, "standard", 8, err);
    }
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
