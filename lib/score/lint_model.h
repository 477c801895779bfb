/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of a lint share: where findings go, and the intervals that prove them. */
#ifndef GG_LINT_MODEL_H
#define GG_LINT_MODEL_H

#include "base/buf.h"
#include "policy_model.h"

#include <gridgov/lint.h>

#define GG_ENDLESS INT64_MAX

typedef struct gg_lint {
    const gridgov_policy *policy;
    gridgov_issues *issues;
    int64_t count;
    gg_buf place; /* "indicators/closure/deductions/0" of what is looked at */
} gg_lint;

/* Points that a rule can cost, or award: low to high; high may be GG_ENDLESS. */
typedef struct gg_reach {
    int64_t low, high;
} gg_reach;

/* Report a finding at the place. */
void gg_lint_report(gg_lint *lint, int32_t rule, const char *value, const char *more0,
                    const char *more1);
/* The same with points as value and as more text. */
void gg_lint_points(gg_lint *lint, int32_t rule, gridgov_points value, gridgov_points more);

/* Points that the tree of a node can move. nodes are its owner's. */
gg_reach gg_lint_reach(const gridgov_policy *policy, const gg_policy_rule *nodes, int64_t index);
/* Look at one node and those below it, of an owner with that maximum. */
void gg_lint_rule(gg_lint *lint, const gg_policy_rule *nodes, int64_t index, gridgov_points max);
/* Points that a node costs a grid that reported nothing at all; GG_NOT_ON_REPORTS if it does not
 * rest on reports, GG_UNASSESSED if it leaves its line unassessed then. */
enum { GG_NOT_ON_REPORTS = -1, GG_UNASSESSED = -2 };
gridgov_points gg_lint_silent(const gridgov_policy *policy, const gg_policy_rule *nodes,
                              int64_t index);

/* What a document of bars says against the policy. */
gridgov_status gg_lint_bars(gg_lint *lint, const char *bars, size_t size, gridgov_day day,
                            gridgov_error *err);

#endif
