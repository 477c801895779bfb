/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of spreadsheets: digits, formats, dates. Expected texts are those that Excel shows, or
 * follow from the definition of a serial date. */
#include "office/cell_number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *shown(const gg_decimal *number, gg_number_format format, int date_1904,
                         int printed) {
    static char text[512];
    gg_cell_style style = {date_1904, printed};
    gg_buf out = {0};
    gg_put_number(&out, number, format, &style);
    assert_true(out.size < sizeof text);
    memcpy(text, gg_buf_data(&out), out.size + 1);
    gg_buf_release(&out);
    return text;
}

static const char *show(const char *digits, gg_number_format format, int date_1904, int printed) {
    gg_decimal number;
    assert_int_equal(gg_decimal_of_text(&number, gg_str_of(digits)), 0);
    return shown(&number, format, date_1904, printed);
}

static void numbers_have_fifteen_digits(void **state) {
    static const char *const cases[][2] = {
        {"0", "0"},
        {"-0", "0"},
        {"-0.0", "0"},
        {"12", "12"},
        {"007", "7"},
        {"2.2999999999999998", "2.3"},
        {"0.10000000000000001", "0.1"},
        {"-0.29999999999999999", "-0.3"},
        {"1.1499999999999999", "1.15"},
        {"9.9999999999999999", "10"},
        {"0.000012", "0.000012"},
        {"4.4444354861111109E4", "44444.3548611111"},
        {"1E3", "1000"},
        {"1.5e-7", "0.00000015"},
        {"1E+40", "1E+40"},
        {"1.25E-40", "1.25E-40"},
        {"330604001001", "330604001001"},
        {"123456789012345678", "123456789012345678"}, // a code, written as digits
        {"1.2345678901234568E17", "123456789012346000"},
        {"+5", "5"},
        {".5", "0.5"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(show(cases[i][0], (gg_number_format){GG_FORMAT_GENERAL, 0}, 0, 0),
                            cases[i][1]);
    }
}

static void what_is_no_number_is_refused(void **state) {
    static const char *const cases[] = {"",  "-",  "e5",  "1e",      "1e+", "1.2.3", "12a",
                                        ".", "1 ", "0x1", "1e99999", "NaN", "--1",   "１"};
    gg_decimal number;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(gg_decimal_of_text(&number, gg_str_of(cases[i])), -1);
    }
}

static void dates_are_exact(void **state) {
    static const struct {
        const char *serial;
        int kind, date_1904;
        const char *text;
    } cases[] = {
        {"44444", GG_FORMAT_DATE, 0, "2021-09-05"},
        {"44444.354861111111", GG_FORMAT_DATETIME, 0, "2021-09-05 08:31:00"},
        {"44444.35486111111", GG_FORMAT_DATETIME, 0, "2021-09-05 08:31:00"},
        {"44444.354861111103", GG_FORMAT_DATETIME, 0, "2021-09-05 08:31:00"},
        {"44444", GG_FORMAT_DATETIME, 0, "2021-09-05 00:00:00"},
        {"44444.5", GG_FORMAT_DATE, 0, "2021-09-05 12:00:00"}, // a time of day is not lost
        {"44444.999999", GG_FORMAT_DATETIME, 0, "2021-09-06 00:00:00"},
        {"44444.99998842", GG_FORMAT_DATETIME, 0, "2021-09-05 23:59:59"},
        {"4.4444500000000000E4", GG_FORMAT_DATETIME, 0, "2021-09-05 12:00:00"},
        {"1", GG_FORMAT_DATE, 0, "1900-01-01"},
        {"59", GG_FORMAT_DATE, 0, "1900-02-28"},
        {"60", GG_FORMAT_DATE, 0, "1900-02-29"}, // a day of Excel's alone
        {"61", GG_FORMAT_DATE, 0, "1900-03-01"},
        {"0", GG_FORMAT_DATE, 0, "0"},
        {"0", GG_FORMAT_DATE, 1, "1904-01-01"},
        {"42982", GG_FORMAT_DATE, 1, "2021-09-05"},
        {"0.354861111111111", GG_FORMAT_TIME, 0, "08:31:00"},
        {"44444.25", GG_FORMAT_TIME, 0, "2021-09-05 06:00:00"},
        {"0.5", GG_FORMAT_DATETIME, 0, "12:00:00"},
        {"10.6320601851852", GG_FORMAT_DURATION, 0, "255:10:10"},
        {"2958465", GG_FORMAT_DATE, 0, "9999-12-31"},
        {"2958466", GG_FORMAT_DATE, 0, "2958466"},
        {"-1", GG_FORMAT_DATE, 0, "-1"},
        {"1E300", GG_FORMAT_DATE, 0, "1E+300"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(show(cases[i].serial, (gg_number_format){(int16_t)cases[i].kind, 0},
                                 cases[i].date_1904, 0),
                            cases[i].text);
    }
}

/* Every second of a day, as its shortest double of 17 digits, comes back. */
static void every_second_of_a_day_comes_back(void **state) {
    (void)state;
    for (int second = 0; second < 86400; second++) {
        char serial[64], text[64];
        snprintf(serial, sizeof serial, "%.17g", 44444 + second / 86400.0);
        snprintf(text, sizeof text, "2021-09-05 %02d:%02d:%02d", second / 3600, second / 60 % 60,
                 second % 60);
        assert_string_equal(show(serial, (gg_number_format){GG_FORMAT_DATETIME, 0}, 0, 0), text);
    }
}

static void percentages_and_printed_decimals(void **state) {
    static const struct {
        const char *digits;
        int kind, decimals;
        const char *exact, *printed;
    } cases[] = {
        {"0.98760000000000003", GG_FORMAT_PERCENT, 2, "98.76%", "98.76%"},
        {"0.123456", GG_FORMAT_PERCENT, 2, "12.3456%", "12.35%"},
        {"1", GG_FORMAT_PERCENT, 0, "100%", "100%"},
        {"0", GG_FORMAT_PERCENT, 2, "0%", "0.00%"},
        {"0.005", GG_FORMAT_PERCENT, 0, "0.5%", "1%"},
        {"2975", GG_FORMAT_FIXED, 2, "2975", "2975.00"},
        {"2.675", GG_FORMAT_FIXED, 2, "2.675", "2.68"},
        {"2.6749999999999998", GG_FORMAT_FIXED, 2, "2.675", "2.68"}, // as it was typed
        {"-0.004", GG_FORMAT_FIXED, 2, "-0.004", "0.00"},
        {"9.996", GG_FORMAT_FIXED, 2, "9.996", "10.00"},
        {"0.04", GG_FORMAT_FIXED, 1, "0.04", "0.0"},
        {"10", GG_FORMAT_SIGNED, 0, "10", "+10"},
        {"0.25", GG_FORMAT_SIGNED, 1, "0.25", "+0.3"},
        {"-5", GG_FORMAT_SIGNED, 0, "-5", "-5"},
        {"0", GG_FORMAT_SIGNED, 0, "0", "0"},
        {"0.05", GG_FORMAT_FIXED, 1, "0.05", "0.1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_number_format format = {(int16_t)cases[i].kind, (int16_t)cases[i].decimals};
        assert_string_equal(show(cases[i].digits, format, 0, 0), cases[i].exact);
        assert_string_equal(show(cases[i].digits, format, 0, 1), cases[i].printed);
    }
}

static const char *show_bits(uint64_t bits) {
    gg_decimal number;
    if (gg_decimal_of_bits(&number, bits) != 0) {
        return "none";
    }
    return shown(&number, (gg_number_format){GG_FORMAT_GENERAL, 0}, 0, 0);
}

static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void doubles_become_their_digits(void **state) {
    uint64_t seed = 7;
    (void)state;
    assert_string_equal(show_bits(bits_of(0.0)), "0");
    assert_string_equal(show_bits(bits_of(-0.0)), "0");
    assert_string_equal(show_bits(bits_of(2.3)), "2.3");
    assert_string_equal(show_bits(bits_of(-1e22)), "-10000000000000000000000");
    assert_string_equal(show_bits(bits_of(5e-324)), "4.94065645841247E-324");
    assert_string_equal(show_bits(bits_of(1.7976931348623157e308)), "1.79769313486232E+308");
    assert_string_equal(show_bits(UINT64_C(0x7FF0000000000000)), "none");
    assert_string_equal(show_bits(UINT64_C(0x7FF8000000000001)), "none");
    // The C library reads 17 digits back to the same double.
    for (int i = 0; i < 20000; i++) {
        char digits[64] = "0.";
        gg_decimal ours;
        double value;
        uint64_t bits;
        size_t at = 2;
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        bits = i % 2 == 0 ? seed : (seed >> 12) | UINT64_C(0x40E0000000000000); // any; a date
        if ((bits >> 52 & 0x7FF) == 0x7FF) {
            continue;
        }
        memcpy(&value, &bits, sizeof value);
        assert_int_equal(gg_decimal_of_bits(&ours, bits), 0);
        assert_true(ours.count <= 17);
        for (int k = 0; k < ours.count; k++) {
            digits[at++] = (char)('0' + ours.digits[k]);
        }
        snprintf(digits + at, sizeof digits - at, "e%d", ours.point);
        assert_true(strtod(digits, NULL) == (ours.negative ? -value : value));
    }
}

static void format_codes_are_understood(void **state) {
    static const struct {
        const char *code;
        int kind, decimals;
    } cases[] = {
        {"General", GG_FORMAT_GENERAL, 0},
        {"G/通用格式", GG_FORMAT_GENERAL, 0},
        {"GENERAL\"天\"", GG_FORMAT_GENERAL, 0},
        {"@", GG_FORMAT_GENERAL, 0},
        {"", GG_FORMAT_GENERAL, 0},
        {"0", GG_FORMAT_FIXED, 0},
        {"+0;-0;0", GG_FORMAT_SIGNED, 0},
        {"+0.00;[Red]-0.00;0.00", GG_FORMAT_SIGNED, 2},
        {"+0.0%", GG_FORMAT_PERCENT, 1},
        {"#,##0.00", GG_FORMAT_FIXED, 2},
        {"0.00_);[Red]\\(0.00\\)", GG_FORMAT_FIXED, 2},
        {"0.00E+00", GG_FORMAT_FIXED, 4},
        {"0.0%", GG_FORMAT_PERCENT, 1},
        {"yyyy-mm-dd", GG_FORMAT_DATE, 0},
        {"yyyy\"年\"m\"月\"d\"日\"", GG_FORMAT_DATE, 0},
        {"[$-804]yyyy\\-mm\\-dd;@", GG_FORMAT_DATE, 0},
        {"[DBNum1][$-804]e\"年\"m\"月\"", GG_FORMAT_DATE, 0},
        {"m/d/yy h:mm", GG_FORMAT_DATETIME, 0},
        {"yyyy/m/d\\ h:mm:ss", GG_FORMAT_DATETIME, 0},
        {"mm:ss.0", GG_FORMAT_TIME, 0},
        {"h:mm AM/PM", GG_FORMAT_TIME, 0},
        {"上午/下午h\"时\"mm\"分\"", GG_FORMAT_TIME, 0},
        {"mmm", GG_FORMAT_DATE, 0},
        {"[h]:mm:ss", GG_FORMAT_DURATION, 0},
        {"[mm]:ss", GG_FORMAT_DURATION, 0},
        {"[Red]0.0", GG_FORMAT_FIXED, 1},
        {"\"days\" 0", GG_FORMAT_FIXED, 0},
        {"\"unclosed", GG_FORMAT_GENERAL, 0},
        {"[unclosed", GG_FORMAT_GENERAL, 0},
        {"0\\", GG_FORMAT_FIXED, 0},
        {"0;yyyy", GG_FORMAT_FIXED, 0},
        {"[$-804]aaaa;@", GG_FORMAT_DATE, 0},
        {"aaa", GG_FORMAT_DATE, 0},
        {"bbbb\\-mm\\-dd", GG_FORMAT_DATE, 0},
        {"h:mm a/p", GG_FORMAT_TIME, 0},
        {"AM/PM", GG_FORMAT_GENERAL, 0},
        {"000000", GG_FORMAT_ZEROS, 6},
        {"00", GG_FORMAT_ZEROS, 2},
        {"\"No.\"0000;@", GG_FORMAT_ZEROS, 4},
        {"000-0000-0000", GG_FORMAT_ZEROS, 11},
        {"00.0", GG_FORMAT_FIXED, 1},
        {"#00", GG_FORMAT_FIXED, 0},
        {"0E+00", GG_FORMAT_FIXED, 0},
        {"00%", GG_FORMAT_PERCENT, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_number_format format = gg_number_format_of(gg_str_of(cases[i].code));
        if (format.kind != cases[i].kind || format.decimals != cases[i].decimals) {
            printf("format %s: %d.%d\n", cases[i].code, format.kind, format.decimals);
        }
        assert_int_equal(format.kind, cases[i].kind);
        assert_int_equal(format.decimals, cases[i].decimals);
    }
    assert_int_equal(gg_number_format_builtin(14).kind, GG_FORMAT_DATE);
    assert_int_equal(gg_number_format_builtin(22).kind, GG_FORMAT_DATETIME);
    assert_int_equal(gg_number_format_builtin(31).kind, GG_FORMAT_DATE);
    assert_int_equal(gg_number_format_builtin(46).kind, GG_FORMAT_DURATION);
    assert_int_equal(gg_number_format_builtin(10).kind, GG_FORMAT_PERCENT);
    assert_int_equal(gg_number_format_builtin(49).kind, GG_FORMAT_GENERAL);
    assert_int_equal(gg_number_format_builtin(-1).kind, GG_FORMAT_GENERAL);
}

/* The zeros in front of a code are in its format. */
static void codes_keep_their_zeros(void **state) {
    static const struct {
        const char *digits;
        int16_t places;
        const char *text;
    } cases[] = {
        {"12", 4, "0012"},     {"12.0", 4, "0012"},
        {"0", 3, "000"},       {"1234", 4, "1234"},
        {"12345", 4, "12345"}, {"-12", 4, "-12"},
        {"1.5", 4, "1.5"},     {"3306040010", 12, "003306040010"},
        {"1.2E1", 3, "012"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_number_format format = {GG_FORMAT_ZEROS, cases[i].places};
        assert_string_equal(show(cases[i].digits, format, 0, 0), cases[i].text);
        assert_string_equal(show(cases[i].digits, format, 0, 1), cases[i].text);
    }
}

static void compressed_numbers_of_xls(void **state) {
    gg_decimal number;
    (void)state;
    gg_decimal_of_int(&number, -12345, 1);
    assert_string_equal(shown(&number, (gg_number_format){GG_FORMAT_GENERAL, 0}, 0, 0), "-123.45");
    gg_decimal_of_int(&number, 100, 1);
    assert_string_equal(shown(&number, (gg_number_format){GG_FORMAT_GENERAL, 0}, 0, 0), "1");
    gg_decimal_of_int(&number, 0, 1);
    assert_string_equal(shown(&number, (gg_number_format){GG_FORMAT_GENERAL, 0}, 0, 0), "0");
    gg_decimal_of_int(&number, 7, 0);
    assert_string_equal(shown(&number, (gg_number_format){GG_FORMAT_GENERAL, 0}, 0, 0), "7");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_fifteen_digits),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(dates_are_exact),
        cmocka_unit_test(every_second_of_a_day_comes_back),
        cmocka_unit_test(percentages_and_printed_decimals),
        cmocka_unit_test(doubles_become_their_digits),
        cmocka_unit_test(format_codes_are_understood),
        cmocka_unit_test(codes_keep_their_zeros),
        cmocka_unit_test(compressed_numbers_of_xls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
