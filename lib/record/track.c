/* SPDX-License-Identifier: Apache-2.0 */
/* Fixes on their way in. A call takes its fixes block by block: whose is it (and is the officer one
 * of this worker's), where and when, do the filters that look at one fix alone let it pass, and
 * then one fix after the other into track_ring.c. Memory for the next steps is asked for ahead,
 * since officers come in any order and their rings do not fit a cache.
 *
 * Every worker runs over all fixes of a call and takes those of its own officers, in the order in
 * which they stand. So what an officer's fixes meet is the same however many workers there are. */
#include "track_model.h"

#include "base/error.h"
#include "base/geo.h"
#include "base/hint.h"
#include "base/num.h"
#include "base/text.h"
#include "base/workers.h"

#include <string.h>

#define MINUTE 60
#define DAY_MINUTES 1440
#define ALONE 16384      /* fixes of a call that are not worth starting threads for */
#define AHEAD_OFFICER 48 /* fixes between asking for an officer and taking the fix */
#define AHEAD_RING 24    /* and between asking for the officer and for the ring */

/* Fixes of a call, and what its workers share. */
typedef struct intake {
    gridgov_tracks *tracks;
    const gridgov_fix_columns *columns;
    const gridgov_fix *fixes; /* of one officer, in place of columns; NULL: columns */
    gg_track_code officer;    /* of fixes */
    int64_t count;
    int32_t datum;
    gridgov_job *job;
    gridgov_status job_status;
    atomic_int next; /* shard that nobody works on yet; the first is the caller's */
    atomic_int stop; /* 1: a worker has failed, or the job was cancelled */
} intake;

/* What one worker has of a block; kept by its shard. */
struct gg_track_work {
    gg_track_codes codes;
    uint32_t slot[GG_TRACK_BLOCK];
    size_t count; /* points, of the codes whose fixes count */
    gg_track_point point[GG_TRACK_BLOCK];
    char digits[GG_TRACK_BLOCK][GG_NUM_TEXT_SIZE]; // of numbers beyond 2^32, which are texts
};

/* 1 if the officer is of this shard. */
static size_t is_mine(uint32_t hash, uint32_t workers, uint32_t shard) {
    // The table takes its cells from the high bits of the hash, shards go by the low ones.
    return (hash & 0xFFFF) * workers >> 16 == shard;
}

/* Numbers of a block, this shard's alone. */
static void read_numbers(gg_track_codes *codes, const gg_track_shard *shard,
                         const uint32_t *numbers, size_t count) {
    uint32_t workers = (uint32_t)shard->options->workers, index = (uint32_t)shard->index;
    size_t mine = 0;
    codes->has_text = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t hash = gg_track_number_hash(numbers[i]);
        codes->number[mine] = numbers[i];
        codes->hash[mine] = hash;
        codes->row[mine] = (uint32_t)i;
        mine += is_mine(hash, workers, index);
    }
    codes->count = mine;
}

/* The code of fix i of a block, which begins with fix first. */
static gridgov_status read_code(gg_track_code *code, char *digits, const intake *in, int64_t first,
                                size_t i, gridgov_error *err) {
    const gridgov_fix_columns *c = in->columns;
    size_t at = (size_t)first + i;
    if (c == NULL) {
        *code = in->officer;
    } else if (c->officer_text != NULL) {
        gg_track_code_text(code, c->officer_text + c->officer_from[at],
                           c->officer_to[at] - c->officer_from[at]);
    } else if (c->officer_i64[at] >= 0) {
        size_t size = gg_int_format(digits, c->officer_i64[at]);
        gg_track_code_text(code, digits, size);
    } else {
        (void)gg_fail_number(err, GG_RULE_NEGATIVE, "officer", c->officer_i64[at], NULL, NULL);
        gg_error_at(err, NULL, first + (int64_t)i + 1, 0);
        return GRIDGOV_EDATA;
    }
    return GRIDGOV_OK;
}

/* The officers of a block, this shard's alone. */
static gridgov_status read_codes(gg_track_work *b, const gg_track_shard *shard, const intake *in,
                                 int64_t first, size_t count, gridgov_error *err) {
    uint32_t workers = (uint32_t)shard->options->workers, index = (uint32_t)shard->index;
    gg_track_codes *codes = &b->codes;
    if (in->columns != NULL && in->columns->officer_u32 != NULL) {
        read_numbers(codes, shard, in->columns->officer_u32 + first, count);
        return GRIDGOV_OK;
    }
    size_t mine = 0;
    codes->has_text = 1;
    for (size_t i = 0; i < count; i++) {
        gg_track_code code;
        GG_TRY(read_code(&code, b->digits[mine], in, first, i, err));
        codes->number[mine] = code.number;
        codes->hash[mine] = code.hash;
        codes->text[mine] = code.text;
        codes->size[mine] = code.size;
        codes->row[mine] = (uint32_t)i;
        mine += is_mine(code.hash, workers, index);
    }
    codes->count = mine;
    return GRIDGOV_OK;
}

/* Inside a window of the day, if there are any. */
static int in_windows(const gridgov_track_options *options, uint32_t at) {
    int64_t local = (int64_t)at + (int64_t)(options->utc_offset_minutes + DAY_MINUTES) * MINUTE;
    int32_t minute = (int32_t)(local / MINUTE % DAY_MINUTES);
    int any = 0;
    for (size_t i = 0; i < GRIDGOV_TRACK_WINDOWS; i++) {
        if (options->window_to[i] != 0) {
            if (minute >= options->window_from[i] && minute < options->window_to[i]) {
                return 1;
            }
            any = 1;
        }
    }
    return !any;
}

static int in_days(const gridgov_track_options *options, uint32_t at) {
    gridgov_day day = (gridgov_day)gg_track_day_of(options, at) - GG_TRACK_DAY_ZERO;
    return (options->day_from == GRIDGOV_NO_DAY || day >= options->day_from) &&
           (options->day_to == GRIDGOV_NO_DAY || day < options->day_to);
}

/* Does a fix, looked at alone, count? If not, the reason is counted. */
static int passes(gg_track_shard *shard, const gg_track_point *point, int32_t accuracy,
                  int32_t speed) {
    const gridgov_track_options *options = shard->options;
    int64_t *reason = NULL;
    if (options->accuracy_max_mm != 0 && accuracy > options->accuracy_max_mm) {
        reason = &shard->counts.inaccurate;
    } else if (options->speed_max_mm_s != 0 && speed > options->speed_max_mm_s) {
        reason = &shard->counts.too_fast;
    } else if (!in_days(options, point->at) || !in_windows(options, point->at)) {
        reason = &shard->counts.outside;
    }
    if (reason != NULL) {
        *reason += 1;
    }
    return reason == NULL;
}

static void convert(gg_track_point *point, int32_t datum) {
    if (datum == GRIDGOV_DATUM_GCJ02) {
        gg_geo_from_gcj02(&point->lat, &point->lon);
    } else if (datum == GRIDGOV_DATUM_BD09) {
        gg_geo_from_bd09(&point->lat, &point->lon);
    }
}

/* Time and place of one fix; 0 if there is no such time or place. */
static int read_point(gg_track_point *out, const intake *in, size_t at) {
    const gridgov_fix_columns *c = in->columns;
    gridgov_time time = c == NULL ? in->fixes[at].at : c->at[at];
    int64_t add = c == NULL ? 0 : c->time_add;
    if (time < -((int64_t)1 << 40) || time > (int64_t)1 << 40) {
        return 0;
    }
    time += add; // checked to lie within ±2^40 as well
    if (time < 0 || time > UINT32_MAX) {
        return 0;
    }
    out->at = (uint32_t)time;
    if (c != NULL && c->lat_degrees != NULL) {
        return gg_geo_quantise(&out->lat, c->lat_degrees + at, GG_GEO_LAT_MAX) == 0 &&
               gg_geo_quantise(&out->lon, c->lon_degrees + at, GG_GEO_LON_MAX) == 0;
    }
    out->lat = c == NULL ? in->fixes[at].lat_e7 : c->lat_e7[at];
    out->lon = c == NULL ? in->fixes[at].lon_e7 : c->lon_e7[at];
    return out->lat >= -GG_GEO_LAT_MAX && out->lat <= GG_GEO_LAT_MAX &&
           out->lon >= -GG_GEO_LON_MAX && out->lon <= GG_GEO_LON_MAX;
}

/* Times and places of the block's fixes; those that do not count leave the block. */
static void read_points(gg_track_work *b, gg_track_shard *shard, const intake *in, int64_t first) {
    const gridgov_fix_columns *c = in->columns;
    size_t kept = 0;
    for (size_t i = 0; i < b->codes.count; i++) {
        size_t at = (size_t)first + b->codes.row[i];
        gg_track_point point;
        int32_t accuracy = -1, speed = -1;
        if (!read_point(&point, in, at)) {
            shard->counts.invalid++;
            continue;
        }
        if (c == NULL) {
            accuracy = in->fixes[at].accuracy_mm;
            speed = in->fixes[at].speed_mm_s;
        } else {
            accuracy = c->accuracy_mm == NULL ? -1 : c->accuracy_mm[at];
            speed = c->speed_mm_s == NULL ? -1 : c->speed_mm_s[at];
        }
        if (!passes(shard, &point, accuracy, speed)) {
            continue;
        }
        convert(&point, in->datum);
        b->point[kept] = point;
        b->slot[kept] = b->slot[i];
        kept++;
    }
    b->count = kept;
}

/* One fix after the other. Each officer is asked for some fixes ahead; once there, the place of the
 * ring that the fix will go to, which may straddle two lines of the cache, and what will be dropped
 * to make room for it. (Inside the loop, because a function that does nothing but ask may be taken
 * for one without effect, and left out.) */
static gridgov_status take_points(const gg_track_work *b, gg_track_shard *shard) {
    for (size_t i = 0; i < b->count + AHEAD_OFFICER; i++) {
        if (i < b->count) {
            GG_PREFETCH(gg_track_officer_at(shard, b->slot[i]));
        }
        if (i >= AHEAD_RING && i - AHEAD_RING < b->count) {
            const gg_track_officer *next = gg_track_officer_at(shard, b->slot[i - AHEAD_RING]);
            const uint32_t mask = ((uint32_t)GG_TRACK_ROOM_FIRST << next->room) - 1;
            if (next->ring != GG_TRACK_NONE) {
                const gg_track_point *ring = gg_track_point_at(shard, next->ring);
                const gg_track_point *place = &ring[(next->head + next->count) & mask];
                GG_PREFETCH(place);
                GG_PREFETCH(&place->lon);
                if (next->count > mask) {
                    GG_PREFETCH(&ring[(next->head + 1) & mask]);
                    GG_PREFETCH(&ring[(next->head + 6) & mask]);
                }
            }
        }
        if (i >= AHEAD_OFFICER) {
            GG_TRY(gg_track_take(shard, b->slot[i - AHEAD_OFFICER], &b->point[i - AHEAD_OFFICER]));
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status spill_points(const gg_track_work *b, gg_track_shard *shard) {
    for (size_t i = 0; i < b->count; i++) {
        shard->status = gg_track_spill_add(shard->spill, b->slot[i], &b->point[i], &shard->error);
        GG_TRY(shard->status);
    }
    return GRIDGOV_OK;
}

static gridgov_status take_block(gg_track_work *b, gg_track_shard *shard, const intake *in,
                                 int64_t first, size_t count) {
    shard->status = read_codes(b, shard, in, first, count, &shard->error);
    GG_TRY(shard->status);
    shard->status = gg_track_slots(b->slot, shard, &b->codes, first, &shard->error);
    GG_TRY(shard->status);
    read_points(b, shard, in, first);
    return shard->spill != NULL ? spill_points(b, shard) : take_points(b, shard);
}

/* All fixes of one shard's officers. */
static void take_shard(intake *in, gg_track_shard *shard, int worker) {
    for (int64_t first = 0; first < in->count && shard->status == GRIDGOV_OK;
         first += GG_TRACK_BLOCK) {
        int64_t left = in->count - first;
        size_t count = left < GG_TRACK_BLOCK ? (size_t)left : GG_TRACK_BLOCK;
        if (worker == 0) { // on the caller's thread
            in->job_status = gridgov_job_tick(in->job, "tracks", first, in->count);
            if (in->job_status < 0) {
                atomic_store_explicit(&in->stop, 1, memory_order_relaxed);
            }
        }
        if (atomic_load_explicit(&in->stop, memory_order_relaxed)) {
            break;
        }
        (void)take_block(shard->work, shard, in, first, count);
    }
}

static void take_shards(void *user, int worker) {
    intake *in = user;
    // The caller's thread has a shard for sure, so that the job is ticked.
    for (int next = worker == 0 ? 0 : atomic_fetch_add(&in->next, 1);
         next < in->tracks->options.workers; next = atomic_fetch_add(&in->next, 1)) {
        gg_track_shard *shard = in->tracks->shards[next];
        take_shard(in, shard, worker);
        if (shard->status < 0) {
            atomic_store_explicit(&in->stop, 1, memory_order_relaxed);
        }
    }
}

/* Run the workers, and gather what became of it. */
static gridgov_status run(intake *in, gridgov_error *err) {
    gridgov_tracks *tracks = in->tracks;
    gridgov_status status = GRIDGOV_OK;
    atomic_store(&in->next, 1);
    gg_workers_run(in->count < ALONE ? 1 : tracks->options.workers, take_shards, in);
    for (int32_t i = 0; i < tracks->options.workers && status == GRIDGOV_OK; i++) {
        status = tracks->shards[i]->status;
        if (status < 0 && err != NULL) {
            *err = tracks->shards[i]->error;
        }
    }
    if (status == GRIDGOV_OK && in->job_status < 0) {
        status = gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
    }
    tracks->read += in->count;
    tracks->failed = status < 0;
    return status;
}

static gridgov_status check_open(const gridgov_tracks *tracks, gridgov_error *err) {
    if (tracks->sealed) {
        return gg_fail_state(err, "tracks are sealed");
    }
    return tracks->failed ? gg_fail_state(err, "an earlier call failed") : GRIDGOV_OK;
}

gridgov_status gridgov_tracks_add(gridgov_tracks *tracks, const char *officer, size_t size,
                                  const gridgov_fix *fixes, int64_t count, gridgov_error *err) {
    if (tracks == NULL || officer == NULL || count < 0 || (fixes == NULL && count > 0)) {
        return gg_fail_arg(err, tracks == NULL ? "tracks" : officer == NULL ? "officer" : "fixes");
    }
    GG_TRY(check_open(tracks, err));
    intake in = {.tracks = tracks, .fixes = fixes, .count = count, .datum = tracks->options.datum};
    gg_track_code_text(&in.officer, officer, size);
    return count == 0 ? GRIDGOV_OK : run(&in, err);
}

/* Exactly one form of each group is given. */
static const char *wrong_columns(const gridgov_fix_columns *c) {
    int officers = (c->officer_u32 != NULL) + (c->officer_i64 != NULL) + (c->officer_text != NULL);
    int has_e7 = c->lat_e7 != NULL || c->lon_e7 != NULL;
    int has_degrees = c->lat_degrees != NULL || c->lon_degrees != NULL;
    if (c->count < 0) {
        return "columns.count";
    }
    if (c->count == 0) {
        return NULL;
    }
    if (officers != 1 ||
        (c->officer_text != NULL && (c->officer_from == NULL || c->officer_to == NULL))) {
        return "columns.officer";
    }
    if (has_e7 == has_degrees || (has_e7 && (c->lat_e7 == NULL || c->lon_e7 == NULL)) ||
        (has_degrees && (c->lat_degrees == NULL || c->lon_degrees == NULL))) {
        return "columns.lat";
    }
    if (c->at == NULL) {
        return "columns.at";
    }
    return c->time_add < -((int64_t)1 << 40) || c->time_add > (int64_t)1 << 40 ? "columns.time_add"
                                                                               : NULL;
}

gridgov_status gridgov_tracks_add_columns(gridgov_tracks *tracks,
                                          const gridgov_fix_columns *columns, gridgov_job *job,
                                          gridgov_error *err) {
    gridgov_fix_columns full = {.struct_size = sizeof full};
    if (tracks == NULL || columns == NULL || gg_options_read(&full, sizeof full, columns) != 0 ||
        wrong_columns(&full) != NULL) {
        return gg_fail_arg(err, tracks == NULL                 ? "tracks"
                                : columns == NULL              ? "columns"
                                : wrong_columns(&full) != NULL ? wrong_columns(&full)
                                                               : "columns.struct_size");
    }
    GG_TRY(check_open(tracks, err));
    if (full.datum != 0 && full.datum != tracks->options.datum) {
        const char *given = gridgov_code_text(GRIDGOV_KIND_DATUM, full.datum);
        if (given == NULL) {
            return gg_fail_arg(err, "columns.datum");
        }
        return gg_fail(err, GG_RULE_TRACK_DATUM, "datum", given, strlen(given),
                       gridgov_code_text(GRIDGOV_KIND_DATUM, tracks->options.datum), NULL);
    }
    intake in = {.tracks = tracks,
                 .columns = &full,
                 .count = full.count,
                 .datum = tracks->options.datum,
                 .job = job};
    return full.count == 0 ? GRIDGOV_OK : run(&in, err);
}

static void free_shard(gg_track_shard *shard) {
    if (shard == NULL) {
        return;
    }
    gg_free(shard->numbers.cells);
    gg_free(shard->texts.cells);
    gg_map_release(&shard->crowded);
    gg_free(shard->codes);
    gg_buf_release(&shard->code_text);
    gg_track_pool_release(&shard->officers);
    gg_track_pool_release(&shard->points);
    gg_free(shard->records);
    gg_track_spill_free(shard->spill);
    gg_free(shard->work);
    gg_free(shard);
}

void gridgov_tracks_free(gridgov_tracks *tracks) {
    if (tracks == NULL) {
        return;
    }
    for (int32_t i = 0; tracks->shards != NULL && i < tracks->options.workers; i++) {
        free_shard(tracks->shards[i]);
    }
    gg_free(tracks->shards);
    gg_free(tracks->folder);
    gg_buf_release(&tracks->code_text);
    gg_free(tracks->listed);
    gg_free(tracks);
}

static gridgov_status new_shard(gg_track_shard **out, gridgov_tracks *tracks, int32_t index,
                                gridgov_error *err) {
    gg_track_shard *shard = gg_calloc(1, sizeof *shard);
    *out = shard;
    if (shard == NULL) {
        return gg_fail_memory(err);
    }
    shard->work = gg_calloc(1, sizeof *shard->work);
    if (shard->work == NULL) {
        return gg_fail_memory(err);
    }
    shard->options = &tracks->options;
    shard->index = index;
    for (size_t i = 0; i < GG_TRACK_ROOM_CLASSES; i++) {
        shard->free_rings[i] = GG_TRACK_NONE;
    }
    if (tracks->folder == NULL && tracks->options.spill_memory == 0) {
        return GRIDGOV_OK;
    }
    int64_t memory =
        tracks->options.spill_memory == 0 ? (int64_t)16 << 20 : tracks->options.spill_memory;
    return gg_track_spill_open(&shard->spill, tracks->folder, memory / tracks->options.workers,
                               err);
}

gridgov_status gridgov_tracks_new(gridgov_tracks **out, const gridgov_track_options *options,
                                  gridgov_error *err) {
    gridgov_track_options full;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    gridgov_track_options_init(&full, sizeof full);
    if (gg_options_read(&full, sizeof full, options) != 0) {
        return gg_fail_arg(err, "options.struct_size");
    }
    GG_TRY(gg_track_options_check(&full, err));
    gridgov_tracks *tracks = gg_calloc(1, sizeof *tracks);
    gridgov_status status = GRIDGOV_OK;
    if (tracks == NULL) {
        return gg_fail_memory(err);
    }
    tracks->options = full;
    tracks->options.spill_folder = NULL;
    tracks->shards = gg_calloc((size_t)full.workers, sizeof(gg_track_shard *));
    if (full.spill_folder != NULL) {
        size_t size = strlen(full.spill_folder) + 1;
        tracks->folder = gg_calloc(size, 1);
        if (tracks->folder != NULL) {
            memcpy(tracks->folder, full.spill_folder, size);
        }
    }
    if (tracks->shards == NULL || (full.spill_folder != NULL && tracks->folder == NULL)) {
        status = gg_fail_memory(err);
    }
    for (int32_t i = 0; i < full.workers && status == GRIDGOV_OK; i++) {
        status = new_shard(&tracks->shards[i], tracks, i, err);
    }
    if (status < 0) {
        gridgov_tracks_free(tracks);
        return status;
    }
    *out = tracks;
    return GRIDGOV_OK;
}

gridgov_status gridgov_distances(int64_t *mm_out, const int32_t *lat1_e7, const int32_t *lon1_e7,
                                 const int32_t *lat2_e7, const int32_t *lon2_e7, int64_t count) {
    if (count < 0 || (count > 0 && (mm_out == NULL || lat1_e7 == NULL || lon1_e7 == NULL ||
                                    lat2_e7 == NULL || lon2_e7 == NULL))) {
        return GRIDGOV_EARG;
    }
    gg_geo_distances(mm_out, lat1_e7, lon1_e7, lat2_e7, lon2_e7, (size_t)count);
    return GRIDGOV_OK;
}

gridgov_status gridgov_places_to_wgs84(int32_t *lat_e7, int32_t *lon_e7, int64_t count,
                                       int32_t datum) {
    if (count < 0 || (count > 0 && (lat_e7 == NULL || lon_e7 == NULL)) ||
        gridgov_code_text(GRIDGOV_KIND_DATUM, datum) == NULL) {
        return GRIDGOV_EARG;
    }
    for (int64_t i = 0; i < count; i++) {
        gg_track_point point = {.lat = lat_e7[i], .lon = lon_e7[i]};
        convert(&point, datum);
        lat_e7[i] = point.lat;
        lon_e7[i] = point.lon;
    }
    return GRIDGOV_OK;
}
