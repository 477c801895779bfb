/* SPDX-License-Identifier: Apache-2.0 */
/* Sealed tracks as bytes, and two of them as one. All numbers are 8 bytes, little-endian; text has
 * its length before it. In order: magic and version; the rules; what became of all fixes; the
 * officer-days by officer and day; and the SHA-256 of all that as 64 digits.
 *
 * The form is canonical: equal results give equal bytes, in however many parts, orders and workers
 * they came, and loading refuses whatever saving would not write. Officer-days are atoms, so
 * merging tracks without a common one is associative and commutative. */
#include "track_model.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/num.h"
#include "base/text.h"

#include <string.h>

#define MAGIC "GGTRACK\n"
#define MAGIC_SIZE 8
#define VERSION 1
#define DIGITS 64
#define WORD_SIZE 8
#define DAY_SECONDS 86400

/* Rules and counts in the order in which they stand. Workers and spilling are no rules. */
enum { RULES = 13 + 2 * GRIDGOV_TRACK_WINDOWS, COUNTS = 9 };

static void list_rules(int64_t out[RULES], const gridgov_track_options *o) {
    const int64_t fixed[13] = {o->datum,
                               o->utc_offset_minutes,
                               o->gap_s,
                               o->lateness_s,
                               o->speed_max_mm_s,
                               o->accuracy_max_mm,
                               o->jitter_mm,
                               o->jump_mm,
                               o->minimum_online_s,
                               o->day_from,
                               o->day_to,
                               o->join_parts,
                               GRIDGOV_TRACK_WINDOWS};
    memcpy(out, fixed, sizeof fixed);
    for (size_t i = 0; i < GRIDGOV_TRACK_WINDOWS; i++) {
        out[13 + 2 * i] = o->window_from[i];
        out[14 + 2 * i] = o->window_to[i];
    }
}

static int rules_from(gridgov_track_options *o, const int64_t in[RULES]) {
    int32_t *const fixed[12] = {&o->datum,
                                &o->utc_offset_minutes,
                                &o->gap_s,
                                &o->lateness_s,
                                &o->speed_max_mm_s,
                                &o->accuracy_max_mm,
                                &o->jitter_mm,
                                &o->jump_mm,
                                &o->minimum_online_s,
                                &o->day_from,
                                &o->day_to,
                                &o->join_parts};
    for (size_t i = 0; i < RULES; i++) {
        if (in[i] < INT32_MIN || in[i] > INT32_MAX) {
            return -1;
        }
    }
    for (size_t i = 0; i < 12; i++) {
        *fixed[i] = (int32_t)in[i];
    }
    for (size_t i = 0; i < GRIDGOV_TRACK_WINDOWS; i++) {
        o->window_from[i] = (int32_t)in[13 + 2 * i];
        o->window_to[i] = (int32_t)in[14 + 2 * i];
    }
    return in[12] == GRIDGOV_TRACK_WINDOWS ? 0 : -1;
}

static void list_counts(int64_t out[COUNTS], const gridgov_track_summary *s) {
    const int64_t counts[COUNTS] = {s->read,    s->kept,       s->duplicates,
                                    s->invalid, s->inaccurate, s->too_fast,
                                    s->outside, s->too_late,   s->late};
    memcpy(out, counts, sizeof counts);
}

static void put(gg_buf *buf, int64_t value) {
    char bytes[WORD_SIZE];
    for (int i = 0; i < WORD_SIZE; i++) {
        bytes[i] = (char)((uint64_t)value >> (8 * i) & 0xFF);
    }
    gg_buf_add(buf, bytes, sizeof bytes);
}

static void put_digest(gg_buf *buf) {
    char digits[GG_DIGEST_TEXT_SIZE];
    gg_digest digest;
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_make(gg_buf_data(buf), buf->size));
    gg_digest_finish(&digest, digits);
    gg_buf_add(buf, digits, DIGITS);
}

gridgov_status gridgov_tracks_save(gridgov_bytes **out, const gridgov_tracks *tracks,
                                   gridgov_error *err) {
    int64_t rules[RULES], counts[COUNTS];
    gridgov_track_summary summary = {.struct_size = sizeof summary};
    gridgov_track_day day = {.struct_size = sizeof day};
    gg_buf buf = {0};
    if (out == NULL || tracks == NULL) {
        return gg_fail_arg(err, out == NULL ? "out" : "tracks");
    }
    *out = NULL;
    if (!tracks->sealed) {
        return gg_fail_state(err, "tracks are not sealed");
    }
    (void)gridgov_tracks_summary(&summary, tracks);
    list_rules(rules, &tracks->options);
    list_counts(counts, &summary);
    gg_buf_add(&buf, MAGIC, MAGIC_SIZE);
    put(&buf, VERSION);
    for (size_t i = 0; i < RULES; i++) {
        put(&buf, rules[i]);
    }
    for (size_t i = 0; i < COUNTS; i++) {
        put(&buf, counts[i]);
    }
    put(&buf, tracks->day_count);
    for (int64_t i = 0; gridgov_tracks_day_at(&day, tracks, i) == GRIDGOV_OK; i++) {
        const int64_t fields[] = {day.day,         day.fixes,         day.online_s,
                                  day.distance_mm, day.fast_segments, day.long_segments};
        put(&buf, (int64_t)strlen(day.officer));
        gg_buf_text(&buf, day.officer);
        for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++) {
            put(&buf, fields[f]);
        }
    }
    put_digest(&buf);
    gridgov_status status = gg_buf_to_bytes(out, &buf, err);
    gg_buf_release(&buf);
    return status;
}

/* Put an officer-day away. EDATA if the officer has the day already. */
static gridgov_status put_day(gg_track_shard *shard, gg_str code, uint16_t day,
                              const gg_track_sums *sums, gridgov_error *err) {
    gg_track_code found;
    gg_track_codes one = {.count = 1, .has_text = 1};
    uint32_t slot;
    gg_track_code_text(&found, code.data, code.size);
    one.hash[0] = found.hash;
    one.number[0] = found.number;
    one.text[0] = found.text;
    one.size[0] = found.size;
    GG_TRY(gg_track_slots(&slot, shard, &one, 0, err));
    const size_t before = shard->record_count;
    const uint32_t record = gg_track_record_make(shard, slot, day);
    if (record == GG_TRACK_NONE) {
        return gg_fail_memory(err);
    }
    if (shard->record_count == before) {
        return gg_fail(err, GG_RULE_TRACK_TWICE, "officer", code.data, code.size, NULL, NULL);
    }
    return gg_track_record_put(shard, record, sums) == 0 ? GRIDGOV_OK : gg_fail_memory(err);
}

/* What is left of the bytes. */
typedef struct cursor {
    const char *at;
    size_t left;
    int bad; /* 1: it ended too soon */
} cursor;

static int64_t take(cursor *in) {
    uint64_t value = 0;
    if (in->left < WORD_SIZE) {
        in->bad = 1;
        return 0;
    }
    for (int i = WORD_SIZE - 1; i >= 0; i--) {
        value = value << 8 | (unsigned char)in->at[i];
    }
    in->at += WORD_SIZE;
    in->left -= WORD_SIZE;
    return (int64_t)value;
}

static gg_str take_text(cursor *in) {
    int64_t size = take(in);
    if (in->bad || size < 0 || (uint64_t)size > in->left) {
        in->bad = 1;
        return gg_str_of("");
    }
    gg_str text = gg_str_make(in->at, (size_t)size);
    in->at += size;
    in->left -= (size_t)size;
    return text;
}

static gridgov_status fail_bytes(gridgov_error *err, const char *why) {
    return gg_fail(err, GG_RULE_TRACK_BYTES, NULL, NULL, 0, why, NULL);
}

/* Magic, version and digest; *in is what lies between. */
static gridgov_status open_bytes(cursor *in, const char *data, size_t size, gridgov_error *err) {
    char digits[GG_DIGEST_TEXT_SIZE];
    gg_digest digest;
    if (size < MAGIC_SIZE + WORD_SIZE + DIGITS || memcmp(data, MAGIC, MAGIC_SIZE) != 0) {
        return fail_bytes(err, "it does not begin like one");
    }
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_make(data, size - DIGITS));
    gg_digest_finish(&digest, digits);
    if (memcmp(digits, data + size - DIGITS, DIGITS) != 0) {
        return fail_bytes(err, "it is damaged");
    }
    *in = (cursor){data + MAGIC_SIZE, size - MAGIC_SIZE - DIGITS, 0};
    if (take(in) != VERSION) {
        return gg_fail(err, GG_RULE_TRACK_VERSION, NULL, NULL, 0, NULL, NULL);
    }
    return GRIDGOV_OK;
}

static int outside(int64_t value, int64_t least, int64_t most) {
    return value < least || value > most;
}

/* One officer-day, which stands behind the one before; its fixes are taken off *left. */
static gridgov_status read_day(gridgov_tracks *tracks, cursor *in, gg_str *before,
                               int64_t *day_before, int64_t *left, gridgov_error *err) {
    gg_str code = take_text(in);
    int64_t day = take(in), fixes = take(in), online = take(in), distance = take(in);
    int64_t fast = take(in), far = take(in);
    if (in->bad) {
        return fail_bytes(err, "it is cut");
    }
    int order = gg_str_compare(*before, code);
    if (order > 0 || (order == 0 && day <= *day_before) ||
        outside(day, 1 - GG_TRACK_DAY_ZERO, UINT16_MAX - GG_TRACK_DAY_ZERO) ||
        outside(fixes, 1, UINT32_MAX) || outside(online, 0, DAY_SECONDS) ||
        outside(distance, 0, INT64_MAX / 2) || outside(fast, 0, fixes) || outside(far, 0, fixes)) {
        return fail_bytes(err, "an officer-day is impossible or out of order");
    }
    const gg_track_sums sums = {.distance_mm = distance,
                                .fixes = (uint32_t)fixes,
                                .online_s = (uint32_t)online,
                                .fast = (uint32_t)fast,
                                .far = (uint32_t)far};
    *before = code;
    *day_before = day;
    *left -= fixes;
    return put_day(tracks->shards[0], code, (uint16_t)(day + GG_TRACK_DAY_ZERO), &sums, err);
}

static gridgov_status read_all(gridgov_tracks *tracks, cursor *in, gridgov_error *err) {
    gridgov_track_summary *counts = &tracks->shards[0]->counts;
    int64_t *const targets[COUNTS] = {&tracks->read,    &counts->kept,       &counts->duplicates,
                                      &counts->invalid, &counts->inaccurate, &counts->too_fast,
                                      &counts->outside, &counts->too_late,   &counts->late};
    gg_str before = gg_str_of("");
    int64_t day_before = INT64_MIN, left = 0;
    for (size_t i = 0; i < COUNTS; i++) {
        *targets[i] = take(in);
        if (i > 0 && i < COUNTS - 1) {
            left += outside(*targets[i], 0, INT64_MAX / 16) ? 0 : *targets[i];
        }
        if (outside(*targets[i], 0, INT64_MAX / 16)) {
            return fail_bytes(err, "a count is impossible");
        }
    }
    if (left != tracks->read) {
        return fail_bytes(err, "the counts do not add up");
    }
    int64_t days = take(in);
    left = counts->kept;
    for (int64_t i = 0; i < days; i++) {
        GG_TRY(read_day(tracks, in, &before, &day_before, &left, err));
    }
    if (in->bad || days < 0 || in->left != 0) {
        return fail_bytes(err, "its length is wrong");
    }
    return left != 0 ? fail_bytes(err, "the counts do not add up") : GRIDGOV_OK;
}

/* Empty tracks of one shard under the rules of others. */
static gridgov_status new_like(gridgov_tracks **out, const gridgov_track_options *rules,
                               gridgov_error *err) {
    gridgov_track_options options = *rules;
    options.workers = 1;
    options.spill_memory = 0;
    options.spill_folder = NULL;
    GG_TRY(gridgov_tracks_new(out, &options, err));
    (*out)->shards[0]->bare = 1;
    return GRIDGOV_OK;
}

gridgov_status gridgov_tracks_load(gridgov_tracks **out, const char *data, size_t size,
                                   gridgov_error *err) {
    gridgov_track_options rules;
    int64_t listed[RULES];
    gridgov_tracks *tracks = NULL;
    cursor in = {0};
    if (out == NULL || data == NULL) {
        return gg_fail_arg(err, out == NULL ? "out" : "data");
    }
    *out = NULL;
    GG_TRY(open_bytes(&in, data, size, err));
    gridgov_track_options_init(&rules, sizeof rules);
    for (size_t i = 0; i < RULES; i++) {
        listed[i] = take(&in);
    }
    if (in.bad || rules_from(&rules, listed) != 0 ||
        gg_track_options_check(&rules, NULL) != GRIDGOV_OK) {
        return fail_bytes(err, "its rules are impossible");
    }
    GG_TRY(new_like(&tracks, &rules, err));
    gridgov_status status = read_all(tracks, &in, err);
    if (status == GRIDGOV_OK) {
        status = gg_track_list(tracks, err);
    }
    if (status < 0) {
        gridgov_tracks_free(tracks);
        return status;
    }
    tracks->sealed = 1;
    *out = tracks;
    return GRIDGOV_OK;
}

static gridgov_status add_days(gridgov_tracks *to, const gridgov_tracks *from, gridgov_error *err) {
    gridgov_track_day day = {.struct_size = sizeof day};
    for (int64_t i = 0; gridgov_tracks_day_at(&day, from, i) == GRIDGOV_OK; i++) {
        const gg_track_sums sums = {.distance_mm = day.distance_mm,
                                    .fixes = (uint32_t)day.fixes,
                                    .online_s = (uint32_t)day.online_s,
                                    .fast = (uint32_t)day.fast_segments,
                                    .far = (uint32_t)day.long_segments};
        GG_TRY(put_day(to->shards[0], gg_str_of(day.officer),
                       (uint16_t)(day.day + GG_TRACK_DAY_ZERO), &sums, err));
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_tracks_merge(gridgov_tracks *tracks, const gridgov_tracks *other,
                                    gridgov_error *err) {
    int64_t rules[RULES], others[RULES];
    gridgov_track_summary a = {.struct_size = sizeof a};
    gridgov_track_summary b = {.struct_size = sizeof b};
    gridgov_tracks *fresh = NULL;
    if (tracks == NULL || other == NULL || tracks == other) {
        return gg_fail_arg(err, tracks == NULL ? "tracks" : "other");
    }
    list_rules(rules, &tracks->options);
    list_rules(others, &other->options);
    if (!tracks->sealed || !other->sealed || memcmp(rules, others, sizeof rules) != 0) {
        return gg_fail_state(err, tracks->sealed && other->sealed ? "tracks of other rules"
                                                                  : "tracks are not sealed");
    }
    GG_TRY(new_like(&fresh, &tracks->options, err));
    gridgov_status status = add_days(fresh, tracks, err);
    status = status < 0 ? status : add_days(fresh, other, err);
    status = status < 0 ? status : gg_track_list(fresh, err);
    if (status == GRIDGOV_OK) {
        (void)gridgov_tracks_summary(&a, tracks);
        (void)gridgov_tracks_summary(&b, other);
        fresh->shards[0]->counts = a;
        gg_track_add_counts(&fresh->shards[0]->counts, &b);
        fresh->read = a.read + b.read;
        fresh->sealed = 1;
        gridgov_tracks kept = *tracks; // the two change places, so that the old one is freed
        *tracks = *fresh;
        *fresh = kept;
        for (int32_t i = 0; i < tracks->options.workers; i++) {
            tracks->shards[i]->options = &tracks->options;
        }
        for (int32_t i = 0; i < fresh->options.workers; i++) {
            fresh->shards[i]->options = &fresh->options;
        }
    }
    gridgov_tracks_free(fresh);
    return status;
}
