/* SPDX-License-Identifier: Apache-2.0 */
/* The gridgov command: a shell over the library. Uses public headers only. A command is one file
 * <name>_command.c with one cli_command, which main.c lists. */
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

#define PATH_SIZE 4096 /* bytes of a path, its NUL included */

/* What the words after a command said; text is borrowed from argv. */
typedef struct cli_options {
    const struct cli_command *command; /* NULL: none was named */
    const char **sources;              /* words that are no options */
    int source_count;
    const char **names,
        **values; /* options, as their command spells them, and values; "" of a flag */
    int count;
    int lang;         /* GRIDGOV_LANG_* of documents */
    int message_lang; /* GRIDGOV_LANG_* of help and messages */
} cli_options;

/* One command. */
typedef struct cli_command {
    const char *name;
    int (*run)(const cli_options *options);
    const char *line[2];      /* by GRIDGOV_LANG_*: what it does, one line */
    const char *help[2];      /* by GRIDGOV_LANG_*: its manual */
    const char *const *takes; /* its options, ended by NULL: "--json", "--month=" with a value */
    int most_sources;         /* words that are no options; 0: any number */
    int needs_source;         /* 1: at least one */
    int needs_month;          /* 1: --month must be given */
} cli_command;

extern const cli_command discriminate_command, agencies_command, audit_command, policy_command,
    lint_command, mapping_command, bulletin_command, cases_command, certificate_command,
    explain_command, rank_command, replay_command, slips_command, restate_command, score_command,
    tally_command, tracks_command, validity_command, worktime_command;

/* The options of every command that reads a month (open_month(), open_source()), and of those that
 * score it. */
#define SOURCE_OPTIONS                                                                             \
    "--month=", "--mapping=", "--policy=", "--parameters=", "--as-of=", "--strict"
#define MONTH_OPTIONS SOURCE_OPTIONS, "--earlier="

/* words.c: the words of a command line. */
int read_words(cli_options *options, char **words, int count, int index);
void free_words(cli_options *options);
/* The value of an option given without its "=", the last if there are several; NULL if not given.
 */
const char *option_value(const cli_options *options, const char *name);
/* The values of an option that may be given more than once, in their order; NULL past the last. */
const char *option_value_at(const cli_options *options, const char *name, int index);
/* 1 if an option was given. */
int option_given(const cli_options *options, const char *name);
/* The first word that is no option; NULL if there is none. */
const char *first_source(const cli_options *options);

/* Threads that --workers asks for; 0 if it was not given. */
int read_workers(const cli_options *options, int32_t *workers);

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
/* Issues of at least a severity, errors last: forty in all, the worst first to get a place, and how
 * many more there are. */
void print_issues(const cli_options *options, const gridgov_issues *issues, int32_t severity);
/* Progress on a terminal, and cancelling by Ctrl-C. The job is to be freed after finish_watch(). */
int start_watch(const cli_options *options, gridgov_job **job);
void finish_watch(gridgov_job *job);

/* output.c: where results go. */
/* folder/file in a buffer of PATH_SIZE; 0 if it does not fit. */
int join_path(char *path, const char *folder, const char *file);
/* Make a folder and those above it. */
int make_folders(const cli_options *options, const char *folder);
/* Into a file, whole or not at all; to stdout if path is NULL. */
int write_bytes(const cli_options *options, const gridgov_bytes *bytes, const char *path);
/* A text in JSON quotes, to stdout. */
void print_quoted(const char *text);
/* stdout could not be written; returns EXIT_OUTPUT. */
int output_error(int number);
/* Write out what stdout holds back: EXIT_CLEAN, or EXIT_OUTPUT with a message. */
int finish_output(void);

/* source.c: from options to a month that has run. Returns an exit status; *month is NULL unless it
 * is EXIT_CLEAN. */
int open_month(const cli_options *options, gridgov_month **month);
/* The same of one of several sources, and of a month that --month need not name. */
int open_source(const cli_options *options, const char *source, const char *text,
                gridgov_month **month);
/* The grid that --grid names; GRIDGOV_NONE if it was not given. An unknown or ambiguous name is a
 * usage error, with the candidates below it. */
int find_grid(const cli_options *options, const gridgov_month *month, int64_t *unit);
/* policy_command.c: a built-in policy by name, or one from a file, with --parameters. Issues take
 * the problems of the document, which are not printed; any other failure is. *result is the exit
 * status.
 */
gridgov_status open_policy(const cli_options *options, const char *source, gridgov_policy **policy,
                           gridgov_issues *issues, int *result);
/* A whole file as text, to be freed with free(); NULL with a message on failure. */
char *read_text_file(const cli_options *options, const char *path, size_t *size);
/* The same of a built-in document of a kind (GRIDGOV_PACK_*) if one has this name, else of a file.
 */
char *read_document(const cli_options *options, int32_t kind, const char *source, size_t *size);

#endif
