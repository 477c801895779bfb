/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as gridgov.parameters/1: accepted or refused with a rule, never half of each. */
#include <gridgov/gridgov.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_month *month = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    if (gridgov_month_new(&month, "2021-09", 7, NULL) == GRIDGOV_OK &&
        gridgov_issues_new(&issues, 10, NULL) == GRIDGOV_OK) {
        gridgov_status status =
            gridgov_month_set_parameters(month, (const char *)data, size, issues, &err);
        if (status != GRIDGOV_OK && (err.status != status || err.rule == 0)) {
            abort();
        }
        if (status == GRIDGOV_OK) {
            gridgov_month_run(month, issues, NULL, &err);
        }
    }
    gridgov_issues_free(issues);
    gridgov_month_free(month);
    return 0;
}
