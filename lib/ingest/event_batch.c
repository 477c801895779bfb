/* SPDX-License-Identifier: Apache-2.0 */
/* A batch of rows into columns, one column after the other. Each column takes what it understands
 * at once: times in the usual forms, texts and codes whose meaning is known from an earlier row. A
 * row with anything else in it, or with anything to doubt, is read slowly afterwards (event_slow.c)
 * by the code that reads every table, and its cells teach the columns. So the fast way need not
 * know what anything means, and cannot read a row differently. */
#include "event_batch.h"

#include "base/error.h"
#include "fast_time.h"

#include <string.h>

#define EVENT_ID_MAX 64 /* as the ledger has it */
#define DAY_LAST_SECOND 86399
#define DEGREE_DIGITS 7
#define LAT_MOST 90
#define LON_MOST 180

const int gg_time_fields[GG_TIMES] = {
    GG_EVENTS_REPORTED_AT, GG_EVENTS_ACCEPTED_AT,     GG_EVENTS_DISPATCHED_AT, GG_EVENTS_CLOSED_AT,
    GG_EVENTS_DUE_AT,      GG_EVENTS_DISPATCH_DUE_AT, GG_EVENTS_RECORDED_AT};
const int gg_code_fields[GG_CODES] = {GG_EVENTS_CLOSED, GG_EVENTS_OVERDUE, GG_EVENTS_DISPOSITION,
                                      GG_EVENTS_SELF_HANDLED, GG_EVENTS_SUSPENDED};

static int has(const gg_event_batch *b, int field) {
    return gg_cells_has(&b->source->cells, field);
}

static size_t cells_of(const gg_batch *batch, size_t row) {
    return batch->rows[row] - (row == 0 ? 0 : batch->rows[row - 1]);
}

gg_fast_cells gg_event_column(const gg_event_batch *b, int64_t column) {
    return (gg_fast_cells){.data = b->batch->data,
                           .ends = b->batch->ends,
                           .starts = b->starts,
                           .firsts = b->firsts,
                           .count = b->batch->row_count,
                           .column = (size_t)column,
                           .written = b->batch->written};
}

gg_str gg_event_text(const gg_event_batch *b, size_t row, int field) {
    const int64_t column = b->source->cells.columns.column[field];
    if (column < 0) {
        return b->source->constants[field];
    }
    if (column >= (int64_t)cells_of(b->batch, row)) {
        return gg_str_make("", 0);
    }
    const gg_fast_cells cells = gg_event_column(b, column);
    gg_str text;
    text.data = gg_fast_cell(&text.size, &cells, row);
    return text;
}

/* Where the meaning of a code's text is kept. */
static gridgov_status code_place(int32_t **out, gg_event_batch *b, size_t row, int code,
                                 gg_str text, gridgov_error *err) {
    gg_event_codes *codes = &b->codes[code];
    int short_of = 0;
    if (text.size <= 1) {
        *out = text.size == 0 ? &codes->empty : &codes->single[(unsigned char)text.data[0]];
        return GRIDGOV_OK;
    }
    gg_intern_record *record = gg_intern_get(&codes->texts, text.data, text.size, &short_of);
    if (record == NULL) {
        return gg_event_fail_texts(b, row, gg_code_fields[code], short_of, err);
    }
    *out = &record->value;
    return GRIDGOV_OK;
}

gridgov_status gg_event_learn_code(gg_event_batch *b, size_t row, int code, int8_t value,
                                   gridgov_error *err) {
    int32_t *place = NULL;
    GG_TRY(code_place(&place, b, row, code, gg_event_text(b, row, gg_code_fields[code]), err));
    *place = value;
    return GRIDGOV_OK;
}

static gridgov_status read_codes(gg_event_batch *b, int code, gridgov_error *err) {
    const int64_t column = b->source->cells.columns.column[gg_code_fields[code]];
    const gg_event_codes *codes = &b->codes[code];
    const gg_fast_cells cells = gg_event_column(b, column < 0 ? 0 : column);
    for (size_t i = 0; i < b->batch->row_count; i++) {
        gg_str text = b->source->constants[gg_code_fields[code]];
        int32_t value = 0;
        if (b->state[i] != GG_STATE_FAST) {
            continue;
        }
        if (column >= 0) {
            text.data = gg_fast_cell(&text.size, &cells, i);
        }
        if (text.size <= 1) {
            value = text.size == 0 ? codes->empty : codes->single[(unsigned char)text.data[0]];
        } else {
            int32_t *place = NULL;
            GG_TRY(code_place(&place, b, i, code, text, err));
            value = *place;
        }
        b->code[code][i] = (int8_t)value;
        b->state[i] |= value == GG_INTERN_UNKNOWN; // SLOW
    }
    return GRIDGOV_OK;
}

/* A time in any other form that is understood, perhaps one of the mapping's; 0 if the row is to be
 * read slowly. A limit given as a date alone is the end of that day. */
static int read_time(gridgov_time *out, const gg_event_batch *b, int time, gg_str text) {
    int date_only = 0;
    if (gg_cells_tidy_time(&b->source->cells, text, out, &date_only) != 0) {
        return 0;
    }
    *out +=
        date_only && (time == GG_TIME_DUE || time == GG_TIME_DISPATCH_DUE) ? DAY_LAST_SECOND : 0;
    return 1;
}

/* Rows whose cell of the field is not empty get GG_STATE_OTHER; how many. */
static size_t leave_times(gg_event_batch *b, int time, uint8_t if_empty) {
    size_t left = 0;
    for (size_t i = 0; i < b->batch->row_count; i++) {
        if (b->state[i] == GG_STATE_FAST) {
            const int empty = gg_event_text(b, i, gg_time_fields[time]).size == 0;
            b->times[time][i] = GRIDGOV_NO_TIME;
            b->state[i] = empty ? if_empty : GG_STATE_OTHER;
            left += !empty;
        }
    }
    return left;
}

static void read_times(gg_event_batch *b, int time) {
    const int field = gg_time_fields[time];
    const gg_event_source *source = b->source;
    const int64_t column = source->cells.columns.column[field];
    const int direct = source->plain[field] && column >= 0;
    const uint8_t if_empty =
        time == GG_TIME_REPORTED || !source->plain[field] ? GG_STATE_SLOW : GG_STATE_FAST;
    size_t left = 0;
    if (direct && source->plain_times) {
        const gg_fast_cells cells = gg_event_column(b, column);
        const int64_t offset = (int64_t)source->cells.utc_offset_minutes * 60;
        left = gg_fast_time_column(b->times[time], b->state, &cells, source->simd, offset, if_empty,
                                   GG_STATE_OTHER);
    } else {
        left = leave_times(b, time, if_empty);
    }
    for (size_t i = 0; left > 0 && i < b->batch->row_count; i++) {
        if (b->state[i] == GG_STATE_OTHER) {
            const int read =
                direct && read_time(&b->times[time][i], b, time, gg_event_text(b, i, field));
            b->state[i] = read ? GG_STATE_FAST : GG_STATE_SLOW;
            left--;
        }
    }
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

/* A number must be there, and short. */
static void check_ids(gg_event_batch *b) {
    const int64_t column = b->source->cells.columns.column[GG_EVENTS_ID];
    const gg_fast_cells cells = gg_event_column(b, column < 0 ? 0 : column);
    if (column < 0 || !b->source->plain[GG_EVENTS_ID]) {
        for (size_t i = 0; i < b->batch->row_count; i++) {
            b->state[i] |= b->state[i] == GG_STATE_FAST; // SLOW
        }
        return;
    }
    for (size_t i = 0; i < b->batch->row_count; i++) {
        if (b->state[i] == GG_STATE_FAST) {
            size_t size = 0;
            const unsigned char byte = (unsigned char)*gg_fast_cell(&size, &cells, i);
            b->state[i] = size - 1 >= EVENT_ID_MAX || byte == '"' || gg_cells_may_be_blank(byte);
        }
    }
}

/* A code that may have lost zeros is repaired slowly, and each row says so. */
static void check_widths(gg_event_batch *b) {
    for (int field = 0; field < GG_FIELDS_MAX; field++) {
        const int64_t width = b->source->code_width[field];
        for (size_t i = 0; width > 0 && i < b->batch->row_count; i++) {
            if (b->state[i] == GG_STATE_FAST) {
                const gg_str text = gg_event_text(b, i, field);
                b->state[i] = text.size > 0 && (int64_t)text.size < width;
            }
        }
    }
}

/* 1 if a text gives degrees that nobody would doubt. */
static int is_degrees(gg_str text, int most) {
    const size_t sign = text.size > 0 && text.data[0] == '-';
    size_t at = sign;
    int whole = 0;
    while (at < text.size && at < sign + 3 && text.data[at] >= '0' && text.data[at] <= '9') {
        whole = whole * 10 + (text.data[at++] - '0');
    }
    if (at == sign || whole >= most) {
        return 0;
    }
    const size_t point = at;
    if (at < text.size && text.data[at++] != '.') {
        return 0;
    }
    while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9') {
        at++;
    }
    return at == text.size && at != point + 1 && at <= point + 1 + DEGREE_DIGITS;
}

/* Positions are not handed on: they need only be good. */
static void check_degrees(gg_event_batch *b, int field, int most) {
    for (size_t i = 0; has(b, field) && i < b->batch->row_count; i++) {
        if (b->state[i] == GG_STATE_FAST) {
            const gg_str text = gg_event_text(b, i, field);
            b->state[i] = text.size > 0 && !(b->source->plain[field] && is_degrees(text, most));
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
        if (gg_event_has_name(b, i)) {
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
    int64_t fast = 0;
    for (size_t i = 0; i < b->batch->row_count; i++) {
        fast += b->state[i] == GG_STATE_FAST;
        if (b->state[i] == GG_STATE_SLOW) {
            GG_TRY(gg_event_slowly(b, i, err));
        }
    }
    b->load.summary.read += fast;
    b->load.summary.added += fast;
    return GRIDGOV_OK;
}

gridgov_status gg_event_batch_take(gg_event_batch *b, const gg_batch *batch, gridgov_error *err) {
    b->batch = batch;
    GG_TRY(make_room(b, batch->row_count, err));
    find_rows(b);
    if (has(b, GG_EVENTS_ID)) {
        check_ids(b);
    }
    check_widths(b);
    check_degrees(b, GG_EVENTS_LAT, LAT_MOST);
    check_degrees(b, GG_EVENTS_LON, LON_MOST);
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
            GG_TRY(gg_event_read_names(b, i, err));
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
        GG_TRY(gg_event_names_open(&b->names[i], source, i, err));
    }
    for (int i = 0; i < GG_CODES; i++) {
        short_of |= gg_intern_open(&b->codes[i].texts, most);
        for (size_t k = 0; k < 256; k++) {
            b->codes[i].single[k] = GG_INTERN_UNKNOWN;
        }
        b->codes[i].empty = GG_INTERN_UNKNOWN;
    }
    return short_of ? gg_fail_memory(err) : gg_event_slow_open(b, err);
}

void gg_event_batch_settle(gg_event_batch *b) {
    for (int i = 0; i < GG_NAMES; i++) {
        gg_intern *texts = &b->names[i].texts;
        const size_t count = texts->count;
        gg_intern_release(texts);
        *texts = (gg_intern){.count = count};
    }
}

void gg_event_batch_forget(gg_event_batch *b) {
    for (int i = 0; i < GG_NAMES; i++) {
        gg_event_names_release(&b->names[i]);
    }
    gg_arena_release(&b->arena);
}

void gg_event_batch_release(gg_event_batch *b) {
    gg_event_batch_forget(b);
    for (int i = 0; i < GG_NAMES; i++) {
        gg_free(b->name[i]);
    }
    for (int i = 0; i < GG_CODES; i++) {
        gg_intern_release(&b->codes[i].texts);
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
