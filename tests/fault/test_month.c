/* SPDX-License-Identifier: Apache-2.0 */
/* A whole month, tables from memory in, every format out: out of memory at every request, cancelled
 * at every tick. */
#include "support/small_month.h"
#include "support/sweep.h"

/* The small month with every table and, so that an unknown category is met, one more event. */
static gridgov_status give(gridgov_month **month, gridgov_error *err) {
    static char patrol[8192], events[4096];
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_month_new(month, "2021-09", 7, err), *month);
    snprintf(events, sizeof events, "%sE7,没有这一类,,,2021-09-07 08:00,,,,有效,否\n",
             small_tables[GRIDGOV_TABLE_EVENTS]);
    for (int32_t table = GRIDGOV_TABLE_UNITS; table <= GRIDGOV_TABLE_OPENING; table++) {
        const char *text = small_tables[table];
        if (table == GRIDGOV_TABLE_PATROL_DAYS) {
            text = small_patrol(patrol, sizeof patrol);
        } else if (table == GRIDGOV_TABLE_EVENTS) {
            text = events;
        }
        if (text != NULL && status == GRIDGOV_OK) {
            status = gridgov_month_set_table(*month, table, text, strlen(text), NULL, err);
        }
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_month_set_parameters(*month, small_parameters, strlen(small_parameters),
                                              NULL, err);
    }
    return status;
}

static void note(const gridgov_bytes *bytes) {
    size_t size = 0;
    const char *data = gridgov_bytes_data(bytes, &size);
    sweep_note(data, size);
}

static gridgov_status render(const gridgov_month *month, gridgov_error *err) {
    static const int32_t formats[] = {GRIDGOV_FORMAT_MARKDOWN, GRIDGOV_FORMAT_HTML,
                                      GRIDGOV_FORMAT_JSON, GRIDGOV_FORMAT_CSV};
    gridgov_status status = GRIDGOV_OK;
    gridgov_bytes *bytes = NULL;
    gridgov_render_options options;
    gridgov_render_options_init(&options, sizeof options);
    options.table = "grids";
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        SWEEP_TRY(
            status,
            gridgov_render_bytes(&bytes, gridgov_month_bulletin(month), formats[i], &options, err),
            bytes);
        gridgov_bytes_free(bytes);
        bytes = NULL;
    }
    SWEEP_TRY(status, gridgov_month_score_json(&bytes, month, GRIDGOV_NONE, err), bytes);
    note(bytes);
    gridgov_bytes_free(bytes);
    return status;
}

/* Without issues: a failure is reported, or changes no byte. */
static gridgov_status whole_month(gridgov_error *err) {
    gridgov_month *month = NULL;
    gridgov_status status = give(&month, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_month_run(month, NULL, NULL, err);
        if (status != GRIDGOV_OK) {
            assert_null(gridgov_month_facts(month));
            assert_null(gridgov_month_scorecards(month));
            assert_null(gridgov_month_bulletin(month));
        }
    }
    if (status == GRIDGOV_OK) {
        status = render(month, err);
    }
    gridgov_month_free(month);
    return status;
}

/* The agencies of a month that has run, by a few metrics. */
static gridgov_status agencies(gridgov_error *err) {
    static const char metrics[] =
        "{\"schema\":\"gridgov.metrics/1\",\"metrics\":[{\"code\":\"n\",\"name\":\"办\","
        "\"dimension\":\"agency\",\"measure\":\"cases\"},{\"code\":\"c\",\"name\":\"结\","
        "\"dimension\":\"agency\",\"measure\":\"cases\",\"where\":[\"closed\"]}],\"ratios\":[{"
        "\"code\":\"r\",\"name\":\"率\",\"numerator\":\"c\",\"denominator\":\"n\"}]}";
    gridgov_month *month = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_status status = give(&month, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_month_run(month, NULL, NULL, err);
    }
    SWEEP_TRY(status, gridgov_month_agencies_json(&bytes, month, metrics, sizeof metrics - 1, err),
              bytes);
    if (status == GRIDGOV_OK) {
        size_t size = 0;
        const char *data = gridgov_bytes_data(bytes, &size);
        sweep_note(data, size);
    }
    gridgov_bytes_free(bytes);
    gridgov_month_free(month);
    return status;
}

/* With a collector of issues, which may drop what it cannot keep. */
static gridgov_status month_with_issues(gridgov_error *err) {
    gridgov_month *month = NULL;
    gridgov_issues *issues = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_issues_new(&issues, 0, err), issues);
    if (status == GRIDGOV_OK) {
        status = give(&month, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_month_run(month, issues, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        assert_true(gridgov_issues_count(issues) + gridgov_issues_dropped(issues) > 0);
    }
    gridgov_month_free(month);
    gridgov_issues_free(issues);
    return status;
}

static void test_allocations(void **state) {
    (void)state;
    sweep("month", whole_month, SWEEP_STRICT, 2000, 400);
    sweep("agencies of a month", agencies, SWEEP_STRICT, 0, 800);
}

static void test_allocations_with_issues(void **state) {
    (void)state;
    sweep("month with issues", month_with_issues, SWEEP_ABSORBS, 200, 400);
}

typedef struct ticks {
    int64_t seen;
    int64_t cancel_at; /* 0 never */
} ticks;

static int32_t on_tick(void *user, const char *stage, int64_t done, int64_t total) {
    ticks *counter = user;
    assert_non_null(stage);
    assert_true(done >= 0 && total >= -1);
    counter->seen++;
    return counter->seen == counter->cancel_at;
}

static gridgov_status run_cancelled_at(gridgov_month *month, ticks *counter, gridgov_error *err) {
    gridgov_job *job = NULL;
    assert_int_equal(gridgov_job_new(&job, err), GRIDGOV_OK);
    assert_int_equal(gridgov_job_on_progress(job, on_tick, counter), GRIDGOV_OK);
    gridgov_status status = gridgov_month_run(month, NULL, job, err);
    gridgov_job_free(job);
    return status;
}

static void test_cancel(void **state) {
    (void)state;
    ticks counter = {0, 0};
    gridgov_month *month = NULL;
    gridgov_error err;
    assert_int_equal(give(&month, &err), GRIDGOV_OK);
    assert_int_equal(run_cancelled_at(month, &counter, &err), GRIDGOV_OK);
    gridgov_month_free(month);
    assert_true(counter.seen > 0);
    print_message("%d ticks\n", (int)counter.seen);
    for (int64_t n = 1; n <= counter.seen; n++) {
        ticks cancelling = {0, n};
        month = NULL;
        memset(&err, 0, sizeof err);
        assert_int_equal(give(&month, &err), GRIDGOV_OK);
        assert_int_equal(run_cancelled_at(month, &cancelling, &err), GRIDGOV_ECANCELLED);
        assert_int_equal(err.status, GRIDGOV_ECANCELLED);
        assert_int_equal(cancelling.seen, n);
        assert_null(gridgov_month_facts(month));
        assert_null(gridgov_month_scorecards(month));
        assert_null(gridgov_month_bulletin(month));
        gridgov_month_free(month);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allocations),
        cmocka_unit_test(test_allocations_with_issues),
        cmocka_unit_test(test_cancel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
