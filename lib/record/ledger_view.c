/* SPDX-License-Identifier: Apache-2.0 */
/* Looking into a ledger, and its digest.
 *
 * The digest covers the units, agencies and officers (records name units by index), what was
 * covered, and every record in sorted order with its text as given. Derived steps follow from the
 * events and the row numbers are only evidence; neither takes part. So the same rows in any order,
 * from any file, give the same digest, and a ledger that was told less gives another one. What few
 * logs have (versions of events, the further fields of steps) comes behind all the rest, and only
 * where there is any. */
#include "model.h"

const gridgov_taxonomy *gridgov_ledger_taxonomy(const gridgov_ledger *ledger) {
    return ledger == NULL ? NULL : ledger->taxonomy;
}

const gridgov_units *gridgov_ledger_units(const gridgov_ledger *ledger) {
    return ledger == NULL ? NULL : ledger->units;
}

int64_t gridgov_ledger_event_count(const gridgov_ledger *ledger) {
    return ledger == NULL ? 0 : (int64_t)(ledger->event_count - ledger->replaced_count);
}

int64_t gridgov_ledger_step_count(const gridgov_ledger *ledger) {
    return ledger == NULL ? 0 : (int64_t)ledger->step_count;
}

int64_t gridgov_ledger_activity_count(const gridgov_ledger *ledger) {
    return ledger == NULL ? 0 : (int64_t)ledger->activity_count;
}

/* What every accessor by index asks first. */
static gridgov_status check_index(const void *out, const gridgov_ledger *ledger, int64_t index,
                                  int64_t count) {
    if (out == NULL || ledger == NULL) {
        return GRIDGOV_EARG;
    }
    if (!ledger->sealed) {
        return GRIDGOV_ESTATE;
    }
    return index < 0 || index >= count ? GRIDGOV_END : GRIDGOV_OK;
}

static gridgov_status view_event(gridgov_event *event_out, const gridgov_ledger *ledger,
                                 int64_t index, const gg_event_row *row) {
    const gridgov_event full = {
        .disposition = row->disposition,
        .overdue = row->overdue,
        .self_handled = row->self_handled,
        .suspended = row->suspended,
        .opening = row->opening,
        .closed = row->closed,
        .closure_doubted = row->closure_doubted,
        .id = row->id,
        .category_name = row->category->text,
        .agency_name = row->agency->text,
        .place = row->place,
        .category = row->category->category,
        .agency = row->agency->agency,
        .unit = row->unit,
        .reported_at = row->reported_at,
        .dispatch_due_at = row->dispatch_due_at,
        .due_at = row->due_at,
        .closed_at = row->closed_at,
        .source_row = row->source_row,
        .persons = row->persons,
        .cause = row->cause,
        .course = row->course,
        .result = row->result,
        .lat_e7 = row->lat_e7,
        .lon_e7 = row->lon_e7,
        .recorded_at = row->recorded_at,
        .condition = row->condition == NULL ? "" : row->condition->text,
        .versions = 1 + (ledger->first_version == NULL
                             ? 0
                             : ledger->first_version[index + 1] - ledger->first_version[index]),
    };
    return gg_view_copy(event_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_status gridgov_ledger_event_at(gridgov_event *event_out, const gridgov_ledger *ledger,
                                       int64_t index) {
    gridgov_status status =
        check_index(event_out, ledger, index, gridgov_ledger_event_count(ledger));
    if (status != GRIDGOV_OK) {
        return status;
    }
    return view_event(event_out, ledger, index, &ledger->events[index]);
}

const gg_event_row *gg_event_known(const gridgov_ledger *ledger, int64_t index,
                                   gridgov_time known_by) {
    const gg_event_row *row = &ledger->events[index];
    if (gg_event_recorded(row) <= known_by) {
        return row;
    }
    if (ledger->first_version != NULL) {
        const int64_t end = ledger->first_version[index + 1];
        for (int64_t i = ledger->first_version[index]; i < end; i++) {
            if (gg_event_recorded(&ledger->versions[i]) <= known_by) {
                return &ledger->versions[i];
            }
        }
    }
    return NULL;
}

gridgov_status gridgov_ledger_event_known(gridgov_event *event_out, const gridgov_ledger *ledger,
                                          int64_t index, gridgov_time known_by) {
    gridgov_status status =
        check_index(event_out, ledger, index, gridgov_ledger_event_count(ledger));
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_event_row *row = gg_event_known(ledger, index, known_by);
    return row == NULL ? GRIDGOV_END : view_event(event_out, ledger, index, row);
}

gridgov_status gridgov_ledger_step_at(gridgov_step *step_out, const gridgov_ledger *ledger,
                                      int64_t index) {
    gridgov_status status = check_index(step_out, ledger, index, gridgov_ledger_step_count(ledger));
    if (status != GRIDGOV_OK) {
        return status;
    }
    static const gg_step_more no_more = {.key = "", .other_event = "", .until = GRIDGOV_NO_TIME};
    const gg_step_row *row = &ledger->steps[index];
    const gg_step_more *more = row->more == NULL ? &no_more : row->more;
    const gridgov_step full = {
        .kind = row->kind,
        .derived = row->derived,
        .event_id = row->event_id,
        .agency_name = row->agency->text,
        .reason = row->reason->text,
        .event = row->event,
        .agency = row->agency->agency,
        .at = row->at,
        .recorded_at = row->recorded_at,
        .source_row = row->source_row,
        .key = more->key,
        .actor = more->actor == NULL ? "" : more->actor->text,
        .other_event = more->other_event,
        .category_name = more->category == NULL ? "" : more->category->text,
        .category = more->category == NULL ? GRIDGOV_NONE : more->category->category,
        .newer = row->newer,
        .until = more->until,
        .role = more->role,
        .card = more->card,
        .level = more->level,
        .table = row->table,
    };
    return gg_view_copy(step_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_status gridgov_ledger_activity_at(gridgov_activity *activity_out,
                                          const gridgov_ledger *ledger, int64_t index) {
    gridgov_status status =
        check_index(activity_out, ledger, index, gridgov_ledger_activity_count(ledger));
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_activity_row *row = &ledger->activities[index];
    const gridgov_activity full = {
        .kind = row->kind,
        .unit = row->unit,
        .officer = row->officer->text,
        .key = row->key,
        .reason = row->reason->text,
        .authority = row->authority->text,
        .day = row->day,
        .day_to = row->day_to,
        .at = row->at,
        .due_at = row->due_at,
        .amount = row->amount,
        .distance_m = row->distance_m,
        .state = row->state,
        .source_row = row->source_row,
    };
    return gg_view_copy(activity_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_status gridgov_ledger_event_steps(int64_t *first_out, int64_t *count_out,
                                          const gridgov_ledger *ledger, int64_t event) {
    if (first_out != NULL) {
        *first_out = 0;
    }
    if (count_out != NULL) {
        *count_out = 0;
    }
    gridgov_status status =
        check_index(first_out, ledger, event, gridgov_ledger_event_count(ledger));
    if (status != GRIDGOV_OK || count_out == NULL) {
        return status == GRIDGOV_OK ? GRIDGOV_EARG : status;
    }
    *first_out = ledger->first_step[event];
    *count_out = ledger->first_step[event + 1] - ledger->first_step[event];
    return GRIDGOV_OK;
}

int64_t gridgov_ledger_event_find(const gridgov_ledger *ledger, const char *id, size_t size) {
    if (ledger == NULL || id == NULL || !ledger->sealed) {
        return GRIDGOV_NONE;
    }
    int64_t slot = gg_map_get(&ledger->ids, gg_str_make(id, size), GRIDGOV_NONE);
    return slot == GRIDGOV_NONE ? GRIDGOV_NONE : ledger->order[slot];
}

static const char *listed_name(const gridgov_ledger *ledger, const gg_list *list, int64_t index,
                               int32_t *known_out) {
    if (known_out != NULL) {
        *known_out = 0;
    }
    if (!ledger->sealed || index < 0 || index >= (int64_t)list->count) {
        return NULL;
    }
    if (known_out != NULL) {
        *known_out = list->items[index].known;
    }
    return list->items[index].name;
}

int64_t gridgov_ledger_category_count(const gridgov_ledger *ledger) {
    return ledger == NULL ? 0 : (int64_t)ledger->categories.count;
}

const char *gridgov_ledger_category_name(const gridgov_ledger *ledger, int64_t index,
                                         int32_t *known_out) {
    return ledger == NULL ? NULL : listed_name(ledger, &ledger->categories, index, known_out);
}

int64_t gridgov_ledger_agency_count(const gridgov_ledger *ledger) {
    return ledger == NULL ? 0 : (int64_t)ledger->agencies.count;
}

const char *gridgov_ledger_agency_name(const gridgov_ledger *ledger, int64_t index,
                                       int32_t *known_out) {
    return ledger == NULL ? NULL : listed_name(ledger, &ledger->agencies, index, known_out);
}

const char *gridgov_ledger_digest(const gridgov_ledger *ledger) {
    return ledger == NULL ? "" : ledger->digest;
}

static void digest_units(gg_digest *digest, const gridgov_units *units) {
    int64_t count = gridgov_units_count(units);
    gg_digest_int(digest, count);
    for (int64_t i = 0; i < count; i++) {
        gridgov_unit unit = {.struct_size = sizeof unit};
        (void)gridgov_units_at(&unit, units, i);
        gg_digest_int(digest, unit.kind);
        gg_digest_int(digest, unit.parent);
        gg_digest_text(digest, gg_str_of(unit.code));
        gg_digest_text(digest, gg_str_of(unit.name));
        gg_digest_int(digest, unit.from);
        gg_digest_int(digest, unit.to);
        gg_digest_int(digest, unit.platform);
    }
    count = gridgov_units_officer_count(units);
    gg_digest_int(digest, count);
    for (int64_t i = 0; i < count; i++) {
        gridgov_officer officer = {.struct_size = sizeof officer};
        (void)gridgov_units_officer_at(&officer, units, i);
        gg_digest_text(digest, gg_str_of(officer.code));
        gg_digest_text(digest, gg_str_of(officer.name));
        gg_digest_int(digest, officer.grid);
        gg_digest_int(digest, officer.from);
        gg_digest_int(digest, officer.to);
    }
}

static void digest_event(gg_digest *digest, const gg_event_row *row, int with_position,
                         int with_report) {
    gg_digest_text(digest, gg_str_of(row->id));
    gg_digest_text(digest, gg_str_of(row->category->text));
    gg_digest_text(digest, gg_str_of(row->agency->text));
    gg_digest_text(digest, gg_str_of(row->place));
    gg_digest_int(digest, row->unit);
    gg_digest_int(digest, row->reported_at);
    gg_digest_int(digest, row->dispatch_due_at);
    gg_digest_int(digest, row->due_at);
    gg_digest_int(digest, row->closed_at);
    // Seven codes of one digit each, as one number.
    int64_t codes = row->closure_doubted;
    codes = codes * 10 + row->disposition;
    codes = codes * 10 + row->overdue;
    codes = codes * 10 + row->self_handled;
    codes = codes * 10 + row->suspended;
    codes = codes * 10 + row->opening;
    codes = codes * 10 + row->closed;
    gg_digest_int(digest, codes);
    // Where no event has a position the digest is that of a ledger that knows of none.
    if (with_position) {
        gg_digest_int(digest, row->lat_e7);
        gg_digest_int(digest, row->lon_e7);
    }
    if (with_report) {
        gg_digest_text(digest, gg_str_of(row->persons));
        gg_digest_text(digest, gg_str_of(row->cause));
        gg_digest_text(digest, gg_str_of(row->course));
        gg_digest_text(digest, gg_str_of(row->result));
    }
}

static void digest_step(gg_digest *digest, const gg_step_row *row) {
    gg_digest_int(digest, row->event);
    gg_digest_int(digest, row->kind);
    gg_digest_text(digest, gg_str_of(row->agency->text));
    gg_digest_text(digest, gg_str_of(row->reason->text));
    gg_digest_int(digest, row->at);
    gg_digest_int(digest, row->recorded_at);
}

static void digest_activity(gg_digest *digest, const gg_activity_row *row) {
    gg_digest_int(digest, row->kind);
    gg_digest_int(digest, row->unit);
    gg_digest_text(digest, gg_str_of(row->officer->text));
    gg_digest_text(digest, gg_str_of(row->key));
    gg_digest_text(digest, gg_str_of(row->reason->text));
    gg_digest_text(digest, gg_str_of(row->authority->text));
    gg_digest_int(digest, row->day);
    gg_digest_int(digest, row->day_to);
    gg_digest_int(digest, row->at);
    gg_digest_int(digest, row->due_at);
    gg_digest_int(digest, row->amount);
    gg_digest_int(digest, row->distance_m);
    gg_digest_int(digest, row->state);
}

/* Conditions of events, when their rows were recorded, and their older versions. */
static void digest_versions(gg_digest *digest, const gridgov_ledger *ledger) {
    for (size_t i = 0; i < ledger->event_count; i++) {
        if (ledger->events[i].condition != NULL) {
            gg_digest_text(digest, gg_str_of("condition"));
            gg_digest_int(digest, (int64_t)i);
            gg_digest_text(digest, gg_str_of(ledger->events[i].condition->text));
        }
        if (ledger->events[i].recorded_at != GRIDGOV_NO_TIME) {
            gg_digest_text(digest, gg_str_of("recorded"));
            gg_digest_int(digest, (int64_t)i);
            gg_digest_int(digest, ledger->events[i].recorded_at);
        }
    }
    for (size_t i = 0; i < ledger->event_count && ledger->first_version != NULL; i++) {
        for (int64_t v = ledger->first_version[i]; v < ledger->first_version[i + 1]; v++) {
            gg_digest_text(digest, gg_str_of("version"));
            gg_digest_int(digest, (int64_t)i);
            digest_event(digest, &ledger->versions[v], 1,
                         gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_REPORT));
            gg_digest_int(digest, ledger->versions[v].recorded_at);
            gg_digest_text(digest, gg_str_of(ledger->versions[v].condition == NULL
                                                 ? ""
                                                 : ledger->versions[v].condition->text));
        }
    }
}

/* The further fields of steps. */
static void digest_details(gg_digest *digest, const gridgov_ledger *ledger) {
    int64_t given = 0;
    for (size_t i = 0; i < ledger->step_count; i++) {
        const gg_step_more *more = ledger->steps[i].more;
        if (more != NULL) {
            gg_digest_text(digest, gg_str_of("step"));
            gg_digest_int(digest, given);
            gg_digest_text(digest, gg_str_of(more->key));
            gg_digest_text(digest, gg_str_of(more->actor == NULL ? "" : more->actor->text));
            gg_digest_text(digest, gg_str_of(more->other_event));
            gg_digest_text(digest, gg_str_of(more->category == NULL ? "" : more->category->text));
            gg_digest_int(digest, more->until);
            gg_digest_int(digest, more->role);
            gg_digest_int(digest, more->card);
            gg_digest_int(digest, more->level);
        }
        given += !ledger->steps[i].derived;
    }
}

void gg_ledger_digest(gridgov_ledger *ledger) {
    gg_digest digest;
    gg_digest_init(&digest);
    digest_units(&digest, ledger->units);
    gg_digest_int(&digest, (int64_t)ledger->coverage);
    gg_digest_int(&digest, (int64_t)ledger->event_count);
    const int with_position = gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_POSITION);
    const int with_report = gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_REPORT);
    for (size_t i = 0; i < ledger->event_count; i++) {
        digest_event(&digest, &ledger->events[i], with_position, with_report);
    }
    int64_t given = 0;
    for (size_t i = 0; i < ledger->step_count; i++) {
        if (!ledger->steps[i].derived) {
            digest_step(&digest, &ledger->steps[i]);
            given++;
        }
    }
    gg_digest_int(&digest, given);
    gg_digest_int(&digest, (int64_t)ledger->activity_count);
    for (size_t i = 0; i < ledger->activity_count; i++) {
        digest_activity(&digest, &ledger->activities[i]);
    }
    digest_versions(&digest, ledger);
    digest_details(&digest, ledger);
    gg_digest_finish(&digest, ledger->digest);
}
