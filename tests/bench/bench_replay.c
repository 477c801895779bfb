/* SPDX-License-Identifier: Apache-2.0 */
/* How fast months are replayed: 60 months × 65 grids × 20 policies on one core, once where all
 * policies count alike, once where every fourth one has thresholds of its own and each month is
 * tallied anew. Processor time. Made months: 2 975 events and 22 days of 65 officers each, visits,
 * reports and maintenance. Recorded, never a gate. bench_replay [MONTHS] */
#include <gridgov/gridgov.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { GRIDS = 65, EVENTS = 2975, POLICIES = 20, DAY = 86400 };

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* one thread: what one core spends */
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static uint64_t seed = 20210930;

static int64_t draw(int64_t below) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int64_t)((seed * UINT64_C(2685821657736338717)) >> 33) % below;
}

static void need(gridgov_status status, const gridgov_error *err) {
    if (status < 0) {
        fprintf(stderr, "%s\n", err->message);
        exit(1);
    }
}

static gridgov_units *make_units(void) {
    gridgov_error err = {0};
    gridgov_units *units = NULL;
    need(gridgov_units_new(&units, &err), &err);
    for (int i = 0; i < GRIDS; i++) {
        char name[16], code[16];
        int64_t grid = 0;
        snprintf(name, sizeof name, "%d网格", i + 1);
        snprintf(code, sizeof code, "WG%03d", i + 1);
        gridgov_unit unit = {.struct_size = sizeof unit,
                             .kind = GRIDGOV_UNIT_GRID,
                             .parent = GRIDGOV_NONE,
                             .code = code,
                             .name = name,
                             .from = GRIDGOV_NO_DAY,
                             .to = GRIDGOV_NO_DAY};
        need(gridgov_units_add(&grid, units, &unit, &err), &err);
        gridgov_officer officer = {.struct_size = sizeof officer,
                                   .code = code,
                                   .name = "",
                                   .grid = grid,
                                   .from = GRIDGOV_NO_DAY,
                                   .to = GRIDGOV_NO_DAY};
        need(gridgov_units_add_officer(units, &officer, &err), &err);
    }
    need(gridgov_units_seal(units, &err), &err);
    return units;
}

static void add_events(gridgov_ledger *ledger, gridgov_span month) {
    static const char *const categories[] = {"城市管理", "消防安全", "矛盾纠纷", "治安隐患"};
    gridgov_error err = {0};
    for (int i = 0; i < EVENTS; i++) {
        char id[24];
        gridgov_event event = {.struct_size = sizeof event};
        gridgov_event_init(&event, sizeof event);
        snprintf(id, sizeof id, "SJ%06d", i);
        event.id = id;
        event.category_name = categories[draw(4)];
        event.unit = draw(GRIDS);
        event.reported_at = month.from + draw(month.to - month.from - 1);
        event.due_at = event.reported_at + 7 * DAY;
        event.closed_at = event.reported_at + draw(8 * DAY);
        event.disposition = draw(60) == 0 ? GRIDGOV_DISPOSITION_INVALID : GRIDGOV_DISPOSITION_VALID;
        need(gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_FAIL, &err), &err);
    }
}

static void add_days(gridgov_ledger *ledger, gridgov_span month) {
    gridgov_error err = {0};
    gridgov_day first = gridgov_time_day(month.from, 480);
    gridgov_day last = gridgov_time_day(month.to - 1, 480);
    for (int i = 0; i < GRIDS; i++) {
        char code[16];
        snprintf(code, sizeof code, "WG%03d", i + 1);
        for (gridgov_day day = first; day <= last; day++) {
            gridgov_activity row = {.struct_size = sizeof row};
            gridgov_activity_init(&row, sizeof row);
            row.kind = GRIDGOV_ACTIVITY_PATROL_DAY;
            row.officer = code;
            row.day = day;
            row.amount = 55 + draw(120);
            row.distance_m = 1900 + draw(6000);
            need(gridgov_ledger_add_activity(ledger, &row, &err), &err);
        }
    }
}

static gridgov_facts *make_month(int index, const gridgov_policy *policy,
                                 const gridgov_calendar *calendar) {
    static const int32_t told[] = {
        GRIDGOV_COVERAGE_EVENTS,         GRIDGOV_COVERAGE_DISPOSITION,
        GRIDGOV_COVERAGE_CLOSED,         GRIDGOV_COVERAGE_DUE,
        GRIDGOV_COVERAGE_PATROL_MINUTES, GRIDGOV_COVERAGE_PATROL_DISTANCE,
        GRIDGOV_COVERAGE_MAINTENANCE,    GRIDGOV_COVERAGE_ADJUSTMENTS};
    char text[16];
    gridgov_error err = {0};
    gridgov_units *units = make_units();
    gridgov_ledger *ledger = NULL;
    gridgov_facts *facts = NULL;
    gridgov_tally_options options;
    gridgov_tally_options_init(&options, sizeof options);
    snprintf(text, sizeof text, "%04d-%02d", 2021 + index / 12, index % 12 + 1);
    need(gridgov_month_span(&options.period, text, strlen(text), 480, &err), &err);
    need(gridgov_ledger_new(&ledger, NULL, units, &err), &err);
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        need(gridgov_ledger_cover(ledger, told[i]), &err);
    }
    add_events(ledger, options.period);
    add_days(ledger, options.period);
    need(gridgov_ledger_seal(ledger, NULL, &err), &err);
    need(gridgov_tally_run(&facts, ledger, gridgov_policy_metrics(policy), calendar, &options, NULL,
                           NULL, &err),
         &err);
    gridgov_ledger_free(ledger);
    gridgov_units_free(units);
    return facts;
}

static void make_policies(gridgov_policy **policies, int with_thresholds) {
    gridgov_error err = {0};
    for (int i = 0; i < POLICIES; i++) {
        char parameters[160];
        int size = snprintf(parameters, sizeof parameters,
                            "{\"daily_distance_km\": \"%d\", \"invalid_points\": \"1.%03d\"}",
                            with_thresholds ? 2 + i % 5 : 2, i);
        need(gridgov_policy_open(&policies[i], "baiguan-2021", 12, parameters, (size_t)size, &err),
             &err);
    }
}

static void measure(const char *title, const gridgov_facts *const *months, int count,
                    int with_thresholds) {
    gridgov_policy *policies[POLICIES] = {NULL};
    gridgov_error err = {0};
    gridgov_replay *replay = NULL;
    gridgov_replay_summary summary = {.struct_size = sizeof summary};
    int64_t changed = 0;
    make_policies(policies, with_thresholds);
    double start = seconds();
    need(gridgov_replay_run(&replay, months, count, (const gridgov_policy *const *)policies,
                            POLICIES, NULL, NULL, &err),
         &err);
    for (int64_t m = 0; m < count; m++) {
        for (int64_t p = 1; p < POLICIES; p++) {
            need(gridgov_replay_summary_at(&summary, replay, m, p), &err);
            changed += summary.changed;
        }
    }
    printf("%s: %d months x %d grids x %d policies in %.3f s, %lld totals differ\n", title, count,
           GRIDS, POLICIES, seconds() - start, (long long)changed);
    gridgov_replay_free(replay);
    for (int i = 0; i < POLICIES; i++) {
        gridgov_policy_free(policies[i]);
    }
}

int main(int argc, char **argv) {
    int count = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 60;
    gridgov_error err = {0};
    gridgov_policy *policy = NULL;
    gridgov_calendar *calendar = NULL;
    const char *parameters = "{\"daily_distance_km\": \"2\"}";
    gridgov_facts **months;
    if (count < 1 || count > 72) { /* the calendar ends with 2026 */
        return 2;
    }
    months = calloc((size_t)count, sizeof *months);
    need(gridgov_policy_open(&policy, "baiguan-2021", 12, parameters, strlen(parameters), &err),
         &err);
    need(gridgov_calendar_open(&calendar, "china", 5, &err), &err);
    for (int i = 0; months != NULL && i < count; i++) {
        months[i] = make_month(i, policy, calendar);
    }
    measure("the same metrics", (const gridgov_facts *const *)months, count, 0);
    measure("five sets of metrics", (const gridgov_facts *const *)months, count, 1);
    for (int i = 0; months != NULL && i < count; i++) {
        gridgov_facts_free(months[i]);
    }
    free(months);
    gridgov_calendar_free(calendar);
    gridgov_policy_free(policy);
    return 0;
}
