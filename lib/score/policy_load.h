/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a policy document. The loader reports every problem through its JSON reader and goes on,
 * so one pass finds them all; only a lack of memory is kept apart. */
#ifndef GG_POLICY_LOAD_H
#define GG_POLICY_LOAD_H

#include "base/json.h"
#include "policy_model.h"

#define GG_POINTER_SIZE 64                               /* as gg_json_pointer_at() writes */
#define GG_POINTS_MAX ((int64_t)1000000 * GRIDGOV_POINT) /* of one indicator, group or rule */
#define GG_COUNT_MAX ((int64_t)1000000000)               /* of a quota or an edge */

typedef struct gg_policy_loader {
    gg_json_reader reader;
    gridgov_policy *policy; /* being filled */
    gg_map parameter_index; /* name → index into policy->parameters */
    size_t rule_capacity, band_capacity, term_capacity, reference_capacity;
    int64_t owner_first; /* first node of the indicator or veto being read */
    int in_steps;        /* 1 while a step of a rule is read */
    int in_history;      /* 1 below a rule of consecutive months */
    int short_of_memory;
} gg_policy_loader;

/* Fill a zeroed policy from a document and the caller's parameter values. What was filled is the
 * policy's to release, whatever the status. */
gridgov_status gg_policy_read(gridgov_policy *policy, const char *json, size_t size,
                              const char *parameters, size_t parameters_size,
                              gridgov_issues *issues, gridgov_error *err);

/* Copy of text in the policy's arena; "" when memory is short. */
const char *gg_policy_text(gg_policy_loader *loader, const char *text);
/* A code or name, not empty and short enough to look up, copied; pointer is the object's. */
const char *gg_policy_name_text(gg_policy_loader *loader, const json_t *object, const char *pointer,
                                const char *key);
/* "published", "reconstructed" or "ours". */
const char *gg_policy_certainty(gg_policy_loader *loader, const json_t *object,
                                const char *pointer);
/* Keep a failure of another document as the first problem, if there was none. */
void gg_policy_adopt(gg_policy_loader *loader, const gridgov_error *problem);

/* The section "parameters", then the caller's values over it. */
void gg_policy_read_parameters(gg_policy_loader *loader, const char *values, size_t size);
/* The section "metrics" with "metric_thresholds" set from the parameters. */
void gg_policy_read_metrics(gg_policy_loader *loader);
/* The parameter that {"parameter": name} at pointer names; NULL, reported, if there is none. */
gg_policy_parameter *gg_policy_parameter_of(gg_policy_loader *loader, const json_t *reference,
                                            const char *pointer);

/* A text member that may be missing, copied. */
const char *gg_policy_optional_text(gg_policy_loader *loader, const json_t *object,
                                    const char *pointer, const char *key);
/* Element of an array that must hold objects, and its pointer; NULL, reported, otherwise. */
const json_t *gg_policy_element(gg_policy_loader *loader, const json_t *array, const char *name,
                                size_t index, char pointer[GG_POINTER_SIZE]);

/* policy_operands.c: the pieces of rules. A member in thousandths within [min, max], written out or
 * as {"parameter": name}; an open parameter clears *configured and gives 0. */
int64_t gg_policy_number(gg_policy_loader *loader, const json_t *object, const char *pointer,
                         const char *key, int64_t min, int64_t max, int32_t *configured);
/* The same for whole numbers, in units. */
int64_t gg_policy_whole(gg_policy_loader *loader, const json_t *object, const char *pointer,
                        const char *key, int64_t min, int64_t max, int32_t *configured);
/* Index of the metric that a member names by its code; it must count per unit. */
int64_t gg_policy_metric(gg_policy_loader *loader, const json_t *object, const char *pointer,
                         const char *key);
/* One metric by its code, or a list of metrics with whole factors. */
gg_policy_operand gg_policy_read_operand(gg_policy_loader *loader, const json_t *object,
                                         const char *pointer, const char *key);
/* GRIDGOV_COUNT_*, in place of a metric. */
gg_policy_operand gg_policy_count_of(gg_policy_loader *loader, int64_t count);
int64_t gg_policy_first_metric(const gg_policy_loader *loader, gg_policy_operand operand);
/* One of a few words; the value of the word. */
int32_t gg_policy_word(gg_policy_loader *loader, const json_t *object, const char *pointer,
                       const char *key, const char *const *words, const int32_t *values,
                       const char *list);
/* "half_up", "half_even" or "truncate" as GRIDGOV_ROUNDING_*. */
int32_t gg_policy_rounding(gg_policy_loader *loader, const json_t *object, const char *pointer,
                           const char *key);
int32_t gg_policy_when_empty(gg_policy_loader *loader, const json_t *object, const char *pointer,
                             const char *key);
/* The members of a ratio, or "metric", into a rule. */
void gg_policy_ratio(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                     const char *pointer);
void gg_policy_count(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                     const char *pointer);

/* policy_bands.c: steps of a rule. */
void gg_policy_read_bands(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                          const char *pointer);
void gg_policy_read_stages(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                           const char *pointer);
void gg_policy_read_table(gg_policy_loader *loader, gg_policy_rule *rule, const json_t *object,
                          const char *pointer);

/* policy_rules.c: append the rules of an array at pointer to those of loader->owner_first; the
 * number of nodes appended. */
int64_t gg_policy_read_rules(gg_policy_loader *loader, const json_t *rules, const char *pointer,
                             int is_award);
/* The same for one rule that is a member of object. */
int64_t gg_policy_read_rule(gg_policy_loader *loader, const json_t *object, const char *pointer,
                            const char *key);

/* policy_standing.c: grades, ranking, peers, means, standard, vetoes, and the part of a month. */
void gg_policy_read_standing(gg_policy_loader *loader);

#endif
