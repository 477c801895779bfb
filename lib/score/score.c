/* SPDX-License-Identifier: Apache-2.0 */
/* Scoring, a pure function of facts and policy. Each grid gets a card, each indicator a line on it:
 * points that were given replace what would be counted, otherwise every rule is evaluated
 * (score_rule.c) and their sum is cut at the line's bounds; then the total (score_total.c) and the
 * card's place among the others (score_standing.c).
 *
 * Invariant, for every card: total = out_of + Σ points of its lines + group_cut + rescaled + bonus,
 * exactly; a line lies within its floor and cap, −max and 0 unless the policy says otherwise;
 * out_of is the sum of the maxima of the assessed lines. One metric without data leaves the whole
 * line unassessed, because half of a rule's evidence is no evidence. Cards stand in the order of
 * the facts' rows, which is the published one. */
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
    const gridgov_scorecards *const *history;
    size_t text_capacity;
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

/* The texts of one more deduction of a line: a new entry, or more words for the one it has. */
static gridgov_status add_texts(scoring *s, gg_score_line *line, const gridgov_adjustment *given) {
    gridgov_scorecards *cards = s->cards;
    gg_score_text *texts;
    if (line->given < 0) {
        void *items = cards->texts;
        int grown =
            gg_grow(&items, (size_t)cards->text_count, &s->text_capacity, sizeof *cards->texts);
        cards->texts = items;
        if (grown != 0) {
            return gg_fail_memory(s->err);
        }
        cards->texts[cards->text_count] = (gg_score_text){.reason = "", .source = ""};
        line->given = (int32_t)cards->text_count++;
    }
    texts = &cards->texts[line->given];
    texts->reason = join(s, texts->reason, given->reason);
    texts->source = join(s, texts->source, given->authority);
    return texts->reason == NULL || texts->source == NULL ? gg_fail_memory(s->err) : GRIDGOV_OK;
}

/* The deductions given for an indicator among adjustments [from, to); line->origin stays 0 if there
 * are none. */
static gridgov_status add_given(scoring *s, gg_score_line *line, int64_t indicator, int64_t from,
                                int64_t to) {
    gridgov_points floor = s->policy->indicators[indicator].floor;
    gridgov_adjustment last = {0};
    *line = (gg_score_line){.given = -1, .rule = -1, .denominator = -1};
    for (int64_t i = from; i < to; i++) {
        if (s->target[i] != indicator) {
            continue;
        }
        last = adjustment_at(s, i);
        if (gg_add(&line->uncut, line->uncut, last.points) != 0) {
            return fail_overflow(s, s->policy->indicators[indicator].code);
        }
        line->origin = GRIDGOV_ORIGIN_DEDUCTION;
        GG_TRY(add_texts(s, line, &last));
    }
    if (line->origin != 0 && line->uncut < floor) {
        char points[GG_NUM_TEXT_SIZE], maximum[GG_NUM_TEXT_SIZE];
        gg_decimal_format(points, line->uncut, 3, 0);
        gg_decimal_format(maximum, -floor, 3, 0);
        report(s, GG_RULE_DEDUCTION_OVER, &last, points, maximum);
    }
    return GRIDGOV_OK;
}

/* A line that was assessed: cut at its bounds, blank if that leaves nothing. */
static void settle(gg_score_line *line, const gg_policy_indicator *indicator) {
    line->points = line->uncut < indicator->floor ? indicator->floor
                   : line->uncut > indicator->cap ? indicator->cap
                                                  : line->uncut;
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

/* Is this the rule that a line shows: the first of those that leave it unassessed, else the first
 * that moves points, else the first? Asked before the rule's points are moved. */
static int shows(const gg_score_line *line, const gg_rule_result *result, int moved) {
    return line->rule < 0 || gg_rule_doubt(result->state) > gg_rule_doubt(line->state) ||
           (line->state == GRIDGOV_CELL_VALUE && !moved && result->deduction > 0);
}

/* Take one rule at the top into the line. */
static int take_rule(gg_score_line *line, const gg_rule_result *result, int is_award, int *moved) {
    if (shows(line, result, *moved)) {
        line->rule = (int32_t)result->rule;
        line->state = (int16_t)result->state;
        line->numerator = result->numerator;
        line->denominator = result->denominator;
        line->missing = result->missing;
    }
    if (result->origin == GRIDGOV_ORIGIN_FACT) {
        line->origin = GRIDGOV_ORIGIN_FACT;
    }
    *moved |= result->deduction > 0;
    return is_award ? gg_add(&line->uncut, line->uncut, result->deduction)
                    : gg_sub(&line->uncut, line->uncut, result->deduction);
}

/* The line as its rules count it. */
static gridgov_status count_line(scoring *s, gg_score_line *line, const gg_score_card *card,
                                 const gg_policy_indicator *indicator) {
    const gg_policy_rule *nodes = &s->policy->rules[indicator->first_rule];
    const gg_rule_place place = {s->policy, s->facts, card->row, &s->cards->past};
    int moved = 0;
    *line = (gg_score_line){.state = GRIDGOV_CELL_UNKNOWN, /* without a rule */
                            .origin = GRIDGOV_ORIGIN_ROWS,
                            .rule = -1,
                            .given = -1,
                            .denominator = -1,
                            .uncut = indicator->from_zero ? -indicator->max : 0};
    for (int64_t i = 0; i < indicator->rule_count; i += nodes[i].span) {
        gg_rule_result result;
        if (gg_rule_evaluate(&result, &place, nodes, i) != 0) {
            return fail_overflow(s, indicator->code);
        }
        if (result.contradiction) {
            report_contradiction(s, indicator, card, &result);
        }
        if (take_rule(line, &result, nodes[i].is_award, &moved) != 0) {
            return fail_overflow(s, indicator->code);
        }
    }
    if (line->state == GRIDGOV_CELL_VALUE && !card->partial) {
        settle(line, indicator);
        return GRIDGOV_OK;
    }
    line->state = card->partial ? GRIDGOV_CELL_NOT_APPLICABLE : line->state;
    line->uncut = 0;
    return GRIDGOV_OK;
}

/* A line of a card: what was given for this grid, else for all grids, else what is counted. */
static gridgov_status score_line(scoring *s, gg_score_line *line, const gg_score_card *card,
                                 int64_t index) {
    const gg_policy_indicator *indicator = &s->policy->indicators[index];
    int given = 0;
    if (s->from < s->to) {
        GG_TRY(add_given(s, line, index, s->from, s->to));
        given = line->origin != 0;
    }
    if (!given && s->for_all[index].origin == 0) {
        return count_line(s, line, card, indicator);
    }
    if (!given) {
        *line = s->for_all[index];
    }
    settle(line, indicator);
    return GRIDGOV_OK;
}

/* An adjustment whose points are none of those that the policy knows. */
static void check_value(const scoring *s, const gridgov_adjustment *adjustment) {
    const gridgov_policy *policy = s->policy;
    char points[GG_NUM_TEXT_SIZE];
    for (int64_t i = 0; i < policy->bonus_value_count; i++) {
        if (policy->bonus_values[i] == adjustment->points) {
            return;
        }
    }
    if (policy->bonus_value_count > 0) {
        gg_decimal_format(points, adjustment->points, 3, 0);
        report(s, GG_RULE_BONUS_VALUE, adjustment, points, policy->bonus_name);
    }
}

/* Bonus of a card: the adjustments of its own, else those of all grids; cut at the policy's bounds.
 */
static gridgov_status score_bonus(scoring *s, gg_score_card *card) {
    const int64_t ranges[2][2] = {{s->from, s->to}, {0, s->all_end}};
    int covered = gridgov_facts_covers(s->facts, GRIDGOV_COVERAGE_ADJUSTMENTS);
    card->bonus_state = covered ? GRIDGOV_CELL_BLANK : GRIDGOV_CELL_UNKNOWN;
    for (int range = 0; range < 2 && card->bonus_state != GRIDGOV_CELL_VALUE; range++) {
        for (int64_t i = ranges[range][0]; i < ranges[range][1]; i++) {
            gridgov_adjustment adjustment;
            if (s->target[i] != GRIDGOV_NONE) {
                continue;
            }
            adjustment = adjustment_at(s, i);
            check_value(s, &adjustment);
            if (gg_add(&card->bonus_uncut, card->bonus_uncut, adjustment.points) != 0) {
                return fail_overflow(s, "bonus");
            }
            card->bonus_state = GRIDGOV_CELL_VALUE;
        }
    }
    card->bonus = card->bonus_uncut < s->policy->bonus_floor ? s->policy->bonus_floor
                  : card->bonus_uncut > s->policy->bonus_cap ? s->policy->bonus_cap
                                                             : card->bonus_uncut;
    return GRIDGOV_OK;
}

/* 1 if the grid existed too few days of the period to be assessed. */
static int is_partial(const scoring *s, const gg_score_card *card) {
    return s->policy->partial_days > 0 &&
           gg_score_days(s->facts, card->row, GRIDGOV_COUNT_GRID_DAYS) < s->policy->partial_days;
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
    while (s->to < s->count && adjustment_at(s, s->to).row < card->row) {
        s->to++;
    }
    s->from = s->to;
    while (s->to < s->count && adjustment_at(s, s->to).row == card->row) {
        s->to++;
    }
    GG_TRY(score_bonus(s, card));
    count_unexplained(s, card);
    card->partial = is_partial(s, card);
    for (int64_t i = 0; i < s->policy->indicator_count; i++) {
        GG_TRY(score_line(s, &lines[i], card, i));
    }
    return gg_score_total(card, lines, s->policy) != 0 ? fail_overflow(s, "total") : GRIDGOV_OK;
}

/* A card for every grid that exists on a day of the period, in the order of the rows. */
static gridgov_status make_cards(scoring *s) {
    gridgov_scorecards *cards = s->cards;
    const gridgov_units *units = gridgov_facts_units(s->facts);
    int64_t rows = gridgov_facts_row_count(s->facts, GRIDGOV_DIMENSION_UNIT);
    gridgov_facts_row row = {.struct_size = sizeof row};
    cards->unit_count = gridgov_units_count(units);
    cards->cards = gg_realloc(NULL, (size_t)rows, sizeof *cards->cards);
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
    cards->lines = gg_realloc(NULL, (size_t)cards->card_count,
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
    return gg_score_stand(cards, s->history, s->err);
}

void gridgov_score_options_init(gridgov_score_options *options, size_t struct_size) {
    const gridgov_score_options full = {.struct_size = 0};
    gg_options_write(options, struct_size, &full, sizeof full);
}

gridgov_status gridgov_score_run(gridgov_scorecards **out, const gridgov_facts *facts,
                                 const gridgov_policy *policy, gridgov_issues *issues,
                                 gridgov_job *job, gridgov_error *err) {
    return gridgov_score_run_with(out, facts, policy, NULL, issues, job, err);
}

gridgov_status gridgov_score_run_with(gridgov_scorecards **out, const gridgov_facts *facts,
                                      const gridgov_policy *policy,
                                      const gridgov_score_options *options, gridgov_issues *issues,
                                      gridgov_job *job, gridgov_error *err) {
    gridgov_score_options how = {.struct_size = sizeof how};
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
    if (gg_options_read(&how, sizeof how, options) != 0 || how.history_count < 0 ||
        (how.history == NULL && how.history_count > 0)) {
        return gg_fail_arg(err, "options");
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
    s.history = how.history;
    status = gg_past_open(&s.cards->past, facts, policy, how.history, how.history_count, err);
    status = status < 0 ? status : run(&s, job);
    gg_free(s.for_all);
    gg_free(s.target);
    if (status < 0) {
        gridgov_scorecards_free(s.cards);
        return status;
    }
    *out = s.cards;
    return GRIDGOV_OK;
}
