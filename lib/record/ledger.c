/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's handle: life, coverage, marks and the texts that records share.
 *
 * A rewind must bring replaced events back. So an event never overwrites another: the later one
 * takes a new slot that names the slot it replaces, and the map of event numbers points to the
 * newest. Rewinding pops slots from the end and, for each, either forgets its number or gives it
 * back to the slot before. A mark is therefore three array lengths and the coverage; nothing has to
 * be logged beside the records.
 *
 * Invariant before sealing: every slot that is not replaced is found by its number, and
 * replaced_count slots are replaced. Texts in the arena outlive a rewind, which costs memory and
 * nothing else: sealing looks only at names that a surviving record carries. */
#include "model.h"

#include <string.h>

static int is_coverage(int32_t coverage) {
    return gridgov_code_text(GRIDGOV_KIND_COVERAGE, coverage) != NULL;
}

static void destroy(gridgov_ledger *ledger) {
    gg_map_release(&ledger->ids);
    gg_map_release(&ledger->unique);
    gg_map_release(&ledger->name_index);
    gg_buf_release(&ledger->scratch);
    gg_free(ledger->names);
    gg_free(ledger->events);
    gg_free(ledger->steps);
    gg_free(ledger->activities);
    gg_free(ledger->order);
    gg_free(ledger->first_step);
    gg_free(ledger->versions);
    gg_free(ledger->first_version);
    gg_free(ledger->categories.items);
    gg_free(ledger->agencies.items);
    gg_arena_release(&ledger->arena);
    gridgov_taxonomy_free(ledger->taxonomy);
    gridgov_units_free(ledger->units);
    gg_free(ledger);
}

gridgov_status gridgov_ledger_new(gridgov_ledger **out, const gridgov_taxonomy *taxonomy,
                                  const gridgov_units *units, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (units != NULL && !gridgov_units_is_sealed(units)) {
        return gg_fail_state(err, "the units are not sealed");
    }
    gridgov_ledger *ledger = gg_calloc(1, sizeof *ledger);
    if (ledger == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&ledger->share);
    ledger->recent_slot = GRIDGOV_NONE;
    ledger->taxonomy = gridgov_taxonomy_hold(taxonomy);
    ledger->units = gridgov_units_hold(units);
    if (gridgov_units_officer_count(units) > 0) {
        ledger->coverage |= UINT64_C(1) << GRIDGOV_COVERAGE_OFFICERS;
    }
    *out = ledger;
    return GRIDGOV_OK;
}

gridgov_ledger *gridgov_ledger_hold(const gridgov_ledger *ledger) {
    // Holders are counted inside an object that is constant to its users.
    gridgov_ledger *held = (gridgov_ledger *)ledger;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_ledger_free(gridgov_ledger *ledger) {
    if (ledger != NULL && gg_share_drop(&ledger->share)) {
        destroy(ledger);
    }
}

static int is_table(int32_t table) {
    return table > 0 && table < GG_LEDGER_TABLES &&
           gridgov_code_text(GRIDGOV_KIND_TABLE, table) != NULL;
}

gridgov_status gridgov_ledger_set_source(gridgov_ledger *ledger, int32_t table, const char *name) {
    const char *copy;
    if (ledger == NULL || !is_table(table) || name == NULL) {
        return GRIDGOV_EARG;
    }
    if (ledger->sealed) {
        return GRIDGOV_ESTATE;
    }
    if (ledger->sources[table] == NULL) {
        copy = gg_arena_text(&ledger->arena, name, strlen(name));
        if (copy == NULL) {
            return GRIDGOV_ENOMEM;
        }
        ledger->sources[table] = copy;
    } else if (strcmp(ledger->sources[table], name) != 0) {
        ledger->sources[table] = gridgov_code_text(GRIDGOV_KIND_TABLE, table);
    }
    return GRIDGOV_OK;
}

const char *gridgov_ledger_source(const gridgov_ledger *ledger, int32_t table) {
    if (ledger == NULL || !is_table(table)) {
        return "";
    }
    return ledger->sources[table] != NULL ? ledger->sources[table]
                                          : gridgov_code_text(GRIDGOV_KIND_TABLE, table);
}

gridgov_status gridgov_ledger_cover(gridgov_ledger *ledger, int32_t coverage) {
    if (ledger == NULL || !is_coverage(coverage)) {
        return GRIDGOV_EARG;
    }
    if (ledger->sealed) {
        return GRIDGOV_ESTATE;
    }
    ledger->coverage |= UINT64_C(1) << coverage;
    return GRIDGOV_OK;
}

int32_t gridgov_ledger_covers(const gridgov_ledger *ledger, int32_t coverage) {
    if (ledger == NULL || !is_coverage(coverage)) {
        return 0;
    }
    return (ledger->coverage >> coverage & 1) != 0;
}

gridgov_status gridgov_ledger_mark_get(gridgov_ledger_mark *mark_out,
                                       const gridgov_ledger *ledger) {
    if (mark_out == NULL || ledger == NULL) {
        return GRIDGOV_EARG;
    }
    mark_out->events = (int64_t)ledger->event_count;
    mark_out->steps = (int64_t)ledger->step_count;
    mark_out->activities = (int64_t)ledger->activity_count;
    mark_out->coverage = ledger->coverage;
    return GRIDGOV_OK;
}

static void pop_event(gridgov_ledger *ledger) {
    const gg_event_row *row = &ledger->events[--ledger->event_count];
    gg_str id = gg_str_of(row->id);
    if (row->replaces == GRIDGOV_NONE) {
        gg_map_remove(&ledger->ids, id);
        return;
    }
    // The number is in the map already, so setting it asks for no memory.
    (void)gg_map_set(&ledger->ids, id, row->replaces);
    ledger->events[row->replaces].replaced = 0;
    ledger->replaced_count--;
}

static gridgov_status pop_activity(gridgov_ledger *ledger) {
    const gg_activity_row *row = &ledger->activities[ledger->activity_count - 1];
    if (gg_activity_key(&ledger->scratch, row)) {
        // The same key was built when the row was added, so the buffer has the room.
        if (GG_NEVER(gg_buf_failed(&ledger->scratch))) {
            return GRIDGOV_ENOMEM;
        }
        gg_map_remove(&ledger->unique,
                      gg_str_make(gg_buf_data(&ledger->scratch), ledger->scratch.size));
    }
    ledger->activity_count--;
    return GRIDGOV_OK;
}

gridgov_status gridgov_ledger_rewind(gridgov_ledger *ledger, const gridgov_ledger_mark *mark) {
    if (ledger == NULL || mark == NULL || mark->events < 0 || mark->steps < 0 ||
        mark->activities < 0 || mark->events > (int64_t)ledger->event_count ||
        mark->steps > (int64_t)ledger->step_count ||
        mark->activities > (int64_t)ledger->activity_count) {
        return GRIDGOV_EARG;
    }
    if (ledger->sealed) {
        return GRIDGOV_ESTATE;
    }
    ledger->recent_slot = GRIDGOV_NONE;
    while ((int64_t)ledger->activity_count > mark->activities) {
        GG_TRY(pop_activity(ledger));
    }
    while ((int64_t)ledger->event_count > mark->events) {
        pop_event(ledger);
    }
    ledger->step_count = (size_t)mark->steps;
    ledger->coverage = mark->coverage;
    return GRIDGOV_OK;
}

int64_t gg_ledger_slot(gridgov_ledger *ledger, gg_str id) {
    const int64_t recent = ledger->recent_slot;
    if (recent != GRIDGOV_NONE && !ledger->events[recent].replaced &&
        gg_str_equal(gg_str_of(ledger->events[recent].id), id)) {
        return recent;
    }
    ledger->recent_slot = gg_map_get(&ledger->ids, id, GRIDGOV_NONE);
    return ledger->recent_slot;
}

gg_name *gg_ledger_name(gridgov_ledger *ledger, const char *text) {
    gg_str key = gg_str_of(text);
    gg_name **recent = &ledger->recent[key.size % GG_RECENT_NAMES];
    if (*recent != NULL && strcmp((*recent)->text, text) == 0) {
        return *recent;
    }
    int64_t index = gg_map_get(&ledger->name_index, key, GRIDGOV_NONE);
    if (index != GRIDGOV_NONE) {
        *recent = ledger->names[index];
        return *recent;
    }
    if (gg_grow((void **)&ledger->names, ledger->name_count, &ledger->name_capacity,
                sizeof(gg_name *))) {
        return NULL;
    }
    gg_name *name = gg_arena_alloc(&ledger->arena, sizeof *name);
    const char *copy = gg_arena_text(&ledger->arena, key.data, key.size);
    if (name == NULL || copy == NULL ||
        gg_map_set(&ledger->name_index, key, (int64_t)ledger->name_count)) {
        return NULL;
    }
    *name = (gg_name){.text = copy, .category = GRIDGOV_NONE, .agency = GRIDGOV_NONE};
    ledger->names[ledger->name_count++] = name;
    return name;
}

gridgov_status gg_ledger_text(const char **text, const char *field, gridgov_error *err) {
    if (*text == NULL) {
        *text = "";
        return GRIDGOV_OK;
    }
    size_t size = strlen(*text);
    size_t valid = gg_utf8_valid(*text, size);
    if (valid == size) {
        return GRIDGOV_OK;
    }
    char offset[GG_NUM_TEXT_SIZE];
    gg_int_format(offset, (int64_t)valid + 1);
    return gg_fail(err, GG_RULE_UTF8, field, *text, size, offset, NULL);
}

int gg_ledger_unit_ok(const gridgov_ledger *ledger, int64_t unit) {
    if (unit == GRIDGOV_NONE) {
        return 1;
    }
    gridgov_unit view = {.struct_size = sizeof view};
    return ledger->units != NULL && gridgov_units_at(&view, ledger->units, unit) == GRIDGOV_OK &&
           view.kind != GRIDGOV_UNIT_AGENCY;
}
