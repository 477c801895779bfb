/* SPDX-License-Identifier: Apache-2.0 */
/* From an officer's code to the slot of the officer. Most codes are staff numbers, so a code that
 * is written as a whole number below 2³² (no sign, no leading zero) is kept as that number,
 * whatever column it came in; any other is text.
 *
 * Two tables with open addressing, one of numbers, which are their own tag, and one of texts, whose
 * tag is a hash and whose text is compared. A multiplication scatters codes well and costs nothing,
 * but codes can be chosen so that they meet: a code looks at most at PROBES cells, and then lives
 * in a crit-bit map (docs/decisions/0002), which no choice of codes makes slow. */
#include "track_model.h"

#include "base/error.h"
#include "base/hint.h"
#include "base/num.h"
#include "base/text.h"
#include "base/word.h"

#include <string.h>

#define LINE 64 /* bytes of a cache line */
#define PROBES 64
#define BITS_FIRST 8
#define BITS_MOST 30
#define CODE_MAX 256 /* bytes, as of officers in units.h */
#define IS_TEXT (UINT64_C(1) << 63)

int gg_track_pool_grow(gg_track_pool *pool, size_t size) {
    if (gg_grow((void **)&pool->pieces, pool->count, &pool->piece_room, sizeof *pool->pieces) ||
        gg_grow((void **)&pool->blocks, pool->count, &pool->block_room, sizeof *pool->blocks)) {
        return -1;
    }
    unsigned char *block = gg_calloc(1, size + LINE - 1);
    if (block == NULL) {
        return -1;
    }
    pool->blocks[pool->count] = block;
    pool->pieces[pool->count] = block + (LINE - (uintptr_t)block % LINE) % LINE;
    pool->count++;
    return 0;
}

void gg_track_pool_drop(gg_track_pool *pool, size_t index) {
    gg_free(pool->blocks[index]);
    pool->blocks[index] = NULL;
}

void gg_track_pool_release(gg_track_pool *pool) {
    for (size_t i = 0; i < pool->count; i++) {
        gg_free(pool->blocks[i]);
    }
    gg_free(pool->blocks);
    gg_free((void *)pool->pieces);
    *pool = (gg_track_pool){0};
}

void gg_track_code_number(gg_track_code *out, uint32_t number) {
    *out = (gg_track_code){.number = number, .hash = gg_track_number_hash(number)};
}

/* Whole number of a text without sign and leading zero; −1 for any other and from 2³² on. */
static int64_t number_of(const char *text, size_t size) {
    int64_t value = 0;
    if (size == 0 || size > 10 || (text[0] == '0' && size > 1)) {
        return -1;
    }
    for (size_t i = 0; i < size; i++) {
        unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit > 9) {
            return -1;
        }
        value = value * 10 + (int64_t)digit;
    }
    return value <= UINT32_MAX ? value : -1;
}

/* The first eight bytes of a text, or all it has. */
static inline uint64_t word_of(const char *text, size_t size) {
    char rest[8] = {0};
    if (size >= sizeof rest) {
        return gg_word_at(text);
    }
    memcpy(rest, text, size);
    return gg_word_at(rest);
}

void gg_track_code_text(gg_track_code *out, const char *text, size_t size) {
    int64_t number = number_of(text, size);
    uint64_t hash = size;
    if (number >= 0) {
        gg_track_code_number(out, (uint32_t)number);
        return;
    }
    for (size_t at = 0; at < size; at += 8) {
        hash = (hash ^ word_of(text + at, size - at)) * GG_TRACK_SCATTER;
        hash ^= hash >> 29;
    }
    *out = (gg_track_code){
        .text = text, .size = (uint32_t)size, .hash = (uint32_t)(hash * GG_TRACK_SCATTER >> 32)};
}

static size_t first_cell(const gg_track_table *table, uint32_t hash) {
    return hash >> (32 - table->bits);
}

static const char *slot_text(const gg_track_shard *shard, uint32_t slot) {
    return gg_buf_data(&shard->code_text) + (shard->codes[slot] & ~IS_TEXT);
}

static int is_code(const gg_track_shard *shard, const gg_track_cell *cell,
                   const gg_track_code *code) {
    if (code->text == NULL) {
        return cell->tag == code->number;
    }
    const char *text = slot_text(shard, cell->slot - 1);
    return cell->tag == code->hash && strncmp(text, code->text, code->size) == 0 &&
           text[code->size] == '\0';
}

/* The cell that holds a code or, free, waits for it; NULL if all near cells are taken by others. */
static gg_track_cell *find_cell(const gg_track_shard *shard, const gg_track_table *table,
                                const gg_track_code *code) {
    if (table->bits == 0) {
        return NULL;
    }
    size_t mask = ((size_t)1 << table->bits) - 1;
    size_t at = first_cell(table, code->hash);
    for (int i = 0; i < PROBES; i++, at = (at + 1) & mask) {
        gg_track_cell *cell = &table->cells[at];
        if (cell->slot == 0 || is_code(shard, cell, code)) {
            return cell;
        }
    }
    return NULL;
}

/* Key of a code in the map: a letter, then the code. */
static gg_str crowded_key(char *buffer, const gg_track_code *code) {
    buffer[0] = code->text == NULL ? 'n' : 't';
    if (code->text == NULL) {
        return gg_str_make(buffer, 1 + gg_int_format(buffer + 1, code->number));
    }
    memcpy(buffer + 1, code->text, code->size);
    return gg_str_make(buffer, 1 + code->size);
}

static void slot_to_code(gg_track_code *out, const gg_track_shard *shard, uint32_t slot) {
    if (shard->codes[slot] & IS_TEXT) {
        const char *text = slot_text(shard, slot);
        gg_track_code_text(out, text, strlen(text));
    } else {
        gg_track_code_number(out, (uint32_t)shard->codes[slot]);
    }
}

/* Twice the cells. Codes in the map stay there, and codes that meet even here join them. 0, or −1
 * when memory is short. */
static int grow_table(gg_track_shard *shard, gg_track_table *table) {
    char key[CODE_MAX + 1];
    gg_track_table larger = {.bits = table->bits == 0 ? BITS_FIRST : table->bits + 1};
    if (larger.bits > BITS_MOST) {
        return -1;
    }
    larger.cells = gg_calloc((size_t)1 << larger.bits, sizeof *larger.cells);
    if (larger.cells == NULL) {
        return -1;
    }
    size_t cells = table->bits == 0 ? 0 : (size_t)1 << table->bits;
    for (size_t i = 0; i < cells; i++) {
        gg_track_code code;
        if (table->cells[i].slot == 0) {
            continue;
        }
        slot_to_code(&code, shard, table->cells[i].slot - 1);
        gg_track_cell *cell = find_cell(shard, &larger, &code);
        if (cell != NULL) {
            *cell = table->cells[i];
            larger.used++;
        } else if (gg_map_set(&shard->crowded, crowded_key(key, &code), table->cells[i].slot - 1) !=
                   0) {
            gg_free(larger.cells);
            return -1;
        }
    }
    gg_free(table->cells);
    *table = larger;
    return 0;
}

/* Append an officer. */
static gridgov_status add_officer(uint32_t *slot_out, gg_track_shard *shard,
                                  const gg_track_code *code, gridgov_error *err) {
    size_t slot = shard->officer_count;
    if (slot >= GG_TRACK_NONE - 1 ||
        (!shard->bare && slot >> GG_TRACK_OFFICER_BITS == shard->officers.count &&
         gg_track_pool_grow(&shard->officers, sizeof(gg_track_officer) << GG_TRACK_OFFICER_BITS) !=
             0) ||
        gg_grow((void **)&shard->codes, slot, &shard->code_room, sizeof *shard->codes) ||
        gg_grow((void **)&shard->newest, slot, &shard->newest_room, sizeof *shard->newest)) {
        return gg_fail_memory(err);
    }
    shard->newest[slot] = GG_TRACK_NONE;
    shard->codes[slot] = code->number;
    if (code->text != NULL) {
        shard->codes[slot] = IS_TEXT | shard->code_text.size;
        gg_buf_add(&shard->code_text, code->text, code->size);
        gg_buf_byte(&shard->code_text, '\0');
        if (gg_buf_failed(&shard->code_text)) {
            return gg_fail_memory(err);
        }
    }
    shard->officer_count = slot + 1;
    *slot_out = (uint32_t)slot;
    return GRIDGOV_OK;
}

static gridgov_status check_text(const gg_track_code *code, gridgov_error *err) {
    gg_str text = code->text == NULL ? gg_str_of("0") : gg_str_make(code->text, code->size);
    if (gg_text_trim(text).size == 0) {
        return gg_fail(err, GG_RULE_KEY_EMPTY, "officer", NULL, 0, NULL, NULL);
    }
    if (text.size > CODE_MAX) {
        return gg_fail(err, GG_RULE_TRACK_CODE, "officer", text.data, CODE_MAX, "256", NULL);
    }
    size_t valid = gg_utf8_valid(text.data, text.size);
    if (valid != text.size || memchr(text.data, '\0', text.size) != NULL) {
        char offset[GG_NUM_TEXT_SIZE];
        (void)gg_int_format(offset, (int64_t)valid + 1);
        return gg_fail(err, GG_RULE_UTF8, "officer", text.data, text.size, offset, NULL);
    }
    return GRIDGOV_OK;
}

static gridgov_status find_slot(uint32_t *slot_out, gg_track_shard *shard,
                                const gg_track_code *code, gridgov_error *err) {
    gg_track_table *table = code->text == NULL ? &shard->numbers : &shard->texts;
    gg_track_cell *cell = find_cell(shard, table, code);
    if (cell != NULL && cell->slot != 0) {
        *slot_out = cell->slot - 1;
        return GRIDGOV_OK;
    }
    char key_buffer[CODE_MAX + 1];
    GG_TRY(check_text(code, err));
    if (shard->crowded.count != 0) {
        int64_t slot = gg_map_get(&shard->crowded, crowded_key(key_buffer, code), -1);
        if (slot >= 0) {
            *slot_out = (uint32_t)slot;
            return GRIDGOV_OK;
        }
    }
    if (table->bits == 0 || table->used >= ((uint32_t)1 << table->bits) / 8 * 5) {
        if (grow_table(shard, table) != 0) {
            return gg_fail_memory(err);
        }
        cell = find_cell(shard, table, code);
    }
    GG_TRY(add_officer(slot_out, shard, code, err));
    if (cell == NULL) {
        return gg_map_set(&shard->crowded, crowded_key(key_buffer, code), *slot_out) == 0
                   ? GRIDGOV_OK
                   : gg_fail_memory(err);
    }
    *cell = (gg_track_cell){code->text == NULL ? code->number : code->hash, *slot_out + 1};
    table->used++;
    return GRIDGOV_OK;
}

/* A code of a block. */
static gg_track_code code_at(const gg_track_codes *codes, size_t i) {
    gg_track_code code = {.number = codes->number[i], .hash = codes->hash[i]};
    if (codes->has_text && codes->text[i] != NULL) {
        code.text = codes->text[i];
        code.size = codes->size[i];
    }
    return code;
}

/* The cell where a code of a block most likely is; NULL if there is no table yet. */
static const gg_track_cell *likely_cell(const gg_track_shard *shard, const gg_track_codes *codes,
                                        size_t i) {
    const gg_track_table *table =
        codes->has_text && codes->text[i] != NULL ? &shard->texts : &shard->numbers;
    return table->bits == 0 ? NULL : &table->cells[first_cell(table, codes->hash[i])];
}

/* Memory is asked for ahead: the cells, then for texts the places of what seems to be theirs, then
 * those. (Inside the loops, because a function that does nothing but ask may be left out.) */
gridgov_status gg_track_slots(uint32_t *slots, gg_track_shard *shard, const gg_track_codes *codes,
                              int64_t first, gridgov_error *err) {
    for (size_t i = 0; i < codes->count; i++) {
        const gg_track_cell *cell = likely_cell(shard, codes, i);
        if (cell != NULL) {
            GG_PREFETCH(cell);
        }
    }
    for (int pass = 0; codes->has_text && pass < 2; pass++) {
        for (size_t i = 0; i < codes->count; i++) {
            const gg_track_cell *cell = likely_cell(shard, codes, i);
            if (codes->text[i] != NULL && cell != NULL && cell->slot != 0 &&
                cell->tag == codes->hash[i]) {
                GG_PREFETCH(pass == 0 ? (const void *)&shard->codes[cell->slot - 1]
                                      : (const void *)slot_text(shard, cell->slot - 1));
            }
        }
    }
    for (size_t i = 0; i < codes->count; i++) {
        const gg_track_cell *cell = likely_cell(shard, codes, i);
        if (cell != NULL && cell->slot != 0 && cell->tag == codes->number[i] &&
            !(codes->has_text && codes->text[i] != NULL)) {
            slots[i] = cell->slot - 1;
        } else {
            gg_track_code code = code_at(codes, i);
            gridgov_status status = find_slot(&slots[i], shard, &code, err);
            if (status < 0) {
                gg_error_at(err, NULL, first + codes->row[i] + 1, 0);
                return status;
            }
        }
    }
    return GRIDGOV_OK;
}

int gg_track_slot_code(const gg_track_shard *shard, uint32_t slot, uint32_t *number_out,
                       const char **text_out) {
    if (shard->codes[slot] & IS_TEXT) {
        *text_out = slot_text(shard, slot);
        return 0;
    }
    *number_out = (uint32_t)shard->codes[slot];
    return 1;
}
