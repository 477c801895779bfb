/* SPDX-License-Identifier: Apache-2.0 */
/* Replaying months under other policies. Each month is tallied once a set of metrics and scored
 * once a policy; everything that is asked afterwards is looked up and subtracted.
 *
 * Invariant: for every grid that has both totals, Σ effect over its changes = total_b − total_a.
 * An indicator adds max + points to a total if it was assessed and not taken out, and nothing
 * otherwise; the bonus adds itself; what rescaling, or a policy's own rule about totals, adds
 * beyond that is the last change.
 *
 * The grids of a month are those of its facts, the same and in the same order under every policy,
 * so cards are matched by position and indicators by code. */
#include "replay_model.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"

#include <gridgov/units.h>

#include <stdlib.h>
#include <string.h>

void gridgov_replay_options_init(gridgov_replay_options *options, size_t struct_size) {
    const gridgov_replay_options full = {.rescale = 0, .without = NULL};
    gg_options_write(options, struct_size, &full, sizeof full);
}

static gg_replay_result *result_at(const gridgov_replay *replay, int64_t month, int64_t policy) {
    return &replay->results[month * replay->policy_count + policy];
}

static int is_assessed(const gridgov_score_line *line) {
    return line->state == GRIDGOV_CELL_VALUE || line->state == GRIDGOV_CELL_BLANK;
}

/* Does a code name the indicator or its group? */
static int names(const gridgov_policy *policy, int64_t index, const char *code) {
    gridgov_indicator indicator = {.struct_size = sizeof indicator};
    gridgov_policy_group group = {.struct_size = sizeof group};
    (void)gridgov_policy_indicator_at(&indicator, policy, index);
    (void)gridgov_policy_group_at(&group, policy, indicator.group);
    return strcmp(indicator.code, code) == 0 || strcmp(indicator.name, code) == 0 ||
           strcmp(group.code, code) == 0 || strcmp(group.name, code) == 0;
}

/* Mark what is taken out of the other policies. */
static gridgov_status leave_out(gridgov_replay *replay, const gridgov_replay_options *set,
                                gridgov_error *err) {
    for (int64_t k = 0; k < set->without_count; k++) {
        const char *code = set->without[k];
        int found = 0;
        for (int64_t p = 1; code != NULL && p < replay->policy_count; p++) {
            const int64_t count = gridgov_policy_indicator_count(replay->policies[p]);
            for (int64_t i = 0; i < count; i++) {
                if (names(replay->policies[p], i, code)) {
                    replay->left_out[p][i] = 1;
                    found = 1;
                }
            }
        }
        if (!found) {
            return code == NULL
                       ? gg_fail_arg(err, "options.without")
                       : gg_fail(err, GG_RULE_NOT_FOUND, "without", code, strlen(code), NULL, NULL);
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status fail_overflow(gridgov_error *err) {
    return gg_fail(err, GG_RULE_OVERFLOW, NULL, NULL, 0, "points", NULL);
}

/* What a card's total is after taking out and rescaling. */
static gridgov_status make_total(gg_replay_total *out, const gridgov_replay *replay,
                                 const gridgov_scorecards *cards, int64_t policy, int64_t index,
                                 gridgov_error *err) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_score_line line = {.struct_size = sizeof line};
    const gridgov_points full = gridgov_policy_base(replay->policies[policy]);
    (void)gridgov_scorecards_at(&card, cards, index);
    *out = (gg_replay_total){.total = card.total, .out_of = card.out_of, .state = card.total_state};
    for (int64_t i = 0; gridgov_scorecards_line_at(&line, cards, index, i) == GRIDGOV_OK; i++) {
        if (replay->left_out[policy][i] && is_assessed(&line)) {
            out->out_of -= line.max;
            out->total -= line.max + line.points;
        }
    }
    if (out->out_of <= 0) {
        out->state = GRIDGOV_CELL_UNKNOWN;
    }
    if (out->state != GRIDGOV_CELL_VALUE) {
        *out = (gg_replay_total){.state = GRIDGOV_CELL_UNKNOWN};
        return GRIDGOV_OK;
    }
    if (replay->rescale && out->out_of != full) {
        gridgov_points scaled = 0;
        if (gg_mul_div(&scaled, out->total - card.bonus, full, out->out_of) != 0 ||
            gg_add(&scaled, scaled, card.bonus) != 0) {
            return fail_overflow(err);
        }
        out->rescaled = scaled - out->total;
        out->total = scaled;
        out->out_of = full;
    }
    return GRIDGOV_OK;
}

static int by_total(const void *left, const void *right) {
    const gg_replay_total *a = *(const gg_replay_total *const *)left;
    const gg_replay_total *b = *(const gg_replay_total *const *)right;
    return (a->total < b->total) - (a->total > b->total);
}

/* Competition ranks of those that have a total. */
static int rank(gg_replay_total *totals, int64_t count) {
    gg_replay_total **order = gg_calloc((size_t)count, sizeof *order);
    int64_t ranked = 0;
    if (order == NULL) {
        return -1;
    }
    for (int64_t i = 0; i < count; i++) {
        if (totals[i].state == GRIDGOV_CELL_VALUE) {
            order[ranked++] = &totals[i];
        }
    }
    if (ranked > 0) {
        qsort(order, (size_t)ranked, sizeof *order, by_total);
    }
    for (int64_t i = 0; i < ranked; i++) {
        order[i]->rank =
            i > 0 && order[i]->total == order[i - 1]->total ? order[i - 1]->rank : i + 1;
    }
    gg_free(order);
    return 0;
}

static gridgov_status total_up(const gridgov_replay *replay, int64_t month, int64_t policy,
                               gridgov_error *err) {
    gg_replay_result *result = result_at(replay, month, policy);
    const int64_t count = gridgov_scorecards_count(result->cards);
    result->totals = gg_calloc((size_t)count, sizeof *result->totals);
    if (result->totals == NULL) {
        return gg_fail_memory(err);
    }
    for (int64_t i = 0; i < count; i++) {
        GG_TRY(make_total(&result->totals[i], replay, result->cards, policy, i, err));
    }
    return rank(result->totals, count) != 0 ? gg_fail_memory(err) : GRIDGOV_OK;
}

/* Facts of a month by the metrics of a policy: those given, those of an earlier policy, or a new
 * tally. */
static gridgov_status facts_for(gridgov_facts **out, const gridgov_replay *replay,
                                const gridgov_facts *given, int64_t month, int64_t policy,
                                gridgov_job *job, gridgov_error *err) {
    const gridgov_metrics *metrics = gridgov_policy_metrics(replay->policies[policy]);
    const char *digest = gridgov_metrics_digest(metrics);
    gridgov_tally_options options;
    if (strcmp(gridgov_metrics_digest(gridgov_facts_metrics(given)), digest) == 0) {
        *out = gridgov_facts_hold(given);
        return GRIDGOV_OK;
    }
    result_at(replay, month, policy)->retallied = 1;
    for (int64_t i = 0; i < policy; i++) {
        const gridgov_facts *facts = gridgov_scorecards_facts(result_at(replay, month, i)->cards);
        if (strcmp(gridgov_metrics_digest(gridgov_facts_metrics(facts)), digest) == 0) {
            *out = gridgov_facts_hold(facts);
            return GRIDGOV_OK;
        }
    }
    if (gridgov_facts_ledger(given) == NULL) {
        return gg_fail_state(err, "facts without a ledger cannot be counted again");
    }
    gridgov_tally_options_init(&options, sizeof options);
    (void)gridgov_facts_period(&options.period, given);
    options.as_of = gridgov_facts_as_of(given);
    options.known_by = gridgov_facts_known_by(given);
    options.utc_offset_minutes = gridgov_facts_utc_offset(given);
    return gridgov_tally_run(out, gridgov_facts_ledger(given), metrics,
                             gridgov_facts_calendar(given), &options, NULL, job, err);
}

static gridgov_status score_month(const gridgov_replay *replay, const gridgov_facts *given,
                                  int64_t month, gridgov_job *job, gridgov_error *err) {
    for (int64_t i = 0; i < replay->policy_count; i++) {
        gg_replay_result *result = result_at(replay, month, i);
        gridgov_facts *facts = NULL;
        GG_TRY(facts_for(&facts, replay, given, month, i, job, err));
        gridgov_status status =
            gridgov_score_run(&result->cards, facts, replay->policies[i], NULL, job, err);
        gridgov_facts_free(facts);
        if (status < 0) {
            return status;
        }
        GG_TRY(total_up(replay, month, i, err));
    }
    return GRIDGOV_OK;
}

static gridgov_status open_replay(gridgov_replay *replay, const gridgov_policy *const *policies,
                                  gridgov_error *err) {
    const size_t count = (size_t)replay->policy_count;
    replay->policies = gg_calloc(count, sizeof *replay->policies);
    replay->left_out = gg_calloc(count, sizeof *replay->left_out);
    replay->results = gg_calloc((size_t)replay->month_count, count * sizeof *replay->results);
    if (replay->policies == NULL || replay->left_out == NULL || replay->results == NULL) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        replay->policies[i] = gridgov_policy_hold(policies[i]);
        replay->left_out[i] =
            gg_calloc((size_t)gridgov_policy_indicator_count(policies[i]), sizeof(uint8_t));
        if (replay->left_out[i] == NULL) {
            return gg_fail_memory(err);
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status check_lists(const gridgov_facts *const *months, int64_t month_count,
                                  const gridgov_policy *const *policies, int64_t policy_count,
                                  gridgov_error *err) {
    if (months == NULL || month_count < 1) {
        return gg_fail_arg(err, "months");
    }
    if (policies == NULL || policy_count < 2 || policy_count > INT64_MAX / month_count / 1024) {
        return gg_fail_arg(err, "policies");
    }
    for (int64_t i = 0; i < month_count; i++) {
        if (months[i] == NULL) {
            return gg_fail_arg(err, "months");
        }
    }
    for (int64_t i = 0; i < policy_count; i++) {
        if (policies[i] == NULL) {
            return gg_fail_arg(err, "policies");
        }
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_replay_run(gridgov_replay **out, const gridgov_facts *const *months,
                                  int64_t month_count, const gridgov_policy *const *policies,
                                  int64_t policy_count, const gridgov_replay_options *options,
                                  gridgov_job *job, gridgov_error *err) {
    gridgov_replay_options set;
    gridgov_replay_options_init(&set, sizeof set);
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(check_lists(months, month_count, policies, policy_count, err));
    if (gg_options_read(&set, sizeof set, options) || set.without_count < 0 ||
        (set.without == NULL && set.without_count > 0)) {
        return gg_fail_arg(err, "options");
    }
    gridgov_replay *replay = gg_calloc(1, sizeof *replay);
    if (replay == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&replay->share);
    replay->month_count = month_count;
    replay->policy_count = policy_count;
    replay->rescale = set.rescale;
    gridgov_status status = open_replay(replay, policies, err);
    status = status == GRIDGOV_OK ? leave_out(replay, &set, err) : status;
    for (int64_t i = 0; i < month_count && status == GRIDGOV_OK; i++) {
        status = gridgov_job_tick(job, "replay", i, month_count) == GRIDGOV_OK
                     ? score_month(replay, months[i], i, job, err)
                     : gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
    }
    if (status != GRIDGOV_OK) {
        gridgov_replay_free(replay);
        return status;
    }
    *out = replay;
    return GRIDGOV_OK;
}

int64_t gridgov_replay_month_count(const gridgov_replay *replay) {
    return replay == NULL ? 0 : replay->month_count;
}

int64_t gridgov_replay_policy_count(const gridgov_replay *replay) {
    return replay == NULL ? 0 : replay->policy_count;
}

const gridgov_scorecards *gridgov_replay_cards(const gridgov_replay *replay, int64_t month,
                                               int64_t policy) {
    return replay == NULL || month < 0 || month >= replay->month_count || policy < 0 ||
                   policy >= replay->policy_count
               ? NULL
               : result_at(replay, month, policy)->cards;
}

/* GRIDGOV_OK if there is such a month and another policy. */
static gridgov_status check_pair(const void *out, const gridgov_replay *replay, int64_t month,
                                 int64_t policy) {
    if (out == NULL || replay == NULL) {
        return GRIDGOV_EARG;
    }
    return month < 0 || month >= replay->month_count || policy < 1 || policy >= replay->policy_count
               ? GRIDGOV_END
               : GRIDGOV_OK;
}

static gridgov_points difference_of(const gg_replay_total *a, const gg_replay_total *b) {
    return a->state == GRIDGOV_CELL_VALUE && b->state == GRIDGOV_CELL_VALUE ? b->total - a->total
                                                                            : 0;
}

static int differs(const gg_replay_total *a, const gg_replay_total *b) {
    return a->state != b->state || difference_of(a, b) != 0;
}

gridgov_status gridgov_replay_summary_at(gridgov_replay_summary *summary_out,
                                         const gridgov_replay *replay, int64_t month,
                                         int64_t policy) {
    const gridgov_status status = check_pair(summary_out, replay, month, policy);
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_replay_result *a = result_at(replay, month, 0);
    const gg_replay_result *b = result_at(replay, month, policy);
    gridgov_replay_summary full = {.retallied = b->retallied,
                                   .grids = gridgov_scorecards_count(a->cards),
                                   .full_a = gridgov_policy_base(replay->policies[0]),
                                   .full_b = gridgov_policy_base(replay->policies[policy])};
    gridgov_indicator indicator = {.struct_size = sizeof indicator};
    for (int64_t i = 0; i < full.grids; i++) {
        full.changed += differs(&a->totals[i], &b->totals[i]);
        full.moved += a->totals[i].rank != b->totals[i].rank;
        full.difference += difference_of(&a->totals[i], &b->totals[i]);
    }
    for (int64_t i = 0;
         gridgov_policy_indicator_at(&indicator, replay->policies[policy], i) == GRIDGOV_OK; i++) {
        full.left_out += replay->left_out[policy][i] ? indicator.max : 0;
    }
    return gg_view_copy(summary_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_status gridgov_replay_grid_at(gridgov_replay_grid *grid_out, const gridgov_replay *replay,
                                      int64_t month, int64_t policy, int64_t grid) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_status status = check_pair(grid_out, replay, month, policy);
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_replay_result *results = result_at(replay, month, 0);
    status = gridgov_scorecards_at(&card, results[0].cards, grid);
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_replay_total *a = &results[0].totals[grid];
    const gg_replay_total *b = &results[policy].totals[grid];
    const gridgov_replay_grid full = {.state_a = a->state,
                                      .state_b = b->state,
                                      .unit = card.unit,
                                      .unit_name = card.unit_name,
                                      .grid_name = card.grid_name,
                                      .grid_code = card.grid_code,
                                      .total_a = a->total,
                                      .total_b = b->total,
                                      .out_of_a = a->out_of,
                                      .out_of_b = b->out_of,
                                      .rank_a = a->rank,
                                      .rank_b = b->rank,
                                      .difference = difference_of(a, b)};
    return gg_view_copy(grid_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

/* One line of a card under a policy, as it enters the total; 0 if the policy has no such code or it
 * was taken out. */
typedef struct side {
    gridgov_score_line line;
    int stands, assessed;
    gridgov_points max, points;
} side;

static side side_of(const gridgov_replay *replay, const gg_replay_result *result, int64_t policy,
                    int64_t grid, const char *code) {
    side s = {.line = {.struct_size = sizeof s.line}};
    const int64_t index =
        gridgov_policy_indicator_find(replay->policies[policy], code, strlen(code));
    if (index == GRIDGOV_NONE ||
        gridgov_scorecards_line_at(&s.line, result->cards, grid, index) != GRIDGOV_OK ||
        strcmp(s.line.code, code) != 0 || replay->left_out[policy][index]) {
        return s;
    }
    s.stands = 1;
    s.assessed = is_assessed(&s.line);
    s.max = s.assessed ? s.line.max : 0;
    s.points = s.assessed ? s.line.points : 0;
    return s;
}

static int32_t cause_of(const side *a, const side *b) {
    if (a->stands != b->stands) {
        return a->stands ? GRIDGOV_CAUSE_LEFT_OUT : GRIDGOV_CAUSE_ADDED;
    }
    if (a->assessed != b->assessed) {
        return GRIDGOV_CAUSE_ASSESSED;
    }
    if (a->max == b->max && a->points == b->points) {
        return GRIDGOV_CAUSE_SAME;
    }
    if (a->points == b->points) {
        return GRIDGOV_CAUSE_MAXIMUM;
    }
    return a->line.numerator == b->line.numerator && a->line.denominator == b->line.denominator &&
                   a->line.rule == b->line.rule
               ? GRIDGOV_CAUSE_RULE
               : GRIDGOV_CAUSE_COUNT;
}

/* The code of the index-th indicator: those of the first policy, then those of the other alone;
 * NULL past the last, with how many there are in *count. */
static const char *code_at(int64_t *count, const gridgov_replay *replay, int64_t policy,
                           int64_t index, const char **name) {
    gridgov_indicator indicator = {.struct_size = sizeof indicator};
    *count = gridgov_policy_indicator_count(replay->policies[0]);
    if (gridgov_policy_indicator_at(&indicator, replay->policies[0], index) == GRIDGOV_OK) {
        *name = indicator.name;
        return indicator.code;
    }
    for (int64_t i = 0;
         gridgov_policy_indicator_at(&indicator, replay->policies[policy], i) == GRIDGOV_OK; i++) {
        gridgov_indicator other = {.struct_size = sizeof other};
        const int64_t found = gridgov_policy_indicator_find(replay->policies[0], indicator.code,
                                                            strlen(indicator.code));
        (void)gridgov_policy_indicator_at(&other, replay->policies[0], found);
        if (found != GRIDGOV_NONE && strcmp(other.code, indicator.code) == 0) {
            continue;
        }
        if ((*count)++ == index) {
            *name = indicator.name;
            return indicator.code;
        }
    }
    return NULL;
}

static void compare_lines(gridgov_replay_change *change, const gridgov_replay *replay,
                          const gg_replay_result *results, int64_t policy, int64_t grid) {
    const side a = side_of(replay, &results[0], 0, grid, change->code);
    const side b = side_of(replay, &results[policy], policy, grid, change->code);
    change->cause = cause_of(&a, &b);
    change->points_a = a.points;
    change->points_b = b.points;
    change->max_a = a.max;
    change->max_b = b.max;
    change->effect = (b.max + b.points) - (a.max + a.points);
}

static void compare_bonus(gridgov_replay_change *change, const gg_replay_result *results,
                          int64_t policy, int64_t grid) {
    gridgov_scorecard a = {.struct_size = sizeof a}, b = {.struct_size = sizeof b};
    (void)gridgov_scorecards_at(&a, results[0].cards, grid);
    (void)gridgov_scorecards_at(&b, results[policy].cards, grid);
    change->points_a = a.bonus;
    change->points_b = b.bonus;
    change->effect = b.bonus - a.bonus;
    change->cause = change->effect == 0 ? GRIDGOV_CAUSE_SAME : GRIDGOV_CAUSE_RULE;
}

/* What is left of the difference once every indicator and the bonus have had their part. */
static void compare_rest(gridgov_replay_change *change, const gridgov_replay *replay,
                         const gg_replay_result *results, int64_t policy, int64_t grid,
                         int64_t count) {
    const gridgov_points whole =
        difference_of(&results[0].totals[grid], &results[policy].totals[grid]);
    gridgov_replay_change part = {.code = ""};
    int64_t ignored = 0;
    change->effect = whole;
    for (int64_t i = 0; i < count; i++) {
        part.code = code_at(&ignored, replay, policy, i, &part.name);
        compare_lines(&part, replay, results, policy, grid);
        change->effect -= part.effect;
    }
    compare_bonus(&part, results, policy, grid);
    change->effect -= part.effect;
    if (results[0].totals[grid].state != GRIDGOV_CELL_VALUE ||
        results[policy].totals[grid].state != GRIDGOV_CELL_VALUE) {
        change->effect = 0;
    }
    change->points_a = results[0].totals[grid].rescaled;
    change->points_b = results[policy].totals[grid].rescaled;
    change->cause = change->effect == 0 ? GRIDGOV_CAUSE_SAME : GRIDGOV_CAUSE_RESCALED;
}

gridgov_status gridgov_replay_change_at(gridgov_replay_change *change_out,
                                        const gridgov_replay *replay, int64_t month, int64_t policy,
                                        int64_t grid, int64_t index) {
    gridgov_replay_change full = {.struct_size = sizeof full, .name = ""};
    gridgov_status status = check_pair(change_out, replay, month, policy);
    int64_t count = 0;
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_replay_result *results = result_at(replay, month, 0);
    if (grid < 0 || grid >= gridgov_scorecards_count(results[0].cards) || index < 0) {
        return GRIDGOV_END;
    }
    full.code = code_at(&count, replay, policy, index, &full.name);
    if (full.code != NULL) {
        compare_lines(&full, replay, results, policy, grid);
    } else if (index == count) {
        full.code = "bonus";
        full.name = gridgov_policy_bonus_name(replay->policies[0], GRIDGOV_LANG_ZH);
        compare_bonus(&full, results, policy, grid);
    } else if (index == count + 1) {
        full.code = "rescaled";
        full.name = gridgov_code_title(GRIDGOV_KIND_CAUSE, GRIDGOV_CAUSE_RESCALED, GRIDGOV_LANG_ZH);
        compare_rest(&full, replay, results, policy, grid, count);
    } else {
        return GRIDGOV_END;
    }
    return gg_view_copy(change_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

void gridgov_replay_free(gridgov_replay *replay) {
    if (replay == NULL || !gg_share_drop(&replay->share)) {
        return;
    }
    for (int64_t i = 0; replay->results != NULL && i < replay->month_count * replay->policy_count;
         i++) {
        gridgov_scorecards_free(replay->results[i].cards);
        gg_free(replay->results[i].totals);
    }
    for (int64_t i = 0; replay->policies != NULL && i < replay->policy_count; i++) {
        gridgov_policy_free(replay->policies[i]);
        if (replay->left_out != NULL) {
            gg_free(replay->left_out[i]);
        }
    }
    gg_free(replay->results);
    gg_free(replay->left_out);
    gg_free(replay->policies);
    gg_free(replay);
}
