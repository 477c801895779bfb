/* SPDX-License-Identifier: Apache-2.0 */
/* Facts made of monthly figures, for tests of scoring: units, a ledger that is told one number a
 * metric and grid, and the tally over September 2021. What is not told is unknown. */
#ifndef SCORE_SUPPORT_H
#define SCORE_SUPPORT_H

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct office {
    gridgov_units *units;
    gridgov_ledger *ledger;
    int64_t community; /* its index */
    gridgov_error err;
} office;

static inline int64_t office_unit(office *o, int32_t kind, const char *name, int64_t parent,
                                  gridgov_day to) {
    gridgov_unit unit = {.struct_size = sizeof unit,
                         .kind = kind,
                         .parent = parent,
                         .name = name,
                         .code = "",
                         .from = GRIDGOV_NO_DAY,
                         .to = to};
    int64_t index = -1;
    assert_int_equal(gridgov_units_add(&index, o->units, &unit, &o->err), GRIDGOV_OK);
    return index;
}

/* An office with one community and `grids` grids called 1, 2, …; more units may follow before
 * office_open(). */
static inline office office_begin(int grids) {
    office o = {.units = NULL};
    assert_int_equal(gridgov_units_new(&o.units, &o.err), GRIDGOV_OK);
    o.community = office_unit(&o, GRIDGOV_UNIT_COMMUNITY, "社区", GRIDGOV_NONE, GRIDGOV_NO_DAY);
    for (int i = 1; i <= grids; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        office_unit(&o, GRIDGOV_UNIT_GRID, name, o.community, GRIDGOV_NO_DAY);
    }
    return o;
}

static inline void office_open(office *o) {
    assert_int_equal(gridgov_units_seal(o->units, &o->err), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_new(&o->ledger, NULL, o->units, &o->err), GRIDGOV_OK);
}

/* A monthly figure; GRIDGOV_NONE as unit: for all grids; a negative value: not applicable. */
static inline void office_fact(office *o, int64_t unit, const char *metric, int64_t value) {
    gridgov_activity fact = {.struct_size = sizeof fact};
    gridgov_activity_init(&fact, sizeof fact);
    fact.kind = GRIDGOV_ACTIVITY_FACT;
    fact.unit = unit;
    fact.key = metric;
    fact.authority = "test";
    fact.state = value < 0 ? GRIDGOV_CELL_NOT_APPLICABLE : GRIDGOV_CELL_VALUE;
    fact.amount = value < 0 ? 0 : value;
    assert_int_equal(gridgov_ledger_add_activity(o->ledger, &fact, &o->err), GRIDGOV_OK);
}

/* Given points; indicator NULL: an adjustment. */
static inline void office_points(office *o, int64_t unit, const char *indicator,
                                 gridgov_points points, const char *reason) {
    gridgov_activity given = {.struct_size = sizeof given};
    gridgov_activity_init(&given, sizeof given);
    given.kind = indicator == NULL ? GRIDGOV_ACTIVITY_ADJUSTMENT : GRIDGOV_ACTIVITY_DEDUCTION;
    given.unit = unit;
    given.key = indicator == NULL ? "" : indicator;
    given.reason = reason;
    given.authority = "街道办";
    given.amount = points;
    assert_int_equal(gridgov_ledger_add_activity(o->ledger, &given, &o->err), GRIDGOV_OK);
}

/* Seal and count; the office's own holds are given up. */
static inline gridgov_facts *office_facts_of(office *o, const gridgov_policy *policy,
                                             const char *month) {
    gridgov_tally_options options;
    gridgov_facts *facts = NULL;
    gridgov_tally_options_init(&options, sizeof options);
    assert_int_equal(gridgov_month_span(&options.period, month, strlen(month), 480, &o->err),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_seal(o->ledger, NULL, &o->err), GRIDGOV_OK);
    assert_int_equal(gridgov_tally_run(&facts, o->ledger, gridgov_policy_metrics(policy), NULL,
                                       &options, NULL, NULL, &o->err),
                     GRIDGOV_OK);
    gridgov_ledger_free(o->ledger);
    gridgov_units_free(o->units);
    return facts;
}

static inline gridgov_facts *office_facts(office *o, const gridgov_policy *policy) {
    return office_facts_of(o, policy, "2021-09");
}

static inline gridgov_policy *policy_from(const char *json, const char *parameters) {
    gridgov_policy *policy = NULL;
    gridgov_error err = {0};
    size_t size = parameters == NULL ? 0 : strlen(parameters);
    if (gridgov_policy_load(&policy, json, strlen(json), parameters, size, NULL, &err) != 0) {
        fail_msg("%s at %s (%s)", err.message, err.field, err.value);
    }
    return policy;
}

static inline gridgov_scorecard card_at(const gridgov_scorecards *cards, int64_t index) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    assert_int_equal(gridgov_scorecards_at(&card, cards, index), GRIDGOV_OK);
    return card;
}

static inline gridgov_score_line line_at(const gridgov_scorecards *cards, int64_t card,
                                         int64_t line) {
    gridgov_score_line view = {.struct_size = sizeof view};
    assert_int_equal(gridgov_scorecards_line_at(&view, cards, card, line), GRIDGOV_OK);
    return view;
}

#endif
