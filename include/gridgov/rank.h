/* SPDX-License-Identifier: Apache-2.0 */
/** @file rank.h
 *  Totals and ranks of a table of numbers, exact to the last decimal: two rows share a rank only if
 *  their totals are the same number, which sums of binary fractions cannot promise. Ranks are
 *  competition ranks, "1224": as many as are better, and one.
 *
 *  A table is CSV with a header, its first row with text in two cells or more (titles may stand
 *  above it, in up to twenty rows): one column is the key, others are added up. Numbers are decimals
 *  of at most nine places; a cell that is blank or `/` adds nothing. A row with anything else in it
 *  becomes an issue with row, column, value and rule, is left out and counted. The result is CSV
 *  again: key, total, rank, the best first, equal totals by the bytes of their keys and then by
 *  their place in the table; all totals have as many decimals as the finest number read.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static gridgov_status rank(const char *path, gridgov_issues *issues, gridgov_error *err) {
 *      gridgov_ranking *ranking = NULL;
 *      gridgov_status status =
 *          gridgov_ranking_load(&ranking, NULL, path, NULL, issues, NULL, err);
 *      if (status == GRIDGOV_OK) {
 *          status = gridgov_ranking_save(ranking, "ranked.csv", NULL, err);
 *      }
 *      gridgov_ranking_free(ranking);
 *      return status;
 *  }
 *  @endcode */
#ifndef GRIDGOV_RANK_H
#define GRIDGOV_RANK_H

#include <gridgov/io.h>
#include <gridgov/issues.h>
#include <gridgov/job.h>
#include <gridgov/rows.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Rows in the order of their ranks, and their totals. */
typedef struct gridgov_ranking gridgov_ranking;

/** How to rank a table. Zeros are the defaults. */
typedef struct gridgov_rank_options {
    uint32_t struct_size;           /**< sizeof(gridgov_rank_options) */
    int32_t workers;                /**< threads, 1 … 64; 0: 1. The result is the same for all */
    int32_t ascending;              /**< 1: the smallest total is the best */
    int32_t portable;               /**< 1: no vector instructions; the result is the same */
    const char *key;                /**< header of the key column; NULL: the first column */
    const char *const *columns;     /**< headers of the columns to add up; NULL: all but the key */
    int64_t column_count;           /**< entries of @p columns; 0 if it is NULL */
    const gridgov_csv_options *csv; /**< how the table is written; NULL: the defaults */
} gridgov_rank_options;

/** What became of a table. */
typedef struct gridgov_rank_summary {
    uint32_t struct_size; /**< sizeof(gridgov_rank_summary), set by the caller */
    int32_t decimals;     /**< of every total */
    int64_t read;         /**< rows below the header that have text */
    int64_t ranked;       /**< rows with a rank */
    int64_t excluded;     /**< rows left out because of a problem */
} gridgov_rank_summary;

/** Set options to their defaults.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_rank_options_init(gridgov_rank_options *options, size_t struct_size);

/** Competition ranks of numbers that stand in memory.
 *  @param[out] ranks   count of them: rank of each value, from 1; may be NULL
 *  @param[out] order   count of them: indexes of the values, the best first, equal ones by index;
 *                      may be NULL
 *  @param      values  @p count numbers
 *  @param      count   0 … 4 294 967 295
 *  @param      ascending  1: the smallest is the best
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ELIMIT too many; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rank_values(int64_t *ranks, int64_t *order,
                                               const int64_t *values, int64_t count,
                                               int32_t ascending, gridgov_error *err);

/** Add up and rank a CSV file. It takes 24 bytes a row, and what its key and one byte
 *  take, rounded up to eight.
 *  @param[out] out      the ranking; yours to free
 *  @param[out] summary  may be NULL
 *  @param      path     NUL-terminated
 *  @param      options  NULL for the defaults
 *  @param      issues   takes bad rows; may be NULL
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK, even if rows were excluded; GRIDGOV_EDATA a column is not there;
 *          GRIDGOV_EFORMAT; GRIDGOV_ELIMIT; GRIDGOV_EIO; GRIDGOV_EUNSUPPORTED encoding;
 *          GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ranking_load(gridgov_ranking **out,
                                                gridgov_rank_summary *summary, const char *path,
                                                const gridgov_rank_options *options,
                                                gridgov_issues *issues, gridgov_job *job,
                                                gridgov_error *err);

/** Write a ranking into memory: key, total, rank as CSV with a header.
 *  @param[out] out      yours to free
 *  @param      ranking  any
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @threads a ranking is read only: several may write it at once    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ranking_bytes(gridgov_bytes **out,
                                                 const gridgov_ranking *ranking, gridgov_job *job,
                                                 gridgov_error *err);

/** Write a ranking to a file, the same bytes, without holding them in memory. The file is replaced
 * as a whole or, if the call fails, left as it was.
 *  @param      ranking  any
 *  @param      path     NUL-terminated
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @threads as gridgov_ranking_bytes()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ranking_save(const gridgov_ranking *ranking, const char *path,
                                                gridgov_job *job, gridgov_error *err);

/** Free a ranking; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_ranking_free(gridgov_ranking *ranking);

/** Add up and rank a CSV file into memory: gridgov_ranking_load() and gridgov_ranking_bytes() in
 * one call.
 *  @param[out] out      key, total, rank as CSV with a header; yours to free
 *  @param[out] summary  may be NULL
 *  @param      path     NUL-terminated
 *  @param      options  NULL for the defaults
 *  @param      issues   takes bad rows; may be NULL
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return as gridgov_ranking_load()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rank_file(gridgov_bytes **out, gridgov_rank_summary *summary,
                                             const char *path, const gridgov_rank_options *options,
                                             gridgov_issues *issues, gridgov_job *job,
                                             gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
