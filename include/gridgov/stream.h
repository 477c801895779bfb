/* SPDX-License-Identifier: Apache-2.0 */
/** @file stream.h
 *  Finished cases as columns: a table of events read by the thousand, by several workers, at flat
 *  memory, and handed out as plain arrays. Nothing is kept, so a table may have any number of rows.
 *
 *  Every row means what gridgov_ingest() makes of it: the same mapping, the same cells, the same
 *  problems with row, column, value and rule. Only what takes memory of earlier rows is left out:
 *  doubles are not removed (numbers of events are unique within a stream), rows are no versions of
 *  each other (`recorded_at` is checked and not used), and no digest is made.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static gridgov_status count_closed(void *user, int32_t worker,
 *                                     const gridgov_event_columns *columns, gridgov_error *err) {
 *      int64_t *closed = user; // one a worker
 *      (void)err;
 *      for (int64_t i = 0; columns->closed_at != NULL && i < columns->count; i++) {
 *          closed[worker] += columns->closed_at[i] != GRIDGOV_NO_TIME;
 *      }
 *      return GRIDGOV_OK;
 *  }
 *  static gridgov_status closed_in(int64_t closed[64], gridgov_rows *rows, gridgov_error *err) {
 *      return gridgov_stream_events(NULL, rows, NULL, NULL, NULL, count_closed, closed, NULL, NULL,
 *                                   err);
 *  }
 *  @endcode */
#ifndef GRIDGOV_STREAM_H
#define GRIDGOV_STREAM_H

#include <gridgov/ingest.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Cases, one a place of every array. An array that is NULL says that the source does not tell;
 *  GRIDGOV_NO_TIME, 0 and GRIDGOV_NONE say that this case has none. All are borrowed.
 *
 *  A name is given by number: `unit[i]` is an index into @p unit_names, or, where that is NULL, into
 *  the units. Names may repeat and may be ""; entries that no case has named may be NULL. */
typedef struct gridgov_event_columns {
    uint32_t struct_size;               /**< sizeof(gridgov_event_columns), set by the caller */
    int32_t opening;                    /**< 1: cases carried over from the period before */
    int64_t count;                      /**< cases */
    const gridgov_time *reported_at;    /**< required; never GRIDGOV_NO_TIME */
    const gridgov_time *accepted_at;    /**< step 受理 */
    const gridgov_time *dispatched_at;  /**< step 流转, to the case's agency */
    const gridgov_time *closed_at;      /**< not before the report */
    const gridgov_time *due_at;         /**< limit */
    const gridgov_time *dispatch_due_at; /**< limit of passing on */
    const int8_t *closed;               /**< GRIDGOV_TRI_* */
    const int8_t *overdue;              /**< GRIDGOV_TRI_*, the source's own verdict */
    const int8_t *disposition;          /**< GRIDGOV_DISPOSITION_* */
    const int8_t *self_handled;         /**< GRIDGOV_TRI_* */
    const int8_t *suspended;            /**< GRIDGOV_TRI_* */
    const int8_t *closure_doubted;      /**< 1: a time of closure was given and is not used */
    const int32_t *unit;                /**< GRIDGOV_NONE: the street itself */
    const int32_t *category;            /**< GRIDGOV_NONE: none given */
    const int32_t *agency;              /**< GRIDGOV_NONE: none given */
    const char *const *unit_names;      /**< NULL: @p unit counts the units */
    const char *const *category_names;  /**< may be NULL if @p category is */
    const char *const *agency_names;    /**< may be NULL if @p agency is */
    int64_t unit_name_count;            /**< entries of @p unit_names */
    int64_t category_name_count;        /**< entries of @p category_names */
    int64_t agency_name_count;          /**< entries of @p agency_names */
} gridgov_event_columns;

/** Takes some cases. Called by several threads at once, each with a number of its own, 0 …
 *  workers−1; for one worker the entries of a list of names stay and only become more. When all
 *  rows were read, each worker that took any is called once more, with no case, so that it may use
 *  the names a last time; a table without cases makes that one call. Any other status than GRIDGOV_OK ends the call with it. */
typedef gridgov_status (*gridgov_event_taker)(void *user, int32_t worker,
                                              const gridgov_event_columns *columns,
                                              gridgov_error *err);

/** How to read. Zeros are the defaults. */
typedef struct gridgov_stream_options {
    uint32_t struct_size; /**< sizeof(gridgov_stream_options) */
    int32_t workers;      /**< threads, 1 … 64; 0: 1 */
    int32_t portable;     /**< 1: no vector instructions; the results are the same */
    int32_t found_units;  /**< 1: grids are names as they stand in the table, joined by `/` to the
                               unit's if that is given; 0: they are looked up among the units, and
                               without units every case is the street's own */
    int64_t block_size;   /**< bytes read at a time; 0: 256 KiB. The results are the same */
    int64_t max_names;    /**< different texts in one column; 0: 4 194 304 */
} gridgov_stream_options;

/** Set options to their defaults.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_stream_options_init(gridgov_stream_options *options, size_t struct_size);

/** What a table of events can tell, with a mapping: bit n set for GRIDGOV_COVERAGE_ n.
 *  @param[out] coverage_out  the bits
 *  @param      columns       columns handed out, or of your own
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_columns_coverage(uint64_t *coverage_out,
                                                    const gridgov_event_columns *columns);

/** Read a table of events.
 *  @param[out] summary  may be NULL; `digest` stays ""
 *  @param      rows     before its first row; CSV in UTF-8 from a file or from memory is read by all
 *                       workers, any other by one
 *  @param      units    sealed; NULL: none
 *  @param      mapping  of events or opening cases; NULL: by header
 *  @param      options  NULL for the defaults
 *  @param      taker    takes the cases; what it took is void if the call fails
 *  @param      user     handed to @p taker
 *  @param      issues   takes problems of rows, in the order of the rows, the first 4096; may be
 *                       NULL
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return as gridgov_ingest(); GRIDGOV_ELIMIT too many different names    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_stream_events(gridgov_ingest_summary *summary,
                                                 gridgov_rows *rows, const gridgov_units *units,
                                                 const gridgov_mapping *mapping,
                                                 const gridgov_stream_options *options,
                                                 gridgov_event_taker taker, void *user,
                                                 gridgov_issues *issues, gridgov_job *job,
                                                 gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
