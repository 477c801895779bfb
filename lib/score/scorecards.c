/* SPDX-License-Identifier: Apache-2.0 */
/* Asking scorecards: views over what score.c stored. The cards keep their facts and policy alive,
 * so every borrowed name outlives the caller's own handles. */
#include "score_model.h"

#include "base/error.h"

static gridgov_status copy_out(void *out, const void *view, size_t size) {
    return gg_view_copy(out, view, size) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

int64_t gridgov_scorecards_count(const gridgov_scorecards *cards) {
    return cards == NULL ? 0 : cards->card_count;
}

gridgov_status gridgov_scorecards_at(gridgov_scorecard *card_out, const gridgov_scorecards *cards,
                                     int64_t index) {
    const gg_score_card *card;
    if (card_out == NULL || cards == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= cards->card_count) {
        return GRIDGOV_END;
    }
    card = &cards->cards[index];
    return copy_out(card_out,
                    &(gridgov_scorecard){.bonus_state = card->bonus_state,
                                         .unit = card->unit,
                                         .row = card->row,
                                         .unit_name = card->unit_name,
                                         .grid_name = card->grid_name,
                                         .grid_code = card->grid_code,
                                         .total = card->total,
                                         .out_of = card->out_of,
                                         .bonus = card->bonus,
                                         .total_state = card->total_state,
                                         .unexplained = card->unexplained,
                                         .group_cut = card->group_cut,
                                         .rescaled = card->rescaled,
                                         .total_of = gg_score_total_of(card, cards->policy),
                                         .bonus_uncut = card->bonus_uncut},
                    sizeof(gridgov_scorecard));
}

gridgov_status gridgov_scorecards_line_at(gridgov_score_line *line_out,
                                          const gridgov_scorecards *cards, int64_t card,
                                          int64_t line) {
    const gg_policy_indicator *indicator;
    const gg_score_line *stored;
    gg_score_text text = {.reason = "", .source = ""};
    if (line_out == NULL || cards == NULL) {
        return GRIDGOV_EARG;
    }
    if (card < 0 || card >= cards->card_count || line < 0 ||
        line >= cards->policy->indicator_count) {
        return GRIDGOV_END;
    }
    indicator = &cards->policy->indicators[line];
    stored = &cards->lines[card * cards->policy->indicator_count + line];
    if (stored->given >= 0) {
        text = cards->texts[stored->given];
    }
    return copy_out(line_out,
                    &(gridgov_score_line){.state = stored->state,
                                          .indicator = line,
                                          .code = indicator->code,
                                          .name = indicator->name,
                                          .points = stored->points,
                                          .uncut = stored->uncut,
                                          .max = indicator->max,
                                          .numerator = stored->numerator,
                                          .denominator = stored->denominator,
                                          .rule = stored->rule < 0 ? GRIDGOV_NONE : stored->rule,
                                          .origin = stored->origin,
                                          .missing = stored->missing,
                                          .reason = text.reason,
                                          .source = text.source},
                    sizeof(gridgov_score_line));
}

int64_t gridgov_scorecards_find(const gridgov_scorecards *cards, int64_t unit) {
    return cards == NULL || unit < 0 || unit >= cards->unit_count ? GRIDGOV_NONE
                                                                  : cards->card_of_unit[unit];
}

const gridgov_policy *gridgov_scorecards_policy(const gridgov_scorecards *cards) {
    return cards == NULL ? NULL : cards->policy;
}

const gridgov_facts *gridgov_scorecards_facts(const gridgov_scorecards *cards) {
    return cards == NULL ? NULL : cards->facts;
}

gridgov_scorecards *gridgov_scorecards_hold(const gridgov_scorecards *cards) {
    // Holders are counted inside an object that is constant to its users.
    gridgov_scorecards *held = (gridgov_scorecards *)cards;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_scorecards_free(gridgov_scorecards *cards) {
    if (cards == NULL || !gg_share_drop(&cards->share)) {
        return;
    }
    gg_free(cards->lines);
    gg_free(cards->card_of_unit);
    gg_free(cards->cards);
    gg_free(cards->texts);
    gg_free(cards->standings);
    gg_free(cards->units);
    gg_free(cards->totals);
    gg_free(cards->ranks);
    gg_past_release(&cards->past);
    gg_arena_release(&cards->arena);
    gridgov_policy_free(cards->policy);
    gridgov_facts_free(cards->facts);
    gg_free(cards);
}
