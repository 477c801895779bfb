/* SPDX-License-Identifier: Apache-2.0 */
/* The space-time hash against the definition: every pair compared, over random reports crowded into
 * a few hundred metres and days, at several latitudes, both hemispheres, with edges of cells and
 * windows hit on purpose. A report is named if and only if there is an earlier one of its category
 * within the distance and the time, and the one named is such a one. The generator is seeded. */
#include "base/geo.h"
#include "support/small_town.h"

#include <stdio.h>

enum { ROUNDS = 40, EVENTS = 400, DAY = 86400 };

static uint64_t seed = 20210905;

static int64_t draw(int64_t below) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int64_t)((seed * UINT64_C(2685821657736338717)) >> 33) % below;
}

static gridgov_ledger *random_ledger(int32_t lat, int32_t lon, int64_t spread) {
    static const char *const categories[] = {"城市管理", "消防安全", "矛盾纠纷"};
    gridgov_ledger *ledger = town_ledger();
    for (int i = 0; i < EVENTS; i++) {
        char id[16];
        snprintf(id, sizeof id, "E%03d", i);
        gridgov_event event =
            town_event(id, TOWN_GRID_1, TOWN_FROM + draw(6 * 24) * 3600 + draw(2) * draw(3600));
        event.category_name = categories[draw(3)];
        event.lat_e7 = lat + (int32_t)draw(spread);
        event.lon_e7 = lon + (int32_t)draw(spread);
        town_add_event(ledger, &event);
    }
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    return ledger;
}

static int repeats(const gridgov_event *event, const gridgov_event *earlier, int64_t mm,
                   int64_t time) {
    return event->category == earlier->category &&
           event->reported_at - earlier->reported_at <= time &&
           gg_geo_distance(event->lat_e7, event->lon_e7, earlier->lat_e7, earlier->lon_e7) <= mm;
}

static int64_t found; /* over all rounds */

static void compare(const gridgov_ledger *ledger, int metres, int hours) {
    char json[160];
    gridgov_validity *validity = NULL;
    gridgov_signals *signals = NULL;
    gridgov_tally_options options;
    int64_t named[EVENTS];
    int size = snprintf(json, sizeof json,
                        "{\"schema\": \"gridgov.validity/1\","
                        " \"duplicate\": {\"metres\": %d, \"hours\": %d}}",
                        metres, hours);
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    assert_int_equal(gridgov_validity_load(&validity, json, (size_t)size, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_signals_find(&signals, ledger, validity, &options, NULL, NULL),
                     GRIDGOV_OK);
    for (int i = 0; i < EVENTS; i++) {
        named[i] = GRIDGOV_NONE;
    }
    gridgov_signal signal = {.struct_size = sizeof signal};
    for (int64_t i = 0; gridgov_signals_at(&signal, signals, i) == GRIDGOV_OK; i++) {
        if (signal.kind == GRIDGOV_SIGNAL_DUPLICATE) {
            assert_int_equal(named[signal.event], GRIDGOV_NONE);
            named[signal.event] = signal.other;
        }
    }
    for (int64_t i = 0; i < EVENTS; i++) {
        gridgov_event event = {.struct_size = sizeof event};
        int expected = 0;
        gridgov_ledger_event_at(&event, ledger, i);
        for (int64_t k = 0; k < i; k++) {
            gridgov_event earlier = {.struct_size = sizeof earlier};
            gridgov_ledger_event_at(&earlier, ledger, k);
            int is = repeats(&event, &earlier, (int64_t)metres * 1000, (int64_t)hours * 3600);
            expected |= is;
            assert_true(named[i] != k || is);
        }
        if ((named[i] != GRIDGOV_NONE) != expected) {
            fail_msg("%d m, %d h: event %d at %d,%d", metres, hours, (int)i, (int)event.lat_e7,
                     (int)event.lon_e7);
        }
        assert_true(named[i] < i);
        found += expected;
    }
    gridgov_signals_free(signals);
    gridgov_validity_free(validity);
}

static void against_every_pair(void **state) {
    static const int32_t latitudes[] = {300000000, -300000000, -5000,      450000000,
                                        600000000, 895000000,  -898500000, 0};
    static const int metres[] = {50, 5, 200, 1000};
    static const int hours[] = {24, 1, 100};
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        const int32_t lat = latitudes[round % 8];
        const int64_t spread = round % 3 == 0 ? 100000 : round % 3 == 1 ? 30000 : 400000;
        gridgov_ledger *ledger = random_ledger(lat, round % 2 ? 1208700000 : -5000, spread);
        compare(ledger, metres[round % 4], hours[round % 3]);
        gridgov_ledger_free(ledger);
    }
    assert_true(found > ROUNDS * 20); // and as many are not
    assert_true(found < ROUNDS * (EVENTS - 20));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(against_every_pair)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
