/* SPDX-License-Identifier: Apache-2.0 */
/* Agencies as JSON. What has no number is null; its state stands beside it, so that 0, not
 * applicable and unknown stay three things. */
#include "count.h"
#include "flow_model.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/num.h"

#include <gridgov/civil.h>

static void put_time(gg_buf *buf, const char *before, const char *key, gridgov_time time,
                     int32_t utc_offset) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE] = "";
    (void)gridgov_time_format(text, time, utc_offset);
    gg_json_put_member(buf, before, key, text);
}

/* "state": …, and a number or null. */
static void put_state(gg_buf *buf, int32_t state, const char *key, int64_t value) {
    gg_json_put_member(buf, "{", "state", gridgov_code_text(GRIDGOV_KIND_CELL, state));
    gg_json_put_key(buf, ", ", key);
    if (state == GRIDGOV_CELL_VALUE) {
        gg_buf_int(buf, value);
    } else {
        gg_buf_text(buf, "null");
    }
}

static void put_metrics(gg_buf *buf, const gridgov_facts *facts, int64_t row) {
    const char *before = "\"metrics\": {";
    int any = 0;
    for (size_t i = 0; i < facts->metric_count; i++) {
        gridgov_cell cell = {.struct_size = sizeof cell};
        if (facts->list[i].dimension != GRIDGOV_DIMENSION_AGENCY) {
            continue;
        }
        (void)gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_AGENCY, row, (int64_t)i);
        gg_json_put_key(buf, before, facts->list[i].code);
        put_state(buf, cell.state, "value", cell.value);
        gg_json_put_number(buf, ", ", "missing", cell.missing);
        gg_buf_text(buf, "}");
        before = ", ";
        any = 1;
    }
    gg_buf_text(buf, any ? "}" : "\"metrics\": {}");
}

static void put_ratios(gg_buf *buf, const gridgov_facts *facts, int64_t row) {
    gridgov_ratio ratio = {.struct_size = sizeof ratio};
    const char *before = "";
    gg_buf_text(buf, ", \"ratios\": {");
    for (int64_t i = 0; gridgov_metrics_ratio_at(&ratio, facts->metrics, i) == GRIDGOV_OK; i++) {
        gridgov_ratio_value value = {.struct_size = sizeof value};
        char percent[GG_NUM_TEXT_SIZE];
        if (ratio.dimension != GRIDGOV_DIMENSION_AGENCY) {
            continue;
        }
        (void)gridgov_facts_ratio(&value, facts, row, i);
        gg_decimal_format(percent, value.percent_hundredths, 2, 2);
        gg_json_put_key(buf, before, ratio.code);
        put_state(buf, value.state, "numerator", value.numerator);
        gg_json_put_number(buf, ", ", "denominator", value.denominator);
        gg_json_put_key(buf, ", ", "percent");
        if (value.state == GRIDGOV_CELL_VALUE) {
            gg_json_put_text(buf, gg_str_of(percent));
        } else {
            gg_buf_text(buf, "null");
        }
        gg_buf_text(buf, "}");
        before = ", ";
    }
    gg_buf_text(buf, "}");
}

static void put_composites(gg_buf *buf, const gridgov_facts *facts, int64_t row) {
    gridgov_composite composite = {.struct_size = sizeof composite};
    const char *before = "";
    gg_buf_text(buf, ", \"composites\": {");
    for (int64_t i = 0; gridgov_metrics_composite_at(&composite, facts->metrics, i) == GRIDGOV_OK;
         i++) {
        gridgov_composite_value value = {.struct_size = sizeof value, .grade = ""};
        if (composite.dimension != GRIDGOV_DIMENSION_AGENCY) {
            continue;
        }
        (void)gridgov_facts_composite(&value, facts, row, i);
        gg_json_put_key(buf, before, composite.code);
        put_state(buf, value.state, "points_milli", value.points);
        gg_json_put_member(buf, ", ", "grade", value.grade);
        gg_buf_text(buf, "}");
        before = ", ";
    }
    gg_buf_text(buf, "}");
}

/* What a holder had to do with the cases: the members of an object. */
static void put_holder(gg_buf *buf, const gridgov_flow_holder *holder) {
    gg_json_put_number(buf, "", "held", holder->held);
    gg_json_put_number(buf, ", ", "closed_in_hand", holder->closed);
    gg_json_put_number(buf, ", ", "first_time_right", holder->first_time);
    gg_json_put_number(buf, ", ", "reworks", holder->reworks);
    gg_json_put_number(buf, ", ", "returns", holder->returns);
    gg_json_put_number(buf, ", ", "ping_pong", holder->ping_pong);
    gg_json_put_number(buf, ", ", "held_seconds", holder->held_seconds);
    gg_json_put_key(buf, ", ", "work_seconds");
    if (holder->work_seconds < 0) {
        gg_buf_text(buf, "null");
    } else {
        gg_buf_int(buf, holder->work_seconds);
    }
    gg_buf_text(buf, ", \"open_by_age\": [");
    for (size_t i = 0; i < GRIDGOV_FLOW_AGES; i++) {
        gg_buf_text(buf, i == 0 ? "" : ", ");
        gg_buf_int(buf, holder->ages[i]);
    }
    gg_buf_text(buf, "]");
}

static void put_agencies(gg_buf *buf, const gridgov_facts *facts, const gridgov_flow *flow) {
    gridgov_flow_holder holder = {.struct_size = sizeof holder};
    (void)gridgov_flow_holder_at(&holder, flow, 0);
    gg_buf_text(buf, ",\n\"street\": {");
    put_holder(buf, &holder);
    gg_buf_text(buf, "},\n\"agencies\": [");
    // The rows of one ledger's facts are its agencies, in its order.
    for (int64_t i = 0; gridgov_flow_holder_at(&holder, flow, i + 1) == GRIDGOV_OK; i++) {
        gridgov_facts_row row = {.struct_size = sizeof row, .name = ""};
        (void)gridgov_facts_row_at(&row, facts, GRIDGOV_DIMENSION_AGENCY, i);
        gg_json_put_member(buf, i == 0 ? "\n{" : ",\n{", "name", row.name);
        gg_buf_text(buf, row.known ? ", \"known\": true, " : ", \"known\": false, ");
        put_metrics(buf, facts, i);
        put_ratios(buf, facts, i);
        put_composites(buf, facts, i);
        gg_buf_text(buf, ", ");
        put_holder(buf, &holder);
        gg_buf_text(buf, "}");
    }
    gg_buf_text(buf, "]");
}

static const char *agency_name(const gridgov_flow *flow, int64_t agency) {
    return agency == GRIDGOV_NONE ? "" : gridgov_ledger_agency_name(flow->ledger, agency, NULL);
}

static void put_books(gg_buf *buf, const gridgov_flow *flow) {
    gg_buf_text(buf, ",\n\"handovers\": [");
    for (size_t i = 0; i < flow->handover_count; i++) {
        const gridgov_flow_handover *pair = &flow->handovers[i];
        gg_json_put_member(buf, i == 0 ? "\n{" : ",\n{", "from", agency_name(flow, pair->from));
        gg_json_put_member(buf, ", ", "to", agency_name(flow, pair->to));
        gg_json_put_number(buf, ", ", "count", pair->count);
        gg_json_put_number(buf, ", ", "returns", pair->returns);
        gg_buf_text(buf, "}");
    }
    gg_buf_text(buf, "],\n\"accounts\": [");
    for (size_t i = 0; i < flow->account_count; i++) {
        const gridgov_flow_account *account = &flow->accounts[i];
        gg_json_put_member(buf, i == 0 ? "\n{" : ",\n{", "agency",
                           agency_name(flow, account->agency));
        gg_json_put_member(buf, ", ", "category",
                           gridgov_ledger_category_name(flow->ledger, account->category, NULL));
        for (int32_t k = GRIDGOV_FLOW_OPENING; k <= GRIDGOV_FLOW_RETURNED_OUT; k++) {
            gg_json_put_number(buf, ", ", gridgov_code_text(GRIDGOV_KIND_FLOW, k),
                               account->counts[k]);
        }
        gg_buf_text(buf, "}");
    }
    gg_buf_text(buf, "]");
}

gridgov_status gridgov_agencies_json(gridgov_bytes **out, const gridgov_facts *facts,
                                     const gridgov_flow *flow, gridgov_error *err) {
    gg_buf buf = {0};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (facts == NULL || flow == NULL) {
        return gg_fail_arg(err, facts == NULL ? "facts" : "flow");
    }
    if (facts->ledger != flow->ledger) {
        return gg_fail_state(err, "the facts are of another ledger");
    }
    const int32_t offset = facts->options.utc_offset_minutes;
    gg_json_put_member(&buf, "{", "schema", "gridgov.agencies/1");
    put_time(&buf, ",\n", "from", facts->options.period.from, offset);
    put_time(&buf, ", ", "to", facts->options.period.to, offset);
    put_time(&buf, ", ", "as_of", facts->options.as_of, offset);
    put_time(&buf, ", ", "known_by", facts->options.known_by, offset);
    gg_json_put_member(&buf, ",\n", "ledger_digest", gridgov_ledger_digest(facts->ledger));
    gg_json_put_member(&buf, ", ", "metrics_digest", gridgov_metrics_digest(facts->metrics));
    gg_json_put_number(&buf, ",\n", "open_seconds", flow->open_seconds);
    put_agencies(&buf, facts, flow);
    put_books(&buf, flow);
    gg_buf_text(&buf, "\n}\n");
    gridgov_status status = gg_buf_to_bytes(out, &buf, err);
    gg_buf_release(&buf);
    return status;
}
