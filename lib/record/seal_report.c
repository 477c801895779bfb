/* SPDX-License-Identifier: Apache-2.0 */
/* What sealing has to say: steps of events that are not there or before their report, mergers and
 * splits whose other event is not there, and versions that contradict each other. All of it once
 * everything is sorted, so the order of adding never shows. */
#include "seal_plan.h"

#include "base/error.h"

#include <string.h>

/* Do two versions say the same, but for when they were recorded? */
static int same_event(const gg_event_row *a, const gg_event_row *b) {
    gg_event_row other = *b;
    other.recorded_at = a->recorded_at;
    return gg_event_compare(a, &other) == 0;
}

static int same_step(const gg_step_row *a, const gg_step_row *b) {
    gg_step_row other = *b;
    other.recorded_at = a->recorded_at;
    return gg_step_compare(a, &other) == 0;
}

/* One issue a version that another one takes the place of and that says something else. */
static void report_versions(const gg_seal_plan *p, const gridgov_ledger *ledger,
                            gridgov_issues *issues) {
    gridgov_error issue;
    for (size_t i = 0; i < p->event_count && p->first_version != NULL; i++) {
        const char *id = p->events[i].id;
        const gg_event_row *last = &p->events[i];
        for (int64_t v = p->first_version[i]; v < p->first_version[i + 1]; v++) {
            const gg_event_row *row = &p->versions[v];
            if (same_event(row, last)) {
                last = row;
                continue;
            }
            gg_fail(&issue,
                    gg_event_recorded(row) == gg_event_recorded(last) ? GG_RULE_EVENT_CONTRADICTED
                                                                      : GG_RULE_EVENT_CORRECTED,
                    "id", id, strlen(id), NULL, NULL);
            gg_error_at(&issue, gridgov_ledger_source(ledger, GRIDGOV_TABLE_EVENTS),
                        row->source_row, 0);
            gridgov_issues_add(issues, &issue);
            last = row;
        }
    }
    for (size_t i = 0; i < p->step_count; i++) {
        const gg_step_row *step = &p->steps[i];
        if (step->newer != GRIDGOV_NONE && !same_step(step, &p->steps[step->newer])) {
            const gg_step_row *newer = &p->steps[step->newer];
            gg_fail(&issue,
                    gg_step_recorded(step) == gg_step_recorded(newer) ? GG_RULE_STEP_CONTRADICTED
                                                                      : GG_RULE_STEP_CORRECTED,
                    "key", gg_step_key(step), strlen(gg_step_key(step)), step->event_id, NULL);
            gg_error_at(&issue, gridgov_ledger_source(ledger, GRIDGOV_TABLE_STEPS),
                        step->source_row, 0);
            gridgov_issues_add(issues, &issue);
        }
    }
}

static void report_step(const gridgov_ledger *ledger, const gg_step_row *step, gridgov_error *issue,
                        gridgov_issues *issues) {
    const int32_t table = step->table != 0 ? step->table : GRIDGOV_TABLE_STEPS;
    gg_error_at(issue, gridgov_ledger_source(ledger, table), step->source_row, 0);
    gridgov_issues_add(issues, issue);
}

/* The event that a case was merged into or that was split off it must be one of the ledger's. Only
 * a warning: the other one may stand in another part of the year's rows, and what is counted here
 * must not depend on the parts. */
static void report_other(const gridgov_ledger *ledger, const gg_step_row *step,
                         gridgov_issues *issues) {
    const char *other = step->more == NULL ? "" : step->more->other_event;
    gridgov_error issue;
    if (other[0] == '\0' || step->newer != GRIDGOV_NONE ||
        (step->kind != GRIDGOV_STEP_MERGE && step->kind != GRIDGOV_STEP_SPLIT) ||
        gg_map_get(&ledger->ids, gg_str_of(other), GRIDGOV_NONE) != GRIDGOV_NONE) {
        return;
    }
    gg_fail(&issue, step->kind == GRIDGOV_STEP_MERGE ? GG_RULE_MERGE_EVENT : GG_RULE_SPLIT_EVENT,
            "other_event", step->event_id, strlen(step->event_id), other, NULL);
    report_step(ledger, step, &issue, issues);
}

static void report_steps(const gg_seal_plan *p, const gridgov_ledger *ledger,
                         gridgov_issues *issues) {
    gridgov_error issue;
    for (size_t i = 0; i < p->orphan_count; i++) {
        const char *id = p->orphans[i].event_id;
        gg_fail(&issue, GG_RULE_STEP_EVENT, "event", id, strlen(id), NULL, NULL);
        report_step(ledger, &p->orphans[i], &issue, issues);
    }
    for (size_t i = 0; i < p->step_count; i++) {
        const gg_step_row *step = &p->steps[i];
        report_other(ledger, step, issues);
        if (step->at < p->events[step->event].reported_at) {
            gg_fail(&issue, GG_RULE_STEP_EARLY, "at", step->event_id, strlen(step->event_id), NULL,
                    NULL);
            report_step(ledger, step, &issue, issues);
        }
    }
}

void gg_seal_report(const gg_seal_plan *p, const gridgov_ledger *ledger, gridgov_issues *issues) {
    report_steps(p, ledger, issues);
    report_versions(p, ledger, issues);
}
