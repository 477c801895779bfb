/* SPDX-License-Identifier: Apache-2.0 */
/* Rules in words, from their numbers. */
#ifndef GG_RULE_WORDS_H
#define GG_RULE_WORDS_H

#include "base/buf.h"
#include "policy_model.h"

/* What a rule counts: a count, or a ratio. */
void gg_put_counted(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                    int32_t lang);
/* A rule and those below it: "无效上报数：每件扣 1 分". nodes are its owner's. */
void gg_put_rule_words(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *nodes,
                       int64_t index, int32_t lang);
/* What the words leave out: what 0/0 is, the smallest denominator, whether a parameter is open.
 * Begins with "；" or "; " where there is anything to say. */
void gg_put_rule_terms(gg_buf *buf, const gridgov_policy *policy, const gg_policy_rule *rule,
                       int32_t lang);
/* Points without needless zeros. */
void gg_put_milli(gg_buf *buf, int64_t milli);

#endif
