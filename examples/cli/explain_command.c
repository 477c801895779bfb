/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov explain: why a grid has the points it has, as plain text or JSON. */
#include "cli.h"

#include <string.h>

/* The explanation of one card in the form that was asked for. */
static int write_one(const cli_options *options, const gridgov_scorecards *cards, int64_t card) {
    gridgov_explanation *explanation = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gridgov_status status =
        gridgov_explain(&explanation, cards, card, NULL, options->lang, NULL, &err);
    if (status == GRIDGOV_OK) {
        status = option_given(options, "--json")
                     ? gridgov_explanation_json(&bytes, explanation, &err)
                     : gridgov_explanation_text(&bytes, explanation, &err);
    }
    int result = status == GRIDGOV_OK ? write_bytes(options, bytes, option_value(options, "-o"))
                                      : report_error(options, &err);
    gridgov_bytes_free(bytes);
    gridgov_explanation_free(explanation);
    return result;
}

static int run_explain(const cli_options *options) {
    gridgov_month *month = NULL;
    int64_t unit = GRIDGOV_NONE;
    int result = EXIT_CLEAN;
    if (!option_given(options, "--grid")) {
        return usage_error(options, "缺少 --grid（如 --grid 高丰社区/一网格）",
                           "--grid is missing (e.g. --grid 高丰社区/一网格)", NULL);
    }
    result = open_month(options, &month);
    result = result == EXIT_CLEAN ? find_grid(options, month, &unit) : result;
    if (result == EXIT_CLEAN) {
        const gridgov_scorecards *cards = gridgov_month_scorecards(month);
        int64_t card = gridgov_scorecards_find(cards, unit);
        if (card == GRIDGOV_NONE) {
            fprintf(stderr, "gridgov: %s\n",
                    say(options, "该网格本期不存在，没有评分",
                        "that grid does not exist in the period and has no score"));
            result = EXIT_INPUT;
        } else {
            result = write_one(options, cards, card);
        }
    }
    gridgov_month_free(month);
    return result;
}

static const char *const takes[] = {MONTH_OPTIONS, "--json", "--grid=", "-o=", NULL};

const cli_command explain_command = {
    .name = "explain",
    .run = run_explain,
    .line = {"说明一个网格为何得这些分：规则、实际、标准、依据",
             "say why a grid has its points: rule, observation, threshold, evidence"},
    .help =
        {"用法：gridgov explain 来源 --month 年-月 --grid 单位/网格|编码 [--json] [选项]\n"
         "\n"
         "逐项说明：规则、条款、实际、标准、得分、离满分差什么，依据细到事件编号、日期、里程。\n"
         "未载明理由的附加分只列出原行，不补理由。\n"
         "\n"
         "  --grid 单位/网格|编码 要说明的网格\n"
         "  --json                JSON（gridgov.explain/1，见 docs/explain.md）\n"
         "  -o 文件               写入文件；默认写到标准输出\n"
         "  --month、--mapping、--policy、--parameters、--as-of、--earlier、--lang、--strict 同 "
         "bulletin 命令\n"
         "\n"
         "示例：\n"
         "  gridgov explain examples/data/baiguan-2021-09 --month 2021-09 --grid 高丰社区/一网格\n",
         "Usage: gridgov explain SOURCE --month YYYY-MM --grid UNIT/GRID|CODE [--json] [options]\n"
         "\n"
         "For every indicator: the rule, its clause, what was observed, the threshold, the "
         "points,\n"
         "what was missing for full marks, and the evidence down to event numbers, days and\n"
         "distances. An adjustment without a reason shows its own row; no reason is invented.\n"
         "\n"
         "  --grid UNIT/GRID|CODE the grid to explain\n"
         "  --json                JSON (gridgov.explain/1, see docs/explain.md)\n"
         "  -o FILE               write to a file; default: standard output\n"
         "  --month, --mapping, --policy, --parameters, --as-of, --earlier, --lang, --strict: see\n"
         "                        bulletin\n"
         "\n"
         "Example:\n"
         "  gridgov explain examples/data/baiguan-2021-09 --month 2021-09 --grid "
         "高丰社区/一网格\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
    .needs_month = 1,
};
