/* SPDX-License-Identifier: Apache-2.0 */
/* Distances and datums at named places. The expected millimetres come from GeographicLib 2.1
 * (geod -I), the shifted places from the widely copied test of the JavaScript coordtransform. */
#include "base/geo.h"
#include "base/geo_trig.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void known_distances(void **state) {
    (void)state;
    static const struct {
        int32_t lat1, lon1, lat2, lon2;
        int64_t mm;
    } cases[] = {
        {300197000, 1208706000, 300197000, 1208716000, 96467},    // 96.4672174 m
        {300197000, 1208706000, 300207000, 1208706000, 110853},   // 110.8527830 m
        {300197000, 1208706000, 300417000, 1209006000, 3784317},  // 3784.3173290 m
        {0, 0, 0, 100000, 1113195},                               // 1113.1949079 m
        {0, 0, 100000, 0, 1105743},                               // 1105.7427583 m
        {900000000, 0, 899900000, 0, 1116940},                    // 1116.9397955 m
        {899990000, 0, 899990000, 1800000000, 223388},            // 223.3879591 m
        {-900000000, 170000000, -899999000, -30000000, 11169},    // 11.1693980 m
        {899950000, 450000000, 899960000, -1350000000, 1005246},  // 1005.2458160 m
        {0, 1799990000, 0, -1799990000, 222639},                  // 222.6389816 m
        {521000000, -1799999999, 521000000, 1799999999, 14},      // 0.0137050 m
        {-643000000, 1800000000, -643000000, -1800000000, 0},     // 0.0000000 m
        {879000000, 100000000, 879400000, 105000000, 4905962},    // 4905.9619995 m
        {881000000, 100000000, 881300000, 105000000, 3821265},    // 3821.2654539 m
        {300000000, 1200000000, 304000000, 1202000000, 48343838}, // 48343.8378276 m
        {600000000, 0, 600000000, 1, 6},                          // 0.0055800 m
        {450000000, 70000000, 450000000, 70000000, 0},            // 0.0000000 m
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t mm = gg_geo_distance(cases[i].lat1, cases[i].lon1, cases[i].lat2, cases[i].lon2);
        assert_int_equal(mm, cases[i].mm);
    }
}

static void far_places_have_no_distance(void **state) {
    (void)state;
    assert_true(gg_geo_distance(300000000, 1200000000, 304600000, 1200000000) == GG_GEO_FAR);
    assert_true(gg_geo_distance(0, 0, 0, 1800000000) == GG_GEO_FAR);
    assert_true(gg_geo_distance(900000000, 0, -900000000, 0) == GG_GEO_FAR);
    assert_true(gg_geo_distance(INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX) >= 0);
    // 50 km along a meridian: the last millimetre inside and the first outside.
    int32_t low = 4500000;
    while (gg_geo_distance(0, 0, low + 1, 0) != GG_GEO_FAR) {
        low++;
    }
    assert_in_range(gg_geo_distance(0, 0, low, 0), GG_GEO_LIMIT_MM - 12, GG_GEO_LIMIT_MM);
}

static void degrees_are_quantised(void **state) {
    (void)state;
    static const struct {
        double degrees;
        int32_t limit, units;
        int status;
    } cases[] = {
        {120.8706, GG_GEO_LON_MAX, 1208706000, 0},
        {-0.00000005, GG_GEO_LON_MAX, 0, 0}, // −0.5: the tie goes to the even 0
        {0.00000015, GG_GEO_LON_MAX, 2, 0},  // the product is 1.5 exactly: to the even 2
        {90.0, GG_GEO_LAT_MAX, 900000000, 0},
        {90.00000004, GG_GEO_LAT_MAX, 900000000, 0},
        {90.0000001, GG_GEO_LAT_MAX, 0, -1},
        {-180.0, GG_GEO_LON_MAX, -1800000000, 0},
        {-180.0000001, GG_GEO_LON_MAX, 0, -1},
        {1e300, GG_GEO_LON_MAX, 0, -1},
        {-INFINITY, GG_GEO_LON_MAX, 0, -1},
        {NAN, GG_GEO_LAT_MAX, 0, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int32_t units = 77;
        assert_int_equal(gg_geo_quantise(&units, &cases[i].degrees, cases[i].limit),
                         cases[i].status);
        assert_int_equal(units, cases[i].units);
    }
    // What is written with seven decimals comes back, whichever way its double fell.
    for (int32_t units = -1800000000; units < 1799000000; units += 999983) {
        int32_t back = 0;
        double degrees = (double)units / 1e7;
        assert_int_equal(gg_geo_quantise(&back, &degrees, GG_GEO_LON_MAX), 0);
        assert_int_equal(back, units);
    }
}

static void sines_are_those_of_mathematics(void **state) {
    (void)state;
    static const struct {
        int32_t angle;
        double sine, cosine; // correctly rounded, from 40 digits
    } cases[] = {
        {0, 0.0, 1.0},
        {300000000, 0.5, 0.86602540378443865},
        {450000000, 0.70710678118654752, 0.70710678118654752},
        {900000000, 1.0, 0.0},
        {1208706000, 0.858328304527599952, -0.513100888370674758},
        {1800000000, 0.0, -1.0},
        {-1800000000, 0.0, -1.0},
        {-900000000, -1.0, 0.0},
        {-1, -1.7453292519943296e-9, 1.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double sine, cosine;
        gg_geo_sin_cos(&sine, &cosine, cases[i].angle);
        assert_true(fabs(sine - cases[i].sine) < 3e-16);
        assert_true(fabs(cosine - cases[i].cosine) < 3e-16);
    }
    assert_true(fabs(gg_geo_sin_pi(1.0 / 6.0) - 0.5) < 3e-16);
    assert_true(fabs(gg_geo_sin_pi(-1000.5) + 1.0) < 3e-16);
    assert_true(fabs(gg_geo_sin_pi(7.25) + 0.70710678118654752) < 3e-16);
}

static void within(int32_t got, double degrees, int32_t units) {
    assert_true(fabs(got - degrees * 1e7) <= units);
}

static void datums_of_china(void **state) {
    (void)state;
    int32_t lat = 399150000, lon = 1164040000;
    gg_geo_to_gcj02(&lat, &lon);
    within(lon, 116.41024449916938, 1);
    within(lat, 39.91640428150164, 1);
    gg_geo_from_gcj02(&lat, &lon);
    within(lon, 116.404, 1);
    within(lat, 39.915, 1);

    // coordtransform: gcj02tobd09(116.404, 39.915) and bd09togcj02(116.404, 39.915); the latter is
    // an approximation of theirs, good to about a metre.
    lat = 399150000, lon = 1164040000;
    gg_geo_from_gcj02(&lat, &lon);
    gg_geo_to_bd09(&lat, &lon);
    within(lon, 116.41036949371029, 2);
    within(lat, 39.92133699351021, 2);
    lat = 399150000, lon = 1164040000;
    gg_geo_from_bd09(&lat, &lon);
    gg_geo_to_gcj02(&lat, &lon);
    within(lon, 116.39762729119315, 100);
    within(lat, 39.90865673957631, 100);

    lat = 488566000, lon = 23522000; // Paris is not shifted
    gg_geo_to_gcj02(&lat, &lon);
    assert_int_equal(lat, 488566000);
    assert_int_equal(lon, 23522000);
    gg_geo_from_gcj02(&lat, &lon);
    assert_int_equal(lat, 488566000);
    assert_int_equal(lon, 23522000);

    lat = 900000000, lon = 1800000000; // a corner of the map stays on it
    gg_geo_to_bd09(&lat, &lon);
    assert_true(lat <= 900000000 && lon <= 1800000000);
    lat = INT32_MIN, lon = INT32_MIN; // no place: some place, and no undefined behaviour
    gg_geo_from_bd09(&lat, &lon);
    assert_true(lat >= -900000000 && lon >= -1800000000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_distances),       cmocka_unit_test(far_places_have_no_distance),
        cmocka_unit_test(degrees_are_quantised), cmocka_unit_test(sines_are_those_of_mathematics),
        cmocka_unit_test(datums_of_china),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
