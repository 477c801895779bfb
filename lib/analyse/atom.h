/* SPDX-License-Identifier: Apache-2.0 */
/* A case ready to be counted. Both ways in, the ledger's cases and the columns of a stream, fill a
 * gg_case; gg_atom_make() turns it into an atom, and every metric then asks the atom alone, so the
 * two ways cannot disagree.
 *
 * An atom is two sets of bits, what holds and what can be told at all, some quantities, and the
 * same for each agency that had a part in the case. A metric is compiled (plan.c) to a few sets of
 * bits more, so that asking costs a handful of instructions. */
#ifndef GG_ATOM_H
#define GG_ATOM_H

#include <gridgov/calendar.h>
#include <gridgov/codes.h>
#include <gridgov/metrics.h>
#include <gridgov/worktime.h>

#include <stddef.h>
#include <stdint.h>

#define GG_BIT(n) (UINT64_C(1) << (n))

/* Bits of an atom: GRIDGOV_CONDITION_* below, and from the top down which time lies in the period.
 */
enum { GG_IN_CLOSE = 59, GG_IN_PERIOD, GG_IN_REPORT, GG_IN_DISPATCH, GG_IN_DUE };
_Static_assert((int)GRIDGOV_CONDITION_ENDED < (int)GG_IN_CLOSE, "conditions and times fit 64 bits");

/* Quantities of an atom: GRIDGOV_QUANTITY_*, and behind them two of each clock of a case. */
#define GG_CLOCKS GRIDGOV_CLOCK_TOTAL /* those of the whole case */
#define GG_CLOCK_QUANTITY(clock, work) (GRIDGOV_QUANTITY_WORK_SECONDS + 2 * (clock)-1 + (work))
#define GG_QUANTITIES (GG_CLOCK_QUANTITY(GG_CLOCKS, 1) + 1)
#define GG_STEPS (GRIDGOV_STEP_RELIMIT + 1)

/* The part of one agency in a case. Times are GRIDGOV_NO_TIME if the step did not happen. */
typedef struct gg_case_link {
    int64_t row;                /* of dimension agency */
    gridgov_time dispatched_at; /* first dispatch to it */
    gridgov_time handled_at;    /* its latest handling or feedback that the log has */
    int32_t dispatches, returns, reworks;
    int8_t acknowledged;
} gg_case_link;

/* What is known of a case at a cut-off. */
typedef struct gg_case {
    int64_t unit_row, category_row;
    gridgov_time reported_at, dispatch_due_at, due_at;
    gridgov_time closed_at;     /* GRIDGOV_NO_TIME: open, or closed at an unknown time */
    gridgov_time dispatched_at; /* first dispatch */
    gridgov_time passed_at;     /* first moment an agency had it */
    gridgov_time handled_at;    /* latest handling or feedback that the log has */
    int32_t disposition, overdue, self_handled; /* as gridgov_event */
    int32_t satisfied;                          /* GRIDGOV_TRI_*: the latest rating */
    int8_t opening, suspended, closed, ended, excused, ping_pong;
    uint32_t steps[GG_STEPS];     /* how many of each kind */
    int64_t clocks[GG_CLOCKS][2]; /* by GRIDGOV_CLOCK_* − 1: seconds that it ran, on the wall and
                                     inside the slots; −1 unknown, or nobody asks */
    gg_case_link *links;
    size_t link_count;
    int64_t holder; /* index of the link that has the case, or had it last; GRIDGOV_NONE */
} gg_case;

/* What the cases of one source are judged by. */
typedef struct gg_atom_frame {
    gridgov_span period;
    gridgov_time as_of;           /* the cut-off of the metrics at hand */
    int has_due, has_closed;      /* the source tells limits, times of closing */
    const gridgov_roster *roster; /* NULL: working time is unknown, or nobody asks */
} gg_atom_frame;

typedef struct gg_atom_link {
    int64_t row;
    uint64_t is, known;
    int64_t quantities[GG_QUANTITIES]; /* by GRIDGOV_QUANTITY_*; −1 unknown */
} gg_atom_link;

typedef struct gg_atom {
    int64_t unit_row, category_row;
    uint64_t is, known; /* is lies within known */
    int32_t disposition;
    int64_t quantities[GG_QUANTITIES];
    gg_atom_link *links; /* room for as many as the case has, the caller's */
    size_t link_count;
} gg_atom;

/* Nothing known: times absent, no links (the array stays). */
void gg_case_clear(gg_case *c);
/* Reduce a case to its atom. */
void gg_atom_make(gg_atom *atom, const gg_case *c, const gg_atom_frame *frame);

#endif
