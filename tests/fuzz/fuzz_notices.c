/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a yearly notice; the same notice twice is refused, and what loads counts days as it
 * calls them. */
#include <gridgov/gridgov.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *const notices[] = {(const char *)data, (const char *)data};
    const size_t sizes[] = {size, size};
    const gridgov_day first = 18628; /* 2021-01-01 */
    gridgov_calendar *calendar = NULL, *twice = NULL;
    gridgov_error err = {0};
    gridgov_status status =
        gridgov_calendar_load_notices(&calendar, "n", 1, notices, sizes, 1, NULL, &err);
    if ((status == GRIDGOV_OK) != (calendar != NULL) ||
        gridgov_calendar_load_notices(&twice, "n", 1, notices, sizes, 2, NULL, &err) >= 0) {
        abort();
    }
    for (gridgov_day day = first; calendar != NULL && day < first + 365; day++) {
        int64_t count = 0;
        int32_t kind = 0;
        if (gridgov_calendar_day_kind(&kind, calendar, day, NULL) == GRIDGOV_OK &&
            (gridgov_calendar_workdays(&count, calendar, day, day + 1, NULL) != GRIDGOV_OK ||
             (count == 1) != (kind == GRIDGOV_DAY_WORKDAY || kind == GRIDGOV_DAY_MAKEUP))) {
            abort();
        }
    }
    gridgov_calendar_free(calendar);
    return 0;
}
