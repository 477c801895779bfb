/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a command line. Each command says which options it takes; what it does not take is
 * refused, so that no option is silently without effect. An option that takes a value may be given
 * more than once; commands that want one use the last. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static const char *const every_command[] = {"--lang=", "--help", "-h", "--version", NULL};

/* The languages of documents and messages. */
static int set_language(cli_options *options, const char *value) {
    int32_t lang;
    if (gridgov_code_value(&lang, GRIDGOV_KIND_LANG, value, strlen(value)) != GRIDGOV_OK) {
        return usage_error(options, "--lang 只能是 zh 或 en", "--lang is zh or en", value);
    }
    options->lang = lang;
    options->message_lang = lang;
    return EXIT_CLEAN;
}

/* The entry of a list of options that has a name; NULL if there is none. */
static const char *find_option(const char *const *list, const char *name, size_t size) {
    for (; list != NULL && *list != NULL; list++) {
        if (strncmp(*list, name, size) == 0 && ((*list)[size] == '\0' || (*list)[size] == '=')) {
            return *list;
        }
    }
    return NULL;
}

/* Read one word and perhaps its value; *index is moved past what was taken. */
static int read_word(cli_options *options, char **words, int count, int *index) {
    const char *word = words[(*index)++], *name = word;
    const char *equals = strchr(word, '=');
    size_t size = equals != NULL ? (size_t)(equals - word) : strlen(word);
    const char *value = equals != NULL ? equals + 1 : NULL;
    const char *found = NULL;
    if (word[0] != '-' || word[1] == '\0' || (word[1] >= '0' && word[1] <= '9')) {
        options->sources[options->source_count++] = word;
        return EXIT_CLEAN;
    }
    if (size == 8 && memcmp(word, "--output", 8) == 0) {
        name = "-o"; // the same, written out
        size = 2;
    }
    found = find_option(every_command, name, size);
    if (found == NULL && options->command != NULL) {
        found = find_option(options->command->takes, name, size);
    }
    if (found == NULL) {
        return usage_error(options, "没有这个选项", "there is no such option", word);
    }
    if (found[size] != '=') {
        if (equals != NULL) {
            return usage_error(options, "该选项不带取值", "that option takes no value", word);
        }
        options->names[options->count] = found;
        options->values[options->count++] = "";
        return EXIT_CLEAN;
    }
    if (value == NULL && *index < count) {
        value = words[(*index)++];
    }
    if (value == NULL || value[0] == '\0') {
        return usage_error(options, "选项缺少取值", "an option lacks its value", word);
    }
    options->names[options->count] = found;
    options->values[options->count++] = value;
    return strcmp(found, "--lang=") == 0 ? set_language(options, value) : EXIT_CLEAN;
}

int read_words(cli_options *options, char **words, int count, int index) {
    options->sources = calloc((size_t)count + 1, sizeof *options->sources);
    options->names = calloc((size_t)count + 1, sizeof *options->names);
    options->values = calloc((size_t)count + 1, sizeof *options->values);
    if (options->sources == NULL || options->names == NULL || options->values == NULL) {
        fputs("gridgov: out of memory\n", stderr);
        return EXIT_INTERNAL;
    }
    while (index < count) {
        int status = read_word(options, words, count, &index);
        if (status != EXIT_CLEAN) {
            return status;
        }
    }
    return EXIT_CLEAN;
}

void free_words(cli_options *options) {
    free(options->sources);
    free(options->names);
    free(options->values);
}

static int is_named(const char *entry, const char *name) {
    size_t size = strlen(name);
    return strncmp(entry, name, size) == 0 && (entry[size] == '\0' || entry[size] == '=');
}

const char *option_value_at(const cli_options *options, const char *name, int index) {
    for (int i = 0; i < options->count; i++) {
        if (is_named(options->names[i], name) && index-- == 0) {
            return options->values[i];
        }
    }
    return NULL;
}

const char *option_value(const cli_options *options, const char *name) {
    for (int i = options->count - 1; i >= 0; i--) {
        if (is_named(options->names[i], name)) {
            return options->values[i];
        }
    }
    return NULL;
}

int option_given(const cli_options *options, const char *name) {
    return option_value(options, name) != NULL;
}

const char *first_source(const cli_options *options) {
    return options->source_count > 0 ? options->sources[0] : NULL;
}

int read_workers(const cli_options *options, int32_t *workers) {
    const char *text = option_value(options, "--workers");
    char *end = NULL;
    *workers = 0;
    if (text != NULL) {
        const long value = strtol(text, &end, 10);
        if (*end != '\0' || end == text || value < 1 || value > 64) {
            return usage_error(options, "--workers 为 1 到 64", "--workers is 1 to 64", text);
        }
        *workers = (int32_t)value;
    }
    return EXIT_CLEAN;
}
