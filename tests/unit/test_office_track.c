/* SPDX-License-Identifier: Apache-2.0 */
/* GPX and TCX: the points of a small file of each kind, the suites in ../shared/data/tracks against
 * their reference lengths, and what is refused. */
#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char root[] = "/tmp/gridgov-gpx-XXXXXX";
static char path[256];

static const char *put(const char *name, const char *content) {
    snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
    return path;
}

static gridgov_rows *open_file(const char *name, const char *officer) {
    gridgov_rows *rows = NULL;
    assert_int_equal(gridgov_rows_open_track_file(&rows, name, officer, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
    assert_string_equal(gridgov_rows_text(rows, 0, NULL), "officer");
    assert_string_equal(gridgov_rows_text(rows, 5, NULL), "track_part");
    return rows;
}

static void expect_row(gridgov_rows *rows, const char *const cells[6]) {
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_OK);
    for (int64_t i = 0; i < 6; i++) {
        assert_string_equal(gridgov_rows_text(rows, i, NULL), cells[i]);
    }
}

static void points_of_gpx(void **state) {
    (void)state;
    static const char gpx[] =
        "<?xml version=\"1.0\"?><x:gpx xmlns:x=\"http://www.topografix.com/GPX/1/1\" "
        "xmlns:e=\"urn:e\">"
        "<x:wpt lat=\"1\" lon=\"2\"><x:time>2021-09-05T00:00:00Z</x:time></x:wpt>"
        "<x:trk><x:name>trkpt</x:name><x:trkseg/><x:trkseg>"
        "<x:trkpt lat=\"30.0197\" lon=\"120.8706\"><x:ele>5</x:ele>"
        "<x:time>2021-09-05T00:00:00Z</x:time><x:speed>1.25</x:speed>"
        "<x:extensions><e:time>no</e:time></x:extensions></x:trkpt>"
        "<x:trkpt lat=\"-30.1\" lon=\"120.9\"/></x:trkseg></x:trk></x:gpx>";
    gridgov_rows *rows = open_file(put("walk.one.gpx", gpx), NULL);
    expect_row(rows, (const char *const[6]){"walk.one", "2021-09-05T00:00:00Z", "120.8706",
                                            "30.0197", "4.5", "2"});
    expect_row(rows, (const char *const[6]){"walk.one", "", "120.9", "-30.1", "", "2"});
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_END);
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_END);
    gridgov_rows_free(rows);
}

static void points_of_tcx(void **state) {
    (void)state;
    static const char tcx[] =
        "<TrainingCenterDatabase "
        "xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/"
        "v2\"><Activities><Activity>"
        "<Lap><Track><Trackpoint><Time>2021-09-05T00:00:00.5Z</Time><Position>"
        "<LatitudeDegrees>30</LatitudeDegrees><LongitudeDegrees>120.5</LongitudeDegrees></Position>"
        "</Trackpoint></Track></Lap><Lap><Track><Trackpoint><Time>x</Time></Trackpoint></Track>"
        "<Track><Trackpoint><Time>y</Time></Trackpoint></Track></Lap></Activity>"
        "<Activity><Lap><Track><Trackpoint><Time>z</Time></Trackpoint></Track></Lap></Activity>"
        "</Activities></TrainingCenterDatabase>";
    gridgov_rows *rows = open_file(put("a.tcx", tcx), "WG,1");
    expect_row(rows,
               (const char *const[6]){"WG,1", "2021-09-05T00:00:00.5Z", "120.5", "30", "", "1"});
    expect_row(rows, (const char *const[6]){"WG,1", "x", "", "", "", "1"}); /* another lap */
    expect_row(rows, (const char *const[6]){"WG,1", "y", "", "", "", "2"}); /* after a pause */
    expect_row(rows, (const char *const[6]){"WG,1", "z", "", "", "", "3"}); /* another activity */
    assert_int_equal(gridgov_rows_next(rows, NULL), GRIDGOV_END);
    gridgov_rows_free(rows);
}

static void refused(const char *content, gridgov_status status) {
    gridgov_error err;
    gridgov_rows *rows = open_file(put("bad.gpx", content), NULL);
    gridgov_status got;
    while ((got = gridgov_rows_next(rows, &err)) == GRIDGOV_OK) {
    }
    assert_int_equal(got, status);
    assert_non_null(strstr(err.source, "bad.gpx"));
    assert_true(err.message[0] != '\0');
    gridgov_rows_free(rows);
}

static void what_is_no_track_is_refused(void **state) {
    (void)state;
    gridgov_rows *rows = NULL;
    refused("", GRIDGOV_EFORMAT);
    refused("lat,lon\n", GRIDGOV_EFORMAT);
    refused("<gpx><trk><trkseg><trkpt lat=\"1\" lon=\"2\"></trkseg>", GRIDGOV_EFORMAT);
    refused("<gpx><trk><trkseg><trkpt lat=\"1\" lon=\"2\"/>", GRIDGOV_EFORMAT);
    refused("<html><body/></html>", GRIDGOV_EUNSUPPORTED);
    refused("<!DOCTYPE gpx [<!ENTITY a \"b\">]><gpx/>", GRIDGOV_EUNSUPPORTED);
    assert_int_equal(gridgov_rows_open_track_file(&rows, "/nonexistent.gpx", NULL, NULL),
                     GRIDGOV_EIO);
    assert_int_equal(gridgov_rows_open_track_file(&rows, NULL, NULL, NULL), GRIDGOV_EARG);
    assert_null(rows);
}

/* Sum of the lengths of a file's segments in mm, segment by segment if one is asked for. */
static int64_t length_of(const char *name, int64_t *points, int64_t *segments) {
    gridgov_rows *rows = open_file(name, NULL);
    int32_t lat[2] = {0, 0}, lon[2] = {0, 0};
    int64_t sum = 0;
    char segment[32] = "";
    *points = *segments = 0;
    while (gridgov_rows_next(rows, NULL) == GRIDGOV_OK) {
        int same = strcmp(segment, gridgov_rows_text(rows, 5, NULL)) == 0;
        double degrees[2] = {atof(gridgov_rows_text(rows, 3, NULL)),
                             atof(gridgov_rows_text(rows, 2, NULL))};
        lat[1] = (int32_t)(degrees[0] * 1e7 + (degrees[0] < 0 ? -0.5 : 0.5));
        lon[1] = (int32_t)(degrees[1] * 1e7 + (degrees[1] < 0 ? -0.5 : 0.5));
        if (same && gridgov_rows_text(rows, 3, NULL)[0] != '\0') {
            int64_t mm = 0;
            gridgov_distances(&mm, &lat[0], &lon[0], &lat[1], &lon[1], 1);
            sum += mm;
        }
        *segments += !same;
        *points += 1;
        snprintf(segment, sizeof segment, "%s", gridgov_rows_text(rows, 5, NULL));
        lat[0] = lat[1];
        lon[0] = lon[1];
    }
    gridgov_rows_free(rows);
    return sum;
}

static void lengths_of_the_suite(void **state) {
    (void)state;
    FILE *list = fopen("../shared/data/tracks/reference_gpx_lengths.csv", "r");
    char line[512], name[256];
    int files = 0;
    if (list == NULL) {
        puts("../shared/data/tracks is absent: skipped");
        skip();
    }
    assert_non_null(fgets(line, sizeof line, list));
    while (fgets(line, sizeof line, list) != NULL) {
        long long segments, points;
        double metres;
        int64_t found_points, found_segments;
        char file[300];
        if (sscanf(line, "%255[^,],%lld,%lld,%lf", name, &segments, &points, &metres) != 4) {
            continue;
        }
        snprintf(file, sizeof file, "../shared/data/tracks/%.255s", name);
        if (access(file, R_OK) != 0 || strstr(name, "first_and_last_elevation") != NULL) {
            continue; /* not in the folder; or points 100 km apart, which have no distance here */
        }
        int64_t mm = length_of(file, &found_points, &found_segments);
        assert_int_equal(found_points, points);
        /* each point is rounded to 10^-7 degrees, at most 8 mm, each segment to 1 mm */
        double off = (double)mm / 1000 - metres;
        if (off < 0 ? -off > 0.001 + 0.0005 * (double)points
                    : off > 0.001 + 0.0005 * (double)points) {
            fail_msg("%s: %.3f m, not %.3f m", name, (double)mm / 1000, metres);
        }
        files++;
    }
    fclose(list);
    printf("%d files\n", files);
    assert_true(files >= 20);
}

/* Length in mm of the way between points of a file at the times [first, last], and how many they
 * are. */
static int64_t length_between(const char *name, const char *first, const char *last,
                              int64_t *points) {
    gridgov_rows *rows = open_file(name, NULL);
    int32_t lat[2] = {0, 0}, lon[2] = {0, 0};
    int64_t sum = 0;
    *points = 0;
    while (gridgov_rows_next(rows, NULL) == GRIDGOV_OK) {
        const char *at = gridgov_rows_text(rows, 1, NULL);
        if (strcmp(at, first) < 0 || strcmp(at, last) > 0 ||
            gridgov_rows_text(rows, 3, NULL)[0] == '\0') {
            continue;
        }
        lat[1] = (int32_t)(atof(gridgov_rows_text(rows, 3, NULL)) * 1e7 + 0.5);
        lon[1] = (int32_t)(atof(gridgov_rows_text(rows, 2, NULL)) * 1e7 - 0.5);
        if (*points > 0) {
            int64_t mm = 0;
            gridgov_distances(&mm, &lat[0], &lon[0], &lat[1], &lon[1], 1);
            sum += mm;
        }
        *points += 1;
        lat[0] = lat[1];
        lon[0] = lon[1];
    }
    gridgov_rows_free(rows);
    return sum;
}

/* Laps of TCX, whose lengths were measured with geodesics (north and west, all of them). */
static void laps_of_the_suite(void **state) {
    (void)state;
    FILE *list = fopen("../shared/data/tracks/reference_tcx_laps.csv", "r");
    char line[512], name[64], file[128], first[64], last[64];
    int laps = 0;
    if (list == NULL) {
        puts("../shared/data/tracks is absent: skipped");
        skip();
    }
    assert_non_null(fgets(line, sizeof line, list));
    while (fgets(line, sizeof line, list) != NULL) {
        long long points;
        double metres;
        int64_t found;
        if (sscanf(line, "%63[^,],%*[^,],%lld,%*[^,],%*[^,],%lf,%*[^,],%*[^,],%63[^,],%63s", name,
                   &points, &metres, first, last) != 5) {
            fail_msg("%s", line);
        }
        snprintf(file, sizeof file, "../shared/data/tracks/%s", name);
        if (access(file, R_OK) != 0) {
            continue;
        }
        const double off = (double)length_between(file, first, last, &found) / 1000 - metres;
        assert_int_equal(found, points);
        if ((off < 0 ? -off : off) > 0.001 + 0.0005 * (double)points) {
            fail_msg("%s from %s: %.3f m from the reference", name, first, off);
        }
        laps++;
    }
    fclose(list);
    assert_true(laps >= 3);
}

/* Two parts a minute apart: no time and no way between them, unless the rules join them. */
static void parts_break_a_track(void **state) {
    (void)state;
    static const char gpx[] =
        "<gpx><trk><trkseg>"
        "<trkpt lat=\"30.0\" lon=\"120\"><time>2021-09-05T00:00:00Z</time></trkpt>"
        "<trkpt lat=\"30.1\" lon=\"120\"><time>no time</time></trkpt>"
        "<trkpt lat=\"30.0005\" lon=\"120\"><time>2021-09-05T00:01:00Z</time></trkpt>"
        "</trkseg><trkseg>"
        "<trkpt lat=\"30.1\" lon=\"120\"></trkpt>"
        "<trkpt lat=\"30.0010\" lon=\"120\"><time>2021-09-05T00:02:00Z</time></trkpt>"
        "<trkpt lat=\"30.0020\" lon=\"120\"><time>2021-09-05T00:03:00Z</time></trkpt>"
        "</trkseg></trk></gpx>";
    for (int joined = 0; joined < 2; joined++) {
        gridgov_track_options rules;
        gridgov_tracks *tracks = NULL;
        gridgov_rows *rows = NULL;
        gridgov_track_day day = {.struct_size = sizeof day};
        gridgov_track_options_init(&rules, sizeof rules);
        rules.join_parts = joined;
        assert_int_equal(gridgov_tracks_new(&tracks, &rules, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_rows_open_track_file(&rows, put("walk.one.gpx", gpx), NULL, NULL),
                         GRIDGOV_OK);
        assert_int_equal(gridgov_ingest_tracks(NULL, tracks, rows, NULL, 1, NULL, NULL, NULL),
                         GRIDGOV_OK);
        assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_tracks_day_at(&day, tracks, 0), GRIDGOV_OK);
        assert_int_equal(day.fixes, 4);
        assert_int_equal(day.online_s, joined ? 180 : 120);
        assert_in_range(day.distance_mm, joined ? 221500 : 166000, joined ? 222000 : 166500);
        gridgov_rows_free(rows);
        gridgov_tracks_free(tracks);
    }
}

/* The whole way: a GPX file through the table into tracks. */
static void a_file_becomes_a_day(void **state) {
    (void)state;
    const char *name = "../shared/data/tracks/gpxpy/korita-zbevnica.gpx";
    gridgov_tracks *tracks = NULL;
    gridgov_rows *rows = NULL;
    gridgov_track_day day = {.struct_size = sizeof day};
    gridgov_ingest_summary sum = {.struct_size = sizeof sum};
    if (access(name, R_OK) != 0) {
        skip();
    }
    assert_int_equal(gridgov_tracks_new(&tracks, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_open_track_file(&rows, name, "7", NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ingest_tracks(&sum, tracks, rows, NULL, 2, NULL, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(sum.added, 513); /* the others have no time */
    assert_int_equal(gridgov_tracks_day_count(tracks), 1);
    assert_int_equal(gridgov_tracks_day_at(&day, tracks, 0), GRIDGOV_OK);
    assert_int_equal(day.fixes, 513);
    assert_int_equal(day.day, 14885); /* 2010-10-03 */
    assert_in_range(day.distance_mm, 6200000, 6300000);
    gridgov_rows_free(rows);
    gridgov_tracks_free(tracks);
}

static int set_up(void **state) {
    (void)state;
    return mkdtemp(root) == NULL ? -1 : 0;
}

static int tear_down(void **state) {
    static const char *const names[] = {"walk.one.gpx", "a.tcx", "bad.gpx"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", root, names[i]);
        unlink(path);
    }
    return rmdir(root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_of_gpx),
        cmocka_unit_test(points_of_tcx),
        cmocka_unit_test(what_is_no_track_is_refused),
        cmocka_unit_test(lengths_of_the_suite),
        cmocka_unit_test(laps_of_the_suite),
        cmocka_unit_test(parts_break_a_track),
        cmocka_unit_test(a_file_becomes_a_day),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
