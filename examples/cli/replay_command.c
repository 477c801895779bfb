/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov replay: months under another policy, or without some of its indicators. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#define CODES_MOST 64

typedef struct replaying {
    const cli_options *options;
    gridgov_month **months;
    const gridgov_facts **facts;
    int count;
    gridgov_policy *against;
} replaying;

/* One --month a source, or one for all of them. */
static int open_months(replaying *r) {
    const cli_options *options = r->options;
    r->months = calloc((size_t)options->source_count, sizeof *r->months);
    r->facts = calloc((size_t)options->source_count, sizeof *r->facts);
    if (r->months == NULL || r->facts == NULL) {
        return EXIT_INTERNAL;
    }
    for (int i = 0; i < options->source_count; i++) {
        const char *text = option_value_at(options, "--month", i);
        if (text == NULL) {
            return usage_error(
                options, "每个来源须有自己的 --month，按来源的次序",
                "each SOURCE needs a --month of its own, in the order of the sources",
                options->sources[i]);
        }
        int result = open_source(options, options->sources[i], text, &r->months[i]);
        if (result != EXIT_CLEAN) {
            return result;
        }
        r->facts[r->count++] = gridgov_month_facts(r->months[i]);
    }
    return option_value_at(options, "--month", options->source_count) == NULL
               ? EXIT_CLEAN
               : usage_error(options, "--month 比来源多", "there are more --month than sources",
                             NULL);
}

/* The values of the first policy's parameters that the other one leaves open, as a document; "" if
 * there are none. */
static void open_parameters(char *json, size_t size, const gridgov_policy *first,
                            const gridgov_policy *other) {
    static const int64_t units[] = {1, 10, 100, 1000};
    gridgov_policy_parameter a = {.struct_size = sizeof a}, b = {.struct_size = sizeof b};
    size_t used = 0;
    json[0] = '\0';
    for (int64_t i = 0; gridgov_policy_parameter_at(&a, first, i) == GRIDGOV_OK; i++) {
        for (int64_t k = 0; a.configured && gridgov_policy_parameter_at(&b, other, k) == GRIDGOV_OK;
             k++) {
            if (!b.configured && strcmp(a.name, b.name) == 0 && a.decimals == b.decimals &&
                a.value >= b.min && a.value <= b.max && used + strlen(a.name) + 64 < size) {
                used += (size_t)snprintf(
                    json + used, size - used, "%s\"%s\": \"%lld.%0*lld\"", used == 0 ? "{" : ", ",
                    a.name, (long long)(a.value / units[a.decimals]),
                    a.decimals > 0 ? (int)a.decimals : 1, (long long)(a.value % units[a.decimals]));
            }
        }
    }
    if (used > 0) {
        snprintf(json + used, size - used, "}");
    }
}

static int is_document(const char *name) {
    const char *dot = strrchr(name, '.');
    return strchr(name, '/') != NULL || (dot != NULL && strcmp(dot, ".json") == 0);
}

static gridgov_status load(gridgov_policy **out, const char *name, const char *text, size_t size,
                           const char *parameters, gridgov_error *err) {
    return text != NULL
               ? gridgov_policy_load(out, text, size, parameters, strlen(parameters), NULL, err)
               : gridgov_policy_open(out, name, strlen(name), parameters, strlen(parameters), err);
}

/* The other policy: first as it is, to see what it leaves open, then with those values. */
static int open_against(replaying *r) {
    const gridgov_policy *first = gridgov_scorecards_policy(gridgov_month_scorecards(r->months[0]));
    const char *name = option_value(r->options, "--against");
    gridgov_policy *plain = NULL;
    gridgov_error err = {0};
    char parameters[16384];
    char *text = NULL;
    size_t size = 0;
    if (name == NULL) {
        r->against = gridgov_policy_hold(first);
        return EXIT_CLEAN;
    }
    if (is_document(name) && (text = read_text_file(r->options, name, &size)) == NULL) {
        return EXIT_INPUT;
    }
    gridgov_status status = load(&plain, name, text, size, "", &err);
    if (status == GRIDGOV_OK) {
        open_parameters(parameters, sizeof parameters, first, plain);
        status = load(&r->against, name, text, size, parameters, &err);
    }
    gridgov_policy_free(plain);
    free(text);
    if (status == GRIDGOV_ENOTFOUND) {
        return usage_error(r->options, "没有这个考核细则，也没有这个文件",
                           "neither a built-in policy nor a file", name);
    }
    return status == GRIDGOV_OK ? EXIT_CLEAN : report_error(r->options, &err);
}

static int replay(const replaying *r) {
    const cli_options *options = r->options;
    const gridgov_policy *policies[] = {
        gridgov_scorecards_policy(gridgov_month_scorecards(r->months[0])), r->against};
    const char *codes[CODES_MOST];
    gridgov_replay_options set;
    gridgov_replay *result = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gridgov_replay_options_init(&set, sizeof set);
    set.rescale = option_given(options, "--rescale");
    set.without = codes;
    for (int i = 0; i < CODES_MOST && option_value_at(options, "--without", i) != NULL; i++) {
        codes[set.without_count++] = option_value_at(options, "--without", i);
    }
    gridgov_status status =
        gridgov_replay_run(&result, r->facts, r->count, policies, 2, &set, NULL, &err);
    if (status == GRIDGOV_ENOTFOUND) {
        return usage_error(options, "没有这个分组或指标", "there is no such group or indicator",
                           err.value);
    }
    if (status == GRIDGOV_OK) {
        status = option_given(options, "--json")
                     ? gridgov_replay_json(&bytes, result, &err)
                     : gridgov_replay_text(&bytes, result, options->lang, &err);
    }
    int done = status == GRIDGOV_OK ? write_bytes(options, bytes, option_value(options, "-o"))
                                    : report_error(options, &err);
    gridgov_bytes_free(bytes);
    gridgov_replay_free(result);
    return done;
}

static int run_replay(const cli_options *options) {
    replaying r = {.options = options};
    int result;
    if (!option_given(options, "--against") && !option_given(options, "--without")) {
        return usage_error(options, "缺少 --against 或 --without",
                           "--against or --without is missing", NULL);
    }
    result = open_months(&r);
    result = result == EXIT_CLEAN ? open_against(&r) : result;
    result = result == EXIT_CLEAN ? replay(&r) : result;
    gridgov_policy_free(r.against);
    for (int i = 0; i < r.count; i++) {
        gridgov_month_free(r.months[i]);
    }
    free(r.facts);
    free(r.months);
    return result;
}

static const char *const takes[] = {SOURCE_OPTIONS, "--against=", "--without=", "--rescale",
                                    "--json",       "-o=",        NULL};

const cli_command replay_command = {
    .name = "replay",
    .run = run_replay,
    .line = {"换一套考核细则重算：总分、名次、指标有何不同，为什么",
             "score months under another policy: what differs, and why"},
    .help =
        {"用法：gridgov replay 来源… --month 年-月 [--policy A] --against B|--without 指标 [选项]\n"
         "\n"
         "用另一套考核细则重算一个或多个月，逐网格列出总分、名次的变化和每项指标的原因。\n"
         "口径不同的，由原始数据重新统计。各个来源依次给出自己的 --month。\n"
         "\n"
         "  --policy 文件|名称    现行细则；默认同 bulletin 命令\n"
         "  --against 文件|名称   与之比较的细则；它未定的参数取现行细则的值\n"
         "  --without 分组|指标   去掉一个分组或指标（可多次）：如 --without app 去掉 60 分\n"
         "  --rescale             总分折算为满分（四舍五入到千分之一分，附加分不折算）；\n"
         "                        默认不折算，按剩余满分计，附加分照旧\n"
         "  --json                JSON（gridgov.replay/1，见 docs/replay.md）\n"
         "  -o 文件               写入文件；默认写到标准输出\n"
         "  --mapping、--parameters、--as-of、--lang、--strict 同 bulletin 命令\n"
         "\n"
         "示例：\n"
         "  gridgov replay examples/data/baiguan-2021-09 --month 2021-09 --without app\n",
         "Usage: gridgov replay SOURCE… --month YYYY-MM [--policy A] --against B|--without CODE\n"
         "       [options]\n"
         "\n"
         "Scores one month or many under another policy and lists, grid by grid, how totals and\n"
         "ranks differ and what in each indicator is the cause. Where the policies count by other\n"
         "metrics, the rows are counted again. Each source has a --month of its own, in order.\n"
         "\n"
         "  --policy FILE|NAME    the policy that holds; default: as of bulletin\n"
         "  --against FILE|NAME   the one to compare with; what it leaves open takes the value of\n"
         "                        the policy that holds\n"
         "  --without CODE        take out a group or an indicator, more than once if need be:\n"
         "                        --without app takes out the 60 points of the app\n"
         "  --rescale             rescale totals to the full marks (half up to a thousandth, the\n"
         "                        bonus is not rescaled); default: totals stay out of the points\n"
         "                        that are left, and the bonus is kept\n"
         "  --json                JSON (gridgov.replay/1, see docs/replay.md)\n"
         "  -o FILE               write to a file; default: standard output\n"
         "  --mapping, --parameters, --as-of, --lang, --strict: see bulletin\n"
         "\n"
         "Example:\n"
         "  gridgov replay examples/data/baiguan-2021-09 --month 2021-09 --without app\n"},
    .takes = takes,
    .needs_source = 1,
    .needs_month = 1,
};
