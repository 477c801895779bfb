/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov init: an example month to fill in, as a folder of tables or as one workbook. What is
 * there already is never overwritten. */
#include "init_month.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ENDING ".xlsx"
#define MARK "\xEF\xBB\xBF" /* by which Excel and WPS know UTF-8 */

static int exists(const char *path) {
    struct stat status;
    return stat(path, &status) == 0;
}

static int is_workbook_name(const char *path) {
    size_t size = strlen(path), ending = strlen(ENDING);
    return size > ending && strcmp(path + size - ending, ENDING) == 0;
}

static int say_exists(const cli_options *options, const char *path) {
    fprintf(stderr, "gridgov: %s: %s\n", path,
            say(options, "已存在，不覆盖", "it exists already and is not overwritten"));
    return EXIT_OUTPUT;
}

/* Name of a file of a month folder. */
static void file_name(char *name, size_t size, int32_t table) {
    if (table == 0) {
        snprintf(name, size, "parameters.json");
    } else {
        snprintf(name, size, "%s.csv", gridgov_code_text(GRIDGOV_KIND_TABLE, table));
    }
}

static int write_file(const cli_options *options, const char *folder, const month_file *file) {
    char name[64], path[PATH_SIZE];
    FILE *to;
    int failed;
    file_name(name, sizeof name, file->table);
    if (!join_path(path, folder, name)) {
        return usage_error(options, "路径过长", "the path is too long", folder);
    }
    to = fopen(path, "wb");
    failed = to == NULL;
    if (to != NULL) {
        if (file->table != 0) {
            failed |= fwrite(MARK, 1, strlen(MARK), to) != strlen(MARK);
        }
        failed |= fwrite(file->text, 1, file->size, to) != file->size;
        failed |= fclose(to) != 0;
    }
    if (failed) {
        fprintf(stderr, "gridgov: %s: %s\n", path, strerror(errno));
        return EXIT_OUTPUT;
    }
    puts(path);
    return EXIT_CLEAN;
}

static int write_folder(const cli_options *options, const char *folder) {
    int result = make_folders(options, folder);
    for (size_t i = 0; i < INIT_FILES && result == EXIT_CLEAN; i++) {
        result = write_file(options, folder, &init_files[i]);
    }
    return result;
}

/* The file of a table in a folder, which may be of any kind; path is empty if there is none. */
static int find_table(const cli_options *options, const char *folder, int32_t table, char *path) {
    static const char *const endings[] = {".csv", ".xlsx", ".xls", ".xlsm", ".et"};
    char name[64], other[PATH_SIZE];
    path[0] = '\0';
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        snprintf(name, sizeof name, "%s%s", gridgov_code_text(GRIDGOV_KIND_TABLE, table),
                 endings[i]);
        if (!join_path(other, folder, name)) {
            return usage_error(options, "路径过长", "the path is too long", folder);
        }
        if (!exists(other)) {
            continue;
        }
        if (path[0] != '\0') {
            fprintf(stderr, "gridgov: %s, %s: %s\n", path, other,
                    say(options, "是同一张表，请只留一个", "both are one table; keep one"));
            return EXIT_INPUT;
        }
        memcpy(path, other, sizeof other);
    }
    return EXIT_CLEAN;
}

/* The parameters and tables of a folder, in the order of the example; *count of them. */
static int read_folder(const cli_options *options, const char *folder, month_file *files,
                       size_t *count) {
    char path[PATH_SIZE], name[64];
    int32_t table = 0;
    *count = 0;
    file_name(name, sizeof name, 0);
    if (!join_path(path, folder, name)) {
        return usage_error(options, "路径过长", "the path is too long", folder);
    }
    if (exists(path)) {
        files[0] = (month_file){.table = 0, .path = strdup(path)};
        files[0].text = read_text_file(options, path, &files[0].size);
        *count = 1;
        if (files[0].text == NULL) {
            return EXIT_INPUT;
        }
    }
    for (int64_t i = 0; gridgov_code_at(&table, GRIDGOV_KIND_TABLE, i) == GRIDGOV_OK; i++) {
        int result = find_table(options, folder, table, path);
        if (result != EXIT_CLEAN) {
            return result;
        }
        if (path[0] != '\0') {
            files[(*count)++] = (month_file){.table = table, .path = strdup(path)};
        }
    }
    return EXIT_CLEAN;
}

/* Name what a workbook cannot hold: mappings, policies, files of no table. */
static void say_left_out(const cli_options *options, const char *folder, const month_file *files,
                         size_t count) {
    DIR *entries = opendir(folder);
    const struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        int taken = entry->d_name[0] == '.';
        for (size_t i = 0; i < count && !taken; i++) {
            const char *slash = files[i].path != NULL ? strrchr(files[i].path, '/') : NULL;
            taken = slash != NULL && strcmp(slash + 1, entry->d_name) == 0;
        }
        if (!taken) {
            fprintf(stderr, "gridgov: %s/%s: %s\n", folder, entry->d_name,
                    say(options, "未写入工作簿", "not written into the workbook"));
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
}

/* A workbook of another folder's tables. */
static int convert_folder(const cli_options *options, const char *from, const char *path) {
    month_file files[64];
    size_t count = 0;
    int result = read_folder(options, from, files, &count);
    if (result == EXIT_CLEAN && count == 0) {
        result = usage_error(options, "--from 中没有表格", "there is no table in --from", from);
    }
    if (result == EXIT_CLEAN) {
        result = write_month_workbook(options, files, count, path);
    }
    if (result == EXIT_CLEAN) {
        say_left_out(options, from, files, count);
    }
    for (size_t i = 0; i < count; i++) {
        free((char *)files[i].text);
        free((char *)files[i].path);
    }
    return result;
}

static int run_init(const cli_options *options) {
    const char *path = first_source(options), *from = option_value(options, "--from");
    int result;
    if (exists(path)) {
        return say_exists(options, path);
    }
    if (!is_workbook_name(path)) {
        result = from != NULL ? usage_error(options, "--from 只用于写工作簿（.xlsx）",
                                            "--from is for workbooks (.xlsx)", from)
                              : write_folder(options, path);
    } else {
        result = from != NULL ? convert_folder(options, from, path)
                              : write_month_workbook(options, init_files, INIT_FILES, path);
        if (result == EXIT_CLEAN) {
            puts(path);
        }
    }
    return result == EXIT_CLEAN ? finish_output() : result;
}

static const char *const takes[] = {"--from=", NULL};

const cli_command init_command = {
    "init",
    run_init,
    {"写出一个可填写的示例月份：文件夹，或一个工作簿",
     "write an example month to fill in: a folder, or one workbook"},
    {"用法：gridgov init 文件夹|文件.xlsx [--from 文件夹]\n"
     "\n"
     "写出一个填好的示例月份（2021 年 9 月），照样填写即可。名称以 .xlsx 结尾则写成一个\n"
     "工作簿：总览 单位 派驻机构 网格员 请假 事件 环节 巡查 应走访 走访 …，各列为文本格式，\n"
     "编码的前导零不会丢失，固定取值的列有下拉列表。已有的文件不会被覆盖。\n"
     "\n"
     "  --from 文件夹         不写示例，而把已有的月份文件夹写成工作簿\n"
     "\n"
     "返回值：0 正常，2 用法，3 输入，4 输出（已存在）\n"
     "\n"
     "示例：\n"
     "  gridgov init 九月.xlsx\n"
     "  gridgov bulletin 九月.xlsx --month 2021-09 -o out\n",
     "Usage: gridgov init DIR|FILE.xlsx [--from DIR]\n"
     "\n"
     "Writes a filled example month (September 2021) to go by. A name that ends in .xlsx gives\n"
     "one workbook: 总览 单位 派驻机构 网格员 请假 事件 环节 巡查 应走访 走访 …, all columns in a\n"
     "text format, so that codes keep their leading zeros, with lists to choose from where\n"
     "values are fixed. What is there already is not overwritten.\n"
     "\n"
     "  --from DIR            no example: an existing month folder as a workbook\n"
     "\n"
     "Exit status: 0 clean, 2 usage, 3 input, 4 output (it exists already)\n"
     "\n"
     "Example:\n"
     "  gridgov init september.xlsx\n"
     "  gridgov bulletin september.xlsx --month 2021-09 -o out\n"},
    takes,
    1,
    1,
    0};
