/* SPDX-License-Identifier: Apache-2.0 */
/* The limits of a case, evaluated.
 *
 * Which limit applies: a moment that a step of the log gave (改限, 延期 with a moment), else the
 * moment that the source's row gives, else the taxonomy's limit for the category and condition of
 * the case, as often again as extensions were granted.
 *
 * When it runs out. L is what the limit is worth on its own clock, from the moment it was set off.
 * The segments of the case are walked: what was open uses up L, what was suspended or closed does
 * not, and the moment when L is used up is the limit. Nothing is ever added to the time of
 * creation, so a pause over a weekend costs a working clock nothing and gives nothing back; a limit
 * that is replaced while the clock stands finds the same use; and a stretch between a closing and a
 * reopening is neither work nor pause. While a case is suspended there is no such moment. A moment
 * that the source gives stands as printed, except that pauses which began after its row was
 * recorded move it, second for second: the source could not have known of them. */
#include "case_model.h"

#include "base/error.h"

#include <string.h>

/* A stage while it is evaluated. */
typedef struct stage_work {
    const gridgov_cases *cases;
    const gg_case_row *row;
    int64_t c;
    gridgov_case_stage out;
    gridgov_time moment;  /* given by a row or a step; GRIDGOV_NO_TIME */
    gridgov_time told_at; /* when that moment was written down; GRIDGOV_NO_TIME: after all */
    gridgov_time done;    /* GRIDGOV_NO_TIME: not done */
    int is_done;          /* done, though perhaps nobody knows when */
    const gridgov_roster *roster; /* of the limit; NULL: unknown */
} stage_work;

static int is_wall(int32_t kind) {
    return kind == GRIDGOV_LIMIT_URGENT_HOURS || kind == GRIDGOV_LIMIT_CALENDAR_DAYS ||
           kind == GRIDGOV_LIMIT_MINUTES;
}

/* The accepted step of a kind that comes last; NULL. */
static const gg_case_step *last_step(const stage_work *w, int32_t kind) {
    const gg_case_step *found = NULL;
    for (int64_t i = w->row->first_step; i < w->row[1].first_step; i++) {
        const gg_case_step *step = &w->cases->steps[i];
        found = step->kind == kind && step->rule == 0 ? step : found;
    }
    return found;
}

/* The moment that a step of the ledger carries; GRIDGOV_NO_TIME. */
static gridgov_time until_of(const stage_work *w, const gg_case_step *step) {
    if (step == NULL || step->step == GRIDGOV_NONE) {
        return GRIDGOV_NO_TIME;
    }
    const gg_step_more *more = w->cases->ledger->steps[step->step].more;
    return more == NULL ? GRIDGOV_NO_TIME : more->until;
}

/* The moment that the log or the row gives for the whole case. */
static void read_close_moment(stage_work *w) {
    const gg_event_row *event = w->row->event;
    for (int64_t i = w->row->first_step; i < w->row[1].first_step; i++) {
        const gg_case_step *step = &w->cases->steps[i];
        const gridgov_time until = until_of(w, step);
        if (step->rule == 0 && until != GRIDGOV_NO_TIME &&
            (step->kind == GRIDGOV_STEP_RELIMIT || step->kind == GRIDGOV_STEP_EXTEND)) {
            w->moment = until;
            w->told_at = step->at;
            w->out.basis =
                step->kind == GRIDGOV_STEP_EXTEND ? GRIDGOV_BASIS_EXTENDED : GRIDGOV_BASIS_REPLACED;
        }
    }
    if (w->moment == GRIDGOV_NO_TIME && event->due_at != GRIDGOV_NO_TIME) {
        w->moment = event->due_at;
        w->told_at = event->recorded_at;
        w->out.basis = GRIDGOV_BASIS_ROW;
    }
}

/* Where the last stretch of a class begins and ends. */
static void find_class(stage_work *w, int32_t class) {
    gg_segment segment;
    size_t place = 0;
    int inside = 0;
    while (gg_segment_next(&segment, &place, w->cases, w->c)) {
        if (segment.class == class && !inside) {
            w->out.from = segment.from;
        }
        if (inside && segment.class != class && segment.class != GRIDGOV_STATE_SUSPENDED) {
            w->done = segment.from;
        }
        inside = segment.class == class || (inside && segment.class == GRIDGOV_STATE_SUSPENDED);
        if (inside) {
            w->done = GRIDGOV_NO_TIME;
        }
    }
    w->is_done = w->out.from != GRIDGOV_NO_TIME && !inside;
}

/* The last span of an agency: whose stage acknowledging and handling is. */
static const gg_case_hold *last_hold(const stage_work *w) {
    for (int64_t i = w->row[1].first_hold; i > w->row->first_hold; i--) {
        if (w->cases->holds[i - 1].agency != GRIDGOV_NONE) {
            return &w->cases->holds[i - 1];
        }
    }
    return NULL;
}

static void read_offer(stage_work *w) {
    const gg_case_step *dispatch = last_step(w, GRIDGOV_STEP_DISPATCH);
    gg_segment segment;
    size_t place = 0;
    if (dispatch == NULL) {
        return;
    }
    w->out.from = dispatch->at;
    w->out.agency = dispatch->agency;
    w->moment = until_of(w, dispatch);
    w->told_at = dispatch->at;
    w->out.basis = w->moment == GRIDGOV_NO_TIME ? GRIDGOV_BASIS_NONE : GRIDGOV_BASIS_ROW;
    const size_t offered = (size_t)(dispatch - &w->cases->steps[w->row->first_step]);
    while (gg_segment_next(&segment, &place, w->cases, w->c)) {
        // By their places, not their times: an acceptance may stand in the same second.
        if (place > offered + 1 && segment.class != GRIDGOV_STATE_OFFERED &&
            segment.class != GRIDGOV_STATE_SUSPENDED && !w->is_done) {
            w->done = segment.from;
            w->is_done = 1;
        }
    }
}

static void read_handling(stage_work *w) {
    const gg_case_hold *hold = last_hold(w);
    if (hold == NULL) {
        return;
    }
    w->out.from = hold->from;
    w->out.agency = hold->agency;
    w->done = w->row->handled_at != GRIDGOV_NO_TIME && w->row->handled_at >= hold->from
                  ? w->row->handled_at
                  : hold->to;
    w->is_done = w->done != GRIDGOV_NO_TIME || hold->ended_by != 0;
}

/* When the stage was set off and done, and the moment that is given for it. */
static void read_stage(stage_work *w) {
    const gg_case_row *row = w->row;
    const int32_t class = gg_case_class(w->cases, row->state);
    const int over = class == GRIDGOV_STATE_CLOSED || class == GRIDGOV_STATE_ENDED;
    w->out.from = row->event->reported_at;
    switch (w->out.stage) {
    case GRIDGOV_STAGE_ACCEPT:
        w->done = row->accepted_at != GRIDGOV_NO_TIME ? row->accepted_at : row->passed_at;
        w->is_done = w->done != GRIDGOV_NO_TIME || over;
        break;
    case GRIDGOV_STAGE_DISPATCH:
        w->done = row->dispatched_at;
        w->is_done = w->done != GRIDGOV_NO_TIME || over;
        w->moment = row->event->dispatch_due_at;
        w->told_at = row->event->recorded_at;
        w->out.basis = w->moment == GRIDGOV_NO_TIME ? GRIDGOV_BASIS_NONE : GRIDGOV_BASIS_ROW;
        break;
    case GRIDGOV_STAGE_ACKNOWLEDGE:
        w->out.from = GRIDGOV_NO_TIME;
        read_offer(w);
        break;
    case GRIDGOV_STAGE_HANDLE:
        w->out.from = GRIDGOV_NO_TIME;
        read_handling(w);
        break;
    case GRIDGOV_STAGE_VERIFY:
        w->out.from = GRIDGOV_NO_TIME;
        find_class(w, GRIDGOV_STATE_CHECKING);
        break;
    default:
        w->done = row->closed_at;
        w->is_done = over;
        read_close_moment(w);
        break;
    }
}

/* The roster that a limit names, or that of who is to keep it. */
static const gridgov_roster *find_roster(const stage_work *w, const gridgov_time_limit *limit) {
    const gridgov_cases *cases = w->cases;
    const gridgov_roster *roster = gg_case_roster(cases, w->out.agency);
    if (limit->roster[0] != '\0') {
        roster =
            cases->roster != NULL && strcmp(gridgov_roster_name(cases->roster), limit->roster) == 0
                ? cases->roster
                : NULL;
        for (size_t i = 0; i < cases->roster_count; i++) {
            if (strcmp(gridgov_roster_name(cases->rosters[i]), limit->roster) == 0) {
                roster = cases->rosters[i];
            }
        }
    }
    return roster == NULL && is_wall(limit->kind) ? cases->wall : roster;
}

/* The taxonomy's limit, where no moment is given. */
static void read_limit(stage_work *w) {
    const gridgov_ledger *ledger = w->cases->ledger;
    const gg_name *condition = w->row->event->condition;
    const char *text = condition == NULL ? "" : condition->text;
    gridgov_time_limit limit = {.struct_size = sizeof limit};
    if (w->out.basis != GRIDGOV_BASIS_NONE ||
        gridgov_taxonomy_limit_find(&limit, ledger->taxonomy, w->row->category, w->out.stage, text,
                                    strlen(text)) != GRIDGOV_OK) {
        return;
    }
    w->out.basis = GRIDGOV_BASIS_TAXONOMY;
    w->out.kind = limit.kind;
    w->out.start = limit.start;
    w->out.since = limit.since;
    w->out.count = limit.count;
    if (w->out.stage == GRIDGOV_STAGE_CLOSE && w->row->extensions > 0) {
        w->out.basis = GRIDGOV_BASIS_EXTENDED;
        w->out.extensions = w->row->extensions;
        w->out.count *= 1 + (int64_t)w->row->extensions;
    }
    if (limit.since == GRIDGOV_STEP_ACCEPT && w->row->accepted_at != GRIDGOV_NO_TIME &&
        w->out.agency == GRIDGOV_NONE) {
        w->out.from = w->row->accepted_at;
    } else if (limit.since == GRIDGOV_STEP_ACCEPT && w->out.stage == GRIDGOV_STAGE_CLOSE) {
        w->out.from = GRIDGOV_NO_TIME; // not accepted yet: the clock has not begun
    } else if (limit.since == GRIDGOV_STEP_DISPATCH && w->out.agency == GRIDGOV_NONE) {
        w->out.from = w->row->dispatched_at;
    }
    w->roster = find_roster(w, &limit);
}

/* How far a segment counts: to the end of the stage. */
static gridgov_time segment_end(const stage_work *w, const gg_segment *segment) {
    return w->done != GRIDGOV_NO_TIME && (segment->to == GRIDGOV_NO_TIME || segment->to > w->done)
               ? w->done
               : segment->to;
}

/* Walk the segments of a case until the limit is used up. */
static gridgov_status use_up(stage_work *w, gridgov_time begin) {
    gridgov_case_stage *out = &w->out;
    int64_t left = out->limit_seconds;
    gridgov_time end = begin; // where the clock last ran
    gg_segment segment;
    size_t place = 0;
    int64_t seconds = 0;
    // A clock set off at the first second of its day has run before the case began.
    if (begin < out->from) {
        GG_TRY(gridgov_worktime_between(&seconds, w->roster, out->kind, begin, out->from, NULL));
        left -= seconds;
        end = out->from;
    }
    while (gg_segment_next(&segment, &place, w->cases, w->c)) {
        const int32_t class = segment.class;
        const gridgov_time from = segment.from > begin ? segment.from : begin;
        const gridgov_time to = segment_end(w, &segment);
        if (class == GRIDGOV_STATE_CLOSED || class == GRIDGOV_STATE_ENDED ||
            class == GRIDGOV_STATE_SUSPENDED || segment.from == GRIDGOV_NO_TIME ||
            (to != GRIDGOV_NO_TIME && to <= from)) {
            continue;
        }
        if (to != GRIDGOV_NO_TIME) {
            GG_TRY(gridgov_worktime_between(&seconds, w->roster, out->kind, from, to, NULL));
            if (left >= 0 && seconds >= left && out->due_at == GRIDGOV_NO_TIME) {
                GG_TRY(gridgov_worktime_add(&out->due_at, w->roster, out->kind, from, left, NULL));
            }
            left -= seconds;
            end = to;
        } else if (out->due_at == GRIDGOV_NO_TIME) {
            return gridgov_worktime_add(&out->due_at, w->roster, out->kind, from, left, NULL);
        }
    }
    out->used_seconds = out->limit_seconds - left;
    if (out->due_at == GRIDGOV_NO_TIME && !out->paused) {
        return gridgov_worktime_add(&out->due_at, w->roster, out->kind, end, left, NULL);
    }
    return GRIDGOV_OK;
}

/* Evaluate the taxonomy's limit; leaves evaluable at 0 where a calendar does not reach. */
static void evaluate_limit(stage_work *w) {
    gridgov_case_stage *out = &w->out;
    gridgov_time begin = GRIDGOV_NO_TIME;
    gridgov_time due = GRIDGOV_NO_TIME;
    if (w->roster == NULL ||
        gridgov_worktime_start(&begin, w->roster, out->start, out->from, NULL) != GRIDGOV_OK ||
        gridgov_worktime_due(&due, w->roster, out->kind, out->count, out->start, out->from, NULL) !=
            GRIDGOV_OK ||
        gridgov_worktime_between(&out->limit_seconds, w->roster, out->kind, begin, due, NULL) !=
            GRIDGOV_OK ||
        use_up(w, begin) != GRIDGOV_OK) {
        out->limit_seconds = out->used_seconds = GRIDGOV_NO_TIME;
        out->due_at = GRIDGOV_NO_TIME;
        return;
    }
    out->evaluable = 1;
}

/* Evaluate a moment that was given: on the wall clock, moved by pauses it could not know of. */
static void evaluate_moment(stage_work *w) {
    gridgov_case_stage *out = &w->out;
    gg_segment segment;
    size_t place = 0;
    int64_t moved = 0;
    out->evaluable = 1;
    while (w->told_at != GRIDGOV_NO_TIME && gg_segment_next(&segment, &place, w->cases, w->c)) {
        if (segment.class == GRIDGOV_STATE_SUSPENDED && segment.from >= w->told_at &&
            segment.from <= w->moment + moved && segment.to != GRIDGOV_NO_TIME) {
            moved += segment.to - segment.from;
        }
    }
    out->due_at = w->moment + moved;
    const gridgov_time now = w->is_done ? w->done : w->cases->as_of;
    if (out->from != GRIDGOV_NO_TIME && w->moment >= out->from) {
        out->limit_seconds = w->moment - out->from;
        if (now != GRIDGOV_NO_TIME && now != INT64_MAX && now >= out->from) {
            out->used_seconds = now - out->from - (now > out->from ? moved : 0);
        }
    }
    if (out->paused && w->told_at != GRIDGOV_NO_TIME && out->due_at >= w->cases->as_of) {
        out->due_at = GRIDGOV_NO_TIME;
    }
}

/* Verdict and light, once the moment is known. */
static void judge(stage_work *w) {
    gridgov_case_stage *out = &w->out;
    if (!out->evaluable) {
        return;
    }
    if (out->due_at == GRIDGOV_NO_TIME) {
        out->overdue = out->paused ? GRIDGOV_TRI_NO : GRIDGOV_TRI_UNKNOWN;
    } else if (w->is_done) {
        out->overdue = w->done == GRIDGOV_NO_TIME ? GRIDGOV_TRI_UNKNOWN
                       : w->done > out->due_at    ? GRIDGOV_TRI_YES
                                                  : GRIDGOV_TRI_NO;
    } else {
        out->overdue = w->cases->as_of >= out->due_at ? GRIDGOV_TRI_YES : GRIDGOV_TRI_NO;
    }
    if (out->overdue == GRIDGOV_TRI_YES) {
        out->light = GRIDGOV_LIGHT_RED;
    } else if (out->overdue == GRIDGOV_TRI_NO && out->used_seconds != GRIDGOV_NO_TIME &&
               out->limit_seconds > 0) {
        const int64_t share = gridgov_lifecycle_yellow_percent(w->cases->lifecycle);
        // used/limit < share/100 without leaving the range.
        out->light =
            out->used_seconds / share < out->limit_seconds / 100 ||
                    (out->limit_seconds < INT64_MAX / 100 && out->used_seconds < INT64_MAX / 100 &&
                     out->used_seconds * 100 < out->limit_seconds * share)
                ? GRIDGOV_LIGHT_GREEN
                : GRIDGOV_LIGHT_YELLOW;
    }
}

/* A stage with all that is known of it before it is evaluated. */
static void open_stage(stage_work *w, const gridgov_cases *cases, int64_t c, int32_t stage) {
    const gg_case_row *row = &cases->rows[c];
    *w = (stage_work){.cases = cases,
                      .row = row,
                      .c = c,
                      .out = {.stage = stage,
                              .source_overdue = row->event->overdue,
                              .excused = row->appeal == GRIDGOV_STEP_APPEAL_GRANT,
                              .agency = GRIDGOV_NONE,
                              .from = GRIDGOV_NO_TIME,
                              .due_at = GRIDGOV_NO_TIME,
                              .done_at = GRIDGOV_NO_TIME,
                              .limit_seconds = GRIDGOV_NO_TIME,
                              .used_seconds = GRIDGOV_NO_TIME},
                      .moment = GRIDGOV_NO_TIME,
                      .told_at = GRIDGOV_NO_TIME,
                      .done = GRIDGOV_NO_TIME};
    read_stage(w);
    read_limit(w);
    const int32_t class = gg_case_class(cases, row->state);
    if (class == GRIDGOV_STATE_CLOSED || class == GRIDGOV_STATE_ENDED) {
        w->is_done = 1; // of a case that is over nothing is still to be done
    }
    w->out.done_at = w->done;
    w->out.running = w->out.from != GRIDGOV_NO_TIME && !w->is_done;
    w->out.paused = w->out.running && gg_case_class(cases, row->state) == GRIDGOV_STATE_SUSPENDED;
}

static void evaluate(stage_work *w) {
    if (w->out.from == GRIDGOV_NO_TIME || w->out.basis == GRIDGOV_BASIS_NONE) {
        return;
    }
    if (w->moment != GRIDGOV_NO_TIME) {
        evaluate_moment(w);
    } else {
        evaluate_limit(w);
    }
    judge(w);
}

gridgov_status gridgov_case_stage_at(gridgov_case_stage *stage_out, const gridgov_cases *cases,
                                     int64_t c, int64_t stage) {
    if (stage_out == NULL || cases == NULL) {
        return GRIDGOV_EARG;
    }
    if (c < 0 || c >= (int64_t)cases->count || cases->rows[c].event == NULL ||
        stage < GRIDGOV_STAGE_ACCEPT || stage > GRIDGOV_STAGE_CLOSE) {
        return GRIDGOV_END;
    }
    stage_work w;
    open_stage(&w, cases, c, (int32_t)stage);
    evaluate(&w);
    return gg_view_copy(stage_out, &w.out, sizeof w.out) ? GRIDGOV_EARG : GRIDGOV_OK;
}

/* When a running stage had used up a share of its limit; GRIDGOV_NO_TIME if it has not. */
static gridgov_time share_at(const stage_work *whole, int32_t percent) {
    stage_work w = *whole;
    const int64_t limit = w.out.limit_seconds;
    int64_t share;
    if (!w.out.evaluable || !w.out.running || limit == GRIDGOV_NO_TIME ||
        gg_mul_div(&share, limit, percent, 100)) {
        return GRIDGOV_NO_TIME;
    }
    if (w.moment != GRIDGOV_NO_TIME) {
        return share > INT64_MAX / 2 || w.out.used_seconds < share
                   ? GRIDGOV_NO_TIME
                   : w.cases->as_of - (w.out.used_seconds - share);
    }
    gridgov_time begin;
    w.out.limit_seconds = share;
    w.out.due_at = GRIDGOV_NO_TIME;
    if (gridgov_worktime_start(&begin, w.roster, w.out.start, w.out.from, NULL) != GRIDGOV_OK ||
        use_up(&w, begin) != GRIDGOV_OK || w.out.due_at > w.cases->as_of) {
        return GRIDGOV_NO_TIME;
    }
    return w.out.due_at;
}

/* Has the log a 督办 of that card, or a higher one, since then? */
static int was_urged(const stage_work *w, int32_t card, gridgov_time since) {
    for (int64_t i = w->row->first_step; i < w->row[1].first_step; i++) {
        const gg_case_step *step = &w->cases->steps[i];
        const gg_step_more *more =
            step->step == GRIDGOV_NONE ? NULL : w->cases->ledger->steps[step->step].more;
        if (step->kind == GRIDGOV_STEP_URGE && step->rule == 0 && step->at >= since &&
            (more == NULL ? GRIDGOV_CARD_NONE : more->card) >= card) {
            return 1;
        }
    }
    return 0;
}

gridgov_status gridgov_case_action_at(gridgov_case_action *action_out, const gridgov_cases *cases,
                                      int64_t c, int64_t index) {
    gridgov_lifecycle_rung rung = {.struct_size = sizeof rung};
    stage_work w = {.out = {.stage = 0}};
    if (action_out == NULL || cases == NULL) {
        return GRIDGOV_EARG;
    }
    if (c < 0 || c >= (int64_t)cases->count || cases->rows[c].event == NULL || index < 0 ||
        cases->as_of == INT64_MAX) {
        return GRIDGOV_END;
    }
    for (int64_t i = 0; gridgov_lifecycle_rung_at(&rung, cases->lifecycle, i) == GRIDGOV_OK; i++) {
        if (w.out.stage != rung.stage) {
            open_stage(&w, cases, c, rung.stage);
            evaluate(&w);
        }
        const gridgov_time since = w.out.excused ? GRIDGOV_NO_TIME : share_at(&w, rung.percent);
        if (since == GRIDGOV_NO_TIME || was_urged(&w, rung.card, since) || index-- > 0) {
            continue;
        }
        const gridgov_case_action full = {.stage = rung.stage,
                                          .percent = rung.percent,
                                          .card = rung.card,
                                          .rung = i,
                                          .agency = cases->rows[c].agency,
                                          .since = since};
        return gg_view_copy(action_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
    }
    return GRIDGOV_END;
}
