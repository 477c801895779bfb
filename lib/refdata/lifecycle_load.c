/* SPDX-License-Identifier: Apache-2.0 */
/* Reading `gridgov.lifecycle/1`.
 *
 * A rule of the document speaks of several states; it is unfolded into one transition a state, so
 * that asking needs no search. A state that a rule names twice (by code and by class) is taken
 * once. Every member is checked and every problem reported; what a problem leaves out is left out,
 * and the status tells at the end. */
#include "lifecycle_model.h"

#include "base/error.h"
#include "base/num.h"
#include "refdoc.h"

#include <stdlib.h>
#include <string.h>

#define KEY_LIMIT 256 /* bytes of the key of a code or name */

static int32_t clamp_index(int64_t index) {
    return (int32_t)index;
}

int32_t gg_lifecycle_lookup(const gg_map *map, const char *text, size_t size) {
    char key[KEY_LIMIT];
    size_t needed = gg_text_key(key, sizeof key, gg_str_make(text, size));
    if (needed == 0 || needed > sizeof key) {
        return GRIDGOV_NONE;
    }
    return clamp_index(gg_map_get(map, gg_str_make(key, needed), GRIDGOV_NONE));
}

/* Enter a word. 0, or -1 when memory is short. */
static int enter(gg_map *map, gg_json_reader *reader, const char *pointer, const char *member,
                 const char *word, int64_t index) {
    char key[KEY_LIMIT];
    size_t needed = gg_text_key(key, sizeof key, gg_str_of(word));
    if (needed == 0 || needed > sizeof key) {
        gg_json_problem(reader, GG_RULE_JSON_RULE, pointer, member, word,
                        "a name has 1 to 256 bytes");
        return 0;
    }
    int64_t owner = gg_map_get(map, gg_str_make(key, needed), GRIDGOV_NONE);
    if (owner != GRIDGOV_NONE && owner != index) {
        gg_json_problem(reader, GG_RULE_JSON_DUPLICATE, pointer, member, word, NULL);
        return 0;
    }
    return gg_map_set(map, gg_str_make(key, needed), index);
}

/* A text member, kept; "" if it is absent. NULL when memory is short. */
static const char *keep_member(gridgov_lifecycle *lifecycle, gg_json_reader *reader,
                               const json_t *object, const char *pointer, const char *member,
                               int required) {
    const char *text = gg_json_text(reader, object, pointer, member, required, "");
    return gg_arena_text(&lifecycle->arena, text, strlen(text));
}

/* A list of codes as a set of bits. */
static uint32_t read_codes(gg_json_reader *reader, const json_t *object, const char *pointer,
                           const char *member, int32_t kind) {
    const json_t *list = gg_json_array(reader, object, pointer, member, 0);
    char where[GG_POINTER_SIZE];
    uint32_t set = 0;
    gg_json_pointer_key(where, pointer, member);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        int32_t value = 0;
        if (text == NULL) {
            gg_json_problem(reader, GG_RULE_JSON_TYPE, where, NULL, member, "a list of text");
        } else if (gridgov_code_value(&value, kind, text, strlen(text)) != GRIDGOV_OK) {
            gg_json_problem(reader, GG_RULE_JSON_CODE, where, NULL, text, "the known codes");
        } else {
            set |= UINT32_C(1) << value;
        }
    }
    return set;
}

static int read_state(gridgov_lifecycle *lifecycle, gg_json_reader *reader, const json_t *object,
                      const char *pointer) {
    static const char *const keys[] = {"code", "name", "title", "class", "source", NULL};
    int64_t index = (int64_t)lifecycle->state_count;
    gg_lifecycle_state *state = &lifecycle->states[index];
    gg_json_known(reader, object, pointer, keys);
    state->code = keep_member(lifecycle, reader, object, pointer, "code", 1);
    state->name = keep_member(lifecycle, reader, object, pointer, "name", 1);
    state->title = keep_member(lifecycle, reader, object, pointer, "title", 0);
    state->state_class = gg_refdoc_code(reader, object, pointer, "class", GRIDGOV_KIND_STATE, 1,
                                        GRIDGOV_STATE_REPORTED);
    (void)gg_json_text(reader, object, pointer, "source", 0, NULL);
    if (state->code == NULL || state->name == NULL || state->title == NULL) {
        return -1;
    }
    lifecycle->state_count++;
    return enter(&lifecycle->state_index, reader, pointer, "code", state->code, index) ||
                   enter(&lifecycle->state_index, reader, pointer, "name", state->name, index)
               ? -1
               : 0;
}

static int read_reason(gridgov_lifecycle *lifecycle, gg_json_reader *reader, const json_t *object,
                       const char *pointer) {
    static const char *const keys[] = {"code", "name", "title", "aliases", "source", NULL};
    int64_t index = (int64_t)lifecycle->reason_count;
    gg_lifecycle_reason *reason = &lifecycle->reasons[index];
    const json_t *aliases;
    gg_json_known(reader, object, pointer, keys);
    reason->code = keep_member(lifecycle, reader, object, pointer, "code", 1);
    reason->name = keep_member(lifecycle, reader, object, pointer, "name", 1);
    reason->title = keep_member(lifecycle, reader, object, pointer, "title", 0);
    (void)gg_json_text(reader, object, pointer, "source", 0, NULL);
    if (reason->code == NULL || reason->name == NULL || reason->title == NULL) {
        return -1;
    }
    lifecycle->reason_count++;
    if (enter(&lifecycle->reason_index, reader, pointer, "code", reason->code, index) ||
        enter(&lifecycle->reason_index, reader, pointer, "name", reason->name, index)) {
        return -1;
    }
    aliases = gg_json_array(reader, object, pointer, "aliases", 0);
    for (size_t i = 0; i < json_array_size(aliases); i++) {
        const char *alias = json_string_value(json_array_get(aliases, i));
        if (alias == NULL) {
            gg_json_problem(reader, GG_RULE_JSON_TYPE, pointer, "aliases", "aliases",
                            "a list of text");
        } else if (enter(&lifecycle->reason_index, reader, pointer, "aliases", alias, index)) {
            return -1;
        }
    }
    return 0;
}

static int read_rung(gridgov_lifecycle *lifecycle, gg_json_reader *reader, const json_t *object,
                     const char *pointer) {
    static const char *const keys[] = {"code",    "name", "title",  "stage",
                                       "percent", "card", "source", NULL};
    gg_lifecycle_rung *rung = &lifecycle->rungs[lifecycle->rung_count++];
    gg_json_known(reader, object, pointer, keys);
    rung->code = keep_member(lifecycle, reader, object, pointer, "code", 1);
    rung->name = keep_member(lifecycle, reader, object, pointer, "name", 1);
    rung->title = keep_member(lifecycle, reader, object, pointer, "title", 0);
    rung->stage = gg_refdoc_code(reader, object, pointer, "stage", GRIDGOV_KIND_STAGE, 0,
                                 GRIDGOV_STAGE_CLOSE);
    rung->percent = (int32_t)gg_json_int(reader, object, pointer, "percent", 1, 100, 1, 100000);
    rung->card =
        gg_refdoc_code(reader, object, pointer, "card", GRIDGOV_KIND_CARD, 0, GRIDGOV_CARD_NONE);
    (void)gg_json_text(reader, object, pointer, "source", 0, NULL);
    return rung->code == NULL || rung->name == NULL || rung->title == NULL ? -1 : 0;
}

/* The escalation ladder. 0, or -1 when memory is short. */
static int read_ladder(gridgov_lifecycle *lifecycle, gg_json_reader *reader) {
    const json_t *list = gg_json_array(reader, reader->root, "", "ladder", 0);
    char where[GG_POINTER_SIZE];
    lifecycle->rungs = gg_calloc(json_array_size(list), sizeof *lifecycle->rungs);
    if (lifecycle->rungs == NULL) {
        return -1;
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = gg_refdoc_item(reader, list, i, "/ladder", where);
        if (item != NULL && read_rung(lifecycle, reader, item, where)) {
            return -1;
        }
    }
    return 0;
}

/* Bit n for state n, that an entry of `from` means; the start is bit 0, state n is bit n + 1. */
static uint64_t from_set(const gridgov_lifecycle *lifecycle, gg_json_reader *reader,
                         const char *where, const char *text, int *start) {
    const int32_t state = gg_lifecycle_lookup(&lifecycle->state_index, text, strlen(text));
    int32_t class = 0;
    uint64_t set = 0;
    if (strcmp(text, "start") == 0) {
        *start = 1;
        return 0;
    }
    if (state != GRIDGOV_NONE) {
        return UINT64_C(1) << state;
    }
    const int open = strcmp(text, "@open") == 0;
    if (!open && (text[0] != '@' || gridgov_code_value(&class, GRIDGOV_KIND_STATE, text + 1,
                                                       strlen(text + 1)) != GRIDGOV_OK)) {
        gg_json_problem(reader, GG_RULE_JSON_REFERENCE, where, NULL, text, "state");
        return 0;
    }
    for (size_t i = 0; i < lifecycle->state_count; i++) {
        const int32_t its = lifecycle->states[i].state_class;
        if (open ? its != GRIDGOV_STATE_CLOSED && its != GRIDGOV_STATE_ENDED : its == class) {
            set |= UINT64_C(1) << i;
        }
    }
    return set;
}

static int32_t read_target(const gridgov_lifecycle *lifecycle, gg_json_reader *reader,
                           const json_t *object, const char *pointer) {
    const char *text = gg_json_text(reader, object, pointer, "to", 1, NULL);
    if (text == NULL || strcmp(text, "stay") == 0) {
        return GRIDGOV_LIFECYCLE_STAY;
    }
    if (strcmp(text, "back") == 0) {
        return GRIDGOV_LIFECYCLE_BACK;
    }
    const int32_t state = gg_lifecycle_lookup(&lifecycle->state_index, text, strlen(text));
    if (state == GRIDGOV_NONE) {
        gg_json_problem(reader, GG_RULE_JSON_REFERENCE, pointer, "to", text, "state");
        return GRIDGOV_LIFECYCLE_STAY;
    }
    return state;
}

static uint64_t read_reasons(const gridgov_lifecycle *lifecycle, gg_json_reader *reader,
                             const json_t *object, const char *pointer) {
    const json_t *list = gg_json_array(reader, object, pointer, "reasons", 0);
    uint64_t set = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        const int32_t reason =
            text == NULL ? GRIDGOV_NONE
                         : gg_lifecycle_lookup(&lifecycle->reason_index, text, strlen(text));
        if (reason == GRIDGOV_NONE) {
            gg_json_problem(reader, GG_RULE_JSON_REFERENCE, pointer, "reasons",
                            text == NULL ? "" : text, "reason");
        } else {
            set |= UINT64_C(1) << reason;
        }
    }
    return set;
}

/* Add the transition for one state. 0, or -1 when memory is short. */
static int add_transition(gridgov_lifecycle *lifecycle, const gg_transition *rule, int32_t from) {
    if (gg_grow((void **)&lifecycle->transitions, lifecycle->transition_count,
                &lifecycle->transition_capacity, sizeof *lifecycle->transitions)) {
        return -1;
    }
    lifecycle->transitions[lifecycle->transition_count] = *rule;
    lifecycle->transitions[lifecycle->transition_count++].from = from;
    return 0;
}

static int read_transition(gridgov_lifecycle *lifecycle, gg_json_reader *reader,
                           const json_t *object, int32_t index, const char *pointer) {
    static const char *const keys[] = {"step",   "from",    "to",     "holder",          "roles",
                                       "guards", "reasons", "source", "reason_required", NULL};
    const json_t *list = gg_json_array(reader, object, pointer, "from", 1);
    char where[GG_POINTER_SIZE];
    uint64_t states = 0;
    int start = 0;
    gg_json_known(reader, object, pointer, keys);
    (void)gg_json_text(reader, object, pointer, "source", 0, NULL);
    gg_transition rule = {
        .step = gg_refdoc_code(reader, object, pointer, "step", GRIDGOV_KIND_STEP, 1, 0),
        .to = read_target(lifecycle, reader, object, pointer),
        .holder = gg_refdoc_code(reader, object, pointer, "holder", GRIDGOV_KIND_HOLDER, 0,
                                 GRIDGOV_HOLDER_KEEP),
        .roles = read_codes(reader, object, pointer, "roles", GRIDGOV_KIND_ROLE),
        .guards = read_codes(reader, object, pointer, "guards", GRIDGOV_KIND_GUARD),
        .reasons = read_reasons(lifecycle, reader, object, pointer),
        .reason_required = gg_json_bool(reader, object, pointer, "reason_required", 0) != 0,
        .rule = index};
    gg_json_pointer_key(where, pointer, "from");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text == NULL) {
            gg_json_problem(reader, GG_RULE_JSON_TYPE, where, NULL, "from", "a list of text");
        } else {
            states |= from_set(lifecycle, reader, where, text, &start);
        }
    }
    if (start && (rule.to == GRIDGOV_LIFECYCLE_STAY || rule.to == GRIDGOV_LIFECYCLE_BACK)) {
        gg_json_problem(reader, GG_RULE_JSON_RULE, pointer, "to", "to",
                        "a case that begins needs a state to be in");
    }
    if (start && add_transition(lifecycle, &rule, GRIDGOV_LIFECYCLE_START)) {
        return -1;
    }
    for (size_t i = 0; i < lifecycle->state_count; i++) {
        if ((states >> i & 1) && add_transition(lifecycle, &rule, (int32_t)i)) {
            return -1;
        }
    }
    return 0;
}

static int read_lists(gridgov_lifecycle *lifecycle, gg_json_reader *reader, const json_t *states,
                      const json_t *reasons) {
    char where[GG_POINTER_SIZE];
    for (size_t i = 0; i < json_array_size(states); i++) {
        const json_t *item = gg_refdoc_item(reader, states, i, "/states", where);
        if (item != NULL && read_state(lifecycle, reader, item, where)) {
            return -1;
        }
    }
    for (size_t i = 0; i < json_array_size(reasons); i++) {
        const json_t *item = gg_refdoc_item(reader, reasons, i, "/reasons", where);
        if (item != NULL && read_reason(lifecycle, reader, item, where)) {
            return -1;
        }
    }
    const json_t *list = gg_json_array(reader, reader->root, "", "transitions", 1);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = gg_refdoc_item(reader, list, i, "/transitions", where);
        if (item != NULL && read_transition(lifecycle, reader, item, (int32_t)i, where)) {
            return -1;
        }
    }
    return 0;
}

int gg_lifecycle_read(gridgov_lifecycle *lifecycle, gg_json_reader *reader) {
    static const char *const keys[] = {
        "schema",    "version",         "name",        "title",      "source",
        "certainty", "states",          "reasons",     "extensions", "yellow_percent",
        "ladder",    "suspension_days", "transitions", NULL};
    const json_t *root = reader->root;
    gg_json_known(reader, root, "", keys);
    (void)gg_json_int(reader, root, "", "version", 0, 1, 1, INT32_MAX);
    (void)gg_json_text(reader, root, "", "title", 0, NULL);
    (void)gg_json_text(reader, root, "", "source", 0, NULL);
    gg_refdoc_certainty(reader, root, "", "certainty");
    lifecycle->extensions = (int32_t)gg_json_int(reader, root, "", "extensions", 0, 2, 0, 1000);
    lifecycle->suspension_days =
        (int32_t)gg_json_int(reader, root, "", "suspension_days", 0, 365, 0, 100000);
    lifecycle->yellow_percent =
        (int32_t)gg_json_int(reader, root, "", "yellow_percent", 0, 80, 1, 100);
    lifecycle->name = keep_member(lifecycle, reader, root, "", "name", 1);
    const json_t *states = gg_json_array(reader, root, "", "states", 1);
    const json_t *reasons = gg_json_array(reader, root, "", "reasons", 0);
    if (json_array_size(states) == 0 || json_array_size(states) > GG_LIFECYCLE_STATES) {
        gg_json_problem(reader, GG_RULE_JSON_RANGE, "", "states", "states", "1 to 64 states");
        states = NULL;
    }
    if (json_array_size(reasons) > GG_LIFECYCLE_REASONS) {
        gg_json_problem(reader, GG_RULE_JSON_RANGE, "", "reasons", "reasons", "0 to 63 reasons");
        reasons = NULL;
    }
    lifecycle->states = gg_calloc(json_array_size(states) + 1, sizeof *lifecycle->states);
    lifecycle->reasons = gg_calloc(json_array_size(reasons) + 1, sizeof *lifecycle->reasons);
    if (lifecycle->name == NULL || lifecycle->states == NULL || lifecycle->reasons == NULL) {
        return -1;
    }
    return read_ladder(lifecycle, reader) || read_lists(lifecycle, reader, states, reasons) ? -1
                                                                                            : 0;
}

static int by_place(const void *left, const void *right) {
    const gg_transition *a = left;
    const gg_transition *b = right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    if (a->step != b->step) {
        return a->step < b->step ? -1 : 1;
    }
    return (a->rule > b->rule) - (a->rule < b->rule);
}

/* Over what the life cycle says: no sources, no order of keys. */
static void take_digest(gridgov_lifecycle *lifecycle) {
    gg_digest digest;
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_of("gridgov.lifecycle/1"));
    gg_digest_int(&digest, lifecycle->extensions);
    gg_digest_int(&digest, lifecycle->suspension_days);
    gg_digest_int(&digest, lifecycle->yellow_percent);
    gg_digest_int(&digest, (int64_t)lifecycle->rung_count);
    for (size_t i = 0; i < lifecycle->rung_count; i++) {
        gg_digest_text(&digest, gg_str_of(lifecycle->rungs[i].code));
        gg_digest_int(&digest, lifecycle->rungs[i].stage);
        gg_digest_int(&digest, lifecycle->rungs[i].percent);
        gg_digest_int(&digest, lifecycle->rungs[i].card);
    }
    gg_digest_int(&digest, (int64_t)lifecycle->state_count);
    for (size_t i = 0; i < lifecycle->state_count; i++) {
        gg_digest_text(&digest, gg_str_of(lifecycle->states[i].code));
        gg_digest_text(&digest, gg_str_of(lifecycle->states[i].name));
        gg_digest_int(&digest, lifecycle->states[i].state_class);
    }
    gg_digest_int(&digest, (int64_t)lifecycle->reason_count);
    for (size_t i = 0; i < lifecycle->reason_count; i++) {
        gg_digest_text(&digest, gg_str_of(lifecycle->reasons[i].code));
        gg_digest_text(&digest, gg_str_of(lifecycle->reasons[i].name));
    }
    gg_digest_int(&digest, (int64_t)lifecycle->transition_count);
    for (size_t i = 0; i < lifecycle->transition_count; i++) {
        const gg_transition *t = &lifecycle->transitions[i];
        gg_digest_int(&digest, t->from);
        gg_digest_int(&digest, t->step);
        gg_digest_int(&digest, t->to);
        gg_digest_int(&digest, t->holder);
        gg_digest_int(&digest, t->roles);
        gg_digest_int(&digest, t->guards);
        gg_digest_int(&digest, (int64_t)t->reasons);
        gg_digest_int(&digest, t->reason_required);
    }
    gg_digest_finish(&digest, lifecycle->digest);
}

void gg_lifecycle_finish(gridgov_lifecycle *lifecycle) {
    const size_t count = lifecycle->transition_count;
    size_t next = 0;
    if (count > 0) {
        qsort(lifecycle->transitions, count, sizeof *lifecycle->transitions, by_place);
    }
    for (int32_t from = 0; from <= GG_LIFECYCLE_STATES; from++) {
        for (int32_t step = 0; step < GG_STEP_KINDS; step++) {
            lifecycle->first[from * GG_STEP_KINDS + step] = (int32_t)next;
            while (next < count && lifecycle->transitions[next].from + 1 == from &&
                   lifecycle->transitions[next].step == step) {
                lifecycle->allowed[from] |= UINT64_C(1) << step;
                next++;
            }
        }
    }
    lifecycle->first[(GG_LIFECYCLE_STATES + 1) * GG_STEP_KINDS] = (int32_t)next;
    take_digest(lifecycle);
}
