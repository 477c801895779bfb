/* SPDX-License-Identifier: Apache-2.0 */
/* The distance kernel alone, beside geod_inverse() of GeographicLib where the build found it. A
 * program of its own, because the library that has the geodesics brings 10 MB of others. Recorded,
 * never a gate. */
#include <gridgov/gridgov.h>

#include <stdint.h>
#include <stdio.h>
#include <time.h>

#ifdef WITH_GEODESIC
#include <geodesic.h>
#endif

enum { PAIRS = 4096 };

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

/* Pairs up to about 5 km apart, over China. */
int main(void) {
    static int32_t lat1[PAIRS], lon1[PAIRS], lat2[PAIRS], lon2[PAIRS];
    static int64_t mm[PAIRS];
    uint64_t seed = 20210918;
    double best = 1e9;
    for (int i = 0; i < PAIRS; i++) {
        lat1[i] = (int32_t)(180000000 + next_random(&seed) % 350000000);
        lon1[i] = (int32_t)(750000000 + next_random(&seed) % 600000000);
        lat2[i] = lat1[i] + (int32_t)(next_random(&seed) % 640000) - 320000;
        lon2[i] = lon1[i] + (int32_t)(next_random(&seed) % 640000) - 320000;
    }
    for (int turn = 0; turn < 40; turn++) {
        double start = seconds();
        for (int i = 0; i < 1000; i++) {
            gridgov_distances(mm, lat1, lon1, lat2, lon2, PAIRS);
        }
        double spent = (seconds() - start) / (1000.0 * PAIRS);
        best = spent < best ? spent : best;
    }
    printf("distance: %.0f M/s a core", 1e-6 / best);
#ifdef WITH_GEODESIC
    struct geod_geodesic earth;
    double sum = 0, least = 1e9, worst = 0;
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
    for (int turn = 0; turn < 10; turn++) {
        double start = seconds();
        for (int i = 0; i < PAIRS; i++) {
            double metres;
            geod_inverse(&earth, lat1[i] * 1e-7, lon1[i] * 1e-7, lat2[i] * 1e-7, lon2[i] * 1e-7,
                         &metres, NULL, NULL);
            double off = metres * 1000 - (double)mm[i];
            worst = off > worst ? off : -off > worst ? -off : worst;
            sum += metres;
        }
        double spent = (seconds() - start) / PAIRS;
        least = spent < least ? spent : least;
    }
    printf(", geod_inverse %.2f M/s: ratio %.0f; worst difference with the rounding %.4f mm",
           1e-6 / least, least / best, worst);
    printf(sum > 0 ? "\n" : "?\n");
#else
    puts("");
#endif
    return 0;
}
