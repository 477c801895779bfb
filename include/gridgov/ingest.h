/* SPDX-License-Identifier: Apache-2.0 */
/** @file ingest.h
 *  From rows of text to units and a ledger. A *mapping* says which column feeds which field;
 *  without one the header row is matched against the field codes and their Chinese and English
 *  names (docs/month-folder.md). A bad row becomes an issue with source, row, column, field, value
 *  and rule, is left out and counted; the rest is loaded. Guarantees: A then B equals A+B; a call
 *  that fails or is cancelled leaves its target as it was; the summary adds up: read = added +
 *  replaced + skipped + excluded.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int load_events(gridgov_ledger *ledger, const char *csv, size_t size,
 *                         gridgov_issues *issues, gridgov_error *err) {
 *      gridgov_rows *rows = NULL;
 *      gridgov_ingest_summary summary = {.struct_size = sizeof summary};
 *      int status = gridgov_rows_open_csv_bytes(&rows, csv, size, NULL, err);
 *      if (status == GRIDGOV_OK) {
 *          status = gridgov_ingest(&summary, ledger, GRIDGOV_TABLE_EVENTS, rows, NULL, issues, NULL,
 *                                  err);
 *      }
 *      gridgov_rows_free(rows);
 *      return status;
 *  }
 *  @endcode
 *
 *  Document `gridgov.mapping/1`: see docs/mapping.md. */
#ifndef GRIDGOV_INGEST_H
#define GRIDGOV_INGEST_H

#include <gridgov/calendar.h>
#include <gridgov/issues.h>
#include <gridgov/job.h>
#include <gridgov/ledger.h>
#include <gridgov/rows.h>
#include <gridgov/track.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Columns → fields, forms of dates, values, zone, duplicates; immutable. */
typedef struct gridgov_mapping gridgov_mapping;

/** One field of a table. All pointers are static. */
typedef struct gridgov_field {
    uint32_t struct_size; /**< sizeof(gridgov_field), set by the caller */
    int32_t required;     /**< 1 if a table without this column cannot be loaded (units: but for the
                               short form) */
    const char *code;     /**< "reported_at" */
    const char *title_zh; /**< "上报时间" */
    const char *title_en; /**< "Reported at" */
    const char *aliases;  /**< further header names, separated by `|`; may be "" */
    int32_t kind;         /**< GRIDGOV_KIND_* of its values; 0: text, time or number */
    int32_t reserved;     /**< 0 */
} gridgov_field;

/** The header of a table, found below titles. */
typedef struct gridgov_header {
    uint32_t struct_size; /**< sizeof(gridgov_header), set by the caller */
    int32_t table;        /**< GRIDGOV_TABLE_* */
    int64_t row;          /**< its row, the last if it has two; 1-based, as a spreadsheet counts */
    int64_t width;        /**< columns up to the last that has text */
    int32_t found;        /**< fields that have a column */
    int32_t missing;      /**< fields that the table needs and that have none */
    int32_t unused;       /**< columns with text that feed no field */
    int32_t rows;         /**< 1; 2 if groups stand above sub-titles */
} gridgov_header;

/** What became of a table's rows; a row without any text is none. */
typedef struct gridgov_ingest_summary {
    uint32_t struct_size; /**< sizeof(gridgov_ingest_summary), set by the caller */
    int32_t table;        /**< GRIDGOV_TABLE_* */
    int64_t read;         /**< rows below the header */
    int64_t added;        /**< rows that became records */
    int64_t replaced;     /**< rows that took the place of an earlier one of the same number */
    int64_t skipped;      /**< rows left out as told: duplicates under "skip", and lines of
                               totals or signatures under the table */
    int64_t excluded;     /**< rows left out because of a problem */
    char digest[72];      /**< SHA-256 over the cells of all rows, header included, 64 hexadecimal
                               digits: the same for CSV and any other source of the same cells; rows
                               without text and empty cells at the end of a row do not count */
} gridgov_ingest_summary;

/** Number of fields of a table; 0 for no table.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_field_count(int32_t table);

/** One field of a table, in the order of docs/month-folder.md.
 *  @param[out] field_out  the field
 *  @param      table      GRIDGOV_TABLE_*
 *  @param      index      0 … count−1
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_field_at(gridgov_field *field_out, int32_t table, int64_t index);

/** Find the header of a table: the first row that has a column for every field that the table
 *  needs, among the first thirty rows with text; or two rows, groups above and sub-titles below.
 *  gridgov_ingest() finds it in the same way.
 *  @param[out] out      the header; the cursor stands on it: on its row, or of two rows on one that
 *                       joins them, each column as `group/sub-title`
 *  @param[out] fields   for each column the index of its field (gridgov_field_at()), or
 *                       GRIDGOV_NONE; may be NULL
 *  @param      capacity  columns that fit @p fields; those beyond @p width are GRIDGOV_NONE
 *  @param      rows     before its first row
 *  @param      table    GRIDGOV_TABLE_*; 0: whichever suits the row best, by names alone, if at
 *                       least half of the row is known
 *  @param      mapping  one of the same table; NULL: by header
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK, with @p missing above 0 only if the mapping names the row;
 *          GRIDGOV_ENOTFOUND no row would do; GRIDGOV_EARG; what gridgov_rows_next() returns
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_header_find(gridgov_header *out, int32_t *fields,
                                               int64_t capacity, gridgov_rows *rows, int32_t table,
                                               const gridgov_mapping *mapping, gridgov_error *err);

/** A built-in mapping: `events`, `patrol-days` … hold the header names that are understood without
 *  one, others read exports of known systems. gridgov_pack_at() lists them under
 *  GRIDGOV_PACK_MAPPING, with their text.
 *  @param[out] out        the mapping; yours to free
 *  @param      name,size  "events"
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_mapping_open(gridgov_mapping **out, const char *name,
                                                size_t size, gridgov_error *err);

/** Load a mapping document.
 *  @param[out] out        the mapping; yours to free
 *  @param      json,size  UTF-8
 *  @param      issues     takes every problem, with its JSON pointer; may be NULL
 *  @param[out] err        the first problem; may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT; GRIDGOV_EPOLICY; GRIDGOV_ELIMIT too large; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_mapping_load(gridgov_mapping **out, const char *json,
                                                size_t size, gridgov_issues *issues,
                                                gridgov_error *err);

/** How the mapped file is written (delimiter, encoding), for gridgov_rows_open_csv_file().
 *  @param[out] options  struct_size set by the caller; its pointers are borrowed from @p mapping;
 *                       defaults for a NULL mapping
 *  @param      mapping  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_mapping_csv_options(gridgov_csv_options *options,
                                                       const gridgov_mapping *mapping);

/** The table that a mapping fills, GRIDGOV_TABLE_*; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_mapping_table(const gridgov_mapping *mapping);

/** Offset of stamps without a zone, minutes; 480 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_mapping_utc_offset(const gridgov_mapping *mapping);

/** The mapping's `parameters` object as JSON text (docs/month-folder.md, parameters.json); "" if it
 *  has none.
 *  @return borrowed    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_mapping_parameters(const gridgov_mapping *mapping,
                                                   size_t *size_out);

/** SHA-256 over what the mapping says, 64 hexadecimal digits; "" for NULL.    @threads safe
 *  @since 0.1 */
GRIDGOV_API const char *gridgov_mapping_digest(const gridgov_mapping *mapping);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param mapping  may be NULL
 *  @return @p mapping    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_mapping *gridgov_mapping_hold(const gridgov_mapping *mapping);

/** Free a mapping; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_mapping_free(gridgov_mapping *mapping);

/** Read units, agencies or officers.
 *  @param[out] summary  may be NULL
 *  @param      units    not sealed; changed only if the call succeeds
 *  @param      table    GRIDGOV_TABLE_UNITS, _AGENCIES or _OFFICERS
 *  @param      rows     before its first row
 *  @param      mapping  one of the same table; NULL: by header
 *  @param      issues   takes bad rows; may be NULL
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK, even if rows were excluded; GRIDGOV_EDATA a required column is missing;
 *          GRIDGOV_EFORMAT; GRIDGOV_EIO; GRIDGOV_ELIMIT; GRIDGOV_ECANCELLED; GRIDGOV_ESTATE;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ingest_units(gridgov_ingest_summary *summary,
                                                gridgov_units *units, int32_t table,
                                                gridgov_rows *rows, const gridgov_mapping *mapping,
                                                gridgov_issues *issues, gridgov_job *job,
                                                gridgov_error *err);

/** Read a table of days into a calendar (docs/worktime.md, calendar.csv). Several tables may be read
 *  into one.
 *  @param[out] summary   may be NULL
 *  @param      calendar  not sealed; changed only if the call succeeds
 *  @param      rows      before its first row
 *  @param      mapping   one of GRIDGOV_TABLE_CALENDAR; NULL: by header
 *  @param      issues    takes bad rows; may be NULL
 *  @param      job       may be NULL
 *  @param[out] err       may be NULL
 *  @return as gridgov_ingest_units()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ingest_calendar(gridgov_ingest_summary *summary,
                                                   gridgov_calendar *calendar, gridgov_rows *rows,
                                                   const gridgov_mapping *mapping,
                                                   gridgov_issues *issues, gridgov_job *job,
                                                   gridgov_error *err);

/** Read any other table into a ledger, and tell the ledger what the table covers.
 *  @param[out] summary  may be NULL
 *  @param      ledger   not sealed; rewound if the call fails
 *  @param      table    GRIDGOV_TABLE_* other than those of the calls above
 *  @param      rows     before its first row
 *  @param      mapping  one of the same table; NULL: by header
 *  @param      issues   takes bad rows; may be NULL
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return as gridgov_ingest_units()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ingest(gridgov_ingest_summary *summary, gridgov_ledger *ledger,
                                          int32_t table, gridgov_rows *rows,
                                          const gridgov_mapping *mapping, gridgov_issues *issues,
                                          gridgov_job *job, gridgov_error *err);

/** Read position fixes into tracks, with several workers where the source is CSV in UTF-8, at flat
 *  memory. Rows are added in their order, whatever the number of workers. The summary has no digest;
 *  a fix that the tracks leave out (late, inaccurate) is an added row here and counted there.
 *  @param[out] summary  may be NULL
 *  @param      tracks   not sealed; after a failure they can only be freed
 *  @param      rows     before its first row
 *  @param      mapping  one of GRIDGOV_TABLE_FIXES; NULL: by header
 *  @param      workers  threads, 1 … 64; 0: 1
 *  @param      issues   takes bad rows; may be NULL
 *  @param      job      may be NULL
 *  @param[out] err      may be NULL
 *  @return as gridgov_ingest_units(), and as gridgov_tracks_add_columns()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_ingest_tracks(gridgov_ingest_summary *summary,
                                                 gridgov_tracks *tracks, gridgov_rows *rows,
                                                 const gridgov_mapping *mapping, int32_t workers,
                                                 gridgov_issues *issues, gridgov_job *job,
                                                 gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
