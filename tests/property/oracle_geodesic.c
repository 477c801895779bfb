/* SPDX-License-Identifier: Apache-2.0 */
/* Distances against geodesics that were found another way: Vincenty's iteration in long double,
 * itself held to Karney's published geodesics where ../shared is there, and GeographicLib where the
 * build found it. Then every way to compute many pairs against the one-pair function, bit by bit,
 * over ten million pairs: near, far, at the poles, over the meridian of 180°, and plain noise. And
 * the datums: round trips over the whole box, and published pairs.
 *
 *   oracle_geodesic [PAIRS [SEED]]    10000000 pairs unless told otherwise */
#include "base/geo.h"

#include <gridgov/track.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#ifdef WITH_GEODESIC
#include <geodesic.h>
#endif

#define UNITS 1e-7L /* degrees */
#define RADIANS (3.141592653589793238462643383279502884L / 180)
#define AXIS 6378137.0L
#define FLATTENING (1 / 298.257223563L)

static int64_t pairs_wanted = 10000000;
static uint64_t seed = 20210918;

static uint64_t next_random(void) {
    uint64_t z = (seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static int32_t pick(int32_t low, int32_t high) {
    return (int32_t)(low + (int64_t)(next_random() % (uint64_t)((int64_t)high - low + 1)));
}

static double fraction(void) {
    return (double)(next_random() >> 11) * (1.0 / 9007199254740992.0);
}

/* Vincenty's inverse method (1975), degrees and metres; −1 where it does not converge. */
static long double vincenty(long double lat1, long double lon1, long double lat2,
                            long double lon2) {
    const long double b = AXIS * (1 - FLATTENING);
    long double u1 = atanl((1 - FLATTENING) * tanl(lat1 * RADIANS));
    long double u2 = atanl((1 - FLATTENING) * tanl(lat2 * RADIANS));
    long double turn = remainderl(lon2 - lon1, 360) * RADIANS, lambda = turn;
    for (int i = 0; i < 200; i++) {
        long double x = cosl(u2) * sinl(lambda);
        long double y = cosl(u1) * sinl(u2) - sinl(u1) * cosl(u2) * cosl(lambda);
        long double sin_s = hypotl(x, y);
        if (sin_s == 0) {
            return 0;
        }
        long double cos_s = sinl(u1) * sinl(u2) + cosl(u1) * cosl(u2) * cosl(lambda);
        long double s = atan2l(sin_s, cos_s);
        long double sin_a = cosl(u1) * cosl(u2) * sinl(lambda) / sin_s;
        long double cos2_a = 1 - sin_a * sin_a;
        long double m = cos2_a > 1e-18L ? cos_s - 2 * sinl(u1) * sinl(u2) / cos2_a : 0;
        long double c = FLATTENING / 16 * cos2_a * (4 + FLATTENING * (4 - 3 * cos2_a));
        long double before = lambda;
        lambda = turn +
                 (1 - c) * FLATTENING * sin_a * (s + c * sin_s * (m + c * cos_s * (2 * m * m - 1)));
        if (fabsl(lambda - before) < 1e-17L) {
            long double v = cos2_a * (AXIS * AXIS - b * b) / (b * b);
            long double k1 = (sqrtl(1 + v) - 1) / (sqrtl(1 + v) + 1);
            long double big_a = (1 + k1 * k1 / 4) / (1 - k1);
            long double big_b = k1 * (1 - 3 * k1 * k1 / 8);
            long double d = big_b * sin_s *
                            (m + big_b / 4 *
                                     (cos_s * (2 * m * m - 1) -
                                      big_b / 6 * m * (4 * sin_s * sin_s - 3) * (4 * m * m - 3)));
            return b * big_a * (s - d);
        }
    }
    return -1;
}

typedef struct pair {
    int32_t lat1, lon1, lat2, lon2;
} pair;

/* A second place about metres away from a first one, in any direction; over a pole if need be. */
static pair near_pair(double lat, double lon, double metres) {
    double course = fraction() * 6.283185307179586;
    double to_lat = lat + metres * cos(course) / 111320.0;
    double shrink = cos(lat * (double)RADIANS);
    double to_lon = lon + metres * sin(course) / (111320.0 * (shrink > 1e-3 ? shrink : 1e-3));
    if (fabs(to_lat) > 90) {
        to_lat = copysign(180.0 - fabs(to_lat), to_lat);
        to_lon += 180.0;
    }
    to_lon = remainder(to_lon, 360.0);
    lon = remainder(lon, 360.0);
    pair out = {(int32_t)lrint(lat * 1e7), (int32_t)lrint(lon * 1e7), (int32_t)lrint(to_lat * 1e7),
                (int32_t)lrint(to_lon * 1e7)};
    return out;
}

static double latitude_of(int kind) {
    switch (kind % 4) {
    case 0:
        return 90.0 - 2.5 * fraction(); /* about a pole */
    case 1:
        return 87.9 + 0.2 * fraction(); /* where the method changes */
    case 2:
        return 18 + 36 * fraction(); /* China */
    default:
        return 180.0 * fraction() - 90.0;
    }
}

static double longitude_of(int kind) {
    return kind % 5 == 0 ? 180.0 + 0.02 * (fraction() - 0.5) : 360.0 * fraction() - 180.0;
}

static double length_of(int kind) {
    static const double lengths[] = {10, 200, 1000, 5000, 5000, 5700, 20000, 49900};
    return lengths[kind % 8] * fraction();
}

/* Worst |result − geodesic| in mm up to 5 km and up to 50 km. */
static void hold_to(long double (*geodesic)(const pair *p), int64_t count) {
    long double worst[2] = {0, 0};
    for (int64_t i = 0; i < count; i++) {
        double lat = latitude_of((int)(i % 4));
        pair p = near_pair(next_random() & 1 ? lat : -lat, longitude_of((int)(i % 5)),
                           length_of((int)(i % 8)));
        int64_t mm = gg_geo_distance(p.lat1, p.lon1, p.lat2, p.lon2);
        long double true_mm = geodesic(&p) * 1000;
        if (true_mm < 0 || true_mm > GG_GEO_LIMIT_MM - 1) {
            continue;
        }
        assert_true(mm >= 0 && mm <= GG_GEO_LIMIT_MM);
        long double off = fabsl((long double)mm - true_mm);
        int far = true_mm > 5e6L;
        worst[far] = off > worst[far] ? off : worst[far];
    }
    printf("worst difference with the rounding: %.4Lf mm up to 5 km, %.4Lf mm up to 50 km\n",
           worst[0], worst[1]);
    assert_true(worst[0] < 0.51L);
    assert_true(worst[1] < 0.6L);
}

static long double by_vincenty(const pair *p) {
    return vincenty(p->lat1 * UNITS, p->lon1 * UNITS, p->lat2 * UNITS, p->lon2 * UNITS);
}

static void holds_to_vincenty(void **state) {
    (void)state;
    hold_to(by_vincenty, 200000);
}

#ifdef WITH_GEODESIC
static struct geod_geodesic earth;

static long double by_geographiclib(const pair *p) {
    double metres;
    geod_inverse(&earth, p->lat1 * 1e-7, p->lon1 * 1e-7, p->lat2 * 1e-7, p->lon2 * 1e-7, &metres,
                 NULL, NULL);
    return metres;
}
#endif

#ifdef WITH_GEODESIC
enum { WALKERS = 40, WALK_DAYS = 2, WALK_FIXES = 700, GAP_S = 300 };

/* One officer's two days: steps of up to 90 m, now and then a ride, a pause, a fix that is late.
 * The lengths of all segments are added up as geodesics; *segments_out is how many they are. */
static void walk(gridgov_tracks *tracks, int number, double metres_out[WALK_DAYS],
                 int64_t seconds_out[WALK_DAYS], int64_t segments_out[WALK_DAYS]) {
    static gridgov_fix fixes[WALK_DAYS * WALK_FIXES];
    char code[16];
    int count = 0;
    int32_t lat = pick(-880000000, 880000000), lon = pick(-1780000000, 1780000000);
    for (int day = 0; day < WALK_DAYS; day++) {
        gridgov_time at = INT64_C(1630800000) + (gridgov_time)day * 86400;
        metres_out[day] = 0;
        seconds_out[day] = segments_out[day] = 0;
        for (int i = 0; i < WALK_FIXES; i++) {
            const int32_t step = next_random() % 50 == 0 ? 300000 : 8000;
            const gridgov_time pause = next_random() % 60 == 0 ? pick(301, 900) : pick(5, 40);
            const gridgov_fix before = fixes[count == 0 ? 0 : count - 1];
            at += i == 0 ? 0 : pause;
            lat += pick(-step, step);
            lon += pick(-step, step);
            fixes[count++] = (gridgov_fix){at, lat, lon, GRIDGOV_NONE, GRIDGOV_NONE};
            if (i > 0 && pause <= GAP_S) {
                double metres;
                geod_inverse(&earth, before.lat_e7 * 1e-7, before.lon_e7 * 1e-7, lat * 1e-7,
                             lon * 1e-7, &metres, NULL, NULL);
                metres_out[day] += metres;
                seconds_out[day] += pause;
                segments_out[day]++;
            }
        }
    }
    for (int i = 1; i + 1 < count; i += 7) { // a neighbour comes first
        const gridgov_fix late = fixes[i];
        if (fixes[i + 1].at - late.at <= 600) {
            fixes[i] = fixes[i + 1];
            fixes[i + 1] = late;
        }
    }
    const int size = snprintf(code, sizeof code, "%03d", number);
    assert_int_equal(gridgov_tracks_add(tracks, code, (size_t)size, fixes, count, NULL),
                     GRIDGOV_OK);
}

/* Whole officer-days: seconds to the second; and since each segment is rounded by itself, by 0.289
 * mm in the mean, a day is off by no more than six times what so many roundings are. */
static void days_hold_to_geographiclib(void **state) {
    (void)state;
    static double metres[WALKERS][WALK_DAYS];
    static int64_t seconds[WALKERS][WALK_DAYS], segments[WALKERS][WALK_DAYS];
    gridgov_tracks *tracks = NULL;
    double worst = 0;
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
    assert_int_equal(gridgov_tracks_new(&tracks, NULL, NULL), GRIDGOV_OK);
    for (int i = 0; i < WALKERS; i++) {
        walk(tracks, i, metres[i], seconds[i], segments[i]);
    }
    assert_int_equal(gridgov_tracks_seal(tracks, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tracks_day_count(tracks), WALKERS * WALK_DAYS);
    for (int i = 0; i < WALKERS * WALK_DAYS; i++) {
        gridgov_track_day day = {.struct_size = sizeof day};
        const int walker = i / WALK_DAYS, at = i % WALK_DAYS;
        assert_int_equal(gridgov_tracks_day_at(&day, tracks, i), GRIDGOV_OK);
        assert_int_equal(day.fixes, WALK_FIXES);
        assert_int_equal(day.online_s, seconds[walker][at]);
        const double off = fabs((double)day.distance_mm - metres[walker][at] * 1000);
        assert_true(off <= 6 * 0.289 * sqrt((double)segments[walker][at]));
        worst = off > worst ? off : worst;
    }
    printf("%d officer-days, at most %.3f mm from the sum of geodesics\n", WALKERS * WALK_DAYS,
           worst);
    gridgov_tracks_free(tracks);
}
#endif

static void holds_to_geographiclib(void **state) {
    (void)state;
#ifdef WITH_GEODESIC
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
    hold_to(by_geographiclib, 300000);
#else
    puts("GeographicLib (geodesic.h of PROJ) was not found: skipped");
    skip();
#endif
}

/* The oracle itself against published geodesics, and the library where they are short. */
static void read_published(const char *path, int *rows, int *near) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        puts("../shared/data/geodesic is absent: skipped");
        skip();
    }
    long double v[10];
    while (fscanf(file, "%Lf %Lf %Lf %Lf %Lf %Lf %Lf %Lf %Lf %Lf", &v[0], &v[1], &v[2], &v[3],
                  &v[4], &v[5], &v[6], &v[7], &v[8], &v[9]) == 10) {
        long double s = vincenty(v[0], v[1], v[3], v[4]);
        if (s < 0 || v[6] > 19.9e6L) {
            continue; /* nearly antipodal: Vincenty's method is not made for that */
        }
        *rows += 1;
        assert_true(fabsl(s - v[6]) < 0.0002L); /* the series of 1975 end there */
        if (v[6] < 49999) {
            int64_t mm =
                gg_geo_distance((int32_t)llrintl(v[0] * 1e7L), 0, (int32_t)llrintl(v[3] * 1e7L),
                                (int32_t)llrintl(v[4] * 1e7L));
            assert_true(fabsl((long double)mm / 1000 - v[6]) < 0.02L); /* the places are rounded */
            *near += 1;
        }
    }
    fclose(file);
}

static void published_geodesics(void **state) {
    (void)state;
    int rows = 0, near = 0;
    read_published("../shared/data/geodesic/GeodTest-short-2000.dat", &rows, &near);
    read_published("../shared/data/geodesic/GeodTest-100.dat", &rows, &near);
    printf("%d geodesics, %d of them short\n", rows, near);
    assert_true(rows > 1000 && near >= 5);
}

static pair any_pair(int64_t i) {
    static const int32_t lats[] = {-900000000, 900000000, -899999999, 899999999, 0,
                                   1,          -1,        879999999,  880000001};
    static const int32_t lons[] = {-1800000000, 1800000000, -1799999999, 1799999999, 0, 1, -1};
    pair p;
    switch (i % 4) {
    case 0:
        p = (pair){lats[next_random() % 9], lons[next_random() % 7], lats[next_random() % 9],
                   lons[next_random() % 7]};
        break;
    case 1:
        p = (pair){pick(-900000000, 900000000), pick(-1800000000, 1800000000),
                   pick(-900000000, 900000000), pick(-1800000000, 1800000000)};
        break;
    case 2: /* no places at all: still no undefined behaviour, and the same bits */
        p = (pair){(int32_t)(uint32_t)next_random(), (int32_t)(uint32_t)next_random(),
                   (int32_t)(uint32_t)next_random(), (int32_t)(uint32_t)next_random()};
        break;
    default:
        p = (pair){pick(-900000000, 900000000), pick(-1800000000, 1800000000), 0, 0};
        p.lat2 = p.lat1 + pick(-60000, 60000);
        p.lon2 = p.lon1 + pick(-60000, 60000) * (p.lon1 < 0 ? 1 : -1) / 2;
        break;
    }
    return p;
}

enum { BLOCK = 4099 }; /* no multiple of any width */

static void every_kernel_gives_the_same_bits(void **state) {
    (void)state;
    static int32_t lat1[BLOCK], lon1[BLOCK], lat2[BLOCK], lon2[BLOCK];
    static int64_t expected[BLOCK], got[BLOCK];
    uint64_t digest = 0;
    int64_t near = 0;
    for (int64_t done = 0; done < pairs_wanted; done += BLOCK) {
        for (size_t i = 0; i < BLOCK; i++) {
            uint64_t word = next_random();
            pair p;
            if ((word & 15) != 0) { /* most pairs as a patrol makes them */
                p.lat1 = (int32_t)((word >> 8) % 1760000000u) - 880000000;
                p.lon1 = (int32_t)((int64_t)((word >> 32) * 3600000000u >> 32) - 1800000000);
                p.lat2 = p.lat1 + (int32_t)(word >> 40 & 0xFFFF) - 32768;
                p.lon2 = p.lon1 + (int32_t)(word >> 16 & 0xFFFF) - 32768;
            } else {
                p = any_pair((int64_t)(word >> 8 & 0xFF));
            }
            lat1[i] = p.lat1, lon1[i] = p.lon1, lat2[i] = p.lat2, lon2[i] = p.lon2;
            expected[i] = gg_geo_distance(p.lat1, p.lon1, p.lat2, p.lon2);
            near += expected[i] != GG_GEO_FAR;
            digest = digest * 0x9E3779B97F4A7C15u + (uint64_t)expected[i];
        }
        const char *name;
        gg_geo_kernel *kernel;
        for (size_t k = 0; (kernel = gg_geo_kernel_at(k, &name)) != NULL; k++) {
            memset(got, 0x55, sizeof got);
            kernel(got, lat1, lon1, lat2, lon2, BLOCK);
            if (memcmp(got, expected, sizeof got) != 0) {
                fail_msg("%s differs", name);
            }
        }
    }
    printf("%lld pairs, %lld of them within 50 km; digest %016llx;", (long long)pairs_wanted,
           (long long)near, (unsigned long long)digest);
    const char *name;
    for (size_t k = 0; gg_geo_kernel_at(k, &name) != NULL; k++) {
        printf(" %s", name);
    }
    puts("");
    if (pairs_wanted == 10000000 && seed != 0) {
        assert_true(near > 5000000);
    }
}

static void distance_is_symmetric(void **state) {
    (void)state;
    for (int64_t i = 0; i < 300000; i++) {
        pair p = near_pair(latitude_of((int)(i % 4)), longitude_of((int)(i % 5)),
                           length_of((int)(i % 8)));
        assert_int_equal(gg_geo_distance(p.lat1, p.lon1, p.lat2, p.lon2),
                         gg_geo_distance(p.lat2, p.lon2, p.lat1, p.lon1));
        assert_int_equal(gg_geo_distance(p.lat1, p.lon1, p.lat1, p.lon1), 0);
    }
}

static void datums_round_trip(void **state) {
    (void)state;
    int32_t worst = 0;
    for (int64_t i = 0; i < 200000; i++) {
        int32_t lat = pick(9000000, 558000000), lon = pick(720100000, 1378000000);
        int32_t a = lat, b = lon;
        gg_geo_from_gcj02(&a, &b);
        int32_t moved = abs(a - lat) + abs(b - lon);
        assert_true(moved < 150000);
        gg_geo_to_gcj02(&a, &b);
        worst = abs(a - lat) > worst ? abs(a - lat) : worst;
        worst = abs(b - lon) > worst ? abs(b - lon) : worst;
        a = lat, b = lon;
        gg_geo_from_bd09(&a, &b);
        gg_geo_to_bd09(&a, &b);
        if (lat > 20000000 && lat < 557000000 && lon > 721000000 && lon < 1377000000) {
            worst = abs(a - lat) > worst ? abs(a - lat) : worst;
            worst = abs(b - lon) > worst ? abs(b - lon) : worst;
        }
    }
    printf("worst round trip: %d units of 10^-7 degrees\n", (int)worst);
    assert_true(worst <= 1);
}

/* The published boundary of a district, which is GCJ-02: every point moves by 100 to 700 m, all of
 * them nearly alike, and comes back. */
static void boundary_of_a_district(void **state) {
    (void)state;
    FILE *file = fopen("../shared/data/divisions/vonng_fence_330604.json", "r");
    double lon, lat;
    int points = 0, c;
    int64_t least = INT64_MAX, most = 0;
    if (file == NULL) {
        puts("../shared/data/divisions is absent: skipped");
        skip();
    }
    while ((c = fgetc(file)) != EOF) {
        if (c != '[' || fscanf(file, "%lf,%lf]", &lon, &lat) != 2) {
            continue;
        }
        int32_t lat_e7 = 0, lon_e7 = 0;
        assert_int_equal(gg_geo_quantise(&lat_e7, &lat, GG_GEO_LAT_MAX), 0);
        assert_int_equal(gg_geo_quantise(&lon_e7, &lon, GG_GEO_LON_MAX), 0);
        int32_t a = lat_e7, b = lon_e7;
        gg_geo_from_gcj02(&a, &b);
        int64_t moved = gg_geo_distance(lat_e7, lon_e7, a, b);
        least = moved < least ? moved : least;
        most = moved > most ? moved : most;
        gg_geo_to_gcj02(&a, &b);
        assert_true(abs(a - lat_e7) <= 1 && abs(b - lon_e7) <= 1);
        points++;
    }
    fclose(file);
    printf("%d points moved by %.1f to %.1f m\n", points, (double)least / 1000,
           (double)most / 1000);
    assert_true(points > 1000 && least > 100000 && most < 700000 && most - least < 20000);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_geodesics),
        cmocka_unit_test(holds_to_vincenty),
        cmocka_unit_test(holds_to_geographiclib),
#ifdef WITH_GEODESIC
        cmocka_unit_test(days_hold_to_geographiclib),
#endif
        cmocka_unit_test(every_kernel_gives_the_same_bits),
        cmocka_unit_test(distance_is_symmetric),
        cmocka_unit_test(datums_round_trip),
        cmocka_unit_test(boundary_of_a_district),
    };
    if (argc > 1) {
        pairs_wanted = strtoll(argv[1], NULL, 10);
    }
    if (argc > 2) {
        seed = strtoull(argv[2], NULL, 10);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
