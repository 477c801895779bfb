/* SPDX-License-Identifier: Apache-2.0 */
/* One fix after the other. Invariants, per officer:
 *
 * - Every fix kept so far stands in one order, by (time, latitude, longitude), of which the ring
 *   holds the end: all fixes within the lateness of the newest, the newest before those if there is
 *   one, and older ones that were not dropped yet.
 * - The sums are those of the segments between neighbours in that order, but for segments that
 *   still wait: steps of the block at hand, and pairs.
 * - A fix that begins a part is joined to its neighbour behind it and to none before it.
 *
 * A fix behind the newest adds the segment between the two. A late one goes in between two others:
 * their segment is taken away and two new ones are counted. All sums are integers, so what was
 * added and taken away leaves nothing behind, and the result is that of the fixes in order. A fix
 * that is later than the lateness might miss neighbours that were dropped: it is left out.
 *
 * Nearly every fix is newer than the officer's newest, on the day that is open, and finds room in
 * the ring. Those are taken in one loop that does no more than that and leaves the lengths of
 * their segments to be computed together; all others go one by one. Memory for the next fixes is
 * asked for ahead, since officers come in any order and their rings do not fit a cache. Dropping
 * waits until a ring is full. A fix of the last second is put in order too, so it may be late by
 * nothing. */
#include "track_model.h"

#include "base/error.h"
#include "base/geo.h"
#include "base/hint.h"

#include <stddef.h>
#include <string.h>

_Static_assert(offsetof(gg_track_officer, near) == 64, "an officer is one line of the cache");
_Static_assert(sizeof(gg_track_officer) == 256, "and its ring three more");

#define DAY_SECONDS 86400
#define AHEAD_OFFICER 48 /* fixes between asking for an officer and taking the fix */
#define AHEAD_RING 24    /* and between asking for the ring and taking it */

uint16_t gg_track_day_of(const gridgov_track_options *options, uint32_t at) {
    int64_t local = (int64_t)at + (int64_t)options->utc_offset_minutes * 60 + DAY_SECONDS;
    return (uint16_t)(local / DAY_SECONDS + GG_TRACK_DAY_ZERO - 1);
}

/* The first second after a stored day; cut to the last second that there is. */
static uint32_t end_of(const gridgov_track_options *options, uint16_t day) {
    int64_t end = ((int64_t)day + 1 - GG_TRACK_DAY_ZERO) * DAY_SECONDS -
                  (int64_t)options->utc_offset_minutes * 60;
    return end < UINT32_MAX ? (uint32_t)end : UINT32_MAX;
}

static int compare(const gg_track_point *a, const gg_track_point *b) {
    const int32_t lat_a = gg_track_lat(a), lat_b = gg_track_lat(b);
    if (a->at != b->at) {
        return a->at < b->at ? -1 : 1;
    }
    if (lat_a != lat_b) {
        return lat_a < lat_b ? -1 : 1;
    }
    return (a->lon > b->lon) - (a->lon < b->lon);
}

static gridgov_status fail_memory(gg_track_shard *shard) {
    return shard->status = gg_fail_memory(&shard->error);
}

static gridgov_status fail_dense(gg_track_shard *shard, int64_t count) {
    return shard->status =
               gg_fail_number(&shard->error, GG_RULE_TRACK_DENSE, "officer", count, NULL, NULL);
}

/* Make day the open day of an officer; 0 closes the open one. */
static gridgov_status open_day(gg_track_shard *shard, uint32_t slot, uint16_t day) {
    gg_track_officer *officer = gg_track_officer_at(shard, slot);
    if (officer->day != 0) {
        const uint32_t old = gg_track_record_make(shard, slot, officer->day);
        if (old == GG_TRACK_NONE || gg_track_record_put(shard, old, &officer->sums) != 0) {
            return fail_memory(shard);
        }
    }
    const uint32_t at = gg_track_record_find(shard, slot, day);
    officer->sums = at == GG_TRACK_NONE ? (gg_track_sums){0} : gg_track_record_sums(shard, at);
    officer->day = day;
    return GRIDGOV_OK;
}

/* Count a measured segment, or take it away. */
static inline void count_segment(const gridgov_track_options *options, gg_track_sums *sums,
                                 int64_t mm, int32_t seconds, int sign) {
    if (mm > options->jump_mm) {
        sums->far += (uint32_t)sign;
    } else if (options->speed_max_mm_s != 0 && mm > (int64_t)options->speed_max_mm_s * seconds) {
        sums->fast += (uint32_t)sign;
    } else {
        sums->online_s += (uint32_t)(sign * seconds);
        sums->distance_mm += mm < options->jitter_mm ? 0 : sign * mm;
    }
}

/* Count a measured segment of any day of an officer. */
static gridgov_status count_at(gg_track_shard *shard, uint32_t slot, uint16_t day, int64_t mm,
                               int32_t seconds, int sign) {
    gg_track_officer *officer = gg_track_officer_at(shard, slot);
    if (officer->day == day) {
        count_segment(shard->options, &officer->sums, mm, seconds, sign);
        return GRIDGOV_OK;
    }
    const uint32_t at = gg_track_record_make(shard, slot, day);
    if (at == GG_TRACK_NONE) {
        return fail_memory(shard);
    }
    gg_track_sums sums = gg_track_record_sums(shard, at);
    count_segment(shard->options, &sums, mm, seconds, sign);
    return gg_track_record_put(shard, at, &sums) == 0 ? GRIDGOV_OK : fail_memory(shard);
}

/* Measure and count the segments of a block's first fixes, and then those that wait beside fixes
 * that were not the newest: what is taken away was added before. */
static gridgov_status count_steps(gg_track_shard *shard, const gg_track_block *block,
                                  size_t count) {
    gg_track_steps *steps = &shard->steps;
    gg_track_pairs *pairs = &shard->pairs;
    gg_geo_distances(steps->mm, steps->lat, steps->lon, block->lat, block->lon, count);
    for (size_t i = 0; i < count; i++) {
        if (steps->seconds[i] >= 0) {
            GG_TRY(
                count_at(shard, block->slot[i], steps->day[i], steps->mm[i], steps->seconds[i], 1));
        }
    }
    gg_geo_distances(pairs->mm, pairs->lat1, pairs->lon1, pairs->lat2, pairs->lon2, pairs->count);
    for (size_t i = 0; i < pairs->count; i++) {
        GG_TRY(count_at(shard, pairs->slot[i], pairs->day[i], pairs->mm[i], pairs->seconds[i],
                        pairs->sign[i]));
    }
    pairs->count = 0;
    return GRIDGOV_OK;
}

/* Let the segment between two neighbours wait, if it is one; a is not behind b. A fix makes three
 * of them at most. */
static void add_segment(gg_track_shard *shard, uint32_t slot, const gg_track_point *a,
                        const gg_track_point *b, int sign) {
    const uint32_t seconds = b->at - a->at;
    const uint16_t day = gg_track_day_of(shard->options, b->at);
    if (gg_track_begins(b) || seconds > (uint32_t)shard->options->gap_s ||
        gg_track_day_of(shard->options, a->at) != day) {
        return;
    }
    gg_track_pairs *pairs = &shard->pairs;
    const size_t i = pairs->count++;
    pairs->lat1[i] = gg_track_lat(a);
    pairs->lon1[i] = a->lon;
    pairs->lat2[i] = gg_track_lat(b);
    pairs->lon2[i] = b->lon;
    pairs->slot[i] = slot;
    pairs->seconds[i] = (int32_t)seconds;
    pairs->day[i] = day;
    pairs->sign[i] = (int8_t)sign;
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

/* The room of an officer's ring. */
static inline gg_track_point *ring_of(const gg_track_shard *shard, gg_track_officer *officer) {
    return officer->room == 0 ? officer->near : gg_track_point_at(shard, officer->ring);
}

/* Point of an officer's ring, counted from the oldest. */
static gg_track_point *ring_at(const gg_track_shard *shard, gg_track_officer *officer,
                               uint32_t index) {
    uint32_t mask = room_size(officer->room) - 1;
    return ring_of(shard, officer) + ((officer->head + index) & mask);
}

/* Drop what no fix within the lateness of a moment can come between, but for the newest of those.
 */
static inline void drop_old(const gg_track_shard *shard, gg_track_officer *officer,
                            uint32_t newest) {
    const gg_track_point *ring = ring_of(shard, officer);
    const uint32_t lateness = (uint32_t)shard->options->lateness_s;
    const uint32_t limit = newest > lateness ? newest - lateness : 0;
    const uint32_t mask = room_size(officer->room) - 1;
    uint32_t head = officer->head, count = officer->count;
    while (count > 1 && ring[(head + 1) & mask].at < limit) {
        head = (head + 1) & mask;
        count--;
    }
    officer->head = head;
    officer->count = count;
}

/* Make room for one more point in an officer's ring. */
static gridgov_status make_room(gg_track_shard *shard, gg_track_officer *officer, uint32_t newest) {
    drop_old(shard, officer, newest);
    uint32_t size = room_size(officer->room);
    if (officer->count < size) {
        return GRIDGOV_OK;
    }
    if (officer->room + 1 == GG_TRACK_ROOM_CLASSES) {
        return fail_dense(shard, officer->count);
    }
    uint32_t larger = take_room(shard, (uint8_t)(officer->room + 1));
    if (larger == GG_TRACK_NONE) {
        return fail_memory(shard);
    }
    for (uint32_t i = 0; i < officer->count; i++) {
        gg_track_point_at(shard, larger)[i] = *ring_at(shard, officer, i);
    }
    if (officer->room > 0) {
        give_room(shard, officer->ring, officer->room);
    }
    officer->ring = larger;
    officer->room++;
    officer->head = 0;
    return GRIDGOV_OK;
}

/* Put a point into the ring before its point at index. */
static gridgov_status insert(gg_track_shard *shard, gg_track_officer *officer, uint32_t index,
                             const gg_track_point *point) {
    uint32_t used = officer->count;
    if (used == room_size(officer->room)) {
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
static gridgov_status take_newest(gg_track_shard *shard, uint32_t slot,
                                  const gg_track_point *point) {
    gg_track_officer *officer = gg_track_officer_at(shard, slot);
    if (officer->last_day != 0) {
        add_segment(shard, slot, &officer->last, point, 1);
    }
    if (!shard->sorted) {
        GG_TRY(insert(shard, officer, officer->count, point));
    }
    officer->last = *point;
    officer->last_day = gg_track_day_of(shard->options, point->at);
    return GRIDGOV_OK;
}

/* A fix that is there already. If one of the two does not begin a part, the fix is joined to the
 * one before it. */
static void take_again(gg_track_shard *shard, uint32_t slot, uint32_t index,
                       const gg_track_point *point) {
    gg_track_officer *officer = gg_track_officer_at(shard, slot);
    shard->counts.duplicates++;
    if (shard->sorted) { // of equal fixes the one that does not begin comes first
        return;
    }
    gg_track_point *kept = ring_at(shard, officer, index);
    if (gg_track_begins(kept) && !gg_track_begins(point)) {
        kept->lat_begins--;
        if (index + 1 == officer->count) {
            officer->last = *kept;
        }
        if (index > 0) {
            add_segment(shard, slot, ring_at(shard, officer, index - 1), kept, 1);
        }
    }
}

/* A fix that is not behind all others. *kept_out is 0 if it is left out. */
static gridgov_status take_late(gg_track_shard *shard, uint32_t slot, const gg_track_point *point,
                                int *kept_out) {
    gg_track_officer *officer = gg_track_officer_at(shard, slot);
    *kept_out = 0;
    if (shard->sorted) { // only an equal one is not behind all others
        take_again(shard, slot, 0, point);
        return GRIDGOV_OK;
    }
    if (officer->last.at - point->at > (uint32_t)shard->options->lateness_s) {
        shard->counts.too_late++;
        officer->begins |= (uint8_t)gg_track_begins(point);
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
    const gg_track_point next = *ring_at(shard, officer, low);
    if (compare(&next, point) == 0) {
        take_again(shard, slot, low, point);
        return GRIDGOV_OK;
    }
    if (low > 0) {
        const gg_track_point before = *ring_at(shard, officer, low - 1);
        add_segment(shard, slot, &before, &next, -1);
        add_segment(shard, slot, &before, point, 1);
    }
    add_segment(shard, slot, point, &next, 1);
    shard->counts.late++;
    *kept_out = 1;
    return insert(shard, officer, low, point);
}

/* Any fix of a block. */
static gridgov_status take_any(gg_track_shard *shard, const gg_track_block *block, size_t i) {
    const uint32_t slot = block->slot[i];
    gg_track_officer *officer = gg_track_officer_at(shard, slot);
    const uint16_t day = gg_track_day_of(shard->options, block->at[i]);
    int kept = 1;
    if (block->begins[i] == 2) {
        officer->begins = 1;
        return GRIDGOV_OK;
    }
    const int begins = block->begins[i] | officer->begins;
    const gg_track_point point = {block->at[i], block->lat[i] * 2 + begins, block->lon[i]};
    officer->begins = 0;
    if (officer->last_day == 0 || compare(&officer->last, &point) < 0) {
        GG_TRY(take_newest(shard, slot, &point));
    } else {
        GG_TRY(take_late(shard, slot, &point, &kept));
    }
    if (kept) {
        if (officer->day != day) {
            GG_TRY(open_day(shard, slot, day));
        }
        if (officer->sums.fixes == UINT32_MAX) {
            return fail_dense(shard, officer->sums.fixes);
        }
        officer->sums.fixes++;
        shard->counts.kept++;
    }
    officer->until =
        officer->day == officer->last_day ? end_of(shard->options, officer->last_day) : 0;
    return GRIDGOV_OK;
}

/* A fix as most are; 0 if it is another. */
static inline int take_usual(gg_track_shard *shard, const gg_track_block *block, size_t i) {
    gg_track_steps *steps = &shard->steps;
    gg_track_officer *officer = gg_track_officer_at(shard, block->slot[i]);
    const uint32_t at = block->at[i];
    const uint32_t seconds = at - officer->last.at;
    if (at <= officer->last.at || at >= officer->until ||
        (officer->begins | block->begins[i]) != 0 || officer->sums.fixes == UINT32_MAX) {
        return 0;
    }
    const gg_track_point point = {at, block->lat[i] * 2, block->lon[i]};
    if (!shard->sorted) { // there is a ring, since there is a fix
        const uint32_t size = room_size(officer->room);
        if (officer->count == size) {
            drop_old(shard, officer, at);
            if (officer->count == size) {
                return 0;
            }
        }
        gg_track_point *ring = ring_of(shard, officer);
        ring[(officer->head + officer->count) & (size - 1)] = point;
        officer->count++;
    }
    steps->lat[i] = gg_track_lat(&officer->last);
    steps->lon[i] = officer->last.lon;
    steps->day[i] = officer->day;
    steps->seconds[i] = seconds <= (uint32_t)shard->options->gap_s ? (int32_t)seconds : -1;
    officer->last = point;
    officer->sums.fixes++;
    return 1;
}

/* Each officer is asked for some fixes ahead; once there, the place in the ring that the fix will
 * go to, which may straddle two lines of the cache, and what will be dropped to make room for it.
 * (Inside the loop, because a function that does nothing but ask may be taken for one without
 * effect, and left out.) */
gridgov_status gg_track_take(gg_track_shard *shard, const gg_track_block *block) {
    gg_track_steps *steps = &shard->steps;
    for (size_t i = 0; i < block->count && i < AHEAD_OFFICER; i++) {
        GG_PREFETCH(gg_track_officer_at(shard, block->slot[i]));
    }
    for (size_t i = 0; i < block->count; i++) {
        if (i + AHEAD_OFFICER < block->count) {
            GG_PREFETCH(gg_track_officer_at(shard, block->slot[i + AHEAD_OFFICER]));
        }
        if (i + AHEAD_RING < block->count && !shard->sorted) {
            gg_track_officer *next = gg_track_officer_at(shard, block->slot[i + AHEAD_RING]);
            const uint32_t mask = room_size(next->room) - 1;
            const gg_track_point *ring = ring_of(shard, next);
            const gg_track_point *place = &ring[(next->head + next->count) & mask];
            GG_PREFETCH(place);
            GG_PREFETCH(&place->lon);
            if (next->count > mask) {
                GG_PREFETCH(&ring[(next->head + 1) & mask]);
                GG_PREFETCH(&ring[(next->head + 6) & mask]);
            }
        }
        if (take_usual(shard, block, i)) {
            shard->counts.kept++;
            continue;
        }
        steps->lat[i] = block->lat[i];
        steps->lon[i] = block->lon[i];
        steps->seconds[i] = -1;
        GG_TRY(take_any(shard, block, i));
    }
    return count_steps(shard, block, block->count);
}

gridgov_status gg_track_close(gg_track_shard *shard) {
    gg_track_pool_release(&shard->points);
    for (size_t i = 0; i < shard->officer_count; i++) {
        if (gg_track_officer_at(shard, (uint32_t)i)->day != 0) {
            GG_TRY(open_day(shard, (uint32_t)i, 0));
        }
        if ((i + 1) % ((size_t)1 << GG_TRACK_OFFICER_BITS) == 0) {
            gg_track_pool_drop(&shard->officers, i >> GG_TRACK_OFFICER_BITS);
        }
    }
    gg_track_pool_release(&shard->officers);
    return GRIDGOV_OK;
}
