/* SPDX-License-Identifier: Apache-2.0 */
/* The names of a batch: grids, categories, agencies. The texts of a column are numbered as they are
 * met, and what each means is remembered by its number, so that a row costs one look-up however
 * much it takes to understand a text the first time. A text that is its own meaning is understood
 * here; any other sends its row the slow way (event_slow.c), which teaches the column. */
#include "event_batch.h"

#include "base/error.h"

#include <string.h>

/* Marks for "none" are not longer than this, nor are most names shorter. */
#define MARK_MAX 6
#define CHUNK 64    /* rows whose names are sought together */
#define JOIN '\x1F' /* between unit and grid in a text of both */

static const int name_fields[GG_NAMES] = {GG_EVENTS_GRID, GG_EVENTS_CATEGORY, GG_EVENTS_AGENCY};

/* The texts of a chunk; those of rows that are not read fast are empty. */
typedef struct chunk {
    size_t first, count; /* rows */
    const char *data[CHUNK];
    size_t sizes[CHUNK];
    gg_intern_words words[CHUNK];
    uint64_t hashes[CHUNK];
    const gg_intern_record *records[CHUNK]; /* most likely the texts' */
    int32_t meanings[CHUNK];                /* GG_INTERN_UNKNOWN: not known, or not found at once */
} chunk;

int gg_event_has_name(const gg_event_batch *b, int name) {
    const gg_event_source *source = b->source;
    if (name != GG_NAME_UNIT) {
        return gg_cells_has(&source->cells, name_fields[name]);
    }
    return (source->has_places || source->options.found_units) &&
           (gg_cells_has(&source->cells, GG_EVENTS_UNIT) ||
            gg_cells_has(&source->cells, GG_EVENTS_GRID));
}

/* 1 if the name is made of two columns. */
static int is_joined(const gg_event_batch *b, int name) {
    return name == GG_NAME_UNIT && gg_cells_has(&b->source->cells, GG_EVENTS_UNIT);
}

/* Put a row's unit and grid behind what is in the joined texts; the size of both. Room must be
 * there for the slack behind them. */
static size_t join_row(gg_event_batch *b, size_t row) {
    static const char slack[GG_INTERN_SLACK] = {0};
    const gg_str unit = gg_event_text(b, row, GG_EVENTS_UNIT);
    const gg_str grid = gg_cells_has(&b->source->cells, GG_EVENTS_GRID)
                            ? gg_event_text(b, row, GG_EVENTS_GRID)
                            : gg_str_make("", 0);
    if (unit.size == 0 && grid.size == 0) {
        return 0;
    }
    gg_buf_str(&b->joined, unit);
    gg_buf_byte(&b->joined, JOIN);
    gg_buf_str(&b->joined, grid);
    gg_buf_add(&b->joined, slack, sizeof slack);
    return unit.size + 1 + grid.size;
}

/* The text that names a unit: the grid's cell, or that and the unit's. */
static gridgov_status text_of(gg_str *out, gg_event_batch *b, size_t row, int name,
                              gridgov_error *err) {
    if (!is_joined(b, name)) {
        *out = gg_event_text(b, row, name_fields[name]);
        return GRIDGOV_OK;
    }
    gg_buf_clear(&b->joined);
    const size_t size = join_row(b, row);
    *out = gg_str_make(gg_buf_data(&b->joined), size);
    return gg_buf_failed(&b->joined) ? gg_fail_memory(err) : GRIDGOV_OK;
}

/* Room for the names of all numbers up to this one. */
static gridgov_status make_room(gg_event_names *names, int32_t number, gridgov_error *err) {
    if ((size_t)number < names->capacity) {
        return GRIDGOV_OK;
    }
    const size_t capacity = (size_t)number + (size_t)number / 2 + 64;
    const char **room = gg_realloc((void *)names->names, capacity, sizeof *room);
    if (room == NULL) {
        return gg_fail_memory(err);
    }
    memset((void *)(room + names->capacity), 0, (capacity - names->capacity) * sizeof *room);
    names->names = room;
    names->capacity = capacity;
    return GRIDGOV_OK;
}

/* Remember what the text of a number is called. */
static gridgov_status keep_name(gg_event_batch *b, int name, int32_t number, gg_str meaning,
                                gridgov_error *err) {
    const char **place = &b->names[name].names[number];
    if (*place == NULL) {
        *place = gg_arena_text(&b->arena, meaning.data, meaning.size);
    }
    return *place == NULL ? gg_fail_memory(err) : GRIDGOV_OK;
}

gridgov_status gg_event_fail_texts(const gg_event_batch *b, size_t row, int field, int short_of,
                                   gridgov_error *err) {
    const int64_t column = b->source->cells.columns.column[field];
    char text[GG_NUM_TEXT_SIZE];
    if (short_of) {
        return gg_fail_memory(err);
    }
    (void)gg_int_format(text, b->source->options.max_names);
    (void)gg_fail(err, GG_RULE_STREAM_NAMES, NULL, NULL, 0, text, NULL);
    gg_error_at(err, gridgov_rows_source_name(b->source->cells.rows),
                b->batch->number + (int64_t)row, (int32_t)(column + 1));
    return GRIDGOV_ELIMIT;
}

/* The record of a name's text in its column; NULL if it is empty. */
static gridgov_status record_of(gg_intern_record **out, gg_event_batch *b, size_t row, int name,
                                gg_str text, gridgov_error *err) {
    int short_of = 0;
    *out = NULL;
    if (text.size == 0) {
        return GRIDGOV_OK;
    }
    *out = gg_intern_get(&b->names[name].texts, text.data, text.size, &short_of);
    return *out != NULL ? make_room(&b->names[name], (*out)->number, err)
                        : gg_event_fail_texts(b, row, name_fields[name], short_of, err);
}

gridgov_status gg_event_learn_name(gg_event_batch *b, size_t row, int name, gg_str meaning,
                                   gridgov_error *err) {
    gg_event_names *names = &b->names[name];
    gg_intern_record *record = NULL;
    gg_str text;
    GG_TRY(text_of(&text, b, row, name, err));
    GG_TRY(record_of(&record, b, row, name, text, err));
    b->name[name][row] = GRIDGOV_NONE;
    if (record == NULL) {
        if (names->empty == NULL) {
            names->empty = gg_arena_text(&b->arena, meaning.data, meaning.size);
        }
        return names->empty == NULL ? gg_fail_memory(err) : GRIDGOV_OK;
    }
    if (meaning.size > 0) {
        GG_TRY(keep_name(b, name, record->number, meaning, err));
        b->name[name][row] = record->number;
    }
    record->value = b->name[name][row];
    return GRIDGOV_OK;
}

gridgov_status gg_event_learn_unit(gg_event_batch *b, size_t row, int32_t unit,
                                   gridgov_error *err) {
    gg_intern_record *record = NULL;
    gg_str text;
    GG_TRY(text_of(&text, b, row, GG_NAME_UNIT, err));
    GG_TRY(record_of(&record, b, row, GG_NAME_UNIT, text, err));
    b->name[GG_NAME_UNIT][row] = unit;
    if (record != NULL) {
        record->value = unit;
    }
    return GRIDGOV_OK;
}

/* 1 if a cell as it is written is its own meaning: no blanks but single ones inside, no quotes, and
 * too long to be a mark for "none". */
static int is_plain_name(const gg_event_source *source, int field, gg_str text) {
    if (!source->plain[field] || text.size <= MARK_MAX || text.data[0] == '"') {
        return 0;
    }
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char byte = (unsigned char)text.data[i];
        if (gg_cells_may_be_blank(byte)) {
            return 0;
        }
    }
    return 1;
}

/* The place of words among the few. */
static gg_intern_record *few_of(gg_event_names *names, gg_intern_words words) {
    const uint64_t hash =
        words.low * UINT64_C(0x9E3779B97F4A7C15) ^ words.high * UINT64_C(0xC2B2AE3D27D4EB4F);
    return &names->few[(hash ^ hash >> 32) >> 13 & (GG_EVENT_FEW - 1)];
}

/* A text of the chunk whose meaning was not found at once. */
static gridgov_status read_name(gg_event_batch *b, size_t row, int name, gg_str text,
                                gridgov_error *err) {
    gg_intern_record *record = NULL;
    GG_TRY(record_of(&record, b, row, name, text, err));
    if (record->value == GG_INTERN_UNKNOWN && !is_joined(b, name) &&
        !(name == GG_NAME_UNIT && b->source->has_places) &&
        is_plain_name(b->source, name_fields[name], text)) {
        GG_TRY(keep_name(b, name, record->number, text, err));
        record->value = record->number;
    }
    if (record->value == GG_INTERN_UNKNOWN) {
        b->state[row] = GG_STATE_SLOW;
    } else {
        *few_of(&b->names[name], record->words) = *record;
    }
    b->name[name][row] = record->value;
    return GRIDGOV_OK;
}

/* The texts of a chunk's rows. */
static gridgov_status collect(chunk *c, gg_event_batch *b, int name, gridgov_error *err) {
    const int64_t column = b->source->cells.columns.column[name_fields[name]];
    const gg_fast_cells cells = gg_event_column(b, column < 0 ? 0 : column);
    const int joined = is_joined(b, name);
    size_t used = 0;
    gg_buf_clear(&b->joined);
    for (size_t i = 0; i < c->count; i++) {
        const size_t row = c->first + i;
        c->data[i] = b->batch->data; // anything that may be read
        c->sizes[i] = 0;
        if (b->state[row] != GG_STATE_FAST) {
            continue;
        }
        if (joined) {
            c->sizes[i] = join_row(b, row);
        } else if (column >= 0) {
            c->data[i] = gg_fast_cell(&c->sizes[i], &cells, row);
        } else {
            const gg_str constant = b->source->constants[name_fields[name]];
            c->data[i] = constant.data;
            c->sizes[i] = constant.size;
        }
    }
    if (gg_buf_failed(&b->joined)) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; joined && i < c->count; i++) {
        if (c->sizes[i] > 0) { // the buffer stands still only now
            c->data[i] = gg_buf_data(&b->joined) + used;
            used += c->sizes[i] + GG_INTERN_SLACK;
        }
    }
    return GRIDGOV_OK;
}

/* Look up the texts of a chunk of a column that has few: each where it was seen last. */
static void find_few(chunk *c, gg_event_names *names) {
    for (size_t i = 0; i < c->count; i++) {
        c->words[i] = gg_intern_words_of(c->data[i], c->sizes[i]);
        const gg_intern_record *record = few_of(names, c->words[i]);
        c->meanings[i] = gg_intern_is(&names->texts, record, c->words[i], c->data[i], c->sizes[i])
                             ? record->value
                             : GG_INTERN_UNKNOWN;
    }
}

/* Look up the texts of a chunk in three passes, the group, the record, the comparison, each asking
 * for the memory that the next one needs: so the processor fetches for many rows side by side. */
static void find(chunk *c, const gg_intern *texts) {
    for (size_t i = 0; i < c->count; i++) {
        c->words[i] = gg_intern_words_of(c->data[i], c->sizes[i]);
        c->hashes[i] = gg_intern_hash(c->words[i]);
    }
    for (size_t i = 0; i < c->count; i++) {
        c->records[i] = &texts->records[gg_intern_guess(texts, c->hashes[i])];
        GG_PREFETCH(c->records[i]);
        GG_PREFETCH(&c->records[i]->value); // perhaps in the next line of memory
    }
    for (size_t i = 0; i < c->count; i++) {
        const int found = c->sizes[i] > 0 &&
                          gg_intern_is(texts, c->records[i], c->words[i], c->data[i], c->sizes[i]);
        c->meanings[i] = found ? c->records[i]->value : GG_INTERN_UNKNOWN;
    }
}

gridgov_status gg_event_read_names(gg_event_batch *b, int name, gridgov_error *err) {
    gg_event_names *names = &b->names[name];
    const int empty_is_none = names->empty != NULL && names->empty[0] == '\0';
    chunk c;
    for (c.first = 0; c.first < b->batch->row_count; c.first += c.count) {
        const size_t left = b->batch->row_count - c.first;
        c.count = left < CHUNK ? left : CHUNK;
        GG_TRY(collect(&c, b, name, err));
        if (names->texts.count <= GG_EVENT_FEW / 4) {
            find_few(&c, names);
        } else {
            find(&c, &names->texts);
        }
        memcpy(&b->name[name][c.first], c.meanings, c.count * sizeof c.meanings[0]);
        for (size_t i = 0; i < c.count; i++) {
            const size_t row = c.first + i;
            if (c.meanings[i] != GG_INTERN_UNKNOWN || b->state[row] != GG_STATE_FAST) {
                continue;
            }
            if (c.sizes[i] > 0) {
                GG_TRY(read_name(b, row, name, gg_str_make(c.data[i], c.sizes[i]), err));
                continue;
            }
            b->name[name][row] = GRIDGOV_NONE;
            b->state[row] = empty_is_none ? GG_STATE_FAST : GG_STATE_SLOW; // which may fill it
        }
    }
    return GRIDGOV_OK;
}

gridgov_status gg_event_names_open(gg_event_names *names, const gg_event_source *source, int name,
                                   gridgov_error *err) {
    const int plain =
        source->plain[name_fields[name]] && (name != GG_NAME_UNIT || source->plain[GG_EVENTS_UNIT]);
    names->empty = plain ? "" : NULL;
    for (size_t i = 0; i < GG_EVENT_FEW; i++) {
        names->few[i].value = GG_INTERN_UNKNOWN;
    }
    if (plain) { // as empty cells are many and hard to foresee, they have a place too
        few_of(names, (gg_intern_words){0, 0})->value = GRIDGOV_NONE;
    }
    return gg_intern_open(&names->texts, (size_t)source->options.max_names) != 0
               ? gg_fail_memory(err)
               : GRIDGOV_OK;
}

void gg_event_names_release(gg_event_names *names) {
    gg_intern_release(&names->texts);
    gg_free((void *)names->names);
    memset(names, 0, sizeof *names);
}
