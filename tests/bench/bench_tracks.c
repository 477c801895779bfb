/* SPDX-License-Identifier: Apache-2.0 */
/* Position fixes as plain arrays to officer-days: the columns of workload W2 (officer.u32, time.i64
 * in local seconds, lon.f64, lat.f64, little-endian), read from their files piece by piece and
 * handed to gridgov_tracks_add_columns(); the officer-days go to a CSV file if one is named.
 * Recorded, never a gate.
 *
 *   bench_tracks --make ROWS SEED DIR   the workload: DIR/pings.csv and the columns
 *   bench_tracks DIR [WORKERS [OUTPUT]]
 *   bench_tracks --run COMMAND…         any command: its time, that of processors, and peak memory
 * tests/bench/w2.sh does all of it, beside DuckDB, and bench_distance.c the distances. */
#include <gridgov/gridgov.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SLICE = 1 << 16 };

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int open_column(const char *folder, const char *name, int64_t *size) {
    char path[4096];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &info) != 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(3);
    }
    *size = (int64_t)info.st_size;
    return fd;
}

/* Values [from, from + count) of a column into data. */
static void read_column(void *data, int fd, int64_t from, int64_t count, size_t width) {
    const size_t size = (size_t)count * width;
    for (size_t done = 0; done < size;) {
        const ssize_t got = pread(fd, (char *)data + done, size - done,
                                  (off_t)(from * (int64_t)width) + (off_t)done);
        if (got <= 0) {
            fputs("a column cannot be read\n", stderr);
            exit(3);
        }
        done += (size_t)got;
    }
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

static int columns(const char *folder, int workers, const char *output) {
    static uint32_t officers[SLICE];
    static int64_t times[SLICE];
    static double lons[SLICE], lats[SLICE];
    int64_t size[4];
    gridgov_error err;
    gridgov_tracks *tracks = NULL;
    gridgov_track_options options;
    gridgov_track_summary sum = {.struct_size = sizeof sum};
    double start = seconds();
    int officer = open_column(folder, "officer.u32", &size[0]);
    int at = open_column(folder, "time.i64", &size[1]);
    int lon = open_column(folder, "lon.f64", &size[2]);
    int lat = open_column(folder, "lat.f64", &size[3]);
    int64_t count = size[0] / 4;
    gridgov_track_options_init(&options, sizeof options);
    options.workers = workers;
    must(gridgov_tracks_new(&tracks, &options, &err), &err);
    for (int64_t i = 0; i < count; i += SLICE) {
        int64_t left = count - i < SLICE ? count - i : SLICE;
        gridgov_fix_columns c = {.struct_size = sizeof c, .count = left, .time_add = -28800};
        read_column(officers, officer, i, left, sizeof *officers);
        read_column(times, at, i, left, sizeof *times);
        read_column(lons, lon, i, left, sizeof *lons);
        read_column(lats, lat, i, left, sizeof *lats);
        c.officer_u32 = officers;
        c.at = times;
        c.lon_degrees = lons;
        c.lat_degrees = lats;
        must(gridgov_tracks_add_columns(tracks, &c, NULL, &err), &err);
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

enum { OFFICERS = 65000, LATEST = 10, MINUTES = 616 };

typedef struct walker {
    double lon, lat, course;
    int from, to; /* minutes of the day's patrol; from moves on over a gap */
} walker;

typedef struct ping {
    uint32_t officer;
    int64_t at;
    int32_t lon_e6, lat_e6;
} ping;

static double part(uint64_t *seed) {
    return (double)(next_random(seed) >> 11) / 9007199254740992.0;
}

static int upto(uint64_t *seed, int limit) {
    return (int)(next_random(seed) >> 33) % limit;
}

/* Rough sine and cosine, enough to walk about. */
static void turn(double *x, double *y, double angle) {
    double s = angle * (1.27323954 - 0.405284735 * (angle < 0 ? -angle : angle));
    *y = s;
    angle += 1.5707963267948966;
    angle -= angle > 3.141592653589793 ? 6.283185307179586 : 0;
    *x = angle * (1.27323954 - 0.405284735 * (angle < 0 ? -angle : angle));
}

static void write_ping(FILE *files[5], const ping *p) {
    int64_t day = p->at / 86400, second = p->at % 86400;
    char date[GRIDGOV_CIVIL_TEXT_SIZE];
    double lon = p->lon_e6 / 1e6, lat = p->lat_e6 / 1e6;
    gridgov_day_format(date, (gridgov_day)day);
    fprintf(files[0], "%u,%sT%02d:%02d:%02d,%d.%06d,%d.%06d\n", p->officer, date,
            (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60), p->lon_e6 / 1000000,
            p->lon_e6 % 1000000, p->lat_e6 / 1000000, p->lat_e6 % 1000000);
    fwrite(&p->officer, 4, 1, files[1]);
    fwrite(&p->at, 8, 1, files[2]);
    fwrite(&lon, 8, 1, files[3]);
    fwrite(&lat, 8, 1, files[4]);
}

/* One minute of an officer: perhaps a ping, perhaps the beginning of a gap. */
static int step(walker *w, ping *out, int index, int64_t day, int minute, uint64_t *seed) {
    double x, y;
    if (minute < w->from || minute > w->to) {
        return 0;
    }
    if (upto(seed, 100) == 0) {
        w->from = minute + 5 + upto(seed, 55);
        return 0;
    }
    double metres = upto(seed, 4) == 0 ? 0 : 72 * part(seed);
    w->course += (part(seed) - 0.5) * 0.8;
    w->course -= w->course > 3.14159 ? 6.283185307179586 : 0;
    w->course += w->course < -3.14159 ? 6.283185307179586 : 0;
    turn(&x, &y, w->course);
    w->lat += metres * x / 111200;
    w->lon += metres * y / 96850;
    out->officer = 100001 + (uint32_t)index;
    out->at = day * 86400 + minute * 60 + upto(seed, 20) + index % 40;
    out->lon_e6 = (int32_t)((w->lon + (part(seed) - 0.5) * 6e-5) * 1e6);
    out->lat_e6 = (int32_t)((w->lat + (part(seed) - 0.5) * 6e-5) * 1e6);
    return 1;
}

/* 65,000 officers, a ping a minute, 1 % of them 1 to 10 minutes late, in the order of arrival. */
static int make(int64_t rows, uint64_t seed, const char *folder) {
    static const char *const names[5] = {"pings.csv", "officer.u32", "time.i64", "lon.f64",
                                         "lat.f64"};
    enum { SLOTS = LATEST + 1 };
    FILE *files[5];
    char path[4096];
    walker *walkers = calloc(OFFICERS, sizeof *walkers);
    ping *late[SLOTS] = {NULL};
    int counts[SLOTS] = {0};
    int64_t done = 0;
    for (int i = 0; i < 5; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        files[i] = fopen(path, "wb");
        if (files[i] == NULL) {
            fprintf(stderr, "%s: cannot be written\n", path);
            return 4;
        }
    }
    for (int i = 0; i < SLOTS; i++) {
        late[i] = calloc(OFFICERS * 2, sizeof *late[i]);
    }
    fputs("officer_id,time,lon,lat\n", files[0]);
    for (int i = 0; i < OFFICERS; i++) {
        walkers[i] = (walker){118 + 5 * part(&seed), 27.5 + 3.5 * part(&seed), 0, 0, 0};
    }
    for (int64_t day = 19783; done < rows; day++) { /* 2024-03-01 */
        for (int i = 0; i < OFFICERS; i++) {
            walkers[i].from = 480 + upto(&seed, 120);
            walkers[i].to = walkers[i].from + 60 * (4 + upto(&seed, 4));
        }
        for (int minute = 480; minute < 480 + MINUTES + LATEST && done < rows; minute++) {
            for (int i = 0; i < OFFICERS; i++) {
                int slot = upto(&seed, 100) == 0 ? 1 + upto(&seed, LATEST) : 0;
                int to = (minute + slot) % SLOTS;
                counts[to] += step(&walkers[i], &late[to][counts[to]], i, day, minute, &seed);
            }
            int now = minute % SLOTS;
            for (int i = 0; i < counts[now] && done < rows; i++, done++) {
                write_ping(files, &late[now][i]);
            }
            counts[now] = 0;
        }
    }
    for (int i = 0; i < SLOTS; i++) {
        free(late[i]);
    }
    free(walkers);
    for (int i = 0; i < 5; i++) {
        if (fclose(files[i]) != 0) {
            return 4;
        }
    }
    return 0;
}

/* Run a command; print its time and its peak memory. */
static int run_command(char **words) {
    double start = seconds();
    pid_t child = fork();
    int status = 0;
    struct rusage usage;
    if (child == 0) {
        execvp(words[0], words);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0) {
        return 70;
    }
    double spent = seconds() - start;
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%.3f s, %.3f s of processors, %ld KiB\n", spent,
           (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
               (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
           usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 70;
}

int main(int argc, char **argv) {
    if (argc == 5 && strcmp(argv[1], "--make") == 0) {
        return make(strtoll(argv[2], NULL, 10), strtoull(argv[3], NULL, 10), argv[4]);
    }
    if (argc > 2 && strcmp(argv[1], "--run") == 0) {
        return run_command(argv + 2);
    }
    if (argc < 2 || argc > 4 || argv[1][0] == '-') {
        fputs(
            "usage: bench_tracks --make ROWS SEED DIR | DIR [WORKERS [OUTPUT]] | --run COMMAND…\n",
            stderr);
        return 2;
    }
    return columns(argv[1], argc > 2 ? atoi(argv[2]) : 1, argc > 3 ? argv[3] : NULL);
}
