/* SPDX-License-Identifier: Apache-2.0 */
/* What scores tell grids apart by. Over n cards with totals T and a column x, the share of the
 * column is cov(x, T)/var(T) = (n·Σ x·T − Σx·ΣT)/(n·Σ T² − (ΣT)²). Neither changes when a constant
 * is taken off the totals or all numbers are divided by one, so the totals are counted from their
 * first and in units of the greatest common divisor of all that differs; that keeps a million grids
 * within 64 bits, and what does not fit is an error, never a rounding.
 *
 * Columns: the indicators, the bonus, and what bounds of groups and rescaling add. They give the
 * total exactly, so the shares add up to 1. */
#include "score_model.h"

#include "base/error.h"
#include "base/json.h"
#include "base/num.h"

#include <gridgov/discrimination.h>

#include <stdlib.h>
#include <string.h>

typedef struct column {
    int64_t sum, product; /* Σ x and Σ x·T in units, from the first card's value */
    int64_t share;        /* n·Σ x·T − Σx·ΣT */
    gridgov_points first; /* value of the first card */
    int64_t moved;
    int32_t varies, reserved;
} column;

typedef struct leverage {
    int64_t card, numerator, passed;
    gridgov_points points;
} leverage;

struct gridgov_discrimination {
    gridgov_scorecards *cards;
    int64_t *chosen; /* cards compared */
    column *columns;
    leverage *leverages;
    int64_t column_count, leverage_count;
    int64_t unit;         /* thousandths that a unit has */
    int64_t squares, sum; /* Σ T² and ΣT in units, from the first total */
    int64_t denominator;  /* n·Σ T² − (ΣT)² */
    gridgov_discrimination_summary summary;
};

/* Value of a column on a card. */
static gridgov_points value_at(const gridgov_discrimination *d, int64_t card, int64_t index) {
    int64_t width = d->cards->policy->indicator_count;
    const gg_score_card *row = &d->cards->cards[card];
    return index < width    ? d->cards->lines[card * width + index].points
           : index == width ? row->bonus
                            : row->group_cut + row->rescaled;
}

static int64_t common_divisor(int64_t a, int64_t b) {
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static int by_points(const void *left, const void *right) {
    gridgov_points a = *(const gridgov_points *)left, b = *(const gridgov_points *)right;
    return a < b ? 1 : a > b ? -1 : 0;
}

/* Runs of equal values in a sorted list: the longest, the first of equals. */
static gridgov_points longest_run(const gridgov_points *values, int64_t count, int64_t *length,
                                  int64_t *distinct, int64_t *tied) {
    gridgov_points best = 0;
    *length = *distinct = *tied = 0;
    for (int64_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && values[end] == values[i]; end++) {
        }
        ++*distinct;
        *tied += end - i > 1 ? end - i : 0;
        if (end - i > *length) {
            *length = end - i;
            best = values[i];
        }
    }
    return best;
}

/* The cards whose totals stand out of the points that most do. */
static gridgov_status choose(gridgov_discrimination *d, gridgov_error *err) {
    const gridgov_scorecards *cards = d->cards;
    gridgov_points *values = gg_calloc((size_t)cards->card_count, sizeof *values);
    int64_t count = 0, length, distinct, tied;
    if (values == NULL) {
        return gg_fail_memory(err);
    }
    for (int64_t i = 0; i < cards->card_count; i++) {
        if (cards->cards[i].total_state == GRIDGOV_CELL_VALUE) {
            values[count++] = gg_score_total_of(&cards->cards[i], cards->policy);
        }
    }
    qsort(values, (size_t)count, sizeof *values, by_points);
    d->summary.total_of = longest_run(values, count, &length, &distinct, &tied);
    for (int64_t i = 0; i < cards->card_count; i++) {
        if (cards->cards[i].total_state == GRIDGOV_CELL_VALUE &&
            gg_score_total_of(&cards->cards[i], cards->policy) == d->summary.total_of) {
            values[d->summary.cards] = cards->cards[i].total;
            d->chosen[d->summary.cards++] = i;
        }
    }
    d->summary.left_out = cards->card_count - d->summary.cards;
    qsort(values, (size_t)d->summary.cards, sizeof *values, by_points);
    d->summary.tie_total = longest_run(values, d->summary.cards, &d->summary.largest_tie,
                                       &d->summary.distinct, &d->summary.tied);
    gg_free(values);
    return GRIDGOV_OK;
}

/* The greatest unit in which every difference is whole. */
static void find_unit(gridgov_discrimination *d) {
    int64_t unit = 0;
    for (int64_t k = 0; k < d->column_count; k++) {
        column *c = &d->columns[k];
        for (int64_t i = 0; i < d->summary.cards; i++) {
            gridgov_points value = value_at(d, d->chosen[i], k);
            c->first = i == 0 ? value : c->first;
            c->moved += value != 0;
            c->varies |= value != c->first;
            unit = common_divisor(unit, value - c->first);
        }
    }
    d->unit = unit == 0 ? 1 : unit;
}

/* a += b·c. 0, or -1 on overflow. */
static int add_product(int64_t *a, int64_t b, int64_t c) {
    int64_t product;
    return gg_mul(&product, b, c) != 0 ? -1 : gg_add(a, *a, product);
}

/* n·product − sum·total. */
static int covariance(int64_t *out, int64_t n, int64_t product, int64_t sum, int64_t total) {
    int64_t left, right;
    return gg_mul(&left, n, product) != 0 || gg_mul(&right, sum, total) != 0
               ? -1
               : gg_sub(out, left, right);
}

static int sum_up(gridgov_discrimination *d) {
    const gridgov_scorecards *cards = d->cards;
    gridgov_points first = d->summary.cards > 0 ? cards->cards[d->chosen[0]].total : 0;
    for (int64_t i = 0; i < d->summary.cards; i++) {
        gridgov_points total = cards->cards[d->chosen[i]].total;
        int64_t t = (total - first) / d->unit;
        if (gg_add(&d->summary.sum, d->summary.sum, total) != 0 ||
            gg_add(&d->sum, d->sum, t) != 0 || add_product(&d->squares, t, t) != 0) {
            return -1;
        }
        for (int64_t k = 0; k < d->column_count; k++) {
            column *c = &d->columns[k];
            int64_t x = (value_at(d, d->chosen[i], k) - c->first) / d->unit;
            if (gg_add(&c->sum, c->sum, x) != 0 || add_product(&c->product, x, t) != 0) {
                return -1;
            }
        }
    }
    for (int64_t k = 0; k < d->column_count; k++) {
        column *c = &d->columns[k];
        if (covariance(&c->share, d->summary.cards, c->product, c->sum, d->sum) != 0) {
            return -1;
        }
    }
    return covariance(&d->denominator, d->summary.cards, d->squares, d->sum, d->sum);
}

/* How the variance falls, and who is passed, if one card's bonus goes. */
static int lever(gridgov_discrimination *d, leverage *l) {
    const gridgov_scorecards *cards = d->cards;
    gridgov_points first = cards->cards[d->chosen[0]].total;
    gridgov_points total = cards->cards[l->card].total;
    int64_t t = (total - first) / d->unit;
    int64_t squares = d->squares, sum = d->sum, rest, without = t - l->points / d->unit;
    if (add_product(&squares, -t, t) != 0 || add_product(&squares, without, without) != 0 ||
        gg_add(&sum, sum, without - t) != 0 ||
        covariance(&rest, d->summary.cards, squares, sum, sum) != 0) {
        return -1;
    }
    l->numerator = d->denominator - rest;
    for (int64_t i = 0; i < d->summary.cards; i++) {
        gridgov_points other = cards->cards[d->chosen[i]].total;
        int before = (total > other) - (total < other);
        int after = (total - l->points > other) - (total - l->points < other);
        l->passed += d->chosen[i] != l->card && before != after;
    }
    return 0;
}

static gridgov_status find_leverages(gridgov_discrimination *d, gridgov_error *err) {
    int64_t width = d->cards->policy->indicator_count;
    d->leverages = gg_calloc((size_t)(d->columns[width].moved > 0 ? d->columns[width].moved : 1),
                             sizeof *d->leverages);
    if (d->leverages == NULL) {
        return gg_fail_memory(err);
    }
    for (int64_t i = 0; i < d->summary.cards; i++) {
        gridgov_points points = d->cards->cards[d->chosen[i]].bonus;
        leverage *l = &d->leverages[d->leverage_count];
        // a bonus that all have alike may be no multiple of the unit, and then tells nobody apart
        if (points == 0 || points % d->unit != 0) {
            continue;
        }
        *l = (leverage){.card = d->chosen[i], .points = points};
        d->leverage_count++;
        if (lever(d, l) != 0) {
            return gg_fail(err, GG_RULE_OVERFLOW, "variance", NULL, 0, "variance", NULL);
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status look(gridgov_discrimination *d, gridgov_error *err) {
    const gridgov_policy *policy = d->cards->policy;
    d->column_count = policy->indicator_count + 2;
    d->chosen = gg_calloc((size_t)d->cards->card_count, sizeof *d->chosen);
    d->columns = gg_calloc((size_t)d->column_count, sizeof *d->columns);
    if (d->chosen == NULL || d->columns == NULL) {
        return gg_fail_memory(err);
    }
    GG_TRY(choose(d, err));
    find_unit(d);
    if (sum_up(d) != 0) {
        return gg_fail(err, GG_RULE_OVERFLOW, "variance", NULL, 0, "variance", NULL);
    }
    d->summary.has_variance = d->denominator > 0;
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        d->summary.idle += d->columns[i].varies ? 0 : policy->indicators[i].max;
    }
    return find_leverages(d, err);
}

gridgov_status gridgov_discriminate(gridgov_discrimination **out, const gridgov_scorecards *cards,
                                    gridgov_error *err) {
    gridgov_discrimination *d;
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (cards == NULL) {
        return gg_fail_arg(err, "cards");
    }
    d = gg_calloc(1, sizeof *d);
    if (d == NULL) {
        return gg_fail_memory(err);
    }
    d->cards = gridgov_scorecards_hold(cards);
    status = look(d, err);
    if (status < 0) {
        gridgov_discrimination_free(d);
        return status;
    }
    *out = d;
    return GRIDGOV_OK;
}

static gridgov_status copy_out(void *out, const void *view, size_t size) {
    return gg_view_copy(out, view, size) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

gridgov_status gridgov_discrimination_summary_get(gridgov_discrimination_summary *summary_out,
                                                  const gridgov_discrimination *report) {
    return summary_out == NULL || report == NULL
               ? GRIDGOV_EARG
               : copy_out(summary_out, &report->summary, sizeof report->summary);
}

gridgov_status gridgov_discrimination_at(gridgov_discrimination_item *item_out,
                                         const gridgov_discrimination *report, int64_t index) {
    gridgov_discrimination_item view = {.indicator = GRIDGOV_NONE};
    if (item_out == NULL || report == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= report->column_count) {
        return GRIDGOV_END;
    }
    const gridgov_policy *policy = report->cards->policy;
    const column *c = &report->columns[index];
    if (index < policy->indicator_count) {
        view.indicator = index;
        view.code = policy->indicators[index].code;
        view.name = policy->indicators[index].name;
        view.max = policy->indicators[index].max;
    } else {
        view.code = index == policy->indicator_count ? "bonus" : "rest";
        view.name = index == policy->indicator_count ? policy->bonus_name : "折算和上下限";
    }
    view.has_variance = c->varies;
    view.moved = c->moved;
    view.numerator = c->share;
    view.denominator = report->denominator;
    return copy_out(item_out, &view, sizeof view);
}

gridgov_status gridgov_discrimination_leverage_at(gridgov_leverage *leverage_out,
                                                  const gridgov_discrimination *report,
                                                  int64_t index) {
    if (leverage_out == NULL || report == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= report->leverage_count) {
        return GRIDGOV_END;
    }
    const leverage *l = &report->leverages[index];
    return copy_out(leverage_out,
                    &(gridgov_leverage){.card = l->card,
                                        .points = l->points,
                                        .numerator = l->numerator,
                                        .denominator = report->denominator,
                                        .passed = l->passed},
                    sizeof(gridgov_leverage));
}

static void put_number(gg_buf *buf, const char *before, int64_t value) {
    gg_buf_text(buf, before);
    gg_buf_int(buf, value);
}

gridgov_status gridgov_discrimination_json(gridgov_bytes **out,
                                           const gridgov_discrimination *report,
                                           gridgov_error *err) {
    gridgov_discrimination_item item = {.struct_size = sizeof item};
    gridgov_leverage l = {.struct_size = sizeof l};
    gg_buf buf = {0};
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (report == NULL) {
        return gg_fail_arg(err, "report");
    }
    const gridgov_discrimination_summary *s = &report->summary;
    gg_buf_text(&buf, "{\n  \"schema\": \"gridgov.discrimination/1\",\n  \"policy_digest\": ");
    gg_json_put_text(&buf, gg_str_of(report->cards->policy->digest));
    put_number(&buf, ",\n  \"cards\": ", s->cards);
    put_number(&buf, ", \"left_out\": ", s->left_out);
    put_number(&buf, ", \"total_of_milli\": ", s->total_of);
    put_number(&buf, ", \"sum_milli\": ", s->sum);
    put_number(&buf, ", \"idle_milli\": ", s->idle);
    put_number(&buf, ", \"distinct\": ", s->distinct);
    put_number(&buf, ", \"tied\": ", s->tied);
    put_number(&buf, ", \"largest_tie\": ", s->largest_tie);
    put_number(&buf, ", \"tie_total_milli\": ", s->tie_total);
    gg_buf_text(&buf, ",\n  \"columns\": [");
    for (int64_t i = 0; gridgov_discrimination_at(&item, report, i) == GRIDGOV_OK; i++) {
        gg_buf_text(&buf, i == 0 ? "\n    {\"code\": " : ",\n    {\"code\": ");
        gg_json_put_text(&buf, gg_str_of(item.code));
        gg_buf_text(&buf, ", \"name\": ");
        gg_json_put_text(&buf, gg_str_of(item.name));
        put_number(&buf, ", \"max_milli\": ", item.max);
        put_number(&buf, ", \"moved\": ", item.moved);
        put_number(&buf, ", \"share\": [", item.numerator);
        put_number(&buf, ", ", item.denominator);
        gg_buf_text(&buf, "]}");
    }
    gg_buf_text(&buf, "],\n  \"leverage\": [");
    for (int64_t i = 0; gridgov_discrimination_leverage_at(&l, report, i) == GRIDGOV_OK; i++) {
        const gg_score_card *card = &report->cards->cards[l.card];
        gg_buf_text(&buf, i == 0 ? "\n    {\"unit\": " : ",\n    {\"unit\": ");
        gg_json_put_text(&buf, gg_str_of(card->unit_name));
        gg_buf_text(&buf, ", \"grid\": ");
        gg_json_put_text(&buf, gg_str_of(card->grid_name));
        put_number(&buf, ", \"points_milli\": ", l.points);
        put_number(&buf, ", \"share\": [", l.numerator);
        put_number(&buf, ", ", l.denominator);
        put_number(&buf, "], \"passed\": ", l.passed);
        gg_buf_byte(&buf, '}');
    }
    gg_buf_text(&buf, "]\n}\n");
    status = gg_buf_to_bytes(out, &buf, err);
    gg_buf_release(&buf);
    return status;
}

void gridgov_discrimination_free(gridgov_discrimination *report) {
    if (report != NULL) {
        gridgov_scorecards_free(report->cards);
        gg_free(report->chosen);
        gg_free(report->columns);
        gg_free(report->leverages);
        gg_free(report);
    }
}
