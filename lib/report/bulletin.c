/* SPDX-License-Identifier: Apache-2.0 */
/* The model of a document: four growing arrays (blocks, cells, runs, figures) that refer to each
 * other by index, and the pins, sorted by name. Text lives in the bulletin's arena.
 *
 * Invariants: a figure's printed text is made once, when it is added, and every run that refers to
 * it borrows that text; the runs of a block, and of a cell, stand side by side; cells are in
 * reading order; no two cells of a table overlap, because a cell starts in the next column that no
 * span from above covers and may not run into one that is. Spans that would leave their part of the
 * table (header or body) are cut to it when asked for. A call that fails changes nothing. */
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/share.h"
#include "figure.h"

#include <gridgov/bulletin.h>

#include <string.h>

#define COLUMNS_MAX 1000 /* as HTML cuts colspan */
#define ROW_SPAN_MAX 65534

typedef struct model_block {
    int32_t kind, level;
    const char *code;
    int64_t first_run, run_count;
    int64_t first_cell, cell_count;
    int64_t row_count, header_row_count, column_count;
} model_block;

typedef struct model_cell {
    int64_t block, row, column;
    int32_t row_span, column_span, header, reserved;
    int64_t first_run, run_count;
} model_cell;

typedef struct model_run {
    int64_t figure; /* GRIDGOV_NONE for text */
    const char *text;
    size_t size;
} model_run;

typedef struct model_figure {
    gridgov_figure view;
    const char *text;
} model_figure;

struct gridgov_bulletin {
    gg_share share;
    gg_arena arena;
    model_block *blocks;
    model_cell *cells;
    model_run *runs;
    model_figure *figures;
    gridgov_pin *pins;
    size_t block_count, block_capacity;
    size_t cell_count, cell_capacity;
    size_t run_count, run_capacity;
    size_t figure_count, figure_capacity;
    size_t pin_count, pin_capacity;
    gg_map figure_index;          /* code → figure */
    int64_t covered[COLUMNS_MAX]; /* of the current table: first row in which the column is free
                                     again */
    int32_t row_open, row_header; /* a row was started; it is a header row */
    int32_t cell_open, reserved;  /* a cell was started in it */
    int64_t next_column;
};

gridgov_status gridgov_bulletin_new(gridgov_bulletin **out, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = gg_calloc(1, sizeof **out);
    if (*out == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&(*out)->share);
    return GRIDGOV_OK;
}

gridgov_bulletin *gridgov_bulletin_hold(const gridgov_bulletin *bulletin) {
    /* The count of holders is the one part that may change in a finished bulletin. */
    gridgov_bulletin *held = (gridgov_bulletin *)bulletin;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_bulletin_free(gridgov_bulletin *bulletin) {
    if (bulletin == NULL || !gg_share_drop(&bulletin->share)) {
        return;
    }
    gg_map_release(&bulletin->figure_index);
    gg_free(bulletin->pins);
    gg_free(bulletin->figures);
    gg_free(bulletin->runs);
    gg_free(bulletin->cells);
    gg_free(bulletin->blocks);
    gg_arena_release(&bulletin->arena);
    gg_free(bulletin);
}

/* Text for the caller's own words: UTF-8 without NUL. */
static gridgov_status check_text(const char *text, size_t size, const char *field,
                                 gridgov_error *err) {
    size_t valid = gg_utf8_valid(text, size);
    const char *nul = size > 0 ? memchr(text, 0, size) : NULL;
    char offset[GG_NUM_TEXT_SIZE];
    if (valid == size && nul == NULL) {
        return GRIDGOV_OK;
    }
    gg_int_format(offset, (int64_t)(nul != NULL ? (size_t)(nul - text) : valid));
    return gg_fail(err, nul != NULL ? GG_RULE_NUL_BYTE : GG_RULE_UTF8, field, NULL, 0, offset,
                   NULL);
}

gridgov_status gridgov_bulletin_add_figure(int64_t *index_out, gridgov_bulletin *bulletin,
                                           const gridgov_figure *figure, gridgov_error *err) {
    gridgov_figure view = {.struct_size = sizeof view, .code = ""};
    char text[GG_FIGURE_TEXT_SIZE];
    const char *code, *printed;
    void *items;
    int grown;
    if (index_out != NULL) {
        *index_out = GRIDGOV_NONE;
    }
    if (bulletin == NULL) {
        return gg_fail_arg(err, "bulletin");
    }
    if (figure == NULL || gg_options_read(&view, sizeof view, figure) != 0) {
        return gg_fail_arg(err, "figure");
    }
    if (view.code == NULL || view.code[0] == '\0') {
        return gg_fail_arg(err, "code");
    }
    GG_TRY(check_text(view.code, strlen(view.code), "code", err));
    GG_TRY(gg_figure_print(text, &view, err));
    if (gg_map_get(&bulletin->figure_index, gg_str_of(view.code), GRIDGOV_NONE) != GRIDGOV_NONE) {
        return gg_fail(err, GG_RULE_FIGURE_TWICE, NULL, view.code, strlen(view.code), NULL, NULL);
    }
    items = bulletin->figures;
    grown = gg_grow(&items, bulletin->figure_count, &bulletin->figure_capacity,
                    sizeof *bulletin->figures);
    bulletin->figures = items;
    code = gg_arena_text(&bulletin->arena, view.code, strlen(view.code));
    printed = gg_arena_text(&bulletin->arena, text, strlen(text));
    if (grown != 0 || code == NULL || printed == NULL ||
        gg_map_set(&bulletin->figure_index, gg_str_of(code), (int64_t)bulletin->figure_count) !=
            0) {
        return gg_fail_memory(err);
    }
    view.struct_size = sizeof view;
    view.code = code;
    bulletin->figures[bulletin->figure_count] = (model_figure){view, printed};
    if (index_out != NULL) {
        *index_out = (int64_t)bulletin->figure_count;
    }
    bulletin->figure_count++;
    return GRIDGOV_OK;
}

gridgov_status gridgov_bulletin_add_block(gridgov_bulletin *bulletin, int32_t kind, int32_t level,
                                          const char *code, gridgov_error *err) {
    const char *copy;
    void *items;
    int grown;
    if (bulletin == NULL) {
        return gg_fail_arg(err, "bulletin");
    }
    if (kind < GRIDGOV_BLOCK_TITLE || kind > GRIDGOV_BLOCK_COLOPHON) {
        return gg_fail_arg(err, "kind");
    }
    if (kind == GRIDGOV_BLOCK_HEADING ? level < 1 || level > 3 : level != 0) {
        return gg_fail_arg(err, "level");
    }
    if (code == NULL) {
        return gg_fail_arg(err, "code");
    }
    GG_TRY(check_text(code, strlen(code), "code", err));
    items = bulletin->blocks;
    grown =
        gg_grow(&items, bulletin->block_count, &bulletin->block_capacity, sizeof *bulletin->blocks);
    bulletin->blocks = items;
    copy = gg_arena_text(&bulletin->arena, code, strlen(code));
    if (grown != 0 || copy == NULL) {
        return gg_fail_memory(err);
    }
    bulletin->blocks[bulletin->block_count++] =
        (model_block){.kind = kind,
                      .level = level,
                      .code = copy,
                      .first_run = (int64_t)bulletin->run_count,
                      .first_cell = (int64_t)bulletin->cell_count};
    memset(bulletin->covered, 0, sizeof bulletin->covered);
    bulletin->row_open = 0;
    bulletin->cell_open = 0;
    return GRIDGOV_OK;
}

/* The block that is being built; NULL before the first. */
static model_block *current_block(gridgov_bulletin *bulletin) {
    return bulletin->block_count == 0 ? NULL : &bulletin->blocks[bulletin->block_count - 1];
}

gridgov_status gridgov_bulletin_add_row(gridgov_bulletin *bulletin, int32_t header,
                                        gridgov_error *err) {
    model_block *block;
    if (bulletin == NULL) {
        return gg_fail_arg(err, "bulletin");
    }
    block = current_block(bulletin);
    if (block == NULL || block->kind != GRIDGOV_BLOCK_TABLE) {
        return gg_fail_state(err, "a row needs a table");
    }
    if (header != 0 && block->row_count > block->header_row_count) {
        return gg_fail_state(err, "header rows come first");
    }
    if (header == 0 && block->row_count == block->header_row_count) {
        memset(bulletin->covered, 0, sizeof bulletin->covered); /* no span leaves the header */
    }
    block->row_count++;
    block->header_row_count += header != 0;
    bulletin->row_open = 1;
    bulletin->row_header = header != 0;
    bulletin->cell_open = 0;
    bulletin->next_column = 0;
    return GRIDGOV_OK;
}

gridgov_status gridgov_bulletin_add_cell(gridgov_bulletin *bulletin, int32_t row_span,
                                         int32_t column_span, gridgov_error *err) {
    model_block *block;
    int64_t row, column;
    void *items;
    int grown;
    if (bulletin == NULL) {
        return gg_fail_arg(err, "bulletin");
    }
    block = current_block(bulletin);
    if (block == NULL || !bulletin->row_open) {
        return gg_fail_state(err, "a cell needs a row");
    }
    if (row_span < 1 || row_span > ROW_SPAN_MAX) {
        return gg_fail_arg(err, "row_span");
    }
    row = block->row_count - 1;
    column = bulletin->next_column;
    while (column < COLUMNS_MAX && bulletin->covered[column] > row) {
        column++;
    }
    if (column_span < 1 || column_span > COLUMNS_MAX - column) {
        return gg_fail_arg(err, "column_span");
    }
    for (int64_t i = column; i < column + column_span; i++) {
        if (bulletin->covered[i] > row) {
            return gg_fail_arg(err, "column_span");
        }
    }
    items = bulletin->cells;
    grown =
        gg_grow(&items, bulletin->cell_count, &bulletin->cell_capacity, sizeof *bulletin->cells);
    bulletin->cells = items;
    if (grown != 0) {
        return gg_fail_memory(err);
    }
    bulletin->cells[bulletin->cell_count++] =
        (model_cell){.block = (int64_t)bulletin->block_count - 1,
                     .row = row,
                     .column = column,
                     .row_span = row_span,
                     .column_span = column_span,
                     .header = bulletin->row_header,
                     .first_run = (int64_t)bulletin->run_count};
    for (int64_t i = column; i < column + column_span; i++) {
        bulletin->covered[i] = row + row_span;
    }
    block->cell_count++;
    bulletin->next_column = column + column_span;
    if (block->column_count < bulletin->next_column) {
        block->column_count = bulletin->next_column;
    }
    bulletin->cell_open = 1;
    return GRIDGOV_OK;
}

/* Append a run to the open cell, or to the block: text that lives in the arena. */
static gridgov_status add_run(gridgov_bulletin *bulletin, int64_t figure, const char *text,
                              size_t size, gridgov_error *err) {
    void *items = bulletin->runs;
    int grown =
        gg_grow(&items, bulletin->run_count, &bulletin->run_capacity, sizeof *bulletin->runs);
    bulletin->runs = items;
    if (grown != 0) {
        return gg_fail_memory(err);
    }
    bulletin->runs[bulletin->run_count++] = (model_run){figure, text, size};
    if (bulletin->cell_open) {
        bulletin->cells[bulletin->cell_count - 1].run_count++;
    } else {
        current_block(bulletin)->run_count++;
    }
    return GRIDGOV_OK;
}

/* Runs go to a block, or in a row to a cell. */
static gridgov_status check_place(gridgov_bulletin *bulletin, gridgov_error *err) {
    if (current_block(bulletin) == NULL) {
        return gg_fail_state(err, "text needs a block");
    }
    if (bulletin->row_open && !bulletin->cell_open) {
        return gg_fail_state(err, "text in a row needs a cell");
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_bulletin_add_text(gridgov_bulletin *bulletin, const char *text, size_t size,
                                         gridgov_error *err) {
    const char *copy;
    if (bulletin == NULL) {
        return gg_fail_arg(err, "bulletin");
    }
    if (text == NULL) {
        return gg_fail_arg(err, "text");
    }
    GG_TRY(check_place(bulletin, err));
    GG_TRY(check_text(text, size, "text", err));
    copy = gg_arena_text(&bulletin->arena, text, size);
    return copy == NULL ? gg_fail_memory(err) : add_run(bulletin, GRIDGOV_NONE, copy, size, err);
}

gridgov_status gridgov_bulletin_add_reference(gridgov_bulletin *bulletin, int64_t figure,
                                              gridgov_error *err) {
    const char *text;
    if (bulletin == NULL) {
        return gg_fail_arg(err, "bulletin");
    }
    GG_TRY(check_place(bulletin, err));
    if (figure < 0 || (uint64_t)figure >= bulletin->figure_count) {
        char number[GG_NUM_TEXT_SIZE];
        size_t size = gg_int_format(number, figure);
        return gg_fail(err, GG_RULE_NOT_FOUND, "figure", number, size, NULL, NULL);
    }
    text = bulletin->figures[figure].text;
    return add_run(bulletin, figure, text, strlen(text), err);
}

gridgov_status gridgov_bulletin_add_pin(gridgov_bulletin *bulletin, const char *name,
                                        const char *value, gridgov_error *err) {
    size_t at = 0;
    const char *copy, *value_copy;
    void *items;
    int grown, order = 1;
    if (bulletin == NULL) {
        return gg_fail_arg(err, "bulletin");
    }
    if (name == NULL || name[0] == '\0' || gg_utf8_valid(name, strlen(name)) != strlen(name)) {
        return gg_fail_arg(err, "name");
    }
    if (value == NULL || gg_utf8_valid(value, strlen(value)) != strlen(value)) {
        return gg_fail_arg(err, "value");
    }
    while (at < bulletin->pin_count && (order = strcmp(bulletin->pins[at].name, name)) < 0) {
        at++;
    }
    value_copy = gg_arena_text(&bulletin->arena, value, strlen(value));
    if (value_copy != NULL && order == 0) {
        bulletin->pins[at].value = value_copy;
        return GRIDGOV_OK;
    }
    items = bulletin->pins;
    grown = gg_grow(&items, bulletin->pin_count, &bulletin->pin_capacity, sizeof *bulletin->pins);
    bulletin->pins = items;
    copy = gg_arena_text(&bulletin->arena, name, strlen(name));
    if (value_copy == NULL || grown != 0 || copy == NULL) {
        return gg_fail_memory(err);
    }
    memmove(&bulletin->pins[at + 1], &bulletin->pins[at],
            (bulletin->pin_count - at) * sizeof *bulletin->pins);
    bulletin->pins[at] = (gridgov_pin){sizeof(gridgov_pin), 0, copy, value_copy};
    bulletin->pin_count++;
    return GRIDGOV_OK;
}

int64_t gridgov_bulletin_block_count(const gridgov_bulletin *bulletin) {
    return bulletin == NULL ? 0 : (int64_t)bulletin->block_count;
}

int64_t gridgov_bulletin_figure_count(const gridgov_bulletin *bulletin) {
    return bulletin == NULL ? 0 : (int64_t)bulletin->figure_count;
}

/* What an accessor answers before it looks: EARG, END past the last of count, or OK. */
static gridgov_status check_index(const void *out, const gridgov_bulletin *bulletin, int64_t index,
                                  size_t count) {
    if (out == NULL || bulletin == NULL) {
        return GRIDGOV_EARG;
    }
    return index < 0 || (uint64_t)index >= count ? GRIDGOV_END : GRIDGOV_OK;
}

static gridgov_status copy_out(void *out, const void *view, size_t size) {
    return gg_view_copy(out, view, size) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

gridgov_status gridgov_bulletin_block_at(gridgov_block *block_out, const gridgov_bulletin *bulletin,
                                         int64_t index) {
    gridgov_status status =
        check_index(block_out, bulletin, index, bulletin == NULL ? 0 : bulletin->block_count);
    const model_block *block;
    if (status != GRIDGOV_OK) {
        return status;
    }
    block = &bulletin->blocks[index];
    return copy_out(block_out,
                    &(gridgov_block){.kind = block->kind,
                                     .level = block->level,
                                     .column_count = (int32_t)block->column_count,
                                     .code = block->code,
                                     .first_run = block->first_run,
                                     .run_count = block->run_count,
                                     .first_cell = block->first_cell,
                                     .cell_count = block->cell_count,
                                     .row_count = block->row_count,
                                     .header_row_count = block->header_row_count},
                    sizeof(gridgov_block));
}

gridgov_status gridgov_bulletin_cell_at(gridgov_table_cell *cell_out,
                                        const gridgov_bulletin *bulletin, int64_t index) {
    gridgov_status status =
        check_index(cell_out, bulletin, index, bulletin == NULL ? 0 : bulletin->cell_count);
    const model_block *block;
    const model_cell *cell;
    int64_t room;
    if (status != GRIDGOV_OK) {
        return status;
    }
    cell = &bulletin->cells[index];
    block = &bulletin->blocks[cell->block];
    room = (cell->header ? block->header_row_count : block->row_count) - cell->row;
    return copy_out(
        cell_out,
        &(gridgov_table_cell){.header = cell->header,
                              .row = cell->row,
                              .column = cell->column,
                              .row_span = cell->row_span < room ? cell->row_span : (int32_t)room,
                              .column_span = cell->column_span,
                              .first_run = cell->first_run,
                              .run_count = cell->run_count},
        sizeof(gridgov_table_cell));
}

gridgov_status gridgov_bulletin_run_at(gridgov_run *run_out, const gridgov_bulletin *bulletin,
                                       int64_t index) {
    gridgov_status status =
        check_index(run_out, bulletin, index, bulletin == NULL ? 0 : bulletin->run_count);
    const model_run *run;
    if (status != GRIDGOV_OK) {
        return status;
    }
    run = &bulletin->runs[index];
    return copy_out(run_out,
                    &(gridgov_run){.figure = run->figure, .text = run->text, .size = run->size},
                    sizeof(gridgov_run));
}

gridgov_status gridgov_bulletin_figure_at(gridgov_figure *figure_out,
                                          const gridgov_bulletin *bulletin, int64_t index) {
    gridgov_status status =
        check_index(figure_out, bulletin, index, bulletin == NULL ? 0 : bulletin->figure_count);
    return status != GRIDGOV_OK
               ? status
               : copy_out(figure_out, &bulletin->figures[index].view, sizeof(gridgov_figure));
}

const char *gridgov_bulletin_figure_text(const gridgov_bulletin *bulletin, int64_t index) {
    return bulletin == NULL || index < 0 || (uint64_t)index >= bulletin->figure_count
               ? NULL
               : bulletin->figures[index].text;
}

int64_t gridgov_bulletin_figure_find(const gridgov_bulletin *bulletin, const char *code,
                                     size_t size) {
    return bulletin == NULL || code == NULL
               ? GRIDGOV_NONE
               : gg_map_get(&bulletin->figure_index, gg_str_make(code, size), GRIDGOV_NONE);
}

gridgov_status gridgov_bulletin_pin_at(gridgov_pin *pin_out, const gridgov_bulletin *bulletin,
                                       int64_t index) {
    gridgov_status status =
        check_index(pin_out, bulletin, index, bulletin == NULL ? 0 : bulletin->pin_count);
    return status != GRIDGOV_OK ? status
                                : copy_out(pin_out, &bulletin->pins[index], sizeof(gridgov_pin));
}

const char *gridgov_bulletin_pin_value(const gridgov_bulletin *bulletin, const char *name) {
    for (size_t i = 0; bulletin != NULL && name != NULL && i < bulletin->pin_count; i++) {
        if (strcmp(bulletin->pins[i].name, name) == 0) {
            return bulletin->pins[i].value;
        }
    }
    return NULL;
}
