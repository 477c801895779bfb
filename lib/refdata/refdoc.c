/* SPDX-License-Identifier: Apache-2.0 */
/* Readers shared by the documents of reference data.
 *
 * Invariant: like the getters of base/json.h these never stop the walk over a document. They report
 * to the reader and hand back a neutral value, so that one pass finds every problem. */
#include "refdoc.h"

#include "base/error.h"

#include <gridgov/civil.h>
#include <gridgov/codes.h>

#include <string.h>

const json_t *gg_refdoc_item(gg_json_reader *reader, const json_t *array, size_t index,
                             const char *pointer, char item_pointer[GG_POINTER_SIZE]) {
    const json_t *item = json_array_get(array, index);
    gg_json_pointer_at(item_pointer, pointer, index);
    if (!json_is_object(item)) {
        gg_json_problem(reader, GG_RULE_JSON_TYPE, item_pointer, NULL, item_pointer, "an object");
        return NULL;
    }
    return item;
}

gridgov_day gg_refdoc_day(gg_json_reader *reader, const json_t *object, const char *pointer,
                          const char *key, int required) {
    const char *text = gg_json_text(reader, object, pointer, key, required, NULL);
    gridgov_day day = GRIDGOV_NO_DAY;
    if (text == NULL) {
        return GRIDGOV_NO_DAY;
    }
    if (gridgov_day_parse(&day, text, strlen(text), NULL) != GRIDGOV_OK) {
        gg_json_problem(reader, GG_RULE_DAY, pointer, key, text, NULL);
        return GRIDGOV_NO_DAY;
    }
    return day;
}

int32_t gg_refdoc_code(gg_json_reader *reader, const json_t *object, const char *pointer,
                       const char *key, int32_t kind, int required, int32_t fallback) {
    const char *text = gg_json_text(reader, object, pointer, key, required, NULL);
    int32_t value = fallback;
    if (text != NULL && gridgov_code_value(&value, kind, text, strlen(text)) != GRIDGOV_OK) {
        gg_json_problem(reader, GG_RULE_JSON_CODE, pointer, key, text, "the known codes");
        return fallback;
    }
    return value;
}

void gg_refdoc_certainty(gg_json_reader *reader, const json_t *object, const char *pointer,
                         const char *key) {
    static const char *const known[] = {"published", "reconstructed", "ours"};
    const char *text = gg_json_text(reader, object, pointer, key, 0, NULL);
    if (text == NULL) {
        return;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(text, known[i]) == 0) {
            return;
        }
    }
    gg_json_problem(reader, GG_RULE_JSON_CODE, pointer, key, text,
                    "published, reconstructed, ours");
}
