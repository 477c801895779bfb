/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as GPX or TCX: rows of six cells, each of bounded UTF-8, an end that repeats, and a
 * rule for every refusal. And as tracks, whose end and days are the same with one and two workers.
 */
#include "base/text.h"

#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The days of the file; the status that the reading ended with. */
static gridgov_status track(gridgov_bytes **out, const uint8_t *data, size_t size,
                            int32_t workers) {
    gridgov_rows *rows = NULL;
    gridgov_tracks *tracks = NULL;
    gridgov_error err = {0};
    gridgov_ingest_summary sum = {.struct_size = sizeof sum};
    if (gridgov_tracks_new(&tracks, NULL, NULL) != GRIDGOV_OK ||
        gridgov_rows_open_track_bytes(&rows, data, size, "W1", NULL) != GRIDGOV_OK) {
        abort();
    }
    const gridgov_status status =
        gridgov_ingest_tracks(&sum, tracks, rows, NULL, workers, NULL, NULL, &err);
    if (status < 0 ? err.rule == 0 : sum.read != sum.added + sum.excluded) {
        abort();
    }
    if (status == GRIDGOV_OK && (gridgov_tracks_seal(tracks, NULL, NULL, NULL) != GRIDGOV_OK ||
                                 gridgov_tracks_save(out, tracks, NULL) != GRIDGOV_OK)) {
        abort();
    }
    gridgov_rows_free(rows);
    gridgov_tracks_free(tracks);
    return status;
}

static void track_twice(const uint8_t *data, size_t size) {
    gridgov_bytes *one = NULL, *two = NULL;
    size_t size_one = 0, size_two = 0;
    if (track(&one, data, size, 1) != track(&two, data, size, 2) ||
        (one == NULL) != (two == NULL)) {
        abort();
    }
    if (one != NULL) {
        const char *a = gridgov_bytes_data(one, &size_one), *b = gridgov_bytes_data(two, &size_two);
        if (size_one != size_two || memcmp(a, b, size_one) != 0) {
            abort();
        }
    }
    gridgov_bytes_free(one);
    gridgov_bytes_free(two);
}

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
    track_twice(data, size);
    return 0;
}
