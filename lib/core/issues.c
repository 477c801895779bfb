/* SPDX-License-Identifier: Apache-2.0 */
/* The collector of small problems. Entries are kept in the order they came, up to the limit; beyond
 * it, and when memory is short, they are only counted, so that reporting a problem can never become
 * one.
 *
 * Invariant: the counts by severity add up to count + dropped, and so do the counts by rule. */
#include <gridgov/issues.h>

#include <gridgov/codes.h>

#include "base/error.h"
#include "base/mem.h"

#define LIMIT_DEFAULT 1000
#define LIMIT_LARGEST 1000000
#define SEVERITIES 3

struct gridgov_issues {
    gridgov_error *items;
    size_t count, capacity;
    size_t limit;                        /* entries kept at most */
    int64_t dropped;                     /* entries not kept */
    int64_t severity[SEVERITIES];        /* entries by GRIDGOV_SEVERITY_*, those dropped included */
    int64_t by_rule[GG_RULES_COUNT + 1]; /* the same by rule; the last: of no known rule */
};

gridgov_status gridgov_issues_new(gridgov_issues **out, int64_t limit, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (limit < 0 || limit > LIMIT_LARGEST) {
        return gg_fail_arg(err, "limit");
    }
    gridgov_issues *issues = gg_calloc(1, sizeof *issues);
    if (issues == NULL) {
        return gg_fail_memory(err);
    }
    issues->limit = limit == 0 ? LIMIT_DEFAULT : (size_t)limit;
    *out = issues;
    return GRIDGOV_OK;
}

void gridgov_issues_add(gridgov_issues *issues, const gridgov_error *issue) {
    if (issues == NULL || issue == NULL) {
        return;
    }
    issues->severity[gridgov_rule_severity(issue->rule)]++;
    issues->by_rule[gg_rule_index(issue->rule)]++;
    if (issues->count == issues->limit ||
        gg_grow((void **)&issues->items, issues->count, &issues->capacity, sizeof *issue) != 0) {
        issues->dropped++;
        return;
    }
    issues->items[issues->count++] = *issue;
}

int64_t gridgov_issues_count(const gridgov_issues *issues) {
    return issues == NULL ? 0 : (int64_t)issues->count;
}

int64_t gridgov_issues_severity_count(const gridgov_issues *issues, int32_t severity) {
    return issues == NULL || severity < 0 || severity >= SEVERITIES ? 0
                                                                    : issues->severity[severity];
}

int64_t gridgov_issues_rule_count(const gridgov_issues *issues, int32_t rule) {
    return issues == NULL ? 0 : issues->by_rule[gg_rule_index(rule)];
}

int64_t gridgov_issues_dropped(const gridgov_issues *issues) {
    return issues == NULL ? 0 : issues->dropped;
}

gridgov_status gridgov_issues_at(gridgov_error *issue_out, const gridgov_issues *issues,
                                 int64_t index) {
    if (issue_out == NULL) {
        return GRIDGOV_EARG;
    }
    if (issues == NULL || index < 0 || index >= (int64_t)issues->count) {
        return GRIDGOV_END;
    }
    *issue_out = issues->items[index];
    return GRIDGOV_OK;
}

void gridgov_issues_free(gridgov_issues *issues) {
    if (issues != NULL) {
        gg_free(issues->items);
        gg_free(issues);
    }
}
