/* SPDX-License-Identifier: Apache-2.0 */
/** @file office.h
 *  The files that offices really have. This header belongs to the optional library
 *  `gridgov::office` (`gridgov-office.pc`), which is linked beside the core; gridgov.h does not
 *  include it. What a file is, its content says, never its name.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <gridgov/office.h>
 *  #include <stdio.h>
 *  static int first_column(const char *path, gridgov_error *err) {
 *      gridgov_rows *rows = NULL; // CSV, XLSX or XLS
 *      int status = gridgov_rows_open_file(&rows, path, NULL, err);
 *      while (status == GRIDGOV_OK && (status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
 *          puts(gridgov_rows_text(rows, 0, NULL));
 *      }
 *      gridgov_rows_free(rows);
 *      return status == GRIDGOV_END ? GRIDGOV_OK : status;
 *  }
 *  @endcode
 *
 *  The rows of a sheet are text, as a CSV of the same table would be: whole numbers and decimals in
 *  15 digits, percentages with `%`, dates as `2021-09-05`, times as `2021-09-05 08:31:00` where the
 *  number's format says so, `TRUE` and `FALSE`, errors as `#N/A`, the cached value of a formula.
 *  Everything is exact: no floating point takes part. Hidden rows and columns are rows and columns.
 *  A file costs bounded memory and time, whatever it holds: see ::gridgov_sheet_options. */
#ifndef GRIDGOV_OFFICE_H
#define GRIDGOV_OFFICE_H

#include <gridgov/audit.h>
#include <gridgov/base.h>
#include <gridgov/codes.h>
#include <gridgov/io.h>
#include <gridgov/month.h>
#include <gridgov/rows.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A workbook that is open. */
typedef struct gridgov_workbook gridgov_workbook;

/** A document as text. */
typedef struct gridgov_document gridgov_document;

/** A workbook that is being written. */
typedef struct gridgov_workbook_writer gridgov_workbook_writer;

/** How a workbook is read, and what it may cost. Zeros are the defaults. */
typedef struct gridgov_sheet_options {
    uint32_t struct_size; /**< sizeof(gridgov_sheet_options) */
    int32_t merged;       /**< GRIDGOV_MERGED_*; 0: carried down */
    int32_t printed;      /**< 1: numbers rounded to the decimals that their formats show */
    int32_t table;        /**< GRIDGOV_TABLE_*: the first sheet whose header has the columns that the
                               table needs; 0: the first sheet with text. Ignored with @p sheet */
    const char *sheet;    /**< name of a sheet, hidden ones too; NULL: the first visible one */
    const char *source;   /**< name for messages; NULL: the path, or "memory" */
    int64_t max_cell;     /**< bytes of one cell; 0: 1 MiB */
    int64_t max_row;      /**< bytes of one row; 0: 16 MiB */
    int64_t max_columns;  /**< cells of one row; 0: 16 384 */
    int64_t max_rows;     /**< rows; 0: 1 048 576 */
    int64_t max_strings;  /**< bytes of the shared strings, and 8 for each; 0: 256 MiB */
    int64_t max_merges;   /**< merged areas of a sheet; 0: 1 000 000 */
    int64_t max_parts;    /**< parts of the package; 0: 10 000 */
    int64_t max_unpacked; /**< bytes that one part unpacks to; 0: 1 GiB */
    int64_t max_ratio;    /**< unpacked to packed bytes of a part above 8 MiB; 0: 200 */
    const gridgov_csv_options *csv; /**< for text files; NULL: the defaults */
} gridgov_sheet_options;

/** One sheet. */
typedef struct gridgov_sheet {
    uint32_t struct_size; /**< sizeof(gridgov_sheet), set by the caller */
    int32_t state;        /**< GRIDGOV_SHEET_* */
    const char *name;     /**< borrowed from the workbook */
} gridgov_sheet;

/** Set options to their defaults.
 *  @param[out] options      the options
 *  @param      struct_size  sizeof *options    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_sheet_options_init(gridgov_sheet_options *options, size_t struct_size);

/** What a file is, by its content; a pipe or a device is taken for text and not read.
 *  @param[out] kind_out  GRIDGOV_FILE_*; 0 on failure
 *  @param      path      NUL-terminated
 *  @param[out] err       may be NULL; `source` is the path
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_file_kind(int32_t *kind_out, const char *path,
                                             gridgov_error *err);

/** The same of a file in memory.
 *  @param[out] kind_out   GRIDGOV_FILE_*; 0 on failure
 *  @param      data,size  the whole file
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_file_kind_bytes(int32_t *kind_out, const void *data, size_t size,
                                                   gridgov_error *err);

/** Open the rows of a file, whatever its kind: text as CSV, or a sheet of a workbook (XLSX, XLS, and what is
 *  called so: the XML of Office 2003, and the tables of a web page).
 *  @param[out] out      the cursor, before the first row; yours to free
 *  @param      path     NUL-terminated
 *  @param      options  NULL for the defaults
 *  @param[out] err      may be NULL; `source` is the path
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_EUNSUPPORTED encrypted, or of a kind that is not read;
 *          GRIDGOV_EFORMAT; GRIDGOV_ELIMIT; GRIDGOV_ENOTFOUND no such sheet; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_open_file(gridgov_rows **out, const char *path,
                                                  const gridgov_sheet_options *options,
                                                  gridgov_error *err);

/** Open a sheet of an XLSX workbook; the rest as gridgov_rows_open_file().    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_open_xlsx_file(gridgov_rows **out, const char *path,
                                                       const gridgov_sheet_options *options,
                                                       gridgov_error *err);

/** The same of a file in memory, which must outlive the cursor.    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_open_xlsx_bytes(gridgov_rows **out, const void *data,
                                                        size_t size,
                                                        const gridgov_sheet_options *options,
                                                        gridgov_error *err);

/** Open a sheet of an XLS workbook; the rest as gridgov_rows_open_file().    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_open_xls_file(gridgov_rows **out, const char *path,
                                                      const gridgov_sheet_options *options,
                                                      gridgov_error *err);

/** Open a sheet of an XLS workbook in memory; the rest as gridgov_rows_open_xlsx_bytes().
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_open_xls_bytes(gridgov_rows **out, const void *data,
                                                       size_t size,
                                                       const gridgov_sheet_options *options,
                                                       gridgov_error *err);

/** Open a workbook, of any kind that gridgov_rows_open_file() reads but text: what its sheets share is read, their
 *  rows are not.
 *  @param[out] out      the workbook; yours to free
 *  @param      path     NUL-terminated
 *  @param      options  NULL for the defaults; `table` and `sheet` do not matter
 *  @param[out] err      may be NULL; `source` is the path
 *  @return as gridgov_rows_open_file()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_workbook_open_file(gridgov_workbook **out, const char *path,
                                                      const gridgov_sheet_options *options,
                                                      gridgov_error *err);

/** The same of a file in memory, which must outlive the workbook and its cursors.    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_workbook_open_bytes(gridgov_workbook **out, const void *data,
                                                       size_t size,
                                                       const gridgov_sheet_options *options,
                                                       gridgov_error *err);

/** What it was opened as, GRIDGOV_FILE_*.    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_workbook_kind(const gridgov_workbook *workbook);

/** Sheets with cells; charts, dialogs and macros on sheets of their own are none.
 *  @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_workbook_sheet_count(const gridgov_workbook *workbook);

/** One sheet, in the order of the tabs.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_workbook_sheet_at(gridgov_sheet *sheet_out,
                                                     const gridgov_workbook *workbook,
                                                     int64_t index);

/** Rows of one sheet; the cursor keeps the workbook alive.
 *  @param[out] out       the cursor, before the first row; yours to free. Its source is named
 *                        "book.xlsx[sheet]"
 *  @param      workbook  cursors of several sheets may be read in turn
 *  @param      index     0 … count−1
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_workbook_rows(gridgov_rows **out, gridgov_workbook *workbook,
                                                 int64_t index, gridgov_error *err);

/** Free a workbook; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_workbook_free(gridgov_workbook *workbook);

/** Give every table of a workbook to a month, and the sheet 总览 as its parameters. A sheet belongs
 *  to the table that it is named after (事件, 网格, 网格员 …: gridgov_code_value()); one of another
 *  name to the table that its header suits, if no sheet has that name. Hidden sheets are left alone.
 *  The same cells make the same bulletin as from a folder, digests included. A failure leaves the
 *  sheets taken before it in place.
 *  @param month    not run
 *  @param path     NUL-terminated; must stay as it is until the month has run
 *  @param options  NULL for the defaults; `table` and `sheet` do not matter
 *  @param issues   sheets that belong to no table, lines of 总览 that are no parameter; may be NULL
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND no table at all; GRIDGOV_EDATA two sheets are one table;
 *          as gridgov_workbook_open_file() and gridgov_month_set_parameters()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_set_workbook(gridgov_month *month, const char *path,
                                                      const gridgov_sheet_options *options,
                                                      gridgov_issues *issues, gridgov_error *err);

/** gridgov_month_set_folder() of a folder whose tables may be workbooks as well as CSV: events.xlsx, units.xls … The
 *  sheet is the one named after the table, else the first visible one whose header suits it (with a mapping beside the file: the first
 *  with text). Two files of one table are an error.
 *  @param month    not run
 *  @param path     the folder; its files must stay as they are until the month has run
 *  @param options  the limits of reading; NULL for the defaults. `table`, `sheet`, `source` and `csv` do not matter
 *  @param issues   as gridgov_month_set_folder(), and sheets that are not read; may be NULL
 *  @param[out] err may be NULL
 *  @return as gridgov_month_set_folder() and gridgov_rows_open_file()    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_month_set_office_folder(gridgov_month *month, const char *path,
                                                           const gridgov_sheet_options *options,
                                                           gridgov_issues *issues,
                                                           gridgov_error *err);

/** Begin a workbook of a month.
 *  @param[out] out  yours to free
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_workbook_writer_new(gridgov_workbook_writer **out,
                                                       gridgov_error *err);

/** Add a table as a sheet of its Chinese name: all cells text, so that codes keep their zeros and no
 *  name is a formula; the header frozen; lists to choose from where values are a closed list.
 *  @param writer   the workbook
 *  @param table    GRIDGOV_TABLE_*
 *  @param rows     before its first row, the header; read to the end, and yours to free
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM; what gridgov_rows_next() returns
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_workbook_writer_add_table(gridgov_workbook_writer *writer,
                                                             int32_t table, gridgov_rows *rows,
                                                             gridgov_error *err);

/** Add parameters (`gridgov.parameters/1`) as the sheet 总览.
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT; GRIDGOV_EPOLICY; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_workbook_writer_add_parameters(gridgov_workbook_writer *writer,
                                                                  const char *json, size_t size,
                                                                  gridgov_error *err);

/** The bytes of the workbook; equal tables make equal bytes.
 *  @param[out] out     yours to free
 *  @param      writer  with at least one sheet; may be finished again
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_workbook_writer_finish(gridgov_bytes **out,
                                                          const gridgov_workbook_writer *writer,
                                                          gridgov_error *err);

/** Free a writer; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_workbook_writer_free(gridgov_workbook_writer *writer);

/** Open a GPX (1.0, 1.1) or TCX file as a table of position fixes, for gridgov_ingest_tracks():
 *  columns officer, at, lon, lat, speed_km_h and track_part, one row a point of a track. Waypoints
 *  and routes are not read. A part is a segment of GPX; in TCX an activity, or where the recording
 *  was paused within a lap. The file is read as a stream.
 *  @param[out] out      the cursor, before the header; yours to free
 *  @param      path     NUL-terminated
 *  @param      officer  whose track it is; NULL: the file's name without its ending
 *  @param[out] err      may be NULL; `source` is the path
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_EARG; GRIDGOV_ENOMEM. What is no XML, or of another
 *          kind, the cursor refuses: GRIDGOV_EFORMAT, GRIDGOV_EUNSUPPORTED, GRIDGOV_ELIMIT
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_open_track_file(gridgov_rows **out, const char *path,
                                                        const char *officer, gridgov_error *err);

/** The same of a file in memory.
 *  @param[out] out        the cursor; yours to free
 *  @param      data,size  the whole file @owner borrowed: must outlive the cursor
 *  @param      officer    whose track it is
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_open_track_bytes(gridgov_rows **out, const void *data,
                                                         size_t size, const char *officer,
                                                         gridgov_error *err);

/** Read a bulletin in DOCX, XLSX or XLS as the text that gridgov_audit_text() reads: prose line by
 *  line, tables with a tab between cells, so that a column of the text is one of the table. Merged
 *  cells have their text where they begin; numbers are rounded as their formats show them. What was
 *  deleted is left out, and so are headers, footers, notes, automatic numbers and hidden sheets.
 *  @param[out] out      yours to free
 *  @param      path     NUL-terminated
 *  @param      options  the limits of reading; NULL for the defaults. The text may have @p
 *                       max_strings bytes
 *  @param[out] err      may be NULL; `source` is the path
 *  @return as gridgov_rows_open_file(); GRIDGOV_ENOTFOUND it has no text    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_document_open_file(gridgov_document **out, const char *path,
                                                      const gridgov_sheet_options *options,
                                                      gridgov_error *err);

/** The same of a file in memory, which is read during the call only.    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_document_open_bytes(gridgov_document **out, const void *data,
                                                       size_t size,
                                                       const gridgov_sheet_options *options,
                                                       gridgov_error *err);

/** What it was read from, GRIDGOV_FILE_DOCX, _XLSX or _XLS.    @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_document_kind(const gridgov_document *document);

/** The text, UTF-8 with a line feed behind each line.
 *  @return borrowed    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_document_text(const gridgov_document *document, size_t *size_out);

/** Where a line stands in the file.
 *  @param[out] place_out  the place; its text is borrowed
 *  @param      document   the document
 *  @param      line       1-based, as gridgov_finding counts
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_document_place_at(gridgov_document_place *place_out,
                                                     const gridgov_document *document,
                                                     int64_t line);

/** What an audit of its text found, with places in the file: gridgov_findings_json_placed().
 *  @param[out] out       yours to free
 *  @param      document  whose text was audited
 *  @param      findings  of that audit
 *  @param      lang      GRIDGOV_LANG_*
 *  @param[out] err       may be NULL
 *  @return as gridgov_findings_json()    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_document_findings_json(gridgov_bytes **out,
                                                          const gridgov_document *document,
                                                          const gridgov_findings *findings,
                                                          int32_t lang, gridgov_error *err);

/** Free a document; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_document_free(gridgov_document *document);

#ifdef __cplusplus
}
#endif
#endif
