/* SPDX-License-Identifier: Apache-2.0 */
/* What the command does with Office files: office_files.c where gridgov::office was built,
 * office_absent.c where it was not, which says so with EXIT_USAGE. */
#ifndef OFFICE_H
#define OFFICE_H

#include "cli.h"

extern const cli_command init_command, import_command;

/* A file of an example month. */
typedef struct month_file {
    int32_t table;    /* GRIDGOV_TABLE_*; 0: parameters.json */
    const char *text; /* CSV with a header, or JSON; NULL: at the path */
    size_t size;
    const char *path;
} month_file;

/* 1 if a path is a file that this command can read as a workbook; 0 also where it cannot tell. */
int is_workbook(const char *path);
/* Write a month as one workbook; nothing is written if anything fails. */
int write_month_workbook(const cli_options *options, const month_file *files, size_t count,
                         const char *path);
/* Give one sheet, the first with text, and the mapping that reads it to a month; the mapping's
 * parameters apply. */
int give_flat_workbook(const cli_options *options, const char *path, const char *mapping,
                       size_t size, gridgov_month *month, gridgov_issues *issues);
/* Give a folder to a month; its tables may be workbooks where the command can read them. */
int give_folder(const cli_options *options, const char *path, gridgov_month *month,
                gridgov_issues *issues);
/* Give a workbook to a month. */
int give_workbook(const cli_options *options, const char *path, gridgov_month *month,
                  gridgov_issues *issues);
/* Open a file that holds a GRIDGOV_TABLE_*: CSV, written as the mapping says and for the rest as it
 * looks; sheets of workbooks, and GPX and TCX for position fixes, where the command can read them.
 * A status, as the library's. */
int open_table(gridgov_rows **rows, const char *path, int32_t table, const gridgov_mapping *mapping,
               gridgov_error *err);

/* 1 if the command was built with Office files. */
int has_office(void);
/* Render a bulletin in any format: DOCX and XLSX too where there are Office files, else they are
 * GRIDGOV_EUNSUPPORTED. A status, as the library's; render may be NULL. */
gridgov_status render_any(gridgov_bytes **out, const gridgov_bulletin *bulletin, int32_t format,
                          const gridgov_render_options *render, gridgov_error *err);

/* A workbook and its sheets, for gridgov import. */
/* An exit status; err says why a file is no workbook, status 0: that was printed already. */
int open_book(const cli_options *options, const char *path, void **book, int *count,
              gridgov_error *err);
int32_t book_kind(const void *book);
void book_sheet(const void *book, int index, const char **name, int32_t *state);
gridgov_status book_rows(gridgov_rows **rows, void *book, int index, gridgov_error *err);
void close_book(void *book);

/* A bulletin as text: of a DOCX or a workbook, or of a file of text (*document NULL). The text is
 * to be freed by free_bulletin_text(). */
int read_bulletin_text(const cli_options *options, const char *path, char **text, size_t *size,
                       void **document);
void free_bulletin_text(char *text, void *document);
/* Where a line of a document stands: table, row and sheet; 0 if it is prose, or not known. */
int find_place(const void *document, int64_t line, int32_t *table, int64_t *row,
               const char **sheet);

/* What an audit of a document's text found, as JSON with places in the document. */
gridgov_status document_findings(gridgov_bytes **out, const void *document,
                                 const gridgov_findings *findings, int32_t lang,
                                 gridgov_error *err);

#endif
