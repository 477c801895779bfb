/* SPDX-License-Identifier: Apache-2.0 */
/** @file case.h
 *  Cases: what became of each event of a ledger, seen from a moment. `as_of` says what may have
 *  happened by then, `known_by` what may have been recorded by then; a bulletin of September asks
 *  for both, so that nothing recorded in October rewrites it. The steps of each event are played
 *  through a life cycle (lifecycle.h). A step that is not allowed changes nothing, becomes a
 *  finding, and stops neither its case nor any other.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t open_cases(const gridgov_ledger *ledger, gridgov_time as_of, gridgov_error *err) {
 *      gridgov_cases_options options = {.struct_size = sizeof options};
 *      gridgov_case view = {.struct_size = sizeof view};
 *      gridgov_cases *cases = NULL;
 *      int64_t open = 0;
 *      gridgov_cases_options_init(&options, sizeof options);
 *      options.as_of = as_of;
 *      if (gridgov_cases_run(&cases, ledger, &options, NULL, NULL, err) == GRIDGOV_OK) {
 *          for (int64_t i = 0; gridgov_case_at(&view, cases, i) == GRIDGOV_OK; i++) {
 *              open += view.known && !view.closed && !view.ended;
 *          }
 *      }
 *      gridgov_cases_free(cases);
 *      return open;
 *  }
 *  @endcode
 *
 *  A case has the index of its event. What a flat row implies is played like the log: a report, a
 *  handling by its agency, a closing; such steps are marked as derived. A suspension that its own
 *  end or the life cycle's limit ends is resumed by a derived step. */
#ifndef GRIDGOV_CASE_H
#define GRIDGOV_CASE_H

#include <gridgov/job.h>
#include <gridgov/ledger.h>
#include <gridgov/lifecycle.h>
#include <gridgov/worktime.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The cases of a ledger at a moment; immutable. */
typedef struct gridgov_cases gridgov_cases;

/** From where to look. */
typedef struct gridgov_cases_options {
    uint32_t struct_size;   /**< sizeof(gridgov_cases_options) */
    int32_t reserved;       /**< 0 */
    gridgov_time as_of;     /**< what happened by then, inclusive; GRIDGOV_NO_TIME: everything */
    gridgov_time known_by;  /**< what was recorded by then, inclusive; GRIDGOV_NO_TIME: as_of.
                                 INT64_MAX: whatever was recorded later */
    const gridgov_lifecycle *lifecycle; /**< kept alive by the cases; NULL: `standard` */
    const gridgov_roster *roster; /**< sealed, kept alive: the usual working hours; NULL: unknown, and
                                       limits that need them are not evaluable */
    const gridgov_roster *const *rosters; /**< others, which limits name; sealed, kept alive */
    int64_t roster_count;                 /**< of @p rosters */
    const char *const *agency_names;      /**< agencies with hours of their own */
    const gridgov_roster *const *agency_rosters; /**< those hours; sealed, kept alive */
    int64_t agency_count; /**< of both; a name that the ledger does not know is left out */
} gridgov_cases_options;

/** One case. Times are GRIDGOV_NO_TIME where a thing did not happen or its time is unknown. */
typedef struct gridgov_case {
    uint32_t struct_size;  /**< sizeof(gridgov_case), set by the caller */
    int32_t known;         /**< 1: reported by as_of, and recorded by known_by; 0: there is no such
                                case yet, and nothing below says anything */
    int32_t state;         /**< index of the life cycle's state; GRIDGOV_LIFECYCLE_START */
    int32_t state_class;   /**< GRIDGOV_STATE_*; 0 if not known */
    int32_t closed;        /**< 1: in a state of the class closed */
    int32_t ended;         /**< 1: in a state of the class ended: over without a closing */
    int32_t suspended;     /**< 1: by its latest suspension or resumption, else by its row; also of
                                a case that was closed while it was suspended */
    int32_t opening;       /**< 1: carried over from an earlier period */
    int32_t self_found;    /**< 1: an agency holds or held it without a dispatch before */
    int32_t dispatches;    /**< accepted dispatches */
    int32_t returns;       /**< accepted returns */
    int32_t timeouts;      /**< offers that ran out */
    int32_t reworks;       /**< accepted reworks */
    int32_t reopens;       /**< accepted reopenings */
    int32_t extensions;    /**< extensions granted */
    int32_t urges;         /**< accepted 督办 */
    int32_t card;          /**< highest GRIDGOV_CARD_* among them */
    int32_t appeal;        /**< GRIDGOV_STEP_APPEAL, _APPEAL_GRANT or _APPEAL_REFUSE, whichever came
                                last; 0 none */
    int64_t event;         /**< index of the event, the case's own */
    int64_t unit;          /**< as the event's row known then */
    int64_t category;      /**< index into the ledger's categories, after recategorisations */
    int64_t agency;        /**< who holds it, or held it at the closing: index into the ledger's
                                agencies; GRIDGOV_NONE: the grid or the street itself */
    gridgov_time reported_at;     /**< by the row known then */
    gridgov_time accepted_at;     /**< first acceptance or filing */
    gridgov_time dispatched_at;   /**< first dispatch */
    gridgov_time acknowledged_at; /**< first acknowledgement */
    gridgov_time passed_at;       /**< first moment an agency had it: dispatch, or handling */
    gridgov_time handled_at;      /**< latest handling or feedback that the log records */
    gridgov_time first_closed_at; /**< first closing */
    gridgov_time closed_at;       /**< the closing that stands; unknown if the row only says so */
    gridgov_time ended_at;        /**< when it ended without a closing */
    gridgov_time state_since;     /**< since when it has been in its state */
    int64_t step_count;    /**< steps known, for gridgov_case_step_at() */
    int64_t hold_count;    /**< spans, for gridgov_case_hold_at() */
    int64_t finding_count; /**< steps that were refused */
    int32_t reason;        /**< why it was closed or ended: index for gridgov_lifecycle_reason_at();
                                GRIDGOV_NONE: no reason, or none that the life cycle knows */
    int32_t reserved;      /**< 0 */
} gridgov_case;

/** One limit of a case and how it stands. */
typedef struct gridgov_case_stage {
    uint32_t struct_size;   /**< sizeof(gridgov_case_stage), set by the caller */
    int32_t stage;          /**< GRIDGOV_STAGE_* */
    int32_t basis;          /**< GRIDGOV_BASIS_*: which limit applies, and why */
    int32_t overdue;        /**< GRIDGOV_TRI_*: our verdict; unknown if there is no limit or it
                                 cannot be evaluated. Open at the limit is overdue, done at it is not
                                 */
    int32_t source_overdue; /**< GRIDGOV_TRI_*: what the source says of the whole case */
    int32_t excused;        /**< 1: an appeal was granted; the verdict stays, statistics leave it out
                                 */
    int32_t evaluable;      /**< 0: there is a limit, but no roster or calendar that reaches so far
                                 */
    int32_t light;          /**< GRIDGOV_LIGHT_* */
    int32_t running;        /**< 1: begun and not done */
    int32_t paused;         /**< 1: suspended now, so the clock stands and there is no moment it is
                                 due */
    int32_t kind;           /**< GRIDGOV_LIMIT_*; 0 where only a moment is given */
    int32_t start;          /**< GRIDGOV_START_*; 0 likewise */
    int32_t since;          /**< GRIDGOV_STEP_* that set it off */
    int32_t extensions;     /**< extensions that lengthened it */
    int64_t count;          /**< of the limit's unit, extensions included; 0 likewise */
    int64_t agency;         /**< whose stage: acknowledging, handling; else GRIDGOV_NONE */
    gridgov_time from;      /**< when it was set off; GRIDGOV_NO_TIME: not yet */
    gridgov_time due_at;    /**< last moment in time; GRIDGOV_NO_TIME: none */
    gridgov_time done_at;   /**< GRIDGOV_NO_TIME: not done, or when is unknown */
    int64_t limit_seconds;  /**< on the limit's own clock; GRIDGOV_NO_TIME unknown */
    int64_t used_seconds;   /**< of them, until it was done or as_of, pauses left out;
                                 GRIDGOV_NO_TIME unknown */
} gridgov_case_stage;

/** One clock of a case. Suspensions and the time between a closing and a reopening count neither
 *  here nor there. Seconds are GRIDGOV_NO_TIME where an end is not known. */
typedef struct gridgov_case_clock {
    uint32_t struct_size;   /**< sizeof(gridgov_case_clock), set by the caller */
    int32_t clock;          /**< GRIDGOV_CLOCK_* */
    int64_t agency;         /**< holder; GRIDGOV_NONE: the grid or the street itself, or no holder's
                                 clock */
    int64_t hold;           /**< span, for gridgov_case_hold_at(); GRIDGOV_NONE */
    gridgov_time from;      /**< where it begins */
    gridgov_time to;        /**< where it ends; as_of if it runs */
    int64_t wall_seconds;   /**< on the wall clock */
    int64_t work_seconds;   /**< in working hours, those of who held the case; GRIDGOV_NO_TIME also
                                 without a roster or beyond its calendar */
    int64_t paused_seconds; /**< suspended within it, on the wall clock */
    int32_t running;        /**< 1: it runs at as_of */
    int32_t reserved;       /**< 0 */
} gridgov_case_clock;

/** Something that is due to be done about a case: a rung of the life cycle's ladder that it has
 *  reached and for which the log shows no 督办. The library sends nothing. */
typedef struct gridgov_case_action {
    uint32_t struct_size; /**< sizeof(gridgov_case_action), set by the caller */
    int32_t stage;        /**< GRIDGOV_STAGE_* whose limit it hangs on */
    int32_t percent;      /**< of that limit */
    int32_t card;         /**< GRIDGOV_CARD_* to be shown; none: a reminder */
    int64_t rung;         /**< index for gridgov_lifecycle_rung_at() */
    int64_t agency;       /**< to whom: who holds the case; GRIDGOV_NONE the grid or the street */
    gridgov_time since;   /**< when it became due */
} gridgov_case_action;

/** One step of a case. */
typedef struct gridgov_case_step {
    uint32_t struct_size;  /**< sizeof(gridgov_case_step), set by the caller */
    int32_t kind;          /**< GRIDGOV_STEP_* */
    int32_t derived;       /**< 1: implied by a flat row, or a suspension that ended by itself */
    int32_t accepted;      /**< 0: not allowed, so that nothing changed */
    int32_t rule;          /**< why it was refused; 0 */
    int32_t before;        /**< state before it; GRIDGOV_LIFECYCLE_START */
    int32_t after;         /**< state after it */
    int32_t reserved;      /**< 0 */
    int64_t step;          /**< index into the ledger's steps; GRIDGOV_NONE if the ledger has none
                                for it */
    int64_t agency;        /**< agency it names; GRIDGOV_NONE */
    int64_t holder;        /**< who holds the case after it; GRIDGOV_NONE */
    gridgov_time at;       /**< when; GRIDGOV_NO_TIME: a closing of which only the fact is known */
} gridgov_case_step;

/** One span in which one agency, or the grid itself, held a case. The spans of a case follow each
 *  other; between a closing and a reopening there is none. */
typedef struct gridgov_case_hold {
    uint32_t struct_size;         /**< sizeof(gridgov_case_hold), set by the caller */
    int32_t ended_by;             /**< GRIDGOV_STEP_* that ended it; 0: it lasts */
    int64_t agency;               /**< index into the ledger's agencies; GRIDGOV_NONE: the grid or the
                                       street itself */
    gridgov_time from;            /**< first second */
    gridgov_time acknowledged_at; /**< when it was acknowledged; GRIDGOV_NO_TIME: not, or held
                                       without an offer */
    gridgov_time to;              /**< first second after; GRIDGOV_NO_TIME: it lasts, or its end is
                                       not known */
} gridgov_case_hold;

/** One step that was refused. */
typedef struct gridgov_case_finding {
    uint32_t struct_size; /**< sizeof(gridgov_case_finding), set by the caller */
    int32_t rule;         /**< number of the rule broken, as in @p problem */
    int32_t kind;         /**< GRIDGOV_STEP_* */
    int32_t state;        /**< state it was refused in; GRIDGOV_LIFECYCLE_START */
    uint64_t allowed;     /**< steps the life cycle allows there: bit n for GRIDGOV_STEP_ n */
    int64_t event;        /**< the case */
    int64_t step;         /**< index into the ledger's steps; GRIDGOV_NONE for a derived one */
    int64_t case_step;    /**< index for gridgov_case_step_at() */
    gridgov_error problem; /**< the same in words, with source and row */
} gridgov_case_finding;

/** Set options to their defaults.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_cases_options_init(gridgov_cases_options *options, size_t struct_size);

/** Play every case of a ledger. O(steps).
 *  @param[out] out      the cases; yours to free
 *  @param      ledger   sealed; kept alive by the cases
 *  @param      options  NULL: everything known, by `standard`
 *  @param      issues   takes one issue for each step refused; may be NULL
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK, whatever the steps are like; GRIDGOV_ESTATE; GRIDGOV_ECANCELLED;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_cases_run(gridgov_cases **out, const gridgov_ledger *ledger,
                                             const gridgov_cases_options *options,
                                             gridgov_issues *issues, gridgov_job *job,
                                             gridgov_error *err);

/** The ledger; borrowed.    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_ledger *gridgov_cases_ledger(const gridgov_cases *cases);
/** The life cycle; borrowed.    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_lifecycle *gridgov_cases_lifecycle(const gridgov_cases *cases);
/** What may have happened; INT64_MAX for everything.    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_time gridgov_cases_as_of(const gridgov_cases *cases);
/** What may have been recorded.    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_time gridgov_cases_known_by(const gridgov_cases *cases);

/** Number of cases: one an event, those not known yet included.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_case_count(const gridgov_cases *cases);

/** One case, by the index of its event.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_case_at(gridgov_case *case_out, const gridgov_cases *cases,
                                           int64_t index);

/** One step of a case, in the order they were played; of several versions the one known.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_case_step_at(gridgov_case_step *step_out,
                                                const gridgov_cases *cases, int64_t c,
                                                int64_t index);

/** One span of a case, by time.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_case_hold_at(gridgov_case_hold *hold_out,
                                                const gridgov_cases *cases, int64_t c,
                                                int64_t index);

/** One limit of a case, evaluated. A pause takes its time out of the clock; a deadline that the
 *  source itself gives stands as printed, but for pauses that began after its row was recorded.
 *  Each extension is worth one original limit, unless it gives a moment. Of several offers and
 *  holders it is the last one's: who comes second does not start in debt.
 *  @param[out] stage_out  the limit
 *  @param      cases      any
 *  @param      c          index of the case
 *  @param      stage      GRIDGOV_STAGE_*
 *  @return GRIDGOV_OK, also if there is no limit (basis none); GRIDGOV_END no such case or stage, or
 *          the case is not known yet; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_case_stage_at(gridgov_case_stage *stage_out,
                                                 const gridgov_cases *cases, int64_t c,
                                                 int64_t stage);

/** One clock of a case: the response, the first closing, the total, then one for each span. Those of
 *  the spans add up to the total.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_case_clock_at(gridgov_case_clock *clock_out,
                                                 const gridgov_cases *cases, int64_t c,
                                                 int64_t index);

/** One action that is due about an open case at as_of, in the order of the ladder.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_case_action_at(gridgov_case_action *action_out,
                                                  const gridgov_cases *cases, int64_t c,
                                                  int64_t index);

/** Number of findings over all cases.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_case_finding_count(const gridgov_cases *cases);

/** One finding; by case, then in the order of its steps.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_case_finding_at(gridgov_case_finding *finding_out,
                                                   const gridgov_cases *cases, int64_t index);

/** Another hold of the same object; free it once more.
 *  @return @p cases    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_cases *gridgov_cases_hold(const gridgov_cases *cases);

/** Free cases.    @since 0.1 */
GRIDGOV_API void gridgov_cases_free(gridgov_cases *cases);

#ifdef __cplusplus
}
#endif
#endif
