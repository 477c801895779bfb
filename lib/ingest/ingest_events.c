/* SPDX-License-Identifier: Apache-2.0 */
/* Events, opening cases, and steps.
 *
 * An event without a grid belongs to the street itself. Where no units were loaded at all, the text
 * of the grid joins the place, so that a flat export works alone. A number that the table lacks is
 * made of the row's.
 *
 * The event did happen, whatever its row says of its end: real exports have limits before the
 * report, closures before the report and closures of events that are said to be open. Such a row
 * stays. A doubtful limit is kept; a doubtful time of closure is not used, so that the event counts
 * as the table's own yes or no says, and as not closed by what is known where it has none. */
#include "loader.h"
#include "mapping.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/civil.h>
#include <gridgov/track.h>

#include <string.h>

#define LEVEL_LAST 4 /* tiers, from the grid to the district */
#define DEGREE_DIGITS 7
#define LAT_MAX_E7 900000000
#define LON_MAX_E7 1800000000

/* "row-7", or "opening-7", so that both tables may lack numbers. */
static gg_str made_number(char *buffer, const gg_loader *load) {
    const char *prefix = load->cells.table == GRIDGOV_TABLE_OPENING ? "opening-" : "row-";
    size_t size = strlen(prefix);
    memcpy(buffer, prefix, size);
    size += gg_int_format(buffer + size, gridgov_rows_number(load->rows));
    buffer[size] = '\0';
    return gg_str_make(buffer, size);
}

/* Unit, grid and place as one text, for a table without units to look them up in. */
static gridgov_status join_place(gg_loader *load, gg_str *place) {
    static const int parts[] = {GG_EVENTS_UNIT, GG_EVENTS_GRID, GG_EVENTS_PLACE};
    gg_buf_clear(&load->joined);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        gg_str part;
        GG_TRY(gg_cells_name(&load->cells, parts[i], &part));
        gg_buf_text(&load->joined, part.size == 0 || load->joined.size == 0 ? "" : " ");
        gg_buf_str(&load->joined, part);
    }
    if (gg_buf_failed(&load->joined)) {
        return gg_fail_memory(&load->cells.problem);
    }
    *place = gg_str_make(gg_buf_data(&load->joined), load->joined.size);
    return GRIDGOV_OK;
}

static gridgov_status read_place(gg_loader *load, gridgov_event *event) {
    gg_str place;
    if (load->has_places) {
        GG_TRY(gg_cells_name(&load->cells, GG_EVENTS_PLACE, &place));
        GG_TRY(gg_cells_grid(&load->cells, load->units, GG_EVENTS_UNIT, GG_EVENTS_GRID, 1,
                             &event->unit));
    } else {
        GG_TRY(join_place(load, &place));
    }
    event->place = place.data;
    return GRIDGOV_OK;
}

/* A closure given as a date alone lies after a report of the same day. */
static gridgov_status read_times(gg_cells *cells, gridgov_event *event) {
    int date_only = 0;
    GG_TRY(gg_cells_time(cells, GG_EVENTS_REPORTED_AT, GG_REQUIRED, &event->reported_at, NULL));
    GG_TRY(gg_cells_time(cells, GG_EVENTS_CLOSED_AT, GG_OPTIONAL, &event->closed_at, &date_only));
    if (date_only && event->closed_at < event->reported_at &&
        event->closed_at ==
            gridgov_day_start(gridgov_time_day(event->reported_at, cells->utc_offset_minutes),
                              cells->utc_offset_minutes)) {
        event->closed_at = event->reported_at;
    }
    GG_TRY(gg_cells_limit(cells, GG_EVENTS_DUE_AT, &event->due_at));
    GG_TRY(gg_cells_limit(cells, GG_EVENTS_DISPATCH_DUE_AT, &event->dispatch_due_at));
    return gg_cells_time(cells, GG_EVENTS_RECORDED_AT, GG_OPTIONAL, &event->recorded_at, NULL);
}

/* Give up a time of closure that cannot be: the rule it breaks, 0 if it stays. */
static int32_t doubt_closure(gridgov_event *event) {
    int32_t rule = 0;
    if (event->closed_at == GRIDGOV_NO_TIME) {
        return 0;
    }
    if (event->closed_at < event->reported_at) {
        rule = GG_RULE_CELL_CLOSED_ORDER;
    } else if (event->closed == GRIDGOV_TRI_NO) {
        rule = GG_RULE_CELL_CLOSED_STATE;
    }
    if (rule != 0) {
        event->closed_at = GRIDGOV_NO_TIME;
        event->closure_doubted = 1;
    }
    return rule;
}

/* One of the two degrees; *out is GRIDGOV_NO_DEGREES if the cell is empty. */
static gridgov_status read_degrees(gg_cells *cells, int field, int64_t most, int32_t *out) {
    int64_t value = GRIDGOV_NO_DEGREES;
    gg_str text;
    GG_TRY(gg_cells_decimal(cells, field, GG_OPTIONAL, DEGREE_DIGITS, 0, &value));
    if (value != GRIDGOV_NO_DEGREES && (value < -most || value > most)) {
        GG_TRY(gg_cells_text(cells, field, GG_OPTIONAL, &text));
        return gg_cells_fail(cells, GG_RULE_CELL_RANGE, field, text,
                             most == LAT_MAX_E7 ? "-90 … 90" : "-180 … 180");
    }
    *out = (int32_t)value;
    return GRIDGOV_OK;
}

/* Half a position is none. */
static gridgov_status read_position(gg_cells *cells, gridgov_event *event) {
    GG_TRY(read_degrees(cells, GG_EVENTS_LAT, LAT_MAX_E7, &event->lat_e7));
    GG_TRY(read_degrees(cells, GG_EVENTS_LON, LON_MAX_E7, &event->lon_e7));
    if (event->lat_e7 == GRIDGOV_NO_DEGREES || event->lon_e7 == GRIDGOV_NO_DEGREES) {
        event->lat_e7 = event->lon_e7 = GRIDGOV_NO_DEGREES;
    } else if (cells->mapping != NULL && cells->mapping->datum != GRIDGOV_DATUM_WGS84) {
        // Positions of a ledger are all of one datum, whatever each file was written in.
        (void)gridgov_places_to_wgs84(&event->lat_e7, &event->lon_e7, 1, cells->mapping->datum);
    }
    return GRIDGOV_OK;
}

/* What was told of persons, cause, course and result. */
static gridgov_status read_report(gg_cells *cells, gridgov_event *event) {
    gg_str persons, cause, course, result;
    GG_TRY(gg_cells_name(cells, GG_EVENTS_PERSONS, &persons));
    GG_TRY(gg_cells_name(cells, GG_EVENTS_CAUSE, &cause));
    GG_TRY(gg_cells_name(cells, GG_EVENTS_COURSE, &course));
    GG_TRY(gg_cells_name(cells, GG_EVENTS_RESULT, &result));
    event->persons = persons.data;
    event->cause = cause.data;
    event->course = course.data;
    event->result = result.data;
    return GRIDGOV_OK;
}

static gridgov_status read_codes(gg_cells *cells, gridgov_event *event) {
    GG_TRY(gg_cells_code(cells, GG_EVENTS_CLOSED, GG_OPTIONAL, &event->closed));
    GG_TRY(gg_cells_code(cells, GG_EVENTS_OVERDUE, GG_OPTIONAL, &event->overdue));
    GG_TRY(gg_cells_code(cells, GG_EVENTS_DISPOSITION, GG_OPTIONAL, &event->disposition));
    GG_TRY(gg_cells_code(cells, GG_EVENTS_SELF_HANDLED, GG_OPTIONAL, &event->self_handled));
    return gg_cells_code(cells, GG_EVENTS_SUSPENDED, GG_OPTIONAL, &event->suspended);
}

static void warn_of(gg_loader *load, int32_t rule, int field) {
    gg_str text;
    if (gg_cells_text(&load->cells, field, GG_OPTIONAL, &text) == GRIDGOV_OK) {
        gg_loader_warn(load, rule, field, text);
    }
}

/* Say what is doubtful in a row that stays: limits before the report, and a closure given up. */
static void report_doubts(gg_loader *load, const gridgov_event *event, int32_t closure_rule) {
    const gridgov_time limits[] = {event->due_at, event->dispatch_due_at};
    static const int fields[] = {GG_EVENTS_DUE_AT, GG_EVENTS_DISPATCH_DUE_AT};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (limits[i] != GRIDGOV_NO_TIME && limits[i] < event->reported_at) {
            warn_of(load, GG_RULE_CELL_DUE_ORDER, fields[i]);
        }
    }
    if (closure_rule != 0) {
        warn_of(load, closure_rule, GG_EVENTS_CLOSED_AT);
    }
}

gridgov_status gg_event_read(gg_event_record *record, gg_loader *load) {
    gridgov_event *event = &record->event;
    gg_cells *cells = &load->cells;
    gg_str id, category, agency, condition;
    memset(event, 0, sizeof *event);
    gridgov_event_init(event, sizeof *event);
    GG_TRY(gg_cells_text(cells, GG_EVENTS_ID, gg_cells_has(cells, GG_EVENTS_ID), &id));
    if (id.size == 0) {
        id = made_number(record->number, load);
    }
    GG_TRY(gg_cells_text(cells, GG_EVENTS_CATEGORY, GG_OPTIONAL, &category));
    GG_TRY(gg_cells_name(cells, GG_EVENTS_AGENCY, &agency));
    GG_TRY(gg_cells_name(cells, GG_EVENTS_CONDITION, &condition));
    GG_TRY(read_place(load, event));
    GG_TRY(read_times(cells, event));
    GG_TRY(gg_cells_time(cells, GG_EVENTS_ACCEPTED_AT, GG_OPTIONAL, &record->accepted_at, NULL));
    GG_TRY(
        gg_cells_time(cells, GG_EVENTS_DISPATCHED_AT, GG_OPTIONAL, &record->dispatched_at, NULL));
    GG_TRY(read_codes(cells, event));
    GG_TRY(read_position(cells, event));
    GG_TRY(read_report(cells, event));
    record->closure_rule = doubt_closure(event);
    event->id = id.data;
    event->category_name = category.data;
    event->agency_name = agency.data;
    event->condition = condition.data;
    event->opening = cells->table == GRIDGOV_TABLE_OPENING;
    event->source_row = gridgov_rows_number(load->rows);
    return GRIDGOV_OK;
}

void gg_event_doubts(gg_loader *load, const gg_event_record *record) {
    report_doubts(load, &record->event, record->closure_rule);
}

/* A step whose time stands in the event's row. It was recorded with the row: where rows are
 * versions, so are their steps. */
static gridgov_status add_step(gg_loader *load, const gridgov_event *event, int32_t kind,
                               gridgov_time at) {
    gridgov_step step = {.struct_size = sizeof step};
    if (at == GRIDGOV_NO_TIME) {
        return GRIDGOV_OK;
    }
    gridgov_step_init(&step, sizeof step);
    step.event_id = event->id;
    step.kind = kind;
    step.at = at;
    step.agency_name = kind == GRIDGOV_STEP_DISPATCH ? event->agency_name : "";
    step.source_row = event->source_row;
    step.table = load->cells.table;
    if (event->recorded_at != GRIDGOV_NO_TIME) {
        step.recorded_at = event->recorded_at;
        step.key = kind == GRIDGOV_STEP_ACCEPT ? "row1" : "row2";
    }
    return gridgov_ledger_add_step(load->ledger, &step, &load->cells.problem);
}

static gridgov_status read_event(gg_loader *load) {
    gg_event_record record;
    int32_t stood_before = 0;
    GG_TRY(gg_event_read(&record, load));
    GG_TRY(gridgov_ledger_add_event(&stood_before, load->ledger, &record.event, load->on_duplicate,
                                    &load->cells.problem));
    if (stood_before && load->on_duplicate != GRIDGOV_ON_DUPLICATE_VERSION) {
        load->outcome =
            load->on_duplicate == GRIDGOV_ON_DUPLICATE_REPLACE ? GG_ROW_REPLACED : GG_ROW_SKIPPED;
    }
    if (load->outcome != GG_ROW_SKIPPED) {
        GG_TRY(add_step(load, &record.event, GRIDGOV_STEP_ACCEPT, record.accepted_at));
        GG_TRY(add_step(load, &record.event, GRIDGOV_STEP_DISPATCH, record.dispatched_at));
        gg_event_doubts(load, &record);
    }
    return GRIDGOV_OK;
}

/* The fields that few logs have. */
static gridgov_status read_details(gg_loader *load, gridgov_step *step) {
    gg_str key, actor, category, other;
    int64_t level = 0;
    GG_TRY(gg_cells_text(&load->cells, GG_STEPS_KEY, GG_OPTIONAL, &key));
    GG_TRY(gg_cells_name(&load->cells, GG_STEPS_ACTOR, &actor));
    GG_TRY(gg_cells_name(&load->cells, GG_STEPS_CATEGORY, &category));
    GG_TRY(gg_cells_name(&load->cells, GG_STEPS_OTHER, &other));
    GG_TRY(gg_cells_code(&load->cells, GG_STEPS_ROLE, GG_OPTIONAL, &step->role));
    GG_TRY(gg_cells_code(&load->cells, GG_STEPS_CARD, GG_OPTIONAL, &step->card));
    GG_TRY(gg_cells_limit(&load->cells, GG_STEPS_UNTIL, &step->until));
    GG_TRY(gg_cells_decimal(&load->cells, GG_STEPS_LEVEL, GG_OPTIONAL, 0, 1, &level));
    if (level < 0 || level > LEVEL_LAST) {
        return gg_cells_fail(&load->cells, GG_RULE_CELL_RANGE, GG_STEPS_LEVEL, (gg_str){"", 0},
                             "1–4");
    }
    step->key = key.data;
    step->actor = actor.data;
    step->category_name = category.data;
    step->other_event = other.data;
    step->level = (int32_t)level;
    return GRIDGOV_OK;
}

static gridgov_status read_step(gg_loader *load) {
    gridgov_step step = {.struct_size = sizeof step};
    gg_str event, agency, reason;
    gridgov_step_init(&step, sizeof step);
    GG_TRY(gg_cells_text(&load->cells, GG_STEPS_EVENT, GG_REQUIRED, &event));
    GG_TRY(gg_cells_code(&load->cells, GG_STEPS_STEP, GG_REQUIRED, &step.kind));
    GG_TRY(gg_cells_time(&load->cells, GG_STEPS_AT, GG_REQUIRED, &step.at, NULL));
    GG_TRY(gg_cells_name(&load->cells, GG_STEPS_AGENCY, &agency));
    GG_TRY(gg_cells_text(&load->cells, GG_STEPS_REASON, GG_OPTIONAL, &reason));
    GG_TRY(gg_cells_time(&load->cells, GG_STEPS_RECORDED_AT, GG_OPTIONAL, &step.recorded_at, NULL));
    GG_TRY(read_details(load, &step));
    step.table = load->cells.table;
    step.event_id = event.data;
    step.agency_name = agency.data;
    step.reason = reason.data;
    step.source_row = gridgov_rows_number(load->rows);
    return gridgov_ledger_add_step(load->ledger, &step, &load->cells.problem);
}

int32_t gg_events_duplicates(const gg_cells *cells) {
    const int is_event =
        cells->table == GRIDGOV_TABLE_EVENTS || cells->table == GRIDGOV_TABLE_OPENING;
    return is_event && gg_cells_has(cells, GG_EVENTS_RECORDED_AT) ? GRIDGOV_ON_DUPLICATE_VERSION
                                                                  : GRIDGOV_ON_DUPLICATE_FAIL;
}

gg_row_reader gg_events_reader(int32_t table) {
    if (table == GRIDGOV_TABLE_EVENTS || table == GRIDGOV_TABLE_OPENING) {
        return read_event;
    }
    return table == GRIDGOV_TABLE_STEPS || table == GRIDGOV_TABLE_OPENING_STEPS ? read_step : NULL;
}

/* What a table covers: field −1 always, else if the table has the field. */
static const struct {
    int32_t table, coverage;
    int field;
} covered[] = {
    {GRIDGOV_TABLE_EVENTS, GRIDGOV_COVERAGE_EVENTS, -1},
    {GRIDGOV_TABLE_EVENTS, GRIDGOV_COVERAGE_DISPOSITION, GG_EVENTS_DISPOSITION},
    {GRIDGOV_TABLE_EVENTS, GRIDGOV_COVERAGE_AGENCY, GG_EVENTS_AGENCY},
    {GRIDGOV_TABLE_EVENTS, GRIDGOV_COVERAGE_DISPATCH_DUE, GG_EVENTS_DISPATCH_DUE_AT},
    {GRIDGOV_TABLE_EVENTS, GRIDGOV_COVERAGE_CLOSED, GG_EVENTS_CLOSED_AT},
    {GRIDGOV_TABLE_EVENTS, GRIDGOV_COVERAGE_CLOSED, GG_EVENTS_CLOSED},
    {GRIDGOV_TABLE_EVENTS, GRIDGOV_COVERAGE_DUE, GG_EVENTS_DUE_AT},
    {GRIDGOV_TABLE_EVENTS, GRIDGOV_COVERAGE_OVERDUE, GG_EVENTS_OVERDUE},
    {GRIDGOV_TABLE_EVENTS, GRIDGOV_COVERAGE_DISPATCH, GG_EVENTS_DISPATCHED_AT},
    {GRIDGOV_TABLE_STEPS, GRIDGOV_COVERAGE_DISPATCH, -1},
    {GRIDGOV_TABLE_STEPS, GRIDGOV_COVERAGE_CLOSED, -1},
    {GRIDGOV_TABLE_STEPS, GRIDGOV_COVERAGE_AGENCY, GG_STEPS_AGENCY},
};

uint64_t gg_events_coverage(const gg_cells *cells) {
    uint64_t coverage = 0;
    for (size_t i = 0; i < sizeof covered / sizeof covered[0]; i++) {
        if (covered[i].table == cells->table &&
            (covered[i].field < 0 || gg_cells_has(cells, covered[i].field))) {
            coverage |= UINT64_C(1) << covered[i].coverage;
        }
    }
    return coverage;
}

gridgov_status gg_events_cover(gg_loader *load) {
    const uint64_t coverage = gg_events_coverage(&load->cells);
    for (int32_t i = 0; i < 64; i++) {
        if (coverage >> i & 1) {
            GG_TRY(gridgov_ledger_cover(load->ledger, i));
        }
    }
    return GRIDGOV_OK;
}
