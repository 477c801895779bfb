/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov lint: what is doubtful in a policy. A document that does not load is itself the finding:
 * all its problems are listed with their places. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const cli_options *options, const char *zh, const char *en) {
    return options->lang == GRIDGOV_LANG_ZH ? zh : en;
}

static void print_json(const cli_options *options, const gridgov_issues *issues, const char *name,
                       const char *digest) {
    gridgov_error issue;
    char text[1024];
    fputs("{\n  \"schema\": \"gridgov.lint/1\",\n  \"policy\": ", stdout);
    print_quoted(name);
    fputs(",\n  \"policy_digest\": ", stdout);
    print_quoted(digest);
    fputs(",\n  \"findings\": [", stdout);
    for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        gridgov_error_text(text, sizeof text, &issue, options->lang);
        fputs(i == 0 ? "\n    {\"code\": " : ",\n    {\"code\": ", stdout);
        print_quoted(gridgov_rule_code(issue.rule));
        fputs(", \"severity\": ", stdout);
        print_quoted(gridgov_code_text(GRIDGOV_KIND_SEVERITY, gridgov_rule_severity(issue.rule)));
        fputs(", \"place\": ", stdout);
        print_quoted(issue.field);
        fputs(", \"message\": ", stdout);
        print_quoted(text);
        putchar('}');
    }
    fputs("]\n}\n", stdout);
}

static void print_findings(const cli_options *options, const gridgov_issues *issues) {
    gridgov_error issue;
    char text[1024];
    int64_t count = 0;
    for (; gridgov_issues_at(&issue, issues, count) == GRIDGOV_OK; count++) {
        gridgov_error_text(text, sizeof text, &issue, options->lang);
        printf("%s [%s] %s\n",
               gridgov_code_title(GRIDGOV_KIND_SEVERITY, gridgov_rule_severity(issue.rule),
                                  options->lang),
               gridgov_rule_code(issue.rule), text);
    }
    if (count == 0) {
        puts(text_of(options, "没有发现问题。", "Nothing was found."));
    }
}

static int lint(const cli_options *options, const gridgov_policy *policy, gridgov_issues *issues) {
    const char *day = option_value(options, "--day");
    const char *bars = option_value(options, "--bars");
    gridgov_lint_options how;
    gridgov_error err = {0};
    int64_t count = 0;
    size_t size = 0;
    char *text = NULL;
    int result = EXIT_CLEAN;
    gridgov_lint_options_init(&how, sizeof how);
    if (day != NULL && gridgov_day_parse(&how.day, day, strlen(day), &err) != GRIDGOV_OK) {
        return usage_error(options, "--day 不是日期", "--day is not a date", day);
    }
    if (bars != NULL) {
        text = read_text_file(options, bars, &size);
        if (text == NULL) {
            return EXIT_INPUT;
        }
        how.bars = text;
        how.bars_size = size;
    }
    if (gridgov_policy_lint(&count, policy, &how, issues, &err) != GRIDGOV_OK) {
        result = report_error(options, &err);
    }
    free(text);
    return result;
}

static int run_lint(const cli_options *options) {
    gridgov_policy *policy = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    int result = EXIT_CLEAN;
    if (gridgov_issues_new(&issues, 0, &err) != GRIDGOV_OK) {
        return report_error(options, &err);
    }
    gridgov_status status = open_policy(options, first_source(options), &policy, issues, &result);
    if (status == GRIDGOV_OK) {
        result = lint(options, policy, issues);
    } else if (status == GRIDGOV_EPOLICY && gridgov_issues_count(issues) > 0) {
        result = EXIT_CLEAN; /* its problems are the findings */
    }
    if (result == EXIT_CLEAN) {
        if (option_given(options, "--json")) {
            print_json(options, issues, gridgov_policy_name(policy), gridgov_policy_digest(policy));
        } else {
            print_findings(options, issues);
        }
        result = finish_output();
        result = result == EXIT_CLEAN && gridgov_issues_count(issues) > 0 ? EXIT_FINDINGS : result;
    }
    gridgov_policy_free(policy);
    gridgov_issues_free(issues);
    return result;
}

static const char *const takes[] = {"--parameters=", "--day=", "--bars=", "--json", NULL};

const cli_command lint_command = {
    .name = "lint",
    .run = run_lint,
    .line = {"检查一份考核细则：gridgov lint 名称|文件",
             "say what is doubtful in a policy: gridgov lint NAME|FILE"},
    .help =
        {"用法：gridgov lint 名称|文件 [--parameters 文件] [--day 日期] [--bars 文件] [--json]\n"
         "\n"
         "检查一份考核细则：满分合计、分档空档与重叠、永远到不了的档、不起作用的规则、\n"
         "一次扣分超过满分、参数取值范围、奖励不上报、分母过小、阈值未定、有效期，以及\n"
         "现行规定不得作为考核依据的指标。只作证明，不作抽样；写得不合格式的细则列出全部问题。\n"
         "\n"
         "  --parameters 文件     参数值（JSON 对象）\n"
         "  --day 日期            在这一天使用；默认按细则的有效期\n"
         "  --bars 文件           禁用事项（gridgov.bars/1）；默认用内置的 china\n"
         "  --json                JSON（gridgov.lint/1）\n"
         "  --lang zh|en          说明的语言；默认中文\n"
         "\n"
         "返回值：0 没有发现，1 有，2 用法，3 输入，4 输出，70 内部\n"
         "\n"
         "示例：\n"
         "  gridgov lint baiguan-2021 --day 2024-03-01\n",
         "Usage: gridgov lint NAME|FILE [--parameters FILE] [--day DATE] [--bars FILE] [--json]\n"
         "\n"
         "Says what is doubtful in a policy: maxima that do not add up, gaps and overlaps of\n"
         "bands, steps that no value reaches, rules without effect, points beyond a maximum,\n"
         "ranges of parameters, silence that is rewarded, small denominators, thresholds left\n"
         "open, validity, and indicators that rules in force bar. Proved, never sampled. Of a\n"
         "document that does not load all problems are listed.\n"
         "\n"
         "  --parameters FILE     values of parameters (a JSON object)\n"
         "  --day DATE            used on that day; default: any day of its validity\n"
         "  --bars FILE           what is barred (gridgov.bars/1); default: the built-in china\n"
         "  --json                JSON (gridgov.lint/1)\n"
         "  --lang zh|en          language of the messages; default: zh\n"
         "\n"
         "Exit status: 0 nothing found, 1 something, 2 usage, 3 input, 4 output, 70 internal\n"
         "\n"
         "Example:\n"
         "  gridgov lint baiguan-2021 --day 2024-03-01\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
};
