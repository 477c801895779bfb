/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov score: the scores of all grids, or of one, as CSV or JSON, on stdout or into a file. */
#include "cli.h"

#include <string.h>

static gridgov_status make(const cli_options *options, const gridgov_month *month, int64_t unit,
                           gridgov_bytes **bytes, gridgov_error *err) {
    gridgov_render_options render;
    if (option_given(options, "--json")) {
        return gridgov_month_score_json(bytes, month, unit, err);
    }
    gridgov_render_options_init(&render, sizeof render);
    render.defuse = option_given(options, "--defuse");
    render.table = "grids";
    render.bom = option_value(options, "-o") != NULL;
    if (unit != GRIDGOV_NONE) {
        render.only_row = gridgov_scorecards_find(gridgov_month_scorecards(month), unit) + 1;
    }
    return gridgov_render_bytes(bytes, gridgov_month_bulletin(month), GRIDGOV_FORMAT_CSV, &render,
                                err);
}

static int run_score(const cli_options *options) {
    gridgov_month *month = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    int64_t unit = GRIDGOV_NONE;
    int result = EXIT_CLEAN;
    if (option_given(options, "--json") && option_given(options, "--csv")) {
        result = usage_error(options, "--json 与 --csv 只能选一个", "choose --json or --csv", NULL);
    }
    result = result == EXIT_CLEAN ? open_month(options, &month) : result;
    if (result == EXIT_CLEAN && gridgov_scorecards_count(gridgov_month_scorecards(month)) == 0) {
        fprintf(stderr, "gridgov: %s\n",
                say(options, "来源中没有网格名册（units.csv），无法评分",
                    "SOURCE lists no grids (units.csv), so there is nothing to score"));
        result = EXIT_INPUT;
    }
    result = result == EXIT_CLEAN ? find_grid(options, month, &unit) : result;
    if (result == EXIT_CLEAN && make(options, month, unit, &bytes, &err) != GRIDGOV_OK) {
        result = report_error(options, &err);
    }
    result =
        result == EXIT_CLEAN ? write_bytes(options, bytes, option_value(options, "-o")) : result;
    gridgov_bytes_free(bytes);
    gridgov_month_free(month);
    return result;
}

static const char *const takes[] = {
    MONTH_OPTIONS, "--json", "--csv", "--grid=", "--defuse", "-o=", NULL};

const cli_command score_command = {
    .name = "score",
    .run = run_score,
    .line = {"输出各网格的评分表（CSV 或 JSON）", "print the scores of all grids (CSV or JSON)"},
    .help =
        {"用法：gridgov score 来源 --month 年-月 [--json|--csv] [选项]\n"
         "\n"
         "输出各网格的评分：单位、网格、各项指标、附加分、总分。\n"
         "\n"
         "  --csv                 CSV（默认）；写入文件时带 BOM\n"
         "  --json                JSON，含每项的分子、分母和来源\n"
         "  --grid 单位/网格|编码 只输出一个网格\n"
         "  --defuse              CSV 中会被电子表格当作公式的文字前加撇号\n"
         "  -o 文件               写入文件；默认写到标准输出\n"
         "  --month、--mapping、--policy、--parameters、--as-of、--earlier、--lang、--strict 同 "
         "bulletin 命令\n"
         "\n"
         "示例：\n"
         "  gridgov score examples/data/baiguan-2021-09 --month 2021-09 --grid 高丰社区/一网格\n",
         "Usage: gridgov score SOURCE --month YYYY-MM [--json|--csv] [options]\n"
         "\n"
         "Prints the scores of all grids: unit, grid, every indicator, bonus, total.\n"
         "\n"
         "  --csv                 CSV (default); with a byte order mark when written to a file\n"
         "  --json                JSON, with numerator, denominator and origin of each line\n"
         "  --grid UNIT/GRID|CODE one grid only\n"
         "  --defuse              an apostrophe before CSV text that a spreadsheet would run\n"
         "  -o FILE               write to a file; default: standard output\n"
         "  --month, --mapping, --policy, --parameters, --as-of, --earlier, --lang, --strict: see\n"
         "                        bulletin\n"
         "\n"
         "Example:\n"
         "  gridgov score examples/data/baiguan-2021-09 --month 2021-09 --grid 高丰社区/一网格\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
    .needs_month = 1,
};
