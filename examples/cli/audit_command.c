/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov audit: what does not add up in a bulletin that is already printed. Findings go to stdout,
 * one a paragraph or as JSON; the exit status is 1 if there is an error or a warning among them. */
#include "office.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const cli_options *options, const char *zh, const char *en) {
    return options->lang == GRIDGOV_LANG_ZH ? zh : en;
}

/* Name of a column, "C" or "AB". */
static void name_column(char *name, int64_t column) {
    char reversed[8];
    int size = 0, at = 0;
    for (; column > 0 && size < 7; column = (column - 1) / 26) {
        reversed[size++] = (char)('A' + (column - 1) % 26);
    }
    while (size > 0) {
        name[at++] = reversed[--size];
    }
    name[at] = '\0';
}

/* "工作表“通报”单元格 C12" or "表 3 第 12 行第 4 列", of a document that is no plain text. */
static int print_document_place(const cli_options *options, const void *document, int32_t table,
                                int64_t column, int64_t line) {
    int32_t number;
    int64_t row;
    const char *sheet = NULL;
    char name[8];
    if (!find_place(document, line, &number, &row, &sheet)) {
        return 0;
    }
    if (sheet == NULL) {
        printf(text_of(options, "表 %d 第 %lld 行第 %lld 列", "table %d, row %lld, column %lld"),
               (int)number, (long long)row, (long long)column);
    } else if (table > 0) {
        name_column(name, column);
        printf(text_of(options, "工作表“%s”单元格 %s%lld", "sheet %s, cell %s%lld"), sheet, name,
               (long long)row);
    } else {
        printf(text_of(options, "工作表“%s”第 %lld 行第 %lld 字",
                       "sheet %s, row %lld, character %lld"),
               sheet, (long long)row, (long long)column);
    }
    return 1;
}

/* "第 86 行（表 3 第 12 行第 4 列）" or "第 16 行第 20 字". */
static void print_place(const cli_options *options, const void *document, int32_t table,
                        int64_t row, int64_t column, int64_t line) {
    if (print_document_place(options, document, table, column, line)) {
        return;
    }
    if (table > 0) {
        printf(text_of(options, "第 %lld 行（表 %d 第 %lld 行第 %lld 列）",
                       "line %lld (table %d, row %lld, column %lld)"),
               (long long)line, (int)table, (long long)row, (long long)column);
    } else {
        printf(text_of(options, "第 %lld 行第 %lld 字", "line %lld, character %lld"),
               (long long)line, (long long)column);
    }
}

static void print_finding(const cli_options *options, const void *document,
                          const gridgov_findings *findings, int64_t index) {
    gridgov_finding finding = {.struct_size = sizeof finding};
    gridgov_finding_cell cell = {.struct_size = sizeof cell};
    gridgov_findings_at(&finding, findings, index);
    printf("%s [%s] ", gridgov_code_title(GRIDGOV_KIND_SEVERITY, finding.severity, options->lang),
           finding.code);
    print_place(options, document, finding.table, finding.row, finding.column, finding.line);
    printf("%s%s\n", text_of(options, "：", ": "),
           gridgov_findings_explanation(findings, index, options->lang));
    for (int64_t i = 0; finding.cell_count > 1 &&
                        gridgov_findings_cell_at(&cell, findings, index, i) == GRIDGOV_OK;
         i++) {
        fputs("    ", stdout);
        print_place(options, document, cell.table, cell.row, cell.column, cell.line);
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

static int print_json(const cli_options *options, const void *document,
                      const gridgov_findings *findings) {
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    size_t size = 0;
    gridgov_status status = document != NULL
                                ? document_findings(&bytes, document, findings, options->lang, &err)
                                : gridgov_findings_json(&bytes, findings, options->lang, &err);
    if (status != GRIDGOV_OK) {
        return report_error(options, &err);
    }
    const char *data = gridgov_bytes_data(bytes, &size);
    fwrite(data, 1, size, stdout);
    gridgov_bytes_free(bytes);
    return EXIT_CLEAN;
}

/* One text and the document that it came from, if it came from one. */
typedef struct bulletin_text {
    char *text;
    size_t size;
    void *document;
} bulletin_text;

static int audit_texts(const cli_options *options, const bulletin_text *bulletin,
                       const bulletin_text *previous) {
    gridgov_audit_options audit;
    gridgov_findings *findings = NULL;
    gridgov_error err = {0};
    gridgov_job *job = NULL;
    int result = start_watch(options, &job);
    if (result != EXIT_CLEAN) {
        return result;
    }
    gridgov_audit_options_init(&audit, sizeof audit);
    audit.previous = previous->text;
    audit.previous_size = previous->size;
    gridgov_status status =
        gridgov_audit_text(&findings, bulletin->text, bulletin->size, &audit, job, &err);
    finish_watch(job);
    gridgov_job_free(job);
    if (status != GRIDGOV_OK) {
        return report_error(options, &err);
    }
    if (option_given(options, "--json")) {
        result = print_json(options, bulletin->document, findings);
    } else {
        for (int64_t i = 0; i < gridgov_findings_count(findings); i++) {
            print_finding(options, bulletin->document, findings, i);
        }
        print_summary(options, findings);
    }
    int doubts = gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_ERROR) > 0 ||
                 gridgov_findings_severity_count(findings, GRIDGOV_SEVERITY_WARNING) > 0;
    gridgov_findings_free(findings);
    result = result == EXIT_CLEAN ? finish_output() : result;
    return result == EXIT_CLEAN && doubts ? EXIT_FINDINGS : result;
}

/* Read a bulletin; one without text, which an audit would pass as clean, is an input error. */
static int read_bulletin(const cli_options *options, const char *path, bulletin_text *out) {
    int result = read_bulletin_text(options, path, &out->text, &out->size, &out->document);
    if (result != EXIT_CLEAN || strspn(out->text, " \t\r\n") < out->size) {
        return result;
    }
    fprintf(stderr, "gridgov: %s: %s\n", path,
            say(options, "没有可检查的文字", "there is no text to audit"));
    return EXIT_INPUT;
}

static int run_audit(const cli_options *options) {
    const char *path = option_value(options, "--previous");
    bulletin_text bulletin = {0}, previous = {0};
    int result = read_bulletin(options, first_source(options), &bulletin);
    if (result == EXIT_CLEAN && path != NULL) {
        result = read_bulletin(options, path, &previous);
    }
    if (result == EXIT_CLEAN) {
        result = audit_texts(options, &bulletin, &previous);
    }
    free_bulletin_text(previous.text, previous.document);
    free_bulletin_text(bulletin.text, bulletin.document);
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
         "期间、加减分理由等是否相符。文件是 DOCX、XLSX、XLS，或文本：制表符、竖线\n"
         "（Markdown）、逗号（CSV）分隔的表格和文字，UTF-8 编码。只说哪里不符，不评判\n"
         "任何人。\n"
         "\n"
         "  --previous 文件       上一期通报，用来核对期初与上期期末是否衔接\n"
         "  --json                JSON（gridgov.audit/1）\n"
         "  --lang zh|en          说明的语言；默认中文\n"
         "\n"
         "返回值：0 没有错误和警告，1 有，2 用法，3 输入，4 输出，70 内部，130 取消\n"
         "\n"
         "示例：\n"
         "  gridgov audit 通报.docx\n",
         "Usage: gridgov audit FILE [--previous FILE] [--json] [--lang zh|en]\n"
         "\n"
         "Checks a bulletin that is already printed: sums, shares, rates, row totals, ranks,\n"
         "changes, prose against tables, periods, reasons of adjustments. FILE is a DOCX, XLSX\n"
         "or XLS, or text in UTF-8: prose, and tables separated by tabs, pipes (Markdown) or\n"
         "commas (CSV). It says what does not agree and accuses nobody.\n"
         "\n"
         "  --previous FILE       the bulletin before, whose closing figures open this one\n"
         "  --json                JSON (gridgov.audit/1)\n"
         "  --lang zh|en          language of the explanations; default: zh\n"
         "\n"
         "Exit status: 0 no error and no warning, 1 some, 2 usage, 3 input, 4 output,\n"
         "70 internal, 130 cancelled\n"
         "\n"
         "Example:\n"
         "  gridgov audit bulletin.docx\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
};
