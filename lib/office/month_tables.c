/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of a month folder as workbooks, one table a file (events.xlsx). The sheet is the one that
 * is named after the table, else the first whose header suits it; with a mapping, which may have
 * any header, the first with text. Other sheets with text are named in a note. */
#include "file_kind.h"
#include "workbook.h"

#include "base/error.h"

#include <gridgov/ingest.h>
#include <gridgov/month.h>

#include <string.h>

/* Index of the visible sheet that is named after a table; −1 if there is none. */
static gridgov_status find_named(int64_t *out, const gridgov_workbook *book, int32_t table,
                                 gridgov_error *err) {
    *out = -1;
    for (size_t i = 0; i < book->sheet_count; i++) {
        const gg_sheet *sheet = &book->sheets[i];
        int32_t named = 0;
        if (sheet->state != GRIDGOV_SHEET_VISIBLE ||
            gridgov_code_value(&named, GRIDGOV_KIND_TABLE, sheet->name, strlen(sheet->name)) !=
                GRIDGOV_OK ||
            named != table) {
            continue;
        }
        if (*out >= 0) {
            return gg_workbook_fail_twice(book, table, *out, (int64_t)i, err);
        }
        *out = (int64_t)i;
    }
    return GRIDGOV_OK;
}

/* Tell of the visible sheets that hold text and are not read. */
static gridgov_status note_others(gridgov_workbook *book, int64_t chosen, gridgov_issues *issues,
                                  gridgov_error *err) {
    for (size_t i = 0; i < book->sheet_count; i++) {
        int found = 0;
        if ((int64_t)i == chosen || book->sheets[i].state != GRIDGOV_SHEET_VISIBLE) {
            continue;
        }
        GG_TRY(gg_workbook_has_text(&found, book, (int64_t)i, err));
        if (found) {
            gg_workbook_note_unused(book, (int64_t)i, issues);
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status open_sheet(gridgov_rows **out, gridgov_workbook *book, int32_t table,
                                 int has_mapping, gridgov_issues *issues, gridgov_error *err) {
    const gridgov_sheet_options any = {.struct_size = sizeof any, .table = has_mapping ? 0 : table};
    int64_t sheet;
    GG_TRY(find_named(&sheet, book, table, err));
    if (sheet < 0) {
        GG_TRY(gg_workbook_choose(&sheet, book, &any, err));
    }
    GG_TRY(note_others(book, sheet, issues, err));
    return gridgov_workbook_rows(out, book, sheet, err);
}

/* A gridgov_table_open_fn; user: the options, complete. */
static gridgov_status open_table(gridgov_rows **out, const char *path, int32_t table,
                                 const gridgov_mapping *mapping, gridgov_issues *issues, void *user,
                                 gridgov_error *err) {
    gridgov_sheet_options options = *(const gridgov_sheet_options *)user;
    gridgov_csv_options csv = {.struct_size = sizeof csv};
    gridgov_workbook *book = NULL;
    gridgov_status status;
    int32_t kind = 0;
    options.source = NULL; // the path
    options.sheet = NULL;
    GG_TRY(gg_file_kind(&kind, &(gg_package_source){.path = path}, NULL, err));
    if (kind == GRIDGOV_FILE_TEXT) { // a CSV by another name
        if (mapping != NULL) {
            GG_TRY(gridgov_mapping_csv_options(&csv, mapping));
            options.csv = &csv;
        }
        return gridgov_rows_open_file(out, path, &options, err);
    }
    GG_TRY(gridgov_workbook_open_file(&book, path, &options, err));
    status = open_sheet(out, book, table, mapping != NULL, issues, err);
    gridgov_workbook_free(book); // the cursor keeps it
    return status;
}

gridgov_status gridgov_month_set_office_folder(gridgov_month *month, const char *path,
                                               const gridgov_sheet_options *options,
                                               gridgov_issues *issues, gridgov_error *err) {
    gridgov_sheet_options full;
    GG_TRY(gg_sheet_options_read(&full, options, err));
    return gridgov_month_set_folder_with(month, path, open_table, &full, issues, err);
}
