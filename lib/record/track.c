/* SPDX-License-Identifier: Apache-2.0 */
/* Fixes on their way in. A call takes its fixes block by block: whose is it (and is the officer one
 * of this worker's), where and when, do the filters that look at one fix alone let it pass, and
 * then one fix after the other into track_ring.c. Each step goes over the whole block, in a loop of
 * its own.
 *
 * Every worker runs over all fixes of a call and takes those of its own officers, in the order in
 * which they stand. So what an officer's fixes meet is the same however many workers there are. */
#include "track_model.h"

#include "base/error.h"
#include "base/geo.h"
#include "base/num.h"
#include "base/text.h"
#include "base/workers.h"

#include <string.h>

#define MINUTE 60
#define DAY_MINUTES 1440
#define ALONE 16384 /* fixes of a call that are not worth starting threads for */

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

/* 1 if the officer is of this shard. */
static size_t is_mine(uint32_t hash, uint32_t workers, uint32_t shard) {
    // The table takes its cells from the high bits of the hash, shards go by the low ones.
    return (hash & 0xFFFF) * workers >> 16 == shard;
}

/* Numbers of a block, this shard's alone. */
static void read_numbers(gg_track_codes *codes, const gg_track_shard *shard,
                         const uint32_t *numbers, size_t count) {
    const uint32_t workers = (uint32_t)shard->options->workers, index = (uint32_t)shard->index;
    size_t mine = 0;
    codes->has_text = 0;
    if (workers == 1) {
        for (size_t i = 0; i < count; i++) {
            codes->number[i] = numbers[i];
            codes->hash[i] = gg_track_number_hash(numbers[i]);
            codes->row[i] = (uint32_t)i;
        }
        codes->count = count;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t hash = gg_track_number_hash(numbers[i]);
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

/* Which count of the summary a fix that is left out belongs to; NULL if it counts. */
static int64_t *reason_of(gg_track_shard *shard, uint32_t at, int32_t accuracy, int32_t speed) {
    const gridgov_track_options *options = shard->options;
    if (options->accuracy_max_mm != 0 && accuracy > options->accuracy_max_mm) {
        return &shard->counts.inaccurate;
    }
    if (options->speed_max_mm_s != 0 && speed > options->speed_max_mm_s) {
        return &shard->counts.too_fast;
    }
    return !in_days(options, at) || !in_windows(options, at) ? &shard->counts.outside : NULL;
}

static void convert(int32_t *lat, int32_t *lon, int32_t datum) {
    if (datum == GRIDGOV_DATUM_GCJ02) {
        gg_geo_from_gcj02(lat, lon);
    } else if (datum == GRIDGOV_DATUM_BD09) {
        gg_geo_from_bd09(lat, lon);
    }
}

/* Times and places of the block's fixes as they are given. */
static void read_given(gg_track_work *w, const intake *in, int64_t first) {
    const gridgov_fix_columns *c = in->columns;
    const uint8_t *begins = c == NULL || in->tracks->options.join_parts ? NULL : c->begins;
    gg_track_block *b = &w->block;
    for (size_t i = 0; i < w->codes.count; i++) {
        const size_t at = (size_t)first + w->codes.row[i];
        // time_add lies within 2^40, so what wraps round is far beyond 2^32
        const uint64_t time =
            c == NULL ? (uint64_t)in->fixes[at].at : (uint64_t)c->at[at] + (uint64_t)c->time_add;
        b->at[i] = (uint32_t)time;
        w->lost[i] = time > UINT32_MAX;
        b->begins[i] = begins != NULL && begins[at] != 0;
    }
    if (c != NULL && c->lat_degrees != NULL) {
        gg_geo_quantise_rows(b->lat, w->lost, c->lat_degrees + first, w->codes.row, w->codes.count,
                             GG_GEO_LAT_MAX);
        gg_geo_quantise_rows(b->lon, w->lost, c->lon_degrees + first, w->codes.row, w->codes.count,
                             GG_GEO_LON_MAX);
        return;
    }
    for (size_t i = 0; i < w->codes.count; i++) {
        const size_t at = (size_t)first + w->codes.row[i];
        const int32_t lat = c == NULL ? in->fixes[at].lat_e7 : c->lat_e7[at];
        const int32_t lon = c == NULL ? in->fixes[at].lon_e7 : c->lon_e7[at];
        b->lat[i] = lat;
        b->lon[i] = lon;
        w->lost[i] |= lat < -GG_GEO_LAT_MAX || lat > GG_GEO_LAT_MAX || lon < -GG_GEO_LON_MAX ||
                      lon > GG_GEO_LON_MAX;
    }
}

/* Fixes that do not count leave the block; but one that begins a part leaves its mark. */
static void drop_lost(gg_track_work *w, gg_track_shard *shard, const intake *in, int64_t first) {
    const gridgov_fix_columns *c = in->columns;
    gg_track_block *b = &w->block;
    size_t kept = 0;
    for (size_t i = 0; i < w->codes.count; i++) {
        const size_t at = (size_t)first + w->codes.row[i];
        const int32_t accuracy = c == NULL                ? in->fixes[at].accuracy_mm
                                 : c->accuracy_mm == NULL ? -1
                                                          : c->accuracy_mm[at];
        const int32_t speed = c == NULL               ? in->fixes[at].speed_mm_s
                              : c->speed_mm_s == NULL ? -1
                                                      : c->speed_mm_s[at];
        int64_t *reason =
            w->lost[i] ? &shard->counts.invalid : reason_of(shard, b->at[i], accuracy, speed);
        const uint8_t begins = b->begins[i];
        if (reason != NULL) {
            *reason += 1;
        }
        b->slot[kept] = b->slot[i];
        b->at[kept] = b->at[i];
        b->lat[kept] = b->lat[i];
        b->lon[kept] = b->lon[i];
        b->begins[kept] = reason == NULL ? begins : 2;
        kept += reason == NULL || begins != 0;
    }
    b->count = kept;
}

/* 1 if a fix of the block may be left out. */
static int may_drop(const gg_track_work *w, const gridgov_track_options *o) {
    uint8_t lost = 0;
    int32_t filters = o->accuracy_max_mm | o->speed_max_mm_s;
    for (size_t i = 0; i < w->codes.count; i++) {
        lost |= w->lost[i];
    }
    for (size_t i = 0; i < GRIDGOV_TRACK_WINDOWS; i++) {
        filters |= o->window_to[i];
    }
    return lost != 0 || filters != 0 || o->day_from != GRIDGOV_NO_DAY ||
           o->day_to != GRIDGOV_NO_DAY;
}

static void read_points(gg_track_work *w, gg_track_shard *shard, const intake *in, int64_t first) {
    gg_track_block *b = &w->block;
    read_given(w, in, first);
    b->count = w->codes.count;
    if (may_drop(w, shard->options)) {
        drop_lost(w, shard, in, first);
    }
    for (size_t i = 0; in->datum != GRIDGOV_DATUM_WGS84 && i < b->count; i++) {
        convert(&b->lat[i], &b->lon[i], in->datum);
    }
}

static gridgov_status spill_points(const gg_track_block *b, gg_track_shard *shard) {
    for (size_t i = 0; i < b->count; i++) {
        gg_track_officer *officer = gg_track_officer_at(shard, b->slot[i]);
        if (b->begins[i] == 2) {
            officer->begins = 1;
            continue;
        }
        const int begins = b->begins[i] | officer->begins;
        const gg_track_point point = {b->at[i], b->lat[i] * 2 + begins, b->lon[i]};
        officer->begins = 0;
        shard->status = gg_track_spill_add(shard->spill, b->slot[i], &point, &shard->error);
        GG_TRY(shard->status);
    }
    return GRIDGOV_OK;
}

static gridgov_status take_block(gg_track_work *w, gg_track_shard *shard, const intake *in,
                                 int64_t first, size_t count) {
    shard->status = read_codes(w, shard, in, first, count, &shard->error);
    GG_TRY(shard->status);
    shard->status = gg_track_slots(w->block.slot, shard, &w->codes, first, &shard->error);
    GG_TRY(shard->status);
    read_points(w, shard, in, first);
    return shard->spill != NULL ? spill_points(&w->block, shard) : gg_track_take(shard, &w->block);
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
    gg_free(shard->newest);
    gg_buf_release(&shard->code_text);
    gg_track_pool_release(&shard->officers);
    gg_track_pool_release(&shard->points);
    gg_track_pool_release(&shard->records);
    gg_free(shard->large);
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
    gg_free(tracks->days);
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
        convert(&lat_e7[i], &lon_e7[i], datum);
    }
    return GRIDGOV_OK;
}
