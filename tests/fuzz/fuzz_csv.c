/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as CSV: the first chooses delimiter and encoding, the second the size of blocks. Every
 * cell is UTF-8 without NUL, a refusal has a rule and a place, and the size of blocks changes
 * nothing. */
#include "base/text.h"
#include "ingest/csv.h"

#include <gridgov/gridgov.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a reading came to: a digest (FNV-1a) over all rows and cells, and how it ended. */
typedef struct reading {
    uint64_t digest;
    gridgov_status status;
    gridgov_error err;
} reading;

static uint64_t mix(uint64_t digest, const void *data, size_t size) {
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++) {
        digest = (digest ^ bytes[i]) * UINT64_C(1099511628211);
    }
    return digest;
}

static void read_all(reading *out, const char *data, size_t size,
                     const gridgov_csv_options *options, size_t block) {
    gridgov_rows *rows = NULL;
    memset(out, 0, sizeof *out);
    out->digest = UINT64_C(14695981039346656037);
    if (gg_csv_open(&rows, NULL, data, size, options, block, NULL) != GRIDGOV_OK) {
        abort();
    }
    while ((out->status = gridgov_rows_next(rows, &out->err)) == GRIDGOV_OK) {
        int64_t number = gridgov_rows_number(rows), count = gridgov_rows_count(rows);
        out->digest = mix(mix(out->digest, &number, sizeof number), &count, sizeof count);
        for (int64_t i = 0; i < count; i++) {
            size_t length = 0;
            const char *text = gridgov_rows_text(rows, i, &length);
            if (strlen(text) != length || gg_utf8_valid(text, length) != length) {
                abort();
            }
            out->digest = mix(mix(out->digest, &length, sizeof length), text, length);
        }
    }
    if (out->status < 0 && (out->err.rule == 0 || out->err.row < 1 || out->err.column < 1)) {
        abort();
    }
    gridgov_rows_free(rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char delimiters[] = {',', ';', '\t', '|'};
    gridgov_csv_options options;
    reading whole, parts;
    const char *text = (const char *)data + 2;
    if (size < 2) {
        return 0;
    }
    gridgov_csv_options_init(&options, sizeof options);
    options.delimiter = delimiters[data[0] & 3];
    options.encoding = (data[0] & 4) != 0 ? "gb18030" : "utf-8";
    if ((data[0] & 8) != 0) {
        options.max_cell = 5;
        options.max_row = 12;
        options.max_columns = 3;
        options.max_rows = 4;
    }
    read_all(&whole, text, size - 2, &options, 1 << 18);
    read_all(&parts, text, size - 2, &options, (size_t)data[1] % 16 + 1);
    if (whole.digest != parts.digest || whole.status != parts.status ||
        memcmp(&whole.err, &parts.err, sizeof whole.err) != 0) {
        abort();
    }
    return 0;
}
