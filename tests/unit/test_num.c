/* SPDX-License-Identifier: Apache-2.0 */
/* Exact integers and decimals; random products against 128-bit arithmetic of the compiler where it
 * has one. */
#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static uint64_t next_random(uint64_t *seed) { // splitmix64
    uint64_t z = (*seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static void sums_stop_at_the_edge(void **state) {
    (void)state;
    static const struct {
        int64_t a, b, sum;
        int fits;
    } cases[] = {
        {1, 2, 3, 1},
        {INT64_MAX, 0, INT64_MAX, 1},
        {INT64_MAX - 1, 1, INT64_MAX, 1},
        {INT64_MAX, 1, 0, 0},
        {INT64_MIN, 0, INT64_MIN, 1},
        {INT64_MIN + 1, -1, INT64_MIN, 1},
        {INT64_MIN, -1, 0, 0},
        {INT64_MIN, INT64_MAX, -1, 1},
        {INT64_MIN, INT64_MIN, 0, 0},
        {INT64_MAX, INT64_MAX, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t out = 77;
        assert_int_equal(gg_add(&out, cases[i].a, cases[i].b), cases[i].fits ? 0 : -1);
        assert_true(out == (cases[i].fits ? cases[i].sum : 77));
        if (cases[i].fits) {
            assert_int_equal(gg_sub(&out, cases[i].sum, cases[i].b), 0);
            assert_true(out == cases[i].a);
        }
    }
    int64_t out = 77;
    assert_int_equal(gg_sub(&out, 0, INT64_MIN), -1);
    assert_int_equal(gg_sub(&out, INT64_MIN, 1), -1);
    assert_int_equal(gg_sub(&out, INT64_MAX, -1), -1);
    assert_true(out == 77);
    assert_int_equal(gg_sub(&out, -1, INT64_MIN), 0);
    assert_true(out == INT64_MAX);
}

static void products_stop_at_the_edge(void **state) {
    (void)state;
    static const struct {
        int64_t a, b, product;
        int fits;
    } cases[] = {
        {0, INT64_MIN, 0, 1},
        {1, INT64_MIN, INT64_MIN, 1},
        {-1, INT64_MIN, 0, 0},
        {-1, INT64_MAX, -INT64_MAX, 1},
        {3037000499, 3037000499, 9223372030926249001, 1},
        {3037000500, 3037000500, 0, 0},
        {INT64_C(4294967296), INT64_C(2147483648), 0, 0}, // 2^63
        {INT64_C(4294967296), INT64_C(-2147483648), INT64_MIN, 1},
        {INT64_MAX, INT64_MAX, 0, 0},
        {INT64_MIN, INT64_MIN, 0, 0},
        {-7, -6, 42, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t out = 77;
        assert_int_equal(gg_mul(&out, cases[i].a, cases[i].b), cases[i].fits ? 0 : -1);
        assert_true(out == (cases[i].fits ? cases[i].product : 77));
    }
}

static void quotients_round_half_away(void **state) {
    (void)state;
    static const struct {
        int64_t a, b, c, expected;
        int fits;
    } cases[] = {
        {1, 1, 2, 1, 1}, // 0.5
        {-1, 1, 2, -1, 1},
        {1, -1, 2, -1, 1},
        {1, 1, -2, -1, 1},
        {-1, -1, -2, -1, 1},
        {1, 1, 3, 0, 1},
        {2, 1, 3, 1, 1},
        {5, 1, 2, 3, 1},
        {7, 1, 5, 1, 1},
        {835, 10000, 2975, 2807, 1}, // 28.07 %: a share of the published bulletin
        {0, 5, 7, 0, 1},
        {5, 5, 0, 0, 0},
        {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, 1},
        {INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN, 1},
        {INT64_MIN, INT64_MIN, INT64_MAX, 0, 0},
        {INT64_MIN, 1, -1, 0, 0},
        {INT64_MIN, -1, -1, INT64_MIN, 1},
        {INT64_MAX, 1, 2, INT64_C(4611686018427387904), 1}, // …03.5
        {INT64_MAX, 2, 4, INT64_C(4611686018427387904), 1},
        {INT64_MIN, 1, INT64_MIN, 1, 1},
        {1, 1, INT64_MIN, 0, 1},
        {INT64_C(1) << 62, 1, INT64_MIN, -1, 1}, // −0.5
        {(INT64_C(1) << 62) - 1, 1, INT64_MIN, 0, 1},
        {253921, INT64_C(145295143558111), 2, 0, 0}, // 2^65 - 1: the half would carry into nothing
        {INT64_MAX, INT64_C(2000000000), INT64_C(2000000001), INT64_C(9223372032243089791), 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t out = 77;
        assert_int_equal(gg_mul_div(&out, cases[i].a, cases[i].b, cases[i].c),
                         cases[i].fits ? 0 : -1);
        assert_true(out == (cases[i].fits ? cases[i].expected : 77));
    }
}

static void cut_quotients_tell_what_was_cut(void **state) {
    (void)state;
    static const struct {
        int64_t a, b, c, expected;
        int rest; // -1: refused
    } cases[] = {
        {6, 1, 3, 2, 0},
        {7, 1, 3, 2, 1},
        {1, 1, 2, 0, 2},
        {-3, 1, 2, -1, 2},
        {3, 1, -2, -1, 2},
        {8, 1, 3, 2, 3},
        {-8, 1, 3, -2, 3},
        {0, 5, -7, 0, 0},
        {835, 10000, 2975, 2806, 3},
        {INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN, 0},
        {INT64_MAX, INT64_MAX, INT64_MIN, -(INT64_MAX - 1), 1},
        {INT64_C(1) << 62, 1, INT64_MIN, 0, 2},
        {INT64_MIN, 1, -1, 77, -1},
        {INT64_MAX, 2, 1, 77, -1},
        {5, 5, 0, 77, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t out = 77;
        int rest = -1;
        assert_int_equal(gg_mul_div_rest(&out, &rest, cases[i].a, cases[i].b, cases[i].c),
                         cases[i].rest < 0 ? -1 : 0);
        assert_true(out == cases[i].expected);
        assert_int_equal(rest, cases[i].rest);
    }
}

#ifdef __SIZEOF_INT128__
__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 unsigned_wide;

/* 0 and the result, or -1. */
static int oracle(int64_t *out, int64_t a, int64_t b, int64_t c) {
    if (c == 0) {
        return -1;
    }
    wide product = (wide)a * b;
    int negative = (product < 0) != (c < 0);
    unsigned_wide top = (unsigned_wide)(product < 0 ? -product : product);
    unsigned_wide bottom = (unsigned_wide)(c < 0 ? -(wide)c : (wide)c);
    unsigned_wide rounded = (2 * top + bottom) / (2 * bottom);
    wide result = negative ? -(wide)rounded : (wide)rounded;
    if (result < INT64_MIN || result > INT64_MAX) {
        return -1;
    }
    *out = (int64_t)result;
    return 0;
}

static void random_quotients_agree_with_128_bits(void **state) {
    (void)state;
    uint64_t seed = 20210930;
    static const int64_t edges[] = {0,
                                    1,
                                    -1,
                                    2,
                                    -2,
                                    INT64_MAX,
                                    INT64_MIN,
                                    INT64_MIN + 1,
                                    INT64_C(1) << 32,
                                    (INT64_C(1) << 32) - 1,
                                    INT64_C(1) << 62};
    const size_t n = sizeof edges / sizeof edges[0];
    for (int i = 0; i < 400000; i++) {
        int64_t v[3];
        for (int k = 0; k < 3; k++) {
            uint64_t r = next_random(&seed);
            v[k] = (int64_t)(next_random(&seed) >> (r & 63));
            v[k] = r & 64 ? -v[k] : v[k];
            v[k] = (r >> 8) % 16 == 0 ? edges[(r >> 16) % n] : v[k];
        }
        int64_t expected = 77;
        int64_t got = 77;
        int fits = oracle(&expected, v[0], v[1], v[2]);
        if (gg_mul_div(&got, v[0], v[1], v[2]) != fits || got != expected) {
            fail_msg("%lld * %lld / %lld", (long long)v[0], (long long)v[1], (long long)v[2]);
        }
        expected = got = 77;
        fits = oracle(&expected, v[0], v[1], 1);
        if (gg_mul(&got, v[0], v[1]) != fits || got != expected) {
            fail_msg("%lld * %lld", (long long)v[0], (long long)v[1]);
        }
    }
}
#endif

#define BAD INT64_C(-424242)

static void whole_numbers_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"0", 0},
        {"-0", 0},
        {"2975", 2975},
        {" +7\t", 7},
        {"-12", -12},
        {"\xE2\x88\x92"
         "12",
         -12}, // U+2212
        {"－１２", -12},
        {"＋１", 1},
        {"２０２１", 2021},
        {"\xE3\x80\x80"
         "5\xC2\xA0",
         5},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"0000000000000000000000000001", 1},
        {"9223372036854775808", BAD},
        {"-9223372036854775809", BAD},
        {"99999999999999999999999", BAD},
        {"", BAD},
        {" ", BAD},
        {"-", BAD},
        {"--1", BAD},
        {"1 2", BAD},
        {"1,000", BAD},
        {"1.0", BAD},
        {"12a", BAD},
        {"0x10", BAD},
        {"1e3", BAD},
        {"三", BAD},
        {"1\xFF", BAD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t out = BAD;
        int status = gg_int_parse(&out, gg_str_of(cases[i].text));
        if (status != (cases[i].value == BAD ? -1 : 0) || out != cases[i].value) {
            fail_msg("\"%s\"", cases[i].text);
        }
    }
    int64_t out = BAD;
    assert_int_equal(gg_int_parse(&out, gg_str_make("1\0", 2)), -1);
}

static void decimals_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int scale;
        int64_t exact, rounded;
    } cases[] = {
        {"2.5", 3, 2500, 2500},
        {"2.675", 2, BAD, 268}, // as a double it is below one half
        {"-2.675", 2, BAD, -268},
        {"2.674999999999999999999999", 2, BAD, 267},
        {"2.50", 1, BAD, 25},
        {"7", 0, 7, 7},
        {"7.0", 0, BAD, 7},
        {"7.5", 0, BAD, 8},
        {"-0.5", 0, BAD, -1},
        {".5", 3, 500, 500},
        {"-.5", 3, -500, -500},
        {"5.", 3, BAD, BAD},
        {".", 3, BAD, BAD},
        {"１．５", 3, 1500, 1500},
        {"\xE2\x88\x92"
         "3.25",
         2, -325, -325},
        {" 1,234.5 ", 1, 12345, 12345},
        {"1,234,567", 0, 1234567, 1234567},
        {"１，０００", 0, 1000, 1000},
        {"12,34", 2, BAD, BAD},
        {"1234,567", 0, BAD, BAD},
        {"1,2345", 0, BAD, BAD},
        {"1,23,456", 0, BAD, BAD},
        {",123", 0, BAD, BAD},
        {"1,", 0, BAD, BAD},
        {"1.2,345", 4, BAD, BAD},
        {"0.1234567890", 9, BAD, 123456789},
        {"0.123456789", 9, 123456789, 123456789},
        {"9223372036854775.807", 3, INT64_MAX, INT64_MAX},
        {"9223372036854775.808", 3, BAD, BAD},
        {"-9223372036854775.808", 3, INT64_MIN, INT64_MIN},
        {"9223372036854775.8074", 3, BAD, INT64_MAX},
        {"9223372036854775.8075", 3, BAD, BAD},
        {"-9223372036854775.8084", 3, BAD, INT64_MIN},
        {"-9223372036854775.8085", 3, BAD, BAD},
        {"9223372036854775808", 9, BAD, BAD},
        {"9223372036854775808.", 9, BAD, BAD},
        {"9223372036854775807.9", 1, BAD, BAD},
        {"9223372036854775.8", 9, BAD, BAD},
        {"99999999999999999999999", 0, BAD, BAD},
        {"99999999999999999999999.5", 3, BAD, BAD},
        {"", 3, BAD, BAD},
        {"+", 3, BAD, BAD},
        {"1.5%", 3, BAD, BAD},
        {"1..5", 3, BAD, BAD},
        {"1.5e3", 3, BAD, BAD},
        {"inf", 3, BAD, BAD},
        {"nan", 3, BAD, BAD},
        {"1", -1, BAD, BAD},
        {"1", 19, BAD, BAD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_str text = gg_str_of(cases[i].text);
        int64_t exact = BAD;
        int64_t rounded = BAD;
        int exact_status = gg_decimal_parse(&exact, text, cases[i].scale);
        int rounded_status = gg_decimal_parse_round(&rounded, text, cases[i].scale);
        if (exact_status != (cases[i].exact == BAD ? -1 : 0) || exact != cases[i].exact ||
            rounded_status != (cases[i].rounded == BAD ? -1 : 0) || rounded != cases[i].rounded) {
            fail_msg("\"%s\" with scale %d", cases[i].text, cases[i].scale);
        }
    }
}

static void numbers_are_written(void **state) {
    (void)state;
    static const struct {
        int64_t value;
        int scale, least;
        const char *expected;
    } cases[] = {
        {0, 0, 0, "0"},
        {0, 3, 0, "0"},
        {0, 3, 2, "0.00"},
        {-2500, 3, 0, "-2.5"},
        {-2500, 3, 2, "-2.50"},
        {-2500, 3, 9, "-2.500"},
        {2500, 3, -1, "2.5"},
        {1000, 3, 0, "1"},
        {100000, 3, 0, "100"},
        {1, 3, 0, "0.001"},
        {-1, 3, 0, "-0.001"},
        {10, 3, 0, "0.01"},
        {2807, 2, 2, "28.07"},
        {10000, 2, 0, "100"},
        {10000, 2, 2, "100.00"},
        {5, 0, 3, "5"},
        {INT64_MAX, 0, 0, "9223372036854775807"},
        {INT64_MIN, 0, 0, "-9223372036854775808"},
        {INT64_MIN, 9, 0, "-9223372036.854775808"},
        {INT64_MIN, 18, 0, "-9.223372036854775808"},
        {7, -1, 0, "7"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[GG_NUM_TEXT_SIZE];
        size_t size = gg_decimal_format(buffer, cases[i].value, cases[i].scale, cases[i].least);
        assert_string_equal(buffer, cases[i].expected);
        assert_int_equal(size, strlen(cases[i].expected));
    }
    char buffer[GG_NUM_TEXT_SIZE];
    assert_int_equal(gg_int_format(buffer, -42), 3);
    assert_string_equal(buffer, "-42");
}

static void what_is_written_reads_back(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        char buffer[GG_NUM_TEXT_SIZE];
        int64_t value = (int64_t)next_random(&seed) >> (next_random(&seed) & 63);
        int64_t back = 77;
        int scale = (int)(next_random(&seed) % 10);
        size_t size = gg_decimal_format(buffer, value, scale, (int)(next_random(&seed) % 10));
        assert_int_equal(gg_decimal_parse(&back, gg_str_make(buffer, size), scale), 0);
        assert_true(back == value);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_stop_at_the_edge),
        cmocka_unit_test(products_stop_at_the_edge),
        cmocka_unit_test(quotients_round_half_away),
        cmocka_unit_test(cut_quotients_tell_what_was_cut),
#ifdef __SIZEOF_INT128__
        cmocka_unit_test(random_quotients_agree_with_128_bits),
#endif
        cmocka_unit_test(whole_numbers_are_read),
        cmocka_unit_test(decimals_are_read),
        cmocka_unit_test(numbers_are_written),
        cmocka_unit_test(what_is_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
