/* SPDX-License-Identifier: Apache-2.0 */
/* A ranking as CSV. Workers write the lines of some thousand places at a time into rooms of their
 * own, and hand them on in turn, so that while one is handed on the others are being written.
 * Records are looked up out of order, each once, and asked for some lines ahead. */
#include "rank_model.h"

#include "base/error.h"
#include "base/hint.h"
#include "base/num.h"
#include "base/os.h"

#define CHUNK 4096 /* places written at a time */
#define AHEAD 16   /* records asked for before they are needed */
#define ROOM_FIRST ((size_t)256 * 1024)
#define SHORT_KEY 16                /* keys of at most so many bytes are copied as so many */
#define TAIL (2 * GG_NUM_TEXT_SIZE) /* most of what follows a key in its line */

/* Where the text goes: in order, one call at a time. */
typedef gridgov_status (*put_text)(void *user, const char *text, size_t size, gridgov_error *err);

typedef struct writing {
    const gridgov_ranking *ranking;
    gridgov_job *job;
    put_text put;
    void *user;
    uint64_t unit; /* 10^decimals */
    size_t chunks;
    gg_gate *gate; /* holds the rest */
    size_t next;   /* chunk to be given out */
    size_t turn;   /* chunk to be handed on */
    gridgov_status status;
    gridgov_error failure;
} writing;

/* One worker's text. */
typedef struct room {
    char *text;
    size_t size, capacity; /* capacity without slack */
} room;

/* Write value and return behind it. */
static char *put_number(char *out, uint64_t value, int least) {
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    char digits[GG_NUM_TEXT_SIZE];
    size_t at = sizeof digits;
    while (value >= 100) {
        at -= 2;
        memcpy(digits + at, pairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (value >= 10) {
        at -= 2;
        memcpy(digits + at, pairs + 2 * value, 2);
    } else {
        digits[--at] = (char)('0' + value);
    }
    while (sizeof digits - at < (size_t)least) {
        digits[--at] = '0';
    }
    memcpy(out, digits + at, sizeof digits - at);
    return out + (sizeof digits - at);
}

/* ",total,rank\n". */
static char *put_tail(char *out, const writing *w, int64_t total, size_t rank) {
    const int decimals = w->ranking->decimals;
    const uint64_t size = total < 0 ? (uint64_t)0 - (uint64_t)total : (uint64_t)total;
    uint64_t unit = 1;
    for (int i = decimals; i < GG_RANK_SCALE; i++) {
        unit *= 10;
    }
    *out++ = ',';
    if (total < 0) {
        *out++ = '-';
    }
    out = put_number(out, size / unit / w->unit, 1);
    if (decimals > 0) {
        *out++ = '.';
        out = put_number(out, size / unit % w->unit, decimals);
    }
    *out++ = ',';
    out = put_number(out, rank, 1);
    *out++ = '\n';
    return out;
}

static char *put_quoted(char *out, gg_str text) {
    *out++ = '"';
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"') {
            *out++ = '"';
        }
        *out++ = text.data[i];
    }
    *out++ = '"';
    return out;
}

static char *put_key(char *out, const char *record, gg_str key) {
    if (gg_rank_quoted(record)) {
        return put_quoted(out, key);
    }
    if (key.size <= SHORT_KEY) {
        memcpy(out, key.data, SHORT_KEY); // there is room behind both
    } else {
        memcpy(out, key.data, key.size);
    }
    return out + key.size;
}

static const char *record_at(const gridgov_ranking *ranking, size_t place) {
    return gg_rank_record(&ranking->store, (uint32_t)ranking->order[place]);
}

/* 1 if a place has the same total as the one before it, as far as order tells. */
static int ties(const gridgov_ranking *ranking, size_t place) {
    return ranking->far ? gg_rank_total(record_at(ranking, place)) ==
                              gg_rank_total(record_at(ranking, place - 1))
                        : ranking->order[place] >> 32 == ranking->order[place - 1] >> 32;
}

/* Rank of a place: one more than the places with a better total. */
static size_t rank_at(const gridgov_ranking *ranking, size_t place) {
    const int64_t total = gg_rank_total(record_at(ranking, place));
    size_t from = 0;
    size_t to = place; // the first place with this total lies in [from, to]
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (gg_rank_total(record_at(ranking, middle)) == total) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return from + 1;
}

/* Room for so many bytes more, and what is copied behind a key. */
static int make_room(room *own, size_t size) {
    const size_t slack = SHORT_KEY + TAIL;
    if (own->capacity - own->size >= size) {
        return 0;
    }
    const size_t capacity = own->size + size > ROOM_FIRST ? 2 * (own->size + size) : ROOM_FIRST;
    char *text = gg_realloc(own->text, capacity + slack, 1);
    if (text == NULL) {
        return -1;
    }
    own->text = text;
    own->capacity = capacity;
    return 0;
}

/* Write the lines of places [from, to). */
static int write_lines(room *own, const writing *w, size_t from, size_t to) {
    const gridgov_ranking *ranking = w->ranking;
    char tail[TAIL] = {0};
    size_t tail_size = 0;
    own->size = 0;
    for (size_t i = from; i < to; i++) {
        const char *record = record_at(ranking, i);
        const gg_str key = gg_rank_key(record);
        if (i + AHEAD < to) {
            const char *later = record_at(ranking, i + AHEAD);
            GG_PREFETCH_READ(later);
            GG_PREFETCH_READ(later + sizeof(int64_t) + SHORT_KEY);
        }
        if (i == from || !ties(ranking, i)) {
            const size_t rank = i == from ? rank_at(ranking, i) : i + 1;
            tail_size = (size_t)(put_tail(tail, w, gg_rank_total(record), rank) - tail);
        }
        if (own->capacity - own->size < 2 * key.size + TAIL &&
            make_room(own, 2 * key.size + TAIL) != 0) {
            return -1;
        }
        char *out = put_key(own->text + own->size, record, key);
        memcpy(out, tail, sizeof tail);
        own->size = (size_t)(out - own->text) + tail_size;
    }
    return 0;
}

/* A chunk to write; chunks if there is none. */
static size_t next_chunk(writing *w) {
    gg_gate_lock(w->gate);
    const size_t chunk = w->status < 0 || w->next == w->chunks ? w->chunks : w->next++;
    gg_gate_unlock(w->gate);
    return chunk;
}

/* Wait for a chunk's turn; 0, or −1 if there was a failure. */
static int wait_turn(writing *w, size_t chunk) {
    gg_gate_lock(w->gate);
    while (w->turn != chunk && w->status == GRIDGOV_OK) {
        gg_gate_wait(w->gate);
    }
    const int failed = w->status < 0;
    gg_gate_unlock(w->gate);
    return failed ? -1 : 0;
}

static gridgov_status tick(const writing *w, int worker, size_t place, gridgov_error *err) {
    if (worker == 0 && gridgov_job_tick(w->job, "rank", (int64_t)place,
                                        (int64_t)w->ranking->count) != GRIDGOV_OK) {
        return gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
    }
    return GRIDGOV_OK;
}

static void write_chunks(void *user, int worker) {
    writing *w = user;
    const size_t count = w->ranking->count;
    room own = {0};
    gridgov_error err = {0};
    gridgov_status status = GRIDGOV_OK;
    while (status == GRIDGOV_OK) {
        const size_t chunk = next_chunk(w);
        const size_t from = chunk * CHUNK;
        if (chunk == w->chunks) {
            break;
        }
        status = tick(w, worker, from, &err);
        if (status == GRIDGOV_OK &&
            write_lines(&own, w, from, count - from < CHUNK ? count : from + CHUNK) != 0) {
            status = gg_fail_memory(&err);
        }
        if (status == GRIDGOV_OK && wait_turn(w, chunk) != 0) {
            break;
        }
        if (status == GRIDGOV_OK) {
            status = w->put(w->user, own.text, own.size, &err);
        }
        gg_gate_lock(w->gate);
        if (status < 0 && w->status == GRIDGOV_OK) {
            w->status = status;
            w->failure = err;
        }
        w->turn++;
        gg_gate_ring(w->gate);
        gg_gate_unlock(w->gate);
    }
    gg_free(own.text);
}

static gridgov_status put_header(const writing *w, gridgov_error *err) {
    static const char rest[] = ",total,rank\n";
    const gg_str name = w->ranking->columns.key_name;
    const size_t most = 2 * name.size + 2 + sizeof rest;
    char *text = gg_realloc(NULL, most, 1);
    if (text == NULL) {
        return gg_fail_memory(err);
    }
    char *out = text;
    if (gg_rank_needs_quotes(name)) {
        out = put_quoted(out, name);
    } else {
        memcpy(out, name.data, name.size);
        out += name.size;
    }
    memcpy(out, rest, sizeof rest - 1);
    const gridgov_status status =
        w->put(w->user, text, (size_t)(out - text) + sizeof rest - 1, err);
    gg_free(text);
    return status;
}

static gridgov_status write_all(const gridgov_ranking *ranking, put_text put, void *user,
                                gridgov_job *job, gridgov_error *err) {
    writing w = {.ranking = ranking, .job = job, .put = put, .user = user, .unit = 1};
    for (int i = 0; i < ranking->decimals; i++) {
        w.unit *= 10;
    }
    w.chunks = (ranking->count + CHUNK - 1) / CHUNK;
    GG_TRY(put_header(&w, err));
    w.gate = gg_gate_new();
    if (w.gate == NULL) {
        return gg_fail_memory(err);
    }
    gg_workers_run(w.chunks < (size_t)ranking->workers ? (int)w.chunks : ranking->workers,
                   write_chunks, &w);
    gg_gate_free(w.gate);
    if (w.status < 0 && err != NULL) {
        *err = w.failure;
    }
    return w.status;
}

static gridgov_status put_in_memory(void *user, const char *text, size_t size, gridgov_error *err) {
    gg_buf *buf = user;
    gg_buf_add(buf, text, size);
    return gg_buf_failed(buf) ? gg_fail_memory(err) : GRIDGOV_OK;
}

static gridgov_status put_in_file(void *user, const char *text, size_t size, gridgov_error *err) {
    return gg_draft_add(user, text, size, err);
}

gridgov_status gridgov_ranking_bytes(gridgov_bytes **out, const gridgov_ranking *ranking,
                                     gridgov_job *job, gridgov_error *err) {
    gg_buf text = {0};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (ranking == NULL) {
        return gg_fail_arg(err, "ranking");
    }
    const gridgov_status status = write_all(ranking, put_in_memory, &text, job, err);
    if (status < 0) {
        gg_buf_release(&text);
        return status;
    }
    return gg_buf_to_bytes(out, &text, err);
}

gridgov_status gridgov_ranking_save(const gridgov_ranking *ranking, const char *path,
                                    gridgov_job *job, gridgov_error *err) {
    gg_draft *draft = NULL;
    if (ranking == NULL || path == NULL) {
        return gg_fail_arg(err, ranking == NULL ? "ranking" : "path");
    }
    gridgov_status status = gg_draft_open(&draft, path, err);
    if (status == GRIDGOV_OK) {
        status = write_all(ranking, put_in_file, draft, job, err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_draft_finish(draft, err);
    }
    gg_draft_free(draft);
    return status;
}
