/* SPDX-License-Identifier: Apache-2.0 */
/* The month as it is filled: tables, parameters, policy and view. Nothing is read before the run
 * except what must be known to refuse it early (a mapping or parameters with problems). A call that
 * fails leaves the month as it was. */
#include "month_model.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/os.h"

#include <gridgov/civil.h>
#include <gridgov/pack.h>

gridgov_status gridgov_month_new(gridgov_month **out, const char *text, size_t size,
                                 gridgov_error *err) {
    gridgov_span span;
    gridgov_month *month;
    int32_t year = 0, number = 0;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(gridgov_month_span(&span, text, size, 0, err));
    GG_TRY(gridgov_day_civil(&year, &number, NULL, gridgov_time_day(span.from, 0)));
    month = gg_calloc(1, sizeof *month);
    if (month == NULL) {
        return gg_fail_memory(err);
    }
    (void)gridgov_day_format(month->text, gridgov_time_day(span.from, 0));
    month->text[7] = '\0'; /* "2021-09" of "2021-09-01" */
    month->lang = GRIDGOV_LANG_ZH;
    *out = month;
    return GRIDGOV_OK;
}

gridgov_status gg_month_check_filling(const gridgov_month *month, gridgov_error *err) {
    if (month == NULL) {
        return gg_fail_arg(err, "month");
    }
    return month->state == GG_MONTH_FILLING ? GRIDGOV_OK
                                            : gg_fail_state(err, "the month has been run");
}

static int is_table(int32_t table) {
    return gridgov_code_text(GRIDGOV_KIND_TABLE, table) != NULL && table < GG_TABLE_COUNT;
}

static void release_table(gg_month_table *slot) {
    gridgov_rows_free(slot->rows);
    gridgov_mapping_free(slot->mapping);
    gg_buf_release(&slot->data);
}

void gg_month_put_table(gridgov_month *month, int32_t table, const gg_given_table *given) {
    gg_month_table *slot = &month->tables[table];
    release_table(slot);
    slot->rows = given->rows;
    slot->data = given->data;
    slot->mapping = given->mapping;
}

gridgov_status gridgov_month_set_table(gridgov_month *month, int32_t table, const char *data,
                                       size_t size, const char *source, gridgov_error *err) {
    gridgov_csv_options options;
    gg_given_table given = {0};
    gridgov_status status;
    gg_buf name = {0};
    GG_TRY(gg_month_check_filling(month, err));
    if (!is_table(table) || (data == NULL && size > 0)) {
        return gg_fail_arg(err, is_table(table) ? "data" : "table");
    }
    gg_buf_add(&given.data, data != NULL ? data : "", size);
    gg_buf_text(&name, source != NULL ? source : gridgov_code_text(GRIDGOV_KIND_TABLE, table));
    gg_buf_text(&name, source != NULL ? "" : ".csv");
    if (gg_buf_failed(&given.data) || gg_buf_failed(&name)) {
        status = gg_fail_memory(err);
    } else {
        gridgov_csv_options_init(&options, sizeof options);
        options.source = gg_buf_data(&name);
        status = gridgov_rows_open_csv_bytes(&given.rows, gg_buf_data(&given.data), given.data.size,
                                             &options, err);
    }
    if (status == GRIDGOV_OK) {
        gg_month_put_table(month, table, &given);
    } else {
        gg_buf_release(&given.data);
    }
    gg_buf_release(&name);
    return status;
}

gridgov_status gridgov_month_set_rows(gridgov_month *month, int32_t table, gridgov_rows *rows,
                                      const gridgov_mapping *mapping, gridgov_error *err) {
    GG_TRY(gg_month_check_filling(month, err));
    if (!is_table(table) || rows == NULL) {
        return gg_fail_arg(err, rows == NULL ? "rows" : "table");
    }
    gg_month_put_table(month, table,
                       &(gg_given_table){.rows = rows, .mapping = gridgov_mapping_hold(mapping)});
    return GRIDGOV_OK;
}

gridgov_status gridgov_month_set_flat_file(gridgov_month *month, const char *path,
                                           const char *mapping, size_t mapping_size,
                                           gridgov_issues *issues, gridgov_error *err) {
    gg_given_table given = {0};
    gridgov_csv_options options = {.struct_size = sizeof options};
    gridgov_status status;
    gg_buf copy = {0};
    const char *parameters;
    size_t size = 0;
    GG_TRY(gg_month_check_filling(month, err));
    if (path == NULL || mapping == NULL) {
        return gg_fail_arg(err, path == NULL ? "path" : "mapping");
    }
    GG_TRY(gridgov_mapping_load(&given.mapping, mapping, mapping_size, issues, err));
    parameters = gridgov_mapping_parameters(given.mapping, &size);
    gg_buf_add(&copy, parameters, size);
    status = gg_buf_failed(&copy) ? gg_fail_memory(err)
                                  : gridgov_mapping_csv_options(&options, given.mapping);
    if (status == GRIDGOV_OK) {
        status = gridgov_csv_detect_file(&options, path, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_rows_open_csv_file(&given.rows, path, &options, err);
    }
    if (status != GRIDGOV_OK) {
        gg_buf_release(&copy);
        gridgov_mapping_free(given.mapping);
        return status;
    }
    gg_month_put_table(month, gridgov_mapping_table(given.mapping), &given);
    if (size > 0) {
        gg_buf_release(&month->parameters_json);
        month->parameters_json = copy;
    } else {
        gg_buf_release(&copy);
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_month_set_parameters(gridgov_month *month, const char *json, size_t size,
                                            gridgov_issues *issues, gridgov_error *err) {
    gg_parameters check;
    gridgov_status status;
    gg_buf copy = {0};
    GG_TRY(gg_month_check_filling(month, err));
    if (json == NULL) {
        return gg_fail_arg(err, "json");
    }
    status = gg_parameters_load(&check, json, size, issues, err);
    gg_parameters_release(&check);
    GG_TRY(status);
    gg_buf_add(&copy, json, size);
    if (gg_buf_failed(&copy)) {
        gg_buf_release(&copy);
        return gg_fail_memory(err);
    }
    gg_buf_release(&month->parameters_json);
    month->parameters_json = copy;
    return GRIDGOV_OK;
}

int gg_is_document(gg_str text) {
    text = gg_text_trim(text);
    return text.size == 0 || text.data[0] == '{' || text.data[0] == '[';
}

gridgov_status gridgov_month_set_policy(gridgov_month *month, const char *policy, size_t size,
                                        gridgov_issues *issues, gridgov_error *err) {
    gridgov_policy *check = NULL;
    gridgov_pack pack = {.struct_size = sizeof pack};
    gg_buf copy = {0};
    GG_TRY(gg_month_check_filling(month, err));
    if (policy == NULL) {
        return gg_fail_arg(err, "policy");
    }
    if (gg_is_document(gg_str_make(policy, size))) {
        GG_TRY(gridgov_policy_load(&check, policy, size, NULL, 0, issues, err));
        gridgov_policy_free(check);
    } else {
        GG_TRY(gridgov_pack_find(&pack, GRIDGOV_PACK_POLICY, policy, size, err));
    }
    gg_buf_add(&copy, policy, size);
    if (gg_buf_failed(&copy)) {
        gg_buf_release(&copy);
        return gg_fail_memory(err);
    }
    gg_buf_release(&month->policy_text);
    month->policy_text = copy;
    month->policy_is_file = 0;
    return GRIDGOV_OK;
}

gridgov_status gridgov_month_set_view(gridgov_month *month, const char *as_of, int32_t lang,
                                      gridgov_error *err) {
    gridgov_time check;
    gg_str text = gg_text_trim(gg_str_of(as_of));
    GG_TRY(gg_month_check_filling(month, err));
    if (lang != GRIDGOV_LANG_ZH && lang != GRIDGOV_LANG_EN) {
        return gg_fail_arg(err, "lang");
    }
    if (text.size >= sizeof month->as_of_text) {
        return gg_fail(err, GG_RULE_TIME, "as_of", text.data, text.size, NULL, NULL);
    }
    if (text.size > 0) {
        GG_TRY(gridgov_time_parse(&check, text.data, text.size, 0, err));
    }
    gg_text_copy(month->as_of_text, sizeof month->as_of_text, text.data, text.size);
    month->lang = lang;
    return GRIDGOV_OK;
}

gridgov_status gridgov_month_add_earlier(gridgov_month *month, const gridgov_month *earlier,
                                         gridgov_error *err) {
    char most[GG_NUM_TEXT_SIZE];
    GG_TRY(gg_month_check_filling(month, err));
    if (earlier == NULL || earlier == month) {
        return gg_fail_arg(err, "earlier");
    }
    if (earlier->state != GG_MONTH_DONE) {
        return gg_fail_state(err, "the earlier month has not been run");
    }
    if (month->earlier_count == GRIDGOV_MONTH_EARLIER) {
        gg_int_format(most, GRIDGOV_MONTH_EARLIER);
        return gg_fail(err, GG_RULE_MONTH_EARLIER, "earlier", earlier->text,
                       gg_str_of(earlier->text).size, most, NULL);
    }
    month->earlier[month->earlier_count++] = gridgov_scorecards_hold(earlier->cards);
    return GRIDGOV_OK;
}

const gridgov_scorecards *gridgov_month_earlier(const gridgov_month *month, int64_t index) {
    return month != NULL && index >= 0 && index < month->earlier_count ? month->earlier[index]
                                                                       : NULL;
}

void gridgov_month_free(gridgov_month *month) {
    if (month == NULL) {
        return;
    }
    for (int64_t i = 0; i < month->earlier_count; i++) {
        gridgov_scorecards_free(month->earlier[i]);
    }
    for (int32_t table = 0; table < GG_TABLE_COUNT; table++) {
        release_table(&month->tables[table]);
    }
    gg_buf_release(&month->parameters_json);
    gg_buf_release(&month->policy_text);
    gg_buf_release(&month->taxonomy_json);
    gg_buf_release(&month->calendar_json);
    gg_buf_release(&month->lifecycle_json);
    gg_buf_release(&month->tracks_json);
    gg_buf_release(&month->roster_json);
    gg_month_close_cases(month);
    gridgov_bulletin_free(month->bulletin);
    gridgov_scorecards_free(month->cards);
    gridgov_facts_free(month->facts);
    gridgov_ledger_free(month->ledger);
    gridgov_policy_free(month->policy);
    gridgov_calendar_free(month->calendar);
    gridgov_units_free(month->units);
    gridgov_taxonomy_free(month->taxonomy);
    gg_free(month);
}
