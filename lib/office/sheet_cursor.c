/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet_cursor.h"

#include "base/error.h"

static gridgov_status next(void *user, gridgov_error *err) {
    gg_sheet_cursor *sheet = user;
    sheet->uncomputed_count = sheet->uncomputed_told = 0;
    gridgov_status status = sheet->reader->next(sheet, err);
    return status != GRIDGOV_OK
               ? status
               : gg_merges_apply(&sheet->merges, &sheet->row, sheet->book->merged, err);
}

static int64_t count(void *user) {
    return (int64_t)((gg_sheet_cursor *)user)->row.count;
}

static const char *text_at(void *user, int64_t index, size_t *size_out) {
    gg_str text = gg_sheet_row_text(&((gg_sheet_cursor *)user)->row, index);
    *size_out = text.size;
    return text.data;
}

static int64_t number(void *user) {
    return ((gg_sheet_cursor *)user)->row.number;
}

int gg_sheet_cursor_uncomputed(gg_sheet_cursor *sheet, int64_t column) {
    if (sheet->uncomputed_count >= (size_t)sheet->row.limits->columns) {
        return 0; // a cell that is given again and again is told often enough
    }
    if (gg_grow((void **)&sheet->uncomputed, sheet->uncomputed_count, &sheet->uncomputed_room,
                sizeof *sheet->uncomputed) != 0) {
        return -1;
    }
    sheet->uncomputed[sheet->uncomputed_count++] = (int32_t)(column + 1);
    return 0;
}

static gridgov_status note(void *user, gridgov_error *issue_out) {
    gg_sheet_cursor *sheet = user;
    if (sheet->uncomputed_told == sheet->uncomputed_count) {
        return GRIDGOV_END;
    }
    (void)gg_fail(issue_out, GG_RULE_FORMULA_EMPTY, NULL, NULL, 0, NULL, NULL);
    gg_error_at(issue_out, NULL, 0, sheet->uncomputed[sheet->uncomputed_told++]);
    return GRIDGOV_OK;
}

static void close_rows(void *user) {
    gg_sheet_cursor *sheet = user;
    sheet->reader->release(sheet);
    gg_sheet_row_release(&sheet->row);
    gg_merges_release(&sheet->merges);
    gg_buf_release(&sheet->shown);
    gg_free(sheet->uncomputed);
    gridgov_workbook_free(sheet->book);
    gg_free(sheet);
}

gridgov_status gg_sheet_cursor_new(gridgov_rows_source *out, const gg_sheet_reader *reader,
                                   gridgov_workbook *book, size_t sheet, gridgov_error *err) {
    gg_sheet_cursor *cursor = gg_calloc(1, reader->size);
    if (cursor == NULL) {
        return gg_fail_memory(err);
    }
    cursor->reader = reader;
    cursor->book = gg_workbook_hold(book);
    cursor->place = book->sheets[sheet].place;
    cursor->row.limits = &book->limits;
    *out = (gridgov_rows_source){.struct_size = sizeof *out,
                                 .next = next,
                                 .count = count,
                                 .text = text_at,
                                 .number = number,
                                 .note = note,
                                 .close = close_rows,
                                 .user = cursor};
    return GRIDGOV_OK;
}
