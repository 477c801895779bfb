/* SPDX-License-Identifier: Apache-2.0 */
/* Taking back the units and officers added last, for callers that add all of a table or nothing.
 *
 * Nothing is allocated, so it cannot fail for want of memory. Members of a chain stand in the order
 * of their indexes: a chain is cut once, at its last member that stays, and it goes when none
 * stays. The chains and persons made last are those of the units and holds added last, so going
 * backwards they are always at the end of their arrays. */
#include "unit_set.h"

#include "base/error.h"

static gg_str key_of(char buffer[GG_UNIT_TEXT_LIMIT], const char *text) {
    return gg_str_make(buffer, gg_text_key(buffer, GG_UNIT_TEXT_LIMIT, gg_str_of(text)));
}

/* Cut a chain behind its last member below `count`, or take it away. */
static void cut_chain(gridgov_units *units, gg_str named, int64_t count) {
    int64_t owner = gg_map_get(&units->names, named, GG_UNIT_MISSING);
    gg_unit_chain *members = owner == GG_UNIT_MISSING ? NULL : &units->chains[owner];
    int64_t at = 0;
    if (members == NULL || members->last < count) {
        return; // cut before
    }
    if (members->first >= count) {
        gg_map_remove(&units->names, named);
        return;
    }
    at = members->first;
    members->count = 1;
    while (units->items[at].next != GG_UNIT_MISSING && units->items[at].next < count) {
        at = units->items[at].next;
        members->count++;
    }
    units->items[at].next = GG_UNIT_MISSING;
    members->last = at;
}

static void remove_last_unit(gridgov_units *units, int64_t count) {
    const gg_unit *item = &units->items[units->count - 1];
    char code[GG_UNIT_TEXT_LIMIT], name[GG_UNIT_TEXT_LIMIT];
    gg_unit_key buffer;
    gg_str code_key = key_of(code, item->code), name_key = key_of(name, item->name);
    int64_t parent = item->kind == GRIDGOV_UNIT_AGENCY ? GG_UNIT_AGENCY_PARENT : item->parent;
    if (code_key.size > 0) {
        gg_map_remove(&units->codes, code_key);
    }
    gg_map_remove(&units->pairs, gg_unit_number_key(&buffer, parent, name_key));
    cut_chain(units, gg_unit_number_key(&buffer, item->kind, name_key), count);
    units->count--;
}

/* Chains whose first member is gone. */
static void drop_chains(gridgov_units *units) {
    while (units->chain_count > 0 &&
           units->chains[units->chain_count - 1].first >= (int64_t)units->count) {
        units->chain_count--;
    }
}

static void remove_last_hold(gridgov_units *units) {
    const gg_hold *hold = &units->holds[units->hold_count - 1];
    gg_person *who = &units->persons[hold->person];
    char code[GG_UNIT_TEXT_LIMIT];
    who->first = hold->next;
    who->count--;
    if (who->count == 0) {
        gg_map_remove(&units->people, key_of(code, who->code));
        units->person_count--;
    }
    units->hold_count--;
}

gridgov_status gridgov_units_rewind(gridgov_units *units, int64_t count, int64_t officer_count,
                                    gridgov_error *err) {
    if (units == NULL) {
        return gg_fail_arg(err, "units");
    }
    if (units->sealed) {
        return gg_fail_state(err, "the units are sealed");
    }
    if (count < 0 || count > (int64_t)units->count) {
        return gg_fail_arg(err, "count");
    }
    if (officer_count < 0 || officer_count > (int64_t)units->hold_count) {
        return gg_fail_arg(err, "officer_count");
    }
    for (size_t i = 0; i < (size_t)officer_count; i++) {
        if (units->holds[i].grid >= count) {
            return gg_fail_arg(err, "officer_count");
        }
    }
    while ((int64_t)units->hold_count > officer_count) {
        remove_last_hold(units);
    }
    while ((int64_t)units->count > count) {
        remove_last_unit(units, count);
    }
    drop_chains(units);
    for (int64_t i = 0; i < count; i++) {
        if (units->items[i].superior >= count) {
            units->items[i].superior = GRIDGOV_NONE;
        }
    }
    return GRIDGOV_OK;
}
