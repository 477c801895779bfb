/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as printed and the denominators they leave. The shares are those of the published
 * bulletin of September 2021 (the text says of 2975 and of 2970); the intervals of small cases are
 * found by trying every denominator. */
#include "analyse/printed.h"

#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum {
    UP = GRIDGOV_ROUNDING_HALF_UP,
    CUT = GRIDGOV_ROUNDING_TRUNCATE,
    EVEN = GRIDGOV_ROUNDING_HALF_EVEN
};

static void test_cells(void **state) {
    static const struct {
        const char *text;
        int kind;
        int64_t value;
        int32_t decimals, mark, myriads, sign;
        const char *unit;
    } cases[] = {
        {"2975", GG_CELL_NUMBER, 2975, 0, 0, 0, 0, ""},
        {"2,975", GG_CELL_NUMBER, 2975, 0, 0, 0, 0, ""},
        {"1,234,567.80", GG_CELL_NUMBER, 123456780, 2, 0, 0, 0, ""},
        {"28.10%", GG_CELL_NUMBER, 2810, 2, GG_MARK_PERCENT, 0, 0, ""},
        {"100 %", GG_CELL_NUMBER, 100, 0, GG_MARK_PERCENT, 0, 0, ""},
        {"-5", GG_CELL_NUMBER, -5, 0, 0, 0, 1, ""},
        {"+10", GG_CELL_NUMBER, 10, 0, 0, 0, 1, ""},
        {"↓22.21%", GG_CELL_NUMBER, -2221, 2, GG_MARK_PERCENT, 0, 1, ""},
        {"5.47%↑", GG_CELL_NUMBER, 547, 2, GG_MARK_PERCENT, 0, 1, ""},
        {"下降3%", GG_CELL_NUMBER, -3, 0, GG_MARK_PERCENT, 0, 1, ""},
        {"180.00万件", GG_CELL_NUMBER, 18000, 2, 0, 4, 0, "件"},
        {"12 件", GG_CELL_NUMBER, 12, 0, 0, 0, 0, "件"},
        {"39(满分40)", GG_CELL_NUMBER, 39, 0, 0, 0, 0, "(满分40)"},
        {"", GG_CELL_BLANK, 0, 0, 0, 0, 0, ""},
        {"/", GG_CELL_NONE, 0, 0, 0, 0, 0, ""},
        {"—", GG_CELL_NONE, 0, 0, 0, 0, 0, ""},
        {"-", GG_CELL_NONE, 0, 0, 0, 0, 0, ""},
        {"一网格", GG_CELL_TEXT, 0, 0, 0, 0, 0, ""},
        {"12,34", GG_CELL_TEXT, 0, 0, 0, 0, 0, ""},
        {"2021.9.30", GG_CELL_TEXT, 0, 0, 0, 0, 0, ""},
        {"1234567890123456", GG_CELL_TEXT, 0, 0, 0, 0, 0, ""},
        {"3a", GG_CELL_TEXT, 0, 0, 0, 0, 0, ""},
        {"5.", GG_CELL_TEXT, 0, 0, 0, 0, 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_printed number = {0};
        gg_str unit;
        assert_int_equal(gg_printed_cell(&number, &unit, gg_str_of(cases[i].text)), cases[i].kind);
        if (cases[i].kind == GG_CELL_NUMBER) {
            assert_int_equal(number.value, cases[i].value);
            assert_int_equal(number.decimals, cases[i].decimals);
            assert_int_equal(number.mark, cases[i].mark);
            assert_int_equal(number.myriads, cases[i].myriads);
            assert_int_equal(number.sign, cases[i].sign);
            assert_true(gg_str_equal(unit, gg_str_of(cases[i].unit)));
        }
    }
}

static void test_printing_again(void **state) {
    static const struct {
        const char *text;
        int64_t value;
        const char *printed;
    } cases[] = {{"28.11%", 2807, "28.07%"}, {"100%", 100, "100%"},     {"+10", 3, "+3"},
                 {"-1", -2, "-2"},           {"1.50万", 160, "1.60万"}, {"0.10%", 0, "0.00%"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_printed number;
        gg_str unit;
        char buffer[48];
        gg_printed_cell(&number, &unit, gg_str_of(cases[i].text));
        assert_int_equal(gg_printed_text(buffer, &number, cases[i].value),
                         strlen(cases[i].printed));
        assert_string_equal(buffer, cases[i].printed);
    }
}

static void test_rounding(void **state) {
    static const struct {
        int64_t num, den, up, cut, even; /* of 10000 */
    } cases[] = {
        {1, 20000, 1, 0, 0},           {3, 20000, 2, 1, 2},           {1, 20001, 0, 0, 0},
        {5, 20000, 3, 2, 2},           {-1, 20000, -1, 0, 0},         {-3, 20000, -2, -1, -2},
        {835, 2975, 2807, 2806, 2807}, {835, 2970, 2811, 2811, 2811}, {0, 5, 0, 0, 0}};
    int64_t value;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(gg_ratio_round(&value, cases[i].num, cases[i].den, 10000, UP), 0);
        assert_int_equal(value, cases[i].up);
        assert_int_equal(gg_ratio_round(&value, cases[i].num, cases[i].den, 10000, CUT), 0);
        assert_int_equal(value, cases[i].cut);
        assert_int_equal(gg_ratio_round(&value, cases[i].num, cases[i].den, 10000, EVEN), 0);
        assert_int_equal(value, cases[i].even);
    }
    assert_int_equal(gg_ratio_round(&value, 1, 0, 100, UP), -1);
    assert_int_equal(gg_ratio_round(&value, INT64_MAX, 1, 100, UP), -1);
    assert_int_equal(gg_ratio_round(&value, INT64_MAX, INT64_MAX, 10000, UP), 0);
    assert_int_equal(value, 10000);
}

/* Every denominator up to a bound, tried one by one, against the interval. */
static void test_denominators_against_trying(void **state) {
    (void)state;
    for (int32_t rounding = UP; rounding <= EVEN; rounding++) {
        for (int64_t num = 1; num < 40; num++) {
            for (int64_t shown = 0; shown <= 120; shown++) {
                int64_t low;
                int64_t high;
                gg_ratio_denominators(&low, &high, num, shown, 100, rounding);
                for (int64_t den = 1; den < 2500; den++) {
                    int64_t value;
                    assert_int_equal(gg_ratio_round(&value, num, den, 100, rounding), 0);
                    assert_int_equal(value == shown, den >= low && den <= high);
                }
            }
        }
    }
}

static void test_denominators_of_the_bulletin(void **state) {
    static const int64_t counts[13] = {835, 563, 519, 320, 290, 240, 144, 33, 14, 7, 5, 3, 2};
    static const int64_t table[13] = {2811, 1896, 1747, 1077, 976, 808, 485,
                                      111,  47,   24,   17,   10,  7};
    static const int64_t prose[13] = {2807, 1892, 1745, 1076, 975, 807, 484,
                                      111,  47,   24,   17,   10,  7};
    int64_t span[2][2] = {{1, INT64_MAX}, {1, INT64_MAX}};
    (void)state;
    for (size_t i = 0; i < 13; i++) {
        for (int which = 0; which < 2; which++) {
            int64_t low;
            int64_t high;
            gg_ratio_denominators(&low, &high, counts[i], which ? prose[i] : table[i], 10000, UP);
            span[which][0] = low > span[which][0] ? low : span[which][0];
            span[which][1] = high < span[which][1] ? high : span[which][1];
        }
    }
    assert_int_equal(span[0][0], 2970);
    assert_int_equal(span[0][1], 2970);
    assert_int_equal(span[1][0], 2975);
    assert_int_equal(span[1][1], 2975);
}

static void test_denominators_at_the_edges(void **state) {
    int64_t low;
    int64_t high;
    (void)state;
    gg_ratio_denominators(&low, &high, 1, 0, 100, UP); /* 0 %: any number above 200 */
    assert_int_equal(low, 201);
    assert_int_equal(high, INT64_MAX);
    gg_ratio_denominators(&low, &high, 0, 5, 100, UP);
    assert_true(low > high);
    gg_ratio_denominators(&low, &high, 1, -1, 100, UP);
    assert_true(low > high);
    gg_ratio_denominators(&low, &high, INT64_MAX, 10000, 10000, UP);
    assert_true(low <= INT64_MAX && high == INT64_MAX);
    gg_ratio_denominators(&low, &high, 1, 250, 100, UP); /* 2.5 of one */
    assert_true(low > high);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_printing_again),
        cmocka_unit_test(test_rounding),
        cmocka_unit_test(test_denominators_against_trying),
        cmocka_unit_test(test_denominators_of_the_bulletin),
        cmocka_unit_test(test_denominators_at_the_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
