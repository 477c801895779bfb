/* SPDX-License-Identifier: Apache-2.0 */
/* Units and agencies: a dated tree that is filled row by row, sealed, and then immutable.
 *
 * The invariant stands in unit_set.h. Adding keeps it: everything is checked before anything
 * changes, memory is made ready before a key is entered, and the keys of a unit are entered
 * together or not at all, so a failed call leaves the set as it was.
 *
 * Keys come from gg_text_key (no blanks, half-width, lower case), since names of real tables carry
 * wrap spaces. Names repeat (一网格), so the units of one (kind, name) form a chain in published
 * order with its length at hand: telling one from many costs the same in a street and a country. */
#include "unit_set.h"

#include "base/error.h"

#include <string.h>

gg_str gg_unit_number_key(gg_unit_key *buffer, int64_t number, gg_str key) {
    size_t size = gg_int_format(buffer->data, number);
    buffer->data[size++] = '/';
    memcpy(buffer->data + size, key.data, key.size);
    return gg_str_make(buffer->data, size + key.size);
}

/* Agencies are no units at the top: they have a number of their own. */
static int64_t parent_number(int32_t kind, int64_t parent) {
    return kind == GRIDGOV_UNIT_AGENCY ? GG_UNIT_AGENCY_PARENT : parent;
}

/* Text that a caller handed in: UTF-8 and not too long. */
gridgov_status gg_unit_check_text(const char *field, const char *text, gridgov_error *err) {
    size_t size = strlen(text), valid = gg_utf8_valid(text, size);
    char number[GG_NUM_TEXT_SIZE];
    if (size > GG_UNIT_TEXT_LIMIT) {
        (void)gg_int_format(number, GG_UNIT_TEXT_LIMIT);
        return gg_fail(err, GG_RULE_UNIT_TEXT_LONG, field, text, size, number, NULL);
    }
    if (valid != size) {
        (void)gg_int_format(number, (int64_t)valid + 1);
        return gg_fail(err, GG_RULE_UTF8, field, text, valid, number, NULL);
    }
    return GRIDGOV_OK;
}

int gg_unit_dates_are_good(gridgov_day from, gridgov_day to) {
    return from == GRIDGOV_NO_DAY || to == GRIDGOV_NO_DAY || from < to;
}

gridgov_status gridgov_units_new(gridgov_units **out, gridgov_error *err) {
    gridgov_units *units = NULL;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    units = gg_calloc(1, sizeof *units);
    if (units == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&units->share);
    *out = units;
    return GRIDGOV_OK;
}

/* The rules of a unit by itself and of its parent. */
static gridgov_status check_unit(const gridgov_units *units, const gridgov_unit *given,
                                 gridgov_error *err) {
    size_t name_size = strlen(given->name);
    if (given->kind < GG_UNIT_FIRST_KIND || given->kind > GG_UNIT_LAST_KIND) {
        return gg_fail_arg(err, "kind");
    }
    if (given->parent != GRIDGOV_NONE &&
        (given->parent < 0 || given->parent >= (int64_t)units->count)) {
        return gg_fail_arg(err, "parent");
    }
    if (gridgov_code_text(GRIDGOV_KIND_PLATFORM, given->platform) == NULL) {
        return gg_fail_arg(err, "platform");
    }
    GG_TRY(gg_unit_check_text("code", given->code, err));
    GG_TRY(gg_unit_check_text("name", given->name, err));
    if (gg_text_trim(gg_str_of(given->name)).size == 0) {
        return gg_fail(err, GG_RULE_UNIT_NAME_EMPTY, "name", NULL, 0, NULL, NULL);
    }
    if (given->parent != GRIDGOV_NONE &&
        (given->kind == GRIDGOV_UNIT_AGENCY || units->items[given->parent].kind >= given->kind)) {
        return gg_fail(err, GG_RULE_UNIT_PARENT, "parent", given->name, name_size, NULL, NULL);
    }
    if (!gg_unit_dates_are_good(given->from, given->to)) {
        return gg_fail(err, GG_RULE_UNIT_DATES, "to", given->name, name_size, NULL, NULL);
    }
    return GRIDGOV_OK;
}

/* Room for one more unit and one more chain, so that entering it can only fail in a map. */
static int make_room(gridgov_units *units) {
    return gg_grow((void **)&units->items, units->count, &units->capacity, sizeof(gg_unit)) != 0 ||
                   gg_grow((void **)&units->chains, units->chain_count, &units->chain_capacity,
                           sizeof(gg_unit_chain)) != 0
               ? -1
               : 0;
}

/* Enter a unit in the three maps, or in none of them. */
static int enter_keys(gridgov_units *units, gg_str code, gg_str pair, gg_str named,
                      const gg_unit_chain *old) {
    int64_t index = (int64_t)units->count;
    if (code.size > 0 && gg_map_set(&units->codes, code, index) != 0) {
        return -1;
    }
    if (gg_map_set(&units->pairs, pair, index) != 0) {
        gg_map_remove(&units->codes, code);
        return -1;
    }
    if (old == NULL && gg_map_set(&units->names, named, (int64_t)units->chain_count) != 0) {
        gg_map_remove(&units->codes, code);
        gg_map_remove(&units->pairs, pair);
        return -1;
    }
    return 0;
}

/* Append a unit that was checked; keys are those of its code and name. */
static gridgov_status append_unit(gridgov_units *units, const gridgov_unit *given, gg_str code,
                                  gg_str name, gridgov_error *err) {
    gg_unit_key pair_buffer, named_buffer;
    gg_str pair = gg_unit_number_key(&pair_buffer, parent_number(given->kind, given->parent), name);
    gg_str named = gg_unit_number_key(&named_buffer, given->kind, name);
    int64_t index = (int64_t)units->count,
            owner = gg_map_get(&units->names, named, GG_UNIT_MISSING);
    gg_unit_chain *members = NULL;
    gg_unit *item = NULL;
    const char *code_text = NULL, *name_text = NULL;
    if (code.size > 0 && gg_map_get(&units->codes, code, GG_UNIT_MISSING) != GG_UNIT_MISSING) {
        return gg_fail(err, GG_RULE_UNIT_CODE_TWICE, "code", given->code, strlen(given->code), NULL,
                       NULL);
    }
    if (gg_map_get(&units->pairs, pair, GG_UNIT_MISSING) != GG_UNIT_MISSING) {
        return gg_fail(err, GG_RULE_UNIT_NAME_TWICE, "name", given->name, strlen(given->name), NULL,
                       NULL);
    }
    code_text = gg_arena_text(&units->arena, given->code, strlen(given->code));
    name_text = gg_arena_text(&units->arena, given->name, strlen(given->name));
    if (code_text == NULL || name_text == NULL || make_room(units) != 0) {
        return gg_fail_memory(err);
    }
    if (enter_keys(units, code, pair, named,
                   owner == GG_UNIT_MISSING ? NULL : &units->chains[owner]) != 0) {
        return gg_fail_memory(err);
    }
    if (owner == GG_UNIT_MISSING) {
        owner = (int64_t)units->chain_count++;
        units->chains[owner] = (gg_unit_chain){.first = index, .last = index, .count = 0};
    }
    members = &units->chains[owner];
    item = &units->items[units->count++];
    *item = (gg_unit){.code = code_text,
                      .name = name_text,
                      .parent = given->parent,
                      .superior = GRIDGOV_NONE,
                      .next = GG_UNIT_MISSING,
                      .kind = given->kind,
                      .platform = given->platform,
                      .from = given->from,
                      .to = given->to};
    if (members->count++ > 0) {
        units->items[members->last].next = index;
    }
    members->last = index;
    return GRIDGOV_OK;
}

gridgov_status gridgov_units_add(int64_t *index_out, gridgov_units *units,
                                 const gridgov_unit *unit_in, gridgov_error *err) {
    gridgov_unit given = {.parent = GRIDGOV_NONE, .from = GRIDGOV_NO_DAY, .to = GRIDGOV_NO_DAY};
    char code[GG_UNIT_TEXT_LIMIT], name[GG_UNIT_TEXT_LIMIT];
    size_t code_size = 0, name_size = 0;
    if (index_out != NULL) {
        *index_out = GRIDGOV_NONE;
    }
    if (units == NULL) {
        return gg_fail_arg(err, "units");
    }
    if (unit_in == NULL || gg_options_read(&given, sizeof given, unit_in) != 0) {
        return gg_fail_arg(err, "unit");
    }
    if (units->sealed) {
        return gg_fail_state(err, "the units are sealed");
    }
    given.code = given.code == NULL ? "" : given.code;
    given.name = given.name == NULL ? "" : given.name;
    GG_TRY(check_unit(units, &given, err));
    code_size = gg_text_key(code, sizeof code, gg_str_of(given.code));
    name_size = gg_text_key(name, sizeof name, gg_str_of(given.name));
    GG_TRY(append_unit(units, &given, gg_str_make(code, code_size), gg_str_make(name, name_size),
                       err));
    if (index_out != NULL) {
        *index_out = (int64_t)units->count - 1;
    }
    return GRIDGOV_OK;
}

static int is_agency(const gridgov_units *units, int64_t index) {
    return index >= 0 && index < (int64_t)units->count &&
           units->items[index].kind == GRIDGOV_UNIT_AGENCY;
}

gridgov_status gridgov_units_set_superior(gridgov_units *units, int64_t agency, int64_t superior,
                                          gridgov_error *err) {
    if (units == NULL) {
        return gg_fail_arg(err, "units");
    }
    if (units->sealed) {
        return gg_fail_state(err, "the units are sealed");
    }
    if (!is_agency(units, agency)) {
        return gg_fail_arg(err, "agency");
    }
    if (superior != GRIDGOV_NONE && !is_agency(units, superior)) {
        return gg_fail_arg(err, "superior");
    }
    // There are no rings so far, so the way up ends.
    for (int64_t above = superior; above != GRIDGOV_NONE; above = units->items[above].superior) {
        if (above == agency) {
            const char *name = units->items[agency].name;
            return gg_fail(err, GG_RULE_SUPERIOR_RING, "superior", name, strlen(name), NULL, NULL);
        }
    }
    units->items[agency].superior = superior;
    return GRIDGOV_OK;
}

int64_t gridgov_units_superior(const gridgov_units *units, int64_t agency) {
    return units != NULL && is_agency(units, agency) ? units->items[agency].superior : GRIDGOV_NONE;
}

/* Over what the units say; holds are sorted already. */
static void take_digest(gridgov_units *units) {
    gg_digest digest;
    gg_digest_init(&digest);
    gg_digest_int(&digest, (int64_t)units->count);
    for (size_t i = 0; i < units->count; i++) {
        const gg_unit *item = &units->items[i];
        gg_digest_text(&digest, gg_str_of(item->code));
        gg_digest_text(&digest, gg_str_of(item->name));
        gg_digest_int(&digest, item->parent);
        gg_digest_int(&digest, item->kind);
        // Units without superiors keep the digest that they have had.
        gg_digest_int(&digest, (item->superior + 1) << 8 | item->platform);
        gg_digest_int(&digest, item->from);
        gg_digest_int(&digest, item->to);
    }
    for (size_t i = 0; i < units->hold_count; i++) {
        const gg_hold *hold = &units->holds[i];
        gg_digest_text(&digest, gg_str_of(hold->code));
        gg_digest_text(&digest, gg_str_of(hold->name));
        gg_digest_int(&digest, hold->grid);
        gg_digest_int(&digest, hold->from);
        gg_digest_int(&digest, hold->to);
    }
    gg_digest_finish(&digest, units->digest);
}

gridgov_status gridgov_units_seal(gridgov_units *units, gridgov_error *err) {
    if (units == NULL) {
        return gg_fail_arg(err, "units");
    }
    if (units->sealed) {
        return gg_fail_state(err, "the units are sealed");
    }
    gg_unit_seal_holds(units);
    take_digest(units);
    units->sealed = 1;
    return GRIDGOV_OK;
}

const char *gridgov_units_digest(const gridgov_units *units) {
    return units == NULL ? "" : units->digest;
}

int32_t gridgov_units_is_sealed(const gridgov_units *units) {
    return units == NULL ? 0 : units->sealed;
}

int64_t gridgov_units_count(const gridgov_units *units) {
    return units == NULL ? 0 : (int64_t)units->count;
}

gridgov_status gridgov_units_at(gridgov_unit *unit_out, const gridgov_units *units, int64_t index) {
    gridgov_unit view = {0};
    const gg_unit *item = NULL;
    if (unit_out == NULL || units == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)units->count) {
        return GRIDGOV_END;
    }
    item = &units->items[index];
    view.kind = item->kind;
    view.parent = item->parent;
    view.code = item->code;
    view.name = item->name;
    view.from = item->from;
    view.to = item->to;
    view.platform = item->platform;
    return gg_view_copy(unit_out, &view, sizeof view) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

gridgov_units *gridgov_units_hold(const gridgov_units *units) {
    /* The count of holders is the one part of an immutable object that changes. */
    gridgov_units *held = (gridgov_units *)units;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_units_free(gridgov_units *units) {
    if (units == NULL || !gg_share_drop(&units->share)) {
        return;
    }
    gg_map_release(&units->codes);
    gg_map_release(&units->names);
    gg_map_release(&units->pairs);
    gg_map_release(&units->people);
    gg_arena_release(&units->arena);
    gg_free(units->items);
    gg_free(units->chains);
    gg_free(units->holds);
    gg_free(units->persons);
    gg_free(units);
}
