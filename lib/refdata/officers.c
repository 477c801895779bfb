/* SPDX-License-Identifier: Apache-2.0 */
/* Officers (网格员) and the grids they hold, each for a time.
 *
 * Invariant: the holds of one person, told by the key of the code, never overlap in time. Before
 * sealing they are linked from the latest to the first; a person has at most HOLDS_LIMIT of them,
 * which bounds the check against overlaps whatever the input. Sealing sorts all holds by (code,
 * from): those of a person then lie together, and the hold of a day is found by binary search. */
#include "unit_set.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

#define HOLDS_LIMIT 4096 /* holds of one officer */

static int overlap(const gg_hold *a, gridgov_day from, gridgov_day to) {
    int begins_before_end = to == GRIDGOV_NO_DAY || a->from < to;
    int ends_after_begin = a->to == GRIDGOV_NO_DAY || from == GRIDGOV_NO_DAY || from < a->to;
    return begins_before_end && ends_after_begin;
}

/* The rules of a hold by itself. */
static gridgov_status check_officer(const gridgov_units *units, const gridgov_officer *given,
                                    gridgov_error *err) {
    size_t code_size = strlen(given->code);
    GG_TRY(gg_unit_check_text("code", given->code, err));
    GG_TRY(gg_unit_check_text("name", given->name, err));
    if (gg_text_trim(gg_str_of(given->code)).size == 0) {
        return gg_fail(err, GG_RULE_OFFICER_CODE, "code", NULL, 0, NULL, NULL);
    }
    if (given->grid < 0 || given->grid >= (int64_t)units->count) {
        return gg_fail_arg(err, "grid");
    }
    if (units->items[given->grid].kind != GRIDGOV_UNIT_GRID) {
        return gg_fail(err, GG_RULE_OFFICER_GRID, "grid", given->code, code_size, NULL, NULL);
    }
    if (!gg_unit_dates_are_good(given->from, given->to)) {
        return gg_fail(err, GG_RULE_OFFICER_DATES, "to", given->code, code_size, NULL, NULL);
    }
    return GRIDGOV_OK;
}

/* The rules between a hold and the person's others. */
static gridgov_status check_person(const gridgov_units *units, const gg_person *who,
                                   const gridgov_officer *given, gridgov_error *err) {
    char number[GG_NUM_TEXT_SIZE];
    int64_t at = who->first;
    if (who->count >= HOLDS_LIMIT) {
        (void)gg_int_format(number, HOLDS_LIMIT);
        return gg_fail(err, GG_RULE_OFFICER_HOLDS, "code", given->code, strlen(given->code), number,
                       NULL);
    }
    for (; at != GG_UNIT_MISSING; at = units->holds[at].next) {
        if (overlap(&units->holds[at], given->from, given->to)) {
            return gg_fail(err, GG_RULE_OFFICER_OVERLAP, "grid", given->code, strlen(given->code),
                           NULL, NULL);
        }
    }
    return GRIDGOV_OK;
}

/* Append a hold that was checked; a new person is entered first. */
static gridgov_status append_hold(gridgov_units *units, const gridgov_officer *given, gg_str key,
                                  int64_t owner, gridgov_error *err) {
    int64_t index = (int64_t)units->hold_count;
    const char *name = gg_arena_text(&units->arena, given->name, strlen(given->name));
    const char *code = NULL;
    gg_person *who = NULL;
    if (name == NULL ||
        gg_grow((void **)&units->holds, units->hold_count, &units->hold_capacity,
                sizeof(gg_hold)) != 0 ||
        gg_grow((void **)&units->persons, units->person_count, &units->person_capacity,
                sizeof(gg_person)) != 0) {
        return gg_fail_memory(err);
    }
    if (owner == GG_UNIT_MISSING) {
        code = gg_arena_text(&units->arena, given->code, strlen(given->code));
        owner = (int64_t)units->person_count;
        if (code == NULL || gg_map_set(&units->people, key, owner) != 0) {
            return gg_fail_memory(err);
        }
        units->persons[units->person_count++] =
            (gg_person){.code = code, .first = GG_UNIT_MISSING, .oldest = index, .count = 0};
    }
    who = &units->persons[owner];
    units->holds[units->hold_count++] = (gg_hold){.code = who->code,
                                                  .name = name,
                                                  .grid = given->grid,
                                                  .person = owner,
                                                  .next = who->first,
                                                  .from = given->from,
                                                  .to = given->to};
    who->first = index;
    who->count++;
    return GRIDGOV_OK;
}

gridgov_status gridgov_units_add_officer(gridgov_units *units, const gridgov_officer *officer,
                                         gridgov_error *err) {
    gridgov_officer given = {.grid = GRIDGOV_NONE, .from = GRIDGOV_NO_DAY, .to = GRIDGOV_NO_DAY};
    char buffer[GG_UNIT_TEXT_LIMIT];
    int64_t owner = GG_UNIT_MISSING;
    gg_str key;
    if (units == NULL) {
        return gg_fail_arg(err, "units");
    }
    if (officer == NULL || gg_options_read(&given, sizeof given, officer) != 0) {
        return gg_fail_arg(err, "officer");
    }
    if (units->sealed) {
        return gg_fail_state(err, "the units are sealed");
    }
    given.code = given.code == NULL ? "" : given.code;
    given.name = given.name == NULL ? "" : given.name;
    GG_TRY(check_officer(units, &given, err));
    key = gg_str_make(buffer, gg_text_key(buffer, sizeof buffer, gg_str_of(given.code)));
    owner = gg_map_get(&units->people, key, GG_UNIT_MISSING);
    if (owner != GG_UNIT_MISSING) {
        GG_TRY(check_person(units, &units->persons[owner], &given, err));
    }
    return append_hold(units, &given, key, owner, err);
}

/* By code, then by day. Holds of one person do not overlap, so no two are equal; since ever comes
 * first because GRIDGOV_NO_DAY is the smallest number. Codes that differ in blanks or width are one
 * person's and share one text. */
static int compare_holds(const void *a, const void *b) {
    const gg_hold *left = a, *right = b;
    int order = strcmp(left->code, right->code);
    if (order != 0) {
        return order;
    }
    return (left->from > right->from) - (left->from < right->from);
}

void gg_unit_seal_holds(gridgov_units *units) {
    if (units->hold_count > 0) {
        qsort(units->holds, units->hold_count, sizeof *units->holds, compare_holds);
    }
    for (size_t i = 0; i < units->hold_count; i++) {
        if (i == 0 || units->holds[i].person != units->holds[i - 1].person) {
            units->persons[units->holds[i].person].first = (int64_t)i;
        }
    }
}

int64_t gridgov_units_officer_count(const gridgov_units *units) {
    return units == NULL ? 0 : (int64_t)units->hold_count;
}

gridgov_status gridgov_units_officer_at(gridgov_officer *officer_out, const gridgov_units *units,
                                        int64_t index) {
    gridgov_officer view = {0};
    const gg_hold *item = NULL;
    if (officer_out == NULL || units == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)units->hold_count) {
        return GRIDGOV_END;
    }
    item = &units->holds[index];
    view.code = item->code;
    view.name = item->name;
    view.grid = item->grid;
    view.from = item->from;
    view.to = item->to;
    return gg_view_copy(officer_out, &view, sizeof view) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

static int holds_on(const gg_hold *item, gridgov_day day) {
    return item->from <= day && (item->to == GRIDGOV_NO_DAY || day < item->to);
}

/* The last of a person's sorted holds that begins no later than the day, if it lasts. */
static int64_t search_sealed(const gridgov_units *units, const gg_person *who, gridgov_day day) {
    int64_t low = who->first, high = who->first + who->count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (units->holds[middle].from <= day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > who->first && holds_on(&units->holds[low - 1], day) ? low - 1 : GRIDGOV_NONE;
}

int64_t gridgov_units_officer_find(const gridgov_units *units, const char *code, size_t size,
                                   gridgov_day day) {
    char buffer[GG_UNIT_TEXT_LIMIT];
    const gg_person *who = NULL;
    int64_t at = GG_UNIT_MISSING;
    gg_str key;
    if (units == NULL || code == NULL) {
        return GRIDGOV_NONE;
    }
    key = gg_str_make(buffer, gg_text_key(buffer, sizeof buffer, gg_str_make(code, size)));
    if (key.size == 0 || key.size > sizeof buffer) {
        return GRIDGOV_NONE;
    }
    at = gg_map_get(&units->people, key, GG_UNIT_MISSING);
    if (at == GG_UNIT_MISSING) {
        return GRIDGOV_NONE;
    }
    who = &units->persons[at];
    if (day == GRIDGOV_NO_DAY) {
        return units->sealed ? who->first : who->oldest;
    }
    if (units->sealed) {
        return search_sealed(units, who, day);
    }
    for (at = who->first; at != GG_UNIT_MISSING && !holds_on(&units->holds[at], day);) {
        at = units->holds[at].next;
    }
    return at == GG_UNIT_MISSING ? GRIDGOV_NONE : at;
}
