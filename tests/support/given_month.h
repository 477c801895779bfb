/* SPDX-License-Identifier: Apache-2.0 */
/* For sweeps: a policy that uses most of the language, and a ledger of one grid to which everything
 * is given: a figure, two deductions that are joined, a bonus and a ruling. */
#ifndef GIVEN_MONTH_H
#define GIVEN_MONTH_H

#include "support/sweep.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char given_policy[] =
    "{\"schema\": \"gridgov.policy/1\", \"version\": 1, \"name\": \"own\", \"title\": \"t\","
    " \"source\": \"s\", \"certainty\": \"ours\", \"valid_from\": null, \"valid_to\": null,"
    " \"parameters\": {\"minutes\": {\"title\": \"t\", \"value\": null, \"min\": 1, \"max\": 99,"
    " \"decimals\": 0, \"certainty\": \"ours\"}},"
    " \"metrics\": {\"schema\": \"gridgov.metrics/1\", \"version\": 1, \"name\": \"own\","
    " \"source\": \"s\", \"certainty\": \"ours\", \"metrics\": [{\"code\": \"short\","
    " \"name\": \"a\", \"name_en\": \"b\", \"dimension\": \"unit\","
    " \"measure\": \"patrol_failed_days\", \"minimum_minutes\": null}]},"
    " \"metric_thresholds\": {\"short\": {\"minimum_minutes\": {\"parameter\": \"minutes\"}}},"
    " \"groups\": [{\"code\": \"g\", \"name\": \"组\", \"max\": 10}],"
    " \"indicators\": [{\"code\": \"i\", \"name\": \"指标\", \"group\": \"g\", \"max\": 10,"
    " \"deductions\": [{\"rule\": \"bands\", \"metric\": \"short\", \"bands\": ["
    "{\"at_least\": 3, \"points\": 4}, {\"otherwise\": true, \"points\": 0}]},"
    " {\"rule\": \"consecutive\", \"months\": 2, \"without_history\": \"full\", \"points\": 1,"
    " \"of\": {\"rule\": \"greatest\", \"rules\": [{\"rule\": \"staged\", \"metric\": ["
    "{\"metric\": \"short\"}], \"stages\": [{\"from\": 1, \"points\": 1}]}, {\"rule\": \"table\","
    " \"rows\": {\"metric\": \"short\", \"at_least\": [1]}, \"columns\": {\"metric\": \"short\","
    " \"at_least\": [1]}, \"points\": [[1, 2], [3, 4]]}]}}],"
    " \"certainty\": \"ours\"}], \"bonus\": {\"name\": \"附加分\", \"values\": [3, 5]},"
    " \"grades\": [{\"code\": \"a\", \"name\": \"甲\", \"otherwise\": true}],"
    " \"vetoes\": [{\"code\": \"v\", \"name\": \"否\", \"grade\": \"a\", \"certainty\": \"ours\","
    " \"rule\": {\"rule\": \"any\", \"metric\": \"short\", \"points\": 1}}],"
    " \"peer_groups\": [{\"code\": \"p\", \"name\": \"组一\", \"units\": [\"x\"], \"ends_with\":"
    " [\"村\"], \"otherwise\": true}], \"ranking\": {\"method\": \"dense\", \"within\":"
    " \"peer_group\", \"tie_breaks\": [{\"bonus\": true}]}, \"unit_means\": {\"decimals\": 2,"
    " \"rounding\": \"half_up\"}, \"standard\": {\"below\": 80, \"name\": \"低\", \"months\": 2}}";

/* The policy with a threshold of so many minutes, by which its metric counts. */
static inline gridgov_status given_policy_load(gridgov_policy **out, const char *minutes,
                                               gridgov_error *err) {
    return gridgov_policy_load(out, given_policy, sizeof given_policy - 1, minutes, strlen(minutes),
                               NULL, err);
}

static inline gridgov_status give(gridgov_ledger *ledger, int32_t kind, const char *key,
                                  gridgov_points points, gridgov_error *err) {
    gridgov_activity given = {.struct_size = sizeof given};
    gridgov_activity_init(&given, sizeof given);
    given.kind = kind;
    given.unit = 0;
    given.key = key;
    given.reason = "理由";
    given.authority = "街道办";
    given.amount = points;
    given.state = kind == GRIDGOV_ACTIVITY_FACT     ? GRIDGOV_CELL_VALUE
                  : kind == GRIDGOV_ACTIVITY_RULING ? GRIDGOV_RULING_UPHELD
                                                    : 0;
    given.at = kind == GRIDGOV_ACTIVITY_RULING ? 0 : GRIDGOV_NO_TIME;
    return gridgov_ledger_add_activity(ledger, &given, err);
}

static inline gridgov_status given_ledger(gridgov_ledger **out, gridgov_error *err) {
    gridgov_units *units = NULL;
    gridgov_unit grid = {.struct_size = sizeof grid,
                         .kind = GRIDGOV_UNIT_GRID,
                         .parent = GRIDGOV_NONE,
                         .name = "一网格",
                         .code = "",
                         .from = GRIDGOV_NO_DAY,
                         .to = GRIDGOV_NO_DAY};
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_units_new(&units, err), units);
    if (status == GRIDGOV_OK) {
        status = gridgov_units_add(NULL, units, &grid, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_units_seal(units, err);
    }
    SWEEP_TRY(status, gridgov_ledger_new(out, NULL, units, err), *out);
    if (status == GRIDGOV_OK) {
        status = give(*out, GRIDGOV_ACTIVITY_FACT, "short", 5, err);
    }
    for (int i = 0; i < 2 && status == GRIDGOV_OK; i++) {
        status = give(*out, GRIDGOV_ACTIVITY_DEDUCTION, "指标", -2000 - i, err);
    }
    if (status == GRIDGOV_OK) {
        status = give(*out, GRIDGOV_ACTIVITY_ADJUSTMENT, "", 3000, err);
    }
    if (status == GRIDGOV_OK) {
        status = give(*out, GRIDGOV_ACTIVITY_RULING, "FJ1", 0, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_ledger_seal(*out, NULL, err);
    }
    gridgov_units_free(units);
    return status;
}

/* The facts of a month. */
static inline gridgov_status given_facts(gridgov_facts **out, const gridgov_ledger *ledger,
                                         const gridgov_policy *policy, const char *month,
                                         gridgov_error *err) {
    gridgov_tally_options options;
    gridgov_tally_options_init(&options, sizeof options);
    assert_int_equal(gridgov_month_span(&options.period, month, 7, 480, NULL), GRIDGOV_OK);
    return gridgov_tally_run(out, ledger, gridgov_policy_metrics(policy), NULL, &options, NULL,
                             NULL, err);
}

#endif
