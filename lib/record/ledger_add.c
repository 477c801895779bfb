/* SPDX-License-Identifier: Apache-2.0 */
/* Adding events and steps.
 *
 * Rows are checked alone: nothing here depends on what came before but the event's number. Where
 * two rows of one number contradict each other, the order of adding decides which one stays (the
 * first under FAIL and SKIP, the last under REPLACE, none of them under VERSION, where sealing
 * chooses among the rows that are kept); in every other respect the order of adding
 * never matters. A closed_at settles `closed`: the record says yes, and a row that says no beside
 * it is refused.
 *
 * A row is stored last, after every allocation it needs, so a failed call leaves the ledger as it
 * was. */
#include "model.h"

#include <string.h>

#define LAT_MAX_E7 900000000
#define LON_MAX_E7 1800000000

void gridgov_event_init(gridgov_event *event, size_t struct_size) {
    const gridgov_event full = {.id = "",
                                .category_name = "",
                                .agency_name = "",
                                .place = "",
                                .category = GRIDGOV_NONE,
                                .agency = GRIDGOV_NONE,
                                .unit = GRIDGOV_NONE,
                                .reported_at = GRIDGOV_NO_TIME,
                                .dispatch_due_at = GRIDGOV_NO_TIME,
                                .due_at = GRIDGOV_NO_TIME,
                                .closed_at = GRIDGOV_NO_TIME,
                                .persons = "",
                                .cause = "",
                                .course = "",
                                .result = "",
                                .lat_e7 = GRIDGOV_NO_DEGREES,
                                .lon_e7 = GRIDGOV_NO_DEGREES,
                                .recorded_at = GRIDGOV_NO_TIME,
                                .versions = 1,
                                .condition = ""};
    gg_options_write(event, struct_size, &full, sizeof full);
}

void gridgov_step_init(gridgov_step *step, size_t struct_size) {
    const gridgov_step full = {.event_id = "",
                               .agency_name = "",
                               .reason = "",
                               .event = GRIDGOV_NONE,
                               .agency = GRIDGOV_NONE,
                               .at = GRIDGOV_NO_TIME,
                               .recorded_at = GRIDGOV_NO_TIME,
                               .key = "",
                               .actor = "",
                               .other_event = "",
                               .category_name = "",
                               .category = GRIDGOV_NONE,
                               .newer = GRIDGOV_NONE,
                               .until = GRIDGOV_NO_TIME};
    gg_options_write(step, struct_size, &full, sizeof full);
}

void gridgov_activity_init(gridgov_activity *activity, size_t struct_size) {
    const gridgov_activity full = {.unit = GRIDGOV_NONE,
                                   .officer = "",
                                   .key = "",
                                   .reason = "",
                                   .authority = "",
                                   .day = GRIDGOV_NO_DAY,
                                   .day_to = GRIDGOV_NO_DAY,
                                   .at = GRIDGOV_NO_TIME,
                                   .due_at = GRIDGOV_NO_TIME,
                                   .distance_m = -1};
    gg_options_write(activity, struct_size, &full, sizeof full);
}

static int is_tri(int32_t value) {
    return value >= GRIDGOV_TRI_UNKNOWN && value <= GRIDGOV_TRI_YES;
}

/* Constants and indexes: a wrong one is the caller's mistake, not a bad row. */
static gridgov_status check_codes(const gridgov_ledger *ledger, const gridgov_event *event,
                                  gridgov_error *err) {
    if (event->disposition < GRIDGOV_DISPOSITION_UNKNOWN ||
        event->disposition > GRIDGOV_DISPOSITION_RECORDED) {
        return gg_fail_arg(err, "event.disposition");
    }
    if (!is_tri(event->overdue)) {
        return gg_fail_arg(err, "event.overdue");
    }
    if (!is_tri(event->self_handled)) {
        return gg_fail_arg(err, "event.self_handled");
    }
    if (!is_tri(event->suspended)) {
        return gg_fail_arg(err, "event.suspended");
    }
    if (!is_tri(event->closed)) {
        return gg_fail_arg(err, "event.closed");
    }
    if (event->opening != 0 && event->opening != 1) {
        return gg_fail_arg(err, "event.opening");
    }
    if (event->closure_doubted != 0 &&
        (event->closure_doubted != 1 || event->closed_at != GRIDGOV_NO_TIME)) {
        return gg_fail_arg(err, "event.closure_doubted");
    }
    if (!gg_ledger_unit_ok(ledger, event->unit)) {
        return gg_fail_arg(err, "event.unit");
    }
    return GRIDGOV_OK;
}

/* A position is both of its degrees or none. */
static gridgov_status check_position(const gridgov_event *event, gridgov_error *err) {
    if (event->lat_e7 == GRIDGOV_NO_DEGREES && event->lon_e7 == GRIDGOV_NO_DEGREES) {
        return GRIDGOV_OK;
    }
    if (event->lat_e7 < -LAT_MAX_E7 || event->lat_e7 > LAT_MAX_E7) {
        return gg_fail_arg(err, "event.lat_e7");
    }
    return event->lon_e7 < -LON_MAX_E7 || event->lon_e7 > LON_MAX_E7
               ? gg_fail_arg(err, "event.lon_e7")
               : GRIDGOV_OK;
}

/* An event number: 1 to 64 bytes of UTF-8. */
static gridgov_status check_id(const char **id, const char *field, gridgov_error *err) {
    GG_TRY(gg_ledger_text(id, field, err));
    size_t size = strlen(*id);
    if (size == 0 || size > GG_EVENT_ID_MAX) {
        return gg_fail(err, GG_RULE_EVENT_ID, field, *id, size, NULL, NULL);
    }
    return GRIDGOV_OK;
}

static gridgov_status check_event(const gridgov_ledger *ledger, gridgov_event *event,
                                  gridgov_error *err) {
    GG_TRY(check_id(&event->id, "id", err));
    GG_TRY(gg_ledger_text(&event->category_name, "category", err));
    GG_TRY(gg_ledger_text(&event->agency_name, "agency", err));
    GG_TRY(gg_ledger_text(&event->place, "place", err));
    GG_TRY(gg_ledger_text(&event->condition, "condition", err));
    GG_TRY(gg_ledger_text(&event->persons, "persons", err));
    GG_TRY(gg_ledger_text(&event->cause, "cause", err));
    GG_TRY(gg_ledger_text(&event->course, "course", err));
    GG_TRY(gg_ledger_text(&event->result, "result", err));
    GG_TRY(check_codes(ledger, event, err));
    GG_TRY(check_position(event, err));
    size_t size = strlen(event->id);
    if (event->reported_at == GRIDGOV_NO_TIME) {
        return gg_fail(err, GG_RULE_EVENT_REPORTED, "reported_at", event->id, size, NULL, NULL);
    }
    if (event->closed_at == GRIDGOV_NO_TIME) {
        return GRIDGOV_OK;
    }
    if (event->closed == GRIDGOV_TRI_NO) {
        return gg_fail(err, GG_RULE_EVENT_STATE, "closed", event->id, size, NULL, NULL);
    }
    if (event->closed_at < event->reported_at) {
        return gg_fail(err, GG_RULE_EVENT_CLOSED_EARLY, "closed_at", event->id, size, NULL, NULL);
    }
    event->closed = GRIDGOV_TRI_YES;
    return GRIDGOV_OK;
}

/* A copy of a text; "" takes no room. NULL when memory is short. */
static const char *copy_text(gridgov_ledger *ledger, const char *text) {
    return text[0] == '\0' ? "" : gg_arena_text(&ledger->arena, text, strlen(text));
}

/* What an event tells beyond its row is covered by the first event that tells it. */
static void cover_told(gridgov_ledger *ledger, const gg_event_row *row) {
    if (row->lat_e7 != GRIDGOV_NO_DEGREES) {
        ledger->coverage |= UINT64_C(1) << GRIDGOV_COVERAGE_POSITION;
    }
    if (row->persons[0] != '\0' || row->cause[0] != '\0' || row->course[0] != '\0' ||
        row->result[0] != '\0') {
        ledger->coverage |= UINT64_C(1) << GRIDGOV_COVERAGE_REPORT;
    }
}

static gridgov_status store_event(gridgov_ledger *ledger, const gridgov_event *event,
                                  int64_t existing, int keeps, gridgov_error *err) {
    if (gg_grow((void **)&ledger->events, ledger->event_count, &ledger->event_capacity,
                sizeof(gg_event_row))) {
        return gg_fail_memory(err);
    }
    gg_str id = gg_str_of(event->id);
    gg_event_row row = {
        .id = existing == GRIDGOV_NONE ? gg_arena_text(&ledger->arena, id.data, id.size)
                                       : ledger->events[existing].id,
        .place = copy_text(ledger, event->place),
        .persons = copy_text(ledger, event->persons),
        .cause = copy_text(ledger, event->cause),
        .course = copy_text(ledger, event->course),
        .result = copy_text(ledger, event->result),
        .category = gg_ledger_name(ledger, event->category_name),
        .agency = gg_ledger_name(ledger, event->agency_name),
        .condition = event->condition[0] == '\0' ? NULL : gg_ledger_name(ledger, event->condition),
        .reported_at = event->reported_at,
        .dispatch_due_at = event->dispatch_due_at,
        .due_at = event->due_at,
        .closed_at = event->closed_at,
        .recorded_at = event->recorded_at,
        .unit = event->unit,
        .source_row = event->source_row,
        .lat_e7 = event->lat_e7,
        .lon_e7 = event->lon_e7,
        .replaces = existing,
        .disposition = (int8_t)event->disposition,
        .overdue = (int8_t)event->overdue,
        .self_handled = (int8_t)event->self_handled,
        .suspended = (int8_t)event->suspended,
        .opening = (int8_t)event->opening,
        .closed = (int8_t)event->closed,
        .closure_doubted = (int8_t)event->closure_doubted,
        .keeps = (int8_t)keeps,
        .generation =
            existing == GRIDGOV_NONE ? 0 : ledger->events[existing].generation + (keeps == 0),
    };
    if (row.persons == NULL || row.cause == NULL || row.course == NULL || row.result == NULL ||
        row.id == NULL || row.place == NULL || row.category == NULL || row.agency == NULL ||
        (row.condition == NULL && event->condition[0] != '\0') ||
        gg_map_set(&ledger->ids, id, (int64_t)ledger->event_count)) {
        return gg_fail_memory(err);
    }
    if (existing != GRIDGOV_NONE) {
        ledger->events[existing].replaced = 1;
        ledger->replaced_count++;
    }
    ledger->events[ledger->event_count++] = row;
    cover_told(ledger, &row);
    return GRIDGOV_OK;
}

gridgov_status gridgov_ledger_add_event(int32_t *replaced_out, gridgov_ledger *ledger,
                                        const gridgov_event *event, int32_t on_duplicate,
                                        gridgov_error *err) {
    gridgov_event full = {.struct_size = 0};
    gridgov_event_init(&full, sizeof full);
    if (replaced_out != NULL) {
        *replaced_out = 0;
    }
    if (ledger == NULL) {
        return gg_fail_arg(err, "ledger");
    }
    if (event == NULL || gg_options_read(&full, sizeof full, event)) {
        return gg_fail_arg(err, "event");
    }
    if (on_duplicate < GRIDGOV_ON_DUPLICATE_FAIL || on_duplicate > GRIDGOV_ON_DUPLICATE_VERSION) {
        return gg_fail_arg(err, "on_duplicate");
    }
    if (ledger->sealed) {
        return gg_fail_state(err, "the ledger is sealed");
    }
    GG_TRY(check_event(ledger, &full, err));
    gg_str id = gg_str_of(full.id);
    int64_t existing = gg_map_get(&ledger->ids, id, GRIDGOV_NONE);
    if (existing != GRIDGOV_NONE && on_duplicate == GRIDGOV_ON_DUPLICATE_FAIL) {
        return gg_fail(err, GG_RULE_EVENT_TWICE, "id", id.data, id.size, NULL, NULL);
    }
    if (existing == GRIDGOV_NONE || on_duplicate >= GRIDGOV_ON_DUPLICATE_REPLACE) {
        GG_TRY(store_event(ledger, &full, existing, on_duplicate == GRIDGOV_ON_DUPLICATE_VERSION,
                           err));
    }
    if (replaced_out != NULL && existing != GRIDGOV_NONE) {
        *replaced_out = 1;
    }
    return GRIDGOV_OK;
}

static gridgov_status check_step_codes(const gridgov_step *step, gridgov_error *err) {
    if (gridgov_code_text(GRIDGOV_KIND_STEP, step->kind) == NULL) {
        return gg_fail_arg(err, "step.kind");
    }
    if (gridgov_code_text(GRIDGOV_KIND_ROLE, step->role) == NULL) {
        return gg_fail_arg(err, "step.role");
    }
    if (gridgov_code_text(GRIDGOV_KIND_CARD, step->card) == NULL) {
        return gg_fail_arg(err, "step.card");
    }
    if (step->table != 0 && step->table != GRIDGOV_TABLE_STEPS &&
        step->table != GRIDGOV_TABLE_OPENING_STEPS && !gg_step_is_of_row(step->table)) {
        return gg_fail_arg(err, "step.table");
    }
    return step->level < 0 || step->level > 4 ? gg_fail_arg(err, "step.level") : GRIDGOV_OK;
}

static gridgov_status check_step(gridgov_step *step, gridgov_error *err) {
    GG_TRY(check_id(&step->event_id, "event_id", err));
    GG_TRY(gg_ledger_text(&step->agency_name, "agency", err));
    GG_TRY(gg_ledger_text(&step->reason, "reason", err));
    GG_TRY(gg_ledger_text(&step->key, "key", err));
    GG_TRY(gg_ledger_text(&step->actor, "actor", err));
    GG_TRY(gg_ledger_text(&step->other_event, "other_event", err));
    GG_TRY(gg_ledger_text(&step->category_name, "category", err));
    GG_TRY(check_step_codes(step, err));
    const size_t size = strlen(step->key);
    if (size > GG_STEP_KEY_MAX) {
        return gg_fail(err, GG_RULE_STEP_KEY, "key", step->key, size, NULL, NULL);
    }
    if (step->at == GRIDGOV_NO_TIME) {
        return gg_fail(err, GG_RULE_STEP_TIME, "at", step->event_id, strlen(step->event_id), NULL,
                       NULL);
    }
    return GRIDGOV_OK;
}

/* Keep what few steps have. 0, or -1 when memory is short. */
static int store_more(const gg_step_more **out, gridgov_ledger *ledger, const gridgov_step *step) {
    *out = NULL;
    if (step->key[0] == '\0' && step->actor[0] == '\0' && step->other_event[0] == '\0' &&
        step->category_name[0] == '\0' && step->until == GRIDGOV_NO_TIME && step->role == 0 &&
        step->card == 0 && step->level == 0) {
        return 0;
    }
    gg_step_more *more = gg_arena_alloc(&ledger->arena, sizeof *more);
    if (more == NULL) {
        return -1;
    }
    *more = (gg_step_more){
        .key = gg_arena_text(&ledger->arena, step->key, strlen(step->key)),
        .other_event = gg_arena_text(&ledger->arena, step->other_event, strlen(step->other_event)),
        .actor = step->actor[0] == '\0' ? NULL : gg_ledger_name(ledger, step->actor),
        .category =
            step->category_name[0] == '\0' ? NULL : gg_ledger_name(ledger, step->category_name),
        .until = step->until,
        .role = (int8_t)step->role,
        .card = (int8_t)step->card,
        .level = (int8_t)step->level,
    };
    *out = more;
    return more->key == NULL || more->other_event == NULL ||
                   (more->actor == NULL && step->actor[0] != '\0') ||
                   (more->category == NULL && step->category_name[0] != '\0')
               ? -1
               : 0;
}

gridgov_status gridgov_ledger_add_step(gridgov_ledger *ledger, const gridgov_step *step,
                                       gridgov_error *err) {
    gridgov_step full = {.struct_size = 0};
    gridgov_step_init(&full, sizeof full);
    if (ledger == NULL) {
        return gg_fail_arg(err, "ledger");
    }
    if (step == NULL || gg_options_read(&full, sizeof full, step)) {
        return gg_fail_arg(err, "step");
    }
    if (ledger->sealed) {
        return gg_fail_state(err, "the ledger is sealed");
    }
    GG_TRY(check_step(&full, err));
    gg_str id = gg_str_of(full.event_id);
    const int64_t slot = gg_ledger_slot(ledger, id);
    gg_step_row row = {
        .event_id = slot == GRIDGOV_NONE ? gg_arena_text(&ledger->arena, id.data, id.size)
                                         : ledger->events[slot].id,
        .agency = gg_ledger_name(ledger, full.agency_name),
        .reason = gg_ledger_name(ledger, full.reason),
        .at = full.at,
        .recorded_at = full.recorded_at,
        .event = slot, // until it is sealed
        .newer = GRIDGOV_NONE,
        .source_row = full.source_row,
        .kind = (int8_t)full.kind,
        .table = (int8_t)full.table,
        .generation = slot == GRIDGOV_NONE ? 0 : ledger->events[slot].generation,
    };
    if (row.event_id == NULL || row.agency == NULL || row.reason == NULL ||
        store_more(&row.more, ledger, &full) ||
        gg_grow((void **)&ledger->steps, ledger->step_count, &ledger->step_capacity,
                sizeof(gg_step_row))) {
        return gg_fail_memory(err);
    }
    ledger->steps[ledger->step_count++] = row;
    return GRIDGOV_OK;
}
