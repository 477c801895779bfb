/* SPDX-License-Identifier: Apache-2.0 */
/* The gridgov command: a shell over gridgov/month.h. Uses public headers only. */
#ifndef CLI_H
#define CLI_H

#include <gridgov/gridgov.h>

#include <stdio.h>

/* Exit statuses of every command. */
enum {
    EXIT_CLEAN = 0,
    EXIT_FINDINGS = 1, /* findings, or problems under --strict */
    EXIT_USAGE = 2,
    EXIT_INPUT = 3,
    EXIT_OUTPUT = 4,
    EXIT_INTERNAL = 70,
    EXIT_CANCELLED = 130
};

/* What the words after a command said; text is borrowed from argv, NULL where not given. */
typedef struct cli_options {
    const char *source, *month, *mapping, *policy, *parameters, *as_of, *formats, *output, *grid;
    const char *previous;
    int lang;         /* GRIDGOV_LANG_* of documents */
    int message_lang; /* GRIDGOV_LANG_* of help and messages */
    int json, csv, strict, help, version;
} cli_options;

/* One command of the table in main.c. */
typedef struct cli_command {
    const char *name;
    int (*run)(const cli_options *options);
    const char *help[2]; /* by GRIDGOV_LANG_* */
    int needs_month;
} cli_command;

int run_audit(const cli_options *options);
int run_bulletin(const cli_options *options);
int run_score(const cli_options *options);
extern const char *const audit_help[2];
extern const char *const bulletin_help[2];
extern const char *const score_help[2];

/* console.c: what the user sees on stderr. */
/* One of two texts, by the language of messages. */
const char *say(const cli_options *options, const char *zh, const char *en);
/* "gridgov: …" and the pointer to --help; returns EXIT_USAGE. */
int usage_error(const cli_options *options, const char *zh, const char *en, const char *value);
/* The error as one line; returns the exit status that its status asks for. */
int report_error(const cli_options *options, const gridgov_error *err);
/* The same after print_issues(): an error that stands among the issues is not said twice. */
int report_failure(const cli_options *options, const gridgov_issues *issues,
                   const gridgov_error *err);
/* stdout could not be written; returns EXIT_OUTPUT. */
int output_error(int number);
/* Write out what stdout holds back: EXIT_CLEAN, or EXIT_OUTPUT with a message. */
int finish_output(void);
/* Issues of at least a severity, errors last: forty in all, the worst first to get a place, and how
 * many more there are. */
void print_issues(const cli_options *options, const gridgov_issues *issues, int32_t severity);
/* Progress on a terminal, and cancelling by Ctrl-C. The job is to be freed after finish_watch(). */
int start_watch(const cli_options *options, gridgov_job **job);
void finish_watch(gridgov_job *job);

/* source.c: from options to a month that has run. Returns an exit status; *month is NULL unless it
 * is EXIT_CLEAN. */
int open_month(const cli_options *options, gridgov_month **month);
/* A whole file as text, to be freed with free(); NULL with a message on failure. */
char *read_text_file(const cli_options *options, const char *path, size_t *size);

#endif
