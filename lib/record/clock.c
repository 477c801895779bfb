/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks of a case.
 *
 * The played steps cut a case's life into segments, each with one state and one holder. A clock is
 * a window over them: what was open in it counts, what was suspended counts as a pause, and what
 * lies between a closing and a reopening counts as neither. Every span of a holder begins and ends
 * at a step, so the windows of the spans cut no segment in two, and their seconds add up to the
 * total exactly, by whatever rosters they are measured. */
#include "case_model.h"

#include "base/error.h"

int gg_segment_next(gg_segment *segment, size_t *place, const gridgov_cases *cases, int64_t c) {
    const size_t count = (size_t)(cases->rows[c + 1].first_step - cases->rows[c].first_step);
    while (*place < count) {
        const size_t i = (*place)++;
        const gg_case_step *steps = &cases->steps[cases->rows[c].first_step];
        const int lasts = i + 1 == count;
        if (steps[i].after == GRIDGOV_LIFECYCLE_START) {
            continue;
        }
        *segment = (gg_segment){.from = steps[i].at,
                                .to = !lasts                      ? steps[i + 1].at
                                      : cases->as_of == INT64_MAX ? GRIDGOV_NO_TIME
                                                                  : cases->as_of,
                                .class = gg_case_class(cases, steps[i].after),
                                .holder = steps[i].holder,
                                .lasts = lasts};
        return 1;
    }
    return 0;
}

const gridgov_roster *gg_case_roster(const gridgov_cases *cases, int64_t agency) {
    const gridgov_roster *own = agency == GRIDGOV_NONE || cases->agency_rosters == NULL
                                    ? NULL
                                    : cases->agency_rosters[agency];
    return own != NULL ? own : cases->roster;
}

/* Is a case of this class open, so that its clock may run? */
static int is_open(int32_t class) {
    return class != GRIDGOV_STATE_CLOSED && class != GRIDGOV_STATE_ENDED;
}

/* Add working seconds; a result that is not known stays so. */
static void add_work(int64_t *sum, const gridgov_cases *cases, const gg_segment *segment,
                     gridgov_time from, gridgov_time to) {
    const gridgov_roster *roster = gg_case_roster(cases, segment->holder);
    int64_t seconds = 0;
    if (roster == NULL || *sum == GRIDGOV_NO_TIME ||
        gridgov_worktime_between(&seconds, roster, GRIDGOV_LIMIT_WORK_MINUTES, from, to, NULL) !=
            GRIDGOV_OK) {
        *sum = GRIDGOV_NO_TIME;
        return;
    }
    *sum += seconds;
}

/* Measure a window [from, to) of a case; to GRIDGOV_NO_TIME is an end that is not known. */
static void measure(gridgov_case_clock *clock, const gridgov_cases *cases, int64_t c) {
    gg_segment segment;
    size_t place = 0;
    clock->wall_seconds = clock->work_seconds = clock->paused_seconds = 0;
    while (gg_segment_next(&segment, &place, cases, c)) {
        const gridgov_time from = segment.from > clock->from ? segment.from : clock->from;
        gridgov_time to = segment.to;
        if (!is_open(segment.class) || segment.from == GRIDGOV_NO_TIME) {
            continue;
        }
        if (clock->to != GRIDGOV_NO_TIME && (to == GRIDGOV_NO_TIME || to > clock->to)) {
            to = clock->to;
        }
        if (to == GRIDGOV_NO_TIME) {
            clock->wall_seconds = clock->work_seconds = GRIDGOV_NO_TIME;
            clock->paused_seconds = GRIDGOV_NO_TIME;
            return;
        }
        if (to <= from) {
            continue;
        }
        if (segment.class == GRIDGOV_STATE_SUSPENDED) {
            clock->paused_seconds += to - from;
        } else {
            clock->wall_seconds += to - from;
            add_work(&clock->work_seconds, cases, &segment, from, to);
        }
    }
}

/* Is a step an answer to the report? */
static int is_response(const gg_case_step *step) {
    switch (step->kind) {
    case GRIDGOV_STEP_REPORT:
    case GRIDGOV_STEP_URGE:
    case GRIDGOV_STEP_APPEAL:
    case GRIDGOV_STEP_RATE:
    case GRIDGOV_STEP_RESUME:
        return 0;
    case GRIDGOV_STEP_HANDLE:
        return step->rule == 0 && !step->derived;
    default:
        return step->rule == 0;
    }
}

/* Where the clock of the response stops; GRIDGOV_NO_TIME if nobody has answered, or when is not
 * known. */
static gridgov_time response_at(int *answered, const gridgov_cases *cases, int64_t c) {
    *answered = 0;
    for (int64_t i = cases->rows[c].first_step; i < cases->rows[c + 1].first_step; i++) {
        if (is_response(&cases->steps[i])) {
            *answered = 1;
            return cases->steps[i].at;
        }
    }
    return GRIDGOV_NO_TIME;
}

/* Where a case begins: with the report that was played, which the log may date otherwise than the
 * row. */
static gridgov_time begin_of(const gridgov_cases *cases, const gg_case_row *row) {
    return row[1].first_hold > row->first_hold ? cases->holds[row->first_hold].from
                                               : row->event->reported_at;
}

/* A clock that has not stopped runs to as_of. */
static void run_on(gridgov_case_clock *clock, const gridgov_cases *cases, int runs) {
    clock->running = runs;
    if (runs && cases->as_of != INT64_MAX) {
        clock->to = cases->as_of;
    }
}

gridgov_status gridgov_case_clock_at(gridgov_case_clock *clock_out, const gridgov_cases *cases,
                                     int64_t c, int64_t index) {
    if (clock_out == NULL || cases == NULL) {
        return GRIDGOV_EARG;
    }
    if (c < 0 || c >= (int64_t)cases->count || cases->rows[c].event == NULL || index < 0) {
        return GRIDGOV_END;
    }
    const gg_case_row *row = &cases->rows[c];
    const int open = is_open(gg_case_class(cases, row->state));
    gridgov_case_clock full = {.clock = index < GRIDGOV_CLOCK_HOLDER - 1 ? (int32_t)index + 1
                                                                         : GRIDGOV_CLOCK_HOLDER,
                               .agency = GRIDGOV_NONE,
                               .hold = GRIDGOV_NONE,
                               .from = begin_of(cases, row),
                               .to = GRIDGOV_NO_TIME};
    int answered;
    switch (full.clock) {
    case GRIDGOV_CLOCK_RESPONSE:
        full.to = response_at(&answered, cases, c);
        run_on(&full, cases, !answered && open);
        break;
    case GRIDGOV_CLOCK_FIRST_CLOSE:
        full.to = row->first_closed_at;
        run_on(&full, cases, full.to == GRIDGOV_NO_TIME && open);
        break;
    case GRIDGOV_CLOCK_TOTAL:
        full.to = row->closed_at != GRIDGOV_NO_TIME ? row->closed_at : row->ended_at;
        run_on(&full, cases, open);
        break;
    default: {
        const int64_t hold = row->first_hold + index - (GRIDGOV_CLOCK_HOLDER - 1);
        if (hold >= row[1].first_hold) {
            return GRIDGOV_END;
        }
        full.agency = cases->holds[hold].agency;
        full.hold = hold - row->first_hold;
        full.from = cases->holds[hold].from;
        full.to = cases->holds[hold].to;
        run_on(&full, cases, cases->holds[hold].ended_by == 0);
        break;
    }
    }
    measure(&full, cases, c);
    return gg_view_copy(clock_out, &full, sizeof full) ? GRIDGOV_EARG : GRIDGOV_OK;
}
