/* SPDX-License-Identifier: Apache-2.0 */
/* Position fixes of a month: they become tracks, and the tracks' officer-days go into the ledger as
 * patrol days. A month's table may stand in any order, so its fixes are sorted first, in memory.
 * What pins the table is a digest of what came out of it, the officer-days: a digest of every cell
 * would take longer than all the rest. */
#include "month_model.h"

#include "base/digest.h"
#include "base/error.h"

#include <gridgov/track.h>

#include <string.h>

#define MEMORY ((int64_t)1 << 30) /* 67 million fixes: a month of a hundred streets */

static void digest_days(char out[GG_DIGEST_TEXT_SIZE], const gridgov_tracks *tracks) {
    gridgov_track_day day = {.struct_size = sizeof day};
    gg_digest digest;
    gg_digest_init(&digest);
    for (int64_t i = 0; gridgov_tracks_day_at(&day, tracks, i) == GRIDGOV_OK; i++) {
        gg_digest_text(&digest, gg_str_of(day.officer));
        gg_digest_int(&digest, day.day);
        gg_digest_int(&digest, day.fixes);
        gg_digest_int(&digest, day.online_s);
        gg_digest_int(&digest, day.distance_mm);
    }
    gg_digest_finish(&digest, out);
}

gridgov_status gg_month_load_fixes(gridgov_ingest_summary *summary, gridgov_month *month,
                                   const gridgov_mapping *mapping, int32_t utc_offset,
                                   gridgov_issues *issues, gridgov_job *job, gridgov_error *err) {
    gridgov_tracks *tracks = NULL;
    gridgov_track_options rules;
    gridgov_track_summary counts = {.struct_size = sizeof counts};
    gridgov_status status = GRIDGOV_OK;
    gridgov_track_options_init(&rules, sizeof rules);
    rules.utc_offset_minutes = utc_offset;
    if (month->tracks_json.size > 0) {
        GG_TRY(gridgov_track_options_load(&rules, month->tracks_json.data, month->tracks_json.size,
                                          issues, err));
    }
    rules.spill_memory = MEMORY;
    GG_TRY(gridgov_tracks_new(&tracks, &rules, err));
    status = gridgov_ingest_tracks(summary, tracks, month->tables[GRIDGOV_TABLE_FIXES].rows,
                                   mapping, 1, issues, job, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_tracks_seal(tracks, issues, job, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_tracks_to_ledger(month->ledger, tracks, issues, err);
    }
    if (status == GRIDGOV_OK) {
        digest_days(summary->digest, tracks);
        (void)gridgov_tracks_summary(&counts, tracks);
        summary->added -= counts.invalid;
        summary->excluded += counts.invalid;
    }
    gridgov_tracks_free(tracks);
    return status;
}
