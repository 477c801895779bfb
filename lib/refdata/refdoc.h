/* SPDX-License-Identifier: Apache-2.0 */
/* What the documents of reference data have in common: dates, certainty, lists of objects. */
#ifndef GG_REFDOC_H
#define GG_REFDOC_H

#include "base/json.h"

#define GG_POINTER_SIZE 64 /* bytes of a JSON pointer, as base/json.h has it */

/* Object at an index of an array that stands at pointer; item_pointer receives where it stands.
 * NULL and a problem if it is no object. */
const json_t *gg_refdoc_item(gg_json_reader *reader, const json_t *array, size_t index,
                             const char *pointer, char item_pointer[GG_POINTER_SIZE]);
/* Date member; GRIDGOV_NO_DAY if absent (a problem if required) or no date (always a problem). */
gridgov_day gg_refdoc_day(gg_json_reader *reader, const json_t *object, const char *pointer,
                          const char *key, int required);
/* Code member: its constant of a kind, or fallback if absent (a problem if required) or unknown
 * (always a problem). */
int32_t gg_refdoc_code(gg_json_reader *reader, const json_t *object, const char *pointer,
                       const char *key, int32_t kind, int required, int32_t fallback);
/* Report a member that is no certainty: "published", "reconstructed" or "ours". */
void gg_refdoc_certainty(gg_json_reader *reader, const json_t *object, const char *pointer,
                         const char *key);

#endif
