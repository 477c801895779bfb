/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov worktime: how much time a limit counts between two moments, when so many counted seconds
 * are over, and when a limit runs out. One question a call, one answer on stdout. */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define NOTICES_MAX 1024

/* A calendar, a roster over it, and the kind of limit asked about. */
typedef struct clockwork {
    gridgov_calendar *calendar;
    gridgov_roster *roster;
    int32_t limit;
} clockwork;

static int ends_with(const char *text, const char *ending) {
    size_t size = strlen(text), tail = strlen(ending);
    return size > tail && strcmp(text + size - tail, ending) == 0;
}

static int is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* 2021.json, 2021.csv: how the years of a collection of notices are called. */
static int is_year_file(const char *name) {
    return strspn(name, "0123456789") == 4 &&
           (strcmp(name + 4, ".json") == 0 || strcmp(name + 4, ".csv") == 0);
}

/* The files to read: what --calendar names, and the years of the folders among it. */
typedef struct file_list {
    char *paths[NOTICES_MAX];
    int count;
} file_list;

static int add_file(const cli_options *options, file_list *files, const char *path) {
    if (files->count == NOTICES_MAX) {
        return usage_error(options, "日历文件过多", "too many files of a calendar", path);
    }
    files->paths[files->count] = strdup(path);
    if (files->paths[files->count] == NULL) {
        return EXIT_INTERNAL;
    }
    files->count++;
    return EXIT_CLEAN;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int add_folder(const cli_options *options, file_list *files, const char *folder) {
    struct dirent **names = NULL;
    char path[PATH_SIZE];
    int found = files->count;
    int result = EXIT_CLEAN;
    int count = scandir(folder, &names, NULL, by_name);
    for (int i = 0; i < count; i++) {
        if (result == EXIT_CLEAN && is_year_file(names[i]->d_name) &&
            join_path(path, folder, names[i]->d_name)) {
            result = add_file(options, files, path);
        }
        free(names[i]);
    }
    free(names);
    if (result == EXIT_CLEAN && files->count == found) {
        fprintf(stderr, "gridgov: %s: %s\n", folder,
                say(options, "没有 2021.json 这样按年命名的日历文件",
                    "no calendar files named after their year, such as 2021.json"));
        result = EXIT_INPUT;
    }
    return result;
}

/* JSON: one document gridgov.calendar/1, or notices of several years. */
static int load_documents(const cli_options *options, const file_list *files,
                          gridgov_calendar **calendar) {
    char *texts[NOTICES_MAX];
    size_t sizes[NOTICES_MAX];
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    gridgov_status status = gridgov_issues_new(&issues, 0, &err);
    int read = 0, result = EXIT_CLEAN;
    for (; read < files->count && result == EXIT_CLEAN; read++) {
        texts[read] = read_text_file(options, files->paths[read], &sizes[read]);
        result = texts[read] != NULL ? EXIT_CLEAN : EXIT_INPUT;
    }
    if (result == EXIT_CLEAN && status == GRIDGOV_OK) {
        const char *const only = texts[0];
        status =
            files->count == 1 && strstr(only, "\"gridgov.calendar/1\"") != NULL
                ? gridgov_calendar_load(calendar, only, sizes[0], issues, &err)
                : gridgov_calendar_load_notices(calendar, "notices", 7, (const char *const *)texts,
                                                sizes, files->count, issues, &err);
    }
    if (result == EXIT_CLEAN && status != GRIDGOV_OK) {
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
        result = report_failure(options, issues, &err);
        long index = err.field[0] == '/' ? strtol(err.field + 1, NULL, 10) : 0;
        if (index >= 0 && index < files->count) {
            fprintf(stderr, "gridgov: /%ld: %s\n", index, files->paths[index]);
        }
    }
    for (int i = 0; i < read; i++) {
        free(texts[i]);
    }
    gridgov_issues_free(issues);
    return result;
}

/* Tables of days, read into one calendar. A row that cannot be read fails the command: a calendar
 * with a hole in it would give wrong answers. */
static int load_tables(const cli_options *options, const file_list *files,
                       gridgov_calendar **calendar) {
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    int64_t excluded = 0;
    gridgov_status status = gridgov_issues_new(&issues, 0, &err);
    if (status == GRIDGOV_OK) {
        status = gridgov_calendar_new(calendar, "table", 5, &err);
    }
    for (int i = 0; i < files->count && status == GRIDGOV_OK; i++) {
        gridgov_ingest_summary summary = {.struct_size = sizeof summary};
        gridgov_rows *rows = NULL;
        status = gridgov_rows_open_csv_file(&rows, files->paths[i], NULL, &err);
        if (status == GRIDGOV_OK) {
            status = gridgov_ingest_calendar(&summary, *calendar, rows, NULL, issues, NULL, &err);
            excluded += summary.excluded;
        }
        gridgov_rows_free(rows);
    }
    if (status == GRIDGOV_OK && excluded == 0) {
        status = gridgov_calendar_seal(*calendar, &err);
    }
    print_issues(options, issues, GRIDGOV_SEVERITY_NOTE);
    int result = status != GRIDGOV_OK ? report_failure(options, issues, &err)
                 : excluded > 0       ? EXIT_INPUT
                                      : EXIT_CLEAN;
    gridgov_issues_free(issues);
    return result;
}

static int load_files(const cli_options *options, const file_list *files,
                      gridgov_calendar **calendar) {
    int tables = 0;
    for (int i = 0; i < files->count; i++) {
        tables += ends_with(files->paths[i], ".csv");
    }
    if (tables > 0 && tables < files->count) {
        return usage_error(options, "日历文件只能全是 JSON 或全是 CSV",
                           "the files of a calendar are all JSON or all CSV", files->paths[0]);
    }
    return tables > 0 ? load_tables(options, files, calendar)
                      : load_documents(options, files, calendar);
}

static int open_calendar(const cli_options *options, gridgov_calendar **calendar) {
    const char *name = option_value(options, "--calendar");
    file_list files = {.count = 0};
    gridgov_error err = {0};
    struct stat status;
    int result = EXIT_CLEAN;
    name = name != NULL ? name : "china";
    if (option_value_at(options, "--calendar", 1) == NULL && stat(name, &status) != 0) {
        return gridgov_calendar_open(calendar, name, strlen(name), &err) == GRIDGOV_OK
                   ? EXIT_CLEAN
                   : usage_error(options, "没有这个日历，也没有这个文件",
                                 "neither a built-in calendar nor a file", name);
    }
    for (int i = 0; (name = option_value_at(options, "--calendar", i)) != NULL; i++) {
        result = result == EXIT_CLEAN && is_folder(name) ? add_folder(options, &files, name)
                 : result == EXIT_CLEAN                  ? add_file(options, &files, name)
                                                         : result;
    }
    result = result == EXIT_CLEAN ? load_files(options, &files, calendar) : result;
    for (int i = 0; i < files.count; i++) {
        free(files.paths[i]);
    }
    return result;
}

static int open_roster(const cli_options *options, clockwork *clock) {
    const char *name = option_value(options, "--roster");
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    struct stat status;
    gridgov_status made;
    size_t size = 0;
    name = name != NULL ? name : "office";
    if (stat(name, &status) != 0) {
        return gridgov_roster_open(&clock->roster, clock->calendar, name, strlen(name), &err) ==
                       GRIDGOV_OK
                   ? EXIT_CLEAN
                   : usage_error(options, "没有这个作息，也没有这个文件",
                                 "neither a built-in roster nor a file", name);
    }
    char *text = read_text_file(options, name, &size);
    if (text == NULL) {
        return EXIT_INPUT;
    }
    made = gridgov_issues_new(&issues, 0, &err);
    if (made == GRIDGOV_OK) {
        made = gridgov_roster_load(&clock->roster, clock->calendar, text, size, issues, &err);
    }
    free(text);
    if (made != GRIDGOV_OK) {
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
        (void)report_failure(options, issues, &err);
    }
    gridgov_issues_free(issues);
    return made == GRIDGOV_OK ? EXIT_CLEAN : EXIT_INPUT;
}

/* A constant by its code or term; absent: a default. */
static int read_code(const cli_options *options, const char *name, int32_t kind, int32_t absent,
                     int32_t *out) {
    const char *text = option_value(options, name);
    *out = absent;
    if (text == NULL || gridgov_code_value(out, kind, text, strlen(text)) == GRIDGOV_OK) {
        return EXIT_CLEAN;
    }
    fprintf(stderr, "gridgov: %s %s\n", name, say(options, "可取：", "is one of:"));
    for (int64_t i = 0; gridgov_code_at(out, kind, i) == GRIDGOV_OK; i++) {
        fprintf(stderr, "  %-16s %s\n", gridgov_code_text(kind, *out),
                gridgov_code_title(kind, *out, options->message_lang));
    }
    return usage_error(options, "没有这个取值", "no such value", text);
}

static int read_time(const cli_options *options, const clockwork *clock, const char *text,
                     gridgov_time *out) {
    gridgov_error err = {0};
    return gridgov_time_parse(out, text, strlen(text), gridgov_roster_utc_offset(clock->roster),
                              &err) == GRIDGOV_OK
               ? EXIT_CLEAN
               : usage_error(options, "不是日期或时间", "not a date or time", text);
}

static int read_number(const cli_options *options, const char *text, int64_t *out) {
    char *end = NULL;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return errno == 0 && end != text && *end == '\0'
               ? EXIT_CLEAN
               : usage_error(options, "不是整数", "not an integer", text);
}

static int print_time(const clockwork *clock, gridgov_time time) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    (void)gridgov_time_format(text, time, gridgov_roster_utc_offset(clock->roster));
    puts(text);
    return finish_output();
}

/* "25200 秒 = 7:00:00，即 0.875 个工作日": nothing is rounded. */
static void print_span(const cli_options *options, const clockwork *clock, int64_t seconds) {
    const int64_t size = seconds < 0 ? -seconds : seconds;
    printf(options->lang == GRIDGOV_LANG_ZH ? "%s：%s%lld:%02d:%02d（%lld 秒）\n"
                                            : "%s: %s%lld:%02d:%02d (%lld seconds)\n",
           gridgov_code_title(GRIDGOV_KIND_LIMIT, clock->limit, options->lang),
           seconds < 0 ? "-" : "", (long long)(size / 3600), (int)(size / 60 % 60),
           (int)(size % 60), (long long)seconds);
}

static int ask_between(const cli_options *options, const clockwork *clock) {
    gridgov_time from = 0, to = 0;
    gridgov_error err = {0};
    int64_t seconds = 0;
    int result = read_time(options, clock, options->sources[1], &from);
    result = result == EXIT_CLEAN ? read_time(options, clock, options->sources[2], &to) : result;
    if (result != EXIT_CLEAN) {
        return result;
    }
    if (gridgov_worktime_between(&seconds, clock->roster, clock->limit, from, to, &err) !=
        GRIDGOV_OK) {
        return report_error(options, &err);
    }
    if (option_given(options, "--seconds")) {
        printf("%lld\n", (long long)seconds);
    } else {
        print_span(options, clock, seconds);
    }
    return finish_output();
}

static int ask_add(const cli_options *options, const clockwork *clock) {
    gridgov_time from = 0, time = 0;
    gridgov_error err = {0};
    int64_t seconds = 0;
    int result = read_time(options, clock, options->sources[1], &from);
    result = result == EXIT_CLEAN ? read_number(options, options->sources[2], &seconds) : result;
    if (result != EXIT_CLEAN) {
        return result;
    }
    return gridgov_worktime_add(&time, clock->roster, clock->limit, from, seconds, &err) ==
                   GRIDGOV_OK
               ? print_time(clock, time)
               : report_error(options, &err);
}

static int ask_due(const cli_options *options, const clockwork *clock) {
    gridgov_time from = 0, time = 0;
    gridgov_error err = {0};
    int32_t start = 0;
    int64_t count = 0;
    int result = read_time(options, clock, options->sources[1], &from);
    result = result == EXIT_CLEAN ? read_number(options, options->sources[2], &count) : result;
    result = result == EXIT_CLEAN
                 ? read_code(options, "--start", GRIDGOV_KIND_START, GRIDGOV_START_MOMENT, &start)
                 : result;
    if (result == EXIT_CLEAN && count < 0) {
        result =
            usage_error(options, "时限不能为负", "a limit is not negative", options->sources[2]);
    }
    if (result != EXIT_CLEAN) {
        return result;
    }
    return gridgov_worktime_due(&time, clock->roster, clock->limit, count, start, from, &err) ==
                   GRIDGOV_OK
               ? print_time(clock, time)
               : report_error(options, &err);
}

static int run_worktime(const cli_options *options) {
    static const struct {
        const char *name;
        int (*ask)(const cli_options *options, const clockwork *clock);
    } questions[] = {{"between", ask_between}, {"add", ask_add}, {"due", ask_due}};
    clockwork clock = {.calendar = NULL};
    int (*ask)(const cli_options *options, const clockwork *clock) = NULL;
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        ask = strcmp(options->sources[0], questions[i].name) == 0 ? questions[i].ask : ask;
    }
    if (ask == NULL) {
        return usage_error(options, "应为 between、add 或 due", "it is between, add or due",
                           options->sources[0]);
    }
    if (options->source_count != 3) {
        return usage_error(options, "应有两个数据", "two words are wanted behind it",
                           options->sources[0]);
    }
    if (ask != ask_due && option_given(options, "--start")) {
        return usage_error(options, "--start 只用于 due", "--start is for due", NULL);
    }
    int result = read_code(options, "--limit-kind", GRIDGOV_KIND_LIMIT, GRIDGOV_LIMIT_WORK_HOURS,
                           &clock.limit);
    result = result == EXIT_CLEAN ? open_calendar(options, &clock.calendar) : result;
    result = result == EXIT_CLEAN ? open_roster(options, &clock) : result;
    result = result == EXIT_CLEAN ? ask(options, &clock) : result;
    gridgov_roster_free(clock.roster);
    gridgov_calendar_free(clock.calendar);
    return result;
}

static const char *const takes[] = {
    "--calendar=", "--roster=", "--limit-kind=", "--start=", "--seconds", NULL};

const cli_command worktime_command = {
    .name = "worktime",
    .run = run_worktime,
    .line = {"工作时间：两个时刻之间计多少、何时到期",
             "working time: how much between two moments, and when a limit runs out"},
    .help =
        {"用法：gridgov worktime between 起 止 [--seconds]\n"
         "      gridgov worktime add 起 秒数\n"
         "      gridgov worktime due 起 数量 [--start moment|same_day|next_day]\n"
         "\n"
         "between 计算两个时刻之间的时间，add 给出计满若干秒的最早时刻，due 给出若干\n"
         "单位（小时、分钟、天）的时限何时到期。时刻不带时区时按作息所在时区（+08:00）。\n"
         "\n"
         "  --limit-kind 种类     urgent_hours 紧急工作时、work_hours 工作时（默认）、workdays\n"
         "                        工作日、slot_workdays、calendar_days "
         "自然日、minutes、work_minutes\n"
         "  --calendar 名称|文件|文件夹   china（默认）、weekends（只知周末），或官方放假安排的\n"
         "                        JSON、CSV 文件，或按年命名的一组文件；可给多次\n"
         "  --roster 名称|文件    office（默认，8:00–12:00、14:00–18:00）、duty（24 小时值班），\n"
         "                        或 gridgov.roster/1 文件\n"
         "  --start 起算          即时、当日、次日起算（due）\n"
         "  --seconds             只输出秒数，一个整数\n"
         "\n"
         "返回值：0 正常，2 用法，3 日历未涵盖、无法推算或文件有误，4 输出\n"
         "\n"
         "示例：\n"
         "  gridgov worktime between '2021-09-17 17:00' '2021-09-18 9:00' --seconds\n"
         "  gridgov worktime due 2021-09-17T17:00 7 --limit-kind workdays --start next_day\n",
         "Usage: gridgov worktime between FROM TO [--seconds]\n"
         "       gridgov worktime add FROM SECONDS\n"
         "       gridgov worktime due FROM COUNT [--start moment|same_day|next_day]\n"
         "\n"
         "between counts the time between two moments, add gives the earliest moment at\n"
         "which so many seconds have been counted, due when a limit of so many hours,\n"
         "minutes or days runs out. A moment without a zone is in the roster's (+08:00).\n"
         "\n"
         "  --limit-kind KIND     urgent_hours, work_hours (default), workdays, slot_workdays,\n"
         "                        calendar_days, minutes, work_minutes\n"
         "  --calendar NAME|FILE|DIR   china (default), weekends (which knows only weekends),\n"
         "                        official holidays as JSON or CSV, or a folder of such files\n"
         "                        named after their years; may be given several times\n"
         "  --roster NAME|FILE    office (default, 08:00-12:00 and 14:00-18:00), duty (never\n"
         "                        closed), or a file gridgov.roster/1\n"
         "  --start START         when the clock of due begins\n"
         "  --seconds             one integer and nothing else\n"
         "\n"
         "Exit status: 0 clean, 2 usage, 3 not covered by the calendar, not evaluable, or a\n"
         "bad file, 4 output\n"
         "\n"
         "Examples:\n"
         "  gridgov worktime between '2021-09-17 17:00' '2021-09-18 9:00' --seconds\n"
         "  gridgov worktime due 2021-09-17T17:00 7 --limit-kind workdays --start next_day\n"},
    .takes = takes,
    .most_sources = 3,
    .needs_source = 1,
};
