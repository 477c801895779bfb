/* SPDX-License-Identifier: Apache-2.0 */
/* A workbook that is open: what its sheets share. The reader of its kind fills it and reads rows by
 * it. */
#ifndef GG_WORKBOOK_H
#define GG_WORKBOOK_H

#include "base/map.h"
#include "base/mem.h"
#include "base/share.h"
#include "cell_number.h"
#include "package.h"
#include "sheet_row.h"

#include <gridgov/office.h>

/* Strings that cells name by number. */
typedef struct gg_strings {
    gg_buf text;  /* one behind the other */
    size_t *ends; /* of each */
    size_t count, capacity;
} gg_strings;

typedef struct gg_sheet {
    const char *name;
    int32_t state; /* GRIDGOV_SHEET_* */
    int64_t place; /* index of its part; in XLS offset in the stream; else which it is */
} gg_sheet;

struct gridgov_workbook {
    gg_share share;
    int32_t kind, merged; /* GRIDGOV_FILE_*, GRIDGOV_MERGED_* */
    char *name;           /* for messages, owned */
    char *path;           /* owned; NULL: memory */
    gg_package_source source;
    gg_package_limits package_limits;
    gg_sheet_limits limits;
    gg_cell_style style;
    gg_arena arena;
    gg_sheet *sheets;
    size_t sheet_count, sheet_capacity;
    gg_number_format *formats; /* by style of a cell */
    size_t format_count, format_capacity;
    gg_map styles; /* of one XML text: name of a style → index of its format */
    gg_strings strings;
    struct gg_compound *compound; /* of XLS */
    int biff;                     /* version of XLS: 2, 3, 4, 5 or 8 */
    const char *encoding; /* of text in XLS of one byte a character, for a decoder; NULL: BIFF8 */
};

/* Number n of a workbook's strings; *found is 0 if there is none. */
gg_str gg_strings_at(const gg_strings *strings, uint64_t n, int *found);
/* The bytes added to strings->text since the last string become the next one. */
gridgov_status gg_strings_end(gg_strings *strings, const gg_sheet_limits *limits,
                              gridgov_error *err);
void gg_strings_release(gg_strings *strings);

gridgov_status gg_workbook_add_sheet(gridgov_workbook *book, gg_str name, int32_t state,
                                     int64_t place, gridgov_error *err);
gridgov_status gg_workbook_add_format(gridgov_workbook *book, gg_number_format format,
                                      gridgov_error *err);
/* Format of a cell's style, general beyond the list. */
gg_number_format gg_workbook_format(const gridgov_workbook *book, int64_t style);
/* Another hold; gridgov_workbook_free() gives it back. */
gridgov_workbook *gg_workbook_hold(gridgov_workbook *book);

/* 1 in *found if a sheet has a row with text. */
gridgov_status gg_workbook_has_text(int *found, gridgov_workbook *book, int64_t index,
                                    gridgov_error *err);
/* The sheet that complete options ask for: by name, by the header of a table, or the first visible
 * one with text. */
gridgov_status gg_workbook_choose(int64_t *out, gridgov_workbook *book,
                                  const gridgov_sheet_options *options, gridgov_error *err);
/* Two sheets are one table. */
gridgov_status gg_workbook_fail_twice(const gridgov_workbook *book, int32_t table, int64_t first,
                                      int64_t second, gridgov_error *err);
/* Tell of a sheet that is not read. */
void gg_workbook_note_unused(const gridgov_workbook *book, int64_t sheet, gridgov_issues *issues);

/* Read the caller's options, and put the defaults in the place of zeros. */
gridgov_status gg_sheet_options_read(gridgov_sheet_options *out, const gridgov_sheet_options *given,
                                     gridgov_error *err);

/* Fill a workbook whose source and limits are set. */
gridgov_status gg_xlsx_open(gridgov_workbook *book, gridgov_error *err);
gridgov_status gg_xls_open(gridgov_workbook *book, gridgov_error *err);
gridgov_status gg_xml_sheets_open(gridgov_workbook *book, gridgov_error *err);
gridgov_status gg_html_open(gridgov_workbook *book, gridgov_error *err);

/* The rows of a sheet as the callbacks of a gridgov_rows_source. Making one takes a hold of the
 * book; close gives everything back. */
gridgov_status gg_xlsx_rows_new(gridgov_rows_source *out, gridgov_workbook *book, size_t sheet,
                                gridgov_error *err);
gridgov_status gg_xls_rows_new(gridgov_rows_source *out, gridgov_workbook *book, size_t sheet,
                               gridgov_error *err);
gridgov_status gg_xml_sheets_rows_new(gridgov_rows_source *out, gridgov_workbook *book,
                                      size_t sheet, gridgov_error *err);
gridgov_status gg_html_rows_new(gridgov_rows_source *out, gridgov_workbook *book, size_t sheet,
                                gridgov_error *err);

#endif
