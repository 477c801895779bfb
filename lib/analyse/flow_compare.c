/* SPDX-License-Identifier: Apache-2.0 */
/* The closing of one period against the opening of the next. Cases go by their numbers, holders and
 * categories by their names, for the two may come from two ledgers. */
#include "flow_model.h"

#include <string.h>

static const char *holder_name(const gridgov_flow *flow, const gg_flow_place *place) {
    const char *name =
        place->holder == 0 ? "" : gridgov_ledger_agency_name(flow->ledger, place->holder - 1, NULL);
    return name == NULL ? "" : name;
}

static const char *category_name(const gridgov_flow *flow, const gg_flow_place *place) {
    const char *name = gridgov_ledger_category_name(flow->ledger, place->category, NULL);
    return name == NULL ? "" : name;
}

static void report(gridgov_issues *issues, int64_t *count, int32_t rule, const char *id,
                   const char *before, const char *after) {
    gridgov_error issue;
    (*count)++;
    gg_fail(&issue, rule, "event", id, strlen(id), before, after);
    gridgov_issues_add(issues, &issue);
}

static const char *id_of(const gridgov_flow *flow, size_t index) {
    gridgov_event event = {.struct_size = sizeof event, .id = ""};
    (void)gridgov_ledger_event_at(&event, flow->ledger, (int64_t)index);
    return event.id;
}

static void compare_case(int64_t *count, const gridgov_flow *before, size_t index,
                         const gridgov_flow *after, gridgov_issues *issues) {
    const gg_flow_place *closing = &before->closing[index];
    const char *id = id_of(before, index);
    const int64_t other = gridgov_ledger_event_find(after->ledger, id, strlen(id));
    if (other == GRIDGOV_NONE || !after->opening[other].open) {
        report(issues, count, GG_RULE_FLOW_LOST, id, NULL, NULL);
        return;
    }
    const gg_flow_place *opening = &after->opening[other];
    if (strcmp(category_name(before, closing), category_name(after, opening)) != 0) {
        report(issues, count, GG_RULE_FLOW_RECATEGORISED, id, category_name(before, closing),
               category_name(after, opening));
    }
    if (strcmp(holder_name(before, closing), holder_name(after, opening)) != 0) {
        report(issues, count, GG_RULE_FLOW_MOVED, id, holder_name(before, closing),
               holder_name(after, opening));
    }
}

gridgov_status gridgov_flow_compare(int64_t *count_out, const gridgov_flow *before,
                                    const gridgov_flow *after, gridgov_issues *issues,
                                    gridgov_error *err) {
    if (count_out == NULL || before == NULL || after == NULL) {
        return gg_fail_arg(err, count_out == NULL ? "count_out" : "before");
    }
    *count_out = 0;
    for (size_t i = 0; i < before->case_count; i++) {
        if (before->closing[i].open) {
            compare_case(count_out, before, i, after, issues);
        }
    }
    for (size_t i = 0; i < after->case_count; i++) {
        const char *id = id_of(after, i);
        const int64_t other = gridgov_ledger_event_find(before->ledger, id, strlen(id));
        if (after->opening[i].open && (other == GRIDGOV_NONE || !before->closing[other].open)) {
            report(issues, count_out, GG_RULE_FLOW_DOUBLED, id, NULL, NULL);
        }
    }
    return GRIDGOV_OK;
}
