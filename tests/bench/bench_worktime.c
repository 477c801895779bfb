/* SPDX-License-Identifier: Apache-2.0 */
/* How fast working time is computed: calls a second of between() and add(), single and in columns,
 * beside the straightforward way, a loop over the days from one moment to the other that asks the
 * calendar what each of them is. Both must find the same sums. Recorded, never a gate.
 * bench_worktime [ROWS] */
#include <gridgov/gridgov.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAY = 86400, OFFSET = 480 * 60 };

static const int slots[2][2] = {{8 * 3600, 12 * 3600}, {14 * 3600, 18 * 3600}};

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(2685821657736338717);
}

static int works(const gridgov_calendar *calendar, int64_t day) {
    int32_t kind = 0;
    gridgov_calendar_day_kind(&kind, calendar, (gridgov_day)day, NULL);
    return kind == GRIDGOV_DAY_WORKDAY || kind == GRIDGOV_DAY_MAKEUP;
}

static int64_t loop_between(const gridgov_calendar *calendar, int64_t from, int64_t to) {
    int64_t sum = 0;
    for (int64_t day = (from + OFFSET) / DAY; day * DAY - OFFSET < to; day++) {
        if (!works(calendar, day)) {
            continue;
        }
        for (int i = 0; i < 2; i++) {
            int64_t first = day * DAY - OFFSET + slots[i][0], last = first - slots[i][0];
            last += slots[i][1];
            first = first > from ? first : from;
            last = last < to ? last : to;
            sum += last > first ? last - first : 0;
        }
    }
    return sum;
}

static int64_t loop_add(const gridgov_calendar *calendar, int64_t from, int64_t left) {
    for (int64_t day = (from + OFFSET) / DAY;; day++) {
        if (!works(calendar, day)) {
            continue;
        }
        for (int i = 0; i < 2; i++) {
            int64_t first = day * DAY - OFFSET + slots[i][0], last = first - slots[i][0];
            last += slots[i][1];
            first = first > from ? first : from;
            if (last > first && last - first >= left) {
                return first + left;
            }
            left -= last > first ? last - first : 0;
        }
    }
}

typedef struct bench {
    const gridgov_calendar *calendar;
    const gridgov_roster *roster;
    int64_t rows;
    int64_t *from, *to, *limit, *out;
} bench;

static double loop_rate = 1;

static void report(const char *name, const bench *b, double start, int is_loop) {
    double rate = (double)b->rows / (seconds() - start);
    uint64_t sum = 0;
    for (int64_t i = 0; i < b->rows; i++) {
        sum = sum * 31 + (uint64_t)b->out[i];
    }
    if (is_loop) {
        loop_rate = rate;
    }
    printf("  %-28s %12.0f calls/s  %8.1f ×   (sum %016llx)\n", name, rate, rate / loop_rate,
           (unsigned long long)sum);
}

/* Cases that stay open for up to `days` days. */
static void run(const bench *b, int days) {
    uint64_t seed = 20210918;
    const int32_t limit = GRIDGOV_LIMIT_WORK_HOURS;
    double start = 0;
    for (int64_t i = 0; i < b->rows; i++) {
        /* 2021-01-01 to the end of 2024, and two years in reserve */
        b->from[i] = 18628LL * DAY + (int64_t)(next_random(&seed) % (1461ULL * DAY));
        b->to[i] = b->from[i] + (int64_t)(next_random(&seed) % ((uint64_t)days * DAY));
        b->limit[i] = 1 + (int64_t)(next_random(&seed) % ((uint64_t)days * 5 / 7 * 28800 + 7200));
    }
    printf("spans of up to %d days, %lld rows\n", days, (long long)b->rows);
    start = seconds();
    for (int64_t i = 0; i < b->rows; i++) {
        b->out[i] = loop_between(b->calendar, b->from[i], b->to[i]);
    }
    report("between, loop over days", b, start, 1);
    start = seconds();
    for (int64_t i = 0; i < b->rows; i++) {
        gridgov_worktime_between(&b->out[i], b->roster, limit, b->from[i], b->to[i], NULL);
    }
    report("between, single calls", b, start, 0);
    start = seconds();
    gridgov_worktime_between_column(b->out, NULL, b->roster, limit, b->from, b->to, b->rows, NULL);
    report("between, columns", b, start, 0);
    start = seconds();
    for (int64_t i = 0; i < b->rows; i++) {
        b->out[i] = loop_add(b->calendar, b->from[i], b->limit[i]);
    }
    report("add, loop over days", b, start, 1);
    start = seconds();
    for (int64_t i = 0; i < b->rows; i++) {
        gridgov_worktime_add(&b->out[i], b->roster, limit, b->from[i], b->limit[i], NULL);
    }
    report("add, single calls", b, start, 0);
    start = seconds();
    gridgov_worktime_add_column(b->out, NULL, b->roster, limit, b->from, b->limit, b->rows, NULL);
    report("add, columns", b, start, 0);
}

int main(int argc, char **argv) {
    static const char json[] = "{\"schema\":\"gridgov.roster/1\",\"name\":\"office\",\"slots\":"
                               "{\"workday\":[\"08:00-12:00\",\"14:00-18:00\"]}}";
    gridgov_calendar *calendar = NULL;
    gridgov_roster *roster = NULL;
    bench b = {.rows = argc > 1 ? strtoll(argv[1], NULL, 10) : 1000000};
    if (b.rows < 1 || gridgov_calendar_open(&calendar, "china", 5, NULL) != GRIDGOV_OK ||
        gridgov_roster_load(&roster, calendar, json, strlen(json), NULL, NULL) != GRIDGOV_OK) {
        return 1;
    }
    b.calendar = calendar;
    b.roster = roster;
    b.from = calloc((size_t)b.rows, sizeof *b.from);
    b.to = calloc((size_t)b.rows, sizeof *b.to);
    b.limit = calloc((size_t)b.rows, sizeof *b.limit);
    b.out = calloc((size_t)b.rows, sizeof *b.out);
    if (b.from != NULL && b.to != NULL && b.limit != NULL && b.out != NULL) {
        run(&b, 15);
        run(&b, 365);
    }
    free(b.from);
    free(b.to);
    free(b.limit);
    free(b.out);
    gridgov_roster_free(roster);
    gridgov_calendar_free(calendar);
    return 0;
}
