/* SPDX-License-Identifier: Apache-2.0 */
/* Single claims: one printed number against the numbers it is said to follow from. No document, no
 * guessing. A claim is computed exactly and rounded once, half up, to the printed decimals; if that
 * differs, truncation and half to even are tried, so that a habit of rounding is told apart from a
 * mistake. */
#include "audit_document.h"
#include "printed.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/audit.h>

#include <string.h>

#define PRINTED_MAX 64
#define DECIMALS_MAX 6

/* A printed number with its sign, normalised; EDATA if the text is anything else. */
static gridgov_status read_printed(gg_printed *out, const char *printed, size_t size,
                                   gridgov_error *err) {
    char buffer[PRINTED_MAX * 4] = "";
    size_t used = 0;
    gg_str unit;
    for (size_t offset = 0; offset < size && used + 4 < sizeof buffer;) {
        uint32_t point = gg_utf8_next(printed, size, &offset);
        point = point == 0xFF0C ? ',' : point >= 0xFF01 && point <= 0xFF5E ? point - 0xFEE0 : point;
        point = point == 0x2212 ? '-' : point;
        used += gg_utf8_put(buffer + used, gg_is_blank(point) ? ' ' : point);
    }
    gg_str text = gg_text_trim(gg_str_make(buffer, used));
    if (size > PRINTED_MAX || gg_printed_cell(out, &unit, text) != GG_CELL_NUMBER ||
        unit.size > 0 || out->myriads != 0 || out->decimals > DECIMALS_MAX) {
        return gg_fail(err, GG_RULE_AUDIT_NUMBER, "printed", printed, size, NULL, NULL);
    }
    return GRIDGOV_OK;
}

/* Judge printed against num·factor/den. */
static gridgov_status judge(gridgov_claim *claim_out, const gg_printed *printed, int64_t num,
                            int64_t den, int64_t base, int show_percent, gridgov_claim *claim,
                            gridgov_error *err) {
    static const int32_t verdicts[] = {0, GRIDGOV_VERDICT_FOLLOWS, GRIDGOV_VERDICT_TRUNCATED,
                                       GRIDGOV_VERDICT_HALF_EVEN};
    int64_t factor = base * gg_power_of_ten(printed->decimals);
    claim->printed = printed->value;
    claim->decimals = printed->decimals;
    claim->verdict = GRIDGOV_VERDICT_UNDEFINED;
    if (den != 0) {
        claim->verdict = GRIDGOV_VERDICT_DIFFERS;
        for (int32_t rounding = GRIDGOV_ROUNDING_HALF_EVEN; rounding >= GRIDGOV_ROUNDING_HALF_UP;
             rounding--) {
            int64_t value;
            if (gg_ratio_round(&value, num, den, factor, rounding) != 0) {
                return gg_fail(err, GG_RULE_OVERFLOW, NULL, NULL, 0, "ratio", NULL);
            }
            claim->verdict = value == printed->value ? verdicts[rounding] : claim->verdict;
            claim->expected = value; // half up comes last
        }
        size_t size = gg_decimal_format(claim->expected_text, claim->expected, printed->decimals,
                                        printed->decimals);
        if (show_percent) {
            memcpy(claim->expected_text + size, "%", 2);
        }
    }
    return gg_view_copy(claim_out, claim, sizeof *claim) == 0 ? GRIDGOV_OK
                                                              : gg_fail_arg(err, "claim_out");
}

static gridgov_status check_out(gridgov_claim *claim_out, gridgov_error *err) {
    const gridgov_claim empty = {0};
    return claim_out == NULL || gg_view_copy(claim_out, &empty, sizeof empty) != 0
               ? gg_fail_arg(err, "claim_out")
               : GRIDGOV_OK;
}

/* Denominators that give the printed share under any of the roundings. */
static void all_denominators(gridgov_claim *claim, int64_t num, const gg_printed *printed) {
    int64_t factor = 100 * gg_power_of_ten(printed->decimals);
    for (int32_t rounding = GRIDGOV_ROUNDING_HALF_UP; rounding <= GRIDGOV_ROUNDING_HALF_EVEN;
         rounding++) {
        int64_t low;
        int64_t high;
        gg_ratio_denominators(&low, &high, num, printed->value, factor, rounding);
        if (low > high) {
            continue;
        }
        claim->low = claim->low == 0 || low < claim->low ? low : claim->low;
        claim->high = high > claim->high ? high : claim->high;
    }
}

gridgov_status gridgov_audit_claim_share(gridgov_claim *claim_out, int64_t num, int64_t den,
                                         const char *printed, size_t size, gridgov_error *err) {
    gg_printed number;
    gridgov_claim claim = {0};
    GG_TRY(check_out(claim_out, err));
    if (printed == NULL || num < 0 || den < 0) {
        return gg_fail_arg(err, printed == NULL ? "printed" : num < 0 ? "num" : "den");
    }
    GG_TRY(read_printed(&number, printed, size, err));
    if (number.value >= 0) {
        all_denominators(&claim, num, &number);
    }
    return judge(claim_out, &number, num, den, 100, 1, &claim, err);
}

gridgov_status gridgov_audit_claim_change(gridgov_claim *claim_out, int64_t current, int64_t base,
                                          const char *printed, size_t size, gridgov_error *err) {
    gg_printed number;
    gridgov_claim claim = {0};
    int64_t difference;
    GG_TRY(check_out(claim_out, err));
    if (printed == NULL || base < 0) {
        return gg_fail_arg(err, printed == NULL ? "printed" : "base");
    }
    GG_TRY(read_printed(&number, printed, size, err));
    if (gg_sub(&difference, current, base) != 0) {
        return gg_fail(err, GG_RULE_OVERFLOW, NULL, NULL, 0, "change", NULL);
    }
    return judge(claim_out, &number, difference, base, 100, 1, &claim, err);
}

gridgov_status gridgov_audit_claim_mean(gridgov_claim *claim_out, int64_t total, int64_t count,
                                        const char *printed, size_t size, gridgov_error *err) {
    gg_printed number;
    gridgov_claim claim = {0};
    GG_TRY(check_out(claim_out, err));
    if (printed == NULL || count < 0) {
        return gg_fail_arg(err, printed == NULL ? "printed" : "count");
    }
    GG_TRY(read_printed(&number, printed, size, err));
    return judge(claim_out, &number, total, count, 1, 0, &claim, err);
}

gridgov_status gridgov_audit_claim_row_total(gridgov_claim *claim_out, int64_t base,
                                             const int64_t *cells, int64_t count, int64_t total,
                                             gridgov_error *err) {
    gridgov_claim claim = {.printed = total, .expected = base};
    GG_TRY(check_out(claim_out, err));
    if (count < 0 || (cells == NULL && count > 0)) {
        return gg_fail_arg(err, count < 0 ? "count" : "cells");
    }
    for (int64_t i = 0; i < count; i++) {
        if (gg_add(&claim.expected, claim.expected, cells[i]) != 0) {
            return gg_fail(err, GG_RULE_OVERFLOW, NULL, NULL, 0, "sum", NULL);
        }
    }
    claim.verdict = claim.expected == total ? GRIDGOV_VERDICT_FOLLOWS : GRIDGOV_VERDICT_DIFFERS;
    gg_int_format(claim.expected_text, claim.expected);
    gg_view_copy(claim_out, &claim, sizeof claim);
    return GRIDGOV_OK;
}

gridgov_status gridgov_audit_claim_sum(gridgov_claim *claim_out, const int64_t *parts,
                                       int64_t count, int64_t total, gridgov_error *err) {
    return gridgov_audit_claim_row_total(claim_out, 0, parts, count, total, err);
}

/* Is the value the first of its kind among those before index? */
static int is_first(const int64_t *values, int64_t index) {
    for (int64_t i = 0; i < index; i++) {
        if (values[i] == values[index]) {
            return 0;
        }
    }
    return 1;
}

gridgov_status gridgov_audit_claim_rank(gridgov_claim *claim_out, const int64_t *values,
                                        int64_t count, int64_t index, int64_t rank,
                                        int32_t ascending, gridgov_error *err) {
    gridgov_claim claim = {.printed = rank};
    int64_t better = 0;
    int64_t equal = 0;
    int64_t kinds = 0; // of better values
    GG_TRY(check_out(claim_out, err));
    if (values == NULL || count < 1 || index < 0 || index >= count ||
        (ascending != 0 && ascending != 1)) {
        return gg_fail_arg(err, values == NULL                ? "values"
                                : index < 0 || index >= count ? "index"
                                                              : "count");
    }
    for (int64_t i = 0; i < count; i++) {
        int before = ascending ? values[i] < values[index] : values[i] > values[index];
        better += before;
        equal += values[i] == values[index];
    }
    claim.expected = better + 1;
    int follows = rank > better && rank <= better + equal;
    if (!follows && rank >= 1 && rank <= better) { // only then can it be the dense rank
        for (int64_t i = 0; i < count; i++) {
            int before = ascending ? values[i] < values[index] : values[i] > values[index];
            kinds += before && is_first(values, i);
        }
        follows = rank == kinds + 1;
    }
    claim.verdict = follows ? GRIDGOV_VERDICT_FOLLOWS : GRIDGOV_VERDICT_DIFFERS;
    gg_int_format(claim.expected_text, claim.expected);
    gg_view_copy(claim_out, &claim, sizeof claim);
    return GRIDGOV_OK;
}

gridgov_status gridgov_audit_denominators(int64_t *low_out, int64_t *high_out,
                                          const int64_t *counts, const int64_t *printed,
                                          int64_t count, int32_t decimals, int32_t rounding,
                                          gridgov_error *err) {
    int64_t low = 1;
    int64_t high = INT64_MAX;
    if (low_out == NULL || high_out == NULL) {
        return gg_fail_arg(err, low_out == NULL ? "low_out" : "high_out");
    }
    *low_out = 0;
    *high_out = 0;
    if (counts == NULL || printed == NULL || count < 1 || decimals < 0 || decimals > DECIMALS_MAX ||
        rounding > GRIDGOV_ROUNDING_HALF_EVEN ||
        gridgov_code_text(GRIDGOV_KIND_ROUNDING, rounding) == NULL) {
        return gg_fail_arg(err, counts == NULL                            ? "counts"
                                : printed == NULL                         ? "printed"
                                : count < 1                               ? "count"
                                : decimals < 0 || decimals > DECIMALS_MAX ? "decimals"
                                                                          : "rounding");
    }
    for (int64_t i = 0; i < count; i++) {
        int64_t least;
        int64_t most;
        gg_ratio_denominators(&least, &most, counts[i], printed[i], 100 * gg_power_of_ten(decimals),
                              rounding);
        low = least > low ? least : low;
        high = most < high ? most : high;
    }
    *low_out = low <= high ? low : 1;
    *high_out = low <= high ? high : 0;
    return GRIDGOV_OK;
}
