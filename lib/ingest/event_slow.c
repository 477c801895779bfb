/* SPDX-License-Identifier: Apache-2.0 */
/* One row of a batch through the code that reads every table: a cursor over just that row, and the
 * reader of events. What comes of it goes into the row's place in the columns, and what its cells
 * turned out to mean is remembered, so that the next row with the same cells is read fast. */
#include "event_batch.h"

#include "base/error.h"
#include "csv.h"
#include "header.h"

#include <string.h>

#define ROW_ISSUES 64
#define EVENT_ID_MAX 64 /* as the ledger has it */

static gridgov_status load_cell(gg_event_batch *b, size_t *used, gg_str cell, gridgov_error *err) {
    const size_t needed = *used + cell.size + 1;
    if (needed > b->text_capacity) {
        char *text = gg_realloc(b->text, needed * 2, 1);
        if (text == NULL) {
            return gg_fail_memory(err);
        }
        b->text = text;
        b->text_capacity = needed * 2;
    }
    if (gg_grow((void **)&b->cell_ends, b->cell_count, &b->cell_capacity, sizeof *b->cell_ends)) {
        return gg_fail_memory(err);
    }
    char *to = b->text + *used;
    if (b->batch->written && cell.size > 0 && cell.data[0] == '"') {
        cell = gg_batch_unquote(to, cell.data, cell.size);
    } else {
        memcpy(to, cell.data, cell.size);
    }
    to[cell.size] = '\0';
    *used += cell.size + 1;
    b->cell_ends[b->cell_count++] = *used - 1;
    return GRIDGOV_OK;
}

static gridgov_status row_next(void *user, gridgov_error *err) {
    gg_event_batch *b = user;
    const gg_batch *batch = b->batch;
    const uint32_t first = b->row == 0 ? 0 : batch->rows[b->row - 1];
    const size_t count = batch->rows[b->row] - first;
    size_t used = 0;
    b->cell_count = 0;
    for (size_t i = 0; i < count; i++) {
        GG_TRY(
            load_cell(b, &used, gg_event_cell(batch, b->row, b->starts[b->row], (int64_t)i), err));
    }
    return GRIDGOV_OK;
}

static int64_t row_count(void *user) {
    const gg_event_batch *b = user;
    return (int64_t)b->cell_count;
}

static const char *row_text(void *user, int64_t index, size_t *size_out) {
    const gg_event_batch *b = user;
    const size_t start = index == 0 ? 0 : b->cell_ends[index - 1] + 1;
    *size_out = b->cell_ends[index] - start;
    return b->text + start;
}

static int64_t row_number(void *user) {
    const gg_event_batch *b = user;
    return b->batch->number + (int64_t)b->row;
}

static gridgov_status read_slowly(gg_loader *load) {
    gg_event_batch *b = load->user;
    GG_TRY(gg_event_read(&b->record, load));
    const gg_str id = gg_str_of(b->record.event.id);
    if (id.size > EVENT_ID_MAX) {
        return gg_fail(&load->cells.problem, GG_RULE_EVENT_ID, "id", id.data, id.size, NULL, NULL);
    }
    gg_event_doubts(load, &b->record);
    b->record_filled = 1;
    return GRIDGOV_OK;
}

gridgov_status gg_event_slow_open(gg_event_batch *b, gridgov_error *err) {
    const gridgov_rows_source source = {.struct_size = sizeof source,
                                        .next = row_next,
                                        .count = row_count,
                                        .text = row_text,
                                        .number = row_number,
                                        .user = b,
                                        .source = gridgov_rows_source_name(b->source->cells.rows)};
    GG_TRY(gg_rows_open(&b->cursor, &source, 1, err));
    b->load.cells = b->source->cells;
    b->load.cells.rows = b->cursor;
    b->load.rows = b->cursor;
    b->load.units = b->source->units;
    b->load.has_places = b->source->has_places;
    b->load.user = b;
    return gridgov_issues_new(&b->load.issues, ROW_ISSUES, err);
}

void gg_event_slow_release(gg_event_batch *b) {
    gridgov_rows_free(b->cursor);
    gridgov_issues_free(b->load.issues);
    gg_cells_release(&b->load.cells);
    gg_buf_release(&b->load.joined);
    gg_free(b->text);
    gg_free(b->cell_ends);
}

/* What the cells of unit and grid are called where they are not looked up. */
static gridgov_status found_unit(gg_buf *out, gg_event_batch *b, gridgov_error *err) {
    gg_str unit = {"", 0};
    gg_str grid = {"", 0};
    gg_cells *cells = &b->load.cells;
    gg_buf_clear(out);
    if (gg_cells_name(cells, GG_EVENTS_UNIT, &unit) < 0 ||
        gg_cells_name(cells, GG_EVENTS_GRID, &grid) < 0) {
        return gg_fail_memory(err); // nothing else can fail: both may be anything
    }
    gg_buf_str(out, unit);
    gg_buf_text(out, unit.size > 0 && grid.size > 0 ? "/" : "");
    gg_buf_str(out, grid);
    return gg_buf_failed(out) ? gg_fail_memory(err) : GRIDGOV_OK;
}

static gridgov_status store_unit(gg_event_batch *b, size_t row, gridgov_error *err) {
    if (b->source->has_places) {
        return gg_event_learn_unit(b, row, (int32_t)b->record.event.unit, err);
    }
    gg_buf *joined = &b->found;
    GG_TRY(found_unit(joined, b, err));
    return gg_event_learn_name(b, row, GG_NAME_UNIT, gg_str_make(gg_buf_data(joined), joined->size),
                               err);
}

static gridgov_status store_codes(gg_event_batch *b, size_t row, gridgov_error *err) {
    const gridgov_event *event = &b->record.event;
    const int32_t values[GG_CODES] = {event->closed, event->overdue, event->disposition,
                                      event->self_handled, event->suspended};
    for (int i = 0; i < GG_CODES; i++) {
        if (b->code[i] != NULL) {
            b->code[i][row] = (int8_t)values[i];
            GG_TRY(gg_event_learn_code(b, row, i, (int8_t)values[i], err));
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status store_row(gg_event_batch *b, size_t row, gridgov_error *err) {
    const gg_event_record *record = &b->record;
    const gridgov_time times[GG_TIMES] = {record->event.reported_at, record->accepted_at,
                                          record->dispatched_at,     record->event.closed_at,
                                          record->event.due_at,      record->event.dispatch_due_at,
                                          record->event.recorded_at};
    for (int i = 0; i < GG_TIMES; i++) {
        if (b->times[i] != NULL) {
            b->times[i][row] = times[i];
        }
    }
    b->doubted[row] = (int8_t)record->event.closure_doubted;
    GG_TRY(store_codes(b, row, err));
    if (b->name[GG_NAME_UNIT] != NULL) {
        GG_TRY(store_unit(b, row, err));
    }
    if (b->name[GG_NAME_CATEGORY] != NULL) {
        GG_TRY(gg_event_learn_name(b, row, GG_NAME_CATEGORY, gg_str_of(record->event.category_name),
                                   err));
    }
    if (b->name[GG_NAME_AGENCY] != NULL) {
        GG_TRY(
            gg_event_learn_name(b, row, GG_NAME_AGENCY, gg_str_of(record->event.agency_name), err));
    }
    return GRIDGOV_OK;
}

gridgov_status gg_event_slowly(gg_event_batch *b, size_t row, gridgov_error *err) {
    b->row = row;
    b->record_filled = 0;
    b->state[row] = GG_STATE_NONE;
    GG_TRY(gridgov_rows_next(b->cursor, err));
    if (!gg_row_has_text(b->cursor)) {
        return GRIDGOV_OK;
    }
    GG_TRY(gg_loader_row(&b->load, read_slowly, err));
    GG_TRY(gg_notes_drain(&b->notes, &b->load.issues, ROW_ISSUES, err));
    if (!b->record_filled) {
        return GRIDGOV_OK;
    }
    b->state[row] = GG_STATE_FAST;
    return store_row(b, row, err);
}
