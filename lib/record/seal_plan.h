/* SPDX-License-Identifier: Apache-2.0 */
/* What sealing builds beside a ledger before it is put in place. */
#ifndef GG_RECORD_SEAL_PLAN_H
#define GG_RECORD_SEAL_PLAN_H

#include "model.h"

typedef struct gg_seal_plan {
    gg_event_row *events;
    int64_t *order;
    gg_step_row *steps, *orphans;
    int64_t *first_step;
    uint8_t *has; /* per event: GG_HAS_* */
    gg_event_row *versions;
    int64_t *first_version;
    gg_step_row **chain; /* room for the keyed steps of one event */
    gg_activity_row *activities;
    gg_list categories, agencies;
    size_t event_count, step_count, orphan_count, version_count;
} gg_seal_plan;

/* What is doubtful in the steps and versions of a plan that is ready, one issue each. */
void gg_seal_report(const gg_seal_plan *p, const gridgov_ledger *ledger, gridgov_issues *issues);

#endif
