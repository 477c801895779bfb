/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov COMMAND …: finds the command and reads its options. Documents are Chinese unless --lang
 * says otherwise; the locale touches only help and messages. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static const char *const general_help[2] = {
    "用法：gridgov 命令 来源 --month 年-月 [选项]\n"
    "\n"
    "命令：\n"
    "  bulletin   由一个月的原始数据生成通报（Markdown、HTML、JSON、CSV）\n"
    "  score      输出各网格的评分表（CSV 或 JSON）\n"
    "  audit      检查一份已印出的通报哪里不符：gridgov audit 文件\n"
    "\n"
    "  gridgov 命令 --help   查看该命令的说明和示例\n"
    "  gridgov --version     查看版本\n",
    "Usage: gridgov COMMAND SOURCE --month YYYY-MM [options]\n"
    "\n"
    "Commands:\n"
    "  bulletin   make the bulletin of a month from raw rows (Markdown, HTML, JSON, CSV)\n"
    "  score      print the scores of all grids (CSV or JSON)\n"
    "  audit      say what does not add up in a printed bulletin: gridgov audit FILE\n"
    "\n"
    "  gridgov COMMAND --help   what the command does, with an example\n"
    "  gridgov --version        the version\n"};

static const cli_command commands[] = {
    {"bulletin", run_bulletin, {NULL, NULL}, 1},
    {"score", run_score, {NULL, NULL}, 1},
    {"audit", run_audit, {NULL, NULL}, 0},
};

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

static int set_language(cli_options *options, const char *value) {
    int32_t lang;
    if (gridgov_code_value(&lang, GRIDGOV_KIND_LANG, value, strlen(value)) != GRIDGOV_OK) {
        return usage_error(options, "--lang 只能是 zh 或 en", "--lang is zh or en", value);
    }
    options->lang = lang;
    options->message_lang = lang;
    return EXIT_CLEAN;
}

/* Where the value of a long option goes; NULL if there is no such option. */
static const char **option_target(cli_options *options, const char *name, size_t size) {
    const struct {
        const char *name;
        const char **target;
    } known[] = {
        {"--month", &options->month},   {"--mapping", &options->mapping},
        {"--policy", &options->policy}, {"--parameters", &options->parameters},
        {"--as-of", &options->as_of},   {"--format", &options->formats},
        {"--output", &options->output}, {"-o", &options->output},
        {"--grid", &options->grid},     {"--previous", &options->previous},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strlen(known[i].name) == size && memcmp(known[i].name, name, size) == 0) {
            return known[i].target;
        }
    }
    return NULL;
}

static int *flag_target(cli_options *options, const char *name) {
    const struct {
        const char *name;
        int *target;
    } known[] = {
        {"--json", &options->json}, {"--csv", &options->csv}, {"--strict", &options->strict},
        {"--help", &options->help}, {"-h", &options->help},   {"--version", &options->version},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(known[i].name, name) == 0) {
            return known[i].target;
        }
    }
    return NULL;
}

/* Read one word and perhaps its value; *index is moved past what was taken. */
static int read_word(cli_options *options, char **words, int count, int *index) {
    const char *word = words[(*index)++];
    const char *equals = strchr(word, '=');
    size_t size = equals != NULL ? (size_t)(equals - word) : strlen(word);
    int is_lang = size == 6 && memcmp(word, "--lang", 6) == 0;
    const char **target = option_target(options, word, size);
    int *flag = flag_target(options, word);
    const char *value = equals != NULL ? equals + 1 : NULL;
    if (word[0] != '-' || word[1] == '\0') {
        if (options->source != NULL) {
            return usage_error(options, "来源只能有一个", "only one SOURCE is allowed", word);
        }
        options->source = word;
        return EXIT_CLEAN;
    }
    if (flag != NULL) {
        *flag = 1;
        return EXIT_CLEAN;
    }
    if (target == NULL && !is_lang) {
        return usage_error(options, "没有这个选项", "there is no such option", word);
    }
    if (value == NULL && *index < count) {
        value = words[(*index)++];
    }
    if (value == NULL || value[0] == '\0') {
        return usage_error(options, "选项缺少取值", "an option lacks its value", word);
    }
    if (is_lang) {
        return set_language(options, value);
    }
    *target = value;
    return EXIT_CLEAN;
}

static int run_command(const cli_command *command, const char *const *help,
                       const cli_options *options) {
    if (options->help) {
        fputs(help[options->message_lang], stdout);
        return EXIT_CLEAN;
    }
    if (options->source == NULL) {
        return command->needs_month
                   ? usage_error(options, "缺少来源（月份文件夹或导出文件）",
                                 "SOURCE is missing (a month folder or an export)", NULL)
                   : usage_error(options, "缺少文件", "FILE is missing", NULL);
    }
    if (options->month == NULL && command->needs_month) {
        return usage_error(options, "缺少 --month（如 --month 2021-09）",
                           "--month is missing (e.g. --month 2021-09)", NULL);
    }
    return command->run(options);
}

int main(int argc, char **argv) {
    cli_options options = {.lang = GRIDGOV_LANG_ZH, .message_lang = message_language()};
    const char *const *const helps[] = {bulletin_help, score_help, audit_help};
    int index = 1;
    size_t found = sizeof commands / sizeof commands[0];
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) {
            found = i;
            index = 2;
        }
    }
    if (argc > 1 && index == 1 && argv[1][0] != '-') {
        return usage_error(&options, "没有这个命令", "there is no such command", argv[1]);
    }
    while (index < argc) {
        int status = read_word(&options, argv, argc, &index);
        if (status != EXIT_CLEAN) {
            return status;
        }
    }
    if (options.version) {
        printf("gridgov %s\n", gridgov_version_text());
        return EXIT_CLEAN;
    }
    if (found == sizeof commands / sizeof commands[0]) {
        fputs(general_help[options.message_lang], options.help ? stdout : stderr);
        return options.help ? EXIT_CLEAN : EXIT_USAGE;
    }
    return run_command(&commands[found], helps[found], &options);
}
