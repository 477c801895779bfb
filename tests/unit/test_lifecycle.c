/* SPDX-License-Identifier: Apache-2.0 */
/* Life cycles: the built-in ones, what they allow and how they refuse, and every problem of a
 * document. */
#include <gridgov/lifecycle.h>

#include "base/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static gridgov_lifecycle *standard(void) {
    gridgov_lifecycle *lifecycle = NULL;
    assert_int_equal(gridgov_lifecycle_open(&lifecycle, "standard", 8, NULL), GRIDGOV_OK);
    return lifecycle;
}

static int32_t state_of(const gridgov_lifecycle *lifecycle, const char *code) {
    const int32_t state = gridgov_lifecycle_find(lifecycle, code, strlen(code));
    assert_true(state >= 0 || strcmp(code, "start") == 0);
    return state;
}

/* Where a step leads, as the code of a state, "stay", "back" or "" for refused. */
static const char *lead(const gridgov_lifecycle *lifecycle, const char *from, int32_t step,
                        int32_t role) {
    gridgov_lifecycle_transition t = {.struct_size = sizeof t};
    gridgov_lifecycle_state state = {.struct_size = sizeof state};
    int32_t index = 7;
    gridgov_error err;
    if (gridgov_lifecycle_check(&index, lifecycle, state_of(lifecycle, from), step, role, "",
                                &err) != GRIDGOV_OK) {
        assert_int_equal(index, GRIDGOV_NONE);
        return "";
    }
    assert_int_equal(gridgov_lifecycle_transition_at(&t, lifecycle, index), GRIDGOV_OK);
    if (t.to < 0) {
        return t.to == GRIDGOV_LIFECYCLE_STAY ? "stay" : "back";
    }
    assert_int_equal(gridgov_lifecycle_state_at(&state, lifecycle, t.to), GRIDGOV_OK);
    return state.code;
}

static void the_standard_leads_where_it_should(void **unused) {
    (void)unused;
    static const struct {
        const char *from;
        int32_t step, role;
        const char *to;
    } cases[] = {
        {"start", GRIDGOV_STEP_REPORT, 0, "reported"},
        {"start", GRIDGOV_STEP_CLOSE, 0, ""},
        {"reported", GRIDGOV_STEP_REPORT, 0, ""},
        {"reported", GRIDGOV_STEP_DISPATCH, 0, "offered"},
        {"offered", GRIDGOV_STEP_ACKNOWLEDGE, 0, "held"},
        {"offered", GRIDGOV_STEP_RETURN, 0, "returned"},
        {"offered", GRIDGOV_STEP_TIMEOUT, 0, "timed-out"},
        {"held", GRIDGOV_STEP_TIMEOUT, 0, ""},
        {"timed-out", GRIDGOV_STEP_DISPATCH, 0, "offered"},
        {"reported", GRIDGOV_STEP_RETURN, 0, ""},
        // Closing by who handles it waits for who reported it.
        {"held", GRIDGOV_STEP_CLOSE, GRIDGOV_ROLE_HANDLER, "confirming"},
        {"held", GRIDGOV_STEP_CLOSE, GRIDGOV_ROLE_CENTER, "closed"},
        {"held", GRIDGOV_STEP_CLOSE, GRIDGOV_ROLE_UNKNOWN, "closed"},
        {"confirming", GRIDGOV_STEP_VERIFY, GRIDGOV_ROLE_REPORTER, "closed"},
        {"confirming", GRIDGOV_STEP_VERIFY, GRIDGOV_ROLE_HANDLER, ""},
        {"confirming", GRIDGOV_STEP_REWORK, GRIDGOV_ROLE_REPORTER, "rework"},
        // Reported and fixed at once.
        {"reported", GRIDGOV_STEP_CLOSE, GRIDGOV_ROLE_HANDLER, "closed"},
        {"reported", GRIDGOV_STEP_CLOSE, GRIDGOV_ROLE_REPORTER, "closed"},
        {"handled", GRIDGOV_STEP_VERIFY, 0, "verified"},
        {"verified", GRIDGOV_STEP_REWORK, 0, "rework"},
        {"held", GRIDGOV_STEP_SUSPEND, 0, "suspended"},
        {"suspended", GRIDGOV_STEP_SUSPEND, 0, ""},
        {"suspended", GRIDGOV_STEP_RESUME, 0, "back"},
        {"held", GRIDGOV_STEP_RESUME, 0, ""},
        {"held", GRIDGOV_STEP_EXTEND, GRIDGOV_ROLE_HANDLER, ""},
        {"held", GRIDGOV_STEP_EXTEND, GRIDGOV_ROLE_SUPERIOR, "stay"},
        {"closed", GRIDGOV_STEP_CLOSE, 0, ""},
        {"closed", GRIDGOV_STEP_REOPEN, 0, "reopened"},
        {"closed", GRIDGOV_STEP_DISPATCH, 0, ""},
        {"closed", GRIDGOV_STEP_APPEAL, 0, "stay"},
        {"closed", GRIDGOV_STEP_RATE, 0, "stay"},
        {"void", GRIDGOV_STEP_HANDLE, 0, ""},
        {"held", GRIDGOV_STEP_MERGE, 0, "merged"},
        {"held", GRIDGOV_STEP_SPLIT, 0, "stay"},
        {"reported", GRIDGOV_STEP_REJECT, 0, "rejected"},
        {"rejected", GRIDGOV_STEP_REOPEN, 0, "reopened"},
        {"reported", GRIDGOV_STEP_RECORD, 0, "recorded"},
    };
    gridgov_lifecycle *lifecycle = standard();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(lead(lifecycle, cases[i].from, cases[i].step, cases[i].role),
                            cases[i].to);
    }
    gridgov_lifecycle_free(lifecycle);
}

static void a_refusal_says_what_is_allowed(void **unused) {
    (void)unused;
    gridgov_lifecycle *lifecycle = standard();
    gridgov_error err = {0};
    char text[GRIDGOV_ERROR_TEXT_SIZE];
    const int32_t suspended = state_of(lifecycle, "suspended");
    assert_int_equal(
        gridgov_lifecycle_check(NULL, lifecycle, suspended, GRIDGOV_STEP_HANDLE, 0, "", &err),
        GRIDGOV_EDATA);
    assert_int_equal(err.rule, GG_RULE_STEP_STATE);
    assert_string_equal(err.message,
                        "handle is not allowed in state suspended (挂起); allowed: close, resume, "
                        "extend, void, merge, split, urge, extend_ask, extend_refuse, appeal, "
                        "appeal_grant, appeal_re");
    gridgov_error_text(text, sizeof text, &err, GRIDGOV_LANG_ZH);
    assert_non_null(strstr(text, "“挂起”（suspended）状态下不可处置；可办：结案、恢复、延期、"));
    assert_int_equal(gridgov_lifecycle_check(NULL, lifecycle, GRIDGOV_LIFECYCLE_START,
                                             GRIDGOV_STEP_CLOSE, 0, "", &err),
                     GRIDGOV_EDATA);
    gridgov_error_text(text, sizeof text, &err, GRIDGOV_LANG_ZH);
    assert_string_equal(text, "“未上报”（start）状态下不可结案；可办：上报");
    const uint64_t allowed = gridgov_lifecycle_allowed(lifecycle, suspended);
    assert_true(allowed >> GRIDGOV_STEP_RESUME & 1);
    assert_false(allowed >> GRIDGOV_STEP_HANDLE & 1);
    // Every (state, step) is either in the set or refused, and the other way round.
    for (int32_t s = GRIDGOV_LIFECYCLE_START; s < gridgov_lifecycle_state_count(lifecycle); s++) {
        for (int32_t step = GRIDGOV_STEP_REPORT; step <= GRIDGOV_STEP_RELIMIT; step++) {
            const gridgov_status status =
                gridgov_lifecycle_check(NULL, lifecycle, s, step, 0, "", &err);
            assert_int_equal(status == GRIDGOV_OK,
                             gridgov_lifecycle_allowed(lifecycle, s) >> step & 1);
        }
    }
    assert_int_equal(gridgov_lifecycle_check(NULL, lifecycle, state_of(lifecycle, "confirming"),
                                             GRIDGOV_STEP_VERIFY, GRIDGOV_ROLE_HANDLER, "", &err),
                     GRIDGOV_EDATA);
    assert_int_equal(err.rule, GG_RULE_STEP_ROLE);
    assert_string_equal(err.message, "verify is not for the role handler; allowed to: reporter, "
                                     "center, checker, superior");
    gridgov_lifecycle_free(lifecycle);
}

static void reasons_are_data(void **unused) {
    (void)unused;
    static const char json[] =
        "{\"schema\": \"gridgov.lifecycle/1\", \"name\": \"x\", \"extensions\": 3, "
        "\"suspension_days\": 0, \"states\": ["
        "{\"code\": \"a\", \"name\": \"甲\", \"class\": \"reported\"},"
        "{\"code\": \"z\", \"name\": \"已 结案\", \"class\": \"closed\"}],"
        "\"reasons\": [{\"code\": \"r\", \"name\": \"办结\", \"aliases\": [\"完成\"]},"
        "{\"code\": \"s\", \"name\": \"重复\"}],"
        "\"transitions\": [{\"step\": \"report\", \"from\": [\"start\"], \"to\": \"a\"},"
        "{\"step\": \"结案\", \"from\": [\"@open\", \"a\"], \"to\": \"z\", \"reasons\": [\"r\"], "
        "\"reason_required\": true}]}";
    gridgov_lifecycle *lifecycle = NULL;
    gridgov_lifecycle_reason reason = {.struct_size = sizeof reason};
    gridgov_error err = {0};
    assert_int_equal(gridgov_lifecycle_load(&lifecycle, json, sizeof json - 1, NULL, &err),
                     GRIDGOV_OK);
    assert_string_equal(gridgov_lifecycle_name(lifecycle), "x");
    assert_int_equal(gridgov_lifecycle_extensions(lifecycle), 3);
    assert_int_equal(gridgov_lifecycle_suspension_days(lifecycle), 0);
    assert_int_equal(gridgov_lifecycle_transition_count(lifecycle), 2); // "a" is taken once
    assert_int_equal(gridgov_lifecycle_find(lifecycle, "已结案", 9), 1);
    assert_int_equal(gridgov_lifecycle_reason_find(lifecycle, "完成", 6), 0);
    assert_int_equal(gridgov_lifecycle_reason_count(lifecycle), 2);
    assert_int_equal(gridgov_lifecycle_reason_at(&reason, lifecycle, 1), GRIDGOV_OK);
    assert_string_equal(reason.name, "重复");
    assert_int_equal(gridgov_lifecycle_reason_at(&reason, lifecycle, 2), GRIDGOV_END);
    static const struct {
        const char *reason;
        int32_t rule;
    } cases[] = {{"r", 0},
                 {" 完成 ", 0},
                 {"", GG_RULE_STEP_REASON_MISSING},
                 {"s", GG_RULE_STEP_REASON},
                 {"没有的", GG_RULE_STEP_REASON}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        err.rule = 0;
        (void)gridgov_lifecycle_check(NULL, lifecycle, 0, GRIDGOV_STEP_CLOSE, 0, cases[i].reason,
                                      &err);
        assert_int_equal(err.rule, cases[i].rule);
    }
    assert_string_equal(err.message, "close may not give the reason \"没有的\"; allowed: r");
    gridgov_lifecycle_free(lifecycle);
}

#define HEAD "{\"schema\": \"gridgov.lifecycle/1\", \"name\": \"x\", "
#define STATES "\"states\": [{\"code\": \"a\", \"name\": \"甲\", \"class\": \"reported\"}]"

static void every_problem_is_named(void **unused) {
    (void)unused;
    static const struct {
        const char *json;
        int32_t rule;
        const char *field;
    } cases[] = {
        {"[", GG_RULE_JSON_SYNTAX, ""},
        {"{\"schema\": \"gridgov.lifecycle/2\"}", GG_RULE_JSON_SCHEMA, "/schema"},
        {HEAD "\"states\": [], \"transitions\": []}", GG_RULE_JSON_RANGE, "/states"},
        {HEAD "\"states\": [{\"code\": \"a\", \"name\": \"甲\", \"class\": \"gone\"}], "
              "\"transitions\": []}",
         GG_RULE_JSON_CODE, "/states/0/class"},
        {HEAD "\"states\": [{\"code\": \"a\", \"name\": \"甲\", \"class\": \"held\"}, {\"code\": "
              "\"b\", \"name\": \"A\", \"class\": \"held\"}], \"transitions\": []}",
         GG_RULE_JSON_DUPLICATE, "/states/1/name"},
        {HEAD STATES ", \"transitions\": [{\"step\": \"jump\", \"from\": [\"a\"], \"to\": "
                     "\"a\"}]}",
         GG_RULE_JSON_CODE, "/transitions/0/step"},
        {HEAD STATES ", \"transitions\": [{\"step\": \"close\", \"from\": [\"q\"], \"to\": "
                     "\"a\"}]}",
         GG_RULE_JSON_REFERENCE, "/transitions/0/from"},
        {HEAD STATES ", \"transitions\": [{\"step\": \"close\", \"from\": [\"@odd\"], \"to\": "
                     "\"a\"}]}",
         GG_RULE_JSON_REFERENCE, "/transitions/0/from"},
        {HEAD STATES ", \"transitions\": [{\"step\": \"close\", \"from\": [\"a\"], \"to\": "
                     "\"q\"}]}",
         GG_RULE_JSON_REFERENCE, "/transitions/0/to"},
        {HEAD STATES ", \"transitions\": [{\"step\": \"report\", \"from\": [\"start\"], \"to\": "
                     "\"stay\"}]}",
         GG_RULE_JSON_RULE, "/transitions/0/to"},
        {HEAD STATES ", \"transitions\": [{\"step\": \"close\", \"from\": [\"a\"], \"to\": \"a\", "
                     "\"guards\": [\"dragon\"]}]}",
         GG_RULE_JSON_CODE, "/transitions/0/guards"},
        {HEAD STATES ", \"transitions\": [{\"step\": \"close\", \"from\": [\"a\"], \"to\": \"a\", "
                     "\"reasons\": [\"r\"]}]}",
         GG_RULE_JSON_REFERENCE, "/transitions/0/reasons"},
        {HEAD STATES ", \"colour\": 1, \"transitions\": []}", GG_RULE_JSON_KEY, "/colour"},
        {HEAD STATES "}", GG_RULE_JSON_MISSING, "/transitions"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_lifecycle *lifecycle = (gridgov_lifecycle *)1;
        gridgov_error err = {0};
        assert_true(gridgov_lifecycle_load(&lifecycle, cases[i].json, strlen(cases[i].json), NULL,
                                           &err) < 0);
        assert_null(lifecycle);
        assert_int_equal(err.rule, cases[i].rule);
        if (cases[i].rule != GG_RULE_JSON_SYNTAX) {
            assert_string_equal(err.field, cases[i].field);
        }
    }
}

static void arguments_and_names(void **unused) {
    (void)unused;
    gridgov_lifecycle *lifecycle = standard();
    gridgov_lifecycle *other = NULL;
    gridgov_lifecycle_state state = {.struct_size = sizeof state};
    gridgov_lifecycle_transition t = {.struct_size = sizeof t};
    gridgov_error err = {0};
    assert_int_equal(strlen(gridgov_lifecycle_digest(lifecycle)), 64);
    assert_int_equal(gridgov_lifecycle_open(&other, "handover", 8, &err), GRIDGOV_OK);
    assert_string_not_equal(gridgov_lifecycle_digest(lifecycle), gridgov_lifecycle_digest(other));
    gridgov_lifecycle_free(other);
    assert_int_equal(gridgov_lifecycle_open(&other, "none", 4, &err), GRIDGOV_ENOTFOUND);
    assert_int_equal(gridgov_lifecycle_open(NULL, "none", 4, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_lifecycle_load(&other, NULL, 0, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_lifecycle_state_at(&state, lifecycle, -1), GRIDGOV_END);
    assert_int_equal(gridgov_lifecycle_state_at(NULL, lifecycle, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_lifecycle_transition_at(&t, lifecycle, -1), GRIDGOV_END);
    assert_int_equal(gridgov_lifecycle_find(lifecycle, "待签收", 9),
                     gridgov_lifecycle_find(lifecycle, "offered", 7));
    assert_int_equal(gridgov_lifecycle_find(lifecycle, "nowhere", 7), GRIDGOV_LIFECYCLE_START);
    assert_int_equal(gridgov_lifecycle_allowed(lifecycle, 64), 0);
    assert_int_equal(gridgov_lifecycle_allowed(NULL, 0), 0);
    assert_int_equal(gridgov_lifecycle_check(NULL, lifecycle, 64, 1, 0, "", &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_lifecycle_check(NULL, lifecycle, 0, 63, 0, "", &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_lifecycle_check(NULL, lifecycle, 0, 1, 99, "", &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_lifecycle_check(NULL, lifecycle, 0, 1, 0, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_lifecycle_check(NULL, NULL, 0, 1, 0, "", &err), GRIDGOV_EARG);
    assert_string_equal(gridgov_lifecycle_name(NULL), "");
    assert_string_equal(gridgov_lifecycle_digest(NULL), "");
    assert_int_equal(gridgov_lifecycle_state_count(NULL), 0);
    assert_ptr_equal(gridgov_lifecycle_hold(lifecycle), lifecycle);
    gridgov_lifecycle_free(lifecycle);
    gridgov_lifecycle_free(lifecycle);
    gridgov_lifecycle_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_standard_leads_where_it_should),
        cmocka_unit_test(a_refusal_says_what_is_allowed),
        cmocka_unit_test(reasons_are_data),
        cmocka_unit_test(every_problem_is_named),
        cmocka_unit_test(arguments_and_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
