/* SPDX-License-Identifier: Apache-2.0 */
/* Fixes of any lateness: sorting outside memory. Fixes fill a buffer; a full one is sorted and
 * written to a scratch file as a run. At the end the runs are merged, FAN at a time, until one
 * merge gives all fixes in order; the same buffer then serves the runs' read-ahead. A scratch file
 * has no name from the moment it exists, so nothing is left behind whatever happens.
 *
 * Memory is the buffer and 24 bytes a run, disk 16 bytes a fix (twice that while merging more than
 * FAN runs). Equal fixes lie side by side and are told apart by whoever takes them. */
#include "track_model.h"

#include "base/error.h"
#include "base/os.h"

#include <stdlib.h>

#define FAN 64
#define FIRST 4096       /* entries of a small buffer */
#define SLICES (FAN + 1) /* of the buffer: one a run, and one for writing */
#define CHECK 65536      /* fixes between looking whether to stop */

typedef struct entry {
    uint32_t slot;
    gg_track_point point;
} entry;

typedef struct run {
    int64_t from, to; /* entries of the file */
} run;

struct gg_track_spill {
    int fd;             /* scratch file of the runs; −1: none yet */
    const char *folder; /* of the tracks; NULL: none */
    entry *buffer;
    size_t count, capacity; /* entries */
    size_t room;            /* entries at most */
    run *runs;
    size_t run_count, run_room;
    int64_t written; /* entries in the file */
};

/* A run being read: buffer[at, end) is in memory. */
typedef struct reader {
    entry *buffer;
    size_t at, end, room;
    run rest; /* not yet read */
} reader;

gridgov_status gg_track_spill_open(gg_track_spill **out, const char *folder, int64_t memory,
                                   gridgov_error *err) {
    gg_track_spill *spill = gg_calloc(1, sizeof *spill);
    *out = spill;
    if (spill == NULL) {
        return gg_fail_memory(err);
    }
    spill->fd = -1;
    spill->folder = folder;
    spill->room = (size_t)memory / sizeof(entry) / SLICES * SLICES;
    if (spill->room < SLICES) {
        spill->room = SLICES;
    }
    return folder == NULL ? GRIDGOV_OK : gg_scratch_open(&spill->fd, folder, err);
}

void gg_track_spill_free(gg_track_spill *spill) {
    if (spill != NULL) {
        gg_file_close(spill->fd);
        gg_free(spill->buffer);
        gg_free(spill->runs);
        gg_free(spill);
    }
}

static int compare(const entry *a, const entry *b) {
    if (a->slot != b->slot) {
        return a->slot < b->slot ? -1 : 1;
    }
    if (a->point.at != b->point.at) {
        return a->point.at < b->point.at ? -1 : 1;
    }
    const int32_t lat_a = gg_track_lat(&a->point), lat_b = gg_track_lat(&b->point);
    if (lat_a != lat_b) {
        return lat_a < lat_b ? -1 : 1;
    }
    if (a->point.lon != b->point.lon) {
        return a->point.lon < b->point.lon ? -1 : 1;
    }
    return gg_track_begins(&a->point) - gg_track_begins(&b->point);
}

static int by_order(const void *left, const void *right) {
    return compare(left, right);
}

static gridgov_status append(gg_track_spill *spill, const entry *entries, size_t count,
                             gridgov_error *err) {
    GG_TRY(gg_file_append(spill->fd, entries, count * sizeof *entries, spill->folder, err));
    spill->written += (int64_t)count;
    return GRIDGOV_OK;
}

/* What is in the buffer becomes a run. */
static gridgov_status write_run(gg_track_spill *spill, gridgov_error *err) {
    if (gg_grow((void **)&spill->runs, spill->run_count, &spill->run_room, sizeof *spill->runs)) {
        return gg_fail_memory(err);
    }
    int64_t from = spill->written;
    qsort(spill->buffer, spill->count, sizeof *spill->buffer, by_order);
    GG_TRY(append(spill, spill->buffer, spill->count, err));
    spill->runs[spill->run_count++] = (run){from, spill->written};
    spill->count = 0;
    return GRIDGOV_OK;
}

gridgov_status gg_track_spill_add(gg_track_spill *spill, uint32_t slot, const gg_track_point *point,
                                  gridgov_error *err) {
    if (spill->count == spill->room) {
        if (spill->folder == NULL) {
            return gg_fail_number(err, GG_RULE_TRACK_SORT, "fixes", (int64_t)spill->room, NULL,
                                  NULL);
        }
        GG_TRY(write_run(spill, err));
    }
    if (spill->count == spill->capacity) {
        size_t wanted = spill->capacity == 0 ? FIRST : spill->capacity * 2;
        wanted = wanted < spill->room ? wanted : spill->room;
        entry *buffer = gg_realloc(spill->buffer, wanted, sizeof *buffer);
        if (buffer == NULL) {
            return gg_fail_memory(err);
        }
        spill->buffer = buffer;
        spill->capacity = wanted;
    }
    spill->buffer[spill->count++] = (entry){slot, *point};
    return GRIDGOV_OK;
}

/* Read more of a run; its buffer is empty at the end. */
static gridgov_status refill(reader *in, int fd, const char *folder, gridgov_error *err) {
    int64_t left = in->rest.to - in->rest.from;
    size_t count = left < (int64_t)in->room ? (size_t)left : in->room;
    size_t size = count * sizeof(entry), got = 0;
    in->at = in->end = 0;
    while (got < size) {
        size_t part = 0;
        gridgov_status status =
            gg_file_read_at(&part, fd, (char *)in->buffer + got, size - got,
                            in->rest.from * (int64_t)sizeof(entry) + (int64_t)got, err);
        if (status == GRIDGOV_OK && part == 0) {
            status = gg_fail(err, GG_RULE_OS, NULL, NULL, 0, "the scratch file was cut", NULL);
        }
        if (status < 0) {
            gg_error_at(err, folder, 0, 0);
            return status;
        }
        got += part;
    }
    in->end = count;
    in->rest.from += (int64_t)count;
    return GRIDGOV_OK;
}

static int is_before(const reader *a, const reader *b) {
    if (a->at == a->end || b->at == b->end) {
        return a->at != a->end;
    }
    return compare(&a->buffer[a->at], &b->buffer[b->at]) < 0;
}

/* Let the reader at place of a heap sink to where it belongs. */
static void sink(reader **heap, size_t count, size_t place) {
    for (;;) {
        size_t least = place, left = place * 2 + 1;
        for (size_t child = left; child < left + 2 && child < count; child++) {
            if (is_before(heap[child], heap[least])) {
                least = child;
            }
        }
        if (least == place) {
            return;
        }
        reader *moved = heap[place];
        heap[place] = heap[least];
        heap[least] = moved;
        place = least;
    }
}

/* Where a merge goes: to the shard, block by block, or as one run to another file. */
typedef struct target {
    gg_track_shard *shard; /* NULL: to the file */
    gg_track_block *block;
    gg_track_spill *file;
    atomic_int *stop;
} target;

static gridgov_status put_block(const target *to, gridgov_error *err) {
    gridgov_status status = gg_track_take(to->shard, to->block);
    to->block->count = 0;
    if (status < 0 && err != NULL && err != &to->shard->error) {
        *err = to->shard->error;
    }
    return status;
}

static gridgov_status put(const target *to, const entry *e, gridgov_error *err) {
    if (to->shard == NULL) {
        to->file->buffer[to->file->count++] = *e;
        if (to->file->count == to->file->room) {
            GG_TRY(append(to->file, to->file->buffer, to->file->count, err));
            to->file->count = 0;
        }
        return GRIDGOV_OK;
    }
    gg_track_block *block = to->block;
    const size_t i = block->count++;
    block->slot[i] = e->slot;
    block->at[i] = e->point.at;
    block->lat[i] = gg_track_lat(&e->point);
    block->lon[i] = e->point.lon;
    block->begins[i] = (uint8_t)gg_track_begins(&e->point);
    return block->count < GG_TRACK_BLOCK ? GRIDGOV_OK : put_block(to, err);
}

/* Merge runs [first, first + count) of a spill. */
static gridgov_status merge(gg_track_spill *spill, size_t first, size_t count, const target *to,
                            gridgov_error *err) {
    reader readers[FAN];
    reader *heap[FAN];
    size_t slice = spill->room / SLICES;
    for (size_t i = 0; i < count; i++) {
        readers[i] = (reader){.buffer = spill->buffer + i * slice, .room = slice};
        readers[i].rest = spill->runs[first + i];
        heap[i] = &readers[i];
        GG_TRY(refill(&readers[i], spill->fd, spill->folder, err));
    }
    for (size_t i = count; i-- > 0;) {
        sink(heap, count, i);
    }
    for (int64_t done = 0; heap[0]->at != heap[0]->end; done++) {
        if (done % CHECK == 0 && atomic_load_explicit(to->stop, memory_order_relaxed)) {
            return gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
        }
        GG_TRY(put(to, &heap[0]->buffer[heap[0]->at++], err));
        if (heap[0]->at == heap[0]->end) {
            GG_TRY(refill(heap[0], spill->fd, spill->folder, err));
        }
        sink(heap, count, 0);
    }
    return GRIDGOV_OK;
}

/* Merge runs to fewer in another file, which takes the place of the first. */
static gridgov_status merge_pass(gg_track_spill *spill, atomic_int *stop, gridgov_error *err) {
    size_t slice = spill->room / SLICES;
    gg_track_spill next = {.fd = -1, .folder = spill->folder, .room = slice};
    target to = {.file = &next, .stop = stop};
    next.buffer = spill->buffer + FAN * slice;
    gridgov_status status = gg_scratch_open(&next.fd, spill->folder, err);
    size_t made = 0;
    for (size_t i = 0; i < spill->run_count && status == GRIDGOV_OK; i += FAN) {
        size_t count = spill->run_count - i < FAN ? spill->run_count - i : FAN;
        int64_t from = next.written;
        status = merge(spill, i, count, &to, err);
        if (status == GRIDGOV_OK) {
            status = append(&next, next.buffer, next.count, err);
            next.count = 0;
        }
        spill->runs[made++] = (run){from, next.written};
    }
    if (status < 0) {
        gg_file_close(next.fd);
        return status;
    }
    gg_file_close(spill->fd);
    spill->fd = next.fd;
    spill->written = next.written;
    spill->run_count = made;
    return GRIDGOV_OK;
}

gridgov_status gg_track_spill_replay(gg_track_spill *spill, gg_track_shard *shard,
                                     gg_track_block *block, atomic_int *stop, gridgov_error *err) {
    target to = {.shard = shard, .block = block, .stop = stop};
    block->count = 0;
    if (spill->run_count == 0) { // all of it fits in memory
        if (spill->count > 0) {
            qsort(spill->buffer, spill->count, sizeof *spill->buffer, by_order);
        }
        for (size_t i = 0; i < spill->count; i++) {
            GG_TRY(put(&to, &spill->buffer[i], err));
        }
        return put_block(&to, err);
    }
    if (spill->count > 0) {
        GG_TRY(write_run(spill, err));
    }
    while (spill->run_count > FAN) {
        GG_TRY(merge_pass(spill, stop, err));
    }
    GG_TRY(merge(spill, 0, spill->run_count, &to, err));
    return put_block(&to, err);
}
