/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as GPX or TCX: rows of six cells, each of bounded UTF-8, an end that repeats, and a
 * rule for every refusal. */
#include "base/text.h"

#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_rows *rows = NULL;
    gridgov_error err;
    gridgov_status status;
    if (gridgov_rows_open_track_bytes(&rows, data, size, "W1", NULL) != GRIDGOV_OK) {
        abort();
    }
    while ((status = gridgov_rows_next(rows, &err)) == GRIDGOV_OK) {
        if (gridgov_rows_count(rows) != 6) {
            abort();
        }
        for (int64_t i = 0; i < 6; i++) {
            size_t length = 0;
            const char *text = gridgov_rows_text(rows, i, &length);
            if (length > 64 || strlen(text) != length || gg_utf8_valid(text, length) != length) {
                abort();
            }
        }
    }
    if (gridgov_rows_next(rows, NULL) != status || (status < 0 && err.rule == 0)) {
        abort();
    }
    gridgov_rows_free(rows);
    return 0;
}
