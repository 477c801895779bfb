/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a date, a time, a month and a code; a time that was read can be written and read
 * again. */
#include <gridgov/gridgov.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    gridgov_time time, again;
    gridgov_day day;
    gridgov_span span;
    int32_t value;
    char written[GRIDGOV_CIVIL_TEXT_SIZE];
    if (gridgov_time_parse(&time, text, size, 480, NULL) == GRIDGOV_OK &&
        gridgov_time_format(written, time, 480) == GRIDGOV_OK) {
        if (gridgov_time_parse(&again, written, strlen(written), 0, NULL) != GRIDGOV_OK ||
            again != time) {
            abort();
        }
    }
    if (gridgov_day_parse(&day, text, size, NULL) == GRIDGOV_OK &&
        gridgov_day_format(written, day) != GRIDGOV_OK) {
        abort();
    }
    if (gridgov_month_span(&span, text, size, 480, NULL) == GRIDGOV_OK && span.from >= span.to) {
        abort();
    }
    gridgov_time_parse_form(&time, "%m/%d/%Y %I:%M:%S %p", text, size, -300, NULL);
    for (int32_t kind = 0; kind < 30; kind++) {
        gridgov_code_value(&value, kind, text, size);
    }
    return 0;
}
