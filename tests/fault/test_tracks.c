/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every request while fixes are added, spilled, sealed, written and put into a
 * ledger, or read from a table. Tracks after a failed call can only be freed, and say so. */
#include "support/sweep.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { EXACT = 1200, SAMPLED = 200, OFFICERS = 300, ROUNDS = 40 };

static int32_t take(void *user, const void *data, size_t size) {
    (void)user;
    sweep_note(data, size);
    return 0;
}

/* Fixes of many officers, so that tables and rings grow. */
static gridgov_status add_all(gridgov_tracks *tracks, gridgov_error *err) {
    static int64_t numbers[OFFICERS], times[OFFICERS];
    static int32_t lats[OFFICERS], lons[OFFICERS];
    gridgov_status status = GRIDGOV_OK;
    for (int round = 0; round < ROUNDS && status == GRIDGOV_OK; round++) {
        for (int i = 0; i < OFFICERS; i++) {
            numbers[i] = (int64_t)i + (i % 3 == 0 ? INT64_C(13800000000) : 0);
            times[i] = 1630771200 + round * 20 - (round % 7 == 0 ? 50 : 0);
            lats[i] = 300197000 + round * 900;
            lons[i] = 1208706000 + i;
        }
        gridgov_fix_columns c = {.struct_size = sizeof c,
                                 .count = OFFICERS,
                                 .officer_i64 = numbers,
                                 .at = times,
                                 .lat_e7 = lats,
                                 .lon_e7 = lons};
        status = gridgov_tracks_add_columns(tracks, &c, NULL, err);
    }
    if (status < 0) {
        gridgov_fix fix = {1630771200, 0, 0, -1, -1};
        assert_int_equal(gridgov_tracks_add(tracks, "1", 1, &fix, 1, NULL), GRIDGOV_ESTATE);
        assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_ESTATE);
    }
    return status;
}

/* One more officer, from tracks of their own. */
static gridgov_status merge(gridgov_tracks *tracks, gridgov_error *err) {
    gridgov_tracks *other = NULL;
    gridgov_fix fix = {1630771200, 0, 0, -1, -1};
    int64_t days = gridgov_tracks_day_count(tracks);
    gridgov_status status = gridgov_tracks_new(&other, NULL, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_tracks_add(other, "one more", 8, &fix, 1, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_tracks_seal(other, NULL, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_tracks_merge(tracks, other, err);
        assert_int_equal(gridgov_tracks_day_count(tracks), days + (status == GRIDGOV_OK));
    }
    gridgov_tracks_free(other);
    return status;
}

static gridgov_status run(const gridgov_track_options *options, gridgov_error *err) {
    gridgov_tracks *tracks = NULL;
    gridgov_tracks *loaded = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_sink sink = {take, NULL};
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_tracks_new(&tracks, options, err), tracks);
    if (status == GRIDGOV_OK) {
        status = add_all(tracks, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_tracks_seal(tracks, NULL, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_tracks_write_csv(&sink, tracks, NULL, err);
    }
    SWEEP_TRY(status, gridgov_tracks_save(&bytes, tracks, err), bytes);
    if (status == GRIDGOV_OK) {
        size_t size = 0;
        const char *data = gridgov_bytes_data(bytes, &size);
        SWEEP_TRY(status, gridgov_tracks_load(&loaded, data, size, err), loaded);
    }
    if (status == GRIDGOV_OK) {
        status = merge(loaded, err);
    }
    SWEEP_TRY(status, gridgov_ledger_new(&ledger, NULL, NULL, err), ledger);
    if (status == GRIDGOV_OK) {
        status = gridgov_tracks_to_ledger(ledger, tracks, NULL, err);
        if (status < 0) {
            assert_int_equal(gridgov_ledger_activity_count(ledger), 0);
        }
    }
    gridgov_bytes_free(bytes);
    gridgov_tracks_free(loaded);
    gridgov_ledger_free(ledger);
    gridgov_tracks_free(tracks);
    return status;
}

/* A table: codes of all kinds, cells in quotes, another time, a bad row, parts of recordings. */
static const char table[] = "工号,时间,经度,纬度,精度,轨迹段\n"
                            "1,2021-09-05 08:00:00,120.87,30.01,5,1\n"
                            "\"W 1\",2021-09-05T08:00:30+08:00,\"120.8701\",30.01,,1\n"
                            "张三,2021年9月5日 8时1分,120.87,30.0199999999,12.5,2\n"
                            "1,2021-09-05 08:00:50,120.8703,30.01,5,1\n"
                            "\"a\"\"b\",2021/9/5 8:02,120.87,30.01,-,\n"
                            "1,2021-09-05 08:02:00,220.87,30.01,5,2\n"
                            ",2021-09-05 08:02:00,120.87,30.01,5,2\n"
                            "1,2021-09-05 08:03:00,120.8704,30.01,5,3\n";

static gridgov_status from_table(gridgov_error *err) {
    gridgov_tracks *tracks = NULL;
    gridgov_rows *rows = NULL;
    gridgov_issues *issues = NULL;
    gridgov_sink sink = {take, NULL};
    gridgov_ingest_summary sum = {.struct_size = sizeof sum};
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_tracks_new(&tracks, NULL, err), tracks);
    SWEEP_TRY(status, gridgov_issues_new(&issues, 0, err), issues);
    SWEEP_TRY(status, gridgov_rows_open_csv_bytes(&rows, table, sizeof table - 1, NULL, err), rows);
    if (status == GRIDGOV_OK) {
        status = gridgov_ingest_tracks(&sum, tracks, rows, NULL, 2, issues, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        assert_int_equal(sum.read, 8);
        assert_int_equal(sum.added, 6);
        status = gridgov_tracks_seal(tracks, issues, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_tracks_write_csv(&sink, tracks, NULL, err);
    }
    gridgov_rows_free(rows);
    gridgov_issues_free(issues);
    gridgov_tracks_free(tracks);
    return status;
}

static gridgov_status in_memory(gridgov_error *err) {
    return run(NULL, err);
}

static gridgov_status spilled(gridgov_error *err) {
    gridgov_track_options options;
    gridgov_track_options_init(&options, sizeof options);
    options.spill_folder = "/tmp";
    options.spill_memory = 65536;
    return run(&options, err);
}

static void tracks_in_memory(void **state) {
    (void)state;
    sweep("tracks in memory", in_memory, SWEEP_STRICT, EXACT, SAMPLED);
}

static void tracks_spilled(void **state) {
    (void)state;
    sweep("tracks spilled", spilled, SWEEP_STRICT, EXACT, SAMPLED);
}

static void tracks_from_a_table(void **state) {
    (void)state;
    sweep("tracks from a table", from_table, SWEEP_ABSORBS, EXACT, SAMPLED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tracks_in_memory),
        cmocka_unit_test(tracks_spilled),
        cmocka_unit_test(tracks_from_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
