/* SPDX-License-Identifier: Apache-2.0 */
/* Rules in force that bar an indicator as a basis of appraisal, from a document `gridgov.bars/1`:
 * each bar names the measures it speaks of, whether it speaks of rankings by them, its clause, its
 * source and from when to when it applies. A bar is a finding if its days meet those of the policy
 * (or the day asked for). It says what a rule in force says; it does not stop a score. */
#include "lint_model.h"

#include "base/error.h"
#include "base/json.h"

#include <gridgov/civil.h>
#include <gridgov/pack.h>

#include <string.h>

#define POINTER_SIZE 64

static const char *const document_keys[] = {"schema", "version",   "name", "title", "title_en",
                                            "source", "certainty", "bars", NULL};
static const char *const bar_keys[] = {"short",    "code",    "short",  "title",     "title_en",
                                       "issuer",   "clause",  "except", "from",      "to",
                                       "measures", "ranking", "source", "certainty", NULL};

/* The days of a policy that is looked at: those of its validity, or one. */
static int meets(const gridgov_policy *policy, gridgov_day day, gridgov_day from, gridgov_day to) {
    gridgov_day first = day != GRIDGOV_NO_DAY ? day : policy->from;
    gridgov_day end = day != GRIDGOV_NO_DAY ? day + 1 : policy->to;
    return (end == GRIDGOV_NO_DAY || from == GRIDGOV_NO_DAY || from < end) &&
           (first == GRIDGOV_NO_DAY || to == GRIDGOV_NO_DAY || first < to);
}

/* Does a node count a measure of the list? The metric that does. */
static int counts(gridgov_metric *metric, const gridgov_policy *policy, gg_policy_operand operand,
                  const json_t *measures) {
    for (int64_t i = 0; i < operand.count; i++) {
        const char *code;
        gridgov_metrics_at(metric, policy->metrics, policy->terms[operand.first + i].metric);
        code = gridgov_code_text(GRIDGOV_KIND_MEASURE, metric->measure);
        for (size_t k = 0; code != NULL && k < json_array_size(measures); k++) {
            const char *text = json_string_value(json_array_get(measures, k));
            if (text != NULL && strcmp(text, code) == 0) {
                return 1;
            }
        }
    }
    return 0;
}

static void report_bar(gg_lint *lint, const char *place, const char *code, const char *metric,
                       const char *title, const char *from) {
    gg_buf_clear(&lint->place);
    gg_buf_text(&lint->place, place);
    gg_buf_byte(&lint->place, '/');
    gg_buf_text(&lint->place, code);
    gg_lint_report(lint, GG_RULE_LINT_BARRED, metric, title, from);
}

/* Every indicator that a bar speaks of, once. */
static void look_at_indicators(gg_lint *lint, const json_t *measures, const char *title,
                               const char *from) {
    const gridgov_policy *policy = lint->policy;
    for (int64_t i = 0; i < policy->indicator_count; i++) {
        const gg_policy_indicator *indicator = &policy->indicators[i];
        for (int64_t k = 0; k < indicator->rule_count; k++) {
            const gg_policy_rule *rule = &policy->rules[indicator->first_rule + k];
            gridgov_metric metric = {.struct_size = sizeof metric, .name = ""};
            if (counts(&metric, policy, rule->counted, measures) ||
                counts(&metric, policy, rule->out_of, measures)) {
                report_bar(lint, "indicators", indicator->code, metric.name, title, from);
                break;
            }
        }
    }
}

/* Rankings that a barred measure decides. */
static void look_at_ranking(gg_lint *lint, const json_t *measures, const char *title,
                            const char *from) {
    const gridgov_policy *policy = lint->policy;
    for (int64_t i = 0; policy->ranking != 0 && i < policy->tie_break_count; i++) {
        const gg_policy_tie_break *tie = &policy->tie_breaks[i];
        gridgov_metric metric = {.struct_size = sizeof metric, .name = ""};
        const char *code;
        if (tie->kind != GRIDGOV_TIE_BREAK_METRIC) {
            continue;
        }
        gridgov_metrics_at(&metric, policy->metrics, tie->index);
        code = gridgov_code_text(GRIDGOV_KIND_MEASURE, metric.measure);
        for (size_t k = 0; code != NULL && k < json_array_size(measures); k++) {
            const char *text = json_string_value(json_array_get(measures, k));
            if (text != NULL && strcmp(text, code) == 0) {
                report_bar(lint, "ranking", "tie_breaks", metric.name, title, from);
            }
        }
    }
}

/* A date, or null where it is open; GRIDGOV_NO_DAY. */
static gridgov_day read_day(gg_json_reader *reader, const json_t *bar, const char *pointer,
                            const char *key) {
    gridgov_day day = GRIDGOV_NO_DAY;
    const char *text;
    if (json_is_null(json_object_get(bar, key))) {
        return GRIDGOV_NO_DAY;
    }
    text = gg_json_text(reader, bar, pointer, key, 1, NULL);
    if (text != NULL && gridgov_day_parse(&day, text, strlen(text), NULL) != GRIDGOV_OK) {
        gg_json_problem(reader, GG_RULE_DAY, pointer, key, text, NULL);
    }
    return day;
}

static void read_bar(gg_lint *lint, gg_json_reader *reader, const json_t *bar, const char *pointer,
                     gridgov_day day) {
    static const char *const texts[] = {"code", "clause", "source", "certainty"};
    const char *full = gg_json_text(reader, bar, pointer, "title", 1, "");
    const char *title = gg_json_text(reader, bar, pointer, "short", 0, full);
    const json_t *measures = gg_json_array(reader, bar, pointer, "measures", 1);
    const char *from = json_string_value(json_object_get(bar, "from"));
    gridgov_day first = read_day(reader, bar, pointer, "from");
    gridgov_day last = read_day(reader, bar, pointer, "to");
    int ranking = gg_json_bool(reader, bar, pointer, "ranking", 0);
    gg_json_known(reader, bar, pointer, bar_keys);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        (void)gg_json_text(reader, bar, pointer, texts[i], 1, NULL);
    }
    for (size_t i = 0; i < json_array_size(measures); i++) {
        const char *text = json_string_value(json_array_get(measures, i));
        int32_t value;
        if (text == NULL ||
            gridgov_code_value(&value, GRIDGOV_KIND_MEASURE, text, strlen(text)) != GRIDGOV_OK) {
            gg_json_problem(reader, GG_RULE_JSON_CODE, pointer, "measures",
                            text == NULL ? "measures" : text, "measure");
        }
    }
    last = last == GRIDGOV_NO_DAY ? last : last + 1;
    if (reader->first.status == GRIDGOV_OK && meets(lint->policy, day, first, last)) {
        look_at_indicators(lint, measures, title, from == NULL ? "…" : from);
        if (ranking) {
            look_at_ranking(lint, measures, title, from == NULL ? "…" : from);
        }
    }
}

gridgov_status gg_lint_bars(gg_lint *lint, const char *bars, size_t size, gridgov_day day,
                            gridgov_error *err) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    gg_json_reader reader;
    gridgov_status status;
    const json_t *array;
    if (bars == NULL) {
        GG_TRY(gridgov_pack_find(&pack, GRIDGOV_PACK_BARS, "china", 5, err));
        bars = pack.data;
        size = pack.size;
    }
    GG_TRY(gg_json_open(&reader, "bars", bars, size, "gridgov.bars/1", NULL, err));
    gg_json_known(&reader, reader.root, "", document_keys);
    array = gg_json_array(&reader, reader.root, "", "bars", 1);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *bar = json_array_get(array, i);
        char pointer[POINTER_SIZE];
        gg_json_pointer_at(pointer, "/bars", i);
        if (json_is_object(bar)) {
            read_bar(lint, &reader, bar, pointer, day);
        } else {
            gg_json_problem(&reader, GG_RULE_JSON_TYPE, pointer, NULL, pointer, "object");
        }
    }
    status = gg_json_status(&reader, err);
    gg_json_close(&reader);
    return status;
}
