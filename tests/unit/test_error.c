/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue and what is made of it: filling the struct, the line for people in both languages,
 * names of statuses, and the copying of structs that grow. */
#include "base/error.h"

#include "base/line.h"
#include "base/text.h"

#include <gridgov/codes.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ENTRY(number, name, code, severity, status, en, zh)                                        \
    {(number), GRIDGOV_SEVERITY_##severity, GRIDGOV_##status, (code), (en), (zh)},
static const gg_rule rules[] = {GG_RULES(ENTRY)};
#undef ENTRY

#define RULES (sizeof rules / sizeof rules[0])

static const char *line_of(const gridgov_error *err, int32_t lang) {
    static char buffer[GRIDGOV_ERROR_TEXT_SIZE];
    size_t size = gridgov_error_text(buffer, sizeof buffer, err, lang);
    assert_true(size < sizeof buffer);
    assert_int_equal(strlen(buffer), size);
    assert_int_equal(gg_utf8_valid(buffer, size), size);
    return buffer;
}

static void the_catalogue_is_sound(void **state) {
    (void)state;
    static const char *const placeholders[] = {"{field}", "{value}", "{0}", "{1}"};
    for (size_t i = 0; i < RULES; i++) {
        const gg_rule *rule = &rules[i];
        for (size_t k = 0; k < i; k++) {
            assert_int_not_equal(rule->number, rules[k].number);
            assert_string_not_equal(rule->code, rules[k].code);
        }
        assert_true(rule->number > 0 && rule->status < 0);
        assert_int_equal(strspn(rule->code, "abcdefghijklmnopqrstuvwxyz0123456789-"),
                         strlen(rule->code));
        assert_int_equal(gg_utf8_valid(rule->zh, strlen(rule->zh)), strlen(rule->zh));
        assert_true(rule->en[0] != '\0' && rule->zh[0] != '\0' &&
                    rule->en[strlen(rule->en) - 1] != '.');
        // What one language says, the other says, too.
        for (size_t k = 0; k < 4; k++) {
            if ((strstr(rule->en, placeholders[k]) == NULL) !=
                (strstr(rule->zh, placeholders[k]) == NULL)) {
                fail_msg("rule %d, %s", (int)rule->number, placeholders[k]);
            }
        }
        assert_int_equal(gridgov_rule_severity(rule->number), rule->severity);
        assert_string_equal(gridgov_rule_code(rule->number), rule->code);
        assert_string_equal(gg_rule_find(rule->number)->zh, rule->zh);
    }
    static const int32_t unknown[] = {INT32_MIN, -1, 0, 19, 99, 99999, INT32_MAX};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        assert_null(gg_rule_find(unknown[i]));
        assert_null(gridgov_rule_code(unknown[i]));
        assert_int_equal(gridgov_rule_severity(unknown[i]), GRIDGOV_SEVERITY_ERROR);
    }
}

/* The template with the four texts filled in, by plain copying. */
static void expand(char *out, const char *template, const char *const texts[4]) {
    static const char *const names[] = {"{field}", "{value}", "{0}", "{1}"};
    while (*template != '\0') {
        size_t k = 0;
        while (k < 4 && strncmp(template, names[k], strlen(names[k])) != 0) {
            k++;
        }
        if (k < 4) {
            memcpy(out, texts[k], strlen(texts[k]));
            out += strlen(texts[k]);
            template += strlen(names[k]);
        } else {
            *out++ = *template ++;
        }
    }
    *out = '\0';
}

static void every_rule_speaks_both_languages(void **state) {
    (void)state;
    static const char *const texts[4] = {"上报时间", "九月\"5\"日", "甲", "乙"};
    for (size_t i = 0; i < RULES; i++) {
        char en[1000];
        char zh[1000];
        gridgov_error err;
        const gg_rule *rule = &rules[i];
        gridgov_status status =
            gg_fail(&err, rule->number, texts[0], texts[1], strlen(texts[1]), texts[2], texts[3]);
        assert_int_equal(status, rule->status);
        assert_int_equal(err.status, rule->status);
        assert_int_equal(err.rule, rule->number);
        expand(en, rule->en, texts);
        expand(zh, rule->zh, texts);
        if (strlen(en) < sizeof err.message) {
            assert_string_equal(err.message, en);
            assert_non_null(strstr(line_of(&err, GRIDGOV_LANG_EN), en));
            if (strstr(line_of(&err, GRIDGOV_LANG_ZH), zh) == NULL) {
                fail_msg("rule %d: %s", (int)rule->number, line_of(&err, GRIDGOV_LANG_ZH));
            }
        } else {
            assert_int_equal(strncmp(err.message, en, strlen(err.message)), 0);
        }
    }
}

static void lines_have_the_parts_that_exist(void **state) {
    (void)state;
    static const struct {
        int32_t rule;
        const char *field, *value, *more, *source;
        int64_t row;
        int32_t column;
        const char *en, *zh;
    } cases[] = {
        {GG_RULE_TIME, "reported_at", "2021-09-31", NULL, "events.csv", 7, 3,
         "events.csv: row 7, column 3 (reported_at): \"2021-09-31\" is not a date or time",
         "events.csv：第 7 行第 3 列（reported_at）：“2021-09-31”不是日期或时间"},
        {GG_RULE_CSV_CELL_LIMIT, "category", "xx", "65536", "events.csv", 7, 3,
         "events.csv: row 7, column 3 (category) \"xx\": a cell is longer than 65536 bytes",
         "events.csv：第 7 行第 3 列（category）“xx”：单元格超过 65536 字节"},
        {GG_RULE_COLUMN_MISSING, "单位", NULL, NULL, "units.csv", 1, 0,
         "units.csv: row 1: required column 单位 is missing",
         "units.csv：第 1 行：缺少必需的列 单位"},
        {GG_RULE_JSON_TYPE, "/indicators/0/max", "max", "a whole number", "policy", 0, 0,
         "policy: /indicators/0/max: max is expected to be a whole number",
         "policy：/indicators/0/max：max 应为 整数"},
        {GG_RULE_CSV_QUOTE_OPEN, NULL, "xx", NULL, NULL, 0, 0,
         "\"xx\": a quoted cell is never closed", "“xx”：引号未闭合"},
        {GG_RULE_CSV_QUOTE_OPEN, "f", "xx", NULL, NULL, 0, 0,
         "f \"xx\": a quoted cell is never closed", "f“xx”：引号未闭合"},
        {GG_RULE_CSV_QUOTE_OPEN, NULL, NULL, NULL, "a.csv", 2, 0,
         "a.csv: row 2: a quoted cell is never closed", "a.csv：第 2 行：引号未闭合"},
        {GG_RULE_CSV_QUOTE_OPEN, NULL, NULL, NULL, NULL, 0, 4,
         "column 4: a quoted cell is never closed", "第 4 列：引号未闭合"},
        {GG_RULE_MEMORY, NULL, NULL, NULL, NULL, 0, 0, "out of memory", "内存不足"},
        {GG_RULE_STATE, NULL, NULL, "the ledger is sealed", NULL, 0, 0,
         "called in the wrong order: the ledger is sealed", "调用次序不对：台账已封存"},
        {GG_RULE_OS, NULL, NULL, "no such file or folder", "a.csv", 0, 0,
         "a.csv: the system refused: no such file or folder",
         "a.csv：系统拒绝：文件或文件夹不存在"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_error err;
        gg_fail(&err, cases[i].rule, cases[i].field, cases[i].value,
                cases[i].value == NULL ? 0 : strlen(cases[i].value), cases[i].more, NULL);
        gg_error_at(&err, cases[i].source, cases[i].row, cases[i].column);
        assert_string_equal(line_of(&err, GRIDGOV_LANG_EN), cases[i].en);
        assert_string_equal(line_of(&err, GRIDGOV_LANG_ZH), cases[i].zh);
        assert_string_equal(line_of(&err, 99), cases[i].en);
    }
}

static void long_values_are_cut_and_still_translated(void **state) {
    (void)state;
    char value[400];
    char expected[600] = "“";
    gridgov_error err;
    for (size_t i = 0; i + 3 <= sizeof value; i += 3) {
        memcpy(value + i, "社", 3);
    }
    gg_fail(&err, GG_RULE_TIME, NULL, value, sizeof value - 1, NULL, NULL);
    assert_int_equal(strlen(err.value), 93); // 31 characters of 3 bytes in 95
    assert_int_equal(gg_utf8_valid(err.value, 93), 93);
    memcpy(expected + 3, value, 93);
    memcpy(expected + 96, "”不是日期或时间", strlen("”不是日期或时间") + 1);
    assert_string_equal(line_of(&err, GRIDGOV_LANG_ZH), expected);
}

static void a_cut_message_is_translated_as_far_as_it_goes(void **state) {
    (void)state;
    char more[300];
    char expected[400];
    gridgov_error err;
    memset(more, 'm', sizeof more - 1);
    more[sizeof more - 1] = '\0';
    gg_fail(&err, GG_RULE_UNIT_AMBIGUOUS, NULL, "一网格", 9, more, NULL);
    // "一网格" may be any of: mmm… in 167 bytes
    assert_int_equal(strlen(err.message), 167);
    const size_t kept = 167 - 11 - strlen(" may be any of: ");
    memcpy(expected, "“一网格”有多个候选：", strlen("“一网格”有多个候选："));
    memcpy(expected + strlen("“一网格”有多个候选："), more, kept);
    expected[strlen("“一网格”有多个候选：") + kept] = '\0';
    assert_string_equal(line_of(&err, GRIDGOV_LANG_ZH), expected);
    // {0} runs past the end, {1} is lost altogether
    gg_fail(&err, GG_RULE_PIN_DIFFERS, "policy", NULL, 0, more, "old");
    assert_non_null(strstr(line_of(&err, GRIDGOV_LANG_ZH), "policy 与上次不同：现为 mmm"));
    assert_non_null(strstr(line_of(&err, GRIDGOV_LANG_ZH), "m，原为 …"));
    // cut in the middle of the words between {0} and {1}
    for (size_t size = 110; size < 140; size++) {
        more[size] = '\0';
        gg_fail(&err, GG_RULE_PIN_DIFFERS, "policy", NULL, 0, more, "old-digest-that-is-long");
        const char *zh = line_of(&err, GRIDGOV_LANG_ZH);
        assert_non_null(strstr(zh, "policy 与上次不同：现为 mmm"));
        assert_non_null(strstr(zh, "，原为 "));
        more[size] = 'm';
    }
}

static void a_message_of_the_hosts_own_is_shown(void **state) {
    (void)state;
    gridgov_error err;
    memset(&err, 0, sizeof err);
    err.status = GRIDGOV_EDATA;
    err.rule = GG_RULE_TIME;
    err.row = 4;
    memcpy(err.value, "v", 2);
    memcpy(err.message, "something else", 15);
    assert_string_equal(line_of(&err, GRIDGOV_LANG_ZH), "第 4 行“v”：something else");
    assert_string_equal(line_of(&err, GRIDGOV_LANG_EN), "row 4 \"v\": something else");
    err.rule = GG_RULE_PIN_DIFFERS; // begins like the rule's own message, ends otherwise
    err.value[0] = '\0';
    gridgov_error_set(&err, GG_RULE_PIN_DIFFERS, "policy", NULL, 0, "new");
    memcpy(strstr(err.message, " was "), " is ok", 7);
    assert_string_equal(line_of(&err, GRIDGOV_LANG_ZH),
                        "policy：policy differs from the earlier bulletin: new is ok");
    gridgov_error_set(&err, GG_RULE_TIME, NULL, "v", 1, NULL);
    err.row = 4;
    err.message[0] = '\0';
    assert_string_equal(line_of(&err, GRIDGOV_LANG_EN), "row 4 \"v\": EDATA");
    err.rule = 0;
    err.value[0] = '\0';
    memcpy(err.message, "no rule", 8);
    assert_string_equal(line_of(&err, GRIDGOV_LANG_ZH), "第 4 行：no rule");
    memset(&err, 'x', sizeof err); // not terminated anywhere
    assert_true(gridgov_error_text(NULL, 0, &err, GRIDGOV_LANG_EN) < GRIDGOV_ERROR_TEXT_SIZE);
    memset(&err, 0xFF, sizeof err);
    char buffer[16];
    gridgov_error_text(buffer, sizeof buffer, &err, GRIDGOV_LANG_ZH);
    assert_int_equal(gg_utf8_valid(buffer, strlen(buffer)), strlen(buffer));
}

static void a_line_fits_any_buffer(void **state) {
    (void)state;
    gridgov_error err;
    char whole[GRIDGOV_ERROR_TEXT_SIZE];
    gg_fail(&err, GG_RULE_TIME, "上报时间", "九月", 6, NULL, NULL);
    gg_error_at(&err, "事件.csv", 7, 3);
    size_t size = gridgov_error_text(whole, sizeof whole, &err, GRIDGOV_LANG_ZH);
    for (size_t room = 0; room <= size + 1; room++) {
        char buffer[GRIDGOV_ERROR_TEXT_SIZE];
        memset(buffer, '#', sizeof buffer);
        assert_int_equal(gridgov_error_text(room == 0 ? NULL : buffer, room, &err, GRIDGOV_LANG_ZH),
                         size);
        assert_int_equal(buffer[room], '#');
        if (room != 0) {
            assert_int_equal(strncmp(buffer, whole, strlen(buffer)), 0);
            assert_int_equal(gg_utf8_valid(buffer, strlen(buffer)), strlen(buffer));
            assert_true(strlen(buffer) + 4 >
                        room - (room > size)); // nothing is cut but the last character
        }
    }
    char empty[4] = "abc";
    assert_int_equal(gridgov_error_text(empty, sizeof empty, NULL, GRIDGOV_LANG_EN), 0);
    assert_string_equal(empty, "");
}

static void the_longest_line_fits_the_promised_buffer(void **state) {
    (void)state;
    char large[512];
    memset(large, 0xFF, sizeof large); // each becomes U+FFFD
    for (size_t i = 0; i < RULES; i++) {
        gridgov_error err;
        char text[sizeof large + 1];
        memcpy(text, large, sizeof large);
        text[sizeof large] = '\0';
        gg_fail(&err, rules[i].number, text, text, sizeof large, text, text);
        gg_error_at(&err, text, INT64_MAX, INT32_MAX);
        (void)line_of(&err, GRIDGOV_LANG_EN);
        (void)line_of(&err, GRIDGOV_LANG_ZH);
    }
}

static void values_are_clean_text(void **state) {
    (void)state;
    gridgov_error err;
    gg_fail(&err, GG_RULE_TIME, "f", "a\nb\xFF\0c\x1b", 7, NULL, NULL);
    assert_string_equal(err.value, "a\nb\xEF\xBF\xBD\xEF\xBF\xBD"
                                   "c\x1b");
    assert_string_equal(err.message, "\"a b\xEF\xBF\xBD\xEF\xBF\xBD"
                                     "c \" is not a date or time");
    assert_string_equal(line_of(&err, GRIDGOV_LANG_ZH), "f：“a b\xEF\xBF\xBD\xEF\xBF\xBD"
                                                        "c ”不是日期或时间");
}

static void the_deepest_position_wins(void **state) {
    (void)state;
    gridgov_error err;
    gg_fail(&err, GG_RULE_TIME, NULL, "x", 1, NULL, NULL);
    assert_int_equal(err.row, 0);
    assert_string_equal(err.source, "");
    gg_error_at(&err, NULL, 0, 3);
    gg_error_at(&err, "deep.csv", 7, 5);
    gg_error_at(&err, "shallow.csv", 9, 9);
    assert_string_equal(err.source, "deep.csv");
    assert_int_equal(err.row, 7);
    assert_int_equal(err.column, 3);
    gg_fail(&err, GG_RULE_TIME, NULL, "x", 1, NULL, NULL);
    gg_error_at(&err, NULL, 7, 0);
    gg_error_at(&err, NULL, 9, 9); // another row's column
    assert_int_equal(err.row, 7);
    assert_int_equal(err.column, 0);
    gg_error_at(NULL, "x", 1, 1);
}

static void short_forms(void **state) {
    (void)state;
    gridgov_error err;
    assert_int_equal(gg_fail_arg(&err, "out"), GRIDGOV_EARG);
    assert_string_equal(err.message, "argument out is invalid");
    assert_int_equal(gg_fail_state(&err, "not sealed"), GRIDGOV_ESTATE);
    assert_string_equal(err.message, "called in the wrong order: not sealed");
    assert_int_equal(gg_fail_memory(&err), GRIDGOV_ENOMEM);
    assert_string_equal(err.message, "out of memory");
    assert_int_equal(gg_fail_number(&err, GG_RULE_NEGATIVE, "minutes", -5, NULL, NULL),
                     GRIDGOV_EDATA);
    assert_string_equal(err.message, "minutes must not be negative: -5");
    assert_string_equal(err.value, "-5");
    assert_int_equal(gg_fail_memory(NULL), GRIDGOV_ENOMEM);
    assert_int_equal(gridgov_error_set(NULL, GG_RULE_TIME, NULL, NULL, 0, NULL), GRIDGOV_EDATA);
    assert_int_equal(gridgov_error_set(&err, GG_RULE_FILE_LIMIT, NULL, NULL, 0, "5"),
                     GRIDGOV_ELIMIT);
    assert_string_equal(err.message, "the file is larger than 5 bytes");
    assert_int_equal(gridgov_error_set(&err, 424242, NULL, "v", 1, NULL), GRIDGOV_EINTERNAL);
    assert_int_equal(err.rule, GG_RULE_INTERNAL);
    // members of the struct itself as input
    gg_fail(&err, GG_RULE_TIME, "field", "value", 5, NULL, NULL);
    gg_fail(&err, GG_RULE_CELL_CODE, err.field, err.value, strlen(err.value), NULL, NULL);
    assert_string_equal(err.message, "\"value\" is none of the known values of field");
}

static void statuses_have_names(void **state) {
    (void)state;
    static const struct {
        gridgov_status status;
        const char *name;
    } cases[] = {
        {0, "OK"},          {1, "END"},
        {-1, "ENOMEM"},     {-2, "EARG"},
        {-3, "ESTATE"},     {-4, "ECANCELLED"},
        {-10, "EIO"},       {-11, "EFORMAT"},
        {-12, "EDATA"},     {-13, "EPOLICY"},
        {-20, "ELIMIT"},    {-21, "ERANGE"},
        {-22, "ENOTFOUND"}, {-23, "EUNSUPPORTED"},
        {-30, "ESTORE"},    {-31, "EVERSION"},
        {-99, "EINTERNAL"}, {2, "UNKNOWN"},
        {-5, "UNKNOWN"},    {INT32_MIN, "UNKNOWN"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(gridgov_status_name(cases[i].status), cases[i].name);
    }
    assert_int_equal(gridgov_version_number(), GRIDGOV_VERSION_NUMBER);
    assert_string_equal(gridgov_version_text(), GRIDGOV_VERSION_TEXT);
}

typedef struct view {
    uint32_t struct_size;
    int32_t a, b, c;
} view;

static void views_are_copied_as_far_as_both_know(void **state) {
    (void)state;
    const view full = {sizeof full, 1, 2, 3};
    struct {
        view known;
        int32_t later;
    } out = {{sizeof out, 9, 9, 9}, 9};
    assert_int_equal(gg_view_copy(&out, &full, sizeof full), 0);
    assert_int_equal(out.known.struct_size, sizeof out);
    assert_true(out.known.a == 1 && out.known.c == 3 && out.later == 9);
    view older = {12, 9, 9, 9};
    assert_int_equal(gg_view_copy(&older, &full, sizeof full), 0);
    assert_int_equal(older.struct_size, 12);
    assert_true(older.a == 1 && older.b == 2 && older.c == 9);
    older.struct_size = 7;
    assert_int_equal(gg_view_copy(&older, &full, sizeof full), -1);
    assert_int_equal(gg_view_copy(NULL, &full, sizeof full), -1);
}

static void options_are_read_as_far_as_both_know(void **state) {
    (void)state;
    view options = {sizeof options, 1, 2, 3};
    const view given = {12, 7, 8, 9};
    const view newer = {1000, 4, 5, 6};
    const view bad = {7, 4, 5, 6};
    assert_int_equal(gg_options_read(&options, sizeof options, NULL), 0);
    assert_true(options.a == 1 && options.b == 2 && options.c == 3);
    assert_int_equal(gg_options_read(&options, sizeof options, &given), 0);
    assert_true(options.a == 7 && options.b == 8 && options.c == 3);
    assert_int_equal(gg_options_read(&options, sizeof options, &newer), 0);
    assert_true(options.a == 4 && options.c == 6);
    assert_int_equal(gg_options_read(&options, sizeof options, &bad), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_catalogue_is_sound),
        cmocka_unit_test(every_rule_speaks_both_languages),
        cmocka_unit_test(lines_have_the_parts_that_exist),
        cmocka_unit_test(long_values_are_cut_and_still_translated),
        cmocka_unit_test(a_cut_message_is_translated_as_far_as_it_goes),
        cmocka_unit_test(a_message_of_the_hosts_own_is_shown),
        cmocka_unit_test(a_line_fits_any_buffer),
        cmocka_unit_test(the_longest_line_fits_the_promised_buffer),
        cmocka_unit_test(values_are_clean_text),
        cmocka_unit_test(the_deepest_position_wins),
        cmocka_unit_test(short_forms),
        cmocka_unit_test(statuses_have_names),
        cmocka_unit_test(views_are_copied_as_far_as_both_know),
        cmocka_unit_test(options_are_read_as_far_as_both_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
