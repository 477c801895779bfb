/* SPDX-License-Identifier: Apache-2.0 */
/** @file caselist.h
 *  Lists of cases as text: JSON for programs and for one case's whole story, and CSV in the form of
 *  opening.csv and opening_steps.csv, so that this month's open cases open the next one.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static gridgov_status save_open(const gridgov_cases *cases, const char *path, gridgov_error *err) {
 *      gridgov_caselist_options options = {.struct_size = sizeof options};
 *      gridgov_bytes *csv = NULL;
 *      gridgov_caselist_options_init(&options, sizeof options);
 *      options.filters = UINT32_C(1) << GRIDGOV_FILTER_OPEN;
 *      gridgov_status status = gridgov_caselist_csv(&csv, cases, &options, err);
 *      if (status == GRIDGOV_OK) {
 *          status = gridgov_bytes_save(csv, path, err);
 *      }
 *      gridgov_bytes_free(csv);
 *      return status;
 *  }
 *  @endcode
 *
 *  JSON: `gridgov.cases/1`, described in docs/formats.md. */
#ifndef GRIDGOV_CASELIST_H
#define GRIDGOV_CASELIST_H

#include <gridgov/case.h>
#include <gridgov/io.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which cases, and how. */
typedef struct gridgov_caselist_options {
    uint32_t struct_size;       /**< sizeof(gridgov_caselist_options) */
    int32_t utc_offset_minutes; /**< zone of times; 480 by default */
    uint32_t filters;           /**< bit n set: only cases that GRIDGOV_FILTER_ n fits; 0: all known */
    int32_t steps;              /**< CSV: 1 gives the steps of the cases instead of the cases */
    int64_t only;               /**< index of the one case wanted, with its whole story in JSON;
                                     GRIDGOV_NONE by default */
} gridgov_caselist_options;

/** Set options to their defaults.    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_caselist_options_init(gridgov_caselist_options *options,
                                               size_t struct_size);

/** 1 if a case is known and all of the filters fit it.
 *  @param cases    any
 *  @param c        index of the case
 *  @param filters  bit n for GRIDGOV_FILTER_ n    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_caselist_match(const gridgov_cases *cases, int64_t c, uint32_t filters);

/** Cases as JSON.
 *  @param[out] out      the text; yours to free
 *  @param      cases    any
 *  @param      options  NULL: all cases
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND there is no such case; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_caselist_json(gridgov_bytes **out, const gridgov_cases *cases,
                                                 const gridgov_caselist_options *options,
                                                 gridgov_error *err);

/** Cases as CSV with the fields of opening.csv, as they were known, or their steps with those of
 *  opening_steps.csv. The agency is who holds the case.
 *  @param[out] out      the text; yours to free
 *  @param      cases    any
 *  @param      options  NULL: all cases
 *  @param[out] err      may be NULL
 *  @return as gridgov_caselist_json()    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_caselist_csv(gridgov_bytes **out, const gridgov_cases *cases,
                                                const gridgov_caselist_options *options,
                                                gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
