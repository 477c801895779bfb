/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of bytes into checked UTF-8. A block may end inside a character: such a rest of at most
 * three bytes stays unchecked until the next block, so that the results are the same for every size
 * of blocks. The first bad byte ends the text: all that lies before it is handed out, then the
 * failure, with the byte's number (1-based) in the source.
 *
 * Text that is not UTF-8 is most often GB18030 (GBK). It is recognised in the LOOK_AHEAD bytes from
 * the bad byte on: every byte above 0x7F there belongs to a pair of lead (0x81–0xFE) and trail
 * (0x40–0xFE without 0x7F), and at least one pair is a common character (lead 0xB0–0xF7, trail
 * 0xA1–0xFE). A character of UTF-8 that the end of the text cut off is not taken for one. All this
 * only chooses the message.
 *
 * GB18030 itself is decoded, GBK and GB2312 with it, which are subsets. */
#include "csv_input.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/os.h"
#include "base/text.h"

#include <string.h>

#define LOOK_AHEAD 64
/* Bytes of a character cut by the end of a block, rounded up. */
#define RAW_REST 8

static const struct {
    const char *name, *decoded; /* as the decoder knows it; NULL: UTF-8 */
} encodings[] = {
    {"utf-8", NULL},    {"utf8", NULL},        {"gb18030", "GB18030"},
    {"gbk", "GB18030"}, {"gb2312", "GB18030"}, {"cp936", "GB18030"},
};

static gridgov_status find_encoding(const char **decoded, const char *name, gridgov_error *err) {
    *decoded = NULL;
    if (name == NULL) {
        return GRIDGOV_OK;
    }
    for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; i++) {
        if (gg_str_equal_nocase(gg_str_of(name), gg_str_of(encodings[i].name))) {
            *decoded = encodings[i].decoded;
            return GRIDGOV_OK;
        }
    }
    return gg_fail(err, GG_RULE_ENCODING, "encoding", name, strlen(name), NULL, NULL);
}

gridgov_status gg_csv_input_open(gg_csv_input *input, const char *path, const char *data,
                                 size_t size, const char *encoding, size_t block,
                                 gridgov_error *err) {
    static const gg_csv_input empty = {0};
    gridgov_status status = GRIDGOV_OK;
    *input = empty;
    input->fd = -1;
    input->block = block;
    input->memory = data;
    input->memory_left = size;
    input->memory_all = data;
    input->memory_size = size;
    GG_TRY(find_encoding(&input->encoding, encoding, err));
    if (input->encoding != NULL) {
        if (gg_decoder_open(&input->decoder, input->encoding) != 0) {
            return gg_fail(err, GG_RULE_ENCODING, "encoding", encoding, strlen(encoding), NULL,
                           NULL);
        }
        input->raw = gg_calloc(block + RAW_REST, 1);
        if (input->raw == NULL) {
            status = gg_fail_memory(err);
        }
    }
    if (status == GRIDGOV_OK && path != NULL) {
        status = gg_file_open(&input->fd, path, err);
    }
    if (status < 0) {
        gg_csv_input_close(input);
    }
    return status;
}

gridgov_status gg_csv_input_seek(gg_csv_input *input, int64_t offset, gridgov_error *err) {
    if (input->fd >= 0) {
        GG_TRY(gg_file_seek(input->fd, offset, err));
    } else {
        input->memory = input->memory_all + offset;
        input->memory_left = input->memory_size - (size_t)offset;
    }
    input->good = input->end = 0;
    input->origin = offset;
    input->at_end = 0;
    input->bad_rule = 0;
    return GRIDGOV_OK;
}

void gg_csv_input_close(gg_csv_input *input) {
    if (input->fd >= 0) {
        gg_file_close(input->fd);
    }
    gg_decoder_close(&input->decoder);
    gg_free(input->raw);
    gg_free(input->data);
    input->fd = -1;
    input->raw = NULL;
    input->data = NULL;
}

/* Make room for size more bytes behind end, and one. */
static gridgov_status reserve(gg_csv_input *input, size_t size, gridgov_error *err) {
    size_t needed = input->end + size + 1;
    size_t doubled = input->capacity > SIZE_MAX / 2 ? SIZE_MAX : input->capacity * 2;
    char *data;
    if (needed <= size) {
        return gg_fail_memory(err);
    }
    if (needed <= input->capacity) {
        return GRIDGOV_OK;
    }
    needed = needed > doubled ? needed : doubled;
    data = gg_realloc(input->data, needed, 1);
    if (data == NULL) {
        return gg_fail_memory(err);
    }
    input->data = data;
    input->capacity = needed;
    return GRIDGOV_OK;
}

/* Up to a block from the source to a place that has room for it. */
static gridgov_status read_block(gg_csv_input *input, char *to, size_t *read_out,
                                 gridgov_error *err) {
    size_t size = input->block;
    *read_out = 0;
    if (input->fd >= 0) {
        GG_TRY(gg_file_read(&size, input->fd, to, size, err));
    } else {
        size = size < input->memory_left ? size : input->memory_left;
        if (size > 0) {
            memcpy(to, input->memory, size);
            input->memory += size;
            input->memory_left -= size;
        }
    }
    input->at_end = size == 0;
    *read_out = size;
    return GRIDGOV_OK;
}

static gridgov_status load_text(gg_csv_input *input, gridgov_error *err) {
    size_t size = 0;
    GG_TRY(reserve(input, input->block, err));
    GG_TRY(read_block(input, input->data + input->end, &size, err));
    input->end += size;
    return GRIDGOV_OK;
}

/* 1 if the size bytes (1 to 3) are the beginning of a well-formed character (Unicode 15, table
 * 3-7). */
static int is_beginning(const unsigned char *bytes, size_t size) {
    unsigned char lead = bytes[0], low = 0x80, high = 0xBF;
    size_t length = lead < 0xC2 || lead > 0xF4 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size >= length) {
        return 0;
    }
    low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : low;
    high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : high;
    if (size > 1 && (bytes[1] < low || bytes[1] > high)) {
        return 0;
    }
    return size < 3 || (bytes[2] >= 0x80 && bytes[2] <= 0xBF);
}

/* See the head of this file. first: where to begin. */
static int is_gb(const unsigned char *bytes, size_t size, size_t first) {
    int common = 0;
    for (size_t i = first; i < size; i++) {
        unsigned char lead = bytes[i];
        if (lead < 0x80) {
            continue;
        }
        if (i + 1 == size) {
            break;
        }
        i++;
        if (lead == 0x80 || lead == 0xFF || bytes[i] < 0x40 || bytes[i] == 0x7F ||
            bytes[i] == 0xFF) {
            return 0;
        }
        common |= lead >= 0xB0 && lead <= 0xF7 && bytes[i] >= 0xA1;
    }
    return common;
}

/* The byte at good is not UTF-8: say so, and whether it looks like GB18030. */
static gridgov_status find_bad_text(gg_csv_input *input, gridgov_error *err) {
    const unsigned char *bytes;
    size_t size;
    while (input->end - input->good < LOOK_AHEAD && !input->at_end) {
        GG_TRY(load_text(input, err));
    }
    bytes = (const unsigned char *)input->data + input->good;
    size = input->end - input->good;
    size = size < LOOK_AHEAD ? size : LOOK_AHEAD;
    input->bad_rule = GG_RULE_UTF8;
    if (!(size < 4 && is_beginning(bytes, size)) &&
        (is_gb(bytes, size, 0) || is_gb(bytes, size, 1))) {
        input->bad_rule = GG_RULE_UTF8_GB;
    }
    input->bad_offset = input->origin + (int64_t)input->good + 1;
    return GRIDGOV_OK;
}

static gridgov_status load_utf8(gg_csv_input *input, gridgov_error *err) {
    const char *bytes, *nul;
    size_t size, valid;
    GG_TRY(load_text(input, err));
    bytes = input->data + input->good;
    size = input->end - input->good;
    if (size == 0) {
        return GRIDGOV_OK;
    }
    nul = memchr(bytes, 0, size);
    size = nul != NULL ? (size_t)(nul - bytes) : size;
    valid = gg_utf8_valid(bytes, size);
    input->good += valid;
    if (valid < size) {
        int may_go_on = nul == NULL && !input->at_end && size - valid < 4 &&
                        is_beginning((const unsigned char *)bytes + valid, size - valid);
        return may_go_on ? GRIDGOV_OK : find_bad_text(input, err);
    }
    if (nul != NULL) {
        input->bad_rule = GG_RULE_NUL_BYTE;
        input->bad_offset = input->origin + (int64_t)input->good + 1;
    }
    return GRIDGOV_OK;
}

static gridgov_status load_converted(gg_csv_input *input, gridgov_error *err) {
    size_t size = 0, left, room;
    const char *nul, *from = input->raw;
    char *to;
    int result;
    GG_TRY(read_block(input, input->raw + input->raw_size, &size, err));
    input->raw_size += size;
    if (input->raw_size == 0) {
        return GRIDGOV_OK;
    }
    nul = memchr(input->raw, 0, input->raw_size);
    left = nul != NULL ? (size_t)(nul - input->raw) : input->raw_size;
    room = left * GG_DECODED_MAX;
    GG_TRY(reserve(input, room, err));
    to = input->data + input->end;
    result = gg_decoder_run(&input->decoder, &from, &left, &to, &room);
    if (result != GG_DECODED_ALL) {
        if (result != GG_DECODED_CUT || input->at_end || nul != NULL || left > RAW_REST) {
            input->bad_rule = GG_RULE_ENCODED;
        }
    } else if (nul != NULL) {
        input->bad_rule = GG_RULE_NUL_BYTE;
    }
    input->end = (size_t)(to - input->data);
    input->good = input->end;
    input->origin += from - input->raw;
    input->bad_offset = input->origin + 1;
    input->raw_size -= (size_t)(from - input->raw);
    memmove(input->raw, from, input->raw_size);
    return GRIDGOV_OK;
}

static gridgov_status fail_bad(const gg_csv_input *input, gridgov_error *err) {
    char offset[GG_NUM_TEXT_SIZE];
    (void)gg_int_format(offset, input->bad_offset);
    return gg_fail(err, input->bad_rule, NULL, NULL, 0, offset, input->encoding);
}

gridgov_status gg_csv_input_more(gg_csv_input *input, size_t drop, gridgov_error *err) {
    size_t good;
    if (drop > 0) {
        input->end -= drop;
        input->good -= drop;
        memmove(input->data, input->data + drop, input->end);
        if (input->encoding == NULL) {
            input->origin += (int64_t)drop;
        }
    }
    good = input->good;
    while (input->good == good) {
        if (input->bad_rule != 0) {
            return fail_bad(input, err);
        }
        if (input->at_end) {
            return GRIDGOV_END;
        }
        GG_TRY(input->encoding == NULL ? load_utf8(input, err) : load_converted(input, err));
    }
    return GRIDGOV_OK;
}
