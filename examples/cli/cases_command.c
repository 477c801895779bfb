/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov cases: what became of every event: a list at a moment, or one case's whole story, as text
 * for people, as JSON, or as CSV in the form of opening.csv. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* What the command works on. */
typedef struct case_view {
    const cli_options *options;
    const gridgov_cases *cases;
    const gridgov_ledger *ledger;
    int32_t utc_offset;
} case_view;

static const struct {
    const char *option;
    int32_t filter;
} filters[] = {
    {"--open", GRIDGOV_FILTER_OPEN},           {"--closed", GRIDGOV_FILTER_CLOSED},
    {"--suspended", GRIDGOV_FILTER_SUSPENDED}, {"--overdue", GRIDGOV_FILTER_OVERDUE},
    {"--differs", GRIDGOV_FILTER_DIFFERS},     {"--due", GRIDGOV_FILTER_DUE},
    {"--refused", GRIDGOV_FILTER_REFUSED},
};

static uint32_t read_filters(const cli_options *options) {
    uint32_t set = 0;
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        if (option_given(options, filters[i].option)) {
            set |= UINT32_C(1) << filters[i].filter;
        }
    }
    return set;
}

/* A moment; a date alone is the end of that day. */
static int read_moment(const cli_options *options, const char *name, int32_t utc_offset,
                       gridgov_time *out) {
    const char *text = option_value(options, name);
    gridgov_error err = {0};
    gridgov_day day;
    *out = GRIDGOV_NO_TIME;
    if (text == NULL) {
        return EXIT_CLEAN;
    }
    if (gridgov_day_parse(&day, text, strlen(text), NULL) == GRIDGOV_OK) {
        *out = gridgov_day_start(day + 1, utc_offset) - 1;
        return EXIT_CLEAN;
    }
    return gridgov_time_parse(out, text, strlen(text), utc_offset, &err) == GRIDGOV_OK
               ? EXIT_CLEAN
               : usage_error(options, "不是日期或时间", "not a date or time", text);
}

/* "2021-09-05 08:31", "—" for none. */
static const char *time_text(char *buffer, const case_view *view, gridgov_time time) {
    if (time == GRIDGOV_NO_TIME || time == INT64_MAX ||
        gridgov_time_format(buffer, time, view->utc_offset) != GRIDGOV_OK) {
        return "—";
    }
    buffer[10] = ' ';
    buffer[19] = '\0'; // without its offset, which is that of the month
    return buffer;
}

/* One of two texts, by the language of the list. */
static const char *words(const case_view *view, const char *zh, const char *en) {
    return view->options->lang == GRIDGOV_LANG_ZH ? zh : en;
}

static const char *agency_text(const case_view *view, int64_t agency) {
    const char *name = gridgov_ledger_agency_name(view->ledger, agency, NULL);
    return name != NULL && name[0] != '\0' ? name : words(view, "网格/街道", "grid/street");
}

static const char *state_text(const case_view *view, int32_t state) {
    gridgov_lifecycle_state found = {.struct_size = sizeof found};
    if (gridgov_lifecycle_state_at(&found, gridgov_cases_lifecycle(view->cases), state) !=
        GRIDGOV_OK) {
        return "—";
    }
    return view->options->lang == GRIDGOV_LANG_ZH ? found.name : found.code;
}

static const char *title(const case_view *view, int32_t kind, int32_t value) {
    const char *text = gridgov_code_title(kind, value, view->options->lang);
    return text == NULL ? "—" : text;
}

/* "2 天 3:04:05". */
static void print_seconds(const char *name, int64_t seconds) {
    if (seconds == GRIDGOV_NO_TIME) {
        printf("  %s —", name);
    } else {
        printf("  %s %lld:%02d:%02d", name, (long long)(seconds / 3600), (int)(seconds / 60 % 60),
               (int)(seconds % 60));
    }
}

static void print_row(const case_view *view, int64_t index) {
    gridgov_case c = {.struct_size = sizeof c};
    gridgov_event event = {.struct_size = sizeof event};
    gridgov_case_stage stage = {.struct_size = sizeof stage};
    char reported[GRIDGOV_CIVIL_TEXT_SIZE], due[GRIDGOV_CIVIL_TEXT_SIZE],
        closed[GRIDGOV_CIVIL_TEXT_SIZE];
    (void)gridgov_case_at(&c, view->cases, index);
    (void)gridgov_ledger_event_known(&event, view->ledger, index,
                                     gridgov_cases_known_by(view->cases));
    (void)gridgov_case_stage_at(&stage, view->cases, index, GRIDGOV_STAGE_CLOSE);
    printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", event.id,
           gridgov_ledger_category_name(view->ledger, c.category, NULL), state_text(view, c.state),
           agency_text(view, c.agency), time_text(reported, view, c.reported_at),
           time_text(due, view, stage.due_at), time_text(closed, view, c.closed_at),
           title(view, GRIDGOV_KIND_TRI, stage.overdue),
           title(view, GRIDGOV_KIND_TRI, stage.source_overdue),
           title(view, GRIDGOV_KIND_LIGHT, stage.light));
}

static void print_problem(const case_view *view, const gridgov_case_finding *finding) {
    char text[GRIDGOV_ERROR_TEXT_SIZE];
    gridgov_event event = {.struct_size = sizeof event};
    (void)gridgov_ledger_event_at(&event, view->ledger, finding->event);
    gridgov_error_text(text, sizeof text, &finding->problem, view->options->message_lang);
    printf("%s\t%s\n", event.id, text);
}

/* The findings of the cases listed; returns how many. */
static int64_t print_findings(const case_view *view, uint32_t set, int64_t only) {
    gridgov_case_finding finding = {.struct_size = sizeof finding};
    int64_t count = 0;
    for (int64_t i = 0; gridgov_case_finding_at(&finding, view->cases, i) == GRIDGOV_OK; i++) {
        if ((only == GRIDGOV_NONE || only == finding.event) &&
            gridgov_caselist_match(view->cases, finding.event, set)) {
            if (count++ == 0) {
                printf("\n%s\n", view->options->lang == GRIDGOV_LANG_ZH ? "不合流程的环节"
                                                                        : "Steps not allowed");
            }
            print_problem(view, &finding);
        }
    }
    return count;
}

static void print_actions(const case_view *view, int64_t c) {
    gridgov_case_action action = {.struct_size = sizeof action};
    gridgov_lifecycle_rung rung = {.struct_size = sizeof rung};
    gridgov_event event = {.struct_size = sizeof event};
    char since[GRIDGOV_CIVIL_TEXT_SIZE];
    (void)gridgov_ledger_event_at(&event, view->ledger, c);
    for (int64_t i = 0; gridgov_case_action_at(&action, view->cases, c, i) == GRIDGOV_OK; i++) {
        (void)gridgov_lifecycle_rung_at(&rung, gridgov_cases_lifecycle(view->cases), action.rung);
        printf("%s\t%s\t%s\t%s\n", event.id,
               view->options->lang == GRIDGOV_LANG_ZH ? rung.name : rung.title,
               agency_text(view, action.agency), time_text(since, view, action.since));
    }
}

static void print_steps(const case_view *view, int64_t c) {
    gridgov_case_step step = {.struct_size = sizeof step};
    char at[GRIDGOV_CIVIL_TEXT_SIZE];
    for (int64_t i = 0; gridgov_case_step_at(&step, view->cases, c, i) == GRIDGOV_OK; i++) {
        gridgov_step row = {.struct_size = sizeof row, .reason = ""};
        (void)gridgov_ledger_step_at(&row, view->ledger, step.step);
        printf("%s\t%s\t%s → %s\t%s\t%s%s%s\n", time_text(at, view, step.at),
               title(view, GRIDGOV_KIND_STEP, step.kind), state_text(view, step.before),
               state_text(view, step.after), agency_text(view, step.holder), row.reason,
               step.derived ? words(view, "（推得）", " (derived)") : "",
               step.accepted ? "" : words(view, "【不合流程，未采用】", " [not allowed]"));
    }
}

static void print_clocks(const case_view *view, int64_t c) {
    gridgov_case_clock clock = {.struct_size = sizeof clock};
    char from[GRIDGOV_CIVIL_TEXT_SIZE], to[GRIDGOV_CIVIL_TEXT_SIZE];
    const int zh = view->options->lang == GRIDGOV_LANG_ZH;
    for (int64_t i = 0; gridgov_case_clock_at(&clock, view->cases, c, i) == GRIDGOV_OK; i++) {
        printf("%s%s%s\t%s – %s%s", title(view, GRIDGOV_KIND_CLOCK, clock.clock),
               clock.hold == GRIDGOV_NONE ? "" : " ",
               clock.hold == GRIDGOV_NONE ? "" : agency_text(view, clock.agency),
               time_text(from, view, clock.from), time_text(to, view, clock.to),
               clock.running ? (zh ? "（在计）" : " (running)") : "");
        print_seconds(zh ? "历时" : "wall", clock.wall_seconds);
        print_seconds(zh ? "工作时间" : "working", clock.work_seconds);
        print_seconds(zh ? "挂起" : "paused", clock.paused_seconds);
        putchar('\n');
    }
}

static void print_stages(const case_view *view, int64_t c) {
    gridgov_case_stage s = {.struct_size = sizeof s};
    char from[GRIDGOV_CIVIL_TEXT_SIZE], due[GRIDGOV_CIVIL_TEXT_SIZE], done[GRIDGOV_CIVIL_TEXT_SIZE];
    const int zh = view->options->lang == GRIDGOV_LANG_ZH;
    for (int32_t i = GRIDGOV_STAGE_ACCEPT; i <= GRIDGOV_STAGE_CLOSE; i++) {
        if (gridgov_case_stage_at(&s, view->cases, c, i) != GRIDGOV_OK ||
            s.basis == GRIDGOV_BASIS_NONE) {
            continue;
        }
        printf("%s\t%s", title(view, GRIDGOV_KIND_STAGE, i),
               title(view, GRIDGOV_KIND_BASIS, s.basis));
        if (s.kind != 0) {
            printf("（%lld %s，%s）", (long long)s.count, title(view, GRIDGOV_KIND_LIMIT, s.kind),
                   title(view, GRIDGOV_KIND_START, s.start));
        }
        printf(zh ? "\t自 %s\t时限 %s\t完成 %s\t超时：%s\t%s%s\n"
                  : "\tfrom %s\tdue %s\tdone %s\toverdue: %s\t%s%s\n",
               time_text(from, view, s.from), time_text(due, view, s.due_at),
               time_text(done, view, s.done_at), title(view, GRIDGOV_KIND_TRI, s.overdue),
               title(view, GRIDGOV_KIND_LIGHT, s.light),
               s.evaluable || s.from == GRIDGOV_NO_TIME ? ""
               : zh ? "（无作息或超出日历，不可评定）"
                    : " (not evaluable)");
    }
}

static void print_heading(const case_view *view, const char *zh, const char *en) {
    printf("\n%s\n", view->options->lang == GRIDGOV_LANG_ZH ? zh : en);
}

/* One case's whole story. */
static int64_t print_story(const case_view *view, int64_t c) {
    print_row(view, c);
    print_heading(view, "经过", "Steps");
    print_steps(view, c);
    print_heading(view, "用时", "Clocks");
    print_clocks(view, c);
    print_heading(view, "时限", "Limits");
    print_stages(view, c);
    if (gridgov_caselist_match(view->cases, c, UINT32_C(1) << GRIDGOV_FILTER_DUE)) {
        print_heading(view, "应督办", "Due");
        print_actions(view, c);
    }
    return print_findings(view, 0, c);
}

/* The list; returns how many findings its cases have, differing verdicts included. */
static int64_t print_list(const case_view *view, uint32_t set) {
    const int zh = view->options->lang == GRIDGOV_LANG_ZH;
    const int64_t count = gridgov_case_count(view->cases);
    const uint32_t differs = set | UINT32_C(1) << GRIDGOV_FILTER_DIFFERS;
    int64_t listed = 0, differing = 0;
    puts(zh ? "编号\t类型\t状态\t持有\t上报\t时限\t结案\t超时\t来源判定\t灯"
            : "id\tcategory\tstate\tholder\treported\tdue\tclosed\toverdue\tby the "
              "source\tlight");
    for (int64_t i = 0; i < count; i++) {
        if (gridgov_caselist_match(view->cases, i, set)) {
            print_row(view, i);
            listed++;
            differing += gridgov_caselist_match(view->cases, i, differs);
        }
    }
    if (set & UINT32_C(1) << GRIDGOV_FILTER_DUE) {
        print_heading(view, "应督办", "Due");
        for (int64_t i = 0; i < count; i++) {
            if (gridgov_caselist_match(view->cases, i, set)) {
                print_actions(view, i);
            }
        }
    }
    printf(zh ? "\n共 %lld 件，其中与来源判定不一的 %lld 件\n"
              : "\n%lld cases, %lld of them judged otherwise by the source\n",
           (long long)listed, (long long)differing);
    return differing + print_findings(view, set, GRIDGOV_NONE);
}

static int write_text(const case_view *view, uint32_t set, int64_t only) {
    gridgov_caselist_options list = {.struct_size = sizeof list};
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gridgov_caselist_options_init(&list, sizeof list);
    list.utc_offset_minutes = view->utc_offset;
    list.filters = set;
    list.only = only;
    list.steps = option_given(view->options, "--steps");
    gridgov_status status = option_given(view->options, "--json")
                                ? gridgov_caselist_json(&bytes, view->cases, &list, &err)
                                : gridgov_caselist_csv(&bytes, view->cases, &list, &err);
    int result = status == GRIDGOV_OK
                     ? write_bytes(view->options, bytes, option_value(view->options, "-o"))
                     : report_error(view->options, &err);
    gridgov_bytes_free(bytes);
    return result;
}

static int show(const case_view *view) {
    const char *id = option_value(view->options, "--case");
    const uint32_t set = read_filters(view->options);
    const int plain =
        !option_given(view->options, "--json") && !option_given(view->options, "--csv");
    int64_t only = GRIDGOV_NONE;
    if (id != NULL) {
        only = gridgov_ledger_event_find(view->ledger, id, strlen(id));
        if (!gridgov_caselist_match(view->cases, only, set)) {
            return usage_error(view->options, "此时没有这个事件",
                               "there is no such event at that time", id);
        }
    }
    if (!plain) {
        return write_text(view, set, only);
    }
    const int64_t findings = only != GRIDGOV_NONE ? print_story(view, only) : print_list(view, set);
    const int result = finish_output();
    return result == EXIT_CLEAN && findings > 0 ? EXIT_FINDINGS : result;
}

static int check_options(const cli_options *options) {
    if (option_given(options, "--json") && option_given(options, "--csv")) {
        return usage_error(options, "--json 与 --csv 只能选一个", "choose --json or --csv", NULL);
    }
    if (option_given(options, "--steps") && !option_given(options, "--csv")) {
        return usage_error(options, "--steps 须与 --csv 同用", "--steps goes with --csv", NULL);
    }
    if (option_given(options, "-o") && !option_given(options, "--json") &&
        !option_given(options, "--csv")) {
        return usage_error(options, "-o 须与 --json 或 --csv 同用", "-o goes with --json or --csv",
                           NULL);
    }
    return EXIT_CLEAN;
}

/* The month that is read: --month, else the one in which --at lies. */
static int choose_month(const cli_options *options, char month[GRIDGOV_CIVIL_TEXT_SIZE]) {
    const char *given = option_value(options, "--month");
    const char *at = option_value(options, "--at");
    gridgov_time time = 0;
    if (given != NULL && strlen(given) < GRIDGOV_CIVIL_TEXT_SIZE) {
        memcpy(month, given, strlen(given) + 1);
        return EXIT_CLEAN;
    }
    if (given == NULL && at != NULL &&
        gridgov_time_parse(&time, at, strlen(at), 480, NULL) == GRIDGOV_OK) {
        (void)gridgov_time_format(month, time, 480);
        month[strlen("2021-09")] = '\0';
        return EXIT_CLEAN;
    }
    return usage_error(options, "缺少 --month（如 --month 2021-09）或 --at",
                       "--month (e.g. --month 2021-09) or --at is missing", given);
}

static int run_cases(const cli_options *options) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE] = "";
    gridgov_month *month = NULL;
    gridgov_cases *cases = NULL;
    gridgov_error err = {0};
    gridgov_time at = GRIDGOV_NO_TIME, known_by = GRIDGOV_NO_TIME;
    int result = check_options(options);
    result = result == EXIT_CLEAN ? choose_month(options, text) : result;
    result =
        result == EXIT_CLEAN ? open_source(options, first_source(options), text, &month) : result;
    const int32_t offset = gridgov_month_utc_offset(month);
    result = result == EXIT_CLEAN ? read_moment(options, "--at", offset, &at) : result;
    result = result == EXIT_CLEAN ? read_moment(options, "--known-by", offset, &known_by) : result;
    if (result == EXIT_CLEAN &&
        gridgov_month_cases(&cases, month, at, known_by, NULL, NULL, &err) != GRIDGOV_OK) {
        result = report_error(options, &err);
    }
    if (result == EXIT_CLEAN) {
        const case_view view = {options, cases, gridgov_cases_ledger(cases), offset};
        result = show(&view);
    }
    gridgov_cases_free(cases);
    gridgov_month_free(month);
    return result;
}

static const char *const takes[] = {
    SOURCE_OPTIONS, "--at=",     "--known-by=", "--case=", "--open",    "--closed",
    "--suspended",  "--overdue", "--differs",   "--due",   "--refused", "--json",
    "--csv",        "--steps",   "-o=",         NULL};

const cli_command cases_command = {
    .name = "cases",
    .run = run_cases,
    .line = {"列出各案件某一时刻的状态、时限和经过",
             "list what became of every event: states, limits, stories"},
    .help =
        {"用法：gridgov cases 来源 --month 年-月|--at 时间 [选项]\n"
         "\n"
         "列出各案件在某一时刻的状态、持有单位、时限和是否超时，并与来源系统的判定对照。\n"
         "\n"
         "  --at 时间             截至何时已发生；默认为本月截止时间\n"
         "  --known-by 时间       截至何时已录入；默认同 --at\n"
         "  --open --closed --suspended --overdue\n"
         "                        只列在办、已结、挂起、超时的案件；可叠加\n"
         "  --differs             只列与来源判定（是否超时）不一的案件\n"
         "  --due                 只列应督办的案件，并列出应办的督办事项\n"
         "  --refused             只列有不合流程环节的案件\n"
         "  --case 编号           一个案件的全过程：环节、用时、时限、应督办事项\n"
         "  --json                JSON（gridgov.cases/1）\n"
         "  --csv                 按 opening.csv 的格式输出，可作下月期初在办\n"
         "  --steps               与 --csv 同用：输出这些案件的环节（opening_steps.csv）\n"
         "  -o 文件               写入文件；默认写到标准输出\n"
         "  --month、--mapping、--policy、--parameters、--as-of、--lang、--strict 同 bulletin "
         "命令\n"
         "\n"
         "有不合流程的环节，或有案件与来源判定不一时，退出状态为 1。\n"
         "\n"
         "示例：\n"
         "  gridgov cases 2021-09 --month 2021-09 --open --csv -o 2021-10/opening.csv\n",
         "Usage: gridgov cases SOURCE --month YYYY-MM|--at TIME [options]\n"
         "\n"
         "Lists what became of every event at a moment: state, holder, limit, and whether it is\n"
         "overdue, beside the source's own verdict.\n"
         "\n"
         "  --at TIME             what had happened by then; default: the month's cut-off\n"
         "  --known-by TIME       what had been recorded by then; default: the same as --at\n"
         "  --open --closed --suspended --overdue\n"
         "                        only such cases; several narrow the list further\n"
         "  --differs             only cases that the source judges otherwise (是否超时)\n"
         "  --due                 only cases with an action due, and those actions\n"
         "  --refused             only cases with a step that is not allowed\n"
         "  --case ID             one case's whole story: steps, clocks, limits, actions due\n"
         "  --json                JSON (gridgov.cases/1)\n"
         "  --csv                 in the form of opening.csv, to open the next month with\n"
         "  --steps               with --csv: the steps of these cases (opening_steps.csv)\n"
         "  -o FILE               write to a file; default: standard output\n"
         "  --month, --mapping, --policy, --parameters, --as-of, --lang, --strict: see bulletin\n"
         "\n"
         "Exit status 1 if a step is not allowed or a case is judged otherwise by the source.\n"
         "\n"
         "Example:\n"
         "  gridgov cases 2021-09 --month 2021-09 --open --csv -o 2021-10/opening.csv\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
};
