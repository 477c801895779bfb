/* SPDX-License-Identifier: Apache-2.0 */
/* The table of codes: every constant has a code and two terms, every word names one constant, and
 * the words of the field are known. */
#include <gridgov/codes.h>

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Kinds with their first and last constant, read off codes.h. */
static const struct {
    int32_t kind, first, last;
} kinds[] = {
    {GRIDGOV_KIND_DATUM, 1, 3},        {GRIDGOV_KIND_LANG, 0, 1},
    {GRIDGOV_KIND_SEVERITY, 0, 2},     {GRIDGOV_KIND_UNIT, 1, 5},
    {GRIDGOV_KIND_STEP, 1, 30},        {GRIDGOV_KIND_DISPOSITION, 0, 9},
    {GRIDGOV_KIND_TRI, 0, 2},          {GRIDGOV_KIND_ACTIVITY, 1, 10},
    {GRIDGOV_KIND_DEFECT, 0, 3},       {GRIDGOV_KIND_CELL, 0, 3},
    {GRIDGOV_KIND_MEASURE, 1, 100},    {GRIDGOV_KIND_DIMENSION, 1, 4},
    {GRIDGOV_KIND_SCORE_RULE, 1, 14},  {GRIDGOV_KIND_ORIGIN, 1, 3},
    {GRIDGOV_KIND_FORMAT, 1, 6},       {GRIDGOV_KIND_DAY, 1, 4},
    {GRIDGOV_KIND_TABLE, 1, 24},       {GRIDGOV_KIND_PACK, 1, 9},
    {GRIDGOV_KIND_BLOCK, 1, 8},        {GRIDGOV_KIND_COVERAGE, 1, 42},
    {GRIDGOV_KIND_ON_DUPLICATE, 1, 4}, {GRIDGOV_KIND_PLATFORM, 0, 4},
    {GRIDGOV_KIND_CHECK, 1, 16},       {GRIDGOV_KIND_VERDICT, 0, 4},
    {GRIDGOV_KIND_ROUNDING, 1, 4},     {GRIDGOV_KIND_FIGURE, 1, 5},
    {GRIDGOV_KIND_PART, 1, 3},         {GRIDGOV_KIND_LIMIT, 1, 7},
    {GRIDGOV_KIND_START, 1, 3},        {GRIDGOV_KIND_ROSTER_DAY, 1, 9},
    {GRIDGOV_KIND_FILE, 1, 12},        {GRIDGOV_KIND_MERGED, 0, 2},
    {GRIDGOV_KIND_SHEET, 0, 2},        {GRIDGOV_KIND_ATOM, 1, 7},
    {GRIDGOV_KIND_REASON, 1, 22},      {GRIDGOV_KIND_CAUSE, 1, 8},
    {GRIDGOV_KIND_SIGNAL, 1, 5},       {GRIDGOV_KIND_ELEMENT, 1, 7},
    {GRIDGOV_KIND_RULING, 1, 3},       {GRIDGOV_KIND_STATE, 1, 8},
    {GRIDGOV_KIND_ROLE, 0, 6},         {GRIDGOV_KIND_GUARD, 1, 7},
    {GRIDGOV_KIND_CARD, 0, 3},         {GRIDGOV_KIND_HOLDER, 1, 4},
    {GRIDGOV_KIND_CONDITION, 1, 45},   {GRIDGOV_KIND_ATTRIBUTION, 1, 5},
    {GRIDGOV_KIND_CUT_OFF, 1, 2},      {GRIDGOV_KIND_QUANTITY, 1, 9},
    {GRIDGOV_KIND_FLOW, 1, 15},        {GRIDGOV_KIND_STAGE, 1, 6},
    {GRIDGOV_KIND_BASIS, 0, 4},        {GRIDGOV_KIND_LIGHT, 0, 3},
    {GRIDGOV_KIND_CLOCK, 1, 4},        {GRIDGOV_KIND_NOT_ASSESSED, 1, 3},
    {GRIDGOV_KIND_RANKING, 1, 2},      {GRIDGOV_KIND_TIE_BREAK, 1, 3},
    {GRIDGOV_KIND_CHANGE, 1, 3},       {GRIDGOV_KIND_FILTER, 1, 7},
};

#define KINDS (sizeof kinds / sizeof kinds[0])

static int32_t value_of(int32_t kind, const char *text) {
    int32_t value = -77;
    gridgov_status status = gridgov_code_value(&value, kind, text, strlen(text));
    assert_true(status == GRIDGOV_OK || (status == GRIDGOV_ENOTFOUND && value == 0));
    return status == GRIDGOV_OK ? value : -1;
}

static void every_constant_has_its_texts(void **state) {
    (void)state;
    assert_int_equal(KINDS, 58);
    for (size_t k = 0; k < KINDS; k++) {
        for (int32_t value = kinds[k].first; value <= kinds[k].last; value++) {
            const char *code = gridgov_code_text(kinds[k].kind, value);
            if (code == NULL) {
                continue; // a gap between numbers; the next test lists what there is
            }
            const char *zh = gridgov_code_title(kinds[k].kind, value, GRIDGOV_LANG_ZH);
            const char *en = gridgov_code_title(kinds[k].kind, value, GRIDGOV_LANG_EN);
            assert_true(zh != NULL && zh[0] != '\0' && en != NULL && en[0] != '\0');
            assert_int_equal(strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789_-"), strlen(code));
            assert_int_equal(gg_utf8_valid(zh, strlen(zh)), strlen(zh));
            // Also that no other constant of the kind is found first.
            assert_int_equal(value_of(kinds[k].kind, code), value);
            assert_int_equal(value_of(kinds[k].kind, zh), value);
            assert_int_equal(value_of(kinds[k].kind, en), value);
        }
        assert_null(gridgov_code_text(kinds[k].kind, kinds[k].first - 1));
        assert_null(gridgov_code_text(kinds[k].kind, kinds[k].last + 1));
        assert_null(gridgov_code_title(kinds[k].kind, kinds[k].last + 1, GRIDGOV_LANG_ZH));
    }
}

/* Listed once each, by number upwards: the table and the kinds above agree on how many. */
static void every_constant_is_listed(void **state) {
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        int32_t value = -77, last = -1;
        int64_t count = 0;
        for (; gridgov_code_at(&value, kinds[k].kind, count) == GRIDGOV_OK; count++) {
            assert_true(value > last && value >= kinds[k].first && value <= kinds[k].last);
            assert_non_null(gridgov_code_text(kinds[k].kind, value));
            last = value;
        }
        assert_int_equal(last, kinds[k].last);
        assert_int_equal(value, 0);
        assert_int_equal(gridgov_code_at(&value, kinds[k].kind, -1), GRIDGOV_END);
    }
    assert_int_equal(gridgov_code_at(NULL, GRIDGOV_KIND_LANG, 0), GRIDGOV_EARG);
    for (int32_t kind = -1; kind < 100; kind++) {
        int32_t value = 0;
        int known = 0;
        for (size_t k = 0; k < KINDS; k++) {
            known |= kinds[k].kind == kind;
        }
        assert_int_equal(gridgov_code_at(&value, kind, 0), known ? GRIDGOV_OK : GRIDGOV_EARG);
    }
}

static void words_of_the_field_are_known(void **state) {
    (void)state;
    static const struct {
        int32_t kind, value;
        const char *words[12];
    } cases[] = {
        {GRIDGOV_KIND_STEP, GRIDGOV_STEP_REPORT, {"上报", "report"}},
        {GRIDGOV_KIND_STEP, GRIDGOV_STEP_REJECT, {"不予受理"}},
        {GRIDGOV_KIND_STEP, GRIDGOV_STEP_DISPATCH, {"流转", "交办", "派遣", "dispatch"}},
        {GRIDGOV_KIND_STEP, GRIDGOV_STEP_SUSPEND, {"挂起", "缓办"}},
        {GRIDGOV_KIND_STEP, GRIDGOV_STEP_RESUME, {"恢复"}},
        {GRIDGOV_KIND_STEP, GRIDGOV_STEP_FEEDBACK, {"反馈", "feed back", "feedback"}},
        {GRIDGOV_KIND_STEP, GRIDGOV_STEP_CLOSE, {"结案", "办结"}},
        {GRIDGOV_KIND_STEP, GRIDGOV_STEP_RECORD, {"备案", "file for record"}},
        {GRIDGOV_KIND_STEP, GRIDGOV_STEP_FILE, {"立案", "file"}},
        {GRIDGOV_KIND_DISPOSITION, GRIDGOV_DISPOSITION_VALID, {"有效", "VALID"}},
        {GRIDGOV_KIND_DISPOSITION, GRIDGOV_DISPOSITION_RETURNED, {"退回补充"}},
        {GRIDGOV_KIND_DISPOSITION, GRIDGOV_DISPOSITION_VOID, {"作废"}},
        {GRIDGOV_KIND_TRI,
         GRIDGOV_TRI_YES,
         {"是", "有", "true", "1", "Y", "yes", "１", "TRUE", " 是 ", "√"}},
        {GRIDGOV_KIND_TRI,
         GRIDGOV_TRI_NO,
         {"否", "无", "false", "0", "N", "no", "０", "没有", "×"}},
        {GRIDGOV_KIND_TRI, GRIDGOV_TRI_UNKNOWN, {"未知", "unknown", "/"}},
        {GRIDGOV_KIND_DEFECT, GRIDGOV_DEFECT_NONE, {"无", "none"}},
        {GRIDGOV_KIND_DEFECT, GRIDGOV_DEFECT_STALE, {"stale", "未更新"}},
        {GRIDGOV_KIND_UNIT, GRIDGOV_UNIT_COMMUNITY, {"社区", "居委", "村"}},
        {GRIDGOV_KIND_UNIT, GRIDGOV_UNIT_STREET, {"街道", "乡镇"}},
        {GRIDGOV_KIND_UNIT, GRIDGOV_UNIT_AGENCY, {"派驻机构", "基层站所", "办公室"}},
        {GRIDGOV_KIND_PLATFORM, GRIDGOV_PLATFORM_SECURITY, {"综治工作", "security"}},
        {GRIDGOV_KIND_LANG, GRIDGOV_LANG_ZH, {"zh", "中文", "zh_CN"}},
        {GRIDGOV_KIND_FORMAT, GRIDGOV_FORMAT_MARKDOWN, {"md", "markdown"}},
        {GRIDGOV_KIND_MEASURE, GRIDGOV_MEASURE_CASES_HELD_OVERDUE, {"cases_held_overdue"}},
        {GRIDGOV_KIND_TABLE, GRIDGOV_TABLE_PATROL_DAYS, {"patrol_days", "Patrol Days"}},
        {GRIDGOV_KIND_COVERAGE, GRIDGOV_COVERAGE_DISPATCH_DUE, {"dispatch_due"}},
        {GRIDGOV_KIND_ON_DUPLICATE, GRIDGOV_ON_DUPLICATE_SKIP, {"skip"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t k = 0; k < 12 && cases[i].words[k] != NULL; k++) {
            if (value_of(cases[i].kind, cases[i].words[k]) != cases[i].value) {
                fail_msg("%s", cases[i].words[k]);
            }
        }
    }
}

static void blanks_width_and_case_do_not_matter(void **state) {
    (void)state;
    assert_int_equal(value_of(GRIDGOV_KIND_STEP, "\xE3\x80\x80派 遣\xC2\xA0"),
                     GRIDGOV_STEP_DISPATCH);
    assert_int_equal(value_of(GRIDGOV_KIND_STEP, "ＤＩＳＰＡＴＣＨ"), GRIDGOV_STEP_DISPATCH);
    assert_int_equal(value_of(GRIDGOV_KIND_STEP, "dIsPaTcH"), GRIDGOV_STEP_DISPATCH);
}

static void other_words_are_not_found(void **state) {
    (void)state;
    static const char *const words[] = {"",  " ",         "dispatc", "dispatchx", "流",
                                        "|", "派遣|交办", "\xFF",    "超时"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        for (size_t k = 0; k < KINDS; k++) {
            assert_int_equal(value_of(kinds[k].kind, words[i]), -1);
        }
    }
    char large[5000];
    memset(large, 'a', sizeof large);
    int32_t value = 5;
    assert_int_equal(gridgov_code_value(&value, GRIDGOV_KIND_STEP, large, sizeof large),
                     GRIDGOV_ENOTFOUND);
    assert_int_equal(value, 0);
    assert_int_equal(gridgov_code_value(&value, GRIDGOV_KIND_STEP, "close\0x", 7),
                     GRIDGOV_ENOTFOUND);
}

static void mistakes_are_refused(void **state) {
    (void)state;
    int32_t value = 5;
    assert_int_equal(gridgov_code_value(NULL, GRIDGOV_KIND_STEP, "close", 5), GRIDGOV_EARG);
    assert_int_equal(gridgov_code_value(&value, GRIDGOV_KIND_STEP, NULL, 0), GRIDGOV_EARG);
    assert_int_equal(value, 0);
    static const int32_t unknown[] = {INT32_MIN, -1, 0, 999, INT32_MAX};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        value = 5;
        assert_int_equal(gridgov_code_value(&value, unknown[i], "close", 5), GRIDGOV_EARG);
        assert_int_equal(value, 0);
        assert_null(gridgov_code_text(unknown[i], 1));
        assert_null(gridgov_code_title(unknown[i], 1, GRIDGOV_LANG_EN));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_constant_has_its_texts),
        cmocka_unit_test(every_constant_is_listed),
        cmocka_unit_test(words_of_the_field_are_known),
        cmocka_unit_test(blanks_width_and_case_do_not_matter),
        cmocka_unit_test(other_words_are_not_found),
        cmocka_unit_test(mistakes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
