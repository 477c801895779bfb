/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of a row lie one behind the other in one buffer. A merged area is sorted by its first row,
 * opens when its text is read, and is dropped behind its last row, so that memory follows the areas
 * that are open and not the sheet.
 *
 * A merged area is a display of one cell: whoever reads a table means that every row of the area
 * has its text (单位 merged over its grids). A row with no text of its own is the rest of a record
 * that was drawn over two rows, and stays empty. */
#include "sheet_row.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"

#include <gridgov/office.h>

#include <stdlib.h>
#include <string.h>

/* Cells that the merged areas of one sheet may fill: what is drawn once must not cost for ever. */
#define CARRIED_MAX ((int64_t)1 << 26)
/* Rows that they may reach over, each counted by itself: areas that overlap, which no spreadsheet
 * writes, would cost their number times the rows. */
#define REACHED_MAX ((int64_t)1 << 26)

typedef struct gg_open_merge {
    gg_merge area;
    char *text; /* owned */
    size_t size;
} gg_open_merge;

gridgov_status gg_sheet_row_fail(const gg_sheet_row *row, int64_t column, int32_t rule,
                                 gg_str value, int64_t limit, gridgov_error *err) {
    char digits[GG_NUM_TEXT_SIZE];
    gridgov_status status;
    (void)gg_int_format(digits, limit);
    status = gg_fail(err, rule, NULL, value.data, value.size, digits, NULL);
    gg_error_at(err, NULL, row->number, column < INT32_MAX ? (int32_t)(column + 1) : 0);
    return status;
}

gridgov_status gg_sheet_row_begin(gg_sheet_row *row, int64_t number, gridgov_error *err) {
    gg_str none = gg_str_of("");
    gg_buf_clear(&row->text);
    gg_buf_byte(&row->text, '\0'); // the text of every empty cell
    row->count = 0;
    row->has_text = 0;
    if (number <= row->number || number > GG_SHEET_ROWS) {
        char text[GG_NUM_TEXT_SIZE];
        gg_str value = gg_str_make(text, gg_int_format(text, number));
        return gg_sheet_row_fail(row, -1, GG_RULE_SHEET_ROW, value, 0, err);
    }
    row->number = number;
    row->seen++;
    if (row->seen > row->limits->rows) {
        return gg_sheet_row_fail(row, -1, GG_RULE_CSV_ROWS_LIMIT, none, row->limits->rows, err);
    }
    return gg_buf_failed(&row->text) ? gg_fail_memory(err) : GRIDGOV_OK;
}

/* Make columns up to this one. */
static gridgov_status reach(gg_sheet_row *row, int64_t column, gridgov_error *err) {
    static const gg_cell empty = {0, 0};
    if (column >= row->limits->columns) {
        return gg_sheet_row_fail(row, column, GG_RULE_CSV_COLUMN_LIMIT, gg_str_of(""),
                                 row->limits->columns, err);
    }
    while (row->count <= (size_t)column) {
        if (gg_grow((void **)&row->cells, row->count, &row->capacity, sizeof *row->cells) != 0) {
            return gg_fail_memory(err);
        }
        row->cells[row->count++] = empty;
    }
    return GRIDGOV_OK;
}

gridgov_status gg_sheet_row_set(gg_sheet_row *row, int64_t column, gg_str text,
                                gridgov_error *err) {
    gg_cell *cell;
    if (text.size == 0) {
        return GRIDGOV_OK;
    }
    GG_TRY(reach(row, column, err));
    if ((int64_t)text.size > row->limits->cell) {
        return gg_sheet_row_fail(row, column, GG_RULE_CSV_CELL_LIMIT, gg_str_of(""),
                                 row->limits->cell, err);
    }
    if ((int64_t)(row->text.size + text.size) > row->limits->row) {
        return gg_sheet_row_fail(row, column, GG_RULE_CSV_ROW_LIMIT, gg_str_of(""),
                                 row->limits->row, err);
    }
    cell = &row->cells[column];
    cell->start = row->text.size;
    cell->size = text.size;
    gg_buf_str(&row->text, text);
    gg_buf_byte(&row->text, '\0');
    row->has_text = 1;
    return gg_buf_failed(&row->text) ? gg_fail_memory(err) : GRIDGOV_OK;
}

gg_str gg_sheet_row_text(const gg_sheet_row *row, int64_t column) {
    const gg_cell *cell;
    if (column < 0 || (uint64_t)column >= row->count) {
        return gg_str_of("");
    }
    cell = &row->cells[column];
    return gg_str_make(gg_buf_data(&row->text) + cell->start, cell->size);
}

void gg_sheet_row_release(gg_sheet_row *row) {
    gg_buf_release(&row->text);
    gg_free(row->cells);
    row->cells = NULL;
}

gridgov_status gg_merges_add(gg_merges *merges, const gg_merge *merge,
                             const gg_sheet_limits *limits, gridgov_error *err) {
    if (merge->first_row >= merge->last_row && merge->first_column >= merge->last_column) {
        return GRIDGOV_OK; // one cell, or turned around
    }
    if ((int64_t)merges->count == limits->merges) {
        char digits[GG_NUM_TEXT_SIZE];
        (void)gg_int_format(digits, limits->merges);
        return gg_fail(err, GG_RULE_MERGES_LIMIT, NULL, NULL, 0, digits, NULL);
    }
    if (gg_grow((void **)&merges->items, merges->count, &merges->capacity, sizeof *merges->items) !=
        0) {
        return gg_fail_memory(err);
    }
    merges->items[merges->count++] = *merge;
    return GRIDGOV_OK;
}

static int compare_merges(const void *a, const void *b) {
    const gg_merge *x = a, *y = b;
    if (x->first_row != y->first_row) {
        return x->first_row < y->first_row ? -1 : 1;
    }
    return (x->first_column > y->first_column) - (x->first_column < y->first_column);
}

static void drop_closed(gg_merges *merges, int64_t row) {
    size_t kept = 0;
    for (size_t i = 0; i < merges->open_count; i++) {
        gg_open_merge *open = &merges->open[i];
        if (open->area.last_row < row) {
            merges->open_bytes -= (int64_t)open->size;
            gg_free(open->text);
        } else {
            merges->open[kept++] = *open;
        }
    }
    merges->open_count = kept;
}

/* Keep the text of an area that begins in this row. */
static gridgov_status open_merge(gg_merges *merges, const gg_merge *area, const gg_sheet_row *row,
                                 gridgov_error *err) {
    gg_str text = gg_sheet_row_text(row, area->first_column);
    gg_open_merge *open;
    if (text.size == 0) {
        return GRIDGOV_OK;
    }
    if (merges->open_bytes + (int64_t)text.size > row->limits->row) {
        return gg_sheet_row_fail(row, area->first_column, GG_RULE_CSV_ROW_LIMIT, gg_str_of(""),
                                 row->limits->row, err);
    }
    if (gg_grow((void **)&merges->open, merges->open_count, &merges->open_capacity,
                sizeof *merges->open) != 0) {
        return gg_fail_memory(err);
    }
    open = &merges->open[merges->open_count];
    open->area = *area;
    open->size = text.size;
    open->text = gg_calloc(text.size, 1);
    if (open->text == NULL) {
        return gg_fail_memory(err);
    }
    memcpy(open->text, text.data, text.size);
    merges->open_bytes += (int64_t)text.size;
    merges->open_count++;
    return GRIDGOV_OK;
}

static gridgov_status carry(gg_merges *merges, const gg_open_merge *open, gg_sheet_row *row,
                            int32_t how, gridgov_error *err) {
    gg_str text = gg_str_make(open->text, open->size);
    int32_t last = how == GRIDGOV_MERGED_FILL ? open->area.last_column : open->area.first_column;
    for (int32_t column = open->area.first_column; column <= last; column++) {
        if (gg_sheet_row_text(row, column).size > 0) {
            continue;
        }
        if (++merges->carried > CARRIED_MAX) {
            return gg_sheet_row_fail(row, column, GG_RULE_MERGED_CELLS, gg_str_of(""), CARRIED_MAX,
                                     err);
        }
        GG_TRY(gg_sheet_row_set(row, column, text, err));
    }
    return GRIDGOV_OK;
}

gridgov_status gg_merges_apply(gg_merges *merges, gg_sheet_row *row, int32_t how,
                               gridgov_error *err) {
    if (merges->count == 0 || how == GRIDGOV_MERGED_NONE) {
        return GRIDGOV_OK;
    }
    if (!merges->sorted) {
        qsort(merges->items, merges->count, sizeof *merges->items, compare_merges);
        merges->sorted = 1;
    }
    merges->reached += (int64_t)merges->open_count;
    if (merges->reached > REACHED_MAX) {
        return gg_sheet_row_fail(row, -1, GG_RULE_MERGED_CELLS, gg_str_of(""), REACHED_MAX, err);
    }
    drop_closed(merges, row->number);
    while (merges->next < merges->count && merges->items[merges->next].first_row <= row->number) {
        const gg_merge *area = &merges->items[merges->next++];
        int again = merges->next > 1 && area[-1].first_row == area->first_row &&
                    area[-1].first_column == area->first_column;
        if (area->first_row == row->number && !again) {
            GG_TRY(open_merge(merges, area, row, err));
        }
    }
    for (size_t i = 0; i < merges->open_count && row->has_text; i++) {
        GG_TRY(carry(merges, &merges->open[i], row, how, err));
    }
    return GRIDGOV_OK;
}

void gg_merges_release(gg_merges *merges) {
    for (size_t i = 0; i < merges->open_count; i++) {
        gg_free(merges->open[i].text);
    }
    gg_free(merges->open);
    gg_free(merges->items);
    memset(merges, 0, sizeof *merges);
}
