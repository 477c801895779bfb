/* SPDX-License-Identifier: Apache-2.0 */
/* Escaping for HTML, Markdown and CSV. */
#include "base/markup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define STR(literal)                                                                               \
    { literal, sizeof(literal) - 1 }
#define BAD "\xEF\xBF\xBD"

static void html_is_escaped(void **state) {
    (void)state;
    static const struct {
        gg_str text;
        const char *expected;
    } cases[] = {
        {STR(""), ""},
        {STR("社区 & <b>\"x\"'</b>"), "社区 &amp; &lt;b&gt;&quot;x&quot;&#39;&lt;/b&gt;"},
        {STR("a\tb\nc\rd"), "a\tb\nc\rd"},
        {STR("\0\x01\x1F\x7F"), BAD BAD BAD "\x7F"},
        {STR("\xFF\xE7\xA4"), BAD BAD BAD},
        {STR("\xEF\xBF\xBE\xEF\xBF\xBF"), BAD BAD},
        {STR("\xED\xA0\x80"), BAD BAD BAD}, // a surrogate is no character
        {STR("𠮷"), "𠮷"},
        {STR("&amp;"), "&amp;amp;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_buf buf = {0};
        gg_put_html(&buf, cases[i].text);
        assert_string_equal(gg_buf_data(&buf), cases[i].expected);
        gg_buf_release(&buf);
    }
}

static void markdown_is_escaped(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int at_start;
        const char *expected;
    } cases[] = {
        {"", 1, ""},
        {"共上报 2975 条。其中城市管理 835 条，占 28.07%；", 1,
         "共上报 2975 条。其中城市管理 835 条，占 28.07%；"},
        {"`a` *b* [c](d) <e> ~~f~~ g|h", 0, "\\`a\\` \\*b\\* \\[c\\](d) \\<e> \\~\\~f\\~\\~ g\\|h"},
        {"\\|", 0, "\\\\\\|"},
        {"a_b", 0, "a_b"},
        {"_a_", 0, "\\_a\\_"},
        {"网格_一", 0, "网格\\_一"},
        {"C# #3", 0, "C# \\#3"},
        {"# a #", 1, "\\# a \\#"},
        {"AT&T R&D a & b", 0, "AT\\&T R\\&D a & b"},
        {"&lt; &#35;", 0, "\\&lt; \\&#35;"},
        {"line\nbreak\r\nand\rmore\ttab", 0, "line break and more tab"},
        {"- a", 1, "\\- a"},
        {"-", 1, "\\-"},
        {"---", 1, "\\---"},
        {"-5", 1, "-5"},
        {"- a", 0, "- a"},
        {"+ a", 1, "\\+ a"},
        {"+10", 1, "+10"},
        {"1. a", 1, "1\\. a"},
        {"12) a", 1, "12\\) a"},
        {"1.", 1, "1\\."},
        {"2.5 km", 1, "2.5 km"},
        {"1234567890. a", 1, "1234567890. a"}, // ten digits begin no list
        {"1. a", 0, "1. a"},
        {"> a", 1, "\\> a"},
        {"===", 1, "\\==="},
        {"    code", 1, "code"},
        {"\n- a", 1, "\\- a"},
        {"  1. a", 1, "1\\. a"},
        {"    code", 0, "    code"},
        {"\xE3\x80\x80\xE3\x80\x80一、", 1, "\xE3\x80\x80\xE3\x80\x80一、"},
        {"a\xFF", 0, "a" BAD},
        {"a\x01", 0, "a" BAD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_buf buf = {0};
        gg_put_markdown(&buf, gg_str_of(cases[i].text), cases[i].at_start);
        assert_string_equal(gg_buf_data(&buf), cases[i].expected);
        gg_buf_release(&buf);
    }
}

static void csv_is_quoted_only_when_it_must(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {"社区", "社区"},
        {"a b", "a b"},
        {"a,b", "\"a,b\""},
        {"a，b", "a，b"},
        {"\"", "\"\"\"\""},
        {"say \"x\"", "\"say \"\"x\"\"\""},
        {"a\nb", "\"a\nb\""},
        {"a\rb", "\"a\rb\""},
        {" a", "\" a\""},
        {"a\t", "\"a\t\""},
        {"a\xE3\x80\x80", "\"a\xE3\x80\x80\""},
        {" ", "\" \""},
        {"/", "/"},
        {"a;b", "a;b"},
        {"\xFF", "\xFF"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_buf buf = {0};
        gg_put_csv(&buf, gg_str_of(cases[i].text));
        assert_string_equal(gg_buf_data(&buf), cases[i].expected);
        gg_buf_release(&buf);
    }
}

static void formulas_are_known(void **state) {
    static const struct {
        const char *text;
        int is_formula;
    } cases[] = {
        {"", 0},     {"甲", 0},    {"a=b", 0}, {"=1+1", 1},  {"=", 1},
        {"+", 1},    {"-", 1},     {"@a", 1},  {"\t1", 0},   {"\ta", 1},
        {"\rx", 1},  {"-20", 0},   {"+10", 0}, {"-5.2%", 0}, {"+1,234", 0},
        {"-1-1", 1}, {"-20)", 1},  {"＝1", 1}, {"－20", 0},  {"-号楼", 1},
        {" =1", 0},  {"'=1+1", 0}, {"-%", 1},  {"--1", 1},   {"+1e3", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (gg_is_formula(gg_str_of(cases[i].text)) != cases[i].is_formula) {
            print_message("%s\n", cases[i].text);
        }
        assert_int_equal(gg_is_formula(gg_str_of(cases[i].text)), cases[i].is_formula);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_are_known),
        cmocka_unit_test(html_is_escaped),
        cmocka_unit_test(markdown_is_escaped),
        cmocka_unit_test(csv_is_quoted_only_when_it_must),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
