/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet_cursor.h"

#include "base/error.h"

static gridgov_status next(void *user, gridgov_error *err) {
    gg_sheet_cursor *sheet = user;
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

static void close_rows(void *user) {
    gg_sheet_cursor *sheet = user;
    sheet->reader->release(sheet);
    gg_sheet_row_release(&sheet->row);
    gg_merges_release(&sheet->merges);
    gg_buf_release(&sheet->shown);
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
                                 .close = close_rows,
                                 .user = cursor};
    return GRIDGOV_OK;
}
