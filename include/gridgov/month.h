/* SPDX-License-Identifier: Apache-2.0 */
/** @file month.h
 *  Everything behind one handle: named tables in, scorecards and a bulletin out. A host in any
 *  language needs the dozen functions of this header; the `gridgov` command is a shell over it.
 *  Give tables as CSV text, as cursors, or as a month folder; run; ask. Only what a section needs
 *  must be there: what is missing prints `/`.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <string.h>
 *  static int score(gridgov_bytes **json, const char *units, const char *events,
 *                   gridgov_error *err) {
 *      gridgov_month *m = NULL;
 *      int status = gridgov_month_new(&m, "2021-09", 7, err);
 *      if (status == GRIDGOV_OK) {
 *          status = gridgov_month_set_table(m, GRIDGOV_TABLE_UNITS, units, strlen(units), NULL, err);
 *      }
 *      if (status == GRIDGOV_OK) {
 *          status = gridgov_month_set_table(m, GRIDGOV_TABLE_EVENTS, events, strlen(events), NULL,
 *                                           err);
 *      }
 *      if (status == GRIDGOV_OK) status = gridgov_month_run(m, NULL, NULL, err);
 *      if (status == GRIDGOV_OK) status = gridgov_month_score_json(json, m, GRIDGOV_NONE, err);
 *      gridgov_month_free(m);
 *      return status;
 *  }
 *  @endcode */
#ifndef GRIDGOV_MONTH_H
#define GRIDGOV_MONTH_H

#include <gridgov/bulletin.h>
#include <gridgov/case.h>
#include <gridgov/flow.h>
#include <gridgov/ingest.h>
#include <gridgov/render.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One month of one office. */
typedef struct gridgov_month gridgov_month;

/** Most earlier months of one. */
#define GRIDGOV_MONTH_EARLIER 36

/** Begin a month.
 *  @param[out] out        the month; yours to free
 *  @param      text,size  "2021-09", as gridgov_month_span() reads it
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA not a month; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_new(gridgov_month **out, const char *text, size_t size,
                                             gridgov_error *err);

/** Give a table as CSV text. A table given twice is taken from the later call.
 *  @param month      not run
 *  @param table      GRIDGOV_TABLE_*
 *  @param data,size  CSV with a header row; copied
 *  @param source     name for messages; NULL: the table's code and ".csv"
 *  @param[out] err   may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE already run; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_set_table(gridgov_month *month, int32_t table,
                                                   const char *data, size_t size,
                                                   const char *source, gridgov_error *err);

/** Give a table as a cursor, which is read by gridgov_month_run().
 *  @param month    not run
 *  @param table    GRIDGOV_TABLE_*
 *  @param rows     before its first row @owner taken over if the call succeeds
 *  @param mapping  one of the same table, kept alive by the month; NULL: by header
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_set_rows(gridgov_month *month, int32_t table,
                                                  gridgov_rows *rows,
                                                  const gridgov_mapping *mapping,
                                                  gridgov_error *err);

/** Give every table of a month folder, and its parameters.json, policy.json, taxonomy.json,
 *  calendar.json and tracks.json if they are there. A table may have a mapping beside it: events.mapping.json for
 *  events.csv. A failure leaves the files taken before it in place. Tables as workbooks (events.xlsx) are read by
 *  gridgov_month_set_office_folder() of `gridgov::office`, and refused here.
 *  @param month    not run
 *  @param path     the folder, NUL-terminated
 *  @param issues   files that belong to no table; may be NULL
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_ENOTFOUND no table at all; GRIDGOV_EFORMAT;
 *          GRIDGOV_EPOLICY; GRIDGOV_EDATA also two files of one table; GRIDGOV_ELIMIT too large;
 *          GRIDGOV_EUNSUPPORTED also a table as a workbook; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_set_folder(gridgov_month *month, const char *path,
                                                    gridgov_issues *issues, gridgov_error *err);

/** Open the rows of a workbook in a month folder.
 *  @param[out] out      the cursor, before its first row
 *  @param      path     of the file
 *  @param      table    GRIDGOV_TABLE_*, which the file is named after
 *  @param      mapping  that lies beside it; NULL: none
 *  @param      issues   what is to be told of the file; may be NULL
 *  @param      user     given with the function
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK, or a status that ends gridgov_month_set_folder_with() */
typedef gridgov_status (*gridgov_table_open_fn)(gridgov_rows **out, const char *path, int32_t table,
                                                const gridgov_mapping *mapping,
                                                gridgov_issues *issues, void *user,
                                                gridgov_error *err);

/** gridgov_month_set_folder(), with tables as workbooks too: units.xlsx, events.xls … with the endings xlsx, xls, xlsm,
 *  et and ods.
 *  @param month    not run
 *  @param path     the folder, NUL-terminated
 *  @param open     opens them during this call; the cursors are read by gridgov_month_run(). NULL: they are refused
 *  @param user     handed to @p open
 *  @param issues   as gridgov_month_set_folder()
 *  @param[out] err may be NULL
 *  @return as gridgov_month_set_folder(), and what @p open returns    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_set_folder_with(gridgov_month *month, const char *path,
                                                         gridgov_table_open_fn open, void *user,
                                                         gridgov_issues *issues,
                                                         gridgov_error *err);

/** Give one flat file and the mapping that reads it; the mapping's parameters apply.
 *  @param month     not run
 *  @param path      CSV, NUL-terminated
 *  @param mapping,mapping_size  `gridgov.mapping/1`
 *  @param issues    problems of the mapping; may be NULL
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_EFORMAT; GRIDGOV_EPOLICY; GRIDGOV_ELIMIT too large;
 *          GRIDGOV_EUNSUPPORTED; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_set_flat_file(gridgov_month *month, const char *path,
                                                       const char *mapping, size_t mapping_size,
                                                       gridgov_issues *issues, gridgov_error *err);

/** Give parameters (`gridgov.parameters/1`); they replace those of a folder or mapping.
 *  @param month      not run
 *  @param json,size  UTF-8; copied
 *  @param issues     takes every problem, with its JSON pointer; may be NULL
 *  @param[out] err   may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT; GRIDGOV_EPOLICY; GRIDGOV_ESTATE; GRIDGOV_ELIMIT too large;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_set_parameters(gridgov_month *month, const char *json,
                                                        size_t size, gridgov_issues *issues,
                                                        gridgov_error *err);

/** Choose the policy. Wins over the parameters' choice.
 *  @param month        not run
 *  @param policy,size  the name of a built-in one, or a document: text that begins with `{`
 *                     (blank text is a broken one); copied
 *  @param issues       takes every problem of the document; may be NULL
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EFORMAT; GRIDGOV_EPOLICY; GRIDGOV_ESTATE;
 *          GRIDGOV_ELIMIT too large; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_set_policy(gridgov_month *month, const char *policy,
                                                    size_t size, gridgov_issues *issues,
                                                    gridgov_error *err);

/** Choose the cut-off and the language of documents.
 *  @param month  not run
 *  @param as_of  inclusive; a date alone means the end of that day; "" or NULL: the last second of
 *                the month. One before the month makes the run fail with ::GRIDGOV_ERANGE and the
 *                field `as_of`
 *  @param lang   GRIDGOV_LANG_*
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_set_view(gridgov_month *month, const char *as_of,
                                                  int32_t lang, gridgov_error *err);

/** Give the month before, for rules that look at several months; called again, the one before that.
 *  @param month    not run
 *  @param earlier  run; its scorecards are kept alive
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE @p month has run, or @p earlier has not; GRIDGOV_ELIMIT more than
 *          ::GRIDGOV_MONTH_EARLIER; GRIDGOV_EARG. A gap between months that the policy looks at
 *          fails the run with GRIDGOV_EDATA, months of other metrics with GRIDGOV_ESTATE    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_add_earlier(gridgov_month *month,
                                                     const gridgov_month *earlier,
                                                     gridgov_error *err);

/** The scorecards of the month before, as they were given; 0: the latest; borrowed; NULL past the last
 *  and for NULL.    @threads safe once run    @since 0.1 */
GRIDGOV_API const gridgov_scorecards *gridgov_month_earlier(const gridgov_month *month,
                                                            int64_t index);

/** Load, count, score and compose. A month runs once: after a failure, too, it can only be freed.
 *  @param month    not run
 *  @param issues   every doubt and every bad row; may be NULL
 *  @param job      may be NULL
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK, even if rows were excluded; GRIDGOV_ESTATE already run; GRIDGOV_ECANCELLED;
 *          any other error of the steps, gridgov_ingest() to gridgov_bulletin_compose()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_run(gridgov_month *month, gridgov_issues *issues,
                                             gridgov_job *job, gridgov_error *err);

/** Rows left out because of a problem, over all tables; 0 before the run.
 *  @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_month_excluded(const gridgov_month *month);

/** What became of one table's rows.
 *  @param[out] summary_out  the summary
 *  @param      month        run
 *  @param      table        GRIDGOV_TABLE_*
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND the table was not given; GRIDGOV_ESTATE not run;
 *          GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_summary(gridgov_ingest_summary *summary_out,
                                                 const gridgov_month *month, int32_t table);

/** The counts that the run made, with the run's ledger, units and metrics; NULL before it.
 *  @return borrowed from the month    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_facts *gridgov_month_facts(const gridgov_month *month);
/** The scorecards, none if no grids were given; NULL before the run.
 *  @return borrowed from the month    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_scorecards *gridgov_month_scorecards(const gridgov_month *month);
/** The bulletin; NULL before the run.
 *  @return borrowed from the month    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_bulletin *gridgov_month_bulletin(const gridgov_month *month);

/** The scorecards as JSON, `gridgov.scorecards/1`.
 *  @param[out] out    the bytes; yours to free
 *  @param      month  run
 *  @param      unit   index of one grid; GRIDGOV_NONE: all
 *  @param[out] err    may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_score_json(gridgov_bytes **out, const gridgov_month *month,
                                                    int64_t unit, gridgov_error *err);

/** Index of the grid that @p text names, for the calls that take one.
 *  @param[out] unit_out   the index; GRIDGOV_NONE unless exactly one fits
 *  @param      month      run
 *  @param      text,size  a code, a name, or `unit/grid`
 *  @param[out] err        may be NULL; when ambiguous the message lists candidates
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EDATA ambiguous; GRIDGOV_ESTATE; GRIDGOV_EARG
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_find_grid(int64_t *unit_out, const gridgov_month *month,
                                                   const char *text, size_t size,
                                                   gridgov_error *err);

/** Compare the pins of this run with those of an earlier bulletin.json: each that differs becomes
 *  an issue.
 *  @param[out] differing_out   how many pins differ
 *  @param      month           run
 *  @param      previous,size   the earlier bulletin.json
 *  @param      issues          takes one note a difference; may be NULL
 *  @param[out] err             may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT or GRIDGOV_EPOLICY not a bulletin.json; GRIDGOV_ELIMIT too
 *          large; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_compare(int64_t *differing_out, const gridgov_month *month,
                                                 const char *previous, size_t size,
                                                 gridgov_issues *issues, gridgov_error *err);

/** Zone of a month that has been run, minutes from UTC; 0 for NULL and before.    @threads safe
 *  @since 0.1 */
GRIDGOV_API int32_t gridgov_month_utc_offset(const gridgov_month *month);

/** Play the cases of a month that has been run, with its life cycle and working hours.
 *  @param[out] out       the cases; yours to free
 *  @param      month     run
 *  @param      as_of     what happened by then; GRIDGOV_NO_TIME: the month's cut-off
 *  @param      known_by  what was recorded by then; GRIDGOV_NO_TIME: as_of, or the month's own
 *                        `known_by` where as_of is the month's
 *  @param      issues    takes one issue for each step refused; may be NULL
 *  @param      job       may be NULL
 *  @param[out] err       may be NULL
 *  @return as gridgov_cases_run()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_cases(gridgov_cases **out, const gridgov_month *month,
                                               gridgov_time as_of, gridgov_time known_by,
                                               gridgov_issues *issues, gridgov_job *job,
                                               gridgov_error *err);

/** Count the agencies of a month that has been run, by metrics of the caller's choice, and follow its
 *  cases through it, with its life cycle and working hours.
 *  @param[out] facts_out     the counts; yours to free
 *  @param[out] flow_out      the movements; yours to free
 *  @param      month         run
 *  @param      metrics,size  name of a built-in pack or a metrics document; NULL: `cityops`
 *  @param      issues        problems of the document, doubts of the count; may be NULL
 *  @param      job           may be NULL
 *  @param[out] err           may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND no such pack; as gridgov_metrics_load(),
 *          gridgov_tally_add_ledger() and gridgov_flow_run()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_agencies(gridgov_facts **facts_out,
                                                  gridgov_flow **flow_out,
                                                  const gridgov_month *month, const char *metrics,
                                                  size_t size, gridgov_issues *issues,
                                                  gridgov_job *job, gridgov_error *err);

/** The same as JSON, `gridgov.agencies/1`.
 *  @return as gridgov_month_agencies()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_agencies_json(gridgov_bytes **out,
                                                       const gridgov_month *month,
                                                       const char *metrics, size_t size,
                                                       gridgov_error *err);

/** Free a month; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_month_free(gridgov_month *month);

#ifdef __cplusplus
}
#endif
#endif
