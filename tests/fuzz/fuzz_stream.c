/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a table of events: as a stream in two ways, in blocks of a size that the first byte
 * chooses and whole, with and without vectors. Both must fail alike or give the same tally. */
#include <gridgov/gridgov.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char metrics_json[] =
    "{\"schema\": \"gridgov.metrics/1\", \"version\": \"1\", \"name\": \"m\", \"source\": \"ours\","
    " \"certainty\": \"ours\", \"metrics\": [{\"code\": \"a\", \"name\": \"a\", \"dimension\": "
    "\"unit\", \"measure\": \"cases\", \"where\": [\"closed\", {\"closed_within\": {\"days\": "
    "3}}]},"
    " {\"code\": \"b\", \"name\": \"b\", \"dimension\": \"agency\", \"measure\": "
    "\"agency_closed\"},"
    " {\"code\": \"c\", \"name\": \"c\", \"dimension\": \"category\", \"measure\": \"cases\"}]}";

/* The tally's bytes; NULL, and the status, if the table is refused. */
static gridgov_bytes *count(const char *data, size_t size, int64_t block, int32_t portable,
                            gridgov_status *status) {
    const gridgov_stream_options options = {.struct_size = sizeof options,
                                            .workers = portable ? 1 : 2,
                                            .portable = portable,
                                            .found_units = 1,
                                            .block_size = block};
    gridgov_metrics *metrics = NULL;
    gridgov_tally *tally = NULL;
    gridgov_rows *rows = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_tally_options period;
    gridgov_tally_options_init(&period, sizeof period);
    (void)gridgov_month_span(&period.period, "2021-09", 7, 480, NULL);
    if (gridgov_metrics_load(&metrics, metrics_json, strlen(metrics_json), NULL, NULL) < 0 ||
        gridgov_tally_new(&tally, metrics, NULL, &period, NULL) < 0 ||
        gridgov_rows_open_csv_bytes(&rows, data, size, NULL, NULL) < 0) {
        abort();
    }
    *status = gridgov_tally_add_rows(NULL, tally, rows, NULL, &options, NULL, NULL, NULL);
    if (*status == GRIDGOV_OK && gridgov_tally_save(&bytes, tally, NULL) < 0) {
        abort();
    }
    gridgov_rows_free(rows);
    gridgov_tally_free(tally);
    gridgov_metrics_free(metrics);
    return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_status statuses[2] = {0, 0};
    size_t sizes[2] = {0, 0};
    if (size == 0) {
        return 0;
    }
    gridgov_bytes *small = count((const char *)data + 1, size - 1, 1 + data[0], 0, &statuses[0]);
    gridgov_bytes *whole = count((const char *)data + 1, size - 1, 0, 1, &statuses[1]);
    const char *a = gridgov_bytes_data(small, &sizes[0]);
    const char *b = gridgov_bytes_data(whole, &sizes[1]);
    if (statuses[0] != statuses[1] || sizes[0] != sizes[1] ||
        (a != NULL && memcmp(a, b, sizes[0]) != 0)) {
        abort();
    }
    gridgov_bytes_free(small);
    gridgov_bytes_free(whole);
    return 0;
}
