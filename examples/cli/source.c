/* SPDX-License-Identifier: Apache-2.0 */
/* From the words of a command to a month that has run: a folder of tables, or one flat export with
 * its mapping. Problems go to stderr, then one line says how many rows were read and how many left
 * out. */
#include "office.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define TEXT_FILE_MAX (16L << 20)
#define ISSUES_KEPT 100000 /* so that thousands of warnings cannot hide an error behind them */

static int is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

char *read_text_file(const cli_options *options, const char *path, size_t *size) {
    FILE *file = is_folder(path) ? NULL : fopen(path, "rb");
    char *text = NULL;
    long length = -1;
    *size = 0;
    if (file == NULL && is_folder(path)) {
        errno = EISDIR;
    }
    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        length = ftell(file);
    }
    if (length >= 0 && length <= TEXT_FILE_MAX && fseek(file, 0, SEEK_SET) == 0) {
        text = malloc((size_t)length + 2);
    }
    if (text != NULL) {
        *size = fread(text, 1, (size_t)length, file);
        if (*size == 0) {
            text[(*size)++] = '\n'; /* an empty file is not the same as no document */
        }
        text[*size] = '\0';
        if (ferror(file)) {
            free(text);
            text = NULL;
        }
    }
    if (text == NULL) {
        fprintf(stderr, "gridgov: %s: %s\n", path,
                length > TEXT_FILE_MAX ? say(options, "文件过大", "the file is too large")
                                       : strerror(errno));
    }
    if (file != NULL) {
        fclose(file);
    }
    return text;
}

char *read_document(const cli_options *options, int32_t kind, const char *source, size_t *size) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    char *text;
    if (gridgov_pack_find(&pack, kind, source, strlen(source), NULL) != GRIDGOV_OK) {
        return read_text_file(options, source, size);
    }
    text = malloc(pack.size + 1);
    if (text == NULL) {
        fprintf(stderr, "gridgov: %s\n", say(options, "内存不足", "out of memory"));
        return NULL;
    }
    memcpy(text, pack.data, pack.size + 1);
    *size = pack.size;
    return text;
}

static int is_file(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* A month folder, or a flat file with its mapping. */
static int give_source(const cli_options *options, const char *source, gridgov_month *month,
                       gridgov_issues *issues) {
    const char *path = option_value(options, "--mapping");
    gridgov_error err = {0};
    gridgov_status status;
    char *mapping;
    size_t size;
    if (path == NULL && is_workbook(source)) {
        return give_workbook(options, source, month, issues);
    }
    if (path == NULL) {
        if (!is_folder(source) && is_file(source)) {
            return usage_error(options, "单个导出文件须用 --mapping 说明各列含义",
                               "a flat export needs --mapping to say what its columns mean",
                               source);
        }
        return give_folder(options, source, month, issues);
    }
    if (is_folder(source)) {
        return usage_error(options, "--mapping 用于单个文件，来源却是文件夹",
                           "--mapping is for one file, but SOURCE is a folder", source);
    }
    mapping = read_document(options, GRIDGOV_PACK_MAPPING, path, &size);
    if (mapping == NULL) {
        return EXIT_INPUT;
    }
    if (is_workbook(source)) {
        int result = give_flat_workbook(options, source, mapping, size, month, issues);
        free(mapping);
        return result;
    }
    status = gridgov_month_set_flat_file(month, source, mapping, size, issues, &err);
    free(mapping);
    if (status != GRIDGOV_OK) {
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
        return report_failure(options, issues, &err);
    }
    return EXIT_CLEAN;
}

static int give_policy(const cli_options *options, gridgov_month *month, gridgov_issues *issues) {
    const char *policy = option_value(options, "--policy");
    gridgov_error err = {0};
    gridgov_status status;
    char *text;
    size_t size;
    if (policy == NULL) {
        return EXIT_CLEAN;
    }
    if (!is_file(policy)) {
        status = gridgov_month_set_policy(month, policy, strlen(policy), NULL, &err);
        return status == GRIDGOV_OK ? EXIT_CLEAN
                                    : usage_error(options, "没有这个考核细则，也没有这个文件",
                                                  "neither a built-in policy nor a file", policy);
    }
    text = read_text_file(options, policy, &size);
    if (text == NULL) {
        return EXIT_INPUT;
    }
    status = gridgov_month_set_policy(month, text, size, issues, &err);
    free(text);
    if (status != GRIDGOV_OK) {
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
        return report_failure(options, issues, &err);
    }
    return EXIT_CLEAN;
}

static int give_parameters(const cli_options *options, gridgov_month *month,
                           gridgov_issues *issues) {
    const char *path = option_value(options, "--parameters");
    gridgov_error err = {0};
    gridgov_status status;
    char *text;
    size_t size;
    if (path == NULL) {
        return EXIT_CLEAN;
    }
    text = read_text_file(options, path, &size);
    if (text == NULL) {
        return EXIT_INPUT;
    }
    status = gridgov_month_set_parameters(month, text, size, issues, &err);
    free(text);
    if (status != GRIDGOV_OK) {
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
        return report_failure(options, issues, &err);
    }
    return EXIT_CLEAN;
}

static void print_summary(const cli_options *options, const gridgov_month *month) {
    int64_t read = 0, excluded = gridgov_month_excluded(month);
    int32_t table = 0;
    for (int64_t i = 0; gridgov_code_at(&table, GRIDGOV_KIND_TABLE, i) == GRIDGOV_OK; i++) {
        gridgov_ingest_summary summary = {.struct_size = sizeof summary};
        if (gridgov_month_summary(&summary, month, table) == GRIDGOV_OK) {
            read += summary.read;
        }
    }
    fprintf(stderr,
            say(options, "读入 %lld 行，其中 %lld 行未能载入\n",
                "%lld rows read, %lld of them left out\n"),
            (long long)read, (long long)excluded);
}

static int run_month(const cli_options *options, gridgov_month *month, gridgov_issues *issues) {
    gridgov_error err = {0};
    gridgov_job *job = NULL;
    gridgov_status status;
    int result = start_watch(options, &job);
    if (result != EXIT_CLEAN) {
        return result;
    }
    status = gridgov_month_run(month, issues, job, &err);
    finish_watch(job);
    gridgov_job_free(job);
    if (status != GRIDGOV_ECANCELLED) {
        print_issues(options, issues, GRIDGOV_SEVERITY_NOTE);
    }
    if (status == GRIDGOV_ERANGE && strcmp(err.field, "as_of") == 0) {
        (void)report_error(options, &err);
        return EXIT_USAGE;
    }
    if (status != GRIDGOV_OK) {
        return report_failure(options, issues, &err);
    }
    print_summary(options, month);
    if (option_given(options, "--strict") && gridgov_month_excluded(month) > 0) {
        fprintf(stderr, "gridgov: %s\n",
                say(options, "--strict：有数据未能载入，不输出",
                    "--strict: rows were left out, nothing is written"));
        return EXIT_FINDINGS;
    }
    return EXIT_CLEAN;
}

/* The month before a month, "2021-08" of "2021-09". */
static int month_before(char before[GRIDGOV_CIVIL_TEXT_SIZE], const char *text) {
    gridgov_span span;
    if (gridgov_month_span(&span, text, strlen(text), 0, NULL) != GRIDGOV_OK ||
        gridgov_time_format(before, span.from - 1, 0) != GRIDGOV_OK) {
        return -1;
    }
    before[strlen("2021-08")] = '\0';
    return 0;
}

static int open_one(const cli_options *options, const char *source, const char *text,
                    const char *as_of, int with_earlier, gridgov_month **month);

/* The months that --earlier names, the latest first, each run to its own end. */
static int give_earlier(const cli_options *options, const char *text, gridgov_month *month) {
    char names[2][GRIDGOV_CIVIL_TEXT_SIZE];
    const char *source;
    int result = EXIT_CLEAN;
    for (int i = 0;
         result == EXIT_CLEAN && (source = option_value_at(options, "--earlier", i)) != NULL; i++) {
        gridgov_month *earlier = NULL;
        gridgov_error err = {0};
        if (month_before(names[i % 2], i == 0 ? text : names[(i + 1) % 2]) != 0) {
            return usage_error(options, "没有更早的月份", "there is no month before", source);
        }
        result = open_one(options, source, names[i % 2], NULL, 0, &earlier);
        if (result == EXIT_CLEAN && gridgov_month_add_earlier(month, earlier, &err) != GRIDGOV_OK) {
            result = report_error(options, &err);
        }
        gridgov_month_free(earlier);
    }
    return result;
}

static int open_one(const cli_options *options, const char *source, const char *text,
                    const char *as_of, int with_earlier, gridgov_month **month) {
    gridgov_error err = {0};
    gridgov_issues *issues = NULL;
    int result = EXIT_CLEAN;
    *month = NULL;
    if (gridgov_month_new(month, text, strlen(text), &err) != GRIDGOV_OK) {
        return usage_error(options, "--month 应为 2021-09 这样的月份",
                           "--month is a month such as 2021-09", text);
    }
    if (gridgov_month_set_view(*month, as_of, options->lang, &err) != GRIDGOV_OK) {
        result =
            usage_error(options, "--as-of 应为日期或时间", "--as-of is a date or a time", as_of);
    } else if (gridgov_issues_new(&issues, ISSUES_KEPT, &err) != GRIDGOV_OK) {
        result = report_error(options, &err);
    }
    result = result == EXIT_CLEAN ? give_source(options, source, *month, issues) : result;
    result = result == EXIT_CLEAN ? give_parameters(options, *month, issues) : result;
    result = result == EXIT_CLEAN ? give_policy(options, *month, issues) : result;
    result = result == EXIT_CLEAN && with_earlier ? give_earlier(options, text, *month) : result;
    result = result == EXIT_CLEAN ? run_month(options, *month, issues) : result;
    gridgov_issues_free(issues);
    if (result != EXIT_CLEAN) {
        gridgov_month_free(*month);
        *month = NULL;
    }
    return result;
}

int open_source(const cli_options *options, const char *source, const char *text,
                gridgov_month **month) {
    return open_one(options, source, text, option_value(options, "--as-of"), 1, month);
}

int open_month(const cli_options *options, gridgov_month **month) {
    return open_source(options, first_source(options), option_value(options, "--month"), month);
}

int find_grid(const cli_options *options, const gridgov_month *month, int64_t *unit) {
    const gridgov_units *units = gridgov_facts_units(gridgov_month_facts(month));
    const char *name = option_value(options, "--grid");
    gridgov_error err = {0};
    int64_t candidates[100];
    int64_t count;
    *unit = GRIDGOV_NONE;
    if (name == NULL || gridgov_month_find_grid(unit, month, name, strlen(name), &err) == 0) {
        return EXIT_CLEAN;
    }
    report_error(options, &err);
    count = gridgov_units_candidates(candidates, 100, units, GRIDGOV_UNIT_GRID, name, strlen(name));
    for (int64_t i = 0; i < count && i < 100; i++) {
        gridgov_unit grid = {.struct_size = sizeof grid};
        gridgov_unit above = {.struct_size = sizeof above, .name = ""};
        gridgov_units_at(&grid, units, candidates[i]);
        gridgov_units_at(&above, units, grid.parent);
        fprintf(stderr, "  %s/%s  %s\n", above.name, grid.name, grid.code);
    }
    return EXIT_USAGE;
}
