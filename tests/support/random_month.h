/* SPDX-License-Identifier: Apache-2.0 */
/* Random months of the small town: events, steps and activities of every kind, some of them wrong
 * or outside the month, from a seeded generator, so that a failure repeats. */
#ifndef RANDOM_MONTH_H
#define RANDOM_MONTH_H

#include "support/small_town.h"

enum { EVENTS = 60, STEPS = 80, ACTIVITIES = 90, RECORDS = EVENTS + STEPS + ACTIVITIES };

/* splitmix64: small, and the same everywhere. */
static inline uint64_t next_random(uint64_t *seed) {
    uint64_t z = (*seed += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static inline int below(uint64_t *seed, int limit) {
    return (int)(next_random(seed) % (uint64_t)limit);
}

/* One record of any kind. */
typedef struct record {
    int sort; /* 0 event, 1 step, 2 activity */
    char id[16];
    gridgov_event event;
    gridgov_step step;
    gridgov_activity activity;
} record;

static const char *const categories[] = {"城市管理", "城 市管理", "消防安全", "怪事", "怪 事", ""};
static const char *const agencies[] = {"", "", "派出所", "PCS", "税务所", "税务 所"};

static inline gridgov_time some_time(uint64_t *seed) {
    return TOWN_FROM + (gridgov_time)below(seed, 34 * 24) * 3600 - (gridgov_time)2 * 86400;
}

static inline gridgov_time perhaps(uint64_t *seed, gridgov_time time) {
    return below(seed, 3) == 0 ? GRIDGOV_NO_TIME : time;
}

static inline int64_t some_unit(uint64_t *seed) {
    static const int64_t units[] = {TOWN_GRID_1, TOWN_GRID_2, TOWN_GRID_3, TOWN_COMMUNITY,
                                    GRIDGOV_NONE};
    return units[below(seed, 5)];
}

static inline void make_event(record *r, uint64_t *seed, int number) {
    r->sort = 0;
    memcpy(r->id, "E00", 4);
    r->id[1] = (char)('0' + number / 10);
    r->id[2] = (char)('0' + number % 10);
    r->event = town_event(r->id, some_unit(seed), some_time(seed));
    r->event.category_name = categories[below(seed, 6)];
    r->event.agency_name = agencies[below(seed, 6)];
    r->event.disposition = below(seed, 10);
    r->event.overdue = below(seed, 3);
    r->event.suspended = below(seed, 3);
    r->event.opening = below(seed, 8) == 0;
    r->event.closed = below(seed, 2) * GRIDGOV_TRI_YES;
    r->event.due_at = perhaps(seed, r->event.reported_at + below(seed, 9) * 86400);
    r->event.dispatch_due_at = perhaps(seed, r->event.reported_at + below(seed, 9) * 3600);
    r->event.closed_at = perhaps(seed, r->event.reported_at + below(seed, 9) * 86400);
}

static inline void make_step(record *r, uint64_t *seed) {
    int number = below(seed, EVENTS + 3); // some events do not exist
    r->sort = 1;
    memcpy(r->id, "E00", 4);
    r->id[1] = (char)('0' + number / 10);
    r->id[2] = (char)('0' + number % 10);
    r->step = town_step(r->id, 1 + below(seed, GRIDGOV_STEP_RATE), agencies[below(seed, 6)],
                        some_time(seed));
    r->step.recorded_at = perhaps(seed, some_time(seed));
    r->step.reason = below(seed, 2) ? "" : "缘由";
}

/* 1: months hold rulings too, which want what they are about in the same ledger. */
static int with_rulings;

static inline void make_activity(record *r, uint64_t *seed, int number) {
    static const char *const officers[] = {"001", "002", "003"};
    static const char *const metrics[] = {"short_days", "visits_missing", "nothing",
                                          "agency_closed"};
    gridgov_activity *a = &r->activity;
    r->sort = 2;
    // The number makes rows that may stand only once differ; duplicates are another test's matter.
    memcpy(r->id, "o000", 5);
    r->id[2] = (char)('0' + number / 10);
    r->id[3] = (char)('0' + number % 10);
    *a = town_activity(
        1 + below(seed, with_rulings ? GRIDGOV_ACTIVITY_RULING : GRIDGOV_ACTIVITY_FACT),
        TOWN_GRID_1);
    a->unit = below(seed, 2) ? TOWN_GRID_1 : TOWN_GRID_2;
    a->officer = officers[below(seed, 3)];
    a->key = r->id;
    a->day = TOWN_DAY_1 + below(seed, 33) - 1;
    a->day_to = a->day + 1 + below(seed, 4);
    a->at = some_time(seed);
    a->due_at = perhaps(seed, some_time(seed));
    a->amount = below(seed, 120);
    a->state = below(seed, 3);
    a->reason = below(seed, 2) ? "UNEXPLAINED" : "r";
    a->authority = "s";
    switch (a->kind) {
    case GRIDGOV_ACTIVITY_PATROL_DAY:
        a->officer = officers[number % 3];
        a->day = TOWN_DAY_1 + number / 3;
        break;
    case GRIDGOV_ACTIVITY_VISIT:
        a->key = "o001";
        break;
    case GRIDGOV_ACTIVITY_DISPUTE_REPORT:
        a->kind = number < 2 ? a->kind : GRIDGOV_ACTIVITY_MAINTENANCE;
        a->unit = number == 0 ? TOWN_GRID_1 : TOWN_GRID_2;
        break;
    case GRIDGOV_ACTIVITY_DEDUCTION:
        a->amount = -a->amount;
        break;
    case GRIDGOV_ACTIVITY_RULING:
        // About an event, a visit, or a day of the officer.
        a->state = 1 + below(seed, 3);
        if (below(seed, 3) > 0) {
            a->officer = "";
            memcpy(r->id, below(seed, 2) ? "E000" : "o000", 5);
            r->id[1] = r->id[0] == 'E' ? (char)('0' + below(seed, 6)) : '0';
            r->id[2] = (char)('0' + below(seed, 10));
            r->id[3] = r->id[0] == 'E' ? '\0' : (char)('0' + below(seed, 10));
        }
        break;
    case GRIDGOV_ACTIVITY_FACT:
        a->unit = below(seed, 2) ? GRIDGOV_NONE : a->unit;
        a->key = metrics[below(seed, 4)];
        a->state = GRIDGOV_CELL_NOT_APPLICABLE + below(seed, 2);
        break;
    default:
        break;
    }
}

static inline void make_month(record *records, uint64_t *seed) {
    for (int i = 0; i < EVENTS; i++) {
        make_event(&records[i], seed, i);
    }
    for (int i = 0; i < STEPS; i++) {
        make_step(&records[EVENTS + i], seed);
    }
    for (int i = 0; i < ACTIVITIES; i++) {
        make_activity(&records[EVENTS + STEPS + i], seed, i);
    }
}

static inline void add(gridgov_ledger *ledger, const record *r) {
    if (r->sort == 0) {
        town_add_event(ledger, &r->event);
    } else if (r->sort == 1) {
        assert_int_equal(gridgov_ledger_add_step(ledger, &r->step, NULL), GRIDGOV_OK);
    } else {
        town_add_activity(ledger, &r->activity);
    }
}

static inline void shuffle(int *order, uint64_t *seed) {
    for (int i = RECORDS - 1; i > 0; i--) {
        int j = below(seed, i + 1);
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

#endif
