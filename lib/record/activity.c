/* SPDX-License-Identifier: Apache-2.0 */
/* Adding activities: one line of checks a kind, and the register of those of which there may be
 * only one.
 *
 * | kind | must be given | at most one per |
 * |---|---|---|
 * | leave | officer, day, day_to after day | – |
 * | patrol day | officer, day, minutes −1 (unknown) … 1440, metres −1 … | officer, day |
 * | required visit | unit, object | unit, object |
 * | visit | unit, object, a time or a day | – |
 * | dispute report | unit | unit |
 * | maintenance | unit, a count of defects | – |
 * | adjustment | reason, authority | – |
 * | deduction | indicator, points not above 0, reason, authority | – |
 * | monthly figure | metric, a count or "not applicable" | – (two contradict each other when
 * counted) |
 *
 * Of two rows where only one may be, the first stays and the second is refused, so the order of
 * adding matters there and nowhere else, and only where the rows differ. Objects are compared by
 * their look-up key (no blanks, one width, one case). An officer must stand in the roster if there
 * is one; the record carries the roster's spelling. */
#include "model.h"

#include <string.h>

#define MINUTES_A_DAY 1440

static int is_blank(const char *text) {
    return gg_text_trim(gg_str_of(text)).size == 0;
}

static gridgov_status need_text(const char *text, const char *field, gridgov_error *err) {
    if (is_blank(text)) {
        return gg_fail(err, GG_RULE_KEY_EMPTY, field, NULL, 0, NULL, NULL);
    }
    return GRIDGOV_OK;
}

static gridgov_status need_unit(const gridgov_activity *activity, gridgov_error *err) {
    if (activity->unit == GRIDGOV_NONE) {
        return gg_fail(err, GG_RULE_KEY_EMPTY, "grid", NULL, 0, NULL, NULL);
    }
    return GRIDGOV_OK;
}

/* The officer's code as the roster spells it. Without a roster any code will do: nothing is counted
 * by it. */
static gridgov_status need_officer(const gridgov_ledger *ledger, gridgov_activity *activity,
                                   gridgov_error *err) {
    GG_TRY(need_text(activity->officer, "officer", err));
    if (gridgov_units_officer_count(ledger->units) == 0) {
        return GRIDGOV_OK;
    }
    size_t size = strlen(activity->officer);
    int64_t hold =
        gridgov_units_officer_find(ledger->units, activity->officer, size, GRIDGOV_NO_DAY);
    gridgov_officer officer = {.struct_size = sizeof officer};
    if (hold == GRIDGOV_NONE ||
        gridgov_units_officer_at(&officer, ledger->units, hold) != GRIDGOV_OK) {
        return gg_fail(err, GG_RULE_OFFICER_UNKNOWN, "officer", activity->officer, size, NULL,
                       NULL);
    }
    activity->officer = officer.code;
    return GRIDGOV_OK;
}

static gridgov_status need_day(const gridgov_activity *activity, gridgov_error *err) {
    if (activity->day == GRIDGOV_NO_DAY) {
        return gg_fail(err, GG_RULE_KEY_EMPTY, "day", NULL, 0, NULL, NULL);
    }
    return GRIDGOV_OK;
}

static gridgov_status need_at_least(int64_t value, int64_t least, const char *field,
                                    gridgov_error *err) {
    if (value < least) {
        return gg_fail_number(err, GG_RULE_NEGATIVE, field, value, NULL, NULL);
    }
    return GRIDGOV_OK;
}

static gridgov_status check_leave(const gridgov_ledger *ledger, gridgov_activity *activity,
                                  gridgov_error *err) {
    GG_TRY(need_officer(ledger, activity, err));
    GG_TRY(need_day(activity, err));
    if (activity->day_to <= activity->day) {
        return gg_fail(err, GG_RULE_LEAVE_DATES, "day_to", activity->officer,
                       strlen(activity->officer), NULL, NULL);
    }
    if (activity->state < GRIDGOV_TRI_UNKNOWN || activity->state > GRIDGOV_TRI_YES) {
        return gg_fail_arg(err, "activity.state");
    }
    return GRIDGOV_OK;
}

static gridgov_status check_patrol(const gridgov_ledger *ledger, gridgov_activity *activity,
                                   gridgov_error *err) {
    GG_TRY(need_officer(ledger, activity, err));
    GG_TRY(need_day(activity, err));
    GG_TRY(need_at_least(activity->amount, -1, "minutes", err));
    if (activity->amount > MINUTES_A_DAY) {
        return gg_fail_number(err, GG_RULE_PATROL_MINUTES, "minutes", activity->amount, NULL, NULL);
    }
    return need_at_least(activity->distance_m, -1, "metres", err);
}

static gridgov_status check_object(gridgov_activity *activity, gridgov_error *err) {
    GG_TRY(need_unit(activity, err));
    return need_text(activity->key, "object", err);
}

static gridgov_status check_visit(gridgov_activity *activity, gridgov_error *err) {
    GG_TRY(check_object(activity, err));
    if (activity->at == GRIDGOV_NO_TIME && activity->day == GRIDGOV_NO_DAY) {
        return gg_fail(err, GG_RULE_KEY_EMPTY, "at", NULL, 0, NULL, NULL);
    }
    return GRIDGOV_OK;
}

static gridgov_status check_maintenance(const gridgov_activity *activity, gridgov_error *err) {
    GG_TRY(need_unit(activity, err));
    if (activity->state < GRIDGOV_DEFECT_NONE || activity->state > GRIDGOV_DEFECT_STALE) {
        return gg_fail_arg(err, "activity.state");
    }
    return need_at_least(activity->amount, 0, "count", err);
}

static gridgov_status check_reason(const gridgov_activity *activity, gridgov_error *err) {
    if (is_blank(activity->reason) || is_blank(activity->authority)) {
        const char *field = is_blank(activity->reason) ? "reason" : "authority";
        return gg_fail(err, GG_RULE_ADJUSTMENT_REASON, field, NULL, 0, NULL, NULL);
    }
    return GRIDGOV_OK;
}

static gridgov_status check_deduction(const gridgov_activity *activity, gridgov_error *err) {
    GG_TRY(need_text(activity->key, "indicator", err));
    if (activity->amount > 0) {
        char points[GG_NUM_TEXT_SIZE];
        size_t size = gg_decimal_format(points, activity->amount, 3, 0);
        return gg_fail(err, GG_RULE_DEDUCTION_SIGN, "points", points, size, NULL, NULL);
    }
    return check_reason(activity, err);
}

static gridgov_status check_figure(gridgov_activity *activity, gridgov_error *err) {
    GG_TRY(need_text(activity->key, "metric", err));
    if (activity->state == GRIDGOV_CELL_NOT_APPLICABLE) {
        activity->amount = 0;
        return GRIDGOV_OK;
    }
    if (activity->state != GRIDGOV_CELL_VALUE) {
        return gg_fail_arg(err, "activity.state");
    }
    return need_at_least(activity->amount, 0, "value", err);
}

/* A ruling is made by somebody, at some time, for some reason. */
static gridgov_status check_ruling(const gridgov_ledger *ledger, gridgov_activity *activity,
                                   gridgov_error *err) {
    GG_TRY(need_unit(activity, err));
    if (activity->officer[0] != '\0') {
        GG_TRY(need_officer(ledger, activity, err));
        GG_TRY(need_day(activity, err));
    }
    if (activity->state < GRIDGOV_RULING_PENDING || activity->state > GRIDGOV_RULING_REJECTED) {
        return gg_fail_arg(err, "activity.state");
    }
    if (activity->state == GRIDGOV_RULING_PENDING) {
        return GRIDGOV_OK;
    }
    if (activity->at == GRIDGOV_NO_TIME) {
        return gg_fail(err, GG_RULE_RULING_TEXT, "ruled_at", NULL, 0, "ruled_at", NULL);
    }
    if (is_blank(activity->reason) || is_blank(activity->authority)) {
        const char *field = is_blank(activity->reason) ? "reason" : "authority";
        return gg_fail(err, GG_RULE_RULING_TEXT, field, NULL, 0, field, NULL);
    }
    return GRIDGOV_OK;
}

static gridgov_status check_kind(const gridgov_ledger *ledger, gridgov_activity *activity,
                                 gridgov_error *err) {
    switch (activity->kind) {
    case GRIDGOV_ACTIVITY_LEAVE:
        return check_leave(ledger, activity, err);
    case GRIDGOV_ACTIVITY_PATROL_DAY:
        return check_patrol(ledger, activity, err);
    case GRIDGOV_ACTIVITY_REQUIRED_VISIT:
        return check_object(activity, err);
    case GRIDGOV_ACTIVITY_VISIT:
        return check_visit(activity, err);
    case GRIDGOV_ACTIVITY_DISPUTE_REPORT:
        return need_unit(activity, err);
    case GRIDGOV_ACTIVITY_MAINTENANCE:
        return check_maintenance(activity, err);
    case GRIDGOV_ACTIVITY_ADJUSTMENT:
        return check_reason(activity, err);
    case GRIDGOV_ACTIVITY_DEDUCTION:
        return check_deduction(activity, err);
    case GRIDGOV_ACTIVITY_FACT:
        return check_figure(activity, err);
    case GRIDGOV_ACTIVITY_RULING:
        return check_ruling(ledger, activity, err);
    default:
        return gg_fail_arg(err, "activity.kind");
    }
}

static gridgov_status check_activity(const gridgov_ledger *ledger, gridgov_activity *activity,
                                     gridgov_error *err) {
    GG_TRY(gg_ledger_text(&activity->officer, "officer", err));
    GG_TRY(gg_ledger_text(&activity->key, "key", err));
    GG_TRY(gg_ledger_text(&activity->reason, "reason", err));
    GG_TRY(gg_ledger_text(&activity->authority, "authority", err));
    if (!gg_ledger_unit_ok(ledger, activity->unit)) {
        return gg_fail_arg(err, "activity.unit");
    }
    return check_kind(ledger, activity, err);
}

int gg_activity_key(gg_buf *scratch, const gg_activity_row *row) {
    gg_buf_clear(scratch);
    gg_buf_int(scratch, row->kind);
    gg_buf_byte(scratch, '/');
    switch (row->kind) {
    case GRIDGOV_ACTIVITY_PATROL_DAY:
        gg_buf_int(scratch, row->day);
        gg_buf_byte(scratch, '/');
        gg_buf_text(scratch, row->officer->text);
        return 1;
    case GRIDGOV_ACTIVITY_REQUIRED_VISIT:
        gg_buf_int(scratch, row->unit);
        gg_buf_byte(scratch, '/');
        gg_buf_key(scratch, gg_str_of(row->key));
        return 1;
    case GRIDGOV_ACTIVITY_DISPUTE_REPORT:
        gg_buf_int(scratch, row->unit);
        return 1;
    default:
        return 0;
    }
}

static gridgov_status fail_twice(const gridgov_ledger *ledger, const gg_activity_row *row,
                                 gridgov_error *err) {
    gridgov_unit unit = {.struct_size = sizeof unit};
    switch (row->kind) {
    case GRIDGOV_ACTIVITY_PATROL_DAY:
        return gg_fail(err, GG_RULE_PATROL_TWICE, "officer", row->officer->text,
                       strlen(row->officer->text), NULL, NULL);
    case GRIDGOV_ACTIVITY_REQUIRED_VISIT:
        return gg_fail(err, GG_RULE_RECORD_TWICE, "object", row->key, strlen(row->key), NULL, NULL);
    default:
        if (gridgov_units_at(&unit, ledger->units, row->unit) != GRIDGOV_OK) {
            unit.name = "";
        }
        return gg_fail(err, GG_RULE_RECORD_TWICE, "grid", unit.name, strlen(unit.name), NULL, NULL);
    }
}

/* Enter a row of which there may be only one; does nothing for the others. */
static gridgov_status enter_unique(gridgov_ledger *ledger, const gg_activity_row *row,
                                   gridgov_error *err) {
    if (!gg_activity_key(&ledger->scratch, row)) {
        return GRIDGOV_OK;
    }
    if (gg_buf_failed(&ledger->scratch)) {
        return gg_fail_memory(err);
    }
    gg_str key = gg_str_make(gg_buf_data(&ledger->scratch), ledger->scratch.size);
    if (gg_map_get(&ledger->unique, key, GRIDGOV_NONE) != GRIDGOV_NONE) {
        return fail_twice(ledger, row, err);
    }
    if (gg_map_set(&ledger->unique, key, (int64_t)ledger->activity_count)) {
        return gg_fail_memory(err);
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_ledger_add_activity(gridgov_ledger *ledger, const gridgov_activity *activity,
                                           gridgov_error *err) {
    gridgov_activity full = {.struct_size = 0};
    gridgov_activity_init(&full, sizeof full);
    if (ledger == NULL) {
        return gg_fail_arg(err, "ledger");
    }
    if (activity == NULL || gg_options_read(&full, sizeof full, activity)) {
        return gg_fail_arg(err, "activity");
    }
    if (ledger->sealed) {
        return gg_fail_state(err, "the ledger is sealed");
    }
    GG_TRY(check_activity(ledger, &full, err));
    gg_activity_row row = {
        .key = full.key[0] == '\0' ? "" : gg_arena_text(&ledger->arena, full.key, strlen(full.key)),
        .officer = gg_ledger_name(ledger, full.officer),
        .reason = gg_ledger_name(ledger, full.reason),
        .authority = gg_ledger_name(ledger, full.authority),
        .at = full.at,
        .due_at = full.due_at,
        .unit = full.unit,
        .amount = full.amount,
        .distance_m = full.distance_m,
        .source_row = full.source_row,
        .day = full.day,
        .day_to = full.day_to,
        .kind = full.kind,
        .state = full.state,
    };
    if (row.key == NULL || row.officer == NULL || row.reason == NULL || row.authority == NULL ||
        gg_grow((void **)&ledger->activities, ledger->activity_count, &ledger->activity_capacity,
                sizeof(gg_activity_row))) {
        return gg_fail_memory(err);
    }
    GG_TRY(enter_unique(ledger, &row, err));
    ledger->activities[ledger->activity_count++] = row;
    return GRIDGOV_OK;
}
