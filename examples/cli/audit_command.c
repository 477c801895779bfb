/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov audit: what does not add up in a bulletin that is already printed. Findings go to stdout,
 * one a paragraph or as JSON; the exit status is 1 if there is an error or a warning among them. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const cli_options *options, const char *zh, const char *en) {
    return options->lang == GRIDGOV_LANG_ZH ? zh : en;
}

/* "第 3 表第 12 行第 4 列（第 86 行）" or "第 16 行第 20 字". */
static void print_place(const cli_options *options, int32_t table, int64_t row, int64_t column,
                        int64_t line) {
    if (table > 0) {
        printf(text_of(options, "第 %lld 行（表 %d 第 %lld 行第 %lld 列）",
                       "line %lld (table %d, row %lld, column %lld)"),
               (long long)line, (int)table, (long long)row, (long long)column);
    } else {
        printf(text_of(options, "第 %lld 行第 %lld 字", "line %lld, character %lld"),
               (long long)line, (long long)column);
    }
}

static void print_finding(const cli_options *options, const gridgov_findings *findings,
                          int64_t index) {
    gridgov_finding finding = {.struct_size = sizeof finding};
    gridgov_finding_cell cell = {.struct_size = sizeof cell};
    gridgov_findings_at(&finding, findings, index);
    printf("%s [%s] ", gridgov_code_title(GRIDGOV_KIND_SEVERITY, finding.severity, options->lang),
           finding.code);
    print_place(options, finding.table, finding.row, finding.column, finding.line);
    printf("%s%s\n", text_of(options, "：", ": "),
           gridgov_findings_explanation(findings, index, options->lang));
    for (int64_t i = 0; finding.cell_count > 1 &&
                        gridgov_findings_cell_at(&cell, findings, index, i) == GRIDGOV_OK;
         i++) {
        fputs("    ", stdout);
        print_place(options, cell.table, cell.row, cell.column, cell.line);
        printf("  %s  %s\n", cell.printed, cell.name);
    }
}

static void print_summary(const cli_options *options, const gridgov_findings *findings) {
    int64_t all = 0;
    for (int32_t check = GRIDGOV_CHECK_SUM; check <= GRIDGOV_CHECK_HEADER; check++) {
        all += gridgov_findings_checked(findings, check);
    }
    printf(text_of(options, "核对无误 %lld 处", "%lld identities hold"), (long long)all);
    for (int32_t check = GRIDGOV_CHECK_SUM; check <= GRIDGOV_CHECK_HEADER; check++) {
        int64_t count = gridgov_findings_checked(findings, check);
        if (count > 0) {
            printf("%s%s %lld", text_of(options, "，", ", "),
                   gridgov_code_title(GRIDGOV_KIND_CHECK, check, options->lang), (long long)count);
        }
    }
    printf(text_of(options, "。错误 %lld，警告 %lld，提示 %lld。\n",
                   ". %lld errors, %lld warnings, %lld notes.\n"),
           (long long)gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_ERROR),
           (long long)gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_WARNING),
           (long long)gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_NOTE));
}

static int print_json(const cli_options *options, const gridgov_findings *findings) {
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    size_t size = 0;
    if (gridgov_findings_json(&bytes, findings, options->lang, &err) != GRIDGOV_OK) {
        return report_error(options, &err);
    }
    const char *data = gridgov_bytes_data(bytes, &size);
    fwrite(data, 1, size, stdout);
    gridgov_bytes_free(bytes);
    return EXIT_CLEAN;
}

static int audit_texts(const cli_options *options, const char *text, size_t size,
                       const char *previous, size_t previous_size) {
    gridgov_audit_options audit;
    gridgov_findings *findings = NULL;
    gridgov_error err = {0};
    gridgov_job *job = NULL;
    int result = start_watch(options, &job);
    if (result != EXIT_CLEAN) {
        return result;
    }
    gridgov_audit_options_init(&audit, sizeof audit);
    audit.previous = previous;
    audit.previous_size = previous_size;
    gridgov_status status = gridgov_audit_text(&findings, text, size, &audit, job, &err);
    finish_watch(job);
    gridgov_job_free(job);
    if (status != GRIDGOV_OK) {
        return report_error(options, &err);
    }
    if (option_given(options, "--json")) {
        result = print_json(options, findings);
    } else {
        for (int64_t i = 0; i < gridgov_findings_count(findings); i++) {
            print_finding(options, findings, i);
        }
        print_summary(options, findings);
    }
    int doubts = gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_ERROR) > 0 ||
                 gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_WARNING) > 0;
    gridgov_findings_free(findings);
    result = result == EXIT_CLEAN ? finish_output() : result;
    return result == EXIT_CLEAN && doubts ? EXIT_FINDINGS : result;
}

static int run_audit(const cli_options *options) {
    size_t size = 0;
    size_t previous_size = 0;
    char *text = read_text_file(options, first_source(options), &size);
    char *previous =
        text != NULL && option_value(options, "--previous") != NULL
            ? read_text_file(options, option_value(options, "--previous"), &previous_size)
            : NULL;
    int result = EXIT_INPUT;
    if (text != NULL && (option_value(options, "--previous") == NULL || previous != NULL)) {
        result = audit_texts(options, text, size, previous, previous_size);
    }
    free(previous);
    free(text);
    return result;
}

static const char *const takes[] = {"--previous=", "--json", NULL};

const cli_command audit_command = {
    .name = "audit",
    .run = run_audit,
    .line = {"检查一份已印出的通报哪里不符：gridgov audit 文件",
             "say what does not add up in a printed bulletin: gridgov audit FILE"},
    .help =
        {"用法：gridgov audit 文件 [--previous 文件] [--json] [--lang zh|en]\n"
         "\n"
         "检查一份已经印出的通报：合计、占比、比率、行总分、排名、环比同比、文字与表格、\n"
         "期间、加减分理由等是否相符。文件是文本：制表符、竖线（Markdown）、逗号（CSV）\n"
         "分隔的表格和文字，UTF-8 编码。只说哪里不符，不评判任何人。\n"
         "\n"
         "  --previous 文件       上一期通报，用来核对期初与上期期末是否衔接\n"
         "  --json                JSON（gridgov.audit/1）\n"
         "  --lang zh|en          说明的语言；默认中文\n"
         "\n"
         "返回值：0 没有错误和警告，1 有，2 用法，3 输入，4 输出，70 内部，130 取消\n"
         "\n"
         "示例：\n"
         "  gridgov audit 通报.txt\n",
         "Usage: gridgov audit FILE [--previous FILE] [--json] [--lang zh|en]\n"
         "\n"
         "Checks a bulletin that is already printed: sums, shares, rates, row totals, ranks,\n"
         "changes, prose against tables, periods, reasons of adjustments. FILE is text in\n"
         "UTF-8: prose, and tables separated by tabs, pipes (Markdown) or commas (CSV). It says\n"
         "what does not agree and accuses nobody.\n"
         "\n"
         "  --previous FILE       the bulletin before, whose closing figures open this one\n"
         "  --json                JSON (gridgov.audit/1)\n"
         "  --lang zh|en          language of the explanations; default: zh\n"
         "\n"
         "Exit status: 0 no error and no warning, 1 some, 2 usage, 3 input, 4 output,\n"
         "70 internal, 130 cancelled\n"
         "\n"
         "Example:\n"
         "  gridgov audit bulletin.txt\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
};
