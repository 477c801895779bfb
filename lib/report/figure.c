/* SPDX-License-Identifier: Apache-2.0 */
/* From a figure to its printed text, the only place where a number of a bulletin becomes
 * characters. A ratio stays a numerator and a denominator until the one rounding here, half away
 * from zero to a hundredth of a percent, so that every output prints the same digits. Blank, `/`
 * and `0` stay three different texts: nothing deducted, no data or nothing to report, and zero. The
 * minus is ASCII, so a spreadsheet reads the cell as a number. */
#include "figure.h"

#include "base/buf.h"
#include "base/error.h"

#include <string.h>

#define HUNDREDTHS_OF_PERCENT 10000

/* Percentage with at least min_decimals of its two decimals. */
static gridgov_status print_ratio(char *buffer, const gridgov_figure *figure, int min_decimals,
                                  gridgov_error *err) {
    int64_t hundredths;
    size_t size;
    if (figure->denominator <= 0) {
        return gg_fail(err, GG_RULE_FIGURE_RATIO, NULL, figure->code, strlen(figure->code), NULL,
                       NULL);
    }
    if (gg_mul_div(&hundredths, figure->numerator, HUNDREDTHS_OF_PERCENT, figure->denominator) !=
        0) {
        return gg_fail(err, GG_RULE_OVERFLOW, figure->code, NULL, 0, "percentage", NULL);
    }
    size = gg_decimal_format(buffer, hundredths, 2, min_decimals);
    buffer[size] = '%';
    buffer[size + 1] = '\0';
    return GRIDGOV_OK;
}

static void print_points(char *buffer, int64_t points) {
    if (points > 0) {
        *buffer++ = '+';
    }
    gg_decimal_format(buffer, points, 3, 0);
}

/* "99", or "39（满分40）" where not everything was assessed. */
static void print_total(char *buffer, const gridgov_figure *figure) {
    static const char open[] = "（满分", close[] = "）";
    size_t size = gg_decimal_format(buffer, figure->numerator, 3, 0);
    if (figure->denominator != figure->base) {
        memcpy(buffer + size, open, sizeof open - 1);
        size += sizeof open - 1;
        size += gg_decimal_format(buffer + size, figure->denominator, 3, 0);
        memcpy(buffer + size, close, sizeof close);
    }
}

gridgov_status gg_figure_print(char buffer[GG_FIGURE_TEXT_SIZE], const gridgov_figure *figure,
                               gridgov_error *err) {
    buffer[0] = '\0';
    if (figure->kind < GRIDGOV_FIGURE_COUNT || figure->kind > GRIDGOV_FIGURE_TOTAL) {
        return gg_fail_arg(err, "kind");
    }
    switch (figure->state) {
    case GRIDGOV_CELL_BLANK:
        return GRIDGOV_OK;
    case GRIDGOV_CELL_UNKNOWN:
    case GRIDGOV_CELL_NOT_APPLICABLE:
        memcpy(buffer, "/", sizeof "/");
        return GRIDGOV_OK;
    case GRIDGOV_CELL_VALUE:
        break;
    default:
        return gg_fail_arg(err, "state");
    }
    switch (figure->kind) {
    case GRIDGOV_FIGURE_COUNT:
        gg_int_format(buffer, figure->numerator);
        break;
    case GRIDGOV_FIGURE_SHARE:
        return print_ratio(buffer, figure, 2, err);
    case GRIDGOV_FIGURE_RATE:
        return print_ratio(buffer, figure, 0, err);
    case GRIDGOV_FIGURE_POINTS:
        print_points(buffer, figure->numerator);
        break;
    default:
        print_total(buffer, figure);
        break;
    }
    return GRIDGOV_OK;
}
