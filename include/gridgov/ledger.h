/* SPDX-License-Identifier: Apache-2.0 */
/** @file ledger.h
 *  Everything that happened: events, the steps of their life, and activities (leave, patrol days,
 *  visits, reports, maintenance, adjustments). Rows go in any order; sealing sorts them, links
 *  steps to events and derives the steps that a flat row implies (marked as derived). A sealed
 *  ledger is immutable and can be counted; the same rows in any order give the same digest.
 *
 *  What a ledger was *not told* differs from what did not happen: gridgov_ledger_cover() says which
 *  sources and fields were supplied at all. A count over an uncovered source is unknown, not zero.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int one_event(gridgov_ledger *ledger, gridgov_time reported, gridgov_error *err) {
 *      gridgov_event event = {.struct_size = sizeof event};
 *      gridgov_event_init(&event, sizeof event);
 *      event.id = "SJ1";
 *      event.category_name = "城市管理";
 *      event.reported_at = reported;
 *      return gridgov_ledger_add_event(NULL, ledger, &event, GRIDGOV_ON_DUPLICATE_FAIL, err);
 *  }
 *  @endcode */
#ifndef GRIDGOV_LEDGER_H
#define GRIDGOV_LEDGER_H

#include <gridgov/codes.h>
#include <gridgov/issues.h>
#include <gridgov/taxonomy.h>
#include <gridgov/units.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A ledger. */
typedef struct gridgov_ledger gridgov_ledger;

/** One event. As input its text is copied; as output it is borrowed. */
typedef struct gridgov_event {
    uint32_t struct_size;       /**< sizeof(gridgov_event), set by the caller */
    int32_t disposition;        /**< GRIDGOV_DISPOSITION_* */
    int32_t overdue;            /**< GRIDGOV_TRI_*: the source's own verdict (是否超时) */
    int32_t self_handled;       /**< GRIDGOV_TRI_*: reported and fixed at once (自处置) */
    int32_t suspended;          /**< GRIDGOV_TRI_*: 缓办, leaves the closure denominator */
    int32_t opening;            /**< 1: an opening case, carried over from an earlier period */
    int32_t closed;             /**< GRIDGOV_TRI_*: what the source says; a closed_at means yes */
    int32_t closure_doubted;    /**< 1: its row gave a time of closure that cannot be, so closed_at
                                     is not set */
    const char *id;             /**< event number, unique, 1 … 64 bytes */
    const char *category_name;  /**< as printed; may be "" */
    const char *agency_name;    /**< agency that handles, as printed; "" if none or unknown */
    const char *place;          /**< free text; may be "" */
    int64_t category;           /**< out: index into the ledger's categories; 未分类 has one too */
    int64_t agency;             /**< out: index into the ledger's agencies; GRIDGOV_NONE if "" */
    int64_t unit;               /**< index of the grid or other unit; GRIDGOV_NONE: the street
                                     itself */
    gridgov_time reported_at;   /**< required */
    gridgov_time dispatch_due_at; /**< needs passing on by then; GRIDGOV_NO_TIME: need not be passed
                                       on */
    gridgov_time due_at;        /**< limit; GRIDGOV_NO_TIME unknown */
    gridgov_time closed_at;     /**< GRIDGOV_NO_TIME open or unknown */
    int64_t source_row;         /**< row of the source table, for evidence; 0 unknown */
    int32_t lat_e7;             /**< latitude, CGCS2000 or WGS-84, degrees · 10⁷, ±90°;
                                     ::GRIDGOV_NO_DEGREES unknown */
    int32_t lon_e7;             /**< longitude, ±180°; unknown together with the latitude */
    gridgov_time recorded_at;   /**< when this row was recorded; GRIDGOV_NO_TIME: as it was reported */
    int64_t versions;           /**< out: rows kept of this number, this one included */
    const char *condition;      /**< under which it is filed (立案条件), for its limits; may be "" */
    const char *persons;        /**< who was concerned, as reported; several are separated by 、 or ;
                                     "" not told */
    const char *cause;          /**< why it happened; "" not told */
    const char *course;         /**< how it went; "" not told */
    const char *result;         /**< what came of it; "" not told */
} gridgov_event;

/** One step of an event's life. */
typedef struct gridgov_step {
    uint32_t struct_size;      /**< sizeof(gridgov_step), set by the caller */
    int32_t kind;              /**< GRIDGOV_STEP_* */
    int32_t derived;           /**< out: 1 if derived from a flat row */
    int32_t reserved;          /**< 0 */
    const char *event_id;      /**< the event's number */
    const char *agency_name;   /**< agency that receives or acts; "" if none */
    const char *reason;        /**< may be "" */
    int64_t event;             /**< out: index of the event */
    int64_t agency;            /**< out: index into the ledger's agencies; GRIDGOV_NONE */
    gridgov_time at;           /**< when it happened */
    gridgov_time recorded_at;  /**< when it was recorded; GRIDGOV_NO_TIME: as it happened */
    int64_t source_row;        /**< 0 unknown */
    const char *key;           /**< the step's own number in its source, at most 64 bytes; "" none.
                                    Steps of one event and key are versions of one step */
    const char *actor;         /**< who took it, as printed; may be "" */
    const char *other_event;   /**< merge: the event it goes on in; split: the one split off */
    const char *category_name; /**< recategorise: the new category; else "" */
    int64_t category;          /**< out: its index; GRIDGOV_NONE */
    int64_t newer;             /**< out: the version recorded next; GRIDGOV_NONE: none, this counts */
    gridgov_time until;        /**< extend, relimit: the new limit; suspend: its end; dispatch: to be
                                    acknowledged by then; GRIDGOV_NO_TIME */
    int32_t role;              /**< GRIDGOV_ROLE_* of who took it */
    int32_t card;              /**< urge: GRIDGOV_CARD_* */
    int32_t level;             /**< tier of who took it, 1 grid … 4 district; 0 unknown */
    int32_t table;             /**< where source_row is: GRIDGOV_TABLE_STEPS (0 too), _OPENING_STEPS,
                                    or _EVENTS, _OPENING: the event's own row, added just before,
                                    tells the step, which goes when that row is replaced */
} gridgov_step;

/** One activity. Which fields count depends on the kind (codes.h, GRIDGOV_ACTIVITY_*). */
typedef struct gridgov_activity {
    uint32_t struct_size;  /**< sizeof(gridgov_activity), set by the caller */
    int32_t kind;          /**< GRIDGOV_ACTIVITY_* */
    int64_t unit;          /**< grid; GRIDGOV_NONE where an officer stands for it, or for all grids
                                without their own */
    const char *officer;   /**< officer's code; "" if none */
    const char *key;       /**< visit object, record, adjustment number; indicator or metric code */
    const char *reason;    /**< "UNEXPLAINED": printed by the office without a reason */
    const char *authority; /**< who decided, or the source of a monthly figure */
    gridgov_day day;       /**< patrol day, first day of leave, day of a visit or defect */
    gridgov_day day_to;    /**< first day after a leave */
    gridgov_time at;       /**< when submitted or visited; GRIDGOV_NO_TIME: not */
    gridgov_time due_at;   /**< limit of a report; GRIDGOV_NO_TIME none */
    int64_t amount;        /**< minutes online, −1 unknown; thousandths of a point; the monthly
                                figure; count of defects, 1 for a row that stands for one */
    int64_t distance_m;    /**< metres patrolled; −1 unknown */
    int32_t state;         /**< GRIDGOV_DEFECT_*; GRIDGOV_CELL_* of a monthly figure; leave:
                                GRIDGOV_TRI_* approved */
    int32_t reserved;      /**< 0 */
    int64_t source_row;    /**< 0 unknown */
} gridgov_activity;

/** A point to go back to; opaque but for its size, which stays. */
typedef struct gridgov_ledger_mark {
    int64_t events;     /**< events held, those replaced since included */
    int64_t steps;      /**< steps held */
    int64_t activities; /**< activities held */
    uint64_t coverage;  /**< what was covered */
} gridgov_ledger_mark;

/** Make an empty ledger.
 *  @param[out] out       the ledger; yours to free
 *  @param      taxonomy  kept alive by the ledger; NULL means "as-found"
 *  @param      units     sealed, kept alive by the ledger; NULL means none. Units with officers
 *                        cover GRIDGOV_COVERAGE_OFFICERS
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE units are not sealed; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_new(gridgov_ledger **out,
                                              const gridgov_taxonomy *taxonomy,
                                              const gridgov_units *units, gridgov_error *err);

/** Set an event to "nothing known": times absent, indexes GRIDGOV_NONE, text "".
 *  @param[out] event        the event
 *  @param      struct_size  sizeof *event    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_event_init(gridgov_event *event, size_t struct_size);

/** The same for a step.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_step_init(gridgov_step *step, size_t struct_size);

/** The same for an activity. Its amount is 0: a patrol day whose minutes are not known needs −1.
 *  @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_activity_init(gridgov_activity *activity, size_t struct_size);

/** Say what the rows of a table are called where they come from ("2021-09/steps.csv"), for what later
 *  calls report about them. gridgov_ingest() does so. Where a table has come from two sources, its
 *  rows go by the name of the table again.
 *  @param ledger  not sealed
 *  @param table   GRIDGOV_TABLE_*
 *  @param name    UTF-8; copied
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_set_source(gridgov_ledger *ledger, int32_t table,
                                                     const char *name);

/** The same, to ask; the code of the table ("steps") if nothing was said, "" for no table.
 *  @return borrowed    @threads safe once sealed    @since 0.1 */
GRIDGOV_API const char *gridgov_ledger_source(const gridgov_ledger *ledger, int32_t table);

/** Say that a source or field was supplied.
 *  @param ledger    not sealed
 *  @param coverage  GRIDGOV_COVERAGE_*
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_cover(gridgov_ledger *ledger, int32_t coverage);

/** 1 if a source or field was supplied, 0 if not.    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int32_t gridgov_ledger_covers(const gridgov_ledger *ledger, int32_t coverage);

/** Add an event.
 *  @param[out] replaced_out  1 if an event of the same number was skipped or replaced; may be NULL
 *  @param      ledger        not sealed
 *  @param      event         id and reported_at set, closed_at not before reported_at
 *  @param      on_duplicate  GRIDGOV_ON_DUPLICATE_*
 *  @param[out] err           may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA; GRIDGOV_EFORMAT text is not UTF-8; GRIDGOV_ESTATE;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_add_event(int32_t *replaced_out, gridgov_ledger *ledger,
                                                    const gridgov_event *event,
                                                    int32_t on_duplicate, gridgov_error *err);

/** Add a step; its event may come later.
 *  @return GRIDGOV_OK; GRIDGOV_EDATA; GRIDGOV_EFORMAT; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_add_step(gridgov_ledger *ledger, const gridgov_step *step,
                                                   gridgov_error *err);

/** Add an activity. An officer has one row a patrol day, a grid one required visit an object and
 *  one dispute report: the first stays.
 *  @return GRIDGOV_OK; GRIDGOV_EDATA e.g. an adjustment or deduction without reason or authority,
 *          negative minutes, a second row where one may be; GRIDGOV_EFORMAT; GRIDGOV_ESTATE;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_add_activity(gridgov_ledger *ledger,
                                                       const gridgov_activity *activity,
                                                       gridgov_error *err);

/** Remember how much the ledger holds.
 *  @param[out] mark_out  for gridgov_ledger_rewind() of the same ledger
 *  @param      ledger    any
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_mark_get(gridgov_ledger_mark *mark_out,
                                                   const gridgov_ledger *ledger);

/** Forget everything added since @p mark; replaced events come back.
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE sealed; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_rewind(gridgov_ledger *ledger,
                                                 const gridgov_ledger_mark *mark);

/** Sort, link, derive and finish. Steps without an event are left out and go to @p issues, like
 *  unknown names. Derived, where the log has no step of that kind: the report; the closing, if
 *  closed_at is known; and, for an event with an agency whose log has neither dispatch nor
 *  handling, that agency's handling from the report on. A dispatch is never derived. Steps that
 *  are equal in all but their row are one; of versions that differ, one issue.
 *  @param ledger   not sealed
 *  @param issues   may be NULL
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_seal(gridgov_ledger *ledger, gridgov_issues *issues,
                                               gridgov_error *err);

/** The taxonomy and units given; borrowed; NULL if none.    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_taxonomy *gridgov_ledger_taxonomy(const gridgov_ledger *ledger);
/** See gridgov_ledger_taxonomy().    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_units *gridgov_ledger_units(const gridgov_ledger *ledger);

/** Number of events; 0 for NULL. Events are sorted by (reported_at, id), steps by (event, at, key, given order
 *  of kinds), activities by (kind, unit, officer, day, key, at).    @threads safe once sealed
 *  @since 0.1 */
GRIDGOV_API int64_t gridgov_ledger_event_count(const gridgov_ledger *ledger);
/** See gridgov_ledger_event_count().    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int64_t gridgov_ledger_step_count(const gridgov_ledger *ledger);
/** See gridgov_ledger_event_count().    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int64_t gridgov_ledger_activity_count(const gridgov_ledger *ledger);

/** One event of a sealed ledger.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_ESTATE; GRIDGOV_EARG    @threads safe once sealed
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_event_at(gridgov_event *event_out,
                                                   const gridgov_ledger *ledger, int64_t index);
/** One step of a sealed ledger.
 *  @return as gridgov_ledger_event_at()    @threads safe once sealed    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_step_at(gridgov_step *step_out,
                                                  const gridgov_ledger *ledger, int64_t index);
/** One activity of a sealed ledger.
 *  @return as gridgov_ledger_event_at()    @threads safe once sealed    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_activity_at(gridgov_activity *activity_out,
                                                      const gridgov_ledger *ledger, int64_t index);

/** The steps of one event: indexes [first, first + count).
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_ESTATE; GRIDGOV_EARG    @threads safe once sealed
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_event_steps(int64_t *first_out, int64_t *count_out,
                                                      const gridgov_ledger *ledger, int64_t event);

/** One event as it was known at a time: of its versions recorded by then the one recorded last.
 *  gridgov_ledger_event_at() gives the version that counts today.
 *  @param[out] event_out  the version
 *  @param      ledger     sealed
 *  @param      index      0 … count−1
 *  @param      known_by   inclusive
 *  @return GRIDGOV_OK; GRIDGOV_END no such event, or none of its rows was recorded by then;
 *          GRIDGOV_ESTATE; GRIDGOV_EARG    @threads safe once sealed    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ledger_event_known(gridgov_event *event_out,
                                                      const gridgov_ledger *ledger, int64_t index,
                                                      gridgov_time known_by);

/** Index of the event with a number; GRIDGOV_NONE.    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int64_t gridgov_ledger_event_find(const gridgov_ledger *ledger, const char *id,
                                              size_t size);

/** Categories of a sealed ledger: the taxonomy's in order, then those found only in the data,
 *  sorted by bytes, then 未分类 if an event has none. Spellings that differ in blanks, width or case
 *  are one.
 *  @threads safe once sealed    @since 0.1 */
GRIDGOV_API int64_t gridgov_ledger_category_count(const gridgov_ledger *ledger);
/** Printed name of a category; NULL past the last.
 *  @param      ledger     sealed
 *  @param      index      0 … count−1
 *  @param[out] known_out  1 if the taxonomy knows it or is open; 0 for 未分类; may be NULL
 *  @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_ledger_category_name(const gridgov_ledger *ledger, int64_t index,
                                                     int32_t *known_out);

/** Agencies of a sealed ledger: those of the units in order, then those found only in the data,
 *  sorted by bytes.    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int64_t gridgov_ledger_agency_count(const gridgov_ledger *ledger);
/** Printed name of an agency; NULL past the last. @p known_out is 1 if the units list it, or list
 *  no agency at all.    @threads safe once sealed    @since 0.1 */
GRIDGOV_API const char *gridgov_ledger_agency_name(const gridgov_ledger *ledger, int64_t index,
                                                   int32_t *known_out);

/** SHA-256 over the units and officers, the coverage and all records in sorted order, without row
 *  numbers; 64 hexadecimal digits; "" before sealing.
 *  @return borrowed    @threads safe once sealed    @since 0.1 */
GRIDGOV_API const char *gridgov_ledger_digest(const gridgov_ledger *ledger);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param ledger  may be NULL
 *  @return @p ledger    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_ledger *gridgov_ledger_hold(const gridgov_ledger *ledger);

/** Free a ledger; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_ledger_free(gridgov_ledger *ledger);

#ifdef __cplusplus
}
#endif
#endif
