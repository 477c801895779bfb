/* SPDX-License-Identifier: Apache-2.0 */
/* A batch of rows into columns, one column after the other. Each column takes what it understands
 * at once: times in the usual forms, texts and codes whose meaning is known from an earlier row. A
 * row with anything else in it, or with anything to doubt, is read slowly afterwards (event_slow.c)
 * by the code that reads every table, and its cells teach the columns. So the fast way need not
 * know what anything means, and cannot read a row differently. */
#include "event_batch.h"

#include "base/error.h"
#include "fast_time.h"
#include "mapping.h"

#include <string.h>

#define UNKNOWN_UNIT (-2)
#define UNKNOWN_CODE (-1)
#define EVENT_ID_MAX 64 /* as the ledger has it */
/* Marks for "none" are not longer than this, nor are most names shorter. */
#define MARK_MAX 6
#define EMPTY (-2)
#define NAME_CHUNK 64 /* rows whose names are sought together */
#define JOIN '\x1F'   /* between unit and grid in a text of both */

const int gg_time_fields[GG_TIMES] = {GG_EVENTS_REPORTED_AT,   GG_EVENTS_ACCEPTED_AT,
                                      GG_EVENTS_DISPATCHED_AT, GG_EVENTS_CLOSED_AT,
                                      GG_EVENTS_DUE_AT,        GG_EVENTS_DISPATCH_DUE_AT};
const int gg_code_fields[GG_CODES] = {GG_EVENTS_CLOSED, GG_EVENTS_OVERDUE, GG_EVENTS_DISPOSITION,
                                      GG_EVENTS_SELF_HANDLED, GG_EVENTS_SUSPENDED};
static const int name_fields[GG_NAMES] = {GG_EVENTS_GRID, GG_EVENTS_CATEGORY, GG_EVENTS_AGENCY};

static int has(const gg_event_batch *b, int field) {
    return gg_cells_has(&b->source->cells, field);
}

/* 1 if the units of events are told: looked up, or taken as found. */
static int has_units(const gg_event_batch *b) {
    return (b->source->has_places || b->source->options.found_units) &&
           (has(b, GG_EVENTS_UNIT) || has(b, GG_EVENTS_GRID));
}

static size_t cells_of(const gg_batch *batch, size_t row) {
    return batch->rows[row] - (row == 0 ? 0 : batch->rows[row - 1]);
}

/* A field's cell as it is written, or its constant; empty if the row has none. */
static gg_str raw_cell(const gg_event_batch *b, size_t row, int field) {
    const int64_t column = b->source->cells.columns.column[field];
    if (column < 0) {
        return b->source->constants[field];
    }
    return column < (int64_t)cells_of(b->batch, row)
               ? gg_event_cell(b->batch, row, b->starts[row], column)
               : gg_str_make("", 0);
}

/* The text that names a unit: the grid's cell, or that and the unit's. */
static gridgov_status raw_name(gg_str *out, gg_event_batch *b, size_t row, int name,
                               gridgov_error *err) {
    *out = raw_cell(b, row, name_fields[name]);
    if (name != GG_NAME_UNIT || !has(b, GG_EVENTS_UNIT)) {
        return GRIDGOV_OK;
    }
    static const char slack[GG_INTERN_SLACK] = {0};
    const gg_str unit = raw_cell(b, row, GG_EVENTS_UNIT);
    const gg_str grid = has(b, GG_EVENTS_GRID) ? *out : gg_str_make("", 0);
    if (unit.size == 0 && grid.size == 0) {
        *out = grid;
        return GRIDGOV_OK;
    }
    gg_buf_clear(&b->joined);
    gg_buf_str(&b->joined, unit);
    gg_buf_byte(&b->joined, JOIN);
    gg_buf_str(&b->joined, grid);
    *out = gg_str_make(NULL, b->joined.size);
    gg_buf_add(&b->joined, slack, sizeof slack);
    out->data = gg_buf_data(&b->joined);
    return gg_buf_failed(&b->joined) ? gg_fail_memory(err) : GRIDGOV_OK;
}

static gridgov_status grow_names(gg_event_names *names, gridgov_error *err) {
    const size_t capacity = names->capacity * 2 + 64;
    const char **room = gg_realloc((void *)names->names, capacity, sizeof *room);
    names->names = room != NULL ? room : names->names;
    int32_t *units = gg_realloc(names->units, capacity, sizeof *units);
    names->units = units != NULL ? units : names->units;
    uint8_t *known = gg_realloc(names->known, capacity, sizeof *known);
    names->known = known != NULL ? known : names->known;
    if (room == NULL || units == NULL || known == NULL) {
        return gg_fail_memory(err);
    }
    for (size_t i = names->capacity; i < capacity; i++) {
        names->names[i] = NULL;
        names->units[i] = UNKNOWN_UNIT;
        names->known[i] = 0;
    }
    names->capacity = capacity;
    return GRIDGOV_OK;
}

static gridgov_status fail_names(const gg_event_batch *b, size_t row, int field, int64_t number,
                                 gridgov_error *err) {
    const int64_t column = b->source->cells.columns.column[field];
    char text[GG_NUM_TEXT_SIZE];
    if (number == -1) {
        return gg_fail_memory(err);
    }
    (void)gg_int_format(text, b->source->options.max_names);
    (void)gg_fail(err, GG_RULE_STREAM_NAMES, NULL, NULL, 0, text, NULL);
    gg_error_at(err, gridgov_rows_source_name(b->source->cells.rows),
                b->batch->number + (int64_t)row, (int32_t)(column + 1));
    return GRIDGOV_ELIMIT;
}

static gridgov_status number_of(int64_t *out, gg_event_batch *b, size_t row, int name, gg_str text,
                                int *fresh, gridgov_error *err) {
    gg_event_names *names = &b->names[name];
    *out = -1;
    if (text.size == 0) {
        return GRIDGOV_OK;
    }
    const int64_t number = gg_intern_get(&names->texts, text.data, text.size, fresh);
    if (number < 0) {
        return fail_names(b, row, name_fields[name], number, err);
    }
    *out = number;
    return (size_t)number < names->capacity ? GRIDGOV_OK : grow_names(names, err);
}

gridgov_status gg_event_number(int64_t *out, gg_event_batch *b, size_t row, int name,
                               gridgov_error *err) {
    gg_str text;
    int fresh = 0;
    GG_TRY(raw_name(&text, b, row, name, err));
    return number_of(out, b, row, name, text, &fresh, err);
}

/* 1 if a cell as it is written is its own meaning: no blanks but single ones inside, no quotes, and
 * too long to be a mark for "none". */
static int is_plain_name(gg_str text) {
    if (text.size <= MARK_MAX || text.data[0] == '"') {
        return 0;
    }
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char byte = (unsigned char)text.data[i];
        if (byte <= ' ' || byte == 0xC2 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF) {
            return 0;
        }
    }
    return 1;
}

static gridgov_status read_name(gg_event_batch *b, size_t row, int name, gridgov_error *err) {
    gg_event_names *names = &b->names[name];
    gg_str text;
    int fresh = 0;
    int64_t number = -1;
    GG_TRY(raw_name(&text, b, row, name, err));
    b->name[name][row] = GRIDGOV_NONE;
    if (text.size == 0) {
        if (names->empty == NULL || names->empty[0] != '\0') {
            b->state[row] = GG_STATE_SLOW; // a mapping may give empty cells a meaning
        }
        return GRIDGOV_OK;
    }
    GG_TRY(number_of(&number, b, row, name, text, &fresh, err));
    if (name == GG_NAME_UNIT && b->source->has_places) {
        b->name[name][row] = names->units[number];
        b->state[row] |= names->units[number] == UNKNOWN_UNIT;
        return GRIDGOV_OK;
    }
    if (fresh && b->source->plain[name_fields[name]] &&
        !(name == GG_NAME_UNIT && has(b, GG_EVENTS_UNIT)) && is_plain_name(text)) {
        names->names[number] = gg_arena_text(&b->arena, text.data, text.size);
        if (names->names[number] == NULL) {
            return gg_fail_memory(err);
        }
        names->known[number] = GG_NAME_TOLD;
    }
    if (names->known[number] == 0) {
        b->state[row] = GG_STATE_SLOW;
    } else if (names->known[number] == GG_NAME_TOLD) {
        b->name[name][row] = (int32_t)number;
    }
    return GRIDGOV_OK;
}

/* A column of the batch at hand. */
static gg_fast_cells cells_of_column(const gg_event_batch *b, int64_t column) {
    return (gg_fast_cells){.data = b->batch->data,
                           .ends = b->batch->ends,
                           .starts = b->starts,
                           .firsts = b->firsts,
                           .count = b->batch->row_count,
                           .column = (size_t)column};
}

/* Look up the short texts of a chunk in three passes, the place, the text, the comparison: so the
 * processor fetches what many rows need side by side. Empty cells get EMPTY, rows to be read
 * otherwise −1. */
static void find_names(int64_t numbers[NAME_CHUNK], const gg_event_batch *b, const gg_intern *texts,
                       const gg_fast_cells *cells, size_t first, size_t count) {
    gg_intern_words words[NAME_CHUNK];
    uint64_t hashes[NAME_CHUNK];
    uint8_t empty[NAME_CHUNK];
    for (size_t i = 0; i < count; i++) {
        size_t size = 0;
        const int fast = b->state[first + i] == GG_STATE_FAST;
        const char *text = fast ? gg_fast_cell(&size, cells, first + i) : NULL;
        const int alone = size - 1 < GG_INTERN_SHORT;
        empty[i] = fast && size == 0;
        if (!alone) {
            hashes[i] = 0;
            words[i] = (gg_intern_words){0, 0}; // of no text
            continue;
        }
        words[i] = gg_intern_words_of(text, size);
        hashes[i] = gg_intern_mix(words[i]);
    }
    for (size_t i = 0; i < count; i++) {
        numbers[i] = gg_intern_guess(texts, hashes[i]);
    }
    for (size_t i = 0; i < count; i++) {
        const gg_intern_words *known = &texts->words[numbers[i] < 0 ? 0 : numbers[i]];
        const int differs = known->low != words[i].low || known->high != words[i].high;
        numbers[i] = empty[i] ? EMPTY : differs ? -1 : numbers[i];
    }
}

/* Names of a column that nothing else takes part in. */
static gridgov_status read_plain_names(gg_event_batch *b, int name, const gg_fast_cells *cells,
                                       gridgov_error *err) {
    gg_event_names *names = &b->names[name];
    const int empty_is_none = names->empty != NULL && names->empty[0] == '\0';
    int64_t numbers[NAME_CHUNK];
    for (size_t first = 0; first < b->batch->row_count; first += NAME_CHUNK) {
        const size_t left = b->batch->row_count - first;
        const size_t count = left < NAME_CHUNK ? left : NAME_CHUNK;
        if (names->texts.count > 0) {
            find_names(numbers, b, &names->texts, cells, first, count);
        } else {
            memset(numbers, -1, sizeof numbers);
        }
        for (size_t i = 0; i < count; i++) {
            if (numbers[i] >= 0 && names->known[numbers[i]] == GG_NAME_TOLD) {
                b->name[name][first + i] = (int32_t)numbers[i];
            } else if (numbers[i] == EMPTY && empty_is_none) {
                b->name[name][first + i] = GRIDGOV_NONE;
            } else if (b->state[first + i] == GG_STATE_FAST) {
                GG_TRY(read_name(b, first + i, name, err));
            }
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status read_names(gg_event_batch *b, int name, gridgov_error *err) {
    const int64_t column = b->source->cells.columns.column[name_fields[name]];
    const gg_fast_cells cells = cells_of_column(b, column < 0 ? 0 : column);
    if (column >= 0 &&
        !(name == GG_NAME_UNIT && (b->source->has_places || has(b, GG_EVENTS_UNIT)))) {
        return read_plain_names(b, name, &cells, err);
    }
    for (size_t i = 0; i < b->batch->row_count; i++) {
        if (b->state[i] == GG_STATE_FAST) {
            GG_TRY(read_name(b, i, name, err));
        }
    }
    return GRIDGOV_OK;
}

/* The place where a cell's meaning is kept; NULL for an empty cell of which nothing is known, or
 * when memory is short. */
static int8_t *code_place(gg_event_codes *codes, gg_str text) {
    int fresh = 0;
    if (text.size <= 1) {
        return text.size == 0 ? &codes->empty : &codes->single[(unsigned char)text.data[0]];
    }
    const int64_t number = gg_intern_get(&codes->texts, text.data, text.size, &fresh);
    if (number >= 0 && (size_t)number >= codes->capacity) {
        const size_t capacity = (size_t)number * 2 + 16;
        int8_t *values = gg_realloc(codes->values, capacity, sizeof *values);
        if (values == NULL) {
            return NULL;
        }
        memset(values + codes->capacity, UNKNOWN_CODE, capacity - codes->capacity);
        codes->values = values;
        codes->capacity = capacity;
    }
    return number < 0 ? NULL : &codes->values[number];
}

gridgov_status gg_event_learn_code(gg_event_batch *b, size_t row, int code, int8_t value,
                                   gridgov_error *err) {
    int8_t *place = code_place(&b->codes[code], raw_cell(b, row, gg_code_fields[code]));
    if (place == NULL) {
        return fail_names(b, row, gg_code_fields[code],
                          b->codes[code].texts.count < b->codes[code].texts.most ? -1 : -2, err);
    }
    *place = value;
    return GRIDGOV_OK;
}

static gridgov_status read_codes(gg_event_batch *b, int code, gridgov_error *err) {
    const int64_t column = b->source->cells.columns.column[gg_code_fields[code]];
    gg_event_codes *codes = &b->codes[code];
    const gg_fast_cells cells = cells_of_column(b, column < 0 ? 0 : column);
    int8_t *out = b->code[code];
    for (size_t i = 0; i < b->batch->row_count; i++) {
        size_t size = 0;
        if (b->state[i] != GG_STATE_FAST) {
            continue;
        }
        const char *text = gg_fast_cell(&size, &cells, i);
        if (column >= 0 && size <= 1) {
            out[i] = size == 0 ? codes->empty : codes->single[(unsigned char)text[0]];
        } else {
            const int8_t *place = code_place(codes, raw_cell(b, i, gg_code_fields[code]));
            if (place == NULL) {
                return fail_names(b, i, gg_code_fields[code],
                                  codes->texts.count < codes->texts.most ? -1 : -2, err);
            }
            out[i] = *place;
        }
        b->state[i] |= out[i] == UNKNOWN_CODE; // SLOW
    }
    return GRIDGOV_OK;
}

static void read_times(gg_event_batch *b, int time) {
    const int field = gg_time_fields[time];
    const int64_t column = b->source->cells.columns.column[field];
    const int64_t offset = (int64_t)b->source->cells.utc_offset_minutes * 60;
    const uint8_t if_empty =
        time == GG_TIME_REPORTED || !b->source->plain[field] ? GG_STATE_SLOW : GG_STATE_FAST;
    if (!b->source->plain_times || !b->source->plain[field] || column < 0) {
        for (size_t i = 0; i < b->batch->row_count; i++) {
            b->times[time][i] = GRIDGOV_NO_TIME;
            b->state[i] |= b->state[i] == GG_STATE_FAST &&
                           (if_empty != GG_STATE_FAST || raw_cell(b, i, field).size > 0);
        }
        return;
    }
    const gg_fast_cells cells = cells_of_column(b, column);
    gg_fast_time_column(b->times[time], b->state, &cells, offset, if_empty, GG_STATE_SLOW);
}

/* Send rows with anything to doubt the slow way, which says so. */
static void check_times(gg_event_batch *b) {
    static const int later[] = {GG_TIME_CLOSED, GG_TIME_DUE, GG_TIME_DISPATCH_DUE};
    const gridgov_time *reported = b->times[GG_TIME_REPORTED];
    const int8_t *closed = b->code[GG_CODE_CLOSED];
    for (size_t k = 0; k < sizeof later / sizeof later[0]; k++) {
        const gridgov_time *at = b->times[later[k]];
        for (size_t i = 0; at != NULL && i < b->batch->row_count; i++) {
            if (b->state[i] == GG_STATE_FAST && at[i] != GRIDGOV_NO_TIME &&
                (at[i] < reported[i] ||
                 (later[k] == GG_TIME_CLOSED && closed != NULL && closed[i] == GRIDGOV_TRI_NO))) {
                b->state[i] = GG_STATE_SLOW;
            }
        }
    }
}

/* 1 if the cells beyond the header's are empty. */
static int is_narrow(const gg_batch *batch, size_t row, size_t width) {
    const uint32_t first = row == 0 ? 0 : batch->rows[row - 1];
    const size_t count = batch->rows[row] - first;
    return batch->ends[first + count - 1] - batch->ends[first + width - 1] == count - width;
}

/* Where rows begin, and which of them have the cells that the header has. */
static void find_rows(gg_event_batch *b) {
    const gg_batch *batch = b->batch;
    const size_t width = b->source->width;
    uint32_t first = 0;
    uint32_t start = 0;
    for (size_t i = 0; i < batch->row_count; i++) {
        const uint32_t next = batch->rows[i];
        const size_t count = next - first;
        const uint32_t end = batch->ends[next - 1];
        b->starts[i] = start;
        b->firsts[i] = first;
        b->state[i] = count == width || (count > width && is_narrow(batch, i, width))
                          ? GG_STATE_FAST
                          : GG_STATE_SLOW;
        b->state[i] = count == 1 && end == start ? GG_STATE_NONE : b->state[i];
        start = end + 1 + (batch->data[end] == '\r' && batch->data[end + 1] == '\n');
        first = next;
    }
    memset(b->doubted, 0, batch->row_count);
}

/* A number must be there and short; a position, and when the row was recorded, are read slowly. */
static void check_others(gg_event_batch *b) {
    const int id = has(b, GG_EVENTS_ID);
    static const int slow_fields[] = {GG_EVENTS_LAT, GG_EVENTS_LON, GG_EVENTS_RECORDED_AT};
    const int64_t column = b->source->cells.columns.column[GG_EVENTS_ID];
    const gg_fast_cells cells = cells_of_column(b, column < 0 ? 0 : column);
    for (size_t i = 0; id && i < b->batch->row_count; i++) {
        if (b->state[i] == GG_STATE_FAST) {
            size_t size = 0;
            const unsigned char byte = (unsigned char)*gg_fast_cell(&size, &cells, i);
            b->state[i] = column < 0 || !b->source->plain[GG_EVENTS_ID] ||
                          size - 1 >= EVENT_ID_MAX || byte <= ' ' || byte == '"' || byte > 0x7E;
        }
    }
    for (size_t k = 0; k < sizeof slow_fields / sizeof slow_fields[0]; k++) {
        for (size_t i = 0; has(b, slow_fields[k]) && i < b->batch->row_count; i++) {
            b->state[i] |= b->state[i] == GG_STATE_FAST && raw_cell(b, i, slow_fields[k]).size > 0;
        }
    }
}

/* Make room for a batch in every column that is told. */
static gridgov_status make_room(gg_event_batch *b, size_t rows, gridgov_error *err) {
    int short_of = 0;
    if (rows <= b->capacity) {
        return GRIDGOV_OK;
    }
#define ROOM(array)                                                                                \
    do {                                                                                           \
        gg_free(array);                                                                            \
        (array) = gg_calloc(rows, sizeof *(array));                                                \
        short_of |= (array) == NULL;                                                               \
    } while (0)
    b->capacity = 0;
    ROOM(b->starts);
    ROOM(b->firsts);
    ROOM(b->state);
    ROOM(b->doubted);
    for (int i = 0; i < GG_TIMES; i++) {
        if (has(b, gg_time_fields[i])) {
            ROOM(b->times[i]);
        }
    }
    for (int i = 0; i < GG_CODES; i++) {
        if (has(b, gg_code_fields[i])) {
            ROOM(b->code[i]);
        }
    }
    for (int i = 0; i < GG_NAMES; i++) {
        if (i == GG_NAME_UNIT ? has_units(b) : has(b, name_fields[i])) {
            ROOM(b->name[i]);
        }
    }
#undef ROOM
    b->capacity = short_of ? 0 : rows;
    return short_of ? gg_fail_memory(err) : GRIDGOV_OK;
}

/* Drop the rows that are none from every column; how many stay. */
static size_t close_gaps(gg_event_batch *b) {
    size_t kept = 0;
    for (size_t i = 0; i < b->batch->row_count; i++) {
        if (b->state[i] == GG_STATE_NONE) {
            continue;
        }
        if (kept != i) {
            for (int k = 0; k < GG_TIMES; k++) {
                if (b->times[k] != NULL) {
                    b->times[k][kept] = b->times[k][i];
                }
            }
            for (int k = 0; k < GG_CODES; k++) {
                if (b->code[k] != NULL) {
                    b->code[k][kept] = b->code[k][i];
                }
            }
            for (int k = 0; k < GG_NAMES; k++) {
                if (b->name[k] != NULL) {
                    b->name[k][kept] = b->name[k][i];
                }
            }
            b->doubted[kept] = b->doubted[i];
        }
        kept++;
    }
    return kept;
}

static gridgov_status hand_over(gg_event_batch *b, size_t count, gridgov_error *err) {
    const gg_event_source *source = b->source;
    gridgov_event_columns columns = {
        .struct_size = sizeof columns,
        .opening = source->cells.table == GRIDGOV_TABLE_OPENING,
        .count = (int64_t)count,
        .reported_at = b->times[GG_TIME_REPORTED],
        .accepted_at = b->times[GG_TIME_ACCEPTED],
        .dispatched_at = b->times[GG_TIME_DISPATCHED],
        .closed_at = b->times[GG_TIME_CLOSED],
        .due_at = b->times[GG_TIME_DUE],
        .dispatch_due_at = b->times[GG_TIME_DISPATCH_DUE],
        .closed = b->code[GG_CODE_CLOSED],
        .overdue = b->code[GG_CODE_OVERDUE],
        .disposition = b->code[GG_CODE_DISPOSITION],
        .self_handled = b->code[GG_CODE_SELF],
        .suspended = b->code[GG_CODE_SUSPENDED],
        .closure_doubted = b->doubted,
        .unit = b->name[GG_NAME_UNIT],
        .category = b->name[GG_NAME_CATEGORY],
        .agency = b->name[GG_NAME_AGENCY],
        .category_names = b->names[GG_NAME_CATEGORY].names,
        .agency_names = b->names[GG_NAME_AGENCY].names,
        .category_name_count = (int64_t)b->names[GG_NAME_CATEGORY].texts.count,
        .agency_name_count = (int64_t)b->names[GG_NAME_AGENCY].texts.count};
    if (columns.unit != NULL && !source->has_places) {
        columns.unit_names = b->names[GG_NAME_UNIT].names;
        columns.unit_name_count = (int64_t)b->names[GG_NAME_UNIT].texts.count;
    }
    return source->taker(source->user, b->worker, &columns, err);
}

gridgov_status gg_event_batch_end(gg_event_batch *b, gridgov_error *err) {
    GG_TRY(make_room(b, 1, err)); // what is told shows even where no row was
    return hand_over(b, 0, err);
}

static gridgov_status read_slow_rows(gg_event_batch *b, gridgov_error *err) {
    for (size_t i = 0; i < b->batch->row_count; i++) {
        if (b->state[i] == GG_STATE_SLOW) {
            GG_TRY(gg_event_slowly(b, i, err));
        } else if (b->state[i] == GG_STATE_FAST) {
            b->load.summary.read++;
            b->load.summary.added++;
        }
    }
    return GRIDGOV_OK;
}

gridgov_status gg_event_batch_take(gg_event_batch *b, const gg_batch *batch, gridgov_error *err) {
    b->batch = batch;
    GG_TRY(make_room(b, batch->row_count, err));
    find_rows(b);
    check_others(b);
    for (int i = 0; i < GG_TIMES; i++) {
        if (b->times[i] != NULL) {
            read_times(b, i);
        }
    }
    for (int i = 0; i < GG_CODES; i++) {
        if (b->code[i] != NULL) {
            GG_TRY(read_codes(b, i, err));
        }
    }
    for (int i = 0; i < GG_NAMES; i++) {
        if (b->name[i] != NULL) {
            GG_TRY(read_names(b, i, err));
        }
    }
    check_times(b);
    GG_TRY(read_slow_rows(b, err));
    const size_t count = close_gaps(b);
    b->taken |= count > 0;
    return count > 0 ? hand_over(b, count, err) : GRIDGOV_OK;
}

gridgov_status gg_event_batch_open(gg_event_batch *b, const gg_event_source *source, int32_t worker,
                                   gridgov_error *err) {
    const size_t most = (size_t)source->options.max_names;
    int short_of = 0;
    b->source = source;
    b->worker = worker;
    for (int i = 0; i < GG_NAMES; i++) {
        short_of |= gg_intern_open(&b->names[i].texts, most);
        b->names[i].empty =
            source->plain[name_fields[i]] && (i != GG_NAME_UNIT || !source->has_places) ? "" : NULL;
    }
    for (int i = 0; i < GG_CODES; i++) {
        short_of |= gg_intern_open(&b->codes[i].texts, most);
        memset(b->codes[i].single, UNKNOWN_CODE, sizeof b->codes[i].single);
        b->codes[i].empty = UNKNOWN_CODE;
    }
    return short_of ? gg_fail_memory(err) : gg_event_slow_open(b, err);
}

void gg_event_batch_forget(gg_event_batch *b) {
    for (int i = 0; i < GG_NAMES; i++) {
        gg_intern_release(&b->names[i].texts);
        gg_free((void *)b->names[i].names);
        gg_free(b->names[i].units);
        gg_free(b->names[i].known);
    }
    gg_arena_release(&b->arena);
    memset(b->names, 0, sizeof b->names);
}

void gg_event_batch_release(gg_event_batch *b) {
    gg_event_batch_forget(b);
    for (int i = 0; i < GG_NAMES; i++) {
        gg_free(b->name[i]);
    }
    for (int i = 0; i < GG_CODES; i++) {
        gg_intern_release(&b->codes[i].texts);
        gg_free(b->codes[i].values);
        gg_free(b->code[i]);
    }
    for (int i = 0; i < GG_TIMES; i++) {
        gg_free(b->times[i]);
    }
    gg_free(b->starts);
    gg_free(b->firsts);
    gg_free(b->state);
    gg_free(b->doubted);
    gg_buf_release(&b->joined);
    gg_buf_release(&b->found);
    gg_notes_release(&b->notes);
    gg_event_slow_release(b);
}
