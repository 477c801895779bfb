/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov validity: reports that lack an element or repeat an earlier one, and patterns worth a
 * look. Nothing is scored. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#define SENTENCE_SIZE 512

static int open_rules(const cli_options *options, gridgov_validity **rules) {
    const char *path = option_value(options, "--rules");
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    size_t size = 0;
    char *text;
    int result = EXIT_CLEAN;
    if (path == NULL) {
        return EXIT_CLEAN;
    }
    text = read_text_file(options, path, &size);
    if (text == NULL) {
        return EXIT_INPUT;
    }
    (void)gridgov_issues_new(&issues, 0, NULL);
    if (gridgov_validity_load(rules, text, size, issues, &err) != GRIDGOV_OK) {
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
        result = report_failure(options, issues, &err);
    }
    gridgov_issues_free(issues);
    free(text);
    return result;
}

/* Kinds whose data the source lacks are named, so that no signal is not taken for none. */
static void print_uncovered(const cli_options *options, const gridgov_signals *signals) {
    int32_t kind = 0;
    for (int64_t i = 0; gridgov_code_at(&kind, GRIDGOV_KIND_SIGNAL, i) == GRIDGOV_OK; i++) {
        if ((gridgov_signals_covered(signals) >> kind & 1) == 0) {
            fprintf(stderr,
                    say(options, "未检查：%s（来源没有所需的列）\n",
                        "not looked for: %s (SOURCE lacks the columns)\n"),
                    gridgov_code_title(GRIDGOV_KIND_SIGNAL, kind, options->message_lang));
        }
    }
}

static int write_signals(const cli_options *options, const gridgov_signals *signals) {
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    int result;
    if (option_given(options, "--json")) {
        result = gridgov_signals_json(&bytes, signals, &err) == GRIDGOV_OK
                     ? write_bytes(options, bytes, option_value(options, "-o"))
                     : report_error(options, &err);
        gridgov_bytes_free(bytes);
        return result;
    }
    for (int64_t i = 0; i < gridgov_signals_count(signals); i++) {
        gridgov_signal signal = {.struct_size = sizeof signal};
        char text[SENTENCE_SIZE];
        (void)gridgov_signals_at(&signal, signals, i);
        (void)gridgov_signals_text(text, sizeof text, signals, i, options->lang);
        printf("%s  %s\n", gridgov_code_title(GRIDGOV_KIND_SIGNAL, signal.kind, options->lang),
               text);
    }
    return finish_output();
}

static int run_validity(const cli_options *options) {
    gridgov_validity *rules = NULL;
    gridgov_signals *signals = NULL;
    gridgov_month *month = NULL;
    gridgov_tally_options set;
    gridgov_error err = {0};
    int result = open_rules(options, &rules);
    result = result == EXIT_CLEAN ? open_month(options, &month) : result;
    if (result == EXIT_CLEAN) {
        const gridgov_facts *facts = gridgov_month_facts(month);
        gridgov_tally_options_init(&set, sizeof set);
        (void)gridgov_facts_period(&set.period, facts);
        set.as_of = gridgov_facts_as_of(facts);
        set.utc_offset_minutes = gridgov_facts_utc_offset(facts);
        result = gridgov_signals_find(&signals, gridgov_facts_ledger(facts), rules, &set, NULL,
                                      &err) == GRIDGOV_OK
                     ? EXIT_CLEAN
                     : report_error(options, &err);
    }
    if (result == EXIT_CLEAN) {
        print_uncovered(options, signals);
        result = write_signals(options, signals);
    }
    if (result == EXIT_CLEAN && gridgov_signals_count(signals) > 0) {
        result = EXIT_FINDINGS;
    }
    gridgov_signals_free(signals);
    gridgov_month_free(month);
    gridgov_validity_free(rules);
    return result;
}

static const char *const takes[] = {MONTH_OPTIONS, "--rules=", "--json", "-o=", NULL};

const cli_command validity_command = {
    .name = "validity",
    .run = run_validity,
    .line = {"列出要素不全、重复、秒结、突击结案、来回流转的上报（不扣分）",
             "list reports that are incomplete, repeated or closed in odd ways (scores nothing)"},
    .help =
        {"用法：gridgov validity 来源 --month 年-月 [--rules 文件] [--json] [选项]\n"
         "\n"
         "列出值得核查的上报：缺少要素，与先前的上报重复（同类、50 米、24 "
         "小时内），上报后数秒办结，\n"
         "截止前成批办结，转出后又转回。每条写明测得多少、界限多少。\n"
         "只列不判：不改认定结果，不参与任何统计和扣分；由人认定后，写入“认定结果”。\n"
         "\n"
         "  --rules 文件          界限和必备要素（gridgov.validity/1，见 docs/validity.md）\n"
         "  --json                JSON（gridgov.signals/1）\n"
         "  -o 文件               JSON 写入文件；默认写到标准输出\n"
         "  --month、--mapping、--policy、--parameters、--as-of、--lang、--strict 同 bulletin "
         "命令\n"
         "\n"
         "返回值：0 没有，1 有，其余同 bulletin 命令\n"
         "\n"
         "示例：\n"
         "  gridgov validity examples/data/baiguan-2021-09 --month 2021-09\n",
         "Usage: gridgov validity SOURCE --month YYYY-MM [--rules FILE] [--json] [options]\n"
         "\n"
         "Lists reports worth a look: those that lack an element, repeat an earlier report (same\n"
         "category, 50 m, 24 hours), were closed within seconds, closed in bulk before the "
         "cut-off,\n"
         "or sent back to an agency that had passed them on. Each says what was measured and the\n"
         "threshold. Nothing is decided: no disposition changes, no count and no score reads it. "
         "A\n"
         "person decides, and writes the disposition.\n"
         "\n"
         "  --rules FILE          thresholds and elements (gridgov.validity/1, docs/validity.md)\n"
         "  --json                JSON (gridgov.signals/1)\n"
         "  -o FILE               write the JSON to a file; default: standard output\n"
         "  --month, --mapping, --policy, --parameters, --as-of, --lang, --strict: see bulletin\n"
         "\n"
         "Exit status: 0 none, 1 some, others as of bulletin\n"
         "\n"
         "Example:\n"
         "  gridgov validity examples/data/baiguan-2021-09 --month 2021-09\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
    .needs_month = 1,
};
