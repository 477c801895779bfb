/* SPDX-License-Identifier: Apache-2.0 */
/* A policy document, and after a NUL byte the values of its parameters. Whatever loads keeps its
 * promises: positive maxima that add up, groups side by side, metrics that exist and count per
 * unit, bands that fall to one that catches all. */
#include <gridgov/gridgov.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int truth) {
    if (!truth) {
        abort();
    }
}

static void check_metric(const gridgov_policy *policy, int64_t index) {
    gridgov_metric metric = {.struct_size = sizeof metric};
    demand(gridgov_metrics_at(&metric, gridgov_policy_metrics(policy), index) == GRIDGOV_OK);
    demand(metric.dimension == GRIDGOV_DIMENSION_UNIT);
}

static void check_bands(const gridgov_policy *policy, int64_t indicator, int64_t index,
                        const gridgov_score_rule *rule) {
    gridgov_score_band band = {.struct_size = sizeof band};
    int64_t before = INT64_MAX;
    demand((rule->band_count > 0) ==
           (rule->kind == GRIDGOV_SCORE_RULE_BANDS || rule->kind == GRIDGOV_SCORE_RULE_STAGED ||
            rule->kind == GRIDGOV_SCORE_RULE_TABLE));
    for (int64_t i = 0; rule->kind == GRIDGOV_SCORE_RULE_BANDS && i < rule->band_count; i++) {
        demand(gridgov_policy_band_at(&band, policy, indicator, index, i) == GRIDGOV_OK);
        demand(band.points >= 0 && (!rule->configured || band.at_least < before));
        demand((band.at_least == INT64_MIN) == (i + 1 == rule->band_count));
        before = band.at_least;
    }
}

static void check_rules(const gridgov_policy *policy, int64_t indicator) {
    gridgov_score_rule rule = {.struct_size = sizeof rule};
    for (int64_t i = 0; gridgov_policy_rule_at(&rule, policy, indicator, i) == GRIDGOV_OK; i++) {
        demand(rule.span >= 1 && rule.parent < i);
        if (rule.kind >= GRIDGOV_SCORE_RULE_CONSECUTIVE) {
            demand(rule.span > 1 && rule.numerator == GRIDGOV_NONE);
            continue;
        }
        demand(rule.span == 1 && rule.term_count >= 1);
        check_metric(policy, rule.numerator);
        if (rule.denominator != GRIDGOV_NONE) {
            check_metric(policy, rule.denominator);
        }
        demand(rule.band_count > 0 || !rule.configured || rule.points > 0);
        demand(rule.threshold_milli >= -1 && rule.threshold_milli <= 100000);
        check_bands(policy, indicator, i, &rule);
    }
}

static void check_policy(const gridgov_policy *policy) {
    gridgov_policy_group group = {.struct_size = sizeof group};
    gridgov_indicator indicator = {.struct_size = sizeof indicator};
    gridgov_points base = 0;
    int64_t next = 0;
    for (int64_t g = 0; gridgov_policy_group_at(&group, policy, g) == GRIDGOV_OK; g++) {
        gridgov_points sum = 0;
        demand(group.first == next);
        for (; next < group.first + group.count; next++) {
            demand(gridgov_policy_indicator_at(&indicator, policy, next) == GRIDGOV_OK);
            demand(indicator.max > 0 && indicator.group == g);
            demand(gridgov_policy_indicator_find(policy, indicator.code, strlen(indicator.code)) ==
                   next);
            demand(gridgov_policy_indicator_find(policy, indicator.name, strlen(indicator.name)) ==
                   next);
            check_rules(policy, next);
            sum += indicator.max;
        }
        demand(sum == group.max);
        base += sum;
    }
    demand(next == gridgov_policy_indicator_count(policy) && base == gridgov_policy_base(policy));
    demand(strlen(gridgov_policy_digest(policy)) == 64);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    const char *nul = size > 0 ? memchr(text, 0, size) : NULL;
    size_t head = nul == NULL ? size : (size_t)(nul - text);
    gridgov_policy *policy = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    gridgov_status status;
    if (data == NULL || gridgov_issues_new(&issues, 100, NULL) != GRIDGOV_OK) {
        return 0;
    }
    status = gridgov_policy_load(&policy, text, head, nul == NULL ? NULL : nul + 1,
                                 nul == NULL ? 0 : size - head - 1, issues, &err);
    demand((policy != NULL) == (status == GRIDGOV_OK));
    demand(status == GRIDGOV_OK || (err.status == status && gridgov_issues_count(issues) > 0));
    if (policy != NULL) {
        check_policy(policy);
    }
    gridgov_policy_free(policy);
    gridgov_issues_free(issues);
    return 0;
}
