/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks, case by case: what is a segment, what is left out and counted, what is refused. */
#include "record/track_model.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define T0 INT64_C(1630800000) /* 2021-09-05T08:00:00+08:00 */
#define LAT 300197000
#define LON 1208706000
#define METRE 90 /* 10⁻⁷ degrees of latitude, roughly */

static gridgov_tracks *make(const gridgov_track_options *options) {
    gridgov_tracks *tracks = NULL;
    assert_int_equal(gridgov_tracks_new(&tracks, options, NULL), GRIDGOV_OK);
    return tracks;
}

static void add(gridgov_tracks *tracks, gridgov_time at, int32_t metres) {
    gridgov_fix fix = {at, LAT + metres * METRE, LON, -1, -1};
    assert_int_equal(gridgov_tracks_add(tracks, "W1", 2, &fix, 1, NULL), GRIDGOV_OK);
}

static gridgov_track_day only_day(gridgov_tracks *tracks) {
    gridgov_track_day day = {.struct_size = sizeof day};
    assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_day_count(tracks), 1);
    assert_int_equal(gridgov_tracks_day_at(&day, tracks, 0), GRIDGOV_OK);
    return day;
}

static gridgov_track_summary summary_of(const gridgov_tracks *tracks) {
    gridgov_track_summary sum = {.struct_size = sizeof sum};
    assert_int_equal(gridgov_tracks_summary(&sum, tracks), GRIDGOV_OK);
    return sum;
}

static void a_gap_is_no_segment(void **state) {
    (void)state;
    gridgov_tracks *tracks = make(NULL);
    add(tracks, T0, 0);
    add(tracks, T0 + 300, 10);
    add(tracks, T0 + 601, 20);
    gridgov_track_day day = only_day(tracks);
    assert_int_equal(day.day, 18875);
    assert_string_equal(day.officer, "W1");
    assert_int_equal(day.fixes, 3);
    assert_int_equal(day.online_s, 300);
    assert_in_range(day.distance_mm, 9900, 10100);
    assert_int_equal(day.online, 1);
    gridgov_tracks_free(tracks);
}

static void midnight_ends_a_segment(void **state) {
    (void)state;
    gridgov_tracks *tracks = make(NULL);
    gridgov_track_day day = {.struct_size = sizeof day};
    gridgov_time midnight = T0 + INT64_C(16) * 3600;
    add(tracks, midnight - 60, 0);
    add(tracks, midnight + 1, 10);
    add(tracks, midnight - 1, 10); // late, in the day before
    add(tracks, midnight + 61, 20);
    assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_day_count(tracks), 2);
    assert_int_equal(gridgov_tracks_day_at(&day, tracks, 0), GRIDGOV_OK);
    assert_int_equal(day.online_s, 59);
    assert_int_equal(day.fixes, 2);
    assert_int_equal(gridgov_tracks_day_at(&day, tracks, 1), GRIDGOV_OK);
    assert_int_equal(day.online_s, 60);
    assert_int_equal(day.day, 18876);
    assert_int_equal(gridgov_tracks_day_at(&day, tracks, 2), GRIDGOV_END);
    assert_int_equal(gridgov_tracks_day_at(&day, tracks, -1), GRIDGOV_END);
    gridgov_tracks_free(tracks);
}

static void rules_of_segments(void **state) {
    (void)state;
    gridgov_track_options o;
    gridgov_track_options_init(&o, sizeof o);
    o.speed_max_mm_s = 2000;
    o.jitter_mm = 5000;
    o.jump_mm = 500000;
    o.minimum_online_s = 3600;
    gridgov_tracks *tracks = make(&o);
    add(tracks, T0, 0);
    add(tracks, T0 + 60, 3);    // jitter: time, no distance
    add(tracks, T0 + 120, 53);  // counts
    add(tracks, T0 + 130, 153); // 10 m/s: neither
    add(tracks, T0 + 430, 803); // 650 m: neither, and not judged by its speed
    gridgov_track_day day = only_day(tracks);
    assert_int_equal(day.online_s, 120);
    assert_in_range(day.distance_mm, 49800, 50200);
    assert_int_equal(day.fast_segments, 1);
    assert_int_equal(day.long_segments, 1);
    assert_int_equal(day.online, 0);
    gridgov_tracks_free(tracks);
}

static void what_is_left_out_is_counted(void **state) {
    (void)state;
    gridgov_track_options o;
    gridgov_issues *issues = NULL;
    gridgov_track_options_init(&o, sizeof o);
    o.speed_max_mm_s = 30000;
    o.accuracy_max_mm = 50000;
    o.day_from = 18875;
    o.day_to = 18876;
    o.window_from[2] = 8 * 60;
    o.window_to[2] = 12 * 60;
    static const gridgov_fix fixes[] = {
        {T0, LAT, LON, -1, -1},
        {T0, LAT, LON, 10, 10},                  // duplicate
        {T0 - 1, LAT, LON, -1, -1},              // 07:59:59
        {T0 + 4 * 3600, LAT, LON, -1, -1},       // 12:00
        {T0 + 86400, LAT, LON, -1, -1},          // the day after
        {T0 + 1, LAT, LON, 50001, -1},           // inaccurate
        {T0 + 1, LAT, LON, -1, 30001},           // fast
        {-1, LAT, LON, -1, -1},                  // before 1970
        {INT64_C(4294967296), LAT, LON, -1, -1}, // after 2106
        {INT64_MAX, LAT, LON, -1, -1},           //
        {INT64_MIN, LAT, LON, -1, -1},           //
        {T0, 900000001, LON, -1, -1},            // no place
        {T0, LAT, INT32_MIN, -1, -1},            //
        {T0 + 601, LAT, LON, -1, -1},            // counts
        {T0 + 1, LAT, LON, -1, -1},              // exactly in time
        {T0 + 1202, LAT, LON, -1, -1},           // counts
        {T0 + 601 - 1, LAT, LON, -1, -1},        // a second too late
    };
    enum { COUNT = sizeof fixes / sizeof fixes[0] };
    gridgov_tracks *tracks = make(&o);
    assert_int_equal(gridgov_tracks_add(tracks, "a", 1, fixes, COUNT, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_seal(tracks, issues, NULL, NULL), GRIDGOV_OK);
    gridgov_track_summary sum = summary_of(tracks);
    assert_int_equal(sum.read, COUNT);
    assert_int_equal(sum.kept, 4);
    assert_int_equal(sum.duplicates, 1);
    assert_int_equal(sum.invalid, 6);
    assert_int_equal(sum.inaccurate, 1);
    assert_int_equal(sum.too_fast, 1);
    assert_int_equal(sum.outside, 3);
    assert_int_equal(sum.too_late, 1);
    assert_int_equal(sum.late, 1);
    assert_int_equal(sum.officers, 1);
    assert_int_equal(sum.days, 1);
    assert_int_equal(gridgov_issues_count(issues), 6);
    assert_int_equal(gridgov_issues_severity_count(issues, GRIDGOV_SEVERITY_ERROR), 2);
    gridgov_issues_free(issues);
    gridgov_tracks_free(tracks);
}

static void rules_are_read(void **state) {
    (void)state;
    static const char json[] =
        "{\"schema\": \"gridgov.tracks/1\", \"name\": \"x\", \"datum\": \"高德\","
        "\"gap_s\": 120, \"lateness_s\": 0, \"speed_km_h\": \"7.2\", \"accuracy_m\": \"49.5\","
        "\"jitter_m\": 3, \"jump_m\": \"2000\", \"minimum_online_s\": 3600,"
        "\"utc_offset_minutes\": 0, \"windows\": [\"08:00-12:00\", \"14:00-24:00\"],"
        "\"first_day\": \"2021-09-01\", \"last_day\": \"2021-09-30\"}";
    gridgov_track_options o;
    gridgov_track_options_init(&o, sizeof o);
    assert_int_equal(gridgov_track_options_load(&o, json, sizeof json - 1, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(o.datum, GRIDGOV_DATUM_GCJ02);
    assert_int_equal(o.gap_s, 120);
    assert_int_equal(o.lateness_s, 0);
    assert_int_equal(o.speed_max_mm_s, 2000);
    assert_int_equal(o.accuracy_max_mm, 49500);
    assert_int_equal(o.jitter_mm, 3000);
    assert_int_equal(o.jump_mm, 2000000);
    assert_int_equal(o.minimum_online_s, 3600);
    assert_int_equal(o.utc_offset_minutes, 0);
    assert_int_equal(o.window_from[1], 840);
    assert_int_equal(o.window_to[1], 1440);
    assert_int_equal(o.window_to[2], 0);
    assert_int_equal(o.day_from, 18871);
    assert_int_equal(o.day_to, 18901);
    gridgov_tracks_free(make(&o));
}

static void broken_rules_are_refused_whole(void **state) {
    (void)state;
    static const char *const broken[] = {
        "{}",
        "[]",
        "{\"schema\": \"gridgov.tracks/2\"}",
        "{\"schema\": \"gridgov.tracks/1\", \"gap\": 3}",
        "{\"schema\": \"gridgov.tracks/1\", \"gap_s\": 0}",
        "{\"schema\": \"gridgov.tracks/1\", \"gap_s\": 1.5}",
        "{\"schema\": \"gridgov.tracks/1\", \"lateness_s\": 21601}",
        "{\"schema\": \"gridgov.tracks/1\", \"jump_m\": 50001}",
        "{\"schema\": \"gridgov.tracks/1\", \"datum\": \"mars\"}",
        "{\"schema\": \"gridgov.tracks/1\", \"windows\": [\"08:00\"]}",
        "{\"schema\": \"gridgov.tracks/1\", \"windows\": [\"12:00-08:00\"]}",
        "{\"schema\": \"gridgov.tracks/1\", \"windows\": [\"08:00-24:01\"]}",
        "{\"schema\": \"gridgov.tracks/1\", \"windows\": [8]}",
        "{\"schema\": \"gridgov.tracks/1\", \"windows\": [\"0\", \"1\", \"2\", \"3\", \"4\"]}",
        "{\"schema\": \"gridgov.tracks/1\", \"first_day\": \"soon\"}",
    };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        gridgov_track_options o;
        gridgov_track_options before;
        gridgov_track_options_init(&o, sizeof o);
        before = o;
        assert_true(gridgov_track_options_load(&o, broken[i], strlen(broken[i]), NULL, NULL) < 0);
        assert_memory_equal(&o, &before, sizeof o);
    }
}

static void options_outside_their_ranges(void **state) {
    (void)state;
    gridgov_tracks *tracks = NULL;
    gridgov_track_options o;
#define REFUSED(change)                                                                            \
    do {                                                                                           \
        gridgov_track_options_init(&o, sizeof o);                                                  \
        change;                                                                                    \
        assert_int_equal(gridgov_tracks_new(&tracks, &o, NULL), GRIDGOV_EARG);                     \
        assert_null(tracks);                                                                       \
    } while (0)
    REFUSED(o.struct_size = 4);
    REFUSED(o.datum = 4);
    REFUSED(o.gap_s = 0);
    REFUSED(o.gap_s = 86401);
    REFUSED(o.lateness_s = -1);
    REFUSED(o.jump_mm = 50000001);
    REFUSED(o.utc_offset_minutes = 1441);
    REFUSED(o.workers = 0);
    REFUSED(o.workers = 65);
    REFUSED((o.window_from[3] = 5, o.window_to[3] = 5));
    REFUSED(o.window_to[0] = 1441);
    REFUSED(o.spill_memory = 100);
#undef REFUSED
    gridgov_track_options_init(&o, sizeof o);
    o.spill_folder = "/nonexistent/folder";
    gridgov_error err;
    assert_int_equal(gridgov_tracks_new(&tracks, &o, &err), GRIDGOV_EIO);
    assert_null(tracks);
    assert_string_equal(err.source, "/nonexistent/folder");
}

static void mistakes_are_refused(void **state) {
    (void)state;
    gridgov_fix fix = {T0, LAT, LON, -1, -1};
    int64_t at = T0, negative = -5;
    uint32_t officer = 1, from = 0, to = 2;
    int32_t place = 0;
    double degrees = 30;
    gridgov_error err;
    gridgov_track_day day = {.struct_size = sizeof day};
    gridgov_tracks *tracks = make(NULL);
    const gridgov_fix_columns good = {.struct_size = sizeof good,
                                      .count = 1,
                                      .officer_u32 = &officer,
                                      .at = &at,
                                      .lat_e7 = &place,
                                      .lon_e7 = &place};
    gridgov_fix_columns c;
#define REFUSED(change)                                                                            \
    do {                                                                                           \
        c = good;                                                                                  \
        change;                                                                                    \
        assert_int_equal(gridgov_tracks_add_columns(tracks, &c, NULL, NULL), GRIDGOV_EARG);        \
    } while (0)
    REFUSED(c.struct_size = 0);
    REFUSED(c.count = -1);
    REFUSED(c.officer_u32 = NULL);
    REFUSED(c.officer_i64 = &negative);
    REFUSED(c.at = NULL);
    REFUSED(c.lat_e7 = NULL);
    REFUSED(c.lat_degrees = &degrees);
    REFUSED((c.officer_u32 = NULL, c.officer_text = "ab"));
    REFUSED(c.datum = 9);
    REFUSED(c.time_add = INT64_MAX);
#undef REFUSED
    assert_int_equal(gridgov_tracks_day_at(&day, tracks, 0), GRIDGOV_ESTATE);
    c = good;
    c.datum = GRIDGOV_DATUM_BD09;
    assert_int_equal(gridgov_tracks_add_columns(tracks, &c, NULL, &err), GRIDGOV_EDATA);
    assert_string_equal(err.message, "places in bd09 cannot be added to tracks in wgs84");
    c.datum = GRIDGOV_DATUM_WGS84;
    assert_int_equal(gridgov_tracks_add_columns(tracks, &c, NULL, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_add(tracks, "", 0, &fix, 1, &err), GRIDGOV_EDATA);
    assert_int_equal(gridgov_tracks_add(tracks, "x", 1, &fix, 1, &err), GRIDGOV_ESTATE);
    gridgov_tracks_free(tracks);

    static const struct {
        const char *code;
        size_t size;
        gridgov_status status;
    } codes[] = {
        {"  ", 2, GRIDGOV_EDATA}, {"\xFF", 1, GRIDGOV_EFORMAT}, {"a\0b", 3, GRIDGOV_EFORMAT}};
    for (size_t i = 0; i < 3; i++) {
        tracks = make(NULL);
        assert_int_equal(gridgov_tracks_add(tracks, codes[i].code, codes[i].size, &fix, 1, NULL),
                         codes[i].status);
        gridgov_tracks_free(tracks);
    }
    static char long_code[257];
    memset(long_code, 'x', sizeof long_code);
    tracks = make(NULL);
    assert_int_equal(gridgov_tracks_add(tracks, long_code, 256, &fix, 1, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_add(tracks, long_code, 257, &fix, 1, NULL), GRIDGOV_ELIMIT);
    gridgov_tracks_free(tracks);

    tracks = make(NULL);
    c = good;
    c.officer_u32 = NULL;
    c.officer_i64 = &negative;
    assert_int_equal(gridgov_tracks_add_columns(tracks, &c, NULL, &err), GRIDGOV_EDATA);
    assert_int_equal(err.row, 1);
    gridgov_tracks_free(tracks);
    (void)from, (void)to;
}

/* Codes chosen so that they all want the same cells still find their officers, in time. */
static void chosen_codes_cost_no_more(void **state) {
    (void)state;
    enum { CODES = 60000 };
    static uint32_t numbers[CODES];
    static int64_t times[CODES];
    static int32_t places[CODES];
    gridgov_tracks *tracks = make(NULL);
    size_t count = 0;
    for (uint32_t n = 1; count < CODES && n != 0; n++) {
        if (gg_track_number_hash(n) >> 20 == 77) { // one cell of 4096
            numbers[count++] = n;
        }
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            times[i] = T0 + pass;
        }
        gridgov_fix_columns c = {.struct_size = sizeof c,
                                 .count = (int64_t)count,
                                 .officer_u32 = numbers,
                                 .at = times,
                                 .lat_e7 = places,
                                 .lon_e7 = places};
        assert_int_equal(gridgov_tracks_add_columns(tracks, &c, NULL, NULL), GRIDGOV_OK);
    }
    assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_OK);
    gridgov_track_summary sum = summary_of(tracks);
    assert_int_equal(sum.officers, count);
    assert_int_equal(sum.kept, 2 * count);
    gridgov_tracks_free(tracks);
}

/* More fixes within the lateness than a ring may hold. */
static void too_dense_is_a_limit(void **state) {
    (void)state;
    enum { COUNT = 65537 };
    static gridgov_fix fixes[COUNT];
    gridgov_error err;
    for (int i = 0; i < COUNT; i++) {
        fixes[i] = (gridgov_fix){T0 + i / 300, LAT + i, LON, -1, -1};
    }
    gridgov_tracks *tracks = make(NULL);
    assert_int_equal(gridgov_tracks_add(tracks, "1", 1, fixes, COUNT - 1, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_add(tracks, "1", 1, &fixes[COUNT - 1], 1, &err),
                     GRIDGOV_ELIMIT);
    gridgov_tracks_free(tracks);
}

static int32_t stop(void *user, const char *stage, int64_t done, int64_t total) {
    (void)user, (void)stage, (void)total;
    return done > 1000;
}

static void a_cancelled_call_leaves_nothing(void **state) {
    (void)state;
    enum { COUNT = 5000 };
    static uint32_t officers[COUNT];
    static int64_t times[COUNT];
    static int32_t places[COUNT];
    gridgov_job *job = NULL;
    gridgov_error err;
    assert_int_equal(gridgov_job_new(&job, NULL), GRIDGOV_OK);
    gridgov_job_on_progress(job, stop, NULL);
    for (int workers = 1; workers <= 3; workers++) {
        gridgov_track_options o;
        gridgov_track_options_init(&o, sizeof o);
        o.workers = workers;
        gridgov_tracks *tracks = make(&o);
        gridgov_job_reset(job);
        gridgov_fix_columns c = {.struct_size = sizeof c,
                                 .count = COUNT,
                                 .officer_u32 = officers,
                                 .at = times,
                                 .lat_e7 = places,
                                 .lon_e7 = places};
        assert_int_equal(gridgov_tracks_add_columns(tracks, &c, job, &err), GRIDGOV_ECANCELLED);
        assert_int_equal(err.status, GRIDGOV_ECANCELLED);
        assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_ESTATE);
        gridgov_tracks_free(tracks);
    }
    gridgov_job_free(job);
}

static void the_ledger_gets_patrol_days(void **state) {
    (void)state;
    gridgov_tracks *tracks = make(NULL);
    gridgov_ledger *ledger = NULL;
    gridgov_activity day = {.struct_size = sizeof day};
    for (int i = 0; i <= 10; i++) {
        add(tracks, T0 + i * 59, i * 100);
    }
    assert_int_equal(gridgov_ledger_new(&ledger, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_to_ledger(ledger, tracks, NULL, NULL), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_to_ledger(ledger, tracks, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_PATROL_MINUTES), 1);
    assert_int_equal(gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_PATROL_DISTANCE), 1);
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_activity_count(ledger), 1);
    assert_int_equal(gridgov_ledger_activity_at(&day, ledger, 0), GRIDGOV_OK);
    assert_int_equal(day.kind, GRIDGOV_ACTIVITY_PATROL_DAY);
    assert_int_equal(day.day, 18875);
    assert_int_equal(day.amount, 9); // 590 s are not ten minutes
    assert_in_range(day.distance_m, 990, 1005);
    gridgov_ledger_free(ledger);
    gridgov_tracks_free(tracks);
}

/* Every bit that is turned and every cut is refused; rules must be the same to merge. */
static void damaged_bytes_are_refused(void **state) {
    (void)state;
    gridgov_tracks *tracks = make(NULL), *loaded = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err;
    size_t size = 0;
    assert_int_equal(gridgov_tracks_save(&bytes, tracks, &err), GRIDGOV_ESTATE);
    assert_null(bytes);
    add(tracks, T0, 0);
    add(tracks, T0 + 60, 100);
    (void)only_day(tracks);
    assert_int_equal(gridgov_tracks_save(&bytes, tracks, &err), GRIDGOV_OK);
    const char *data = gridgov_bytes_data(bytes, &size);
    char *copy = malloc(size);
    for (size_t i = 0; i < size; i++) {
        memcpy(copy, data, size);
        copy[i] = (char)(copy[i] ^ 1);
        assert_int_equal(gridgov_tracks_load(&loaded, copy, size, &err), GRIDGOV_EFORMAT);
        assert_null(loaded);
        assert_int_equal(gridgov_tracks_load(&loaded, data, i, &err), GRIDGOV_EFORMAT);
    }
    free(copy);
    assert_int_equal(gridgov_tracks_load(&loaded, data, size, &err), GRIDGOV_OK);
    assert_int_equal(summary_of(loaded).kept, 2);
    gridgov_tracks_free(loaded);
    gridgov_bytes_free(bytes);
    gridgov_track_options o;
    gridgov_track_options_init(&o, sizeof o);
    o.gap_s = 60;
    gridgov_tracks *other = make(&o);
    assert_int_equal(gridgov_tracks_merge(tracks, other, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_tracks_seal(other, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_merge(tracks, other, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_tracks_merge(tracks, tracks, &err), GRIDGOV_EARG);
    gridgov_tracks_free(other);
    gridgov_tracks_free(tracks);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_is_no_segment),
        cmocka_unit_test(midnight_ends_a_segment),
        cmocka_unit_test(rules_of_segments),
        cmocka_unit_test(what_is_left_out_is_counted),
        cmocka_unit_test(rules_are_read),
        cmocka_unit_test(broken_rules_are_refused_whole),
        cmocka_unit_test(options_outside_their_ranges),
        cmocka_unit_test(mistakes_are_refused),
        cmocka_unit_test(chosen_codes_cost_no_more),
        cmocka_unit_test(too_dense_is_a_limit),
        cmocka_unit_test(a_cancelled_call_leaves_nothing),
        cmocka_unit_test(the_ledger_gets_patrol_days),
        cmocka_unit_test(damaged_bytes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
