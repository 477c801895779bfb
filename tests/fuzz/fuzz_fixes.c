/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a table of position fixes: the first chooses rules, the rest is CSV. One, two and
 * three workers give the same days, the same problems and the same end; sorted in memory, nothing
 * is too late. */
#include <gridgov/gridgov.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct outcome {
    uint64_t digest; /* FNV-1a over the CSV of days and over all problems */
    gridgov_status status;
    gridgov_track_summary summary;
} outcome;

static int32_t mix(void *user, const void *data, size_t size) {
    uint64_t *digest = user;
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++) {
        *digest = (*digest ^ bytes[i]) * UINT64_C(1099511628211);
    }
    return 0;
}

static void must(int truth) {
    if (!truth) {
        abort();
    }
}

static void run(outcome *out, const char *text, size_t size, const gridgov_track_options *rules,
                int32_t workers) {
    gridgov_tracks *tracks = NULL;
    gridgov_rows *rows = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err, issue;
    gridgov_ingest_summary sum = {.struct_size = sizeof sum};
    gridgov_sink sink = {mix, &out->digest};
    memset(out, 0, sizeof *out);
    out->digest = UINT64_C(14695981039346656037);
    out->summary.struct_size = sizeof out->summary;
    must(gridgov_tracks_new(&tracks, rules, NULL) == GRIDGOV_OK);
    must(gridgov_issues_new(&issues, 0, NULL) == GRIDGOV_OK);
    must(gridgov_rows_open_csv_bytes(&rows, text, size, NULL, NULL) == GRIDGOV_OK);
    out->status = gridgov_ingest_tracks(&sum, tracks, rows, NULL, workers, issues, NULL, &err);
    if (out->status == GRIDGOV_OK) {
        must(sum.read == sum.added + sum.skipped + sum.excluded);
        must(gridgov_tracks_seal(tracks, issues, NULL, &err) == GRIDGOV_OK);
        must(gridgov_tracks_write_csv(&sink, tracks, NULL, &err) == GRIDGOV_OK);
        must(gridgov_tracks_summary(&out->summary, tracks) == GRIDGOV_OK);
        must(out->summary.read == sum.added);
    } else {
        must(err.rule != 0);
        mix(&out->digest, err.message, strlen(err.message));
    }
    for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        mix(&out->digest, &issue.row, sizeof issue.row);
        mix(&out->digest, issue.message, strlen(issue.message));
    }
    gridgov_rows_free(rows);
    gridgov_issues_free(issues);
    gridgov_tracks_free(tracks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_track_options rules;
    outcome one, more;
    if (size < 1) {
        return 0;
    }
    gridgov_track_options_init(&rules, sizeof rules);
    rules.datum = 1 + (data[0] & 3) % 3;
    rules.speed_max_mm_s = data[0] & 4 ? 30000 : 0;
    rules.accuracy_max_mm = data[0] & 8 ? 50000 : 0;
    rules.lateness_s = data[0] & 16 ? 0 : 600;
    rules.utc_offset_minutes = data[0] & 32 ? -720 : 480;
    rules.spill_memory = data[0] & 64 ? 1 << 20 : 0;
    run(&one, (const char *)data + 1, size - 1, &rules, 1);
    must(rules.spill_memory == 0 || one.summary.too_late == 0);
    for (int32_t workers = 2; workers <= 3; workers++) {
        run(&more, (const char *)data + 1, size - 1, &rules, workers);
        must(memcmp(&one, &more, sizeof one) == 0);
    }
    return 0;
}
