/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every request while a table streams into a tally: the tally is as it was. One
 * worker, so that requests come in one order. */
#include "support/sweep.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char metrics_json[] =
    "{\"schema\": \"gridgov.metrics/1\", \"version\": \"1\", \"name\": \"m\", \"source\": \"ours\","
    " \"certainty\": \"ours\", \"metrics\": [{\"code\": \"a\", \"name\": \"a\", \"dimension\": "
    "\"unit\", \"measure\": \"cases\", \"where\": [\"closed\"]}, {\"code\": \"b\", \"name\": \"b\","
    " \"dimension\": \"agency\", \"measure\": \"agency_handled\"}]}";
static const char events_csv[] =
    "事件编号,类型,网格,承办单位,上报时间,办结时间,是否超时\n"
    "E1,城市管理,330604001001,派出所一二三四五,2021-09-01 08:00:00,2021-09-02 08:00:00,是\n"
    "E2, 矛盾 纠纷 ,\"330604001001\",,2021-09-01,,否\n"
    "E3,x,,市监所,昨天,,\n合计,,,,,,\n";

static gridgov_status stream(gridgov_error *err) {
    gridgov_metrics *metrics = NULL;
    gridgov_tally *tally = NULL;
    gridgov_rows *rows = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_tally_options options;
    const gridgov_stream_options set = {.struct_size = sizeof set, .found_units = 1};
    gridgov_tally_options_init(&options, sizeof options);
    (void)gridgov_month_span(&options.period, "2021-09", 7, 480, NULL);
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_metrics_load(&metrics, metrics_json, strlen(metrics_json), NULL, err),
              metrics);
    SWEEP_TRY(status, gridgov_tally_new(&tally, metrics, NULL, &options, err), tally);
    SWEEP_TRY(status, gridgov_rows_open_csv_bytes(&rows, events_csv, strlen(events_csv), NULL, err),
              rows);
    if (status == GRIDGOV_OK) {
        status = gridgov_tally_add_rows(NULL, tally, rows, NULL, &set, NULL, NULL, err);
    }
    SWEEP_TRY(status, gridgov_tally_save(&bytes, tally, err), bytes);
    if (status == GRIDGOV_OK) {
        size_t size = 0;
        const char *data = gridgov_bytes_data(bytes, &size);
        sweep_note(data, size);
    }
    gridgov_bytes_free(bytes);
    gridgov_rows_free(rows);
    gridgov_tally_free(tally);
    gridgov_metrics_free(metrics);
    return status;
}

static void test_stream(void **state) {
    (void)state;
    sweep("stream", stream, SWEEP_STRICT, 2000, 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_stream)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
