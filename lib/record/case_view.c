/* SPDX-License-Identifier: Apache-2.0 */
/* Looking into cases. Everything is found by index; a refusal is put into words only when it is
 * asked for, by asking the life cycle again. */
#include "case_model.h"

#include "base/error.h"
#include "base/line.h"

#include <string.h>

int64_t gridgov_case_count(const gridgov_cases *cases) {
    return cases == NULL ? 0 : (int64_t)cases->count;
}

int64_t gridgov_case_finding_count(const gridgov_cases *cases) {
    return cases == NULL ? 0 : (int64_t)cases->finding_count;
}

gridgov_status gridgov_case_at(gridgov_case *case_out, const gridgov_cases *cases, int64_t index) {
    if (case_out == NULL || cases == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)cases->count) {
        return GRIDGOV_END;
    }
    const gg_case_row *c = &cases->rows[index];
    const gg_event_row *event = c->event;
    const int32_t class = gg_case_class(cases, c->state);
    const gridgov_case full = {
        .known = event != NULL,
        .state = c->state,
        .state_class = class,
        .closed = class == GRIDGOV_STATE_CLOSED,
        .ended = class == GRIDGOV_STATE_ENDED,
        .suspended = c->suspended,
        .opening = event != NULL && event->opening,
        .self_found = c->self_found,
        .dispatches = c->dispatches,
        .returns = c->returns,
        .timeouts = c->timeouts,
        .reworks = c->reworks,
        .reopens = c->reopens,
        .extensions = c->extensions,
        .urges = c->urges,
        .card = c->card,
        .appeal = c->appeal,
        .event = index,
        .unit = event == NULL ? GRIDGOV_NONE : event->unit,
        .category = c->category,
        .agency = c->agency,
        .reported_at = event == NULL ? GRIDGOV_NO_TIME : event->reported_at,
        .accepted_at = c->accepted_at,
        .dispatched_at = c->dispatched_at,
        .acknowledged_at = c->acknowledged_at,
        .passed_at = c->passed_at,
        .handled_at = c->handled_at,
        .first_closed_at = c->first_closed_at,
        .closed_at = c->closed_at,
        .ended_at = c->ended_at,
        .state_since = c->state_since,
        .step_count = c[1].first_step - c->first_step,
        .hold_count = c[1].first_hold - c->first_hold,
        .finding_count = c[1].first_finding - c->first_finding,
        .reason = c->reason,
    };
    return gg_view_copy(case_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

/* Where the share of a case begins in one of the arrays, if it has an element of that index. */
static gridgov_status find_share(int64_t *place, const void *out, const gridgov_cases *cases,
                                 int64_t c, int64_t index, size_t first) {
    if (out == NULL || cases == NULL) {
        return GRIDGOV_EARG;
    }
    if (c < 0 || c >= (int64_t)cases->count || index < 0) {
        return GRIDGOV_END;
    }
    int64_t from, to;
    memcpy(&from, (const char *)&cases->rows[c] + first, sizeof from);
    memcpy(&to, (const char *)&cases->rows[c + 1] + first, sizeof to);
    *place = from + index;
    return index < to - from ? GRIDGOV_OK : GRIDGOV_END;
}

gridgov_status gridgov_case_step_at(gridgov_case_step *step_out, const gridgov_cases *cases,
                                    int64_t c, int64_t index) {
    int64_t place;
    gridgov_status status =
        find_share(&place, step_out, cases, c, index, offsetof(gg_case_row, first_step));
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_case_step *step = &cases->steps[place];
    const gridgov_case_step full = {.kind = step->kind,
                                    .derived = step->derived,
                                    .accepted = step->rule == 0,
                                    .rule = step->rule,
                                    .before = step->before,
                                    .after = step->after,
                                    .step = step->step,
                                    .agency = step->agency,
                                    .holder = step->holder,
                                    .at = step->at};
    return gg_view_copy(step_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_status gridgov_case_hold_at(gridgov_case_hold *hold_out, const gridgov_cases *cases,
                                    int64_t c, int64_t index) {
    int64_t place;
    gridgov_status status =
        find_share(&place, hold_out, cases, c, index, offsetof(gg_case_row, first_hold));
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_case_hold *hold = &cases->holds[place];
    const gridgov_case_hold full = {.ended_by = hold->ended_by,
                                    .agency = hold->agency,
                                    .from = hold->from,
                                    .acknowledged_at = hold->acknowledged_at,
                                    .to = hold->to};
    return gg_view_copy(hold_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

static const char *agency_name(const gridgov_cases *cases, int64_t agency) {
    const char *name = gridgov_ledger_agency_name(cases->ledger, agency, NULL);
    return name == NULL ? "" : name;
}

/* The steps of a set as a list, "accept, dispatch". */
static void list_steps(char *buffer, size_t room, uint64_t set) {
    gg_line line;
    gg_line_init(&line, buffer, room);
    for (int32_t step = GRIDGOV_STEP_REPORT; step <= GG_STEP_LAST; step++) {
        if (set >> step & 1) {
            gg_line_text(&line, line.size == 0 ? "" : ", ");
            gg_line_text(&line, gridgov_code_text(GRIDGOV_KIND_STEP, step));
        }
    }
}

/* A refusal by a guard. */
static void guard_problem(gridgov_error *problem, const gridgov_cases *cases, int64_t c,
                          const gg_case_step *step, const gg_step_more *more) {
    const char *kind = gridgov_code_text(GRIDGOV_KIND_STEP, step->kind);
    const char *name = agency_name(cases, step->agency);
    char value[GG_NUM_TEXT_SIZE] = "";
    char list[160];
    list_steps(list, sizeof list,
               gridgov_lifecycle_allowed(cases->lifecycle, step->before) &
                   ~(UINT64_C(1) << step->kind));
    switch (step->rule) {
    case GG_RULE_STEP_HOLDER:
        gg_fail(problem, step->rule, kind, name, strlen(name), agency_name(cases, step->holder),
                NULL);
        break;
    case GG_RULE_STEP_LEVEL:
        gg_int_format(value, more == NULL ? 0 : more->level);
        gg_fail(problem, step->rule, kind, value, strlen(value),
                step->holder == GRIDGOV_NONE ? "1" : "3", NULL);
        break;
    case GG_RULE_STEP_EXTENSIONS:
        gg_int_format(list, gridgov_lifecycle_extensions(cases->lifecycle));
        gg_int_format(value, gridgov_lifecycle_extensions(cases->lifecycle) + 1);
        gg_fail(problem, step->rule, kind, value, strlen(value), list, NULL);
        break;
    case GG_RULE_STEP_CREATOR:
        name = gridgov_code_text(GRIDGOV_KIND_ROLE, more == NULL ? 0 : more->role);
        gg_fail(problem, step->rule, kind, name, strlen(name),
                gridgov_code_text(GRIDGOV_KIND_ROLE, GRIDGOV_ROLE_REPORTER), NULL);
        break;
    case GG_RULE_STEP_DIRECT:
        gg_fail(problem, step->rule, kind, name, strlen(name),
                agency_name(cases, cases->superiors[step->agency]), NULL);
        break;
    default:
        gg_fail(problem, step->rule, kind, cases->rows[c].event->id,
                strlen(cases->rows[c].event->id), list, NULL);
        break;
    }
}

void gg_case_problem(gridgov_error *problem, const gridgov_cases *cases, int64_t c,
                     const gg_case_step *step) {
    const gridgov_ledger *ledger = cases->ledger;
    const gg_step_row *row = step->step == GRIDGOV_NONE ? NULL : &ledger->steps[step->step];
    const gg_step_more *more = row == NULL ? NULL : row->more;
    memset(problem, 0, sizeof *problem);
    if (gridgov_lifecycle_check(NULL, cases->lifecycle, step->before, step->kind,
                                more == NULL ? GRIDGOV_ROLE_UNKNOWN : more->role,
                                row == NULL ? "" : row->reason->text, problem) == GRIDGOV_OK) {
        guard_problem(problem, cases, c, step, more);
    }
    const int from_row = step->derived;
    const int32_t table = row != NULL && row->table != 0 ? row->table : GRIDGOV_TABLE_STEPS;
    gg_error_at(problem, gridgov_ledger_source(ledger, from_row ? GRIDGOV_TABLE_EVENTS : table),
                row == NULL || from_row ? cases->rows[c].event->source_row : row->source_row, 0);
}

gridgov_status gridgov_case_finding_at(gridgov_case_finding *finding_out,
                                       const gridgov_cases *cases, int64_t index) {
    if (finding_out == NULL || cases == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)cases->finding_count) {
        return GRIDGOV_END;
    }
    const gg_case_finding *finding = &cases->findings[index];
    const gg_case_step *step =
        &cases->steps[cases->rows[finding->c].first_step + finding->case_step];
    gridgov_case_finding full = {.rule = step->rule,
                                 .kind = step->kind,
                                 .state = step->before,
                                 .allowed =
                                     gridgov_lifecycle_allowed(cases->lifecycle, step->before),
                                 .event = finding->c,
                                 .step = step->step,
                                 .case_step = finding->case_step};
    gg_case_problem(&full.problem, cases, finding->c, step);
    return gg_view_copy(finding_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}
