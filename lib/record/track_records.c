/* SPDX-License-Identifier: Apache-2.0 */
/* Officer-days that are put away. An officer's records are a chain from the newest day down, since
 * what comes late belongs to the newest days. Most sums fit a record of 20 bytes; those that do not
 * (a speeding car that breaks its track 65,536 times, 4,295 km in a day) are large, and stay so. */
#include "track_model.h"

_Static_assert(sizeof(gg_track_record) == 20, "half a million records are 10 MB");

/* Find the place of a day in a chain: *newer_out is the record before it, GG_TRACK_NONE the
 * officer, and the result the first record that is not newer. */
static uint32_t place_of(uint32_t *newer_out, const gg_track_shard *shard, uint32_t slot,
                         uint16_t day) {
    uint32_t newer = GG_TRACK_NONE, at = shard->newest[slot];
    while (at != GG_TRACK_NONE && gg_track_record_at(shard, at)->day > day) {
        newer = at;
        at = gg_track_record_at(shard, at)->next;
    }
    *newer_out = newer;
    return at;
}

uint32_t gg_track_record_find(const gg_track_shard *shard, uint32_t slot, uint16_t day) {
    uint32_t newer;
    const uint32_t at = place_of(&newer, shard, slot, day);
    return at != GG_TRACK_NONE && gg_track_record_at(shard, at)->day == day ? at : GG_TRACK_NONE;
}

uint32_t gg_track_record_make(gg_track_shard *shard, uint32_t slot, uint16_t day) {
    uint32_t newer;
    const uint32_t at = place_of(&newer, shard, slot, day);
    if (at != GG_TRACK_NONE && gg_track_record_at(shard, at)->day == day) {
        return at;
    }
    const uint32_t made = (uint32_t)shard->record_count;
    if (shard->record_count >= GG_TRACK_NONE ||
        (made >> GG_TRACK_RECORD_BITS == shard->records.count &&
         gg_track_pool_grow(&shard->records, sizeof(gg_track_record) << GG_TRACK_RECORD_BITS))) {
        return GG_TRACK_NONE;
    }
    shard->record_count++;
    *gg_track_record_at(shard, made) = (gg_track_record){.next = at, .day = day};
    if (newer == GG_TRACK_NONE) {
        shard->newest[slot] = made;
    } else {
        gg_track_record_at(shard, newer)->next = made;
    }
    return made;
}

gg_track_sums gg_track_record_sums(const gg_track_shard *shard, uint32_t index) {
    const gg_track_record *record = gg_track_record_at(shard, index);
    if (record->online_s == GG_TRACK_NONE) {
        return shard->large[record->distance_mm];
    }
    return (gg_track_sums){.distance_mm = record->distance_mm,
                           .fixes = record->fixes,
                           .online_s = record->online_s,
                           .fast = record->fast,
                           .far = record->far};
}

int gg_track_record_put(gg_track_shard *shard, uint32_t index, const gg_track_sums *sums) {
    gg_track_record *record = gg_track_record_at(shard, index);
    const int fits = sums->distance_mm >= 0 && sums->distance_mm <= UINT32_MAX &&
                     sums->online_s != GG_TRACK_NONE && sums->fixes <= UINT16_MAX &&
                     sums->fast <= UINT16_MAX && sums->far <= UINT16_MAX;
    if (record->online_s == GG_TRACK_NONE) {
        shard->large[record->distance_mm] = *sums;
    } else if (fits) {
        record->distance_mm = (uint32_t)sums->distance_mm;
        record->online_s = sums->online_s;
        record->fixes = (uint16_t)sums->fixes;
        record->fast = (uint16_t)sums->fast;
        record->far = (uint16_t)sums->far;
    } else {
        if (shard->large_count >= GG_TRACK_NONE ||
            gg_grow((void **)&shard->large, shard->large_count, &shard->large_room,
                    sizeof *shard->large) != 0) {
            return -1;
        }
        record->online_s = GG_TRACK_NONE;
        record->distance_mm = (uint32_t)shard->large_count;
        shard->large[shard->large_count++] = *sums;
    }
    return 0;
}
