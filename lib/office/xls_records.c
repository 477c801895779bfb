/* SPDX-License-Identifier: Apache-2.0 */
/* Records of BIFF ([MS-XLS] 2.1.4): type and size in two bytes each, then the data. What does not
 * fit a record goes on in CONTINUE records; where a string is cut between two characters, the
 * continuation begins with a byte that says whether the rest has one byte or two a character
 * (2.5.293). */
#include "xls.h"

#include "base/decoder.h"
#include "base/error.h"

#include <string.h>

#define WINDOW 65536
#define RECORD_HEAD 4
#define RECORD_MAX 65535

uint32_t gg_xls_16(const unsigned char *bytes) {
    return (uint32_t)(bytes[0] | bytes[1] << 8);
}

uint32_t gg_xls_32(const unsigned char *bytes) {
    return gg_xls_16(bytes) | gg_xls_16(bytes + 2) << 16;
}

/* Have `size` bytes from an offset in the window, or as many as there are; *got says how many. */
static gridgov_status have(gg_records *records, int64_t offset, size_t size, size_t *got,
                           gridgov_error *err) {
    gg_buf *window = &records->window;
    size_t read = 0;
    if (window->capacity == 0) {
        static const char zeros[1024] = {0};
        while (window->size < WINDOW + RECORD_MAX && !gg_buf_failed(window)) {
            gg_buf_add(window, zeros, sizeof zeros);
        }
        window->size = 0;
        if (gg_buf_failed(window)) {
            *got = 0;
            return gg_fail_memory(err);
        }
    }
    if (offset < records->window_at ||
        offset + (int64_t)size > records->window_at + (int64_t)window->size) {
        GG_TRY(gg_compound_read(records->compound, offset, window->data, WINDOW + RECORD_MAX, &read,
                                err));
        records->window_at = offset;
        window->size = read;
    }
    read = (size_t)(records->window_at + (int64_t)window->size - offset);
    *got = read < size ? read : size;
    return GRIDGOV_OK;
}

static const unsigned char *bytes_at(const gg_records *records, int64_t offset) {
    return (const unsigned char *)records->window.data + (offset - records->window_at);
}

gridgov_status gg_records_peek(gg_records *records, int *type_out, gridgov_error *err) {
    size_t got = 0;
    *type_out = -1;
    // The window may move, but not the record that is being read: it lies before the next one.
    if (records->at + RECORD_HEAD > records->window_at + (int64_t)records->window.size) {
        GG_TRY(have(records, records->at - RECORD_HEAD - (int64_t)records->size,
                    records->size + 2 * RECORD_HEAD, &got, err));
        records->data = bytes_at(records, records->at - (int64_t)records->size);
    }
    if (records->at + RECORD_HEAD <= records->window_at + (int64_t)records->window.size) {
        *type_out = (int)gg_xls_16(bytes_at(records, records->at));
    }
    return GRIDGOV_OK;
}

gridgov_status gg_records_next(gg_records *records, gridgov_error *err) {
    size_t got = 0, size;
    GG_TRY(have(records, records->at, RECORD_HEAD, &got, err));
    if (got < RECORD_HEAD) {
        return GRIDGOV_END;
    }
    size = gg_xls_16(bytes_at(records, records->at) + 2);
    GG_TRY(have(records, records->at, RECORD_HEAD + size, &got, err));
    if (got < RECORD_HEAD + size) {
        return GRIDGOV_END;
    }
    records->type = (int)gg_xls_16(bytes_at(records, records->at));
    records->size = size;
    records->data = bytes_at(records, records->at + RECORD_HEAD);
    records->at += (int64_t)(RECORD_HEAD + size);
    return GRIDGOV_OK;
}

int64_t gg_records_offset(const gg_records *records) {
    return records->at - (int64_t)records->size - RECORD_HEAD;
}

gridgov_status gg_records_hold(gg_records *records, int64_t from, int64_t to, gridgov_error *err) {
    static const char zeros[1024] = {0};
    gg_buf *window = &records->window;
    size_t size = (size_t)(to - from);
    gg_buf_clear(window);
    while (window->size < size && !gg_buf_failed(window)) {
        gg_buf_add(window, zeros, sizeof zeros);
    }
    if (gg_buf_failed(window)) {
        return gg_fail_memory(err);
    }
    records->window_at = from;
    return gg_compound_read(records->compound, from, window->data, size, &window->size, err);
}

void gg_records_release(gg_records *records) {
    gg_buf_release(&records->window);
}

/* 1 if a byte is there, perhaps in a continuation, which *crossed notes. */
static int ready(gg_xls_text *text, int *crossed, gridgov_status *status, gridgov_error *err) {
    int type = -1;
    while (*status == GRIDGOV_OK && text->at >= text->records->size) {
        *status = gg_records_peek(text->records, &type, err);
        if (*status != GRIDGOV_OK || type != GG_XLS_CONTINUE) {
            break;
        }
        *status = gg_records_next(text->records, err);
        if (*status == GRIDGOV_END) {
            *status = GRIDGOV_OK;
            break;
        }
        text->at = 0;
        *crossed = 1;
    }
    if (*status != GRIDGOV_OK || text->at >= text->records->size) {
        text->ended = 1;
        return 0;
    }
    return 1;
}

uint32_t gg_xls_byte(gg_xls_text *text, gridgov_status *status, gridgov_error *err) {
    int crossed = 0;
    return ready(text, &crossed, status, err) ? text->records->data[text->at++] : 0;
}

uint32_t gg_xls_word(gg_xls_text *text, gridgov_status *status, gridgov_error *err) {
    uint32_t low = gg_xls_byte(text, status, err);
    return low | gg_xls_byte(text, status, err) << 8;
}

void gg_xls_skip(gg_xls_text *text, uint64_t size, gridgov_status *status, gridgov_error *err) {
    int crossed = 0;
    while (size > 0 && ready(text, &crossed, status, err)) {
        uint64_t here = text->records->size - text->at;
        here = here < size ? here : size;
        text->at += (size_t)here;
        size -= here;
    }
}

static void put_character(gg_buf *out, uint32_t c) {
    char bytes[4];
    gg_buf_add(out, bytes, gg_utf8_put(bytes, c));
}

/* A unit of UTF-16, which may be half of a character: *high keeps the first half. */
static void put_unit(gg_buf *out, uint32_t unit, uint32_t *high) {
    if (*high != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
        put_character(out, 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00));
        *high = 0;
        return;
    }
    if (*high != 0) {
        put_character(out, 0xFFFD);
        *high = 0;
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        *high = unit;
    } else {
        put_character(out, unit == 0 || (unit >= 0xDC00 && unit <= 0xDFFF) ? 0xFFFD : unit);
    }
}

void gg_xls_characters(gg_buf *out, gg_xls_text *text, uint32_t count, int wide,
                       gridgov_status *status, gridgov_error *err) {
    uint32_t high = 0;
    for (uint32_t i = 0; i < count && !text->ended && !gg_buf_failed(out); i++) {
        int crossed = 0;
        uint32_t unit;
        if (!ready(text, &crossed, status, err)) {
            break;
        }
        if (crossed && i > 0) {
            wide = (int)(gg_xls_byte(text, status, err) & 1);
        }
        unit = gg_xls_byte(text, status, err);
        if (wide) {
            unit |= gg_xls_byte(text, status, err) << 8;
        }
        put_unit(out, unit, &high);
    }
    if (high != 0) {
        put_character(out, 0xFFFD);
    }
    if (gg_buf_failed(out)) {
        *status = gg_fail_memory(err);
    }
}

const char *gg_xls_code_page(uint32_t number) {
    static const struct {
        uint32_t number;
        const char *name;
    } known[] = {
        {437, "CP437"},   {874, "CP874"},       {932, "CP932"},    {936, "GB18030"},
        {949, "CP949"},   {950, "CP950"},       {1250, "CP1250"},  {1251, "CP1251"},
        {1252, "CP1252"}, {1253, "CP1253"},     {1254, "CP1254"},  {1255, "CP1255"},
        {1256, "CP1256"}, {1257, "CP1257"},     {1258, "CP1258"},  {10000, "MACINTOSH"},
        {850, "CP850"},   {32768, "MACINTOSH"}, {32769, "CP1252"}, {54936, "GB18030"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].number == number) {
            return known[i].name;
        }
    }
    return NULL;
}

void gg_xls_put_bytes(gg_buf *out, gg_str bytes, const char *encoding) {
    gg_decoder decoder;
    int known = gg_decoder_open(&decoder, encoding) == 0;
    while (bytes.size > 0 && !gg_buf_failed(out)) {
        char chunk[256], *to = chunk;
        const char *from = bytes.data;
        size_t room = sizeof chunk, left = bytes.size;
        int result = known ? gg_decoder_run(&decoder, &from, &left, &to, &room) : GG_DECODED_BAD;
        gg_buf_add(out, chunk, (size_t)(to - chunk));
        if (result != GG_DECODED_ALL && result != GG_DECODED_FULL) { // no such character
            unsigned char c = (unsigned char)*from++;
            left--;
            put_character(out, c > 0 && c < 128 ? c : 0xFFFD);
        }
        bytes = gg_str_make(from, left);
    }
    gg_decoder_close(&decoder);
}
