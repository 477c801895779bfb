/* SPDX-License-Identifier: Apache-2.0 */
/* Scoring, a pure function of facts and policy. Each grid gets a card, each indicator a line on it:
 * points that were given replace what would be counted, otherwise every deduction rule is evaluated
 * (score_rule.c) and their sum is cut at −max.
 *
 * Invariant, for every card: total = out_of + Σ points of its lines + bonus, exactly; a line lies
 * within [−max, 0]; out_of is the sum of the maxima of the assessed lines. One metric without data
 * leaves the whole line unassessed, because half of a rule's evidence is no evidence. Cards stand
 * in the order of the facts' rows, which is the published one. */
#include "score_model.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/units.h>

#include <string.h>

#define TICK_CARDS 1024

enum { NOT_USED = -2 }; /* of an adjustment: an unknown indicator or no grid of the period */

/* State of one run. */
typedef struct scoring {
    gridgov_scorecards *cards;
    const gridgov_facts *facts;
    const gridgov_policy *policy;
    gridgov_issues *issues;
    gridgov_error *err;
    int64_t *target;        /* per adjustment: indicator, GRIDGOV_NONE for the bonus, or NOT_USED */
    gg_score_line *for_all; /* per indicator: the deduction given for all grids; origin 0 if none */
    int64_t count;          /* adjustments */
    int64_t all_end;        /* those of all grids are [0, all_end) */
    int64_t from, to;       /* those of the card at hand */
} scoring;

static gridgov_adjustment adjustment_at(const scoring *s, int64_t index) {
    gridgov_adjustment adjustment = {.struct_size = sizeof adjustment};
    gridgov_facts_adjustment_at(&adjustment, s->facts, index);
    return adjustment;
}

static gridgov_status fail_overflow(const scoring *s, const char *field) {
    return gg_fail(s->err, GG_RULE_OVERFLOW, field, NULL, 0, "points", NULL);
}

static int is_scored(const gridgov_facts_row *row) {
    return row->kind == GRIDGOV_UNIT_GRID && row->active && row->unit >= 0;
}

static void report(const scoring *s, int32_t rule, const gridgov_adjustment *adjustment,
                   const char *value, const char *more) {
    gridgov_error issue;
    int32_t table = adjustment->kind == GRIDGOV_ACTIVITY_DEDUCTION ? GRIDGOV_TABLE_DEDUCTIONS
                                                                   : GRIDGOV_TABLE_ADJUSTMENTS;
    gg_fail(&issue, rule, "indicator", value, strlen(value), more, NULL);
    gg_error_at(&issue, gridgov_ledger_source(gridgov_facts_ledger(s->facts), table),
                adjustment->source_row, 0);
    gridgov_issues_add(s->issues, &issue);
}

/* Which line, or the bonus, each adjustment goes to. */
static void find_targets(scoring *s) {
    for (int64_t i = 0; i < s->count; i++) {
        gridgov_adjustment adjustment = adjustment_at(s, i);
        gridgov_facts_row row = {.struct_size = sizeof row, .name = ""};
        s->target[i] = GRIDGOV_NONE;
        if (adjustment.row == GRIDGOV_NONE) {
            s->all_end = i + 1;
        } else if (gridgov_facts_row_at(&row, s->facts, GRIDGOV_DIMENSION_UNIT, adjustment.row) !=
                       GRIDGOV_OK ||
                   !is_scored(&row)) {
            report(s, GG_RULE_DEDUCTION_NO_GRID, &adjustment, row.name, NULL);
            s->target[i] = NOT_USED;
            continue;
        }
        if (adjustment.kind == GRIDGOV_ACTIVITY_DEDUCTION) {
            s->target[i] = gridgov_policy_indicator_find(s->policy, adjustment.indicator,
                                                         strlen(adjustment.indicator));
            if (s->target[i] == GRIDGOV_NONE) {
                report(s, GG_RULE_INDICATOR_UNKNOWN, &adjustment, adjustment.indicator, NULL);
                s->target[i] = NOT_USED;
            }
        }
    }
}

/* The texts of several deductions, joined. */
static const char *join(scoring *s, const char *before, const char *text) {
    gg_buf joined = {0};
    const char *result;
    if (before[0] == '\0' || text[0] == '\0') {
        return before[0] == '\0' ? text : before;
    }
    gg_buf_text(&joined, before);
    gg_buf_text(&joined, "；");
    gg_buf_text(&joined, text);
    result = gg_buf_failed(&joined)
                 ? NULL
                 : gg_arena_text(&s->cards->arena, gg_buf_data(&joined), joined.size);
    gg_buf_release(&joined);
    return result;
}

/* The deductions given for an indicator among adjustments [from, to); line->origin stays 0 if there
 * are none. */
static gridgov_status add_given(scoring *s, gg_score_line *line, int64_t indicator, int64_t from,
                                int64_t to) {
    gridgov_points max = s->policy->indicators[indicator].max;
    gridgov_adjustment last = {0};
    *line = (gg_score_line){.reason = "", .source = "", .rule = GRIDGOV_NONE, .denominator = -1};
    for (int64_t i = from; i < to; i++) {
        if (s->target[i] != indicator) {
            continue;
        }
        last = adjustment_at(s, i);
        if (gg_add(&line->uncut, line->uncut, last.points) != 0) {
            return fail_overflow(s, s->policy->indicators[indicator].code);
        }
        line->origin = GRIDGOV_ORIGIN_DEDUCTION;
        line->reason = join(s, line->reason, last.reason);
        line->source = join(s, line->source, last.authority);
        if (line->reason == NULL || line->source == NULL) {
            return gg_fail_memory(s->err);
        }
    }
    if (line->origin != 0 && line->uncut < -max) {
        char points[GG_NUM_TEXT_SIZE], maximum[GG_NUM_TEXT_SIZE];
        gg_decimal_format(points, line->uncut, 3, 0);
        gg_decimal_format(maximum, max, 3, 0);
        report(s, GG_RULE_DEDUCTION_OVER, &last, points, maximum);
    }
    return GRIDGOV_OK;
}

/* A line that was assessed: cut at the maximum, blank if nothing was deducted. */
static void settle(gg_score_line *line, gridgov_points max) {
    line->points = line->uncut < -max ? -max : line->uncut;
    line->state = line->points == 0 ? GRIDGOV_CELL_BLANK : GRIDGOV_CELL_VALUE;
}

static void report_contradiction(const scoring *s, const gg_policy_indicator *indicator,
                                 const gg_score_card *card, const gg_rule_result *result) {
    gridgov_error issue;
    char numerator[GG_NUM_TEXT_SIZE], denominator[GG_NUM_TEXT_SIZE];
    gg_int_format(numerator, result->numerator);
    gg_int_format(denominator, result->denominator);
    gg_fail(&issue, GG_RULE_RATIO_OVER, indicator->name, card->grid_name, strlen(card->grid_name),
            numerator, denominator);
    gridgov_issues_add(s->issues, &issue);
}

/* How far a state is from a number: the farthest of a line's rules decides. */
static int doubt(int32_t state) {
    return state == GRIDGOV_CELL_UNKNOWN ? 2 : state == GRIDGOV_CELL_NOT_APPLICABLE ? 1 : 0;
}

/* Is this the rule that a line shows: the first of those that leave it unassessed, else the first
 * that deducts, else the first? Asked before the rule's points are taken off. */
static int shows(const gg_score_line *line, const gg_rule_result *result) {
    return line->rule == GRIDGOV_NONE || doubt(result->state) > doubt(line->state) ||
           (line->state == GRIDGOV_CELL_VALUE && line->uncut == 0 && result->deduction > 0);
}

/* The line as its rules count it. */
static gridgov_status count_line(scoring *s, gg_score_line *line, const gg_score_card *card,
                                 const gg_policy_indicator *indicator) {
    *line = (gg_score_line){.state = GRIDGOV_CELL_UNKNOWN, /* without a rule */
                            .origin = GRIDGOV_ORIGIN_ROWS,
                            .rule = GRIDGOV_NONE,
                            .denominator = -1,
                            .reason = "",
                            .source = ""};
    for (int64_t i = 0; i < indicator->rule_count; i++) {
        gg_rule_result result;
        if (gg_rule_evaluate(&result, s->policy, &s->policy->rules[indicator->first_rule + i],
                             s->facts, card->row) != 0) {
            return fail_overflow(s, indicator->code);
        }
        if (result.contradiction) {
            report_contradiction(s, indicator, card, &result);
        }
        if (shows(line, &result)) {
            line->rule = i;
            line->state = result.state;
            line->numerator = result.numerator;
            line->denominator = result.denominator;
            line->missing = result.missing;
        }
        if (result.origin == GRIDGOV_ORIGIN_FACT) {
            line->origin = GRIDGOV_ORIGIN_FACT;
        }
        if (gg_sub(&line->uncut, line->uncut, result.deduction) != 0) {
            return fail_overflow(s, indicator->code);
        }
    }
    if (line->state == GRIDGOV_CELL_VALUE) {
        settle(line, indicator->max);
    } else {
        line->uncut = 0;
    }
    return GRIDGOV_OK;
}

/* A line of a card: what was given for this grid, else for all grids, else what is counted. */
static gridgov_status score_line(scoring *s, gg_score_line *line, const gg_score_card *card,
                                 int64_t index) {
    const gg_policy_indicator *indicator = &s->policy->indicators[index];
    GG_TRY(add_given(s, line, index, s->from, s->to));
    if (line->origin == 0) {
        *line = s->for_all[index];
    }
    if (line->origin == 0) {
        return count_line(s, line, card, indicator);
    }
    settle(line, indicator->max);
    return GRIDGOV_OK;
}

/* Bonus of a card: the adjustments of its own, else those of all grids. */
static gridgov_status score_bonus(scoring *s, gg_score_card *card) {
    const int64_t ranges[2][2] = {{s->from, s->to}, {0, s->all_end}};
    int covered = gridgov_facts_covers(s->facts, GRIDGOV_COVERAGE_ADJUSTMENTS);
    card->bonus_state = covered ? GRIDGOV_CELL_BLANK : GRIDGOV_CELL_UNKNOWN;
    for (int range = 0; range < 2 && card->bonus_state != GRIDGOV_CELL_VALUE; range++) {
        for (int64_t i = ranges[range][0]; i < ranges[range][1]; i++) {
            gridgov_adjustment adjustment = adjustment_at(s, i);
            if (s->target[i] != GRIDGOV_NONE) {
                continue;
            }
            if (gg_add(&card->bonus, card->bonus, adjustment.points) != 0) {
                return fail_overflow(s, "bonus");
            }
            card->bonus_state = GRIDGOV_CELL_VALUE;
        }
    }
    return GRIDGOV_OK;
}

static void count_unexplained(scoring *s, gg_score_card *card) {
    for (int64_t i = s->from; i < s->to; i++) {
        if (s->target[i] != NOT_USED && adjustment_at(s, i).unexplained) {
            card->unexplained++;
        }
    }
}

/* All lines, the bonus and the total of one card whose place in the facts is known. */
static gridgov_status score_card(scoring *s, gg_score_card *card, gg_score_line *lines) {
    int overflow = 0;
    while (s->to < s->count && adjustment_at(s, s->to).row < card->row) {
        s->to++;
    }
    s->from = s->to;
    while (s->to < s->count && adjustment_at(s, s->to).row == card->row) {
        s->to++;
    }
    GG_TRY(score_bonus(s, card));
    count_unexplained(s, card);
    card->total_state = GRIDGOV_CELL_UNKNOWN;
    card->total = card->bonus;
    for (int64_t i = 0; i < s->policy->indicator_count; i++) {
        GG_TRY(score_line(s, &lines[i], card, i));
        if (lines[i].state == GRIDGOV_CELL_BLANK || lines[i].state == GRIDGOV_CELL_VALUE) {
            card->out_of += s->policy->indicators[i].max; /* within the policy's base */
            overflow |= gg_add(&card->total, card->total, lines[i].points);
            card->total_state = GRIDGOV_CELL_VALUE;
        }
    }
    overflow |= gg_add(&card->total, card->total, card->out_of);
    return overflow ? fail_overflow(s, "total") : GRIDGOV_OK;
}

/* A card for every grid that exists on a day of the period, in the order of the rows. */
static gridgov_status make_cards(scoring *s) {
    gridgov_scorecards *cards = s->cards;
    const gridgov_units *units = gridgov_facts_units(s->facts);
    int64_t rows = gridgov_facts_row_count(s->facts, GRIDGOV_DIMENSION_UNIT);
    gridgov_facts_row row = {.struct_size = sizeof row};
    cards->unit_count = gridgov_units_count(units);
    cards->cards = gg_calloc((size_t)rows, sizeof *cards->cards);
    cards->card_of_unit = gg_calloc((size_t)cards->unit_count, sizeof *cards->card_of_unit);
    if (cards->cards == NULL || cards->card_of_unit == NULL) {
        return gg_fail_memory(s->err);
    }
    for (int64_t i = 0; i < cards->unit_count; i++) {
        cards->card_of_unit[i] = GRIDGOV_NONE;
    }
    for (int64_t i = 0;
         gridgov_facts_row_at(&row, s->facts, GRIDGOV_DIMENSION_UNIT, i) == GRIDGOV_OK; i++) {
        gridgov_unit unit = {.struct_size = sizeof unit, .name = "", .code = ""};
        gridgov_unit above = {.struct_size = sizeof above, .name = ""};
        if (!is_scored(&row) || gridgov_units_at(&unit, units, row.unit) != GRIDGOV_OK) {
            continue;
        }
        gridgov_units_at(&above, units, unit.parent);
        cards->card_of_unit[row.unit] = cards->card_count;
        cards->cards[cards->card_count++] = (gg_score_card){.unit = row.unit,
                                                            .row = i,
                                                            .unit_name = above.name,
                                                            .grid_name = unit.name,
                                                            .grid_code = unit.code};
    }
    cards->lines = gg_calloc((size_t)cards->card_count,
                             (size_t)s->policy->indicator_count * sizeof *cards->lines);
    return cards->lines == NULL ? gg_fail_memory(s->err) : GRIDGOV_OK;
}

/* Indicators that cannot be assessed because a parameter of theirs was left open. */
static void report_open(const scoring *s) {
    for (int64_t i = 0; i < s->policy->indicator_count; i++) {
        const gg_policy_indicator *indicator = &s->policy->indicators[i];
        int open = 0;
        for (int64_t k = 0; k < indicator->rule_count; k++) {
            open |= !s->policy->rules[indicator->first_rule + k].configured;
        }
        if (open) {
            gridgov_error issue;
            gg_fail(&issue, GG_RULE_METRIC_OPEN, "indicator", indicator->name,
                    strlen(indicator->name), NULL, NULL);
            gridgov_issues_add(s->issues, &issue);
        }
    }
}

static gridgov_status run(scoring *s, gridgov_job *job) {
    gridgov_scorecards *cards = s->cards;
    int64_t width = s->policy->indicator_count;
    s->count = gridgov_facts_adjustment_count(s->facts);
    s->target = gg_calloc((size_t)s->count, sizeof *s->target);
    s->for_all = gg_calloc((size_t)width, sizeof *s->for_all);
    if (s->target == NULL || s->for_all == NULL) {
        return gg_fail_memory(s->err);
    }
    GG_TRY(make_cards(s));
    report_open(s);
    find_targets(s);
    for (int64_t i = 0; i < width; i++) {
        GG_TRY(add_given(s, &s->for_all[i], i, 0, s->all_end));
    }
    s->to = s->all_end;
    for (int64_t i = 0; i < cards->card_count; i++) {
        if (i % TICK_CARDS == 0 &&
            gridgov_job_tick(job, "score", i, cards->card_count) != GRIDGOV_OK) {
            return gg_fail(s->err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
        }
        GG_TRY(score_card(s, &cards->cards[i], &cards->lines[i * width]));
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_score_run(gridgov_scorecards **out, const gridgov_facts *facts,
                                 const gridgov_policy *policy, gridgov_issues *issues,
                                 gridgov_job *job, gridgov_error *err) {
    scoring s = {.facts = facts, .policy = policy, .issues = issues, .err = err};
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (facts == NULL) {
        return gg_fail_arg(err, "facts");
    }
    if (policy == NULL) {
        return gg_fail_arg(err, "policy");
    }
    if (strcmp(gridgov_metrics_digest(gridgov_facts_metrics(facts)),
               gridgov_metrics_digest(policy->metrics)) != 0) {
        return gg_fail(err, GG_RULE_FACTS_FOREIGN, NULL, NULL, 0, NULL, NULL);
    }
    s.cards = gg_calloc(1, sizeof *s.cards);
    if (s.cards == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&s.cards->share);
    s.cards->facts = gridgov_facts_hold(facts);
    s.cards->policy = gridgov_policy_hold(policy);
    status = run(&s, job);
    gg_free(s.for_all);
    gg_free(s.target);
    if (status < 0) {
        gridgov_scorecards_free(s.cards);
        return status;
    }
    *out = s.cards;
    return GRIDGOV_OK;
}
