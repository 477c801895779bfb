/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov tally: tables of finished cases of any size, counted by category, grid and agency. */
#include "cli.h"
#include "office.h"
#include "tally_tables.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_DAY (-719162) /* 0001-01-01 */
#define LAST_DAY 2932896    /* 9999-12-31 */

/* What the command works with. */
typedef struct tally_run {
    gridgov_metrics *metrics;
    gridgov_mapping *mapping;
    gridgov_taxonomy *taxonomy;
    gridgov_tally *tally;
    gridgov_facts *facts;
    gridgov_issues *issues;
    gridgov_job *job;
    gridgov_ingest_summary sum;
} tally_run;

static void free_run(tally_run *run) {
    gridgov_facts_free(run->facts);
    gridgov_tally_free(run->tally);
    gridgov_taxonomy_free(run->taxonomy);
    gridgov_mapping_free(run->mapping);
    gridgov_metrics_free(run->metrics);
    gridgov_issues_free(run->issues);
    gridgov_job_free(run->job);
}

/* What went wrong with a document: its problems, then the first as the reason. */
static int document_failed(const cli_options *options, const tally_run *run,
                           const gridgov_error *err) {
    print_issues(options, run->issues, GRIDGOV_SEVERITY_WARNING);
    return report_failure(options, run->issues, err);
}

static int load_documents(const cli_options *options, tally_run *run) {
    const char *metrics = option_value(options, "--metrics");
    const char *mapping = option_value(options, "--mapping");
    gridgov_error err = {0};
    size_t size = 0;
    char *text;
    int status;
    if (metrics == NULL) {
        return usage_error(options, "缺少 --metrics（口径）", "--metrics is missing", NULL);
    }
    text = read_document(options, GRIDGOV_PACK_METRICS, metrics, &size);
    if (text == NULL) {
        return EXIT_INPUT;
    }
    status = gridgov_metrics_load(&run->metrics, text, size, run->issues, &err);
    free(text);
    if (status < 0) {
        return document_failed(options, run, &err);
    }
    if (mapping == NULL) {
        return EXIT_CLEAN;
    }
    text = read_document(options, GRIDGOV_PACK_MAPPING, mapping, &size);
    if (text == NULL) {
        return EXIT_INPUT;
    }
    status = gridgov_mapping_load(&run->mapping, text, size, run->issues, &err);
    free(text);
    return status < 0 ? document_failed(options, run, &err) : EXIT_CLEAN;
}

/* The period and cut-off: all of time unless a month is named. */
static int read_period(const cli_options *options, const tally_run *run,
                       gridgov_tally_options *set) {
    const char *month = option_value(options, "--month");
    const char *as_of = option_value(options, "--as-of");
    const int32_t zone = gridgov_mapping_utc_offset(run->mapping);
    gridgov_error err = {0};
    gridgov_tally_options_init(set, sizeof *set);
    set->utc_offset_minutes = zone;
    set->period.from = gridgov_day_start(FIRST_DAY, zone);
    set->period.to = gridgov_day_start(LAST_DAY, zone);
    if (month != NULL &&
        gridgov_month_span(&set->period, month, strlen(month), zone, &err) != GRIDGOV_OK) {
        return usage_error(options, "--month 不是月份", "--month is no month", month);
    }
    if (as_of != NULL &&
        gridgov_time_parse(&set->as_of, as_of, strlen(as_of), zone, &err) != GRIDGOV_OK) {
        return usage_error(options, "--as-of 不是时间", "--as-of is no time", as_of);
    }
    return EXIT_CLEAN;
}

static int open_tally(const cli_options *options, tally_run *run) {
    const char *taxonomy = option_value(options, "--taxonomy");
    gridgov_tally_reference reference = {.struct_size = sizeof reference};
    gridgov_tally_options set;
    gridgov_error err = {0};
    int result = read_period(options, run, &set);
    if (result != EXIT_CLEAN) {
        return result;
    }
    if (taxonomy != NULL) {
        gridgov_pack pack = {.struct_size = sizeof pack};
        if (gridgov_pack_find(&pack, GRIDGOV_PACK_TAXONOMY, taxonomy, strlen(taxonomy), &err) !=
                GRIDGOV_OK ||
            gridgov_taxonomy_load(&run->taxonomy, pack.data, pack.size, NULL, &err) != GRIDGOV_OK) {
            return usage_error(options, "没有这个分类", "there is no such taxonomy", taxonomy);
        }
        reference.taxonomy = run->taxonomy;
    }
    return gridgov_tally_new(&run->tally, run->metrics, &reference, &set, &err) < 0
               ? report_error(options, &err)
               : EXIT_CLEAN;
}

static int count_file(const cli_options *options, tally_run *run, const char *path) {
    gridgov_ingest_summary summary = {.struct_size = sizeof summary};
    gridgov_stream_options set;
    gridgov_error err = {0};
    int result;
    gridgov_stream_options_init(&set, sizeof set);
    set.found_units = 1;
    set.portable = option_given(options, "--portable");
    result = read_workers(options, &set.workers);
    if (result != EXIT_CLEAN) {
        return result;
    }
    gridgov_rows *rows = NULL;
    int status = open_table(&rows, path, GRIDGOV_TABLE_EVENTS, run->mapping, &err);
    if (status == GRIDGOV_OK) {
        status = gridgov_tally_add_rows(&summary, run->tally, rows, run->mapping, &set, run->issues,
                                        run->job, &err);
    }
    gridgov_rows_free(rows);
    if (status < 0) {
        finish_watch(run->job);
        return document_failed(options, run, &err);
    }
    run->sum.read += summary.read;
    run->sum.added += summary.added;
    run->sum.skipped += summary.skipped;
    run->sum.excluded += summary.excluded;
    return EXIT_CLEAN;
}

static int count_files(const cli_options *options, tally_run *run) {
    gridgov_error err = {0};
    int result = start_watch(options, &run->job);
    for (int i = 0; result == EXIT_CLEAN && i < options->source_count; i++) {
        result = count_file(options, run, options->sources[i]);
    }
    if (result == EXIT_CLEAN &&
        gridgov_tally_finish(&run->facts, run->tally, run->issues, run->job, &err) < 0) {
        finish_watch(run->job);
        result = document_failed(options, run, &err);
    }
    if (result == EXIT_CLEAN) {
        finish_watch(run->job);
        gridgov_tally_free(run->tally);
        run->tally = NULL;
        print_issues(options, run->issues, GRIDGOV_SEVERITY_WARNING);
        fprintf(stderr,
                say(options, "读取 %lld 行，计入 %lld 行，跳过 %lld 行，剔除 %lld 行\n",
                    "%lld rows read, %lld counted, %lld skipped, %lld left out\n"),
                (long long)run->sum.read, (long long)run->sum.added, (long long)run->sum.skipped,
                (long long)run->sum.excluded);
    }
    return result;
}

static int run_tally(const cli_options *options) {
    tally_run run = {.metrics = NULL};
    gridgov_error err = {0};
    int result = EXIT_CLEAN;
    if (option_value(options, "-o") == NULL) {
        return usage_error(options, "缺少 -o 文件夹", "-o FOLDER is missing", NULL);
    }
    if (gridgov_issues_new(&run.issues, 0, &err) < 0) {
        return report_error(options, &err);
    }
    result = load_documents(options, &run);
    if (result == EXIT_CLEAN) {
        result = open_tally(options, &run);
    }
    if (result == EXIT_CLEAN) {
        result = count_files(options, &run);
    }
    if (result == EXIT_CLEAN && run.sum.excluded > 0 && option_given(options, "--strict")) {
        result = EXIT_FINDINGS;
    } else if (result == EXIT_CLEAN) {
        result = write_tables(options, run.facts);
    }
    free_run(&run);
    return result;
}

static const char *const takes[] = {
    "--metrics=", "--mapping=",  "--by=",    "--month=", "--as-of=", "--workers=",
    "--portable", "--taxonomy=", "--strict", "-o=",      NULL};

const cli_command tally_command = {
    .name = "tally",
    .run = run_tally,
    .line = {"按类型、网格、机构统计任意大小的事件表：gridgov tally 文件… --metrics 口径 -o 文件夹",
             "count tables of events of any size: gridgov tally FILE… --metrics M -o FOLDER"},
    .help =
        {"用法：gridgov tally 文件… --metrics 口径 [--mapping 映射] -o 文件夹 [选项]\n"
         "\n"
         "统计一行一件的事件表（CSV），行数不限，内存不随行数增长。写出 by_category.csv、\n"
         "by_grid.csv、by_agency.csv：名称、各口径的件数、第一项的占比 share 和比率。占比和\n"
         "比率由整数算出，九位小数，四舍五入；分母为 0 时印“/”。有问题的行会被指出（行、列、\n"
         "值、规则）并剔除。\n"
         "\n"
         "  --metrics 名称|文件  统计口径（gridgov.metrics/1）：内置 standard、cityops，或文件，\n"
         "                     如 examples/data/stream/metrics.json\n"
         "  --mapping 名称|文件  列映射（gridgov.mapping/1）；默认按表头识别\n"
         "  --by 甲,乙         只写其中几张：category、grid、agency\n"
         "  --month 2021-09    只统计该月上报的事件；默认全部\n"
         "  --as-of 时间       截止时间（含）\n"
         "  --taxonomy 名称    按内置分类归并类型名称；默认按原样\n"
         "  --workers N        线程数，默认 1；结果与线程数无关\n"
         "  --portable         不使用向量指令；结果相同\n"
         "  --strict           有行被剔除时不写出，返回 1\n"
         "  -o 文件夹          写到哪里；要么全部写出，要么不变\n"
         "\n"
         "返回值：0 正常，1 --strict 下有问题，2 用法，3 输入，4 输出，70 内部，130 取消\n"
         "\n"
         "示例：\n"
         "  gridgov tally events.csv --metrics examples/data/stream/metrics.json \\\n"
         "      --mapping examples/data/stream/mapping.json --workers 2 -o out\n",
         "Usage: gridgov tally FILE… --metrics M [--mapping MAP] -o FOLDER [options]\n"
         "\n"
         "Counts tables of one row an event (CSV), any number of rows at flat memory. Writes\n"
         "by_category.csv, by_grid.csv and by_agency.csv: name, the count of every metric, the\n"
         "share of the first and rates. Shares and rates come from integers and have nine\n"
         "decimals, rounded half up; / where there is nothing to divide by. A row with a\n"
         "problem is reported with row, column, value and rule, and left out.\n"
         "\n"
         "  --metrics NAME|FILE  what is counted (gridgov.metrics/1): standard or cityops, which "
         "are\n"
         "                     built in, or a file such as examples/data/stream/metrics.json\n"
         "  --mapping NAME|FILE  what the columns mean (gridgov.mapping/1); default: by header\n"
         "  --by A,B           only some of the tables: category, grid, agency\n"
         "  --month 2021-09    only events reported in that month; default: all\n"
         "  --as-of TIME       cut-off, inclusive\n"
         "  --taxonomy NAME    categories of a built-in taxonomy; default: as they stand\n"
         "  --workers N        threads, by default 1; the result is the same for all\n"
         "  --portable         no vector instructions; the result is the same\n"
         "  --strict           write nothing and exit with 1 if a row was left out\n"
         "  -o FOLDER          where to write; all of the tables or none\n"
         "\n"
         "Exit status: 0 clean, 1 problems under --strict, 2 usage, 3 input, 4 output,\n"
         "70 internal, 130 cancelled\n"
         "\n"
         "Example:\n"
         "  gridgov tally events.csv --metrics examples/data/stream/metrics.json \\\n"
         "      --mapping examples/data/stream/mapping.json --workers 2 -o out\n"},
    .takes = takes,
    .needs_source = 1,
};
