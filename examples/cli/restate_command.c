/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov restate: what rulings on appeals changed in a table that was published. */
#include "cli.h"

#include <string.h>

/* A date alone means the end of that day; without the option, everything that is recorded. */
static int read_known_by(const cli_options *options, int32_t offset, gridgov_time *out) {
    const char *text = option_value(options, "--known-by");
    gridgov_error err = {0};
    gridgov_day day;
    *out = INT64_MAX;
    if (text == NULL) {
        return gridgov_time_parse(out, "9999-12-31", 10, offset, &err) == GRIDGOV_OK
                   ? EXIT_CLEAN
                   : report_error(options, &err);
    }
    if (gridgov_day_parse(&day, text, strlen(text), NULL) == GRIDGOV_OK) {
        *out = gridgov_day_start(day + 1, offset) - 1;
        return EXIT_CLEAN;
    }
    return gridgov_time_parse(out, text, strlen(text), offset, &err) == GRIDGOV_OK
               ? EXIT_CLEAN
               : usage_error(options, "--known-by 应为日期或时间", "--known-by is a date or a time",
                             text);
}

static int restate(const cli_options *options, const gridgov_month *month, int32_t format) {
    const gridgov_facts *facts = gridgov_month_facts(month);
    const gridgov_policy *policy = gridgov_scorecards_policy(gridgov_month_scorecards(month));
    gridgov_bulletin *document = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    const gridgov_scorecards *history[GRIDGOV_MONTH_EARLIER];
    gridgov_score_options how;
    gridgov_time known_by;
    int result = read_known_by(options, gridgov_facts_utc_offset(facts), &known_by);
    if (result != EXIT_CLEAN) {
        return result;
    }
    gridgov_score_options_init(&how, sizeof how);
    how.history = history;
    while (how.history_count < GRIDGOV_MONTH_EARLIER &&
           (history[how.history_count] = gridgov_month_earlier(month, how.history_count)) != NULL) {
        how.history_count++;
    }
    gridgov_status status = gridgov_restate(&document, NULL, NULL, facts, policy, known_by,
                                            options->lang, &how, NULL, &err);
    status =
        status == GRIDGOV_OK ? gridgov_render_bytes(&bytes, document, format, NULL, &err) : status;
    result = status == GRIDGOV_OK ? write_bytes(options, bytes, option_value(options, "-o"))
                                  : report_error(options, &err);
    gridgov_bytes_free(bytes);
    gridgov_bulletin_free(document);
    return result;
}

static int run_restate(const cli_options *options) {
    const char *format = option_value(options, "--format");
    gridgov_month *month = NULL;
    int32_t code = GRIDGOV_FORMAT_MARKDOWN;
    int result;
    if (format != NULL &&
        (gridgov_code_value(&code, GRIDGOV_KIND_FORMAT, format, strlen(format)) != GRIDGOV_OK ||
         code == GRIDGOV_FORMAT_CSV)) {
        return usage_error(options, "--format 只能是 md、html、json",
                           "--format takes md, html or json", format);
    }
    result = open_month(options, &month);
    result = result == EXIT_CLEAN ? restate(options, month, code) : result;
    gridgov_month_free(month);
    return result;
}

static const char *const takes[] = {MONTH_OPTIONS, "--known-by=", "--format=", "-o=", NULL};

const cli_command restate_command = {
    .name = "restate",
    .run = run_restate,
    .line = {"申诉裁决后的更正通报：原表与更正后的差异",
             "what rulings on appeals changed in a published table"},
    .help =
        {"用法：gridgov restate 来源 --month 年-月 [--known-by 时间] [选项]\n"
         "\n"
         "更正通报：把公布时的表与申诉裁决（appeals.csv，见 docs/appeals.md）之后的表相比，列出\n"
         "有变化的网格、项目、原分值和更正后的分值，以及每件裁决的理由和裁决人。原表随时可以重算："
         "\n"
         "裁决是有日期的事实，公布之后的裁决不影响按当时所知的计算。\n"
         "\n"
         "  --known-by 时间       计入这一时间（含）前录入的裁决；默认全部\n"
         "  --format md|html|json 格式；默认 md\n"
         "  -o 文件               写入文件；默认写到标准输出\n"
         "  --month、--mapping、--policy、--parameters、--as-of、--earlier、--lang、--strict 同 "
         "bulletin 命令\n"
         "\n"
         "示例：\n"
         "  gridgov restate 2021-09 --month 2021-09 --known-by 2021-10-20\n",
         "Usage: gridgov restate SOURCE --month YYYY-MM [--known-by T] [options]\n"
         "\n"
         "The table as it was known when it was published, beside the table after rulings on\n"
         "appeals (appeals.csv, docs/appeals.md): each grid and item that differs, with its old\n"
         "and new points, and every ruling with reason and authority. The old table stays\n"
         "computable: a ruling is a dated fact, and what was ruled later was not known then.\n"
         "\n"
         "  --known-by T          what was ruled by then, inclusive; default: everything\n"
         "  --format md|html|json default: md\n"
         "  -o FILE               write to a file; default: standard output\n"
         "  --month, --mapping, --policy, --parameters, --as-of, --earlier, --lang, --strict: see\n"
         "                        bulletin\n"
         "\n"
         "Example:\n"
         "  gridgov restate 2021-09 --month 2021-09 --known-by 2021-10-20\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
    .needs_month = 1,
};
