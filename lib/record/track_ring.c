/* SPDX-License-Identifier: Apache-2.0 */
/* One fix after the other. Invariants, per officer:
 *
 * - Every fix kept so far stands in one order, by (time, latitude, longitude), of which the ring
 *   holds the end: all fixes within the lateness of the newest, the newest before those if there is
 *   one, and older ones that were not dropped yet.
 * - The sums are those of the segments between neighbours in that order, but for segments that
 * still wait in pairs.
 *
 * A fix behind the newest adds the segment between the two. A late one goes in between two others:
 * their segment is taken away and two new ones are counted. All sums are integers, so what was
 * added and taken away leaves nothing behind, and the result is that of the fixes in order. A fix
 * that is later than the lateness might miss neighbours that were dropped: it is left out.
 *
 * Dropping waits until a ring is full, so that most fixes touch the officer and one place of the
 * ring and no more. A fix of the last second is put in order too, so it may be late by nothing. */
#include "track_model.h"

#include "base/error.h"
#include "base/geo.h"

#include <string.h>

_Static_assert(sizeof(gg_track_officer) == 64, "an officer is one line of the cache");

#define DAY_SECONDS 86400

uint16_t gg_track_day_of(const gridgov_track_options *options, uint32_t at) {
    int64_t local = (int64_t)at + (int64_t)options->utc_offset_minutes * 60 + DAY_SECONDS;
    return (uint16_t)(local / DAY_SECONDS + GG_TRACK_DAY_ZERO - 1);
}

static int compare(const gg_track_point *a, const gg_track_point *b) {
    if (a->at != b->at) {
        return a->at < b->at ? -1 : 1;
    }
    if (a->lat != b->lat) {
        return a->lat < b->lat ? -1 : 1;
    }
    return (a->lon > b->lon) - (a->lon < b->lon);
}

/* The record of an officer's day, made if it is not there; records go from the newest day down.
 * NULL when memory is short. */
static gg_track_record *record_of(gg_track_shard *shard, gg_track_officer *officer, uint16_t day) {
    uint32_t newer = GG_TRACK_NONE, at = officer->records;
    while (at != GG_TRACK_NONE && shard->records[at].day > day) {
        newer = at;
        at = shard->records[at].next;
    }
    if (at != GG_TRACK_NONE && shard->records[at].day == day) {
        return &shard->records[at];
    }
    if (shard->record_count >= GG_TRACK_NONE ||
        gg_grow((void **)&shard->records, shard->record_count, &shard->record_room,
                sizeof *shard->records) != 0) {
        return NULL;
    }
    uint32_t made = (uint32_t)shard->record_count++;
    shard->records[made] = (gg_track_record){.next = at, .day = day};
    if (newer == GG_TRACK_NONE) {
        officer->records = made;
    } else {
        shard->records[newer].next = made;
    }
    return &shard->records[made];
}

gg_track_sums *gg_track_sums_of(int *known_out, gg_track_shard *shard, uint32_t slot,
                                uint16_t day) {
    size_t before = shard->record_count;
    gg_track_record *record = record_of(shard, gg_track_officer_at(shard, slot), day);
    *known_out = shard->record_count == before;
    return record == NULL ? NULL : &record->sums;
}

static gridgov_status fail_memory(gg_track_shard *shard) {
    return shard->status = gg_fail_memory(&shard->error);
}

/* Make day the open day of an officer; 0 closes the open one. */
static gridgov_status open_day(gg_track_shard *shard, gg_track_officer *officer, uint16_t day) {
    if (officer->day != 0) {
        gg_track_record *old = record_of(shard, officer, officer->day);
        if (old == NULL) {
            return fail_memory(shard);
        }
        old->sums = officer->sums;
    }
    memset(&officer->sums, 0, sizeof officer->sums);
    officer->day = day;
    uint32_t at = officer->records;
    while (at != GG_TRACK_NONE && shard->records[at].day > day) {
        at = shard->records[at].next;
    }
    if (at != GG_TRACK_NONE && shard->records[at].day == day) {
        officer->sums = shard->records[at].sums;
    }
    return GRIDGOV_OK;
}

/* Count a measured segment, or take it away. */
static void count_segment(const gridgov_track_options *options, gg_track_sums *sums, int64_t mm,
                          int32_t seconds, int sign) {
    if (mm > options->jump_mm) {
        sums->far += (uint32_t)sign;
    } else if (options->speed_max_mm_s != 0 && mm > (int64_t)options->speed_max_mm_s * seconds) {
        sums->fast += (uint32_t)sign;
    } else {
        sums->online_s += (uint32_t)(sign * seconds);
        sums->distance_mm += mm < options->jitter_mm ? 0 : sign * mm;
    }
}

gridgov_status gg_track_flush(gg_track_shard *shard) {
    gg_track_pairs *pairs = &shard->pairs;
    gg_geo_distances(pairs->mm, pairs->lat1, pairs->lon1, pairs->lat2, pairs->lon2, pairs->count);
    for (size_t i = 0; i < pairs->count; i++) {
        gg_track_officer *officer = gg_track_officer_at(shard, pairs->slot[i]);
        gg_track_sums *sums = &officer->sums;
        if (officer->day != pairs->day[i]) {
            gg_track_record *record = record_of(shard, officer, pairs->day[i]);
            if (record == NULL) {
                return fail_memory(shard);
            }
            sums = &record->sums;
        }
        count_segment(shard->options, sums, pairs->mm[i], pairs->seconds[i], pairs->sign[i]);
    }
    pairs->count = 0;
    return GRIDGOV_OK;
}

/* Let the segment between two neighbours wait, if it is one; a is not behind b. */
static gridgov_status add_segment(gg_track_shard *shard, uint32_t slot, const gg_track_point *a,
                                  const gg_track_point *b, uint16_t day_a, uint16_t day_b,
                                  int sign) {
    uint32_t seconds = b->at - a->at;
    if (seconds > (uint32_t)shard->options->gap_s || day_a != day_b) {
        return GRIDGOV_OK;
    }
    gg_track_pairs *pairs = &shard->pairs;
    size_t i = pairs->count;
    pairs->lat1[i] = a->lat;
    pairs->lon1[i] = a->lon;
    pairs->lat2[i] = b->lat;
    pairs->lon2[i] = b->lon;
    pairs->slot[i] = slot;
    pairs->seconds[i] = (int32_t)seconds;
    pairs->day[i] = day_a;
    pairs->sign[i] = (int8_t)sign;
    pairs->count = i + 1;
    return pairs->count < GG_TRACK_PAIRS ? GRIDGOV_OK : gg_track_flush(shard);
}

static uint32_t room_size(uint8_t room) {
    return (uint32_t)GG_TRACK_ROOM_FIRST << room;
}

/* First point of a free room of a class; GG_TRACK_NONE when memory is short. */
static uint32_t take_room(gg_track_shard *shard, uint8_t room) {
    const size_t piece = (size_t)1 << GG_TRACK_POINT_BITS;
    uint32_t at = shard->free_rings[room];
    if (at != GG_TRACK_NONE) {
        shard->free_rings[room] = gg_track_point_at(shard, at)->at;
        return at;
    }
    size_t size = room_size(room);
    if (shard->point_count + size > shard->points.count * piece) {
        if (shard->points.count * piece >= UINT32_MAX - piece ||
            gg_track_pool_grow(&shard->points, piece * sizeof(gg_track_point)) != 0) {
            return GG_TRACK_NONE;
        }
        shard->point_count = (shard->points.count - 1) * piece; // what was left is not used
    }
    at = (uint32_t)shard->point_count;
    shard->point_count += size;
    return at;
}

static void give_room(gg_track_shard *shard, uint32_t at, uint8_t room) {
    gg_track_point_at(shard, at)->at = shard->free_rings[room];
    shard->free_rings[room] = at;
}

/* Point of an officer's ring, counted from the oldest. */
static gg_track_point *ring_at(const gg_track_shard *shard, const gg_track_officer *officer,
                               uint32_t index) {
    uint32_t mask = room_size(officer->room) - 1;
    return gg_track_point_at(shard, officer->ring) + ((officer->head + index) & mask);
}

/* Drop what no fix within the lateness of a moment can come between, but for the newest of those.
 */
static void drop_old(const gg_track_shard *shard, gg_track_officer *officer, uint32_t newest) {
    uint32_t lateness = (uint32_t)shard->options->lateness_s;
    uint32_t limit = newest > lateness ? newest - lateness : 0;
    while (officer->count > 1 && ring_at(shard, officer, 1)->at < limit) {
        officer->head = (officer->head + 1) & (room_size(officer->room) - 1);
        officer->count--;
    }
}

/* Make room for one more point in an officer's ring. */
static gridgov_status make_room(gg_track_shard *shard, gg_track_officer *officer, uint32_t newest) {
    if (officer->ring == GG_TRACK_NONE) {
        officer->ring = take_room(shard, 0);
        return officer->ring == GG_TRACK_NONE ? fail_memory(shard) : GRIDGOV_OK;
    }
    drop_old(shard, officer, newest);
    uint32_t size = room_size(officer->room);
    if (officer->count < size) {
        return GRIDGOV_OK;
    }
    if (officer->room + 1 == GG_TRACK_ROOM_CLASSES) {
        return shard->status = gg_fail_number(&shard->error, GG_RULE_TRACK_DENSE, "officer",
                                              officer->count, NULL, NULL);
    }
    uint32_t larger = take_room(shard, (uint8_t)(officer->room + 1));
    if (larger == GG_TRACK_NONE) {
        return fail_memory(shard);
    }
    for (uint32_t i = 0; i < officer->count; i++) {
        gg_track_point_at(shard, larger)[i] = *ring_at(shard, officer, i);
    }
    give_room(shard, officer->ring, officer->room);
    officer->ring = larger;
    officer->room++;
    officer->head = 0;
    return GRIDGOV_OK;
}

/* Put a point into the ring before its point at index. */
static gridgov_status insert(gg_track_shard *shard, gg_track_officer *officer, uint32_t index,
                             const gg_track_point *point) {
    uint32_t used = officer->count;
    if (officer->ring == GG_TRACK_NONE || used == room_size(officer->room)) {
        uint32_t newest = index == used ? point->at : officer->last.at;
        uint32_t behind = used - index;
        GG_TRY(make_room(shard, officer, newest));
        index = officer->count - behind;
    }
    for (uint32_t i = officer->count; i > index; i--) {
        *ring_at(shard, officer, i) = *ring_at(shard, officer, i - 1);
    }
    *ring_at(shard, officer, index) = *point;
    officer->count++;
    return GRIDGOV_OK;
}

/* A fix behind all others of its officer. */
static gridgov_status take_newest(gg_track_shard *shard, uint32_t slot, gg_track_officer *officer,
                                  const gg_track_point *point, uint16_t day) {
    if (officer->last_day != 0) {
        GG_TRY(add_segment(shard, slot, &officer->last, point, officer->last_day, day, 1));
    }
    if (!shard->sorted) {
        GG_TRY(insert(shard, officer, officer->count, point));
    }
    officer->last = *point;
    officer->last_day = day;
    return GRIDGOV_OK;
}

/* A fix that is not behind all others. *kept_out is 0 if it is left out. */
static gridgov_status take_late(gg_track_shard *shard, uint32_t slot, gg_track_officer *officer,
                                const gg_track_point *point, uint16_t day, int *kept_out) {
    const gridgov_track_options *options = shard->options;
    *kept_out = 0;
    if (officer->last.at - point->at > (uint32_t)options->lateness_s && !shard->sorted) {
        shard->counts.too_late++;
        return GRIDGOV_OK;
    }
    if (compare(point, &officer->last) == 0) {
        shard->counts.duplicates++;
        return GRIDGOV_OK;
    }
    uint32_t low = 0, high = officer->count;
    while (low < high) { // the first not before the point
        uint32_t middle = low + (high - low) / 2;
        if (compare(ring_at(shard, officer, middle), point) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    gg_track_point next = *ring_at(shard, officer, low);
    if (compare(&next, point) == 0) {
        shard->counts.duplicates++;
        return GRIDGOV_OK;
    }
    uint16_t next_day = gg_track_day_of(options, next.at);
    if (low > 0) {
        gg_track_point before = *ring_at(shard, officer, low - 1);
        uint16_t before_day = gg_track_day_of(options, before.at);
        GG_TRY(add_segment(shard, slot, &before, &next, before_day, next_day, -1));
        GG_TRY(add_segment(shard, slot, &before, point, before_day, day, 1));
    }
    GG_TRY(add_segment(shard, slot, point, &next, day, next_day, 1));
    shard->counts.late++;
    *kept_out = 1;
    return insert(shard, officer, low, point);
}

gridgov_status gg_track_take(gg_track_shard *shard, uint32_t slot, const gg_track_point *point) {
    gg_track_officer *officer = gg_track_officer_at(shard, slot);
    uint16_t day = gg_track_day_of(shard->options, point->at);
    if (officer->last_day == 0 || compare(&officer->last, point) < 0) {
        GG_TRY(take_newest(shard, slot, officer, point, day));
    } else {
        int kept = 0;
        GG_TRY(take_late(shard, slot, officer, point, day, &kept));
        if (!kept) {
            return GRIDGOV_OK;
        }
    }
    if (officer->day != day) {
        GG_TRY(open_day(shard, officer, day));
    }
    if (officer->sums.fixes == UINT32_MAX) {
        return shard->status = gg_fail_number(&shard->error, GG_RULE_TRACK_DENSE, "officer",
                                              officer->sums.fixes, NULL, NULL);
    }
    officer->sums.fixes++;
    shard->counts.kept++;
    return GRIDGOV_OK;
}

gridgov_status gg_track_close(gg_track_shard *shard) {
    GG_TRY(gg_track_flush(shard));
    for (size_t i = 0; i < shard->officer_count; i++) {
        gg_track_officer *officer = gg_track_officer_at(shard, (uint32_t)i);
        if (officer->day != 0) {
            GG_TRY(open_day(shard, officer, 0));
        }
    }
    gg_track_pool_release(&shard->points);
    return GRIDGOV_OK;
}
