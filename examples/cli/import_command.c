/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov import --check: what is understood of files before a month is made of them. Every sheet
 * or file is recognised by its name or its header, its columns are named with the fields they feed,
 * the shapes of its times are shown, and all rows are loaded into a ledger that is thrown away, so
 * that every problem has its sheet, row, column, value and rule. */
#include "import_tables.h"

#include <stdlib.h>
#include <string.h>

/* How a table is written, in one line of text. */
static void print_source(const cli_options *options, const import_table *table) {
    printf("%s", table->path);
    if (table->sheet != NULL) {
        printf(say(options, "，工作表“%s”%s", ", sheet \"%s\"%s"), table->sheet,
               table->state != GRIDGOV_SHEET_VISIBLE ? say(options, "（隐藏）", " (hidden)") : "");
    }
    printf(say(options, "：%s", ": %s"),
           gridgov_code_title(GRIDGOV_KIND_FILE, table->kind, options->message_lang));
    if (table->csv.encoding != NULL) {
        printf(say(options, "，编码 %s，分隔符 %s", ", encoding %s, delimiter %s"),
               table->csv.encoding,
               table->csv.delimiter == '\t' ? "\\t" : (char[]){(char)table->csv.delimiter, '\0'});
    }
    putchar('\n');
}

static void print_columns(const cli_options *options, const import_table *table) {
    for (int i = 0; i < table->column_count; i++) {
        const import_column *column = &table->columns[i];
        printf("    %3d  %s", i + 1, column->header);
        if (column->field.code == NULL) {
            fputs(say(options, "  （未使用）\n", "  (not used)\n"), stdout);
            continue;
        }
        printf("  →  %s%s (%s)", column->field.code, column->field.required ? " *" : "",
               options->message_lang == GRIDGOV_LANG_ZH ? column->field.title_zh
                                                        : column->field.title_en);
        for (int k = 0; k < column->shape_count; k++) {
            printf("%s%s", k == 0 ? "  " : ", ", column->shapes[k]);
        }
        putchar('\n');
    }
}

/* How many problems broke each rule, those that are not listed included. */
static void print_rules(const import_table *table) {
    int32_t rule = 0;
    int64_t count;
    for (int64_t i = 0; gridgov_rule_at(&rule, i) == GRIDGOV_OK; i++) {
        if ((count = gridgov_issues_rule_count(table->issues, rule)) > 0) {
            printf(" %s %lld", gridgov_rule_code(rule), (long long)count);
        }
    }
}

static void print_table(const cli_options *options, const import_table *table) {
    char line[GRIDGOV_ERROR_TEXT_SIZE];
    print_source(options, table);
    if (table->left_alone) {
        printf("    %s\n", table->state != GRIDGOV_SHEET_VISIBLE
                               ? say(options, "隐藏的工作表不读", "a hidden sheet is left alone")
                               : say(options, "月度参数等文档，不是表",
                                     "parameters or another document, no table"));
        return;
    }
    if (table->header.table == 0) {
        gridgov_error_text(line, sizeof line, &table->failure, options->message_lang);
        printf("    %s\n", line);
        return;
    }
    printf(say(options, "    表 %s（%s）%s，", "    table %s (%s)%s, "),
           gridgov_code_text(GRIDGOV_KIND_TABLE, table->header.table),
           gridgov_code_title(GRIDGOV_KIND_TABLE, table->header.table, options->message_lang),
           table->mapping != NULL ? say(options, "，按映射", " by a mapping") : "");
    if (table->header.row == 0) {
        fputs(say(options, "表头缺少必需的列\n", "the header lacks a needed column\n"), stdout);
    } else {
        printf(table->header.rows == 2
                   ? say(options, "表头为第 %lld、%lld 行", "header in rows %lld and %lld")
                   : say(options, "表头在第 %lld 行", "header in row %lld"),
               (long long)(table->header.row - (table->header.rows == 2)),
               (long long)table->header.row);
        printf(say(options, "，识别 %d 列，未使用 %d 列\n", ", %d columns known, %d not used\n"),
               (int)table->header.found, (int)table->header.unused);
    }
    print_columns(options, table);
    for (int64_t i = 0; i < gridgov_issues_count(table->issues); i++) {
        gridgov_error issue;
        (void)gridgov_issues_at(&issue, table->issues, i);
        gridgov_error_text(line, sizeof line, &issue, options->message_lang);
        printf("    %s [%s] %s\n",
               gridgov_code_title(GRIDGOV_KIND_SEVERITY, gridgov_rule_severity(issue.rule),
                                  options->message_lang),
               gridgov_rule_code(issue.rule), line);
    }
    if (gridgov_issues_dropped(table->issues) > 0) {
        printf(say(options, "    另有 %lld 条问题未列出；全部问题按规则：",
                   "    %lld more problems are not listed; all of them by rule:"),
               (long long)gridgov_issues_dropped(table->issues));
        print_rules(table);
        putchar('\n');
    }
    printf(say(options,
               "    共 %lld 行：载入 %lld，替换 %lld，合计或落款等略过 %lld，有问题未载入 %lld\n",
               "    %lld rows: %lld loaded, %lld replaced, %lld passed over (totals, signatures), "
               "%lld left out\n"),
           (long long)table->summary.read, (long long)table->summary.added,
           (long long)table->summary.replaced, (long long)table->summary.skipped,
           (long long)table->summary.excluded);
}

static void print_member(const char *before, const char *name, const char *value) {
    printf("%s\"%s\": ", before, name);
    if (value == NULL) {
        fputs("null", stdout);
    } else {
        print_quoted(value);
    }
}

static void print_problem(const cli_options *options, const gridgov_error *issue) {
    char line[GRIDGOV_ERROR_TEXT_SIZE];
    gridgov_error_text(line, sizeof line, issue, options->message_lang);
    print_member("{", "rule", gridgov_rule_code(issue->rule));
    print_member(", ", "severity",
                 gridgov_code_text(GRIDGOV_KIND_SEVERITY, gridgov_rule_severity(issue->rule)));
    printf(", \"row\": %lld, \"column\": %d", (long long)issue->row, (int)issue->column);
    print_member(", ", "field", issue->field);
    print_member(", ", "value", issue->value);
    print_member(", ", "message", line);
    putchar('}');
}

static void print_json_columns(const import_table *table) {
    fputs(",\n     \"columns\": [", stdout);
    for (int i = 0; i < table->column_count; i++) {
        const import_column *column = &table->columns[i];
        printf("%s{\"column\": %d", i == 0 ? "" : ",\n       ", i + 1);
        print_member(", ", "header", column->header);
        print_member(", ", "field", column->field.code);
        fputs(", \"shapes\": [", stdout);
        for (int k = 0; k < column->shape_count; k++) {
            fputs(k == 0 ? "" : ", ", stdout);
            print_quoted(column->shapes[k]);
        }
        fputs("]}", stdout);
    }
    fputs("]", stdout);
}

static void print_json_rules(const import_table *table) {
    const char *before = "";
    int32_t rule = 0;
    int64_t count;
    for (int64_t i = 0; gridgov_rule_at(&rule, i) == GRIDGOV_OK; i++) {
        if ((count = gridgov_issues_rule_count(table->issues, rule)) > 0) {
            printf("%s\"%s\": %lld", before, gridgov_rule_code(rule), (long long)count);
            before = ", ";
        }
    }
}

static void print_json_table(const cli_options *options, const import_table *table) {
    gridgov_error issue;
    char delimiter[2] = {(char)table->csv.delimiter, '\0'};
    print_member("    {", "file", table->path);
    print_member(", ", "kind", gridgov_code_text(GRIDGOV_KIND_FILE, table->kind));
    print_member(", ", "sheet", table->sheet);
    print_member(", ", "state", gridgov_code_text(GRIDGOV_KIND_SHEET, table->state));
    print_member(", ", "encoding", table->csv.encoding);
    print_member(", ", "delimiter", table->csv.delimiter != 0 ? delimiter : NULL);
    print_member(",\n     ", "table", gridgov_code_text(GRIDGOV_KIND_TABLE, table->header.table));
    printf(", \"header_row\": %lld, \"header_rows\": %d, \"mapped\": %s",
           (long long)table->header.row, (int)table->header.rows,
           table->mapping != NULL ? "true" : "false");
    print_json_columns(table);
    fputs(",\n     \"problems\": [", stdout);
    if (table->header.table == 0 && !table->left_alone) {
        print_problem(options, &table->failure);
    }
    for (int64_t i = 0; gridgov_issues_at(&issue, table->issues, i) == GRIDGOV_OK; i++) {
        fputs(i == 0 ? "" : ",\n       ", stdout);
        print_problem(options, &issue);
    }
    fputs("],\n     \"by_rule\": {", stdout);
    print_json_rules(table);
    printf("}, \"not_listed\": %lld,\n     \"read\": %lld, \"added\": %lld, \"replaced\": %lld, "
           "\"skipped\": %lld, \"excluded\": %lld}",
           (long long)gridgov_issues_dropped(table->issues), (long long)table->summary.read,
           (long long)table->summary.added, (long long)table->summary.replaced,
           (long long)table->summary.skipped, (long long)table->summary.excluded);
}

static void print_all(const cli_options *options, const import_set *set) {
    int json = option_given(options, "--json");
    int64_t read = 0, excluded = 0;
    int unknown = 0;
    if (json) {
        fputs("{\"schema\": \"gridgov.import/1\",\n  \"tables\": [\n", stdout);
    }
    for (int i = 0; i < set->count; i++) {
        if (json) {
            fputs(i == 0 ? "" : ",\n", stdout);
            print_json_table(options, &set->tables[i]);
        } else {
            print_table(options, &set->tables[i]);
        }
        read += set->tables[i].summary.read;
        excluded += set->tables[i].summary.excluded;
        unknown += set->tables[i].header.table == 0 && !set->tables[i].left_alone;
    }
    if (json) {
        printf("],\n  \"grids_checked\": %s}\n", set->learned ? "false" : "true");
    } else {
        if (set->learned) {
            fputs(say(options, "没有单位表：网格按各表所写，未核对。\n",
                      "No table of units: grids are as the tables name them, and not checked.\n"),
                  stdout);
        }
        printf(say(options, "共 %d 张表，%d 张未识别；%lld 行，%lld 行有问题。\n",
                   "%d tables, %d not recognised; %lld rows, %lld with problems.\n"),
               set->count, unknown, (long long)read, (long long)excluded);
    }
}

static int has_doubts(const import_set *set) {
    for (int i = 0; i < set->count; i++) {
        if ((set->tables[i].header.table == 0 && !set->tables[i].left_alone) ||
            set->tables[i].summary.excluded > 0 ||
            gridgov_issues_severity_count(set->tables[i].issues, GRIDGOV_SEVERITY_ERROR) > 0) {
            return 1;
        }
    }
    return 0;
}

static int run_import(const cli_options *options) {
    import_set set = {0};
    int result;
    if (!option_given(options, "--check")) {
        return usage_error(options, "须加 --check：导入由 gridgov bulletin 等命令进行",
                           "--check is missing: what imports is gridgov bulletin and its like",
                           NULL);
    }
    result = read_import(options, &set);
    if (result == EXIT_CLEAN) {
        print_all(options, &set);
        result = finish_output();
    }
    if (result == EXIT_CLEAN && has_doubts(&set)) {
        result = EXIT_FINDINGS;
    }
    free_import(&set);
    return result;
}

static const char *const takes[] = {
    "--check", "--mapping=", "--table=", "--limit=", "--json", NULL};

const cli_command import_command = {
    "import",
    run_import,
    {"说明各文件能读懂什么、有哪些问题：gridgov import 文件… --check",
     "say what is understood of files: gridgov import FILE… --check"},
    {"用法：gridgov import 文件|文件夹… --check [--mapping 映射] [--table 表] [--limit 条数] "
     "[--json]\n"
     "\n"
     "逐个文件、逐张工作表说明：文件类型、编码、分隔符，属于哪张表，表头在第几行，每一列对应\n"
     "哪个字段（* 为必需），时间的写法（9 代表一位数字）；再试载全部行，列出每个问题的行、列、\n"
     "取值和规则，最后汇总。不写任何文件。单位、机构、网格员的表给出时，其他表的网格按其核对。\n"
     "\n"
     "  --check               只检查\n"
     "  --mapping 名称|文件   各列含义（gridgov.mapping/1）；不适用的表仍按表头识别\n"
     "  --table 表            按此表读（如 events），不按名称或表头识别\n"
     "  --limit 条数          每张表列出的问题数，默认 200；其余按规则计数\n"
     "  --json                JSON（gridgov.import/1）\n"
     "\n"
     "文件夹中的每个文件都读，旁有映射的按映射读。Ctrl-C 中止，不留下任何东西。\n"
     "\n"
     "返回值：0 全部读懂，1 有未识别的表或有问题的行，2 用法，3 输入，4 输出，130 已取消\n"
     "\n"
     "示例：\n"
     "  gridgov import 九月.xlsx --check\n",
     "Usage: gridgov import FILE|FOLDER… --check [--mapping M] [--table TABLE] [--limit N] "
     "[--json]\n"
     "\n"
     "Says of each file and sheet: its kind, encoding and delimiter, the table it is, the row of\n"
     "its header, the field each column feeds (* needed), the shapes of its times (9 is a\n"
     "digit); then loads all rows and lists every problem with row, column, value and rule, and\n"
     "a summary. Writes nothing. Where tables of units, agencies and officers are given, grids\n"
     "of the others are looked up in them.\n"
     "\n"
     "  --check               only check\n"
     "  --mapping NAME|FILE   what columns mean (gridgov.mapping/1); a table that it does not "
     "suit\n"
     "                        is still recognised by its header\n"
     "  --table TABLE         read as this table (events …) whatever name and header say\n"
     "  --limit N             problems listed of each table, 200 by default; all others are "
     "counted\n"
     "                        by rule\n"
     "  --json                JSON (gridgov.import/1)\n"
     "\n"
     "Of a folder every file is read, with the mapping that lies beside it. Ctrl-C stops; nothing\n"
     "was written.\n"
     "\n"
     "Exit status: 0 all understood, 1 a table not recognised or a row with a problem, 2 usage,\n"
     "3 input, 4 output, 130 cancelled\n"
     "\n"
     "Example:\n"
     "  gridgov import september.xlsx --check\n"},
    takes,
    0,
    1,
    0};
