/* SPDX-License-Identifier: Apache-2.0 */
/* One workbook is a month. A sheet belongs to the table whose name it has (事件, 网格员 …); one of
 * another name belongs to the table that its header suits, if no sheet has that table's name.
 * Hidden sheets are left alone. Rows are read by the run, sheet by sheet. */
#include "overview.h"
#include "workbook.h"

#include "base/error.h"

#include <gridgov/ingest.h>
#include <gridgov/month.h>

#include <string.h>

#define TABLES 64 /* numbers of tables */

typedef struct sheets_of_month {
    gridgov_month *month;
    gridgov_workbook *book;
    gridgov_issues *issues;
    int64_t sheets[TABLES]; /* by table: index of its sheet + 1 */
    int by_header[TABLES];  /* 1: the sheet has another name */
    int64_t overview;       /* index + 1 */
    int64_t found;
} sheets_of_month;

/* Tables by the names of the sheets. */
static gridgov_status by_names(sheets_of_month *all, gridgov_error *err) {
    for (size_t i = 0; i < all->book->sheet_count; i++) {
        const gg_sheet *sheet = &all->book->sheets[i];
        int32_t table = 0;
        if (sheet->state != GRIDGOV_SHEET_VISIBLE) {
            continue;
        }
        if (gg_overview_is_name(sheet->name)) {
            all->overview = (int64_t)i + 1;
        } else if (gridgov_code_value(&table, GRIDGOV_KIND_TABLE, sheet->name,
                                      strlen(sheet->name)) == GRIDGOV_OK &&
                   table > 0 && table < TABLES && gridgov_field_count(table) > 0) {
            if (all->sheets[table] != 0) {
                return gg_workbook_fail_twice(all->book, table, all->sheets[table] - 1, (int64_t)i,
                                              err);
            }
            all->sheets[table] = (int64_t)i + 1;
        }
    }
    return GRIDGOV_OK;
}

static int is_taken(const sheets_of_month *all, int64_t sheet) {
    int taken = all->overview == sheet + 1;
    for (int32_t table = 1; table < TABLES; table++) {
        taken |= all->sheets[table] == sheet + 1;
    }
    return taken;
}

/* A sheet that looks like a table which another sheet is already by its name. */
static void note_also(const sheets_of_month *all, int32_t table, int64_t sheet) {
    const char *name = all->book->sheets[sheet].name;
    gridgov_error issue;
    (void)gg_fail(&issue, GG_RULE_SHEET_ALSO, gridgov_code_text(GRIDGOV_KIND_TABLE, table), name,
                  strlen(name), all->book->sheets[all->sheets[table] - 1].name, NULL);
    gg_error_at(&issue, all->book->name, 0, 0);
    gridgov_issues_add(all->issues, &issue);
}

/* The table of a sheet by its header. */
static gridgov_status by_header(sheets_of_month *all, int64_t sheet, gridgov_error *err) {
    gridgov_header header = {.struct_size = sizeof header};
    gridgov_rows *rows = NULL;
    gridgov_error problem;
    gridgov_status status;
    GG_TRY(gridgov_workbook_rows(&rows, all->book, sheet, err));
    status = gridgov_header_find(&header, NULL, 0, rows, 0, NULL, &problem);
    gridgov_rows_free(rows);
    if (status < 0 && status != GRIDGOV_ENOTFOUND) {
        if (err != NULL) {
            *err = problem;
        }
        return status;
    }
    if (status != GRIDGOV_OK || header.table >= TABLES) {
        gg_workbook_note_unused(all->book, sheet, all->issues);
    } else if (all->sheets[header.table] == 0) {
        all->sheets[header.table] = sheet + 1;
        all->by_header[header.table] = 1;
    } else if (all->by_header[header.table]) {
        return gg_workbook_fail_twice(all->book, header.table, all->sheets[header.table] - 1, sheet,
                                      err);
    } else {
        note_also(all, header.table, sheet);
    }
    return GRIDGOV_OK;
}

static gridgov_status give_overview(sheets_of_month *all, gridgov_error *err) {
    gridgov_rows *rows = NULL;
    gg_buf json = {0};
    gridgov_status status = gridgov_workbook_rows(&rows, all->book, all->overview - 1, err);
    if (status == GRIDGOV_OK) {
        status = gg_overview_read(&json, rows, all->issues, err);
    }
    if (status == GRIDGOV_OK && json.size > 0) {
        status = gridgov_month_set_parameters(all->month, json.data, json.size, all->issues, err);
    }
    gridgov_rows_free(rows);
    gg_buf_release(&json);
    return status;
}

static gridgov_status give_sheets(sheets_of_month *all, gridgov_error *err) {
    for (size_t i = 0; i < all->book->sheet_count; i++) {
        if (all->book->sheets[i].state == GRIDGOV_SHEET_VISIBLE && !is_taken(all, (int64_t)i)) {
            GG_TRY(by_header(all, (int64_t)i, err));
        }
    }
    for (int32_t table = 1; table < TABLES; table++) {
        gridgov_rows *rows = NULL;
        gridgov_status status;
        if (all->sheets[table] == 0) {
            continue;
        }
        GG_TRY(gridgov_workbook_rows(&rows, all->book, all->sheets[table] - 1, err));
        status = gridgov_month_set_rows(all->month, table, rows, NULL, err);
        if (status < 0) {
            gridgov_rows_free(rows);
            return status;
        }
        all->found++;
    }
    return all->overview == 0 ? GRIDGOV_OK : give_overview(all, err);
}

gridgov_status gridgov_month_set_workbook(gridgov_month *month, const char *path,
                                          const gridgov_sheet_options *options,
                                          gridgov_issues *issues, gridgov_error *err) {
    sheets_of_month all = {.month = month, .issues = issues};
    gridgov_status status;
    if (month == NULL || path == NULL) {
        return gg_fail_arg(err, month == NULL ? "month" : "path");
    }
    GG_TRY(gridgov_workbook_open_file(&all.book, path, options, err));
    status = by_names(&all, err);
    if (status == GRIDGOV_OK) {
        status = give_sheets(&all, err);
    }
    if (status == GRIDGOV_OK && all.found == 0) {
        status = gg_fail(err, GG_RULE_SOURCE_EMPTY, NULL, path, strlen(path), NULL, NULL);
    }
    gridgov_workbook_free(all.book);
    return status;
}
