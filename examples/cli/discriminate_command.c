/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov discriminate: what the scores of a month tell grids apart by. */
#include "cli.h"

#include <string.h>

static const char *text_of(const cli_options *options, const char *zh, const char *en) {
    return options->lang == GRIDGOV_LANG_ZH ? zh : en;
}

/* A share in percent with one decimal, half away from zero; "/" of nothing. */
static void print_share(int64_t numerator, int64_t denominator) {
    int64_t size = numerator < 0 ? -numerator : numerator;
    int64_t tenths = 0;
    if (denominator == 0) {
        fputs("/", stdout);
        return;
    }
    for (int digit = 0; digit < 4; digit++) { // long division keeps every product in range
        tenths = tenths * 10 + size / denominator;
        size = size % denominator * 10;
    }
    tenths += size / denominator >= 5;
    printf("%s%lld.%lld%%", numerator < 0 && tenths > 0 ? "-" : "", (long long)(tenths / 10),
           (long long)(tenths % 10));
}

static void print_points(gridgov_points points) {
    int64_t size = points < 0 ? -points : points;
    printf("%s%lld", points < 0 ? "-" : "", (long long)(size / GRIDGOV_POINT));
    if (size % GRIDGOV_POINT != 0) {
        printf(".%03lld", (long long)(size % GRIDGOV_POINT));
    }
}

static void print_summary(const cli_options *options, const gridgov_discrimination *report) {
    gridgov_discrimination_summary summary = {.struct_size = sizeof summary};
    gridgov_discrimination_summary_get(&summary, report);
    printf(text_of(options, "比较 %lld 个网格（满分 ", "%lld grids compared (out of "),
           (long long)summary.cards);
    print_points(summary.total_of);
    printf(text_of(options, "），另有 %lld 个不可比。\n", "), %lld more cannot be.\n"),
           (long long)summary.left_out);
    fputs(text_of(options, "没有区分作用的分值：", "Points without variance: "), stdout);
    print_points(summary.idle);
    printf(text_of(options, "。\n不同总分 %lld 种；%lld 个网格与别人同分，最多的 %lld 个同为 ",
                   ".\n%lld different totals; %lld grids share theirs, %lld of them "),
           (long long)summary.distinct, (long long)summary.tied, (long long)summary.largest_tie);
    print_points(summary.tie_total);
    fputs(text_of(options, " 分。\n\n", ".\n\n"), stdout);
}

static void print_report(const cli_options *options, const gridgov_discrimination *report,
                         const gridgov_scorecards *cards) {
    gridgov_discrimination_item item = {.struct_size = sizeof item};
    gridgov_leverage leverage = {.struct_size = sizeof leverage};
    print_summary(options, report);
    puts(text_of(options, "指标\t满分\t有得失的网格\t占总分方差",
                 "indicator\tmaximum\tgrids moved\tshare of the variance"));
    for (int64_t i = 0; gridgov_discrimination_at(&item, report, i) == GRIDGOV_OK; i++) {
        printf("%s\t", options->lang == GRIDGOV_LANG_ZH ? item.name : item.code);
        print_points(item.max);
        printf("\t%lld\t", (long long)item.moved);
        print_share(item.numerator, item.denominator);
        putchar('\n');
    }
    for (int64_t i = 0; gridgov_discrimination_leverage_at(&leverage, report, i) == GRIDGOV_OK;
         i++) {
        gridgov_scorecard card = {.struct_size = sizeof card};
        gridgov_scorecards_at(&card, cards, leverage.card);
        if (i == 0) {
            puts(text_of(options, "\n网格\t附加分\t去掉后方差减少\t名次关系改变的网格",
                         "\ngrid\tbonus\tvariance that goes with it\tgrids that change places"));
        }
        printf("%s/%s\t", card.unit_name, card.grid_name);
        print_points(leverage.points);
        putchar('\t');
        print_share(leverage.numerator, leverage.denominator);
        printf("\t%lld\n", (long long)leverage.passed);
    }
}

static int run_discriminate(const cli_options *options) {
    gridgov_month *month = NULL;
    gridgov_discrimination *report = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    int result = open_month(options, &month);
    if (result == EXIT_CLEAN &&
        gridgov_discriminate(&report, gridgov_month_scorecards(month), &err) != GRIDGOV_OK) {
        result = report_error(options, &err);
    }
    if (result == EXIT_CLEAN && option_given(options, "--json")) {
        result = gridgov_discrimination_json(&bytes, report, &err) == GRIDGOV_OK
                     ? write_bytes(options, bytes, option_value(options, "-o"))
                     : report_error(options, &err);
    } else if (result == EXIT_CLEAN) {
        print_report(options, report, gridgov_month_scorecards(month));
        result = finish_output();
    }
    gridgov_bytes_free(bytes);
    gridgov_discrimination_free(report);
    gridgov_month_free(month);
    return result;
}

static const char *const takes[] = {MONTH_OPTIONS, "--json", "-o=", NULL};

const cli_command discriminate_command = {
    .name = "discriminate",
    .run = run_discriminate,
    .line = {"评分靠哪些指标拉开差距：gridgov discriminate 来源 --month 年-月",
             "what the scores tell grids apart by: gridgov discriminate SOURCE --month YYYY-MM"},
    .help =
        {"用法：gridgov discriminate 来源 --month 年-月 [--json] [选项]\n"
         "\n"
         "评分区分度：各指标和附加分占总分方差的份额（协方差份额，合计 100%），没有任何\n"
         "区分作用的分值，同分的网格，以及每笔附加分牵动多少。只说明这张表在比什么。\n"
         "\n"
         "  --json                JSON（gridgov.discrimination/1），份额为精确分数\n"
         "  -o 文件               JSON 写入文件\n"
         "  --month、--mapping、--policy、--parameters、--as-of、--strict 同 bulletin 命令\n"
         "\n"
         "示例：\n"
         "  gridgov discriminate examples/data/baiguan-2021-09 --month 2021-09\n",
         "Usage: gridgov discriminate SOURCE --month YYYY-MM [--json] [options]\n"
         "\n"
         "The share of the totals' variance that each indicator and the bonus carry (covariance\n"
         "shares, 100 % together), points that tell nobody apart, ties, and what hangs on each\n"
         "adjustment. It says what a table measures.\n"
         "\n"
         "  --json                JSON (gridgov.discrimination/1), shares as exact ratios\n"
         "  -o FILE               write the JSON to a file\n"
         "  --month, --mapping, --policy, --parameters, --as-of, --strict: see bulletin\n"
         "\n"
         "Example:\n"
         "  gridgov discriminate examples/data/baiguan-2021-09 --month 2021-09\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
    .needs_month = 1,
};
