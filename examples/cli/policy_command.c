/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov policy list | show NAME|FILE | diff A B: policies as documents for people. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

gridgov_status open_policy(const cli_options *options, const char *source, gridgov_policy **policy,
                           gridgov_issues *issues, int *result) {
    const char *path = option_value(options, "--parameters");
    char *parameters = NULL, *text = NULL;
    size_t parameters_size = 0, size = 0;
    gridgov_error err = {0};
    gridgov_status status = GRIDGOV_EIO;
    *policy = NULL;
    *result = EXIT_INPUT;
    if (path != NULL && (parameters = read_text_file(options, path, &parameters_size)) == NULL) {
        return status;
    }
    status = gridgov_policy_open(policy, source, strlen(source), parameters, parameters_size, &err);
    if (status == GRIDGOV_ENOTFOUND && (text = read_text_file(options, source, &size)) != NULL) {
        status = gridgov_policy_load(policy, text, size, parameters, parameters_size, issues, &err);
    } else if (status == GRIDGOV_ENOTFOUND) {
        free(parameters);
        return GRIDGOV_EIO; /* said by read_text_file() */
    }
    free(text);
    free(parameters);
    *result = EXIT_CLEAN;
    if (status < 0 && !(status == GRIDGOV_EPOLICY && gridgov_issues_count(issues) > 0)) {
        *result = report_error(options, &err);
    } else if (status < 0) {
        *result = EXIT_INPUT;
    }
    return status;
}

/* The policy, with everything wrong with it said on stderr; NULL on failure. */
static gridgov_policy *need_policy(const cli_options *options, const char *source, int *result) {
    gridgov_policy *policy = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    if (gridgov_issues_new(&issues, 0, &err) != GRIDGOV_OK) {
        *result = report_error(options, &err);
        return NULL;
    }
    if (open_policy(options, source, &policy, issues, result) != GRIDGOV_OK) {
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
    }
    gridgov_issues_free(issues);
    return policy;
}

static int list_policies(const cli_options *options) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    for (int64_t i = 0; gridgov_pack_at(&pack, i) == GRIDGOV_OK; i++) {
        gridgov_policy *policy = NULL;
        gridgov_error err = {0};
        if (pack.kind != GRIDGOV_PACK_POLICY) {
            continue;
        }
        if (gridgov_policy_open(&policy, pack.name, strlen(pack.name), NULL, 0, &err) !=
            GRIDGOV_OK) {
            return report_error(options, &err);
        }
        printf("%s\t%s\n", pack.name, gridgov_policy_title(policy, options->lang));
        gridgov_policy_free(policy);
    }
    return finish_output();
}

static int show_policy(const cli_options *options, const char *source) {
    int result = EXIT_CLEAN;
    gridgov_policy *policy = need_policy(options, source, &result);
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    if (policy == NULL) {
        return result;
    }
    result = gridgov_policy_text(&bytes, policy, options->lang, &err) == GRIDGOV_OK
                 ? write_bytes(options, bytes, option_value(options, "-o"))
                 : report_error(options, &err);
    gridgov_bytes_free(bytes);
    gridgov_policy_free(policy);
    return result;
}

static int print_diff(const cli_options *options, const gridgov_policy_diff *diff) {
    gridgov_policy_change change = {.struct_size = sizeof change};
    for (int64_t i = 0; gridgov_policy_diff_at(&change, diff, i) == GRIDGOV_OK; i++) {
        printf("%s %s [%s]\n", gridgov_code_title(GRIDGOV_KIND_CHANGE, change.kind, options->lang),
               change.title, change.place);
        if (change.before[0] != '\0') {
            printf("  - %s\n", change.before);
        }
        if (change.after[0] != '\0') {
            printf("  + %s\n", change.after);
        }
    }
    if (gridgov_policy_diff_count(diff) == 0) {
        puts(options->lang == GRIDGOV_LANG_ZH ? "没有不同。" : "No difference.");
    }
    return finish_output();
}

static int diff_policies(const cli_options *options, const char *first, const char *second) {
    int result = EXIT_CLEAN;
    gridgov_policy *a = need_policy(options, first, &result);
    gridgov_policy *b = a == NULL ? NULL : need_policy(options, second, &result);
    gridgov_policy_diff *diff = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    if (b != NULL && gridgov_policy_compare(&diff, a, b, options->lang, &err) != GRIDGOV_OK) {
        result = report_error(options, &err);
    } else if (b != NULL && option_given(options, "--json")) {
        result = gridgov_policy_diff_json(&bytes, diff, &err) == GRIDGOV_OK
                     ? write_bytes(options, bytes, option_value(options, "-o"))
                     : report_error(options, &err);
    } else if (b != NULL) {
        result = print_diff(options, diff);
    }
    if (result == EXIT_CLEAN && gridgov_policy_diff_count(diff) > 0) {
        result = EXIT_FINDINGS;
    }
    gridgov_bytes_free(bytes);
    gridgov_policy_diff_free(diff);
    gridgov_policy_free(b);
    gridgov_policy_free(a);
    return result;
}

static int run_policy(const cli_options *options) {
    const char *what = first_source(options);
    if (strcmp(what, "list") == 0 && options->source_count == 1) {
        return list_policies(options);
    }
    if (strcmp(what, "show") == 0 && options->source_count == 2) {
        return show_policy(options, options->sources[1]);
    }
    if (strcmp(what, "diff") == 0 && options->source_count == 3) {
        return diff_policies(options, options->sources[1], options->sources[2]);
    }
    return usage_error(options, "应为 list、show 名称|文件 或 diff 甲 乙",
                       "expected list, show NAME|FILE, or diff A B", what);
}

static const char *const takes[] = {"--parameters=", "--json", "-o=", NULL};

const cli_command policy_command = {
    .name = "policy",
    .run = run_policy,
    .line = {"打印考核细则全文，或比较两份：gridgov policy show|diff",
             "print a policy as a document, or compare two: gridgov policy show|diff"},
    .help =
        {"用法：gridgov policy list\n"
         "      gridgov policy show 名称|文件 [--parameters 文件] [--lang zh|en] [-o 文件]\n"
         "      gridgov policy diff 甲 乙 [--json] [--lang zh|en]\n"
         "\n"
         "list 列出内置的考核细则。show 逐条打印一份细则：分组、指标、规则（由数据写成文字）、\n"
         "阈值、总分的运用、参数的取值和来源（Markdown）。diff 逐条列出两份细则的不同。\n"
         "\n"
         "  --parameters 文件     参数值（JSON 对象）\n"
         "  --json                diff 输出 JSON（gridgov.policy-diff/1）\n"
         "  --lang zh|en          语言；默认中文\n"
         "  -o 文件               写入文件\n"
         "\n"
         "返回值：0 完成或没有不同，1 有不同，2 用法，3 输入，4 输出，70 内部\n"
         "\n"
         "示例：\n"
         "  gridgov policy show baiguan-2021\n"
         "  gridgov policy diff baiguan-2021 after-2024\n",
         "Usage: gridgov policy list\n"
         "       gridgov policy show NAME|FILE [--parameters FILE] [--lang zh|en] [-o FILE]\n"
         "       gridgov policy diff A B [--json] [--lang zh|en]\n"
         "\n"
         "list names the built-in policies. show prints one clause by clause: groups,\n"
         "indicators, rules in words made from the data, thresholds, what is done with the\n"
         "totals, parameters with value and source (Markdown). diff lists what differs.\n"
         "\n"
         "  --parameters FILE     values of parameters (a JSON object)\n"
         "  --json                diff as JSON (gridgov.policy-diff/1)\n"
         "  --lang zh|en          language; default: zh\n"
         "  -o FILE               write to a file\n"
         "\n"
         "Exit status: 0 done, or no difference, 1 differences, 2 usage, 3 input, 4 output,\n"
         "70 internal\n"
         "\n"
         "Examples:\n"
         "  gridgov policy show baiguan-2021 --lang en\n"
         "  gridgov policy diff baiguan-2021 after-2024\n"},
    .takes = takes,
    .most_sources = 3,
    .needs_source = 1,
};
