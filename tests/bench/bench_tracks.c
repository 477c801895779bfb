/* SPDX-License-Identifier: Apache-2.0 */
/* Position fixes as plain arrays to officer-days: the columns of workload W2 (officer.u32, time.i64
 * in local seconds, lon.f64, lat.f64, little-endian), mapped from their files and handed to
 * gridgov_tracks_add_columns(); the officer-days go to a CSV file if one is named. And the distance
 * kernel alone, beside geod_inverse() of GeographicLib where the build found it. Recorded, never a
 * gate.
 *
 *   bench_tracks DIR [WORKERS [OUTPUT]]
 *   bench_tracks --distance */
#include <gridgov/gridgov.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifdef WITH_GEODESIC
#include <geodesic.h>
#endif

enum { SLICE = 1 << 20, PAIRS = 4096 };

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const void *map(const char *folder, const char *name, size_t *size) {
    char path[4096];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &info) != 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(3);
    }
    *size = (size_t)info.st_size;
    void *data = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (data == MAP_FAILED) {
        fprintf(stderr, "%s: cannot be mapped\n", path);
        exit(3);
    }
    return data;
}

static int32_t write_file(void *user, const void *data, size_t size) {
    return fwrite(data, 1, size, user) != size;
}

static void must(gridgov_status status, const gridgov_error *err) {
    if (status < 0) {
        fprintf(stderr, "%s\n", err->message);
        exit(1);
    }
}

/* Pages that were read need not stay: memory stays flat. */
static void forget(const void *data, size_t from, size_t to) {
    const size_t page = 65536;
    uintptr_t low = ((uintptr_t)data + from + page - 1) / page * page;
    uintptr_t high = ((uintptr_t)data + to) / page * page;
    if (high > low) {
        (void)posix_madvise((void *)low, high - low, POSIX_MADV_DONTNEED);
    }
}

static int columns(const char *folder, int workers, const char *output) {
    size_t size[4];
    gridgov_error err;
    gridgov_tracks *tracks = NULL;
    gridgov_track_options options;
    gridgov_track_summary sum = {.struct_size = sizeof sum};
    double start = seconds();
    const uint32_t *officer = map(folder, "officer.u32", &size[0]);
    const int64_t *at = map(folder, "time.i64", &size[1]);
    const double *lon = map(folder, "lon.f64", &size[2]);
    const double *lat = map(folder, "lat.f64", &size[3]);
    int64_t count = (int64_t)(size[0] / sizeof *officer);
    gridgov_track_options_init(&options, sizeof options);
    options.workers = workers;
    must(gridgov_tracks_new(&tracks, &options, &err), &err);
    for (int64_t i = 0; i < count; i += SLICE) {
        int64_t left = count - i < SLICE ? count - i : SLICE;
        gridgov_fix_columns c = {.struct_size = sizeof c, .count = left, .time_add = -28800};
        c.officer_u32 = officer + i;
        c.at = at + i;
        c.lon_degrees = lon + i;
        c.lat_degrees = lat + i;
        must(gridgov_tracks_add_columns(tracks, &c, NULL, &err), &err);
        forget(officer, (size_t)i * 4, (size_t)(i + left) * 4);
        forget(at, (size_t)i * 8, (size_t)(i + left) * 8);
        forget(lon, (size_t)i * 8, (size_t)(i + left) * 8);
        forget(lat, (size_t)i * 8, (size_t)(i + left) * 8);
    }
    double added = seconds();
    must(gridgov_tracks_seal(tracks, NULL, NULL, &err), &err);
    double sealed = seconds();
    if (output != NULL) {
        FILE *file = fopen(output, "wb");
        gridgov_sink sink = {write_file, file};
        if (file == NULL) {
            return 4;
        }
        must(gridgov_tracks_write_csv(&sink, tracks, NULL, &err), &err);
        fclose(file);
    }
    double end = seconds();
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    gridgov_tracks_summary(&sum, tracks);
    printf("columns, %d worker%s: %.3f s (add %.3f, seal %.3f, write %.3f), %.1f M fixes/s, "
           "%ld KiB; %lld fixes, %lld officer-days, %lld late\n",
           workers, workers == 1 ? "" : "s", end - start, added - start, sealed - added,
           end - sealed, (double)count / (end - start) / 1e6, usage.ru_maxrss, (long long)sum.kept,
           (long long)sum.days, (long long)sum.late);
    gridgov_tracks_free(tracks);
    return 0;
}

static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(2685821657736338717);
}

/* Pairs up to about 5 km apart, over China. */
static int distance(void) {
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

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--distance") == 0) {
        return distance();
    }
    if (argc < 2 || argc > 4) {
        fputs("usage: bench_tracks DIR [WORKERS [OUTPUT]] | --distance\n", stderr);
        return 2;
    }
    return columns(argv[1], argc > 2 ? atoi(argv[2]) : 1, argc > 3 ? argv[3] : NULL);
}
