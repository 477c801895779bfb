/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov rank: a table of numbers, added up row by row and ranked, exact to the last decimal. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MOST 256

/* Cut "a,b,c" into its names, in place; how many, or −1 if there are too many. */
static int64_t cut_names(char *text, const char **names) {
    int64_t count = 0;
    for (char *at = text; at != NULL; count++) {
        char *comma = strchr(at, ',');
        if (count == COLUMNS_MOST) {
            return -1;
        }
        names[count] = at;
        if (comma != NULL) {
            *comma++ = '\0';
        }
        at = comma;
    }
    return count;
}

static void print_summary(const cli_options *options, const gridgov_rank_summary *summary) {
    if (summary->excluded > 0) {
        fprintf(stderr,
                say(options, "读取 %lld 行，排名 %lld 行，剔除 %lld 行\n",
                    "%lld rows read, %lld ranked, %lld left out\n"),
                (long long)summary->read, (long long)summary->ranked, (long long)summary->excluded);
    }
}

/* What is to be told when the work is done. */
typedef struct rank_run {
    gridgov_rank_summary summary;
    gridgov_issues *issues;
    gridgov_ranking *ranking;
    gridgov_bytes *text; /* what is to be printed */
    int32_t loaded, written;
    gridgov_error err;
} rank_run;

/* 1 if a file is not written as is the rule, UTF-8 with commas; how it is written. */
static int written_otherwise(gridgov_csv_options *csv, const char *path) {
    gridgov_csv_options_init(csv, sizeof *csv);
    return gridgov_csv_detect_file(csv, path, NULL) == GRIDGOV_OK &&
           (csv->delimiter != ',' || strcmp(csv->encoding, "utf-8") != 0);
}

/* Rank, and write unless --strict forbids it. How a file is written is asked only if it cannot be
 * read as most are. */
static void rank_watched(rank_run *run, const cli_options *options, const gridgov_rank_options *set,
                         gridgov_job *job) {
    const char *path = option_value(options, "-o");
    gridgov_rank_options other = *set;
    gridgov_csv_options csv;
    run->loaded = gridgov_ranking_load(&run->ranking, &run->summary, first_source(options), set,
                                       run->issues, job, &run->err);
    if ((run->loaded == GRIDGOV_EFORMAT || run->loaded == GRIDGOV_EDATA) &&
        written_otherwise(&csv, first_source(options))) {
        other.csv = &csv;
        gridgov_issues_free(run->issues);
        run->issues = NULL;
        run->loaded = gridgov_issues_new(&run->issues, 0, &run->err);
        if (run->loaded == GRIDGOV_OK) {
            run->loaded = gridgov_ranking_load(&run->ranking, &run->summary, first_source(options),
                                               &other, run->issues, job, &run->err);
        }
    }
    if (run->loaded == GRIDGOV_OK &&
        (run->summary.excluded == 0 || !option_given(options, "--strict"))) {
        run->written = path != NULL
                           ? gridgov_ranking_save(run->ranking, path, job, &run->err)
                           : gridgov_ranking_bytes(&run->text, run->ranking, job, &run->err);
    }
}

static int rank_file(const cli_options *options, const gridgov_rank_options *set) {
    rank_run run = {.summary = {.struct_size = sizeof run.summary}};
    gridgov_job *job = NULL;
    int result = start_watch(options, &job);
    if (result == EXIT_CLEAN && gridgov_issues_new(&run.issues, 0, &run.err) < 0) {
        result = report_error(options, &run.err);
    }
    if (result == EXIT_CLEAN) {
        rank_watched(&run, options, set, job);
        finish_watch(job);
        print_issues(options, run.issues, GRIDGOV_SEVERITY_WARNING);
        if (run.loaded < 0) {
            result = report_failure(options, run.issues, &run.err);
        } else if (run.written < 0) {
            result = report_error(options, &run.err);
            result = run.written == GRIDGOV_EIO ? EXIT_OUTPUT : result;
        } else if (run.summary.excluded > 0 && option_given(options, "--strict")) {
            result = EXIT_FINDINGS;
        } else if (run.text != NULL) {
            result = write_bytes(options, run.text, NULL);
        }
        print_summary(options, &run.summary);
    }
    gridgov_bytes_free(run.text);
    gridgov_ranking_free(run.ranking);
    gridgov_issues_free(run.issues);
    gridgov_job_free(job);
    return result;
}

static int run_rank(const cli_options *options) {
    const char *names[COLUMNS_MOST];
    const char *columns = option_value(options, "--columns");
    char *text = columns != NULL ? strdup(columns) : NULL;
    gridgov_rank_options set;
    int result;
    gridgov_rank_options_init(&set, sizeof set);
    set.key = option_value(options, "--key");
    set.ascending = option_given(options, "--ascending");
    set.portable = option_given(options, "--portable");
    result = read_workers(options, &set.workers);
    if (result == EXIT_CLEAN && text != NULL) {
        set.columns = names;
        set.column_count = cut_names(text, names);
        if (set.column_count < 0) {
            result = usage_error(options, "--columns 的列过多", "--columns names too many columns",
                                 columns);
        }
    }
    if (result == EXIT_CLEAN) {
        result = rank_file(options, &set);
    }
    free(text);
    return result;
}

static const char *const takes[] = {
    "--key=", "--columns=", "--ascending", "--workers=", "--portable", "-o=", "--strict", NULL};

const cli_command rank_command = {
    .name = "rank",
    .run = run_rank,
    .line = {"按各列之和排名，精确到最后一位小数：gridgov rank 文件.csv",
             "add up the columns of a table and rank its rows, exactly: gridgov rank FILE.csv"},
    .help =
        {"用法：gridgov rank 文件.csv [选项]\n"
         "\n"
         "把 CSV 每一行的数字相加并排名。全部按整数计算，合计没有误差；合计相同的行名次相同，\n"
         "其后名次顺延（1224）。输出列为：主键列、total、rank，按名次排列，同名次按主键排列。\n"
         "空单元格和“/”不计分；有其他内容的行会被指出（行、列、值）并剔除。\n"
         "表头是首个有两格以上文字的行，其上可有标题。UTF-8 与 GB18030、各种分隔符自动识别。\n"
         "\n"
         "  --key 列名         主键列，默认第一列\n"
         "  --columns 甲,乙    相加的列，默认除主键外的所有列\n"
         "  --ascending        合计最小者排第一\n"
         "  --workers N        线程数，默认 1；结果与线程数无关\n"
         "  --portable         不使用向量指令；结果相同\n"
         "  --strict           有行被剔除时不输出，退出状态为 1\n"
         "  -o, --output 文件  输出到文件（要么完整，要么不变），默认标准输出\n"
         "\n"
         "示例：\n"
         "  gridgov rank scores.csv --workers 2 -o ranked.csv\n",
         "Usage: gridgov rank FILE.csv [options]\n"
         "\n"
         "Adds up the numbers of every row of a CSV table and ranks the rows. All arithmetic is "
         "in\n"
         "integers, so totals are exact; rows with the same total share a rank, and the next rank\n"
         "skips (1224). Written are the key column, total and rank, by rank and then by key.\n"
         "A blank cell or / adds nothing; a row with anything else that is no number is reported\n"
         "with row, column and value, and left out. The header is the first row with text in two\n"
         "cells; titles may stand above it. UTF-8 and GB18030 and delimiters are recognised.\n"
         "\n"
         "  --key NAME         the key column; by default the first\n"
         "  --columns A,B      columns to add up; by default all but the key\n"
         "  --ascending        the smallest total is the best\n"
         "  --workers N        threads, by default 1; the result is the same for all\n"
         "  --portable         no vector instructions; the result is the same\n"
         "  --strict           write nothing and exit with 1 if a row was left out\n"
         "  -o, --output FILE  write a file, whole or not at all; by default to stdout\n"
         "\n"
         "Example:\n"
         "  gridgov rank scores.csv --workers 2 -o ranked.csv\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
};
