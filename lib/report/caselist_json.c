/* SPDX-License-Identifier: Apache-2.0 */
/* Cases as JSON, gridgov.cases/1: a head with what they were made from and how many there are of
 * each sort, then the cases; of a single case its whole story: steps, spans, clocks, limits,
 * findings and what is due. Times are ISO 8601 with their offset; what is not known is null. */
#include "caselist.h"

#include "base/error.h"
#include "base/json.h"

#include <gridgov/civil.h>

#include <string.h>

/* A document being written; members come with the comma that they need. */
typedef struct writer {
    gg_buf *buf;
    const gridgov_cases *cases;
    const gridgov_ledger *ledger;
    const gridgov_lifecycle *lifecycle;
    int32_t utc_offset;
    int first; /* 1: no member stands before in this object or array */
} writer;

static void put_key(writer *w, const char *key) {
    gg_buf_text(w->buf, w->first ? "" : ", ");
    w->first = 0;
    if (key != NULL) {
        gg_json_put_text(w->buf, gg_str_of(key));
        gg_buf_text(w->buf, ": ");
    }
}

static void open_part(writer *w, const char *key, const char *bracket) {
    put_key(w, key);
    gg_buf_text(w->buf, bracket);
    w->first = 1;
}

static void close_part(writer *w, const char *bracket) {
    gg_buf_text(w->buf, bracket);
    w->first = 0;
}

static void put_text(writer *w, const char *key, const char *text) {
    put_key(w, key);
    if (text == NULL) {
        gg_buf_text(w->buf, "null");
    } else {
        gg_json_put_text(w->buf, gg_str_of(text));
    }
}

static void put_int(writer *w, const char *key, int64_t value) {
    put_key(w, key);
    if (value == GRIDGOV_NO_TIME) {
        gg_buf_text(w->buf, "null");
    } else {
        gg_buf_int(w->buf, value);
    }
}

static void put_bool(writer *w, const char *key, int value) {
    put_key(w, key);
    gg_buf_text(w->buf, value ? "true" : "false");
}

static void put_time(writer *w, const char *key, gridgov_time time) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    const int known = time != GRIDGOV_NO_TIME && time != INT64_MAX &&
                      gridgov_time_format(text, time, w->utc_offset) == GRIDGOV_OK;
    put_text(w, key, known ? text : NULL);
}

static void put_code(writer *w, const char *key, int32_t kind, int32_t value) {
    put_text(w, key, gridgov_code_text(kind, value));
}

static void put_agency(writer *w, const char *key, int64_t agency) {
    put_text(w, key, gridgov_ledger_agency_name(w->ledger, agency, NULL));
}

static void put_state(writer *w, const char *key, int32_t state) {
    gridgov_lifecycle_state view = {.struct_size = sizeof view};
    put_text(w, key,
             gridgov_lifecycle_state_at(&view, w->lifecycle, state) == GRIDGOV_OK ? view.code
                                                                                  : "start");
}

static void put_stage(writer *w, const char *key, const gridgov_case_stage *s) {
    open_part(w, key, "{");
    put_code(w, "stage", GRIDGOV_KIND_STAGE, s->stage);
    put_code(w, "basis", GRIDGOV_KIND_BASIS, s->basis);
    if (s->kind != 0) {
        put_code(w, "kind", GRIDGOV_KIND_LIMIT, s->kind);
        put_int(w, "count", s->count);
        put_code(w, "start", GRIDGOV_KIND_START, s->start);
        put_code(w, "since", GRIDGOV_KIND_STEP, s->since);
        put_int(w, "extensions", s->extensions);
    }
    put_agency(w, "agency", s->agency);
    put_time(w, "from", s->from);
    put_time(w, "due_at", s->due_at);
    put_time(w, "done_at", s->done_at);
    put_bool(w, "running", s->running);
    put_bool(w, "paused", s->paused);
    put_bool(w, "evaluable", s->evaluable);
    put_int(w, "limit_seconds", s->limit_seconds);
    put_int(w, "used_seconds", s->used_seconds);
    put_code(w, "overdue", GRIDGOV_KIND_TRI, s->overdue);
    put_code(w, "light", GRIDGOV_KIND_LIGHT, s->light);
    close_part(w, "}");
}

static void put_actions(writer *w, int64_t c) {
    gridgov_case_action action = {.struct_size = sizeof action};
    gridgov_lifecycle_rung rung = {.struct_size = sizeof rung};
    open_part(w, "actions", "[");
    for (int64_t i = 0; gridgov_case_action_at(&action, w->cases, c, i) == GRIDGOV_OK; i++) {
        (void)gridgov_lifecycle_rung_at(&rung, w->lifecycle, action.rung);
        open_part(w, NULL, "{");
        put_text(w, "action", rung.code);
        put_text(w, "name", rung.name);
        put_code(w, "stage", GRIDGOV_KIND_STAGE, action.stage);
        put_int(w, "percent", action.percent);
        put_code(w, "card", GRIDGOV_KIND_CARD, action.card);
        put_agency(w, "agency", action.agency);
        put_time(w, "since", action.since);
        close_part(w, "}");
    }
    close_part(w, "]");
}

static void put_counts(writer *w, const gridgov_case *c) {
    const struct {
        const char *key;
        int32_t value;
    } counts[] = {{"dispatches", c->dispatches},
                  {"returns", c->returns},
                  {"timeouts", c->timeouts},
                  {"reworks", c->reworks},
                  {"reopens", c->reopens},
                  {"extensions", c->extensions},
                  {"urges", c->urges}};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        put_int(w, counts[i].key, counts[i].value);
    }
    put_code(w, "card", GRIDGOV_KIND_CARD, c->card);
}

static void put_case_times(writer *w, const gridgov_case *c) {
    const struct {
        const char *key;
        gridgov_time time;
    } times[] = {{"reported_at", c->reported_at},     {"accepted_at", c->accepted_at},
                 {"dispatched_at", c->dispatched_at}, {"acknowledged_at", c->acknowledged_at},
                 {"handled_at", c->handled_at},       {"first_closed_at", c->first_closed_at},
                 {"closed_at", c->closed_at},         {"ended_at", c->ended_at},
                 {"state_since", c->state_since}};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        put_time(w, times[i].key, times[i].time);
    }
}

static void put_steps(writer *w, int64_t c, const gridgov_event *event) {
    gridgov_case_step step = {.struct_size = sizeof step};
    open_part(w, "steps", "[");
    for (int64_t i = 0; gridgov_case_step_at(&step, w->cases, c, i) == GRIDGOV_OK; i++) {
        gridgov_step row = {.struct_size = sizeof row, .reason = "", .key = "", .actor = ""};
        (void)gridgov_ledger_step_at(&row, w->ledger, step.step);
        open_part(w, NULL, "{");
        put_code(w, "step", GRIDGOV_KIND_STEP, step.kind);
        put_time(w, "at", step.at);
        put_agency(w, "agency", step.agency);
        put_state(w, "before", step.before);
        put_state(w, "after", step.after);
        put_agency(w, "holder", step.holder);
        put_bool(w, "derived", step.derived);
        put_bool(w, "accepted", step.accepted);
        put_text(w, "rule", step.accepted ? NULL : gridgov_rule_code(step.rule));
        put_text(w, "key", row.key);
        put_text(w, "actor", row.actor);
        put_text(w, "reason", row.reason);
        // A derived step stands in the row known then, not in that of a later version.
        put_int(w, "row", step.derived ? event->source_row : row.source_row);
        close_part(w, "}");
    }
    close_part(w, "]");
}

static void put_clocks(writer *w, int64_t c) {
    gridgov_case_clock clock = {.struct_size = sizeof clock};
    open_part(w, "clocks", "[");
    for (int64_t i = 0; gridgov_case_clock_at(&clock, w->cases, c, i) == GRIDGOV_OK; i++) {
        gridgov_case_hold hold = {.struct_size = sizeof hold};
        open_part(w, NULL, "{");
        put_code(w, "clock", GRIDGOV_KIND_CLOCK, clock.clock);
        put_agency(w, "agency", clock.agency);
        put_time(w, "from", clock.from);
        put_time(w, "to", clock.to);
        put_bool(w, "running", clock.running);
        put_int(w, "wall_seconds", clock.wall_seconds);
        put_int(w, "work_seconds", clock.work_seconds);
        put_int(w, "paused_seconds", clock.paused_seconds);
        if (clock.hold != GRIDGOV_NONE &&
            gridgov_case_hold_at(&hold, w->cases, c, clock.hold) == GRIDGOV_OK) {
            put_time(w, "acknowledged_at", hold.acknowledged_at);
            put_code(w, "ended_by", GRIDGOV_KIND_STEP, hold.ended_by);
        }
        close_part(w, "}");
    }
    close_part(w, "]");
}

static void put_stages(writer *w, int64_t c) {
    gridgov_case_stage stage = {.struct_size = sizeof stage};
    open_part(w, "stages", "[");
    for (int32_t i = GRIDGOV_STAGE_ACCEPT; i <= GRIDGOV_STAGE_CLOSE; i++) {
        if (gridgov_case_stage_at(&stage, w->cases, c, i) == GRIDGOV_OK) {
            put_stage(w, NULL, &stage);
        }
    }
    close_part(w, "]");
}

static void put_case(writer *w, int64_t index, int whole) {
    gridgov_case c = {.struct_size = sizeof c};
    gridgov_event event = {.struct_size = sizeof event};
    gridgov_unit unit = {.struct_size = sizeof unit};
    gridgov_case_stage stage = {.struct_size = sizeof stage};
    gridgov_lifecycle_reason reason = {.struct_size = sizeof reason};
    (void)gridgov_case_at(&c, w->cases, index);
    (void)gridgov_ledger_event_known(&event, w->ledger, index, gridgov_cases_known_by(w->cases));
    (void)gridgov_case_stage_at(&stage, w->cases, index, GRIDGOV_STAGE_CLOSE);
    const int placed =
        gridgov_units_at(&unit, gridgov_ledger_units(w->ledger), c.unit) == GRIDGOV_OK;
    open_part(w, NULL, "\n    {");
    put_text(w, "id", event.id);
    put_text(w, "category", gridgov_ledger_category_name(w->ledger, c.category, NULL));
    put_text(w, "unit", placed ? unit.name : NULL);
    put_code(w, "disposition", GRIDGOV_KIND_DISPOSITION, event.disposition);
    put_state(w, "state", c.state);
    put_code(w, "class", GRIDGOV_KIND_STATE, c.state_class);
    put_agency(w, "agency", c.agency);
    put_text(w, "reason",
             gridgov_lifecycle_reason_at(&reason, w->lifecycle, c.reason) == GRIDGOV_OK
                 ? reason.code
                 : NULL);
    put_bool(w, "suspended", c.suspended);
    put_bool(w, "opening", c.opening);
    put_bool(w, "self_found", c.self_found);
    put_case_times(w, &c);
    put_counts(w, &c);
    put_code(w, "source_overdue", GRIDGOV_KIND_TRI, event.overdue);
    put_bool(w, "excused", stage.excused);
    put_stage(w, "limit", &stage);
    put_int(w, "findings", c.finding_count);
    put_actions(w, index);
    if (whole) {
        put_steps(w, index, &event);
        put_clocks(w, index);
        put_stages(w, index);
    }
    close_part(w, "}");
}

static void put_findings(writer *w, const gridgov_caselist_options *options) {
    gridgov_case_finding finding = {.struct_size = sizeof finding};
    open_part(w, "findings", "[");
    for (int64_t i = 0; gridgov_case_finding_at(&finding, w->cases, i) == GRIDGOV_OK; i++) {
        gridgov_event event = {.struct_size = sizeof event};
        if (!gg_caselist_takes(w->cases, options, finding.event)) {
            continue;
        }
        (void)gridgov_ledger_event_at(&event, w->ledger, finding.event);
        open_part(w, NULL, "\n    {");
        put_text(w, "id", event.id);
        put_code(w, "step", GRIDGOV_KIND_STEP, finding.kind);
        put_state(w, "state", finding.state);
        put_text(w, "rule", gridgov_rule_code(finding.rule));
        put_text(w, "message", finding.problem.message);
        open_part(w, "allowed", "[");
        for (int32_t step = GRIDGOV_STEP_REPORT; step <= GRIDGOV_STEP_RELIMIT; step++) {
            if (finding.allowed >> step & 1) {
                put_code(w, NULL, GRIDGOV_KIND_STEP, step);
            }
        }
        close_part(w, "]");
        put_text(w, "source", finding.problem.source);
        put_int(w, "row", finding.problem.row);
        close_part(w, "}");
    }
    close_part(w, "]");
}

/* How many known cases were judged what. */
static void put_dispositions(writer *w) {
    int64_t counts[GRIDGOV_DISPOSITION_RECORDED + 1] = {0};
    gridgov_event event = {.struct_size = sizeof event};
    const int64_t count = gridgov_case_count(w->cases);
    const gridgov_time known_by = gridgov_cases_known_by(w->cases);
    for (int64_t i = 0; i < count; i++) {
        if (gridgov_caselist_match(w->cases, i, 0) &&
            gridgov_ledger_event_known(&event, w->ledger, i, known_by) == GRIDGOV_OK) {
            counts[event.disposition]++;
        }
    }
    open_part(w, "dispositions", "{");
    for (int32_t i = 0; i <= GRIDGOV_DISPOSITION_RECORDED; i++) {
        put_int(w, gridgov_code_text(GRIDGOV_KIND_DISPOSITION, i), counts[i]);
    }
    close_part(w, "}");
}

/* How many known cases fit each filter, whatever the list shows. */
static void put_totals(writer *w) {
    int64_t counts[32] = {0};
    int64_t known = 0;
    int32_t filter = 0;
    const int64_t count = gridgov_case_count(w->cases);
    for (int64_t i = 0; i < count; i++) {
        known += gridgov_caselist_match(w->cases, i, 0);
        for (int64_t k = 0; gridgov_code_at(&filter, GRIDGOV_KIND_FILTER, k) == GRIDGOV_OK; k++) {
            counts[filter] += gridgov_caselist_match(w->cases, i, UINT32_C(1) << filter);
        }
    }
    open_part(w, "counts", "{");
    put_int(w, "cases", known);
    for (int64_t k = 0; gridgov_code_at(&filter, GRIDGOV_KIND_FILTER, k) == GRIDGOV_OK; k++) {
        put_int(w, gridgov_code_text(GRIDGOV_KIND_FILTER, filter), counts[filter]);
    }
    put_int(w, "findings", gridgov_case_finding_count(w->cases));
    close_part(w, "}");
    put_dispositions(w);
}

gridgov_status gridgov_caselist_json(gridgov_bytes **out, const gridgov_cases *cases,
                                     const gridgov_caselist_options *options, gridgov_error *err) {
    gridgov_caselist_options full;
    gg_buf buf = {0};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(gg_caselist_read(&full, cases, options, err));
    writer w = {.buf = &buf,
                .cases = cases,
                .ledger = gridgov_cases_ledger(cases),
                .lifecycle = gridgov_cases_lifecycle(cases),
                .utc_offset = full.utc_offset_minutes,
                .first = 1};
    open_part(&w, NULL, "{");
    put_text(&w, "schema", "gridgov.cases/1");
    put_time(&w, "as_of", gridgov_cases_as_of(cases));
    put_time(&w, "known_by", gridgov_cases_known_by(cases));
    put_text(&w, "lifecycle", gridgov_lifecycle_name(w.lifecycle));
    put_text(&w, "lifecycle_digest", gridgov_lifecycle_digest(w.lifecycle));
    put_text(&w, "ledger", gridgov_ledger_digest(w.ledger));
    put_totals(&w);
    open_part(&w, "cases", "[");
    const int64_t count = gridgov_case_count(cases);
    for (int64_t i = 0; i < count; i++) {
        if (gg_caselist_takes(cases, &full, i)) {
            put_case(&w, i, full.only != GRIDGOV_NONE);
        }
    }
    close_part(&w, "]");
    put_findings(&w, &full);
    close_part(&w, "}\n");
    return gg_buf_to_bytes(out, &buf, err);
}
