/* SPDX-License-Identifier: Apache-2.0 */
/* Events and steps added, sealed and played: bench_cases [EVENTS], a million by default, three
 * steps each. Prints seconds and rows a second; nothing is asserted. */
#include <gridgov/gridgov.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(gridgov_status status, const gridgov_error *err) {
    if (status != GRIDGOV_OK) {
        fprintf(stderr, "%s\n", err->message);
        exit(1);
    }
}

static const gridgov_time begin = 1630425600; /* 2021-09-01 00:00 at UTC+8 */

/* Numbers as an office has them, and not in the order of time. */
static void add_event(gridgov_ledger *ledger, long number, gridgov_error *err) {
    static const int32_t kinds[] = {GRIDGOV_STEP_DISPATCH, GRIDGOV_STEP_ACKNOWLEDGE,
                                    GRIDGOV_STEP_CLOSE};
    static const char *const agencies[] = {"派出所", "市监所", "综合执法中队", "司法所"};
    static const char *const categories[] = {"城市管理", "消防安全", "矛盾纠纷"};
    const long place = number * 7919 % 1000003;
    const gridgov_time at = begin + place * 2;
    char id[32];
    gridgov_event event;
    gridgov_step step;
    gridgov_event_init(&event, sizeof event);
    gridgov_step_init(&step, sizeof step);
    snprintf(id, sizeof id, "SJ202109%09ld", place);
    event.id = id;
    event.category_name = categories[number % 3];
    event.reported_at = at;
    event.due_at = at + 7 * 86400;
    must(gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_SKIP, err), err);
    for (int i = 0; i < 3; i++) {
        step.event_id = id;
        step.kind = kinds[i];
        step.agency_name = kinds[i] == GRIDGOV_STEP_CLOSE ? "" : agencies[number % 4];
        step.at = at + (i + 1) * 3600;
        must(gridgov_ledger_add_step(ledger, &step, err), err);
    }
}

int main(int argc, char **argv) {
    const long count = argc > 1 ? strtol(argv[1], NULL, 10) : 1000000;
    gridgov_error err = {0};
    gridgov_ledger *ledger = NULL;
    gridgov_cases *cases = NULL;
    gridgov_cases_options options;
    gridgov_case_stage stage = {.struct_size = sizeof stage};
    int64_t overdue = 0;
    const double t0 = now();
    must(gridgov_ledger_new(&ledger, NULL, NULL, &err), &err);
    for (long i = 0; i < count; i++) {
        add_event(ledger, i, &err);
    }
    const double t1 = now();
    must(gridgov_ledger_seal(ledger, NULL, &err), &err);
    const double t2 = now();
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = begin + 30 * 86400;
    must(gridgov_cases_run(&cases, ledger, &options, NULL, NULL, &err), &err);
    const double t3 = now();
    for (int64_t i = 0; i < gridgov_case_count(cases); i++) {
        if (gridgov_case_stage_at(&stage, cases, i, GRIDGOV_STAGE_CLOSE) == GRIDGOV_OK) {
            overdue += stage.overdue == GRIDGOV_TRI_YES;
        }
    }
    const double t4 = now();
    printf("%ld events, %ld steps, %lld findings, %lld overdue\n", count, 3 * count,
           (long long)gridgov_case_finding_count(cases), (long long)overdue);
    printf("add   %6.2f s  %10.0f rows/s\n", t1 - t0, 4.0 * (double)count / (t1 - t0));
    printf("seal  %6.2f s\n", t2 - t1);
    printf("play  %6.2f s  %10.0f cases/s\n", t3 - t2, (double)count / (t3 - t2));
    printf("limit %6.2f s  %10.0f cases/s\n", t4 - t3, (double)count / (t4 - t3));
    gridgov_cases_free(cases);
    gridgov_ledger_free(ledger);
    return 0;
}
