/* SPDX-License-Identifier: Apache-2.0 */
/** @file replay.h
 *  What the table would be under another policy: months scored once more, each grid's totals,
 *  ranks and indicators held side by side, with the cause of every difference. Months are given as
 *  facts; where a policy counts by other metrics, they are tallied again from the ledger.
 *
 *  The first policy is the one that holds; every other is compared with it. For each of them
 *  indicators or whole groups may be taken out ("without the app's 60 points"): what is taken out
 *  is treated as not assessed, so totals stay out of fewer points, unless they are rescaled to the
 *  full marks of their policy. The bonus is kept as it is, in points, and never rescaled. For every
 *  grid the effects of all differences add up to the difference of the totals, exactly.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int without_app(gridgov_replay **out, const gridgov_facts *month,
 *                         const gridgov_policy *policy, gridgov_error *err) {
 *      const char *const app[] = {"app"};
 *      const gridgov_policy *const policies[] = {policy, policy};
 *      gridgov_replay_options options;
 *      gridgov_replay_options_init(&options, sizeof options);
 *      options.without = app;
 *      options.without_count = 1;
 *      return gridgov_replay_run(out, &month, 1, policies, 2, &options, NULL, err);
 *  }
 *  @endcode */
#ifndef GRIDGOV_REPLAY_H
#define GRIDGOV_REPLAY_H

#include <gridgov/io.h>
#include <gridgov/score.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Months under several policies; immutable. */
typedef struct gridgov_replay gridgov_replay;

/** How to compare. */
typedef struct gridgov_replay_options {
    uint32_t struct_size;       /**< sizeof(gridgov_replay_options) */
    int32_t rescale;            /**< 0: totals stay out of fewer points; 1: points without the bonus
                                     are rescaled to the full marks, rounded half away from zero to a
                                     thousandth, under every policy */
    const char *const *without; /**< codes of groups or indicators to take out of every policy but
                                     the first; NULL: none */
    int64_t without_count;      /**< how many */
} gridgov_replay_options;

/** One grid under the first policy (a) and under another (b); pointers are borrowed. */
typedef struct gridgov_replay_grid {
    uint32_t struct_size;      /**< sizeof(gridgov_replay_grid), set by the caller */
    int32_t state_a;           /**< _VALUE, or _UNKNOWN if nothing was assessed */
    int32_t state_b;           /**< the same */
    int32_t reserved;          /**< 0 */
    int64_t unit;              /**< index of the grid in the units */
    const char *unit_name;     /**< name of the unit above; "" if none */
    const char *grid_name;     /**< "一网格" */
    const char *grid_code;     /**< may be "" */
    gridgov_points total_a;    /**< thousandths */
    gridgov_points total_b;    /**< thousandths */
    gridgov_points out_of_a;   /**< of what the total is; the full marks if rescaled */
    gridgov_points out_of_b;   /**< the same */
    int64_t rank_a;            /**< 1 is best, equal totals share a rank ("1224"); 0 without a total */
    int64_t rank_b;            /**< the same */
    gridgov_points difference; /**< total_b − total_a; 0 unless both have a total */
} gridgov_replay_grid;

/** One indicator of a grid under both; pointers are borrowed. */
typedef struct gridgov_replay_change {
    uint32_t struct_size;    /**< sizeof(gridgov_replay_change), set by the caller */
    int32_t cause;           /**< GRIDGOV_CAUSE_* */
    const char *code;        /**< of the indicator; "bonus", "rescaled" */
    const char *name;        /**< its printed name */
    gridgov_points points_a; /**< points lost under the first policy; 0 where it has none */
    gridgov_points points_b; /**< under the other */
    gridgov_points max_a;    /**< points at stake if it was assessed; else 0 */
    gridgov_points max_b;    /**< the same */
    gridgov_points effect;   /**< what the difference adds to the total: (max_b + points_b) − (max_a +
                                  points_a) */
} gridgov_replay_change;

/** One month under another policy, as a whole. */
typedef struct gridgov_replay_summary {
    uint32_t struct_size;      /**< sizeof(gridgov_replay_summary), set by the caller */
    int32_t retallied;         /**< 1: counted again, by the metrics of the other policy */
    int64_t grids;             /**< grids compared */
    int64_t changed;           /**< whose total differs */
    int64_t moved;             /**< whose rank differs */
    gridgov_points difference; /**< Σ of the differences */
    gridgov_points full_a;     /**< full marks of the first policy */
    gridgov_points full_b;     /**< full marks of the other, what was taken out included */
    gridgov_points left_out;   /**< points at stake that were taken out of the other */
} gridgov_replay_summary;

/** Set options to their defaults: nothing taken out, not rescaled.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_replay_options_init(gridgov_replay_options *options, size_t struct_size);

/** Score months under several policies.
 *  @param[out] out                    the replay; yours to free. It keeps the facts and policies alive
 *  @param      months,month_count     facts, one a month; 1 or more
 *  @param      policies,policy_count  the one that holds, then those it is compared with; 2 or more
 *  @param      options                NULL: the defaults
 *  @param      job                    may be NULL
 *  @param[out] err                    may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND something to take out that no policy has; GRIDGOV_ERANGE;
 *          GRIDGOV_ESTATE other metrics are needed and there is no ledger behind the facts (they were
 *          merged or loaded); GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_replay_run(gridgov_replay **out,
                                              const gridgov_facts *const *months,
                                              int64_t month_count,
                                              const gridgov_policy *const *policies,
                                              int64_t policy_count,
                                              const gridgov_replay_options *options,
                                              gridgov_job *job, gridgov_error *err);

/** Number of months; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_replay_month_count(const gridgov_replay *replay);
/** Number of policies, the first included; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_replay_policy_count(const gridgov_replay *replay);
/** The scorecards of a month under a policy, nothing taken out; borrowed; NULL past the last.
 *  @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_scorecards *gridgov_replay_cards(const gridgov_replay *replay,
                                                           int64_t month, int64_t policy);

/** A month under another policy as a whole.
 *  @param[out] summary_out  the figures
 *  @param      replay       any
 *  @param      month        0 … month_count−1
 *  @param      policy       1 … policy_count−1
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_replay_summary_at(gridgov_replay_summary *summary_out,
                                                     const gridgov_replay *replay, int64_t month,
                                                     int64_t policy);
/** One grid, in published order.
 *  @return as gridgov_replay_summary_at()    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_replay_grid_at(gridgov_replay_grid *grid_out,
                                                  const gridgov_replay *replay, int64_t month,
                                                  int64_t policy, int64_t grid);
/** One indicator of a grid: those of the first policy, then those of the other alone, then the
 *  bonus, then what rescaling did. Those without a difference are listed with GRIDGOV_CAUSE_SAME.
 *  @return as gridgov_replay_summary_at()    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_replay_change_at(gridgov_replay_change *change_out,
                                                    const gridgov_replay *replay, int64_t month,
                                                    int64_t policy, int64_t grid, int64_t index);

/** Everything that differs as `gridgov.replay/1` (docs/replay.md).
 *  @param[out] out     the bytes; yours to free
 *  @param      replay  any
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_replay_json(gridgov_bytes **out, const gridgov_replay *replay,
                                               gridgov_error *err);
/** The same as plain text for people.
 *  @param[out] out     the bytes; yours to free
 *  @param      replay  any
 *  @param      lang    GRIDGOV_LANG_*
 *  @param[out] err     may be NULL
 *  @return as gridgov_replay_json()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_replay_text(gridgov_bytes **out, const gridgov_replay *replay,
                                               int32_t lang, gridgov_error *err);

/** Free a replay; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_replay_free(gridgov_replay *replay);

#ifdef __cplusplus
}
#endif
#endif
