/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as saved tracks, behind the digest that would keep most of them out: what is loaded
 * saves to the very same bytes, answers for every day it counts, and merges with nothing that has a
 * day in common; what is not has a rule. The same bytes then are rules, gridgov.tracks/1. */
#include "base/digest.h"

#include <gridgov/gridgov.h>

#include <stdlib.h>
#include <string.h>

enum { DIGITS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int truth) {
    if (!truth) {
        abort();
    }
}

static void ask(const gridgov_tracks *tracks) {
    gridgov_track_summary sum = {.struct_size = sizeof sum};
    gridgov_track_day day = {.struct_size = sizeof day};
    int64_t days = 0, fixes = 0;
    must(gridgov_tracks_summary(&sum, tracks) == GRIDGOV_OK);
    for (; gridgov_tracks_day_at(&day, tracks, days) == GRIDGOV_OK; days++) {
        must(day.fixes > 0 && day.online_s >= 0 && day.distance_mm >= 0 && day.officer[0] != '\0');
        fixes += day.fixes;
    }
    must(days == sum.days && days == gridgov_tracks_day_count(tracks) && fixes == sum.kept);
    must(sum.officers <= days);
}

/* Saved tracks of no fixes under the same rules change nothing; themselves they do not merge with.
 */
static void merge(gridgov_tracks *tracks, const char *saved, size_t size) {
    gridgov_tracks *twin = NULL;
    gridgov_bytes *bytes = NULL;
    size_t again = 0;
    const int64_t days = gridgov_tracks_day_count(tracks);
    must(gridgov_tracks_load(&twin, saved, size, NULL) == GRIDGOV_OK);
    if (days > 0) {
        must(gridgov_tracks_merge(tracks, twin, NULL) == GRIDGOV_EDATA);
        must(gridgov_tracks_save(&bytes, tracks, NULL) == GRIDGOV_OK);
        must(memcmp(gridgov_bytes_data(bytes, &again), saved, size) == 0 && again == size);
    } else {
        must(gridgov_tracks_merge(tracks, twin, NULL) == GRIDGOV_OK);
        must(gridgov_tracks_day_count(tracks) == 0);
    }
    gridgov_bytes_free(bytes);
    gridgov_tracks_free(twin);
}

static void load(const uint8_t *data, size_t size) {
    char digits[GG_DIGEST_TEXT_SIZE];
    gg_digest digest;
    gridgov_tracks *tracks = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    char *saved = malloc(size + DIGITS);
    must(saved != NULL);
    if (size > 0) {
        memcpy(saved, data, size);
    }
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_make(saved, size));
    gg_digest_finish(&digest, digits);
    memcpy(saved + size, digits, DIGITS);
    if (gridgov_tracks_load(&tracks, saved, size + DIGITS, &err) == GRIDGOV_OK) {
        size_t again = 0;
        ask(tracks);
        must(gridgov_tracks_save(&bytes, tracks, NULL) == GRIDGOV_OK);
        const char *text = gridgov_bytes_data(bytes, &again);
        must(again == size + DIGITS && memcmp(text, saved, again) == 0);
        merge(tracks, saved, size + DIGITS);
    } else {
        must(tracks == NULL && err.rule != 0);
    }
    gridgov_bytes_free(bytes);
    gridgov_tracks_free(tracks);
    free(saved);
}

/* Rules are taken whole or not at all, and such as are taken make tracks. */
static void read_rules(const uint8_t *data, size_t size) {
    gridgov_track_options rules, before;
    gridgov_tracks *tracks = NULL;
    gridgov_error err = {0};
    gridgov_track_options_init(&rules, sizeof rules);
    gridgov_track_options_init(&before, sizeof before);
    if (gridgov_track_options_load(&rules, size > 0 ? (const char *)data : "", size, NULL, &err) ==
        GRIDGOV_OK) {
        must(gridgov_tracks_new(&tracks, &rules, NULL) == GRIDGOV_OK);
    } else {
        must(err.rule != 0 && memcmp(&rules, &before, sizeof rules) == 0);
    }
    gridgov_tracks_free(tracks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    load(data, size);
    read_rules(data, size);
    return 0;
}
