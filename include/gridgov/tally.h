/* SPDX-License-Identifier: Apache-2.0 */
/** @file tally.h
 *  Counting as it goes on: a tally takes ledgers one by one, merges with other tallies of its kind,
 *  is saved to bytes and loaded again, and gives facts at any time. Merging is associative and
 *  commutative, and saved bytes do not tell in how many parts or in what order the data came: the
 *  streets of a district may count by themselves and mail their tallies.
 *
 *  The parts must be *disjoint*: whole cases, whole officer-days, whole objects of visits. A case in
 *  two parts counts twice; only a ledger removes doubles. Two tallies are of one kind if they count
 *  the same metrics over the same reference data, period and cut-offs.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static gridgov_status merge_mailed(gridgov_tally *district, const gridgov_metrics *metrics,
 *                                     const gridgov_tally_reference *reference, const char *data,
 *                                     size_t size, gridgov_error *err) {
 *      gridgov_tally *street = NULL;
 *      gridgov_status status = gridgov_tally_load(&street, metrics, reference, data, size, err);
 *      if (status == GRIDGOV_OK) {
 *          status = gridgov_tally_merge(district, street, NULL, err);
 *      }
 *      gridgov_tally_free(street);
 *      return status;
 *  }
 *  @endcode */
#ifndef GRIDGOV_TALLY_H
#define GRIDGOV_TALLY_H

#include <gridgov/facts.h>
#include <gridgov/io.h>
#include <gridgov/stream.h>
#include <gridgov/worktime.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A count that goes on. */
typedef struct gridgov_tally gridgov_tally;

/** What a tally counts over; kept alive by it. */
typedef struct gridgov_tally_reference {
    uint32_t struct_size;             /**< sizeof(gridgov_tally_reference), set by the caller */
    uint32_t reserved;                /**< 0 */
    const gridgov_taxonomy *taxonomy; /**< NULL: categories as found */
    const gridgov_units *units;       /**< sealed; NULL: none */
    const gridgov_calendar *calendar; /**< NULL: patrol metrics are unknown */
    const gridgov_roster *roster;     /**< sealed; NULL: working time is unknown */
} gridgov_tally_reference;

/** Make a tally in which nothing is counted.
 *  @param[out] out        the tally; yours to free
 *  @param      metrics    what to count; kept alive
 *  @param      reference  NULL: none of it
 *  @param      options    required
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE units or roster are not sealed; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tally_new(gridgov_tally **out, const gridgov_metrics *metrics,
                                             const gridgov_tally_reference *reference,
                                             const gridgov_tally_options *options,
                                             gridgov_error *err);

/** Count a ledger. On failure the tally is as it was.
 *  @param tally    any
 *  @param ledger   sealed, over the tally's taxonomy and units
 *  @param issues   doubts about the records; may be NULL
 *  @param job      may be NULL
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE not sealed, or of other reference data; GRIDGOV_EDATA an
 *          officer-day is there already; GRIDGOV_ERANGE a count overflows; GRIDGOV_ECANCELLED;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tally_add_ledger(gridgov_tally *tally,
                                                    const gridgov_ledger *ledger,
                                                    gridgov_issues *issues, gridgov_job *job,
                                                    gridgov_error *err);

/** Count finished cases that stand in columns. On failure the tally is as it was.
 *  @param tally    any
 *  @param columns  cases of one source; only read. `unit` counts the tally's units, or names grids
 *                  as found if the tally has no units. A closing before the report is GRIDGOV_EARG
 *  @param issues   how many cases lie outside the period; may be NULL
 *  @param job      may be NULL
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE a count overflows; GRIDGOV_ECANCELLED; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tally_add_columns(gridgov_tally *tally,
                                                     const gridgov_event_columns *columns,
                                                     gridgov_issues *issues, gridgov_job *job,
                                                     gridgov_error *err);

/** Count the rows of a table of events, in any number and at flat memory; the same facts as by way
 *  of a ledger, but that doubles are not removed. On failure the tally is as it was.
 *  @param[out] summary  may be NULL
 *  @param      tally    any
 *  @param      rows     before its first row
 *  @param      mapping  of events or opening cases; NULL: by header
 *  @param      options  of gridgov_stream_events(); NULL for the defaults. `found_units` is for a
 *                       tally without units
 *  @param      issues   takes problems of rows; may be NULL
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return as gridgov_stream_events() and gridgov_tally_add_columns()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tally_add_rows(gridgov_ingest_summary *summary,
                                                  gridgov_tally *tally, gridgov_rows *rows,
                                                  const gridgov_mapping *mapping,
                                                  const gridgov_stream_options *options,
                                                  gridgov_issues *issues, gridgov_job *job,
                                                  gridgov_error *err);

/** The same of a CSV file, written as the mapping says, and for the rest as
 *  gridgov_csv_detect_file() finds.
 *  @param      summary  as in gridgov_tally_add_rows(), like all that is not explained here
 *  @param      tally    any
 *  @param      path     NUL-terminated
 *  @param      mapping  may be NULL
 *  @param      options  may be NULL
 *  @param      issues   may be NULL
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return as gridgov_tally_add_rows(); GRIDGOV_EIO    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tally_add_file(gridgov_ingest_summary *summary,
                                                  gridgov_tally *tally, const char *path,
                                                  const gridgov_mapping *mapping,
                                                  const gridgov_stream_options *options,
                                                  gridgov_issues *issues, gridgov_job *job,
                                                  gridgov_error *err);

/** Add what another tally counted. On failure the tally is as it was.
 *  @param tally    any
 *  @param other    another tally of the same kind; stays as it is
 *  @param issues   monthly figures that both were given; may be NULL
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE of another kind; GRIDGOV_EDATA an officer-day is in both;
 *          GRIDGOV_ERANGE a count overflows; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tally_merge(gridgov_tally *tally, const gridgov_tally *other,
                                               gridgov_issues *issues, gridgov_error *err);

/** What is counted as bytes: little-endian, versioned, checksummed, the same for the same counts.
 *  Rows of source tables are not among it.
 *  @param[out] out    the bytes; yours to free
 *  @param      tally  any
 *  @param[out] err    may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tally_save(gridgov_bytes **out, const gridgov_tally *tally,
                                              gridgov_error *err);

/** The tally that was saved. Bytes from anywhere may be given: what is damaged or impossible is
 *  refused at a cost bounded by their size.
 *  @param[out] out        the tally; yours to free
 *  @param      metrics    the metrics that it counted
 *  @param      reference  the reference data that it counted over
 *  @param      data,size  the bytes
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT no saved tally, cut or damaged; GRIDGOV_EDATA impossible;
 *          GRIDGOV_EVERSION of a later version; GRIDGOV_ESTATE of other metrics or reference data;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tally_load(gridgov_tally **out, const gridgov_metrics *metrics,
                                              const gridgov_tally_reference *reference,
                                              const char *data, size_t size, gridgov_error *err);

/** The facts so far; the tally can go on. They hold the ledger if one ledger is all that was
 *  counted, and none otherwise.
 *  @param[out] out     the facts; yours to free
 *  @param      tally   any
 *  @param      issues  doubts about the whole: officers without a single row, grids without an
 *                      officer, open thresholds, records that lack the data; may be NULL
 *  @param      job     may be NULL
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE the calendar does not cover the period, or a count overflows;
 *          GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tally_finish(gridgov_facts **out, const gridgov_tally *tally,
                                                gridgov_issues *issues, gridgov_job *job,
                                                gridgov_error *err);

/** Free a tally; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_tally_free(gridgov_tally *tally);

#ifdef __cplusplus
}
#endif
#endif
