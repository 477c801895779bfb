/* SPDX-License-Identifier: Apache-2.0 */
/* The run of a month: reference data, units, ledger, tally, scores, bulletin and its pins, in that
 * order. Each step takes what the ones before made; the first failure ends the run and the month
 * stays failed. Rows that were left out, steps without an event and figures given twice are counted
 * together as `excluded`, which stamps the bulletin as a draft. */
#include "month_model.h"

#include "base/error.h"

#include <gridgov/civil.h>

typedef struct month_run {
    gridgov_month *month;
    gg_parameters parameters;
    gridgov_issues *issues;
    gridgov_issues *own; /* stands in where the caller gave no collector */
    gridgov_job *job;
    gridgov_error *err;
    int32_t utc_offset;
    gridgov_tally_options tally;
} month_run;

static gridgov_status open_taxonomy(month_run *run) {
    gridgov_month *month = run->month;
    gg_str name = gg_str_of(run->parameters.taxonomy);
    if (month->taxonomy_json.size > 0) {
        return gridgov_taxonomy_load(&month->taxonomy, month->taxonomy_json.data,
                                     month->taxonomy_json.size, run->issues, run->err);
    }
    name = name.size > 0 ? name : gg_str_of("zhejiang-2021");
    return gridgov_taxonomy_open(&month->taxonomy, name.data, name.size, run->err);
}

static gridgov_status open_policy(month_run *run) {
    gridgov_month *month = run->month;
    gg_str given = gg_str_of(run->parameters.policy_parameters);
    const char *parameters = given.size > 0 ? given.data : NULL;
    gg_str text = gg_str_make(gg_buf_data(&month->policy_text), month->policy_text.size);
    if (month->policy_is_file || (text.size > 0 && gg_is_document(text))) {
        return gridgov_policy_load(&month->policy, text.data, text.size, parameters, given.size,
                                   run->issues, run->err);
    }
    if (text.size == 0) {
        text = gg_str_of(run->parameters.policy);
    }
    text = text.size > 0 ? text : gg_str_of("baiguan-2021");
    return gridgov_policy_open(&month->policy, text.data, text.size, parameters, given.size,
                               run->err);
}

/* A mapping that says nothing but the zone of a table's stamps. */
static gridgov_status zone_mapping(gridgov_mapping **out, const month_run *run, int32_t table) {
    gg_buf json = {0};
    gridgov_status status;
    gg_buf_text(&json, "{\"schema\": \"gridgov.mapping/1\", \"table\": \"");
    gg_buf_text(&json, gridgov_code_text(GRIDGOV_KIND_TABLE, table));
    gg_buf_text(&json, "\", \"utc_offset_minutes\": ");
    gg_buf_int(&json, run->utc_offset);
    gg_buf_byte(&json, '}');
    status = gg_buf_failed(&json)
                 ? gg_fail_memory(run->err)
                 : gridgov_mapping_load(out, gg_buf_data(&json), json.size, NULL, run->err);
    gg_buf_release(&json);
    return status;
}

/* Read one table, into the calendar, the units before they are sealed, or the ledger after. */
static gridgov_status load_table(month_run *run, int32_t kind) {
    gridgov_month *month = run->month;
    gg_month_table *table = &month->tables[kind];
    gridgov_ingest_summary summary = {.struct_size = sizeof summary};
    gridgov_mapping *zone = NULL;
    const gridgov_mapping *mapping = table->mapping;
    gridgov_status status = GRIDGOV_OK;
    if (mapping == NULL && run->utc_offset != gridgov_mapping_utc_offset(NULL)) {
        GG_TRY(zone_mapping(&zone, run, kind));
        mapping = zone;
    }
    if (kind == GRIDGOV_TABLE_CALENDAR) {
        status = gridgov_ingest_calendar(&summary, month->calendar, table->rows, mapping,
                                         run->issues, run->job, run->err);
    } else if (month->ledger == NULL) {
        status = gridgov_ingest_units(&summary, month->units, kind, table->rows, mapping,
                                      run->issues, run->job, run->err);
    } else if (kind == GRIDGOV_TABLE_FIXES) {
        status = gg_month_load_fixes(&summary, month, mapping, run->utc_offset, run->issues,
                                     run->job, run->err);
    } else {
        status = gridgov_ingest(&summary, month->ledger, kind, table->rows, mapping, run->issues,
                                run->job, run->err);
    }
    gridgov_mapping_free(zone);
    if (status == GRIDGOV_OK) {
        table->summary = summary;
        table->loaded = 1;
        month->excluded += summary.excluded;
    }
    return status;
}

/* A calendar given as a table. */
static gridgov_status read_calendar(month_run *run) {
    gridgov_month *month = run->month;
    if (month->calendar_json.size > 0) {
        return gg_fail(run->err, GG_RULE_CALENDAR_BOTH, NULL, NULL, 0, NULL, NULL);
    }
    GG_TRY(gridgov_calendar_new(&month->calendar, "calendar", 8, run->err));
    GG_TRY(load_table(run, GRIDGOV_TABLE_CALENDAR));
    return gridgov_calendar_seal(month->calendar, run->err);
}

/* Only officers need a calendar: a month without them may lie outside every calendar. */
static gridgov_status open_calendar(month_run *run) {
    gridgov_month *month = run->month;
    gg_str name = gg_str_of(run->parameters.calendar);
    if (month->tables[GRIDGOV_TABLE_CALENDAR].rows != NULL) {
        return read_calendar(run);
    }
    if (month->calendar_json.size > 0) {
        return gridgov_calendar_load(&month->calendar, month->calendar_json.data,
                                     month->calendar_json.size, run->issues, run->err);
    }
    if (month->tables[GRIDGOV_TABLE_OFFICERS].rows == NULL && name.size == 0) {
        return GRIDGOV_OK;
    }
    name = name.size > 0 ? name : gg_str_of("china");
    return gridgov_calendar_open(&month->calendar, name.data, name.size, run->err);
}

static gridgov_status load_units(month_run *run) {
    static const int32_t order[] = {GRIDGOV_TABLE_UNITS, GRIDGOV_TABLE_AGENCIES,
                                    GRIDGOV_TABLE_OFFICERS};
    gridgov_month *month = run->month;
    GG_TRY(gridgov_units_new(&month->units, run->err));
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (month->tables[order[i]].rows != NULL) {
            GG_TRY(load_table(run, order[i]));
        }
    }
    return gridgov_units_seal(month->units, run->err);
}

static gridgov_status load_ledger(month_run *run) {
    gridgov_month *month = run->month;
    int64_t errors;
    gridgov_status status;
    GG_TRY(gridgov_ledger_new(&month->ledger, month->taxonomy, month->units, run->err));
    for (int32_t kind = GRIDGOV_TABLE_UNITS; kind < GG_TABLE_COUNT; kind++) {
        if (month->tables[kind].rows != NULL && !month->tables[kind].loaded) {
            GG_TRY(load_table(run, kind));
        }
    }
    errors = gridgov_issues_severity_count(run->issues, GRIDGOV_SEVERITY_ERROR);
    status = gridgov_ledger_seal(month->ledger, run->issues, run->err);
    month->excluded += gridgov_issues_severity_count(run->issues, GRIDGOV_SEVERITY_ERROR) - errors;
    return status;
}

/* A moment: a date alone is the end of that day; fallback if nothing is said. */
static gridgov_status read_moment(gridgov_time *out, const month_run *run, gg_str text,
                                  gridgov_time fallback) {
    gridgov_day day;
    *out = fallback;
    if (text.size == 0) {
        return GRIDGOV_OK;
    }
    if (gridgov_day_parse(&day, text.data, text.size, NULL) == GRIDGOV_OK) {
        *out = gridgov_day_start(day + 1, run->utc_offset) - 1;
        return GRIDGOV_OK;
    }
    return gridgov_time_parse(out, text.data, text.size, run->utc_offset, run->err);
}

/* The cut-off, and what may be known. */
static gridgov_status read_as_of(month_run *run) {
    gg_str text = gg_str_of(run->month->as_of_text);
    GG_TRY(read_moment(&run->tally.as_of, run, text, run->tally.period.to - 1));
    run->month->as_of = run->tally.as_of;
    GG_TRY(read_moment(&run->month->known_by, run, gg_str_of(run->parameters.known_by),
                       run->tally.as_of));
    run->tally.known_by = run->month->known_by;
    return run->tally.as_of >= run->tally.period.from
               ? GRIDGOV_OK
               : gg_fail(run->err, GG_RULE_AS_OF_EARLY, "as_of", text.data, text.size, NULL, NULL);
}

static gridgov_status count_and_score(month_run *run) {
    gridgov_month *month = run->month;
    int64_t errors = gridgov_issues_severity_count(run->issues, GRIDGOV_SEVERITY_ERROR);
    GG_TRY(gridgov_tally_run(&month->facts, month->ledger, gridgov_policy_metrics(month->policy),
                             month->calendar, &run->tally, run->issues, run->job, run->err));
    gridgov_score_options options;
    gridgov_score_options_init(&options, sizeof options);
    options.history = (const gridgov_scorecards *const *)month->earlier;
    options.history_count = month->earlier_count;
    GG_TRY(gridgov_score_run_with(&month->cards, month->facts, month->policy, &options, run->issues,
                                  run->job, run->err));
    month->excluded += gridgov_issues_severity_count(run->issues, GRIDGOV_SEVERITY_ERROR) - errors;
    return GRIDGOV_OK;
}

/* prefix and the table's code → value */
static gridgov_status pin_table(const month_run *run, const char *prefix, int32_t table,
                                const char *value) {
    gg_buf name = {0};
    gridgov_status status;
    gg_buf_text(&name, prefix);
    gg_buf_text(&name, gridgov_code_text(GRIDGOV_KIND_TABLE, table));
    status = gg_buf_failed(&name) ? gg_fail_memory(run->err)
                                  : gridgov_bulletin_add_pin(run->month->bulletin,
                                                             gg_buf_data(&name), value, run->err);
    gg_buf_release(&name);
    return status;
}

static gridgov_status pin_inputs(const month_run *run) {
    for (int32_t kind = GRIDGOV_TABLE_UNITS; kind < GG_TABLE_COUNT; kind++) {
        const gg_month_table *table = &run->month->tables[kind];
        if (table->loaded) {
            GG_TRY(pin_table(run, "input.", kind, table->summary.digest));
        }
        if (table->loaded && table->mapping != NULL) {
            GG_TRY(pin_table(run, "mapping.", kind, gridgov_mapping_digest(table->mapping)));
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status pin_rest(month_run *run) {
    gridgov_month *month = run->month;
    char as_of[GRIDGOV_CIVIL_TEXT_SIZE];
    const char *calendar =
        month->calendar != NULL ? gridgov_calendar_digest(month->calendar) : "none";
    const struct {
        const char *name, *value;
    } pins[] = {
        {"as_of", as_of},
        {"calendar", calendar},
        {"language", gridgov_code_text(GRIDGOV_KIND_LANG, month->lang)},
        {"ledger", gridgov_ledger_digest(month->ledger)},
        {"library", gridgov_version_text()},
        {"metrics", gridgov_metrics_digest(gridgov_policy_metrics(month->policy))},
        {"month", month->text},
        {"parameters", run->parameters.digest[0] != '\0' ? run->parameters.digest : "none"},
        {"policy", gridgov_policy_digest(month->policy)},
        {"policy.name", gridgov_policy_name(month->policy)},
        {"taxonomy", gridgov_taxonomy_digest(month->taxonomy)},
    };
    GG_TRY(gridgov_time_format(as_of, run->tally.as_of, run->utc_offset));
    for (size_t i = 0; i < sizeof pins / sizeof pins[0]; i++) {
        GG_TRY(gridgov_bulletin_add_pin(month->bulletin, pins[i].name, pins[i].value, run->err));
    }
    return GRIDGOV_OK;
}

static gridgov_status set_period(month_run *run) {
    gridgov_month *month = run->month;
    run->utc_offset = run->parameters.utc_offset_minutes;
    if (run->utc_offset == INT32_MIN) {
        run->utc_offset = gridgov_mapping_utc_offset(month->tables[GRIDGOV_TABLE_EVENTS].mapping);
    }
    month->utc_offset = run->utc_offset;
    gridgov_tally_options_init(&run->tally, sizeof run->tally);
    run->tally.utc_offset_minutes = run->utc_offset;
    GG_TRY(gridgov_month_span(&run->tally.period, month->text, gg_str_of(month->text).size,
                              run->utc_offset, run->err));
    return read_as_of(run);
}

static gridgov_status run_steps(month_run *run) {
    gridgov_month *month = run->month;
    GG_TRY(gg_parameters_load(&run->parameters, gg_buf_data(&month->parameters_json),
                              month->parameters_json.size, run->issues, run->err));
    GG_TRY(set_period(run));
    GG_TRY(open_taxonomy(run));
    GG_TRY(open_calendar(run));
    GG_TRY(open_policy(run));
    GG_TRY(load_units(run));
    GG_TRY(load_ledger(run));
    GG_TRY(gg_month_open_cases(month, &run->parameters, run->issues, run->err));
    GG_TRY(count_and_score(run));
    GG_TRY(gridgov_bulletin_compose(
        &month->bulletin, month->facts, month->cards, gg_buf_data(&month->parameters_json),
        month->parameters_json.size, month->excluded, month->lang, run->issues, run->err));
    GG_TRY(pin_inputs(run));
    return pin_rest(run);
}

gridgov_status gridgov_month_run(gridgov_month *month, gridgov_issues *issues, gridgov_job *job,
                                 gridgov_error *err) {
    month_run run = {.month = month, .issues = issues, .job = job, .err = err};
    gridgov_status status;
    if (month == NULL) {
        return gg_fail_arg(err, "month");
    }
    if (month->state != GG_MONTH_FILLING) {
        return gg_fail_state(err, "the month has been run");
    }
    if (issues == NULL) {
        GG_TRY(gridgov_issues_new(&run.own, 1, err));
        run.issues = run.own;
    }
    status = run_steps(&run);
    gg_parameters_release(&run.parameters);
    gridgov_issues_free(run.own);
    month->state = status == GRIDGOV_OK ? GG_MONTH_DONE : GG_MONTH_FAILED;
    return status;
}
