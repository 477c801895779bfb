/* SPDX-License-Identifier: Apache-2.0 */
/* The place of each card among the others: its grade and what forces it, its peers, its rank, the
 * means of units, and who stands below the standard. All of it is off unless the policy asks.
 *
 * Totals that stand out of different points cannot be put in one order, so only totals out of the
 * full base are graded, ranked, averaged and held to a standard. Ranks: competition ("1224") or
 * dense ("1223"); cards are equal if their totals and all tie-breaks are. */
#include "score_model.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/rank.h>

#include <string.h>

static int is_comparable(const gridgov_scorecards *cards, const gg_score_card *card) {
    return card->total_state == GRIDGOV_CELL_VALUE &&
           gg_score_total_of(card, cards->policy) == cards->policy->base;
}

static int32_t grade_of(const gridgov_policy *policy, gridgov_points total) {
    for (int64_t i = 0; i < policy->grade_count; i++) {
        if (total >= policy->grades[i].at_least) {
            return (int32_t)i;
        }
    }
    return -1;
}

/* The first veto that applies; -1 if none does, -2 on overflow. */
static int32_t veto_of(const gridgov_scorecards *cards, const gg_score_card *card) {
    const gridgov_policy *policy = cards->policy;
    const gg_rule_place place = {policy, cards->facts, card->row, &cards->past};
    for (int64_t i = 0; i < policy->veto_count; i++) {
        const gg_policy_veto *veto = &policy->vetoes[i];
        gg_rule_result result;
        if (gg_rule_evaluate(&result, &place, &policy->rules[veto->first_rule], 0) != 0) {
            return -2;
        }
        if (result.state == GRIDGOV_CELL_VALUE && result.deduction > 0) {
            return (int32_t)i;
        }
    }
    return -1;
}

static int ends_with(gg_str name, gg_str ending) {
    return ending.size <= name.size &&
           memcmp(name.data + (name.size - ending.size), ending.data, ending.size) == 0;
}

static int32_t peer_of(const gridgov_policy *policy, const char *unit) {
    gg_str name = gg_text_trim(gg_str_of(unit));
    for (int64_t i = 0; i < policy->peer_count; i++) {
        const gg_policy_peer *peer = &policy->peers[i];
        int member = peer->otherwise;
        for (size_t k = 0; peer->units[k] != NULL && !member; k++) {
            gg_str given = gg_text_trim(gg_str_of(peer->units[k]));
            member = given.size == name.size && ends_with(name, given);
        }
        for (size_t k = 0; peer->endings[k] != NULL && !member; k++) {
            member = ends_with(name, gg_str_of(peer->endings[k]));
        }
        if (member) {
            return (int32_t)i;
        }
    }
    return -1;
}

/* The card of an earlier month; NULL if the grid had none. */
static const gg_score_card *card_before(const gridgov_scorecards *then, int64_t there) {
    gridgov_facts_row view = {.struct_size = sizeof view, .unit = GRIDGOV_NONE};
    int64_t index;
    if (there == GRIDGOV_NONE ||
        gridgov_facts_row_at(&view, then->facts, GRIDGOV_DIMENSION_UNIT, there) != GRIDGOV_OK) {
        return NULL;
    }
    index = gridgov_scorecards_find(then, view.unit);
    return index == GRIDGOV_NONE ? NULL : &then->cards[index];
}

/* Months in a row below the standard, this one included, as far as the policy looks; 0 if they are
 * not enough to be listed. */
static int32_t months_below(const gridgov_scorecards *cards, const gg_score_card *card,
                            const gridgov_scorecards *const *history) {
    gridgov_points standard = cards->policy->standard;
    int32_t needed = cards->policy->standard_months;
    int32_t months = 0;
    if (standard == GG_NO_FLOOR || !is_comparable(cards, card) || card->total >= standard) {
        return 0;
    }
    for (months = 1; months < needed && months <= cards->past.count; months++) {
        const gridgov_scorecards *before = history[months - 1];
        const gg_score_card *then = card_before(before, cards->past.rows[months - 1][card->row]);
        if (then == NULL || !is_comparable(before, then) || then->total >= standard) {
            break;
        }
    }
    return months >= needed ? months : 0;
}

/* The order of the cards that are ranked: the last tie-break is sorted by first, the peers last,
 * and what is equal keeps its order. keys are values of cards, larger ones better, one array a
 * criterion in the order in which they count. */
typedef struct ladder {
    int64_t *keys;           /* count values a criterion */
    int64_t *cards;          /* of each value */
    int64_t *order;          /* indexes of values, the best card first */
    int64_t *next, *values;  /* room to sort */
    int64_t count, criteria; /* cards; peers, totals and tie-breaks */
} ladder;

/* What a tie-break compares; larger is better. Unknown is worst. */
static int64_t tie_value(const gridgov_scorecards *cards, int64_t card,
                         const gg_policy_tie_break *tie) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    switch (tie->kind) {
    case GRIDGOV_TIE_BREAK_INDICATOR:
        return cards->lines[card * cards->policy->indicator_count + tie->index].points;
    case GRIDGOV_TIE_BREAK_METRIC:
        gridgov_facts_value(&cell, cards->facts, GRIDGOV_DIMENSION_UNIT, cards->cards[card].row,
                            tie->index);
        if (cell.state != GRIDGOV_CELL_VALUE) {
            return INT64_MIN;
        }
        return tie->fewer ? -cell.value : cell.value;
    default:
        return cards->cards[card].bonus;
    }
}

static int64_t key_of(const ladder *l, int64_t criterion, int64_t index) {
    return l->keys[criterion * l->count + index];
}

/* 1 if two cards are equal in criteria [from, to). */
static int are_equal(const ladder *l, int64_t a, int64_t b, int64_t from, int64_t to) {
    for (int64_t i = from; i < to; i++) {
        if (key_of(l, i, a) != key_of(l, i, b)) {
            return 0;
        }
    }
    return 1;
}

/* The cards that are ranked, and their keys. */
static void list_cards(ladder *l, const gridgov_scorecards *cards) {
    const gridgov_policy *policy = cards->policy;
    for (int64_t i = 0; i < cards->card_count; i++) {
        const int32_t peer = policy->ranked_by_peers ? cards->standings[i].peer : 0;
        if (is_comparable(cards, &cards->cards[i]) && peer >= 0) {
            l->cards[l->count++] = i;
        }
    }
    for (int64_t i = 0; i < l->count; i++) {
        const int64_t card = l->cards[i];
        int64_t *key = &l->keys[i];
        l->order[i] = i;
        *key = policy->ranked_by_peers ? -(int64_t)cards->standings[card].peer : 0;
        key += l->count;
        *key = cards->cards[card].total;
        for (int64_t k = 0; k < policy->tie_break_count; k++) {
            key += l->count;
            *key = tie_value(cards, card, &policy->tie_breaks[k]);
        }
    }
}

static gridgov_status sort_cards(ladder *l, gridgov_error *err) {
    for (int64_t k = l->criteria - 1; k >= 0; k--) {
        int64_t *order = l->next;
        for (int64_t i = 0; i < l->count; i++) {
            l->values[i] = key_of(l, k, l->order[i]);
        }
        GG_TRY(gridgov_rank_values(NULL, l->next, l->values, l->count, 0, err));
        for (int64_t i = 0; i < l->count; i++) {
            order[i] = l->order[order[i]];
        }
        l->next = l->order;
        l->order = order;
    }
    return GRIDGOV_OK;
}

/* Give ranks to sorted cards. */
static void give_ranks(gridgov_scorecards *cards, const ladder *l) {
    int dense = cards->policy->ranking == GRIDGOV_RANKING_DENSE;
    int64_t rank = 0, before = 0;
    for (int64_t i = 0; i < l->count;) {
        int64_t end = i + 1;
        while (end < l->count && are_equal(l, l->order[i], l->order[end], 0, l->criteria)) {
            end++;
        }
        if (i == 0 || !are_equal(l, l->order[i], l->order[i - 1], 0, 1)) {
            rank = 0;
            before = i;
        }
        rank = dense ? rank + 1 : i - before + 1;
        for (int64_t k = i; k < end; k++) {
            gg_score_standing *standing = &cards->standings[l->cards[l->order[k]]];
            standing->rank = rank;
            standing->tied = end - i;
        }
        i = end;
    }
}

static gridgov_status rank_cards(gridgov_scorecards *cards, gridgov_error *err) {
    const size_t count = (size_t)cards->card_count;
    gridgov_status status = GRIDGOV_OK;
    ladder l = {.criteria = 2 + cards->policy->tie_break_count};
    if (cards->policy->ranking == 0) {
        return GRIDGOV_OK;
    }
    l.keys = gg_realloc(NULL, count, (size_t)l.criteria * sizeof *l.keys);
    l.cards = gg_realloc(NULL, count, sizeof *l.cards);
    l.order = gg_realloc(NULL, count, sizeof *l.order);
    l.next = gg_realloc(NULL, count, sizeof *l.next);
    l.values = gg_realloc(NULL, count, sizeof *l.values);
    if (l.keys == NULL || l.cards == NULL || l.order == NULL || l.next == NULL ||
        l.values == NULL) {
        status = gg_fail_memory(err);
    } else {
        list_cards(&l, cards);
        status = sort_cards(&l, err);
    }
    if (status == GRIDGOV_OK) {
        give_ranks(cards, &l);
    }
    gg_free(l.keys);
    gg_free(l.cards);
    gg_free(l.order);
    gg_free(l.next);
    gg_free(l.values);
    return status;
}

/* Units in the order of their first grid, and the mean of the totals that can be compared. */
static gridgov_status average(gridgov_scorecards *cards, gridgov_error *err) {
    static const int64_t decimals[] = {1000, 100, 10, 1};
    const gridgov_policy *policy = cards->policy;
    const gridgov_units *units = gridgov_facts_units(cards->facts);
    int64_t unit = decimals[policy->mean_decimals];
    int64_t *slots;
    gridgov_status status = GRIDGOV_OK;
    if (policy->unit_means == 0) {
        return GRIDGOV_OK;
    }
    cards->units = gg_calloc((size_t)cards->card_count, sizeof *cards->units);
    slots = gg_calloc((size_t)cards->unit_count, sizeof *slots); /* 1 + index */
    if (cards->units == NULL || slots == NULL) {
        gg_free(slots);
        return gg_fail_memory(err);
    }
    for (int64_t i = 0; i < cards->card_count && status == GRIDGOV_OK; i++) {
        const gg_score_card *card = &cards->cards[i];
        gridgov_unit grid = {.struct_size = sizeof grid, .parent = GRIDGOV_NONE};
        gg_score_unit *above;
        if (gridgov_units_at(&grid, units, card->unit) != GRIDGOV_OK || grid.parent < 0) {
            continue;
        }
        if (slots[grid.parent] == 0) {
            slots[grid.parent] = ++cards->mean_count;
            cards->units[cards->mean_count - 1].unit = grid.parent;
        }
        above = &cards->units[slots[grid.parent] - 1];
        above->cards++;
        if (is_comparable(cards, card)) {
            above->counted++;
            status = gg_add(&above->sum, above->sum, card->total) == 0
                         ? GRIDGOV_OK
                         : gg_fail(err, GG_RULE_OVERFLOW, "mean", NULL, 0, "points", NULL);
        }
    }
    gg_free(slots);
    for (int64_t i = 0; i < cards->mean_count && status == GRIDGOV_OK; i++) {
        gg_score_unit *above = &cards->units[i];
        int64_t steps;
        if (above->counted > 0 && gg_round_quotient(&steps, above->sum, 1, above->counted * unit,
                                                    policy->unit_means) == 0) {
            above->mean = steps * unit;
        }
    }
    return status;
}

gridgov_status gg_score_stand(gridgov_scorecards *cards, const gridgov_scorecards *const *history,
                              gridgov_error *err) {
    const gridgov_policy *policy = cards->policy;
    size_t count = (size_t)cards->card_count;
    cards->standings = gg_realloc(NULL, count, sizeof *cards->standings);
    cards->totals = gg_realloc(NULL, count, sizeof *cards->totals);
    cards->ranks = gg_realloc(NULL, count, sizeof *cards->ranks);
    if (cards->standings == NULL || cards->totals == NULL || cards->ranks == NULL) {
        return gg_fail_memory(err);
    }
    for (int64_t i = 0; i < cards->card_count; i++) {
        const gg_score_card *card = &cards->cards[i];
        gg_score_standing *standing = &cards->standings[i];
        *standing = (gg_score_standing){.grade = -1, .peer = peer_of(policy, card->unit_name)};
        standing->veto = veto_of(cards, card);
        if (standing->veto == -2) {
            return gg_fail(err, GG_RULE_OVERFLOW, "veto", NULL, 0, "points", NULL);
        }
        if (standing->veto >= 0) {
            standing->grade = (int32_t)policy->vetoes[standing->veto].grade;
        } else if (is_comparable(cards, card)) {
            standing->grade = grade_of(policy, card->total);
        }
        standing->below = months_below(cards, card, history);
        cards->totals[i] = card->total;
    }
    GG_TRY(rank_cards(cards, err));
    for (int64_t i = 0; i < cards->card_count; i++) {
        cards->ranks[i] = cards->standings[i].rank;
    }
    return average(cards, err);
}
