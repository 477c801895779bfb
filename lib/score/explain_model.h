/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation from the inside, and what its parts share: explain.c collects lines and evidence,
 * explain_words.c puts rules and figures into words, explain_item.c the pieces of evidence,
 * explain_write.c writes the whole. */
#ifndef GG_EXPLAIN_MODEL_H
#define GG_EXPLAIN_MODEL_H

#include "score_model.h"

#include <gridgov/explain.h>

typedef struct gg_explain_item {
    gridgov_atom atom;
    const char *text;
} gg_explain_item;

struct gridgov_explanation {
    gg_share share;
    gg_arena arena;
    gridgov_scorecards *cards;
    gridgov_evidence *evidence;
    int64_t card;
    int32_t lang, utc_offset_minutes;
    gridgov_explained *lines;
    int64_t line_count;
    gg_explain_item *items;
    size_t item_count, item_capacity;
    gg_buf scratch;
};

/* One of two texts by a language. */
const char *gg_in(int32_t lang, const char *zh, const char *en);
/* Thousandths without needless zeros. */
void gg_put_points(gg_buf *buf, gridgov_points points);
/* "2021-09-07 14:40", local. */
void gg_put_moment(gg_buf *buf, gridgov_time time, int32_t utc_offset_minutes);
void gg_put_day(gg_buf *buf, gridgov_day day);

/* A rule in words: "无效上报数：每件扣 1 分". */
void gg_put_rule(gg_buf *buf, const gridgov_policy *policy, int64_t indicator, int64_t rule,
                 int32_t lang);
/* What costs nothing: "0 件", "90%". */
void gg_put_threshold(gg_buf *buf, const gridgov_policy *policy, int64_t indicator, int64_t rule,
                      int32_t lang);
/* What one rule found, and how far it is from full marks; "" if nothing is missing. */
void gg_put_observed(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                     const gg_rule_result *result, int32_t lang);
void gg_put_shortfall(gg_buf *buf, const gridgov_policy *policy, const gridgov_score_rule *rule,
                      const gg_rule_result *result, int32_t lang);
/* One piece of evidence as a sentence. */
void gg_put_item(gg_buf *buf, const gridgov_explanation *explanation, const gridgov_atom *atom);

#endif
