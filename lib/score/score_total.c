/* SPDX-License-Identifier: Apache-2.0 */
/* From the lines of a card to its total: parts rounded together, bounds of groups, what is done
 * about indicators that were not assessed, and the bonus.
 *
 * Invariant: total = out_of + Σ lines + group_cut + rescaled + bonus. What a step changes is kept
 * beside what it changed, so that a reader can follow it with a pencil. */
#include "score_model.h"

#include "base/num.h"

static int is_assessed(const gg_score_line *line) {
    return line->state == GRIDGOV_CELL_BLANK || line->state == GRIDGOV_CELL_VALUE;
}

/* Quotient towards minus infinity. */
static int64_t floor_of(int64_t value, int64_t unit) {
    return value / unit - (value % unit < 0);
}

static int64_t remainder_of(int64_t value, int64_t unit) {
    return value - floor_of(value, unit) * unit;
}

/* The line that lost most when it was cut off, among those that have not been rounded up: the first
 * of equals. */
static gg_score_line *next_up(gg_score_line *lines, int64_t count, int64_t unit) {
    gg_score_line *best = NULL;
    for (int64_t i = 0; i < count; i++) {
        int64_t rest = remainder_of(lines[i].points, unit);
        if (is_assessed(&lines[i]) && rest > 0 &&
            (best == NULL || rest > remainder_of(best->points, unit))) {
            best = &lines[i];
        }
    }
    return best;
}

/* Round all lines to the unit so that they give their rounded sum: each is cut off, then those that
 * lost most are raised by one unit (largest remainder, Hamilton's method). A line that was raised
 * or lost nothing has no remainder, so it is not taken again. */
static int round_together(gg_score_line *lines, int64_t count, int64_t unit) {
    int64_t sum = 0, cut = 0, target;
    for (int64_t i = 0; i < count; i++) {
        if (gg_add(&sum, sum, lines[i].points) != 0) {
            return -1;
        }
        cut += floor_of(lines[i].points, unit);
    }
    if (gg_round_quotient(&target, sum, 1, unit, GRIDGOV_ROUNDING_HALF_UP) != 0) {
        return -1;
    }
    for (int64_t up = target - cut; up > 0; up--) {
        gg_score_line *line = next_up(lines, count, unit);
        if (line == NULL) {
            break;
        }
        line->points = (floor_of(line->points, unit) + 1) * unit;
    }
    for (int64_t i = 0; i < count; i++) {
        lines[i].points = floor_of(lines[i].points, unit) * unit;
        if (is_assessed(&lines[i])) {
            lines[i].state = lines[i].points == 0 ? GRIDGOV_CELL_BLANK : GRIDGOV_CELL_VALUE;
        }
    }
    return 0;
}

int gg_score_group_cut(gridgov_points *cut, gridgov_points *sum, const gg_score_line *lines,
                       const gg_policy_group *group) {
    *sum = 0;
    for (int64_t i = group->first; i < group->first + group->count; i++) {
        if (gg_add(sum, *sum, lines[i].points) != 0) {
            return -1;
        }
    }
    *cut = *sum < group->floor ? group->floor - *sum : *sum > group->cap ? group->cap - *sum : 0;
    return 0;
}

/* What full marks for the rest, or scaling up to the base, add; 0 if nothing was assessed. */
static int adjust(gg_score_card *card, const gridgov_policy *policy, gridgov_points earned) {
    int64_t unit = gg_policy_unit(policy);
    int64_t units, scaled;
    if (card->out_of == 0 || policy->not_assessed == GRIDGOV_NOT_ASSESSED_LEAVE_OUT) {
        return 0;
    }
    if (policy->not_assessed == GRIDGOV_NOT_ASSESSED_FULL_MARKS) {
        card->rescaled = policy->base - card->out_of;
        return 0;
    }
    if (card->out_of == policy->base) {
        return 0;
    }
    if (gg_mul(&units, card->out_of, unit) != 0 ||
        gg_round_quotient(&scaled, earned, policy->base, units, policy->rounding) != 0 ||
        gg_mul(&scaled, scaled, unit) != 0) {
        return -1;
    }
    return gg_sub(&card->rescaled, scaled, earned);
}

int gg_score_total(gg_score_card *card, gg_score_line *lines, const gridgov_policy *policy) {
    gridgov_points sum = 0;
    if (policy->rounding == GRIDGOV_ROUNDING_LARGEST_REMAINDER &&
        round_together(lines, policy->indicator_count, gg_policy_unit(policy)) != 0) {
        return -1;
    }
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        if (is_assessed(&lines[i])) {
            card->out_of += policy->indicators[i].max; /* within the policy's base */
        }
        if (gg_add(&sum, sum, lines[i].points) != 0) {
            return -1;
        }
    }
    for (int64_t i = 0; i < policy->group_count; i++) {
        gridgov_points cut, group_sum;
        if (gg_score_group_cut(&cut, &group_sum, lines, &policy->groups[i]) != 0 ||
            gg_add(&card->group_cut, card->group_cut, cut) != 0) {
            return -1;
        }
    }
    card->total_state = card->out_of == 0 ? GRIDGOV_CELL_UNKNOWN : GRIDGOV_CELL_VALUE;
    if (gg_add(&sum, sum, card->out_of) != 0 || gg_add(&sum, sum, card->group_cut) != 0 ||
        adjust(card, policy, sum) != 0 || gg_add(&sum, sum, card->rescaled) != 0) {
        return -1;
    }
    return gg_add(&card->total, sum, card->bonus);
}

gridgov_points gg_score_total_of(const gg_score_card *card, const gridgov_policy *policy) {
    return card->out_of != 0 && policy->not_assessed != GRIDGOV_NOT_ASSESSED_LEAVE_OUT
               ? policy->base
               : card->out_of;
}
