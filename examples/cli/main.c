/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov COMMAND …: finds the command and reads its options. Documents are Chinese unless --lang
 * says otherwise; the locale touches only help and messages. */
#include "office.h"

#include <stdlib.h>
#include <string.h>

/* One a line, in the order of the help. */
/* clang-format off */
static const cli_command *const commands[] = {
    &init_command,
    &import_command,
    &mapping_command,
    &bulletin_command,
    &cases_command,
    &agencies_command,
    &score_command,
    &explain_command,
    &certificate_command,
    &replay_command,
    &slips_command,
    &restate_command,
    &validity_command,
    &audit_command,
    &rank_command,
    &tally_command,
    &tracks_command,
    &worktime_command,
    &lint_command,
    &policy_command,
    &discriminate_command,
};
/* clang-format on */
#define COMMANDS (sizeof commands / sizeof commands[0])

/* The language of messages: --lang, else the locale's. */
static int message_language(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            return strncmp(value, "zh", 2) == 0 ? GRIDGOV_LANG_ZH : GRIDGOV_LANG_EN;
        }
    }
    return GRIDGOV_LANG_EN;
}

static void print_help(const cli_options *options, FILE *to) {
    fputs(say(options, "用法：gridgov 命令 来源… [选项]\n\n命令：\n",
              "Usage: gridgov COMMAND SOURCE… [options]\n\nCommands:\n"),
          to);
    for (size_t i = 0; i < COMMANDS; i++) {
        fprintf(to, "  %-12s %s\n", commands[i]->name, commands[i]->line[options->message_lang]);
    }
    fputs(say(options,
              "\n  gridgov 命令 --help   查看该命令的说明和示例\n"
              "  gridgov --version     查看版本\n",
              "\n  gridgov COMMAND --help   what the command does, with an example\n"
              "  gridgov --version        the version\n"),
          to);
}

static int run_command(const cli_options *options) {
    const cli_command *command = options->command;
    if (option_given(options, "--help") || option_given(options, "-h")) {
        fputs(command->help[options->message_lang], stdout);
        return EXIT_CLEAN;
    }
    if (command->most_sources > 0 && options->source_count > command->most_sources) {
        return usage_error(options, "多余的来源", "one word too many",
                           options->sources[command->most_sources]);
    }
    if (command->needs_source && options->source_count == 0) {
        return command->needs_month
                   ? usage_error(options, "缺少来源（月份文件夹或导出文件）",
                                 "SOURCE is missing (a month folder or an export)", NULL)
                   : usage_error(options, "缺少文件", "FILE is missing", NULL);
    }
    if (command->needs_month && !option_given(options, "--month")) {
        return usage_error(options, "缺少 --month（如 --month 2021-09）",
                           "--month is missing (e.g. --month 2021-09)", NULL);
    }
    return command->run(options);
}

static int run(cli_options *options, int argc, char **argv) {
    int index = 1, status;
    for (size_t i = 0; argc > 1 && i < COMMANDS; i++) {
        if (strcmp(argv[1], commands[i]->name) == 0) {
            options->command = commands[i];
            index = 2;
        }
    }
    if (argc > 1 && index == 1 && argv[1][0] != '-') {
        return usage_error(options, "没有这个命令", "there is no such command", argv[1]);
    }
    status = read_words(options, argv, argc, index);
    if (status != EXIT_CLEAN) {
        return status;
    }
    if (option_given(options, "--version")) {
        printf("gridgov %s\n", gridgov_version_text());
        return finish_output();
    }
    if (options->command == NULL) {
        int asked = option_given(options, "--help") || option_given(options, "-h");
        print_help(options, asked ? stdout : stderr);
        return asked ? finish_output() : EXIT_USAGE;
    }
    return run_command(options);
}

int main(int argc, char **argv) {
    cli_options options = {.lang = GRIDGOV_LANG_ZH, .message_lang = message_language()};
    int status = run(&options, argc, argv);
    free_words(&options);
    return status;
}
