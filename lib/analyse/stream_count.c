/* SPDX-License-Identifier: Apache-2.0 */
/* Counting at the speed of reading. The shape of a case (stream_case.c) leads to an entry that
 * says, for each dimension, to which *class* its answers belong; a class is one list of answers to
 * all metrics of the dimension. So a case costs one look-up and one addition in each dimension: to
 * the number of cases of that class with that name. What the classes mean for cells is worked out
 * when the numbers are folded into the part, name by name. There are a handful of classes, so the
 * numbers of one name lie side by side.
 *
 * Invariant: every case counted since the last fold stands in exactly one number of each dimension,
 * so folding early or late, by one worker or by many, gives the same sums. A plan that asks for
 * more than a shape tells is answered case by case. */
#include "stream_count.h"

#include "base/buf.h"
#include "base/hint.h"
#include "base/num.h"
#include "base/text.h"

#include <string.h>

#define UNCLASSIFIED "未分类"
#define CHUNK 512                     /* cases looked at together */
#define AHEAD 24                      /* cases, that numbers in memory are asked for before */
#define MEMO_SLOTS 4096               /* a power of two */
#define MEMO_MOST 2048                /* entries; then they are forgotten */
#define CLASSES_MOST 64               /* of one dimension; then numbers are folded */
#define FOLD_AFTER (INT64_C(1) << 31) /* cases, before a 32-bit number could wrap */

/* What a shape leads to. */
typedef struct memo_entry {
    uint8_t classes[GG_DIMENSIONS];
    uint8_t of_period, doubted;
} memo_entry;

/* The numbers of one dimension. */
typedef struct stream_numbers {
    int64_t *answers; /* by class: one for each item of the plan */
    size_t class_count;
    uint32_t *counts; /* by name (0: none, then index + 1) and class */
    size_t stride;    /* classes that a name has room for; a power of two */
    size_t names;     /* names that have room */
} stream_numbers;

struct gg_stream_counter {
    gg_stream *stream;
    uint64_t memo_shapes[MEMO_SLOTS]; /* 0: empty */
    uint16_t memo_entries[MEMO_SLOTS];
    memo_entry entries[MEMO_MOST];
    size_t entry_count;
    stream_numbers numbers[GG_DIMENSIONS];
    gg_stream_answer answer; /* room for one */
    int64_t unfolded, cases, outside, doubted;
    uint64_t shapes[CHUNK];
    const memo_entry *found[CHUNK];
};

gridgov_status gg_stream_open(gg_stream *stream, const gridgov_tally *tally, gridgov_issues *issues,
                              gridgov_job *job, gridgov_error *err) {
    gridgov_tally *part = NULL;
    int64_t agency = 0;
    memset(stream, 0, sizeof *stream);
    GG_TRY(gg_tally_like(&part, tally, err));
    part->sources = 1;
    stream->simd = gg_simd_best();
    stream->count = (gg_tally){
        .into = part, .cells = part->cells, .counted = part->counted, .issues = issues, .job = job};
    const gridgov_tally_reference alone = {.struct_size = sizeof alone, .roster = tally->roster};
    GG_TRY(gridgov_tally_new(&stream->alone, tally->metrics, &alone, &tally->options, err));
    GG_TRY(gridgov_lifecycle_open(&stream->lifecycle, "standard", 8, err));
    const int64_t units = gridgov_units_count(part->units);
    stream->gate = gg_gate_new();
    stream->agency_rows = gg_calloc((size_t)units, sizeof *stream->agency_rows);
    if (stream->gate == NULL || stream->agency_rows == NULL) {
        return gg_fail_memory(err);
    }
    for (int64_t i = 0; i < units; i++) {
        gridgov_unit unit = {.struct_size = sizeof unit};
        (void)gridgov_units_at(&unit, part->units, i);
        stream->agency_rows[i] = unit.kind == GRIDGOV_UNIT_AGENCY ? agency++ : GRIDGOV_NONE;
    }
    return GRIDGOV_OK;
}

void gg_stream_close(gg_stream *stream) {
    gg_tally_close(&stream->count);
    gridgov_tally_free(stream->count.into);
    gridgov_tally_free(stream->alone);
    gridgov_lifecycle_free(stream->lifecycle);
    gg_free(stream->agency_rows);
    gg_gate_free(stream->gate);
}

gridgov_status gg_stream_finish(gg_stream *stream, gridgov_tally *tally, gridgov_error *err) {
    if (stream->count.overflow) {
        return gg_fail(err, GG_RULE_OVERFLOW, NULL, NULL, 0, "count", NULL);
    }
    gg_tally_report_outside(&stream->count, stream->cases);
    return gg_tally_take(tally, stream->count.into, stream->count.issues, err);
}

/* With the lock held: learn from the first columns what the source tells. */
static gridgov_status learn_coverage(gg_stream *stream, const gridgov_event_columns *columns,
                                     gridgov_error *err) {
    if (stream->opened) {
        return GRIDGOV_OK;
    }
    (void)gridgov_columns_coverage(&stream->told, columns);
    if (gg_tally_cover(&stream->count, stream->told) != 0) {
        return gg_fail_memory(err);
    }
    stream->judge = (gg_stream_judge){.tally = stream->count.into,
                                      .simd = stream->simd,
                                      .told = stream->told,
                                      .alone = stream->alone,
                                      .lifecycle = stream->lifecycle};
    stream->plain = gg_stream_is_plain(&stream->judge);
    stream->opened = 1;
    return GRIDGOV_OK;
}

gg_stream_counter *gg_stream_counter_new(gg_stream *stream) {
    gg_stream_counter *counter = gg_calloc(1, sizeof *counter);
    if (counter == NULL) {
        return NULL;
    }
    counter->stream = stream;
    for (size_t d = 0; d < GG_DIMENSIONS; d++) {
        const size_t items = stream->count.into->plan.counts[d];
        counter->answer.items[d] = gg_calloc(items, sizeof *counter->answer.items[d]);
        counter->numbers[d].answers =
            gg_calloc(items * CLASSES_MOST, sizeof *counter->numbers[d].answers);
        counter->numbers[d].stride = 1;
        if (counter->answer.items[d] == NULL || counter->numbers[d].answers == NULL) {
            gg_stream_counter_free(counter);
            return NULL;
        }
    }
    return counter;
}

void gg_stream_counter_free(gg_stream_counter *counter) {
    for (size_t d = 0; counter != NULL && d < GG_DIMENSIONS; d++) {
        gg_free(counter->answer.items[d]);
        gg_free(counter->numbers[d].answers);
        gg_free(counter->numbers[d].counts);
    }
    gg_free(counter);
}

/* The names of a dimension in columns: the column of numbers, the list, and its length. */
typedef struct name_column {
    const int32_t *numbers; /* NULL: none has a name */
    const char *const *names;
    int64_t count;
} name_column;

static name_column names_of(const gg_stream *stream, const gridgov_event_columns *c, size_t d) {
    const name_column units = {c->unit, c->unit_names,
                               c->unit_names != NULL
                                   ? c->unit_name_count
                                   : gridgov_units_count(stream->count.into->units)};
    const name_column categories = {c->category, c->category_names, c->category_name_count};
    const name_column agencies = {c->agency, c->agency_names, c->agency_name_count};
    const name_column none = {NULL, NULL, 0};
    return d == GRIDGOV_DIMENSION_UNIT       ? units
           : d == GRIDGOV_DIMENSION_CATEGORY ? categories
           : d == GRIDGOV_DIMENSION_AGENCY   ? agencies
                                             : none;
}

/* Row of a name that the data have found; −1 when memory is short. */
static int64_t found_row(gridgov_tally *into, int32_t dimension, const char *name) {
    const int64_t row = gg_tally_found(into, dimension, name);
    if (row != GRIDGOV_NONE && strcmp(name, into->tables[dimension].rows[row].name) < 0) {
        const char *copy = gg_arena_text(&into->arena, name, strlen(name));
        if (copy == NULL) {
            return GRIDGOV_NONE;
        }
        gg_tally_spell(into, dimension, row, copy);
    }
    return row;
}

static int64_t category_row(gridgov_tally *into, const char *name) {
    const char *called = gg_text_trim(gg_str_of(name)).size == 0 ? UNCLASSIFIED : name;
    gg_buf key = {0};
    int64_t row = into->taxonomy == NULL
                      ? GRIDGOV_NONE
                      : gridgov_taxonomy_find(into->taxonomy, called, strlen(called));
    if (row != GRIDGOV_NONE) {
        return row;
    }
    gg_buf_key(&key, gg_str_of(called));
    const gg_str text = gg_str_make(gg_buf_data(&key), key.size);
    const int without = text.size == 0 || gg_str_equal(text, gg_str_of(UNCLASSIFIED));
    row = gg_buf_failed(&key)
              ? GRIDGOV_NONE
              : found_row(into, GRIDGOV_DIMENSION_CATEGORY, without ? UNCLASSIFIED : called);
    gg_buf_release(&key);
    return row;
}

static int64_t agency_row(const gg_stream *stream, const char *name) {
    gridgov_tally *into = stream->count.into;
    int64_t unit = GRIDGOV_NONE;
    if (into->units != NULL && gridgov_units_find(&unit, NULL, into->units, GRIDGOV_UNIT_AGENCY,
                                                  name, strlen(name), NULL) == GRIDGOV_OK) {
        return stream->agency_rows[unit];
    }
    return found_row(into, GRIDGOV_DIMENSION_AGENCY, name);
}

/* Row of a name by its number, GRIDGOV_NONE included, or −2 when memory is short. A case without an
 * agency has no row among the agencies: −1. */
static int64_t row_of(const gg_stream *stream, size_t d, const name_column *column,
                      int64_t number) {
    gridgov_tally *into = stream->count.into;
    const char *name = number >= 0 && column->names != NULL ? column->names[number] : "";
    int64_t row = 0;
    name = name == NULL ? "" : name;
    switch (d) {
    case GRIDGOV_DIMENSION_UNIT:
        if (number < 0 || column->names == NULL) {
            return gg_tally_row(into, number);
        }
        row = name[0] == '\0' ? gg_tally_row(into, GRIDGOV_NONE)
                              : found_row(into, GRIDGOV_DIMENSION_UNIT, name);
        break;
    case GRIDGOV_DIMENSION_CATEGORY:
        row = category_row(into, name);
        break;
    case GRIDGOV_DIMENSION_AGENCY:
        if (gg_text_trim(gg_str_of(name)).size == 0) {
            return GRIDGOV_NONE;
        }
        row = agency_row(stream, name);
        break;
    default:
        return 0;
    }
    return row == GRIDGOV_NONE ? -2 : row;
}

/* Add n cases with the same answers to the cells of a row. */
static void apply(gg_stream *stream, size_t d, int64_t row, const int64_t *answers, int64_t n) {
    const gg_plan *plan = &stream->count.into->plan;
    for (size_t k = 0; k < plan->counts[d]; k++) {
        const size_t metric = plan->items[d][k].metric;
        gg_tally_cell *cell = &stream->count.cells[metric][row];
        int64_t sum = 0;
        if (answers[k] == GG_LEFT_OUT) {
            continue;
        }
        if (answers[k] == GG_LACKING) {
            stream->count.overflow |= gg_add(&cell->missing, cell->missing, n) != 0;
            stream->count.counted[metric].lacking += n;
        } else {
            stream->count.overflow |= gg_mul(&sum, answers[k], n) != 0 ||
                                      gg_add(&cell->value, cell->value, sum) != 0 ||
                                      gg_add(&cell->reported, cell->reported, n) != 0;
        }
    }
}

/* Fold one dimension; −1 when memory is short. */
static int fold_numbers(gg_stream_counter *counter, size_t d,
                        const gridgov_event_columns *columns) {
    gg_stream *stream = counter->stream;
    stream_numbers *numbers = &counter->numbers[d];
    const size_t items = stream->count.into->plan.counts[d];
    const name_column column = names_of(stream, columns, d);
    if (column.names != NULL && column.numbers != NULL &&
        gg_tally_expect(stream->count.into, (int32_t)d, (size_t)column.count + 1) != 0) {
        return -1;
    }
    for (size_t name = 0; name < numbers->names; name++) {
        uint32_t *counts = &numbers->counts[name * numbers->stride];
        int64_t row = GRIDGOV_NONE;
        int resolved = 0;
        for (size_t c = 0; c < numbers->class_count; c++) {
            if (counts[c] == 0) {
                continue;
            }
            if (!resolved) {
                row = row_of(stream, d, &column, (int64_t)name - 1);
                resolved = 1;
            }
            if (row == -2) {
                return -1;
            }
            if (row >= 0) {
                apply(stream, d, row, &numbers->answers[c * items], counts[c]);
            }
            counts[c] = 0;
        }
    }
    return 0;
}

gridgov_status gg_stream_fold(gg_stream_counter *counter, const gridgov_event_columns *columns,
                              gridgov_error *err) {
    gg_stream *stream = counter->stream;
    int failed = 0;
    gg_gate_lock(stream->gate);
    gridgov_status status = learn_coverage(stream, columns, err);
    for (size_t d = 1; status == GRIDGOV_OK && !failed && d < GG_DIMENSIONS; d++) {
        failed = fold_numbers(counter, d, columns) != 0;
    }
    stream->cases += counter->cases;
    stream->count.into->outside += counter->outside;
    stream->count.into->doubted += counter->doubted;
    gg_gate_unlock(stream->gate);
    counter->unfolded = counter->cases = counter->outside = counter->doubted = 0;
    return failed ? gg_fail_memory(err) : status;
}

/* Room for so many names, and for one class more than there are; 0, or −1. */
static int make_room(stream_numbers *numbers, size_t names) {
    size_t stride = numbers->stride;
    size_t room = numbers->names;
    while (stride < numbers->class_count + 1) {
        stride *= 2;
    }
    if (names > room) {
        room = names > room + room / 2 ? names : room + room / 2;
    }
    if (stride == numbers->stride && room == numbers->names) {
        return 0;
    }
    if (room > SIZE_MAX / CLASSES_MOST / 2) {
        return -1;
    }
    uint32_t *counts = gg_calloc(room * stride, sizeof *counts);
    if (counts == NULL) {
        return -1;
    }
    for (size_t i = 0; i < numbers->names; i++) {
        memcpy(&counts[i * stride], &numbers->counts[i * numbers->stride],
               numbers->class_count * sizeof *counts);
    }
    gg_free(numbers->counts);
    numbers->counts = counts;
    numbers->stride = stride;
    numbers->names = room;
    return 0;
}

/* The class of answers, made if it is new; −1 when memory is short. There must be room for one. */
static int class_of(stream_numbers *numbers, const int64_t *answers, size_t items) {
    const size_t size = items * sizeof *answers;
    for (size_t c = 0; c < numbers->class_count; c++) {
        if (items == 0 || memcmp(&numbers->answers[c * items], answers, size) == 0) {
            return (int)c;
        }
    }
    if (make_room(numbers, numbers->names) != 0) {
        return -1;
    }
    if (items > 0) {
        memcpy(&numbers->answers[numbers->class_count * items], answers, size);
    }
    return (int)numbers->class_count++;
}

/* Forget shapes and classes; everything must be folded. */
static void forget(gg_stream_counter *counter) {
    memset(counter->memo_shapes, 0, sizeof counter->memo_shapes);
    counter->entry_count = 0;
    for (size_t d = 0; d < GG_DIMENSIONS; d++) {
        counter->numbers[d].class_count = 0;
    }
}

static int is_full(const gg_stream_counter *counter) {
    int full = counter->entry_count == MEMO_MOST;
    for (size_t d = 0; d < GG_DIMENSIONS; d++) {
        full |= counter->numbers[d].class_count == CLASSES_MOST;
    }
    return full;
}

static size_t memo_slot(const gg_stream_counter *counter, uint64_t shape) {
    uint64_t hash = shape * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 40) & (MEMO_SLOTS - 1);
    while (counter->memo_shapes[slot] != shape && counter->memo_shapes[slot] != 0) {
        slot = (slot + 1) & (MEMO_SLOTS - 1);
    }
    return slot;
}

/* The entry of a shape that case i has, made if it is new. */
static gridgov_status make_entry(const memo_entry **out, gg_stream_counter *counter, uint64_t shape,
                                 const gridgov_event_columns *columns, int64_t i,
                                 gridgov_error *err) {
    const gg_stream *stream = counter->stream;
    const size_t slot = memo_slot(counter, shape);
    memo_entry *entry = &counter->entries[counter->entry_count];
    GG_TRY(gg_stream_answer_of(&counter->answer, &stream->judge, columns, i, err));
    for (size_t d = 1; d < GG_DIMENSIONS; d++) {
        const int c = class_of(&counter->numbers[d], counter->answer.items[d],
                               stream->count.into->plan.counts[d]);
        if (c < 0) {
            return gg_fail_memory(err);
        }
        entry->classes[d] = (uint8_t)c;
    }
    entry->of_period = (uint8_t)counter->answer.of_period;
    entry->doubted = (uint8_t)counter->answer.doubted;
    counter->memo_shapes[slot] = shape;
    counter->memo_entries[slot] = (uint16_t)counter->entry_count++;
    *out = entry;
    return GRIDGOV_OK;
}

/* Find the entries of a chunk's shapes. */
static gridgov_status find_entries(gg_stream_counter *counter, const gridgov_event_columns *columns,
                                   int64_t first, int64_t count, gridgov_error *err) {
    for (int64_t i = 0; i < count; i++) {
        const uint64_t shape = counter->shapes[i];
        const size_t slot = memo_slot(counter, shape);
        if (counter->memo_shapes[slot] == shape) {
            counter->found[i] = &counter->entries[counter->memo_entries[slot]];
        } else {
            GG_TRY(make_entry(&counter->found[i], counter, shape, columns, first + i, err));
        }
    }
    return GRIDGOV_OK;
}

static void add_names(gg_stream_counter *counter, size_t d, const int32_t *names, int64_t count) {
    stream_numbers *numbers = &counter->numbers[d];
    uint32_t *counts = numbers->counts;
    const size_t stride = numbers->stride;
    for (int64_t i = 0; i < count; i++) {
        const size_t name = names == NULL ? 0 : (size_t)((int64_t)names[i] + 1);
        if (names != NULL && i + AHEAD < count) {
            GG_PREFETCH(&counts[(size_t)((int64_t)names[i + AHEAD] + 1) * stride]);
        }
        counts[name * stride + counter->found[i]->classes[d]]++;
    }
}

/* 1 if the shapes of a chunk might fill a table that is nearly full. */
static int is_near_full(const gg_stream_counter *counter) {
    return counter->entry_count + CHUNK > MEMO_MOST || is_full(counter);
}

static gridgov_status count_chunk(gg_stream_counter *counter, const gridgov_event_columns *columns,
                                  int64_t first, int64_t count, gridgov_error *err) {
    gg_stream_shapes(counter->shapes, &counter->stream->judge, columns, first, count);
    GG_TRY(find_entries(counter, columns, first, count, err));
    for (size_t d = 1; d < GG_DIMENSIONS; d++) {
        const name_column column = names_of(counter->stream, columns, d);
        if (d == GRIDGOV_DIMENSION_TOTAL && counter->stream->count.into->plan.counts[d] == 0) {
            continue; // nobody would see it
        }
        add_names(counter, d, column.numbers == NULL ? NULL : column.numbers + first, count);
    }
    for (int64_t i = 0; i < count; i++) {
        counter->outside += !counter->found[i]->of_period;
        counter->doubted += counter->found[i]->doubted;
    }
    counter->cases += count;
    counter->unfolded += count;
    return GRIDGOV_OK;
}

/* A chunk short enough that its classes have room. */
static int64_t chunk_size(const gg_stream_counter *counter, int64_t left) {
    size_t room = CHUNK;
    for (size_t d = 0; d < GG_DIMENSIONS; d++) {
        const size_t here = CLASSES_MOST - counter->numbers[d].class_count;
        room = here < room ? here : room;
    }
    // Most cases are of shapes that are known: only when classes run short, go in small steps.
    room = room > CLASSES_MOST / 2 ? CHUNK : room;
    return left < (int64_t)room ? left : (int64_t)room;
}

/* Case by case, with the lock held. */
static gridgov_status count_directly(gg_stream_counter *counter,
                                     const gridgov_event_columns *columns, gridgov_error *err) {
    gg_stream *stream = counter->stream;
    for (int64_t i = 0; i < columns->count; i++) {
        GG_TRY(gg_stream_answer_of(&counter->answer, &stream->judge, columns, i, err));
        for (size_t d = 1; d < GG_DIMENSIONS; d++) {
            const name_column column = names_of(stream, columns, d);
            const int64_t row =
                row_of(stream, d, &column, column.numbers == NULL ? -1 : column.numbers[i]);
            if (row == -2) {
                return gg_fail_memory(err);
            }
            if (row >= 0) {
                apply(stream, d, row, counter->answer.items[d], 1);
            }
        }
        counter->outside += !counter->answer.of_period;
        counter->doubted += counter->answer.doubted;
    }
    counter->cases += columns->count;
    return GRIDGOV_OK;
}

static gridgov_status count_by_shapes(gg_stream_counter *counter,
                                      const gridgov_event_columns *columns, gridgov_error *err) {
    for (size_t d = 1; d < GG_DIMENSIONS; d++) {
        const name_column column = names_of(counter->stream, columns, d);
        const size_t names = column.numbers == NULL ? 1 : (size_t)column.count + 1;
        if (make_room(&counter->numbers[d], names) != 0) {
            return gg_fail_memory(err);
        }
    }
    for (int64_t first = 0; first < columns->count;) {
        if (is_near_full(counter) || counter->unfolded >= FOLD_AFTER) {
            GG_TRY(gg_stream_fold(counter, columns, err));
            forget(counter);
        }
        const int64_t count = chunk_size(counter, columns->count - first);
        GG_TRY(count_chunk(counter, columns, first, count, err));
        first += count;
    }
    return GRIDGOV_OK;
}

gridgov_status gg_stream_count(gg_stream_counter *counter, const gridgov_event_columns *columns,
                               gridgov_error *err) {
    gg_stream *stream = counter->stream;
    gg_gate_lock(stream->gate);
    gridgov_status status = learn_coverage(stream, columns, err);
    if (status == GRIDGOV_OK && !stream->plain) {
        status = count_directly(counter, columns, err);
    }
    gg_gate_unlock(stream->gate);
    return status == GRIDGOV_OK && stream->plain ? count_by_shapes(counter, columns, err) : status;
}
