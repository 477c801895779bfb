/* SPDX-License-Identifier: Apache-2.0 */
/* Thresholds and required elements as data (gridgov.validity/1). What a document leaves out has the
 * value of the standard one, which is itself a document and is loaded like any other. */
#include "signals.h"

#include "base/json.h"

#include <string.h>

#define SCHEMA "gridgov.validity/1"
#define KEY_LIMIT 256 /* bytes of a category's look-up key */
#define HOUR 3600
#define METRE 1000

static const char standard[] =
    "{\n"
    "  \"schema\": \"gridgov.validity/1\",\n"
    "  \"version\": \"1\",\n"
    "  \"name\": \"standard\",\n"
    "  \"source\": \"Five elements of a valid report and 50 m, 24 h for repeated ones: usual in "
    "published rules; the other thresholds are this project's\",\n"
    "  \"certainty\": \"ours\",\n"
    "  \"required\": [\"time\", \"place\", \"persons\", \"cause\", \"course\"],\n"
    "  \"required_closed\": [\"result\"],\n"
    "  \"categories\": [{\"category\": \"矛盾纠纷\", \"required\": [\"parties\"]}],\n"
    "  \"duplicate\": {\"metres\": 50, \"hours\": 24, \"by_place\": true},\n"
    "  \"closed_at_once\": {\"seconds\": 60, \"self_handled\": false},\n"
    "  \"bulk_closing\": {\"cases\": 20, \"window_seconds\": 600, \"before_hours\": 24},\n"
    "  \"sent_back\": {\"times\": 1}\n"
    "}\n";

static const char *const document_keys[] = {
    "schema",    "version",         "name",       "source",    "certainty",
    "required",  "required_closed", "categories", "duplicate", "closed_at_once",
    "sent_back", "bulk_closing",    NULL};
static const char *const category_keys[] = {"category", "required", NULL};
static const char *const duplicate_keys[] = {"metres", "hours", "by_place", NULL};
static const char *const once_keys[] = {"seconds", "self_handled", NULL};
static const char *const bulk_keys[] = {"cases", "window_seconds", "before_hours", NULL};
static const char *const back_keys[] = {"times", NULL};

const char *gridgov_validity_standard(size_t *size_out) {
    if (size_out != NULL) {
        *size_out = sizeof standard - 1;
    }
    return standard;
}

/* A list of elements as bits; fallback if it is absent. */
static uint32_t read_elements(gg_json_reader *reader, const json_t *object, const char *pointer,
                              const char *key, uint32_t fallback) {
    const json_t *list = gg_json_array(reader, object, pointer, key, 0);
    uint32_t bits = 0;
    if (list == NULL) {
        return fallback;
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const char *text = json_is_string(item) ? json_string_value(item) : "";
        int32_t element = 0;
        if (gridgov_code_value(&element, GRIDGOV_KIND_ELEMENT, text, strlen(text)) != GRIDGOV_OK) {
            gg_json_problem(reader, GG_RULE_JSON_CODE, pointer, key, text,
                            "time, place, persons, cause, course, parties, result");
            continue;
        }
        bits |= GG_ELEMENT_BIT(element);
    }
    return bits;
}

static int read_categories(gridgov_validity *v, gg_json_reader *reader) {
    const json_t *list = gg_json_array(reader, reader->root, "", "categories", 0);
    const size_t count = json_array_size(list);
    v->categories = gg_calloc(count, sizeof *v->categories);
    if (v->categories == NULL) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(list, i);
        char pointer[64], key[KEY_LIMIT];
        gg_json_pointer_at(pointer, "/categories", i);
        if (!json_is_object(item)) {
            gg_json_problem(reader, GG_RULE_JSON_TYPE, pointer, NULL, pointer, "an object");
            continue;
        }
        gg_json_known(reader, item, pointer, category_keys);
        gg_str name = gg_str_of(gg_json_text(reader, item, pointer, "category", 1, ""));
        const size_t size = gg_text_key(key, sizeof key, name);
        gg_validity_category *category = &v->categories[v->category_count++];
        category->required = read_elements(reader, item, pointer, "required", 0);
        category->key = gg_arena_text(&v->arena, key, size < sizeof key ? size : sizeof key);
        if (category->key == NULL) {
            return -1;
        }
    }
    return 0;
}

/* A section, or an empty stand-in where it is absent: every getter then gives its fallback. */
static const json_t *section(gg_json_reader *reader, const char *key, const char *const *keys) {
    const json_t *object = gg_json_object(reader, reader->root, "", key, 0);
    if (object != NULL) {
        char pointer[64];
        gg_json_pointer_key(pointer, "", key);
        gg_json_known(reader, object, pointer, keys);
    }
    return object;
}

static void read_thresholds(gridgov_validity *v, gg_json_reader *reader) {
    const json_t *s = section(reader, "duplicate", duplicate_keys);
    v->duplicate_mm =
        gg_json_int(reader, s, "/duplicate", "metres", 0, 50, 1, 5000) * (int64_t)METRE;
    v->duplicate_seconds =
        gg_json_int(reader, s, "/duplicate", "hours", 0, 24, 1, 8784) * (int64_t)HOUR;
    v->by_place = gg_json_bool(reader, s, "/duplicate", "by_place", 1);
    s = section(reader, "closed_at_once", once_keys);
    v->at_once_seconds = gg_json_int(reader, s, "/closed_at_once", "seconds", 0, 60, 0, 86400);
    v->with_self_handled = gg_json_bool(reader, s, "/closed_at_once", "self_handled", 0);
    s = section(reader, "bulk_closing", bulk_keys);
    v->bulk_cases = gg_json_int(reader, s, "/bulk_closing", "cases", 0, 20, 2, 1000000);
    v->bulk_window = gg_json_int(reader, s, "/bulk_closing", "window_seconds", 0, 600, 1, 86400);
    v->bulk_before =
        gg_json_int(reader, s, "/bulk_closing", "before_hours", 0, 24, 1, 8784) * (int64_t)HOUR;
    s = section(reader, "sent_back", back_keys);
    v->back_times = gg_json_int(reader, s, "/sent_back", "times", 0, 1, 1, 1000);
}

gridgov_status gridgov_validity_load(gridgov_validity **out, const char *json, size_t size,
                                     gridgov_issues *issues, gridgov_error *err) {
    const uint32_t five =
        GG_ELEMENT_BIT(GRIDGOV_ELEMENT_TIME) | GG_ELEMENT_BIT(GRIDGOV_ELEMENT_PLACE) |
        GG_ELEMENT_BIT(GRIDGOV_ELEMENT_PERSONS) | GG_ELEMENT_BIT(GRIDGOV_ELEMENT_CAUSE) |
        GG_ELEMENT_BIT(GRIDGOV_ELEMENT_COURSE);
    gg_json_reader reader;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (json == NULL) {
        return gg_fail_arg(err, "json");
    }
    GG_TRY(gg_json_open(&reader, "validity", json, size, SCHEMA, issues, err));
    gridgov_validity *v = gg_calloc(1, sizeof *v);
    gridgov_status status = v == NULL ? gg_fail_memory(err) : GRIDGOV_OK;
    if (v != NULL) {
        gg_share_init(&v->share);
        gg_json_known(&reader, reader.root, "", document_keys);
        v->required = read_elements(&reader, reader.root, "", "required", five);
        v->closed = read_elements(&reader, reader.root, "", "required_closed",
                                  GG_ELEMENT_BIT(GRIDGOV_ELEMENT_RESULT));
        read_thresholds(v, &reader);
        status = read_categories(v, &reader) ? gg_fail_memory(err) : gg_json_status(&reader, err);
    }
    gg_json_close(&reader);
    if (status != GRIDGOV_OK) {
        gridgov_validity_free(v);
        return status;
    }
    *out = v;
    return GRIDGOV_OK;
}

void gridgov_validity_free(gridgov_validity *validity) {
    if (validity != NULL && gg_share_drop(&validity->share)) {
        gg_free(validity->categories);
        gg_arena_release(&validity->arena);
        gg_free(validity);
    }
}
