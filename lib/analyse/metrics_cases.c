/* SPDX-License-Identifier: Apache-2.0 */
/* What a metric of the measure `cases` says beside its name: lists of conditions, a limit of time,
 * and the words for attribution, cut-off, quantity and clock.
 *
 * A condition stands in a list by its code, after "not " for its opposite. A condition that a list
 * names twice, or together with its opposite, is a problem: the first is a slip, and the second
 * counts nothing for ever. Lists become sets of bits, so that a case is tested against all of them
 * at once. */
#include "metrics_model.h"

#include <string.h>

#define BIT(n) (UINT64_C(1) << (n))
#define COUNT_MAX 1000000 /* of a limit of time, whatever its unit */
#define NOT "not "

typedef struct time_unit {
    const char *key;
    int64_t seconds;
    int32_t work; /* 1: seconds inside the slots of the roster */
} time_unit;

static const time_unit time_units[] = {
    {"seconds", 1, 0},       {"hours", 3600, 0},     {"days", 86400, 0},
    {"work_hours", 3600, 1}, {"workdays", 28800, 1}, /* 8 work hours, as everywhere */
};
#define TIME_UNITS (sizeof time_units / sizeof time_units[0])

static const char *const within_keys[] = {"closed_within", NULL};
static const char *const unit_keys[] = {"seconds", "hours", "days", "work_hours", "workdays", NULL};

/* {"closed_within": {"workdays": 3}}: the one condition that takes a number. */
static void read_within(gg_metrics_loader *l, gridgov_metric *metric, const json_t *entry,
                        const char *pointer) {
    char below[64];
    gg_json_known(&l->reader, entry, pointer, within_keys);
    const json_t *limit = gg_json_object(&l->reader, entry, pointer, "closed_within", 1);
    if (limit == NULL) {
        return;
    }
    gg_json_pointer_key(below, pointer, "closed_within");
    gg_json_known(&l->reader, limit, below, unit_keys);
    if (metric->within_seconds >= 0 || json_object_size(limit) != 1) {
        gg_json_problem(&l->reader, GG_RULE_JSON_RULE, below, NULL, "closed_within",
                        "one limit in one unit of time");
        return;
    }
    for (size_t i = 0; i < TIME_UNITS; i++) {
        if (json_object_get(limit, time_units[i].key) != NULL) {
            const int64_t count =
                gg_json_int(&l->reader, limit, below, time_units[i].key, 1, 0, 0, COUNT_MAX);
            metric->within_seconds = count * time_units[i].seconds;
            metric->within_work = time_units[i].work;
        }
    }
}

static void read_condition(gg_metrics_loader *l, uint64_t *holds, uint64_t *fails, const char *text,
                           const char *pointer) {
    const int opposite = strncmp(text, NOT, sizeof NOT - 1) == 0;
    const char *code = text + (opposite ? sizeof NOT - 1 : 0);
    int32_t value = 0;
    if (gridgov_code_value(&value, GRIDGOV_KIND_CONDITION, code, strlen(code)) != GRIDGOV_OK) {
        gg_json_problem(&l->reader, GG_RULE_JSON_CODE, pointer, NULL, text, "the conditions");
        return;
    }
    if ((*holds | *fails) & BIT(value)) {
        gg_json_problem(&l->reader, GG_RULE_JSON_DUPLICATE, pointer, NULL, text, NULL);
    }
    *(opposite ? fails : holds) |= BIT(value);
}

/* One list. Only `where` may hold a limit of time. */
static void read_list(gg_metrics_loader *l, gridgov_metric *metric, const json_t *object,
                      const char *pointer, const char *key, uint64_t *holds, uint64_t *fails) {
    const json_t *list = gg_json_array(&l->reader, object, pointer, key, 0);
    char below[64];
    gg_json_pointer_key(below, pointer, key);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        char place[64];
        gg_json_pointer_at(place, below, i);
        if (json_is_string(entry)) {
            read_condition(l, holds, fails, json_string_value(entry), place);
        } else if (json_is_object(entry) && holds == &metric->where) {
            read_within(l, metric, entry, place);
        } else {
            gg_json_problem(&l->reader, GG_RULE_JSON_TYPE, place, NULL, key, "a condition");
        }
    }
}

/* A word of a small enumeration; fallback if it is absent. */
static int32_t read_word(gg_metrics_loader *l, const json_t *object, const char *pointer,
                         const char *key, int32_t kind, int32_t fallback) {
    int32_t value = fallback;
    const char *text = gg_json_text(&l->reader, object, pointer, key, 0, NULL);
    if (text != NULL && gridgov_code_value(&value, kind, text, strlen(text)) != GRIDGOV_OK) {
        gg_json_problem(&l->reader, GG_RULE_JSON_CODE, pointer, key, text, key);
    }
    return value;
}

/* The clock that times are taken from. One of a holder is not the whole case's, and a response is
 * no closing. */
static void read_clock(gg_metrics_loader *l, gridgov_metric *metric, const json_t *object,
                       const char *pointer) {
    const int timed = metric->quantity == GRIDGOV_QUANTITY_SECONDS ||
                      metric->quantity == GRIDGOV_QUANTITY_WORK_SECONDS;
    const char *problem = NULL;
    metric->clock = read_word(l, object, pointer, "clock", GRIDGOV_KIND_CLOCK, 0);
    if (metric->clock == 0) {
        return;
    }
    if (metric->clock == GRIDGOV_CLOCK_HOLDER) {
        problem = "not a clock of the whole case";
    } else if (!timed && metric->within_seconds < 0) {
        problem = "nothing here asks for a time";
    } else if (metric->clock == GRIDGOV_CLOCK_RESPONSE && metric->within_seconds >= 0) {
        problem = "closed_within asks for a closing";
    }
    if (problem != NULL) {
        gg_json_problem(&l->reader, GG_RULE_JSON_RULE, pointer, "clock",
                        gridgov_code_text(GRIDGOV_KIND_CLOCK, metric->clock), problem);
    }
}

void gg_metrics_read_conditions(gg_metrics_loader *l, gridgov_metric *metric, const json_t *object,
                                const char *pointer, int takes) {
    static const char *const keys[] = {"where",   "any",      "among", "attribution",
                                       "cut_off", "quantity", "clock", NULL};
    metric->attribution = GRIDGOV_ATTRIBUTION_PERIOD;
    metric->cut_off = GRIDGOV_CUT_OFF_AS_OF;
    metric->quantity = GRIDGOV_QUANTITY_CASES;
    metric->within_seconds = -1;
    for (size_t i = 0; !takes && keys[i] != NULL; i++) {
        if (json_object_get(object, keys[i]) != NULL) {
            gg_json_problem(&l->reader, GG_RULE_JSON_RULE, pointer, keys[i], keys[i],
                            "not a parameter of this measure");
        }
    }
    if (!takes) {
        return;
    }
    read_list(l, metric, object, pointer, "where", &metric->where, &metric->where_not);
    read_list(l, metric, object, pointer, "any", &metric->any, &metric->any_not);
    read_list(l, metric, object, pointer, "among", &metric->among, &metric->among_not);
    metric->attribution = read_word(l, object, pointer, "attribution", GRIDGOV_KIND_ATTRIBUTION,
                                    GRIDGOV_ATTRIBUTION_PERIOD);
    metric->cut_off =
        read_word(l, object, pointer, "cut_off", GRIDGOV_KIND_CUT_OFF, GRIDGOV_CUT_OFF_AS_OF);
    metric->quantity =
        read_word(l, object, pointer, "quantity", GRIDGOV_KIND_QUANTITY, GRIDGOV_QUANTITY_CASES);
    read_clock(l, metric, object, pointer);
}

void gg_metrics_digest_conditions(gg_digest *digest, const gridgov_metric *metric) {
    gg_digest_int(digest, metric->attribution);
    gg_digest_int(digest, metric->cut_off);
    // Documents that name no clock keep the digest that they have had.
    gg_digest_int(digest, (int64_t)metric->clock << 8 | metric->quantity);
    gg_digest_int(digest, metric->within_work);
    gg_digest_int(digest, metric->within_seconds);
    gg_digest_int(digest, (int64_t)metric->where);
    gg_digest_int(digest, (int64_t)metric->where_not);
    gg_digest_int(digest, (int64_t)metric->any);
    gg_digest_int(digest, (int64_t)metric->any_not);
    gg_digest_int(digest, (int64_t)metric->among);
    gg_digest_int(digest, (int64_t)metric->among_not);
}
