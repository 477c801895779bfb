/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov agencies: what every agency handled, passed on and closed, how fast, between whom cases
 * went to and fro, what is still open and how old, and the books of the month; as text for people
 * or as JSON. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct agency_view {
    const cli_options *options;
    const gridgov_facts *facts;
    const gridgov_flow *flow;
} agency_view;

static const char *words(const agency_view *view, const char *zh, const char *en) {
    return view->options->lang == GRIDGOV_LANG_ZH ? zh : en;
}

static const char *name_of(const agency_view *view, int64_t agency) {
    const char *name =
        agency == GRIDGOV_NONE
            ? NULL
            : gridgov_ledger_agency_name(gridgov_flow_ledger(view->flow), agency, NULL);
    return name == NULL ? words(view, "网格/街道", "grid/street") : name;
}

/* A count, `/` for what is not applicable or unknown. */
static void print_metric(const agency_view *view, int64_t row, const char *code) {
    const gridgov_metrics *metrics = gridgov_facts_metrics(view->facts);
    const int64_t metric = gridgov_metrics_find(metrics, code, strlen(code));
    gridgov_cell cell = {.struct_size = sizeof cell};
    if (gridgov_facts_value(&cell, view->facts, GRIDGOV_DIMENSION_AGENCY, row, metric) ==
            GRIDGOV_OK &&
        cell.state == GRIDGOV_CELL_VALUE) {
        printf("\t%lld", (long long)cell.value);
    } else {
        printf("\t/");
    }
}

static void print_ratio(const agency_view *view, int64_t row, int64_t ratio) {
    gridgov_ratio_value value = {.struct_size = sizeof value};
    if (gridgov_facts_ratio(&value, view->facts, row, ratio) == GRIDGOV_OK &&
        value.state == GRIDGOV_CELL_VALUE) {
        printf("\t%lld.%02d%%", (long long)(value.percent_hundredths / 100),
               (int)(value.percent_hundredths % 100));
    } else {
        printf("\t/");
    }
}

/* The figures that the bulletin prints, and those that follow from the log. */
static void print_figures(const agency_view *view) {
    static const char *const codes[] = {"handled_cases", "received_cases", "agency_closed"};
    static const char *const ratios[] = {"agency_handled_rate", "agency_timely_limited",
                                         "agency_timely_closed", "agency_timely_all"};
    const gridgov_metrics *metrics = gridgov_facts_metrics(view->facts);
    gridgov_facts_row row = {.struct_size = sizeof row};
    puts(words(view,
               "机构\t办理数\t流转数\t结案数\t结案率\t及时率（有期限的）\t及时率（全部结案）\t"
               "及时率（全部案件）\t退回\t返工\t往返\t一次办结",
               "agency\thandled\tdispatched\tclosed\tclosure rate\ttimely of limited\t"
               "timely of closed\ttimely of all\treturns\treworks\tping-pong\tfirst time right"));
    for (int64_t i = 0;
         gridgov_facts_row_at(&row, view->facts, GRIDGOV_DIMENSION_AGENCY, i) == GRIDGOV_OK; i++) {
        gridgov_flow_holder holder = {.struct_size = sizeof holder};
        (void)gridgov_flow_holder_at(&holder, view->flow, i + 1);
        printf("%s%s", row.name, row.known ? "" : words(view, "（待核）", " (to be verified)"));
        for (size_t m = 0; m < sizeof codes / sizeof codes[0]; m++) {
            print_metric(view, i, codes[m]);
        }
        for (size_t r = 0; r < sizeof ratios / sizeof ratios[0]; r++) {
            print_ratio(view, i, gridgov_metrics_ratio_find(metrics, ratios[r], strlen(ratios[r])));
        }
        printf("\t%lld\t%lld\t%lld\t%lld\n", (long long)holder.returns, (long long)holder.reworks,
               (long long)holder.ping_pong, (long long)holder.first_time);
    }
}

/* Every ratio of agencies that the metrics name. */
static void print_ratios(const agency_view *view) {
    const gridgov_metrics *metrics = gridgov_facts_metrics(view->facts);
    gridgov_ratio ratio = {.struct_size = sizeof ratio};
    gridgov_facts_row row = {.struct_size = sizeof row};
    printf("\n%s", words(view, "机构", "agency"));
    for (int64_t r = 0; gridgov_metrics_ratio_at(&ratio, metrics, r) == GRIDGOV_OK; r++) {
        if (ratio.dimension == GRIDGOV_DIMENSION_AGENCY) {
            printf("\t%s", words(view, ratio.name, ratio.name_en));
        }
    }
    putchar('\n');
    for (int64_t i = 0;
         gridgov_facts_row_at(&row, view->facts, GRIDGOV_DIMENSION_AGENCY, i) == GRIDGOV_OK; i++) {
        printf("%s", row.name);
        for (int64_t r = 0; gridgov_metrics_ratio_at(&ratio, metrics, r) == GRIDGOV_OK; r++) {
            if (ratio.dimension == GRIDGOV_DIMENSION_AGENCY) {
                print_ratio(view, i, r);
            }
        }
        putchar('\n');
    }
}

static void print_handovers(const agency_view *view) {
    gridgov_flow_handover pair = {.struct_size = sizeof pair};
    puts(words(view, "\n移交\n自\t至\t件次\t其中退回", "\nHand-overs\nfrom\tto\tcount\treturns"));
    for (int64_t i = 0; gridgov_flow_handover_at(&pair, view->flow, i) == GRIDGOV_OK; i++) {
        printf("%s\t%s\t%lld\t%lld\n", name_of(view, pair.from), name_of(view, pair.to),
               (long long)pair.count, (long long)pair.returns);
    }
}

static void print_hours(int64_t seconds) {
    if (seconds < 0) {
        printf("\t/");
    } else {
        printf("\t%lld:%02d:%02d", (long long)(seconds / 3600), (int)(seconds / 60 % 60),
               (int)(seconds % 60));
    }
}

static void print_backlog(const agency_view *view) {
    gridgov_flow_holder holder = {.struct_size = sizeof holder};
    puts(words(view,
               "\n期末在办及用时\n持有\t1天内\t3天内\t7天内\t15天内\t30天内\t30天以上\t"
               "本期经手\t持有时长\t其中工作时间",
               "\nOpen at the end, and time in hand\nholder\tto 1 day\tto 3\tto 7\tto 15\tto "
               "30\tmore\theld\ttime in hand\tworking time"));
    for (int64_t i = 0; gridgov_flow_holder_at(&holder, view->flow, i) == GRIDGOV_OK; i++) {
        if (holder.held == 0) {
            continue;
        }
        printf("%s", name_of(view, holder.agency));
        for (int a = 0; a < GRIDGOV_FLOW_AGES; a++) {
            printf("\t%lld", (long long)holder.ages[a]);
        }
        printf("\t%lld", (long long)holder.held);
        print_hours(holder.held_seconds);
        print_hours(holder.work_seconds);
        putchar('\n');
    }
}

static void print_account(const agency_view *view, int64_t agency, const int64_t *counts) {
    printf("%s", name_of(view, agency));
    for (int32_t k = GRIDGOV_FLOW_OPENING; k <= GRIDGOV_FLOW_RECATEGORISED_OUT; k++) {
        printf("\t%lld", (long long)counts[k]);
    }
    putchar('\n');
}

/* The books of each holder, its categories added up. */
static void print_books(const agency_view *view) {
    gridgov_flow_account account = {.struct_size = sizeof account};
    int64_t counts[GRIDGOV_FLOW_COUNTS] = {0};
    int64_t agency = GRIDGOV_NONE - 1;
    printf("%s", words(view, "\n收支平衡\n持有", "\nBooks\nholder"));
    for (int32_t k = GRIDGOV_FLOW_OPENING; k <= GRIDGOV_FLOW_RECATEGORISED_OUT; k++) {
        printf("\t%s", gridgov_code_title(GRIDGOV_KIND_FLOW, k, view->options->lang));
    }
    putchar('\n');
    for (int64_t i = 0; gridgov_flow_account_at(&account, view->flow, i) == GRIDGOV_OK; i++) {
        if (account.agency != agency && agency >= GRIDGOV_NONE) {
            print_account(view, agency, counts);
            memset(counts, 0, sizeof counts);
        }
        agency = account.agency;
        for (int k = 0; k < GRIDGOV_FLOW_COUNTS; k++) {
            counts[k] += account.counts[k];
        }
    }
    if (agency >= GRIDGOV_NONE) {
        print_account(view, agency, counts);
    }
}

static int show(const agency_view *view) {
    const char *path = option_value(view->options, "-o");
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    if (option_given(view->options, "--json")) {
        int result = gridgov_agencies_json(&bytes, view->facts, view->flow, &err) == GRIDGOV_OK
                         ? write_bytes(view->options, bytes, path)
                         : report_error(view->options, &err);
        gridgov_bytes_free(bytes);
        return result;
    }
    print_figures(view);
    if (option_given(view->options, "--ratios")) {
        print_ratios(view);
    }
    print_handovers(view);
    print_backlog(view);
    print_books(view);
    return finish_output();
}

static int count(const cli_options *options, const gridgov_month *month, gridgov_facts **facts,
                 gridgov_flow **flow) {
    const char *metrics = option_value(options, "--metrics");
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    char *text = NULL;
    size_t size = metrics == NULL ? 0 : strlen(metrics);
    if (metrics != NULL && strpbrk(metrics, "./") != NULL) {
        text = read_text_file(options, metrics, &size);
        if (text == NULL) {
            return EXIT_INPUT;
        }
    }
    int result = EXIT_CLEAN;
    if (gridgov_issues_new(&issues, 0, &err) != GRIDGOV_OK ||
        gridgov_month_agencies(facts, flow, month, text != NULL ? text : metrics, size, issues,
                               NULL, &err) != GRIDGOV_OK) {
        print_issues(options, issues, GRIDGOV_SEVERITY_ERROR);
        result = report_failure(options, issues, &err);
    }
    gridgov_issues_free(issues);
    free(text);
    return result;
}

/* The closing of the month before against the opening of this one; every difference is named. */
static int compare(const cli_options *options, const gridgov_facts *now, const gridgov_flow *flow) {
    const char *source = option_value(options, "--previous");
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    gridgov_span period = {0, 0};
    gridgov_month *month = NULL;
    gridgov_facts *facts = NULL;
    gridgov_flow *before = NULL;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    int64_t differences = 0;
    (void)gridgov_facts_period(&period, now);
    (void)gridgov_time_format(text, period.from - 1, gridgov_facts_utc_offset(now));
    text[7] = '\0'; // "2021-09"
    int result = open_source(options, source, text, &month);
    result = result == EXIT_CLEAN ? count(options, month, &facts, &before) : result;
    if (result == EXIT_CLEAN &&
        (gridgov_issues_new(&issues, 0, &err) != GRIDGOV_OK ||
         gridgov_flow_compare(&differences, before, flow, issues, &err) != GRIDGOV_OK)) {
        result = report_error(options, &err);
    }
    print_issues(options, issues, GRIDGOV_SEVERITY_ERROR);
    gridgov_issues_free(issues);
    gridgov_flow_free(before);
    gridgov_facts_free(facts);
    gridgov_month_free(month);
    return result == EXIT_CLEAN && differences > 0 ? EXIT_FINDINGS : result;
}

static int run_agencies(const cli_options *options) {
    gridgov_month *month = NULL;
    gridgov_facts *facts = NULL;
    gridgov_flow *flow = NULL;
    int result = EXIT_CLEAN;
    if (option_given(options, "-o") && !option_given(options, "--json")) {
        result = usage_error(options, "-o 须与 --json 同用", "-o goes with --json", NULL);
    }
    result = result == EXIT_CLEAN ? open_month(options, &month) : result;
    result = result == EXIT_CLEAN ? count(options, month, &facts, &flow) : result;
    if (result == EXIT_CLEAN) {
        const agency_view view = {options, facts, flow};
        result = show(&view);
    }
    if (result == EXIT_CLEAN && option_value(options, "--previous") != NULL) {
        result = compare(options, facts, flow);
    }
    gridgov_flow_free(flow);
    gridgov_facts_free(facts);
    gridgov_month_free(month);
    return result;
}

static const char *const takes[] = {
    SOURCE_OPTIONS, "--metrics=", "--ratios", "--previous=", "--json", "-o=", NULL};

const cli_command agencies_command = {
    .name = "agencies",
    .run = run_agencies,
    .line = {"列出各机构的办理、流转、结案、及时率、移交和收支平衡",
             "figures of agencies: handled, closed, in time, hand-overs, books that balance"},
    .help =
        {"用法：gridgov agencies 来源 --month 年-月 [选项]\n"
         "\n"
         "列出各机构的办理数、流转数、结案数、结案率和三种口径的及时率，退回、返工、往返和一次办结"
         "，\n"
         "机构之间的移交，期末在办的时长分布，以及各持有单位的收支平衡表：\n"
         "期初在办＋新报＋转入＋重开＋拆入＋改类转入\n"
         "  ＝期末在办＋结案＋转出（含退回）＋作废＋不予受理＋并案＋备案＋改类转出。\n"
         "没有办理事项或没有数据的印“/”。\n"
         "\n"
         "  --metrics 名称|文件   指标口径；默认 cityops\n"
         "  --ratios              列出口径中机构的全部比率\n"
         "  --previous 来源       "
         "上月的来源：核对上月期末与本月期初，逐件指出丢失、凭空出现、改类、易手的案件\n"
         "  --json                "
         "JSON（gridgov.agencies/1），含全部指标、比率、综合评价和分类收支\n"
         "  -o 文件               与 --json 同用：写入文件\n"
         "  --month、--mapping、--policy、--parameters、--as-of、--lang、--strict 同 bulletin "
         "命令\n"
         "\n"
         "--previous 发现差异时退出状态为 1。\n"
         "\n"
         "示例：\n"
         "  gridgov agencies examples/data/baiguan-2021-09 --month 2021-09\n",
         "Usage: gridgov agencies SOURCE --month YYYY-MM [options]\n"
         "\n"
         "Prints what each agency handled, got by dispatch and closed, its closure rate and its\n"
         "timely rate on three bases, returns, reworks, ping-pong and cases right at the first\n"
         "time; hand-overs; open cases by age; and the books of every holder:\n"
         "opening + reported + transferred in + reopened + split in + recategorised in\n"
         "  = closing + closed + transferred out (returns included) + voided + rejected + merged\n"
         "    + recorded + recategorised out.\n"
         "`/` stands for nothing to report and for no data.\n"
         "\n"
         "  --metrics NAME|FILE   what is counted; default: cityops\n"
         "  --ratios              every ratio of agencies that the metrics name\n"
         "  --previous SOURCE     the month before: its closing against this month's opening; "
         "every\n"
         "                        case lost, from nowhere, recategorised or moved is named\n"
         "  --json                JSON (gridgov.agencies/1): all metrics, ratios, composites, and\n"
         "                        the books by category\n"
         "  -o FILE               with --json: write to a file\n"
         "  --month, --mapping, --policy, --parameters, --as-of, --lang, --strict: see bulletin\n"
         "\n"
         "Exit status 1 if --previous finds a difference.\n"
         "\n"
         "Example:\n"
         "  gridgov agencies examples/data/baiguan-2021-09 --month 2021-09\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
    .needs_month = 1,
};
