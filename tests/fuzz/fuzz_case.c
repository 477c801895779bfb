/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the log of a few events, eight bytes a row: whatever the steps are like, the cases
 * can be played and asked, and nothing contradicts itself. */
#include <gridgov/gridgov.h>

#include <stdlib.h>
#include <string.h>

#define ROW 8
#define HOUR 3600

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const gridgov_time begin = 1630425600; /* 2021-09-01 00:00 at UTC+8 */

static void must(int holds) {
    if (!holds) {
        abort();
    }
}

static void add_row(gridgov_ledger *ledger, const uint8_t *row) {
    static const char *const agencies[] = {"", "甲所", "乙所", "丙所"};
    const char id[] = {(char)('A' + row[0] % 4), '\0'};
    const char key[] = {(char)('0' + row[1] % 8), '\0'};
    const gridgov_time at = begin + (gridgov_time)(row[3] * 256 + row[4]) * HOUR / 4;
    if (row[0] & 0x80) {
        gridgov_event event;
        gridgov_event_init(&event, sizeof event);
        event.id = id;
        event.category_name = "甲";
        event.agency_name = agencies[row[2] % 4];
        event.reported_at = at;
        event.closed_at = row[5] & 1 ? at + row[6] * HOUR : GRIDGOV_NO_TIME;
        event.closed = row[5] & 2 ? GRIDGOV_TRI_YES : GRIDGOV_TRI_UNKNOWN;
        event.suspended = row[5] & 4 ? GRIDGOV_TRI_YES : GRIDGOV_TRI_UNKNOWN;
        event.due_at = row[5] & 8 ? at + row[7] * HOUR : GRIDGOV_NO_TIME;
        event.recorded_at = row[5] & 16 ? at + row[7] * HOUR : GRIDGOV_NO_TIME;
        must(gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_VERSION, NULL) ==
             GRIDGOV_OK);
        return;
    }
    gridgov_step step;
    gridgov_step_init(&step, sizeof step);
    step.event_id = id;
    step.kind = 1 + row[2] % GRIDGOV_STEP_RELIMIT;
    step.agency_name = agencies[row[5] % 4];
    step.key = row[1] & 0x80 ? key : "";
    step.at = at;
    step.recorded_at = row[5] & 4 ? at + row[6] * HOUR : GRIDGOV_NO_TIME;
    step.until = row[5] & 8 ? at + row[7] * HOUR : GRIDGOV_NO_TIME;
    step.role = row[5] >> 4 & 7;
    step.role = step.role > GRIDGOV_ROLE_SYSTEM ? 0 : step.role;
    step.level = row[6] % 5;
    step.card = row[6] >> 4 & 3;
    must(gridgov_ledger_add_step(ledger, &step, NULL) == GRIDGOV_OK);
}

static void check_case(const gridgov_cases *cases, int64_t c) {
    gridgov_case view = {.struct_size = sizeof view};
    gridgov_case_stage stage = {.struct_size = sizeof stage};
    gridgov_case_clock clock = {.struct_size = sizeof clock};
    gridgov_case_action action = {.struct_size = sizeof action};
    int64_t wall = 0, total = 0;
    must(gridgov_case_at(&view, cases, c) == GRIDGOV_OK);
    for (int32_t i = GRIDGOV_STAGE_ACCEPT; i <= GRIDGOV_STAGE_CLOSE; i++) {
        must(gridgov_case_stage_at(&stage, cases, c, i) == (view.known ? GRIDGOV_OK : GRIDGOV_END));
        must(!view.known || stage.overdue != GRIDGOV_TRI_YES || stage.light == GRIDGOV_LIGHT_RED);
    }
    for (int64_t i = 0; gridgov_case_clock_at(&clock, cases, c, i) == GRIDGOV_OK; i++) {
        must(clock.wall_seconds == GRIDGOV_NO_TIME || clock.wall_seconds >= 0);
        total = clock.clock == GRIDGOV_CLOCK_TOTAL ? clock.wall_seconds : total;
        wall += clock.clock == GRIDGOV_CLOCK_HOLDER && clock.wall_seconds != GRIDGOV_NO_TIME
                    ? clock.wall_seconds
                    : 0;
    }
    must(total == GRIDGOV_NO_TIME || total == wall);
    must(!view.closed || !view.ended);
    for (int64_t i = 0; gridgov_case_action_at(&action, cases, c, i) == GRIDGOV_OK; i++) {
        must(!view.closed && !view.ended && action.since <= gridgov_cases_as_of(cases));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_ledger *ledger = NULL;
    gridgov_cases *cases = NULL;
    gridgov_bytes *json = NULL;
    gridgov_cases_options options;
    must(gridgov_ledger_new(&ledger, NULL, NULL, NULL) == GRIDGOV_OK);
    for (size_t i = 0; i + ROW <= size && i < 512 * ROW; i += ROW) {
        add_row(ledger, data + i);
    }
    must(gridgov_ledger_seal(ledger, NULL, NULL) == GRIDGOV_OK);
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = size > 0 ? begin + (gridgov_time)data[0] * 86400 : GRIDGOV_NO_TIME;
    must(gridgov_cases_run(&cases, ledger, &options, NULL, NULL, NULL) == GRIDGOV_OK);
    for (int64_t c = 0; c < gridgov_case_count(cases); c++) {
        check_case(cases, c);
    }
    must(gridgov_caselist_json(&json, cases, NULL, NULL) == GRIDGOV_OK);
    gridgov_bytes_free(json);
    gridgov_cases_free(cases);
    gridgov_ledger_free(ledger);
    return 0;
}
