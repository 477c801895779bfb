/* SPDX-License-Identifier: Apache-2.0 */
/* Figures as printed. Shares are those of the published bulletin of September 2021, of 2975
 * (DOMAIN: all thirteen are half-up with two decimals); the rest are boundaries of rounding and of
 * sign, worked out by hand. */
#include "report/figure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

typedef struct print_case {
    int32_t kind, state;
    int64_t numerator, denominator, base;
    const char *text;
} print_case;

static gridgov_figure figure_of(const print_case *c) {
    return (gridgov_figure){.struct_size = sizeof(gridgov_figure),
                            .kind = c->kind,
                            .state = c->state,
                            .numerator = c->numerator,
                            .denominator = c->denominator,
                            .base = c->base,
                            .code = "x"};
}

static void check(const print_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char buffer[GG_FIGURE_TEXT_SIZE];
        gridgov_figure figure = figure_of(&cases[i]);
        gridgov_error err;
        assert_int_equal(gg_figure_print(buffer, &figure, &err), GRIDGOV_OK);
        assert_string_equal(buffer, cases[i].text);
    }
}

enum {
    COUNT = GRIDGOV_FIGURE_COUNT,
    SHARE = GRIDGOV_FIGURE_SHARE,
    RATE = GRIDGOV_FIGURE_RATE,
    POINTS = GRIDGOV_FIGURE_POINTS,
    TOTAL = GRIDGOV_FIGURE_TOTAL,
    VALUE = GRIDGOV_CELL_VALUE
};

static void test_counts_and_points(void **state) {
    static const print_case cases[] = {
        {COUNT, VALUE, 2975, 1, 0, "2975"},
        {COUNT, VALUE, 0, 1, 0, "0"},
        {COUNT, VALUE, -3, 1, 0, "-3"},
        {COUNT, VALUE, INT64_MIN, 1, 0, "-9223372036854775808"},
        {POINTS, VALUE, -1000, 1, 0, "-1"},
        {POINTS, VALUE, 10000, 1, 0, "+10"},
        {POINTS, VALUE, 0, 1, 0, "0"},
        {POINTS, VALUE, -2500, 1, 0, "-2.5"},
        {POINTS, VALUE, 1, 1, 0, "+0.001"},
        {POINTS, VALUE, -1, 1, 0, "-0.001"},
        {POINTS, VALUE, INT64_MAX, 1, 0, "+9223372036854775.807"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void test_shares_of_the_published_month(void **state) {
    static const print_case cases[] = {
        {SHARE, VALUE, 519, 2975, 0, "17.45%"}, {SHARE, VALUE, 835, 2975, 0, "28.07%"},
        {SHARE, VALUE, 290, 2975, 0, "9.75%"},  {SHARE, VALUE, 320, 2975, 0, "10.76%"},
        {SHARE, VALUE, 563, 2975, 0, "18.92%"}, {SHARE, VALUE, 144, 2975, 0, "4.84%"},
        {SHARE, VALUE, 33, 2975, 0, "1.11%"},   {SHARE, VALUE, 5, 2975, 0, "0.17%"},
        {SHARE, VALUE, 240, 2975, 0, "8.07%"},  {SHARE, VALUE, 14, 2975, 0, "0.47%"},
        {SHARE, VALUE, 2, 2975, 0, "0.07%"},    {SHARE, VALUE, 3, 2975, 0, "0.10%"},
        {SHARE, VALUE, 7, 2975, 0, "0.24%"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void test_rounding_of_ratios(void **state) {
    static const print_case cases[] = {
        {SHARE, VALUE, 1, 20000, 0, "0.01%"}, /* exactly half of a hundredth: up */
        {SHARE, VALUE, 1, 20001, 0, "0.00%"}, /* just below */
        {SHARE, VALUE, 1, 1, 0, "100.00%"},
        {SHARE, VALUE, 0, 7, 0, "0.00%"},
        {SHARE, VALUE, -1, 20000, 0, "-0.01%"}, /* away from zero */
        {RATE, VALUE, 2, 2, 0, "100%"},
        {RATE, VALUE, 2, 3, 0, "66.67%"},
        {RATE, VALUE, 1, 2, 0, "50%"},
        {RATE, VALUE, 1, 1000, 0, "0.1%"},
        {RATE, VALUE, 0, 4, 0, "0%"},
        {RATE, VALUE, INT64_MAX, INT64_MAX, 0, "100%"}, /* the product leaves 64 bits */
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void test_totals(void **state) {
    static const print_case cases[] = {
        {TOTAL, VALUE, 99000, 100000, 100000, "99"},
        {TOTAL, VALUE, 110000, 100000, 100000, "110"},
        {TOTAL, VALUE, 39000, 40000, 100000, "39（满分40）"},
        {TOTAL, VALUE, -2500, 37500, 100000, "-2.5（满分37.5）"},
        {TOTAL, VALUE, INT64_MIN, INT64_MIN, 0,
         "-9223372036854775.808（满分-9223372036854775.808）"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void test_blank_slash_and_zero_differ(void **state) {
    (void)state;
    for (int32_t kind = COUNT; kind <= TOTAL; kind++) {
        const print_case cases[] = {
            {kind, GRIDGOV_CELL_BLANK, 7, 0, 0, ""},
            {kind, GRIDGOV_CELL_UNKNOWN, 7, 0, 0, "/"},
            {kind, GRIDGOV_CELL_NOT_APPLICABLE, 7, 0, 0, "/"},
        };
        check(cases, 3);
    }
    check(&(print_case){COUNT, VALUE, 0, 1, 0, "0"}, 1);
}

static void test_refusals(void **state) {
    static const struct {
        print_case figure;
        gridgov_status status;
    } cases[] = {
        {{SHARE, VALUE, 1, 0, 0, ""}, GRIDGOV_EDATA},
        {{RATE, VALUE, 0, 0, 0, ""}, GRIDGOV_EDATA},
        {{RATE, VALUE, 1, -1, 0, ""}, GRIDGOV_EDATA},
        {{SHARE, VALUE, INT64_MAX, 1, 0, ""}, GRIDGOV_ERANGE},
        {{0, VALUE, 1, 1, 0, ""}, GRIDGOV_EARG},
        {{TOTAL + 1, VALUE, 1, 1, 0, ""}, GRIDGOV_EARG},
        {{COUNT, 4, 1, 1, 0, ""}, GRIDGOV_EARG},
        {{COUNT, -1, 1, 1, 0, ""}, GRIDGOV_EARG},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[GG_FIGURE_TEXT_SIZE] = "before";
        gridgov_figure figure = figure_of(&cases[i].figure);
        gridgov_error err = {0};
        assert_int_equal(gg_figure_print(buffer, &figure, &err), cases[i].status);
        assert_int_equal(err.status, cases[i].status);
        assert_string_equal(buffer, "");
        assert_int_equal(gg_figure_print(buffer, &figure, NULL), cases[i].status);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_and_points),
        cmocka_unit_test(test_shares_of_the_published_month),
        cmocka_unit_test(test_rounding_of_ratios),
        cmocka_unit_test(test_totals),
        cmocka_unit_test(test_blank_slash_and_zero_differ),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
