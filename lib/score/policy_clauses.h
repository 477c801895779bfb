/* SPDX-License-Identifier: Apache-2.0 */
/* A policy as a list of clauses in words: what is printed and what is compared are the same. */
#ifndef GG_POLICY_CLAUSES_H
#define GG_POLICY_CLAUSES_H

#include "base/buf.h"
#include "policy_model.h"

/* Where a clause belongs in the printed document. */
enum {
    GG_CLAUSE_HEAD = 1,
    GG_CLAUSE_GROUP = 2,     /* opens a group */
    GG_CLAUSE_INDICATOR = 3, /* opens an indicator */
    GG_CLAUSE_LINE = 4,      /* of the indicator before it */
    GG_CLAUSE_TOTAL = 5,
    GG_CLAUSE_PARAMETER = 6
};

typedef struct gg_clause {
    int32_t kind, reserved;
    const char *place; /* "indicators/closure/rules" */
    const char *owner; /* "结案率"; "" if it belongs to the policy */
    const char *title; /* "规则" */
    const char *text;
} gg_clause;

typedef struct gg_clauses {
    gg_clause *items;
    size_t count, capacity;
    gg_arena arena;
    int short_of_memory;
} gg_clauses;

/* Every clause of a policy, in the order of the document. Release in any case. */
void gg_clauses_read(gg_clauses *clauses, const gridgov_policy *policy, int32_t lang);
void gg_clauses_release(gg_clauses *clauses);

#endif
