/* SPDX-License-Identifier: Apache-2.0 */
/* Holds the explanation of every card to its card: base + Σ points = total, and the pieces of
 * evidence add up to what the line observed. */
#ifndef EXPLAIN_SUPPORT_H
#define EXPLAIN_SUPPORT_H

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* What a line of counted rows must add up to: Σ over its rules of what each counted, or fell short
 * by. */
static inline int64_t expected_sum(const gridgov_scorecards *cards, int64_t row,
                                   int64_t indicator) {
    const gridgov_policy *policy = gridgov_scorecards_policy(cards);
    gridgov_score_rule rule = {.struct_size = sizeof rule};
    int64_t sum = 0;
    for (int64_t i = 0; gridgov_policy_rule_at(&rule, policy, indicator, i) == GRIDGOV_OK; i++) {
        gridgov_cell n = {.struct_size = sizeof n}, d = {.struct_size = sizeof d};
        assert_int_equal(gridgov_facts_value(&n, gridgov_scorecards_facts(cards),
                                             GRIDGOV_DIMENSION_UNIT, row, rule.numerator),
                         GRIDGOV_OK);
        sum += n.value;
        if (rule.denominator != GRIDGOV_NONE && !rule.complement) {
            assert_int_equal(gridgov_facts_value(&d, gridgov_scorecards_facts(cards),
                                                 GRIDGOV_DIMENSION_UNIT, row, rule.denominator),
                             GRIDGOV_OK);
            sum += d.value - 2 * n.value;
        }
    }
    return sum;
}

static inline void assert_line(const gridgov_scorecards *cards, const gridgov_scorecard *card,
                               const gridgov_explanation *why, const gridgov_explained *line) {
    int64_t counted = 0, points = 0;
    for (int64_t i = line->first_item; i < line->first_item + line->item_count; i++) {
        gridgov_atom atom = {.struct_size = sizeof atom};
        const char *text = NULL;
        assert_int_equal(gridgov_explanation_item_at(&atom, &text, why, i), GRIDGOV_OK);
        assert_true(text[0] != '\0');
        counted += atom.kind == GRIDGOV_ATOM_ADJUSTMENT ? 0 : atom.count;
        points += atom.kind == GRIDGOV_ATOM_ADJUSTMENT ? atom.count : 0;
    }
    assert_true(line->rule[0] != '\0');
    if (strcmp(line->code, "groups") == 0 || strcmp(line->code, "rescaled") == 0) {
        return;
    }
    assert_true(line->observed[0] != '\0');
    if (line->indicator == GRIDGOV_NONE) {
        assert_int_equal(points, card->bonus);
        return;
    }
    if (line->state != GRIDGOV_CELL_VALUE && line->state != GRIDGOV_CELL_BLANK) {
        assert_int_equal(line->points, 0);
        assert_true(line->shortfall[0] != '\0');
        return;
    }
    assert_true(line->points == 0 || line->item_count > 0); // nobody's point is lost unseen
    if (line->origin == GRIDGOV_ORIGIN_DEDUCTION) {
        assert_int_equal(line->points, points < -line->max ? -line->max : points);
    } else if (line->origin == GRIDGOV_ORIGIN_ROWS) {
        assert_int_equal(counted, expected_sum(cards, card->row, line->indicator));
    }
}

static inline void assert_explained(const gridgov_scorecards *cards) {
    const gridgov_facts *facts = gridgov_scorecards_facts(cards);
    gridgov_evidence *evidence = NULL;
    gridgov_scorecard card = {.struct_size = sizeof card};
    assert_int_equal(gridgov_evidence_find(&evidence, facts, GRIDGOV_DIMENSION_UNIT, GRIDGOV_NONE,
                                           GRIDGOV_NONE, NULL, NULL),
                     GRIDGOV_OK);
    for (int64_t i = 0; gridgov_scorecards_at(&card, cards, i) == GRIDGOV_OK; i++) {
        gridgov_explanation *why = NULL;
        gridgov_explained line = {.struct_size = sizeof line};
        gridgov_points sum = card.out_of;
        assert_int_equal(gridgov_explain(&why, cards, i, i % 2 == 0 ? evidence : NULL,
                                         (int32_t)(i % 2), NULL, NULL),
                         GRIDGOV_OK);
        for (int64_t k = 0; gridgov_explanation_line_at(&line, why, k) == GRIDGOV_OK; k++) {
            assert_line(cards, &card, why, &line);
            sum += line.points;
        }
        assert_int_equal(sum, card.total);
        gridgov_explanation_free(why);
    }
    gridgov_evidence_free(evidence);
}

#endif
