/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a metrics document: refused with an error, or a list of which every entry can be
 * read and found. */
#include <gridgov/gridgov.h>

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_metrics *metrics = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    if (gridgov_issues_new(&issues, 16, NULL) != GRIDGOV_OK) {
        return 0;
    }
    gridgov_status status = gridgov_metrics_load(&metrics, (const char *)data, size, issues, &err);
    if ((status == GRIDGOV_OK) != (metrics != NULL) || (status != GRIDGOV_OK && err.rule == 0)) {
        abort();
    }
    gridgov_metric metric = {.struct_size = sizeof metric};
    for (int64_t i = 0; gridgov_metrics_at(&metric, metrics, i) == GRIDGOV_OK; i++) {
        if (metric.measure == 0 || metric.dimension == 0 ||
            gridgov_metrics_find(metrics, metric.code, strlen(metric.code)) != i ||
            gridgov_metrics_find(metrics, metric.name, strlen(metric.name)) != i) {
            abort();
        }
    }
    gridgov_metrics_free(metrics);
    gridgov_issues_free(issues);
    return 0;
}
