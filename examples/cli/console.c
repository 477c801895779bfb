/* SPDX-License-Identifier: Apache-2.0 */
/* What the user sees on stderr: usage errors, errors, issues, and progress on a terminal. */
#include "cli.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ISSUES_SHOWN 40

const char *say(const cli_options *options, const char *zh, const char *en) {
    return options->message_lang == GRIDGOV_LANG_ZH ? zh : en;
}

int usage_error(const cli_options *options, const char *zh, const char *en, const char *value) {
    fprintf(stderr, "gridgov: %s", say(options, zh, en));
    if (value != NULL) {
        fprintf(stderr, say(options, "：%s", ": %s"), value);
    }
    fprintf(stderr, "\n%s\n", say(options, "用 gridgov --help 查看用法", "see gridgov --help"));
    return EXIT_USAGE;
}

static int exit_of(gridgov_status status) {
    switch (status) {
    case GRIDGOV_OK:
    case GRIDGOV_END:
        return EXIT_CLEAN;
    case GRIDGOV_ECANCELLED:
        return EXIT_CANCELLED;
    case GRIDGOV_EIO:
    case GRIDGOV_EFORMAT:
    case GRIDGOV_EDATA:
    case GRIDGOV_EPOLICY:
    case GRIDGOV_ELIMIT:
    case GRIDGOV_ERANGE:
    case GRIDGOV_ENOTFOUND:
    case GRIDGOV_EUNSUPPORTED:
    case GRIDGOV_EVERSION:
        return EXIT_INPUT;
    default:
        return EXIT_INTERNAL;
    }
}

int report_error(const cli_options *options, const gridgov_error *err) {
    char text[GRIDGOV_ERROR_TEXT_SIZE];
    gridgov_error_text(text, sizeof text, err, options->message_lang);
    fprintf(stderr, "gridgov: %s\n", text);
    return exit_of(err->status);
}

/* 1 if both say the same of the same place. */
static int same_problem(const gridgov_error *a, const gridgov_error *b) {
    return a->rule == b->rule && a->row == b->row && a->column == b->column &&
           strcmp(a->source, b->source) == 0 && strcmp(a->field, b->field) == 0 &&
           strcmp(a->value, b->value) == 0 && strcmp(a->message, b->message) == 0;
}

int report_failure(const cli_options *options, const gridgov_issues *issues,
                   const gridgov_error *err) {
    gridgov_error last;
    int64_t count = gridgov_issues_count(issues);
    // Errors are printed last, so the last of few issues stands right above this line.
    if (count > 0 && count <= ISSUES_SHOWN &&
        gridgov_issues_at(&last, issues, count - 1) == GRIDGOV_OK && same_problem(&last, err)) {
        return exit_of(err->status);
    }
    return report_error(options, err);
}

/* Print the first issues of one severity, then how many more of it there are. */
static void print_severity(const cli_options *options, const gridgov_issues *issues,
                           int32_t severity, int64_t most) {
    const char *title = gridgov_code_title(GRIDGOV_KIND_SEVERITY, severity, options->message_lang);
    int64_t all = gridgov_issues_severity_count(issues, severity), shown = 0;
    gridgov_error issue;
    char text[GRIDGOV_ERROR_TEXT_SIZE];
    for (int64_t i = 0; shown < most && gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        if (gridgov_rule_severity(issue.rule) == severity) {
            gridgov_error_text(text, sizeof text, &issue, options->message_lang);
            fprintf(stderr, "%s%s%s\n", title, say(options, "：", ": "), text);
            shown++;
        }
    }
    if (all > shown) {
        fprintf(stderr, say(options, "%s：……另有 %lld 条\n", "%s: … and %lld more\n"), title,
                (long long)(all - shown));
    }
}

void print_issues(const cli_options *options, const gridgov_issues *issues, int32_t severity) {
    int64_t room[GRIDGOV_SEVERITY_ERROR + 1], left = ISSUES_SHOWN;
    for (int32_t s = GRIDGOV_SEVERITY_ERROR; s >= severity; s--) {
        int64_t all = gridgov_issues_severity_count(issues, s);
        room[s] = all < left ? all : left;
        left -= room[s];
    }
    for (int32_t s = severity; s <= GRIDGOV_SEVERITY_ERROR; s++) {
        print_severity(options, issues, s, room[s]);
    }
}

#define BAR_WIDTH 24

/* The handler may only touch what is lock-free; the job's cancel is. */
static gridgov_job *_Atomic watched_job;

static void on_interrupt(int number) {
    gridgov_job *job = atomic_load(&watched_job);
    (void)number;
    if (job != NULL) {
        gridgov_job_cancel(job);
    }
}

/* When the work on the terminal began, and how far it is; one command runs at a time. */
static struct timespec began;
static int64_t shown_done;

/* "1.2 M" of 1234567. */
static void short_number(char text[16], double number) {
    if (number >= 1e6) {
        snprintf(text, 16, "%.1f M", number / 1e6);
    } else {
        snprintf(text, 16, "%.0f", number);
    }
}

/* "tally  42% [########            ] 1.2 M/s, 3 s": bytes and rows count alike; the seconds are
 * those that are left. */
static int32_t show_progress(void *user, const char *stage, int64_t done, int64_t total) {
    char bar[BAR_WIDTH + 1];
    struct timespec now;
    (void)user;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (done < shown_done) { // the next table, or the next stage
        began = now;
    }
    shown_done = done;
    const double spent =
        (double)(now.tv_sec - began.tv_sec) + (double)(now.tv_nsec - began.tv_nsec) / 1e9;
    const double rate = spent > 0 ? (double)done / spent : 0;
    char rate_text[16];
    short_number(rate_text, rate);
    if (total <= 0) {
        fprintf(stderr, "\r%s %lld (%s/s)\033[K", stage, (long long)done, rate_text);
        return 0;
    }
    const int filled = (int)(done * BAR_WIDTH / total);
    memset(bar, ' ', BAR_WIDTH);
    memset(bar, '#', (size_t)(filled < BAR_WIDTH ? filled : BAR_WIDTH));
    bar[BAR_WIDTH] = '\0';
    fprintf(stderr, "\r%s %3d%% [%s] %s/s, %.0f s \033[K", stage, (int)(done * 100 / total), bar,
            rate_text, rate > 0 ? (double)(total - done) / rate : 0);
    return 0;
}

int start_watch(const cli_options *options, gridgov_job **job) {
    struct sigaction action;
    gridgov_error err;
    if (gridgov_job_new(job, &err) != GRIDGOV_OK) {
        return report_error(options, &err);
    }
    if (isatty(STDERR_FILENO)) {
        gridgov_job_on_progress(*job, show_progress, NULL);
    }
    clock_gettime(CLOCK_MONOTONIC, &began);
    shown_done = 0;
    atomic_store(&watched_job, *job);
    memset(&action, 0, sizeof action);
    action.sa_handler = on_interrupt;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    return EXIT_CLEAN;
}

void finish_watch(gridgov_job *job) {
    atomic_store(&watched_job, NULL);
    signal(SIGINT, SIG_DFL);
    if (job != NULL && isatty(STDERR_FILENO)) {
        fputs("\r\033[K", stderr);
    }
}
