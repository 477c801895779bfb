/* SPDX-License-Identifier: Apache-2.0 */
/* Compound files ([MS-CFB] 2): sectors, chained by a table (FAT) that lies in sectors of its own;
 * streams below 4096 bytes lie in 64-byte pieces of one stream, chained by a second table.
 *
 * Nothing that the header claims is believed: every sector must lie in the file, a chain may not be
 * longer than the file has sectors, and tables are read only as far as the file reaches. So memory
 * is at most an eighth of the file, and every walk ends. */
#include "compound.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/os.h"

#include <string.h>

#define HEADER 512
#define ENTRY 128     /* bytes of a directory entry */
#define NAME_UNITS 31 /* UTF-16 units of a name */
#define DIFAT_INLINE 109
#define MINI_SHIFT 6 /* 64 bytes */
#define MINI_CUTOFF 4096
#define LAST_SECTOR 0xFFFFFFFAU /* above: marks of a chain's end and of free sectors */
#define NO_SECTOR 0xFFFFFFFEU

/* The sectors of a stream in order. */
typedef struct chain {
    uint32_t *sectors;
    size_t count, capacity;
} chain;

typedef struct stream_entry {
    char name[NAME_UNITS + 1]; /* ASCII, other characters are '?' */
    uint32_t start;
    uint64_t size;
    int type; /* 2: stream, 5: root */
} stream_entry;

struct gg_compound {
    int is_flat; /* 1: the file is the chosen stream */
    int fd;      /* −1: memory */
    const unsigned char *data;
    int64_t size;
    unsigned shift;        /* a sector has 2^shift bytes */
    uint32_t sector_count; /* in the file */
    chain fat, mini_fat;   /* tables: entry → next sector */
    chain mini_stream;     /* sectors of the stream of small pieces */
    stream_entry *entries;
    size_t entry_count, entry_capacity;
    chain selected;
    unsigned selected_shift; /* of its pieces */
    int64_t selected_size;
};

static gridgov_status fail(const char *why, gridgov_error *err) {
    return gg_fail(err, GG_RULE_XLS_BROKEN, NULL, NULL, 0, why, NULL);
}

static uint32_t le16(const unsigned char *p) {
    return (uint32_t)(p[0] | p[1] << 8);
}

static uint32_t le32(const unsigned char *p) {
    return le16(p) | le16(p + 2) << 16;
}

static gridgov_status read_file(const gg_compound *c, int64_t offset, void *data, size_t size,
                                size_t *read_out, gridgov_error *err) {
    size_t done = 0, count = 1;
    int64_t left = offset < c->size ? c->size - offset : 0;
    size = (int64_t)size < left ? size : (size_t)left;
    *read_out = size;
    if (c->fd < 0) {
        memcpy(data, c->data + (size > 0 ? offset : 0), size);
        return GRIDGOV_OK;
    }
    while (done < size && count > 0) {
        GG_TRY(gg_file_read_at(&count, c->fd, (char *)data + done, size - done,
                               offset + (int64_t)done, err));
        done += count;
    }
    *read_out = done;
    return GRIDGOV_OK;
}

static int64_t sector_offset(const gg_compound *c, uint32_t sector) {
    return ((int64_t)sector + 1) << c->shift;
}

static int append(chain *list, uint32_t value) {
    if (gg_grow((void **)&list->sectors, list->count, &list->capacity, sizeof *list->sectors) !=
        0) {
        return -1;
    }
    list->sectors[list->count++] = value;
    return 0;
}

/* Add the numbers that a sector holds, the last `spare` of them left out. */
static gridgov_status add_numbers(const gg_compound *c, chain *list, uint32_t sector, size_t spare,
                                  uint32_t *last, gridgov_error *err) {
    unsigned char block[4096];
    size_t size = (size_t)1 << c->shift, got = 0;
    if (sector >= c->sector_count) {
        return fail("a sector lies outside the file", err);
    }
    GG_TRY(read_file(c, sector_offset(c, sector), block, size, &got, err));
    memset(block + got, 0xFF, size - got);
    for (size_t i = 0; i + 4 * spare < size; i += 4) {
        if (append(list, le32(block + i)) != 0) {
            return gg_fail_memory(err);
        }
    }
    *last = le32(block + size - 4);
    return GRIDGOV_OK;
}

/* The numbers of the sectors that hold the table: 109 in the header, more in a chain of sectors. */
static gridgov_status list_table(const gg_compound *c, const unsigned char *header, chain *out,
                                 gridgov_error *err) {
    uint32_t next = le32(header + 68), last = 0;
    uint32_t numbers = 1U << c->shift >> 2; // of a sector
    uint32_t most = c->sector_count / numbers / (numbers - 1) + 1;
    for (size_t i = 0; i < DIFAT_INLINE; i++) {
        if (append(out, le32(header + 76 + 4 * i)) != 0) {
            return gg_fail_memory(err);
        }
    }
    for (uint32_t steps = 0; next < LAST_SECTOR && steps < most; steps++) {
        GG_TRY(add_numbers(c, out, next, 1, &last, err));
        next = last;
    }
    return GRIDGOV_OK;
}

static gridgov_status load_table(gg_compound *c, const unsigned char *header, gridgov_error *err) {
    chain table = {0};
    uint32_t last;
    gridgov_status status = list_table(c, header, &table, err);
    for (size_t i = 0; status == GRIDGOV_OK && i < table.count && c->fat.count < c->sector_count;
         i++) {
        if (table.sectors[i] < LAST_SECTOR) {
            status = add_numbers(c, &c->fat, table.sectors[i], 0, &last, err);
        }
    }
    gg_free(table.sectors);
    return status;
}

/* Follow a chain for at most `most` pieces. */
static gridgov_status follow(const chain *table, uint32_t start, size_t most, chain *out,
                             gridgov_error *err) {
    for (uint32_t at = start; at < LAST_SECTOR && out->count < most; at = table->sectors[at]) {
        if (at >= table->count) {
            return fail("a chain of sectors leaves the file", err);
        }
        if (out->count >= table->count) {
            return fail("a chain of sectors goes round", err);
        }
        if (append(out, at) != 0) {
            return gg_fail_memory(err);
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status add_entry(gg_compound *c, const unsigned char *bytes, gridgov_error *err) {
    size_t units = le16(bytes + 64) / 2;
    stream_entry *entry;
    if (bytes[66] != 2 && bytes[66] != 5) {
        return GRIDGOV_OK;
    }
    if (gg_grow((void **)&c->entries, c->entry_count, &c->entry_capacity, sizeof *c->entries) !=
        0) {
        return gg_fail_memory(err);
    }
    entry = &c->entries[c->entry_count++];
    memset(entry, 0, sizeof *entry);
    for (size_t i = 0; i + 1 < units && i < NAME_UNITS; i++) {
        uint32_t unit = le16(bytes + 2 * i);
        entry->name[i] = unit > 0 && unit < 128 ? (char)unit : '?';
    }
    entry->type = bytes[66];
    entry->start = le32(bytes + 116);
    entry->size = le32(bytes + 120) | (c->shift > 9 ? (uint64_t)le32(bytes + 124) << 32 : 0);
    return GRIDGOV_OK;
}

static gridgov_status load_entries(gg_compound *c, uint32_t start, gridgov_error *err) {
    chain sectors = {0};
    gridgov_status status = follow(&c->fat, start, SIZE_MAX, &sectors, err);
    for (size_t i = 0; status == GRIDGOV_OK && i < sectors.count; i++) {
        unsigned char bytes[ENTRY];
        for (int64_t at = 0; status == GRIDGOV_OK && at < (int64_t)1 << c->shift; at += ENTRY) {
            size_t got = 0;
            status =
                read_file(c, sector_offset(c, sectors.sectors[i]) + at, bytes, ENTRY, &got, err);
            if (status == GRIDGOV_OK && got == ENTRY) {
                status = add_entry(c, bytes, err);
            }
        }
    }
    gg_free(sectors.sectors);
    return status;
}

/* The stream of small pieces and its table. */
static gridgov_status load_mini(gg_compound *c, uint32_t start, gridgov_error *err) {
    chain sectors = {0};
    uint32_t last;
    gridgov_status status = follow(&c->fat, start, SIZE_MAX, &sectors, err);
    for (size_t i = 0; status == GRIDGOV_OK && i < sectors.count; i++) {
        status = add_numbers(c, &c->mini_fat, sectors.sectors[i], 0, &last, err);
    }
    gg_free(sectors.sectors);
    for (size_t i = 0; status == GRIDGOV_OK && i < c->entry_count; i++) {
        if (c->entries[i].type == 5) {
            return follow(&c->fat, c->entries[i].start, SIZE_MAX, &c->mini_stream, err);
        }
    }
    return status;
}

static gridgov_status open_source(gg_compound *c, const gg_package_source *source,
                                  gridgov_error *err) {
    c->fd = -1;
    c->data = source->data;
    c->size = (int64_t)source->size;
    if (source->path != NULL) {
        GG_TRY(gg_file_open(&c->fd, source->path, err));
        GG_TRY(gg_file_size(&c->size, c->fd, err));
    }
    return GRIDGOV_OK;
}

static gridgov_status load(gg_compound *c, gridgov_error *err) {
    unsigned char header[HEADER];
    size_t got = 0;
    GG_TRY(read_file(c, 0, header, HEADER, &got, err));
    if (got < HEADER) {
        return fail("it was cut off", err);
    }
    c->shift = le16(header + 30);
    if ((c->shift != 9 && c->shift != 12) || le16(header + 32) != MINI_SHIFT) {
        return fail("its header is not one of a compound file", err);
    }
    c->sector_count = (uint32_t)((c->size - 1) >> c->shift);
    GG_TRY(load_table(c, header, err));
    GG_TRY(load_entries(c, le32(header + 48), err));
    return load_mini(c, le32(header + 60), err);
}

static gridgov_status open_either(gg_compound **out, const gg_package_source *source, int is_flat,
                                  gridgov_error *err) {
    gg_compound *c = gg_calloc(1, sizeof *c);
    gridgov_status status;
    *out = NULL;
    if (c == NULL) {
        return gg_fail_memory(err);
    }
    c->is_flat = is_flat;
    status = open_source(c, source, err);
    c->selected_size = c->size;
    if (status == GRIDGOV_OK && !is_flat) {
        status = load(c, err);
    }
    if (status < 0) {
        gg_compound_close(c);
        return status;
    }
    *out = c;
    return GRIDGOV_OK;
}

gridgov_status gg_compound_open(gg_compound **out, const gg_package_source *source,
                                gridgov_error *err) {
    return open_either(out, source, 0, err);
}

gridgov_status gg_compound_open_flat(gg_compound **out, const gg_package_source *source,
                                     gridgov_error *err) {
    return open_either(out, source, 1, err);
}

int gg_compound_begins(const unsigned char *head, size_t size) {
    static const unsigned char magic[8] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    return size >= sizeof magic && memcmp(head, magic, sizeof magic) == 0;
}

void gg_compound_close(gg_compound *c) {
    if (c == NULL) {
        return;
    }
    gg_file_close(c->fd);
    gg_free(c->fat.sectors);
    gg_free(c->mini_fat.sectors);
    gg_free(c->mini_stream.sectors);
    gg_free(c->selected.sectors);
    gg_free(c->entries);
    gg_free(c);
}

static const stream_entry *find_entry(const gg_compound *c, const char *name) {
    for (size_t i = 0; i < c->entry_count; i++) {
        if (c->entries[i].type == 2 &&
            gg_str_equal_nocase(gg_str_of(c->entries[i].name), gg_str_of(name))) {
            return &c->entries[i];
        }
    }
    return NULL;
}

int gg_compound_has(const gg_compound *c, const char *name) {
    return find_entry(c, name) != NULL;
}

gridgov_status gg_compound_select(gg_compound *c, const char *name, gridgov_error *err) {
    const stream_entry *entry = find_entry(c, name);
    int is_mini;
    uint64_t reach;
    if (entry == NULL) {
        return fail("it has no stream of this name", err);
    }
    is_mini = entry->size < MINI_CUTOFF;
    c->selected.count = 0;
    c->selected_shift = is_mini ? MINI_SHIFT : c->shift;
    GG_TRY(follow(is_mini ? &c->mini_fat : &c->fat, entry->start,
                  (size_t)((entry->size >> c->selected_shift) + 1), &c->selected, err));
    reach = (uint64_t)c->selected.count << c->selected_shift;
    c->selected_size = (int64_t)(entry->size < reach ? entry->size : reach);
    return GRIDGOV_OK;
}

int64_t gg_compound_size(const gg_compound *c) {
    return c->selected_size;
}

/* Offset in the file of a piece of the chosen stream; −1 if it lies nowhere. */
static int64_t piece_offset(const gg_compound *c, uint32_t piece) {
    uint64_t inside, sector;
    if (c->selected_shift == c->shift) {
        return piece < c->sector_count ? sector_offset(c, piece) : -1;
    }
    inside = (uint64_t)piece << MINI_SHIFT;
    sector = inside >> c->shift;
    return sector < c->mini_stream.count ? sector_offset(c, c->mini_stream.sectors[sector]) +
                                               (int64_t)(inside & (((uint64_t)1 << c->shift) - 1))
                                         : -1;
}

gridgov_status gg_compound_read(const gg_compound *c, int64_t offset, void *data, size_t size,
                                size_t *read_out, gridgov_error *err) {
    int64_t left = offset < c->selected_size ? c->selected_size - offset : 0;
    size_t done = 0, piece_size = (size_t)1 << c->selected_shift;
    size = (int64_t)size < left ? size : (size_t)left;
    *read_out = 0;
    if (c->is_flat) {
        return read_file(c, offset, data, size, read_out, err);
    }
    while (done < size) {
        size_t at = (size_t)(offset + (int64_t)done), inside = at & (piece_size - 1), got = 0;
        size_t wanted = piece_size - inside < size - done ? piece_size - inside : size - done;
        int64_t place = piece_offset(c, c->selected.sectors[at >> c->selected_shift]);
        if (place < 0) {
            return fail("a sector lies outside the file", err);
        }
        GG_TRY(read_file(c, place + (int64_t)inside, (char *)data + done, wanted, &got, err));
        done += got;
        if (got < wanted) {
            break; // the file was cut off
        }
    }
    *read_out = done;
    return GRIDGOV_OK;
}
