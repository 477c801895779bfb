/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks against an oracle that keeps every fix, sorts them all and walks over them once. Random
 * patrols with stops, gaps, jumps, parts, days without end, doubles and fixes in one second; random
 * rules; given late within the lateness, in chunks, in every form of columns, to one, two and three
 * workers; shuffled altogether with a spill folder and little memory; and shuffled without one,
 * where the oracle leaves out what is later than the lateness. The result is compared as the CSV
 * that is written, byte for byte. */
#include "base/geo.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROUNDS = 260, OFFICERS = 9, MOST = 6000, DAY = 86400 };

static uint64_t seed = 20240301;

static uint64_t next_random(void) {
    uint64_t z = (seed += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int below(int limit) {
    return (int)((next_random() >> 33) % (uint64_t)limit);
}

typedef struct row {
    int officer;
    gridgov_fix fix;
    int64_t arrival; /* key of the order in which it is given */
    int begins;      /* 1: the first fix of a part */
} row;

static int with_parts; /* 1: some fixes begin a part */

static row rows[MOST];
static int row_count;

/* Codes of every sort: numbers, numbers beyond 2^32, text, text that only looks like a number. */
static const char *const text_codes[OFFICERS] = {
    "100001", "100002", "7", "13800001234", "W-17", "007", "张三", "4294967296", "4294967295"};
static const int64_t number_codes[OFFICERS] = {100001,     100002, 7,  13800001234, 44,
                                               4294967295, 0,      55, INT64_MAX};

static void add_row(int officer, gridgov_time at, int32_t lat, int32_t lon, int64_t delay) {
    if (row_count < MOST) {
        gridgov_fix fix = {at, lat, lon, below(5) == 0 ? -1 : below(60000),
                           below(5) == 0 ? -1 : below(20000)};
        rows[row_count] =
            (row){officer, fix, (at + delay) * MOST + row_count, with_parts && below(12) == 0};
        row_count++;
    }
}

/* One officer's patrols over some days. */
static void make_officer(int officer, int lateness, int dense) {
    gridgov_time at = 1630771200 + below(2 * DAY);
    int32_t lat = below(20) == 0 ? 899999000 : 300197000 + below(1000000);
    int32_t lon = below(10) == 0 ? 1799999000 : 1208706000;
    int fixes = below(MOST / OFFICERS);
    for (int i = 0; i < fixes; i++) {
        int event = below(100);
        at += event < 4 ? below(3 * DAY) : event < 10 ? below(900) : below(dense ? 3 : 90);
        if (event < 90) {
            lat += below(8001) - 4000;
            lon += below(8001) - 4000;
        } else if (event < 93) {
            lat += below(1600001) - 800000;
        }
        lat = lat > 900000000 ? 900000000 : lat;
        lon = lon > 1800000000 ? lon - 1800000000 - 1800000000 : lon;
        lon = lon < -1800000000 ? lon + 1800000000 + 1800000000 : lon;
        add_row(officer, at, lat, lon, below(3) == 0 ? below(lateness + 1) : 0);
        if (event == 95) { // the very same again
            row again = rows[row_count - 1];
            add_row(officer, at, lat, lon, below(lateness + 1));
            rows[row_count - 1].fix = again.fix;
        }
        if (event == 96) { // somewhere else in the same second
            add_row(officer, at, lat + 50 - below(100), lon, below(lateness + 1));
        }
        if (event == 97) { // no fix at all
            add_row(officer, at, 900000001, lon, 0);
        }
    }
}

static int by_arrival(const void *left, const void *right) {
    const row *a = left, *b = right;
    return (a->arrival > b->arrival) - (a->arrival < b->arrival);
}

static int by_place(const void *left, const void *right) {
    const row *a = left, *b = right;
    int order = strcmp(text_codes[a->officer], text_codes[b->officer]);
    if (order != 0 || a->fix.at != b->fix.at) {
        return order != 0 ? order : a->fix.at < b->fix.at ? -1 : 1;
    }
    if (a->fix.lat_e7 != b->fix.lat_e7) {
        return a->fix.lat_e7 < b->fix.lat_e7 ? -1 : 1;
    }
    return (a->fix.lon_e7 > b->fix.lon_e7) - (a->fix.lon_e7 < b->fix.lon_e7);
}

static int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

static int64_t day_of(const gridgov_track_options *o, gridgov_time at) {
    return floor_div(at + o->utc_offset_minutes * 60, DAY);
}

static int counts(const gridgov_track_options *o, const gridgov_fix *fix) {
    int64_t day = day_of(o, fix->at);
    int64_t minute = (fix->at + o->utc_offset_minutes * 60 - day * DAY) / 60;
    int windows = 0, inside = 0;
    if (fix->lat_e7 > 900000000 || (o->accuracy_max_mm && fix->accuracy_mm > o->accuracy_max_mm) ||
        (o->speed_max_mm_s && fix->speed_mm_s > o->speed_max_mm_s) ||
        (o->day_from != GRIDGOV_NO_DAY && day < o->day_from) ||
        (o->day_to != GRIDGOV_NO_DAY && day >= o->day_to)) {
        return 0;
    }
    for (int i = 0; i < GRIDGOV_TRACK_WINDOWS; i++) {
        if (o->window_to[i] > 0) {
            windows = 1;
            inside |= minute >= o->window_from[i] && minute < o->window_to[i];
        }
    }
    return !windows || inside;
}

typedef struct text {
    char *data;
    size_t size, room;
} text;

static int32_t collect(void *user, const void *data, size_t size) {
    text *out = user;
    if (out->size + size + 1 > out->room) {
        out->room = (out->size + size + 1) * 2;
        out->data = realloc(out->data, out->room);
    }
    memcpy(out->data + out->size, data, size);
    out->size += size;
    out->data[out->size] = '\0';
    return 0;
}

static void put_day(text *out, const char *code, int64_t day, const int64_t sums[3]) {
    char date[GRIDGOV_CIVIL_TEXT_SIZE], line[128];
    gridgov_day_format(date, (gridgov_day)day);
    int size = snprintf(line, sizeof line, "%s,%s,%lld,%lld,%lld\n", code, date, (long long)sums[0],
                        (long long)sums[1], (long long)sums[2]);
    collect(out, line, (size_t)size);
}

/* Sort everything, walk over it once. late: 1 to leave out what the lateness does. */
static void oracle(text *out, const gridgov_track_options *o, int late) {
    static row kept[MOST];
    int count = 0, begun[OFFICERS] = {0};
    gridgov_time newest[OFFICERS];
    for (int i = 0; i < OFFICERS; i++) {
        newest[i] = INT64_MIN;
    }
    for (int i = 0; i < row_count; i++) {
        const row *r = &rows[i];
        if (!counts(o, &r->fix) || (late && newest[r->officer] > r->fix.at &&
                                    newest[r->officer] - r->fix.at > o->lateness_s)) {
            begun[r->officer] |= r->begins;
            continue;
        }
        newest[r->officer] = r->fix.at > newest[r->officer] ? r->fix.at : newest[r->officer];
        kept[count] = *r;
        kept[count++].begins = !o->join_parts && (r->begins || begun[r->officer]);
        begun[r->officer] = 0;
    }
    qsort(kept, (size_t)count, sizeof *kept, by_place);
    collect(out, "officer,day,fixes,online_s,distance_mm\n", 39);
    int64_t sums[3] = {0, 0, 0};
    for (int i = 0; i < count; i++) {
        const row *r = &kept[i];
        const row *p = i > 0 && kept[i - 1].officer == r->officer ? &kept[i - 1] : NULL;
        int begins = r->begins;
        if (p != NULL && by_place(p, r) == 0) {
            continue;
        }
        for (int k = i + 1; k < count && by_place(r, &kept[k]) == 0; k++) {
            begins &= kept[k].begins;
        }
        if (i > 0 && (p == NULL || day_of(o, p->fix.at) != day_of(o, r->fix.at))) {
            put_day(out, text_codes[kept[i - 1].officer], day_of(o, kept[i - 1].fix.at), sums);
            memset(sums, 0, sizeof sums);
            p = NULL;
        }
        sums[0]++;
        if (p == NULL || begins || r->fix.at - p->fix.at > o->gap_s) {
            continue;
        }
        int64_t mm = gg_geo_distance(p->fix.lat_e7, p->fix.lon_e7, r->fix.lat_e7, r->fix.lon_e7);
        int64_t seconds = r->fix.at - p->fix.at;
        if (mm <= o->jump_mm && (o->speed_max_mm_s == 0 || mm <= o->speed_max_mm_s * seconds)) {
            sums[1] += seconds;
            sums[2] += mm < o->jitter_mm ? 0 : mm;
        }
    }
    if (count > 0) {
        put_day(out, text_codes[kept[count - 1].officer], day_of(o, kept[count - 1].fix.at), sums);
    }
}

/* Give rows [from, to) as columns of a form. */
static void give_columns(gridgov_tracks *tracks, int from, int to, int form) {
    static uint32_t starts[MOST], ends[MOST];
    static int64_t times[MOST];
    static int32_t lats[MOST], lons[MOST], accuracies[MOST], speeds[MOST];
    static double lat_degrees[MOST], lon_degrees[MOST];
    static uint8_t begins[MOST];
    static char codes[MOST * 16];
    uint32_t used = 0;
    int count = to - from;
    for (int i = 0; i < count; i++) {
        const row *r = &rows[from + i];
        size_t size = strlen(text_codes[r->officer]);
        memcpy(codes + used, text_codes[r->officer], size);
        starts[i] = used;
        ends[i] = used += (uint32_t)size;
        times[i] = r->fix.at + 28800;
        begins[i] = (uint8_t)(r->begins * (1 + below(255)));
        lats[i] = r->fix.lat_e7, lons[i] = r->fix.lon_e7;
        lat_degrees[i] = r->fix.lat_e7 / 1e7, lon_degrees[i] = r->fix.lon_e7 / 1e7;
        accuracies[i] = r->fix.accuracy_mm, speeds[i] = r->fix.speed_mm_s;
    }
    gridgov_fix_columns c = {.struct_size = sizeof c,
                             .count = count,
                             .officer_text = codes,
                             .officer_from = starts,
                             .officer_to = ends,
                             .at = times,
                             .time_add = -28800,
                             .accuracy_mm = accuracies,
                             .speed_mm_s = speeds,
                             .begins = with_parts ? begins : NULL};
    if (form == 0) {
        c.lat_e7 = lats, c.lon_e7 = lons;
    } else {
        c.lat_degrees = lat_degrees, c.lon_degrees = lon_degrees;
    }
    assert_int_equal(gridgov_tracks_add_columns(tracks, &c, NULL, NULL), GRIDGOV_OK);
}

static void give(gridgov_tracks *tracks) {
    for (int from = 0; from < row_count;) {
        int form = below(rows[from].begins ? 2 : 3); /* a fix alone does not say that it begins */
        int to = from + 1 + below(below(4) == 0 ? 3000 : 40);
        to = to > row_count ? row_count : to;
        if (form < 2) {
            give_columns(tracks, from, to, form);
        } else {
            const char *code = text_codes[rows[from].officer];
            to = from + 1;
            assert_int_equal(
                gridgov_tracks_add(tracks, code, strlen(code), &rows[from].fix, 1, NULL),
                GRIDGOV_OK);
        }
        from = to;
    }
}

/* A coordinate with seven digits, and perhaps some more that round away. */
static void write_degrees(char out[32], int32_t units) {
    static const char *const more[] = {"", "", "", "0", "4", "49", "000000001", "4999999999"};
    snprintf(out, 32, "%s%d.%07d%s", units < 0 ? "-" : "", abs(units) / 10000000,
             abs(units) % 10000000, more[below(8)]);
}

/* A stamp: in +08:00, which may be said or not, or in UTC; with a blank or a T, and a fraction. */
static void write_stamp(char out[64], gridgov_time at, int blank) {
    static const char *const fractions[] = {"", "", ".5", ".123", ",999999999"};
    static const char *const zones[] = {"", "", "", "+08:00", "+0800", " +08:00", "Z", " utc"};
    char stamp[GRIDGOV_CIVIL_TEXT_SIZE];
    int zone = below(8);
    gridgov_time_format(stamp, zone < 6 ? at : at - 28800, 480);
    stamp[10] = blank ? ' ' : 'T';
    snprintf(out, 64, "%.19s%s%s", stamp, fractions[below(5)], zones[zone]);
}

/* The rows as CSV, written in more than one way; the parts of each officer's recording numbered. */
static void write_csv(text *out) {
    char line[512];
    int quoted = below(2), blank = below(2), part[OFFICERS] = {0};
    int size = snprintf(line, sizeof line, "%s%s",
                        quoted ? "工号,\"经度\",纬度,时间,精度(米),速度(km/h)"
                               : "lat,officer,speed_km_h,lon,at,accuracy_m",
                        with_parts ? ",track_part\r\n" : "\n");
    collect(out, line, (size_t)size);
    for (int i = 0; i < row_count; i++) {
        const row *r = &rows[i];
        char lat[32], lon[32], stamp[64], accuracy[32] = "", speed[32] = "", number[32] = "";
        const char *q = below(3) == 0 ? "\"" : "", *end = quoted ? "\r\n" : "\n";
        write_degrees(lat, r->fix.lat_e7);
        write_degrees(lon, r->fix.lon_e7);
        write_stamp(stamp, r->fix.at, blank);
        if (r->fix.accuracy_mm >= 0) {
            snprintf(accuracy, sizeof accuracy, "%d.%03d", r->fix.accuracy_mm / 1000,
                     r->fix.accuracy_mm % 1000);
        }
        if (r->fix.speed_mm_s >= 0) { /* the least km/h whose mm/s, cut, are these */
            int metres_h = (r->fix.speed_mm_s * 36 + 9) / 10;
            snprintf(speed, sizeof speed, "%d.%03d", metres_h / 1000, metres_h % 1000);
        }
        part[r->officer] += r->begins;
        if (with_parts) {
            snprintf(number, sizeof number, ",%d", part[r->officer]);
        }
        const char *mark = strchr(stamp, ',') != NULL ? "\"" : q;
        if (quoted) {
            size = snprintf(line, sizeof line, "\"%s\",%s, %s,%s%s%s,%s,\"%s\"%s%s",
                            text_codes[r->officer], lon, lat, mark, stamp, mark, accuracy, speed,
                            number, end);
        } else {
            size = snprintf(line, sizeof line, "%s%s%s,%s,%s%s%s,%s,%s%s%s,%s%s%s", q, lat, q,
                            text_codes[r->officer], q, speed, q, lon, mark, stamp, mark, accuracy,
                            number, end);
        }
        collect(out, line, (size_t)size);
    }
}

/* The same rows through CSV, with some workers, must give the same. */
static void expect_csv(const gridgov_track_options *options, const text *expected, int workers) {
    gridgov_error err;
    gridgov_rows *cursor = NULL;
    gridgov_tracks *tracks = NULL;
    gridgov_ingest_summary sum = {.struct_size = sizeof sum};
    text csv = {0}, got = {0};
    gridgov_sink sink = {collect, &got};
    write_csv(&csv);
    assert_int_equal(gridgov_tracks_new(&tracks, options, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_open_csv_bytes(&cursor, csv.data, csv.size, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_ingest_tracks(&sum, tracks, cursor, NULL, workers, NULL, NULL, &err),
                     GRIDGOV_OK);
    assert_int_equal(sum.read, row_count);
    assert_int_equal(sum.read, sum.added + sum.excluded);
    assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_write_csv(&sink, tracks, NULL, NULL), GRIDGOV_OK);
    if (got.size != expected->size || memcmp(got.data, expected->data, got.size) != 0) {
        fail_msg("through CSV with %d workers", workers);
    }
    gridgov_rows_free(cursor);
    gridgov_tracks_free(tracks);
    free(csv.data);
    free(got.data);
}

static void expect(const gridgov_track_options *options, const text *expected, const char *what,
                   int64_t too_late) {
    gridgov_error err;
    gridgov_tracks *tracks = NULL;
    gridgov_track_summary sum = {.struct_size = sizeof sum};
    text got = {0};
    gridgov_sink sink = {collect, &got};
    assert_int_equal(gridgov_tracks_new(&tracks, options, &err), GRIDGOV_OK);
    give(tracks);
    assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_write_csv(&sink, tracks, NULL, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_summary(&sum, tracks), GRIDGOV_OK);
    assert_int_equal(sum.read, row_count);
    assert_int_equal(sum.read, sum.kept + sum.duplicates + sum.invalid + sum.inaccurate +
                                   sum.too_fast + sum.outside + sum.too_late);
    if (too_late >= 0) {
        assert_int_equal(sum.too_late, too_late);
    }
    if (got.size != expected->size || memcmp(got.data, expected->data, got.size) != 0) {
        size_t at = 0;
        while (at < got.size && got.data[at] == expected->data[at]) {
            at++;
        }
        at = at > 60 ? at - 60 : 0;
        fail_msg("%s: %.200s\nexpected %.200s", what, got.data + at, expected->data + at);
    }
    free(got.data);
    gridgov_tracks_free(tracks);
}

static void some_rules(gridgov_track_options *o) {
    gridgov_track_options_init(o, sizeof *o);
    o->workers = 1 + below(3);
    o->utc_offset_minutes = below(3) == 0 ? below(2881) - 1440 : 480;
    o->gap_s = below(2) ? 300 : 1 + below(4000);
    o->lateness_s = below(2) ? 600 : below(2000);
    o->speed_max_mm_s = below(3) ? 0 : 1 + below(9000);
    o->accuracy_max_mm = below(3) ? 0 : 30000;
    o->jitter_mm = below(3) ? 0 : below(100000);
    o->join_parts = below(4) == 0;
    o->jump_mm = below(3) ? 5000000 : 1 + below(50000000);
    if (below(4) == 0) {
        o->day_from = 18874 + below(4);
        o->day_to = o->day_from + below(6);
    }
    for (int i = 0; i < GRIDGOV_TRACK_WINDOWS && below(3) == 0; i++) {
        o->window_from[i] = below(1439);
        o->window_to[i] = o->window_from[i] + 1 + below(1440 - o->window_from[i]);
    }
}

static void make_rows(int lateness) {
    row_count = 0;
    with_parts = below(2);
    for (int i = 0; i < OFFICERS; i++) {
        make_officer(i, lateness, below(3) == 0);
    }
}

static void late_fixes_count_as_if_in_time(void **state) {
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        gridgov_track_options o;
        text expected = {0};
        some_rules(&o);
        make_rows(o.lateness_s);
        qsort(rows, (size_t)row_count, sizeof *rows, by_arrival);
        oracle(&expected, &o, 0);
        for (int workers = 1; workers <= 3; workers++) {
            o.workers = workers;
            expect(&o, &expected, "late", 0);
        }
        o.workers = 1 + below(2);
        if (with_parts) { /* each officer's first row of a table begins one */
            int seen[OFFICERS] = {0};
            for (int i = 0; i < row_count; i++) {
                rows[i].begins |= !seen[rows[i].officer];
                seen[rows[i].officer] = 1;
            }
            free(expected.data);
            expected = (text){0};
            oracle(&expected, &o, 0);
        }
        expect_csv(&o, &expected, 1 + round % 3);
        free(expected.data);
    }
}

static void shuffle(void) {
    for (int i = row_count - 1; i > 0; i--) {
        int j = below(i + 1);
        row r = rows[i];
        rows[i] = rows[j];
        rows[j] = r;
    }
}

static void any_order_with_a_folder(void **state) {
    (void)state;
    char folder[] = "/tmp/gridgov-tracks-XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (int round = 0; round < ROUNDS / 4; round++) {
        gridgov_track_options o;
        text expected = {0};
        some_rules(&o);
        make_rows(600);
        shuffle();
        oracle(&expected, &o, 0);
        o.spill_folder = folder;
        o.spill_memory = 65536;                   // 4096 fixes and fewer: several runs
        o.workers = below(2) ? 1 + below(3) : 64; // 65 fixes: merged in passes
        expect(&o, &expected, "spilled", 0);
        o.spill_folder = NULL;
        o.spill_memory = (int64_t)1 << 24;
        expect(&o, &expected, "sorted in memory", 0);
        free(expected.data);
    }
    assert_int_equal(rmdir(folder), 0); // nothing was left in it
}

static void any_order_without_a_folder(void **state) {
    (void)state;
    for (int round = 0; round < ROUNDS / 4; round++) {
        gridgov_track_options o;
        text expected = {0};
        some_rules(&o);
        make_rows(600);
        if (round % 2) {
            shuffle();
        } else { // nearly in order, but with some that are far too late
            for (int i = 0; i < row_count; i++) {
                rows[i].arrival += below(50) == 0 ? (int64_t)below(20000) * MOST : 0;
            }
            qsort(rows, (size_t)row_count, sizeof *rows, by_arrival);
        }
        oracle(&expected, &o, 1);
        expect(&o, &expected, "too late", -1);
        free(expected.data);
    }
}

static gridgov_bytes *saved(const gridgov_tracks *tracks) {
    gridgov_bytes *bytes = NULL;
    assert_int_equal(gridgov_tracks_save(&bytes, tracks, NULL), GRIDGOV_OK);
    return bytes;
}

static gridgov_tracks *tracks_of(const gridgov_track_options *o, int from, int step) {
    gridgov_tracks *tracks = NULL;
    assert_int_equal(gridgov_tracks_new(&tracks, o, NULL), GRIDGOV_OK);
    for (int i = 0; i < row_count; i++) {
        const char *code = text_codes[rows[i].officer];
        if (rows[i].officer % step == from) {
            assert_int_equal(gridgov_tracks_add(tracks, code, strlen(code), &rows[i].fix, 1, NULL),
                             GRIDGOV_OK);
        }
    }
    assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_OK);
    return tracks;
}

/* Parts by officers, merged in any order, saved and loaded on the way, are the whole. */
static void parts_merge_to_the_whole(void **state) {
    (void)state;
    for (int round = 0; round < ROUNDS / 4; round++) {
        gridgov_track_options o;
        gridgov_tracks *parts[3], *loaded = NULL;
        gridgov_error err;
        size_t size, whole_size;
        some_rules(&o);
        make_rows(o.lateness_s);
        qsort(rows, (size_t)row_count, sizeof *rows, by_arrival);
        gridgov_tracks *whole = tracks_of(&o, 0, 1);
        for (int i = 0; i < 3; i++) {
            o.workers = 1 + below(3);
            parts[i] = tracks_of(&o, i, 3);
        }
        gridgov_bytes *bytes = saved(parts[1]);
        const char *data = gridgov_bytes_data(bytes, &size);
        assert_int_equal(gridgov_tracks_load(&loaded, data, size, &err), GRIDGOV_OK);
        int first = below(2) * 2;
        assert_int_equal(gridgov_tracks_merge(loaded, parts[first], &err), GRIDGOV_OK);
        assert_int_equal(gridgov_tracks_merge(parts[2 - first], loaded, &err), GRIDGOV_OK);
        gridgov_bytes_free(bytes);
        bytes = saved(parts[2 - first]);
        gridgov_bytes *expected = saved(whole);
        data = gridgov_bytes_data(bytes, &size);
        const char *wanted = gridgov_bytes_data(expected, &whole_size);
        assert_int_equal(size, whole_size);
        assert_memory_equal(data, wanted, size);
        if (gridgov_tracks_day_count(parts[1]) > 0) { /* a second time is once too often */
            assert_int_equal(gridgov_tracks_merge(parts[2 - first], parts[1], &err), GRIDGOV_EDATA);
            gridgov_bytes *again = saved(parts[2 - first]);
            assert_memory_equal(gridgov_bytes_data(again, NULL), wanted, size);
            gridgov_bytes_free(again);
        }
        gridgov_bytes_free(bytes);
        gridgov_bytes_free(expected);
        gridgov_tracks_free(loaded);
        gridgov_tracks_free(whole);
        for (int i = 0; i < 3; i++) {
            gridgov_tracks_free(parts[i]);
        }
    }
}

/* A number is one officer, as text, as a 32-bit number and as a 64-bit one. */
static void a_number_is_one_officer_in_every_form(void **state) {
    (void)state;
    gridgov_tracks *tracks = NULL;
    gridgov_track_summary sum = {.struct_size = sizeof sum};
    int64_t times[OFFICERS];
    int32_t places[OFFICERS] = {0};
    uint32_t narrow[OFFICERS];
    assert_int_equal(gridgov_tracks_new(&tracks, NULL, NULL), GRIDGOV_OK);
    for (int i = 0; i < OFFICERS; i++) {
        char code[32];
        gridgov_fix fix = {1630771200, 0, 0, -1, -1};
        times[i] = 1630771260;
        int size = snprintf(code, sizeof code, "%lld", (long long)number_codes[i]);
        assert_int_equal(gridgov_tracks_add(tracks, code, (size_t)size, &fix, 1, NULL), GRIDGOV_OK);
    }
    gridgov_fix_columns c = {.struct_size = sizeof c,
                             .count = OFFICERS,
                             .officer_i64 = number_codes,
                             .at = times,
                             .lat_e7 = places,
                             .lon_e7 = places};
    assert_int_equal(gridgov_tracks_add_columns(tracks, &c, NULL, NULL), GRIDGOV_OK);
    c.officer_i64 = NULL;
    c.officer_u32 = narrow;
    c.count = 0;
    for (int i = 0; i < OFFICERS; i++) {
        if (number_codes[i] <= UINT32_MAX) {
            times[c.count] = 1630771320;
            narrow[c.count++] = (uint32_t)number_codes[i];
        }
    }
    assert_int_equal(gridgov_tracks_add_columns(tracks, &c, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_OK);
    gridgov_tracks_summary(&sum, tracks);
    assert_int_equal(sum.officers, OFFICERS);
    assert_int_equal(gridgov_tracks_day_count(tracks), OFFICERS);
    gridgov_tracks_free(tracks);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(late_fixes_count_as_if_in_time),
        cmocka_unit_test(any_order_with_a_folder),
        cmocka_unit_test(any_order_without_a_folder),
        cmocka_unit_test(parts_merge_to_the_whole),
        cmocka_unit_test(a_number_is_one_officer_in_every_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
