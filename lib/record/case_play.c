/* SPDX-License-Identifier: Apache-2.0 */
/* Playing a case: its steps, as they were known, through the life cycle.
 *
 * 1. Collect. Of the ledger's steps those count that had happened and had been recorded, each in
 *    the version recorded last by then. The steps that the flat row implies are derived anew from
 *    the version of the row that was known, for another version implies others; they stand among
 *    the rest by the same order. A row's closing is implied where no known closing stands in the
 *    log, or where it is later than the log's last word.
 * 2. Play. Each step is held against the life cycle and then against its guards. A guard looks only
 *    at what the log tells: an untold role, level or agency is never held against a step. What is
 *    refused is written down with its rule and changes nothing.
 * 3. Between two steps a suspension may end by itself: at its own end, or when the life cycle's
 *    limit is over. That resumption is a derived step, too.
 *
 * A step whose recording time is not told was recorded as it happened. Monotonicity follows: rows
 * and steps recorded after known_by play no part in anything here. */
#include "case_model.h"

#include "base/error.h"

#include <string.h>

#define DAY 86400
#define AGENCY_LEVEL 3 /* the tier of a sub-district's agencies (三级) */
#define GRID_LEVEL 1   /* the tier of a grid (一级) */

/* One step about to be played. */
typedef struct gg_case_move {
    gg_step_row row;
    int64_t step; /* index into the ledger's steps; GRIDGOV_NONE */
} gg_case_move;

/* A case while it is played. */
typedef struct game {
    gridgov_cases *cases;
    gg_case_scratch *scratch;
    gg_case_row *c;
    int64_t index;
    gridgov_time resumes_at; /* when the suspension ends by itself; INT64_MAX */
    int32_t before_pause;    /* state to go back to */
    int32_t holder;
    int32_t extensions_asked, appeals_asked; /* asked for and not yet answered */
    int has_hold;                            /* a span is open */
    int failed;                              /* memory was short */
} game;

/* ---- collecting --------------------------------------------------------------------------- */

static int add_move(gg_case_scratch *scratch, const gg_step_row *row, int64_t step) {
    if (gg_grow((void **)&scratch->moves, scratch->move_count, &scratch->move_capacity,
                sizeof *scratch->moves)) {
        return -1;
    }
    scratch->moves[scratch->move_count++] = (gg_case_move){*row, step};
    return 0;
}

/* Put a derived step where it belongs; the others are sorted. */
static int insert_move(gg_case_scratch *scratch, const gg_step_row *row, int64_t step) {
    if (add_move(scratch, row, step)) {
        return -1;
    }
    size_t place = scratch->move_count - 1;
    while (place > 0 && gg_step_compare(&scratch->moves[place - 1].row, row) > 0) {
        scratch->moves[place] = scratch->moves[place - 1];
        place--;
    }
    scratch->moves[place] = (gg_case_move){*row, step};
    return 0;
}

/* Was this version of a step the one known? */
static int counts(const gridgov_ledger *ledger, const gg_step_row *row, gridgov_time known_by) {
    return gg_step_recorded(row) <= known_by &&
           (row->newer == GRIDGOV_NONE || gg_step_recorded(&ledger->steps[row->newer]) > known_by);
}

/* What the log says of itself, beside the moves. */
typedef struct log_words {
    gridgov_time turned; /* latest closing or reopening; GRIDGOV_NO_TIME */
    uint8_t has;         /* GG_HAS_* */
    int has_closing;     /* among the moves */
    int closes_later;    /* a closing after as_of */
} log_words;

static int collect_log(const game *g, log_words *words) {
    const gridgov_cases *cases = g->cases;
    const gridgov_ledger *ledger = cases->ledger;
    for (int64_t i = ledger->first_step[g->index]; i < ledger->first_step[g->index + 1]; i++) {
        const gg_step_row *row = &ledger->steps[i];
        // A step that does not tell when it was recorded was exported with the row, so the row
        // implies nothing in its place even if it is still to come.
        const int told = row->recorded_at != GRIDGOV_NO_TIME;
        if (row->derived || (told && !counts(ledger, row, cases->known_by))) {
            continue;
        }
        words->has |= gg_step_has(row->kind);
        if (row->at > cases->as_of || !counts(ledger, row, cases->known_by)) {
            words->closes_later |= row->kind == GRIDGOV_STEP_CLOSE;
            continue;
        }
        if (row->kind == GRIDGOV_STEP_CLOSE || row->kind == GRIDGOV_STEP_REOPEN) {
            words->turned = row->at;
            words->has_closing |= row->kind == GRIDGOV_STEP_CLOSE;
        }
        if (add_move(g->scratch, row, i)) {
            return -1;
        }
    }
    return 0;
}

/* Index of the ledger's own derived step that says the same; GRIDGOV_NONE. */
static int64_t find_derived(const gridgov_ledger *ledger, const gg_step_row *row, int64_t event) {
    for (int64_t i = ledger->first_step[event]; i < ledger->first_step[event + 1]; i++) {
        if (ledger->steps[i].derived && ledger->steps[i].kind == row->kind &&
            ledger->steps[i].at == row->at && ledger->steps[i].agency == row->agency) {
            return i;
        }
    }
    return GRIDGOV_NONE;
}

static int collect_derived(const game *g, const log_words *words) {
    const gridgov_ledger *ledger = g->cases->ledger;
    const gg_event_row *event = g->c->event;
    gg_step_row derived[3];
    uint8_t has = words->has & (GG_HAS_REPORT | GG_HAS_AGENCY);
    if (event->closed_at > g->cases->as_of ||
        (words->has_closing && event->closed_at <= words->turned)) {
        has |= GG_HAS_CLOSE;
    }
    const int count = gg_step_derive(derived, event, g->index, has, ledger->no_name);
    for (int i = 0; i < count; i++) {
        if (insert_move(g->scratch, &derived[i], find_derived(ledger, &derived[i], g->index))) {
            return -1;
        }
    }
    return 0;
}

/* ---- who holds it ------------------------------------------------------------------------- */

static void close_hold(game *g, gridgov_time at, int32_t kind) {
    if (g->has_hold) {
        gg_case_hold *hold = &g->cases->holds[g->cases->hold_count - 1];
        hold->to = at;
        hold->ended_by = kind;
        g->has_hold = 0;
    }
}

static void open_hold(game *g, gridgov_time at, int32_t holder) {
    gridgov_cases *cases = g->cases;
    if (gg_grow((void **)&cases->holds, cases->hold_count, &cases->hold_capacity,
                sizeof *cases->holds)) {
        g->failed = 1;
        return;
    }
    cases->holds[cases->hold_count++] = (gg_case_hold){
        .from = at, .acknowledged_at = GRIDGOV_NO_TIME, .to = GRIDGOV_NO_TIME, .agency = holder};
    g->has_hold = 1;
}

static void push_holder(game *g) {
    gg_case_scratch *scratch = g->scratch;
    if (gg_grow((void **)&scratch->holders, scratch->holder_count, &scratch->holder_capacity,
                sizeof *scratch->holders)) {
        g->failed = 1;
        return;
    }
    scratch->holders[scratch->holder_count++] = g->holder;
}

/* Hand the case on as the transition says. A step of an agency that finds nobody named as the
 * holder takes the case for it. */
static void move_holder(game *g, const gg_step_row *row, int32_t agency, int32_t effect) {
    const int32_t before = g->holder;
    const int takes = effect == GRIDGOV_HOLDER_KEEP && before == GRIDGOV_NONE &&
                      agency != GRIDGOV_NONE && (gg_step_has(row->kind) & GG_HAS_AGENCY);
    const int names = agency != GRIDGOV_NONE || row->kind == GRIDGOV_STEP_DISPATCH;
    if ((effect == GRIDGOV_HOLDER_AGENCY && names) || takes) {
        if (row->kind == GRIDGOV_STEP_DISPATCH || agency != before) {
            push_holder(g);
        }
        g->holder = agency;
    } else if (effect == GRIDGOV_HOLDER_PREVIOUS && g->scratch->holder_count > 0) {
        g->holder = g->scratch->holders[--g->scratch->holder_count];
    } else if (effect == GRIDGOV_HOLDER_NONE) {
        g->scratch->holder_count = 0;
        g->holder = GRIDGOV_NONE;
    }
    if (g->holder != before || row->kind == GRIDGOV_STEP_DISPATCH || !g->has_hold) {
        close_hold(g, row->at, row->kind);
        open_hold(g, row->at, g->holder);
    }
}

/* ---- guards ------------------------------------------------------------------------------- */

static int32_t superior_of(const game *g, int32_t agency) {
    return agency == GRIDGOV_NONE || g->cases->superiors == NULL ? GRIDGOV_NONE
                                                                 : g->cases->superiors[agency];
}

/* Does a case that is passed on skip somebody: from its holder to an agency that stands directly
 * under another one, and not up to the holder's own superior? */
static int skips(const game *g, int32_t agency) {
    const int32_t above = superior_of(g, agency);
    return above != GRIDGOV_NONE && above != g->holder && superior_of(g, g->holder) != agency;
}

static int guard_fails(const game *g, const gg_step_row *row, int32_t agency, int32_t guard) {
    const gg_step_more *more = row->more;
    switch (guard) {
    case GRIDGOV_GUARD_HOLDER:
        return agency != GRIDGOV_NONE && g->holder != GRIDGOV_NONE && agency != g->holder
                   ? GG_RULE_STEP_HOLDER
                   : 0;
    case GRIDGOV_GUARD_NOT_FIRST:
        return g->scratch->holder_count == 0 ? GG_RULE_STEP_FIRST : 0;
    case GRIDGOV_GUARD_LEVEL:
        return more != NULL && more->level > 0 &&
                       more->level < (g->holder == GRIDGOV_NONE ? GRID_LEVEL : AGENCY_LEVEL)
                   ? GG_RULE_STEP_LEVEL
                   : 0;
    case GRIDGOV_GUARD_EXTENSIONS:
        return g->c->extensions >= gridgov_lifecycle_extensions(g->cases->lifecycle)
                   ? GG_RULE_STEP_EXTENSIONS
                   : 0;
    case GRIDGOV_GUARD_ASKED:
        return (row->kind == GRIDGOV_STEP_EXTEND_REFUSE ? g->extensions_asked : g->appeals_asked) ==
                       0
                   ? GG_RULE_STEP_ASKED
                   : 0;
    case GRIDGOV_GUARD_CREATOR:
        return more != NULL && more->role != GRIDGOV_ROLE_UNKNOWN &&
                       more->role != GRIDGOV_ROLE_REPORTER
                   ? GG_RULE_STEP_CREATOR
                   : 0;
    case GRIDGOV_GUARD_DIRECT:
        return skips(g, agency) ? GG_RULE_STEP_DIRECT : 0;
    default:
        return 0;
    }
}

/* The transition a step takes, or the rule that refuses it. */
static int32_t judge(const game *g, const gg_step_row *row, int32_t agency,
                     gridgov_lifecycle_transition *transition) {
    const gridgov_lifecycle *lifecycle = g->cases->lifecycle;
    gridgov_error problem;
    int32_t index;
    if (gridgov_lifecycle_check(&index, lifecycle, g->c->state, row->kind,
                                row->more == NULL ? GRIDGOV_ROLE_UNKNOWN : row->more->role,
                                row->reason->text, &problem) != GRIDGOV_OK) {
        return problem.rule;
    }
    if ((row->kind == GRIDGOV_STEP_MERGE || row->kind == GRIDGOV_STEP_SPLIT) && row->more != NULL &&
        strcmp(row->more->other_event, g->c->event->id) == 0) {
        return GG_RULE_STEP_ITSELF;
    }
    transition->struct_size = sizeof *transition;
    (void)gridgov_lifecycle_transition_at(transition, lifecycle, index);
    for (int32_t guard = GRIDGOV_GUARD_HOLDER; guard <= GRIDGOV_GUARD_DIRECT; guard++) {
        if (transition->guards >> guard & 1) {
            const int32_t rule = guard_fails(g, row, agency, guard);
            if (rule != 0) {
                return rule;
            }
        }
    }
    return 0;
}

/* ---- what a step does --------------------------------------------------------------------- */

static void first_time(gridgov_time *known, gridgov_time at) {
    *known = *known == GRIDGOV_NO_TIME ? at : *known;
}

/* When a suspension that begins ends by itself. */
static gridgov_time pause_end(const game *g, const gg_step_row *row) {
    const int32_t days = gridgov_lifecycle_suspension_days(g->cases->lifecycle);
    gridgov_time end = days == 0 || row->at > INT64_MAX - (int64_t)days * DAY
                           ? INT64_MAX
                           : row->at + (int64_t)days * DAY;
    if (row->more != NULL && row->more->until != GRIDGOV_NO_TIME && row->more->until < end) {
        end = row->more->until < row->at ? row->at : row->more->until;
    }
    return end;
}

/* Counts and times that hang on the kind of step alone. */
static void note_step(game *g, const gg_step_row *row, int32_t agency) {
    gg_case_row *c = g->c;
    switch (row->kind) {
    case GRIDGOV_STEP_ACCEPT:
    case GRIDGOV_STEP_FILE:
        first_time(&c->accepted_at, row->at);
        break;
    case GRIDGOV_STEP_DISPATCH:
        first_time(&c->dispatched_at, row->at);
        first_time(&c->passed_at, row->at);
        c->dispatches++;
        break;
    case GRIDGOV_STEP_ACKNOWLEDGE:
        first_time(&c->acknowledged_at, row->at);
        first_time(&g->cases->holds[g->cases->hold_count - 1].acknowledged_at, row->at);
        break;
    case GRIDGOV_STEP_RETURN:
        c->returns++;
        break;
    case GRIDGOV_STEP_TIMEOUT:
        c->timeouts++;
        break;
    case GRIDGOV_STEP_HANDLE:
    case GRIDGOV_STEP_FEEDBACK:
        c->handled_at = row->derived ? c->handled_at : row->at;
        if (agency != GRIDGOV_NONE) {
            first_time(&c->passed_at, row->at);
            c->self_found |= !row->derived && c->dispatches == 0;
        }
        break;
    case GRIDGOV_STEP_REWORK:
        c->reworks++;
        break;
    case GRIDGOV_STEP_REOPEN:
        c->reopens++;
        break;
    case GRIDGOV_STEP_SUSPEND:
        c->suspended = 1;
        g->resumes_at = pause_end(g, row);
        break;
    case GRIDGOV_STEP_RESUME:
        c->suspended = 0;
        g->resumes_at = INT64_MAX;
        break;
    default:
        break;
    }
}

/* The rest of them: limits, urging, appeals, categories. */
static void note_order(game *g, const gg_step_row *row) {
    gg_case_row *c = g->c;
    const gg_step_more *more = row->more;
    switch (row->kind) {
    case GRIDGOV_STEP_EXTEND_ASK:
        g->extensions_asked++;
        break;
    case GRIDGOV_STEP_EXTEND:
        c->extensions++;
        g->extensions_asked -= g->extensions_asked > 0;
        break;
    case GRIDGOV_STEP_EXTEND_REFUSE:
        g->extensions_asked--;
        break;
    case GRIDGOV_STEP_URGE:
        c->urges++;
        c->card = more != NULL && more->card > c->card ? more->card : c->card;
        break;
    case GRIDGOV_STEP_APPEAL:
        g->appeals_asked++;
        c->appeal = GRIDGOV_STEP_APPEAL;
        break;
    case GRIDGOV_STEP_APPEAL_GRANT:
    case GRIDGOV_STEP_APPEAL_REFUSE:
        g->appeals_asked--;
        c->appeal = row->kind;
        break;
    case GRIDGOV_STEP_RECATEGORISE:
        if (more != NULL && more->category != NULL && more->category->category != GRIDGOV_NONE) {
            c->category = (int32_t)more->category->category;
        }
        break;
    default:
        break;
    }
}

/* Go where the transition leads. */
static void enter_state(game *g, const gg_step_row *row, int32_t to) {
    gg_case_row *c = g->c;
    const int32_t before = c->state;
    if (to == GRIDGOV_LIFECYCLE_STAY) {
        return;
    }
    if (to == GRIDGOV_LIFECYCLE_BACK) {
        to = g->before_pause;
    }
    const int32_t class = gg_case_class(g->cases, to);
    if (class == GRIDGOV_STATE_SUSPENDED) {
        g->before_pause = before;
    } else if (gg_case_class(g->cases, before) == GRIDGOV_STATE_SUSPENDED) {
        g->resumes_at = INT64_MAX;
    }
    c->state = (int8_t)to;
    c->state_since = row->at;
    c->closed_at = class == GRIDGOV_STATE_CLOSED ? row->at : GRIDGOV_NO_TIME;
    c->ended_at = class == GRIDGOV_STATE_ENDED ? row->at : GRIDGOV_NO_TIME;
    c->reason = GRIDGOV_NONE;
    if (class == GRIDGOV_STATE_CLOSED || class == GRIDGOV_STATE_ENDED) {
        c->reason = (int8_t)gridgov_lifecycle_reason_find(g->cases->lifecycle, row->reason->text,
                                                          strlen(row->reason->text));
    }
    if (class == GRIDGOV_STATE_CLOSED) {
        first_time(&c->first_closed_at, row->at);
    }
}

static void write_step(game *g, const gg_step_row *row, int64_t step, int32_t agency,
                       int32_t before, int32_t rule) {
    gridgov_cases *cases = g->cases;
    if (gg_grow((void **)&cases->steps, cases->step_count, &cases->step_capacity,
                sizeof *cases->steps) ||
        (rule != 0 && gg_grow((void **)&cases->findings, cases->finding_count,
                              &cases->finding_capacity, sizeof *cases->findings))) {
        g->failed = 1;
        return;
    }
    if (rule != 0) {
        cases->findings[cases->finding_count++] =
            (gg_case_finding){g->index, (int64_t)cases->step_count - g->c->first_step};
    }
    cases->steps[cases->step_count++] = (gg_case_step){.step = step,
                                                       .at = row->at,
                                                       .agency = agency,
                                                       .holder = g->holder,
                                                       .rule = (int16_t)rule,
                                                       .kind = row->kind,
                                                       .derived = row->derived,
                                                       .before = (int8_t)before,
                                                       .after = g->c->state};
}

static void play_step(game *g, const gg_step_row *row, int64_t step) {
    gridgov_lifecycle_transition transition;
    const int32_t agency = (int32_t)row->agency->agency;
    const int32_t before = g->c->state;
    const int32_t rule = judge(g, row, agency, &transition);
    if (rule == 0) {
        enter_state(g, row, transition.to);
        const int32_t class = gg_case_class(g->cases, g->c->state);
        if (class == GRIDGOV_STATE_CLOSED || class == GRIDGOV_STATE_ENDED) {
            close_hold(g, row->at, row->kind);
        } else {
            move_holder(g, row, agency, transition.holder);
        }
        if (!g->failed) {
            note_step(g, row, agency);
            note_order(g, row);
        }
    }
    write_step(g, row, step, agency, before, rule);
}

/* End a suspension that is over before or at a moment. */
static void resume_by(game *g, gridgov_time at) {
    if (g->resumes_at > at || gg_case_class(g->cases, g->c->state) != GRIDGOV_STATE_SUSPENDED) {
        return;
    }
    const gridgov_ledger *ledger = g->cases->ledger;
    const gg_step_row row = {.event_id = g->c->event->id,
                             .agency = ledger->no_name,
                             .reason = ledger->no_name,
                             .at = g->resumes_at,
                             .recorded_at = GRIDGOV_NO_TIME,
                             .event = g->index,
                             .newer = GRIDGOV_NONE,
                             .kind = GRIDGOV_STEP_RESUME,
                             .derived = 1};
    play_step(g, &row, GRIDGOV_NONE);
}

/* A row that says "closed" and gives no time, where the log does not say otherwise. */
static void close_by_word(game *g, const log_words *words) {
    const gg_event_row *event = g->c->event;
    const gg_step_row row = {.event_id = event->id,
                             .agency = g->cases->ledger->no_name,
                             .reason = g->cases->ledger->no_name,
                             .at = GRIDGOV_NO_TIME,
                             .recorded_at = GRIDGOV_NO_TIME,
                             .event = g->index,
                             .newer = GRIDGOV_NONE,
                             .kind = GRIDGOV_STEP_CLOSE,
                             .derived = 1};
    const int32_t class = gg_case_class(g->cases, g->c->state);
    if (event->closed == GRIDGOV_TRI_YES && event->closed_at == GRIDGOV_NO_TIME &&
        words->turned == GRIDGOV_NO_TIME && !words->closes_later && class != GRIDGOV_STATE_CLOSED &&
        class != GRIDGOV_STATE_ENDED) {
        play_step(g, &row, GRIDGOV_NONE);
    }
}

int gg_case_play(gridgov_cases *cases, gg_case_scratch *scratch, int64_t index) {
    gg_case_row *c = &cases->rows[index];
    log_words words = {.turned = GRIDGOV_NO_TIME};
    game g = {.cases = cases,
              .scratch = scratch,
              .c = c,
              .index = index,
              .resumes_at = INT64_MAX,
              .before_pause = GRIDGOV_LIFECYCLE_START,
              .holder = GRIDGOV_NONE};
    const gg_event_row *event = gg_event_known(cases->ledger, index, cases->known_by);
    *c = (gg_case_row){.event = event != NULL && event->reported_at <= cases->as_of ? event : NULL,
                       .first_step = (int64_t)cases->step_count,
                       .first_hold = (int64_t)cases->hold_count,
                       .first_finding = (int64_t)cases->finding_count,
                       .accepted_at = GRIDGOV_NO_TIME,
                       .dispatched_at = GRIDGOV_NO_TIME,
                       .acknowledged_at = GRIDGOV_NO_TIME,
                       .passed_at = GRIDGOV_NO_TIME,
                       .handled_at = GRIDGOV_NO_TIME,
                       .first_closed_at = GRIDGOV_NO_TIME,
                       .closed_at = GRIDGOV_NO_TIME,
                       .ended_at = GRIDGOV_NO_TIME,
                       .state_since = GRIDGOV_NO_TIME,
                       .agency = GRIDGOV_NONE,
                       .category = GRIDGOV_NONE,
                       .reason = GRIDGOV_NONE,
                       .state = GRIDGOV_LIFECYCLE_START};
    if (c->event == NULL) {
        return 0;
    }
    c->category = (int32_t)event->category->category;
    c->suspended = event->suspended == GRIDGOV_TRI_YES;
    scratch->move_count = scratch->holder_count = 0;
    if (collect_log(&g, &words) || collect_derived(&g, &words)) {
        return -1;
    }
    for (size_t i = 0; i < scratch->move_count && !g.failed; i++) {
        resume_by(&g, scratch->moves[i].row.at);
        play_step(&g, &scratch->moves[i].row, scratch->moves[i].step);
    }
    resume_by(&g, cases->as_of);
    close_by_word(&g, &words);
    c->agency = g.holder;
    return g.failed ? -1 : 0;
}

void gg_case_scratch_release(gg_case_scratch *scratch) {
    gg_free(scratch->moves);
    gg_free(scratch->holders);
}
