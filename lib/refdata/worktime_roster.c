/* SPDX-License-Identifier: Apache-2.0 */
/* Making a roster: by calls, or from a document gridgov.roster/1.
 *
 * Invariant: the slots of each kind of day are sorted, lie within the day, and neither overlap nor
 * touch (slots that touch become one, so 08:00-12:00 beside 12:00-18:00 and 08:00-18:00 are the
 * same roster with the same digest). Nothing of a roster changes once it is sealed. */
#include "worktime_model.h"

#include <gridgov/pack.h>

#include "base/error.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"
#include "refdoc.h"

#include <stdlib.h>
#include <string.h>

#define OFFSET_LIMIT 1440 /* minutes, as in civil.h */
#define OFFSET_DEFAULT 480
#define SLOTS_TEXT "16"
_Static_assert(GRIDGOV_ROSTER_SLOTS == 16, "SLOTS_TEXT says the same");

int32_t gg_roster_put_slot(gg_day_slots *slots, int32_t from, int32_t to) {
    int32_t at = 0, end = 0;
    if (from >= to) {
        return GG_RULE_ROSTER_MIDNIGHT;
    }
    if (from < 0 || to > GG_DAY_SECONDS) {
        return GG_RULE_ROSTER_DAY;
    }
    while (at < slots->count && slots->to[at] < from) {
        at++;
    }
    if ((at < slots->count && slots->to[at] > from && slots->from[at] < to) ||
        (at + 1 < slots->count && slots->to[at] == from && slots->from[at + 1] < to)) {
        return GG_RULE_ROSTER_OVERLAP;
    }
    /* [at, end) are the slots that touch this one and become one with it: none, one or two. */
    end = at;
    while (end < slots->count && slots->from[end] <= to) {
        from = slots->from[end] < from ? slots->from[end] : from;
        to = slots->to[end] > to ? slots->to[end] : to;
        end++;
    }
    if (end == at && slots->count == GRIDGOV_ROSTER_SLOTS) {
        return GG_RULE_ROSTER_SLOTS;
    }
    size_t moved = (size_t)(slots->count - end) * sizeof slots->from[0];
    memmove(&slots->from[at + 1], &slots->from[end], moved);
    memmove(&slots->to[at + 1], &slots->to[end], moved);
    slots->from[at] = from;
    slots->to[at] = to;
    slots->count += at + 1 - end;
    slots->total = 0;
    for (int32_t i = 0; i < slots->count; i++) {
        slots->before[i] = slots->total;
        slots->total += slots->to[i] - slots->from[i];
    }
    for (int32_t i = slots->count; i < GRIDGOV_ROSTER_SLOTS; i++) {
        slots->from[i] = slots->to[i] = 0;
        slots->before[i] = INT32_MAX;
    }
    return 0;
}

/* Slots of the fullest kind of day. */
static int32_t most_slots(const gridgov_roster *roster) {
    int32_t most = 0;
    for (int i = 0; i < GG_ROSTER_DAY_KINDS; i++) {
        most = roster->slots[i].count > most ? roster->slots[i].count : most;
    }
    return most;
}

static void take_digest(gridgov_roster *roster) {
    gg_digest digest;
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_of("gridgov.roster/1"));
    gg_digest_text(&digest, gg_str_of(gridgov_calendar_digest(roster->calendar)));
    gg_digest_int(&digest, roster->utc_offset_minutes);
    for (int kind = GRIDGOV_ROSTER_DAY_MONDAY; kind < GG_ROSTER_DAY_KINDS; kind++) {
        const gg_day_slots *slots = &roster->slots[kind];
        gg_digest_int(&digest, slots->count);
        for (int32_t i = 0; i < slots->count; i++) {
            gg_digest_int(&digest, slots->from[i]);
            gg_digest_int(&digest, slots->to[i]);
        }
    }
    gg_digest_finish(&digest, roster->digest);
}

gridgov_status gridgov_roster_new(gridgov_roster **out, const gridgov_calendar *calendar,
                                  int32_t utc_offset_minutes, gridgov_error *err) {
    gridgov_roster *roster = NULL;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (calendar == NULL) {
        return gg_fail_arg(err, "calendar");
    }
    if (utc_offset_minutes < -OFFSET_LIMIT || utc_offset_minutes > OFFSET_LIMIT) {
        return gg_fail_arg(err, "utc_offset_minutes");
    }
    if (gridgov_calendar_digest(calendar)[0] == '\0') {
        return gg_fail_state(err, "the calendar is not sealed");
    }
    roster = gg_calloc(1, sizeof *roster);
    if (roster == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&roster->share);
    roster->utc_offset_minutes = utc_offset_minutes;
    roster->calendar = gridgov_calendar_hold(calendar);
    *out = roster;
    return GRIDGOV_OK;
}

gridgov_status gridgov_roster_add_slot(gridgov_roster *roster, int32_t day_kind, int32_t from,
                                       int32_t to, gridgov_error *err) {
    int32_t rule = 0;
    if (roster == NULL) {
        return gg_fail_arg(err, "roster");
    }
    if (roster->sealed) {
        return gg_fail_state(err, "the roster is sealed");
    }
    if (day_kind < GRIDGOV_ROSTER_DAY_MONDAY || day_kind > GRIDGOV_ROSTER_DAY_MAKEUP) {
        return gg_fail_arg(err, "day_kind");
    }
    rule = gg_roster_put_slot(&roster->slots[day_kind], from, to);
    if (rule != 0) {
        return gg_fail_number(err, rule, "from", from, SLOTS_TEXT, NULL);
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_roster_seal(gridgov_roster *roster, gridgov_error *err) {
    if (roster == NULL) {
        return gg_fail_arg(err, "roster");
    }
    if (roster->sealed) {
        return gg_fail_state(err, "the roster is sealed");
    }
    roster->most_slots = most_slots(roster);
    if (roster->most_slots == 0) {
        return gg_fail(err, GG_RULE_ROSTER_EMPTY, "slots", NULL, 0, NULL, NULL);
    }
    if (gg_roster_lay_out(roster) != 0) {
        gg_free(roster->runs);
        gg_free(roster->stretches);
        roster->runs = NULL;
        roster->stretches = NULL;
        roster->run_count = roster->run_capacity = 0;
        roster->stretch_count = roster->stretch_capacity = 0;
        return gg_fail_memory(err);
    }
    take_digest(roster);
    roster->sealed = 1;
    return GRIDGOV_OK;
}

/* Two digits below a limit; -1 for anything else. */
static int32_t two_digits(const char *text, int32_t limit) {
    int32_t value = 0;
    for (int i = 0; i < 2; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value < limit ? value : -1;
}

/* "08:00" or "08:00:30", up to "24:00", as seconds since midnight; -1 for anything else. */
static int32_t clock_of(gg_str text) {
    int32_t hour = 0, minute = 0, second = 0;
    if ((text.size != 5 && text.size != 8) || text.data[2] != ':' ||
        (text.size == 8 && text.data[5] != ':')) {
        return -1;
    }
    hour = two_digits(text.data, 25);
    minute = two_digits(text.data + 3, 60);
    second = text.size == 8 ? two_digits(text.data + 6, 60) : 0;
    if (hour < 0 || minute < 0 || second < 0 || (hour == 24 && minute + second > 0)) {
        return -1;
    }
    return hour * 3600 + minute * 60 + second;
}

/* A set of kinds of days. */
#define DAY(name) (1U << GRIDGOV_ROSTER_DAY_##name)

/* Lists of the document and the kinds of days they fill; a later list takes the place of an earlier
 * one. */
static const struct {
    const char *key;
    uint32_t kinds;
} lists[] = {
    {"workday",
     DAY(MONDAY) | DAY(TUESDAY) | DAY(WEDNESDAY) | DAY(THURSDAY) | DAY(FRIDAY) | DAY(MAKEUP)},
    {"weekend", DAY(SATURDAY) | DAY(SUNDAY)},
    {"monday", DAY(MONDAY)},
    {"tuesday", DAY(TUESDAY)},
    {"wednesday", DAY(WEDNESDAY)},
    {"thursday", DAY(THURSDAY)},
    {"friday", DAY(FRIDAY)},
    {"saturday", DAY(SATURDAY)},
    {"sunday", DAY(SUNDAY)},
    {"holiday", DAY(HOLIDAY)},
    {"makeup", DAY(MAKEUP)},
};

/* One slot of a list that stands at pointer, put into each kind of day of the set. */
static void read_slot(gridgov_roster *roster, gg_json_reader *reader, const json_t *item,
                      const char *pointer, uint32_t kinds) {
    const char *text = json_string_value(item);
    int32_t from = -1, to = -1, rule = 0;
    const char *dash = NULL;
    if (text == NULL) {
        gg_json_problem(reader, GG_RULE_JSON_TYPE, pointer, NULL, pointer, "text");
        return;
    }
    dash = strchr(text, '-');
    if (dash != NULL) {
        from = clock_of(gg_str_make(text, (size_t)(dash - text)));
        to = clock_of(gg_str_of(dash + 1));
    }
    if (from < 0 || to < 0) {
        gg_json_problem(reader, GG_RULE_ROSTER_SLOT, pointer, NULL, text, NULL);
        return;
    }
    for (int kind = 0; kind < GG_ROSTER_DAY_KINDS && rule == 0; kind++) {
        if ((kinds & (1U << kind)) != 0) {
            rule = gg_roster_put_slot(&roster->slots[kind], from, to);
        }
    }
    if (rule != 0) {
        gg_json_problem(reader, rule, pointer, NULL, text, SLOTS_TEXT);
    }
}

static void read_slots(gridgov_roster *roster, gg_json_reader *reader, const json_t *slots) {
    static const char *const keys[] = {"workday",   "weekend",  "monday", "tuesday",
                                       "wednesday", "thursday", "friday", "saturday",
                                       "sunday",    "holiday",  "makeup", NULL};
    char pointer[GG_POINTER_SIZE], below[GG_POINTER_SIZE];
    gg_json_known(reader, slots, "/slots", keys);
    if (json_object_get(slots, "workday") == NULL && json_object_get(slots, "makeup") == NULL) {
        gg_json_problem(reader, GG_RULE_JSON_MISSING, "/slots", "makeup", "makeup", NULL);
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const json_t *list = gg_json_array(reader, slots, "/slots", lists[i].key, 0);
        if (list == NULL) {
            continue;
        }
        for (int kind = 0; kind < GG_ROSTER_DAY_KINDS; kind++) {
            if ((lists[i].kinds & (1U << kind)) != 0) {
                roster->slots[kind] = (gg_day_slots){.count = 0};
            }
        }
        gg_json_pointer_key(pointer, "/slots", lists[i].key);
        for (size_t k = 0; k < json_array_size(list); k++) {
            gg_json_pointer_at(below, pointer, k);
            read_slot(roster, reader, json_array_get(list, k), below, lists[i].kinds);
        }
    }
}

/* Everything the document says. 0, or -1 when memory is short. */
static int read_document(gridgov_roster *roster, gg_json_reader *reader) {
    static const char *const keys[] = {
        "schema", "version", "name", "source", "certainty", "utc_offset_minutes", "slots", NULL};
    const json_t *root = reader->root, *slots = NULL;
    gg_str name;
    gg_json_known(reader, root, "", keys);
    (void)gg_json_int(reader, root, "", "version", 0, 1, 1, INT32_MAX);
    (void)gg_json_text(reader, root, "", "source", 0, NULL);
    gg_refdoc_certainty(reader, root, "", "certainty");
    name = gg_str_of(gg_json_text(reader, root, "", "name", 1, ""));
    roster->name = gg_calloc(name.size + 1, 1);
    if (roster->name == NULL) {
        return -1;
    }
    gg_text_copy(roster->name, name.size + 1, name.data, name.size);
    roster->utc_offset_minutes = (int32_t)gg_json_int(reader, root, "", "utc_offset_minutes", 0,
                                                      OFFSET_DEFAULT, -OFFSET_LIMIT, OFFSET_LIMIT);
    slots = gg_json_object(reader, root, "", "slots", 1);
    if (slots != NULL) {
        read_slots(roster, reader, slots);
    }
    if (most_slots(roster) == 0 && reader->first.status == GRIDGOV_OK) {
        gg_json_problem(reader, GG_RULE_ROSTER_EMPTY, "/slots", NULL, NULL, NULL);
    }
    return 0;
}

gridgov_status gridgov_roster_open(gridgov_roster **out, const gridgov_calendar *calendar,
                                   const char *name, size_t size, gridgov_error *err) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(gridgov_pack_find(&pack, GRIDGOV_PACK_ROSTER, name, size, err));
    return gridgov_roster_load(out, calendar, pack.data, pack.size, NULL, err);
}

gridgov_status gridgov_roster_load(gridgov_roster **out, const gridgov_calendar *calendar,
                                   const char *json, size_t size, gridgov_issues *issues,
                                   gridgov_error *err) {
    gg_json_reader reader = {0};
    gridgov_roster *roster = NULL;
    gridgov_status status = GRIDGOV_OK;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (calendar == NULL || json == NULL) {
        return gg_fail_arg(err, calendar == NULL ? "calendar" : "json");
    }
    GG_TRY(gg_json_open(&reader, "roster", json, size, "gridgov.roster/1", issues, err));
    status = gridgov_roster_new(&roster, calendar, OFFSET_DEFAULT, err);
    if (status < 0) {
        goto done;
    }
    if (read_document(roster, &reader) != 0) {
        status = gg_fail_memory(err);
        goto done;
    }
    status = gg_json_status(&reader, err);
    if (status < 0) {
        goto done;
    }
    status = gridgov_roster_seal(roster, err);
    if (status < 0) {
        goto done;
    }
    *out = roster;
    roster = NULL;
done:
    gridgov_roster_free(roster);
    gg_json_close(&reader);
    return status;
}

const char *gridgov_roster_name(const gridgov_roster *roster) {
    return roster == NULL || roster->name == NULL ? "" : roster->name;
}

const char *gridgov_roster_digest(const gridgov_roster *roster) {
    return roster == NULL ? "" : roster->digest;
}

int32_t gridgov_roster_utc_offset(const gridgov_roster *roster) {
    return roster == NULL ? 0 : roster->utc_offset_minutes;
}

gridgov_roster *gridgov_roster_hold(const gridgov_roster *roster) {
    /* The count of holders is the one part of an immutable object that changes. */
    gridgov_roster *held = (gridgov_roster *)roster;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_roster_free(gridgov_roster *roster) {
    if (roster == NULL || !gg_share_drop(&roster->share)) {
        return;
    }
    gg_free(roster->run_of_week);
    gg_free(roster->stretches);
    gg_free(roster->runs);
    gg_free(roster->name);
    gridgov_calendar_free(roster->calendar);
    gg_free(roster);
}
