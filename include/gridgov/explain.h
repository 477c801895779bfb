/* SPDX-License-Identifier: Apache-2.0 */
/** @file explain.h
 *  Why a grid has the points it has: for every indicator the rule and its clause, what was
 *  observed, the threshold, the points, what was missing for full marks, and the evidence down to
 *  event numbers, days and distances. The bonus is a line of its own, so that for every grid
 *  `base + Σ points = total`, exactly, where base is the points of the indicators that were
 *  assessed: 100 if all of them were.
 *
 *  Nothing is invented: an adjustment that the office printed without a reason says just that, and
 *  its evidence is its own row.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <stdio.h>
 *  static int print_lost(const gridgov_scorecards *cards, int64_t card) {
 *      gridgov_explanation *why = NULL;
 *      gridgov_explained line = {.struct_size = sizeof line};
 *      int status = gridgov_explain(&why, cards, card, NULL, GRIDGOV_LANG_EN, NULL, NULL);
 *      for (int64_t i = 0; gridgov_explanation_line_at(&line, why, i) == GRIDGOV_OK; i++) {
 *          if (line.points < 0) printf("%s: %s\n", line.name, line.observed);
 *      }
 *      gridgov_explanation_free(why);
 *      return status;
 *  }
 *  @endcode */
#ifndef GRIDGOV_EXPLAIN_H
#define GRIDGOV_EXPLAIN_H

#include <gridgov/evidence.h>
#include <gridgov/io.h>
#include <gridgov/score.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The explanation of one card; immutable. */
typedef struct gridgov_explanation gridgov_explanation;

/** One line of it; pointers are borrowed, text is in the language asked for. */
typedef struct gridgov_explained {
    uint32_t struct_size;   /**< sizeof(gridgov_explained), set by the caller */
    int32_t state;          /**< _BLANK nothing deducted, _VALUE, _UNKNOWN or _NOT_APPLICABLE not
                                 assessed */
    int64_t indicator;      /**< index in the policy; GRIDGOV_NONE for the bonus and what is no
                                 indicator */
    const char *code;       /**< "online_rate"; "bonus" */
    const char *name;       /**< "日在线率" */
    const char *group;      /**< code of its group; "" for the bonus */
    const char *group_name; /**< "平安通 app 考核"; "" for the bonus */
    gridgov_points max;     /**< points at stake; 0 for the bonus */
    gridgov_points points;  /**< signed thousandths; 0 if not assessed */
    int64_t numerator;      /**< as in gridgov_score_line */
    int64_t denominator;    /**< −1 for counts */
    int32_t origin;         /**< GRIDGOV_ORIGIN_*; 0 for the bonus */
    int32_t reserved;       /**< 0 */
    const char *rule;       /**< the rule in plain words, from its numbers */
    const char *clause;     /**< the clause in the words of the policy; may be "" */
    const char *source;     /**< where the clause comes from; may be "" */
    const char *observed;   /**< what was counted or given */
    const char *threshold;  /**< what would have cost nothing; "" for the bonus */
    const char *shortfall;  /**< what was missing for full marks, or for an assessment; "" nothing */
    int64_t first_item;     /**< its evidence: items [first_item, first_item + item_count) */
    int64_t item_count;     /**< see above */
} gridgov_explained;

/** Explain one card.
 *  @param[out] out       the explanation; yours to free. It keeps the cards alive
 *  @param      cards     scored
 *  @param      card      0 … count−1
 *  @param      evidence  of dimension unit, all metrics, at least the card's row, from the cards'
 *                        facts; NULL: found here. Who explains many cards finds it once
 *  @param      lang      GRIDGOV_LANG_*
 *  @param      job       may be NULL
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_END no such card; GRIDGOV_ERANGE; GRIDGOV_ECANCELLED; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_explain(gridgov_explanation **out,
                                           const gridgov_scorecards *cards, int64_t card,
                                           const gridgov_evidence *evidence, int32_t lang,
                                           gridgov_job *job, gridgov_error *err);

/** Number of lines: the indicators in published order, what bounds of groups ("groups") and rescaling
 *  ("rescaled") did if they did anything, then the bonus; 0 for NULL.    @threads safe
 *  @since 0.1 */
GRIDGOV_API int64_t gridgov_explanation_line_count(const gridgov_explanation *explanation);
/** One line.    @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_explanation_line_at(gridgov_explained *line_out,
                                                       const gridgov_explanation *explanation,
                                                       int64_t index);

/** One piece of evidence. Of a count they are the atoms that were counted, and add up to it; of a
 *  ratio those it fell short by, and add up to denominator − numerator; of a monthly figure the
 *  figure; of points that were given an atom of kind GRIDGOV_ATOM_ADJUSTMENT, whose index is that
 *  of gridgov_facts_adjustment_at(), whose count is thousandths of a point, and whose id and text
 *  are number and reason. Atoms that lacked the data come last.
 *  @param[out] atom_out     the atom; may be NULL
 *  @param[out] text_out     the same as one sentence, borrowed; may be NULL
 *  @param      explanation  any
 *  @param      index        of the item
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_explanation_item_at(gridgov_atom *atom_out,
                                                       const char **text_out,
                                                       const gridgov_explanation *explanation,
                                                       int64_t index);

/** The explanation as `gridgov.explain/1` (docs/explain.md).
 *  @param[out] out          the bytes; yours to free
 *  @param      explanation  any
 *  @param[out] err          may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_explanation_json(gridgov_bytes **out,
                                                    const gridgov_explanation *explanation,
                                                    gridgov_error *err);

/** The explanation as plain text for people, in the language it was made in.
 *  @return as gridgov_explanation_json()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_explanation_text(gridgov_bytes **out,
                                                    const gridgov_explanation *explanation,
                                                    gridgov_error *err);

/** The card explained, and where it stands among the cards.
 *  @param      explanation  any
 *  @param[out] cards_out    borrowed; may be NULL
 *  @param[out] index_out    may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_explanation_card(const gridgov_scorecards **cards_out,
                                                    int64_t *index_out,
                                                    const gridgov_explanation *explanation);

/** Free an explanation; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_explanation_free(gridgov_explanation *explanation);

#ifdef __cplusplus
}
#endif
#endif
