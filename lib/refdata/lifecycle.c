/* SPDX-License-Identifier: Apache-2.0 */
/* The handle of a life cycle, and what is asked of it.
 *
 * A question costs a look at the few transitions of one (state, step). A refusal is worded here and
 * nowhere else: it names what is allowed, so that whoever is refused knows the way on. */
#include "lifecycle_model.h"

#include "base/error.h"
#include "base/line.h"

#include <gridgov/pack.h>

#include <string.h>

static void destroy(gridgov_lifecycle *lifecycle) {
    gg_map_release(&lifecycle->state_index);
    gg_map_release(&lifecycle->reason_index);
    gg_free(lifecycle->states);
    gg_free(lifecycle->reasons);
    gg_free(lifecycle->rungs);
    gg_free(lifecycle->transitions);
    gg_arena_release(&lifecycle->arena);
    gg_free(lifecycle);
}

gridgov_status gridgov_lifecycle_open(gridgov_lifecycle **out, const char *name, size_t size,
                                      gridgov_error *err) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(gridgov_pack_find(&pack, GRIDGOV_PACK_LIFECYCLE, name, size, err));
    return gridgov_lifecycle_load(out, pack.data, pack.size, NULL, err);
}

gridgov_status gridgov_lifecycle_load(gridgov_lifecycle **out, const char *json, size_t size,
                                      gridgov_issues *issues, gridgov_error *err) {
    gg_json_reader reader = {0};
    gridgov_status status = GRIDGOV_OK;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (json == NULL) {
        return gg_fail_arg(err, "json");
    }
    GG_TRY(gg_json_open(&reader, "lifecycle", json, size, "gridgov.lifecycle/1", issues, err));
    gridgov_lifecycle *lifecycle = gg_calloc(1, sizeof *lifecycle);
    if (lifecycle == NULL) {
        gg_json_close(&reader);
        return gg_fail_memory(err);
    }
    gg_share_init(&lifecycle->share);
    status =
        gg_lifecycle_read(lifecycle, &reader) ? gg_fail_memory(err) : gg_json_status(&reader, err);
    gg_json_close(&reader);
    if (status < 0) {
        destroy(lifecycle);
        return status;
    }
    gg_lifecycle_finish(lifecycle);
    *out = lifecycle;
    return GRIDGOV_OK;
}

const char *gridgov_lifecycle_name(const gridgov_lifecycle *lifecycle) {
    return lifecycle == NULL ? "" : lifecycle->name;
}

const char *gridgov_lifecycle_digest(const gridgov_lifecycle *lifecycle) {
    return lifecycle == NULL ? "" : lifecycle->digest;
}

int32_t gridgov_lifecycle_extensions(const gridgov_lifecycle *lifecycle) {
    return lifecycle == NULL ? 0 : lifecycle->extensions;
}

int32_t gridgov_lifecycle_suspension_days(const gridgov_lifecycle *lifecycle) {
    return lifecycle == NULL ? 0 : lifecycle->suspension_days;
}

int32_t gridgov_lifecycle_yellow_percent(const gridgov_lifecycle *lifecycle) {
    return lifecycle == NULL ? 100 : lifecycle->yellow_percent;
}

int64_t gridgov_lifecycle_rung_count(const gridgov_lifecycle *lifecycle) {
    return lifecycle == NULL ? 0 : (int64_t)lifecycle->rung_count;
}

int64_t gridgov_lifecycle_state_count(const gridgov_lifecycle *lifecycle) {
    return lifecycle == NULL ? 0 : (int64_t)lifecycle->state_count;
}

int64_t gridgov_lifecycle_reason_count(const gridgov_lifecycle *lifecycle) {
    return lifecycle == NULL ? 0 : (int64_t)lifecycle->reason_count;
}

int64_t gridgov_lifecycle_transition_count(const gridgov_lifecycle *lifecycle) {
    return lifecycle == NULL ? 0 : (int64_t)lifecycle->transition_count;
}

/* What every accessor by index asks first. */
static gridgov_status check_index(const void *out, const gridgov_lifecycle *lifecycle,
                                  int64_t index, int64_t count) {
    if (out == NULL || lifecycle == NULL) {
        return GRIDGOV_EARG;
    }
    return index < 0 || index >= count ? GRIDGOV_END : GRIDGOV_OK;
}

gridgov_status gridgov_lifecycle_state_at(gridgov_lifecycle_state *state_out,
                                          const gridgov_lifecycle *lifecycle, int64_t index) {
    gridgov_status status =
        check_index(state_out, lifecycle, index, gridgov_lifecycle_state_count(lifecycle));
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_lifecycle_state *state = &lifecycle->states[index];
    const gridgov_lifecycle_state full = {.state_class = state->state_class,
                                          .code = state->code,
                                          .name = state->name,
                                          .title = state->title};
    return gg_view_copy(state_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_status gridgov_lifecycle_reason_at(gridgov_lifecycle_reason *reason_out,
                                           const gridgov_lifecycle *lifecycle, int64_t index) {
    gridgov_status status =
        check_index(reason_out, lifecycle, index, gridgov_lifecycle_reason_count(lifecycle));
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_lifecycle_reason *reason = &lifecycle->reasons[index];
    const gridgov_lifecycle_reason full = {
        .code = reason->code, .name = reason->name, .title = reason->title};
    return gg_view_copy(reason_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_status gridgov_lifecycle_rung_at(gridgov_lifecycle_rung *rung_out,
                                         const gridgov_lifecycle *lifecycle, int64_t index) {
    gridgov_status status =
        check_index(rung_out, lifecycle, index, gridgov_lifecycle_rung_count(lifecycle));
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_lifecycle_rung *rung = &lifecycle->rungs[index];
    const gridgov_lifecycle_rung full = {.stage = rung->stage,
                                         .percent = rung->percent,
                                         .card = rung->card,
                                         .code = rung->code,
                                         .name = rung->name,
                                         .title = rung->title};
    return gg_view_copy(rung_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

gridgov_status gridgov_lifecycle_transition_at(gridgov_lifecycle_transition *transition_out,
                                               const gridgov_lifecycle *lifecycle, int64_t index) {
    gridgov_status status = check_index(transition_out, lifecycle, index,
                                        gridgov_lifecycle_transition_count(lifecycle));
    if (status != GRIDGOV_OK) {
        return status;
    }
    const gg_transition *t = &lifecycle->transitions[index];
    const gridgov_lifecycle_transition full = {.step = t->step,
                                               .from = t->from,
                                               .to = t->to,
                                               .holder = t->holder,
                                               .reason_required = t->reason_required,
                                               .roles = t->roles,
                                               .guards = t->guards,
                                               .reasons = t->reasons,
                                               .rule = t->rule};
    return gg_view_copy(transition_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}

int32_t gridgov_lifecycle_find(const gridgov_lifecycle *lifecycle, const char *text, size_t size) {
    return lifecycle == NULL || text == NULL
               ? GRIDGOV_LIFECYCLE_START
               : gg_lifecycle_lookup(&lifecycle->state_index, text, size);
}

int32_t gridgov_lifecycle_reason_find(const gridgov_lifecycle *lifecycle, const char *text,
                                      size_t size) {
    return lifecycle == NULL || text == NULL
               ? GRIDGOV_NONE
               : gg_lifecycle_lookup(&lifecycle->reason_index, text, size);
}

static int is_state(const gridgov_lifecycle *lifecycle, int32_t state) {
    return state >= GRIDGOV_LIFECYCLE_START && state < (int32_t)lifecycle->state_count;
}

uint64_t gridgov_lifecycle_allowed(const gridgov_lifecycle *lifecycle, int32_t state) {
    return lifecycle == NULL || !is_state(lifecycle, state) ? 0 : lifecycle->allowed[state + 1];
}

/* The codes of a set, "accept, dispatch", cut where the buffer ends; "—" for none. */
static void list_codes(char *buffer, size_t room, uint64_t set, int32_t kind) {
    gg_line line;
    int any = 0;
    gg_line_init(&line, buffer, room);
    for (int32_t value = 0; value < GG_STEP_KINDS; value++) {
        const char *code = set >> value & 1 ? gridgov_code_text(kind, value) : NULL;
        if (code != NULL) {
            gg_line_text(&line, any ? ", " : "");
            gg_line_text(&line, code);
            any = 1;
        }
    }
    if (!any) {
        gg_line_text(&line, "—");
    }
}

/* Refuse because of a set of which the value is no member; its name is its Chinese one. */
static gridgov_status refuse(gridgov_error *err, int32_t rule, int32_t step, const char *value,
                             const char *name, uint64_t set, int32_t kind) {
    char list[160];
    list_codes(list, sizeof list, set, kind);
    return gg_fail(err, rule, gridgov_code_text(GRIDGOV_KIND_STEP, step), value, strlen(value),
                   list, name);
}

/* The reason a step gives, held against its transition. */
static gridgov_status check_reason(const gridgov_lifecycle *lifecycle, const gg_transition *t,
                                   const char *reason, gridgov_error *err) {
    const char *step = gridgov_code_text(GRIDGOV_KIND_STEP, t->step);
    if (reason[0] == '\0') {
        return t->reason_required
                   ? gg_fail(err, GG_RULE_STEP_REASON_MISSING, step, NULL, 0, NULL, NULL)
                   : GRIDGOV_OK;
    }
    if (t->reasons != 0) {
        const int32_t found = gridgov_lifecycle_reason_find(lifecycle, reason, strlen(reason));
        if (found == GRIDGOV_NONE || !(t->reasons >> found & 1)) {
            char list[160];
            gg_line line;
            gg_line_init(&line, list, sizeof list);
            for (size_t i = 0; i < lifecycle->reason_count; i++) {
                if (t->reasons >> i & 1) {
                    gg_line_text(&line, list[0] == '\0' ? "" : ", ");
                    gg_line_text(&line, lifecycle->reasons[i].code);
                }
            }
            return gg_fail(err, GG_RULE_STEP_REASON, step, reason, strlen(reason), list, NULL);
        }
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_lifecycle_check(int32_t *transition_out, const gridgov_lifecycle *lifecycle,
                                       int32_t state, int32_t step, int32_t role,
                                       const char *reason, gridgov_error *err) {
    if (transition_out != NULL) {
        *transition_out = GRIDGOV_NONE;
    }
    if (lifecycle == NULL) {
        return gg_fail_arg(err, "lifecycle");
    }
    if (!is_state(lifecycle, state)) {
        return gg_fail_arg(err, "state");
    }
    if (gridgov_code_text(GRIDGOV_KIND_STEP, step) == NULL) {
        return gg_fail_arg(err, "step");
    }
    if (gridgov_code_text(GRIDGOV_KIND_ROLE, role) == NULL) {
        return gg_fail_arg(err, "role");
    }
    if (reason == NULL) {
        return gg_fail_arg(err, "reason");
    }
    const int32_t place = (state + 1) * GG_STEP_KINDS + step;
    const int32_t end = lifecycle->first[place + 1];
    uint64_t roles = 0;
    int32_t chosen = GRIDGOV_NONE;
    for (int32_t i = lifecycle->first[place]; i < end && chosen == GRIDGOV_NONE; i++) {
        const gg_transition *t = &lifecycle->transitions[i];
        roles |= t->roles;
        // An untold role goes the way that is open to the most: not that of the handler alone.
        const int fits = t->roles == 0 || (t->roles >> role & 1) ||
                         (role == GRIDGOV_ROLE_UNKNOWN &&
                          (i + 1 == end || t->roles != UINT32_C(1) << GRIDGOV_ROLE_HANDLER));
        chosen = fits ? i : GRIDGOV_NONE;
    }
    if (chosen == GRIDGOV_NONE && roles == 0) {
        return refuse(err, GG_RULE_STEP_STATE, step,
                      state < 0 ? "start" : lifecycle->states[state].code,
                      state < 0 ? "未上报" : lifecycle->states[state].name,
                      lifecycle->allowed[state + 1], GRIDGOV_KIND_STEP);
    }
    if (chosen == GRIDGOV_NONE) {
        return refuse(err, GG_RULE_STEP_ROLE, step, gridgov_code_text(GRIDGOV_KIND_ROLE, role),
                      NULL, roles, GRIDGOV_KIND_ROLE);
    }
    GG_TRY(check_reason(lifecycle, &lifecycle->transitions[chosen], reason, err));
    if (transition_out != NULL) {
        *transition_out = chosen;
    }
    return GRIDGOV_OK;
}

gridgov_lifecycle *gridgov_lifecycle_hold(const gridgov_lifecycle *lifecycle) {
    // Holders are counted inside an object that is constant to its users.
    gridgov_lifecycle *held = (gridgov_lifecycle *)lifecycle;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_lifecycle_free(gridgov_lifecycle *lifecycle) {
    if (lifecycle != NULL && gg_share_drop(&lifecycle->share)) {
        destroy(lifecycle);
    }
}
