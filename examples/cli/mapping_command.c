/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov mapping: the built-in mappings, which hold the header names that are understood. */
#include "cli.h"

#include <string.h>

static int list(const cli_options *options) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    for (int64_t i = 0; gridgov_pack_at(&pack, i) == GRIDGOV_OK; i++) {
        gridgov_mapping *mapping = NULL;
        gridgov_error err = {0};
        int32_t table;
        if (pack.kind != GRIDGOV_PACK_MAPPING) {
            continue;
        }
        if (gridgov_mapping_open(&mapping, pack.name, strlen(pack.name), &err) != GRIDGOV_OK) {
            return report_error(options, &err);
        }
        table = gridgov_mapping_table(mapping);
        printf("%-16s %s\n", pack.name,
               gridgov_code_title(GRIDGOV_KIND_TABLE, table, options->message_lang));
        gridgov_mapping_free(mapping);
    }
    return finish_output();
}

static int run_mapping(const cli_options *options) {
    const char *verb = first_source(options);
    gridgov_pack pack = {.struct_size = sizeof pack};
    if (verb == NULL) {
        return list(options);
    }
    if (strcmp(verb, "show") != 0 || options->source_count != 2) {
        return usage_error(options, "应为 gridgov mapping show 名称",
                           "expected gridgov mapping show NAME", NULL);
    }
    if (gridgov_pack_find(&pack, GRIDGOV_PACK_MAPPING, options->sources[1],
                          strlen(options->sources[1]), NULL) != GRIDGOV_OK) {
        return usage_error(options, "没有这个内置映射", "there is no such built-in mapping",
                           options->sources[1]);
    }
    fwrite(pack.data, 1, pack.size, stdout);
    return finish_output();
}

static const char *const takes[] = {NULL};

const cli_command mapping_command = {
    "mapping",
    run_mapping,
    {"内置映射：各表能识别的列名", "the built-in mappings: header names that are understood"},
    {"用法：gridgov mapping\n"
     "      gridgov mapping show 名称\n"
     "\n"
     "列出内置映射，或打印其中一个（gridgov.mapping/1）。自己的映射可用 \"extends\" 以其为基础，\n"
     "凡可给映射文件处，也可给内置映射的名称。\n"
     "\n"
     "返回值：0 完成，2 用法，4 输出\n"
     "\n"
     "示例：\n"
     "  gridgov mapping show events\n",
     "Usage: gridgov mapping\n"
     "       gridgov mapping show NAME\n"
     "\n"
     "Lists the built-in mappings, or prints one (gridgov.mapping/1). A mapping of your own may\n"
     "extend one, and wherever a mapping's file may be named, so may a built-in one.\n"
     "\n"
     "Exit status: 0 done, 2 usage, 4 output\n"
     "\n"
     "Example:\n"
     "  gridgov mapping show events\n"},
    takes,
    2,
    0,
    0};
