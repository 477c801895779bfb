/* SPDX-License-Identifier: Apache-2.0 */
/* The agencies of a month: its ledger counted once more by metrics of the caller's choice, over the
 * month's own reference data and working hours, and followed through the month. */
#include "month_model.h"

#include "base/error.h"

#include <gridgov/pack.h>
#include <gridgov/tally.h>

#define STANDARD "cityops"

static gridgov_status open_metrics(gridgov_metrics **out, const char *text, size_t size,
                                   gridgov_issues *issues, gridgov_error *err) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    const gg_str given = text == NULL ? gg_str_of(STANDARD) : gg_str_make(text, size);
    if (gg_is_document(given)) {
        return gridgov_metrics_load(out, given.data, given.size, issues, err);
    }
    GG_TRY(gridgov_pack_find(&pack, GRIDGOV_PACK_METRICS, given.data, given.size, err));
    return gridgov_metrics_load(out, pack.data, pack.size, issues, err);
}

static gridgov_status count(gridgov_facts **out, const gridgov_month *month,
                            const gridgov_metrics *metrics, const gridgov_tally_options *options,
                            gridgov_issues *issues, gridgov_job *job, gridgov_error *err) {
    const gridgov_tally_reference reference = {.struct_size = sizeof reference,
                                               .taxonomy = month->taxonomy,
                                               .units = month->units,
                                               .calendar = month->calendar,
                                               .roster = month->roster};
    gridgov_tally *tally = NULL;
    GG_TRY(gridgov_tally_new(&tally, metrics, &reference, options, err));
    gridgov_status status = gridgov_tally_add_ledger(tally, month->ledger, issues, job, err);
    status = status < 0 ? status : gridgov_tally_finish(out, tally, issues, job, err);
    gridgov_tally_free(tally);
    return status;
}

gridgov_status gridgov_month_agencies(gridgov_facts **facts_out, gridgov_flow **flow_out,
                                      const gridgov_month *month, const char *metrics, size_t size,
                                      gridgov_issues *issues, gridgov_job *job,
                                      gridgov_error *err) {
    gridgov_metrics *loaded = NULL;
    gridgov_tally_options options;
    gridgov_flow_options movements;
    if (facts_out == NULL || flow_out == NULL) {
        return gg_fail_arg(err, facts_out == NULL ? "facts_out" : "flow_out");
    }
    *facts_out = NULL;
    *flow_out = NULL;
    if (month == NULL) {
        return gg_fail_arg(err, "month");
    }
    if (month->state != GG_MONTH_DONE) {
        return gg_fail_state(err, "the month has not been run");
    }
    GG_TRY(open_metrics(&loaded, metrics, size, issues, err));
    gridgov_tally_options_init(&options, sizeof options);
    options.utc_offset_minutes = month->utc_offset;
    (void)gridgov_facts_period(&options.period, month->facts);
    options.as_of = month->as_of;
    options.known_by = month->known_by;
    gridgov_flow_options_init(&movements, sizeof movements);
    movements.period = options.period;
    movements.as_of = month->as_of;
    movements.known_by = month->known_by;
    movements.lifecycle = month->lifecycle;
    movements.roster = month->roster;
    gridgov_status status = count(facts_out, month, loaded, &options, issues, job, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_flow_run(flow_out, month->ledger, &movements, issues, job, err);
    }
    if (status < 0) {
        gridgov_facts_free(*facts_out);
        *facts_out = NULL;
    }
    gridgov_metrics_free(loaded);
    return status;
}

gridgov_status gridgov_month_agencies_json(gridgov_bytes **out, const gridgov_month *month,
                                           const char *metrics, size_t size, gridgov_error *err) {
    gridgov_facts *facts = NULL;
    gridgov_flow *flow = NULL;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(gridgov_month_agencies(&facts, &flow, month, metrics, size, NULL, NULL, err));
    gridgov_status status = gridgov_agencies_json(out, facts, flow, err);
    gridgov_flow_free(flow);
    gridgov_facts_free(facts);
    return status;
}
