/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as gridgov.calendar/1; what loads counts days without contradiction. */
#include <gridgov/gridgov.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_calendar *calendar = NULL;
    gridgov_error err = {0};
    gridgov_status status = gridgov_calendar_load(&calendar, (const char *)data, size, NULL, &err);
    if ((status == GRIDGOV_OK) != (calendar != NULL)) {
        abort();
    }
    if (calendar != NULL) {
        const gridgov_day first = 18628; /* 2021-01-01 */
        int64_t whole = 0, sum = 0;
        if (gridgov_calendar_workdays(&whole, calendar, first, first + 365, NULL) == GRIDGOV_OK) {
            for (gridgov_day day = first; day < first + 365; day++) {
                int64_t one = 0;
                gridgov_calendar_workdays(&one, calendar, day, day + 1, NULL);
                sum += one;
            }
            if (sum != whole) {
                abort();
            }
        }
    }
    gridgov_calendar_free(calendar);
    return 0;
}
