/* SPDX-License-Identifier: Apache-2.0 */
/** @file rows.h
 *  A pull cursor over the rows of a table: CSV from a file or from memory, or a source of your own
 *  (a SQL cursor, a spreadsheet). One row is held at a time, so memory stays flat.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <stdio.h>
 *  static int first_column(const char *path, gridgov_error *err) {
 *      gridgov_rows *rows = NULL;
 *      size_t size = 0;
 *      int status = gridgov_rows_open_csv_file(&rows, path, NULL, err);
 *      while (status == GRIDGOV_OK && (status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
 *          puts(gridgov_rows_text(rows, 0, &size));
 *      }
 *      gridgov_rows_free(rows);
 *      return status == GRIDGOV_END ? GRIDGOV_OK : status;
 *  }
 *  @endcode
 *
 *  CSV is RFC 4180 with what is really written: CR, LF and CRLF line ends, one UTF-8 byte order
 *  mark, doubled quotes, quoted newlines, rows shorter or longer than the first. Every byte is
 *  checked: what is not UTF-8, a NUL, a quote that is never closed, or text behind a closing quote
 *  is GRIDGOV_EFORMAT with row and column. Empty lines are skipped. */
#ifndef GRIDGOV_ROWS_H
#define GRIDGOV_ROWS_H

#include <gridgov/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A cursor. */
typedef struct gridgov_rows gridgov_rows;

/** How a CSV file is written, and what it may cost. Zeros are the defaults. */
typedef struct gridgov_csv_options {
    uint32_t struct_size; /**< sizeof(gridgov_csv_options) */
    int32_t delimiter;    /**< an ASCII character; 0: comma */
    int64_t max_cell;     /**< bytes of one cell; 0: 1 MiB */
    int64_t max_row;      /**< bytes of one row; 0: 16 MiB */
    int64_t max_columns;  /**< cells of one row; 0: 4096 */
    int64_t max_rows;     /**< rows; 0: 1 000 000 000 */
    const char *source;   /**< name for messages; NULL: the path, or "memory" */
    const char *encoding; /**< "utf-8", "gb18030", or NULL: UTF-8; see gridgov_csv_detect_file() */
} gridgov_csv_options;

/** A source of your own. Every callback returns normally and takes @p user first. */
typedef struct gridgov_rows_source {
    uint32_t struct_size; /**< sizeof(gridgov_rows_source) */
    int32_t reserved;     /**< 0 */
    /** Go to the next row: GRIDGOV_OK, GRIDGOV_END, or an error filled with gridgov_error_set(). */
    gridgov_status (*next)(void *user, gridgov_error *err);
    /** Cells of the current row. */
    int64_t (*count)(void *user);
    /** Cell @p index, NUL-terminated UTF-8, borrowed until the next call of @p next. */
    const char *(*text)(void *user, int64_t index, size_t *size_out);
    /** Row number for messages, 1-based; may be NULL: rows are counted. */
    int64_t (*number)(void *user);
    /** Called once by gridgov_rows_free(); may be NULL. */
    void (*close)(void *user);
    void *user;         /**< handed to each callback */
    const char *source; /**< name for messages; copied */
    /** What is to be told of the current row, an entry a call: GRIDGOV_OK with rule and column
     *  filled (gridgov_error_set()), GRIDGOV_END when there is no more; may be NULL. */
    gridgov_status (*note)(void *user, gridgov_error *issue_out);
} gridgov_rows_source;

/** Set options to their defaults.
 *  @param[out] options      the options
 *  @param      struct_size  sizeof *options    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_csv_options_init(gridgov_csv_options *options, size_t struct_size);

/** How a file of text is written, where the options do not say: the encoding is gb18030 if the
 *  text is no UTF-8 but well-formed GB18030 with common Chinese characters, else utf-8; the
 *  delimiter is that of comma, tab, semicolon and bar which cuts most of the first lines into the
 *  same number of cells, comma if none does. The first 64 KiB behind the first byte that is no
 *  ASCII decide (of a file that begins with 16 MiB of ASCII: its beginning), so the answer does not
 *  depend on how the file is read. Of a pipe, which can be read once only, nothing is read: utf-8
 *  and comma.
 *  @param[in,out] options  `encoding` is set if it is NULL, `delimiter` if it is 0
 *  @param         path     NUL-terminated
 *  @param[out]    err      may be NULL; `source` is the path
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_csv_detect_file(gridgov_csv_options *options, const char *path,
                                                   gridgov_error *err);

/** The same of text in memory.
 *  @param[in,out] options    as above
 *  @param         data,size  the text
 *  @param[out]    err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_csv_detect_bytes(gridgov_csv_options *options, const char *data,
                                                    size_t size, gridgov_error *err);

/** Open a CSV file. It is read in blocks, never as a whole.
 *  @param[out] out      the cursor, before the first row; yours to free
 *  @param      path     NUL-terminated
 *  @param      options  NULL for the defaults
 *  @param[out] err      may be NULL; `source` is the path
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_EUNSUPPORTED encoding; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_open_csv_file(gridgov_rows **out, const char *path,
                                                      const gridgov_csv_options *options,
                                                      gridgov_error *err);

/** Open CSV text in memory.
 *  @param[out] out        the cursor; yours to free
 *  @param      data,size  the text @owner borrowed: must outlive the cursor
 *  @param      options    NULL for the defaults
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EUNSUPPORTED; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_open_csv_bytes(gridgov_rows **out, const char *data,
                                                       size_t size,
                                                       const gridgov_csv_options *options,
                                                       gridgov_error *err);

/** Open a source of your own.
 *  @param[out] out     the cursor; yours to free. On failure `close` is not called
 *  @param      source  copied; `next`, `count` and `text` are required
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_open_source(gridgov_rows **out,
                                                    const gridgov_rows_source *source,
                                                    gridgov_error *err);

/** Go to the next row. The header is a row like any other.
 *  @return GRIDGOV_OK; GRIDGOV_END after the last row, again and again; GRIDGOV_EFORMAT;
 *          GRIDGOV_ELIMIT; GRIDGOV_EIO; GRIDGOV_ENOMEM; after a failure the same failure again
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_next(gridgov_rows *rows, gridgov_error *err);

/** Number of the current row, 1-based, counting every row of the table, empty lines too, as a
 *  spreadsheet shows it; 0 before the first.    @since 0.1 */
GRIDGOV_API int64_t gridgov_rows_number(const gridgov_rows *rows);

/** Cells of the current row; 0 before the first and after the last.    @since 0.1 */
GRIDGOV_API int64_t gridgov_rows_count(const gridgov_rows *rows);

/** Text of one cell.
 *  @param      rows      a cursor on a row
 *  @param      index     0-based; a cell that the row does not have is ""
 *  @param[out] size_out  bytes; may be NULL
 *  @return borrowed until the next gridgov_rows_next(); NUL-terminated UTF-8    @since 0.1 */
GRIDGOV_API const char *gridgov_rows_text(const gridgov_rows *rows, int64_t index,
                                          size_t *size_out);

/** What the source has to tell of the current row, a formula without a value for instance. The calls
 *  that read tables ask for it, and hand it to their issues.
 *  @param[out] issue_out  one entry, with source and row
 *  @param      rows       a cursor on a row
 *  @return GRIDGOV_OK; GRIDGOV_END no more of this row; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_rows_note(gridgov_rows *rows, gridgov_error *issue_out);

/** Name of the source, for messages.    @since 0.1 */
GRIDGOV_API const char *gridgov_rows_source_name(const gridgov_rows *rows);

/** Free a cursor; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_rows_free(gridgov_rows *rows);

#ifdef __cplusplus
}
#endif
#endif
