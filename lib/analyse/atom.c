/* SPDX-License-Identifier: Apache-2.0 */
/* From what is known of a case to what holds of it.
 *
 * - *due*: where limits are told, a case with a limit at or before the cut-off is due, and of one
 * without a limit it is unknown. Where they are not, every case is due.
 * - *overdue*: closed after its limit, or open at the cut-off with the limit reached. Where a
 * limit, the closing times or the time of this closing is unknown, the source's own verdict counts.
 * - *held by the grid*: no agency had it, that is no dispatch at all and no handling by an agency,
 * at or before the earliest of limit, closing and cut-off. A case that an agency had is not the
 * grid's, whatever else is known.
 * - *handled*: the log has a handling or a feedback, or the case is closed; in time, if the latest
 * handling, or without one the closing, lies at or before the limit. Of an agency: its own
 * handling; the closing counts as the handling of the agency that had the case last.
 * - *dispatched in time*: a dispatch at or before dispatch_due_at; unknown without that limit.
 * - *right at the first time*: closed, and never returned, reworked or reopened. */
#include "atom.h"

#include <string.h>

#define C(name) GRIDGOV_CONDITION_##name
#define EARLIEST(a, b) ((a) < (b) ? (a) : (b))
#define COUNT(c, kind) ((c)->steps[GRIDGOV_STEP_##kind])

enum { UNKNOWN = -1 };

void gg_case_clear(gg_case *c) {
    gg_case_link *links = c->links;
    memset(c, 0, sizeof *c);
    c->links = links;
    c->closed_at = c->dispatched_at = c->passed_at = c->handled_at = GRIDGOV_NO_TIME;
    c->due_at = c->dispatch_due_at = GRIDGOV_NO_TIME;
    c->holder = GRIDGOV_NONE;
    for (size_t i = 0; i < GG_CLOCKS; i++) {
        c->clocks[i][0] = c->clocks[i][1] = UNKNOWN;
    }
}

/* Enter an answer: 1, 0 or UNKNOWN. */
static void set(gg_atom *atom, int bit, int answer) {
    atom->known |= answer == UNKNOWN ? 0 : GG_BIT(bit);
    atom->is |= answer == 1 ? GG_BIT(bit) : 0;
}

static int is_inside(const gg_atom_frame *frame, gridgov_time at) {
    return at >= frame->period.from && at < frame->period.to;
}

static int of_tri(int32_t tri) {
    return tri == GRIDGOV_TRI_UNKNOWN ? UNKNOWN : tri == GRIDGOV_TRI_YES;
}

static int opposite(int answer) {
    return answer == UNKNOWN ? UNKNOWN : !answer;
}

/* 1 if the closing can be compared with a limit. */
static int closing_known(const gg_case *c, const gg_atom_frame *frame) {
    return frame->has_closed && (!c->closed || c->closed_at != GRIDGOV_NO_TIME);
}

static int is_overdue(const gg_case *c, const gg_atom_frame *frame) {
    if (c->due_at != GRIDGOV_NO_TIME && closing_known(c, frame)) {
        return c->closed ? c->closed_at > c->due_at : c->due_at <= frame->as_of;
    }
    return of_tri(c->overdue);
}

/* 1 if the case was the grid's to keep in time, and *overdue whether it was late. */
static int is_held(int *overdue, const gg_case *c, const gg_atom_frame *frame) {
    gridgov_time moment = frame->as_of;
    *overdue = 0;
    moment = c->due_at == GRIDGOV_NO_TIME ? moment : EARLIEST(moment, c->due_at);
    moment = c->closed_at == GRIDGOV_NO_TIME ? moment : EARLIEST(moment, c->closed_at);
    if ((c->passed_at != GRIDGOV_NO_TIME && c->passed_at <= moment) || c->due_at > frame->as_of) {
        return 0;
    }
    *overdue = is_overdue(c, frame);
    return *overdue == UNKNOWN ? UNKNOWN : 1;
}

static void set_report(gg_atom *atom, const gg_case *c) {
    const uint32_t disposition = (uint32_t)c->disposition;
    const int judged = disposition != GRIDGOV_DISPOSITION_UNKNOWN;
    const uint32_t invalid = 1U << GRIDGOV_DISPOSITION_INVALID |
                             1U << GRIDGOV_DISPOSITION_DUPLICATE | 1U << GRIDGOV_DISPOSITION_FALSE |
                             1U << GRIDGOV_DISPOSITION_JUNK;
    set(atom, C(OPENING), c->opening);
    set(atom, C(SELF_FOUND), c->dispatched_at == GRIDGOV_NO_TIME);
    set(atom, C(SELF_HANDLED), of_tri(c->self_handled));
    set(atom, C(JUDGED), judged);
    set(atom, C(VALID), judged ? disposition == GRIDGOV_DISPOSITION_VALID : UNKNOWN);
    set(atom, C(INVALID), judged ? (int)(invalid >> disposition & 1) : UNKNOWN);
    set(atom, C(DUPLICATE), judged ? disposition == GRIDGOV_DISPOSITION_DUPLICATE : UNKNOWN);
    set(atom, C(SENT_BACK), judged ? disposition == GRIDGOV_DISPOSITION_RETURNED : UNKNOWN);
    set(atom, C(ACCEPTED), COUNT(c, ACCEPT) > 0 || COUNT(c, FILE) > 0);
    set(atom, C(REJECTED), COUNT(c, REJECT) > 0 || disposition == GRIDGOV_DISPOSITION_REJECTED);
    set(atom, C(FILED), COUNT(c, FILE) > 0);
    set(atom, C(VOIDED), COUNT(c, VOID) > 0 || disposition == GRIDGOV_DISPOSITION_VOID);
    set(atom, C(RECORDED), COUNT(c, RECORD) > 0 || disposition == GRIDGOV_DISPOSITION_RECORDED);
    set(atom, C(MERGED), COUNT(c, MERGE) > 0);
    set(atom, C(SPLIT), COUNT(c, SPLIT) > 0);
}

static void set_way(gg_atom *atom, const gg_case *c, const gg_atom_frame *frame) {
    const int limited = c->dispatch_due_at != GRIDGOV_NO_TIME;
    const int needed = limited && c->dispatch_due_at <= frame->as_of;
    const int dispatched = c->dispatched_at != GRIDGOV_NO_TIME;
    const int in_time = dispatched && c->dispatched_at <= c->dispatch_due_at;
    size_t sent_to = 0;
    for (size_t i = 0; i < c->link_count; i++) {
        sent_to += c->links[i].dispatches > 0;
    }
    set(atom, C(DISPATCH_DUE), needed);
    set(atom, C(DISPATCHED), dispatched);
    set(atom, C(DISPATCHED_IN_TIME), limited ? in_time : UNKNOWN);
    set(atom, C(DISPATCH_MISSED), needed && !in_time);
    set(atom, C(REDISPATCHED), sent_to > 1);
    set(atom, C(PING_PONG), c->ping_pong);
    set(atom, C(HOLDER), c->holder != GRIDGOV_NONE);
    set(atom, C(ACKNOWLEDGED), COUNT(c, ACKNOWLEDGE) > 0);
    set(atom, C(RETURNED), COUNT(c, RETURN) > 0);
    set(atom, C(VERIFIED), COUNT(c, VERIFY) > 0);
    set(atom, C(REWORKED), COUNT(c, REWORK) > 0);
    set(atom, C(EXTENDED), COUNT(c, EXTEND) > 0);
    set(atom, C(REOPENED), COUNT(c, REOPEN) > 0);
    set(atom, C(URGED), COUNT(c, URGE) > 0);
    set(atom, C(RATED), COUNT(c, RATE) > 0);
    set(atom, C(SATISFIED), COUNT(c, RATE) > 0 ? of_tri(c->satisfied) : UNKNOWN);
    set(atom, C(SUSPENDED), c->suspended);
    set(atom, C(EXCUSED), c->excused);
    set(atom, C(ENDED), c->ended);
}

/* In time is a moment that lies at or before the limit; 0 if it never came. */
static int in_time(const gg_case *c, const gg_atom_frame *frame, int came, gridgov_time at) {
    if (!came) {
        return 0;
    }
    if (c->due_at != GRIDGOV_NO_TIME && at != GRIDGOV_NO_TIME && frame->has_closed) {
        return at <= c->due_at;
    }
    return c->closed ? opposite(of_tri(c->overdue)) : UNKNOWN;
}

static void set_end(gg_atom *atom, const gg_case *c, const gg_atom_frame *frame) {
    const int limited = c->due_at != GRIDGOV_NO_TIME;
    const int logged = c->handled_at != GRIDGOV_NO_TIME;
    int overdue = 0;
    const int held = is_held(&overdue, c, frame);
    set(atom, C(CLOSED), c->closed);
    set(atom, C(CLOSED_IN_TIME), in_time(c, frame, c->closed, c->closed_at));
    set(atom, C(HANDLED), logged || c->closed);
    set(atom, C(HANDLED_IN_TIME),
        in_time(c, frame, logged || c->closed, logged ? c->handled_at : c->closed_at));
    set(atom, C(AWAITING_CLOSE), logged && !c->closed);
    set(atom, C(OVERDUE), is_overdue(c, frame));
    set(atom, C(LIMITED), limited);
    set(atom, C(DUE), !frame->has_due ? 1 : limited ? c->due_at <= frame->as_of : UNKNOWN);
    set(atom, C(FIRST_TIME_RIGHT),
        c->closed && COUNT(c, RETURN) == 0 && COUNT(c, REWORK) == 0 && COUNT(c, REOPEN) == 0);
    set(atom, C(HELD_DUE), held);
    set(atom, C(HELD_OVERDUE), held == 1 ? overdue : held);
}

/* Which times lie in the period. What cannot be told of a case of the period is unknown; of any
 * other case it is no. */
static void set_times(gg_atom *atom, const gg_case *c, const gg_atom_frame *frame) {
    const int reported = is_inside(frame, c->reported_at);
    const int of_period = c->opening || reported;
    const int unknown = of_period ? UNKNOWN : 0;
    set(atom, GG_IN_REPORT, reported);
    set(atom, GG_IN_PERIOD, of_period);
    set(atom, GG_IN_DISPATCH, is_inside(frame, c->dispatched_at));
    set(atom, GG_IN_DUE, c->due_at == GRIDGOV_NO_TIME ? unknown : is_inside(frame, c->due_at));
    set(atom, GG_IN_CLOSE,
        c->closed && c->closed_at == GRIDGOV_NO_TIME ? unknown : is_inside(frame, c->closed_at));
}

static void set_quantities(gg_atom *atom, const gg_case *c, const gg_atom_frame *frame) {
    int64_t *quantities = atom->quantities;
    const gridgov_time end = c->closed ? c->closed_at : frame->as_of;
    quantities[GRIDGOV_QUANTITY_CASES] = 1;
    quantities[GRIDGOV_QUANTITY_DISPATCHES] = COUNT(c, DISPATCH);
    quantities[GRIDGOV_QUANTITY_RETURNS] = COUNT(c, RETURN);
    quantities[GRIDGOV_QUANTITY_REWORKS] = COUNT(c, REWORK);
    quantities[GRIDGOV_QUANTITY_REOPENINGS] = COUNT(c, REOPEN);
    quantities[GRIDGOV_QUANTITY_EXTENSIONS] = COUNT(c, EXTEND);
    quantities[GRIDGOV_QUANTITY_URGES] = COUNT(c, URGE);
    for (int clock = 1; clock <= GG_CLOCKS; clock++) {
        quantities[GG_CLOCK_QUANTITY(clock, 0)] = c->clocks[clock - 1][0];
        quantities[GG_CLOCK_QUANTITY(clock, 1)] = c->clocks[clock - 1][1];
    }
    quantities[GRIDGOV_QUANTITY_SECONDS] = quantities[GRIDGOV_QUANTITY_WORK_SECONDS] = UNKNOWN;
    if (end == GRIDGOV_NO_TIME || end < c->reported_at) {
        return;
    }
    quantities[GRIDGOV_QUANTITY_SECONDS] = end - c->reported_at;
    if (frame->roster != NULL) {
        int64_t seconds = 0;
        if (gridgov_worktime_between(&seconds, frame->roster, GRIDGOV_LIMIT_WORK_HOURS,
                                     c->reported_at, end, NULL) == GRIDGOV_OK) {
            quantities[GRIDGOV_QUANTITY_WORK_SECONDS] = seconds;
        }
    }
}

/* What an agency did itself takes the place of what was done to the case. */
static void make_link(gg_atom_link *out, const gg_atom *atom, const gg_case *c, size_t index,
                      const gg_atom_frame *frame) {
    static const uint64_t own = GG_BIT(C(SELF_FOUND)) | GG_BIT(C(DISPATCHED)) |
                                GG_BIT(C(ACKNOWLEDGED)) | GG_BIT(C(RETURNED)) | GG_BIT(C(HANDLED)) |
                                GG_BIT(C(HANDLED_IN_TIME)) | GG_BIT(C(REWORKED)) |
                                GG_BIT(C(HOLDER)) | GG_BIT(GG_IN_DISPATCH);
    const gg_case_link *link = &c->links[index];
    const int holder = c->holder == (int64_t)index;
    const int logged = link->handled_at != GRIDGOV_NO_TIME;
    const int handled = logged || (c->closed && holder);
    gg_atom part = {.is = atom->is & ~own, .known = atom->known & ~own};
    set(&part, C(SELF_FOUND), link->dispatches == 0);
    set(&part, C(DISPATCHED), link->dispatches > 0);
    set(&part, C(ACKNOWLEDGED), link->acknowledged);
    set(&part, C(RETURNED), link->returns > 0);
    set(&part, C(REWORKED), link->reworks > 0);
    set(&part, C(HOLDER), holder);
    set(&part, C(HANDLED), handled);
    set(&part, C(HANDLED_IN_TIME),
        in_time(c, frame, handled, logged ? link->handled_at : c->closed_at));
    set(&part, GG_IN_DISPATCH, is_inside(frame, link->dispatched_at));
    *out = (gg_atom_link){.row = link->row, .is = part.is, .known = part.known};
    memcpy(out->quantities, atom->quantities, sizeof out->quantities);
    out->quantities[GRIDGOV_QUANTITY_DISPATCHES] = link->dispatches;
    out->quantities[GRIDGOV_QUANTITY_RETURNS] = link->returns;
    out->quantities[GRIDGOV_QUANTITY_REWORKS] = link->reworks;
}

void gg_atom_make(gg_atom *atom, const gg_case *c, const gg_atom_frame *frame) {
    atom->unit_row = c->unit_row;
    atom->category_row = c->category_row;
    atom->disposition = c->disposition;
    atom->is = atom->known = 0;
    set_report(atom, c);
    set_way(atom, c, frame);
    set_end(atom, c, frame);
    set_times(atom, c, frame);
    set_quantities(atom, c, frame);
    for (size_t i = 0; i < c->link_count; i++) {
        make_link(&atom->links[i], atom, c, i, frame);
    }
    atom->link_count = c->link_count;
}
