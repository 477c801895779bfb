/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest host: a month folder in, bulletin.html and the scorecards out.
 *
 *     minimal examples/data/baiguan-2021-09 2021-09
 *
 * One handle carries the whole month. Every call takes the same error struct; the first failure
 * ends the chain, and freeing NULL is allowed, so there is one way out. Bad rows do not fail the
 * run: they are listed in the issues. */
#include <gridgov/gridgov.h>

#include <stdio.h>
#include <string.h>

static void print_line(const gridgov_error *problem) {
    char line[GRIDGOV_ERROR_TEXT_SIZE];
    gridgov_error_text(line, sizeof line, problem, GRIDGOV_LANG_EN);
    fprintf(stderr, "%s\n", line);
}

static void print_issues(const gridgov_issues *issues) {
    gridgov_error issue;
    for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        print_line(&issue);
    }
}

static gridgov_status score(gridgov_month *month, const char *folder, gridgov_issues *issues,
                            gridgov_error *err) {
    gridgov_bytes *json = NULL;
    gridgov_status status = gridgov_month_set_folder(month, folder, issues, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_month_run(month, issues, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_render_file("bulletin.html", gridgov_month_bulletin(month),
                                     GRIDGOV_FORMAT_HTML, NULL, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_month_score_json(&json, month, GRIDGOV_NONE, err);
    }
    if (status == GRIDGOV_OK) {
        fputs(gridgov_bytes_data(json, NULL), stdout);
    }
    gridgov_bytes_free(json);
    return status;
}

int main(int argc, char **argv) {
    gridgov_month *month = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err;
    gridgov_status status;
    if (argc != 3) {
        fputs("usage: minimal FOLDER MONTH\n", stderr);
        return 2;
    }
    status = gridgov_issues_new(&issues, 0, &err);
    if (status == GRIDGOV_OK) {
        status = gridgov_month_new(&month, argv[2], strlen(argv[2]), &err);
    }
    if (status == GRIDGOV_OK) {
        status = score(month, argv[1], issues, &err);
    }
    print_issues(issues);
    if (status != GRIDGOV_OK) {
        print_line(&err);
    }
    gridgov_month_free(month);
    gridgov_issues_free(issues);
    return status == GRIDGOV_OK ? 0 : 3;
}
