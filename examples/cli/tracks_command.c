/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov tracks: position fixes to officer-days. The result goes to a file beside its place and is
 * renamed when it is whole, since a province's days need not be held in memory a second time. */
#include "office.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int32_t write_file(void *user, const void *data, size_t size) {
    return fwrite(data, 1, size, user) == size ? 0 : errno;
}

static int write_stdout(const cli_options *options, const gridgov_tracks *tracks,
                        gridgov_job *job) {
    gridgov_sink sink = {write_file, stdout};
    gridgov_error err = {0};
    if (gridgov_tracks_write_csv(&sink, tracks, job, &err) < 0) {
        int status = report_error(options, &err);
        return err.status == GRIDGOV_EIO ? EXIT_OUTPUT : status;
    }
    return finish_output();
}

static int output_failed(const char *path, int number) {
    fprintf(stderr, "gridgov: %s: %s\n", path, strerror(number));
    return EXIT_OUTPUT;
}

/* Write to a file beside path, and let it take the place of path when it is whole. */
static int write_path(const cli_options *options, const gridgov_tracks *tracks, gridgov_job *job,
                      const char *path) {
    char beside[PATH_SIZE];
    struct stat info;
    gridgov_error err = {0};
    int straight = stat(path, &info) == 0 && !S_ISREG(info.st_mode); // a pipe, /dev/null
    int size = snprintf(beside, sizeof beside, "%s%s", path, straight ? "" : ".gridgov-tmp");
    if (size < 0 || size >= (int)sizeof beside) {
        return output_failed(path, ENAMETOOLONG);
    }
    FILE *file = fopen(beside, "wb");
    if (file == NULL) {
        return output_failed(path, errno);
    }
    gridgov_sink sink = {write_file, file};
    int status = gridgov_tracks_write_csv(&sink, tracks, job, &err);
    int number = status < 0 ? err.detail : 0;
    if (status == GRIDGOV_OK && (fflush(file) != 0 || (!straight && fsync(fileno(file)) != 0))) {
        number = errno;
    }
    if (fclose(file) != 0 && number == 0) {
        number = errno;
    }
    if (status == GRIDGOV_OK && number == 0 && !straight && rename(beside, path) != 0) {
        number = errno;
    }
    if ((status < 0 || number != 0) && !straight) {
        (void)unlink(beside);
    }
    if (status == GRIDGOV_ECANCELLED) {
        return report_error(options, &err);
    }
    return status < 0 || number != 0 ? output_failed(path, number) : EXIT_CLEAN;
}

/* The rules: of --policy, and of the options that are said beside it. */
static int read_rules(const cli_options *options, gridgov_track_options *rules) {
    const char *path = option_value(options, "--policy");
    const char *datum = option_value(options, "--datum");
    int result = EXIT_CLEAN;
    if (path != NULL) {
        gridgov_issues *issues = NULL;
        gridgov_error err = {0};
        size_t size = 0;
        char *text = read_text_file(options, path, &size);
        if (text == NULL) {
            return EXIT_INPUT;
        }
        int status = gridgov_issues_new(&issues, 0, &err);
        status = status < 0 ? status : gridgov_track_options_load(rules, text, size, issues, &err);
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
        result = status < 0 ? report_failure(options, issues, &err) : EXIT_CLEAN;
        gridgov_issues_free(issues);
        free(text);
    }
    if (result == EXIT_CLEAN && datum != NULL &&
        gridgov_code_value(&rules->datum, GRIDGOV_KIND_DATUM, datum, strlen(datum)) < 0) {
        result = usage_error(options, "未知的坐标系（wgs84、gcj02、bd09）",
                             "unknown datum (wgs84, gcj02, bd09)", datum);
    }
    rules->spill_folder = option_value(options, "--spill");
    return result;
}

/* One file into the tracks. */
static int add_file(const cli_options *options, gridgov_tracks *tracks, const char *path,
                    const gridgov_mapping *mapping, int32_t workers, gridgov_issues *issues,
                    gridgov_job *job) {
    gridgov_rows *rows = NULL;
    gridgov_error err = {0};
    int status = open_table(&rows, path, GRIDGOV_TABLE_FIXES, mapping, &err);
    if (status == GRIDGOV_OK) {
        status = gridgov_ingest_tracks(NULL, tracks, rows, mapping, workers, issues, job, &err);
    }
    gridgov_rows_free(rows);
    return status < 0 ? report_failure(options, issues, &err) : EXIT_CLEAN;
}

static int load_mapping(const cli_options *options, gridgov_mapping **mapping) {
    const char *path = option_value(options, "--mapping");
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    size_t size = 0;
    if (path == NULL) {
        return EXIT_CLEAN;
    }
    char *text = read_document(options, GRIDGOV_PACK_MAPPING, path, &size);
    if (text == NULL) {
        return EXIT_INPUT;
    }
    int status = gridgov_issues_new(&issues, 0, &err);
    status = status < 0 ? status : gridgov_mapping_load(mapping, text, size, issues, &err);
    print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
    int result = status < 0 ? report_failure(options, issues, &err) : EXIT_CLEAN;
    if (result == EXIT_CLEAN && gridgov_mapping_table(*mapping) != GRIDGOV_TABLE_FIXES) {
        result = usage_error(options, "映射不是定位点（fixes）表的",
                             "the mapping is not one of fixes", path);
    }
    gridgov_issues_free(issues);
    free(text);
    return result;
}

static void print_summary(const cli_options *options, const gridgov_tracks *tracks,
                          const gridgov_issues *issues) {
    gridgov_track_summary sum = {.struct_size = sizeof sum};
    (void)gridgov_tracks_summary(&sum, tracks);
    int64_t bad = gridgov_issues_severity_count(issues, GRIDGOV_SEVERITY_ERROR);
    fprintf(
        stderr,
        say(options, "定位点 %lld 个，计入 %lld 个，迟到补入 %lld 个；%lld 名网格员，%lld 人日%s\n",
            "%lld fixes, %lld counted, %lld of them late; %lld officers, %lld officer-days%s\n"),
        (long long)sum.read, (long long)sum.kept, (long long)sum.late, (long long)sum.officers,
        (long long)sum.days, bad > 0 ? say(options, "；有问题，见上", "; problems above") : "");
}

static int track_files(const cli_options *options, const gridgov_track_options *rules,
                       const gridgov_mapping *mapping, int32_t workers) {
    const char *output = option_value(options, "-o");
    gridgov_tracks *tracks = NULL;
    gridgov_issues *issues = NULL;
    gridgov_job *job = NULL;
    gridgov_error err = {0};
    int result = start_watch(options, &job);
    if (result == EXIT_CLEAN && (gridgov_issues_new(&issues, 0, &err) < 0 ||
                                 gridgov_tracks_new(&tracks, rules, &err) < 0)) {
        result = report_error(options, &err);
    }
    for (int i = 0; i < options->source_count && result == EXIT_CLEAN; i++) {
        result = add_file(options, tracks, options->sources[i], mapping, workers, issues, job);
    }
    if (result == EXIT_CLEAN && gridgov_tracks_seal(tracks, issues, job, &err) < 0) {
        result = report_failure(options, issues, &err);
    }
    int sealed = result == EXIT_CLEAN;
    if (sealed && option_given(options, "--strict") &&
        gridgov_issues_severity_count(issues, GRIDGOV_SEVERITY_ERROR) > 0) {
        result = EXIT_FINDINGS;
    } else if (sealed) {
        result = output != NULL ? write_path(options, tracks, job, output)
                                : write_stdout(options, tracks, job);
    }
    if (job != NULL) {
        finish_watch(job);
    }
    print_issues(options, issues, GRIDGOV_SEVERITY_NOTE);
    if (sealed) {
        print_summary(options, tracks, issues);
    }
    gridgov_tracks_free(tracks);
    gridgov_issues_free(issues);
    gridgov_job_free(job);
    return result;
}

static int run_tracks(const cli_options *options) {
    gridgov_track_options rules;
    gridgov_mapping *mapping = NULL;
    int32_t workers = 0;
    gridgov_track_options_init(&rules, sizeof rules);
    int result = read_workers(options, &workers);
    if (result == EXIT_CLEAN) {
        result = read_rules(options, &rules);
    }
    if (result == EXIT_CLEAN) {
        result = load_mapping(options, &mapping);
    }
    if (result == EXIT_CLEAN) {
        result = track_files(options, &rules, mapping, workers);
    }
    gridgov_mapping_free(mapping);
    return result;
}

static const char *const takes[] = {
    "--policy=", "--datum=", "--mapping=", "--spill=", "--workers=", "-o=", "--strict", NULL};

const cli_command tracks_command = {
    .name = "tracks",
    .run = run_tracks,
    .line = {"由定位点得出每人每日在线时长和里程：gridgov tracks 定位点.csv",
             "position fixes to time online and distance of every officer and day: gridgov tracks "
             "FIXES.csv"},
    .help =
        {"用法：gridgov tracks 文件… [选项]\n"
         "\n"
         "读取定位点（CSV、XLSX、GPX、TCX；工号、时间、经度、纬度，可有精度、速度和轨迹段；CSV 的\n"
         "编码和分隔符自动识别；GPX 和 TCX 以文件名为工号），按网格员和本地日期得出定位点数、\n"
         "在线秒数（相邻两点间隔不超过 5 分钟且同日）和里程（毫米，椭球面，每段只舍入一次）。\n"
         "迟到不超过 10 分钟的点与按时到达者结果相同；更迟的须用 --spill 指定目录排序，否则剔除\n"
         "并说明。结果与行的次序、线程数无关，内存不随点数增长。规则见 docs/tracks.md。\n"
         "\n"
         "  --policy 文件      规则（gridgov.tracks/1）：间隔、速度、精度、时段等\n"
         "  --datum 坐标系     wgs84（即 CGCS2000，默认）、gcj02、bd09；换算后计算\n"
         "  --mapping 文件     各列含义（gridgov.mapping/1，table 为 fixes）\n"
         "  --spill 目录       任意次序的点在此排序；用后不留文件\n"
         "  --workers N        线程数，默认 1\n"
         "  --strict           有点被剔除（迟到、无效）时不输出，退出状态为 1\n"
         "  -o, --output 文件  输出到文件（要么完整，要么不变），默认标准输出\n"
         "\n"
         "示例：\n"
         "  gridgov tracks fixes.csv --workers 2 -o officer_days.csv\n",
         "Usage: gridgov tracks FILE… [options]\n"
         "\n"
         "Reads position fixes (CSV, XLSX, GPX, TCX: officer, time, longitude, latitude, perhaps\n"
         "accuracy and speed; the name of a GPX or TCX file is the officer) and writes per officer "
         "and local day: fixes, seconds online (between neighbours at most 5\n"
         "minutes apart on the same day) and the distance in millimetres on the ellipsoid, each\n"
         "segment rounded once. Fixes up to 10 minutes late count as if in time; later ones need "
         "a\n"
         "folder to be sorted in (--spill), or are left out and reported. Neither the order of "
         "rows\n"
         "nor the number of threads changes a byte; memory does not grow with the fixes. The "
         "rules\n"
         "stand in docs/tracks.md.\n"
         "\n"
         "  --policy FILE      rules (gridgov.tracks/1): gap, speed, accuracy, hours and more\n"
         "  --datum DATUM      wgs84 (the same as CGCS2000; by default), gcj02 or bd09\n"
         "  --mapping FILE     what the columns mean (gridgov.mapping/1, table fixes)\n"
         "  --spill DIR        sort fixes of any order there; nothing is left behind\n"
         "  --workers N        threads, by default 1\n"
         "  --strict           write nothing and exit with 1 if fixes were too late or invalid\n"
         "  -o, --output FILE  write a file, whole or not at all; by default to stdout\n"
         "\n"
         "Example:\n"
         "  gridgov tracks fixes.csv --workers 2 -o officer_days.csv\n"},
    .takes = takes,
    .needs_source = 1,
};
