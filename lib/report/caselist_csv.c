/* SPDX-License-Identifier: Apache-2.0 */
/* Cases as CSV, in the form of opening.csv and opening_steps.csv (lines end in CR LF): what is
 * written here can be read as the opening of the next month and gives the same cases there. Of a
 * step the version known is written; derived steps are not, since the row implies them again. */
#include "caselist.h"

#include "base/error.h"
#include "base/markup.h"
#include "base/num.h"

#include <gridgov/civil.h>
#include <gridgov/ingest.h>

#include <string.h>

void gridgov_caselist_options_init(gridgov_caselist_options *options, size_t struct_size) {
    const gridgov_caselist_options full = {.utc_offset_minutes = 480, .only = GRIDGOV_NONE};
    gg_options_write(options, struct_size, &full, sizeof full);
}

gridgov_status gg_caselist_read(gridgov_caselist_options *full, const gridgov_cases *cases,
                                const gridgov_caselist_options *options, gridgov_error *err) {
    gridgov_caselist_options_init(full, sizeof *full);
    if (cases == NULL) {
        return gg_fail_arg(err, "cases");
    }
    if (gg_options_read(full, sizeof *full, options)) {
        return gg_fail_arg(err, "options");
    }
    if (full->utc_offset_minutes < -1440 || full->utc_offset_minutes > 1440) {
        return gg_fail_arg(err, "options.utc_offset_minutes");
    }
    if (full->only != GRIDGOV_NONE && !gridgov_caselist_match(cases, full->only, 0)) {
        return gg_fail_number(err, GG_RULE_NOT_FOUND, "case", full->only, NULL, NULL);
    }
    return GRIDGOV_OK;
}

static int is_differing(const gridgov_case_stage *stage) {
    return stage->overdue != GRIDGOV_TRI_UNKNOWN && stage->source_overdue != GRIDGOV_TRI_UNKNOWN &&
           stage->overdue != stage->source_overdue;
}

static int fits(const gridgov_cases *cases, const gridgov_case *c, int32_t filter) {
    gridgov_case_stage stage = {.struct_size = sizeof stage};
    gridgov_case_action action = {.struct_size = sizeof action};
    switch (filter) {
    case GRIDGOV_FILTER_OPEN:
        return !c->closed && !c->ended;
    case GRIDGOV_FILTER_CLOSED:
        return c->closed;
    case GRIDGOV_FILTER_SUSPENDED:
        return c->state_class == GRIDGOV_STATE_SUSPENDED || (c->suspended && !c->closed);
    case GRIDGOV_FILTER_OVERDUE:
        (void)gridgov_case_stage_at(&stage, cases, c->event, GRIDGOV_STAGE_CLOSE);
        return stage.overdue == GRIDGOV_TRI_YES;
    case GRIDGOV_FILTER_DIFFERS:
        (void)gridgov_case_stage_at(&stage, cases, c->event, GRIDGOV_STAGE_CLOSE);
        return is_differing(&stage);
    case GRIDGOV_FILTER_DUE:
        return gridgov_case_action_at(&action, cases, c->event, 0) == GRIDGOV_OK;
    case GRIDGOV_FILTER_REFUSED:
        return c->finding_count > 0;
    default:
        return 0;
    }
}

int32_t gridgov_caselist_match(const gridgov_cases *cases, int64_t c, uint32_t filters) {
    gridgov_case view = {.struct_size = sizeof view};
    if (gridgov_case_at(&view, cases, c) != GRIDGOV_OK || !view.known) {
        return 0;
    }
    for (int32_t filter = 0; filter < 32; filter++) {
        if ((filters >> filter & 1) && !fits(cases, &view, filter)) {
            return 0;
        }
    }
    return 1;
}

int gg_caselist_takes(const gridgov_cases *cases, const gridgov_caselist_options *options,
                      int64_t c) {
    return (options->only == GRIDGOV_NONE || options->only == c) &&
           gridgov_caselist_match(cases, c, options->filters);
}

/* One row being written: its cells by the codes of their fields. */
typedef struct row {
    gg_buf *buf;
    int32_t table, utc_offset;
    const char *code; /* of the field being written */
} row;

static int is_field(const row *r, const char *code) {
    return strcmp(r->code, code) == 0;
}

static void put_time(const row *r, gridgov_time time) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    if (gridgov_time_format(text, time, r->utc_offset) == GRIDGOV_OK) {
        gg_put_csv(r->buf, gg_str_of(text));
    }
}

static void put_code(const row *r, int32_t kind, int32_t value) {
    if (value != 0) {
        gg_put_csv(r->buf, gg_str_of(gridgov_code_text(kind, value)));
    }
}

static void put_text(const row *r, const char *text) {
    gg_put_csv(r->buf, gg_str_of(text == NULL ? "" : text));
}

/* A unit that is found again by what is written: its code, else the path from above. */
static void put_unit(const row *r, const gridgov_ledger *ledger, int64_t index) {
    const gridgov_units *units = gridgov_ledger_units(ledger);
    gridgov_unit unit = {.struct_size = sizeof unit};
    gridgov_unit above = {.struct_size = sizeof above};
    gg_buf path = {0};
    if (gridgov_units_at(&unit, units, index) != GRIDGOV_OK) {
        return;
    }
    if (unit.code[0] != '\0') {
        put_text(r, unit.code);
        return;
    }
    if (gridgov_units_at(&above, units, unit.parent) == GRIDGOV_OK) {
        gg_buf_text(&path, above.name);
        gg_buf_byte(&path, '/');
    }
    gg_buf_text(&path, unit.name);
    put_text(r, gg_buf_data(&path));
    r->buf->failed |= gg_buf_failed(&path);
    gg_buf_release(&path);
}

/* A decimal of degrees · 10⁷. */
static void put_degrees(const row *r, int32_t degrees_e7) {
    char text[GG_NUM_TEXT_SIZE];
    if (degrees_e7 != GRIDGOV_NO_DEGREES) {
        gg_decimal_format(text, degrees_e7, 7, 0);
        put_text(r, text);
    }
}

static void put_event_times(const row *r, const gridgov_event *event) {
    const struct {
        const char *code;
        gridgov_time time;
    } times[] = {{"reported_at", event->reported_at},
                 {"due_at", event->due_at},
                 {"dispatch_due_at", event->dispatch_due_at},
                 {"recorded_at", event->recorded_at}};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        if (is_field(r, times[i].code)) {
            put_time(r, times[i].time);
        }
    }
}

/* What a report tells of the event itself. */
static void put_event_text(const row *r, const gridgov_event *event) {
    const struct {
        const char *code, *text;
    } texts[] = {{"place", event->place},     {"condition", event->condition},
                 {"persons", event->persons}, {"cause", event->cause},
                 {"course", event->course},   {"result", event->result}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (is_field(r, texts[i].code)) {
            put_text(r, texts[i].text);
        }
    }
}

static void put_event_cell(const row *r, const gridgov_ledger *ledger, const gridgov_event *event,
                           const gridgov_case *c) {
    if (is_field(r, "id")) {
        put_text(r, event->id);
    } else if (is_field(r, "category")) {
        put_text(r, gridgov_ledger_category_name(ledger, c->category, NULL));
    } else if (is_field(r, "grid")) {
        put_unit(r, ledger, event->unit);
    } else if (is_field(r, "agency")) {
        put_text(r, c->agency == GRIDGOV_NONE
                        ? event->agency_name
                        : gridgov_ledger_agency_name(ledger, c->agency, NULL));
    } else if (is_field(r, "closed_at")) {
        put_time(r, c->closed_at);
    } else if (is_field(r, "closed")) {
        put_code(r, GRIDGOV_KIND_TRI, c->closed ? GRIDGOV_TRI_YES : GRIDGOV_TRI_UNKNOWN);
    } else if (is_field(r, "overdue")) {
        put_code(r, GRIDGOV_KIND_TRI, event->overdue);
    } else if (is_field(r, "disposition")) {
        put_code(r, GRIDGOV_KIND_DISPOSITION, event->disposition);
    } else if (is_field(r, "self_handled")) {
        put_code(r, GRIDGOV_KIND_TRI, event->self_handled);
    } else if (is_field(r, "suspended")) {
        put_code(r, GRIDGOV_KIND_TRI, c->suspended ? GRIDGOV_TRI_YES : GRIDGOV_TRI_UNKNOWN);
    } else if (is_field(r, "lat")) {
        put_degrees(r, event->lat_e7);
    } else if (is_field(r, "lon")) {
        put_degrees(r, event->lon_e7);
    } else {
        put_event_text(r, event);
        put_event_times(r, event);
    }
}

static void put_step_cell(const row *r, const gridgov_step *step) {
    char level[GG_NUM_TEXT_SIZE];
    if (is_field(r, "event")) {
        put_text(r, step->event_id);
    } else if (is_field(r, "step")) {
        put_code(r, GRIDGOV_KIND_STEP, step->kind);
    } else if (is_field(r, "at")) {
        put_time(r, step->at);
    } else if (is_field(r, "agency")) {
        put_text(r, step->agency_name);
    } else if (is_field(r, "reason")) {
        put_text(r, step->reason);
    } else if (is_field(r, "recorded_at")) {
        put_time(r, step->recorded_at);
    } else if (is_field(r, "key")) {
        put_text(r, step->key);
    } else if (is_field(r, "actor")) {
        put_text(r, step->actor);
    } else if (is_field(r, "role")) {
        put_code(r, GRIDGOV_KIND_ROLE, step->role);
    } else if (is_field(r, "category")) {
        put_text(r, step->category_name);
    } else if (is_field(r, "until")) {
        put_time(r, step->until);
    } else if (is_field(r, "card")) {
        put_code(r, GRIDGOV_KIND_CARD, step->card);
    } else if (is_field(r, "other")) {
        put_text(r, step->other_event);
    } else if (is_field(r, "level") && step->level > 0) {
        gg_int_format(level, step->level);
        put_text(r, level);
    }
}

/* Write the header row, or one row of a case or of a step. */
static void put_row(row *r, const gridgov_ledger *ledger, const gridgov_event *event,
                    const gridgov_case *c, const gridgov_step *step) {
    gridgov_field field = {.struct_size = sizeof field};
    for (int64_t i = 0; gridgov_field_at(&field, r->table, i) == GRIDGOV_OK; i++) {
        gg_buf_text(r->buf, i == 0 ? "" : ",");
        r->code = field.code;
        if (event != NULL) {
            put_event_cell(r, ledger, event, c);
        } else if (step != NULL) {
            put_step_cell(r, step);
        } else {
            put_text(r, field.title_zh);
        }
    }
    gg_buf_text(r->buf, "\r\n");
}

static void put_steps(row *r, const gridgov_cases *cases, int64_t c) {
    const gridgov_ledger *ledger = gridgov_cases_ledger(cases);
    gridgov_case_step played = {.struct_size = sizeof played};
    gridgov_step step = {.struct_size = sizeof step};
    for (int64_t i = 0; gridgov_case_step_at(&played, cases, c, i) == GRIDGOV_OK; i++) {
        if (!played.derived && gridgov_ledger_step_at(&step, ledger, played.step) == GRIDGOV_OK) {
            put_row(r, ledger, NULL, NULL, &step);
        }
    }
}

gridgov_status gridgov_caselist_csv(gridgov_bytes **out, const gridgov_cases *cases,
                                    const gridgov_caselist_options *options, gridgov_error *err) {
    gridgov_caselist_options full;
    gg_buf buf = {0};
    gridgov_case c = {.struct_size = sizeof c};
    gridgov_event event = {.struct_size = sizeof event};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(gg_caselist_read(&full, cases, options, err));
    row r = {.buf = &buf,
             .table = full.steps ? GRIDGOV_TABLE_OPENING_STEPS : GRIDGOV_TABLE_OPENING,
             .utc_offset = full.utc_offset_minutes};
    put_row(&r, NULL, NULL, NULL, NULL);
    const gridgov_ledger *ledger = gridgov_cases_ledger(cases);
    for (int64_t i = 0; gridgov_case_at(&c, cases, i) == GRIDGOV_OK; i++) {
        if (!gg_caselist_takes(cases, &full, i)) {
            continue;
        }
        if (full.steps) {
            put_steps(&r, cases, i);
        } else if (gridgov_ledger_event_known(&event, ledger, i, gridgov_cases_known_by(cases)) ==
                   GRIDGOV_OK) {
            put_row(&r, ledger, &event, &c, NULL);
        }
    }
    return gg_buf_to_bytes(out, &buf, err);
}
