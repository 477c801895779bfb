/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing, and the officer-days of sealed tracks. Officers stand by the bytes of their codes, each
 * officer's days upwards; a list of all days says which record each is. */
#include "track_model.h"

#include "base/error.h"
#include "base/markup.h"
#include "base/num.h"
#include "base/text.h"
#include "base/workers.h"

#include <gridgov/civil.h>

#include <stdlib.h>
#include <string.h>

#define TICK 4096   /* officers or days */
#define PIECE 65536 /* bytes of CSV handed to a sink at a time */
#define METRE_MM 1000
#define MINUTE_S 60

/* What the workers of a seal share. */
typedef struct sealing {
    gridgov_tracks *tracks;
    atomic_int next, stop;
} sealing;

static void close_shards(void *user, int worker) {
    sealing *all = user;
    int next;
    (void)worker;
    while ((next = atomic_fetch_add(&all->next, 1)) < all->tracks->options.workers) {
        gg_track_shard *shard = all->tracks->shards[next];
        if (shard->spill != NULL && shard->status == GRIDGOV_OK) {
            shard->sorted = 1;
            shard->status = gg_track_spill_replay(shard->spill, shard, &shard->work->block,
                                                  &all->stop, &shard->error);
        }
        if (shard->status == GRIDGOV_OK) {
            (void)gg_track_close(shard);
        }
        if (shard->status < 0) {
            atomic_store_explicit(&all->stop, 1, memory_order_relaxed);
        }
    }
}

static int by_code(const void *left, const void *right) {
    const gg_track_listed *a = left;
    const gg_track_listed *b = right;
    return strcmp(a->code, b->code);
}

/* List the records of an officer's days, from the earliest up; how many they are. */
static int64_t list_days(uint32_t *list, const gg_track_shard *shard, uint32_t slot) {
    const uint32_t newest = shard->newest[slot];
    int64_t days = 0;
    for (uint32_t at = newest; at != GG_TRACK_NONE; at = gg_track_record_at(shard, at)->next) {
        days++;
    }
    int64_t place = days;
    for (uint32_t at = newest; at != GG_TRACK_NONE; at = gg_track_record_at(shard, at)->next) {
        list[--place] = at;
    }
    return days;
}

/* Enter the officers of a shard who have a day. Codes that are numbers are written into the tracks'
 * text first, and known by their offset until all are written. */
static void list_shard(gridgov_tracks *tracks, uint32_t index) {
    const gg_track_shard *shard = tracks->shards[index];
    for (uint32_t slot = 0; slot < shard->officer_count; slot++) {
        uint32_t number = 0;
        const char *text = NULL;
        if (shard->newest[slot] == GG_TRACK_NONE) {
            continue;
        }
        gg_track_listed *listed = &tracks->listed[tracks->listed_count++];
        *listed = (gg_track_listed){.shard = index, .slot = slot};
        if (gg_track_slot_code(shard, slot, &number, &text)) {
            listed->first_day = (int64_t)tracks->code_text.size;
            gg_buf_int(&tracks->code_text, number);
            gg_buf_byte(&tracks->code_text, '\0');
        } else {
            listed->code = text;
        }
    }
}

gridgov_status gg_track_list(gridgov_tracks *tracks, gridgov_error *err) {
    size_t most = 0, days = 0;
    for (int32_t i = 0; i < tracks->options.workers; i++) {
        most += tracks->shards[i]->officer_count;
        days += tracks->shards[i]->record_count;
    }
    tracks->listed = gg_calloc(most, sizeof *tracks->listed);
    tracks->days = gg_calloc(days, sizeof *tracks->days);
    if (tracks->listed == NULL || tracks->days == NULL) {
        return gg_fail_memory(err);
    }
    for (int32_t i = 0; i < tracks->options.workers; i++) {
        list_shard(tracks, (uint32_t)i);
    }
    if (gg_buf_failed(&tracks->code_text)) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; i < tracks->listed_count; i++) {
        if (tracks->listed[i].code == NULL) {
            tracks->listed[i].code = gg_buf_data(&tracks->code_text) + tracks->listed[i].first_day;
        }
    }
    qsort(tracks->listed, tracks->listed_count, sizeof *tracks->listed, by_code);
    for (size_t i = 0; i < tracks->listed_count; i++) {
        gg_track_listed *listed = &tracks->listed[i];
        listed->first_day = tracks->day_count;
        tracks->day_count += list_days(tracks->days + tracks->day_count,
                                       tracks->shards[listed->shard], listed->slot);
    }
    return GRIDGOV_OK;
}

static void report(gridgov_issues *issues, int32_t rule, int64_t count, int64_t limit) {
    char limit_text[GG_NUM_TEXT_SIZE];
    gridgov_error issue;
    if (count > 0) {
        (void)gg_int_format(limit_text, limit);
        (void)gg_fail_number(&issue, rule, NULL, count, limit_text, NULL);
        gridgov_issues_add(issues, &issue);
    }
}

static void report_all(const gridgov_tracks *tracks, gridgov_issues *issues) {
    const gridgov_track_options *options = &tracks->options;
    gridgov_track_summary summary = {.struct_size = sizeof summary};
    (void)gridgov_tracks_summary(&summary, tracks);
    report(issues, GG_RULE_TRACK_INVALID, summary.invalid, 0);
    report(issues, GG_RULE_TRACK_LATE, summary.too_late, options->lateness_s);
    report(issues, GG_RULE_TRACK_INACCURATE, summary.inaccurate,
           options->accuracy_max_mm / METRE_MM);
    report(issues, GG_RULE_TRACK_FAST, summary.too_fast, options->speed_max_mm_s);
    report(issues, GG_RULE_TRACK_OUTSIDE, summary.outside, 0);
    report(issues, GG_RULE_TRACK_DUPLICATE, summary.duplicates, 0);
    report(issues, GG_RULE_TRACK_JUMPS, summary.long_segments, options->jump_mm / METRE_MM);
    report(issues, GG_RULE_TRACK_FAST_SEGMENTS, summary.fast_segments, options->speed_max_mm_s);
}

gridgov_status gridgov_tracks_seal(gridgov_tracks *tracks, gridgov_issues *issues, gridgov_job *job,
                                   gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    if (tracks == NULL) {
        return gg_fail_arg(err, "tracks");
    }
    if (tracks->sealed || tracks->failed) {
        return gg_fail_state(err, tracks->sealed ? "tracks are sealed" : "an earlier call failed");
    }
    tracks->failed = 1;
    if (gridgov_job_tick(job, "tracks", 0, tracks->options.workers) < 0) {
        return gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
    }
    sealing all = {.tracks = tracks};
    gg_workers_run(tracks->options.workers, close_shards, &all);
    for (int32_t i = 0; i < tracks->options.workers && status == GRIDGOV_OK; i++) {
        status = tracks->shards[i]->status;
        if (status < 0 && err != NULL) {
            *err = tracks->shards[i]->error;
        }
    }
    GG_TRY(status);
    GG_TRY(gg_track_list(tracks, err));
    tracks->failed = 0;
    tracks->sealed = 1;
    report_all(tracks, issues);
    return GRIDGOV_OK;
}

void gg_track_add_counts(gridgov_track_summary *sum, const gridgov_track_summary *part) {
    sum->kept += part->kept;
    sum->duplicates += part->duplicates;
    sum->invalid += part->invalid;
    sum->inaccurate += part->inaccurate;
    sum->too_fast += part->too_fast;
    sum->outside += part->outside;
    sum->too_late += part->too_late;
    sum->late += part->late;
}

gridgov_status gridgov_tracks_summary(gridgov_track_summary *summary_out,
                                      const gridgov_tracks *tracks) {
    gridgov_track_summary full = {.struct_size = sizeof full};
    if (tracks == NULL || summary_out == NULL) {
        return GRIDGOV_EARG;
    }
    full.read = tracks->read;
    for (int32_t i = 0; i < tracks->options.workers; i++) {
        const gg_track_shard *shard = tracks->shards[i];
        gg_track_add_counts(&full, &shard->counts);
        for (size_t r = 0; tracks->sealed && r < shard->record_count; r++) {
            const gg_track_sums sums = gg_track_record_sums(shard, (uint32_t)r);
            full.fast_segments += sums.fast;
            full.long_segments += sums.far;
        }
    }
    full.officers = (int64_t)tracks->listed_count;
    full.days = tracks->day_count;
    return gg_view_copy(summary_out, &full, sizeof full) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

int64_t gridgov_tracks_day_count(const gridgov_tracks *tracks) {
    return tracks == NULL ? 0 : tracks->day_count;
}

/* The officer whose days a day of all is among. */
static const gg_track_listed *officer_of_day(const gridgov_tracks *tracks, int64_t index) {
    size_t low = 0, high = tracks->listed_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (tracks->listed[middle].first_day <= index) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &tracks->listed[low];
}

gridgov_status gridgov_tracks_day_at(gridgov_track_day *day_out, const gridgov_tracks *tracks,
                                     int64_t index) {
    gridgov_track_day full = {.struct_size = sizeof full};
    if (day_out == NULL || tracks == NULL || day_out->struct_size < 8) {
        return GRIDGOV_EARG;
    }
    if (!tracks->sealed) {
        return GRIDGOV_ESTATE;
    }
    if (index < 0 || index >= tracks->day_count) {
        return GRIDGOV_END;
    }
    const gg_track_listed *listed = officer_of_day(tracks, index);
    const gg_track_shard *shard = tracks->shards[listed->shard];
    const gg_track_sums sums = gg_track_record_sums(shard, tracks->days[index]);
    full.day = (gridgov_day)gg_track_record_at(shard, tracks->days[index])->day - GG_TRACK_DAY_ZERO;
    full.officer = listed->code;
    full.fixes = sums.fixes;
    full.online_s = sums.online_s;
    full.distance_mm = sums.distance_mm;
    full.fast_segments = sums.fast;
    full.long_segments = sums.far;
    full.online = full.online_s >= tracks->options.minimum_online_s;
    (void)gg_view_copy(day_out, &full, sizeof full);
    return GRIDGOV_OK;
}

static void put_day(gg_buf *buf, const gridgov_track_day *day) {
    char date[GRIDGOV_CIVIL_TEXT_SIZE];
    (void)gridgov_day_format(date, day->day);
    gg_put_csv(buf, gg_str_of(day->officer));
    gg_buf_byte(buf, ',');
    gg_buf_text(buf, date);
    gg_buf_byte(buf, ',');
    gg_buf_int(buf, day->fixes);
    gg_buf_byte(buf, ',');
    gg_buf_int(buf, day->online_s);
    gg_buf_byte(buf, ',');
    gg_buf_int(buf, day->distance_mm);
    gg_buf_byte(buf, '\n');
}

static gridgov_status hand_out(const gridgov_sink *sink, gg_buf *buf, gridgov_error *err) {
    if (gg_buf_failed(buf)) {
        return gg_fail_memory(err);
    }
    int32_t refused = buf->size == 0 ? 0 : sink->write(sink->user, buf->data, buf->size);
    if (refused != 0) {
        gridgov_status status = gg_fail(err, GG_RULE_SINK, NULL, NULL, 0, NULL, NULL);
        if (err != NULL) {
            err->detail = refused;
        }
        return status;
    }
    gg_buf_clear(buf);
    return GRIDGOV_OK;
}

gridgov_status gridgov_tracks_write_csv(const gridgov_sink *sink, const gridgov_tracks *tracks,
                                        gridgov_job *job, gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gg_buf buf = {0};
    if (sink == NULL || sink->write == NULL || tracks == NULL) {
        return gg_fail_arg(err, tracks == NULL ? "tracks" : "sink");
    }
    if (!tracks->sealed) {
        return gg_fail_state(err, "tracks are not sealed");
    }
    gg_buf_text(&buf, "officer,day,fixes,online_s,distance_mm\n");
    for (int64_t i = 0; i < tracks->day_count && status == GRIDGOV_OK; i++) {
        gridgov_track_day day = {.struct_size = sizeof day};
        if (i % TICK == 0 && gridgov_job_tick(job, "write", i, tracks->day_count) < 0) {
            status = gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
            break;
        }
        (void)gridgov_tracks_day_at(&day, tracks, i);
        put_day(&buf, &day);
        if (buf.size >= PIECE || gg_buf_failed(&buf)) {
            status = hand_out(sink, &buf, err);
        }
    }
    if (status == GRIDGOV_OK) {
        status = hand_out(sink, &buf, err);
    }
    gg_buf_release(&buf);
    return status;
}

/* Officers that the roster does not know are the one problem that does not stop the call. */
static gridgov_status add_day(gridgov_ledger *ledger, const gridgov_track_day *day,
                              gridgov_issues *issues, gridgov_error *err) {
    gridgov_activity activity = {.struct_size = sizeof activity};
    gridgov_error problem;
    gridgov_activity_init(&activity, sizeof activity);
    activity.kind = GRIDGOV_ACTIVITY_PATROL_DAY;
    activity.officer = day->officer;
    activity.day = day->day;
    activity.amount = day->online_s / MINUTE_S;
    activity.distance_m = (day->distance_mm + METRE_MM / 2) / METRE_MM;
    gridgov_status status = gridgov_ledger_add_activity(ledger, &activity, &problem);
    if (status == GRIDGOV_EDATA) {
        gridgov_issues_add(issues, &problem);
        return GRIDGOV_OK;
    }
    if (status < 0 && err != NULL) {
        *err = problem;
    }
    return status;
}

gridgov_status gridgov_tracks_to_ledger(gridgov_ledger *ledger, const gridgov_tracks *tracks,
                                        gridgov_issues *issues, gridgov_error *err) {
    gridgov_ledger_mark mark;
    gridgov_status status = GRIDGOV_OK;
    if (ledger == NULL || tracks == NULL) {
        return gg_fail_arg(err, ledger == NULL ? "ledger" : "tracks");
    }
    if (!tracks->sealed) {
        return gg_fail_state(err, "tracks are not sealed");
    }
    GG_TRY(gridgov_ledger_mark_get(&mark, ledger));
    if (gridgov_ledger_cover(ledger, GRIDGOV_COVERAGE_PATROL_MINUTES) < 0 ||
        gridgov_ledger_cover(ledger, GRIDGOV_COVERAGE_PATROL_DISTANCE) < 0) {
        return gg_fail_state(err, "the ledger is sealed");
    }
    for (int64_t i = 0; i < tracks->day_count && status == GRIDGOV_OK; i++) {
        gridgov_track_day day = {.struct_size = sizeof day};
        (void)gridgov_tracks_day_at(&day, tracks, i);
        status = add_day(ledger, &day, issues, err);
    }
    if (status < 0) {
        (void)gridgov_ledger_rewind(ledger, &mark);
    }
    return status;
}
