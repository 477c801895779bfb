/* SPDX-License-Identifier: Apache-2.0 */
/* Asking for the place of a card, for grades, peers and vetoes: views over what policy_standing.c
 * read and score_standing.c worked out. */
#include "score_model.h"

#include "base/error.h"

#include <gridgov/standing.h>

static gridgov_status copy_out(void *out, const void *view, size_t size) {
    return gg_view_copy(out, view, size) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

gridgov_status gridgov_policy_settings_get(gridgov_policy_settings *settings_out,
                                           const gridgov_policy *policy) {
    if (settings_out == NULL || policy == NULL) {
        return GRIDGOV_EARG;
    }
    int has_standard = policy->standard != GG_NO_FLOOR;
    int has_floor = policy->bonus_floor != GG_NO_FLOOR;
    int has_cap = policy->bonus_cap != GG_NO_CAP;
    return copy_out(
        settings_out,
        &(gridgov_policy_settings){.not_assessed = policy->not_assessed,
                                   .rounding = policy->rounding,
                                   .decimals = policy->decimals,
                                   .ranking = policy->ranking,
                                   .ranked_by_peers = policy->ranked_by_peers,
                                   .mean_rounding = policy->unit_means,
                                   .mean_decimals = policy->mean_decimals,
                                   .standard_months = has_standard ? policy->standard_months : 0,
                                   .months = policy->months > 1 ? policy->months : 1,
                                   .standard = has_standard ? policy->standard : 0,
                                   .standard_name = policy->standard_name,
                                   .standard_name_en = policy->standard_name_en,
                                   .has_bonus_floor = has_floor,
                                   .has_bonus_cap = has_cap,
                                   .bonus_floor = has_floor ? policy->bonus_floor : 0,
                                   .bonus_cap = has_cap ? policy->bonus_cap : 0},
        sizeof(gridgov_policy_settings));
}

int64_t gridgov_policy_grade_count(const gridgov_policy *policy) {
    return policy == NULL ? 0 : policy->grade_count;
}

gridgov_status gridgov_policy_grade_at(gridgov_grade *grade_out, const gridgov_policy *policy,
                                       int64_t index) {
    if (grade_out == NULL || policy == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= policy->grade_count) {
        return GRIDGOV_END;
    }
    const gg_policy_grade *grade = &policy->grades[index];
    return copy_out(grade_out,
                    &(gridgov_grade){.code = grade->code,
                                     .name = grade->name,
                                     .name_en = grade->name_en,
                                     .at_least = grade->at_least},
                    sizeof(gridgov_grade));
}

int64_t gridgov_policy_peer_count(const gridgov_policy *policy) {
    return policy == NULL ? 0 : policy->peer_count;
}

gridgov_status gridgov_policy_peer_at(gridgov_peer_group *group_out, const gridgov_policy *policy,
                                      int64_t index) {
    if (group_out == NULL || policy == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= policy->peer_count) {
        return GRIDGOV_END;
    }
    const gg_policy_peer *peer = &policy->peers[index];
    return copy_out(group_out,
                    &(gridgov_peer_group){.otherwise = peer->otherwise,
                                          .code = peer->code,
                                          .name = peer->name,
                                          .name_en = peer->name_en},
                    sizeof(gridgov_peer_group));
}

int64_t gridgov_policy_veto_count(const gridgov_policy *policy) {
    return policy == NULL ? 0 : policy->veto_count;
}

gridgov_status gridgov_policy_veto_at(gridgov_veto *veto_out, const gridgov_policy *policy,
                                      int64_t index) {
    if (veto_out == NULL || policy == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= policy->veto_count) {
        return GRIDGOV_END;
    }
    const gg_policy_veto *veto = &policy->vetoes[index];
    return copy_out(veto_out,
                    &(gridgov_veto){.code = veto->code,
                                    .name = veto->name,
                                    .name_en = veto->name_en,
                                    .clause = veto->clause,
                                    .source = veto->source,
                                    .certainty = veto->certainty,
                                    .grade = veto->grade,
                                    .metric = policy->rules[veto->first_rule].numerator},
                    sizeof(gridgov_veto));
}

gridgov_status gridgov_scorecards_standing_at(gridgov_standing *standing_out,
                                              const gridgov_scorecards *cards, int64_t card) {
    if (standing_out == NULL || cards == NULL) {
        return GRIDGOV_EARG;
    }
    if (card < 0 || card >= cards->card_count) {
        return GRIDGOV_END;
    }
    const gg_score_standing *standing = &cards->standings[card];
    return copy_out(standing_out,
                    &(gridgov_standing){.grade = standing->grade,
                                        .peer_group = standing->peer,
                                        .veto = standing->veto,
                                        .rank = standing->rank,
                                        .tied = standing->tied,
                                        .months_below = standing->below,
                                        .partial = cards->cards[card].partial},
                    sizeof(gridgov_standing));
}

gridgov_status gridgov_scorecards_group_at(gridgov_card_group *group_out,
                                           const gridgov_scorecards *cards, int64_t card,
                                           int64_t group) {
    gridgov_card_group view = {.struct_size = 0};
    if (group_out == NULL || cards == NULL) {
        return GRIDGOV_EARG;
    }
    const gridgov_policy *policy = cards->policy;
    if (card < 0 || card >= cards->card_count || group < 0 || group >= policy->group_count) {
        return GRIDGOV_END;
    }
    const gg_score_line *lines = &cards->lines[card * policy->indicator_count];
    const gg_policy_group *owner = &policy->groups[group];
    if (GG_NEVER(gg_score_group_cut(&view.cut, &view.points, lines, owner) != 0)) {
        return GRIDGOV_ERANGE; // the same sum was taken when the card was scored
    }
    for (int64_t i = owner->first; i < owner->first + owner->count; i++) {
        if (lines[i].state == GRIDGOV_CELL_BLANK || lines[i].state == GRIDGOV_CELL_VALUE) {
            view.out_of += policy->indicators[i].max;
        }
    }
    return copy_out(group_out, &view, sizeof view);
}

int64_t gridgov_scorecards_mean_count(const gridgov_scorecards *cards) {
    return cards == NULL ? 0 : cards->mean_count;
}

gridgov_status gridgov_scorecards_mean_at(gridgov_unit_mean *mean_out,
                                          const gridgov_scorecards *cards, int64_t index) {
    gridgov_unit unit = {.struct_size = sizeof unit, .name = ""};
    if (mean_out == NULL || cards == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= cards->mean_count) {
        return GRIDGOV_END;
    }
    const gg_score_unit *mean = &cards->units[index];
    gridgov_units_at(&unit, gridgov_facts_units(cards->facts), mean->unit);
    return copy_out(
        mean_out,
        &(gridgov_unit_mean){.state = mean->counted > 0 ? GRIDGOV_CELL_VALUE : GRIDGOV_CELL_UNKNOWN,
                             .unit = mean->unit,
                             .name = unit.name,
                             .cards = mean->cards,
                             .counted = mean->counted,
                             .mean = mean->mean},
        sizeof(gridgov_unit_mean));
}

gridgov_status gridgov_scorecards_columns(gridgov_score_columns *columns_out,
                                          const gridgov_scorecards *cards) {
    if (columns_out == NULL || cards == NULL) {
        return GRIDGOV_EARG;
    }
    return copy_out(columns_out,
                    &(gridgov_score_columns){
                        .count = cards->card_count, .totals = cards->totals, .ranks = cards->ranks},
                    sizeof(gridgov_score_columns));
}
