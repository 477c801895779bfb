/* SPDX-License-Identifier: Apache-2.0 */
/* A table cut into blocks, one worker each. Who has block n waits until block n − 1 has told where
 * its last row ended, cuts its own text into cells from there on, tells where that ends, and only
 * then does the long work: checking every byte and handing the rows out. A row belongs to the block
 * it begins in, so what lies behind a block is read along, as much as its last row needs. Nothing
 * is guessed: a block is never cut from a place that is not the beginning of a row.
 *
 * Quotes that are not in order (base/simd.h) send one block through the cutter that goes byte by
 * byte. Whatever is to be refused (bytes that are not UTF-8, a limit, a quote never closed) ends
 * the block before the row at fault; the cursor of csv.c, which alone knows how to refuse, then
 * reads that row. Of several refusals the first in the table wins, so that errors, too, are the
 * same for any number of workers and any size of blocks.
 *
 * Sources that cannot be read from anywhere, and text in GB18030, go row by row through the cursor
 * into batches. */
#include "scan.h"

#include "base/error.h"
#include "base/hint.h"
#include "base/mem.h"
#include "base/os.h"
#include "base/workers.h"
#include "csv.h"

#include <stdatomic.h>
#include <string.h>

/* Read along behind a block, for the end of its last row. */
#define TAIL ((size_t)4096)
/* Looks at a turn before a thread goes to sleep. */
#define LOOKS 1000
/* Rows of a batch copied from a cursor, and bytes at which it is handed out. */
#define COPIED_ROWS 1024
#define COPIED_BYTES ((size_t)64 * 1024)

/* What all workers share; place belongs to the block whose turn it is,
 * all that follows gate else to who holds its lock. */
typedef struct crew {
    const gg_scan *scan;
    gg_csv_bytes source;
    int64_t base; /* offset of block 0 */
    size_t block;
    gg_gate *gate;
    int64_t next;            /* block to be given out */
    _Atomic int64_t turn;    /* block to be cut */
    _Atomic int64_t joining; /* block whose rows are to be joined */
    gg_csv_place place;      /* where that block's first row begins */
    int64_t failed;          /* first block that failed; INT64_MAX none */
    int refused;             /* 1: the row behind `refusal` is to be refused by the cursor */
    gg_csv_place refusal;
    gridgov_error failure;
} crew;

/* One worker's block. */
typedef struct bench {
    crew *shared;
    int worker;
    int64_t block, start; /* number; offset of text[0] in the source */
    char *text;
    uint32_t *ends, *rows;
    size_t capacity; /* bytes of text that may be read, slack not counted */
    size_t size;     /* bytes read */
    int at_end;      /* 1: the source ends with them */
    gg_cut cut;
    size_t lines, filled; /* rows that are this block's, and how many of them are no empty lines */
    size_t used;          /* bytes of the rows, from the beginning of cut.data */
    gg_csv_place first;   /* before the first row */
    int refused;          /* 1: the row behind the last is to be refused */
} bench;

gg_str gg_batch_unquote(char *room, const char *cell, size_t size) {
    size_t written = 0;
    for (size_t at = 1; at + 1 < size;) {
        const char *quote = memchr(cell + at, '"', size - 1 - at);
        size_t bytes = quote != NULL ? (size_t)(quote - cell) - at + 1 : size - 1 - at;
        memcpy(room + written, cell + at, bytes);
        written += bytes;
        at += bytes + (quote != NULL);
    }
    return gg_str_make(room, written);
}

static void release(bench *b) {
    gg_free(b->text);
    gg_free(b->ends);
    gg_free(b->rows);
    b->text = NULL;
    b->ends = b->rows = NULL;
}

/* Room for a text of capacity bytes; what was there is kept. 0, or −1. */
static int make_room(bench *b, size_t capacity) {
    bench larger = {.capacity = capacity};
    larger.text = gg_calloc(capacity + GG_BATCH_SLACK, 1);
    larger.ends = gg_calloc(capacity + GG_BATCH_SLACK + 1, sizeof *larger.ends);
    larger.rows = gg_calloc(capacity + GG_BATCH_SLACK + 1, sizeof *larger.rows);
    if (larger.text == NULL || larger.ends == NULL || larger.rows == NULL) {
        release(&larger);
        return -1;
    }
    if (b->size > 0) {
        memcpy(larger.text, b->text, b->size);
    }
    release(b);
    b->text = larger.text;
    b->ends = larger.ends;
    b->rows = larger.rows;
    b->capacity = capacity;
    return 0;
}

/* Fill the text from the source. */
static gridgov_status read_text(bench *b, gridgov_error *err) {
    const gg_csv_bytes *source = &b->shared->source;
    size_t wanted = b->capacity - b->size;
    size_t got = 0;
    const int64_t at = b->start + (int64_t)b->size;
    if (source->fd >= 0) {
        size_t count = 1;
        while (got < wanted && count > 0) {
            GG_TRY(gg_file_read_at(&count, source->fd, b->text + b->size + got, wanted - got,
                                   at + (int64_t)got, err));
            got += count;
        }
    } else {
        const int64_t left = source->size - at;
        got = left <= 0 ? 0 : left < (int64_t)wanted ? (size_t)left : wanted;
        if (got > 0) {
            memcpy(b->text + b->size, source->memory + at, got);
        }
    }
    b->size += got;
    b->at_end = got < wanted;
    memset(b->text + b->size, 0, GG_BATCH_SLACK);
    return GRIDGOV_OK;
}

static size_t row_start(const gg_cut *cut, size_t row) {
    const gg_batch batch = {.data = cut->data, .ends = cut->ends, .rows = cut->rows};
    return gg_batch_row(&batch, row);
}

/* End the text's last row, which no separator ends. */
static void end_text(gg_cut *cut) {
    const size_t last = cut->row_count == 0 ? 0 : cut->rows[cut->row_count - 1];
    if (row_start(cut, cut->row_count) < cut->size && !cut->inside) {
        cut->ends[cut->end_count++] = (uint32_t)cut->size;
    }
    if (cut->end_count > last) {
        cut->rows[cut->row_count++] = (uint32_t)cut->end_count;
    }
}

/* Cut what was read, from the first row on, into all rows that end in it. */
static void cut_text(bench *b, size_t from) {
    gg_cut *cut = &b->cut;
    *cut = (gg_cut){.data = b->text + from,
                    .size = b->size - from,
                    .ends = b->ends,
                    .rows = b->rows,
                    .delimiter = (char)b->shared->source.limits.delimiter};
    b->shared->scan->simd->cut(cut);
    if (cut->bad != GG_CUT_NONE) {
        gg_cut_exactly(cut);
    }
    if (b->at_end && cut->bad == GG_CUT_NONE && !cut->inside) {
        end_text(cut);
    }
}

/* Bytes of a cell without its quotes. */
static size_t content_size(const char *cell, size_t size) {
    size_t quotes = 0;
    if (size == 0 || cell[0] != '"') {
        return size;
    }
    for (size_t i = 1; i + 1 < size; i++) {
        quotes += cell[i] == '"';
    }
    return size - 2 - quotes / 2;
}

/* 1 if a row keeps within every limit. */
static int row_fits(const bench *b, size_t row, size_t start) {
    const gridgov_csv_options *limits = &b->shared->source.limits;
    const uint32_t first = row == 0 ? 0 : b->cut.rows[row - 1];
    const uint32_t last = b->cut.rows[row];
    const int64_t size = (int64_t)b->cut.ends[last - 1] - (int64_t)start;
    if (size > limits->max_row || (int64_t)(last - first) > limits->max_columns ||
        b->first.rows + (int64_t)b->filled >= limits->max_rows) {
        return 0;
    }
    for (uint32_t i = first; size > limits->max_cell && i < last; i++) {
        const size_t from = i == first ? start : b->cut.ends[i - 1] + (size_t)1;
        if ((int64_t)content_size(b->cut.data + from, b->cut.ends[i] - from) > limits->max_cell) {
            return 0;
        }
    }
    return 1;
}

/* Take the rows that begin before `limit`, as far as they keep within the limits. */
static void take_rows(bench *b, size_t limit) {
    size_t start = 0;
    b->lines = b->filled = 0;
    b->refused = 0;
    while (b->lines < b->cut.row_count && start < limit) {
        const size_t end = b->cut.ends[b->cut.rows[b->lines] - 1];
        if (end > start) {
            if (!row_fits(b, b->lines, start)) {
                b->refused = 1;
                break;
            }
            b->filled++;
        }
        b->lines++;
        start = row_start(&b->cut, b->lines);
        start = start < b->cut.size ? start : b->cut.size; // a last row without a line end
    }
    b->used = start;
}

/* Cut the block from the place where the block before ended, and read along what its last row
 * needs. The shared place is this block's to move. */
static gridgov_status cut_block(bench *b, gridgov_error *err) {
    const crew *shared = b->shared;
    size_t from = (size_t)(shared->place.offset - b->start);
    const size_t limit = shared->block;
    const size_t most = (size_t)shared->source.limits.max_row + shared->block + TAIL;
    b->first = shared->place;
    b->cut = (gg_cut){.data = b->text, .ends = b->ends, .rows = b->rows};
    b->lines = b->filled = b->used = 0;
    b->refused = 0;
    if (b->first.after_cr && from < b->size && b->text[from] == '\n') {
        from++;
        b->first.offset++;
        b->first.after_cr = 0;
    }
    for (;;) {
        if (from >= limit || from >= b->size) {
            return GRIDGOV_OK;
        }
        cut_text(b, from);
        take_rows(b, limit - from);
        if (b->refused || from + b->used >= limit) {
            return GRIDGOV_OK;
        }
        // The last row is not whole: the text ends, or more of it is needed.
        if (b->at_end || b->cut.bad != GG_CUT_NONE || b->capacity >= most) {
            b->refused = from + b->used < b->size;
            return GRIDGOV_OK;
        }
        if (make_room(b, b->capacity < most / 2 ? b->capacity * 2 : most) != 0) {
            return gg_fail_memory(err);
        }
        GG_TRY(read_text(b, err));
    }
}

/* Where a row of the block begins. */
static gg_csv_place place_of(const bench *b, size_t row) {
    gg_csv_place place = b->first;
    place.number += (int64_t)row;
    place.offset += (int64_t)(row == b->lines ? b->used : row_start(&b->cut, row));
    place.after_cr = 0;
    for (size_t i = 0; i < row; i++) {
        place.rows += b->cut.ends[b->cut.rows[i] - 1] > row_start(&b->cut, i);
    }
    return place;
}

/* Move the shared place behind the block's rows. */
static void pass_on(bench *b) {
    gg_csv_place *place = &b->shared->place;
    if (b->lines == 0) {
        *place = b->first;
        return;
    }
    place->number = b->first.number + (int64_t)b->lines;
    place->rows = b->first.rows + (int64_t)b->filled;
    place->offset = b->first.offset + (int64_t)b->used;
    place->after_cr = b->cut.data[b->used - 1] == '\r';
}

/* Bytes from the beginning that are UTF-8 without NUL. */
static size_t good_bytes(const gg_simd *simd, const char *text, size_t size) {
    int nul = 0;
    size_t good = simd->utf8(&nul, text, size);
    if (!nul) {
        const size_t rest = gg_utf8_valid(text + good, size - good);
        const char *zero = rest > 0 ? memchr(text + good, 0, rest) : NULL;
        return zero != NULL ? (size_t)(zero - text) : good + rest;
    }
    return (size_t)((const char *)memchr(text, 0, good) - text);
}

/* Shorten the block to the rows before its first byte that is not UTF-8, or is NUL. */
static void check_bytes(bench *b) {
    const size_t good = good_bytes(b->shared->scan->simd, b->cut.data, b->used);
    size_t row = 0;
    if (good == b->used) {
        return;
    }
    while (row + 1 < b->lines && row_start(&b->cut, row + 1) <= good) {
        row++;
    }
    b->used = row_start(&b->cut, row);
    b->lines = row;
    b->refused = 1;
}

static gridgov_status hand_out(bench *b, gridgov_error *err) {
    const gg_scan *scan = b->shared->scan;
    const gg_batch batch = {.data = b->cut.data,
                            .ends = b->ends,
                            .rows = b->rows,
                            .row_count = b->lines,
                            .number = b->first.number + 1,
                            .written = 1};
    return b->lines == 0 ? GRIDGOV_OK : scan->take(scan->user, b->worker, &batch, err);
}

/* With the lock held: remember the failure of a block, unless an earlier block has failed. */
static void note_failure(bench *b, gridgov_status status, const gridgov_error *err) {
    crew *shared = b->shared;
    if (b->block <= shared->failed) {
        shared->failed = b->block;
        shared->refused = status == GRIDGOV_OK;
        if (status < 0) {
            shared->failure = *err;
            shared->failure.status = status;
        } else {
            shared->refusal = place_of(b, b->lines);
        }
    }
    gg_gate_ring(shared->gate);
}

/* Look for a while whether a turn has come: most come sooner than a thread falls asleep and wakes.
 */
static void look_for(_Atomic int64_t *turn, int64_t block) {
    for (int i = 0; i < LOOKS && *turn < block; i++) {
        GG_PAUSE();
    }
}

/* Wait until it is this block's turn: GRIDGOV_OK, or GRIDGOV_END if an earlier one has failed. */
static gridgov_status wait_turn(const bench *b) {
    crew *shared = b->shared;
    look_for(&shared->turn, b->block);
    gg_gate_lock(shared->gate);
    while (shared->turn != b->block && shared->failed > b->block) {
        gg_gate_wait(shared->gate);
    }
    const int over = shared->failed < b->block;
    gg_gate_unlock(shared->gate);
    return over ? GRIDGOV_END : GRIDGOV_OK;
}

/* Read a block and cut it in its turn. GRIDGOV_END: there is nothing more to do. */
static gridgov_status next_block(bench *b, gridgov_error *err) {
    crew *shared = b->shared;
    gg_gate_lock(shared->gate);
    b->block = shared->next++;
    const int over = shared->failed < INT64_MAX;
    gg_gate_unlock(shared->gate);
    b->start = shared->base + b->block * (int64_t)shared->block;
    b->size = 0;
    if (over) {
        return GRIDGOV_END;
    }
    gridgov_status status = read_text(b, err);
    if ((status == GRIDGOV_OK && b->size == 0) || wait_turn(b) == GRIDGOV_END) {
        return GRIDGOV_END;
    }
    if (status == GRIDGOV_OK) {
        status = cut_block(b, err);
    }
    gg_gate_lock(shared->gate);
    if (status == GRIDGOV_OK) {
        pass_on(b);
    }
    if (status < 0 || b->refused) {
        note_failure(b, status, err);
    }
    shared->turn++;
    gg_gate_ring(shared->gate);
    gg_gate_unlock(shared->gate);
    return status;
}

static gridgov_status tick(const bench *b, gridgov_error *err) {
    const crew *shared = b->shared;
    if (b->worker == 0 && gridgov_job_tick(shared->scan->job, shared->scan->stage, b->start,
                                           shared->source.size) != GRIDGOV_OK) {
        return gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
    }
    return GRIDGOV_OK;
}

/* Join what was taken of a block, in its turn. GRIDGOV_END: an earlier one has failed. */
static gridgov_status join(bench *b, gridgov_error *err) {
    crew *shared = b->shared;
    gridgov_status status = GRIDGOV_OK;
    if (shared->scan->join == NULL) {
        return GRIDGOV_OK;
    }
    look_for(&shared->joining, b->block);
    gg_gate_lock(shared->gate);
    while (shared->joining != b->block && shared->failed >= b->block) {
        gg_gate_wait(shared->gate);
    }
    const int over = shared->failed < b->block;
    gg_gate_unlock(shared->gate);
    if (over) {
        return GRIDGOV_END;
    }
    if (b->lines > 0) {
        status = shared->scan->join(shared->scan->user, b->worker, err);
    }
    if (status == GRIDGOV_OK) {
        gg_gate_lock(shared->gate);
        shared->joining++;
        gg_gate_ring(shared->gate);
        gg_gate_unlock(shared->gate);
    }
    return status;
}

static void work(void *user, int worker) {
    crew *shared = user;
    bench b = {.shared = shared, .worker = worker, .block = -1}; // before every block
    gridgov_error err = {0};
    gridgov_status status = tick(&b, &err);
    if (status == GRIDGOV_OK && make_room(&b, shared->block + TAIL) != 0) {
        status = gg_fail_memory(&err);
    }
    while (status == GRIDGOV_OK && !b.refused) {
        status = next_block(&b, &err);
        if (status == GRIDGOV_OK) {
            check_bytes(&b);
            status = hand_out(&b, &err);
        }
        if (status == GRIDGOV_OK) {
            status = join(&b, &err);
        }
        if (status == GRIDGOV_OK) {
            status = tick(&b, &err);
        }
    }
    if (status < 0 || (status == GRIDGOV_OK && b.refused)) {
        gg_gate_lock(shared->gate);
        note_failure(&b, status, &err);
        gg_gate_unlock(shared->gate);
    }
    release(&b);
}

/* Let the cursor refuse the row that a worker stopped before, or go to the end of the source. */
static gridgov_status settle(crew *shared, int64_t *stopped_at, gridgov_error *err) {
    gridgov_rows *rows = shared->scan->rows;
    if (shared->failed < INT64_MAX && !shared->refused) {
        *stopped_at = 0;
        if (err != NULL) {
            *err = shared->failure;
        }
        return shared->failure.status;
    }
    GG_TRY(gg_csv_place_set(rows, shared->refused ? &shared->refusal : &shared->place, err));
    const gridgov_status status = gridgov_rows_next(rows, err);
    if (status == GRIDGOV_OK) { // the file is not what it was
        *stopped_at = gridgov_rows_number(rows);
        return gg_fail(err, GG_RULE_FILE_CHANGED, NULL, NULL, 0, NULL, NULL);
    }
    *stopped_at = status < 0 ? shared->refusal.number + 1 : 0;
    return status < 0 ? status : GRIDGOV_OK;
}

static gridgov_status scan_blocks(crew *shared, int64_t *stopped_at, gridgov_error *err) {
    shared->gate = gg_gate_new();
    if (shared->gate == NULL) {
        return gg_fail_memory(err);
    }
    shared->base = shared->place.offset;
    shared->block = shared->scan->block == 0 ? GG_SCAN_BLOCK : shared->scan->block;
    shared->failed = INT64_MAX;
    gg_workers_run(shared->scan->workers, work, shared);
    gg_gate_free(shared->gate);
    return settle(shared, stopped_at, err);
}

/* A batch that is being copied together. */
typedef struct copier {
    const gg_scan *scan;
    char *text;
    size_t size, capacity;
    uint32_t *ends;
    size_t end_count, end_capacity;
    uint32_t rows[COPIED_ROWS];
    gg_batch batch;
} copier;

static gridgov_status copy_cell(copier *c, int64_t index, gridgov_error *err) {
    size_t size = 0;
    const char *text = gridgov_rows_text(c->scan->rows, index, &size);
    const size_t needed = c->size + size + 1;
    if (needed + GG_BATCH_SLACK > c->capacity) {
        char *room = gg_realloc(c->text, needed * 2 + GG_BATCH_SLACK, 1);
        if (room == NULL) {
            return gg_fail_memory(err);
        }
        c->text = room;
        c->capacity = needed * 2 + GG_BATCH_SLACK;
    }
    if (gg_grow((void **)&c->ends, c->end_count, &c->end_capacity, sizeof *c->ends) != 0) {
        return gg_fail_memory(err);
    }
    memcpy(c->text + c->size, text, size);
    c->size += size;
    c->text[c->size] = '\0';
    c->ends[c->end_count++] = (uint32_t)c->size++;
    return GRIDGOV_OK;
}

static gridgov_status flush_copied(copier *c, gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    if (c->batch.row_count > 0) {
        memset(c->text + c->size, 0, GG_BATCH_SLACK);
        c->batch.data = c->text;
        c->batch.ends = c->ends;
        c->batch.rows = c->rows;
        status = c->scan->take(c->scan->user, 0, &c->batch, err);
        if (status == GRIDGOV_OK && c->scan->join != NULL) {
            status = c->scan->join(c->scan->user, 0, err);
        }
    }
    c->size = c->end_count = c->batch.row_count = 0;
    return status;
}

static gridgov_status copy_row(copier *c, gridgov_error *err) {
    const int64_t number = gridgov_rows_number(c->scan->rows);
    const int64_t count = gridgov_rows_count(c->scan->rows);
    if (c->batch.row_count == COPIED_ROWS || c->size > COPIED_BYTES ||
        number != c->batch.number + (int64_t)c->batch.row_count) {
        GG_TRY(flush_copied(c, err));
        c->batch.number = number;
        if (gridgov_job_tick(c->scan->job, c->scan->stage, number, -1) != GRIDGOV_OK) {
            return gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
        }
    }
    for (int64_t i = 0; i < count; i++) {
        GG_TRY(copy_cell(c, i, err));
    }
    if (count == 0) { // a row has a cell, if only an empty one
        GG_TRY(copy_cell(c, 0, err));
    }
    c->rows[c->batch.row_count++] = (uint32_t)c->end_count;
    return GRIDGOV_OK;
}

static gridgov_status scan_rows(const gg_scan *scan, int64_t *stopped_at, gridgov_error *err) {
    copier c = {.scan = scan};
    gridgov_status read = GRIDGOV_OK;
    gridgov_status taken = GRIDGOV_OK;
    gridgov_error refusal;
    while (taken == GRIDGOV_OK && (read = gridgov_rows_next(scan->rows, &refusal)) == GRIDGOV_OK) {
        taken = copy_row(&c, err);
    }
    if (taken == GRIDGOV_OK) {
        taken = flush_copied(&c, err);
    }
    if (taken == GRIDGOV_OK && read < 0) {
        taken = read;
        *stopped_at = gridgov_rows_number(scan->rows);
        if (err != NULL) {
            *err = refusal;
        }
    }
    gg_free(c.text);
    gg_free(c.ends);
    return taken;
}

gridgov_status gg_scan_run(const gg_scan *scan, int64_t *stopped_at, gridgov_error *err) {
    crew shared = {.scan = scan};
    *stopped_at = 0;
    if (gg_csv_place_get(&shared.source, &shared.place, scan->rows) == 0) {
        return scan_blocks(&shared, stopped_at, err);
    }
    return scan_rows(scan, stopped_at, err);
}
