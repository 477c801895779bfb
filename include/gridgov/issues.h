/* SPDX-License-Identifier: Apache-2.0 */
/** @file issues.h
 *  Small problems that did not stop a call: a bad row, an unknown key, a doubtful value. The
 *  collector has a limit; beyond it entries are counted but not kept, so hostile input costs
 *  bounded memory. How bad an entry is, gridgov_rule_severity(issue.rule) says.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <stdio.h>
 *  static void show(const gridgov_issues *issues) {
 *      gridgov_error issue;
 *      char line[GRIDGOV_ERROR_TEXT_SIZE];
 *      for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
 *          gridgov_error_text(line, sizeof line, &issue, GRIDGOV_LANG_EN);
 *          puts(line);
 *      }
 *  }
 *  @endcode */
#ifndef GRIDGOV_ISSUES_H
#define GRIDGOV_ISSUES_H

#include <gridgov/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A collector of issues. */
typedef struct gridgov_issues gridgov_issues;

/** Make an empty collector.
 *  @param[out] out    the collector; yours to free
 *  @param      limit  entries kept, 1 … 1 000 000; 0 means 1000
 *  @param[out] err    may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_issues_new(gridgov_issues **out, int64_t limit,
                                              gridgov_error *err);

/** Add a copy of @p issue. Never fails: what cannot be kept is counted as dropped. A NULL @p issues
 *  or @p issue does nothing.    @since 0.1 */
GRIDGOV_API void gridgov_issues_add(gridgov_issues *issues, const gridgov_error *issue);

/** Entries kept; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_issues_count(const gridgov_issues *issues);

/** Entries of one severity, those dropped included; 0 for NULL.
 *  @param issues    the collector
 *  @param severity  GRIDGOV_SEVERITY_*    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_issues_severity_count(const gridgov_issues *issues, int32_t severity);

/** Entries of one rule, those dropped included, so that what is not listed can be counted;
 *  gridgov_rule_at() goes through all rules.
 *  @param issues  the collector; NULL has no entries
 *  @param rule    number of the rule; 0: entries of a rule that this library does not know
 *  @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_issues_rule_count(const gridgov_issues *issues, int32_t rule);

/** Entries that came after the limit and were only counted; 0 for NULL.    @threads safe
 *  @since 0.1 */
GRIDGOV_API int64_t gridgov_issues_dropped(const gridgov_issues *issues);

/** Copy one entry, in the order they were added.
 *  @param[out] issue_out  the entry
 *  @param      issues     the collector; NULL has no entries
 *  @param      index      0 … count−1
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_issues_at(gridgov_error *issue_out, const gridgov_issues *issues,
                                             int64_t index);

/** Free a collector; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_issues_free(gridgov_issues *issues);

#ifdef __cplusplus
}
#endif
#endif
