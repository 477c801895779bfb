/* SPDX-License-Identifier: Apache-2.0 */
/** @file lifecycle.h
 *  The life of a case as a table: in which state which step may be taken, by whom, and where it
 *  leads. The table is data, because offices differ; the built-in life cycle `standard` has the
 *  steps of codes.h with dispatch in two phases (offered, then acknowledged, returned or timed
 *  out), rework, reopening, suspension, extension, merging and 督办. `handover` is for logs in which
 *  whoever acts has taken the case over.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <string.h>
 *  static int may_close(const gridgov_lifecycle *lifecycle, const char *state, gridgov_error *err) {
 *      int32_t to = 0;
 *      int32_t from = gridgov_lifecycle_find(lifecycle, state, strlen(state));
 *      return gridgov_lifecycle_check(&to, lifecycle, from, GRIDGOV_STEP_CLOSE,
 *                                     GRIDGOV_ROLE_UNKNOWN, "", err) == GRIDGOV_OK;
 *  } // if not, err names the steps that are allowed
 *  @endcode
 *
 *  Document `gridgov.lifecycle/1`: `{"schema", "version", "name", "title", "source", "certainty",
 *  "extensions": 2, "suspension_days": 365, "yellow_percent": 80, "ladder": […], "states": […], "reasons": […], "transitions": […]}`.
 *  - A state is `{"code", "name", "title", "class"}`; classes are GRIDGOV_STATE_*. The first one is
 *    where a report leads; a case without a report is in none, written `"start"`.
 *  - A reason is `{"code", "name", "title", "aliases": []}`, at most 63: the words for why a step was
 *    taken. Why a case was closed is none of its states.
 *  - A transition is `{"step", "from": […], "to", "holder", "roles": […], "guards": […],
 *    "reasons": […], "reason_required": false, "source"}`. `from` lists states, classes as `"@held"`,
 *    `"@open"` for every class but closed and ended, or `"start"`. `to` is a state, `"stay"`, or
 *    `"back"`: where the case was before the suspension. `holder` is GRIDGOV_HOLDER_*, guards are
 *    GRIDGOV_GUARD_*. Without roles everybody may; a role that the log does not tell is never held
 *    against a step. With a list of reasons (codes) a step that gives one must give one of these.
 *  - Of two transitions of one step from one state, the first counts whose roles fit.
 *  - `extensions` is how often a limit may be extended; a suspension ends by itself after
 *    `suspension_days`, 0 never. A light is yellow from `yellow_percent` of a limit on.
 *  - A rung of the ladder is `{"code", "name", "title", "stage": "close", "percent": 100, "card":
 *    "yellow"}`: what is due to be done about a case once it has used so much of a limit. The library
 *    names it (case.h) and sends nothing. */
#ifndef GRIDGOV_LIFECYCLE_H
#define GRIDGOV_LIFECYCLE_H

#include <gridgov/codes.h>
#include <gridgov/issues.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A life cycle; immutable and shared freely between threads. */
typedef struct gridgov_lifecycle gridgov_lifecycle;

/** No state: a case that has not been reported. */
#define GRIDGOV_LIFECYCLE_START (-1)
/** Target of a transition that leaves the state as it is. */
#define GRIDGOV_LIFECYCLE_STAY (-2)
/** Target of a transition that goes back to where a suspension began. */
#define GRIDGOV_LIFECYCLE_BACK (-3)

/** One state; pointers are borrowed from the life cycle. */
typedef struct gridgov_lifecycle_state {
    uint32_t struct_size; /**< sizeof(gridgov_lifecycle_state), set by the caller */
    int32_t state_class;  /**< GRIDGOV_STATE_* */
    const char *code;     /**< "offered" */
    const char *name;     /**< "待签收" */
    const char *title;    /**< "offered, not yet acknowledged" */
} gridgov_lifecycle_state;

/** One reason; pointers are borrowed from the life cycle. */
typedef struct gridgov_lifecycle_reason {
    uint32_t struct_size; /**< sizeof(gridgov_lifecycle_reason), set by the caller */
    int32_t reserved;     /**< 0 */
    const char *code;     /**< "not-true" */
    const char *name;     /**< "不属实" */
    const char *title;    /**< "found not to be true" */
} gridgov_lifecycle_reason;

/** One rung of the escalation ladder; pointers are borrowed from the life cycle. */
typedef struct gridgov_lifecycle_rung {
    uint32_t struct_size; /**< sizeof(gridgov_lifecycle_rung), set by the caller */
    int32_t stage;        /**< GRIDGOV_STAGE_* whose limit counts */
    int32_t percent;      /**< of the limit */
    int32_t card;         /**< GRIDGOV_CARD_* that is to be shown; none: a reminder */
    const char *code;     /**< "yellow-card" */
    const char *name;     /**< "黄牌督办" */
    const char *title;    /**< "yellow card" */
} gridgov_lifecycle_rung;

/** One transition out of one state; a rule of the document with three states in `from` is three. */
typedef struct gridgov_lifecycle_transition {
    uint32_t struct_size;    /**< sizeof(gridgov_lifecycle_transition), set by the caller */
    int32_t step;            /**< GRIDGOV_STEP_* */
    int32_t from;            /**< index of the state; GRIDGOV_LIFECYCLE_START */
    int32_t to;              /**< index of the state; GRIDGOV_LIFECYCLE_STAY or _BACK */
    int32_t holder;          /**< GRIDGOV_HOLDER_* */
    int32_t reason_required; /**< 1: not without a reason */
    uint32_t roles;          /**< bit n set: GRIDGOV_ROLE_ n may; 0: everybody */
    uint32_t guards;         /**< bit n set: GRIDGOV_GUARD_ n applies */
    uint64_t reasons;        /**< bit n set: reason n of the life cycle may be given; 0: any text */
    int64_t rule;            /**< index in the document's `transitions` */
} gridgov_lifecycle_transition;

/** Open a built-in life cycle.
 *  @param[out] out        the life cycle; yours to free
 *  @param      name,size  "standard" or "handover"
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_lifecycle_open(gridgov_lifecycle **out, const char *name,
                                                  size_t size, gridgov_error *err);

/** Load a life cycle document.
 *  @param[out] out        the life cycle; yours to free
 *  @param      json,size  UTF-8
 *  @param      issues     takes every problem of the document; may be NULL
 *  @param[out] err        the first problem; may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT no JSON; GRIDGOV_EPOLICY a key or a value breaks the schema;
 *          GRIDGOV_ELIMIT too large; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_lifecycle_load(gridgov_lifecycle **out, const char *json,
                                                  size_t size, gridgov_issues *issues,
                                                  gridgov_error *err);

/** Name of the life cycle.    @return borrowed; "" for NULL    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_lifecycle_name(const gridgov_lifecycle *lifecycle);

/** SHA-256 over what the life cycle says (not over its spelling), 64 hexadecimal digits.
 *  @return borrowed; "" for NULL    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_lifecycle_digest(const gridgov_lifecycle *lifecycle);

/** How often a limit may be extended; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_lifecycle_extensions(const gridgov_lifecycle *lifecycle);

/** After how many days a suspension ends by itself; 0 never, and for NULL.    @threads safe
 *  @since 0.1 */
GRIDGOV_API int32_t gridgov_lifecycle_suspension_days(const gridgov_lifecycle *lifecycle);

/** From which percentage of a limit on a light is yellow; 100 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_lifecycle_yellow_percent(const gridgov_lifecycle *lifecycle);

/** Number of states.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_lifecycle_state_count(const gridgov_lifecycle *lifecycle);

/** One state, in the order of the document.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_lifecycle_state_at(gridgov_lifecycle_state *state_out,
                                                      const gridgov_lifecycle *lifecycle,
                                                      int64_t index);

/** Index of a state by code or name.
 *  @return the index; GRIDGOV_LIFECYCLE_START if there is none    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_lifecycle_find(const gridgov_lifecycle *lifecycle, const char *text,
                                           size_t size);

/** Number of transitions.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_lifecycle_transition_count(const gridgov_lifecycle *lifecycle);

/** One transition, sorted by (from, step, rule).
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status
gridgov_lifecycle_transition_at(gridgov_lifecycle_transition *transition_out,
                                const gridgov_lifecycle *lifecycle, int64_t index);

/** Number of reasons.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_lifecycle_reason_count(const gridgov_lifecycle *lifecycle);

/** One reason, in the order of the document.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_lifecycle_reason_at(gridgov_lifecycle_reason *reason_out,
                                                       const gridgov_lifecycle *lifecycle,
                                                       int64_t index);

/** Index of the reason that a text names by code, name or alias; blanks do not count.
 *  @return the index; GRIDGOV_NONE    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_lifecycle_reason_find(const gridgov_lifecycle *lifecycle,
                                                  const char *text, size_t size);

/** Number of rungs of the ladder.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_lifecycle_rung_count(const gridgov_lifecycle *lifecycle);

/** One rung, in the order of the document.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_lifecycle_rung_at(gridgov_lifecycle_rung *rung_out,
                                                     const gridgov_lifecycle *lifecycle,
                                                     int64_t index);

/** The steps that some role may take in a state, bit n for GRIDGOV_STEP_ n.
 *  @param lifecycle  any
 *  @param state      index of a state; GRIDGOV_LIFECYCLE_START
 *  @return the set; 0 for NULL or another state    @threads safe    @since 0.1 */
GRIDGOV_API uint64_t gridgov_lifecycle_allowed(const gridgov_lifecycle *lifecycle, int32_t state);

/** Whether a step may be taken, and by which transition; guards, which need the case, are left to
 *  case.h. A refusal says what is allowed, and why not this.
 *  @param[out] transition_out  index of the transition; GRIDGOV_NONE on refusal; may be NULL
 *  @param      lifecycle       any
 *  @param      state           index of a state; GRIDGOV_LIFECYCLE_START
 *  @param      step            GRIDGOV_STEP_*
 *  @param      role            GRIDGOV_ROLE_*
 *  @param      reason          NUL-terminated; "" none
 *  @param[out] err             may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA refused: not in this state, not by this role, not without a
 *          reason, or not for this reason; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_lifecycle_check(int32_t *transition_out,
                                                   const gridgov_lifecycle *lifecycle,
                                                   int32_t state, int32_t step, int32_t role,
                                                   const char *reason, gridgov_error *err);

/** Another hold of the same object; free it once more.
 *  @return @p lifecycle    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_lifecycle *gridgov_lifecycle_hold(const gridgov_lifecycle *lifecycle);

/** Free a life cycle.    @since 0.1 */
GRIDGOV_API void gridgov_lifecycle_free(gridgov_lifecycle *lifecycle);

#ifdef __cplusplus
}
#endif
#endif
