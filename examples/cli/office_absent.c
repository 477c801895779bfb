/* SPDX-License-Identifier: Apache-2.0 */
/* Office files where gridgov::office was not built: every way in says so. */
#include "office.h"

static int say_absent(const cli_options *options, const char *path) {
    return usage_error(options, "本命令编译时未包含 Office 文件支持（gridgov::office）",
                       "this command was built without Office files (gridgov::office)", path);
}

int is_workbook(const char *path) {
    (void)path;
    return 0;
}

int write_month_workbook(const cli_options *options, const month_file *files, size_t count,
                         const char *path) {
    (void)files;
    (void)count;
    return say_absent(options, path);
}

int give_workbook(const cli_options *options, const char *path, gridgov_month *month,
                  gridgov_issues *issues) {
    (void)month;
    (void)issues;
    return say_absent(options, path);
}

int open_fixes(const cli_options *options, const char *path, const gridgov_csv_options *csv,
               gridgov_rows **rows, gridgov_error *err) {
    (void)options;
    return gridgov_rows_open_csv_file(rows, path, csv, err);
}
