/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a policy document. The loader reports every problem through its JSON reader and goes on,
 * so one pass finds them all; only a lack of memory is kept apart. */
#ifndef GG_POLICY_LOAD_H
#define GG_POLICY_LOAD_H

#include "base/json.h"
#include "policy_model.h"

#define GG_POINTER_SIZE 64 /* as gg_json_pointer_at() writes */

typedef struct gg_policy_loader {
    gg_json_reader reader;
    gridgov_policy *policy; /* being filled */
    gg_map parameter_index; /* name → index into policy->parameters */
    size_t rule_capacity, band_capacity;
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
const gg_policy_parameter *gg_policy_parameter_of(gg_policy_loader *loader, const json_t *reference,
                                                  const char *pointer);

/* The rules of one indicator: its array "deductions", at pointer. */
void gg_policy_read_rules(gg_policy_loader *loader, gg_policy_indicator *indicator,
                          const json_t *deductions, const char *pointer);

#endif
