/* SPDX-License-Identifier: Apache-2.0 */
/* Identities between figures: equations, bounds and ratios, all in integers. Every figure is a
 * whole number of units of 10^e; the terms of one identity are brought to their smallest unit.
 *
 * A ratio shown as p last digits holds if L·D ≤ 2f·N < U·D, where f = base·10^decimals and, rounded
 * half up, L = 2p − 1 and U = 2p + 1; other roundings move L and U or close the ends. For one
 * figure x on either side of the ratio, N = ax + b and D = cx + d, so each end is a linear
 * inequality in x, and the values of x that keep the identity are an interval. What leaves 64 bits
 * is not added: no identity is ever judged by a wrapped number. */
#include "audit_model.h"

#include "base/error.h"
#include "base/num.h"

#include <string.h>

#define UNBOUNDED_LOW INT64_MIN
#define UNBOUNDED_HIGH INT64_MAX
#define SLACK_MAX 20

int32_t gg_audit_base(const gg_audit_figure *figure) {
    return figure->number.mark == GG_MARK_PERCENT    ? 100
           : figure->number.mark == GG_MARK_PERMILLE ? 1000
                                                     : 1;
}

static int32_t common_exponent(const gg_audit *audit, const gg_term *terms, size_t count) {
    int32_t exponent = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t own = gg_audit_exponent(&audit->figures[terms[i].figure]);
        exponent = terms[i].role != GG_ROLE_SHOWN && own < exponent ? own : exponent;
    }
    return exponent;
}

/* Sums of numerators and denominators in the common unit, constant included; -1 on overflow. */
static int evaluate(const gg_audit *audit, gg_identity *identity, const gg_term *terms) {
    int64_t sums[2] = {0, 0};
    int64_t constant;
    if (gg_mul(&constant, identity->constant, gg_power_of_ten(-identity->exponent)) != 0) {
        return -1;
    }
    sums[identity->kind == GG_RATIO ? GG_ROLE_DENOMINATOR : GG_ROLE_NUMERATOR] = constant;
    for (size_t i = 0; i < identity->count; i++) {
        const gg_audit_figure *figure = &audit->figures[terms[i].figure];
        int64_t value;
        if (terms[i].role == GG_ROLE_SHOWN) {
            continue;
        }
        if (gg_audit_scaled(&value, figure, figure->value, identity->exponent) != 0 ||
            gg_mul(&value, value, terms[i].weight) != 0 ||
            gg_add(&sums[terms[i].role], sums[terms[i].role], value) != 0) {
            return -1;
        }
    }
    identity->sum = sums[GG_ROLE_NUMERATOR];
    identity->den = sums[GG_ROLE_DENOMINATOR];
    return 0;
}

/* The ends of a ratio: low·D ≤ 2f·N ≤ high·D, strict where said. */
typedef struct ratio_ends {
    int64_t low, high, double_factor;
    int low_strict, high_strict;
} ratio_ends;

static int ends_of(ratio_ends *ends, const gg_audit *audit, const gg_identity *identity) {
    const gg_audit_figure *shown = &audit->figures[identity->target];
    int64_t value = shown->value;
    int64_t factor = identity->base * gg_power_of_ten(shown->number.decimals);
    if (value > INT64_MAX / 4 || value < -(INT64_MAX / 4)) {
        return -1;
    }
    ends->double_factor = 2 * factor;
    ends->low = 2 * value - 1 - 2 * identity->slack;
    ends->high = 2 * value + 1 + 2 * identity->slack;
    ends->low_strict = value <= 0;
    ends->high_strict = value >= 0;
    if (identity->rounding == GRIDGOV_ROUNDING_TRUNCATE) {
        ends->low += value > 0 ? 1 : -1;
        ends->high += value < 0 ? -1 : 1;
    } else if (identity->rounding == GRIDGOV_ROUNDING_HALF_EVEN) {
        ends->low_strict = ends->high_strict = value % 2 != 0;
    }
    return 0;
}

static int compare_products(int *order, int64_t a, int64_t b, int64_t c, int64_t d) {
    int64_t left;
    int64_t right;
    if (gg_mul(&left, a, b) != 0 || gg_mul(&right, c, d) != 0) {
        return -1;
    }
    *order = (left > right) - (left < right);
    return 0;
}

/* 1 it holds, 0 it does not, -1 it cannot be told. */
static int holds(const gg_audit *audit, const gg_identity *identity) {
    ratio_ends ends;
    int low;
    int high;
    if (identity->kind == GG_EQUATION) {
        return identity->sum <= identity->tolerance && identity->sum >= -identity->tolerance;
    }
    if (identity->kind == GG_AT_MOST) {
        return identity->sum <= 0;
    }
    if (identity->den <= 0) {
        return -1;
    }
    if (ends_of(&ends, audit, identity) != 0 ||
        compare_products(&low, ends.double_factor, identity->sum, ends.low, identity->den) != 0 ||
        compare_products(&high, ends.double_factor, identity->sum, ends.high, identity->den) != 0) {
        return -1;
    }
    return (ends.low_strict ? low > 0 : low >= 0) && (ends.high_strict ? high < 0 : high <= 0);
}

void gg_audit_reevaluate(gg_audit *audit, int32_t index) {
    gg_identity *identity = &audit->identities[index];
    if (evaluate(audit, identity, audit->terms + identity->first) == 0 &&
        holds(audit, identity) == 1) {
        identity->broken = 0;
        identity->settled = 0;
    }
}

static int add_identity(gg_audit *audit, gg_identity *identity, const gg_term *terms) {
    int result;
    if (audit->status != GRIDGOV_OK || evaluate(audit, identity, terms) != 0) {
        return -1;
    }
    result = holds(audit, identity);
    if (result < 0) {
        return -1;
    }
    identity->broken = !result;
    identity->first = audit->term_count;
    if (gg_grow((void **)&audit->identities, audit->identity_count, &audit->identity_room,
                sizeof *identity) != 0) {
        gg_audit_out_of_memory(audit);
        return -1;
    }
    for (size_t i = 0; i < identity->count; i++) {
        if (gg_grow((void **)&audit->terms, audit->term_count, &audit->term_room, sizeof *terms) !=
            0) {
            audit->term_count = identity->first;
            gg_audit_out_of_memory(audit);
            return -1;
        }
        audit->terms[audit->term_count] = terms[i];
        audit->terms[audit->term_count++].identity = (int32_t)audit->identity_count;
    }
    audit->identities[audit->identity_count++] = *identity;
    audit->findings->checked[identity->check] += result;
    return result;
}

int gg_audit_equation(gg_audit *audit, int32_t check, int32_t rule, const gg_term *terms,
                      size_t count, int64_t constant, int64_t tolerance, int32_t target) {
    gg_identity identity = {.kind = GG_EQUATION,
                            .check = check,
                            .rule = rule,
                            .constant = constant,
                            .tolerance = tolerance,
                            .target = target,
                            .count = count};
    int64_t halves = 0; // a figure in 万 was rounded to its last digit
    int64_t unit;
    identity.exponent = common_exponent(audit, terms, count);
    for (size_t i = 0; i < count; i++) {
        const gg_audit_figure *figure = &audit->figures[terms[i].figure];
        if (figure->number.myriads > 0 &&
            gg_audit_scaled(&unit, figure, 1, identity.exponent) == 0) {
            halves += unit < INT32_MAX ? unit : INT32_MAX;
        }
    }
    identity.tolerance += halves / 2;
    return add_identity(audit, &identity, terms);
}

int gg_audit_at_most(gg_audit *audit, int32_t check, int32_t rule, const gg_term *terms,
                     size_t count, int64_t constant, int32_t target) {
    gg_identity identity = {.kind = GG_AT_MOST,
                            .check = check,
                            .rule = rule,
                            .constant = constant,
                            .target = target,
                            .count = count,
                            .exponent = common_exponent(audit, terms, count)};
    return add_identity(audit, &identity, terms);
}

int gg_audit_ratio(gg_audit *audit, int32_t check, int32_t rule, const gg_term *terms, size_t count,
                   int64_t constant, int32_t rounding, int32_t base) {
    gg_identity identity = {.kind = GG_RATIO,
                            .check = check,
                            .rule = rule,
                            .rounding = rounding,
                            .constant = constant,
                            .count = count,
                            .exponent = common_exponent(audit, terms, count),
                            .target = GG_NO_FIGURE};
    int64_t rough = 0;
    for (size_t i = 0; i < count; i++) {
        if (terms[i].role == GG_ROLE_SHOWN) {
            identity.target = terms[i].figure;
        } else if (audit->figures[terms[i].figure].number.myriads > 0) {
            rough++;
        }
    }
    identity.base = base != 0 ? base : gg_audit_base(&audit->figures[identity.target]);
    if (rough > 0) {
        // Half a last digit of numerator or denominator moves the ratio by at most slack last
        // digits.
        int64_t factor =
            identity.base * gg_power_of_ten(audit->figures[identity.target].number.decimals);
        int64_t move;
        if (evaluate(audit, &identity, terms) != 0 || identity.den <= 0 ||
            gg_ratio_round(&move, rough * 2, identity.den, factor, GRIDGOV_ROUNDING_HALF_UP) != 0 ||
            move >= SLACK_MAX) {
            return -1;
        }
        identity.slack = (int32_t)move + 1;
    }
    return add_identity(audit, &identity, terms);
}

int gg_audit_share_of(gg_audit *audit, int32_t check, int32_t rule, int32_t shown, int32_t num,
                      int32_t den, int64_t constant, int32_t rounding) {
    const gg_term terms[3] = {{shown, 1, GG_ROLE_SHOWN, 0},
                              {num, 1, GG_ROLE_NUMERATOR, 0},
                              {den, 1, GG_ROLE_DENOMINATOR, 0}};
    return gg_audit_ratio(audit, check, rule, terms, den == GG_NO_FIGURE ? 2 : 3, constant,
                          rounding, 0);
}

int gg_audit_same(gg_audit *audit, int32_t check, int32_t rule, int32_t target, int32_t other) {
    const gg_term terms[2] = {{target, -1, 0, 0}, {other, 1, 0, 0}};
    return gg_audit_equation(audit, check, rule, terms, 2, 0, 0, target);
}

int32_t gg_audit_follows(const gg_audit *audit, int32_t shown, int32_t num, int32_t den) {
    const gg_audit_figure *n = &audit->figures[num];
    const gg_audit_figure *d = &audit->figures[den];
    const gg_audit_figure *s = &audit->figures[shown];
    int32_t exponent =
        gg_audit_exponent(n) < gg_audit_exponent(d) ? gg_audit_exponent(n) : gg_audit_exponent(d);
    int64_t over;
    int64_t under;
    int64_t value;
    if (gg_audit_scaled(&over, n, n->value, exponent) != 0 ||
        gg_audit_scaled(&under, d, d->value, exponent) != 0 || under <= 0) {
        return 0;
    }
    int64_t factor = gg_audit_base(s) * gg_power_of_ten(s->number.decimals);
    for (int32_t rounding = GRIDGOV_ROUNDING_HALF_UP; rounding <= GRIDGOV_ROUNDING_HALF_EVEN;
         rounding++) {
        if (gg_ratio_round(&value, over, under, factor, rounding) == 0 && value == s->value) {
            return rounding;
        }
    }
    return 0;
}

int32_t gg_audit_change_follows(const gg_audit *audit, int32_t shown, int32_t current,
                                int32_t base) {
    const gg_audit_figure *c = &audit->figures[current];
    const gg_audit_figure *b = &audit->figures[base];
    const gg_audit_figure *s = &audit->figures[shown];
    int32_t exponent =
        gg_audit_exponent(c) < gg_audit_exponent(b) ? gg_audit_exponent(c) : gg_audit_exponent(b);
    int64_t now;
    int64_t before;
    int64_t value;
    if (gg_audit_scaled(&now, c, c->value, exponent) != 0 ||
        gg_audit_scaled(&before, b, b->value, exponent) != 0 || before <= 0 ||
        gg_sub(&now, now, before) != 0) {
        return 0;
    }
    int64_t factor = gg_audit_base(s) * gg_power_of_ten(s->number.decimals);
    for (int32_t rounding = GRIDGOV_ROUNDING_HALF_UP; rounding <= GRIDGOV_ROUNDING_HALF_EVEN;
         rounding++) {
        if (gg_ratio_round(&value, now, before, factor, rounding) == 0 && value == s->value) {
            return rounding;
        }
    }
    return 0;
}

/* ⌊a/b⌋ for b ≠ 0. */
static int64_t floor_div(int64_t a, int64_t b) {
    int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

/* Cut the span to the x with slope·x ≥ bound, or > bound. */
static void at_least(gg_span64 *span, int64_t slope, int64_t bound, int strict) {
    if (slope == 0) {
        if (strict ? bound >= 0 : bound > 0) {
            *span = (gg_span64){1, 0};
        }
        return;
    }
    if (slope > 0) {
        int64_t below = floor_div(bound, slope); // x > below, or x == below where it is exact
        int64_t low = below * slope == bound && !strict ? below : below + 1;
        span->low = low > span->low ? low : span->low;
        return;
    }
    if (bound == INT64_MIN || slope == INT64_MIN) {
        return;
    }
    int64_t high = floor_div(-bound, -slope); // −slope·x ≤ −bound
    if (strict && high * -slope == -bound) {
        high--;
    }
    span->high = high < span->high ? high : span->high;
}

/* a·b − c·d; -1 on overflow. */
static int difference(int64_t *out, int64_t a, int64_t b, int64_t c, int64_t d) {
    int64_t left;
    int64_t right;
    return gg_mul(&left, a, b) != 0 || gg_mul(&right, c, d) != 0 ? -1 : gg_sub(out, left, right);
}

static gg_span64 solve_ratio(const gg_audit *audit, const gg_identity *identity, int64_t num_slope,
                             int64_t den_slope, int64_t value) {
    gg_span64 span = {UNBOUNDED_LOW, UNBOUNDED_HIGH};
    const gg_span64 none = {1, 0};
    ratio_ends ends;
    int64_t num_rest;
    int64_t den_rest;
    int64_t product;
    int64_t slope;
    int64_t bound;
    if (ends_of(&ends, audit, identity) != 0 || gg_mul(&product, num_slope, value) != 0 ||
        gg_sub(&num_rest, identity->sum, product) != 0 || gg_mul(&product, den_slope, value) != 0 ||
        gg_sub(&den_rest, identity->den, product) != 0) {
        return none;
    }
    // 2f(ax + b) ≥ L(cx + d)
    if (difference(&slope, ends.double_factor, num_slope, ends.low, den_slope) != 0 ||
        difference(&bound, ends.low, den_rest, ends.double_factor, num_rest) != 0) {
        return none;
    }
    at_least(&span, slope, bound, ends.low_strict);
    // U(cx + d) ≥ 2f(ax + b)
    if (difference(&slope, ends.high, den_slope, ends.double_factor, num_slope) != 0 ||
        difference(&bound, ends.double_factor, num_rest, ends.high, den_rest) != 0) {
        return none;
    }
    at_least(&span, slope, bound, ends.high_strict);
    if (den_slope != 0) {
        at_least(&span, den_slope, 1 - den_rest, 0);
    }
    return span;
}

static gg_span64 solve_shown(const gg_audit *audit, const gg_identity *identity) {
    const gg_audit_figure *shown = &audit->figures[identity->target];
    int64_t value;
    if (gg_ratio_round(&value, identity->sum, identity->den,
                       identity->base * gg_power_of_ten(shown->number.decimals),
                       identity->rounding) != 0) {
        return (gg_span64){1, 0};
    }
    return (gg_span64){value - identity->slack, value + identity->slack};
}

gg_span64 gg_audit_solve_for(const gg_audit *audit, const gg_identity *identity,
                             const gg_term *terms, size_t count) {
    const gg_audit_figure *figure = &audit->figures[terms[0].figure];
    int64_t slopes[2] = {0, 0};
    int64_t unit;
    gg_span64 span = {UNBOUNDED_LOW, UNBOUNDED_HIGH};
    if (terms[0].role == GG_ROLE_SHOWN) {
        return solve_shown(audit, identity);
    }
    if (gg_audit_scaled(&unit, figure, 1, identity->exponent) != 0) {
        return (gg_span64){1, 0};
    }
    for (size_t i = 0; i < count; i++) {
        slopes[terms[i].role] += terms[i].weight * unit;
    }
    if (identity->kind == GG_RATIO) {
        return solve_ratio(audit, identity, slopes[GG_ROLE_NUMERATOR], slopes[GG_ROLE_DENOMINATOR],
                           figure->value);
    }
    int64_t own;
    int64_t rest;
    if (gg_mul(&own, slopes[0], figure->value) != 0 || gg_sub(&rest, identity->sum, own) != 0 ||
        rest < -(INT64_MAX / 2) || rest > INT64_MAX / 2) {
        return (gg_span64){1, 0};
    }
    at_least(&span, -slopes[0], rest - identity->tolerance, 0); // slope·x + rest ≤ tolerance
    if (identity->kind == GG_EQUATION) {
        at_least(&span, slopes[0], -rest - identity->tolerance, 0);
    }
    return span;
}
