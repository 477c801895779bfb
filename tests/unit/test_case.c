/* SPDX-License-Identifier: Apache-2.0 */
/* Cases: the states that steps lead to, who held them, what is refused and why, what was known
 * when. */
#include "base/rules.h"
#include "support/small_town.h"

enum { STREET = GRIDGOV_NONE, POLICE = 0, JUSTICE = 1 };

/* One step of a script: hours are those of 2021-09-02. */
typedef struct line {
    int32_t kind;
    const char *agency;
    int hour;
    int32_t role;
} line;

#define AT(hour) town_at(2, (hour))

static gridgov_step step_of(const line *l) {
    gridgov_step step = town_step("A", l->kind, l->agency == NULL ? "" : l->agency, AT(l->hour));
    step.role = l->role;
    return step;
}

/* The ledger of one event reported at hour 0 and its steps. */
static gridgov_ledger *ledger_of(const line *lines, size_t count) {
    gridgov_ledger *ledger = town_ledger();
    gridgov_event event = town_event("A", TOWN_GRID_1, AT(0));
    town_add_event(ledger, &event);
    for (size_t i = 0; i < count; i++) {
        gridgov_step step = step_of(&lines[i]);
        assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    }
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    return ledger;
}

static gridgov_cases *run(const gridgov_ledger *ledger, gridgov_time as_of, gridgov_time known_by) {
    gridgov_cases_options options = {.struct_size = sizeof options};
    gridgov_cases *cases = NULL;
    gridgov_cases_options_init(&options, sizeof options);
    options.as_of = as_of;
    options.known_by = known_by;
    assert_int_equal(gridgov_cases_run(&cases, ledger, &options, NULL, NULL, NULL), GRIDGOV_OK);
    return cases;
}

static gridgov_cases *play(const line *lines, size_t count) {
    gridgov_ledger *ledger = ledger_of(lines, count);
    gridgov_cases *cases = run(ledger, GRIDGOV_NO_TIME, GRIDGOV_NO_TIME);
    gridgov_ledger_free(ledger); // the cases keep it
    return cases;
}
#define PLAY(lines) play((lines), sizeof(lines) / sizeof(lines)[0])

static gridgov_case case_at(const gridgov_cases *cases, int64_t index) {
    gridgov_case c = {.struct_size = sizeof c};
    assert_int_equal(gridgov_case_at(&c, cases, index), GRIDGOV_OK);
    return c;
}

static gridgov_case_hold hold_at(const gridgov_cases *cases, int64_t index) {
    gridgov_case_hold hold = {.struct_size = sizeof hold};
    assert_int_equal(gridgov_case_hold_at(&hold, cases, 0, index), GRIDGOV_OK);
    return hold;
}

static void assert_hold(const gridgov_cases *cases, int64_t index, int64_t agency,
                        gridgov_time from, gridgov_time to, int32_t ended_by) {
    const gridgov_case_hold hold = hold_at(cases, index);
    assert_int_equal(hold.agency, agency);
    assert_true(hold.from == from && hold.to == to);
    assert_int_equal(hold.ended_by, ended_by);
}

static const char *state_code(const gridgov_cases *cases, int32_t state) {
    gridgov_lifecycle_state view = {.struct_size = sizeof view};
    return gridgov_lifecycle_state_at(&view, gridgov_cases_lifecycle(cases), state) == GRIDGOV_OK
               ? view.code
               : "start";
}

static gridgov_case_finding finding_at(const gridgov_cases *cases, int64_t index) {
    gridgov_case_finding finding = {.struct_size = sizeof finding};
    assert_int_equal(gridgov_case_finding_at(&finding, cases, index), GRIDGOV_OK);
    return finding;
}

static void a_whole_life(void **unused) {
    (void)unused;
    static const line lines[] = {
        {GRIDGOV_STEP_ACCEPT, "", 1, 0},
        {GRIDGOV_STEP_DISPATCH, "派出所", 2, 0},
        {GRIDGOV_STEP_ACKNOWLEDGE, "派出所", 3, 0},
        {GRIDGOV_STEP_RETURN, "派出所", 4, 0},
        {GRIDGOV_STEP_DISPATCH, "司法所", 5, 0},
        {GRIDGOV_STEP_TIMEOUT, "", 6, 0},
        {GRIDGOV_STEP_DISPATCH, "派出所", 7, 0},
        {GRIDGOV_STEP_HANDLE, "派出所", 8, 0},
        {GRIDGOV_STEP_FEEDBACK, "派出所", 9, 0},
        {GRIDGOV_STEP_REWORK, "", 10, 0},
        {GRIDGOV_STEP_FEEDBACK, "派出所", 11, 0},
        {GRIDGOV_STEP_VERIFY, "", 12, 0},
        {GRIDGOV_STEP_CLOSE, "", 13, 0},
        {GRIDGOV_STEP_REOPEN, "", 14, 0},
        {GRIDGOV_STEP_CLOSE, "", 15, 0},
    };
    gridgov_cases *cases = PLAY(lines);
    const gridgov_case c = case_at(cases, 0);
    assert_int_equal(gridgov_case_finding_count(cases), 0);
    assert_true(c.known && c.closed && !c.ended && !c.suspended && !c.self_found);
    assert_int_equal(c.state_class, GRIDGOV_STATE_CLOSED);
    assert_int_equal(c.dispatches, 3);
    assert_int_equal(c.returns, 1);
    assert_int_equal(c.timeouts, 1);
    assert_int_equal(c.reworks, 1);
    assert_int_equal(c.reopens, 1);
    assert_true(c.accepted_at == AT(1) && c.dispatched_at == AT(2) && c.passed_at == AT(2));
    assert_true(c.acknowledged_at == AT(3) && c.handled_at == AT(11));
    assert_true(c.first_closed_at == AT(13) && c.closed_at == AT(15) && c.state_since == AT(15));
    assert_true(c.ended_at == GRIDGOV_NO_TIME);
    assert_int_equal(c.reason, GRIDGOV_NONE);
    assert_int_equal(c.step_count, 16); // with the derived report
    assert_int_equal(c.hold_count, 7);
    assert_hold(cases, 0, STREET, AT(0), AT(2), GRIDGOV_STEP_DISPATCH);
    assert_hold(cases, 1, POLICE, AT(2), AT(4), GRIDGOV_STEP_RETURN);
    assert_true(hold_at(cases, 1).acknowledged_at == AT(3));
    assert_hold(cases, 2, STREET, AT(4), AT(5), GRIDGOV_STEP_DISPATCH);
    assert_hold(cases, 3, JUSTICE, AT(5), AT(6), GRIDGOV_STEP_TIMEOUT);
    assert_hold(cases, 4, STREET, AT(6), AT(7), GRIDGOV_STEP_DISPATCH);
    assert_hold(cases, 5, POLICE, AT(7), AT(13), GRIDGOV_STEP_CLOSE);
    assert_hold(cases, 6, STREET, AT(14), AT(15), GRIDGOV_STEP_CLOSE);
    gridgov_case_step step = {.struct_size = sizeof step};
    assert_int_equal(gridgov_case_step_at(&step, cases, 0, 0), GRIDGOV_OK);
    assert_true(step.derived && step.accepted && step.kind == GRIDGOV_STEP_REPORT);
    assert_int_equal(step.before, GRIDGOV_LIFECYCLE_START);
    assert_int_equal(gridgov_case_step_at(&step, cases, 0, 3), GRIDGOV_OK);
    assert_string_equal(state_code(cases, step.before), "offered");
    assert_string_equal(state_code(cases, step.after), "held");
    assert_int_equal(step.holder, POLICE);
    assert_int_equal(gridgov_case_step_at(&step, cases, 0, 16), GRIDGOV_END);
    assert_int_equal(gridgov_case_step_at(&step, cases, 1, 0), GRIDGOV_END);
    assert_int_equal(gridgov_case_step_at(&step, cases, 0, -1), GRIDGOV_END);
    gridgov_cases_free(cases);
}

static void what_may_not_be_is_found_and_changes_nothing(void **unused) {
    (void)unused;
    static const struct {
        line lines[6];
        size_t count;
        int32_t rule;
        const char *state; // afterwards
    } scripts[] = {
        {{{GRIDGOV_STEP_CLOSE, "", 1, 0}, {GRIDGOV_STEP_CLOSE, "", 2, 0}},
         2,
         GG_RULE_STEP_STATE,
         "closed"},
        {{{GRIDGOV_STEP_RETURN, "", 1, 0}}, 1, GG_RULE_STEP_STATE, "reported"},
        // On the first step there is nobody to go back to, whatever the state.
        {{{GRIDGOV_STEP_HANDLE, "", 1, 0}, {GRIDGOV_STEP_RETURN, "", 2, 0}},
         2,
         GG_RULE_STEP_FIRST,
         "held"},
        {{{GRIDGOV_STEP_DISPATCH, "派出所", 1, 0}, {GRIDGOV_STEP_HANDLE, "司法所", 2, 0}},
         2,
         GG_RULE_STEP_HOLDER,
         "offered"},
        {{{GRIDGOV_STEP_DISPATCH, "派出所", 1, 0}, {GRIDGOV_STEP_ACKNOWLEDGE, "司法所", 2, 0}},
         2,
         GG_RULE_STEP_HOLDER,
         "offered"},
        {{{GRIDGOV_STEP_EXTEND, "", 1, 0},
          {GRIDGOV_STEP_EXTEND, "", 2, 0},
          {GRIDGOV_STEP_EXTEND, "", 3, 0}},
         3,
         GG_RULE_STEP_EXTENSIONS,
         "reported"},
        {{{GRIDGOV_STEP_EXTEND_REFUSE, "", 1, 0}}, 1, GG_RULE_STEP_ASKED, "reported"},
        {{{GRIDGOV_STEP_APPEAL_GRANT, "", 1, 0}}, 1, GG_RULE_STEP_ASKED, "reported"},
        {{{GRIDGOV_STEP_VOID, "", 1, 0}, {GRIDGOV_STEP_DISPATCH, "派出所", 2, 0}},
         2,
         GG_RULE_STEP_STATE,
         "void"},
        {{{GRIDGOV_STEP_DISPATCH, "派出所", 1, 0},
          {GRIDGOV_STEP_CLOSE, "派出所", 2, GRIDGOV_ROLE_HANDLER},
          {GRIDGOV_STEP_VERIFY, "", 3, GRIDGOV_ROLE_HANDLER}},
         3,
         GG_RULE_STEP_ROLE,
         "confirming"},
        {{{GRIDGOV_STEP_HANDLE, "派出所", -1, 0}}, 1, GG_RULE_STEP_STATE, "reported"},
    };
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        gridgov_cases *cases = play(scripts[i].lines, scripts[i].count);
        assert_int_equal(gridgov_case_finding_count(cases), 1);
        const gridgov_case_finding finding = finding_at(cases, 0);
        assert_int_equal(finding.rule, scripts[i].rule);
        assert_int_equal(finding.problem.rule, scripts[i].rule);
        assert_int_equal(finding.problem.status, GRIDGOV_EDATA);
        assert_non_null(strstr(finding.problem.message, "allowed"));
        assert_string_equal(finding.problem.source, "steps");
        assert_int_equal(finding.event, 0);
        assert_true(finding.step >= 0);
        assert_string_equal(state_code(cases, case_at(cases, 0).state), scripts[i].state);
        assert_int_equal(case_at(cases, 0).finding_count, 1);
        gridgov_case_step step = {.struct_size = sizeof step};
        assert_int_equal(gridgov_case_step_at(&step, cases, 0, finding.case_step), GRIDGOV_OK);
        assert_true(!step.accepted && step.rule == finding.rule && step.before == step.after);
        gridgov_cases_free(cases);
    }
}

/* Merged into itself it would be gone, and split into itself it would be two. */
static void no_case_has_to_do_with_itself(void **unused) {
    (void)unused;
    static const int32_t kinds[] = {GRIDGOV_STEP_MERGE, GRIDGOV_STEP_SPLIT};
    for (size_t i = 0; i < 2; i++) {
        for (int itself = 0; itself < 2; itself++) {
            gridgov_ledger *ledger = town_ledger();
            gridgov_event event = town_event("A", TOWN_GRID_1, AT(0));
            gridgov_step step = town_step("A", kinds[i], "", AT(2));
            step.other_event = itself ? "A" : "B";
            town_add_event(ledger, &event);
            town_add_step(ledger, "A", GRIDGOV_STEP_ACCEPT, "", AT(1));
            assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
            assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
            gridgov_cases *cases = run(ledger, GRIDGOV_NO_TIME, GRIDGOV_NO_TIME);
            const gridgov_case c = case_at(cases, 0);
            assert_int_equal(c.ended, !itself && kinds[i] == GRIDGOV_STEP_MERGE);
            assert_int_equal(gridgov_case_finding_count(cases), itself);
            if (itself) {
                const gridgov_case_finding finding = finding_at(cases, 0);
                assert_int_equal(finding.rule, GG_RULE_STEP_ITSELF);
                assert_string_equal(finding.problem.value, "A");
                assert_string_equal(state_code(cases, c.state), "accepted");
            }
            gridgov_cases_free(cases);
            gridgov_ledger_free(ledger);
        }
    }
}

/* Down to a direct subordinate, up to the direct superior; of whom no superior is told, nothing is
 * held against. */
static void what_is_passed_on_skips_nobody(void **unused) {
    (void)unused;
    static const struct {
        line lines[3];
        size_t count;
        int64_t findings;
        const char *holder;
    } scripts[] = {
        {{{GRIDGOV_STEP_DISPATCH, "派出所", 1, 0}}, 1, 1, ""}, // the bureau stands between
        {{{GRIDGOV_STEP_DISPATCH, "分局", 1, 0}}, 1, 0, "分局"},
        {{{GRIDGOV_STEP_DISPATCH, "分局", 1, 0}, {GRIDGOV_STEP_DISPATCH, "派出所", 2, 0}},
         2,
         0,
         "派出所"},
        {{{GRIDGOV_STEP_DISPATCH, "分局", 1, 0}, {GRIDGOV_STEP_DISPATCH, "警务站", 2, 0}},
         2,
         1,
         "分局"},
        {{{GRIDGOV_STEP_DISPATCH, "司法所", 1, 0}, {GRIDGOV_STEP_DISPATCH, "警务站", 2, 0}},
         2,
         1,
         "司法所"},
        // Up again, one step; and to an agency of which nothing is known.
        {{{GRIDGOV_STEP_DISPATCH, "分局", 1, 0},
          {GRIDGOV_STEP_DISPATCH, "派出所", 2, 0},
          {GRIDGOV_STEP_DISPATCH, "分局", 3, 0}},
         3,
         0,
         "分局"},
        {{{GRIDGOV_STEP_DISPATCH, "分局", 1, 0},
          {GRIDGOV_STEP_DISPATCH, "派出所", 2, 0},
          {GRIDGOV_STEP_DISPATCH, "司法所", 3, 0}},
         3,
         0,
         "司法所"},
        {{{GRIDGOV_STEP_DISPATCH, "未知所", 1, 0}}, 1, 0, "未知所"},
    };
    static const char *const names[] = {"警务站", "派出所", "分局", "司法所"};
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        gridgov_units *units = NULL;
        gridgov_ledger *ledger = NULL;
        assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
        // A grid in front: the ledger's agencies have other indexes than the units'.
        (void)town_unit(units, GRIDGOV_UNIT_GRID, GRIDGOV_NONE, "", "一网格", GRIDGOV_NO_DAY);
        for (size_t k = 0; k < 4; k++) {
            (void)town_unit(units, GRIDGOV_UNIT_AGENCY, GRIDGOV_NONE, "", names[k], GRIDGOV_NO_DAY);
        }
        assert_int_equal(gridgov_units_set_superior(units, 1, 2, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_units_set_superior(units, 2, 3, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_ledger_new(&ledger, NULL, units, NULL), GRIDGOV_OK);
        gridgov_event event = town_event("A", 0, AT(0));
        town_add_event(ledger, &event);
        for (size_t k = 0; k < scripts[i].count; k++) {
            gridgov_step step = step_of(&scripts[i].lines[k]);
            assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
        }
        assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
        gridgov_cases *cases = run(ledger, GRIDGOV_NO_TIME, GRIDGOV_NO_TIME);
        assert_int_equal(gridgov_case_finding_count(cases), scripts[i].findings);
        const char *holder = gridgov_ledger_agency_name(ledger, case_at(cases, 0).agency, NULL);
        assert_string_equal(holder == NULL ? "" : holder, scripts[i].holder);
        if (scripts[i].findings > 0) {
            const gridgov_case_finding finding = finding_at(cases, 0);
            char text[GRIDGOV_ERROR_TEXT_SIZE];
            assert_int_equal(finding.rule, GG_RULE_STEP_DIRECT);
            gridgov_error_text(text, sizeof text, &finding.problem, GRIDGOV_LANG_ZH);
            assert_non_null(strstr(text, i == 0 ? "流转给 派出所，其直接上级是 分局；"
                                                : "流转给 警务站，其直接上级是 派出所；"));
        }
        gridgov_cases_free(cases);
        gridgov_ledger_free(ledger);
        gridgov_units_free(units);
    }
}

static void flat_rows_are_played_too(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = town_ledger();
    gridgov_event event = town_event("A", TOWN_GRID_1, AT(0));
    event.agency_name = "派出所";
    event.closed_at = AT(5);
    town_add_event(ledger, &event);
    event = town_event("B", TOWN_GRID_1, AT(1));
    event.closed = GRIDGOV_TRI_YES; // when, nobody knows
    town_add_event(ledger, &event);
    event = town_event("C", TOWN_GRID_1, AT(2));
    event.suspended = GRIDGOV_TRI_YES;
    event.opening = 1;
    town_add_event(ledger, &event);
    event = town_event("D", TOWN_GRID_1, AT(9));
    town_add_event(ledger, &event);
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    gridgov_cases *cases = run(ledger, AT(5), GRIDGOV_NO_TIME);
    gridgov_case c = case_at(cases, 0);
    assert_true(c.closed && c.closed_at == AT(5) && c.passed_at == AT(0) && !c.self_found);
    assert_int_equal(c.agency, POLICE);
    assert_true(c.handled_at == GRIDGOV_NO_TIME); // only implied
    assert_int_equal(c.hold_count, 2);
    c = case_at(cases, 1);
    assert_true(c.closed && c.closed_at == GRIDGOV_NO_TIME);
    c = case_at(cases, 2);
    assert_true(!c.closed && c.suspended && c.opening);
    c = case_at(cases, 3);
    assert_true(!c.known && c.state == GRIDGOV_LIFECYCLE_START && c.step_count == 0);
    gridgov_cases_free(cases);
    cases = run(ledger, AT(4), GRIDGOV_NO_TIME);
    assert_true(!case_at(cases, 0).closed);
    assert_int_equal(gridgov_case_finding_count(cases), 0);
    gridgov_cases_free(cases);
    gridgov_ledger_free(ledger);
}

static void why_is_no_state(void **unused) {
    (void)unused;
    static const struct {
        int32_t kind;
        const char *reason, *state, *code;
    } closings[] = {{GRIDGOV_STEP_CLOSE, "办结", "closed", "done"},
                    {GRIDGOV_STEP_CLOSE, "情况 不属实", "closed", "not-true"},
                    {GRIDGOV_STEP_CLOSE, "已回复群众", "closed", NULL},
                    {GRIDGOV_STEP_VOID, "重复件", "void", "duplicate"}};
    for (size_t i = 0; i < sizeof closings / sizeof closings[0]; i++) {
        gridgov_lifecycle_reason reason = {.struct_size = sizeof reason};
        gridgov_ledger *ledger = town_ledger();
        gridgov_event event = town_event("A", TOWN_GRID_1, AT(0));
        town_add_event(ledger, &event);
        gridgov_step step = town_step("A", closings[i].kind, "", AT(1));
        step.reason = closings[i].reason;
        assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
        gridgov_cases *cases = run(ledger, GRIDGOV_NO_TIME, GRIDGOV_NO_TIME);
        const gridgov_case c = case_at(cases, 0);
        assert_string_equal(state_code(cases, c.state), closings[i].state);
        const gridgov_status status =
            gridgov_lifecycle_reason_at(&reason, gridgov_cases_lifecycle(cases), c.reason);
        assert_int_equal(status, closings[i].code == NULL ? GRIDGOV_END : GRIDGOV_OK);
        if (closings[i].code != NULL) {
            assert_string_equal(reason.code, closings[i].code);
        }
        gridgov_cases_free(cases);
        gridgov_ledger_free(ledger);
    }
}

static void a_suspension_ends_by_itself(void **unused) {
    (void)unused;
    gridgov_ledger *ledger = town_ledger();
    gridgov_event event = town_event("A", TOWN_GRID_1, AT(0));
    town_add_event(ledger, &event);
    event = town_event("B", TOWN_GRID_1, AT(0));
    town_add_event(ledger, &event);
    town_add_step(ledger, "A", GRIDGOV_STEP_SUSPEND, "", AT(1));
    gridgov_step step = town_step("B", GRIDGOV_STEP_SUSPEND, "", AT(1));
    step.until = AT(5);
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    const gridgov_time year = AT(1) + (gridgov_time)365 * 86400;
    gridgov_cases *cases = run(ledger, year - 1, GRIDGOV_NO_TIME);
    assert_int_equal(case_at(cases, 0).state_class, GRIDGOV_STATE_SUSPENDED);
    assert_true(case_at(cases, 0).suspended);
    assert_string_equal(state_code(cases, case_at(cases, 1).state), "reported");
    assert_true(case_at(cases, 1).state_since == AT(5));
    gridgov_cases_free(cases);
    cases = run(ledger, year, GRIDGOV_NO_TIME);
    assert_string_equal(state_code(cases, case_at(cases, 0).state), "reported");
    assert_false(case_at(cases, 0).suspended);
    gridgov_case_step last = {.struct_size = sizeof last};
    assert_int_equal(gridgov_case_step_at(&last, cases, 0, 2), GRIDGOV_OK);
    assert_true(last.derived && last.kind == GRIDGOV_STEP_RESUME && last.at == year);
    assert_int_equal(last.step, GRIDGOV_NONE);
    gridgov_cases_free(cases);
    gridgov_ledger_free(ledger);
}

/* A late record never changes what was known before it. */
static void a_late_closing_rewrites_nothing(void **unused) {
    (void)unused;
    const gridgov_time september = TOWN_TO - 1;
    gridgov_ledger *ledger = town_ledger();
    gridgov_event event = town_event("A", TOWN_GRID_1, AT(0));
    event.recorded_at = AT(0);
    assert_int_equal(
        gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_VERSION, NULL),
        GRIDGOV_OK);
    event.closed_at = AT(6); // said in October
    event.recorded_at = TOWN_TO + 86400;
    assert_int_equal(
        gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_VERSION, NULL),
        GRIDGOV_OK);
    event = town_event("B", TOWN_GRID_1, AT(1));
    town_add_event(ledger, &event);
    gridgov_step step = town_step("B", GRIDGOV_STEP_CLOSE, "", AT(7));
    step.key = "1";
    step.recorded_at = TOWN_TO + 5;
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    step.at = AT(9);
    step.recorded_at = TOWN_TO + 50;
    assert_int_equal(gridgov_ledger_add_step(ledger, &step, NULL), GRIDGOV_OK);
    gridgov_issues *issues = NULL;
    assert_int_equal(gridgov_issues_new(&issues, 100, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_seal(ledger, issues, NULL), GRIDGOV_OK);
    assert_int_equal(town_issues(issues, GG_RULE_STEP_CORRECTED), 1);
    assert_int_equal(town_issues(issues, GG_RULE_EVENT_CORRECTED), 1);
    gridgov_cases *cases = run(ledger, september, GRIDGOV_NO_TIME);
    assert_false(case_at(cases, 0).closed);
    assert_false(case_at(cases, 1).closed);
    gridgov_cases_free(cases);
    cases = run(ledger, september, TOWN_TO + 5);
    assert_false(case_at(cases, 0).closed);
    assert_true(case_at(cases, 1).closed_at == AT(7));
    gridgov_cases_free(cases);
    cases = run(ledger, september, INT64_MAX);
    assert_true(case_at(cases, 0).closed_at == AT(6));
    assert_true(case_at(cases, 1).closed_at == AT(9));
    assert_int_equal(case_at(cases, 1).step_count, 2);
    gridgov_cases_free(cases);
    gridgov_event known = {.struct_size = sizeof known};
    assert_int_equal(gridgov_ledger_event_known(&known, ledger, 0, september), GRIDGOV_OK);
    assert_true(known.closed_at == GRIDGOV_NO_TIME && known.versions == 2);
    assert_int_equal(gridgov_ledger_event_known(&known, ledger, 0, AT(0) - 1), GRIDGOV_END);
    assert_int_equal(gridgov_ledger_event_at(&known, ledger, 0), GRIDGOV_OK);
    assert_true(known.closed_at == AT(6) && known.recorded_at == TOWN_TO + 86400);
    gridgov_issues_free(issues);
    gridgov_ledger_free(ledger);
}

static void who_acts_takes_it_over_under_handover(void **unused) {
    (void)unused;
    static const line lines[] = {
        {GRIDGOV_STEP_HANDLE, "派出所", 1, 0},
        {GRIDGOV_STEP_HANDLE, "司法所", 2, 0},
        {GRIDGOV_STEP_CLOSE, "", 3, 0},
    };
    gridgov_ledger *ledger = ledger_of(lines, 3);
    gridgov_cases_options options = {.struct_size = sizeof options};
    gridgov_lifecycle *lifecycle = NULL;
    gridgov_cases *cases = NULL;
    assert_int_equal(gridgov_lifecycle_open(&lifecycle, "handover", 8, NULL), GRIDGOV_OK);
    gridgov_cases_options_init(&options, sizeof options);
    options.lifecycle = lifecycle;
    assert_int_equal(gridgov_cases_run(&cases, ledger, &options, NULL, NULL, NULL), GRIDGOV_OK);
    gridgov_lifecycle_free(lifecycle);
    gridgov_ledger_free(ledger);
    assert_int_equal(gridgov_case_finding_count(cases), 0);
    assert_hold(cases, 1, POLICE, AT(1), AT(2), GRIDGOV_STEP_HANDLE);
    assert_hold(cases, 2, JUSTICE, AT(2), AT(3), GRIDGOV_STEP_CLOSE);
    assert_true(case_at(cases, 0).self_found);
    gridgov_cases_free(cases);
}

static void arguments(void **unused) {
    (void)unused;
    gridgov_cases *cases = (gridgov_cases *)1;
    gridgov_error err = {0};
    gridgov_ledger *ledger = town_ledger();
    assert_int_equal(gridgov_cases_run(&cases, ledger, NULL, NULL, NULL, &err), GRIDGOV_ESTATE);
    assert_null(cases);
    assert_int_equal(gridgov_cases_run(&cases, NULL, NULL, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_cases_run(NULL, ledger, NULL, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    gridgov_cases_options options = {.struct_size = 4};
    assert_int_equal(gridgov_cases_run(&cases, ledger, &options, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_cases_run(&cases, ledger, NULL, NULL, NULL, &err), GRIDGOV_OK);
    gridgov_case c = {.struct_size = sizeof c};
    assert_int_equal(gridgov_case_count(cases), 0);
    assert_int_equal(gridgov_case_at(&c, cases, 0), GRIDGOV_END);
    assert_int_equal(gridgov_case_at(NULL, cases, 0), GRIDGOV_EARG);
    assert_true(gridgov_cases_as_of(cases) == INT64_MAX);
    assert_ptr_equal(gridgov_cases_ledger(cases), ledger);
    assert_ptr_equal(gridgov_cases_hold(cases), cases);
    gridgov_cases_free(cases);
    gridgov_cases_free(cases);
    gridgov_cases_free(NULL);
    assert_int_equal(gridgov_case_count(NULL), 0);
    assert_int_equal(gridgov_case_finding_count(NULL), 0);
    assert_null(gridgov_cases_lifecycle(NULL));
    gridgov_ledger_free(ledger);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_life),
        cmocka_unit_test(what_may_not_be_is_found_and_changes_nothing),
        cmocka_unit_test(no_case_has_to_do_with_itself),
        cmocka_unit_test(what_is_passed_on_skips_nobody),
        cmocka_unit_test(flat_rows_are_played_too),
        cmocka_unit_test(why_is_no_state),
        cmocka_unit_test(a_suspension_ends_by_itself),
        cmocka_unit_test(a_late_closing_rewrites_nothing),
        cmocka_unit_test(who_acts_takes_it_over_under_handover),
        cmocka_unit_test(arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
