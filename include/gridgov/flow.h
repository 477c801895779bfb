/* SPDX-License-Identifier: Apache-2.0 */
/** @file flow.h
 *  Where the cases of a period came from and where they went. Every case that is open stands with
 *  one holder, an agency or the street itself, and in one category. For each of them
 *
 *      opening + reported + transferred in + reopened + split in + recategorised in
 *        = closing + closed + transferred out (returns included) + voided + rejected + merged
 *          + recorded + recategorised out,
 *
 *  every transfer and every change of category stands in two books, and the closing of one month is
 *  the opening of the next. The two ends are taken from the cases as they stand at either moment,
 *  the movements between them from the steps; a case whose steps do not lead from one end to the
 *  other is named, and the call fails. gridgov_flow_compare() holds two months against each other
 *  and names every case that was lost, doubled, moved or recategorised between them.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t open_at_the_end(const gridgov_flow *flow) {
 *      gridgov_flow_account account = {.struct_size = sizeof account};
 *      int64_t open = 0;
 *      for (int64_t i = 0; gridgov_flow_account_at(&account, flow, i) == GRIDGOV_OK; i++) {
 *          open += account.counts[GRIDGOV_FLOW_CLOSING];
 *      }
 *      return open;
 *  }
 *  @endcode */
#ifndef GRIDGOV_FLOW_H
#define GRIDGOV_FLOW_H

#include <gridgov/case.h>
#include <gridgov/io.h>
#include <gridgov/job.h>
#include <gridgov/ratio.h>
#include <gridgov/worktime.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The movements of a period; immutable. */
typedef struct gridgov_flow gridgov_flow;

/** Number of accounts and one: counts[] is indexed by GRIDGOV_FLOW_*. */
#define GRIDGOV_FLOW_COUNTS 18
/** Number of buckets of age, by days since the report: up to 1, 3, 7, 15, 30, and more. */
#define GRIDGOV_FLOW_AGES 6

/** What to look at. */
typedef struct gridgov_flow_options {
    uint32_t struct_size;   /**< sizeof(gridgov_flow_options) */
    int32_t reserved;       /**< 0 */
    gridgov_span period;    /**< required */
    gridgov_time as_of;     /**< the end, inclusive; GRIDGOV_NO_TIME, or later: the last second of
                                 the period */
    gridgov_time known_by;  /**< steps recorded later are not known yet; GRIDGOV_NO_TIME: as_of */
    const gridgov_lifecycle *lifecycle; /**< NULL: `standard` */
    const gridgov_roster *roster;       /**< sealed; NULL: working time is unknown */
} gridgov_flow_options;

/** The account of one holder and one category. Accounts of zeros are left out. */
typedef struct gridgov_flow_account {
    uint32_t struct_size;  /**< sizeof(gridgov_flow_account), set by the caller */
    int32_t reserved;      /**< 0 */
    int64_t agency;        /**< index into the ledger's agencies; GRIDGOV_NONE: the street itself */
    int64_t category;      /**< index into the ledger's categories */
    int64_t counts[GRIDGOV_FLOW_COUNTS]; /**< by GRIDGOV_FLOW_* */
} gridgov_flow_account;

/** Cases that one holder handed to another in the period. */
typedef struct gridgov_flow_handover {
    uint32_t struct_size; /**< sizeof(gridgov_flow_handover), set by the caller */
    int32_t reserved;     /**< 0 */
    int64_t from;         /**< agency; GRIDGOV_NONE: the street itself */
    int64_t to;           /**< agency; GRIDGOV_NONE: the street itself */
    int64_t count;        /**< hand-overs, returns included */
    int64_t returns;      /**< of them returns and offers that ran out */
} gridgov_flow_handover;

/** What one holder had to do with the cases of the period. */
typedef struct gridgov_flow_holder {
    uint32_t struct_size;   /**< sizeof(gridgov_flow_holder), set by the caller */
    int32_t reserved;       /**< 0 */
    int64_t agency;         /**< GRIDGOV_NONE: the street itself */
    int64_t held;           /**< distinct cases that it held on a second of the period */
    int64_t closed;         /**< closed in the period while it held them */
    int64_t first_time;     /**< of those, never returned, reworked or reopened before */
    int64_t reworks;        /**< reworks of cases in its hands */
    int64_t returns;        /**< returns by it */
    int64_t ping_pong;      /**< times that a case came back which it had handed on: A→B→A */
    int64_t held_seconds;   /**< seconds of the period that it held cases, added up; those of all
                                 holders add up to gridgov_flow_open_seconds() */
    int64_t work_seconds;   /**< the same inside the slots of the roster; −1 unknown */
    int64_t ages[GRIDGOV_FLOW_AGES]; /**< its open cases at the end, by days since the report */
} gridgov_flow_holder;

/** Set options to their defaults; the period is still to be set.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_flow_options_init(gridgov_flow_options *options, size_t struct_size);

/** Follow every case through the period.
 *  @param[out] out      the movements; yours to free
 *  @param      ledger   sealed; kept alive
 *  @param      options  required
 *  @param      issues   cases whose books do not balance; may be NULL
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EINTERNAL the books do not balance; GRIDGOV_ESTATE not sealed;
 *          GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_flow_run(gridgov_flow **out, const gridgov_ledger *ledger,
                                            const gridgov_flow_options *options,
                                            gridgov_issues *issues, gridgov_job *job,
                                            gridgov_error *err);

/** The ledger; borrowed.    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_ledger *gridgov_flow_ledger(const gridgov_flow *flow);

/** One account, by agency (the street itself first), then category.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_flow_account_at(gridgov_flow_account *account_out,
                                                   const gridgov_flow *flow, int64_t index);

/** One pair of holders between whom cases went, by from, then to.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_flow_handover_at(gridgov_flow_handover *handover_out,
                                                    const gridgov_flow *flow, int64_t index);

/** One holder: the street itself, then every agency of the ledger.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_flow_holder_at(gridgov_flow_holder *holder_out,
                                                  const gridgov_flow *flow, int64_t index);

/** Seconds of the period that cases were open, added up over the cases; 0 for NULL.
 *  @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_flow_open_seconds(const gridgov_flow *flow);

/** Hold the closing of one period against the opening of the next, case by case, by number: a case
 *  lost, one that appears from nowhere, one that stands with another holder or in another category.
 *  The two may come from two ledgers.
 *  @param[out] count_out  differences
 *  @param      before     the earlier period
 *  @param      after      the later one
 *  @param      issues     names each; may be NULL
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_flow_compare(int64_t *count_out, const gridgov_flow *before,
                                                const gridgov_flow *after, gridgov_issues *issues,
                                                gridgov_error *err);

/** Agencies as JSON, `gridgov.agencies/1`: of each its metrics, ratios and composites out of facts,
 *  and what it had to do with the cases of the period; hand-overs; the books. What is not applicable
 *  or unknown is null, with its state beside it.
 *  @param[out] out    the bytes; yours to free
 *  @param      facts  over the ledger of @p flow and for its period
 *  @param      flow   the movements
 *  @param[out] err    may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE of another ledger; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_agencies_json(gridgov_bytes **out, const gridgov_facts *facts,
                                                 const gridgov_flow *flow, gridgov_error *err);

/** Free the movements; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_flow_free(gridgov_flow *flow);

#ifdef __cplusplus
}
#endif
#endif
