/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as gridgov.bars/1, held against the policy with app counters: refused with a rule, or
 * findings that all have a place and a sentence. */
#include <gridgov/gridgov.h>

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_policy *policy = NULL;
    gridgov_issues *issues = NULL;
    gridgov_lint_options options;
    gridgov_error err = {0}, issue;
    int64_t count = 0;
    gridgov_lint_options_init(&options, sizeof options);
    options.bars = (const char *)data;
    options.bars_size = size;
    if (data != NULL &&
        gridgov_policy_open(&policy, "baiguan-2021", 12, NULL, 0, NULL) == GRIDGOV_OK &&
        gridgov_issues_new(&issues, 1000000, NULL) == GRIDGOV_OK) {
        gridgov_status status = gridgov_policy_lint(&count, policy, &options, issues, &err);
        if (status != GRIDGOV_OK && (err.status != status || err.rule == 0 || count != 0)) {
            abort();
        }
        if (status == GRIDGOV_OK && gridgov_issues_count(issues) != count) {
            abort();
        }
        for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
            char text[1024];
            if (issue.field[0] == '\0' ||
                gridgov_error_text(text, sizeof text, &issue, GRIDGOV_LANG_ZH) == 0) {
                abort();
            }
        }
    }
    gridgov_issues_free(issues);
    gridgov_policy_free(policy);
    return 0;
}
